"""The numbers of a document, each with everything that the text says about it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import NamedTuple

from analysis.entities.values import months
from analysis.grammar import Grammar, grammar_of
from analysis.grammar.verbs import base_form
from analysis.numbers.checks import Remark, disputes, unverified
from analysis.numbers.counted import Counted
from analysis.numbers.effect import dates_of_effect
from analysis.numbers.expressions import Expression, find_expressions
from analysis.numbers.same import Quantity, pairs
from analysis.numbers.voice import Given, Givers
from analysis.numbers.words import LISTS
from analysis.sourcing.voices import span_text
from analysis.text.document import Document, Span
from analysis.text.vocabulary import NO_SOURCE

_DEFINITE = frozenset(("all", "the", "those", "these"))
_MOST = 20  # how many numbers of a sentence a remark may be about
_LONG = 8  # how many words after the head of a subject are examined
_SETTING = 8  # how many times and places of a sentence are examined
_BACK = 2  # the most sentences between a number and a remark on it


class Same(NamedTuple):
    """Another mention of the same quantity, by its id: whether the two agree, and why they count as the same."""

    number: str
    agrees: bool
    why: str


class Dispute(NamedTuple):
    """Who says that a number is wrong, and in what words."""

    voice: str
    words: Span


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text: ``text[start:end]``, with its unit and without the words that bound it.

    `kind` is a key of vocabulary.NUMBER_KINDS, `bound` one of BOUNDS, and `bound_words` the words that say so. `value`
    is in `unit` (shares in per cent), None for "dozens" and for dates; `high` is the upper end of a range. `counts` is
    the head noun of what is counted, measured or ranked, None if the text does not make it plain; `change` are the
    words of a change ("doubled", "to"). `voice` is whose number it is, `voice_kind` what kind of source, `chain`
    through whom it came, the outermost first, itself last; `attribution` is the id of the one whose content it is in,
    `basis` and `justification` are those of that attribution. `unverified` are the words that say that it could not be
    checked, `same` other mentions of the same quantity, `disputed` those who say that it is wrong.
    """

    id: str
    start: int
    end: int
    kind: str
    value: float | None
    unit: str = ""
    bound: str = "exact"
    bound_words: Span | None = None
    high: float | None = None
    counts: Span | None = None
    change: tuple[Span, ...] = ()
    voice: str = ""
    voice_kind: str = ""
    chain: tuple[str, ...] = ()
    attribution: str | None = None
    basis: tuple[Span, ...] = ()
    justification: tuple[Span, ...] = ()
    unverified: Span | None = None
    same: tuple[Same, ...] = ()
    disputed: tuple[Dispute, ...] = ()


def find_numbers(document: Document) -> tuple[Number, ...]:
    """The numbers of an annotated document, in the order of the text.

    >>> from analysis import annotate
    >>> found = find_numbers(annotate("About 200 farmers came, police said. The toll rose to 31."))
    >>> [(n.kind, n.value, n.bound, n.voice) for n in found]
    [('count', 200.0, 'about', 'police'), ('count', 31.0, 'exact', 'the reporter')]
    """
    reader = _Reader(document)
    return reader.numbers() if reader.found else ()


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document, self.tokens = document, document.tokens
        self.grammar: Grammar = grammar_of(document)
        found = find_expressions(document, self.grammar)
        taken = {k for e in found for k in range(e.first, e.last)}
        dates = (e for e in dates_of_effect(document, self.grammar) if e.last - 1 not in taken)
        self.found = sorted([*found, *dates])
        self.counted = Counted(document, self.grammar)
        self.settings: dict[int, tuple[frozenset[str], frozenset[str]]] = {}  # by sentence

    def numbers(self) -> tuple[Number, ...]:
        nouns, givens = self._nouns(), self._givens()
        out = [self._number(n, *row) for n, row in enumerate(zip(self.found, nouns, givens, strict=True), 1)]
        self._deny(out, givens)
        quantities = [self._quantity(e, noun, number) for e, noun, number in zip(self.found, nouns, out, strict=True)]
        for first, second, agrees, why in pairs(quantities):
            for here, there in ((first, second), (second, first)):
                out[here] = replace(out[here], same=(*out[here].same, Same(out[there].id, agrees, why)))
        return tuple(self._remarked(out))

    def _nouns(self) -> list[int | None]:
        nouns: list[int | None] = []
        for place, e in enumerate(self.found):
            noun = self.counted.of_date(e.first) if e.kind == "date" else self.counted.noun(e)
            if noun is None and place and self._compares(e, self.found[place - 1]):
                noun = nouns[-1]
            nouns.append(noun)
        return nouns

    def _compares(self, e: Expression, before: Expression | None) -> bool:
        """Is a number the value of the one before it at another time: "58 percent, down from 64 percent"?"""
        words = set(self.tokens.lowers[max(before.last if before else 0, e.first - 3) : e.first])
        same = before is None or (e.kind == before.kind and e.unit == before.unit)
        return same and "from" in words and bool(words & {"up", "down"})

    def _givens(self) -> list[Given]:
        givers, out = Givers(self.document, self.grammar), list[Given]()
        for place, e in enumerate(self.found):
            before = self.found[place - 1] if place else None
            near = before is not None and self._sentence(before) == self._sentence(e)
            out.append(givers.given(e, (before, out[-1]) if before is not None and near else None))
        return out

    def _sentence(self, e: Expression) -> int:
        return self.document.sentence_index(self.tokens.starts[e.first])

    def _span(self, first: int, last: int) -> Span:
        return Span(self.tokens.starts[first], self.tokens.ends[last - 1])

    def _number(self, n: int, e: Expression, noun: int | None, given: Given) -> Number:
        a = given.attribution
        return Number(
            f"n{n}",
            *self._span(e.first, e.last),
            e.kind,
            e.value,
            e.unit,
            e.bound,
            self._span(*e.bound_at) if e.bound_at else None,
            e.high,
            self._span(noun, noun + 1) if noun is not None else None,
            tuple(self._span(*place) for place in self.counted.change(e)),
            given.voice,
            given.kind,
            given.chain,
            a.id if a else None,
            a.basis if a else (),
            a.justification if a else (),
        )

    def _deny(self, numbers: list[Number], givens: list[Given]) -> None:
        """A number in something that somebody denies is not theirs: "the firm denied that 30 workers were hurt"."""
        for place, given in enumerate(givens):
            a = given.attribution
            if a is not None and a.stance == "denial" and a.cue and len(given.chain) == 1:
                denial = Dispute(given.voice, a.cue[0])
                numbers[place] = replace(
                    numbers[place], voice=NO_SOURCE, voice_kind="none", chain=(), disputed=(denial,)
                )

    # -- second mentions

    def _quantity(self, e: Expression, noun: int | None, number: Number) -> Quantity:
        lows, at = self.tokens.lowers, self.grammar.chunk_at[e.first]
        clause = self.grammar.clause_at[e.first]
        verb = self.grammar.clauses[clause].verb if clause >= 0 else None
        main = base_form(lows[self.grammar.verb_group(verb).main]) if verb is not None else ""
        first, last = (self.grammar.chunks[at].first, self.grammar.chunks[at].last) if at >= 0 else (e.first, e.last)
        bound = range(*e.bound_at) if e.bound_at else ()
        around = {lows[k] for k in range(first, min(last + 1, len(lows))) if k not in bound}
        return Quantity(
            e,
            _singular(lows[noun]) if noun is not None else "",
            main,
            *self._subject(e, clause, verb, main, number.voice),
            self._is_definite(e.first),
            not LISTS["more"].isdisjoint(around),
            bool(number.change) or self._compares(e, None),
            *self._setting(self._sentence(e)),
            (self._sentence(e), number.voice),
        )

    def _is_definite(self, k: int) -> bool:
        """All 43, the 64 patients, the other three: is there an article or the like directly before the number?"""
        k -= 1
        while k > 0 and self.grammar.tags[k] == "ADJ" and self.tokens.lowers[k] not in _DEFINITE:
            k -= 1
        return k >= 0 and self.tokens.lowers[k] in _DEFINITE

    def _subject(
        self, e: Expression, clause: int, verb: int | None, main: str, voice: str
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The subject of a number's clause, in the form of `Quantity`: up to its head, and after it."""
        subject = self.grammar.subject_of(clause) if clause >= 0 else None
        if subject is None:
            return (), ()
        chunk, at = self.grammar.chunks[subject], self.grammar.chunk_at[e.first]
        if subject == at or (verb is not None and subject < at < verb):
            return ("*",), ()
        if self.grammar.tags[chunk.head] == "PRON":
            return ("it",), ()
        words = self.tokens.lowers[chunk.first : chunk.head + 1]
        if main in LISTS["count_verb"] and words[-1] in voice.casefold():
            return ("?",), ()
        _, last = self.grammar.phrase(subject, coordination=False, apposition=False, relatives=False)
        of = self.tokens.lowers[chunk.head + 1 : min(last, chunk.head + _LONG)]
        return tuple(words[self.grammar.tags[chunk.first] == "DET" :]), tuple(of)

    def _setting(self, sentence: int) -> tuple[frozenset[str], frozenset[str]]:
        """The years and months, and the places, that a sentence is about."""
        if sentence not in self.settings:
            self.settings[sentence] = self._find_setting(sentence)
        return self.settings[sentence]

    def _find_setting(self, sentence: int) -> tuple[frozenset[str], frozenset[str]]:
        s = self.document.sentences[sentence]
        mentions = self.document.mentions
        at = bisect_left(mentions, s.start, key=lambda m: m.start)
        times, places = list[str](), list[str]()
        while at < len(mentions) and mentions[at].start < s.end and len(times) + len(places) < _SETTING:
            m = mentions[at]
            words = self.document.text[m.start : min(m.end, m.start + 40)].lower()
            if m.label in ("GPE", "LOC", "FAC"):
                places.append(m.entity)
            elif m.label == "DATE" and (
                "year" in words or words[-4:].isdigit() or not months().isdisjoint(words.split())
            ):
                times.append(words)
            at += 1
        return frozenset(times), frozenset(places)

    # -- remarks

    def _remarked(self, numbers: list[Number]) -> list[Number]:
        by_sentence: dict[int, list[int]] = {}
        for place, e in enumerate(self.found):
            by_sentence.setdefault(self._sentence(e), []).append(place)
        for remark in unverified(self.document):
            for place in self._meant(remark, by_sentence, numbers):
                numbers[place] = replace(numbers[place], unverified=self._span(remark.first, remark.last))
        for remark in disputes(self.document, self.grammar):
            if remark.subject is not None:
                words = self._span(remark.first, remark.last)
                who = span_text(self.document, (self._span(*remark.subject),))
                for place in self._meant(remark, by_sentence, numbers):
                    named = {numbers[place].voice, *(d.voice for d in numbers[place].disputed)}
                    if who.casefold() not in {name.casefold() for name in named}:
                        mine = (*numbers[place].disputed, Dispute(who, words))
                        numbers[place] = replace(numbers[place], disputed=mine)
        return numbers

    def _meant(self, remark: Remark, by_sentence: dict[int, list[int]], numbers: list[Number]) -> list[int]:
        """The numbers that a remark is about: those of its own sentence, or else those in the last one before it."""
        here = by_sentence.get(remark.sentence, [])
        at = bisect_left(here, remark.first, key=lambda p: self.found[p].first)
        if remark.subject and at < len(here) and self._is_figure_of(here[at]):
            return here[at : at + 1]
        earlier = [p for p in here[max(0, at - _MOST) : at] if self.found[p].kind not in ("date", "rank")]
        if earlier or not remark.back:  # "a third owe money; the union's figure of 36 percent could not be verified"
            return [p for p in earlier if numbers[p].voice == numbers[earlier[-1]].voice]
        for sentence in range(remark.sentence - 1, max(-1, remark.sentence - 1 - _BACK), -1):
            near = by_sentence.get(sentence, [])[-_MOST:]
            given = [p for p in near if numbers[p].chain and numbers[p].kind != "date"]
            if given:
                return [p for p in given if numbers[p].voice == numbers[given[-1]].voice]
        return []

    def _is_figure_of(self, place: int) -> bool:
        """The figure of 800: the number that a remark itself names."""
        e = self.found[place]
        first = e.bound_at[0] if e.bound_at else e.first
        lows = self.tokens.lowers
        return first > 1 and lows[first - 1] in ("of", "that") and lows[first - 2] in LISTS["figure"]


def _singular(low: str) -> str:
    """A noun without the plural s, so that "house" and "houses" are the same."""
    return low[:-1] if low.endswith("s") and not low.endswith("ss") and len(low) > 3 else low
