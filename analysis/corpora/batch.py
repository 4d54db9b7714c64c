"""The command `annotate`: many inputs to one file of JSON lines, by one process or several.

Lines are in the order of the articles. Anything that cannot be read or annotated is reported on the screen and written
to errors.jsonl with file, row and reason; the rest continues.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import re
import stat
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeVar

from analysis.inputs.loading import iter_articles
from analysis.inputs.options import ReadOptions
from analysis.inputs.sidecars import Known, Sidecars, failed, place
from analysis.outputs import Output, Refused, Replacement, check_outputs, is_errors, is_marks, told_as
from analysis.text.article import Article, ArticleError, ArticleNote, ArticleWarning, one_line

BATCH = 16  # how many articles a process gets at a time
BATCH_CHARS = 200_000  # their characters: fewer long articles, since several batches are in memory
BLOCK = 1_000_000  # characters of a long line that are written at a time
TOLD = 10  # how many warnings about rows of one file are shown
_ROW = re.compile(r"(.+?):\d+: ", re.S)  # how a warning about a row begins
Item = Known | ArticleError
T = TypeVar("T")


class Line(NamedTuple):
    """An annotated article as JSON, in pieces if it is long, with the data that show duplicates."""

    doc_id: str
    sha256: str
    json: tuple[str, ...]
    signature: bytes | None


def run(arguments: argparse.Namespace) -> int:
    """Annotate as the command line says; returns 1 if an input could not be read, otherwise 0.

    Raises Refused if the output is an input, or an existing file that no earlier run wrote.
    """
    errors_path = _errors_path(arguments)
    check_outputs(_outputs(arguments.out, errors_path, named=arguments.errors is not None), arguments.inputs)
    written = frozenset(os.path.realpath(name) for name in (arguments.out, errors_path, _standard_output()) if name)
    options = read_options(arguments, leave_out=written)
    collect_seldom()
    with ExitStack() as stack:
        out = sys.stdout if arguments.out is None else stack.enter_context(text_file(arguments.out))
        errors = stack.enter_context(Errors(errors_path))
        progress = stack.enter_context(closing(Progress()))
        seen = None
        for line in lines(
            iter_articles(arguments.inputs, options=options),
            backend=arguments.backend,
            jobs=arguments.jobs,
            near=arguments.near_duplicates is not None,
            grammar="grammar" in arguments.extra,
            any_language=arguments.any_language,
        ):
            if isinstance(line, ArticleError):
                errors.add(line)
            else:
                if seen is None:
                    from analysis.corpora.duplicates import THRESHOLD, Seen

                    seen = stack.enter_context(Seen(threshold=arguments.near_duplicates or THRESHOLD))
                write(line, out, seen)
            progress.step()
    return int(errors.count > 0)


def read_options(arguments: argparse.Namespace, **more: Any) -> ReadOptions:
    """What the command line says about reading."""
    names = ("text_column", "id_column", "split", "any_language", "repair")
    return ReadOptions(**{name: getattr(arguments, name) for name in names if hasattr(arguments, name)}, **more)


def _outputs(out: str | None, errors: Path | None, *, named: bool) -> Iterator[Output]:
    if out is not None:
        yield Output(out, is_marks)
    if errors is not None:
        yield Output(errors, is_errors, named, "name another file with --errors")


def _errors_path(arguments: argparse.Namespace) -> Path | None:
    """Where errors are written: --errors, or errors.jsonl next to the output file."""
    if arguments.errors is not None:
        if not arguments.errors:
            raise Refused("the file for errors has no name; name another file with --errors")
        return Path(arguments.errors)
    return None if arguments.out is None else Path(arguments.out).parent / "errors.jsonl"


def _standard_output() -> str | None:
    """The file that standard output goes to, if it is a file; a folder that contains it is read without it."""
    try:
        number = sys.stdout.fileno()
        return f"/dev/fd/{number}" if stat.S_ISREG(os.fstat(number).st_mode) else None
    except (OSError, ValueError, AttributeError):
        return None


@contextmanager
def text_file(path: str | Path) -> Iterator[IO[str]]:
    """A file to write text to, which takes its place at the end (see `analysis.outputs.Replacement`)."""
    replacement = Replacement(path)
    with told_as(replacement.path, anyway=False), replacement as binary:
        text = io.TextIOWrapper(binary, "utf-8", newline="\n")
        try:
            yield text
        finally:
            text.flush()
            text.detach()


def collect_seldom() -> None:
    """Make Python look for circular garbage less often: annotating creates many objects and hardly any cycles.

    This is for processes that do nothing else; it makes them a tenth faster, and memory use stays the same.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def write(line: Line, out: IO[str], seen) -> None:
    """Write a line with the doc_id of the article that it duplicates (null if none)."""
    first = seen.same(line.doc_id, line.sha256)
    if first is None and line.signature is not None:
        near = seen.near(line.doc_id, line.signature)
        first = near and near[0]
    for piece in line.json[:-1]:
        out.write(piece)
    out.write(f'{line.json[-1][:-1]},"duplicate_of":{json.dumps(first, ensure_ascii=False)}}}\n')


def in_blocks(pieces: Iterable[str]) -> Iterator[str]:
    """Pieces of a text put together to blocks of at least BLOCK characters, but for the last."""
    block: list[str] = []
    size = 0
    for piece in pieces:
        block.append(piece)
        size += len(piece)
        if size >= BLOCK:
            yield "".join(block)
            block, size = [], 0
    if block:
        yield "".join(block)


# ---------------------------------------------------------------- the work


def lines(
    articles: Iterable[Article | ArticleError],
    *,
    backend: str = "rules",
    jobs: int = 1,
    near: bool = False,
    grammar: bool = False,
    any_language: bool = False,
) -> Iterator[Line | ArticleError]:
    """Annotate articles in order, in this process or in `jobs` others; errors keep their places.

    What the reader knows about names and sources (`aliases.toml` and `sources.csv` next to the articles) is used.
    """
    items = Sidecars().beside(articles)
    work = partial(annotate_batch, backend=backend, near=near, grammar=grammar, any_language=any_language)
    if jobs == 1:
        for item in items:
            yield from work([item])
        return
    from analysis.corpora.parallel import Processes, in_order

    with closing(Processes(jobs, initializer=collect_seldom)) as workers:
        for batch in in_order(work, batched(items, BATCH, BATCH_CHARS), workers, died):
            yield from batch


def batched(items: Iterable[T], size: int, most: int) -> Iterator[list[T]]:
    """The items in lists of at most `size`, and of at most `most` characters in their articles (or of one item)."""
    batch: list[T] = []
    chars = 0
    for item in items:
        length = len(getattr(getattr(item, "article", None), "text", ""))
        if batch and (len(batch) == size or chars + length > most):
            yield batch
            batch, chars = [], 0
        batch.append(item)
        chars += length
    if batch:
        yield batch


def annotate_batch(
    batch: list[Item], *, backend: str, near: bool = False, grammar: bool = False, any_language: bool = False
) -> list[Line | ArticleError]:
    """One result for each item; an article that cannot be annotated becomes an ArticleError."""
    return [
        item if isinstance(item, ArticleError) else _line(item, backend, near, grammar, any_language) for item in batch
    ]


def _line(known: Known, backend: str, near: bool, grammar: bool, any_language: bool) -> Line | ArticleError:
    from analysis.pipeline import annotate, json_pieces

    article, aliases, sources = known
    try:
        document = annotate(article, backend=backend, aliases=aliases, sources=sources, any_language=any_language)
        json_line = tuple(in_blocks(json_pieces(document, grammar=grammar)))
        signed = None
        if near:
            from analysis.corpora.duplicates import signature

            signed = signature(article.text)
        return Line(article.doc_id, article.sha256, json_line, signed)
    except Exception as error:  # a single article must never end the run
        return failed(article, error)


def died(item: Item) -> ArticleError:
    """The error for an article whose process was killed each time it was tried."""
    if isinstance(item, ArticleError):
        return item
    file, row = place(item.article)
    return ArticleError("the process that annotated it crashed (out of memory?); split the article", file=file, row=row)


# ---------------------------------------------------------------- what is reported


class Errors:
    """Errors on the screen, and in a file of JSON lines.

    The file is created at the first error and takes its place at the end; without errors, the file of an earlier run is
    emptied.
    """

    def __init__(self, path: Path | None) -> None:
        self.count, self._path = 0, path
        self._file: IO[str] | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Errors:
        self._stack.__enter__()
        if self._path and self._path.is_file():
            self._open(self._path)
        return self

    def __exit__(self, *failure: Any) -> None:
        self._stack.__exit__(*failure)

    def _open(self, path: Path) -> IO[str]:
        self._file = self._stack.enter_context(text_file(path))
        return self._file

    def add(self, error: ArticleError) -> None:
        """Report an error."""
        self.count += 1
        print(f"error: {one_line(str(error))}", file=sys.stderr)
        if self._path:
            (self._file or self._open(self._path)).write(error_line(error) + "\n")


def error_line(error: ArticleError) -> str:
    """An error as a line of errors.jsonl."""
    return json.dumps({"file": error.file, "row": error.row, "reason": error.reason}, ensure_ascii=False)


class Progress:
    """A progress bar, if the screen is a terminal and the package tqdm is installed."""

    def __init__(self, unit: str = " articles") -> None:
        self._bar = None
        if sys.stderr.isatty():
            try:
                from tqdm import tqdm
            except ImportError:
                return
            tqdm.monitor_interval = 0  # no extra thread: processes are forked here
            self._bar = tqdm(unit=unit, file=sys.stderr, dynamic_ncols=True)

    def step(self) -> None:
        """One more is done."""
        if self._bar is not None:
            self._bar.update()

    def close(self) -> None:
        """Leave the bar as it is."""
        if self._bar is not None:
            self._bar.close()


@contextmanager
def plain_warnings() -> Iterator[None]:
    """Show ArticleWarnings as one line each, without a place in the code; for a file with many rows, only the first
    few.
    """
    told: Counter[str] = Counter()  # by file, for the file that is being read

    def more() -> None:
        for file, number in told.items():
            if number > TOLD:
                print(f"warning: {one_line(file)}: {number - TOLD:,} more rows with warnings", file=sys.stderr)
        told.clear()

    with warnings.catch_warnings():
        warnings.simplefilter("always", ArticleWarning)
        usual = warnings.showwarning

        def show(message, category, filename, lineno, file=None, line=None):
            if not issubclass(category, ArticleWarning):
                usual(message, category, filename, lineno, file, line)
                return
            row = _ROW.match(str(message))
            if row is None or row[1] not in told:
                more()
            if row is not None:
                told[row[1]] += 1
            if row is None or told[row[1]] <= TOLD:
                kind = "note" if issubclass(category, ArticleNote) else "warning"
                print(f"{kind}: {one_line(str(message))}", file=sys.stderr)

        warnings.showwarning = show
        try:
            yield
        finally:
            more()
