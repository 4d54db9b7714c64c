"""Aliases of people: full names, then surnames, given names and short forms to the full name they are part of."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from analysis.entities import tables
from analysis.entities.records import Group

ALIKE = 40  # how many names with one word in common are looked at: keeps the time in line with the text
RULERS = frozenset("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi".split())
SUFFIXES = frozenset("jr jr. sr sr.".split()) | RULERS
SEX = dict.fromkeys("mr mr. sir lord".split(), "m") | dict.fromkeys("mrs mrs. ms ms. miss lady dame".split(), "f")
FAMILY_TITLES = SEX.keys()  # a surname follows


@lru_cache(maxsize=tables.REMEMBERED)
def person_words(form: str) -> tuple[str, ...]:
    """The words of a person's name to compare by: folded, without suffixes and possessives."""
    words = tuple(w.strip(",") for w in tables.fold(form).split())
    words = tuple(w for w in words if w and w not in SUFFIXES)
    return words or (tables.fold(form),)


def merge_people(mentions, forms, titles, groups, owner, reason) -> None:
    """Full names first, in order; then every part of a name to the full name it is part of."""
    full: list[Group] = []
    index_of: dict[str, list[Group]] = defaultdict(list)
    exact: dict[tuple[str, ...], Group] = {}
    people = [i for i, m in enumerate(mentions) if m.label == "PERSON"]
    numbers: dict[tuple[str, ...], set[str]] = defaultdict(set)  # Pius XI and Pius XII are two
    for i in people:
        if (last := forms[i].rpartition(" ")[2].lower()) in RULERS:
            numbers[person_words(forms[i])].add(last)
    for i in people:
        words = person_words(forms[i])
        if len(numbers.get(words, ())) > 1 and (last := forms[i].rpartition(" ")[2].lower()) in RULERS:
            words = (*words, last)
        if len(words) < 2:
            continue
        group = exact.get(words)
        if group is None:
            group, why = _same_person(words, index_of)
            if group is None and len(words) == 2:
                group, why = exact.get(words[::-1]), "ALIAS.ORDER"
            if group is None:
                group = Group("PERSON", forms[i], words)
                groups.append(group)
                full.append(group)
            else:
                reason[i] = why
                if len(words) > len(group.words):
                    group.words, group.name = words, forms[i]
            exact[words] = group
            for word in {*words, *_tails(words)} - tables.words("NAME.PERSON.PARTICLE"):
                if len(index_of[word]) < ALIKE and group not in index_of[word]:
                    index_of[word].append(group)
        elif forms[i] not in group.forms:
            reason[i] = reason[i] or "ALIAS.SPELLING"
        group.add(i, forms[i])
        group.sex = group.sex or SEX.get(titles.get(mentions[i].start, ""), "")
        owner[i] = group
    _short_names(people, mentions, forms, titles, groups, owner, reason, index_of)


def _tails(words: tuple[str, ...]) -> set[str]:
    """al-sisi is also sisi; van der berg is also "der berg"."""
    last = words[-1]
    return {last.partition("-")[2]} if last.startswith(("al-", "el-")) else set()


def _same_person(words: tuple[str, ...], index_of) -> tuple[Group | None, str]:
    """A full name of other words for the same person: middle names, initials, short given names."""
    for group in index_of.get(words[-1], ()):
        other = group.words
        if len(other) < 2 or other[-1] != words[-1]:
            continue
        short, long = sorted((words, other), key=len)
        if given_fits(short[0], long[0]):
            if short[0] != long[0]:
                return group, "ALIAS.GIVEN-FORM"
            if all(any(given_fits(w, x) for x in long[1:-1]) for w in short[1:-1]) or len(short) == 2:
                return group, "ALIAS.MIDDLE"
        elif len(short) < len(long) and all(w in long for w in short):
            return group, "ALIAS.MIDDLE"
    if len(words) > 2 or words[0] in index_of:
        for group in index_of.get(words[0], ()):
            other = group.words
            short, long = sorted((words, other), key=len)
            if len(short) < len(long) and long[: len(short)] == short:
                return group, "ALIAS.MIDDLE"  # Kim Jong / Kim Jong Un, Gabriel García / Gabriel García Márquez
    return None, ""


def given_fits(a: str, b: str) -> bool:
    """Can two given names (folded) be of one person? Equal, an initial, or a short form: bob, robert."""
    short = tables.short_given()
    if a == b or b in short.get(a, ()) or a in short.get(b, ()):
        return True
    return (len(a.rstrip(".")) == 1 or len(b.rstrip(".")) == 1) and a[0] == b[0]


def _short_names(people, mentions, forms, titles, groups, owner, reason, index_of) -> None:
    lone: dict[str, Group] = {}
    for i in people:
        if owner[i] is not None:
            continue
        word = person_words(forms[i])[0]
        # only those named before, or the only one there is
        bare = word.partition("-")[2] if word.startswith(("al-", "el-")) else ""
        choices = index_of.get(word) or index_of.get(bare, [])
        group, why = _choose(word, choices, titles.get(mentions[i].start, ""))
        if group is None and word in tables.short_given():
            long = [
                g for full in sorted(tables.short_given()[word]) for g in index_of.get(full, ()) if g.words[0] == full
            ]
            group, why = (long[0], "ALIAS.GIVEN-FORM") if len(long) == 1 else (None, "")
        if group is None:
            group, why = lone.get(word), ""
            if group is None:
                group = lone[word] = Group("PERSON", forms[i], (word,))
                groups.append(group)
        owner[i] = group
        reason[i] = why
        group.add(i, forms[i])
        group.sex = group.sex or SEX.get(titles.get(mentions[i].start, ""), "")


def _choose(word: str, choices: list[Group], title: str) -> tuple[Group | None, str]:
    if not choices:
        return None, ""
    family = [g for g in choices if word in (g.words[-1], g.words[-1].partition("-")[2])]
    given = [g for g in choices if g.words[0] == word]
    inner = [g for g in choices if g not in family and g not in given]
    if title in FAMILY_TITLES and family:
        given = []
        family = [g for g in family if g.sex in ("", SEX[title])] or family  # Mr Orlen is not Ms Orlen
        known = [g for g in family if g.sex]
        family = known if len(known) == 1 else family
    if not family and not given and len(inner) == 1:
        return inner[0], "ALIAS.MIDDLE"  # Lula
    for some, why in ((family, "ALIAS.SURNAME"), (given, "ALIAS.GIVEN")):
        if len(some) == 1:
            return some[0], "ALIAS.TITLE" if title and why == "ALIAS.SURNAME" else why
        if some:  # several of that name: the one the text is about, who is named most until here
            return max(some, key=lambda g: (len(g.places), -g.places[0])), why + ".MAIN"
    return None, ""
