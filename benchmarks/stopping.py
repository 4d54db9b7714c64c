"""Commands stopped at any moment: no process is left, and what was written is whole, or a prefix of whole lines.

    python benchmarks/stopping.py [--trials 30] [--seed 1] [--articles 300] [--figures voices,entities]

TERM and KILL go to the command alone, as from timeout, systemd or a scheduler; INT goes to all of its processes, as
Ctrl-C in a terminal does. Each comes at a moment drawn from the time that the command takes.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.teaching.invented import invented_articles

GONE = 3.0  # seconds after which no process may be left
SIGNALS = (signal.SIGTERM, signal.SIGKILL, signal.SIGINT)
COMMANDS = {
    "annotate": ("annotate", "in.jsonl", "-o", "out.jsonl", "--jobs", "2"),
    "corpus": ("corpus", "in.jsonl", "sink", "--jobs", "2", "--partition", "20"),
    "report": ("report", "in.md", "-o", "report"),
}


def make_inputs(folder: Path, count: int = 300) -> None:
    """Invented articles: many as JSON lines, one as a file."""
    articles = list(invented_articles(count, paragraphs=8))
    lines = (json.dumps({"doc_id": a.doc_id, "text": a.text}) + "\n" for a in articles)
    (folder / "in.jsonl").write_text("".join(lines), "utf-8")
    (folder / "in.md").write_text(articles[0].text, "utf-8")


def start(command: str, folder: Path) -> subprocess.Popen:
    """Start a command in a session of its own, with a folder of its own for temporary files."""
    (folder / "tmp").mkdir(exist_ok=True)
    root = str(Path(__file__).resolve().parents[1])
    environment = os.environ | {"TMPDIR": str(folder / "tmp"), "PYTHONPATH": root}
    return subprocess.Popen(
        [sys.executable, "-m", "analysis", *COMMANDS[command]],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def whole(command: str, folder: Path) -> tuple[dict[str, bytes], float]:
    """What a run writes that nobody stops, and the seconds that it takes."""
    begin = time.perf_counter()
    process = start(command, folder)
    output, _ = process.communicate(timeout=300)
    if process.returncode:
        sys.exit(f"{command} ended with {process.returncode}: {output.decode()}")
    return written(folder), time.perf_counter() - begin


def written(folder: Path) -> dict[str, bytes]:
    """The files in a folder, by their paths."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def trial(command: str, number: signal.Signals, after: float, folder: Path, reference: dict[str, bytes]) -> list[str]:
    """Stop a command after some seconds; what is wrong then, in words."""
    process = start(command, folder)
    time.sleep(after)
    if number is signal.SIGINT:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    problems = []
    try:  # ends when no process holds the pipe any more
        output, _ = process.communicate(timeout=GONE)
    except subprocess.TimeoutExpired:
        problems.append(f"a process is left after {GONE:.0f} s")
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate(timeout=30)
    if b"Traceback" in output:
        problems.append("a traceback")
    for name, content in written(folder).items():
        if "unfinished" in name or name.startswith("tmp/") or name.endswith("/.manifest.json"):
            problems.append(f"a temporary file: {name}")
        elif name not in reference:
            problems.append(f"a file that no run writes: {name}")
        elif command == "annotate" and name == "out.jsonl":
            if not reference[name].startswith(content) or not (content == b"" or content.endswith(b"\n")):
                problems.append(f"no prefix of whole lines: {name}")
        elif content != reference[name]:
            problems.append(f"not whole: {name}")
    return problems


def trials(
    commands: Sequence[str], count: int, seed: int, articles: int, folder: Path
) -> Iterator[tuple[str, str, int, list[str]]]:
    """For each command and signal: the number of trials, and what was wrong in them."""
    draw = random.Random(seed)
    inputs = folder / "inputs"
    inputs.mkdir()
    make_inputs(inputs, articles)
    for command in commands:
        base = folder / command
        shutil.copytree(inputs, base)
        reference, seconds = whole(command, base)
        for number in SIGNALS:
            problems = []
            for k in range(count):
                place = folder / f"{command}-{number.name}-{k}"
                shutil.copytree(inputs, place)
                problems += trial(command, number, draw.uniform(0.15, seconds), place, reference)
                shutil.rmtree(place)
            yield command, number.name, count, problems


def main() -> None:
    """Read the command line and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trials", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=COMMANDS, default=list(COMMANDS))
    parser.add_argument("--articles", type=int, default=300, help="for annotate and corpus; fewer make a trial shorter")
    parser.add_argument("--figures", help="of the report, as its option has them; fewer make a trial shorter")
    options = parser.parse_args()
    if options.figures:
        COMMANDS["report"] += ("--figures", options.figures)
    print("| command | signal | trials | wrong |\n|---|---|---:|---|")
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        asked = (options.only, options.trials, options.seed, options.articles)
        for command, number, count, problems in trials(*asked, Path(name)):
            bad += len(problems)
            print(f"| {command} | {number} | {count} | {'; '.join(sorted(set(problems))) or 'nothing'} |", flush=True)
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
