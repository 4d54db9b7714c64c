"""Denials and refusals. To reject a claim is to say that it is wrong, and to decline to comment is to say nothing; to
deny funding, to reject a bill or to refuse to leave is an act."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.sourcing.draft import Draft
from analysis.sourcing.source_kinds import own_words
from analysis.sourcing.source_phrase import head_of
from analysis.sourcing.view import ADVERB, OBJECT, View


def without_acts(view: View, drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts without those that only say what somebody did; those that reject a claim become denials.

    >>> from analysis import annotate
    >>> text = "Reed declined to comment. Cole refused to leave the hall. Membership has declined 40%."
    >>> [(a.cue_lemma, a.stance) for a in annotate(text).attributions]
    [('decline', 'refusal')]
    >>> text = "Reed denied the theft. The council denied funding to the port. Cole rejected the claim."
    >>> [(a.cue_lemma, a.stance) for a in annotate(text).attributions]
    [('deny', 'denial'), ('reject', 'denial')]
    """
    kept = []
    for draft in drafts:
        rule = draft.rule.id if draft.rule else ""
        if rule == "CUE.DENY" and _withholds(view, draft):
            continue
        if rule == "CUE.REFUSE" and not _will_not_speak(view, draft):
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


def _will_not_speak(view: View, draft: Draft) -> bool:
    """Is it speaking that is declined: "to comment", "to be named", "an interview"?  Not "to sign", "40%"."""
    a, b = draft.content[0]
    if view.L[a] != "to":
        return not own_words()["not_given"].isdisjoint(view.L[a:b])
    verb = next((k for k in range(a + 1, b) if view.K[k] != ADVERB), a)
    if view.L[verb] == "be":
        return not own_words()["not_shown"].isdisjoint(view.L[verb + 1 : min(b, verb + 3)])
    return view.L[verb] in own_words()["not_spoken"]


def _by_court(view: View, draft: Draft) -> bool:
    """A court that dismisses charges decides on them."""
    return any(not own_words()["court"].isdisjoint(view.L[a:b]) for a, b in draft.source)
