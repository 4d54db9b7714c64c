"""Who gives a number: the voice that its words belong to, and those who give one without a verb of saying."""

from __future__ import annotations

from typing import NamedTuple

from analysis.grammar import Grammar
from analysis.grammar.verbs import base_form
from analysis.numbers.expressions import Expression
from analysis.numbers.words import LISTS
from analysis.sourcing.source_kinds import KIND_OF_LABEL, role_kind
from analysis.sourcing.voices import THE_REPORTER, chains, span_text, through, token_voices, voices
from analysis.text.document import Attribution, Document, Span
from analysis.text.vocabulary import VALUES

_FAR = 12
_OWNERS = ("her", "his", "their", "its", "our")
_POSSESSED = frozenset(("'s", "’s", "'", "’"))


class Given(NamedTuple):
    """`voice` is whose the number is, `chain` whom it came through, the outermost first, itself last (none for the
    reporter); `kind` is the kind of source; `attribution` the one whose content it is in."""

    voice: str
    kind: str
    chain: tuple[str, ...]
    attribution: Attribution | None


class Givers:
    """Answers for the numbers of one document."""

    def __init__(self, document: Document, grammar: Grammar) -> None:
        self.document, self.tokens, self.grammar = document, document.tokens, grammar
        self.owner, self.voices, self.chains = token_voices(document), voices(document), chains(document)
        self.by_id = {a.id: a for a in document.attributions}
        self.names = {m.start: m.entity for m in document.mentions if m.label not in VALUES}
        self.named = {e.id: e.name for e in document.entities}
        self.labels = {e.id: e.label for e in document.entities}

    def given(self, e: Expression, before: tuple[Expression, Given] | None) -> Given:
        """Whose number it is; `before` is the number before it in its sentence."""
        key = self.owner[e.first]
        outer = [v.name for v in through(self.chains[key], self.voices)] if key else []
        attribution = self.by_id[key] if key else None
        own = self._estimated(e) or self._owned(e)
        if own is None and before is not None and attribution is before[1].attribution:
            own = self._in_a_row(e, before[0], before[1])
            outer = outer[:-1] if own else outer
        if own is not None:
            name, kind = self._name(*own)
            if not outer or outer[-1] != name:
                outer.append(name)
            return Given(name, kind, tuple(outer), attribution)
        if attribution is None:
            return Given(THE_REPORTER.name, THE_REPORTER.kind, (), None)
        voice = self.voices[attribution.id]
        return Given(voice.name, voice.kind, tuple(outer), attribution)

    def _name(self, first: int, last: int) -> tuple[str, str]:
        """A phrase as a voice: the entity that it names, or its words; and its kind if it was heard elsewhere."""
        start, end = self.tokens.starts[first], self.tokens.ends[last - 1]
        entity = next(
            (self.names[self.tokens.starts[k]] for k in range(first, last) if self.tokens.starts[k] in self.names), None
        )
        name = self.named.get(entity or "") if entity else None
        found = name or span_text(self.document, (Span(start, end),))
        low = found.casefold().removeprefix("the ")
        kind = next((v.kind for v in self.voices.values() if v.name.casefold().removeprefix("the ") == low), None)
        of_name = KIND_OF_LABEL.get(self.labels.get(entity or "", ""))
        return found, kind or of_name or role_kind(self.tokens.lowers[last - 1]) or "collective"

    def _phrase(self, chunk: int) -> tuple[int, int] | None:
        found = self.grammar.chunks[chunk]
        if found.kind != "NP" or self.grammar.tags[found.head] not in ("NOUN", "PROPN"):
            return None
        return self.grammar.phrase(chunk, coordination=False, apposition=False, relatives=False)

    # -- put the number at, estimates … at

    def _estimated(self, e: Expression) -> tuple[int, int] | None:
        at, chunks = self.grammar.chunk_at[e.first], self.grammar.chunks
        lows = self.tokens.lowers
        if at < 0:
            return None
        for k in range(at - 1, max(self.grammar.segment_of(at).first_chunk - 1, at - _FAR), -1):
            if chunks[k].kind != "VG":
                continue
            group = self.grammar.verb_group(k)
            lemma = base_form(lows[group.main])
            at_number = any(lows[j] in ("at", "as", "of") for j in range(group.main + 1, e.first))
            speaks = lemma == "speak" and lows[group.main + 1] == "of"
            gives = speaks or (lemma in LISTS["estimate_verb"] and at_number)
            gives = gives or (lemma in LISTS["give_verb"] and k == at - 1)
            if group.passive or not group.finite or not gives:
                return None
            clause = self.grammar.clause_of(k)
            subject = self.grammar.subject_of(clause) if clause is not None else None
            return self._phrase(subject) if subject is not None else None
        return None

    # -- the union's figure of 800

    def _owned(self, e: Expression) -> tuple[int, int] | None:
        lows = self.tokens.lowers
        of = (e.bound_at[0] if e.bound_at and e.bound_at[1] <= e.first else e.first) - 1
        if of < 3 or lows[of] not in ("of", "that") or lows[of - 1] not in LISTS["figure"]:
            return None
        mark = next((k for k in range(of - 2, max(0, of - 5), -1) if lows[k] in _POSSESSED), None)
        if mark is None:
            return None
        first = self.grammar.chunks[self.grammar.chunk_at[mark]].first if self.grammar.chunk_at[mark] >= 0 else mark
        return (first, mark) if first < mark else None

    # -- the charity says 90, the government 14

    def _in_a_row(self, e: Expression, before: Expression, given: Given) -> tuple[int, int] | None:
        if given.attribution is None or e.kind != before.kind:
            return None
        lows, first = self.tokens.lowers, e.bound_at[0] if e.bound_at else e.first
        if not 2 <= first - before.last <= _FAR or lows[before.last] not in (",", ";", "and", "while"):
            return None
        k = before.last + 1
        k += lows[k] in ("and", "while", "but")
        tags = self.grammar.tags[k:first]
        if lows[k] in _OWNERS:
            tags[0] = "DET"
        if not tags or tags[-1] not in ("NOUN", "PROPN") or set(tags) - {"DET", "ADJ", "NOUN", "PROPN", "ADP"}:
            return None
        return (k, first) if tags[0] == "DET" or tags[0] == "PROPN" else None
