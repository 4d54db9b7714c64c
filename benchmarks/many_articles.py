"""Many articles: one process against two, and a Dask cluster killed half-way and resumed, to the byte.

    python benchmarks/many_articles.py [--articles 100000] [--paragraphs 12] [--folder FOLDER]

Prints articles a second, the gain of the second process, and the largest memory of any process; then whether the
interrupted run ended with the same bytes as an uninterrupted one. Articles are invented.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from analysis.teaching.invented import invented_articles


def write_articles(path: Path, count: int, paragraphs: int) -> None:
    """Write invented articles as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for article in invented_articles(count, paragraphs=paragraphs):
            row = {
                "doc_id": article.doc_id,
                "text": article.text,
                "outlet": article.outlet,
                "published": article.published,
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


class Watch(threading.Thread):
    """Watches a process and its children, and keeps the largest resident memory of any one of them."""

    def __init__(self, process: subprocess.Popen) -> None:
        super().__init__(daemon=True)
        self.process, self.highest = process, 0

    def run(self) -> None:
        while self.process.poll() is None:
            try:
                root = psutil.Process(self.process.pid)
                sizes = [p.memory_info().rss for p in (root, *root.children(recursive=True))]
                self.highest = max(self.highest, *sizes)
            except psutil.Error:
                pass
            time.sleep(0.05)


def timed(*arguments: str) -> tuple[float, float]:
    """Seconds by the clock of `python -m analysis ...`, and the largest memory of any of its processes in MB."""
    return watched("-m", "analysis", *arguments)


def watched(*arguments: str) -> tuple[float, float]:
    """The same of any call of Python."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments])
    watch = Watch(process)
    watch.start()
    if process.wait():
        sys.exit(f"python {' '.join(arguments)} ended with {process.returncode}")
    return time.perf_counter() - start, watch.highest / 2**20


def processor_seconds() -> float:
    """Of all processes that this one started and that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def digest(path: Path) -> str:
    """One SHA-256 of a file, or of all files of a folder with their names."""
    total = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            total.update(file.relative_to(path).as_posix().encode() + b"\0")
            with file.open("rb") as content:
                total.update(hashlib.file_digest(content, "sha256").digest())
    return total.hexdigest()


def processes(source: Path, folder: Path, count: int) -> None:
    """`annotate` with one process and with two."""
    seconds = {}
    for jobs in (1, 2):
        out = folder / f"marks-{jobs}.jsonl"
        before = processor_seconds()
        seconds[jobs], memory = timed("annotate", str(source), "-o", str(out), "--jobs", str(jobs))
        print(
            f"annotate --jobs {jobs}: {seconds[jobs]:.0f} s, {count / seconds[jobs]:.0f} articles a second, "
            f"{processor_seconds() - before:.0f} processor seconds, at most {memory:.0f} MB in a process; load "
            f"{os.getloadavg()[0]:.1f}",
            flush=True,
        )
    same = digest(folder / "marks-1.jsonl") == digest(folder / "marks-2.jsonl")
    print(f"two processes against one: {seconds[1] / seconds[2]:.2f} times as fast; same bytes: {same}", flush=True)


def interrupted(source: Path, folder: Path, count: int) -> None:
    """`corpus` on a LocalCluster, whole; and killed half-way, then resumed."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        seconds, _ = timed("corpus", str(source), str(folder / "whole"), "--scheduler", address)
        print(f"corpus on a LocalCluster of two: {seconds:.0f} s, {count / seconds:.0f} articles a second", flush=True)
        half = json.loads((folder / "whole/manifest.json").read_text("utf-8"))["parts"] // 2
        arguments = ["corpus", str(source), str(folder / "again"), "--scheduler", address]
        process = subprocess.Popen([sys.executable, "-m", "analysis", *arguments], start_new_session=True)
        while not (folder / f"again/done/part-{half:05d}.json").exists():
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        done = len(list((folder / "again/done").glob("*.json")))
        seconds, _ = timed(*arguments)
        print(
            f"killed after {done} parts; resumed in {seconds:.0f} s; same bytes: "
            f"{digest(folder / 'whole') == digest(folder / 'again')}",
            flush=True,
        )


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--paragraphs", type=int, default=12, help="of about 25 words, in each article (default 12)")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        write_articles(folder / "in.jsonl", options.articles, options.paragraphs)
        print(f"{options.articles:,} articles, {(folder / 'in.jsonl').stat().st_size / 1e6:.0f} MB", flush=True)
        processes(folder / "in.jsonl", folder, options.articles)
        interrupted(folder / "in.jsonl", folder, options.articles)


if __name__ == "__main__":
    main()
