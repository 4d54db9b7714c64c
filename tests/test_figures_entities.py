"""The figures of entities by their artists: who speaks and is spoken about, who is named together."""

import pytest
from helpers import gold_document, make_document
from matplotlib.patches import PathPatch

from analysis import figures
from analysis.figures.theme import COLUMNS
from analysis.tables import make_tables

NAMES = ("speakers_topics", "together")
LONG = "Office for the Coordination of Very Long Invented Names in the Norland Islands and $x^2$ 🎉"


def plot(name, t, **options):
    return getattr(figures, f"plot_{name}")(t, **options)


def describe(name, t):
    return getattr(figures, f"describe_{name}")(t)


def many(n=40):
    """n people, each in one sentence with an office of a long name; every fourth speaks."""
    text = "".join(
        f"Name{k}x met {LONG}. " + (f"Name{k}x said{k} it rained{k}. " if k % 4 == 0 else "") for k in range(n)
    )
    mentions = [(f"{LONG}#{k + 1}", "ORG", "office") for k in range(n)]
    mentions += [(f"Name{k}x#{nth}", "PERSON", f"n{k}") for k in range(n) for nth in ((1, 2) if k % 4 == 0 else (1,))]
    return make_document(
        text,
        mentions=mentions,
        attributions=[
            {
                "source": f"Name{k}x#2",
                "cue": f"said{k}",
                "content": f"it rained{k}",
                "source_kind": "person",
                "source_entity": f"n{k}",
            }
            for k in range(0, n, 4)
        ],
    )


INPUTS = {
    "empty": list,
    "no marks": lambda: make_document("It rained."),
    "no words": lambda: make_document("…"),
    "one": lambda: make_document("Kim left.", mentions=[("Kim", "PERSON", "e1")]),
    "gold": gold_document,
    "many": many,
    "several": lambda: [gold_document(), make_document("It rained.", doc_id="dry")],
}


@pytest.mark.parametrize("kind", INPUTS)
def test_every_figure_draws_and_describes_any_input(kind):
    t = make_tables(INPUTS[kind]())
    for name in NAMES:
        for width in COLUMNS if kind == "gold" else ("one",):
            ax = plot(name, t, width=width)
            assert figures.figure_bytes(ax, "png", dpi=40).startswith(b"\x89PNG")
            texts = [text.get_text() for text in ax.figure.texts]
            assert texts[0].rstrip().endswith("?")
            assert texts[-1].startswith("Source:")
        assert describe(name, t).endswith(".")


@pytest.mark.parametrize(
    ("name", "text", "mentions", "sentence"),
    [
        ("speakers_topics", "It rained.", [], "No names were found in 1 sentence."),
        ("together", "It rained.", [], "No names were found in 1 sentence."),
        ("together", "Kim left.", [("Kim", "PERSON", "e1")], "No sentence of 1 names two entities."),
    ],
)
def test_nothing_found_is_said_in_the_figure(name, text, mentions, sentence):
    t = make_tables(make_document(text, mentions=mentions))
    assert describe(name, t) == sentence
    assert [" ".join(words.get_text().split()) for words in plot(name, t).texts] == [sentence]


@pytest.fixture(scope="module")
def gold():
    return make_tables(gold_document())


def test_bars_of_speakers_and_topics(gold):
    ax = plot("speakers_topics", gold)
    rows = [label.get_text() for label in ax.get_yticklabels()]
    assert rows[:4] == ["North Korea", "Russia", "Vladimir Putin", "Pyongyang"]  # most spoken about without speaking
    assert rows[-1] == "Dmitry Peskov"
    facts = figures.figure_facts(ax).splitlines()
    for fact in (
        "bar Russia (declines to say): -2",
        "bar Russia (named in the reporter's words): 3",
        "bar Russia (in what others say): 2",
        "bar Dmitry Peskov (says something): -2",
        "bar Kremlin (in its own words, or next to a source): 2",
    ):
        assert fact in facts
    assert not [fact for fact in facts if fact.startswith("bar") and fact.endswith(": 0")]
    assert ax.xaxis.get_major_formatter()(-2, 0) == "2"  # no side is less than nothing
    assert "Only declining to say: Russia." in describe("speakers_topics", gold)


def test_a_part_of_a_bar_is_told_by_more_than_its_colour(gold):
    looks = {
        (bar.get_facecolor(), bar.get_edgecolor(), bar.get_hatch()) for bar in plot("speakers_topics", gold).patches
    }
    assert len(looks) == len({(face[:3] == (1, 1, 1), edge, hatch) for face, edge, hatch in looks}) == 5


def test_speakers_and_topics_beyond_the_top_are_counted():
    ax = plot("speakers_topics", make_tables(many()), top=5)
    assert len(ax.get_yticklabels()) == 5
    assert "41 entities, 5 shown" in ax.figure.texts[1].get_text().replace("\n", " ")


def test_arcs_are_the_pairs(gold):
    ax = plot("together", gold, top=20)
    curves = {c.get_label(): c.get_linewidth() for c in ax.patches if isinstance(c, PathPatch)}
    assert len(curves) == 37
    assert curves["Russia and North Korea: 4 sentences"] == max(curves.values())
    assert curves["Russia and Dmitry Peskov: 1 sentence"] == min(curves.values())
    assert sorted(words.get_text() for words in ax.texts) == ["2", "2", "4"]
    assert "Most often: Russia and North Korea (4 of 15 sentences)" in describe("together", gold)


def test_names_stand_in_the_order_of_their_first_mention(gold):
    names = [label.get_text() for label in plot("together", gold).get_yticklabels()]
    assert names[:3] == ["Russia", "North Korea", "Vladimir Putin"]
    ax = plot("together", gold, top=3)
    assert "11 more not shown" in ax.figure.texts[1].get_text().replace("\n", " ")


def test_arcs_end_at_their_names(gold):
    ax = plot("together", gold)
    rows = [" ".join(label.get_text().split()) for label in ax.get_yticklabels()]
    for curve in (c for c in ax.patches if isinstance(c, PathPatch)):
        (x0, y0), *_, (x1, y1) = curve.get_path().vertices
        assert (x0, x1) == (0, 0)
        assert {rows[int(y0)], rows[int(y1)]} == set(curve.get_label().rpartition(":")[0].split(" and "))


def test_the_same_bytes_each_time(gold):
    for name in NAMES:
        assert figures.figure_bytes(plot(name, gold), "svg") == figures.figure_bytes(plot(name, gold), "svg")


def test_bars_of_equal_length_stand_in_the_order_of_the_text(gold):
    names = [label.get_text() for label in plot("entities", gold).get_yticklabels()]
    assert names[2:5] == ["Vladimir Putin", "Pyongyang", "Kremlin"]
