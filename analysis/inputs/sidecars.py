"""What a reader keeps next to articles: `aliases.toml` and `sources.csv` in their folder, read once for many."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from analysis.entities import AliasEntry, load_aliases
from analysis.people import StatedSource, load_sources
from analysis.text.article import Article, ArticleError

ALIASES, SOURCES = "aliases.toml", "sources.csv"
LOADERS: dict[str, tuple[str, Callable[[Path], tuple[Any, ...]]]] = {
    "aliases": (ALIASES, load_aliases),
    "sources": (SOURCES, load_sources),
}
MOST = 10_000_000  # the most bytes of a file that a person keeps by hand


class Known(NamedTuple):
    """An article, and what its reader knows about the names and sources in it."""

    article: Article
    aliases: tuple[AliasEntry, ...] = ()
    sources: tuple[StatedSource, ...] = ()


def folder_of(article: Article) -> Path | None:
    """The folder that an article is in; None if it did not come from a file."""
    if not article.path or article.path.partition(":")[0] == "stdin":
        return None
    return Path(article.path).parent


def check_size(path: Path) -> None:
    """Raises ArticleError for a file larger than anything that a person keeps by hand."""
    if path.stat().st_size > MOST:
        raise ArticleError(f"it has more than {MOST // 1_000_000} MB; keep only what belongs in it", file=str(path))


def known_of(article: Article) -> Known:
    """An article with what its reader knows. Raises AliasError or SourcesError for a file that cannot be used."""
    folder = folder_of(article)
    if folder is None:
        return Known(article)
    return Known(article, **{kind: _load(kind, folder, article) for kind in LOADERS})


class Sidecars:
    """The files next to articles that a run meets: `files` lists them by kind, with their SHA-256."""

    def __init__(self) -> None:
        self.files: dict[str, list[dict[str, Any]]] = {kind: [] for kind in LOADERS}
        self._known: dict[tuple[str, Path], tuple[Any, ...]] = {}

    def beside(self, articles: Iterable[Article | ArticleError]) -> Iterator[Known | ArticleError]:
        """Each article with what is known. A file that cannot be used is an error, reported once; its articles go
        without it.

        >>> [known.aliases for known in Sidecars().beside([Article("The vote may be delayed.")])]
        [()]
        """
        for article in articles:
            folder = None if isinstance(article, ArticleError) else folder_of(article)
            if folder is None or isinstance(article, ArticleError):
                yield article if isinstance(article, ArticleError) else Known(article)
                continue
            for kind in LOADERS:
                if (kind, folder) not in self._known:
                    self._known[kind, folder] = ()
                    try:
                        self._known[kind, folder] = self._noted(kind, folder, article)
                    except (ArticleError, OSError) as error:
                        yield _unused(error, folder / LOADERS[kind][0])
            yield Known(article, **{kind: self._known[kind, folder] for kind in LOADERS})

    def _noted(self, kind: str, folder: Path, article: Article) -> tuple[Any, ...]:
        entries = _load(kind, folder, article)
        path = folder / LOADERS[kind][0]
        if entries:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            self.files[kind].append({"file": path.as_posix(), "entries": len(entries), "sha256": digest})
        return entries


def _load(kind: str, folder: Path, article: Article) -> tuple[Any, ...]:
    name, load = LOADERS[kind]
    path = folder / name
    if not path.is_file() or Path(place(article)[0]) == path:  # a table of articles that happens to have this name
        return ()
    check_size(path)
    return load(path)


def _unused(error: Exception, path: Path) -> ArticleError:
    """The error for a file next to articles that cannot be used."""
    reason = error.reason if isinstance(error, ArticleError) else str(error)
    row = error.row if isinstance(error, ArticleError) else None
    without = f"{reason.removeprefix(f'{path}: ')}. The articles next to it are read without it"
    return ArticleError(without, file=str(path), row=row)


def failed(article: Article, error: Exception) -> ArticleError:
    """The error for an article that the rules stumble over."""
    file, row = place(article)
    return ArticleError(
        f"could not be annotated ({type(error).__name__}: {error}); please report it with the article",
        file=file,
        row=row,
    )


def place(article: Article) -> tuple[str, int | None]:
    """The file and the row that an article was read from."""
    file, _, row = (article.path or article.doc_id).rpartition(":")
    return (file, int(row)) if file and row.isdigit() else (article.path or article.doc_id, None)
