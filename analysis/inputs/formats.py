"""The kinds of file that can be read: a record each. Who adds one adds its record here, and its reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from analysis.inputs import factiva_xml, pages, rows, rtf
from analysis.inputs.options import Blob, Items, ReadOptions


class Format(NamedTuple):
    """A kind of file: the endings of its files' names, its reader, and whether a file holds one article or many."""

    suffixes: tuple[str, ...]
    read: Callable[[Blob, ReadOptions], Items]
    many: bool = False


FORMATS = (
    Format((".txt", ".md"), pages.read_text),
    Format((".html", ".htm"), pages.read_html),
    Format((".docx",), pages.read_docx),
    Format((".pdf",), pages.read_pdf),
    Format((".rtf",), rtf.read_rtf),
    Format((".xml",), factiva_xml.read_xml),
    Format((".jsonl", ".ndjson"), rows.read_json_lines, many=True),
    Format((".csv", ".tsv"), rows.read_csv, many=True),
    Format((".parquet",), rows.read_parquet, many=True),
)
ZIP = ".zip"  # holds files of all these kinds
READERS = {suffix: kind.read for kind in FORMATS for suffix in kind.suffixes}
SUFFIXES = (*READERS, ZIP)
OF_ONE_ARTICLE = tuple(suffix for kind in FORMATS if not kind.many for suffix in kind.suffixes)
PAGES = (".html", ".htm")  # have a budget of time of their own
READABLE = ", ".join(SUFFIXES)
