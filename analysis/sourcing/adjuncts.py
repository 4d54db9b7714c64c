"""Adjuncts of a cue ("on Friday", "in an interview with Sky News"): stepped over on the way to its parts."""

from __future__ import annotations

from analysis.sourcing.draft import Range
from analysis.sourcing.view import View, words

_REACH = 24  # tokens an adjunct may be long: keeps the time linear


def adjunct_end(view: View, k: int, end: int) -> int:
    """Past the adjunct of time or medium at k: "on Friday", "last month", "in an interview with Sky News"; else k."""
    if k >= end or view.Q[k]:
        return k
    known = view.adjuncts.get(k)
    if known is None:
        known = view.adjuncts[k] = _adjunct(view, k)
    needs, last = known
    return min(end, last) if needs < end else k


def _adjunct(view: View, k: int) -> Range:
    """The token that an adjunct at k needs at the least, and where it ends; k where there is none."""
    number = view.chunk_at[k]
    if number < 0:
        return k, k
    kind, first, last, _ = view.grammar.chunks[number]
    if kind == "TIME":
        return k, last
    if view.L[k] in words()["time"] and view.letters[k] != "o":
        return k, last if first == k else k
    return _past_preposition(view, k, number) if kind == "P" else (k, k)


def _past_preposition(view: View, k: int, number: int) -> Range:
    """The same for an adjunct that would open with the preposition of this chunk."""
    following, last = number + 1, view.grammar.chunks[number].last
    if following >= len(view.grammar.chunks) or last != view.grammar.chunks[following].first:
        return k, k
    if _tells_time(view, following):
        return last, view.grammar.chunks[following].last
    names = view.grammar.chunks[following].kind == "NP" and names_medium(view, following)
    if names and view.L[k] in words()["medium_preposition"]:
        return last, view.grammar.phrase(following, coordination=False, apposition=False, relatives=False)[1]
    return k, k


def _tells_time(view: View, number: int) -> bool:
    """Does what follows a preposition say when: "Friday", "the morning", "1998"?"""
    kind, _, _, head = view.grammar.chunks[number]
    if kind == "TIME" or view.L[head] in words()["when"]:
        return True
    return kind == "NP" and view.W[head].isdigit() and len(view.W[head]) == 4


def names_medium(view: View, number: int) -> bool:
    """Does the noun phrase say where something is said: "an interview", "her speech", "Twitter"?"""
    _, first, last, _ = view.grammar.chunks[number]
    return any(view.L[k] in words()["medium"] for k in range(first, last))


def skip_adjuncts(view: View, k: int, end: int) -> int:
    """Past all adjuncts at k, to where something else begins."""
    for _ in range(4):
        at = adjunct_end(view, k, end)
        if at == k:
            at = _before_opener(view, k, end)
        if at == k:
            break
        k = at
    return k


def _before_opener(view: View, k: int, end: int) -> int:
    """Past any phrase that opens with a preposition or "after", where "that" or a quotation follows it; else k."""
    if k >= end or not _may_open(view, k):
        return k
    for j in range(k + 1, min(end, k + _REACH)):
        if view.Q[j]:
            return j if view.length_of_quotation(j) > 5 or view.W[j - 1] in (",", ":") else k
        if view.W[j] == ":" or opens_that(view, j, end):
            return j
        if view.W[j] == ",":
            return j if view.Q[j + 1] else j + 1 if view.L[j + 1] == "that" else k
        if view.letters[j] in "zd" or view.W[j] == ";":
            return _past_clause(view, k, j, end)
    return k


def _may_open(view: View, k: int) -> bool:
    """Can the word at k open such a phrase?"""
    if view.Q[k] or view.L[k] not in words()["opens_adjunct"]:
        return False
    return view.letters[k] in "iqr" and not is_counted(view, k)


def _past_clause(view: View, k: int, j: int, end: int) -> int:
    """The "that" or quotation after a clause of time at k, whose verb is at j: "said as he left that"; else k."""
    if view.L[k] not in words()["when_clause"]:
        return k
    for at in range(j, min(end, j + 12)):
        if opens_that(view, at, end):
            return at
        if view.Q[at] or view.W[at] in (",", ";", ":"):
            return at if view.Q[at] else k
    return k


def opens_that(view: View, k: int, end: int) -> bool:
    """Does a that-clause open at k? Not "that was wrong", "that report", "called that “a lie”"."""
    if view.L[k] != "that" or k + 1 >= end:
        return False
    grammar = view.grammar
    number = view.chunk_at[k + 1]
    verb = number >= 0 and not view.Q[k + 1] and grammar.chunks[number].kind == "VG" and view.letters[k + 1] != "g"
    return not verb and (grammar.has_finite_verb(k + 1, end) or (view.letters[k] == "q" and bool(view.Q[k + 1])))


def adjunct_only(view: View, k: int, end: int) -> bool:
    """Is there nothing from k to the end of the sentence but adjuncts of the cue?"""
    while k < end and view.W[k] in (",", ")") and not view.Q[k]:
        k += 1
    if k >= end:
        return True
    if view.Q[k] or end - k > 25:
        return False
    kind = view.chunk_kind(k)
    if kind == "TIME":
        return end - k <= 12
    if view.L[k] in words()["when_clause"]:
        return not any(view.Q[k:end])
    if kind != "P" or (view.L[k] == "at" and view.L[k + 1] in ("least", "most")):
        return False
    return not view.grammar.has_finite_verb(k, end) and not _says_more(view, k, end)


def _says_more(view: View, k: int, end: int) -> bool:
    """Is there a that-clause or a quotation of some length in the range k:end?"""
    return any(view.L[j] == "that" or view.length_of_quotation(j) > 6 for j in range(k, end))


def is_counted(view: View, k: int) -> bool:
    """Does a preposition at k belong to a number: "about 200 people", "at least two", "up to 30"?"""
    if view.L[k] not in words()["before_number"]:
        return False
    k += 2 if view.L[k + 1] in ("least", "most") or view.L[k : k + 2] == ["up", "to"] else 1
    return view.W[k][0].isdigit() or view.W[k][0] in "$£€" or view.L[k] in words()["number"] or view.L[k] == "half"


def on_condition(view: View, k: int) -> bool:
    """ "on condition of anonymity", "on the condition that"."""
    return view.L[k] == "on" and "condition" in view.L[k + 1 : k + 3]
