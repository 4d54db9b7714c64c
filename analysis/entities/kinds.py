"""The kind of each name, from the evidence of all places where the text has it."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence

from analysis.entities import tables
from analysis.entities.context_evidence import contextual
from analysis.entities.evidence import UNEXPLAINED, Evidence, decide
from analysis.entities.records import ALIKE, Found, Hint, Knowledge, Name
from analysis.entities.splitting import head_label
from analysis.entities.tables import LISTS
from analysis.entities.unknown import take_for_things
from analysis.entities.values import is_year
from analysis.entities.word_evidence import is_prominent, lexical
from analysis.text.document import Tokens

_UNSURE = frozenset(("NAME.ORG.UNKNOWN", "NAME.ORG.ACRONYM", "NAME.PERSON.SHAPE"))
_LISTED = frozenset(("GPE", "PERSON", "ORG", "LOC", "NORP"))
_SHORT_FORMS = frozenset(("NAME.ORG.KNOWN", "NAME.ORG.ACRONYM", "NAME.ORG.DEFINED"))
_SPOKEN: Hint = ("LANGUAGE", "NAME.LANGUAGE.CONTEXT")
_NONE: frozenset[str] = frozenset()
_LIST_MARKS = ([","], ["and"], [",", "and"], ["or"], ["/"])
_MOST_AROUND = 3.0  # how much all mentions' surroundings together may add for one kind
_MENTIONS = 20  # so many mentions of a name are looked at
_SURE = 4.0  # what one mention says by itself as surely
_BY_TITLE, _BY_HINT = 6.0, 9.0  # what a title before the name weighs, and that the whole is a known name

Groups = dict[str, list[Found]]
Decided = dict[str, Evidence]


def name_kinds(found: Sequence[Found], tokens: Tokens, knowledge: Knowledge) -> list[Name]:
    """Give every candidate its kind, from the evidence of all places of the same name."""
    groups: Groups = defaultdict(list)
    for f in found:
        f.text = " ".join(f.words).replace("’", "'")
        groups[f.text].append(f)
    evidence = {text: _evidence(text, members, tokens) for text, members in groups.items()}
    _explained_short_forms(groups, evidence, tokens)
    decided = {text: decide(own) for text, own in evidence.items()}
    _parts_of_people(groups, decided)
    _parts_of_bodies(groups, decided, tokens)
    _state_universities(decided)
    _ships(decided)
    _clubs_by_place(groups, decided, tokens)
    _side_by_side(found, decided, tokens)
    take_for_things(groups, decided, tokens)
    knowledge.labels.update({text: (label, rule_id) for text, (label, _, rule_id) in decided.items()})
    return [_named(f, knowledge.labels[text], tokens) for text, members in groups.items() for f in members]


def _named(found: Found, kind: Hint, tokens: Tokens) -> Name:
    """The candidate as a name of this kind, or of the one that holds for its place only."""
    if kind[0] == "EVENT" and found.first > found.sentence[0] and is_year(tokens.lowers[found.first - 1]):
        found.first -= 1  # the 2004 Olympics
        found.start = tokens.starts[found.first]
    if found.hint and found.hint[0] in ("PERSON", "LANGUAGE") and kind[0] != found.hint[0]:
        kind = found.hint
    return Name(found.first, found.last, found.start, found.end, *kind)


# ---------------------------------------------------------------- one name


class _Around:
    """Evidence for one kind from the surroundings of all mentions: how much in all, and the best with its rule."""

    __slots__ = ("best", "rule_id", "total")

    def __init__(self) -> None:
        self.total, self.best, self.rule_id = 0.0, 0.0, ""

    def add(self, weight: float, rule_id: str) -> None:
        if weight < 0:
            self.total = max(self.total + weight, weight)  # the Cleveland team: said once is enough
            return
        self.total += weight
        if weight > self.best:
            self.best, self.rule_id = weight, rule_id

    def settle(self, weight: float, rule_id: str) -> None:
        self.total, self.best, self.rule_id = weight, weight, rule_id

    @property
    def weight(self) -> float:
        """What counts: a kind for which every mention speaks a little is not as sure as a title before one."""
        most = self.best if self.best >= _SURE else min(_MOST_AROUND, 2.5 * self.best) if self.best > 0 else 0.0
        return max(-_MOST_AROUND, min(self.total, most))


def _evidence(text: str, members: Sequence[Found], tokens: Tokens) -> list[Evidence]:
    """All evidence for one name: its own words, and the surroundings of its mentions."""
    words = members[0].words
    around: dict[str, _Around] = defaultdict(_Around)
    for f in members[:_MENTIONS]:
        for label, weight, rule_id in _surroundings(f, tokens):
            if label == "LANGUAGE" and text in LISTS["language"]:
                f.hint = (label, rule_id)  # holds for this place only: the French stay French
            else:
                around[label].add(weight, rule_id)
        if f.hint and f.hint[0] != "LANGUAGE":
            label, rule_id = f.hint
            around[label].settle(_BY_TITLE if rule_id == "NAME.PERSON.TITLE" else _BY_HINT, rule_id)
    own = list(lexical(words, tuple([w.lower().replace("’", "'") for w in words])))
    if "PERSON" in around and around["PERSON"].best == _BY_TITLE and any(e[0] == "GPE" and e[1] >= 5 for e in own):
        around["PERSON"].settle(2.0, "NAME.PERSON.TITLE")  # Mr Washington, and Washington
    return own + [(label, entry.weight, entry.rule_id) for label, entry in around.items()]


def _surroundings(found: Found, tokens: Tokens) -> Sequence[Evidence]:
    if found.tail:
        return [("GPE", 3.0, "NAME.GPE.CONTEXT")] if found.tail in ("based", "born", "wide") else []
    return contextual(tokens, found.first, found.last, *found.sentence)


def _explained_short_forms(groups: Groups, evidence: dict[str, list[Evidence]], tokens: Tokens) -> None:
    """Full Name (FN): the short form is of the kind of the full one."""
    ends = {f.last: text for text, members in groups.items() for f in members}
    for text, members in groups.items():
        if len(members[0].words) > 1 or not text.isupper():
            continue
        explained = (f for f in members if f.first >= 2 and tokens.words[f.first - 1] == "(" and f.first - 1 in ends)
        for f in itertools.islice(explained, _MENTIONS):
            full = ends[f.first - 1]
            if initials_match(text, groups[full][0].words):
                label, *_ = decide(evidence[full])
                label = "ORG" if label == "PERSON" else label
                evidence[text].append((label, 6.0, "NAME.ORG.DEFINED"))
                evidence[full].append((label, 4.0, "NAME.ORG.DEFINED"))


def initials_match(short: str, words: Sequence[str]) -> bool:
    """Is `short` made of the first letters of the words (small words may be left out)?

    >>> initials_match("ORF", ("Observer", "Research", "Foundation"))
    True
    """
    parts = [part[0] for w in words for part in w.split("-") if part]
    letters = [c for c in short.lower() if c.isalpha()]
    return letters in (
        [c.lower() for c in parts if c.isalpha()],
        [c.lower() for c in parts if c.isupper()],
    )


# ---------------------------------------------------------------- names that are part of others


def _parts_of_people(groups: Groups, decided: Decided) -> None:
    """One word that is part of the full name of a person in the text names that person too."""
    _with_known_surname(groups, decided)
    full = [groups[text][0].words for text, (label, *_) in decided.items() if label == "PERSON" and " " in text]
    parts = {tables.fold(word) for words in full for word in (words[0], words[-1])}
    for text in decided:
        plain = _without_capitals(text)
        if plain != text and plain in decided:
            _unite(text, plain, decided)
            continue
        part = tables.fold(text) in parts or (tables.fold(text)[:-1] in parts and _is_unknown_plural(text, decided))
        if part and not _is_sure_of_kind(text, decided[text]):
            decided[text] = ("PERSON", 5.0, "NAME.PERSON.PART")


def _is_sure_of_kind(text: str, kind: Evidence) -> bool:
    """Is it a person already, or what a person's name does not change: a large city, where the text is set, the RTA?"""
    label, weight, rule_id = kind
    if label == "PERSON" or (text.isupper() and rule_id in _SHORT_FORMS):
        return True
    return (label == "GPE" and weight >= _SURE) or (label in ("GPE", "NORP", "LOC") and is_prominent(text))


def _is_unknown_plural(text: str, decided: Decided) -> bool:
    """The two Tarns, of Orla Tarn."""
    return text.endswith("s") and decided[text][2] == "NAME.ORG.UNKNOWN"


def _without_capitals(text: str) -> str:
    """Norton, of NORTON."""
    return " ".join(map(str.capitalize, text.split())) if text.isupper() and len(text) > 3 else text


def _with_known_surname(groups: Groups, decided: Decided) -> None:
    """Mick Torvane is a person where Torvane alone is one."""
    alone = {
        text
        for text, (label, weight, _) in decided.items()
        if label == "PERSON" and weight >= 2.5 and len(groups[text][0].words) == 1
    }
    for text, (_, _, rule_id) in decided.items():
        words = groups[text][0].words
        if rule_id == "NAME.ORG.UNKNOWN" and len(words) == 2 and words[1] in alone and words[0].isalpha():
            decided[text] = ("PERSON", 2.5, "NAME.PERSON.PART")


def _unite(loud: str, plain: str, decided: Decided) -> None:
    """NORTON has the kind of Norton, unless it is the place of a dateline and Norton is unsure."""
    if decided[loud][2] == "NAME.GPE.DATELINE" and decided[plain][1] < 5.5:
        decided[plain] = decided[loud]
    else:
        decided[loud] = decided[plain]


def _is_always_behind(members: Sequence[Found], words: Sequence[str], tokens: Tokens) -> bool:
    """Does one of the words come before each mention?"""
    return all(f.first > f.sentence[0] and tokens.lowers[f.first - 1] in words for f in members)


def _parts_of_bodies(groups: Groups, decided: Decided, tokens: Tokens) -> None:
    """One word that is part of the name of a body, a street or a storm names that: Torvane, of Torvane Systems."""
    longer = _Longer(groups, decided)
    for text, kind in decided.items():
        label = longer.label_of_part(text, kind)
        if label == "FAC" and not _is_always_behind(groups[text], ("on", "onto", "along"), tokens):
            continue
        if label:
            decided[text] = (label, 3.0, "NAME.KNOWN.TEXT")


class _Longer:
    """The names of several words: the kinds of those with one first word, the last words of bodies, and storms."""

    def __init__(self, groups: Groups, decided: Decided) -> None:
        self.firsts: dict[str, set[str]] = defaultdict(set)
        self.lasts: dict[str, set[str]] = defaultdict(set)
        self.storms: set[str] = set()
        self.local: set[str] = set()  # Torva, of Torva City Council
        for text in (text for text in decided if " " in text):
            words, label = groups[text][0].words, decided[text][0]
            self.firsts[words[0]].add(label)
            if label == "ORG":
                self.lasts[words[0]].add(words[-1].lower())
                if len(words) > 2 and words[1].lower() in LISTS["of_local_body"]:
                    self.local.add(words[0])
            if len(words) == 2 and words[0].lower() in LISTS["event_first"]:
                self.storms.add(words[1])

    def label_of_part(self, text: str, kind: Evidence) -> str:
        """The kind of the longer name that the text has this one word of; empty if it has its own kind."""
        labels = self.firsts.get(text, _NONE)
        if text in self.local and (_is_weak_place(kind) or kind[2] in UNEXPLAINED):
            return "GPE"  # Torva Police Department ... in Torva
        if labels == {"ORG"} and (_is_weak_person(text, kind) or _is_weak_place(kind)):
            return "ORG"  # Torvane Systems ... Torvane said; Mr Vint of Torvane
        if _is_small_city(text, kind) and not LISTS["firm_word"].isdisjoint(self.lasts.get(text, _NONE)):
            return "ORG"  # Novara, of Novara Motors
        if labels == {"FAC"}:
            return "FAC"  # on Miller, of Miller Drive
        storm = text in self.storms and kind[0] in ("PERSON", "ORG") and "PERSON" not in labels
        return "EVENT" if storm else ""  # Ian, of Hurricane Ian


def _state_universities(decided: Decided) -> None:
    """Torvane State, Torva State: the Torvane State University, and no state, where the text has that."""
    full = [text.removesuffix(" State University") for text in decided if text.endswith(" State University")][:ALIKE]
    for text in [text for text in decided if full and text.endswith(" State")]:
        if any(name.startswith(text.removesuffix(" State")) for name in full):
            decided[text] = ("ORG", 4.0, "NAME.KNOWN.TEXT")


def _ships(decided: Decided) -> None:
    """Orla Torva, of the MV Orla Torva."""
    for ship in [text for text in decided if text.partition(" ")[0].lower() in LISTS["ship_first"]]:
        name = ship.partition(" ")[2]
        if name in decided and decided[name][2] != "NAME.PERSON.TITLE":
            decided[name] = ("PRODUCT", 4.0, "NAME.PRODUCT.MODEL")


def _clubs_by_place(groups: Groups, decided: Decided, tokens: Tokens) -> None:
    """Chelsea, Porto: in a report on sport, a name that clubs have is the club's if it never occurs as a place's."""
    clubs = _calling_names_of_clubs(decided)
    listed = tables.words("NAME.ORG.TEAM")
    doubtful = [text for text in decided if text in clubs or text.lower() in listed]
    if not doubtful or not (clubs or _is_on_sport(decided, tokens)):
        return
    for text in doubtful:
        if not any(f.hint or _is_behind_place_word(f, tokens) for f in groups[text]):
            decided[text] = ("ORG", 4.0, "NAME.ORG.TEAM")


def _calling_names_of_clubs(decided: Decided) -> set[str]:
    """What the text may call its clubs by, if no two have it in common: not Manchester, of City and United."""
    named = Counter(word for text, kind in decided.items() if " " in text for word in _club_words(text, kind))
    return {word for word, n in named.items() if n == 1}


def _is_behind_place_word(found: Found, tokens: Tokens) -> bool:
    return found.first > found.sentence[0] and tokens.lowers[found.first - 1] in ("in", "near")


def _club_words(text: str, kind: Evidence) -> list[str]:
    """Porto, of FC Porto; Wolverhampton, of Wolverhampton Wanderers."""
    if kind[0] == "PERSON":
        return []
    words = text.split()
    if kind[2] == "NAME.ORG.CLUB":
        return words[:1]
    club = words[0].lower() in LISTS["club_form"] or words[-1].lower() in LISTS["club_form"]
    return [word for word in words if word.lower() not in LISTS["club_form"]] if club and len(words) == 2 else []


def _is_on_sport(decided: Decided, tokens: Tokens) -> bool:
    """Does the text name a club, or have three words or more of reports on sport?"""
    if any(rule_id == "NAME.ORG.CLUB" for _, _, rule_id in decided.values()):
        return True
    return sum(word in tokens.index for word in LISTS["sport"]) > 2


def _is_small_city(text: str, kind: Evidence) -> bool:
    return kind[2] == "NAME.GPE.CITY" and not is_prominent(text)


def _is_weak_place(kind: Evidence) -> bool:
    return kind[2] == "NAME.GPE.CONTEXT" and kind[1] < 1.5


def _is_weak_person(text: str, kind: Evidence) -> bool:
    label, weight, rule_id = kind
    return (
        label == "PERSON"
        and weight < 3.5
        and rule_id != "NAME.PERSON.TITLE"
        and text not in tables.given_names()
        and text not in tables.surnames()
    )


# ---------------------------------------------------------------- names in a list


def _side_by_side(found: Sequence[Found], decided: Decided, tokens: Tokens) -> None:
    """A name without its own evidence takes the kind of the name it is listed with: in Kisumu, Zorvik and Nakuru."""
    for before, after in itertools.pairwise(found):
        if before.sentence != after.sentence:
            continue
        gap = tokens.words[before.last : after.first]
        follow, next_word = (*tokens.words[after.last : after.last + 2], ".", ".")[:2]
        if _are_languages(before, after, gap, follow):
            before.hint = after.hint = _SPOKEN  # German and French, some Italian
        if gap in _LIST_MARKS and (gap != [","] or _goes_on(follow, next_word)):  # not: In Seoul, Samsung rose
            for weak, strong in ((before, after), (after, before)):
                if _lends_kind(weak, strong, decided):
                    decided[weak.text] = (decided[strong.text][0], 2.0, "NAME.KNOWN.LIST")


def _goes_on(follow: str, next_word: str) -> bool:
    """Does a list go on after a name: with "and", or with a comma and another name, and not with an explanation?"""
    return follow in ("and", "or") or (follow == "," and (next_word[0].isupper() or next_word in ("and", "or")))


def _are_languages(before: Found, after: Found, gap: Sequence[str], follow: str) -> bool:
    return (
        _SPOKEN in (before.hint, after.hint)
        and before.text in LISTS["language"]
        and after.text in LISTS["language"]
        and len(gap) < 4
        and LISTS["between_languages"].issuperset(gap)
        and follow in LISTS["after_languages"]
    )


def _lends_kind(weak: Found, strong: Found, decided: Decided) -> bool:
    """Is the kind of one name unsure, and that of the one next to it sound?"""
    _, weight, rule_id = decided[weak.text]
    other, sure, why = decided[strong.text]
    if other == "LANGUAGE" and weak.text in LISTS["language"]:
        return True
    if why == "NAME.FAC.HEAD" and head_label(weak.words[-1].lower()) == "FAC":
        return decided[weak.text][0] != "FAC"  # Dunmore Road and Harper Close
    unsure = weight < (1.5 if rule_id in _UNSURE else 1)
    sound = sure >= 2.5 and other in _LISTED and why not in _UNSURE
    return unsure and sound and len(weak.words) <= len(strong.words) + 1
