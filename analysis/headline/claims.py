"""What a title claims, as items that a sentence of the body can share: names, numbers, words."""

from __future__ import annotations

from typing import NamedTuple

from analysis.grammar import Grammar
from analysis.grammar.verbs import base_form
from analysis.numbers import Number
from analysis.numbers.same import agree
from analysis.text.document import Attribution, Document
from analysis.text.vocabulary import VALUES
from analysis.text.word_lists import word_lists

_TELLING = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "NUM", "X"))
_NAME, _NUMBER, _WORD = 2.0, 2.0, 1.0
_OF_MIND = ("CUE.WANT", "CUE.HOPE", "CUE.REFUSE", "CUE.AVOID")  # rules for cues that say what somebody wants
MOST = 60  # the most items of a title; anything longer is not a title


class Item(NamedTuple):
    """A name (by entity id), a number (by its place) or a word (by its base form) of the title; `token` is
    its first."""

    kind: str
    key: str
    words: str
    weight: float
    token: int


class Hit(NamedTuple):
    """Where a sentence of the body has an item of the title: the first of its tokens there."""

    item: int
    token: int


def stem(low: str) -> str:
    """The form that a word is compared by: the base of a verb, a noun without its plural.

    >>> [stem(word) for word in ("closes", "closed", "bridges", "won", "crises")]
    ['close', 'close', 'bridge', 'win', 'crise']
    """
    base = base_form(low)
    return base[:-1] if base.endswith("s") and not base.endswith("ss") and len(base) > 3 else base


def names_source(a: Attribution) -> bool:
    """Does an attribution say whom something comes from, rather than what somebody wants or hopes?"""
    return bool(a.source) and not a.rule_id.startswith(_OF_MIND)


def items_of(title: Document, grammar: Grammar, numbers: tuple[Number, ...], named: frozenset[str]) -> list[Item]:
    """What the title claims, without the words of its cue and its source.

    `named` are the ids in the body; a name without one is looked up word by word.
    """
    tokens, tags = title.tokens, grammar.tags
    said = [span for a in title.attributions if names_source(a) for span in (*a.cue, *a.source)]
    skip = {k for s, e in said for k in range(title.token_index(s), title.token_index(e - 1) + 1)}
    out: list[Item] = []
    for m in title.mentions:
        first, last = title.token_index(m.start), title.token_index(m.end - 1) + 1
        if m.entity in named and m.label not in VALUES and first not in skip:
            out.append(Item("name", m.entity, title.text[m.start : m.end], _NAME, first))
            skip.update(range(first, last))
    for place, n in enumerate(numbers):
        first, last = title.token_index(n.start), title.token_index(n.end - 1) + 1
        if first not in skip and n.value is not None:
            out.append(Item("number", str(place), title.text[n.start : n.end], _NUMBER, first))
            skip.update(range(first, last))
    empty = word_lists("headline")["empty"] | word_lists("headline")["negation"]
    for k, low in enumerate(tokens.lowers):
        if k not in skip and tags[k] in _TELLING and low[0].isalpha() and low not in empty:
            out.append(Item("word", stem(low), tokens.words[k], _WORD, k))
    return sorted(out, key=lambda item: item.token)[:MOST]


def hits_of(items: list[Item], body: Document, numbers: tuple[Number, ...], own: tuple[Number, ...]) -> list[list[Hit]]:
    """For each sentence of the body, the items of the title that it has, each once."""
    found: list[dict[int, int]] = [{} for _ in body.sentences]

    def add(item: int, token: int) -> None:
        found[body.sentence_index(body.tokens.starts[token])].setdefault(item, token)

    words: dict[str, list[int]] = {}
    names: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        if item.kind == "word":
            words.setdefault(item.key, []).append(place)
        elif item.kind == "name":
            names.setdefault(item.key, []).append(place)
    for low in body.tokens.index:
        for place in words.get(stem(low), ()):
            for token in body.tokens.index[low]:
                add(place, token)
    for m in body.mentions:
        for place in names.get(m.entity, ()):
            add(place, body.token_index(m.start))
    for place, item in enumerate(items):
        if item.kind == "number":
            for n in numbers:
                if n.kind == own[int(item.key)].kind and agree(own[int(item.key)], n):
                    add(place, body.token_index(n.start))
    return [[Hit(item, token) for item, token in sorted(here.items())] for here in found]
