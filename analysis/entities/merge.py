"""Aliases: which mentions name the same, and why.

Each merge has its reason, kept on the mention as the second half of its rule_id ("NAME.PERSON.GIVEN+ALIAS.SURNAME").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from analysis.entities import tables
from analysis.entities.evidence import UNEXPLAINED
from analysis.entities.kinds import initials_match
from analysis.entities.merge_bodies import merge_bodies
from analysis.entities.merge_people import merge_people
from analysis.entities.records import Group, Merging, Place
from analysis.entities.stated_aliases import cues_in, stated
from analysis.text.document import Entity, Mention, quick
from analysis.text.vocabulary import VALUES

_PLACES = frozenset(("GPE", "LOC"))


def merge(
    text: str, mentions: Sequence[Mention | Place], titles: Mapping[int, str]
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Mentions with the id of their entity, and the entities in order of first mention.

    `titles` gives, by the start of a mention, the title before it (in lower case), to tell people of one
    surname apart.  Expressions of time and number are entities too, one for each wording, so that every
    mention has one.
    """
    merging = Merging(text, mentions, titles)
    _same_names(merging)
    _in_brackets(merging)
    merge_bodies(merging)
    merge_people(merging)
    _stated(merging)
    return _finish(merging)


# ---------------------------------------------------------------- same name


def kind_of(label: str) -> str:
    """What names are compared within: places with a government and without are of one kind."""
    return "PLACE" if label in _PLACES else label


def _same_names(merging: Merging) -> None:
    """Put mentions of one name together; people are left for later."""
    exact: dict[tuple[str, str], Group] = {}
    seen: dict[tuple[str, str], tuple[Group, str]] = {}  # for a label and a form, what it led to before
    for index, (mention, form) in enumerate(zip(merging.mentions, merging.forms, strict=True)):
        if mention.label == "PERSON":
            continue
        known = seen.get((mention.label, form))
        if known is None:
            known = _exact(mention.label, form, exact, merging)
            if mention.label != "NORP":  # a plural joins a singular that comes later
                seen[mention.label, form] = known
        merging.give(index, *known)


def _exact(label: str, form: str, exact: dict[tuple[str, str], Group], merging: Merging) -> tuple[Group, str]:
    """The group of this exact name, a new one if there is none yet, and the reason why it belongs there."""
    key, name, reason = tables.key(form), form, ""
    if label in VALUES:
        key = key.lower()
    else:
        name = tables.canonical().get(key) or _plain_name(key, form, label)
        if name != form and tables.key(name) != key:
            reason = "ALIAS.KNOWN"
        key = tables.key(name)
        if label == "NORP" and key.endswith("s") and ("NORP", key[:-1]) in exact:
            key, reason = key[:-1], reason or "ALIAS.PLURAL"
    slot = (kind_of(label), key)
    group = exact.get(slot)
    if group is None:
        group = exact[slot] = merging.new_group(label, name, tuple(name.split()))
    return group, reason


def _plain_name(key: str, form: str, label: str) -> str:
    """The name without "city of", and with the full name of a country in front: U.S. Congress."""
    if label == "GPE" and key.startswith(("city of ", "town of ", "village of ", "state of ")):
        return form[form.lower().index(" of ") + 4 :]
    first, mark, rest = form.partition(" ")
    if not mark or label != "ORG" or not first.replace(".", "").isupper():
        return form
    country = tables.canonical().get(tables.key(first))
    return f"{country} {rest}" if country else form


# ---------------------------------------------------------------- names that the text says are one


def _in_brackets(merging: Merging) -> None:
    """Full name and short form in brackets after it, although the letters do not fit: Workers' Party (PT)."""
    text, mentions, forms = merging.text, merging.mentions, merging.forms
    for i in range(1, len(mentions)):
        before, m = mentions[i - 1], mentions[i]
        if (
            m.label == before.label == "ORG"
            and (forms[i].isupper() or initials_match(forms[i], forms[i - 1].split()))
            and " " in forms[i - 1]
            and " " not in forms[i]
            and text[before.end : m.start] == " ("
            and text[m.end : m.end + 1] == ")"
        ):
            fits = initials_match(forms[i], forms[i - 1].split())
            if fits or tables.key(forms[i]) not in tables.canonical() or _abbreviates(forms[i], forms[i - 1]):
                merging.absorb(i - 1, i, "ALIAS.ACRONYM" if fits else "ALIAS.DEFINED")


def _abbreviates(short: str, name: str) -> bool:
    """Are the letters of the short form, in their order, initials of the name?

    >>> _abbreviates("DEA", "United States Drug Enforcement Agency"), _abbreviates("SEC", "Drug Agency")
    (True, False)
    """
    initials = iter(word[0].lower() for word in name.split())
    return all(letter in initials for letter in short.lower() if letter.isalpha())


def _stated(merging: Merging) -> None:
    """Names that the text itself says are one: also known as, formerly called, born."""
    cues = cues_in(merging.text)
    if not cues:
        return
    mentions = merging.mentions
    named = [k for k, m in enumerate(mentions) if m.label not in VALUES and m.label not in ("NORP", "LANGUAGE")]
    ends = {mentions[k].end: k for k in named}
    starts = [mentions[k].start for k in named]
    behind = sorted({bisect_left(starts, cue) for cue in cues})  # the first name behind each
    for k in (named[i] for i in behind if i < len(named)):
        first = stated(merging.text, mentions, ends, k)
        if first is not None:
            merging.absorb(first, k, "ALIAS.STATED")


# ---------------------------------------------------------------- entities


def _finish(merging: Merging) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    owners = [merging.group_of(index) for index in range(len(merging.mentions))]
    order = list(dict.fromkeys(owners))
    for number, group in enumerate(order, 1):
        group.id = f"e{number}"
    mention, entity = quick(Mention), quick(Entity)
    out = tuple(
        [
            mention(m.start, m.end, _label(m, group), group.id, f"{m.rule_id}+{why}" if why else m.rule_id)
            for m, group, why in zip(merging.mentions, owners, merging.reasons, strict=True)
        ]
    )
    places = {tables.key(g.name): g.id for g in order if g.label in _PLACES}
    entities = []
    for group in order:
        name = _name(group)
        country, related = _country(group, name, places)
        aliases = tuple([form for form in group.forms if form != name])
        entities.append(entity(group.id, name, group.label, aliases, len(group.places), related, country))
    return out, tuple(entities)


def _label(mention: Mention | Place, group: Group) -> str:
    """The kind of a mention: a name that nothing explains is of the kind of what it is short for."""
    return group.label if mention.rule_id in UNEXPLAINED else mention.label


def _name(group: Group) -> str:
    """The name to show: a known name, or the fullest form, without capitals only where there is another."""
    if group.label in VALUES:
        return next(iter(group.forms))
    known = tables.canonical().get(tables.key(group.name))
    if known and group.label != "PERSON" and (group.label != "NORP" or known in group.forms):
        return known if known in group.forms else known.removeprefix("The ")
    if group.label == "GPE" and group.name.isupper() and group.name.capitalize() in tables.known()[0]:
        return group.name.capitalize()  # NAIROBI
    if group.label in _PLACES and any(not form.isupper() for form in group.forms):  # ELLERQUAY in the dateline
        return max((f for f in group.forms if not f.isupper()), key=lambda f: (len(f.split()), group.forms[f]))
    return max(group.forms, key=lambda f: (not (f.isupper() and len(f.split()) > 1), len(f.split()), group.forms[f]))


def _country(group: Group, name: str, places: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The country of a demonym or city, and the id of that country's entity if the text names it."""
    if group.label == "NORP":
        country = tables.country_of_demonym().get(name) or tables.country_of_demonym().get(next(iter(group.forms)))
        return country, places.get(tables.key(country)) if country else None
    if group.label != "GPE":
        return None, None
    canonical = tables.canonical().get(tables.key(name), name)
    if canonical in tables.country_of_code().values():
        return canonical, None
    return tables.country_of_place().get(tables.key(name)) or None, None
