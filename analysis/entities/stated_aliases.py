"""Aliases that the text states: Ravel Torva, also known as Tor; Ellern (formerly called Port Ellern)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from analysis.entities import tables
from analysis.entities.tables import WORDS
from analysis.text.document import Mention

LOOK_BACK = 70  # characters from the second name back to the cue; with a bracket between, twice that
ADVERBS = frozenset(
    """also better best formerly previously popularly commonly widely now then otherwise once
sometimes often originally locally officially simply still generally usually affectionately universally""".split()
)
NAMED = frozenset("called nicknamed dubbed renamed".split())
OTHERWISE = frozenset("aka a.k.a. a.k.a".split())
AT_BIRTH = frozenset("née nee born".split())
BE = frozenset("is was are were be been has have had who".split())
ARTICLES = frozenset("the a an her his its their".split())
PLACES = frozenset(("GPE", "LOC", "FAC"))
NAMES = frozenset("pseudonym name nickname alias acronym initials".split())
KINDS_OF_NAME = ARTICLES | frozenset("pen stage birth old former english code street".split())
LAST_WORDS = NAMED | OTHERWISE | AT_BIRTH | NAMES | {"as", "by"}
CUES = (
    "known as",
    "known by",
    "called",
    "nicknamed",
    "dubbed",
    "renamed",
    "aka ",
    "a.k.a",
    "née ",
    "nee ",
    "born ",
    ": ",
)
QUOTES = " \t\n\"'“”‘’«»„*"


def cues_in(text: str) -> list[int]:
    """Where the text may state an alias: behind a cue, or behind a colon in a bracket.

    >>> cues_in("Ravel Torva, also known as Tor, fled.")
    [26]
    """
    out = []
    for cue in CUES:
        at = text.find(cue)
        while at >= 0:
            out.append(at + len(cue))
            at = text.find(cue, at + 1)
    return out


def stated(text: str, mentions: Sequence[Mention], ends: Mapping[int, int], k: int) -> int | None:
    """The mention that the text says is the same as mention k, standing before it; None where it says nothing.

    `ends` gives the mention by its last character.

    >>> text = "Ravel Torva, also known as Tor, fled."
    >>> both = [Mention(0, 11, "PERSON", "", ""), Mention(27, 30, "PERSON", "", "")]
    >>> stated(text, both, {11: 0, 30: 1}, 1)
    0
    """
    start = mentions[k].start
    near = text[max(0, start - 24) : start].rstrip(QUOTES).lower()
    last = near[near.rfind(" ") + 1 :]
    if last in ARTICLES:
        near = near[: -len(last)].rstrip(QUOTES)
        last = near[near.rfind(" ") + 1 :]
    if last.strip("“”\"‘’'(,") not in LAST_WORDS and not last.endswith(":"):
        return None
    base = max(0, start - LOOK_BACK)
    words = list(re.finditer(r"\S+", text[base:start].rstrip(QUOTES)))
    if not words or text[mentions[k].end : mentions[k].end + 2] in ("'s", "’s"):
        return None
    lows = [w.group().lower().strip("“”\"‘’'") for w in words]
    i = len(lows)
    while i and lows[i - 1] in ARTICLES:
        i -= 1
    if i and lows[i - 1].rstrip(",:") in NAMES:
        i -= 1
        while i and lows[i - 1] in KINDS_OF_NAME:
            i -= 1
    cue = lows[i - 1].lstrip("(") if i else ""
    if cue.endswith(":") and _is_language(words[i - 1].group().strip("(:")):
        return _in_brackets(text, mentions, ends, base + words[i - 1].start() + 1, k)
    opens = i > 0 and lows[i - 1].startswith("(")
    if cue in ("as", "by") and i > 1 and lows[i - 2].lstrip("(") == "known":
        i, opens = i - 2, lows[i - 2].startswith("(")
    elif cue in NAMED | OTHERWISE or (cue in AT_BIRTH and mentions[k].label == "PERSON"):
        i -= 1
    else:
        return None
    while i and not opens and lows[i - 1].lstrip("(") in ADVERBS:
        i, opens = i - 1, lows[i - 1].startswith("(")
    end = _end_of_first(text, base + words[i].start(), opens, lows[:i])
    first = ends.get(end) if end else None
    return None if first is None else _bearer(text, mentions, first, k)


def _in_brackets(text: str, mentions: Sequence[Mention], ends: Mapping[int, int], at: int, k: int) -> int | None:
    """X (Latin: Y): the name before the bracket, which is open at the language."""
    left = text[max(0, at - 3 * LOOK_BACK) : at]
    bracket = left.rfind("(")
    if bracket < left.rfind(")"):
        return None
    first = ends.get(at - len(left) + len(left[:bracket].rstrip()))
    return None if first is None else _bearer(text, mentions, first, k)


def _is_language(word: str) -> bool:
    return word in WORDS["language"] or tables.known()[0].get(word, ("",))[0] == "LANGUAGE"


def _bearer(text: str, mentions: Sequence[Mention], first: int, k: int) -> int | None:
    """Whose other name mention k is: `first`, or what stands before "of" there (Ravel of Torva, known as Tor)."""
    kinds = {mentions[first].label, mentions[k].label}
    if "PERSON" in kinds and kinds & PLACES:
        return first - 1 if first and text[mentions[first - 1].end : mentions[first].start] == " of " else None
    before = text[max(0, mentions[first].start - 12) : mentions[first].start].split()
    if len(kinds) > 1 and before and before[-1] in ("of", "in", "to", "near", "at", "for"):
        return None
    return first


def _end_of_first(text: str, cue: int, opens: bool, before: Sequence[str]) -> int | None:
    """Where the name ends that the cue speaks of: behind it stand a comma, a bracket, or is and was."""
    left = text[max(0, cue - 2 * LOOK_BACK) : cue].rstrip()
    offset = max(0, cue - 2 * LOOK_BACK)
    if opens:
        return offset + len(left)
    if left.endswith((",", "—", "–")):
        bracket = left.rfind("(")
        inner = left[:-1].rstrip()
        if bracket > 0 and (left.rfind(")") < bracket or inner.endswith(")")):
            return offset + len(left[:bracket].rstrip())  # X (Latin: Y, also known as; X (born 1950), known as
        return offset + len(inner)
    n = len(before)
    while n and before[n - 1] in BE:
        n -= 1
    if n == len(before):
        return None
    for word in reversed(before[n:]):
        left = left[: len(left) - len(word)].rstrip()
    return offset + len(left.rstrip(","))
