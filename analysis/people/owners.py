"""Whose: the source that a noun phrase refers to, by name, by the words of an attribution, or by a pronoun."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from analysis.grammar import Grammar
from analysis.hedging.holder import holders
from analysis.rules import classes
from analysis.sourcing.source_kinds import role_kind
from analysis.text.document import Document, Mention, Source, Span
from analysis.text.vocabulary import UNNAMED_KINDS

_HOPS = 4  # phrases that may stand between a name and what is put to it: "Reed, 61, a nurse"
_FAR = 16  # tokens between a body and the noun that is put to it
_FIRST_PERSON = ("i", "we")
_THIRD_PERSON = ("he", "she", "they")


class Owners:
    """Answers which sources a chunk of a document refers to; each is a place in the list of sources."""

    def __init__(self, document: Document, sources: Sequence[Source], grammar: Grammar) -> None:
        self.document, self.sources, self.grammar = document, sources, grammar
        self.tokens = document.tokens
        self.place_of = {
            document.attributions[k].id: place for place, source in enumerate(sources) for k in source.attributions
        }
        self._by_chunk: dict[int, int] = {}
        self._named: set[int] = set()
        self._unnamed: dict[str, list[tuple[int, int]]] = {}  # head of a source without a name -> its chunks
        self._mention_at: dict[int, Mention] = {}
        self._note_names()
        self._note_phrases()
        self._bodies = self._bodies_in_titles()
        self._subjects = {c.subject for c in grammar.clauses if c.verb is not None and c.finite}
        self._opened: dict[int, str] = {}  # the first token of a content -> its attribution
        self._starts: list[tuple[int, str]] = []
        self.cues: set[int] = set()
        self._note_cues()
        self._note_relatives()

    # -- what is known beforehand

    def _note_names(self) -> None:
        place_by_entity = {s.entity: place for place, s in enumerate(self.sources) if s.entity}
        for mention in self.document.mentions:
            last = bisect_left(self.tokens.starts, mention.end) - 1
            chunk = self.grammar.chunk_at[last] if 0 <= last < len(self.tokens) else -1
            self._mention_at[last] = mention
            if chunk >= 0 and self.grammar.chunks[chunk].last == last + 1 and mention.entity in place_by_entity:
                self._by_chunk[chunk] = place_by_entity[mention.entity]
                self._named.add(chunk)

    def _note_phrases(self) -> None:
        for a in self.document.attributions:
            for span in a.source if a.id in self.place_of else ():
                chunk = self.first_noun(span)
                if chunk is not None:
                    self._by_chunk.setdefault(chunk, self.place_of[a.id])
                    if self.sources[self.place_of[a.id]].kind in UNNAMED_KINDS:
                        self._unnamed.setdefault(self.grammar.word(chunk), []).append((chunk, self.place_of[a.id]))

    def _note_cues(self) -> None:
        for a in self.document.attributions:
            if a.cue:
                self.cues.add(bisect_left(self.tokens.starts, a.cue[0].start))
                self._starts.append((min(s.start for s in (*a.source, *a.cue)), a.id))
                if a.content and a.cue[0].start < a.content[0].start:
                    self._opened.setdefault(self._first_word(a.content[0]), a.id)
        self._starts.sort()

    def _note_relatives(self) -> None:
        """ "the source, who said": the pronoun refers to the noun before it."""
        for a in self.document.attributions:
            chunk = self.first_noun(a.source[0]) if a.source and a.id not in self.place_of else None
            if chunk is not None and self.grammar.role(chunk) == "R":
                noun = self._antecedent(self.grammar.clause_at[self.grammar.chunks[chunk].first])
                known = self.of(noun) if noun is not None else ()
                if known:
                    self.place_of[a.id] = known[0]

    def first_noun(self, span: Span) -> int | None:
        first = bisect_left(self.tokens.starts, span.start)
        last = bisect_left(self.tokens.starts, span.end)
        at = self.grammar.chunk_at
        return next((at[k] for k in range(first, last) if at[k] >= 0 and self._kind(at[k]) == "NP"), None)

    def _bodies_in_titles(self) -> dict[str, list[int]]:
        """Entity of a body -> the sources whose title contains it: "chief executive of Northline"."""
        starts = [m.start for m in self.document.mentions]
        found: dict[str, list[int]] = {}
        for place, source in enumerate(self.sources):
            for title in source.titles:
                for m in self.document.mentions[bisect_left(starts, title.start) : bisect_left(starts, title.end)]:
                    if m.label == "ORG" and m.entity != source.entity and place not in found.get(m.entity, ()):
                        found.setdefault(m.entity, []).append(place)
        return found

    def _first_word(self, span: Span) -> int:
        """The first token of a content, past its quotation marks and "that"."""
        k = bisect_left(self.tokens.starts, span.start)
        while k < len(self.tokens) - 1 and (not self.tokens.words[k][0].isalnum() or self.tokens.lowers[k] == "that"):
            k += 1
        return k

    # -- what is asked

    def subject(self, clause: int) -> int | None:
        """The chunk that a clause is about: its subject, what a relative clause belongs to, or the noun before."""
        grammar = self.grammar
        found = grammar.clauses[clause]
        if found.kind == "participle" and found.subject is None:
            return self.before(found.first)  # and not "began investigating"
        chunk = grammar.subject_of(clause)
        if chunk is None:
            return None
        if grammar.role(chunk) in "RD" and found.kind in ("relative", "coordinate"):
            return self._antecedent(grammar.clause_at[grammar.chunks[chunk].first])
        return chunk

    def _antecedent(self, clause: int) -> int | None:
        """What a relative clause belongs to: a known source rather than the last noun of its phrase."""
        if clause < 0:
            return None
        word = self.tokens.lowers[self.grammar.clauses[clause].first]
        chunk = self.grammar.antecedent(clause) if word in ("who", "which", "that") else None
        return None if chunk is None else self._back_to_source(chunk)

    def before(self, token: int) -> int | None:
        """The chunk that ends directly before a token, or the head of the phrase that does."""
        chunk = self.grammar.chunk_at[token - 1] if token else -1
        if chunk < 0 or self.grammar.chunks[chunk].last != token:
            return None
        if self._kind(chunk) == "MARK" and self.grammar.role(chunk) == ",":
            chunk -= 1
        return self._back_to_source(chunk) if chunk >= 0 and self._kind(chunk) == "NP" else None

    def _back_to_source(self, chunk: int) -> int:
        """From the last noun of a phrase back to the one that is a source: "the head | of the union"."""
        at = chunk
        for _ in range(_HOPS):
            if self.of(at) or at < 2 or self._kind(at - 1) != "P" or self._kind(at - 2) != "NP":
                break
            at -= 2
        return at if self.of(at) else chunk

    def of(self, chunk: int, *, bodies: bool = False) -> Sequence[int]:
        """The sources that a chunk refers to; with `bodies`, also those whose title names the body."""
        at = chunk
        for _ in range(_HOPS):
            if at in self._by_chunk:
                return (self._by_chunk[at],)
            own = self._by_pronoun(at)
            own = self._by_description(at) if own is None else own
            if own is not None:
                return (own,)
            if at < 2 or not self._is_apposed(at) or self._is_several(at):
                break
            at -= 2
        return self._by_body(chunk) if bodies else ()

    def _by_body(self, chunk: int) -> Sequence[int]:
        """The sources whose title names the body that a chunk is, or is put to: "head of Northline, the firm ..."."""
        _, first, last, _ = self.grammar.chunks[chunk]
        for k in range(last - 1, max(-1, first - _FAR), -1):
            body = self._mention_at.get(k)
            if body is not None and body.entity in self._bodies:
                apart = k >= first or (self.tokens.words[k + 1] == "," and not self.grammar.has_finite_verb(k, first))
                return self._bodies[body.entity] if apart else ()
        return ()

    def name_in(self, chunk: int) -> bool:
        """Does the chunk end in the name of a source: "Dunmere resident Ann Reed"?"""
        return chunk in self._named

    def named_elsewhere(self, first: int, last: int) -> bool:
        """Does a name in this range also occur elsewhere in the text?"""
        words, lowers, index = self.tokens.words, self.tokens.lowers, self.tokens.index
        return any(words[k][0].isupper() and len(index[lowers[k]]) > 1 for k in range(first, last))

    def _kind(self, chunk: int) -> str:
        return self.grammar.chunks[chunk].kind

    def _is_apposed(self, chunk: int) -> bool:
        """Is the chunk put to the noun before it: ", a nurse"?"""
        grammar = self.grammar
        first = grammar.chunks[chunk].first
        if self._kind(chunk) not in ("NP", "TIME") or grammar.role(chunk - 1) != "," or chunk in self._subjects:
            return False  # "According to Reuters, residents left"
        clause = grammar.clause_at[first]
        opens = clause >= 0 and grammar.clauses[clause].first == first and grammar.clauses[clause].kind != "main"
        return not opens and grammar.chunks[chunk - 1].last == first and self._kind(chunk - 2) in ("NP", "TIME", "ADJ")

    def _by_description(self, chunk: int) -> int | None:
        """ "The source": the one source without a name that was called a source before."""
        _, first, _, head = self.grammar.chunks[chunk]
        if self.tokens.lowers[first] != "the":
            return None
        places = {place for at, place in self._unnamed.get(self.tokens.lowers[head], ()) if at < chunk}
        return places.pop() if len(places) == 1 else None

    def twins(self) -> Iterator[tuple[int, int]]:
        """Two sources without a name that are one by their words: "a source" and, later, "the source"."""
        for chunk, place in [pair for pairs in self._unnamed.values() for pair in pairs]:
            before = self._by_description(chunk)
            if before is not None and before != place:
                yield before, place

    def _is_several(self, chunk: int) -> bool:
        """Are they several, and so not put to the name of one: "Ann Reed, people familiar with it said"?"""
        return role_kind(self.grammar.word(chunk)) == "collective"

    def _by_pronoun(self, chunk: int) -> int | None:
        _, first, last, _ = self.grammar.chunks[chunk]
        word = self.tokens.lowers[first]
        if last - first != 1 or word not in classes()["pronoun"]:
            return None
        if word in _FIRST_PERSON:
            return self._speaker(first)
        if word not in _THIRD_PERSON:
            return None
        key = self._opened.get(first)
        if key is not None and not self.tokens.quoted[first]:
            return self._fitting(self.place_of.get(key), word)
        return self._last_source(first, word)

    def _speaker(self, token: int) -> int | None:
        """I, we: the one whose quotation it is in."""
        if not self.tokens.quoted[token]:
            return None
        span = Span(self.tokens.starts[token], self.tokens.ends[token])
        key, _ = holders([span], self.document.attributions)[0]
        return self.place_of.get(key or "")

    def _last_source(self, token: int, word: str) -> int | None:
        """He, she, they at the start of a sentence: the source of the sentence before, if it names no other."""
        number = self.document.sentence_index(self.tokens.starts[token])
        here = self.document.sentences[number]
        if number == 0 or here.first_token != token:
            return None
        start, end = self.document.sentences[number - 1].start, here.start
        low, high = (bisect_left(self._starts, (at, "")) for at in (start, end))
        places = {self.place_of.get(key) for _, key in self._starts[low:high]}
        place = places.pop() if len(places) == 1 else None
        if place is None or self._others(start, end, self.sources[place].entity):
            return None
        return self._fitting(place, word)

    def _others(self, start: int, end: int, entity: str | None) -> bool:
        """Is another person named there?"""
        mentions = self.document.mentions
        low = bisect_left(mentions, start, key=lambda m: m.start)
        high = bisect_right(mentions, end, key=lambda m: m.start)
        return any(m.label == "PERSON" and m.entity != entity for m in mentions[low:high])

    def _fitting(self, place: int | None, word: str) -> int | None:
        """The source, if the pronoun can refer to one of its kind."""
        if place is None:
            return None
        source = self.sources[place]
        if word == "they":
            return place if source.kind in ("collective", "government", "organisation", "unnamed-person") else None
        told = source.reference
        return place if source.kind in ("person", "unnamed-person") and told in (word, "mixed", "not told") else None
