"""Chains: which attribution stands inside another's content, and which one another rests on."""

from __future__ import annotations

from analysis.sourcing.draft import Draft
from analysis.sourcing.view import View

WINDOW = 24         # neighbours in the order of the text that may hold a cue in their content


def link(view: View, drafts: list[Draft]) -> list[Draft]:
    """Order the drafts by the place of their cue, and set the parent of each: the attribution with the shortest
    content in which its cue stands."""
    drafts.sort(key=lambda d: (d.at, d.cue or d.content))
    for i, draft in enumerate(drafts):
        for other in drafts[max(0, i - 6):i]:
            _untangle(view, draft, other)
            _untangle(view, other, draft)
    drafts = [d for d in drafts if d.content]
    for i, draft in enumerate(drafts):
        if draft.basis_of is not None:
            draft.parent = draft.basis_of
            continue
        best = None
        for other in drafts[max(0, i - WINDOW):i + WINDOW]:
            if other is draft or other.basis_of is not None or not _inside(draft, other) or _inside(other, draft):
                continue
            if best is None or other.length < best.length:
                best = other
        draft.parent = best
    return drafts


def _inside(draft: Draft, other: Draft) -> bool:
    place = draft.at
    return any(a <= place < b for a, b in other.content)


def _untangle(view: View, outer: Draft, inner: Draft) -> None:
    """Where each cue stands in the other's content, the one whose cue comes behind its content is the outer one:
    in "Reed said it was late, Cole said" Reed's content ends before Cole."""
    if outer.template.startswith(("postposed", "inverted", "according")) and _inside(inner, outer) and _inside(outer, inner):
        edge = min(a for a, _ in outer.source + outer.cue)
        inner.content = [r for r in (view.trim(a, min(b, edge)) for a, b in inner.content if a < edge) if r[1] > r[0]]

