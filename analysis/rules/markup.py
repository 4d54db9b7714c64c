"""The markup in which rules and tests write attributions.

``[Ms Ortega] {said} <the vote was late>`` marks a source, a cue and a content. If a text has several attributions, a
letter after each closing bracket says whose part it is, and two letters make it a part of both; the same letter after
several brackets of a kind makes one part of several spans; a content may contain other parts::

    <While abroad, [Peskov]b {said}b <that it was late>b>a, {reported}a [Reuters]a.

A sourceless attribution has no ``[...]``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from analysis.text.document import Span

_OPEN = {"[": "source", "{": "cue", "<": "content"}
_CLOSE = {"]": "[", "}": "{", ">": "<"}
_LETTERS = re.compile(r"(?:[a-f]{1,3}(?![^\W_]))?")


class Marked(NamedTuple):
    """The parts of one attribution in a marked example."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def parse(example: str) -> tuple[str, dict[str, Marked]]:
    """The plain text of a marked example, and its attributions by letter ("" where it has none).

    Raises ValueError if brackets do not pair.

    >>> text, marked = parse("[Ms Ortega] {said} <the vote was late>.")
    >>> text, [text[s:e] for s, e in marked[""].content]
    ('Ms Ortega said the vote was late.', ['the vote was late'])
    """
    text: list[str] = []
    size, open_at = 0, []
    parts: dict[str, dict[str, list[Span]]] = {}
    k = 0
    while k < len(example):
        char = example[k]
        k += 1
        if char in _OPEN:
            open_at.append((char, size))
        elif char in _CLOSE:
            if not open_at or open_at[-1][0] != _CLOSE[char]:
                raise ValueError(f"{example!r}: {char!r} closes nothing; brackets must pair and nest")
            opened, start = open_at.pop()
            found = _LETTERS.match(example, k)
            letters = found[0] if found else ""
            k += len(letters)
            for letter in letters or ("",):
                parts.setdefault(letter, {}).setdefault(_OPEN[opened], []).append(Span(start, size))
        else:
            text.append(char)
            size += 1
    if open_at:
        raise ValueError(f"{example!r}: {open_at[-1][0]!r} is not closed")
    marked = {
        letter: Marked(*(tuple(sorted(spans.get(role, ()))) for role in ("source", "cue", "content")))
        for letter, spans in parts.items()
    }
    return "".join(text), marked
