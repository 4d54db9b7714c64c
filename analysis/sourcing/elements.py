"""What the elements of an order have in common: the parts that they fill, their form and their names.

An element left of the cue is called with the token after it and returns its own first token; one right of the cue is
called with the token where it would begin and returns the token after it. None: it is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from analysis.rules import Rule
from analysis.sourcing.candidates import Cue
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.sentence import Sentence
from analysis.sourcing.view import words


@dataclass(slots=True)
class Parts:
    """The parts of an attribution, as the elements of an order fill them."""

    cue: Cue
    source: Range | None = None
    content: list[Range] = field(default_factory=list)
    channel: Range | None = None
    cue_end: int = 0
    rule: Rule | None = None
    outer: Draft | None = None  # the report that rests on this one
    place: Range | None = None  # "the court heard": where it was said
    mark: str = ""  # how the content opens
    quoting: Cue | None = None  # the verb by which another passes the words on: "quoted the general as saying"
    passer: Range | None = None  # who does, after "by"
    cue_first: int | None = None  # where the cue begins, where that is not the verb
    quoted_end: int | None = None  # where "was quoted" ends, which words part from "as saying"

    def __post_init__(self) -> None:
        self.cue_end = self.cue.last

    def again(self) -> Parts:
        """The same parts, for another order to fill further."""
        new = Parts(self.cue, self.source, list(self.content), self.channel, 0, self.rule, self.outer, self.place)
        new.cue_end, new.mark, new.quoting, new.passer = self.cue_end, self.mark, self.quoting, self.passer
        new.cue_first, new.quoted_end = self.cue_first, self.quoted_end
        return new


Step = Callable[[Sentence, Cue, int, Parts], int | None]


def named(table: dict[str, Step], name: str) -> Callable[[Step], Step]:
    """Enter a function into a table of elements, under the name that orders.toml has for it."""

    def enter(step: Step) -> Step:
        table[name] = step
        return step

    return enter


def is_loose(cue: Cue) -> bool:
    """Is it a plain verb of saying, which any content may follow?"""
    return any(rule.fields.get("loose") for rule in cue.word.takes.values())


def may_follow(cue: Cue) -> bool:
    """May the cue come after its content without quotation marks ("..., records show")?"""
    takes = cue.word.takes
    return (
        ("bare" in takes or "that" in takes)
        and cue.word.lemma != "ask"
        and (
            cue.word.invert
            or cue.word.recipient
            or cue.word.lemma in words()["aside"]
            or any(rule.fields.get("subjects") for rule in takes.values())
        )
    )


def any_rule(cue: Cue) -> Rule | None:
    """A rule of the verb, for orders in which its complements do not matter."""
    takes = cue.word.takes
    for kind in ("bare", "that", "clause", "noun", "quote", "to", "wh"):
        if kind in takes:
            return takes[kind]
    return next(iter((*takes.values(), *cue.word.preps.values())), None)
