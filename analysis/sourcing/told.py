"""The person told: "told reporters", "warned residents the river would rise"."""

from __future__ import annotations

from analysis.sourcing.adjuncts import DAY_NOUNS, demonstrative, on_condition
from analysis.sourcing.source_kinds import role_kind
from analysis.sourcing.sources import MONTHS
from analysis.sourcing.view import (
    AUXILIARY,
    BREAKS,
    DETERMINER,
    OBJECT,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    SUBJECT,
    TIME,
    View,
    words,
)

_REACH = 24  # tokens a phrase may be long
WH = frozenset("whether if how why what who when where which".split())


def told_that(view: View, k: int, end: int) -> int:
    """Where "that" stands behind a short noun phrase at k ("warned managers that the dam was old"), or else k."""
    for j in range(k, min(end, k + 6)):
        if view.L[j] == "that":
            return j if j > k and not demonstrative(view, j, end) else k
        nominal = view.K[j] in ("", DETERMINER, POSSESSIVE, OBJECT, PREPOSITION)
        if view.Q[j] or not nominal or not view.W[j][0].isalnum():
            return k
    return k


def told_clause(view: View, k: int, end: int) -> int:
    """Where a clause or an infinitive stands behind those who are told ("warned residents the river would rise",
    "warned jurors not to speak"), or else k."""
    K, L, W = view.K, view.L, view.W
    j = k + 1
    if K[k] != OBJECT:
        limit = min(end, k + 9)
        while j < limit and (K[j] == "" or L[j] in ("of", "last")) and W[j][0].isalnum() and not view.Q[j]:
            if L[j - 1] == "not":
                break
            j += 1
        day = without_time(view, k, j)
        head = next((i for i in range(k + 1, day) if L[i] == "of"), day) - 1  # "told a committee of MPs last week ..."
        name = W[head][0].isupper() and K[head] == ""
        if view.Q[k] or not (name or L[head] in words()["pronoun_object"] or role_kind(L[head])):
            return k
    to = j + 1 if view.L[j] == "not" else j
    if to + 1 < end and view.L[to] == "to" and W[to + 1][0].islower():
        return j
    clause = K[j] in (SUBJECT, DETERMINER, POSSESSIVE) and not view.Q[j]
    for at in range(j + 1, min(end, j + 14)):
        if not clause or W[at] in (",", ";", ":") or K[at] == RELATIVE:
            break
        if K[at] == AUXILIARY and view.L[at] != "'s":
            return j
    return k


def past_recipient(view: View, k: int, end: int) -> int:
    """Past the person told: "told reporters", "told The Daily Post", "told a crowd in Leeds"."""
    L, K, W = view.L, view.K, view.W
    if (
        K[k] == OBJECT
        or (
            L[k] in words()["pronoun_object"]
            and not (
                K[k] == POSSESSIVE
                and k + 1 < end
                and not view.Q[k + 1]
                and K[k + 1] == ""
                and view.W[k + 1] not in (",", ":")
            )
        )
        or (K[k] == SUBJECT and L[k] in ("it", "you"))
    ):
        j = k + 1
    else:
        clause = told_clause(view, k, end)
        if clause > k:
            return without_time(view, k, clause)
        j = k
        limit = min(end, k + _REACH)
        while (
            j < limit
            and not view.Q[j]
            and (W[j] not in (",", ":", ";") or (W[j] == "," and _place_follows(view, j, limit)))
            and not (K[j] == AUXILIARY and L[j] != "'s")
            and L[j] not in WH
            and L[j] not in ("that", "to", "about", "he", "she", "they", "we", "i")
            and not on_condition(view, j)
            and not _clause_behind_name(view, j, k)
        ):
            j += 1
        if j < limit and (
            view.Q[j]
            or _clause_behind_name(view, j, k)
            or on_condition(view, j)
            or W[j] in (",", ":")
            or L[j] in WH
            or L[j] in ("that", "to", "about", "he", "she", "they", "we", "i")
        ):
            return without_time(view, k, j)
        j = k
        if K[j] in (DETERMINER, POSSESSIVE):
            j += 1
        while (
            j < end
            and not view.Q[j]
            and ((W[j][0].isupper() and K[j] != DETERMINER) or W[j] in ("'s", "’s", "of", "&", ".", "-"))
        ):
            j += 1
        if j == k + 1 and K[k] in (DETERMINER, POSSESSIVE):
            j += 1  # "told the council"
            last = j
            while last < end and K[last] == "" and W[last][0].islower() and not view.Q[last]:
                last += 1
            if L[last - 1] not in _TOLD and (last >= end or K[last] in (PREPOSITION, TIME) or W[last] in BREAKS):
                j = last  # "told a news conference on Friday"
        return j
    return j


_TOLD = frozenset("story stories tale tales truth lie lies joke jokes".split())  # told, and nobody told it to


def _clause_behind_name(view: View, j: int, k: int) -> bool:
    """Does a clause start at j behind a name that starts at k: "told CNN the senator “always” came"?"""
    return (
        j > k
        and view.W[j][0].islower()
        and view.K[j] in (DETERMINER, POSSESSIVE)
        and all(view.W[i][0].isupper() for i in range(k, j))
    )


def without_time(view: View, k: int, j: int) -> int:
    """The end of the phrase k:j without "last week", "on Monday" at its end."""
    end = j
    if view.K[j - 1] == TIME or (view.L[j - 1] in DAY_NOUNS and view.L[j - 2] in ("last", "this", "that", "earlier")):
        end = j - 1
        while end > k + 1 and view.L[end - 1] in ("last", "this", "that", "on", "late", "early", "earlier"):
            end -= 1
    elif view.L[j - 4 : j - 1] == ["earlier", "in", "the"] and view.L[j - 1] in DAY_NOUNS:
        end = j - 4
    elif view.L[j - 2] == "in" and (view.L[j - 1] in MONTHS or view.L[j - 1].isdigit()):
        end = j - 2
    return end if end > k else j


def _place_follows(view: View, comma: int, limit: int) -> bool:
    """ "told a crowd in Salem, New Hampshire, that": the comma stands inside a place name."""
    k = comma + 1
    while k < limit and view.W[k][0].isupper() and view.K[k] == "":
        k += 1
    return k > comma + 1 and k < limit and (view.L[k] in ("that", "on", "in", "last") or view.W[k] == ",")
