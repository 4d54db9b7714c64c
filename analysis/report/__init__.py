"""A report on one or more articles: a page, its figures and tables, and a manifest that says how it was made.

The same articles, rules and package versions give the same bytes: nothing in a report depends on the time, the machine
or the folder it is written to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.figures.theme import chosen
from analysis.figures.theme import style as figure_style
from analysis.report import exports
from analysis.report.drawings import FIGURES, Drawn, Figure, draw, figures_for
from analysis.report.finding import file_of, make_lenses, script_of
from analysis.report.folder import MANIFEST, Files, check_folder, write_files
from analysis.report.frames import report_tables, table_group, to_csv
from analysis.report.gathering import Articles, Gathered, gather, join
from analysis.report.index_page import PAPER, PAPERS, WORD, given_lenses, make_page, narrow_name
from analysis.report.manifest import make_manifest
from analysis.report.texts import Places, text_pages
from analysis.report.word import word_file
from analysis.text.document import Document

__all__ = [
    "FIGURES",
    "FORMATS",
    "PAPERS",
    "Figure",
    "figures_for",
    "gather",
    "to_csv",
    "write_gathered",
    "write_report",
]

FORMATS = ("html", "pdf", "docx", "xlsx", "parquet")


def write_report(
    documents: Document | Iterable[Document],
    out: str | Path,
    *,
    formats: Sequence[str] = FORMATS[:1],
    figures: Sequence[str] | None = None,
    style: str | Path | None = None,
    width: str | float | None = None,
    missing: Callable[[str], None] | None = None,
    progress: bool = False,
    paper: str = "a4",
) -> Path:
    """Write a report on annotated documents into the folder `out`; returns the path of its index.html.

    The folder gets index.html, figures/ (SVG, PNG, and the data as CSV), tables/ (CSV) and manifest.json, whatever the
    `formats`; "pdf" adds report.pdf (on `paper`, "a4" or "letter") and each figure as PDF, "docx" report.docx, "xlsx"
    tables.xlsx and "parquet" the tables as Parquet. With up to 20 articles, the page holds everything that it shows.
    With more, each article has a page in texts/, and the data for the search is in data/. `figures` names those to
    draw, such as "voices" (all by default); `style` is a style file for them (see `analysis.figures.style`), and
    `width` their width, such as "16 cm". Your matplotlib.rcParams play no part. If a format needs something that is not
    installed, it is left out, and `missing` is called with a sentence on what to do (without `missing`,
    exports.MissingTool is raised once the rest is written). Files of an earlier report in the folder are replaced,
    other files are left alone. `progress` shows a bar on a terminal. Raises StyleError (a ValueError) for a style that
    cannot be used, and OSError if its file cannot be read; ValueError without documents, if two have the same doc_id,
    or for an unknown format, figure or paper; Refused (a ValueError) if it would overwrite a file that is not an
    earlier report's, or if `out` contains articles; NotADirectoryError if `out` is a file.
    """
    documents = [documents] if isinstance(documents, Document) else list(documents)
    parts = [gather(documents, word="docx" in formats)] if documents else []
    return write_gathered(
        parts,
        out,
        formats=formats,
        figures=figures,
        style=style,
        width=width,
        missing=missing,
        progress=progress,
        paper=paper,
    )


def write_gathered(
    parts: Iterable[Gathered],
    out: str | Path,
    *,
    formats: Sequence[str] = FORMATS[:1],
    figures: Sequence[str] | None = None,
    style: str | Path | None = None,
    width: str | float | None = None,
    missing: Callable[[str], None] | None = None,
    progress: bool = False,
    paper: str = "a4",
) -> Path:
    """The same from what `gather` has taken from the articles, which need not be in memory together."""
    _check("format", formats, FORMATS)
    _check("figure", figures or (), [figure.name for figure in FIGURES])
    _check("paper", [paper], list(PAPERS))
    out = Path(out)
    if out.exists() and not out.is_dir():
        raise NotADirectoryError(f"{out} is a file; give a folder to write the report into")
    check_folder(out)
    articles = join(parts)
    frames = report_tables(articles)
    wanted = [f for f in figures_for(len(articles.texts)) if figures is None or f.name in figures]
    suffixes = ("svg", "png", "pdf") if "pdf" in formats else ("svg", "png")
    with figure_style(style, **({} if width is None else {"width": width}), rc=False):
        drawn = draw(wanted, articles.tables, articles.readability, suffixes, progress)
        styled = {"style": chosen()} if chosen() else {}
    files = Files({f"tables/{name}.csv": to_csv(frame).encode() for name, frame in frames.items()})
    for item in drawn:
        files.add(item.files)
    problems = _add_pages(files, articles, drawn, frames, formats, paper, styled)
    write_files(out, files)
    if problems and missing is None:
        raise exports.MissingTool("; ".join(problems))
    for problem in problems:
        missing(problem)
    return out / "index.html"


def _add_pages(
    files: Files,
    articles: Articles,
    drawn: list[Drawn],
    frames: dict[str, pd.DataFrame],
    formats: Sequence[str],
    paper: str,
    styled: dict[str, Any],
) -> list[str]:
    """Add the page, the files next to it, the other formats and the manifest; return why some could not be written."""
    texts = articles.texts
    entries, backends = [text.entry for text in texts], {text.backend for text in texts}
    manifest = make_manifest(entries, backends, files.hashes)
    page = partial(make_page, articles, drawn, manifest, shared=frames.get("copied_passages"), paper=paper)
    more, problems = _more_forms(formats, frames, page, paper)
    files.add(more)
    places = Places(texts)
    if not places.inside:
        files.add({narrow_name(item): item.narrow for item in drawn if item.files})
    lenses = make_lenses(articles.tables, texts, places)
    if not given_lenses(lenses):
        files.add({file_of(lens): script_of(lens) for lens in lenses})
    for name, content in text_pages(texts):
        files.add({name: content})
    manifest = styled | make_manifest(entries, backends, files.hashes)
    files.add({"index.html": page(lenses=lenses).encode()})
    files.add({MANIFEST: (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()})
    return problems


def _check(what: str, names: Sequence[str], allowed: Sequence[str]) -> None:
    wrong = [name for name in names if name not in allowed]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is not a {what}; choose from {', '.join(allowed)}")


def _more_forms(
    formats: Sequence[str], frames: dict[str, pd.DataFrame], page: Callable[..., str], paper: str
) -> tuple[dict[str, bytes], list[str]]:
    """The files of the requested formats, and why some could not be written."""
    make = {
        "pdf": lambda: {"report.pdf": exports.to_pdf(page(form=PAPER))},
        "docx": lambda: {"report.docx": word_file(page(form=WORD), paper=paper)},
        "xlsx": lambda: {"tables.xlsx": exports.to_xlsx(frames, {name: table_group(name) for name in frames})},
        "parquet": lambda: {f"tables/{k}.parquet": exports.to_parquet(frame) for k, frame in frames.items()},
    }
    files: dict[str, bytes] = {}
    problems = []
    for name in dict.fromkeys(formats):
        try:
            files |= make.get(name, dict)()
        except exports.MissingTool as error:
            problems.append(str(error))
    return files, problems
