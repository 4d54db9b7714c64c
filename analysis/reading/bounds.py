"""How much of a document a page shows, so that no text makes a page too large for a browser.

The page of an ordinary article takes 25 to 35 bytes per character, nearly all of it for the reasons for its marks. A
hostile text has a mark in every word, or marks nested a thousand deep. The page says what is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from heapq import heappop, heappush

from analysis.reading.layers import Layer
from analysis.text.document import Attribution, Document

# How many bytes a page may use for its marks, and how many one mark takes: for its reason, and for its place in the
# text.
FREE = 300_000
A_CHARACTER = 50
ATTRIBUTION, MARKER, MENTION, ENTITY = 1300, 1400, 180, 350
# How many of one kind are drawn inside each other.
DEEPEST = {"voice": 4, "source": 2, "cue": 2, "marker": 2, "name": 2}


def bounded(document: Document) -> tuple[Document, str]:
    """The document with as many marks as a page can hold, from its beginning; and a sentence on what is left out ("" if
    nothing is).

    >>> from analysis import annotate
    >>> bounded(annotate("It may rain."))[1]
    ''
    """
    end = _end(document)
    if end is None:
        return document, ""
    kept = _before(document, end)
    marks, shown = _marks(document), _marks(kept)
    return kept, (
        f"{marks:,} marks were found in this text, far more than a page can hold. The {marks - shown:,} from character "
        f"{end:,} onwards are not shown here; “annotate” and the tables have them all."
    )


def _marks(document: Document) -> int:
    return len(document.attributions) + len(document.markers) + len(document.mentions)


def _end(document: Document) -> int | None:
    """Where the first mark that a page has no room for starts; None if it has room for all."""
    room = FREE + A_CHARACTER * len(document.text)
    for start, cost in sorted(_costs(document)):
        room -= cost
        if room < 0:
            return start
    return None


def _costs(document: Document) -> Iterator[tuple[int, int]]:
    for a in document.attributions:
        yield first_place(a), ATTRIBUTION
    for m in document.markers:
        yield m.start, MARKER
    seen: set[str] = set()
    for mention in document.mentions:
        new = mention.entity not in seen
        seen.add(mention.entity)
        yield mention.start, MENTION + ENTITY * new


def first_place(a: Attribution) -> int:
    """Where the first part of an attribution starts."""
    return min((start for spans in (a.source, a.cue, a.content) for start, _ in spans), default=0)


def _before(document: Document, end: int) -> Document:
    attributions = tuple(a for a in document.attributions if first_place(a) < end)
    mentions = tuple(m for m in document.mentions if m.start < end)
    named = {m.entity for m in mentions} | {a.source_entity for a in attributions}
    return replace(
        document,
        attributions=attributions,
        markers=tuple(m for m in document.markers if m.start < end),
        mentions=mentions,
        entities=tuple(e for e in document.entities if e.id in named),
        sources=(),  # they point into the list of all attributions
    )


def not_too_deep(layers: Iterable[Layer]) -> tuple[list[Layer], str]:
    """The layers without those that are inside too many of their kind; and a sentence on what is left out."""
    layers = list(layers)
    open_: dict[str, list[int]] = {kind: [] for kind in DEEPEST}  # where the open layers end, the first to end first
    dropped: set[int] = set()
    for layer in sorted(layers, key=lambda layer: (layer.start, -layer.end)):
        ends = open_.get(layer.kind)
        if ends is None:
            continue
        while ends and ends[0] <= layer.start:
            heappop(ends)
        if len(ends) == DEEPEST[layer.kind]:
            dropped.add(id(layer))
        else:
            heappush(ends, layer.end)
    if not dropped:
        return layers, ""
    return [layer for layer in layers if id(layer) not in dropped], (
        f"{len(dropped):,} passages inside several others are not shown in the text here; they are in the lists."
    )
