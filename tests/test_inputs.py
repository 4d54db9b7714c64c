"""Inputs beyond plain text: what is read of each kind of file, in what order, and what an error says."""

import datetime
import io
import json
import sys
import zipfile
from contextlib import nullcontext as does_not_raise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.cli import main
from analysis.inputs import ReadOptions
from analysis.inputs.encodings import decode, detect
from analysis.inputs.formats import SUFFIXES
from analysis.inputs.loading import iter_articles, load_articles, read_article
from analysis.inputs.metadata import metadata_of
from analysis.inputs.pdf import join_lines
from analysis.text.article import Article, ArticleError, ArticleWarning

FRENCH = "Le ministère a déclaré que l’école était fermée à cause de la grève, mais que la mairie la rouvrirait."
CAFE = "“It may rain,” she said — the café’s owner didn’t agree."

OTHER_LANGUAGES = pytest.mark.filterwarnings("ignore:.*not in English:UserWarning")


def texts(source, **options):
    return [(a.doc_id, a.text) for a in load_articles(source, options=ReadOptions(**options))]


def articles_of(source):
    return [(i.doc_id, i.text) for i in iter_articles(source) if isinstance(i, Article)]


def errors(source, **options):
    items = iter_articles(source, options=ReadOptions(**options))
    return [(e.file.rsplit("/", 1)[-1], e.row, e.reason) for e in items if isinstance(e, ArticleError)]


def texts_and_reasons(source):
    return [item.reason if isinstance(item, ArticleError) else item.text for item in iter_articles(source)]


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        (CAFE, "cp1252", "cp1252"),
        (FRENCH, "cp1252", "cp1252"),
        (5 * CAFE, "utf-16-le", "utf-16-le"),
        ("Министр сказал, что голосование может быть отложено. Он не объяснил почему.", "cp1251", "cp1251"),
    ],
)
@OTHER_LANGUAGES
def test_an_encoding_that_is_likely_enough_is_read_with_a_warning(tmp_path, text, written, read):
    (tmp_path / "a.txt").write_bytes(text.encode(written))
    with pytest.warns(ArticleWarning, match=rf"a\.txt: not UTF-8; read as {read}"):
        article = read_article(tmp_path / "a.txt")
    assert (article.text, article.encoding) == (text, read)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_believed_without_a_warning(tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes(CAFE.encode(encoding))
    article = read_article(tmp_path / "a.txt")
    assert (article.text, article.encoding) == (CAFE, encoding.removesuffix("-sig"))


PLAIN = "It may rain, she said on Monday, but nobody knows. "
NAMES = "The café in Zürich may close, the señor who owns it said. “We didn’t pay £300,” Ægir Müller told Orbán’s aide…"


@pytest.mark.parametrize("text", [NAMES + 2 * PLAIN, 20 * PLAIN + "It rained in Köln."])
def test_english_with_a_few_accents_is_read_as_western(text):
    assert decode(text.encode("cp1252"), file="a.txt") == (text, "cp1252")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("The mayor of Łódź may resign, Lech Wałęsa told reporters on Monday, but he did not say when.", "iso8859_2"),
        ("The vote may be late, Aleksandar Vučić said on Monday; Miloš Đurić did not agree with him.", "cp1250"),
        ("“It may rain,” she said on Monday, and the owner of the café — who didn’t agree — left.", "mac_roman"),
        ("The café in Zürich may close on Monday, the man who owns it told reporters in the town.", "cp850"),
    ],
)
def test_names_in_other_encodings_are_not_taken_for_western(text, encoding):
    assert detect(text.encode(encoding)) != "cp1252"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_english_in_utf16_is_known_without_a_mark(tmp_path, monkeypatch, encoding):
    text = "It may rain today."
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    (tmp_path / "b.csv").write_bytes(f"id,text\nx,{text}\n".encode(encoding))
    (tmp_path / "c.jsonl").write_bytes((2 * (json.dumps({"text": text}) + "\n")).encode(encoding))
    with pytest.warns(ArticleWarning, match=f"read as {encoding}"):
        articles = load_articles(tmp_path)
    assert [(a.doc_id, a.text, a.encoding) for a in articles] == [
        (name, text, encoding) for name in ("a", "x", "c-1", "c-2")
    ]
    for mark in ("", "\ufeff"):
        raw = (mark + json.dumps({"text": text}) + "\n").encode(encoding)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        assert [(i.doc_id, i.text) for i in iter_articles("-")] == [("stdin-1", text)]


def test_utf8_is_never_guessed_at(tmp_path):
    (tmp_path / "a.txt").write_text(CAFE, "utf-8")
    assert read_article(tmp_path / "a.txt").encoding == "utf-8"


@pytest.mark.parametrize(
    "raw", [b"Zur\xfcck in Z\xfcrich", b"caf\xe9", bytes(range(128, 256)) * 3, "Łódź żółć".encode("iso8859_2")]
)
def test_an_encoding_that_could_be_several_is_an_error(raw):
    assert detect(raw) is None
    with pytest.raises(ArticleError, match=r"a\.txt:1: byte \d+ .* is not UTF-8; save the file as UTF-8"):
        decode(raw, file="a.txt")


# ---------------------------------------------------------------- HTML

PAGE = """<!DOCTYPE html><html><head><title>Harbour vote delayed</title>
<meta property="og:site_name" content="The Invented Post"><meta name="author" content="Ana Silva">
<meta property="article:published_time" content="2021-02-03T10:00:00Z">
<link rel="canonical" href="https://example.org/vote"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Harbour vote delayed</h1><p>The vote on the new harbour may be delayed, the ministry said on Monday.</p>
<p>“We need more time,” Ann Reed, who leads the Harbour Council, told reporters — twice.</p></article>
<footer>© The Invented Post. All rights reserved.</footer></body></html>"""


def test_html_gives_the_article_and_what_the_page_says_of_itself(tmp_path):
    (tmp_path / "vote.html").write_text(PAGE, "utf-8")
    article = read_article(tmp_path / "vote.html")
    assert article.text == (
        "The vote on the new harbour may be delayed, the ministry said on Monday.\n"
        "“We need more time,” Ann Reed, who leads the Harbour Council, told reporters — twice."
    )
    assert (article.title, article.outlet, article.byline, article.published, article.url, article.doc_id) == (
        "Harbour vote delayed",
        "The Invented Post",
        "Ana Silva",
        "2021-02-03",
        "https://example.org/vote",
        "vote",
    )


def test_html_is_read_in_the_encoding_that_it_declares(tmp_path):
    page = PAGE.replace("<head>", '<head><meta charset="windows-1252">')
    (tmp_path / "vote.htm").write_bytes(page.encode("cp1252"))
    with pytest.warns(ArticleWarning, match="read as windows-1252"):
        assert "“We need more time,”" in read_article(tmp_path / "vote.htm").text


@pytest.mark.parametrize("declared", ["unicode_escape", "undefined", "rot13", "no-such-thing"])
def test_html_that_declares_what_is_no_encoding_of_text(tmp_path, declared):
    page = PAGE.replace("<head>", f'<head><meta charset="{declared}">')
    (tmp_path / "vote.html").write_bytes(page.encode("cp1252"))
    with pytest.warns(ArticleWarning, match="read as cp1252"):
        assert "“We need more time,”" in read_article(tmp_path / "vote.html").text


def test_html_without_an_article_is_an_error(tmp_path):
    (tmp_path / "a.html").write_text("<html><body><script>var a = 1</script></body></html>", "utf-8")
    assert errors(tmp_path) == [("a.html", None, "no article text found in this page; save the text as .txt")]


# ---------------------------------------------------------------- Word and PDF


def test_word_file(tmp_path):
    from docx import Document

    document = Document()
    document.core_properties.title, document.core_properties.author = "A vote", "Ana Silva"
    document.add_heading("A vote")
    document.add_paragraph("The vote may be delayed.")
    document.add_table(1, 2).rows[0].cells[1].text = "Yes: 3"
    document.add_paragraph("It rained.")
    document.save(tmp_path / "vote.docx")
    article = read_article(tmp_path / "vote.docx")
    assert article.text == "A vote\nThe vote may be delayed.\n\nYes: 3\nIt rained."
    assert (article.title, article.byline) == ("A vote", "Ana Silva")


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_word_file_reads_with_all_changes_accepted_and_loses_no_paragraph(tmp_path):
    from docx import Document
    from docx.oxml import parse_xml

    def run(text):
        return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'

    document = Document()
    paragraph = document.add_paragraph("The vote ")._p
    for inside in (
        f"<w:ins {WORD}>{run('may be ')}</w:ins>",
        f"<w:del {WORD}><w:r><w:delText>is </w:delText></w:r></w:del>",
        f"<w:moveFrom {WORD}>{run('moved away ')}</w:moveFrom>",
        f"<w:hyperlink {WORD}>{run('delayed')}</w:hyperlink>",
        f"<w:sdt {WORD}><w:sdtContent>{run(', he said.')}</w:sdtContent></w:sdt>",
        f"<w:r {WORD}><w:br/><w:t>Then</w:t><w:tab/><w:t>rain.</w:t></w:r>",
    ):
        paragraph.append(parse_xml(inside))
    document.element.body.insert(
        0, parse_xml(f"<w:sdt {WORD}><w:sdtContent><w:p>{run('A vote')}</w:p></w:sdtContent></w:sdt>")
    )
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Results"  # one cell, and read once
    table.cell(1, 0).text = "Yes"
    table.cell(1, 1).text = "3"
    document.save(tmp_path / "vote.docx")
    assert read_article(tmp_path / "vote.docx").text == (
        "A vote\nThe vote may be delayed, he said.\nThen\train.\nResults\nYes\n3"
    )


def test_pdf_pages_that_are_pictures_are_told_of(tmp_path):
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(pdf(["The vote may be delayed."]))))
    picture = StreamObject()
    picture[NameObject("/Subtype")] = NameObject("/Image")
    page = writer.add_blank_page(300, 300)
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/I"): writer._add_object(picture)})}
    )
    writer.add_blank_page(300, 300)  # an empty page is none
    writer.write(tmp_path / "vote.pdf")
    with pytest.warns(ArticleWarning, match=r"1 of 3 pages are pictures without text \(the first is page 2\)"):
        assert read_article(tmp_path / "vote.pdf").text == "The vote may be delayed."


def pdf(*pages):
    """A PDF with these lines of text on its pages, made by hand."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        body = "BT /F1 12 Tf 14 TL 72 720 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(body)} >>\nstream\n{body}\nendstream",
        ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        out
        + (
            f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n"
            f"<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
        ).encode()
    )


def test_pdf_lines_become_paragraphs_again(tmp_path):
    (tmp_path / "vote.pdf").write_bytes(
        pdf(
            [
                "A vote is delayed",
                "The vote on the new harbour may be de-",
                "layed, the ministry said.",
                "It rained all day in the town, and",
            ],
            ["nobody left the hall."],
        )
    )
    assert read_article(tmp_path / "vote.pdf").text == (
        "A vote is delayed\nThe vote on the new harbour may be delayed, the ministry said.\n"
        "It rained all day in the town, and nobody left the hall."
    )


def test_pdf_without_text_and_damaged_files(tmp_path):
    (tmp_path / "scan.pdf").write_bytes(pdf([]))
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4\nnothing")
    (tmp_path / "bad.docx").write_bytes(b"PK nothing")
    (tmp_path / "bad.zip").write_bytes(b"PK nothing")
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 nothing")
    found = {file: reason for file, _, reason in errors(tmp_path)}
    assert "no text layer in this PDF" in found["scan.pdf"]
    assert "cannot be read as a PDF" in found["bad.pdf"]
    assert "not a zip that can be opened" in found["bad.docx"]
    assert "not a zip that can be opened" in found["bad.zip"]
    assert "cannot be read as Parquet" in found["bad.parquet"]


def test_lines_are_joined_only_where_a_paragraph_goes_on():
    assert join_lines("") == join_lines("\n \n") == ""
    assert join_lines("One line.\n\nAnother.") == "One line.\nAnother."


# ---------------------------------------------------------------- CSV


def test_csv_with_columns_found_and_given(tmp_path):
    rows = 'id,Title,content,date\n7,A vote,"One, two.\nThree.",2031-02-03\n,B,Four.,\n'
    (tmp_path / "a.csv").write_text(rows, "utf-8")
    one, two = load_articles(tmp_path / "a.csv")
    assert (one.doc_id, one.title, one.text, one.published) == ("7", "A vote", "One, two.\nThree.", "2031-02-03")
    assert (two.doc_id, two.text, two.published) == ("a-3", "Four.", None)
    with pytest.warns(ArticleWarning, match=r"a\.csv: unused columns: id$"):
        assert texts(tmp_path / "a.csv", text_column="Title", id_column="content") == [
            ("One, two.\nThree.", "A vote"),
            ("Four.", "B"),
        ]


def test_csv_errors_name_the_row_and_the_rest_is_read(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"text;outlet\nOne.;Post\nTwo.\n;Post\nF\xb3nf.;Post\nSix.;Post\n")
    articles = [i for i in iter_articles(tmp_path / "a.csv") if isinstance(i, Article)]
    assert [a.text for a in articles] == ["One.", "Six."]
    assert [(row, reason.split(";")[0]) for _, row, reason in errors(tmp_path / "a.csv")] == [
        (3, "1 cells where there are 2 columns"),
        (4, "it contains no text"),
        (5, "byte 0xb3 at offset 1 is not UTF-8"),
    ]


def test_csv_byte_that_does_not_fit_spoils_its_own_row_only(tmp_path):
    rows = b"text\n" + b"The vote may be late.\n" * 60_000 + b"F\xfcnf.\nSix.\n"
    (tmp_path / "a.csv").write_bytes(rows)
    items = list(iter_articles(tmp_path / "a.csv"))
    assert [(i.row, i.reason.split(";")[0]) for i in items if isinstance(i, ArticleError)] == [
        (60_002, "byte 0xfc at offset 1 is not UTF-8")
    ]
    assert items[-1].text == "Six."


@pytest.mark.parametrize(
    ("encoding", "warning"),
    [
        ("utf-8-sig", does_not_raise()),
        ("cp1252", pytest.warns(ArticleWarning, match="a.csv: not UTF-8; read as cp1252")),
    ],
)
@OTHER_LANGUAGES
def test_csv_from_a_spreadsheet(tmp_path, encoding, warning):
    rows = f'text;outlet\r\n"{CAFE}";Post\r\n"{FRENCH}";Post\r\n'
    (tmp_path / "a.csv").write_bytes(rows.encode(encoding))
    with warning:
        articles = load_articles(tmp_path / "a.csv")
    found = [(a.text, a.outlet, a.encoding) for a in articles]
    assert found == [(text, "Post", encoding.removesuffix("-sig")) for text in (CAFE, FRENCH)]


def test_csv_with_a_line_for_excel(tmp_path):
    (tmp_path / "a.csv").write_text("sep=;\nid;text\n1;It may rain, he said.\n2;\n", "utf-8")
    one, two = iter_articles(tmp_path / "a.csv")
    assert (one.doc_id, one.text, two.row) == ("1", "It may rain, he said.", 4)


def test_csv_with_tabs_in_utf16(tmp_path):
    (tmp_path / "a.csv").write_bytes(f"text\toutlet\r\n{CAFE}\tPost\r\n".encode("utf-16"))
    assert [(a.text, a.outlet, a.encoding) for a in load_articles(tmp_path / "a.csv")] == [(CAFE, "Post", "utf-16")]


def test_csv_without_a_text_column_lists_what_there_is(tmp_path):
    (tmp_path / "a.csv").write_text("headline,words\nA,3\n", "utf-8")
    assert errors(tmp_path / "a.csv")[0][2].startswith("no column for the text among headline, words")
    assert (
        errors(tmp_path / "a.csv", text_column="story")[0][2]
        == "'story' is not a column; choose one of headline, words"
    )


def test_csv_quotation_mark_left_open(tmp_path):
    (tmp_path / "a.csv").write_text('text\nOne.\n"Two.\nThree.\n', "utf-8")
    assert [text for _, text in articles_of(tmp_path / "a.csv")] == ["One."]
    ((_, row, reason),) = errors(tmp_path / "a.csv")
    assert (row, reason.split(",")[0]) == (3, "a quotation mark opened in this row is never closed")
    (tmp_path / "a.csv").write_text('text\nOne.\n"Two.\nThree."', "utf-8")  # the last line, without an end
    assert [text for _, text in texts(tmp_path / "a.csv")] == ["One.", "Two.\nThree."]


def test_csv_without_rows_and_with_two_columns_of_one_name(tmp_path):
    (tmp_path / "a.csv").write_text("id,text\n\n", "utf-8")
    (tmp_path / "b.csv").write_text("text,text\nOne.,Two.\n", "utf-8")
    (tmp_path / "c.csv").write_text("text,n,n\nOne.,1,2\n", "utf-8")
    assert errors(tmp_path / "a.csv") + errors(tmp_path / "b.csv") == [
        ("a.csv", None, "it has no rows, only column names"),
        ("b.csv", None, "2 columns are called 'text'; rename all except one"),
    ]
    with pytest.warns(ArticleWarning, match="unused columns: n, n"):
        assert texts(tmp_path / "c.csv") == [("c-2", "One.")]


def test_columns_that_are_not_used_are_told_once(tmp_path):
    (tmp_path / "a.csv").write_text("text,mood,Publish Date\nOne.,calm,2031-02-03\nTwo.,calm,\n", "utf-8")
    with pytest.warns(ArticleWarning) as told:
        assert len(load_articles(tmp_path / "a.csv")) == 2
    assert [str(w.message).rpartition("/")[2] for w in told] == ["a.csv: unused columns: mood"]


def test_a_byte_that_does_not_fit_in_metadata_loses_that_only(tmp_path):
    (tmp_path / "a.csv").write_bytes("id,title,text\n1,Łódź,One.\n2,B,Two.\nŁ,C,Three.\n".encode("iso8859_2"))
    with pytest.warns(ArticleWarning, match=r"a\.csv:2: title: byte 0xa3 at offset 0 is not UTF-8; .*; left out"):
        one, two, three = iter_articles(tmp_path / "a.csv")
    assert (one.text, one.title, two.text, two.title) == ("One.", None, "Two.", "B")
    assert (three.row, three.reason) == (4, "byte 0xa3 at offset 0 is not UTF-8; save the file as UTF-8")


# ---------------------------------------------------------------- JSON lines and Parquet


def test_json_lines_with_other_names(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"uid": 5, "body": "One.", "headline": "H"}\n{"story": 3}\n', "utf-8")
    one, two = iter_articles(tmp_path / "a.jsonl")
    assert (one.doc_id, one.text, one.title) == ("5", "One.", "H")
    assert (two.row, two.reason) == (
        2,
        'an object with "text" (a string) is needed, and its fields are story; add it, name '
        "another field with --text-column, or leave the line out",
    )
    named = next(iter_articles(tmp_path / "a.jsonl", options=ReadOptions(text_column="headline")))
    assert (named.doc_id, named.text) == ("5", "H")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@OTHER_LANGUAGES
def test_json_lines_in_other_encodings(tmp_path, encoding):
    middle = FRENCH if encoding == "cp1252" else "\u010a is a letter with a line end among its bytes."
    lines = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in (CAFE, middle, FRENCH))
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    (tmp_path / "a.jsonl").write_bytes((mark + lines).encode(encoding))
    warning = pytest.warns(ArticleWarning, match="read as cp1252") if encoding == "cp1252" else does_not_raise()
    with warning:
        articles = load_articles(tmp_path / "a.jsonl")
    assert [a.text for a in articles] == [CAFE, middle, FRENCH]
    assert {a.encoding for a in articles} == {"utf-16" if mark else encoding.removesuffix("-sig")}


def test_json_fields_are_found_as_columns_are(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        '{"ID": 5, "Text": "One.", "Authors": 1, "Author": ["Ann Reed", "Omar Diallo"]}\n'
        '{"text": ["One."]}\n7\n{"text": "A."\n',
        "utf-8",
    )
    one, *others = iter_articles(tmp_path / "a.jsonl")
    assert (one.doc_id, one.text, one.byline) == ("5", "One.", "Ann Reed, Omar Diallo")
    assert [(e.row, e.reason.split(";")[0]) for e in others] == [
        (2, 'an object with "text" (a string) is needed, and it is a list'),
        (3, 'an object with "text" (a string) is needed, and this is a number'),
        (4, "not a JSON object (Expecting ',' delimiter at character 14 of the line)"),
    ]


def test_metadata_that_is_not_text_is_told(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "A.", "source": {"at": "Post"}, "title": 1984, "url": null}', "utf-8")
    with pytest.warns(ArticleWarning, match=r"a\.jsonl:1: source is not text; left out"):
        (article,) = load_articles(tmp_path / "a.jsonl")
    assert (article.outlet, article.title, article.url) == (None, "1984", None)


@pytest.mark.parametrize(
    ("published", "kept"),
    [("9999-12-31T23:59:59+14:00", True), ("0001-01-01", True), ("0001-01-01T00:00:00+14:00", False)],
)
def test_a_date_that_no_table_can_hold_is_left_out(published, kept):
    # the last one is a time in the year 0 in UTC
    warning = does_not_raise() if kept else pytest.warns(ArticleWarning, match="not a date that we can read")
    with warning:
        assert metadata_of({"published": published}, where="a") == ({"published": published} if kept else {})


def test_json_lines_with_values_of_other_types(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        "\n".join(
            [
                '{"text": "One.", "id": 7}',
                '{"text": "A.", "id": true}',
                '{"text": "A.", "id": {"a": 1}}',
                '{"text": "A.", "more": ' + "[" * 100_000 + "]" * 100_000 + "}",
                '{"text": "A\\ud800."}',
                '{"text": "Two."}',
            ]
        )
    )
    assert texts_and_reasons(tmp_path / "a.jsonl") == [
        "One.",
        "the id is true or false; give a string or a whole number",
        "the id is an object; give a string or a whole number",
        "objects or lists are nested too deeply; write only the article's fields",
        "unpaired surrogate at offset 1; save the article as UTF-8",
        "Two.",
    ]


def test_csv_with_new_lines_in_quotation_marks(tmp_path):
    (tmp_path / "a.csv").write_bytes('\ufeffid,text\r\n1,"One.\r\n\r\nIt was ""late""."\r\n2,Two.\r\n'.encode())
    assert texts(tmp_path / "a.csv") == [("1", 'One.\r\n\r\nIt was "late".'), ("2", "Two.")]


@pytest.mark.parametrize(
    ("name", "begins", "kind"),
    [
        ("a.csv", b"PK\x03\x04\x14\0\x08\x08", "a zip, a Word or an Excel file"),
        ("a.jsonl", b"PK\x03\x04", "a zip"),
        ("a.txt", b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        ("a.md", b"{\\rtf1\\ansi", "an RTF file"),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Word or Excel file"),
        ("a.jsonl", b"\x1f\x8b\x08", "with gzip"),
    ],
)
def test_a_file_of_another_kind_than_its_name_says_is_named(tmp_path, name, begins, kind):
    (tmp_path / name).write_bytes(begins + b"\x8e\xb3\0\0" * 50)
    ((file, row, reason),) = errors(tmp_path / name)
    assert (file, row) == (name, None)
    assert kind in reason
    assert "give it the right ending" in reason


def test_parquet(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(
        pa.table(
            {
                "guid": ["x", None, "z"],
                "maintext": ["One.", "Two.", None],
                "n": [1, 2, 3],
                "date": [datetime.datetime(2031, 2, 3, 10, tzinfo=datetime.UTC), None, None],
            }
        ),
        tmp_path / "a.parquet",
    )
    with pytest.warns(ArticleWarning, match="unused columns: n"):
        one, two, three = iter_articles(tmp_path / "a.parquet")
    assert (one.doc_id, one.text, one.published) == ("x", "One.", "2031-02-03T10:00:00+00:00")
    assert (two.doc_id, two.text, two.published) == ("a-2", "Two.", None)
    assert (three.row, three.reason) == (
        3,
        "column 'maintext' holds nothing here, not text; leave the row out, or name another column with --text-column",
    )


def test_parquet_of_another_make(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(
        pa.table(
            {"text": [CAFE.encode(), CAFE.encode("cp1252")], "tags": [["x"], None], "section": [{"main": "A"}, None]}
        ),
        tmp_path / "bytes.parquet",
    )
    with pytest.warns(ArticleWarning, match="unused columns: tags, section"):
        articles = load_articles(tmp_path / "bytes.parquet")
    assert [(a.text, a.encoding) for a in articles] == [(CAFE, "utf-8"), (CAFE, "cp1252")]
    pq.write_table(pa.table({"text": pa.array(["A.", "A."]).dictionary_encode()}), tmp_path / "dictionary.parquet")
    assert texts(tmp_path / "dictionary.parquet") == [("dictionary-1", "A."), ("dictionary-2", "A.")]
    pq.write_table(pa.table({"text": [{"plain": "A."}], "id": [1]}), tmp_path / "nested.parquet")
    ((_, row, reason),) = errors(tmp_path / "nested.parquet")
    assert (row, reason.startswith("column 'text' holds an object here, not text")) == (1, True)


def test_parquet_without_rows_or_text(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"n": [1]}), tmp_path / "b.parquet")
    assert [reason.split(":")[0] for *_, reason in errors(tmp_path)] == [
        "there are no rows in it",
        "no column for the text among n",
    ]


# ---------------------------------------------------------------- zips, folders, standard input


def make_zip(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def test_zip_is_read_like_a_folder(tmp_path):
    table = io.BytesIO()
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"text": ["In Parquet."]}), table)
    make_zip(
        tmp_path / "news.zip",
        {
            "b.txt": "B.",
            "a/y.txt": "Y.",
            "a/y.md": "Y, again.",
            "README.md": "no",
            "__MACOSX/b.txt": "no",
            ".c.txt": "no",
            "rows.csv": "text\nRow.\n",
            "lines.jsonl": '{"text": "Line."}\n',
            "p.parquet": table.getvalue(),
        },
    )
    with pytest.warns(ArticleWarning, match=r"news\.zip: skipped files: \.c\.txt, README\.md\. If"):
        found = texts(tmp_path / "news.zip")
    assert found == [
        ("news/a/y.md", "Y, again."),
        ("news/a/y.txt", "Y."),
        ("news/b", "B."),
        ("news/lines-1", "Line."),
        ("news/p-1", "In Parquet."),
        ("news/rows-2", "Row."),
    ]


def test_zip_without_articles(tmp_path):
    make_zip(tmp_path / "a.zip", {"picture.png": b"x"})
    with pytest.warns(ArticleWarning, match=r"skipped files: \.png 1 \(picture\.png\)"):
        assert errors(tmp_path / "a.zip") == [("a.zip", None, "no article in this zip")]


def test_a_folder_mixes_kinds_in_the_order_of_paths(tmp_path):
    make_zip(tmp_path / "c.zip", {"z.txt": "Z."})
    (tmp_path / "a.csv").write_text("text\nA.\n", "utf-8")
    (tmp_path / "b").mkdir()
    (tmp_path / "b/one.txt").write_text("B.", "utf-8")
    (tmp_path / "b.txt").write_text("After.", "utf-8")
    (tmp_path / "errors.jsonl").write_text("{}", "utf-8")
    with pytest.warns(ArticleWarning, match=r"skipped files: errors\.jsonl\."):
        assert texts(tmp_path) == [("a-2", "A."), ("b/one", "B."), ("b", "After."), ("c/z", "Z.")]


@pytest.mark.parametrize(
    ("given_bytes", "wanted"),
    [
        (b'\n {"doc_id": "x", "text": "One."}\n{"text": "Two."}\n', [("x", "One."), ("stdin-3", "Two.")]),
        (b'\xef\xbb\xbf{"id": "x", "text": "One."}\n', [("x", "One.")]),
        (b"---\ntitle: T\n---\nPlain text.", [("stdin", "Plain text.")]),
    ],
)
def test_standard_input(monkeypatch, given_bytes, wanted):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given_bytes)))
    assert texts("-") == wanted


@pytest.mark.parametrize("given_bytes", [b'[{"text": "One."}]', b'[\n  {"text": "One."}\n]\n'])
def test_a_json_array_is_not_taken_for_an_article(monkeypatch, given_bytes, tmp_path):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given_bytes)))
    assert errors("-") == [
        ("stdin", None, "it begins like a JSON array; write one object per line (jq -c '.[]' does that)")
    ]
    (tmp_path / "a.jsonl").write_bytes(b'[{"text": "One."}]\n{"text": "Two."}\n')
    assert texts_and_reasons(tmp_path / "a.jsonl") == ["a list; write each of its objects on a separate line", "Two."]


def test_a_file_of_an_unknown_kind_is_named(tmp_path):
    (tmp_path / "a.xyz").write_text("A vote.", "utf-8")
    assert errors(tmp_path / "a.xyz")[0][2].startswith("files that can be read are .txt, .text, .md")


def test_an_error_crosses_processes_whole():
    import pickle

    error = pickle.loads(pickle.dumps(ArticleError("bad", file="a.csv", row=3)))
    assert (str(error), error.file, error.row, error.reason) == ("a.csv:3: bad", "a.csv", 3, "bad")


# ---------------------------------------------------------------- any bytes

PIECES = st.sampled_from(
    [
        b"text,id\n",
        b'"',
        b",",
        b"\n",
        b"\r",
        b"\0",
        b"<p>",
        b"</div>",
        b"---\n",
        b"a: b\n",
        b"{",
        b"}",
        b'{"text": "A."}\n',
        b"PK\x03\x04",
        b"PAR1",
        b"%PDF-1.4\n",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xfc",
        b"The vote may be late. ",
        b"xref\n",
        b"stream\n",
        "é".encode(),
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SUFFIXES), st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=12).map(b"".join)))
@pytest.mark.filterwarnings("ignore::analysis.text.article.ArticleWarning")
def test_any_bytes_give_articles_or_errors_that_name_the_file(tmp_path, suffix, raw):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(raw)
    for item in iter_articles(path):
        assert isinstance(item, Article) or str(item).startswith(str(path))


def test_options_are_plain_data():
    assert json.dumps(ReadOptions().limits.article_chars) == "5000000"


def test_a_fault_in_a_reader_loses_nothing_else(tmp_path, monkeypatch):
    from analysis.inputs import files

    def fault(blob, options):
        raise KeyError("a bug")
        yield

    monkeypatch.setitem(files.READERS, ".html", fault)
    (tmp_path / "a.html").write_text("<p>A vote.", "utf-8")
    (tmp_path / "b.txt").write_text("A vote.", "utf-8")
    assert errors(tmp_path) == [
        ("a.html", None, "could not be read (KeyError: 'a bug'); please report it with the file")
    ]
    assert next(i for i in iter_articles(tmp_path) if isinstance(i, Article)).doc_id == "b"


# ---------------------------------------------------------------- what is passed over


def test_every_file_that_is_passed_over_is_told(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "_drafts").mkdir()
    names = (
        "a.txt",
        "b.doc",
        "sub/c.DOC",
        "d.epub",
        "picture.png",
        "notice.txt",
        "_e.txt",
        ".f.txt",
        "letter",
        "README.md",
    )
    for name in (*names, "aliases.toml", ".DS_Store", "._a.txt"):
        (tmp_path / name).write_text("A.", "utf-8")
    told = (
        r"skipped files: \.doc 2 \(b\.doc, sub/c\.DOC\), \.epub 1 \(d\.epub\), \.png 1 \(picture\.png\), "
        r"\.f\.txt, README\.md, _drafts, _e\.txt, letter, notice\.txt\. If .* For example, \.doc is an old Word file"
    )
    with pytest.warns(ArticleWarning, match=told):
        assert texts(tmp_path) == [("a", "A.")]
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name in (*names, "__MACOSX/._a.txt"):
            archive.writestr(name, "A.")
    with pytest.warns(ArticleWarning, match=r"all\.zip: .*" + told.replace("_drafts, ", "")):
        assert texts(tmp_path / "all.zip") == [("all/a", "A.")]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.doc", "save it as .docx"),
        ("a.epub", "pandoc FILE -t plain"),
        ("a.srt", "subtitles; save them as plain text"),
        ("a.vtt", "subtitles; save them as plain text"),
        ("a.warc", "warcio extract"),
        ("a.warc.gz", "warcio extract"),
        ("a.xls", "save it as .xlsx"),
        ("a.tar.gz", "unpack it first"),
        ("a.gz", "give it a name such as articles.csv.gz"),
        ("a.msg", "save it as .eml"),
        ("a.JPG", "run text recognition"),
    ],
)
def test_a_kind_that_is_not_read_names_the_way(tmp_path, name, told):
    (tmp_path / name).write_bytes(b"anything")
    ((file, row, reason),) = errors(tmp_path / name)
    assert (file, row) == (name, None)
    assert told in reason


def test_names_of_files_that_are_not_utf8(tmp_path):
    good, bad = (tmp_path / "caf\udce9.txt", tmp_path / "caf\udce9.csv")
    try:
        good.write_text("A.", "utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes UTF-8 names only")
    bad.write_text("a,b\n1,2\n", "utf-8")
    found, error = sorted(iter_articles(tmp_path), key=lambda item: isinstance(item, ArticleError))
    assert (found.doc_id, found.text) == (r"caf\xe9.txt", "A.")
    assert Path(error.file).name == r"caf\xe9.csv"
    f"{error} {found.path}".encode()


# ---------------------------------------------------------------- the kinds of file


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_kind_of_file_is_in_the_manual_and_in_the_help(suffix, capsys):
    manual = (Path(__file__).parents[1] / "docs/inputs-and-limits.md").read_text("utf-8")
    kinds = [cell for line in manual.splitlines() if line.startswith("| `.") for cell in line.split("|")[1].split(", ")]
    assert f"`{suffix}`" in map(str.strip, kinds)
    with pytest.raises(SystemExit):
        main(["annotate", "--help"])
    assert suffix in capsys.readouterr().out.replace("(", " ").replace(")", " ").replace(",", " ").split()
