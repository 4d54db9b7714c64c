"""The roles that a text gives a source: in the source phrase, as a title, or after the name with a verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis.people.bodies import Bodies
from analysis.people.role_words import OPEN, Phrase, Sense, Words, body_at, people_words, role_words
from analysis.people.stretches import Found, Stretches
from analysis.rules import classes
from analysis.sourcing.voices import Voice
from analysis.text.document import Document, Evidence, Mention
from analysis.text.vocabulary import UNNAMED_KINDS

_CLAUSE = 10  # tokens of a clause that says what somebody does
_BEHIND = 24  # tokens of a source phrase in which "who" may stand
_AGE = 6  # tokens after a name, past an age, in which "who" may stand
_MOST = 200  # mentions and phrases of a source that are looked at: keeps the time linear
_PEOPLE = ("person", *UNNAMED_KINDS)
_NO_ROLE = ("document", "event", "none", "open")
_SIGNS = "'’-"  # signs that do not end a clause


class Role(NamedTuple):
    """One thing that the text says a source is: the words `start` to `end` tell a class.

    `near` is 0 inside a source phrase, 1 in a sentence in which the source is heard, 2 elsewhere.  `past`: what it was.
    """

    start: int
    end: int
    sense: Sense
    near: int
    past: bool

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.start, self.end, self.sense.role_class, self.sense.rule)


class Roles:
    """Finds the roles of the sources in one document."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, Stretches(document)
        self.mentions: dict[str, list[Mention]] = {}
        for mention in document.mentions:
            self.mentions.setdefault(mention.entity, []).append(mention)

    def of(self, voice: Voice, kind: str, places: Sequence[int], titles: Sequence[Evidence]) -> list[Role]:
        """All the roles of a source; `kind` is its source kind, `places` where it is heard."""
        if kind in _NO_ROLE:
            return []
        mentions = self.mentions.get(voice.entity or "", [])[:_MOST]
        phrases = [span for place in places[:_MOST] for span in self.document.attributions[place].source]
        if kind in _PEOPLE:
            found = list(self._of_person(mentions, phrases, titles))
        else:
            found = Bodies(self.text).of(kind, mentions, phrases)
        if kind == "collective" and not found:
            found = list(self._of_group(*phrases[0]))
        heard = {self.document.sentence_index(start) for start, _ in phrases}
        return [self._placed(one, phrases, heard) for one in _longest(found)]

    def _placed(self, found: Found, phrases: Sequence[tuple[int, int]], heard: set[int]) -> Role:
        inside = any(first <= found.start and found.end <= last for first, last in phrases)
        near = 0 if inside else 1 if self.document.sentence_index(found.start) in heard else 2
        return Role(found.start, found.end, found.sense, near, found.past)

    def _of_person(
        self, mentions: Sequence[Mention], phrases: Sequence[tuple[int, int]], titles: Sequence[Evidence]
    ) -> Iterator[Found]:
        for start, end in dict.fromkeys([*((t.start, t.end) for t in titles), *phrases]):
            for first, last in self._without_name(start, end, mentions):
                yield from self._in_phrase(*self.text.range(first, last))
        for mention in mentions:
            k = self.text.token(mention.end)
            yield from self._affiliation(k)
            who = self.text.first(k, _AGE, lambda j: self.text.lowers[j] == "who")
            aside = who is not None and all(word == "," or word[0].isdigit() for word in self.text.words[k:who])
            yield from self._by_verb(who + 1) if who is not None and aside else ()
            yield from self._by_appointment(who + 1 if who is not None and aside else k)
        if not mentions:
            first, last = self.text.range(*phrases[0])
            who = self.text.first(first, min(last - first, _BEHIND), lambda j: self.text.lowers[j] == "who")
            yield from self._by_verb(who + 1) if who is not None else ()

    def _without_name(self, start: int, end: int, names: Sequence[Mention]) -> Iterator[tuple[int, int]]:
        """The stretches of a source phrase before and after the name of the source itself."""
        name = next((m for m in names if start <= m.start and m.end <= end), None)
        if name is None:
            yield start, end
            return
        yield start, name.start
        comma = self.document.text.find(",", name.end, end)
        if comma >= 0:  # what stands between is where somebody is of
            yield comma, end

    def _of_group(self, start: int, end: int) -> Iterator[Found]:
        first, last = self.text.range(start, end)
        yield from self.text.found(first, Phrase(self.text.words[first:last]).of_group())

    # ------------------------------------------------------------ a phrase

    def _in_phrase(self, first: int, last: int) -> Iterator[Found]:
        """The roles of a phrase, parted at "and", a comma and "who is now"."""
        past = False
        for a, b, joined in self._parts(first, last):
            if a > first and self.text.lowers[a] in classes()["preposition"]:
                continue  # "Ann Reed, in a statement of the press secretary"
            past = self._is_past(a, b) or (past and joined)
            if b - a > 1 and self.text.lowers[b - 1].removesuffix(".") in people_words()["rank"]:
                yield from self._role(a, b - 1, past)  # "Defence Minister Gen. Jo Orwin" is a minister too
            yield from self._role(a, b, past)

    def _role(self, a: int, b: int, past: bool) -> Iterator[Found]:
        finding = Phrase(self.text.words[a:b], self.text.places).of_person()
        if finding is not None and finding.sense.role_class != OPEN:
            yield from self.text.found(a, finding, past=past)

    def _parts(self, first: int, last: int) -> Iterator[tuple[int, int, bool]]:
        """(first token, last token, does "and" come before it): "founder and director"; "a clerk who is now mayor"."""
        a, joined = first, False
        for k in range(first, last):
            low = self.text.lowers[k]
            joins = low in people_words()["joins_roles"] and self._has_role(a, k) and self._has_role(k + 1, last)
            if joins or low in ("who", ","):
                if k > a:
                    yield a, k, joined
                a, joined = k + 1, joins
        if last > a:
            yield a, last, joined

    def _has_role(self, a: int, b: int) -> bool:
        return Phrase(self.text.words[a:b]).of_person() is not None

    def _is_past(self, a: int, b: int) -> bool:
        """Does a phrase open with what puts it into the past: "former", "ex-minister"?"""
        opening = self.text.lowers[a : min(b, a + 4)]
        return any(word.rstrip("-") in people_words()["past"] or word.startswith("ex-") for word in opening)

    # ------------------------------------------------------------ after a name

    def _affiliation(self, k: int) -> Iterator[Found]:
        """The body that somebody belongs to, after the name: "Ann Reed of the University of Torva"."""
        if self.text.lowers[k : k + 1] and self.text.lowers[k] in people_words()["of_body"]:
            stop = self.text.until(k + 1, _CLAUSE, self._ends_name)
            words = list(self.text.lowers[k + 1 : stop])
            ends = (end for end in range(1, len(words) + 1) if words[end - 1] not in people_words()["place_too"])
            body = next(filter(None, (body_at(words, end) for end in ends)), None)
            if body is not None:
                yield Found(self.text.starts[k + 1], self.text.ends[stop - 1], body[0])

    def _ends_name(self, k: int) -> bool:
        """Does the name of a body end before token k?"""
        joins = self.text.lowers[k] in people_words()["joins_name"]
        return not (self.text.words[k][0].isupper() or joins or body_at([self.text.lowers[k]], 1) is not None)

    def _by_verb(self, k: int) -> Iterator[Found]:
        """What somebody does, from the verb at k on: "runs the bakery", "lives across the road"."""
        k = self.text.past(k, people_words()["before_verb"])
        end = self.text.until(k, _CLAUSE, self._ends_clause)
        words = list(self.text.lowers[k:end])
        office, act = starting(role_words().office_verbs, words), starting(role_words().verbs, words)
        sense = None
        if act is not None and (office is None or act[1] > office[1]):
            sense = act[0]
        elif office is not None:
            sense = _body_of(words, office[1]) or office[0]
        if sense is not None and sense.role_class != OPEN:
            yield Found(self.text.starts[k], self.text.ends[end - 1], sense)

    def _ends_clause(self, k: int) -> bool:
        return not self.text.words[k][0].isalnum() and self.text.words[k][0] not in _SIGNS

    def _by_appointment(self, k: int) -> Iterator[Found]:
        """What somebody was made, from k on: "was elected mayor"."""
        k = self.text.past(k, people_words()["before_verb"])
        if self.text.lowers[k : k + 1] and self.text.lowers[k] in people_words()["appoints"]:
            k = self.text.past(k + 1, people_words()["before_office"])
            yield from self._in_phrase(k, self.text.until(k, _CLAUSE, self._ends_clause))


def _longest(found: Sequence[Found]) -> list[Found]:
    """The roles found, without those that are part of something longer: "driver" of "racing driver"."""
    kept: list[Found] = []
    for one in sorted(set(found), key=lambda one: (one.start, -one.end)):
        if not kept or one.end > kept[-1].end or (one.start, one.end) == kept[-1][:2]:
            kept.append(one)
    return kept


def starting(table: dict[Words, Sense], words: Sequence[str]) -> tuple[Sense, int] | None:
    """What the longest run of words says that some words open with, and how many they are."""
    sizes = range(min(6, len(words)), 0, -1)
    return next(((table[tuple(words[:n])], n) for n in sizes if tuple(words[:n]) in table), None)


def _body_of(words: Sequence[str], start: int) -> Sense | None:
    """What the first body after a verb shows: "runs the town's only charity"."""
    for end in range(start + 1, len(words) + 1):
        found = body_at(words, end, start)
        if found is not None:
            return found[0]
    return None
