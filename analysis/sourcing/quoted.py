"""Stage 2: a source quoted by another: State media quoted the general as saying ...; he was quoted as saying ..."""

from __future__ import annotations

from analysis.sourcing.adjuncts import skip_adjuncts
from analysis.sourcing.ahead import accept
from analysis.sourcing.behind import left_content
from analysis.sourcing.contents import look_right
from analysis.sourcing.cues import rule
from analysis.sourcing.draft import Range
from analysis.sourcing.groups import Group
from analysis.sourcing.hidden import agent
from analysis.sourcing.sentence import Sentence
from analysis.sourcing.sources import left_source
from analysis.sourcing.subjects import subject_of

_QUOTES = frozenset(("quote", "cite"))


def quoted_as(sentence: Sentence, group: Group, later) -> bool:
    """Whose words another passed on: the speaker gets the words, and who quoted the speaker is the outer source.

    "State media quoted the general as saying it was late" makes two: the media, whose content is "the general as
    saying it was late", and inside it the general.
    """
    view, k = sentence.view, group.verb
    if not group.ing or "quote" not in group.cue.takes or view.L[k - 1] != "as" or k - 1 <= sentence.low:
        return False
    outer = next((g for g in reversed(sentence.groups) if g.last < k and g.cue.lemma in _QUOTES), None)
    if outer is None or any(view.W[j] in (",", ";", ":") or view.Q[j] for j in range(outer.last, k)):
        return False
    if outer.passive:
        return _was_quoted(sentence, group, outer, later)
    speaker = view.trim(outer.last, k - 1)
    right, span, cue_end = _words(sentence, group, later)
    if span is None or speaker[1] <= speaker[0]:
        return False
    who = subject_of(sentence, outer)
    if who is not None:
        _pass_on(sentence, who, outer, [(speaker[0], span[1])])
    sentence.add(speaker, (k, cue_end), [span], f"right-{right}", group, group.cue.takes["quote"])
    sentence.floor = span[1]
    return True


def _was_quoted(sentence: Sentence, group: Group, outer: Group, later) -> bool:
    """The general was quoted (by state media) as saying ...; “...,” the general was quoted as saying (by ...)."""
    view, k = sentence.view, group.verb
    speaker = left_source(view, outer.first, sentence.low)
    if speaker is None:
        return False
    by = agent(view, outer.last + 1, k - 1) if view.L[outer.last] == "by" else None
    near = by is not None or outer.last == k - 1
    if not near and skip_adjuncts(view, outer.last, k - 1) != k - 1:
        return False
    right, span, cue_end = _words(sentence, group, later)
    made = len(sentence.drafts)
    if span is not None:
        sentence.add(speaker, (outer.first, cue_end), [span], f"right-{right}", group, group.cue.takes["quote"])
        sentence.floor = span[1]
    else:
        by = by or (agent(view, group.last + 1, sentence.end) if view.L[group.last] == "by" else None)
        whole = Group(outer.first, k, by[1] if by else group.last, group.cue)
        if not left_content(sentence, whole, later):
            return False
    draft = sentence.drafts[made]
    if by is None:
        if not near:  # "was quoted in a state newspaper as saying"
            draft.cue = [(outer.first, outer.last), (k - 1, group.last)]
        return True
    draft.cue = [(k, group.last)]
    saying = (k - 1, group.last if by[0] > k else draft.content[-1][1])
    _pass_on(sentence, by, outer, [*(draft.content if by[0] > k else ()), speaker, saying])
    sentence.subject = speaker
    return True


def _words(sentence: Sentence, group: Group, later) -> tuple[str, Range | None, int]:
    """How the words behind the cue open, their range, and the end of the cue."""
    right = look_right(sentence.view, group, sentence.end)
    own, span, cue_end = accept(sentence, group, right, later)
    return right.mark.partition(":")[0], span if own is not None else None, cue_end


def _pass_on(sentence: Sentence, who: Range, outer: Group, content: list[Range]) -> None:
    """The outer attribution: who quoted the speaker."""
    sentence.add(who, (outer.first, outer.last), content, "quoted", outer, rule("CUE.QUOTED"))
