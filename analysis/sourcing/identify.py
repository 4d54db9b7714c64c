"""Stage 6: who the source is: kind, role as written, and the entity it resolves to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from analysis.rules import Rule, load_rules
from analysis.sourcing.cues import cue_table
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.pronouns import BODIES, PRONOUNS, Antecedents
from analysis.sourcing.view import (
    AUXILIARY,
    CONJUNCTION,
    DETERMINER,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    TIME,
    View,
    words,
)
from analysis.text.document import SOURCE_KINDS, Document, Mention

# Adjectives that stand behind their noun: "sources close to the talks".
_BEHIND_NOUN = frozenset("close familiar present aware loyal".split())
# First words of a source that is several people.
_SEVERAL = frozenset("some many several most few both dozens hundreds thousands two three four other".split())
_LABELS = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "government",
    "NORP": "collective",
    "EVENT": "event",
    "LAW": "document",
    "WORK_OF_ART": "document",
    "FAC": "organisation",
    "LOC": "government",
}
_VALUES = frozenset("DATE TIME MONEY PERCENT QUANTITY ORDINAL CARDINAL".split())
_BEFORE_OF = frozenset("one some many most several all both few none".split())


@cache
def kind_rules() -> tuple[Rule, ...]:
    return load_rules(
        "sources.toml",
        required=("source_kind",),
        allowed={"source_kind": SOURCE_KINDS},
        optional=("words", "pairs", "names", "suffixes", "titles"),
    )


@cache
def _table(field: str) -> Mapping[str, str]:
    """Word -> kind, over the rules that have it in `field`; an earlier rule wins."""
    table: dict[str, str] = {}
    for rule in kind_rules():
        words = rule.fields.get(field, ())
        for word in words.split() if isinstance(words, str) else words:
            table.setdefault(word, rule["source_kind"])
    return table


def role_kind(word: str) -> str | None:
    """The kind of source that a role or a body in lower case is; the plural of a role is a collective.

    >>> role_kind("minister"), role_kind("ministers"), role_kind("ministry"), role_kind("river")
    ('unnamed-person', 'collective', 'government', None)
    """
    table = _table("words")
    if word in table:
        return table[word]
    for ending, single in (("men", "man"), ("women", "woman"), ("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and table.get(word.removesuffix(ending) + single) == "unnamed-person":
            return "collective"
    return None


class Identity(NamedTuple):
    """What is known about a source. `role` is a token range."""

    kind: str
    entity: str | None
    role: Range | None


def head_of(view: View, source: Range) -> int:
    """The head word of a source phrase: the last word of its first chunk ("a spokesman for the firm")."""
    a, b = source
    head = a
    for k in range(a, b):
        word, kind = view.W[k], view.K[k]
        if not word[0].isalnum():
            if word[0] in "-&.'’$#@“”\"%" or k == a:
                continue
            break
        if k > a and (
            (kind in (PREPOSITION, RELATIVE, CONJUNCTION) and not (view.L[k] == "of" and view.L[k - 1] in _BEFORE_OF))
            or (kind == AUXILIARY and view.L[k] != "'s")
            or kind == TIME
        ):
            break
        if (
            k > a
            and kind == ""
            and word.endswith("ed")
            and word[0].islower()
            and (view.W[k - 1][0].islower() or view.K[k + 1] == PREPOSITION)
            and not view.K[k - 1]
        ):
            break
        more = k > a and k + 1 < b and view.K[k + 1] == PREPOSITION and view.K[k - 1] != DETERMINER
        if more and (view.L[k] in words()["participle"] or view.L[k] in _BEHIND_NOUN):
            break
        if more and word.endswith("ing") and word[0].islower() and role_kind(view.L[k - 1]):
            break  # "relatives waiting at the pier"
        if word[0].isdigit() and k > a and view.W[k - 1] == ",":
            break
        if view.L[k] != "'s":
            head = k
    return head


class Identifier:
    """Judges sources one after the other; remembers who spoke, for pronouns and "the spokesman"."""

    def __init__(self, view: View, document: Document) -> None:
        self.view = view
        self.mentions = document.mentions
        self.mention_starts = [m.start for m in document.mentions]
        self.labels = {e.id: e.label for e in document.entities}
        self.antecedents = Antecedents(view, document)
        self.speakers: list[tuple[str, str, str | None]] = []  # kind, lower-case role and name, entity
        self.last: tuple[str, str, int] | None = None  # of the last speaker: kind, head word, token

    def judge(self, draft: Draft) -> Identity:
        """Kind, entity and role of a draft's source."""
        if not draft.source:
            return Identity("none", None, None)
        view, source = self.view, draft.source[0]
        if view.K[source[0]] == RELATIVE:
            one = source[1] - source[0] == 1
            source = self._antecedent(source) if one else (source[0] + 1, source[1])  # "who"; "whose clerk, Ann Reed"
        head = self._name_behind_title(source, head_of(view, source))
        if draft.extra.get("inside") and view.L[head] in PRONOUNS:
            return Identity("collective" if view.L[head] in ("they", "them") else "person", None, None)
        mention = self._mention_at(head)
        if mention and mention.label in _VALUES:
            mention = None
        mention = mention or self._apposed(source, head)
        kind = self._kind(source, head, mention)
        entity = (
            mention.entity
            if mention and kind in ("person", "organisation", "government", "outlet", "document", "event")
            else None
        )
        apposed = mention is not None and mention.start > view.starts[head]
        role = self._role(source, head, kind, apposed=apposed)
        if entity is None:
            entity = self._resolve(source, head, kind)
        if entity and kind == "unnamed-person" and view.L[head].endswith("-year-old"):
            kind, role = "person", None
        if entity is None and view.L[head] in PRONOUNS and self.antecedents.unnamed(head, self.last):
            kind = "unnamed-person"
        name = " ".join(view.L[source[0] : source[1]])
        if entity or view.L[head] not in ("he", "she", "his", "her", "him", "it", "they", "who"):
            self.speakers.append((kind, name, entity))
            del self.speakers[:-12]
            self.last = (kind, view.L[head], source[0])
        return Identity(kind, entity, role)

    def _name_behind_title(self, source: Range, head: int) -> int:
        """The head where a title with "of" or "for" stands before a name ("chief of staff Ann Reed", "member for
        transport Ed Reed"): the name's last word."""
        view, (a, b) = self.view, source
        b = next((k for k in range(head, b) if not view.W[k][0].isalnum()), b)
        body = view.L[head + 1] == "of" and view.W[head][0].isupper() and view.W[b - 1][0].islower()
        if body and b - head > 2 and role_kind(view.L[b - 1]) == "unnamed-person" and not view.K[b - 2]:
            return b - 1  # "a Department of Health source"
        if b - head < 4 or view.L[head + 1] not in ("of", "for") or view.K[a] in (DETERMINER, POSSESSIVE):
            return head
        mention = self._mention_at(b - 1)
        if mention is None or mention.label != "PERSON" or mention.start <= view.starts[head + 2]:
            return head
        first = next(k for k in range(head + 2, b) if view.starts[k] >= mention.start)
        field = view.W[first - 1][0].islower() and not view.K[first - 1] and role_kind(view.L[first - 1]) is None
        return b - 1 if field else head  # and not "lawyers for actor Ann Reed"

    def _titled(self, head: int, mention: Mention) -> bool:
        """Do a role and two words of a name make up a mention: "Prosecutor Helen Marsh", whatever it was taken for?"""
        view, k = self.view, head
        while k > 0 and view.starts[k - 1] >= mention.start:
            k -= 1
            if role_kind(view.L[k]) == "unnamed-person":
                return head - k in (2, 3)
            if view.K[k] or not view.W[k][0].isupper():
                return False
        return False

    def _apposed(self, source: Range, head: int) -> Mention | None:
        """The name that an apposition gives to a role: "the mayor, Tom Okafor", "the regulator, Ofwat"."""
        view = self.view
        role = view.K[source[0]] in (DETERMINER, POSSESSIVE) or "'s" in view.L[source[0] : head]
        role = role or view.L[source[0] - 1] == "whose"
        if not role or head + 2 >= source[1] or view.W[head + 1] != ",":
            return None
        at = head + 2
        if view.L[at + 1] == "'s" and at + 2 < source[1]:
            at += 2  # "the MP, Labour's Ann Reed"
        while at + 1 < source[1] and view.L[at].removesuffix(".") in _table("titles"):
            at += 1  # "the coroner, Mrs Jean Holloway"
        mention = self._mention_at(at)
        if mention is None or mention.label not in ("PERSON", "ORG") or mention.start != view.starts[at]:
            return None
        return None if self.antecedents.owns(mention) else mention

    def _antecedent(self, source: Range) -> Range:
        """The noun phrase before "who", as far as it can be told: the words back to the last comma."""
        view = self.view
        b = source[0]
        while b > 0 and view.W[b - 1] == ",":
            b -= 1
        a = b
        while (
            a > max(0, b - 12)
            and (view.W[a - 1][0].isalnum() or view.W[a - 1] in ("-", ".", "&", "'s", "’s"))
            and (view.L[a - 1] not in cue_table() or view.W[a - 1] != view.L[a - 1] or _noun_like(view.L[a - 1]))
            and (view.K[a - 1] not in (AUXILIARY, RELATIVE, CONJUNCTION, PREPOSITION) or view.W[a - 1][0].isupper())
        ):
            a -= 1
        return (a, b) if b > a else source

    def _mention_at(self, k: int) -> Mention | None:
        at = self.view.starts[k]
        i = bisect_right(self.mention_starts, at) - 1
        for j in range(i, max(-1, i - 3), -1):
            m = self.mentions[j]
            if m.start <= at < m.end:
                return m
        return None

    def _kind(self, source: Range, head: int, mention: Mention | None) -> str:
        view = self.view
        low = view.L[head].removesuffix(".")
        name = (
            view.W[head][0].isupper() and not view.K[head] and (head > source[0] or not view.W[source[0]][0].islower())
        )
        if (name and view.W[head].isupper() and len(low) > 1 and low in _table("names")) or (
            low in _table("names") and view.W[head][0].isupper()
        ):
            return _table("names")[low]
        pair = _table("pairs").get(f"{view.L[head - 1]} {low}") if head > source[0] else None
        if pair:
            return pair
        first = view.L[source[0]].removesuffix(".")
        if mention and mention.start > view.starts[head] and _table("words").get(low) in BODIES:
            return _table("words")[low]  # "the mining company, Torva": whatever the name was taken for
        if mention and mention.label == "PERSON":
            return "person"
        if name and low in _table("suffixes") and head > source[0]:
            return _table("suffixes")[low]
        if name and mention and not role_kind(low) and self._titled(head, mention):
            return "person"
        if name and view.K[source[0]] in (DETERMINER, POSSESSIVE) and role_kind(low) == "unnamed-person":
            return "unnamed-person"  # "the Health Secretary"
        if mention and mention.label in _LABELS and name:
            kind = _LABELS[mention.label]
            known = _table("words").get(low)
            return known if known in ("government", "outlet", "document", "event") else kind
        if low.endswith("-year-old"):
            return "unnamed-person"
        own = role_kind(low)
        if view.W[head][0].isdigit() or (_plural_lead(view, source) and own not in ("document", "outlet")):
            own = "collective"
        if low in ("agency", "service") and any(
            _table("names").get(view.L[k]) == "outlet" and view.W[k][0].isupper() for k in range(source[0], head)
        ):
            return "outlet"  # "the Interfax agency"
        if own and not (
            name and head > source[0] and view.W[head - 1][0].isupper() and own in ("unnamed-person", "collective")
        ):
            if own == "unnamed-person" and low in ("source",):
                return "unnamed-person"
            if own == "organisation" and low.endswith("s") and low[:-1] in _table("words"):
                return "collective"
            return own
        if name:
            if mention is None and head == source[0] and low[-1] == "s" and low[-2:] != "ss":
                return "collective"  # "Walkers said": the capital is the sentence's
            if first in _table("titles") or view.K[source[0]] != DETERMINER:
                return "person"
            return "organisation"
        if low in ("it",):
            return self._last_body() or "organisation"
        if low.endswith("s") and not low.endswith("ss"):
            return "collective"
        if low in ("who", "which", "that", "this"):
            return "unnamed-person" if low == "who" else "document"
        return "unnamed-person" if view.K[source[0]] in (DETERMINER, POSSESSIVE) or view.W[head].islower() else "person"

    def _last_body(self) -> str | None:
        return next(
            (k for k, _, _ in reversed(self.speakers) if k in BODIES),
            None,
        )

    def _role(self, source: Range, head: int, kind: str, *, apposed: bool = False) -> Range | None:
        """The role or title as written: "Kremlin spokesman" before the name, or the apposition behind it.

        `apposed`: the name is the apposition, and the role stands before it ("his lawyer, Ann Reed").
        """
        view = self.view
        a, b = source
        if kind == "person" and apposed:
            return a, next((k for k in range(head, b) if view.W[k] == ","), b)
        if kind == "person":
            comma = next(
                (k for k in range(head, b) if view.W[k] == "," and k + 1 < b and not view.W[k + 1][0].isdigit()), None
            )
            if comma is not None and (view.K[comma + 1] == PREPOSITION or view.L[comma + 1][:2] in ("r-", "d-", "i-")):
                comma = None  # "Gareth Pryce, 44, of Mill Lane": where, and not who
            if comma is not None:
                return view.trim(comma + 1, b)
            roles = _table("words")
            k = next(
                (
                    k
                    for k in range(head - 1, a - 1, -1)
                    if roles.get(view.L[k]) == "unnamed-person"
                    or (view.L[k].removesuffix(".") in _table("titles") and len(view.L[k]) > 4)
                ),
                None,
            )
            while k is not None and k + 1 < head and view.W[k + 1][0].islower() and view.K[k + 1] in ("", PREPOSITION):
                k += 1  # "chief meteorologist Ann Reed", "chief of staff Ann Reed"
            return (a, k + 1) if k is not None else None
        return (
            view.trim(a, b)
            if kind == "unnamed-person" and view.W[a][0].isalpha() and view.K[a] not in (RELATIVE,)
            else None
        )

    def _resolve(self, source: Range, head: int, kind: str) -> str | None:
        """He, she: the last person who spoke or was named; "the spokesman": the last speaker with that role."""
        view = self.view
        low = view.L[head]
        if low in PRONOUNS:
            if self.antecedents.unnamed(head, self.last):
                return None
            return self.antecedents.person(head, self.speakers)
        if low == "it":
            if self._last_body() == "document":
                return None  # "The study says ... It found": no body that spoke before
            return next((e for k, _, e in reversed(self.speakers) if e and k in BODIES), None)
        if view.L[source[0]] == "the" and low.endswith("-year-old"):
            return next((e for k, _, e in reversed(self.speakers) if e and k == "person"), None)
        if view.L[source[0]] == "the" and kind == "unnamed-person" and source[1] - source[0] == 2:
            return next(
                (e for k, name, e in reversed(self.speakers) if e and k == "person" and low in name.split()), None
            )
        return None


def _noun_like(word: str) -> bool:
    return word in words()["noun_like"]


def _plural_lead(view: View, source: Range) -> bool:
    a = source[0]
    share = view.L[a + 1] == "in" and view.W[a + 2][0].isdigit()  # "one in 10"
    return view.L[a] in _SEVERAL or share or view.L[a : a + 2] == ["more", "than"]
