"""Short passages annotated by hand: exactly these mentions, of these kinds, and these entities."""

import tomllib
from pathlib import Path

import pytest

from analysis.entities import find_entities
from analysis.text.article import Article
from analysis.text.segmentation import segment
from analysis.text.vocabulary import VALUES

PASSAGES = tomllib.loads((Path(__file__).parent / "gold/entities_passages.toml").read_text("utf-8"))["passage"]


def place(text: str, words: str) -> tuple[int, int]:
    words, _, nth = words.partition("#")
    at = -1
    for _ in range(int(nth or 1)):
        at = text.find(words, at + 1)
        assert at >= 0, f"{words!r} is not in the passage"
    return at, at + len(words)


def check(passage, mentions, entities):
    """Compare; what stands out in a failure is the words, not the offsets."""
    text, values = passage["text"], passage.get("values", False)
    names = {e.id: e.name for e in entities}
    found = [
        (m.start, text[m.start : m.end], m.label, *(() if m.label in VALUES else (names[m.entity],)))
        for m in mentions
        if values or m.label not in VALUES
    ]
    wanted = [
        (place(text, words)[0], words.partition("#")[0], label, *entity)
        for words, label, *entity in passage["mentions"]
    ]
    assert found == wanted
    related = {e.name: names.get(e.related) for e in entities if e.related}
    assert related == passage.get("related", related)
    countries = {e.name: e.country for e in entities}
    assert {name: countries[name] for name in passage.get("country", {})} == passage.get("country", {})


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda p: p["shows"])
def test_passage(passage):
    check(passage, *find_entities(segment(Article(passage["text"]))))
