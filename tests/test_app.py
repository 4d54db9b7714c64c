"""What the page asks of Python, without a browser: session, corrections, views, tables."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import gold_document
from hypothesis import given
from hypothesis import strategies as st

from analysis import annotate, read_article
from analysis.annotation import Correction, MarkError
from analysis.app import Session, panels, tables
from analysis.app.correcting import corrections_of, marks_at, with_change
from analysis.app.panels.lengths import lengths_of
from analysis.app.panels.numbers import numbers_given
from analysis.app.panels.probability import heard
from analysis.app.panels.voices import words_of
from analysis.comparing import KINDS
from analysis.comparing.page import CAREFUL
from analysis.reading.notes import language_note
from analysis.text.article import Article
from analysis.text.vocabulary import REPORTER

ROOT = Path(__file__).parents[1]
TEXT = "The bridge may close, Ann Reed said. It was built in 1950."


@pytest.fixture
def ask(tmp_path):
    """Ask a session that has one article open, as t1."""
    session = Session(tmp_path, ROOT / "seeds/teaching")

    def ask(call, **given):
        return json.loads(session.answer(json.dumps({"call": call, **given})))

    assert ask("open_text", text=TEXT, title="Bridge", published="2031-02-03")["result"]["problems"] == []
    ask.folder = tmp_path
    return ask


def test_it_needs_the_standard_library_only():
    asked = [{"call": "open_text", "text": "It may rain."}, {"call": "show", "key": "t1"}]
    code = f"""
import json, sys
from pathlib import Path
from analysis.app import Session
session = Session(Path("."), Path("."))
print(*(session.answer(json.dumps(each))[:10] for each in {asked!r}))
print({{name.partition(".")[0] for name in sys.modules}} & {{"pandas", "numpy", "jinja2", "matplotlib", "textstat"}})
"""
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert out.splitlines() == ['{"result": {"result":', "set()"]


def test_what_it_cannot_do_it_says_and_nothing_changes(ask):
    assert ask("nothing")["error"] == "the page asked for something that does not exist"
    assert ask("show", key="t9")["error"] == "this page has no article t9"
    assert "it contains no text" in ask("open_text", text=" ")["error"]
    assert "at most 2,000,000" in ask("open_text", text="x" * 2_000_001)["error"]
    assert ask("undo", key="t1")["error"] == "there is nothing to undo"
    assert "'x' is not a table" in ask("save", key="t1", what="x")["error"]
    told = ask("open_text", text="It may rain.", published="yesterday")["result"]["problems"]
    assert told == [
        "the fields: published 'yesterday' is not a date that we can read; left out: write it as an ISO date such as "
        "2024-11-10"
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"action": "burn", "layer": "hedge", "start": 0, "end": 3}, "burn hedge"),
        ({"action": "add", "layer": "hedge", "start": 3, "end": 3, "label": "belief"}, "select some words"),
        ({"action": "add", "layer": "hedge", "start": 0, "end": 999, "label": "belief"}, "select some words"),
        ({"action": "add", "layer": "hedge", "start": "0", "end": 3, "label": "belief"}, "select some words"),
        ({"action": "add", "layer": "hedge", "start": 0, "end": 3, "label": "sure"}, "'sure' is not a label of hedge"),
        ({"action": "add", "layer": "hedge", "start": 0, "end": 3}, "choose a kind of hedge"),
        ({"action": "remove", "layer": "hedge", "start": 0, "end": 3}, "has no such mark"),
        ({"action": "add", "layer": "cue", "start": 0, "end": 3}, "needs a content"),
    ],
)
def test_a_correction_that_cannot_be_made_changes_nothing(ask, row, said):
    before = ask("record", key="t1")
    assert said in ask("change", key="t1", rows=[row])["error"]
    assert ask("record", key="t1") == before
    assert ask("show", key="t1")["result"]["can_undo"] is False


def test_taking_back_a_change_leaves_no_trace():
    add = Correction("add", "hedge", 4, 10, "belief")
    assert with_change([add], [Correction("relabel", "hedge", 4, 10, "hearsay")]) == [add._replace(label="hearsay")]
    parts = [Correction("add", layer, k, k + 1, group="p1") for k, layer in enumerate(("source", "cue", "content"))]
    assert with_change([add, *parts], [Correction("remove", "cue", 1, 2)]) == [add]
    first, last = (Correction("relabel", "hedge", 4, 7, label) for label in ("belief", "hearsay"))
    assert with_change([first], [last]) == [last]
    remove = Correction("remove", "hedge", 4, 7)
    assert with_change([first], [remove]) == [remove]


def test_the_marks_at_a_place_are_those_that_hold_it():
    document = annotate(TEXT)
    at = TEXT.index("may")
    hedge, attribution = marks_at(document, at, at + 1)
    assert (hedge["title"], hedge["words"], hedge["remove"]) == (
        "possibility",
        "may",
        {"layer": "hedge", "start": at, "end": at + 3},
    )
    assert attribution["title"] == "1 Ann Reed"
    assert attribution["said"] == {"source": "Ann Reed", "cue": "said", "content": "The bridge may close"}
    year = marks_at(document, TEXT.index("1950"), len(TEXT))
    assert [(mark["words"], mark["fields"]) for mark in year] == [("1950", [])]  # a date is removed, not relabelled


MARK = {"layer": "hedge", "label": "belief"}


@given(st.lists(st.tuples(st.sampled_from(["add", "remove", "relabel"]), st.integers(0, 9), st.integers(1, 9))))
def test_any_clicks_on_hedges_can_be_made_or_are_refused(clicks):
    document, corrections = annotate("It may rain and it might snow, perhaps."), []
    from analysis.annotation import apply_corrections

    for action, start, length in clicks:
        row = {"action": action, "start": start, "end": start + length, **MARK}
        new = with_change(corrections, corrections_of([row], document))
        try:
            apply_corrections(document, new)
        except MarkError:
            continue
        corrections = new
    apply_corrections(document, corrections)


def test_a_loaded_file_takes_the_place_of_the_corrections(ask):
    (ask.folder / "c.csv").write_text("action,layer,words\nremove,hedge,may\n", "utf-8")
    shown = ask("load", key="t1", name="c.csv")["result"]
    assert [row["what"] for row in shown["changes"]] == ["removed: hedge"]
    (ask.folder / "c.csv").write_text("action,layer,words\nremove,hedge,never\n", "utf-8")
    assert ask("load", key="t1", name="c.csv")["error"].startswith("c.csv:2, column 'words'")
    assert len(ask("show", key="t1")["result"]["changes"]) == 1


def test_a_text_is_saved_with_its_metadata_and_read_back_the_same(ask, tmp_path):
    for text in (TEXT, "---\nnot: metadata\n---\nRain.", "\nRain\r\nmay fall\n"):
        article = Article(text, title='A "quoted": title #1', published="2031-02-03")
        path = tmp_path / "article.txt"
        path.write_bytes(tables.with_front_matter(article).encode())
        again = read_article(path)
        assert (again.text, again.title, again.published) == (text, article.title, article.published)
    path.write_bytes(tables.with_front_matter(Article("---\na: b\n---\nRain.")).encode())
    assert read_article(path).text == "---\na: b\n---\nRain."


def test_a_table_has_no_cell_that_a_spreadsheet_would_run():
    document = annotate(Article("=1+1 may be late,\r-2 said Ann Reed.", doc_id="+x"))
    for name in tables.TABLES:
        for row in csv.reader(io.StringIO(tables.to_csv(document, name), newline="")):
            assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in row), name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Die Brücke wird im Juni gesperrt, weil sie repariert werden muss, wie die Stadt am Montag mitteilte. ", True),
        (
            "Le pont sera fermé en juin parce qu’il doit être réparé, a annoncé la ville lundi dans un communiqué. ",
            True,
        ),
        ("El puente se cerrará en junio porque debe ser reparado, anunció el lunes la ciudad en un comunicado. ", True),
        ("The bridge will close in June because it has to be repaired, the town said in a statement on Monday.", False),
        ("Bridge closes", False),
    ],
)
def test_another_language_is_told(text, told):
    assert bool(language_note(annotate(text + text))) is told


def test_the_seed_is_english_and_its_words_are_those_of_the_tables():
    from analysis import make_tables

    document = gold_document()
    assert language_note(document) is None
    assert words_of(document).all == make_tables(document)["articles"]["n_words"].iloc[0]


def test_probability_words_are_those_of_the_figure():
    from analysis import make_tables
    from analysis.measures.hedging import probability_words

    document = annotate("Snow is likely. Rain is more likely than not. It may well snow. It is likely to end.")
    table = probability_words(make_tables(document))
    assert [(h.term, len(h.sentences)) for h in heard(document)] == list(zip(table["term"], table["n"], strict=True))


def test_lengths_by_hand():
    found = lengths_of(annotate("Rain may fall. It was 5 o'clock."))
    assert (found.sentences, found.words, found.characters) == (2, 7, 23)  # 4+3+4, 2+3+1+6 without the apostrophe


def test_a_view_escapes_what_it_shows():
    document = annotate(Article("<b>Ann Reed</b> may leave & “<i>go</i>”, Omar <u>Diallo</u> said.", title="<s>"))
    html = panels.panels(document, prefix="t1-") + panels.glance(document) + panels.compared(document, document)
    assert not any(tag in html for tag in ("<b>", "<i>", "<u>", "<s>"))
    assert panels.concordance(document, words="<script>", prefix="").count("<script>") == 0


def test_the_short_answers_by_hand():
    text = "It may rain, Ann Reed said. About 200 people, who might leave, are expected. Police declined to comment."
    glance = panels.glance(annotate(text))
    assert "1 source (1 named); 17% of the words are theirs" in glance  # 3 of 18
    assert "3 hedges: possibility 2, expectation 1; also approximation 1" in glance
    assert "Ann Reed 1" in glance
    counted = panels.compared(annotate(text), annotate("It will rain."))
    assert "probability" not in counted.replace("possibility", "")
    assert "<td>2</td><td>0</td>" in counted  # possibility


# ---------------------------------------------------------------- two texts, and numbers


@pytest.fixture
def two(ask):
    """Two versions of a text: t2 was opened first and has the later date."""
    new = "The bridge will close, Ann Reed said. Nobody could say on Monday how long the repairs to the old piers take."
    old = "The bridge may close, Ann Reed said. Nobody could say on Monday how long the repairs to the old piers take."
    ask("open_text", text=new, title="Close <b>", published="2031-02-04")
    ask("open_text", text=old, title="May close", published="2031-02-03")
    return ask


def test_the_earlier_of_two_texts_is_told_by_date_then_by_when_it_was_opened(two):
    assert two("compare", first="t2", second="t3")["result"]["order"] == ["t3", "t2"]
    two("open_text", text="It may rain.")
    assert two("compare", first="t4", second="t2")["result"]["order"] == ["t2", "t4"]


def test_what_changed_has_both_passages_and_a_reason(two):
    html = two("pair", what="changed", earlier="t3", later="t2")["result"]
    rows = dict(re.findall(r'<tr id="changed-c\d+" class="k-([\w-]+)".*?</th>(.*?)</tr>', html))
    assert set(rows) == {"hedge-lost", "headline-changed"}
    number = re.search(r'href="#changed-old(\d+)">may<', rows["hedge-lost"])[1]
    assert f'id="changed-old{number}"' in html
    assert KINDS["hedge-lost"].name in html
    assert CAREFUL in html
    assert "<b>" not in html
    assert "never why" in html


def test_what_is_copied_says_whose_words_they_are(two):
    html = two("pair", what="copied", earlier="t3", later="t2")["result"]
    words = "Nobody could say on Monday how long the repairs to the old piers take"
    assert re.findall(rf'<a href="#copied-(\w+)">{words}</a>', html) == ["old1", "new1"]
    assert "Word for word. Earlier: the reporter; later: the reporter." in html
    assert "cannot show who copied from whom" in html
    assert "Of 21 words of the later text, 14 (67%)" in html
    assert "No passage of six words or more" in two("pair", what="copied", earlier="t1", later="t2")["result"]


def rows_of(saved):
    return list(csv.DictReader(io.StringIO(saved["result"]["text"])))


def test_both_lists_of_two_texts_are_saved_with_the_columns_of_the_commands(two):
    from analysis.comparing.tables import CHANGES, PASSAGES

    saved = two("save_pair", what="changed", earlier="t3", later="t2")
    assert saved["result"]["name"] == "text-2-changed.csv"
    rows = rows_of(saved)
    assert list(rows[0]) == list(CHANGES)
    assert [(row["kind"], row["old_words"], row["new_words"]) for row in rows] == [
        ("headline-changed", "May close", "Close <b>"),
        ("hedge-lost", "may", ""),
    ]
    (row,) = rows_of(two("save_pair", what="copied", earlier="t3", later="t2"))
    assert list(row) == list(PASSAGES)
    assert (row["n_words"], row["exact"], row["voice"]) == ("14", "True", REPORTER)
    none = two("save_pair", what="copied", earlier="t1", later="t2")["result"]["text"]
    assert none == ",".join(PASSAGES) + "\n"


def test_after_a_correction_two_texts_are_compared_again(two):
    may = "The bridge may close".index("may")
    place = {"layer": "hedge", "start": may, "end": may + 3}
    two("change", key="t3", rows=[{"action": "remove", **place}])
    rows = rows_of(two("save_pair", what="changed", earlier="t3", later="t2"))
    assert [row["kind"] for row in rows] == ["headline-changed", "reworded"]


def test_the_table_of_numbers_is_that_of_the_commands(ask):
    from analysis import make_tables

    text = "Police arrested 43 people on Sunday. All 43 were released by evening, a spokeswoman said. It cost €4m."
    ask("open_text", text=text, name="a.txt")
    rows = rows_of(ask("save", key="t2", what="numbers"))
    own = make_tables(annotate(Article(text, doc_id="a")))["numbers"]
    assert list(rows[0]) == list(own.columns)
    for column in own.columns:
        theirs = ["" if value is None or value != value else str(value) for value in own[column].astype(object)]
        assert [row[column] for row in rows] == theirs, column
    assert [(row["text"], row["counts"], row["voice"], row["same"], row["agrees"]) for row in rows] == [
        ("43", "people", REPORTER, "n2", "yes"),
        ("43", "", "a spokeswoman", "n1", "yes"),
        ("€4m", "", REPORTER, "", ""),
    ]


def test_a_text_that_holds_a_page_is_shown_as_text(ask):
    hostile = "<script>x()</script> <img src=x onerror=y> The bridge near the old mill may close for repairs, he said."
    for _ in range(2):
        ask("open_text", text=hostile, title="<i>&", outlet="<u>")
    for what in ("changed", "copied"):
        html = ask("pair", what=what, earlier="t2", later="t3")["result"]
        assert not re.search("<(script|img|i|u)\\b", html)
    assert ask("pair", what="changed", earlier="t2", later="t9") == {"error": "this page has no article t9"}


def test_every_number_and_who_gives_it():
    text = "About 200 people came, police said. Organizers put the number at 500. The toll rose to 31."
    rows = re.findall("<tr>(<th scope=.row.*?)</tr>", numbers_given(annotate(text), prefix="t1-"))
    cells = [re.sub("<[^>]*>", "|", row).strip("|").split("|") for row in rows]
    assert [[next(filter(None, row)), row[-1]] for row in cells] == [["200", "1"], ["500", "2"], ["31", "3"]]
    assert "about" in rows[0]
    assert "police" in rows[0]
    assert "rganizers" in rows[1]
    assert REPORTER in rows[2]
    assert numbers_given(annotate("It may rain."), prefix="") == ""
