"""Which files among others are articles: in a folder, in a zip."""

from __future__ import annotations

import warnings
from collections import Counter
from pathlib import PurePath

from analysis.inputs.formats import READABLE, SUFFIXES
from analysis.text.article import ArticleWarning

# Files that lie beside articles in a folder and are not articles themselves.
NOT_ARTICLES = frozenset({"readme", "license", "licence", "provenance", "changelog", "notice"})
# A reader's corrections lie beside the article that they are for.
BESIDE_AN_ARTICLE = ".corrections.csv"
# What a newsroom knows of its sources is kept beside its articles.
BESIDE_ARTICLES = "sources.csv"
# Files that may well hold an article, and are not read: whoever reads a folder gets a warning that names them.
OTHER_KINDS = frozenset(
    ".doc .docm .dot .eml .epub .gz .7z .bz2 .json .mht .mhtml .msg .odt .ods .pages .rar "
    ".tar .tgz .webarchive .wpd .wps .xhtml .xls .xlsx .xz".split()
)
NOT_ARTICLE_FILES = frozenset({"errors.jsonl"})  # what `annotate` writes beside its output


def is_article_file(path: PurePath) -> bool:
    """Would a file at this path inside a folder or zip be read? (Not hidden, a known kind, not a README.)"""
    hidden = any(part.startswith((".", "_")) for part in path.parts)
    return (
        not hidden
        and path.suffix.lower() in SUFFIXES
        and path.stem.lower() not in NOT_ARTICLES
        and not path.name.lower().endswith(BESIDE_AN_ARTICLE)
        and path.name not in NOT_ARTICLE_FILES
        and path.name.lower() != BESIDE_ARTICLES
    )


def tell_passed_over(others: Counter[str], *, file: str) -> None:
    """Warn of files, counted by their endings, that lie among articles and are of kinds that are not read."""
    if others:
        kinds = ", ".join(f"{suffix} {n:,}" for suffix, n in others.most_common())
        warnings.warn(
            f"{file}: files of kinds that are not read were passed over ({kinds}). If there are articles "
            f"among them, save these as one of {READABLE}",
            ArticleWarning,
            stacklevel=3,
        )


def other_kind(path: PurePath) -> str | None:
    """The ending of a file that may hold an article and is passed over for its kind; None for all others.

    >>> [other_kind(PurePath(name)) for name in ("a.doc", "a.txt", ".hidden.doc", "picture.png")]
    ['.doc', None, None, None]
    """
    suffix = path.suffix.lower()
    hidden = any(part.startswith((".", "_")) for part in path.parts)
    return suffix if suffix in OTHER_KINDS and not hidden and path.stem.lower() not in NOT_ARTICLES else None
