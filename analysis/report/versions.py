"""The command `versions`: what changed from one version of an article to the next, as a page, CSV and JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from analysis.annotation import each_corrected
from analysis.comparing import Change, Versions, compare_versions
from analysis.comparing.page import versions_page
from analysis.comparing.tables import CHANGES, changes_table
from analysis.outputs import Output, check_outputs, is_page, json_object, starts_with, write_whole
from analysis.report.frames import to_csv
from analysis.text.article import Article, ArticleError
from analysis.text.document import Document, Span

_HEAD = ",".join(CHANGES)


def run(arguments: argparse.Namespace, articles: Sequence[Article]) -> int:
    """Compare each article with the one before it, and write what changed; returns the exit code."""
    formats = formats_of(arguments.format, arguments.out)
    wrong = [name for name in formats if name not in FORMATS]
    if wrong:
        print(
            f"error: --format: {wrong[0]!r} is not a format; choose one or more of {', '.join(FORMATS)}",
            file=sys.stderr,
        )
        return 2
    if arguments.out is None and len(formats) > 1:
        print("error: several formats need a file; name one with -o", file=sys.stderr)
        return 2
    places = {name: _place(arguments.out, name, formats) for name in formats}
    if arguments.out is not None:
        check_outputs([Output(places[name], OURS[name]) for name in formats], arguments.inputs)
    if len(articles) < 2:
        print(
            f"error: two or more articles are needed and {len(articles)} could be read; give the old version first",
            file=sys.stderr,
        )
        return 1
    documents: list[Document] = []
    for item in each_corrected(articles, backend=arguments.backend):
        if isinstance(item, ArticleError):
            print(f"error: {item}", file=sys.stderr)
            return 1
        documents.append(item)
    found = [compare_versions(old, new) for old, new in pairwise(documents)]
    for name in formats:
        content = FORMATS[name](found)
        if arguments.out is None:
            sys.stdout.write(content)
        else:
            write_whole(places[name], content.encode())
            print(places[name])
    return 0


def formats_of(given: list[str] | None, out: str | None) -> list[str]:
    """The requested formats; without any, the one that the file's ending names, or the page.

    >>> formats_of(None, "changes.csv"), formats_of(None, "changes"), formats_of(["json", "csv"], None)
    (['csv'], ['html'], ['json', 'csv'])
    """
    if given:
        return list(dict.fromkeys(given))
    ending = Path(out or "").suffix.lstrip(".")
    return [ending if ending in FORMATS else "html"]


def _place(out: str | None, name: str, formats: Sequence[str]) -> str:
    if out is None or (len(formats) == 1 and Path(out).suffix):
        return out or ""
    path = Path(out)
    return str(path.with_suffix(f".{name}") if path.suffix.lstrip(".") in FORMATS else f"{out}.{name}")


def versions_json(found: Sequence[Versions]) -> str:
    """The changes as JSON: for each pair its two texts (id and SHA-256) and its changes; spans are [start, end]."""
    pairs = [
        {
            "old": {"doc_id": v.old.doc_id, "sha256": v.old.article.sha256},
            "new": {"doc_id": v.new.doc_id, "sha256": v.new.article.sha256},
            "changes": [_fields(change) for change in v.changes],
        }
        for v in found
    ]
    return json.dumps({"versions": pairs}, ensure_ascii=False, indent=1) + "\n"


def _fields(change: Change) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, Span) else value for name, value in change._asdict().items()}


FORMATS: dict[str, Callable[[Sequence[Versions]], str]] = {
    "html": versions_page,
    "csv": lambda found: to_csv(changes_table(found)),
    "json": versions_json,
}
OURS: dict[str, Callable[[Path], bool]] = {
    "html": is_page,
    "csv": lambda path: starts_with(path, _HEAD),
    "json": lambda path: "versions" in json_object(path),
}
