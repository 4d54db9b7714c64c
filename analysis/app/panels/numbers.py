"""Every number, and who gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.app.panels.drawing import table, to_sentence
from analysis.numbers import Number, find_numbers
from analysis.numbers.in_words import said_of_number
from analysis.reading.notes import cut
from analysis.sourcing.voices import span_text
from analysis.text.document import Document, Span
from analysis.text.escaping import escape_html
from analysis.text.vocabulary import BOUNDS, NUMBER_KINDS, term

NUMBERS = 500  # the most rows in the table


def numbers_given(document: Document, *, prefix: str) -> str:
    """One row per number: what it counts, how exact it is, whose it is, and what else the text says about it."""
    found = find_numbers(document)
    words = {n.id: document.text[n.start : n.end] for n in found}
    rows = [
        (
            escape_html(cut(words[n.id], 60)),
            escape_html(term(NUMBER_KINDS, n.kind).name),
            escape_html(cut(_words(document, n.counts), 40)),
            escape_html(term(BOUNDS, n.bound).name),
            escape_html(cut(" → ".join(n.chain) or n.voice, 80)),
            escape_html(cut("; ".join(_said(document, n, words)), 200)),
            to_sentence(document.sentence_index(n.start) + 1, prefix),
        )
        for n in found[:NUMBERS]
    ]
    if not rows:
        return ""
    more = f"<p>The first {NUMBERS} of {len(found):,}.</p>" if len(found) > NUMBERS else ""
    heads = {
        "number": "",
        "kind": "",
        "of what": "",
        "how exact": "",
        "whose": "",
        "what else is said": "",
        "sentence": "",
    }
    careful = (
        "<p>What a number counts, and which numbers are one quantity, is given only where the text makes it plain. "
        "None of this says whether a number is right.</p>"
    )
    return careful + table(f"Numbers, {document.doc_id}", heads, rows, more)


def _said(document: Document, n: Number, words: Mapping[str, str]) -> Iterator[str]:
    """What else the text says about a number, in words."""
    return said_of_number(
        change=_words(document, *n.change),
        basis=_words(document, *n.basis),
        unverified=_words(document, n.unverified),
        disputed="; ".join(dict.fromkeys(dispute.voice for dispute in n.disputed)),
        same=(words.get(same.number, "") for same in n.same),
        agrees=all(same.agrees for same in n.same),
    )


def _words(document: Document, *spans: Span | None) -> str:
    return span_text(document, tuple(span for span in spans if span))
