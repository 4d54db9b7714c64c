"""How a source would know: the rules against their examples, and against passages read before there were rules."""

import tomllib
from pathlib import Path

import pytest

from analysis import annotate
from analysis.people.justification import rules
from analysis.people.knowing import knowing
from analysis.people.sources import MOST_BESIDE
from analysis.pipeline import to_record
from analysis.rules import parse_marked
from analysis.text.vocabulary import JUSTIFICATIONS

GOLD = tomllib.loads((Path(__file__).parent / "gold/people_justification.toml").read_text("utf-8"))["passage"]


def found(text):
    """(kind, words, rule) of each justification in a text, with the name of the source."""
    document = annotate(text)
    return [(s.name, e.kind, text[e.start : e.end], e.rule) for s in document.sources for e in s.justification]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_examples(rule):
    for example in rule.examples:
        text, marked = parse_marked(example)
        assert marked, f"{rule.where}: no braces in {example!r}"
        got = [words for _, _, words, rule_id in found(text) if rule_id == rule.id]
        assert got == [text[span.start : span.end] for span in marked], f"{rule.where}: {example}"


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_counter_examples(rule):
    for example in rule.counter_examples:
        assert rule.id not in {rule_id for *_, rule_id in found(example)}, f"{rule.where}: {example}"


def test_there_is_enough_gold():
    assert len(GOLD) >= 40
    assert sum("justification" not in passage for passage in GOLD) >= 20
    assert {kind for p in GOLD for kind, _ in p.get("justification", ())} == set(JUSTIFICATIONS)


def test_gold_passages():
    """Precision of at least 0.9 of what is found, for each kind."""
    right, made = {}, {}
    for passage in GOLD:
        wanted = [tuple(one) for one in passage.get("justification", ())]
        for name, kind, words, _ in found(passage["text"]):
            if name in passage["name"] or passage["name"] in name:
                made[kind] = made.get(kind, 0) + 1
                right[kind] = right.get(kind, 0) + ((kind, words) in wanted)
    assert {kind: right[kind] / made[kind] for kind in made if right[kind] < 0.9 * made[kind]} == {}
    assert sum(right.values()) >= 0.9 * sum(len(p.get("justification", ())) for p in GOLD)


def test_attributions_carry_what_their_source_has():
    text = "Ann Reed, who saw the van crash, said it did not brake. It was late, she said. Jan Orlov said so too."
    record = to_record(annotate(text))
    spans = [[text[s:e] for s, e in a["justification"]] for a in record["attributions"]]
    assert spans == [["who saw the van crash"], ["who saw the van crash"], []]


def test_a_source_and_the_source_share_what_is_told_of_them():
    text = "A source said it was late. It rained all day. The source, who had spoken to the family, said they wept."
    assert [(name[:10], kind) for name, kind, *_ in found(text)] == [
        ("A source", "was-told"),
        ("The source", "was-told"),
    ]
    two = "A source said it was late. Another source said it rained. The source, who saw the crash, said they wept."
    assert [(name[:10], kind) for name, kind, *_ in found(two)] == [("The source", "saw")]


def test_what_one_statement_rests_on_counts_for_that_one_alone():
    text = "The mine will close, the Courier reported, citing a letter. It was late, the Courier said on Monday."
    record = to_record(annotate(text))
    assert [[text[s:e] for s, e in a["justification"]] for a in record["attributions"]] == [["citing a letter"], [], []]


@pytest.mark.parametrize(
    "text",
    [
        "“I saw a man run,” " * 400 + "said Ann Reed.",
        "Ann Reed, who saw the fire, " * 400 + "said so.",
        "A letter seen by " * 500 + "Reuters said so.",
        "He was there. " * 2_000,
    ],
)
def test_hostile_texts_are_read_in_linear_time(text):
    annotate(text)


def test_one_who_says_much_has_a_few_justifications_beside_each_statement_and_all_at_the_source():
    many = 30
    assert many > MOST_BESIDE
    leads, saw = (
        "Ann Reed, who leads the Harbour Council, said it may rain. ",
        "Ann Reed, who saw the van crash, said it did not brake.",
    )
    document = annotate(leads * many + saw)
    (reed,) = document.sources
    assert len(reed.attributions) == many + 1
    assert [e.kind for e in reed.justification] == ["holds-office"] * many + ["saw"]
    for a in document.attributions:
        assert len(a.justification) == MOST_BESIDE + 1  # and the first of another kind
        assert document.text[slice(*a.justification[0])] == "who leads the Harbour Council"
        assert document.text[slice(*a.justification[-1])] == "who saw the van crash"
    assert {facts.closeness for facts in knowing(document).values()} == {"holds-office | saw"}
