"""Measures of entities with values worked out by hand, and what must hold of any text."""

import math

import pytest
from helpers import gold_document, make_document
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures import entities, speaking, together
from analysis.tables import make_tables

# 100 characters in two sentences of 50, so that tenths are easy to count: a tenth is ten characters
#          0         1         2         3         4
#          01234567890123456789012345678901234567890123456789
SENTENCE = "Kim met Reed and Oslo was told by Kim that it hid."
TEXT = SENTENCE + "\n\n" + "It rained a little, and Kim left for Oslo by boat"


def kim(**more):
    return make_document(
        TEXT + ".",
        mentions=[
            ("Kim", "PERSON", "e1"),
            ("Kim#2", "PERSON", "e1"),
            ("Kim#3", "PERSON", "e1"),
            ("Reed", "PERSON", "e2"),
            ("Oslo", "GPE", "e3"),
            ("Oslo#2", "GPE", "e3"),
        ],
        **more,
    )


@pytest.fixture(scope="module")
def t():
    return make_tables(kim())


@pytest.fixture(scope="module")
def nothing():
    return make_tables(make_document("It rained."))


ALL = [
    entities.frequency,
    entities.first_appearance,
    entities.dispersion,
    entities.by_country,
    entities.who_acts,
    together.co_occurrence,
    speaking.speakers_and_topics,
    lambda t: entities.dispersion(t, over="articles"),
    lambda t: entities.frequency(t, by="articles"),
]


@pytest.mark.parametrize("measure", ALL)
def test_empty_tables_keep_their_columns_and_types(measure, t, nothing):
    for empty in (measure(nothing), measure(make_tables([]))):
        assert empty.empty
        assert empty.dtypes.to_dict() == measure(t).dtypes.to_dict()


def test_frequency(t):
    f = entities.frequency(t)
    assert f[["name", "n_mentions", "n_docs", "share_docs"]].values.tolist() == [
        ["Kim", 3, 1, 1.0],
        ["Oslo", 2, 1, 1.0],
        ["Reed", 1, 1, 1.0],
    ]
    assert f["share"].tolist() == pytest.approx([3 / 6, 2 / 6, 1 / 6])
    assert f["per_1000"].tolist() == pytest.approx([3000 / 23, 2000 / 23, 1000 / 23])  # 12 and 11 words


def test_frequency_by_articles_and_ties_by_first_mention():
    one = make_document(
        "Cole met Reed. Cole left. Cole is back.",
        doc_id="a",
        mentions=[
            ("Cole", "PERSON", "e1"),
            ("Reed", "PERSON", "e2"),
            ("Cole#2", "PERSON", "e1"),
            ("Cole#3", "PERSON", "e1"),
        ],
    )
    two = make_document("Reed met Adams.", doc_id="b", mentions=[("Reed", "PERSON", "e1"), ("Adams", "PERSON", "e2")])
    t = make_tables([one, two])
    assert entities.frequency(t)["name"].tolist() == ["Cole", "Reed", "Adams"]
    f = entities.frequency(t, by="articles")
    assert f[["name", "n_docs", "share_docs"]].values.tolist() == [
        ["Reed", 2, 1.0],
        ["Cole", 1, 0.5],
        ["Adams", 1, 0.5],
    ]
    with pytest.raises(ValueError, match="choose 'mentions' or 'articles'"):
        entities.frequency(t, by="words")


def test_values_and_pronouns_are_not_counted():
    t = make_tables(make_document("In 2024 she met Kim.", mentions=[("2024", "DATE", "e1"), ("Kim", "PERSON", "e2")]))
    assert entities.frequency(t)["name"].tolist() == ["Kim"]
    assert entities.first_appearance(t)["name"].tolist() == ["Kim"]


def test_first_appearance(t):
    f = entities.first_appearance(t)
    assert f[["name", "sentence_id", "text"]].values.tolist() == [
        ["Kim", 1, "Kim"],
        ["Reed", 1, "Reed"],
        ["Oslo", 1, "Oslo"],
    ]
    # the text is 102 characters long, the empty line among them
    assert f["share"].tolist() == pytest.approx([0, 8 / 102, 17 / 102])


def test_gries_dp_against_hand():
    # Three parts of 50, 30 and 20% with 1, 1 and 2 of four mentions: |.25-.5| + |.25-.3| + |.5-.2| = .6, halved
    assert entities.gries_dp([1, 1, 2], [0.5, 0.3, 0.2]) == pytest.approx(0.3)
    assert entities.gries_dp([2, 2], [0.5, 0.5]) == 0
    assert entities.gries_dp([0, 0, 3], [0.5, 0.4, 0.1]) == pytest.approx(0.9)
    assert math.isnan(entities.gries_dp([0, 0], [0.5, 0.5]))


def test_dispersion_in_tenths():
    # 20 words of five characters ("Kim. " with its space), in ten parts of two: DP can be counted on fingers
    def row(places):
        text = " ".join("Kim." if k in places else "Lot." for k in range(20))
        mentions = [(f"Kim#{k}", "PERSON", "e1") for k in range(1, len(places) + 1)]
        return entities.dispersion(make_tables(make_document(text, mentions=mentions))).iloc[0]

    even = row(range(0, 20, 2))  # one in each tenth
    assert (even["n_mentions"], even["parts"], even["lowest"]) == (10, 10, 0)
    assert even["dp"] == pytest.approx(0)
    half = row((0, 4, 8, 12, 16))  # one in every second tenth: 5 * |.2 - .1| + 5 * .1 = 1, halved
    assert half["dp"] == pytest.approx(0.5)
    assert half["lowest"] == 0.5
    crowd = row((0, 1, 2, 3, 4))  # 2, 2 and 1 in the first three: .3 + .3 + .1 + .7 = 1.4, halved
    assert crowd["parts"] == 3
    assert crowd["dp"] == pytest.approx(0.7)
    few = row((0, 10))
    assert math.isnan(few["dp"])
    assert few["reason"] == "named 2 times; 5 are needed"
    assert few["lowest"] == pytest.approx(0.8)


def test_dispersion_over_articles():
    def one(doc_id, n):
        return make_document(
            "Kim left now. " * n + "It rained all day. " * (6 - n),
            doc_id=doc_id,
            mentions=[(f"Kim#{k}", "PERSON", "e1") for k in range(1, n + 1)],
        )

    t = make_tables([one("a", 2), one("b", 4)])  # 6 + 16 = 22 and 12 + 8 = 20 words
    row = entities.dispersion(t, over="articles").iloc[0]
    assert row["dp"] == pytest.approx(abs(2 / 6 - 22 / 42))
    assert (row["n_mentions"], row["parts"]) == (6, 2)
    single = entities.dispersion(make_tables(one("a", 6)), over="articles").iloc[0]
    assert single["reason"] == "there is only one article"
    with pytest.raises(ValueError, match="choose 'tenths' or 'articles'"):
        entities.dispersion(t, over="years")


@given(
    st.lists(st.tuples(st.integers(0, 20), st.floats(0.01, 1)), min_size=2, max_size=12).filter(
        lambda parts: any(n for n, _ in parts)
    )
)
def test_dp_runs_from_0_to_1(parts):
    whole = sum(size for _, size in parts)
    assert 0 <= entities.gries_dp([n for n, _ in parts], [size / whole for _, size in parts]) <= 1


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_no_spread_in_tenths_is_under_the_lowest(places):
    dp = entities.gries_dp([places.count(k) for k in range(10)], [0.1] * 10)
    assert dp >= entities.lowest_dp(len(places), 10) - 1e-9


def test_by_country_keeps_its_members_apart():
    t = make_tables(
        make_document(
            "Oslo and Norway met Norwegians. Norway left Paris. Kim stayed.",
            mentions=[
                ("Oslo", "GPE", "e1"),
                ("Norway", "GPE", "e2"),
                ("Norwegians", "NORP", "e3"),
                ("Norway#2", "GPE", "e2"),
                ("Paris", "GPE", "e4"),
                ("Kim", "PERSON", "e5"),
            ],
        )
    )
    t["entities"]["country"] = t["entities"]["name"].map(
        {"Oslo": "Norway", "Norway": "Norway", "Norwegians": "Norway", "Paris": "France"}
    )
    c = entities.by_country(t)
    assert c[["country", "n_mentions", "n_own", "n_people", "n_places", "names"]].values.tolist() == [
        ["Norway", 4, 2, 1, 1, "Norway | Oslo | Norwegians"],
        ["France", 1, 0, 0, 1, "Paris"],
    ]
    assert c["share"].tolist() == pytest.approx([4 / 6, 1 / 6])


def test_who_acts(t):
    w = entities.who_acts(t).set_index("name")
    columns = ["n_mentions", "n_agent", "n_passive_agent", "n_passive_subject", "n_other"]
    assert w.loc["Kim", columns].tolist() == [3, 2, 1, 0, 0]  # met, left; told by
    assert w.loc["Oslo", columns].tolist() == [2, 0, 0, 1, 1]  # was told; left for
    assert w["share_acting"].isna().all()
    assert w.loc["Reed", "reason"] == "0 known parts; 5 are needed"


def test_who_acts_has_a_share_from_five_parts_on():
    t = make_tables(
        make_document(
            "Kim signed. Kim was told. Kim lied. Kim agreed. It was made by Kim. Near Kim.",
            mentions=[(f"Kim#{k}", "PERSON", "e1") for k in range(1, 7)],
        )
    )
    row = entities.who_acts(t).iloc[0]
    assert [row[c] for c in ("n_agent", "n_passive_subject", "n_passive_agent", "n_other")] == [3, 1, 1, 1]
    assert row["share_acting"] == pytest.approx(4 / 5)


# -- pairs


def test_pairs_count_sentences_once(t):
    pairs = together.co_occurrence(t)
    assert pairs[["name_a", "name_b", "n", "n_a", "n_b", "n_sentences"]].values.tolist() == [
        ["Kim", "Oslo", 2, 2, 2, 2],
        ["Kim", "Reed", 1, 2, 1, 2],
        ["Oslo", "Reed", 1, 2, 1, 2],
    ]
    assert pairs["expected"].tolist() == [2, 1, 1]
    assert pairs.loc[0, "p"] == pytest.approx(1)  # both are in every sentence: no wonder that they meet
    assert pairs.loc[1, "reason"] == "one sentence is not a pattern"
    assert math.isnan(pairs.loc[1, "p"])


def test_pairs_are_made_of_the_top_only(t):
    assert together.co_occurrence(t, top=2)[["name_a", "name_b"]].values.tolist() == [["Kim", "Oslo"]]


def test_sentences_of_two_articles_are_not_one():
    t = make_tables(
        [
            make_document("Kim left.", doc_id="a", mentions=[("Kim", "PERSON", "e1")]),
            make_document("Reed left.", doc_id="b", mentions=[("Reed", "PERSON", "e1")]),
        ]
    )
    assert together.co_occurrence(t).empty


def test_fisher_against_the_lady_tasting_tea():
    # Fisher 1935, The Design of Experiments: 4 of 4 right has 1 chance in 70; 3 or more 17 in 70
    assert together.fisher(4, 4, 4, 8) == pytest.approx(1 / 70)
    assert together.fisher(3, 4, 4, 8) == pytest.approx(17 / 70)
    assert together.fisher(0, 4, 4, 8) == pytest.approx(1)


@given(st.data())
def test_fisher_is_a_chance_and_symmetric(data):
    of = data.draw(st.integers(1, 200))
    a, b = data.draw(st.integers(0, of)), data.draw(st.integers(0, of))
    n = data.draw(st.integers(0, min(a, b)))
    p = together.fisher(n, a, b, of)
    assert 0 <= p <= 1
    assert p == pytest.approx(together.fisher(n, b, a, of))


@settings(max_examples=40)
@given(st.lists(st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=4), min_size=1, max_size=6))
def test_the_matrix_is_symmetric_and_no_pair_is_more_frequent_than_its_parts(sentences):
    text = " ".join(" saw ".join(f"{c}x" for c in names) + " go." for names in sentences)
    seen = {}
    mentions = []
    for name in (f"{c}x" for names in sentences for c in names):
        seen[name] = seen.get(name, 0) + 1
        mentions.append((f"{name}#{seen[name]}", "PERSON", name))
    pairs = together.co_occurrence(make_tables(make_document(text, mentions=mentions)))
    square = together.matrix(pairs)
    assert (square.to_numpy() == square.to_numpy().T).all()
    assert not square.to_numpy().diagonal().any()
    assert (pairs["n"] <= pairs[["n_a", "n_b"]].min(axis=1)).all()
    assert (pairs["n_a"] <= pairs["n_sentences"]).all()


# -- speakers and topics

SPOKEN = (
    "Kim is late, Norland spokesman Reed said. Norland is big, it said. Norland declined to say why. "
    "Reed, I mean Reed, is right, Reed said. Kim left."
)


def spoken():
    return make_document(
        SPOKEN,
        mentions=[
            ("Kim", "PERSON", "kim"),
            ("Norland", "ORG", "n"),
            ("Reed", "PERSON", "reed"),
            ("Norland#2", "ORG", "n"),
            ("Norland#3", "ORG", "n"),
            ("Reed#2", "PERSON", "reed"),
            ("Reed#3", "PERSON", "reed"),
            ("Reed#4", "PERSON", "reed"),
            ("Kim#2", "PERSON", "kim"),
        ],
        attributions=[
            {
                "source": "Norland spokesman Reed",
                "cue": "said",
                "content": "Kim is late",
                "source_entity": "reed",
                "source_kind": "person",
            },
            {"source": "it", "cue": "said#2", "content": "Norland is big", "source_entity": "n"},
            {
                "source": "Norland#3",
                "cue": "declined to say",
                "content": "why",
                "source_entity": "n",
                "stance": "refusal",
            },
            {"source": "Reed#4", "cue": "said#3", "content": "Reed, I mean Reed, is right", "source_entity": "reed"},
        ],
    )


def test_speakers_and_topics():
    s = speaking.speakers_and_topics(make_tables(spoken())).set_index("name")
    columns = [
        "heard",
        "n_attributions",
        "n_refusals",
        "n_words",
        "n_mentions",
        "n_own_source",
        "n_other_source",
        "n_own_content",
        "n_other_content",
        "n_reporter",
        "n_about",
    ]
    assert s.loc["Reed", columns].tolist() == ["speaks", 2, 0, 9, 4, 2, 0, 2, 0, 0, 2]
    assert s.loc["Norland", columns].tolist() == ["speaks", 2, 1, 3, 3, 1, 1, 1, 0, 0, 2]
    assert s.loc["Kim", columns].tolist() == ["never", 0, 0, 0, 2, 0, 0, 0, 1, 1, 2]
    assert s.loc["Reed", "share_words"] == pytest.approx(9 / 12)
    assert s["share_about"].to_dict() == pytest.approx({"Reed": 0.5, "Norland": 2 / 3, "Kim": 1})


def test_one_who_only_refuses_does_not_speak():
    t = make_tables(
        make_document(
            "Kim declined to say why.",
            mentions=[("Kim", "PERSON", "e1")],
            attributions=[
                {
                    "source": "Kim",
                    "cue": "declined to say",
                    "content": "why",
                    "source_entity": "e1",
                    "stance": "refusal",
                }
            ],
        )
    )
    assert speaking.speakers_and_topics(t).loc[0, ["heard", "n_about", "n_words"]].tolist() == ["refuses", 0, 0]


def test_the_innermost_content_counts():
    t = make_tables(
        make_document(
            "Reed said Cole said Kim left.",
            mentions=[("Reed", "PERSON", "r"), ("Cole", "PERSON", "c"), ("Kim", "PERSON", "k")],
            attributions=[
                {"source": "Reed", "cue": "said", "content": "Cole said Kim left", "source_entity": "r"},
                {"source": "Cole", "cue": "said#2", "content": "Kim left", "source_entity": "k", "parent": "a1"},
            ],
        )
    )
    # Kim stands in what "Cole" says; were Cole Kim's other name, it would be Kim's own content
    s = speaking.speakers_and_topics(t).set_index("name")
    assert s.loc["Kim", ["n_own_content", "n_other_content"]].tolist() == [1, 0]
    assert s.loc["Cole", ["n_other_source", "heard"]].tolist() == [1, "never"]


def test_every_mention_stands_in_one_place():
    s = speaking.speakers_and_topics(make_tables(gold_document()))
    places = ["n_own_source", "n_other_source", "n_own_content", "n_other_content", "n_reporter"]
    assert (s[places].sum(axis=1) == s["n_mentions"]).all()
    row = s.set_index("name").loc["Russia"]
    # twice it does not comment; of the other five mentions two stand in the question that was put to the Kremlin
    assert row[places].tolist() == [2, 0, 0, 2, 3]
    assert row["heard"] == "refuses"
