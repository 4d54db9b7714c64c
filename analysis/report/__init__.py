"""A report on one or more articles: a page, its figures and tables, and a manifest that says how it was made.

The same articles, rules and package versions give the same bytes: nothing in a report depends on the time, the machine
or the folder it is written to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from analysis.measures.readability import readability_table
from analysis.report import exports
from analysis.report.drawings import FIGURES, Figure, draw, figures_for
from analysis.report.folder import check_folder, write_files
from analysis.report.frames import report_tables, to_csv
from analysis.report.index_page import make_page
from analysis.report.manifest import make_manifest
from analysis.tables import make_tables
from analysis.text.document import Document

__all__ = ["FIGURES", "FORMATS", "Figure", "figures_for", "to_csv", "write_report"]

FORMATS = ("html", "pdf", "docx", "xlsx", "parquet")


def write_report(
    documents: Document | Iterable[Document],
    out: str | Path,
    *,
    formats: Sequence[str] = FORMATS[:1],
    figures: Sequence[str] | None = None,
    missing: Callable[[str], None] | None = None,
    progress: bool = False,
) -> Path:
    """Write a report on annotated documents into the folder `out`; returns the path of its index.html.

    The folder gets index.html (everything in one file), figures/ (SVG, PNG, and the data as CSV), tables/ (CSV) and
    manifest.json, whatever the `formats`; "pdf" adds report.pdf and each figure as PDF, "docx" report.docx, "xlsx"
    tables.xlsx and "parquet" the tables as Parquet.  `figures` names those to draw, such as "voices" (all by default).
    A format that needs what is not installed is left out, and `missing` is called with what to do about it (without
    `missing`, exports.MissingTool is raised when the rest is written).
    Files of an earlier report there are replaced, other files are left alone.  `progress` shows a bar on a terminal.
    Raises ValueError without documents, with one doc_id for two, or for an unknown format or figure; Refused (a
    ValueError) where a file that is not an earlier report's would be written over, or where articles lie in `out`;
    NotADirectoryError where `out` is a file.
    """
    documents = [documents] if isinstance(documents, Document) else list(documents)
    if not documents:
        raise ValueError("there are no documents to report on; give at least one")
    _check("format", formats, FORMATS)
    _check("figure", figures or (), [figure.name for figure in FIGURES])
    out = Path(out)
    if out.exists() and not out.is_dir():
        raise NotADirectoryError(f"{out} is a file; give a folder to write the report into")
    check_folder(out)
    t, readability = make_tables(documents), readability_table(documents)
    frames = report_tables(documents, t, readability)
    files = {f"tables/{name}.csv": to_csv(frame).encode() for name, frame in frames.items()}
    wanted = [figure for figure in figures_for(len(documents)) if figures is None or figure.name in figures]
    drawn = draw(wanted, t, readability, ("svg", "png", "pdf") if "pdf" in formats else ("svg", "png"), progress)
    for item in drawn:
        files |= item.files
    shared = frames.get("copied_passages")
    page = partial(make_page, documents, t, readability, drawn, make_manifest(documents, files), shared=shared)
    more, problems = _more_forms(formats, frames, page)
    files |= more
    files["index.html"] = page().encode()
    manifest = make_manifest(documents, {name: files[name] for name in files if name != "index.html"})
    files["manifest.json"] = (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
    write_files(out, files)
    if problems and missing is None:
        raise exports.MissingTool("; ".join(problems))
    for problem in problems:
        missing(problem)
    return out / "index.html"


def _check(what: str, names: Sequence[str], allowed: Sequence[str]) -> None:
    wrong = [name for name in names if name not in allowed]
    if wrong:
        raise ValueError(f"{what} {wrong[0]!r}; allowed are {', '.join(allowed)}")


def _more_forms(
    formats: Sequence[str], frames: dict[str, pd.DataFrame], page: Callable[..., str]
) -> tuple[dict[str, bytes], list[str]]:
    """The files of the formats asked for, and why some could not be made."""
    make = {
        "pdf": lambda: {"report.pdf": exports.to_pdf(page())},
        "docx": lambda: {"report.docx": exports.to_docx(page(word=True))},
        "xlsx": lambda: {"tables.xlsx": exports.to_xlsx(frames)},
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
