"""Dates of effect: when something begins, ends or falls due; other dates are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.entities.values import find_values
from analysis.grammar import Grammar
from analysis.grammar.verbs import base_form
from analysis.numbers.expressions import Expression
from analysis.numbers.words import LISTS
from analysis.text.document import Document

_DUE = frozenset(("by", "until", "till", "before"))
_WHEN = frozenset(("on", "in", "at", "from", "as"))
_FURTHER = 10  # tokens between a verb and its date


def dates_of_effect(document: Document, grammar: Grammar) -> Iterator[Expression]:
    """The dates in a document on which something begins, ends or falls due, in order."""
    for first, last, label in find_values(document):
        if label == "DATE":
            start = _start(document.tokens.lowers, first)
            if _is_of_effect(document, grammar, start):
                yield Expression(start, last, "date", None)


def _start(words: Sequence[str], first: int) -> int:
    """The first token of a date with its part: the end of March."""
    if first > 1 and words[first - 1] == "of" and words[first - 2] in LISTS["date_part"]:
        return first - 2 - (first > 2 and words[first - 3] in ("the", "a"))
    return first


def _is_of_effect(document: Document, grammar: Grammar, k: int) -> bool:
    lowers = document.tokens.lowers
    before = lowers[k - 1] if k else ""
    clause = grammar.clause_at[k]
    verb = grammar.clauses[clause].verb if clause >= 0 else None
    if verb is None or not 0 < k - grammar.chunks[verb].last + 1 <= _FURTHER:
        return False
    group = grammar.verb_group(verb)
    lemma = base_form(lowers[group.main])
    ahead = group.modal or group.form == "infinitive" or _is_present(document, grammar, group.main, group.auxiliaries)
    taken = {lowers[j] for j in range(group.main + 1, k)}
    plain = lowers[group.main + 1] not in ("for", "to")  # apply for a job
    effective = (lemma in LISTS["effect_verb"] and plain) or bool(
        taken & LISTS["effect_noun"] and lemma in ("take", "come", "go", "enter")
    )
    if before in _DUE:
        return effective or group.modal or group.form == "infinitive"
    if before not in _WHEN and not (before == "of" and lowers[k - 2] == "as"):
        return bool(taken & LISTS["effect_noun"]) and effective
    return effective or (ahead and lemma in LISTS["effect_verb_ahead"])


def _is_present(document: Document, grammar: Grammar, main: int, auxiliaries: tuple[int, ...]) -> bool:
    """Begins, is to begin, are opening: nothing in the past."""
    words = [document.tokens.lowers[k] for k in (*auxiliaries, main)]
    first = words[0]
    if len(words) > 1:
        return first in ("is", "are", "am", "will", "shall", "'ll") or first.startswith("would")
    return first.endswith("s") or base_form(first) == first
