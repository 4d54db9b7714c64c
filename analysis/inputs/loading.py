"""Articles from files: all in a folder, one at a time, or a single one."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from analysis.inputs.files import local_blob, not_there, read_blob, read_sources
from analysis.inputs.languages import tell_of_language
from analysis.inputs.options import ReadOptions
from analysis.text.article import Article, ArticleError, ArticleWarning


def load_articles(source: str | Path | Iterable[str | Path], *, options: ReadOptions | None = None) -> list[Article]:
    """Read every article of a file, a folder (with its subfolders), or several of them.

    `analysis.inputs.formats` lists the kinds of file, with one article or with many; plain text may open with YAML
    front matter between ``---`` lines. Folders are read in the order of their paths; hidden files and README, LICENCE
    and PROVENANCE files are not articles, and are reported; a subfolder with a file ``.separate`` is a separate set,
    which is read only if you name it. `options` names columns and sets limits.

    A bad file or line is left out with an ArticleWarning that names it, and the others are still read. Raises
    ArticleError, with every reason, if nothing could be read at all.
    """
    articles, errors = [], []
    for item in iter_articles(source, options=options):
        if isinstance(item, ArticleError):
            errors.append(item)
        else:
            articles.append(item)
    if not articles:
        raise ArticleError("\n".join(str(e) for e in errors) or f"{source}: nothing to read", lines=True)
    for error in errors:
        warnings.warn(str(error), ArticleWarning, stacklevel=2)
    return articles


def iter_articles(
    source: str | Path | Iterable[str | Path], *, options: ReadOptions | None = None
) -> Iterator[Article | ArticleError]:
    """Yield each article in order, and an ArticleError in place of anything that could not be read.

    Only one article is in memory at a time, however many there are. The source "-" is standard input.
    """
    yield from read_sources([source] if isinstance(source, str | Path) else source, options)


def read_article(path: str | Path, *, doc_id: str | None = None) -> Article:
    """Read a file with one article. Raises ArticleError with the file, and the place in it."""
    given, path = path, Path(path)
    if path.is_dir():
        raise ArticleError(
            "this is a folder; give one of its files, or read them all with load_articles", file=str(path)
        )
    if not path.exists():
        raise ArticleError(not_there(str(given)), file=str(given))
    first, *others = islice(read_blob(local_blob(path, doc_id or path.stem), ReadOptions()), 2)
    if isinstance(first, ArticleError):
        raise first
    if others:
        raise ArticleError("it contains several articles; read them with load_articles", file=str(path))
    tell_of_language(first, ReadOptions())
    return first
