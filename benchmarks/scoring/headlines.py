"""Headline and body, against titles read by hand (tests/gold/headlines.toml).

carried       sentences of the body that carry what the title claims
differs       what the title leaves out or changes; and by kind
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from analysis.headline import compare_title
from analysis.text.document import Document
from analysis.text.vocabulary import HEADLINE_DIFFERENCES
from scoring import Counts, add


def score(gold: dict[str, Any], document: Document) -> Counts:
    """The counts of one title with its body."""
    counts: Counts = Counter()
    found = compare_title(document)
    wanted = {document.sentence_index(document.text.index(opening)) for opening in gold["carries"]}
    mine = {carrier.sentence for carrier in found.carriers} if found else set()
    add(counts, "carried", right=len(wanted & mine), predicted=len(mine), gold=len(wanted))
    told = {d.kind for d in found.differences} if found else set()
    differs = set(gold["differs"])
    add(counts, "differs", right=len(told & differs), predicted=len(told), gold=len(differs))
    for kind in HEADLINE_DIFFERENCES:
        add(counts, f"differs, {kind}", right=kind in told & differs, predicted=kind in told, gold=kind in differs)
    return counts
