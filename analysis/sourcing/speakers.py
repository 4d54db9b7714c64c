"""Whose words a participle gives: "Voters left, saying that", "a letter warning that", "Conceding it, Ann Reed"."""

from __future__ import annotations

from analysis.sourcing.candidates import Cue
from analysis.sourcing.draft import Range
from analysis.sourcing.sentence import Sentence
from analysis.sourcing.source_kinds import role_kind
from analysis.sourcing.subjects import absolute_subject, antecedent, subject_of, tidy
from analysis.sourcing.view import words

_CLAUSES_BACK = 12  # that are looked through for a second main clause: keeps the time linear


def speaker(s: Sentence, cue: Cue) -> Range | None:
    """Who speaks: the phrase directly before the participle, or who sent that, or the subject of the clause."""
    view = s.view
    own = absolute_subject(view, cue)
    if own is not None:
        return own
    near = antecedent(s, cue)
    if near is None:
        return _paper(s, cue) or _clause_speaker(s, cue)
    if view.L[near[0] - 1] == "to" and not words()["addresses"].isdisjoint(
        view.L[max(s.low, near[0] - 3) : near[0] - 1]
    ):
        return _clause_speaker(s, cue)  # "Reed wrote to the embassy asking for"
    if any(view.L[j] in words()["medium"] for j in range(*near)):
        who = subject_of(s, cue)
        if (
            who is not None
            and who != near
            and view.L[near[0] - 1] not in words()["content_preposition"]
            and view.letters[near[0] - 1] != "g"  # "criticised for burying a report highlighting"
            and who[0] < near[0]
        ):
            return who  # "The firm sent a letter saying"
    return near


def _paper(s: Sentence, cue: Cue) -> Range | None:
    """The paper of which an aside says more: "a memo, dated 3 May, warning that", "a report out on Monday, showing"."""
    view, grammar = s.view, s.view.grammar
    if view.W[cue.first - 1] != ",":
        return None
    number = view.chunk_at[cue.first - 2]
    while (
        number > 0
        and grammar.chunks[number].kind in ("NP", "P", "TIME", "ADV")
        and grammar.chunks[number].first > s.low
    ):
        number -= 1
    if grammar.chunks[number].kind != "VG" or grammar.verb_group(number).auxiliaries:
        return None
    stop = grammar.chunks[number].first
    comma = view.W[stop - 1] == ","
    head = view.chunk_at[stop - 2 if comma else stop - 1]
    if head < 0 or grammar.chunks[head].kind != "NP" or role_kind(view.L[grammar.chunks[head].head]) != "document":
        return None
    first = max(s.low, grammar.chunks[head].first)
    return (first, stop - 1) if comma else (first, cue.first - 1)


def _clause_speaker(s: Sentence, cue: Cue) -> Range | None:
    view, before = s.view, s.view.L[cue.first - 1] if cue.first > s.low else ""
    if cue.first <= s.low + 1:
        return _main_subject(s, cue)
    act = before == "by" and not {"that", "bare", "quote"} & cue.word.takes.keys()  # "by downplaying the cost"
    if before in words()["content_preposition"] or act or _goes_on(s, cue):
        return None
    last = s.drafts[-1] if s.drafts else None
    if before == "and" and last is not None and last.template == "participle" and last.source:
        return last.source[0]  # "warning that it may fail and implying that it will"
    own = _main_clause_subject(s, cue) or subject_of(s, cue)
    if s.subject is not None and (view.W[cue.first - 1] in (",", "—", "–", "-", "--") or view.Q[cue.first - 1]):
        return s.subject
    return own or s.subject


def _goes_on(s: Sentence, cue: Cue) -> bool:
    """Does it go on with another participle, whose subject it shares: "years of them lying and encouraging it"?"""
    view, grammar = s.view, s.view.grammar
    number = grammar.clause_of(cue.chunk)
    if number is None or view.letters[cue.first - 1] != "c":
        return False
    before = [grammar.clauses[k] for k in grammar.clauses_ending_at(cue.first - 1) if k < number]
    return any(clause.kind == "participle" and view.W[clause.first - 1] != "," for clause in before)


def _main_clause_subject(s: Sentence, cue: Cue) -> Range | None:
    """The subject of the sentence, which a participle after a comma takes over: "Voters left after it, saying"."""
    grammar, number = s.view.grammar, s.view.grammar.clause_of(cue.chunk)
    if s.view.W[cue.first - 1] != "," or number is None:
        return None
    low = grammar.segment_of(cue.chunk).first_clause
    near = grammar.clauses[max(low + 1, number - _CLAUSES_BACK) : number]
    joined = (c for c in reversed(near) if c.kind == "coordinate" and c.parent == low and c.subject is not None)
    main = next(joined, grammar.clauses[low])  # "They charged him, and the mayor fired the chief, acknowledging"
    if main.subject is None or main.verb is None:
        return None
    first, stop = grammar.chunks[main.subject].first, grammar.chunks[main.verb].first
    return tidy(s.view, max(first, s.low), stop) if s.low < stop < cue.first and stop > first else None


def _main_subject(s: Sentence, cue: Cue) -> Range | None:
    """The subject after a participle that opens the sentence: "Conceding it, Ann Reed ..."."""
    grammar = s.view.grammar
    number = grammar.clauses[grammar.segment_of(cue.chunk).first_clause].subject
    if number is None or grammar.chunks[number].first < cue.last:
        return None
    verb = grammar.clauses[grammar.segment_of(cue.chunk).first_clause].verb
    if verb is not None and grammar.chunks[verb].last >= s.end:
        return None  # "Stressing it can be jarring, Reed said": a part of what she said
    return grammar.phrase(number, relatives=False)
