"""Formats whose libraries are large and not in the lock: spaCy (`make test-spacy`) and Label Studio's, where they
are."""

import json
import tempfile
import warnings
from pathlib import Path

import pytest
from exchange_helpers import ARTICLES, EXAMPLES, comparable, marked_texts, round_trip
from hypothesis import HealthCheck, given, settings

from analysis import annotate
from analysis.exchange.formats import FORMATS, read_texts
from analysis.exchange.layers import document_of, marked_text
from analysis.pipeline import to_json
from analysis.teaching.invented import invented_articles
from analysis.text.article import Article

DOCUMENTS = [annotate(article) for article in invented_articles(ARTICLES)]


@pytest.fixture
def spacy():
    return pytest.importorskip("spacy", reason="spaCy is not installed; `make test-spacy` has it")


def test_articles_come_back_from_a_docbin(spacy, tmp_path):
    back = round_trip(FORMATS["docbin"], [marked_text(document) for document in DOCUMENTS], tmp_path)
    alone = [annotate(Article(d.text, doc_id=d.doc_id)) for d in DOCUMENTS]  # no format carries a title or an outlet
    assert [to_json(document_of(marked)[0]) for marked in back] == [to_json(document) for document in alone]


QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=QUIET)
@given(marked=marked_texts())
def test_hostile_texts_come_back_from_a_docbin(spacy, marked):
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("error")
        (back,) = round_trip(FORMATS["docbin"], [marked], Path(folder))
    assert comparable(back) == comparable(marked)


def test_spacy_sees_groups_of_spans_names_and_sentences(spacy, tmp_path):
    document = annotate("😊 “It may rain,” said Ann Reed. She left.")
    for name, content in FORMATS["docbin"].write([marked_text(document)]):
        (tmp_path / name).write_bytes(content)
    (doc,) = spacy.tokens.DocBin().from_disk(tmp_path / "marks.spacy").get_docs(spacy.blank("en").vocab)
    assert doc.text == document.text
    assert [(span.text, span.label_) for span in doc.spans["hedge"]] == [("may", "possibility")]
    assert [(span.text, span.label_) for span in doc.spans["cue"]] == [("said", "neutral")]
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Ann Reed", "PERSON")]
    assert [sentence.text for sentence in doc.sents] == ["😊 “It may rain,” said Ann Reed.", "She left."]


def test_bytes_that_are_no_docbin_are_an_error(spacy, tmp_path):
    (tmp_path / "a.spacy").write_bytes(b"It may rain.")
    (error,) = read_texts(tmp_path)
    assert "is not a DocBin of spaCy" in error.reason


def test_spans_of_prodigy_begin_and_end_with_words(spacy):
    (line,) = dict(FORMATS["prodigy"].write([marked_text(DOCUMENTS[0])])).values()
    task = json.loads(line)
    words, spaces = [t["text"] for t in task["tokens"]], [t["ws"] for t in task["tokens"]]
    doc = spacy.tokens.Doc(spacy.blank("en").vocab, words=words, spaces=spaces)
    for span in task["spans"]:
        mine = doc[span["token_start"] : span["token_end"] + 1]
        assert mine.text.split() == task["text"][span["start"] : span["end"]].split()


def test_label_studio_takes_the_set_up_and_the_marks():
    interface = pytest.importorskip("label_studio_sdk.label_interface", reason="label-studio-sdk is not installed")
    files = dict(FORMATS["label-studio"].write([marked_text(document) for document in DOCUMENTS]))
    project = interface.LabelInterface(files["labels.xml"].decode())
    project.validate()
    for task in json.loads(files["tasks.json"]):
        assert project.validate_annotation(task["annotations"][0])
