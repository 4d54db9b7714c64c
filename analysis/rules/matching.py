"""Matching rules against the tokens of a text, through an index by their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from analysis.rules.language import START, Context, Element, Pattern, needed
from analysis.rules.rule import Rule
from analysis.text.document import Tokens

REACH = 60  # how many tokens a context looks to either side, so that the time stays linear in any text


class Match(NamedTuple):
    """A rule's marked part: the half-open token range first to last."""

    rule: Rule
    first: int
    last: int


class Entry(NamedTuple):
    """A pattern of a rule, ready to be matched.

    `before`: the words one of which must come directly before its anchor (None: it requires none). `behind` and `ahead`
    are what else must surround the anchor, `skip` how many tokens after it the index has checked; `needs` as in a
    Context.
    """

    rule: Rule
    pattern: Pattern
    before: frozenset[str] | None
    behind: tuple[Element, ...]
    ahead: tuple[Element, ...]
    skip: int
    not_when: Contexts | None
    only_when: Contexts | None
    needs: frozenset[frozenset[str]]


# ---------------------------------------------------------------- do elements fit?


def _follow(elements: Sequence[Element], tokens: Tokens, at: int, limit: int) -> bool:
    """Can `elements` match from `at` on, before `limit`?"""
    lowers = tokens.lowers
    for number, (words, test, optional, gap) in enumerate(elements, 1):
        if gap:
            return _follow_within(elements[number:], tokens, at, limit, gap)
        fits = at < limit and (lowers[at] in words or (test is not None and test(tokens.words[at], lowers[at])))
        if optional:
            if fits and _follow(elements[number:], tokens, at + 1, limit):
                return True
        elif fits:
            at += 1
        else:
            return False
    return True


def _follow_within(elements: Sequence[Element], tokens: Tokens, at: int, limit: int, gap: int) -> bool:
    """Can `elements` match from some place on, at most `gap` tokens after `at`?"""
    plain = _plain_words(elements[0]) if elements else None
    for k in range(at, min(at + gap, limit) + 1):
        if (plain is None or (k < limit and tokens.lowers[k] in plain)) and _follow(elements, tokens, k, limit):
            return True
    return False


def _precede(elements: Sequence[Element], tokens: Tokens, at: int, limit: int) -> bool:
    """Can `elements` match directly before `at`, from `limit` on?"""
    lowers = tokens.lowers
    for number, (words, test, optional, gap) in enumerate(reversed(elements), 1):
        if gap < 0:  # START
            if not _opens(tokens, at, limit):
                return False
            continue
        if gap:
            return _precede_within(elements[:-number], tokens, at, limit, gap)
        fits = at > limit and (
            lowers[at - 1] in words or (test is not None and test(tokens.words[at - 1], lowers[at - 1]))
        )
        if optional:
            if fits and _precede(elements[:-number], tokens, at - 1, limit):
                return True
        elif fits:
            at -= 1
        else:
            return False
    return True


def _precede_within(elements: Sequence[Element], tokens: Tokens, at: int, limit: int, gap: int) -> bool:
    """Can `elements` match before some place, at most `gap` tokens before `at`?"""
    plain = _plain_words(elements[-1]) if elements else None
    for k in range(at, max(at - gap, limit) - 1, -1):
        if (plain is None or (k > limit and tokens.lowers[k - 1] in plain)) and _precede(elements, tokens, k, limit):
            return True
    return False


def _plain_words(element: Element) -> frozenset[str] | None:
    """The words one of which must be there; None if other words may be, or if nothing need be."""
    words, test, optional, gap = element
    return None if optional or gap or test is not None else words


_QUOTES = frozenset(["“", '"', "``", "‘", "'", "(", "["])
_TERMINAL = frozenset([".", "?", "!", "…", "...", ":"])


def _opens(tokens: Tokens, first: int, start: int) -> bool:
    """Does the token `first` open its sentence, which starts at `start`, or a sentence in a quotation there?"""
    words, k = tokens.words, first - 1
    while k >= start and words[k] in _QUOTES and first - k < REACH:
        k -= 1
    if k < start or words[k] in _TERMINAL:
        return True
    return words[k] == "," and k < first - 1  # he said, “May I?”


# ---------------------------------------------------------------- where is the marked part?


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
    if _follow((element._replace(optional=False),), tokens, at, limit):
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
    if _precede((element._replace(optional=False),), tokens, at, limit):
        yield from _starts(rest, tokens, at - 1, limit)
    if element.optional:
        yield from _starts(rest, tokens, at, limit)


def _spans(pattern: Pattern, tokens: Tokens, at: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Every marked part of the pattern whose anchor is at `at`, if its surroundings match."""
    for first in _starts(pattern.left, tokens, at, start):
        if _precede(pattern.before, tokens, first, start):
            for last in _ends(pattern.right, tokens, at + 1, end):
                if _follow(pattern.after, tokens, last, end):
                    yield first, last


def _match(entry: Entry, tokens: Tokens, at: int, start: int, end: int) -> Match | None:
    """The rule's match whose anchor is at `at`; the neighbours that the index knows have been checked already."""
    rule, pattern, before, behind, ahead, skip, not_when, only_when, needs = entry
    if needs and not tokens.has_each(needs):
        return None
    if (ahead and not _follow(ahead, tokens, at + 1 + skip, end)) or (
        behind and not _precede(behind, tokens, at if before is None else at - 1, start)
    ):
        return None
    spans: Iterable[tuple[int, int]]
    if pattern.fixed:  # the surroundings were checked with it
        spans = ((at - len(pattern.left), at + 1 + len(pattern.right)),)
    else:
        spans = _spans(pattern, tokens, at, start, end)
    for first, last in spans:
        # only_when first: it fails for most candidates of the rules that have it, which saves the rest of the work
        if only_when is not None and not only_when.any_hold(tokens, first, last, start, end):
            continue
        if not_when is None or not not_when.any_hold(tokens, first, last, start, end):
            return Match(rule, first, last)
    return None


# ---------------------------------------------------------------- contexts


class Contexts:
    """Conditions of a rule, by the plain word that they require next to the marked part."""

    def __init__(self, contexts: Sequence[Context]) -> None:
        self.before: dict[str, list[Context]] = {}
        self.after: dict[str, list[Context]] = {}
        self.others: list[Context] = []
        for context in contexts:
            if context.left and context.left[-1].plain:
                _put(self.before, context.left[-1].words, context)
            elif context.right and context.right[0].plain:
                _put(self.after, context.right[0].words, context)
            else:
                self.others.append(context)

    def any_hold(self, tokens: Tokens, first: int, last: int, start: int, end: int) -> bool:
        """Does one of them apply to the marked part first:last in the sentence start:end?"""
        lowers = tokens.lowers
        if first > start:
            for context in self.before.get(lowers[first - 1], ()):
                if _holds(context, tokens, first, last, start, end):
                    return True
        if last < end:
            for context in self.after.get(lowers[last], ()):
                if _holds(context, tokens, first, last, start, end):
                    return True
        others = tokens.known.get(self)
        if others is None:  # those that can apply somewhere in this text
            others = tokens.known[self] = [c for c in self.others if not c.needs or tokens.has_each(c.needs)]
        for context in others:  # noqa: SIM110 (a generator would take as long as what it runs over)
            if _holds(context, tokens, first, last, start, end):
                return True
        return False


def _put(table: dict[str, list[Any]], words: Iterable[str], item: Any) -> None:
    for word in words:
        table.setdefault(word, []).append(item)


def _holds(context: Context, tokens: Tokens, first: int, last: int, start: int, end: int) -> bool:
    """Does the context apply to the marked part first:last in the sentence start:end?"""
    left, right, test, words, needs = context
    if needs and not tokens.has_each(needs):
        return False
    if not test:
        return (not right or _follow(right, tokens, last, end)) and (not left or _precede(left, tokens, first, start))
    if test == "quoted":
        return bool(tokens.quoted[first])
    if test == "with":
        lowers = tokens.lowers
        return not (
            words.isdisjoint(lowers[max(start, first - REACH) : first])
            and words.isdisjoint(lowers[last : min(end, last + REACH)])
        )
    opens = _opens(tokens, first, start)
    return opens if test == "first" else tokens.words[first][0].isupper() and not opens


# ---------------------------------------------------------------- many rules over many tokens


class Index:
    """Rules by the words of their anchors, so that only tokens that can start a match are examined."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._by_word: dict[str, list[Entry]] = {}
        self._by_next: dict[str, tuple[dict[str, list[Entry]], list[Entry]]] = {}  # for the words met so far
        for rule in rules:
            not_when = Contexts(rule.not_when) if rule.not_when else None
            only_when = Contexts(rule.only_when) if rule.only_when else None
            for pattern in rule.patterns:
                before = _plain_words(pattern.behind[-1]) if pattern.behind else None
                behind = pattern.behind if before is None else pattern.behind[:-1]
                _put(
                    self._by_word,
                    pattern.anchor.words,
                    Entry(rule, pattern, before, behind, pattern.ahead, 0, not_when, only_when, needed(behind)),
                )
        self._words = frozenset(self._by_word)

    def matches(self, tokens: Tokens, sentences: Sequence[tuple[int, int]]) -> list[Match]:
        """All matches, in the order of the text; they may overlap (see `longest`).

        `sentences` are half-open token ranges, in order.
        """
        by_word, lowers, out, at = self._by_word, tokens.lowers, [], 0
        for k in tokens.find(self._words):
            while at < len(sentences) and sentences[at][1] <= k:
                at += 1
            if at == len(sentences):
                break
            start, end = sentences[at]
            if k < start:
                continue
            low = lowers[k]
            if low not in self._by_next:
                self._by_next[low] = _by_next(by_word[low])
            by_next, others = self._by_next[low]
            for entry in by_next.get(lowers[k + 1], others) if k + 1 < end else others:
                if entry.before is None or (k > start and lowers[k - 1] in entry.before):
                    match = _match(entry, tokens, k, start, end)
                    if match:
                        out.append(match)
        return out


def _by_next(entries: list[Entry]) -> tuple[dict[str, list[Entry]], list[Entry]]:
    """The entries that can match, by the word after the anchor; and those that require no particular word."""
    asked = []
    for entry in entries:
        words = _plain_words(entry.ahead[0]) if entry.ahead else None
        asked.append((words, entry if words is None else entry._replace(ahead=entry.ahead[1:], skip=1)))
    every = frozenset().union(*filter(None, (words for words, _ in asked)))
    return (
        {word: [entry for words, entry in asked if words is None or word in words] for word in every},
        [entry for words, entry in asked if words is None],
    )


def longest(matches: Sequence[Match]) -> list[Match]:
    """The matches that remain if, of two that overlap, the longer wins (then the earlier, then the earlier rule)."""
    out: list[Match] = []
    taken: set[int] = set()
    for match in sorted(matches, key=lambda m: (m.first - m.last, m.first)):
        places = range(match.first, match.last)
        if taken.isdisjoint(places):
            taken.update(places)
            out.append(match)
    return sorted(out, key=lambda m: m.first)
