"""What a number counts, measures or ranks: the head noun, from the grammar; and verbs of change."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.grammar import Grammar
from analysis.grammar.verbs import base_form
from analysis.numbers.expressions import Expression
from analysis.numbers.words import LISTS
from analysis.text.document import Document

_FAR = 12  # the most chunks between a verb and a number
_RELATIVE = frozenset(("that", "which", "who"))


class Counted:
    """Answers for the numbers of one document; a word is a token, None if the text gives none."""

    def __init__(self, document: Document, grammar: Grammar) -> None:
        self.tokens, self.grammar = document.tokens, grammar
        self.lowers, self.tags = document.tokens.lowers, grammar.tags
        self.chunks, self.at = grammar.chunks, grammar.chunk_at

    def low(self, k: int) -> str:
        return self.lowers[k] if 0 <= k < len(self.lowers) else ""

    def noun(self, e: Expression) -> int | None:
        """The head noun of what is counted."""
        if e.kind == "rank":
            return self._ranked(e)
        last = e.bound_at[1] if e.bound_at and e.bound_at[0] >= e.last else e.last
        first = e.bound_at[0] if e.bound_at and e.bound_at[1] <= e.first else e.first
        for look in (self._in_phrase, self._behind):
            found = look(e, last)
            if found is not None:
                told = self._is_noun(found) or self.low(found) in LISTS["counted_adjective"]
                return found if told else None
            if self._is_of_pronoun(last):
                return None
        for before, at in ((self._before, first), (self._measured, e.first), (self._of_verb, first)):
            found = before(e, at)
            if found is not None:
                return found
        return None

    def _is_of_pronoun(self, last: int) -> bool:
        at = self.at[last + 1] if self.low(last) == "of" and last + 1 < len(self.lowers) else -1
        return at >= 0 and self.tags[self.chunks[at].head] == "PRON"

    # -- beside the number

    def _in_phrase(self, e: Expression, last: int) -> int | None:
        """43 people, 500 new homes, a 5 percent rise, 15 dead."""
        if last >= len(self.lowers):
            return None
        at = self.at[last - 1]
        if at >= 0 and self.at[last] == at and self.chunks[at].head >= last:
            return self.chunks[at].head
        if self.low(last) in LISTS["counted_adjective"] and e.kind in ("count", "share"):
            return last
        after = self.at[last]
        if e.kind == "count" and after >= 0 and self.chunks[after].kind == "NP" and self.chunks[after].first == last:
            return self.chunks[after].head if self.tags[self.chunks[after].head] == "NOUN" else None
        return None

    def _behind(self, e: Expression, last: int) -> int | None:
        """62 percent of voters, 3 million euros in damages, $40 for a ticket."""
        word = self.low(last)
        if word == "worth" and self.low(last + 1) == "of":
            last, word = last + 1, "of"
        if word not in ("of", "in", "for") or last + 1 >= len(self.lowers):
            return None
        at = self.at[last + 1]
        if at < 0 or self.chunks[at].kind != "NP":
            return None
        head = self.chunks[at].head
        if word == "of":
            return self._whose(at)
        if e.kind != "amount" or (word == "in" and self.low(head) not in LISTS["money_in"]):
            return None
        return head if word == "in" or self._verb(e.first) in LISTS["pay_verb"] else None

    def _whose(self, at: int) -> int:
        """The head of a phrase, or of what it gives the number of: "the number of homeless"."""
        head = self.chunks[at].head
        behind = self.chunks[at].last
        if self.low(head) in LISTS["number_of"] and self.low(behind) == "of" and self.at[behind + 1] >= 0:
            inner = self.chunks[self.at[behind + 1]]
            if inner.kind == "NP" and self.tags[inner.head] in ("NOUN", "ADJ", "PROPN"):
                return inner.head
        return head

    # -- before the number

    def _before(self, e: Expression, first: int) -> int | None:
        """A fine of 2,000 euros; the fare, 4 euros, applies; the wall, 3 metres high."""
        at = self.at[first]
        if at <= 0:
            return None
        before = self.chunks[at - 1]
        if self.low(first - 1) == "of" and self.chunks[at].first >= first - 1:
            of = self.at[first - 1]
            noun = self.chunks[of - 1] if of > 0 and self.chunks[of].first == first - 1 else None
            return (
                noun.head
                if noun and noun.kind == "NP" and noun.last == first - 1 and self._is_noun(noun.head)
                else None
            )
        if e.kind in ("amount", "share") and before.kind == "MARK" and self.low(before.first) in (",", "(") and at > 1:
            noun = self.chunks[at - 2]
            closed = self.low(e.last) in (",", ")") or self.low(e.last) in LISTS["measured_adjective"]
            if closed and noun.kind == "NP" and noun.last == before.first and self._is_noun(noun.head):
                return noun.head
        return None

    def _is_figure_noun(self, at: int) -> bool:
        """A noun for the number itself: the toll, from 14 to 31."""
        return self.chunks[at].kind == "NP" and self.low(self.chunks[at].head) in LISTS["figure"] | LISTS["number_of"]

    def _is_noun(self, k: int) -> bool:
        return self.tags[k] in ("NOUN", "PROPN")

    def _measured(self, e: Expression, first: int) -> int | None:
        """Put the number of homeless at 1,200: the object, or the subject of a passive."""
        at = self.at[first]
        if at < 2 or self.low(first - 1) not in ("at", "as", "be"):
            return None
        for k in range(at - 1, max(self.grammar.segment_of(at).first_chunk - 1, at - _FAR), -1):
            if self.chunks[k].kind == "VG":
                group = self.grammar.verb_group(k)
                if base_form(self.low(group.main)) not in LISTS["estimate_verb"]:
                    return None
                if group.passive:
                    return self._subject(k)
                return self._whose(k + 1) if k + 1 < at and self.chunks[k + 1].kind == "NP" else None
        return None

    def _of_verb(self, e: Expression, first: int) -> int | None:
        """The toll rose to 31; turnout was 58 percent: the subject of a verb that measures or changes."""
        verb = self._verb_chunk(first)
        if verb is None:
            return None
        lemma = base_form(self.low(self.grammar.verb_group(verb).main))
        if lemma not in LISTS["measure_verb"] and lemma not in LISTS["change_verb"]:
            return None
        if any(
            self.chunks[k].kind == "NP" and self._is_noun(self.chunks[k].head) and not self._is_figure(k)
            for k in range(verb + 1, self.at[first])
        ):
            return None
        return self._subject(verb)

    def _is_figure(self, at: int) -> bool:
        """Is a phrase itself an amount: "from 900 to 640"?"""
        words = range(self.chunks[at].first, self.chunks[at].last)
        return any(self.tags[k] == "NUM" or self.low(k) == "cent" for k in words)

    def _verb_chunk(self, k: int) -> int | None:
        """The verb of the clause that a number is in, if it comes before the number."""
        clause = self.grammar.clause_at[k]
        verb = self.grammar.clauses[clause].verb if clause >= 0 else None
        return verb if verb is not None and self.chunks[verb].first < k and self.at[k] - verb <= _FAR else None

    def _verb(self, k: int) -> str:
        verb = self._verb_chunk(k)
        return "" if verb is None else self.grammar.lemma(verb)

    def _subject(self, verb: int) -> int | None:
        clause = self.grammar.clause_of(verb)
        subject = self.grammar.subject_of(clause) if clause is not None else None
        if subject is None or clause is None:
            return None
        if self.low(self.chunks[subject].head) in _RELATIVE:
            subject = self.grammar.antecedent(clause)
            if subject is None:
                return None
        if self.chunks[subject].kind != "NP":
            return None
        head = self._whose(subject)
        return head if self.tags[head] in ("NOUN", "PROPN", "ADJ") else None

    def _ranked(self, e: Expression) -> int | None:
        """The third-largest firm; Velden ranks 12th; came second in the ranking."""
        at = self.at[e.first]
        if at >= 0 and self.chunks[at].head >= e.last:
            return self.chunks[at].head
        if e.last < len(self.lowers) and self.tags[e.last] == "NOUN" and self.low(e.last) != "place":
            return e.last
        before = e.first - 2 - (self.low(e.first - 1) == "in")
        if before >= 0 and self._is_noun(before):
            return before
        verb = self._verb_chunk(e.first)
        found = self._subject(verb) if verb is not None else None
        if found is not None:
            return found
        j = e.last + (self.low(e.last) == "place")
        at = self.at[j + 1] if j + 1 < len(self.lowers) and self.low(j) in ("in", "on", "of", "among") else -1
        return self.chunks[at].head if at >= 0 and self.chunks[at].kind == "NP" else None

    # -- dates of effect

    def of_date(self, first: int) -> int | None:
        """Whom or what a date of effect is about: the object if there is one, otherwise the subject."""
        verb = self._verb_chunk(first)
        if verb is None:
            return None
        for k in self._objects(verb, first):
            return k
        return self._subject(verb)

    def _objects(self, verb: int, before: int) -> Iterator[int]:
        if self.grammar.verb_group(verb).passive or verb + 1 >= len(self.chunks):
            return
        after = self.chunks[verb + 1]
        noun = after.kind == "NP" and after.last <= before and self._is_noun(after.head)
        if noun and self.low(after.head) not in LISTS["effect_noun"]:
            yield after.head

    # -- change

    def change(self, e: Expression) -> tuple[tuple[int, int], ...]:
        """The words of the change that a number is part of: doubled … to, fell … by; token ranges."""
        first = e.bound_at[0] if e.bound_at and e.bound_at[1] <= e.first else e.first
        verb = self._verb_chunk(first)
        if verb is None:
            return ()
        main = self.grammar.verb_group(verb).main
        if base_form(self.low(main)) not in LISTS["change_verb"] or e.kind in ("rank", "date"):
            return ()
        at = self.at[first]
        if any(
            self.chunks[k].kind == "NP" and self._is_noun(self.chunks[k].head) and not self._is_figure(k)
            for k in range(verb + 1, at)
        ):
            return ()
        if self.low(first - 1) in ("to", "by", "from", "at"):
            return (main, main + 1), (first - 1, first)
        return ((main, main + 1),)
