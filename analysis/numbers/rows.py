"""The rows of the numbers table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.numbers import find_numbers
from analysis.sourcing.voices import span_text
from analysis.text.document import Document, Span

CUT = 200  # the most characters of a cell that many rows may repeat
NUMBERS = {
    "doc_id": "str",
    "number_id": "str",
    "sentence_id": "int64",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "kind": "str",
    "value": "float64",
    "high": "float64",
    "unit": "str",
    "bound": "str",
    "bound_words": "str",
    "counts": "str",
    "change": "str",
    "voice": "str",
    "source_kind": "str",
    "chain": "str",
    "attribution_id": "str",
    "basis": "str",
    "justification": "str",
    "unverified": "str",
    "disputed": "str",
    "same": "str",
    "agrees": "str",
}


def number_rows(d: Document) -> Iterator[tuple[Any, ...]]:
    """One row per number of a document, in the columns of NUMBERS."""

    def words(spans: tuple[Span | None, ...]) -> str | None:
        return span_text(d, tuple(span for span in spans if span), CUT) or None

    for n in find_numbers(d):
        agrees = None if not n.same else "yes" if all(same.agrees for same in n.same) else "no"
        yield (
            d.doc_id,
            n.id,
            d.sentence_index(n.start) + 1,
            n.start,
            n.end,
            d.text[n.start : n.end],
            n.kind,
            n.value,
            n.high,
            n.unit or None,
            n.bound,
            words((n.bound_words,)),
            words((n.counts,)),
            words(n.change),
            n.voice,
            n.voice_kind,
            _cut(" → ".join(n.chain)),
            n.attribution,
            words(n.basis),
            words(n.justification),
            words((n.unverified,)),
            _cut("; ".join(dict.fromkeys(dispute.voice for dispute in n.disputed))),
            _cut("; ".join(same.number for same in n.same)),
            agrees,
        )


def _cut(text: str) -> str | None:
    return None if not text else text if len(text) <= CUT else text[:CUT] + " …"
