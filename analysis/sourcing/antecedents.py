"""Who "he" and "she" are: the subject of the sentence before, else the last speaker, where he or she fits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis.sourcing.source_kinds import own_words
from analysis.sourcing.view import View
from analysis.text.document import Document, Mention

_NAMES_BACK = 8


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


def _reference_of_noun(noun: str) -> str | None:
    """How a noun for a person is referred to, by its ending.

    >>> _reference_of_noun("spokeswoman"), _reference_of_noun("chairman"), _reference_of_noun("official")
    ('she', 'he', None)
    """
    for reference, endings in (("she", "woman_endings"), ("he", "man_endings")):
        if noun.endswith(tuple(own_words()[endings])):
            return reference
    return None


class Antecedents:
    """The persons of a document in order, and what is known of each: he or she."""

    def __init__(self, view: View, document: Document) -> None:
        self.view, self.document = view, document
        self.people = [m for m in document.mentions if m.label == "PERSON"]
        self.starts = [m.start for m in self.people]
        self.reference: dict[str, str] = {}
        for mention in self.people:
            found = self._by_title_or_name(mention)
            if found:
                self.reference.setdefault(mention.entity, found)

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
        """The entity that the pronoun at token k stands for, None where nobody fits."""
        wanted = _reference(self.view.L[k])
        fitting = (e for e in self._candidates(k, speakers) if self.reference.get(e, wanted) == wanted)
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
        reference = _reference_of_noun(self.view.L[last.head])
        if not sentence - 1 <= before <= sentence or reference not in (None, _reference(self.view.L[k])):
            return False
        return next(self._named(self.document.sentences[before].start, place), None) is None

    def _candidates(self, k: int, speakers: Sequence[Speaker]) -> Iterator[str]:
        """In order of fit: subject of this sentence, subject of the one before, last speakers, last names."""
        place = self.view.starts[k]
        index = self.document.sentence_index(place)
        for sentence in reversed(self.document.sentences[max(0, index - 1) : index + 1]):
            if not self._opens_asked(sentence.first_token):
                yield from self._named(sentence.start, min(sentence.end, place))
        yield from (s.entity for s in reversed(speakers) if s.kind == "person" and s.entity)
        last = bisect_left(self.starts, place)
        yield from (m.entity for m in reversed(self.people[max(0, last - _NAMES_BACK) : last]))

    def _opens_asked(self, k: int) -> bool:
        """Does the sentence open with whom somebody was asked about: "Asked about Mr Reed, she said"?"""
        return "asked" in self.view.L[k : k + 2]

    def _named(self, start: int, end: int) -> Iterator[str]:
        """People named in a stretch, outside quotation marks, in order; not those that only own what is spoken of."""
        for mention in self.people[bisect_left(self.starts, start) : bisect_left(self.starts, end)]:
            if not self.view.Q[bisect_left(self.view.starts, mention.start)] and not self.owns(mention):
                yield mention.entity

    def owns(self, mention: Mention) -> bool:
        """Does a possessive follow the name: "Mr Reed's spokesman"?"""
        k = bisect_left(self.view.starts, mention.end)
        return k < self.view.n and self.view.starts[k] == mention.end and self.view.L[k] in ("'s", "'")
