"""What the notebooks ask instead of long cells: values that a person worked out."""

import pandas as pd
import pytest
from helpers import ROOT, make_document

from analysis import annotate, figures, read_article
from analysis.annotation.beside_rules import made_by_each, marks_of_one_only, sources_of_one_only
from analysis.corpora.corpus import annotate_corpus
from analysis.corpora.questions import Archive, quarters_side_by_side, shares_by
from analysis.exploring import articles_in
from analysis.measures import accuracy
from analysis.tables import make_tables
from analysis.teaching.invented import write_invented

KEY = """
[[attribution]]
key = "one"
sentence = 1
source = ["Ann Reed"]
cue = ["said"]
source_kind = "person"

[[marker]]
sentence = 1
text = "may"
category = "possibility"

[[marker]]
sentence = 2
text = "perhaps"
category = "possibility"
"""


@pytest.fixture
def key(tmp_path):
    (tmp_path / "key.toml").write_text(KEY, "utf-8")
    return tmp_path / "key.toml"


@pytest.fixture(scope="module")
def tables():
    said = {"source": "Ann Reed", "cue": "said", "content": "it may rain", "source_kind": "unnamed-person"}
    markers = [{"words": "may", "category": "possibility"}, {"words": "clearly", "category": "booster"}]
    return make_tables(
        make_document(
            "Ann Reed said it may rain. Perhaps it will, clearly.",
            attributions=[said],
            markers=markers,
            mentions=[("Ann Reed", "PERSON", "e1")],
        )
    )


def test_marks_that_only_one_made(key, tables):
    rows = marks_of_one_only(key, tables)
    assert rows[["sentence", "words", "marked by"]].values.tolist() == [
        [2, "clearly", "the rules only"],
        [2, "perhaps", "the person only"],
    ]
    assert made_by_each(key, tables) == (
        "By hand: 1 attributions, 2 hedges, boosters and bounds. By the rules: 1 and 2. "
        "Marks that only one of them made: **2**."
    )
    kinds = sources_of_one_only(key, tables)
    assert sorted(kinds["kind of source"]) == ["person", "unnamed-person"]  # the same words, another kind


def test_articles_to_choose_from():
    rows = articles_in(ROOT / "seeds", ROOT / "seeds/teaching")
    assert len(rows) == 8  # the source article and the teaching set; neither its README nor provenance.toml
    assert rows["path"].iloc[1].endswith("seeds/teaching/1-agency-report.md")
    document = annotate(read_article(rows["path"].iloc[1]))
    assert rows["words"].iloc[1] == make_tables(document)["articles"]["n_words"].iloc[0] == 339


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("it's an archive")
    write_invented(folder / "articles.jsonl", 30, seed=3)
    annotate_corpus(folder / "articles.jsonl", folder / "tables", jobs=1)
    with Archive(folder / "tables") as opened:
        yield opened


def test_an_archive_counts_what_its_tables_have(archive):
    markers, sentences = archive.sql("FROM markers"), archive.sql("FROM sentences")
    body = sentences[sentences["paragraph_kind"] == "body"]
    paragraphs = archive.hedged_paragraphs()
    assert len(paragraphs) == len(body[["doc_id", "paragraph"]].drop_duplicates())
    hedges = markers[markers["is_hedge"]].merge(
        body[["doc_id", "sentence_id", "paragraph"]], on=["doc_id", "sentence_id"]
    )
    assert paragraphs["hedged"].sum() == len(hedges[["doc_id", "paragraph"]].drop_duplicates())
    strict = archive.hedged_paragraphs(epistemic=True)
    assert len(strict) == len(paragraphs)
    assert strict["hedged"].sum() <= paragraphs["hedged"].sum()
    voices = archive.hedges_by_voice()
    assert voices["words"].sum() == archive.sql("SELECT sum(n_words) AS n FROM passages")["n"].iloc[0]
    assert (voices["low"] <= voices["rate"]).all()
    assert (voices["rate"] <= voices["high"]).all()
    reported = archive.named_sources()
    assert len(reported) == archive.sql("SELECT count(*) AS n FROM attributions WHERE depth = 0")["n"].iloc[0]
    assert set(archive.hedges_with_and_without_a_name()["unnamed"]) == {False, True}


def test_names_by_quarter(archive):
    rows = archive.names_by_quarter("ORG")
    assert (rows["n"] <= rows["of"]).all()
    table = quarters_side_by_side(rows, top=3)
    assert len(table) == 3
    first = rows[rows["name"] == table["name"].iloc[0]]
    assert table["year"].iloc[0] == first["n"].sum() == rows.groupby("name")["n"].sum().max()


def test_shares_by_two_columns():
    rows = pd.DataFrame(
        {"outlet": list("AABB"), "month": [1, 2, 1, 1], "doc_id": list("wxyz"), "hedged": [True, False, True, False]}
    )
    found = shares_by(rows, ["outlet", "month"], "hedged")
    assert found[["n", "of", "share"]].values.tolist() == [[1, 1, 1.0], [0, 1, 0.0], [1, 2, 0.5]]


RESULTS = {
    "News, one": {
        "task": "hedging",
        "measures": {"cue": {"predicted": 40, "right": 30, "gold": 60, "f1_interval": [0.5, 0.7]}},
        "rules": {
            "HEDGE.TEST": {"predicted": 20, "right": 15},
            "HEDGE.RARE": {"predicted": 19, "right": 19},
        },
    },
    "Ratings": {"task": "hedging", "measures": {"rank": {"value": 0.4, "interval": [0.3, 0.5]}}, "rules": {}},
}


def test_accuracy_by_rule_and_corpus(tables):
    measured = accuracy.scores(RESULTS)
    assert measured[["precision", "recall", "gold"]].values.tolist() == [[0.75, 0.5, 60]]
    rules = accuracy.by_rule(RESULTS)
    assert rules["rule"].tolist() == ["HEDGE.TEST"]  # the other has 19 marks, too few
    assert rules[["precision", "recall"]].values.tolist() == [[0.75, 0.25]]
    marks = accuracy.marks_with_precision(tables, rules)
    assert marks["precision"].count() == 2  # two marks of the rule that was measured; names and cues were not
    ax = figures.plot_rules_at_work(marks)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["may · clearly (2)"]
    assert figures.describe_rules_at_work(marks).startswith(
        "Rules by how often they were right. Lowest: may · clearly (HEDGE.TEST, 75%)."
    )
    unseen = accuracy.beside_unseen(
        measured.assign(corpus="News, one"),
        {"rows": [("hedge cues", "News, two", 0, 0, 50, "other")]},
        {"rows": [("names", "GUM", 0, 0, 80, "")]},
    )
    assert unseen["developed"].tolist() == [60.0]  # 2 * 0.75 * 0.5 / 1.25
    assert unseen["apart"].tolist() == [50.0]


def test_a_share_by_month(tables):
    rows = pd.DataFrame(
        {"group": ["A", "A", "B", "B"], "month": [1, 2, 1, 2], "share": [0.2, 0.4, 0.6, 0.8], "low": 0.1, "high": 0.9}
    )
    ax = figures.plot_by_month(rows, title="How?", subtitle="n = 4", put_in=lambda group, month: 0.5, width="one")
    facts = figures.figure_facts(ax)
    assert "line A: (1, 0.2); (2, 0.4)" in facts
    assert "line B, put in: (1, 0.5); (2, 0.5)" in facts
    many = pd.concat([rows.assign(group=str(k)) for k in range(7)])
    with pytest.raises(ValueError, match="7 groups"):
        figures.plot_by_month(many, title="", subtitle="")
