"""Every rule of the entity lexicons: examples marked exactly, with their kind, counter-examples not at all."""

import re
from pathlib import Path

import pytest

from analysis.entities import find_entities, gloss, tables
from analysis.rules import parse_marked
from analysis.text.article import Article
from analysis.text.segmentation import segment

RULES = [*tables.rules().values(), *tables.alias_rules().values()]


def marked(text, rule):
    """Spans that the rule has a part in; for a kind of known name or alias, with its label."""
    mentions, _ = find_entities(segment(Article(text)))
    any_kind = rule.id.startswith(("ALIAS.", "NAME.KNOWN."))
    return [
        (m.start, m.end) for m in mentions if rule.id in m.rule_id.split("+") and (any_kind or m.label == rule["label"])
    ]


@pytest.mark.parametrize(
    ("rule", "example"), [(r, e) for r in RULES for e in r.examples], ids=lambda value: getattr(value, "id", None)
)
def test_example_is_marked_exactly(rule, example):
    text, spans = parse_marked(example)
    assert marked(text, rule) == spans


@pytest.mark.parametrize(
    ("rule", "example"),
    [(r, e) for r in RULES for e in r.counter_examples],
    ids=lambda value: getattr(value, "id", None),
)
def test_counter_example_is_not(rule, example):
    text, spans = parse_marked(example)
    assert not spans
    assert marked(text, rule) == []


def test_every_reason_that_the_code_gives_has_a_rule():
    code = "\n".join(p.read_text("utf-8") for p in (Path(tables.__file__).parent).glob("*.py"))
    used = set(re.findall(r'"((?:NAME\.[A-Z]+\.|ALIAS\.)[A-Z.-]+)"', code))
    assert used - {rule.id for rule in RULES} == set()


def test_gloss_explains_kind_and_merge():
    assert gloss("NAME.PERSON.SURNAME+ALIAS.SURNAME").endswith("Merged: the surname of a person named in full.")
    assert gloss("SPACY.PERSON") == "Found by the spaCy pipeline."
