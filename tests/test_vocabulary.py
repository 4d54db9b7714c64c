"""One record for each category of markers: whoever shows, counts or explains categories has every one of them."""

import re
import sys
from pathlib import Path

import pytest

from analysis import Article, annotate, figures, make_tables, measures
from analysis.annotation.marks import LABELS_OF
from analysis.hedging import rules, unsure
from analysis.measures.hedging import hedging_rates
from analysis.reading.inline import BOXES, reading_html
from analysis.reading.page import reading_page, reading_style
from analysis.teaching.coaching import PLURAL, WHY
from analysis.text import document
from analysis.text.document import Marker
from analysis.text.vocabulary import CATEGORIES, FAMILIES, HEDGES

ROOT = Path(__file__).parents[1]
# One sentence for each category that is not a hedge, and one for a hedge.
FAMILY_TEXT = "It may rain. It clearly rained. More than 200 people came."


def test_the_tuples_derive_from_the_records():
    assert tuple(CATEGORIES) == document.CATEGORIES
    assert tuple(c for c in CATEGORIES if c not in ("booster", "bound")) == HEDGES
    assert len(HEDGES) == 10


@pytest.mark.parametrize("slug", CATEGORIES)
def test_a_category_is_complete(slug):
    category = CATEGORIES[slug]
    assert category.name
    assert category.gloss.endswith(".")
    assert category.family in FAMILIES
    assert any(rule["category"] == slug for rule in rules())
    assert f".f-c-{slug}:not(:checked)" in reading_style()  # the reading view can hide it
    assert re.search(rf"mark:is\([^)]*\.c-{slug}\b[^)]*\) {{", reading_style())  # and boxes it


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_is_complete(name):
    assert name in LABELS_OF  # people can mark it by hand
    assert name in PLURAL
    assert name in WHY
    assert name in BOXES
    assert f"`[{name} " in (ROOT / "docs/workshop/marking.md").read_text("utf-8")
    sys.path.insert(0, str(ROOT / "tools"))
    import build_workshop

    assert f'<mark class="{name}">' in build_workshop.key_sheet(annotate(Article("It may rain.", title="Rain")))


def test_only_hedges_are_counted_as_hedges():
    t = make_tables(annotate(FAMILY_TEXT))
    assert t["markers"]["family"].tolist() == ["hedge", "booster", "bound"]
    assert t["markers"]["is_hedge"].tolist() == [True, False, False]
    assert t["sentences"][["n_hedges", "n_boosters", "n_bounds"]].values.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert t["voices"][["n_hedges", "n_boosters", "n_bounds"]].values.tolist() == [[1, 1, 1]]
    assert hedging_rates(t, by="article")["n"].tolist() == [1]
    assert measures.hedge_rates(t, by="voice")["n"].tolist() == [1]
    rows = measures.hedge_rates(t, by="category").set_index("category")["n"]
    assert rows[rows > 0].to_dict() == {"possibility": 1, "booster": 1, "bound": 1}


def test_bounds_leave_nobody_unsure():
    assert unsure([Marker(0, 3, "bound", 0.5, ""), Marker(4, 7, "vague-source", 0.5, "")]) == 0


def test_figures_say_what_they_show_of_each_family():
    t = make_tables(annotate(FAMILY_TEXT))
    for describe in (figures.describe_hedges_along, figures.describe_hedge_categories):
        assert "Not included: 1 bound and 1 booster." in describe(t)
    ax = figures.plot_hedge_categories(t)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Possibility", "Booster", "Bound"]


def test_the_reading_view_explains_each_family():
    d = annotate(FAMILY_TEXT)
    for html in (reading_html(d), reading_page(d)):
        assert "Hedges, boosters and bounds" in html
        assert CATEGORIES["bound"].gloss in html
