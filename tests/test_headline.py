"""Headline and body: against titles read by hand, difference by difference, and on hostile titles."""

import sys
import tomllib
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import annotate, make_tables
from analysis.headline import compare, compare_title
from analysis.measures.numbers import headline_measures
from analysis.reading import reading_page
from analysis.reading.headline import headline_block
from analysis.text.article import Article
from analysis.text.vocabulary import HEADLINE_DIFFERENCES

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
from scoring import headlines as scorer  # noqa: E402
from scoring import prf  # noqa: E402

GOLD = tomllib.loads((Path(__file__).parent / "gold/headlines.toml").read_text("utf-8"))["headline"]


def titled(title, text):
    return annotate(Article(text, title=title))


def differs(title, text):
    return [d.kind for d in compare_title(titled(title, text)).differences]


@pytest.mark.parametrize("measure", ["carried", "differs"])
def test_what_readers_see_is_right_nine_times_in_ten(measure):
    counts = sum((scorer.score(g, titled(g["title"], g["text"])) for g in GOLD), Counter())
    precision, recall, _ = prf(counts, measure)
    assert precision >= 0.9
    assert recall >= 0.85


def test_a_carrier_says_what_it_shares():
    found = compare_title(titled("Harbour council closes bridge", "It rained. The harbour council closed the bridge."))
    (carrier,) = found.carriers
    assert (carrier.sentence, carrier.share) == (1, 1.0)
    assert carrier.shared == ("Harbour", "council", "closes", "bridge")
    assert found.differences == ()


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Bridge closes", "The bridge closes on Monday, Ann Reed said.", ["source-left-out"]),
        ("Bridge closes, says Reed", "The bridge closes on Monday, Ann Reed said.", []),
        ("Bridge closes", "Ann Reed said the bridge closes. The bridge closes on Monday.", []),  # the reporter too
        ("Bridge closes", "The bridge may close.", ["hedge-left-out"]),
        ("Bridge may close", "The bridge may close.", []),
        ("Council cuts 40 jobs", "The council cuts 60 jobs.", ["number-changed"]),
        ("Council cuts 40 jobs", "The council cuts about 40 jobs.", ["hedge-left-out"]),
        ("Council cuts 60 jobs", "The council cuts 60 jobs, 20 of them in Ostby.", []),
        ("Court rejects appeal", "The court did not reject the appeal.", ["negation-changed"]),
        ("Court ‘does not bow to anyone’", "The judge wept. “This court does not bow to anyone,” she said. ", []),
        ("Did the court reject the appeal?", "It is unclear whether the court rejected it.", ["question-unanswered"]),
        ("Did the court reject the appeal?", "The court rejected the appeal.", []),
        ("Farmers block roads", "A film about gardening opened.", ["nothing-found"]),
    ],
)
def test_differences(title, text, expected):
    found = differs(title, text)
    assert [kind for kind in found if kind != "quotation-shortened"] == expected


def test_a_quotation_is_shortened_by_words():
    (found,) = compare_title(
        titled("Reed: ‘We have failed’", "“We have failed, and we know it,” Ann Reed said on Monday.")
    ).differences
    assert (found.kind, found.note) == ("quotation-shortened", "the title quotes 3 of 7 words")


@pytest.mark.parametrize("title", [None, "", "“…”", "The and of"])
def test_nothing_to_look_for(title):
    assert compare_title(titled(title, "It rained.")) is None


def test_a_title_as_long_as_a_text_is_none():
    document = titled("40 men left. " * 100, "40 men left.")
    assert compare_title(document) is None
    assert headline_block(document) == ""


def test_differences_are_counted_over_articles():
    documents = [
        annotate(Article("The bridge may close.", doc_id=str(k), title="Bridge closes" if k else "Bridge may close"))
        for k in range(3)
    ]
    t = make_tables([*documents, annotate(Article("It rained.", doc_id="none"))])
    rows = headline_measures(t).set_index("difference")
    assert list(rows.index) == list(HEADLINE_DIFFERENCES)
    assert rows.loc["hedge-left-out", ["count", "of"]].tolist() == [2, 3]
    assert rows.loc["hedge-left-out", "low"] < 2 / 3 < rows.loc["hedge-left-out", "high"]
    assert t["titles"]["carriers"].tolist() == ["1", "1", "1"]
    assert t["headline_differences"]["body_text"].tolist() == ["may", "may"]


def test_the_table_of_marks_points_into_the_title():
    document = titled("Reed may leave Ostby", "Ann Reed leads Ostby. She left.")
    marks = make_tables(document)["title_marks"]
    places = zip(marks["start"], marks["end"], strict=True)
    assert [document.title.text[start:end] for start, end in places] == marks["text"].tolist()
    assert set(zip(marks["layer"], marks["text"], marks["in_body"], strict=True)) == {
        ("marker", "may", False),
        ("mention", "Reed", True),
        ("mention", "Ostby", True),
    }


def test_no_rate_of_the_body_counts_a_title():
    text = "Ann Reed leads Ostby. She may leave."
    with_title, without = make_tables(titled("Reed could leave, says party", text)), make_tables(annotate(text))
    for name in ("sentences", "attributions", "markers", "mentions", "voices", "passages", "numbers"):
        assert with_title[name].equals(without[name]), name


# --- on the page


def test_the_page_shows_the_title_with_its_marks_and_what_differs():
    document = titled("Reed resigns", "Ann Reed may resign, officials said. It rained.")
    block = headline_block(document)
    assert "source left out" in block
    assert "hedge left out" in block
    assert 'href="#s1"' in block
    assert "2 differences" in block
    assert headline_block(document, name="Reed resigns") in reading_page(document)


def test_the_words_stay_careful():
    words = " ".join(f"{d.name} {d.gloss}" for d in HEADLINE_DIFFERENCES.values()).lower()
    for judgement in ("mislead", "wrong", "false", "clickbait", "lie", "bias"):
        assert judgement not in words


class Nesting(HTMLParser):
    """Every element is closed where it should be, and nothing of the text became one."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        assert tag in "section details summary p span a mark ul li strong i".split()
        self.open.append((tag, dict(attrs).get("class", "") + dict(attrs).get("href", "")))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_title_makes_a_page_that_is_well_formed(title, text):
    try:
        article = Article(f"Reed <b>left</b> 40 “men”. {text}", title=f"Reed & <i>40 ‘men’ {title}")
    except ValueError:
        return
    document = annotate(article)
    found = compare_title(document)
    for carrier in found.carriers if found else ():
        assert 0 <= carrier.sentence < len(document.sentences)
    nesting = Nesting()
    nesting.feed(headline_block(document))
    assert nesting.open == []


def test_a_title_is_compared_once_until_a_layer_of_its_article_changes(monkeypatch):
    document = titled("Bridge closes", "The bridge may close, Ann Reed said.")
    times = []
    work = compare._compare
    monkeypatch.setattr(compare, "_compare", lambda *given: times.append(1) or work(*given))
    make_tables(document)
    assert [d.kind for d in compare_title(document).differences] == ["source-left-out", "hedge-left-out"]
    assert len(times) == 1
    sure = replace(document, markers=())
    assert [d.kind for d in compare_title(sure).differences] == ["source-left-out"]
    assert len(times) == 2
