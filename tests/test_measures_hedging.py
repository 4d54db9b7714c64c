"""Measures of hedging with values worked out by hand: each count, each denominator, each interval."""

import math

import pytest
from helpers import gold_document, make_document
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Article, annotate, measures
from analysis.measures.counts import dispersion, poisson, rate
from analysis.measures.hedging import (
    DTYPES,
    MEASURES,
    PARTS,
    PROBABILITY_DTYPES,
    hedges_and_boosters,
    hedging_measures,
    hedging_rates,
    probability_words,
    sentence_parts,
)
from analysis.tables import make_tables
from analysis.text.document import CATEGORIES
from analysis.text.vocabulary import EPISTEMIC

# Words by sentence: heading 3; lead 8 (4 Reed's) and 5 (3 nobody's); body 4 and 9 (4 Reed's): 29, of which 8 Reed's,
# 3 nobody's and 18 the reporter's
TEXT = (
    "Dam may fail\n\n"
    "“The dam may fail,” Ann Reed has said. It is expected to last.\n\n"
    "Perhaps about 200 came. “It clearly might hold,” Reed has not clearly said."
)


def small(doc_id="small"):
    return make_document(
        TEXT,
        doc_id=doc_id,
        mentions=[("Ann Reed", "PERSON", "e1"), ("Reed#2", "PERSON", "e1")],
        attributions=[
            {
                "source": "Ann Reed",
                "cue": "has said",
                "content": "“The dam may fail,”",
                "source_kind": "person",
                "source_entity": "e1",
                "kind": "direct",
            },
            {"cue": "is expected", "content": ["It", "to last"], "source_kind": "none"},
            {
                "source": "Reed#2",
                "cue": "has not clearly said",
                "content": "“It clearly might hold,”",
                "source_kind": "person",
                "source_entity": "e1",
                "kind": "direct",
            },
        ],
        markers=[
            {"words": "may", "category": "possibility", "rule_id": "HEDGE.MODAL.MAY"},
            {"words": "may#2", "category": "possibility", "rule_id": "HEDGE.MODAL.MAY", "attribution": "a1"},
            {"words": "expected", "category": "expectation", "by_whom": True},
            {"words": "Perhaps", "category": "possibility"},
            {"words": "about", "category": "approximation"},
            {"words": "clearly", "category": "booster", "attribution": "a3"},
            {"words": "might", "category": "possibility", "rule_id": "HEDGE.MODAL.MIGHT", "attribution": "a3"},
            {"words": "clearly#2", "category": "booster", "negated": True},
        ],
    )


@pytest.fixture(scope="module")
def t():
    return make_tables(small())


@pytest.fixture(scope="module")
def nothing():
    return make_tables(make_document("…"))


def counts(table, *groups):
    """Group -> (hedges, words, sentences with one, sentences)."""
    rows = table.set_index(list(groups))
    return {
        key: tuple(int(row[c]) for c in ("n", "n_words", "n_hedged", "n_sentences")) for key, row in rows.iterrows()
    }


def test_the_parts_of_an_article(t):
    assert sentence_parts(t).tolist() == ["headings", "lead", "lead", "body", "body"]


def test_each_article_has_its_own_lead():
    t = make_tables([small("one"), make_document("By Ann Reed\n\nIt rained.\n\nIt stopped.", doc_id="two")])
    assert sentence_parts(t).tolist()[5:] == ["byline", "lead", "body"]


def test_rates_by_category(t):
    r = counts(hedging_rates(t), "category")
    assert list(r) == list(CATEGORIES)
    assert r["possibility"] == (4, 29, 4, 5)
    assert r["expectation"] == (1, 29, 1, 5)
    assert r["approximation"] == (1, 29, 1, 5)
    assert r["booster"] == (1, 29, 1, 5)  # the negated one strengthens nothing
    assert r["hearsay"] == (0, 29, 0, 5)
    row = hedging_rates(t).set_index("category").loc["possibility"]
    assert row["per_1000"] == pytest.approx(4000 / 29)
    assert (row["low"], row["high"]) == pytest.approx((1089.87 / 29, 10241.59 / 29), abs=0.01)  # Garwood for 4
    assert (row["share_low"], row["share_high"]) == pytest.approx(measures.wilson(4, 5))


def test_rates_by_part(t):
    r = hedging_rates(t, by="part")
    assert counts(r, "part") == {
        "headings": (1, 3, 1, 1),
        "byline": (0, 0, 0, 0),
        "lead": (2, 13, 2, 2),
        "body": (2, 13, 2, 2),  # "about 200" only rounds a figure: it is counted apart, as an approximation
    }
    assert math.isnan(r.set_index("part").loc["byline", "per_1000"])
    assert r["n_by_whom"].tolist() == [0, 0, 1, 0]
    assert (
        r["categories"] == "possibility, probability, appearance, expectation, belief, hearsay, condition, question"
    ).all()
    assert hedging_rates(t, by="part", categories="approximation")["n"].tolist() == [0, 0, 0, 1]


def test_rates_by_voice_count_the_sentences_where_the_voice_is_heard(t):
    # the reporter is heard in all five sentences; "expected" is the reporter's, "to last" nobody's
    assert counts(hedging_rates(t, by="voice"), "voice") == {
        "the reporter": (3, 18, 3, 5),
        "Ann Reed": (2, 8, 2, 2),
        "no source named": (0, 3, 0, 1),
    }


def test_pronouns_that_were_not_resolved_are_one_voice():
    t = make_tables(
        make_document(
            "He said it may rain. They said it could snow.",
            attributions=[
                {"source": "He", "cue": "said", "content": "it may rain", "source_kind": "unnamed-person"},
                {"source": "They", "cue": "said#2", "content": "it could snow", "source_kind": "collective"},
            ],
            markers=[
                {"words": "may", "category": "possibility", "attribution": "a1"},
                {"words": "could", "category": "possibility", "attribution": "a2"},
            ],
        )
    )
    assert counts(hedging_rates(t, by="voice"), "voice") == {
        "the reporter": (0, 4, 0, 2),
        "unresolved pronouns": (2, 6, 2, 2),
    }


def test_rates_by_two_groups(t):
    r = counts(hedging_rates(t, by=["voice", "category"], categories=("possibility", "booster")), "voice", "category")
    assert r == {
        ("the reporter", "possibility"): (2, 18, 2, 5),
        ("the reporter", "booster"): (0, 18, 0, 5),
        ("Ann Reed", "possibility"): (2, 8, 2, 2),
        ("Ann Reed", "booster"): (1, 8, 1, 2),
        ("no source named", "possibility"): (0, 3, 0, 1),
        ("no source named", "booster"): (0, 3, 0, 1),
    }
    assert counts(hedging_rates(t, by=["part", "voice"]), "part", "voice")["body", "Ann Reed"] == (1, 4, 1, 1)


def test_what_is_counted_together_is_named(t):
    r = hedging_rates(t, by="article", categories=["approximation", "possibility"])
    assert r[["article", "n", "categories"]].values.tolist() == [["small", 5, "possibility, approximation"]]
    assert hedging_rates(t, by="article", categories="booster")["n"].tolist() == [1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "day"}, "choose one or more different ones of category, voice, part, article"),
        ({"by": ["part", "part"]}, "choose one or more different"),
        ({"by": []}, "choose one or more"),
        ({"categories": "hope"}, "choose one or more of possibility, probability"),
        ({"categories": []}, "choose one or more"),
        ({"by": "part", "categories": ["booster", "possibility"]}, "a booster is not a hedge"),
    ],
)
def test_what_cannot_be_counted_is_refused(t, options, message):
    with pytest.raises(ValueError, match=message):
        hedging_rates(t, **options)


def test_hedged_against_boosted(t):
    r = hedges_and_boosters(t, by="voice").set_index("voice")
    assert r.loc["Ann Reed", ["n_hedges", "n_boosters", "n_negated", "n_words"]].tolist() == [2, 1, 0, 8]
    assert r.loc["Ann Reed", "ratio"] == pytest.approx(2)
    low, high = measures.wilson(2, 3)
    assert r.loc["Ann Reed", "ratio_low"] == pytest.approx(low / (1 - low))
    assert r.loc["Ann Reed", "ratio_high"] == pytest.approx(high / (1 - high))
    assert r.loc["Ann Reed", "difference"] == pytest.approx(1000 / 8)
    assert r.loc["the reporter", ["n_hedges", "n_boosters", "n_negated"]].tolist() == [3, 0, 1]
    assert r.loc["the reporter", "ratio"] == math.inf
    assert math.isnan(r.loc["no source named", "ratio"])
    assert r.loc["no source named", "difference"] == 0
    with pytest.raises(ValueError, match="give categories of hedges only"):
        hedges_and_boosters(t, by="part", categories="booster")
    with pytest.raises(ValueError, match="a bound is not a hedge: count 'bound' alone"):
        hedging_rates(t, by="part", categories=["bound", "belief"])
    with pytest.raises(ValueError, match="choose one of voice, part, article"):
        hedges_and_boosters(t, by="category")


@pytest.mark.parametrize(
    ("name", "count", "of"),
    [
        ("epistemic-hedges", 5, 29),
        ("approximation-rate", 1, 29),
        ("vague-source-rate", 0, 29),
        ("hedges", 6, 29),
        ("hedges-but-approximation", 5, 29),
        ("boosters", 1, 29),
        ("hedged-sentences", 4, 4),
        ("hedged-lead", 2, 2),
        ("reporter-hedges", 3, 5),
        ("by-whom", 1, 5),
        ("hedges-against-boosters", 5, 6),
        ("negated-boosters", 1, 2),
    ],
)
def test_the_measures_and_their_denominators(t, name, count, of):
    m = hedging_measures(t).set_index("measure").loc[name]
    assert (m["count"], m["of"]) == (count, of)
    assert m["value"] == pytest.approx(count / of * (1000 if m["unit"] == "per 1,000 words" else 1))
    assert m["low"] <= m["value"] <= m["high"]
    assert ", of " in m["definition"]


def test_dispersion_between_sentences(t):
    # epistemic hedges by sentence 1, 1, 1, 1, 1; in each 5 in 29 words are expected
    expected = [5 * of / 29 for of in (3, 8, 5, 4, 9)]
    chi2 = sum((1 - e) ** 2 / e for e in expected)
    assert hedging_measures(t).set_index("measure").loc["dispersion", "value"] == pytest.approx(chi2 / 4)


def test_from_ten_articles_on_the_interval_is_widened():
    def article(k):  # every second one hedges twice in three words, the others never
        marks = [{"words": w, "category": "possibility"} for w in ("may", "perhaps")] if k % 2 else []
        return make_document("May perhaps may rain.", doc_id=str(k), markers=marks)

    nine, ten = (make_tables([article(k) for k in range(n)]) for n in (9, 10))
    assert measures.hedging_effect(nine) == 1
    assert measures.hedging_effect(ten) == pytest.approx(10 / 9)  # 10 articles with 0 or 2, mean 1: chi-square 10
    row = hedging_measures(ten).set_index("measure").loc["epistemic-hedges"]
    assert row["interval"] == "Poisson, variance times 1.1 for differences between articles"
    # one interval for one number, wherever it stands: the category is all there is of hedges here
    rates = measures.hedge_rates(ten).set_index("category").loc["possibility"]
    assert (rates["low"], rates["high"]) == (row["low"], row["high"])
    none = measures.hedge_rates(ten).set_index("category").loc["belief"]  # each by its own dispersion
    assert none["high"] == pytest.approx(1000 * poisson(0)[1] / 40)
    assert 1000 * poisson(10)[1] / 40 < row["high"]
    by_article = hedging_rates(ten, by="article")
    assert by_article["high"].tolist()[1] == pytest.approx(1000 * poisson(2)[1] / 4)  # one article is one article


def test_words_of_probability():
    t = make_tables(annotate("The vote may be delayed. It is likely to fail, and rain may fall. It was held in May."))
    p = probability_words(t)
    assert p[["term", "n", "forms", "sentences", "n_readers", "median", "q25", "q75"]].values.tolist() == [
        ["likely", 1, "likely", "2", 5174, 75, 67, 80],
        ["may happen", 2, "may", "1, 2", 5174, 40, 30, 51],
    ]


def test_nothing_to_count_is_nan_and_not_0(nothing):
    for by in ("category", "part", "voice", "article"):
        r = hedging_rates(nothing, by=by)
        assert len(r)
        assert r[["per_1000", "low", "high"]].isna().all(axis=None)
    m = hedging_measures(nothing)
    assert m.set_index("measure")["value"].drop(["hedged-sentences", "hedged-lead"]).isna().all()
    assert m["measure"].tolist() == list(MEASURES)
    assert {c: str(d) for c, d in m.dtypes.items()} == DTYPES
    assert hedges_and_boosters(nothing, by="part")["share"].isna().all()
    for none in (nothing, make_tables([])):
        p = probability_words(none)
        assert p.empty
        assert {c: str(d) for c, d in p.dtypes.items()} == PROBABILITY_DTYPES
    assert hedging_rates(make_tables([]), by="voice").empty


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        (0, 0, 3.689),
        (1, 0.0253, 5.572),
        (4, 1.090, 10.242),
        (10, 4.795, 18.390),
        (50, 37.111, 65.919),
        (100, 81.364, 121.627),
    ],
)
def test_poisson_against_published_values(count, low, high):
    # Garwood 1936; tabulated in Breslow and Day 1987, table 2.11, and Pearson and Hartley 1966, table 40
    assert poisson(count) == pytest.approx((low, high), abs=2e-3)


def test_poisson_where_it_is_approximated():
    assert poisson(201) == pytest.approx((174.17, 230.79), rel=2e-4)  # exact: by summing the distribution
    low, high = poisson(10, dispersion=2)
    assert low < poisson(10)[0] < 10 < poisson(10)[1] < high
    for wrong in ({"count": -1}, {"count": 1, "dispersion": 0.5}):
        with pytest.raises(ValueError, match="give a count of at least 0 and a dispersion of at least 1"):
            poisson(**wrong)


@settings(max_examples=60)
@given(st.integers(0, 3000), st.floats(1, 20))
def test_the_interval_holds_the_count_and_widens_with_dispersion(count, wider):
    low, high = poisson(count)
    assert 0 <= low <= count < high
    below, above = poisson(count, dispersion=wider)
    assert below <= count <= above
    assert above >= high * 0.99


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 50)), max_size=8))
def test_dispersion_is_never_negative(pairs):
    found = dispersion([n for n, _ in pairs], [of for _, of in pairs])
    assert math.isnan(found) or found >= 0


def test_no_words_no_rate():
    assert all(map(math.isnan, rate(0, 0)))


WORDS = st.lists(
    st.sampled_from(
        "The vote may be delayed . It is likely that he clearly said so , perhaps about 200 "
        "“ ” officials said \n\n is expected to Heading".split(" ")
    ),
    max_size=40,
)


@settings(max_examples=15, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=3))
def test_parts_and_voices_add_up(texts):
    texts = [" ".join(words) for words in texts]
    check_sums(make_tables([annotate(Article(text, doc_id=str(k))) for k, text in enumerate(texts) if text.strip()]))


@pytest.mark.parametrize("document", [small, gold_document])
def test_parts_and_voices_add_up_with_marks(document):
    check_sums(make_tables(document()))


def check_sums(t):
    hedges = int(t["markers"]["category"].isin(EPISTEMIC).sum())
    for by in ("part", "voice", "article", ["part", "voice"]):
        r = hedging_rates(t, by=by)
        assert r["n"].sum() == hedges
        assert r["n_words"].sum() == measures.n_words(t)
        assert (r["n_hedged"] <= r["n_sentences"]).all()
        assert (r["n_hedged"] <= r["n"]).all()
    each = hedging_rates(t, by="category").set_index("category")["n"]
    assert each[list(EPISTEMIC)].sum() == hedges
    assert hedging_rates(t, by="part")["n_sentences"].sum() == len(t["sentences"])
    assert set(sentence_parts(t)) <= set(PARTS)
