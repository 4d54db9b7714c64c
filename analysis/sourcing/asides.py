"""Stage 2: templates with "as": the vote, as Ann Reed pointed out, was late; As Ann Reed noted, the vote was late."""

from __future__ import annotations

from analysis.sourcing.adjuncts import adjunct_only, skip_adjuncts
from analysis.sourcing.contents import clause_end, left_start, look_right
from analysis.sourcing.draft import Range
from analysis.sourcing.groups import Group
from analysis.sourcing.sentence import Sentence
from analysis.sourcing.sources import is_adjunct, left_source
from analysis.sourcing.view import DASHES


def as_aside(sentence: Sentence, group: Group, source: Range, before: int, later) -> bool:
    """ "The vote, as Ann Reed pointed out, was late.\""""
    view = sentence.view
    channel = look_right(view, group, sentence.end).channel
    k = skip_adjuncts(view, channel[1] if channel else group.last, sentence.end)
    at_end = k >= sentence.end or adjunct_only(view, k, sentence.end)
    if not (at_end or ((view.W[k] == "," or view.W[k] in DASHES) and not view.Q[k])):
        return False
    content: list[Range] = [(left_start(view, sentence.floor, before), before - 1)]
    if not at_end:
        content.append((k + 1, clause_end(view, k + 1, sentence.end, later)))
    rule = group.cue.takes.get("bare") or group.cue.takes.get("that") or group.cue.takes["quote"]
    sentence.add(source, (group.first, group.last), content, "as-aside", group, rule, channel)
    return True


def as_front(sentence: Sentence, group: Group, later) -> bool:
    """As Ann Reed noted, the vote was late."""
    view = sentence.view
    if view.L[sentence.low] != "as" and not (
        view.L[sentence.low] in ("but", "and") and view.L[sentence.low + 1] == "as"
    ):
        return False
    if not ("bare" in group.cue.takes or "that" in group.cue.takes) or group.first > sentence.low + 14:
        return False
    source = left_source(view, group.first, sentence.low)
    if source is None or view.L[source[0] - 1] != "as":
        return False
    right = look_right(view, group, sentence.end)
    k = right.channel[1] if right.channel else group.last
    k = skip_adjuncts(view, k, sentence.end)
    if is_adjunct(view, k):  # "As Ann Reed noted in her report, ..."
        k = next((j for j in range(k, min(sentence.end, k + 10)) if view.W[j] == ","), k)
    if k + 2 >= sentence.end or view.W[k] != "," or view.Q[k]:
        return False
    rule = group.cue.takes.get("bare") or group.cue.takes["that"]
    sentence.add(
        source,
        (group.first, group.last),
        [(k + 1, clause_end(view, k + 1, sentence.last, later))],
        "as-front",
        group,
        rule,
        right.channel,
    )
    sentence.floor = sentence.end
    return True
