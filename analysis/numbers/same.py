"""Second mentions: numbers of the same quantity, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import floor, log10
from typing import NamedTuple, Protocol

from analysis.numbers.expressions import Expression

_PLAIN_VERBS = ("", "be", "have", "do")  # what everything is and has
_KEPT = 12  # how many mentions of a noun a later one is compared with
LOOSE = 0.10  # how far "about" reaches, of the value
_FURTHER = 0.25  # how far a share may be above a third and still be called "more than a third"
_FEW = 10  # a count below this may be of other things
_OPEN = {("*",), ("it",), ("?",)}  # subjects that do not show whose the number is
_DIGITS = 3  # a value with so many digits before its final zeros rarely belongs to something else


class Quantity(NamedTuple):
    """A number with what tells quantities apart.

    `noun` (base form) is what it counts, `verb` that of its clause, `subject` the words of the clause's subject up to
    its head: ("*",) if the number is in it, ("it",) for a pronoun, ("?",) for the one who counts; `of` are the words
    after that head ("the contract with Boeing"). `definite` are "all 43" and "the 64 patients", `others` "40 more";
    `moving` is one end of a change ("down from 64 percent"). `times` and `places` are those of its sentence, `near` is
    the sentence and its voice.
    """

    number: Expression
    noun: str
    verb: str
    subject: tuple[str, ...]
    of: tuple[str, ...]
    definite: bool
    others: bool
    moving: bool
    times: frozenset[str]
    places: frozenset[str]
    near: tuple[int, str]


class Pair(NamedTuple):
    """Two places in the list of numbers, whether they agree, and why they count as the same quantity."""

    first: int
    second: int
    agrees: bool
    why: str


def pairs(quantities: Sequence[Quantity]) -> Iterator[Pair]:
    """Each number with the nearest earlier one of the same quantity, if there is one."""
    seen: dict[tuple[str, str, str], list[int]] = {}
    plain: dict[tuple[str, str], list[int]] = {}
    for place, q in enumerate(quantities):
        e = q.number
        if e.value is None or e.kind in ("rank", "date"):
            continue
        group = (e.kind, e.unit if e.kind == "amount" else "")
        known = seen.setdefault((q.noun, *group), []) if q.noun else []
        every = plain.setdefault(group, [])
        found = _nearest(quantities, place, known, every)
        if found is not None:
            yield found
        known.append(place)
        every.append(place)
        del known[:-_KEPT], every[:-_KEPT]


def _nearest(quantities: Sequence[Quantity], place: int, known: Iterable[int], every: Iterable[int]) -> Pair | None:
    q = quantities[place]
    for other in reversed(list(known)):
        before = quantities[other]
        if agree(before.number, q.number):
            if _is_telling(before, q):
                return Pair(other, place, True, "the same noun, and values that agree")
        elif _same_claim(before, q) and before.near != q.near:
            return Pair(other, place, False, "the same noun in the same claim, and values that do not agree")
    if not q.noun and q.definite:
        for other in reversed(list(every)):
            before = quantities[other]
            if before.number.value == q.number.value and (before.noun or not before.definite):
                return Pair(other, place, True, "the same value, mentioned again")
    for other in reversed(list(every)):
        before = quantities[other]
        if (
            before.verb not in _PLAIN_VERBS
            and before.verb == q.verb
            and not q.noun
            and before.noun
            and q.subject == ("it",)
            and before.near[0] != q.near[0]
        ):
            return Pair(other, place, agree(before.number, q.number), "the same verb, with a pronoun for its subject")
    return None


def _is_telling(before: Quantity, q: Quantity) -> bool:
    """Is it more than chance that two numbers with the same noun agree?"""
    if _elsewhere(before, q):
        return False
    if q.definite or (before.definite and before.number.value == q.number.value):
        return not _is_loose(before, q)
    if q.others or before.near == q.near or _new_ones(before, q):
        return False
    if _same_claim(before, q):
        return not _is_loose(before, q)
    if before.number.value != q.number.value and q.number.kind != "share":
        return False  # "employs 430 workers", "about 400 workers are on strike"
    if _others_do_it(before, q) and not _is_precise(q.number.value):
        return False
    return not _is_loose(before, q) and (q.number.value or 0) >= _FEW


def _is_loose(before: Quantity, q: Quantity) -> bool:
    """Does each of two numbers leave so much open that they agree with almost anything?"""
    return "exact" not in (before.number.bound, q.number.bound) and before.number.value != q.number.value


def _elsewhere(before: Quantity, q: Quantity) -> bool:
    """Are their sentences about other years or months, or about other places?"""
    return _apart(before.times, q.times) or _apart(before.places, q.places)


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def _new_ones(before: Quantity, q: Quantity) -> bool:
    """Does the same voice give the same number again: "Twelve judges voted for it. Twelve judges voted against it."?"""
    same = before.number.value == q.number.value and before.verb == q.verb and before.near[1] == q.near[1]
    return same and before.subject == q.subject == ("*",)


def _others_do_it(before: Quantity, q: Quantity) -> bool:
    """Do the subjects of their clauses differ: "Velden has 12 bakers", "Ostby has 12 bakers"?"""
    named = before.subject and q.subject and not _OPEN & {before.subject, q.subject}
    return bool(named) and not _same_subject(before, q)


def _same_subject(before: Quantity, q: Quantity) -> bool:
    """The hospital, the old hospital; not the old one and the new one, nor contracts with two firms."""
    size, of = min(len(before.subject), len(q.subject)), min(len(before.of), len(q.of))
    return size > 0 and before.subject[-size:] == q.subject[-size:] and before.of[:of] == q.of[:of]


def _is_precise(value: float | None) -> bool:
    """Has a value three digits or more before its last zeros?"""
    return len(f"{value or 0:.2f}".rstrip("0").removesuffix(".").rstrip("0").replace(".", "").lstrip("0")) >= _DIGITS


def _same_claim(before: Quantity, q: Quantity) -> bool:
    """Do two numbers say the same about the same thing: same verb, same subject, no different times or places?"""
    if before.moving or q.moving or q.others or _elsewhere(before, q):
        return False
    if before.times != q.times and before.times and q.times:
        return False
    return bool(q.verb) and before.verb == q.verb and bool(q.subject) and _same_subject(before, q)


class Valued(Protocol):
    """Anything that has a value with a bound: an expression, or a number."""

    @property
    def value(self) -> float | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def bound(self) -> str: ...
    @property
    def high(self) -> float | None: ...


def agree(a: Valued, b: Valued) -> bool:
    """Can two numbers for one quantity both be true: as written, rounded, or within what their bounds leave open?

    >>> def share(value, bound="exact"):
    ...     return Expression(0, 1, "share", value, "percent", bound)
    >>> agree(share(62.0), share(66.67, "about")), agree(share(33.33, "at-least"), share(36.0))
    (True, True)
    >>> agree(share(60.0), share(90.0))
    False
    """
    if a.value is None or b.value is None or a.unit != b.unit:
        return False
    if a.bound == "range" or b.bound == "range":
        low, high = (a, b) if a.bound == "range" else (b, a)
        return (low.value or 0) <= (high.value or 0) <= (low.high or 0) or (low.value, low.high) == (
            high.value,
            high.high,
        )
    if a.value == b.value or _rounded(a.value, b.value) or _rounded(b.value, a.value):
        return True
    if "about" in (a.bound, b.bound):
        return abs(a.value - b.value) <= LOOSE * max(abs(a.value), abs(b.value))
    return _within(a, b) or _within(b, a)


def _within(bounded: Valued, other: Valued) -> bool:
    """Is a number on the right side of a bound, and near enough for the bound to be worth saying?"""
    limit, value = bounded.value or 0.0, other.value or 0.0
    if bounded.bound == "at-least":
        return limit <= value <= limit * (1 + _FURTHER)
    return bounded.bound == "at-most" and limit * (1 - _FURTHER) <= value <= limit


def _rounded(fine: float, coarse: float) -> bool:
    """Is the second the first, rounded to the number of digits that it has, at least two?"""
    if not fine or not coarse or abs(coarse) < 100:
        return False
    digits = len(f"{abs(coarse):.0f}".rstrip("0"))
    scale = 10.0 ** (floor(log10(abs(fine))) + 1 - max(2, digits))
    return round(fine / scale) * scale == coarse
