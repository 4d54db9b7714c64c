"""The command line: `python -m analysis annotate | read | report`."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TextIO

from analysis import __version__
from analysis.article import Article, ArticleError, iter_articles

INPUTS = 'a .txt or .md file, a folder of them, or a .jsonl file with a "text" in each line'
BATCH = 32      # articles a process is handed at a time


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code: 0, 1 where some input could not be read, 2 for a wrong call."""
    arguments = _parser().parse_args(argv)
    try:
        return arguments.run(arguments)
    except BrokenPipeError:     # `... | head` has seen enough
        sys.stderr.close()
        return 1
    except OSError as error:
        print(f"error: {error}; check the path and whether you may write there", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Read the news closely: who is said to say what, how sure, and about whom.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_annotate(commands)
    _add_read(commands)
    _add_report(commands)
    return parser


def _add_annotate(commands: argparse._SubParsersAction) -> None:
    annotate = _command(
        commands, "annotate", _annotate, "mark every article and write the marks as JSON lines",
        "Mark attributions, hedges and names in articles. One line of JSON out per article in, in the same order; all "
        "offsets count characters of the untouched text, the end not included.",
        "python -m analysis annotate seeds -o marks.jsonl", "python -m analysis annotate a.txt b.md | head -1")
    annotate.add_argument("inputs", nargs="+", metavar="INPUT", help=INPUTS)
    annotate.add_argument("-o", "--out", metavar="FILE", help="write here instead of the screen")
    annotate.add_argument("--jobs", type=_positive, default=1, metavar="N", help="processes to use (default 1)")


def _add_read(commands: argparse._SubParsersAction) -> None:
    read = _command(
        commands, "read", _read, "show one article with its marks, as a page",
        "Write one article as a page of its own (HTML): whose words each passage is, what is hedged and who is named, "
        "with the reason for every mark. The page needs no other file and asks nothing of the network.",
        "python -m analysis read article.txt -o page.html")
    read.add_argument("input", metavar="FILE", help="a .txt or .md file, or a .jsonl file with one line")
    read.add_argument("-o", "--out", metavar="FILE", help="write here instead of the screen")


def _add_report(commands: argparse._SubParsersAction) -> None:
    report = _command(
        commands, "report", _report, "write a report: a page, figures, tables",
        "Mark articles and write a report on them into a folder: index.html (the page, all in one file), figures/ "
        "(SVG, PNG, PDF and CSV), tables/ (CSV) and manifest.json (inputs, versions, rules). The same input gives the "
        "same bytes.",
        "python -m analysis report seeds", "python -m analysis report a.txt b.txt --out my-report",
        "python -m analysis report seeds --format html,pdf,docx,xlsx,parquet")
    report.add_argument("inputs", nargs="+", metavar="INPUT", help=INPUTS)
    report.add_argument("-o", "--out", metavar="DIR", default="report",
                        help="the folder to write into (default: report); files of an earlier report are replaced")
    report.add_argument("--format", type=lambda names: names.split(","), default=["html"], metavar="LIST",
                        help="html is always made; add pdf (by Chromium), docx (by pandoc), xlsx, parquet, with commas "
                             "between them")


def _command(commands: argparse._SubParsersAction, name: str, run: Callable[[argparse.Namespace], int], summary: str,
             description: str, *examples: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=textwrap.fill(description, 80),
                                 epilog="\n  ".join(["examples:", *examples]),
                                 formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--backend", default="rules", metavar="NAME",
                        help="who finds the names: rules (default), or spacy:MODEL")
    parser.set_defaults(run=run)
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


def _read(arguments: argparse.Namespace) -> int:
    from analysis.pipeline import annotate
    from analysis.reading import reading_page

    articles, errors = _split(iter_articles(arguments.input))
    if len(articles) > 1:
        print(f"error: {arguments.input}: {len(articles)} articles in it; a page shows one. Give one file, or use "
              f"report", file=sys.stderr)
        return 1
    for article in articles:
        page = reading_page(annotate(article, backend=arguments.backend))
        if arguments.out:
            Path(arguments.out).write_text(page, "utf-8")
            print(arguments.out)
        else:
            sys.stdout.write(page)
    return int(errors > 0)


def _report(arguments: argparse.Namespace) -> int:
    from tqdm import tqdm

    from analysis.pipeline import annotate
    from analysis.report import FORMATS, write_report

    wrong = [name for name in arguments.format if name not in FORMATS]
    if wrong:
        print(f"error: --format {wrong[0]!r}; allowed are {', '.join(FORMATS)}", file=sys.stderr)
        return 2
    articles, errors = _split(iter_articles(arguments.inputs))
    problems: list[str] = []
    if articles:        # a bar on a terminal, nothing elsewhere
        documents = [annotate(article, backend=arguments.backend)
                     for article in tqdm(articles, "articles", disable=None)]
        print(write_report(documents, arguments.out, formats=arguments.format, missing=problems.append, progress=True))
    for problem in problems:
        print(f"left out: {problem}", file=sys.stderr)
    return int(errors > 0 or bool(problems))


def _split(items: Iterable[Article | ArticleError]) -> tuple[list[Article], int]:
    """The articles that could be read, each doc_id once; the others are told of, and counted."""
    articles: dict[str, Article] = {}
    errors = 0
    for item in items:
        if isinstance(item, Article) and item.doc_id not in articles:
            articles[item.doc_id] = item
            continue
        errors += 1
        if isinstance(item, Article):
            item = f"{item.path}: doc_id {item.doc_id!r} is there already; rename the file, or leave it out"
        print(f"error: {item}", file=sys.stderr)
    return list(articles.values()), errors
