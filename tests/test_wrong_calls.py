"""A wrong call gets one sentence, with what to do; texts that are several, or not in English, are told."""

import json
import re
import sys
import warnings

import pytest

from analysis import annotate, load_articles, read, read_article
from analysis.cli import main
from analysis.inputs import ReadOptions
from analysis.inputs.several import looks_like_several, split_at
from analysis.notebook import NOTHING
from analysis.text.article import Article, ArticleError, ArticleNote, ArticleWarning

GERMAN = "Der Rat der Stadt sagte am Montag, die Brücke sei nicht sicher und werde im Herbst wieder geöffnet."
ENGLISH = "The council said on Monday that the bridge may not be safe."
TWO = f"{ENGLISH}\n***\nIt rained in Norhaven, Ann Reed said.\n"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "in"
    place.mkdir()
    (place / "vote.txt").write_text(ENGLISH, "utf-8")
    (place / "brücke.txt").write_text(GERMAN, "utf-8")
    (place / "two.txt").write_text(TWO, "utf-8")
    return place


def run(*arguments):
    return main([str(a) for a in arguments])


# ---------------------------------------------------------------- one sentence


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "https://example.org/vote",
            "this is a web address, and nothing is fetched from the network; open it in a browser, save the page",
        ),
        ("www.example.org", "this is a web address, and nothing is fetched"),
        ("{}/vot.txt", "no such file or folder; did you mean vote.txt?"),
        ("{}/nothing-like-it.txt", "no such file or folder; check the spelling"),
        ("{}/vote.wpd", "no such file or folder"),
    ],
)
def test_what_is_not_there(folder, name, said, capsys):
    name = name.format(folder)
    for command in (["annotate"], ["read"], ["report", "-o", str(folder.parent / "r")]):
        assert run(*command, name) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert len(err.splitlines()) == 1
        assert f"{name}: {said}" in err
    with pytest.raises(ArticleError, match=re.escape(said)):
        read_article(name)
    assert not list(folder.glob("*.html"))


def test_a_kind_that_is_not_read(folder, capsys):
    (folder / "a.wpd").write_text("It may rain.", "utf-8")
    (folder / "b").write_text("It may rain.", "utf-8")
    assert run("annotate", folder / "a.wpd", folder / "b") == 1
    first, second = capsys.readouterr().err.splitlines()
    assert "not read: a WordPerfect file; save it as .docx" in first
    assert "files that can be read are .txt" in second


def test_a_folder_where_a_file_is_meant(folder, capsys):
    assert run("read", folder) == 1
    assert capsys.readouterr().err.startswith(
        f"error: {folder}: this is a folder, but a page shows one article; give one of"
    )
    with pytest.raises(ArticleError, match="a folder; give one of its files, or read them all with load_articles"):
        read_article(folder)


@pytest.mark.parametrize(
    "text", ["vote.txt", " articles/my-vote.HTML\n", "https://example.org/vote", "www.example.org"]
)
def test_a_name_where_a_text_is_meant(text):
    for call in (annotate, read):
        with pytest.raises(ArticleError, match=r"read_article|nothing is fetched"):
            call(text)


@pytest.mark.parametrize("text", ["See vote.txt", "e.g.", "U.S.", "example.com", "It may rain.txt today"])
def test_a_text_stays_a_text(text):
    assert annotate(text).text == text


def test_a_notebook_shows_the_sentence_alone(folder):
    shell = pytest.importorskip("IPython.core.interactiveshell").InteractiveShell()
    shown = []
    shell._showtraceback = lambda kind, error, lines: shown.append("\n".join(lines))
    shell.run_cell(
        "from analysis import annotate, make_tables, read, read_article\nfrom analysis.notebook import NOTHING"
    )
    shell.run_cell(f"document = NOTHING\ndocument = annotate(read_article({str(folder / 'vot.txt')!r}))")
    assert shown.pop() == f"{folder / 'vot.txt'}: no such file or folder; did you mean vote.txt?"
    for cell in ("read(document)", "t = make_tables(document)", "document.text", "len(document)"):
        shell.run_cell(cell)
        assert shown.pop() == "nothing was read; run the cell that reads again, with a file that exists"
    assert repr(NOTHING) == "(nothing was read)"


def test_what_depends_on_a_file_that_was_not_read_says_so(folder, monkeypatch):
    """In a notebook that knows nothing of it: whatever a cell that failed would have named, in whatever shape."""
    interactive = pytest.importorskip("IPython.core.interactiveshell")
    shell = interactive.InteractiveShell()
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    monkeypatch.delitem(sys.modules, "analysis.notebook")  # its first import comes in a cell
    shown = []
    shell._showtraceback = lambda kind, error, lines: shown.append("\n".join(lines))
    first = (
        "from analysis import annotate, make_tables, read_article\nimport analysis.notebook\nimport pandas as pd\n"
        "kept = 1\ndocument = annotate(read_article({!r}))\nt = make_tables(document)\na, (b, *rest) = t\n"
        "def count(rows):\n    inner = 2\n    return inner\n"
    )
    nothing = "nothing was read; run the cell that reads again, with a file that exists"
    shell.run_cell(first.format(str(folder / "vot.txt")).replace("document", "one"))
    assert shown.pop() == f"{folder / 'vot.txt'}: no such file or folder; did you mean vote.txt?"
    assert shell.run_cell("kept == 1 and count.__class__.__name__").result == "Nothing"
    assert "inner" not in shell.user_ns
    for cell in ("t['articles']", "a + 1", "rest", "f'{b:.2f}'", "m = count(a)", "len(m)", "pd.concat([a, b])"):
        shell.run_cell(cell)
    assert shown == [nothing] * 6  # a name alone is shown as what it is
    shown.clear()
    shell.run_cell(f"document = annotate(read_article({str(folder / 'vote.txt')!r}))")
    shell.run_cell(f"%time\ndocument = annotate(\n    read_article({str(folder / 'vot.txt')!r}))")  # not the one before
    shell.run_cell("document.text")
    assert shown[1:] == [nothing]
    shell.run_cell("1 / 0")  # other faults are shown as ever
    shell.run_cell("missing")
    assert [name in text for name, text in zip(("ZeroDivisionError", "NameError"), shown[2:], strict=True)] == [
        True
    ] * 2


# ---------------------------------------------------------------- several articles in one text


def test_a_text_is_split_at_a_line(folder, capsys):
    for separator in ("***", r"\*+"):
        assert run("annotate", folder / "two.txt", "--split", separator) == 0
        out, err = capsys.readouterr()
        assert [json.loads(line)["doc_id"] for line in out.splitlines()] == ["two-1", "two-2"]
        assert err == f"note: {folder / 'two.txt'}: several articles in one text: 2 articles\n"
    assert run("read", folder / "two.txt", "--split", "***") == 1
    assert run("corpus", folder / "two.txt", folder.parent / "sink", "--split", "***", "--jobs", "1") == 0
    with pytest.warns(ArticleNote):
        one, two = load_articles(folder / "two.txt", options=ReadOptions(split="***"))
    assert (one.text, two.text) == (ENGLISH, "It rained in Norhaven, Ann Reed said.")


def test_a_line_that_is_not_there_is_told(folder, capsys):
    assert run("annotate", folder / "vote.txt", "--split", "---") == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert "no line is '---' or matches it as a pattern; read without --split" in err


def test_what_is_between_the_lines():
    assert split_at("\n\nA.\r\n== 1 ==\r\nB.\n\nC.\n== 2 ==\n \n", "== [0-9]+ ==") == ["A.", "B.\n\nC."]
    assert split_at("A.", "(") == ["A."]  # no pattern, and no such line


NEWS = "The council met on Monday. It may vote in May.\n“We need time,” Ann Reed said.\n"


@pytest.mark.parametrize(
    ("text", "several"),
    [
        (f"Bridge shut\nBy Ana Silva\n{NEWS}© 2031 The Invented Post\nRain\nBy Ben Roy\n{NEWS}© 2031 Courier", True),
        (f"Article 1\n{NEWS}\nArticle 2\n{NEWS}", True),
        (f"Title: Bridge shut\n5 May 2031\n{NEWS}\n=====\nTitle: Rain\n6 May 2031\n{NEWS}\n=====\n", True),
        (
            f"Bridge shut\nBy Ana Silva\n{NEWS}* * *\n{NEWS}* * *\n{NEWS}© 2031 The Invented Post\nAll rights reserved",
            False,
        ),
        (f"Live\n\n5 May 2031\n{NEWS}\n6 May 2031\n{NEWS}", False),
        (f"{NEWS}By then it had rained.\nBy Monday all was dry.\n{NEWS}", False),
        (NEWS * 20, False),
    ],
)
def test_a_text_that_looks_like_several(tmp_path, text, several):
    assert (looks_like_several(text) is not None) == several
    (tmp_path / "a.txt").write_text(text, "utf-8")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert read_article(tmp_path / "a.txt").text == text
    assert [("it looks like several" in str(w.message)) for w in told] == [True] * several


# ---------------------------------------------------------------- not in English


def test_the_command_tells_and_marks_nothing(folder, capsys):
    assert run("annotate", folder / "brücke.txt", folder / "vote.txt") == 0
    out, err = capsys.readouterr()
    german, english = (json.loads(line) for line in out.splitlines())
    assert (german["language"], german["not_english"], english["language"], english["not_english"]) == (
        "de",
        [[0, len(GERMAN)]],
        "en",
        [],
    )
    assert (german["mentions"], german["attributions"], german["sentences"]) == ([], [], [])
    assert english["attributions"]
    assert err.startswith(f"warning: {folder / 'brücke.txt'}: not in English: German (")
    assert err.count("\n") == 1
    assert run("annotate", folder / "brücke.txt", "--any-language") == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["sentences"]
    assert err == ""


def test_a_column_and_a_page_tell_the_language(tmp_path, capsys):
    (tmp_path / "a.csv").write_text("id,lang,text\n1,de,Ana Silva\n2,en,Ben Roy\n3,de," + ENGLISH, "utf-8")
    (tmp_path / "b.html").write_text(
        f'<html lang="de-DE"><head><title>T</title></head><body><article><p>{GERMAN}</p><p>{GERMAN}</p></article>',
        "utf-8",
    )
    assert run("annotate", tmp_path / "a.csv", tmp_path / "b.html") == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["language"] for line in out.splitlines()] == ["de", "en", "en", "de"]
    assert "a.csv:2: not in English: German (its file says de" in err
    assert "a.csv:4: its file says German, but it looks like English" in err


def test_the_page_says_so(folder, capsys):
    assert run("read", folder / "brücke.txt") == 0
    page = (folder / "brücke.txt.html").read_text("utf-8")
    assert "Not in English: German (" in page
    assert "nothing is marked in it" in page
    assert '<article class="text" id="text" dir="auto" lang="de">' in page
    assert "Nothing was marked in this text." in page
    capsys.readouterr()
    shown = read(annotate(Article(GERMAN, doc_id="rat")))
    assert "not in English: German" in repr(shown).replace("Not", "not")
    assert "Not in English: German" in shown._repr_html_()
    asked = read(annotate(Article(GERMAN), any_language=True))
    assert "its marks come from rules for English" in asked._repr_html_()


def test_paragraphs_are_told_by_number(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(f"{ENGLISH}\n\n{GERMAN}\n{ENGLISH}", "utf-8")
    assert run("annotate", tmp_path / "a.txt") == 0
    assert "a.txt: paragraph 2 not in English: German; nothing is marked in it" in capsys.readouterr().err


@pytest.mark.usefixtures("quick_reports")
def test_a_report_counts_english_only(folder, capsys):
    (folder / "two.txt").unlink()
    assert run("report", folder, "-o", folder.parent / "r") == 1
    assert "left out: brücke: not in English (German), and a report counts only English" in capsys.readouterr().err
    manifest = json.loads((folder.parent / "r/manifest.json").read_text("utf-8"))
    assert [article["doc_id"] for article in manifest["articles"]] == ["vote"]
    assert run("report", folder, "-o", folder.parent / "all", "--any-language") == 0


def test_tables_of_a_text_that_is_not_english():
    from analysis import make_tables

    t = make_tables([annotate(Article(GERMAN, doc_id="a")), annotate(Article(ENGLISH, doc_id="b"))])
    assert t["articles"][["language", "n_words", "n_sentences"]].values.tolist() == [["de", 0, 0], ["en", 12, 1]]


def test_read_warns_in_python_too(folder):
    with pytest.warns(ArticleWarning, match="not in English: German"):
        read_article(folder / "brücke.txt")
