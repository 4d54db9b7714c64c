"""JSON files: one article, a list of them, or the response of an API with the list somewhere in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from analysis.inputs import encodings
from analysis.inputs.columns import TEXTS, fold
from analysis.inputs.dates import FileDates
from analysis.inputs.options import Blob, Items, ReadOptions
from analysis.inputs.pages import read_whole
from analysis.inputs.rows import (
    MANY_NAMES,
    TOO_DEEP,
    TOO_LONG_A_NUMBER,
    dates_of,
    flat,
    json_article,
    read_json_lines,
    tell_fields,
)
from analysis.text.article import ArticleError

DEEPEST = 4  # the most objects around the list of articles


def read_json(blob: Blob, options: ReadOptions) -> Items:
    """Articles from a JSON file, in the order of the file; `row` in messages is the place in the list, from 1.

    It knows the fields of NewsAPI, Fundus, newspaper4k and news-please, JSON Feed, ninjs and JSON-LD, and tables as
    pandas writes them. A file with one object on each line is read as JSON lines.
    """
    raw = read_whole(blob, options.limits.file_bytes)
    encodings.check_is_text(raw[:4096], file=blob.name)
    text, encoding = encodings.decode(raw, file=blob.name)
    if encoding not in ("utf-8", "ascii") and not encodings.marked_encoding(raw):
        encodings.tell_of_guess(encoding, file=blob.name)
    try:
        whole = json.loads(text)
    except RecursionError as error:
        raise ArticleError(TOO_DEEP, file=blob.name) from error
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and text.lstrip()[:1] == "{":
            yield from read_json_lines(blob, options)
            return
        raise ArticleError(
            f"not JSON ({error.msg}, line {error.lineno}); if the end of the file is missing, get it again",
            file=blob.name,
        ) from error
    except ValueError as error:  # the only remaining cause: a whole number that Python will not convert
        raise ArticleError(TOO_LONG_A_NUMBER, file=blob.name) from error
    records = [(key, flat(record) if isinstance(record, dict) else record) for key, record in _records(whole, options)]
    if not records:
        raise ArticleError(_nothing(whole), file=blob.name)
    dates = FileDates(lambda: (date for _, record in records if isinstance(record, dict) for date in dates_of(record)))
    names: dict[str, None] = {}
    for number, (key, record) in enumerate(records, 1):
        if isinstance(record, dict) and len(names) < MANY_NAMES:
            names |= dict.fromkeys(record)
        own = record if key is None or not isinstance(record, dict) else {"doc_id": key} | record
        try:
            yield json_article(own, blob, number, options, encoding, dates=dates)
        except ArticleError as error:
            yield error
    tell_fields(names, options, file=blob.name)


def _records(whole: Any, options: ReadOptions) -> list[tuple[str | None, Any]]:
    """The articles of a JSON file, each with its key if it has one."""
    if isinstance(whole, dict) and _is_article(whole, options):
        return [(None, whole)]
    level = [whole]
    for _ in range(DEEPEST):  # the first list of articles on the way down
        for value in level:
            if isinstance(value, list) and (value is whole or any(_is_article(v, options) for v in value)):
                return [(None, record) for record in value]
            if isinstance(value, dict) and (rows := list(_table(value, options))):
                return rows
        level = [part for value in level if isinstance(value, dict) for part in value.values()]
    return []


def _is_article(value: Any, options: ReadOptions) -> bool:
    if not isinstance(value, dict):
        return False
    value = flat(value)
    if options.text_column is not None:
        return options.text_column in value
    return any(fold(name) in TEXTS and isinstance(text, str) for name, text in value.items())


def _table(value: dict[str, Any], options: ReadOptions) -> Iterator[tuple[str | None, Any]]:
    """The rows of a table that is written as an object: by rows, by columns, or with the names of the columns separate,
    as pandas does.
    """
    inner = list(value.values())
    names, rows = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(rows, list) and all(isinstance(row, list) for row in rows):
        names = [str(name) for name in names]
        yield from ((None, dict(zip(names, row, strict=False))) for row in rows)
        return
    if not inner or not all(isinstance(part, dict) for part in inner):
        return
    if any(_is_article(part, options) for part in inner):
        yield from value.items()
    elif any(fold(name) in TEXTS or name == options.text_column for name in value):
        for key in max(inner, key=len):
            yield None, {name: column.get(key) for name, column in value.items()}


def _nothing(whole: Any) -> str:
    """Why a file contains no article, in words."""
    if isinstance(whole, dict) and whole.get("status") == "error":
        told = str(whole.get("message"))[:200]
        return f"an error from the service that it comes from ({told}); ask for the articles again"
    names = ", ".join(map(str, whole))[:200] if isinstance(whole, dict) else "none"
    return f"no article in it (its fields: {names or 'none'}); name the field with the text with --text-column"
