"""The command line: `python -m analysis annotate | report`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from analysis import __version__


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
               "  python -m analysis annotate a.txt b.md | head -1\n"
               "  python -m analysis annotate archive.zip -o marks.jsonl --jobs 4",
        formatter_class=argparse.RawDescriptionHelpFormatter)
    _add_inputs(annotate)
    annotate.add_argument("-o", "--out", metavar="FILE", help="write here instead of the screen")
    annotate.add_argument("--errors", metavar="FILE",
                          help="write what could not be read here (default: errors.jsonl beside the output file)")
    annotate.add_argument("--backend", default="rules", metavar="NAME",
                          help="who finds the names: rules (default), or spacy:MODEL")
    annotate.add_argument("--jobs", type=_positive, default=1, metavar="N", help="processes to use (default 1)")
    annotate.add_argument("--near-duplicates", type=_share, nargs="?", const=0.8, metavar="SHARE",
                          help="also tell articles that share this much of their five-word sequences with an earlier "
                               "one (default 0.8)")
    annotate.set_defaults(run=_annotate)
    _add_corpus(commands)
    return parser


def _add_corpus(commands: argparse._SubParsersAction) -> None:
    corpus = commands.add_parser(
        "corpus", help="annotate any number of articles into Parquet tables, here or on a Dask cluster",
        description="Annotate any number of articles into a folder of Parquet tables. A run that is interrupted goes "
                    "on where it stopped when it is started again, and ends with the same bytes.",
        epilog="examples:\n  python -m analysis corpus archive.jsonl tables --jobs 8\n"
               "  python -m analysis corpus archive/ tables --scheduler tcp://10.0.0.5:8786",
        formatter_class=argparse.RawDescriptionHelpFormatter)
    _add_inputs(corpus)
    corpus.add_argument("sink", metavar="SINK", help="the folder to write to")
    corpus.add_argument("--scheduler", metavar="ADDRESS",
                        help="a Dask scheduler, such as tcp://10.0.0.5:8786 (default: processes on this machine)")
    corpus.add_argument("--jobs", type=_positive, metavar="N", help="processes on this machine (default: its cores)")
    corpus.add_argument("--backend", default="rules", metavar="NAME", help="who finds the names (see annotate)")
    corpus.add_argument("--partition", type=_positive, default=256, metavar="N",
                        help="articles in a part (default 256)")
    corpus.add_argument("--near-duplicates", type=_share, nargs="?", const=0.8, metavar="SHARE",
                        help="also write near_duplicates.parquet: articles that share this much (default 0.8)")
    corpus.set_defaults(run=_corpus)


def _corpus(arguments: argparse.Namespace) -> int:
    from analysis.corpus import run

    return run(arguments)


def _add_inputs(command: argparse.ArgumentParser) -> None:
    command.add_argument("inputs", nargs="+", metavar="INPUT",
                         help="files (.txt .md .html .docx .pdf .jsonl .csv .parquet .zip), folders of them, or - for "
                              "standard input")
    command.add_argument("--text-column", metavar="NAME", help="the column or JSON field with the text")
    command.add_argument("--id-column", metavar="NAME", help="the column or JSON field with the id")


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
    from analysis.batch import run

    return run(arguments)
