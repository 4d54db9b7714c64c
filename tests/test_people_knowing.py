"""How an article knows: the facts against passages worked out by hand."""

import tomllib
from pathlib import Path

import pytest

from analysis import annotate, to_record
from analysis.measures.paths import is_second_hand, source_paths
from analysis.people.knowing import knowing
from analysis.tables import make_tables
from analysis.text.article import Article
from analysis.text.vocabulary import CLOSENESS, CONTACTS, HANDS, IDENTIFIED

GOLD = tomllib.loads((Path(__file__).parent / "gold/people_knowing.toml").read_text("utf-8"))["passage"]
FACTS = ("contact", "links", "closeness", "identified", "hand")


@pytest.mark.parametrize("passage", GOLD, ids=lambda p: f"{p['source']}: {p['text'][:40]} ({p.get('outlet')})")
def test_gold_passages(passage):
    document = annotate(Article(passage["text"], outlet=passage.get("outlet")))
    facts = knowing(document)
    (found,) = [
        facts[a.id] for a in document.attributions if passage["text"][a.source[0].start :].startswith(passage["source"])
    ]
    wanted = {name: passage[name] for name in FACTS if name in passage}
    assert {name: getattr(found, name) for name in wanted} == wanted


def test_a_pronoun_that_was_not_traced_makes_no_chain():
    document = annotate(
        "It rained in Leeds. Critics said they feared that the dam would break. Ann Reed met Jan Orlov."
    )
    t = make_tables(document)
    assert t["attributions"]["links"].max() == 0
    assert is_second_hand(t["attributions"]).sum() == 0
    assert max(len(path) for path in source_paths(t["attributions"]).values()) == 1


def test_the_hand_of_the_tables_is_the_hand_of_the_facts():
    document = annotate(
        "A ferry may run, the Morning Globe reported, citing a letter. Ann Reed told us that it was late."
    )
    a = make_tables(document)["attributions"]
    assert dict(zip(a["voice"], a["hand"], strict=True)) == {
        "Morning Globe": "second",
        "a letter": "second",
        "Ann Reed": "first",
    }
    assert is_second_hand(a).tolist() == (a["hand"] == "second").tolist()


def test_the_json_has_the_facts_of_the_table():
    text = "Ann Reed, who saw the fire, told us that it was small. It will grow, Reuters reported, citing a letter."
    document = annotate(Article(text, title="Fire is small, officials say"))
    record = to_record(document)
    rows = make_tables(document)["attributions"][list(FACTS)].to_dict("records")
    said = [a["knowing"] for a in record["attributions"]]
    assert [{**facts, "closeness": " | ".join(facts["closeness"])} for facts in said] == rows
    assert said[0] == {"contact": "told-us", "links": 0, "closeness": ["saw"], "identified": "name", "hand": "first"}
    assert [a["knowing"]["identified"] for a in record["title"]["attributions"]] == ["role"]


def test_every_fact_is_in_its_vocabulary():
    text = " ".join(passage["text"] for passage in GOLD)
    for facts in knowing(annotate(text)).values():
        assert facts.contact in CONTACTS
        assert set(facts.closeness.split(" | ")) <= set(CLOSENESS)
        assert facts.identified in IDENTIFIED
        assert facts.hand in HANDS
