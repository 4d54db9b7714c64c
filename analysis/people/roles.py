"""The roles that a text gives a source: in the source phrase, as a title, behind the name with a verb."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis.people.role_words import (
    OPEN,
    Finding,
    Phrase,
    Sense,
    Words,
    body_at,
    people_words,
    role_words,
)
from analysis.rules import classes
from analysis.sourcing.voices import Voice
from analysis.text.document import Document, Evidence, Mention
from analysis.text.vocabulary import UNNAMED_KINDS

_LONGEST = 24  # tokens of a role
_CLAUSE = 10  # tokens of a clause that says what somebody does
_MENTIONS = 200  # mentions of a source that are looked at: keeps the time linear
_PEOPLE = ("person", *UNNAMED_KINDS)
_NO_ROLE = ("document", "event", "none", "open")


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
    """Finds the roles of the sources of one document."""

    def __init__(self, document: Document) -> None:
        self.document, self.tokens = document, document.tokens
        self.mentions: dict[str, list[Mention]] = {}
        for mention in document.mentions:
            self.mentions.setdefault(mention.entity, []).append(mention)

    def of(self, voice: Voice, kind: str, places: Sequence[int], titles: Sequence[Evidence]) -> list[Role]:
        """All the roles of a source; `kind` is its source kind, `places` where it is heard."""
        if kind in _NO_ROLE:
            return []
        phrases = [span for place in places for span in self.document.attributions[place].source]
        heard = {self.document.sentence_index(start) for start, _ in phrases}
        found = list(
            self._of_person(voice, phrases, titles) if kind in _PEOPLE else self._of_body(voice, kind, phrases)
        )
        if kind == "collective" and not found:
            found = self._of_group(phrases)
        return [self._placed(start, end, sense, past, phrases, heard) for start, end, sense, past in found]

    def _placed(
        self, start: int, end: int, sense: Sense, past: bool, phrases: Sequence[tuple[int, int]], heard: set[int]
    ) -> Role:
        inside = any(first <= start and end <= last for first, last in phrases)
        near = 0 if inside else 1 if self.document.sentence_index(start) in heard else 2
        return Role(start, end, sense, near, past)

    # ------------------------------------------------------------ people

    def _of_person(
        self, voice: Voice, phrases: Sequence[tuple[int, int]], titles: Sequence[Evidence]
    ) -> Iterator[tuple[int, int, Sense, bool]]:
        mentions = self.mentions.get(voice.entity or "", ())[:_MENTIONS]
        own = [(m.start, m.end) for m in mentions]
        for start, end in dict.fromkeys([(t.start, t.end) for t in titles] + [*phrases]):
            for first, last in self._without_names(start, end, own):
                yield from self._in_phrase(first, last)
        for _, end in own:
            yield from self._affiliation(end)
        for _, end in [*own, *([] if own else phrases[:1])]:
            yield from self._behind(end if own else phrases[0][0], within=None if own else end)

    def _without_names(self, start: int, end: int, names: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The stretches of a source phrase before and behind the name of the source itself."""
        for first, last in names:
            if start <= first and last <= end:
                yield start, first
                comma = self.document.text.find(",", last, end)
                if comma >= 0:  # what stands between is where somebody is of
                    yield comma, end
                return
        yield start, end

    def _in_phrase(self, start: int, end: int) -> Iterator[tuple[int, int, Sense, bool]]:
        """The roles of a phrase, parted at "and", a comma and "who is now"."""
        first, last = self._range(start, end)
        past = False
        for a, b, clause in self._parts(first, last):
            words = self.tokens.words[a:b]
            if a > first and self.tokens.lowers[a] in classes()["preposition"]:
                continue  # "Ann Reed, in a statement of the press secretary"
            past = self._is_past(a, b) or (past and clause == "and")
            finding = Phrase(words).of_person()
            if finding is not None and finding.sense.role_class != OPEN:
                yield (*self._span(a, finding), finding.sense, past)

    def _range(self, start: int, end: int) -> tuple[int, int]:
        first = bisect_left(self.tokens.starts, start)
        return first, min(bisect_left(self.tokens.starts, end), first + _LONGEST)

    def _span(self, first: int, finding: Finding) -> tuple[int, int]:
        return self.tokens.starts[first + finding.first], self.tokens.ends[first + finding.last - 1]

    def _parts(self, first: int, last: int) -> Iterator[tuple[int, int, str]]:
        """(first token, last token, what comes before it): "founder and director"; "a clerk who is now mayor"."""
        lowers, before = self.tokens.lowers, ""
        a = first
        for k in range(first, last):
            low = lowers[k]
            joins = low in people_words()["joins_roles"] and self._has_role(a, k) and self._has_role(k + 1, last)
            opens = low == "who" or (low == "," and lowers[k - 1 : k] != [","])
            if not (joins or opens):
                continue
            if k > a:
                yield a, k, before
            a, before = k + 1, "and" if joins else low
        if last > a:
            yield a, last, before

    def _has_role(self, a: int, b: int) -> bool:
        return Phrase(self.tokens.words[a:b]).of_person() is not None

    def _is_past(self, a: int, b: int) -> bool:
        return any(
            word.rstrip("-") in people_words()["past"] or word.startswith("ex-")
            for word in self.tokens.lowers[a : min(b, a + 4)]
        )

    def _behind(self, offset: int, within: int | None) -> Iterator[tuple[int, int, Sense, bool]]:
        """What somebody does, or was made: ", who runs the bakery", "was elected mayor"."""
        tokens = self.tokens
        k = bisect_left(tokens.starts, offset)
        stop = min(len(tokens), k + (_LONGEST if within else 6))
        who = next(
            (j for j in range(k, stop) if tokens.lowers[j] == "who" and (within is None or tokens.starts[j] < within)),
            None,
        )
        if who is not None and (within or all(w == "," or w[0].isdigit() for w in tokens.words[k:who])):
            yield from self._by_verb(who + 1)
        yield from self._by_appointment(k if who is None else who + 1)

    def _affiliation(self, offset: int) -> Iterator[tuple[int, int, Sense, bool]]:
        """The body that somebody is of, behind the name: "Ann Reed of the University of Torva"."""
        tokens = self.tokens
        k = bisect_left(tokens.starts, offset)
        if tokens.lowers[k : k + 1] and tokens.lowers[k] in people_words()["of_body"]:
            stop = next((j for j in range(k + 1, min(len(tokens), k + _CLAUSE)) if self._ends_name(j)), k + 1)
            words = [word for word in tokens.lowers[k + 1 : stop]]
            for end in range(1, len(words) + 1):
                found = body_at(words, end)
                if found is not None and words[end - 1] not in people_words()["place_too"]:
                    yield tokens.starts[k + 1], tokens.ends[stop - 1], found[0], False
                    return

    def _ends_name(self, k: int) -> bool:
        """Does the name of a body end before token k?"""
        word = self.tokens.words[k]
        joins = word in ("of", "the", "for", "and", "'s", "’s", "&", "-")
        body = body_at([self.tokens.lowers[k]], 1) is not None
        return not (word[0].isupper() or joins or body)

    def _by_verb(self, k: int) -> Iterator[tuple[int, int, Sense, bool]]:
        while k < len(self.tokens) and self.tokens.lowers[k] in people_words()["before_verb"]:
            k += 1
        end = next(
            (
                j
                for j in range(k, min(len(self.tokens), k + _CLAUSE))
                if not self.tokens.words[j][0].isalnum() and self.tokens.words[j][0] not in "'’-"
            ),
            min(len(self.tokens), k + _CLAUSE),
        )
        tables = role_words()
        words = list(self.tokens.lowers[k:end])
        office, act = starting(tables.office_verbs, words), starting(tables.verbs, words)
        if act is not None and (office is None or act[1] > office[1]):
            yield self.tokens.starts[k], self.tokens.ends[end - 1], act[0], False
        elif office is not None:
            sense = _body_of(words, office[1]) or office[0]
            if sense.role_class != OPEN:
                yield self.tokens.starts[k], self.tokens.ends[end - 1], sense, False

    def _by_appointment(self, k: int) -> Iterator[tuple[int, int, Sense, bool]]:
        lowers, last = self.tokens.lowers, len(self.tokens)
        while k < last and lowers[k] in people_words()["before_verb"]:
            k += 1
        if k >= last or lowers[k] not in people_words()["appoints"]:
            return
        k += 1
        while k < last and lowers[k] in people_words()["before_office"]:
            k += 1
        end = next((j for j in range(k, min(last, k + 8)) if not self.tokens.words[j][0].isalnum()), min(last, k + 8))
        if end > k:
            yield from self._in_phrase(self.tokens.starts[k], self.tokens.ends[end - 1])

    def _of_group(self, phrases: Sequence[tuple[int, int]]) -> list[tuple[int, int, Sense, bool]]:
        first, last = self._range(*phrases[0])
        finding = Phrase(self.tokens.words[first:last]).of_group()
        return [(*self._span(first, finding), finding.sense, False)] if finding else []

    # ------------------------------------------------------------ bodies

    def _of_body(
        self, voice: Voice, kind: str, phrases: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, int, Sense, bool]]:
        mentions = self.mentions.get(voice.entity or "", ())[:_MENTIONS]
        if kind == "outlet":
            start, end = (mentions[0].start, mentions[0].end) if mentions else phrases[0]
            yield start, end, Sense("journalist", "ROLE.JOURNALIST"), False
            return
        spans = dict.fromkeys([*((m.start, m.end) for m in mentions), *phrases])
        found = [role for m in mentions for role in self._described(m)]
        found = found or [role for start, end in spans for role in self._body_words(start, end)]
        if not found and kind == "government":
            start, end = (mentions[0].start, mentions[0].end) if mentions else phrases[0]
            found = [(start, end, Sense("official", "ROLE.OFFICIAL"), False)]
        yield from found

    def _body_words(self, start: int, end: int) -> list[tuple[int, int, Sense, bool]]:
        first, last = self._range(start, end)
        comma = next((k for k in range(first, last) if self.tokens.words[k] == ","), last)
        words = self.tokens.words[first:comma]
        named = [(k, role_words().names.get((word.lower(),))) for k, word in enumerate(words) if word[0].isupper()]
        known = next(((k, sense) for k, sense in named if sense), None)
        if known is not None:
            k, sense = known
            return [(self.tokens.starts[first + k], self.tokens.ends[first + k], sense, False)]
        finding = Phrase(words).of_body() if words else None
        return [(*self._span(first, finding), finding.sense, False)] if finding else []

    def _described(self, mention: Mention) -> Iterator[tuple[int, int, Sense, bool]]:
        """The noun before the name of a body, and the apposition behind it: "carmaker Torva", "Torva, a charity"."""
        tokens = self.tokens
        k, first = bisect_left(tokens.starts, mention.end), bisect_left(tokens.starts, mention.start)
        if first and tokens.words[first - 1].islower():
            found = body_at(list(tokens.lowers[max(0, first - 3) : first]), min(3, first))
            if found is not None:
                yield tokens.starts[first - min(3, first) + found[1]], tokens.ends[first - 1], found[0], False
        if k + 2 < len(tokens) and tokens.words[k] == "," and tokens.lowers[k + 1] in ("a", "an", "the"):
            end = next(
                (j for j in range(k + 2, min(len(tokens), k + 14)) if tokens.words[j] == ","), min(len(tokens), k + 14)
            )
            finding = Phrase(tokens.words[k + 1 : end]).of_body()
            if finding is not None:
                yield (*self._span(k + 1, finding), finding.sense, False)


def starting(table: dict[Words, Sense], words: Sequence[str]) -> tuple[Sense, int] | None:
    """What the longest run of words says that some words open with, and how many they are."""
    sizes = range(min(6, len(words)), 0, -1)
    return next(((table[tuple(words[:n])], n) for n in sizes if tuple(words[:n]) in table), None)


def _body_of(words: Sequence[str], start: int) -> Sense | None:
    """What the first body behind a verb says: "runs the town's only charity"."""
    for end in range(start + 1, len(words) + 1):
        found = body_at(words, end, start)
        if found is not None:
            return found[0]
    return None
