"""Those who are told: "told reporters", "warned residents the river would rise"."""

from __future__ import annotations

from analysis.sourcing.adjuncts import on_condition
from analysis.sourcing.candidates import Cue
from analysis.sourcing.view import View, words


def past_recipient(view: View, cue: Cue, k: int, end: int) -> int:
    """Past the one told at k; k where there is none."""
    if k >= end or view.Q[k]:
        return k
    if cue.word.recipient or cue.word.lemma in words()["tells"]:
        return _told(view, cue, k, end)
    if view.L[k] == "to" and "to" not in cue.word.preps and k + 1 < end:
        stop = _told(view, cue, k + 1, end)
        if stop > k + 1 and not (cue.word.takes.get("to") and view.letters[k + 1] == "b"):
            return stop
    return k


def _told(view: View, cue: Cue, k: int, end: int) -> int:
    grammar = view.grammar
    number = view.chunk_at[k]
    if number < 0 or grammar.chunks[number].kind != "NP" or grammar.chunks[number].first != k:
        return k
    if view.L[k] == "her" and view.letters[k + 1] == "t":
        return k + 1  # "told her the wall was safe"
    if view.L[grammar.chunks[number].head] in words()["never_told"]:
        return k  # "told the truth"
    chunk = grammar.chunks[number]
    stop = min(end, _phrase_end(view, number, end))
    following = view.chunk_at[stop] if stop < end else -1
    if following >= 0 and grammar.chunks[following].kind == "VG" and grammar.verb_group(following).finite:
        pronoun = view.L[chunk.first] in words()["object"] and chunk.last == chunk.first + 1
        if (pronoun and (cue.word.recipient or view.L[chunk.first] not in words()["subject"])) or (
            chunk.last < stop and number + 1 < len(grammar.chunks) and grammar.chunks[number + 1].kind == "NP"
        ):
            return chunk.last
        return k if not cue.word.recipient or chunk.last == stop else chunk.last
    return stop


def _phrase_end(view: View, number: int, end: int) -> int:
    """Where the phrase of those told ends: "a crowd in Salem, New Hampshire,", "reporters | on condition of"."""
    grammar = view.grammar
    chunks = grammar.chunks
    last = chunks[number].last
    k = number + 1
    while k + 1 < len(chunks) and chunks[k].first == last < end:
        kind = chunks[k].kind
        following = chunks[k + 1]
        if kind == "P" and following.kind == "NP" and not on_condition(view, chunks[k].first):
            goes_on = (
                k + 2 < len(chunks)
                and chunks[k + 2].kind in ("NP", "TIME")
                and grammar.has_finite_verb(following.last, end)
            )
            if view.L[chunks[k].first] in words()["of_content"] and not goes_on:
                break  # "told reporters of the plan", "told the court about"
            last, k = following.last, k + 2
        elif (
            kind == "MARK" and view.L[chunks[k].first] == "and" and following.kind == "NP" and _not_subject(view, k + 2)
        ):
            last, k = following.last, k + 2
        elif view.W[chunks[k].first] == "," and _place_follows(view, chunks[k].first, end):
            last, k = following.last, k + 2
            if last < end and view.W[last] == ",":
                last, k = last + 1, k + 1
                break
        else:
            break
    return last


def _not_subject(view: View, k: int) -> bool:
    return k >= len(view.grammar.chunks) or view.grammar.chunks[k].kind != "VG"


def _place_follows(view: View, comma: int, end: int) -> bool:
    """ "told a crowd in Salem, New Hampshire, that": the comma stands inside a place name."""
    k = comma + 1
    while k < end and view.W[k][0].isupper() and view.letters[k] == "p":
        k += 1
    return comma + 1 < k < end and (view.L[k] in ("that", "on", "in", "last") or view.W[k] == ",")
