"""The reading view as a separate page: labels that are not copied, filters, and the reason for every mark.

Labels are generated content of empty links, so that you select and copy only the article's text. Filters work without
scripts (`:has()`), and labels and names link to the lists under the text. With scripts, the whole mark (source, cue,
passage, hedge, name) responds to a click, and the arrow keys go from mark to mark. Every element of a mark has
`data-note`, the id of the item in the lists that explains it. The page requests nothing from outside; its content
security policy enforces this.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

from analysis.reading.bounds import bounded, not_too_deep
from analysis.reading.headline import headline_block
from analysis.reading.hues import hue_class, hue_style
from analysis.reading.layers import Layer, layers_of, sentence_layers, weave
from analysis.reading.notes import MARKERS, WHOLE, Note, Notes, cut, language_note
from analysis.reading.sentence_rows import matrix_table
from analysis.reading.source_rows import sheet_table
from analysis.sourcing.voices import is_word, token_voices
from analysis.text.document import Document
from analysis.text.escaping import escape_html
from analysis.text.language import UNKNOWN
from analysis.text.vocabulary import CATEGORIES, FAMILIES, LABEL_GROUPS, REPORTER, family, group_of, term

SHORT = 30  # characters of a label in the line
LONG = 200  # a note lets longer passages scroll (in characters)
TEMPLATES = Path(__file__).parents[1] / "resources" / "page"
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


@cache
def asset(name: str) -> str:
    """A style sheet or script of the package."""
    return (TEMPLATES / name).read_text("utf-8")


@cache
def reading_style() -> str:
    """The style sheet of the reading view: reading.css, and the rules for the voices and the categories of markers."""
    hidden = ".reading:has(.f-c-{0}:not(:checked)) .text"
    filters = [f"{hidden.format(c)} mark.c-{c} {{ background: none; border: 0; padding: 0; }}" for c in CATEGORIES]
    filters += [f"{hidden.format(c)} .tag.c-{c} {{ display: none; }}" for c in CATEGORIES]
    return (
        asset("reading.css")
        .replace("/* colours on a light page */\n", hue_style() + _boxes())
        .replace("/* colours on a dark page */\n", hue_style(dark=True) + _boxes(dark=True))
        .replace("/* filters of categories */\n", "\n".join(filters) + "\n")
    )


def _boxes(*, dark: bool = False) -> str:
    looks = [
        (name, *((look.dark_tint, look.dark_border) if dark else (look.tint, look.border)))
        for name, look in FAMILIES.items()
    ]
    return "".join(
        f".reading mark{_of_family(name)} {{ background-color: {tint}; border: {border}; }}\n"
        for name, tint, border in looks
    )


def _of_family(name: str) -> str:
    """The categories of a family as a CSS selector of their classes."""
    return f":is({', '.join(f'.c-{slug}' for slug, category in CATEGORIES.items() if category.family == name)})"


class Page:
    """Renders layers with classes; ids start with `prefix`, so that several articles fit on one page."""

    def __init__(self, notes: Notes, prefix: str, level: int) -> None:
        self.notes, self.prefix, self.level = notes, prefix, level

    def open(self, layer: Layer) -> str:
        kind, what = layer.kind, layer.what
        if kind == "heading":
            return f'<span class="heading" role="heading" aria-level="{self.level}">'
        if kind == "gap":
            return '<span class="gap">'
        if kind == "sentence":
            return ""
        if kind == "voice":
            far = " far" if len(self.notes.chains[what.id]) > 1 else ""
            return f'<span class="voice{far} {self._voice(what)}>'
        if kind in ("source", "cue"):
            return f'<span class="{kind} {self._voice(what)}>'
        if kind == "marker":
            number, m = what
            return f'<mark class="c-{m.category}" {self._note(f"m{number + 1}")}>'
        label = f'class="name g-{group_slug(what.label)}"'
        known = self.notes.entity.get(what.entity)
        title = f'title="{escape_html(f"{known.name}: {what.label}" if known else what.label)}"'
        if self._is_link(layer):
            href = f"#{self.prefix}{escape_html(what.entity)}"
            return f'<a {label} href="{href}" {self._note(what.entity)} {title}>'
        return f"<span {label} {self._note(what.entity) if known else ''} {title}>"

    def _note(self, key: str) -> str:
        return f'data-note="{self.prefix}{escape_html(key)}"'

    def _voice(self, a) -> str:
        """The rest of the class of a voice's element, and its data."""
        voice = self.notes.voice(a)
        return (
            f'{hue_class(self.notes, voice)}" data-voice="{self.prefix}v{self.notes.colour[voice.key]}" '
            f"{self._note(a.id)}"
        )

    def close(self, layer: Layer) -> str:
        if layer.kind == "marker":
            return "</mark>"
        if layer.kind == "sentence":
            return ""
        return "</a>" if layer.kind == "name" and self._is_link(layer) else "</span>"

    def _is_link(self, layer: Layer) -> bool:
        return layer.part == 0 and layer.what.entity in self.notes.entity

    def before(self, layer: Layer) -> str:
        if layer.kind == "sentence":
            return f'<span class="at" id="{self.prefix}s{layer.what}"></span>'
        a = layer.what
        if layer.kind != "voice" and not (layer.kind == "cue" and layer.part == 0 and not a.content):
            return ""
        far = " far" if len(self.notes.chains[a.id]) > 1 else ""
        label = self.notes.voice_label(a) if layer.part == 0 else f"{self.notes.number[a.id]} …"
        whole = self.notes.voice_label(a, WHOLE)
        more = f'title="{escape_html(whole)}"'
        if len(label) > SHORT:
            more += f' data-cut="{escape_html(cut(label, SHORT))}"'
        return self._tag(f"tag start{far} {self._voice(a)}", a.id, label, f"Voice {whole}: why?", more)

    def after(self, layer: Layer) -> str:
        if layer.kind == "voice":
            a = layer.what
            return f'<span class="end {self._voice(a)} data-label="{self.notes.number[a.id]}"></span>'
        if layer.kind == "marker":
            key, m = f"m{layer.what[0] + 1}", layer.what[1]
            label = self.notes.marker_label(m)
            return self._tag(f'tag hedge c-{m.category}" {self._note(key)}', key, label, f"{label}: why?")
        return ""

    def _tag(self, opening: str, key: str, label: str, spoken: str, more: str = "") -> str:
        """An empty link that shows its label. `opening` is its classes, the quotation mark that closes them, and its
        data.
        """
        return (
            f'<a class="{opening} href="#{self.prefix}{escape_html(key)}" data-label="{escape_html(label)}" '
            f'aria-label="{escape_html(spoken)}" {more}></a>'
        )


def group_slug(label: str) -> str:
    """The group of a label as a class name."""
    return group_of(label).replace(" ", "-")


def reading_page(document: Document) -> str:
    """An annotated document as a complete HTML page that needs nothing else."""
    return _page(document)


def framed_page(document: Document) -> str:
    """The same page for a frame in a notebook, with a link to save it."""
    name = "".join(c if c.isalnum() or c in "-_." else "-" for c in document.doc_id)[:80].strip("-.") or "article"
    save = f'<p class="save"><a hidden href="#text" download="{escape_html(name)}.html">Save this page</a></p>'
    return _page(document, classes=' class="framed"', save=save)


def _page(document: Document, *, classes: str = "", save: str = "") -> str:
    title = title_of(document)
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape_html(title)}: read closely</title>\n"
            f"<style>\n{asset('page.css')}{reading_style()}</style>\n"
            f'</head>\n<body{classes} data-select="text">\n'
            '<a class="skip" href="#text">Skip to the text</a>\n<main>\n'
            f'<header class="head"><p class="kicker">Read closely</p><h1>{escape_html(title)}</h1>'
            f'<p class="about">{escape_html(about(document))}</p>'
            f"{save}</header>\n",
            reading_section(document),
            f"</main>\n<script>\n{asset('reading.js')}</script>\n</body>\n</html>\n",
        )
    )


def title_of(document: Document) -> str:
    """The article's title; without one, its first heading, or its opening words in quotation marks."""
    if document.article.title:
        return document.article.title
    first = document.paragraphs[0] if document.paragraphs else None
    if first is not None and first.kind == "heading" and first.end - first.start <= 120:
        return document.text[first.start : first.end]
    words = document.text.split(None, 9)[:9]
    return f"“{cut(' '.join(words), 70)}”" if len(words) < 9 else f"“{cut(' '.join(words[:8]), 70).rstrip('…')} …”"


def about(document: Document) -> str:
    """What is known about an article, in one line, which also says what is not known."""
    a = document.article
    known = [part for part in (a.outlet, a.byline, a.published) if part]
    missing = [name for name, part in (("outlet", a.outlet), ("author", a.byline), ("date", a.published)) if not part]
    if missing:
        known.append(f"not given: {', '.join(missing)}")
    return " · ".join([*known, a.doc_id])


def reading_section(document: Document, *, prefix: str = "", level: int = 2) -> str:
    """The reading view as one <section>, for a page that has page.css, reading.css and reading.js.

    `prefix` keeps ids apart if a page has several articles; `level` is the level of the article's own headings.
    """
    whole = document
    document, left_out = bounded(whole)
    notes = Notes(document)
    layers, too_deep = not_too_deep(layers_of(document))
    name = f"{title_of(document)}, {document.doc_id}" if prefix else title_of(document)
    text = weave(document.text, [*layers, *sentence_layers(document)], Page(notes, prefix, level))
    lists = [
        sheet_table(whole, notes, prefix=prefix, name=name),
        matrix_table(document, prefix=prefix, name=name),
        _list("Voices", notes.attributions(), prefix),
        _list(MARKERS, notes.markers(), prefix),
        _list("Names, dates and numbers", notes.entities(), prefix),
    ]
    said = language_note(whole)
    return "".join(
        (
            headline_block(document, prefix=prefix, name=name),
            f'<p class="language" role="note">{escape_html(said)}</p>\n' if said else "",
            f'<section class="reading" aria-label="Text with marks: {escape_html(name)}">\n'
            f'<div class="spread"><div class="side">{HINT if layers else ""}'
            '<div class="why" role="status" hidden></div>'
            f"{_filters(document)}{_voices(notes, prefix)}</div>\n",
            f'<div class="body">{_legend(document)}',
            *(f'<p class="none">{escape_html(said)}</p>\n' for said in (left_out, too_deep) if said),
            f'<article class="text" id="{prefix}text" dir="auto"{_lang(whole)}>{text}</article></div></div>\n',
            f'<div class="notes">{"".join(lists)}</div>\n</section>\n',
        )
    )


HINT = (
    '<p class="hint">Choose anything marked in the text to see why it is marked. '
    '<span class="keys-too">Use the arrow keys to go from mark to mark.</span></p>'
)


def _lang(document: Document) -> str:
    """The language of a text that is not in English, for screen readers."""
    language = document.language
    return "" if language.english or language.code == UNKNOWN else f' lang="{escape_html(language.code)}"'


def _filters(document: Document) -> str:
    """The legend: a sample of each kind of mark, with a box that shows or hides it."""
    categories = Counter(m.category for m in document.markers)
    groups = Counter(group_of(m.label) for m in document.mentions)
    said, sure, about = [], [], []
    if document.attributions:
        said.append(_box("voices", '<span class="sample voice h0">voices</span>', len(document.attributions)))
        said.append(
            '<p class="key"><b class="source h0">who</b> <i class="cue h0">says</i> '
            '<span class="voice h0">what</span>, <span class="voice far h1">second hand</span></p>'
        )
    for category in CATEGORIES:
        if categories[category]:
            name, gloss = term(CATEGORIES, category)[:2]
            sample = f'<mark class="c-{category}">{escape_html(name)}</mark>'
            sure.append(_box(f"c-{category}", sample, categories[category], gloss))
    for group in LABEL_GROUPS:
        if groups[group]:
            slug = group.replace(" ", "-")
            sample = f'<span class="name g-{slug}">{escape_html(group)}</span>'
            about.append(_box(f"g-{slug}", sample, groups[group]))
    parts = [
        f"<fieldset><legend>{title}</legend>{''.join(rows)}</fieldset>"
        for title, rows in (("Who says it", said), ("How sure", sure), ("Who and what", about))
        if rows
    ]
    if not parts:
        return '<p class="none">Nothing was marked in this text.</p>'
    return f'<details class="filters" open><summary>Marks to show</summary>{"".join(parts)}</details>'


def _legend(document: Document) -> str:
    """What the marks are, in one line, for paper."""
    parts = []
    if document.attributions:
        parts.append(
            '<b class="source h0">who</b> <i class="cue h0">says</i> <span class="voice h0">what</span>; '
            '<span class="voice far h1">double line</span>: at second hand'
        )
    used = {family(m.category) for m in document.markers}
    parts += [f'<mark class="{_one_of(name)}">{name}</mark>' for name in FAMILIES if name in used]
    groups = {group_of(m.label) for m in document.mentions}
    parts += [f'<span class="name g-{g.replace(" ", "-")}">{g}</span>' for g in LABEL_GROUPS if g in groups]
    return f'<p class="legend" aria-hidden="true">{" · ".join(parts)}</p>\n' if parts else ""


def _one_of(name: str) -> str:
    return next(f"c-{slug}" for slug, category in CATEGORIES.items() if category.family == name)


def _box(name: str, sample: str, n: int, gloss: str = "") -> str:
    title = f' title="{escape_html(gloss)}"' if gloss else ""
    return f'<label{title}><input type="checkbox" class="f-{name}" checked> {sample} <span class="n">{n}</span></label>'


def _voices(notes: Notes, prefix: str) -> str:
    """The voices by their number of words: a table of contents, and a switch that lights up everything that one of them
    says.
    """
    document = notes.document
    if not document.attributions:
        return ""
    words: Counter[str | None] = Counter()
    for word, key in zip(document.tokens.words, token_voices(document), strict=True):
        words[notes.voices[key].key if key else None] += is_word(word)
    first = {}
    for a in document.attributions:
        first.setdefault(notes.voice(a).key, a)
    most = max(words.values(), default=1) or 1
    rows = []
    for key, a in sorted(first.items(), key=lambda item: -words[item[0]]):
        who = escape_html(cut(notes.voice(a).name, 60))
        rows.append(
            f'<li><button type="button" aria-pressed="false" class="{hue_class(notes, notes.voice(a))}" '
            f'data-light="{prefix}v{notes.colour[key]}" style="--share: {words[key] / most:.2f}">'
            f'<span class="who">{who}</span><span class="n">{words[key]}</span></button></li>'
        )
    own = (
        f'<li class="own" style="--share: {words[None] / most:.2f}"><span class="who">{REPORTER}</span>'
        f'<span class="n">{words[None]}</span></li>'
    )
    return f'<details class="voices" open><summary>Voices, by words</summary><ul>{own}{"".join(rows)}</ul></details>'


def _list(title: str, notes: list[Note], prefix: str) -> str:
    if not notes:
        return ""
    rows = "".join(_item(note, prefix) for note in notes)
    return (
        f'<details class="list"><summary>{escape_html(title)}: what each mark says, and why it is there '
        f'<span class="n">{len(notes)}</span></summary><ol>{rows}</ol></details>'
    )


def _item(note: Note, prefix: str) -> str:
    scrolls = ' tabindex="0"' * (len(note.words or "") > LONG)  # without a mouse, a reader has to reach it to scroll
    words = f'<q class="words"{scrolls}>{escape_html(note.words)}</q>' if note.words else ""
    facts = "".join(
        f"<div><dt>{escape_html(name)}</dt><dd>{escape_html(value)}</dd></div>" for name, value in note.facts
    )
    title = f"<strong>{escape_html(note.title)}</strong>"
    return f'<li id="{prefix}{escape_html(note.key)}">{title} {words}<dl>{facts}</dl></li>'
