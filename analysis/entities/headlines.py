"""Names in headlines, where every word has a capital: those that the text or the tables know, and clear cases.

What the body of the text shows about its names (Knowledge) decides first (document-centred, after Mikheev 1999).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from analysis.entities import tables
from analysis.entities.evidence import UNEXPLAINED, decide
from analysis.entities.records import Hint, Knowledge, Name
from analysis.entities.splitting import compound, heads
from analysis.entities.tables import LISTS
from analysis.entities.word_evidence import lexical
from analysis.grammar import is_plain_word
from analysis.text.document import Tokens

_RARE = 10**9  # the rank of a word that is not a common one
_PART: Hint = ("PERSON", "NAME.PERSON.PART")
ByFirst = dict[str, list[tuple[tuple[str, ...], Hint]]]  # names as their words, folded, by the first


class _Match(NamedTuple):
    """So many tokens are a name of this kind."""

    length: int
    label: str
    rule_id: str


def headline(
    tokens: Tokens, first: int, last: int, capitals: Sequence[int], by_first: ByFirst, knowledge: Knowledge
) -> list[Name]:
    """Names in a line where every word has a capital: those the text (`names_of_text`) or the tables know, and clear
    people."""
    line = _Headline(tokens, last, knowledge, shouted=all(tokens.words[k].isupper() for k in capitals))
    out: list[Name] = []
    k = first
    while k < last:
        match = line.match(k, by_first)
        if match:
            end = k + match.length
            out.append(Name(k, end, tokens.starts[k], tokens.ends[end - 1], match.label, match.rule_id))
        k += match.length if match else 1
    return out


def names_of_text(knowledge: Knowledge) -> ByFirst:
    """The names that the body of the text has, and the last names of its people, folded, by their first word."""
    surnames = {text.split()[-1] for text, (label, _) in knowledge.labels.items() if label == "PERSON"}
    named = {word: _PART for word in surnames if word.lower() not in tables.common()} | knowledge.labels
    out: ByFirst = {}
    for text, kind in named.items():
        if kind[1] not in UNEXPLAINED or text.lower() not in tables.common():
            parts = tuple(tables.fold(text).split())
            out.setdefault(parts[0], []).append((parts, kind))
    return out


class _Headline:
    """The words of a headline up to `last`; `shouted` is True where all of them are in capitals."""

    def __init__(self, tokens: Tokens, last: int, knowledge: Knowledge, *, shouted: bool) -> None:
        self.words, self.lowers, self.last, self.shouted = tokens.words, tokens.lowers, last, shouted
        self.knowledge = knowledge

    def match(self, k: int, by_first: ByFirst) -> _Match | None:
        """The name that begins at k."""
        best = self._of_text(k, by_first)
        if not self.words[k][0].isupper():
            return best
        if (best is None or best.length == 1) and not self.shouted:
            best = self._headed(k) or best
        if best is None and self.lowers[k] not in LISTS["never_in_name"]:
            best = self._of_tables(k) or self._person(k) or self._acronym(k)
            if best is None and not self.shouted:
                best = self._strange(k)
        return best

    # ---------------------------------------------------------------- words

    def has_capital(self, k: int) -> bool:
        return k < self.last and self.words[k][0].isupper()

    def is_plain(self, k: int) -> bool:
        return self.lowers[k] in tables.common()

    def rank(self, k: int) -> int:
        return tables.common().get(self.lowers[k], _RARE)

    def as_written(self, k: int) -> str:
        """The word at k, without its capitals if all are in capitals; empty after the end."""
        if k >= self.last:
            return ""
        return self.words[k].capitalize() if self.shouted else self.words[k]

    def is_plain_head(self, k: int) -> bool:
        """A word for a kind of thing that is a common word: University."""
        return self.lowers[k] in heads() and self.is_plain(k)

    # ---------------------------------------------------------------- names

    def _of_text(self, k: int, by_first: ByFirst) -> _Match | None:
        """The longest name of the text at k."""
        best = None
        for parts, kind in by_first.get(tables.fold(self.words[k]), ()):
            n = len(parts)
            if (
                k + n <= self.last
                and (best is None or n > best.length)
                and all(tables.fold(self.words[k + i]) == part for i, part in enumerate(parts))
            ):
                best = _Match(n, kind[0], kind[1] if kind == _PART else "NAME.KNOWN.TEXT")
        return best

    def _headed(self, k: int) -> _Match | None:
        """Zorvik University, University of Zorvik: a word for a kind of thing with one that is not a plain word."""
        lowers = self.lowers
        if lowers[k] in heads() and k + 2 < self.last and lowers[k + 1] == "of" and self._may_name(k + 2):
            more = self._may_name(k + 3) and lowers[k + 3] not in heads()
            return _Match(3 + more, *heads()[lowers[k]])
        if not self._may_name(k) or compound(self.words[k]) != (self.words[k], ""):
            return None
        for j in range(k + 1, k + 4):
            if not self.has_capital(j) or lowers[j] in LISTS["never_in_name"] or lowers[j] in LISTS["small_word"]:
                return None
            if self.is_plain_head(j):
                j += self._is_state_university(j)
                label, rule_id = heads()[lowers[j]]
                return None if rule_id.startswith(("NAME.WORK", "NAME.LAW")) else _Match(j + 1 - k, label, rule_id)
        return None

    def _is_state_university(self, j: int) -> bool:
        return self.lowers[j] == "state" and j + 1 < self.last and self.lowers[j + 1] == "university"

    def _may_name(self, k: int) -> bool:
        """Is the word at k no plain word, or a known name?"""
        if not self.has_capital(k) or self.lowers[k] in LISTS["never_in_name"]:
            return False
        return not self.is_plain(k) or self.words[k] in tables.known()[0]

    def _of_tables(self, k: int) -> _Match | None:
        """The known name at k, but a common word or a given name alone is not enough."""
        single, longer = tables.known()
        word, form = self.words[k], self.as_written(k)
        for known in longer.get(form, ()):
            n = len(known.words)
            if k + n <= self.last and all(
                tables.fold(self.words[k + i]) == tables.fold(w) for i, w in enumerate(known.words)
            ):
                return _Match(n, known.label, known.rule_id)
        kind = single.get(word) or single.get(form)
        if kind is None or self.rank(k) <= 2500 or (form in tables.given_names() and self.has_capital(k + 1)):
            return None
        return _Match(1, *kind)

    def _person(self, k: int) -> _Match | None:
        """A given name, and capitalised words after it that are not plain words."""
        follow = self.as_written(k + 1)
        if self.as_written(k) not in tables.given_names() or not follow[:1].isupper():
            return None
        family = follow in tables.surnames()
        if self.is_plain(k) and not (self.rank(k) > 1500 and family and follow not in tables.known()[0]):
            return None
        n = 1
        while n < 4 and self.has_capital(k + n) and self.words[k + n][0].isalpha():
            if self.is_plain(k + n) and not (n == 1 and family and self.rank(k + n) > 1500):
                break
            n += 1
        return _Match(n, "PERSON", "NAME.PERSON.GIVEN") if n > 1 else None

    def _acronym(self, k: int) -> _Match | None:
        word = self.words[k]
        if (
            self.shouted
            or not (word.isupper() and len(word) > 1 and word.isalpha())
            or word in LISTS["not_an_organisation"]
            or self.is_plain(k)
        ):
            return None
        return _Match(1, "ORG", "NAME.ORG.ACRONYM")

    def _strange(self, k: int) -> _Match | None:
        """A run that opens with a word that is not a plain word: with what follows up to a word for a kind of thing."""
        word = self.words[k]
        if self._is_plain_in_text(k) or "'" in word or not word[0].isalpha() or compound(word) != (word, ""):
            return None
        n = 1
        while n < 5 and self._is_strange(k + n):
            n += 1
        for j in range(k + n, k + n + 3):
            if not self.has_capital(j):
                break
            if self.is_plain_head(j):
                n = j + 1 - k
                break
        if n == 1 and (len(word) == 1 or word in LISTS["not_an_organisation"] or word.isupper()):
            return None
        label, _, rule_id = decide(lexical(tuple(self.words[k : k + n]), tuple(self.lowers[k : k + n])))
        return _Match(n, label, rule_id)

    def _is_plain_in_text(self, k: int) -> bool:
        """How to Stop Procrastinating: a plain word by a table, or by what the text has in small letters."""
        return self.is_plain(k) or is_plain_word(self.lowers[k]) or self.knowledge.small(self.lowers[k]) > 0

    def _is_strange(self, k: int) -> bool:
        return (
            self.has_capital(k)
            and not self.is_plain(k)
            and self.lowers[k] not in LISTS["never_in_name"]
            and self.words[k][0].isalpha()
        )
