"""The sheet of sources: its table, its measures and figures, with values worked out by hand."""

from dataclasses import replace

import pytest
from helpers import make_document

from analysis import figures, make_tables
from analysis.figures.people import plot_first_heard, plot_who_speaks
from analysis.measures import wilson
from analysis.measures.comparison import classes_compared
from analysis.measures.people import BASES, first_heard, named_not_heard, source_sheet, who_speaks
from analysis.reading import reading_section
from analysis.text.document import Evidence
from analysis.text.vocabulary import REFERENCES, ROLE_CLASSES

# Words by sentence: 9 (4 Reed's), 6 (4 of the police), 12 (3 of the nurse), 7 (1 that Cole would not speak of),
# 6 (3 that Holm asked), 3: 43, so that the first third ends after the 14th, "was" in the words of the police.
TEXT = (
    "“The dam may fail,” said Ann Reed, the mayor. Police said the road was shut. A nurse who asked not to be named "
    "said “it was dark”. Tom Cole, a broker, declined to comment. Was it late, Ida Holm asked. Lena Ott left."
)
CLASSES = {"Ann Reed": "politician", "Police": "police-court", "A nurse": "witness", "Tom Cole": "business"}


def dam(doc_id="dam", **article):
    """An article of three sources that are heard, one who declines and one who asks; the classes are set here."""
    document = make_document(
        TEXT,
        doc_id=doc_id,
        attributions=[
            {"source": "Ann Reed, the mayor", "cue": "said", "content": "“The dam may fail,”", "kind": "direct"}
            | {"source_entity": "e1", "source_kind": "person", "source_link": "named"},
            {"source": "Police", "cue": "said#2", "content": "the road was shut", "source_kind": "government"},
            {"source": "A nurse", "cue": "said#3", "content": "“it was dark”", "source_kind": "unnamed-person"}
            | {"anonymity": "asked not to be named"},
            {"source": "Tom Cole, a broker", "cue": "declined", "content": "comment", "source_kind": "person"}
            | {"source_entity": "e2", "stance": "refusal"},
            {"source": "Ida Holm", "cue": "asked#2", "content": "Was it late", "source_kind": "person"}
            | {"source_entity": "e3", "stance": "question"},
        ],
        mentions=[
            (name, "PERSON", f"e{k}") for k, name in enumerate(("Ann Reed", "Tom Cole", "Ida Holm", "Lena Ott"), 1)
        ],
        **article,
    )
    at = TEXT.index("mayor")
    told = {
        "role_evidence": Evidence(at, at + 5, "politician", "ROLE.TEST"),
        "titles": (Evidence(at - 4, at + 5, "title", "TITLE"),),
        "reference": "she",
    }
    nothing = {
        "role_evidence": None,
        "titles": (),
        "reference": "not told",
        "reference_evidence": (),
        "justification": (),
    }
    return replace(
        document,
        sources=tuple(
            replace(s, **nothing | {"role_class": CLASSES.get(s.name, "open")} | (told if s.name == "Ann Reed" else {}))
            for s in document.sources
        ),
    )


@pytest.fixture(scope="module")
def t():
    return make_tables(dam())


def counts(rows, basis):
    """Group -> count, where there is any, and what they are out of."""
    mine = rows[rows["basis"] == basis]
    assert mine["of"].nunique() == 1
    return {g: n for g, n in zip(mine["group"], mine["count"], strict=True) if n}, int(mine["of"].iloc[0])


# --- the table -------------------------------------------------------------------------------------------------


def test_one_row_for_each_source_with_its_words_and_what_they_rest_on(t):
    s = t["sources"].set_index("name")
    assert s.index.tolist() == ["Ann Reed", "Police", "A nurse", "Tom Cole", "Ida Holm"]
    assert s["source_id"].tolist() == ["s1", "s2", "s3", "s4", "s5"]
    assert s["heard"].tolist() == ["speaks", "speaks", "speaks", "declines", "asks"]
    assert s["n_words"].tolist() == [4, 4, 3, 0, 0]  # what was asked or declined is nobody's
    assert s["n_quoted_words"].tolist() == [4, 0, 3, 0, 0]
    assert s["n_statements"].tolist() == [1, 1, 1, 0, 0]
    assert s["first_word"].tolist() == [1, 10, 16, 28, 35]
    assert s["sentence_id"].tolist() == [1, 2, 3, 4, 5]
    assert s["named"].tolist() == [True, False, False, True, True]
    assert s.loc["Ann Reed", ["titles", "role_words", "reference"]].tolist() == ["the mayor", "mayor", "she"]
    assert s.loc["A nurse", "anonymity"] == "asked not to be named"
    assert s[["via", "justification", "justification_words", "reference_words"]].isna().all(axis=None)


def test_attributions_name_the_row_of_their_source_its_titles_and_its_link(t):
    a = t["attributions"]
    assert a["source_id"].tolist() == ["s1", "s2", "s3", "s4", "s5"]
    assert a["titles"].tolist()[0] == "the mayor"
    assert a["source_link"].tolist()[0] == "named"
    assert a["titles"].isna().tolist() == [False, True, True, True, True]


def test_hands_are_counted_and_the_way_is_named():
    document = make_document(
        "Reed said that it was late, reported Reuters. It rained, Reed said.",
        attributions=[
            {"source": "Reuters", "cue": "reported", "content": "Reed said that it was late", "source_kind": "outlet"},
            {"source": "Reed", "cue": "said", "content": "that it was late", "source_kind": "person", "parent": "a1"},
            {"source": "Reed#2", "cue": "said#2", "content": "It rained", "source_kind": "person"},
        ],
    )
    s = make_tables(document)["sources"].set_index("name")
    assert s.loc["Reed", ["first_hand", "second_hand", "n_words", "via"]].tolist() == [1, 1, 6, "Reuters"]
    assert s.loc["Reuters", ["first_hand", "second_hand", "n_words"]].tolist() == [0, 1, 2]  # an outlet passes on


def test_nobody_and_pronouns_that_were_not_traced_have_no_row():
    document = make_document(
        "It is said to rain. She said no.",
        attributions=[
            {"cue": "is said", "content": "to rain", "source_kind": "none"},
            {"source": "She", "cue": "said#2", "content": "no", "source_kind": "person", "source_link": "open"},
        ],
    )
    t = make_tables(document)
    assert t["sources"].empty
    assert t["attributions"]["source_id"].isna().all()


# --- the measures ----------------------------------------------------------------------------------------------


def test_who_speaks_by_class_on_every_basis(t):
    rows = who_speaks(t)
    each = {"politician": 1, "police-court": 1, "witness": 1}
    assert counts(rows, "sources") == (each, 3)
    assert counts(rows, "people") == ({"politician": 1, "witness": 1}, 2)
    assert counts(rows, "attributions") == (each, 3)
    assert counts(rows, "words") == ({"politician": 4, "police-court": 4, "witness": 3}, 11)
    assert counts(rows, "first-third") == ({"politician": 4, "police-court": 3}, 7)
    assert rows["group"].tolist() == list(ROLE_CLASSES) * len(BASES)
    assert rows.set_index(["basis", "group"]).loc[("words", "police-court"), "n_people"] == 0


def test_who_speaks_by_reference_counts_people_only(t):
    rows = who_speaks(t, by="reference")
    assert counts(rows, "people") == ({"she": 1, "not told": 1}, 2)
    assert counts(rows, "words") == ({"she": 4, "not told": 3}, 7)
    assert counts(rows, "first-third") == ({"she": 4}, 4)
    assert set(rows["group"]) == set(REFERENCES)
    assert "sources" not in set(rows["basis"])


def test_each_share_has_an_interval_or_says_why_not(t):
    rows = who_speaks(t).set_index(["basis", "group"])
    mayor = rows.loc["sources", "politician"]
    assert (mayor["share"], mayor["low"], mayor["high"]) == pytest.approx((1 / 3, *wilson(1, 3)))
    assert mayor["interval"] == "Wilson, 3 sources"
    assert rows.loc[("words", "politician"), "interval"] == "none: 3 sentences with any, at least 10 are needed"
    many = who_speaks(make_tables([dam(f"d{k}") for k in range(11)] + [make_document("It rained.", doc_id="rain")]))
    rain = many.set_index(["basis", "group"]).loc["people", "witness"]
    assert (rain["count"], rain["of"]) == (11, 22)  # each counts once in an article
    assert rain["interval"] == "Wilson, drawn by 11 articles"  # that have any
    nothing = who_speaks(make_tables(make_document("It rained.")))
    assert nothing["share"].isna().all()
    assert set(nothing["interval"]) == {"none: there is nothing to take a share of"}


def test_articles_are_drawn_where_there_are_ten():
    lone = [
        make_document(
            "Police said the road was shut.",
            doc_id=f"p{k}",
            attributions=[
                {"source": "Police", "cue": "said", "content": "the road was shut", "source_kind": "government"}
            ],
        )
        for k in range(10)
    ]
    rows = who_speaks(make_tables([*lone, *(dam(f"d{k}") for k in range(10))])).set_index(["basis", "group"])
    mayor = rows.loc["words", "politician"]
    assert (mayor["count"], mayor["of"], mayor["interval"]) == (40, 150, "Wilson, drawn by 20 articles")
    assert 0 < mayor["low"] < mayor["share"] < mayor["high"] < 1


def test_by_article_outlet_and_month():
    t = make_tables(
        [
            dam("a", outlet="The Post", published="2031-02-03"),
            dam("b", outlet="The Post", published="2031-03-03"),
            make_document("It rained.", doc_id="c"),
        ]
    )
    for over, places in (
        ("article", ["a", "b", "c"]),
        ("outlet", ["The Post", "not given"]),
        ("month", ["2031-02", "2031-03", "not given"]),
    ):
        rows = who_speaks(t, over=over)
        assert list(dict.fromkeys(rows[over])) == places
        alone = rows[(rows[over] == places[0]) & (rows["basis"] == "words")]
        assert alone["of"].iloc[0] == (22 if over == "outlet" else 11)
        assert rows.loc[rows[over] == places[-1], "share"].isna().all()
    with pytest.raises(ValueError, match="choose one of 'role_class', 'reference'"):
        who_speaks(t, by="gender")
    with pytest.raises(ValueError, match="choose one of 'article', 'outlet', 'month'"):
        who_speaks(t, over="week")
    assert classes_compared(t).set_index("role_class").loc["witness", ["n_docs", "in a", "in c"]].tolist() == [2, 1, 0]


def test_when_each_class_is_first_heard(t):
    rows = first_heard(t).set_index("role_class")
    assert rows["word"].to_dict() == {"politician": 1, "police-court": 10, "witness": 16}
    assert rows["position"].tolist() == pytest.approx([0, 9 / 43, 15 / 43])
    assert rows.loc["witness", ["source", "n_sources", "n_words"]].tolist() == ["A nurse", 1, 43]


def test_who_is_named_and_not_heard(t):
    silent = named_not_heard(t).set_index("name")
    assert silent["declined"].to_dict() == {"Ida Holm": False, "Lena Ott": False, "Tom Cole": True}
    assert silent["n_mentions"].tolist() == [1, 1, 1]
    both = named_not_heard(
        make_tables([dam(), make_document("Ann Reed left.", doc_id="b", mentions=[("Ann Reed", "PERSON", "e1")])])
    )
    assert both[both["doc_id"] == "b"][["name", "n_heard"]].values.tolist() == [["Ann Reed", 1]]


def test_over_several_articles_a_source_with_a_name_is_one():
    sheet = source_sheet(make_tables([dam("a"), dam("b")])).set_index("name")
    reed = sheet.loc["Ann Reed"]
    assert reed[["n_docs", "n_attributions", "n_words", "titles"]].tolist() == [2, 2, 8, "the mayor"]
    assert sheet.loc["Police", "n_docs"].tolist() == [1, 1]  # nothing says that they are the same
    assert sheet["n_words"].is_monotonic_decreasing
    assert source_sheet(make_tables([])).empty


# --- the figures and their twins -------------------------------------------------------------------------------


def test_the_figure_of_who_speaks_has_people_attributions_and_words_side_by_side(t):
    facts = figures.figure_facts(plot_who_speaks(t))
    for line in (
        "bar Politician (people): 0.33333",
        "bar Police and courts (people): 0",
        "bar Police and courts (bodies, groups, documents): 0.33333",
        "bar Witness (attributions): 0.33333",
        "bar Witness (words): 0.27273",
    ):
        assert line in facts
    assert figures.describe_who_speaks(t) == (
        "3 sources are heard (2 people and 1 body, group or document). By what the text says they are: politician "
        "(1 source, 1 attribution, 4 words, 36%), police and courts (1 source, 1 attribution, 4 words, 36%) and "
        "witness (1 source, 1 attribution, 3 words, 27%)."
    )


def test_the_figure_of_first_words_names_the_source_of_each(t):
    facts = figures.figure_facts(plot_first_heard(t))
    assert "points politician: (0, Politician)" in facts
    assert "label: A nurse" in facts
    assert figures.describe_first_heard(t) == (
        "First heard, of 43 words: politician at word 1 (Ann Reed), police and courts at word 10 (Police) and witness "
        "at word 16 (A nurse)."
    )
    several = make_tables([dam("a"), dam("b")])
    assert "line median: " in figures.figure_facts(plot_first_heard(several))
    assert "witness after 35% (in 2 articles)" in figures.describe_first_heard(several)


def test_who_is_not_heard_and_how_the_text_refers_to_people_in_words(t):
    assert figures.describe_named_not_heard(t) == (
        "Of 4 people who are named, 3 are not heard: Ida Holm (named once), Lena Ott (named once) and Tom Cole (named "
        "once). 1 of them would not say something, as the article tells."
    )
    assert figures.describe_references(t) == (
        "How the text refers to the 2 people heard: she 1 (57% of their words) and not stated 1 (43% of their words)."
    )
    several = figures.describe_named_not_heard(make_tables([dam("a"), dam("b")]))
    assert several.startswith(
        "Of 8 people who are named (each counted once in an article), 6 are not heard: Ida Holm (in 2"
    )
    nothing = make_tables(make_document("It rained."))
    assert figures.describe_named_not_heard(nothing) == "No person is named in 1 sentence."
    assert figures.describe_who_speaks(nothing) == "No source is heard in 1 sentence."


# --- on a page -------------------------------------------------------------------------------------------------


def test_the_sheet_of_a_page_can_be_read_without_script():
    html = reading_section(dam(), prefix="p-")
    sheet = html[html.index('<details class="list sheet"') :]
    sheet = sheet[: sheet.index("</details>")]
    rows = sheet.split("<tr>")[2:]
    assert len(rows) == 5
    assert "the mayor" in rows[0]
    assert "“mayor”" in rows[0]
    assert 'href="#p-s2"' in rows[1]
    assert "no reason given" in rows[1]
    assert "asked not to be named" in rows[2]
    assert "(only declines)" in rows[3]
    assert all("nothing given" in row for row in rows)
    assert html.count('data-light="p-v0"') == 2  # in the list of voices and in the sheet


def test_what_a_newsroom_states_is_told_apart_from_what_the_rules_found():
    document = dam()
    reed, *others = document.sources
    reed = replace(
        reed, role_class="expert", role_evidence=None, stated=("role_class",), own=(("desk", "science"), ("since", ""))
    )
    document = replace(document, sources=(reed, *others))
    row = make_tables(document)["sources"].iloc[0]
    assert row[["role_class", "stated", "own"]].tolist() == ["expert", "role_class", "desk: science"]
    html = reading_section(document)
    assert html.count("from sources.csv") == 1
    assert "the mayor; desk: science" in html


def test_a_page_without_sources_has_no_sheet():
    assert "list sheet" not in reading_section(make_document("It rained."))
