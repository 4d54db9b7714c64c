"""Whom a description refers to: "the governor", "the 41-year-old", "the company", "both men", "the statement".

Each is traced only if one antecedent fits; if two do, it stays open and says so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple, TypeVar

from analysis.sourcing.antecedents import Antecedents, Speaker, reference_of_noun
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.source_kinds import (
    is_person_word,
    kind_table,
    own_words,
)
from analysis.sourcing.source_phrase import Phrase, head_of, kind_of
from analysis.sourcing.titles import other_names, short_titles
from analysis.sourcing.view import CONJUNCTION, DETERMINER, POSSESSIVE, PREPOSITION, RELATIVE, View
from analysis.text.document import Document, Mention

_BACK = 3  # sentences back to one who is named and then described
_SPEAKERS_BACK = 2  # sentences back to the speaker whom a role may repeat
_NEAR_CUE = 8  # tokens after a cue in which "in a statement" may start
_MOST = 100  # mentions, events and occurrences that are looked at: keeps the time linear


Item = TypeVar("Item")


class Link(NamedTuple):
    """The entity that a source was traced to, and how: one of vocabulary.LINKS."""

    entity: str | None = None
    reason: str = ""


NONE, OPEN = Link(), Link(None, "open")


@cache
def _documents() -> frozenset[str]:
    """Words for something written: "report", "statement"."""
    return frozenset(word for word, kind in kind_table("words").items() if kind == "document")


class Office(NamedTuple):
    """A title of somebody: its words in lower case, short forms spelled out."""

    entity: str
    words: frozenset[str]


class Descriptions:
    """What the text says about its people and bodies, so that descriptions can be traced to them."""

    def __init__(
        self, view: View, document: Document, titles: Mapping[str, Sequence[Range]], antecedents: Antecedents
    ) -> None:
        self.view, self.document, self.antecedents = view, document, antecedents
        self.offices: dict[str, list[Office]] = {}
        for entity, ranges in titles.items():
            for a, b in ranges:
                self._note_office(entity, a, b)
        self.bodies = [m for m in document.mentions if m.label in ("ORG", "GPE", "FAC")]
        self.body_starts = [m.start for m in self.bodies]
        self.named_by: dict[str, list[Mention]] = {}
        for mention in self.bodies:
            for word in self._words_of_body(mention):
                self.named_by.setdefault(word, []).append(mention)
        self.issued: dict[str, list[tuple[int, str]]] = {}
        for k in document.tokens.find(_documents()):
            issuer = self._issuer_at(k)
            if issuer:
                self.note_issued(k, issuer)

    def link(self, phrase: Phrase, kind: str, speakers: Sequence[Speaker]) -> Link:
        """The entity that a phrase without a name refers to."""
        if kind == "document":
            return self._issuer(phrase)
        if self.view.L[phrase.first] == "both":
            return self._both(phrase)
        if phrase.word == "police" and phrase.last - phrase.first <= 2:
            return _only({m.entity for m in self.named_by.get("police", ())}, "body")
        if self.view.L[phrase.first] != "the" or self.view.L[phrase.first + 1] == "other":
            return NONE
        return (
            self._by_office(phrase, speakers)
            or self._by_person(phrase, speakers)
            or self._by_body_name(phrase)
            or self._by_body(phrase)
            or NONE
        )

    def _note_office(self, entity: str, a: int, b: int) -> None:
        words = [self.view.L[k].removesuffix(".") for k in range(a, b)]
        words = [short_titles().get(word, word) for word in words]
        field = next((i for i, k in enumerate(range(a, b)) if self.view.K[k] == PREPOSITION), len(words))
        for word in dict.fromkeys(words[:field]):
            if is_person_word(word) or word == words[field - 1]:
                for name in (word, *other_names().get(word, ())):
                    self.offices.setdefault(name, []).append(Office(entity, frozenset(words)))

    def _by_office(self, phrase: Phrase, speakers: Sequence[Speaker]) -> Link | None:
        """The one in the text who has this role; of several, the one who is named or speaks just before."""
        said = self._modifiers(phrase)
        needed, another = said - own_words()["free_modifier"], own_words()["other_office"] - said
        offices = [o for o in self.offices.get(phrase.word, [])[:_MOST] if needed <= o.words]
        offices = [o for o in offices if another.isdisjoint(o.words)]
        marked = said & own_words()["other_office"]  # "the former mayor", where one is called that
        fits = {o.entity for o in offices if marked <= o.words} or {o.entity for o in offices}
        if len(fits) < 2:
            return _only(fits, "role") if fits else None
        near = (fits & self._near(phrase.first, speakers, back) for back in range(1, _BACK + 1))
        nearest = next(filter(None, near), fits)
        return Link(next(iter(nearest)), "role") if len(nearest) == 1 else OPEN

    def _near(self, k: int, speakers: Sequence[Speaker], back: int) -> set[str]:
        """Who is named, or speaks, before token k in its sentence and in those before."""
        now = self.document.sentence_index(self.view.starts[k])
        start = self.document.sentences[max(0, now - back)].start
        spoke = {s.entity for s in speakers if s.entity and self.view.starts[s.start] >= start}
        return spoke | {m.entity for m in self.antecedents.between(start, self.view.starts[k])}

    def _modifiers(self, phrase: Phrase) -> set[str]:
        """The words of a description besides its head, as far as its first comma or "who"."""
        view = self.view
        ends = (k for k in range(phrase.head + 1, phrase.last) if view.W[k] == "," or view.K[k] == RELATIVE)
        own = range(phrase.first + 1, next(ends, phrase.last))
        return {view.L[k] for k in own if k != phrase.head and not view.K[k] and view.W[k][0].isalnum()}

    def _by_person(self, phrase: Phrase, speakers: Sequence[Speaker]) -> Link | None:
        """The one person named in the last sentence that names any, where the description stands for a person."""
        word, age = phrase.word, phrase.word.removesuffix("-year-old")
        aged = age != word
        if phrase.last > phrase.head + 1 or not (aged or word in own_words()["stands_for_person"]):
            return None
        if not aged and self._introduced(phrase):
            return None
        wanted, known = reference_of_noun(word), self.antecedents
        near = self._nearest_people(phrase.first, speakers)
        fits = {e for e in near if known.reference.get(e, wanted) in (wanted, None) or wanted is None}
        if aged:
            fits = {e for e in fits if known.ages.get(e) == age} or {e for e in fits if e not in known.ages}
        return _only(fits, "description")

    def _introduced(self, phrase: Phrase) -> bool:
        """Was "a suspect" without a name introduced before "the suspect"? Not by "Torva, a mining company"."""
        places = self.document.tokens.index.get(phrase.word, ())
        before = _last(places, bisect_left(places, phrase.head))
        articles = (k for place in before for k in range(max(0, place - 3), place))
        return any(self.view.L[k] in ("a", "an", "another") and self.view.W[k - 1] != "," for k in articles)

    def _nearest_people(self, k: int, speakers: Sequence[Speaker]) -> set[str]:
        spoke = [(self.document.sentence_index(self.view.starts[s.start]), s) for s in speakers]
        for number, start, end in self._sentences_back(k):
            people = set(self.antecedents.named(start, end))
            people |= {s.entity for n, s in spoke if n == number and s.entity and s.kind == "person"}
            if people:
                return people
        return set()

    def _sentences_back(self, k: int) -> Iterator[tuple[int, int, int]]:
        """(index, start, end) of the sentence of token k, up to k, and of those before it."""
        place = self.view.starts[k]
        now = self.document.sentence_index(place)
        for number in range(now, max(-1, now - _BACK - 1), -1):
            sentence = self.document.sentences[number]
            yield number, sentence.start, min(sentence.end, place)

    def _both(self, phrase: Phrase) -> Link:
        """ "Both men": the first of the two who were named together."""
        people = next((p for p in map(list, self._people_back(phrase.first)) if p), [])
        return Link(people[0], "description") if len(people) == 2 and phrase.word in ("men", "women") else NONE

    def _people_back(self, k: int) -> Iterator[dict[str, None]]:
        return (dict.fromkeys(self.antecedents.named(start, end)) for _, start, end in self._sentences_back(k))

    def _words_of_body(self, mention: Mention) -> set[str]:
        """What kind of body its name says it is, or the noun put to it: "Torva, a mining company", "carmaker Torva"."""
        view = self.view
        first, last = bisect_left(view.starts, mention.start), bisect_left(view.starts, mention.end)
        words = {view.L[k] for k in range(first, last)}
        compound = (
            view.chunk_kind(last) == "NP" and view.chunk_at[last] == view.chunk_at[first]
        )  # "a government X account"
        if first and view.K[first - 1] == "" and view.W[first - 1][0].islower() and not compound:
            words.add(view.L[first - 1])
        if view.W[last] == "," and view.K[last + 1] == DETERMINER and view.K[first - 1] != PREPOSITION:
            end = next((k for k in range(last + 2, last + 8) if view.W[k] == "," or view.K[k] == PREPOSITION), last + 1)
            words.add(view.L[end - 1])
        return {word for word in words if self._is_body_noun(word)}

    def _is_body_noun(self, word: str) -> bool:
        known = kind_table("words").get(word)
        return known in ("organisation", "government", "outlet") or word in own_words()["stands_for_body"]

    def _by_body_name(self, phrase: Phrase) -> Link | None:
        """The one body whose name, or whose description, has the noun: "the council" is Leeds Council."""
        mentions = self.named_by.get(phrase.word, [])
        before = _last(mentions, bisect_left(mentions, self.view.starts[phrase.first], key=lambda m: m.start))
        said = self._modifiers(phrase) - own_words()["free_modifier"]
        before = [m for m in before if said <= set(self.document.text[m.start : m.end].lower().split())]
        fits = {m.entity for m in before}
        if not fits or self._introduced(phrase):
            return None
        if len(fits) > 1:
            number = max(0, self.document.sentence_index(self.view.starts[phrase.first]) - _SPEAKERS_BACK)
            fits = {m.entity for m in before if m.start >= self.document.sentences[number].start}
        return _only(fits, "body")

    def _by_body(self, phrase: Phrase) -> Link | None:
        """The one organisation named in the last sentence that names any, for a noun that any of them may be."""
        plain = self.view.W[phrase.head].islower() or phrase.last == phrase.first + 2
        if phrase.word not in own_words()["stands_for_body"] or not plain or self._introduced(phrase):
            return None
        return self.nearest_body(phrase.first)

    def nearest_body(self, k: int) -> Link | None:
        for _, start, end in self._sentences_back(k):
            first, last = bisect_left(self.body_starts, start), bisect_left(self.body_starts, end)
            fits = {m.entity for m in self.bodies[first : min(last, first + _MOST)] if self._is_organisation(m)}
            if fits:
                return _only(fits, "body")
        return None

    def subject_body(self, k: int) -> Mention | None:
        """The body that opens the sentence before token k, as its subject: "NASA broke off. It said"."""
        number = self.document.sentence_index(self.view.starts[k]) - 1
        sentence = self.document.sentences[max(0, number)]
        i = bisect_left(self.body_starts, sentence.start)
        if number < 0 or i == len(self.bodies) or sentence.last_token - sentence.first_token < 4:
            return None
        mention = self.bodies[i]
        opens = mention.start <= self.view.starts[sentence.first_token + 1] and mention.end < self.view.starts[k]
        subject = mention.label == "ORG" and self.view.K[bisect_left(self.view.starts, mention.end)] != PREPOSITION
        return mention if opens and subject and not self.antecedents.owns(mention) else None

    def kind_of_body(self, mention: Mention) -> str:
        """The kind of source that a body is by its name."""
        first, last = bisect_left(self.view.starts, mention.start), bisect_left(self.view.starts, mention.end)
        return kind_of(Phrase(self.view, first, last, head_of(self.view, (first, last)), mention))

    def _is_organisation(self, mention: Mention) -> bool:
        """Is it an organisation by its name, and no council, paper, university or union?"""
        view = self.view
        first, last = bisect_left(view.starts, mention.start), bisect_left(view.starts, mention.end)
        if mention.label != "ORG" or view.Q[first] or self.antecedents.owns(mention):
            return False
        other = any(self._is_body_noun(w) and w not in own_words()["stands_for_body"] for w in view.L[first:last])
        return self.kind_of_body(mention) == "organisation" and not other

    def note_issued(self, k: int, entity: str) -> None:
        """The document at token k is the entity's."""
        events = self.issued.setdefault(self.view.L[k], [])
        events.insert(bisect_right(events, (k, entity)), (k, entity))

    def note_statement(self, draft: Draft, entity: str) -> None:
        """The source of a draft issued what it is said to have said it in: "said in a statement that"."""
        view = self.view
        first = self.document.sentences[self.document.sentence_index(view.starts[draft.at])].first_token
        last = view.n - 2
        for k in (*range(first, min(first + 3, last)), *range(draft.at, min(draft.at + _NEAR_CUE, last))):
            if view.L[k] == "in" and view.K[k + 1] in (DETERMINER, POSSESSIVE):
                document = next((j for j in (k + 2, k + 3) if view.L[j] in own_words()["own_statement"]), None)
                if document is not None:
                    self.note_issued(document, entity)

    def _issuer(self, phrase: Phrase) -> Link:
        """Whose document it is: by its own words ("a complaint from the agency"), else by those of the one before."""
        events = self.issued.get(phrase.word, [])
        at = bisect_left(events, (phrase.head + 1, ""))
        if at and events[at - 1][0] == phrase.head:
            return Link(events[at - 1][1], "issuer")
        definite = self.view.L[phrase.first] in ("the", "that", "this")
        if not at or not definite or phrase.last - phrase.first > 2:
            return NONE
        return Link(events[at - 1][1], "issuer")

    def _issuer_at(self, k: int) -> str | None:
        """Whose the document at token k is: "the council's letter", "a DEA complaint", "a letter from the council",
        "the council issued a letter"."""
        view = self.view
        for j in range(k - 1, max(0, k - 5), -1):
            if view.L[j] == "'s" or (view.L[j] == "'" and view.L[j - 1].endswith("s")):
                return self._entity_at(j - 1, ("ORG", "PERSON"))
            if view.K[j] or not view.W[j][0].isalpha():
                break
        if view.L[k + 1] in ("from", "by"):
            return self._entity_near(k + 2)  # "a Torva post by Ann Reed" is hers
        return self._entity_at(k - 1, ("ORG",)) or self._issuing(k)

    def _entity_near(self, k: int) -> str | None:
        """The name that starts within a few tokens of k: "from the office of Ann Reed" is hers no more."""
        ends = next((j for j in range(k, k + 3) if self.view.K[j] != DETERMINER), k)
        return self._entity_at(ends, ("ORG", "PERSON"))

    def _issuing(self, k: int) -> str | None:
        view = self.view
        for j in range(k - 1, max(0, k - 8), -1):
            if view.L[j] in own_words()["issues"]:
                issuer = self.antecedents.mention_at(j - 1)
                first = bisect_left(view.starts, issuer.start) if issuer else j
                inside = view.K[first - 1] in (PREPOSITION, CONJUNCTION)  # "scientists from X and Y published"
                return None if inside else self._entity_at(j - 1, ("ORG", "PERSON"))
            if not view.W[j][0].isalnum() or view.K[j] not in ("", DETERMINER, POSSESSIVE):
                return None
        return None

    def _entity_at(self, k: int, labels: Iterable[str]) -> str | None:
        mention = self.antecedents.mention_at(k)
        return mention.entity if mention and mention.label in labels else None


def _last(items: Sequence[Item], end: int) -> Sequence[Item]:
    """The last few items before the index `end`."""
    return items[max(0, end - _MOST) : end]


def _only(fits: set[str], reason: str) -> Link:
    """The link to the one that fits."""
    return OPEN if len(fits) > 1 else Link(next(iter(fits)), reason) if fits else NONE
