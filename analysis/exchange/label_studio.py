"""Label Studio: tasks.json, which it imports and exports, and labels.xml, the set-up of the project.

A mark is a region of type "labels"; its label combines layer and label ("hedge:possibility"), and everything else that
is known about it is in the region's meta text. A mark of several pieces becomes several regions, and the relation
"continues" links them to the first. Offsets count characters: since 2022, Label Studio has stored code points instead
of the 16-bit units of JavaScript.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from analysis.exchange.files import from_json, to_json
from analysis.exchange.layers import ALLOWED
from analysis.exchange.model import (
    LAYERS,
    RELATIONS,
    ExchangeError,
    MarkedText,
    Relation,
    TextMark,
    from_text,
    label_of,
    split_label,
    to_text,
)
from analysis.exchange.pieces import CONTINUES, in_pieces, joined
from analysis.text.document import Span

SUFFIX = ".json"
CONTROL, TEXT = "mark", "text"


def write(texts: Iterable[MarkedText]) -> Iterator[tuple[str, bytes]]:
    """The files for these texts: name and content."""
    yield "labels.xml", _project().encode()
    yield "tasks.json", to_json([_task(marked) for marked in texts])


def _project() -> str:
    names = [f"{layer}:{label}" for layer in LAYERS for label in ALLOWED.get(layer, ())]
    labels = [*(layer for layer in LAYERS if layer != "hedge"), *names]
    return "\n".join(
        (
            "<View>",
            f'  <Labels name="{CONTROL}" toName="{TEXT}">',
            *(f"    <Label value={quoteattr(label)}/>" for label in labels),
            "  </Labels>",
            "  <Relations>",
            *(f"    <Relation value={quoteattr(name)}/>" for name in (*RELATIONS, CONTINUES)),
            "  </Relations>",
            f'  <Text name="{TEXT}" value="$text" granularity="symbol"/>',
            "</View>\n",
        )
    )


def _task(marked: MarkedText) -> dict[str, Any]:
    pieces = in_pieces(marked)
    known = {mark.id for mark in pieces.marks}
    result: list[dict[str, Any]] = [_region(marked.text, mark) for mark in pieces.marks]
    result += [
        {"type": "relation", "from_id": r.head, "to_id": r.child, "direction": "right", "labels": [r.label]}
        for r in pieces.relations
        if r.head in known and r.child in known
    ]
    data = {"text": marked.text, "doc_id": marked.doc_id, "about": dict(marked.about)}
    return {"data": data, "annotations": [{"result": result, "was_cancelled": False}]}


def _region(text: str, mark: TextMark) -> dict[str, Any]:
    start, end = mark.spans[0]
    value = {"start": start, "end": end, "text": text[start:end], "labels": [label_of(mark)]}
    region = {"id": mark.id, "from_name": CONTROL, "to_name": TEXT, "type": "labels", "value": value}
    return region | ({"meta": {"text": [to_text(mark.details)]}} if mark.details else {})


# ---------------------------------------------------------------- reading


def read(path: Path) -> Iterator[MarkedText]:
    """Each annotation of each task: a text that two people marked appears twice, with the name or number of each."""
    tasks = from_json(path)
    if isinstance(tasks, dict):
        tasks = [tasks]
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise ExchangeError(
            "contains no Label Studio tasks; give a list of objects with data and annotations", file=str(path)
        )
    for number, task in enumerate(tasks, 1):
        data = task.get("data")
        if not isinstance(data, dict) or not isinstance(data.get("text"), str):
            raise ExchangeError(f"task {number} has no data.text; export as JSON, not as JSON-MIN", file=str(path))
        doc_id = str(data.get("doc_id") or f"{path.stem}-{task.get('id', number)}")
        about = data.get("about") if isinstance(data.get("about"), dict) else {}
        for annotation in task.get("annotations") or task.get("predictions") or [{}]:
            if annotation.get("was_cancelled"):
                continue
            by = annotation.get("completed_by") or ""
            who = by.get("email") or by.get("id") or "" if isinstance(by, dict) else by
            marks, relations = _result(annotation.get("result") or (), data["text"], path, number)
            yield joined(MarkedText(doc_id, data["text"], marks, relations, about or {}, str(who)))


def _result(
    result: Iterable[dict[str, Any]], text: str, path: Path, task: int
) -> tuple[tuple[TextMark, ...], tuple[Relation, ...]]:
    marks, relations = [], []
    for item in result:
        if item.get("type") == "relation":
            for label in item.get("labels") or [""]:
                relations.append(Relation(label, str(item.get("from_id")), str(item.get("to_id"))))
        elif item.get("type") == "labels":
            value = item.get("value") or {}
            start, end = value.get("start"), value.get("end")
            if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
                raise ExchangeError(
                    f"task {task}: a region from {start} to {end} is outside the text ({len(text)} characters)",
                    file=str(path),
                )
            layer, label = split_label(str((value.get("labels") or [""])[0]))
            meta = " ".join((item.get("meta") or {}).get("text") or [])
            marks.append(TextMark(str(item.get("id")), layer, label, (Span(start, end),), from_text(meta)))
    return tuple(marks), tuple(relations)
