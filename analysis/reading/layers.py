"""Weave overlapping layers of spans into well-formed HTML, without changing a character of the text.

HTML nests, but spans overlap. So wherever a span starts or ends, the open elements in its way are closed and opened
again, in a fixed order from the outermost layer (headings, voices) to the innermost (names).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from analysis.sourcing.voices import chains
from analysis.text.document import Document
from analysis.text.escaping import escape_html

ORDER = ("heading", "gap", "voice", "source", "cue", "marker", "name")


class Layer(NamedTuple):
    """One span of one thing. `what` is the thing; `part` counts the spans of a content from 0, and has a meaning of its
    own for names (see `_names`).
    """

    start: int
    end: int
    kind: str
    rank: tuple
    what: Any
    part: int = 0


class Renderer(Protocol):
    """How layers look: the elements around a piece of text, and labels at the two ends of the whole span."""

    def open(self, layer: Layer) -> str: ...
    def close(self, layer: Layer) -> str: ...
    def before(self, layer: Layer) -> str: ...
    def after(self, layer: Layer) -> str: ...


def layers_of(document: Document) -> list[Layer]:
    """Everything marked in a document, in the order of nesting."""
    out = [Layer(p.start, p.end, "heading", (0, p.start), p) for p in document.paragraphs if p.kind == "heading"]
    out += _gaps(document)
    depth = {key: len(chain) for key, chain in chains(document).items()}
    for order, a in enumerate(document.attributions):
        out += [Layer(s, e, "voice", (2, depth[a.id], s, -e, order), a, part) for part, (s, e) in enumerate(a.content)]
        out += [
            Layer(s, e, role, (ORDER.index(role), order, part), a, part)
            for role, spans in (("source", a.source), ("cue", a.cue))
            for part, (s, e) in enumerate(spans)
        ]
    out += [
        Layer(m.start, m.end, "marker", (5, m.start, -m.end, order), (order, m))
        for order, m in enumerate(document.markers)
    ]
    return [layer for layer in out + _names(document) if layer.start < layer.end]


def _names(document: Document) -> list[Layer]:
    """The mentions; part 1 overlaps another mention and cannot be a link inside that one's link."""
    out, end = [], 0
    for order, m in enumerate(sorted(document.mentions, key=lambda m: (m.start, -m.end))):
        out.append(Layer(m.start, m.end, "name", (6, order), m, int(m.start < end)))
        end = max(end, m.end)
    return out


def _gaps(document: Document) -> Iterable[Layer]:
    """The white space between paragraphs that are on separate lines without a blank line in between."""
    for before, after in zip(document.paragraphs, document.paragraphs[1:], strict=False):
        if document.text.count("\n", before.end, after.start) == 1:
            yield Layer(before.end, after.start, "gap", (1, before.end), None)


def sentence_layers(document: Document) -> list[Layer]:
    """The sentences, innermost, so that they split nothing else: places that a page can link to."""
    return [
        Layer(s.start, s.end, "sentence", (9, number), number)
        for number, s in enumerate(document.sentences, 1)
        if s.start < s.end
    ]


def weave(text: str, layers: Iterable[Layer], look: Renderer) -> str:
    """The text as HTML with its layers. Without the tags and labels, it is the text again, character for character."""
    starting = defaultdict(list)
    edges = {0, len(text)}
    for layer in layers:
        starting[layer.start].append(layer)
        edges.update((layer.start, layer.end))
    out: list[str] = []
    stack: list[Layer] = []
    at = 0
    for edge in sorted(edges):
        out.append(escape_html(text[at:edge]))
        at = edge
        ending = [layer for layer in reversed(stack) if layer.end == edge]
        new = sorted(starting[edge], key=lambda layer: layer.rank)
        wanted = sorted([*(layer for layer in stack if layer.end > edge), *new], key=lambda layer: layer.rank)
        labels = [*map(look.after, ending), *map(look.before, new)]
        keep = _common(stack, wanted)
        if any(labels):  # a label may be a link, and so may a name: links do not nest
            keep = min(keep, sum(layer.kind != "name" for layer in stack))
        out += [look.close(layer) for layer in reversed(stack[keep:])]
        out += labels
        out += [look.open(layer) for layer in wanted[keep:]]
        stack = wanted
    return "".join(out)


def _common(stack: list[Layer], wanted: list[Layer]) -> int:
    """How many open elements can remain open."""
    keep = 0
    while keep < min(len(stack), len(wanted)) and stack[keep] is wanted[keep]:
        keep += 1
    return keep
