"""Datelines: "LEEDS, May 3 (Reuters) - The council ...": the place that the report comes from, before its first
sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

DASHES = frozenset(("—", "–", "--", "-"))
_REACH = 12  # the most tokens in a dateline


def dateline_end(words: Sequence[str], first: int, last: int) -> int:
    """The place after the dash of a dateline that opens a sentence, which has the tokens first to last; `first` if
    there is none.

    A dateline is recognised by the dash, a capital after it, and by capitals, a bracket or a day before it (Associated
    Press Stylebook, "datelines").

    >>> dateline_end("LEEDS ( Reuters ) - The council met".split(), 0, 8)
    5
    >>> dateline_end("Sales - and profits - will fall".split(), 0, 6)
    0
    """
    for k in range(first, min(last - 1, first + _REACH)):
        word = words[k]
        if word in DASHES:
            shouted = words[first].isupper() and len(words[first]) > 1
            told = shouted or "(" in words[first:k] or words[k - 1].isdigit()
            return k + 1 if k > first and told and not words[k + 1][0].islower() else first
        if word == ")" and words[k + 1] not in DASHES and _names_agency(words, first, k):
            return k + 1 if words[k + 1][0].isupper() else first
        if not (word[0].isupper() or word[0].isdigit() or word in (",", "(", ")", ".", "/")):
            break
    return first


def _names_agency(words: Sequence[str], first: int, close: int) -> bool:
    """Is it a place, a day and an agency in a bracket, without a dash after it: "LONDON, Oct 29 (Reuters) The plan"?"""
    opening = next((k for k in range(close - 1, first, -1) if words[k] == "("), first)
    return words[first].isupper() and words[opening - 1].isdigit() and "," in words[first:opening]
