"""Who the sources are: kind, role as written, and the entity each resolves to, in the order of the text."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from typing import NamedTuple

from analysis.sourcing.antecedents import Antecedents, Speaker, is_he_or_she
from analysis.sourcing.cues import cue_table
from analysis.sourcing.descriptions import Descriptions, Link
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.source_kinds import (
    is_person_word,
    is_title,
    own_words,
    role_kind,
)
from analysis.sourcing.source_phrase import (
    Phrase,
    head_of,
    is_body_of_role,
    is_titled_name,
    kind_of,
    role_of,
)
from analysis.sourcing.titles import find_namesakes, find_titles, title_before
from analysis.sourcing.view import AUXILIARY, CONJUNCTION, PREPOSITION, RELATIVE, View, words
from analysis.text.document import Document, Mention
from analysis.text.vocabulary import BODIES, UNNAMED_KINDS, VALUES

_REMEMBERED = 12  # speakers
_LONGEST = 12  # tokens of a noun phrase before "who"


class Identity(NamedTuple):
    """What is known about a source. `role` is a token range."""

    kind: str
    entity: str | None
    role: Range | None
    link: str = ""  # how it was traced to the entity: one of vocabulary.LINKS

    @property
    def nameless(self) -> bool:
        """Is it someone without a name: a person or several, or "officials" of a government that nobody named?"""
        return self.kind in UNNAMED_KINDS or (self.kind == "government" and self.entity is None)


class Identifier:
    """Judges sources one after the other; remembers who spoke, for pronouns and "the spokesman"."""

    def __init__(self, view: View, document: Document) -> None:
        self.view = view
        self.titles = find_titles(view, document)
        self.namesakes = find_namesakes(view, document)
        self.antecedents = Antecedents(view, document)
        self.descriptions = Descriptions(view, document, self.titles, self.antecedents)
        self.speakers: deque[Speaker] = deque(maxlen=_REMEMBERED)
        self.outlets: set[str] = set()  # entities that the text called a news outlet: "one news site, Torva.com"

    def judge(self, draft: Draft) -> Identity:
        """Kind, entity and role of a draft's source."""
        if not draft.source:
            return Identity("none", None, None)
        phrase = self._phrase(draft.source[0])
        if draft.nested and is_he_or_she(phrase.word):
            return Identity("person", None, None)  # of whom one speaks in a quotation is open
        who = self._identity(phrase)
        if who.entity and who.kind != "document":
            self.descriptions.note_statement(draft, who.entity)
        if who.entity or phrase.word not in own_words()["bare"]:
            words = self.view.L[phrase.first : phrase.last]
            self.speakers.append(Speaker(who.kind, words, who.entity, phrase.head, phrase.first))
        return who

    def _identity(self, phrase: Phrase) -> Identity:
        if phrase.word == "it":
            return self._it(phrase)
        kind = kind_of(phrase)
        name = phrase.mention if kind not in UNNAMED_KINDS else None
        link = self._named(name) if name else self._link(phrase, kind)
        kind = self._outlet(kind, link)
        if is_he_or_she(phrase.word):
            open_to = "unnamed-person" if self.antecedents.unnamed(phrase.head, self.speakers) else kind
            return Identity(kind if link.entity else open_to, link.entity, self._title(link), link.reason)
        role = role_of(phrase, kind)
        if link.entity and kind == "unnamed-person":
            kind, role = "person", None if phrase.word.endswith("-year-old") else role
        return Identity(kind, link.entity, role or self._title(link), link.reason)

    def _named(self, name: Mention) -> Link:
        """Whom a name refers to; of two with one title and surname, neither: "Supt Peters"."""
        first = self._token(name.start)
        if name.label != "PERSON" or self.view.ends[first] < name.end:
            return Link(name.entity, "named")
        title = title_before(self.view, first)
        people = self.namesakes.get((title, self.view.L[first]), set()) if title else set()
        if len(people) > 1:
            return Link(None, "open")
        return Link(next(iter(people), name.entity), "named")

    def _outlet(self, kind: str, link: Link) -> str:
        """Once a news outlet, always one: "the daily Torva" and, later, "Torva"."""
        if link.entity is None or link.reason != "named":
            return kind
        if kind == "outlet":
            self.outlets.add(link.entity)
        return "outlet" if kind == "organisation" and link.entity in self.outlets else kind

    def _title(self, link: Link) -> Range | None:
        """The first title that the text gives the person, wherever it does."""
        titles = self.titles.get(link.entity, ()) if link.entity and link.reason != "issuer" else ()
        return titles[0] if titles else None

    def _phrase(self, source: Range) -> Phrase:
        view = self.view
        if view.K[source[0]] == RELATIVE and not view.W[source[0]].isupper():  # "who"; "whose clerk, Ann Reed"
            alone = source[1] - source[0] == 1
            source = self._before_relative(source) if alone else (source[0] + 1, source[1])
        head = self._name_before_office(source)
        if head is None:
            head = self._name_behind_title(source, self._end_of_joint_name(head_of(view, source)))
        phrase = Phrase(view, *source, head, self.antecedents.mention_at(head))
        phrase.body = self.antecedents.mention_at(head - 1) if head > source[0] else None
        if phrase.mention is None or phrase.mention.label in VALUES:
            phrase.mention = self._apposed(phrase)
        elif phrase.mention.label == "NORP":  # "a Republican, Ann Reed"
            phrase.mention = self._apposed(phrase) or phrase.mention
        return phrase

    def _name_before_office(self, source: Range) -> int | None:
        """The last word of a name that an office follows without a comma: "Nigel | Edwards the chief executive"."""
        mention = self.antecedents.mention_at(source[0])
        last = self._token(mention.end) if mention is not None and mention.label == "PERSON" else source[1]
        return last - 1 if last < source[1] and self.view.L[last] in words()["article"] else None

    def _end_of_joint_name(self, head: int) -> int:
        """The last word of a body's name that "and" joins ("Devon and Cornwall | Police"), else `head`."""
        mention = self.antecedents.mention_at(head) if self.view.L[head + 1] == "and" else None
        if mention is None or mention.label != "ORG" or mention.end <= self.view.ends[head + 1]:
            return head
        return self._token(mention.end) - 1

    def _before_relative(self, source: Range) -> Range:
        """The noun phrase before "who", as far as it can be told: the words back to the last comma."""
        view = self.view
        b = source[0]
        while b > 0 and view.W[b - 1] == ",":
            b -= 1
        a = b
        document = view.document
        low = document.sentences[document.sentence_index(view.starts[source[0]])].first_token
        while a > max(low, b - _LONGEST) and self._in_noun_phrase(a - 1):
            a -= 1
        if b > a and view.L[source[0]] == "who" and not self._is_person(b - 1):
            a = self._before_place(self._before_apposition(a, b), low)
        return (a, b) if b > a else source

    def _before_apposition(self, a: int, b: int) -> int:
        """The name that the words before "who" say more of: "Mark Hay, a marine ecologist at Torva, who"."""
        view = self.view
        comma = next((k for k in range(a - 1, max(0, a - _LONGEST), -1) if view.W[k] in (",", ".", ";")), 0)
        opens = view.W[comma] == "," and view.L[comma + 1] in words()["article"]
        roles = any(is_person_word(view.L[k]) for k in range(comma + 1, b))
        if not (opens and roles and self._is_person(comma - 1)):
            return a
        mention = self.antecedents.mention_at(comma - 1)
        return self._token(mention.start) if mention else a

    def _before_place(self, a: int, low: int) -> int:
        """The person before where he or she is of: "Ann Reed of South Dakota, who", "a resident of Leeds who"."""
        view, k = self.view, a - 2
        person = k >= low and (self._is_person(k) or is_person_word(view.L[k]) or role_kind(view.L[k]) is not None)
        if not person or view.K[a - 1] != PREPOSITION:
            return a
        while k > low and self._in_noun_phrase(k - 1):
            k -= 1
        return k

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
        """The last word of the name where a title with a field, or a body and a role, come before a name."""
        view, (_, b) = self.view, source
        last = next((k for k in range(head, b) if not (view.W[k][0].isalnum() or self._in_short_bracket(k))), b)
        if is_body_of_role(view, head, last):
            return last - 1
        last = self._name_end(head, last)
        mention, own = self.antecedents.mention_at(last - 1), self.antecedents.mention_at(head)
        if mention is None or mention.label != "PERSON" or (own is not None and own.label == "PERSON"):
            return head
        name = self._token(mention.start)
        if view.K[name - 1] == PREPOSITION and last - name > 2:  # "District of Lorvia Joan Levin", taken for one name
            name += 1
        return last - 1 if is_titled_name(view, source, head, name) else head

    def _name_end(self, head: int, last: int) -> int:
        """Where a name in the words head:last ends that has more after it: "Member (MP) Ann Reed | of Leeds"."""
        mention = self.antecedents.mention_at(last - 1)
        if mention is not None and mention.label == "PERSON":
            return last
        people = (k for k in range(head + 1, last - 1) if self.view.K[k + 1] == PREPOSITION and self._is_person(k))
        return next(people, last - 1) + 1

    def _is_person(self, k: int) -> bool:
        mention = self.antecedents.mention_at(k)
        return mention is not None and mention.label == "PERSON"

    def _in_short_bracket(self, k: int) -> bool:
        """Is k a part of one word in brackets: "Member of Parliament (MP) Ann Reed"?"""
        return "(" in self.view.W[max(0, k - 2) : k + 1] and ")" in self.view.W[k : k + 3]

    def _token(self, offset: int) -> int:
        return bisect_left(self.view.starts, offset)

    def _apposed(self, phrase: Phrase) -> Mention | None:
        """The name that an apposition gives to a role: "the mayor, Tom Okafor", "the mayor of Tolby, Tom Okafor", "the
        regulator, Ofwat"; not "a lawyer for the victim, Ann Reed", which may be either."""
        view, head, last = self.view, phrase.head, phrase.last
        comma = next((k for k in range(head + 1, last) if view.W[k] == ","), last)
        at = self._behind_titles(self._behind_role(comma + 1, last), last)
        mention = self.antecedents.mention_at(at) if at < last and phrase.takes_apposition else None
        if mention is None or mention.start != view.starts[at] or self.antecedents.owns(mention):
            return None
        if comma == head + 1:
            return mention if mention.label in ("PERSON", "ORG") else None
        end = self._token(mention.end)
        role = is_person_word(phrase.word) and not is_person_word(view.L[comma - 1])
        return mention if role and mention.label == "PERSON" and (end == last or view.W[end] == ",") else None

    def _behind_role(self, first: int, last: int) -> int:
        """The name after a role in an apposition: "another author, chemistry professor | Ann Reed"; else `first`."""
        view = self.view
        k = first
        while k < last and view.W[k][0].isalpha() and view.W[k][0].islower() and view.K[k] in ("", CONJUNCTION):
            k += 1
        return k if first < k < last and is_person_word(view.L[k - 1]) and self._is_person(k) else first

    def _behind_titles(self, k: int, last: int) -> int:
        """The first token after what comes before a name: "Labour's Ann Reed", "Mrs Holloway", "Cllr Ann Reed"."""
        if self.view.L[k + 1] == "'s" and k + 2 < last:
            k += 2
        while k + 1 < last and is_title(self.view.L[k]):
            k += 1
        return self._behind_office(k, last)

    def _behind_office(self, k: int, last: int) -> int:
        """The name after an office with capitals: "Labour Councillor | Edith Bald"; else k."""
        view, j = self.view, k
        while j < last and view.W[j][0].isupper() and not self._is_person(j):
            j += 1
        return j if k < j < last and is_person_word(view.L[j - 1]) and self._is_person(j) else k

    def _link(self, phrase: Phrase, kind: str) -> Link:
        """He, she: the last person who spoke or was named; else the one whom the description fits."""
        head = phrase.head
        if is_he_or_she(phrase.word):
            unnamed = self.antecedents.unnamed(head, self.speakers) or self._is_open(head)
            entity = None if unnamed else self.antecedents.person(head, self.speakers)
            return Link(entity, "pronoun" if entity else "")
        return self.descriptions.link(phrase, kind, self.speakers)

    def _it(self, phrase: Phrase) -> Identity:
        """The body that was the subject of the sentence before, else the last body to speak, where it has a name.

        "The study says ... It found" goes back to the study, and to no body that spoke before.
        """
        subject = self.descriptions.subject_body(phrase.head)
        if subject is not None:
            return Identity(self.descriptions.kind_of_body(subject), subject.entity, None, "pronoun")
        last = next((s for s in reversed(self.speakers) if s.kind in BODIES), None)
        if last is not None and last.kind == "document":
            return Identity("document", last.entity, None, "issuer" if last.entity else "")
        entity = next((s.entity for s in reversed(self.speakers) if s.entity and s.kind in BODIES), None)
        return Identity(last.kind if last else "organisation", entity, None, "pronoun" if entity else "")

    def _is_open(self, k: int) -> bool:
        """Is the pronoun at token k one of two people of the same title and name, who has just spoken?"""
        last = self.speakers[-1] if self.speakers else None
        if last is None or last.kind != "person" or last.entity is not None:
            return False
        starts, sentence = self.view.starts, self.view.document.sentence_index
        near = sentence(starts[k]) - sentence(starts[last.start]) <= 1
        return near and next(self.antecedents.named(self.view.ends[last.head], starts[k]), None) is None
