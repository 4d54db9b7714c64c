"""One sentence being read: its verb groups, the attributions found so far, who the subject is."""

from __future__ import annotations

from analysis.rules import classes
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.groups import Group, verb_group
from analysis.sourcing.view import (
    END_MARKS,
    RELATIVE,
    View,
    words,
)


class Sentence:
    """One sentence being read: its token range without final punctuation, its verb groups, its drafts so far."""

    __slots__ = (
        "answer",
        "asked",
        "drafts",
        "end",
        "floor",
        "groups",
        "last",
        "low",
        "nested",
        "subject",
        "view",
        "waiting",
    )

    def __init__(self, view: View, low: int, last: int, candidates: list[int]) -> None:
        self.view = view
        self.low, self.last = low, last
        end = last
        while (
            end > low
            and (view.W[end - 1] in END_MARKS or (view.W[end - 1] == ")" and view.W[end - 2] in END_MARKS))
            and not view.Q[end - 1]
        ):
            end -= 1
        self.end = end
        title = any(view.W[k][0].isupper() for k in candidates) and view.is_title(low, end)
        self.groups = [g for g in (verb_group(view, k, low, title=title) for k in candidates) if g]
        self.drafts: list[Draft] = []
        self.subject: Range | None = None
        self.floor = low
        self.nested = False
        self.asked: Group | None = None  # whose subject was asked for last, and what it is
        self.answer: Range | None = None
        self.waiting: list[tuple[Group, int]] = []  # cues of a basis whose report comes behind them, and their ends

    def left_of(self, k: int) -> int:
        """Where a content left of k may start: after the attribution before it, or around it."""
        return self.floor if self.floor < k else self.low

    def add(self, source, cue, content, template, group: Group, rule, channel=None) -> Draft:
        view = self.view
        ranges = [view.trim(*r) for r in content]
        draft = Draft(
            [source] if source else [],
            [cue],
            [r for r in ranges if r[1] > r[0]],
            template,
            group.cue.lemma,
            rule,
            _stance(view, group, rule),
            channel,
        )
        self.nested = bool(self.drafts) and any(a <= cue[0] < b for d in self.drafts for a, b in d.content)
        pronoun = bool(source) and view.K[source[0]] == RELATIVE and source[1] - source[0] == 1
        if source and not self.nested and not pronoun and not is_front(self, group):
            self.subject = source
        self.drafts.append(draft)
        self.asked = None
        return draft


def _stance(view: View, group: Group, rule) -> str:
    """The rule's stance; a verb of saying with "not" is a refusal: "has not mentioned", "did not respond"."""
    negative = not _NEGATIVE.isdisjoint(view.L[group.first : group.verb])
    if negative and group.cue.lemma.split()[0] in words()["silent"]:
        return "refusal"
    return rule["stance"] if rule else "neutral"


_NEGATIVE = classes()["negation"]


def is_front(sentence: Sentence, group: Group) -> bool:
    """Does the cue stand in a clause that opens the sentence: "While he denied it, ...", "Conceding it, ..."?"""
    view = sentence.view
    k = sentence.low
    if view.L[k] in ("but", "and", "yet", "even", "ever"):
        k += 1
    if not ((view.L[k] in _FRONT and view.L[k + 1] != "for") or (k == group.first and group.ing)):
        return False
    return k <= group.first and not any(view.W[j] == "," and not view.Q[j] for j in range(k, group.first))


_FRONT = frozenset("while when as although though if because since after before once whenever".split())


def any_rule(group: Group):
    takes = group.cue.takes
    for kind in ("bare", "that", "noun", "quote", "to", "wh", "as"):
        if kind in takes:
            return takes[kind]
    return next(iter(group.cue.preps.values()), None)
