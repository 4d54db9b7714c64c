"""The reading view for notebooks: one HTML fragment with inline styles only.

An untrusted notebook loses style sheets, scripts, SVG, roles and ids; it keeps inline styles, titles, <mark>, <sup> and
<details>. The words have the colour of the page around them, which may be light or dark; only a <mark>, which browsers
would show in black on yellow, has its own. Every label is in a <sup>, and nothing else is: without the <sup> elements,
the fragment's text is the article's.
"""

from __future__ import annotations

from analysis.reading.bounds import bounded, not_too_deep
from analysis.reading.hues import HUES, Hue, hue_of_voice
from analysis.reading.layers import Layer, layers_of, weave
from analysis.reading.notes import MARKERS, Note, Notes, language_note
from analysis.sourcing.voices import span_text
from analysis.text.document import Document
from analysis.text.escaping import NO_FORMULAS, escape_html
from analysis.text.vocabulary import FAMILIES, LABEL_GROUPS, family, group_of

LINES = {name: group.line for name, group in LABEL_GROUPS.items()}
SUP = "font-size: 70%; line-height: 1; vertical-align: super; font-style: normal; font-weight: 600"
BOXES = {
    name: f"background-color: {look.tint}; border: {look.border}; border-radius: 2px; padding: 0 2px; color: #1a1a1a"
    for name, look in FAMILIES.items()
}


class Inline:
    """Renders layers with inline styles and visible labels."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes

    def _hue(self, a) -> Hue:
        return hue_of_voice(self.notes, self.notes.voice(a))

    def open(self, layer: Layer) -> str:
        kind, what = layer.kind, layer.what
        if kind == "heading":
            return '<span style="font-weight: 700">'
        if kind == "gap":
            return "<span>"
        if kind == "voice":
            hue = self._hue(what)
            line = "solid" if len(self.notes.chains[what.id]) == 1 else "double"
            width = 2 if line == "solid" else 4
            return (
                f'<span title="{escape_html(self.notes.voice_label(what))}" style="background-color: {hue.wash}; '
                f'border-bottom: {width}px {line} {hue.line}">'
            )
        if kind in ("source", "cue"):
            style = "font-weight: 600" if kind == "source" else "font-style: italic"
            return f'<span title="{kind} of {escape_html(self.notes.voice_label(what))}" style="{style}">'
        if kind == "marker":
            m = what[1]
            return f'<mark title="{escape_html(self._marker_title(m))}" style="{BOXES[family(m.category)]}">'
        entity = self.notes.entity.get(what.entity)
        name = f"{entity.name}: " if entity else ""
        return f'<span title="{escape_html(name + what.label)}" style="border-bottom: {LINES[group_of(what.label)]}">'

    def _marker_title(self, m) -> str:
        about = span_text(self.notes.document, m.scope, 300)
        return f"{self.notes.marker_label(m)}, held by {self.notes.holder(m)}, strength {m.strength:g}, {m.rule_id}" + (
            f", about: {about}" if about else ""
        )

    def close(self, layer: Layer) -> str:
        return "</mark>" if layer.kind == "marker" else "</span>"

    def before(self, layer: Layer) -> str:
        if layer.kind != "voice":
            return ""
        a = layer.what
        label = f"[{self.notes.voice_label(a)}" if layer.part == 0 else f"[{self.notes.number[a.id]} …"
        wash = self._hue(a).wash
        return f'<sup style="{SUP}; background-color: {wash}; padding: 0 3px">{escape_html(label)}</sup>'

    def after(self, layer: Layer) -> str:
        if layer.kind == "voice":
            wash = self._hue(layer.what).wash
            number = self.notes.number[layer.what.id]
            return f'<sup style="{SUP}; background-color: {wash}; padding: 0 2px">{number}]</sup>'
        if layer.kind == "gap":
            return '<span style="display: block; height: 9px"></span>'
        if layer.kind == "marker":
            label = escape_html(self.notes.marker_label(layer.what[1]))
            return f'<sup style="{SUP}; padding-left: 2px; white-space: nowrap">{label}</sup>'
        return ""


def reading_html(document: Document) -> str:
    """An annotated document as an HTML fragment for notebooks: the text with its marks, a legend, and for each mark
    the reason in a <details>."""
    document, left_out = bounded(document)
    notes = Notes(document)
    layers, too_deep = not_too_deep(layers_of(document))
    text = weave(document.text, layers, Inline(notes))
    return "".join(
        (
            f'<div {NO_FORMULAS} style="max-width: 46em; padding: 12px 16px">',
            _legend(document),
            *(
                f'<p style="font-size: 13px">{escape_html(said)}</p>'
                for said in (language_note(document), left_out, too_deep)
                if said
            ),
            '<div dir="auto" style="white-space: pre-wrap; word-wrap: break-word; line-height: 1.9; font-size: 16px; '
            f'margin: 12px 0">{text}</div>',
            _details("Voices: why is it marked?", notes.attributions()),
            _details(f"{MARKERS}: why is it marked?", notes.markers()),
            _details("Names, dates and numbers", notes.entities()),
            "</div>",
        )
    )


def _legend(document: Document) -> str:
    parts = []
    if document.attributions:
        parts.append(
            f'<span style="background-color: {HUES[0].wash}; border-bottom: 2px solid {HUES[0].line}">'
            "[1 source … 1]</span> "
            "words of a source, with its name at the start; double line: inside another source’s words"
        )
        parts.append(
            '<span style="font-weight: 600">source</span>, <span style="font-style: italic">cue</span> '
            "(the words that report)"
        )
    if document.markers:
        used = {family(m.category) for m in document.markers}
        boxes = [f'<mark style="{BOXES[name]}">{name}</mark>' for name in FAMILIES if name in used]
        parts.append(f"{', '.join(boxes)} with its category")
    groups = {group_of(m.label) for m in document.mentions}
    parts += [f'<span style="border-bottom: {LINES[g]}">{g}</span>' for g in LABEL_GROUPS if g in groups]
    if not parts:
        return '<div style="font-size: 13px">Nothing was marked in this text.</div>'
    return f'<div style="font-size: 13px; line-height: 1.9">{" &#160;·&#160; ".join(parts)}</div>'


def _details(title: str, notes: list[Note]) -> str:
    if not notes:
        return ""
    rows = "".join(_row(note) for note in notes)
    return (
        f'<details style="font-size: 13px; margin: 4px 0"><summary style="cursor: pointer">{escape_html(title)} '
        f"({len(notes)})</summary><ul>{rows}</ul></details>"
    )


def _row(note: Note) -> str:
    words = f": “{escape_html(note.words)}”" if note.words else ""
    facts = "".join(f"<br>{escape_html(name)}: {escape_html(value)}" for name, value in note.facts)
    return f'<li style="margin: 4px 0"><strong>{escape_html(note.title)}</strong>{words}{facts}</li>'
