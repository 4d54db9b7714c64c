"""Who "he", "she" and "it" are: the subject of the sentence before, else the last speaker, where he or she fits."""

from __future__ import annotations

from bisect import bisect_left

from analysis.sourcing.view import View, words
from analysis.text.document import Document, Mention

MALE, FEMALE = "he", "she"
PRONOUNS = {"he": MALE, "him": MALE, "his": MALE, "she": FEMALE, "her": FEMALE, "hers": FEMALE}
_ENDINGS = {
    FEMALE: ("woman", "mother", "sister", "daughter", "wife", "widow"),
    MALE: ("man", "father", "brother", "son", "husband", "widower"),
}
BODIES = ("organisation", "government", "outlet", "document")


class Antecedents:
    """The persons of a document in order, and what is known of each: he or she."""

    def __init__(self, view: View, document: Document) -> None:
        self.view, self.document = view, document
        self.people = [m for m in document.mentions if m.label == "PERSON"]
        self.starts = [m.start for m in self.people]
        self.gender: dict[str, str] = {}
        for mention in self.people:
            self._note(mention)

    def _note(self, mention: Mention) -> None:
        """A title before a name, or its given name, tells he from she."""
        view, own = self.view, words()
        k = bisect_left(view.starts, mention.start)
        given = [view.L[k]] if view.ends[k] < mention.end else []  # a name of one word may be a surname
        for word in (view.L[k - 1].removesuffix("."), *given):
            found = MALE if word in own["male"] else FEMALE if word in own["female"] else None
            if found:
                self.gender.setdefault(mention.entity, found)
                return

    def person(self, k: int, speakers: list[tuple[str, str, str | None]]) -> str | None:
        """The entity that the pronoun at token k stands for, None where nobody fits."""
        wanted = PRONOUNS[self.view.L[k]]
        for entity in self._candidates(k, speakers):
            if self.gender.get(entity, wanted) == wanted:
                self.gender.setdefault(entity, wanted)
                return entity
        return None

    def unnamed(self, k: int, last: tuple[str, str, int] | None) -> bool:
        """Is the pronoun at token k an unnamed speaker ("Mr Reed's spokesman"), the last one to speak?

        So if that was in this sentence or the one before, nobody is named as a subject since, and he or she fits.
        """
        if last is None or last[0] != "unnamed-person":
            return False
        _, head, at = last
        index, place = self.document.sentence_index(self.view.starts[k]), self.view.starts[k]
        before = self.document.sentence_index(self.view.starts[at])
        own = next((g for g, ends in _ENDINGS.items() if head.endswith(ends)), None)  # "woman" before "man"
        if not index - 1 <= before <= index or own not in (None, PRONOUNS[self.view.L[k]]):
            return False
        return not any(True for _ in self._named(self.document.sentences[before].start, place))

    def _candidates(self, k: int, speakers):
        """In order of fit: subject of this sentence, subject of the one before, last speakers, last names."""
        place = self.view.starts[k]
        index = self.document.sentence_index(place)
        for number in (index, index - 1):
            sentence = self.document.sentences[max(0, number)]
            if number >= 0 and not self._opens_asked(sentence.first_token):
                yield from self._named(sentence.start, min(sentence.end, place))
        yield from (entity for kind, _, entity in reversed(speakers) if kind == "person" and entity)
        last = bisect_left(self.starts, place)
        yield from (m.entity for m in reversed(self.people[max(0, last - 8) : last]))

    def _opens_asked(self, k: int) -> bool:
        """Does the sentence open with whom somebody was asked about: "Asked about Mr Reed, she said"?"""
        return "asked" in self.view.L[k : k + 2]

    def _named(self, start: int, end: int):
        """People named in a stretch, outside quotation marks, in order; not those that only own what is spoken of."""
        first = bisect_left(self.starts, start)
        while first < len(self.people) and self.starts[first] < end:
            mention = self.people[first]
            if not self.view.Q[bisect_left(self.view.starts, mention.start)] and not self.owns(mention):
                yield mention.entity
            first += 1

    def owns(self, mention: Mention) -> bool:
        """Does a possessive follow the name: "Mr Reed's spokesman"?"""
        k = bisect_left(self.view.starts, mention.end)
        return k < len(self.view.L) and self.view.starts[k] == mention.end and self.view.L[k] in ("'s", "'")
