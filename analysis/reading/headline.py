"""The title against its body: its own marks, the sentences that carry it, and how it differs from them."""

from __future__ import annotations

from analysis.headline import LONGEST, Difference, compare_title
from analysis.reading.layers import Layer, layers_of, weave
from analysis.reading.notes import cut
from analysis.sourcing.voices import span_text, voices
from analysis.text.document import Document
from analysis.text.escaping import escape_html
from analysis.text.vocabulary import CATEGORIES, HEADLINE_DIFFERENCES, group_of, term

NO_SENTENCE = "No single sentence shares most of the title’s names, numbers and words."
CAREFUL = "Every title has to leave something out. This shows what differs, not what is wrong."


class _Look:
    """The marks in a title: names, hedges and so on, and whose words they are, without labels in the text."""

    def __init__(self, document: Document, prefix: str) -> None:
        self.title, self.prefix = document.title or document, prefix
        self.known = {e.id for e in document.entities}
        self.voices = voices(self.title)

    def open(self, layer: Layer) -> str:
        what = layer.what
        if layer.kind == "voice":
            return f'<span class="voice" title="{escape_html(self.voices[what.id].name)}">'
        if layer.kind == "marker":
            m = what[1]
            return f'<mark class="c-{m.category}" title="{escape_html(term(CATEGORIES, m.category).name)}">'
        if layer.kind == "name":
            group = group_of(what.label).replace(" ", "-")
            if layer.part == 0 and what.entity in self.known:
                return f'<a class="name g-{group}" href="#{self.prefix}{escape_html(what.entity)}">'
            return f'<span class="name g-{group}" title="{escape_html(what.label)}">'
        return "<span>"

    def close(self, layer: Layer) -> str:
        if layer.kind == "marker":
            return "</mark>"
        linked = layer.kind == "name" and layer.part == 0 and layer.what.entity in self.known
        return "</a>" if linked else "</span>"

    def before(self, layer: Layer) -> str:
        return ""

    def after(self, layer: Layer) -> str:
        return ""


def headline_block(document: Document, *, prefix: str = "", name: str = "") -> str:
    """The title as a <details> with its marks and how the body compares; "" if there is none.

    `prefix` begins the page's ids: sentences and names are links into the body; `name` tells articles apart.
    """
    title = document.title
    if title is None or len(title.text) > LONGEST:
        return ""
    found = compare_title(document)
    marked = weave(title.text, layers_of(title), _Look(document, prefix))
    rows = "".join(
        f"<li>{_link(document, carrier.sentence, prefix)} shares: "
        f"{escape_html(', '.join(dict.fromkeys(carrier.shared)))}</li>"
        for carrier in (found.carriers if found else ())
    )
    differences = found.differences if found else ()
    parts = [
        f'<section class="title-body" aria-label="Title and body: {escape_html(name)}">\n',
        f"<details{' open' * bool(differences)}>",
        f"<summary>The title and its body{_counted(len(differences))}</summary>\n",
        f'<p class="marked" dir="auto">{marked}</p>\n',
        f"<p>Sentences that support it:</p><ul>{rows}</ul>\n" if rows else f"<p>{NO_SENTENCE}</p>\n",
    ]
    if differences:
        items = "".join(_row(document, difference, prefix) for difference in differences)
        parts.append(f"<p>How it differs from them:</p><ul>{items}</ul>\n")
    elif rows:
        parts.append("<p>The rules found nothing that the title leaves out or changes.</p>\n")
    return "".join((*parts, f'<p class="n">{CAREFUL}</p></details>\n</section>\n'))


def _counted(n: int) -> str:
    return f' <span class="n">{n} {"difference" if n == 1 else "differences"}</span>'


def _link(document: Document, sentence: int, prefix: str) -> str:
    start, end = document.sentences[sentence][:2]
    words = cut(" ".join(document.text[start:end].split()), 90)
    return f'<a href="#{prefix}s{sentence + 1}">Sentence {sentence + 1}</a>, <i>{escape_html(words)}</i>,'


def _row(document: Document, difference: Difference, prefix: str) -> str:
    known = HEADLINE_DIFFERENCES[difference.kind]
    where = ""
    if difference.body:
        sentence = document.sentence_index(difference.body[0].start)
        words = escape_html(cut(span_text(document, difference.body, 200), 160))
        where = f' <a href="#{prefix}s{sentence + 1}">Sentence {sentence + 1}</a>: <i>{words}</i>.'
    note = f" ({escape_html(cut(difference.note, 160))})" if difference.note else ""
    return f"<li><strong>{escape_html(known.name)}</strong>{note}. {escape_html(known.gloss)}{where}</li>"
