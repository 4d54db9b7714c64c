"""Several articles in one plain text: split where you say; a text that looks like several gets a warning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from analysis.inputs.exports import Export, Piece
from analysis.inputs.exports.records import is_byline, is_date_line, is_rights, labels

KIND = "several articles in one text"
MOST_LINES = 200_000  # how many lines are examined; a longer text is judged by its first lines
_RULE = re.compile(r"([-=*_#~+])(?:\s?\1){4,}")
_NUMBERED = re.compile(r"(?:article|document|story|artikel|item) (?:no\. ?)?#?\d{1,4}\b.{0,12}", re.I)
_TITLE = re.compile(r"(?:title|headline|source|publication|author): ?\S.{0,200}", re.I)


def split_at(text: str, separator: str) -> list[str]:
    """The parts between lines that are the separator, or that match it as a regular expression, without blank parts.

    >>> split_at("A vote.\\n***\\nIt rains.\\n", "***"), split_at("A.\\n== 2 ==\\nB.", "=+ \\\\d+ =+")
    (['A vote.', 'It rains.'], ['A.', 'B.'])
    """
    pattern = _pattern(separator)
    parts: list[list[str]] = [[]]
    for line in text.splitlines(keepends=True):
        plain = line.strip()
        if plain == separator.strip() or (pattern is not None and pattern.fullmatch(plain)):
            parts.append([])
        else:
            parts[-1].append(line)
    return [whole for part in parts if (whole := "".join(part).strip("\r\n")).strip()]


@cache
def _pattern(separator: str) -> re.Pattern[str] | None:
    try:
        return re.compile(separator.strip())
    except re.error:
        return None  # a line such as ***


def as_export(parts: Sequence[str]) -> Export:
    """The parts as the articles of a file."""
    return Export(KIND, [Piece(part, {}) for part in parts])


def looks_like_several(text: str) -> str | None:
    """What makes a text look like several articles, in words; None if it looks like one.

    A single sign that occurs twice can be in any article; two such signs, lines about rights or numbers of articles
    cannot.

    >>> looks_like_several("A vote\\nBy Ana Silva\\nLate.\\n© 2031 Post\\nRain\\nBy Ben Roy\\nIt rains.\\n© 2031 Post")
    '2 lines about rights and 2 bylines'
    >>> looks_like_several("The vote\\n* * *\\nIt may be late.\\n* * *\\nIt rains.") is None
    True
    """
    signs, last = Counter[str](), ""
    for line in text.splitlines()[:MOST_LINES]:
        plain = line.strip()
        sign = _sign(plain) if 2 < len(plain) < 200 else None
        if sign and not (sign == last == "rights"):  # "All rights reserved" below it
            signs[sign] += 1
        last = sign or ("" if plain else last)
    twice = [sign for sign in _SIGNS if signs[sign] >= 2]
    if not twice or (len(twice) == 1 and twice[0] not in _ENOUGH):
        return None
    return " and ".join(f"{signs[sign]} {_SIGNS[sign]}" for sign in twice)


_SIGNS = {
    "rights": "lines about rights",
    "number": "numbers of articles",
    "title": "lines that give a title or source",
    "byline": "bylines",
    "date": "lines with a date",
    "rule": "lines across",
}
_ENOUGH = ("rights", "number")


def _sign(line: str) -> str | None:
    if _RULE.fullmatch(line):
        return "rule"
    if is_rights(line):
        return "rights"
    if _NUMBERED.fullmatch(line):
        return "number"
    if _TITLE.fullmatch(line):
        return "title"
    first = line.partition(" ")[0].casefold()
    if first in labels()["authors"]["before"].split() and len(line) < 80 and is_byline(line):
        return "byline"
    return "date" if is_date_line(line) else None
