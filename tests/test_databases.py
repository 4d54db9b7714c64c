"""Exports of news databases: each form is split into its articles, and none of its labels is text."""

import contextlib
import re
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inputs.exports import find_export, find_export_in_page
from analysis.inputs.exports.records import find_date
from analysis.inputs.factiva_xml import find_factiva_xml
from analysis.inputs.loading import iter_articles, load_articles, read_article
from analysis.inputs.rtf import rtf_text
from analysis.text.article import ArticleError, ArticleNote, ArticleWarning

ONE = "The vote on the new harbour may be delayed, the ministry said on Monday.\n“We need time,” said Ann Reed."
TWO = "A bridge in Norhaven is closed. It rained.\nNo one was hurt."
FIELDS = ("title", "outlet", "published", "byline", "language")

# ---------------------------------------------------------------- the forms, all invented

ACADEMIC = """
Download Request: Selected Items: 1-2
Time Of Request: Friday, March 20, 2031  16:51:31

Send To:
UNIVERSITY OF NORHAVEN

Terms: (harbour and vote)
Source: All News
Project ID: None

                               1 of 2 DOCUMENTS

                          The Invented Post (Norhaven)

                             May 5, 2031 Monday
                                   Edition 1;
                               National Edition

Harbour vote delayed;
ministry asks for time

BYLINE: BY ANA SILVA

SECTION: NEWS; Pg. 3

LENGTH: 24 words

HIGHLIGHT: A short summary that is not the article.

The vote on the new harbour may be delayed, the ministry
said on Monday.

“We need time,” said Ann Reed.

SUBJECT: HARBOURS (90%)

LOAD-DATE: May 6, 2031

LANGUAGE: ENGLISH

GRAPHIC: Ann Reed, who leads the council

PUBLICATION-TYPE: Newspaper


                        Copyright 2031 Invented Post Ltd
                              All Rights Reserved

                               2 of 2 DOCUMENTS

                             Courier

                             5 May 2031

Bridge closed

LENGTH: 9 words

A bridge in Norhaven is closed. It rained.

No one was hurt.

LOAD-DATE: May 6, 2031

LANGUAGE: ENGLISH
"""
OLD_ACADEMIC = """
Document 1 of 2

Copyright 1999 Invented Post Ltd
The Invented Post

May 5, 1999, Wednesday, Final Edition

SECTION: A SECTION; Pg. A01

LENGTH: 24 words

HEADLINE: Harbour vote delayed

BYLINE: Ana Silva, Post Staff Writer

DATELINE: NORHAVEN, May 4

BODY:
The vote on the new harbour may be delayed, the ministry said on Monday.

“We need time,” said Ann Reed.

LANGUAGE: ENGLISH

LOAD-DATE: May 5, 1999

Document 2 of 2

Copyright 1999 Courier Co.
Courier

May 6, 1999

LENGTH: 9 words

HEADLINE: Bridge closed

BODY:
A bridge in Norhaven is closed. It rained.

No one was hurt.

LOAD-DATE: May 6, 1999
"""
UNI = """
Date and Time: Friday, 5. May 2031 09:31:00 CEST
Job Number: 00000001
Documents (2)
1. Harbour vote delayed
Client/Matter: -None-
Search Terms: harbour and vote
Search Type: Natural Language
Narrowed by:
Content Type
Narrowed by
News
Sources: The Invented Post; Content Type: News
2. Bridge closed
Client/Matter: -None-
Search Terms: harbour and vote


Harbour vote delayed
The Invented Post (Norhaven)
May 5, 2031 Monday 9:20 AM GMT

Copyright 2031 Invented Post Ltd. All Rights Reserved

Section:\xa0NEWS; Version:2
Length:\xa024 words
Byline:\xa0Ana Silva in Norhaven
Highlight:\xa0A short summary that is not the article.
Body

The vote on the new harbour may be delayed, the ministry said on Monday.

Link to Image

“We need time,” said Ann Reed.

Graphic

Ann Reed, who leads the council
Classification

Language:\xa0ENGLISH
Publication-Type:\xa0Newspaper
Subject:\xa0HARBOURS (90%)
Load-Date:\xa0May 6, 2031

End of Document

Bridge closed
Courier
Dienstag 6. Mai 2031

Copyright 2031 Courier Co.

Length: 9 words
Body

A bridge in Norhaven is closed. It rained.
No one was hurt.

Load-Date: May 6, 2031

End of Document
"""
CODED = """
SE
News; 3
HD
Harbour vote delayed
BY
By Ana Silva
WC
24 words
PD
5 May 2031
ET
15:32
SN
The Invented Post
SC
INVPST
LA
English
CY
(c) 2031, Invented Post Ltd.

LP
The vote on the new harbour may be delayed, the ministry said on Monday.

TD
“We need time,” said Ann Reed.

NS
gvote : Elections | gpol : Politics
RE
norh : Norhaven
AN
Document INVPST0020310505e7ct0001r

HD
Bridge closed
WC
9 words
PD
6 May 2031
SN
Courier
LA
English
LP
A bridge in Norhaven is closed. It rained.
TD
No one was hurt.
IN
iroad : Roads
AN
Document COURIE0020310506e7ct0001r

Search Summary
Text
harbour and vote
Results Found
2
"""
FIELD_FILE = """\
HD  Harbour vote delayed
BY  Ana Silva
WC  24 words
PD  5 May 2031
SN  The Invented Post
LA  English
LP  The vote on the new harbour may be delayed, the ministry said on Monday.
TD  “We need time,” said Ann Reed.
CO  invpst : Invented Post
AN  INVPST0020310505e7ct0001r

HD  Bridge closed
PD  6 May 2031
SN  Courier
LA  English
LP  A bridge in Norhaven is closed. It rained.
    No one was hurt.
AN  COURIE0020310506e7ct0001r
"""
LAID_OUT = """
News; 3
Harbour vote delayed
By Ana Silva
24 words
5 May 2031
15:32
The Invented Post
INVPST
Final
3
English
(c) 2031, Invented Post Ltd.

The vote on the new harbour may be delayed, the ministry said on Monday.

“We need time,” said Ann Reed.

Invented Post Digital (Full Text)
Document INVPST0020310505e7ct0001r

Bridge closed
9 words
6 May 2031
Courier
COURIE
English
Copyright 2031 Courier Co.

A bridge in Norhaven is closed. It rained.

No one was hurt.

Document COURIE0020310506e7ct0001r

Search Summary
Text
harbour and vote
Results Found
2
"""
RULE = "_" * 60
PROQUEST = f"""{RULE}

Report Information from ProQuest
May 20 2031 10:02
{RULE}

Table of contents

1. Harbour vote delayed
2. Bridge closed
{RULE}

Document 1 of 2

Harbour vote delayed

Author: Silva, Ana

https://www.proquest.com/docview/3107396628/se-2

Abstract: None available.

Links: https://example.org/openurl?title=Harbour

Full text: The vote on the new harbour may be delayed, the ministry said on Monday.
“We need time,” said Ann Reed.
CAPTION: Ann Reed on Monday.

Subject: Harbours; Votes

Business indexing term: Subject: Harbours

Title: Harbour vote delayed

Publication title: The Invented Post (Online); Norhaven

Publication year: 2031

Publication date: May 5, 2031

Language of publication: English

ProQuest document ID: 3107396628

Document URL: https://www.proquest.com/docview/3107396628/se-2

Copyright: Copyright 2031 Invented Post Ltd. All Rights Reserved.

Last updated: 2031-05-22

Database: Newsstream
{RULE}

Document 2 of 2

Bridge closed

Publication info: Courier ; Norhaven [Norhaven]06 May 2031.

Full text: A bridge in Norhaven is closed. It rained.

No one was hurt.

CAPTION: The bridge on Monday.
Credit: Ben Roy

Title: Bridge closed

Language of publication: English

ProQuest document ID: 3107396629
{RULE}

Contact us at: https://example.org

Database copyright © 2031 ProQuest LLC. All rights reserved.

Terms and Conditions: https://example.org
"""
PROQUEST_REPORT = """
TABLE OF CONTENTS
1. Harbour vote delayed ............ 1
2. Bridge closed ................... 2

Harbour vote delayed
Silva, Ana . The Invented Post (Online) ; Norhaven [Norhaven]. 05 May 2031: A.3.
ProQuest document link

ABSTRACT (ENGLISH)
A short summary that is not the article.

FULL TEXT
The vote on the new harbour may be delayed, the ministry said on Monday.

“We need time,” said Ann Reed.
CREDIT: Ana Silva

DETAILS
Subject: Harbours; Votes
Publication title: The Invented Post (Online); Norhaven
First page: A.3
Publication date: May 5, 2031
Source type: Newspaper
Language of publication: English
ProQuest document ID: 3107396628
Document URL: https://www.proquest.com/docview/3107396628/se-2
Copyright: Copyright Invented Post Ltd May 5, 2031
Database: Newsstream

LINKS
Linking Service

Bridge closed
Roy, Ben . Courier ; Norhaven [Norhaven]. 06 May 2031.
ProQuest document link

FULL TEXT
A bridge in Norhaven is closed. It rained.

No one was hurt.

DETAILS
Publication title: Courier; Norhaven
Language of publication: English
ProQuest document ID: 3107396629
Database: Newsstream

Database copyright © 2031 ProQuest LLC. All rights reserved.
Terms and Conditions Contact ProQuest
"""
AS_TEXT = {
    "LexisNexis": (
        ACADEMIC,
        [
            "Harbour vote delayed; ministry asks for time",
            "The Invented Post (Norhaven)",
            "2031-05-05",
            "ANA SILVA",
            "en",
        ],
        "2031-05-05",
    ),
    "LexisNexis, older": (
        OLD_ACADEMIC,
        ["Harbour vote delayed", "The Invented Post", "1999-05-05", "Ana Silva, Post Staff Writer", "en"],
        "1999-05-06",
    ),
    "Nexis Uni": (
        UNI,
        ["Harbour vote delayed", "The Invented Post (Norhaven)", "2031-05-05", "Ana Silva in Norhaven", "en"],
        "2031-05-06",
    ),
    "Factiva, codes": (
        CODED,
        ["Harbour vote delayed", "The Invented Post", "2031-05-05", "Ana Silva", "en"],
        "2031-05-06",
    ),
    "fields": (
        FIELD_FILE,
        ["Harbour vote delayed", "The Invented Post", "2031-05-05", "Ana Silva", "en"],
        "2031-05-06",
    ),
    "Factiva, no codes": (
        LAID_OUT,
        ["Harbour vote delayed", "The Invented Post", "2031-05-05", "Ana Silva", "en"],
        "2031-05-06",
    ),
    "ProQuest": (
        PROQUEST,
        ["Harbour vote delayed", "The Invented Post (Online)", "2031-05-05", "Silva, Ana", "en"],
        "2031-05-06",
    ),
    "ProQuest, headings": (
        PROQUEST_REPORT,
        ["Harbour vote delayed", "The Invented Post (Online)", "2031-05-05", "Silva, Ana", "en"],
        "2031-05-06",
    ),
}
SECOND_AUTHORS = {"ProQuest": "Ben Roy", "ProQuest, headings": "Roy, Ben"}


def check_pieces(export, first, later, author=None):
    assert [piece.text for piece in export.pieces] == [ONE, TWO]
    found, other = (piece.record for piece in export.pieces)
    assert [found.get(name) for name in FIELDS] == first
    assert (other["title"], other["outlet"], other["published"], other.get("byline")) == (
        "Bridge closed",
        "Courier",
        later,
        author,
    )


@pytest.mark.parametrize("form", AS_TEXT)
def test_a_text_is_split_into_its_articles(form):
    text, first, later = AS_TEXT[form]
    check_pieces(find_export(text), first, later, SECOND_AUTHORS.get(form))


def known(text):
    """What is known of each article of an export: title, outlet, date, byline, text."""
    export = find_export_in_page(text) if text.startswith("<") else find_export(text)
    return [(*(p.record.get(name) for name in FIELDS[:4]), p.text) for p in export.pieces]


VOTE, TIME = ONE.splitlines()
FIRST = ("Harbour vote delayed", "The Invented Post", "2031-05-05", "Ana Silva")
UNI_TOP = """Harbour vote delayed
The Invented Post
May 5, 2031 Monday

Copyright 2031 Post

Length: 24 words
"""
LATER = {
    "heads of pages in the text": f"""Page 1 of 2
Harbour vote delayed

{UNI_TOP}Byline: Ana Silva
Body

{VOTE}

Page 2 of 2
Harbour vote delayed

{TIME}

Load-Date: May 6, 2031

End of Document
""",
    "notes below the text": f"""{UNI_TOP}Byline: Ana Silva
Body

{VOTE}
{TIME}

Notes

Online on May 4.

Load-Date: May 6, 2031

End of Document
""",
    "delivered by others": f"""{UNI_TOP}Byline: Ana Silva
Body

May 05, 2031( The Post: http://x/ Delivered by Newstex)

{VOTE}
{TIME}

Load-Date: May 6, 2031

End of Document
""",
    "lines of a page that stand apart": f"""<p>Harbour vote delayed</p>
<p>The Invented Post</p>
<p>May 5, 2031 Monday</p>
<p>Copyright 2031 Post</p>
<p>Length: 24 words</p>
<p>Byline: Ana Silva</p>
<p>Body</p>
<p>{VOTE}</p>
<p>{TIME}</p>
<p>Load-Date: May 6, 2031</p>
<p>End of Document</p>""",
    "a show above the title": f"""1 of 1 DOCUMENT

The Invented Post

May 5, 2031 Monday

SHOW: THE HOUR 8:00 PM EST

Harbour vote delayed

BYLINE: Ana Silva

LENGTH: 24 words

{VOTE}

{TIME}

LOAD-DATE: May 6, 2031

TRANSCRIPT: 050501
""",
    "focus": f"""FOCUS - 1 of 1 DOCUMENTS

Copyright 2031 Post
The Invented Post

May 5, 2031, Monday, BC cycle

LENGTH: 24 words

HEADLINE: Harbour vote delayed

BYLINE: By Ana Silva

BODY:
   {VOTE}
   {TIME}

LOAD-DATE: May 6, 2031
""",
    "one without its number": f"""The Invented Post

5 May 2031 Monday

Harbour vote delayed

BYLINE: Ana Silva

LENGTH: 24 words

{VOTE}

{TIME}

LOAD-DATE: 6 May 2031

Copyright 2031 Post Ltd.
""",
    "the end of an agency": f"""HD
Harbour vote delayed
CR
By Ana Silva
PD
5 May 2031
SN
The Invented Post
LP
{VOTE}
TD
{TIME}
Write to Ana Silva at ana@post.example
(END) Dow Jones Newswires
May 05, 2031 04:15 ET
AN
Document POST000020310505e7550000a
""",
    "headings of fields in a page": f"""<p>Document 1 of 1</p>
<p>Harbour vote delayed</p>
<p>Author: Ana Silva</p>
<p>ProQuest document link</p>
<p>Full text:</p>
<p>{VOTE}</p>
<p>{TIME}</p>
<p>Publication title: The Invented Post; Norhaven</p>
<p>Publication date: May 5, 2031</p>
<p>ProQuest document ID: 1</p>
<p>Database: ProQuest</p>""",
}


@pytest.mark.parametrize("form", LATER)
def test_other_layouts(form):
    assert known(LATER[form]) == [(*FIRST, ONE)]


def test_a_paragraph_that_opens_like_a_label_is_text():
    said = "Subject: a word that opens a paragraph of the article here, and no label, as she said."
    below = "Subject: HARBOURS (90%)\n\nLoad-Date: May 6, 2031\n\nEnd of Document\n"
    text = f"{UNI_TOP}Body\n\n{VOTE}\n\n{said}\n\n{TIME}\n\n{below}"
    assert known(text) == [(*FIRST[:3], None, f"{VOTE}\n{said}\n{TIME}")]


def test_an_agency_below_the_title_and_the_foot_of_a_printed_page():
    text = f"""Harbour vote delayed
24 words
5 May 2031
The Invented Post
POST
English
(c) 2031

{VOTE}
{TIME}
Document POST000020310505e7550000a

Page 2 of 3 © 2031 Factiva, Inc. All rights reserved.

Bridge closed
Reuters
9 words
6 May 2031
Reuters News
LBA
English
(c) 2031

{TWO}

Document LBA0000020310506e7550000b
"""
    assert known(text) == [(*FIRST[:3], None, ONE), ("Bridge closed", "Reuters News", "2031-05-06", "Reuters", TWO)]


@pytest.mark.parametrize("form", AS_TEXT)
def test_so_is_one_with_other_line_ends_and_single_articles(form):
    text, first, _ = AS_TEXT[form]
    assert [p.text for p in find_export(text.replace("\n", "\r\n")).pieces] == [ONE, TWO]
    end = re.search(r"\n[^\n]*(?:2 of 2|End of Document|Document INVPST\w+|AN +INVPST\w+|{RULE}\n\nDocument 2)", text)
    if form in ("Nexis Uni", "Factiva, codes", "fields", "Factiva, no codes"):
        alone = find_export(text[: end.end()])
        assert [(p.text, p.record["title"]) for p in alone.pieces] == [(ONE, first[0])]


def test_a_field_file_with_one_space_after_the_code():
    text = re.sub(r"(?m)^([A-Z]{2})  ", r"\1 ", FIELD_FILE).replace("“We need", "IN A STATEMENT: “We need")
    one, two = find_export(text).pieces
    assert one.text.endswith("IN A STATEMENT: “We need time,” said Ann Reed.")
    assert (two.text, two.record["published"]) == (TWO, "2031-05-06")


def test_german_labels_and_dates():
    text = """
1 von 1 DOKUMENTEN

Der Erfundene Bote

27. Februar 2032 Freitag

Brücke gesperrt

AUTOR: Ida Holm

RUBRIK: LOKALES; S. 3

LÄNGE: 9 Wörter

Die Brücke ist gesperrt.

UPDATE: 28. Februar 2032

SPRACHE: GERMAN; DEUTSCH

Copyright 2032 Erfundener Bote GmbH
Alle Rechte vorbehalten
"""
    (piece,) = find_export(text).pieces
    assert piece.text == "Die Brücke ist gesperrt."
    assert piece.record == {
        "title": "Brücke gesperrt",
        "outlet": "Der Erfundene Bote",
        "published": "2032-02-27",
        "byline": "Ida Holm",
        "language": "de",
    }


@pytest.mark.parametrize(
    "text",
    [
        "The file was marked 1 of 2 documents.\n\nThe vote may be late.",
        "HD screens sell well.\nPD stands for police department.\nTD Bank may move.\nSN is a code.",
        "Full text: the ministry’s statement\n\nThe vote may be late.",
        "Body\n\nThe body was found on Monday.\n\nText\n\nIt may rain.",
        "1. The vote\n2. The bridge\n\nEnd of document, he wrote.",
        "Section 3 says: Length matters.\nBYLINE: none",
    ],
)
def test_an_article_is_not_taken_for_an_export(text):
    assert find_export(text) is None


# ---------------------------------------------------------------- pages


def nexis_page():
    """The older form as its HTML: a <div> a block, <br> inside blocks, in capitals."""
    out = []
    for block in ACADEMIC.strip().split("\n\n"):
        lines = "<BR>".join(" ".join(line.split()) for line in block.strip().splitlines())
        if lines:
            out.append(f'<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c2">{lines}</SPAN></P>\n</DIV>')
    return (
        f"<HTML><HEAD><STYLE>.c0 {{}}</STYLE></HEAD><BODY><!-- <DOC NUMBER=1><DOCFULL> -->{''.join(out)}</BODY></HTML>"
    )


def test_the_older_form_as_a_page():
    page = nexis_page().replace("ministry<BR>said", "ministry said").replace("ministry\nsaid", "ministry said")
    one, two = find_export_in_page(page).pieces
    assert (one.text, two.text) == (ONE, TWO)
    assert (one.record["title"], one.record["byline"]) == ("Harbour vote delayed; ministry asks for time", "ANA SILVA")


def factiva_row(code, value, tag="td"):
    return f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>'


FACTIVA_CODES = (
    '<html><head><title>Factiva</title></head><body><h1>Factiva</h1><div class="article enArticle"><table>'
    + factiva_row("HD", "<b class='enHeadline'>Harbour <b>vote</b> delayed</b>")
    + factiva_row("BY", "By Ana Silva")
    + factiva_row("WC", "24 words")
    + factiva_row("PD", "5 mai 2031")
    + factiva_row("SN", "The Invented Post")
    + factiva_row("LA", "Anglais")
    + factiva_row("CY", "(c) Invented Post.")
    + factiva_row("<p>LP</p>", f"<p class='articleParagraph'>{ONE.splitlines()[0]}</p>")
    + factiva_row("<p>TD</p>", f"<p class='articleParagraph'>{ONE.splitlines()[1]}</p>")
    + factiva_row("NS", "gvote : Elections")
    + factiva_row("AN", "Document INVPST0020310505e7ct0001r")
    + '</table></div><div id="pageFooter">© 2031 Factiva, Inc. All rights reserved.</div></body></html>'
)
FACTIVA_LAYOUT = (
    "<html><head><title>Factiva</title></head><body><h1>Dow Jones Factiva</h1>"
    '<div id="article-INVPST" class="article"><div class="article enArticle"><p></p><div>News; 3</div>'
    '<div id="hd"><span class="enHeadline">Harbour vote delayed </span></div><div class="author">By Ana Silva </div>'
    "<div>24 Wörter</div><div>5 Mai 2031</div><div>The Invented Post</div><div>INVPST</div><div>Englisch</div>"
    "<div>Copyright 2031 Invented Post Ltd. </div><p></p>"
    + "".join(f'<p class="articleParagraph enarticleParagraph">{line} </p>' for line in ONE.splitlines())
    + "<p>Invented Post Digital (Full Text)</p><p>Dokument INVPST0020310505e7ct0001r</p></div></div></body></html>"
)


@pytest.mark.parametrize("page", [FACTIVA_CODES, FACTIVA_LAYOUT])
def test_pages_of_factiva(page):
    (piece,) = find_export_in_page(page).pieces
    assert piece.text == ONE
    assert [piece.record.get(name) for name in FIELDS] == [
        "Harbour vote delayed",
        "The Invented Post",
        "2031-05-05",
        "Ana Silva",
        "en",
    ]


def europresse_first(title, author, text):
    return (
        '<table><tr><td><span class="DocPublicationName">The Invented Post, no. 12</span><br>'
        '<span class="DocHeader">Politique, </span><span class="DocHeader">lundi </span>'
        f'<span class="DocHeader">5 mai 2031</span><br><br><span class="TitreArticleVisu">{title}</span><br><br>'
        f"{author}<p></p>{text}<p></p><b><i>© 2031 Post. Tous droits réservés.</i></b><p></p>Numéro de document : "
        "news·20310505·IP·1<br><table><tr><td>Ce certificat est émis à University.</td></tr></table></td></tr></table>"
    )


def europresse_later(title, author, text, *, newest=False):
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("<p></p>"))
    more = ' class="sm-margin-TopNews titreArticleVisu rdp__articletitle"' if newest else ' class="titreArticleVisu"'
    return (
        "<article><header><img sourcecode='IP'/><div class='rdp__DocPublicationName'><span class='DocPublicationName'>"
        "The Invented Post </span></div><div><span class='DocHeader'>Politique, lundi 5 mai 2031, p. 16</span></div>"
        f"<div class='titreArticle'><p{more}>{title}</p></div><div>{author}</div></header><section>"
        f"<div class='DocText clearfix'><div class='docOcurrContainer'>{paragraphs}</div></div></section>"
        "<aside><div><b>Note(s) : </b><p>A note</p></div></aside><footer><small>© 2031 Post.</small>"
        "<p>Numéro de document : news·20310505·IP·1</p></footer></article>"
    )


@pytest.mark.parametrize("layout", ["first", "second", "newest"])
def test_pages_of_europresse(layout):
    text = ONE.replace("\n", "<p></p>").replace("vote", "<mark>vote</mark>")
    made = {
        "first": europresse_first,
        "second": europresse_later,
        "newest": lambda *parts: europresse_later(*parts, newest=True),
    }[layout]
    page = f"<html><body>{made('Harbour <em>vote</em> delayed', 'Ana Silva', text) * 2}</body></html>"
    export = find_export_in_page(page)
    assert [piece.text for piece in export.pieces] == [ONE, ONE]
    assert export.pieces[0].record == {
        "title": "Harbour vote delayed",
        "outlet": "The Invented Post",
        "published": "2031-05-05",
        "byline": "Ana Silva",
    }


def test_a_page_of_a_newspaper_is_no_export():
    page = "<html><head><title>Factiva sued</title></head><body><p>1 of 2 DOCUMENTS</p><p>HD</p></body></html>"
    assert find_export_in_page(page) is None


XML = """<?xml version="1.0" encoding="utf-8"?>
<PPSResponse><ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet count="1"><ppsarticle>
<article><accessionNo>INVPST1</accessionNo><baseLanguage>EN</baseLanguage><copyright>(c) Post</copyright>
<headline><paragraph>Harbour <hlt>vote</hlt> delayed</paragraph></headline><byline>By Ana Silva</byline>
<leadParagraph><paragraph>The vote on the new harbour may be delayed, the ministry
 said on Monday.</paragraph></leadParagraph>
<publicationDate><dateTime>2031-05-05T01:35:58Z</dateTime></publicationDate><sourceName>The Invented Post</sourceName>
<tailParagraphs><paragraph>“We need time,” said Ann Reed.</paragraph></tailParagraphs><notes>A NOTE</notes></article>
</ppsarticle></ppsarticleResultSet></ppsArticleResponse></PPSResponse>"""


def test_xml_by_factiva(tmp_path):
    (tmp_path / "a.xml").write_text(XML, "utf-8")
    with pytest.warns(ArticleNote, match=r"a\.xml: an export from Factiva \(XML\): 1 article"):
        article = read_article(tmp_path / "a.xml")
    assert (article.text, article.doc_id, article.title, article.outlet) == (
        ONE,
        "a",
        "Harbour vote delayed",
        "The Invented Post",
    )
    assert (article.published, article.byline, article.language) == ("2031-05-05", "Ana Silva", "en")


@pytest.mark.filterwarnings("ignore::analysis.text.article.ArticleWarning")  # that it is read as far as it goes
@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("<feed><entry>It may rain.</entry></feed>", "no text in this item"),
        (XML[:-30], "incomplete XML"),
        (XML.replace("<PPSR", '<!DOCTYPE x [<!ENTITY a "It">]><PPSR', 1), "it defines entities"),
    ],
)
def test_other_xml_is_an_error(tmp_path, xml, reason):
    (tmp_path / "a.xml").write_text(xml, "utf-8")
    with pytest.raises(ArticleError, match=reason):
        read_article(tmp_path / "a.xml")


def test_a_namespace_does_not_matter():
    assert find_factiva_xml(XML.replace(' xmlns="http://global.factiva.com/pps/2.0"', "")).pieces[0].text == ONE


# ---------------------------------------------------------------- files


def as_rtf(text):
    body = "".join(c if c.isascii() and c not in "{}\\" else f"\\u{ord(c)}?" for c in text)
    return ("{\\rtf1\\ansi{\\header Page 1\\par}\n" + body.replace("\n", "\\par\n") + "}").encode()


def as_docx(text, path):
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(path)


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".rtf"])
@pytest.mark.parametrize("form", ["Nexis Uni", "Factiva, no codes", "LexisNexis, older"])
def test_the_same_export_in_several_kinds_of_file(tmp_path, form, suffix):
    path = tmp_path / f"vote{suffix}"
    text = AS_TEXT[form][0]
    if suffix == ".docx":
        as_docx(text.replace("\f", ""), path)
    else:
        path.write_bytes(as_rtf(text) if suffix == ".rtf" else text.encode())
    with pytest.warns(ArticleNote, match="an export from .*: 2 articles"):
        one, two = load_articles(path)
    assert (one.text, two.text) == (ONE, TWO)
    assert (one.doc_id, two.doc_id, two.path) == ("vote-1", "vote-2", f"{path}:2")
    assert one.file_sha256 == two.file_sha256
    assert two.outlet == "Courier"


def test_rtf_of_one_article(tmp_path):
    (tmp_path / "a.rtf").write_bytes(
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl\f0 Arial;}{\info{\title T}}\f0 \'93We need {\b time},\'94 said Ann Reed."
        rb'\par It {\field{\*\fldinst HYPERLINK "https://example.org"}{\fldrslt may}} rain. \u-10179?\u-8704?}'
    )
    assert read_article(tmp_path / "a.rtf").text == "“We need time,” said Ann Reed.\nIt may rain. 😀"


@pytest.mark.parametrize("raw", [b"The vote may be late.", b"PK\x03\x04", b"{\\rtf1 \\par}"])
def test_what_is_no_rtf(tmp_path, raw):
    (tmp_path / "a.rtf").write_bytes(raw)
    with pytest.raises(ArticleError, match="RTF"):
        read_article(tmp_path / "a.rtf")


def test_an_article_without_text_is_an_error_in_its_place(tmp_path):
    error = "We are sorry but there is an error in this document and it is not possible to display it."
    text = ACADEMIC.replace("A bridge in Norhaven is closed. It rained.\n\nNo one was hurt.\n", "")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    with pytest.warns(ArticleNote):
        one, two = iter_articles(tmp_path / "a.txt")
    assert one.text == ONE
    assert (
        str(two) == f"{tmp_path / 'a.txt'}:2: no text of this article in the export (Bridge closed); export it in full"
    )
    (tmp_path / "b.txt").write_text(ACADEMIC + f"\n3 of 3 DOCUMENTS\n\n{error}\n", "utf-8")
    with pytest.warns(ArticleNote):
        *_, last = iter_articles(tmp_path / "b.txt")
    assert isinstance(last, ArticleError)
    assert len(find_export(f"{ACADEMIC}\n{error}\n").pieces) == 3


@pytest.mark.parametrize(
    "text", ["LexisNexis Uni Test", UNI.partition("\n\n\nHarbour")[0], PROQUEST.partition(f"{RULE}\n\nDocument 1")[0]]
)
def test_an_export_without_articles_is_an_error(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (error,) = iter_articles(tmp_path / "a.txt")
    assert "without an article in it; export it again with the full documents" in str(error)


def test_an_export_that_says_it_holds_more(tmp_path):
    (tmp_path / "a.txt").write_text(UNI.replace("Documents (2)", "Documents (3)"), "utf-8")
    with pytest.warns(ArticleWarning) as told:
        load_articles(tmp_path / "a.txt")
    assert "it says that it has 3 documents, but 2 were found" in str(told[-1].message)


def test_the_command_says_what_it_recognised(tmp_path, capsys):
    from analysis.cli import main

    (tmp_path / "a.txt").write_text(UNI, "utf-8")
    assert main(["annotate", str(tmp_path / "a.txt")]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert err.strip() == f"note: {tmp_path / 'a.txt'}: an export from Nexis Uni (LexisNexis): 2 articles"
    assert main(["read", str(tmp_path / "a.txt")]) == 1
    assert "it contains 2 articles, but a page shows one" in capsys.readouterr().err


# ---------------------------------------------------------------- any bytes

LINES = st.sampled_from(
    sorted({line for text, *_ in AS_TEXT.values() for line in text.splitlines()} | {"|", "\t", "\x0c", "x" * 500})
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=60))
def test_lines_in_any_order_give_texts_from_the_file(lines):
    text = "\n".join(lines)
    export = find_export(text)
    if export is not None:
        words = set(re.split(r"[\s|:]+", text)) | set(text.split())
        for piece in export.pieces:
            assert set(re.split(r"[\s|:]+", piece.text)) <= words | {""}
            assert set(piece.record) <= {*FIELDS, "url"}
            assert piece.record.get("published") is None or find_date(piece.record["published"])


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.sampled_from([FACTIVA_CODES, FACTIVA_LAYOUT, nexis_page(), XML]), st.data())
def test_pages_with_anything_in_them(extra, page, data):
    at = data.draw(st.integers(0, len(page)))
    find_export_in_page(page[:at] + extra + page[at:])
    find_export_in_page(page[:at])
    with contextlib.suppress(ArticleError):
        find_factiva_xml(page[:at] + extra + page[at:])


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_rtf_of_any_bytes(raw):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        text = rtf_text(b"{\\rtf1\\ansi " + raw)
    text.encode("utf-8")
