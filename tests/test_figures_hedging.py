"""The figures of hedging by their artists: the ruler of probability, and hedging by the part of the article."""

import re
from itertools import pairwise

import pytest
from helpers import gold_document, make_document
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from test_measures_hedging import small

from analysis import annotate, figures
from analysis.figures.probability import Ruler, ranges
from analysis.figures.theme import COLUMNS, Style, in_force
from analysis.hedging.probability import scales
from analysis.measures.hedging import probability_words
from analysis.tables import make_tables

NAMES = ("probability_ruler", "hedge_parts")
RULES = {"may": "HEDGE.MODAL.MAY", "likely": "HEDGE.PROBABILITY.LIKELY", "probably": "HEDGE.PROBABILITY.PROBABLY"}


def plot(name, t, **options):
    return getattr(figures, f"plot_{name}")(t, **options)


def describe(name, t):
    return getattr(figures, f"describe_{name}")(t)


def estimates(doc_id="estimates"):
    text = "It may rain. Snow is likely. It may hail, and probably it will. Perhaps."
    words = [("may", "may"), ("likely", "likely"), ("may#2", "may"), ("probably", "probably")]
    marks = [{"words": place, "category": "probability", "rule_id": RULES[word]} for place, word in words]
    return make_document(text, doc_id=doc_id, markers=[*marks, {"words": "Perhaps", "category": "possibility"}])


INPUTS = {
    "empty": list,
    "no marks": lambda: make_document("It rained."),
    "no words": lambda: make_document("…"),
    "small": small,
    "estimates": estimates,
    "gold": gold_document,
    "several": lambda: [estimates("a" * 60), estimates("b"), make_document("It rained.", doc_id="none")],
}


@pytest.mark.parametrize("kind", INPUTS)
def test_every_figure_draws_and_describes_any_input(kind):
    t = make_tables(INPUTS[kind]())
    for name in NAMES:
        for width in COLUMNS if kind == "estimates" else ("one",):
            ax = plot(name, t, width=width)
            assert figures.figure_bytes(ax, "png", dpi=40).startswith(b"\x89PNG")
            texts = [text.get_text() for text in ax.figure.texts]
            assert texts[0].rstrip().endswith("?")
            assert texts[-1].startswith("Source:")
        assert describe(name, t).endswith(".")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "probability_ruler",
            "No word of probability with a number from a survey or a scale was found in 2 sentences.",
        ),
        ("hedge_parts", "No epistemic hedges and no boosters were found in 2 sentences."),
    ],
)
def test_nothing_found_is_said_in_the_figure(name, sentence):
    t = make_tables(make_document("It rained. We went home."))
    assert describe(name, t) == sentence
    assert [" ".join(text.get_text().split()) for text in plot(name, t).texts] == [sentence]


@pytest.mark.parametrize("name", NAMES)
def test_figures_are_the_same_each_time_and_can_be_one_of_the_readers_own(name):
    t = make_tables(estimates())
    ax, again = plot(name, t), plot(name, t)
    assert figures.figure_bytes(ax, "svg") == figures.figure_bytes(again, "svg")
    assert figures.figure_facts(ax) == figures.figure_facts(again)
    mine = Figure().add_subplot()
    assert plot(name, t, ax=mine) is mine
    assert mine.get_title(loc="left").partition("\n")[0].endswith("?")


# --- the ruler -------------------------------------------------------------------------------------------------


def test_each_word_stands_at_its_median_with_its_spread():
    ax = plot("probability_ruler", make_tables(estimates()))
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == [
        "likely\nsentence 2",
        "probably\nsentence 3",
        "may ×2\nsentences 1, 3",
        "Kent 1964",
        "ICD 203",
        "UK PHIA",
        "IPCC 2010",
    ]
    points = next(c for c in ax.collections if isinstance(c, PathCollection))
    assert points.get_offsets()[:, 0].tolist() == [75, 75, 40]
    lines = next(c for c in ax.collections if isinstance(c, LineCollection))
    assert [line[:, 0].tolist() for line in lines.get_segments()] == [[60, 90], [52, 88.75], [10, 70]]
    bars = ax.containers[0]
    assert [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars] == [(67, 80), (65, 80), (30, 51)]


def test_the_scales_are_drawn_as_published_and_the_words_of_the_text_stand_out():
    ax = plot("probability_ruler", make_tables(estimates()))
    boxes = {p.get_gid(): p for p in ax.patches if isinstance(p, Rectangle) and p.get_gid()}
    assert len({(s.scale, s.low, s.high) for s in scales()}) == len(boxes)
    for step in scales():
        (box,) = [
            box
            for gid, box in boxes.items()
            if gid.startswith(f"{step.scale}: ") and step.term in gid.partition(": ")[2].split(" / ")
        ]
        if step.low < step.high and step.high - step.low >= 1:
            assert (box.get_x(), box.get_x() + box.get_width()) == pytest.approx((step.low, step.high))
    plain = boxes["kent-1964: probably not"].get_facecolor()
    assert {name for name, box in boxes.items() if box.get_facecolor() != plain} == {
        "kent-1964: probable",
        "icd-203: likely / probable",
        "uk-phia: likely / probable",
        "ipcc-2010: likely",
    }
    bold = {text.get_text() for text in ax.texts if text.get_fontweight() == "bold"}
    assert bold == {"probable\n63–87", "likely / probable\n55–80", "likely / probable\n55–75", "likely\n66–100"}


@pytest.mark.parametrize("inches", [5.1, 2.0])
@pytest.mark.parametrize("scale", ["kent-1964", "icd-203", "uk-phia", "ipcc-2010"])
def test_boxes_in_a_lane_do_not_meet(scale, inches):
    with in_force(Style(rc=False)):
        boxes = Ruler(inches, 1.0).boxes(ranges(scale))
    lanes = {
        lane: sorted((b.step.low, b.step.high) for b in boxes if b.lane == lane) for lane in {b.lane for b in boxes}
    }
    for spans in lanes.values():
        assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert sorted(lanes) == list(range(len(lanes)))


def test_words_of_several_articles_are_counted_without_sentences():
    ax = plot("probability_ruler", make_tables([estimates("a"), estimates("b")]))
    assert [label.get_text() for label in ax.get_yticklabels()][:3] == ["likely ×2", "probably ×2", "may ×4"]


def test_the_ruler_in_words():
    assert describe("probability_ruler", make_tables(estimates())) == (
        "4 places with a word of probability that readers were asked about. The chance that the median reader takes "
        "them to mean, in per cent: “likely” 75 (1 in the text; at least half of 5,174 readers say 67 to 80, at least"
        " nine in ten 60 to 90; ICD 203 55 to 80, UK PHIA 55 to 75 and IPCC 2010 66 to 100), “probably” 75 (1 in the "
        "text; at least half of 46 readers say 65 to 80, at least nine in ten 52 to 89; Kent 1964 63 to 87, ICD 203 "
        "55 to 80 and UK PHIA 55 to 75) and “may” 40 (2 in the text; at least half of 5,174 readers say 30 to 51, at "
        "least nine in ten 10 to 70; in no scale). This shows how readers differ, not what the writer meant."
    )


def test_a_word_has_the_numbers_of_its_own_row_and_of_no_other():
    """ "Improbable" is not "unlikely", and no reader was asked about "highly probable" or "presumably"."""
    text = "It is improbable that he knew. A strike is highly probable. Presumably it was ice. The odds are about even."
    t = make_tables(annotate(text))
    found = probability_words(t).set_index("term")
    assert found.loc["improbable", ["median", "q25", "q75"]].tolist() == [10, 5, 20]
    assert found.loc["about even", ["median", "q25", "q75"]].tolist() == [50, 50, 50]
    assert found.loc["highly probable", "n_readers"] == 0
    assert sorted(found.index) == ["about even", "highly probable", "improbable"]
    said = describe("probability_ruler", t)
    assert (
        "“about even” 50 (1 in the text; at least half of 5,174 readers say 50, at least nine in ten 49 to 51" in said
    )
    assert said.endswith("No survey here asked readers about “highly probable” (1 in the text; ICD 203 80 to 95).")
    names = [label.get_text() for label in plot("probability_ruler", t).get_yticklabels()]
    assert names[:2] == ["about even\nsentence 4", "improbable\nsentence 1"]


def test_a_text_with_words_of_a_scale_only_shows_the_scales():
    t = make_tables(annotate("A recession is more likely than not."))
    ax = plot("probability_ruler", t)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Kent 1964", "ICD 203", "UK PHIA", "IPCC 2010"]
    assert [text.get_text() for text in ax.texts if text.get_fontweight() == "bold"] == ["more likely than not\n50–100"]
    assert describe("probability_ruler", t) == (
        "No survey here asked readers about “more likely than not” (1 in the text; IPCC 2010 50 to 100)."
    )


# --- by part ---------------------------------------------------------------------------------------------------


def test_each_part_that_has_words_has_its_rates():
    ax = plot("hedge_parts", make_tables(small()))
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "Headings",
        "Lead\n(first paragraph)",
        "Rest of the body",
    ]
    hedges, boosters = (c for c in ax.collections if isinstance(c, PathCollection))
    assert hedges.get_offsets()[:, 0].tolist() == pytest.approx(
        [1000 / 3, 2000 / 13, 2000 / 13]
    )  # "about" is not added
    assert boosters.get_offsets()[:, 0].tolist() == pytest.approx([0, 0, 1000 / 13])
    labels = [text.get_text() for text in ax.texts]
    assert labels == [
        "1 in 3 words; 1 of 1 sentence",
        "2 in 13 words; 2 of 2 sentences",
        "2 in 13 words; 2 of 2 sentences",
        "0 in 3 words; 0 of 1 sentence",
        "0 in 13 words; 0 of 2 sentences",
        "1 in 13 words; 1 of 2 sentences",
    ]
    assert re.search(
        r"lead 153\.8 \(2 in 13 words; 95% interval 18\.6 to 555\.7; 100% of 2 sentences; 0 boosters\)",
        describe("hedge_parts", make_tables(small())),
    )
