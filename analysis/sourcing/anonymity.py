"""Why a source has no name: "who asked not to be named", "on condition of anonymity because ...", as written."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeVar

from analysis.sourcing.adjuncts import on_condition
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.source_kinds import (
    own_words,
)
from analysis.sourcing.view import CONJUNCTION, RELATIVE, SUBJECT, View

_REACH = 60  # how many tokens after the start of a source
_LATER = 4  # how many sentences after the words may say "The officials spoke on condition of anonymity"
_LONGEST = 16  # how many tokens of the clause before the telling word
_STOPS = frozenset((",", ".", ";", ")", "—", "–", "?", "!"))

Judged = TypeVar("Judged")


def find_reasons(view: View, unnamed: Sequence[Draft]) -> dict[int, Range]:
    """The reason for each draft, by id(), whose sentence gives one, or one of the next few.

    `unnamed`: the drafts whose source has no name, in the order of the text.
    """
    signs = _signs(view)
    if not signs:
        return {}
    numbers = [view.document.sentence_index(view.starts[draft.at]) for draft in unnamed]
    reasons: dict[int, Range] = {}
    for draft, number in zip(unnamed, numbers, strict=True):
        own = _own_reason(view, draft, signs, view.document.sentences[number].last_token)
        if own is not None:
            reasons[id(draft)] = own
    used = {k for a, b in reasons.values() for k in range(a, b)}
    for last, later in _follow_ups(view, [k for k in signs if k not in used], numbers):
        reasons.setdefault(id(unnamed[last]), later)
    return reasons


def not_reasons(judged: Iterable[tuple[Draft, Judged]], reasons: Iterable[Range]) -> list[tuple[Draft, Judged]]:
    """The drafts whose cue is not part of a reason: "a worker, who did not want to give her name" reports nothing."""
    spans = sorted(reasons)
    before = ((bisect_right(spans, d.at, key=lambda span: span[0]) - 1, d, who) for d, who in judged)
    return [(draft, who) for i, draft, who in before if i < 0 or draft.at >= spans[i][1]]


def _own_reason(view: View, draft: Draft, signs: Sequence[int], end: int) -> Range | None:
    """The words of the sentence, which ends at `end`, that say why the source of a draft is not named."""
    start = min(a for a, _ in [*draft.source[:1], *draft.cue[:1]])
    for k in signs[bisect_left(signs, start) : bisect_left(signs, min(end, start + _REACH))]:
        behind = max((b for _, b in draft.cue if b <= k), default=start)
        span = _clause(view, k, behind, end)
        inside = any(a <= span[0] < b for a, b in draft.content) and not view.L[k].startswith("anonym")
        if not inside or view.K[span[0]] == RELATIVE:
            return span  # and not "said that the victim could not be named"
    return None


def _follow_ups(view: View, signs: Sequence[int], numbers: Sequence[int]) -> Iterator[tuple[int, Range]]:
    """The reasons that a sentence of its own gives, with no name before the word that tells ("The officials spoke on
    condition of anonymity because ..."), each with the index in `numbers` (of sentences) of the last source before."""
    for k in signs:
        number = view.document.sentence_index(view.starts[k])
        a, b = view.document.sentences[number].first_token, view.document.sentences[number].last_token
        last = bisect_left(numbers, number) - 1
        near = last >= 0 and number - numbers[last] <= _LATER
        tells = "anonym" in view.L[k] or view.L[k] in ("named", "identified")
        nameless = view.K[a] == SUBJECT or not any(view.W[j][0].isupper() for j in range(a + 1, k))
        if near and tells and nameless and view.L[a] in own_words()["about_them"]:
            yield last, view.trim(a, b)


def _clause(view: View, k: int, start: int, end: int) -> Range:
    """The clause around k: from its relative pronoun or the comma before it, to the comma or full stop after it."""
    a = k
    while a > start and view.W[a - 1] not in (",", "(", "—", "–") and not view.Q[a - 1]:
        relative = view.K[a] == RELATIVE and view.L[a - 1] != "condition"  # not "on the condition that she ..."
        if k - a >= _LONGEST or relative or (on_condition(view, a) and not view.L[a - 1].endswith("ing")):
            break
        a -= 1
    b = k + 1
    while b < end and view.W[b] not in _STOPS and view.L[b] not in ("that", "but") and not view.Q[b]:
        b += 1
    return view.trim(a + (view.L[a] in ("and", "but") and view.K[a] == CONJUNCTION), b)


def _signs(view: View) -> list[int]:
    tests = _table()
    return [k for k in view.document.tokens.find(tests) if not view.Q[k] and tests[view.L[k]](view.L, k)]


def _any(name: str, words: Sequence[str]) -> bool:
    """Is one of the words in the list of people.toml?"""
    return not own_words()[name].isdisjoint(words)


def _condition(L: Sequence[str], k: int) -> bool:
    """ "on condition of anonymity", "requested anonymity", and not "the anonymity of a big town"."""
    return L[k - 2 : k] == ["condition", "of"] or _any("asks_anonymity", L[max(0, k - 3) : k])


def _unnamed_wish(L: Sequence[str], k: int) -> bool:
    """ "asked not to be named", "declined to be identified", "could not be named"."""
    return L[k - 1] in ("be", "being") and _any("unwilling", L[max(0, k - 5) : k])


def _held_back(L: Sequence[str], k: int) -> bool:
    """ "would not give her name", "whose name has been changed", "asked that his name not be used"."""
    before, after = L[max(0, k - 8) : k], L[k + 1 : k + 6]
    if _any("gives_name", before[-3:]):
        return _any("unwilling", before) or "only" in before
    return _any("withholds_name", after) or ("not" in after and ("used" in after or "published" in after))


def _not_allowed(L: Sequence[str], k: int) -> bool:
    """ "was not authorised to speak": no leave to say it in public."""
    return _any("unwilling", L[max(0, k - 3) : k]) and L[k + 1] == "to" and _any("speaks_publicly", L[k + 2 : k + 4])


def _stays(L: Sequence[str], k: int) -> bool:
    """ "who wished to remain anonymous"."""
    return L[k - 1] in own_words()["remains"] and L[k - 2] in ("to", "and", "who", "not")


def _in_secret(L: Sequence[str], k: int) -> bool:
    """ "spoke anonymously", and not "sent the letter anonymously"."""
    return L[k - 1] in own_words()["spoke"] or L[k - 3] == "spoke"


_TESTS: dict[str, Callable[[Sequence[str], int], bool]] = {
    "sign_anonymity": _condition,
    "sign_in_secret": _in_secret,
    "sign_remains": _stays,
    "sign_named": _unnamed_wish,
    "sign_name": _held_back,
    "sign_allowed": _not_allowed,
}


@cache
def _table() -> Mapping[str, Callable[[Sequence[str], int], bool]]:
    """Word -> what must surround it."""
    return {word: test for name, test in _TESTS.items() for word in own_words()[name]}
