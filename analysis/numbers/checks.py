"""What else the text says about a number: that it could not be checked, and who says that it is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from analysis.grammar import Grammar
from analysis.grammar.verbs import base_form
from analysis.numbers.words import LISTS
from analysis.text.document import Document

_GAP = 2  # the most words that "*" matches
_JUDGED = 12  # tokens between a verb of judging and its judgement
_NEAR = 4  # tokens between a verb of dispute and the word for the number


class Remark(NamedTuple):
    """A remark on a number: its place (tokens), its sentence; `back` says that it is about an earlier number."""

    first: int
    last: int
    sentence: int
    back: bool
    subject: tuple[int, int] | None = None


def unverified(document: Document) -> Iterator[Remark]:
    """Where the text says that something could not be checked."""
    tokens = document.tokens
    until = 0
    for k in tokens.find(_first_words()):
        for phrase in _by_first().get(tokens.lowers[k], ()) if k >= until else ():
            last = _matches(tokens.lowers, k, phrase)
            if last is not None:
                until = last
                sentence = document.sentence_index(tokens.starts[k])
                first = document.sentences[sentence].first_token
                anaphor = any(tokens.lowers[j] in LISTS["figure"] for j in range(max(first, k - 12), k))
                behind = tokens.lowers[last : last + 3]
                yield Remark(k, last, sentence, anaphor or any(low in LISTS["figure"] for low in behind))
                break


@cache
def _by_first() -> dict[str, list[tuple[str, ...]]]:
    out: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(LISTS["unverified"], key=lambda p: (-len(p), p)):
        words = tuple(phrase.split())
        out.setdefault(words[0], []).append(words)
    return out


@cache
def _first_words() -> frozenset[str]:
    return frozenset(_by_first())


def _matches(lowers: Sequence[str], k: int, phrase: tuple[str, ...]) -> int | None:
    """The end of a phrase that begins at k; "*" matches one or two words."""
    for word, after in zip(phrase, (*phrase[1:], ""), strict=True):
        if word == "*":
            k = next((k + n for n in range(1, _GAP + 1) if lowers[k + n : k + n + 1] == [after]), -1)
            if k < 0:
                return None
        elif lowers[k : k + 1] != [word]:
            return None
        else:
            k += 1
    return k


def disputes(document: Document, grammar: Grammar) -> Iterator[Remark]:
    """Where somebody says that a number is wrong, and who: "Teachers disputed the figure"."""
    tokens = document.tokens
    for at, chunk in enumerate(grammar.chunks):
        if chunk.kind != "VG":
            continue
        group = grammar.verb_group(at)
        lemma = base_form(tokens.lowers[group.main])
        if lemma not in LISTS["judge_verb"] and lemma not in LISTS["dispute_verb"]:
            continue
        clause = grammar.clause_of(at)
        where = document.sentence_index(tokens.starts[group.main])
        if clause is None or not _is_about_number(document, grammar, group.main, clause, lemma in LISTS["judge_verb"]):
            continue
        subject = grammar.agent(clause) if group.passive else grammar.subject_of(clause)
        if subject is not None and _is_somebody(grammar, subject):
            _, first, last, _ = grammar.chunks[subject]
            yield Remark(chunk.first, chunk.last, where, True, (first, last))


def _is_about_number(document: Document, grammar: Grammar, main: int, clause: int, judged: bool) -> bool:
    """Is a number, by a word for it, what a verb disputes or judges: "the figure", "a figure that police dispute"?"""
    lowers = document.tokens.lowers
    sentence = document.sentences[document.sentence_index(document.tokens.starts[main])]
    behind = lowers[main + 1 : min(sentence.last_token, main + 1 + _JUDGED)]
    if judged and LISTS["wrong"].isdisjoint(behind):
        return False
    if not LISTS["figure"].isdisjoint(behind[: _NEAR + judged * 2]):
        return True
    relative = grammar.clauses[clause].kind == "relative" and grammar.antecedent(clause)
    return bool(relative) and grammar.word(relative or 0) in LISTS["figure"]


def _is_somebody(grammar: Grammar, chunk: int) -> bool:
    return grammar.chunks[chunk].kind == "NP" and grammar.tags[grammar.chunks[chunk].head] in ("NOUN", "PROPN", "PRON")
