"""Chains: which attribution is inside another's content, and which one another rests on."""

from __future__ import annotations

from bisect import bisect_left

from analysis.sourcing.draft import Draft
from analysis.sourcing.view import View

OUTER = ("postposed", "inverted", "according", "hearing")  # templates whose cue comes after the content
WINDOW = 24  # how many neighbours in the order of the text may have a cue in their content
_TANGLED = 6  # how many neighbours before a cue may be in each other's content


def link(view: View, drafts: list[Draft]) -> list[Draft]:
    """Order the drafts by the place of their cue, and set the parent of each: the attribution with the shortest content
    around its cue, or the one that it is the basis of.
    """
    drafts.sort(key=lambda d: (d.at, d.cue or d.content))
    _untangle_all(view, drafts)
    drafts = [d for d in drafts if d.content]
    places = [d.at for d in drafts]
    parents: set[Draft] = set()  # only those can be ancestors
    for draft, place, around in zip(drafts, places, _around(drafts, places), strict=True):
        holders = [
            drafts[j]
            for j in around
            if drafts[j].basis_of is None
            and _holds(drafts[j], place)
            and not _holds(draft, places[j])
            and not (draft in parents and _descends(drafts[j], draft))
        ]
        draft.parent = draft.basis_of or min(holders, key=lambda d: d.length, default=None)
        if draft.parent is not None:
            parents.add(draft.parent)
    return drafts


def _untangle_all(view: View, drafts: list[Draft]) -> None:
    places = [d.at for d in drafts]
    outer = [d.template.startswith(OUTER) for d in drafts]
    for i, draft in enumerate(drafts):
        for j in range(max(0, i - _TANGLED), i):
            other = drafts[j]
            for n, first, second in ((i, draft, other), (j, other, draft)):
                if outer[n] and _holds(draft, places[j]) and _holds(other, places[i]):
                    _untangle(view, first, second)


def _untangle(view: View, outer: Draft, inner: Draft) -> None:
    """If each cue is in the other's content, the one whose cue comes after its content is the outer one: in "Reed said
    it was late, Cole said" Reed's content ends before Cole."""
    edge = min(a for a, _ in outer.source + outer.cue) if outer.edge is None else outer.edge
    inner.content = [r for r in (view.trim(a, min(b, edge)) for a, b in inner.content if a < edge) if r[1] > r[0]]


def _around(drafts: list[Draft], places: list[int]) -> list[list[int]]:
    """For each draft, the neighbours between whose first and last content its cue stands; `places` are in order."""
    around: list[list[int]] = [[] for _ in drafts]
    for j, draft in enumerate(drafts):
        low, high = min(a for a, _ in draft.content), max(b for _, b in draft.content)
        first = bisect_left(places, low, max(0, j - WINDOW + 1))
        last = bisect_left(places, high, first, min(len(drafts), j + WINDOW + 1))
        for i in range(first, last):
            if i != j:
                around[i].append(j)
    return around


def _descends(draft: Draft | None, ancestor: Draft) -> bool:
    """Does the chain of parents of `draft` lead to `ancestor`?"""
    while draft is not None:
        if draft is ancestor:
            return True
        draft = draft.parent
    return False


def _holds(draft: Draft, place: int) -> bool:
    for a, b in draft.content:  # noqa: SIM110 (asked so often that a generator would take most of the time)
        if a <= place < b:
            return True
    return False
