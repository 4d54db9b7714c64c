"""One record for each kind of source, stance and label: whoever shows, counts or draws them has every one of them."""

from pathlib import Path

import pytest
from helpers import make_document

from analysis import make_tables, measures
from analysis.annotation.corrections import NAME_TO_LABEL
from analysis.annotation.marks import LABELS_OF, NAME_LABELS
from analysis.figures import chains, knowing, theme
from analysis.measures.knowing import HOW, how_known
from analysis.reading.inline import LINES, reading_html
from analysis.reading.page import reading_page
from analysis.text import document
from analysis.text.vocabulary import (
    BODIES,
    LABEL_GROUPS,
    LABELS,
    NAMED_KINDS,
    NO_STATEMENT,
    SHOWN_KINDS,
    SOURCE_KINDS,
    STANCES,
    UNNAMED_KINDS,
    VALUES,
    group_of,
)

ROOT = Path(__file__).parents[1]
TEXT = "Sorrel said it may rain."


def said(**fields):
    """A document with one attribution that has these fields."""
    attribution = {"source": "Sorrel", "cue": "said", "content": "it may rain"} | fields
    if attribution.get("source_kind") == "none":
        attribution["source"] = ()
    return make_document(TEXT, attributions=[attribution])


def test_the_tuples_derive_from_the_records():
    assert tuple(SOURCE_KINDS) == document.SOURCE_KINDS
    assert tuple(STANCES) == document.STANCES
    assert tuple(LABELS) == document.LABELS
    assert NAMED_KINDS == ("person", "organisation", "outlet")
    assert UNNAMED_KINDS == ("unnamed-person", "collective")
    assert BODIES == ("organisation", "government", "outlet", "document")
    assert NO_STATEMENT == ("refusal", "question")
    assert {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"} == VALUES


@pytest.mark.parametrize("kind", SHOWN_KINDS)
def test_a_kind_of_source_is_complete(kind):
    record = SHOWN_KINDS[kind]
    assert record.name
    assert record.gloss.endswith(".")
    assert record.how in HOW
    assert record.how in knowing.LOOKS
    assert chains.LOOKS[kind].colour in theme.PALETTE.values()
    assert [other for other, look in chains.LOOKS.items() if look == chains.LOOKS[kind]] == [kind]  # told apart


@pytest.mark.parametrize("kind", SOURCE_KINDS)
def test_a_kind_of_source_is_counted_shown_and_marked(kind):
    d = said(source_kind=kind)
    t = make_tables(d)
    assert measures.source_kinds(t).set_index("source_kind").loc[kind, "n"] == 1
    assert bool(measures.is_named(t["attributions"]).iloc[0]) == (SOURCE_KINDS[kind].named is True)
    how = "unnamed" if kind == "government" else SOURCE_KINDS[kind].how  # "officials", whom nobody can look up
    assert how_known(t)["how"].tolist() == [how]
    assert SOURCE_KINDS[kind].gloss.partition(":")[0] in reading_page(d)
    assert kind == "none" or kind in LABELS_OF["source"]


def test_a_document_with_a_name_of_its_own_can_be_looked_up_and_an_unnamed_one_cannot():
    for kind, record in SOURCE_KINDS.items():
        d = make_document(
            TEXT,
            attributions=[
                {"source": "Sorrel", "cue": "said", "content": "it may rain"}
                | {"source_kind": kind, "source_entity": "e1"}
            ],
            mentions=[("Sorrel", "ORG", "e1")],
        )
        assert bool(measures.is_named(make_tables(d)["attributions"]).iloc[0]) == (record.named is not False)


@pytest.mark.parametrize("stance", STANCES)
def test_a_stance_is_complete(stance):
    record = STANCES[stance]
    assert record.name
    assert record.gloss.endswith(".")
    assert stance in LABELS_OF["cue"]
    how = how_known(make_tables(said(stance=stance, source_kind="person")))["how"].tolist()
    assert how == (["first-hand"] if record.states else [stance])
    assert how[0] in HOW
    assert how[0] in knowing.LOOKS
    assert record.gloss.partition(":")[0] in reading_page(said(stance=stance))


@pytest.mark.parametrize("label", LABELS)
def test_a_label_is_complete(label):
    record = LABELS[label]
    assert record.name
    assert record.gloss.endswith(".")
    assert record.group in LABEL_GROUPS
    assert record.by_hand in (*NAME_LABELS, None)
    assert record.speaks_as in (*SOURCE_KINDS, None)
    assert (record.by_hand is None) == (record.group == "number or date")
    d = make_document(TEXT, mentions=[("Sorrel", label, "e1")])
    assert LINES[record.group] in reading_html(d)
    assert record.name in reading_page(d)
    assert make_tables(d)["entities"]["label"].tolist() == [label]


@pytest.mark.parametrize("name", NAME_LABELS)
def test_a_name_marked_by_hand_gets_a_label_of_its_kind(name):
    assert LABELS[NAME_TO_LABEL[name]].by_hand == name


@pytest.mark.parametrize("group", LABEL_GROUPS)
def test_a_group_of_labels_is_complete(group):
    assert group in {group_of(label) for label in LABELS}
    assert LABEL_GROUPS[group].colour in theme.PALETTE
    css = (ROOT / "analysis/resources/page/reading.css").read_text("utf-8")
    slug = group.replace(" ", "-")
    assert f"\n.g-{slug} {{" in css
    assert f".f-g-{slug}:not(:checked)" in css


def test_a_label_that_is_not_known_is_another_name():
    assert group_of("SHIP") == "other name"
