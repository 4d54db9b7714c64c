"""What a name is a name of: evidence from its own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from analysis.entities import tables
from analysis.entities.evidence import Evidence
from analysis.entities.records import Hint
from analysis.entities.spans import is_number
from analysis.entities.splitting import head_label, heads, is_family_first
from analysis.entities.tables import LISTS

_REGNAL = LISTS["regnal_number"]
_FIRM_ENDS = tuple(LISTS["firm_ending"])
_TOWN_ENDS = tuple(LISTS["town_ending"])
# How surnames begin and end in many languages.
_FAMILY_STARTS = ("al-", "el-", "ben-", "bin-", "o'")
_FAMILY_ENDS = tuple(LISTS["surname_ending"])
_ARTICLES_ALONE = frozenset(("el", "los", "las", "la"))  # given names too, but more often the first word of a place
# Words before a name of a place in other languages: what follows is not a surname.
_STRANGE_FIRST = (LISTS["land_first"] | LISTS["town_first"]) - LISTS["english_land_first"]
_COINED_PEOPLE = tuple(LISTS["person_prefix"])


def lexical(words: tuple[str, ...], lowers: tuple[str, ...]) -> tuple[Evidence, ...]:
    """Evidence from the words of the name itself."""
    if len(words) == 1:
        return _single(words[0], lowers[0])
    if words[0].isupper() and words[0].capitalize() in tables.given_names() and all(map(str.isupper, words)):
        words = tuple(map(str.capitalize, words))  # ANN REED
    return _longer(words, lowers)


def is_coined(word: str) -> bool:
    """A word with a capital inside, as firms have.

    >>> is_coined("AeroSystems"), is_coined("McAllister")
    (True, False)
    """
    inside = word[1:2].islower() or word[0].islower()  # AeroSystems, nVidia
    return inside and not word[1:].islower() and word.isalpha() and not word.startswith(_COINED_PEOPLE)


def is_prominent(word: str) -> bool:
    """Is it a place or people so well known that it is seldom a surname: a country, a large city?"""
    label, rule_id = known_kind(word)
    if label not in ("GPE", "LOC", "NORP"):
        return False
    if word in tables.american_states():
        return True
    if rule_id == "NAME.GPE.CITY":
        return tables.city_size().get(word, 20) >= 3
    return rule_id != "NAME.GPE.REGION"


def known_kind(word: str) -> Hint:
    """(label, rule id) of a word that is a known name; empty for others."""
    return tables.known()[0].get(word, ("", ""))


def is_place(words: Sequence[str]) -> bool:
    """Are the words together the name of a known place?"""
    if len(words) == 1:
        return known_kind(words[0])[0] in ("GPE", "LOC")
    longer = tables.known()[1].get(words[0], ())
    return any(known.words == tuple(words) and known.label in ("GPE", "LOC") for known in longer)


# ---------------------------------------------------------------- names of one word


@lru_cache(maxsize=tables.REMEMBERED)
def _single(word: str, low: str) -> tuple[Evidence, ...]:
    label, rule_id = known_kind(word)
    if not label and word.isupper() and len(word) > 3:
        label, rule_id = known_kind(word.capitalize())
    given, family = word in tables.given_names(), word in tables.surnames()
    a_person = given or family
    out: list[Evidence] = []
    if label:
        out.append((label, _weight_of_known(word, low, rule_id, a_person=a_person), rule_id))
    else:
        out += _by_shape(word, low, a_person=a_person)
    ease = 0.5 if label in ("GPE", "LOC") and is_prominent(word) else 1.0
    if given:
        out.append(("PERSON", 2.2 * ease, "NAME.PERSON.GIVEN"))
    if family:
        out.append(("PERSON", 1.6 * ease, "NAME.PERSON.SURNAME"))
    if low in tables.words("NAME.PERSON.FAMOUS"):
        out.append(("PERSON", 1.5 if label else 3.0, "NAME.PERSON.FAMOUS"))
    return tuple(out) if label else (*out, *_by_ending(word, low, a_person=a_person))


def _weight_of_known(word: str, low: str, rule_id: str, *, a_person: bool) -> float:
    """How much the tables say for a known name: less for a small place whose name people have too."""
    if word in tables.american_states():
        return 6.0
    if rule_id == "NAME.GPE.CITY":
        size = tables.city_size().get(word, 20)
        return 5.0 if size >= 10 or not a_person else 3.0 if size >= 3 else 1.5
    if rule_id == "NAME.GPE.REGION":
        return 1.8 if a_person else 3.0
    return 3.0 if low in tables.common() else 6.0


def _by_shape(word: str, low: str, *, a_person: bool) -> Iterable[Evidence]:
    """Evidence from the shape of a word that is not a known name."""
    strange = low not in tables.common() and not a_person
    if low in tables.words("NAME.ORG.TEAM"):
        yield "ORG", 2.0, "NAME.ORG.TEAM"
    if low in heads() and not a_person:
        label, rule_id = heads()[low]
        yield label, 1.5, rule_id  # the Palace
    if _is_acronym(word):
        yield "ORG", 2.5, "NAME.ORG.ACRONYM"
    elif strange and _weight_of_people(low):
        yield "NORP", _weight_of_people(low), "NAME.NORP.SUFFIX"
    elif is_coined(word) and not a_person:
        yield "ORG", 2.0, "NAME.ORG.COINED"
    if is_road(word):
        yield "FAC", 4.0, "NAME.FAC.HEAD"
    elif "-" in word and any(c.isdigit() for c in word):
        yield "PRODUCT", 3.0, "NAME.PRODUCT.MODEL"  # F-16, MiG-29


def _weight_of_people(low: str) -> float:
    """How much the ending speaks for a people or for followers: Torvanists, Tulsans."""
    if low.endswith(("ists", "ites", "ians", "ese")):
        return 2.0
    if low.endswith(("ans", "erners")) and len(low) > 5:
        return 1.5
    return 1.2 if low.endswith(("ist", "ian")) and len(low) > 6 else 0.0


def _is_acronym(word: str) -> bool:
    capitals = word.isupper() and len(word) > 1 and word.isascii() and not is_road(word)
    return capitals and word not in LISTS["not_an_organisation"]


def is_road(word: str) -> bool:
    """A road by its number: the M25, I-95."""
    return word[0] in "AMI" and word[1:].removeprefix("-" if word[0] == "I" else "").isdigit() and len(word) < 6


def _by_ending(word: str, low: str, *, a_person: bool) -> list[Evidence]:
    """Evidence from how a word that is not a known name begins or ends, as surnames and towns do."""
    scot = low[:2] == "mc" and word[2:3].isupper()
    out: list[Evidence] = []
    if scot or low.startswith(_FAMILY_STARTS) or (low.endswith(_FAMILY_ENDS) and low[1:2] != "-"):
        out.append(("PERSON", 1.0, "NAME.PERSON.SURNAME"))
    if not a_person and low.endswith(_TOWN_ENDS) and low not in tables.common():
        out.append(("GPE", 1.5, "NAME.GPE.HEAD"))
    return out


# ---------------------------------------------------------------- names of several words


class _Words:
    """A name of several words, with what the kinds of evidence ask of it: its words, as written and in lower case, the
    kind that its main word names, whether it begins with a given name."""

    def __init__(self, words: tuple[str, ...], lowers: tuple[str, ...]) -> None:
        self.words, self.lowers = words, lowers
        self.head = _head(lowers)
        self.given = (
            words[0] in tables.given_names()
            and lowers[0] not in _STRANGE_FIRST
            and known_kind(words[0])[0] != "NORP"
            and (lowers[0] not in LISTS["given_name_or_article"] or words[-1] in tables.surnames())
        )
        self.ends_as_firm = not self.head and lowers[-1].endswith(_FIRM_ENDS) and words[-1] not in tables.surnames()

    @property
    def is_body(self) -> bool:
        return bool(self.head) or self.ends_as_firm

    def is_plain(self, k: int) -> bool:
        """Is the word at k a common word, in small letters?"""
        return self.lowers[k] in tables.common()


@lru_cache(maxsize=tables.REMEMBERED)
def _longer(words: tuple[str, ...], lowers: tuple[str, ...]) -> tuple[Evidence, ...]:
    name = _Words(words, lowers)
    found = (_state_of_nation, _paper_of_place, _by_head, _by_first_word, _place_of, _by_person, _by_firm, _by_parts)
    return tuple([evidence for read in found for evidence in read(name)])


def _state_of_nation(name: _Words) -> Iterable[Evidence]:
    """Nazi Germany."""
    if (
        not name.head
        and not name.is_plain(-1)
        and known_kind(name.words[-1])[0] == "GPE"
        and known_kind(name.words[0])[0] == "NORP"
    ):
        yield "GPE", 4.0, "NAME.GPE.KNOWN"


def _paper_of_place(name: _Words) -> Iterable[Evidence]:
    """The Denver Post, the Yorkshire Evening Post."""
    places = name.words[:-1] if name.lowers[-2] not in ("evening", "daily", "morning", "sunday") else name.words[:-2]
    if name.lowers[-1] in LISTS["paper"] and places and is_place(places):
        yield "ORG", 6.0, "NAME.ORG.OUTLET"


def _by_head(name: _Words) -> Iterable[Evidence]:
    """The word for a kind of thing; it speaks less clearly where the name may be a person's: Diane Lane."""
    if name.head:
        label, rule_id = name.head
        weight = 6.5 if name.lowers[-1] in LISTS["sure_head"] else 5.0
        family = name.words[-1] in tables.surnames() and name.lowers[-1] not in LISTS["sure_head"]
        if name.given and len(name.words) == 2 and family:
            if label != "ORG":
                weight = 2.0
            elif not name.is_plain(0):
                weight = 2.5
        yield label, weight, rule_id


@cache
def _first_words() -> Mapping[str, Evidence]:
    """What a first word says by itself."""
    rows: tuple[tuple[str, Evidence], ...] = (
        ("land_first", ("LOC", 4.0, "NAME.LOC.HEAD")),
        ("event_first", ("EVENT", 4.0, "NAME.EVENT.HEAD")),
        ("building_first", ("FAC", 3.0, "NAME.FAC.HEAD")),
        ("ship_first", ("PRODUCT", 4.0, "NAME.PRODUCT.MODEL")),
        ("organisation_first", ("ORG", 4.0, "NAME.ORG.HEAD")),
        ("town_first", ("GPE", 4.0, "NAME.GPE.HEAD")),
        ("settlement_first", ("GPE", 2.6, "NAME.GPE.HEAD")),
    )
    out: dict[str, Evidence] = {}
    for listed, evidence in rows:
        for word in LISTS[listed]:
            out.setdefault(word, evidence)
    return out


def _by_first_word(name: _Words) -> Iterable[Evidence]:
    """Lake Torvane, Cyclone Torva, Fort Torvane, HMS Torva, Banco Torvo, San Torvan; Northern Torva."""
    first = name.lowers[0]
    evidence = _first_words().get(first)
    if evidence and _first_word_holds(name, evidence):
        yield evidence
    elif first in _ARTICLES_ALONE and not name.head:
        yield "GPE", 1.2, "NAME.GPE.HEAD"
    elif first in tables.words("NAME.LOC.DIRECTION") and not name.head and is_place(name.words[1:]):
        yield "LOC", 4.0, "NAME.LOC.DIRECTION"
    elif _is_part_of_parish(name):
        yield "GPE", 4.0, "NAME.GPE.HEAD"
    else:
        yield from _numbered(name)


def _is_part_of_parish(name: _Words) -> bool:
    """Little Hallam, Upper Torva: of two words, the second no plain word and no given name."""
    if len(name.words) != 2 or name.lowers[0] not in LISTS["tells_villages_apart"]:
        return False
    second = name.words[1]
    return not (
        name.is_plain(1) or second in tables.given_names() or known_kind(second)[0] in ("NORP", "ORG", "PERSON")
    )


def _first_word_holds(name: _Words, evidence: Evidence) -> bool:
    """Does the first word say what kind of thing it is, whatever else the name holds?"""
    label = evidence[0]
    if label == "FAC":
        return not name.head
    if label == "ORG":
        return not name.given
    if label == "GPE":
        return len(name.words) < 4 and not name.head
    return True


def _numbered_thing(name: _Words) -> Evidence | None:
    """Figure 2, Interstate 75, U.S. Route 2: a part of a text, a road."""
    if name.lowers[0] in LISTS["text_part"]:
        return "WORK_OF_ART", 6.0, "NAME.WORK.PART"
    return ("FAC", 5.0, "NAME.FAC.HEAD") if name.lowers[-2] in LISTS["numbered_site"] else None


def _numbered(name: _Words) -> Iterable[Evidence]:
    """Bill C-27, CC BY 4.0, Figure 2, Interstate 75, Boeing 737."""
    first, last = name.lowers[0], name.lowers[-1]
    pair = len(name.words) == 2
    if first == "cc" and name.lowers[1].startswith("by"):
        yield "LAW", 6.0, "NAME.LAW.KNOWN"
    elif first == "bill" and pair and any(c.isdigit() for c in last):
        yield "LAW", 8.0, "NAME.LAW.HEAD"
    elif thing := (_numbered_thing(name) if is_number(last) else None):
        yield thing
    elif last[0].isdigit():
        if first in LISTS["numbered_event"]:
            yield "EVENT", 5.0, "NAME.EVENT.HEAD"
        elif first in tables.words("NAME.PRODUCT.MODEL"):
            yield "PRODUCT", 4.0, "NAME.PRODUCT.MODEL"


def _place_of(name: _Words) -> Iterable[Evidence]:
    """The City of London."""
    if name.lowers[1] == "of" and name.lowers[0] in LISTS["place_of"] and is_place(name.words[2:]):
        yield "GPE", 6.0, "NAME.GPE.HEAD"


def _by_firm(name: _Words) -> Iterable[Evidence]:
    """Morgan Analytics, Orlen Biotech."""
    if name.ends_as_firm:
        yield "ORG", 4.5, "NAME.ORG.HEAD"


def _by_parts(name: _Words) -> Iterable[Evidence]:
    """Evidence from known names and plain words among the words, where no word says what kind of thing it is."""
    if name.head:
        return
    words, first, given = name.words, known_kind(name.words[0])[0], name.given
    if given and name.is_plain(-1) and first == "GPE" and words[-1].endswith("s"):
        yield "ORG", 2.0, "NAME.ORG.CONTEXT"  # the Boston Larks
    yield from _by_known_end(name)
    if first == "ORG" and not given:
        yield "ORG", 2.5, "NAME.ORG.KNOWN"  # Samsung Electronics
    if any(map(_is_in_capitals, words)) and not all(map(str.isupper, words)):
        yield "ORG", 1.5, "NAME.ORG.ACRONYM"
    if "&" in words:
        yield "ORG", 3.0, "NAME.ORG.HEAD"  # Barker & Stone
    plain = sum(map(tables.common().__contains__, name.lowers))
    if plain and not given:
        yield "ORG", 0.9 if plain < len(words) else 1.4, "NAME.ORG.UNKNOWN"


def _is_in_capitals(word: str) -> bool:
    return word.isupper() and len(word) > 1 and word.isalpha() and word not in _REGNAL


def _by_known_end(name: _Words) -> Iterable[Evidence]:
    """Evidence from a known name at the end: Torvane College London, Borussia Dortmund, Greater Torvane."""
    kind, rule_id = known_kind(name.words[-1])
    if kind == "EVENT":
        yield kind, 3.0, rule_id
    elif kind == "GPE" and head_label(name.lowers[-2]) == "ORG" and len(name.words) > 2:
        yield "ORG", 4.0, "NAME.ORG.HEAD"
    elif name.given:
        return
    elif _are_people(name):
        yield "NORP", 3.0, rule_id or "NAME.NORP.SUFFIX"
    elif kind == "ORG":
        yield kind, 0.8, rule_id
    elif kind in ("GPE", "LOC") and is_prominent(name.words[-1]):
        yield ("ORG", 1.2, "NAME.ORG.CONTEXT") if kind == "GPE" and _may_be_club(name) else (kind, 0.8, rule_id)


def _may_be_club(name: _Words) -> bool:
    """Borussia Dortmund, and not Greater Torvane."""
    return name.lowers[0] not in LISTS["part_of_town"] and not name.is_plain(0)


def _are_people(name: _Words) -> bool:
    """North American, Senate Democrats; those of a place of two words: South Dakotans, New Yorkers."""
    if known_kind(name.words[-1])[0]:
        return known_kind(name.words[-1])[0] == "NORP"
    place = name.lowers[0] in tables.words("NAME.LOC.DIRECTION") or name.lowers[0] in LISTS["opens_place"]
    return place and len(name.words) == 2 and not name.is_plain(-1) and name.lowers[-1].endswith(("ans", "ers", "ites"))


def _head(lowers: tuple[str, ...]) -> Hint | None:
    """The word that says what kind of thing it is: the last one, or the one before of, for, and the like."""
    kinds = heads()
    inner = [kinds[word] for k, word in enumerate(lowers[:-1]) if word in kinds and _ties(lowers[k + 1], k)]
    if inner:
        return next((kind for kind in inner if kind[0] == "ORG"), inner[0])  # House of Delegates Committee on Tax
    last, before = lowers[-1], lowers[-2]
    if last in ("center", "centre") and (before in LISTS["kind_of_centre"] or before not in tables.common()):
        return "FAC", "NAME.FAC.HEAD"
    head = before if last.isdigit() else last
    return kinds.get(head) or (kinds.get(last[:-1]) if last.endswith("s") else None)


def _ties(low: str, k: int) -> bool:
    """Does the small word tie the word for a kind of thing at k to what follows: Bank of, Banco de?"""
    return low in ("of", "for", "on") or (k > 0 and low in LISTS["foreign_of"])


# ---------------------------------------------------------------- people


def _by_person(name: _Words) -> Iterable[Evidence]:
    """Evidence for a person in full."""
    words, last = name.words, name.lowers[-1]
    if len(words) > 6 or not LISTS["never_in_person"].isdisjoint(words):
        return
    yield from _by_name_tables(name)
    if all(_is_initial(w) for w in words):
        return
    if not name.is_body and (_has_joined_initials(words) or any(_is_initial(w) for w in words[:-1])):
        yield "PERSON", 3.5, "NAME.PERSON.INITIAL"
    if _weight_of_particles(name):
        yield "PERSON", _weight_of_particles(name), "NAME.PERSON.PARTICLE"
    if _is_strange_with_plain_surname(name):
        yield "PERSON", 1.4, "NAME.PERSON.SURNAME"
    if _is_ruler(name) or last in ("jr", "jr.", "sr", "sr."):
        yield "PERSON", 5.0, "NAME.PERSON.SHAPE"
    if _is_strange_throughout(name):
        yield "PERSON", 1.8 if len(words) < 4 else 1.2, "NAME.PERSON.SHAPE"


def _by_name_tables(name: _Words) -> Iterable[Evidence]:
    """Evidence from the tables of given names and surnames."""
    words = name.words
    if name.given:
        yield "PERSON", _weight_of_given(name), "NAME.PERSON.GIVEN"
    elif not name.is_body:
        if words[-1] in tables.surnames() and not name.is_plain(-1):
            yield "PERSON", 0.6 if name.is_plain(0) else 1.6, "NAME.PERSON.SURNAME"
        if is_family_first(words) and known_kind(words[0])[0] in ("", "GPE"):
            yield "PERSON", 2.5, "NAME.PERSON.SURNAME"
        elif _is_strange_behind_surname(words):
            yield "PERSON", 1.4, "NAME.PERSON.SURNAME"


def _weight_of_particles(name: _Words) -> float:
    """How much a particle inside speaks for a person: Xolvar van der Brennik, Zine Ben Ali."""
    inner = name.words[1:-1]
    if not tables.words("NAME.PERSON.PARTICLE").isdisjoint(inner) or name.lowers[-1].startswith(("al-", "el-")):
        return 1.5
    return 0.0 if name.is_body or LISTS["capital_particle"].isdisjoint(inner) else 3.0


def _weight_of_given(name: _Words) -> float:
    """How surely a name that begins with a given name is a person's, by its last word, and by what the first is too."""
    words, last = name.words, known_kind(name.words[-1])[0]
    first = known_kind(words[0])[0]
    doubt = first == "GPE" or (first != "" and name.is_plain(0))
    sure = words[-1] in tables.surnames() or not (name.is_plain(-1) or last)
    return (4.0 if sure else 1.4 if last or name.is_body else 2.0) - doubt


def _is_strange_behind_surname(words: Sequence[str]) -> bool:
    """Chen Su-fen: a surname, then a word of letters that no list of words or known names has."""
    if len(words) != 2 or words[0] not in tables.surnames():
        return False
    word = words[1]
    return word.lower() not in tables.common() and word not in tables.known()[0] and word.replace("-", "").isalpha()


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word[1] == "."


def _has_joined_initials(words: Sequence[str]) -> bool:
    """JD Reed."""
    joined = len(words) == 2 and len(words[0]) == 2 and words[0].isupper() and words[0].isalpha()
    return joined and words[0].lower() not in LISTS["not_initials"] and words[1] in tables.surnames()


def _is_strange_with_plain_surname(name: _Words) -> bool:
    """Zorvan Wazik Joy: strange words, then a surname or given name that is a common word."""
    words = name.words
    return (
        len(words) > 2
        and not (name.given or name.is_body)
        and name.is_plain(-1)
        and (words[-1] in tables.given_names() or words[-1] in tables.surnames())
        and not any(name.is_plain(k) or known_kind(w)[0] for k, w in enumerate(words[:-1]))
    )


def _is_ruler(name: _Words) -> bool:
    """Norvan III."""
    return (
        1 < len(name.words) < 4
        and name.words[-1] in _REGNAL
        and not name.is_body
        and (name.given or tables.common().get(name.lowers[-2], 10**9) > 8000)
    )


def _is_strange_throughout(name: _Words) -> bool:
    """Two to four words that no list has, as a person may be called: Xolvar Brennik."""
    words = name.words
    if not 2 <= len(words) <= 4 or name.is_body or name.lowers[0] in _ARTICLES_ALONE:
        return False
    return all(
        w[0].isalpha()
        and not (w.isupper() and len(w) > 1)
        and not name.is_plain(k)
        and not is_prominent(w)
        and known_kind(w)[0] in ("", "GPE")
        for k, w in enumerate(words)
    )
