"""Kinds of file beyond text, pages and tables: what is taken of each, and what is not. All texts are invented."""

import contextlib
import gzip
import json
import os
import subprocess
import sys
import tracemalloc
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.inputs import Limits, ReadOptions
from analysis.inputs.dates import read_date, settled
from analysis.inputs.loading import iter_articles, load_articles, read_article
from analysis.inputs.markup import plain_text
from analysis.text.article import Article, ArticleError, ArticleWarning

ROOT = Path(__file__).parents[1]
VOTE = "The vote may be delayed, Ann Reed said."
RAIN = "It may rain, Tom Cole told reporters."


def known(article):
    return article.title, article.outlet, article.byline, article.published, article.url


def texts_and_reasons(path, **limits):
    items = iter_articles(path, options=ReadOptions(limits=Limits(**limits)))
    return [item.reason if isinstance(item, ArticleError) else item.text for item in items]


# ---------------------------------------------------------------- JSON

NEWSAPI = {
    "status": "ok",
    "totalResults": 2,
    "articles": [
        {
            "source": {"id": None, "name": "The Invented Post"},
            "author": "Ana Silva",
            "title": "A vote",
            "description": "A vote.",
            "url": "https://example.org/vote",
            "urlToImage": None,
            "publishedAt": "2031-02-03T10:00:00Z",
            "content": VOTE,
        },
        {"source": {"id": "x", "name": "[Removed]"}, "title": "[Removed]", "content": "[Removed]"},
    ],
}
FUNDUS = [
    {
        "title": "A vote",
        "authors": ["Ana Silva", "Ben Roy"],
        "publishing_date": "2031-02-03 10:00:00+00:00",
        "body": {
            "summary": ["A vote is late."],
            "sections": [{"headline": [], "paragraphs": [VOTE]}, {"headline": ["Rain"], "paragraphs": [RAIN]}],
        },
        "html": {"requested_url": "https://example.org/a", "responded_url": "https://example.org/vote"},
    }
]
NEWSPAPER4K = {
    "url": "https://example.org/vote",
    "title": "A vote",
    "authors": ["Ana Silva", "Ben Roy"],
    "publish_date": "2031-02-03T10:00:00",
    "meta_site_name": "The Invented Post",
    "text": VOTE,
}
NEWSPLEASE = {
    "authors": ["Ana Silva"],
    "date_download": "2031-02-05 10:00:00",
    "date_publish": "2031-02-03 10:00:00",
    "source_domain": "example.org",
    "maintext": VOTE,
    "text": None,
    "title": "A vote",
    "url": "https://example.org/vote",
}


def write_json(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")
    return path


def test_newsapi(tmp_path):
    path = write_json(tmp_path / "a.json", NEWSAPI)
    with pytest.warns(ArticleWarning, match="unused columns: description, urlToImage"):
        vote, removed = iter_articles(path)
    assert (vote.doc_id, vote.text) == ("a-1", VOTE)
    assert known(vote) == (
        "A vote",
        "The Invented Post",
        "Ana Silva",
        "2031-02-03T10:00:00Z",
        "https://example.org/vote",
    )
    assert (removed.row, removed.reason.split(",")[0]) == (2, "the text is '[Removed]'")


def test_fundus(tmp_path):
    (article,) = load_articles(write_json(tmp_path / "a.json", FUNDUS))
    assert article.text == f"A vote is late.\n{VOTE}\nRain\n{RAIN}"
    assert known(article) == (
        "A vote",
        None,
        "Ana Silva, Ben Roy",
        "2031-02-03 10:00:00+00:00",
        "https://example.org/vote",
    )


@pytest.mark.parametrize("wrap", [lambda a: a, lambda a: [a], lambda a: {"x": 1, "data": {"results": [a]}}])
def test_newspaper4k_as_object_list_and_answer(tmp_path, wrap):
    (article,) = load_articles(write_json(tmp_path / "a.json", wrap(NEWSPAPER4K)))
    assert (article.text, *known(article)) == (
        VOTE,
        "A vote",
        "The Invented Post",
        "Ana Silva, Ben Roy",
        "2031-02-03T10:00:00",
        "https://example.org/vote",
    )


def test_news_please(tmp_path):
    with pytest.warns(ArticleWarning, match=r"unused columns: date_download$"):
        (article,) = load_articles(write_json(tmp_path / "a.json", NEWSPLEASE))
    assert (article.text, article.outlet, article.published) == (VOTE, "example.org", "2031-02-03 10:00:00")


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ({"title": {"0": "A", "1": "B"}, "text": {"0": VOTE, "1": RAIN}}, ["a-1", "a-2"]),  # pandas, by columns
        ({"x": {"text": VOTE}, "y": {"text": RAIN}}, ["x", "y"]),  # and by rows
        ({"hits": {"hits": [{"_source": {"text": VOTE}}, {"_source": {"text": RAIN}}]}}, ["a-1", "a-2"]),
        ({"response": {"results": [{"fields": {"bodyText": VOTE}}, {"fields": {"bodyText": RAIN}}]}}, ["a-1", "a-2"]),
        ({"items": [{"content_html": f"<p>{VOTE}</p>"}, {"content_text": RAIN}]}, ["a-1", "a-2"]),
    ],
)
@pytest.mark.filterwarnings("ignore:.*markup in the text")
def test_json_of_other_makes(tmp_path, value, ids):
    articles = load_articles(write_json(tmp_path / "a.json", value))
    assert [(a.doc_id, a.text) for a in articles] == list(zip(ids, (VOTE, RAIN), strict=True))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"status": "error", "message": "no key"}', "an error from the service that it comes from (no key)"),
        ('{"a": 1}', "no article in it (its fields: a)"),
        ("[]", "no article in it"),
        ('[{"text": "A."}', "not JSON (Expecting ',' delimiter, line 1)"),
        ("[" * 100_000, "objects or lists are nested too deeply"),
        ('{"text": ' + "1" * 5_000 + "}", "a number with thousands of digits"),
        ("[1, 2]", 'an object with "text" (a string) is needed, and this is a number'),
    ],
)
def test_json_without_an_article_says_why(tmp_path, content, reason):
    (tmp_path / "a.json").write_text(content, "utf-8")
    assert texts_and_reasons(tmp_path / "a.json")[0].startswith(reason)


def test_json_lines_under_the_name_of_json(tmp_path):
    (tmp_path / "a.json").write_text('{"text": "One."}\n{"text": "Two."}\n', "utf-8")
    assert texts_and_reasons(tmp_path / "a.json") == ["One.", "Two."]


# ---------------------------------------------------------------- workbooks


def make_workbook(path, **sheets):
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_workbook(tmp_path):
    import datetime

    path = make_workbook(
        tmp_path / "a.xlsx",
        Sheet=[
            [],
            ["text_name", "Media Name", "Publish Date", "text", "n"],
            ["x", "Post", datetime.datetime(2031, 2, 3), VOTE, 1],
            [7, "Post", "25/02/2031", RAIN, 2],
            [],
            [None, None, "04/03/2031", "=1+1", 3],
            [None, None, "04/03/2031", "It rained.", 3],
        ],
    )
    with pytest.warns(ArticleWarning, match=r"a\.xlsx: unused columns: n$"):
        vote, rain, formula, third = iter_articles(path)
    assert (vote.doc_id, vote.outlet, vote.published, vote.text) == ("x", "Post", "2031-02-03", VOTE)
    assert (rain.doc_id, rain.published) == ("7", "2031-02-25")
    assert (formula.row, formula.reason.split(";")[0]) == (6, "it contains no text")  # never computed
    assert (third.doc_id, third.published) == ("a-7", "2031-03-04")  # the row above settles what comes first


def test_workbook_with_a_title_above_the_names_and_days_as_numbers(tmp_path):
    rows = [
        ["Media monitoring, May 2031"],
        [],
        ["No", "Headline", "PublicationDate", "Full Text"],
        [1, "Vote", 47973, VOTE],
    ]
    with pytest.warns(ArticleWarning, match=r"a\.xlsx: unused columns: No$"):
        (article,) = load_articles(make_workbook(tmp_path / "a.xlsx", A=rows))
    assert (article.doc_id, article.title, article.published, article.text) == ("a-4", "Vote", "2031-05-05", VOTE)


def test_a_large_workbook_in_bounded_memory(tmp_path):
    """What is in memory is a row, not the sheet: here 600 texts of 1.3 MB in all."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("A")
    sheet.append(["text", "date"])
    for number in range(600):
        sheet.append([f"{VOTE} {number} " * 50, "2031-05-05"])
    book.save(tmp_path / "a.xlsx")
    read_article(make_workbook(tmp_path / "one.xlsx", A=[["text"], [VOTE]]))  # what is read once
    tracemalloc.start()
    try:
        count = sum(isinstance(item, Article) for item in iter_articles(tmp_path / "a.xlsx"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 600
    assert peak < 1_200_000


def test_a_workbook_is_read_under_a_progress_bar(tmp_path):
    """On a terminal the command counts articles; an error stands on a line of its own above the count."""
    import fcntl
    import pty
    import struct
    import termios

    make_workbook(tmp_path / "a.xlsx", A=[["text"], *([f"{VOTE} {n}"] for n in range(30)), [7]])
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    command = [sys.executable, "-m", "analysis", "annotate", "a.xlsx", "--jobs", "1", "-o", "out.jsonl"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=its, env=os.environ | {"PYTHONPATH": str(ROOT)}) as process:
        os.close(its)
        shown = b""
        with contextlib.suppress(OSError):  # how a terminal says that nobody writes to it any more
            while part := os.read(ours, 10_000):
                shown += part
    os.close(ours)
    assert process.returncode == 1
    assert b"0 articles [" in shown
    assert b"31 articles [" in shown
    assert b"error: a.xlsx:32: column 'text' holds '7' here, not text" in shown
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 30


def test_workbook_of_several_sheets(tmp_path):
    path = make_workbook(
        tmp_path / "a.xlsx", May=[["text"], [VOTE]], Notes=[["who", "when"], [1, 2]], June=[["body"], [RAIN]], Empty=[]
    )
    with pytest.warns(ArticleWarning, match=r"sheet Notes\): no column for the text among who, when"):
        articles = load_articles(path)
    assert [(a.doc_id, a.text) for a in articles] == [("a-May-2", VOTE), ("a-June-2", RAIN)]
    path = make_workbook(tmp_path / "b.xlsx", Notes=[["who"], [1]], Empty=[])
    assert texts_and_reasons(path)[0].startswith("no column for the text among who")
    assert texts_and_reasons(make_workbook(tmp_path / "c.xlsx", A=[["text"]]))[0].startswith("it has no rows")


def test_workbook_that_says_it_is_larger_than_it_is(tmp_path):
    good = make_workbook(tmp_path / "good.xlsx", A=[["text"], [VOTE]])
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename.endswith("sheet1.xml"):
                content = content.replace(b'<dimension ref="A1:A2" />', b'<dimension ref="A1:XFD1048576" />')
                content = content.replace(b"A1:A2", b"A1:XFD1048576").replace(
                    b"</row></sheetData>", b'</row><row r="9"><c r="XFD9" t="n"><v>1</v></c></row></sheetData>'
                )
            new.writestr(info, content)
    assert texts_and_reasons(tmp_path / "bad.xlsx") == [VOTE]


def test_workbook_that_is_damaged_or_a_bomb(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK nothing")
    assert texts_and_reasons(tmp_path / "a.xlsx")[0].startswith("not a zip that can be opened")
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * 20_000_000)
    assert "times its size, which text never does" in texts_and_reasons(tmp_path / "b.xlsx")[0]
    path = make_workbook(tmp_path / "c.xlsx", A=[["text"], [VOTE]])
    assert texts_and_reasons(path, book_bytes=1_000)[0].startswith(
        "a workbook of 0 MB unpacked, but at most 0 MB are read"
    )
    with zipfile.ZipFile(tmp_path / "d.xlsx", "w") as archive:
        archive.writestr("a.txt", "A vote.")
    assert texts_and_reasons(tmp_path / "d.xlsx")[0].startswith("cannot be read as a workbook")


def test_control_characters_of_workbooks(tmp_path):
    (article,) = load_articles(make_workbook(tmp_path / "a.xlsx", A=[["text"], [f"{VOTE}_x000D_\n{RAIN}"]]))
    assert article.text == f"{VOTE}\r\n{RAIN}"


# ---------------------------------------------------------------- XML

NITF = """<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE nitf SYSTEM "http://example.org/nitf.dtd">
<nitf><head><title>slug</title><docdata><date.issue norm="20310203T101500+0100"/></docdata></head>
<body><body.head><hedline><hl1>A vote &amp; a caf\xe9</hl1><hl2>slug</hl2></hedline>
<byline>By <person>ANA SILVA</person><byttl>Post Writer</byttl></byline><distributor>The Invented Agency</distributor>
<abstract><p>A summary.</p></abstract></body.head>
<body.content><block><p>EASTON (IA) -- The vote <em>may</em> be
   delayed, <person>Ann Reed</person> said.</p>
<hl2>Rain</hl2><p>It may rain, <br/>Tom Cole told reporters.<br/>It did.</p>
<media><media-caption>A picture.</media-caption></media><ul><li>One.</li><li>Two.</li></ul></block></body.content>
<body.end><p>ends</p></body.end></body></nitf>"""


def test_nitf(tmp_path):
    (tmp_path / "a.xml").write_bytes(NITF.encode("latin-1"))
    article = read_article(tmp_path / "a.xml")
    assert article.encoding == "iso-8859-1"
    assert article.text == (
        "EASTON (IA) -- The vote may be delayed, Ann Reed said.\nRain\n"
        "It may rain, Tom Cole told reporters.\nIt did.\nOne.\nTwo."
    )
    assert known(article) == (
        "A vote & a café",
        "The Invented Agency",
        "ANA SILVA",
        "2031-02-03T10:15:00+01:00",
        None,
    )


G2 = """\
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="x"><itemMeta><provider literal="agency.example"/><versionCreated>2031-02-04T10:00:00Z</versionCreated>
<firstCreated>2031-02-03T10:00:00Z</firstCreated></itemMeta>
<contentMeta><creator><name>Ana Silva</name></creator><infoSource literal="The Invented Agency"/>
<headline>A vote</headline><headline role="hld:subHeadline">More</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head>
<title>no</title>
</head><body><p>%s</p><p>It may
rain.</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="y"><contentMeta><headline>Rain</headline></contentMeta><contentSet>
<inlineData contenttype="text/plain"><![CDATA[<p>
   (IA) - Easton, May 3 - It may rain,
Tom Cole said.
   "It did," Ann Reed
said.
</p>]]></inlineData></contentSet></newsItem>
<newsItem guid="z"><contentMeta><headline>A picture</headline></contentMeta></newsItem>
</itemSet></newsMessage>"""


@pytest.mark.filterwarnings("ignore:.*markup in the text")
def test_newsml_g2(tmp_path):
    (tmp_path / "a.xml").write_text(G2 % VOTE, "utf-8")
    vote, rain, picture = iter_articles(tmp_path / "a.xml")
    assert (vote.doc_id, vote.text) == ("a-1", f"{VOTE}\nIt may rain.")
    assert known(vote) == ("A vote", "The Invented Agency", "Ana Silva", "2031-02-03T10:00:00Z", None)
    assert rain.text == '(IA) - Easton, May 3 - It may rain, Tom Cole said.\n"It did," Ann Reed said.'
    assert (picture.row, picture.reason.split(";")[0]) == (3, "no text in this item")


def test_newsml_1(tmp_path):
    (tmp_path / "a.xml").write_text(
        "<NewsML><NewsItem><NewsManagement><FirstCreated>20310203T101500Z</FirstCreated></NewsManagement>"
        "<NewsComponent>"
        "<NewsLines><HeadLine>A vote</HeadLine><ByLine>By Ana Silva</ByLine></NewsLines><AdministrativeMetadata>"
        "<Provider>"
        '<Party FormalName="IA"/></Provider></AdministrativeMetadata><NewsComponent><ContentItem><DataContent>'
        f"<p>{VOTE}</p><p>{RAIN}</p></DataContent></ContentItem></NewsComponent></NewsComponent></NewsItem></NewsML>",
        "utf-8",
    )
    article = read_article(tmp_path / "a.xml")
    assert article.text == f"{VOTE}\n{RAIN}"
    assert known(article) == ("A vote", "IA", "Ana Silva", "2031-02-03T10:15:00+00:00", None)


RSS = f"""<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Invented Post</title><item><title>A vote &amp;amp; rain</title><link>https://example.org/vote</link>
<dc:creator>Ana Silva</dc:creator><pubDate>Mon, 03 Feb 2031 10:00:00 +0100</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{VOTE}</p><script>x()</script><p>It&nbsp;did.</p>]]></content:encoded></item>
<item><title>Rain</title><description>It may rain&hellip;</description></item><item><title>Nothing</title></item>
</channel></rss>"""


def test_rss(tmp_path):
    (tmp_path / "a.xml").write_text(RSS, "utf-8")
    with pytest.warns(ArticleWarning) as told:
        vote, rain, nothing = iter_articles(tmp_path / "a.xml")
    assert vote.text == f"{VOTE}\nIt did."
    assert known(vote) == (
        "A vote & rain",
        "The Invented Post",
        "Ana Silva",
        "2031-02-03T10:00:00+01:00",
        "https://example.org/vote",
    )
    assert rain.text == "It may rain…"
    assert nothing.reason.startswith("no text in this item")
    assert any("1 of 3 items have only a summary" in str(w.message) for w in told)


def test_atom(tmp_path):
    (tmp_path / "a.xml").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Invented Post</title>'
        "<author><name>Ana Silva</name></author>"
        '<entry><title>A vote</title><link rel="self" href="no"/><link href="https://example.org/vote"/>'
        "<published>2031-02-03T10:00:00Z</published><updated>2031-02-04T10:00:00Z</updated>"
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{VOTE}</p><p>It did.</p></div></content>'
        "</entry>"
        f'<entry><content type="html">&lt;p&gt;{RAIN}&lt;/p&gt;</content></entry></feed>',
        "utf-8",
    )
    vote, rain = load_articles(tmp_path / "a.xml")
    assert (vote.text, rain.text) == (f"{VOTE}\nIt did.", RAIN)
    assert known(vote) == (
        "A vote",
        "The Invented Post",
        "Ana Silva",
        "2031-02-03T10:00:00Z",
        "https://example.org/vote",
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            '<!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>',
            "it defines entities",
        ),
        (
            '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><nitf>&a;</nitf>',
            "it defines entities, which can expand",
        ),
        ("<project><name>x</name></project>", "an unknown kind of XML (its outermost element is <project>)"),
        ("no XML", "not XML ("),
        ("<nitf></nitf>", "no text in this item"),
        ("<rss><channel/></rss>", "no article in it"),
    ],
)
def test_xml_that_is_refused_says_why(tmp_path, content, told):
    (tmp_path / "a.xml").write_text(content, "utf-8")
    (reason,) = texts_and_reasons(tmp_path / "a.xml")
    assert reason.startswith(told)


def test_xml_without_its_end_is_read_as_far_as_it_goes(tmp_path):
    (tmp_path / "a.xml").write_text(f"<nitf><body><body.content><p>{VOTE}</p><p>It may", "utf-8")
    with pytest.warns(ArticleWarning, match="not well-formed .*; read as far as it goes"):
        assert texts_and_reasons(tmp_path / "a.xml") == [f"{VOTE}\nIt may"]


# ---------------------------------------------------------------- OpenDocument

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
CONTENT = (
    f'<office:document-content xmlns:office="{OFFICE}office:1.0" xmlns:text="{OFFICE}text:1.0" '
    f'xmlns:table="{OFFICE}table:1.0">'
    "<office:body><office:text><text:tracked-changes><text:p>Taken out.</text:p></text:tracked-changes>"
    '<text:h>A vote</text:h><text:p>The vote <text:span>may</text:span> be<text:s text:c="2"/>delayed,<text:tab/>'
    "Ann Reed"
    "<text:note><text:note-body><text:p>A note.</text:p></text:note-body></text:note> said.</text:p>"
    "<table:table><table:table-row><table:table-cell><text:p>Yes: 3</text:p></table:table-cell></table:table-row>"
    "</table:table>"
    "<text:p>It<text:line-break/>rained.<office:annotation><text:p>Really?</text:p></office:annotation></text:p>"
    "</office:text></office:body></office:document-content>"
)
META = (
    f'<office:document-meta xmlns:office="{OFFICE}office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    f'xmlns:meta="{OFFICE}meta:1.0"><office:meta><dc:title>A vote</dc:title><meta:initial-creator>Ana Silva'
    "</meta:initial-creator></office:meta></office:document-meta>"
)


def make_odt(path, content=CONTENT):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("meta.xml", META)
    return path


def test_open_document(tmp_path):
    article = read_article(make_odt(tmp_path / "a.odt"))
    assert article.text == "A vote\nThe vote may be  delayed,\tAnn Reed said.\nYes: 3\nIt\nrained."
    assert known(article)[:3] == ("A vote", None, "Ana Silva")


def test_open_document_that_is_hostile(tmp_path):
    entities = '<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    assert "it defines entities" in texts_and_reasons(make_odt(tmp_path / "a.odt", entities + CONTENT))[0]
    bomb = make_odt(tmp_path / "b.odt", CONTENT.replace("rained", " " * 5_000_000))
    assert "times its size, which text never does" in texts_and_reasons(bomb)[0]
    with zipfile.ZipFile(tmp_path / "c.odt", "w") as archive:
        archive.writestr("a.txt", "A vote.")
    assert texts_and_reasons(tmp_path / "c.odt")[0].startswith("not a document that can be read")


# ---------------------------------------------------------------- mail

MAIL = f"""From: Ana Silva <ana@example.org>
To: desk@example.org
Subject: =?utf-8?q?A_vote_at_the_caf=C3=A9?=
Date: Mon, 03 Feb 2031 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: multipart/alternative; boundary="c"

--c
Content-Type: text/plain; charset=utf-8; format=flowed
Content-Transfer-Encoding: 8bit

The vote may be\x20
delayed, Ann Reed said.
It rained.
--c
Content-Type: text/html; charset=utf-8

<p>{VOTE}</p><script>x()</script>
--c--
--b
Content-Type: application/x-msdownload; name="run.exe"
Content-Disposition: attachment; filename="run.exe"
Content-Transfer-Encoding: base64

TVqQ
--b--
"""


def test_mail(tmp_path):
    (tmp_path / "a.eml").write_text(MAIL, "utf-8")
    with pytest.warns(ArticleWarning, match=r"a\.eml: unread attachments: run\.exe$"):
        article = read_article(tmp_path / "a.eml")
    assert article.text == f"{VOTE}\nIt rained."
    assert known(article) == ("A vote at the café", None, "Ana Silva", "2031-02-03T10:00:00+01:00", None)
    assert (article.doc_id, article.path) == ("a", (tmp_path / "a.eml").as_posix())


def test_newsletter_of_html_only(tmp_path):
    head = "<head><title>no</title><style>p {}</style></head>"
    page = f"<html>{head}<body><p>{VOTE}</p><p>It&nbsp;rained.</p></body></html>"
    (tmp_path / "a.eml").write_text(
        "From: The Invented Post <news@example.org>\nList-Unsubscribe: <https://example.org/no>\nSubject: News\n"
        f"Content-Type: text/html; charset=utf-8\n\n{page}",
        "utf-8",
    )
    article = read_article(tmp_path / "a.eml")
    assert (article.text, article.outlet, article.byline) == (f"{VOTE}\nIt rained.", "The Invented Post", None)


def test_mailbox(tmp_path):
    one = "From: Ana Silva <a@example.org>\nSubject: One\n\nOne.\n>From here on it rained.\n\n"
    two = "Subject: Two\nContent-Type: application/pdf\n\nJVBERi0=\n\n"
    (tmp_path / "a.mbox").write_text(
        f"From a@b Mon\n{one}From b@c Tue\n{two}From c@d Wed\nSubject: Three\n\n{RAIN}\n", "utf-8"
    )
    with pytest.warns(ArticleWarning, match=r"a\.mbox:2: unread attachments: application/pdf"):
        first, second, third = iter_articles(tmp_path / "a.mbox")
    assert (first.doc_id, first.title, first.text) == ("a-1", "One", "One.\nFrom here on it rained.")
    assert (second.row, second.reason.split(";")[0]) == (2, "no text in this e-mail")
    assert (third.doc_id, third.text) == ("a-3", RAIN)
    assert texts_and_reasons(tmp_path / "a.mbox", xml_bytes=30)[0].startswith("an e-mail of more than 0 MB")


def test_a_page_saved_with_its_pictures(tmp_path):
    body = "The vote on the new harbour may be delayed, the ministry said on Monday. " * 4
    (tmp_path / "a.mhtml").write_text(
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/vote\nSubject: A vote\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\n'
        "Content-Type: text/html\n"
        "Content-Transfer-Encoding: quoted-printable\nContent-Location: https://example.org/vote\n\n"
        f"<html><head><title>A vote=\n</title></head><body><article><h1>A vote</h1><p>{body}=E2=80=94</p></article>"
        "</body>"
        "</html>\n"
        "--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n",
        "utf-8",
    )
    article = read_article(tmp_path / "a.mhtml")
    assert article.text.endswith("said on Monday. —")
    assert (article.title, article.url) == ("A vote", "https://example.org/vote")
    (tmp_path / "b.mhtml").write_text("Content-Type: image/png\n\nx", "utf-8")
    assert texts_and_reasons(tmp_path / "b.mhtml") == ["no page in this file; save it as .html"]


# ---------------------------------------------------------------- gzip


def test_files_packed_by_gzip(tmp_path):
    for name, content in {
        "a.csv": f"id,text\nx,{VOTE.replace(',', ';')}\n",
        "b.jsonl": json.dumps({"text": VOTE}),
        "c.txt": RAIN,
        "d.xml": NITF.replace("iso-8859-1", "utf-8"),
    }.items():
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(content.encode()))
    make_workbook(tmp_path / "e.xlsx", A=[["text"], [VOTE]])
    (tmp_path / "e.xlsx.gz").write_bytes(gzip.compress((tmp_path / "e.xlsx").read_bytes()))
    (tmp_path / "e.xlsx").unlink()
    articles = load_articles(tmp_path)
    assert [a.doc_id for a in articles] == ["x", "b-1", "c", "d", "e-2"]
    assert articles[2].text == RAIN
    with zipfile.ZipFile(tmp_path / "f.zip", "w") as archive:
        archive.writestr("c.txt.gz", gzip.compress(RAIN.encode()))
    assert [(a.doc_id, a.text) for a in load_articles(tmp_path / "f.zip")] == [("f/c", RAIN)]


def test_gzip_that_is_damaged_or_a_bomb(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"0" * 50_000_000))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(VOTE.encode())[:-12])
    (tmp_path / "c.txt.gz").write_bytes(VOTE.encode())
    (tmp_path / "d.csv.gz").write_bytes(gzip.compress(b"text\n" + b"0" * 50_000_000))
    bomb, cut, plain, table = texts_and_reasons(tmp_path)
    assert bomb.startswith("it unpacks to more than 200 times its size")
    assert cut.startswith("damaged, or not compressed with gzip")
    assert plain.startswith("damaged, or not compressed with gzip")
    assert table.startswith("it unpacks to more than 200 times its size")


# ---------------------------------------------------------------- columns and dates


def test_columns_of_other_producers(tmp_path):
    (tmp_path / "a.csv").write_text(
        "Media Name,Publication Date,Author Name,Web URL,Headline,Article Text\n"
        f"Post,10 November 2031,\"['Ana Silva', 'Ben Roy']\",https://example.org/a,A &amp; B,\"{VOTE}\"\n"
        f'nan,NaT,nan,,nan,"{RAIN}"\n',
        "utf-8",
    )
    vote, rain = load_articles(tmp_path / "a.csv")
    assert known(vote) == ("A & B", "Post", "Ana Silva, Ben Roy", "2031-11-10", "https://example.org/a")
    assert known(rain) == (None,) * 5


def test_the_first_name_that_holds_something_is_taken(tmp_path):
    (tmp_path / "a.csv").write_text("text,source_domain,publication\nOne.,a.example,Post\nTwo.,b.example,\n", "utf-8")
    assert [a.outlet for a in load_articles(tmp_path / "a.csv")] == ["Post", "b.example"]


def test_an_abstract_is_read_only_where_nothing_else_is_there(tmp_path):
    (tmp_path / "a.csv").write_text("title,description\nA,One.\n", "utf-8")
    with pytest.warns(ArticleWarning, match="no column contains the whole text; 'description' is read instead"):
        assert [a.text for a in load_articles(tmp_path / "a.csv")] == ["One."]


@pytest.mark.parametrize("form", ["csv", "jsonl", "json"])
def test_ambiguous_dates_are_left_open_unless_the_file_settles_them(tmp_path, form):
    def write(*dates):
        rows = [{"text": f"Row {n}.", "date": date} for n, date in enumerate(dates)]
        lines = {
            "csv": "text,date\n" + "".join(f"{r['text']},{r['date']}\n" for r in rows),
            "jsonl": "".join(json.dumps(r) + "\n" for r in rows),
            "json": json.dumps(rows),
        }
        (tmp_path / f"a.{form}").write_text(lines[form], "utf-8")
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            return [a.published for a in load_articles(tmp_path / f"a.{form}")], [str(w.message) for w in told]

    assert write("03/04/2024", "25/04/2024") == (["2024-04-03", "2024-04-25"], [])
    assert write("03/04/2024", "04/25/2024") == (["2024-03-04", "2024-04-25"], [])
    for others in (("05/06/2024",), ("25/04/2024", "04/25/2024")):
        dates, told = write("03/04/2024", *others)
        assert dates[0] is None
        assert len(told) == 1
        assert "the date '03/04/2024' is ambiguous (2024-04-03 or 2024-03-04?)" in told[0]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-11-10", "2024-11-10"),
        ("20241110", "2024-11-10"),
        ("20241110T081500Z", "2024-11-10T08:15:00+00:00"),
        ("2024/11/10", "2024-11-10"),
        ("Sunday, November 10, 2024", "2024-11-10"),
        ("November 10, 2024 Sunday", "2024-11-10"),
        ("10th of November 2024", "2024-11-10"),
        ("Nov. 10, 2024 at 5:30 p.m.", "2024-11-10T17:30:00"),
        ("Sun, 10 Nov 2024 10:00:00 GMT", "2024-11-10T10:00:00+00:00"),
        ("November 10, 2024 10:00 PM EST", "2024-11-10"),
        ("25.12.2024", "2024-12-25"),
        ("1731196800", "2024-11-10T00:00:00+00:00"),
        ("1731196800000", "2024-11-10T00:00:00+00:00"),
    ],
)
def test_dates_in_the_usual_forms(written, iso):
    assert read_date(written) == iso


@pytest.mark.parametrize("written", ["2024", "May", "last Tuesday", "31/02/2024", "45292", "13/13/2024", "", "1" * 200])
def test_what_is_no_date(written):
    with pytest.raises((ValueError, TypeError)):
        read_date(written)


@settings(max_examples=60)
@given(
    st.one_of(
        st.text(max_size=90), st.from_regex(r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,9}[-/., ]{1,2}[0-9]{1,4}", fullmatch=True)
    )
)
def test_any_text_is_a_date_or_none(text):
    try:
        found = read_date(text)
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return
    assert read_date(found) == found  # ISO 8601 stays as it is


TOLD = "the date '03/04/2024' {}is ambiguous (2024-04-03 or 2024-03-04?)"


@pytest.mark.parametrize(
    ("record", "known"),
    [
        (
            {
                "title": {"rendered": "A vote &#8217;s"},
                "content": {"rendered": f"<p>{VOTE}</p>"},
                "link": "https://p.example/1",
                "author": 3,
            },
            ("A vote ’s", None, None, "https://p.example/1"),
        ),
        (
            {
                "title": "T",
                "text": VOTE,
                "source": "https://p.example/1",
                "source-hostname": "The Post",
                "hostname": "p.example",
            },
            ("T", "The Post", None, "https://p.example/1"),
        ),
        ({"title": "T", "text": VOTE, "source": "https://www.p.example/"}, ("T", "p.example", None, None)),
        (
            {"headline": {"main": "T"}, "paragraphs": [VOTE], "byline": {"original": "By Ana Silva"}},
            ("T", None, "Ana Silva", None),
        ),
        (
            {"pubtitle": "The Post", "FullText": VOTE, "DocumentURL": "https://p.example/2"},
            (None, "The Post", None, "https://p.example/2"),
        ),
        (
            {"siteName": "The Post", "text": VOTE, "pageUrl": "https://p.example/3", "author": "BY BEN"},
            (None, "The Post", "BEN", "https://p.example/3"),
        ),
        ({"media_name": "The Post", "story_text": VOTE, "lang": "eng"}, (None, "The Post", None, None)),
        ({"columns": ["title", "text"], "index": [0], "data": [["T", VOTE]]}, ("T", None, None, None)),
    ],
)
def test_what_other_producers_write(tmp_path, record, known):
    (tmp_path / "a.json").write_text(json.dumps(record), "utf-8")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        (article,) = load_articles(tmp_path / "a.json")
    assert (article.title, article.outlet, article.byline, article.url) == known
    assert article.text == VOTE
    assert not any("reads as English" in str(each.message) for each in told)


@pytest.mark.parametrize(
    "line", ["03/04/2024", "By Ann Reed | 03/04/2024", "Published: 03/04/2024 10:15", "Updated on 03/04/2024"]
)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".rtf", ".docx"])
def test_an_ambiguous_date_below_a_headline_is_told(tmp_path, line, suffix):
    from docx import Document

    path = tmp_path / f"a{suffix}"
    lines = ["Council delays vote", line, "The vote may be delayed, the council said on Monday."]
    if suffix == ".docx":
        document = Document()
        for each in lines:
            document.add_paragraph(each)
        document.save(path)
    else:
        path.write_text("\\par ".join(lines).join(["{\\rtf1 ", "}"]) if suffix == ".rtf" else "\n".join(lines))
    with pytest.warns(ArticleWarning) as told:
        article = read_article(path)
    assert article.published is None
    assert [str(each.message).startswith(f"{path}: " + TOLD.format("below the headline ")) for each in told] == [True]


@pytest.mark.parametrize(
    "line", ["23/04/2024", "3 April 2024", "The vote of 03/04/2024 was late.", "Call 03/04/2024/5"]
)
def test_other_lines_below_a_headline_are_not(tmp_path, line):
    (tmp_path / "a.txt").write_text(f"Council delays vote\n{line}\nIt may rain, the council said.")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_article(tmp_path / "a.txt")
        (tmp_path / "b.md").write_text("---\npublished: 2024-04-03\n---\nVote\n03/04/2024\nIt may rain, she said.")
        assert read_article(tmp_path / "b.md").published == "2024-04-03"


@pytest.mark.parametrize(
    ("shown", "head", "published"),
    [
        ("03/04/2024", "", None),
        ("03/04/2024", '<meta name="date" content="03/04/2024">', None),
        ("23/04/2024", "", "2024-04-23"),
        ("03/04/2024", '<meta property="article:published_time" content="2024-03-04T10:00:00Z">', "2024-03-04"),
        ("03/04/2024", '<link rel="canonical" href="https://example.org/2024/03/04/vote">', "2024-03-04"),
        ("<time datetime=2024-03-04>03/04/2024</time>", "", "2024-03-04"),
    ],
)
def test_a_date_in_numbers_on_a_page(tmp_path, shown, head, published):
    said = "<p>The vote may be delayed, the council said on Monday, and the bridge will stay closed until then.</p>"
    (tmp_path / "a.html").write_text(
        f"<html><head><title>Council delays vote</title>{head}</head><body><article><h1>Council delays vote</h1>"
        f'<p class="byline">By Ann Reed</p><p class="date">{shown}</p>{said * 3}</article></body></html>'
    )
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert read_article(tmp_path / "a.html").published == published
    assert [TOLD.format("") in str(each.message) for each in told] == [True] * (published is None)


def test_what_settles_an_order():
    assert settled([None, 7, "13/04/2024"]) is True
    assert settled(["04/13/2024"]) is False
    assert settled([]) is None


# ---------------------------------------------------------------- any bytes


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<br/>", "<script>", "</script>", "<!--", "-->", "a", "&amp;", "&", "<", "\n", "<style"]
        )
    ).map("".join)
)
def test_markup_leaves_no_trace(text):
    plain = plain_text(text)
    assert not any(sign in plain for sign in ("<p>", "<br", "\n\n"))
    assert plain == plain.strip()


SEEDS = {
    ".json": json.dumps(NEWSAPI).encode(),
    ".xml": RSS.encode(),
    ".eml": MAIL.encode(),
    ".mbox": b"From a@b Mon\n" + MAIL.encode(),
    ".mhtml": MAIL.encode(),
    ".txt.gz": gzip.compress(VOTE.encode()),
}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([*SEEDS, ".nitf"]),
    st.lists(
        st.tuples(
            st.integers(0, 1_500),
            st.integers(0, 60),
            st.sampled_from([b"", b"<", b"\xff", b"&a;", b"{", b"--b", b"\n"]),
        )
    ),
)
@pytest.mark.filterwarnings("ignore::analysis.text.article.ArticleWarning")
def test_cut_and_changed_files_give_articles_or_errors_that_name_the_file(tmp_path, kind, changes):
    raw = bytearray(SEEDS.get(kind, NITF.encode("latin-1")))
    for at, length, piece in changes:
        raw[at : at + length] = piece
    path = tmp_path / f"a{kind.replace('.nitf', '.xml')}"
    path.write_bytes(raw)
    for item in iter_articles(path):
        assert isinstance(item, Article) or str(item).startswith(str(path))
        assert "please report it" not in str(item)


def test_what_senders_add_is_no_text(tmp_path):
    """Of a newsletter as HTML, and of a feed: what is hidden, links to the browser, subscriptions, captions."""
    (tmp_path / "a.eml").write_text(
        "From: Post <a@x.example>\nSubject: Vote\nContent-Type: text/html\n\n"
        "<div style='display:none'>Seen in lists</div>"
        f"<p><a href=x>View in browser</a></p><h1>Vote</h1><p>{VOTE}</p><p>You received this because you subscribed."
        " <a>Unsubscribe</a></p>"
    )
    caption = "<figure><figcaption>The hall.</figcaption></figure>"
    feed = f"<p>{VOTE}</p>{caption}<p>The post Vote appeared first on The Post.</p>"
    (tmp_path / "b.xml").write_text(
        '<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><title>The Post</title><item>'
        f"<title>Vote</title><c:encoded><![CDATA[{feed}]]></c:encoded></item></channel></rss>"
    )
    assert [article.text for article in load_articles(tmp_path)] == [f"Vote\n{VOTE}", VOTE]
