"""Chains: which attribution stands inside another's content, and which one another rests on."""

from __future__ import annotations

from bisect import bisect_left

from analysis.sourcing.draft import Draft
from analysis.sourcing.view import View

OUTER = ("postposed", "inverted", "according", "hearing")  # templates whose cue stands behind the content
WINDOW = 24  # neighbours in the order of the text that may hold a cue in their content


def link(view: View, drafts: list[Draft]) -> list[Draft]:
    """Order the drafts by the place of their cue, and set the parent of each: the attribution with the shortest
    content in which its cue stands."""
    drafts.sort(key=lambda d: (d.at, d.cue or d.content))
    places = [d.at for d in drafts]
    outer = [d.template.startswith(OUTER) for d in drafts]
    for i, draft in enumerate(drafts):
        for j in range(max(0, i - 6), i):
            other = drafts[j]
            if outer[i] and _inside(places[j], draft) and _inside(places[i], other):
                _untangle(view, draft, other)
            if outer[j] and _inside(places[j], draft) and _inside(places[i], other):
                _untangle(view, other, draft)
    drafts = [d for d in drafts if d.content]
    places = [d.at for d in drafts]
    for i, (draft, around) in enumerate(zip(drafts, _around(drafts, places), strict=True)):
        if draft.basis_of is not None:
            draft.parent = draft.basis_of
            continue
        best = None
        for j in around:
            other = drafts[j]
            if (
                other.basis_of is None
                and _inside(places[i], other)
                and not _inside(places[j], draft)
                and (best is None or other.length < best.length)
                and not _descends(other, draft)
            ):
                best = other
        draft.parent = best
    return drafts


def _around(drafts: list[Draft], places: list[int]) -> list[list[int]]:
    """For each draft, the neighbours between whose first and last content its cue stands; `places` are in order."""
    around: list[list[int]] = [[] for _ in drafts]
    for j, draft in enumerate(drafts):
        low, high = min(a for a, _ in draft.content), max(b for _, b in draft.content)
        first = bisect_left(places, low, max(0, j - WINDOW + 1))
        for i in range(first, min(len(drafts), j + WINDOW + 1)):
            if places[i] >= high:
                break
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


def _inside(place: int, draft: Draft) -> bool:
    for a, b in draft.content:  # noqa: SIM110 (asked so often that a generator would take most of the time)
        if a <= place < b:
            return True
    return False


def _untangle(view: View, outer: Draft, inner: Draft) -> None:
    """Where each cue stands in the other's content, the one whose cue comes behind its content is the outer one:
    in "Reed said it was late, Cole said" Reed's content ends before Cole."""
    edge = min(a for a, _ in outer.source + outer.cue) if outer.edge is None else outer.edge
    inner.content = [r for r in (view.trim(a, min(b, edge)) for a, b in inner.content if a < edge) if r[1] > r[0]]
