"""Who "he" and "she" are: the subject of the sentence before, or else the last speaker, if he or she fits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis.sourcing.source_kinds import (
    is_person_word,
    own_words,
)
from analysis.sourcing.view import View
from analysis.text.document import Document, Mention

_NAMES_BACK = 8
_SENTENCES_BACK = 4  # how many sentences that only continue about "him" are skipped
_SEARCHED = 60  # tokens of a sentence that are searched for "a woman"
_OPENING = 12  # tokens of a sentence in which a pronoun may open it
_MOST = 20  # how many names of a stretch are examined: keeps the time linear


class Speaker(NamedTuple):
    """One who spoke: `words` of the source in lower case, `head` and `start` as tokens."""

    kind: str
    words: list[str]
    entity: str | None
    head: int
    start: int


def is_he_or_she(word: str) -> bool:
    return word in own_words()["he"] or word in own_words()["she"]


def _reference(pronoun: str) -> str:
    return "he" if pronoun in own_words()["he"] else "she"


def reference_of_noun(noun: str) -> str | None:
    """How a noun for a person is referred to, by its ending.

    >>> reference_of_noun("spokeswoman"), reference_of_noun("chairman"), reference_of_noun("official")
    ('she', 'he', None)
    """
    for reference, endings in (("she", "woman_endings"), ("he", "man_endings")):
        if noun.endswith(tuple(own_words()[endings])):
            return reference
    return None


class Antecedents:
    """The people of a document in order, and what is known about each: he or she."""

    def __init__(self, view: View, document: Document) -> None:
        self.view, self.document = view, document
        self.mention_starts = [m.start for m in document.mentions]
        self.people = [m for m in document.mentions if m.label == "PERSON"]
        self.starts = [m.start for m in self.people]
        self.reference: dict[str, str] = {}
        self.ages: dict[str, str] = {}
        for mention in self.people:
            found = self._by_title_or_name(mention)
            if found:
                self.reference.setdefault(mention.entity, found)
            k = bisect_left(view.starts, mention.end)
            if view.W[k] == "," and view.W[k + 1].isdigit():
                self.ages.setdefault(mention.entity, view.W[k + 1])

    def mention_at(self, k: int) -> Mention | None:
        """The mention that token k is in."""
        if k >= self.view.n:
            return None
        at = self.view.starts[k]
        i = bisect_right(self.mention_starts, at)
        return next((m for m in reversed(self.document.mentions[max(0, i - 3) : i]) if at < m.end), None)

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """The last mentions of people in a stretch of the text."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return self.people[max(first, last - _MOST) : last]

    def _by_title_or_name(self, mention: Mention) -> str | None:
        """A title before a name, or its given name, tells he from she; a name of one word may be a surname."""
        view, lists = self.view, own_words()
        k = bisect_left(view.starts, mention.start)
        given = [view.L[k]] if view.ends[k] < mention.end else []
        for word in (view.L[k - 1].removesuffix("."), *given):
            if word in lists["male"] or word in lists["female"]:
                return "he" if word in lists["male"] else "she"
        return None

    def person(self, k: int, speakers: Sequence[Speaker]) -> str | None:
        """The entity that the pronoun at token k refers to, None if nobody fits."""
        wanted = _reference(self.view.L[k])
        fitting = (e for e in self._candidates(k, speakers, wanted) if self.reference.get(e, wanted) == wanted)
        entity = next(fitting, None)
        if entity is not None:
            self.reference.setdefault(entity, wanted)
        return entity

    def unnamed(self, k: int, speakers: Sequence[Speaker]) -> bool:
        """Is the pronoun at token k an unnamed speaker ("Mr Reed's spokesman"), the last one to speak?

        So if that was in this sentence or the one before, nobody is named as a subject since, and he or she fits.
        """
        if not speakers or speakers[-1].kind != "unnamed-person":
            return False
        last = speakers[-1]
        sentence, place = self.document.sentence_index(self.view.starts[k]), self.view.starts[k]
        before = self.document.sentence_index(self.view.starts[last.start])
        reference = reference_of_noun(self.view.L[last.head])
        if not sentence - 1 <= before <= sentence or reference not in (None, _reference(self.view.L[k])):
            return False
        return next(self.named(self.document.sentences[before].start, place), None) is None

    def _candidates(self, k: int, speakers: Sequence[Speaker], wanted: str) -> Iterator[str]:
        """In order of fit: subject of this sentence, subject of the one before, last speakers, last names."""
        place = self.view.starts[k]
        index = self.document.sentence_index(place)
        yield from self._just_spoke(index, speakers)
        for number in range(index, max(-1, index - _SENTENCES_BACK), -1):
            sentence = self.document.sentences[number]
            start = self._behind_opening(sentence.first_token, min(sentence.last_token, k))
            if start is None:
                continue
            if self._goes_back(sentence.first_token, min(sentence.last_token, k), wanted):
                place = sentence.start
                continue
            people = self.named(start, min(sentence.end, place))
            yield from sorted(people, key=lambda entity: self.reference.get(entity) != wanted)
            if self._another(sentence.first_token, min(sentence.last_token, k), wanted):
                return  # "One of the daughters fled. She said": nobody who has a name
            if number < index:
                break
        yield from (s.entity for s in reversed(speakers) if s.kind == "person" and s.entity)
        last = bisect_left(self.starts, place)
        yield from (m.entity for m in reversed(self.people[max(0, last - _NAMES_BACK) : last]))

    def _just_spoke(self, index: int, speakers: Sequence[Speaker]) -> Iterator[str]:
        """Who spoke last, if that was in this sentence: "Ann Reed left, while Tom Hale wrote he was ill"."""
        last = speakers[-1] if speakers else None
        here = last is not None and self.view.starts[last.start] >= self.document.sentences[index].start
        if last is not None and here and last.entity and last.kind == "person":
            yield last.entity

    def _goes_back(self, first: int, last: int, wanted: str) -> bool:
        """Does the stretch refer to its first person by the same pronoun: "His party clashed with Ann Reed; he"?"""
        view = self.view
        k = next((k for k in range(first, min(last, first + _OPENING)) if view.L[k] in own_words()[wanted]), last)
        named = bisect_left(self.starts, view.starts[first])
        return k < last and not view.Q[k] and not (named < len(self.starts) and self.starts[named] < view.starts[k])

    def _another(self, first: int, last: int, wanted: str) -> bool:
        """Does a stretch contain a noun for a man or a woman without a name: "one of the daughters"?"""
        nouns, view = own_words()["man" if wanted == "he" else "woman"], self.view
        if view.L[first : first + 2] == ["one", "of"]:
            return True
        return any(view.L[k] in nouns and not view.Q[k] for k in range(first, min(last, first + _SEARCHED)))

    def _behind_opening(self, first: int, last: int) -> int | None:
        """Where the names of a sentence start that may be meant: after whom somebody was asked about or spoke to.

        None where the sentence says no more: "Asked about Mr Reed, she said"; "Speaking to Ann Reed, he said".
        """
        view = self.view
        asked = "asked" in view.L[first : first + 2]
        if not asked and view.L[first] not in own_words()["opens_address"]:
            return view.starts[first]
        comma = next((k for k in range(first, min(last, first + _SEARCHED)) if view.W[k] == ","), last)
        named = bisect_left(self.starts, view.starts[comma]) if comma < last else len(self.starts)
        more = named < len(self.starts) and self.starts[named] < view.starts[last]
        return view.starts[comma] if more and not asked else None

    def named(self, start: int, end: int) -> Iterator[str]:
        """People named in a stretch, outside quotation marks, in order; not those that only own what is spoken of."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        for mention in self.people[first : min(last, first + _MOST)]:
            if not self.view.Q[bisect_left(self.view.starts, mention.start)] and not self._owns_person(mention):
                yield mention.entity

    def owns(self, mention: Mention) -> bool:
        """Does a possessive follow the name: "Mr Reed's spokesman"?"""
        k = bisect_left(self.view.starts, mention.end)
        return k < self.view.n and self.view.starts[k] == mention.end and self.view.L[k] in ("'s", "'")

    def _owns_person(self, mention: Mention) -> bool:
        """Does the name only say whose man or woman is meant: "Mr Reed's spokesman"?"""
        k = bisect_left(self.view.starts, mention.end)
        return self.owns(mention) and any(is_person_word(word) for word in self.view.L[k + 1 : k + 4])
