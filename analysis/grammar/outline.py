"""The outline of a sentence: one sign for each chunk, so that looking ahead is matching a short pattern.

====== ========================= ====== ==============================
sign   chunk                     sign   chunk
====== ========================= ====== ==============================
``n``  noun phrase               ``v``  finite verb group
``F``  noun phrase of time       ``b``  base form, finite or not
``R``  who, which, what          ``E``  past form, perhaps participle
``D``  that, as a pronoun        ``K``  participle, perhaps past form
``P``  preposition               ``e``  participle
``r``  adverb                    ``g``  -ing form
``j``  adjective                 ``T``  to-infinitive
``q``  subordinator              ``Q``  quotation
``W``  when, where, how          ``S``  brackets
``c``  conjunction               other  itself: ``, ; : - .``
====== ========================= ====== ==============================
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.grammar.chunks import Chunk
from analysis.grammar.verbs import base_form

NEAR = 40  # chunks that a look ahead may pass
VERBS = frozenset("vbEKegT")
FINITE = frozenset("vbEK")

_VERB_AHEAD = re.compile(
    rf"(?:[nFPrjSegT.-]|c[EK](?=P)|,(?![ng])|,gn(?:Pn){{0,3}},(?=[vbEK])){{0,{NEAR}}}([vbEK])(.?)", re.S
)
_CLAUSE_AHEAD = re.compile(rf"(?:[nFPrjSegT.-]|(?<=[nF])K(?=P)){{0,{NEAR}}}([vbEK])", re.S)
_PARTS = re.compile(rf"(?:[rFS]|P[nF]|,P?n(?:P[nF])*,){{0,{NEAR}}}")
_ASIDE = re.compile("v?,r{0,4}[vE]")


class Outline:
    """The chunks of one sentence, numbered from 0, and what may be asked of their order."""

    __slots__ = ("_left", "chunks", "lowers", "roles", "signs")

    def __init__(self, chunks: Sequence[Chunk], signs: str, roles: str, lowers: Sequence[str]) -> None:
        self.chunks, self.signs, self.roles, self.lowers = chunks, signs, roles, lowers
        self._left: list[int] | None = None

    def first(self, i: int) -> int:
        """The token with which a chunk begins."""
        return self.chunks[i].first

    def head(self, i: int) -> str:
        """The head of a chunk, in lower case."""
        return self.lowers[self.chunks[i].head]

    def verb_word(self, i: int) -> str:
        """The base form of the head of a verb group."""
        return base_form(self.head(i))

    def roles_of(self, i: int) -> str:
        """The roles of the words of a chunk."""
        chunk = self.chunks[i]
        return self.roles[chunk.first : chunk.last]

    def head_role(self, i: int) -> str:
        """The role of the head of a chunk."""
        return self.roles[self.chunks[i].head]

    def at(self, i: int) -> str:
        """The sign of a chunk; "" outside the sentence."""
        return self.signs[i] if 0 <= i < len(self.signs) else ""

    def next_to(self, i: int) -> int:
        """The next chunk that is not an adverb."""
        i += 1
        while self.at(i) == "r":
            i += 1
        return i

    def before(self, i: int) -> int:
        """The chunk in front that is not an adverb; -1 for none."""
        i -= 1
        while i >= 0 and self.signs[i] == "r":
            i -= 1
        return i

    def mark_before(self, i: int) -> int:
        """The comma, dash or conjunction in front of a chunk, adverbs aside; -1 for none."""
        k = i - 1
        while k >= 0 and self.signs[k] == "r":
            k -= 1
        return k if k >= 0 and self.signs[k] in ",-c" else -1

    def is_start(self, i: int) -> bool:
        """Does a chunk begin the sentence, apart from "so" or "and"?"""
        return i < 4 and not self.signs[:i].strip("rc,")

    def is_break(self, i: int) -> bool:
        """Is it a comma, a dash, a colon or a conjunction?"""
        return i >= 0 and self.signs[i] in ",-c:;"

    def by_follows(self, i: int) -> bool:
        """Does "by" come after a verb, at most a time between: "announced by the firm", "announced on Friday by it"?"""
        at = i + 1
        while self.at(at) == "F" or self.signs[at : at + 2] == "PF":
            at += 1 + (self.signs[at] == "P")
        return self.at(at) == "P" and self.head(at) == "by"

    def ends_with_comma(self, i: int) -> bool:
        """Is it a quotation whose comma is inside the marks: “the Golden Week,”?"""
        return self.at(i) == "Q" and self.lowers[self.chunks[i].last - 2] == ","

    def boundary(self, i: int) -> int:
        """The token where what comes before a chunk ends: in front of the comma or conjunction before it."""
        end = k = i
        while k > 0:
            k -= 1
            if self.is_break(k):
                end = k
            elif self.signs[k] != "r":
                break
        return self.first(end)

    def end(self, *, brackets: bool = True) -> int:
        """The token after the last one that is not punctuation, or, without `brackets`, in front of brackets there."""
        i, passed = len(self.signs), ".;:,-)(\"'" if brackets else ".;:,-)(\"'S"
        while i > 1 and self.signs[i - 1] in passed:
            i -= 1
        return self.chunks[i - 1].last

    def verbs_after(self, i: int) -> int:
        """How many finite verbs come after a chunk that no opener there asks for."""
        if self._left is None:
            left, n = [0], 0
            for c in reversed(self.signs):
                if c in FINITE:
                    n += 1
                elif n and c in "qRW":
                    n -= 1
                left.append(n)
            left.reverse()
            self._left = left
        return self._left[i + 1]

    def adjacent(self, i: int) -> bool:
        """Does a noun phrase come directly after another: "the plan officials wrote"?"""
        return i > 0 and self.signs[i - 1] in "nF"

    def follows_governed(self, i: int) -> bool:
        """Does it come directly after one that a preposition governs: "from the talks I have had"?"""
        return (
            i > 1
            and self.signs[i - 2 : i] == "Pn"
            and self.roles_of(i - 1)[0] == "t"
            and self.head_role(i - 1) in "nNX"
        )

    def is_subject(self, i: int, verb: int) -> bool:
        """Are there only parts of its phrase between a noun phrase and a verb: "Reed, a lawyer in Oslo, said"?"""
        return _PARTS.fullmatch(self.signs, i + 1, verb) is not None

    def is_aside(self, i: int) -> bool:
        """Is a verb followed by a comma and another verb: "the vote, we might recall, was close"?"""
        return _ASIDE.match(self.signs, i) is not None and self.at(i + 1) == ","

    def verb_follows(self, i: int) -> bool:
        """Does a verb follow the form `i` that may serve the subject before it: "officials briefed on it said"?"""
        rather = self.signs[i]
        if rather == "E" and self.at(i + 1) not in "PrFegT":
            return False
        found = _VERB_AHEAD.match(self.signs, i + 1)
        if found is None or any(
            self.signs[k] == "c" and self.head(k + 2) != "by" for k in range(i + 1, found.start(1))
        ):  # only "shared by officials and checked by the paper" goes on past a conjunction
            return False
        if found[1] in "vb":
            return True
        return rather == "K" or found[2] in tuple("n,;:-cqW.") or found[2] in "RD"

    def clause_verb(self, i: int) -> int | None:
        """The finite verb after the noun phrase that the preposition `i` governs; None where that ends before."""
        if self.at(i + 1) not in tuple("nF") or self.head_role(i + 1) == "O":
            return None
        found = _CLAUSE_AHEAD.match(self.signs, i + 2)
        return found.start(1) if found else None
