"""Markers: hedges and boosters found by rules, each with its scope and its holder."""

from __future__ import annotations

from functools import cache

from analysis.document import CATEGORIES, Document, Marker
from analysis.lexicon import Index, Rule, load_rules, longest

FILES = ("boosters.toml", "hedges_modals.toml", "hedges_probability.toml", "hedges_appearance.toml", "hedges_belief.toml",
         "hedges_hearsay.toml", "hedges_vague.toml", "hedges_condition.toml", "hedges_approximation.toml")
SCOPES = ("clause", "clause-after", "phrase-after")


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule for hedges and boosters, in the order of the files."""
    return tuple(rule for name in FILES for rule in load_rules(
        name, required=("category", "strength", "strength_source"), optional=("term", "by_whom", "negated", "scope"),
        allowed={"category": CATEGORIES, "scope": SCOPES}))


@cache
def _index() -> Index:
    return Index(rules())


def find_markers(document: Document) -> tuple[Marker, ...]:
    """The hedges and boosters of a document, in the order of the text."""
    tokens = document.tokens
    out = []
    for m in longest(_index().matches(tokens, [(s.first_token, s.last_token) for s in document.sentences])):
        fields = m.rule.fields
        out.append(Marker(tokens.starts[m.first], tokens.ends[m.last - 1], fields["category"], fields["strength"],
                          m.rule.id, by_whom=fields.get("by_whom", False), negated=fields.get("negated", False)))
    return tuple(out)
