"""Stage 4: the content, right of the cue or left of it, and where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from analysis.sourcing.adjuncts import demonstrative, skip_adjuncts
from analysis.sourcing.cues import cue_table
from analysis.sourcing.groups import Group
from analysis.sourcing.source_kinds import role_kind
from analysis.sourcing.sources import is_adjunct, left_source
from analysis.sourcing.told import WH, past_recipient, told_clause, told_that
from analysis.sourcing.view import (
    ADVERB,
    AUXILIARY,
    CONJUNCTION,
    DASHES,
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

# Behind a comma, what no longer belongs to a thing spoken of.
_AFTER_THING = frozenset("a an one including who which as after when while because in on at with even so".split())
_REACH = 24


class Right(NamedTuple):
    """What stands right of a cue. `mark` says how the content opens: that, quote, colon, wh, to, prep, bare, none."""

    cue_end: int
    start: int
    mark: str
    channel: tuple[int, int] | None


def look_right(view: View, group: Group, end: int) -> Right:
    """Past the person told and the adjuncts, to where the content would start."""
    k = group.last
    channel = None
    if k < end and group.cue.recipient and not view.Q[k] and view.W[k] not in (",", ":", "."):
        past = past_recipient(view, k, end)
        if past > k:
            channel, k = (k, past), past
    elif (
        k + 1 < end
        and view.L[k] == "to"
        and (view.K[k + 1] == OBJECT or view.L[k + 1] in words()["pronoun_object"] or view.W[k + 1][0].isupper())
        and not group.cue.takes.get("to")
        and "to" not in group.cue.preps
    ):
        past = past_recipient(view, k + 1, end)
        if past > k + 1 and past < end and (view.L[past] == "that" or view.Q[past] or view.W[past] in (",", ":")):
            channel, k = (k + 1, past), past
    counted = _counted(view, k)
    if k < end and view.L[k] in group.cue.preps and not view.Q[k] and not is_adjunct(view, k) and not counted:
        rest = k + 1
        for j in range(rest, min(end - 1, rest + 10)):
            if view.W[j] == ":" and view.Q[j + 1] and "quote" in group.cue.takes:
                return Right(j, j + 1, "quote", channel)  # "said of the mayor: “...”"
            if view.Q[j]:
                break
        if rest < end:
            return Right(rest, rest, "prep:" + view.L[k], channel)
    if (
        k + 2 < end
        and view.W[k] == ","
        and view.L[k + 1] in ("however", "though", "too", "instead", "meanwhile", "again")
        and view.W[k + 2] == ","
    ):
        k += 3
    cue_end = group.last
    if _adverb_and_that(view, k, end):
        cue_end, k = k + 1 if k == group.last else cue_end, k + 1  # "said privately that"
    k = skip_adjuncts(view, k, end)
    if k < end and view.W[k] == "," and not view.Q[k]:
        reach = _REACH if view.L[k + 1] in words()["cites"] else 8
        close = next((j for j in range(k + 1, min(end - 1, k + reach)) if view.W[j] == "," and not view.Q[j]), None)
        if close is not None and view.L[close + 1] == "that":
            k = close + 1  # "said, twice, that"; "reported, citing two officials, that"
    k = _colon_and_quote(view, group, k, end)
    colon = k < end and view.W[k] == ":" and not view.Q[k]
    comma = False
    while k < end and not view.Q[k] and (view.W[k] in (",", ":", "...", "…") or view.W[k] in DASHES):
        comma = comma or view.W[k] != ":"
        k += 1
    if k >= end:
        return Right(group.last, end, "none", channel)
    if view.Q[k]:
        mark = "quote"
    elif colon:
        mark = "colon"
    elif view.L[k] == "that" and not comma:
        takes = "that" in group.cue.takes or "basis" in group.cue.takes
        mark = "that" if takes and not demonstrative(view, k, end) else "bare"
    elif comma:
        mark = "comma"
    elif view.L[k] in WH:
        mark = "wh"
    elif view.L[k] == "to":
        mark = "to"
    elif view.L[k] == "as":
        mark = "as"
    elif view.L[k].endswith("ing") and view.L[k] not in ("nothing", "something", "anything", "everything", "king"):
        mark = "ing"
    elif k == group.last and view.L[k] in _OPENS and group.cue.lemma in ("say", "tell"):
        mark = "bare"
    elif view.K[k] == PREPOSITION and k == group.last and not counted:
        mark = "pp"
    elif view.K[k] in (CONJUNCTION,) or view.W[k] == ";":
        mark = "none"
    else:
        mark = "bare"
        told = k
        if k == group.last and group.cue.lemma in words()["tells"]:
            told = told_that(view, k, end)
            told = told if told > k else told_clause(view, k, end)
        if told > k:
            return Right(group.last, told, "that", (k, told))
    return Right(cue_end, k, mark, channel)


def _counted(view: View, k: int) -> bool:
    """Does a preposition at k belong to a number: "about 200 people", "at least two", "up to 30", "over a third"?"""
    if view.L[k] not in ("about", "over", "under", "around", "between", "at", "up") or view.Q[k]:
        return False
    k += 2 if view.L[k + 1] in ("least", "most") or view.L[k : k + 2] == ["up", "to"] else 1
    return view.W[k][0].isdigit() or view.W[k][0] in "$£€" or view.L[k] in words()["number"] or view.L[k] == "half"


def _adverb_and_that(view: View, k: int, end: int) -> bool:
    """Does an adverb stand at k before what is said: "said only that", "replied evenly, “...”"?"""
    if k + 2 >= end or not view.lower_adverb(k) or view.L[k] == "just":
        return False
    return view.L[k + 1] == "that" or (view.W[k + 1] == "," and bool(view.Q[k + 2]))


def _colon_and_quote(view: View, group: Group, k: int, end: int) -> int:
    """The colon where a few words without a clause part it from the cue: "remembers it differently: “...”"."""
    if "quote" not in group.cue.takes or group.cue.lemma == "ask":
        return k
    for j in range(k, min(end - 1, k + 8)):
        if view.W[j] == ":" and view.quote_at.get(j + 1) is not None:
            return j
        joined = view.K[j] in (AUXILIARY, RELATIVE, CONJUNCTION) and view.L[j] != "then"
        clause = joined or view.L[j] == "to" or view.L[j].endswith("ing")
        if clause or view.Q[j] or view.W[j] == "," or view.W[j] in DASHES:
            break
    return k


_OPENS = frozenset("if because although though despite without unlike unless since so".split())


def clause_end(
    view: View,
    start: int,
    end: int,
    later: Sequence[Group],
    *,
    noun: bool = False,
    participle: bool = False,
    relative: bool = False,
    aside: bool = False,
    front: bool = False,
) -> int:
    """Where a content that starts at `start` stops: the end of the sentence, or before the next attribution."""
    W, L, K = view.W, view.L, view.K
    stop = end
    if start in view.quote_at:
        close = view.quotes[view.quote_at[start]][1]
        if close < end and close - start > 3 and W[close - 2] in (",", ".", "?", "!") and not W[close - 1][0].isalnum():
            return close  # a whole quotation: what follows is the writer's
        if close < end and (W[close] in DASHES or L[close] in ("until", "as", "when", "after", "while", "before")):
            return close
    for group in later:
        k = group.first
        if k <= start or k >= stop:
            continue
        quoted = view.Q[k - 1] and W[k - 2] == "," and not W[k - 1][0].isalnum()  # "... “too late,” adding that"
        if group.ing and (quoted or W[k - 1] == "," or W[k - 1] in DASHES) and _reports(view, group):
            stop = k if quoted else k - 1
            break
        if group.ing and L[k - 1] in ("and", "but") and k - 2 > start and (W[k - 2] == "," or participle):
            stop = k - 2 if W[k - 2] == "," else k - 1
            break
        if (
            not group.ing
            and not group.passive
            and ("bare" in group.cue.takes or "that" in group.cue.takes)
            and group.cue.invert
        ):
            own = left_source(view, k, start)
            if (
                own
                and own[0] - 2 > start
                and W[own[0] - 2] == ","
                and L[own[0] - 1] in ("and", "while", "but", "though", "whereas")
            ):
                stop = own[0] - 2
                break
        if noun and W[k - 1] == "," and group.plain and "past" in group.cue.forms and not group.ing:
            stop = k - 1
            break
        if (
            L[k - 1] in ("and", "but")
            and k - 1 > start
            and not group.infinitive
            and not group.ing
            and _resumes(view, group, noun)
        ):
            stop = k - 1
            break
    after = start
    while after + 1 < stop:
        k = after = after + 1
        if view.Q[k]:
            quote = view.quote_at.get(k)
            if quote is not None:  # a quotation is atomic: on to its last token
                after = k = max(k, min(view.quotes[quote][1], stop) - 1)
            if front and k + 1 < stop and not view.Q[k + 1] and W[k - 1] == ",":
                return k + 1
            if noun and W[k - 1] == "," and k + 1 < stop and not view.Q[k + 1] and not W[k][0].isalnum():
                return k + 1  # called it “unwise,” and ...
            continue
        if relative and noun and k > start and ((K[k] == AUXILIARY and L[k] != "'s") or L[k] in words()["finite"]):
            return k
        word = W[k]
        if word == ";" or (word == ":" and k + 1 < end and view.Q[k + 1]):
            return k
        if L[k] == "according" and k + 1 < end and L[k + 1] == "to" and W[k - 1] == ",":
            return k - 1
        if word == "," and k + 1 < stop:
            nxt = L[k + 1]
            if (
                front
                and (K[k + 1] in (SUBJECT, DETERMINER, POSSESSIVE) or W[k + 1][0].isupper() or W[k + 1][0].isdigit())
            ) or (aside and starts_verb(view, k + 1)):
                return k
            if nxt in ("but", "though", "although") and k > start + 2 and (noun or not _goes_on(view, k + 1)):
                return k
            if nxt == "without" and k + 2 < stop and L[k + 2] in _WITHOUT:
                return k  # ", without saying how"
            if nxt in ("a", "an") and k + 2 < stop and L[k + 2] in _SAYINGS:
                return k  # ", a claim the ministry disputes"
            if noun and (nxt in _AFTER_THING or nxt.endswith("ing")) and not view.Q[k + 1]:
                return k
            if noun and nxt in ("and",) and k + 2 < stop and K[k + 2] in (SUBJECT, DETERMINER):
                return k
        if view.is_dash(k) and (noun or L[k + 1] in ("though", "although", "but")):
            return k
        if noun and _ends_thing(view, k, stop):
            return k
        if noun and k > start + 1 and L[k] in ("in", "via", "through") and _medium(view, start, k):
            return k
        if (
            noun
            and k > start
            and L[k] in ("after", "when", "while", "as", "because", "during", "before")
            and (L[k] != "as" or K[k + 1] == SUBJECT if k + 1 < stop else False)
        ):
            return k
        goes_on = k + 1 < stop and (view.Q[k + 1] or K[k + 1] == DETERMINER)  # "called it on Friday a lie"
        day = K[k] == TIME and k > start + 1 and not goes_on and L[k - 1] not in _UNTIL
        if noun and (day or (L[k] == "on" and k + 1 < stop and K[k + 1] == TIME)):
            return k
    return stop


_SAYINGS = frozenset("claim charge allegation accusation assertion statement suggestion".split())
_WITHOUT = frozenset("saying mentioning naming giving elaborating specifying explaining providing offering".split())
_UNTIL = frozenset("through until till by since from".split())  # "waves of four metres through Friday"


def _reports(view: View, group: Group) -> bool:
    """May the cue open a statement of its own: "adding", "pointing out"?"""
    n = group.last
    phrase = any(cue.invert and tuple(view.L[n : n + len(rest)]) == rest for rest, cue in group.cue.phrases)
    return phrase or group.cue.invert or "noun" in group.cue.takes


def _goes_on(view: View, k: int) -> bool:
    """Does the "but" at k carry on what was said: "but that it was late", "but had not been told"?"""
    if view.L[k] != "but":
        return False
    k += 1
    if view.L[k] == "that":  # and not "but that group was late"
        alone = view.W[k + 1][0].islower() and not view.K[k + 1] and view.L[k + 1][-1] != "s"
        alone = alone and not view.L[k + 1].endswith(("body", "one"))
        return not demonstrative(view, k, view.n) and not (alone and view.K[k + 2] == AUXILIARY)
    if view.L[k] != "had":
        return False
    k += 1
    while view.K[k] in (AUXILIARY, ADVERB) or view.lower_adverb(k):
        k += 1
    return view.L[k].endswith("ed") or view.L[k] in words()["participle"]


def _medium(view: View, start: int, k: int) -> bool:
    """ "denied the charge in a statement", "through a spokesman": how it was said."""
    head = next((j for j in range(k + 1, k + 5) if view.K[j + 1] or not view.W[j + 1][0].isalnum()), k + 4)
    if view.L[k] != "in":
        return role_kind(view.L[head]) == "unnamed-person"
    own = view.K[k + 1] in (DETERMINER, POSSESSIVE) and view.L[head] in words()["medium"] and view.L[head] != "ad"
    return own and not any(view.K[j] == RELATIVE for j in range(start, k))


def _ends_thing(view: View, k: int, stop: int) -> bool:
    """Does a thing that was spoken of end before token k: "by saying", "and Mr Cole was glad"?"""
    low = view.L[k]
    if low == "by":
        return view.L[k + 1].endswith("ing")
    if low in ("and", "but"):
        return any(
            (view.K[j] == AUXILIARY and view.L[j] != "'s") or view.L[j] in words()["finite"]
            for j in range(k + 1, min(stop, k + 6))
        ) and not any(view.W[j] == "," or view.K[j] in (RELATIVE, PREPOSITION) for j in range(k + 1, min(stop, k + 4)))
    return False


def starts_verb(view: View, k: int) -> bool:
    """Does a finite verb group start at k: the clause around an aside goes on?"""
    n = view.n
    while k < n and (view.lower_adverb(k) or view.K[k] == TIME):
        k += 1
    if k >= n or view.Q[k] or not view.W[k][0].islower():
        return False
    low = view.L[k]
    one_form = low in words()["one_form"] and view.K[k + 1] in (DETERMINER, POSSESSIVE)
    return (
        view.K[k] == AUXILIARY
        or one_form
        or (
            view.K[k] == ""
            and (low.endswith("ed") or low in words()["finite"] or (low in cue_table() and not low.endswith("ing")))
        )
    )


def _resumes(view: View, group: Group, noun: bool) -> bool:
    """ "said it was late and called for a vote": a second finite cue shares the subject, not the content's."""
    if not group.plain:
        return noun or (view.L[group.first - 1] == "but" and view.L[group.first] in ("did", "does", "has", "have"))
    forms = group.cue.forms
    if not noun and not group.cue.invert and "noun" not in group.cue.takes:
        return False  # "said it was late and thought it cold"
    return (
        "past" in forms or ("third" in forms and not group.ambiguous) or (noun and "base" in forms and group.cue.invert)
    )


def left_start(view: View, low: int, high: int) -> int:
    """Where a content left of the cue starts: after "But" and the like."""
    k = low
    while (
        k < high
        and not view.Q[k]
        and (
            view.L[k] in ("but", "and", "yet", "still", "meanwhile", "however", "so")
            or (not view.W[k][0].isalnum() and view.W[k] not in ("$", "@", "#"))
        )
    ):
        k += 1
    return k
