r"""Marks written into a text with square brackets, and the same text without them.

    [source Ann Reed] [cue said] [content it [hedge may] rain].

- A mark opens with ``[``, the name of a layer and a space, and closes with ``]``. Marks may be nested.
- Layers: source, cue, content, hedge, booster, bound, name. ``[person Ann Reed]``, ``[place Ellerquay]`` and
  ``[organisation ...]`` are short for names of that label. Capitals do not matter; a colon after the layer is allowed.
- A label, if you know it, follows a colon: ``[hedge:possibility may]``, ``[source:person Ann Reed]``.
- Parts that belong together can share a number: ``[source#1 Ann]``, ``[cue#1 said]``, ``[content#1 ...]``.
- Other brackets, such as [sic], are text. Write a bracket of the text that would be read as a mark as ``\[`` or ``\]``.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Iterable

from analysis.annotation.marks import LABELS_OF, LAYERS, NAME_LABELS, Mark, MarkError

SHORT = {
    "person": ("name", "person"),
    "place": ("name", "place"),
    "organisation": ("name", "organisation"),
    "organization": ("name", "organisation"),
}
_OPEN = re.compile(r"\[[ \t]*([A-Za-z]{3,14})(?:#([\w-]{1,30}))?(?::([A-Za-z-]+))?:?(?:[ \t\n]|(?=\]))")
_GLUED = re.compile(rf"\[({'|'.join([*LAYERS, *SHORT])})\w", re.IGNORECASE)  # [sourceAnn Reed]
_STEP = re.compile(r"\\*[\[\]]")
_QUOTES = str.maketrans("“”„«»‘’‚`", '"""""\'\'\'\'')


class NotationError(MarkError):
    """A mark cannot be read; `line` and `column` (from 1) say where in the marked text."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(f"line {line}, column {column}: {message}")
        self.line, self.column = line, column


def strip_marks(marked: str) -> tuple[str, list[Mark]]:
    r"""The text without its marks, and the marks with their places in that text.

    >>> strip_marks("[person Ann] [cue said] it [hedge:possibility may] rain [sic].")[0]
    'Ann said it may rain [sic].'
    >>> [mark[:4] for mark in strip_marks("It [hedge:possibility may] rain.")[1]]
    [(3, 6, 'hedge', 'possibility')]

    Raises NotationError, with line and column, for a mark that is not closed or is empty, a misspelt layer, or an
    unknown label.
    """
    return _parse(marked)[:2]


def _parse(marked: str) -> tuple[str, list[Mark], list[tuple[int, int]]]:
    """Text, marks, and where each stretch of the text begins, as (place in the text, place in the marked text)."""
    pieces: list[str] = []
    marks: list[Mark] = []
    origins: list[tuple[int, int]] = []
    stack: list[tuple | None] = []  # an open mark, or None for a bracket that is text
    at = length = 0  # place in the marked text; length of the text so far
    while step := _STEP.search(marked, at):
        slashes, bracket = len(step[0]) - 1, step.end() - 1
        literal = marked[at : step.start()] + "\\" * (slashes // 2)
        origins.append((length, at))
        at = step.end()
        escaped = slashes % 2 == 1
        opening = None if escaped else _OPEN.match(marked, bracket)
        layer = _layer(marked, bracket, opening) if opening else None
        if layer:
            stack.append((bracket, length + len(literal), *layer))
            at = opening.end()
        elif not escaped and marked[bracket] == "]" and stack and stack[-1]:
            marks.append(_close(marked, stack.pop(), literal, length))
        else:
            literal += marked[bracket]
            if not escaped and marked[bracket] == "[":
                stack.append(None)
            elif not escaped and stack:
                stack.pop()
        pieces.append(literal)
        length += len(literal)
    pieces.append(marked[at:])
    origins.append((length, at))
    for opened in stack:
        if opened:
            raise _error(marked, opened[0], f"this {opened[2]} is never closed; put a ] after its last word")
    plain = "".join(pieces)
    return plain, sorted(_trim(plain, m) for m in marks), origins


def _trim(text: str, mark: Mark) -> Mark:
    """The mark without white space at its edges."""
    words = text[mark.start : mark.end]
    return mark._replace(start=mark.end - len(words.lstrip()), end=mark.start + len(words.rstrip()))


def read_marked(marked: str, text: str) -> list[Mark]:
    """The marks in `marked`, a copy of `text` with marks written into it, at their places in `text`.

    White space and the shape of quotation marks may differ, as when a text was retyped or printed; everything else must
    be the same. Raises NotationError with line and column at the first difference.

    >>> [mark[:3] for mark in read_marked('"It  [hedge may] rain," she said.', "“It may\\nrain,” she said.")]
    [(4, 7, 'hedge')]
    """
    plain, marks, origins = _parse(marked)
    if plain == text:
        return marks
    ours, theirs = _letters(plain), _letters(text)
    same = next(
        (k for k, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a[1] != b[1]), min(len(ours), len(theirs))
    )
    if same < max(len(ours), len(theirs)):
        here = ours[same][0] if same < len(ours) else len(plain)
        there = theirs[same][0] if same < len(theirs) else len(text)
        if glued := _GLUED.match(plain, here):
            raise _error(marked, _in_marked(origins, here), _space_after(glued[1].lower()))
        raise _error(
            marked,
            _in_marked(origins, here),
            f"the words differ from the article: here {_excerpt(plain, here)}, there {_excerpt(text, there)}; you "
            f"may add marks, but not change words",
        )
    index = {place: k for k, (place, _) in enumerate(ours)}
    out = []
    for m in marks:
        inside = [index[p] for p in range(m.start, m.end) if p in index]
        out.append(m._replace(start=theirs[inside[0]][0], end=theirs[inside[-1]][0] + 1))
    return out


def write_marked(text: str, marks: Iterable[Mark]) -> str:
    """The text with the marks written into it; `strip_marks` returns both again.

    Raises ValueError for marks that cross (one begins inside another and ends outside it), since brackets cannot show
    those.

    >>> write_marked("It may rain.", [Mark(3, 6, "hedge", "possibility")])
    'It [hedge:possibility may] rain.'
    """
    events = []
    opened: list[Mark] = []
    for m in sorted(marks, key=lambda m: (m.start, -m.end)):
        while opened and opened[-1].end <= m.start:
            events.append((opened.pop().end, "]"))
        if opened and m.end > opened[-1].end:
            raise ValueError(f"marks cross: {text[opened[-1].start : opened[-1].end]!r} and {text[m.start : m.end]!r}")
        opened.append(m)
        events.append((m.start, f"[{m.layer}{'#' + m.group if m.group else ''}{':' + m.label if m.label else ''} "))
    events += [(m.end, "]") for m in reversed(opened)]
    out, at = [], 0
    for place, sign in events:
        out += [_escape(text[at:place], before_bracket=True), sign]
        at = place
    return "".join(out) + _escape(text[at:], before_bracket=False)


def _escape(text: str, *, before_bracket: bool) -> str:
    out = re.sub(r"(\\*)([\[\]])", lambda m: m[1] * 2 + "\\" + m[2], text)
    if before_bracket:
        out += "\\" * (len(text) - len(text.rstrip("\\")))
    return out


def _layer(marked: str, at: int, opening: re.Match) -> tuple[str, str, str] | None:
    """Layer, label and group of an opening bracket; None if it is a bracket of the text."""
    word, group, label = opening[1].lower(), opening[2] or "", (opening[3] or "").lower()
    layer, short = SHORT.get(word, (word, ""))
    if layer not in LABELS_OF:
        near = difflib.get_close_matches(word, [*LAYERS, *SHORT], n=1, cutoff=0.8)
        if near and word.startswith(near[0]):
            raise _error(marked, at, _space_after(near[0]))
        if near:
            raise _error(
                marked,
                at,
                f"nothing can be marked with [{opening[1]}; did you mean [{near[0]} ...]? "
                "Write a bracket that belongs to the text as \\[",
            )
        return None
    if label and (short or label not in LABELS_OF[layer]):
        near = difflib.get_close_matches(label, LABELS_OF[layer], n=1)
        choice = NAME_LABELS if short else LABELS_OF[layer]
        hint = (
            f"did you mean {near[0]!r}?"
            if near
            else f"write one of {', '.join(choice)}, or none"
            if choice
            else "write none"
        )
        raise _error(marked, at, f"{label!r} is not a kind of {word}; {hint}")
    return layer, label or short, group


def _space_after(name: str) -> str:
    return f"put a space after [{name}, before the words that it marks"


def _close(marked: str, opened: tuple, literal: str, length: int) -> Mark:
    at, start, layer, label, group = opened
    end = length + len(literal)
    if start == end or (start >= length and not literal[start - length :].strip()):
        raise _error(marked, at, f"this {layer} marks nothing; put the marked words inside the brackets")
    return Mark(start, end, layer, label, group)


def _error(marked: str, at: int, message: str) -> NotationError:
    line = marked.count("\n", 0, at) + 1
    return NotationError(message, line, at - (marked.rfind("\n", 0, at) + 1) + 1)


def _letters(text: str) -> list[tuple[int, str]]:
    return [(k, c) for k, c in enumerate(text.translate(_QUOTES)) if not c.isspace()]


def _in_marked(origins: list[tuple[int, int]], plain_at: int) -> int:
    """The place in the marked text of a place in the text."""
    plain, marked = origins[bisect_right(origins, plain_at, key=lambda o: o[0]) - 1]
    return marked + plain_at - plain


def _excerpt(text: str, at: int) -> str:
    return repr(text[at : at + 20]) if at < len(text) else "the text ends"
