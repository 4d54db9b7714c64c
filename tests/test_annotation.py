"""Marks by hand: read from brackets and tables, compared, and turned into corrections."""

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import Article, read_article, segment
from analysis.annotation import (
    Correction,
    Mark,
    MarkError,
    NotationError,
    apply_corrections,
    load_corrections,
    read_marked,
    read_marks_csv,
    save_corrections,
    strip_marks,
    write_marked,
    write_marks_csv,
)
from analysis.annotation.compare import accept, agreement, compare_annotations, disagreements_html
from analysis.text.document import Attribution, Entity, Marker, Mention, Span

TEXT = "Ann Reed said the vote may be delayed. Ann [sic] is perhaps wrong, others say. It may rain in May."


def document(text=TEXT):
    return segment(Article(text, doc_id="vote"))


def words(text, marks):
    return [(m.layer, m.label, text[m.start : m.end]) for m in marks]


# ---------------------------------------------------------------- brackets


def test_marks_in_brackets():
    marked = (
        "[source#ann-1:person [person Ann Reed]] [cue#ann-1 said] "
        "[content#ann-1 the vote [hedge:possibility may] be delayed]. "
        "Ann [sic] is [HEDGE: perhaps] wrong, [ source others ] say. It may rain in May."
    )
    plain, marks = strip_marks(marked)
    assert plain.startswith("Ann Reed said the vote may be delayed. Ann [sic] is perhaps wrong")
    assert words(plain, marks) == [
        ("name", "person", "Ann Reed"),
        ("source", "person", "Ann Reed"),
        ("cue", "", "said"),
        ("content", "", "the vote may be delayed"),
        ("hedge", "possibility", "may"),
        ("hedge", "", "perhaps"),
        ("source", "", "others"),
    ]
    assert {m.group for m in marks if m.layer in ("cue", "content")} == {"ann-1"}
    assert words(TEXT, read_marked(marked, TEXT)) == words(plain, marks)


def test_brackets_of_the_text_stay():
    assert strip_marks(r"He [the mayor] said \[hedge may] or [hedge a] b] c]")[0] == (
        "He [the mayor] said [hedge may] or a b] c]"
    )
    plain, marks = strip_marks(r"[content they [the council] may \] go]")
    assert words(plain, marks) == [("content", "", "they [the council] may ] go")]


BAD = {
    "It [hedge may rain.\nSo it is.": (1, 4, "this hedge is never closed"),
    "So it is.\nIt [hegde may] rain.": (2, 4, r"did you mean \[hedge"),
    "It [hedge:posibility may] rain.": (1, 4, "did you mean 'possibility'"),
    "It [booster:big may] rain.": (1, 4, "'big' is not a kind of booster; write none"),
    "It [hedge ] may rain.": (1, 4, "marks nothing"),
    "It [hedge] may rain.": (1, 4, "marks nothing"),
}


@pytest.mark.parametrize("marked", BAD)
def test_bad_mark_names_line_and_column(marked):
    line, column, message = BAD[marked]
    with pytest.raises(NotationError, match=f"line {line}, column {column}: .*{message}") as caught:
        strip_marks(marked)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_marked_copy_may_differ_in_space_and_quotation_marks_only():
    text = "“It may\n\nrain,” she said. It’s late."
    marks = read_marked('"It [hedge  may] rain," [source she] said.\nIt\'s [booster late].', text)
    assert words(text, marks) == [("hedge", "", "may"), ("source", "", "she"), ("booster", "", "late")]
    with pytest.raises(NotationError, match=r"line 2, column 6: the words differ .* here 'early.', there 'late.'"):
        read_marked("“It [hedge may] rain,” she said.\nIt’s early.", text)
    with pytest.raises(NotationError, match="here the text ends, there 'late"):
        read_marked("“It [hedge may] rain,” she said. It’s", text)


LETTERS = st.text(st.sampled_from("ab [\\]#:\n“hedge may"), min_size=1, max_size=60)


@given(LETTERS, st.data())
def test_marks_survive_writing_and_reading(text, data):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    marks = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):  # beside each other, and one inside the first
        if text[start:end].strip() == text[start:end]:
            marks.append(Mark(start, end, "hedge", "possibility", "1"))
    if marks and marks[0].end - marks[0].start > 2:
        m = marks[0]
        inner = text[m.start + 1 : m.end]
        if inner.strip() == inner:
            marks.append(Mark(m.start + 1, m.end, "name", "person"))
    assert strip_marks(write_marked(text, marks)) == (text, sorted(marks))


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_with_a_place(text):
    try:
        plain, marks = strip_marks(text)
    except NotationError:
        return
    assert len(plain) <= len(text)
    assert all(plain[m.start : m.end].strip() for m in marks)


def test_hostile_brackets_take_linear_time():
    assert strip_marks("[sic" * 100_000)[1] == []
    with pytest.raises(NotationError, match="line 1, column 1: this hedge is never closed"):
        strip_marks("[hedge a " * 50_000)
    assert len(strip_marks("[hedge a]" * 50_000)[1]) == 50_000


def test_crossing_marks_cannot_be_written():
    with pytest.raises(ValueError, match="marks cross: 'It may' and 'may rain'"):
        write_marked("It may rain.", [Mark(0, 6, "hedge"), Mark(3, 11, "content")])


# ---------------------------------------------------------------- tables


def test_table_of_marks_reads_back_the_same():
    doc = document()
    marks = [Mark(0, 8, "source", "person", "1"), Mark(23, 26, "hedge", "possibility"), Mark(49, 56, "hedge")]
    assert read_marks_csv(write_marks_csv(marks, doc), doc) == sorted(marks)


def test_table_by_words_in_any_order_and_with_semicolons(tmp_path):
    (tmp_path / "marks.csv").write_bytes(
        "\ufeffLabel;Layer;Words;Occurrence;Sentence\npossibility;hedge;may;2;\n;Name;May;;\n;hedge;may;;3\n;;;;\n".encode()
    )
    doc = document()
    marks = read_marks_csv(tmp_path / "marks.csv", doc)
    assert [TEXT[m.start :] for m in marks] == ["may rain in May.", "may rain in May.", "May."]


BAD_ROWS = {
    "layer,words\nhegde,may\n": r"marks:2, column 'layer': 'hegde' is not a layer",
    "words\nmay\n": r"marks:1: column 'layer' is missing",
    "layer,words,label\nhedge,may,maybe\n": "marks:2, column 'label': 'maybe' is not a label of hedge",
    "layer,words\n\nhedge,ma\n": "marks:3, column 'words': the article does not contain 'ma'; copy them",
    "layer,words,occurrence\nhedge,may,3\n": "does not contain 'may' that often",
    "layer,words,sentence\nhedge,may,9\n": "marks:2, column 'sentence': '9' is not a whole number from 1 to 3",
    "layer,start,end\nhedge,9,3\n": "column 'end': 3 is not after start 9",
    "layer,start,end,words\nhedge,0,3,may\n": "the article has 'Ann' from 0 to 3, not 'may'; was the article changed",
    "layer,start\nhedge,3\n": "give start and end, or the marked words",
}


@pytest.mark.parametrize("table", BAD_ROWS)
def test_bad_row_names_line_and_column(table):
    with pytest.raises(MarkError, match=BAD_ROWS[table]):
        read_marks_csv(table, document())


# ---------------------------------------------------------------- comparing


def test_comparison_counts_exact_and_overlapping_marks():
    doc = document("It may well rain, perhaps. The vote could be late.")
    machine = [
        Mark(3, 6, "hedge", "possibility"),
        Mark(18, 25, "hedge", "possibility"),
        Mark(36, 41, "hedge", "question"),
    ]
    person = [Mark(3, 11, "hedge", "possibility"), Mark(36, 41, "hedge", "possibility"), Mark(45, 49, "hedge")]
    result = compare_annotations(doc, person, against=machine)
    exact, overlap = result.scores.to_dict("records")
    assert (exact["machine"], exact["person"], exact["both"]) == (3, 3, 1)
    assert (exact["precision"], exact["recall"], exact["f1"]) == (1 / 3, 1 / 3, 1 / 3)
    assert exact["same_label"] == 0.0
    assert overlap["both"] == 2
    assert overlap["f1"] == 2 / 3
    assert overlap["same_label"] == 0.5
    assert result.disagreements[["kind", "machine_text", "person_text"]].values.tolist() == [
        ["other extent", "may", "may well"],
        ["only the machine", "perhaps", ""],
        ["other label", "could", "could"],
        ["only the person", "", "late"],
    ]
    assert result.disagreements["context"].iloc[-1] == "The vote could be late."
    html = disagreements_html(result)
    assert html.count("<tr>") == 5
    assert "only you" in html


def test_edges_do_not_count_and_layers_are_those_that_were_marked():
    doc = document("“It may rain,” she said.")
    machine = [Mark(0, 14, "content"), Mark(15, 18, "source"), Mark(4, 7, "hedge")]
    result = compare_annotations(doc, [Mark(1, 12, "content")], against=machine)
    assert result.scores["layer"].tolist() == ["content", "content"]
    assert result.scores["both"].tolist() == [1, 1]
    assert result.disagreements.empty
    assert str(result.disagreements["machine_text"].dtype) == "str"
    assert compare_annotations(doc, [], against=machine, layers=["hedge"]).scores["precision"].tolist() == [0.0, 0.0]
    assert math.isnan(compare_annotations(doc, [], against=machine, layers=["hedge"]).scores["recall"][0])
    assert "No disagreement" in disagreements_html(result)


def test_agreement_with_published_examples():
    """Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", example A: two observers, ten cases: 0.095.
    Cohen's kappa of the same table: observed 0.6, chance 0.4 * 0.2 + 0.6 * 0.8 = 0.56, so 0.04 / 0.44."""
    doc = document("a b c d e f g h i j")
    first, second = "0100000010", "1110010000"
    marks = {
        name: [Mark(2 * k, 2 * k + 1, "hedge") for k, v in enumerate(row) if v == "1"]
        for name, row in (("A", first), ("B", second))
    }
    table = agreement(doc, marks)
    kappa, alpha = table["value"]
    assert table["observed"].tolist() == [0.6, 0.6]
    assert kappa == pytest.approx(0.04 / 0.44)
    assert alpha == pytest.approx(0.095, abs=0.0005)


def test_agreement_at_its_ends():
    doc = document("It may rain. It may snow.")
    same = [Mark(3, 6, "hedge", "possibility")]
    assert agreement(doc, {"A": same, "B": same, "C": same}, unit="sentence")["value"].tolist() == [1.0] * 4
    assert agreement(doc, {"A": [], "B": []})["value"].isna().all()
    other = [Mark(3, 6, "hedge", "question")]
    assert agreement(doc, {"A": same, "B": other})["value"].tolist() == [1.0, 1.0]
    assert (agreement(doc, {"A": same, "B": other}, labels=True)["value"] < 1).all()
    with pytest.raises(ValueError, match="two people"):
        agreement(doc, {"A": same})
    with pytest.raises(ValueError, match="not a unit"):
        agreement(doc, {"A": same, "B": same}, unit="letter")


# ---------------------------------------------------------------- corrections


@pytest.fixture
def annotated(tmp_path):
    (tmp_path / "vote.md").write_text(TEXT, "utf-8")
    doc = segment(read_article(tmp_path / "vote.md"))
    said = Attribution("a1", "indirect", (Span(0, 8),), (Span(9, 13),), (Span(14, 37),), source_kind="person")
    markers = Marker(23, 26, "question", 0.5, "R", attribution="a1"), Marker(52, 59, "possibility", 0.5, "R")
    return replace(
        doc,
        attributions=(said,),
        markers=markers,
        mentions=(Mention(0, 8, "PERSON", "e1"), Mention(39, 42, "ORG", "e2")),
        entities=(Entity("e1", "Ann Reed", "PERSON", (), 1), Entity("e2", "Ann", "ORG", (), 1)),
    )


def test_corrections_are_kept_beside_the_article_and_applied(annotated, tmp_path):
    corrections = [
        Correction("relabel", "hedge", 23, 26, "possibility", by="Ms K", why="it may, or may not"),
        Correction("remove", "hedge", 52, 59),
        Correction("add", "hedge", 82, 85, "possibility"),
        Correction("remove", "name", 39, 42),
        Correction("add", "name", 39, 42, entity="Ann Reed", label="person"),
    ]
    path = save_corrections(annotated, corrections)
    assert path == tmp_path / "vote.corrections.csv"
    assert load_corrections(annotated) == corrections
    fixed = apply_corrections(annotated, corrections)
    assert [(m.start, m.category, m.corrected, m.attribution) for m in fixed.markers] == [
        (23, "possibility", True, "a1"),
        (82, "possibility", True, None),
    ]
    assert [(e.name, e.aliases, e.count) for e in fixed.entities] == [("Ann Reed", ("Ann",), 2)]
    assert [m.corrected for m in fixed.mentions] == [False, True]
    assert fixed.corrections == tuple(corrections)
    assert fixed.text == annotated.text
    assert not any(m.corrected for m in annotated.markers)


def test_attributions_are_corrected_whole(annotated):
    gone = apply_corrections(annotated, [Correction("remove", "cue", 9, 13)])
    assert gone.attributions == ()
    assert gone.markers[0].attribution is None
    say = [
        Correction("add", "source", 67, 73, "collective", "x"),
        Correction("add", "cue", 74, 77, group="x"),
        Correction("add", "content", 39, 65, group="x"),
        Correction("relabel", "source", 0, 8, "unnamed-person"),
    ]
    fixed = apply_corrections(annotated, say)
    assert [(a.kind, a.source_kind, a.stance, a.corrected) for a in fixed.attributions] == [
        ("indirect", "unnamed-person", "neutral", True),
        ("indirect", "collective", "neutral", True),
    ]
    assert fixed.markers[1].attribution == fixed.attributions[1].id
    with pytest.raises(MarkError, match="needs a content, and a cue or a source"):
        apply_corrections(annotated, say[:2])


def test_a_correction_that_does_not_fit_is_refused(annotated, tmp_path):
    with pytest.raises(MarkError, match="vote: cannot remove the hedge 'Ann'"):
        apply_corrections(annotated, [Correction("remove", "hedge", 0, 3)])
    table = tmp_path / "vote.corrections.csv"
    table.write_text("action,layer,words\nremove,hedge,perhaps\ndrop,hedge,may\n", "utf-8")
    with pytest.raises(MarkError, match=r"vote\.corrections\.csv:3, column 'action': 'drop' is not an action"):
        load_corrections(annotated)
    table.write_text("action,layer,start,end,words\nremove,hedge,0,3,May\n", "utf-8")
    with pytest.raises(MarkError, match="was the article changed"):
        load_corrections(annotated)


def test_disagreements_can_be_accepted(annotated):
    person = [Mark(23, 26, "hedge", "possibility"), Mark(82, 85, "hedge", "possibility")]
    result = compare_annotations(annotated, person)
    assert result.disagreements["kind"].tolist() == ["other label", "only the machine", "only the person"]
    fixed = apply_corrections(annotated, accept(result, [0, 1, 2], by="Ada"))
    assert compare_annotations(fixed, person).disagreements.empty
    assert {c.by for c in fixed.corrections} == {"Ada"}


def test_articles_without_a_file_have_no_corrections():
    doc = document()
    assert load_corrections(doc) == []
    with pytest.raises(MarkError, match="only an article in a separate file"):
        save_corrections(doc, [])


@pytest.mark.usefixtures("few_figures")
def test_a_report_shows_corrections_as_corrections(tmp_path, capsys):
    from analysis.cli import main

    (tmp_path / "in").mkdir()
    (tmp_path / "in/vote.md").write_text("The vote may be late. It may rain in Ellerquay.", "utf-8")
    table = tmp_path / "in/vote.corrections.csv"
    table.write_text(
        "action,layer,words,label,by,why\nremove,hedge,may,,Ms K,it will be late\nadd,booster,rain,,Ms K,\n", "utf-8"
    )
    assert main(["report", str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 0
    html = (tmp_path / "out/index.html").read_text("utf-8")
    assert "Corrections by hand" in html
    assert "it will be late" in html
    assert "no rule is behind it" in html
    assert "CORRECTION" in (tmp_path / "out/tables/markers.csv").read_text("utf-8")
    articles = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))["articles"]
    assert [c["words"] for c in articles[0]["corrections"]] == ["may", "rain"]
    table.write_text("action,layer,words\nremove,hedge,late\n", "utf-8")
    assert main(["report", str(tmp_path / "in"), "--out", str(tmp_path / "out2")]) == 1
    assert "cannot remove the hedge 'late'" in capsys.readouterr().err


@pytest.mark.usefixtures("few_figures")
def test_a_report_without_corrections_does_not_speak_of_them(tmp_path):
    from analysis.cli import main

    (tmp_path / "vote.md").write_text("The vote may be late.", "utf-8")
    assert main(["report", str(tmp_path / "vote.md"), "--out", str(tmp_path / "out")]) == 0
    assert "Corrections by hand" not in (tmp_path / "out/index.html").read_text("utf-8")
