"""Markers: hedges and boosters found by rules, each with its scope and its holder."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from analysis.document import CATEGORIES, Document, Marker, Span
from analysis.hedging.holder import holders
from analysis.hedging.scope import find_scope
from analysis.lexicon import Index, Match, Rule, load_rules, longest

FILES = ("boosters.toml", *(f"hedges_{name}.toml" for name in (
    "modals", "probability", "appearance", "belief", "hearsay", "vague", "condition", "question", "approximation")))
SCOPES = ("clause", "clause-after", "clause-to-comma", "phrase-after")


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
    """The hedges and boosters of a document, in the order of the text, with scope and holder.

    `document` has its attributions already, so that each marker can be linked to the one in whose content it
    stands.  Of two rules that match the same words the longer match wins, then the rule that comes first.

    >>> from analysis.article import Article
    >>> from analysis.segmentation import segment
    >>> document = segment(Article("The vote may be delayed in May."))
    >>> [(document.text[m.start:m.end], m.category) for m in find_markers(document)]
    [('may', 'possibility')]
    """
    tokens, sentences = document.tokens, document.sentences
    found = longest(_index().matches(tokens, [(s.first_token, s.last_token) for s in sentences]))
    spans = [Span(tokens.starts[m.first], tokens.ends[m.last - 1]) for m in found]
    out, at = [], 0
    for match, span, (holder, content) in zip(found, spans, holders(spans, document.attributions), strict=True):
        while sentences[at].last_token <= match.first:
            at += 1
        start, end = sentences[at].first_token, sentences[at].last_token
        if content:         # the scope stays within the words of the one who hedges
            start = max(start, bisect_left(tokens.starts, content.start))
            end = min(end, bisect_left(tokens.starts, content.end))
        kind = match.rule.fields.get("scope", "clause")
        out.append(_marker(match, span, holder, find_scope(tokens, kind, match.first, match.last, start, end)))
    return tuple(out)


def _marker(match: Match, span: Span, holder: str | None, scope: tuple[Span, ...]) -> Marker:
    fields = match.rule.fields
    return Marker(span.start, span.end, fields["category"], float(fields["strength"]), match.rule.id, scope, holder,
                  fields.get("by_whom", False), fields.get("negated", False))
