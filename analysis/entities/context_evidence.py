"""What a name is a name of: evidence from the words around it.

The word before a name and the word after it each choose, by a table, the function that reads the evidence there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from analysis.entities import tables
from analysis.entities.evidence import Evidence
from analysis.entities.splitting import heads
from analysis.entities.tables import LISTS
from analysis.entities.word_evidence import is_coined, is_place, known_kind
from analysis.grammar import is_noun
from analysis.text.datelines import DASHES, dateline_end
from analysis.text.document import Tokens

_ON_AIR = frozenset(("tv", "radio", "television"))  # Torva TV station is not a building
_STOPS = frozenset((".", ":", ""))  # after these a name tells something only if somebody said it
_DATELINE_MARKS = DASHES | {",", "("}
_SAID = frozenset(("said", "says", "asked", "added"))
_OF_LANGUAGES = frozenset(tuple(phrase.split()) for phrase in LISTS["after_language_is"])
_SEATS = ("-based", "-listed", "-owned", "-headquartered")  # Oslo-based Torva
_A_BODY: Evidence = ("ORG", 2.0, "NAME.ORG.CONTEXT")
_A_PLACE = "NAME.GPE.CONTEXT"


@dataclass(slots=True, init=False)
class Context:
    """The words around tokens first to last, in the sentence start to end; `long` is a name of several words."""

    words: Sequence[str]
    lowers: Sequence[str]
    first: int
    last: int
    start: int
    end: int
    long: bool
    before: str
    before2: str
    after: str

    def __init__(self, tokens: Tokens, first: int, last: int, start: int, end: int) -> None:
        lowers = tokens.lowers
        self.words, self.lowers = tokens.words, lowers
        self.first, self.last, self.start, self.end = first, last, start, end
        self.long = last - first > 1
        self.before = lowers[first - 1] if first > start else ""
        self.before2 = lowers[first - 2] if first - 1 > start else ""
        self.after = lowers[last] if last < end else ""

    @property
    def word(self) -> str:
        return self.words[self.first]

    @property
    def after2(self) -> str:
        return self.lowers[self.last + 1] if self.last + 1 < self.end else ""

    def has_capital(self, k: int) -> bool:
        """Is there a word at k in the sentence, with a capital?"""
        return self.start <= k < self.end and self.words[k][0].isupper()

    @property
    def is_plain(self) -> bool:
        """Is a word of the name a common word?"""
        return any(low in tables.common() for low in self.lowers[self.first : self.last])

    @property
    def is_followed_by_nothing(self) -> bool:
        """Does no noun come after the name that could take its place?"""
        return not self.after[:1].isalpha() or self.after in LISTS["function_word"]

    @property
    def has_no_noun_behind(self) -> bool:
        return self.is_followed_by_nothing or self.after in ("last", "this")

    @property
    def may_be_subject(self) -> bool:
        return self.before not in LISTS["not_subject_behind"]

    @property
    def may_be_who(self) -> bool:
        """May "who" mean the name: not in the death of Ann Reed of Torva, who; a resident of Torva who?"""
        if self.may_be_subject:
            return True
        of_person = self.before2.removesuffix("s") in tables.words("NAME.PERSON.ROLE") | LISTS["person_noun"]
        return self.before == "of" and not self.words[self.first - 2][0].isupper() and not of_person


Reader = Callable[[Context], Iterable[Evidence]]


def contextual(tokens: Tokens, first: int, last: int, start: int, end: int) -> list[Evidence]:
    """Evidence from the words next to tokens first to last, in the sentence start to end."""
    lowers = tokens.lowers
    after = lowers[last] if last < end else ""
    behind_said = first > start and lowers[first - 1] in _SAID
    context = Context(tokens, first, last, start, end)
    out: list[Evidence] = []
    if first > start:
        out += _first_found(_before().get(lowers[first - 1], ()), context)
    elif after in _DATELINE_MARKS and dateline_end(tokens.words, start, end) > last:
        out.append(("GPE", 6.0, "NAME.GPE.DATELINE"))
    if last - first == 1:
        out += _of_one_word(context)
    if "-" in context.before and context.before.endswith(_SEATS):
        out.append(("ORG", 1.5, "NAME.ORG.CONTEXT"))
    if after not in _STOPS or behind_said:
        out += _first_found(_kind_after().get(after, ()), context)
        out += _first_found(_deed_after().get(after, ()), context)
    return out


def _of_one_word(c: Context) -> Iterable[Evidence]:
    """Evidence that only a name of one word has: that it is a language here, that "he" takes it up."""
    word = c.words[c.first]
    if word in LISTS["language"] and _is_language(c):
        yield "LANGUAGE", 7.0, "NAME.LANGUAGE.CONTEXT"
    if word not in tables.known()[0] and _is_taken_up(c):
        yield "PERSON", 0.6, "NAME.PERSON.WHO"


def _is_taken_up(c: Context) -> bool:
    """Does "he" or "her" take up the name, with no other name between: Torva failed to name his own town?"""
    for k in range(c.last, min(c.last + 9, c.end)):
        if c.lowers[k] in LISTS["person_pronoun"]:
            return True
        if c.words[k][0].isupper() or c.lowers[k] in ("that", ";", ":"):
            return False
    return False


def _first_found(readers: Iterable[Reader], context: Context) -> Iterable[Evidence]:
    """What the first reader finds that finds anything."""
    for reader in readers:
        found = reader(context)
        if found:
            return found
    return ()


def _says(label: str, weight: float, rule_id: str, when: Callable[[Context], bool] = lambda c: True) -> Reader:
    """A reader of one piece of evidence, where `when` holds."""
    evidence = ((label, weight, rule_id),)
    return lambda context: evidence if when(context) else ()


def _by_word(*rows: tuple[Iterable[str], Reader]) -> Mapping[str, Sequence[Reader]]:
    """The readers for each word, in the order of the rows: the first that finds something is the one that counts."""
    out: dict[str, list[Reader]] = {}
    for words, reader in rows:
        for word in words:
            out.setdefault(word, []).append(reader)
    return out


# ---------------------------------------------------------------- before the name


@cache
def _before() -> Mapping[str, Sequence[Reader]]:
    """Who reads the evidence of the word before a name."""
    a_body, product = "NAME.ORG.CONTEXT", "NAME.PRODUCT.MODEL"
    roles = tables.words("NAME.PERSON.ROLE") | tables.occupations()
    return _by_word(
        (LISTS["title_before"], _says("PERSON", 6.0, "NAME.PERSON.TITLE", lambda c: c.has_capital(c.first - 1))),
        (("in",), _says("ORG", 2.0, "NAME.ORG.OUTLET", _is_published)),
        (("in",), _says("ORG", 2.0, a_body, lambda c: c.before2 in LISTS["holding"])),  # shares in Zorvane
        (tables.weights(_A_PLACE), _behind_preposition),
        (("the", "this"), _behind_article),
        (roles, _says("PERSON", 3.0, "NAME.PERSON.ROLE", lambda c: c.words[c.first - 1].islower())),
        (("named", "called"), _called),
        (LISTS["done_to_person"], _says("PERSON", 0.8, "NAME.PERSON.OBJECT", lambda c: not is_noun(c.after))),
        (LISTS["before_person"], _says("PERSON", 0.3, "NAME.PERSON.SPEECH", lambda c: not c.long)),
        (LISTS["work_noun"], _says("WORK_OF_ART", 2.0, "NAME.WORK.QUOTED", _is_work_noun)),
        (LISTS["vessel"], _says("PRODUCT", 6.0, product)),  # the research vessel Ann Reed
        (LISTS["made_noun"], _says("PRODUCT", 2.0, product)),
        (LISTS["done_to_body"], _says("ORG", 2.0, a_body, lambda c: c.has_no_noun_behind)),
        (LISTS["maker"], _says("ORG", 3.0, a_body)),
        (LISTS["firm_noun"], _says("ORG", 2.4, a_body)),
        ((",",), _state_behind_comma),
        ((",",), _explained_noun),
    )


def _called(c: Context) -> Iterable[Evidence]:
    """A chef named Torva."""
    return _named().get(c.before2, ())


@cache
def _named() -> Mapping[str, tuple[Evidence, ...]]:
    """What a noun says of the name that follows "called": a film called Torva, a town called Hope."""
    rows: tuple[tuple[Iterable[str], Evidence], ...] = (
        (LISTS["work_noun"], ("WORK_OF_ART", 3.0, "NAME.WORK.CALLED")),
        (LISTS["place_noun"], ("GPE", 3.0, _A_PLACE)),
        (LISTS["firm_noun"] | LISTS["maker"], ("ORG", 3.0, "NAME.ORG.CONTEXT")),
        (tables.words("NAME.PERSON.ROLE") | LISTS["person_noun"], ("PERSON", 3.0, "NAME.PERSON.APPOSITION")),
    )
    return {word: (evidence,) for words, evidence in rows for word in words}


def _is_work_noun(c: Context) -> bool:
    """Is the word before the name a noun: the show Torva, and not: to show Torva, they play Torva?"""
    if c.before not in LISTS["work_noun_or_verb"]:
        return True
    return c.before2 in LISTS["determiner"] or c.before2 in LISTS["kind_of_work"] or c.before2 in ("'s", "’s")


def _behind_article(c: Context) -> Iterable[Evidence]:
    """The Torva is not a person, but the Reed administration and the Reed family are somebody's."""
    if c.after in LISTS["of_person_behind"]:
        return (("PERSON", 0.5, "NAME.PERSON.APPOSITION"),)
    return (("PERSON", -2.5, ""), ("GPE", -0.8, ""), ("ORG", 0.8, "NAME.ORG.UNKNOWN"))


def _is_published(c: Context) -> bool:
    """Findings published on Monday in Torva."""
    return not LISTS["published"].isdisjoint(c.lowers[max(c.start, c.first - 5) : c.first - 1])


def _behind_preposition(c: Context) -> Iterable[Evidence]:
    """In Torva, from Torva to Corby, the widow of Torva, an economist at Torva."""
    weight = tables.weights(_A_PLACE)[c.before] * (0.6 if c.long and c.is_plain else 1)
    if _is_inside_place(c):
        weight = 4.0
    other, sure = _behind_of(c) if c.before == "of" or (c.before == "from" and c.before2 == ",") else (None, None)
    if c.before == "at" and _is_employed(c.before2):
        other, sure = _A_BODY, 0.0
    elif _is_journey(c):
        sure = 2.4
    if c.before in ("from", "at", "to") and c.before2 in LISTS["no_place_behind"]:
        sure = 0.0
    place = _built_or_land(c, weight) or ("GPE", weight if sure is None else sure, _A_PLACE)
    return (other, place) if other else (place,)


def _built_or_land(c: Context, weight: float) -> Evidence | None:
    """In Victoria Park: what kind of place the last word of the name says."""
    label, rule_id = heads().get(c.lowers[c.last - 1], ("", "")) if c.long else ("", "")
    return (label, 2 * weight, rule_id) if label in ("FAC", "LOC") else None


def _is_inside_place(c: Context) -> bool:
    """They live in Darwin; not: they trust in Darwin, in Darwin's view, in Reed and Vint (2011), in FrameNet."""
    alone = c.is_followed_by_nothing and c.after not in LISTS["clitic"] and c.after not in ("&", "and", "[", "(")
    if c.before != "in" or c.long or not alone or c.before2 in LISTS["trust_in"]:
        return False
    return known_kind(c.word)[0] != "ORG" and not is_coined(c.word)  # in Congress


def _behind_of(c: Context) -> tuple[Evidence | None, float | None]:
    """Evidence for a kind other than a place after "of", and how much it supports a place if that is clear."""
    if c.before2 == "," and c.first - 3 > c.start:
        sure = c.lowers[c.first - 3].isdigit() or c.words[c.first - 4] in tables.given_names()
        return None, 6.0 if sure else 3.0 if c.has_capital(c.first - 3) else None  # Ann Reed, 32, of Franklin
    if c.before2 in LISTS["place_noun"] or c.before2 in LISTS["of_place_before"]:
        return None, 3.0 if c.before2 in LISTS["place_noun"] else 6.0
    if c.before2 in LISTS["kin"] and (c.is_followed_by_nothing or c.after in tables.words("NAME.PERSON.SPEECH")):
        return ("PERSON", 2.5, "NAME.PERSON.APPOSITION"), 0.0  # the widow of Torva
    if c.long and _is_of_person(c):
        return ("ORG", 1.5, "NAME.ORG.CONTEXT"), None  # Ann Reed of Zorvane Vint
    return (_A_BODY if c.before2 in LISTS["of_body_before"] else None), None


def _is_of_person(c: Context) -> bool:
    """Does "of" come after somebody's full name?"""
    named = c.first - 2 > c.start and c.has_capital(c.first - 2) and c.has_capital(c.first - 3)
    return named and c.before2 not in tables.common()


def _is_employed(low: str) -> bool:
    """An economist, analysts: those who are at a firm or an institute."""
    return low in LISTS["speaker_for_firm"] or low.removesuffix("s") in tables.words("NAME.PERSON.ROLE")


def _is_journey(c: Context) -> bool:
    """From Torvane to Corby."""
    if c.before == "from":
        return c.after == "to" and c.has_capital(c.last + 1)
    return (
        c.before == "to" and c.first - 3 >= c.start and c.lowers[c.first - 3] == "from" and c.has_capital(c.first - 2)
    )


def _state_behind_comma(c: Context) -> Iterable[Evidence]:
    """Torva, NJ: the two letters of a state after the name of a town."""
    word = c.words[c.first]
    is_code = len(word) == 2 and word.isupper() and word.lower() in LISTS["postal_code"]
    return (("GPE", 6.0, _A_PLACE),) if is_code and not c.long and c.has_capital(c.first - 2) else ()


def _explained_noun(c: Context) -> Iterable[Evidence]:
    """The noun that the name between commas explains: "the mining company, Torva," "its director, Ann Reed,"."""
    k, lowers = c.first - 2, c.lowers
    if k <= c.start or c.after not in (",", ".", ")", "who", "which", ""):
        return ()
    opening = lowers[max(c.start, k - 4) : k]
    if not any(word in opening for word in ("the", "its", "his", "'s")):
        return ()
    return _explained().get(lowers[k], ())


@cache
def _explained() -> Mapping[str, tuple[Evidence, ...]]:
    rows: tuple[tuple[Iterable[str], Evidence], ...] = (
        (tables.words("NAME.PERSON.ROLE"), ("PERSON", 2.5, "NAME.PERSON.APPOSITION")),
        (LISTS["place_noun"], ("GPE", 2.5, _A_PLACE)),
        (LISTS["firm_noun"] | LISTS["maker"], ("ORG", 3.0, "NAME.ORG.CONTEXT")),
        (LISTS["work_noun"] - {"show", "game", "play", "single"}, ("WORK_OF_ART", 3.0, "NAME.WORK.CALLED")),
    )
    return {word: (evidence,) for words, evidence in rows for word in words}  # the last row is the surest


# ---------------------------------------------------------------- datelines and languages


def _is_language(c: Context) -> bool:
    """Is English, French ... the language here? Spoken, written or translated, and not said of a thing after it."""
    after = c.after or "."
    if after in LISTS["language_noun"] or (after == ":" and c.before in ("(", ";")):
        return True
    if after in ("is", "was") and tuple(c.lowers[c.last + 1 : c.last + 3]) in _OF_LANGUAGES:
        return True  # English is widely spoken
    if (after[0].isalpha() and after not in LISTS["function_word"]) or after[0] in "-–":
        return False
    inside = c.before in ("in", "into") and c.before2 not in ("", "living", "interest", "faith")
    return c.before in LISTS["before_language"] or inside


# ---------------------------------------------------------------- after the name


@cache
def _kind_after() -> Mapping[str, Sequence[Reader]]:
    """The function that reads the evidence of a word after a name that says what kind of thing it is."""
    language = "NAME.LANGUAGE.CONTEXT"
    return _by_word(
        (("language", "languages", "dialect"), _says("LANGUAGE", 4.0, language)),
        (("-",), _says("LANGUAGE", 4.0, language, lambda c: c.after2 == "language")),
        (LISTS["people_after"], _says("NORP", 3.0, "NAME.NORP.PEOPLE", lambda c: not c.long)),  # the Uru people
        (LISTS["land_after"], _says("LOC", 2.5, "NAME.LOC.HEAD")),
        (LISTS["place_after"], _before_place_noun),
        (LISTS["firm_after"], _says(*_A_BODY, lambda c: c.before not in ("a", "an"))),
        (LISTS["made_after"], _says("PRODUCT", 2.0, "NAME.PRODUCT.MODEL")),
        (("et",), _says("PERSON", 4.0, "NAME.PERSON.SURNAME", lambda c: c.after2 in ("al", "al."))),
    )


def _before_place_noun(c: Context) -> Iterable[Evidence]:
    """Torva district; in Torva town, which is surer."""
    if c.before == "a" or (c.long and c.before == "the"):
        return ()
    sure = not c.long and c.before in tables.weights("NAME.GPE.CONTEXT")
    return (("GPE", 6.0 if sure else 3.0, _A_PLACE),)


@cache
def _deed_after() -> Mapping[str, Sequence[Reader]]:
    """The function that reads the evidence of a word after a name that says what it does or has."""
    speech = tables.words("NAME.PERSON.SPEECH") | LISTS["did_only_as_person"]
    desk, a_body = LISTS["speaker_for_firm"], "NAME.ORG.CONTEXT"

    def is_speaker(c: Context) -> bool:
        return c.may_be_subject and (c.after in speech or c.before in _SAID)

    return _by_word(
        ((*speech, ",", ".", ":", ""), _says("PERSON", 1.6, "NAME.PERSON.SPEECH", is_speaker)),
        (LISTS["of_body_after"], _says("ORG", 1.2, a_body)),
        (desk, _says("ORG", 2.4, a_body, lambda c: c.has_capital(c.last + 1))),  # Bernstein analyst Claire Dumont
        (LISTS["built_after"], _says("FAC", 2.4, "NAME.FAC.HEAD", lambda c: c.lowers[c.last - 1] not in _ON_AIR)),
        (("who", "himself", "herself"), _says("PERSON", 2.5, "NAME.PERSON.WHO", lambda c: c.may_be_who)),
        (LISTS["clitic"], _owner),
        ((",", "("), _explained_name),
    )


def _owner(c: Context) -> Iterable[Evidence]:
    """Torva's president, Bernstein's Claire Dumont, Torva's widow."""
    follow = c.after2
    if follow in LISTS["ruler"]:
        return (("GPE", 1.0, _A_PLACE),)
    k = c.last + 1
    if c.has_capital(k + 1) and c.words[k] in tables.given_names() and c.words[k] not in tables.known()[0]:
        return (_A_BODY,)
    if follow in LISTS["of_person"] or follow in tables.words("NAME.PERSON.ROLE"):
        return (("PERSON", 0.8, "NAME.PERSON.APPOSITION"),)
    return ()


def _explained_name(c: Context) -> Iterable[Evidence]:
    """What comes after a comma or a bracket: an age, a place, who, or an explanation."""
    k = c.last + 1
    if k + 1 >= c.end:
        return ()
    low, follow = c.lowers[k], c.lowers[k + 1]
    if low in tables.words("NAME.PERSON.SPEECH"):
        return (("PERSON", 1.2, "NAME.PERSON.SPEECH"),) if c.may_be_subject else ()
    if low.isdigit():
        return _number_behind(low, follow, c.long)
    if low in ("who", "whose"):
        return (("PERSON", 2.5 if low == "who" else 0.8, "NAME.PERSON.WHO"),) if c.may_be_who else ()
    if low == "where":
        return (("GPE", 1.5, _A_PLACE),)
    return _place_behind(c, k) or _explanation(c.lowers, k, c.end)


def _place_behind(c: Context, k: int) -> Iterable[Evidence]:
    """The state or country of a town: Torva, Ohio; a Torva, South Carolina school."""
    if not c.words[k][0].isupper():
        return ()
    for n in (1, 2):
        place, behind = c.words[k : k + n], c.lowers[k + n] if k + n < c.end else "."
        if not c.long and " ".join(place) in tables.american_states() and behind not in ("and", "or"):
            return (("GPE", 6.0, _A_PLACE),)
        if is_place(place) and (behind in (",", ".", ")", ";") or behind[0].isdigit()):
            return (("GPE", 1.0 if c.long else 3.0, _A_PLACE),)
    return ()


def _number_behind(low: str, follow: str, long: bool) -> Iterable[Evidence]:
    """An age, or the year of a work that is cited: Ann Reed, 43; Reed (2011)."""
    if len(low) == 4 and low[:2] in ("19", "20") and not long and follow in (")", ";", ":", ","):
        return (("PERSON", 1.2, "NAME.PERSON.SURNAME"),)
    if 1 < len(low) < 4 and follow in (",", ")", "."):
        return (("PERSON", 3.5 if len(low) == 2 else 1.0, "NAME.PERSON.AGE"),)
    return ()


def _explanation(lowers: Sequence[str], k: int, end: int) -> Iterable[Evidence]:
    """The first telling noun of an explanation that begins at k: Torva, a small town in the north; her first album."""
    for i in range(k, min(k + 7, end)):
        low = lowers[i]
        if not low[0].isalpha() or low in LISTS["ends_explanation"]:
            break
        if low in LISTS["place_noun"] and lowers[i - 1] != ",":
            return (("GPE", 3.5, _A_PLACE),)
        if low in LISTS["firm_noun"]:
            return (_A_BODY,)
        made = lowers[k] in ("a", "an", "his", "her", "their") and lowers[i - 1] not in ("of", "to")
        if low in LISTS["work_noun"] and made:
            return (("WORK_OF_ART", 3.0, "NAME.WORK.CALLED"),)
        if low in tables.words("NAME.PERSON.ROLE") or low in LISTS["explains_person"]:
            return (("PERSON", 3.5, "NAME.PERSON.APPOSITION"),)
        if low == "of":
            break
    return ()
