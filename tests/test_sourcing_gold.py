"""Sourcing against passages annotated by hand (tests/gold/sourcing_passages.toml): exactly the same."""

import tomllib
from pathlib import Path

import pytest

from analysis.rules.markup import parse
from analysis.sourcing import find_attributions
from analysis.text.article import Article
from analysis.text.segmentation import segment

GOLD = tomllib.loads((Path(__file__).parent / "gold/sourcing_passages.toml").read_text("utf-8"))["passage"]


def test_there_are_enough_passages():
    assert len(GOLD) >= 30
    assert len({passage["name"] for passage in GOLD}) == len(GOLD)


def cases():
    for p in GOLD:
        marks = [pytest.mark.xfail(reason=p["known_failure"], strict=True)] if "known_failure" in p else []
        yield pytest.param(p, id=p["name"], marks=marks)


@pytest.mark.parametrize("passage", list(cases()))
def test_passage(passage):
    text, marked = parse(passage["text"].strip())
    document = segment(Article(text))
    found = find_attributions(document)
    letters = {parts: letter for letter, parts in marked.items()}
    by_id = {a.id: letters.get((a.source, a.cue, a.content)) for a in found}

    def words(spans):
        return " | ".join(text[s:e] for s, e in spans)

    got = {
        (words(a.source), words(a.cue), words(a.content)): {
            "kind": a.kind,
            "source_kind": a.source_kind,
            "stance": a.stance,
            "parent": by_id.get(a.parent),
            **{name: words(getattr(a, name)) for name in ("channel", "basis", "role", "anonymity")},
        }
        for a in found
    }
    default = {"stance": "neutral", "parent": None, "channel": "", "basis": "", "role": "", "anonymity": ""}
    wanted = {
        (words(m.source), words(m.cue), words(m.content)): {**default, **passage[letter]}
        for letter, m in marked.items()
    }
    assert got == wanted
    assert len(found) == len(marked)
