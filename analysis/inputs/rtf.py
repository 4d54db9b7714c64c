"""RTF files, by striprtf: the words of a document. Pictures, fields and embedded objects are ignored."""

from __future__ import annotations

import re

from analysis.inputs.options import Blob, Items, ReadOptions
from analysis.inputs.pages import articles_in, read_whole
from analysis.text.article import ArticleError

START = b"{\\rtf"
_DAMAGE = re.compile("[\ud800-\udfff\0]")


def read_rtf(blob: Blob, options: ReadOptions) -> Items:
    """The article of an RTF file, one paragraph a line, or the articles of an export of a news database."""
    raw = read_whole(blob, options.limits.file_bytes)
    if not raw.lstrip().startswith(START):
        raise ArticleError(
            'this is not RTF, which opens with "{\\rtf"; give the file the right ending, or save it again',
            file=blob.name,
        )
    text = rtf_text(raw)
    if not text.strip():
        raise ArticleError("no words in this RTF file; save the text as .txt", file=blob.name)
    yield from articles_in(blob, raw, text, "utf-8", {}, options)


def rtf_text(raw: bytes) -> str:
    r"""The words of RTF, one paragraph per line.

    >>> rtf_text(rb"{\rtf1\ansi The vote {\b may} be late.\par Caf\'e9\u8217?s owner left.}")
    'The vote may be late.\nCafé’s owner left.'
    """
    from striprtf.striprtf import rtf_to_text

    source = raw.decode("cp1252", "replace").replace("HYPERLINK", "")  # the address of a link is not text
    text = rtf_to_text(source, errors="replace")
    if _DAMAGE.search(text):  # characters beyond U+FFFF are written as two halves
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "")
    return "\n".join(_cells(line) for line in text.splitlines())


def _cells(line: str) -> str:
    """A row of a table, whose cells striprtf separates by vertical bars, with tabs; other lines unchanged."""
    return "\t".join(cell.strip() for cell in line.rstrip("|").split("|")).strip() if line.endswith("|") else line
