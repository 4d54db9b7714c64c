"""Orders of source, cue and content, read from resources/rules/orders.toml and held against the words around a cue.

An order is a row of elements, one of which is `cue`::

    order = "clause , source cue told? when end"

Elements left of the cue are held against the text from the cue outwards to the left, those right of it to the right;
the first order that fits decides (so a narrower one stands above a wider one, as its exception).  Each element is a
small function of `elements_left.py` or `elements_right.py` that says where the next one has to begin, and fills the
parts it stands for.

=================== =================================================================================
``source``           the subject of the cue, or after an inverted cue the noun phrase that follows
``told?``            those who are told
``when``             adjuncts of time and medium, if any
``quotation`` ...    a content, by how it opens: see LEFT and RIGHT there
``rest?``            a content that goes on after the source
``end``              nothing but adjuncts up to the end of the sentence
``,`` ``^``          a comma or dash; the start of the sentence
``=as`` ``=when|if`` the word itself, or one of several
=================== =================================================================================

`not_order` holds antipatterns: where one of them stands, the order does not.  `forms` names the forms of the cue that
the order is for, `takes` the complements one of which its verb must take, `lemmas` the only verbs it is for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import count
from typing import NamedTuple

from analysis.rules import Rule, RuleError, load_rules
from analysis.sourcing.candidates import FORMS, Cue
from analysis.sourcing.complements import ACCEPT
from analysis.sourcing.cues import TAKES, CueWord
from analysis.sourcing.elements import Parts, Step
from analysis.sourcing.elements_left import LEFT, word_left
from analysis.sourcing.elements_right import RIGHT, opening_at, word_right
from analysis.sourcing.sentence import Sentence

_NUMBERS = count()


class Tried:
    """What is known of the beginnings of rows around one cue, by their bits: which do not stand there (their sum), and
    how far others reach, with the parts that they fill."""

    __slots__ = ("failed", "held")

    def __init__(self) -> None:
        self.failed = 0
        self.held: dict[int, tuple[int, Parts]] = {}


class Row(NamedTuple):
    """A row of elements: those left of the cue, nearest first, and those right of it.

    `beginnings` has a bit for the row up to each of its elements, and `all` their sum: rows that begin alike share
    these bits. `opens` is how the content opens that is its last element; "" where that is something else.
    """

    left: tuple[Step, ...]
    right: tuple[Step, ...]
    beginnings: tuple[int, ...]
    all: int
    opens: str

    def hold(self, sentence: Sentence, cue: Cue, tried: Tried) -> Parts | None:
        """The parts, if the row matches around the cue."""
        if tried.failed & self.all:
            return None
        if len(self.right) > 1:  # all except the last element, which other rows may have too
            found = tried.held.get(self.beginnings[-2]) or self._begin(sentence, cue, tried)
            if found is None:
                return None
            k = found[0]
            if not self.opens or opening_at(sentence, k)[0] == self.opens:
                parts = found[1].again()
                if self.right[-1](sentence, cue, k, parts) is not None:
                    return parts
            tried.failed |= self.beginnings[-1]
            return None
        found = self._steps(sentence, cue, tried, self.right)
        return None if found is None else found[1]

    def _begin(self, sentence: Sentence, cue: Cue, tried: Tried) -> tuple[int, Parts] | None:
        """All of the row except its last element, kept for other rows that begin the same way."""
        found = self._steps(sentence, cue, tried, self.right[:-1])
        if found is not None:
            tried.held[self.beginnings[-2]] = found
        return found

    def _steps(self, sentence: Sentence, cue: Cue, tried: Tried, right: Sequence[Step]) -> tuple[int, Parts] | None:
        parts, number = Parts(cue), 0
        for steps, k in ((self.left, cue.first), (right, cue.last)):
            for step in steps:
                at = step(sentence, cue, k, parts)
                if at is None:
                    tried.failed |= self.beginnings[number]
                    return None
                k, number = at, number + 1
        return k, parts


class Order(NamedTuple):
    """A row ready to be matched against cues, and the rows (antipatterns) that must not match there."""

    rule: Rule
    template: str
    row: Row
    never: tuple[Row, ...]
    takes: frozenset[str]
    lemmas: frozenset[str]
    not_lemmas: frozenset[str]

    def fits(self, word: CueWord) -> bool:
        """Can a verb be used in this order?"""
        if self.takes and self.takes.isdisjoint(word.takes) and not ("prep" in self.takes and word.preps):
            return False
        return (not self.lemmas or word.lemma in self.lemmas) and word.lemma not in self.not_lemmas


@cache
def order_rules() -> tuple[Rule, ...]:
    """The rules of orders.toml. Raises RuleError if one is wrong."""
    return load_rules(
        "orders.toml", required=("template",), optional=("order", "not_order", "forms", "takes", "lemmas", "not_lemmas")
    )


@cache
def orders(form: str) -> tuple[Order, ...]:
    """The orders for a form of cues, in the order in which they are tried."""
    return tuple(order for rule in order_rules() if form in rule.fields.get("forms", ()) for order in _compile(rule))


@cache
def orders_of(form: str, word: CueWord) -> tuple[Order, ...]:
    """The orders in which a verb can be used in a form, in the order in which they are tried."""
    return tuple(order for order in orders(form) if order.fits(word))


@cache
def _compile(rule: Rule) -> tuple[Order, ...]:
    for name, known in (("forms", FORMS), ("takes", (*TAKES, "prep"))):
        wrong = sorted(set(rule.fields.get(name, ())) - set(known))
        if wrong:
            raise RuleError(f"{rule.where}: {name} has {', '.join(wrong)}; choose from {', '.join(known)}")
    texts = rule.fields.get("order", ())
    return tuple(_order(rule, text) for text in ([texts] if isinstance(texts, str) else texts))


def _order(rule: Rule, text: str) -> Order:
    fields = (frozenset(rule.fields.get(name, ())) for name in ("takes", "lemmas", "not_lemmas"))
    never = tuple(_row(rule, other) for other in rule.fields.get("not_order", ()))
    return Order(rule, rule["template"], _row(rule, text), never, *fields)


def _row(rule: Rule, text: str) -> Row:
    elements = text.split()
    if elements.count("cue") != 1:
        raise RuleError(f"{rule.where}: {text!r} must contain `cue` exactly once")
    at = elements.index("cue")
    left, right = elements[:at][::-1], elements[at + 1 :]
    row = (*left, "cue", *right)
    beginnings = tuple(_bit(row[: n + 1]) for n in (*range(len(left)), *range(len(left) + 1, len(row))))
    return Row(
        tuple(_step(rule, e, LEFT, word_left) for e in left),
        tuple(_step(rule, e, RIGHT, word_right) for e in right),
        beginnings,
        sum(set(beginnings)),
        row[-1] if row[-1] in ACCEPT else "",
    )


@cache
def _bit(beginning: tuple[str, ...]) -> int:
    """A bit for the beginning of a row."""
    return 1 << next(_NUMBERS)


def _step(rule: Rule, element: str, known: dict[str, Step], word: Callable[[frozenset[str]], Step]) -> Step:
    """The function behind an element. Raises RuleError for an unknown element."""
    name = element.removesuffix("?")
    step = word(frozenset(name[1:].split("|"))) if name.startswith("=") else known.get(name)
    if step is None:
        raise RuleError(f"{rule.where}: unknown element {element!r}; known are =word, {', '.join(sorted(known))}")
    return _optional(step) if element.endswith("?") else step


def _optional(step: Step) -> Step:
    def tried(sentence: Sentence, cue: Cue, k: int, parts: Parts) -> int:
        at = step(sentence, cue, k, parts)
        return k if at is None else at

    return tried


def find_order(sentence: Sentence, cue: Cue) -> tuple[Order, Parts] | None:
    """The order of a cue, its source and its content, and the parts; None if it reports nothing."""
    tried = Tried()
    for order in orders_of(cue.form, cue.word):
        if tried.failed & order.row.all:  # most: they begin as another did that does not stand there
            continue
        parts = order.row.hold(sentence, cue, tried)
        if parts is not None and (parts.content or parts.outer):
            if any(row.hold(sentence, cue, tried) is not None for row in order.never):
                continue
            return order, parts
    return None
