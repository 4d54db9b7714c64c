"""Stage 2: which order of source, cue and content a sentence has, told by its punctuation."""

from __future__ import annotations

from analysis.sourcing.ahead import participle, right_content
from analysis.sourcing.asides import as_front
from analysis.sourcing.behind import inverted, left_content
from analysis.sourcing.draft import Draft
from analysis.sourcing.groups import Group
from analysis.sourcing.hidden import asked, basis, early_basis, first_reported, hearing, passive, seem
from analysis.sourcing.quoted import quoted_as
from analysis.sourcing.sentence import Sentence
from analysis.sourcing.sources import is_adjunct
from analysis.sourcing.view import View


def read_sentence(view: View, low: int, last: int, candidates: list[int]) -> list[Draft]:
    """The attributions that the verbs of a sentence make."""
    sentence = Sentence(view, low, last, candidates)
    for index, group in enumerate(sentence.groups):
        later = sentence.groups[index + 1 : index + 8]
        _phrases(sentence, group)
        if group.cue.plain and (not group.plain or group.ing):
            continue
        special = group.ing or group.passive or not _SPECIAL.isdisjoint(group.cue.takes)
        for template in _ORDER if special else _ACTIVE:
            if template(sentence, group, later):
                break
    if sentence.waiting:
        early_basis(sentence)
    return sentence.drafts


# The templates in the order in which they are tried.
_ORDER = (
    basis,
    quoted_as,
    first_reported,
    seem,
    asked,
    inverted,
    hearing,
    passive,
    participle,
    left_content,
    as_front,
    right_content,
)
# Those of them that an active verb can have, which is neither a participle nor one of the special verbs.
_ACTIVE = (asked, inverted, left_content, as_front, right_content)
_SPECIAL = frozenset(("basis", "first", "seem", "hearing"))


def _phrases(sentence: Sentence, group: Group) -> None:
    """Take the longest phrase of the verb that stands here: "called" + "for"."""
    L = sentence.view.L
    for rest, cue in group.cue.phrases:
        last = group.last + len(rest)
        if is_adjunct(sentence.view, last - 1):
            continue  # "insisted on Thursday that"
        if last <= sentence.end and tuple(L[group.last : last]) == rest and not any(sentence.view.Q[group.last : last]):
            group.cue, group.last = cue, last
            return
