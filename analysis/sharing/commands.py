"""`export` writes marks in the format of another tool; `import` reads them and writes JSON lines."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from analysis.annotation import each_corrected
from analysis.corpora.batch import Errors, Line, text_file, write
from analysis.corpora.duplicates import THRESHOLD, Seen
from analysis.exchange.formats import FORMATS, read_texts
from analysis.exchange.layers import document_of, marked_text
from analysis.exchange.model import ExchangeError, MarkedText
from analysis.inputs import ReadOptions
from analysis.inputs.loading import iter_articles
from analysis.outputs import Output, check_outputs, is_errors, is_marks
from analysis.pipeline import json_pieces
from analysis.sharing.folder import check_folder, write_folder
from analysis.text.article import ArticleError


def run_export(arguments: argparse.Namespace) -> int:
    """Annotate and write the marks as `--to` says, or the texts alone; returns 1 if an input could not be read."""
    check_folder(arguments.out, arguments.inputs)
    record, errors = FORMATS[arguments.to], Errors(None)
    options = ReadOptions(arguments.text_column, arguments.id_column)

    def texts() -> Iterator[MarkedText]:
        articles = list(_kept(iter_articles(arguments.inputs, options=options), errors))
        if arguments.no_marks:
            yield from (MarkedText(article.doc_id, article.text) for article in articles)
            return
        for document in _kept(each_corrected(articles, backend=arguments.backend), errors):
            yield marked_text(document)

    some = list(texts())
    if not some:
        return 1
    try:
        write_folder(arguments.out, record.write(some), name=record.name)
    except ExchangeError as error:
        print(f"error: --to {record.name}: {error}", file=sys.stderr)
        return 2
    print(arguments.out)
    return int(errors.count > 0)


def _kept(items: Iterable, errors: Errors) -> Iterator:
    """The items without the errors, which are reported."""
    for item in items:
        if isinstance(item, ArticleError):
            errors.add(item)
        else:
            yield item


def run_import(arguments: argparse.Namespace) -> int:
    """Read marks of another tool and write them as JSON lines; returns 1 if anything could not be read, else 0."""
    errors_path = None if arguments.out is None else Path(arguments.out).parent / "errors.jsonl"
    outputs = [] if arguments.out is None else [Output(arguments.out, is_marks), Output(errors_path, is_errors, False)]
    check_outputs(outputs, [*arguments.inputs, *_inside(arguments.inputs)])
    with ExitStack() as stack:
        out = sys.stdout if arguments.out is None else stack.enter_context(text_file(arguments.out))
        errors = stack.enter_context(Errors(errors_path))
        seen = stack.enter_context(Seen(threshold=THRESHOLD))
        for path in arguments.inputs:
            for marked in _kept(read_texts(path, arguments.format), errors):
                try:
                    document, problems = document_of(marked, file=str(path))
                except ArticleError as error:
                    errors.add(ExchangeError(f"{marked.doc_id}: {error.reason}", file=str(path)))
                    continue
                except Exception as error:  # details with something other than what we write there
                    why = f"{type(error).__name__}: {str(error)[:120]}"
                    errors.add(ExchangeError(f"{marked.doc_id}: its marks cannot be used ({why})", file=str(path)))
                    continue
                for problem in problems:
                    errors.add(problem)
                write(Line(document.doc_id, document.article.sha256, tuple(json_pieces(document)), None), out, seen)
    return int(errors.count > 0)


def _inside(paths: Iterable[str]) -> Iterator[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            yield from path.iterdir()
