"""Intervals of shares: the same one for a number everywhere, and wide enough for things that depend on one another.

An interval is about other texts of this kind. The articles at hand are read whole, so their own values are exact.

- Ten articles or more: the article is the unit, since statements in one article depend on one another (design effects
  of 2 to 3 were measured on news, so an interval that treats each row separately is often half as wide as it should).
- Fewer articles, a share of attributions, quotations or sentences: each of them counts as a separate draw.
- Fewer articles, a share of words: the sentence is the unit, since its words come and go together.
- Fewer than ten units of words: there is no interval, and the reason says so.

The method is the same for all: Wilson's score interval on the *effective* number, the count divided by the design
effect, with the t quantile for that many units (Korn and Graubard 1998, Confidence intervals for proportions with small
expected number of positive counts; Dean and Pagano 2015, Evaluating confidence interval methods for binomial
proportions in clustered surveys). `benchmarks/benchmark_intervals.py` simulates how often such intervals hold the true
value.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from math import nan, sqrt
from typing import Any, NamedTuple

import pandas as pd

from analysis.measures.counts import Z95, design_effect, poisson

ENOUGH = 10  # with fewer units, no interval is given: they say too little about what they are drawn from


class Interval(NamedTuple):
    """A 95% interval (NaN if there is none), and how it was computed or why there is none."""

    low: float
    high: float
    how: str


def wilson(count: float, of: float, *, z: float = Z95) -> tuple[float, float]:
    """Wilson's score interval for a share, as (low, high) from 0 to 1; (nan, nan) if `of` is 0.

    Source: Wilson 1927, Probable inference, the law of succession, and statistical inference.

    >>> low, high = wilson(3, 10)
    >>> round(low, 3), round(high, 3)
    (0.108, 0.603)
    """
    if of <= 0:
        return nan, nan
    share = count / of
    centre = share + z * z / (2 * of)
    half = z * sqrt(max(0.0, share * (1 - share)) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    low = (centre - half) / scale if count else 0.0  # exact at the ends, where rounding would leave 1e-17
    return low, (centre + half) / scale if count < of else 1.0


def t95(degrees: int) -> float:
    """The 97.5% point of Student's t (Abramowitz and Stegun 1964, 26.7.5), to four digits from 8 degrees on.

    >>> [round(t95(n), 3) for n in (9, 30, 1000)]
    [2.262, 2.042, 1.962]
    """
    z, v = Z95, degrees
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / v**k for k, term in enumerate(terms, 1))


def clustered(hits: Sequence[float], sizes: Sequence[float]) -> tuple[float, float]:
    """The interval of Σ hits / Σ sizes if each unit (an article, a sentence) is drawn as a whole, as (low, high).

    The variance is the jackknife's, which leaves out each unit in turn (in closed form for a ratio; Wolter 2007,
    Introduction to Variance Estimation); the design effect is at least 1. If all units have the same share, usually 0
    or 1, it cannot be measured, and the number of units is used as the effective number.

    >>> [round(x, 2) for x in clustered([5, 0] * 10, [5, 5] * 10)]
    [0.28, 0.72]
    """
    pairs = [(hit, size) for hit, size in zip(hits, sizes, strict=True) if size]
    k, of = len(pairs), sum(size for _, size in pairs)
    if k < 2:
        return nan, nan
    share = sum(hit for hit, _ in pairs) / of
    variance = (k - 1) / k * sum(((hit - share * size) / (of - size)) ** 2 for hit, size in pairs)
    rest = share * (1 - share)
    effective = min(of, rest / variance) if variance > 0 and rest > 0 else min(of, k)
    worth = of**2 / sum(size**2 for _, size in pairs)  # units of equal size that would weigh as much (Kish 1965)
    return wilson(share * effective, effective, z=t95(max(round(worth) - 1, 3)))


def of_share(docs: Sequence[Hashable], rows: pd.DataFrame, hits: pd.Series, *, words: bool, what: str) -> Interval:
    """The interval of the share of `hits` (amounts, one per row) in `rows`, which have doc_id, sentence_id and amount.

    `docs` are all the articles, even those without a row; `words` says that amounts are words; `what` names the rows.
    """
    columns = (rows["doc_id"].tolist(), rows["sentence_id"].tolist(), hits.tolist(), rows["amount"].tolist())
    return share_interval(docs, zip(*columns, strict=True), words=words, what=what)


def share_interval(
    docs: Sequence[Hashable], units: Iterable[tuple[Any, Any, float, float]], *, words: bool, what: str
) -> Interval:
    """The same for rows that are tuples: article, sentence, hits and amount.

    >>> share_interval(["a"], [("a", 1, 1, 1), ("a", 2, 0, 1)], words=False, what="attributions").how
    'Wilson, 2 attributions'
    """
    by_article = len(docs) >= ENOUGH
    totals: dict[Any, list[float]] = {}
    for doc, sentence, hit, amount in units:
        total = totals.setdefault(doc if by_article else (doc, sentence), [0, 0])
        total[0] += hit
        total[1] += amount
    ordered = [totals[key] for key in sorted(totals)]
    of = sum(amount for _, amount in ordered)
    if not of:
        return Interval(nan, nan, "none: there is nothing to take a share of")
    if not by_article and not words:
        return Interval(*wilson(float(sum(hit for hit, _ in ordered)), of), f"Wilson, {several(int(of), what)}")
    name = "articles" if by_article else "sentences"
    return _of_units([hit for hit, _ in ordered], [amount for _, amount in ordered], name)


def _of_units(hits: Iterable[float], sizes: Iterable[float], name: str) -> Interval:
    hits, sizes = list(hits), list(sizes)
    if len(sizes) < ENOUGH:
        return Interval(nan, nan, f"none: {several(len(sizes), name)} with any, at least {ENOUGH} are needed")
    return Interval(*clustered(hits, sizes), f"Wilson, drawn by {several(len(sizes), name)}")


def of_mean(counts: Sequence[int], what: str) -> Interval:
    """The interval of a mean count over articles (`what` names them): that of a Poisson rate, widened by how much more
    they vary.

    >>> of_mean([3, 9, 6, 2, 8, 5, 7, 4, 10, 6], "articles").how
    'Poisson, 1.1 times the variance, 10 articles'
    """
    k = len(counts)
    if k < ENOUGH:
        return Interval(nan, nan, f"none: {several(k, what)}, at least {ENOUGH} are needed")
    effect = design_effect(counts, [1] * k)
    low, high = poisson(sum(counts), dispersion=effect, z=t95(k - 1))
    return Interval(low / k, high / k, f"Poisson, {effect:.1f} times the variance, {several(k, what)}")


def several(n: int, what: str) -> str:
    """A number with its noun: "1 article", "12 articles"."""
    return f"{n:,} {what.removesuffix('s') if n == 1 else what}"
