"""Feed the readers and the rules with mutated bytes, by coverage (atheris), and stop at what should not be.

    pip install atheris
    python benchmarks/fuzz.py --seconds 600

Seeds are small files of each kind, made here. For any bytes, a reader must give articles or ArticleErrors; a text that
is read must be annotated with offsets that fit; and no input may take longer than in line with its size.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
import time
import warnings
import zipfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["analysis"]):
    from analysis.inputs.loading import iter_articles
    from analysis.pipeline import annotate, to_record
    from analysis.text.article import Article, ArticleError

SUFFIXES = [".txt", ".md", ".csv", ".jsonl", ".zip", ".html", ".docx", ".pdf", ".parquet"]
NEWS = (
    "Harbour vote may slip, sources say\nBy Ana Silva\n“It may rain. Or not,” Ann Reed told Reuters. Reed, who "
    "leads the Harbour Council (HC), said about 200 people could leave.\nAccording to the HC, the vote is expected "
    "to pass.\n"
)
SLOWEST = 2.0  # seconds that an input of a few kilobytes may take, on a busy machine


def seeds() -> list[bytes]:
    """One input for each kind: the number of its suffix, then the bytes of the file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", NEWS)
        archive.writestr("b.csv", "text\nA vote.\n")
    table = f'id,text,date\n1,"{NEWS}",2031-02-03\n'
    page = f"<html><head><title>T</title></head><body><article><p>{NEWS}</p></article></body></html>"
    pdf = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    files = {
        ".txt": NEWS.encode(),
        ".md": f"---\ntitle: T\npublished: 2031-02-03\n---\n{NEWS}".encode(),
        ".csv": table.encode(),
        ".jsonl": json.dumps({"doc_id": "a", "text": NEWS}).encode(),
        ".zip": packed.getvalue(),
        ".html": page.encode(),
        ".pdf": pdf,
    }
    return [bytes([SUFFIXES.index(suffix)]) + content for suffix, content in files.items()]


def check(article: Article) -> None:
    """Annotate; every offset must lie in the text."""
    record = to_record(annotate(article))
    size = len(article.text)
    spans = [*record["sentences"], *((m["start"], m["end"]) for m in record["markers"] + record["mentions"])]
    spans += [span for a in record["attributions"] for role in ("source", "cue", "content") for span in a[role]]
    assert all(0 <= start < end <= size for start, end in spans), article.text


def one_input(data: bytes, folder: Path) -> None:
    """Read the bytes as a file of the kind that the first one tells, and annotate what is in it."""
    if len(data) < 2:
        return
    path = folder / f"a{SUFFIXES[data[0] % len(SUFFIXES)]}"
    path.write_bytes(data[1:])
    start = time.process_time()
    for item in iter_articles(path):
        if isinstance(item, ArticleError):
            assert str(item).startswith(str(path)), str(item)
        else:
            check(item)
    spent = time.process_time() - start
    assert spent < SLOWEST, f"{spent:.1f} s for {len(data)} bytes"


def main() -> None:
    """Read the command line and fuzz."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=600)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as name:
        corpus = Path(name) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(seeds()):
            (corpus / str(number)).write_bytes(seed)
            one_input(seed, Path(name))
        arguments = [
            sys.argv[0],
            str(corpus),
            f"-max_total_time={options.seconds}",
            "-max_len=4096",
            "-timeout=20",
            f"-artifact_prefix={name}/",
            "-print_final_stats=1",
        ]
        atheris.Setup(arguments, lambda data: one_input(data, Path(name)))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
