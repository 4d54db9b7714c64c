"""The base form of verbs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from analysis.grammar.words import irregular_verbs, word_table


@lru_cache(maxsize=20_000)
def base_form(low: str) -> str:
    """The base form of a verb, in lower case; the word itself where none is known.

    >>> [base_form(word) for word in ("said", "studies", "planning", "noted", "is", "ran")]
    ['say', 'study', 'plan', 'note', 'be', 'run']
    """
    known = irregular_verbs().get(low)
    if known:
        return known
    table = word_table()
    for candidate in _candidates(low):
        if "b" in table.get(candidate, ""):
            return candidate
    return low


def _candidates(low: str) -> Iterator[str]:
    """What the base form may be by spelling, the likeliest first."""
    if low.endswith("n't"):
        yield low[:-3]
    for ending, lengths in (("ies", 3), ("ied", 3), ("es", 2), ("s", 1), ("ed", 2), ("ing", 3)):
        if not low.endswith(ending) or len(low) < len(ending) + 2:
            continue
        stem = low[:-lengths]
        if ending in ("ies", "ied"):
            yield stem + "y"
        elif ending == "s":
            yield stem
        else:
            if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeiousl":
                yield stem[:-1]
            yield stem + "e"
            yield stem
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]
