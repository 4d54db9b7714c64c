"""W3C Web Annotation (2017): JSON-LD next to the text that it annotates.

    NAME.txt     the text, to the character
    NAME.jsonld  an AnnotationCollection with one page

A mark is an annotation whose body classifies it (its layer) and tags it (its label), and whose targets are its pieces,
each with two selectors: a position, in code points as the standard requires, and a quotation with its surroundings, by
which the piece can be found again if the text has moved. A relation is an annotation that links one mark to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from analysis.exchange.files import from_json, read_text, to_json, with_stems
from analysis.exchange.model import ExchangeError, MarkedText, Relation, TextMark, from_text, to_text
from analysis.text.document import Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
SUFFIX = ".jsonld"
AROUND = 32  # characters on each side of a quotation
JSON = "application/json"


def write(texts: Iterable[MarkedText]) -> Iterator[tuple[str, bytes]]:
    """The files for these texts: name and content."""
    for stem, marked in with_stems(texts):
        yield f"{stem}.txt", marked.text.encode()
        yield f"{stem}{SUFFIX}", to_json(_collection(marked, f"{stem}.txt"))


def _collection(marked: MarkedText, source: str) -> dict[str, Any]:
    about = {"doc_id": marked.doc_id, **marked.about}
    items: list[dict[str, Any]] = [
        {"id": "#about", "type": "Annotation", "motivation": "describing", "body": _data(about), "target": source}
    ]
    items += [_mark(marked.text, mark, source) for mark in marked.marks]
    items += [_relation(relation, number) for number, relation in enumerate(marked.relations, 1)]
    page = {"id": "#page", "type": "AnnotationPage", "partOf": "#collection", "startIndex": 0, "items": items}
    return {
        "@context": CONTEXT,
        "id": "#collection",
        "type": "AnnotationCollection",
        "label": marked.doc_id,
        "total": len(items),
        "first": page,
    }


def _data(value: Any) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": "describing", "format": JSON, "value": to_text(value)}


def _word(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _mark(text: str, mark: TextMark, source: str) -> dict[str, Any]:
    body = [_word("classifying", mark.layer)]
    body += [_word("tagging", mark.label)] if mark.label else []
    body += [_data(mark.details)] if mark.details else []
    targets = [
        {
            "type": "SpecificResource",
            "source": source,
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - AROUND) : start],
                    "suffix": text[end : end + AROUND],
                },
            ],
        }
        for start, end in mark.spans
    ]
    return {"id": f"#{mark.id}", "type": "Annotation", "motivation": "classifying", "body": body, "target": targets}


def _relation(relation: Relation, number: int) -> dict[str, Any]:
    linked = {"type": "SpecificResource", "purpose": "linking", "source": f"#{relation.child}"}
    return {
        "id": f"#relation-{number}",
        "type": "Annotation",
        "motivation": "linking",
        "body": [linked, _word("tagging", relation.label)],
        "target": f"#{relation.head}",
    }


# ---------------------------------------------------------------- reading


def read(path: Path) -> Iterator[MarkedText]:
    """The text of a file with its marks. Raises ExchangeError for a file that cannot be used."""
    collection = from_json(path)
    first = collection.get("first", collection) if isinstance(collection, dict) else collection
    items = first.get("items", [first]) if isinstance(first, dict) else first
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ExchangeError("is not a collection of Web Annotations: it has no items", file=str(path))
    text = read_text(_beside(path, items), mark=True)
    marks, relations, about = [], [], {}
    for number, item in enumerate(items, 1):
        bodies = [b if isinstance(b, dict) else {"value": str(b)} for b in _list(item.get("body"))]
        if item.get("motivation") == "linking":
            relations += _linked(item, bodies)
        elif item.get("motivation") == "describing":
            about = _details(bodies)
        else:
            spans = tuple(_span(text, target, path, number) for target in _list(item.get("target")))
            name = str(item.get("id", f"annotation-{number}")).removeprefix("#")
            layer, label = (_purpose(bodies, purpose) for purpose in ("classifying", "tagging"))
            marks.append(TextMark(name, layer or label, label if layer else "", spans, _details(bodies)))
    doc_id = str(about.pop("doc_id", path.stem))
    yield MarkedText(doc_id, text, tuple(marks), tuple(relations), about, str(_creator(items)))


def _linked(item: dict[str, Any], bodies: list[dict[str, Any]]) -> list[Relation]:
    """The relations in an annotation: from its target to its body."""
    linked = [str(b["source"]) for b in bodies if b.get("purpose") == "linking" and "source" in b]
    heads = [target for target in _list(item.get("target")) if isinstance(target, str)]
    label = _purpose(bodies, "tagging")
    return [Relation(label, head.removeprefix("#"), child.removeprefix("#")) for head in heads for child in linked]


def _details(bodies: list[dict[str, Any]]) -> dict[str, Any]:
    return next((from_text(b.get("value")) for b in bodies if b.get("format") == JSON), {})


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _purpose(bodies: list[dict[str, Any]], purpose: str) -> str:
    return next((str(b.get("value", "")) for b in bodies if b.get("purpose") == purpose), "")


def _creator(items: list[dict[str, Any]]) -> str:
    creator = next((item["creator"] for item in items if item.get("creator")), "")
    return creator.get("name", creator.get("id", "")) if isinstance(creator, dict) else creator


def _beside(path: Path, items: list[dict[str, Any]]) -> Path:
    """The file of the text: the one that the targets name, in the same folder."""
    for item in items:
        for target in _list(item.get("target")):
            source = target.get("source", "#") if isinstance(target, dict) else target
            if isinstance(source, str) and not source.startswith("#"):
                return path.parent / Path(source).name
    return path.with_suffix(".txt")


def _span(text: str, target: Any, path: Path, number: int) -> Span:
    """The place of a target: its position if its words are there, otherwise the place of its quotation."""
    selectors = _list(target.get("selector")) if isinstance(target, dict) else []
    by_type = {s.get("type"): s for s in selectors if isinstance(s, dict)}
    position, quote = by_type.get("TextPositionSelector"), by_type.get("TextQuoteSelector")
    exact = quote.get("exact") if quote else None
    start, end = (position.get("start"), position.get("end")) if position else (None, None)
    inside = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
    if inside and exact in (None, text[start:end]):
        return Span(start, end)
    if isinstance(exact, str) and exact and quote:
        prefix, suffix = (str(quote.get(side) or "") for side in ("prefix", "suffix"))
        for around in (prefix + exact + suffix, exact):
            if text.count(around) == 1:
                start = text.index(around) + (len(prefix) if around != exact else 0)
                return Span(start, start + len(exact))
    raise ExchangeError(
        f"annotation {number} selects no words of the text: give a TextPositionSelector within its "
        f"{len(text)} characters, or a TextQuoteSelector whose words occur once",
        file=str(path),
    )
