"""The grammar of a document: classes of words, chunks and clauses, computed once, and the questions asked of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from analysis.grammar.chunks import Chunk, chunk
from analysis.grammar.clauses import Clause, Reader
from analysis.grammar.tagging import tagger
from analysis.grammar.words import UPOS
from analysis.rules import word_lists
from analysis.text.document import Document, Quotation, Tokens

MOST_IN_PHRASE = 12  # tokens of a quotation that may be part of a phrase
MOST_IN_TITLE = 8
DEEPEST = 3  # brackets in quotations in brackets


class Segment(NamedTuple):
    """A sentence as its own text: outside quotations, or inside one (`quote` is then its chunk).

    Its chunks and clauses are ranges, half-open; chunks that stand side by side are neighbours in `Grammar.chunks`.
    """

    first_chunk: int
    last_chunk: int
    first_clause: int
    last_clause: int
    quote: int | None


class VerbGroup(NamedTuple):
    """What a verb group tells: `main` is its last verb, `auxiliaries` those before it (tokens).

    `form`: finite, infinitive ("to leave"), ing, participle.
    """

    main: int
    auxiliaries: tuple[int, ...]
    form: str
    passive: bool
    negated: bool
    modal: bool

    @property
    def finite(self) -> bool:
        return self.form == "finite"


class Grammar:
    """The analysis of one document; tokens are indices into `document.tokens`, ranges are half-open.

    - `tags`: the Universal POS tag of each token;
    - `chunks`: phrases; those of one segment stand together, in the order of the text;
    - `clauses`: those of one segment stand together, each after the clause it stands in;
    - `segments`: sentences, and the sentences inside quotations after the one that holds them.
    """

    __slots__ = (
        "_chunk_at",
        "_clause_at",
        "_segment_firsts",
        "chunks",
        "clauses",
        "letters",
        "lowers",
        "roles",
        "segments",
        "size",
    )

    def __init__(self, lowers: Sequence[str], letters: list[str], roles: str) -> None:
        self.lowers, self.letters, self.roles = lowers, letters, roles
        self.size = len(letters)
        self.chunks: list[Chunk] = []
        self.clauses: list[Clause] = []
        self.segments: list[Segment] = []
        self._chunk_at: list[int] | None = None
        self._clause_at: list[int] | None = None
        self._segment_firsts: list[int] | None = None

    @property
    def tags(self) -> list[str]:
        """The Universal POS tag of each token."""
        return [UPOS[letter] for letter in self.letters]

    @property
    def chunk_at(self) -> list[int]:
        """For each token the innermost chunk it stands in (in a quotation, that of its own sentence); -1 for none."""
        if self._chunk_at is None:
            found = [-1] * self.size
            for k, (_, first, last, _) in enumerate(self.chunks):  # what is inside a quotation comes after it
                found[first:last] = [k] * (last - first)
            self._chunk_at = found
        return self._chunk_at

    @property
    def clause_at(self) -> list[int]:
        """For each token the innermost clause it stands in; -1 for none (punctuation between sentences)."""
        if self._clause_at is None:
            self._clause_at = _innermost(self.clauses, self.size)
        return self._clause_at

    def segment_of(self, chunk: int) -> Segment:
        """The sentence that a chunk stands in."""
        if self._segment_firsts is None:
            self._segment_firsts = [s.first_chunk for s in self.segments]
        return self.segments[max(0, bisect_right(self._segment_firsts, chunk) - 1)]

    def around(self, chunk: int) -> tuple[int | None, int | None]:
        """The neighbours of a chunk in its own sentence: None at the edges."""
        segment = self.segment_of(chunk)
        return (
            chunk - 1 if chunk > segment.first_chunk else None,
            chunk + 1 if chunk + 1 < segment.last_chunk else None,
        )

    def word(self, chunk: int) -> str:
        """The head of a chunk, in lower case."""
        return self.lowers[self.chunks[chunk].head]

    # -- verbs

    def verb_group(self, chunk: int) -> VerbGroup:
        """What a verb group tells: voice, form, negation, modal."""
        _, first, last, head = self.chunks[chunk]
        roles = self.roles[first:last]
        verbs = [first + k for k, role in enumerate(roles) if role in _VERBAL]
        main = verbs[-1] if verbs else head
        auxiliaries = tuple(verbs[:-1])
        negated = "~" in roles or any(self.lowers[k].endswith("n't") or self.lowers[k] == "cannot" for k in verbs)
        passive = self.roles[main] in "eEKd" and any(self.roles[k] in "wBVG" for k in auxiliaries[-1:])
        lead = self.roles[first] if roles[:1] != "~" else "e"
        form = "infinitive" if lead == "T" else "ing" if lead in "gGH" else "participle" if lead in "eVB" else "finite"
        if lead in "EK":
            form = "participle" if self.letters[first] == "e" else "finite"
        return VerbGroup(main, auxiliaries, form, passive or form == "participle", negated, "m" in roles)

    def has_finite_verb(self, first: int, last: int) -> bool:
        """Does a finite verb group begin in this range of tokens?"""
        at = self.chunk_at
        return any(
            self.chunks[at[k]].kind == "VG" and self.chunks[at[k]].first == k and self.verb_group(at[k]).finite
            for k in range(first, last)
            if at[k] >= 0
        )

    def subject_of(self, clause: int) -> int | None:
        """The chunk that is the subject of a clause: its own, or the one it shares or takes over."""
        for _ in range(MOST_IN_PHRASE):
            found = self.clauses[clause]
            if found.subject is not None:
                return found.subject
            if found.parent is None or found.kind not in ("coordinate", "participle", "infinitive"):
                return None
            clause = found.parent
        return None

    def agent(self, clause: int) -> int | None:
        """The chunk after "by" behind a passive verb group: who did it."""
        verb = self.clauses[clause].verb
        if verb is None or not self.verb_group(verb).passive:
            return None
        last = self.segment_of(verb).last_chunk
        for k in range(verb + 1, min(verb + 4, last - 1)):
            if self.chunks[k].kind == "P" and self.word(k) == "by" and self.chunks[k + 1].kind == "NP":
                return k + 1
            if self.chunks[k].kind not in ("ADV", "TIME", "P", "NP"):
                break
        return None

    def clause_of(self, verb: int) -> int | None:
        """The clause whose verb is this chunk."""
        at = self.clause_at[self.chunks[verb].head]
        while at is not None and at >= 0 and self.clauses[at].verb != verb:
            at = self.clauses[at].parent
        return at

    # -- noun phrases

    def phrase(
        self,
        chunk: int,
        *,
        prepositions: bool = True,
        coordination: bool = True,
        apposition: bool = True,
        relatives: bool = True,
    ) -> tuple[int, int]:
        """The whole noun phrase around a chunk: the range of its tokens.

        `prepositions`: "the head of the union in Oslo"; `coordination`: "Reed and Cole"; `apposition`: "Reed, a lawyer
        for the firm,"; `relatives`: "Reed, who lives there,".  What "of" adds is always part of it.
        """
        segment = self.segment_of(chunk)
        last = chunk
        while True:
            step = self._grow(last, segment, prepositions, coordination, apposition, relatives)
            if step == last:
                return self.chunks[chunk].first, self.chunks[last].last
            last = step

    def _grow(
        self, last: int, segment: Segment, prepositions: bool, coordination: bool, apposition: bool, relatives: bool
    ) -> int:
        chunks, end = self.chunks, segment.last_chunk
        k = last + 1
        if k + 1 >= end:
            return last
        kind, role = chunks[k].kind, self.roles[chunks[k].first]
        following = chunks[k + 1].kind
        if kind == "P" and following in ("NP", "TIME") and (prepositions or self.word(k) == "of"):
            return k + 1
        if kind == "MARK" and role == "c" and following == "NP" and coordination:
            return k + 1 if k + 2 >= end or chunks[k + 2].kind != "VG" or self.word(k) == "and" else last
        if (
            kind == "MARK"
            and role in ",-"
            and apposition
            and following == "NP"
            and self.roles[chunks[k + 1].first] not in "oRD"
        ):
            close = self._grow_to(k + 1, segment)
            if close + 1 >= end or (chunks[close + 1].kind == "MARK" and self.roles[chunks[close + 1].first] in ",-.;"):
                return close
        if relatives and kind == "VG" and self._is_postmodifier(k, last):
            return self._end_of_clause(k, end)
        if relatives:
            at = k + 1 if kind == "MARK" and role == "," else k
            clause = self.clause_at[chunks[at].first]
            if (
                clause >= 0
                and self.clauses[clause].kind == "relative"
                and self.clauses[clause].first == chunks[at].first
            ):
                return max(last, self._end_of_clause(at, end))
        return last

    def _is_postmodifier(self, verb: int, noun: int) -> bool:
        """Does a verb group without a finite verb belong to the noun before it: "a letter written in May"?"""
        clause = self.clauses[self.clause_at[self.chunks[verb].first]]
        if clause.finite or clause.verb != verb or clause.parent is None:
            return False
        above = self.clauses[clause.parent].verb
        return clause.kind == "participle" or above is None or above > noun

    def _end_of_clause(self, at: int, end: int) -> int:
        """The last chunk, before `end`, of the clause that the chunk `at` stands in."""
        clause = self.clauses[self.clause_at[self.chunks[at].first]]
        return bisect_left(self.chunks, clause.last, at, end, key=lambda c: c.first) - 1

    def _grow_to(self, chunk: int, segment: Segment) -> int:
        last = chunk
        while True:
            step = self._grow(last, segment, True, True, False, False)
            if step == last:
                return last
            last = step

    def conjuncts(self, chunk: int) -> list[int]:
        """The noun phrases that a chunk is joined with by commas and "and" or "or", itself first."""
        found, end = [chunk], self.segment_of(chunk).last_chunk
        k, closed = chunk, False
        while not closed:
            j = k + 1
            while j + 1 < end and self.chunks[j].kind == "P" and self.word(j) == "of":
                j += 2
            if j < end and self.roles[self.chunks[j].first] == ",":
                j += 1
            if j < end and self.chunks[j].kind == "MARK" and self.roles[self.chunks[j].first] == "c":
                closed, j = True, j + 1
            if j == k + 1 or j >= end or self.chunks[j].kind != "NP":
                break
            found.append(j)
            k = j
        return found if closed and len(found) > 1 else [chunk]

    def is_time(self, first: int, last: int) -> bool:
        """Is this range of tokens an adjunct of time: "on Friday", "last week"?"""
        at = self.chunk_at
        kinds = {self.chunks[at[k]].kind for k in range(first, last) if at[k] >= 0}
        return "TIME" in kinds and kinds <= {"TIME", "P", "ADV", "MARK"}

    def clauses_in(self, first: int, last: int) -> Iterator[int]:
        """The clauses that begin in this range of tokens."""
        for k, clause in enumerate(self.clauses):
            if first <= clause.first < last:
                yield k


_VERBAL = frozenset("mwhkBVGHbzdeEKg")


def _innermost(clauses: Sequence[Clause], size: int) -> list[int]:
    found = [-1] * size
    order = sorted(range(len(clauses)), key=lambda k: (clauses[k].first, -clauses[k].last, k))
    stack: list[int] = []
    at = 0
    for k in [*order, None]:
        start = size if k is None else clauses[k].first
        while stack and at < start:
            stop = min(clauses[stack[-1]].last, start)
            if stop > at:
                found[at:stop] = [stack[-1]] * (stop - at)
                at = stop
            if clauses[stack[-1]].last <= at:
                stack.pop()
        at = max(at, start)
        if k is not None:
            stack.append(k)
    return found


def analyse(document: Document) -> Grammar:
    """The grammar of a segmented document.

    >>> from analysis.text.article import Article
    >>> from analysis.text.segmentation import segment
    >>> grammar = analyse(segment(Article("The minister said the bridge was safe.")))
    >>> [(c.kind, grammar.lowers[c.head]) for c in grammar.chunks]
    [('NP', 'minister'), ('VG', 'said'), ('NP', 'bridge'), ('VG', 'was'), ('ADJ', 'safe'), ('MARK', '.')]
    >>> [(c.kind, c.first, c.last, c.subject) for c in grammar.clauses]
    [('main', 0, 7, 0), ('content', 3, 7, 2)]
    """
    return _Analysis(document).run()


_RECENT: deque[tuple[Tokens, Grammar]] = deque(maxlen=4)


def grammar_of(document: Document) -> Grammar:
    """The grammar of a document, computed once: layers that are added to the document do not change it.

    The last few are remembered by their tokens, so nothing is kept with the document itself.
    """
    for tokens, grammar in _RECENT:
        if tokens is document.tokens:
            return grammar
    grammar = analyse(document)
    _RECENT.append((document.tokens, grammar))
    return grammar


class _Analysis:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.words, self.lowers = document.tokens.words, document.tokens.lowers
        self.quotes = [_token_range(document, q) for q in document.quotations if q.depth == 0]
        self.lists = word_lists("roles")

    def run(self) -> Grammar:
        sentences = self.document.sentences
        inner = self.inner_starts()
        firsts = sorted(
            {0, len(self.words), *(s.first_token for s in sentences), *(k for starts in inner for k in starts)}
        )
        letters, roles = tagger().tag(self.words, firsts)
        self.grammar = Grammar(self.lowers, list(letters), roles)
        self.inner = dict(zip((q[0] for q in self.quotes), inner, strict=True))
        q = 0
        for sentence in sentences:
            held = []
            while q < len(self.quotes) and self.quotes[q][0] < sentence.last_token:
                held.append(self.quotes[q])
                q += 1
            self.sentence(sentence.first_token, sentence.last_token, held)
        return self.grammar

    def inner_starts(self) -> list[list[int]]:
        """For each outermost quotation the tokens with which sentences inside it begin."""
        found = []
        for first, last in self.quotes:
            starts = [first + 1] if first + 1 < last and self.words[first + 1][0].isupper() else []
            starts += [
                k + 1
                for k in range(first + 1, last - 2)
                if self.words[k][-1] in ".?!" and not self.words[k][0].isalnum() and self.words[k + 1][0].isupper()
            ]
            found.append(starts)
        return found

    def sentence(
        self, first: int, last: int, quotes: list[tuple[int, int]], quote: int | None = None, depth: int = 0
    ) -> None:
        """Read the tokens of a sentence; what is quoted or stands in brackets is one chunk, and a text of its own."""
        holes = [(a, min(b, last), "Q") for a, b in quotes if self.is_atomic(first, last, a, b)]
        holes += [(a, min(b, last), "p") for a, b in quotes if self.is_title(a, b) and not self.is_atomic(first, last, a, b)]
        holes = self.brackets(first, last, sorted(holes))
        roles = self.grammar.roles
        if not holes and not quotes and depth == 0:
            self.read(roles[first:last], range(first, last), range(first + 1, last + 1), None)
            return
        run: list[tuple[str, int, int]] = []
        at = first
        for a, b, kind in [*holes, (last, last, "")]:
            run += [(roles[k], k, k + 1) for k in range(at, a) if roles[k] != '"']
            if kind:
                run.append((kind, a, b))
            at = b
        if not run:
            return
        base = len(self.grammar.chunks)
        self.read("".join([r[0] for r in run]), [r[1] for r in run], [r[2] for r in run], quote)
        made = {c.first: base + k for k, c in enumerate(self.grammar.chunks[base:]) if c.kind in ("QUOTE", "PAREN")}
        for a, b, kind in holes:
            if depth < DEEPEST and kind != "p":
                self.inside(a, b, made.get(a), depth + 1)

    def brackets(self, first: int, last: int, holes: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """The holes, with those stretches in brackets that lie outside them."""
        roles = self.grammar.roles
        if "(" not in roles[first:last]:
            return holes
        found, h, opened, k = [], 0, None, first
        level = 0
        while k < last:
            if h < len(holes) and k == holes[h][0]:
                if opened is None:
                    found.append(holes[h])
                k, h = holes[h][1], h + 1
                continue
            if roles[k] == "(":
                level += 1
                if opened is None:
                    opened = k
            elif roles[k] == ")" and opened is not None:
                level -= 1
                if level == 0:
                    found.append((opened, k + 1, "S"))
                    opened = None
            k += 1
        if opened is not None:  # never closed: what follows is read as it stands
            found += [hole for hole in holes if hole[0] > opened]
        return found

    def is_atomic(self, first: int, last: int, a: int, b: int) -> bool:
        """Is a quotation something said, or is it part of a phrase of the sentence ('called it "a disgrace"')?"""
        words = self.words
        if b - a < 3:
            return False
        inner_end = words[b - 2] if b - 2 > a else ""
        opens = a == first or words[a - 1] in (",", ":", "—", "–", "-", ".")
        if opens and (b >= last - 1 or inner_end in (",", ".", "?", "!", "—") or not words[a + 1][0].isupper()):
            return True
        if words[a + 1][0].islower():
            return False
        return inner_end in (",", ".", "?", "!") or b - a > MOST_IN_PHRASE

    def is_title(self, a: int, b: int) -> bool:
        """Does what is quoted stand for a name: the “Never Again” campaign?"""
        return 2 < b - a <= MOST_IN_TITLE and self.words[a + 1][0].isupper()

    def inside(self, a: int, b: int, chunk: int | None, depth: int) -> None:
        edges = sorted({a + 1, *(k for k in self.inner.get(a, []) if k < b), b})
        for start, stop in pairwise(edges):
            if start < stop:
                self.sentence(start, stop, [], chunk, depth)

    def read(self, roles: str, firsts: Sequence[int], stops: Sequence[int], quote: int | None) -> None:
        """Chunks and clauses of one segment, whose characters stand for these tokens."""
        grammar = self.grammar
        low = len(grammar.chunks)
        for kind, start, end in chunk(roles):
            head = end - 1
            if kind == "VG" and roles[head] == "~" and head > start:
                head -= 1
            grammar.chunks.append(Chunk(kind, firsts[start], stops[end - 1], firsts[head]))
        high = len(grammar.chunks)
        reader = Reader(grammar.chunks, grammar.roles, low, high, self.lowers, self.lists)
        found = reader.read()
        for token, letter in reader.relabelled:
            grammar.letters[token] = letter
        base = len(grammar.clauses)
        parent = None if quote is None else self.clause_around(quote)
        for number, clause in enumerate(found):
            clause.number = base + number
        for clause in found:
            above = clause.parent.number if clause.parent is not None else parent
            grammar.clauses.append(
                Clause(
                    clause.first,
                    clause.last,
                    clause.opener,
                    clause.subject,
                    clause.verb,
                    above,
                    clause.kind,
                    clause.finite,
                )
            )
        grammar.segments.append(Segment(low, high, base, len(grammar.clauses), quote))

    def clause_around(self, quote: int) -> int | None:
        """The clause that a quotation or bracket stands in."""
        token, clauses = self.grammar.chunks[quote].first, self.grammar.clauses
        segment = self.grammar.segments[bisect_right(self.grammar.segments, quote, key=lambda s: s.first_chunk) - 1]
        low, high = segment.first_clause, segment.last_clause
        at: int | None = bisect_right(clauses, token, low, high, key=lambda c: c.first) - 1
        if at is None or at < low:
            return None
        while at is not None and not clauses[at].first <= token < clauses[at].last:
            at = clauses[at].parent
        return at


def _token_range(document: Document, quotation: Quotation) -> tuple[int, int]:
    starts = document.tokens.starts
    return bisect_left(starts, quotation.start), bisect_left(starts, quotation.end)
