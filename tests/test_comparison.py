"""Articles side by side, worked out by hand on texts marked by hand."""

import pandas as pd
import pytest
from helpers import make_document

from analysis import make_tables
from analysis.figures import (
    describe_compared,
    describe_names_compared,
    describe_sources_compared,
    figure_data,
    plot_compared,
    plot_names_compared,
    plot_sources_compared,
)
from analysis.figures.comparison import LOOKS, MOST
from analysis.measures.comparison import compare, names_compared, one_article, sources_compared
from analysis.report import write_report

CALDER, REYL = {"source_kind": "person", "source_entity": "c"}, {"source_kind": "person", "source_entity": "r"}


def first(doc_id="one"):
    return make_document(
        "Ines Calder said it may close. Calder said so again.",
        doc_id=doc_id,
        title="Bridge to close",
        attributions=[
            {"source": "Ines Calder", "cue": "said", "content": "it may close", **CALDER},
            {"source": "Calder#2", "cue": "said#2", "content": "so again", **CALDER},
        ],
        markers=[{"words": "may", "category": "possibility", "attribution": "a1"}],
        mentions=[("Ines Calder", "PERSON", "c"), ("Calder#2", "PERSON", "c"), ("may", "DATE", "d")],
    )


def second(doc_id="two"):
    return make_document(
        "It fell, Tomas Reyl and officials said. Ines Calder left.",
        doc_id=doc_id,
        title="It fell",
        attributions=[
            {"source": "Tomas Reyl", "cue": "said", "content": "It fell", **REYL},
            {"source": "officials", "cue": "said", "content": "It fell", "source_kind": "collective"},
        ],
        mentions=[("Tomas Reyl", "PERSON", "r"), ("Ines Calder", "PERSON", "c")],
    )


@pytest.fixture(scope="module")
def t():
    return make_tables([first(), second()])


def test_each_article_has_its_own_counts_and_totals(t):
    rows = compare(t).set_index(["measure", "doc_id"])
    pick = [
        tuple(rows.loc[(measure, doc), ["count", "of"]])
        for measure in ("attributed-words", "named-sources")
        for doc in ("one", "two")
    ]
    assert pick == [(5, 10), (2, 10), (2, 2), (1, 2)]
    assert rows.loc[("hedged-sentences", "one"), "value"] == 0.5
    assert rows.loc[("hedge-rate", "one"), ["count", "of", "value"]].tolist() == [1, 10, 100.0]
    assert pd.isna(rows.loc[("reporter-hedges", "two"), "value"])  # no hedges: nothing to divide by
    assert rows.loc[("named-sources", "two"), "low"] < 0.5 < rows.loc[("named-sources", "two"), "high"]


def test_one_article_of_several_counts_as_it_does_alone(t):
    alone = make_tables([first()])
    mine = one_article(t, "one")
    for name, frame in alone.items():
        pd.testing.assert_frame_equal(mine[name], frame)
    with pytest.raises(ValueError, match="doc_id 'three' is not among these articles; choose one of 'one', 'two'"):
        one_article(t, "three")


def test_who_is_quoted_where_leaves_out_those_without_a_name(t):
    assert sources_compared(t).to_numpy().tolist() == [
        ["Ines Calder", "person", 1, 2, 2, 0],
        ["Tomas Reyl", "person", 1, 1, 0, 1],
    ]
    assert sources_compared(t).columns.tolist() == [
        "source",
        "source_kind",
        "n_docs",
        "n_attributions",
        "in one",
        "in two",
    ]


def test_shared_names_come_first_and_dates_are_no_names(t):
    assert names_compared(t).to_numpy().tolist() == [
        ["Ines Calder", "person", 2, 3, 2, 1],
        ["Tomas Reyl", "person", 1, 1, 0, 1],
    ]


def test_the_figures_and_their_words_say_the_same(t):
    rows = figure_data(plot_names_compared(t))
    assert rows[["what", "x", "y"]].to_numpy().tolist() == [
        ["point", "article 1", "Ines Calder"],
        ["point", "article 2", "Ines Calder"],
        ["point", "article 2", "Tomas Reyl"],
    ]
    assert describe_names_compared(t) == (
        "Of 2 names, 1 is named in more than one article: Ines Calder. Only in "
        "article 1: none. Only in article 2: Tomas Reyl."
    )
    assert describe_sources_compared(t) == (
        "Of 2 named sources, 0 are quoted or reported in more than one article. Only in article 1: Ines Calder. Only "
        "in article 2: Tomas Reyl."
    )
    assert figure_data(plot_sources_compared(t))[["x", "y"]].to_numpy().tolist() == [
        ["article 1", "Ines Calder"],
        ["article 2", "Tomas Reyl"],
    ]
    shares = figure_data(plot_compared(t))
    points = shares[(shares["what"] == "point") & (shares["y"] == "sources that readers could look up")]
    assert points[["series", "x"]].to_numpy().tolist() == [["1 Bridge to close", "1"], ["2 It fell", "0.5"]]
    furthest = "sources that readers could look up (50% in article 2, 100% in article 1)"
    assert f"furthest apart in {furthest}" in describe_compared(t)


@pytest.mark.parametrize("n", [1, 3, len(LOOKS) + 1, MOST + 1])
@pytest.mark.parametrize("empty", [True, False])
def test_any_number_of_articles_with_or_without_marks_can_be_drawn(n, empty):
    documents = [make_document("It rained.", doc_id=str(k)) if empty else first(str(k)) for k in range(n)]
    t = make_tables(documents)
    for plot, describe in (
        (plot_compared, describe_compared),
        (plot_sources_compared, describe_sources_compared),
        (plot_names_compared, describe_names_compared),
    ):
        plot(t, width="one")
        assert describe(t).endswith(".")


@pytest.mark.usefixtures("few_figures")
def test_a_report_on_several_has_the_comparison_and_a_report_on_one_has_not(tmp_path):
    page = write_report([first("=one"), second()], tmp_path).read_text("utf-8")
    assert "Side by side" in page
    assert "Of 2 names, 1 is named in more than one article" in page
    assert (tmp_path / "figures/compared.svg").exists()
    assert (tmp_path / "tables/names_compared.csv").read_text("utf-8").splitlines()[0] == (
        "name,label_name,n_docs,n_mentions,in =one,in two"
    )
    assert "Side by side" not in write_report(first(), tmp_path).read_text("utf-8")
    assert not (tmp_path / "figures/compared.svg").exists()
