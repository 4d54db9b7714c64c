"""Marks: what a person can mark in a text, and the same view of what the rules found.

There are few layers, chosen so that a class can name them: source, cue and content of an attribution; hedge, booster
and bound; name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from analysis.annotation.keys import find_words, key_to_document
from analysis.exchange.model import MarkedText
from analysis.text.article import Article, ArticleError
from analysis.text.document import KINDS, SOURCE_KINDS, STANCES, Document, Span
from analysis.text.vocabulary import FAMILIES, HEDGES, LABELS, VALUES, family

NAME_LABELS = tuple(dict.fromkeys(record.by_hand for record in LABELS.values() if record.by_hand))
LABELS_OF = {
    "source": tuple(k for k in SOURCE_KINDS if k != "none"),
    "cue": STANCES,
    "content": KINDS,
    **{layer: HEDGES if layer == "hedge" else () for layer in FAMILIES},
    "name": NAME_LABELS,
}
LAYERS = tuple(LABELS_OF)
COLUMNS = ("layer", "label", "start", "end", "words", "occurrence", "sentence", "group")


class Mark(NamedTuple):
    """One marked passage, ``text[start:end]``.

    `label` is the layer's own ("possibility" for a hedge, "person" for a name or a source ...), empty if none was
    given. The source, cue and content of one attribution have the same `group`. `rule_id` says which rule made the
    mark, if a rule did.
    """

    start: int
    end: int
    layer: str
    label: str = ""
    group: str = ""
    rule_id: str = ""


class MarkError(ArticleError):
    """Marks cannot be read. The message names file, line and column, and says what to write."""


def marks_of(document: Document, *, layers: Iterable[str] = LAYERS) -> list[Mark]:
    """The layers of a document as marks, in the order of the text. An attribution becomes one mark for each of its
    pieces.

    >>> from analysis import annotate
    >>> [m.layer for m in marks_of(annotate("It may rain."), layers=["name"])]
    []
    """
    marks = []
    for a in document.attributions:
        for layer, spans, label in (
            ("source", a.source, a.source_kind),
            ("cue", a.cue, a.stance),
            ("content", a.content, a.kind),
        ):
            marks += [Mark(*span, layer, label, a.id, a.rule_id) for span in spans]
    for m in document.markers:
        layer = family(m.category)
        marks.append(Mark(m.start, m.end, layer, m.category if layer == "hedge" else "", rule_id=m.rule_id))
    marks += [
        Mark(m.start, m.end, "name", LABELS[m.label].by_hand or "other", rule_id=m.rule_id)
        for m in document.mentions
        if m.label not in VALUES
    ]
    wanted = frozenset(check_layer(layer) for layer in layers)
    return sorted(m for m in marks if m.layer in wanted)


def key_to_marks(path: str | Path, article: Article | Document) -> list[Mark]:
    """The marks of a hand-made key (TOML) for its article. Raises GoldKeyError if a passage is not in the text."""
    if isinstance(article, Article):
        from analysis.text.segmentation import segment

        article = segment(article)
    return marks_of(key_to_document(path, article))


def read_marks(path: str | Path, document: Document) -> list[Mark]:
    """The marks of this document in a file: a table (CSV), or any of the formats of `analysis.exchange.formats`.

    A file, folder or zip may contain other texts too; the marks are those of the first text that is the same as this
    one to the character. Raises MarkError if none is, or if a mark cannot be used.
    """
    from analysis.exchange.formats import read_texts

    if is_table(path):
        return read_marks_csv(Path(path), document)
    other: MarkedText | None = None
    for marked in read_texts(path):
        if isinstance(marked, ArticleError):
            raise MarkError(marked.reason, file=marked.file, row=marked.row)
        if marked.text == document.text:
            marks, problems = marks_of_text(marked, file=str(path))
            if problems:
                raise problems[0]
            return marks
        other = other or marked
    raise MarkError(_no_such_text(other, document), file=str(path))


def is_table(path: str | Path) -> bool:
    """Is this a table (CSV, or one with tabs), rather than another tool's file?"""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix != ".tsv" or not path.is_file():
        return suffix in (".csv", ".txt")
    with path.open("rb") as file:
        return b"#FORMAT=" not in file.read(20)


def _no_such_text(other: MarkedText | None, document: Document) -> str:
    if other is None:
        return "contains no text with marks"
    pairs = enumerate(zip(other.text, document.text, strict=False))
    at = next((k for k, (a, b) in pairs if a != b), min(len(other.text), len(document.text)))
    return (
        f"its text {other.doc_id!r} differs from that of {document.doc_id!r} at character {at}: "
        f"{other.text[at : at + 20]!r}, not {document.text[at : at + 20]!r}; marks fit only the text they were made on"
    )


def marks_of_text(marked: MarkedText, *, file: str | None = None) -> tuple[list[Mark], list[MarkError]]:
    """The marks of a text from another tool, in the order of the text, and an error for each that cannot be used.

    Labels of names become those of a person's marks ("PERSON" is "person"); values such as dates are left out. A mark
    without a label has none: a class may mark hedges without their kinds.
    """
    from analysis.exchange.layers import attribution_names, usable

    usable_marks, problems = usable(marked, file=file, kinds=False)
    names = attribution_names(marked)
    marks = []
    for m in usable_marks:
        if m.layer not in LABELS_OF or (m.layer == "name" and m.label in VALUES):
            continue
        label = LABELS[m.label].by_hand or "" if m.label in LABELS else m.label
        rule = str(m.details.get("rule_id", ""))
        marks += [Mark(*span, m.layer, label, names.get(m.id, ""), rule) for span in m.spans]
    return sorted(marks), [MarkError(p.reason, file=p.file, row=p.row) for p in problems]


def check_layer(layer: str) -> str:
    """The layer, or MarkError that lists the layers."""
    if layer not in LABELS_OF:
        raise MarkError(f"{layer!r} is not a layer; the layers are {', '.join(LAYERS)}")
    return layer


# ---------------------------------------------------------------- marks in a table (CSV)


def write_marks_csv(marks: Iterable[Mark], document: Document) -> str:
    """Marks as CSV text, one row per mark, which opens in any spreadsheet and reads back the same.

    `words` is the marked passage, so that you see what a row is about; `start` and `end` give its place.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for m in marks:
        writer.writerow(
            [
                m.layer,
                m.label,
                m.start,
                m.end,
                document.text[m.start : m.end],
                "",
                document.sentence_index(m.start) + 1,
                m.group,
            ]
        )
    return out.getvalue()


def read_marks_csv(source: str | Path, document: Document) -> list[Mark]:
    """Read marks from a CSV file, or from CSV text, which contains a line break.

    Columns may be in any order: always `layer`; either `start` and `end`, or `words` and, if these occur more than
    once, their `occurrence` (from 1) or the `sentence` (from 1) in which to look; `label` and `group` if you like.
    Commas, semicolons or tabs separate cells. If both are given, `words` must be the text between `start` and `end`.
    Raises MarkError with file, line and column.
    """
    return sorted(_read_mark(row, document) for row in read_rows(source, required=("layer",)))


class Row(NamedTuple):
    """A row of a CSV file by column name, with the place for errors."""

    where: str
    cells: dict[str, str]

    def get(self, column: str) -> str:
        return (self.cells.get(column) or "").strip()

    def fail(self, column: str, message: str) -> MarkError:
        return MarkError(f"{self.where}, column {column!r}: {message}")

    def number(self, column: str, low: int, high: int) -> int | None:
        value = self.get(column)
        if not value:
            return None
        if not value.isdecimal() or not low <= int(value) <= high:
            raise self.fail(column, f"{value!r} is not a whole number from {low} to {high}")
        return int(value)


def read_rows(source: str | Path, *, required: Iterable[str]) -> list[Row]:
    """The rows of a CSV file (or text) that are not empty. Raises MarkError for a missing column or a bad file."""
    name, text = "marks", source
    if isinstance(source, Path) or "\n" not in source:
        name = str(source)
        try:
            text = Path(source).read_text("utf-8-sig")
        except UnicodeDecodeError as error:
            raise MarkError(f'{name}: byte {error.start} is not UTF-8; save the table as "CSV UTF-8"') from error
        except OSError as error:
            raise MarkError(f"{name}: cannot be opened ({error.strerror})") from error
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=False)
    try:
        head_cells, *rows = [(reader.line_num, cells) for cells in reader] or [(1, [])]
    except csv.Error as error:  # a cell far longer than any mark
        raise MarkError(f"{name}:{reader.line_num}: {error}; is a quotation mark left open?") from error
    columns = [c.strip().lower() for c in head_cells[1]]
    missing = [c for c in required if c not in columns]
    if missing:
        raise MarkError(
            f"{name}:1: column {missing[0]!r} is missing; name the columns in the first line, such as "
            f"{','.join(COLUMNS[:6])}"
        )
    return [
        Row(f"{name}:{number}", dict(zip(columns, cells, strict=False)))
        for number, cells in rows
        if any(c.strip() for c in cells)
    ]


def _read_mark(row: Row, document: Document) -> Mark:
    layer = row.get("layer").lower()
    if layer not in LABELS_OF:
        raise row.fail("layer", f"{layer!r} is not a layer; use one of {', '.join(LAYERS)}")
    label = row.get("label")
    if label and label not in LABELS_OF[layer]:
        raise row.fail(
            "label",
            f"{label!r} is not a label of {layer}; write one of "
            f"{', '.join(LABELS_OF[layer]) or 'none at all'}, or leave it empty",
        )
    return Mark(*read_place(row, document), layer, label, row.get("group"))


def read_place(row: Row, document: Document) -> Span:
    """The span that a row gives, by `start` and `end` or by `words`."""
    text, words = document.text, row.get("words")
    start, end = row.number("start", 0, len(text)), row.number("end", 0, len(text))
    if start is not None and end is not None:
        if start >= end:
            raise row.fail("end", f"{end} is not after start {start}")
        if words and text[start:end].strip() != words:
            raise row.fail(
                "words",
                f"the article has {text[start:end]!r} from {start} to {end}, not {words!r}; was the article changed?",
            )
        return Span(start, end)
    if not words:
        raise row.fail("words", "give start and end, or the marked words")
    low, high = 0, len(text)
    sentence = row.number("sentence", 1, len(document.sentences))
    if sentence is not None:
        low, high = document.sentences[sentence - 1][:2]
    span = find_words(text, words, low, high, nth=row.number("occurrence", 1, len(text)) or 1)
    if span is None:
        place = f"sentence {sentence}" if sentence else "the article"
        raise row.fail(
            "words",
            f"{place} does not contain {words!r}"
            + (" that often" if row.get("occurrence") not in ("", "1") else "; copy them from the text"),
        )
    return span
