"""Corrections by click: the marks at a place in the text, and how one more correction changes the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from analysis.annotation.corrections import ACTIONS, Correction
from analysis.annotation.marks import LABELS_OF, LAYERS, MarkError
from analysis.reading.notes import Notes, cut
from analysis.text.document import Attribution, Document, Marker, Mention
from analysis.text.vocabulary import (
    CATEGORIES,
    FAMILIES,
    KINDS,
    LABELS,
    SOURCE_KINDS,
    STANCES,
    VALUES,
    family,
    term,
)

ATTRIBUTION = ("source", "cue", "content")
# The question that the label of a layer answers, and the words for each label.
FIELDS: dict[str, tuple[str, Mapping[str, Any]]] = {
    "source": ("kind of source", SOURCE_KINDS),
    "cue": ("what the verb does", STANCES),
    "content": ("in whose words", KINDS),
    "hedge": ("kind of hedge", CATEGORIES),
    "name": ("kind of name", {}),
}
MOST = 20  # the most marks that are shown at one place


def choices() -> dict[str, dict[str, Any]]:
    """For each layer that you can mark: the question that its label answers, and the labels with their words.

    >>> choices()["hedge"]["options"][0]
    ['possibility', 'possibility']
    """
    out = {}
    for layer in LAYERS:
        question, words = FIELDS.get(layer, ("", {}))
        out[layer] = {"question": question, "options": [[slug, term(words, slug).name] for slug in LABELS_OF[layer]]}
    return out


def marks_at(document: Document, start: int, end: int) -> list[dict[str, Any]]:
    """The marks that hold a character of ``text[start:end]``, the shortest first, with what can be changed in each.

    Each has `title`, `words`, `person` (True if a person made it), `fields` (layer, start, end, label), and `remove`,
    the place that a correction needs to name it.

    >>> from analysis import annotate
    >>> [(mark["title"], mark["words"]) for mark in marks_at(annotate("It may rain."), 3, 6)]
    [('possibility', 'may')]
    """
    notes = Notes(document)
    found = [_of_marker(document, notes, m) for m in document.markers if m.start < end and start < m.end]
    found += [_of_name(document, notes, m) for m in document.mentions if m.start < end and start < m.end]
    for a in document.attributions:
        if any(s < end and start < e for s, e in (*a.source, *a.cue, *a.content)):
            found.append(_of_attribution(document, notes, a))
    return [mark for _, mark in sorted(found, key=lambda item: item[0])][:MOST]


def _of_marker(document: Document, notes: Notes, m: Marker) -> tuple[int, dict[str, Any]]:
    layer = family(m.category)
    place = {"layer": layer, "start": m.start, "end": m.end}
    fields = [{**place, "label": m.category}] if layer == "hedge" else []
    return m.end - m.start, _mark(document, notes.marker_label(m), (m.start, m.end), place, fields, m.corrected)


def _of_name(document: Document, notes: Notes, m: Mention) -> tuple[int, dict[str, Any]]:
    place = {"layer": "name", "start": m.start, "end": m.end}
    name = notes.entity[m.entity].name if m.entity in notes.entity else document.text[m.start : m.end]
    fields = [] if m.label in VALUES else [{**place, "label": LABELS[m.label].by_hand or "other"}]
    title = f"{cut(name, 60)} ({LABELS[m.label].name})"
    return m.end - m.start, _mark(document, title, (m.start, m.end), place, fields, m.corrected)


def _of_attribution(document: Document, notes: Notes, a: Attribution) -> tuple[int, dict[str, Any]]:
    labels = {"source": a.source_kind, "cue": a.stance, "content": a.kind}
    parts = {"source": a.source, "cue": a.cue, "content": a.content}
    fields = [
        {"layer": layer, "start": spans[0].start, "end": spans[0].end, "label": labels[layer]}
        for layer, spans in parts.items()
        if spans
    ]
    layer = next(layer for layer in ("cue", "content", "source") if parts[layer])
    place = {"layer": layer, "start": parts[layer][0].start, "end": parts[layer][0].end}
    spans = [span for each in parts.values() for span in each]
    whole = (min(s for s, _ in spans), max(e for _, e in spans))
    mark = _mark(document, notes.voice_label(a), a.content[0] if a.content else whole, place, fields, a.corrected)
    mark["parts"] = {layer: [list(span) for span in spans] for layer, spans in parts.items()}
    mark["said"] = {layer: notes.words(spans) for layer, spans in parts.items()}
    return whole[1] - whole[0], mark


def _mark(
    document: Document,
    title: str,
    span: tuple[int, int],
    remove: dict[str, Any],
    fields: list[dict[str, Any]],
    person: bool,
) -> dict[str, Any]:
    words = cut(" ".join(document.text[span[0] : span[1]].split()), 120)
    return {"title": title, "words": words, "remove": remove, "fields": fields, "person": person}


# ---------------------------------------------------------------- one more change


def corrections_of(rows: Iterable[Mapping[str, Any]], document: Document) -> list[Correction]:
    """Rows from the page, checked. Raises MarkError for anything that is not a correction of this text."""
    out = []
    for row in rows:
        action, layer = str(row.get("action")), str(row.get("layer"))
        start, end, label = row.get("start"), row.get("end"), str(row.get("label") or "")
        if action not in ACTIONS or layer not in LABELS_OF:
            raise MarkError(f"{action} {layer}: give one of {', '.join(ACTIONS)} and one of {', '.join(LAYERS)}")
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(document.text)):
            raise MarkError("select some words of the text")
        if label and label not in LABELS_OF[layer]:
            raise MarkError(f"{label!r} is not a label of {layer}; choose one of {', '.join(LABELS_OF[layer])}")
        if not label and layer == "hedge" and action != "remove":
            raise MarkError("choose a kind of hedge")
        texts = (str(row.get(name) or "") for name in ("group", "entity", "by", "why"))
        out.append(Correction(action, layer, start, end, label, *texts))
    return out


def with_change(corrections: list[Correction], new: Iterable[Correction]) -> list[Correction]:
    """The corrections with more added; if one takes back an earlier one, both disappear.

    >>> add = Correction("add", "hedge", 3, 6, "possibility")
    >>> with_change([add], [Correction("remove", "hedge", 3, 6)])
    []
    """
    for c in new:
        corrections = [*corrections, c] if c.action == "add" else _changed(corrections, c)
    return corrections


def _same_mark(a: Correction, b: Correction) -> bool:
    return (a.layer, a.start, a.end) == (b.layer, b.start, b.end)


def _changed(corrections: list[Correction], c: Correction) -> list[Correction]:
    added = next((old for old in corrections if old.action == "add" and _same_mark(old, c)), None)
    if added and c.action == "relabel":
        return [old._replace(label=c.label) if old is added else old for old in corrections]
    if added:  # it was never there
        whole = added.layer in ATTRIBUTION
        return [
            old
            for old in corrections
            if old is not added and not (whole and old.action == "add" and _in_group(old, added))
        ]
    kept = [old for old in corrections if not (old.action == "relabel" and _same_mark(old, c))]
    return [*kept, c]


def _in_group(a: Correction, b: Correction) -> bool:
    return a.layer in ATTRIBUTION and a.group == b.group


def free_group(corrections: Iterable[Correction]) -> str:
    """A name that no group of added marks has yet.

    >>> free_group([Correction("add", "cue", 0, 4, group="p1")])
    'p2'
    """
    taken = {c.group for c in corrections}
    return next(name for name in (f"p{n}" for n in range(1, len(taken) + 2)) if name not in taken)


def changes_in_words(document: Document, corrections: Iterable[Correction]) -> list[dict[str, str]]:
    """What a person changed, one row per change: what was done, to which words, and why.

    >>> from analysis import segment, Article
    >>> changes_in_words(segment(Article("It may rain.")), [Correction("remove", "hedge", 3, 6)])
    [{'what': 'removed: hedge', 'words': 'may', 'why': ''}]
    """
    done = {"add": "added", "remove": "removed", "relabel": "changed"}
    rows = []
    for c in corrections:
        labels = dict(FIELDS.get(c.layer, ("", {}))[1])
        name = term(labels, c.label).name if c.label else ""
        layer = FAMILIES[c.layer].name if c.layer in FAMILIES else c.layer
        what = f"{done[c.action]}: {layer}" + (f", {name}" if name else "")
        why = "; ".join(part for part in (c.by and f"by {c.by}", c.why) if part)
        rows.append({"what": what, "words": cut(" ".join(document.text[c.start : c.end].split()), 120), "why": why})
    return rows
