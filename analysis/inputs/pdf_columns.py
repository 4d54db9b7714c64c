"""Columns of a PDF page that were drawn line by line across the page are read one after another. A PDF says where each
stretch of text begins.

Places where many lines begin are the left edges of columns. If the order of drawing goes back and forth between them,
the page is read column by column.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby, pairwise

NEAR = 3  # points: stretches that begin this close together begin at the same edge
APART = 60  # the fewest points between the left edges of columns
EDGES = 40  # how many places are examined, the commonest first
PIECES, LINES = 10_000, 1_000  # the most on a page; one with more is not set in columns
OFTEN = 0.4  # share of the lines at the commonest edge; an edge with more is the edge of a column
MOSTLY = 0.7  # share of the lines that reach so far
SHORT = 15  # characters: the width of so few can be guessed
WORDS = 3  # on a line of a column, rather than in a cell of a table
# A change of coordinates that changes nothing; pypdf then reports what it has read so far.
IDENTITY = (1, 0, 0, 1, 0, 0)
_NARROW, _WIDE = frozenset("iljtfI.,:;'’|!() -"), frozenset("mwMW—%@")


@dataclass(frozen=True)
class Piece:
    """A stretch of text, where it begins (in points, from the left and from the bottom of the page), and its size."""

    x: float
    y: float
    size: float
    text: str

    @property
    def end(self) -> float:
        """About where it ends; pypdf does not say how wide a text is."""
        ems = sum(0.28 if c in _NARROW else 0.85 if c in _WIDE else 0.53 for c in self.text)
        return self.x + ems * self.size


Line = list[list[Piece]]  # the stretches of a line between the edges of columns


def pieces_of(page) -> list[Piece]:
    """The stretches of text on a page in the order of drawing, without those of its forms."""
    from pypdf.generic import ContentStream, FloatObject, NameObject

    found: list[Piece] = []

    def visit(text, cm, tm, _font, size):
        if text.strip():
            x, y = (tm[4] * cm[at] + tm[5] * cm[at + 2] + cm[at + 4] for at in (0, 1))
            scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1
            found.append(Piece(round(x, 1), round(y, 1), abs(float(size)) * scale, text.replace("\n", " ")))

    contents = page.get_contents()
    stream = ContentStream(contents, page.pdf, "bytes")
    operations, identity = [], [FloatObject(number) for number in IDENTITY]
    for operands, operator in stream.operations:
        if operator == b"Do":  # a form, which may contain as much as a page, and others
            continue
        if operator in (b"Td", b"TD", b"Tm", b"T*", b"'", b'"'):
            operations.append((identity, b"cm"))
        operations.append((operands, operator))
    stream.operations = operations
    before = page.raw_get("/Contents")
    page[NameObject("/Contents")] = stream
    try:
        page.extract_text(visitor_text=visit)
    finally:
        page[NameObject("/Contents")] = before
    return found


def lines_of(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces on one baseline, from the top of the page to the bottom, from left to right.

    >>> [[piece.text for piece in line] for line in lines_of([
    ...     Piece(50, 700, 10, "It may"), Piece(50, 688, 10, "today."), Piece(90, 701, 10, "rain")])]
    [['It may', 'rain'], ['today.']]
    """
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.y):
        if lines and abs(lines[-1][0].y - piece.y) < 0.4 * max(piece.size, 1):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.x) for line in lines]


def edges_of(lines: list[list[Piece]]) -> list[float]:
    """The left edges of columns: many lines begin there, and hardly any line that reaches so far does not."""
    starts = Counter(round(piece.x / NEAR) for line in lines for piece in line)
    if not starts:
        return []
    together = {at: n + starts.get(at + 1, 0) for at, n in starts.items()}
    most = max(together.values())
    edges: list[float] = []
    common = sorted(together, key=lambda at: -together[at])[:EDGES]
    for at in sorted(at for at in common if together[at] >= max(3, OFTEN * most)):
        apart = not edges or at * NEAR - edges[-1] >= APART
        if apart and (not edges or _is_edge(at * NEAR, lines)):
            edges.append(at * NEAR)
    return edges


def _is_edge(edge: float, lines: list[list[Piece]]) -> bool:
    """Do most lines that reach so far begin there, with a gap before it? Only short pieces say where they end."""
    reach = begin = close = 0
    for line in lines:
        at = next((at for at, piece in enumerate(line) if piece.x >= edge - NEAR), None)
        if at is None:
            continue
        reach += 1
        if line[at].x <= edge + 2 * NEAR:
            begin += 1
            before = line[at - 1] if at else None
            close += before is not None and len(before.text) < SHORT and line[at].x - before.end < 0.6 * before.size
    return begin >= MOSTLY * reach and close <= (1 - MOSTLY) * begin


def parted(line: list[Piece], edges: list[float]) -> Line:
    """A line, split wherever a piece begins at the edge of a column."""
    parts: Line = []
    for piece in line:
        at_edge = any(abs(piece.x - edge) <= 2 * NEAR for edge in edges[1:])
        if parts and not at_edge:
            parts[-1].append(piece)
        else:
            parts.append([piece])
    return parts


def column_of(piece: Piece, edges: list[float]) -> int:
    """The column that a piece is in."""
    return max(sum(piece.x >= edge - 2 * NEAR for edge in edges) - 1, 0)


def are_mixed(pieces: list[Piece], edges: list[float], lines: list[Line]) -> bool:
    """Are lines of prose side by side, and were they drawn in turns?"""
    beside = [parts for parts in lines if sum(len(words_of(part).split()) >= WORDS for part in parts) > 1]
    if len(edges) < 2 or len(beside) < 3 or len(beside) < 0.25 * len(lines):
        return False
    turns = [column for column, _ in groupby(column_of(piece, edges) for piece in pieces)]
    return len(turns) - 1 >= len(beside)


def words_of(part: list[Piece]) -> str:
    """The text of pieces that follow each other.

    >>> words_of([Piece(50, 700, 10, "It may"), Piece(90, 700, 10, "rain")])
    'It may rain'
    """
    text = part[0].text
    for before, piece in pairwise(part):
        gap = piece.x - before.end > 0.5 * piece.size and len(before.text) < SHORT
        text += (" " if gap and not text.endswith(" ") else "") + piece.text
    return " ".join(text.split())


def read_columns(lines: list[Line], edges: list[float]) -> list[str]:
    """The lines, column by column. A line across columns ends the columns above it."""
    out: list[str] = []
    band: list[list[str]] = [[] for _ in edges]
    for parts in lines:
        if any(_runs_across(part, edges, parts) for part in parts):
            out += [line for column in band for line in column]
            band = [[] for _ in edges]
            out.append(" ".join(words_of(part) for part in parts))
            continue
        for part in parts:
            band[column_of(part[0], edges)].append(words_of(part))
    return out + [line for column in band for line in column]


def _runs_across(part: list[Piece], edges: list[float], parts: Line) -> bool:
    column = column_of(part[0], edges)
    if column + 1 >= len(edges) or any(column_of(other[0], edges) > column for other in parts):
        return False
    width = edges[column + 1] - edges[column]
    return part[-1].end > edges[column + 1] + 0.15 * width


def columns_of(page) -> tuple[list[Line], list[float]]:
    """The split lines of a page and the edges of its columns, if lines of columns were drawn in turns; otherwise
    nothing, and the page is read as it was drawn.

    The same goes for a page that the library cannot take apart.
    """
    try:
        pieces = pieces_of(page)
    except Exception:  # a damaged page fails in many ways, deep in the library
        return [], []
    lines = lines_of(pieces) if len(pieces) <= PIECES else []
    edges = edges_of(lines) if len(lines) <= LINES else []
    parts = [parted(line, edges) for line in lines]
    return (parts, edges) if are_mixed(pieces, edges, parts) else ([], [])


def letters(lines: list[str]) -> Counter[str]:
    """How often each letter and digit occurs, to see that nothing was lost."""
    return Counter(re.findall(r"\w", " ".join(lines)))
