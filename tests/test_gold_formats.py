"""Our hand annotations in other tools' formats, and the guidelines that they follow."""

import re
from pathlib import Path

import pytest

from analysis import Article, segment
from analysis.annotation import marks_of, marks_of_text, strip_marks
from analysis.annotation.marks import LABELS_OF
from analysis.exchange.formats import read_texts
from analysis.exchange.layers import document_of
from analysis.text.vocabulary import HEDGES
from build_gold import PUBLISHED, build, gold_texts

ROOT = Path(__file__).parents[1]
GUIDELINES = (ROOT / "docs/annotation-guidelines.md").read_text("utf-8")


@pytest.fixture(scope="module")
def gold(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gold")
    build(folder)
    return folder


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_marks_are_those_of_the_keys(name, gold):
    keys = {marked.doc_id: marked for marked in gold_texts()}
    assert len(keys) == 8
    published = {marked.doc_id: marked for marked in read_texts(gold / name)}
    assert published.keys() == keys.keys()
    for doc_id, marked in published.items():
        assert marks_of_text(marked) == marks_of_text(keys[doc_id])
        document, problems = document_of(marked)
        assert not problems
        chains = {(a.id, a.parent) for a in document.attributions}
        assert chains == {(a.id, a.parent) for a in document_of(keys[doc_id])[0].attributions}
        assert marks_of(document)


def test_the_same_keys_give_the_same_bytes(gold, tmp_path):
    build(tmp_path)
    for path in gold.rglob("*"):
        if path.is_file():
            assert (tmp_path / path.relative_to(gold)).read_bytes() == path.read_bytes(), path


def examples():
    blocks = re.findall(r"^```\n(.*?)^```", GUIDELINES, re.M | re.S)
    return [
        *(line for block in blocks for line in block.splitlines()),
        *re.findall(r"`([^`\n]*\[[^`\n]*\][^`\n]*)`", GUIDELINES),
    ]


def test_every_example_of_the_guidelines_can_be_read():
    assert len(examples()) > 30
    for line in examples():
        text, marks = strip_marks(line)
        assert segment(Article(text)).sentences
        assert all(mark.label in (*LABELS_OF[mark.layer], "") for mark in marks)


def test_the_guidelines_have_an_example_for_each_decision():
    marks = [mark for line in examples() for mark in strip_marks(line)[1]]
    assert {m.label for m in marks if m.layer == "hedge"} == set(HEDGES)
    assert {m.layer for m in marks} == set(LABELS_OF)
    assert {m.label for m in marks if m.layer == "content"} >= {"direct", "indirect", "mixed"}
    assert {m.label for m in marks if m.layer == "name"} == set(LABELS_OF["name"])
