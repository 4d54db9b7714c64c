"""The command `annotate`: many inputs to one file of JSON lines, by one process or several.

Lines come in the order of the articles. What cannot be read or annotated is told on the screen and written to
errors.jsonl with file, row and reason; the rest goes on.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple, TypeVar

from analysis.entities import AliasEntry
from analysis.inputs.choosing import is_article_file
from analysis.inputs.loading import iter_articles
from analysis.inputs.options import ReadOptions
from analysis.inputs.sidecars import Aliases, Known
from analysis.text.article import Article, ArticleError, ArticleWarning

BATCH = 16  # articles that a process is handed at a time
BATCH_CHARS = 200_000  # their characters: of long articles fewer, since several batches are in memory
TOLD = 10  # warnings on rows of one file that are shown
_ROW = re.compile(r"(.+?):\d+: ", re.S)  # how a warning on a row begins
Item = Known | ArticleError
T = TypeVar("T")


class Line(NamedTuple):
    """An annotated article as JSON, with what tells duplicates."""

    doc_id: str
    sha256: str
    json: str
    signature: bytes | None


def run(arguments: argparse.Namespace) -> int:
    """Annotate as the command line says; returns 1 where an input could not be read, 2 for a wrong call, else 0."""
    problem = overwrites(arguments.inputs, (arguments.out, arguments.errors))
    if problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    outputs = frozenset(os.path.realpath(name) for name in (arguments.out, arguments.errors) if name)
    options = ReadOptions(arguments.text_column, arguments.id_column, leave_out=outputs)
    collect_seldom()
    with ExitStack() as stack:
        out = stack.enter_context(open(arguments.out, "w", encoding="utf-8")) if arguments.out else sys.stdout
        errors = stack.enter_context(closing(Errors(errors_path(arguments))))
        progress = stack.enter_context(closing(Progress()))
        seen = None
        for line in lines(
            iter_articles(arguments.inputs, options=options),
            backend=arguments.backend,
            jobs=arguments.jobs,
            near=arguments.near_duplicates is not None,
            grammar="grammar" in arguments.extra,
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


def collect_seldom() -> None:
    """Let Python look for circular garbage seldom: annotating makes many objects and nearly no circles.

    For processes that do nothing else, which it makes a tenth faster; memory stays as it was.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def overwrites(inputs: Iterable[str], outputs: Iterable[str | None]) -> str | None:
    """Why this call would do harm: an output that is one of the inputs, or lies among them. None if it would not."""
    for name in filter(None, outputs):
        out = Path(name)
        for source in map(Path, inputs):
            if not out.is_file() or not source.exists():
                continue
            among = source.is_dir() and out.resolve().is_relative_to(source.resolve())
            if (among and is_article_file(Path(out.name)) and not _is_ours(out)) or os.path.samefile(out, source):
                return f"{name} is an input too and would be overwritten; name another file"
    return None


# How the lines begin that this command writes: those of articles, and those of errors.
_OURS = re.compile(
    rb'\{"doc_id":"(?:[^"\\]|\\.)*","sha256":"[0-9a-f]{64}","encoding":'
    rb'|\{"file": (?:null|"(?:[^"\\]|\\.)*"), "row": (?:null|[0-9]+), "reason": "'
)


def _is_ours(path: Path) -> bool:
    """Is this file empty, or what an earlier run wrote?"""
    with open(path, "rb") as file:
        start = file.read(20_000)
    return not start or _OURS.match(start) is not None


def errors_path(arguments: argparse.Namespace) -> Path | None:
    """Where errors are written: --errors, or errors.jsonl beside the output file."""
    if arguments.errors:
        return Path(arguments.errors)
    return Path(arguments.out).parent / "errors.jsonl" if arguments.out else None


def write(line: Line, out: IO[str], seen) -> None:
    """Write a line with the doc_id that it is a duplicate of (null if of none)."""
    first = seen.same(line.doc_id, line.sha256)
    if first is None and line.signature is not None:
        near = seen.near(line.doc_id, line.signature)
        first = near and near[0]
    out.write(f'{line.json[:-1]},"duplicate_of":{json.dumps(first, ensure_ascii=False)}}}\n')


# ---------------------------------------------------------------- the work


def lines(
    articles: Iterable[Article | ArticleError],
    *,
    backend: str = "rules",
    jobs: int = 1,
    near: bool = False,
    grammar: bool = False,
) -> Iterator[Line | ArticleError]:
    """Annotate articles in order, in this process or in `jobs` others; errors stay where they are.

    What their reader knows of names (`aliases.toml` beside them) is applied.
    """
    items = Aliases().beside(articles)
    work = partial(annotate_batch, backend=backend, near=near, grammar=grammar)
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
    batch: list[Item], *, backend: str, near: bool = False, grammar: bool = False
) -> list[Line | ArticleError]:
    """One result for each item; an article that cannot be annotated becomes an ArticleError."""
    return [item if isinstance(item, ArticleError) else _line(*item, backend, near, grammar) for item in batch]


def _line(
    article: Article, aliases: Sequence[AliasEntry], backend: str, near: bool, grammar: bool
) -> Line | ArticleError:
    from analysis.pipeline import annotate, to_json

    try:
        json_line = to_json(annotate(article, backend=backend, aliases=aliases), grammar=grammar)
        signed = None
        if near:
            from analysis.corpora.duplicates import signature

            signed = signature(article.text)
        return Line(article.doc_id, article.sha256, json_line, signed)
    except Exception as error:  # one article must never end the run
        return failed(article, error)


def failed(article: Article, error: Exception) -> ArticleError:
    """The error of an article that the rules stumble over."""
    file, row = place(article)
    return ArticleError(
        f"could not be annotated ({type(error).__name__}: {error}); please report it with the article",
        file=file,
        row=row,
    )


def died(item: Item) -> ArticleError:
    """The error of an article whose process was killed, each time it was tried."""
    if isinstance(item, ArticleError):
        return item
    file, row = place(item.article)
    return ArticleError("the process that annotated it died (out of memory?); split the article", file=file, row=row)


def place(article: Article) -> tuple[str, int | None]:
    """The file and the row that an article was read from."""
    file, _, row = (article.path or article.doc_id).rpartition(":")
    return (file, int(row)) if file and row.isdigit() else (article.path or article.doc_id, None)


# ---------------------------------------------------------------- what is told


class Errors:
    """Errors on the screen, and in a file of JSON lines that is made when the first one comes."""

    def __init__(self, path: Path | None) -> None:
        self.count, self._path, self._file = 0, path, None
        if path and path.exists():
            path.write_text("", encoding="utf-8")  # those of an earlier run

    def add(self, error: ArticleError) -> None:
        """Tell of an error."""
        self.count += 1
        print(f"error: {error}", file=sys.stderr)
        if self._path:
            self._file = self._file or open(self._path, "w", encoding="utf-8")  # noqa: SIM115
            self._file.write(error_line(error) + "\n")

    def close(self) -> None:
        """Close the file."""
        if self._file:
            self._file.close()


def error_line(error: ArticleError) -> str:
    """An error as a line of errors.jsonl."""
    return json.dumps({"file": error.file, "row": error.row, "reason": error.reason}, ensure_ascii=False)


class Progress:
    """A progress bar, where the screen is a terminal and the package tqdm is there."""

    def __init__(self, unit: str = " articles") -> None:
        self._bar = None
        if sys.stderr.isatty():
            try:
                from tqdm import tqdm
            except ImportError:
                return
            tqdm.monitor_interval = 0  # no thread of its own: processes are forked here
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
    """Show ArticleWarnings as one line each, without a place in the code; of a file with many rows, the first few."""
    told: Counter[str] = Counter()  # by file, of the file that is being read

    def more() -> None:
        for file, number in told.items():
            if number > TOLD:
                print(f"warning: {file}: {number - TOLD:,} more rows with warnings", file=sys.stderr)
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
                print(f"warning: {message}", file=sys.stderr)

        warnings.showwarning = show
        try:
            yield
        finally:
            more()
