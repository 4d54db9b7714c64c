"""The rule language and its loader."""

import pytest

from analysis.rules import (
    Index,
    Rule,
    RuleError,
    compile_context,
    compile_pattern,
    load_rules,
    longest,
    parse_marked,
)
from analysis.text.article import Article
from analysis.text.segmentation import segment

GOOD = """
[[rule]]
id = "TEST.MAY"
pattern = "may"
gloss = "Presents a claim as possible."
examples = ["It {may} rain."]
counter_examples = ["It rained in May."]
source = "Palmer 2001"
"""


def find(pattern, text, not_when=(), only_when=()):
    rule = Rule(
        "T.T",
        "",
        (),
        (),
        "",
        "",
        tuple(map(compile_pattern, [pattern])),
        tuple(map(compile_context, not_when)),
        tuple(map(compile_context, only_when)),
        {},
    )
    document = segment(Article(text))
    ranges = [(s.first_token, s.last_token) for s in document.sentences]
    tokens = document.tokens
    return [text[tokens.starts[m.first] : tokens.ends[m.last - 1]] for m in Index([rule]).matches(tokens, ranges)]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("may", "It may rain. May it rain?", ["may", "May"]),
        ("may|might", "It may or might rain.", ["may", "might"]),
        ("{expected} to", "It is expected to rain, as expected.", ["expected"]),
        ("<be> <adverb>? {expected} to", "It is widely expected to rain. He expected to go.", ["expected"]),
        ("<be> {expected}", "It isn’t expected.", ["expected"]),
        ("remains to be seen", "It remains to be seen.", ["remains to be seen"]),
        ("{regarded} ..4 as", "Regarded by most of us as odd; regarded by a few of us all as odd.", ["Regarded"]),
        ("{about} <number>", "About 200 talked about two, about him.", ["About", "about"]),
        ("not? {clear}", "It is not clear.", ["clear"]),
        ("{likely} to", "It is likely. To be sure, it rains.", []),
        ("{hasn't|isn't} clear", "It isn’t clear.", ["isn’t"]),
        ("^ {may} it", "May it rain? “May it rain?” But may it rain?", ["May", "May"]),
        ("very|<adverb> {clear}", "Very clear, barely clear, not clear.", ["clear", "clear"]),
        ("{some} <plural>", "Some towns, some bread, some mess.", ["Some"]),
    ],
)
def test_patterns(pattern, text, found):
    assert find(pattern, text) == found


@pytest.mark.parametrize(
    ("context", "text", "found"),
    [
        ("_ <number>", "may 2019, may go", ["may"]),
        ("in _", "in may we may go", ["may"]),
        ("as soon as _", "as soon as may be, it may", ["may"]),
        ("_ ..2 that", "may we all see that, may we that", ["may"]),
        ("@capitalised", "In May we may go.", ["may"]),
        ("@first", "May we go? We may.", ["may"]),
        ("@quoted", "“We may,” he may say.", ["may"]),
        ("@with if|unless", "We may if you do. We may.", ["may"]),
        ("^ _", "May we go? “May we?” We may.", ["may"]),
        ("@capitalised", "He said, “May I? Yes. May I not?” in May, on “May Day”.", ["May", "May"]),
        ("<superlative> _", "The best may go; the longest may not.", ["may"]),
    ],
)
def test_contexts_that_forbid(context, text, found):
    assert find("may", text, not_when=[context]) == found


def test_context_that_is_needed():
    assert find("would", "It would rain if it could. It would rain.", only_when=["@with if", "_ be"]) == ["would"]


def test_longest_match_wins():
    document = segment(Article("It may well rain."))
    rules = [
        Rule(f"T.{n}", "", (), (), "", "", (compile_pattern(p),), (), (), {})
        for n, p in enumerate(["may", "may well", "well"])
    ]
    matches = Index(rules).matches(document.tokens, [(0, len(document.tokens))])
    assert [m.rule.id for m in longest(matches)] == ["T.1"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('id = "TEST.MAY"', ""), "bad.toml:2: rule number 1: id is missing"),
        (("gloss", "glos"), "bad.toml:3: rule TEST.MAY: gloss is missing"),
        (('source = "Palmer 2001"', ""), "bad.toml:3: rule TEST.MAY: source is missing"),
        (('examples = ["It {may} rain."]', "examples = []"), "bad.toml:3: rule TEST.MAY: examples is missing"),
        (("source =", "colour = 1\nsource ="), "unknown field colour; known are counter_examples"),
        (("TEST.MAY", "may"), "an id has groups of capitals"),
        (('"may"\ngloss', '"<modl> go"\ngloss'), "unknown class <modl>; known are"),
        (('"may"\ngloss', '"<modal>?"\ngloss'), "needs at least one plain word"),
        (('"may"\ngloss', '"{may} {go}"\ngloss'), "at most one pair of braces"),
        (('"may"\ngloss', '"May"\ngloss'), "write patterns in lower case"),
        (('"may"\ngloss', '"may ^"\ngloss'), "^ means the start of the sentence; write it first"),
        (("source =", 'not_when = ["in may"]\nsource ='), "write _ once"),
        (("source =", 'not_when = ["@loud"]\nsource ='), "known are @first"),
        (("source =", 'not_when = "x _"\nsource ='), "not_when must be a list of strings"),
        (("[[rule]]", "[[rule"), "bad.toml: not valid TOML"),
        (("[[rule]]", "[[other]]"), "no [[rule]] in it"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_place(tmp_path, change, message):
    path = tmp_path / "bad.toml"
    path.write_text(GOOD.replace(*change), "utf-8")
    with pytest.raises(RuleError) as error:
        load_rules(path)
    assert message in str(error.value)


def test_fields_of_a_kind_of_rule(tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text(GOOD + 'category = "possibility"\n', "utf-8")
    (rule,) = load_rules(path, required=["category"], allowed={"category": ["possibility"]})
    assert rule["category"] == "possibility"
    with pytest.raises(RuleError, match="category is 'possibility'; choose one of belief"):
        load_rules(path, required=["category"], allowed={"category": ["belief"]})
    with pytest.raises(RuleError, match="strength is missing"):
        load_rules(path, required=["category", "strength"])


def test_an_id_is_used_once(tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text(GOOD + GOOD, "utf-8")
    with pytest.raises(RuleError, match="the id is used twice"):
        load_rules(path)


@pytest.mark.parametrize("example", ["a {b", "a b}", "{a {b}}"])
def test_braces_must_pair(example):
    with pytest.raises(ValueError, match="brace"):
        parse_marked(example)
