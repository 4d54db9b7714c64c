"""The word lists of numbers (resources/words/numbers.toml), and the value of a written number."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from analysis.text.word_lists import WORDS, word_lists

LISTS = word_lists("numbers")
_LONGEST = 24  # the most characters of a figure; longer ones are not quantities
Phrase = tuple[str, ...]


@cache
def table(name: str) -> Mapping[str, Any]:
    """A table of numbers.toml: what each word means.

    >>> table("scale")["million"]
    1000000
    """
    found: Mapping[str, Any] = tomllib.loads((WORDS / "numbers.toml").read_text("utf-8"))[name]
    return found


@cache
def phrases(name: str) -> tuple[Phrase, ...]:
    """The phrases of a list as words, the longest first."""
    return tuple(sorted((tuple(phrase.split()) for phrase in LISTS[name]), key=lambda p: (-len(p), p)))


def worth(lowers: Sequence[str]) -> float | None:
    """The value of the words of a number; None if they are not a number.

    >>> worth(["3.5", "million"]), worth(["two", "hundred", "and", "fifty"]), worth(["1,200"]), worth(["18m"])
    (3500000.0, 250.0, 1200.0, 18000000.0)
    >>> worth(["half", "a", "million"]), worth(["banana"])
    (500000.0, None)
    """
    total, part, seen = 0.0, 0.0, False
    for low in lowers:
        if low == "and" or (seen and low in ("a", "an")):
            continue
        if low == "half":
            part, seen = 0.5, True
        elif low in table("scale"):
            scale = table("scale")[low]
            part = (part or 1) * scale
            if scale >= 1000:
                total, part = total + part, 0.0
            seen = True
        else:
            value = _simple(low)
            if value is None:
                return None
            part, seen = part + value, True
    return total + part if seen else None


def _simple(low: str) -> float | None:
    """43, 1,200, 4.2, 18m, five, twenty-one."""
    values = table("value")
    if low in values:
        return float(values[low])
    first, _, second = low.partition("-")
    if first in values and second in values:
        return float(values[first] + values[second])
    digits = low.lstrip("abcdefghijklmnopqrstuvwxyz$€£¥.").rstrip("abcdefghijklmnopqrstuvwxyz")
    tail = low[low.rfind(digits) + len(digits) :] if digits else ""
    figure = plain_figure(digits)
    known = not tail or tail in table("scale")
    return figure * table("scale").get(tail, 1) if known and figure is not None else None


def plain_figure(digits: str) -> float | None:
    """A figure in digits, with commas between thousands.

    >>> plain_figure("1,200"), plain_figure("4.2"), plain_figure("1.2.3")
    (1200.0, 4.2, None)
    """
    if not digits or len(digits) > _LONGEST or not digits.isascii():
        return None
    try:
        found = float(digits.replace(",", ""))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def is_figure(low: str) -> bool:
    """Does a word of a number say how many (43, 18m, million, twenty-one), rather than being a currency sign or a unit?

    >>> [is_figure(low) for low in ("43", "million", "twenty-one", "euros")]
    [True, True, True, False]
    """
    return low[:1].isdigit() or low[-1:].isdigit() or low in table("scale") or low.partition("-")[0] in table("value")


def currency(low: str) -> str:
    """The name of a currency, from its sign, code or singular; other words do not change.

    >>> currency("£"), currency("pound"), currency("krona")
    ('pounds', 'pounds', 'krona')
    """
    found: str = table("currency").get(low, low)
    return found


def ordinal(low: str) -> int | None:
    """The place that an ordinal names.

    >>> ordinal("third"), ordinal("12th"), ordinal("tall")
    (3, 12, None)
    """
    if low in table("ordinal"):
        return int(table("ordinal")[low])
    figure = low[:-2] if low[-2:] in ("st", "nd", "rd", "th") else ""
    return int(figure) if figure.isascii() and figure.isdigit() and len(figure) < 6 else None
