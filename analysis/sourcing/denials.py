"""Denials: the source says that it is not so. To reject a claim is one; to deny funding or reject a bill is an act."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.sourcing.draft import Draft
from analysis.sourcing.source_kinds import own_words
from analysis.sourcing.source_phrase import head_of
from analysis.sourcing.view import OBJECT, View


def without_acts(view: View, drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts but for those that only tell what somebody withheld; those that reject a claim become denials.

    >>> from analysis import annotate
    >>> text = "Reed denied the theft. The council denied funding to the port. Cole rejected the claim."
    >>> [(a.cue_lemma, a.stance) for a in annotate(text).attributions]
    [('deny', 'denial'), ('reject', 'denial')]
    """
    kept = []
    for draft in drafts:
        rule = draft.rule.id if draft.rule else ""
        if rule == "CUE.DENY" and _withholds(view, draft):
            continue
        if rule == "CUE.REJECT" and _object(view, draft) in own_words()["claim"] and not _by_court(view, draft):
            draft.stance = "denial"
        kept.append(draft)
    return kept


def _object(view: View, draft: Draft) -> str:
    return view.L[head_of(view, draft.content[0])]


def _withholds(view: View, draft: Draft) -> bool:
    """Is a good or a right denied, or is somebody denied it: "denied bail", "denied them entry"?"""
    a, b = draft.content[0]
    return _object(view, draft) in own_words()["granted"] or (view.K[a] == OBJECT and b - a > 1)


def _by_court(view: View, draft: Draft) -> bool:
    """A court that dismisses charges decides on them."""
    return any(not own_words()["court"].isdisjoint(view.L[a:b]) for a, b in draft.source)
