"""An article: a text that is never changed, and what is known about it.

>>> article = Article("The vote may be delayed.", doc_id="example", outlet="The Invented Post")
>>> article.text[9:12]
'may'
>>> article.sha256[:12]
'043fb52acf1d'
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial

_SURROGATE = re.compile("[\ud800-\udfff]")


class ArticleError(ValueError):
    """An input cannot be used. The message names the place, the reason, and what to do next.

    `file` and `row` (a line of a text, a row of a table, counted from 1) are the place, if it is known; with `lines`
    the reason may have several lines.

    >>> print(ArticleError("it contains no text", file="votes.csv", row=3))
    votes.csv:3: it contains no text
    """

    def __init__(self, reason: str, *, file: str | None = None, row: int | None = None, lines: bool = False) -> None:
        reason = printable(reason) if lines else one_line(reason)
        super().__init__(reason)
        self.reason, self.file, self.row = reason, file and one_line(file), row

    def __str__(self) -> str:
        place = [str(part) for part in (self.file, self.row) if part is not None]
        return f"{':'.join(place)}: {self.reason}" if place else self.reason

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the message says everything that a reader can act on, and a traceback would add
        nothing.
        """
        return [str(self)]

    def __reduce__(
        self,
    ) -> tuple[Callable[..., ArticleError], tuple[str]]:  # so that it passes from one process to another complete
        return partial(ArticleError, file=self.file, row=self.row, lines=True), (self.reason,)


_FILE = re.compile(r"\S{1,300}\.(?:txt|md|html?|docx?|pdf|rtf|odt|csv|tsv|jsonl?|xml|xlsx?|zip|parquet|eml|mbox)", re.I)
_ADDRESS = re.compile(r"(?:https?|ftp|file)://\S+|www\.\S+", re.I)


def check_is_no_name(text: str) -> None:
    """Raises ArticleError for a text that is only an address or the name of a file.

    >>> check_is_no_name("It may rain.")
    >>> check_is_no_name("articles/vote.txt")
    Traceback (most recent call last):
        ...
    analysis.text.article.ArticleError: 'articles/vote.txt' is the name of a file, not a text; read the file first, \
with read_article('articles/vote.txt')
    """
    plain = text.strip()
    if _ADDRESS.fullmatch(plain):
        raise ArticleError(
            f"{plain!r} is an address, and nothing is fetched; open it, save the page, and read that file"
        )
    if _FILE.fullmatch(plain):
        raise ArticleError(
            f"{plain!r} is the name of a file, not a text; read the file first, with read_article({plain!r})"
        )


def printable(text: str) -> str:
    r"""The text with control characters, and characters that UTF-8 files cannot hold, written as escapes.

    These come from file names and from bytes that are not text.

    >>> print(printable("caf\udce9.txt"))
    caf\xe9.txt
    """
    return text if text.isprintable() else "".join(map(_printable, text))


def one_line(text: str) -> str:
    """The text in the form of `printable`, with line ends as escapes too, so that a message stays on one line."""
    return printable(text).replace("\n", "\\n")


_UNSEEN = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufdd0-\\ufdef\\ufffe\\uffff]+")


def clean_line(text: str) -> str:
    r"""Metadata as one line, with single spaces and without control characters. In a title or an id, these would break
    whatever it is written into:

    tables, pictures, terminals.

    >>> clean_line(" Rain\x01may\r\n come\x1b[31m ")
    'Rain may come [31m'
    """
    return " ".join(clean_id(text).split())


def clean_id(text: str) -> str:
    r"""An id unchanged, except that control characters become spaces; line ends and tabs stay.

    >>> clean_id("7\x1b/2")
    '7 /2'
    """
    return _UNSEEN.sub(" ", text)


def _printable(c: str) -> str:
    if c.isprintable() or c == "\n":
        return c
    # Python keeps a byte of a file name that is not UTF-8 as U+DC00 plus its value
    return f"\\x{ord(c) - 0xDC00:02x}" if "\udc80" <= c <= "\udcff" else c.encode("unicode-escape").decode()


class ArticleWarning(UserWarning):
    """An input was left out, or read with something missing."""


class ArticleNote(ArticleWarning):
    """What a reader should know about an input that was read completely: what it was read as, and its language."""


@dataclass(frozen=True)
class Article:
    """One text with its metadata.

    `text` is kept exactly as given: every offset in this package counts its characters (Python code points), half-open,
    so that ``text[start:end]`` is the marked passage. `published` is an ISO 8601 date or time, as text; `language` is
    the code of the language that its file states. Anything unknown is None; nothing is guessed. `encoding` is that of
    the file it was read from; `repaired` names what repaired a damaged text on request.

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
    repaired: str | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        known = (self.doc_id, self.title, self.outlet, self.byline, self.published, self.url, self.licence)
        problem = _problem(self.text) or next(filter(None, map(unwritable, filter(None, known))), None)
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
        return "it contains no text; give an article with words"
    if "\0" in text:
        return f"NUL character at offset {text.index(chr(0))}; save the article as plain UTF-8 text"
    return unwritable(text)


def unwritable(text: str) -> str | None:
    r"""Why this text cannot be written as UTF-8; None if it can.

    >>> unwritable("Z\udcfcrich")
    'byte 0xfc at offset 1 is not UTF-8; save the file as UTF-8'
    """
    bad = None if text.isascii() else _SURROGATE.search(text)
    if bad is None:
        return None
    if "\udc80" <= bad[0] <= "\udcff":  # how Python keeps a byte that is not UTF-8
        return f"byte 0x{ord(bad[0]) - 0xDC00:02x} at offset {bad.start()} is not UTF-8; save the file as UTF-8"
    return f"unpaired surrogate at offset {bad.start()}; save the article as UTF-8"
