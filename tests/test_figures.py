"""Figures by their artists: what is drawn is what the tables say, for full, tiny and empty inputs."""

import base64
import re
import subprocess
import sys

import pytest
from helpers import gold_document, make_document
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.markers import MarkerStyle

from analysis import annotate, figures
from analysis.figures.theme import COLUMNS
from analysis.measures.readability import readability_table
from analysis.tables import make_tables

NAMES = ["voices", "source_kinds", "hedges_along", "hedge_categories", "hedge_voices", "entities", "entities_along"]
LONG = "Office for the Coordination of Very Long Invented Names in the Norland Islands and $x^2$ 🎉"


def plot(name, t, **options):
    return getattr(figures, f"plot_{name}")(t, **options)


def describe(name, t):
    return getattr(figures, f"describe_{name}")(t)


@pytest.fixture(scope="module")
def gold():
    return make_tables(gold_document())


def tiny_document(doc_id="tiny"):
    return make_document(
        f"The {LONG} said it may rain 🎉.",
        doc_id=doc_id,
        mentions=[(LONG, "ORG", "e1")],
        attributions=[
            {
                "source": LONG,
                "cue": "said",
                "content": "it may rain 🎉",
                "source_kind": "organisation",
                "source_entity": "e1",
            }
        ],
        markers=[{"words": "may", "category": "possibility", "attribution": "a1"}],
    )


INPUTS = {
    "empty": lambda: make_tables([]),
    "no marks": lambda: make_tables(make_document("It rained.", doc_id="none")),
    "no words": lambda: make_tables(make_document("…")),
    "tiny": lambda: make_tables(tiny_document()),
    "gold": lambda: make_tables(gold_document()),
    "several": lambda: make_tables([gold_document(), tiny_document(), make_document("It rained.", doc_id="none")]),
}


@pytest.mark.parametrize("kind", INPUTS)
def test_every_figure_draws_and_describes_any_input(kind):
    t = INPUTS[kind]()
    for name in NAMES:
        for width in COLUMNS if kind == "gold" else ("one",):
            ax = plot(name, t, width=width)
            assert figures.figure_bytes(ax, "png", dpi=40).startswith(b"\x89PNG")
            texts = [text.get_text() for text in ax.figure.texts]
            assert texts[0].rstrip().endswith("?")  # the title is a question
            assert texts[-1].startswith("Source:")
        assert describe(name, t).endswith(".")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("voices", "No attributions were found in 2 sentences: all 5 words are the reporter's own."),
        ("source_kinds", "No attributions were found in 2 sentences."),
        ("hedges_along", "No epistemic hedges were found in 2 sentences."),
        ("hedge_categories", "No epistemic hedges were found in 2 sentences."),
        ("hedge_voices", "No epistemic hedges were found in 2 sentences."),
        ("entities", "No names were found in 2 sentences."),
        ("entities_along", "No names were found in 2 sentences."),
    ],
)
def test_nothing_found_is_said_in_the_figure(name, sentence):
    t = make_tables(make_document("It rained. We went home."))
    assert describe(name, t) == sentence
    assert [" ".join(text.get_text().split()) for text in plot(name, t).texts] == [sentence]


def test_bars_of_voices_are_their_words(gold):
    ax = plot("voices", gold)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert dict(zip(names, (bar.get_width() for bar in ax.patches), strict=True)) == {
        "The reporter": 181,
        "No source named": 19,
        "What was asked": 32,
        "Observers Research Foundation": 26,
        "Dmitry Peskov": 23,
        "What was declined or left unmentioned": 18,
        "A decree published on Saturday": 15,
        "The summit": 15,
        "Reuters": 13,
        "Kremlin": 1,
    }
    assert describe("voices", gold) == (
        "Of 343 words, 181 (53%) are the reporter's own; 93 (27%) are those of 6 sources, most of them from Observers "
        "Research Foundation (26), Dmitry Peskov (23) and a decree published on Saturday (15); 19 (6%) are attributed "
        "to nobody; 32 (9%) were asked, not stated; 18 (5%) were declined or left unmentioned. Not "
        "counted as heard, because they only declined or left something unmentioned: Russia."
    )


def test_voices_beyond_the_top_are_pooled(gold):
    ax = plot("voices", gold, top=2)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names[:4] == ["The reporter", "Observers Research Foundation", "Dmitry Peskov", "4 others"]
    assert names[4:] == ["No source named", "What was asked", "What was declined or left unmentioned"]
    assert sum(bar.get_width() for bar in ax.patches) == 343


def test_source_kinds_show_second_hand_apart(gold):
    first, second = plot("source_kinds", gold).containers
    assert [bar.get_width() for bar in first] == [3, 2, 0, 1, 0, 1, 1]
    assert [bar.get_width() for bar in second] == [0, 0, 2, 1, 1, 0, 0]  # Reuters itself is another outlet
    assert second.patches[0].get_hatch()


def test_hedges_stand_at_their_sentence_and_category(gold):
    ax = plot("hedges_along", gold)
    rows = [label.get_text() for label in ax.get_yticklabels()]
    mine, theirs, nobodys = ({(int(x), rows[round(y)]) for x, y in c.get_offsets()} for c in ax.collections)
    assert mine == {(3, "Approximation"), (6, "Probability"), (11, "Expectation")}
    assert theirs == {(12, "Booster"), (14, "Booster"), (15, "Booster")}
    assert nobodys == {(15, "Open question"), (15, "Possibility")}
    assert describe("hedges_along", gold) == (
        "5 epistemic hedges, possibility (2), probability (1), expectation (1) and open question (1): 2 in the "
        "reporter's own words and 3 in nobody's words (attributed to nobody, asked or left unsaid). 3 of 13 body "
        "sentences (23%) contain at least one. Not included: 1 approximation and 3 boosters."
    )


def test_hedge_categories_count_whose_they_are(gold):
    facts = figures.figure_facts(plot("hedge_categories", gold))
    for fact in (
        "bar Possibility (in nobody's words): 2",
        "bar Approximation (reporter's own): 1",
        "bar Booster (in the words of a source): 3",
    ):
        assert fact in facts.splitlines()


def test_hedge_voices_leave_out_voices_with_few_words(gold):
    ax = plot("hedge_voices", gold)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["The reporter"]
    assert "the reporter 11.0 (2 in 181; 95% interval 1.3 to 39.9)" in describe("hedge_voices", gold)


def test_entities_and_where_they_are_named(gold):
    bars = plot("entities", gold).patches
    assert [bar.get_width() for bar in bars] == [7, 5, 3, 3, 3, 2, 2, 1, 1, 1, 1, 1]
    facts = figures.figure_facts(plot("entities_along", gold))
    assert "points person, name: (1.0308, Vladimir Putin); (3.0597, Kim Jong Un); (13.873, Dmitry Peskov); (" in facts
    assert "points person, alias: (2.8806, Vladimir Putin); (5.8071, Vladimir Putin)" in facts


@pytest.mark.parametrize("name", ["numbers", "source_kinds", "hedge_categories", "entities"])
def test_what_is_counted_has_whole_numbers_on_its_axis(name):
    doc = annotate("Ann Reed said 40 people may come. Ben Hill said 12 would. Carl Moss said 9 left.")
    ax = plot(name, make_tables([doc]))
    assert all(tick == round(tick) for tick in ax.get_xticks())


def test_a_group_is_told_by_more_than_its_colour(gold):
    looks = {(bar.get_facecolor(), bar.get_hatch()) for bar in plot("entities", gold).patches}
    assert len({colour for colour, _ in looks}) == len({hatch for _, hatch in looks}) == len(looks) == 4


def test_readability():
    table = readability_table(gold_document())
    facts = figures.figure_facts(figures.plot_readability(table))
    values = table[(table["scope"] == "article") & (table["metric"] == "gunning_fog")]["value"]
    assert f"({values.iloc[0]:.5g}, Gunning fog)" in facts
    by_paragraph = figures.figure_facts(figures.plot_readability_by_paragraph(table))
    assert "n = 7 of 7 body paragraphs" in by_paragraph
    assert "SMOG grade cannot be computed" in figures.describe_readability_spread(table)
    assert "paragraph 9 is the hardest" in figures.describe_readability_by_paragraph(table)


@pytest.mark.parametrize("text", ["It rained.", "…"])
def test_readability_of_a_text_too_short(text):
    table = readability_table(make_document(text))
    for name in ("readability", "readability_by_paragraph"):
        assert figures.figure_bytes(plot(name, table), "svg")
    assert figures.describe_readability_spread(table).startswith("No grade can be computed")
    assert figures.describe_readability_by_paragraph(table) == "No paragraph is long enough for a score."


def test_readability_by_paragraph_is_for_one_article():
    table = readability_table([make_document("One.", doc_id="a"), make_document("Two.", doc_id="b")])
    with pytest.raises(ValueError, match="one article"):
        figures.plot_readability_by_paragraph(table)


def test_facts_do_not_hang_on_pixels_but_follow_the_data(gold):
    facts = figures.figure_facts(plot("voices", gold))
    assert facts == figures.figure_facts(plot("voices", gold))
    assert "bar Reuters (words): 13" in facts.splitlines()
    assert "text: Whose words is this article made of?" in facts.splitlines()
    legend = "legend: reporter's own; a source's; attributed to nobody; asked or left unsaid: nobody's words"
    assert legend in facts.splitlines()
    changed = {**gold, "passages": gold["passages"].assign(n_words=gold["passages"]["n_words"] + 1)}
    assert facts != figures.figure_facts(plot("voices", changed))


def test_given_axes_are_drawn_into_and_the_figure_is_left_alone(gold):
    figure = Figure()
    left, right = figure.subplots(1, 2)
    assert plot("voices", gold, ax=left) is left
    plot("hedges_along", gold, ax=right)
    assert left.get_title(loc="left").startswith("Whose words is this article made of?")
    assert not figure.texts
    assert "title: Whose words is this article made of?" in figures.figure_facts(figure)


def test_an_unknown_width_is_refused(gold):
    with pytest.raises(ValueError, match="give 'one', 'two'"):
        plot("voices", gold, width="three")


def test_saved_files_are_the_same_bytes_each_time(gold, tmp_path):
    first = figures.save_figure(plot("entities", gold), tmp_path / "a")
    second = figures.save_figure(plot("entities", gold), tmp_path / "b")
    assert [path.suffix for path in first] == [".svg", ".png", ".pdf"]
    for a, b in zip(first, second, strict=True):
        assert a.read_bytes() == b.read_bytes()
    assert b"<dc:date>" not in first[0].read_bytes()
    with pytest.raises(ValueError, match="choose one or more of svg, png, pdf"):
        figures.save_figure(plot("entities", gold), tmp_path / "c", formats=("gif",))


def test_show_displays_picture_and_facts(gold, capsys, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: shown.append((bundle, raw)))
    ax = plot("voices", gold)
    assert figures.show(ax, 'Words & "voices"') is None
    ((bundle, raw),) = shown
    assert raw
    assert bundle["text/plain"] == figures.figure_facts(ax)
    html = bundle["text/html"]
    assert 'alt="Words &amp; &quot;voices&quot;"' in html
    assert "<figcaption" in html
    image = re.search(r'src="data:image/png;base64,([^"]+)"', html)[1]
    assert base64.b64decode(image).startswith(b"\x89PNG")


def test_importing_figures_does_not_import_pyplot():
    code = "import sys, analysis.figures; print('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"


def test_what_somebody_asked_with_a_hedge_is_drawn_like_what_somebody_asked():
    """Neither as the reporter's (a circle) nor as a source's words (a diamond), in both figures of voices."""
    things = ("crack in the bridge", "letter of the inspectors", "leak in the old pool", "fire in the harbour")
    text = " ".join(
        f"Asked whether the council could have known of the {it} before last winter, Holm said no." for it in things
    )
    t = make_tables(annotate(text))
    ax = figures.plot_hedge_voices(t)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["What was asked"]  # 60 words; the reporter has 12
    (point,) = (c for c in ax.collections if isinstance(c, PathCollection))
    square = MarkerStyle("s")
    assert (
        point.get_paths()[0].vertices.tolist() == square.get_transform().transform(square.get_path().vertices).tolist()
    )
    bars = dict(zip(["The reporter", "Holm", "What was asked"], figures.plot_voices(t).patches, strict=True))
    assert bars["What was asked"].get_hatch() == "o"
    assert to_hex(bars["What was asked"].get_facecolor()) == to_hex(point.get_facecolor()[0])


def test_no_legend_for_what_is_not_drawn():
    """The only attribution that names nobody is passed on by a source: hatched as at second hand."""
    passed_on = annotate(
        "The pool is expected to open in May, according to a note by the council. Ana Reed said it rained."
    )
    facts = figures.figure_facts(figures.plot_source_kinds(make_tables(passed_on)))
    assert "No source named" in facts
    assert "names nobody" not in facts
    told = make_tables(annotate("The pool is expected to open in May. Ana Reed said it rained."))
    assert "names nobody" in figures.figure_facts(figures.plot_source_kinds(told))
