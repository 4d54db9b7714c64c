"""Chains: which attribution stands inside another's content, and which one another rests on."""

from __future__ import annotations

from analysis.sourcing.draft import Draft
from analysis.sourcing.view import View

OUTER = ("postposed", "inverted", "according")  # templates whose cue stands behind the content
WINDOW = 24  # neighbours in the order of the text that may hold a cue in their content


def link(view: View, drafts: list[Draft]) -> list[Draft]:
    """Order the drafts by the place of their cue, and set the parent of each: the attribution with the shortest
    content in which its cue stands."""
    drafts.sort(key=lambda d: (d.at, d.cue or d.content))
    for i, draft in enumerate(drafts):
        for other in drafts[max(0, i - 6) : i]:
            if draft.template.startswith(OUTER):
                _untangle(view, draft, other)
            if other.template.startswith(OUTER):
                _untangle(view, other, draft)
    drafts = [d for d in drafts if d.content]
    places = [d.at for d in drafts]
    reach = [(min(a for a, _ in d.content), max(b for _, b in d.content)) for d in drafts]
    for i, draft in enumerate(drafts):
        if draft.basis_of is not None:
            draft.parent = draft.basis_of
            continue
        at, best = places[i], None
        for j in range(max(0, i - WINDOW), min(len(drafts), i + WINDOW)):
            low, high = reach[j]
            if low <= at < high and j != i:
                other = drafts[j]
                if (
                    other.basis_of is None
                    and _inside(at, other)
                    and not _inside(places[j], draft)
                    and (best is None or other.length < best.length)
                    and not _descends(other, draft)
                ):
                    best = other
        draft.parent = best
    return drafts


def _descends(draft: Draft | None, ancestor: Draft) -> bool:
    """Does the chain of parents of `draft` lead to `ancestor`?"""
    while draft is not None:
        if draft is ancestor:
            return True
        draft = draft.parent
    return False


def _inside(place: int, draft: Draft) -> bool:
    return any(a <= place < b for a, b in draft.content)


def _untangle(view: View, outer: Draft, inner: Draft) -> None:
    """Where each cue stands in the other's content, the one whose cue comes behind its content is the outer one:
    in "Reed said it was late, Cole said" Reed's content ends before Cole."""
    if _inside(inner.at, outer) and _inside(outer.at, inner):
        edge = min(a for a, _ in outer.source + outer.cue)
        inner.content = [r for r in (view.trim(a, min(b, edge)) for a, b in inner.content if a < edge) if r[1] > r[0]]
