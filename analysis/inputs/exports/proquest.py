"""Exports of ProQuest as text: articles between lines of underscores, fields with labels, one of them "Full text:".

Its PDF and Word files have headings on separate lines instead: FULL TEXT, above it the title and a line with author,
newspaper and date, below it DETAILS with the fields.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from analysis.inputs.exports.records import (
    LONG_LINE,
    Export,
    Piece,
    blocks,
    find_date,
    folded,
    is_rights,
    is_wrapped,
    joined,
    labels,
    language_of,
    record_of,
    split_label,
)

KIND = "ProQuest"
_RULE = re.compile(r"\s*_{20,}\s*")
_NUMBER = re.compile(r"\s*(?:document \d+ of \d+|\d+ of \d+)\s*", re.I)
_COVER = re.compile(r"^[ \t]*report information from proquest", re.I | re.M)
_NOTHING = ("not available", "none available", "full text not available", "n/a")


@cache
def _labels() -> frozenset[str]:
    return folded(labels()["proquest"]["labels"]) | folded(labels()["proquest"]["text"])


def find_proquest(text: str) -> Export | None:
    """The articles of an export of ProQuest; None for any other text."""
    lines = text.splitlines()
    names = {split_label(line.strip())[0] for line in lines}
    rules = any(_RULE.fullmatch(line) for line in lines)
    if report := _report(lines, names):
        return report
    if _COVER.search(text) and "full text" not in names:
        return Export(KIND, [])
    known = len(names & {"full text", "proquest document id", "publication title", "document url", "links", "database"})
    if known < (2 if rules else 3) or not names & {"full text", "proquest document id"}:
        return None
    chunks: list[list[str]] = [[]]
    for line in lines:
        if _RULE.fullmatch(line):
            chunks.append([])
        else:
            chunks[-1].append(line)
    wrapped = is_wrapped(text)
    pieces = [piece for chunk in chunks if (piece := _piece(chunk, wrapped)) is not None]
    return Export(KIND, pieces) if pieces else None


def _piece(lines: list[str], wrapped: bool) -> Piece | None:
    chunk = blocks(lines)
    known = [k for k, block in enumerate(chunk) if _label(block) in _labels()]
    if not {_label(chunk[k]) for k in known} & {
        "full text",
        "proquest document id",
        "publication title",
        "document url",
    }:
        return None  # the table of contents, or a postal address
    head = [block for block in chunk[: known[0]] if not _NUMBER.fullmatch(" ".join(block))]
    at = next((k for k in known if _label(chunk[k]) == "full text"), None)
    end = len(chunk) if at is None else _text_end(chunk, at)
    fields: dict[str, str] = {}
    for k in known:
        if at is None or not at <= k < end:
            fields.setdefault(_label(chunk[k]), split_label(" ".join(chunk[k]))[1])
    body = "" if at is None else _text(chunk[at:end], wrapped, fields)
    return Piece(body, _record(fields, head))


# ---------------------------------------------------------------- with headings


@cache
def _headings() -> dict[str, str]:
    return {name: what for what, names in labels()["proquest"]["headings"].items() for name in names}


def _heading(line: str) -> str | None:
    return _headings().get(" ".join(line.split()).casefold())


def _report(lines: list[str], names: set[str]) -> Export | None:
    """The articles between headings; None if there are none."""
    found = {_heading(line) for line in lines}
    if (
        "text" not in found
        or len(names & {"proquest document id", "document url", "publication title", "database"}) < 2
    ):
        return None
    chunks: list[list[str]] = [[]]
    below = False  # in the fields of an article?
    for line in lines:
        heading = _heading(line)
        if (below and _is_last(line)) or _RULE.fullmatch(line) or _NUMBER.fullmatch(line):
            below = False
            chunks.append([])
            continue
        below = below or heading == "below"
        chunks[-1].append(line.strip())
    pieces = [_report_piece(chunk) for chunk in chunks if any(_heading(line) == "text" for line in chunk)]
    return Export(KIND, pieces) if pieces else None


def _is_last(line: str) -> bool:
    return line.strip().casefold().startswith(tuple(labels()["proquest"]["last"]))


def _report_piece(chunk: list[str]) -> Piece:
    zones: dict[str, list[str]] = {"head": []}
    zone = "head"
    for line in chunk:
        heading = _heading(line)
        zone = heading or zone
        if heading is None:
            zones.setdefault(zone, []).append(line)
    fields, last = dict[str, str](), ""
    for line in zones.get("below", ()):
        label, value = split_label(line)
        if label in _labels():
            last = label
            fields.setdefault(label, value)
        elif line and last:  # a value that continues
            fields[last] = f"{fields[last]} {line}".strip()
    head = _head(zones["head"], fields)
    body = [line for line in zones.get("text", ()) if line and not is_rights(line)]
    after = folded(labels()["proquest"]["after_text"])
    while body and split_label(body[-1])[0] in after:
        body.pop()
    return Piece("\n".join(body), _record(fields, head))


def _head(lines: list[str], fields: dict[str, str]) -> list[list[str]]:
    """The title of an article, in a block; author, newspaper and date below it are moved to the fields."""
    links = labels()["proquest"]["links"]
    lines = [line for line in lines if not (re.match(r"https?://", line) or _is_last(line) or line.casefold() in links)]
    at = next(
        (k for k, line in enumerate(lines) if k and ("[" in line or " ; " in line or find_date(line))), len(lines)
    )
    above = blocks(lines[:at])
    info = " ".join(line for line in lines[at:] if line)
    author, _, rest = info.partition(" . ")
    if rest:
        fields.setdefault("author", author.strip())
    fields.setdefault("publication info", rest or info)
    return above[-1:]


# ---------------------------------------------------------------- with labels


def _label(block: Sequence[str]) -> str:
    return split_label(block[0])[0] if len(block[0]) < LONG_LINE or block[0][:10].casefold() == "full text:" else ""


def _text_end(chunk: list[list[str]], at: int) -> int:
    """Where the fields below a text begin: from the first label to the end of the article."""
    end = len(chunk)
    while end - 1 > at and re.match(r"[A-Za-z][\w /()-]{1,40}:(?:\s|$)", chunk[end - 1][0]):
        end -= 1
    while end < len(chunk) and _label(chunk[end]) not in _labels():
        end += 1
    return end


def _text(chunk: list[list[str]], wrapped: bool, fields: dict[str, str]) -> str:
    """The text without the captions and rights at its end; the writer's credit is moved to the fields."""
    first = [split_label(chunk[0][0])[1], *chunk[0][1:]]
    paragraphs = joined((block for block in ([line for line in first if line], *chunk[1:]) if block), wrapped=wrapped)
    lines = paragraphs.splitlines()
    after = folded(labels()["proquest"]["after_text"])
    while lines and ((label := split_label(lines[-1])[0]) in after or is_rights(lines[-1])):
        if label == "credit":
            fields.setdefault("author", split_label(lines[-1])[1])
        lines.pop()
    text = "\n".join(lines)
    return "" if text.strip(" .").casefold() in _NOTHING else text


def _record(fields: dict[str, str], head: list[list[str]]) -> dict[str, str]:
    address = next((block[0] for block in head if re.match(r"https?://\S+$", block[0])), None)
    titles = [" ".join(block) for block in head if not re.match(r"https?://", block[0])]
    info = fields.get("publication info", "")
    outlet = fields.get("publication title") or (info if ";" in info or "[" in info else "")
    return record_of(
        title=fields.get("title") or (titles[0] if titles else None),
        outlet=re.split(r"\s*;|\s*\[|, \d|:", outlet)[0],
        byline=fields.get("author") or fields.get("authors"),
        published=next(filter(None, (find_date(fields.get(n, "")) for n in ("publication date", "date"))), None)
        or find_date(re.sub(r"(?<=\D)(?=\d{1,2} )", " ", info)),
        url=fields.get("document url") or address,
        language=language_of(fields.get("language of publication") or fields.get("language", "")),
    )
