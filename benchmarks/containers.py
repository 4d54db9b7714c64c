"""Hostile containers: what reading a small file costs that stands for far more than an article.

    python benchmarks/containers.py [--only "shared stream" "many links"]

Each file is built here and read in a process of its own. Printed are the size of the file, processor seconds (those of
processes that it starts too), the memory that the largest of them takes, and what is told. A row that takes more than
its budget of time and what a process needs to start, or more memory than a file at its limits may take, says so; the
command then ends with 1.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from analysis.inputs import Limits

TO_START = 3.0  # processor seconds in which a process starts on a busy machine, and ends
MOST_MEMORY = 900  # MB
SENTENCE = "The vote on the new harbour may be delayed, the ministry of trade said on Monday evening. "
ROOT = Path(__file__).resolve().parents[1]
READ = """
import sys
from analysis.inputs.loading import iter_articles
count, length = 0, 0
for item in iter_articles(sys.argv[1]):
    text = getattr(item, "text", None)
    if text is None:
        print(item)
    else:
        count, length = count + 1, length + len(text)
print(f"{count:,} read, {length:,} characters")
"""


# ---------------------------------------------------------------- pages


def page(body: str) -> bytes:
    return f"<html><body><article><p>{SENTENCE * 5}</p>{body}</article></body></html>".encode()


def elements(count: int) -> bytes:
    """Elements inside each other."""
    return page("<div>" * count + "x" + "</div>" * count)


# ---------------------------------------------------------------- PDF


def pdf(objects: Sequence[bytes], pages: int, contents: bytes) -> bytes:
    """A PDF of pages that all have these contents; `objects` are numbered from 4 on."""
    one = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] " + contents + b" >>"
    kids = b" ".join(b"%d 0 R" % (4 + len(objects) + n) for n in range(pages))
    every = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *objects,
        *[one] * pages,
    ]
    parts = [b"%PDF-1.4\n", *(b"%d 0 obj\n%s\nendobj\n" % (n, content) for n, content in enumerate(every, 1))]
    places = list(accumulate(map(len, parts)))
    table = b"".join(
        [b"xref\n0 %d\n0000000000 65535 f \n" % len(parts), *(b"%010d 00000 n \n" % p for p in places[:-1])]
    )
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts), places[-1])
    return b"".join([*parts, table, trailer])


def stream(data: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n" % (len(packed), more) + packed + b"\nendstream"


FONT = b"/Resources << /Font << /F1 3 0 R >> >>"


def shared_stream() -> bytes:
    """200 pages that show the same stream."""
    return pdf([stream(b"BT /F1 12 Tf " + b"1 1 Td (a) Tj " * 20_000 + b"ET")], 200, FONT + b" /Contents 4 0 R")


def long_stream() -> bytes:
    """One stream of zeros and spaces that unpacks to 2 GB."""
    packer = zlib.compressobj(9)
    data = b"".join([*(packer.compress(b" " * 10_000_000) for _ in range(200)), packer.flush()])
    one = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(data) + data + b"\nendstream"
    return pdf([one], 1, FONT + b" /Contents 4 0 R")


def nested_forms(depth: int = 40) -> bytes:
    """Forms each of which draws the next one twice."""
    kind = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 3 0 R >> /XObject << /X %d 0 R >> >>"
    )
    draws = [b"/X Do /X Do"] * (depth - 1) + [b"BT /F1 12 Tf (a) Tj ET"]
    forms = [stream(draw, kind % (5 + n)) for n, draw in enumerate(draws)]
    last = 4 + depth
    return pdf([*forms, stream(b"/X Do")], 1, b"/Resources << /XObject << /X 4 0 R >> >> /Contents %d 0 R" % last)


# ---------------------------------------------------------------- zips, Word, Parquet, front matter


def overlapping(folder: Path) -> Path:
    """A zip of 1,000 members that are the same bytes."""
    path = folder / "overlapping.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", (SENTENCE * 40_000).encode())
    raw = path.read_bytes()
    start, close = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    many = b"".join(raw[start:close].replace(b"a.txt", b"%05d" % n) for n in range(1_000))
    head = raw[close : close + 8] + (1_000).to_bytes(2, "little") * 2 + len(many).to_bytes(4, "little")
    path.write_bytes(raw[:start] + many + head + raw[close + 16 :])
    return path


def word(folder: Path) -> Path:
    """A Word file of 23 MB whose text unpacks to far more."""
    from docx import Document

    Document().save(folder / "empty.docx")
    path, draw = folder / "large.docx", os.urandom(23_000_000 // 2).hex()
    with zipfile.ZipFile(folder / "empty.docx") as empty, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for info in empty.infolist():
            content = empty.read(info)
            if info.filename == "word/document.xml":
                runs = "".join(f"<w:p><w:r><w:t>{draw[k : k + 40]}</w:t></w:r></w:p>" for k in range(0, len(draw), 40))
                content = content.replace(b"<w:body>", f"<w:body>{runs}".encode())
            out.writestr(info.filename, content)
    (folder / "empty.docx").unlink()
    return path


def parquet(folder: Path) -> Path:
    """One long text that a dictionary gives to 20,000 rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    text = "".join(f"vote {n} may be late. " for n in range(200_000))
    table = pa.table({"text": pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), pa.array([text]))})
    path = folder / "dictionary.parquet"
    pq.write_table(table, path, compression="zstd")
    return path


def front_matter() -> bytes:
    lines = "".join(f"key{n}: a value of no use\n" for n in range(3_000_000))
    return f"---\n{lines[:98_000_000]}---\nA vote.\n".encode()


def written(name: str, content: Callable[[], bytes]) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / name).write_bytes(content())
        return folder / name

    return write


FILES: dict[str, Callable[[Path], Path]] = {
    "8,000 links in one paragraph": written("a.html", lambda: page("<p>" + '<a href="x">y</a> ' * 8_000 + "</p>")),
    "49,000 links in one paragraph": written("b.html", lambda: page("<p>" + '<a href="x">y</a> ' * 49_000 + "</p>")),
    "400,000 attributes": written(
        "c.html", lambda: page("<p " + " ".join(f'a{n}="b"' for n in range(400_000)) + ">x</p>")
    ),
    "90,000 elements in each other": written("d.html", lambda: elements(90_000)),
    "a shared stream": written("a.pdf", shared_stream),
    "a stream of 2 GB": written("b.pdf", long_stream),
    "forms in forms": written("c.pdf", nested_forms),
    "overlapping members": overlapping,
    "a Word file of 23 MB": word,
    "a Parquet dictionary": parquet,
    "front matter of 98 MB": written("a.md", front_matter),
}


def measure(path: Path, folder: Path) -> tuple[float, int, str]:
    """Processor seconds, MB of memory, and the first line that is told."""
    process = subprocess.Popen(
        [sys.executable, "-c", READ, str(path)],
        stdout=(folder / "told").open("wb"),
        stderr=subprocess.STDOUT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=folder,
    )
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    lines = (folder / "told").read_text("utf-8", "replace").replace(str(folder) + "/", "").strip().splitlines()
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, lines[0] if lines else ""


def rows(names: Sequence[str], folder: Path) -> Iterator[tuple[str, bool]]:
    """The rows of the table, and whether each is within its budget."""
    for name in names:
        path = FILES[name](folder)
        size = path.stat().st_size
        seconds, memory, told = measure(path, folder)
        budget = Limits().seconds(size, page=path.suffix == ".html") + TO_START
        missed = [w for w, over in (("seconds", seconds > budget), ("memory", memory > MOST_MEMORY)) if over]
        cells = (name, f"{size / 1e6:.2f}", f"{seconds:.1f}", str(memory), told[:110].replace("|", "/"))
        yield f"| {' | '.join(cells)} | {', '.join(missed)} |", not missed
        path.unlink()


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=FILES, metavar="NAME", default=list(FILES))
    options = parser.parse_args()
    print("| file | MB | seconds | memory, MB | what is told | misses |\n|---|---:|---:|---:|---|---|")
    good = []
    with tempfile.TemporaryDirectory() as name:
        for line, within in rows(options.only, Path(name)):
            print(line, flush=True)
            good.append(within)
    print(f"\n{sum(good)} of {len(good)} files within their budget")
    sys.exit(not all(good))


if __name__ == "__main__":
    main()
