"""Scope: the words that a marker weakens or strengthens.

As in NegEx (Chapman et al. 2001) and ConText (Harkema et al. 2009), a marker has a direction, and its scope runs
that way until a word or a mark that ends it.  A rule's `scope` names the direction:

================= ==========================================================================================
`clause`          the clause around the marker, on both sides of it (modals, adverbs); the default
`clause-after`    the clause that follows ("believes that ...")
`clause-to-comma` the clause that follows, which ends at the first comma ("if ...", "whether ...")
`phrase-after`    the few words that follow, as far as the next verb, preposition or mark ("nearly five months")
================= ==========================================================================================

The marker itself is not part of its scope.
"""

from __future__ import annotations

from functools import cache

from analysis.document import Span, Tokens
from analysis.lexicon import classes

REACH = 40          # tokens: a scope is cut off there, so that the time stays linear in a text without marks
PHRASE = 8          # tokens in a phrase
ASIDE = 12          # tokens in an aside between commas

_HARD = frozenset([";", ":", ".", "?", "!", "…", "...", "—", "–", "--", "(", ")", "[", "]"])
_QUOTES = frozenset(["“", "”", '"', "``", "''", "‘", "’", "'", ","])     # trimmed off the ends of a scope
_CLAUSE = frozenset(["but", "because", "although", "though", "while", "whereas", "unless", "if", "since",
                     "whether", "after", "before", "until", "when", "where"])
_RELATIVE = frozenset(["who", "which", "whose", "whom", "that"])
_OPENING = _RELATIVE | _CLAUSE | frozenset(["as", "and", "or", "so", ","])      # what a clause opens with
_SUBJECT = frozenset(["i", "you", "he", "she", "it", "we", "they", "there", "this", "these", "those"])
_COORDINATING = frozenset(["and", "or", "nor", "so", "yet"])      # a clause, if a subject and a verb follow
_COMPLEMENT = frozenset(["that", "whether", "if", "as", "who", "why", "how", "what", "when", "where", "which"])
_NOT_EMPTY = frozenset(["to", "in", "of", "for"])
_SAYING = frozenset(["said", "says", "say", "told", "added", "wrote", "reported", "according"])


def find_scope(tokens: Tokens, kind: str, first: int, last: int, start: int, end: int) -> tuple[Span, ...]:
    """The scope of the marker at the tokens first:last within the tokens start:end of its sentence."""
    if kind == "phrase-after":
        ranges = [(last, _phrase_end(tokens, last, end))]
    else:
        before = (_clause_start(tokens, first, start) if kind == "clause" else first, first)
        comma = kind == "clause-to-comma" or _ends_at_comma(tokens, before[0], start)
        after = (last, _clause_end(tokens, last, end, comma=comma))
        ranges = [after] if _is_empty(tokens, before, after) else [before, after]
    trimmed = [_trim(tokens, a, b) for a, b in ranges]
    return tuple(Span(tokens.starts[a], tokens.ends[b - 1]) for a, b in trimmed if a < b)


def _ends_at_comma(tokens: Tokens, at: int, start: int) -> bool:
    """Is the clause that starts at `at` a subordinate one or an aside, which the next comma ends?"""
    return at > start and (tokens.lowers[at - 1] in _CLAUSE or tokens.lowers[at - 1] == ",")


def _is_empty(tokens: Tokens, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Is what stands before the marker an empty subject ("It is ... that")?"""
    (a, b), (c, d) = before, after
    return (a < b <= a + 4 and c < d and tokens.lowers[c] in _COMPLEMENT
            and tokens.lowers[a] in ("it", "there") and not _NOT_EMPTY.intersection(tokens.lowers[a + 1:b]))


def _trim(tokens: Tokens, a: int, b: int) -> tuple[int, int]:
    """The range a:b without quotation marks at its ends and a conjunction at its start."""
    while a < b and (tokens.words[a] in _QUOTES or tokens.lowers[a] in _COORDINATING):
        a += 1
    while a < b and tokens.words[b - 1] in _QUOTES:
        b -= 1
    return a, b


def _phrase_end(tokens: Tokens, at: int, end: int) -> int:
    """Where the phrase that starts at `at` ends."""
    lowers, stops = tokens.lowers, _phrase_stops()
    for k in range(at, min(end, at + PHRASE)):
        low = lowers[k]
        if low == "'s" and k > at:              # "the state's rules", but not "he's"
            continue
        if low == ":" and lowers[k - 1].isdigit() and k + 1 < end and lowers[k + 1].isdigit():      # 2:00
            continue
        if not low[0].isalnum() and low not in ("$", "£", "€", "%"):
            return k
        if k > at and low in stops:
            return k
    return min(end, at + PHRASE)


@cache
def _phrase_stops() -> frozenset[str]:
    known = classes()
    return frozenset().union(*(known[name] for name in (
        "be", "have", "do", "modal", "preposition", "conjunction", "relative", "pronoun")), _SAYING) - {"of", "'s"}


def _clause_end(tokens: Tokens, at: int, end: int, *, comma: bool = False) -> int:
    """Where the clause that goes on at `at` ends: at a mark, at a conjunction that opens another clause, or at a
    comma behind which another clause, a participle or a speaker stands. With `comma`, at any comma."""
    lowers, limit = tokens.lowers, min(end, at + REACH)
    opened = False          # has a word of the clause been seen?
    for k in range(at, limit):
        low = lowers[k]
        if not opened:
            if low in _HARD and low not in "([":
                return k
            if low == "," and _next_clause(tokens, k + 1, limit):
                return k
            opened = low not in _OPENING
        elif low in _HARD or low in _CLAUSE:
            return k
        elif low == ",":
            if comma or _breaks(tokens, k + 1, limit):
                return k
        elif (low in _COORDINATING or low == "as") and _opens_clause(tokens, k + 1, limit, past=low == "as"):
            return k
    return limit


def _breaks(tokens: Tokens, k: int, limit: int) -> bool:
    """Does what stands behind a comma, at k, belong to something else than the clause?"""
    while k < limit and tokens.words[k] in _QUOTES:
        k += 1
    if k >= limit:
        return True
    low = tokens.lowers[k]
    if low in _CLAUSE or low in _RELATIVE or low in _SUBJECT or (len(low) > 4 and low.endswith(("ing", "ed"))):
        return True
    if _next_clause(tokens, k, limit):
        return True
    return any(tokens.lowers[j] in _SAYING for j in range(k, min(k + 6, limit)))


def _next_clause(tokens: Tokens, k: int, limit: int) -> bool:
    """Does "and", "or" or "so" at k open a clause with a subject of its own?"""
    return k < limit and tokens.lowers[k] in _COORDINATING and _opens_clause(tokens, k + 1, limit)


def _opens_clause(tokens: Tokens, k: int, limit: int, *, past: bool = False) -> bool:
    """Does a clause with a subject of its own start at k? With `past`, words in -ed count as its verb."""
    if k >= limit:
        return False
    if tokens.lowers[k] in _SUBJECT or tokens.lowers[k] in _RELATIVE:
        return True
    known = classes()
    finite = known["modal"] | known["be"] - {"been", "being"}
    for j in range(k + 1, min(k + 5, limit)):
        if tokens.lowers[j] in finite or (past and tokens.lowers[j].endswith("ed")):
            return True
        if not tokens.words[j][0].isalnum() or tokens.lowers[j] in known["preposition"]:
            return False
    return False


def _clause_start(tokens: Tokens, at: int, start: int) -> int:
    """Where the clause that stands before `at` starts."""
    lowers, k, floor = tokens.lowers, at - 1, max(start, at - REACH)
    while k >= floor:
        low = lowers[k]
        if low in _HARD or low in _CLAUSE or low in _RELATIVE:
            return k + 1
        if low == ",":
            comma = _aside(lowers, k, floor)
            if comma is None:
                return k + 1
            k = comma
        elif low in _COORDINATING and _opens_clause(tokens, k + 1, at + 1):
            return k + 1
        k -= 1
    return floor


def _aside(lowers, k: int, floor: int) -> int | None:
    """The comma that opens the aside which the comma at k closes, if there is one."""
    for j in range(k - 1, max(floor, k - ASIDE) - 1, -1):
        if lowers[j] in _HARD:
            return None
        if lowers[j] == ",":
            return j
    return None
