"""Who the sources are: role classes, how the text refers to people, sources.csv; against passages read by hand."""

import tomllib
from pathlib import Path

import pytest

from analysis import annotate
from analysis.people.role_words import role_rules
from analysis.rules import parse_marked
from analysis.text.vocabulary import ROLE_CLASSES

GOLD = Path(__file__).parent / "gold"


def passages(name):
    return tomllib.loads((GOLD / f"{name}.toml").read_text("utf-8"))["passage"]


def source(passage):
    """The source of a passage by its name, and the text."""
    document = annotate(passage["text"])
    return next((s for s in document.sources if s.name == passage["name"]), None), document.text


CLASSES = passages("people_classes")


def class_found(passage):
    """(class, does it rest on the right words)."""
    found, text = source(passage)
    if found is None:
        return None, False
    where = found.role_evidence
    on = text.find(passage.get("on", "\n"))
    shared = bool(where) and max(on, where.start) < min(on + len(passage.get("on", "")), where.end)
    return found.role_class, shared if "on" in passage else where is None


def test_classes_against_passages_read_by_hand():
    """Nine in ten of the classes that are told are right, and rest on the right words; so are nine in ten in all."""
    assert len(CLASSES) >= 60
    found = [(class_found(p), p) for p in CLASSES]
    for (role_class, rests), p in found:
        if role_class != p["class"] or not rests:
            print(f"{p['text']}\n    by hand {p['class']}, found {role_class}, right words: {rests}")
    told = [role_class == p["class"] and rests for (role_class, rests), p in found if role_class not in ("open", None)]
    right = [role_class == p["class"] for (role_class, _), p in found]
    print(f"precision of classes {sum(told)}/{len(told)}, right in all {sum(right)}/{len(right)}")
    assert sum(told) / len(told) >= 0.9
    assert sum(right) / len(right) >= 0.9


RULES = [pytest.param(rule, id=rule.id) for rule in role_rules()]


def test_every_class_has_a_rule():
    assert {rule["role_class"] for rule in role_rules()} == set(ROLE_CLASSES)
    assert all(record.name and record.gloss for record in ROLE_CLASSES.values())


@pytest.mark.parametrize("rule", RULES)
def test_the_class_rests_on_the_marked_words(rule):
    for example in rule.examples:
        text, marked = parse_marked(example)
        found = annotate(text).sources[0]
        where = found.role_evidence
        assert found.role_class == rule["role_class"], example
        rests_on = [(where.start, where.end, where.kind, where.rule)] if where else []
        assert rests_on == [(start, end, rule["role_class"], rule.id) for start, end in marked], example


@pytest.mark.parametrize("rule", RULES)
def test_counter_examples_are_of_another_class(rule):
    for text in rule.counter_examples:
        (found, *_) = annotate(text).sources
        assert found.role_class != rule["role_class"], text


REFERENCES = passages("people_reference")


def test_references_against_passages_read_by_hand():
    """Nine in ten of the references that are told are right, and rest on the right words; so are nine in ten in all."""
    assert len(REFERENCES) >= 40
    told, right = [], []
    for p in REFERENCES:
        found, text = source(p)
        words = [text[e.start : e.end] for e in found.reference_evidence] if found else []
        same = bool(found) and found.reference == p["reference"]
        right.append(same)
        if found and found.reference != "not told":
            told.append(same and ("on" not in p or words == p["on"]))
        if not same or ("on" in p and words != p["on"]):
            print(f"{p['text']}\n    by hand {p['reference']} {p.get('on')}, found {found and found.reference} {words}")
    print(f"precision of references {sum(told)}/{len(told)}, right in all {sum(right)}/{len(right)}")
    assert sum(told) / len(told) >= 0.9
    assert sum(right) / len(right) >= 0.9
