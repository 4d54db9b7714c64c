"""The text layer of a PDF: lines joined into paragraphs again, one column after another, without what pages repeat.

A PDF stores where text is, not the order in which it is read. The order of drawing is mostly that of reading. If lines
of different columns were drawn in turns, `pdf_columns` reads one column after another.
"""

from __future__ import annotations

import io
import re
import warnings
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from analysis.inputs.exports import Export, as_unbroken, find_export, has_labels, is_label
from analysis.inputs.metadata import metadata_of
from analysis.inputs.options import Blob, Items, ReadOptions
from analysis.inputs.page_words import is_whole, opens_with, plain
from analysis.inputs.pages import articles_in, damaged, exported, read_whole
from analysis.inputs.pdf_columns import Line, columns_of, letters, read_columns, words_of
from analysis.text.article import ArticleError, ArticleWarning

COLUMN_CHARS = 20_000  # the most characters on a page set in columns; more is not a page of a newspaper
COLUMN_BYTES = 300_000  # that it draws
PROBED = 20  # how many pages at the beginning are checked for columns
EDGE = 3  # how many lines at the top and bottom of a page may be furniture


def read_pdf(blob: Blob, options: ReadOptions) -> Items:
    """The text layer of a PDF as one article, or the articles of an export of a news database.

    A scan without a text layer is an error. It warns about columns that cannot be told apart, and about pages that are
    pictures.
    """
    import logging

    from pypdf import PdfReader

    raw = read_whole(blob, options.limits.file_bytes)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every oddity; what matters is raised
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleError("the PDF needs a password; save it without one", file=blob.name)
        if len(reader.pages) > options.limits.pdf_pages:
            raise ArticleError(
                f"a PDF of more than {options.limits.pdf_pages:,} pages; split it into articles", file=blob.name
            )
        pages = _pages(reader, blob.name, options)
        record = {"title": _string(reader, "title"), "byline": _string(reader, "author")}
    except ArticleError:
        raise
    except Exception as error:  # a damaged file fails in many ways, deep in the library
        raise damaged(blob, "a PDF", error) from error
    if export := _export(reader, pages):
        _warn(pages, [], blob.name)
        yield from exported(blob, raw, export, "utf-8", options)
        return
    read, unsure = text_of(pages)
    text = join_lines("\n".join(read))
    if not text.strip():
        raise ArticleError("no text layer in this PDF (a scan?); run text recognition on it first", file=blob.name)
    _warn(pages, unsure, blob.name)
    yield from articles_in(blob, raw, text, "utf-8", metadata_of(record, where=blob.name), options)


@dataclass(frozen=True)
class Page:
    """A page's text as it was drawn, and its lines and the edges of its columns if lines of columns are mixed in it."""

    text: str
    lines: list[Line] = field(default_factory=list)
    edges: list[float] = field(default_factory=list)
    picture: bool = False  # and nothing else


def _pages(reader, file: str, options: ReadOptions) -> list[Page]:
    pages: list[Page] = []
    drawn = length = 0
    columns = False
    for number, page in enumerate(reader.pages, 1):
        draws = _drawn_bytes(page)
        drawn += draws
        if drawn > options.limits.pdf_bytes:
            most = options.limits.pdf_bytes // 1_000_000
            raise ArticleError(
                f"a PDF whose pages draw more than {most:,} MB; not read: save its text as .txt", file=file
            )
        text, lines, edges = page.extract_text().strip(), [], []
        if draws <= COLUMN_BYTES and len(text) <= COLUMN_CHARS and (number <= PROBED or columns):
            lines, edges = columns_of(page)
            columns = columns or bool(lines)
        pages.append(Page(text, lines, edges, not text and _has_picture(page)))
        length += len(text)
        if length > options.limits.article_chars:
            break  # the article's length is checked and reported later
    return pages


def _warn(pages: list[Page], unsure: list[int], file: str) -> None:
    scans = [number for number, page in enumerate(pages, 1) if page.picture]
    if scans:
        warnings.warn(
            f"{file}: {len(scans)} of {len(pages)} pages are pictures without text (the first is page {scans[0]}) "
            f"and were not read; run text recognition on the file if they belong to the article",
            ArticleWarning,
            stacklevel=3,
        )
    if unsure:
        warnings.warn(
            f"{file}: page {unsure[0]} seems to have columns in an unknown order; compare the text with the "
            f"page, or save it as .txt",
            ArticleWarning,
            stacklevel=3,
        )


def _drawn_bytes(page) -> int:
    """What a page draws, unpacked; even if pages share it, each takes time to read."""
    contents = page.get_contents()
    return 0 if contents is None else len(contents.get_data())


def _has_picture(page) -> bool:
    try:
        objects = page["/Resources"]["/XObject"]
        return any(objects[name]["/Subtype"] == "/Image" for name in objects)
    except (KeyError, TypeError):  # none, or not as the format requires
        return False


def _string(reader, name: str) -> str | None:
    value = getattr(reader.metadata, name, None) if reader.metadata else None
    return str(value) if value else None


# ---------------------------------------------------------------- what pages repeat

_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.)?\s*\d{1,4}(?:\s*(?:of|/|von)\s*\d{1,4})?\W*", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?|file)://\S+(?:\s+\d+\s*/\s*\d+)?|(?:www\.)\S+(?:\s+\d+\s*/\s*\d+)?", re.IGNORECASE)
_PRINTED = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4},? +\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*[AP]M)?\b.*", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?…:;,][\"”’')\]]*$")


def text_of(pages: list[Page]) -> tuple[list[str], list[int]]:
    """The text of each page, and the numbers of those whose columns cannot be told apart.

    Running heads and feet, page numbers, addresses and dates of printing are left out. A head or foot is a line at the
    edge of most pages that differs only in its numbers. If an address or a date at an edge shows that the page was
    printed from a browser, menus and labels are removed as from a web page.

    >>> text_of([Page("The Invented Post  1\\nIt may"), Page("The Invented Post  2\\nrain soon.")])
    (['It may', 'rain soon.'], [])
    """
    drawn = [[line for line in page.text.splitlines() if line.strip()] for page in pages]
    edges = [_edge(lines) + _edge(_whole(page)) for lines, page in zip(drawn, pages, strict=True)]
    often = _repeated(edges)
    texts, unsure = [], []
    for number, (page, lines) in enumerate(zip(pages, drawn, strict=True), 1):
        inner, ordered = _inner(lines, often), _ordered(page, often)
        if page.lines and letters(ordered) != letters(inner):
            unsure.append(number)
        texts.append(ordered if ordered and number not in unsure else inner)
    if any(pattern.fullmatch(line.strip()) for edge in edges for line in edge for pattern in (_ADDRESS, _PRINTED)):
        texts = _as_web_page(texts)
    return ["\n".join(lines) for lines in texts], unsure


def _repeated(edges: list[list[str]]) -> set[str]:
    """The lines, without their numbers, at the edges of most pages."""
    counts = Counter(key for edge in edges for key in {_numberless(line) for line in edge})
    most = max(2, 0.6 * sum(bool(edge) for edge in edges))
    return {key for key, n in counts.items() if n >= most and key}


def _ordered(page: Page, often: set[str]) -> list[str]:
    """The lines of a page with columns, column by column, without those of its furniture."""
    whole = _whole(page)
    left = Counter(_inner(whole, often))
    return read_columns([parts for parts, words in zip(page.lines, whole, strict=True) if left[words]], page.edges)


def _whole(page: Page) -> list[str]:
    return [" ".join(words_of(part) for part in parts) for parts in page.lines]


def _edge(page: list[str]) -> list[str]:
    return page if len(page) <= 2 * EDGE else page[:EDGE] + page[-EDGE:]


def _numberless(line: str) -> str:
    return re.sub(r"\d+", "0", plain(line))


def _inner(page: list[str], often: set[str]) -> list[str]:
    """A page's lines without the furniture at its edges, from outside to inside; all of them if nothing is left."""

    def is_furniture(line: str) -> bool:
        line = line.strip()
        fixed = any(pattern.fullmatch(line) for pattern in (_PAGE_NUMBER, _ADDRESS, _PRINTED))
        return fixed or (_numberless(line) in often)

    first = next((at for at in range(min(EDGE, len(page)), 0, -1) if is_furniture(page[at - 1])), 0)
    inner = [line for line in page[:first] if not is_furniture(line)] + page[first:]
    last = next((at for at in range(min(EDGE, len(inner)), 0, -1) if is_furniture(inner[-at])), 0)
    inner = inner[: len(inner) - last] + [line for line in inner[len(inner) - last :] if not is_furniture(line)]
    return inner or page


def _as_web_page(pages: list[list[str]]) -> list[list[str]]:
    """The lines without menus before the headline and without anything after the last sentence."""
    pages = [
        [line for line in page if not is_whole("labels", line) and not opens_with("asides", line)] for page in pages
    ]
    if pages and pages[0]:
        start = next((at for at, line in enumerate(pages[0]) if len(line.split()) > 3), 0)
        pages[0] = pages[0][start:]
    while pages and pages[-1] and len(pages[-1][-1].split()) <= 4 and not _ENDS.search(pages[-1][-1].strip()):
        pages[-1] = pages[-1][:-1]
    return pages


def _export(reader, pages: list[Page]) -> Export | None:
    """The articles of an export; None for any other PDF.

    Blank lines separate the fields of some exports, and only the place of a line on its page shows where they are.
    """
    texts = [page.text for page in pages]
    if not has_labels("\n".join(texts)):
        return None
    for kept in (_laid_out(reader, len(pages)), texts):
        inner = without_heads(kept)
        if export := find_export(as_unbroken("\n\n".join(inner))):
            last = {line for page in inner for line in _last_lines(page)}
            pieces = [piece._replace(text=join_lines(_parted(piece.text, last))) for piece in export.pieces]
            return export._replace(pieces=pieces)
    return None


def _last_lines(text: str) -> set[str]:
    """The lines that are followed by a blank one."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return {line for line, after in pairwise(lines) if line and not after}


def _parted(text: str, last: set[str]) -> str:
    """The text with blank lines between its paragraphs, unless they separate its lines as well."""
    lines = text.splitlines()
    ends = [line for line in lines if line in last]
    if 2 * sum(_ENDS.search(line) is not None for line in ends) < len(ends):
        return text
    return "\n".join(f"{line}\n" if line in last else line for line in lines)


def _laid_out(reader, number: int) -> list[str]:
    try:
        return [page.extract_text(extraction_mode="layout") for page in reader.pages[:number]]
    except ArticleError:  # out of time
        raise
    except Exception:  # it needs more of a font than is there, and fails in many ways
        return []


def without_heads(pages: list[str]) -> list[str]:
    """The pages of an export without page numbers and heads.

    There, each article begins on a new page, so what most pages repeat may be the name of a newspaper, or the label
    that ends an article. Furniture is a line with a page number, an address or a date of printing, and a line next to
    it that repeats another one.

    >>> without_heads(["Page 1 of 2\\nA vote\\n\\nA vote\\nThe Post\\nIt may", "Page 2 of 2\\nA vote\\nrain."])
    ['A vote\\nThe Post\\nIt may', 'rain.']
    """
    out, before = list[str](), set[str]()
    for page in pages:
        drawn = [line.rstrip() for line in page.strip("\n").splitlines()]
        inner = [line for line in drawn if not _is_numbered(line.strip())]
        words = [line.strip() for line in inner if line.strip()]
        numbered = len(inner) < len(drawn) and len(words) > 1 and " " in words[0] and not is_label(words[0])
        if numbered and words[0] in (*before, *words[1:3]):
            inner = inner[inner.index(next(filter(str.strip, inner))) + 1 :]  # the title, as the head of each page
        before = set(words[:EDGE])
        out.append("\n".join(inner).strip("\n"))
    return out


_NUMBERED = re.compile(
    r"(?:page|seite|página|pagina) \d{1,5}(?: (?:of|de|von|sur|di|van) \d{1,5})?\b.{0,90}"
    r"|.{0,90}\bpage \d{1,5} (?:of|de|sur) \d{1,5}",
    re.IGNORECASE,
)


def _is_numbered(line: str) -> bool:
    return any(pattern.fullmatch(line) for pattern in (_NUMBERED, _PAGE_NUMBER, _PRINTED)) and not is_label(line)


# ---------------------------------------------------------------- paragraphs


_HYPHEN = re.compile(r"[^\W\d_][-‐\u00ad]$")


def join_lines(text: str) -> str:
    """Join the lines of a printed page into paragraphs, one per line.

    A line ends a paragraph if a blank line follows, or if it is much shorter than the page is wide and either ends like
    a sentence or is followed by a capital (a heading). A hyphen at the end of a line before a small letter is removed.

    >>> print(join_lines(
    ...     "The vote may be de-\\nlayed, the council said\\non Monday.\\nIt rained all day, and no\\none came."))
    The vote may be delayed, the council said on Monday.
    It rained all day, and no one came.
    """
    lines = [line.strip() for line in text.replace("\0", "").splitlines()]
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    width = lengths[len(lengths) * 9 // 10]
    out = [lines[0]]
    for line, after in pairwise(lines):
        short = len(line) < 0.8 * width
        ends = line.endswith((".", "!", "?", "”", '"', ":", "…")) or after[:1].isupper()
        if not line or not after or (short and ends):
            out.append("\n" + after)
        elif _HYPHEN.search(line) and after[:1].islower():
            out[-1] = out[-1][:-1]
            out.append(after)
        else:
            out.append(" " + after)
    return re.sub(r"\n{2,}", "\n", "".join(out)).strip()
