"""Bootstrap intervals: how far a measure could go if the text had drawn its parts again.

Source: Efron 1979, Bootstrap methods: another look at the jackknife.  The unit that is drawn is a parameter: parts
that stand or fall together (the words of a sentence, the sentences of an article) have to be drawn together, or the
interval is too narrow.  The seed is fixed, so that a report says the same each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isnan, nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

SEED = 1979
RESAMPLES = 1000
ENOUGH = 10  # units under which no interval is given: so few say too little of what they are drawn from
BLOCK = 500_000  # numbers held at once
Numbers = NDArray[np.float64]
Statistic = Callable[[Numbers], Numbers]


def effective_number(totals: ArrayLike) -> Numbers:
    """Inverse Simpson concentration of each row of `totals` (one column a group): 1 / Σ share².

    It is the number of groups of equal size that would be as concentrated: n for n equal groups, near 1 where one
    has nearly all; NaN for a row of nothing but 0.  Source: Simpson 1949, Measurement of diversity; as a number of
    groups (order 2) Hill 1973, Diversity and evenness.

    >>> effective_number([[5, 5, 0], [8, 1, 1], [0, 0, 0]]).round(2).tolist()
    [2.0, 1.52, nan]
    """
    totals = np.atleast_2d(np.asarray(totals, dtype=float))
    squares = (totals**2).sum(axis=1)
    return np.divide(totals.sum(axis=1) ** 2, squares, out=np.full(len(totals), nan), where=squares > 0)


def top_share(totals: ArrayLike) -> Numbers:
    """The share of the largest group in each row of `totals` (Berger and Parker 1970); NaN for a row of 0.

    >>> top_share([[5, 5, 0], [8, 1, 1]]).tolist()
    [0.5, 0.8]
    """
    totals = np.atleast_2d(np.asarray(totals, dtype=float))
    sums = totals.sum(axis=1)
    return np.divide(totals.max(axis=1, initial=0), sums, out=np.full(len(totals), nan), where=sums > 0)


def ratio(totals: ArrayLike) -> Numbers:
    """First column over second, row by row; NaN over 0.

    >>> ratio([[1, 4], [0, 0]]).tolist()
    [0.25, nan]
    """
    totals = np.atleast_2d(np.asarray(totals, dtype=float))
    return np.divide(totals[:, 0], totals[:, 1], out=np.full(len(totals), nan), where=totals[:, 1] > 0)


def draws(strata: ArrayLike, *, resamples: int = RESAMPLES, seed: int = SEED, size: int = 1) -> Iterator[Numbers]:
    """Yield how often each unit is drawn: blocks of rows, one a resample, one column a unit.

    `strata` has an integer for each unit; as many units as there are of each are drawn from among them.  `size` is
    that of what the caller makes of a row, so that blocks stay small.
    """
    strata = np.asarray(strata)
    n = len(strata)
    order = np.argsort(strata, kind="stable")
    ranked = strata[order]
    low, high = np.searchsorted(ranked, ranked, "left"), np.searchsorted(ranked, ranked, "right")
    rng = np.random.default_rng(seed)
    rows = max(1, BLOCK // max(1, n, size))
    for start in range(0, resamples, rows):
        b = min(rows, resamples - start)
        drawn = order[rng.integers(low, high, size=(b, n))]
        flat = (drawn + n * np.arange(b)[:, None]).ravel()
        yield np.bincount(flat, minlength=b * n).reshape(b, n).astype(float)


def bootstrap(
    statistic: Statistic,
    values: ArrayLike,
    groups: ArrayLike,
    units: ArrayLike,
    strata: ArrayLike,
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> tuple[float, float]:
    """The 95% bootstrap interval of `statistic`, as (low, high); (nan, nan) where no draw differs from another.

    values, groups, units: one entry a row of the data, `groups` and `units` numbered from 0; `statistic` takes the
    totals of `values` by group (resamples × groups) and gives one number a resample.  `strata`: one entry a unit.

    A resample misses some groups, so that it looks more concentrated than the data: the distribution is moved so
    that its mean is the measure itself (Marcon et al. 2012, The decomposition of Shannon's entropy and a
    confidence interval for beta diversity).

    >>> low, high = bootstrap(ratio, [1, 0] * 20 + [1, 1] * 20, [0] * 40 + [1] * 40, [*range(40)] * 2, [0] * 40)
    >>> round(low, 2), round(high, 2)
    (0.35, 0.65)
    """
    values, groups, units = np.asarray(values, float), np.asarray(groups), np.asarray(units)
    n_groups = int(groups.max()) + 1 if len(groups) else 1
    results = []
    for weights in draws(strata, resamples=resamples, seed=seed, size=max(n_groups, len(values))):
        b = len(weights)
        flat = groups + n_groups * np.arange(b)[:, None]
        totals = np.bincount(flat.ravel(), weights=(weights[:, units] * values).ravel(), minlength=b * n_groups)
        results.append(statistic(totals.reshape(b, n_groups)))
    value = float(statistic(np.bincount(groups, weights=values, minlength=n_groups)[None, :])[0])
    return _interval(np.concatenate(results), value)


def bootstrap_shares(
    parts: ArrayLike, wholes: ArrayLike, strata: ArrayLike, *, resamples: int = RESAMPLES, seed: int = SEED
) -> list[tuple[float, float]]:
    """The 95% bootstrap intervals of several shares of one whole, as `bootstrap` gives them one by one, but faster.

    parts: units × groups, what each group has in each unit; wholes: what the shares are of, one entry a unit; strata:
    one entry a unit.

    >>> [(low, high)] = bootstrap_shares([[1], [0]] * 20, [1, 1] * 20, [0] * 40)
    >>> round(low, 2), round(high, 2)
    (0.35, 0.65)
    """
    parts, wholes = np.asarray(parts, float), np.asarray(wholes, float)
    results = []
    for weights in draws(strata, resamples=resamples, seed=seed, size=len(wholes)):
        drawn = (weights @ wholes)[:, None]
        results.append(
            np.divide(weights @ parts, drawn, out=np.full((len(weights), parts.shape[1]), nan), where=drawn > 0)
        )
    found, whole = np.concatenate(results), float(wholes.sum())
    values = parts.sum(axis=0) / whole if whole else np.full(parts.shape[1], nan)
    return [_interval(column, float(value)) for column, value in zip(found.T, values, strict=True)]


def _interval(found: Numbers, value: float) -> tuple[float, float]:
    """The interval around `value` that holds 95% of what was found, moved so that its mean is `value`."""
    found = found[~np.isnan(found)]
    if isnan(value) or not len(found) or np.ptp(found) == 0:
        return nan, nan
    low, high = np.quantile(found - found.mean(), [0.025, 0.975])
    return float(value + min(low, 0.0)), float(value + max(high, 0.0))  # the measure itself is always in it
