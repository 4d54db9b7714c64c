"""Stretches of tokens of one document, and what is found in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Iterator
from typing import NamedTuple

from analysis.people.role_words import Finding, Sense
from analysis.text.document import Document

_LONGEST = 24  # tokens of a role


class Found(NamedTuple):
    """A role at ``text[start:end]``; `past` if it is what somebody used to be."""

    start: int
    end: int
    sense: Sense
    past: bool = False


class Stretches:
    """The tokens of a document as parallel lists, and ways to walk along them."""

    def __init__(self, document: Document) -> None:
        tokens = document.tokens
        self.starts, self.ends, self.words, self.lowers = tokens.starts, tokens.ends, tokens.words, tokens.lowers
        names = (document.text[m.start : m.end] for m in document.mentions if m.label == "GPE")
        self.places = frozenset(word for name in names for word in name.lower().split())

    def token(self, offset: int) -> int:
        """The first token that starts at or after `offset`."""
        return bisect_left(self.starts, offset)

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The tokens (half-open) of a stretch of the text, as many as a role may have."""
        first = self.token(start)
        return first, min(self.token(end), first + _LONGEST)

    def found(self, first: int, finding: Finding | None, *, past: bool = False) -> Iterator[Found]:
        """A finding in the tokens from `first` on, as a stretch of the text."""
        if finding is not None:
            start, end = self.starts[first + finding.first], self.ends[first + finding.last - 1]
            yield Found(start, end, finding.sense, past)

    def first(self, k: int, most: int, holds: Callable[[int], bool]) -> int | None:
        """The first of the `most` tokens from k on for which `holds` is true; None if there is none."""
        return next((j for j in range(k, min(len(self.words), k + most)) if holds(j)), None)

    def until(self, k: int, most: int, ends: Callable[[int], bool]) -> int:
        """The end of a stretch from k on: the first token for which `ends` holds, or after `most` tokens."""
        found = self.first(k, most, ends)
        return min(len(self.words), k + most) if found is None else found

    def past(self, k: int, passed: Container[str]) -> int:
        """The first token from k on that is not one of the words to skip."""
        while k < len(self.words) and self.lowers[k] in passed:
            k += 1
        return k
