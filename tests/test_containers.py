"""Containers: what is counted is what is decoded, and no file takes more time than its budget."""

import io
import resource
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import containers
import pytest

from analysis.inputs import Limits, ReadOptions
from analysis.inputs.budget import time_budget
from analysis.inputs.loading import iter_articles
from analysis.text.article import ArticleError

SENTENCE = "The vote on the new harbour may be delayed, the ministry of trade said on Monday evening. "
ROOT = Path(__file__).parents[1]


def read(path, **limits):
    """The reasons and texts that reading gives, and the processor seconds that it took."""
    start = time.process_time()
    items = list(iter_articles(path, options=ReadOptions(limits=Limits(**limits))))
    return [i.reason if isinstance(i, ArticleError) else i.text for i in items], time.process_time() - start


# ---------------------------------------------------------------- a budget of time


def go_on_whatever_happens():
    while True:
        with suppress(Exception):
            sum(range(1000))


def test_what_takes_too_long_is_stopped_and_told():
    start = time.process_time()
    with (
        pytest.raises(ArticleError, match=r"a\.pdf: reading it took more than 0 seconds"),
        time_budget(0.2, file="a.pdf"),
    ):
        go_on_whatever_happens()
    assert 0.1 < time.process_time() - start < 2


def test_what_is_in_time_is_not_stopped_afterwards():
    with time_budget(0.05, file="a.pdf"):
        pass
    start = time.process_time()
    while time.process_time() - start < 0.2:
        pass


def test_in_another_thread_there_is_no_budget():
    seen = []

    def work():
        with time_budget(0.01, file="a.pdf"):
            start = time.process_time()
            while time.process_time() - start < 0.1:
                pass
            seen.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == ["done"]


def test_a_slow_file_costs_the_others_nothing(tmp_path, monkeypatch):
    for name in ("a.html", "b.html", "c.txt"):
        (tmp_path / name).write_text(f"<p>{name}</p>" if name.endswith("html") else "It may rain.", "utf-8")

    def slow(page, **_):
        while "a.html" in page:
            pass

    monkeypatch.setattr("analysis.inputs.web.extract_here", slow)
    reasons, seconds = read(tmp_path, page_seconds=0.3)
    assert reasons[0].startswith("reading it took more than 0 seconds of processor time")
    assert reasons[1:] == ["no article text found in this page; save the text as .txt", "It may rain."]
    assert seconds < 3


# ---------------------------------------------------------------- HTML


def page(body):
    return f"<html><body><article><p>{SENTENCE * 5}</p>{body}</article></body></html>"


PAGES = {
    "links in one paragraph": "<p>" + '<a href="x">y</a> ' * 49_000 + "</p>",
    "attributes with signs of elements": "<p " + " ".join(f'a{n}="<>"' for n in range(90_000)) + ">x</p>",
}


@pytest.mark.parametrize("what", PAGES)
def test_hostile_pages_are_refused_in_time(what, tmp_path):
    (tmp_path / "a.html").write_text(page(PAGES[what]), "utf-8")
    (reason,), seconds = read(tmp_path / "a.html", page_seconds=1, mb_seconds=0)
    assert "reading it took more than" in reason
    assert seconds < 2  # in this process


CROWDED = {
    "with values": " ".join(f'a{n}="b"' for n in range(400_000)),
    "without values": " ".join(f"a{n}" for n in range(400_000)),
    "parted by slashes": "/".join(f"a{n}" for n in range(400_000)),
}


@pytest.mark.parametrize("what", CROWDED)
def test_an_element_with_far_too_many_attributes_is_refused_at_once(what, tmp_path):
    (tmp_path / "a.html").write_text(page(f"<p {CROWDED[what]}>x</p>"), "utf-8")
    begin = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    (reason,), seconds = read(tmp_path / "a.html")
    assert reason == "an element with more than 5,000 attributes; save the article alone"
    assert seconds < 2
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime == begin  # no process was started for it


def test_ordinary_pages_with_many_scripts_are_read(tmp_path):
    script = "<script>" + "var a = '<p>' ; b => a == 1;\n" * 30_000 + "</script>"
    data = '<div data-props="' + "{&quot;a&quot;: 1, &quot;b&quot;: 2} " * 2_000 + '"></div>'
    (tmp_path / "a.html").write_text(page(script + data), "utf-8")
    (text,), seconds = read(tmp_path / "a.html")
    assert text.startswith(SENTENCE.strip())
    assert seconds < 8


# ---------------------------------------------------------------- PDF


def make_pdf(path, pages, stream):
    """A PDF whose pages all show the same stream."""
    packed = zlib.compress(stream)
    kids = " ".join(f"{5 + n} 0 R" for n in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream",
    ]
    one = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> /Contents 4 0 R >>"
    )
    objects += [one.encode()] * pages
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + content + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    path.write_bytes(out.getvalue())


def test_a_pdf_whose_pages_share_a_long_stream(tmp_path):
    make_pdf(tmp_path / "good.pdf", 2, b"BT /F1 12 Tf 50 700 Td (The vote may be delayed.) Tj ET")
    (text,), _ = read(tmp_path / "good.pdf")
    assert text.count("The vote may be delayed.") == 2
    make_pdf(tmp_path / "bad.pdf", 200, b"BT /F1 12 Tf " + b"1 1 Td (a) Tj " * 20_000 + b"ET")
    assert (tmp_path / "bad.pdf").stat().st_size < 50_000
    (reason,), seconds = read(tmp_path / "bad.pdf", file_seconds=1)
    assert reason.startswith("reading it took more than 1 seconds")
    assert seconds < 5
    (reason,), seconds = read(tmp_path / "bad.pdf", pdf_bytes=500_000)
    assert reason == "a PDF whose pages draw more than 0 MB; not read: save its text as .txt"


@pytest.mark.parametrize(
    ("what", "told"),
    [("a stream of 2 GB", "cannot be read as a PDF: Limit reached while decompressing"), ("forms in forms", None)],
)
def test_pdfs_that_stand_for_far_more(what, told, tmp_path):
    (item,), seconds = read(containers.FILES[what](tmp_path))
    assert item.startswith(told or "a")
    assert seconds < 10


# ---------------------------------------------------------------- zips, Parquet, Word, front matter


def test_members_that_share_bytes(tmp_path):
    text = (SENTENCE * 2_000).encode()
    with zipfile.ZipFile(tmp_path / "one.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", text)
    raw = (tmp_path / "one.zip").read_bytes()
    start = raw.index(b"PK\x01\x02")
    entry, end = raw[start : raw.index(b"PK\x05\x06")], raw[raw.index(b"PK\x05\x06") :]
    many = b"".join(entry.replace(b"a.txt", b"%05d" % n) for n in range(1_000))
    head = end[:8] + (1_000).to_bytes(2, "little") * 2 + len(many).to_bytes(4, "little") + end[16:]
    (tmp_path / "many.zip").write_bytes(raw[:start] + many + head)
    assert read(tmp_path / "one.zip")[0] == [text.decode()]
    assert read(tmp_path / "many.zip")[0] == [
        "overlapping members, which no normal zip has; not opened: zip the files again"
    ]


def test_parquet_with_a_dictionary_that_stands_for_far_more(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    text = "".join(f"vote {n} may be late. " for n in range(20_000))  # does not pack well
    table = pa.table({"text": pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), pa.array([text]))})
    pq.write_table(table, tmp_path / "a.parquet", compression="zstd")
    assert (tmp_path / "a.parquet").stat().st_size < 200_000  # for 8 GB of rows
    items = iter_articles(tmp_path / "a.parquet")
    kinds = [item for item in items if isinstance(item, ArticleError)]
    assert kinds[0].reason.startswith("its rows come to 2")
    assert "the rest is not read" in kinds[0].reason


def test_front_matter_longer_than_metadata_are(tmp_path):
    (tmp_path / "a.md").write_text("---\n" + "".join(f"k{n}: v\n" for n in range(100_000)) + "---\nA vote.", "utf-8")
    (reason,), seconds = read(tmp_path / "a.md")
    assert reason.startswith("front matter of 988,890 characters, but at most 200,000 are allowed")
    assert seconds < 1


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read from /proc")
def test_a_word_file_takes_memory_in_line_with_its_limit(tmp_path):
    """One just under the limit is read in 600 MB; one over it is not unpacked."""
    from docx import Document

    Document().save(tmp_path / "empty.docx")
    paragraphs = "".join(f"<w:p><w:r><w:t>Vote {n} may be late.</w:t></w:r></w:p>" for n in range(500_000))
    for name, copies in (("under", 1), ("over", 2)):
        with (
            zipfile.ZipFile(tmp_path / "empty.docx") as empty,
            zipfile.ZipFile(tmp_path / f"{name}.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out,
        ):
            for info in empty.infolist():
                content = empty.read(info).replace(b"<w:body>", f"<w:body>{paragraphs * copies}".encode())
                out.writestr(info.filename, content)
    (reason,), seconds = read(tmp_path / "over.docx")
    assert "without its pictures, but at most 30 MB are read" in reason
    assert seconds < 2
    code = (
        "from analysis.inputs.loading import iter_articles\n"
        f"(item,) = iter_articles({str(tmp_path / 'under.docx')!r})\n"
        "peak = [line for line in open('/proc/self/status') if line.startswith('VmHWM')][0]\n"
        "print(type(item).__name__, int(peak.split()[1]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    kind, memory = done.stdout.split()
    assert kind == "ArticleError"  # more characters than an article may have: but it was read
    assert int(memory) < 700
