"""Exports of LexisNexis and its successors, as lines: "1 of 10 DOCUMENTS" (Academic), "End of Document" (Nexis Uni).

Both forms come as text, Word, RTF and HTML files. An article in the older form has its outlet, date and title in the
middle of the page, then BYLINE, SECTION and LENGTH, the text, and below it LOAD-DATE and other labels. One in the newer
form has title, outlet and date on three lines, "Section:", "Length:" and "Byline:", the line "Body", its text, and
"Load-Date:" or "Classification".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from analysis.inputs.exports.records import (
    LONG_LINE,
    Export,
    Piece,
    author_of,
    blocks,
    find_date,
    folded,
    is_date_line,
    is_rights,
    is_wrapped,
    joined,
    labels,
    language_of,
    record_of,
    split_label,
    without_rights,
)

NOTES = 4  # the lines that notes at the end of a text may have, with the line above them
LINES, BROKEN = 3, 50  # the most lines of a title; characters of a line that another one continues
ACADEMIC, UNI = "LexisNexis", "Nexis Uni (LexisNexis)"
_OF = r"\d{1,6} (?:of|von|de|van|di|sur) \d{1,6}"
_SEPARATOR = re.compile(rf"\s*(?:\w+ - )?(?:{_OF} do[ck]umen\w{{1,6}}|do[ck]ument[oe]? {_OF})\s*", re.I)
_PAGE = re.compile(r"(?:page|seite|pagina|página) \d{1,5} (?:of|de|von|sur|di|van) \d{1,5}", re.I)
_COUNT = re.compile(r"\s*(?:documents?|dokumente?) \((\d{1,6})\)\s*", re.I)


@cache
def _known(zone: str) -> tuple[dict[str, str], frozenset[str]]:
    """The labels of a zone, each with its value, and those directly above a tail."""
    table = labels()["nexis"][zone]
    return {name.casefold(): what for what, names in table.items() for name in names}, folded(table.get("weak", ()))


def _alone(what: str) -> frozenset[str]:
    return folded(labels()["nexis"]["alone"][what])


def find_nexis(text: str) -> Export | None:
    """The articles of an export of LexisNexis in either form; None for any other text."""
    lines = text.splitlines()
    if any(line.strip().casefold() in _alone("end") for line in lines) or _is_alone(lines):
        return _uni(lines)
    labelled = _labelled(lines)
    if any(_SEPARATOR.fullmatch(line) for line in lines) and len(labelled) >= 2:
        return _academic(text, lines)
    if len(labelled) >= 3 and {"length", "load-date"} <= labelled:  # a single article without its number
        return _academic(text, ["1 of 1 DOCUMENTS", *lines])
    return None


def _labelled(lines: Sequence[str]) -> set[str]:
    """The labels of the older form, in capitals, at the start of lines."""
    head, tail = _known("head")[0], _known("tail")[0]
    capitals = (line.strip() for line in lines if line.strip()[:4].isupper())
    return {label for line in capitals if (label := split_label(line)[0]) in head or label in tail}


def _is_alone(lines: Sequence[str]) -> bool:
    """Is this an article in the newer form without its last line, or a list without articles?"""
    plain = {line.strip().casefold() for line in lines}
    heads = {split_label(line.strip())[0] for line in lines}
    body = bool(plain & _alone("body")) and len(heads & {"length", "section", "byline", "load-date"}) >= 2
    return body or {"job number", "client/matter"} <= heads


# ---------------------------------------------------------------- the older form


def _academic(text: str, lines: list[str]) -> Export:
    chunks: list[list[str]] = []
    for line in lines:
        if _SEPARATOR.fullmatch(line) or line.strip().startswith(labels()["nexis"]["missing"]):
            chunks.append([])
        elif chunks:  # above the first is the list of what was requested
            chunks[-1].append(line)
    wrapped = is_wrapped(text)
    return Export(ACADEMIC, [_academic_piece(blocks(chunk), wrapped) for chunk in chunks])


def _academic_piece(chunk: list[list[str]], wrapped: bool) -> Piece:
    end = _tail(chunk)
    first = next((k for k, block in enumerate(chunk[:end]) if _head_label(block)), None)
    above = chunk[: end if first is None else first]
    dated = next((k for k, block in enumerate(above) if is_date_line(block[0])), None)
    start = _body_start(chunk, first, dated, end)
    fields = _fields(chunk[:start], "head") | _fields(chunk[end:], "tail")
    if first is None and dated is None:
        return Piece("", {})  # "We are sorry but there is an error in this document"
    outlets = [line for block in chunk[: dated or 0] for line in block if not is_rights(line)]
    return Piece(
        joined((block for block in _without_label(chunk[start:end]) if not is_rights(block[0])), wrapped=wrapped),
        record_of(
            title=fields.get("title") or _title_in(chunk[0 if dated is None else dated + 1 : start]),
            outlet=outlets[-1] if outlets else None,
            published=None if dated is None else find_date(" ".join(chunk[dated])),
            byline=author_of(fields.get("byline", "")),
            language=language_of(fields.get("language", "")),
        ),
    )


def _title_in(head: list[list[str]]) -> str | None:
    """The title between the date and the text: above the labels, or otherwise among them."""
    first = next((k for k, block in enumerate(head) if _head_label(block)), len(head))
    return _title(head[:first]) or _title([block for block in head[first:] if not _head_label(block)])


def _title(between: list[list[str]]) -> str | None:
    """The first block between the date and the labels, unless it is an edition followed by another block."""
    titles = [" ".join(block) for block in between]
    return next((title for title in titles if "edition" not in title.casefold() or len(titles) == 1), None)


def _without_label(body: list[list[str]]) -> list[list[str]]:
    """The blocks of a text without the label BODY at its start."""
    if not body or _known("head")[0].get(_head_label(body[0]) or "") != "body":
        return body
    first = [line for line in (split_label(body[0][0])[1], *body[0][1:]) if line]
    return [first, *body[1:]] if first else body[1:]


def _head_label(block: Sequence[str]) -> str | None:
    label = split_label(block[0])[0]
    return label if block[0][:3].isupper() and label in _known("head")[0] and len(block[0]) < LONG_LINE else None


def _tail(chunk: list[list[str]]) -> int:
    """The first block of labels below the text, or the end."""
    known = _known("tail")
    for k, block in enumerate(chunk):
        if block[0][:3].isupper() and split_label(block[0])[0] in known[0].keys() - known[1]:
            while k and chunk[k - 1][0][:3].isupper() and split_label(chunk[k - 1][0])[0] in known[1]:
                k -= 1
            return k
    return len(chunk)


def _body_start(chunk: list[list[str]], first: int | None, dated: int | None, end: int) -> int:
    """The block that the text begins with: after the length, or after the group of labels."""
    what = _known("head")[0]
    if first is None:  # no label: after the date and the title
        return min(end, 0 if dated is None else dated + 2)
    lengths = (k for k in range(first, end) if what.get(_head_label(chunk[k]) or "") == "length")
    start = next(lengths, first) + 1
    while start < end and (label := _head_label(chunk[start])) is not None:
        if what[label] == "body":
            return start
        start += 1
    return start


def _fields(chunk: list[list[str]], zone: str) -> dict[str, str]:
    """The values of labels, by our names."""
    known, out = _known(zone)[0], dict[str, str]()
    for block in chunk:
        label, rest = split_label(block[0])
        if label in known:
            out.setdefault(known[label], " ".join([rest, *block[1:]]))
    return out


# ---------------------------------------------------------------- the newer form


def _uni(lines: list[str]) -> Export:
    chunks: list[list[str]] = [[]]
    for line in lines:
        plain = " ".join(line.split())
        if plain.casefold() in _alone("end"):
            chunks.append([])
        else:
            chunks[-1].append(plain)
    stated = next((int(m[1]) for line in lines[:60] if (m := _COUNT.fullmatch(line))), None)
    pieces = [piece for chunk in chunks if (piece := _uni_piece(chunk)) is not None]
    return Export(UNI, pieces, stated)


def _uni_piece(chunk: list[str]) -> Piece | None:
    head = _known("head")[0]
    bodies = [k for k, line in enumerate(chunk) if line.casefold() in _alone("body")]
    marks = [k for k, line in enumerate(chunk) if len(line) < LONG_LINE and split_label(line)[0] in head]
    if not bodies and not marks:
        return None
    last = bodies[0] if bodies else _together(chunk, marks)
    top, known = _top(chunk, last)
    end = _uni_tail(chunk, last + 1)
    labelled = [[chunk[k]] for k in marks if top < k <= last]
    fields = _fields(labelled, "head") | _fields([[line] for line in chunk[end:]], "tail")
    paragraphs = [line for line in _without_heads(chunk[last + 1 : end], known.get("title")) if line]
    if not known and not paragraphs:
        return None
    byline, language = author_of(fields.get("byline", "")), language_of(fields.get("language", ""))
    return Piece("\n".join(without_rights(paragraphs)), record_of(**known, byline=byline, language=language))


def _without_heads(lines: list[str], title: str | None) -> list[str]:
    """The lines without links to pictures and without page heads: a number, then the title."""
    dropped, ends = folded(labels()["nexis"]["alone"]["dropped"]), tuple(labels()["nexis"]["alone"]["delivered"])
    out, headed = list[str](), False
    for line in lines:
        numbered = _PAGE.fullmatch(line) is not None
        if not (numbered or (headed and line == title) or line.casefold() in dropped or line.endswith(ends)):
            out.append(line)
        headed = numbered or (headed and not line)
    return out


def _together(chunk: list[str], marks: list[int]) -> int:
    """The last label of a group that has at most blank lines between labels."""
    last = marks[0]
    for k in marks[1:]:
        if any(chunk[last + 1 : k]):
            break
        last = k
    return last


def _top(chunk: list[str], last: int) -> tuple[int, dict[str, str | None]]:
    """Where the three lines above an article end, and what they say: the last date above the text, with the outlet and
    title above it. Anything above these is the list of what was requested.
    """
    dates = [k for k in range(2, last) if is_date_line(chunk[k]) and chunk[k - 1] and chunk[k - 2]]
    if not dates:
        return _top_apart(chunk, last)
    top = dates[-1]
    first = top - 2
    while first and chunk[first - 1] and top - first < LINES + 1 and len(chunk[first - 1]) >= BROKEN:
        first -= 1  # a title broken into lines to fit a page
    title = " ".join(chunk[first : top - 1])
    return top, {"title": title, "outlet": chunk[top - 1], "published": find_date(chunk[top])}


def _top_apart(chunk: list[str], last: int) -> tuple[int, dict[str, str | None]]:
    """The same if blank lines separate the three, as on pages."""
    filled = [k for k in range(last) if chunk[k]]
    at = next((n for n in range(len(filled) - 1, 1, -1) if is_date_line(chunk[filled[n]])), None)
    if at is None:
        return -1, {}
    title, outlet, dated = (chunk[k] for k in filled[at - 2 : at + 1])
    return filled[at], {"title": title, "outlet": outlet, "published": find_date(dated)}


def _uni_tail(chunk: list[str], start: int) -> int:
    """Where the part below the text begins: a label, a line such as "Classification", or the end."""
    known, weak = _known("tail")
    names = [split_label(line)[0] if len(line) < LONG_LINE else "" for line in chunk]
    end = next((k for k in range(start, len(chunk)) if names[k] in known and names[k] not in weak), len(chunk))
    end = next((k for k in range(start, end) if chunk[k].casefold() in _alone("tail")), end)
    above = [k for k in range(start, end) if chunk[k]]
    while above and names[above[-1]] in weak:
        end = above.pop()
    notes = (k for k in above[-NOTES:] if chunk[k].casefold() in _alone("notes"))
    return next(notes, end)
