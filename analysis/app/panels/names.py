"""How often each name appears, and where."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.app.panels.drawing import ROWS, strip, table, to_sentence
from analysis.reading.notes import cut
from analysis.reading.page import group_slug
from analysis.text.document import Document
from analysis.text.escaping import escape_html
from analysis.text.vocabulary import LABELS, VALUES


def names_by_place(document: Document, *, prefix: str) -> str:
    """One row per name: how often it occurs in the text, in which forms, and where."""
    places: dict[str, list[tuple[int, int]]] = {}
    for m in document.mentions:
        places.setdefault(m.entity, []).append((m.start, m.end))
    found = sorted((e for e in document.entities if e.label not in VALUES), key=lambda e: (-e.count, e.name))
    if not found:
        return ""
    rows = []
    for e in found[:ROWS]:
        where = places.get(e.id, [])
        sentences = list(dict.fromkeys(document.sentence_index(start) + 1 for start, _ in where))
        links = ", ".join(to_sentence(n, prefix) for n in sentences[:20]) + (" …" if len(sentences) > 20 else "")
        forms = ", ".join(cut(form, 40) for form in e.aliases[:6])
        name = f'<span class="name g-{group_slug(e.label)}">{escape_html(cut(e.name, 80))}</span>'
        if forms:
            name += f' <div class="n">also {escape_html(forms)}</div>'
        line = strip(where, len(document.text), said=f"{cut(e.name, 60)}: in sentences {_listed(sentences)}")
        rows.append((name, LABELS[e.label].name, str(e.count), line, links))
    heads = {
        "name": "",
        "kind": "",
        "times": "num",
        "where in the text": "drawn",
        "sentences": "",
    }
    more = f"<p>{len(found) - ROWS:,} more names are not shown here.</p>" if len(found) > ROWS else ""
    return table(f"Names, {document.doc_id}", heads, rows, more)


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:20])) + (" and more" if len(numbers) > 20 else "")
