"""What you may set: the names of columns, and the limits on what is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from analysis.text.article import Article, ArticleError

Items = Iterator[Article | ArticleError]  # what a reader yields: an error in place of anything that could not be read
MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits on what is read; more is an error that says so, never a truncated article.

    They are far above what news needs: a newspaper article has 5,000 characters, a long novel 3 million.
    """

    article_chars: int = 5 * MB  # the text of one article; annotating 1 MB of text takes about 100 MB
    file_bytes: int = 100 * MB  # a file with one article (a PDF or Word file contains pictures)
    page_bytes: int = 10 * MB  # an HTML page
    page_elements: int = 100_000  # its elements
    element_attributes: int = 5_000  # the attributes of one of them
    front_matter_chars: int = 200_000  # metadata above a text
    word_bytes: int = 30 * MB  # a Word file without its pictures, unpacked; it takes 15 times that in memory
    pdf_bytes: int = 50 * MB  # what the pages of a PDF draw, unpacked, counted for each page that shows it
    page_seconds: float = 5  # processor seconds to read an HTML page; to read another file with one article:
    file_seconds: float = 20
    mb_seconds: float = 10  # plus so many for each MB of it
    line_bytes: int = 20 * MB  # a line of JSON, or of a CSV file
    pdf_pages: int = 2_000
    archive_members: int = 100_000
    archive_bytes: int = 4_000 * MB  # all the contents of a zip, unpacked
    archive_ratio: int = 200  # ratio of unpacked to packed; text reaches 3 to 10, zeros 1,000
    ratio_from: int = 1 * MB  # anything that unpacks to less than this may have any ratio
    book_bytes: int = 200 * MB  # a workbook, unpacked; it takes twice that in memory
    xml_bytes: int = 20 * MB  # an XML file, a mail or a mailbox message; its tree takes ten times that
    whole_bytes: int = 500 * MB  # a Parquet file inside a zip, which has to be in memory whole

    def seconds(self, size: int, *, page: bool) -> float:
        """The processor seconds that reading a file of `size` bytes may take."""
        return (self.page_seconds if page else self.file_seconds) + self.mb_seconds * size / MB


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """`text_column` and `id_column` name columns (or JSON fields) if the usual names do not fit.

    `leave_out` are files (their real paths) to skip in a folder, because they are being written. `split` is the line
    between the articles of a plain text, or a regular expression that matches the whole line. `any_language` accepts
    texts in other languages too, without a warning. `repair` repairs texts whose UTF-8 was read as Windows-1252; their
    articles record it.
    """

    text_column: str | None = None
    id_column: str | None = None
    limits: Limits = field(default_factory=Limits)
    leave_out: frozenset[str] = frozenset()
    repair: bool = False
    split: str | None = None
    any_language: bool = False


@dataclass(frozen=True, slots=True)
class Blob:
    """Something to read, wherever it is.

    `name` is its name in messages, `doc_id` the id of its article (or the beginning of the ids of its rows), `suffix`
    its kind in lower case with the dot, `size` its bytes. `open` returns a binary stream; `local` is the path if it is
    a separate file, `broken` what a damaged container raises while it is read, and `again` says whether it can be
    opened a second time.
    """

    name: str
    doc_id: str
    suffix: str
    size: int
    open: Callable[[], BinaryIO]
    local: str | None = None
    broken: tuple[type[Exception], ...] = ()
    again: bool = True
