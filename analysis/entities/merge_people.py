"""Aliases of people: full names, then surnames, given names and short forms to the full name they are part of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from analysis.entities import tables
from analysis.entities.records import ALIKE, Group, Merging
from analysis.entities.tables import LISTS

_NUMBERS = frozenset(number.lower() for number in LISTS["regnal_number"])
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.")) | _NUMBERS
_SEX = dict.fromkeys(("mr", "mr.", "sir", "lord"), "m") | dict.fromkeys(LISTS["title_of_woman"], "f")
_Found = tuple[Group | None, str]  # the person, and the reason
_NOBODY: _Found = (None, "")


@lru_cache(maxsize=tables.REMEMBERED)
def person_words(form: str) -> tuple[str, ...]:
    """The words of a person's name to compare by: folded, without suffixes and possessives."""
    written = [w.strip(",") for w in form.split()]
    words = [tables.fold(w) for n, w in enumerate(written) if w and not (n and _is_suffix(w))]
    return tuple(words) or (tables.fold(form),)


def _is_suffix(word: str) -> bool:
    """Jr., III; but Xi is a name."""
    return word.lower() in _SUFFIXES and (word.isupper() or word.lower() not in _NUMBERS)


def merge_people(merging: Merging) -> None:
    """Full names first, in order; then every part of a name to the full name it is part of."""
    people = [i for i, m in enumerate(merging.mentions) if m.label == "PERSON"]
    persons = _Persons(merging)
    words_of = _full_words([merging.forms[i] for i in people])
    short = []
    for i, words in zip(people, words_of, strict=True):
        if len(words) > 1:
            persons.add_full(i, words)
        else:
            short.append(i)
    for i in short:
        persons.add_short(i)


def _full_words(forms: Sequence[str]) -> list[tuple[str, ...]]:
    """The words of each name; with what comes after it where several people have the name: Pius XI and Pius XII, Amos
    Harding Jr. and Amos Harding III."""
    suffixes: dict[tuple[str, ...], set[str]] = defaultdict(set)
    out = []
    named = [(person_words(form), form.rpartition(" ")[2]) for form in forms]
    for words, last in named:
        if _is_suffix(last):
            suffixes[words].add(last.lower().rstrip("."))
    for words, last in named:
        apart = _is_suffix(last) and len(suffixes[words]) > 1
        out.append((*words, last.lower().rstrip(".")) if apart else words)
    return out


class _Persons:
    """The people named in full so far: by all their words, and by each word."""

    def __init__(self, merging: Merging) -> None:
        self.merging = merging
        self.exact: dict[tuple[str, ...], Group] = {}
        self.by_word: dict[str, list[Group]] = defaultdict(list)
        self.lone: dict[str, Group] = {}
        self.full: dict[int, list[int]] = defaultdict(list)  # where each person is named in full, by id of the group

    def add_full(self, index: int, words: tuple[str, ...]) -> None:
        """Give a mention of somebody in full to the person it names, a new one if there is none yet."""
        form = self.merging.forms[index]
        group, why = self.exact.get(words), ""
        if group is None:
            group, why = self._same_person(words)
            if group is None:
                group, why = self.merging.new_group("PERSON", form, words), ""
            elif len(words) > len(group.words):
                group.words, group.name = words, form
            self.exact[words] = group
            self._add_words(group, words)
        elif form not in group.forms:
            why = "ALIAS.SPELLING"
        self._give(index, group, why)
        self.full[id(group)].append(index)

    def _give(self, index: int, group: Group, why: str) -> None:
        self.merging.give(index, group, why)
        group.sex = group.sex or _SEX.get(self.merging.title_of(index), "")

    def _add_words(self, group: Group, words: Sequence[str]) -> None:
        for word in {*words, _bare(words[-1])} - tables.words("NAME.PERSON.PARTICLE") - {""}:
            if len(self.by_word[word]) < ALIKE and group not in self.by_word[word]:
                self.by_word[word].append(group)

    def _same_person(self, words: tuple[str, ...]) -> _Found:
        """A full name of other words for the same person: middle names, initials, short given names, another order."""
        for group in self.by_word.get(words[-1], ()):
            why = _same_surname(words, group.words)
            if why:
                return group, why
        if len(words) > 2 or words[0] in self.by_word:
            for group in self.by_word.get(words[0], ()):
                short, long = sorted((words, group.words), key=len)
                if len(short) < len(long) and long[: len(short)] == short:
                    return group, "ALIAS.MIDDLE"  # Kim Jong / Kim Jong Un, Gabriel García / Gabriel García Márquez
        other = self.exact.get(words[::-1]) if len(words) == 2 else None
        return (other, "ALIAS.ORDER") if other else _NOBODY

    def add_short(self, index: int) -> None:
        """Link a mention of one word to the person whose full name contains it."""
        form, title = self.merging.forms[index], self.merging.title_of(index)
        word = person_words(form)[0]
        people = self.by_word.get(word) or self.by_word.get(_bare(word), [])
        suffix = form.rpartition(" ")[2].lower().rstrip(".")
        people = [g for g in people if suffix in _SUFFIXES and g.words[-1] == suffix] or people  # Vint Jr.
        before = [g for g in people if self.full[id(g)][0] < index]
        group, why = _choose(word, before or people[:1], title) if len(people) > 1 else _choose(word, people, title)
        if group is None:
            group, why = self._by_short_form(word)
        if group is None:
            group = self.lone.get(word)
        if group is None:
            group = self.lone[word] = self.merging.new_group("PERSON", form, (word,))
        self._give(index, group, why)

    def _by_short_form(self, word: str) -> _Found:
        """Bob, of the one Robert."""
        fulls = sorted(tables.short_given().get(word, ()))
        named = [g for full in fulls for g in self.by_word.get(full, ()) if g.words[0] == full]
        return (named[0], "ALIAS.GIVEN-FORM") if len(named) == 1 else _NOBODY


def _bare(word: str) -> str:
    """al-sisi is also sisi; empty for words without an article."""
    return word.partition("-")[2] if word.startswith(("al-", "el-")) else ""


def _same_surname(words: tuple[str, ...], other: tuple[str, ...]) -> str:
    """Why two full names may be one person's who has their last word for a surname; empty where they may not."""
    if len(other) < 2 or other[-1] != words[-1]:
        return ""
    short, long = sorted((words, other), key=len)
    if len(short) > 2 and short[1:] == long[1:] and short[0][0] == long[0][0]:
        return "ALIAS.GIVEN-FORM" if short[0] != long[0] else "ALIAS.MIDDLE"  # Pierre Charles and Peter Charles Torva
    if not given_fits(short[0], long[0]):
        return "ALIAS.MIDDLE" if len(short) < len(long) and all(w in long for w in short) else ""
    if short[0] != long[0]:
        return "ALIAS.GIVEN-FORM"
    middle_fits = all(given_fits(w, x) for w, x in zip(short[1:-1], long[1:-1], strict=False))
    return "ALIAS.MIDDLE" if middle_fits else ""


def given_fits(a: str, b: str) -> bool:
    """Can two given names (folded) be of one person? Equal, an initial, or a short form: bob, robert."""
    short = tables.short_given()
    if a == b or b in short.get(a, ()) or a in short.get(b, ()):
        return True
    return (len(a.rstrip(".")) == 1 or len(b.rstrip(".")) == 1) and a[0] == b[0]


def _choose(word: str, people: Sequence[Group], title: str) -> _Found:
    """Which of the people with this word in their names it means by itself, after this title."""
    family: Sequence[Group] = [g for g in people if word in (_family(g.words), _family(g.words).partition("-")[2])]
    given = [g for g in people if g.words[0] == word]
    if title in _SEX and family:
        given, family = [], _of_sex(family, _SEX[title])
    if not family and not given:
        return (people[0], "ALIAS.MIDDLE") if len(people) == 1 else _NOBODY  # Lula
    why = ("ALIAS.TITLE" if title and len(family) == 1 else "ALIAS.SURNAME") if family else "ALIAS.GIVEN"
    return _main(family or given, why)


def _family(words: Sequence[str]) -> str:
    """The last word of a name, without what tells father and son apart.

    >>> _family(("sorel", "vint", "jr")), _family(("ann", "reed"))
    ('vint', 'reed')
    """
    return words[-2] if len(words) > 2 and words[-1] in _SUFFIXES else words[-1]


def _of_sex(people: Sequence[Group], sex: str) -> Sequence[Group]:
    """Those whom the title fits: Mr Orlen is not Ms Orlen."""
    fitting = [g for g in people if g.sex in ("", sex)] or people
    known = [g for g in fitting if g.sex]
    return known if len(known) == 1 else fitting


def _main(people: Sequence[Group], why: str) -> _Found:
    """The one person; of several, the one whom the text is about: who is named most until here."""
    if len(people) == 1:
        return people[0], why
    return max(people, key=lambda g: (len(g.places), -g.places[0])), why + ".MAIN"
