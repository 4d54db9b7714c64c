"""brat standoff: NAME.txt with the text, NAME.ann with a line for each mark, and annotation.conf with what is allowed.

    T1  hedge 3 6               It is the third column that holds the marked words
    A1  label T1 possibility
    R1  source Arg1:T2 Arg2:T3
    N1  Reference T4 entity:e1  Ann Reed
    #1  AnnotatorNotes T1       {"rule_id": ...}

Offsets count characters. A mark may have several pieces ("3 6;9 12"). In brat, a piece cannot contain a line end or a
tab, so a mark that does is cut there, and joined again when the file is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from analysis.exchange.files import read_text, with_stems
from analysis.exchange.model import LAYERS, RELATIONS, ExchangeError, MarkedText, Relation, TextMark, from_text, to_text
from analysis.text.document import Span

SUFFIX = ".ann"
_BREAK = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")  # where brat's reader ends a line or a column
_TEXT_BOUND = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)\Z")
_ARGUMENTS = re.compile(r"(\S+) Arg1:(\S+) Arg2:(\S+)\s*\Z")


def write(texts: Iterable[MarkedText]) -> Iterator[tuple[str, bytes]]:
    """The files for these texts: name and content."""
    yield "annotation.conf", _configuration().encode()
    for stem, marked in with_stems(texts):
        yield f"{stem}.txt", marked.text.encode()
        yield f"{stem}{SUFFIX}", "".join(line + "\n" for line in _lines(marked, stem)).encode()


def _configuration() -> str:
    from analysis.exchange.layers import ALLOWED

    labels = [f"label\tArg:{layer}, Value:{'|'.join(v for v in ALLOWED[layer])}" for layer in ALLOWED]
    relations = [f"{name}\tArg1:<ENTITY>, Arg2:<ENTITY>" for name in RELATIONS]
    overlaps = ["<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"]
    parts = {
        "entities": LAYERS,
        "relations": [*relations, *overlaps],
        "events": (),
        "attributes": [
            line.replace("label\t", f"{layer}-label\t") for layer, line in zip(ALLOWED, labels, strict=True)
        ],
    }
    return "".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) + "\n" for name, lines in parts.items())


def _lines(marked: MarkedText, stem: str) -> Iterator[str]:
    numbers: dict[str, str] = {}
    entities = {e["id"]: e for e in marked.about.get("entities", ())}
    told = {name: value for name, value in marked.about.items() if name != "entities"}
    told |= {} if marked.doc_id == stem else {"doc_id": marked.doc_id}
    for number, mark in enumerate((m for m in marked.marks if m.spans), 1):
        name = numbers[mark.id] = f"T{number}"
        pieces = [piece for span in mark.spans for piece in _on_lines(marked.text, span)]
        places = ";".join(f"{start} {end}" for start, end in pieces)
        yield f"{name}\t{mark.layer} {places}\t{' '.join(marked.text[s:e] for s, e in pieces)}"
        if mark.label:
            yield f"A{number}\t{mark.layer}-label {name} {mark.label}"
        details: dict[str, Any] = {"id": mark.id, **mark.details}
        entity = entities.pop(mark.details.get("entity"), None)
        if entity:  # its first mention carries everything known about it
            details["entity_record"] = entity
            yield f"N{number}\tReference {name} entity:{number}\t{' '.join(str(entity.get('name', '')).split())}"
        if number == 1 and told:
            details["about"] = told
        yield f"#{number}\tAnnotatorNotes {name}\t{to_text(details)}"
    for number, relation in enumerate(marked.relations, 1):
        if relation.head in numbers and relation.child in numbers:
            yield f"R{number}\t{relation.label} Arg1:{numbers[relation.head]} Arg2:{numbers[relation.child]}\t"


def _on_lines(text: str, span: Span) -> Iterator[Span]:
    """The pieces of a span, without the characters that end a line or a column."""
    at = span.start
    for found in _BREAK.finditer(text, span.start, span.end):
        if found.start() > at:
            yield Span(at, found.start())
        at = found.end()
    if at < span.end:
        yield Span(at, span.end)


# ---------------------------------------------------------------- reading


def read(path: Path) -> Iterator[MarkedText]:
    """The text next to an .ann file, with its marks. Raises ExchangeError with file and line."""
    text = read_text(path.with_suffix(".txt"), mark=True)
    marks: dict[str, tuple[str, tuple[Span, ...]]] = {}
    labels: dict[str, str] = {}
    notes: dict[str, dict[str, Any]] = {}
    links: list[tuple[str, str, str]] = []
    for row, line in enumerate(read_text(path).split("\n"), 1):
        name, _, rest = line.rstrip("\r").partition("\t")
        first, _, tail = rest.partition("\t")
        if name.startswith("T"):
            marks[name] = _text_bound(first, text, path, row)
        elif name.startswith(("A", "M")):
            words = first.split(" ")
            if len(words) == 3:
                labels[words[1]] = words[2]
        elif name.startswith("#"):
            notes[first.partition(" ")[2]] = from_text(tail)
        elif name.startswith("R"):
            found = _ARGUMENTS.match(first)
            if not found:
                raise ExchangeError(
                    "this is not a relation; write R1, tab, its name, Arg1:T1 Arg2:T2", file=str(path), row=row
                )
            links.append((found[1], found[2], found[3]))
    yield _marked(text, marks, labels, notes, links, path)


def _marked(
    text: str,
    found: dict[str, tuple[str, tuple[Span, ...]]],
    labels: dict[str, str],
    notes: dict[str, dict[str, Any]],
    links: list[tuple[str, str, str]],
    path: Path,
) -> MarkedText:
    marks, ids, entities, about = [], {}, [], {}
    for name, (layer, spans) in found.items():
        details = notes.get(name, {})
        ids[name] = str(details.pop("id", name))
        record, more = details.pop("entity_record", None), details.pop("about", None)
        entities += [record] if isinstance(record, dict) else []
        about |= more if isinstance(more, dict) else {}
        marks.append(TextMark(ids[name], layer, labels.get(name, ""), spans, details))
    relations = [Relation(label, ids[a], ids[b]) for label, a, b in links if a in ids and b in ids]
    about |= {"entities": entities}
    return MarkedText(str(about.pop("doc_id", path.stem)), text, tuple(marks), tuple(relations), about)


def _text_bound(first: str, text: str, path: Path, row: int) -> tuple[str, tuple[Span, ...]]:
    found = _TEXT_BOUND.match(first)
    if not found:
        raise ExchangeError(f"{first!r} is not a mark: give its layer, start and end", file=str(path), row=row)
    spans = tuple(Span(*map(int, place.split(" "))) for place in found[2].split(";"))
    if any(not 0 <= start < end <= len(text) for start, end in spans):
        raise ExchangeError(f"{found[2]!r} is outside the text ({len(text)} characters)", file=str(path), row=row)
    return found[1], spans
