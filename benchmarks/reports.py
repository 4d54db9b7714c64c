"""Reports on few and many articles: time, memory and size.

    python benchmarks/reports.py [--articles 1,8,171,2000] [--paragraphs 16] [--folder FOLDER]

Prints a table, which `results.py --reports FILE` puts into RESULTS.md. Articles are invented.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from many_articles import processor_seconds, timed, write_articles

JOBS = 2


def megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    """Read the command line, write the reports, measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", default="1,8,171,2000", help="how many, with commas (default 1,8,171,2000)")
    parser.add_argument("--paragraphs", type=int, default=16, help="paragraphs of an article (default 16: 400 words)")
    parser.add_argument("--folder", type=Path, help="where the articles and reports go (default: a folder of its own)")
    options = parser.parse_args()
    print(f"Invented articles of {25 * options.paragraphs} words, `report --jobs {JOBS}`, with all figures.\n")
    print(
        "| articles | seconds by the clock | processor seconds | memory of the largest process, MB | page, MB "
        "| whole folder, MB | load |"
    )
    print("|---:|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        for count in map(int, options.articles.split(",")):
            source, out = Path(name, f"{count}.jsonl"), Path(name, f"report-{count}")
            write_articles(source, count, options.paragraphs)
            before = processor_seconds()
            page = out / "index.html"
            seconds, memory = timed("report", str(source), "--out", str(out), "--jobs", str(JOBS))
            print(
                f"| {count:,} | {seconds:.0f} | {processor_seconds() - before:.0f} | {memory:.0f} "
                f"| {page.stat().st_size / 1e6:.1f} | {megabytes(out):.0f} | {os.getloadavg()[0]:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
