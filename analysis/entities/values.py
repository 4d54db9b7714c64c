"""Expressions of time, money, share, measure and number (OntoNotes: DATE, TIME, MONEY, PERCENT, QUANTITY, ...)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from analysis.entities.tables import LISTS
from analysis.rules import NUMBER_WORDS, classes
from analysis.text.document import Document, Tokens

_DAYS, _HOURS = LISTS["day_unit"], LISTS["hour_unit"]
_DAY_PARTS, _RELATIVE = LISTS["part_of_day"], LISTS["relative_time"]
_CURRENCY_WORDS, _SIGNS = LISTS["currency"], LISTS["currency_sign"]
_ABOUT_TWO = frozenset(tuple(phrase.split()) for phrase in LISTS["about_two"])
_COUNTED_PERIODS = frozenset(("year", "day", "week", "month", "decade"))
_OLD = ("year-old", "year-olds", "day-old", "month-old")
# An amount with its currency before it, or with one letter for it: Rs300, N300m. And a date with full stops.
_AMOUNT = re.compile(
    rf"(?:[nrkl]|fy|{'|'.join(sorted(LISTS['currency_prefix'], reverse=True))})[0-9][0-9.,]*(?:m|bn|tn|k)?"
)
_TIME_OF_DAY = re.compile(r"\d{1,2}(?::\d\d){1,2}(?:am|pm)?")
_DOTTED_DATE = re.compile(r"[0-3]?[0-9]\.[01]?[0-9]\.(?:19|20)[0-9]{2}")
_LATER = ("ago", "later", "earlier")

Expression = tuple[int, int, str]  # first token, last token (half-open), label


class _Text(NamedTuple):
    """The tokens of a sentence, or of what is left of it: start to end."""

    tokens: Tokens
    start: int
    end: int

    def low(self, k: int) -> str:
        """The word at k in lower case, empty where the sentence has none."""
        return self.tokens.lowers[k] if self.start <= k < self.end else ""

    def has_capital(self, k: int) -> bool:
        return self.tokens.words[k][0].isupper()

    def is_joined(self, first: int, last: int) -> bool:
        """Are the tokens first to last adjacent, with nothing between them?"""
        return all(self.tokens.ends[k] == self.tokens.starts[k + 1] for k in range(first, last - 1))

    def is_month(self, k: int) -> bool:
        return self.low(k) in months() and self.has_capital(k)


@cache
def months() -> frozenset[str]:
    """The months, and what is written for them, with and without the full stop."""
    listed = classes()["month"]
    return listed | {month.rstrip(".") for month in listed} | {"jul", "jul.", "jun", "jun."}


def is_year(low: str) -> bool:
    """A year of four digits.

    >>> is_year("1958"), is_year("9999")
    (True, False)
    """
    return len(low) == 4 and low.isdigit() and "1000" <= low <= "2100"


def find_values(document: Document) -> Iterator[Expression]:
    """(first token, last token, label) of each expression, in order, none overlapping."""
    tokens, readers = document.tokens, _readers()
    ranges = [(s.first_token, s.last_token) for s in document.sentences]
    at = sentence = 0
    starts = {low for low in tokens.index if low in readers or (not low.isalpha() and _may_be_value(low))}
    for k in tokens.find(starts):
        if k < at:
            continue
        while ranges[sentence][1] <= k:
            sentence += 1
        start, end = ranges[sentence]
        read = readers.get(tokens.lowers[k]) or _reader_by_shape(tokens.lowers[k])
        found = read(_Text(tokens, max(start, at), end), k)
        if found:
            yield found
            at = found[1]


@cache
def _readers() -> Mapping[str, Callable[[_Text, int], Expression | None]]:
    """The words that an expression may begin with, each with the function that reads it there."""
    weekdays = classes()["weekday"]
    plain_numbers = LISTS["vague_number"] | {"one", "half"}
    rows: tuple[tuple[frozenset[str], Callable[[_Text, int], Expression | None]], ...] = (
        (months(), _month),
        (weekdays | {day + "s" for day in weekdays}, _weekday),
        (frozenset(("today", "yesterday", "tomorrow")), lambda text, k: (k, k + 1, "DATE")),
        (frozenset(("tonight",)), lambda text, k: (k, k + 1, "TIME")),
        (_SIGNS | LISTS["currency_code"], _money),
        (_DAYS | LISTS["season"] | _DAY_PARTS, _period),
        (LISTS["ordinal"], _ordinal),
        ((NUMBER_WORDS - plain_numbers) | LISTS["decade_in_words"] | {"one"}, _number),
    )
    out: dict[str, Callable[[_Text, int], Expression | None]] = {}
    for words, read in rows:
        for word in words:
            out.setdefault(word, read)
    return out


def _may_be_value(low: str) -> bool:
    """May an expression stand at a word that is not only letters: 43, 1,200, two-week, N300m?"""
    if low[0].isdigit() or ("-" in low and low.partition("-")[0] in _readers()):
        return True
    return low[-1] in "0123456789mnk" and _AMOUNT.fullmatch(low) is not None


def _reader_by_shape(low: str) -> Callable[[_Text, int], Expression | None]:
    if not low[0].isdigit() and "-" not in low:
        return _joined_amount
    return _ordinal if _is_ordinal(low) else _number


# ---------------------------------------------------------------- dates


def _month(text: _Text, k: int) -> Expression | None:
    """May 2019, 3 May, the 3rd of May, May 3-5, 2019, May last year."""
    if not text.has_capital(k):
        return None
    if text.low(k) in ("may", "march", "mar.") and not _is_month_here(text, k):
        return None
    first = k
    if _is_day(text.low(k - 1)) and len(text.low(k - 1)) < 5:
        first = k - 1
    elif text.low(k - 1) == "of" and _is_day(text.low(k - 2)):
        first = k - 2
    if text.low(first - 1) in LISTS["before_month"]:
        first -= 1
    return first, _month_end(text, k), "DATE"


def _is_day(low: str) -> bool:
    return low[:1].isdigit() and low.rstrip("stndrh").isdigit()


def _is_month_here(text: _Text, k: int) -> bool:
    """Is May or March a month here: by a day, a year, or a preposition of time; the May report?"""
    before, after = text.low(k - 1), text.low(k + 1)
    if before == "the" and after.isalpha() and after not in LISTS["not_after_month"]:
        return True
    if before in LISTS["before_year"] or before in _RELATIVE or before == "on":
        return True
    return before[:1].isdigit() or after[:1].isdigit()


def _month_end(text: _Text, k: int) -> int:
    """After the day and the year that follow the month at k."""
    after, last = text.low(k + 1), k + 2
    if not _is_day_or_days(after):
        dated = after in (",", "of") and is_year(text.low(last))
        this = after in ("this", "last", "next") and text.low(last) in _DAYS
        return k + 3 if dated or this else k + 1
    if is_year(after):
        return last
    if text.low(last) == "," and is_year(text.low(last + 1)):
        return last + 2
    if is_year(text.low(last)):
        return last + 1
    return last + 2 if text.low(last) in ("-", "–", "to") and text.low(last + 1).isdigit() else last


def _is_day_or_days(low: str) -> bool:
    """A day, a year, or a span of days: 3, 3rd, 2019, 3-5."""
    if not low[:1].isdigit():
        return False
    days = len(low) <= 5 and low.count("-") == 1 and low.replace("-", "").isdigit()
    return days or (len(low) <= 4 and _is_day(low))


def _weekday(text: _Text, k: int) -> Expression | None:
    """Last Monday, Monday evening, Monday, 3 May."""
    if not text.has_capital(k):
        return None
    first = k - (text.low(k - 1) in ("last", "next", "this", "early", "late"))
    last = k + 1
    if text.low(last) in _DAY_PARTS:
        return first, last + 1, "TIME"
    at = last + (text.low(last) == ",")
    rest = text._replace(start=at)
    at += text.low(at).isdigit() and text.low(at + 1) in months()
    month = _month(rest, at) if text.is_month(at) else None
    return first, month[1] if month else last, "DATE"


def _period(text: _Text, k: int) -> Expression | None:
    """Last year, every week, summer of 2019, a week ago, noon."""
    low, before = text.low(k), text.low(k - 1)
    label = "TIME" if low in _DAY_PARTS else "DATE"
    if before in _RELATIVE or (before in ("every", "each") and label == "DATE" and low != "fall"):
        vague = low in ("night", "noon", "season", "quarter") and before in ("same", "following", "recent")
        return None if vague else (k - 1, k + 1, label)
    if low in LISTS["season"]:
        return _season(text, k) if low != "fall" else None
    if label == "TIME":
        return (k, k + 1, label) if low in ("noon", "midnight", "midday") else None
    return _counted_period(text, k)


def _season(text: _Text, k: int) -> Expression | None:
    """Summer 2019, the spring of 2020."""
    if is_year(text.low(k + 1)):
        return k, k + 2, "DATE"
    return (k, k + 3, "DATE") if text.low(k + 1) == "of" and is_year(text.low(k + 2)) else None


def _counted_period(text: _Text, k: int) -> Expression | None:
    """A week ago, years later, several decades."""
    low, before, after = text.low(k), text.low(k - 1), text.low(k + 1)
    if after in LISTS["after_period"] and (before in ("a", "an") or low.endswith("s")):
        return k - (before in ("a", "an")), k + 1 + (after in _LATER), "DATE"
    if low in ("decades", "centuries", "years") and before in ("for", "several", "many", "few", "recent"):
        return k - (before != "for"), k + 1, "DATE"
    return None


def _is_ordinal(low: str) -> bool:
    return low[-2:] in ("st", "nd", "rd", "th") and low[:-2].isdigit()


def _ordinal(text: _Text, k: int) -> Expression | None:
    """Third, the 19th century, the third quarter of 2019."""
    after = text.low(k + 1)
    if after in ("century", "centuries"):
        return k, k + 2, "DATE"
    if after in ("quarter", "half") and text.low(k + 2) == "of" and is_year(text.low(k + 3)):
        return k, k + 4, "DATE"
    if after == "quarter":
        return k, k + 2, "DATE"
    if text.is_month(k + 1) or (after == "of" and text.low(k + 2) in months()):
        return None  # the month takes it
    if text.has_capital(k) and after and text.has_capital(k + 1):
        return None  # the First Minister
    return k, k + 1, "ORDINAL"


# ---------------------------------------------------------------- numbers


def _number_end(text: _Text, k: int) -> int:
    """The end of the number that starts at k: "two hundred and fifty", "3.5 million"."""
    j = k + 1
    while text.low(j) in LISTS["scale"] or text.low(j) in NUMBER_WORDS or _joins_numbers(text, j):
        if text.low(j) == "m" and text.low(j + 1).isalpha() and text.tokens.lowers[k - 1 : k] != ["$"]:
            break
        j += 1
    return j


def _joins_numbers(text: _Text, j: int) -> bool:
    return text.low(j) == "and" and text.low(j - 1) in LISTS["scale"] and text.low(j + 1) in NUMBER_WORDS


def _money(text: _Text, k: int) -> Expression | None:
    """$3 million, US$5, Rs. 300."""
    j = k + 1 + (text.low(k + 1) in _SIGNS)
    if not (text.low(j)[:1].isdigit() or text.low(j) in NUMBER_WORDS):
        return None
    ends, starts = text.tokens.ends, text.tokens.starts
    joined = text.low(k - 1) in LISTS["country_before_sign"] and ends[k - 1] == starts[k]
    return _with_about(text, k - joined), _number_end(text, j), "MONEY"


def _with_about(text: _Text, first: int) -> int:
    """The start of the number with what loosens or bounds it: about 300, at least two."""
    if text.low(first - 1) in LISTS["about"]:
        return first - 1
    return first - 2 if (text.low(first - 2), text.low(first - 1)) in _ABOUT_TWO else first


def _number(text: _Text, k: int) -> Expression | None:
    """A number with what it counts or measures: 5 per cent, 300 euros, two weeks, 5 p.m., 20 kilometres, 1958."""
    low = text.low(k)
    if "-" in low and not _is_in_words(low):
        return _hyphened(low, k)
    if _TIME_OF_DAY.fullmatch(low):
        return k, k + 1 + (text.low(k + 1) in LISTS["clock"]), "TIME"
    if low[0].isdigit() and not _is_digits(low):
        return _number_with_tail(text, k)
    if text.low(k + 1) == "/":
        parted = _parted_by_slashes(text, k)
        if parted:
            return parted
    if _DOTTED_DATE.fullmatch(low):
        return k, k + 1, "DATE"
    j = _number_end(text, k)
    first = _with_about(text, k)
    for read in (_share, _amount, _span_of_time, _clock, _measure):
        found = read(text, k, first, j)
        if found:
            return found
    if j == k + 1 and _is_year_here(text, k):
        return k, j, "DATE"
    return None if low == "one" and text.low(j) != "of" and j == k + 1 else (first, j, "CARDINAL")


def _is_in_words(low: str) -> bool:
    """Fifty-five, which is a number like any other: of per cent, of euros, of weeks."""
    return all(part in NUMBER_WORDS for part in low.split("-"))


def _parted_by_slashes(text: _Text, k: int) -> Expression | None:
    """03/03/2024, the 2031/32 season, 2/3."""
    low, second, third = text.low(k), text.low(k + 2), text.low(k + 4)
    if not (second.isdigit() and text.is_joined(k, k + 3)):
        return None
    if text.low(k + 3) == "/" and len(low) < 3 and len(second) < 3 and third.isdigit() and len(third) in (2, 4):
        return k, k + 5, "DATE"
    if is_year(low) and len(second) in (2, 4):
        return k, k + 3 + (text.low(k + 3) == "season"), "DATE"
    if len(low) > 2 or len(second) > 2:
        return None
    if text.low(k + 3) in ("%", "percent", "pct"):
        return k, k + 4, "PERCENT"
    return k, k + 3, "DATE" if (low, second) == ("9", "11") else "CARDINAL"


def _joined_amount(text: _Text, k: int) -> Expression | None:
    """N300m, R5,000, Rs300, Dh5.2 million: an amount written together with its currency; FY2023, a year of account."""
    low = text.low(k)
    if low[:2] == "fy":
        return (k, k + 1, "DATE") if text.has_capital(k) else None
    code = low.rstrip("0123456789.,mbntk") or low[0]
    scaled = not low[-1].isdigit() or "," in low or text.low(k + 1) in LISTS["scale"]
    if text.has_capital(k) and (code in LISTS["currency_prefix"] or scaled):
        return k, _number_end(text, k), "MONEY"
    return None


def _is_digits(low: str) -> bool:
    return low.replace(",", "").replace(".", "").isdigit()


def _share(text: _Text, k: int, first: int, j: int) -> Expression | None:
    after, after2 = text.low(j), text.low(j + 1)
    if after in ("%", "percent", "pct"):
        return first, j + 1, "PERCENT"
    points = after == "percentage" and after2.startswith("point")
    return (first, j + 2, "PERCENT") if points or (after == "per" and after2 == "cent") else None


def _amount(text: _Text, k: int, first: int, j: int) -> Expression | None:
    after = text.low(j)
    if after == "won" and j == k + 1 and len(text.low(k)) < 3:
        return None  # No 7 won
    if after in _CURRENCY_WORDS or after in _SIGNS:
        return first, j + 1, "MONEY"
    national = text.low(j + 1) in _CURRENCY_WORDS and (text.has_capital(j) or after == "u.s.")
    return (first, j + 2, "MONEY") if national else None


def _span_of_time(text: _Text, k: int, first: int, j: int) -> Expression | None:
    """Two weeks, the last three hours, five years ago."""
    after = text.low(j)
    if after not in _DAYS and after not in _HOURS:
        return None
    first -= text.low(first - 1) in _RELATIVE
    if after in _HOURS:
        return first, j + 1, "TIME"
    return first, j + 1 + (text.low(j + 1) in (*_LATER, "old")), "DATE"


def _clock(text: _Text, k: int, first: int, j: int) -> Expression | None:
    """5 p.m., 17:30, 3 May."""
    low, after = text.low(k), text.low(j)
    if after in LISTS["clock"]:
        return k, j + 1, "TIME"
    if not low.isdigit() or len(low) > 2:
        return None
    return _month(text, j) if text.is_month(j) else None


def _measure(text: _Text, k: int, first: int, j: int) -> Expression | None:
    after = text.low(j)
    if after not in LISTS["unit"] or text.low(k) == "one":
        return None
    return first, j + 1 + (after in ("square", "cubic") and j + 1 < text.end), "QUANTITY"


def _is_year_here(text: _Text, k: int) -> bool:
    """Is the number a year: by its size and what comes before it, and not one that counts things?"""
    low, before, after = text.low(k), text.low(k - 1), text.low(k + 1)
    if not low.isdigit() or not 3 <= len(low) <= 4:
        return False
    if not is_year(low):  # 961 and 2000: both are years
        return after in ("and", "to") and is_year(text.low(k + 2)) and before in ("the", "in", "of")
    counts = after.endswith("s") and after.isalpha() and len(after) > 3
    if before in LISTS["before_year"] or before in ("the", "'s") or before in months():
        return not counts or before in ("the", "in", "and", "of", "'s")
    return low >= "1600" and not counts and after not in ("people", "men", "women", "children")


def _hyphened(low: str, k: int) -> Expression | None:
    """Five-year, 43-year-old, two-hour, 20-mile, 2019-20, 2019-03-14, twenty-one."""
    left, _, right = low.partition("-")
    if not (left.isdigit() or left in NUMBER_WORDS):
        return None
    label = _label_of_compound(left, right)
    return (k, k + 1, label) if label else None


def _label_of_compound(left: str, right: str) -> str:
    if right in _COUNTED_PERIODS or right == "year-long" or right.endswith(_OLD):
        return "DATE"
    if right in ("hour", "minute", "second"):
        return "TIME"
    if right in LISTS["unit"]:
        return "QUANTITY"
    if _is_date_in_parts(left, *right.partition("-")[::2]):
        return "DATE"
    return "CARDINAL" if right in NUMBER_WORDS or right.isdigit() else ""


def _is_date_in_parts(first: str, second: str, third: str) -> bool:
    """2019-20, 2019-03-14, 14-03-2019."""
    if not second.isdigit():
        return False
    if is_year(third):
        return len(first) < 3 and len(second) < 3
    return is_year(first) and (third.isdigit() if third else len(second) in (2, 4))


def _number_with_tail(text: _Text, k: int) -> Expression | None:
    """1990s, 10am, 5km, 3m."""
    low = text.low(k)
    digits = low.rstrip("abcdefghijklmnopqrstuvwxyz")
    tail = low[len(digits) :]
    if not _is_digits(digits):
        return None
    if tail == "s" and len(digits) in (2, 4) and digits.endswith("0"):
        return k - (text.low(k - 1) in ("early", "late", "mid")), k + 1, "DATE"
    if tail in ("am", "pm"):
        return k, k + 1, "TIME"
    if tail in LISTS["unit_on_number"]:
        return k, k + 1, "QUANTITY"
    return (k, k + 1, "CARDINAL") if tail in ("m", "bn", "k", "mn") else None
