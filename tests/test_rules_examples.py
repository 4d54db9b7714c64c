"""The examples of every rule file that is made of patterns are tests: exactly the marked spans, and silence on
the counter-examples."""

import pytest

from analysis import annotate, hedging
from analysis.rules import Index, longest, parse_marked
from analysis.text.article import Article
from analysis.text.segmentation import segment

# Each kind of rule file: its rules, and what finds all of its kind in a document, as (start, end, rule id).
KINDS = {
    "hedging": (hedging.rules(), lambda d: [(m.start, m.end, m.rule_id) for m in annotate(d.article).markers]),
}
RULES = [pytest.param(rule, find, id=rule.id) for rules, find in KINDS.values() for rule in rules]


def spans(rule, document):
    tokens = document.tokens
    ranges = [(s.first_token, s.last_token) for s in document.sentences]
    return [(tokens.starts[m.first], tokens.ends[m.last - 1]) for m in longest(Index([rule]).matches(tokens, ranges))]


@pytest.mark.parametrize(("rule", "find"), RULES)
def test_examples_are_marked_exactly(rule, find):
    for example in rule.examples:
        text, marked = parse_marked(example)
        assert marked, f"{rule.where}: no braces in {example!r}"
        document = segment(Article(text))
        assert spans(rule, document) == marked, f"{rule.where}: {example}"


@pytest.mark.parametrize(("rule", "find"), RULES)
def test_no_other_rule_takes_an_example_away(rule, find):
    for example in rule.examples:
        text, marked = parse_marked(example)
        found = [(start, end) for start, end, rule_id in find(segment(Article(text))) if rule_id == rule.id]
        assert found == marked, f"{rule.where}: {example}"


@pytest.mark.parametrize(("rule", "find"), RULES)
def test_counter_examples_are_left_alone(rule, find):
    for example in rule.counter_examples:
        document = segment(Article(example))
        if rule.fields.get("holder"):  # the rule asks for the attributions, too
            assert rule.id not in {rule_id for _, _, rule_id in find(document)}, f"{rule.where}: {example}"
        else:
            assert spans(rule, document) == [], f"{rule.where}: {example}"


# The words whose context decides most often whether they hedge, with their forms.
AMBIGUOUS = {
    "would": "would",
    "may": "may",
    "could": "could couldn't",
    "consider": "consider considers considered considering",
    "if": "if",
    "possible": "possible",
    "see": "see sees seen saw",
    "appear": "appear appears appeared",
    "regard": "regard regards regarded regarding",
    "can": "can",
    "view": "view views viewed",
    "expect": "expect expects expected expecting",
    "believe": "believe believes believed believing",
    "thought": "thought",
    "question": "question questions questioned",
    "suggest": "suggest suggests suggested",
    "should": "should",
    "fear": "fear fears feared",
    "think": "think thinks",
    "idea": "idea",
    "assume": "assume assumed assumption assuming",
    "apparently": "apparently seemingly",
    "potential": "potential potentially",
    "indicate": "indicate indicates indicated",
    "possibility": "possibility possibilities chance",
    "belief": "belief beliefs",
    "whether": "whether",
    "likely": "likely",
    "suspect": "suspect suspected",
    "predict": "predict predicts predicted",
    "might": "might",
    "imply": "imply implies implied",
    "allegation": "allegation allegations",
    "perhaps": "perhaps possibly maybe",
}


@pytest.mark.parametrize("word", AMBIGUOUS)
def test_ambiguous_words_have_three_examples_and_three_counter_examples(word):
    forms = set(AMBIGUOUS[word].split())
    marked, silent = set(), set()
    for rule in hedging.rules():
        for example in rule.examples:
            text, spans_ = parse_marked(example)
            if any(forms & set(text[s.start : s.end].lower().split()) for s in spans_):
                marked.add(example)
        words = {anchor for pattern in rule.patterns for anchor in pattern.anchor.words}
        if forms & words:
            silent |= {c for c in rule.counter_examples if forms & set(segment(Article(c)).tokens.lowers)}
    assert len(marked) >= 3, marked
    assert len(silent) >= 3, silent
