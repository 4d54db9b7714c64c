"""One small good file of each kind beyond text, pages and tables: what `fuzz.py` begins with."""

from __future__ import annotations

import gzip
import json
from html import escape

_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

PARTS: dict[str, dict[str, bytes]] = {  # the members that such a zip must have
    ".xlsx": {
        "[Content_Types].xml": f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/></Types>""".encode(),
        "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"
 Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>""".encode(),
        "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>""".encode(),
        "xl/workbook.xml": f"""<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets><sheet name="A" sheetId="1"
 r:id="r1"/></sheets></workbook>""".encode(),
        "xl/sharedStrings.xml": f"""<sst xmlns="{_SHEETS}"><si><t>text</t></si><si><t>date</t></si>
<si><t>The vote may be late, Ann Reed said.</t></si></sst>""".encode(),
        "xl/worksheets/sheet1.xml": f"""<worksheet xmlns="{_SHEETS}"><dimension ref="A1:B3"/><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>47882</v></c></row>
<row r="3"><c r="A3" t="inlineStr"><is><t>It may rain.</t></is></c>
<c r="B3" t="str"><f>1+1</f><v>03/04/2031</v></c></row>
</sheetData></worksheet>""".encode(),
    },
    ".odt": {
        "content.xml": f"""<o:document-content xmlns:o="{_OPEN}:office:1.0" xmlns:t="{_OPEN}:text:1.0"><o:body><o:text>
<t:h>A vote</t:h><t:p>The vote <t:span>may</t:span><t:s t:c="3"/>be late,<t:line-break/> Ann Reed said.</t:p>
</o:text></o:body></o:document-content>""".encode(),
        "meta.xml": f"""<o:document-meta xmlns:o="{_OPEN}:office:1.0" xmlns:d="http://purl.org/dc/elements/1.1/"><o:meta>
<d:title>A vote</d:title></o:meta></o:document-meta>""".encode(),
    },
}


def seeds(news: str) -> dict[str, bytes]:
    """A good input for each target, of which most hold the text `news`."""
    text, page = escape(news), f"<p>{escape(news)}</p>"
    mail = (
        "From: Ana Silva <a@example.org>\nSubject: =?utf-8?q?A_vote?=\nDate: Mon, 03 Feb 2031 10:00:00 +0100\n"
        'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n'
        "Content-Type: text/plain; format=flowed\n\n"
        f"{news}\n--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{page}\n"
        '--b\nContent-Type: image/png; name="a.png"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n'
    )
    answer = {
        "status": "ok",
        "articles": [{"title": "T", "source": {"name": "Post"}, "content": news, "date": "03/04/2031"}],
    }
    made = {
        "json": json.dumps(answer),
        "eml": mail,
        "mbox": f"From a@b Mon\n{mail}\nFrom b@c Tue\nSubject: Two\n\nIt may rain.\n",
        "mhtml": mail,
        "nitf": '<?xml version="1.0" encoding="utf-8"?><nitf><head><docdata><date.issue norm="20310203T101500Z"/>'
        "</docdata>"
        "</head><body><body.head><hedline><hl1>T</hl1></hedline><byline>By Ana Silva</byline></body.head><body.content>"
        f"<block>{page}<p>It<br/>rained.</p></block></body.content></body></nitf>",
        "newsml": '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><contentMeta><headline>T</headline></contentMeta>'
        f"<contentSet><inlineData>{text}</inlineData></contentSet></newsItem>",
        "rss": "<rss><channel><title>Post</title><item><title>T</title><pubDate>Mon, 03 Feb 2031 10:00:00 GMT</pubDate>"
        f"<description><![CDATA[{page}]]></description></item></channel></rss>",
        "atom": '<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><title>T</title><link href="https://x"/>'
        f'<content type="html">{escape(page)}</content></entry></feed>',
    }
    inside = {
        "sheet": PARTS[".xlsx"]["xl/worksheets/sheet1.xml"],
        "book": PARTS[".xlsx"]["xl/workbook.xml"],
        "strings": PARTS[".xlsx"]["xl/sharedStrings.xml"],
        "odt": PARTS[".odt"]["content.xml"],
        "gz": gzip.compress(news.encode()),
    }
    return {name: content.encode() for name, content in made.items()} | inside
