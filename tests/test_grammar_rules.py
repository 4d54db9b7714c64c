"""Every rule of tagging on its own examples: the marked word has the class that the rule gives, or another."""

import pytest

from analysis.grammar import analyse
from analysis.grammar.words import CLASSES
from analysis.rules import load_rules, parse_marked
from analysis.text.article import Article
from analysis.text.segmentation import segment

RULES = load_rules("tagging.toml", required=("tag", "context"))
EXAMPLES = [(rule, example, True) for rule in RULES for example in rule.examples]
EXAMPLES += [(rule, example, False) for rule in RULES for example in rule.counter_examples]


def letter_at(example: str) -> str:
    text, spans = parse_marked(example)
    document = segment(Article(text))
    return analyse(document).letters[document.token_index(spans[0].start)]


@pytest.mark.parametrize(("rule", "example", "fits"), EXAMPLES, ids=lambda value: getattr(value, "id", None))
def test_a_rule_does_what_its_examples_say(rule, example, fits):
    assert (letter_at(example) == CLASSES[rule["tag"]]) is fits
