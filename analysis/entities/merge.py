"""Aliases: which mentions name the same, and why.

Each merge has its reason, kept on the mention as the second half of its rule_id ("NAME.PERSON.GIVEN+ALIAS.SURNAME").
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from analysis.entities import tables
from analysis.entities.evidence import FIRST_EVENT, FIRST_LOC
from analysis.entities.kinds import FIRM_WORDS, initials_match
from analysis.entities.people import ALIKE, merge_people
from analysis.entities.pieces import heads
from analysis.entities.records import Group, Place
from analysis.entities.stated import cues_in, stated
from analysis.text.document import Entity, Mention, quick

VALUES = frozenset(("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"))
PLACES = frozenset(("GPE", "LOC"))
MANY = frozenset("islands isles mountains hills".split())
FIRST = FIRST_LOC | FIRST_EVENT
DESKS = frozenset("news sport sports tv television radio online".split())  # of a broadcaster
FORMS_OFF = frozenset(
    """inc inc. corp corp. co co. ltd ltd. llc plc gmbh ag sa corporation company limited
group holdings incorporated""".split()
)


def merge(
    text: str, mentions: Sequence[Mention | Place], titles: dict[int, str]
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Mentions with the id of their entity, and the entities in order of first mention.

    `titles` gives, by the start of a mention, the title before it (in lower case), to tell people of one
    surname apart.  Expressions of time and number are entities too, one for each wording, so that every
    mention has one.
    """
    groups: list[Group] = []
    owner: list[Group | None] = [None] * len(mentions)
    reason: list[str] = [""] * len(mentions)
    forms = [" ".join(text[m.start : m.end].split()) for m in mentions]
    exact: dict[tuple[str, str], Group] = {}
    seen: dict[tuple[str, str], tuple[Group, str]] = {}  # for a label and a form, what it led to before
    for index, (mention, form) in enumerate(zip(mentions, forms, strict=True)):
        if mention.label == "PERSON":
            continue
        known = seen.get((mention.label, form))
        if known is None:
            known = _exact(mention.label, form, exact, groups)
            if mention.label != "NORP":  # a plural joins a singular that comes later
                seen[mention.label, form] = known
        owner[index], reason[index] = known
        known[0].add(index, form)
    _in_brackets(text, mentions, forms, groups, owner, reason)
    _organisations(groups, owner, reason)
    merge_people(mentions, forms, titles, groups, owner, reason)
    _stated(text, mentions, groups, owner, reason)
    return _finish(mentions, forms, groups, owner, reason)


# ---------------------------------------------------------------- same name


def kind_of(label: str) -> str:
    return "PLACE" if label in PLACES else label


def _exact(label: str, form: str, exact: dict[tuple[str, str], Group], groups: list[Group]) -> tuple[Group, str]:
    """The group of this very name, a new one where there is none yet, and the reason why it is that group's."""
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
        group = exact[slot] = Group(label, name, tuple(name.split()))
        groups.append(group)
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


# ---------------------------------------------------------------- organisations and places


def _organisations(groups: list[Group], owner, reason) -> None:
    """Short forms: acronym, name without its legal form, first or last words of a longer name."""
    bodies = [g for g in groups if g.label in ("ORG", "FAC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "LOC", "GPE")]
    by_initials: dict[str, list[Group]] = defaultdict(list)
    by_first: dict[str, list[Group]] = defaultdict(list)
    by_last: dict[str, list[Group]] = defaultdict(list)
    for group in bodies:
        words = group.words
        if len(words) == 1 and not words[0].isupper() and words[0].isalpha():
            big = "".join(c for c in words[0] if c.isupper()).lower()
            if len(big) > 1 and words[0][0].isupper() and len(by_initials[big]) < ALIKE:
                by_initials[big].append(group)  # YT, of YouTube
        if len(words) > 1:
            big = "".join(p[0] for w in words for p in w.split("-") if p and p[0].isupper()).lower()
            every = "".join(p[0] for w in words for p in w.split("-") if p and p[0].isalpha()).lower()
            for index, word in (
                (by_initials, big),
                (by_initials, every),
                (by_first, tables.fold(words[0])),
                (by_last, tables.fold(words[-1])),
            ):
                if len(index[word]) < ALIKE and group not in index[word]:
                    index[word].append(group)
    for group in bodies:
        found = _longer_form(group, by_initials, by_first, by_last)
        if found:
            target, why = found
            _absorb(target, group, groups, owner, reason, why)
            group.places = []


def _in_brackets(text: str, mentions, forms, groups, owner, reason) -> None:
    """Full name and short form in brackets behind it, though the letters do not fit: Workers' Party (PT)."""
    for i in range(1, len(mentions)):
        before, m = mentions[i - 1], mentions[i]
        if (
            m.label == before.label == "ORG"
            and forms[i].isupper()
            and " " in forms[i - 1]
            and " " not in forms[i]
            and text[before.end : m.start] == " ("
            and text[m.end : m.end + 1] == ")"
            and owner[i] is not owner[i - 1]
            and tables.key(forms[i]) not in tables.canonical()
        ):
            group = owner[i]
            fits = initials_match(forms[i], tuple(forms[i - 1].split()))
            _absorb(owner[i - 1], group, groups, owner, reason, "ALIAS.ACRONYM" if fits else "ALIAS.DEFINED")
            group.places = []


def _stated(text: str, mentions, groups, owner, reason) -> None:
    """Names that the text itself says are one: also known as, formerly called, born."""
    cues = cues_in(text)
    if not cues:
        return
    named = [k for k, m in enumerate(mentions) if m.label not in VALUES and m.label not in ("NORP", "LANGUAGE")]
    ends = {mentions[k].end: k for k in named}
    starts = [mentions[k].start for k in named]
    behind = sorted({bisect_left(starts, cue) for cue in cues})  # the first name behind each
    for k in (named[i] for i in behind if i < len(named)):
        first = stated(text, mentions, ends, k)
        if first is not None and owner[first] is not owner[k]:
            group = owner[k]
            _absorb(owner[first], group, groups, owner, reason, "ALIAS.STATED")
            group.places = []


def _longer_form(group: Group, by_initials, by_first, by_last) -> tuple[Group, str] | None:
    words = group.words
    if len(words) == 1 and words[0].replace(".", "").isupper() and len(words[0].replace(".", "")) > 1:
        short = words[0].replace(".", "").lower()
        targets = [
            t for t in by_initials.get(short, ()) if t.places and (len(t.words) == 1 or initials_match(short, t.words))
        ]
        if not targets:
            desks = [
                t
                for t in by_first.get(tables.fold(words[0]), ())
                if t is not group and t.places and len(t.words) == 2 and t.words[1].lower() in DESKS
            ]
            return (desks[0], "ALIAS.SHORT") if len(desks) == 1 else None  # the BBC, of BBC News
        return (targets[0], "ALIAS.ACRONYM") if len(targets) == 1 else None
    low = tuple(tables.fold(w) for w in words)
    if len(low) == 1 and low[0].endswith("s"):
        targets = [
            t
            for t in by_first.get(low[0][:-1], ())
            if t.places and t.label in PLACES and len(t.words) == 2 and tables.fold(t.words[1]) in MANY
        ]
        if len(targets) == 1:
            return targets[0], "ALIAS.SHORT"  # the Torvanes, of the Torvane Islands
    if len(low) == 1 and group.label in ("EVENT", "LOC", "ORG", "PRODUCT"):
        targets = [
            t
            for t in by_last.get(low[0], ())
            if t is not group and t.places and len(t.words) == 2 and t.words[0].lower() in FIRST
        ]
        if len(targets) == 1:
            return targets[0], "ALIAS.SHORT"  # Torva, of Cyclone Torva; Mount Torva
    targets = []
    for target in by_first.get(low[0], ()):
        if (
            target is group
            or not target.places
            or len(target.words) <= len(words)
            or kind_of(target.label) != kind_of(group.label)
        ):
            continue
        other = tuple(tables.fold(w) for w in target.words)
        if other[: len(low)] == low:
            rest = other[len(low) :]
            if all(w in FORMS_OFF or w in "," for w in rest):
                return target, "ALIAS.FORM"
            clear = _distinct(words) or rest[-1] in FIRM_WORDS  # Novara Motors, though Novara is a town
            of_body = (
                group.label == "ORG"
                and clear
                and rest[0] not in ("of", "for", "and", "&")
                and (
                    rest[-1] in heads()
                    or (rest[-1].endswith("s") and rest[-1] in tables.common() and words[0] not in tables.known()[0])
                )
            )
            of_place = (
                group.label in PLACES
                and group.name not in tables.country_of_code().values()
                and rest in (("city",), ("town",), ("island",))
            )
            if of_body or of_place or (group.label in ("FAC", "LOC") and _distinct(words)):
                targets.append(target)
    if len(targets) == 1:
        return targets[0], "ALIAS.SHORT"
    if group.label == "ORG":
        targets = [
            t
            for t in by_last.get(low[-1], ())
            if t is not group
            and t.places
            and t.label == "ORG"
            and len(t.words) > len(low)
            and tuple(map(tables.fold, t.words[-len(low) :])) == low
            and _is_home(t.words[: -len(low)], group.words)
        ]
        if len(targets) == 1:
            return targets[0], "ALIAS.HOME"
    if len(words) == 1 and group.label in ("ORG", "FAC", "LOC", "EVENT", "LAW") and low[0] in heads():
        targets = [
            t
            for t in by_last.get(low[0], ())
            if t is not group and t.places and (t.label == group.label or group.label == "ORG")
        ]
        if len(targets) == 1 and targets[0].places[0] < group.places[0]:
            return targets[0], "ALIAS.HEAD"
    return None


def _is_home(words: tuple[str, ...], body: tuple[str, ...]) -> bool:
    """A place or nation before the name of its team or parliament: Boston, U.S., Kenyan. A nation before a firm or a
    site that has one word for its name says which part of it: the Kenyan Zorvane."""
    name = " ".join(words)
    single = tables.known()[0].get(name, ("",))[0]
    last = tables.fold(body[-1])
    if (
        single == "NORP"
        and len(body) == 1
        and last not in heads()
        and not last.endswith("s")
        and tables.known()[0].get(body[0], ("", ""))[0] != "ORG"
    ):
        return False
    return (
        single in ("GPE", "NORP", "LOC")
        or (len(words) > 1 and tables.key(name) in tables.country_of_place())
        or tables.canonical().get(tables.key(name)) in tables.country_of_code().values()
    )


def _distinct(words: tuple[str, ...]) -> bool:
    """Would the words alone still point to one thing? Not plain words, nations or places."""
    single = tables.known()[0]
    return all(tables.fold(w) not in tables.common() for w in words[:1]) and single.get(words[0], ("",))[0] not in (
        "NORP",
        "GPE",
        "LOC",
    )


def _absorb(target: Group, group: Group, groups, owner, reason, why: str) -> None:
    for index in group.places:
        owner[index] = target
        reason[index] = reason[index] or why
    target.places = sorted(target.places + group.places)
    for form, n in group.forms.items():
        target.forms[form] = target.forms.get(form, 0) + n


# ---------------------------------------------------------------- people

# ---------------------------------------------------------------- entities


def _finish(mentions, forms, groups, owner, reason) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    order = list(dict.fromkeys(owner))
    for number, group in enumerate(order, 1):
        group.id = f"e{number}"
    mention, entity = quick(Mention), quick(Entity)
    out = tuple(
        [
            mention(m.start, m.end, _label(m, group), group.id, f"{m.rule_id}+{why}" if why else m.rule_id)
            for m, group, why in zip(mentions, owner, reason, strict=True)
        ]
    )
    places = {tables.key(g.name): g.id for g in order if g.label in PLACES}
    entities = []
    for group in order:
        name = _name(group)
        country, related = _country(group, name, places)
        aliases = tuple([form for form in group.forms if form != name])
        entities.append(entity(group.id, name, group.label, aliases, len(group.places), related, country))
    return out, tuple(entities)


def _label(mention: Mention, group: Group) -> str:
    """The kind of a mention: a name that nothing explains is of the kind of what it is short for."""
    return group.label if mention.rule_id == "NAME.ORG.UNKNOWN" else mention.label


def _name(group: Group) -> str:
    """The name to show: a known name, or the fullest form, without capitals only where there is another."""
    if group.label in VALUES:
        return next(iter(group.forms))
    known = tables.canonical().get(tables.key(group.name))
    if known and group.label != "PERSON" and (group.label != "NORP" or known in group.forms):
        return known if known in group.forms else known.removeprefix("The ")
    if group.label == "GPE" and group.name.isupper() and group.name.capitalize() in tables.known()[0]:
        return group.name.capitalize()  # NAIROBI
    return max(group.forms, key=lambda f: (not (f.isupper() and len(f.split()) > 1), len(f.split()), group.forms[f]))


def _country(group: Group, name: str, places: dict[str, str]) -> tuple[str | None, str | None]:
    """The country of a demonym or city, and the id of that country's entity where the text names it."""
    country = None
    if group.label == "NORP":
        country = tables.country_of_demonym().get(name) or tables.country_of_demonym().get(next(iter(group.forms)))
        return country, places.get(tables.key(country)) if country else None
    if group.label == "GPE":
        canonical = tables.canonical().get(tables.key(name), name)
        if canonical in tables.country_of_code().values():
            return canonical, None
        country = tables.country_of_place().get(tables.key(name)) or None
    return country, None
