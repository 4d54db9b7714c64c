"""Those who are told: "told reporters", "warned residents the river would rise"."""

from __future__ import annotations

from bisect import bisect_left

from analysis.rules import classes
from analysis.sourcing.adjuncts import adjunct_end, on_condition, opens_that, skip_adjuncts
from analysis.sourcing.candidates import Cue
from analysis.sourcing.cues import nouns
from analysis.sourcing.source_kinds import role_kind
from analysis.sourcing.view import View, words

_LONGEST_TOLD = 18  # tokens of a phrase of those told


def past_recipient(view: View, cue: Cue, k: int, end: int) -> int:
    """The place after those who are told at k; k if there are none."""
    if k >= end or view.Q[k]:
        return k
    if cue.word.recipient or cue.word.lemma in words()["tells"]:
        told = _told(view, cue, k, end)
        that = _that_behind(view, cue, k, end)
        reaches = told > k and (skip_adjuncts(view, told, that) == that or on_condition(view, told))
        return told if that == k or reaches else that
    agrees = cue.word.lemma in words()["agrees"]  # "agreed to a compromise"
    if view.L[k] == "to" and "to" not in cue.word.preps and k + 1 < end and not agrees:
        stop = _told(view, cue, k + 1, end)
        if stop > k + 1 and not (cue.word.takes.get("to") and view.letters[k + 1] == "b"):
            return stop
    return k


def _that_behind(view: View, cue: Cue, k: int, end: int) -> int:
    """The "that" after a long phrase of those told: "told The Leeds Post of Kelby on Saturday | that"."""
    if not cue.word.recipient or view.chunk_kind(k) != "NP" or view.Q[k]:
        return k
    for j in range(k + 1, min(end, k + _LONGEST_TOLD)):
        if view.Q[j] or view.chunk_kind(j) == "VG" or view.L[j] in nouns():
            return k
        if opens_that(view, j, end) and view.letters[j] == "q":
            return next((at for at in range(k + 1, j) if adjunct_end(view, at, j) == j), j)
    return k


def _told(view: View, cue: Cue, k: int, end: int) -> int:
    number = view.chunk_at[k]
    if view.chunk_kind(k) != "NP" or view.grammar.chunks[number].first != k:
        return k
    if view.L[k] == "her" and view.letters[k + 1] == "t":
        return k + 1  # "told her the wall was safe"
    head = view.L[view.grammar.chunks[number].head]
    if head in words()["never_told"] or (head.endswith(tuple(words()["abstract_ending"])) and role_kind(head) is None):
        return k  # "told the truth", "warned the council's failure to act was costly"
    stop = min(end, _phrase_end(view, number, end))
    return _before_clause(view, cue, number, stop) if stop < end and view.in_finite_verb(stop) else stop


def _before_clause(view: View, cue: Cue, number: int, stop: int) -> int:
    """Which part of a phrase before a finite verb is told: "told her | it was safe", "warned | it was safe"."""
    _, first, last, _ = view.grammar.chunks[number]
    pronoun = view.L[first] in classes()["object"] and last == first + 1
    if pronoun and (cue.word.recipient or view.L[first] not in words()["subject"]):
        return last
    if cue.word.recipient and last > first + 1:
        name = _next_name(view, first, last)
        if name is not None:
            return name
    chunks = view.grammar.chunks
    if last < stop and (cue.word.recipient or (number + 1 < len(chunks) and chunks[number + 1].kind == "NP")):
        return last
    return first


def _next_name(view: View, first: int, last: int) -> int | None:
    """Where a second name begins in a noun phrase: "told NPR | Hamza Lade", "told local media | Reed's heart"."""
    mentions = view.document.mentions
    for k in range(first + 1, last):
        if not view.W[k][0].isupper():
            continue
        at = bisect_left(mentions, view.starts[k], key=lambda m: m.start)
        opens = at < len(mentions) and mentions[at].start == view.starts[k]
        closes = at > 0 and view.starts[first] <= mentions[at - 1].start and mentions[at - 1].end == view.ends[k - 1]
        if opens and (closes or view.L[k - 1] in words()["told_group"]):
            return k
    return None


def _phrase_end(view: View, number: int, end: int) -> int:
    """Where the phrase of those told ends: "a crowd in Salem, New Hampshire,", "reporters | on condition of"."""
    chunks = view.grammar.chunks
    last = chunks[number].last
    k = number + 1
    while k + 1 < len(chunks) and chunks[k].first == last < end:
        kind = chunks[k].kind
        following = chunks[k + 1]
        if kind == "P" and following.kind == "NP" and not on_condition(view, chunks[k].first):
            if view.L[chunks[k].first] in words()["content_preposition"] and not _clause_follows(view, k + 2, end):
                break  # "told reporters of the plan", "told the court about"
            last, k = following.last, k + 2
        elif _joins(view, k):
            last, k = following.last, k + 2
        elif view.W[chunks[k].first] == "," and _place_follows(view, chunks[k].first, end):
            last, k = following.last, k + 2
            if last < end and view.W[last] == ",":
                last, k = last + 1, k + 1
                break
        else:
            break
    return last


def _clause_follows(view: View, number: int, end: int) -> bool:
    """Does a clause with a subject of its own begin with this chunk: "told the head of the union | it was late"?"""
    chunks = view.grammar.chunks
    if number >= len(chunks) or chunks[number].kind not in ("NP", "TIME"):
        return False
    return view.grammar.has_finite_verb(chunks[number - 1].last, end)


def _joins(view: View, number: int) -> bool:
    """Is the chunk an "and" that joins a noun phrase, which is not the subject of a verb of its own?"""
    chunks = view.grammar.chunks
    if chunks[number].kind != "MARK" or view.L[chunks[number].first] != "and" or chunks[number + 1].kind != "NP":
        return False
    return number + 2 >= len(chunks) or chunks[number + 2].kind != "VG"


def _place_follows(view: View, comma: int, end: int) -> bool:
    """ "told a crowd in Salem, New Hampshire, that": the comma stands inside a place name."""
    k = comma + 1
    while k < end and view.W[k][0].isupper() and view.letters[k] == "p":
        k += 1
    return comma + 1 < k < end and (view.L[k] in words()["behind_place"] or view.W[k] == ",")
