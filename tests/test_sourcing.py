"""Every rule of sourcing runs its examples; the stages are tested on sentences a person has marked."""

from dataclasses import replace
from itertools import product

import pytest

from analysis.pipeline import annotate
from analysis.rules import RuleError, load_rules
from analysis.rules.markup import Marked, parse
from analysis.sourcing import cues as cue_rules
from analysis.sourcing import find_attributions
from analysis.sourcing.cues import PAST, cue_table, inflect, rules, verbs_of
from analysis.sourcing.orders import order_rules
from analysis.sourcing.source_kinds import kind_rules
from analysis.text.article import Article
from analysis.text.document import KINDS, SOURCE_KINDS, STANCES
from analysis.text.segmentation import segment

TEMPLATES = order_rules()


def attributions(text):
    return find_attributions(segment(Article(text)))


def parts(attribution):
    return Marked(attribution.source, attribution.cue, attribution.content)


def shown(text, found):
    return [[*("|".join(text[s:e] for s, e in role) for role in parts(a)), a.rule_id, a.template] for a in found]


def check(example):
    """The example's attributions, exactly these; returns them."""
    text, wanted = parse(example)
    found = attributions(text)
    assert {parts(a) for a in found} == set(wanted.values()), shown(text, found)
    assert len(found) == len(wanted)
    return found


CUE_EXAMPLES = [(rule, example) for rule in rules() for example in rule.examples]
CUE_COUNTERS = [(rule, example) for rule in rules() for example in rule.counter_examples]


@pytest.mark.parametrize(("rule", "example"), CUE_EXAMPLES, ids=lambda x: getattr(x, "id", None))
def test_cue_example(rule, example):
    assert rule.id in {a.rule_id for a in check(example)}


@pytest.mark.parametrize(("rule", "text"), CUE_COUNTERS, ids=lambda x: getattr(x, "id", None))
def test_cue_counter_example(rule, text):
    assert rule.id not in {a.rule_id for a in attributions(text)}


def every_verb():
    for rule in rules():
        if "each" in rule.fields:
            for verb in verbs_of(rule):
                head, _, tail = verb.partition(" ")
                past = next(form for form, kind in inflect(head) if kind == PAST)
                yield rule, rule["each"].replace("*", f"{past} {tail}".strip())


@pytest.mark.parametrize(("rule", "example"), list(every_verb()), ids=lambda x: getattr(x, "id", None))
def test_every_verb_of_every_rule(rule, example):
    check(example)


@pytest.mark.parametrize(
    ("rule", "example"), [(r, e) for r in TEMPLATES for e in r.examples], ids=lambda x: getattr(x, "id", None)
)
def test_template_example(rule, example):
    assert rule["template"] in {a.template for a in check(example)}


@pytest.mark.parametrize(
    ("rule", "text"), [(r, e) for r in TEMPLATES for e in r.counter_examples], ids=lambda x: getattr(x, "id", None)
)
def test_template_counter_example(rule, text):
    assert rule["template"] not in {a.template for a in attributions(text)}


END_EXAMPLES = [
    (rule, example)
    for rule in load_rules("content_ends.toml", required=("ends",))
    for example in (*rule.examples, *rule.counter_examples)
]


@pytest.mark.parametrize(("rule", "example"), END_EXAMPLES, ids=lambda x: getattr(x, "id", None))
def test_content_end_example(rule, example):
    check(example)


def source_of(example):
    """(text, span of the source in brackets)."""
    before, _, rest = example.partition("[")
    source, _, after = rest.partition("]")
    return before + source + after, (len(before), len(before) + len(source))


@pytest.mark.parametrize(
    ("rule", "example"), [(r, e) for r in kind_rules() for e in r.examples], ids=lambda x: getattr(x, "id", None)
)
def test_source_kind_example(rule, example):
    text, span = source_of(example)
    assert {a.source_kind for a in attributions(text) if a.source == (span,)} == {rule["source_kind"]}


@pytest.mark.parametrize(
    ("rule", "example"),
    [(r, e) for r in kind_rules() for e in r.counter_examples],
    ids=lambda x: getattr(x, "id", None),
)
def test_source_kind_counter_example(rule, example):
    text, span = source_of(example)
    kinds = {a.source_kind for a in attributions(text) if a.source == (span,)}
    assert len(kinds) == 1
    assert rule["source_kind"] not in kinds


# ---------------------------------------------------------------- the rule files


def test_every_stance_has_a_rule():
    assert {rule["stance"] for rule in rules()} == set(STANCES)


def test_every_source_kind_has_a_rule():
    assert {rule["source_kind"] for rule in kind_rules()} == set(SOURCE_KINDS) - {"none"}


def test_no_verb_takes_the_same_complement_by_two_rules():
    seen = {}
    for rule in rules():
        for verb in verbs_of(rule):
            for kind in rule.fields.get("takes", ()):
                assert (verb, kind) not in seen, f"{verb} takes {kind} by {seen[verb, kind]} and {rule.id}"
                seen[verb, kind] = rule.id


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("deny", ["deny", "denies", "denied", "denied", "denying"]),
        ("say", ["say", "says", "said", "said", "saying"]),
        ("admit", ["admit", "admits", "admitted", "admitted", "admitting"]),
        ("criticise", ["criticise", "criticises", "criticised", "criticised", "criticising"]),
        ("confess", ["confess", "confesses", "confessed", "confessed", "confessing"]),
    ],
)
def test_inflection(verb, forms):
    assert [form for form, _ in inflect(verb)] == forms


def test_cue_forms_are_lower_case_words():
    assert all(form == form.lower() and form for form in cue_table())


def test_a_wrong_complement_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "cues.toml"
    path.write_text(
        '[[rule]]\nid = "CUE.X"\nverbs = "say"\ntakes = ["thing"]\nstance = "neutral"\ngloss = "g"\n'
        'examples = ["e"]\ncounter_examples = ["c"]\nsource = "s"\n'
    )
    monkeypatch.setattr(cue_rules, "FILES", (str(path),))
    cue_rules.rules.cache_clear()
    try:
        with pytest.raises(RuleError, match=r"cues.toml:2: rule CUE.X: takes thing; choose from that"):
            cue_rules.rules()
    finally:
        cue_rules.rules.cache_clear()


def test_the_markup_says_what_does_not_pair():
    with pytest.raises(ValueError, match="closes nothing"):
        parse("[Reed} said")
    with pytest.raises(ValueError, match="is not closed"):
        parse("[Reed said")


# ---------------------------------------------------------------- whole documents


def test_records_are_in_order_and_closed_vocabularies():
    text = (
        "“It was late,” said Ann Reed, a lawyer. She added that the council, which critics say is slow, had "
        "refused to comment, citing a report.\n\n“Nobody called,” Mr Cole told Reuters on condition of anonymity."
    )
    found = attributions(text)
    assert [a.id for a in found] == [f"a{n}" for n in range(1, len(found) + 1)]
    starts = [a.cue[0].start for a in found]
    assert starts == sorted(starts)
    for a in found:
        assert (a.kind, a.source_kind, a.stance) in product(KINDS, SOURCE_KINDS, STANCES)
        assert a.parent is None or a.parent in {b.id for b in found} - {a.id}


def test_nothing_in_nothing():
    assert attributions("x") == ()
    document = segment(Article("The sky is blue."))
    assert replace(document, attributions=find_attributions(document)).attributions == ()


def test_every_template_that_is_used_is_explained():
    known = {rule["template"] for rule in TEMPLATES}
    used = {a.template for _, example in CUE_EXAMPLES for a in attributions(parse(example)[0])}
    assert used <= known


def test_the_title_of_a_work_is_no_quotation():
    document = annotate("“I listened,” she wrote in her memoir, “The Quiet Hours” (1996), “because nobody spoke.”")
    (a,) = document.attributions
    assert [document.text[s:e] for s, e in a.content] == ["“I listened,”", "“because nobody spoke.”"]
    document = annotate("The author of “The Old Harbour” said it was late.")
    assert [[document.text[s:e] for s, e in a.source] for a in document.attributions] == [
        ["The author of “The Old Harbour”"]
    ]
