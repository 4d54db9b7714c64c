"""Who said what, against PolNeAR (Newell and others 2018): {"doc_id", "text", "attributions": [{"source", "cue",
"content": lists of [start, end]}], "discard": spans that are not the article}.

Everything is compared on words, so that quotation marks and full stops at an edge never count.

who said what   the contents share at least half of the words of both (Jaccard), one to one, the best first; and the
                source has the same head word, or neither has a source
detection       the contents alone
by kind         the same for direct (nine tenths of the content's words in quotation marks), mixed, indirect
quoted          direct and mixed only

The gold marks the outermost attribution only, so predictions that stand in another's content are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from scoring import Counts, add, match

WORD = re.compile(r"[^\W_]+(?:[’'.\-‐‑][^\W_]+)*")
STOPS = re.compile(r"[,;:()\[\]—–\n“\"]|--")
HEAD_ENDS = frozenset(
    "of in on at from for with by to who which that whose whom during under over near about as "
    "including like inside within against among outside after before since and or".split()
)
KINDS = ("direct", "mixed", "indirect")


@dataclass(frozen=True)
class Part:
    """An attribution as sets of word numbers."""

    source: frozenset[int]
    content: frozenset[int]
    head: str | None
    kind: str
    rule: str = ""


class Words:
    """The words of a text, and which of them stand in quotation marks."""

    def __init__(self, text: str, quotations: list[tuple[int, int]]) -> None:
        self.text, self.spans = text, [m.span() for m in WORD.finditer(text)]
        self.starts = [start for start, _ in self.spans]
        self.quoted = self.numbers(quotations)

    def numbers(self, spans: list) -> frozenset[int]:
        """The numbers of the words that overlap any of the spans."""
        found: set[int] = set()
        for start, end in spans or ():
            k = bisect_left(self.starts, start)
            k -= k > 0 and self.spans[k - 1][1] > start
            while k < len(self.spans) and self.starts[k] < end:
                found.add(k)
                k += 1
        return frozenset(found)

    def head(self, numbers: frozenset[int]) -> str | None:
        """The head of a noun phrase without a parser: the last word before a comma or a word such as "of"."""
        ordered = sorted(numbers)
        if not ordered:
            return None
        head = ordered[0]
        for before, k in pairwise(ordered):
            gap = self.text[self.spans[before][1] : self.spans[k][0]]
            if k != before + 1 or STOPS.search(gap) or self.word(k).lower() in HEAD_ENDS:
                break
            head = k
        return f"{head} {self.word(head)}"

    def word(self, number: int) -> str:
        """A word by its number."""
        start, end = self.spans[number]
        return self.text[start:end]

    def part(self, attribution: dict) -> Part:
        """An attribution as sets of word numbers."""
        source, content = (self.numbers(attribution.get(role)) for role in ("source", "content"))
        share = len(content & self.quoted) / len(content) if content else 0.0
        return Part(
            source,
            content,
            self.head(source),
            "direct" if share >= 0.9 else "mixed" if share else "indirect",
            attribution.get("rule_id", ""),
        )


def score(gold: dict, record: dict, quotations: list[tuple[int, int]]) -> Counts:
    """The counts of one article; `quotations` are the stretches in quotation marks."""
    words = Words(gold["text"], quotations)
    wanted = [words.part(a) for a in gold["attributions"]]
    discarded = words.numbers(gold.get("discard"))
    found = [
        p
        for a in record["attributions"]
        if a["parent"] is None and (p := words.part(a)).content and 2 * len(p.content & discarded) <= len(p.content)
    ]
    weights = {
        (g, p): jaccard(a.content, b.content)
        for g, a in enumerate(wanted)
        for p, b in enumerate(found)
        if 2 * len(a.content & b.content) >= len(a.content | b.content)
    }
    pairs = match(weights)
    right = {g: p for g, p in pairs.items() if wanted[g].head == found[p].head}
    counts: Counts = Counter()
    add(counts, "detection, all", right=len(pairs), predicted=len(found), gold=len(wanted))
    add(counts, "who said what, all", right=len(right), predicted=len(found), gold=len(wanted))
    for kind in KINDS:
        counts[f"who said what, {kind}", "gold"] += sum(a.kind == kind for a in wanted)
        counts[f"who said what, {kind}", "predicted"] += sum(b.kind == kind for b in found)
        counts[f"who said what, {kind}", "right"] += sum(wanted[g].kind == kind for g in right)
    quoted = {p for p, b in enumerate(found) if b.kind != "indirect"}
    add(
        counts,
        "who said what, quoted",
        right=sum(wanted[g].kind != "indirect" for g in right),
        predicted=len(quoted),
        gold=sum(a.kind != "indirect" for a in wanted),
    )
    for p, b in enumerate(found):
        counts["rule", b.rule, "predicted"] += 1
        counts["rule", b.rule, "right"] += p in right.values()
    return counts


def jaccard(a: frozenset, b: frozenset) -> float:
    """Shared members by all members."""
    return len(a & b) / len(a | b) if a | b else 0.0
