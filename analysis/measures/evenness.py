"""How evenly something is shared: how many equal groups would be as concentrated, and how much the largest has."""

from __future__ import annotations

from math import nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]


def effective_number(totals: ArrayLike) -> Numbers:
    """Inverse Simpson concentration of each row of `totals` (one column per group): 1 / Σ share².

    It is the number of groups of equal size that would be as concentrated: n for n equal groups, near 1 if one has
    nearly all; NaN for a row of zeros. Source: Simpson 1949, Measurement of diversity; as a number of groups (order 2)
    Hill 1973, Diversity and evenness.

    >>> effective_number([[5, 5, 0], [8, 1, 1], [0, 0, 0]]).round(2).tolist()
    [2.0, 1.52, nan]
    """
    totals = np.atleast_2d(np.asarray(totals, dtype=float))
    squares = (totals**2).sum(axis=1)
    return np.divide(totals.sum(axis=1) ** 2, squares, out=np.full(len(totals), nan), where=squares > 0)


def top_share(totals: ArrayLike) -> Numbers:
    """The share of the largest group in each row of `totals` (Berger and Parker 1970); NaN for a row of zeros.

    >>> top_share([[5, 5, 0], [8, 1, 1]]).tolist()
    [0.5, 0.8]
    """
    totals = np.atleast_2d(np.asarray(totals, dtype=float))
    sums = totals.sum(axis=1)
    return np.divide(totals.max(axis=1, initial=0), sums, out=np.full(len(totals), nan), where=sums > 0)
