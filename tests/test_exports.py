"""Other forms of the report: what is in them, that nothing in them runs, and what is said where a tool is missing."""

import base64
import io
import re
import zipfile
from xml.etree import ElementTree

import docx
import openpyxl
import pandas as pd
import pytest
from docx.enum.text import WD_UNDERLINE
from helpers import make_document
from matplotlib.figure import Figure

from analysis.cli import main
from analysis.figures import figure_data, plot_voices
from analysis.report import exports, write_report
from analysis.report.exports import MissingTool, find_browser, to_parquet, to_pdf, to_xlsx
from analysis.report.word import word_file
from analysis.tables import make_tables

FRAME = pd.DataFrame(
    {
        "text": pd.Series(["=1+1", "@x", "http://example.org", None, "é" * 40_000, "plain", "<b>&"], dtype="str"),
        "n": [-1, 2, 3, 4, 5, 6, 7],
        "share": [0.1234567, float("nan"), float("inf"), 2, 3, 4, 5],
        "yes": [True, False, True, True, True, True, True],
        "day": pd.to_datetime(["2024-11-10", None, None, None, None, None, None]),
    }
)
NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def test_in_the_excel_file_every_text_is_a_text_and_nothing_is_a_formula():
    book = zipfile.ZipFile(io.BytesIO(to_xlsx({"one": FRAME, "x" * 40: FRAME[:0]})))
    sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet2.xml"))
    assert not sheet.findall(".//m:f", NAMES)
    assert not sheet.findall(".//m:hyperlink", NAMES)
    shared = ["".join(item.itertext()) for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
    cells = {
        cell.get("r"): (cell.get("t"), cell.findtext("m:v", namespaces=NAMES))
        for cell in sheet.findall(".//m:c", NAMES)
    }
    texts = [shared[int(cells[f"A{row}"][1])] for row in (2, 3, 4, 6, 7, 8)]
    assert shared[int(cells["C4"][1])] == "inf"
    assert texts[:3] == ["=1+1", "@x", "http://example.org"]
    assert (len(texts[3]), texts[3][-1], texts[4:]) == (32_767, "…", ["plain", "<b>&"])
    assert "A5" not in cells  # missing: no cell
    assert (cells["B2"][1], cells["C2"][1], "C3" in cells, cells["D3"]) == ("-1", "0.123457", False, ("b", "0"))
    assert cells["E2"][1] == "45606"  # the number that Excel gives to 10 November 2024
    assert 'quotePrefix="1"' in book.read("xl/styles.xml").decode()


def test_the_excel_file_is_the_same_each_time():
    assert to_xlsx({"one": FRAME}) == to_xlsx({"one": FRAME})


def test_the_excel_file_has_an_index_and_says_what_columns_mean():
    tables = make_tables(make_document("It may rain."))
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(tables, dict.fromkeys(tables, "what was marked"))))
    assert book.sheetnames == ["index", *tables, "columns"]
    index = list(book["index"].iter_rows(values_only=True))
    assert index[2] == ("sentences", "what was marked", 1, 11, "One row for each sentence, in the order of the text.")
    assert book["index"]["A3"].hyperlink.location == "'sentences'!A1"
    meanings = {row[:2]: row[3] for row in book["columns"].iter_rows(values_only=True)}
    assert meanings["sentences", "text"] == "The words, as the article has them."
    assert {(name, column) for name, table in tables.items() for column in table} <= set(meanings)
    widths = book["sentences"].column_dimensions
    assert widths["G"].width > widths["B"].width > 5  # text is wider than a number


PAGE = (
    "<html><head><style>p {}</style></head><body><h2>Marks \x01</h2><p>It <mark style='background-color: #FFF1B8'>may"
    "</mark> <span style='background-color: rgba(0, 114, 178, 0.5); border-bottom: 4px double #0072B2'>rain</span>.</p>"
    "<table><thead><tr><th>n</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>"
    "<figure><p><img alt='A chart' src='data:image/png;base64,{}'></p><figcaption>Figure 1</figcaption></figure></body>"
)


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("letter", (216, 279))])
def test_the_word_file_has_a_page_size_tints_and_pictures_that_fit(paper, size):
    picture = io.BytesIO()
    Figure(figsize=(2, 9)).savefig(picture, format="png")
    page = PAGE.replace("base64,{}", "base64," + base64.b64encode(picture.getvalue()).decode())
    content = word_file(page, paper=paper)
    assert content == word_file(page, paper=paper)
    file = docx.Document(io.BytesIO(content))
    section = file.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == size
    runs = {run.text: run for paragraph in file.paragraphs for run in paragraph.runs}
    fills = {text: run._r.xpath("./w:rPr/w:shd/@w:fill") for text, run in runs.items()}
    assert (fills["may"], fills["rain"], fills["It "]) == (["FFF1B8"], ["80B8D8"], [])
    assert runs["rain"].font.underline == WD_UNDERLINE.DOUBLE
    assert "Marks " in runs
    assert [cell.text for row in file.tables[0].rows for cell in row.cells] == ["n", "<b>"]
    (shape,) = file.inline_shapes
    assert shape.height < section.page_height - section.top_margin - section.bottom_margin
    assert shape.width / shape.height == pytest.approx(2 / 9, rel=0.01)


def test_parquet_keeps_all_or_says_what_to_install(monkeypatch):
    monkeypatch.setattr(exports, "find_spec", lambda name: None)
    with pytest.raises(MissingTool, match="pip install pyarrow"):
        to_parquet(FRAME)
    monkeypatch.undo()
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    back = pd.read_parquet(io.BytesIO(to_parquet(FRAME)))
    assert back["share"][0] == 0.1234567
    assert back["text"].tolist()[:3] == FRAME["text"].tolist()[:3]


@pytest.mark.usefixtures("few_figures")
def test_without_their_tools_pdf_and_parquet_say_what_to_install_and_the_rest_is_made(monkeypatch, tmp_path):
    monkeypatch.setattr(exports.shutil, "which", lambda name: None)
    monkeypatch.setattr(exports, "find_spec", lambda name: None)
    told = []
    page = write_report(
        make_document("It may rain.", doc_id="a"),
        tmp_path,
        missing=told.append,
        formats=("html", "pdf", "docx", "xlsx", "parquet"),
    )
    assert [re.match(r"\w+ needs (\w+)", problem)[1] for problem in told] == ["Chromium", "the"]
    assert page.exists()
    assert (tmp_path / "tables.xlsx").exists()
    assert (tmp_path / "report.docx").exists()
    assert not (tmp_path / "report.pdf").exists()
    with pytest.raises(MissingTool, match="PDF needs Chromium"):
        write_report(make_document("It may rain.", doc_id="a"), tmp_path, formats=("pdf",))
    assert not (tmp_path / "tables.xlsx").exists()  # of the earlier report
    with pytest.raises(ValueError, match="'odt' is not a format; choose from html, pdf, docx, xlsx, parquet"):
        write_report(make_document("It may rain.", doc_id="a"), tmp_path, formats=("odt",))


def test_a_tool_that_fails_is_told_of(monkeypatch):
    monkeypatch.setattr(exports, "find_browser", lambda: "/bin/false")
    with pytest.raises(MissingTool, match="PDF could not be written"):
        to_pdf("<p>It may rain.")


@pytest.mark.skipif(find_browser() is None, reason="no Chromium is installed (apt-get install chromium)")
def test_the_pdf_is_the_same_each_time():
    page = "<!DOCTYPE html><html lang=en><title>t</title><table><tr><th>a<th>b<tr><td>1<td>2</table>"
    try:
        first = to_pdf(page)
    except MissingTool as error:
        pytest.skip(f"Chromium does not print here: {error}")
    assert first.startswith(b"%PDF")
    assert first == to_pdf(page)


def test_a_figure_is_also_data():
    document = make_document(
        "Ann Reed said it may rain. We left.",
        attributions=[{"source": "Ann Reed", "cue": "said", "content": "it may rain", "source_kind": "person"}],
    )
    rows = figure_data(plot_voices(make_tables(document)))
    assert rows[["what", "y", "x", "x_end"]].to_numpy().tolist() == [
        ["bar", "The reporter", "0", "5"],
        ["bar", "Ann Reed", "0", "3"],
    ]
    nothing = figure_data(plot_voices(make_tables(make_document("It may rain."))))
    assert nothing.columns.tolist() == rows.columns.tolist()
    assert len(nothing) == 0


@pytest.mark.usefixtures("few_figures")
def test_the_command_says_which_formats_there_are_and_what_was_left_out(monkeypatch, tmp_path, capsys):
    (tmp_path / "a.txt").write_text("It may rain, Ann Reed said.")
    call = ["report", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--format"]
    assert main([*call, "html,odt"]) == 2
    assert "--format: unknown name 'odt'; choose from html, pdf, docx, xlsx, parquet" in capsys.readouterr().err
    assert main([*call, "html", "--figures", "voices, chain"]) == 2
    assert "--figures: unknown name 'chain'; choose from compared, sources_compared, " in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    monkeypatch.setattr(exports.shutil, "which", lambda name: None)
    assert main([*call, "xlsx, pdf"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("left out: PDF needs Chromium")  # before the work
    assert told.count("PDF needs") == 1
    assert (tmp_path / "out/tables.xlsx").exists()
    assert (tmp_path / "out/figures/voices.pdf").exists()  # needs no browser
