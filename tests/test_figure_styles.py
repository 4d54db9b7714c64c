"""Figures in the style of a house: options checked, every text inside the figure, own settings honoured."""

import re
from contextlib import nullcontext
from itertools import pairwise

import matplotlib
import pytest
from helpers import gold_document, make_document
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont
from matplotlib.text import Text

from analysis import annotate, figures
from analysis.figures.layout import nothing_in, style_of
from analysis.figures.letters import wide, wrap
from analysis.figures.theme import Style, StyleError, in_force, inches
from analysis.report.drawings import FIGURES, figures_for
from analysis.tables import make_tables

LONG = "Office for the Coordination of Very Long Invented Names in the Norland Islands and their Dependencies"
PLOTS = [figure.plot for figure in figures_for(1) if figure.data.endswith("tables")]


@pytest.fixture(scope="module")
def gold():
    return make_tables(gold_document())


def document_of(names, doc_id="names"):
    """An article in which each name says something that may be so."""
    return make_document(
        " ".join(f"The {name} said it may {verb}." for name, verb in zip(names, VERBS, strict=False)),
        doc_id=doc_id,
        title=f"What {names[0]} said",
        mentions=[(name, "ORG", f"e{k}") for k, name in enumerate(names)],
        attributions=[
            {
                "source": name,
                "cue": f"said#{k + 1}",
                "content": f"it may {verb}",
                "source_kind": "organisation",
                "source_entity": f"e{k}",
            }
            for k, (name, verb) in enumerate(zip(names, VERBS, strict=False))
        ],
        markers=[
            {"words": f"may {verb}", "category": "possibility", "attribution": f"a{k + 1}"}
            for k, (name, verb) in enumerate(zip(names, VERBS, strict=False))
        ],
    )


VERBS = ("rain", "snow", "hail", "thaw", "drizzle")


def outside(figure, dpi=100, *, own=True):
    """The texts that leave the figure, by more than a pixel and a half."""
    before = figure.dpi
    figure.set_dpi(dpi)
    with in_force(style_of(figure)) if own else nullcontext():  # a caller draws with settings of the caller's own
        figure.draw_without_rendering()
        boxes = {text.get_text(): text.get_window_extent() for text in figure.texts}
        legends = [*figure.legends, *(ax.get_legend() for ax in figure.axes if ax.get_legend())]
        for number, legend in enumerate(legends):
            boxes[f"legend {number}"] = legend.get_window_extent()
        for number, ax in enumerate(figure.axes):
            boxes |= {text.get_text(): text.get_window_extent() for text in (*ax.texts, ax._left_title)}
            if ax.axison:  # the numbers and names along the axes, as far as they are drawn
                boxes |= {f"axis {number} {a.axis_name}": a.get_tightbbox() for a in (ax.xaxis, ax.yaxis)}
    width, height = figure.bbox.size
    figure.set_dpi(before)
    over = {
        name: round(max(-box.x0, -box.y0, box.x1 - width, box.y1 - height), 1)
        for name, box in boxes.items()
        if name and box is not None
    }
    return {name: by for name, by in over.items() if by > 1.5}


# --- options ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "expected"),
    [("one", 3.5), ("two", 7.0), ("16 cm", 6.299), ("16cm", 6.299), ("160 mm", 6.299), ("6,3 in", 6.3), (5, 5.0)],
)
def test_widths(width, expected):
    assert inches(width) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize(
    "width", ["three", "16", "16 km", "", "-3 cm", "0.1 cm", "999 cm", 0, True, None, "1e3 cm", []]
)
def test_an_unusable_width_is_refused_in_one_sentence(gold, width):
    with pytest.raises(StyleError, match="give 'one', 'two', or a length") as found:
        figures.plot_voices(gold, width=width)
    assert repr(width) in str(found.value)
    assert "\n" not in str(found.value)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"font": "Dejavu Sams"}, "'Dejavu Sams' is not installed here; .*DejaVu Sans"),
        ({"font": "none.ttf"}, "this font file does not exist"),
        ({"font": 3}, "give the name of a family"),
        ({"size": 400}, "give points, from 4 to 40"),
        ({"size": 30, "width": "one"}, "letters of 30 points are too large for a figure of 3.5 inches"),
        ({"colours": {"bleu": "#000"}}, "'bleu' is not a colour of the palette; choose from blue, orange"),
        ({"colours": {"blue": "nowhere"}}, "blue = 'nowhere' is not a colour"),
        ({"colours": "blue"}, "give a table such as"),
        ({"numbers": "german"}, "write 1234.5 as your house does"),
        ({"percent": "%"}, "write 12 per cent as your house does"),
        ({"title": "yes"}, "'yes' is not true or false"),
        ({"matplotlib": {"axes.gird": True}}, "axes.gird"),
    ],
)
def test_an_option_that_cannot_be_is_refused(gold, options, sentence):
    with pytest.raises(StyleError, match=sentence):
        figures.plot_voices(gold, **options)


def test_an_option_that_there_is_not_is_refused():
    with (
        pytest.raises(StyleError, match="'colour' is not an option; choose from width, font, size"),
        figures.style(colour="red"),
    ):
        pass


def test_a_style_file(gold, tmp_path):
    file = tmp_path / "house.toml"
    file.write_text('width = "16 cm"\nfont = "serif"\ntitle = false\n[colours]\nblue = "#7a1f3d"\n')
    with figures.style(file):
        ax = figures.plot_voices(gold)
        assert figures.plot_voices(gold, width="two").figure.get_size_inches()[0] == 7  # a keyword goes before it
    assert ax.figure.get_size_inches()[0] == pytest.approx(16 / 2.54)
    assert ax.figure.texts[0].get_text().startswith("Words by whose they are")
    assert "DejaVuSerif" in findfont(ax.get_yticklabels()[0].get_fontproperties())
    faces = {to_hex(bar.get_facecolor()) for bar in ax.patches}
    assert "#7a1f3d" in faces
    assert "#0072b2" not in faces
    assert figures.plot_voices(gold).figure.get_size_inches()[0] == 7  # nothing is left behind


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("width = ", "house.toml is not a TOML file"),
        ("breadth = 3", "house.toml: 'breadth' is not an option"),
        ('width = "wide"', "house.toml: width='wide' is not a width; give"),
        ("\udcff", "house.toml is not a TOML file"),
    ],
)
def test_a_style_file_that_is_wrong_is_named(tmp_path, text, sentence):
    file = tmp_path / "house.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(StyleError, match=sentence), figures.style(file):
        pass


def test_a_font_file_is_found_beside_the_style(gold, tmp_path):
    from pathlib import Path
    from shutil import copy

    copy(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSansMono.ttf", tmp_path / "House.ttf")
    (tmp_path / "house.toml").write_text('font = "House.ttf"\n')
    with figures.style(tmp_path / "house.toml"):
        ax = figures.plot_entities(gold)
    assert ax.get_yticklabels()[0].get_fontfamily()[0] == "DejaVu Sans Mono"


def test_title_subtitle_and_source_can_be_left_out(gold):
    ax = figures.plot_voices(gold, title=False, subtitle=False, source=False)
    assert ax.figure.texts == []
    with figures.style(source=False):
        assert not any(t.get_text().startswith("Source:") for t in figures.plot_voices(gold).figure.texts)
    assert figures.plot_voices(gold, source="our own count").figure.texts[-1].get_text() == "Source: our own count"


def test_numbers_as_another_language_writes_them(gold):
    t = {**gold, "passages": gold["passages"].assign(n_words=gold["passages"]["n_words"] * 10)}
    ax = figures.plot_voices(t, numbers="1.234,5", percent="12 %")
    assert "1.810 (528 %)" in [text.get_text() for text in ax.texts]
    with in_force(style_of(ax)):
        ax.figure.draw_without_rendering()
    assert "1.000" in [label.get_text() for label in ax.get_xticklabels()]
    with figures.style(numbers="1 234,5"):
        assert figures.describe_voices(t).startswith("Of 343 words, 1 810 (528%) are")


def test_every_figure_takes_every_option(gold):
    import inspect

    for figure in FIGURES:
        names = set(inspect.signature(figure.plot).parameters)
        assert {"width", "font", "size", "title", "subtitle", "source", "colours", "numbers", "percent"} < names


# --- the reader's own settings --------------------------------------------------------------------------------------


def test_the_readers_own_settings_count_and_are_not_changed(gold):
    plain = figures.figure_bytes(figures.plot_voices(gold), "svg")
    own = {"font.family": ["serif"], "font.size": 12, "figure.facecolor": "#222222", "text.color": "#eeeeee"}
    with matplotlib.rc_context({**own, "axes.facecolor": "#222222"}):
        before = dict(matplotlib.rcParams)
        ax = figures.plot_voices(gold)
        assert figures.figure_bytes(ax, "svg") != plain
        assert figures.figure_bytes(figures.plot_voices(gold, rc=False), "svg") == plain
        assert dict(matplotlib.rcParams) == before
    assert ax.get_yticklabels()[0].get_fontsize() == 12
    assert "DejaVuSerif" in findfont(ax.get_yticklabels()[0].get_fontproperties())
    assert to_hex(ax.figure.get_facecolor()) == "#222222"
    assert to_hex(ax.figure.texts[0].get_color()) == "#eeeeee"
    assert to_hex(ax.figure.texts[1].get_color()) not in ("#555555", "#222222")  # can be read on dark
    assert figures.figure_bytes(figures.plot_voices(gold), "svg") == plain


def test_a_colour_cycle_gives_the_colours(gold):
    cycle = matplotlib.cycler(color=["#112233", "#445566"])
    with matplotlib.rc_context({"axes.prop_cycle": cycle}):
        faces = {to_hex(bar.get_facecolor()) for bar in figures.plot_voices(gold).patches}
    assert {"#112233", "#445566"} < faces


def test_no_setting_makes_an_article_run_as_tex(gold):
    with matplotlib.rc_context({"text.usetex": True, "text.parse_math": True}):
        ax = figures.plot_voices(
            make_tables(document_of(["Bank of $x^2$ and \\input{x}"])), matplotlib={"text.usetex": True}
        )
        assert not any(text.get_usetex() or text.get_parse_math() for text in ax.figure.findobj(Text))
        assert figures.figure_bytes(ax, "svg")


# --- nothing is cut ---------------------------------------------------------------------------------------------------

QUICK = settings(max_examples=15, phases=(Phase.explicit, Phase.reuse, Phase.generate))
WORD = st.text("abcdefghijklmnopqrstuvwxyzWÖ", min_size=1, max_size=24)
NAME = st.lists(WORD, min_size=1, max_size=9).map(lambda words: " ".join(words).capitalize())


@QUICK
@given(
    names=st.lists(NAME, min_size=1, max_size=4, unique_by=str.lower),
    width=st.floats(2.5, 12),
    size=st.floats(5, 14),
    font=st.sampled_from(["serif", "sans-serif", "monospace", "DejaVu Sans"]),
    plot=st.sampled_from(PLOTS),
    title=st.booleans(),
)
def test_no_text_leaves_a_figure_of_any_width_font_and_size(names, width, size, font, plot, title):
    try:
        t = make_tables(document_of(names))
    except AssertionError:  # one name is inside another
        return
    size = min(size, width / 0.2)
    ax = plot(t, width=width, size=size, font=font, title=title)
    assert ax.figure.get_size_inches()[0] == pytest.approx(width)
    for dpi in (100, 300):
        assert outside(ax.figure, dpi) == {}


@QUICK
@given(
    size=st.tuples(st.floats(1.2, 9), st.floats(1.2, 7)),
    plot=st.sampled_from(PLOTS),
    font=st.sampled_from(["serif", "monospace", "DejaVu Sans"]),
    name=NAME,
    panels=st.sampled_from([(1, 1), (1, 2), (2, 1)]),
)
def test_no_text_leaves_axes_of_any_size(size, plot, font, name, panels):
    figure = Figure(figsize=(size[0] * panels[1], size[1] * panels[0]))
    axes = figure.subplots(*panels, squeeze=False).ravel()
    for ax in axes:
        assert plot(make_tables(document_of([name, LONG])), ax, font=font) is ax
    for dpi in (100, 300):
        assert outside(figure, dpi, own=False) == {}


def test_long_names_are_whole_and_their_rows_apart(gold):
    ax = figures.plot_entities(make_tables(document_of([LONG, "Norland"])), width="one")
    labels = ax.get_yticklabels()
    assert sorted(" ".join(label.get_text().split()) for label in labels) == sorted([LONG, "Norland"])
    with in_force(style_of(ax)):
        ax.figure.draw_without_rendering()
        boxes = sorted((label.get_window_extent() for label in labels), key=lambda box: -box.y0)
    assert all(above.y0 > below.y1 for above, below in pairwise(boxes))
    data = figures.figure_data(ax)
    assert LONG in set(data["y"])


def test_words_are_broken_where_they_fit():
    with in_force(Style(rc=False)):
        for text in (LONG, "Donaudampfschifffahrtsgesellschaft", "a-b-c" * 20):
            lines = wrap(text, 1.1)
            assert all(wide(line) <= 1.1 for line in lines)
            assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
        assert wrap("", 1) == [""]


def test_letters_a_few_dots_high_stay_inside_low_axes():
    figure = Figure(figsize=(4.464968698507023, 1.2))  # letters of 4.05 points are drawn wider here than those of 4.35
    figures.plot_voices(make_tables(document_of(["W", LONG])), figure.add_subplot(), font="serif")
    assert outside(figure, own=False) == {}


def test_a_small_figure_in_a_serif_style_without_title(gold):
    figure = Figure(figsize=(3, 3))
    with figures.style(font="serif", title=False):
        ax = figures.plot_knowing(gold, figure.add_subplot())
    assert ax.get_title(loc="left").startswith("Words by where the text says")
    assert outside(figure, own=False) == {}
    assert ax.get_window_extent().width > 0.25 * figure.bbox.width


def test_axes_that_are_too_small_say_so():
    tables = make_tables(annotate("The vote will probably be late, Ann Reed said. It is unlikely to pass."))
    figure = Figure(figsize=(1.2, 0.6))
    ax = figures.plot_probability_ruler(tables, figure.add_subplot())
    assert "too small for this figure" in " ".join(ax.texts[0].get_text().split())


# --- what could not be drawn ------------------------------------------------------------------------------------------


def test_nothing_is_one_sentence_and_small():
    t = make_tables(make_document("It rained. We went home."))
    ax = figures.plot_entities(t)
    assert nothing_in(ax) == nothing_in(ax.figure) == "No names were found in 2 sentences."
    assert ax.figure.get_size_inches()[1] < 1
    assert nothing_in(figures.plot_knowing(make_tables(gold_document()))) == ""


def test_the_tree_of_many_articles_is_bounded():
    names = ["Norland Bank", "Ministry of Ice", "Harbour Office", "Union of Pilots"]
    few, many = (
        make_tables([document_of([f"{name} {k}" for name in names], f"d{k}") for k in range(n)]) for n in (3, 60)
    )
    low, high = (figures.plot_chains(t).figure.get_size_inches()[1] for t in (few, many))
    assert low < high < 13
    ax = figures.plot_chains(many)
    assert ax.texts[-1].get_text() == "210 other sources (210)"  # 60 times 4, less 30
    assert "the 210 sources with the fewest are counted together" in " ".join(ax.figure.texts[1].get_text().split())
