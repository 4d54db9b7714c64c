"""The language of patterns and contexts: from its text to elements that are matched against tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from analysis.text.word_lists import word_lists

MOST_NEEDED = 100  # with so few words, a set is worth looking for in the whole text before looking at one place
FOLDER = Path(__file__).parents[1] / "resources" / "rules"


@cache
def classes() -> Mapping[str, frozenset[str]]:
    """The word classes of classes.toml, by name."""
    return word_lists("classes")


NUMBER_WORDS = classes()["number_word"]

# Classes that a list of words cannot define: tests of the token as written and in lower case.
TESTS: dict[str, Callable[[str, str], bool]] = {
    "number": lambda word, low: word[0].isdigit() or low.partition("-")[0] in NUMBER_WORDS,  # "two-year" too
    "capital": lambda word, low: word[0].isupper(),
    "adverb": lambda word, low: len(low) > 4 and low.endswith("ly"),
    "past": lambda word, low: len(low) > 3 and low.endswith("ed"),
    "ing": lambda word, low: len(low) > 4 and low.endswith("ing"),
    "plural": lambda word, low: len(low) > 3 and low[-1] == "s" and low[-2] not in "su'",
    "superlative": lambda word, low: len(low) > 5 and low.endswith("est"),
    "word": lambda word, low: word[0].isalnum(),
    "any": lambda word, low: True,
}


class Element(NamedTuple):
    """One place in a pattern: one of its words, a token that passes its test, or a gap of up to `gap` tokens. START is
    the start of the sentence.
    """

    words: frozenset[str]
    test: Callable[[str, str], bool] | None
    optional: bool
    gap: int

    @property
    def single(self) -> bool:
        """Does it match exactly one token?"""
        return not self.optional and not self.gap

    @property
    def plain(self) -> bool:
        """Does it match exactly one token, which is one of its words?"""
        return self.single and self.test is None


START = Element(frozenset(), None, False, -1)


class Pattern(NamedTuple):
    """A compiled pattern: `before` and `after` surround the marked part, `anchor` is the literal element in it.

    `behind` is everything before the anchor, `ahead` everything after it; `fixed` says that the marked part has only
    one length.
    """

    before: tuple[Element, ...]
    left: tuple[Element, ...]
    anchor: Element
    right: tuple[Element, ...]
    after: tuple[Element, ...]
    behind: tuple[Element, ...]
    ahead: tuple[Element, ...]
    fixed: bool
    text: str


class Context(NamedTuple):
    """A condition on a match: elements left and right of it, or a named test with its words.

    `needs`: sets of words; the text must have a word of each, or the condition applies nowhere in it.
    """

    left: tuple[Element, ...]
    right: tuple[Element, ...]
    test: str
    words: frozenset[str]
    needs: frozenset[frozenset[str]] = frozenset()


@lru_cache(maxsize=4096)  # patterns share most of their elements
def _element(text: str) -> Element:
    if text == "^":
        return START
    if text.startswith("..") and text[2:].isdigit():
        return Element(frozenset(), None, False, int(text[2:]))
    optional = text.endswith("?") and len(text) > 1
    words: set[str] = set()
    tests = []
    for part in (text.removesuffix("?") if optional else text).split("|"):
        name = part[1:-1] if part.startswith("<") and part.endswith(">") else None
        if name is None:
            words.add(part)
        elif name in TESTS:
            tests.append(TESTS[name])
        elif name in classes():
            words |= classes()[name]
        else:
            raise ValueError(f"unknown class <{name}>; known are {', '.join(sorted([*TESTS, *classes()]))}")
    if "" in words or any(w != w.lower() for w in words):
        raise ValueError(f"{text!r} has an empty or capitalised word; write patterns in lower case")
    return Element(frozenset(words), _any_of(tests), optional, 0)


def _any_of(tests: Sequence[Callable[[str, str], bool]]) -> Callable[[str, str], bool] | None:
    if len(tests) < 2:
        return tests[0] if tests else None
    return lambda word, low: any(test(word, low) for test in tests)


def compile_pattern(text: str) -> Pattern:
    """Compile a pattern. Raises ValueError with what is wrong in it."""
    if text.count("{") != text.count("}") or text.count("{") > 1:
        raise ValueError(f"{text!r}: at most one pair of braces is allowed")
    _check_start(text)
    if "{" not in text:
        text = "{" + text + "}"
    outside, _, rest = text.partition("{")
    marked, _, behind_it = rest.partition("}")
    before, inner, after = (tuple(map(_element, piece.split())) for piece in (outside, marked, behind_it))
    literal = [k for k, element in enumerate(inner) if element.plain]
    if not literal:
        raise ValueError(f"{text!r}: the marked part needs at least one plain word")
    # the rarest place to look for: the one with the fewest words
    at = min(literal, key=lambda k: (len(inner[k].words), k))
    left, anchor, right = inner[:at], inner[at], inner[at + 1 :]
    return Pattern(
        before,
        left,
        anchor,
        right,
        after,
        before + left,
        right + after,
        all(element.single for element in left + right),
        text,
    )


def _check_start(text: str) -> None:
    if "^" in text.split()[1:]:
        raise ValueError(f"{text!r}: ^ means the start of the sentence; write it first")


def compile_context(text: str) -> Context:
    """Compile a context. Raises ValueError with what is wrong in it."""
    if text.startswith("@"):
        name, _, words = text[1:].partition(" ")
        if name not in ("first", "capitalised", "quoted", "with") or (name == "with") != bool(words):
            raise ValueError(f"{text!r}: known are @first, @capitalised, @quoted and @with a|b")
        return Context((), (), name, frozenset(words.split("|")))
    tokens = text.split()
    if tokens.count("_") != 1:
        raise ValueError(f"{text!r}: write _ once, in place of the marked part")
    _check_start(text)
    at = tokens.index("_")
    left, right = tuple(map(_element, tokens[:at])), tuple(map(_element, tokens[at + 1 :]))
    return Context(left, right, "", frozenset(), needed(left + right))


def needed(elements: Sequence[Element]) -> frozenset[frozenset[str]]:
    """The sets of words of which a text must have one each, or these elements match nowhere in it."""
    return frozenset(e.words for e in elements if e.plain and len(e.words) <= MOST_NEEDED)
