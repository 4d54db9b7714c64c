"""The command line: `python -m analysis annotate | report`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from itertools import islice
from typing import TextIO

from analysis import __version__
from analysis.article import Article, ArticleError, iter_articles

BATCH = 32      # articles a process is handed at a time


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code: 0, 1 where some input could not be read, 2 for a wrong call."""
    arguments = _parser().parse_args(argv)
    try:
        return arguments.run(arguments)
    except BrokenPipeError:     # `... | head` has seen enough
        sys.stderr.close()
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Read the news closely: who is said to say what, how sure, and about whom.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    annotate = commands.add_parser(
        "annotate", help="mark every article and write the marks as JSON lines",
        description="Mark attributions, hedges and names in articles. One line of JSON out per article in, in the "
                    "same order; all offsets count characters of the untouched text, the end not included.",
        epilog="examples:\n  python -m analysis annotate seeds -o marks.jsonl\n"
               "  python -m analysis annotate a.txt b.md | head -1",
        formatter_class=argparse.RawDescriptionHelpFormatter)
    annotate.add_argument("inputs", nargs="+", metavar="INPUT",
                          help=".txt or .md files, folders of them, or .jsonl files with a \"text\" in each line")
    annotate.add_argument("-o", "--out", metavar="FILE", help="write here instead of the screen")
    annotate.add_argument("--backend", default="rules", metavar="NAME",
                          help="who finds the names: rules (default), or spacy:MODEL")
    annotate.add_argument("--jobs", type=_positive, default=1, metavar="N", help="processes to use (default 1)")
    annotate.set_defaults(run=_annotate)
    return parser


def _positive(text: str) -> int:
    value = int(text) if text.isdigit() else 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return value


def _annotate(arguments: argparse.Namespace) -> int:
    errors = 0
    out = open(arguments.out, "w", encoding="utf-8") if arguments.out else nullcontext(sys.stdout)  # noqa: SIM115
    with out as file:
        for line in _records(iter_articles(arguments.inputs), arguments.backend, arguments.jobs):
            if isinstance(line, ArticleError):
                errors += 1
                print(f"error: {line}", file=sys.stderr)
            else:
                _write(line, file)
    return int(errors > 0)


def _write(line: str, file: TextIO) -> None:
    file.write(line + "\n")


def _records(items: Iterable[Article | ArticleError], backend: str, jobs: int) -> Iterator[str | ArticleError]:
    work = partial(_record, backend=backend)
    if jobs == 1:
        yield from map(work, items)
        return
    from concurrent.futures import ProcessPoolExecutor

    items = iter(items)
    with ProcessPoolExecutor(jobs) as pool:     # a bounded block at a time: memory does not grow with the input
        while block := list(islice(items, BATCH * jobs * 4)):
            yield from pool.map(work, block, chunksize=BATCH)


def _record(item: Article | ArticleError, *, backend: str) -> str | ArticleError:
    from analysis.pipeline import annotate, to_record

    if isinstance(item, ArticleError):
        return item
    return json.dumps(to_record(annotate(item, backend=backend)), ensure_ascii=False)
