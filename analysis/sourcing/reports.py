"""The attributions of the verbs of a sentence: each cue, its order, its content and its source."""

from __future__ import annotations

from functools import cache

from analysis.rules import Contexts, Rule
from analysis.sourcing.candidates import Cue
from analysis.sourcing.cues import rule
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.elements import Parts, any_rule
from analysis.sourcing.elements_right import RIGHT
from analysis.sourcing.orders import Order, find_order
from analysis.sourcing.sentence import Sentence, stance
from analysis.sourcing.subjects import subject_of
from analysis.sourcing.view import ADVERB, View, words

_LEFT_RULES = ("quote", "bare", "that")  # the complement by which a verb takes a content that comes before it
_OWN_MIND = frozenset(("CUE.THINK", "CUE.EXPECT", "CUE.WANT", "CUE.WANT.NOUN", "CUE.HOPE-FOR"))


def read_sentence(view: View, low: int, last: int, candidates: list[int]) -> list[Draft]:
    """The attributions that the verbs of a sentence make."""
    sentence = Sentence(view, low, last, candidates)
    for cue in sentence.cues:
        taken = cue.verb < sentence.reach and any(a <= cue.verb < b for d in sentence.drafts for a, b in d.cue)
        if taken or (cue.word.plain and (not cue.plain or cue.form == "participle")):
            continue
        if _rests_ahead(sentence, cue):
            continue
        found = find_order(sentence, cue)
        if found is not None:
            _report(sentence, cue, *found)
    _attach_ahead(sentence)
    return sentence.drafts


def _rests_ahead(sentence: Sentence, cue: Cue) -> bool:
    """Keep what a report rests on that comes after it: "Reuters, citing a decree, reported that ..."."""
    view = sentence.view
    if "basis" not in cue.word.takes or cue.form != "participle" or view.W[cue.first - 1] != ",":
        return False
    parts = Parts(cue)
    stop = RIGHT["basis"](sentence, cue, cue.last, parts)
    if (
        stop is None
        or view.W[stop] != ","
        or not any(c.first == stop + 1 and c.form == "finite" for c in sentence.cues)
    ):
        return False
    sentence.waiting.append((cue, parts.source or (stop, stop)))
    return True


def _attach_ahead(sentence: Sentence) -> None:
    for cue, span in sentence.waiting:
        outer = next((d for d in sentence.drafts if d.source and d.cue[0][0] == span[1] + 1 and not d.basis_of), None)
        if outer is not None:
            own = cue.word.takes["basis"]
            basis = Draft(
                [span], [(cue.first, cue.last)], list(outer.content), "basis", cue.word.lemma, own, own["stance"]
            )
            basis.basis_of = outer
            sentence.drafts.append(basis)


def _report(sentence: Sentence, cue: Cue, order: Order, parts: Parts) -> None:
    own = parts.rule or _rule_of(cue)
    if own is None or _is_exception(sentence, cue, own):
        return
    if parts.source and own.id in _OWN_MIND and sentence.view.L[parts.source[0]] in words()["first_person"]:
        return  # "I think": the writer
    draft = _draft(sentence.view, cue, own, order.template, parts)
    subject = sentence.subject
    if parts.quoting is not None:
        _pass_on(sentence, parts, draft)
    sentence.add(draft, cue)
    if parts.outer:
        sentence.subject = subject
    if parts.quoted_end is not None and parts.quoted_end < cue.first - 1:
        draft.cue = [(draft.cue[0][0], parts.quoted_end), (cue.first - 1, draft.cue[0][1])]
    sentence.floor = max([sentence.floor, draft.cue[0][1], *(b for a, b in draft.content if a >= cue.first)])


def _draft(view: View, cue: Cue, own: Rule, template: str, parts: Parts) -> Draft:
    """The attribution of these parts."""
    first = cue.first if parts.cue_first is None else parts.cue_first
    last = parts.cue_end + 1 if template == "right-as" else parts.cue_end
    content = list(parts.outer.content) if parts.outer else parts.content
    return Draft(
        source=[_without_adverb(view, *parts.source)] if parts.source else [],
        cue=[(first, last)],
        content=sorted(content) if template == "passive-by" else content,
        template=template,
        lemma=cue.word.lemma,
        rule=own,
        stance=stance(view, cue, own),
        channel=parts.channel,
        basis_of=parts.outer,
        # "..., a court heard": the place is not part of what was said
        edge=parts.place[0] if parts.place and template == "postposed-hearing" else None,
    )


def _without_adverb(view: View, first: int, last: int) -> Range:
    """A source without an adverb that goes with its verb: "The paper further"."""
    while last > first + 1 and view.K[last - 1] == ADVERB and view.W[last - 1].islower():
        last -= 1
    return first, last


def _is_exception(sentence: Sentence, cue: Cue, rule: Rule) -> bool:
    """Does one of the rule's antipatterns hold around the cue: "claimed almost £40,000 in benefits"?"""
    if not rule.not_when:
        return False
    tokens = sentence.view.document.tokens
    return _exceptions(rule).any_hold(tokens, cue.first, cue.last, sentence.low, sentence.last)


@cache
def _exceptions(rule: Rule) -> Contexts:
    return Contexts(rule.not_when)


def _pass_on(sentence: Sentence, parts: Parts, inner: Draft) -> None:
    """The outer attribution: who passed on the words, and whose they are."""
    outer = parts.quoting
    assert outer is not None
    who = parts.passer or subject_of(sentence, outer)
    if who is None:
        return
    if inner.content[-1][1] <= inner.cue[0][0]:  # “...,” the minister was quoted as saying by the agency
        content = [*inner.content, *inner.source, (inner.cue[0][0] - 1, inner.cue[0][1])]
        _add_outer(sentence, who, outer, content)
        return
    first = min(a for a, _ in [*inner.source, *inner.content])
    content = (
        [(first, inner.content[-1][1])]
        if parts.passer is None
        else [*inner.source, (inner.cue[0][0] - 1, inner.content[-1][1])]
    )
    _add_outer(sentence, who, outer, content)


def _add_outer(sentence: Sentence, who: Range, outer: Cue, content: list[Range]) -> None:
    cue = [(outer.first, outer.last)]
    sentence.add(Draft([who], cue, content, "quoted", outer.word.lemma, rule("CUE.QUOTED"), "neutral"), outer)


def _rule_of(cue: Cue) -> Rule | None:
    takes = cue.word.takes
    return next((takes[kind] for kind in _LEFT_RULES if kind in takes), None) or any_rule(cue)
