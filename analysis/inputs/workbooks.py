"""Workbooks (.xlsx): every sheet whose first row names a column of texts, one row at a time, by openpyxl.

Values are read as they were last saved. No formula is computed; no macro, link or external reference is followed.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

from analysis.inputs.columns import FIELDS, TEXTS, find_columns, fold, tell_columns
from analysis.inputs.dates import FileDates
from analysis.inputs.options import Blob, Items, ReadOptions
from analysis.inputs.pages import read_whole
from analysis.inputs.rows import article_of
from analysis.inputs.zips import check_zip
from analysis.text.article import ArticleError, ArticleWarning, one_line

COLUMNS = 256  # the most columns that are examined
TOP = 10  # how many rows are searched for the names of the columns
NAME = 1_000  # how many characters of a name are kept
DAYS = range(10_000, 80_000)  # 1927 to 2119, as workbooks count days
CELL = 32_767  # the most characters in a cell; Excel cuts longer texts off
_ESCAPED = re.compile(r"_x(00(?!00)[0-9A-Fa-f]{2}|2028|2029|FFFE)_")  # how workbooks write a control character


def read_workbook(blob: Blob, options: ReadOptions) -> Items:
    """Articles from the rows of a workbook, counted as its program shows them, on all sheets with texts."""
    raw = read_whole(blob, options.limits.file_bytes)
    members = check_zip(io.BytesIO(raw), blob.name, options)
    written = sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
    if written > options.limits.book_bytes:
        most = options.limits.book_bytes // 1_000_000
        raise ArticleError(
            f"a workbook of {written // 1_000_000:,} MB unpacked, but at most {most:,} MB are read: save it as .csv",
            file=blob.name,
        )
    book = _opened(raw, blob)
    sheets, empty = [], True
    for sheet in book.worksheets:  # charts are not tables
        names, first = _names(sheet, blob, options.text_column)
        if names:
            sheets.append((sheet, names, first))
    problems = []
    for sheet, names, first in sheets:
        name = blob.name if len(sheets) == 1 else f"{blob.name} (sheet {_safe(sheet.title)})"
        doc_id = blob.doc_id if len(sheets) == 1 else f"{blob.doc_id}-{_safe(sheet.title)}"
        own = replace(blob, name=name, doc_id=doc_id)
        try:
            text, id_name = find_columns(names, options.text_column, options.id_column, file=name)
        except ArticleError as error:
            problems.append(error)
            continue
        for item in _articles(sheet, names, first, (text, id_name), own, options):
            empty = False
            yield item
    if empty and problems:
        raise problems[0]
    for problem in problems:
        warnings.warn(f"{problem}; the sheet is skipped", ArticleWarning, stacklevel=2)
    if empty:
        raise ArticleError("it has no rows, only column names", file=blob.name)


def _opened(raw: bytes, blob: Blob) -> Any:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about things that it does not read, such as rules for input
            return load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # a damaged file fails in many ways, deep in the library
        raise _damaged(error, blob) from error


def _damaged(error: Exception, blob: Blob) -> ArticleError:
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return ArticleError(
        f"cannot be read as a workbook: {reason}; open it in its program and save it as .csv", file=blob.name
    )


def _rows(sheet: Any, blob: Blob) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows that are not empty, each with its number."""
    sheet.reset_dimensions()  # what the file says about its size may be wrong
    rows = enumerate(sheet.iter_rows(values_only=True, max_col=COLUMNS), 1)
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                number, cells = next(rows)
        except StopIteration:
            return
        except Exception as error:
            raise _damaged(error, blob) from error
        if any(cell not in (None, "") for cell in cells):
            yield number, cells


def _names(sheet: Any, blob: Blob, text: str | None) -> tuple[list[str], int]:
    """The names of the columns, and the number of their row: among the rows at the top, where the sheet may have a
    title, the first that names a column of texts, or otherwise the first that is not empty; no names if there is none.
    """
    first: tuple[list[str], int] = [], 0
    for number, cells in islice(_rows(sheet, blob), TOP):
        names = ["" if cell is None else one_line(str(cell).strip()[:NAME]) for cell in cells]
        while names and not names[-1]:
            names.pop()
        if text in names or (text is None and len(names) > 1 and any(fold(name) in TEXTS for name in names)):
            return names, number
        if not first[0]:
            first = names, number
    return first


def _articles(
    sheet: Any, names: list[str], first: int, used: tuple[str, str | None], blob: Blob, options: ReadOptions
) -> Items:
    text_name, id_name = used
    tell_columns(names, text_name, id_name, file=blob.name)
    text_at, id_at = names.index(text_name), names.index(id_name) if id_name else None
    dates = FileDates(partial(_dates, sheet, names, blob))
    try:
        for row, cells in _rows(sheet, blob):
            if row <= first:
                continue
            values = [_plain(cell) for cell in cells[: len(names)]]
            values += [None] * (len(names) - len(values))
            try:
                text = values[text_at]
                if not isinstance(text, str):
                    raise ArticleError(_no_text(text, text_name), file=blob.name, row=row)
                if len(text) >= CELL:
                    warnings.warn(
                        f"{blob.name}:{row}: the text is as long as a cell can be ({CELL:,} characters): it is "
                        f"probably cut off; get the whole article",
                        ArticleWarning,
                        stacklevel=2,
                    )
                record = {name: _day(name, value) for name, value in zip(names, values, strict=True) if name}
                doc_id = values[id_at] if id_at is not None else None
                yield article_of(record, text, doc_id, blob, row, options, dates=dates)
            except ArticleError as error:
                yield error
    except ArticleError as error:  # the sheet is damaged from here on
        yield error


def _no_text(value: Any, name: str) -> str:
    if value is None:
        return "it contains no text; give an article with words"
    return f"column {name!r} holds {str(value)[:40]!r} here, not text; name another column with --text-column"


def _plain(cell: Any) -> Any:
    """The value of a cell: dates as ISO 8601, whole numbers without a point."""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat()
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    if isinstance(cell, str) and "_x" in cell:
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), cell)
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _dates(sheet: Any, names: list[str], blob: Blob) -> Iterator[Any]:
    places = [k for k, name in enumerate(names) if fold(name) in FIELDS["published"]]
    for _, cells in _rows(sheet, blob):
        yield from (cells[k] for k in places if k < len(cells))


def _day(name: str, value: Any) -> Any:
    """A value; for a date that a sheet shows as a number, the day that it means."""
    if isinstance(value, int) and value in DAYS and fold(name) in FIELDS["published"]:
        return (datetime.date(1899, 12, 30) + datetime.timedelta(days=value)).isoformat()
    return value


def _safe(title: str) -> str:
    """The name of a sheet as part of an id."""
    return one_line(title).replace("/", "_").replace(":", "_")
