"""What a reader may set: the names of columns, and the limits on what is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from analysis.text.article import Article, ArticleError

Items = Iterator[Article | ArticleError]  # what a reader yields: an error in the place of what could not be read
MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one thing; more is an error that says so, never a truncated article.

    They are far above what news needs: a newspaper article has 5,000 characters, a long novel 3 million.
    """

    article_chars: int = 5 * MB  # text of one article; 1 MB of text takes about 100 MB to annotate
    file_bytes: int = 100 * MB  # a file that holds one article (a PDF or Word file has pictures in it)
    page_bytes: int = 10 * MB  # an HTML page
    page_elements: int = 100_000  # its elements
    element_attributes: int = 5_000  # of one of them
    front_matter_chars: int = 200_000  # metadata above a text
    word_bytes: int = 30 * MB  # of a Word file without its pictures, unpacked; it takes 15 times that in memory
    pdf_bytes: int = 50 * MB  # what the pages of a PDF draw, unpacked, counted for each page that shows it
    page_seconds: float = 5  # of the processor, to read an HTML page; to read another file that holds one article:
    file_seconds: float = 20
    mb_seconds: float = 10  # and as many more for each MB of it
    line_bytes: int = 20 * MB  # a line of JSON, or of a CSV file
    pdf_pages: int = 2_000
    archive_members: int = 100_000
    archive_bytes: int = 4_000 * MB  # all that a zip holds, unpacked
    archive_ratio: int = 200  # unpacked to packed; text comes to 3 to 10, zeros to 1,000
    ratio_from: int = 1 * MB  # what unpacks to less than this may have any ratio
    book_bytes: int = 200 * MB  # of a workbook, unpacked; it takes twice that in memory
    xml_bytes: int = 20 * MB  # an XML file, a mail or a mailbox message; its tree takes ten times that
    whole_bytes: int = 500 * MB  # a Parquet file inside a zip, which has to be held whole

    def seconds(self, size: int, *, page: bool) -> float:
        """What reading a file of `size` bytes may take of the processor."""
        return (self.page_seconds if page else self.file_seconds) + self.mb_seconds * size / MB


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """`text_column` and `id_column` name columns (or JSON fields) where the usual names do not fit.

    `leave_out` are files (their real paths) that a folder is read without: what is being written.  `split` is a line,
    or a regular expression that a whole line fits, between the articles of a plain text.  `any_language` says that
    texts in other languages are wanted too, so that nothing is said of them.  `repair` asks for texts whose
    UTF-8 was read as Windows-1252 to be repaired, which their articles record.
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
    """Something to read, wherever it lies.

    `name` is what messages call it, `doc_id` the id of its article (or how the ids of its rows begin),
    `suffix` its kind in lower case with the dot, `size` its bytes, `open` gives a binary stream; `local`
    is the path where it is a file of its own, `broken` what a damaged container raises while it is read, and `again`
    says whether it can be opened a second time.
    """

    name: str
    doc_id: str
    suffix: str
    size: int
    open: Callable[[], BinaryIO]
    local: str | None = None
    broken: tuple[type[Exception], ...] = ()
    again: bool = True
