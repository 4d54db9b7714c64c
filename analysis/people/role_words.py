"""The words that tell a role class, from the rules of role_classes.toml, and what a role phrase says by them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from analysis.rules import Rule, classes, load_rules, word_lists
from analysis.text.vocabulary import ROLE_CLASSES

OPEN = "open"
FILE = "role_classes.toml"
FIELDS = ("nouns", "heads", "bodies", "pairs", "of", "verbs", "office_verbs", "names", "endings", "wins_over")
LONGEST = 5  # words that are looked up together
Words = tuple[str, ...]


class Sense(NamedTuple):
    """What a word or a few words say: the class, and the rule that says so."""

    role_class: str
    rule: str


class Finding(NamedTuple):
    """The class that a phrase tells; it rests on the words `first` to `last` (half-open) of the phrase."""

    sense: Sense
    first: int
    last: int


@dataclass(slots=True)
class RoleWords:
    """Words in lower case -> what they say, one table for each part that they can play (see the head of the file)."""

    nouns: dict[Words, Sense] = field(default_factory=dict)
    heads: dict[Words, Sense] = field(default_factory=dict)
    bodies: dict[Words, Sense] = field(default_factory=dict)
    of: dict[Words, Sense] = field(default_factory=dict)
    verbs: dict[Words, Sense] = field(default_factory=dict)
    office_verbs: dict[Words, Sense] = field(default_factory=dict)
    names: dict[Words, Sense] = field(default_factory=dict)
    endings: dict[str, Sense] = field(default_factory=dict)
    wins_over: dict[str, frozenset[str]] = field(default_factory=dict)


@cache
def role_rules() -> tuple[Rule, ...]:
    return load_rules(FILE, required=("role_class",), allowed={"role_class": tuple(ROLE_CLASSES)}, optional=FIELDS)


@cache
def role_words() -> RoleWords:
    """The tables of all the rules; pairs count among the nouns."""
    out = RoleWords()
    for rule in role_rules():
        sense = Sense(rule["role_class"], rule.id)
        for name in ("nouns", "heads", "bodies", "of", "verbs", "office_verbs", "names"):
            getattr(out, name).update(dict.fromkeys(_phrases(rule.fields.get(name, ())), sense))
        nouns = word_lists("role_nouns").get(sense.role_class, frozenset())
        out.nouns.update(dict.fromkeys([*_phrases(rule.fields.get("pairs", ())), *_phrases(sorted(nouns))], sense))
        out.endings.update(dict.fromkeys(rule.fields.get("endings", "").split(), sense))
        out.wins_over[sense.role_class] = frozenset(rule.fields.get("wins_over", "").split())
    return out


def _phrases(value: str | Sequence[str]) -> Iterator[Words]:
    for phrase in value.split() if isinstance(value, str) else value:
        yield tuple(phrase.split())


@cache
def people_words() -> Mapping[str, frozenset[str]]:
    """The word lists of sources.toml, by name."""
    return word_lists("sources")


# ---------------------------------------------------------------- looking words up


def sense_of(table: Mapping[Words, Sense], words: Sequence[str]) -> Sense | None:
    """What words in lower case mean by a table, in which the last one may be a plural.

    >>> sense_of(role_words().nouns, ["residents"]), sense_of(role_words().nouns, ["prime", "ministers"])[0]
    (Sense(role_class='witness', rule='ROLE.WITNESS'), 'politician')
    """
    head = tuple(words[:-1])
    return next((table[found] for found in ((*head, word) for word in _singular(words[-1])) if found in table), None)


def _singular(word: str) -> Iterator[str]:
    """A word without a full stop, and what it may be the plural of."""
    word = word.removesuffix(".")
    yield word
    for ending, single in (("men", "man"), ("women", "woman"), ("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield word.removesuffix(ending) + single


def longest(table: Mapping[Words, Sense], words: Sequence[str], end: int, start: int = 0) -> tuple[Sense, int] | None:
    """What the longest run of words says that ends before `end`, and where it starts."""
    for size in range(min(LONGEST, end - start), 0, -1):
        sense = sense_of(table, words[end - size : end])
        if sense is not None:
            return sense, end - size
    return None


# ---------------------------------------------------------------- a role phrase


class Phrase:
    """A role as words: those in front of the first preposition or relative are its chunk, whose last word is the head.

    Articles and possessive endings are passed over; `order` leads back to the words as they were given.  `places` that
    are given are words of the names of countries and cities in this text.
    """

    def __init__(self, words: Sequence[str], places: Container[str] = ()) -> None:
        self.known_places = places
        kept = [(k, word) for k, word in enumerate(words) if word.lower() not in people_words()["passed_over"]]
        self.order = [k for k, _ in kept]
        self.written = [word for _, word in kept]
        self.words = [word.lower().replace("’", "'") for word in self.written]
        self.end = next((k for k in range(1, len(self.words)) if self._ends_chunk(k)), len(self.words))
        self.stop = next(
            (k for k, word in enumerate(self.words) if word in people_words()["opens_clause"]), len(self.words)
        )

    def _ends_chunk(self, k: int) -> bool:
        """Does a word end the noun phrase: "of", "who", or "representing" after a noun?"""
        word = self.words[k]
        if word in classes()["preposition"] or word in people_words()["opens_clause"]:
            return True
        participle = self.written[k].islower() and word.endswith("ing")
        return participle and sense_of(role_words().nouns, self.words[k - 1 : k]) is not None

    def finding(self, sense: Sense, first: int, last: int) -> Finding:
        return Finding(sense, self.order[first], self.order[last - 1] + 1)

    def of_group(self) -> Finding | None:
        """The class of several people: "residents", "her family"."""
        group = longest(role_words().bodies, self.words, self.end)
        return self.of_person() or (self.finding(group[0], group[1], self.end) if group else None)

    def of_person(self) -> Finding | None:
        """The class of somebody with this role; None if the words do not show it."""
        across = self._across()
        if across is not None:
            return across
        for last in range(self.end, 0, -1):
            found = self._at(last)
            if found is not None:
                return found
            if not self._may_follow_head(last - 1):
                break
        named = all(word[0].isupper() for word in self.written[: self.end]) or body_at(self.words, self.end) is not None
        return self._at(self.stop) if named and self.stop > self.end else None  # "Department of Works official"

    def _may_follow_head(self, k: int) -> bool:
        """Can the word at k come after the head: a name, a number, a participle ("a lawyer representing Ann Reed")?

        Not a noun that nothing is known of: "a bank robber" is not a bank.
        """
        word = self.written[k]
        return word[0].isupper() or word[0].isdigit() or word.endswith(("ing", "ed"))

    def of_body(self) -> Finding | None:
        """The class of a body by the nouns of its description or its name, the last first."""
        tables = role_words()
        for last in range(self.stop, 0, -1):
            both = (longest(table, self.words, last) for table in (tables.bodies, tables.nouns))
            found = min(filter(None, both), key=lambda sense: sense[1], default=None)
            if found is not None:
                return self.finding(found[0], found[1], last)
        return None

    def _across(self) -> Finding | None:
        """Words that belong together beyond the chunk: "chief of staff", "head of communications"."""
        for first in range(self.end - 1, max(-1, self.end - 3), -1):
            for last in range(min(self.stop, first + LONGEST), self.end, -1):
                sense = sense_of(role_words().nouns, self.words[first:last])
                if sense is not None:
                    return self.finding(sense, first, last)
        return None

    def _at(self, last: int) -> Finding | None:
        """What the words that end at `last` say as the head of the phrase."""
        tables = role_words()
        noun, head = longest(tables.nouns, self.words, last), longest(tables.heads, self.words, last)
        if noun is not None and last - noun[1] > 1 and sense_of(tables.bodies, self.words[last - 1 : last]):
            noun = None  # "State Department" is nobody
        if head is not None and (noun is None or head[1] <= noun[1]):
            return self._by_body(*head, last)
        first = noun[1] if noun else last - 1
        sense = self._with_body(first, last) or (noun and noun[0]) or _by_ending(self.words[last - 1])
        return self.finding(sense, first, last) if sense else None

    def _with_body(self, first: int, last: int) -> Sense | None:
        """What a head says together with a body anywhere in the phrase: "author of the new study"."""
        around = [k for k in range(self.stop) if not first <= k < last]
        pairs = ((*self.words[first:last], self.words[k]) for k in around)
        return next(filter(None, (sense_of(role_words().of, pair) for pair in pairs)), None)

    def _by_body(self, sense: Sense, first: int, last: int) -> Finding | None:
        """The class of the body next to a head: the nearest before it, otherwise the first after it."""
        both = self._with_body(first, last)
        if both is not None:
            return self.finding(both, first, last)
        for end in range(first, 0, -1):
            found = body_at(self.words, end)
            if found is not None:
                return self.finding(found[0], found[1], last)
        behind = [(end, found) for end in range(last + 1, self.stop + 1) if (found := body_at(self.words, end, last))]
        if behind:  # of several the one of more words: "the League for Human Rights"
            end, (body, _) = max(behind, key=lambda body: body[0] - body[1][1])
            return self.finding(body, first, end)
        return None if sense.role_class == OPEN or self._presides(last) else self.finding(sense, first, last)

    def _presides(self, last: int) -> bool:
        """Is it the president of what is no country, so that nothing is known: "president of Torva & Verse"?"""
        of = self.words[last - 1] == "president" and self.words[last : last + 1] in (["of"], ["at"])
        return of and not any(word in self.known_places for word in self.words[last + 1 : last + 3])


def body_at(words: Sequence[str], end: int, start: int = 0) -> tuple[Sense, int] | None:
    """The body whose noun or name ends before `end`, and where it starts: "trade union", "bank"."""
    tables = role_words()
    for table in (tables.nouns, tables.bodies, tables.names):
        found = longest(table, words, end, start)
        if found is not None and (table is not tables.nouns or end - found[1] > 1):
            return found
    return None


def _by_ending(word: str) -> Sense | None:
    """A profession that no list has: "pulmonologist"; a beautician is not one, since its own noun comes first."""
    return next((sense for ending, sense in role_words().endings.items() if word.endswith(ending)), None)
