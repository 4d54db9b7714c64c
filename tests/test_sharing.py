"""The commands export, import and agree, and marks of other tools as marks and corrections here."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from browser import barriers, needs_browser

from analysis import Article, annotate, compare_annotations, load_corrections, segment
from analysis.annotation import MarkError, apply_corrections, corrections_of, marks_of, read_marks
from analysis.cli import main
from analysis.exchange.formats import FORMATS, read_texts
from analysis.exchange.layers import marked_text
from analysis.exchange.model import MarkedText, TextMark
from analysis.exchange.names import NAMES as OFFERED
from analysis.outputs import is_page
from analysis.text.document import Span

TEXT = "Ann Reed said it may rain. It is perhaps late, and nearly 20 people left."


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "rain.txt"
    path.write_text(TEXT, "utf-8")
    return path


def hedges(*words, by=""):
    marks = [TextMark(f"x{k}", "hedge", label, (span(word),)) for k, (word, label) in enumerate(words)]
    return MarkedText("rain", TEXT, tuple(marks), by=by)


def span(word):
    return Span(TEXT.index(word), TEXT.index(word) + len(word))


def put(folder, name, *texts):
    folder.mkdir(exist_ok=True)
    for file, content in FORMATS[name].write(texts):
        (folder / file).write_bytes(content)
    return str(folder)


@pytest.fixture
def ada(tmp_path):
    """Three hedges, in a CAS."""
    words = (("may", "possibility"), ("perhaps", "possibility"), ("nearly", "approximation"))
    return put(tmp_path / "ada", "cas", hedges(*words))


@pytest.fixture
def ben(tmp_path):
    """One of Ada's hedges under its own label, one under another, one missed and one more, in WebAnno TSV."""
    words = (("may", "possibility"), ("perhaps", "probability"), ("late", "approximation"))
    return put(tmp_path / "ben", "webanno", hedges(*words))


# ---------------------------------------------------------------- export and import


@pytest.mark.parametrize("name", ["cas", "tei", "brat"])
def test_out_and_in_gives_the_lines_of_annotate(name, article, tmp_path, capsys):
    out, lines, again = str(tmp_path / "out"), tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    assert main(["export", str(article), "--to", name, "-o", out]) == 0
    assert main(["import", out, "-o", str(again)]) == 0
    assert main(["annotate", str(article), "-o", str(lines)]) == 0
    assert again.read_bytes() == lines.read_bytes()
    assert main(["export", str(article), "--to", name, "-o", out]) == 0  # its own files may be replaced


def test_texts_without_marks_to_annotate_from_scratch(article, tmp_path, capsys):
    for name in OFFERED:
        if name == "docbin":
            continue  # needs spaCy
        out = str(tmp_path / name)
        assert main(["export", str(article), "--to", name, "--no-marks", "-o", out]) == 0
        (back,) = read_texts(out)
        assert (back.text, back.marks, back.relations) == (TEXT, (), ())
    ann = tmp_path / "brat/rain.ann"
    ann.write_text(f"T1\thedge {TEXT.index('may')} {TEXT.index('may') + 3}\tmay\n", "utf-8")
    capsys.readouterr()
    assert main(["agree", f"Ada={tmp_path / 'brat'}"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["the", "rules", "Ada", "hedge", "exact", "3", "1", "1", "0.33", "1.00", "0.50", "0"] in rows


def test_an_export_is_not_written_over_work(article, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["export", str(article), "--to", "brat", "-o", str(out)]) == 0
    with (out / "rain.ann").open("a", encoding="utf-8") as file:
        file.write("T99\thedge 0 3\tAnn\n")
    assert main(["export", str(article), "--to", "brat", "-o", str(out)]) == 2
    assert "rain.ann has changed since it was exported" in capsys.readouterr().err
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("mine", "utf-8")
    assert main(["export", str(article), "--to", "brat", "-o", str(tmp_path / "mine")]) == 2
    assert "contains notes.txt, which no export wrote" in capsys.readouterr().err
    assert main(["export", str(out / "rain.txt"), "--to", "tei", "-o", str(out)]) == 2


def test_files_of_the_last_export_go_and_articles_around_it_are_read_without_it(article, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["export", str(article), "--to", "brat", "-o", str(out)]) == 0
    assert main(["export", str(article), "--to", "tei", "-o", str(out)]) == 0
    assert sorted(p.name for p in out.iterdir()) == [".separate", "export.json", "rain.xml"]
    capsys.readouterr()
    assert main(["annotate", str(tmp_path)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_bad_file_costs_nothing_else(article, ada, tmp_path, capsys):
    folder = Path(ada)
    (folder / "bad.tsv").write_text("no marks\n", "utf-8")
    out = tmp_path / "marks.jsonl"
    assert main(["import", ada, "-o", str(out)]) == 1
    (line,) = out.read_text("utf-8").splitlines()
    assert [m["category"] for m in json.loads(line)["markers"]] == ["possibility", "possibility", "approximation"]
    (error,) = (tmp_path / "errors.jsonl").read_text("utf-8").splitlines()
    assert json.loads(error)["row"] == 1
    assert "the first line must be #FORMAT=WebAnno TSV 3.3" in json.loads(error)["reason"]


def test_an_import_is_not_written_over_something_else(ada, tmp_path, capsys):
    (tmp_path / "mine.jsonl").write_text("mine\n", "utf-8")
    assert main(["import", ada, "-o", str(tmp_path / "mine.jsonl")]) == 2
    assert (tmp_path / "mine.jsonl").read_text("utf-8") == "mine\n"


# ---------------------------------------------------------------- people and the rules


def test_two_people_in_two_formats_in_one_command(ada, ben, tmp_path, capsys):
    page = tmp_path / "agree.html"
    assert main(["agree", f"Ada={ada}", ben, "-o", str(page)]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    # The rules mark may, perhaps and nearly: all of Ada's, two of Ben's three.
    # "perhaps" is a possibility to Ada and the rules, a probability to Ben.
    assert ["the", "rules", "Ada", "hedge", "exact", "3", "3", "3", "1.00", "1.00", "1.00", "0"] in rows
    assert ["the", "rules", "ben", "hedge", "exact", "3", "3", "2", "0.67", "0.67", "0.67", "1"] in rows
    assert ["Ada", "ben", "hedge", "exact", "3", "3", "2", "0.67", "0.67", "0.67", "1"] in rows
    assert not any("overlap" in row[:6] for row in rows)  # the same as exact
    # 15 words; both marked 2, neither 11, each 1 alone: observed 13/15, by chance (3/15)^2 + (12/15)^2 = 0.68.
    kappa = f"{(13 / 15 - 0.68) / (1 - 0.68):.2f}"
    # Alpha: 30 values, 6 of them marks; expected disagreement 2 * 6 * 24 / (30 * 29), observed 2 / 15.
    alpha = f"{1 - (2 / 15) / (2 * 6 * 24 / (30 * 29)):.2f}"
    assert ["hedge", "Ada,", "ben", "15", "0.87", kappa, alpha] in rows
    html = page.read_text("utf-8")
    assert is_page(page)
    assert "<h3>Ada and ben</h3>" in html
    assert "hedge: only Ada" in html
    assert "hedge: other label" in html
    assert "http" not in html.partition("</head>")[2]


def test_overlap_has_a_row_where_it_differs(tmp_path, capsys):
    ada = put(tmp_path / "ada", "brat", hedges(("may", "possibility"), ("perhaps late", "possibility")))
    ben = put(tmp_path / "ben", "webanno", hedges(("may", "possibility"), ("perhaps", "possibility")))
    assert main(["agree", ada, ben]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["ada", "ben", "hedge", "exact", "2", "2", "1", "0.50", "0.50", "0.50", "0"] in rows
    assert ["ada", "ben", "hedge", "overlap", "2", "2", "2", "1.00", "1.00", "1.00", "0"] in rows


def test_a_file_that_cannot_be_read_is_named_with_its_zip(ada, tmp_path, capsys):
    with zipfile.ZipFile(tmp_path / "ben.zip", "w") as archive:
        archive.writestr("annotation/rain.tsv", "no marks")
    assert main(["agree", ada, str(tmp_path / "ben.zip")]) == 1
    assert f"{tmp_path / 'ben.zip'}: rain.tsv:1: is not WebAnno TSV 3" in capsys.readouterr().err


def test_people_who_marked_nothing_give_an_error(tmp_path, capsys):
    (tmp_path / "ada.tsv").write_text("nothing", "utf-8")
    assert main(["agree", str(tmp_path / "ada.tsv")]) == 1
    assert "nobody's marks could be read" in capsys.readouterr().err


def test_the_marks_of_another_tool_are_compared_like_any_other(ada, ben):
    document = annotate(Article(TEXT, doc_id="rain"))
    scores = compare_annotations(document, Path(ada), against=ben).scores
    assert scores.loc[scores["match"] == "exact", "both"].tolist() == [2]
    with pytest.raises(MarkError, match="differs from that of 'rain' at character 73"):
        read_marks(ada, segment(Article(TEXT + " So.", doc_id="rain")))


def test_a_file_of_another_tool_holds_corrections(ben, tmp_path):
    document = annotate(Article(TEXT, doc_id="rain"))
    corrections = load_corrections(document, Path(ben))
    assert {(c.action, TEXT[c.start : c.end], c.label) for c in corrections} == {
        ("remove", "nearly", ""),
        ("relabel", "perhaps", "probability"),
        ("add", "late", "approximation"),
    }
    corrected = apply_corrections(document, corrections)
    found = [(TEXT[m.start : m.end], m.category) for m in corrected.markers]
    assert found == [("may", "possibility"), ("perhaps", "probability"), ("late", "approximation")]


def test_corrections_of_an_attribution_put_the_persons_in_its_place():
    document = annotate(Article(TEXT, doc_id="rain"))
    marked = marked_text(document)
    longer = tuple(
        replace(m, spans=(Span(m.spans[0].start, len(TEXT)),)) if m.layer == "content" else m for m in marked.marks
    )
    from analysis.annotation import marks_of_text

    marks, problems = marks_of_text(replace(marked, marks=longer))
    assert not problems
    corrected = apply_corrections(document, corrections_of(document, marks))
    (a,) = corrected.attributions
    assert a.content == (Span(14, len(TEXT)),)
    assert a.corrected
    assert not corrections_of(document, marks_of(document))


def test_a_table_of_marks_is_no_file_of_another_tool(ben, tmp_path):
    document = annotate(Article(TEXT, doc_id="rain"))
    table = tmp_path / "marks.tsv"
    table.write_text("layer\tlabel\twords\nhedge\tpossibility\tmay\n", "utf-8")
    assert [m.label for m in read_marks(table, document)] == ["possibility"]
    assert len(read_marks(Path(ben) / "rain.tsv", document)) == 3


def test_details_that_are_something_else_cost_nothing_else(ada, tmp_path, capsys):
    wrong = replace(hedges(("may", "possibility")), doc_id="wrong")
    wrong = replace(wrong, marks=tuple(replace(m, details={"strength": "much"}) for m in wrong.marks))
    put(Path(ada), "webanno", wrong)
    assert main(["import", ada]) == 1
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 1
    assert "wrong: its marks cannot be used (ValueError" in told.err


@needs_browser
def test_the_page_has_no_barriers(ada, ben, tmp_path, capsys):
    page = tmp_path / "agree.html"
    assert main(["agree", ada, ben, "-o", str(page)]) == 0
    assert barriers(page.read_text("utf-8"), tmp_path) == []
