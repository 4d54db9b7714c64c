"""Documents made by hand, so that tests of tables, figures and views do not hang on what the rules find."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.entities import find_entities
from analysis.inputs.loading import read_article
from analysis.people import describe_sources
from analysis.text.article import Article
from analysis.text.document import Attribution, Document, Entity, Marker, Mention, Span
from analysis.text.segmentation import segment

ROOT = Path(__file__).parents[1]


def name_marks(text: str) -> tuple[list[tuple[str, str, str]], dict[str, Entity]]:
    """The names that the rules find: words, label and entity of each mention, and the entities by id."""
    mentions, entities = find_entities(segment(Article(text)))
    return [(text[m.start : m.end], m.label, m.entity) for m in mentions], {e.id: e for e in entities}


def named(text: str) -> list[tuple[str, str]]:
    """Words and label of each name."""
    return [(form, label) for form, label, _ in name_marks(text)[0]]


def find(text: str, words: str) -> Span:
    """The span of `words` in the text; "words#2" is their second place."""
    words, _, nth = words.partition("#")
    at = -1
    for _ in range(int(nth or 1)):
        at = text.find(words, at + 1)
        assert at >= 0, f"{words!r} is not in the text"
    return Span(at, at + len(words))


def spans(text: str, parts: str | Iterable[str]) -> tuple[Span, ...]:
    return tuple(find(text, part) for part in ([parts] if isinstance(parts, str) else parts))


def make_document(
    text: str,
    *,
    attributions: Iterable[dict[str, Any]] = (),
    markers: Iterable[dict[str, Any]] = (),
    mentions: Iterable[tuple[str, str, str]] = (),
    names: dict[str, str] | None = None,
    related: dict[str, str] | None = None,
    **article: Any,
) -> Document:
    """A Document with the layers given by their words.

    attributions: dicts with source, cue and content (words, or a list of them) and other fields of Attribution;
    ids are a1, a2 ...  markers: dicts with words, category and other fields of Marker.  mentions: (words, label,
    entity id); `names` gives the names of the entities, else the first mention's words.
    """
    made = []
    for number, fields in enumerate(attributions, 1):
        roles = {
            role: spans(text, fields.pop(role, ()))
            for role in ("source", "cue", "content", "channel", "basis", "role", "anonymity")
        }
        made.append(Attribution(**{"id": f"a{number}", "kind": "indirect", "rule_id": "CUE.TEST", **fields, **roles}))
    marks = []
    for fields in markers:
        start, end = find(text, fields.pop("words"))
        marks.append(Marker(start, end, **{"strength": 0.5, "rule_id": "HEDGE.TEST", **fields}))
    named = [Mention(*find(text, words), label, entity, "NAME.TEST") for words, label, entity in mentions]
    named.sort(key=lambda m: m.start)
    entities = []
    for key in dict.fromkeys(m.entity for m in named):
        mine = [m for m in named if m.entity == key]
        forms = tuple(dict.fromkeys(text[m.start : m.end] for m in mine))
        entities.append(
            Entity(
                key, (names or {}).get(key, forms[0]), mine[0].label, forms, len(mine), related=(related or {}).get(key)
            )
        )
    return described(
        replace(
            segment(Article(text, **article)),
            attributions=tuple(made),
            markers=tuple(marks),
            mentions=tuple(named),
            entities=tuple(entities),
        )
    )


def described(document: Document) -> Document:
    """The document with its sources, as their attributions and the text give them."""
    return replace(document, sources=describe_sources(document))


def gold_document(root: Path = ROOT) -> Document:
    """The source article with the layers of its hand annotation (seeds/keys), and no rule involved."""
    gold = tomllib.loads((root / "seeds/keys/000_ae027953efdecbb4.toml").read_text("utf-8"))
    document = segment(read_article(root / f"seeds/{gold['article']}.txt"))
    ids = {g["name"]: f"e{number}" for number, g in enumerate(gold["entity"], 1)}
    keys = {g["key"]: f"a{number}" for number, g in enumerate(gold["attribution"], 1)}

    def place(sentence: int, words: str) -> Span:
        start, end = document.sentences[sentence - 1][:2]
        a, b = find(document.text[start:end], words)
        return Span(start + a, start + b)

    attributions = tuple(
        Attribution(
            keys[g["key"]],
            g["kind"],
            *(tuple(place(g["sentence"], part) for part in g[role]) for role in ("source", "cue", "content")),
            source_kind=g["source_kind"],
            source_entity=ids.get(g.get("source_entity")),
            stance=g["stance"],
            parent=keys.get(g.get("parent")),
            rule_id="CUE.TEST",
        )
        for g in gold["attribution"]
    )
    markers = tuple(
        Marker(
            *place(g["sentence"], g["text"]),
            g["category"],
            0.5,
            "HEDGE.TEST",
            attribution=keys.get(g.get("attribution")),
            by_whom=g.get("by_whom", False),
            negated=g.get("negated", False),
        )
        for g in gold["marker"]
    )
    mentions = tuple(
        sorted(
            (
                Mention(*place(int(sentence), words), label, ids[entity[0]] if entity else "")
                for sentence, rows in gold["mentions"].items()
                for words, label, *entity in rows
            ),
            key=lambda m: m.start,
        )
    )
    entities = tuple(
        Entity(
            ids[g["name"]],
            g["name"],
            g["label"],
            tuple(g.get("aliases", ())),
            g["count"],
            ids.get(g.get("related")),
            g.get("country"),
        )
        for g in gold["entity"]
    )
    return described(
        replace(document, attributions=attributions, markers=markers, mentions=mentions, entities=entities)
    )
