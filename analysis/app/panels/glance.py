"""Three short answers above the text."""

from __future__ import annotations

from collections import Counter

from analysis.app.panels.drawing import many
from analysis.app.panels.voices import words_of
from analysis.reading.notes import cut
from analysis.reading.source_rows import SPEAKS, source_rows
from analysis.text.document import Document
from analysis.text.escaping import escape_html
from analysis.text.vocabulary import CATEGORIES, EPISTEMIC, HEDGES, VALUES


def glance(document: Document) -> str:
    """Three short answers above the text: who says it, how sure, about whom."""
    words = words_of(document)
    speak = [row for row in source_rows(document) if row.heard == SPEAKS]
    hedges = Counter(m.category for m in document.markers if m.category in HEDGES)
    names = sorted((e for e in document.entities if e.label not in VALUES), key=lambda e: -e.count)[:3]
    theirs = sum(row.n_words for row in speak)
    named = sum(row.named for row in speak)
    said = many(len(speak), "source") + f" ({named} named)" * bool(speak)
    if words.all:
        said += f"; {100 * theirs / words.all:.0f}% of the words are theirs"
    sure = many(sum(hedges[slug] for slug in EPISTEMIC), "hedge")
    for before, slugs in ((": ", EPISTEMIC), ("; also ", [slug for slug in HEDGES if slug not in EPISTEMIC])):
        each = [f"{CATEGORIES[slug].name} {n}" for slug, n in hedges.most_common() if slug in slugs]
        sure += f"{before}{', '.join(each[:3])}" * bool(each) + " …" * (len(each) > 3)
    about = ", ".join(f"{cut(e.name, 40)} {e.count}" for e in names) or "no names"
    rows = (("Who says it?", said), ("How sure is it?", sure), ("About whom?", about))
    return "".join(f"<div><dt>{name}</dt><dd>{escape_html(text)}</dd></div>" for name, text in rows)
