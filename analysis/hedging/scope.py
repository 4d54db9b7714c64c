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

from analysis.rules import classes
from analysis.text.document import Span, Tokens

REACH = 40  # tokens: a scope is cut off there, so that the time stays linear in a text without marks
PHRASE = 8  # tokens in a phrase
ASIDE = 20  # tokens in an aside between commas
SUBJECT = 6  # tokens between the comma and a verb that stands behind what it is about ("..., studies suggest")

_HARD = frozenset([";", ":", ".", "?", "!", "…", "...", "—", "–", "--", "(", ")", "[", "]"])
_QUOTES = frozenset(["“", "”", '"', "``", "''", "‘", "’", "'", ","])  # trimmed off the ends of a scope
_CLAUSE = frozenset(
    [
        "but",
        "because",
        "although",
        "though",
        "while",
        "whereas",
        "unless",
        "if",
        "since",
        "whether",
        "after",
        "before",
        "until",
        "when",
        "where",
    ]
)
_RELATIVE = frozenset(["who", "which", "whose", "whom", "that"])
_OPENING = _RELATIVE | _CLAUSE | frozenset(["as", "and", "or", "so", ","])  # what a clause opens with
_SUBJECT = frozenset(["i", "you", "he", "she", "it", "we", "they", "there", "this", "these", "those"])
_OPEN = frozenset(
    ["unclear", "uncertain", "unknown", "doubtful", "questionable", "debatable", "disputed", "open", "clear", "known"]
)  # what is said of a question that is not answered
_ASKING = frozenset(["what", "how", "why"])  # what an indirect question opens with
_COORDINATING = frozenset(["and", "or", "nor", "so", "yet"])  # a clause, if a subject and a verb follow
_COMPLEMENT = frozenset(["that", "whether", "if", "as", "who", "why", "how", "what", "when", "where", "which"])
_NOT_EMPTY = frozenset(["to", "in", "of", "for"])
_SAYING = frozenset(["said", "says", "say", "told", "added", "wrote", "reported", "according"])


def find_scope(tokens: Tokens, kind: str, first: int, last: int, start: int, end: int) -> tuple[Span, ...]:
    """The scope of the marker at the tokens first:last within the tokens start:end of its sentence."""
    if kind == "phrase-after":
        ranges = [(last, _phrase_end(tokens, last, end))]
        if last >= end or (ranges[0][0] == ranges[0][1] and tokens.lowers[last] in _HARD):
            ranges = [(_clause_start(tokens, first, start), first)]  # the claims are unproven.
    else:
        before = (_clause_start(tokens, first, start) if kind == "clause" else first, first)
        comma = kind == "clause-to-comma" or _ends_at_comma(tokens, before[0], start)
        reduced = (
            kind == "clause-after"
            and last < end
            and tokens.lowers[last] == "of"
            and not (first > start and tokens.lowers[first - 1] in classes()["be"])
        )
        after = (last, _clause_end(tokens, last, end, comma=comma, reduced=reduced))
        if tokens.lowers[first] == "whether" and not (first > start and tokens.words[first - 1][0].isalnum()):
            after = (last, _question_end(tokens, last, after[1]))
        ranges = [after] if _is_empty(tokens, _trim(tokens, *before), after) else [before, after]
        if kind == "clause-after" and after[0] >= _trim(tokens, *after)[1]:
            ranges = [_clause_before(tokens, first, start)]
    trimmed = [_trim(tokens, a, b) for a, b in ranges]
    return tuple(Span(tokens.starts[a], tokens.ends[b - 1]) for a, b in trimmed if a < b)


def _ends_at_comma(tokens: Tokens, at: int, start: int) -> bool:
    """Is the clause that starts at `at` a subordinate one or an aside, which the next comma ends?"""
    return at > start and (tokens.lowers[at - 1] in _CLAUSE or tokens.lowers[at - 1] == ",")


def _is_empty(tokens: Tokens, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Is what stands before the marker an empty subject ("It is ... that")?"""
    (a, b), (c, d) = before, after
    if b == a + 1 and c < d and tokens.lowers[a] == "it" and tokens.lowers[c] in _SUBJECT:
        return True  # It appears we were wrong
    return (
        a < b <= a + 4
        and c < d
        and tokens.lowers[c] in _COMPLEMENT
        and tokens.lowers[a] in ("it", "there")
        and not _NOT_EMPTY.intersection(tokens.lowers[a + 1 : b])
    )


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
        if low == "'s" and k > at:  # "the state's rules", but not "he's"
            continue
        if low == ":" and lowers[k - 1].isdigit() and k + 1 < end and lowers[k + 1].isdigit():  # 2:00
            continue
        if not low[0].isalnum() and low not in ("$", "£", "€", "%"):
            return k
        if k > at and (low in stops or (k > at + 1 and low.endswith("ed") and _is_many(lowers[k - 1]))):
            return k  # 500 fans clashed
    return min(end, at + PHRASE)


def _is_many(low: str) -> bool:
    return low in ("people", "women", "men", "children", "police") or (low.endswith("s") and not low.endswith("ss"))


@cache
def _phrase_stops() -> frozenset[str]:
    known = classes()
    return frozenset().union(
        *(known[name] for name in ("be", "have", "do", "modal", "preposition", "conjunction", "relative", "pronoun")),
        _SAYING,
    ) - {"of", "'s"}


def _clause_end(tokens: Tokens, at: int, end: int, *, comma: bool = False, reduced: bool = False) -> int:
    """Where the clause that goes on at `at` ends: at a mark, at a conjunction that opens another clause, or at a
    comma behind which another clause, a participle or a speaker stands. With `comma`, at any comma; with `reduced`,
    where the verb of the sentence stands ("a man accused of theft was jailed")."""
    lowers, limit = tokens.lowers, min(end, at + REACH)
    opened = False  # has a word of the clause been seen?
    commas = 0  # how many were passed over
    aside = 0  # where the relative clause ends that stands between the subject and its verb
    for k in range(at, limit):
        low = lowers[k]
        if not opened:
            if low in _HARD and low not in "([":
                return k
            if low == "," and _next_clause(tokens, k + 1, limit):
                return k
            opened = low not in _OPENING
        elif low in _HARD or (low in _CLAUSE and k >= aside and not _is_date(tokens, k, limit)):
            return k
        elif reduced and k > at + 1 and low in _finite():
            return k  # accused of theft was jailed
        elif low == ",":
            if k < aside:
                continue
            aside = 0 if comma else _relative_aside(tokens, k, limit)
            if not aside and (
                comma or _breaks(tokens, k + 1, limit) or (not commas and k + 1 < limit and lowers[k + 1] in _finite())
            ):
                return k
            commas += 1
        elif (low in _COORDINATING or low == "as") and _opens_clause(tokens, k + 1, limit, past=low == "as"):
            return k
    return limit


@cache
def _finite() -> frozenset[str]:
    """Verbs that go on with a clause behind its subject."""
    known = classes()
    return known["modal"] | known["have"] | known["do"] | known["be"] - {"be", "been", "being"}


def _is_date(tokens: Tokens, k: int, limit: int) -> bool:
    """Does "since" or "after" at k stand before a time, and open no clause: since 2010, before Friday?"""
    if tokens.lowers[k] not in ("since", "after", "before", "until") or k + 1 >= limit:
        return False
    low = tokens.lowers[k + 1]
    return low[0].isdigit() or low in classes()["month"] or low in classes()["weekday"]


def _question_end(tokens: Tokens, at: int, end: int) -> int:
    """Where a question ends that is the subject of what is said of it: whether it will rain | remains to be seen."""
    lowers = tokens.lowers
    return next(
        (
            k
            for k in range(at + 1, end - 1)
            if lowers[k] == "remains"
            or (
                lowers[k] in ("is", "was")
                and (
                    lowers[k + 1] in _OPEN
                    or (lowers[k + 1] in ("not", "an", "far") and k + 2 < end and lowers[k + 2] in _OPEN)
                )
            )
        ),
        end,
    )


def _relative_aside(tokens: Tokens, k: int, limit: int) -> int:
    """Where the relative clause between commas ends that opens behind the comma at k, if a verb goes on behind it:
    the bill, which has been stuck for years, might; else 0."""
    lowers = tokens.lowers
    if k + 1 >= limit or lowers[k + 1] not in ("who", "which", "whose"):
        return 0
    for j in range(k + 2, min(k + ASIDE, limit - 1)):
        if lowers[j] in _HARD:
            return 0
        if lowers[j] == ",":
            return j + 1 if lowers[j + 1] in _finite() else 0
    return 0


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
    for j in range(k + 1, min(k + 5, limit)):
        if tokens.lowers[j] in _finite() or (past and tokens.lowers[j].endswith("ed")):
            return True
        if not tokens.words[j][0].isalnum() or tokens.lowers[j] in known["preposition"]:
            return False
    return False


def _clause_start(tokens: Tokens, at: int, start: int) -> int:
    """Where the clause that stands before `at` starts."""
    lowers, k, floor = tokens.lowers, at - 1, max(start, at - REACH)
    while k >= floor:
        low = lowers[k]
        if low in _HARD or low in _CLAUSE or low in _RELATIVE or (low in _ASKING and k > start):
            return k + 1
        if low == ",":
            comma = _aside(lowers, k, floor)
            if comma is None:
                return k + 1
            k = comma
        elif low in _COORDINATING and _opens_clause(tokens, k + 1, at + 1) and not _is_listed(tokens, k, start):
            return k + 1
        k -= 1
    return floor


def _is_listed(tokens: Tokens, k: int, start: int) -> bool:
    """Does "and" at k stand between two names that open the sentence: "Ann Reed and Tom Hill are said to"?"""
    return start < k <= start + 4 and all(word[0].isupper() for word in tokens.words[start:k])


def _clause_before(tokens: Tokens, first: int, start: int) -> tuple[int, int]:
    """The clause before a comma and the short subject of the verb at `first`, where nothing follows it: "Ships are the
    likeliest culprit, studies suggest"."""
    for k in range(first - 1, max(start, first - 1 - SUBJECT), -1):
        if (
            tokens.lowers[k] in _HARD
            or tokens.lowers[k] in _CLAUSE
            or tokens.lowers[k] in _RELATIVE
            or tokens.lowers[k] in _ASKING
        ):
            break
        if tokens.lowers[k] == ",":
            floor = max(start, k - REACH)
            opens = next((j + 1 for j in range(k - 1, floor - 1, -1) if tokens.lowers[j] in _HARD), floor)
            return (opens, k) if k < first - 1 else (first, first)
    return first, first


def _aside(lowers, k: int, floor: int) -> int | None:
    """The comma that opens the aside which the comma at k closes, if there is one."""
    for j in range(k - 1, max(floor, k - ASIDE) - 1, -1):
        if lowers[j] in _HARD:
            return None
        if lowers[j] == ",":
            return j
    return None
