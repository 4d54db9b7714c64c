"""Dates as producers write them, as ISO 8601.

A date that can be read in two ways is left open, unless its file settles it.
"""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Callable, Iterable
from email.utils import parsedate_to_datetime

from analysis.text.article import ArticleWarning

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_TIME = (
    r"(?:(?:,?\s+(?:at\s+)?|T)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?\s?(?P<half>[ap]\.?m\.?)?"
    r"\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d|[A-Z]{2,5})?)?"
)
_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = [
    re.compile(form + _TIME, re.I)
    for form in (
        r"(?P<year>\d{4})(?P<sign>[-/.])(?P<number>\d{1,2})(?P=sign)(?P<day>\d{1,2})",
        rf"(?:{_DAY}\.?,?\s+)?{_NUMBER}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}})",
        rf"(?:{_DAY}\.?,?\s+)?{_MONTH}\s+{_NUMBER},?\s+(?P<year>\d{{4}})(?:,?\s+{_DAY})?",
    )
]
_NUMBERS = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<sign>[-/.])(?P<second_number>\d{{1,2}})(?P=sign)(?P<year>\d{{4}}){_TIME}", re.I
)
_DASHED = re.compile(r"\d{4}-\d\d-\d\d")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.0)?")
LONGEST = 80  # the most characters that a date may have


_BARE = re.compile(r"(?<![\w/.-])\d{1,2}([-/.])\d{1,2}\1\d{4}(?![\w/-])")
_BEFORE = re.compile(
    r"(?:(?:published|posted|updated|modified|created|last|first|date|on|at|and|[A-Z][^\s:]*):?[\s|·•–—,-]*)*"
)
TOP = 8  # how many lines at the top of a text may be its date


def date_in_line(line: str) -> str | None:
    """The date in numbers on a line below a headline; None if the line says more.

    >>> date_in_line("By Ann Reed | 03/04/2024 10:15"), date_in_line("Published: 03.04.2024")
    ('03/04/2024', '03.04.2024')
    >>> date_in_line("The vote of 03/04/2024 may be late") is None
    True
    """
    found = _BARE.search(line) if len(line) <= LONGEST else None
    if (
        found is None
        or not _BEFORE.fullmatch(line[: found.start()])
        or re.search(r"[a-z]{3}|[.!?]$", line[found.end() :])
    ):
        return None
    return found[0]


def tell_of_top(text: str, *, file: str) -> None:
    """Warn about a date such as 03/04/2024 on a separate line at the top of a text: nobody can tell which day it is."""
    lines = [line.strip() for line in text[: TOP * 400].splitlines() if line.strip()][:TOP]
    for value in filter(None, map(date_in_line, lines)):
        if ways := ways_to_read(value):
            warnings.warn(
                f"{file}: the date {value!r} below the headline is ambiguous ({' or '.join(ways)}?); it stays in the "
                "text, but is not used as the article's date: give the date in front matter, such as published: "
                f"{ways[0]}",
                ArticleWarning,
                stacklevel=4,
            )
            return


def ways_to_read(value: str) -> list[str]:
    """The two days that an ambiguous date may mean, the day first and the month first; none for other dates.

    >>> ways_to_read("03/04/2024"), ways_to_read("23/04/2024")
    (['2024-04-03', '2024-03-04'], [])
    """
    try:
        read_date(value)
    except Ambiguous:
        return [read_date(value, day_first=first)[:10] for first in (True, False)]
    except ValueError:  # 31/02/2024
        pass
    return []


class Ambiguous(ValueError):
    """A date whose day and month nobody can tell apart without knowing who wrote it."""


def read_date(value: str, *, day_first: bool | None = None) -> str:
    """A date or a time as ISO 8601; one that is already ISO 8601 does not change.

    Raises Ambiguous for a date such as 03/04/2024, unless `day_first` says how to read it, and ValueError for anything
    that is not a date.

    >>> read_date("Sunday, November 10, 2024"), read_date("10 Nov. 2024, 6:05 pm")
    ('2024-11-10', '2024-11-10T18:05:00')
    >>> read_date("03/04/2024", day_first=True)
    '2024-04-03'
    """
    value = " ".join(value.split())
    if len(value) > LONGEST:
        raise ValueError("too long for a date")
    try:
        return _iso(value)
    except ValueError:
        pass
    if _EPOCH.fullmatch(value):
        seconds = int(value.partition(".")[0])
        time = datetime.datetime.fromtimestamp(seconds / 1000 if seconds >= 10**12 else seconds, datetime.UTC)
        return _checked(time.isoformat())
    for form in _FORMS:
        if match := form.fullmatch(value):
            found = match.groupdict()
            name = found.get("month")
            return _made(
                match, _MONTHS.index(name[:3].lower()) + 1 if name else int(found["number"]), int(match["day"])
            )
    if match := _NUMBERS.fullmatch(value):
        first, second = int(match["first"]), int(match["second_number"])
        if first <= 12 and second <= 12 and first != second:
            if day_first is None:
                raise Ambiguous(value)
            return _made(match, *((second, first) if day_first else (first, second)))
        return _made(match, *((second, first) if first > 12 else (first, second)))
    return _checked(parsedate_to_datetime(value).isoformat())


def _iso(value: str) -> str:
    """A value in ISO 8601, with hyphens and colons. Raises ValueError for other values."""
    time = datetime.datetime.fromisoformat(value)
    if _DASHED.match(value):
        return _checked(re.sub(r"(T.*[+-]\d\d)(\d\d)$", r"\1:\2", value))
    return _checked(time.isoformat() if len(value) > 8 else time.date().isoformat())


def _checked(value: str) -> str:
    """The value itself. Raises ValueError for a time that the tables, which hold times in UTC, cannot hold."""
    time = datetime.datetime.fromisoformat(value)
    try:
        if time.tzinfo:
            time.astimezone(datetime.UTC)
    except OverflowError as error:
        raise ValueError("out of the range of times") from error
    return value


def _made(match: re.Match[str], month: int, day: int) -> str:
    date = datetime.date(int(match["year"]), month, day)
    zone = (match["zone"] or "").upper()
    if not match["hour"] or (zone and zone not in ("Z", "UTC", "GMT") and zone[0] not in "+-"):
        return date.isoformat()  # if a time has only the name of its zone, only the day is certain
    hour, half = int(match["hour"]), (match["half"] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour")
        hour = hour % 12 + 12 * (half == "p")
    time = datetime.datetime.combine(date, datetime.time(hour, int(match["minute"]), int(match["second"] or 0)))
    if zone and zone[0] in "+-":
        zone = f"{zone[:3]}:{zone[-2:]}"
    return _checked(time.isoformat() + (zone if zone[:1] in "+-" else "+00:00" if zone else ""))


class FileDates:
    """The dates of one file: `others` gives all of its dates, and is called only if one can be read in two ways."""

    def __init__(self, others: Callable[[], Iterable[object]] | None = None) -> None:
        self._others, self._asked, self._told = others, False, False
        self._day_first: bool | None = None

    def iso(self, value: str, *, where: str) -> str | None:
        """The date as ISO 8601; None, with a warning, if it cannot be read."""
        try:
            return read_date(value, day_first=self._day_first)
        except Ambiguous:
            if not self._asked:
                self._asked, self._day_first = True, settled(self._others() if self._others else ())
            if self._day_first is not None:
                return read_date(value, day_first=self._day_first)
            self._tell(value, where)
        except (ValueError, TypeError, IndexError, OverflowError, OSError):  # what parsers of dates raise
            warnings.warn(
                f"{where}: published {value[:LONGEST]!r} is not a date that we can read; left out: write it as an ISO "
                "date such as 2024-11-10",
                ArticleWarning,
                stacklevel=4,
            )
        return None

    def _tell(self, value: str, where: str) -> None:
        if self._told:
            return
        self._told = True
        ways = " or ".join(ways_to_read(value))
        more = ", as are all such dates in the file" if self._others else ""
        warnings.warn(
            f"{where}: the date {value!r} is ambiguous ({ways}?), and no other date in the file settles it; left out"
            f"{more}: write it as an ISO date",
            ArticleWarning,
            stacklevel=5,
        )


def settled(values: Iterable[object]) -> bool | None:
    """Do dates such as 03/04/2024 have the day first? None if nothing in `values` shows it, or if both orders occur.

    >>> settled(["03/04/2024", "13/04/2024"]), settled(["03/04/2024"]), settled(["13/04/2024", "04/13/2024"])
    (True, None, None)
    """
    day = month = False
    for value in values:
        match = _NUMBERS.fullmatch(" ".join(value.split())) if isinstance(value, str) else None
        if match:
            day |= int(match["first"]) > 12 >= int(match["second_number"])
            month |= int(match["second_number"]) > 12 >= int(match["first"])
        if day and month:
            return None
    return day if day or month else None
