"""How the article knows: for each attribution, separate facts that the text gives, and the hand derived from them.

None of these shows whether a statement is true, or whether a reporter was there: "told reporters" may have been staged.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from analysis.grammar import grammar_of
from analysis.sourcing.source_kinds import kind_table
from analysis.sourcing.voices import Voice, chains, voices
from analysis.text.document import Attribution, Document, Source, Span
from analysis.text.vocabulary import SHOWN_KINDS
from analysis.text.word_lists import word_lists

_MOST = 6  # phrases around the words of saying that are looked at
_LEAD = 40  # tokens of a sentence before the source that are looked at
_SMALL = frozenset(("the", "a", "of", "and", "invented"))


class Facts(NamedTuple):
    """How the article knows one statement; the words are keys of the tables of `analysis.text.vocabulary`.

    `contact` (CONTACTS) is how the words reached the article, `links` how many sources are between the article and the
    one who states it, `closeness` (CLOSENESS) how close this one was, by the words of the text (several with " | "
    between them), `identified` (IDENTIFIED) how the text identifies it. `hand` (HANDS) is derived: "second" where
    another source or another outlet stands between, "open" where that cannot be told, else "first".
    """

    contact: str
    links: int
    closeness: str
    identified: str
    hand: str


def knowing(document: Document) -> dict[str, Facts]:
    """Attribution id -> how the article knows what it says.

    >>> from analysis import annotate
    >>> document = annotate("Ann Reed, who saw the fire, told reporters that it was small.")
    >>> knowing(document)["a1"]
    Facts(contact='in-public', links=0, closeness='saw', identified='name', hand='first')
    """
    if not document.attributions:
        return {}
    reader = _Reader(document)
    return {a.id: reader.facts(a) for a in document.attributions}


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document, self.tokens, self.grammar = document, document.tokens, grammar_of(document)
        self.voices, self.chains = voices(document), chains(document)
        by_name = {source.name: source for source in document.sources}  # places fail where a page shows a part
        self.source_of = {key: by_name[voice.name] for key, voice in self.voices.items() if voice.name in by_name}
        self.words = word_lists("knowing")
        self.outlet = _name_words(document.article.outlet or "")
        self._contacts: dict[str, str] = {}
        self._justified: dict[str, dict[tuple[int, int], int]] = {}

    def facts(self, a: Attribution) -> Facts:
        voice, path = self.voices[a.id], self.path(a)
        outer = path[0]
        contact = self._contact(outer)
        links = len({self.voices[b.id].key for b in path} - {voice.key})
        return Facts(contact, links, self._closeness(a), self._identified(a, voice), _hand(voice, contact, links))

    def path(self, a: Attribution) -> list[Attribution]:
        """The attributions that the words came through, the outermost first, itself last.

        A pronoun that was not traced is not a link, since it may mean the source around it. Nor is a source without any
        name, or the article's own outlet.
        """
        if self.voices[a.id].kind == "open":
            return [a]
        return [b for b in self.chains[a.id] if b is a or self._passes_on(self.voices[b.id])]

    def _passes_on(self, voice: Voice) -> bool:
        return voice.kind not in ("open", "none") and not self._is_own(voice)

    def _is_own(self, voice: Voice) -> bool:
        return voice.kind == "outlet" and self._whose(_name_words(voice.name)) == "told-us"

    # -- contact

    def _contact(self, a: Attribution) -> str:
        if a.id not in self._contacts:
            self._contacts[a.id] = self._read_contact(a)
        return self._contacts[a.id]

    def _read_contact(self, a: Attribution) -> str:
        voice = self.voices[a.id]
        if voice.kind == "outlet":
            in_public = bool(a.source) and self._place(*self._range(a.source[0])) == "in-public"  # the press asked
            return "told-us" if self._is_own(voice) else "in-public" if in_public else "through-outlet"
        for first, last in self._around(a):
            found = self._place(first, last)
            if found:
                return found
        if a.source_kind in ("document", "event"):
            return "in-document" if a.source_kind == "document" else "in-public"
        return "in-public" if a.cue_lemma in self.words["says_in_public"] else "not-told"

    def _around(self, a: Attribution) -> Iterator[tuple[int, int]]:
        """The token ranges that may say to whom or where it was said."""
        for span in a.channel:
            yield self._range(span)
        if not a.cue:
            return
        contents = [self._range(span) for span in a.content]
        own = [self._range(span) for span in (*a.cue, *a.source, *a.channel)]
        for _, last in own:
            yield from self._told(last, contents)
            yield from self._behind(last, contents)
        yield from self._before(min(first for first, _ in own), contents)

    def _told(self, k: int, contents: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The person or body told, directly after "told", unless it is already known as the channel."""
        if not 0 < k < len(self.tokens) or self.tokens.lowers[k - 1] not in self.words["addresses"]:
            return
        chunk = self.grammar.chunk_at[k]
        if chunk >= 0 and self.grammar.chunks[chunk].kind == "NP" and not any(a <= k < b for a, b in contents):
            yield self.grammar.chunks[chunk].first, self.grammar.chunks[chunk].last

    def _behind(self, k: int, contents: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The noun phrases of the prepositions directly after the token before k."""
        chunks, at = self.grammar.chunks, self.grammar.chunk_at
        for _ in range(_MOST):
            if k >= len(self.tokens) - 1 or at[k] < 0 or any(a <= k < b for a, b in contents):
                return
            kind, first, last, _ = chunks[at[k]]
            if first != k or kind not in ("P", "TIME", "ADV"):
                return
            if kind == "P" and at[last] >= 0 and chunks[at[last]].kind == "NP":
                _, first, last, _ = chunks[at[last]]
                yield first, last
            k = last

    def _before(self, end: int, contents: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The noun phrases that open the sentence, after a preposition or a verb of speaking: "In a letter,"."""
        if end >= len(self.tokens):
            return
        sentence = self.document.sentences[self.document.sentence_index(self.tokens.starts[end])]
        k = sentence.first_token
        if end - k > _LEAD or any(a <= k < b for a, b in contents):
            return
        chunks, at = self.grammar.chunks, self.grammar.chunk_at
        while k < end and at[k] >= 0:
            kind, _, last, _ = chunks[at[k]]
            speaks = self.tokens.lowers[last - 1] in self.words["addresses"]
            if (kind == "P" or speaks) and last < end and chunks[at[last]].kind == "NP":
                yield chunks[at[last]].first, chunks[at[last]].last
            k = max(last, k + 1)

    def _place(self, first: int, last: int) -> str | None:
        """What a noun phrase says of the contact; None for nothing."""
        lowers = self.tokens.lowers[first:last]
        if not lowers:
            return None
        if lowers[0] in self.words["us"]:
            return None if self.tokens.quoted[first] else "told-us"
        head = lowers[-1]
        if head in self.words["media"]:
            return "in-public" if len(lowers) < 3 and lowers[0] in ("the", "social", head) else "through-outlet"
        if self._is_outlet(first, last):
            return self._whose(_name_words(" ".join(self.tokens.words[first:last])))
        for name, contact in (("crowd_told", "in-public"), ("in_public", "in-public"), ("in_writing", "in-document")):
            if head in self.words[name]:
                return contact
        return None

    def _is_outlet(self, first: int, last: int) -> bool:
        names, suffixes = kind_table("names"), kind_table("suffixes")
        words = list(zip(self.tokens.words[first:last], self.tokens.lowers[first:last], strict=True))
        named = [low for word, low in words if word[0].isupper() and low not in _SMALL]
        by_name = bool(named) and (
            any(names.get(low) == "outlet" for low in named) or suffixes.get(named[-1]) == "outlet"
        )
        return by_name or words[-1][1] in self.words["the_outlet"]

    def _whose(self, name: frozenset[str]) -> str:
        """Is an outlet the article's own? "told-us", "through-outlet", or "open" if the metadata do not say."""
        if not self.outlet or not name:
            return "open"
        return "told-us" if name <= self.outlet else "through-outlet"

    # -- who

    def _closeness(self, a: Attribution) -> str:
        source = self.source_of.get(a.id)
        if source is None:
            return "not-told"
        places = self._places(source)
        found = sorted(places[span] for span in a.justification if span in places)
        kinds = dict.fromkeys(source.justification[place].kind for place in found)
        return " | ".join(kinds) or ("role-only" if _has_role(source) else "not-told")

    def _places(self, source: Source) -> dict[tuple[int, int], int]:
        """Span -> which of a source's justifications it is; found out once for all that it says."""
        known = self._justified.get(source.name)
        if known is None:
            spans = ((e.start, e.end) for e in source.justification)
            known = self._justified[source.name] = {span: place for place, span in enumerate(spans)}
        return known

    def _identified(self, a: Attribution, voice: Voice) -> str:
        if voice.kind in ("open", "none") or not a.source:
            return "open" if voice.kind == "open" else "not-at-all"
        kind = SHOWN_KINDS[voice.kind]
        first, last = self._range(a.source[0])
        if voice.entity is not None or voice.kind == "person" or (kind.named and self._is_name(first, last)):
            return "name"
        if voice.kind in ("document", "event", "outlet"):
            return "not-at-all"
        return self._without_name(first, last)

    def _head(self, first: int, last: int) -> int | None:
        """The first noun phrase of a range."""
        at, chunks = self.grammar.chunk_at, self.grammar.chunks
        return next((at[k] for k in range(first, last) if at[k] >= 0 and chunks[at[k]].kind == "NP"), None)

    def _is_name(self, first: int, last: int) -> bool:
        """Is the head written as a name: "the Harbour Trust", and not "State media", "his office"?"""
        head = self._head(first, last)
        return head is not None and self.tokens.words[self.grammar.chunks[head].head][0].isupper()

    def _without_name(self, first: int, last: int) -> str:
        """A role, or only where somebody belongs: "a spokeswoman", "people in the village"."""
        at, chunks = self.grammar.chunk_at, self.grammar.chunks
        head = self._head(first, last)
        if head is None:
            return "not-at-all"
        if self.grammar.word(head) not in self.words["no_role"]:
            return "role"
        behind = chunks[head].last
        governed = behind < last and chunks[at[behind]].kind == "P" if behind < len(at) and at[behind] >= 0 else False
        return "affiliation" if governed else "not-at-all"

    def _range(self, span: Span) -> tuple[int, int]:
        starts = self.tokens.starts
        return bisect_left(starts, span.start), bisect_left(starts, span.end)


def _hand(voice: Voice, contact: str, links: int) -> str:
    """The one definition of first and second hand: vocabulary.HANDS."""
    if voice.kind == "open":
        return "open"
    if links or contact == "through-outlet":
        return "second"
    return "open" if voice.kind == "none" or contact == "open" else "first"


def _has_role(source: Source) -> bool:
    return bool(source.titles) or (source.role_class != "open" and source.kind in ("person", "unnamed-person"))


def _name_words(name: str) -> frozenset[str]:
    """The words that tell an outlet from others: "The Invented Post (invented)" -> post."""
    words = name.replace("(", " ").replace(")", " ").split()
    return frozenset(w.lower() for w in words if w[0].isupper() or w[0].isdigit()) - _SMALL
