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

    Raises ArticleError for a text that is empty or blank, or that holds NUL or unpaired surrogates (which no file in
    UTF-8 can hold; the id and the metadata cannot have them either).
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
        known = (self.doc_id, self.title, self.outlet, self.byline, self.published, self.url, self.licence)
        problem = _problem(self.text) or next(filter(None, map(_unwritable, filter(None, known))), None)
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
    return _unwritable(text)


def _unwritable(text: str) -> str | None:
    r"""Why this text cannot be written as UTF-8; None if it can.

    >>> _unwritable("Z\udcfcrich")
    'byte 0xfc at offset 1 is not UTF-8; save the file as UTF-8'
    """
    bad = None if text.isascii() else _SURROGATE.search(text)
    if bad is None:
        return None
    if "\udc80" <= bad[0] <= "\udcff":      # how Python keeps a byte that is not UTF-8
        return f"byte 0x{ord(bad[0]) - 0xDC00:02x} at offset {bad.start()} is not UTF-8; save the file as UTF-8"
    return f"unpaired surrogate at offset {bad.start()}; save the article as UTF-8"


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
    except RecursionError as error:
        raise ArticleError("lists or mappings inside each other too deeply in the front matter; write the article's "
                           "fields only, or take the --- lines out", file=where, row=1) from error
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
    """The known metadata in a mapping, as text; warns of a date that is not one, and of what cannot be text.

    >>> metadata_of({"author": ["Ana Silva", "Ben Roy"], "headline": 1984}, where="a.jsonl:1")
    {'byline': 'Ana Silva, Ben Roy', 'title': '1984'}
    """
    metadata = {}
    for key, value in record.items():
        name = SPELLINGS.get(str(key).lower(), str(key).lower())
        if name in FRONT_MATTER_KEYS and name not in metadata:
            if name == "byline" and isinstance(value, list) and all(isinstance(part, str) for part in value):
                value = ", ".join(value)
            text = _plain(value)
            if text is None:
                _left_out(f"{where}: {key} is not text")
            elif problem := _unwritable(text):
                _left_out(f"{where}: {key}: {problem}")
            elif text:
                metadata[name] = text
    if "published" in metadata and not _is_date(metadata["published"]):
        _left_out(f"{where}: published {metadata['published']!r} is not an ISO date such as 2024-11-10")
        del metadata["published"]
    return metadata


def _plain(value: object) -> str | None:
    """A value of metadata as text ("" for none); None for what is not text, such as a list or an object."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return "" if value is None else None


def _left_out(problem: str) -> None:
    warnings.warn(f"{problem}; left out", ArticleWarning, stacklevel=3)


def _is_date(value: str) -> bool:
    try:
        time = datetime.datetime.fromisoformat(value)
        if time.tzinfo:
            time.astimezone(datetime.UTC)       # the tables hold times in UTC, of the years 1 to 9999
    except (ValueError, OverflowError):
        return False
    return True
