"""Damaged inputs: each is told with what is wrong, and loses nothing beside it. All texts are invented."""

import gzip
import json
import subprocess
import sys
import warnings

import pytest

from analysis import annotate, to_record
from analysis.cli import main
from analysis.inputs import ReadOptions
from analysis.inputs.damage import cut_off
from analysis.inputs.loading import iter_articles, load_articles, read_article
from analysis.text.article import Article, ArticleError, ArticleWarning

RAIN = "It may rain, Ann Reed said."
NITF = f"<nitf><body><body.content><p>{RAIN}</p></body.content></body></nitf>"


def csv(*cells, columns="text"):
    quoted = ('"' + cell.replace('"', '""') + '"' for cell in cells)
    return (columns + "\n" + ",".join(quoted) + "\n").encode()


# What is wrong: the file, its bytes, what is told, and whether its text is read all the same.
DAMAGED = {
    "UTF-8 read as Windows-1252": (
        "a.csv",
        csv("Ann Reed didnâ€™t say."),
        r"a\.csv:2: UTF-8 .* \(the first at .*didnâ€™t",
        True,
    ),
    "UTF-8 read as Windows-1252, accents": ("a.txt", "The cafÃ© may close.".encode(), "in 1 place .*cafÃ©", True),
    "UTF-8 read twice": ("a.txt", "It didnÃ¢â‚¬â„¢t rain.".encode(), "UTF-8 that was read as Windows-1252", True),
    "UTF-8 read as Latin-1": ("a.txt", "It didn\u00e2\u0080\u0099t rain.".encode(), "UTF-8 that was read as", True),
    "a title that was misread": ("a.csv", csv(RAIN, "The cafÃ©", columns="text,title"), "a.csv:2: title: UTF-8", True),
    "Windows-1252 read as Latin-1": (
        "a.txt",
        "\x93It may rain,\x94 she said.".encode(),
        "control characters where",
        True,
    ),
    "lost characters": ("a.txt", "The caf\ufffd didn\ufffdt open.".encode(), "2 characters were lost", True),
    "another encoding": (
        "a.txt",
        "“It may rain,” she said — the café’s owner didn’t agree.".encode("cp1252"),
        "not UTF-8; read as",
        True,
    ),
    "two encodings": ("a.txt", "Zürich, ".encode() + "Zürich".encode("cp1252"), "is not UTF-8", False),
    "elements in a cell": (
        "a.csv",
        csv(f"<p>{RAIN}</p><br/>"),
        r"markup .* '<p>'\); removed when the text was read",
        True,
    ),
    "entities in a cell": ("a.csv", csv("Fish &amp; chips &#8212; it may rain."), "markup .*'&amp;'", True),
    "elements in plain text": ("a.txt", f"<b>{RAIN}</b>".encode(), "markup .* the rules skip it", True),
    "markup and nothing else": ("a.csv", csv("<p><br/></p>"), "it contains markup but no text", False),
    "cut off by an API": ("a.csv", csv("It may rain… [+2034 chars]"), "2,034 characters are missing", True),
    "an end that is open": ("a.txt", b"The vote may be late, and...", r"ends in '\.\.\.'", True),
    "an end in brackets": ("a.txt", "The vote may be late […]".encode(), r"ends in '\[…\]'", True),
    "read more": ("a.txt", b"It may rain. Read more", "ends in 'Read more'", True),
    "as long as a cell can be": ("a.xlsx", "The vote may be late. " * 1_600, "as long as a cell can be", True),
    "nan": ("a.csv", csv("nan"), "the text is 'nan'", False),
    "removed": ("a.jsonl", b'{"text": "[Removed]"}', r"the text is '\[Removed\]'", False),
    "None": ("a.csv", csv("None"), "the text is 'None'", False),
    "an empty cell": ("a.csv", csv("", "x", columns="text,title"), "it contains no text", False),
    "an ambiguous date": ("a.csv", csv(RAIN, "03/04/2024", columns="text,date"), "is ambiguous", True),
    "what is no date": (
        "a.csv",
        csv(RAIN, "last Tuesday", columns="text,date"),
        "is not a date that we can read",
        True,
    ),
    "columns nobody uses": ("a.csv", csv(RAIN, "calm", columns="text,mood"), "unused columns: mood", True),
    "an abstract": ("a.csv", csv(RAIN, columns="summary"), "no column contains the whole text", True),
    "XML without its end": ("a.xml", NITF[:50].encode(), "not well-formed", True),
    "XML with entities": ("a.xml", b'<!DOCTYPE n [<!ENTITY a "b">]>' + NITF.encode(), "it defines entities", False),
    "a picture in NITF": ("a.xml", b"<nitf><body/></nitf>", "no text in this item", False),
    "a feed of summaries": (
        "a.xml",
        f"<rss><item><description>{RAIN}</description></item></rss>".encode(),
        "have only a summary",
        True,
    ),
    "JSON without its end": ("a.json", b'[{"text": "It may', "not JSON", False),
    "gzip without its end": ("a.txt.gz", gzip.compress(RAIN.encode())[:-9], "damaged, or not compressed", False),
    "a workbook under another name": (
        "a.csv",
        b"PK\x03\x04\x14\0\x08\x08" + b"\x8e\xb3\0\0" * 50,
        "an Excel file",
        False,
    ),
    "a mail with a program in it": (
        "a.eml",
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nIt may rain.\n--b\nContent-Type: application/x-sh\n'
        b'Content-Disposition: attachment; filename="run.sh"\n\nrm -rf x\n--b--\n',
        r"unread attachments: run\.sh",
        True,
    ),
    "an old Word file": ("a.doc", b"\xd0\xcf\x11\xe0", r"\.doc is an old Word file; save it as \.docx", False),
    "an article called like a notice": ("notice.txt", RAIN.encode(), r"skipped files: notice\.txt", False),
}


def write(path, content):
    if path.suffix == ".xlsx":
        from openpyxl import Workbook

        book = Workbook()
        book.active.append(["text"])
        book.active.append([content[:32_767]])
        book.save(path)
    else:
        path.write_bytes(content)


@pytest.mark.parametrize("what", DAMAGED)
def test_each_damage_is_told_and_loses_nothing_beside_it(what, tmp_path):
    name, content, told, is_read = DAMAGED[what]
    write(tmp_path / name, content)
    (tmp_path / "good.txt").write_text(RAIN, "utf-8")
    with pytest.warns(ArticleWarning, match=told) as caught:
        articles = load_articles(tmp_path)
    assert len(caught) == 1
    assert name.rpartition("/")[2] in str(caught[0].message)
    assert [a.text for a in articles][-1] == RAIN
    assert len(articles) == 1 + is_read


def test_what_is_sound_is_not_told(tmp_path):
    sound = [
        "Ångström and Ærø may be late… so the café’s owner — “naïve”, he said — waited.",
        "À LA CARTE: «Ça va», dit-il. Ã is a letter of Portuguese; SÃO PAULO has one, and NÃO.",
        "If a < b and c > d, R&D at AT&T pays; see <http://example.org> or write to <ann@example.org>.",
        "Is 5 […] a number? Read more books.",
    ]
    for number, text in enumerate(sound):
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [a.text for a in load_articles(tmp_path)] == sound


def test_markup_in_a_cell_is_read_as_text_and_a_text_stays_as_it_is(tmp_path):
    text = "<p>&quot;It <b>may</b> rain,&quot; Ann Reed said.</p>\n<p>It&nbsp;did.</p>"
    (tmp_path / "a.csv").write_bytes(csv(text))
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": text}), "utf-8")
    with pytest.warns(ArticleWarning, match="markup in the text"):
        cell, line = load_articles(tmp_path)
    assert cell.text == '"It may rain," Ann Reed said.\nIt did.'
    assert line.text == text
    for article in (cell, line):
        document = annotate(article)
        assert [article.text[m.start : m.end] for m in document.markers] == ["may"]
        assert [e.name for e in document.entities] == ["Ann Reed"]
        assert [a.kind for a in document.attributions] == ["direct"]
        assert len(document.sentences) == 2


@pytest.mark.parametrize(
    "text",
    [
        "“It may rain,” the café’s owner said — and it didn’t. Zürich’s Łódź shop closed.",
        "It didn’t rain in São Tomé, Ann Reed said.",
    ],
)
@pytest.mark.parametrize("rounds", [1, 2])
def test_misread_text_is_repaired_on_request_and_the_article_records_it(tmp_path, text, rounds):
    import ftfy

    damaged = text
    for _ in range(rounds):
        damaged = damaged.encode().decode("sloppy-windows-1252")
    (tmp_path / "a.txt").write_text(damaged, "utf-8")
    with pytest.warns(ArticleWarning, match=r"repair it with --repair"):
        assert read_article(tmp_path / "a.txt").text == damaged  # unasked, nothing is changed
    with pytest.warns(ArticleWarning, match=r"was repaired \(--repair, with ftfy"):
        (article,) = load_articles(tmp_path, options=ReadOptions(repair=True))
    assert (article.text, article.repaired) == (text, f"ftfy {ftfy.__version__}")
    assert to_record(annotate(article))["repaired"] == article.repaired


def test_sound_text_is_never_repaired(tmp_path):
    text = "“It may rain,” the café’s owner said… ﬁve &amp; six."
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": text}), "utf-8")
    with pytest.warns(ArticleWarning, match="markup"):
        (article,) = load_articles(tmp_path, options=ReadOptions(repair=True))
    assert (article.text, article.repaired) == (text, None)


def test_repair_on_the_command_line(tmp_path, capsys):
    (tmp_path / "a.csv").write_text("text\nIt didnâ€™t rain.\nIt may rain.\n", "utf-8")
    assert main(["annotate", str(tmp_path / "a.csv"), "--repair"]) == 0
    out, err = capsys.readouterr()
    one, two = map(json.loads, out.splitlines())
    assert one["repaired"].startswith("ftfy ")
    assert two["repaired"] is None
    assert one["sha256"] == Article("It didn’t rain.").sha256
    assert "a.csv:2: UTF-8 that was read as Windows-1252 was repaired" in err
    assert main(["read", str(tmp_path / "a.csv"), "--repair"]) == 1  # two articles


def test_a_text_that_ends_is_not_cut_off():
    for text in ("It may rain.", "It may rain… and stop.", "Read more books. It may rain.", "“It may rain…”", ""):
        assert cut_off(text) is None


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read from /proc")
def test_a_workbook_of_5_000_rows_takes_little_memory(tmp_path):
    """The texts come to 15 MB; read one at a time, they and the parser take less than 150 MB more than nothing."""
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "text"])
        for number in range(1, 5_001):
            sheet.write_row(number, 0, [number, f"Vote {number} may be late, Ann Reed said. " * 80])
    code = (
        "from analysis.inputs.loading import iter_articles\n"
        "import openpyxl\n"
        "def peak():\n"
        "    return int([l for l in open('/proc/self/status') if l.startswith('VmHWM')][0].split()[1]) // 1024\n"
        "before = peak()\n"
        f"count = sum(1 for _ in iter_articles({str(tmp_path / 'a.xlsx')!r}))\n"
        "print(count, peak() - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    count, memory = map(int, done.stdout.split())
    assert count == 5_000
    assert memory < 150


def test_every_row_beside_bad_ones_is_read(tmp_path):
    rows = [RAIN, "nan", "<br/>", "It didnâ€™t.", "", RAIN]
    (tmp_path / "a.csv").write_text("text\n" + "".join(f'"{row}"\n' for row in rows), "utf-8")
    with pytest.warns(ArticleWarning):
        items = list(iter_articles(tmp_path / "a.csv"))
    assert [isinstance(item, ArticleError) for item in items] == [False, True, True, False, True, False]
    assert [item.row for item in items if isinstance(item, ArticleError)] == [3, 4, 6]


def test_a_row_of_parquet_that_is_not_utf8_costs_itself_alone(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts = pa.array([b"The vote may be late.", b"\xf1\x98\xff\xc3\x02", b"It rained."]).view(pa.string())
    pq.write_table(pa.table({"text": texts}), tmp_path / "a.parquet")
    one, bad, three = iter_articles(tmp_path / "a.parquet")
    assert (one.text, three.text) == ("The vote may be late.", "It rained.")
    assert (bad.row, bad.reason[:23]) == (2, "byte 0 (0xf1) is not UT")
