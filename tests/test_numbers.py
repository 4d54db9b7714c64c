"""Numbers: against passages read by hand, fact by fact, and on hostile texts."""

import sys
import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from helpers import make_document
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import annotate, figures, make_tables
from analysis.measures.numbers import DEFINITIONS, headline_measures, number_measures, who_gives_numbers
from analysis.numbers import find_numbers
from analysis.text.article import Article
from analysis.text.vocabulary import BOUNDS, NUMBER_KINDS, SHOWN_KINDS

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
from scoring import numbers as scorer  # noqa: E402
from scoring import prf  # noqa: E402

GOLD = tomllib.loads((Path(__file__).parent / "gold/numbers.toml").read_text("utf-8"))["passage"]


def found(text):
    document = annotate(text)
    return document, find_numbers(document)


def facts(text):
    """(words, value, unit, bound, counted, voice) of each number."""
    document, numbers = found(text)
    return [
        (
            text[n.start : n.end],
            n.value,
            n.unit,
            n.bound,
            document.text[n.counts.start : n.counts.end] if n.counts else None,
            n.voice,
        )
        for n in numbers
    ]


@pytest.fixture(scope="module")
def counts():
    return sum((scorer.score(g, annotate(g["text"])) for g in GOLD), Counter())


@pytest.mark.parametrize(
    "measure", ["found", "value", "bound", "counted", "voice", "change", "unverified", "disputed", "second"]
)
def test_what_readers_see_is_right_nine_times_in_ten(counts, measure):
    precision, recall, _ = prf(counts, measure)
    assert precision >= 0.9
    assert recall >= 0.75


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("More than 40 men left.", ("40", 40.0, "", "at-least", "men", "the reporter")),
        ("Up to £3bn in fines is due.", ("£3bn", 3e9, "pounds", "at-most", "fines", "the reporter")),
        ("Some 250 homes burned.", ("250", 250.0, "", "about", "homes", "the reporter")),
        ("Forty or more boats sank.", ("Forty", 40.0, "", "at-least", "boats", "the reporter")),
        ("Two-thirds of pupils passed.", ("Two-thirds", 66.67, "percent", "exact", "pupils", "the reporter")),
        ("The union puts the toll at 31.", ("31", 31.0, "", "exact", "toll", "The union")),
        ("Half a million people fled.", ("Half a million", 500_000.0, "", "exact", "people", "the reporter")),
        ("A five-year plan was signed.", ("five-year", 5.0, "years", "exact", "plan", "the reporter")),
        ("Tens of thousands of birds died.", ("Tens of thousands", None, "", "about", "birds", "the reporter")),
    ],
)
def test_one_number(text, expected):
    assert facts(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Reed, 43, left at 5 p.m. on 3 May 2019.",
        "The children were aged nine, ten and twelve.",
        "He lives at 12 Quay Street and works on page 7.",
        "The team won 3-1.",
        "The vote was 54 to 41.",
        "It happened two years ago.",
        "The two met in May.",
        "One of the men left.",
        "She died at the age of 95.",
        "The actor dies at 97.",
        "It was three times as large.",
        "Room 101 is open 24/7.",
        "He applied for the job in 1965.",
    ],
)
def test_what_counts_nothing_is_no_number(text):
    assert facts(text) == []


def test_a_number_of_somebody_through_somebody_has_its_chain():
    _, (n,) = found("Reuters reported that 30 ships were waiting, citing port officials.")
    assert n.chain == ("Reuters", "port officials")
    assert n.voice == "port officials"


def test_who_gives_none_is_the_reporter():
    _, (n,) = found("It cost 30 euros.")
    assert (n.voice, n.voice_kind, n.chain, n.attribution) == ("the reporter", "reporter", (), None)


def test_a_dispute_is_about_the_number_given_before_and_names_who_disputes():
    text = "The ministry said 40 schools had closed. Teachers disputed the figure."
    _, (n,) = found(text)
    ((who, words),) = n.disputed
    assert (who, text[words.start : words.end]) == ("Teachers", "disputed")


def test_who_puts_a_number_at_so_much_gives_no_number_of_the_next_sentence():
    _, (first, second) = found("The union put the number of farmers at 450. Two thirds of them had lost money.")
    assert (first.voice, second.voice) == ("The union", "the reporter")


def test_what_somebody_denies_is_not_their_number():
    _, (n,) = found("The firm denied that 30 workers were hurt.")
    assert (n.voice, n.chain) == ("no source named", ())
    assert [who for who, _ in n.disputed] == ["The firm"]


def test_the_one_who_disputes_may_give_another_number():
    _, (first, second) = found("The hospital says 12 people died; the ministry rejects this and speaks of seven hurt.")
    assert [who for who, _ in first.disputed] == ["the ministry"]
    assert (second.voice, second.disputed) == ("the ministry", ())


def test_only_the_number_meant_could_not_be_verified():
    text = "A third of tenants owe money; the union's figure of 36 percent of tenants could not be verified."
    _, (third, share) = found(text)
    assert third.unverified is None
    assert text[share.unverified.start : share.unverified.end] == "could not be verified"


def test_second_mentions_point_at_each_other_and_give_a_reason():
    _, (first, second) = found("The poll says 62 percent of voters agree. Nearly two thirds of voters came.")
    assert [(s.number, s.agrees) for s in first.same] == [(second.id, True)]
    assert [(s.number, s.agrees) for s in second.same] == [(first.id, True)]
    assert first.same[0].why


def test_two_counts_of_one_noun_are_not_one_quantity():
    _, numbers = found("Police held 40 people in Ostby. In Velden, 12 people left the hall.")
    assert [n.same for n in numbers] == [(), ()]


def test_numbers_inside_names_are_none():
    assert facts("Area 51 and Boeing 747 are names. Ten people came.") == [
        ("Ten", 10.0, "", "exact", "people", "the reporter")
    ]


# --- tables, measures, figure

TEXT = (
    "About 200 farmers came, police said. The council put the number of homeless at 1,200. The union disputed the "
    "figure. Rents doubled to 900 euros."
)


def test_the_table_has_a_row_per_number():
    t = make_tables(annotate(TEXT))["numbers"]
    assert t["text"].tolist() == ["200", "1,200", "900 euros"]
    assert t["sentence_id"].tolist() == [1, 2, 4]
    assert t["bound"].tolist() == ["about", "exact", "exact"]
    assert t["voice"].tolist() == ["police", "The council", "the reporter"]
    assert t["source_kind"].tolist() == ["government", "government", "reporter"]
    assert t["disputed"].tolist()[1] == "The union"
    assert t["change"].tolist()[2] == "doubled … to"


def test_measures_of_numbers():
    t = make_tables(annotate(TEXT))
    rows = who_gives_numbers(t)
    assert rows[["source_kind", "count", "of"]].values.tolist() == [["reporter", 1, 3], ["government", 2, 3]]
    shares = number_measures(t).set_index("measure")
    assert list(shares.index) == list(DEFINITIONS)
    assert shares.loc["sourced", ["count", "of"]].tolist() == [2, 3]
    assert shares.loc["loosened", ["count", "of"]].tolist() == [1, 3]
    assert shares.loc["disputed", ["count", "of"]].tolist() == [1, 3]
    assert shares["interval"].str.len().min() > 0


def test_measures_of_no_numbers_and_no_titles():
    t = make_tables(annotate("It rained."))
    assert who_gives_numbers(t)["count"].tolist() == [0]
    assert number_measures(t)["of"].tolist() == [0] * len(DEFINITIONS)
    assert headline_measures(t)["of"].unique().tolist() == [0]


def test_the_figure_and_its_words():
    t = make_tables(annotate(TEXT))
    said = figures.describe_numbers(t)
    assert said == (
        "Of 3 numbers, by who gives them: government 2 (67%) and the reporter 1 (33%). 1 of them is given as "
        "approximate and 1 of them is disputed."
    )
    ax = figures.plot_numbers(t)
    assert [bar.get_width() for bar in ax.patches] == [1, 2]
    empty = make_tables(make_document("It rained. We went home."))
    assert figures.describe_numbers(empty) == "No numbers were found in 2 sentences."
    assert [" ".join(x.get_text().split()) for x in figures.plot_numbers(empty).texts] == [
        "No numbers were found in 2 sentences."
    ]


# --- hostile texts

PARTS = (
    "1 ", "1,000 of the 2,000 ", "5 to 6 ", "one in ten ", "a third of ", "dozens of ", "the figure could not be ",
    "Police denied the figure. ", "40 people died. ", "put 5 at ", "by 3 May will begin ", "$5 million ", "1-2-3-",
    "5 percent of ", "half ", "The toll rose to 31. ", "aged 5, ", "“", "9" * 30 + " ", "of ", "in ", "per ", "²", "٣ ",
    "first ", "second-largest ", "(", "[", "million ", "two hundred and ", "said ", "\n", "7. ", "from ",
    "between 4 and ",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=6)), max_size=25))
def test_any_text_gives_numbers_that_point_into_it(parts):
    text = "Reed left. " + "".join(parts)
    try:
        document = annotate(Article(text))
    except ValueError:
        return
    numbers = find_numbers(document)
    ids = {n.id for n in numbers}
    before = 0
    for n in numbers:
        assert before <= n.start < n.end <= len(text)
        before = n.start
        assert n.kind in NUMBER_KINDS
        assert n.bound in BOUNDS
        assert n.voice_kind == "reporter" or n.voice_kind in SHOWN_KINDS
        assert n.value is None or abs(n.value) < 1e40
        assert {s.number for s in n.same} <= ids - {n.id}


@pytest.mark.parametrize("part", ["5 to 6 ", "40 people died. ", "5 percent of ", "40 men, "])
def test_time_grows_with_the_text_and_no_faster(part):
    def seconds(size):
        document = annotate(part * (size // len(part)))
        start = time.process_time()
        find_numbers(document)
        return time.process_time() - start

    small, large = seconds(2_000), seconds(8_000)
    assert large < 12 * max(small, 0.02) or seconds(8_000) < 12 * max(seconds(2_000), 0.02)
