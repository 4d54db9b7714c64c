"""The source article against its hand annotation (seeds/keys): exactly the same, nothing more and nothing less."""

import tomllib
from pathlib import Path

import pytest

from analysis import annotate, read_article

ROOT = Path(__file__).parents[1]
GOLD = tomllib.loads((ROOT / "seeds/keys/000_ae027953efdecbb4.toml").read_text("utf-8"))
# Expressions of time, number and money are mentions, but no entities that the hand annotation follows.
NO_ENTITY = {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"}


@pytest.fixture(scope="module")
def document():
    return annotate(read_article(ROOT / f"seeds/{GOLD['article']}.txt"))


def place(document, sentence: int, words: str) -> tuple[int, int]:
    """The span of `words` in the sentence with this number; "words#2" is their second place."""
    words, _, nth = words.partition("#")
    start, end = document.sentences[sentence - 1][:2]
    at = start - 1
    for _ in range(int(nth or 1)):
        at = document.text.find(words, at + 1, end)
        assert at >= 0, f"sentence {sentence} does not hold {words!r}"
    return at, at + len(words)


def places(document, sentence, parts):
    return tuple(place(document, sentence, part) for part in parts)


def test_headings(document):
    headings = [n for n, s in enumerate(document.sentences, 1) if document.paragraphs[s.paragraph].kind == "heading"]
    assert headings == GOLD["headings"]


def test_attributions(document):
    names = {e.id: e.name for e in document.entities}
    by_id = {a.id: a for a in document.attributions}

    def key(a):
        return (a.source, a.cue, a.content)

    found = {
        key(a): (
            a.kind,
            a.source_kind,
            names.get(a.source_entity),
            a.stance,
            key(by_id[a.parent]) if a.parent else None,
        )
        for a in document.attributions
    }
    spans = {
        g["key"]: tuple(places(document, g["sentence"], g[role]) for role in ("source", "cue", "content"))
        for g in GOLD["attribution"]
    }
    wanted = {
        spans[g["key"]]: (
            g["kind"],
            g["source_kind"],
            g.get("source_entity"),
            g["stance"],
            spans[g["parent"]] if "parent" in g else None,
        )
        for g in GOLD["attribution"]
    }
    assert found == wanted
    assert len(found) == len(document.attributions)


def test_markers(document):
    keys = {tuple(places(document, g["sentence"], g["cue"])): g["key"] for g in GOLD["attribution"]}
    owners = {a.id: keys[a.cue] for a in document.attributions if a.cue in keys}
    found = {((m.start, m.end), m.category, owners.get(m.attribution), m.by_whom, m.negated) for m in document.markers}
    wanted = {
        (
            place(document, g["sentence"], g["text"]),
            g["category"],
            g.get("attribution"),
            g.get("by_whom", False),
            g.get("negated", False),
        )
        for g in GOLD["marker"]
    }
    assert found == wanted


def test_mentions(document):
    names = {e.id: e.name for e in document.entities}
    found = {((m.start, m.end), m.label, None if m.label in NO_ENTITY else names[m.entity]) for m in document.mentions}
    wanted = {
        (place(document, int(sentence), words), label, entity[0] if entity else None)
        for sentence, rows in GOLD["mentions"].items()
        for words, label, *entity in rows
    }
    assert found == wanted


def test_entities(document):
    names = {e.id: e.name for e in document.entities}
    found = [
        (e.name, e.label, e.aliases, e.count, names.get(e.related))
        for e in document.entities
        if e.label not in NO_ENTITY
    ]
    wanted = [
        (g["name"], g["label"], tuple(g.get("aliases", ())), g["count"], g.get("related")) for g in GOLD["entity"]
    ]
    assert found == wanted
    countries = {e.name: e.country for e in document.entities}
    assert {g["name"]: countries[g["name"]] for g in GOLD["entity"] if "country" in g} == {
        "Pyongyang": "North Korea",
        "Moscow": "Russia",
    }
