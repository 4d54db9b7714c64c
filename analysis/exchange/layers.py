"""The layers of a document as marks and relations, and back.

    document  ->  marked_text(document)  ->  a format  ->  documents_of(marked text)  ->  document

An attribution becomes marks for its parts, held together by relations from its cue (or, without a cue, from its content
or source) to the others. Values that a person's mark does not give are those of any mark made by hand.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, NamedTuple

from analysis.exchange.model import LAYERS, MARKERS, PARTS, ExchangeError, MarkedText, Relation, TextMark, tidy_spans
from analysis.people import with_sources
from analysis.text.article import Article
from analysis.text.document import (
    CATEGORIES,
    KINDS,
    SOURCE_KINDS,
    STANCES,
    Attribution,
    Document,
    Entity,
    Marker,
    Mention,
    Span,
)
from analysis.text.segmentation import segment
from analysis.text.vocabulary import FROM_HAND, HEDGES, LABELS, family

HAND = "HAND"  # the rule_id of marks that a person made
LABEL_FIELDS = {"source": "source_kind", "cue": "stance", "content": "kind"}  # what the label of a part means
PLAIN = ("cue_lemma", "source_entity", "template", "source_link", "corrected")
DEFAULTS: dict[str, Any] = {"source_kind": "none", "stance": "neutral", "kind": "indirect"}
ALLOWED = {
    "source": tuple(kind for kind in SOURCE_KINDS if kind != "none"),
    "cue": STANCES,
    "content": KINDS,
    "hedge": HEDGES,
    "name": (*LABELS, *FROM_HAND),
}


# ---------------------------------------------------------------- out


def marked_text(document: Document) -> MarkedText:
    """A document as marks and relations.

    >>> from analysis import annotate
    >>> marked = marked_text(annotate("It may rain, Ann Reed said."))
    >>> [(mark.id, mark.label) for mark in marked.marks][:3]
    [('a1.cue', 'neutral'), ('a1.source', 'person'), ('a1.content', 'indirect')]
    >>> marked.relations[0]
    Relation(label='source', head='a1.cue', child='a1.source')
    """
    marks: list[TextMark] = []
    relations: list[Relation] = []
    anchors = {a.id: _anchor(a) for a in document.attributions}
    for a in document.attributions:
        marks += _parts(document.text, a)
        head = anchors[a.id]
        relations += [Relation(p, head, f"{a.id}.{p}") for p in PARTS if getattr(a, p) and f"{a.id}.{p}" != head]
        if a.parent in anchors:
            relations.append(Relation("parent", head, anchors[a.parent]))
    for number, m in enumerate(document.markers, 1):
        layer, mark = family(m.category), f"m{number}"
        marks.append(TextMark(mark, layer, m.category if layer == "hedge" else "", _one(m), _marker_details(m)))
        scope = tidy_spans(document.text, m.scope)
        if scope:
            marks.append(TextMark(f"{mark}.scope", "scope", "", scope))
            relations.append(Relation("scope", mark, f"{mark}.scope"))
        if m.attribution in anchors:
            relations.append(Relation("holder", mark, anchors[m.attribution]))
    for number, n in enumerate(document.mentions, 1):
        details = _without({"rule_id": n.rule_id, "corrected": n.corrected}, {"rule_id": HAND})
        marks.append(TextMark(f"n{number}", "name", n.label, _one(n), {"entity": n.entity, **details}))
    about = {"encoding": document.article.encoding, "entities": [_plain(e) for e in document.entities]}
    return MarkedText(document.doc_id, document.text, tuple(marks), tuple(relations), about)


def _one(mark: Marker | Mention) -> tuple[Span, ...]:
    return (Span(mark.start, mark.end),)


def _anchor(a: Attribution) -> str:
    """The id of the mark that holds an attribution together."""
    return f"{a.id}.{next((part for part in ('cue', 'content', 'source') if getattr(a, part)), 'cue')}"


def _parts(text: str, a: Attribution) -> Iterator[TextMark]:
    details = _without({name: getattr(a, name) for name in (*PLAIN, "rule_id")}, {"rule_id": HAND})
    for part, name in LABEL_FIELDS.items():  # what is not in the label of a mark
        value = getattr(a, name)
        if not getattr(a, part) and value != DEFAULTS[name]:
            details[name] = value
    for part in PARTS:
        spans = tidy_spans(text, getattr(a, part))
        if spans:
            name = f"{a.id}.{part}"
            label = getattr(a, LABEL_FIELDS[part]) if part in LABEL_FIELDS else ""
            yield TextMark(name, part, label, spans, details if name == _anchor(a) else {})


def _marker_details(m: Marker) -> dict[str, Any]:
    known = {"rule_id": m.rule_id, "by_whom": m.by_whom, "negated": m.negated, "corrected": m.corrected}
    details = _without(known, {"rule_id": HAND})
    return details if math.isnan(m.strength) else {"strength": m.strength, **details}


def _without(values: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """The values that differ from the defaults of a mark."""
    return {name: value for name, value in values.items() if (value != defaults[name] if name in defaults else value)}


def _plain(entity: Entity) -> dict[str, Any]:
    record = {f.name: getattr(entity, f.name) for f in fields(entity)}
    del record["count"]  # the label of its mentions
    record["aliases"], record["titles"] = list(entity.aliases), [list(span) for span in entity.titles]
    return {name: value for name, value in record.items() if value not in (None, [])}


# ---------------------------------------------------------------- in


def document_of(marked: MarkedText, *, file: str | None = None) -> tuple[Document, list[ExchangeError]]:
    """The document of a marked text, and an error for each mark that cannot be used; all others are used.

    Sentences and sources are worked out again. Raises ArticleError for a text that cannot be an article.
    """
    article = Article(marked.text, doc_id=marked.doc_id, encoding=str(marked.about.get("encoding") or "utf-8"))
    marks, problems = usable(marked, file=file)
    ids = {mark.id for mark in marks}
    links = [r for r in marked.relations if r.head in ids and r.child in ids]
    attributions, of_anchor, lost = _attributions(marks, links, file)
    by_id = {mark.id: mark for mark in marks}
    of_mark = defaultdict(list)
    for relation in links:
        of_mark[relation.head].append(relation)
    markers = [
        made
        for mark in marks
        if mark.layer in MARKERS
        for made in _markers(mark, of_mark.get(mark.id, ()), by_id, of_anchor)
    ]
    mentions, entities = _names(marked, marks)
    document = replace(
        segment(article),
        attributions=tuple(attributions),
        markers=tuple(sorted(markers, key=lambda m: (m.start, m.end))),
        mentions=tuple(sorted(mentions, key=lambda m: (m.start, m.end))),
        entities=tuple(entities),
    )
    return with_sources(document), problems + lost


def usable(
    marked: MarkedText, *, file: str | None = None, kinds: bool = True
) -> tuple[list[TextMark], list[ExchangeError]]:
    """The marks of a text with known layers and labels, tidied; and an error for each other mark.

    A document needs the kind of each hedge; with `kinds=False`, hedges may do without.
    """
    marks, problems = [], []
    for mark in marked.marks:
        spans = tidy_spans(marked.text, mark.spans)
        problem = _problem(mark, spans, len(marked.text), kinds=kinds)
        if problem:
            words = " ... ".join(marked.text[s:e] for s, e in mark.spans)[:60]
            problems.append(ExchangeError(f"{marked.doc_id}: the mark {words!r} {problem}; it is left out", file=file))
        else:
            label = mark.label if mark.layer in ALLOWED else ""
            marks.append(replace(mark, label=label, spans=spans))
    return marks, problems


def _problem(mark: TextMark, spans: tuple[Span, ...], length: int, *, kinds: bool) -> str | None:
    """Why a mark cannot be used, as the rest of a sentence; None if it can."""
    if mark.layer not in LAYERS:
        return f"has the layer {mark.layer!r}; use one of {', '.join(LAYERS)}"
    if not spans or any(start < 0 or end > length for start, end in mark.spans):
        return "contains no words of the text"
    allowed = ALLOWED.get(mark.layer, ())
    if allowed and mark.label not in allowed and (mark.label or (kinds and mark.layer == "hedge")):
        return f"is a {mark.layer} with the label {mark.label!r}; write one of {', '.join(allowed)}"
    return None


class _Grouped(NamedTuple):
    """The parts of attributions, brought together: the anchor of each by name; the parts of each anchor, by layer; the
    name of each part's attribution; and the parts that belong to none.
    """

    anchors: dict[str, TextMark]
    held: dict[str, dict[str, list[TextMark]]]
    names: dict[str, str]
    lost: list[TextMark]


def _grouped(marks: Iterable[TextMark], links: Iterable[Relation]) -> _Grouped:
    parts = {mark.id: mark for mark in marks if mark.layer in PARTS}
    held: dict[str, dict[str, list[TextMark]]] = defaultdict(lambda: defaultdict(list))
    taken = set()
    for relation in links:
        child = parts.get(relation.child)
        if child and relation.head in parts and relation.head != child.id and relation.label == child.layer != "cue":
            held[relation.head][child.layer].append(child)
            taken.add(child.id)
    anchors: dict[str, TextMark] = {}
    for anchor in (m for m in parts.values() if m.id not in taken and (m.layer in ("cue", "content") or m.id in held)):
        name = base = anchor.id.removesuffix(f".{anchor.layer}")
        number = 2
        while name in anchors:
            name, number = f"{base}-{number}", number + 1
        anchors[name] = anchor
    names = {}
    for name, anchor in anchors.items():
        mine = (anchor, *(mark for some in held.get(anchor.id, {}).values() for mark in some))
        names |= {mark.id: name for mark in mine}
    return _Grouped(anchors, held, names, [m for m in parts.values() if m.id not in names])


def attribution_names(marked: MarkedText) -> dict[str, str]:
    """The attribution that each part belongs to, by the ids of the marks.

    >>> marks = (TextMark("x", "cue", "", ()), TextMark("y", "source", "", ()))
    >>> attribution_names(MarkedText("d", "Ann said", marks, (Relation("source", "x", "y"),)))
    {'x': 'x', 'y': 'x'}
    """
    return _grouped(marked.marks, marked.relations).names


def _attributions(
    marks: list[TextMark], links: list[Relation], file: str | None
) -> tuple[list[Attribution], dict[str, str], list[ExchangeError]]:
    """The attributions in the order of the text; the id of each part's attribution; the parts of none."""
    grouped = _grouped(marks, links)
    names = grouped.names
    parents = {r.head: names[r.child] for r in links if r.label == "parent" and r.child in names}
    made = [
        _attribution(name, anchor, grouped.held.get(anchor.id, {}), parents.get(anchor.id))
        for name, anchor in grouped.anchors.items()
    ]
    lost = [
        ExchangeError(f"the {m.layer} {m.id!r} has no cue; draw a relation to it from its cue", file=file)
        for m in grouped.lost
    ]
    return sorted(made, key=_place), names, lost


def _place(a: Attribution) -> tuple[int, int, str]:
    digits = "".join(c for c in a.id if c.isascii() and c.isdigit())
    return (a.cue or a.content or a.source)[0].start, int(digits[:9] or 0), a.id


def _attribution(name: str, anchor: TextMark, held: Mapping[str, list[TextMark]], parent: str | None) -> Attribution:
    parts = {part: list(held.get(part, ())) for part in PARTS}
    parts[anchor.layer].insert(0, anchor)
    spans = {part: tuple(sorted(s for mark in some for s in mark.spans)) for part, some in parts.items()}
    known = {name: anchor.details[name] for name in PLAIN if name in anchor.details}
    for part, label_field in LABEL_FIELDS.items():
        label = next((mark.label for mark in parts[part] if mark.label), None)
        stated = anchor.details.get(label_field) if not parts[part] else None
        known[label_field] = (
            label or stated or ("person" if part == "source" and parts[part] else DEFAULTS[label_field])
        )
    rule = anchor.details.get("rule_id", HAND)
    return Attribution(name, **spans, parent=None if parent == name else parent, rule_id=rule, **known)  # type: ignore[arg-type]


def _markers(
    mark: TextMark, mine: Iterable[Relation], by_id: Mapping[str, TextMark], of_anchor: Mapping[str, str]
) -> list[Marker]:
    scope = [s for r in mine if r.label == "scope" for s in by_id[r.child].spans]
    holder = next((of_anchor[r.child] for r in mine if r.label == "holder" and r.child in of_anchor), None)
    details = mark.details
    flags = {name: bool(details.get(name, False)) for name in ("by_whom", "negated", "corrected")}
    category = mark.label if mark.layer == "hedge" else mark.layer
    strength = float(details.get("strength", float("nan")))
    rule = details.get("rule_id", HAND)
    return [
        Marker(start, end, category, strength, rule, scope=tuple(sorted(scope)), attribution=holder, **flags)
        for start, end in mark.spans
        if category in CATEGORIES
    ]


def _names(marked: MarkedText, marks: list[TextMark]) -> tuple[list[Mention], list[Entity]]:
    """The mentions, and the entities with mentions: those of the text, and one for each new name."""
    entities = {record["id"]: _entity(record) for record in marked.about.get("entities", ()) if "id" in record}
    mentions = []
    forms: dict[str, list[str]] = defaultdict(list)
    for mark in sorted((m for m in marks if m.layer == "name"), key=lambda m: m.spans):
        label = FROM_HAND.get(mark.label, mark.label)
        rule, corrected = mark.details.get("rule_id", HAND), bool(mark.details.get("corrected", False))
        for start, end in mark.spans:
            words = marked.text[start:end]
            mine = _entity_of(words, label, mark.details.get("entity"), entities)
            label_here = label or (entities[mine].label if mine else "ORG")
            mentions.append(Mention(start, end, label_here, mine, rule, corrected))
            forms[mine].append(words)
    counted = [
        replace(e, count=len(used), aliases=tuple(a for a in dict.fromkeys((*e.aliases, *used)) if a != e.name))
        for e in entities.values()
        if (used := forms.get(e.id, []))
    ]
    return mentions, counted


def _entity_of(words: str, label: str, known: str | None, entities: dict[str, Entity]) -> str:
    """The id of the entity that a name refers to; it is created if it is new. An empty id refers to nothing."""
    if known == "" or (known is not None and known in entities):
        return known
    found = None if known else _called(entities, words)
    if found is None:
        free = next(i for i in (f"c{k}" for k in range(1, len(entities) + 2)) if i not in entities)
        found = entities[known or free] = Entity(known or free, words, label or "ORG", (), 0)
    return found.id


def _called(entities: Mapping[str, Entity], words: str) -> Entity | None:
    return next((e for e in entities.values() if words == e.name or words in e.aliases), None)


def _entity(record: Mapping[str, Any]) -> Entity:
    titles = tuple(Span(*span) for span in record.get("titles", ()))
    known = {name: record.get(name) for name in ("related", "country")}
    return Entity(
        record["id"],
        record.get("name", ""),
        record.get("label", "ORG"),
        tuple(record.get("aliases", ())),
        0,
        titles=titles,
        **known,
    )
