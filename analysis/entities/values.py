"""Expressions of time, money, share, measure and number (OntoNotes: DATE, TIME, MONEY, PERCENT, QUANTITY, ...)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from analysis.rules import NUMBER_WORDS, classes
from analysis.text.document import Document, Tokens

UNITS_OF_DAYS = frozenset(
    """day days week weeks month months year years decade decades century centuries
quarter quarters weekend weekends fortnight fortnights season millennium millennia semester""".split()
)
SEASONS = frozenset("summer winter spring autumn fall".split())
UNITS_OF_HOURS = frozenset("hour hours minute minutes second seconds".split())
PARTS_OF_DAY = frozenset("morning afternoon evening night noon midnight midday lunchtime".split())
RELATIVE = frozenset("this last next past previous coming preceding following same recent current".split())
SINGLE_DAYS = frozenset("today yesterday tomorrow".split())
CURRENCIES = frozenset("$ € £ ¥ ₹ ₽ ₩ ₦ ₴ ₡ ₫ ₱ ₺ ₵ ₸ ฿ ₲ ₪".split())
CODES = frozenset("us$ a$ c$ usd eur gbp rs rs. inr rmb cny hk$ chf jpy".split())
CURRENCY_WORDS = frozenset(
    """dollar dollars euro euros pound pounds yen yuan rouble roubles ruble rubles rupee
rupees cent cents pence franc francs peso pesos rand naira shilling shillings krona kronor krone kroner won lira
dinar dinars dirham dirhams riyal riyals rial rials baht ringgit taka reais zloty hryvnia usd eur gbp rmb
bitcoin bitcoins""".split()
)
UNITS = frozenset(
    """km kilometre kilometres kilometer kilometers mile miles metre metres meter meters m cm
centimetre centimetres centimeter centimeters mm millimetre millimetres millimeters foot feet ft inch inches
yard yards acre acres hectare hectares kg kilo kilos kilogram kilograms kilogramme kilogrammes gram grams tonne
tonnes ton tons lb lbs pound-mass ounce ounces litre litres liter liters gallon gallons barrel barrels degree
degrees celsius fahrenheit mph km/h kph megawatt megawatts gigawatt gigawatts kilowatt kilowatts watt watts volt
volts hz mhz ghz mb gb tb square cubic""".split()
)
SCALES = frozenset(
    """hundred thousand million millions billion billions trillion trillions m bn mn k crore lakh
dozen""".split()
)
ORDINALS = frozenset(
    """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
thirteenth twentieth hundredth thousandth""".split()
)
ABOUT = frozenset("nearly almost about around roughly approximately some over under".split())
ABOUT_TWO = frozenset(
    (
        ("more", "than"),
        ("less", "than"),
        ("fewer", "than"),
        ("at", "least"),
        ("up", "to"),
        ("as", "many"),
        ("at", "most"),
        ("close", "to"),
    )
)
YEAR_BEFORE = frozenset(
    """in since by of during until till from before after year for late early mid around
circa to between and through , ( summer winter spring autumn fall""".split()
)
# Behind "the May": no month before a function word, or before what is of a person.
NOT_OF_MONTHS = frozenset(
    """for of on to in at against from and or was is has had that which who said government
administration cabinet campaign camp family era years premiership""".split()
)
BEHIND = frozenset("ago later earlier before after".split())

ANSWER = tuple[int, int, str]


@cache
def months() -> frozenset[str]:
    listed = classes()["month"]
    return listed | {month.rstrip(".") for month in listed} | {"jul", "jul.", "jun", "jun."}


@cache
def weekdays() -> frozenset[str]:
    return classes()["weekday"]


@cache
def _triggers() -> frozenset[str]:
    words = (
        (NUMBER_WORDS - {"one", "half", "hundreds", "thousands", "millions", "billions", "dozens"})
        | months()
        | weekdays()
        | SINGLE_DAYS
        | CURRENCIES
        | ORDINALS
        | UNITS_OF_DAYS
        | SEASONS
        | CODES
        | {"tonight", "one"}
        | {d + "s" for d in weekdays()}
        | PARTS_OF_DAY
        | {"nineties", "eighties", "seventies", "sixties"}
    )
    return frozenset(words)


def find_values(document: Document) -> Iterator[ANSWER]:
    """(first token, last token, label) of each expression, in order, none overlapping."""
    tokens, triggers = document.tokens, _triggers()
    ranges = [(s.first_token, s.last_token) for s in document.sentences]
    at = sentence = 0
    starts = {
        low
        for low in tokens.index
        if low in triggers
        or (not low.isalpha() and (low[0].isdigit() or ("-" in low and low.partition("-")[0] in triggers)))
    }
    for k in tokens.find(starts):
        if k < at:
            continue
        while ranges[sentence][1] <= k:
            sentence += 1
        start, end = ranges[sentence]
        answer = _value(tokens, k, max(start, at), end)
        if answer:
            yield answer
            at = answer[1]


def _value(tokens: Tokens, k: int, start: int, end: int) -> ANSWER | None:
    low = tokens.lowers[k]
    if low in months():
        return _month(tokens, k, start, end) if tokens.words[k][0].isupper() else None
    if low in weekdays() or low[:-1] in weekdays():
        return _weekday(tokens, k, start, end) if tokens.words[k][0].isupper() else None
    if low in SINGLE_DAYS or low == "tonight":
        return k, k + 1, "TIME" if low == "tonight" else "DATE"
    if low in CURRENCIES or low in CODES:
        return _money(tokens, k, start, end)
    if low in UNITS_OF_DAYS or low in SEASONS or low in PARTS_OF_DAY:
        return _unit(tokens, k, start, end)
    if low in ORDINALS or (low[0].isdigit() and low[-2:] in ("st", "nd", "rd", "th") and low[:-2].isdigit()):
        return _ordinal(tokens, k, end)
    return _number(tokens, k, start, end)


# ---------------------------------------------------------------- dates


def is_year(low: str) -> bool:
    return len(low) == 4 and low.isdigit() and "1000" <= low <= "2100"


def _month(tokens: Tokens, k: int, start: int, end: int) -> ANSWER | None:
    lowers = tokens.lowers
    first, last = k, k + 1
    before = lowers[k - 1] if k > start else ""
    after = lowers[k + 1] if k + 1 < end else ""
    named = before == "the" and after.isalpha() and after not in NOT_OF_MONTHS  # the May report
    if lowers[k] in ("may", "march", "mar.") and not (
        named
        or after[:1].isdigit()
        or before in YEAR_BEFORE | RELATIVE
        or before[:1].isdigit()
        or before in ("on", "since", "until")
    ):
        return None
    if before[:1].isdigit() and before.rstrip("stndrh").isdigit() and len(before) < 5:
        first = k - 1
    elif before == "of" and k - 1 > start and lowers[k - 2].rstrip("stndrh").isdigit() and lowers[k - 2][0].isdigit():
        first = k - 2
    if after[:1].isdigit() and (
        (after.rstrip("stndrh").isdigit() and len(after) <= 4)
        or (len(after) <= 5 and after.replace("-", "").isdigit() and after.count("-") == 1)
    ):
        last = k + 2
        if not is_year(after) and last + 1 < end and lowers[last] == "," and is_year(lowers[last + 1]):
            last += 2
        elif not is_year(after) and last < end and is_year(lowers[last]):
            last += 1
        elif not is_year(after) and last + 1 < end and lowers[last] in ("-", "–", "to") and lowers[last + 1].isdigit():
            last += 2
    elif k + 2 < end and (
        (after in (",", "of") and is_year(lowers[k + 2]))
        or (after in ("this", "last", "next") and lowers[k + 2] in UNITS_OF_DAYS)
    ):
        last = k + 3
    if first > start and lowers[first - 1] in ("last", "next", "this", "early", "late", "mid"):
        first -= 1
    return first, last, "DATE"


def _weekday(tokens: Tokens, k: int, start: int, end: int) -> ANSWER:
    lowers = tokens.lowers
    first, last, label = k, k + 1, "DATE"
    if k > start and lowers[k - 1] in ("last", "next", "this", "early", "late"):
        first -= 1
    if last < end and lowers[last] in PARTS_OF_DAY:
        return first, last + 1, "TIME"
    mark = last + (last < end and lowers[last] == ",")
    if mark < end and lowers[mark] in months() and tokens.words[mark][0].isupper():
        month = _month(tokens, mark, mark, end)
        if month:
            last = month[1]
    elif mark + 1 < end and lowers[mark].isdigit() and lowers[mark + 1] in months():
        last = _month(tokens, mark + 1, mark, end)[1]
    return first, last, label


def _unit(tokens: Tokens, k: int, start: int, end: int) -> ANSWER | None:
    lowers = tokens.lowers
    low = lowers[k]
    before = lowers[k - 1] if k > start else ""
    after = lowers[k + 1] if k + 1 < end else ""
    label = "TIME" if low in PARTS_OF_DAY else "DATE"
    if low == "second" or (low == "fall" and before not in RELATIVE):
        return None
    if before in RELATIVE or (before in ("every", "each") and label == "DATE"):
        if low in ("night", "noon", "season", "quarter") and before in ("same", "following", "recent"):
            return None
        return k - 1, k + 1, label
    if low in SEASONS:
        if is_year(after):
            return k, k + 2, label
        if after == "of" and k + 2 < end and is_year(lowers[k + 2]):
            return k, k + 3, label
        return None
    if label == "TIME":
        return (k, k + 1, label) if low in ("noon", "midnight", "midday") else None
    if before in ("a", "an") and after in BEHIND:
        return k - 1, k + 2 if after in ("ago", "later", "earlier") else k + 1, label
    if low.endswith("s") and after in BEHIND:
        return k, k + 2 if after in ("ago", "later", "earlier") else k + 1, label
    if low in ("decades", "centuries", "years") and before in ("for", "several", "many", "few", "recent"):
        return (k - 1 if before != "for" else k), k + 1, label
    return None


def _ordinal(tokens: Tokens, k: int, end: int) -> ANSWER | None:
    lowers = tokens.lowers
    after = lowers[k + 1] if k + 1 < end else ""
    if after in ("century", "centuries"):
        return k, k + 2, "DATE"
    if after in ("quarter", "half") and k + 3 < end and lowers[k + 2] == "of" and is_year(lowers[k + 3]):
        return k, k + 4, "DATE"
    if after == "quarter":
        return k, k + 2, "DATE"
    if after in months() and tokens.words[k + 1][0].isupper():
        return None  # the month takes it
    if after == "of" and k + 2 < end and lowers[k + 2] in months():
        return None
    return k, k + 1, "ORDINAL"


# ---------------------------------------------------------------- numbers


def _number_end(lowers: Sequence[str], k: int, end: int) -> int:
    """The end of the number that starts at k: "two hundred and fifty", "3.5 million"."""
    j = k + 1
    while j < end and (
        lowers[j] in SCALES
        or lowers[j] in NUMBER_WORDS
        or (lowers[j] == "and" and lowers[j - 1] in SCALES and j + 1 < end and lowers[j + 1] in NUMBER_WORDS)
    ):
        if lowers[j] == "m" and j + 1 < end and lowers[j + 1].isalpha() and lowers[k - 1 : k] != ["$"]:
            break
        j += 1
    return j


def _money(tokens: Tokens, k: int, start: int, end: int) -> ANSWER | None:
    lowers = tokens.lowers
    j = k + 1
    if j < end and lowers[j] in CURRENCIES:
        j += 1
    if j >= end or not (lowers[j][0].isdigit() or lowers[j] in NUMBER_WORDS):
        return None
    j = _number_end(lowers, j, end)
    first = k
    if k > start and lowers[k - 1] in ("us", "a", "c", "hk", "nz", "s") and tokens.ends[k - 1] == tokens.starts[k]:
        first -= 1
    return _about(lowers, first, start), j, "MONEY"


def _about(lowers: Sequence[str], first: int, start: int) -> int:
    if first > start and lowers[first - 1] in ABOUT:
        return first - 1
    if first - 1 > start and (lowers[first - 2], lowers[first - 1]) in ABOUT_TWO:
        return first - 2
    return first


def _number(tokens: Tokens, k: int, start: int, end: int) -> ANSWER | None:
    lowers = tokens.lowers
    low = lowers[k]
    if "-" in low:
        return _hyphened(low, k)
    if low[0].isdigit() and not low.replace(",", "").replace(".", "").isdigit():
        return _odd_number(lowers, k, start, end)
    j = _number_end(lowers, k, end)
    after = lowers[j] if j < end else ""
    first = _about(lowers, k, start)
    if first > start and lowers[first - 1] in RELATIVE and after in UNITS_OF_DAYS | UNITS_OF_HOURS:
        first -= 1
    if after == "%" or after in ("percent", "pct"):
        return first, j + 1, "PERCENT"
    if after == "per" and j + 1 < end and lowers[j + 1] == "cent":
        return first, j + 2, "PERCENT"
    if after == "percentage" and j + 1 < end and lowers[j + 1].startswith("point"):
        return first, j + 2, "PERCENT"
    if after in CURRENCY_WORDS or after in CURRENCIES:
        return first, j + 1, "MONEY"
    if j + 1 < end and lowers[j + 1] in CURRENCY_WORDS and (tokens.words[j][0].isupper() or after == "u.s."):
        return first, j + 2, "MONEY"
    if after in UNITS_OF_DAYS:
        more = 1 if j + 1 < end and lowers[j + 1] in ("ago", "old", "later", "earlier") else 0
        return first, j + 1 + more, "DATE"
    if after in UNITS_OF_HOURS:
        return first, j + 1, "TIME"
    if after in ("a.m.", "p.m.", "am", "pm", "a.m", "p.m", "o'clock", "gmt"):
        return k, j + 1, "TIME"
    if (
        after == ":"
        and low.isdigit()
        and len(low) < 3
        and j + 1 < end
        and len(lowers[j + 1]) == 2
        and lowers[j + 1].isdigit()
    ):
        last = j + 2
        last += last < end and lowers[last] in ("a.m.", "p.m.", "am", "pm", "gmt")
        return k, last, "TIME"
    if after in months() and tokens.words[j][0].isupper() and low.isdigit() and len(low) < 3:
        return _month(tokens, j, start, end)
    if after in UNITS and low != "one":
        return first, j + 1 + (after in ("square", "cubic") and j + 1 < end), "QUANTITY"
    if j == k + 1 and _is_year_here(lowers, k, start, end):
        return k, j, "DATE"
    if low == "one" and after != "of" and j == k + 1:
        return None
    return first, j, "CARDINAL"


def _is_year_here(lowers: Sequence[str], k: int, start: int, end: int) -> bool:
    low = lowers[k]
    if not low.isdigit() or not 3 <= len(low) <= 4:
        return False
    before = lowers[k - 1] if k > start else ""
    after = lowers[k + 1] if k + 1 < end else ""
    if not is_year(low):  # 961 and 2000: both are years
        return after in ("and", "to") and k + 2 < end and is_year(lowers[k + 2]) and before in ("the", "in", "of")
    if before in YEAR_BEFORE or before in ("the", "'s") or before in months():
        counted = after.endswith("s") and after.isalpha() and len(after) > 3
        return not counted or before in ("the", "in", "and", "of", "'s")
    return (
        low >= "1600"
        and not (after.isalpha() and after.endswith("s") and len(after) > 3)
        and after not in ("people", "men", "women", "children")
    )


def _hyphened(low: str, k: int) -> ANSWER | None:
    left, _, right = low.partition("-")
    if not (left.isdigit() or left in NUMBER_WORDS):
        return None
    if right in ("year", "day", "week", "month", "decade", "year-long") or right.endswith(
        ("year-old", "year-olds", "day-old", "month-old")
    ):
        return k, k + 1, "DATE"
    if right in ("hour", "minute", "second"):
        return k, k + 1, "TIME"
    if right in UNITS:
        return k, k + 1, "QUANTITY"
    if is_year(left) and right.isdigit() and len(right) in (2, 4):
        return k, k + 1, "DATE"
    parts = low.split("-")
    if len(parts) == 3 and all(p.isdigit() for p in parts) and is_year(parts[0]):
        return k, k + 1, "DATE"
    if right in NUMBER_WORDS or right.isdigit():
        return k, k + 1, "CARDINAL"
    return None


def _odd_number(lowers: Sequence[str], k: int, start: int, end: int) -> ANSWER | None:
    """1990s, 10am, 5km, 3m."""
    low = lowers[k]
    digits = low.rstrip("abcdefghijklmnopqrstuvwxyz")
    tail = low[len(digits) :]
    if not digits.replace(",", "").replace(".", "").isdigit():
        return None
    if tail == "s" and len(digits) in (2, 4) and digits.endswith("0"):
        first = k - 1 if k > start and lowers[k - 1] in ("early", "late", "mid") else k
        return first, k + 1, "DATE"
    if tail in ("am", "pm"):
        return k, k + 1, "TIME"
    if tail in ("km", "kg", "cm", "mm", "ft", "mph", "lb", "lbs", "kph", "mw", "gb"):
        return k, k + 1, "QUANTITY"
    if tail in ("m", "bn", "k", "mn"):
        return k, k + 1, "CARDINAL"
    return None
