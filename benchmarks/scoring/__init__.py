"""Scorers: gold and the package's record of one document in, counts out; and what is made of counts.

Each scorer has `score(gold, record) -> Counts` for one document. Counts add up, so a corpus is the sum of its
documents, and an interval comes from resampling documents (bootstrap).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence

# (measure, part) -> number, where part is "right", "predicted" or "gold"; right counts for both precision and recall.
Counts = Counter
DRAWS = 1000


def add(counts: Counts, measure: str, *, right: int, predicted: int, gold: int) -> None:
    """Add to a measure: how many predictions were right, how many there were, how many there should be."""
    counts[measure, "right"] += right
    counts[measure, "predicted"] += predicted
    counts[measure, "gold"] += gold


def prf(counts: Counts, measure: str) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean F1, from 0 to 1.

    >>> counts = Counter()
    >>> add(counts, "names", right=3, predicted=4, gold=6)
    >>> prf(counts, "names")
    (0.75, 0.5, 0.6)
    """
    right, predicted, gold = (counts[measure, part] for part in ("right", "predicted", "gold"))
    return (
        right / predicted if predicted else 0.0,
        right / gold if gold else 0.0,
        2 * right / (predicted + gold) if predicted + gold else 0.0,
    )


def interval(documents: Sequence, statistic: Callable[[list], float], *, seed: int = 1) -> tuple[float, float]:
    """The 95 per cent bootstrap interval of a statistic of documents, which are resampled DRAWS times."""
    rng = random.Random(seed)
    values = sorted(statistic(rng.choices(documents, k=len(documents))) for _ in range(DRAWS))
    return values[int(0.025 * DRAWS)], values[int(0.975 * DRAWS)]


def match(weights: dict[tuple[int, int], float]) -> dict[int, int]:
    """Pair gold with predictions one to one, the heaviest pair first (ties: the earliest)."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for (g, p), _ in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        if g not in pairs and p not in taken:
            pairs[g] = p
            taken.add(p)
    return pairs
