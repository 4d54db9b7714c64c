"""TEI P5: NAME.xml, with the marks as elements in the text, and what is known about them in standOff.

    <said ana="#content.direct" who="#e1">  what a person or a body is said to say
    <quote>                                 what a document or an outlet is said to say
    <persName>, <orgName>, <placeName>, <name>  names; ref points to the entity
    <seg type="cue">, <seg type="hedge"> ...    every other mark
    <certainty>                                 how sure a hedge leaves its claim: 1 minus its strength
    <relation>, <fs>                            relations; details of marks, of entities and of the text

The attribute ana has layer and label. Elements cannot cross each other. So a mark that crosses another, or has several
pieces, becomes several elements, linked by next and prev. A paragraph extends to the next, so the text of the body is
the text of the article, to the character; characters that XML cannot hold are U+FFFD there, and are restored when the
file is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.exchange.files import needed, parsed_xml, with_stems
from analysis.exchange.model import ExchangeError, MarkedText, Relation, TextMark, split_label
from analysis.exchange.pieces import from_xml, without, xml_text
from analysis.text.article import Article
from analysis.text.document import Span
from analysis.text.segmentation import segment

SUFFIX = ".xml"
NS = "http://www.tei-c.org/ns/1.0"
ID = "{http://www.w3.org/XML/1998/namespace}id"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NAMES = {"PERSON": "persName", "ORG": "orgName", "GPE": "placeName", "LOC": "placeName", "FAC": "placeName"}
WRITTEN = ("document", "outlet")  # sources whose content is a quote rather than said
LOST, JSON = "not_xml", "json."
# What the elements of other projects mean to us if they have no ana.
KNOWN = {
    "said": "content",
    "quote": "content",
    "q": "content",
    "persName": "name:PERSON",
    "orgName": "name:ORG",
    "placeName": "name:GPE",
    "name": "name",
}


# ---------------------------------------------------------------- writing


def write(texts: Iterable[MarkedText]) -> Iterator[tuple[str, bytes]]:
    """The files for these texts: name and content."""
    etree = needed("lxml", "lxml.etree", "exchange")
    for stem, marked in with_stems(texts):
        root = _Writer(etree, marked).root()
        yield f"{stem}{SUFFIX}", etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


class _Writer:
    """Builds the tree of one text."""

    def __init__(self, etree: Any, marked: MarkedText) -> None:
        self.etree, self.marked = etree, marked
        self.text, self.lost = xml_text(marked.text)
        self.ids = {mark.id: f"m{number}" for number, mark in enumerate(marked.marks, 1)}
        records = marked.about.get("entities", ())
        self.entities = {record.get("id"): f"entity-{number}" for number, record in enumerate(records, 1)}
        by_id = {mark.id: mark for mark in marked.marks}
        self.source_of = {r.child: by_id[r.head] for r in marked.relations if r.label == "content" and r.head in by_id}
        kinds = {r.head: by_id[r.child].label for r in marked.relations if r.label == "source" and r.child in by_id}
        self.written = {mark for mark, head in self.source_of.items() if kinds.get(head.id) in WRITTEN}

    def element(self, parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
        made = self.etree.SubElement(parent, f"{{{NS}}}{tag}", attributes)
        made.text = text
        return made

    def root(self) -> Any:
        root = self.etree.Element(f"{{{NS}}}TEI", nsmap={None: NS})
        described = self.element(self.element(root, "teiHeader"), "fileDesc")
        title = xml_text(self.marked.doc_id)[0]
        self.element(self.element(described, "titleStmt"), "title", title)
        self.element(self.element(described, "publicationStmt"), "p", "Marks exported by close-reading-news.")
        self.element(self.element(described, "sourceDesc"), "p", "The text as it was read, to the character.")
        self.stand_off(self.element(root, "standOff"))
        body = self.element(self.element(root, "text"), "body")
        body.set(SPACE, "preserve")
        self.body(body)
        return root

    def stand_off(self, parent: Any) -> None:
        about = {"doc_id": self.marked.doc_id, **without(self.marked.about, "entities")}
        self.features(parent, "text", about | ({LOST: self.lost} if self.lost else {}))
        for record in self.marked.about.get("entities", ()):
            self.features(parent, "entity", record).set(ID, self.entities[record.get("id")])
        for mark in self.marked.marks:
            self.features(parent, "mark", {"id": mark.id, **mark.details}).set("corresp", f"#{self.ids[mark.id]}")
            strength = mark.details.get("strength")
            if mark.layer == "hedge" and isinstance(strength, int | float):
                place = {"target": f"#{self.ids[mark.id]}", "locus": "value", "degree": f"{1 - strength:.3g}"}
                self.element(parent, "certainty", None, **place)
        relations = [r for r in self.marked.relations if r.head in self.ids and r.child in self.ids]
        if relations:
            listed = self.element(parent, "listRelation")
            for label, head, child in relations:
                ends = {"active": f"#{self.ids[head]}", "passive": f"#{self.ids[child]}"}
                self.element(listed, "relation", None, name=label, **ends)

    def features(self, parent: Any, kind: str, values: Mapping[str, Any]) -> Any:
        """A feature structure: text, numbers and truth values in the form of TEI, everything else as JSON."""
        made = self.element(parent, "fs", None, type=kind)
        for name, value in values.items():
            if isinstance(value, bool):
                self.element(self.element(made, "f", None, name=name), "binary", None, value=str(value).lower())
            elif isinstance(value, int | float):
                self.element(self.element(made, "f", None, name=name), "numeric", None, value=repr(value))
            elif isinstance(value, str) and not xml_text(value)[1]:
                self.element(self.element(made, "f", None, name=name), "string", value)
            else:
                self.element(self.element(made, "f", None, name=JSON + name), "string", json.dumps(value))
        return made

    def body(self, body: Any) -> None:
        """The text with its elements. If marks cross, the one that has to remain open is closed and opened again."""
        paragraphs = segment(Article(self.marked.text)).paragraphs
        starts = [0, *(p.start for p in paragraphs[1:]), len(self.text)]
        openings: dict[int, list[tuple[int, int]]] = {}
        for number, mark in enumerate(self.marked.marks):
            for start, end in mark.spans:
                openings.setdefault(start, []).append((end, number))
        ends = {end for some in openings.values() for end, _ in some}
        places = sorted({*starts, *openings, *ends})
        chains: dict[int, list[Any]] = {}
        stack: list[tuple[int, int, Any]] = []  # end, number of the mark, element
        paragraph = body
        for at, following in zip(places, [*places[1:], len(self.text)], strict=True):
            again: list[tuple[int, int]] = []
            while any(end == at for end, *_ in stack) or (stack and at in starts):
                end, number, _ = stack.pop()
                again += [(end, number)] if end > at else []
            if at in starts and at < len(self.text):
                paragraph = self.element(body, "p")
            for end, number in sorted([*again, *openings.get(at, ())], key=lambda o: (-o[0], o[1])):
                parent = stack[-1][2] if stack else paragraph
                made = self.mark(parent, self.marked.marks[number], chains.setdefault(number, []))
                stack.append((end, number, made))
            self.add_text(stack[-1][2] if stack else paragraph, self.text[at:following])

    @staticmethod
    def add_text(parent: Any, text: str) -> None:
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text

    def mark(self, parent: Any, mark: TextMark, chain: list[Any]) -> Any:
        name, attributes = self.kind(mark)
        place = "#" + ".".join(filter(None, (mark.layer, mark.label)))
        made = self.element(parent, name, None, ana=re.sub(r"\s", "_", place), **attributes)
        made.set(ID, self.ids[mark.id] + (f"-{len(chain) + 1}" if chain else ""))
        if chain:
            made.set("prev", f"#{chain[-1].get(ID)}")
            chain[-1].set("next", f"#{made.get(ID)}")
        chain.append(made)
        return made

    def kind(self, mark: TextMark) -> tuple[str, dict[str, str]]:
        """The element of a mark, and what it points to."""
        if mark.layer == "name":
            entity = self.entities.get(mark.details.get("entity"))
            name = NAMES.get(mark.label, "name")
            kind = {"type": mark.label} if name == "name" and mark.label else {}
            return name, kind | ({"ref": f"#{entity}"} if entity else {})
        if mark.layer != "content":
            return "seg", {"type": mark.layer}
        head = self.source_of.get(mark.id, mark)
        entity = self.entities.get(head.details.get("source_entity"))
        if mark.id in self.written:
            return "quote", {"source": f"#{entity}"} if entity else {}
        direct = (
            {"direct": "true" if mark.label == "direct" else "false"} if mark.label in ("direct", "indirect") else {}
        )
        return "said", direct | ({"who": f"#{entity}"} if entity else {})


# ---------------------------------------------------------------- reading


def read(path: Path) -> Iterator[MarkedText]:
    """The text of the body of a file, with its marks. Raises ExchangeError for a file that is not TEI."""
    root = parsed_xml(path)
    body = root.find(f".//{{{NS}}}body")
    if root.tag != f"{{{NS}}}TEI" or body is None:
        raise ExchangeError(f"is not TEI: its root must be TEI in the namespace {NS}, with a body", file=str(path))
    pieces: list[str] = []
    found: list[tuple[Any, int, int]] = []
    _walk(body, pieces, 0, found)
    text = "".join(pieces)
    structures = list(root.iter(f"{{{NS}}}fs"))
    about = next((_features(fs) for fs in structures if fs.get("type") == "text"), {})
    entities = [_features(fs) for fs in structures if fs.get("type") == "entity"]
    details = {fs.get("corresp", "").removeprefix("#"): _features(fs) for fs in structures if fs.get("type") == "mark"}
    marks, ids = _marks(found, details)
    linked = [
        (r.get("name", ""), *(ids.get(r.get(side, "").removeprefix("#"), "") for side in ("active", "passive")))
        for r in root.iter(f"{{{NS}}}relation")
    ]
    relations = [Relation(*link) for link in linked if all(link[1:])]
    text = from_xml(text, about.get(LOST, ()))
    if not text.strip():
        raise ExchangeError("has a body without text", file=str(path))
    doc_id = str(about.pop("doc_id", path.stem))
    known = without(about, LOST) | ({"entities": entities} if entities or about else {})
    yield MarkedText(doc_id, text, tuple(marks), tuple(relations), known)


def _walk(element: Any, pieces: list[str], at: int, found: list[tuple[Any, int, int]]) -> int:
    """Collect the text of an element and its marks with their places; returns where the element ends."""
    start = at
    pieces.append(element.text or "")
    at += len(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            at = _walk(child, pieces, at, found)
        pieces.append(child.tail or "")
        at += len(child.tail or "")
    if element.get("ana", "").startswith("#") or element.tag.removeprefix(f"{{{NS}}}") in KNOWN:
        found.append((element, start, at))
    return at


def _marks(
    found: list[tuple[Any, int, int]], details: Mapping[str, dict[str, Any]]
) -> tuple[list[TextMark], dict[str, str]]:
    """The marks, with linked elements as one mark; and the id of each by its xml:id."""
    chains: dict[str, tuple[Any, list[Span]]] = {}
    first: dict[str, str] = {}
    ordered = sorted(found, key=lambda f: (f[1], -f[2]))
    for number, (element, start, end) in enumerate(ordered, 1):
        name = element.get(ID) or f"element-{number}"
        previous = element.get("prev", "").removeprefix("#")
        first[name] = first.get(previous, name)
        chains.setdefault(first[name], (element, []))[1].append(Span(start, end))
    marks, ids = [], {}
    order = {name: k for k, name in enumerate(details)}
    for name in sorted(chains, key=lambda n: order.get(n, len(order))):
        element, spans = chains[name]
        known = dict(details.get(name, {}))
        ids[name] = str(known.pop("id", name))
        tag = element.tag.removeprefix(f"{{{NS}}}")
        ana = element.get("ana", "")
        layer, label = split_label(ana[1:].replace(".", ":", 1) if ana.startswith("#") else KNOWN[tag])
        label = element.get("type", label) if not ana and tag == "name" else label
        marks.append(TextMark(ids[name], layer, label, tuple(s for s in spans if s.start < s.end), known))
    return marks, ids


def _features(fs: Any) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for feature in fs:
        name = feature.get("name") or ""
        value = feature[0] if len(feature) else None
        if value is None:
            continue
        kind = value.tag.removeprefix(f"{{{NS}}}")
        try:
            if kind == "binary":
                out[name] = value.get("value") == "true"
            elif kind == "numeric":
                out[name] = json.loads(value.get("value", ""))
            elif name.startswith(JSON):
                out[name.removeprefix(JSON)] = json.loads(value.text or "")
            else:
                out[name] = value.text or ""
        except (ValueError, RecursionError):
            out[name] = value.get("value") or value.text or ""
    return out
