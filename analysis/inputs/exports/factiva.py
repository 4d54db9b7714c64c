"""Exports of Factiva and field files in its style: fields with codes (HD, BY, PD, SN, LP, TD), and articles without.

With codes, a record is a row of fields in a fixed order; a code is on a separate line or before its value. Without
codes, an article opens with its headline, author, "877 words", date, source and code of the source, language and
rights, and ends with "Document" and the number that the archive gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from analysis.inputs.exports.markup import Line
from analysis.inputs.exports.records import (
    LONG_LINE,
    Export,
    Piece,
    author_of,
    find_date,
    is_byline,
    is_date_line,
    is_rights,
    labels,
    language_of,
    record_of,
    without_rights,
)

CODES, LAYOUT = "Factiva (fields with codes)", "Factiva (articles without codes)"
FIELDS = re.compile(r"\s*([A-Z]{2,3})(\s*[|:\t]\s*|\s{2,}| |\s*$)(.*)", re.S)
_FOOT = re.compile(r"(?:page \d+ of \d+ *)?(?:(?:©|\(c\)|copyright) .{0,20}factiva.{0,60})?", re.I)
NUMBER = re.compile(r"\s*(\w+) ([A-Za-z][A-Za-z0-9]{3,9}0\d{5,}[A-Za-z0-9]{6,})\s*")


class Field(NamedTuple):
    """A field: its code, how it is set off ("alone", "apart" or "space"), and its lines."""

    code: str
    style: str
    lines: list[str]


@cache
def _order() -> dict[str, int]:
    table = labels()["factiva"]
    return {code: k for k, code in enumerate(f"{table['above']} {table['text']} {table['below']}".split())}


def find_factiva(text: str) -> Export | None:
    """The articles of an export of Factiva as text, with or without codes; None for any other text."""
    lines = text.splitlines()
    return _coded(lines) or _laid_out(lines)


# ---------------------------------------------------------------- with codes


def _coded(lines: Sequence[str]) -> Export | None:
    styles = _styles(lines)
    if not styles:
        return None
    pieces = [_coded_piece(fields) for fields in _records(lines, styles)]
    return Export(CODES, [piece for piece in pieces if piece.text or "title" in piece.record])


def _field(line: str) -> tuple[str, str, str] | None:
    """Code, style and first words of a line that may open a field."""
    found = FIELDS.fullmatch(line[:LONG_LINE])
    if found is None or found[1] not in _order():
        return None
    style = "alone" if not found[3].strip() else "space" if found[2] == " " else "apart"
    return found[1], style, (line[found.start(3) :]).strip()


def _styles(lines: Sequence[str]) -> frozenset[str]:
    """How codes are set off in a file that has codes for a headline, a text and two more; none for other files."""
    seen: dict[str, set[str]] = {}
    dated = False  # a single space proves little: a date field must contain a date
    for line in lines:
        if field := _field(line):
            seen.setdefault(field[1], set()).add(field[0])
            dated = dated or (field[0] == "PD" and find_date(field[2]) is not None)
    for styles in (("alone", "apart"), ("alone", "apart", "space") if dated else ()):
        codes = set().union(*(seen.get(style, ()) for style in styles))
        if "HD" in codes and codes & {"LP", "TD"} and len(codes & {"PD", "SN", "WC", "BY", "AN", "SC", "LA"}) >= 2:
            return frozenset(styles)
    return frozenset()


def _records(lines: Iterable[str], styles: frozenset[str]) -> Iterable[list[Field]]:
    """The fields of each article. Codes come in a fixed order; a code from above the text that comes after it opens the
    next article.
    """
    order, fields = _order(), list[Field]()
    text_at = order["LP"]
    for line in lines:
        field = _field(line)
        last = order[fields[-1].code] if fields else -1
        opens = field is not None and field[1] in styles and order[field[0]] < text_at
        if field is None or field[1] not in styles or (field[1] == "space" and not _fits(field, last)):
            if fields:
                fields[-1].lines.append(line)
            continue
        code = field[0]
        again = any(f.code == code for f in fields)
        if opens and fields and (last >= text_at or (again and code == "HD")):
            yield fields
            fields = []
        elif again or (last >= text_at and order[code] < last):  # a line of the text that looks like a field
            fields[-1].lines.append(line)
            continue
        fields.append(Field(code, field[1], [field[2]]))
    if fields:
        yield fields


def _fits(field: tuple[str, str, str], last: int) -> bool:
    """Can a code with one space after it open a field here? Below the text, only if the line has a value for such a
    field.
    """
    code, _, value = field
    order = _order()
    if order[code] <= order["TD"]:
        return order[code] > last or last >= order["LP"]
    return order[code] > last and (":" in value or "|" in value or code in ("AN", "PUB", "IPC", "IPD"))


def without_end(paragraphs: list[str]) -> list[str]:
    """The paragraphs without the lines that an agency puts at the end, and without the page numbers of a printed
    export.
    """
    ends = tuple(labels()["factiva"]["ends"])
    end = next((k for k, line in enumerate(paragraphs) if line.startswith(ends)), len(paragraphs))
    paragraphs = [line for line in paragraphs[:end] if not _FOOT.fullmatch(line)]
    if len(paragraphs) > 1 and paragraphs[-1].startswith("Write to ") and "@" in paragraphs[-1]:
        paragraphs.pop()
    return paragraphs


def _coded_piece(fields: list[Field]) -> Piece:
    values = {field.code: [" ".join(line.replace("|", " ").split()) for line in field.lines] for field in fields}
    values = {code: [line for line in lines if line] for code, lines in values.items()}
    paragraphs = [line for code in ("LP", "TD") for line in values.get(code, ())]
    number = re.match(r"(?:\w+ )?(\w{15,})", " ".join(values.get("AN", ())))
    if number and paragraphs and number[1] in paragraphs[-1]:
        paragraphs.pop()

    def one(code: str) -> str:
        return " ".join(values.get(code, ()))

    credit = one("CR")
    return Piece(
        "\n".join(without_rights(without_end(paragraphs))),
        record_of(
            title=one("HD"),
            byline=author_of(one("BY") or (credit if author_of(credit) != credit else "")),
            published=find_date(one("PD")),
            outlet=one("SN"),
            language=language_of(one("LA")),
        ),
    )


# ---------------------------------------------------------------- without codes


@cache
def _words_line() -> re.Pattern[str]:
    return re.compile(rf"\s*[\d.,\s]{{1,9}}\s?(?:{'|'.join(labels()['factiva']['words'].split())})\s*", re.I)


def _is_number(line: str) -> bool:
    found = NUMBER.fullmatch(line)
    return found is not None and found[1].casefold() in labels()["factiva"]["document"].split()


def _laid_out(lines: Sequence[str]) -> Export | None:
    if not any(_is_number(line) for line in lines):
        return None
    chunks: list[list[str]] = [[]]
    for line in lines:
        if _is_number(line):
            chunks.append([])
        else:
            chunks[-1].append(" ".join(line.split()))
    pieces = [piece for chunk in chunks if (piece := _laid_out_piece(chunk)) is not None]
    return Export(LAYOUT, pieces) if pieces else None


def _laid_out_piece(chunk: list[str]) -> Piece | None:
    chunk = [line for line in chunk if line]
    counted = next((k for k, line in enumerate(chunk) if _words_line().fullmatch(line)), None)
    if counted is None:
        return None
    start, facts = _facts(chunk, counted + 1)
    title, byline = _head([line for line in chunk[:counted] if not _FOOT.fullmatch(line)], facts.get("outlet") or "")
    paragraphs = without_rights(without_end(chunk[start:]))
    if len(paragraphs) > 1 and _is_publisher(paragraphs[-1]):
        paragraphs.pop()
    return Piece("\n".join(paragraphs), record_of(title=title, byline=author_of(byline or ""), **facts))


def _head(head: Sequence[str], outlet: str) -> tuple[str | None, str | None]:
    """Title and byline among the lines above the word count; a section may come before them."""
    by = next((k for k in range(len(head) - 1, 0, -1) if author_of(head[k]) != head[k] and is_byline(head[k])), None)
    if by is None and len(head) > 1 and is_byline(head[-1]) and len(head[-1]) < len(head[-2]):
        by = len(head) - 1
    if by is None and len(head) > 1 and outlet.casefold().startswith(head[-1].casefold()):  # an agency
        by = len(head) - 1
    above = head[:by] if by else head
    return (above[-1] if above else None), (head[by] if by else None)


def _facts(chunk: Sequence[str], start: int) -> tuple[int, dict[str, str | None]]:
    """Where the text begins, and what is between the word count and the text: date, source, language, rights."""
    dated = start if start < len(chunk) and is_date_line(chunk[start]) else None
    if dated is None:
        return start, {}
    at = dated + 1
    if at < len(chunk) and re.fullmatch(r"\d{1,2}[:.]\d\d(?: ?[APap][Mm])?(?: ?[A-Z]{2,4})?", chunk[at]):
        at += 1
    source, end, language = (chunk[at] if at < len(chunk) else None), at + 1, None
    for k in range(at + 1, min(at + 9, len(chunk))):
        if is_rights(chunk[k]):
            end = k + 1
            break
        if chunk[k].casefold() in labels()["factiva"]["languages"].split():
            language, end = language_of(chunk[k]), k + 1
            if k + 1 < len(chunk) and len(chunk[k + 1]) < 150 and re.search(r"(?:1[89]|20)\d\d|©", chunk[k + 1]):
                end = k + 2  # another way of saying who has the rights
            break
        if re.fullmatch(r"[A-Z0-9]{2,9}", chunk[k]):
            end = k + 1
    return end, {
        "published": find_date(chunk[dated]),
        "outlet": source,
        "language": language,
    }


def _is_publisher(line: str) -> bool:
    """Could the last line above the number name the publisher, rather than being a sentence?"""
    return len(line.split()) <= 8 and not line.endswith((".", "!", "?", "”", '"', "’", "…"))


# ---------------------------------------------------------------- pages


def factiva_kind(name: str, classes: str) -> str | None:
    """The kind of content in an element of a Factiva page without codes."""
    for word in classes.split():
        if word.endswith("Headline"):
            return "title"
        if word.casefold() == "articleparagraph":
            return "text"
        if word == "author":
            return "byline"
        if word == "article" or word.endswith("Article"):
            return "article"
    return None


def find_factiva_page(lines: Sequence[Line]) -> Export | None:
    """The articles of a page, found by codes or by the classes of its elements; None if it has neither."""
    if coded := _coded([line.text for line in lines]):
        return coded
    titles = [k for k, line in enumerate(lines) if line.kind == "title" and (not k or lines[k - 1].kind != "title")]
    if not titles or not any(line.kind == "text" for line in lines):
        return None
    ends = [*titles[1:], len(lines)]
    return Export(LAYOUT, [_page_piece(lines[start:end]) for start, end in zip(titles, ends, strict=True)])


def _page_piece(lines: Sequence[Line]) -> Piece:
    def of(kind: str) -> list[str]:
        return [line.text for line in lines if line.kind == kind and line.text]

    first = next((k for k, line in enumerate(lines) if line.kind == "text"), len(lines))
    facts = [line.text for line in lines[:first] if line.kind == "article" and line.text]
    counted = next((k for k, line in enumerate(facts) if _words_line().fullmatch(line)), -1)
    known = _facts(facts, counted + 1)[1]
    return Piece(
        "\n".join(of("text")), record_of(title=" ".join(of("title")), byline=author_of(" ".join(of("byline"))), **known)
    )
