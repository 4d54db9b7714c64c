"""One sentence being read: its cues, the attributions found so far, whose words go on."""

from __future__ import annotations

from analysis.rules import Rule, classes
from analysis.sourcing.candidates import Cue, find_cue
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.view import END_MARKS, View, words


class Sentence:
    """One sentence being read: tokens `low` to `last`, `end` without its final punctuation.

    `floor` is where the attribution before ends, `reach` where the last cue of any does, `subject` the source that a
    further verb goes on with.
    """

    __slots__ = (
        "cues",
        "drafts",
        "end",
        "floor",
        "last",
        "low",
        "openings",
        "reach",
        "recipients",
        "subject",
        "view",
        "waiting",
        "whens",
    )

    def __init__(self, view: View, low: int, last: int, candidates: list[int]) -> None:
        self.view = view
        self.low, self.last = low, last
        self.end = _without_stop(view, low, last)
        title = any(view.W[k][0].isupper() for k in candidates) and view.is_title(low, self.end)
        found = [cue for cue in (find_cue(view, k, low, title=title) for k in candidates) if cue]
        self.cues = _without_overlap(view, found)
        self.drafts: list[Draft] = []
        self.subject: Range | None = None
        self.floor = self.reach = low
        self.openings: dict[int, tuple[str, int]] = {}  # how contents open, by token: several orders ask
        self.recipients: dict[tuple[int, int], int] = {}  # where the one told ends, by cue and token
        self.whens: dict[tuple[int, int], tuple[int, int]] = {}  # what lies past the adjuncts, by cue and token
        self.waiting: list[tuple[Cue, Range]] = []  # what a report that comes after rests on

    def left_of(self, k: int) -> int:
        """Where a content left of k may start: after the attribution before it, or around it."""
        return self.floor if self.floor <= k else self.low

    def add(self, draft: Draft, cue: Cue) -> None:
        """Keep an attribution; its source goes on to speak, unless it stands inside what another says."""
        view = self.view
        draft.content = [r for r in (view.trim(*r) for r in draft.content) if r[1] > r[0]]
        nested = any(a <= cue.first < b for d in self.drafts for a, b in d.content)
        source = draft.source[0] if draft.source else None
        if (
            source
            and not nested
            and cue.antecedent is None
            and not is_lone_relative(view, source)
            and not is_front(self, cue)
        ):
            self.subject = source
        self.reach = max(self.reach, draft.cue[-1][1])
        self.drafts.append(draft)


def _without_overlap(view: View, found: list[Cue]) -> list[Cue]:
    """The cues, one for each verb group: the first of two in one group ("avoided commenting"), the second where a verb
    governs it ("went on to say")."""
    kept: list[Cue] = []
    for cue in found:
        if kept and cue.first < kept[-1].last:
            if view.chunk_at[cue.verb] == view.chunk_at[kept[-1].verb]:
                continue
            if "seem" in kept[-1].word.takes:
                continue  # "appeared to show": an impression
            kept.pop()
        kept.append(cue)
    return kept


def _without_stop(view: View, low: int, last: int) -> int:
    end = last
    while (
        end > low
        and (view.W[end - 1] in END_MARKS or (view.W[end - 1] == ")" and view.W[end - 2] in END_MARKS))
        and not view.Q[end - 1]
    ):
        end -= 1
    return end


def is_lone_relative(view: View, source: Range) -> bool:
    """Is the phrase "who" alone: "Ms Reed, who had written, said" is no statement with an aside?"""
    return view.L[source[0]] in words()["relative"] and source[1] - source[0] == 1


def stance(view: View, cue: Cue, rule: Rule | None) -> str:
    """The rule's stance; a verb of saying with "not" is a refusal: "has not mentioned", "did not respond"."""
    negated = not _negation().isdisjoint(view.L[cue.first : cue.verb]) or _shares_negation(view, cue)
    if negated and cue.word.lemma.split()[0] in words()["silent"]:
        return "refusal"
    return rule["stance"] if rule else "neutral"


def _shares_negation(view: View, cue: Cue) -> bool:
    """ "did not name the driver or say where she lived": does "not" reach over the "or" before the cue?"""
    grammar = view.grammar
    number = grammar.clause_of(cue.chunk) if cue.plain and view.letters[cue.verb] == "b" else None
    clause = grammar.clauses[number] if number is not None else None
    if (
        clause is None
        or clause.kind != "coordinate"
        or clause.parent is None
        or view.L[clause.first] not in ("or", "nor")
    ):
        return False
    before = grammar.clauses[clause.parent].verb
    return before is not None and not _negation().isdisjoint(view.L[slice(*grammar.chunks[before][1:3])])


def _negation() -> frozenset[str]:
    return classes()["negation"]


def is_front(sentence: Sentence, cue: Cue) -> bool:
    """Is the cue in a clause that opens the sentence: "While he denied it, ...", "Conceding it, ..."?"""
    view, grammar = sentence.view, sentence.view.grammar
    number = grammar.clause_of(cue.chunk)
    if number is None:
        return False
    clause = grammar.clauses[number]
    opens = all(
        view.L[k] in words()["lead_in"] or not view.W[k][0].isalnum() for k in range(sentence.low, clause.first)
    )
    return opens and clause.kind in ("adverbial", "participle") and clause.last < sentence.end
