"""Aliases that the text states: Ravel Torva, also known as Tor; Ellern (formerly called Port Ellern)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from analysis.entities.records import Place
from analysis.entities.tables import LISTS
from analysis.entities.word_evidence import known_kind
from analysis.text.document import Mention

LOOK_BACK = 70  # characters from the second name back to the cue; with a bracket between, twice that
_NAMED = LISTS["renaming"]
_AT_BIRTH = frozenset(("née", "nee", "born"))
_ARTICLES, _NAMES = LISTS["alias_article"], LISTS["name_noun"]
_KINDS_OF_NAME = _ARTICLES | LISTS["kind_of_name"]
_LAST_WORDS = _NAMED | _AT_BIRTH | _NAMES | {"as", "by"}
_PLACES = frozenset(("GPE", "LOC", "FAC"))
_MARKS = "\"“”‘’'"
_QUOTES = " \t\n«»„*" + _MARKS


def cues_in(text: str) -> list[int]:
    """Where the text may state an alias: after a cue, or after a colon in a bracket.

    >>> cues_in("Ravel Torva, also known as Tor, fled.")
    [26]
    """
    return [match.end() for cue in LISTS["alias_cue"] for match in re.finditer(re.escape(cue), text)]


def stated(text: str, mentions: Sequence[Mention | Place], ends: Mapping[int, int], k: int) -> int | None:
    """The earlier mention that the text says is the same as mention k; None if it says nothing.

    `ends` gives the mention by its last character.

    >>> text = "Ravel Torva, also known as Tor, fled."
    >>> both = [Mention(0, 11, "PERSON", "", ""), Mention(27, 30, "PERSON", "", "")]
    >>> stated(text, both, {11: 0, 30: 1}, 1)
    0
    """
    start, end = mentions[k].start, mentions[k].end
    if not _may_be_stated(text[max(0, start - 24) : start]) or text[end : end + 2] in ("'s", "’s"):
        return None
    base = max(0, start - LOOK_BACK)
    words = [
        _Word(m.group(), m.group().lower().strip(_MARKS), base + m.start())
        for m in re.finditer(r"\S+", text[base:start].rstrip(_QUOTES))
    ]
    cue = _cue(words, person=mentions[k].label == "PERSON")
    if cue is None:
        return None
    if words[cue].low.endswith(":"):
        first = ends.get(_end_before_bracket(text, words[cue].start + 1))
    else:
        first = ends.get(_end_of_first(text, words, cue))
    return None if first is None else _bearer(text, mentions, first, k)


class _Word(NamedTuple):
    """A word before the second name: as written, in lower case without quotation marks, and where it starts."""

    text: str
    low: str
    start: int

    @property
    def bare(self) -> str:
        return self.low.lstrip("(")


def _may_be_stated(near: str) -> bool:
    """Is the last word before the name, articles aside, one that another name comes after?"""
    words = near.rstrip(_QUOTES).lower().split(" ")
    while len(words) > 1 and words[-1] in _ARTICLES:
        words = " ".join(words[:-1]).rstrip(_QUOTES).split(" ")
    return words[-1].strip(_MARKS + "(,") in _LAST_WORDS or words[-1].endswith(":")


def _cue(words: Sequence[_Word], *, person: bool) -> int | None:
    """Where the cue begins that the words end with: also known by the stage name, (formerly called, (Latin:."""
    i = _before_name_phrase(words) - 1
    if i < 0:
        return None
    cue = words[i].bare
    if cue.endswith(":"):
        return i if _is_language(words[i].text.strip("(:")) else None
    if cue in ("as", "by") and i and words[i - 1].bare == "known":
        i -= 1
    elif cue not in _NAMED and not (cue in _AT_BIRTH and person):
        return None
    while i and not words[i].low.startswith("(") and words[i - 1].bare in LISTS["alias_adverb"]:
        i -= 1
    return i


def _before_name_phrase(words: Sequence[_Word]) -> int:
    """How many words are left before "the", or "the stage name", at their end."""
    i = len(words)
    while i and words[i - 1].low in _ARTICLES:
        i -= 1
    if i and words[i - 1].low.rstrip(",:") in _NAMES:
        i -= 1
        while i and words[i - 1].low in _KINDS_OF_NAME:
            i -= 1
    return i


def _is_language(word: str) -> bool:
    return word in LISTS["language"] or known_kind(word)[0] == "LANGUAGE"


def _end_before_bracket(text: str, at: int) -> int:
    """X (Latin: Y): where the name ends before the bracket that is open at `at`; -1 where none is."""
    base = max(0, at - 3 * LOOK_BACK)
    left = text[base:at]
    bracket = left.rfind("(")
    return -1 if bracket < left.rfind(")") else base + len(left[:bracket].rstrip())


def _end_of_first(text: str, words: Sequence[_Word], cue: int) -> int:
    """The end of the name that the cue is about: after it come a comma, a bracket, or is and was; otherwise -1."""
    base = max(0, words[cue].start - 2 * LOOK_BACK)
    left = text[base : words[cue].start].rstrip()
    if words[cue].low.startswith("("):
        return base + len(left)
    if left.endswith((",", "—", "–")):
        bracket = left.rfind("(")
        inner = left[:-1].rstrip()
        if bracket > 0 and (left.rfind(")") < bracket or inner.endswith(")")):
            return base + len(left[:bracket].rstrip())  # X (Latin: Y, also known as; X (born 1950), known as
        return base + len(inner)
    n = cue
    while n and words[n - 1].low in LISTS["alias_be"]:
        n -= 1
        left = left[: len(left) - len(words[n].low)].rstrip()
    return base + len(left.rstrip(",")) if n < cue else -1


def _bearer(text: str, mentions: Sequence[Mention | Place], first: int, k: int) -> int | None:
    """Whose other name mention k is: `first`, or what comes before "of" there (Ravel of Torva, known as Tor)."""
    kinds = {mentions[first].label, mentions[k].label}
    if "PERSON" in kinds and kinds & _PLACES:
        return first - 1 if first and text[mentions[first - 1].end : mentions[first].start] == " of " else None
    before = text[max(0, mentions[first].start - 12) : mentions[first].start].split()
    if len(kinds) > 1 and before and before[-1] in LISTS["place_tie"]:
        return None
    return first
