"""Scope: the words that a marker weakens or strengthens.

As in NegEx (Chapman et al. 2001) and ConText (Harkema et al. 2009), a marker has a direction, and its scope runs
that way until something ends it; here the clause ends it, as the grammar layer reads clauses.  A rule's `scope` names
the direction:

================= ==========================================================================================
`clause`          the clause around the marker, on both sides of it (modals, adverbs); the default
`clause-after`    what follows the marker in its clause ("believes that ...", "accused of ...")
`clause-to-comma` the clause that the marker opens ("if ...", "whether ...")
`phrase-after`    the phrase that follows ("nearly five months", "alleged thief")
`claim`           what is said by the source in which the marker stands ("critics say ..."), else as `clause`
================= ==========================================================================================

The marker itself is not part of its scope, and neither are clauses that only stand beside its clause: "..., but ...",
"..., while ...", "because ...", "..., she said".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from analysis.grammar import Clause, grammar_of
from analysis.rules import word_lists
from analysis.rules.language import TESTS
from analysis.text.document import Document, Span

REACH = 40  # tokens: a scope is cut off there, so that the time stays linear in a text without marks
SUBJECT = 6  # tokens between the comma and a verb that comes after what it is about ("..., studies suggest")
EMPTY_SUBJECT = 4  # tokens of "there is some little (doubt that)"
PHRASE = ("NP", "TIME", "ADJ")


class Range(NamedTuple):
    """Tokens `first` to `last`, half-open."""

    first: int
    last: int


class Scopes:
    """The scopes of the markers of one document.

    >>> from analysis.text.article import Article
    >>> from analysis.text.segmentation import segment
    >>> document = segment(Article("Heavy rain could close the pass, but trucks still run."))
    >>> [document.text[s.start : s.end] for s in Scopes(document).of("clause", 2, 3, 0, 12)]
    ['Heavy rain', 'close the pass']
    """

    def __init__(self, document: Document) -> None:
        self.tokens, self.grammar, self.lists = document.tokens, grammar_of(document), word_lists("hedging")
        clauses = self.grammar.clauses
        self.in_order = sorted(range(len(clauses)), key=lambda k: (clauses[k].first, -clauses[k].last, k))
        self.firsts = [clauses[k].first for k in self.in_order]
        self.edges: dict[str, bool] = {}  # the words asked for so far that are no part of what a clause says
        self.beside: dict[int, bool] = {}  # the clauses asked for so far that only stand beside the one before
        self.marks = [k for k in self.tokens.find(self.lists["closing"]) if self.is_mark(k)]

    def of(self, kind: str, first: int, last: int, start: int, end: int) -> tuple[Span, ...]:
        """The scope of the marker at the tokens first:last, within the tokens start:end: its sentence, or the words of
        the source that it is in."""
        frame = Range(max(start, first - REACH), min(end, last + REACH))
        if kind == "phrase-after":
            ranges = self.phrase_after(first, last, frame)
        elif kind == "clause-to-comma":
            ranges = [self.opened(first, last, frame)]
        elif kind == "clause-after":
            after = self.rest(first, last, frame)
            ranges = [after if self.holds_words(after) else self.said_of(first, frame)]
        else:
            ranges = self.around(first, last, frame)
        starts, ends = self.tokens.starts, self.tokens.ends
        return tuple(Span(starts[a], ends[b - 1]) for a, b in map(self.trimmed, _joined(ranges)) if a < b)

    # -- the directions

    def around(self, first: int, last: int, frame: Range) -> list[Range]:
        """The clause on both sides of the marker."""
        reduced = self.reduced(first, last, frame)
        if reduced:
            return reduced
        before, after = self.before(first, frame), self.rest(first, last, frame)
        if self.has_empty_subject(before, after):
            return [after]
        if not self.holds_words(before) and not self.holds_words(after):
            return [self.antecedent(first, frame)]
        return [self.shared_subject(first, before, frame), before, after]

    def reduced(self, first: int, last: int, frame: Range) -> list[Range]:
        """The participle that an adverb between commas belongs to, and its noun: [the raid], reportedly [planned]."""
        at = self.grammar.chunk_at[first]
        verb = max(last, self.grammar.chunks[at].last) if at >= 0 else last  # reportedly often | called
        participle = next((c for c in self.clauses_from(verb, verb + 1) if c.kind == "participle"), None)
        if participle is None or first <= frame.first or self.tokens.lowers[first - 1] != ",":
            return []
        return [self.phrase_before(first - 1, frame), Range(last, self.end_of(participle, last, frame))]

    def opened(self, first: int, last: int, frame: Range) -> Range:
        """The clause that the marker opens: if [the river floods]."""
        opened = None
        for clause in self.clauses_from(first, last + 1):  # the innermost, if none has the marker for its opener
            if opened is None or opened.opener is None or not first <= opened.opener < last:
                opened = clause
        if opened is None or opened.kind == "main":
            return self.rest(first, last, frame)
        return Range(last, self.before_mark(last, max(last, self.end_of(opened, last, frame))))

    def phrase_after(self, first: int, last: int, frame: Range) -> list[Range]:
        """The phrase that follows: nearly [five months]. Where none does, the clause before: [the claims are] false."""
        stop = min(self.end_of_phrase(last, frame), frame.last)
        return [Range(last, stop) if stop > last else self.before(first, frame)]

    # -- the parts of a clause

    def number(self, token: int) -> int | None:
        """The innermost clause that a token is in."""
        found = self.grammar.clause_at[token]
        return found if found >= 0 else None

    def before(self, first: int, frame: Range) -> Range:
        """What comes before the marker in its clause: [Heavy rain] could."""
        number = self.number(first)
        opens = frame.first
        if number is not None:
            clause = self.grammar.clauses[number]
            opens = max(opens, self.behind_opener(clause, first))
            for other in self.clauses_from(opens, first):
                if other.first > opens:
                    break
                if other.last <= first:
                    opens = self.behind_fronted(other)
        return Range(self.behind_mark(min(opens, first), first), first)

    def behind_fronted(self, clause: Clause) -> int:
        """Where a sentence starts that a clause opens: Although it rains, [she]; Whether [it holds] remains."""
        opening = self.tokens.lowers[clause.first]
        if clause.kind == "adverbial" and opening not in self.lists["of_verb"]:
            return clause.last
        return clause.first + (opening in self.lists["complementiser"])

    def rest(self, first: int, last: int, frame: Range) -> Range:
        """What follows the marker in its clause: could [close the pass]."""
        number = self.number(first)
        stop = frame.last if number is None else self.end_of(self.grammar.clauses[number], last, frame)
        return Range(last, self.before_mark(last, max(last, stop)))

    def end_of(self, clause: Clause, last: int, frame: Range) -> int:
        """The end of the clause after the token `last`: where it closes, or where a coordinate one opens."""
        stop = min(clause.last, frame.last)
        for place in range(bisect_left(self.firsts, last), len(self.firsts)):
            if self.firsts[place] >= stop:
                break
            beside = self.beside.get(place)
            if beside is None:
                beside = self.beside[place] = self.stands_beside(self.grammar.clauses[self.in_order[place]])
            if beside:
                return self.firsts[place]
        return stop

    def stands_beside(self, clause: Clause) -> bool:
        """Is a clause no part of what the clause before it says?"""
        previous = self.tokens.lowers[clause.first - 1] if clause.first else ""
        if clause.kind == "coordinate":
            return clause.subject is not None or previous == ","
        if clause.kind == "adverbial":
            of_verb = self.tokens.lowers[clause.first] in self.lists["of_verb"]
            return (clause.finite or previous == ",") and not of_verb and not self.goes_on(clause)
        if clause.kind in ("participle", "relative"):
            return previous == "," and not self.goes_on(clause)
        return clause.kind == "content" and previous in self.lists["coordinating"]

    def goes_on(self, clause: Clause) -> bool:
        """Does the clause around go on after this one: the gas, which leaked, [exploded]?"""
        if clause.parent is None:
            return False
        around, lowers = self.grammar.clauses[clause.parent], self.tokens.lowers
        follows = clause.last + (clause.last < around.last and lowers[clause.last] == ",")
        if follows >= around.last or self.is_edge(follows):
            return False
        return all(other.kind not in ("coordinate", "adverbial") for other in self.clauses_from(follows, follows + 1))

    def behind_opener(self, clause: Clause, first: int) -> int:
        """Where a clause starts after the word that opens it; "who" and "which" open, even where they are subjects."""
        opens = clause.first
        if clause.opener == opens or self.tokens.lowers[opens] in self.lists["coordinating"]:
            opens += 1
        if clause.kind == "relative" and clause.subject is not None:
            subject = self.grammar.chunks[clause.subject]
            if subject.first == clause.first:
                opens = subject.last
        return min(opens, first)

    def shared_subject(self, first: int, before: Range, frame: Range) -> Range:
        """The subject that a clause takes over: [The mayor] left and may return."""
        number = self.number(first)
        if number is None:
            return Range(first, first)
        clause = self.grammar.clauses[number]
        subject = self.grammar.subject_of(number)
        inverted = self.tokens.lowers[clause.first] in self.lists["inverting"]
        if clause.kind != "coordinate" or clause.subject is not None or subject is None or inverted:
            return Range(first, first)
        a, b = self.grammar.phrase(subject)
        return Range(a, b) if frame.first <= a and b <= before.first else Range(first, first)

    def has_empty_subject(self, before: Range, after: Range) -> bool:
        """Is what comes before an empty subject and its verb: It is possible [that ...], There is no doubt [that]?"""
        a, b = self.trimmed(before)
        c, d = self.trimmed(after)
        return (
            a < b <= a + EMPTY_SUBJECT
            and c < d
            and self.tokens.lowers[a] in self.lists["empty_subject"]
            and any(clause.first == c and clause.kind != "infinitive" for clause in self.clauses_from(c, c + 1))
        )

    def antecedent(self, first: int, frame: Range) -> Range:
        """What a relative clause is about that holds only the marker: [the video], which could not be verified."""
        number = self.number(first)
        if number is None or self.grammar.clauses[number].kind != "relative":
            return Range(first, first)
        return self.phrase_before(self.grammar.clauses[number].first, frame)

    def said_of(self, first: int, frame: Range) -> Range:
        """What comes before the comma and the short subject of a verb that nothing follows: [Ships are the likeliest
        cause], studies suggest."""
        lowers = self.tokens.lowers
        for k in range(first - 2, max(frame.first, first - 1 - SUBJECT), -1):
            if lowers[k] == ",":
                return Range(self.behind_mark(frame.first, k), k)
        return Range(first, first)

    # -- phrases

    def phrase_before(self, first: int, frame: Range) -> Range:
        """The phrase that ends before the token `first`, marks aside."""
        last = self.trimmed(Range(frame.first, first)).last
        at = self.grammar.chunk_at[last - 1] if last > frame.first else -1
        return Range(self.grammar.chunks[at].first, last) if at >= 0 else Range(first, first)

    def end_of_phrase(self, last: int, frame: Range) -> int:
        """Where the phrase ends that starts at the token `last`, or goes on there."""
        if last >= frame.last:
            return last
        at: int | None = self.grammar.chunk_at[last]
        end = last
        while at is not None and at >= 0:
            chunk = self.grammar.chunks[at]
            if chunk.kind == "MARK":
                return end
            if chunk.kind == "VG":
                return self.rest(chunk.head, last, frame).last  # almost [missed the train]
            if chunk.kind in PHRASE:
                return self.bare_phrase(at, last)
            end = chunk.last
            at = self.grammar.around(at)[1] if chunk.kind in ("ADV", "P") else None
        return end

    def bare_phrase(self, chunk: int, first: int) -> int:
        """The end of a noun phrase with what "of" adds, and with what a bare number counts: half [a million]."""
        end = self.without_tail(chunk)
        counts = all(TESTS["number"](self.tokens.words[k], self.tokens.lowers[k]) for k in range(first, end))
        follows = end + (end < len(self.tokens.words) and self.tokens.lowers[end] == ":" and not self.is_mark(end))
        at = self.grammar.chunk_at[follows] if counts and follows < len(self.tokens.words) else -1
        goes_on = at >= 0 and self.grammar.chunks[at].kind in PHRASE and self.grammar.chunks[at].first == follows
        return self.without_tail(at) if goes_on else end

    def without_tail(self, chunk: int) -> int:
        """The end of a noun phrase with what "of" adds, and nothing else."""
        return self.grammar.phrase(chunk, prepositions=False, coordination=False, apposition=False, relatives=False)[1]

    # -- tokens

    def clauses_from(self, first: int, last: int) -> Iterator[Clause]:
        """The clauses that begin at the tokens first:last, in the order of the text."""
        for k in range(bisect_left(self.firsts, first), len(self.firsts)):
            if self.firsts[k] >= last:
                return
            yield self.grammar.clauses[self.in_order[k]]

    def holds_words(self, tokens: Range) -> bool:
        a, b = self.trimmed(tokens)
        return a < b

    def trimmed(self, tokens: Range) -> Range:
        """Without marks and conjunctions at the ends."""
        first, last = tokens
        while first < last and self.is_edge(first):
            first += 1
        while first < last and self.is_edge(last - 1):
            last -= 1
        return Range(first, last)

    def is_edge(self, k: int) -> bool:
        """Is there a mark or a conjunction here that is not part of what a clause says?"""
        word = self.tokens.words[k]
        found = self.edges.get(word)
        if found is None:
            bare = not word[0].isalnum() and not word[-1].isalnum() and word not in self.lists["unit"]
            found = self.edges[word] = bare or self.tokens.lowers[k] in self.lists["coordinating"]
        return found

    def is_mark(self, k: int) -> bool:
        """Is there a mark here that no scope passes: a semicolon, a dash, a colon (not that in 7:30)?"""
        lowers = self.tokens.lowers
        if lowers[k] == ":" and 0 < k < len(lowers) - 1 and lowers[k - 1].isdigit() and lowers[k + 1][0].isdigit():
            return False
        return lowers[k] in self.lists["closing"]

    def before_mark(self, first: int, last: int) -> int:
        return _first_in(self.marks, first, last)

    def behind_mark(self, first: int, last: int) -> int:
        at = bisect_left(self.marks, last)
        return self.marks[at - 1] + 1 if at and self.marks[at - 1] >= first else first


def _first_in(places: Sequence[int], first: int, last: int) -> int:
    """The first of these places in the range first:last; `last` if there is none."""
    at = bisect_left(places, first)
    return places[at] if at < len(places) and places[at] < last else last


def _joined(ranges: Iterable[Range]) -> list[Range]:
    """The ranges without empty ones."""
    return [r for r in ranges if r.first < r.last]
