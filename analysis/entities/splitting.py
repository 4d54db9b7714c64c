"""From a run of capitalised words to the names in it: titles taken off, nations and posts split from people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.entities import tables
from analysis.entities.records import Hint
from analysis.entities.spans import Atom, Run
from analysis.entities.tables import LISTS
from analysis.grammar import is_finite_verb
from analysis.text.document import Tokens

_HELD_BY: dict[str, Hint] = {  # the MP for Torva, the CEO of Orlen Reed
    **dict.fromkeys(LISTS["seat_title"], ("GPE", "NAME.GPE.CONTEXT")),
    **dict.fromkeys(LISTS["heads_firm"], ("ORG", "NAME.ORG.CONTEXT")),
}
_BEARER: Hint = ("PERSON", "NAME.PERSON.TITLE")
_MODIFIERS, _TITLE_OR_NAME = LISTS["title_modifier"], LISTS["title_or_name"]


@cache
def titles() -> frozenset[str]:
    return tables.words("NAME.PERSON.TITLE") | LISTS["plural_title"]


def is_title(low: str) -> bool:
    """A title, or one with a hyphen before it: Lt-General, Director-General."""
    if low in titles():
        return True
    left, mark, right = low.rpartition("-")
    if not mark or right not in titles():
        return False
    return left in _MODIFIERS or left in titles() or left in ("lt", "maj", "under", "co")


@cache
def heads() -> dict[str, Hint]:
    """Word for a kind of thing -> (label, rule id); where a word is of two kinds, that of the lower rank."""
    ranked = sorted((rule["rank"], rule.id, rule["label"]) for rule in tables.rules().values() if "rank" in rule.fields)
    out: dict[str, Hint] = {}
    for _, rule_id, label in ranked:
        for word in tables.words(rule_id):
            out.setdefault(word, (label, rule_id))
    return out


def head_label(low: str) -> str:
    """What kind of thing a word names: college -> ORG; empty for others."""
    return heads().get(low, ("",))[0]


class Piece(NamedTuple):
    """Tokens first to last as one candidate. `hint` is (label, rule id) if the run itself decides."""

    first: int
    last: int
    hint: Hint | None


def split(run: Run, tokens: Tokens, opens: bool) -> list[Piece]:
    """The names in a run. `opens` says that the run opens a sentence (its capital says nothing)."""
    last = _without_postnominals(run, tokens)
    first = _without_determiners(run, last, tokens, opens)
    if first >= last:
        return []
    lowers = tokens.lowers
    if last - first == 1:
        return _one(first, lowers[first], tokens.words[first])
    atoms = tuple([(a - first, b - first, known) for a, b, known in run.atoms])
    names = _names_in(tuple(tokens.words[first:last]), tuple(lowers[first:last]), atoms)
    return [Piece(piece.first + first, piece.last + first, piece.hint) for piece in names]


def _without_postnominals(run: Run, tokens: Tokens) -> int:
    """The end of the run without letters after a name: Ann Torvane, PhD."""
    first, last, words = run.first, run.last, tokens.words
    while words[last - 1] in LISTS["postnominal"] and (
        last - first > 2 or (last - first == 2 and words[first] in tables.given_names())
    ):
        last -= 1
        if words[last - 1] == ",":
            last -= 1
    return last


def _without_determiners(run: Run, last: int, tokens: Tokens, opens: bool) -> int:
    """The start of the run without the opening of a sentence, and without a small word after that."""
    first, lowers = run.first, tokens.lowers
    while first < last and lowers[first] in LISTS["sentence_opener" if opens else "determiner"]:
        if any(a == first for a, _, _ in run.atoms) or _is_called(tokens, first, last):
            break
        if lowers[first] in LISTS["opens_body"] and last - first > 1 and head_label(lowers[last - 1]) == "ORG":
            break  # New Torvane Trust, First Bank
        first += 1
        if first < last and lowers[first] in LISTS["run_tie"]:
            first += 1
    return first


def _is_called(tokens: Tokens, k: int, last: int) -> bool:
    """Is May or Will a given name here? Before another name, but not in a question: Will Reed come?"""
    if tokens.lowers[k] not in ("may", "will"):
        return False
    if tokens.lowers[k + 1 : k + 2] and tokens.lowers[k + 1] in tables.words("NAME.PERSON.SPEECH"):
        return True  # May said
    if k + 1 >= last:
        return False
    if tokens.lowers[k + 1] in tables.common() or tokens.words[k + 1] in tables.known()[0]:
        return False
    return next((word for word in tokens.words[k + 1 : k + 40] if word in (".", "?", "!")), ".") == "."


def _one(k: int, low: str, word: str) -> list[Piece]:
    office = low not in _TITLE_OR_NAME and (low in _MODIFIERS or is_title(low) or _is_occupation(low, word))
    return [] if office and word not in tables.known()[0] else [Piece(k, k + 1, None)]


def _is_occupation(low: str, word: str) -> bool:
    """Is a word alone what one or several people do, and nobody's surname: Campaigner, Spokespeople?"""
    jobs = tables.occupations()
    several = low.removesuffix("s") in jobs or low.removesuffix("people") + "person" in jobs
    return (low in jobs or several) and word not in tables.surnames() and word not in tables.given_names()


# ---------------------------------------------------------------- titles and offices


@lru_cache(maxsize=tables.REMEMBERED)
def _names_in(words: tuple[str, ...], lowers: tuple[str, ...], atoms: tuple[Atom, ...]) -> list[Piece]:
    """The names among the words of a run, by these words alone: remembered, since names come again."""
    return Phrase(words, lowers, atoms).names()


class Phrase:
    """The words of a run, as written and in lower case, with the known names among them.

    Each method returns the names in a part of the phrase, from word `first` to word `last` (half-open).
    """

    def __init__(self, words: Sequence[str], lowers: Sequence[str], atoms: Sequence[Atom]) -> None:
        self.words, self.lowers, self.atoms = words, lowers, atoms
        self.inside = {k for a, b, _ in atoms for k in range(a, b)}  # words of known names
        self.last = len(words)

    def names(self) -> list[Piece]:
        """The names of the whole phrase."""
        lowers, last = self.lowers, self.last
        if lowers[0].startswith("universi") and lowers[0] != "university":
            return [Piece(0, last, None)]  # Universidad Mayor de San Torvan
        if self._opens_with_occupation():
            return [Piece(1, last, _BEARER)]
        office = self._leading_office()
        if office is not None:
            return self._before_title(0, office) + self._office(office + 2)
        if self._is_thing():
            return self._nation(0, last)
        at = self._last_title()
        return self._nation(0, last) if at is None else self._around_title(at)

    def _opens_with_occupation(self) -> bool:
        """Economist Mina Torvane: what somebody does, before two words that no thing is called by."""
        words, lowers, plain = self.words, self.lowers, tables.common()
        if self.last != 3 or self.inside or lowers[0] not in tables.occupations() or words[0] in tables.given_names():
            return False
        strange = lowers[1] not in plain or lowers[2] not in plain
        return (
            strange and head_label(lowers[2]) == "" and all(word.isalpha() and word[0].isupper() for word in words[1:])
        )

    def is_known(self, k: int) -> bool:
        return self.words[k] in tables.known()[0]

    def known_label(self, k: int) -> str:
        return tables.known()[0].get(self.words[k], ("", ""))[0]

    def starts_atom(self, k: int) -> bool:
        return any(a == k for a, _, _ in self.atoms)

    def _leading_office(self) -> int | None:
        """The place of the title of an office that opens the phrase: Secretary of State, Minister for Health."""
        for k in range(self.last - 2):
            title = is_title(self.lowers[k])
            if not (title or self.lowers[k] in _MODIFIERS or self.is_known(k) or k in self.inside):
                return None
            if title and self.lowers[k + 1] in ("of", "for"):
                return k
        return None

    def _is_thing(self) -> bool:
        """Does the last word say that the whole is a thing (Director Street), with no person after a title in it?"""
        low = self.lowers[-1]
        head = heads().get(low)
        if head is None or head[1].startswith("NAME.WORK") or is_title(low) or self.words[0] in tables.given_names():
            return False
        if self.last == 2 and self._is_titled_surname(0):
            return False
        return not any(k not in self.inside and self._surely_titled(k) for k in range(self.last - 2))

    def _surely_titled(self, k: int) -> bool:
        if self.lowers[k] in LISTS["sure_title"]:
            return True
        sure = k > 0 or self.lowers[k] not in _TITLE_OR_NAME  # Inspector Nora Hill, but King Edward Hill
        return sure and is_title(self.lowers[k]) and self._is_bearer(k + 1)

    def _is_bearer(self, k: int) -> bool:
        """Are the last two words, from k on, who bears the title before them? The title comes after a known name
        (White House Chief Orlen Reed), or they are a given name and a surname."""
        if self.last - k != 2:
            return False
        return k - 2 in self.inside or (is_called_so(self.words[k]) and self.words[-1] in tables.surnames())

    def _last_title(self) -> int | None:
        """The place of the last title that is not part of a name."""
        words, lowers, last = self.words, self.lowers, self.last
        given_first = (
            words[0] in tables.given_names()
            and not is_title(lowers[0])
            and 0 not in self.inside
            and (is_called_so(words[0]) or (last == 2 and lowers[1] in LISTS["title_or_surname"]))
        )
        at = None
        for k, low in enumerate(lowers):
            if k in self.inside or not is_title(low) or self._is_surname(k):
                continue
            if not given_first or (low in LISTS["sure_title"] and k < last - 1):
                at = k
        return at

    def _is_surname(self, k: int) -> bool:
        """Is the title at k a surname, after a given name (John Major), or cut short at the end (Hun Sen)?"""
        if k and k == self.last - 1 and self.lowers[k] in LISTS["title_cut_short"]:
            return True
        if k == 0 or self.lowers[k] not in _TITLE_OR_NAME or k - 1 in self.inside:
            return False
        before = self.words[k - 1]
        if before not in tables.given_names() or is_title(self.lowers[k - 1]):
            return False
        return is_called_so(before) or (k + 1 == self.last and self.lowers[k] in LISTS["title_or_surname"])

    def _around_title(self, at: int) -> list[Piece]:
        """The names before and after the title at `at`."""
        lowers, last = self.lowers, self.last
        after = lowers[at + 1] if at + 1 < last else ""
        if after == "'s":
            return self._nation(0, last)  # King's College
        if after in ("of", "for", "and", "&", ","):
            return self._before_title(0, at) + self._office(at + 1)
        if not after:
            return self._before_last_title(at)
        if self._is_deed(at + 1):
            return self._before_title(0, at) + self._nation(at + 2, last)  # Minister Blames Ann Reed
        if self._is_part_of_name(at):
            return self._nation(0, last)
        return [*self._before_title(0, at), Piece(at + 1, last, None if self._is_other_name(at) else _BEARER)]

    def _before_last_title(self, at: int) -> list[Piece]:
        """The names of a phrase that ends in the title at `at`."""
        lowers = self.lowers
        office = at
        while office > 2 and is_title(lowers[office - 1]):
            office -= 1
        if lowers[office - 1] == "the" and lowers[office - 2] == "of" and heads().get(lowers[0]):
            return self._nation(0, self.last)  # the Office of the Attorney General
        paper = at > 1 and lowers[at] in LISTS["paper"]  # the Torvane Falls Leader
        field = at > 1 and lowers[at - 1] in ("of", "for") and head_label(lowers[at - 2]) == "ORG"
        if paper or field:  # the Ministry of Justice
            return self._nation(0, self.last)
        general = at > 0 and lowers[at] == "general" and lowers[at - 1] in LISTS["before_general"]
        return self._before_title(0, at - general)  # the Attorney General

    def _is_part_of_name(self, at: int) -> bool:
        """Is the title at `at` the first word of a name: General Motors, Prince Edward Island?"""
        if self.lowers[at] not in _TITLE_OR_NAME or self._is_titled_surname(at):
            return False
        word, low, rank = self.words[at + 1], self.lowers[at + 1], tables.common()
        plain = low in rank and word not in tables.given_names() and (word not in tables.surnames() or rank[low] < 8000)
        head = self.lowers[-1] in heads()
        if not (head or plain) or (at > 0 and self._is_bearer(at + 1)):
            return False
        last = self.words[-1]
        strange = (
            at + 3 == self.last and not head and last.lower() not in rank and not self.is_known(-1) and last.isalpha()
        )
        return not strange  # Bishop Method Torvane

    def _is_deed(self, k: int) -> bool:
        """Is there a verb at k, and a given name after it?"""
        deed = is_finite_verb(self.lowers[k]) and self.words[k] not in tables.surnames()
        return deed and k + 1 < self.last and is_called_so(self.words[k + 1])

    def _is_titled_surname(self, at: int) -> bool:
        """Judge Law, Bishop Marsh."""
        alone = at + 2 == self.last and self.words[-1] in tables.surnames()
        return alone and self.lowers[at] in LISTS["titled_person"]

    def _is_other_name(self, at: int) -> bool:
        """Is what comes after the title a known name that no person has: Mayor Berlin?"""
        known_all = all(k in self.inside for k in range(at + 1, self.last))
        if not (known_all or (self.is_known(at + 1) and self.last - at == 2)):
            return False
        return self.known_label(at + 1) not in ("GPE", "PERSON") or self.lowers[at] not in LISTS["sure_title"]

    def _before_title(self, first: int, at: int) -> list[Piece]:
        """What comes before a title: the nation, the body or the place of the post, without the words of the post."""
        lowers = self.lowers
        while at > first and (
            lowers[at - 1] in _MODIFIERS or is_title(lowers[at - 1]) or lowers[at - 1] in ("and", "&")
        ):
            if any(a < at <= b and b - a > 1 for a, b, _ in self.atoms):
                break
            at -= 1
        while (
            first < at - 1 and lowers[first] in _MODIFIERS and (self.is_known(first + 1) or self.starts_atom(first + 1))
        ):
            first += 1  # Acting U.S. Attorney
        if at <= first:
            return []
        return self._nation(first, at) if at - first > 1 else _one(first, lowers[first], self.words[first])

    def _office(self, at: int) -> list[Piece]:
        """After "Secretary of": the field of the office is passed over, a place or a person is kept."""
        last = self.last
        at += at < last and self.lowers[at] == "the"
        body = self._place_of_office(at) or self._body_of_office(at)
        if body:
            return body
        k = self._behind_field(at)
        if k == last:
            return []
        if self.starts_atom(k):
            return self._nation(k, last)
        called = is_called_so(self.words[k])
        if self._is_new_place(k, at):
            return self._body_or_place(k)
        if self.is_known(k) and not called:
            return self._known_place(k)
        return self._nation(k, last) if k == at + 1 else [Piece(k, last, _BEARER)]

    def _known_place(self, k: int) -> list[Piece]:
        """Mayor of London Ann Reed: the place that the office is of, and the person."""
        if k + 1 < self.last and self.known_label(k) == "GPE":
            return [Piece(k, k + 1, None), *self._nation(k + 1, self.last)]
        return self._nation(k, self.last)

    def _is_new_place(self, k: int, at: int) -> bool:
        """Is the word at k, after the office that ends before `at`, a body or a place that nothing is known of?"""
        if self.is_known(k):
            return False
        called = is_called_so(self.words[k])
        if k == at:
            return not called or self.lowers[at - 2] in LISTS["heads_firm"]
        behind_field = self.lowers[k - 1] == "of" and k + 2 < self.last  # Attorney for the District of Torva Ann Reed
        return behind_field and not called and is_called_so(self.words[k + 1])

    def _body_or_place(self, at: int) -> list[Piece]:
        """The phrase directly after "of" or "for", and the person after that: the MP for Ashvane; the head of Torva Ann
        Reed."""
        end = self._given_name_after(at + 1)
        place = Piece(at, end, _HELD_BY.get(self.lowers[at - 2]))
        return [place, Piece(end, self.last, _BEARER)] if end < self.last else [place]

    def _behind_field(self, k: int) -> int:
        while k < self.last and self._is_field(k):
            k += 1
        return k

    def _is_field(self, k: int) -> bool:
        """Is the word the field of an office, a plain word: Secretary of State, Minister for Health?"""
        word, low = self.words[k], self.lowers[k]
        if low in LISTS["sure_title"]:
            return True  # Leader of Government Business Dr Orla Tarn
        plain = low in tables.common() or not word[0].isalpha()
        if not plain or self.is_known(k) or self.starts_atom(k):
            return False
        return word not in tables.given_names() or low == "state"

    def _place_of_office(self, at: int) -> list[Piece]:
        """Attorney for the District of Torva Ann Reed: the place, and the person."""
        if at + 2 >= self.last or self.lowers[at] not in LISTS["place_of"] or self.lowers[at + 1] != "of":
            return []
        end = self._given_name_after(at + 3)
        place = Piece(at + 2, end, ("GPE", "NAME.GPE.CONTEXT"))
        return [place, Piece(end, self.last, _BEARER)] if end < self.last else [place]

    def _body_of_office(self, at: int) -> list[Piece]:
        """Director of the Torvane Institute Ann Reed: the body that the office is of, if it is one, and the person."""
        lowers, last = self.lowers, self.last
        for k in range(at, last):
            follow = lowers[k + 1] if k + 1 < last else ""
            if lowers[k] == "for" and follow == "the":
                return self._body_of_office(k + 2)  # Secretary of State for the Home Department
            if lowers[k] in ("of", "for", "and") or self.words[k] in tables.given_names():
                return []
            more = follow in ("of", "for", "on")
            if head_label(lowers[k]) in ("ORG", "FAC") and not is_title(lowers[k]) and (more or k > at):
                end = self._given_name_after(k + 1 + 2 * more)
                return self._nation(at, end) + ([Piece(end, last, _BEARER)] if end < last else [])
        return []

    def _given_name_after(self, k: int) -> int:
        """Where a given name with more after it stands, from k on; the end of the phrase where there is none."""
        for i in range(k, self.last - 1):
            if self.words[i] in tables.given_names() and self.lowers[i - 1] not in LISTS["ties_given_name"]:
                return i
        return self.last

    # ---------------------------------------------------------------- nations and bodies before people

    def _nation(self, first: int, last: int) -> list[Piece]:
        """Split a nation from the person after it (French Marie Curie), and keep what is one name together."""
        if first >= last:
            return []
        if last - first == 1:
            return _one(first, self.lowers[first], self.words[first])
        front, label = self._front(first, last)
        end = front.last
        if end == last:
            return [front]
        if label == "NORP" and (self._is_of_nation(end, last) or self._is_post(end, last)):
            return [front, *self._behind_nation(end, last)]
        if label == "GPE" and self._is_person_of_place(first, end, last):
            return [front, Piece(end, last, None)]
        if last - end > 1:
            return self._body_and_person(first, last)
        if label == "GPE" and self.known_label(end) == "NORP":
            return [Piece(first, end, None), Piece(end, last, None)]  # California Democrat
        if self.lowers[end] in LISTS["part_of_land"]:
            return self._part_of_land(first, last) if label or self.lowers[first] not in tables.common() else []
        return [Piece(first, last, None)]

    @staticmethod
    def _part_of_land(first: int, last: int) -> list[Piece]:
        """The Korean peninsula."""
        return [Piece(first, last, ("LOC", "NAME.LOC.HEAD"))]

    def _front(self, first: int, last: int) -> tuple[Piece, str]:
        """The known name that opens the words from `first` on, with its label; else the first word."""
        for a, b, known in self.atoms:
            if a == first and b <= last:
                return Piece(a, b, (known.label, known.rule_id)), known.label
        return Piece(first, first + 1, None), self.known_label(first)

    def _is_of_nation(self, end: int, last: int) -> bool:
        """Does a name of its own come after a nation, from `end` on: a person, a known name?"""
        atom = next((known for a, b, known in self.atoms if a == end and b <= last), None)
        person = last - end > 1 and self.words[end] in tables.given_names()  # not Han Lee
        named = person or (atom is not None and atom.label != "NORP")
        return named and self.lowers[last - 1] not in heads()

    def _behind_nation(self, end: int, last: int) -> list[Piece]:
        """French Marie Curie; but only a post in the French Foreign Minister."""
        return self._nation(end, last) if self._is_of_nation(end, last) else []

    def _is_post(self, end: int, last: int) -> bool:
        """Do only words of a post come after the nation (the French Foreign), and not its army?"""
        if self.lowers[last - 1] in ("army", "navy", "police", "press"):
            return False
        return all(low in _MODIFIERS for low in self.lowers[end:last])

    def _is_person_of_place(self, first: int, end: int, last: int) -> bool:
        """Does somebody's full name come after the place that he or she is of, from `end` on?"""
        return (
            last - end > 1
            and self.words[end] in tables.given_names()
            and self.lowers[end] not in tables.common()
            and self.lowers[last - 1] not in heads()
            and self.words[first] not in tables.given_names()
        )

    def _body_and_person(self, first: int, last: int) -> list[Piece]:
        """Torvane University Ann Reed, as two; else all as one."""
        for k in range(max(last - 4, first + 2), last - 1):
            if (
                self._begins_person(k, last)
                and (self._ends_body(first, k) or self._ends_state(first, k))
                and not any(a < k < b for a, b, _ in self.atoms)
            ):
                return [Piece(first, k, None), Piece(k, last, None)]
        return [Piece(first, last, None)]

    def _ends_body(self, first: int, k: int) -> bool:
        """Does the name of a body end before k: Torvane University, the Ministry of Finance?"""
        if head_label(self.lowers[k - 1]) == "ORG":
            return True
        field = "of" in self.lowers[first:k] and self.lowers[k - 1] in tables.common()
        return field and head_label(self.lowers[first]) == "ORG"

    def _ends_state(self, first: int, k: int) -> bool:
        """The Republic of Tanzania."""
        of_place = k - first > 2 and self.lowers[k - 2] == "of" and self.lowers[k - 3] in LISTS["place_of"]
        return of_place and self.known_label(k - 1) == "GPE"

    def _begins_person(self, k: int, last: int) -> bool:
        """Do the last words, from k on, look like a person in full?"""
        word, low = self.words[last - 1], self.lowers[last - 1]
        return (
            is_called_so(self.words[k])
            and self.lowers[k] not in tables.common()
            and (word in tables.surnames() or low not in tables.common())
            and low not in heads()
        )


def is_called_so(word: str) -> bool:
    """A given name, and no well-known place: Ann, not London."""
    if word not in tables.given_names() or word in tables.american_states():
        return False
    known = tables.known()[0].get(word)
    return known is None or (known[1] == "NAME.GPE.CITY" and tables.city_size().get(word, 20) < 3)


def is_family_first(words: Sequence[str]) -> bool:
    """A name with the family's first, and a given name of two syllables.

    >>> is_family_first(("Son", "Jae-won")), is_family_first(("Lee", "Kuan", "Yew")), is_family_first(("Fan", "Expo"))
    (True, True, False)
    """
    if not 2 <= len(words) <= 3 or words[0].lower() not in LISTS["family_first"]:
        return False
    if len(words) == 2:
        first, mark, second = words[1].partition("-")
        return bool(mark) and second.islower() and first.isalpha() and second.isalpha() and len(words[1]) < 13
    return all(w.isalpha() and len(w) < 7 and w not in tables.known()[0] and _is_rare(w) for w in words[1:])


def _is_rare(word: str) -> bool:
    return tables.frequent().get(word.lower(), 10**9) > 5000


def compound(word: str) -> tuple[str, str]:
    """The names in a word with a hyphen; the second is empty where there is none.

    >>> compound("Paris-based"), compound("US-China"), compound("Jean-Paul"), compound("T-shirts")
    (('Paris', ''), ('US', 'China'), ('Jean-Paul', ''), ('', ''))
    """
    left, _, right = word.partition("-")
    last = right.rpartition("-")[2]
    single = tables.known()[0]
    if left in ("R", "D", "I") and (right in single or right.lower().rstrip(".") in LISTS["state_abbreviation"]):
        return "", right if right in single else ""  # a senator's party and state: R-Iowa, D-Calif.
    if right.islower() and (last in tables.common() or last in LISTS["compound_end"]):
        return (left, "") if len(left) > 2 or (left.isupper() and len(left) == 2) else ("", "")
    if left in single and right in single and word not in single and word not in tables.given_names():
        return left, right
    return word, ""
