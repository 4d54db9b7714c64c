"""The command line: `python -m analysis annotate | read | report | versions | export | lab | workshop | page | ...`."""

from __future__ import annotations

import argparse
import errno
import os
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from analysis import __version__
from analysis.inputs.formats import OF_ONE_ARTICLE, SUFFIXES
from analysis.inputs.loading import iter_articles
from analysis.stopping import stoppable
from analysis.text.article import Article, ArticleError, one_line

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.report.gathering import GatheredBatch
    from analysis.text.document import Document

INPUTS = f"a file ({' '.join(SUFFIXES)}), a folder of such files, or - for standard input"

PROGRAM = "python -m analysis"
SCRIPT = "close-reading"  # as pyproject.toml names it

WHAT_TO_DO = {
    errno.ENOENT: "create the folder first, or name another place",
    errno.EISDIR: "name a file, not a folder",
    errno.EEXIST: "a file is in the way; name another folder",
    errno.ENOTDIR: "a file is in the way; name another folder",
    errno.ENOSPC: "free some space on the disk, and run the command again",
    errno.EDQUOT: "free some space on the disk, and run the command again",
    errno.EFBIG: "the system does not allow a larger file here; name another place",
    None: "check the path, and whether you may write there",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code: 0; 1 if some input could not be read; 2 for a wrong call; 130 if it was
    stopped by hand, 143 if by TERM.
    """
    arguments = _parser().parse_args(_joined(sys.argv[1:] if argv is None else argv))
    try:
        with stoppable():
            return _run(arguments)
    except KeyboardInterrupt as stop:
        goes_on = arguments.run is _corpus
        again = "run it again, and it continues where it stopped" if goes_on else "run the command again"
        print(f"stopped: the output is incomplete; {again}", file=sys.stderr)
        return getattr(stop, "code", 130)


def _joined(argv: Sequence[str]) -> list[str]:
    """The arguments, with --split and the line after it joined, because that line may begin with a dash."""
    joined: list[str] = []
    for argument in argv:
        if joined and joined[-1] == "--split":
            joined[-1] += f"={argument}"
        else:
            joined.append(argument)
    return joined


def _run(arguments: argparse.Namespace) -> int:
    from analysis.corpora.batch import plain_warnings  # not for --help, which should be quick
    from analysis.entities.backends import BackendError
    from analysis.outputs import Refused

    # JSON lines and pages are in UTF-8, whatever the terminal's setting
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        _check_backend(arguments)
        with plain_warnings():
            code = arguments.run(arguments)
            if sys.stdout is not None:
                sys.stdout.flush()  # this reports a full disk
            return code
    except BackendError as error:
        print(f"error: --backend: {error}", file=sys.stderr)
        return 2
    except Refused as error:
        print(f"error: {one_line(str(error))}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # `... | head` has seen enough
        sys.stderr.close()
        return 1
    except OSError as error:
        written = getattr(arguments, "out", None) or "standard output"
        place = one_line(str(error.filename or written)) + ": "
        print(
            f"error: {place}{error.strerror or error}; {WHAT_TO_DO.get(error.errno, WHAT_TO_DO[None])}", file=sys.stderr
        )
        return 1


def _check_backend(arguments: argparse.Namespace) -> None:
    """Raises BackendError for a backend that cannot be used, before anything is read."""
    from analysis.entities.backends import describe_backend, pipeline_name

    name = pipeline_name(getattr(arguments, "backend", "rules"))
    if name and not getattr(arguments, "scheduler", None):  # the workers of a cluster have their own
        describe_backend(arguments.backend)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=_program(),
        description="Read the news closely: who is said to say what, how sure, and about whom.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_annotate(commands)
    _add_corpus(commands)
    _add_read(commands)
    _add_report(commands)
    _add_versions(commands)
    _add_copies(commands)
    _add_sharing(commands)
    _add_materials(commands)
    return parser


def command_helps(width: int) -> list[tuple[str, str]]:
    """The commands with their help, as lines of at most `width` characters, for the documentation."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = str(width + 2)  # argparse uses the width of the terminal, less two
    try:
        (commands,) = (a for a in _parser()._actions if isinstance(a, argparse._SubParsersAction))
        return [(name, parser.format_help().rstrip()) for name, parser in commands.choices.items()]
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before


def _program() -> str:
    """The command as it was called: by its own name if the package was installed with pipx or pip."""
    return SCRIPT if os.path.splitext(os.path.basename(sys.argv[0]))[0] == SCRIPT else PROGRAM


def _add_annotate(commands: argparse._SubParsersAction) -> None:
    annotate = _command(
        commands,
        "annotate",
        _annotate,
        "mark every article and write the marks as JSON lines",
        "Mark attributions, hedges and names in articles. Writes one line of JSON per article, in the same order; "
        "all offsets count characters of the untouched text, and the end is not included.",
        "python -m analysis annotate seeds -o marks.jsonl",
        "python -m analysis annotate a.txt b.md | head -1",
        "python -m analysis annotate archive.zip -o marks.jsonl --jobs 4",
    )
    _add_inputs(annotate)
    annotate.add_argument("-o", "--out", metavar="FILE", help="write here instead of the screen")
    annotate.add_argument(
        "--errors",
        metavar="FILE",
        help="list what could not be read in this file (default: errors.jsonl next to the output file)",
    )
    annotate.add_argument("--jobs", type=_positive, default=1, metavar="N", help="processes to use (default 1)")
    annotate.add_argument(
        "--near-duplicates",
        type=_share,
        nargs="?",
        const=0.8,
        metavar="SHARE",
        help="also flag articles that share this much of their five-word sequences with an earlier one (default 0.8)",
    )
    annotate.add_argument(
        "--with",
        dest="extra",
        action="append",
        choices=["grammar"],
        default=[],
        help="also write grammar: the part of speech of each word, and the clauses with their verb and subject",
    )


def _add_corpus(commands: argparse._SubParsersAction) -> None:
    corpus = _command(
        commands,
        "corpus",
        _corpus,
        "annotate any number of articles into Parquet tables, here or on a cluster",
        "Annotate any number of articles into a folder of Parquet tables. If a run is interrupted, start it again: "
        "it continues where it stopped, and produces the same bytes.",
        "python -m analysis corpus archive.jsonl tables --jobs 8",
        "python -m analysis corpus archive/ tables --scheduler tcp://10.0.0.5:8786",
    )
    _add_inputs(corpus)
    corpus.add_argument("sink", metavar="SINK", help="the folder to write to")
    corpus.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="a Dask scheduler, such as tcp://10.0.0.5:8786 (default: processes on this machine)",
    )
    corpus.add_argument("--jobs", type=_positive, metavar="N", help="processes on this machine (default: one per core)")
    corpus.add_argument("--partition", type=_positive, default=256, metavar="N", help="articles per part (default 256)")
    corpus.add_argument(
        "--near-duplicates",
        type=_share,
        nargs="?",
        const=0.8,
        metavar="SHARE",
        help="also write near_duplicates.parquet: articles that share this much (default 0.8)",
    )


def _add_reading(command: argparse.ArgumentParser) -> None:
    """The options about the texts that every command has."""
    command.add_argument(
        "--split",
        metavar="LINE",
        help="the line that separates the articles in a plain text, such as '***', or a pattern that matches the "
        "whole line",
    )
    command.add_argument(
        "--any-language",
        action="store_true",
        help="also mark texts in other languages, as if they were English (default: report them and mark nothing)",
    )
    command.add_argument(
        "--repair",
        action="store_true",
        help="repair texts whose UTF-8 was read as Windows-1252 (donâ€™t), and record it",
    )


def _add_inputs(command: argparse.ArgumentParser) -> None:
    command.add_argument("inputs", nargs="+", metavar="INPUT", help=INPUTS)
    command.add_argument("--text-column", metavar="NAME", help="the column or JSON field with the text")
    command.add_argument("--id-column", metavar="NAME", help="the column or JSON field with the id")
    _add_reading(command)


def _add_read(commands: argparse._SubParsersAction) -> None:
    read = _command(
        commands,
        "read",
        _read,
        "show one article with its marks, as a page",
        "Write one article as a single page (HTML) that shows whose words each passage is, what is hedged and who is "
        "named, with the reason for every mark. The page needs no other file and works offline.",
        "python -m analysis read article.txt",
        "python -m analysis read article.txt -o page.html",
    )
    read.add_argument("input", metavar="FILE", help=f"a file with one article ({' '.join(OF_ONE_ARTICLE)})")
    read.add_argument(
        "-o",
        "--out",
        metavar="PAGE",
        help="write here instead of FILE.html; - means the screen (the default for standard input)",
    )
    _add_reading(read)


def _add_report(commands: argparse._SubParsersAction) -> None:
    report = _command(
        commands,
        "report",
        _report,
        "write a report: a page, figures, tables",
        "Mark articles and write a report on them into a folder: index.html (the whole page in one file), figures/ "
        "(SVG, PNG and CSV), tables/ (CSV) and manifest.json (inputs, versions, rules). The same input gives the "
        "same bytes.",
        "python -m analysis report seeds",
        "python -m analysis report a.txt b.txt --out my-report",
        "python -m analysis report seeds --format html,pdf,docx,xlsx,parquet",
        "python -m analysis report seeds --width '16 cm' --style house.toml",
    )
    _add_inputs(report)
    report.add_argument(
        "-o",
        "--out",
        metavar="DIR",
        default="report",
        help="the folder to write into (default: report); replaces the files of an earlier report",
    )
    report.add_argument(
        "--format",
        type=_names,
        default=["html"],
        metavar="LIST",
        help="html is always written; add pdf (needs Chromium; figures too), docx, xlsx, parquet, separated by commas",
    )
    report.add_argument(
        "--paper", choices=["a4", "letter"], default="a4", help="the paper of the PDF and the Word file (default: a4)"
    )
    report.add_argument("--jobs", type=_positive, default=1, metavar="N", help="processes to use (default 1)")
    report.add_argument("--open", action="store_true", help="open the page in the browser once it is written")
    report.add_argument(
        "--figures",
        type=_names,
        metavar="LIST",
        help="draw only these figures, by the names of their files, such as voices,chains (default: all)",
    )
    report.add_argument(
        "--style", metavar="FILE", help="a style file (TOML) for the figures: width, font, colours, numbers ..."
    )
    report.add_argument("--width", metavar="WIDTH", help="how wide the figures are, such as '16 cm' or '6.3 in'")


def _add_versions(commands: argparse._SubParsersAction) -> None:
    versions = _command(
        commands,
        "versions",
        _versions,
        "show what changed from one version of an article to the next",
        "Show the versions of an article side by side, oldest first, and list what changed: sources, words of "
        "saying, hedges, quotations, numbers, dates, names, the order, the headline, correction notes. For each "
        "change you see the place in both texts and the reason it is listed, but not why the text was changed.",
        "python -m analysis versions monday.txt tuesday.txt -o page.html",
        "python -m analysis versions v1.txt v2.txt v3.txt -o changes --format html,csv,json",
    )
    _add_inputs(versions)
    versions.add_argument(
        "-o", "--out", metavar="FILE", help="write here instead of the screen; each format adds its own ending"
    )
    versions.add_argument(
        "--format",
        type=_names,
        metavar="LIST",
        help="html (the page), csv, json (default: html)",
    )


def _add_copies(commands: argparse._SubParsersAction) -> None:
    copies = _command(
        commands,
        "copies",
        _copies,
        "list which articles share passages, word for word or nearly",
        "Compare many articles and write a table of those that share passages (CSV): how many, how long, and which "
        "of the two is dated first. The table cannot show who copied from whom, or whether both copied a third text.",
        "python -m analysis copies archive.jsonl -o copies.csv",
    )
    _add_inputs(copies)
    copies.add_argument("-o", "--out", metavar="FILE", help="write here instead of the screen")
    copies.add_argument(
        "--least",
        type=_positive,
        default=20,
        metavar="N",
        help="the fewest words that two articles must share (default 20)",
    )


def _add_sharing(commands: argparse._SubParsersAction) -> None:
    from analysis.exchange.names import NAMES

    export = _command(
        commands,
        "export",
        _later("sharing.commands", "run_export"),
        "write the marks in the format of another tool",
        "Mark articles and write the marks into a folder, in a format that annotation tools and corpus linguists use. "
        "docs/formats.md says what each format carries.",
        "python -m analysis export seeds --to cas -o for-inception",
    )
    _add_inputs(export)
    export.add_argument("--to", required=True, choices=NAMES, metavar="FORMAT", help=f"one of {', '.join(NAMES)}")
    export.add_argument("-o", "--out", required=True, metavar="DIR", help="the folder to write into")
    export.add_argument("--no-marks", action="store_true", help="write the texts alone, to annotate from scratch")
    back = _command(
        commands,
        "import",
        _later("sharing.commands", "run_import"),
        "read marks made or corrected with another tool",
        "Read marks in the format of another tool and write them as JSON lines, as annotate does.",
        "python -m analysis import from-inception.zip -o marks.jsonl",
    )
    back.add_argument("inputs", nargs="+", metavar="INPUT", help="a file with marks, a folder or a zip of such files")
    back.add_argument(
        "--from", dest="format", choices=NAMES, metavar="FORMAT", help="the format (default: detected for each file)"
    )
    back.add_argument("-o", "--out", metavar="FILE", help="write here instead of the screen")
    agree = _command(
        commands,
        "agree",
        _later("sharing.agreeing", "run"),
        "compare people's marks with each other and with the rules",
        "Compare the marks of several people, in any of the formats, with each other and with the rules: precision, "
        "recall, kappa and alpha, and a page with every disagreement.",
        "python -m analysis agree Ada=ada.zip Ben=ben.tsv -o agree.html",
    )
    agree.add_argument("people", nargs="+", metavar="[NAME=]MARKS", help="one person's marks: a file, folder or zip")
    agree.add_argument("-o", "--out", metavar="FILE", help="write the page here")


def _add_materials(commands: argparse._SubParsersAction) -> None:
    lab = _command(
        commands,
        "lab",
        _later("materials", "run_lab"),
        "open JupyterLab on your own copies of the notebooks",
        "Copy the notebooks and the articles they read, and open JupyterLab on the copies. An existing copy is never "
        "overwritten.",
        "python -m analysis lab",
        "python -m analysis lab --folder my-reading --no-browser",
        "python -m analysis lab -- --port=8899",
        marks=False,
    )
    lab.add_argument(
        "--folder",
        metavar="DIR",
        help="where the copies go (default: the project's folder, or close-reading/ here if the package is installed)",
    )
    lab.add_argument("--no-browser", action="store_true", help="print the address instead of opening a browser")
    lab.add_argument("jupyter", nargs="*", metavar="-- OPTION", help="options of JupyterLab itself")
    workshop = _command(
        commands,
        "workshop",
        _later("materials", "run_workshop"),
        "write the handouts for a class, as a folder of pages",
        "Write the folder of the workshop: a facilitator's guide, handouts, and worksheets with and without marks. "
        "It opens in any browser, even from a USB stick.",
        "python -m analysis workshop",
        "python -m analysis workshop -o for-monday",
        marks=False,
    )
    workshop.add_argument("-o", "--out", metavar="DIR", help="the folder to write into (default: workshop)")
    page = _command(
        commands,
        "page",
        _later("materials", "run_page"),
        "build the page that reads articles in a browser, as one file",
        "Build close-reading.html: a single file with Python and all rules inside, into which you paste articles. "
        "Building it for the first time needs a network; the page itself does not.",
        "python -m analysis page",
        "python -m analysis page --site -o public",
        marks=False,
    )
    page.add_argument(
        "-o", "--out", metavar="FILE", help="write here (default: close-reading.html; a folder with --site)"
    )
    page.add_argument("--site", action="store_true", help="a folder for a web server instead of one file")


def _later(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """A command from another module, which is loaded when it runs."""

    def run(arguments: argparse.Namespace) -> int:
        from importlib import import_module

        code: int = getattr(import_module(f"analysis.{module}"), name)(arguments)
        return code

    return run


def _command(
    commands: argparse._SubParsersAction,
    name: str,
    run: Callable[[argparse.Namespace], int],
    summary: str,
    description: str,
    *examples: str,
    marks: bool = True,
) -> argparse.ArgumentParser:
    """A command with its help; `marks` says that it marks articles, so it has an option for what finds the names."""
    parser = commands.add_parser(
        name,
        help=summary,
        description=textwrap.fill(description, 80),
        epilog="\n  ".join(["examples:", *examples]).replace(PROGRAM, _program()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    if marks:
        parser.add_argument(
            "--backend", default="rules", metavar="NAME", help="what finds the names: rules (default), or spacy:MODEL"
        )
    parser.set_defaults(run=run)
    return parser


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]


def _positive(text: str) -> int:
    value = int(text) if text.isdigit() else 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return value


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.3 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0.3 to 1")
    return value


def _annotate(arguments: argparse.Namespace) -> int:
    from analysis.corpora.batch import run

    return run(arguments)


def _corpus(arguments: argparse.Namespace) -> int:
    from analysis.corpora.corpus import run

    return run(arguments)


def _read(arguments: argparse.Namespace) -> int:
    from analysis.annotation import each_corrected
    from analysis.corpora.batch import read_options
    from analysis.outputs import Output, check_outputs, is_page, write_whole
    from analysis.reading import reading_page

    source = arguments.input
    if source and os.path.isdir(source):
        print(
            f"error: {one_line(source)}: this is a folder, but a page shows one article; give one of its files, or "
            f"use report",
            file=sys.stderr,
        )
        return 1
    out = arguments.out if arguments.out is not None else "-" if source == "-" else f"{source}.html"
    if out != "-" and (arguments.out is not None or os.path.exists(source)):
        check_outputs([Output(out, is_page, instead="name another file with -o")], [source])
    articles, errors = _split(iter_articles(source, options=read_options(arguments)))
    if len(articles) > 1:
        print(
            f"error: {one_line(source)}: it contains {len(articles)} articles, but a page shows one; give one file, "
            "or use "
            f"report",
            file=sys.stderr,
        )
        return 1
    documents, wrong = _split_documents(
        each_corrected(articles, backend=arguments.backend, any_language=arguments.any_language)
    )
    for document in documents:
        page = reading_page(document)
        if out == "-":
            sys.stdout.write(page)
        else:
            write_whole(out, page.encode())
            print(f"the page: {out}" if arguments.out is None else out)
    return int(errors + wrong > 0)


def _wrong_style(arguments: argparse.Namespace) -> str:
    """Why the figures cannot be drawn as --style and --width ask; empty if they can."""
    from analysis.figures.theme import StyleError, resolved, style

    for option, file, width in (("--style", arguments.style, None), ("--width", arguments.style, arguments.width)):
        try:
            with style(file, **({"width": width} if width else {}), rc=False):
                resolved()
        except StyleError as error:
            return f"{option}: {error}"
        except OSError as error:
            return f"--style {arguments.style}: {error.strerror}; give a TOML file with options for figures"
    return ""


def _report(arguments: argparse.Namespace) -> int:
    import logging

    from tqdm import tqdm

    # Without a home folder it keeps its fonts elsewhere; that is not worth a warning.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    from analysis.corpora.batch import read_options
    from analysis.report import write_gathered
    from analysis.report.exports import missing_tools
    from analysis.report.folder import check_folder

    told = _wrong_call_of_report(arguments) or _wrong_style(arguments)
    if told:
        print(f"error: {one_line(told)}", file=sys.stderr)
        return 2
    check_folder(arguments.out, arguments.inputs)
    articles, errors = _split(iter_articles(arguments.inputs, options=read_options(arguments)))
    problems: list[str] = []
    missing = missing_tools(arguments.format)
    for problem in missing.values():  # before the work, so that nobody waits for something that will not come
        print(f"left out: {problem}", file=sys.stderr)
    parts, wrong = [], 0
    with tqdm(total=len(articles), desc="articles", disable=None) as bar:  # a bar on a terminal, nothing elsewhere
        for found in _gathered(articles, arguments):
            parts.append(found.gathered)
            problems += found.left_out
            bar.update(found.n_articles)
            for error in found.errors:
                wrong += 1
                print(f"error: {error}", file=sys.stderr)
    if any(part.texts for part in parts):
        page = write_gathered(
            parts,
            arguments.out,
            formats=arguments.format,
            figures=arguments.figures,
            style=arguments.style,
            width=arguments.width,
            missing=problems.append,
            progress=True,
            paper=arguments.paper,
        )
        print(page)
        if arguments.open:
            _open(page)
    for problem in problems:
        if problem not in missing.values():
            print(f"left out: {problem}", file=sys.stderr)
    return int(errors + wrong > 0 or bool(problems))


def _wrong_call_of_report(arguments: argparse.Namespace) -> str:
    """What is wrong with the call, checked before anything is read; "" if nothing is."""
    from analysis.report import FIGURES, FORMATS

    for option, given, allowed in (
        ("--format", arguments.format, FORMATS),
        ("--figures", arguments.figures or (), [figure.name for figure in FIGURES]),
    ):
        wrong = [name for name in given if name not in allowed]
        if wrong:
            return f"{option}: unknown name {wrong[0]!r}; choose from {', '.join(allowed)}"
    return ""


def _gathered(articles: list[Article], arguments: argparse.Namespace) -> Iterator[GatheredBatch]:
    """What a report needs from the articles, batch by batch, from this process or from --jobs others."""
    from contextlib import closing
    from functools import partial

    from analysis.corpora.batch import BATCH, BATCH_CHARS, batched, collect_seldom, died
    from analysis.corpora.parallel import Here, Processes, in_order
    from analysis.inputs.sidecars import Sidecars
    from analysis.report.gathering import GatheredBatch, Numbered, gather_batch

    work = partial(
        gather_batch,
        backend=arguments.backend,
        any_language=arguments.any_language,
        word="docx" in arguments.format,
    )
    items = (Numbered(number, known) for number, known in enumerate(Sidecars().beside(articles), 1))
    jobs = arguments.jobs
    with closing(Processes(jobs, initializer=collect_seldom) if jobs > 1 else Here()) as workers:
        for found in in_order(
            work,
            batched(items, BATCH, BATCH_CHARS),
            workers,
            lambda item: GatheredBatch.of_error(died(item.known)),
        ):
            yield from found


def _open(page: Path) -> None:
    """Open a page in the browser; if there is none, say what to do."""
    import webbrowser

    address = page.resolve().as_uri()
    if not webbrowser.open(address):
        print(f"could not start a browser; open {address} in one", file=sys.stderr)


def _versions(arguments: argparse.Namespace) -> int:
    from analysis.corpora.batch import read_options
    from analysis.report.versions import run

    articles, errors = _split(iter_articles(arguments.inputs, options=read_options(arguments)))
    return run(arguments, articles) or int(errors > 0)


def _copies(arguments: argparse.Namespace) -> int:
    from analysis.corpora.batch import read_options
    from analysis.corpora.shared import run

    return run(arguments, iter_articles(arguments.inputs, options=read_options(arguments)))


def _split_documents(items: Iterable[Document | ArticleError]) -> tuple[list[Document], int]:
    """The documents, and the number of errors; the errors are printed."""
    documents, errors = [], 0
    for item in items:
        if isinstance(item, ArticleError):
            errors += 1
            print(f"error: {item}", file=sys.stderr)
        else:
            documents.append(item)
    return documents, errors


def _split(items: Iterable[Article | ArticleError]) -> tuple[list[Article], int]:
    """The articles that could be read, with different doc_ids; the others are reported and counted.

    The same file given twice is an error; another article with the same id gets "#2" (as in `corpus`), with a warning.
    """
    articles: dict[str, Article] = {}
    errors = 0
    for item in items:
        if isinstance(item, Article) and item.doc_id in articles:
            item = _with_own_id(item, articles)
        if isinstance(item, Article):
            articles[item.doc_id] = item
            continue
        errors += 1
        print(f"error: {item}", file=sys.stderr)
    return list(articles.values()), errors


def _with_own_id(article: Article, others: dict[str, Article]) -> Article | ArticleError:
    first = others[article.doc_id]
    if (article.path, article.sha256) == (first.path, first.sha256):
        return ArticleError(
            f"doc_id {article.doc_id!r} was already read from the same file; name each file only once",
            file=article.path,
        )
    number = next(n for n in count(2) if f"{article.doc_id}#{n}" not in others)
    print(
        f"warning: {article.path}: doc_id {article.doc_id!r} already exists (from {first.path}); this one is called "
        f"{article.doc_id}#{number}",
        file=sys.stderr,
    )
    return replace(article, doc_id=f"{article.doc_id}#{number}")
