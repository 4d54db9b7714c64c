"""The words and marks at which a content ends, by resources/rules/content_ends.toml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from analysis.rules import Index, load_rules
from analysis.text.document import Document

CLAUSE, THING = "clause", "thing"


@cache
def _index() -> Index:
    return Index(load_rules("content_ends.toml", required=("ends",)))


def ends_of(document: Document, quoted: bytes) -> Mapping[str, list[int]]:
    """The tokens at which a content of each sort ends, in order; none where `quoted` has a 1."""
    ranges = [(s.first_token, s.last_token) for s in document.sentences]
    found: dict[str, set[int]] = {CLAUSE: set(), THING: set()}
    for match in _index().matches(document.tokens, ranges):
        if not quoted[match.first]:
            for sort in match.rule["ends"]:
                found[sort].add(match.first)
    return {sort: sorted(places) for sort, places in found.items()}
