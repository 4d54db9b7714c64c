"""The title is a part of the article: a text of its own, its names tied to the body's, in no count of the body."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import annotate
from analysis.pipeline import to_json
from analysis.text.article import Article

BODY = "Mayor Lena Brand may resign, two members of her party said. Brand leads the council of Ostby."


def titled(title, text=BODY):
    return annotate(Article(text, title=title))


def words(document, spans):
    return [document.text[start:end] for start, end in spans]


def test_a_title_has_its_own_attributions_and_markers():
    title = titled("Brand could resign, party says").title
    (a,) = title.attributions
    assert words(title, a.source) == ["party"]
    assert words(title, a.content) == ["Brand could resign"]
    (m,) = title.markers
    assert (title.text[m.start : m.end], m.category, m.attribution) == ("could", "possibility", a.id)


def test_names_of_the_title_are_those_of_the_body():
    document = titled("Brand to leave Ostby for Velden")
    by_words = {document.title.text[m.start : m.end]: m for m in document.title.mentions}
    brand, ostby = (next(e for e in document.entities if e.name == name) for name in ("Lena Brand", "Ostby"))
    assert by_words["Brand"].entity == brand.id
    assert by_words["Brand"].label == "PERSON"
    assert by_words["Ostby"].entity == ostby.id
    (shared,) = [e for e in document.title.entities if e.id == brand.id]
    assert (shared.name, shared.aliases, shared.count) == ("Lena Brand", ("Brand",), 1)
    assert not {e.id for e in document.title.entities} - {brand.id, ostby.id} & {e.id for e in document.entities}


def test_a_name_that_only_the_title_has_has_an_id_of_its_own():
    document = titled("Ann Reed meets Brand")
    ids = {document.title.text[m.start : m.end]: m.entity for m in document.title.mentions}
    assert ids["Ann Reed"].startswith("t")
    assert ids["Ann Reed"] not in {e.id for e in document.entities}


def test_a_name_shared_by_two_of_the_body_is_left_alone():
    document = titled("Reed wins", "Ann Reed met Jan Reed. It rained.")
    assert {m.entity for m in document.title.mentions} <= {"t1"}


def test_the_source_of_the_title_is_the_body_s():
    document = titled("Brand: ‘I will not resign’")
    (a,) = document.title.attributions
    assert a.source_entity == next(e.id for e in document.entities if e.name == "Lena Brand")


def test_the_body_is_read_as_without_a_title():
    document = titled("Brand could resign, party says")
    assert replace(document, title=None, article=Article(BODY)) == annotate(BODY)


@pytest.mark.parametrize("title", [None, "", "  ", "a\0b"])
def test_no_title_no_layers(title):
    document = titled(title)
    assert document.title is None
    assert json.loads(to_json(document))["title"] is None


def test_json_has_the_title_with_its_layers():
    record = json.loads(to_json(titled("Brand could resign")))
    assert record["title"]["text"] == "Brand could resign"
    assert record["title"]["markers"][0]["start"] == 6
    assert record["title"]["mentions"][0]["entity"] == record["mentions"][0]["entity"]
    assert set(record["title"]) == {
        "text", "sentences", "attributions", "markers", "mentions", "entities", "sources"
    }  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_title_points_into_itself(title, text):
    try:
        article = Article(f"Reed left. {text}", title=title)
    except ValueError:
        return
    document = annotate(article)
    if document.title is None:
        return
    ids = {e.id for e in document.title.entities}
    assert document.title.text == title
    for m in document.title.mentions:
        assert 0 <= m.start < m.end <= len(title)
        assert m.entity in ids
