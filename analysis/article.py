"""Articles: a text that is never changed, what is known about it, and how it is read from files.

>>> article = Article("The vote may be delayed.", doc_id="example", outlet="The Invented Post")
>>> article.text[9:12]
'may'
>>> article.sha256[:12]
'043fb52acf1d'
"""

from __future__ import annotations

import datetime
import hashlib
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.inputs.options import ReadOptions

FRONT_MATTER_KEYS = ("title", "outlet", "byline", "published", "url", "licence")
SPELLINGS = {"license": "licence", "date": "published", "author": "byline", "source": "outlet", "headline": "title"}

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_SURROGATE = re.compile("[\ud800-\udfff]")


class ArticleError(ValueError):
    """An input that cannot be used. The message names the place, the reason, and what to do next.

    `file` and `row` (a line of a text, a row of a table, counted from 1) are the place where they are known.

    >>> print(ArticleError("there is no text in it", file="votes.csv", row=3))
    votes.csv:3: there is no text in it
    """

    def __init__(self, reason: str, *, file: str | None = None, row: int | None = None) -> None:
        reason = printable(reason)
        super().__init__(reason)
        self.reason, self.file, self.row = reason, file and printable(file), row

    def __str__(self) -> str:
        place = [str(part) for part in (self.file, self.row) if part is not None]
        return f"{':'.join(place)}: {self.reason}" if place else self.reason

    def __reduce__(self) -> tuple:      # so that it crosses from one process to another whole
        return partial(ArticleError, file=self.file, row=self.row), (self.reason,)


def printable(text: str) -> str:
    r"""The text with what no file in UTF-8 can hold, and control characters, written as escapes.

    Such things come from names of files and from bytes that are not text.

    >>> print(printable("caf\udce9.txt"))
    caf\xe9.txt
    """
    return text if text.isprintable() else "".join(map(_printable, text))


def _printable(c: str) -> str:
    if c.isprintable() or c == "\n":
        return c
    # a byte of a file's name that is not UTF-8 is kept by Python as U+DC00 and its value
    return f"\\x{ord(c) - 0xDC00:02x}" if "\udc80" <= c <= "\udcff" else c.encode("unicode-escape").decode()


class ArticleWarning(UserWarning):
    """An input that was left out, or read with something missing."""


@dataclass(frozen=True)
class Article:
    """One text with its metadata.

    `text` is kept exactly as given: every offset in this package counts its characters (Python code
    points), half-open, so that ``text[start:end]`` is the marked passage.  `published` is an ISO 8601 date
    or time, as text.  What is not known is None; nothing is guessed.  `encoding` is that of the file it was
    read from.

    Raises ArticleError for a text that is empty or blank, or that holds NUL or unpaired surrogates.
    """

    text: str = field(repr=False)
    doc_id: str = "article"
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    url: str | None = None
    licence: str | None = None
    path: str | None = None
    file_sha256: str | None = None
    encoding: str = "utf-8"

    def __post_init__(self) -> None:
        problem = _problem(self.text)
        if problem:
            raise ArticleError(problem, file=self.path or self.doc_id)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal: the text that all offsets count in."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def _problem(text: object) -> str | None:
    """Why this cannot be the text of an article; None if it can."""
    if not isinstance(text, str):
        return f"the text is {type(text).__name__}, not str; give decoded text"
    if not text.strip():
        return "there is no text in it; give an article with words"
    if "\0" in text:
        return f"NUL character at offset {text.index(chr(0))}; save the article as plain UTF-8 text"
    bad = _SURROGATE.search(text)
    return f"unpaired surrogate at offset {bad.start()}; save the article as UTF-8" if bad else None


def load_articles(source: str | Path | Iterable[str | Path], *, options: ReadOptions | None = None) -> list[Article]:
    """Read every article of a file, a folder (with its subfolders), or several of them.

    Files of one article: ``.txt`` and ``.md`` (optional YAML front matter between ``---`` lines), ``.html``,
    ``.docx``, ``.pdf``.  Files of many: ``.jsonl`` (one object a line with at least "text"), ``.csv``,
    ``.parquet``, and ``.zip`` of all these.  Folders are read in the order of their paths; hidden files and
    README, LICENCE and PROVENANCE files are not articles; a subfolder with a file ``.separate`` is a set of its own,
    read only when it is named itself.  `options` names columns and sets limits.

    A bad file or line is left out with an ArticleWarning that names it, and the others are still read.
    Raises ArticleError if nothing could be read at all, with every reason.
    """
    articles, errors = [], []
    for item in iter_articles(source, options=options):
        if isinstance(item, ArticleError):
            errors.append(item)
        else:
            articles.append(item)
    if not articles:
        raise ArticleError("\n".join(str(e) for e in errors) or f"{source}: nothing to read")
    for error in errors:
        warnings.warn(str(error), ArticleWarning, stacklevel=2)
    return articles


def iter_articles(source: str | Path | Iterable[str | Path], *,
                  options: ReadOptions | None = None) -> Iterator[Article | ArticleError]:
    """Yield each article in order, and in its place an ArticleError for what could not be read.

    One article is in memory at a time, however many there are.  The source "-" is standard input.
    """
    from analysis.inputs import read_sources

    yield from read_sources([source] if isinstance(source, str | Path) else source, options)


def read_article(path: str | Path, *, doc_id: str | None = None) -> Article:
    """Read a file that holds one article. Raises ArticleError with the file, and the place in it."""
    from analysis.inputs.files import local_blob, read_blob
    from analysis.inputs.options import ReadOptions

    path = Path(path)
    first, *others = islice(read_blob(local_blob(path, doc_id or path.stem), ReadOptions()), 2)
    if isinstance(first, ArticleError):
        raise first
    if others:
        raise ArticleError("there are several articles in it; read them with load_articles", file=str(path))
    return first


def split_front_matter(text: str, *, where: str = "text") -> tuple[dict[str, str], str]:
    """Split a leading YAML block (between two ``---`` lines) from the text that follows it.

    Only the keys of FRONT_MATTER_KEYS are used; others are left alone.  Every value is read as text, so
    nothing in the block can make an object.  Raises ArticleError for a block that is not valid YAML.

    >>> split_front_matter("---\\ntitle: A vote\\n---\\nThe vote may be delayed.")
    ({'title': 'A vote'}, 'The vote may be delayed.')
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    import yaml  # only for the articles that need it

    try:
        block = yaml.load(match[1], Loader=yaml.BaseLoader)  # BaseLoader: text, lists and mappings only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise ArticleError(
            f"the front matter is not valid YAML ({getattr(error, 'problem', error)}); put a value with a colon in "
            "quotation marks, or take the --- lines out", file=where, row=line) from error
    if not isinstance(block, dict):         # a rule between two lines, not metadata
        return {}, text
    return metadata_of(block, where=where), text[match.end():]


def metadata_of(record: dict, *, where: str) -> dict[str, str]:
    """The known metadata in a mapping, as text; warns of a date that is not one."""
    metadata = {}
    for key, value in record.items():
        name = SPELLINGS.get(str(key).lower(), str(key).lower())
        if name in FRONT_MATTER_KEYS and isinstance(value, str) and value.strip():
            metadata.setdefault(name, value.strip())
    if "published" in metadata and not _is_date(metadata["published"]):
        warnings.warn(f"{where}: published {metadata['published']!r} is not an ISO date such as 2024-11-10; "
                      "left out", ArticleWarning, stacklevel=2)
        del metadata["published"]
    return metadata


def _is_date(value: str) -> bool:
    try:
        datetime.datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
