"""Other formats of a report: all tables in one Excel file or as Parquet, the page as PDF (`word` writes the Word file).

Each format gives the same bytes for the same content. A format that needs a program or package which is not installed
raises `MissingTool`, whose message says what to install.
"""

from __future__ import annotations

import datetime
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from math import isinf
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.tables.columns import column_meaning, described_tables, table_row

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
BROWSER_OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    "--window-size=1280,1700",
)
NO_BROWSER = (
    "PDF needs Chromium or Chrome, and neither is on the path: install one (apt install chromium), or open "
    "index.html in your browser and print it to a file"
)
NO_PYARROW = f"Parquet needs the package pyarrow, which is not installed: {sys.executable} -m pip install pyarrow"
TABS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7")  # the colour of the sheets of each group
NARROWEST, WIDEST, LOOKED_AT = 6, 60, 200  # widths of columns in characters, and how many rows they are measured on
KNOWN = frozenset(described_tables())
IN = "in "  # how the columns of single articles begin
SECONDS = 180  # seconds that another program may take
CELL = 32_767  # the most characters that a cell of an Excel file can hold
EPOCH = datetime.datetime(1980, 1, 1)  # the date in files that must have one
PDF_NODE = re.compile(rb"\(node[0-9]{8}\)")
PDF_DATE = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)([^)]*)\)")


class MissingTool(RuntimeError):
    """A program or package that a format of the report needs is not installed, or failed."""


def find_browser() -> str | None:
    """The path of Chromium, Chrome or Edge, if one is installed."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def missing_tools(formats: Iterable[str]) -> dict[str, str]:
    """Those of these formats that need something that is not installed, each with a sentence on what to do.

    >>> missing_tools(["html", "xlsx", "docx"])
    {}
    """
    needs = {"pdf": (find_browser, NO_BROWSER), "parquet": (lambda: find_spec("pyarrow"), NO_PYARROW)}
    return {name: needs[name][1] for name in formats if name in needs and not needs[name][0]()}


def to_xlsx(frames: Mapping[str, pd.DataFrame], groups: Mapping[str, str] | None = None) -> bytes:
    """Tables as one Excel file: an index, a sheet for each, and what their columns mean. Every text is a text cell,
    whatever it starts with; a missing value is an empty cell; a text of more than 32,767 characters is cut, and "…"
    shows it.

    `groups` gives the group of each table by name; the tabs of a group have one colour. Floats are rounded to six
    significant digits, as in the CSV files.
    """
    xlsxwriter = import_module("xlsxwriter")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": False})
    book.set_properties({"created": EPOCH})
    # with a quotation prefix, a text remains a text even if someone edits the cell
    text, head = book.add_format({"quote_prefix": True}), book.add_format({"bold": True})
    date = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    groups = groups or {}
    colours = dict(zip(dict.fromkeys(groups.values()), TABS, strict=False))
    sheets = {"index": _index(frames, groups), **frames, "columns": _columns(frames)}
    for name, frame in sheets.items():
        sheet = book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        if groups.get(name) in colours:
            sheet.set_tab_color(colours[groups[name]])
        for column, title in enumerate(frame.columns):
            sheet.write_string(0, column, _cut(str(title)), head)
            sheet.set_column(column, column, _width(frame[title], str(title)))
            for row, value in enumerate(frame[title], 1):
                _write_cell(sheet, row, column, value, text, date)
        if len(frame):
            sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
        if name == "index":
            for row, to in enumerate(frame["sheet"], 1):
                sheet.write_url(row, 0, f"internal:'{to}'!A1", string=to)
    book.close()
    return out.getvalue()


def _width(column: pd.Series, title: str) -> int:
    """The width of a column in characters: that of most of its cells, within bounds."""
    lengths = sorted(len(f"{value:.6g}" if isinstance(value, float) else str(value)) for value in column[:LOOKED_AT])
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    return max(NARROWEST, min(WIDEST, max(usual, len(title)) + 2))


def _index(frames: Mapping[str, pd.DataFrame], groups: Mapping[str, str]) -> pd.DataFrame:
    """The sheets, and what one row of each is."""
    rows = [
        (name[:31], groups.get(name, ""), len(frame), len(frame.columns), table_row(name) if name in KNOWN else "")
        for name, frame in frames.items()
    ]
    return pd.DataFrame(rows, columns=["sheet", "group", "rows", "columns", "what it holds"])


def _columns(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """What the columns of the sheets mean, and their units; the columns that each article has appear once."""
    rows = []
    for name in filter(KNOWN.__contains__, frames):
        titles = dict.fromkeys(f"{IN}…" if str(title).startswith(IN) else str(title) for title in frames[name].columns)
        for title in titles:
            meaning = column_meaning(name, title)
            rows.append((name[:31], title, meaning.unit, meaning.words))
    return pd.DataFrame(rows, columns=["sheet", "column", "unit", "meaning"])


def _write_cell(sheet: Any, row: int, column: int, value: Any, text: Any, date: Any) -> None:
    if pd.isna(value):
        return
    if isinstance(value, str):
        sheet.write_string(row, column, _cut(value), text)
    elif isinstance(value, pd.Timestamp):
        sheet.write_datetime(row, column, value.tz_localize(None).to_pydatetime(), date)
    elif pd.api.types.is_bool(value):
        sheet.write_boolean(row, column, bool(value))
    elif isinf(value):  # an infinite bound; an Excel file has no number for it
        sheet.write_string(row, column, "inf" if value > 0 else "-inf", text)
    else:
        sheet.write_number(row, column, float(f"{float(value):.6g}") if value % 1 else int(value))


def _cut(value: str) -> str:
    """The text, or as much of it as a cell can hold: an Excel file counts a character beyond U+FFFF as two."""
    units = value.encode("utf-16-le")
    if len(units) <= 2 * CELL:
        return value
    return units[: 2 * (CELL - 1)].decode("utf-16-le", "ignore") + "…"


def to_parquet(frame: pd.DataFrame) -> bytes:
    """A table as a Parquet file, which keeps all digits and types. Raises MissingTool without the package pyarrow."""
    if find_spec("pyarrow") is None:
        raise MissingTool(NO_PYARROW)
    out = io.BytesIO()
    frame.to_parquet(out, index=False, engine="pyarrow")
    return out.getvalue()


def to_pdf(page: str) -> bytes:
    """A page (HTML) as it prints. Raises MissingTool without Chromium, Chrome or Edge, or if the browser fails."""
    browser = find_browser()
    if browser is None:
        raise MissingTool(NO_BROWSER)
    options = [*BROWSER_OPTIONS, *(["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else [])]
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(page, "utf-8")
        _run(
            [browser, *options, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()],
            target,
            "PDF",
        )
        content = target.read_bytes()
    return _same_each_time(content)


def _same_each_time(pdf: bytes) -> bytes:
    """The file without what differs each time it is printed: the date, and the numbers that the browser gave to its
    elements, which count from 1 instead. Lengths do not change, so no offset in the file moves.
    """
    numbers = {node: b"(node%08d)" % n for n, node in enumerate(sorted(set(PDF_NODE.findall(pdf))), 1)}
    pdf = PDF_NODE.sub(lambda m: numbers[m[0]], pdf)
    return PDF_DATE.sub(lambda m: m[1] + b"19800101000000+00'00'".ljust(len(m[2]))[: len(m[2])] + b")", pdf)


def _run(command: list[str], target: Path, form: str, **environment: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, env={**os.environ, **environment})
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MissingTool(f"{form} could not be written: {command[0]}: {error}") from error
    if done.returncode or not target.exists():
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it gave no reason"]
        raise MissingTool(f"{form} could not be written: {command[0]} ended with {done.returncode}: {last[0]}")
