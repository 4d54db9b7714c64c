"""From a segmented document to its grammar: sentences, with quotations and brackets as texts of their own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from analysis.grammar.chunks import Chunk, chunk
from analysis.grammar.clauses import Clause, Open, Reader, Segment
from analysis.grammar.grammar import Grammar
from analysis.grammar.outline import Outline
from analysis.grammar.packed import MANY
from analysis.grammar.tagging import tagger
from analysis.grammar.words import form
from analysis.text.datelines import dateline_end
from analysis.text.document import Document, Quotation, Tokens

MOST_IN_PHRASE = 12  # tokens of a quotation with a capital that may be part of a phrase
MOST_IN_TITLE = 8
DEEPEST = 3  # brackets in quotations in brackets
SAID, NAME, ASIDE = "Q", "p", "S"  # a quotation, a title in quotation marks, what is in brackets
_FINITE = re.compile("[mwhkzdEKb]")
# A noun phrase, a word that may be its verb, and what may follow a verb.
_VERBLESS = re.compile("(?:(?<=[np])(?=N)|(?<=N)(?=n))([nN])(?=[tvpOoTRWq]|i+[tvpo])")
_UNSEEN = '"[]'  # marks that part no phrase: "[the] plan"
_STOPS = (",", ".", "?", "!", "—")
_OPENS = (",", ":", "—", "–", "-", ".")

_RECENT: deque[tuple[Tokens, Grammar]] = deque(maxlen=4)


def grammar_of(document: Document) -> Grammar:
    """The grammar of a document, computed once: layers that are added to the document do not change it.

    The last few are remembered by their tokens, so nothing is kept with the document itself; of long ones, the last.
    """
    for tokens, grammar in _RECENT:
        if tokens is document.tokens:
            return grammar
    if len(document.tokens) >= MANY:
        _RECENT.clear()
    grammar = analyse(document)
    _RECENT.append((document.tokens, grammar))
    return grammar


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
    return _Builder(document).run()


class Hole(NamedTuple):
    """A stretch of tokens that is one chunk of the sentence around it."""

    first: int
    last: int
    kind: str


class _Builder:
    """Builds the grammar of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.words, self.lowers = document.tokens.words, document.tokens.lowers
        self.quotes = [_token_range(document, q) for q in document.quotations if q.depth == 0]
        self.starts = {first: self.inner_starts(first, last) for first, last in self.quotes}

    def run(self) -> Grammar:
        sentences = self.document.sentences
        edges = {0, len(self.words)}
        edges.update(s.first_token for s in sentences)
        for starts in self.starts.values():
            edges.update(starts)
        tags = tagger()
        states, self.roles = tags.tag(self.words, sorted(edges))
        self.grammar = Grammar(self.lowers, states, tags.letters, self.roles)
        q = 0
        for sentence in sentences:
            held = []
            while q < len(self.quotes) and self.quotes[q][0] < sentence.last_token:
                held.append(self.quotes[q])
                q += 1
            self.sentence(sentence.first_token, sentence.last_token, held)
        return self.grammar

    def inner_starts(self, first: int, last: int) -> list[int]:
        """The tokens with which sentences inside a quotation begin."""
        words = self.words
        starts = [first + 1] if first + 1 < last and words[first + 1][0].isupper() else []
        for k in range(first + 1, last - 2):
            if words[k][-1] in ".?!" and not words[k][0].isalnum() and words[k + 1][0].isupper():
                starts.append(k + 1)
        return starts

    def sentence(self, first: int, last: int, quotes: Sequence[tuple[int, int]]) -> None:
        """Read a sentence outside quotations; a dateline is read separately."""
        body = dateline_end(self.words, first, last)
        if body > first:
            self.piece(first, body, [], None, 0)
            first = body
        holes = [hole for a, b in quotes if (hole := self.quotation(first, last, a, min(b, last)))]
        roles = self.roles[first:last]
        if not quotes and "(" not in roles and "[" not in roles:
            self.read(roles, range(first, last), range(first + 1, last + 1), None)
        else:
            self.piece(first, last, holes, None, 0)

    def piece(self, first: int, last: int, holes: list[Hole], quote: int | None, depth: int) -> None:
        """Read a sentence with holes, and what is in them as texts of their own."""
        within = self.roles[first:last]
        if "(" in within or "[" in within:
            holes = with_brackets(self.roles, first, last, holes)
        run = with_tokens(self.roles, first, last, holes)
        if not run.roles:
            return
        base = len(self.grammar.chunks)
        self.read(run.roles, run.firsts, run.stops, quote)
        if depth < DEEPEST and any(hole.kind != NAME for hole in holes):
            made = {c.first: base + k for k, c in enumerate(self.grammar.chunks[base:]) if c.kind in ("QUOTE", "PAREN")}
            for hole in holes:
                if hole.first in made:
                    self.inside(hole, made[hole.first], depth + 1)

    def inside(self, hole: Hole, chunk: int, depth: int) -> None:
        """Read the sentences inside a quotation or brackets."""
        starts = self.starts.get(hole.first, [])
        edges = sorted({hole.first + 1, *starts[: bisect_left(starts, hole.last)], hole.last})
        for start, stop in pairwise(edges):
            self.piece(start, stop, [], chunk, depth)

    def quotation(self, first: int, last: int, a: int, b: int) -> Hole | None:
        """What a quotation is for its sentence: something said, a title, or part of a phrase ("a “shame”")."""
        words = self.words
        if b - a < 3:
            return None
        closes = words[b - 2] in _STOPS or words[b : b + 1] == [","]
        capital = words[a + 1][0].isupper()
        set_off = a == first or words[a - 1] in _OPENS
        if (set_off and (b >= last - 1 or closes or not capital)) or (capital and (closes or b - a > MOST_IN_PHRASE)):
            return Hole(a, b, SAID)
        return Hole(a, b, NAME) if capital and b - a <= MOST_IN_TITLE else None

    def read(self, roles: str, firsts: Sequence[int], stops: Sequence[int], quote: int | None) -> None:
        """Chunks and clauses of one segment, whose characters represent these tokens."""
        grammar = self.grammar
        if not _FINITE.search(roles):
            roles = self.with_verb(roles, firsts)
        low = len(grammar.chunks)
        phrases, signs = chunk(roles)
        make = tuple.__new__  # faster than calling Chunk
        chunks = [
            make(Chunk, (kind, firsts[start], stops[end - 1], firsts[head])) for kind, start, end, head in phrases
        ]
        grammar.chunks.extend(chunks)
        reader = Reader(Outline(chunks, signs, self.roles, self.lowers))
        found = reader.read()
        grammar.relabelled += reader.relabelled
        base = len(grammar.clauses)
        self.keep(found, low, None if quote is None else self.clause_around(quote))
        grammar.segments.append(Segment(low, len(grammar.chunks), base, len(grammar.clauses), quote))

    def with_verb(self, roles: str, firsts: Sequence[int]) -> str:
        """The roles of a sentence without finite verb, where a word that can be one stands between two noun phrases."""
        for match in _VERBLESS.finditer(roles):
            k = match.start(1)
            token = firsts[k]
            wanted = "z" if roles[k] == "N" else "b"
            if wanted in form(self.words[token]).classes:
                self.grammar.relabelled.append((token, wanted))
                return roles[:k] + wanted + roles[k + 1 :]
        return roles

    def keep(self, found: Sequence[Open], low: int, around: int | None) -> None:
        """Add the clauses of a segment whose first chunk is `low`; `around` is the clause that it is in."""
        clauses = self.grammar.clauses
        for clause in found:
            clause.number = len(clauses)
            clauses.append(
                Clause(
                    clause.first,
                    clause.last,
                    clause.opener,
                    None if clause.subject is None else low + clause.subject,
                    None if clause.verb is None else low + clause.verb,
                    around if clause.parent is None else clause.parent.number,
                    clause.kind,
                    clause.finite,
                )
            )

    def clause_around(self, quote: int) -> int | None:
        """The clause that a quotation or bracket is in."""
        token, clauses = self.grammar.chunks[quote].first, self.grammar.clauses
        segment = self.grammar.segments[bisect_right(self.grammar.segments, quote, key=_first_chunk) - 1]
        low, high = segment.first_clause, segment.last_clause
        at: int | None = bisect_right(clauses, token, low, high, key=_first) - 1
        if at is None or at < low:
            return None
        while at is not None and not clauses[at].first <= token < clauses[at].last:
            at = clauses[at].parent
        return at


class Run(NamedTuple):
    """A sentence as one role for each token or hole, with the tokens that each begins and ends with."""

    roles: str
    firsts: list[int]
    stops: list[int]


def with_tokens(roles: str, first: int, last: int, holes: Sequence[Hole]) -> Run:
    """The holes of a sentence and the tokens between them, but for marks that part no phrase."""
    pieces: list[str] = []
    firsts: list[int] = []
    stops: list[int] = []
    at = first
    for hole in [*holes, Hole(last, last, "")]:
        piece = roles[at : hole.first]
        seen = [k for k, role in enumerate(piece, at) if role not in _UNSEEN]
        pieces.append(piece if len(seen) == len(piece) else "".join([roles[k] for k in seen]))
        firsts += seen
        stops += [k + 1 for k in seen]
        if hole.kind:
            pieces.append(hole.kind)
            firsts.append(hole.first)
            stops.append(hole.last)
        at = hole.last
    return Run("".join(pieces), firsts, stops)


def with_brackets(roles: str, first: int, last: int, holes: Sequence[Hole]) -> list[Hole]:
    """The holes of a sentence, with the stretches in brackets that lie outside them."""
    found: list[Hole] = []
    waiting = iter([*holes, Hole(last, last, "")])
    hole = next(waiting)
    opened, level, k = first, 0, first
    while k < last:
        if k == hole.first:
            if not level:
                found.append(hole)
            k, hole = hole.last, next(waiting)
            continue
        if roles[k] == "(" or (
            roles[k] == "[" and (level or roles[k + 1 : k + 2] == "u")
        ):  # "[3]", and not "[the] plan"
            opened, level = (opened, level + 1) if level else (k, 1)
        elif roles[k] in ")]" and level:
            level -= 1
            if not level:
                found.append(Hole(opened, k + 1, ASIDE))
        k += 1
    if level:  # never closed: what follows is read as it stands
        found += [hole for hole in holes if hole.first > opened]
    return found


def _first_chunk(segment: Segment) -> int:
    return segment.first_chunk


def _first(clause: Clause) -> int:
    return clause.first


def _token_range(document: Document, quotation: Quotation) -> tuple[int, int]:
    starts = document.tokens.starts
    return bisect_left(starts, quotation.start), bisect_left(starts, quotation.end)
