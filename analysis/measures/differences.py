"""Is a difference more than chance? Exact tests of two counts that allow for the search for the largest difference.

Whether two intervals overlap is not a test: they can overlap even if the difference is hardly chance, and of many pairs
some differ by chance alone. So a report says that two values differ only if an exact test finds the difference

- with the counts divided by how much more they vary between texts than independent events would (the test is Fisher's,
  1935, for shares; for rates it is the binomial test of how a total splits, Przyborowski and Wilenski 1940);
- corrected for every pair that could have been picked: the lowest and the highest of k values are one of k (k - 1) / 2
  pairs, for each measure shown (Bonferroni; Dunn 1961, Multiple comparisons among means);
- at a level that leaves 5% for all the statements of a report together.

`benchmarks/benchmark_intervals.py` simulates reports without a difference, and counts in how many one is stated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, floor
from typing import NamedTuple

STATEMENTS = 3  # places of a report that state differences: between articles, between voices, between parts
LEVEL = 0.05 / STATEMENTS


class Count(NamedTuple):
    """What was counted of one group: `n` events among `of` (rows for a share, words for a rate), and its name."""

    name: str
    n: int
    of: int


class Difference(NamedTuple):
    """The lowest and the highest of some groups, and the p of their difference, corrected for all pairs."""

    lowest: Count
    highest: Count
    p: float

    @property
    def found(self) -> bool:
        """Is it more than chance, at a level that leaves 5% for all the statements of a report?"""
        return self.p <= LEVEL


def fisher(a: int, of_a: int, b: int, of_b: int) -> float:
    """Fisher's exact test of two shares, two-sided: the p of tables as unlikely as this one, or more so.

    >>> round(fisher(3, 4, 1, 4), 4), round(fisher(11, 16, 5, 21), 4)  # the first: Fisher's tea with milk
    (0.4857, 0.009)
    """
    from scipy.stats import fisher_exact  # here, since it takes longer to load than most reports need it

    return float(fisher_exact([[a, of_a - a], [b, of_b - b]]).pvalue)


def split(a: int, of_a: float, b: int, of_b: float) -> float:
    """The exact test of two rates: does a total of a + b events split as the exposures do?  Two-sided.

    >>> round(split(10, 1000, 2, 1000), 4), round(split(4, 1000, 4, 1000), 4)
    (0.0386, 1.0)
    """
    from scipy.stats import binomtest

    return float(binomtest(a, a + b, of_a / (of_a + of_b)).pvalue) if a + b else 1.0


def of_shares(groups: Sequence[Count], *, effect: float = 1.0, measures: int = 1) -> Difference | None:
    """The lowest against the highest share.  None where fewer than two groups have anything to take a share of.

    `effect`: how much more the counts vary between texts of one kind than independent ones would (the design effect);
    `measures`: in how many measures a difference was looked for.

    >>> of_shares([Count("one", 30, 40), Count("two", 8, 40), Count("three", 20, 40)]).found
    True
    """
    return _extremes(groups, fisher, effect, measures)


def of_rates(groups: Sequence[Count], *, effect: float = 1.0, measures: int = 1) -> Difference | None:
    """The lowest against the highest rate, `of` being words; otherwise as `of_shares`."""
    return _extremes(groups, split, effect, measures)


def _extremes(groups: Sequence[Count], test: Callable, effect: float, measures: int) -> Difference | None:
    groups = [g for g in groups if g.of > 0]
    if len(groups) < 2:
        return None
    low, high = min(groups, key=lambda g: g.n / g.of), max(groups, key=lambda g: g.n / g.of)
    pairs = len(groups) * (len(groups) - 1) // 2
    p = test(*_fewer(low, effect, up=True), *_fewer(high, effect, up=False))
    return Difference(low, high, min(1.0, p * pairs * measures))


def _fewer(group: Count, effect: float, *, up: bool) -> tuple[int, int]:
    """As many independent ones as the counts are worth; rounded so that the difference does not grow."""
    of = max(1, round(group.of / effect))
    n = group.n / effect
    return min(of, ceil(n - 1e-9) if up else floor(n + 1e-9)), of
