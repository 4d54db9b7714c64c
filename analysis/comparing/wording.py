"""The words of sentences that stay: which are the same, different, new or gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from analysis.comparing.alignment import RUN, TELLING, Match
from analysis.comparing.words import Words
from analysis.text.document import Span

# The share of both sentences' words, or of the shorter one's, that has to stay; with less, these are other sentences.
HALF, MOST_OF = 0.45, 0.7
MOST = 20_000  # the most pairs of equal words compared; above it, the middle of two sentences counts as different


class Step(NamedTuple):
    """Words of the old sentence and what became of them, as ranges of words; `same` says whether they stay."""

    same: bool
    old: tuple[int, int]
    new: tuple[int, int]


def steps(a: Sequence[str], b: Sequence[str]) -> list[Step]:
    """What happened to a list of words, in order, by difflib's longest common runs.

    difflib is in the standard library, so this runs wherever Python does, and long common runs match how a person would
    compare; the smallest number of edits (rapidfuzz) splits words that belong together. difflib takes the square of the
    length if words repeat. So a common beginning and end are cut off first, and lists with too many pairs of equal
    words count as different words.

    >>> [(step.same, step.old, step.new) for step in steps("it may rain".split(), "it will rain".split())]
    [(True, (0, 1), (0, 1)), (False, (1, 2), (1, 2)), (True, (2, 3), (2, 3))]
    """
    short = min(len(a), len(b))
    head = next((k for k in range(short) if a[k] != b[k]), short)
    tail = next((k for k in range(short - head) if a[-1 - k] != b[-1 - k]), short - head)
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    out = [Step(True, (0, head), (0, head))] if head else []
    if middle_a or middle_b:
        counts = Counter(middle_b)
        if sum(counts[w] for w in middle_a) > MOST:
            codes: Iterable[tuple[str, int, int, int, int]] = [("replace", 0, len(middle_a), 0, len(middle_b))]
        else:
            codes = SequenceMatcher(None, middle_a, middle_b, autojunk=False).get_opcodes()
        out += [Step(tag == "equal", (head + i1, head + i2), (head + j1, head + j2)) for tag, i1, i2, j1, j2 in codes]
    if tail:
        out.append(Step(True, (len(a) - tail, len(a)), (len(b) - tail, len(b))))
    return out


class Side(NamedTuple):
    """One side of sentences that stay: `at` are their tokens that are words, `step` the step of each token."""

    words: Words
    at: list[int]
    step: dict[int, int]
    same: dict[int, int]  # token -> the same token on the other side
    span: Span

    def changed(self, tokens: Iterable[int]) -> set[int]:
        """Those of these tokens that are words and did not stay."""
        return {k for k in tokens if k in self.step and k not in self.same}


class Kept(NamedTuple):
    """Sentences that stay, word by word; `untouched` if the words, and which of them are quoted, are the same."""

    match: Match
    steps: list[Step]
    old: Side
    new: Side
    untouched: bool = False

    @property
    def is_one(self) -> bool:
        """Do enough words stay, in their order, for these to be the same sentences?"""
        stay = sum(step.old[1] - step.old[0] for step in self.steps if step.same)
        a, b = len(self.old.at), len(self.new.at)
        return 2 * stay >= HALF * (a + b) or stay >= MOST_OF * min(a, b) or any(map(self._tells, self.steps))

    def _tells(self, step: Step) -> bool:
        """Are these enough words in a row for two sentences to be the same?"""
        mine = self.old.at[slice(*step.old)] if step.same and step.old[1] - step.old[0] >= RUN else []
        return sum(self.old.words.tells(token) for token in mine) >= TELLING

    @property
    def is_same(self) -> bool:
        """Are all words the same?"""
        return all(step.same for step in self.steps)


def kept(match: Match, old: Words, new: Words) -> Kept:
    """The words of a match, side by side."""
    a, b = _word_numbers(old, match.old), _word_numbers(new, match.new)
    spans = old.sentences_span(match.old), new.sentences_span(match.new)
    if len(a) == len(b) and _is_untouched(a, b, old, new):
        found = [Step(True, (0, len(a)), (0, len(b)))]
        ours = Side(old, [old.token[k] for k in a], {}, {}, spans[0])
        theirs = Side(new, [new.token[k] for k in b], {}, {}, spans[1])
        return Kept(match, found, ours, theirs, untouched=True)
    found = steps([old.lows[k] for k in a], [new.lows[k] for k in b])
    tokens_a, tokens_b = [old.token[k] for k in a], [new.token[k] for k in b]
    there: dict[int, int] = {}
    back: dict[int, int] = {}
    step_a: dict[int, int] = {}
    step_b: dict[int, int] = {}
    for number, step in enumerate(found):
        mine, yours = tokens_a[slice(*step.old)], tokens_b[slice(*step.new)]
        step_a.update(dict.fromkeys(mine, number))
        step_b.update(dict.fromkeys(yours, number))
        if step.same:
            there.update(zip(mine, yours, strict=True))
            back.update(zip(yours, mine, strict=True))
    return Kept(
        match,
        found,
        Side(old, tokens_a, step_a, there, spans[0]),
        Side(new, tokens_b, step_b, back, spans[1]),
    )


def _is_untouched(a: list[int], b: list[int], old: Words, new: Words) -> bool:
    """Are two stretches of equal length the same words, with the same ones in quotation marks?"""
    if not a or old.lows[a[0] : a[-1] + 1] != new.lows[b[0] : b[-1] + 1] or a[-1] - a[0] != b[-1] - b[0]:
        return False
    quoted = old.document.tokens.quoted, new.document.tokens.quoted
    return all(quoted[0][old.token[i]] == quoted[1][new.token[j]] for i, j in zip(a, b, strict=True))


def _word_numbers(words: Words, sentences: Iterable[int]) -> list[int]:
    return [k for sentence in sentences for k in range(*words.ranges[sentence])]
