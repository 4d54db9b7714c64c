"""Measures of sourcing with values worked out by hand: each count, each denominator, each reason for no interval."""

import math

import numpy as np
import pandas as pd
import pytest
from helpers import make_document
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import measures
from analysis.measures import evenness, wilson
from analysis.measures.intervals import clustered, t95
from analysis.measures.knowing import (
    HOW,
    how_by_sentence,
    how_known,
    passages_known,
    words_by_how,
)
from analysis.measures.people import source_sheet
from analysis.measures.sourcing import (
    DTYPES,
    MEASURES,
    sourceless_claims,
    sourcing_measures,
    unattributed_quotations,
)
from analysis.tables import make_tables

# Words by sentence: 2, 7 (4 Reed's), 9 (2 the Globe's, 4 the officials'), 5 (3 nobody's), 5 (1 of a refusal), 5, 2:
# 35, of which 14 are attributed (10 a source's, 3 nobody's, 1 what the mayor declined to speak of) and 21 the
# reporter's own; 8 stand in quotation marks, 4 of these attributed
TEXT = (
    "It rained. “The dam may fail,” Ann Reed said. Officials said the road was shut, the Globe reported. It is "
    "expected to last. The mayor declined to comment. The “quick fix” cost more. “Who pays?”"
)


def small(doc_id="small"):
    return make_document(
        TEXT,
        doc_id=doc_id,
        mentions=[("Ann Reed", "PERSON", "e1"), ("Globe", "ORG", "e2")],
        attributions=[
            {
                "source": "Ann Reed",
                "cue": "said",
                "content": "“The dam may fail,”",
                "kind": "direct",
                "source_kind": "person",
                "source_entity": "e1",
            },
            {
                "source": "Officials",
                "cue": "said#2",
                "content": "the road was shut",
                "source_kind": "collective",
                "parent": "a3",
            },
            {
                "source": "the Globe",
                "cue": "reported",
                "content": "Officials said the road was shut",
                "source_kind": "outlet",
                "source_entity": "e2",
            },
            {"cue": "is expected", "content": ["It#2", "to last"], "source_kind": "none"},
            {
                "source": "The mayor",
                "cue": "declined to",
                "content": "comment",
                "source_kind": "unnamed-person",
                "stance": "refusal",
            },
        ],
    )


@pytest.fixture(scope="module")
def t():
    return make_tables(small())


def row(table, name):
    return table.set_index("measure").loc[name]


@pytest.mark.parametrize(
    ("name", "count", "of"),
    [
        ("reporter-words", 21, 35),
        ("sourced-words", 10, 35),
        ("nobody-words", 3, 35),
        ("asked-words", 0, 35),
        ("unsaid-words", 1, 35),
        ("named-words", 6, 10),
        ("named-sources", 2, 5),
        ("second-hand-words", 6, 10),  # the officials' four and the Globe's two
        ("second-hand", 2, 5),
        ("sourceless-claims", 1, 4),
        ("refusals", 1, 5),
        ("reasons-for-anonymity", 0, 2),
        ("unattributed-quotations", 2, 3),
        ("unattributed-quoted-words", 4, 8),
        ("top-source", 1, 3),
        ("top-source-words", 4, 10),
    ],
)
def test_shares_and_their_denominators(t, name, count, of):
    m = row(sourcing_measures(t), name)
    assert (m["count"], m["of"]) == (count, of)
    assert m["value"] == pytest.approx(count / of)
    assert m["unit"].startswith("share of ")


def test_numbers_of_sources(t):
    m = sourcing_measures(t)
    assert row(m, "sources")["value"] == 3  # Reed, the Globe, officials
    assert row(m, "silent-sources")["value"] == 1  # the mayor only declined
    assert row(m, "silent-sources")["detail"] == "The mayor"
    assert row(m, "sources-per-article")["value"] == 3
    assert row(m, "effective-sources")["value"] == pytest.approx(3)  # one statement each
    assert row(m, "effective-sources-words")["value"] == pytest.approx(10**2 / (4**2 + 4**2 + 2**2))
    assert row(m, "top-source")["detail"] == "Ann Reed | Officials | Globe"
    assert row(m, "top-source-words")["detail"] == "Ann Reed | Officials"


def test_intervals_say_how_they_were_made_or_why_there_are_none(t):
    m = sourcing_measures(t)
    named = row(m, "named-sources")
    assert (named["low"], named["high"]) == pytest.approx(wilson(2, 5))
    assert named["interval"] == "Wilson, 5 attributions"
    for name, why in [
        ("reporter-words", "none: 7 sentences with any, at least 10 are needed"),
        ("second-hand-words", "none: 2 sentences with any, at least 10 are needed"),
        ("effective-sources", "none: other texts have other sources"),
        ("sources-per-article", "none: 1 article, at least 10 are needed"),
        ("sources", "none: a count"),
    ]:
        assert row(m, name)["interval"] == why
        assert math.isnan(row(m, name)["low"])
        assert math.isnan(row(m, name)["high"])


def test_every_measure_has_a_unit_and_says_what_it_is_out_of(t):
    m = sourcing_measures(t)
    assert m["measure"].tolist() == list(MEASURES)
    assert {column: str(dtype) for column, dtype in m.dtypes.items()} == DTYPES
    shares = m[m["unit"].str.startswith("share")]
    assert shares["definition"].str.contains(", of ").all()


def test_nothing_to_divide_by_is_not_zero():
    for t in (make_tables(make_document("…")), make_tables([])):
        m = sourcing_measures(t)
        assert m.loc[m["unit"].str.startswith("share"), "value"].isna().all()
        assert row(m, "sources")["value"] == 0
        assert row(m, "effective-sources")["interval"] == "none: there are no sources"
        assert {column: str(dtype) for column, dtype in m.dtypes.items()} == DTYPES
    assert list(sourcing_measures(make_tables([]), by="article").columns) == ["doc_id", *DTYPES]
    assert math.isnan(row(sourcing_measures(make_tables([])), "sources-per-article")["value"])


def test_by_article_each_is_measured_alone():
    lone = make_document("It rained.", doc_id="lone")
    m = sourcing_measures(make_tables([small(), lone]), by="article")
    assert m["doc_id"].tolist() == ["small"] * len(MEASURES) + ["lone"] * len(MEASURES)
    alone = sourcing_measures(make_tables(small()))
    pd.testing.assert_frame_equal(m[m["doc_id"] == "small"].drop(columns="doc_id"), alone)
    with pytest.raises(ValueError, match="choose 'all' or 'article'"):
        sourcing_measures(make_tables(small()), by="voice")


def test_an_unnamed_source_is_another_one_in_each_article_and_a_named_one_is_not():
    m = sourcing_measures(make_tables([small("one"), small("two")]))
    assert row(m, "sources")["value"] == 2 + 2  # Reed and the Globe; officials of two articles
    assert row(m, "silent-sources")["value"] == 2  # the mayors of two articles
    assert row(m, "sources-per-article")["value"] == 3


def test_of_many_articles_the_articles_are_drawn():
    plain = [
        make_document(
            "Ann Reed said it rained.",
            doc_id=f"d{k}",
            mentions=[("Ann Reed", "PERSON", "e1")],
            attributions=[
                {
                    "source": "Ann Reed",
                    "cue": "said",
                    "content": "it rained",
                    "source_kind": "person",
                    "source_entity": "e1",
                }
            ],
        )
        for k in range(6)
    ]
    m = sourcing_measures(make_tables([*plain, *(small(f"s{k}") for k in range(6))]))
    for name in ("named-words", "named-sources", "second-hand", "sources-per-article"):
        r = row(m, name)
        assert r["interval"].endswith("12 articles")
        assert r["low"] < r["value"] < r["high"]
    assert row(m, "sources-per-article")["value"] == (6 * 1 + 6 * 3) / 12
    # the article is what is drawn: a share of attributions gets more room than so many independent ones would have
    named = row(m, "named-sources")
    assert named["high"] - named["low"] > np.ptp(wilson(named["count"], named["of"]))


def test_sentences_are_drawn_within_their_article():
    text = "It rained. " * 6 + "Ann Reed said it was late. " * 6
    doc = make_document(
        text,
        attributions=[
            {"source": f"Ann Reed#{k}", "cue": f"said#{k}", "content": f"it was late#{k}", "source_kind": "person"}
            for k in range(1, 7)
        ],
    )
    r = row(sourcing_measures(make_tables(doc)), "reporter-words")
    assert (r["count"], r["of"]) == (6 * 2 + 6 * 3, 6 * 2 + 6 * 6)
    assert r["interval"] == "Wilson, drawn by 12 sentences"
    # residuals ±0.75 of 2 and of 6 words: the variance is below that of 48 independent words, so that 48 count, with
    # the quantile for 48² / (6 · 2² + 6 · 6²) = 9.6 sentences that weigh the same
    assert (r["low"], r["high"]) == pytest.approx(wilson(30, 48, z=t95(9)))
    assert (
        row(sourcing_measures(make_tables(doc)), "named-words")["interval"]
        == "none: 6 sentences with any, at least 10 are needed"
    )


def test_lists_to_check_by_hand(t):
    assert unattributed_quotations(t)["text"].tolist() == ["“quick fix”", "“Who pays?”"]
    assert sourceless_claims(t)["content_text"].tolist() == ["It … to last"]


# --- how does the article know this? -----------------------------------------------------------------------------


def test_how_each_statement_is_known(t):
    known = how_known(t).set_index("attribution_id")
    assert known["how"].to_dict() == {
        "a1": "first-hand",
        "a2": "second-hand",
        "a3": "second-hand",  # the Globe: another outlet had it
        "a4": "no-source",
        "a5": "refusal",
    }
    assert known["in_words"].to_dict() == {
        "a1": "Ann Reed",
        "a2": "Officials, unnamed, through Globe",
        "a3": "Globe",
        "a4": "no source named",
        "a5": "The mayor, unnamed (declined to)",
    }
    assert known["named"].tolist() == [True, False, True, False, False]
    assert known.loc["a2", "via"] == "Globe"
    assert set(known["how"]) <= set(HOW)


def test_a_basis_a_channel_and_a_reason_are_told():
    text = "It was late, the Globe reported, citing a memo. An aide, who feared reprisals, told the Globe it rained."
    known = how_known(
        make_tables(
            make_document(
                text,
                attributions=[
                    {
                        "source": "the Globe",
                        "cue": "reported",
                        "content": "It was late",
                        "source_kind": "outlet",
                        "basis": "a memo",
                    },
                    {
                        "source": "a memo",
                        "cue": "citing",
                        "content": "It was late",
                        "source_kind": "document",
                        "parent": "a1",
                    },
                    {
                        "source": "An aide",
                        "cue": "told",
                        "content": "it rained",
                        "source_kind": "unnamed-person",
                        "cue_lemma": "tell",
                        "channel": "the Globe#2",
                        "anonymity": "feared reprisals",
                    },
                ],
            )
        )
    )
    assert known["in_words"].tolist() == [
        "the Globe, citing a memo",
        "a memo, cited by the Globe",
        "An aide, unnamed (feared reprisals), to the Globe",
    ]
    assert known["how"].tolist() == ["second-hand", "second-hand", "unnamed"]
    assert known["hand"].tolist() == ["second", "second", "open"]  # the article may be the Globe's
    assert known["basis"].tolist() == ["a memo", "a memo", pytest.approx(math.nan, nan_ok=True)]
    m = sourcing_measures(
        make_tables(
            make_document(
                "Officials said it rained, to avoid reprisals.",
                attributions=[
                    {
                        "source": "Officials",
                        "cue": "said",
                        "content": "it rained",
                        "source_kind": "collective",
                        "anonymity": "to avoid reprisals",
                    }
                ],
            )
        )
    )
    assert (row(m, "reasons-for-anonymity")["count"], row(m, "reasons-for-anonymity")["of"]) == (1, 1)


def test_how_each_sentence_is_known(t):
    rows = how_by_sentence(t)
    assert rows["how"].tolist() == [
        "reporter",
        "first-hand",
        "second-hand",
        "no-source",
        "refusal",
        "reporter",
        "reporter",
    ]
    assert rows["n_attributed"].tolist() == [0, 4, 6, 3, 1, 0, 0]
    assert rows["n_words"].sum() == 35


def test_an_answer_goes_before_the_question_and_the_longest_before_the_first():
    text = "Asked if the dam would hold, Reed said no and Cole said it would not, ever."
    rows = how_by_sentence(
        make_tables(
            make_document(
                text,
                attributions=[
                    {"cue": "Asked", "content": "if the dam would hold", "stance": "question"},
                    {"source": "Reed", "cue": "said", "content": "no", "source_kind": "person"},
                    {"source": "Cole", "cue": "said#2", "content": "it would not, ever", "source_kind": "person"},
                ],
            )
        )
    )
    assert rows[["how", "in_words", "others", "n_attributed"]].values.tolist() == [
        ["first-hand", "Cole", "no source named (Asked); Reed", 10]
    ]


def test_words_by_how(t):
    w = words_by_how(t).set_index("how")
    assert w["n_words"].to_dict() == {
        "reporter": 21,
        "refusal": 1,
        "question": 0,
        "second-hand": 6,
        "no-source": 3,
        "open": 0,
        "unnamed": 0,
        "document": 0,
        "first-hand": 4,
    }
    assert w["share"].sum() == pytest.approx(1)
    assert passages_known(t)["n_words"].sum() == 35


def test_a_chain_that_leads_back_ends():
    known = how_known(
        make_tables(
            make_document(
                "A said B said it rained.",
                attributions=[
                    {
                        "source": "A",
                        "cue": "said",
                        "content": "B said it rained",
                        "source_kind": "person",
                        "parent": "a2",
                    },
                    {"source": "B", "cue": "said#2", "content": "it rained", "source_kind": "person", "parent": "a1"},
                ],
            )
        )
    )
    assert known["via"].tolist() == ["B", "A"]


def test_a_source_inside_its_own_content_passes_nothing_on():
    text = "Reed said she hoped that the Globe wrote it was late. They said it rained."
    t = make_tables(
        make_document(
            text,
            mentions=[("Reed", "PERSON", "e1"), ("she", "PERSON", "e1")],
            attributions=[
                {
                    "source": "Reed",
                    "cue": "said",
                    "content": "she hoped that the Globe wrote it was late",
                    "source_kind": "person",
                    "source_entity": "e1",
                },
                {
                    "source": "she",
                    "cue": "hoped",
                    "content": "that the Globe wrote it was late",
                    "source_kind": "person",
                    "source_entity": "e1",
                    "parent": "a1",
                },
                {
                    "source": "the Globe",
                    "cue": "wrote",
                    "content": "it was late",
                    "source_kind": "outlet",
                    "parent": "a2",
                },
                {"source": "They", "cue": "said#2", "content": "it rained", "source_kind": "organisation"},
            ],
        )
    )
    assert how_known(t)["in_words"].tolist() == ["Reed", "Reed", "the Globe, through Reed", "They (not resolved)"]
    assert how_known(t)["how"].tolist() == ["first-hand", "first-hand", "second-hand", "open"]
    m = sourcing_measures(t)
    assert (row(m, "second-hand")["count"], row(m, "second-hand-words")["count"]) == (1, 3)
    assert measures.shares(t).set_index("measure").loc["second-hand", "count"] == 1
    assert row(m, "sources")["value"] == 2  # whoever they are, they are not counted
    assert measures.is_named(t["attributions"]).tolist() == [True, True, True, False]
    assert row(m, "reasons-for-anonymity")["of"] == 0  # nor is the article asked why it does not name them


# --- intervals ---------------------------------------------------------------------------------------------------


def test_the_quantiles_of_t_are_those_of_the_tables():
    # Student's t, 97.5%: Fisher and Yates 1963, table III
    for degrees, quantile in ((9, 2.262), (14, 2.145), (29, 2.045), (60, 2.000), (120, 1.980)):
        assert t95(degrees) == pytest.approx(quantile, abs=6e-4)


def test_units_that_are_alike_inside_count_as_few():
    """Twenty articles of ten sentences each, all hedged or none: worth twenty sentences, not two hundred."""
    low, high = clustered([10, 0] * 10, [10] * 20)
    few, many = wilson(10, 20, z=t95(19)), wilson(100, 200)
    assert (low, high) == pytest.approx(few, abs=0.01)
    assert high - low > 2.5 * (many[1] - many[0])


def test_units_that_are_as_mixed_as_chance_count_in_full():
    assert clustered([5] * 20, [10] * 20) == pytest.approx(wilson(10, 20, z=t95(19)))  # no variance: as many as units
    low, high = clustered([4, 6] * 10, [10] * 20)  # less varied than chance: not surer than independent draws
    assert (low, high) == pytest.approx(wilson(100, 200, z=t95(19)))


counts = st.lists(st.integers(1, 1000), min_size=1, max_size=40)


@given(counts)
def test_an_effective_number_is_between_one_and_the_number(sizes):
    number = float(evenness.effective_number(sizes)[0])
    top = float(evenness.top_share(sizes)[0])
    assert 1 - 1e-9 <= number <= len(sizes) + 1e-9
    assert 1 / len(sizes) - 1e-9 <= top <= 1
    assert 1 / top - 1e-9 <= number <= 1 / top**2 + 1e-9  # Hill numbers of order ∞ and 2
    assert evenness.effective_number([5 * n for n in sizes])[0] == pytest.approx(number)
    assert evenness.effective_number([*sizes, 0])[0] == pytest.approx(number)


@given(st.integers(1, 30))
def test_as_many_equal_sources_are_as_many(n):
    assert evenness.effective_number([7] * n)[0] == pytest.approx(n)


@st.composite
def documents(draw):
    """Sentences by few sources, some at second hand, some of nobody's, some refusals, some the reporter's."""
    text, attributions = "", []
    for number in range(draw(st.integers(0, 14))):
        who = draw(st.sampled_from(["", "Reed", "Cole", "officials", "the Globe"]))
        content = " ".join(f"w{number}x{k}" for k in range(draw(st.integers(1, 6))))
        if not who:
            text += f"{content}. "
            continue
        text += f"{content}, said{number} {who}{number if who == 'officials' else ''}. "
        kind = draw(st.sampled_from(["person", "collective", "outlet", "document", "none"]))
        attributions.append(
            {
                "source": () if kind == "none" else who,
                "cue": f"said{number}",
                "content": content,
                "source_kind": kind,
                "stance": draw(st.sampled_from(["neutral", "neutral", "refusal", "question"])),
                "parent": draw(st.sampled_from([None, None, "a1", f"a{len(attributions)}"])),
            }
        )
    return make_document(text or "…", attributions=attributions)


@settings(max_examples=25, deadline=None)
@given(documents())
def test_what_holds_for_any_document(document):
    t = make_tables(document)
    total = int(t["articles"]["n_words"].sum())
    assert t["passages"]["n_words"].sum() == total
    assert words_by_how(t)["n_words"].sum() == total
    assert len(how_known(t)) == len(document.attributions)
    assert len(how_by_sentence(t)) == len(document.sentences)
    by_class = measures.words_by_class(t).set_index("whose")["n_words"]
    assert by_class.sum() == measures.words_by_voice(t)["n_words"].sum() == total
    assert source_sheet(t)["n_words"].sum() == t["sources"]["n_words"].sum()
    assert source_sheet(t)["n_words"].sum() == by_class["named"] + by_class["unnamed"]
    assert (source_sheet(t)["heard"] == "speaks").sum() == sourcing_measures(t).set_index("measure").loc[
        "sources", "value"
    ]
    m = sourcing_measures(t).set_index("measure")
    shares = m[m["unit"].str.startswith("share") & m["value"].notna()]
    assert shares["value"].between(0, 1).all()
    assert shares["value"].to_numpy() == pytest.approx((shares["count"] / shares["of"]).to_numpy())
    known = m[m["low"].notna()]
    assert ((known["low"] <= known["value"]) & (known["value"] <= known["high"])).all()
    for name in ("effective-sources", "effective-sources-words"):
        if m.loc[name, "of"]:
            assert 1 - 1e-9 <= m.loc[name, "value"] <= m.loc["sources", "value"] + 1e-9
