"""What a reader keeps beside articles: the `aliases.toml` of their folder, read once for many of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from analysis.entities import AliasEntry, load_aliases
from analysis.text.article import Article, ArticleError

ALIASES = "aliases.toml"
MOST = 10_000_000  # bytes of a file that a person keeps by hand


class Known(NamedTuple):
    """An article, and what its reader knows of the names in it."""

    article: Article
    aliases: tuple[AliasEntry, ...] = ()


def aliases_path(article: Article) -> Path | None:
    """Where the aliases for an article would be; None for one that came from no file."""
    if not article.path or article.path.partition(":")[0] == "stdin":
        return None
    return Path(article.path).parent / ALIASES


def check_size(path: Path) -> None:
    """Raises ArticleError for a file larger than anything that a person keeps by hand."""
    if path.stat().st_size > MOST:
        raise ArticleError(f"a file of more than {MOST // 1_000_000} MB; keep what belongs to it", file=str(path))


class Aliases:
    """The files of aliases that a run meets: `files` tells which, with their SHA-256."""

    def __init__(self) -> None:
        self.files: list[dict[str, Any]] = []
        self._known: dict[Path, tuple[AliasEntry, ...]] = {}

    def beside(self, articles: Iterable[Article | ArticleError]) -> Iterator[Known | ArticleError]:
        """Each article with its aliases.  A file that cannot be used is an error, once, and its articles go without.

        >>> [known.aliases for known in Aliases().beside([Article("The vote may be delayed.")])]
        [()]
        """
        for article in articles:
            path = None if isinstance(article, ArticleError) else aliases_path(article)
            if path is None:
                yield article if isinstance(article, ArticleError) else Known(article)
                continue
            if path not in self._known:
                self._known[path] = ()
                try:
                    self._known[path] = self._load(path)
                except (ArticleError, OSError) as error:
                    reason = str(error).removeprefix(f"{path}: ")
                    yield ArticleError(f"{reason}. The articles beside it are read without it", file=str(path))
            yield Known(article, self._known[path])

    def _load(self, path: Path) -> tuple[AliasEntry, ...]:
        if not path.is_file():
            return ()
        check_size(path)
        entries = load_aliases(path)
        self.files.append(
            {"file": path.as_posix(), "entries": len(entries), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        )
        return entries


def failed(article: Article, error: Exception) -> ArticleError:
    """The error of an article that the rules stumble over."""
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
