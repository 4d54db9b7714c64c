"""How much room words take, measured in the font they will be drawn in; and breaking them into lines that fit."""

from __future__ import annotations

from functools import lru_cache

import matplotlib
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

SLACK = 1.04  # pixels round letters up: they may be drawn this much wider than measured
PITCH = 1.22  # the height of a line of text, in sizes of its letters


def points(size: str | float = "medium") -> float:
    """A size such as "small" in points, in the current style."""
    return float(FontProperties(size=size).get_size_in_points())


def wide(text: str, size: str | float = "medium", weight: str = "normal") -> float:
    """The inches that a line of text takes in the current style."""
    rc = matplotlib.rcParams
    family = tuple(rc["font.family"])
    listed = tuple(tuple(rc[f"font.{name}"]) for name in family if f"font.{name}" in rc)
    return _wide(text, weight, family, listed) * points(size)


@lru_cache(maxsize=20_000)
def _wide(text: str, weight: str, family: tuple[str, ...], _listed: object) -> float:
    """Inches for letters of one point."""
    if not text:
        return 0.0
    prop = FontProperties(family=list(family), size=10, weight=weight)
    return float(text_to_path.get_text_width_height_descent(text, prop, ismath=False)[0]) * SLACK / 720


def high(lines: int, size: str | float = "medium") -> float:
    """The inches that lines of text take."""
    return lines * PITCH * points(size) / 72


def wrap(text: str, room: float, size: str | float = "medium", weight: str = "normal") -> list[str]:
    """Text in lines of at most `room` inches. Nothing is left out; a word is broken only if it alone is too wide.

    >>> from analysis.figures.theme import Style, in_force
    >>> with in_force(Style(rc=False)):
    ...     lines = wrap("the summit in Pyongyang", 1.0)
    >>> lines
    ['the summit in', 'Pyongyang']
    """
    lines: list[str] = []
    space, at = wide(" ", size, weight), 0.0
    for word in text.split():
        for k, part in enumerate(_parts(word, room, size, weight)):
            width = wide(part, size, weight)
            if lines and not k and at + space + width <= room:
                lines[-1] += f" {part}"
                at += space + width
            else:
                lines.append(part)
                at = width
    return lines or [""]


def _parts(word: str, room: float, size: str | float, weight: str) -> list[str]:
    """A whole word if it fits on one line; otherwise pieces that fit, cut after hyphens if it has any."""
    if wide(word, size, weight) <= room:
        return [word]
    parts = [""]
    for letter in word:
        if parts[-1] and wide(parts[-1] + letter, size, weight) > room:
            cut = max(parts[-1].rfind(mark) for mark in "-/–") + 1
            rest = parts[-1][cut:] if 1 < cut < len(parts[-1]) else ""
            if rest:
                parts[-1] = parts[-1][:cut]
            parts.append(rest)
        parts[-1] += letter
    return parts
