"""PDFs: columns, what pages repeat, and files that are damaged. All are made here."""

import io
import textwrap
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_databases import AS_TEXT, ONE, TWO, UNI

from analysis.inputs.options import Blob, ReadOptions
from analysis.inputs.pdf import Page, read_pdf, text_of
from analysis.inputs.pdf_columns import Piece, edges_of, lines_of
from analysis.text.article import ArticleError

LEFT = ["The ferry to Tarn Island may stop in", "November, its operator said on Tues-", "day, after talks broke down."]
RIGHT = ["Corrin Line told the harbour board", "that the slipway was no longer safe,", "and that it would rather stop."]
THIRD = ["About 340 people live there, and", "the nearest shop is nine miles away", "from the island by boat."]
LEFT_READ = "The ferry to Tarn Island may stop in November, its operator said on Tuesday, after talks broke down."
RIGHT_READ = "Corrin Line told the harbour board that the slipway was no longer safe, and that it would rather stop."
THIRD_READ = "About 340 people live there, and the nearest shop is nine miles away from the island by boat."


def pdf(*pages, apart=False, font="Helvetica"):
    """A PDF whose pages draw these (x, y, text), in one text object or, with `apart`, in one for each."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>",
    ]
    for number, pieces in enumerate(pages):
        drawn = [f"1 0 0 1 {x} {y} Tm ({text}) Tj" for x, y, text in pieces]
        body = "".join(f"BT /F1 10 Tf {each} ET\n" for each in (drawn if apart else [" ".join(drawn)]))
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(body)} >>\nstream\n{body}\nendstream",
        ]
    body = "".join(f"{number} 0 obj\n{content}\nendobj\n" for number, content in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n0\n%%EOF\n".encode("cp1252")


def in_turns(*columns, xs=(50, 320), top=700):
    """Lines of columns, drawn row by row across the page."""
    rows = max(map(len, columns))
    return [
        (x, top - 12 * row, column[row])
        for row in range(rows)
        for x, column in zip(xs, columns, strict=False)
        if row < len(column)
    ]


def printed(text, *, head=None, foot=None, starts=(), width=80):
    """The lines of a text broken and set on pages as a word processor does; a page begins before lines of `starts`."""
    pages = [[]]
    for line in text.strip().splitlines():
        if line.strip().startswith(starts) and pages[-1]:
            pages.append([])
        for part in textwrap.wrap(line.replace("\xa0", " "), width) or [""]:
            if len(pages[-1]) == 40:
                pages.append([])
            pages[-1].append(part.replace("(", r"\(").replace(")", r"\)"))
    drawn = []
    for number, lines in enumerate(pages, 1):
        edges = [(60, y, words.format(number, len(pages))) for y, words in ((760, head), (30, foot)) if words]
        drawn.append([(60, 700 - 14 * row, line) for row, line in enumerate(lines) if line] + edges)
    return pdf(*drawn)


def read_all(raw):
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        items = list(read_pdf(Blob("a.pdf", "a", ".pdf", len(raw), lambda: io.BytesIO(raw)), ReadOptions()))
    return items, [str(each.message) for each in told]


def read(raw):
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        article = next(iter(read_pdf(Blob("a.pdf", "a", ".pdf", len(raw), lambda: io.BytesIO(raw)), ReadOptions())))
    return " ".join(article.text.split()), [str(each.message) for each in told]


@pytest.mark.parametrize("apart", [False, True])
def test_columns_drawn_in_turns_are_read_one_after_the_other(apart):
    assert read(pdf(in_turns(LEFT, RIGHT), apart=apart)) == (f"{LEFT_READ} {RIGHT_READ}", [])
    three = in_turns(LEFT, RIGHT, THIRD, xs=(40, 230, 420))
    assert read(pdf(three, apart=apart)) == (f"{LEFT_READ} {RIGHT_READ} {THIRD_READ}", [])


@pytest.mark.parametrize("longer", ["left", "right"])
def test_a_column_may_be_longer_than_the_other(longer):
    left, right = (LEFT + THIRD, RIGHT) if longer == "left" else (LEFT, RIGHT + THIRD)
    read_left, read_right = (
        (f"{LEFT_READ} {THIRD_READ}", RIGHT_READ) if longer == "left" else (LEFT_READ, f"{RIGHT_READ} {THIRD_READ}")
    )
    assert read(pdf(in_turns(left, right)))[0] == f"{read_left} {read_right}"


def test_a_line_across_columns_ends_what_stands_above_it():
    across = (50, 640, "A headline that stands over both of the columns below it, and is as long as the page is wide")
    page = [*in_turns(LEFT, RIGHT), across, *in_turns(RIGHT, LEFT, top=610)]
    assert read(pdf(page))[0] == f"{LEFT_READ} {RIGHT_READ} {across[2]} {RIGHT_READ} {LEFT_READ}"


def test_columns_drawn_one_after_the_other_and_tables_stay_as_they_are():
    column_by_column = [*in_turns(LEFT), *in_turns(RIGHT, xs=(320,))]
    assert read(pdf(column_by_column))[0] == f"{LEFT_READ} {RIGHT_READ}"
    table = in_turns(["Yes", "No", "Away", "Void"], ["31", "24", "3", "0"])
    assert read(pdf(table))[0] == "Yes 31 No 24 Away 3 Void 0"


def test_words_that_are_placed_one_by_one():
    """Where words begin by chance is no edge of a column."""
    page = []
    for x, y, text in in_turns(LEFT, RIGHT):
        for word in text.split():
            page.append((x, y, word))
            x += 6 * (len(word) + 1)  # every letter of Courier is as wide
    assert read(pdf(page, font="Courier"))[0] == f"{LEFT_READ} {RIGHT_READ}"


def test_edges_and_lines():
    lines = lines_of([Piece(x, y, 10, text) for x, y, text in in_turns(LEFT, RIGHT)])
    assert [len(line) for line in lines] == [2, 2, 2]
    assert [abs(edge - x) <= 3 for edge, x in zip(edges_of(lines), (50, 320), strict=True)] == [True, True]
    assert edges_of([]) == []


def test_running_heads_feet_and_numbers_are_left_out():
    pages = [
        [(50, 760, "The Ennis Echo, 7 May"), *in_turns(column), (300, 40, f"Page {number} of 3")]
        for number, column in enumerate((LEFT, RIGHT, THIRD), 1)
    ]
    assert read(pdf(*pages))[0] == f"{LEFT_READ} {RIGHT_READ} {THIRD_READ}"
    columns = [
        [(50, 760, f"{n} The Ennis Echo"), *in_turns(*sides)]
        for n, sides in enumerate(((LEFT, RIGHT), (RIGHT, THIRD)), 1)
    ]
    assert read(pdf(*columns))[0] == f"{LEFT_READ} {RIGHT_READ} {RIGHT_READ} {THIRD_READ}"


def test_a_page_printed_from_a_browser():
    page = [
        (30, 770, "07/05/2024, 10:41 Ferry may stop | The Ennis Echo"),
        (50, 745, "Home Sport"),
        (50, 730, "The ferry to Tarn may stop"),
        *in_turns(LEFT),
        (50, 640, "Read more"),
        (50, 600, "Cookie policy"),
        (30, 20, "https://ennisecho.example/ferry 1/3"),
    ]
    assert read(pdf(page))[0] == f"The ferry to Tarn may stop {LEFT_READ}"


def test_short_lines_of_a_text_that_was_not_printed_from_a_browser_stay():
    assert text_of([Page("Rain\nIt may rain.\nHome")]) == (["Rain\nIt may rain.\nHome"], [])


def test_columns_that_cannot_be_told_apart_are_told_of(monkeypatch):
    monkeypatch.setattr("analysis.inputs.pdf.read_columns", lambda lines, edges: ["only a part"])
    text, told = read(pdf(in_turns(LEFT, RIGHT)))
    assert text.startswith("The ferry to Tarn Island may stop in Corrin Line")
    assert len(told) == 1
    assert told[0].startswith("a.pdf: page 1 seems to have columns")


@pytest.mark.parametrize("form", AS_TEXT)
def test_an_export_of_a_database_as_pdf(form):
    text, (title, outlet, published, byline, _), _ = AS_TEXT[form]
    feet = {
        "Fa": "Page {} of {} © 2031 Factiva, Inc. All rights reserved.",
        "Pr": "PDF GENERATED BY PROQUEST.COM Page {} of {}",
    }
    raw = printed(
        text,
        head="Page {} of {}" if form == "Nexis Uni" else None,
        foot=feet.get(form[:2]),
        starts=("Bridge closed", "2 of 2", "Document 2 of 2", "TABLE"),
    )
    (one, two), told = read_all(raw)
    assert [article.text.split() for article in (one, two)] == [ONE.split(), TWO.split()]
    assert (one.title, one.outlet, one.published, one.byline) == (title, outlet, published, byline)
    assert (two.title, two.outlet) == ("Bridge closed", "Courier")
    assert (one.doc_id, two.doc_id) == ("a-1", "a-2")
    assert [line.startswith("a.pdf: an export from ") and line.endswith(": 2 articles") for line in told] == [True]


def test_a_long_title_and_running_heads_of_an_export():
    """Nexis Uni sets the title at the head of each page, and the title of an article may run over two lines."""
    title = "Harbour vote delayed for the third time in a row, the ministry of the interior and the council say"
    text = UNI.replace("Harbour vote delayed", title)
    paragraphs = [
        f"The vote on harbour {n} may be delayed, the ministry said on Monday; it gave no reason." for n in range(30)
    ]
    text = text.replace(ONE.splitlines()[0], "\n\n".join(paragraphs))
    (one, two), _ = read_all(printed(text, head="Page {} of {}", starts=("Bridge closed",)))
    assert (one.title, two.title) == (title, "Bridge closed")
    assert one.text.splitlines() == paragraphs + ONE.splitlines()[1:]


def test_fonts_that_are_missing_in_an_export_cost_its_blank_lines_only():
    raw = printed(UNI, starts=("Bridge closed",)).replace(b"/F1 10 Tf", b"")
    (one, two), _ = read_all(raw)
    assert (one.title, one.outlet, two.title) == (
        "Harbour vote delayed",
        "The Invented Post (Norhaven)",
        "Bridge closed",
    )
    assert two.text.split() == TWO.split()


def test_an_article_about_databases_is_no_export():
    raw = printed(
        "Full text of a leaflet\n\nBody language matters, HD television or not, said Factiva’s editor.\n", foot="1 of 2"
    )
    (one,), told = read_all(raw)
    assert one.text == "Full text of a leaflet\nBody language matters, HD television or not, said Factiva’s editor."
    assert told == []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_is_an_error_or_a_text(data):
    raw = bytearray(pdf(in_turns(LEFT, RIGHT), in_turns(THIRD)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        size = data.draw(st.integers(0, 30))
        raw[at : at + size] = data.draw(st.binary(max_size=12))
    if data.draw(st.booleans()):
        raw = raw[: data.draw(st.integers(1, max(1, len(raw))))]
    try:
        text, _ = read(bytes(raw) or b"x")
    except ArticleError as error:
        text = error.file
    assert text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(-9, 700), st.integers(-9, 800), st.sampled_from(LEFT + RIGHT)), max_size=30))
def test_no_word_is_lost_wherever_it_stands(pieces):
    if not pieces:
        return
    text, _ = read(pdf(pieces))
    lost = sum(len(piece[2].replace(" ", "")) for piece in pieces) - len(text.replace(" ", ""))
    assert 0 <= lost <= len(pieces) + 2  # hyphens at the ends of lines, and a word told twice by none
