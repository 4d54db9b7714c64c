"""Adjuncts of a cue ("on Friday", "in an interview with Sky News"): stepped over on the way to the content."""

from __future__ import annotations

from analysis.sourcing.sources import MONTHS, is_adjunct
from analysis.sourcing.view import (
    AUXILIARY,
    CONJUNCTION,
    PREPOSITION,
    RELATIVE,
    SUBJECT,
    TIME,
    View,
    words,
)

DAY_NOUNS = frozenset("week month year morning night evening afternoon day weekend summer spring fall winter".split())
# Words that may open an adjunct between a cue and its content.
_OPENS_ADJUNCT = frozenset("in on at during via from through after before by with following as when".split())
_REACH = 24


def skip_adjuncts(view: View, k: int, end: int) -> int:
    """Past "on Friday", "in an interview with Sky News", "last month": to where something else starts."""
    L, K = view.L, view.K
    for _ in range(4):
        if k >= end or view.Q[k]:
            return k
        if K[k] == TIME and not (L[k] in ("there", "here") and k + 1 < end and K[k + 1] == AUXILIARY):
            k += 1
            if k < end and L[k] in ("morning", "night", "evening", "afternoon"):
                k += 1
            continue
        if L[k] == "for" and L[k + 1 : k + 4] == ["the", "first", "time"]:
            k += 4
            continue
        if L[k] == "for" and L[k + 1] in ("weeks", "months", "years", "decades", "days"):
            k += 2
            continue
        if L[k] in ("last", "this", "earlier", "late", "early", "that", "next") and k + 1 < end:
            j = k + 1
            while j < end and j < k + 4 and L[j] in ("this", "last", "in", "the", "late"):
                j += 1
            if j < end and (L[j] in DAY_NOUNS or (K[j] == TIME and L[k] != "that")):
                k = j + 1
                continue
            return k
        if (L[k] in _OPENS_ADJUNCT) and k + 1 < end:
            j = _past_phrase(view, k, end)
            if j == k:
                return k
            k = j
            continue
        return k
    return k


def _past_phrase(view: View, k: int, end: int) -> int:
    """Past a phrase that opens with a preposition, up to "that", a quotation, a colon, a pronoun; k if it is none."""
    L, K, W = view.L, view.K, view.W
    limit = min(end, k + _REACH)
    if L[k] == "at" and L[k + 1] in ("least", "most"):
        return k
    for j in range(k + 1, limit):
        if view.Q[j]:
            if W[j - 1] in (",", ":"):
                return j
            if is_adjunct(view, k):
                break  # "vowed on Friday to answer “with all means”": the adjunct ends before the quotation
            return j if view.quotes[view.quote_at[j]][1] - j > 5 else k
        if W[j] == ":" or (L[j] == "that" and not demonstrative(view, j, end)):
            return j
        if W[j] == ",":
            if j + 1 < end and view.Q[j + 1]:
                return j
            if j + 1 < end and L[j + 1] == "that":
                return j + 1
            more = j + 1 < end and (L[j + 1] in ("saying", "adding") or L[j + 1] in words()["cites"])
            return j if more and is_adjunct(view, k) else k
        if K[j] == SUBJECT and L[j] in ("he", "she", "they", "it", "we", "i") and is_adjunct(view, k):
            return j
        if K[j] in (AUXILIARY, CONJUNCTION) and L[j] not in ("and", "'s"):
            break
    if not is_adjunct(view, k):
        return k
    # "said in March the plan ...", "wrote on Twitter."
    medium = words()["medium"]
    for j in range(k + 1, limit):
        if L[j] in medium or K[j] == TIME or (L[j].isdigit() and len(L[j]) == 4):
            while j + 1 < limit and L[j + 1] in medium:
                j += 1
            return j + 1 if j + 1 < limit else limit
        if W[j][0].isupper() and L[j] in MONTHS:
            j += 1
            while j < limit and L[j].isdigit():
                j += 1
            return j
    return k


def on_condition(view: View, k: int) -> bool:
    """ "on condition of anonymity", "on the condition that"."""
    return view.L[k] == "on" and "condition" in view.L[k + 1 : k + 3]


def adjunct_only(view: View, k: int, end: int) -> bool:
    """Is there nothing from k to the end of the sentence but adjuncts of the cue?"""
    while k < end and view.W[k] in (",", ")") and not view.Q[k]:
        k += 1
    if k >= end:
        return True
    if view.Q[k]:
        return False
    if view.K[k] == TIME:
        return end - k <= 12
    low = view.L[k]
    if low not in words()["adjunct"]:
        return False
    if low in ("this", "last", "late") and not any(_is_day(view, j) for j in range(k + 1, min(end, k + 4))):
        return False  # "..., they say, this could take long"
    if end - k > 25 or (low == "at" and view.L[k + 1] in ("least", "most")):
        return False
    phrase = view.K[k] == PREPOSITION and low not in ("after", "before", "since", "until")
    for j in range(k, end):
        if view.K[j] == RELATIVE or view.L[j] in ("when", "as", "where", "after", "because"):
            phrase = False
        if phrase and ((view.K[j] == AUXILIARY and view.L[j] != "'s") or view.L[j] in words()["finite"]):
            return False  # "reported on the day it was held": a clause of its own
        if (view.Q[j] and view.quotes and j in view.quote_at and view.quotes[view.quote_at[j]][1] - j > 6) or (
            view.L[j] == "that" and low not in ("when", "after", "as", "while")
        ):
            return False
    return True


def _is_day(view: View, k: int) -> bool:
    return view.L[k] in DAY_NOUNS or view.K[k] == TIME or view.L[k] in MONTHS


def demonstrative(view: View, k: int, end: int) -> bool:
    """ "said that was wrong": "that" is the subject; "rules that out": the object."""
    if k + 1 < end and view.L[k + 1] in ("out", "off", "up") and not view.Q[k + 1]:
        return True
    return k + 1 < end and view.K[k + 1] == AUXILIARY and not view.W[k + 1][0].isupper()
