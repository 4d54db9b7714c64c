"""Where numbers are: counts, shares, amounts, ranks and dates of effect, each with its value, unit and bound.

The expressions themselves come from `analysis.entities.values`. We add shares in words ("a third of", "one in ten"),
words for many without a figure ("dozens") and ranks, and leave out whatever counts nothing: dates, ages, scores, names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analysis.entities.tables import LISTS as VALUE_LISTS
from analysis.entities.values import find_values, is_year
from analysis.grammar import Grammar
from analysis.numbers.words import LISTS, currency, is_figure, ordinal, phrases, table, worth
from analysis.text.document import Document
from analysis.text.vocabulary import VALUES

_PERIODS = VALUE_LISTS["day_unit"] | VALUE_LISTS["hour_unit"]
_RELATIVE = VALUE_LISTS["relative_time"]
_AFTERWARDS = frozenset(("ago", "later", "earlier", "old", "olds"))
_OLDEST = 120  # years that a person may have
_TAKEN_UP = 12  # "the two": people named before, not a number that somebody gives
_PERSONAL = frozenset(("he", "she", "i"))
_ENDS = frozenset((",", ".", ")", "and", ";"))


class Expression(NamedTuple):
    """A number: tokens `first` to `last` (half-open), without the words that bound it, which are `bound_at`.

    `kind` and `bound` are keys of vocabulary.NUMBER_KINDS and BOUNDS; shares are in per cent; `value` is None for
    "dozens" and for dates, `high` the upper end of a range.
    """

    first: int
    last: int
    kind: str
    value: float | None
    unit: str = ""
    bound: str = "exact"
    bound_at: tuple[int, int] | None = None
    high: float | None = None


def find_expressions(document: Document, grammar: Grammar) -> list[Expression]:
    """The numbers of a document in the order of the text, without overlaps."""
    reader = _Reader(document, grammar)
    found = reader.ranges(sorted([*reader.own(), *reader.values()]))
    return [reader.bounded(e) for e in found]


class _Reader:
    def __init__(self, document: Document, grammar: Grammar) -> None:
        self.document, self.tokens, self.grammar = document, document.tokens, grammar
        self.lowers, self.size = document.tokens.lowers, len(document.tokens)
        self.taken = bytearray(self.size + 1)
        self.aged = -9  # the last token of the last age that was skipped
        self._names()
        self.found = list(find_values(document))
        self.starts = {first: (last, label) for first, last, label in self.found}

    def _names(self) -> None:
        """Numbers that are part of a name count nothing."""
        for m in self.document.mentions:
            if m.label not in VALUES:
                first, last = self.document.token_index(m.start), self.document.token_index(m.end - 1) + 1
                self.taken[first:last] = b"\1" * (last - first)

    def low(self, k: int) -> str:
        return self.lowers[k] if 0 <= k < self.size else ""

    def _take(self, e: Expression) -> Expression:
        self.taken[e.first : e.last] = b"\1" * (e.last - e.first)
        return e

    # -- in words

    def own(self) -> Iterator[Expression]:
        """Numbers that `find_values` does not know: shares in words, many without a figure, ranks."""
        for read, words in (
            (self._ratio, frozenset(("of", "in", "out"))),
            (self._fraction, frozenset(table("fraction"))),
            (self._joined_fraction, frozenset(low for low in self.tokens.index if "-" in low)),
            (self._many, LISTS["many"]),
            (self._rank, frozenset(low for low in self.tokens.index if ordinal(low.partition("-")[0]))),
        ):
            for k in self.tokens.find(words):
                e = None if self.taken[k] else read(k)
                if e is not None and not any(self.taken[e.first : e.last]):
                    yield self._take(e)

    def _ratio(self, k: int) -> Expression | None:
        """One in ten, six out of ten, two of the 14, 120 of its 900."""
        word = self.low(k)
        if word == "of" and self.low(k - 1) == "out":
            return None
        j = k + 1 + (word == "out" and self.low(k + 1) == "of")
        if word == "out" and j == k + 1:
            return None
        whole = self.low(j) in LISTS["of_whole"]
        j += whole and word != "in"
        part, all_of = self._plain(k - 1), self._plain(j)
        if (
            part is None
            or all_of is None
            or self.low(k - 2) == "but"
            or not 0 < part < all_of
            or (word == "of" and all_of > 10_000 and not whole)
        ):
            return None
        timed = self.starts.get(j, (0, ""))[1] in ("DATE", "TIME", "MONEY", "PERCENT") or is_year(self.low(j))
        if timed or (word == "in" and (part > 10 or (all_of % 5 and all_of > 10))):
            return None
        return Expression(k - 1, j + 1, "share", round(100 * part / all_of, 2), "percent")

    def _plain(self, k: int) -> float | None:
        """The value of a number of one word."""
        low = self.low(k)
        value = worth([low]) if low and (low[0].isdigit() or low in table("value")) and low not in ("a", "an") else None
        scaled = self.low(k + 1) in table("scale") or self.low(k + 1) in ("%", "percent", "per")
        return None if scaled or not low[-1:].isalnum() else value

    def _fraction(self, k: int) -> Expression | None:
        """A third of, two thirds, half of the, more than half."""
        low, after = self.low(k), self.low(k + 1)
        if low == "half":
            return self._half(k)
        parts, plural = table("value").get(self.low(k - 1)), low.endswith("s")
        if parts is None or plural != (parts > 1) or parts >= table("fraction")[low]:
            return None
        if after == "of" and (self._is_period(k + 2) or is_year(self.low(k + 2))):
            return None
        if after != "of" and not plural and not self._ends_phrase(k) and not self._is_loose(k - 1):
            return None
        return Expression(k - 1, k + 1, "share", round(100 * parts / table("fraction")[low], 2), "percent")

    def _ends_phrase(self, k: int) -> bool:
        """Does a punctuation mark follow, or a verb if "only" comes before: "only a tenth was paid"?"""
        after = self.grammar.tags[k + 1 : k + 2]
        return after == ["PUNCT"] or (self.low(k - 2) == "only" and after in (["AUX"], ["VERB"]))

    def _half(self, k: int) -> Expression | None:
        after = self.low(k + 1)
        one = self.low(k - 1) in ("one", "a")
        if self.low(k - 1) in _RELATIVE or self.low(k - 1) in VALUE_LISTS["ordinal"] or self.low(k - 1) == "and":
            return None
        if after in ("a", "an"):
            if self.low(k + 2) not in table("scale"):
                return None
            value, money = 0.5 * table("scale")[self.low(k + 2)], k + 3 + (self.tokens.words[k + 3 : k + 4] == ["US"])
            if self.low(money) in VALUE_LISTS["currency"]:
                return Expression(k, money + 1, "amount", value, currency(self.low(money)))
            return Expression(k, k + 3, "count", value)
        if after == "of" or after in LISTS["of_whole"] or (self._is_loose(k - one) and after in ("", ",", ".")):
            return None if after in LISTS["of_whole"] and self._is_period(k + 2) else _share(k - one, k + 1, 50.0)
        return None

    def _joined_fraction(self, k: int) -> Expression | None:
        """Two-thirds, one-third."""
        first, _, second = self.low(k).partition("-")
        parts, whole = table("value").get(first), table("fraction").get(second)
        if not parts or not whole or parts >= whole:
            return None
        if parts == 1 and self.low(k + 1) not in ("of", ",", "."):
            return None
        return _share(k, k + 1, 100 * parts / whole)

    def _is_loose(self, k: int) -> bool:
        """Can a share follow the word before k: from a fifth, nearly half?"""
        before = self.low(k - 1)
        return before in ("to", "from", "by", "than", "over", "under") or any(
            self._ends_at(k, phrase) for name in ("about", "at_least", "at_most") for phrase in phrases(name)
        )

    def _is_period(self, k: int) -> bool:
        k += self.low(k) in ("a", "an", "the")
        return self.low(k) in _PERIODS or self.low(k) in VALUE_LISTS["unit"]

    def _many(self, k: int) -> Expression | None:
        """Dozens, tens of thousands: without a figure."""
        last = k + 1
        while self.low(last) == "of" and self.low(last + 1) in LISTS["many"]:
            last += 2
        tens = self.low(k) == "tens" and last == k + 1
        if tens or self._is_number(k - 1) or (self.low(last) != "of" and not self._opens_clause(k, last)):
            return None
        j = last + 1
        if self.low(last) == "of" and self.low(j) in VALUE_LISTS["currency"]:
            return Expression(k, j + 1, "amount", None, currency(self.low(j)), "about")
        if self.low(last) == "of" and self.low(j) in _PERIODS:
            return None
        return Expression(k, last, "count", None, "", "about")

    def _is_number(self, k: int) -> bool:
        low = self.low(k)
        return low[:1].isdigit() or (low in table("value") and low not in ("a", "an")) or low in table("scale")

    def _opens_clause(self, first: int, last: int) -> bool:
        """Is the phrase its whole chunk, with a verb after or before it: "Dozens were hurt"?"""
        at = self.grammar.chunk_at[first]
        if at < 0 or self.grammar.chunks[at].last != last:
            return False
        _, after = self.grammar.around(at)
        return after is not None and self.grammar.chunks[after].kind == "VG" and "." not in self.low(last)

    def _rank(self, k: int) -> Expression | None:
        """Third-largest, second most expensive, ranks 12th, came second."""
        low = self.low(k)
        first, _, joined = low.partition("-")
        place = ordinal(first)
        if place is None:
            return None
        if joined:
            most = joined in LISTS["superlative"] or joined.partition("-")[0] in LISTS["superlative"]
            plain = joined.endswith("est") and len(joined) > 4
            more = joined in LISTS["superlative"] and self.grammar.tags[k + 1 : k + 2] == ["ADJ"]
            return Expression(k, k + 1 + more, "rank", float(place)) if most or plain else None
        after = self.low(k + 1)
        if after in LISTS["superlative"] and self.grammar.tags[k + 2 : k + 3] in (["ADJ"], ["ADV"]):
            return Expression(k, k + 3, "rank", float(place))
        if after.endswith("est") and len(after) > 4 and self.grammar.tags[k + 1 : k + 2] == ["ADJ"]:
            return Expression(k, k + 2, "rank", float(place))
        placed = self.low(k - 1) in LISTS["rank_verb"] or (self.low(k - 1) == "in" and after == "place")
        ends = after in ("in", "among", "of", "place", "behind", "on", ",", ".", "overall", "out")
        return Expression(k, k + 1, "rank", float(place)) if placed and ends else None

    # -- of values

    def values(self) -> Iterator[Expression]:
        """The values from `find_values` that count or measure something."""
        for first, last, label in self.found:
            core = self._core(first, last)
            if core >= last or any(self.taken[core:last]):
                continue
            e = self._value(core, last, label)
            if e is not None:
                yield self._take(e)

    def _core(self, first: int, last: int) -> int:
        """The first token of the number itself, after "about" and "at least"."""
        while first < last and not self._opens_number(first):
            first += 1
        return first

    def _opens_number(self, k: int) -> bool:
        low = self.low(k)
        shaped = low[:1].isdigit() or low[-1:].isdigit() or low in VALUE_LISTS["currency_sign"]
        return shaped or low.partition("-")[0] in table("value") or low in table("scale") or low in table("currency")

    def _value(self, k: int, last: int, label: str) -> Expression | None:
        if label == "PERCENT":
            points = self.low(last - 1).startswith("point")
            size = last - 2 if points or self.low(last - 1) == "cent" else last - 1
            return _number(k, last, "share", worth(self.lowers[k:size]), "percentage points" if points else "percent")
        if label == "MONEY":
            named = self.low(k - 1) in VALUE_LISTS["country_before_sign"] and self._is_joined(k - 1)
            return self._money(k - named, last)
        if label == "QUANTITY" and not (self.low(k)[0] == "0" and self.low(k)[1:2].isdigit()):
            return self._quantity(k, last)
        if label in ("DATE", "TIME"):
            return self._duration(k, last)
        return self._count(k, last) if label == "CARDINAL" else None

    def _money(self, k: int, last: int) -> Expression | None:
        words = list(self.lowers[k:last])
        signs = VALUE_LISTS["currency_sign"] | VALUE_LISTS["currency"] | VALUE_LISTS["currency_code"]
        named = [low for low in words if low in signs or low in table("currency")]
        figures = [low for low in words if low not in named and is_figure(low)]
        unit = currency(named[-1]) if named else words[0].rstrip("0123456789.,mbntk")
        return _number(k, last, "amount", worth(figures), unit)

    def _quantity(self, k: int, last: int) -> Expression | None:
        low = self.low(k)
        left, _, right = low.partition("-")
        if right and last == k + 1:
            return _number(k, last, "amount", worth([left]), right if right.endswith("s") else right + "s")
        digits = low.rstrip("abcdefghijklmnopqrstuvwxyz")
        if digits != low and digits and last == k + 1:
            return _number(k, last, "amount", worth([digits]), low[len(digits) :])
        size = k
        while size < last and (is_figure(self.low(size)) or self.low(size) == "and"):
            size += 1
        return _number(k, last, "amount", worth(self.lowers[k:size]), " ".join(self.lowers[size:last]))

    def _duration(self, k: int, last: int) -> Expression | None:
        """Two years, three hours, a two-year ban; not "two years ago", "the past two years"."""
        left, _, right = self.low(k).partition("-")
        if right in _PERIODS and last == k + 1:
            return _number(k, last, "amount", worth([left]), right if right.endswith("s") else right + "s")
        relative = self.low(k - 1) in _RELATIVE and self.grammar.tags[k - 1] != "VERB"
        around = relative or self.low(k - 1) in ("every", "each", "age") or self.low(last) in _AFTERWARDS
        if around or self.low(last - 1) in _AFTERWARDS or self.low(last - 1) not in _PERIODS:
            return None
        if self.low(k) in table("scale") and self.low(k - 1) in LISTS["few"]:
            return None
        return _number(k, last, "amount", worth(self.lowers[k : last - 1]), self.low(last - 1))

    def _count(self, k: int, last: int) -> Expression | None:
        value = worth(self.lowers[k:last])
        if value is None or self._counts_nothing(k, last, value):
            return None
        if self.low(k) in table("scale") and self.low(k - 1) in LISTS["few"]:  # a few hundred
            return Expression(k, last, "count", None, "", "about", (k - 1, k))
        unit = self.low(last)
        if unit in LISTS["more_units"]:
            return Expression(k, last + 1, "amount", value, unit)
        if unit.startswith("percentage-point"):
            return Expression(k, last + 1, "share", value, "percentage points")
        if last == k + 2 and self.low(k + 1) == "m" and self.tokens.ends[k] < self.tokens.starts[k + 1]:
            return _number(k, last, "amount", worth(self.lowers[k : k + 1]), "m")  # 50 m: not millions
        return Expression(k, last, "count", value)

    def _counts_nothing(self, k: int, last: int, value: float) -> bool:
        """Numbers of names, ages, scores, lists, times of day."""
        return (
            self._is_label(k, last)
            or self._is_figure_of_its_own(k, last)
            or self._is_age(k, last, value)
            or self._is_score(k, last, value)
            or self._is_of_name(k, last)
            or self._is_taken_up(k, last, value)
        )

    def _is_label(self, k: int, last: int) -> bool:
        """Gate 12, "per 1,000", three times, [3], 2), the number of a line in a list."""
        before, after = self.low(k - 1), self.low(last)
        if before in LISTS["numbered"] or before in ("#", "per") or self.low(k) == "one":
            return True
        if after in LISTS["not_counted"] or self.low(self._head(k)) in LISTS["not_counted"]:
            return True
        if (before, after) == ("[", "]") or (after == ")" and "(" not in self.lowers[max(0, k - 6) : k]):
            return True
        opens = k == 0 or self.document.text.find("\n", self.tokens.ends[k - 1], self.tokens.starts[k]) >= 0
        return opens and after in (".", ")")

    def _is_figure_of_its_own(self, k: int, last: int) -> bool:
        """007, 2-1, 2019, 24/7, 2:1."""
        low = self.low(k)
        if low[0].isdigit() and ((low[0] == "0" and len(low) > 1 and low[1] != ".") or "-" in low):
            return True
        return (is_year(low) and self._is_alone(k, last)) or self._is_beside(k, last, ("/", ":"))

    def _is_taken_up(self, k: int, last: int, value: float) -> bool:
        """The two, the other three: who was named before."""
        taken_up = value <= _TAKEN_UP and self.low(k - 1) in ("the", "these", "those", "other")
        return taken_up and self._is_alone(k, last)

    def _is_joined(self, k: int) -> bool:
        """Is a word directly before the next one, with nothing between them?"""
        return k >= 0 and self.tokens.ends[k] == self.tokens.starts[k + 1]

    def _is_beside(self, k: int, last: int, signs: tuple[str, ...]) -> bool:
        return (self.low(k - 1) in signs and self._is_joined(k - 1)) or (
            self.low(last) in signs and self._is_number(last + 1)
        )

    def _head(self, k: int) -> int:
        at = self.grammar.chunk_at[k]
        return self.grammar.chunks[at].head if at >= 0 else k

    def _is_age(self, k: int, last: int, value: float) -> bool:
        """Aged 43; Reed, 43, left; and the others of a row: aged nine, ten and two."""
        in_a_row = self.low(k - 1) in (",", "and") and k - 2 <= self.aged + (self.low(k - 2) == ",") <= k - 1
        found = value <= _OLDEST and (
            (in_a_row and self.low(last) not in LISTS["aged"]) or self._is_age_here(k, last, value)
        )
        if found:
            self.aged = last - 1
        return found

    def _is_age_here(self, k: int, last: int, value: float) -> bool:
        before = self.low(k - 1)
        if before == "now" and self.low(k - 2) == ",":
            return True
        if (
            before in LISTS["aged"]
            or (before == "of" and self.low(k - 2) in LISTS["aged"])
            or (before == "at" and self.low(k - 2) in LISTS["at_age"] and self._is_alone(k, last))
        ):
            return True
        if value > _OLDEST or last - k > 1:
            return False
        named = self.tokens.words[k - 2][0].isupper() if k > 1 and before in (",", "(") else False
        if named and self.low(last) in _ENDS:
            return True
        be = before in ("is", "was", "be", "turned") and k > 1
        return be and self.low(k - 2) in _PERSONAL and self._is_alone(k, last)

    def _is_score(self, k: int, last: int, value: float) -> bool:
        """54 to 41: the first is larger, and nothing is counted; and the second of them."""
        if self.low(last) in ("to", "-", "–") and self._is_number(last + 1) and self.low(k - 1) != "from":
            other = self._plain(last + 1)
            return other is not None and other <= value and self._is_alone(last + 1, last + 2)
        if self.low(k - 1) in ("to", "-", "–") and self._is_number(k - 2) and self.low(k - 3) != "from":
            other = self._plain(k - 2)
            return other is not None and value <= other and self._is_alone(k, last)
        return False

    def _is_alone(self, k: int, last: int) -> bool:
        """Does its phrase lack anything after it that it counts?"""
        at = self.grammar.chunk_at[k]
        return at < 0 or self.grammar.chunks[at].last <= last

    def _is_of_name(self, k: int, last: int) -> bool:
        """12 Quay Street, Area 51: a capitalised noun in the singular belongs to it."""
        at = self.grammar.chunk_at[k]
        if at < 0:
            return False
        kind, first, end, head = self.grammar.chunks[at]
        if kind not in ("NP", "TIME"):
            return False
        word = self.tokens.words[head]
        if head >= last:
            return word[0].isupper() and not (word.endswith("s") and head == last) and not word.isupper()
        return (
            k > first
            and end <= last
            and self.tokens.words[k - 1][0].isupper()
            and self.tokens.words[k - 1].isalpha()
            and (k - 1 > first or self._is_inside(k - 1))
        )

    def _is_inside(self, k: int) -> bool:
        """Does the word not open its sentence?"""
        return self.document.sentences[self.document.sentence_index(self.tokens.starts[k])].first_token < k

    # -- together

    def ranges(self, found: list[Expression]) -> list[Expression]:
        """Between 40 and 50, 20 to 30 centimetres: one number with two ends."""
        out: list[Expression] = []
        for e in found:
            before = out[-1] if out else None
            if before is not None and self._is_range(before, e):
                unit = e.unit or before.unit
                kind = e.kind if e.kind != "count" else before.kind
                low = self._scaled(before, e)
                out[-1] = Expression(before.first, e.last, kind, low, unit, "range", None, e.value)
            else:
                out.append(e)
        return out

    def _is_range(self, low: Expression, high: Expression) -> bool:
        if high.first != low.last + 1 or low.value is None or high.value is None or low.value >= high.value:
            return False
        if (low.unit and high.unit not in ("", low.unit)) or high.kind in ("rank", "date"):
            return False
        word, before = self.low(low.last), self.low(low.first - 1)
        return (word == "and" and before == "between") or (word in ("to", "or", "-", "–") and before != "from")

    def _scaled(self, low: Expression, high: Expression) -> float | None:
        """The lower end, in the scale of the upper one: between 300 and 400 billion."""
        scale = max(table("scale").get(self.low(k), 1) for k in (high.last - 1, high.last - 2))
        return (
            low.value * scale if low.value is not None and low.value < 1000 <= scale <= (high.value or 0) else low.value
        )

    def bounded(self, e: Expression) -> Expression:
        """The number with the words before or after it that loosen or bound it."""
        if e.bound == "range" or e.kind in ("rank", "date"):
            return e
        for name in ("at_least", "at_most", "about"):
            for phrase in phrases(f"{name}_behind"):
                if tuple(self.lowers[e.last : e.last + len(phrase)]) == phrase:
                    return e._replace(bound=name.replace("_", "-"), bound_at=(e.last, e.last + len(phrase)))
        best: tuple[int, str] = (0, "")
        for name in ("about", "at_least", "at_most"):
            size = next((len(phrase) for phrase in phrases(name) if self._ends_at(e.first, phrase)), 0)
            best = max(best, (size, name), key=lambda pair: pair[0])
        size, name = best
        if not size or self._is_span(e, size):
            return e
        return e._replace(bound=name.replace("_", "-"), bound_at=(e.first - size, e.first))

    def _is_span(self, e: Expression, size: int) -> bool:
        """Does "over" give a time that something takes, rather than a bound: "spread over three days"?"""
        timed = e.kind == "amount" and self.low(e.last - 1) in _PERIODS and size == 1
        return timed and self.low(e.first - 1) == "over" and self.low(e.first - 2) not in LISTS["before_over"]

    def _ends_at(self, k: int, phrase: tuple[str, ...]) -> bool:
        return k >= len(phrase) and tuple(self.lowers[k - len(phrase) : k]) == phrase


def _share(first: int, last: int, value: float) -> Expression:
    return Expression(first, last, "share", round(value, 2), "percent")


def _number(first: int, last: int, kind: str, value: float | None, unit: str) -> Expression | None:
    return None if value is None else Expression(first, last, kind, value, unit)
