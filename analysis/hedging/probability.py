"""How likely readers take words of probability to be: surveys, the published scales, and the grounds of strengths.

A survey says what readers understand, never what a writer meant; its spread is the point.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).parents[1] / "resources" / "data"
SURVEYS = ("kucharski-2026", "zonination-2015")


class Reading(NamedTuple):
    """What `n` readers took a term to mean, in per cent: median, quartiles, 5th and 95th percentile."""

    term: str
    survey: str
    n: int
    median: float
    q25: float
    q75: float
    p05: float
    p95: float


class Step(NamedTuple):
    """One term of a published scale and the range that it means, in per cent."""

    scale: str
    term: str
    low: float
    high: float


@cache
def readings() -> tuple[Reading, ...]:
    """The surveys by term: Kucharski (2026, CAPphrase, CC BY 4.0, DOI 10.5281/zenodo.18750055; 5,174 readers) and
    zonination (2015, states no licence, so that only these summary figures are here; 46 readers)."""
    return tuple(
        Reading(term, survey, int(n), *map(float, rest)) for term, survey, n, *rest in _rows("probability_words.tsv")
    )


@cache
def scales() -> tuple[Step, ...]:
    """The scales of Kent (1964), ICD 203 (2015), the UK's PHIA yardstick and the IPCC (2010)."""
    return tuple(
        Step(scale, term, float(low), float(high)) for scale, term, low, high in _rows("probability_scales.tsv")
    )


class Ground(NamedTuple):
    """What a strength rests on, in words, and so what it measures: the chance of an event, the certainty of a
    finding, or neither ("")."""

    words: str
    construct: str


@cache
def grounds() -> Mapping[str, Ground]:
    """The grounds that a rule may have for its strength, by the words that its `strength_source` opens with.

    >>> grounds()["ratings"].construct
    'the certainty of a finding'
    """
    return {
        name: Ground(words, "" if construct == "-" else construct)
        for name, construct, words in _rows("strength_grounds.tsv")
    }


def reading(term: str) -> Reading | None:
    """What readers take `term` to mean, from the larger survey that asked for it; None where none did.

    >>> reading("likely").median, reading("likely").q25, reading("likely").q75
    (75.0, 67.0, 80.0)
    """
    found = {r.survey: r for r in readings() if r.term == term}
    return next((found[s] for s in SURVEYS if s in found), None)


def strength_of(median: float) -> float:
    """How unsure a reader is left by a probability in per cent: 0 at 0 and 100, 1 at even odds.

    >>> strength_of(75), strength_of(50), strength_of(5)
    (0.5, 1.0, 0.1)
    """
    return round(1 - abs(2 * median / 100 - 1), 3)


def _rows(name: str) -> Iterator[list[str]]:
    lines = (_DATA / name).read_text("utf-8").splitlines()
    table = [line.split("\t") for line in lines if line and not line.startswith("#")]
    yield from table[1:]
