"""Grammar, against a treebank (Universal Dependencies): {"doc_id", "text", "tokens": [[s, e, "UPOS"]], "clauses":
[{"start", "end", "verb": [s, e], "subject": [s, e], "rel"}]}, of finite clauses, with verb and subject as their heads.

tags          share of words, punctuation aside, whose tag is right; one part of a word that the treebank splits
predicates    clauses whose predicate stands in one of our verb groups or, for "is late", in our clause beside it
subject       gold subject head inside our subject, gold predicate inside our verb group or, for a copula, our clause
clause starts, clause ends   of subordinate clauses (ccomp, advcl, acl) whose predicate was found: same first, last word
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import Any

from scoring import Counts, add

SUBORDINATE = frozenset(("ccomp", "advcl", "acl"))


def overlap(one: list[int] | None, other: list[int] | None) -> bool:
    """Do two spans share a character?"""
    return bool(one and other and one[0] < other[1] and other[0] < one[1])


def clause_for(gold: dict[str, Any], ours: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Our clause for a gold one: its verb group holds the predicate, or comes before it in the narrowest clause."""
    verb = gold["verb"]
    found = [c for c in ours if overlap(verb, c["verb"])]
    if found:
        return found[0]
    around = [
        c for c in ours if c["start"] <= verb[0] < c["end"] and c["verb"][0] < verb[1] and c["verb"][0] >= gold["start"]
    ]
    return min(around, key=lambda c: c["end"] - c["start"], default=None)


class Words:
    """Our tokens of a text, to compare the first and last words of stretches."""

    def __init__(self, text: str, tokens: list[list]) -> None:
        self.tokens = sorted(tokens)
        self.starts = [t[0] for t in self.tokens]
        self.words = [t[0] for t in self.tokens if text[t[0]].isalnum()]

    def tags(self, start: int, end: int) -> list[str]:
        """The tags of our tokens that share a character with a stretch."""
        low, high = max(0, bisect_right(self.starts, start) - 1), bisect_left(self.starts, end)
        return [t[2] for t in self.tokens[low:high] if t[0] < end and start < t[1]]

    def edge(self, start: int, end: int, *, last: bool) -> int | None:
        """Where the first or last word of a stretch begins."""
        inside = self.words[bisect_left(self.words, start) : bisect_left(self.words, end)]
        return inside[-1 if last else 0] if inside else None


def score(gold: dict[str, Any], record: dict[str, Any]) -> Counts:
    """The counts of one document; `record` is what `analysis.grammar.grammar_record` gives."""
    counts: Counts = Counter()
    words = Words(gold["text"], [list(t) for t in record["tokens"]])
    for start, end, tag in gold["tokens"]:
        if tag != "PUNCT":
            counts["recall of tags", "gold"] += 1
            counts["recall of tags", "right"] += tag in words.tags(start, end)
    right = 0
    for clause in gold["clauses"]:
        counts["recall of predicates", "gold"] += 1
        ours = clause_for(clause, record["clauses"])
        if ours is None:
            continue
        counts["recall of predicates", "right"] += 1
        right += overlap(clause["subject"], ours["subject"])
        if clause["rel"].split(":")[0] in SUBORDINATE:
            for name, last in (("recall of clause starts", False), ("recall of clause ends", True)):
                counts[name, "gold"] += 1
                same = words.edge(clause["start"], clause["end"], last=last)
                counts[name, "right"] += same == words.edge(ours["start"], ours["end"], last=last)
    predicted = sum(1 for c in record["clauses"] if c["subject"])
    add(counts, "subject", right=right, predicted=predicted, gold=len(gold["clauses"]))
    return counts
