"""The sentence matrix, worked out by hand on documents marked by hand."""

from helpers import make_document

from analysis.tables.sentence_matrix import SCHEMA, sentence_matrix

TEXT = """Vote may slip
The agency Orbis reported that Ann Reed said the vote would be late. Reed clearly left. It rained."""


def test_each_sentence_says_who_how_sure_and_about_whom():
    document = make_document(
        TEXT,
        attributions=[
            {
                "source": "The agency Orbis",
                "cue": "reported",
                "content": "that Ann Reed said the vote would be late",
                "source_kind": "outlet",
                "source_entity": "orbis",
            },
            {
                "source": "Ann Reed",
                "cue": "said",
                "content": "the vote would be late",
                "parent": "a1",
                "source_kind": "person",
                "source_entity": "reed",
            },
        ],
        markers=[
            {"words": "may", "category": "possibility"},
            {"words": "clearly", "category": "booster", "negated": True},
        ],
        mentions=[("Orbis", "ORG", "orbis"), ("Ann Reed", "PERSON", "reed"), ("Reed#2", "PERSON", "reed")],
    )
    rows = sentence_matrix(document)
    assert rows["n_words"].tolist() == [3, 13, 3, 2]
    assert rows["n_reporter"].tolist() == [3, 4, 3, 2]
    assert rows["said_by"].tolist() == [
        "the reporter 3",
        "Orbis → Ann Reed 5; the reporter 4; Orbis 4",
        "the reporter 3",
        "the reporter 2",
    ]
    assert rows["how_sure"].fillna("").tolist() == ["may (possibility)", "", "clearly (booster, negated)", ""]
    assert rows["about"].fillna("").tolist() == ["", "Orbis, Ann Reed", "Ann Reed", ""]
    assert rows["text"].tolist()[3] == "It rained."
    assert rows.dtypes.astype(str).to_dict() == SCHEMA


def test_a_hidden_holder_is_asked_for_and_dates_are_not_what_it_is_about():
    document = make_document(
        "A strike is expected on Monday.",
        markers=[{"words": "expected", "category": "expectation", "by_whom": True}],
        mentions=[("Monday", "DATE", "d")],
    )
    assert sentence_matrix(document)["how_sure"].tolist() == ["expected (expectation, by whom?)"]
    assert sentence_matrix(document)["about"].isna().tolist() == [True]


def test_without_documents_it_keeps_its_columns():
    assert sentence_matrix([]).dtypes.astype(str).to_dict() == SCHEMA
