"""Hedges, against sentences: {"doc_id", "sent_id", "text", "cues": [[start, end, category]] or null, "label": 0
or 1}, and for human ratings of certainty {"sent_id", "text", "score"}.

sentence    uncertain (some hedge) or certain
cue         a predicted and a gold cue share a character; one to one, the larger overlap first
ratings     Spearman's rank correlation of the sum of strengths with the raters' uncertainty

Szeged (Szarvas and others 2012) marks epistemic, doxastic, condition and investigation; the categories of this package
map to these, and approximation, vague sourcing, boosters and bounds, which it does not mark, are left out.
"""

from __future__ import annotations

from collections import Counter

from scoring import Counts, add, match

TO_SZEGED = {
    "possibility": "epistemic",
    "probability": "epistemic",
    "appearance": "epistemic",
    "expectation": "doxastic",
    "belief": "doxastic",
    "hearsay": "doxastic",
    "condition": "condition",
    "question": "investigation",
}
ALSO = {"szeged": set(), "weasel": {"vague-source"}, "ratings": {"approximation"}}


def markers(record: dict, kind: str) -> list[dict]:
    """The markers that a corpus of this kind would mark."""
    keep = set(TO_SZEGED) | ALSO[kind]
    return [m for m in record["markers"] if m["category"] in keep]


def score(gold: dict, record: dict, kind: str) -> Counts:
    """The counts of one sentence."""
    counts: Counts = Counter()
    found = markers(record, kind)
    add(
        counts,
        "sentence",
        right=int(bool(found) and gold["label"] == 1),
        predicted=int(bool(found)),
        gold=gold["label"],
    )
    if gold.get("cues") is None:
        for m in (m for m in found if m["category"] in ALSO[kind]):  # the others it was not asked to mark
            counts["rule", m["rule_id"], "predicted"] += 1
            counts["rule", m["rule_id"], "right"] += gold["label"] == 1
        return counts
    overlaps = {
        (g, p): float(shared)
        for g, (start, end, *_) in enumerate(gold["cues"])
        for p, m in enumerate(found)
        if (shared := min(end, m["end"]) - max(start, m["start"])) > 0
    }
    pairs = match(overlaps)
    add(counts, "cue", right=len(pairs), predicted=len(found), gold=len(gold["cues"]))
    for g, (_, _, category, *_) in enumerate(gold["cues"]):
        counts[f"recall of {category}", "gold"] += 1
        counts[f"recall of {category}", "right"] += g in pairs
    for p, m in enumerate(found):
        counts["rule", m["rule_id"], "predicted"] += 1
        counts["rule", m["rule_id"], "right"] += p in pairs.values()
    return counts


def rated(gold: dict, record: dict) -> tuple[float, float]:
    """The sum of strengths in a sentence, and how unsure the raters found it."""
    return sum(m["strength"] for m in markers(record, "ratings")), -gold["score"]


def spearman(pairs: list[tuple[float, float]]) -> float:
    """Spearman's rank correlation, ties at their mean rank.

    >>> spearman([(1, 10), (2, 20), (3, 30)])
    1.0
    """
    one, other = (ranks([pair[side] for pair in pairs]) for side in (0, 1))
    mean = (len(pairs) + 1) / 2
    spread = (sum((a - mean) ** 2 for a in one) * sum((b - mean) ** 2 for b in other)) ** 0.5
    return sum((a - mean) * (b - mean) for a, b in zip(one, other, strict=True)) / spread if spread else 0.0


def ranks(values: list[float]) -> list[float]:
    """The rank of each value from 1, ties at their mean rank."""
    first: dict[float, list[int]] = {}
    for rank, value in enumerate(sorted(values), 1):
        first.setdefault(value, []).append(rank)
    return [sum(first[value]) / len(first[value]) for value in values]
