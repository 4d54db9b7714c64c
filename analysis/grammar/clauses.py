"""Clauses: one pass over the outline of a sentence, with a stack of the clauses that are open.

A clause opens at a subordinator, a relative or interrogative word, a conjunction before a new verb, or a noun phrase
that has its own verb; a verb without its own subject closes everything between it and the subject that waits for it
("The minister, who had said the bridge was safe, told reporters").
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from analysis.grammar.outline import FINITE, NEAR, Outline
from analysis.rules import word_lists


class Clause(NamedTuple):
    """A clause: the half-open range of its tokens, clauses inside it included.

    `opener` is the token that opens it ("that", "who", "if", "and"); `subject` and `verb` are chunks; `parent` is the
    clause it is in.  `kind`: main, content, relative, adverbial, coordinate, aside, infinitive, participle.  A
    subject is the clause's own: for one that it shares with another clause, ask `Grammar.subject_of`.
    """

    first: int
    last: int
    opener: int | None
    subject: int | None
    verb: int | None
    parent: int | None
    kind: str
    finite: bool


class Segment(NamedTuple):
    """A sentence as its own text: outside quotations and brackets, or inside (`quote` is then the chunk of these).

    Its chunks and clauses are ranges, half-open; chunks side by side are neighbours in `Grammar.chunks`.
    """

    first_chunk: int
    last_chunk: int
    first_clause: int
    last_clause: int
    quote: int | None


class Open:
    """A clause while it is read; `subject`, `verb`, `pending` and `carried` are chunks of its sentence."""

    __slots__ = (
        "carried",
        "finite",
        "first",
        "kind",
        "last",
        "number",
        "opener",
        "parent",
        "pending",
        "subject",
        "verb",
    )

    def __init__(self, first: int, kind: str, opener: int | None = None) -> None:
        self.first, self.last, self.kind, self.opener = first, first, kind, opener
        self.subject: int | None = None
        self.verb: int | None = None
        self.pending: int | None = None  # a noun phrase that waits for its verb
        self.carried: int | None = None  # one after the verb of the clause around, that may have a verb too
        self.parent: Open | None = None
        self.finite = True
        self.number = -1


class Words(NamedTuple):
    """Lists of words.toml/roles.toml that decide between readings."""

    takes: frozenset[str]  # verbs after which a clause may follow without "that"
    reports: frozenset[str]  # verbs that may come after what they report
    before_subordinator: frozenset[str]
    joined: frozenset[str]
    wh_adverb: frozenset[str]
    nominative: frozenset[str]
    reflexive: frozenset[str]
    comparing: frozenset[str]
    before_base: frozenset[str]  # verbs directly before a base form: "helped explain"
    has_others_do: frozenset[str]  # verbs with an object that does something: "made him say"
    pointing: frozenset[str]  # pronouns that a participle may say more of: "those affected"
    naming: frozenset[str]  # participles that give a name: "a plan called the shield"


@cache
def words() -> Words:
    """The lists, read once."""
    lists = word_lists("roles")
    return Words(
        lists["takes_clause"],
        lists["takes_clause"] | lists["reports"],
        lists["before_subordinator"],
        lists["joined"],
        lists["wh_adverb"],
        lists["nominative"],
        lists["reflexive"],
        lists["comparing"],
        lists["before_base"],
        lists["has_others_do"],
        lists["pointing"],
        lists["naming"],
    )


class Stack:
    """The clauses that are open, the outermost first, and all that were opened."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.done: list[Open] = []
        self.open: list[Open] = []

    def push(self, clause: Open) -> Open:
        """Open a clause inside the innermost one."""
        clause.parent = self.open[-1] if self.open else None
        self.open.append(clause)
        self.done.append(clause)
        return clause

    def pop_to(self, depth: int, end: int) -> None:
        """Close the clauses above `depth`, at the token `end`."""
        while len(self.open) > depth + 1:
            clause = self.open.pop()
            clause.last = max(end, clause.first + 1)

    def close(self, end: int, inner: int) -> None:
        """Close all clauses at the end of the sentence; brackets there do not belong to a relative clause."""
        while self.open:
            relative = self.open[-1].kind == "relative" and inner > self.open[-1].first
            self.pop_to(len(self.open) - 2, inner if relative else end)

    def wrap(self, end: int, last: int) -> Open:
        """Make the main clause, up to the token `end`, the content of a new one around it, whose verb comes after: "It
        rained, they said". What describes the subject there, "who were in Oslo", ends at `last`."""
        content, around = self.open[0], Open(self.open[0].first, "main")
        while len(self.open) > 1:
            inner = self.open[-1]
            self.pop_to(len(self.open) - 2, last if inner.first > end else end)
            if inner.first > end and inner.parent is not None and inner.parent.first <= end:
                inner.parent = around
        content.last, content.kind, content.parent = max(end, content.first + 1), "content", around
        self.open[0] = around
        self.done.insert(0, around)
        return around

    def depths(self) -> range:
        """The innermost depths, from within."""
        return range(len(self.open) - 1, max(-1, len(self.open) - 1 - NEAR), -1)

    def waiting(self) -> int | None:
        """The depth of the innermost clause, under the top, that waits for its verb."""
        for depth in self.depths():
            if self.open[depth].verb is None and depth < len(self.open) - 1:
                return depth
        return None

    def count_waiting(self) -> int:
        """How many of the innermost clauses wait for their verb."""
        return sum(self.open[depth].verb is None for depth in self.depths())

    def finite_depth(self) -> int:
        """The depth of the innermost finite clause."""
        return next((depth for depth in self.depths() if self.open[depth].finite), 0)

    def twin(self, word: str) -> int | None:
        """The depth of the innermost clause that the same word opens."""
        lowers = self.outline.lowers
        for depth in self.depths():
            opener = self.open[depth].opener
            if depth and opener is not None and lowers[opener] == word:
                return depth
        return None


class Reader:
    """Reads the outline of one sentence into clauses."""

    def __init__(self, outline: Outline) -> None:
        self.outline, self.signs = outline, outline.signs
        self.stack = Stack(outline)
        self.words = words()
        self.inverted: int | None = None  # a subject after its verb of saying
        self.relabelled: list[tuple[int, str]] = []  # tokens whose class the clauses decide
        self.forget()

    def forget(self) -> None:
        """After a verb or an opener: no noun phrase has been met."""
        self.phrase: int | None = None  # the first noun phrase that no preposition governs
        self.near: int | None = None  # the last such
        self.fresh: int | None = None  # the last such after a comma or conjunction
        self.governed: int | None = None  # the last noun phrase that a preposition governs
        self.link: int | None = None  # the last conjunction
        self.opened: int | None = None  # a preposition that opens a clause

    @property
    def top(self) -> Open:
        """The innermost clause."""
        return self.stack.open[-1]

    def open(self, first: int, kind: str, opener: int | None = None) -> Open:
        """Open a clause; what was met before it waits with the clause around."""
        top = self.top if self.stack.open else None
        clause = Open(first, kind, opener)
        if top is not None and top.verb is not None:
            clause.carried = self.fresh if self.fresh is not None else self.phrase
        elif top is not None and top.pending is None:
            top.pending = self.phrase
        self.forget()
        return self.stack.push(clause)

    def settle(self, clause: Open, subject: int | None, verb: int) -> None:
        """A clause has its verb."""
        clause.subject, clause.verb = subject, verb
        self.forget()

    def takes_clause(self, verb: int | None) -> bool:
        """Can a clause without "that" follow this verb?"""
        return verb is not None and self.outline.verb_word(verb) in self.words.takes

    def reports(self, verb: int | None) -> bool:
        """Can this verb come after what it reports?"""
        return verb is not None and self.outline.verb_word(verb) in self.words.reports

    def read(self) -> list[Open]:
        """The clauses, each after the one it is in."""
        if not self.signs:
            return []
        self.open(self.outline.first(0), "main")
        for i, c in enumerate(self.signs):
            if c in "nF":
                self.noun_phrase(i, c)
            elif c in "vbEKegT":
                self.verb(i, c)
            elif c in _EVENTS:
                _EVENTS[c](self, i)
        self.stack.close(self.outline.end(), self.outline.end(brackets=False))
        return self.stack.done

    # -- noun phrases

    def noun_phrase(self, i: int, c: str) -> None:
        """A noun phrase: governed by a preposition, part of another, or one that a verb may follow."""
        if self.is_governed(i):
            self.governed = i
        elif self.phrase is None and self.outline.head(i) not in self.words.reflexive:
            if c != "F" or self.outline.at(i + 1) in VERB_SIGNS:
                self.phrase = self.near = i
                if self.outline.mark_before(i) >= 0:
                    self.fresh = i
        elif c != "F" and self.outline.head(i) not in self.words.reflexive:
            self.near = i
            if self.outline.mark_before(i) >= 0 and self.starts_afresh(i):
                self.fresh = i

    def is_governed(self, i: int) -> bool:
        """Does a noun phrase belong to a preposition: "in May", "in May and June"?"""
        before = self.signs[i - 1] if i else ""
        if before == "P":
            return self.opened != i - 1
        if self.inverted == i:  # "said Reed": it has its verb
            return True
        return before == "c" and self.phrase is None and self.governed == i - 2 and not self.is_nominative(i)

    def is_nominative(self, i: int) -> bool:
        """Is it a pronoun that can only be a subject: "he", "they"?"""
        return self.outline.head(i) in self.words.nominative

    def starts_afresh(self, i: int) -> bool:
        """Can a noun phrase after a comma or conjunction begin a clause? In "but Reed, a lawyer," only Reed can."""
        if self.fresh is None or self.is_nominative(i):
            return True
        mark = self.outline.mark_before(i)
        if self.signs[mark] == "c":
            return self.outline.at(mark - 1) == ","
        return self.signs[self.outline.mark_before(self.fresh)] != "c" and self.outline.at(i + 1) in VERB_SIGNS

    # -- openers and punctuation

    def that(self, i: int) -> None:
        """The pronoun "that": relative after a noun phrase, otherwise a noun phrase."""
        if self.outline.at(i - 1) in tuple("nF") and self.outline.at(i + 1) in tuple("nrPRD") + VERB_SIGNS:
            self.relative(i)
        else:
            self.noun_phrase(i, "n")

    def relative(self, i: int) -> None:
        """A relative or interrogative pronoun."""
        token, before = self.outline.first(i), self.outline.at(i - 1)
        if self.is_main(i) or (before == "P" and self.is_main(i - 1)):
            self.stack.open[0].pending = i
            if before == "P" or self.outline.at(i + 1) != "n":  # "Who left?", and not "What he said is true"
                self.stack.open[0].opener = token
                return
        first = self.outline.first(i - 1) if before == "P" else token  # "in which"
        clause = self.open(first, "content" if before in VERB_SIGNS else "relative", token)
        clause.pending = i

    def is_main(self, i: int) -> bool:
        """Does the chunk `i` begin the main clause: at the start, or after a clause in front?"""
        if self.outline.is_start(i):
            return True
        return (
            self.outline.at(i - 1) == ","
            and self.top is self.stack.open[0]
            and self.top.verb is None
            and not self.met()
        )

    def met(self) -> bool:
        """Was a noun phrase met since the last verb or opener?"""
        return self.phrase is not None or self.governed is not None or self.top.pending is not None

    def preposition(self, i: int) -> None:
        """A preposition, which may turn out to open a clause: "after the minister resigned"."""
        token = self.outline.chunks[i].last - 1
        if self.outline.roles[token] in "IM" and self.opens_clause(i):
            self.relabelled.append((token, "q"))
            self.subordinator(i, token)
            self.opened = i

    def opens_clause(self, i: int) -> bool:
        """Is there a verb for the noun phrase after the preposition, and one for each clause that waits?"""
        verb = self.outline.clause_verb(i)
        if verb is None or self.is_between_dashes(i):
            return False
        waits = self.stack.count_waiting()
        outer = self.stack.open[0]
        if outer.verb is None and outer.pending is None and self.phrase is None:
            waits -= 1  # "After the minister resigned, ...": nothing waits yet
        if self.phrase is not None and self.top.verb is None and self.outline.head(i) in self.words.comparing:
            waits += 1
        return waits <= 0 or self.outline.verbs_after(verb) >= waits

    def is_between_dashes(self, i: int) -> bool:
        """Is it an aside of a preposition and a noun phrase: "Cole — after a pause — told me"?"""
        return self.outline.at(i - 1) == "-" == self.outline.at(i + 2)

    def opener(self, i: int) -> None:
        """A subordinator or "when", "where", "how"."""
        self.subordinator(i, self.outline.first(i))

    def subordinator(self, i: int, token: int) -> None:
        """The word `token`, of the chunk `i`, opens a clause."""
        outline, word = self.outline, self.outline.lowers[token]
        if (
            outline.is_start(i) and word in self.words.wh_adverb and outline.at(i + 1) in VERB_SIGNS
        ):  # "How did they go?"
            self.stack.open[0].opener = token
            return
        if word == "that" and outline.at(i - 1) in tuple("nF") and outline.at(outline.next_to(i)) in tuple("vbEK"):
            self.relabelled.append((token, "o"))  # "the law that passed"
            self.relative(i)
            return
        self.close_before_opener(i, word)
        first = token - 1 if i and outline.lowers[token - 1] in self.words.before_subordinator else token
        self.open(first, "content" if word in ("that", "whether") else "adverbial", token)

    def close_before_opener(self, i: int, word: str) -> None:
        """Close what an opener after a comma or conjunction does not belong to."""
        before = self.outline.at(i - 1)
        twin = self.stack.twin(word) if before == "c" else None
        if twin is not None:  # "that it rained and that it snowed"
            self.stack.pop_to(twin, self.outline.boundary(i))
            return
        apart = before == "," or self.signs[max(0, i - 2) : i] == ",c"
        if apart and word not in self.words.joined and self.top.verb is not None:
            self.stack.pop_to(self.stack.waiting() or 0, self.outline.boundary(i))

    def quotation(self, i: int) -> None:
        """“As Reed said, “it rained””: a quotation after a comma belongs to the clause that waits."""
        waits = self.stack.waiting()
        if waits is not None and self.outline.is_break(i - 1) and self.top.verb is not None:
            self.stack.pop_to(waits, self.outline.boundary(i))

    def conjunction(self, i: int) -> None:
        """Remember where it is."""
        self.link = i

    def comma(self, i: int) -> None:
        """The comma after a clause without a verb ("although not perfect,") or before its main clause closes it."""
        token, top = self.outline.first(i), self.top
        if top.verb is None and top.kind == "adverbial" and self.phrase is None:
            self.stack.pop_to(len(self.stack.open) - 2, token)
            return
        waits = self.stack.waiting()
        if waits is None or top.verb is None or self.stack.open[waits].pending is not None:
            return
        following = self.outline.at(i + 1)
        if following == "R" and self.outline.head(i + 1) == "what":
            following = "n"
        if self.outline.verbs_after(i) > 0 and following not in ("c", "R"):
            self.stack.pop_to(waits, token)
            self.forget()

    def semicolon(self, i: int) -> None:
        """All clauses inside the main one end here."""
        if self.stack.open[0].verb is not None:
            self.stack.pop_to(0, self.outline.first(i))
        if self.top.pending is None:  # "Question: what is it?"
            self.forget()

    def stop(self, i: int) -> None:
        """ "1. The union left": what comes before a stop inside a sentence is not a subject."""
        if self.top.verb is None:
            self.forget()

    # -- verbs

    def verb(self, i: int, c: str) -> None:
        """A verb group: of a clause that waits, of a new one, or without finite verb."""
        if c in "eEKgb" and self.question(i, c):
            return
        if c in "vEK" and (self.reports_behind(i) or self.completes(i)):
            return
        if c in "vEK" and self.names_object(self.outline.before(i), i):
            self.non_finite(i, "K")
            return
        if c not in FINITE or (c in "EK" and self.is_participle(i, c)) or (c == "b" and self.is_bare_infinitive(i)):
            self.non_finite(i, c)
            return
        if c == "K":
            self.relabelled.append((self.outline.first(i), "d"))
        if self.top.verb is None:
            self.first_verb(i)
        else:
            self.another_verb(i)

    def completes(self, i: int) -> bool:
        """Give an auxiliary its participle across a time: "Police had last month charged him"."""
        top, k = self.top, self.outline.before(i)
        if top.verb is None or self.outline.at(k) != "F" or self.outline.before(k) != top.verb:
            return False
        if len(self.outline.roles_of(top.verb)) > 1 or self.outline.verb_word(top.verb) not in ("have", "be"):
            return False
        self.settle(top, top.subject, i)
        return True

    def reports_behind(self, i: int) -> bool:
        """Give a report after its content its clause: "It rained, officials said", "It rained, said Ann Reed"."""
        main, outline = self.stack.open[0], self.outline
        if main.verb is None or main.kind != "main" or not self.reports(i):
            return False
        fresh = self.fresh if self.fresh is not None else self.described(i)
        if fresh is not None and outline.at(fresh - 1) == "," and (self.fresh is None or outline.is_subject(fresh, i)):
            told = outline.verb_word(i) == "tell" and outline.at(i + 1) == "n"  # "officials told reporters"
            subject, first, last = fresh, fresh, i + told
        elif outline.at(outline.before(i)) == "," and outline.at(i + 1) == "n":
            subject, first, last = i + 1, i, i + 1
        else:
            return False
        ends = outline.at(last + 1) in ("", ",", ".", ";", ":", "P", "F", "r", "-", "S")
        if not ends and not (
            subject > i and outline.at(last + 1) in ("R", "E", "K")
        ):  # "said Reed, who", "said men held"
            return False
        if subject > i:
            self.inverted = subject
        self.settle(self.stack.wrap(outline.boundary(first), outline.boundary(i)), subject, i)
        return True

    def described(self, i: int) -> int | None:
        """The noun phrase of a report that a relative clause describes: "It rained, the guard, who was there, said"."""
        if self.phrase is not None or self.outline.at(self.outline.before(i)) != ",":
            return None
        for depth in self.stack.depths():
            clause = self.stack.open[depth]
            if clause.kind == "relative":
                return clause.carried
        return None

    def question(self, i: int, c: str) -> bool:
        """Give a clause its verb if an auxiliary comes before the subject: "Did he go?", "What were they told?" """
        top, phrase = self.top, self.phrase
        if top.verb is None or phrase is None or top.verb + 1 != phrase:
            return False
        if self.outline.head_role(top.verb) not in "mkhw" or len(self.outline.roles_of(top.verb)) > 2:
            return False
        if c == "b" and self.outline.head_role(top.verb) == "w":  # "is a port, and figures show": no question
            return False
        if c != "b":
            free = top.subject in (None, phrase) or (self.signs[top.subject] == "R" and top.kind == "main")
            if not free or self.outline.before(i) != phrase:
                return False
        self.settle(top, phrase, i)
        return True

    def is_bare_infinitive(self, i: int) -> bool:
        """Is it a base form after a noun phrase that it does not agree with: "had him fill", "make the union pay"?"""
        near, verb = self.near, self.top.verb
        if verb is not None and self.outline.before(i) == verb:  # "helped explain", and not "those who left say"
            return self.outline.verb_word(verb) in self.words.before_base
        if near is None or verb is None or self.outline.next_to(near) != i:
            return False
        role = self.outline.head_role(near)
        waits = self.stack.waiting() is not None  # "figures that show a loss suggest"
        if waits and self.outline.verb_word(verb) not in self.words.has_others_do:  # "those who know him say"
            return False
        return role in "Ov" or (role in "np" and near == verb + 1 and not waits)

    def is_participle(self, i: int, c: str) -> bool:
        """Is a form that may be past a participle here: "officials briefed on the plan said"?"""
        outline = self.outline
        k = outline.before(i)
        before = outline.at(k)
        by = outline.by_follows(i)
        if before == "P" or (k < i - 1 and "~" in outline.roles_of(i - 1)):  # "as expected", "not named"
            return True
        if before in tuple("nFDR"):
            return self.modifies(k, i, c, by)
        if before == "c":
            return False
        if before == "," and outline.at(k - 1) == "Q":  # “It rained”, reported the paper
            return False
        if before in ("", ","):
            return self.is_set_off(i, c, by)
        return by or (c == "K" and self.top.pending is None)

    def modifies(self, k: int, i: int, c: str, by: bool) -> bool:
        """Does the form `i` modify the noun phrase `k`, instead of being its verb?"""
        outline = self.outline
        following = outline.at(i + 1)
        if outline.head(k) in self.words.pointing and (following == "P" or following in FINITE):
            return True  # "those affected by the flood", "those surveyed say"
        if outline.roles_of(k)[0] in "oRD" or following == "n":
            return False
        if by or self.inverted == k:  # "said officials briefed on the plan"
            return True
        if c == "E" and (following not in tuple("PrFjvbEKegT") or self.takes_clause(i)):
            return False
        begins = self.fresh == k and self.signs[max(0, k - 2) : k] == ",c"  # ", and Kim left for Oslo"
        waits = self.stack.count_waiting() + begins
        if waits:
            return outline.verbs_after(i) >= waits and outline.verb_follows(i)
        return c == "K" or not self.takes_clause(self.top.verb)

    def names_object(self, k: int, i: int) -> bool:
        """Does the form `i` give the object `k` its name: "backs a plan called the shield"?"""
        verb = self.top.verb
        if verb is None or k != verb + 1 or self.signs[k] != "n" or self.takes_clause(verb):
            return False
        return self.outline.head(i) in self.words.naming

    def is_set_off(self, i: int, c: str, by: bool) -> bool:
        """Does the form `i`, at the start or after a comma, open a clause without finite verb: ", based in Oslo,"?"""
        following, top = self.outline.at(i + 1), self.top
        if top.verb is None and top.pending is not None:
            return c == "K" and following == "P"
        return by or c == "K" or (following in ("P", "r") and top.verb is None)

    def non_finite(self, i: int, c: str) -> None:
        """A clause without finite verb: "to leave", "saying so", "briefed on the plan"."""
        outline, top = self.outline, self.top
        if c in "EK":
            self.relabelled.append((outline.first(i), "e"))
        if (
            top.verb is None and top.kind == "adverbial" and self.phrase is None and top.opener is not None
        ):  # "when asked"
            top.finite = False
            self.settle(top, None, i)
            return
        before = outline.at(i - 1)
        if (before == "," or outline.ends_with_comma(i - 1)) and top.verb is not None and self.stack.waiting() is None:
            self.stack.pop_to(self.depth_behind_comma(i), outline.boundary(i))
        elif before == "c" and top.verb is not None and not top.finite:
            self.stack.pop_to(len(self.stack.open) - 2, outline.boundary(i))
        first = outline.first(i - 1) if before == "P" else outline.first(i)
        clause = self.open(first, "infinitive" if c in "Tb" else "participle")
        clause.finite, clause.verb = False, i

    def depth_behind_comma(self, i: int) -> int:
        """Where a clause without finite verb after a comma belongs: to the main clause, as ", adding that" does, or to
        the content of a report ("said the plan failed, leaving a gap")."""
        inner = self.stack.finite_depth()
        content = self.stack.open[inner].kind == "content"
        return inner if content and not self.reports(i) else 0

    def first_verb(self, i: int) -> None:
        """The verb of a clause that waits for it."""
        top, phrase, near = self.top, self.phrase, self.near
        if phrase is not None and near is not None:
            if near != phrase and self.outline.next_to(near) == i and self.stands_apart(near):
                if self.outline.is_aside(i):  # "the vote, we might recall, was close"
                    top.pending = phrase
                    self.settle(self.open(self.outline.first(near), "aside"), near, i)
                    return
                phrase = near  # "Madam Speaker, we left": an apposition has a comma on its other side too
            elif self.is_reduced_relative(i, phrase, near):
                self.reduced_relative(i, phrase, near)
                return
        waits = top.pending
        self.settle(top, phrase if waits is None or (phrase is not None and self.signs[waits] in "RDq") else waits, i)
        self.subject_behind(i, top)

    def stands_apart(self, near: int) -> bool:
        """Is a noun phrase after a comma the subject, and no place: "officials in Oslo, Norland"?"""
        outline = self.outline
        place = (
            outline.signs[max(0, near - 3) : near] == "Pn,"
            and outline.head_role(near - 2) == outline.head_role(near) == "p"
        )
        return outline.at(near - 1) in (",", "-") and not place

    def is_reduced_relative(self, i: int, phrase: int, near: int) -> bool:
        """ "The plan officials wrote failed": does the verb `i` belong to a clause inside the subject?"""
        if not self.outline.adjacent(near) or self.outline.verbs_after(i) == 0 or self.signs[phrase] != "n":
            return False
        return near != phrase or self.outline.follows_governed(phrase)

    def reduced_relative(self, i: int, phrase: int, near: int) -> None:
        """Open a relative clause without a relative word."""
        around = self.top
        waits = around.pending
        clause = self.open(self.outline.first(near), "relative")
        around.pending = phrase if near != phrase else waits
        self.settle(clause, near, i)

    def subject_behind(self, i: int, clause: Open) -> None:
        """ "There is a way", "said Ann Reed", "is he late": the subject comes after the verb."""
        outline = self.outline
        if clause.subject is None:
            if outline.at(i + 1) in tuple("nD") and (self.takes_clause(i) or outline.roles_of(i)[0] in "wmhk"):
                clause.subject = i + 1
                if outline.at(outline.before(i)) in ("Q", ",") and self.takes_clause(i):
                    self.inverted = i + 1
        elif outline.head(clause.subject) == "there" and outline.at(outline.next_to(i)) == "n":
            clause.subject = outline.next_to(i)

    def another_verb(self, i: int) -> None:
        """A verb if the innermost clause already has one."""
        link, k = self.link, self.outline.before(i)
        if self.outline.at(i - 1) == "r" and self.outline.at(i - 2) == "," and self.outline.head(i - 1) == "then":
            self.shared_subject(i, i - 2)  # ", then says"
        elif self.outline.at(k) == "c":
            self.shared_subject(i, k)
        elif (
            link is not None
            and (self.near is None or self.near < link)
            and self.outline.at(link + 1) in tuple("PrF,-qW")
        ):
            self.shared_subject(i, link)  # "and in May called"
        elif self.phrase is None:
            self.verb_without_subject(i)
        else:
            self.verb_with_subject(i, self.phrase)

    def shared_subject(self, i: int, link: int) -> None:
        """ "said X and called Y": a verb after a conjunction; ", but said" goes back to the main clause."""
        main = self.outline.at(link - 1) == "," and self.reports(self.stack.open[0].verb) and self.reports(i)
        self.stack.pop_to(0 if main else self.depth_of_like_verb(i), self.outline.boundary(i))
        token = self.outline.first(link)
        self.settle(self.open(token, "coordinate", token), None, i)

    def depth_of_like_verb(self, i: int) -> int:
        """The innermost clause that the verb `i` can share a subject with: not "would pull out and blamed"."""
        finite = self.stack.finite_depth()
        uniform = self.outline.head(i) == self.outline.verb_word(i)  # "quit", "cut": past or base form
        if self.signs[i] == "b" or uniform or self.outline.roles_of(i)[0] in "mk":
            return finite
        for depth in self.stack.depths():
            clause = self.stack.open[depth]
            if clause.finite and clause.verb is not None and not self.has_base_form(clause.verb):
                return depth
        return finite

    def has_base_form(self, verb: int) -> bool:
        """Is it a modal verb or "do" with a base form: "would pull", "did not answer"?"""
        return self.outline.roles_of(verb)[0] in "mk" and self.outline.head_role(verb) == "b"

    def verb_without_subject(self, i: int) -> None:
        """The verb of a noun phrase met before a clause inside, or of a clause that waits."""
        outline, waits, top = self.outline, self.stack.waiting(), self.top
        reported = outline.before(i) == top.verb and self.takes_clause(top.verb)
        if top.kind == "relative" and reported and (waits is None or outline.verbs_after(i) > 0):
            relative = top.pending  # "a man who they say left"
            self.settle(self.open(outline.first(i), "content"), relative, i)
            return
        for depth in self.stack.depths():
            if depth <= (waits or 0):
                break
            carried = self.stack.open[depth].carried
            if carried is not None:
                self.stack.pop_to(depth - 1, outline.boundary(i))
                self.phrase = self.near = carried
                self.fresh = carried if outline.mark_before(carried) >= 0 else None
                self.verb_with_subject(i, carried)
                return
        joined = outline.before(i)
        if waits is None and joined == self.governed and outline.at(joined - 1) == "c":
            self.new_clause(i, joined, None)  # "about the tax, and his office declined"
        elif waits is not None:
            self.stack.pop_to(waits, outline.boundary(i))
            self.first_verb(i)
        elif self.signs[i] in "EK":
            self.non_finite(i, self.signs[i])
        else:
            self.settle(self.open(outline.first(i), "content"), None, i)

    def verb_with_subject(self, i: int, phrase: int) -> None:
        """A verb after a noun phrase that may be its subject, or belong to the verb before."""
        outline, waits, near = self.outline, self.stack.waiting(), self.near
        comma = outline.at(i - 1) == ","
        if waits is not None and self.is_subject_clause(waits):
            subject = self.stack.open[waits + 1].verb  # "Closing the border was wrong"
            self.resume(i, waits, outline.boundary(i), subject)
        elif near is not None and near not in (phrase, self.fresh) and outline.adjacent(near) and not comma:
            self.settle(self.open(outline.first(near), "relative"), near, i)
        elif waits is not None and self.serves_waiting(i, waits, comma):
            end = outline.boundary(phrase if phrase == self.fresh else i)
            self.resume(i, waits, end, self.stack.open[waits].pending)
        elif self.fresh is not None and self.begins_clause(self.fresh, phrase):
            self.new_clause(i, self.fresh, waits)
        else:
            self.bare_clause(i, phrase)

    def resume(self, i: int, depth: int, end: int, subject: int | None) -> None:
        """Close the clauses inside one that waits, and give it its verb."""
        self.stack.pop_to(depth, end)
        self.settle(self.top, subject, i)

    def is_subject_clause(self, waits: int) -> bool:
        """Is the clause that comes first in the waiting one its subject?"""
        clause, first = self.stack.open[waits], self.stack.open[waits + 1]
        at_start = first.first == clause.first and first.opener is None
        return at_start and not first.finite and clause.pending is None and self.fresh is None

    def serves_waiting(self, i: int, waits: int, comma: bool) -> bool:
        """Does the verb `i` belong to the subject that waits, and not to the noun phrase before it?"""
        if self.stack.open[waits].pending is None:
            return False
        alone = self.fresh is None and not self.takes_clause(self.top.verb)
        return comma or ((alone or self.outline.verbs_after(i) == 0) and not self.is_reported_aside(i))

    def is_reported_aside(self, i: int) -> bool:
        """Does the verb `i` belong to what an aside between commas reports: ", who warns people will leave,"?"""
        top, outline = self.top, self.outline
        if top.kind != "relative" or top.verb is None or not (self.takes_clause(top.verb) or self.reports(top.verb)):
            return False
        who = outline.before(top.verb)
        return outline.at(who) == "R" and outline.at(who - 1) == "," and outline.before(i) == top.verb + 1

    def begins_clause(self, fresh: int, phrase: int) -> bool:
        """Is it a new clause, and not "said Reed and Cole left"?"""
        verb = self.top.verb
        direct = verb is not None and phrase == verb + 1 and self.takes_clause(verb)
        mark = self.outline.mark_before(fresh)
        if self.signs[mark] == "c":
            return not direct or self.outline.at(mark - 1) == ","
        return not direct or self.stack.waiting() is not None

    def new_clause(self, i: int, fresh: int, waits: int | None) -> None:
        """A clause after a comma or conjunction: the one that waits, or one beside."""
        outline = self.outline
        mark = outline.mark_before(fresh)
        if outline.signs[mark] == "c":
            comma = outline.at(mark - 1) == ","
            last = waits is not None and comma and outline.verbs_after(i) == 0
            depth = waits if last and waits is not None else 0 if comma else self.stack.finite_depth()
            self.stack.pop_to(depth, outline.boundary(fresh))
            token = outline.first(mark)
            clause = self.open(token, "coordinate", token)
            self.settle(clause, fresh, i)
            self.subject_behind(i, clause)
        elif waits is not None:
            pending = self.stack.open[waits].pending
            self.resume(i, waits, outline.boundary(fresh), fresh if pending is None else pending)
        else:
            self.stack.pop_to(0, outline.boundary(fresh))
            self.settle(self.open(outline.first(fresh), "coordinate"), fresh, i)

    def bare_clause(self, i: int, phrase: int) -> None:
        """A clause without an opener: "said the plan failed", "approved the plan officials wrote"."""
        near, top = self.near, self.top
        if near is not None and near != phrase and self.outline.adjacent(near) and not self.takes_clause(top.verb):
            self.settle(self.open(self.outline.first(near), "relative"), near, i)
            return
        clause = self.open(self.outline.first(phrase), "content")
        self.settle(clause, phrase, i)
        self.subject_behind(i, clause)


VERB_SIGNS = tuple("vbEKegT")
_EVENTS = {
    "R": Reader.relative,
    "D": Reader.that,
    "P": Reader.preposition,
    "q": Reader.opener,
    "W": Reader.opener,
    "Q": Reader.quotation,
    "c": Reader.conjunction,
    ",": Reader.comma,
    ";": Reader.semicolon,
    ":": Reader.semicolon,
    ".": Reader.stop,
}
