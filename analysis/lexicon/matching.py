"""Rules held against the tokens of a text, through an index by their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from analysis.document import Tokens
from analysis.lexicon.language import START, Context, Element, Pattern
from analysis.lexicon.rules import Rule

REACH = 60      # tokens that a context looks to either side, so that the time stays linear in any text


class Match(NamedTuple):
    """A rule's marked part: the half-open token range first to last."""

    rule: Rule
    first: int
    last: int


def _ends(elements: Sequence[Element], tokens: Tokens, at: int, limit: int) -> Iterator[int]:
    """Every index where `elements` can end when they start at `at` and stay before `limit`."""
    if not elements:
        yield at
        return
    element, rest = elements[0], elements[1:]
    if element.gap:
        for k in range(at, min(at + element.gap, limit) + 1):
            yield from _ends(rest, tokens, k, limit)
        return
    if at < limit and _fits(element, tokens, at):
        yield from _ends(rest, tokens, at + 1, limit)
    if element.optional:
        yield from _ends(rest, tokens, at, limit)


def _starts(elements: Sequence[Element], tokens: Tokens, at: int, limit: int) -> Iterator[int]:
    """Every index where `elements` can start when they end before `at` and stay from `limit` on."""
    if not elements:
        yield at
        return
    element, rest = elements[-1], elements[:-1]
    if element is START:
        if _opens(tokens, at, limit):
            yield from _starts(rest, tokens, at, limit)
        return
    if element.gap:
        for k in range(at, max(at - element.gap, limit) - 1, -1):
            yield from _starts(rest, tokens, k, limit)
        return
    if at > limit and _fits(element, tokens, at - 1):
        yield from _starts(rest, tokens, at - 1, limit)
    if element.optional:
        yield from _starts(rest, tokens, at, limit)


_QUOTES = frozenset(["“", '"', "``", "‘", "'", "(", "["])
_TERMINAL = frozenset([".", "?", "!", "…", "...", ":"])


def _opens(tokens: Tokens, first: int, start: int) -> bool:
    """Does the token `first` open its sentence, which starts at `start`, or a sentence in a quotation there?"""
    words, k = tokens.words, first - 1
    while k >= start and words[k] in _QUOTES and first - k < REACH:
        k -= 1
    if k < start or words[k] in _TERMINAL:
        return True
    return words[k] == "," and k < first - 1        # he said, “May I?”


def _fits(element: Element, tokens: Tokens, k: int) -> bool:
    if element.words is not None and tokens.lowers[k] in element.words:
        return True
    return element.test is not None and element.test(tokens.words[k], tokens.lowers[k])


def _holds(context: Context, tokens: Tokens, first: int, last: int, start: int, end: int) -> bool:
    """Does the context hold for the marked part first:last in the sentence start:end?"""
    if not context.test:
        return (any(True for _ in _starts(context.left, tokens, first, start))
                and any(True for _ in _ends(context.right, tokens, last, end)))
    if context.test == "quoted":
        return bool(tokens.quoted[first])
    if context.test == "with":
        lowers = tokens.lowers
        near = chain(range(max(start, first - REACH), first), range(last, min(end, last + REACH)))
        return any(lowers[k] in context.words for k in near)
    opens = _opens(tokens, first, start)
    return opens if context.test == "first" else tokens.words[first][0].isupper() and not opens


def _match(rule: Rule, pattern: Pattern, tokens: Tokens, at: int, start: int, end: int) -> Match | None:
    for first in _starts(pattern.left, tokens, at, start):
        if not any(True for _ in _starts(pattern.before, tokens, first, start)):
            continue
        for last in _ends(pattern.right, tokens, at + 1, end):
            if not any(True for _ in _ends(pattern.after, tokens, last, end)):
                continue
            if any(_holds(c, tokens, first, last, start, end) for c in rule.not_when):
                continue
            if rule.only_when and not any(_holds(c, tokens, first, last, start, end) for c in rule.only_when):
                continue
            return Match(rule, first, last)
    return None


class Index:
    """Rules by the words of their anchors, so that only the tokens that can start a match are looked at."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self.by_word: dict[str, list[tuple[Rule, Pattern]]] = {}
        for rule in rules:
            for pattern in rule.patterns:
                for word in sorted(pattern.anchor.words or ()):
                    self.by_word.setdefault(word, []).append((rule, pattern))

    def matches(self, tokens: Tokens, sentences: Sequence[tuple[int, int]]) -> list[Match]:
        """All matches, in the order of the text; they may overlap (see `longest`).

        `sentences` are half-open token ranges, in order.
        """
        by_word, out, at = self.by_word, [], 0
        for k, low in enumerate(tokens.lowers):
            if low in by_word:
                while at < len(sentences) and sentences[at][1] <= k:
                    at += 1
                if at == len(sentences):
                    break
                start, end = sentences[at]
                if k < start:
                    continue
                for rule, pattern in by_word[low]:
                    match = _match(rule, pattern, tokens, k, start, end)
                    if match:
                        out.append(match)
        return out


def longest(matches: Sequence[Match]) -> list[Match]:
    """The matches that are left when, of two that overlap, the longer one wins (then the earlier, then the
    earlier rule)."""
    out: list[Match] = []
    taken: set[int] = set()
    for match in sorted(matches, key=lambda m: (m.first - m.last, m.first)):
        places = range(match.first, match.last)
        if not any(k in taken for k in places):
            taken.update(places)
            out.append(match)
    return sorted(out, key=lambda m: m.first)
