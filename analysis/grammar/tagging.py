"""The class of each word in its place: the table's most frequent one, unless a rule on its neighbours says otherwise.

The rules are in resources/rules/tagging.toml. Each chooses one of the classes that the table gives the word, by up to
three words before it and three after::

    [[rule]]
    id = "TAG.BASE.TO"
    context = "to <adverb>? {<can:base>}"
    tag = "base"

The first rule that fits a word decides (so a narrower rule stands above a wider one, as its exception).  Words are read
from left to right: what comes before is settled, what comes after has its most frequent class.  After Brill 1995,
Transformation-Based Error-Driven Learning, and the disambiguation rules of LanguageTool.

========== ==========================================================
``word``    the word itself; ``a|b`` one of several; ``!a|b`` none of them
``<tag>``   a class: noun, plural, name, base, third, past, participle, ing, adjective, adverb ...
``<can:x>`` it can have that class, whatever it has here
``<group>`` a list of classes.toml: month, modal, be ...
``<capital>`` it has a capital letter
``x&y``     both: ``<noun>&!<can:base>``
``x?``      may be missing
``^``       the edge of the sentence
========== ==========================================================
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from analysis.grammar.words import CLASSES, HIDDEN, Form, first_form, form, role_of
from analysis.rules import FOLDER, classes, load_rules

EDGE, MARK = "\n", "\t"  # of a sentence; a quotation mark, which rules do not see
REACH = 3  # words on either side that a rule may look at
MOST_STATES, MOST_CONTEXTS = 30_000, 300_000  # kept in memory before starting over


class Test(NamedTuple):
    """What a rule asks of the word `offset` places away: to share a feature with `features`, or to share none."""

    offset: int
    features: int
    negated: bool

    def passes(self, features: int) -> bool:
        return (features & self.features == 0) is self.negated


class Choice(NamedTuple):
    """A rule ready to run: what the word itself must be, what is around it, and the class it then has."""

    id: str
    target: tuple[Test, ...]
    around: tuple[Test, ...]
    tag: str


class Features:
    """The features that the rules ask for, one bit each; a word in its place is the sum of those it has."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        self.groups = groups
        self.bits: dict[str, int] = {}
        for name in (*CLASSES.values(), *("can:" + letter for letter in CLASSES.values()), "capital", EDGE):
            self.bit(name)
        self.words: dict[str, int] = {}

    def bit(self, name: str) -> int:
        return self.bits.setdefault(name, 1 << len(self.bits))

    def word(self, word: str) -> int:
        bit = self.bit("=" + word)
        self.words[word] = bit
        return bit

    def of(self, word: Form, letter: str) -> int:
        """The features of a word that has the class `letter` in its place."""
        found = self.bits[letter] | self.words.get(word.low, 0)
        for other in word.classes.replace("f", "e"):
            found |= self.bits["can:" + other]
        return found | self.bits["capital"] if word.capital else found

    def tests(self, element: str, offset: int) -> list[Test]:
        """What an element of a pattern asks of the word `offset` places away."""
        return [Test(offset, *self.parse(part)) for part in element.split("&")]

    def parse(self, element: str) -> tuple[int, bool]:
        """A part of an element as features, and whether it is negated."""
        negated = element.startswith("!")
        features = 0
        for part in element.removeprefix("!").split("|"):
            if part == "^":
                features |= self.bits[EDGE]
            elif not part.startswith("<"):
                features |= self.word(part)
            else:
                features |= self._named(part[1:-1])
        return features, negated

    def _named(self, name: str) -> int:
        if name in CLASSES:
            return self.bits[CLASSES[name]]
        if name.startswith("can:"):
            return self.bits["can:" + CLASSES[name[4:]]]
        if name == "capital":
            return self.bits[name]
        if name in self.groups:
            return self.parse(self.groups[name])[0]
        features = 0
        for word in classes()[name]:
            features |= self.word(word)
        return features


def _arrangements(elements: Sequence[str]) -> Iterator[list[str]]:
    """The elements with each of the optional ones there and missing, the longest first."""
    for k, element in enumerate(elements):
        if element.endswith("?"):
            yield from _arrangements([*elements[:k], element[:-1], *elements[k + 1 :]])
            yield from _arrangements([*elements[:k], *elements[k + 1 :]])
            return
    yield list(elements)


def _compile(rule_id: str, pattern: str, tag: str, features: Features) -> Iterator[Choice]:
    before, _, rest = pattern.partition("{")
    target, _, after = rest.partition("}")
    for left in _arrangements(before.split()):
        for right in _arrangements(after.split()):
            if max(len(left), len(right)) > REACH:
                continue
            around = [test for k, e in enumerate(left) for test in features.tests(e, k - len(left))]
            around += [test for k, e in enumerate(right) for test in features.tests(e, k + 1)]
            near = sorted(around, key=lambda t: abs(t.offset))
            word = tuple(features.tests(target, 0))
            yield Choice(rule_id, word, tuple(near), CLASSES[tag])


class Tagger:
    """Tags lists of words; remembers the states that words can be in, and what was decided in each context.

    A state is one character: for the classes of a word, the one it has in its place, and the word itself where a rule
    names it.  Which rules may still choose for a word, given the words beside it, is found once for each kind of
    neighbours: states that the rules cannot tell apart are of one kind, again one character.
    """

    def __init__(self) -> None:
        with (FOLDER / "tagging.toml").open("rb") as file:
            self.features = Features(tomllib.load(file)["groups"])
        self.choices: list[Choice] = []
        for rule in load_rules("tagging.toml", required=("tag", "context")):
            contexts = rule["context"]
            for context in [contexts] if isinstance(contexts, str) else contexts:
                self.choices += _compile(rule.id, context, rule["tag"], self.features)
        self.beside = 0  # the features that rules ask of the words beside
        for choice in self.choices:
            for test in choice.around:
                self.beside |= test.features if abs(test.offset) == 1 else 0
        self.reset()

    def reset(self) -> None:
        """Forget the states and contexts met so far."""
        self.state_of: dict[tuple[int, str, str, bool], str] = {}
        self.letters: dict[str, str] = {MARK: "."}
        self.roles: dict[str, str] = {}
        self.masks: dict[str, int] = {}
        self.kinds: dict[str, str] = {}  # of neighbours
        self.open: dict[str, str] = {}  # the choices that a state leaves open, as one character
        self.then: dict[str, dict[int, str]] = {}  # the state after a choice
        self.after: dict[str, str] = {}  # the choices left after a kind of word: kind and choices, to choices
        self.near: dict[str, tuple[tuple[tuple[Test, ...], int], ...]] = {}  # and before one, with what is left to test
        self._kinds: dict[int, str] = {}
        self._masks: dict[str, int] = {}
        self._numbers: dict[tuple[int, ...], str] = {}
        self._lists: list[tuple[int, ...]] = []
        self._add(EDGE, self.features.bits[EDGE])
        self.inside, self.first = _States(self, form), _States(self, first_form)

    def state(self, word: Form, letter: str, settled: bool = True) -> str:
        """The state of a word that has the class `letter` in its place, by a rule (`settled`) or by the table."""
        mask, role = self.features.of(word, letter), role_of(word.low, letter, word.classes, settled)
        key = (mask, word.classes, role, settled)
        state = self.state_of.get(key)
        if state is None:
            state = self.state_of[key] = chr(len(self.state_of) + 256)
            self.letters[state], self.roles[state] = letter, role
            self._add(state, mask)
            if len(word.classes) > 1 and not settled:
                self._leave_open(state, word, mask)
        return state

    def _add(self, state: str, mask: int) -> None:
        """Keep the features of a state, and its kind as a neighbour."""
        self.masks[state] = mask
        kind = self.kinds[state] = self._kinds.setdefault(mask & self.beside, chr(len(self._kinds)))
        self._masks[kind] = mask & self.beside

    def _leave_open(self, state: str, word: Form, mask: int) -> None:
        """Find the choices that a state leaves open."""
        possible = word.classes.replace("f", "e")
        then = {
            number: self.state(word, choice.tag)
            for number, choice in enumerate(self.choices)
            if choice.tag in possible and all(test.passes(mask) for test in choice.target)
        }
        self.open[state], self.then[state] = self._number(tuple(then)), then

    def _number(self, choices: tuple[int, ...]) -> str:
        """One character for these choices."""
        return self._numbers.setdefault(choices, chr(len(self._numbers)))

    def tag(self, words: Sequence[str], firsts: Sequence[int]) -> tuple[str, str]:
        """The state of each word, of which `letters` gives the class, and its role in phrases, a letter each.

        `firsts` are the words with which sentences begin, and the number of words.
        """
        if len(self.state_of) > MOST_STATES or len(self.near) > MOST_CONTEXTS:
            self.reset()
        pieces = []
        states = "".join(map(self.inside.__getitem__, words))
        for a, b in pairwise(firsts):
            if a < b:
                k = a
                while k < b - 1 and k < a + REACH and not words[k][0].isalnum():
                    k += 1
                pieces.append(states[a:k] + self.first[words[k]] + states[k + 1 : b])
        whole = EDGE.join(pieces)
        if MARK not in whole:
            return self._settle(whole)
        marks = [k for k, word in enumerate(words) if word in HIDDEN]
        settled, roles = self._settle(whole.replace(MARK, ""))
        return _with_marks(marks, settled, MARK), _with_marks(marks, roles, '"')

    def _settle(self, states: str) -> tuple[str, str]:
        """The states and roles of the words, once the rules have chosen."""
        states = EDGE * REACH + states + EDGE * REACH
        settled = list(states)
        options, after, near, kinds = self.open, self.after, self.near, self.kinds
        for k, state in enumerate(states):
            if state in options:
                key = kinds[settled[k - 1]] + options[state]
                possible = after.get(key) or self._after(key)
                choices = near.get(possible + kinds[states[k + 1]])
                if choices is None:
                    choices = self._near(possible, kinds[states[k + 1]])
                for tests, number in choices:
                    if not tests or self._pass(tests, settled, k):
                        settled[k] = self.then[state][number]
                        break
        kept = "".join(settled).replace(EDGE, "")
        return kept, "".join(map(self.roles.__getitem__, kept))

    def _after(self, key: str) -> str:
        """The choices that a kind of word leaves to the word after it."""
        mask = self._masks[key[0]]
        left = tuple(
            number
            for number in self._by_number(key[1])
            if all(test.passes(mask) for test in self.choices[number].around if test.offset == -1)
        )
        found = self.after[key] = self._number(left)
        return found

    def _near(self, possible: str, kind: str) -> tuple[tuple[tuple[Test, ...], int], ...]:
        """What may still be chosen for a word before a kind of word: what is left to test, and the choice."""
        mask = self._masks[kind]
        found = []
        for number in self._by_number(possible):
            around = self.choices[number].around
            if all(test.passes(mask) for test in around if test.offset == 1):
                rest = tuple(test for test in around if abs(test.offset) > 1)
                found.append((rest, number))
                if not rest:
                    break
        choices = self.near[possible + kind] = tuple(found)
        return choices

    def _by_number(self, character: str) -> tuple[int, ...]:
        if len(self._lists) < len(self._numbers):
            self._lists = list(self._numbers)
        return self._lists[ord(character)]

    def _pass(self, tests: Sequence[Test], settled: Sequence[str], k: int) -> bool:
        masks = self.masks
        return all((masks[settled[k + offset]] & features == 0) is negated for offset, features, negated in tests)


class _States(dict[str, str]):
    """The state in which a word is before rules look at it; filled as words come."""

    def __init__(self, tagger: Tagger, read: Callable[[str], Form]) -> None:
        super().__init__()
        self.tagger, self.read = tagger, read

    def __missing__(self, word: str) -> str:
        if len(self) > MOST_STATES:
            self.clear()
        if word in HIDDEN:
            return MARK
        found = self.read(word)
        state = self[word] = self.tagger.state(found, found.classes[0], False)
        return state


def _with_marks(marks: Sequence[int], letters: str, mark: str) -> str:
    """One letter per word, without the quotation marks `marks`."""
    pieces: list[str] = []
    at = 0
    for number, k in enumerate(marks):
        pieces += (letters[at : k - number], mark)
        at = k - number
    return "".join((*pieces, letters[at:]))


@cache
def tagger() -> Tagger:
    """The tagger of this process."""
    return Tagger()
