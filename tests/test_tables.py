"""Tables of documents made by hand, with values worked out by hand."""

import datetime

import pandas as pd
import pytest
from helpers import gold_document, make_document

from analysis import annotate
from analysis.grammar import building
from analysis.tables import SCHEMAS, join_parts, make_part, make_tables
from analysis.text.article import Article

TEXT = (
    "The dam may fail, Reuters reported, citing mayor Ann Reed. “It clearly holds,” Reed said.\n"
    "Norlanders left Norland’s coast."
)
LAYERS = {
    "attributions": [
        {
            "source": "Reuters",
            "cue": "reported",
            "content": "The dam may fail",
            "source_kind": "outlet",
            "source_entity": "e1",
            "cue_lemma": "report",
        },
        {
            "source": "mayor Ann Reed",
            "cue": "citing",
            "content": "The dam may fail",
            "source_kind": "person",
            "source_entity": "e2",
            "parent": "a1",
        },
        {
            "source": "Reed#2",
            "cue": "said",
            "content": "“It clearly holds,”",
            "kind": "direct",
            "source_kind": "person",
            "source_entity": "e2",
        },
    ],
    "markers": [
        {"words": "may", "category": "possibility", "attribution": "a2", "strength": 0.7},
        {"words": "clearly", "category": "booster", "attribution": "a3"},
    ],
    "mentions": [
        ("Reuters", "ORG", "e1"),
        ("Ann Reed", "PERSON", "e2"),
        ("Reed#2", "PERSON", "e2"),
        ("Norlanders", "NORP", "e3"),
        ("Norland#2", "GPE", "e4"),
    ],
    "related": {"e3": "e4"},
}


def example(**article):
    return make_document(
        TEXT,
        **{
            key: [dict(x) if isinstance(x, dict) else x for x in value] if isinstance(value, list) else value
            for key, value in LAYERS.items()
        },
        **article,
    )


@pytest.fixture(scope="module")
def t():
    return make_tables(example(doc_id="dam", title="A dam", published="2024-11-10T01:30:00+02:00"))


def row(table, **where):
    found = table
    for column, value in where.items():
        found = found[found[column] == value]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.parametrize("name", SCHEMAS)
def test_columns_and_dtypes_are_those_of_the_schema_with_and_without_rows(t, name):
    empty = make_tables([])[name]
    plain = make_tables(make_document("It rained."))[name]
    assert len(empty) == 0
    for table in (t[name], empty, plain):
        assert {column: str(dtype) for column, dtype in table.dtypes.items()} == SCHEMAS[name]


def test_articles(t):
    a = t["articles"].iloc[0]
    # The dam may fail Reuters reported citing mayor Ann Reed It clearly holds Reed said Norlanders left Norland coast
    assert (a["n_words"], a["n_sentences"], a["n_paragraphs"]) == (19, 3, 2)
    assert a["published"] == datetime.datetime(2024, 11, 9, 23, 30)  # in UTC
    assert a["title"] == "A dam"
    assert pd.isna(a["outlet"])
    assert len(a["sha256"]) == 64


def test_sentences_are_numbered_from_1_and_count_their_marks(t):
    s = t["sentences"]
    assert s["sentence_id"].tolist() == [1, 2, 3]
    assert s["paragraph"].tolist() == [1, 1, 2]
    assert s["n_words"].tolist() == [10, 5, 4]
    assert s["n_hedges"].tolist() == [1, 0, 0]
    assert s["n_boosters"].tolist() == [0, 1, 0]
    assert [TEXT[a:b] for a, b in zip(s["start"], s["end"], strict=True)] == s["text"].tolist()


def test_attributions_say_who_through_whom(t):
    a = t["attributions"]
    assert a["voice"].tolist() == ["Reuters", "Ann Reed", "Ann Reed"]
    assert a["source_text"].tolist() == ["Reuters", "mayor Ann Reed", "Reed"]
    assert a["source_entity"].tolist() == ["ORG:Reuters", "PERSON:Ann Reed", "PERSON:Ann Reed"]
    assert a["depth"].tolist() == [0, 1, 0]
    assert a["chain"].tolist() == ["Reuters", "Reuters → Ann Reed", "Ann Reed"]
    assert a["content_text"].tolist() == ["The dam may fail", "The dam may fail", "“It clearly holds,”"]
    assert a["n_words"].tolist() == [4, 4, 3]
    assert a["sentence_id"].tolist() == [1, 1, 2]
    assert a["cue_lemma"].isna().tolist() == [False, True, True]


def test_roles_have_every_span(t):
    r = t["roles"]
    assert len(r) == 9
    assert [TEXT[a:b] for a, b in zip(r["start"], r["end"], strict=True)] == r["text"].tolist()
    assert row(r, attribution_id="a2", role="source")["text"] == "mayor Ann Reed"


def test_words_belong_to_the_innermost_source(t):
    v = t["voices"].set_index("voice")
    assert v["n_words"].to_dict() == {"the reporter": 12, "Ann Reed": 7, "Reuters": 0}
    assert v["n_attributions"].to_dict() == {"the reporter": 0, "Ann Reed": 2, "Reuters": 1}
    assert v["n_hedges"].to_dict() == {"the reporter": 0, "Ann Reed": 1, "Reuters": 0}
    assert v["n_boosters"].to_dict() == {"the reporter": 0, "Ann Reed": 1, "Reuters": 0}
    assert v["n_words"].sum() == t["articles"]["n_words"].sum()
    assert t["voices"]["voice"].iloc[0] == "the reporter"


def test_markers_say_whose_they_are(t):
    may, clearly = row(t["markers"], text="may"), row(t["markers"], text="clearly")
    assert (may["is_hedge"], may["voice"], may["strength"], may["sentence_id"]) == (True, "Ann Reed", 0.7, 1)
    assert (clearly["is_hedge"], clearly["category"], clearly["sentence_id"]) == (False, "booster", 2)


def test_markers_say_what_they_weaken_and_on_what_ground_they_are_so_unsure():
    t = make_tables(annotate("The vote may be delayed. The wall will clearly hold."))
    may, clearly = row(t["markers"], text="may"), row(t["markers"], text="clearly")
    assert (may["scope_text"], clearly["scope_text"]) == ("The vote … be delayed", "The wall will … hold")
    assert may["ground"].startswith("ratings (may, might): how certain people rated")
    by_hand = make_document("It may rain.", markers=[{"words": "may", "category": "possibility"}])
    assert make_tables(by_hand)["markers"][["scope_text", "ground"]].isna().all(axis=None)


def test_a_marker_of_nobody_is_the_reporters():
    t = make_tables(make_document("It may rain.", markers=[{"words": "may", "category": "possibility"}]))
    assert t["markers"]["voice"].tolist() == ["the reporter"]
    assert t["markers"]["attribution_id"].isna().all()


def test_a_negated_booster_is_listed_but_not_counted():
    t = make_tables(
        make_document(
            "It has not clearly failed.", markers=[{"words": "clearly", "category": "booster", "negated": True}]
        )
    )
    assert t["markers"]["negated"].tolist() == [True]
    assert t["sentences"]["n_boosters"].tolist() == [0]
    assert t["voices"]["n_boosters"].tolist() == [0]


def test_mentions_tell_names_from_aliases(t):
    m = t["mentions"]
    assert m["form"].tolist() == ["name", "name", "alias", "name", "name"]
    assert m["entity_id"].tolist() == [
        "ORG:Reuters",
        "PERSON:Ann Reed",
        "PERSON:Ann Reed",
        "NORP:Norlanders",
        "GPE:Norland",
    ]
    assert [TEXT[a:b] for a, b in zip(m["start"], m["end"], strict=True)] == m["text"].tolist()


def test_entities_are_merged_over_articles_by_name_and_label():
    other = make_document(
        "Reed left. Reed Ltd stayed.",
        doc_id="other",
        mentions=[("Reed", "PERSON", "e9"), ("Reed Ltd", "ORG", "e5")],
        names={"e9": "Ann Reed"},
    )
    e = make_tables([example(doc_id="dam"), other])["entities"]
    reed = row(e, name="Ann Reed")
    assert (reed["entity_id"], reed["n_mentions"], reed["n_docs"]) == ("PERSON:Ann Reed", 3, 2)
    assert reed["aliases"] == "Ann Reed | Reed"
    assert row(e, name="Norlanders")["related"] == "GPE:Norland"
    assert row(e, name="Reed Ltd")["n_docs"] == 1
    assert e["n_mentions"].is_monotonic_decreasing


def test_two_entities_with_one_name_stay_two():
    d = make_document("Kim met Kim.", mentions=[("Kim", "PERSON", "e1"), ("Kim#2", "PERSON", "e2")])
    assert make_tables(d)["entities"]["entity_id"].tolist() == ["PERSON:Kim", "PERSON:Kim#2"]


def test_values_are_no_names():
    d = make_document("In 2024 Kim left.", mentions=[("2024", "DATE", "e1"), ("Kim", "PERSON", "e2")])
    e = make_tables(d)["entities"].set_index("name")["is_name"]
    assert e.to_dict() == {"2024": False, "Kim": True}


def test_one_doc_id_for_two_documents_is_refused():
    with pytest.raises(ValueError, match="'article' is used by more than one document"):
        make_tables([make_document("One."), make_document("Two.")])


def test_tables_of_one_document_of_several_and_of_parts_are_the_same():
    one, two = gold_document(), make_document("Ann Reed said so. Sweden may leave, Reed said.")
    for name, table in make_tables(one).items():
        pd.testing.assert_frame_equal(table, make_tables([one])[name])
    whole, parts = make_tables([one, two]), join_parts([make_part([one]), make_part([two])])
    assert list(whole) == list(parts) == list(SCHEMAS)
    for name, table in whole.items():
        pd.testing.assert_frame_equal(table, parts[name])


def test_the_grammar_of_an_article_is_worked_out_once(monkeypatch):
    """The text of each of six articles is analysed once for all the tables: more than the last few remembered."""
    analysed = []
    monkeypatch.setattr(
        building, "analyse", lambda d, analyse=building.analyse: analysed.append(d.doc_id) or analyse(d)
    )
    documents = [
        annotate(Article(f"Ann Reed said {n} times that it may rain. Police put it at {n}.", doc_id=str(n)))
        for n in range(6)
    ]
    analysed.clear()
    building._RECENT.clear()
    make_tables(documents)
    assert analysed == [str(n) for n in range(6)]


def test_the_source_article_by_hand():
    t = make_tables(gold_document())
    # 343 words, counted by splitting the text at white space and taking what begins with a letter or digit
    words = [w.strip("“”‘’(),.:;?") for w in " ".join(t["sentences"]["text"]).split()]
    assert t["articles"]["n_words"].sum() == len([w for w in words if w])
    assert t["attributions"]["depth"].tolist() == [0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]
    assert t["voices"].set_index("voice").loc["Dmitry Peskov", "n_words"] == 23


def test_a_name_of_a_doubtful_kind_stands_once_over_articles():
    documents = [
        annotate(Article("Shares in Zorvex rose. Zorvex shares fell. The chief executive of Zorvex left.", doc_id="a")),
        annotate(Article("“We are open,” Zorvex said.", doc_id="b")),
    ]
    rows = make_tables(documents)["entities"]
    assert rows.loc[rows["name"] == "Zorvex", ["label", "n_mentions", "n_docs"]].values.tolist() == [["ORG", 4, 2]]
