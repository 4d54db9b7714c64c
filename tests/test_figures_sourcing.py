"""The figures of sourcing by their artists: who speaks where, through whom, and how the article knows."""

import pytest
from helpers import gold_document, make_document
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from test_measures_sourcing import small

from analysis import annotate, figures
from analysis.figures.layout import style_of
from analysis.figures.theme import COLUMNS, in_force
from analysis.measures.trust import contact_trust
from analysis.tables import make_tables

NAMES = ("voices_along", "chains", "knowing", "contact", "who_speaks", "first_heard")
LONG = "Ana Maria Castellanos-Oyelaran, deputy chair of the Board for the Northern Islands Harbours $x^2$ 🎉"


def plot(name, t, **options):
    return getattr(figures, f"plot_{name}")(t, **options)


def describe(name, t):
    return getattr(figures, f"describe_{name}")(t)


def many(n=30):
    """n sources, every third with a long name, every sixth through the one before it."""
    text, attributions = "", []
    for k in range(1, n + 1):
        name = f"{LONG} {k}" if k % 3 == 0 else f"Pat {k}"
        content = f"item {k} was late by {k} days" + " and more" * (k % 5) + f" {k}x"
        text += f"{name} said{k}: {content}.\n\n"
        attributions.append(
            {
                "source": name,
                "cue": f"said{k}",
                "content": content,
                "source_kind": "person" if k % 4 else "unnamed-person",
                "parent": f"a{k - 1}" if k % 6 == 0 else None,
            }
        )
    return make_document(text, attributions=attributions)


def deep(links=8):
    """Each source passes on the next: the last is `links` sources away from the reporter."""
    words = "".join(f"S{k} says{k} " for k in range(1, links + 1)) + "it rained"
    return make_document(
        words + ".",
        attributions=[
            {
                "source": f"S{k}",
                "cue": f"says{k}",
                "content": words[words.index(f"says{k} ") + len(f"says{k} ") :],
                "source_kind": "person",
                "parent": f"a{k - 1}" if k > 1 else None,
            }
            for k in range(1, links + 1)
        ],
    )


INPUTS = {
    "empty": list,
    "no marks": lambda: make_document("It rained."),
    "no words": lambda: make_document("…"),
    "one": lambda: make_document(
        "It rained, Reed said.",
        attributions=[{"source": "Reed", "cue": "said", "content": "It rained", "source_kind": "person"}],
    ),
    "nobody": lambda: make_document("It is said to rain.", attributions=[{"cue": "is said", "content": "to rain"}]),
    "gold": gold_document,
    "many": many,
    "deep": deep,
}


@pytest.mark.parametrize("kind", INPUTS)
def test_every_figure_draws_and_describes_any_input(kind):
    t = make_tables(INPUTS[kind]())
    for name in NAMES:
        for width in COLUMNS if kind in ("gold", "deep") else ("one",):
            ax = plot(name, t, width=width)
            assert figures.figure_bytes(ax, "png", dpi=40).startswith(b"\x89PNG")
            texts = [text.get_text() for text in ax.figure.texts]
            assert texts[0].rstrip().endswith("?")
            assert texts[-1].startswith("Source:")
        assert describe(name, t).endswith(".")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("voices_along", "No attributions were found in 2 sentences: all 5 words are the reporter's own."),
        ("chains", "No attributions were found in 2 sentences: this article gives no source."),
        ("knowing", "No attributions were found in 2 sentences: all 5 words are the reporter's own."),
        ("contact", "No words of sources are reported in 2 sentences."),
        ("who_speaks", "No source is heard in 2 sentences."),
        ("first_heard", "No source is heard in 2 sentences."),
    ],
)
def test_nothing_found_is_said_in_the_figure(name, sentence):
    t = make_tables(make_document("It rained. We went home."))
    assert describe(name, t) == sentence
    assert [" ".join(text.get_text().split()) for text in plot(name, t).texts] == [sentence]


@pytest.mark.parametrize("name", NAMES)
def test_figures_are_the_same_each_time_and_can_be_one_of_the_readers_own(name):
    from matplotlib.figure import Figure

    t = make_tables(small())
    ax, again = plot(name, t), plot(name, t)
    assert figures.figure_bytes(ax, "svg") == figures.figure_bytes(again, "svg")
    assert figures.figure_facts(ax) == figures.figure_facts(again)
    mine = Figure().add_subplot()
    assert plot(name, t, ax=mine) is mine
    assert mine.get_title(loc="left").partition("\n")[0].endswith("?")


# --- who speaks where ------------------------------------------------------------------------------------------


def stretches(ax):
    """Legend label -> [(lane, first word, last word)], read off the boxes drawn."""
    names = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
    out = {}
    for boxes in (c for c in ax.collections if isinstance(c, PolyCollection)):
        extents = [path.get_extents() for path in boxes.get_paths()]
        out[boxes.get_label()] = [(names[round((b.y0 + b.y1) / 2)], b.x0, b.x1) for b in extents]
    return out


def test_each_word_stands_in_the_lane_of_its_voice():
    ax = plot("voices_along", make_tables(small()))
    assert stretches(ax) == {
        "the reporter's own": [
            ("The reporter", 0, 2),
            ("The reporter", 6, 9),
            ("The reporter", 15, 18),
            ("The reporter", 19, 21),
            ("The reporter", 23, 27),
            ("The reporter", 28, 35),
        ],
        "a source's": [("Ann Reed", 2, 6), ("Globe", 9, 11)],
        "inside the words of the source above": [("↳ Officials", 11, 15)],
        "passed on": [("Globe", 11, 15)],
        "asked or refused, not stated": [("The mayor", 27, 28)],
        "attributed to nobody": [("No source named", 18, 19), ("No source named", 21, 23)],
    }
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "The reporter",
        "Ann Reed",
        "Globe",
        "↳ Officials",
        "No source named",
        "The mayor",
    ]  # as they are heard


def test_the_foot_says_where_sentences_begin():
    ax = plot("voices_along", make_tables(small()))
    ticks = dict(zip([t.get_text() for t in ax.get_xticklabels()], ax.get_xticks(), strict=True))
    assert ticks == {"1": 0, "2": 2, "3": 9, "4": 18, "5": 23, "6": 28, "7": 33}


def test_what_is_drawn_is_among_the_facts():
    facts = figures.figure_facts(plot("voices_along", make_tables(small())))
    assert "stretches a source's: Ann Reed 2 to 6; Globe 9 to 11" in facts
    assert "stretches inside the words of the source above: ↳ Officials 11 to 15" in facts


def test_of_many_voices_those_with_most_words_have_lanes_of_their_own():
    t = make_tables(many())
    ax = plot("voices_along", t, top=5)
    lanes = [label.get_text() for label in ax.get_yticklabels()]
    assert len(lanes) == 1 + 5 + 1
    assert lanes[-1] == "25 other sources"
    drawn = stretches(ax)
    total = sum(end - start for label, boxes in drawn.items() if label != "passed on" for _, start, end in boxes)
    assert total == t["passages"]["n_words"].sum()  # nobody's words are lost


def test_only_one_article_can_be_laid_out_along():
    t = make_tables([small("one"), small("two")])
    for use in (figures.plot_voices_along, figures.describe_voices_along):
        with pytest.raises(ValueError, match="shows one article; give the tables of one"):
            use(t)


def test_the_description_of_who_speaks_where():
    assert describe("voices_along", make_tables(small())) == (
        "Of 35 words, 21 (60%) are the reporter's own. Sources in the order in which they are first heard: Ann Reed "
        "(sentence 2), Globe (sentence 3) and Officials (sentence 3). Heard through others: "
        "Officials through Globe."
    )


# --- through whom ----------------------------------------------------------------------------------------------


def points(ax):
    """Legend label of a marker -> how many of them, by depth (steps to the right)."""
    out = {}
    for dots in (c for c in ax.collections if isinstance(c, PathCollection)):
        out[dots.get_label()] = [round((x - 0.08) / 1.45, 3) for x, _ in dots.get_offsets()]
    return out


def test_each_source_stands_as_deep_as_its_chain_is_long():
    ax = plot("chains", make_tables(small()))
    assert points(ax) == {
        "reporter": [0],
        "named person": [1],
        "unnamed person": [1],
        "news outlet": [1],
        "unnamed group": [2],
        "no source named": [1],
    }
    labels = [text.get_text() for text in ax.texts]
    assert labels[-6:] == [
        "The reporter",
        "Ann Reed (1)",
        "Globe (1)",
        "Officials (1)",
        "No source named (1)",
        "The mayor (1)",
    ]
    assert labels[:-6] == ["said", "reported", "is expected", "declined to", "said"]


def test_lines_to_sources_that_only_refuse_are_dashed():
    ax = plot("chains", make_tables(small()))
    lines = {c.get_label(): len(c.get_segments()) for c in ax.collections if isinstance(c, LineCollection)}
    assert lines["stated"] == 4
    assert lines["only asked or refused"] == 1


def test_sources_that_nobody_can_look_up_are_hollow():
    ax = plot("chains", make_tables(small()))
    faces = {c.get_label(): tuple(c.get_facecolor()[0][:3]) for c in ax.collections if isinstance(c, PathCollection)}
    assert {label for label, face in faces.items() if face == (1, 1, 1)} == {"unnamed person", "unnamed group"}


def test_long_chains_are_cut_and_that_is_said():
    t = make_tables(deep(8))
    ax = plot("chains", t)
    labels = [text.get_text() for text in ax.texts]
    assert [label for label in labels if label.startswith("S")] == [f"S{k} (1)" for k in range(1, 7)]
    assert "chains are cut off after 6 sources" in ax.figure.texts[1].get_text().replace("\n", " ")
    assert describe("chains", t).endswith("the reporter ← S1 ← S2 ← S3 ← S4 ← S5 ← S6 ← S7 ← S8.")


def test_of_many_sources_those_with_fewest_attributions_are_one():
    ax = plot("chains", make_tables(many(40)), top=10)  # 34 are given by the reporter, 6 come through one of those
    assert "the 24 sources with the fewest are counted together" in ax.figure.texts[1].get_text().replace("\n", " ")
    labels = [text.get_text().replace("\n", " ") for text in ax.texts if text.get_text().endswith(")")]
    assert len(labels) == 10 + 6 + 1
    assert labels[-1] == "24 other sources (24)"
    assert {f"Pat {k} (1)" for k in (5, 11, 17, 23, 29, 35)} < set(labels)  # those that pass on another


def test_a_source_that_is_reached_in_two_ways_stands_there_twice():
    t = make_tables(gold_document())
    labels = [text.get_text() for text in plot("chains", t).texts]
    assert labels.count("Dmitry Peskov (1)") == 2
    assert describe("chains", t).endswith(
        "Heard through others: a decree published on Saturday and Dmitry Peskov through Reuters. The longest chain: "
        "the reporter ← Reuters ← a decree published on Saturday."
    )


def test_chains_of_several_articles_are_one_tree():
    ax = plot("chains", make_tables([small("one"), small("two")]))
    labels = [text.get_text() for text in ax.texts]
    assert labels.count("Ann Reed (2)") == 1  # one entity
    assert labels.count("The mayor (1)") == 2  # two mayors, for all that the text says
    assert "These articles" in labels


def test_no_text_runs_out_of_the_figure():
    for document in (gold_document(), many(12), deep()):
        for width in COLUMNS:
            for name in NAMES:
                ax = plot(name, make_tables(document), width=width)
                with in_force(style_of(ax)):
                    ax.figure.draw_without_rendering()
                    boxes = [text.get_window_extent() for text in [*ax.texts, *ax.get_yticklabels()]]
                assert min(box.x0 for box in boxes) >= -1
                assert max(box.x1 for box in boxes) <= ax.figure.bbox.width + 1


# --- how the article knows -------------------------------------------------------------------------------------


def test_bars_of_how_the_article_knows_are_words():
    ax = plot("knowing", make_tables(small()))
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert dict(zip(names, (bar.get_width() for bar in ax.patches), strict=True)) == {
        "The reporter's own word": 21,
        "A named source": 4,
        "No source given": 3,
        "At second hand": 6,
        "Refused or not said": 1,
    }


def test_the_description_of_how_the_article_knows():
    assert describe("knowing", make_tables(small())) == (
        "Of 35 words, by how the text says it got them: the reporter's own word (21 words, 60%), at second hand (6 "
        "words, 17%), a named source (4 words, 11%), no source given (3 words, 9%) and refused or not said (1 word, "
        "3%)."
    )


# --- how the words of sources reached the article --------------------------------------------------------------


def test_words_by_how_they_reached_the_article():
    """Four told us, five of a letter through Reuters, two said; what was refused did not reach it."""
    text = (
        "Ann Reed told us that it was late. A ferry may run soon, Reuters reported, citing a letter. "
        "It rained, said Jan Orlov. Police declined to comment."
    )
    t = make_tables(annotate(text))
    known = contact_trust()
    assert describe("contact", t) == (
        "Of 11 words of sources, by how they reached this article: through another outlet (5 words, 45%), told this "
        "outlet (4 words, 36%) and cannot tell (2 words, 18%). On texts that a person annotated, the rules found "
        f"{known.found} of {known.n} attributions and for {known.alike} of them gave the same contact as the person."
    )
    ax = plot("contact", t)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert dict(zip(names, (bar.get_width() for bar in ax.patches), strict=True)) == {
        "Told this outlet": 4,
        "Through another outlet": 5,
        "Cannot tell": 2,
    }
