"""Nothing let in by metadata and names: no control character breaks a figure, a table or a terminal."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from helpers import make_document
from hypothesis import given
from hypothesis import strategies as st
from wellformed import problem_of, problems_in

from analysis import figures, make_tables
from analysis.cli import main
from analysis.inputs.loading import iter_articles, read_article
from analysis.report import to_csv, write_report
from analysis.report.exports import to_xlsx
from analysis.text.article import Article, clean_line

UNSEEN = "\x00\x01\x08\x0b\x1b\x7f\x85\x9b\u2028\ufffe\uffff\ufdd0"


def articles(path):
    return list(iter_articles(path))


@given(st.text(alphabet=UNSEEN + "ab =\r\n\t\u00a0é"))
def test_a_clean_line_has_no_control_character_and_keeps_all_others(text):
    line = clean_line(text)
    assert not set(line) & set(UNSEEN + "\r\n\t")
    assert [c for c in line if not c.isspace()] == [c for c in text if not c.isspace() and c not in UNSEEN]


def test_titles_and_ids_of_every_kind_of_file_are_cleaned(tmp_path):
    title, clean = "Rain \x01may\r\n \x1b[31mcome\ufffe", "Rain may [31mcome"
    (tmp_path / "a.jsonl").write_text(json.dumps({"doc_id": "x\r=1+1", "title": title, "text": "A."}) + "\n")
    (tmp_path / "b.csv").write_text(f'id,title,text\n"x\r=1+1","{title}",A.\n', "utf-8", newline="")
    (tmp_path / "c.md").write_text('---\ntitle: "Rain \\x01may\\r\\n \\e[31mcome"\n---\nA.', "utf-8")
    (tmp_path / "d.html").write_text(
        f"<html><head><meta property='og:title' content='{title}'></head><body><article><p>"
        + "The vote on the new harbour may be delayed, the ministry of trade said on Monday evening. " * 3
        + "</p></article></body></html>",
        "utf-8",
    )
    pd.DataFrame({"id": ["x\r=1+1"], "title": [title], "text": ["A."]}).to_parquet(tmp_path / "e.parquet")
    for name in ("a.jsonl", "b.csv", "c.md", "d.html", "e.parquet"):
        (article,) = articles(tmp_path / name)
        assert isinstance(article, Article), article
        assert article.title == clean, name
        assert article.doc_id in ("x =1+1", "c", "d"), name
    (tmp_path / "f.jsonl").write_text(json.dumps({"doc_id": "\x01", "title": "\x01", "text": "A."}) + "\n")
    (article,) = articles(tmp_path / "f.jsonl")
    assert (article.doc_id, article.title) == ("f-1", None)


def test_the_text_itself_is_never_cleaned(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"It may\x1b rain.\x01\r\n")
    assert read_article(tmp_path / "a.txt").text == "It may\x1b rain.\x01\r\n"


def hostile_documents():
    """Names, titles and ids with what XML cannot hold, as a caller of the package may make them."""
    name = "Ann\x1b Reed\x01 -- \ufffe"
    for number, title in enumerate(("Rain \x01 may come", "Sun\r=1+1"), 1):
        yield make_document(
            f"{name} said on Monday that it may rain. Orbis\x08 expects sun, {name} told Orbis\x08 on Friday.",
            attributions=[
                {
                    "source": name,
                    "cue": "said",
                    "content": "it may rain",
                    "source_entity": "e1",
                    "source_kind": "person",
                },
                {"source": "Orbis\x08", "cue": "expects", "content": "sun", "source_entity": "e2", "parent": "a1"},
            ],
            markers=[{"words": "may", "category": "possibility", "attribution": "a1"}],
            mentions=[(name, "PERSON", "e1"), ("Orbis\x08", "ORG", "e2"), ("Monday", "DATE", "e3")],
            doc_id=f"d{number}\r=1+1",
            title=title,
        )


@pytest.mark.parametrize("several", [False, True], ids=["one", "several"])
def test_every_figure_and_table_of_hostile_names_is_well_formed(several, tmp_path, monkeypatch):
    draw = figures.figure_bytes  # a PNG holds no text
    monkeypatch.setattr(figures, "figure_bytes", lambda ax, suffix: b"" if suffix == "png" else draw(ax, suffix))
    documents = list(hostile_documents())[: 1 + several]
    write_report(documents, tmp_path, formats=("html", "xlsx"))
    assert list(problems_in(tmp_path)) == []
    assert len(list((tmp_path / "figures").glob("*.svg"))) >= 14  # all that have something to draw
    if several:
        table = (tmp_path / "tables/sources_compared.csv").read_bytes().decode()
        header = next(csv.reader(io.StringIO(table, newline="")))
        assert any("\r=1+1" in column for column in header)  # in quotation marks, inside one cell


def test_a_figure_keeps_its_facts():
    (document, _) = hostile_documents()
    ax = figures.plot_voices(make_tables(document))
    assert "Ann\x1b Reed" in figures.figure_facts(ax)
    assert problem_of("a.svg", figures.figure_bytes(ax, "svg")) is None


@given(st.lists(st.text(alphabet="=+-@\t\r\nab\",'", max_size=6), min_size=1, max_size=3, unique=True), st.data())
def test_no_csv_has_a_formula_in_a_name_or_a_cell(names, data):
    cells = {
        name: pd.Series([data.draw(st.text(alphabet="=+-@\t\r\nab\",'", max_size=6))], dtype="str") for name in names
    }
    assert problem_of("a.csv", to_csv(pd.DataFrame(cells)).encode()) is None


def test_a_raw_carriage_return_in_a_name_opens_no_line():
    written = to_csv(pd.DataFrame({"words in x\r=1+1": [1]}))
    assert written.startswith('"words in x\r=1+1"\n')


def test_xlsx_cells_of_any_text_are_cut_with_a_sign_and_hold_no_formula():
    texts = ["=1+1", "\x01\x1b\ufffe_x0001_", "😀" * 20_000, "a" * 40_000, "a" * 32_767]
    content = to_xlsx({"t": pd.DataFrame({"=1+1\x01": pd.Series(texts, dtype="str")})})
    assert problem_of("a.xlsx", content) is None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        strings = archive.read("xl/sharedStrings.xml").decode()
    assert "😀…" in strings
    assert "a…" in strings
    assert "a" * 32_767 in strings


def test_no_escape_sequence_reaches_the_terminal(tmp_path):
    red = "\x1b[31mred\n"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(f"{red}.md", "---\npublished: never\ntitle: [x]\n---\nIt may rain.")
        archive.writestr(f"{red}.csv", f'id,text,published\n"{red}",A.,never\n')
        archive.writestr(f"{red}.txt", b"caf\xe9 \xff\xfe\x80")
        archive.writestr(f"../{red}.txt", b"out")
    (tmp_path / f"{red}.txt").write_bytes(b"\xff\xff\xfa")
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "annotate", str(tmp_path), "-o", str(tmp_path.parent / "out.jsonl")],
        capture_output=True,
        cwd=Path(__file__).parents[1],
    )
    assert done.returncode == 1
    assert b"\x1b" not in done.stderr
    lines = done.stderr.decode().splitlines()
    assert len(lines) >= 5
    assert all(line.startswith(("warning: ", "error: ")) for line in lines), lines
    assert b"\x1b" not in (tmp_path.parent / "errors.jsonl").read_bytes()


def test_a_wrong_call_is_told_without_escape_sequences(tmp_path, capsys):
    out = tmp_path / "\x1b[31mred.txt"
    out.write_text("mine", "utf-8")
    assert main(["annotate", str(out), "-o", str(out)]) == 2
    assert "\x1b" not in capsys.readouterr().err
