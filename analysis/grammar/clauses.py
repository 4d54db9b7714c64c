"""Clauses: one pass over the chunks of a sentence, with a stack of the clauses that are open.

A clause opens at a subordinator, a relative or interrogative word, a conjunction before a new verb, or a noun phrase
that has a verb of its own; a verb without a subject of its own closes what stands between it and the subject that waits
for it ("The minister, who had said the bridge was safe, told reporters").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from analysis.grammar.chunks import Chunk

FINITE = frozenset("mwhkzdEKb")
STRONG = frozenset("mwhkzd")  # finite for sure
NEAR = 40  # chunks that a look ahead may pass


class Clause(NamedTuple):
    """A clause: the half-open range of its tokens, clauses inside it included.

    `opener` is the token that opens it ("that", "who", "if", "and"); `subject` and `verb` are chunks; `parent` is the
    clause it stands in.  `kind`: main, content, relative, adverbial, coordinate, infinitive, participle.  A subject is
    the clause's own: for one that it shares with another clause, ask `Grammar.subject_of`.
    """

    first: int
    last: int
    opener: int | None
    subject: int | None
    verb: int | None
    parent: int | None
    kind: str
    finite: bool


class Open:
    """A clause while it is read."""

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
        self.carried: int | None = None  # a noun phrase behind the verb of the clause around, that may have a verb too
        self.parent: Open | None = None
        self.finite = True
        self.number = -1


class Reader:
    """Reads the chunks `low` to `high` of one sentence into clauses."""

    def __init__(
        self,
        chunks: Sequence[Chunk],
        roles: Sequence[str],
        low: int,
        high: int,
        lowers: Sequence[str],
        lists: Mapping[str, frozenset[str]],
    ) -> None:
        self.chunks, self.roles, self.low, self.high = chunks, roles, low, high
        self.lowers, self.takes = lowers, lists["takes_clause"]
        self.before_subordinator, self.wh_adverb = lists["before_subordinator"], lists["wh_adverb"]
        self.joined = lists["joined"]
        self.nominative, self.reflexive = lists["nominative"], lists["reflexive"]
        self.done: list[Open] = []
        self.stack: list[Open] = []
        self.relabelled: list[tuple[int, str]] = []  # tokens whose class the clause decides
        self.forget()
        self.left = self.count_verbs()

    def role(self, i: int) -> str:
        return self.roles[self.chunks[i].first]

    def roles_of(self, i: int) -> str:
        chunk = self.chunks[i]
        return "".join(self.roles[chunk.first : chunk.last])

    def forget(self) -> None:
        """After a verb or an opener: no noun phrase has been met."""
        self.phrase: int | None = None  # the first noun phrase that no preposition governs
        self.near: int | None = None  # the last such
        self.fresh: int | None = None  # the last such behind a comma or conjunction
        self.governed: int | None = None  # the last noun phrase that a preposition governs
        self.comma: int | None = None
        self.conjunction: int | None = None

    def count_verbs(self) -> list[int]:
        """For each chunk how many finite verbs from it on are not yet spoken for by an opener."""
        counts, n = [], 0
        for i in range(self.high - 1, self.low - 1, -1):
            kind = self.chunks[i].kind
            if kind == "VG":
                n += self.role(i) in "mwhkzdEb"
            elif kind in ("MARK", "NP") and self.role(i) in "qRW" and n > 0:
                n -= 1
            counts.append(n)
        counts.reverse()
        counts.append(0)
        return counts

    def verbs_after(self, i: int) -> int:
        return self.left[i + 1 - self.low]

    # -- opening and closing

    def push(self, clause: Open) -> Open:
        top = self.stack[-1] if self.stack else None
        if top is not None and top.verb is None and top.pending is None:
            top.pending = self.phrase
        elif top is not None and top.verb is not None:
            clause.carried = self.fresh if self.fresh is not None else self.phrase
        clause.parent = top
        self.stack.append(clause)
        self.done.append(clause)
        self.forget()
        return clause

    def pop_to(self, depth: int, end: int) -> None:
        """Close the clauses above `depth`, at the token `end`."""
        while len(self.stack) > depth + 1:
            clause = self.stack.pop()
            clause.last = max(end, clause.first + 1)

    def boundary(self, i: int) -> int:
        """Where what stands before the chunk `i` ends: before the comma, dash or conjunction in front of it."""
        end = k = i
        while k > self.low:
            k -= 1
            if self.is_break(k):
                end = k
            elif self.chunks[k].kind != "ADV":
                break
        return self.chunks[end].first

    def is_break(self, i: int) -> bool:
        return i >= self.low and self.chunks[i].kind == "MARK" and self.role(i) in ",-c:;"

    def waiting(self) -> int | None:
        """The depth of the innermost clause under the top that waits for its verb."""
        for depth in range(len(self.stack) - 2, -1, -1):
            if self.stack[depth].verb is None:
                return depth
        return None

    def finite_depth(self) -> int:
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth].finite:
                return depth
        return 0

    # -- reading

    def read(self) -> list[Open]:
        chunks = self.chunks
        if self.low >= self.high:
            return []
        self.push(Open(chunks[self.low].first, "main"))
        for i in range(self.low, self.high):
            kind = chunks[i].kind
            if kind in ("NP", "TIME"):
                role = self.role(i)
                if role in "RD" and self.opens_relative(i, role):
                    self.relative(i)
                else:
                    self.noun_phrase(i, kind)
            elif kind == "VG":
                self.verb(i)
            elif kind == "P":
                self.preposition(i)
            elif kind == "QUOTE":
                waits = self.waiting() if self.is_break(i - 1) and self.stack[-1].verb is not None else None
                if waits is not None:  # "As Reed said, “it rained”"
                    self.pop_to(waits, self.boundary(i))
            elif kind == "MARK":
                self.mark(i, self.role(i))
        self.pop_to(-1, self.end())
        return self.done

    def end(self) -> int:
        i = self.high
        while i > self.low and self.chunks[i - 1].kind == "MARK" and self.role(i - 1) in '.;:,-)("':
            i -= 1
        return self.chunks[i - 1].last if i > self.low else self.chunks[self.low].last

    def noun_phrase(self, i: int, kind: str) -> None:
        before = self.chunks[i - 1].kind if i > self.low else ""
        if (before == "P" and self.stack[-1].opener != self.chunks[i - 1].last - 1) or (
            before == "MARK"
            and self.role(i - 1) == "c"
            and self.phrase is None
            and self.governed is not None
            and self.governed == i - 2
            and not self.is_nominative(i)
        ):
            self.governed = i
        elif self.lowers[self.chunks[i].head] in self.reflexive or kind == "TIME" and (self.phrase is not None or self.next_kind(i) != "VG"):
            return
        else:
            if self.phrase is None:
                self.phrase = i
            self.near = i
            if before == "MARK" and self.role(i - 1) in ",-c" and self.starts_afresh(i):
                self.fresh = i

    def starts_afresh(self, i: int) -> bool:
        """Can the noun phrase `i`, behind a comma or conjunction, begin a clause? In "but Reed, a lawyer," only Reed can."""
        if self.fresh is None or self.is_nominative(i):
            return True
        if self.role(i - 1) == "c":
            return i - 2 >= self.low and self.role(i - 2) == "," and self.chunks[i - 2].kind == "MARK"
        return self.role(self.fresh - 1) != "c" and self.next_kind(i) == "VG"

    def is_nominative(self, i: int) -> bool:
        """A pronoun that can only be a subject: "he", "they"."""
        return self.lowers[self.chunks[i].head] in self.nominative

    def next_kind(self, i: int) -> str:
        return self.chunks[i + 1].kind if i + 1 < self.high else ""

    def opens_relative(self, i: int, role: str) -> bool:
        if role == "R":
            return True
        before = self.chunks[i - 1].kind if i > self.low else ""
        return before in ("NP", "TIME") and self.next_kind(i) in ("VG", "NP", "ADV", "P")

    def is_start(self, i: int) -> bool:
        """Does the chunk `i` begin the sentence, but for "so" or "and"?"""
        for k in range(i - 1, max(self.low, i - 4) - 1, -1):
            if not (self.chunks[k].kind == "ADV" or (self.chunks[k].kind == "MARK" and self.role(k) in "c,")):
                return False
        return i - self.low < 4

    def relative(self, i: int) -> None:
        first, opener = self.chunks[i].first, self.chunks[i].first
        if self.is_start(i) or (self.chunks[i - 1].kind == "P" and self.is_start(i - 1)):  # "Who left?"
            self.stack[0].opener, self.stack[0].pending = opener, i
            return
        if i > self.low and self.chunks[i - 1].kind == "P":  # "in which"
            first = self.chunks[i - 1].first
        kind = "relative" if i > self.low and self.chunks[i - 1].kind != "VG" else "content"
        clause = self.push(Open(first, kind, opener))
        clause.pending = i

    def mark(self, i: int, role: str) -> None:
        token = self.chunks[i].first
        if role in "qW":
            self.subordinator(i, token)
        elif role == "c":
            self.conjunction = i
        elif role in ",-":
            self.comma = i
            if role == ",":
                self.close_fronted(i, token)
        elif role in ";:":
            if self.stack[0].verb is not None:
                self.pop_to(0, token)
                self.forget()
            self.comma = i
        elif role == "." and self.stack[-1].verb is None:  # "1. The union left"
            self.forget()

    def close_fronted(self, i: int, token: int) -> None:
        """"When the war ended, ...": the comma behind a clause that stands before its main clause."""
        waits, top = self.waiting(), self.stack[-1]
        if top.verb is None and top.kind == "adverbial" and self.phrase is None:  # "although not perfect,"
            self.pop_to(len(self.stack) - 2, token)
            return
        if waits is None or top.verb is None or self.stack[waits].pending is not None:
            return
        nxt = self.next_kind(i)
        if self.verbs_after(i) > 0 and not (nxt == "MARK" and self.role(i + 1) == "c") and not (nxt == "NP" and self.role(i + 1) == "R"):
            self.pop_to(waits, token)
            self.forget()

    def subordinator(self, i: int, token: int) -> None:
        if self.is_start(i) and self.lowers[token] in self.wh_adverb and self.next_kind(i) == "VG":  # "How did they leave?"
            self.stack[0].opener = token
            return
        if self.lowers[token] == "that" and i > self.low and self.chunks[i - 1].kind in ("NP", "TIME"):
            k = self.next_to(i)
            if k < self.high and self.chunks[k].kind == "VG" and self.role(k) in FINITE:  # "the law that passed"
                self.relabelled.append((token, "o"))
                self.relative(i)
                return
        before = self.role(i - 1) if i > self.low else ""
        after_comma = before == "," or (before == "c" and i - 2 >= self.low and self.role(i - 2) == ",")
        twin = self.twin(token) if before == "c" else None
        if twin is not None:  # "that it rained and that it snowed"
            self.pop_to(twin, self.boundary(i))
        elif after_comma and self.lowers[token] not in self.joined and self.stack[-1].verb is not None:
            waits = self.waiting()
            self.pop_to(waits if waits is not None else 0, self.boundary(i))
        kind = "content" if self.lowers[token] in ("that", "whether") else "adverbial"
        first = token - 1 if i > self.low and self.lowers[token - 1] in self.before_subordinator else token
        self.push(Open(first, kind, token))

    def twin(self, token: int) -> int | None:
        """The depth of the innermost clause that the same word opens."""
        for depth in range(len(self.stack) - 1, max(0, len(self.stack) - NEAR), -1):
            opener = self.stack[depth].opener
            if opener is not None and self.lowers[opener] == self.lowers[token]:
                return depth
        return None

    # -- verbs

    def verb(self, i: int) -> None:
        role = self.role(i)
        top = self.stack[-1]
        if role in "eEKg" and self.question(i, role, top):
            return
        if role not in FINITE or (role in "EK" and self.is_participle(i)):
            self.non_finite(i, role)
            return
        if role == "K":
            self.relabelled.append((self.chunks[i].first, "d"))
        if self.question(i, role, top):
            return
        if role == "b" and self.is_bare_infinitive(i):
            self.non_finite(i, role)
            return
        if top.verb is None:
            self.first_verb(i, top)
        else:
            self.another_verb(i, top)

    def is_bare_infinitive(self, i: int) -> bool:
        """Is it a base form behind a noun phrase that it does not agree with: "had him fill", "make the union pay"?"""
        near = self.near
        if near is None or self.next_to(near) != i or self.stack[-1].verb is None:
            return False
        head = self.roles[self.chunks[near].head]
        return head in "Ov" or (head in "np" and near == self.stack[-1].verb + 1)

    def question(self, i: int, role: str, top: Open) -> bool:
        """Give a clause its verb where an auxiliary stands before the subject: "Did he go?", "What were they told?" """
        if top.verb is None or self.phrase is None or top.verb + 1 != self.phrase:
            return False
        auxiliary = self.chunks[top.verb]
        if self.roles[auxiliary.head] not in "mkhw" or auxiliary.last - auxiliary.first > 2:
            return False
        free = top.subject is None or top.subject == self.phrase or self.role(top.subject) == "R"
        if role != "b" and (role not in "eEKg" or not free):
            return False
        top.subject, top.verb = self.phrase, i
        self.forget()
        return True

    def is_participle(self, i: int) -> bool:
        """Is a form that may be past a participle here: "officials briefed on the plan said"?"""
        top, role = self.stack[-1], self.role(i)
        following = self.next_kind(i)
        by = following == "P" and self.lowers[self.chunks[i + 1].first] == "by"
        k = i - 1
        while k >= self.low and self.chunks[k].kind == "ADV":
            k -= 1
        before = self.role(k) if k >= self.low else ""
        if k >= self.low and (self.chunks[k].kind == "P" or (k < i - 1 and "~" in self.roles_of(i - 1))):
            return True
        if k >= self.low and self.chunks[k].kind in ("NP", "TIME"):
            if before in "oRD" and before:
                return False
            if following == "NP":
                return False
            if by:
                return True
            if role == "E" and (
                following not in ("P", "ADV", "VG", "TIME", "ADJ") or self.lowers[self.chunks[i].head] in self.takes
            ):
                return False
            waits = sum(clause.verb is None for clause in self.stack[-NEAR:])
            if waits:
                return self.verbs_after(i) >= waits and self.verb_follows(i, role)
            takes = top.verb is not None and self.lowers[self.chunks[top.verb].head] in self.takes
            return role == "K" or not takes
        if before == "c":
            return False
        if before == "," or k < self.low:
            if top.verb is None and top.pending is not None:
                return role == "K" and following == "P"
            return by or role == "K" or (following in ("P", "ADV") and top.verb is None)
        return by or (role == "K" and top.pending is None)

    def verb_follows(self, i: int, role: str) -> bool:
        """Does another verb follow that may serve the subject before the chunk `i`?"""
        if role == "E" and self.next_kind(i) not in ("P", "ADV", "VG", "TIME"):
            return False
        for k in range(i + 1, min(self.high, i + NEAR)):
            kind, other = self.chunks[k].kind, self.role(k)
            if kind == "VG" and other in STRONG or other == "b":
                return True
            if kind == "VG" and other in "EK":
                return role == "K" or self.next_kind(k) in ("NP", "MARK")
            if kind == "MARK" and (other in "cqW;:" or (other == "," and self.next_kind(k) == "NP")):
                return False
            if kind == "QUOTE" or (kind == "NP" and other in "RD"):
                return False
        return False

    def non_finite(self, i: int, role: str) -> None:
        kind = "infinitive" if role in "Tb" else "participle"
        if role in "EK":
            self.relabelled.append((self.chunks[i].first, "e"))
        first, top = self.chunks[i].first, self.stack[-1]
        if top.verb is None and top.kind == "adverbial" and self.phrase is None and top.opener is not None:  # "when asked"
            top.verb, top.finite = i, False
            self.forget()
            return
        if i > self.low and self.chunks[i - 1].kind == "P":
            first = self.chunks[i - 1].first
        before = self.role(i - 1) if i > self.low else ""
        if before == "," and self.stack[-1].verb is not None and self.waiting() is None:
            self.pop_to(0, self.boundary(i))
        elif not self.stack[-1].finite and self.stack[-1].verb is not None and before == "c":
            self.pop_to(len(self.stack) - 2, self.boundary(i))
        clause = self.push(Open(first, kind))
        clause.finite, clause.verb = False, i

    def first_verb(self, i: int, top: Open) -> None:
        phrase, near = self.phrase, self.near
        if phrase is not None:
            if near is not None and near != phrase and self.role(near - 1) == "," and self.next_to(near) == i:
                if self.is_parenthetical(i):  # "the vote, we might recall, was close"
                    top.pending = phrase
                    self.push(Open(self.chunks[near].first, "parenthetical"))
                    self.stack[-1].subject, self.stack[-1].verb = near, i
                    return
                phrase = near  # "Madam Speaker, we left": what stands in apposition has a comma on its other side too
            elif (near != phrase or self.follows_governed(phrase)) and self.adjacent(near) and self.verbs_after(i) > 0 and self.chunks[phrase].kind == "NP":
                if near != phrase:
                    top.pending = phrase
                clause = self.push(Open(self.chunks[near].first, "relative"))
                if near == phrase:
                    top.pending = None
                clause.subject, clause.verb = near, i
                return
            top.subject = phrase if top.pending is None or self.role(top.pending) in "RD" else top.pending
        elif top.pending is not None:
            top.subject = top.pending
        top.verb = i
        self.forget()
        self.subject_behind(i, top)

    def subject_behind(self, i: int, clause: Open) -> None:
        """ "There is a way", "said Ann Reed", "is he late": the subject stands behind the verb."""
        if clause.subject is None:
            if self.next_kind(i) == "NP" and (self.lowers[self.chunks[i].head] in self.takes or self.role(i) in "wmhk"):
                clause.subject = i + 1
        elif self.lowers[self.chunks[clause.subject].head] == "there" and self.next_kind(self.next_to(i) - 1) == "NP":
            clause.subject = self.next_to(i)

    def is_parenthetical(self, i: int) -> bool:
        """Does a comma and another verb follow the verb `i`?"""
        k = i + 1
        if k + 1 >= self.high or self.role(k) != "," or self.chunks[k].kind != "MARK":
            return False
        k = self.next_to(k)
        return k < self.high and self.chunks[k].kind == "VG" and self.role(k) in "mwhkzdE"

    def follows_governed(self, phrase: int) -> bool:
        """"From the talks I have had": does a noun phrase stand right behind one that a preposition governs?"""
        before = phrase - 1
        if before - 1 < self.low or self.chunks[before].kind != "NP" or self.chunks[before - 1].kind != "P":
            return False
        return self.roles[self.chunks[before].first] == "t" and self.roles[self.chunks[before].head] in "nN"

    def adjacent(self, near: int | None) -> bool:
        return near is not None and near > self.low and self.chunks[near - 1].kind in ("NP", "TIME")

    def opens_clause(self, i: int) -> bool:
        """Does the preposition `i` open a clause, as in "after the minister resigned"?"""
        if i + 2 >= self.high or self.chunks[i + 1].kind not in ("NP", "TIME") or self.role(i + 1) in "RDO":
            return False
        waits = sum(clause.verb is None for clause in self.stack[-NEAR:])
        if self.lowers[self.chunks[i].first] in ("as", "like", "than") and self.role(i + 1) != "o":
            waits += 1 if self.stack[-1].verb is None and self.phrase is not None else 0
        for k in range(i + 2, min(self.high, i + NEAR)):
            kind, role = self.chunks[k].kind, self.role(k)
            if kind == "VG" and role in "mwhkzdEKb":
                if role in "EK" and self.chunks[k - 1].kind in ("NP", "TIME") and self.is_reduced(k):
                    continue
                held = waits - (self.stack[0].verb is None and self.stack[0].pending is None and self.phrase is None)
                return held <= 0 or self.verbs_after(k) >= held
            if (kind == "MARK" and role in "cqW;:,") or kind == "QUOTE" or (kind == "NP" and role in "RD"):
                return False
        return False

    def is_reduced(self, k: int) -> bool:
        return self.role(k) == "K" and self.next_kind(k) == "P"

    def preposition(self, i: int) -> bool:
        token = self.chunks[i].last - 1
        if self.roles[token] not in "IM" or not self.opens_clause(i):
            return False
        self.relabelled.append((token, "q"))
        self.subordinator(i, token)
        return True

    def next_to(self, i: int) -> int:
        """The next chunk that is no adverb."""
        i += 1
        while i < self.high and self.chunks[i].kind == "ADV":
            i += 1
        return i

    def another_verb(self, i: int, top: Open) -> None:
        waits = self.waiting()
        k = i - 1
        while k > self.low and self.chunks[k].kind == "ADV":
            k -= 1
        link = self.conjunction
        if k >= self.low and self.role(k) == "c" and self.chunks[k].kind == "MARK":
            self.shared_subject(i, k)
        elif (
            link is not None
            and (self.near is None or self.near < link)
            and self.chunks[link + 1].kind in ("P", "ADV", "TIME", "MARK")
        ):
            self.shared_subject(i, link)  # "and in May called"
        elif self.phrase is None:
            self.verb_without_subject(i, waits)
        else:
            self.verb_with_subject(i, top, waits)

    def verb_with_subject(self, i: int, top: Open, waits: int | None) -> None:
        phrase, fresh = self.phrase, self.fresh
        assert phrase is not None
        assert top.verb is not None
        before = self.role(fresh - 1) if fresh is not None else ""
        direct = phrase == top.verb + 1 and self.lowers[self.chunks[top.verb].head] in self.takes
        takes = self.lowers[self.chunks[top.verb].head] in self.takes
        near = self.near
        if waits is not None and self.stack[waits].pending is None and fresh is None and self.is_subject_clause(waits):
            subject = self.stack[waits + 1].verb  # "Closing the border was wrong"
            self.pop_to(waits, self.boundary(i))
            self.stack[-1].subject, self.stack[-1].verb = subject, i
            self.forget()
        elif near is not None and near != phrase and near != fresh and self.adjacent(near) and self.role(i - 1) != ",":
            clause = self.push(Open(self.chunks[near].first, "relative"))
            clause.subject, clause.verb = near, i
        elif (
            waits is not None
            and self.stack[waits].pending is not None
            and (self.verbs_after(i) == 0 or (fresh is None and not takes) or self.role(i - 1) == ",")
        ):
            self.pop_to(waits, self.boundary(phrase if phrase == fresh else i))
            self.stack[-1].subject = self.stack[-1].pending
            self.stack[-1].verb = i
            self.forget()
        elif fresh is not None and before == "c" and not (direct and self.role(fresh - 2) != ","):
            self.coordinate(i, fresh, waits)
        elif fresh is not None and before in ",-" and waits is not None:
            self.pop_to(waits, self.boundary(fresh))
            self.stack[-1].subject = fresh if self.stack[-1].pending is None else self.stack[-1].pending
            self.stack[-1].verb = i
            self.forget()
        elif fresh is not None and before in ",-" and not direct:
            self.pop_to(0, self.boundary(fresh))
            clause = self.push(Open(self.chunks[fresh].first, "coordinate"))
            clause.subject, clause.verb = fresh, i
        else:
            self.bare(i, phrase, top)

    def is_subject_clause(self, waits: int) -> bool:
        """Is the clause that stands first in the waiting one its subject?"""
        clause, first = self.stack[waits], self.stack[waits + 1]
        return not first.finite and first.first == clause.first and first.opener is None

    def bare(self, i: int, phrase: int, top: Open) -> None:
        """A clause without an opener: "said the plan failed", "approved the plan officials wrote"."""
        near = self.near
        assert top.verb is not None
        takes = self.lowers[self.chunks[top.verb].head] in self.takes
        if near != phrase and self.adjacent(near) and not takes:
            clause = self.push(Open(self.chunks[near].first, "relative"))
            clause.subject, clause.verb = near, i
            return
        clause = self.push(Open(self.chunks[phrase].first, "content"))
        clause.subject, clause.verb = phrase, i
        self.subject_behind(i, clause)

    def coordinate(self, i: int, phrase: int, waits: int | None) -> None:
        token = self.chunks[phrase - 1].first
        comma = phrase - 2 >= self.low and self.role(phrase - 2) == ","
        if waits is not None and self.verbs_after(i) < 1 and comma:
            depth = waits
        else:
            depth = 0 if comma else self.finite_depth()
        self.pop_to(depth, self.boundary(phrase))
        clause = self.push(Open(token, "coordinate", token))
        clause.subject, clause.verb = phrase, i
        self.subject_behind(i, clause)

    def shared_subject(self, i: int, k: int) -> None:
        """ "said X and called Y": a verb behind a conjunction."""
        self.pop_to(self.finite_depth(), self.boundary(i))
        token = self.chunks[k].first
        clause = self.push(Open(token, "coordinate", token))
        clause.verb = i

    def verb_without_subject(self, i: int, waits: int | None) -> None:
        for depth in range(len(self.stack) - 1, max(0, len(self.stack) - NEAR), -1):
            carried = self.stack[depth].carried
            if waits is not None and depth <= waits:
                break
            if carried is not None:
                self.pop_to(depth - 1, self.boundary(i))
                self.phrase = self.near = carried
                if carried > self.low and self.role(carried - 1) in ",-c" and self.chunks[carried - 1].kind == "MARK":
                    self.fresh = carried
                self.another_verb(i, self.stack[-1])
                return
        if waits is not None:
            self.pop_to(waits, self.boundary(i))
            self.first_verb(i, self.stack[-1])
        elif self.role(i) in "EK":
            self.non_finite(i, "E")
        else:
            clause = self.push(Open(self.chunks[i].first, "content"))
            clause.verb = i
