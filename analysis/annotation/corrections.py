"""Corrections: what a person changed in the layers of an article, kept in a file next to it and applied to its
document.

The corrections of `vote.md` are in `vote.corrections.csv`, a table that opens in any spreadsheet. The article itself
and the rules do not change; everything that a correction made or changed carries ``corrected=True`` and the rule id
CORRECTION, so that no figure passes a person's judgement off as a rule's.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from analysis.annotation.marks import (
    LABELS_OF,
    LAYERS,
    Mark,
    MarkError,
    Row,
    is_table,
    marks_of,
    read_marks,
    read_place,
    read_rows,
)
from analysis.inputs.sidecars import Known, Sidecars, check_size, failed, known_of
from analysis.people import with_sources
from analysis.pipeline import annotate
from analysis.text.article import Article, ArticleError
from analysis.text.document import Attribution, Document, Entity, Marker, Mention, Span
from analysis.text.vocabulary import FAMILIES, FROM_HAND, family

ACTIONS = ("add", "remove", "relabel")
RULE = "CORRECTION"
PARTS = ("source", "cue", "content")
COLUMNS = ("action", "layer", "start", "end", "words", "label", "group", "entity", "by", "why")
# A hedge that a person adds has no measured strength. It gets the middle of the scale, since NaN would break sums.
STRENGTH = 0.5
NAME_TO_LABEL = {**FROM_HAND, "": "ORG"}


class Correction(NamedTuple):
    """One change to one mark.

    `action`: "add", "remove" or "relabel" the mark of `layer` at ``text[start:end]``. `label` is the new label. For an
    attribution, "remove" and "relabel" name it by any of its marks, and "add" needs a cue, its content and, if there is
    one, its source, all with the same `group`. `entity` is the entity that an added name refers to. `by` and `why` are
    for the reader of the report.
    """

    action: str
    layer: str
    start: int
    end: int
    label: str = ""
    group: str = ""
    entity: str = ""
    by: str = ""
    why: str = ""


def corrections_path(article: Article) -> Path:
    """Where the corrections of an article are kept. Raises MarkError for an article that did not come from a file."""
    if not article.path or article.path.rpartition(":")[2].isdecimal():
        raise MarkError(f"{article.doc_id}: only an article in a separate file can have corrections next to it")
    return Path(article.path).with_suffix(".corrections.csv")


def save_corrections(document: Document, corrections: Iterable[Correction], path: str | Path | None = None) -> Path:
    """Write corrections next to the article (or to `path`) and return the path. An older file is replaced."""
    path = Path(path) if path else corrections_path(document.article)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for c in corrections:
        row = c._asdict() | {"words": document.text[c.start : c.end]}
        writer.writerow([row[column] for column in COLUMNS])
    temporary = path.with_name(path.name + ".new")  # never half a file, even if the disk is full
    temporary.write_text(out.getvalue(), "utf-8")
    os.replace(temporary, path)
    return path


def load_corrections(document: Document, path: str | Path | None = None) -> list[Correction]:
    """The corrections kept next to the article (or at `path`); none if there is no such file.

    A `path` that does not end in .csv may be a file of any format of `analysis.exchange.formats`: the corrections are
    then what a person changed in it (see `corrections_of`). A row may give `words` without `start` and `end`, as in the
    tables of marks. Raises MarkError, with file, line and column, if a row cannot be read or the article no longer has
    its words.
    """
    if path is None:
        if not document.article.path or document.article.path.rpartition(":")[2].isdecimal():
            return []
        path = corrections_path(document.article)
        if not _is_file(path):
            return []
        check_size(path)
    if not is_table(path):
        return corrections_of(document, read_marks(path, document))
    return [_read(row, document) for row in read_rows(Path(path), required=("action", "layer"))]


def corrections_of(document: Document, marks: Iterable[Mark], *, by: str = "") -> list[Correction]:
    """The corrections that turn the marks of a document into a person's, in the layers in which the person marked.

    An attribution counts as a whole: if a part of it has different words or another label, it is removed and the
    person's is added. Source, cue and content count as one layer.

    >>> from analysis import annotate
    >>> corrections_of(annotate("It may rain."), [Mark(3, 6, "hedge", "probability")])[0][:5]
    ('relabel', 'hedge', 3, 6, 'probability')
    """
    marks, mine = list(marks), marks_of(document)
    out = _attribution_changes(mine, marks, by) if any(m.layer in PARTS for m in marks) else []
    for layer in (*FAMILIES, "name"):
        wanted = {(m.start, m.end): m for m in marks if m.layer == layer}
        found = {(m.start, m.end): m for m in mine if m.layer == layer}
        if not wanted:
            continue
        out += [Correction("remove", layer, *place, by=by) for place in found if place not in wanted]
        for place, mark in wanted.items():
            known = found.get(place)
            if known is None:
                label = mark.label or ("possibility" if layer == "hedge" else "")
                out.append(Correction("add", layer, *place, label=label, by=by))
            elif mark.label and mark.label != known.label:
                out.append(Correction("relabel", layer, *place, label=mark.label, by=by))
    return out


def _attribution_changes(mine: list[Mark], marks: list[Mark], by: str) -> list[Correction]:
    def groups(side: list[Mark]) -> dict[frozenset[tuple[int, int, str, str]], list[Mark]]:
        by_name: dict[str, list[Mark]] = {}
        for number, m in enumerate(m for m in side if m.layer in PARTS):
            by_name.setdefault(m.group or f" {number}", []).append(m)
        return {frozenset(m[:4] for m in some): some for some in by_name.values()}

    before, after = groups(mine), groups(marks)
    out = [Correction("remove", some[0].layer, *some[0][:2], by=by) for key, some in before.items() if key not in after]
    for key, some in after.items():
        if key not in before and {m.layer for m in some} >= {"content"}:
            out += [Correction("add", m.layer, m.start, m.end, m.label, m.group, by=by) for m in some]
    return out


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # the name is too long for any file
        return False


def _read(row: Row, document: Document) -> Correction:
    action, layer, label = row.get("action").lower(), row.get("layer").lower(), row.get("label")
    if action not in ACTIONS:
        raise row.fail("action", f"{action!r} is not an action; use one of {', '.join(ACTIONS)}")
    if layer not in LABELS_OF:
        raise row.fail("layer", f"{layer!r} is not a layer; write one of {', '.join(LAYERS)}")
    if label and label not in LABELS_OF[layer]:
        raise row.fail("label", f"{label!r} is not a label of {layer}; write one of {', '.join(LABELS_OF[layer])}")
    if not label and (action == "relabel" or (action == "add" and layer == "hedge")):
        raise row.fail("label", f"to {action} a {layer}, give its label: one of {', '.join(LABELS_OF[layer])}")
    start, end = read_place(row, document)
    return Correction(action, layer, start, end, label, *(row.get(c) for c in COLUMNS[6:]))


# ---------------------------------------------------------------- applying them


def annotate_corrected(article: Article, *, backend: str = "rules", any_language: bool = False) -> Document:
    """`annotate`, with what a reader keeps next to the article: `aliases.toml` and `sources.csv` in its folder, and its
    corrections.

    Raises AliasError, SourcesError or MarkError, with the place, for a file that cannot be used.
    """
    known = known_of(article)
    document = annotate(
        article, backend=backend, aliases=known.aliases, sources=known.sources, any_language=any_language
    )
    return apply_corrections(document, load_corrections(document))


def each_corrected(
    articles: Iterable[Article], *, backend: str = "rules", any_language: bool = False
) -> Iterator[Document | ArticleError]:
    """The same for several articles: one document each, in order.

    A file that cannot be used becomes an ArticleError and affects nothing else: an `aliases.toml` or `sources.csv`
    once, before the first article next to it, a file of corrections before its article; the articles are then annotated
    without it.

    >>> from analysis import Article
    >>> [document.doc_id for document in each_corrected([Article("It may rain.", doc_id="rain")])]
    ['rain']
    """
    for known in Sidecars().beside(articles):
        yield from corrected(known, backend=backend, any_language=any_language)


def corrected(
    known: Known | ArticleError, *, backend: str = "rules", any_language: bool = False
) -> Iterator[Document | ArticleError]:
    """The same for one article, with what its reader knows about it."""
    if isinstance(known, ArticleError):
        yield known
        return
    try:
        document = annotate(
            known.article, backend=backend, aliases=known.aliases, sources=known.sources, any_language=any_language
        )
    except Exception as error:  # a single article must never affect the others
        yield failed(known.article, error)
        return
    try:
        document = apply_corrections(document, load_corrections(document))
    except ArticleError as error:
        yield ArticleError(f"{error}. The article is shown without its corrections", file=error.file, row=error.row)
    yield document


def apply_corrections(document: Document, corrections: Iterable[Correction]) -> Document:
    """The document with the corrections applied, in order: attributions first, then markers, then names.

    Hedges whose attribution was removed, or that are inside an added one, get the holder for their place. Counts of
    entities follow their mentions, and sources their attributions. The document keeps the list in `corrections`, so
    that removed marks can be shown too. Raises MarkError for a correction of a mark that does not exist.

    >>> from analysis import segment, Article
    >>> add = Correction("add", "hedge", 3, 6, "possibility")
    >>> document = apply_corrections(segment(Article("It may rain.")), [add])
    >>> [(m.category, m.corrected) for m in document.markers]
    [('possibility', True)]
    """
    corrections = list(corrections)
    document = replace(document, corrections=(*document.corrections, *corrections))
    document = _correct_attributions(document, [c for c in corrections if c.layer in PARTS])
    document = _correct_markers(document, [c for c in corrections if c.layer in FAMILIES])
    document = _correct_names(document, [c for c in corrections if c.layer == "name"])
    return with_sources(document) if corrections else document


def _missing(document: Document, c: Correction) -> MarkError:
    return MarkError(
        f"{document.doc_id}: cannot {c.action} the {c.layer} {document.text[c.start : c.end]!r} "
        f"({c.start} to {c.end}): the document has no such mark"
    )


def _correct_attributions(document: Document, corrections: list[Correction]) -> Document:
    if not corrections:
        return document
    attributions = list(document.attributions)
    groups: dict[str, list[Correction]] = {}
    for c in corrections:
        if c.action == "add":
            groups.setdefault(c.group, []).append(c)
        else:
            attributions = _change(document, attributions, c)
    attributions += [_added(document, group, parts, attributions) for group, parts in groups.items()]
    kept = tuple(sorted(attributions, key=lambda a: (a.cue or a.content)[0]))
    return replace(document, attributions=kept, markers=_held_again(document, kept))


def _change(document: Document, attributions: list[Attribution], c: Correction) -> list[Attribution]:
    """The attributions with one of them relabelled or removed; those inside a removed one move up a level."""
    at = next((k for k, a in enumerate(attributions) if (c.start, c.end) in getattr(a, c.layer)), None)
    if at is None:
        raise _missing(document, c)
    old, others = attributions[at], attributions[:at] + attributions[at + 1 :]
    if c.action == "remove":
        return [replace(a, parent=old.parent) if a.parent == old.id else a for a in others]
    field = {"source": "source_kind", "cue": "stance", "content": "kind"}[c.layer]
    others.insert(at, replace(old, **{field: c.label}, rule_id=RULE, corrected=True))
    return others


def _held_again(document: Document, kept: tuple[Attribution, ...]) -> tuple[Marker, ...]:
    """The markers, with a new holder if theirs is gone or if a new attribution includes them."""
    ids, old = {a.id for a in kept}, {a.id for a in document.attributions}
    new = [span for a in kept if a.id not in old for span in a.content]

    def moved(m: Marker) -> bool:
        return bool(m.attribution and m.attribution not in ids) or any(s <= m.start < e for s, e in new)

    return tuple(replace(m, attribution=holder(m, kept)) if moved(m) else m for m in document.markers)


def _added(document: Document, group: str, parts: list[Correction], others: list[Attribution]) -> Attribution:
    roles = {layer: tuple(Span(c.start, c.end) for c in parts if c.layer == layer) for layer in PARTS}
    if not (roles["cue"] or roles["source"]) or not roles["content"]:
        raise MarkError(
            f"{document.doc_id}: the added attribution {group!r} needs a content, and a cue or a source; "
            "give all its parts the same group"
        )
    labels = {c.layer: c.label for c in parts if c.label}
    taken = {a.id for a in others}
    name = next(n for n in (f"c{k}" for k in range(1, len(others) + 2 + len(parts))) if n not in taken)
    return Attribution(
        f"{name}-{group}" if group else name,
        labels.get("content") or _kind(document.text, roles["content"]),
        **roles,
        source_kind=labels.get("source", "person" if roles["source"] else "none"),
        stance=labels.get("cue", "neutral"),
        rule_id=RULE,
        corrected=True,
    )


def _kind(text: str, content: tuple[Span, ...]) -> str:
    pieces = [text[s:e] for s, e in content]
    marks = '“”"‘«»'
    if all(p[0] in marks and p[-1] in marks + "’" for p in pieces):
        return "direct"
    return "mixed" if any(m in p for p in pieces for m in '“"«') else "indirect"


def holder(marker: Marker, attributions: Iterable[Attribution]) -> str | None:
    """The id of the attribution with the shortest content around the marker; None: the writer's own voice."""
    held = [(e - s, a.id) for a in attributions for s, e in a.content if s <= marker.start and marker.end <= e]
    return min(held)[1] if held else None


def _correct_markers(document: Document, corrections: list[Correction]) -> Document:
    markers = list(document.markers)
    for c in corrections:
        category = c.label if c.layer == "hedge" else c.layer
        at = next(
            (
                k
                for k, m in enumerate(markers)
                if (m.start, m.end) == (c.start, c.end) and family(m.category) == c.layer
            ),
            None,
        )
        if c.action == "add":
            new = Marker(c.start, c.end, category, STRENGTH if c.layer == "hedge" else 0.0, RULE, corrected=True)
            markers.append(replace(new, attribution=holder(new, document.attributions)))
        elif at is None:
            raise _missing(document, c)
        elif c.action == "remove":
            del markers[at]
        else:
            markers[at] = replace(markers[at], category=category, rule_id=RULE, corrected=True)
    return replace(document, markers=tuple(sorted(markers, key=lambda m: (m.start, m.end))))


def _correct_names(document: Document, corrections: list[Correction]) -> Document:
    if not corrections:
        return document
    mentions, entities = list(document.mentions), {e.id: e for e in document.entities}
    for c in corrections:
        label = NAME_TO_LABEL[c.label]
        at = next((k for k, m in enumerate(mentions) if (m.start, m.end) == (c.start, c.end)), None)
        if c.action == "add":
            words = document.text[c.start : c.end]
            entity = _entity(entities, c.entity or words, label)
            mentions.append(Mention(c.start, c.end, entity.label, entity.id, RULE, corrected=True))
        elif at is None:
            raise _missing(document, c)
        elif c.action == "remove":
            del mentions[at]
        else:
            mentions[at] = replace(mentions[at], label=label, rule_id=RULE, corrected=True)
    mentions.sort(key=lambda m: (m.start, m.end))
    return replace(document, mentions=tuple(mentions), entities=_recounted(document.text, mentions, entities))


def _entity(entities: dict[str, Entity], name: str, label: str) -> Entity:
    """The entity of this name or alias; a new one if there is none."""
    for e in entities.values():
        if e.name == name or name in e.aliases:
            return e
    free = next(i for i in (f"c{k}" for k in range(1, len(entities) + 2)) if i not in entities)
    new = Entity(free, name, label, (), 0)
    entities[new.id] = new
    return new


def _recounted(text: str, mentions: list[Mention], entities: dict[str, Entity]) -> tuple[Entity, ...]:
    forms: dict[str, list[str]] = {}
    for m in mentions:
        forms.setdefault(m.entity, []).append(text[m.start : m.end])
    out = []
    for e in entities.values():
        used = forms.get(e.id, [])
        if used:
            aliases = dict.fromkeys((*e.aliases, *used))
            out.append(replace(e, count=len(used), aliases=tuple(a for a in aliases if a != e.name)))
    return tuple(out)
