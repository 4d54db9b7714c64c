"""The kinds of file that can be read, one record each. To add one, add its record here, and its reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import NamedTuple

from analysis.inputs import json_files, mail, news_xml, open_documents, pages, pdf, rows, rtf, workbooks
from analysis.inputs.options import Blob, Items, ReadOptions
from analysis.inputs.packed import GZ


class Format(NamedTuple):
    """A kind of file: the endings of its names, its reader, and whether a file contains one article or many."""

    suffixes: tuple[str, ...]
    read: Callable[[Blob, ReadOptions], Items]
    many: bool = False


FORMATS = (
    Format((".txt", ".text", ".md", ".markdown"), pages.read_text),
    Format((".html", ".htm", ".xhtml"), pages.read_html),
    Format((".mhtml", ".mht"), mail.read_mhtml),
    Format((".docx",), pages.read_docx),
    Format((".odt",), open_documents.read_odt),
    Format((".pdf",), pdf.read_pdf),
    Format((".eml",), mail.read_mail),
    Format((".mbox",), mail.read_mailbox, many=True),
    Format((".rtf",), rtf.read_rtf),
    Format((".jsonl", ".ndjson"), rows.read_json_lines, many=True),
    Format((".json",), json_files.read_json, many=True),
    Format((".csv", ".tsv"), rows.read_csv, many=True),
    Format((".xlsx",), workbooks.read_workbook, many=True),
    Format((".parquet",), rows.read_parquet, many=True),
    Format((".xml",), news_xml.read_xml, many=True),
)
ZIP = ".zip"  # contains files of all these kinds
READERS = {suffix: kind.read for kind in FORMATS for suffix in kind.suffixes}
SUFFIXES = (*READERS, ZIP, GZ)
OF_ONE_ARTICLE = tuple(suffix for kind in FORMATS if not kind.many for suffix in kind.suffixes)
PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht")  # have their own time budget
READABLE = ", ".join(SUFFIXES)


def is_readable(path: PurePath) -> bool:
    """Is a file of this name of a kind that can be read? A file packed by gzip is, if its content is.

    >>> [is_readable(PurePath(name)) for name in ("a.txt", "a.csv.gz", "a.tar.gz", "a.gz", "a.doc")]
    [True, True, False, False, False]
    """
    suffix = path.suffix.lower()
    return suffix in READERS or suffix == ZIP or (suffix == GZ and PurePath(path.stem).suffix.lower() in READERS)


def stem_of(path: PurePath) -> str:
    """The name of a file without its ending, and without .gz before that.

    >>> stem_of(PurePath("news/a.csv.gz")), stem_of(PurePath("a.txt"))
    ('a', 'a')
    """
    return PurePath(path.stem).stem if path.suffix.lower() == GZ and is_readable(path) else path.stem
