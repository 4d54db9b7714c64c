"""Markers: hedges, boosters and bounds found by rules, each with its scope and its holder."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache
from math import prod

from analysis.hedging.holder import holders
from analysis.hedging.scope import Scopes
from analysis.rules import Index, Match, Rule, load_rules, longest
from analysis.text.document import CATEGORIES, Document, Marker, Sentence, Span, quick
from analysis.text.vocabulary import weakens_claim

FILES = (
    "boosters.toml",
    "bounds.toml",
    *(
        f"hedges_{name}.toml"
        for name in (
            "modals",
            "probability",
            "appearance",
            "belief",
            "hearsay",
            "vague",
            "condition",
            "question",
            "approximation",
        )
    ),
)

NESTED = 8  # sources that may be inside one another
SCOPES = ("clause", "clause-after", "clause-to-comma", "phrase-after", "claim")


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule for hedges, boosters and bounds, in the order of the files."""
    return tuple(
        rule
        for name in FILES
        for rule in load_rules(
            name,
            required=("category", "strength", "strength_source"),
            optional=("term", "by_whom", "negated", "scope", "holder"),
            allowed={"category": CATEGORIES, "scope": SCOPES},
        )
    )


@cache
def _index() -> Index:
    return Index(rules())


def find_markers(document: Document) -> tuple[Marker, ...]:
    """The hedges, boosters and bounds of a document, in the order of the text, with scope and holder.

    `document` has its attributions already, so that each marker can be linked to the one whose content it is in. If two
    rules match the same words, the longer match wins, then the rule that comes first.

    >>> from analysis.text.article import Article
    >>> from analysis.text.segmentation import segment
    >>> document = segment(Article("The vote may be delayed in May."))
    >>> [(document.text[m.start:m.end], m.category) for m in find_markers(document)]
    [('may', 'possibility')]
    """
    tokens, sentences = document.tokens, document.sentences
    matches = _index().matches(tokens, [(s.first_token, s.last_token) for s in sentences])
    sources = _Sources(document)
    found = longest([m for m in matches if not m.rule.fields.get("holder") or sources.claim(m)])
    if not found:
        return ()
    spans = [Span(tokens.starts[m.first], tokens.ends[m.last - 1]) for m in found]
    scopes, out, at = Scopes(document), [], 0
    for match, span, (holder, content) in zip(found, spans, holders(spans, document.attributions), strict=True):
        while sentences[at].last_token <= match.first:
            at += 1
        start, end = sentences[at].first_token, sentences[at].last_token
        if content:  # the scope stays within the words of the one who hedges
            start = max(start, bisect_left(tokens.starts, content.start))
            end = min(end, bisect_left(tokens.starts, content.end))
        kind = match.rule.fields.get("scope", "clause")
        scope = _clipped(sources.claim(match), sentences[at]) if kind == "claim" else ()
        out.append(_marker(match, span, holder, scope or scopes.of(kind, match.first, match.last, start, end)))
    return tuple(out)


class _Sources:
    """The sources of a document's attributions, and what each says, by their place."""

    def __init__(self, document: Document) -> None:
        self.tokens = document.tokens
        pairs = sorted((span, a.content) for a in document.attributions for span in a.source)
        self.pairs, self.starts = pairs, [span.start for span, _ in pairs]

    def claim(self, match: Match) -> tuple[Span, ...]:
        """What the source says in whose words the match is; nothing if it is in nobody's."""
        start, end = self.tokens.starts[match.first], self.tokens.ends[match.last - 1]
        at = bisect_right(self.starts, start) - 1
        for k in range(at, max(-1, at - NESTED), -1):
            span, content = self.pairs[k]
            if span.end >= end:
                return content
        return ()


def _clipped(spans: Iterable[Span], sentence: Sentence) -> tuple[Span, ...]:
    """What part of the spans is in the sentence."""
    cut = (Span(max(a, sentence.start), min(b, sentence.end)) for a, b in spans)
    return tuple(span for span in cut if span.start < span.end)


def unsure(markers: Iterable[Marker]) -> float:
    """How unsure a sentence leaves its reader, from the strengths of its hedges: 0 (sure) to 1.

    Each hedge takes its share of the sureness that the others left (1 minus the product of 1 - strength), so two
    hedges weaken more than one and none goes beyond 1.  Boosters and bounds count nothing, and vague sources are
    left out: they weaken the sourcing, not the claim.  Against how certain people rated 1,415 sentences on findings of
    science (Pei and Jurgens 2021), the rank correlation is 0.67 (0.64 on the half that the strengths were fitted
    on, 0.69 on the other half); the plain sum does nearly as well.  Chances and
    certainties (see `grounds`) go into it alike, so it orders sentences and has no unit.

    >>> unsure([Marker(0, 3, "possibility", 0.5, ""), Marker(9, 12, "appearance", 0.4, "")])
    0.7
    """
    return round(1 - prod(1 - m.strength for m in markers if weakens_claim(m.category)), 6)


def _marker(match: Match, span: Span, holder: str | None, scope: tuple[Span, ...]) -> Marker:
    fields = match.rule.fields
    marker: Marker = quick(Marker)(
        span.start,
        span.end,
        fields["category"],
        float(fields["strength"]),
        match.rule.id,
        scope,
        holder,
        fields.get("by_whom", False),
        fields.get("negated", False),
    )
    return marker
