"""Prodigy: marks.jsonl, one task per line, in the form that `spans.manual` and `rel.manual` read and `db-out` writes.

A span's label combines layer and label ("hedge:possibility"). Words are split where a mark begins or ends inside one,
so every span begins and ends with a word. A mark of several pieces becomes several spans, and the relation "continues"
links them to the first. Prodigy keeps fields that it does not know (`mark_id`, `details`); for spans that a person
added, the place and the label show which one a relation means. Offsets count characters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from analysis.exchange.files import from_json, read_text
from analysis.exchange.model import ExchangeError, MarkedText, Relation, TextMark, label_of, split_label
from analysis.exchange.pieces import in_pieces, joined, words_of
from analysis.text.document import Span

SUFFIX = ".jsonl"


def write(texts: Iterable[MarkedText]) -> Iterator[tuple[str, bytes]]:
    """The file for these texts: name and content."""
    yield "marks.jsonl", b"".join(json.dumps(_task(marked)).encode() + b"\n" for marked in texts)


def _task(marked: MarkedText) -> dict[str, Any]:
    words, pieces = words_of(marked), in_pieces(marked)
    tokens = [
        {
            "text": marked.text[start:end],
            "start": start,
            "end": end,
            "id": k,
            "ws": marked.text[end : end + 1].isspace(),
        }
        for k, (start, end) in enumerate(words.words)
    ]
    spans = {}
    for mark in pieces.marks:
        start, end = mark.spans[0]
        touched = words.of(mark.spans[0])
        place = {"start": start, "end": end, "token_start": touched.start, "token_end": touched.stop - 1}
        spans[mark.id] = {**place, "label": label_of(mark), "mark_id": mark.id, "details": dict(mark.details)}
    relations = [
        {
            "label": r.label,
            "head": spans[r.head]["token_end"],
            "child": spans[r.child]["token_end"],
            "head_span": _without_details(spans[r.head]),
            "child_span": _without_details(spans[r.child]),
        }
        for r in pieces.relations
        if r.head in spans and r.child in spans
    ]
    meta = {"doc_id": marked.doc_id}
    return {
        "text": marked.text,
        "tokens": tokens,
        "spans": list(spans.values()),
        "relations": relations,
        "meta": meta,
        "about": dict(marked.about),
        "answer": "accept",
    }


def _without_details(span: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in span.items() if name != "details"}


# ---------------------------------------------------------------- reading


def read(path: Path) -> Iterator[MarkedText]:
    """Each task that was not rejected or ignored. Raises ExchangeError with file and line."""
    for row, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        task = from_json(path, line, row=row)
        if not isinstance(task, dict) or not isinstance(task.get("text"), str):
            raise ExchangeError("is not a Prodigy task; give an object with a text", file=str(path), row=row)
        if task.get("answer", "accept") == "accept":
            yield _marked(task, path, row)


def _marked(task: dict[str, Any], path: Path, row: int) -> MarkedText:
    text, marks = task["text"], []
    by_place: dict[tuple[Any, ...], str] = {}
    for number, span in enumerate(task.get("spans") or (), 1):
        start, end = span.get("start"), span.get("end")
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
            raise ExchangeError(
                f"span {number}, from {start} to {end}, is outside the text ({len(text)} characters)",
                file=str(path),
                row=row,
            )
        name = str(span.get("mark_id") or f"span-{number}")
        layer, label = split_label(str(span.get("label") or ""))
        marks.append(TextMark(name, layer, label, (Span(start, end),), _object(span.get("details"))))
        by_place.setdefault(_place(span), name)
    relations = []
    for relation in task.get("relations") or ():
        ends = [relation.get(side) or {} for side in ("head_span", "child_span")]
        names = [str(s.get("mark_id") or by_place.get(_place(s), "")) for s in ends]
        relations.append(Relation(str(relation.get("label") or ""), *names))
    by = str(task.get("_annotator_id") or task.get("_session_id") or "")
    doc_id = str(_object(task.get("meta")).get("doc_id") or f"{path.stem}-{row}")
    return joined(MarkedText(doc_id, text, tuple(marks), tuple(relations), _object(task.get("about")), by))


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _place(span: dict[str, Any]) -> tuple[Any, ...]:
    return span.get("start"), span.get("end"), span.get("label")
