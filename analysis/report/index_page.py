"""The page of a report, made from its template."""

from __future__ import annotations

import base64
import re
from typing import Any

import jinja2
import pandas as pd

from analysis import figures, measures
from analysis.comparing.copies import MOST
from analysis.figures.style import count
from analysis.measures import entities, people, speaking, together
from analysis.reading import asset, reading_html, reading_section
from analysis.reading.page import POLICY, TEMPLATES, about, reading_style, title_of
from analysis.report import page_rows
from analysis.report.drawings import Drawn
from analysis.text.document import Document

ROWS = 40  # rows of a long table that the page shows; the file has all
IN_SHORT = ("voices", "source_kinds", "who_speaks", "hedges_along", "entities", "readability")
DEFINITIONS = {
    **measures.DEFINITIONS,
    **people.DEFINITIONS,
    **entities.DEFINITIONS,
    **speaking.DEFINITIONS,
    **together.DEFINITIONS,
}


def make_page(
    documents: list[Document],
    t: measures.Tables,
    readability: pd.DataFrame,
    drawn: list[Drawn],
    manifest: dict[str, Any],
    *,
    shared: pd.DataFrame | None = None,
    word: bool = False,
) -> str:
    """The page; `shared` are the passages that articles share.

    `word` leaves out what a Word file cannot hold and writes the labels in the text as text.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    prefixes = {d.doc_id: f"r{number}-" for number, d in enumerate(documents, 1)}
    several = len(documents) > 1
    return environment.get_template("report.html").render(
        title=f"{len(documents)} articles, read closely" if several else title_of(documents[0]),
        about=count(measures.n_words(t), "word") if several else about(documents[0]),
        several=several,
        policy=POLICY,
        css=[asset("page.css"), reading_style(), asset("report.css")],
        js=asset("reading.js"),
        keys=page_rows.key_numbers(t),
        summary=[item.text for item in drawn if item.figure.name in IN_SHORT],
        word=word,
        figures=[_figure_item(number, item, word) for number, item in enumerate(drawn, 1)],
        articles=page_rows.article_rows(t, documents),
        attributions=page_rows.attribution_rows(t, prefixes),
        sources=page_rows.source_rows(t, prefixes),
        speaking=page_rows.speaking_rows(t),
        bases=[basis.name for basis in people.BASES.values()],
        stated=count(n_stated, "source") if (n_stated := int(t["sources"]["stated"].notna().sum())) else "",
        references=figures.describe_references(t),
        silent=page_rows.silent_rows(t),
        not_heard=figures.describe_named_not_heard(t),
        markers=page_rows.marker_rows(t, prefixes),
        numbers=page_rows.number_rows(t, prefixes),
        headlines=page_rows.headline_rows(t),
        entities=page_rows.entity_rows(t),
        readability=page_rows.readability_rows(readability, several),
        rows=ROWS,
        compared=page_rows.compared_rows(t) if several else [],
        article_names=figures.article_names(t),
        shared=page_rows.shared_rows(shared, t, prefixes) if shared is not None else [],
        looked_at=min(len(documents), MOST),
        shares=page_rows.share_rows(t),
        sourcing=page_rows.sourcing_rows(t),
        definitions=DEFINITIONS,
        manifest=manifest,
        readings=[
            {
                "title": title_of(d),
                "about": about(d),
                "html": _word_text(d) if word else reading_section(d, prefix=prefixes[d.doc_id], level=3),
            }
            for d in documents
        ],
    )


def _word_text(document: Document) -> str:
    """The text with its labels in the line; line ends become elements, which pandoc keeps."""
    return re.sub(r">[^<]*", lambda m: m[0].replace("\n", "<br>"), reading_html(document))


def _figure_item(number: int, item: Drawn, word: bool = False) -> dict[str, Any]:
    name = item.figure.name
    png = "data:image/png;base64," + base64.b64encode(item.files[f"figures/{name}.png"]).decode() if word else ""
    return {
        "name": name,
        "section": item.figure.section,
        "number": number,
        "text": item.text,
        "src": png or figures.svg_address(item.files[f"figures/{name}.svg"]),
        "narrow": "" if word else figures.svg_address(item.narrow),
        "alt": f"Chart: {item.title} The text next to it says what it shows.",
    }
