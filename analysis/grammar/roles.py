"""The part a name plays in its clause, where rules over the tokens around it can tell: who acts, who is acted upon.

"Norland closed the border" and "Norland was closed to visitors" both name Norland, but in the first it acts.  There is
no parser here: a name is given a role only where its neighbours leave hardly any doubt, and "other" stands for all
the rest, which is most names.  So count roles against each other, never against all mentions.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from analysis.rules import WORDS, classes
from analysis.text.document import Document, Mention

AGENT, PATIENT, BY, OTHER = "agent", "passive-subject", "passive-agent", "other"
ROLES = (AGENT, PATIENT, BY, OTHER)

# Labels of what can act; dates, amounts, works and languages are always "other".
ACTORS = frozenset(("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "LAW"))
MOST_ADVERBS, MOST_BEFORE, MOST_NAMES = 3, 8, 20
CLOSED = (
    "preposition",
    "conjunction",
    "relative",
    "modal",
    "have",
    "be",
    "do",
    "determiner",
    "pronoun",
    "object",
    "month",
    "weekday",
)
BOUNDARY = frozenset(("—", "–", ";", ":", "“", "‘", '"', "«", "„"))


class Words(NamedTuple):
    """The word lists of grammar.toml, ready to be looked up."""

    past: frozenset[str]  # irregular forms that are past tense only: took
    either: frozenset[str]  # past tense or participle: held
    participle: frozenset[str]  # taken, held
    lists: Mapping[str, frozenset[str]]


@cache
def words() -> Words:
    """Read the word lists once."""
    with (WORDS / "grammar.toml").open("rb") as file:
        data = tomllib.load(file)
    pasts, participles = ({forms.split()[k] for forms in data["irregular"].values()} for k in (0, 1))
    same = {base for base, forms in data["irregular"].items() if base in forms.split()}
    lists = {name: frozenset(text.split()) for name, text in data["words"].items()}
    return Words(
        frozenset(pasts - participles - same), frozenset(pasts & participles - same), frozenset(participles), lists
    )


def mention_roles(document: Document) -> tuple[str, ...]:
    """The role of each mention of the document, in the same order: one of ROLES.

    - "agent": subject of an active verb of doing or saying ("Reed signed", "said Reed"); not of be, seem, become;
    - "passive-subject": subject of a passive ("Reed was elected");
    - "passive-agent": after "by" and a participle ("signed by Reed");
    - "other": anything else, and whatever the rules cannot tell.

    Terms: Quirk et al. 1985, A Comprehensive Grammar of the English Language, 3.63-3.78 (voice).

    >>> from analysis import annotate
    >>> document = annotate("Norland signed the treaty. Ann Reed was elected by Norland. The leader of Norland left.")
    >>> mention_roles(document)
    ('agent', 'passive-subject', 'passive-agent', 'other')
    """
    view = _View(document)
    roles = [view.own_role(k) for k in range(len(view.spans))]
    k = 0
    while k < len(roles):
        last = view.chain_end(k)
        if last > k and view.opens_clause(k):  # "Reed, Cole and Norland signed"
            roles[k : last + 1] = [view.predicate(view.spans[last][1])] * (last + 1 - k)
        elif last > k and roles[k] == BY:  # "signed by Reed and Cole"
            roles[k : last + 1] = [BY] * (last + 1 - k)
        k = last + 1
    return tuple(roles)


class _View:
    """A document's tokens with the mentions in them by token, and the questions asked of them."""

    def __init__(self, document: Document) -> None:
        self.words, self.lowers = document.tokens.words, document.tokens.lowers
        self.mentions = document.mentions
        self.spans = [_token_span(document, m) for m in document.mentions]
        self.mention_at = {at: k for k, (first, last) in enumerate(self.spans) for at in range(first, last)}
        self.firsts = [s.first_token for s in document.sentences]
        self.w = words()

    def start(self, at: int) -> int:
        """The first token of the sentence that token `at` stands in."""
        return self.firsts[max(0, bisect_right(self.firsts, at) - 1)] if self.firsts else 0

    def low(self, at: int) -> str:
        return self.lowers[at] if 0 <= at < len(self.lowers) else ""

    def can_act(self, k: int) -> bool:
        return self.mentions[k].label in ACTORS

    def own_role(self, k: int) -> str:
        """The role of a mention by its own neighbours, not by those of a name joined to it."""
        first, last = self.spans[k]
        if not self.can_act(k) or first >= last:
            return OTHER
        if self._after_saying(first, last):
            return AGENT
        if self._after_by(first):
            return BY if self.low(last) not in ("'s", "'") and not self._noun_follows(last) else OTHER
        role = self.predicate(last)
        return role if role != OTHER and self.opens_clause(k) else OTHER

    def chain_end(self, k: int) -> int:
        """The last of the names that are joined with this one by commas and a last "and"; itself where none are."""
        end, closed = k, False
        while (
            not closed
            and end - k < MOST_NAMES
            and end + 1 < len(self.spans)
            and self.can_act(end)
            and self.can_act(end + 1)
        ):
            between = self.lowers[self.spans[end][1] : self.spans[end + 1][0]]
            if list(between) not in ([","], ["and"], [",", "and"]):
                break
            end, closed = end + 1, "and" in between
        return end if closed else k

    # -- what stands before

    def opens_clause(self, k: int) -> bool:
        """Does the name, with its titles, stand where a clause begins, so that it can only be the subject?"""
        at, start = self.spans[k][0] - 1, self.start(self.spans[k][0])
        for _ in range(MOST_BEFORE):
            if at < start or not self._before_head(at):
                break
            at -= 1
        if at < start:
            return True
        word, before = self.low(at), self.low(at - 1) if at > start else ""
        if word in BOUNDARY:
            return True
        if word == ",":  # "Oslo, Norland" and lists of names are not told apart from subjects
            k = self.mention_at.get(at - 1)
            return at > start and (k is None or not self.can_act(k))  # "In May, Norland signed"
        if word == "and":  # "…, and Reed left", but not "between officials and Reed"
            return before == "," and (at - 2) not in self.mention_at
        lists = self.w.lists
        if word in lists["opens_after_verb"]:
            return at == start or any(self._finite(b) for b in range(max(start, at - 30), at))
        if word not in lists["opens"]:
            return False
        return before not in lists.get(f"not_before_{word}", ())

    def _before_head(self, at: int) -> bool:
        """Can this token stand between the opening of a clause and the name? Titles, roles, names as modifiers."""
        lists, word = self.w.lists, self.low(at)
        if at in self.mention_at:  # "Kremlin spokesman Reed": only if no comma or "and" comes between
            return True
        return (
            word in lists["premodifier"]
            or word in lists["person_noun"]
            or word in ("mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.")
        )

    def _finite(self, at: int) -> bool:
        word = self.low(at)
        lists = self.w.lists
        return (
            word in self.w.past
            or word in self.w.either
            or word in lists["third"]
            or self._ed(word)
            or word in classes()["be"]
            or word in classes()["have"]
            or word in classes()["modal"]
        )

    def _after_saying(self, first: int, last: int) -> bool:
        """“…,” said Reed: the verb before its subject, right behind a quotation or a comma."""
        at = first - 1
        for _ in range(MOST_BEFORE):
            if not self._before_head(at):
                break
            at -= 1
        if self.low(at) not in self.w.lists["saying"] or self.low(last) == "'s":
            return False
        if self.low(at - 1) == ",":  # "it rained, said Reed.": nothing else may follow
            return self.low(at) not in ("asked", "warned") and self.low(last) in (".", ",", ";", "")
        return self.low(at - 1) in ("”", '"', "’", "'", "»") and not self._noun_follows(last)

    def _after_by(self, first: int) -> bool:
        at = first - 1
        for _ in range(MOST_BEFORE):
            if not self._before_head(at):
                break
            at -= 1
        word = self.low(at - 1)
        return (
            self.low(at) == "by"
            and at - 1 >= self.start(first)
            and (self._ed(word) or word in self.w.participle)
            and word not in self.w.lists["not_passive_by"]
        )

    def _noun_follows(self, last: int) -> bool:
        """Does the name only modify what follows: "by Norland troops"? A word that is none of the closed classes."""
        word = self.low(last)
        if word == "-" or last in self.mention_at:
            return True
        return word[:1].isalnum() and not self._adverb(word) and not any(word in classes()[c] for c in CLOSED)

    # -- what stands behind

    def predicate(self, at: int) -> str:
        """The role that the verb which begins at token `at` gives to its subject; OTHER where it is no such verb."""
        at = self._skip(at)
        word, known = self.low(at), classes()
        if at in self.mention_at or not self.words[at : at + 1] or not self.words[at].islower():
            return OTHER
        if word in known["modal"]:
            return self._after_modal(self._skip(at + 1))
        if word in known["do"] and word not in ("doing", "done"):
            after = self._skip(at + 1)
            return AGENT if self._base(after) else OTHER
        if word in known["have"] and word not in ("having", "'ve"):
            return self._after_have(self._skip(at + 1))
        if word in known["be"] and word not in ("being", "been", "be", "'s"):
            return self._after_be(self._skip(at + 1))
        return AGENT if self._lexical(at) else OTHER

    def _skip(self, at: int) -> int:
        for _ in range(MOST_ADVERBS):
            if not self._adverb(self.low(at)):
                break
            at += 1
        return at

    def _adverb(self, word: str) -> bool:
        lists = self.w.lists
        return word in lists["adverb"] or (word.endswith("ly") and len(word) > 4 and word not in lists["no_adverb"])

    def _after_modal(self, at: int) -> str:
        word = self.low(at)
        if word == "be":
            return self._after_be(self._skip(at + 1))
        if word == "have":
            return self._after_have(self._skip(at + 1))
        return AGENT if self._base(at) else OTHER

    def _after_have(self, at: int) -> str:
        word = self.low(at)
        if word == "been":
            return self._after_be(self._skip(at + 1))
        if word == "to":  # has to leave; has to be told
            return self._after_modal(at + 1)
        if at in self.mention_at or word in self.w.lists["linking"] or word in self.w.lists["no_past"]:
            return OTHER
        return AGENT if self._ed(word) or word in self.w.participle else OTHER

    def _after_be(self, at: int) -> str:
        word, lists = self.low(at), self.w.lists
        if at in self.mention_at:
            return OTHER
        if word == "being":
            at = self._skip(at + 1)
            return PATIENT if self._passive(self.low(at)) else OTHER
        if word.endswith("ing") and len(word) > 4 and word not in lists["no_ing"]:
            following = self.low(at + 1)  # "is building sites": a noun may follow; a gerund is rare after a name
            return OTHER if following == "of" else AGENT
        return PATIENT if self._passive(word) else OTHER

    def _passive(self, word: str) -> bool:
        verb = self._ed(word) or word in self.w.participle
        return verb and word not in self.w.lists["state"] and not word.startswith("un")

    def _base(self, at: int) -> bool:
        """A base form after a modal or do: any word that is not of a closed class."""
        word = self.low(at)
        if not word.isalpha() or not self.words[at].islower() or at in self.mention_at:
            return False
        return word not in self.w.lists["linking"] and not any(word in classes()[c] for c in CLOSED)

    def _ed(self, word: str) -> bool:
        lists = self.w.lists
        regular = word.endswith("ed") and len(word) > 4 and not word.endswith("eed") and word.isalpha()
        return (regular or word in lists["short_past"]) and word not in lists["no_past"]

    def _lexical(self, at: int) -> bool:
        """Is the token a verb in the past or the third person that the name before it is the subject of?"""
        word, after, lists = self.low(at), self.low(at + 1), self.w.lists
        if word in lists["linking"] or word in lists["no_past"]:
            return False
        if word in self.w.past:
            return True
        if word in self.w.either or self._ed(word):
            if word in lists["reduced"] and (after in classes()["preposition"] or after in ("guilty", "dead")):
                return False
            return after != "by"
        return word in lists["third"] or (word in lists["third_or_noun"] and after in lists["after_verb"])


def _token_span(document: Document, mention: Mention) -> tuple[int, int]:
    first = document.token_index(mention.start)
    return first, document.token_index(max(mention.start, mention.end - 1)) + 1
