"""Pages by Europresse (Eureka.cc): several articles in one, in the three layouts that it has had."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from analysis.inputs.exports.markup import Line
from analysis.inputs.exports.records import Export, Piece, author_of, find_date, is_byline, is_rights, record_of

KIND = "Europresse"
_NUMBER = re.compile(r"(?:news|web|blog|social)[·\-.](\d{4})(\d\d)(\d\d)[·\-.]")
_END = re.compile(r"(?:num[ée]ro de document|document number|ce certificat|this certificate|certificat)\b", re.I)
_NOT_TEXT = ("aside", "footer")


def europresse_kind(name: str, classes: str) -> str | None:
    """The kind of content in an element of such a page."""
    words = classes.casefold().split()
    if "docpublicationname" in words:
        return "outlet"
    if "docheader" in words:
        return "header"
    if any(word in ("titrearticlevisu", "rdp__articletitle") for word in words):
        return "title"
    if any(word in ("doctext", "dococurrcontainer") for word in words):
        return "text"
    if "doctitresoussection" in words or "rdp__subtitle" in words:
        return "subtitle"
    return name if name in ("section", "header", *_NOT_TEXT) else None


def find_europresse(lines: Sequence[Line]) -> Export | None:
    """The articles in the lines of a page; None if it is not a page by Europresse."""
    starts = [k for k, line in enumerate(lines) if line.kind == "outlet" and (not k or lines[k - 1].kind != "outlet")]
    if not starts or not any(line.kind == "title" for line in lines):
        return None
    ends = [*starts[1:], len(lines)]
    return Export(KIND, [_piece(lines[start:end]) for start, end in zip(starts, ends, strict=True)])


def _piece(lines: Sequence[Line]) -> Piece:
    titles = [k for k, line in enumerate(lines) if line.kind == "title"]
    after = titles[-1] + 1 if titles else 1
    head = [line.text for line in lines[:after] if line.kind == "header" and line.text]
    rest = [line for line in lines[after:] if line.text]
    byline, body = _body(rest)
    number = next((m for line in lines if (m := _NUMBER.search(line.text))), None)
    return Piece(
        "\n".join(body),
        record_of(
            title=" ".join(lines[k].text for k in titles),
            outlet=re.sub(r",? n[o°º]\.? ?\d.*$", "", lines[0].text),
            published=find_date(" ".join(head)) or _day(number),
            byline=author_of(byline),
        ),
    )


def _day(number: re.Match[str] | None) -> str | None:
    """The day in the number of a document."""
    try:
        return date(int(number[1]), int(number[2]), int(number[3])).isoformat() if number else None
    except ValueError:
        return None


def _body(rest: Sequence[Line]) -> tuple[str, list[str]]:
    """Author and paragraphs after a title: the lines marked as text, or otherwise all up to rights and numbers."""
    end = next((k for k, line in enumerate(rest) if _END.match(line.text)), len(rest))
    rest = rest[:end]
    marked = [line.text for line in rest if line.kind == "text"]
    sections = [line.text for line in rest if line.kind == "section"]
    plain = [line.text for line in rest if line.kind not in ("subtitle", *_NOT_TEXT) and not is_rights(line.text)]
    if marked or sections:
        above = [line.text for line in rest if line.kind == "header"]
        return next((line for line in above if is_byline(line) or len(above) == 1), ""), marked or sections
    if len(plain) > 1 and is_byline(plain[0]):
        return plain[0], plain[1:]
    return "", plain
