"""Roles of names: what a person reads off each sentence, and sentences that look alike but must stay "other"."""

from dataclasses import replace
from time import perf_counter

import pytest
from helpers import make_document
from hypothesis import given
from hypothesis import strategies as st

from analysis.grammar import base_form
from analysis.grammar.roles import ROLES, mention_roles, words
from analysis.text.document import Mention

A, P, B, O = ROLES  # noqa: E741


def roles(text, *names):
    d = make_document(text, mentions=[(name, label, f"e{k}") for k, (name, label) in enumerate(names)])
    return [*mention_roles(d)]


def of(text):
    """Names in the text are [in brackets], with NAME|LABEL where it is not a person."""
    plain, names, rest = "", [], text
    while "[" in rest:
        before, _, rest = rest.partition("[")
        name, _, rest = rest.partition("]")
        name, _, label = name.partition("|")
        plain += before + name
        nth = plain.count(name)
        names.append((f"{name}#{nth}", label or "PERSON"))
    return roles(plain + rest, *names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Norland|GPE] signed the treaty.", [A]),
        ("[Norland|GPE] took the island.", [A]),
        ("[Norland|GPE] agreed.", [A]),
        ("[Ann Reed] died.", [A]),
        ("[Norland|GPE] has quietly signed the treaty.", [A]),
        ("[Norland|GPE] will not sign.", [A]),
        ("[Norland|GPE] won't sign.", [A]),
        ("[Norland|GPE] did not sign.", [A]),
        ("[Norland|GPE] is building a dam.", [A]),
        ("[Norland|GPE] wants to leave.", [A]),
        ("[Norland|GPE] sanctions the firm.", [A]),
        ("President [Ann Reed] told them.", [A]),
        ("[Norland|ORG] spokesman [Ann Reed] said so.", [O, A]),
        ("In [May|DATE], [Norland|GPE] left the pact.", [O, A]),
        ("In [May|DATE], [Norland|GPE] joined the pact.", [O, A]),
        ("They say that [Norland|GPE] joined the pact.", [A]),
        ("The pact which [Norland|GPE] joined is old.", [A]),
        ("It rained, but [Norland|GPE] stayed dry.", [A]),
        ("He spoke after [Norland|GPE] closed the border.", [A]),
        ("After [Norland|GPE] closed the border, he spoke.", [A]),
        ("“It rained,” said [Ann Reed].", [A]),
        ("“It rained,” said Mayor [Ann Reed].", [A]),
        ("“It rained”, reported [Norland News|ORG].", [A]),
        ("It rained, said [Ann Reed].", [A]),
        ("[Ann Reed] and [Tom Cole] signed it.", [A, A]),
        ("[Norland|GPE], [Sudland|GPE] and [Ostland|GPE] signed it.", [A, A, A]),
        ("[Ann Reed] was elected.", [P]),
        ("[Ann Reed] has not been told.", [P]),
        ("[Ann Reed] will be asked.", [P]),
        ("[Ann Reed] is being questioned.", [P]),
        ("[Ann Reed] and [Tom Cole] were elected.", [P, P]),
        ("It was signed by [Ann Reed].", [B]),
        ("It was signed by President [Ann Reed] and [Tom Cole].", [B, B]),
        ("A letter written by [Ann Reed] was found.", [B]),
        ("[Ann Reed] accused of fraud denied it.", [A]),
        ("[Ann Reed], left for dead, lived.", [A]),
        ("[Ann Reed], the mayor, signed it.", [A]),
        ("[Ann Reed] has to leave.", [A]),
        ("[Ann Reed] has to be told.", [P]),
        ("The man who met [Norland|GPE] officials left, and [Ann Reed] stayed.", [O, A]),
    ],
)
def test_a_role_is_told(text, expected):
    assert of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The leader of [Norland|GPE] signed it.",
        "Talks between officials and [Norland|GPE] failed.",
        "Officials from [Oslo|GPE], [Norland|GPE] said so.",
        "Countries such as [Norland|GPE] signed it.",
        "All but [Norland|GPE] signed it.",
        "Life after [Norland|GPE] changed.",
        "[Norland|GPE]'s upper house ratified it.",
        "[Norland|GPE] officials signed it.",
        "[Norland|GPE] armed forces left.",
        "[Norland|GPE] sanctions worked.",
        "[Norland|GPE]-backed troops left.",
        "[Norland|GPE] is a country.",
        "[Norland|GPE] became rich.",
        "[Norland|GPE] has nuclear weapons.",
        "[Norland|GPE] is willing to talk.",
        "[Ann Reed] is worried.",
        "[Ann Reed] was born here.",
        "Allies of a [Norland|GPE] led by sailors left.",
        "The town visited by train lies near [Norland|GPE].",
        "It was built by [Norland|GPE] troops.",
        "They sat by [Norland|LOC].",
        "Prices rose by [Norland|GPE] standards.",
        "They met [Ann Reed].",
        "A man, who gave no name, asked reporter [Ann Reed], from Oslo, to leave.",
        "[Ann Reed] is motivated.",
        "In the words that he, said [Norland|GPE] troops, wrote.",
        "In [2024|DATE] nothing happened.",
    ],
)
def test_a_role_is_not_guessed(text):
    assert set(of(text)) == {O}


def test_the_word_lists_fit_together():
    lists = words()
    assert all(word == word.lower() for found in lists for word in found)
    assert all(base_form(word) == word for word in lists.linking)  # base forms
    assert all(word.endswith("ing") for word in lists.adjective)


@pytest.mark.parametrize("text", ["[Ann Reed], " * 3000 + "left.", "[Ann Reed] and " * 3000, "said [Ann Reed] " * 3000])
def test_time_grows_with_the_text_only(text):
    d = make_document(text.replace("[", "").replace("]", ""))
    at = [k for k in range(len(d.text)) if d.text.startswith("Ann Reed", k)]
    d = replace(d, mentions=tuple(Mention(k, k + 8, "PERSON", "e1") for k in at))
    began = perf_counter()
    assert len(mention_roles(d)) == 3000
    assert perf_counter() - began < 5  # 0.1 s on an idle machine


def test_nothing_named_nothing_told():
    assert mention_roles(make_document("It rained.")) == ()
    assert mention_roles(make_document("…")) == ()


@given(
    st.lists(
        st.sampled_from(
            [
                "Ann Reed",
                "said",
                "was",
                "signed",
                "by",
                "and",
                ",",
                ".",
                "“",
                "”",
                "the",
                "that",
                "not",
                "has",
                "been",
                "president",
                "'s",
                "-",
                "\n\n",
                "will",
            ]
        ),
        max_size=30,
    )
)
def test_every_mention_has_a_role_whatever_stands_around_it(parts):
    text = " ".join([*parts, "."])
    d = make_document(text, mentions=[(f"Ann Reed#{k}", "PERSON", "e1") for k in range(1, text.count("Ann Reed") + 1)])
    found = mention_roles(d)
    assert len(found) == len(d.mentions)
    assert set(found) <= set(ROLES)
