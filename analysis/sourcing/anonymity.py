"""Why a source has no name: "who asked not to be named", "on condition of anonymity because ...", as written."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from analysis.sourcing.adjuncts import on_condition
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.view import CONJUNCTION, RELATIVE, SUBJECT, View

_REACH = 60  # tokens behind the start of a source
_NEGATIVE = frozenset("not n't cannot declined refused unwilling refuses declines reluctant afraid never".split())
_GIVES = frozenset("give giving use using used publish provide revealing reveal disclose disclosing".split())
_SPEAKS = frozenset("speak talk discuss comment brief share disclose address reveal give be".split())
_STOPS = frozenset((",", ".", ";", ")", "—", "–", "?", "!"))


def find_reasons(view: View, sources: Sequence[tuple[Draft, str]]) -> dict[int, Range]:
    """The reason for each draft whose source has no name and whose sentence, or one of the next few, gives one.

    `sources`: the drafts in the order of the text, each with the kind of its source. Keys are id(draft).
    """
    signs = [k for k in view.document.tokens.find(_SIGNS) if not view.Q[k] and _SIGNS[view.L[k]](view.L, k)]
    reasons: dict[int, Range] = {}
    if not signs:
        return reasons
    sentences = view.document.sentences
    unnamed = [(draft, _sentence_of(view, draft)) for draft, kind in sources if kind in _WITHOUT_NAME and draft.source]
    for draft, number in unnamed:
        own = _own_reason(view, draft, signs, sentences[number].last_token)
        if own is not None:
            reasons[id(draft)] = own
    numbers = [number for _, number in unnamed]
    own_words = {k for a, b in reasons.values() for k in range(a, b)}
    for k in signs:
        if k in own_words:
            continue  # of the source in its own sentence: "two of the people said, speaking on condition of anonymity"
        number = view.document.sentence_index(view.starts[k])
        last = bisect_left(numbers, number) - 1
        if last < 0 or number - numbers[last] > _LATER or id(unnamed[last][0]) in reasons:
            continue
        span = _follow_up(view, sentences[number].first_token, k, sentences[number].last_token)
        if span is not None:
            reasons[id(unnamed[last][0])] = span
    return reasons


_WITHOUT_NAME = ("unnamed-person", "collective")
_LATER = 4  # sentences behind the words in which "The officials spoke on condition of anonymity" may stand


def not_reasons(judged: Iterable[tuple[Draft, Any]], reasons: Iterable[Range]) -> list[tuple[Draft, Any]]:
    """The drafts whose cue stands in no reason: "a worker, who did not want to give her name" reports nothing."""
    spans = sorted(reasons)
    if not spans:
        return list(judged)
    starts = [a for a, _ in spans]
    kept = []
    for draft, who in judged:
        i = bisect_right(starts, draft.at) - 1
        if i < 0 or draft.at >= spans[i][1]:
            kept.append((draft, who))
    return kept


def _sentence_of(view: View, draft: Draft) -> int:
    return view.document.sentence_index(view.starts[draft.at])


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


def _follow_up(view: View, a: int, k: int, b: int) -> Range | None:
    """The reason where a sentence of its own gives it: "The officials spoke on condition of anonymity because ..."."""
    about_them = view.L[a] in ("the", "both", "all", "they", "he", "she", "some") and (
        "anonym" in view.L[k] or view.L[k] in ("named", "identified")
    )
    return view.trim(a, b) if about_them and (view.K[a] == SUBJECT or _unnamed(view, a, k)) else None


def _unnamed(view: View, a: int, k: int) -> bool:
    """Is there no name between a and k: "The two officials spoke on condition of"?"""
    return not any(view.W[j][0].isupper() for j in range(a + 1, k))


def _clause(view: View, k: int, start: int, end: int) -> Range:
    """The clause around k: from its relative pronoun or the comma before it, to the comma or stop behind it."""
    a = k
    while a > start and view.W[a - 1] not in (",", "(", "—", "–") and not view.Q[a - 1]:
        relative = view.K[a] == RELATIVE and view.L[a - 1] != "condition"  # not "on the condition that she ..."
        if k - a >= 16 or relative or (on_condition(view, a) and not view.L[a - 1].endswith("ing")):
            break
        a -= 1
    b = k + 1
    while b < end and view.W[b] not in _STOPS and view.L[b] != "that" and not view.Q[b]:
        b += 1
    if view.L[a] in ("and", "but") and view.K[a] == CONJUNCTION:
        a += 1
    return view.trim(a, b)


def _condition(L: list[str], k: int) -> bool:
    """ "on condition of anonymity", "requested anonymity", and not "the anonymity of a big town"."""
    return L[k - 2 : k] == ["condition", "of"] or not _ASKED.isdisjoint(L[max(0, k - 3) : k])


_ASKED = frozenset("requested requesting asked asking granted given for demanded wanted seeking sought".split())


def _unnamed_wish(L: list[str], k: int) -> bool:
    """ "asked not to be named", "declined to be identified", "could not be named"."""
    return L[k - 1] in ("be", "being") and not _NEGATIVE.isdisjoint(L[max(0, k - 5) : k])


def _held_back(L: list[str], k: int) -> bool:
    """ "would not give her name", "whose name has been changed", "asked that his name not be used"."""
    before = L[max(0, k - 8) : k]
    if not _GIVES.isdisjoint(L[max(0, k - 3) : k]):
        return not _NEGATIVE.isdisjoint(before) or "only" in before
    after = L[k + 1 : k + 6]
    return not _WITHHELD.isdisjoint(after) or ("not" in after and not {"used", "published"}.isdisjoint(after))


_WITHHELD = frozenset("withheld withhold changed".split())


def _not_allowed(L: list[str], k: int) -> bool:
    """ "was not authorised to speak": no leave to say it in public."""
    forbidden = not _NEGATIVE.isdisjoint(L[max(0, k - 3) : k])
    return forbidden and L[k + 1] == "to" and not _SPEAKS.isdisjoint(L[k + 2 : k + 4])


def _stays(L: list[str], k: int) -> bool:
    """ "who wished to remain anonymous"."""
    return L[k - 1] in ("remain", "remaining", "remained", "stay", "be") and L[k - 2] in ("to", "and", "who", "not")


def _in_secret(L: list[str], k: int) -> bool:
    """ "spoke anonymously", and not "sent the letter anonymously"."""
    return L[k - 1] in ("spoke", "speaking", "speak", "responded", "talked") or L[k - 3] == "spoke"


_SIGNS = {
    "anonymity": _condition,
    "anonymously": _in_secret,
    "anonymous": _stays,
    "named": _unnamed_wish,
    "identified": _unnamed_wish,
    "name": _held_back,
    "names": _held_back,
    "identity": _held_back,
    "authorised": _not_allowed,
    "authorized": _not_allowed,
    "permitted": _not_allowed,
    "allowed": _not_allowed,
}
