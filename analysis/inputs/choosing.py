"""Which files in a folder or a zip are articles, and what to say about those that are skipped."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import PurePath

from analysis.inputs.converters import way
from analysis.inputs.formats import READABLE, is_readable
from analysis.text.article import ArticleWarning, one_line

# Files next to articles in a folder that are not articles themselves.
NOT_ARTICLES = frozenset({"readme", "license", "licence", "provenance", "changelog", "notice"})
# A reader's corrections are next to the article that they are for.
BESIDE_AN_ARTICLE = ".corrections.csv"
# What a newsroom knows about its sources is next to its articles.
BESIDE_ARTICLES = "sources.csv"
NOT_ARTICLE_FILES = frozenset({"errors.jsonl"})  # what `annotate` writes next to its output
# Of no interest to readers: settings, and files that systems leave in folders.
SILENT = frozenset((".toml", ".ini", ".db", ".lock"))
SHOWN = 10  # the most files or kinds that a warning names


def is_article_file(path: PurePath) -> bool:
    """Would a file at this path inside a folder or zip be read? (Not hidden, a known kind, not a README.)"""
    return (
        not _is_hidden(path)
        and is_readable(path)
        and path.stem.lower() not in NOT_ARTICLES
        and path.name not in NOT_ARTICLE_FILES
        and not _is_beside(path)
    )


def _is_hidden(path: PurePath) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)


def _is_beside(path: PurePath) -> bool:
    """Is it a file that readers keep next to articles, which is read as what it is?"""
    return path.name.lower() == BESIDE_ARTICLES or path.name.lower().endswith(BESIDE_AN_ARTICLE)


def is_passed_over(path: PurePath) -> bool:
    """Should a warning mention this unread file? Not if it is hidden, or settings, or kept next to articles.

    >>> [is_passed_over(PurePath(name)) for name in ("a.doc", "notice.txt", "_a.txt", ".a.txt", "picture.png", "notes")]
    [True, True, True, True, True, True]
    >>> [is_passed_over(PurePath(name)) for name in (".DS_Store", "__MACOSX/._a.txt", "aliases.toml", "sources.csv")]
    [False, False, False, False]
    """
    by_system = any(part.startswith("._") or part == "__MACOSX" for part in path.parts)
    hidden = path.name.startswith(".") and not (is_readable(path) or way(path.name))
    return not (by_system or hidden or path.suffix.lower() in SILENT or _is_beside(path))


def tell_passed_over(others: Iterable[PurePath], *, file: str) -> None:
    """Warn once about files among the articles that are not read: by name if that is the reason, else by kind."""
    named: list[str] = []
    kinds: dict[str, list[str]] = {}
    known = None
    for path in others:
        if is_readable(path) or not path.suffix:
            named.append(one_line(path.as_posix()))
        else:
            kinds.setdefault(path.suffix.lower(), []).append(one_line(path.as_posix()))
            known = known or (way(path.name) and f"{path.suffix.lower()} is {way(path.name)}")
    if not named and not kinds:
        return
    by_number = sorted(kinds.items(), key=lambda item: -len(item[1]))
    listed = [f"{suffix} {len(paths):,} ({_few(paths, 2)})" for suffix, paths in by_number]
    told = ", ".join([*listed[:SHOWN], *([_few(named, SHOWN)] if named else [])])
    more = f", and {len(listed) - SHOWN} more kinds" if len(listed) > SHOWN else ""
    first = f" For example, {known}." if known else ""
    warnings.warn(
        f"{file}: skipped files: {told}{more}. If any of them is an article, save it as one of "
        f"{READABLE}, under a name that does not begin with _ or . and is not README or similar.{first}",
        ArticleWarning,
        stacklevel=3,
    )


def _few(names: list[str], most: int) -> str:
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")
