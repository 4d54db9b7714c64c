r"""WebAnno TSV 3.3, which INCEpTION reads and writes: one line per word, one column per feature.

The INCEpTION project needs two layers (you can import TypeSystem.xml, which the format `cas` writes): the spans
`webanno.custom.Mark` with the features details, label and layer, and the relations `webanno.custom.MarkLink` between
them with the feature label. A mark of several pieces becomes several marks, and the relation "continues" links them to
the first.

Offsets count 16-bit units, as in Java. The format has no place for text between two sentences, so a sentence extends to
the next, and white space before the first is a separate word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from analysis.exchange.files import read_text, with_stems
from analysis.exchange.model import ExchangeError, MarkedText, Relation, TextMark, from_text, to_text
from analysis.exchange.pieces import Utf16, Words, in_pieces, joined, words_of
from analysis.text.document import Span

SUFFIX = ".tsv"
MARK, LINK = "webanno.custom.Mark", "webanno.custom.MarkLink"
FEATURES = ("details", "label", "layer")
HEADER = f"#FORMAT=WebAnno TSV 3.3\n#T_SP={MARK}|{'|'.join(FEATURES)}\n#T_RL={LINK}|label|BT_{MARK}\n\n"
ABOUT = "about"  # the layer of a mark on the first word whose details are about the whole text

_VALUE = re.compile(r"->|[\\\[\]|_;\t\n*]")
_VALUE_BACK = re.compile(r"\\(->|[\\\[\]|_;tn*])")
_TEXT = re.compile(r"[\x00-\x1f\\]")
_TEXT_BACK = re.compile(r"\\(.)", re.DOTALL)
_NAMED = {"\t": "t", "\n": "n", "\f": "f", "\r": "r", "\b": "b"}
_LETTERS = {letter: c for c, letter in _NAMED.items()}
_STACKED = re.compile(r"((?:[^\\|]|\\.)*)(?:\||\Z)", re.DOTALL)
_WITH_ID = re.compile(r"((?:[^\\\[]|\\.)*)(?:\[(\d+)\])?\Z", re.DOTALL)
_REFERENCE = re.compile(r"(\d+-\d+(?:\.\d+)?)(?:\[(\d+)_(\d+)\])?\Z")


# ---------------------------------------------------------------- writing


def write(texts: Iterable[MarkedText]) -> Iterator[tuple[str, bytes]]:
    """The files for these texts: name and content."""
    for stem, marked in with_stems(texts):
        yield f"{stem}{SUFFIX}", _file(marked).encode()


def _file(marked: MarkedText) -> str:
    known = {"doc_id": marked.doc_id, **marked.about}
    marked = in_pieces(marked)
    words = words_of(marked)
    marks = [TextMark("#about", ABOUT, "", words.words[:1], known), *(mark for mark in marked.marks if mark.spans)]
    lines = _Lines(marked.text, words, marks, marked.relations)
    out = [HEADER]
    for number, sentence in enumerate(words.sentences):
        start = words.words[sentence.start].start if number else 0
        last = number + 1 == len(words.sentences)
        end = len(marked.text) if last else words.words[sentence.end].start
        out.append("\n" + "".join(f"#Text={_text_out(line)}\n" for line in marked.text[start:end].split("\n")))
        if number == 0 and lines.opens_with_space:
            out.append(lines.opening())
        out += [lines.line(k) for k in range(*sentence)]
    return "".join(out)


class _Lines:
    """The line of each word of a text, with the marks that touch it and the relations to marks that begin there."""

    def __init__(self, text: str, words: Words, marks: list[TextMark], relations: Iterable[Relation]) -> None:
        self.text, self.words, self.units = text, words, Utf16(text)
        self.opens_with_space = text[:1].isspace()  # in that case the first word is this white space
        self.numbers = {mark.id: number for number, mark in enumerate(marks, 1)}
        self.on_word: list[list[TextMark]] = [[] for _ in words.words]
        self.first: dict[str, int] = {}
        for mark in marks:
            touched = words.of(mark.spans[0])
            self.first[mark.id] = touched.start
            for k in touched:
                self.on_word[k].append(mark)
        self.names = [
            f"{number}-{place + (number == 1 and self.opens_with_space)}"
            for number, sentence in enumerate(words.sentences, 1)
            for place in range(1, sentence.end - sentence.start + 1)
        ]
        self.onto: dict[str, list[Relation]] = {}
        for relation in relations:
            if relation.head in self.numbers and relation.child in self.numbers:
                self.onto.setdefault(relation.child, []).append(relation)

    def opening(self) -> str:
        gap = self.text[: self.words.words[0].start]
        return f"1-1\t0-{self.units.out(len(gap))}\t{_text_out(gap)}\t_\t_\t_\t_\t_\t\n"

    def line(self, k: int) -> str:
        start, end = self.words.words[k]
        marks = self.on_word[k]
        mine = [r for mark in marks if self.first[mark.id] == k for r in self.onto.get(mark.id, ())]
        place = f"{self.names[k]}\t{self.units.out(start)}-{self.units.out(end)}\t{_text_out(self.text[start:end])}"
        columns = [*_features(marks, self.numbers), *_links(mine, self.numbers, self.first, self.names)]
        return "\t".join((place, *columns)) + "\t\n"


def _features(marks: list[TextMark], numbers: dict[str, int]) -> list[str]:
    if not marks:
        return ["_"] * len(FEATURES)
    rows = []
    for mark in marks:
        details = {"id": mark.id, **mark.details}
        rows.append([f"{_value_out(v)}[{numbers[mark.id]}]" for v in (to_text(details), mark.label, mark.layer)])
    return ["|".join(column) for column in zip(*rows, strict=True)]


def _links(relations: list[Relation], numbers: dict[str, int], first: dict[str, int], names: list[str]) -> list[str]:
    if not relations:
        return ["_", "_"]
    labels = "|".join(_value_out(r.label) for r in relations)
    heads = "|".join(f"{names[first[r.head]]}[{numbers[r.head]}_{numbers[r.child]}]" for r in relations)
    return [labels, heads]


def _value_out(value: str) -> str:
    letters = {"\t": "t", "\n": "n"}
    return _VALUE.sub(lambda m: "\\" + letters.get(m[0], m[0]), value) or "*"


def _text_out(text: str) -> str:
    return _TEXT.sub(lambda m: "\\" + _NAMED.get(m[0], m[0]), text)


# ---------------------------------------------------------------- reading


class _Unit(NamedTuple):
    """A line of a file: its number, the name of its unit, its span, and its columns."""

    row: int
    name: str
    span: tuple[int, int]
    columns: list[str]


def read(path: Path) -> Iterator[MarkedText]:
    """The text of a file with its marks. Raises ExchangeError with file and line for a file that cannot be used."""
    lines = read_text(path).removesuffix("\n").split("\n")
    if not lines[0].startswith("#FORMAT=WebAnno TSV 3"):
        raise ExchangeError(
            "is not WebAnno TSV 3: the first line must be #FORMAT=WebAnno TSV 3.3", file=str(path), row=1
        )
    schema = _schema(lines, path)
    text, units = _body(lines, path)
    marked = MarkedText(path.stem, text, *_annotations(units, schema, text, path))
    about = next((mark for mark in marked.marks if mark.layer == ABOUT), None)
    known = dict(about.details) if about else {}
    marks = tuple(mark for mark in marked.marks if mark.layer != ABOUT)
    doc_id = str(known.pop("doc_id", path.stem))
    yield joined(MarkedText(doc_id, text, marks, marked.relations, known))


def _schema(lines: list[str], path: Path) -> dict[str, int]:
    """The columns of our two layers; other layers of the file are ignored."""
    columns: dict[str, int] = {}
    at = 0
    for line in lines[1:]:
        if not line.startswith(("#T_SP=", "#T_RL=", "#T_CH=")):
            break
        layer, *features = line.partition("=")[2].split("|")
        for feature in features or [""]:
            columns[f"{layer}|{'base' if feature.startswith('BT_') else feature}"] = at
            at += 1
    missing = [f for f in FEATURES[1:] if f"{MARK}|{f}" not in columns]
    if missing:
        raise ExchangeError(
            f"has no layer {MARK} with the feature {missing[0]!r}; export a project with that layer",
            file=str(path),
            row=2,
        )
    return columns


def _body(lines: list[str], path: Path) -> tuple[str, list[_Unit]]:
    sentences: list[tuple[list[str], list[_Unit]]] = []
    heading = False
    for row, line in enumerate(lines, 1):
        if line.startswith("#Text="):
            if not heading:
                sentences.append(([], []))
            sentences[-1][0].append(_text_back(line.removeprefix("#Text=")))
            heading = True
        elif line and not line.startswith("#"):
            heading = False
            if not sentences:
                raise ExchangeError("a word before the first #Text=", file=str(path), row=row)
            sentences[-1][1].append(_unit(line, row, path))
    text: list[str] = []
    units: list[_Unit] = []
    length = 0  # in 16-bit units
    for pieces, words in sentences:
        gap = words[0].span[0] - length if words else 0  # text that another tool had between two sentences: unknown
        text += ["\n" * (gap > 0), " " * (gap - 1), "\n".join(pieces)]
        length += max(0, gap) + len(text[-1]) + sum(c > "\uffff" for c in text[-1])
        units += words
    return "".join(text), units


def _unit(line: str, row: int, path: Path) -> _Unit:
    cells = line.split("\t")
    found = re.fullmatch(r"(\d+)-(\d+)", cells[1]) if len(cells) > 3 else None
    if not found:
        raise ExchangeError(
            "is not the line of a word; write sentence-word, begin-end, the word and its features, separated by tabs",
            file=str(path),
            row=row,
        )
    return _Unit(row, cells[0], (int(found[1]), int(found[2])), cells[3:])


def _annotations(
    units: list[_Unit], schema: dict[str, int], text: str, path: Path
) -> tuple[tuple[TextMark, ...], tuple[Relation, ...]]:
    count = Utf16(text)
    found: dict[object, tuple[dict[str, str], list[Span]]] = {}
    links: list[tuple[str, str, str]] = []
    for unit in units:
        try:
            span = Span(count.back(unit.span[0]), count.back(unit.span[1]))
        except IndexError as error:
            raise ExchangeError("counts beyond the end of the text", file=str(path), row=unit.row) from error
        values = {f: _stacked(unit, schema.get(f"{MARK}|{f}")) for f in FEATURES}
        for place, key in enumerate(_keys(unit, values["layer"])):
            features = {f: v[place][0] for f, v in values.items() if place < len(v)}
            found.setdefault(key, (features, []))[1].append(span)
        labels = _stacked(unit, schema.get(f"{LINK}|label"))
        for (label, _), head in zip(labels, _column(unit, schema.get(f"{LINK}|base")), strict=False):
            links.append((label, head, unit.name))
    names = {key: str(from_text(features.get("details")).get("id") or key) for key, (features, _) in found.items()}
    marks = [_mark(names[key], features, spans, text) for key, (features, spans) in found.items()]
    relations = []
    for label, head, unit_name in links:
        reference = _REFERENCE.match(head)
        if reference:
            ends = [(reference[1], reference[2]), (unit_name, reference[3])]
            known = [
                names.get(int(number)) if number not in (None, "0") else names.get(place) for place, number in ends
            ]
            if known[0] and known[1]:
                relations.append(Relation(label, known[0], known[1]))
    return tuple(marks), tuple(relations)


def _keys(unit: _Unit, stacked: list[tuple[str, str | None]]) -> list[object]:
    """What distinguishes the marks on a unit: their number, or the unit itself if there is only one mark on it."""
    return [int(number) if number else unit.name for _, number in stacked]


def _mark(name: str, features: dict[str, str], spans: list[Span], text: str) -> TextMark:
    details = from_text(features.get("details"))
    details.pop("id", None)
    whole = Span(min(s.start for s in spans), max(s.end for s in spans))
    return TextMark(name, features.get("layer", ""), features.get("label", ""), (whole,), details)


def _column(unit: _Unit, at: int | None) -> list[str]:
    if at is None or at >= len(unit.columns) or unit.columns[at] in ("_", ""):
        return []
    return [found[1] for found in _STACKED.finditer(unit.columns[at]) if found[0]]


def _stacked(unit: _Unit, at: int | None) -> list[tuple[str, str | None]]:
    """The values of a column, with the numbers of their marks."""
    out = []
    for value in _column(unit, at):
        found = _WITH_ID.match(value)
        plain, number = (found[1], found[2]) if found else (value, None)
        out.append(("" if plain == "*" else _VALUE_BACK.sub(_letter, plain), number))
    return out


def _letter(found: re.Match[str]) -> str:
    return {"t": "\t", "n": "\n"}.get(found[1], found[1])


def _text_back(text: str) -> str:
    return _TEXT_BACK.sub(lambda m: _LETTERS.get(m[1], m[1]), text)
