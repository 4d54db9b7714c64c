"""Keyword in context: every mark on its line, unmarked places beside them, in an order that teaches."""

import pytest
from helpers import make_document
from hypothesis import given
from hypothesis import strategies as st

from analysis import annotate
from analysis.tables.kwic import COLUMNS, concordance, keyword_in_context

PAIR = "The vote may be delayed. It was held in May. About 200 people spoke about it."


@pytest.fixture(scope="module")
def document():
    return annotate(PAIR)


def test_every_mark_has_its_line(document):
    rows = keyword_in_context(document)
    assert rows[["left", "keyword", "right", "category", "voice", "sentence"]].values.tolist() == [
        [
            "The vote",
            "may",
            "be delayed. It was held in May. About 200 people spoke …",
            "possibility",
            "the reporter",
            1,
        ],
        [
            "The vote may be delayed. It was held in May.",
            "About",
            "200 people spoke about it.",
            "approximation",
            "the reporter",
            3,
        ],
    ]
    assert rows["rule_id"].str.startswith("HEDGE.").all()


def test_words_show_what_the_rules_left_alone(document):
    rows = keyword_in_context(document, words=["MAY", "about"], width=12)
    assert list(zip(rows["keyword"], rows["category"].fillna("-"), rows["sentence"], strict=True)) == [
        ("may", "possibility", 1),
        ("May", "-", 2),
        ("About", "approximation", 3),
        ("about", "-", 3),
    ]
    assert [PAIR[a:b] for a, b in zip(rows["start"], rows["end"], strict=True)] == rows["keyword"].tolist()


def test_a_longer_marker_is_one_line():
    rows = keyword_in_context(annotate("Rain is more likely than not."), words=["more", "likely"])
    assert rows["keyword"].tolist() == ["more likely than not"]


def test_a_source_hedges_in_its_own_voice_marked_or_not():
    d = make_document(
        "“It may rain in May,” Ann Reed said.",
        attributions=[
            {"source": "Ann Reed", "cue": "said", "content": "“It may rain in May,”", "source_kind": "person"}
        ],
        markers=[{"words": "may", "category": "possibility", "attribution": "a1"}],
    )
    rows = keyword_in_context(d, words="may")
    assert rows["voice"].tolist() == ["Ann Reed", "Ann Reed"]
    assert keyword_in_context(d, voice="the reporter").empty
    assert len(keyword_in_context(d, voice="Ann Reed", category="possibility")) == 1


def test_orders():
    d = make_document(
        "Zeal may end. All may begin. Old rain could go. Some must clearly go.",
        markers=[
            {"words": "may", "category": "possibility"},
            {"words": "may#2", "category": "possibility"},
            {"words": "could", "category": "condition"},
            {"words": "clearly", "category": "booster"},
        ],
    )

    def lines(by):
        rows = keyword_in_context(d, by=by, width=9)
        return [
            f"{left.split()[-1]} {word} {right.split()[0]}"
            for left, word, right in zip(rows["left"], rows["keyword"], rows["right"], strict=True)
        ]

    text = ["Zeal may end.", "All may begin.", "rain could go.", "must clearly go."]
    assert lines("text") == lines("category") == lines("voice") == text
    assert lines("left") == [text[1], text[3], text[2], text[0]]
    assert lines("right") == [text[1], text[0], text[3], text[2]]
    assert lines("keyword") == [text[3], text[2], text[0], text[1]]


def test_context_ends_with_the_paragraph_and_at_words():
    d = make_document(
        "Before it.\n\nThe long vote may be delayed again.\n\nAfter it.",
        markers=[{"words": "may", "category": "possibility"}],
    )
    assert keyword_in_context(d).iloc[0][["left", "right"]].tolist() == ["The long vote", "be delayed again."]
    assert keyword_in_context(d, width=8).iloc[0][["left", "right"]].tolist() == ["… vote", "be …"]


def test_nothing_found_keeps_its_columns():
    for rows in (keyword_in_context([]), keyword_in_context(make_document("It rained."), words="may")):
        assert rows.empty
        assert {c: str(d) for c, d in rows.dtypes.items()} == COLUMNS
    assert repr(concordance(rows, caption="May")) == "May\nsentence | in context | category | whose\n(none)"
    assert "(none)" in concordance(rows, caption="May")._repr_html_()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"category": "hope"}, "choose from possibility"),
        ({"by": "length"}, "choose one of text, left"),
        ({"width": 0}, "at least 1"),
        ({"words": ["in May"]}, "single words"),
    ],
)
def test_what_cannot_be_shown_is_refused(document, options, message):
    with pytest.raises(ValueError, match=message):
        keyword_in_context(document, **options)


def test_the_view_says_what_it_shows(document):
    view = concordance(keyword_in_context(document, words="may", width=12), caption="May & may")
    assert repr(view).splitlines() == [
        "May & may",
        "sentence | in context | category | whose",
        "1 | The vote [may] be delayed. … | possibility | the reporter",
        "2 | … was held in [May]. About 200 … | not marked | the reporter",
    ]
    html = view._repr_html_()
    assert "May &amp; may</caption>" in html
    assert html.count('<th scope="col"') == 6
    assert html.count('<th scope="row"') == 2
    assert html.count("<mark") == 2
    assert html.startswith('<table class="tex2jax_ignore mathjax_ignore" style=')  # no formulas
    for lost_when_untrusted in ("<style", "id="):
        assert lost_when_untrusted not in html


def test_several_articles_are_told_apart():
    documents = [
        make_document("It may rain.", doc_id=name, markers=[{"words": "may", "category": "possibility"}])
        for name in ("one", "two")
    ]
    assert repr(concordance(keyword_in_context(documents), caption="May")).splitlines()[2:] == [
        "one 1 | It [may] rain. | possibility | the reporter",
        "two 1 | It [may] rain. | possibility | the reporter",
    ]


@given(st.text("may MAY.\n “”,", max_size=60).filter(str.strip), st.integers(1, 20))
def test_every_place_is_found_once_with_true_offsets(text, width):
    d = make_document(text)
    rows = keyword_in_context(d, words="may", width=width)
    assert len(rows) == d.tokens.lowers.count("may")
    assert [text[a:b].lower() for a, b in zip(rows["start"], rows["end"], strict=True)] == ["may"] * len(rows)
