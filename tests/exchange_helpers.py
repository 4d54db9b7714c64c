"""Marked texts for the tests of the formats: invented ones, hostile ones, and what of them has to come back."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from analysis.exchange.formats import FORMATS, Format, read_texts
from analysis.exchange.layers import ALLOWED
from analysis.exchange.model import LAYERS, RELATIONS, ExchangeError, MarkedText, Relation, TextMark, tidy_spans

ARTICLES = int(os.environ.get("EXCHANGE_ARTICLES", "4"))  # a release is tried with 500, and as many hostile texts
EXAMPLES = max(15, ARTICLES)

# Control characters that XML lacks, every kind of line end, what formats escape, right to left, beyond the BMP.
LETTERS = (
    "abc .,AB\"“”'\\|[]_*;:<>&=#%{}-\t\n\r\x01\x0b\x0c\x1c\x1f\x7f\x85\xa0\u2028\u2029\u200b\u200f\ufeff\ufffd\uffff"
    "שלום مرحبا é e\u0301 😊𝄞👩🏽‍🚒"
)
SPACED = ("T1\tcue 0 3", "#Text=it may", "1-1\t0-2\tit", "<said>", "it->is", "a\r\nb", "# text = x", "\\t\\n", "&#1;")


def hostile_text():
    pieces = st.one_of(st.text(LETTERS, max_size=8), st.sampled_from(SPACED), st.just(" said Ann. "))
    return st.lists(pieces, min_size=1, max_size=8).map("".join).filter(lambda text: text.strip())


@st.composite
def marked_texts(draw) -> MarkedText:
    """A text with marks that overlap, cross and have several pieces."""
    text = draw(hostile_text())
    place = st.integers(0, len(text))
    marks = []
    for number in range(draw(st.integers(0, 6))):
        spans = draw(st.lists(st.tuples(place, place).map(sorted).map(tuple), min_size=1, max_size=3))
        layer = draw(st.sampled_from(LAYERS))
        allowed = ALLOWED.get(layer, ())
        label = draw(st.sampled_from(allowed)) if allowed else ""
        known = st.one_of(st.booleans(), st.floats(0, 1), st.text(LETTERS, max_size=6))
        details = draw(st.dictionaries(st.sampled_from(("rule_id", "entity", "strength", "note")), known, max_size=2))
        tidied = tidy_spans(text, spans)
        if tidied:
            marks.append(TextMark(f"x{number}", layer, label, tidied, details))
    relations = []
    if marks:
        end = st.sampled_from([mark.id for mark in marks])
        made = draw(st.lists(st.builds(Relation, st.sampled_from(RELATIONS), end, end), max_size=3, unique=True))
        relations = [r for r in made if r.head != r.child]
    entities = [{"id": "e1", "name": draw(st.text(LETTERS, max_size=5)), "titles": [[0, 1]]}]
    doc_id = draw(st.sampled_from(("vote", "a/b c", "שלום", "..", "x" * 300, "😊|\\")))
    return MarkedText(doc_id, text, tuple(marks), tuple(relations), {"encoding": "utf-8", "entities": entities})


def round_trip(record: Format, texts: list[MarkedText], folder: Path) -> list[MarkedText]:
    """The texts, written and read again."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in record.write(texts):
        (folder / name).write_bytes(content)
    back = list(read_texts(folder, record.name))
    assert not [error for error in back if isinstance(error, ExchangeError)], back
    return back


def comparable(marked: MarkedText) -> tuple:
    """What of a text has to come back equal, whatever the order."""
    marks = {m.id: (m.layer, m.label, tidy_spans(marked.text, m.spans), dict(m.details)) for m in marked.marks}
    return marked.doc_id, marked.text, marks, sorted(marked.relations), dict(marked.about)


def expected(record: Format, marked: MarkedText) -> MarkedText:
    """What this format promises to bring back of a text."""
    if record.name != "brat":
        return marked
    # brat has notes on marks only: an entity without a mention, or anything of a text without marks, has no place
    mentioned = {m.details.get("entity") for m in marked.marks}
    entities = [e for e in marked.about["entities"] if e["id"] in mentioned]
    about = {"entities": entities} if not marked.marks else {**marked.about, "entities": entities}
    return replace(marked, about=about)


NAMES = tuple(name for name in FORMATS if name not in ("docbin", "parc"))  # spaCy is elsewhere; PARC has less
