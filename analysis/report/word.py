"""The page of a report as a Word file: headings, paragraphs, lists, tables, figures, and the tints of the marks.

It knows only the elements of a report's page, and gives the same bytes for the same page.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

from docx import Document as new_file
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_UNDERLINE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from lxml import html

PAPERS = {"a4": (210, 297), "letter": (215.9, 279.4)}  # width and height in mm
MARGIN = 20  # mm on every side
TALLEST = 0.75  # the share of the text area's height that a picture may take, so that its caption fits under it
STAMP = (1980, 1, 1, 0, 0, 0)
SKIPPED = {"head", "script", "style", "nav"}
BLOCKS = {"p", "h1", "h2", "h3", "li", "dt", "dd", "summary", "figcaption"}
STYLES = {"h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3", "li": "List Bullet", "figcaption": "Caption"}
SMALL = Pt(7.5)
_BACKGROUND = re.compile(r"background-color: ?(?:#([0-9A-Fa-f]{6})|rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\))")
_LINE = re.compile(r"border-bottom: ?\S+ (\w+) #([0-9A-Fa-f]{6})")


class Look(NamedTuple):
    """How a run of text looks."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    code: bool = False
    tint: str = ""
    line: str = ""
    colour: str = ""


PLAIN = Look()


def word_file(page: str, *, paper: str = "a4") -> bytes:
    """A page (HTML) as a Word file on `paper`, a key of PAPERS."""
    file = new_file()
    width, height = PAPERS[paper]
    section = file.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    file.styles["Normal"].font.size = Pt(10.5)
    writer = _Writer(file, Mm(width - 2 * MARGIN), Mm((height - 2 * MARGIN) * TALLEST))
    writer.blocks(html.fromstring(page).find("body"))
    file.core_properties.author = ""
    out = io.BytesIO()
    file.save(out)
    return _same_each_time(out.getvalue())


def _same_each_time(content: bytes) -> bytes:
    """The file without the dates, which differ each time it is written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", data)
            new.writestr(zipfile.ZipInfo(name, STAMP), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _Writer:
    """Writes the elements of a page one after the other."""

    def __init__(self, file: Any, width: Emu, tallest: Emu) -> None:
        self.file, self.width, self.tallest = file, width, tallest

    def blocks(self, element: Any) -> None:
        """The blocks inside an element."""
        if element.text and element.text.strip():
            self._paragraph(element)
            return
        for child in element:
            if not isinstance(child.tag, str) or child.tag in SKIPPED:
                continue
            if child.tag == "table":
                self._table(child)
            elif child.tag in BLOCKS:
                self._block(child)
            elif child.tag == "div" and _holds_text(child):
                self._paragraph(child)
            else:
                self.blocks(child)

    def _block(self, element: Any) -> None:
        if (picture := element.find(".//img")) is not None:
            self._picture(picture)
            return
        self._paragraph(element, STYLES.get(element.tag), Look(bold=element.tag in ("dt", "summary")))

    def _paragraph(self, element: Any, style: str | None = None, look: Look = PLAIN) -> None:
        paragraph = self.file.add_paragraph(style=style)
        if style and style.startswith("Heading"):
            paragraph.paragraph_format.keep_with_next = True
        _add_runs(paragraph, element, look, kept="pre-wrap" in element.get("style", ""))

    def _picture(self, image: Any) -> None:
        kind, _, data = image.get("src", "").partition(";base64,")
        if kind != "data:image/png":
            return
        picture = self.file.add_picture(io.BytesIO(base64.b64decode(data)), width=self.width)
        if picture.height > self.tallest:
            picture.width, picture.height = Emu(int(picture.width * self.tallest / picture.height)), self.tallest
        picture._inline.docPr.set("descr", image.get("alt", ""))
        self.file.paragraphs[-1].paragraph_format.keep_with_next = True

    def _table(self, element: Any) -> None:
        rows = [[cell for cell in row if cell.tag in ("th", "td")] for row in element.iter("tr")]
        columns = max(map(len, rows), default=0)
        if not columns:
            return
        table = self.file.add_table(len(rows), columns, style="Light List")
        table.autofit = True
        for number, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
            _keep_whole(row, head=number == 0)
            for place, cell in zip(row.cells, cells, strict=False):
                paragraph = place.paragraphs[0]
                _add_runs(paragraph, cell, Look(bold=cell.tag == "th" and "wide" not in cell.get("class", "")))
                for run in paragraph.runs:
                    run.font.size = SMALL
        self.file.add_paragraph()


def _keep_whole(row: Any, *, head: bool) -> None:
    """Keep rows from breaking across pages; repeat the head on each page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _holds_text(element: Any) -> bool:
    """Is this a paragraph of text that contains only words and marks?"""
    inner = {child.tag for child in element.iter() if child is not element and isinstance(child.tag, str)}
    words = bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)
    return words and not inner & (BLOCKS | {"table", "div", "section", "ul", "dl", "details"})


def _add_runs(paragraph: Any, element: Any, look: Look, *, kept: bool = False) -> None:
    for text, how in _runs(element, look):
        if text == "\n":
            paragraph.add_run().add_break()
            continue
        words = text if kept else re.sub(r"\s+", " ", text)
        words = "".join(c for c in words if c >= " " or c in "\t\n")  # a Word file cannot hold other control characters
        if words:
            _dress(paragraph.add_run(words), how)


def _runs(element: Any, look: Look) -> Iterator[tuple[str, Look]]:
    """The pieces of text in an element and how they look; "\n" for the end of a line."""
    if element.text:
        yield element.text, look
    for child in element:
        if isinstance(child.tag, str):
            if child.tag == "br":
                yield "\n", look
            elif child.tag not in SKIPPED:
                if child.tag == "div" or "display: block" in child.get("style", ""):
                    yield "\n", look
                yield from _runs(child, _look_of(child, look))
        if child.tail:
            yield child.tail, look


def _look_of(element: Any, look: Look) -> Look:
    style = element.get("style", "")
    line = _LINE.search(style)
    return look._replace(
        bold=look.bold or element.tag in ("b", "strong") or "font-weight: 600" in style or "font-weight: 700" in style,
        italic=look.italic or element.tag in ("i", "em") or "font-style: italic" in style,
        raised=look.raised or element.tag == "sup",
        code=look.code or element.tag == "code",
        tint=_tint(style) or look.tint,
        line=line[1] if line else look.line,
        colour=line[2] if line else look.colour,
    )


def _tint(style: str) -> str:
    """The colour behind some text, as it looks on white paper."""
    found = _BACKGROUND.search(style)
    if not found:
        return ""
    if found[1]:
        return found[1].upper()
    share = float(found[5])
    return "".join(f"{round(255 - share * (255 - int(part))):02X}" for part in found.group(2, 3, 4))


def _dress(run: Any, look: Look) -> None:
    run.bold, run.italic = look.bold or None, look.italic or None
    if look.raised:
        run.font.superscript = True
    if look.code:
        run.font.name = "Courier New"
    properties = run._r.get_or_add_rPr()
    if look.line:
        lines = {"double": WD_UNDERLINE.DOUBLE, "dashed": WD_UNDERLINE.DASH, "dotted": WD_UNDERLINE.DOTTED}
        run.font.underline = lines.get(look.line, WD_UNDERLINE.SINGLE)
        properties.find(qn("w:u")).set(qn("w:color"), look.colour.upper())
    if look.tint:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:color"), "auto")
        shade.set(qn("w:fill"), look.tint)
        properties.append(shade)
        run.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
