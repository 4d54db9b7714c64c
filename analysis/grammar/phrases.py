"""Noun phrases as a whole: what belongs to the head that a chunk ends with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from analysis.grammar.chunks import Chunk
from analysis.grammar.clauses import Clause, Segment
from analysis.grammar.packed import Packed

MOST_PARTS = 40


class Phrases(Protocol):
    """What of a `Grammar` has to be known to tell which chunks make up a noun phrase."""

    chunks: list[Chunk] | Packed[Chunk]
    clauses: list[Clause] | Packed[Clause]

    @property
    def clause_at(self) -> Sequence[int]:
        """For each token the innermost clause it is in."""

    def segment_of(self, chunk: int) -> Segment:
        """The sentence that a chunk is in."""

    def word(self, chunk: int) -> str:
        """The head of a chunk, in lower case."""

    def role(self, chunk: int) -> str:
        """What the first word of a chunk does."""


class Parts(NamedTuple):
    """What a noun phrase may include, besides what "of" adds."""

    prepositions: bool
    coordination: bool
    apposition: bool
    relatives: bool


def last_chunk(grammar: Phrases, chunk: int, parts: Parts) -> int:
    """The last chunk of the noun phrase that begins with a chunk."""
    end = grammar.segment_of(chunk).last_chunk
    last = chunk
    for _ in range(MOST_PARTS):
        step = _grow(grammar, last, end, parts)
        if step == last:
            break
        last = step
    return last


def _grow(grammar: Phrases, last: int, end: int, parts: Parts) -> int:
    """The last chunk after one more part; the same where nothing more belongs to it."""
    k = last + 1
    if k + 1 >= end:
        return last
    kind, role = grammar.chunks[k].kind, grammar.role(k)
    if kind == "P":
        return _preposition(grammar, k, last, end, parts)
    if kind == "MARK" and role == "c":
        return _coordination(grammar, k, last, parts)
    if kind == "PAREN":
        return k if parts.apposition else last
    if kind == "MARK" and role in ",-" and parts.apposition:
        close = _apposition(grammar, k, end)
        if close is not None and (parts.coordination or grammar.role(k + 1) != "c"):
            return close
    return _relative(grammar, k, last, end) if parts.relatives else last


def _opens_clause(grammar: Phrases, chunk: int) -> bool:
    """Does a clause begin with a chunk?"""
    token = grammar.chunks[chunk].first
    clause = grammar.clause_at[token]
    return clause >= 0 and grammar.clauses[clause].first == token


def _preposition(grammar: Phrases, k: int, last: int, end: int, parts: Parts) -> int:
    wanted = parts.prepositions or grammar.word(k) == "of"
    if wanted and grammar.chunks[k + 1].kind in ("NP", "TIME") and not _opens_clause(grammar, k):
        return k + 1
    if parts.relatives and _opens_clause(grammar, k):  # "in which"
        return _relative(grammar, k, last, end)
    return last


def _coordination(grammar: Phrases, k: int, last: int, parts: Parts) -> int:
    joined = parts.coordination and grammar.chunks[k + 1].kind == "NP" and not _opens_clause(grammar, k)
    return k + 1 if joined else last


def _apposition(grammar: Phrases, k: int, end: int) -> int | None:
    """The last chunk of what is between commas or dashes, the first of which is the chunk `k`.

    An apposition, where somebody belongs ("Reed, of the union,"), or the rest of a list ("Reed, a lawyer, and Cole").
    """
    if grammar.role(k + 1) == "c" and grammar.chunks[k + 1].kind == "MARK":
        return _listed(grammar, k + 1, end)
    if grammar.chunks[k + 1].kind == "P" and k + 2 < end and not _opens_clause(grammar, k + 1):
        close = last_chunk(grammar, k + 2, Parts(True, False, False, False))
        return close if close + 1 < end and grammar.role(close + 1) == "," and grammar.word(k + 1) == "of" else None
    if grammar.chunks[k + 1].kind != "NP" or grammar.role(k + 1) in "oRD" or _opens_clause(grammar, k + 1):
        return None
    close = last_chunk(grammar, k + 1, Parts(True, True, False, False))
    if close + 1 >= end:
        return close
    return close if grammar.chunks[close + 1].kind == "MARK" and grammar.role(close + 1) in ",-.;" else None


def _listed(grammar: Phrases, link: int, end: int) -> int | None:
    """The noun phrase after the conjunction `link`, where it belongs to the same list and begins no clause."""
    if link + 1 >= end or grammar.chunks[link + 1].kind != "NP" or _opens_clause(grammar, link):
        return None
    return link + 1


def _relative(grammar: Phrases, k: int, last: int, end: int) -> int:
    """The last chunk of a relative clause that begins at the chunk `k`, or after the comma there."""
    at = k + 1 if grammar.role(k) == "," and grammar.chunks[k].kind == "MARK" else k
    clause = grammar.clause_at[grammar.chunks[at].first]
    if clause < 0 or grammar.clauses[clause].first != grammar.chunks[at].first:
        return last
    if grammar.clauses[clause].kind == "relative" or (at == k and _is_postmodifier(grammar, clause, last)):
        return max(last, bisect_left(grammar.chunks, grammar.clauses[clause].last, at, end, key=_first) - 1)
    return last


def _first(chunk: tuple[str, int, int, int]) -> int:
    return chunk[1]


def _is_postmodifier(grammar: Phrases, clause: int, noun: int) -> bool:
    """Does a clause without finite verb belong to the noun before it: "a letter written in May"?"""
    found = grammar.clauses[clause]
    if found.finite or found.parent is None:
        return False
    above = grammar.clauses[found.parent].verb
    return found.kind == "participle" or above is None or above > noun


def conjuncts(grammar: Phrases, chunk: int) -> list[int]:
    """The noun phrases that a chunk is joined with by commas and "and" or "or", itself first."""
    found, end = [chunk], grammar.segment_of(chunk).last_chunk
    closed = False
    while not closed:
        j = last_chunk(grammar, found[-1], Parts(False, False, False, False)) + 1
        start = j
        if j < end and grammar.role(j) == ",":
            j += 1
        if j < end and grammar.chunks[j].kind == "MARK" and grammar.role(j) == "c" and not _opens_clause(grammar, j):
            closed, j = True, j + 1
        if j == start or j >= end or grammar.chunks[j].kind != "NP":
            break
        found.append(j)
    return found if closed and len(found) > 1 else [chunk]
