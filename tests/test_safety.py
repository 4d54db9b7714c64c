"""Hostile inputs: each is refused or read in bounded time and memory, with an error that says why."""

import io
import os
import socket
import stat
import time
import zipfile

import pytest

from analysis.inputs import Limits, ReadOptions
from analysis.inputs.loading import iter_articles, load_articles, read_article
from analysis.inputs.options import MB
from analysis.text.article import Article, ArticleError, ArticleWarning


def reasons(source, **limits):
    items = list(iter_articles(source, options=ReadOptions(limits=Limits(**limits))))
    return [i.reason if isinstance(i, ArticleError) else i.text for i in items]


def make_zip(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


# ---------------------------------------------------------------- archives


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "..\\out.txt", "C:/out.txt"])
def test_a_name_that_leads_out_of_the_zip(tmp_path, name):
    (tmp_path / "in").mkdir()
    make_zip(tmp_path / "in/a.zip", {name: "Out.", "good.txt": "Good."})
    found = reasons(tmp_path / "in/a.zip")
    assert "Good." in found
    assert "a name that leads out of the zip; not read: zip the files under plain names" in found
    assert [p.name for p in tmp_path.rglob("*")] == ["in", "a.zip"]  # nothing was unpacked anywhere


def test_a_member_without_a_name(tmp_path):
    make_zip(tmp_path / "a.zip", {"x.txt": "Nameless.", "good.txt": "Good."})
    raw = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(raw.replace(b"x.txt", b"\0.txt"))
    assert reasons(tmp_path / "a.zip") == ["a member without a name; not read: zip the files again", "Good."]


def test_a_header_that_does_not_fit_costs_its_member_alone(tmp_path):
    """Of a member named in UTF-8: the name before its bytes is another one, and no UTF-8."""
    make_zip(tmp_path / "a.zip", {"ü.txt": "Changed.", "good.txt": "Good."})
    raw = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(raw.replace("ü.txt".encode(), b"\xfd\xfd.txt", 1))
    good, bad = reasons(tmp_path / "a.zip")
    assert good == "Good."
    assert bad.startswith("damaged in the zip (Bad header of a member")


def test_bomb_of_zeros(tmp_path):
    make_zip(tmp_path / "a.zip", {"zeros.txt": b"0" * (50 * MB)})
    assert (tmp_path / "a.zip").stat().st_size < MB // 10
    start = time.perf_counter()
    (reason,) = reasons(tmp_path / "a.zip")
    assert "times its size, which text never does; not opened" in reason
    assert time.perf_counter() - start < 1  # it was not unpacked


@pytest.mark.filterwarnings("ignore::analysis.text.article.ArticleWarning")  # what is passed over
def test_bomb_among_articles_leaves_them_readable(tmp_path):
    make_zip(tmp_path / "a.zip", {"zeros.txt": b"0" * (2 * MB), "noise.png": os.urandom(MB), "good.txt": "Good."})
    good, bomb = reasons(tmp_path / "a.zip")
    assert good == "Good."
    assert "which text never does; not opened" in bomb


def test_bomb_that_lies_about_its_size(tmp_path):
    make_zip(tmp_path / "a.zip", {"a.txt": b"0" * (5 * MB)})
    raw = (tmp_path / "a.zip").read_bytes()
    lie = raw.replace((5 * MB).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lie != raw
    (tmp_path / "a.zip").write_bytes(lie)
    (reason,) = reasons(tmp_path / "a.zip")
    assert reason.startswith("damaged in the zip (Bad CRC-32")


def test_zip_with_too_much_in_it(tmp_path):
    make_zip(tmp_path / "a.zip", {f"{n}.txt": "A vote." for n in range(20)})
    assert reasons(tmp_path / "a.zip", archive_members=10) == ["a zip of 20 members, but at most 10 are read: split it"]
    assert reasons(tmp_path / "a.zip", archive_bytes=100) == ["it unpacks to 0 MB, but at most 0 MB are read: split it"]


def test_zip_in_a_zip_is_not_opened(tmp_path):
    inner = io.BytesIO()
    make_zip(inner, {"a.txt": "Inner."})
    make_zip(tmp_path / "a.zip", {"inner.zip": inner.getvalue(), "good.txt": "Good."})
    assert reasons(tmp_path / "a.zip") == ["Good.", "a zip inside a zip; not opened: unpack it first"]


def test_link_and_encrypted_member_in_a_zip(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/hostname")
        archive.writestr("secret.txt", "Secret.")
    raw = bytearray((tmp_path / "a.zip").read_bytes())
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1  # the flag "encrypted" in the directory
    (tmp_path / "a.zip").write_bytes(raw)
    assert reasons(tmp_path / "a.zip") == [
        "a link; not followed: put the file itself into the zip",
        "an encrypted member; zip the files without a password",
    ]


def test_word_file_that_is_a_bomb(tmp_path):
    make_zip(tmp_path / "a.docx", {"word/document.xml": b" " * (50 * MB)})
    assert "times its size, which text never does; not opened" in reasons(tmp_path / "a.docx")[0]


def test_word_file_with_entities_that_multiply(tmp_path):
    from docx import Document

    document = Document()
    document.add_paragraph("The vote may be late.")
    document.save(tmp_path / "good.docx")
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    with zipfile.ZipFile(tmp_path / "good.docx") as good, zipfile.ZipFile(tmp_path / "bad.docx", "w") as bad:
        for info in good.infolist():
            content = good.read(info)
            if info.filename == "word/document.xml":
                content = content.replace(b"?>", f"?><!DOCTYPE d [{entities}]>".encode(), 1)
                content = content.replace(b"may be late", b"&e9;")
            bad.writestr(info, content)
    start = time.perf_counter()
    found = [i.text if isinstance(i, Article) else i.reason for i in iter_articles(tmp_path / "bad.docx")]
    assert time.perf_counter() - start < 2
    assert "lollol" not in found[0]


# ---------------------------------------------------------------- sizes


def test_word_file_with_a_huge_text_beside_pictures_that_hide_its_ratio(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:p/>" * 500_000)
        archive.writestr("word/media/a.png", os.urandom(100_000), zipfile.ZIP_STORED)
    (item,) = iter_articles(tmp_path / "a.docx", options=ReadOptions(limits=Limits(file_bytes=2_000_000)))
    assert item.reason == "a Word file of 3 MB without its pictures, but at most 2 MB are read: save its text as .txt"


def test_parquet_that_is_a_bomb(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(
        pa.table({"text": ["a" * 5_000_000], "id": ["x"]}),
        tmp_path / "a.parquet",
        compression="zstd",
        use_dictionary=False,
    )
    (item,) = iter_articles(tmp_path / "a.parquet")
    assert item.reason.startswith("column 'text' unpacks to ")
    assert "which text never does; not opened" in item.reason


def test_standard_input_of_blank_lines_takes_little_time(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\n" * 2_000_000)))
    start = time.perf_counter()
    (item,) = iter_articles("-")
    assert (item.file, item.reason.split(";")[0]) == ("stdin", "it contains no text")
    assert time.perf_counter() - start < 5


def test_gigantic_line_is_passed_over(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "One."}\n{"text": "' + b"x" * 5 * MB + b'"}\n{"text": "Three."}\n')
    assert reasons(tmp_path / "a.jsonl", line_bytes=MB) == [
        "One.",
        "a line of more than 1 MB; put one article on a line",
        "Three.",
    ]


def test_gigantic_article_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("vote " * 500, "utf-8")
    assert reasons(tmp_path / "a.txt", article_chars=1000) == [
        "the text has 2,500 characters, but an article may have at most 1,000; split it"
    ]
    assert reasons(tmp_path / "a.txt", file_bytes=1000) == ["more than 0 MB in one file; split it into articles"]
    (tmp_path / "a.csv").write_text("text\n" + "x" * 3000 + "\nTwo.\n", "utf-8")
    found = reasons(tmp_path / "a.csv", article_chars=1000)
    assert found[0].startswith("field larger than field limit (2000)")
    assert reasons(tmp_path / "a.csv", line_bytes=1000) == [
        "a line of more than 0 MB; the rest of the file is not read"
    ]


def test_quotation_mark_left_open_in_a_large_csv_does_not_swallow_it(tmp_path):
    (tmp_path / "a.csv").write_text('text\nOne.\n"Two.\n' + "Three.\n" * 1000, "utf-8")
    found = reasons(tmp_path / "a.csv", article_chars=1000)
    assert found[0] == "One."
    assert "a quotation mark may be left open; the rest of the file is not read" in found[1]


@pytest.mark.parametrize(
    "page",
    ["<a href=x>b</a>" * 300_000, "<div>" * 300_000, "<" * 1_000_000, "<p>" + "a=b " * 200_000, "&amp;" * 500_000],
)
def test_hostile_pages_take_little_time(tmp_path, page):
    (tmp_path / "a.html").write_text(page, "utf-8")
    start = time.perf_counter()
    assert len(reasons(tmp_path / "a.html")) == 1
    assert time.perf_counter() - start < 10


# ---------------------------------------------------------------- what pages and files refer to


def test_nothing_that_a_page_refers_to_is_fetched_or_run(tmp_path, monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    paragraph = "<p>The vote on the new harbour may be delayed, the ministry of trade said on Monday evening.</p>"
    (tmp_path / "a.html").write_text(
        '<!DOCTYPE html SYSTEM "http://127.0.0.1:9/a.dtd"><html><head><base href="http://127.0.0.1:9/">'
        '<meta http-equiv="refresh" content="0; url=http://127.0.0.1:9/r"><link rel="stylesheet" href="a.css">'
        '<script src="a.js"></script></head><body><article><iframe src="f.html"></iframe><img src="a.png">'
        f'<script>document.write("written by a script")</script>{paragraph}<object data="file:///etc/hostname"></object>'
        "<style>p { color: red }</style></article></body></html>",
        "utf-8",
    )
    text = read_article(tmp_path / "a.html").text
    assert text == "The vote on the new harbour may be delayed, the ministry of trade said on Monday evening."


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.txt").write_text("Secret.", "utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "good.txt").write_text("Good.", "utf-8")
    (folder / "inside.txt").symlink_to("good.txt")
    (folder / "out.txt").symlink_to(tmp_path / "outside/secret.txt")
    (folder / "outside").symlink_to(tmp_path / "outside")
    (folder / "round").symlink_to(folder)
    out = "a link to a place outside the folder; not followed: put the file itself here, or name it separately"
    assert reasons(folder) == [
        "Good.",
        "Good.",
        out,
        out,
        "a link to a folder; not followed, because it may lead in a circle",
    ]


@pytest.mark.filterwarnings("ignore::analysis.text.article.ArticleWarning")  # what is passed over
def test_links_that_lead_nowhere_or_round_lose_nothing_else(tmp_path):
    (tmp_path / "a.txt").write_text("A.", "utf-8")
    (tmp_path / "b.txt").symlink_to("b.txt")
    (tmp_path / "c.txt").symlink_to("nowhere.txt")
    (tmp_path / "d").symlink_to("d")
    (tmp_path / "z.txt").write_text("Z.", "utf-8")
    first, round_, nowhere, last = reasons(tmp_path)
    assert (first, last) == ("A.", "Z.")
    for reason in (round_, nowhere):
        assert reason.startswith("a link that leads to no file (")
        assert reason.endswith("); remove it, or put the file itself here")
    assert "cannot be opened" in reasons(tmp_path / "b.txt")[0]


def test_folders_as_deep_as_the_system_allows(tmp_path, monkeypatch):
    (tmp_path / "top.txt").write_text("Top.", "utf-8")
    monkeypatch.chdir(tmp_path)
    for _ in range(1200):  # deeper than functions may call each other
        os.mkdir("d")
        os.chdir("d")
    with open("bottom.txt", "w", encoding="utf-8") as file:
        file.write("Bottom.")
    try:
        assert reasons(tmp_path) == ["Bottom.", "Top."]
    finally:
        os.remove("bottom.txt")
        for _ in range(1200):  # pytest's own way of tidying up would not get to the end of it
            os.chdir("..")
            os.rmdir("d")


def test_a_file_that_vanishes_and_a_name_that_cannot_be_lose_nothing_else(tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("A vote.", "utf-8")
    items = iter_articles(tmp_path)
    next(items)
    (tmp_path / "b.txt").unlink()
    gone, last = items
    assert (
        str(gone) == f"{tmp_path / 'b.txt'}: cannot be opened (No such file or directory); check that it is a "
        "readable file"
    )
    assert last.doc_id == "c"
    too_long, good = iter_articles([tmp_path / ("x" * 300 + ".txt"), tmp_path / "a.txt"])
    assert (too_long.reason.split(";")[0], good.doc_id) == ("cannot be opened (File name too long)", "a")


def test_front_matter_makes_no_objects_and_multiplies_nothing(tmp_path):
    (tmp_path / "a.md").write_text(
        "---\ntitle: !!python/object/apply:os.system [exit]\noutlet: !!python/name:os\n---\nA.", "utf-8"
    )
    with pytest.warns(ArticleWarning, match="title is not text; left out"):
        article = read_article(tmp_path / "a.md")
    assert (article.text, article.title, article.outlet) == ("A.", None, None)
    rows = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    (tmp_path / "a.md").write_text("---\n" + "\n".join(rows) + "\ntitle: *a29\n---\nA vote.", "utf-8")
    start = time.perf_counter()
    with pytest.warns(ArticleWarning, match="title is not text; left out"):
        assert read_article(tmp_path / "a.md").title is None
    assert time.perf_counter() - start < 1
    (tmp_path / "a.md").write_text("---\ntitle: " + "[" * 100_000 + "\n---\nA vote.", "utf-8")
    with pytest.raises(ArticleError, match=r"a\.md:1: lists or mappings are nested too deeply"):
        read_article(tmp_path / "a.md")


@pytest.mark.parametrize("cell", ['=HYPERLINK("http://127.0.0.1")', "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_a_csv_table_is_a_formula(cell):
    import pandas as pd

    from analysis.report import to_csv

    written = to_csv(pd.DataFrame({"text": [cell], "n": [-1.5]}))
    (back,) = pd.read_csv(io.StringIO(written)).to_dict("records")
    assert back["text"].startswith("'")
    assert back["n"] == -1.5  # numbers stay numbers


def test_a_folder_of_many_files_is_read_in_line_with_their_number(tmp_path):
    for n in range(3000):
        (tmp_path / f"{n:05d}.txt").write_text("A vote.", "utf-8")
    start = time.process_time()  # what else the machine does meanwhile does not count
    assert len(load_articles(tmp_path)) == 3000
    assert time.process_time() - start < 3


def test_an_unreadable_folder_or_file_is_named(tmp_path):
    if os.geteuid() == 0:
        (tmp_path / "a.txt").mkdir()  # root may read anything; a folder with a file's name comes nearest
        (tmp_path / "a.txt/b.txt").write_text("B.", "utf-8")
        assert reasons(tmp_path) == ["B."]
    else:
        (tmp_path / "a.txt").write_text("A.", "utf-8")
        (tmp_path / "a.txt").chmod(0)
        assert "cannot be opened" in reasons(tmp_path)[0]
