"""What else the text says of a number: that it could not be checked, and who says that it is not so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from analysis.grammar import Grammar
from analysis.grammar.verbs import base_form
from analysis.numbers.words import LISTS
from analysis.text.document import Document

_GAP = 2  # words that "*" stands for at the most
_NEAR = 4  # tokens between a verb of dispute and the word for the number


class Remark(NamedTuple):
    """A remark on a number: where it is (tokens), the sentence; `back` says that it is about a number before it."""

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
    """The end of a phrase that begins at k; "*" stands for one or two words."""
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
    """Where somebody says that a number is not so, with who: "Teachers disputed the figure"."""
    tokens, chunks = document.tokens, grammar.chunks
    for at, chunk in enumerate(chunks):
        if chunk.kind != "VG":
            continue
        group = grammar.verb_group(at)
        lemma = base_form(tokens.lowers[group.main])
        judged = lemma in LISTS["judge_verb"]
        if not judged and lemma not in LISTS["dispute_verb"]:
            continue
        sentence = document.sentences[document.sentence_index(tokens.starts[group.main])]
        behind = tokens.lowers[group.main + 1 : min(sentence.last_token, group.main + 1 + (12 if judged else _NEAR))]
        if not any(low in LISTS["figure"] for low in behind[: _NEAR + judged * 2]):
            continue
        if judged and not LISTS["wrong"].intersection(behind):
            continue
        clause = grammar.clause_of(at)
        subject = grammar.subject_of(clause) if clause is not None else None
        if group.passive:
            subject = grammar.agent(clause) if clause is not None else None
        if (
            subject is None
            or chunks[subject].kind != "NP"
            or grammar.tags[chunks[subject].head] not in ("NOUN", "PROPN", "PRON")
        ):
            continue
        where = document.sentence_index(tokens.starts[group.main])
        yield Remark(chunk.first, chunk.last, where, True, (chunks[subject].first, chunks[subject].last))
