"""Hedging: category, scope and holder against hand-made gold; whose a marker is; hostile input; invariants."""

import time
import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.hedging import find_markers, grounds, reading, readings, rules, scales, strength_of, unsure
from analysis.hedging.holder import holders
from analysis.text.article import Article
from analysis.text.document import CATEGORIES, Attribution, Span
from analysis.text.segmentation import segment

GOLD = tomllib.loads((Path(__file__).parent / "gold/hedging_passages.toml").read_text("utf-8"))["passage"]


def place(text: str, words: str) -> Span:
    """The span of `words`; "words#2" is their second place."""
    words, _, nth = words.partition("#")
    at = -1
    for _ in range(int(nth or 1)):
        at = text.find(words, at + 1)
        assert at >= 0, f"{text!r} does not hold {words!r}"
    return Span(at, at + len(words))


def attributions(passage) -> tuple[Attribution, ...]:
    text = passage["text"]
    return tuple(
        Attribution(
            a["key"],
            "indirect",
            *((place(text, a[role]),) if role in a else () for role in ("source", "cue", "content")),
            parent=a.get("parent"),
        )
        for a in passage.get("attributions", ())
    )


def cases():
    for p in GOLD:
        marks = [pytest.mark.xfail(reason=p["known_failure"], strict=True)] if "known_failure" in p else []
        yield pytest.param(p, id=p["text"], marks=marks)


@pytest.mark.parametrize("passage", list(cases()))
def test_hand_made_gold(passage):
    text = passage["text"]
    document = replace(segment(Article(text)), attributions=attributions(passage))
    found = [
        (
            text[m.start : m.end],
            m.category,
            [text[s.start : s.end] for s in m.scope],
            m.attribution,
            m.by_whom,
            m.negated,
        )
        for m in find_markers(document)
    ]
    wanted = [
        (m["words"], m["category"], m["scope"], m.get("of"), m.get("by_whom", False), m.get("negated", False))
        for m in passage["markers"]
    ]
    assert found == wanted


def test_the_gold_is_large_enough():
    assert len(GOLD) >= 40
    assert {m["category"] for p in GOLD for m in p["markers"]} == set(CATEGORIES)


def attribution(key, content, parent=None):
    return Attribution(key, "indirect", (), (), tuple(Span(*c) for c in content), parent=parent)


def whose(spans, attributions):
    return [key for key, _ in holders([Span(*s) for s in spans], attributions)]


def test_the_innermost_attribution_holds_a_marker():
    chain = [
        attribution("outer", [(0, 90)]),
        attribution("inner", [(20, 60)], "outer"),
        attribution("next", [(100, 120)]),
    ]
    assert whose([(5, 8), (30, 33), (70, 72), (95, 97), (110, 112)], chain) == ["outer", "inner", "outer", None, "next"]


def test_of_two_with_the_same_content_the_one_that_rests_on_the_other():
    chain = [attribution("report", [(0, 40)]), attribution("decree", [(0, 40)], "report")]
    assert whose([(5, 8)], chain) == ["decree"]
    assert whose([(5, 8)], chain[::-1]) == ["decree"]


def test_parents_in_a_circle_do_no_harm():
    assert whose([(1, 2)], [attribution("a", [(0, 9)], "b"), attribution("b", [(0, 5)], "a")]) == ["b"]


def test_content_in_two_parts_holds_what_stands_in_either():
    assert whose([(1, 3), (12, 14), (22, 24)], [attribution("a", [(0, 10), (20, 30)])]) == ["a", None, "a"]


def test_every_rule_is_complete():
    for rule in rules():
        assert 0 <= rule["strength"] <= 1, rule.where
        assert len(rule.gloss.split()) >= 5, rule.where
        assert rule["category"] != "booster" or rule["strength"] == 0, rule.where
        assert rule["strength_source"].partition(":")[0] in grounds(), rule.where


@pytest.mark.parametrize(
    "piece",
    [
        "may ",
        "if would ",
        "“ may ",
        "not clear ",
        ", may ",
        "some of the ",
        "regarded by ",
        "may be seen as ",
        "( “ , ",
        "asked if ",
    ],
)
def test_time_is_linear_on_hostile_input(piece):
    """Five times the text takes about five times the time; a quadratic rule would take 25 times."""

    def seconds(n):
        document = segment(Article(piece * n))
        start = time.process_time()
        find_markers(document)
        return time.process_time() - start

    seconds(100)
    assert seconds(10_000) < 12 * seconds(2_000) + 0.2


WORDS = st.sampled_from(
    "may If would likely not about 200 some critics say , . ; “ ” is expected to whether could "
    "the possibly vote clearly hasn’t said as soon possible thought that and but who".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join).filter(str.strip))
def test_markers_are_in_order_inside_their_sentence_and_apart_from_their_scope(text):
    document = segment(Article(text))
    markers = find_markers(document)
    for one, other in pairwise(markers):
        assert one.end <= other.start
    for m in markers:
        sentence = document.sentences[document.sentence_index(m.start)]
        assert sentence.start <= m.start < m.end <= sentence.end
        assert 0 <= m.strength <= 1
        for s in m.scope:
            assert sentence.start <= s.start < s.end <= sentence.end
            assert s.end <= m.start or s.start >= m.end


def test_surveyed_words_have_the_strength_that_the_survey_gives():
    surveyed = [rule for rule in rules() if rule["strength_source"].startswith("survey: ")]
    assert len(surveyed) >= 7
    for rule in surveyed:
        assert rule["strength_source"] == f"survey: {rule['term']}", rule.where
        assert rule["strength"] == strength_of(reading(rule["term"]).median), rule.where


def test_every_term_of_a_rule_stands_in_a_survey_or_a_scale_and_in_one_rule_only():
    known = {r.term for r in readings()} | {s.term for s in scales()}
    terms = [rule["term"] for rule in rules() if "term" in rule.fields]
    assert set(terms) <= known
    assert len(terms) == len(set(terms))


def test_every_term_that_readers_were_asked_about_is_found_in_a_text_or_it_is_said_why_not():
    """The head of probability_words.tsv gives the reasons for three."""
    asked = {r.term for r in readings()} - {"will happen", "we believe", "we doubt"}
    assert asked == {rule["term"] for rule in rules() if "term" in rule.fields} & {r.term for r in readings()}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("A strike is improbable.", "improbable"),
        ("A strike is unlikely.", "unlikely"),
        ("A strike is highly improbable.", "highly improbable"),
        ("A strike is highly unlikely.", "highly unlikely"),
        ("A strike is very unlikely.", "very unlikely"),
        ("A strike is not likely.", None),
        ("A strike is not unlikely.", None),
        ("A strike is quite likely.", None),
        ("A strike is most likely.", None),
        ("A strike is overwhelmingly likely.", None),
        ("A strike is very likely.", "very likely"),
        ("A strike is highly likely.", "highly likely"),
        ("A strike is highly probable.", "highly probable"),
        ("A strike is about as likely as not.", "about as likely as not"),
        ("A strike is as likely as not.", None),
        ("A strike is more likely than not.", "more likely than not"),
        ("The chances of a strike are better than even.", "better than even"),
        ("There is a remote chance of a strike.", "remote chance"),
        ("There is little chance that they strike.", "little chance"),
        ("There is a very good chance that they strike.", "very good chance"),
        ("A strike is a realistic possibility.", "realistic possibility"),
        ("There is a realistic possibility that they strike.", "realistic possibility"),
        ("The odds of a strike are about even.", "about even"),
        ("The chances of a strike are slight.", "chances are slight"),
        ("They will probably strike.", "probably"),
        ("They will probably not strike.", "probably not"),
        ("They probably won’t strike.", "probably not"),
        ("They will presumably strike.", None),
        ("They will almost certainly strike.", "almost certainly"),
        ("They will almost certainly not strike.", "almost certainly not"),
        ("They are virtually certain to strike.", "virtually certain"),
    ],
)
def test_a_word_of_probability_has_a_row_of_its_own_or_none(text, term):
    terms = {rule.id: rule.fields.get("term") for rule in rules()}
    (marker,) = find_markers(segment(Article(text)))
    assert (marker.category, terms[marker.rule_id]) == ("probability", term)


def test_a_strength_says_what_it_measures():
    """A chance and a certainty are two scales: "likely" was asked as a chance, "may" was rated in findings."""
    measured = {rule.id: grounds()[rule["strength_source"].partition(":")[0]].construct for rule in rules()}
    assert measured["HEDGE.PROBABILITY.LIKELY"] == measured["HEDGE.PROBABILITY.VERY-LIKELY"] == "the chance of an event"
    assert measured["HEDGE.MODAL.MAY"] == measured["HEDGE.MODAL.COULD"] == "the certainty of a finding"
    assert measured["HEDGE.MODAL.MAY-OR-MAY-NOT"] == ""


def test_the_survey_is_in_order():
    assert reading("likely") == ("likely", "kucharski-2026", 5174, 75, 67, 80, 60, 90)
    assert reading("probably").survey == "zonination-2015"
    assert reading("always") is None
    for r in readings():
        assert 0 <= r.p05 <= r.q25 <= r.median <= r.q75 <= r.p95 <= 100


def test_the_scales_are_in_order():
    assert [(s.low, s.high) for s in scales() if s.term == "likely"] == [(55, 80), (55, 75), (66, 100)]
    assert [(s.scale, s.low, s.high) for s in scales() if s.term == "probable"] == [
        ("kent-1964", 63, 87),
        ("icd-203", 55, 80),
        ("uk-phia", 55, 75),
    ]
    assert [(s.low, s.high) for s in scales() if s.term == "more likely than not"] == [(50, 100)]
    assert [sum(s.scale == name for s in scales()) for name in ("kent-1964", "icd-203", "uk-phia", "ipcc-2010")] == [
        7,
        14,
        8,
        10,
    ]
    assert {s.scale for s in scales()} == {"kent-1964", "icd-203", "uk-phia", "ipcc-2010"}
    assert all(0 <= s.low <= s.high <= 100 for s in scales())


def test_unsure_grows_with_each_hedge_and_leaves_boosters_and_vague_sources_out():
    def of(text):
        return unsure(find_markers(segment(Article(text))))

    assert of("The wall fell.") == 0
    assert of("The wall clearly fell, critics said.") == 0
    assert 0 < of("The wall is likely to fall.") < of("The wall may fall.") < of("The wall may possibly fall.") < 1
    assert of("It may or may not fall, and it may rain.") == 1
