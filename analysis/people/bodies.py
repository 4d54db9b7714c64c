"""What a body is that speaks: by the noun put to its name, by the words of its name, by what is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.people.role_words import Phrase, Sense, body_at, people_words, role_words
from analysis.people.stretches import Found, Stretches
from analysis.text.document import Mention

_BEFORE = 3  # tokens of a noun before a name
_BEHIND = 14  # tokens of an apposition
_OUTLET = Sense("journalist", "ROLE.JOURNALIST")
_STATE = Sense("official", "ROLE.OFFICIAL")


class Bodies:
    """Finds what the bodies of one document are."""

    def __init__(self, text: Stretches) -> None:
        self.text = text

    def of(self, kind: str, mentions: Sequence[Mention], phrases: Sequence[tuple[int, int]]) -> list[Found]:
        """What the text says a body is; `kind` is its source kind, `phrases` are the source phrases.

        A description counts before the words of the name, and these before what is known: that an outlet is an outlet,
        that whatever else is a government serves the state.
        """
        names = [(m.start, m.end) for m in mentions]
        first = (*names, *phrases)[0]
        if kind == "outlet":
            return [Found(*first, _OUTLET)]
        found = [one for mention in mentions for one in self._described(mention)]
        by_words = (one for start, end in dict.fromkeys([*names, *phrases]) for one in self._by_words(start, end))
        found = found or [one for one in by_words if kind == "government" or not self._is_place(one)]
        return found or ([Found(*first, _STATE)] if kind == "government" else [])

    def _described(self, mention: Mention) -> Iterator[Found]:
        """The noun before the name of a body, and the apposition after it: "carmaker Torva", "Torva, a charity"."""
        text = self.text
        first, last = text.token(mention.start), text.token(mention.end)
        low = max(0, first - _BEFORE)
        if first and text.words[first - 1].islower():
            before = body_at(text.lowers[low:first], first - low)
            if before is not None:
                yield Found(text.starts[low + before[1]], text.ends[first - 1], before[0])
        if text.words[last : last + 1] == [","] and text.lowers[last + 1 : last + 2] in (["a"], ["an"], ["the"]):
            end = text.until(last + 2, _BEHIND, lambda k: text.words[k] == ",")
            yield from text.found(last + 1, Phrase(text.words[last + 1 : end]).of_body())

    def _is_place(self, found: Found) -> bool:
        """Does the class rest on a noun for a place, so that a club of that name would be the town: "Torva City"?"""
        return self.text.lowers[self.text.token(found.start)] in people_words()["territory"]

    def _by_words(self, start: int, end: int) -> Iterator[Found]:
        """What the words of a name or a source phrase say, up to the first comma."""
        text = self.text
        first, last = text.range(start, end)
        last = text.until(first, last - first, lambda k: text.words[k] == ",")
        known = text.first(first, last - first, lambda k: self._known(k) is not None)
        sense = None if known is None else self._known(known)
        if known is not None and sense is not None:
            yield Found(text.starts[known], text.ends[known], sense)
        elif last > first:
            yield from text.found(first, Phrase(text.words[first:last]).of_body())

    def _known(self, k: int) -> Sense | None:
        """What the word at k is known as, where it is written as a name: UN, Kremlin."""
        name = self.text.words[k][0].isupper()
        return role_words().names.get((self.text.lowers[k],)) if name else None
