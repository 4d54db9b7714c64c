"""The page of a report, made from its template."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import jinja2
import pandas as pd

from analysis import figures, measures
from analysis.figures.amounts import count
from analysis.measures import entities, people, speaking, together
from analysis.reading import asset
from analysis.reading.page import POLICY, TEMPLATES, reading_style
from analysis.report import page_rows
from analysis.report.drawings import Drawn
from analysis.report.finding import Lens, data_of, filter_values
from analysis.report.gathering import Articles
from analysis.report.texts import BESIDE, Places, Text

SCREEN, PAPER, WORD = "screen", "paper", "word"  # what a page is for
ROWS = {SCREEN: 40, PAPER: 1000, WORD: 200}  # the rows of a long table that the page shows; the file has all
SIDE_BY_SIDE = 4  # up to so many articles have a column each; with more, each has a row
GIVEN = 1_500_000  # the characters of searchable rows that the page holds; the rest is in files next to it
LARGEST = 400_000  # the page holds drawings of up to so many bytes; of a larger one it has a picture
PAPERS = {"a4": "A4", "letter": "letter"}  # sizes of paper, as a style sheet names them
IN_SHORT = ("voices", "source_kinds", "who_speaks", "hedges_along", "entities", "readability")
DEFINITIONS = {
    **measures.DEFINITIONS,
    **people.DEFINITIONS,
    **entities.DEFINITIONS,
    **speaking.DEFINITIONS,
    **together.DEFINITIONS,
}


def make_page(
    articles: Articles,
    drawn: list[Drawn],
    manifest: dict[str, Any],
    *,
    shared: pd.DataFrame | None = None,
    lenses: Sequence[Lens] = (),
    form: str = SCREEN,
    paper: str = "a4",
) -> str:
    """The page of a report; `shared` are the passages that articles share, `lenses` the searchable rows.

    `form` is what the page is for: SCREEN; PAPER, with nothing folded and all rows; or WORD, without what a Word file
    cannot hold, and with labels written as text. `paper` is a key of PAPERS.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    t, texts = articles.tables, articles.texts
    places = Places(texts)
    several, given = len(texts) > 1, given_lenses(lenses)
    return environment.get_template("report.html").render(
        title=f"{len(texts):,} articles, read closely" if several else texts[0].title,
        about=count(measures.n_words(t), "word") if several else texts[0].about,
        several=several,
        screen=form == SCREEN,
        paper=form == PAPER,
        word=form == WORD,
        policy=POLICY if places.inside and len(given) == len(lenses) else BESIDE,
        css=[asset("page.css"), reading_style(), asset("report.css"), _on_paper(paper)],
        js=asset("reading.js") + (asset("find.js") if lenses else ""),
        find=_find_fields(lenses, places, texts),
        given=given,
        keys=page_rows.key_numbers(t),
        summary=[item.text for item in drawn if item.figure.name in IN_SHORT],
        figures=[
            _figure_item(number, item, form, places.inside)
            for number, item in enumerate((item for item in drawn if item.files), 1)
        ],
        undrawn=_undrawn(drawn),
        articles=page_rows.article_rows(t, texts, places),
        attributions=page_rows.attribution_rows(t, places),
        sources=page_rows.source_rows(t, places),
        speaking=page_rows.speaking_rows(t),
        bases=[basis.name for basis in people.BASES.values()],
        stated=count(n_stated, "source") if (n_stated := int(t["sources"]["stated"].notna().sum())) else "",
        references=figures.describe_references(t),
        silent=page_rows.silent_rows(t),
        not_heard=figures.describe_named_not_heard(t),
        markers=page_rows.marker_rows(t, places),
        numbers=page_rows.number_rows(t, places),
        headlines=page_rows.headline_rows(t),
        entities=page_rows.entity_rows(t),
        readability=page_rows.readability_rows(articles.readability, several),
        rows=ROWS[form],
        side_by_side=SIDE_BY_SIDE,
        compared=page_rows.compared_rows(t) if several else [],
        article_names=figures.article_names(t),
        shared=page_rows.shared_rows(shared, t, places) if shared is not None else [],
        looked_at=len(articles.compared),
        shares=page_rows.share_rows(t),
        sourcing=page_rows.sourcing_rows(t),
        definitions=DEFINITIONS,
        manifest=manifest,
        readings=[
            {"title": text.title, "about": text.about, "html": text.word() if form == WORD else text.html()}
            for text in texts
        ]
        if places.inside
        else [],
    )


def given_lenses(lenses: Sequence[Lens]) -> dict[str, str]:
    """The searchable rows by name, if the page itself holds them: all of them or none."""
    given = {lens.name: data_of(lens) for lens in lenses}
    return given if sum(map(len, given.values())) <= GIVEN else {}


def _find_fields(lenses: Sequence[Lens], places: Places, texts: Sequence[Text]) -> dict[str, Any]:
    """What the search form offers: the tables to search, and the values of each filter."""
    if not lenses:
        return {}
    articles = [f"{number}. {text.title}" for number, text in enumerate(texts, 1)]
    return {
        "lenses": [{"name": lens.name, "rows": lens.rows_are, "n": len(lens.rows)} for lens in lenses],
        "articles": articles if len(articles) > 1 else [],
        "bases": [places.base(text.doc_id) for text in texts],
        "filters": filter_values(lenses),
    }


def _on_paper(paper: str) -> str:
    return f"@page {{ size: {PAPERS[paper]}; }}\n"


def _undrawn(drawn: list[Drawn]) -> dict[str, str]:
    """For each section, one sentence instead of all the figures that had nothing to show."""
    sentences: dict[str, set[str]] = {}
    for item in drawn:
        if not item.files:
            sentences.setdefault(item.figure.section, set()).add(item.text)
    return {section: min(sorted(said), key=len) for section, said in sentences.items()}


def _figure_item(number: int, item: Drawn, form: str, inside: bool) -> dict[str, Any]:
    """A figure of the page: drawn in it or, on the page of many articles, in the file next to it."""
    name = item.figure.name
    svg = item.files[f"figures/{name}.svg"]
    drawn, narrow = figures.svg_address(svg), figures.svg_address(item.narrow) if form == SCREEN else ""
    if form == SCREEN and not inside:
        drawn, narrow = f"figures/{name}.svg", narrow_name(item)
    elif form == WORD or len(svg) > LARGEST:
        picture = base64.b64encode(item.files[f"figures/{name}.png"]).decode()
        drawn, narrow = f"data:image/png;base64,{picture}", ""
    return {
        "name": name,
        "section": item.figure.section,
        "number": number,
        "text": item.text,
        "src": drawn,
        "narrow": narrow,
        "suffixes": [file.rpartition(".")[2] for file in item.files],
        "alt": f"Chart: {item.title} The text next to it says what it shows.",
    }


def narrow_name(item: Drawn) -> str:
    """The file of a figure for narrow screens, if the page does not hold the figure."""
    return f"figures/{item.figure.name}_narrow.svg"
