"""Names, against {"doc_id", "text", "entities": [{"start", "end", "type", "cluster"}], "ignore": spans,
"annotated": types, "clusters": true or false}; types PER, ORG, LOC, MISC (and NORP, DATE ... where a corpus has them).

Gold and predicted spans lose quotation marks, a leading article or title and a trailing 's before they are compared,
since corpora differ in these.

names       same start and end, whatever the type; a wrong one that touches `ignore`, or gold of a type that is no
            name (a nationality, a date), is left out
typed       PER, ORG and LOC with the same type (GPE and FAC are LOC)
aliases     of the pairs of found names that read differently: are they put together where the gold does?
top five    share of the five most mentioned entities of the gold that are among the five of the prediction; ties at the
            gold's fifth place all count; documents with five entities or more, the mean over documents
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import NamedTuple

from scoring import Counts, add

TYPES = {
    "PERSON": "PER",
    "PER": "PER",
    "ORG": "ORG",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "NORP": "NORP",
    "DATE": "OTHER",
    "TIME": "OTHER",
    "MONEY": "OTHER",
    "PERCENT": "OTHER",
    "QUANTITY": "OTHER",
    "CARDINAL": "OTHER",
    "ORDINAL": "OTHER",
    "NUM": "OTHER",
}  # all else is MISC
NAMES = ("PER", "ORG", "LOC", "MISC")
_LEADING = re.compile(r"[\s\"'“”‘’(\[\-–—,.:;]+")
_TRAILING = re.compile(r"(?:['’]s|['’])?[\s\"'“”‘’)\]\-–—,.:;!?]*\Z")
_TITLE = re.compile(
    r"(?:the|a|an|this|that|our|its|their|his|her|mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|president|vice|"
    r"prime|minister|premier|chancellor|secretary|deputy|assistant|senator|sen|representative|rep|congressman|"
    r"congresswoman|governor|gov|mayor|councillor|ambassador|commissioner|chairman|chairwoman|chief|executive|ceo|"
    r"director|general|gen|colonel|col|major|captain|capt|sergeant|sgt|admiral|commander|officer|inspector|detective|"
    r"judge|justice|attorney|prosecutor|king|queen|prince|princess|emperor|sheikh|pope|cardinal|archbishop|bishop|"
    r"reverend|rev|father|brother|sister|coach|manager|speaker|leader|mp|foreign|finance|interior|defence|defense|"
    r"former|first|editor|reporter|spokesman|spokeswoman|analyst)\.?\s+(?=\S)",
    re.I,
)


class Name(NamedTuple):
    """A name: where it stands without what corpora differ in, its type, and what it is put together with."""

    start: int
    end: int
    type: str
    cluster: object
    rule: str = ""


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without quotation marks, article, titles and possessive.

    >>> text = "the Russian President Ana Silva's"
    >>> text[slice(*trimmed(text, 12, 33))]
    'Ana Silva'
    """
    given = start, end
    while True:
        before = start, end
        if lead := _LEADING.match(text, start, end):
            start = lead.end()
        tail = _TRAILING.search(text[start:end])
        if tail and tail.start() > 0:
            end = start + tail.start()
        if title := _TITLE.match(text, start, end):
            start = title.end()
        if (start, end) == before or start >= end:
            return (start, end) if start < end else given


def names(text: str, rows: list[dict]) -> list[Name]:
    """Rows of {"start", "end", "type", "cluster"} as names, each place once, in the order of the text."""
    out: dict[tuple[int, int], Name] = {}
    for row in rows:
        span = trimmed(text, row["start"], row["end"])
        out.setdefault(span, Name(*span, TYPES.get(row["type"], "MISC"), row["cluster"], row.get("rule", "")))
    return sorted(out.values(), key=lambda name: name[:2])


def score(gold: dict, record: dict) -> Counts:
    """The counts of one document."""
    text = gold["text"]
    wanted = names(text, gold["entities"])
    rows = [{**m, "type": m["label"], "cluster": m["entity"], "rule": m["rule_id"]} for m in record["mentions"]]
    found = names(text, rows)
    kinds = [kind for kind in NAMES if kind in gold["annotated"]]
    spared = [tuple(span) for span in gold["ignore"]]
    others = spared + [name[:2] for name in wanted if name.type not in kinds]
    counts: Counts = Counter()
    gold_names, found_names = ([n for n in side if n.type in kinds] for side in (wanted, found))
    right = _compare(counts, "names", gold_names, found_names, others, typed=False)
    typed = ([n for n in side if n.type in ("PER", "ORG", "LOC")] for side in (wanted, found))
    _compare(counts, "typed", *typed, spared, typed=True)
    judged = [n for n in found_names if n[:2] in right or not _touches(n, others)]
    for name in gold_names:
        counts[f"recall of {name.type}", "gold"] += 1
        counts[f"recall of {name.type}", "right"] += name[:2] in right
    for name in judged:
        counts["rule", name.rule, "predicted"] += 1
        counts["rule", name.rule, "right"] += name[:2] in right
    if gold.get("clusters"):
        _aliases(counts, text, gold_names, found_names)
        _top_five(counts, gold_names, judged)
    return counts


def _touches(name: Name, spans: list) -> bool:
    return any(name.start < end and start < name.end for start, end in spans)


def _compare(
    counts: Counts, measure: str, wanted: list[Name], found: list[Name], spared: list, *, typed: bool
) -> set[tuple[int, int]]:
    places = {name[:3] if typed else name[:2] for name in wanted}
    right = [n for n in found if (n[:3] if typed else n[:2]) in places]
    wrong = [n for n in found if (n[:3] if typed else n[:2]) not in places and not _touches(n, spared)]
    add(counts, measure, right=len(right), predicted=len(right) + len(wrong), gold=len(wanted))
    return {n[:2] for n in right}


def _aliases(counts: Counts, text: str, wanted: list[Name], found: list[Name]) -> None:
    by_place = {n[:2]: n for n in found}
    both = [(n, by_place[n[:2]]) for n in wanted if n[:2] in by_place]
    for (gold_a, a), (gold_b, b) in combinations(both, 2):
        if text[a.start : a.end].lower() != text[b.start : b.end].lower():
            same, put = gold_a.cluster == gold_b.cluster, a.cluster == b.cluster
            add(counts, "aliases", right=int(same and put), predicted=int(put), gold=int(same))


def _top_five(counts: Counts, wanted: list[Name], found: list[Name]) -> None:
    gold_count = Counter(n.cluster for n in wanted)
    if len(gold_count) < 5:
        return
    shared = Counter((n.cluster, f.cluster) for n in wanted for f in found if n.start < f.end and f.start < n.end)
    partner: dict[object, object] = {}
    for (g, f), _ in sorted(shared.items(), key=lambda item: (-item[1], str(item[0]))):
        if f not in partner and g not in partner.values():
            partner[f] = g
    least = sorted(gold_count.values(), reverse=True)[4]
    accepted = {g for g, n in gold_count.items() if n >= least}
    top = [f for f, _ in Counter(n.cluster for n in found).most_common(5)]
    counts["top five", "documents"] += 1
    counts["top five", "share"] += min(5, sum(partner.get(f) in accepted for f in top)) / 5
