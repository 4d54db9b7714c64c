"""Who the sources are: kind, role as written, and the entity each resolves to, in the order of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from analysis.sourcing.antecedents import Antecedents, Speaker, is_he_or_she
from analysis.sourcing.cues import cue_table
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.source_kinds import BODIES, UNNAMED, is_title, own_words
from analysis.sourcing.source_phrase import (
    Phrase,
    field_of_office,
    head_of,
    is_body_of_role,
    kind_of,
    role_of,
)
from analysis.sourcing.view import AUXILIARY, CONJUNCTION, PREPOSITION, RELATIVE, View, words
from analysis.text.document import Document, Mention
from analysis.text.vocabulary import VALUES

_REMEMBERED = 12  # speakers
_LONGEST = 12  # tokens of a noun phrase before "who"


class Identity(NamedTuple):
    """What is known about a source. `role` is a token range."""

    kind: str
    entity: str | None
    role: Range | None


class Identifier:
    """Judges sources one after the other; remembers who spoke, for pronouns and "the spokesman"."""

    def __init__(self, view: View, document: Document) -> None:
        self.view = view
        self.mentions = document.mentions
        self.mention_starts = [m.start for m in document.mentions]
        self.antecedents = Antecedents(view, document)
        self.speakers: deque[Speaker] = deque(maxlen=_REMEMBERED)

    def judge(self, draft: Draft) -> Identity:
        """Kind, entity and role of a draft's source."""
        if not draft.source:
            return Identity("none", None, None)
        phrase = self._phrase(draft.source[0])
        if draft.nested and is_he_or_she(phrase.word):
            return Identity("person", None, None)  # of whom one speaks in a quotation is open
        who = self._identity(phrase)
        if who.entity or phrase.word not in own_words()["bare"]:
            words = self.view.L[phrase.first : phrase.last]
            self.speakers.append(Speaker(who.kind, words, who.entity, phrase.head, phrase.first))
        return who

    def _identity(self, phrase: Phrase) -> Identity:
        kind = self._last_body() or "organisation" if phrase.word == "it" else kind_of(phrase)
        entity = phrase.mention.entity if phrase.mention and kind not in UNNAMED else self._resolve(phrase, kind)
        if entity and kind == "unnamed-person" and phrase.word.endswith("-year-old"):
            return Identity("person", entity, None)
        if entity is None and is_he_or_she(phrase.word) and self.antecedents.unnamed(phrase.head, self.speakers):
            return Identity("unnamed-person", None, None)
        return Identity(kind, entity, role_of(phrase, kind))

    # ------------------------------------------------------------ the phrase and its name

    def _phrase(self, source: Range) -> Phrase:
        view = self.view
        if view.K[source[0]] == RELATIVE:  # "who"; "whose clerk, Ann Reed"
            alone = source[1] - source[0] == 1
            source = self._before_relative(source) if alone else (source[0] + 1, source[1])
        head = self._name_behind_title(source, head_of(view, source))
        phrase = Phrase(view, *source, head, self._mention_at(head))
        if phrase.mention is None or phrase.mention.label in VALUES:
            phrase.mention = self._apposed(phrase)
        return phrase

    def _mention_at(self, k: int) -> Mention | None:
        at = self.view.starts[k]
        i = bisect_right(self.mention_starts, at)
        return next((m for m in reversed(self.mentions[max(0, i - 3) : i]) if at < m.end), None)

    def _before_relative(self, source: Range) -> Range:
        """The noun phrase before "who", as far as it can be told: the words back to the last comma."""
        view = self.view
        b = source[0]
        while b > 0 and view.W[b - 1] == ",":
            b -= 1
        a = b
        while a > max(0, b - _LONGEST) and self._in_noun_phrase(a - 1):
            a -= 1
        return (a, b) if b > a else source

    def _in_noun_phrase(self, k: int) -> bool:
        view = self.view
        word, low = view.W[k], view.L[k]
        if word[0].isupper():
            return True
        if not (word[0].isalnum() or word in ("-", ".", "&", "'s", "’s")):
            return False
        reports = low in cue_table() and word == low and low not in words()["noun_like"]
        return not reports and view.K[k] not in (AUXILIARY, RELATIVE, CONJUNCTION, PREPOSITION)

    def _name_behind_title(self, source: Range, head: int) -> int:
        """The head where a title with "of" or "for" stands before a name ("chief of staff Ann Reed", "member for
        transport Ed Reed"): the name's last word."""
        view, (a, b) = self.view, source
        last = next((k for k in range(head, b) if not view.W[k][0].isalnum()), b)
        if is_body_of_role(view, head, last):
            return last - 1
        if last - head < 4 or view.L[head + 1] not in ("of", "for") or Phrase(view, a, b, head).led:
            return head
        mention = self._mention_at(last - 1)
        return last - 1 if mention and field_of_office(view, head, mention) else head

    def _apposed(self, phrase: Phrase) -> Mention | None:
        """The name that an apposition gives to a role: "the mayor, Tom Okafor", "the regulator, Ofwat"."""
        view, head, last = self.view, phrase.head, phrase.last
        owned = "'s" in view.L[phrase.first : head] or view.L[phrase.first - 1] == "whose"
        if not (phrase.led or owned) or head + 2 >= last or view.W[head + 1] != ",":
            return None
        at = head + 2
        if view.L[at + 1] == "'s" and at + 2 < last:  # "the MP, Labour's Ann Reed"
            at += 2
        while at + 1 < last and is_title(view.L[at]):  # "the coroner, Mrs Jean Holloway"
            at += 1
        mention = self._mention_at(at)
        if mention is None or mention.label not in ("PERSON", "ORG") or mention.start != view.starts[at]:
            return None
        return None if self.antecedents.owns(mention) else mention

    # ------------------------------------------------------------ whom it stands for

    def _resolve(self, phrase: Phrase, kind: str) -> str | None:
        """He, she: the last person who spoke or was named; "the spokesman": the last speaker with that role."""
        view, head, word = self.view, phrase.head, phrase.word
        if is_he_or_she(view.L[head]):
            unnamed = self.antecedents.unnamed(head, self.speakers)
            return None if unnamed else self.antecedents.person(head, self.speakers)
        if word == "it":  # "The study says ... It found" goes back to no body that spoke before
            return None if self._last_body() == "document" else self._last(lambda s: s.kind in BODIES)
        if view.L[phrase.first] != "the":
            return None
        if word.endswith("-year-old"):
            return self._last(lambda s: s.kind == "person")
        if kind == "unnamed-person" and phrase.last - phrase.first == 2:
            return self._last(lambda s: s.kind == "person" and word in s.words)
        return None

    def _last(self, fits: Callable[[Speaker], bool]) -> str | None:
        """The entity of the last speaker who fits and has one."""
        return next((s.entity for s in reversed(self.speakers) if s.entity and fits(s)), None)

    def _last_body(self) -> str | None:
        return next((s.kind for s in reversed(self.speakers) if s.kind in BODIES), None)
