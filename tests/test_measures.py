"""Measures with values worked out by hand: each count, each denominator."""

import math

import pytest
from helpers import make_document
from hypothesis import given
from hypothesis import strategies as st

from analysis import measures
from analysis.measures.whose import counted_sources, sources_heard
from analysis.tables import make_tables
from analysis.text.document import CATEGORIES, SOURCE_KINDS

# 21 words: 10 attributed (4 + 3 + 3), 11 the reporter's
TEXT = "The dam may fail, Ann Reed said. Critics say it could hold. It is expected to last. Perhaps it rained twice."


@pytest.fixture(scope="module")
def t():
    return make_tables(
        make_document(
            TEXT,
            mentions=[("Ann Reed", "PERSON", "e1")],
            attributions=[
                {
                    "source": "Ann Reed",
                    "cue": "said",
                    "content": "The dam may fail",
                    "source_kind": "person",
                    "source_entity": "e1",
                },
                {
                    "source": "Critics",
                    "cue": "say",
                    "content": "it could hold",
                    "source_kind": "collective",
                    "parent": "a1",
                },
                {"cue": "is expected", "content": ["It", "to last"], "source_kind": "none"},
            ],
            markers=[
                {"words": "may", "category": "possibility", "attribution": "a1"},
                {"words": "could", "category": "possibility", "attribution": "a2"},
                {"words": "expected", "category": "expectation", "by_whom": True},
                {"words": "Perhaps", "category": "possibility"},
                {"words": "twice", "category": "booster"},
                {"words": "rained", "category": "booster", "negated": True},
            ],
        )
    )


@pytest.fixture(scope="module")
def nothing():
    return make_tables(make_document("…"))


def test_words_by_voice(t):
    v = measures.words_by_voice(t)
    assert v["voice"].tolist() == ["the reporter", "Ann Reed", "Critics", "no source named"]
    assert v["n_words"].tolist() == [11, 4, 3, 3]
    assert v["share"].tolist() == pytest.approx([11 / 21, 4 / 21, 3 / 21, 3 / 21])
    assert measures.n_words(t) == 21


def test_every_word_is_in_one_class():
    t = make_tables(
        make_document(
            "It rained, Reed said. He said no. Officials denied it. It is due to end. Was it late, Cole asked. "
            "The mayor declined to comment on the flood.",
            attributions=[
                {"source": "Reed", "cue": "said", "content": "It rained", "source_kind": "person"},
                {"source": "He", "cue": "said#2", "content": "no", "source_kind": "person"},
                {
                    "source": "Officials",
                    "cue": "denied",
                    "content": "it",
                    "source_kind": "collective",
                    "stance": "denial",
                },
                {"cue": "is due", "content": ["It#2", "to end"], "source_kind": "none"},
                {
                    "source": "Cole",
                    "cue": "asked",
                    "content": "Was it late",
                    "source_kind": "person",
                    "stance": "question",
                },
                {
                    "source": "The mayor",
                    "cue": "declined to comment on",
                    "content": "the flood",
                    "source_kind": "unnamed-person",
                    "stance": "refusal",
                },
            ],
        )
    )
    w = measures.words_by_class(t).set_index("whose")
    assert w["n_words"].to_dict() == {
        "reporter": 16,
        "named": 2,
        "unnamed": 1,  # a denial is a statement
        "open": 1,
        "nobody": 3,
        "asked": 3,
        "unsaid": 2,
    }
    assert w["n_words"].sum() == measures.n_words(t) == 28
    assert w["n_attributions"].tolist() == [0, 1, 1, 1, 1, 1, 1]
    a = t["attributions"]
    assert counted_sources(a).dropna().nunique() == 2  # Reed and the officials; "he" may be Reed
    heard = sources_heard(a)
    assert heard[["voice", "heard"]].values.tolist() == [
        ["Reed", "speaks"],
        ["Officials", "speaks"],
        ["Cole", "asks"],
        ["The mayor", "declines"],
    ]
    v = measures.words_by_voice(t)
    assert v[["source_kind", "n_words"]].values.tolist() == [
        ["reporter", 16],
        ["person", 2],
        ["collective", 1],
        ["open", 1],
        ["none", 3],
        ["asked", 3],
        ["unsaid", 2],
    ]


def test_one_who_speaks_and_declines_is_one_source():
    t = make_tables(
        make_document(
            "It rained, Reed said. Reed declined to name the street.",
            mentions=[("Reed", "PERSON", "e1"), ("Reed#2", "PERSON", "e1")],
            attributions=[
                {
                    "source": "Reed",
                    "cue": "said",
                    "content": "It rained",
                    "source_kind": "person",
                    "source_entity": "e1",
                },
                {
                    "source": "Reed#2",
                    "cue": "declined to name",
                    "content": "the street",
                    "source_kind": "person",
                    "source_entity": "e1",
                    "stance": "refusal",
                },
            ],
        )
    )
    rows = sources_heard(t["attributions"])
    assert rows[["voice", "heard", "n_statements", "n_refusals"]].values.tolist() == [["Reed", "speaks", 1, 1]]
    assert measures.words_by_voice(t)[["voice", "n_words", "n_attributions"]].values.tolist() == [
        ["the reporter", 6, 0],
        ["Reed", 2, 1],
        ["what was declined or left unmentioned", 2, 1],
    ]


def test_voices_are_pooled_over_articles_by_entity():
    def one(doc_id, name):
        return make_document(
            f"“Yes,” {name} said.",
            doc_id=doc_id,
            mentions=[(name, "PERSON", "e1")],
            names={"e1": "Ann Reed"},
            attributions=[{"source": name, "content": "“Yes,”", "source_kind": "person", "source_entity": "e1"}],
        )

    v = measures.words_by_voice(make_tables([one("a", "Ann Reed"), one("b", "Reed")]))
    assert list(zip(v["voice"], v["n_words"], v["n_attributions"], strict=True)) == [
        ("the reporter", 5, 0),
        ("Ann Reed", 2, 2),
    ]


def test_a_source_called_the_reporter_is_not_the_reporter():
    v = measures.words_by_voice(
        make_tables(
            make_document(
                "“Yes,” the reporter said.",
                attributions=[{"source": "the reporter", "content": "“Yes,”", "source_kind": "unnamed-person"}],
            )
        )
    )
    assert list(zip(v["source_kind"], v["n_words"], strict=True)) == [("reporter", 3), ("unnamed-person", 1)]


def test_source_kinds(t):
    k = measures.source_kinds(t).set_index("source_kind")
    assert k.index.tolist() == [*SOURCE_KINDS, "open"]
    assert k["n"].to_dict() == {**dict.fromkeys([*SOURCE_KINDS, "open"], 0), "person": 1, "collective": 1, "none": 1}
    assert k.loc["person", "share"] == pytest.approx(1 / 3)


def test_shares(t):
    s = measures.shares(t).set_index("measure")
    assert {name: (row["count"], row["of"]) for name, row in s.iterrows()} == {
        "sourced-words": (7, 21),  # Reed's 4 and the critics' 3; "It … to last" is on nobody's word
        "attributed-words": (10, 21),
        "named-sources": (1, 3),
        "no-source": (1, 3),
        "second-hand": (1, 3),
        "quoted": (0, 3),
        "hedged-sentences": (4, 4),
        "reporter-hedges": (2, 4),
    }
    assert s["definition"].str.contains(" of all ").all()
    assert s.index[s["low"].isna()].tolist() == [
        "sourced-words",
        "attributed-words",
    ]  # words are not draws of their own


def test_a_document_with_a_name_counts_as_named_and_one_without_does_not():
    d = make_document(
        "A decree says so. The Norland Act says so. A Norland official says so.",
        mentions=[("Norland Act", "LAW", "e1"), ("Norland#2", "GPE", "e2")],
        attributions=[
            {"source": "A decree", "source_kind": "document"},
            {"source": "The Norland Act", "source_kind": "document", "source_entity": "e1"},
            {"source": "A Norland official", "source_kind": "unnamed-person", "source_entity": "e2"},
        ],
    )
    assert measures.is_named(make_tables(d)["attributions"]).tolist() == [False, True, False]


def test_hedge_rates_by_category(t):
    r = measures.hedge_rates(t).set_index("category")
    assert r.index.tolist() == list(CATEGORIES)
    assert r.loc["possibility", ["n", "n_reporter", "n_sources"]].tolist() == [3, 1, 2]
    assert r.loc["possibility", "per_1000"] == pytest.approx(3000 / 21)
    assert r.loc["booster", "n"] == 1  # the negated one strengthens nothing
    assert r.loc["hearsay", "per_1000"] == 0


def test_hedge_rates_by_voice_divide_by_the_voices_own_words(t):
    r = measures.hedge_rates(t, by="voice").set_index("voice")
    assert r["n"].to_dict() == {"the reporter": 2, "Ann Reed": 1, "Critics": 1, "no source named": 0}
    assert r.loc["Ann Reed", "per_1000"] == pytest.approx(250)
    assert r.loc["the reporter", "per_1000"] == pytest.approx(2000 / 11)


def test_hedge_rates_by_article(t):
    r = measures.hedge_rates(t, by="article")
    assert r[["n", "n_words"]].to_numpy().tolist() == [[4, 21]]


def test_an_unknown_grouping_is_refused(t):
    with pytest.raises(ValueError, match="choose 'category', 'voice' or 'article'"):
        measures.hedge_rates(t, by="day")


def test_entity_frequency():
    t = make_tables(
        make_document(
            "Kim met Reed in 2024. Reed left.",
            mentions=[
                ("Kim", "PERSON", "e1"),
                ("Reed", "PERSON", "e2"),
                ("2024", "DATE", "e3"),
                ("Reed#2", "PERSON", "e2"),
            ],
        )
    )
    e = measures.entity_frequency(t)
    assert list(zip(e["name"], e["n_mentions"], e["share"], strict=True)) == [
        ("Reed", 2, pytest.approx(2 / 3)),
        ("Kim", 1, pytest.approx(1 / 3)),
    ]
    assert e["per_1000"].tolist() == pytest.approx([2000 / 7, 1000 / 7])
    assert "2024" in measures.entity_frequency(t, values=True)["name"].tolist()


def test_nothing_to_divide_by_is_nan_and_not_0(nothing):
    assert measures.n_words(nothing) == 0
    assert measures.words_by_voice(nothing)["share"].isna().all()
    assert measures.source_kinds(nothing)[["share", "low", "high"]].isna().all(axis=None)
    s = measures.shares(nothing).set_index("measure")
    assert s.loc["named-sources", ["share", "low", "high"]].isna().all()
    assert measures.hedge_rates(nothing)["per_1000"].isna().all()
    assert measures.hedge_rates(nothing, by="voice")["per_1000"].isna().all()
    assert measures.entity_frequency(nothing).empty


def test_wilson_against_published_values():
    # Newcombe 1998, Two-sided confidence intervals for the single proportion, table I, method 3
    for count, of, low, high in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ]:
        assert measures.wilson(count, of) == pytest.approx((low, high), abs=5e-5)
    assert all(map(math.isnan, measures.wilson(0, 0)))


@given(st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share(pair):
    low, high = measures.wilson(*pair)
    assert 0 <= low <= pair[0] / pair[1] <= high <= 1
