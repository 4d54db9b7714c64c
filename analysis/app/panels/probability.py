"""What chance readers take the words of probability to mean."""

from __future__ import annotations

from typing import NamedTuple

from analysis.app.panels.drawing import ROWS, heard_range, table, to_sentence
from analysis.hedging.markers import rules
from analysis.hedging.probability import Reading, reading, scales
from analysis.text.document import Document, Span
from analysis.text.escaping import escape_html

SCALES = {"kent-1964": "Kent 1964", "icd-203": "ICD 203", "uk-phia": "UK PHIA", "ipcc-2010": "IPCC 2010"}


class Heard(NamedTuple):
    """A word of probability in a text: the term in a survey or scale, and where it occurs."""

    term: str
    forms: tuple[str, ...]
    sentences: tuple[int, ...]
    reading: Reading | None


def heard(document: Document) -> list[Heard]:
    """The words of probability for which a survey or a scale has a number, from the surest down.

    >>> from analysis import annotate
    >>> [(h.term, h.reading.median) for h in heard(annotate("Snow is likely."))]
    [('likely', 75.0)]
    """
    terms = {rule.id: rule.fields["term"] for rule in rules() if rule.fields.get("term")}
    found: dict[str, list[Span]] = {}
    for m in document.markers:
        if m.rule_id in terms:
            found.setdefault(terms[m.rule_id], []).append(Span(m.start, m.end))
    out = []
    for name, spans in found.items():
        forms = tuple(dict.fromkeys(document.text[s:e].lower() for s, e in spans))
        out.append(Heard(name, forms, tuple(document.sentence_index(s) + 1 for s, _ in spans), reading(name)))
    return sorted(out, key=lambda h: (-h.reading.median if h.reading else 1, h.term))


def ruler(document: Document, *, prefix: str) -> str:
    """One row per word of probability: the chance that readers take it to mean, and what the published scales say."""
    found = heard(document)
    if not found:
        return ""
    rows = []
    for h in found[:ROWS]:
        median = f"{h.reading.median:.0f}%" if h.reading else "not asked"
        drawn = heard_range(h.reading) if h.reading else ""
        steps = "; ".join(
            f"{SCALES[s.scale]} {s.low:g}–{s.high:g}%" for s in scales() if s.term == h.term and s.scale in SCALES
        )
        where = ", ".join(to_sentence(n, prefix) for n in dict.fromkeys(h.sentences))
        rows.append((escape_html(", ".join(h.forms)), str(len(h.sentences)), median, drawn, escape_html(steps), where))
    heads = {
        "word": "",
        "times": "num",
        "median reader": "num",
        "0 to 100 per cent": "drawn",
        "in published scales": "",
        "sentences": "",
    }
    surveys = {h.reading.survey: h.reading.n for h in found if h.reading}
    asked = " and ".join(f"{name.split('-')[0].capitalize()} ({n:,} readers)" for name, n in surveys.items())
    told = (
        "<p>The thick bar covers at least half of the readers, the line at least nine in ten; the diamond is the "
        "median. "
        f"Survey: {escape_html(asked)}. It shows how readers differ, not what the writer meant.</p>"
        if surveys
        else ""
    )
    return table(f"Words of probability, {document.doc_id}", heads, rows) + told
