"""Aliases of organisations, places and things: acronyms, legal forms, first, last or main words of a longer name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from analysis.entities import tables
from analysis.entities.kinds import initials_match
from analysis.entities.records import ALIKE, Group, Merging
from analysis.entities.splitting import heads
from analysis.entities.tables import LISTS
from analysis.entities.word_evidence import known_kind

_BODIES = frozenset(("ORG", "FAC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT", "LOC", "GPE"))
_PLACES = frozenset(("GPE", "LOC"))
_WITH_MAIN_WORD = frozenset(("ORG", "FAC", "LOC", "EVENT", "LAW"))
_MANY = frozenset(("islands", "isles", "mountains", "hills"))
_NAMED_BEHIND = LISTS["land_first"] | LISTS["event_first"] | LISTS["ship_first"]
_Longer = tuple[Group, str]  # the longer name, and the reason


def merge_bodies(merging: Merging) -> None:
    """Join each short form to the one longer name in the text that it can be short for."""
    names = _Bodies([g for g in merging.groups if g.label in _BODIES])
    for group in sorted(names.groups, key=_turn):
        found = names.longer_form(group) if group.places else None  # without a place, it was joined to another already
        if found:
            merging.absorb_group(found[0], group, found[1])


def _turn(group: Group) -> int:
    """Acronyms come first, while what they are short for stands for itself (DH, of Digital Humanities, of Torva Digital
    Humanities), then longer names, and last what may be short for one of those."""
    if len(group.words) > 1:
        return 1
    return 0 if group.words[0].isupper() else 2


class _Bodies:
    """Names by what a short form may have of them: their initials, their first word, their last."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.groups = groups
        self.by_initials: dict[str, list[Group]] = defaultdict(list)
        self.by_first: dict[str, list[Group]] = defaultdict(list)
        self.by_last: dict[str, list[Group]] = defaultdict(list)
        for group in groups:
            if len(group.words) == 1:
                self._add(self.by_initials, _capitals_inside(group.words[0]), group)
            else:
                parts = [part[0] for w in group.words for part in w.split("-") if part]
                self._add(self.by_initials, "".join(c for c in parts if c.isupper()).lower(), group)
                self._add(self.by_initials, "".join(c for c in parts if c.isalpha()).lower(), group)
                self._add(self.by_first, tables.fold(group.words[0]), group)
                self._add(self.by_last, tables.fold(group.words[-1]), group)

    @staticmethod
    def _add(index: dict[str, list[Group]], key: str, group: Group) -> None:
        if len(index[key]) < ALIKE and group not in index[key]:
            index[key].append(group)

    def longer_form(self, group: Group) -> _Longer | None:
        """The name that this group is a short form of, if there is one, and why."""
        short = group.words[0].replace(".", "")
        if len(group.words) == 1 and (short.isupper() or _is_mixed_acronym(short)) and len(short) > 1:
            return self._spelt_out(group, short.lower())
        low = tuple(tables.fold(w) for w in group.words)
        return (
            self._of_many(low)
            or self._named_behind(group, low)
            or self._first_words(group, low)
            or self._of_home(group, low)
            or self._main_word(group, low)
            or self._of_field(group, low)
            or self._state_university(low)
            or self._without_middle(group, low)
        )

    def _spelt_out(self, group: Group, short: str) -> _Longer | None:
        """The name that an acronym is short for; the BBC, of BBC News."""
        targets = [
            t
            for t in self.by_initials.get(short, ())
            if t.places and (len(t.words) == 1 or initials_match(short, t.words))
        ]
        if targets:
            return _only(targets, "ALIAS.ACRONYM")
        desks = (t for t in self._others(self.by_first, tables.fold(group.words[0]), group) if len(t.words) == 2)
        return _only([t for t in desks if t.words[1].lower() in LISTS["broadcaster_desk"]], "ALIAS.SHORT")

    @staticmethod
    def _others(index: dict[str, list[Group]], key: str, group: Group) -> Iterable[Group]:
        """The other names under the key that have mentions still."""
        return (t for t in index.get(key, ()) if t is not group and t.places)

    def _of_many(self, low: Sequence[str]) -> _Longer | None:
        """The Torvanes, of the Torvane Islands."""
        if len(low) > 1 or not low[0].endswith("s"):
            return None
        targets = [
            t
            for t in self.by_first.get(low[0][:-1], ())
            if t.places and t.label in _PLACES and len(t.words) == 2 and tables.fold(t.words[1]) in _MANY
        ]
        return _only(targets, "ALIAS.SHORT")

    def _named_behind(self, group: Group, low: Sequence[str]) -> _Longer | None:
        """Torva, of Cyclone Torva, Mount Torva or MV Torva."""
        if group.label == "EVENT" and len(low) > 1 and low[-2] in LISTS["event_first"]:
            return self._same_storm(group, low)
        if group.label not in ("EVENT", "LOC", "ORG", "PRODUCT"):
            return None
        n = len(low)
        longer = [t for t in self._others(self.by_last, low[-1], group) if tuple(map(tables.fold, t.words[-n:])) == low]
        kinds = _NAMED_BEHIND if n == 1 else LISTS["ship_first"]  # not Area 51, of Storm Area 51
        named = [t for t in longer if len(t.words) > n and t.words[-n - 1].lower() in kinds]
        return _only(named, "ALIAS.SHORT")

    def _same_storm(self, group: Group, low: Sequence[str]) -> _Longer | None:
        """Storm Torva, of Hurricane Torva named before."""
        named = (t for t in self._others(self.by_last, low[-1], group) if t.words[-2].lower() in LISTS["event_first"])
        return _only([t for t in named if t.places[0] < group.places[0]], "ALIAS.SHORT")

    def _first_words(self, group: Group, low: tuple[str, ...]) -> _Longer | None:
        """Torvane Systems, of Torvane Systems Ltd; Torvane, of Torvane University; Orva, of Orva City."""
        targets = []
        for target in self._others(self.by_first, low[0], group):
            words = tuple(tables.fold(w) for w in target.words)
            same_kind = target.label == group.label or {target.label, group.label} == _PLACES
            if not same_kind or len(words) <= len(low) or words[: len(low)] != low:
                continue
            rest = words[len(low) :]
            if all(w in LISTS["legal_form"] or w in LISTS["club_form"] or w == "," for w in rest):
                return target, "ALIAS.FORM"
            if _is_short_for(group, rest) or _is_club(target):
                targets.append(target)
        return _only(targets, "ALIAS.SHORT")

    def _of_home(self, group: Group, low: tuple[str, ...]) -> _Longer | None:
        """The Larks, of the Boston Larks; Parliament, of the Kenyan Parliament."""
        if group.label != "ORG":
            return None
        n = len(low)
        targets = [
            t
            for t in self._others(self.by_last, low[-1], group)
            if t.label == "ORG"
            and len(t.words) > n
            and tuple(map(tables.fold, t.words[-n:])) == low
            and _is_home(t.words[:-n], group.words)
        ]
        return _only(targets, "ALIAS.HOME")

    def _without_middle(self, group: Group, low: Sequence[str]) -> _Longer | None:
        """Torvane Council, of Torvane City Council."""
        if len(low) != 2 or group.label != "ORG" or low[1] not in heads():
            return None
        targets = [
            t
            for t in self._others(self.by_first, low[0], group)
            if len(t.words) == 3
            and tables.fold(t.words[2]) == low[1]
            and t.words[1].lower() in LISTS["kind_of_council"]
        ]
        return _only(targets, "ALIAS.SHORT")

    def _main_word(self, group: Group, low: Sequence[str]) -> _Longer | None:
        """The Institute, of the Torvane Institute named before; the City Council, of Torvane City Council."""
        plain = all(w in tables.common() for w in low)
        if (
            not (low[-1] in heads() or low[-1] in LISTS["body_by_plain_word"])
            or not (plain or len(low) == 1)
            or group.label not in _WITH_MAIN_WORD
        ):
            return None
        targets = [
            t
            for t in self._others(self.by_last, low[-1], group)
            if (t.label == group.label or group.label == "ORG")
            and (len(low) == 1 or tuple(map(tables.fold, t.words[-len(low) :])) == tuple(low))
        ]
        return _only(targets, "ALIAS.HEAD") if targets and targets[0].places[0] < group.places[0] else None

    def _state_university(self, low: Sequence[str]) -> _Longer | None:
        """Penn State, of Pennsylvania State University."""
        if len(low) != 2 or low[1] != "state":
            return None
        named = (t for t in self.by_last.get("university", ()) if t.places and len(t.words) == 3)
        return _only([t for t in named if tables.fold(" ".join(t.words)).startswith(low[0])], "ALIAS.SHORT")

    def _of_field(self, group: Group, low: Sequence[str]) -> _Longer | None:
        """The Bank, of the Bank of Torva."""
        if len(low) > 1 or low[0] not in heads() or any(self._others(self.by_last, low[0], group)):
            return None
        return _only([t for t in self._others(self.by_first, low[0], group) if t.words[1] == "of"], "ALIAS.HEAD")


def _only(targets: Sequence[Group], why: str) -> _Longer | None:
    """The one target; none where there are several."""
    return (targets[0], why) if len(targets) == 1 else None


def _capitals_inside(word: str) -> str:
    """yt, of YouTube; empty for other words.

    >>> _capitals_inside("YouTube"), _capitals_inside("Torva")
    ('yt', '')
    """
    capitals = "".join(c for c in word if c.isupper()).lower()
    return capitals if len(capitals) > 1 and word.isalpha() and not word.isupper() and word[0].isupper() else ""


def _is_club(group: Group) -> bool:
    """Is it a known club, that the text calls by its first words: Leeds, of Leeds United?"""
    names = tables.known()[1].get(group.words[0], ())
    return any(name.words == group.words and name.rule_id == "NAME.ORG.CLUB" for name in names)


def _is_mixed_acronym(word: str) -> bool:
    """BoE, MoD: two capitals, and a letter of a small word between."""
    return len(word) == 3 and word[0].isupper() and word[1].islower() and word[2].isupper()


def _is_short_for(group: Group, rest: Sequence[str]) -> bool:
    """Can the name be used alone, without the `rest` after it: a word for a body, a team's name, a town's?"""
    words, last = group.words, rest[-1]
    if group.label in ("FAC", "LOC") and _is_distinct(words):
        return True
    if group.label in _PLACES:
        country = group.name in tables.country_of_code().values()
        river = rest[0] in ("upon", "am", "sur") and len(rest) == 2  # Torvane upon Vint
        return not country and (river or (len(rest) == 1 and last in ("city", "town", "island")))
    if group.label != "ORG" or rest[0] in ("of", "for", "&"):
        return False
    if rest[0] == "and":
        return len(words) > 2  # Centers for Disease Control, of ... and Prevention
    if not _is_distinct(words) and last not in LISTS["firm_word"]:
        return False  # but Novara Motors, though Novara is a town
    return last in heads() or _is_team(words, last)


def _is_team(words: Sequence[str], last: str) -> bool:
    """Torvane, of the Torvane Larks."""
    return last.endswith("s") and last in tables.common() and words[0] not in tables.known()[0]


def _is_home(words: Sequence[str], body: Sequence[str]) -> bool:
    """A place or nation before the name of its team or parliament: Boston, U.S., Kenyan. A nation before a firm or a
    site that has one word for its name says which part of it: the Kenyan Zorvane."""
    name = " ".join(words)
    label = known_kind(name)[0]
    if label == "NORP" and len(body) == 1:
        last = tables.fold(body[-1])
        return last in heads() or last.endswith("s") or known_kind(body[0])[0] == "ORG"
    body_of = len(body) > 1 and (label == "ORG" or name.isupper() or tables.key(name) in tables.canonical())
    return (
        body_of  # the Security Council, of the UN Security Council
        or label in ("GPE", "NORP", "LOC")
        or all(w.lower() in LISTS["club_form"] for w in words)  # Porto, of FC Porto
        or (len(words) > 1 and tables.key(name) in tables.country_of_place())
        or tables.canonical().get(tables.key(name)) in tables.country_of_code().values()
    )


def _is_distinct(words: Sequence[str]) -> bool:
    """Would the words alone still point to one thing? Not plain words, nations or places."""
    return tables.fold(words[0]) not in tables.common() and known_kind(words[0])[0] not in ("NORP", "GPE", "LOC")
