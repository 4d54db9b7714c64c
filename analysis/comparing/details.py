"""What changed inside sentences that stay: hedges, negation, quotations, numbers, dates, names, words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator

from analysis.comparing.sources import Told, one_sided
from analysis.comparing.wording import Kept, Side, Step
from analysis.comparing.words import Words, one_line
from analysis.entities.tables import LISTS
from analysis.numbers.words import currency, is_figure, table, worth
from analysis.rules import NUMBER_WORDS, classes
from analysis.text.document import Marker, Mention, Quotation, Span
from analysis.text.vocabulary import CATEGORIES, VALUES

LONGER = 4  # fewer words that are new or gone are not reported separately
SHORT = 6  # up to so many replaced words, numbers and names are compared with each other
MOST_NEGATED = 3  # words that come or go with a "not"; with more, it is a separate clause
FEWEST_QUOTED, MOST_QUOTED = 3, 0.6  # how many words, and what share, stay of a quotation that lost its marks
DATES = frozenset(("DATE", "TIME"))
CLASSES = {"number": VALUES - DATES, "date": DATES}
_UNITS = LISTS["day_unit"] | LISTS["hour_unit"]
_PERCENT = frozenset(("%", "percent", "per", "cent", "pct"))
_MEASURES = (
    _UNITS | _PERCENT | LISTS["unit"] | LISTS["currency"] | LISTS["currency_sign"] | LISTS["currency_code"]
)  # the unit of a number


class Layers:
    """The markers, mentions and quotations of a document, looked up by place."""

    def __init__(self, words: Words) -> None:
        d = words.document
        self.words = words
        self.markers = sorted(d.markers, key=lambda m: m.start)
        self.mentions = sorted(d.mentions, key=lambda m: m.start)
        self.quotations = [q for q in d.quotations if not q.depth]
        self._starts = {name: [x.start for x in getattr(self, name)] for name in ("markers", "mentions")}
        self._ends = [q.end for q in self.quotations]

    def markers_in(self, span: Span) -> list[Marker]:
        """The markers that begin in a span."""
        starts = self._starts["markers"]
        return self.markers[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    def mentions_in(self, span: Span) -> list[Mention]:
        """The mentions that begin in a span."""
        starts = self._starts["mentions"]
        return self.mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    def quotations_in(self, span: Span) -> list[Quotation]:
        """The outermost quotations that share a character with a span."""
        out = []
        for q in self.quotations[bisect_left(self._ends, span.start + 1) :]:
            if q.start >= span.end:
                break
            out.append(q)
        return out

    def cut(self, span: Span) -> str:
        """The words of a span, for the sentence that gives the reason."""
        text = one_line(self.words.document.text[span.start : span.end])
        return text if len(text) <= 80 else text[:79].rstrip() + "…"


# ---------------------------------------------------------------- hedges, boosters, bounds


def certainty(group: Kept, old: Layers, new: Layers, explained: tuple[set[int], set[int]]) -> Iterator[Told]:
    """Hedges, boosters and bounds that were added, dropped or replaced."""
    ours = _changed_markers(group.old, old, explained[0])
    theirs = _changed_markers(group.new, new, explained[1])
    for m in list(ours):  # the same word elsewhere in the sentence
        same = next((n for n in theirs if n.category == m.category and _low(new, n) == _low(old, m)), None)
        if same:
            ours.remove(m)
            theirs.remove(same)
    for m in list(ours):
        other = next((n for n in theirs if _family(n) == _family(m) and _meets(group, old, m, new, n)), None)
        if other is None:
            continue
        ours.remove(m)
        theirs.remove(other)
        if _family(m) == "hedge" and m.strength != other.strength:
            yield _stronger(m, other, old, new)
    for m in ours:
        name = CATEGORIES[m.category].name
        yield Told(
            f"{_family(m)}-lost",
            (Span(m.start, m.end),),
            (),
            f"“{old.cut(Span(m.start, m.end))}” ({name}) has no counterpart in the new sentence.",
        )
    for m in theirs:
        name = CATEGORIES[m.category].name
        yield Told(
            f"{_family(m)}-gained",
            (),
            (Span(m.start, m.end),),
            f"“{new.cut(Span(m.start, m.end))}” ({name}) has no counterpart in the old sentence.",
        )


def _stronger(m: Marker, other: Marker, old: Layers, new: Layers) -> Told:
    was, now = Span(m.start, m.end), Span(other.start, other.end)
    kind = "hedge-stronger" if other.strength > m.strength else "hedge-weaker"
    sure = "less sure" if kind == "hedge-stronger" else "surer"
    reason = f"“{old.cut(was)}” is now “{new.cut(now)}”, which the rules take to be {sure}."
    return Told(kind, (was,), (now,), reason)


def _family(m: Marker) -> str:
    return CATEGORIES[m.category].family


def _low(layers: Layers, m: Marker) -> str:
    return layers.words.document.text[m.start : m.end].lower()


def _changed_markers(side: Side, layers: Layers, explained: set[int]) -> list[Marker]:
    """The markers whose words did not all stay, if nothing else explains it."""
    out = []
    for m in layers.markers_in(side.span):
        tokens = layers.words.tokens_in(Span(m.start, m.end))
        if m.negated or not side.changed(tokens) or any(k in explained for k in tokens):
            continue
        out.append(m)
    return out


def _meets(group: Kept, old: Layers, m: Marker, new: Layers, n: Marker) -> bool:
    """Did one replace the other: are their words different words in the same place?"""
    a = {group.old.step.get(k) for k in old.words.tokens_in(Span(m.start, m.end))}
    b = {group.new.step.get(k) for k in new.words.tokens_in(Span(n.start, n.end))}
    if a & b - {None}:
        return True
    places = [x for x in a | b if x is not None]
    return max(places) - min(places) <= 2 and m.category != "condition"  # a word between them stays


# ---------------------------------------------------------------- negation


def negation(group: Kept, old: Layers, new: Layers, explained: tuple[set[int], set[int]]) -> Iterator[Told]:
    """A "not" that came or went without a separate clause."""
    ours = _negations(group, group.old, explained[0])
    theirs = _negations(group, group.new, explained[1])
    if len(ours) == len(theirs):
        return
    for kind, mine, others, layers in (
        ("negation-lost", ours, theirs, old),
        ("negation-gained", theirs, ours, new),
    ):
        for k in mine[len(others) :]:
            span = layers.words.span(k, k)
            where = "old" if kind == "negation-lost" else "new"
            reason = f"“{layers.cut(span)}” appears only in the {where} sentence, so the two may say opposite things."
            yield one_sided(kind, (span,), where, reason)


def _negations(group: Kept, side: Side, explained: set[int]) -> list[int]:
    lows = side.words.document.tokens.lowers
    out = []
    for k in side.at:
        if lows[k] in classes()["negation"] and k not in side.same and k not in explained:
            step = group.steps[side.step[k]]
            if abs((step.old[1] - step.old[0]) - (step.new[1] - step.new[0])) <= MOST_NEGATED:
                out.append(k)
    return out


# ---------------------------------------------------------------- quotations


def quotations(group: Kept, old: Layers, new: Layers) -> Iterator[Told]:
    """Quotations whose words changed, and words that lost their quotation marks or gained some."""
    yield from _altered(group, old, new)
    for tokens, stay, span in _unanswered(group.old, old, new):
        where = f"These {tokens} words stay, but the new version drops the quotation marks."
        yield Told("marks-dropped", (span,), (new.words.span(min(stay), max(stay)),), where)
    for tokens, stay, span in _unanswered(group.new, new, old):
        where = f"These {tokens} words stay, but the new version puts them in quotation marks."
        yield Told("marks-added", (old.words.span(min(stay), max(stay)),), (span,), where)


def _unanswered(side: Side, layers: Layers, others: Layers) -> Iterator[tuple[int, list[int], Span]]:
    """Quotations whose words stay in the other version, without marks: their number, the tokens there, and the span
    here.
    """
    quoted = others.words.document.tokens.quoted
    for span in _quoted_spans(side, layers):
        tokens = [k for k in layers.words.tokens_in(span) if k in side.step]
        stay = [side.same[k] for k in tokens if k in side.same]
        enough = len(stay) >= max(FEWEST_QUOTED, MOST_QUOTED * len(tokens))
        if enough and not any(quoted[k] for k in stay):
            yield len(stay), stay, span


def _quoted_spans(side: Side, layers: Layers) -> list[Span]:
    """The parts of the quotations that are inside the sentences."""
    return [Span(max(q.start, side.span.start), min(q.end, side.span.end)) for q in layers.quotations_in(side.span)]


def _altered(group: Kept, old: Layers, new: Layers) -> Iterator[Told]:
    """Quotations that correspond to each other but differ in their words."""
    for before, after in _answering(group, old, new):
        a, b = _quoted_words(before, old, group.old), _quoted_words(after, new, group.new)
        gone = [k for k in a if group.old.same.get(k) not in b]
        fresh = [k for k in b if group.new.same.get(k) not in a]
        if gone or fresh:
            yield Told("quotation-altered", tuple(before), tuple(after), _altered_reason(gone, fresh, old, new))


def _quoted_words(spans: list[Span], layers: Layers, side: Side) -> dict[int, None]:
    """The tokens of quotations that are words, in order."""
    return dict.fromkeys(k for span in spans for k in layers.words.tokens_in(span) if k in side.step)


def _answering(group: Kept, old: Layers, new: Layers) -> list[tuple[list[Span], list[Span]]]:
    """Quotations of both versions that share words; one may have become two."""
    ours, theirs = _quoted_spans(group.old, old), _quoted_spans(group.new, new)
    links: list[tuple[list[Span], list[Span]]] = []
    at = {k: j for j, span in enumerate(theirs) for k in new.words.tokens_in(span)}
    for span in ours:
        there = {at[group.old.same[k]] for k in old.words.tokens_in(span) if group.old.same.get(k) in at}
        if not there:
            continue
        found = [theirs[j] for j in sorted(there)]
        if links and links[-1][1][-1] == found[0]:
            links[-1][0].append(span)
            links[-1][1].extend(found[1:])
        else:
            links.append(([span], found))
    return links


def _altered_reason(gone: list[int], fresh: list[int], old: Layers, new: Layers) -> str:
    words = [
        ", ".join(f"“{layers.words.document.tokens.words[k]}”" for k in tokens[:6])
        + (" and others" if len(tokens) > 6 else "")
        for tokens, layers in ((gone, old), (fresh, new))
    ]
    if not fresh:
        return f"Words are gone from inside the quotation marks: {words[0]}."
    if not gone:
        return f"Words are new inside the quotation marks: {words[1]}."
    return f"Inside the quotation marks, {words[1]} replaces {words[0]}."


# ---------------------------------------------------------------- numbers, dates, names


def values(group: Kept, old: Layers, new: Layers, explained: tuple[set[int], set[int]]) -> Iterator[Told]:
    """Numbers, dates and names that were replaced by others of their kind."""
    theirs = [(n, set(_tokens(new, n))) for n in new.mentions_in(group.new.span)]
    used: set[int] = set()
    for m in old.mentions_in(group.old.span):
        mine = set(_tokens(old, m))
        if not group.old.changed(mine) - explained[0]:
            continue
        for j, (n, yours) in enumerate(theirs):
            if j in used or not group.new.changed(yours) - explained[1]:
                continue
            kind = _class(m, mine, old)
            if _class(n, yours, new) == kind and _gave_way(group, mine, yours):
                used.add(j)
                if not SAME[kind](_lows(old, mine), _lows(new, yours)):
                    yield _value_change(kind, Span(m.start, m.end), Span(n.start, n.end), old, new)
                break


def _value_change(kind: str, was: Span, now: Span, old: Layers, new: Layers) -> Told:
    reason = f"In the same sentence, “{old.cut(was)}” is now “{new.cut(now)}”."
    return Told(f"{kind}-changed", (was,), (now,), reason)


def _tokens(layers: Layers, m: Mention) -> range:
    return layers.words.tokens_in(Span(m.start, m.end))


def _lows(layers: Layers, tokens: set[int]) -> list[str]:
    lows = layers.words.document.tokens.lowers
    return [lows[k] for k in sorted(tokens)]


def _class(m: Mention, tokens: set[int], layers: Layers) -> str:
    """Number, date or name; a number of days, months or years is a number."""
    if m.label in DATES:
        lows = _lows(layers, tokens)
        is_length = lows[-1] in _UNITS and any(_is_number(w) for w in lows)
        return "number" if is_length else "date"
    return "number" if m.label in VALUES else "name"


def _gave_way(group: Kept, mine: set[int], yours: set[int]) -> bool:
    """Do two mentions cover the same replaced words, or words that stay?"""
    if any(group.old.same.get(k) in yours for k in mine):
        return True
    a = {group.old.step[k] for k in mine if k in group.old.step}
    b = {group.new.step[k] for k in yours if k in group.new.step}
    return any(_is_short(group.steps[step]) for step in a & b if not group.steps[step].same)


def _is_short(step: Step) -> bool:
    """Are so few words replaced that their contents can be compared?"""
    return max(step.old[1] - step.old[0], step.new[1] - step.new[0]) <= SHORT


def _is_number(low: str) -> bool:
    return low[0].isdigit() or low.partition("-")[0] in NUMBER_WORDS


def _same_number(a: list[str], b: list[str]) -> bool:
    """Do two numbers have the same value, in the same money or unit?"""
    one, other = (worth([w for w in lows if is_figure(w)]) for lows in (a, b))
    if one is None or other is None:
        return a == b
    return one == other and _units(a) == _units(b)


def _units(lows: list[str]) -> set[str]:
    """The unit of a number, by one name: dollars for "$", percent for "per cent", week for "weeks"."""
    names = {currency(low) for low in lows if low in _MEASURES or low in table("currency")}
    return {"percent" if name in _PERCENT else name.removesuffix("s") for name in names}


def _same_words(a: list[str], b: list[str]) -> bool:
    """Is one date a longer form of the other (Tuesday, on Tuesday evening)?"""
    few, many = sorted((set(_plain(a)), set(_plain(b))), key=len)
    return few <= many


def _plain(lows: list[str]) -> list[str]:
    return [w for w in lows if w[0].isalnum() and w not in ("the", "of", "on")]


def _same_name(a: list[str], b: list[str]) -> bool:
    few, many = sorted((_plain(a), _plain(b)), key=len)
    initials = "".join(w[0] for w in many)
    return set(few) <= set(many) or "".join(few).replace(".", "") == initials


SAME: dict[str, Callable[[list[str], list[str]], bool]] = {
    "number": _same_number,
    "date": _same_words,
    "name": _same_name,
}


# ---------------------------------------------------------------- words


def words(group: Kept, old: Layers, new: Layers, explained: tuple[set[int], set[int]]) -> Iterator[Told]:
    """Four words or more that are new or gone, if nothing else explains them."""
    for step in group.steps:
        if step.same:
            continue
        gone, fresh = group.old.at[slice(*step.old)], group.new.at[slice(*step.new)]
        for kind, mine, others, known, layers in (
            ("words-dropped", gone, fresh, explained[0], old),
            ("words-added", fresh, gone, explained[1], new),
        ):
            left = [k for k in mine if k not in known]
            if len(left) - len(others) < LONGER or len(left) * 2 < len(mine):
                continue
            span = layers.words.span(left[0], left[-1])
            where = "old" if kind == "words-dropped" else "new"
            reason = f"{len(left)} words of the {where} sentence have no counterpart in the other."
            yield one_sided(kind, (span,), where, reason)
