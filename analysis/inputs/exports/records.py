"""What all exports share: the record of an article, labels as data, dates, lines about rights, names of authors."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

LABELS = Path(__file__).parents[2] / "resources" / "exports" / "labels.toml"
WRAPPED = 120  # characters: if no line is longer, the file's lines are broken, and paragraphs end at blank lines
BULLET = "•"  # of a list on a page, on a separate line
LONG_LINE = 400  # a longer line is text, however it begins


class Piece(NamedTuple):
    """An article in an export: its text ("" if the export has none), and the fields that `metadata_of` knows."""

    text: str
    record: dict[str, str]


class Export(NamedTuple):
    """What was recognised: the kind, in words for the reader; its articles; and how many it says it contains."""

    kind: str
    pieces: list[Piece]
    stated: int | None = None


@cache
def labels() -> Mapping[str, Any]:
    """The labels, codes and names of resources/exports/labels.toml."""
    return tomllib.loads(LABELS.read_text("utf-8"))


@cache
def months() -> Mapping[str, int]:
    """The number of each month by its names in exports."""
    return {name: int(number) for number, names in labels()["months"].items() for name in names.split()}


def folded(words: Iterable[str]) -> frozenset[str]:
    """The words, ignoring case."""
    return frozenset(word.casefold() for word in words)


# ---------------------------------------------------------------- lines


def blocks(lines: Iterable[str]) -> list[list[str]]:
    """Groups of lines, separated by blank ones; each line is stripped of white space.

    >>> blocks(["", "A vote", "is late.", " ", "It rains."])
    [['A vote', 'is late.'], ['It rains.']]
    """
    out: list[list[str]] = [[]]
    for line in lines:
        plain = " ".join(line.split())
        if plain and plain != BULLET:
            out[-1].append(plain)
        elif out[-1]:
            out.append([])
    return out if out[-1] else out[:-1]


def is_wrapped(text: str) -> bool:
    """Could the lines of a file be broken to fit a page? If so, none is long."""
    return max(map(len, text.splitlines()), default=0) <= WRAPPED


def as_unbroken(text: str) -> str:
    """The text, in a form in which its lines do not pass for broken ones, even if all are short."""
    return f"{text}\n{' ' * (WRAPPED + 1)}"


def joined(paragraphs: Iterable[Sequence[str]], *, wrapped: bool) -> str:
    """Blocks as a text with one paragraph per line. In a file that may be `wrapped`, the lines of a block form a
    paragraph if most of them, except the last, do not end like a sentence.

    >>> joined([["The vote may", "be late."], ["It rains."]], wrapped=True)
    'The vote may be late.\\nIt rains.'
    """
    paragraphs = list(paragraphs)
    inner = [line for block in paragraphs for line in block[:-1]]
    ends = sum(line.endswith((".", "!", "?", "”", '"', ":", "’")) for line in inner)
    between = " " if wrapped and 2 * ends <= len(inner) else "\n"
    return "\n".join(between.join(block) for block in paragraphs)


def split_label(line: str) -> tuple[str, str]:
    """A label before a colon, ignoring case, and what follows it; ("", the line) if there is none.

    >>> split_label("LOAD-DATE: January 11, 2010"), split_label("It may rain.")
    (('load-date', 'January 11, 2010'), ('', 'It may rain.'))
    """
    label, colon, rest = line.partition(":")
    if not colon or len(label) > 40:
        return "", line
    return " ".join(label.split()).casefold(), rest.strip()


def is_rights(line: str) -> bool:
    """Does a line say who has the rights?

    >>> is_rights("© 2031 The Invented Post"), is_rights("Copyright law may change.")
    (True, False)
    """
    plain = line.strip().casefold()
    if len(plain) > LONG_LINE or not plain.startswith(tuple(labels()["rights"]["starts"])):
        return False
    return not plain.startswith("copyright") or re.match(r"copyright\W*(?:\d|©|\(c\)|by\b|$)", plain) is not None


def without_rights(paragraphs: list[str]) -> list[str]:
    """The paragraphs without the lines at the end that say who has the rights."""
    end = len(paragraphs)
    while end and is_rights(paragraphs[end - 1]):
        end -= 1
    return paragraphs[:end]


# ---------------------------------------------------------------- dates


@cache
def _dates() -> tuple[tuple[re.Pattern[str], str], ...]:
    names = "|".join(sorted(months(), key=len, reverse=True))
    month = rf"(?P<month>{names})\.?"
    day = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th|º|\.)?"
    year = r"(?P<year>(?:1[5-9]|20|21)\d\d)"
    return tuple(
        (re.compile(pattern, re.I), pattern)
        for pattern in (
            rf"(?<!\d){year}-(?P<number>\d\d)-{day}(?!\d)",
            rf"\b{month} {{0,3}}{day},? {{1,3}}{year}(?!\d)",
            r"(?<!\d)(?P<year>\d{4}) ?年 ?(?P<number>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日",
            rf"(?<!\d){day} {{0,3}}(?:de )?{month},? {{1,3}}(?:de )?{year}(?!\d)",
        )
    )


def find_date(line: str) -> str | None:
    """The first date in a line, as an ISO date; None if there is none, or none that exists in the calendar.

    >>> find_date("Monday, January 11, 2010"), find_date("27. Februar 2012 Montag 9:50 PM"), find_date("March 2011")
    ('2010-01-11', '2012-02-27', None)
    >>> find_date("2017 年 11 月 14 日"), find_date("2017-11-14T01:35:58Z")
    ('2017-11-14', '2017-11-14')
    >>> find_date("jeudi 1er mars 2018, p. 3"), find_date("Sep 20, 2024"), find_date("30 février 2018")
    ('2018-03-01', '2024-09-20', None)
    """
    found = _date_match(line)
    if found is None:
        return None
    number = found.groupdict().get("number")
    month = int(number) if number else months()[found["month"].casefold()]
    try:
        return date(int(found["year"]), month, int(found["day"])).isoformat()
    except ValueError:
        return None


def _date_match(line: str) -> re.Match[str] | None:
    matches = [m for pattern, _ in _dates() if (m := pattern.search(line[:LONG_LINE]))]
    return min(matches, key=re.Match.start, default=None)


@cache
def _opening() -> re.Pattern[str]:
    days = "|".join(name for names in labels()["weekdays"].values() for name in names.split())
    names = "|".join(sorted(months(), key=len, reverse=True))
    return re.compile(rf"(?:(?:{days})\b[.,]? ?)?(?:\d{{1,2}}\b|(?:{names})\b\.?,? ?\d|\d{{4}}[-年 ])", re.I)


def is_date_line(line: str) -> bool:
    """Does a line hold a date and little else (a weekday, a time, an edition)?

    >>> is_date_line("Dienstag 7. Juli 2020"), is_date_line("January 2010"), is_date_line("On May 5, 2010, it rained.")
    (True, True, False)
    """
    plain = " ".join(line.split())
    if len(plain) > 120 or not _opening().match(plain):
        return False
    found = _date_match(plain)
    if found is None:
        month, _, year = plain.partition(" ")
        return month.casefold().strip(".,") in months() and re.fullmatch(r"\d{4}", year) is not None
    return found.start() <= 15 and not plain.endswith((".", "!", "?"))


# ---------------------------------------------------------------- authors and languages


def author_of(line: str) -> str:
    """The names in a byline, without the word before them.

    >>> author_of("By Ana Silva "), author_of("BY BEN ROY"), author_of("Byron Hale")
    ('Ana Silva', 'BEN ROY', 'Byron Hale')
    """
    plain = " ".join(line.split())
    first, _, rest = plain.partition(" ")
    return rest if rest and first.rstrip(":").casefold() in labels()["authors"]["before"].split() else plain


def is_byline(line: str) -> bool:
    """Could a line be the name of an author and nothing else?

    >>> is_byline("Ana Silva"), is_byline("By BEN ROY and Ida Holm"), is_byline("The vote may be late.")
    (True, True, False)
    """
    bare = author_of(line)
    words = bare.replace(",", " ").split()
    names = [word for word in words if word.casefold() not in labels()["authors"]["small"].split()]
    return (
        0 < len(names) <= 8
        and len(words) <= 10
        and not line.rstrip().endswith((".", "!", "?", ":", ";"))
        and all(word[:1].isupper() and not any(c.isdigit() for c in word) for word in names)
        and (len(names) > 1 or bare != " ".join(line.split()))
    )


@cache
def _language_codes() -> Mapping[str, str]:
    return {name: code for code, names in labels()["languages"].items() for name in names.split()}


def language_of(value: str) -> str | None:
    """The code of the language that a field names; None for an unknown one.

    >>> language_of("ENGLISH; ANGLAIS"), language_of("Français"), language_of("Quenya")
    ('en', 'fr', None)
    """
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", value)]
    return next((_language_codes()[word] for word in words if word in _language_codes()), None)


def record_of(**fields: str | None) -> dict[str, str]:
    """The fields that are not empty, each as one line."""
    return {name: " ".join(value.split()) for name, value in fields.items() if value and value.strip()}
