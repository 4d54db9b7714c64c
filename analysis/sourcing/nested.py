"""Second-hand reports inside a quotation: “As the minister told Reuters, there is no plan B,” Mr Teague said.

They are read as separate sentences, and only in their plainest forms: people in quotations say much that looks like a
report ("I'd say", "people think"), and precision comes before recall.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from analysis.sourcing.chains import link
from analysis.sourcing.cues import cue_table
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.phrases import read_phrases
from analysis.sourcing.reports import read_sentence
from analysis.sourcing.source_kinds import own_words
from analysis.sourcing.view import END_MARKS, View, words

_SAYS = frozenset(("CUE.SAY", "CUE.TELL", "CUE.STATE", "CUE.WRITE", "CUE.CLAIM"))
_ACCORDING = "CUE.ACCORDING"
_LONGEST = 200  # tokens of a sentence in a quotation that are read together
_NEAR = 12  # contents that start before a cue and are looked at: keeps the time linear


def read_nested(view: View, outer: list[Draft]) -> list[Draft]:
    """All drafts in order: `outer`, and those inside the quotations that are content of one of them."""
    cues = [k for k in view.document.tokens.find(_forms()) if view.Q[k]]
    if not cues:
        return outer
    inner = view.inside()
    found = [
        draft
        for low, last in _sentences(inner, view.quotes)
        for draft in _read(inner, low, last, [k for k in _within(cues, low, last) if not inner.Q[k]])
        if _is_plain(inner, draft, low)
    ]
    for draft in found:
        draft.content = [(a, _speaker_again(inner, a, b)) for a, b in draft.content]
    found = link(inner, found)
    holders = _holders(outer, found)
    for draft in found:
        draft.nested, draft.kind = True, inner.kind(draft.content)
        draft.parent = draft.parent or holders.get(id(draft))
    return sorted([*outer, *(d for d in found if d.parent is not None)], key=lambda d: d.at)


def _read(inner: View, low: int, last: int, cues: list[int]) -> list[Draft]:
    verbs = [k for k in cues if inner.L[k] != "according"]
    phrases = [k for k in cues if inner.L[k] == "according"]
    drafts = read_sentence(inner, low, last, verbs) if verbs else []
    return drafts + read_phrases(inner, low, last, phrases, drafts) if phrases else drafts


@cache
def _forms() -> frozenset[str]:
    """Word forms that may open such a report."""
    verbs = (form for form, cue in cue_table().items() if any(own.id in _SAYS for own in cue.takes.values()))
    return frozenset(verbs) | {"according"}


def _sentences(inner: View, quotes: list[Range]) -> Iterator[Range]:
    """The sentences of each quotation without its marks: they end at a stop before a capital, or are cut where they
    grow so long that reading them at once would no longer take time in line with the text."""
    for first, end in quotes:
        last = end if inner.W[end - 1][0].isalnum() else end - 1
        low = first + 1
        for k in range(low, last):
            stop = inner.W[k] in END_MARKS and not inner.Q[k] and (k + 1 >= last or inner.W[k + 1][0].isupper())
            if stop or k - low >= _LONGEST:
                yield low, k + 1
                low = k + 1
        if low < last:
            yield low, last


def _within(places: list[int], low: int, last: int) -> list[int]:
    return places[bisect_left(places, low) : bisect_left(places, last)]


def _is_plain(inner: View, draft: Draft, low: int) -> bool:
    """Is the draft a statement that somebody else made, and no "I say", "he would say", "if they tell you"?"""
    rule = draft.rule.id if draft.rule else ""
    if (rule not in _SAYS and rule != _ACCORDING) or not draft.source or not draft.content or not draft.cue:
        return False
    first, (cue, end) = draft.source[0][0], draft.cue[0]
    if inner.L[first] in words()["first_person"] or inner.L[first] in own_words()["says_nobody"]:
        return False
    start = min(first, cue)
    around = (*inner.L[cue:end], *inner.L[max(low, start - 2) : start])
    return rule == _ACCORDING or (own_words()["unreal"].isdisjoint(around) and "?" not in inner.W[end : end + 2])


def _speaker_again(inner: View, a: int, b: int) -> int:
    """Where a content ends because the one who is quoted goes on in the first person: ", and I believe it"."""
    for k in range(a + 1, b - 2):
        if inner.W[k] == "," and inner.L[k + 1] in ("and", "but", "so") and inner.L[k + 2] in ("i", "we"):
            return k
    return b


def _holders(outer: list[Draft], found: list[Draft]) -> dict[int, Draft]:
    """For each draft found, by id(), the one of `outer` with the shortest content in which its cue stands."""
    spans = sorted((a, b, n) for n, d in enumerate(outer) for a, b in d.content if d.basis_of is None)
    starts = [a for a, _, _ in spans]
    out: dict[int, Draft] = {}
    for draft in found:
        i = bisect_right(starts, draft.at)
        around = [outer[n] for a, b, n in spans[max(0, i - _NEAR) : i] if draft.at < b]
        if around:
            out[id(draft)] = min(around, key=lambda d: d.length)
    return out
