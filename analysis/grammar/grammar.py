"""The grammar of a document: classes of words, chunks and clauses, and the questions asked of them."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from analysis.grammar.chunks import Chunk
from analysis.grammar.clauses import Clause, Segment
from analysis.grammar.packed import MANY, Packed
from analysis.grammar.phrases import Parts, conjuncts, last_chunk
from analysis.grammar.verbs import base_form
from analysis.grammar.words import UPOS

MOST_STEPS = 12  # clauses that a shared subject may stand away
_VERBAL = frozenset("mwhkBVGHbzdeEKg")
_FORMS = {"T": "infinitive", **dict.fromkeys("gGH", "ing"), **dict.fromkeys("eV", "participle")}


DEEPEST_CLAUSE = 40  # clauses around one another that are looked through: keeps the time linear


class VerbGroup(NamedTuple):
    """What a verb group tells: `main` is its last verb, `auxiliaries` those before it (tokens).

    `form`: finite, infinitive ("to leave"), ing, participle.  A participle alone is passive.
    """

    main: int
    auxiliaries: tuple[int, ...]
    form: str
    passive: bool
    negated: bool
    modal: bool

    @property
    def finite(self) -> bool:
        """Has it a subject that it agrees with?"""
        return self.form == "finite"


class Grammar:
    """The analysis of one document; tokens are indices into `document.tokens`, ranges are half-open.

    - `tags`: the Universal POS tag of each token;
    - `chunks`: phrases; those of one segment are together, in the order of the text;
    - `clauses`: those of one segment are together, each after the clause it is in;
    - `segments`: sentences, and the sentences inside quotations after the one that contains them.

    >>> from analysis.grammar import analyse
    >>> from analysis.text.article import Article
    >>> from analysis.text.segmentation import segment
    >>> grammar = analyse(segment(Article("The minister who left was told of the plan by Ann Reed.")))
    >>> [grammar.word(grammar.subject_of(k)) for k in range(len(grammar.clauses))]
    ['minister', 'who']
    >>> grammar.word(grammar.agent(0)), grammar.verb_group(grammar.clauses[0].verb).passive
    ('reed', True)
    >>> grammar.phrase(grammar.clauses[0].subject), grammar.phrase(grammar.clauses[0].subject, relatives=False)
    ((0, 4), (0, 2))
    """

    __slots__ = (
        "_by_end",
        "_chunk_at",
        "_clause_at",
        "_finite_starts",
        "_letter_of",
        "_letters",
        "_long",
        "_segment_firsts",
        "_states",
        "_tags",
        "_verb_groups",
        "chunks",
        "clauses",
        "lowers",
        "relabelled",
        "roles",
        "segments",
    )

    def __init__(self, lowers: Sequence[str], states: str, letter_of: Mapping[str, str], roles: str) -> None:
        self.lowers, self.roles = lowers, roles
        self._states, self._letter_of = states, letter_of
        self._letters: str | None = None
        self.relabelled: list[tuple[int, str]] = []  # tokens whose class their clause decides
        self._long = len(roles) >= MANY
        self.chunks: list[Chunk] | Packed[Chunk] = Packed(Chunk) if self._long else []
        self.clauses: list[Clause] | Packed[Clause] = Packed(Clause) if self._long else []
        self.segments: list[Segment] = []
        self._tags: list[str] | None = None
        self._chunk_at: Sequence[int] | None = None
        self._clause_at: Sequence[int] | None = None
        self._by_end: Sequence[int] | None = None
        self._segment_firsts: list[int] | None = None
        self._finite_starts: list[int] | None = None
        self._verb_groups: dict[int, VerbGroup] = {}  # those asked for so far

    # -- where things are

    @property
    def letters(self) -> str:
        """The class of each token as a letter (see `analysis.grammar.words`): tags, with the forms of verbs."""
        if self._letters is None:
            letters = list(map(self._letter_of.__getitem__, self._states))
            for token, letter in self.relabelled:
                letters[token] = letter
            self._letters = "".join(letters)
        return self._letters

    @property
    def tags(self) -> list[str]:
        """The Universal POS tag of each token."""
        if self._tags is None:
            self._tags = [UPOS[letter] for letter in self.letters]
        return self._tags

    @property
    def chunk_at(self) -> Sequence[int]:
        """For each token the innermost chunk it is in (in a quotation, that of its own sentence); -1 for none."""
        if self._chunk_at is None:
            found = [-1] * len(self.roles)
            for k, (_, first, last, _) in enumerate(self.chunks):  # what is inside a quotation comes after it
                found[first:last] = [k] * (last - first)
            self._chunk_at = array("i", found) if self._long else found
        return self._chunk_at

    @property
    def clause_at(self) -> Sequence[int]:
        """For each token the innermost clause it is in; -1 for none (punctuation between sentences)."""
        if self._clause_at is None:
            found = _innermost(self.clauses, len(self.roles))
            self._clause_at = array("i", found) if self._long else found
        return self._clause_at

    def clauses_ending_at(self, token: int) -> list[int]:
        """The clauses that end in front of a token, in their order."""
        clauses = self.clauses
        if self._by_end is None:
            ends = [clause.last for clause in clauses]
            self._by_end = array("I", sorted(range(len(ends)), key=ends.__getitem__))
        order = self._by_end
        first = bisect_left(order, token, key=lambda k: clauses[k].last)
        return list(takewhile(lambda k: clauses[k].last == token, (order[at] for at in range(first, len(order)))))

    def segment_of(self, chunk: int) -> Segment:
        """The sentence that a chunk is in."""
        if self._segment_firsts is None:
            self._segment_firsts = [s.first_chunk for s in self.segments]
        return self.segments[max(0, bisect_right(self._segment_firsts, chunk) - 1)]

    def around(self, chunk: int) -> tuple[int | None, int | None]:
        """The neighbours of a chunk in its own sentence: None at the edges."""
        segment = self.segment_of(chunk)
        before = chunk - 1 if chunk > segment.first_chunk else None
        return before, chunk + 1 if chunk + 1 < segment.last_chunk else None

    def word(self, chunk: int) -> str:
        """The head of a chunk, in lower case."""
        return self.lowers[self.chunks[chunk].head]

    def role(self, chunk: int) -> str:
        """What the first word of a chunk does (see `analysis.grammar.words.role_of`): "," and "c" tell marks apart."""
        return self.roles[self.chunks[chunk].first]

    # -- verbs and clauses

    def verb_group(self, chunk: int) -> VerbGroup:
        """What a verb group tells: voice, form, negation, modal."""
        known = self._verb_groups.get(chunk)
        if known is None:
            known = self._verb_groups[chunk] = self._read_verb_group(chunk)
        return known

    def _read_verb_group(self, chunk: int) -> VerbGroup:
        _, first, last, head = self.chunks[chunk]
        roles = self.roles[first:last]
        verbs = [first + k for k, role in enumerate(roles) if role in _VERBAL]
        main = verbs[-1] if verbs else head
        form = _FORMS.get(roles[0], "finite")
        if roles[0] in "EKd" and self.letters[first] == "e":
            form = "participle"
        passive = form == "participle" or (
            self.roles[main] in "eEKd" and any(self.roles[k] in "wBVG" for k in verbs[-2:-1])
        )
        negated = "~" in roles or any(self.lowers[k].endswith("n't") or self.lowers[k] == "cannot" for k in verbs)
        return VerbGroup(main, tuple(verbs[:-1]), form, passive, negated, "m" in roles)

    def lemma(self, chunk: int) -> str:
        """The base form of the main verb of a verb group."""
        return base_form(self.lowers[self.verb_group(chunk).main])

    def has_finite_verb(self, first: int, last: int) -> bool:
        """Does a finite verb group begin in this range of tokens?"""
        starts = self._finite_starts
        if starts is None:
            starts = self._finite_starts = self._find_finite()
        at = bisect_left(starts, first)
        return at < len(starts) and starts[at] < last

    def _find_finite(self) -> list[int]:
        """The tokens at which finite verb groups begin, in order."""
        at, roles, letters = self.chunk_at, self.roles, self.letters
        firsts = [
            first
            for number, (kind, first, _, _) in enumerate(self.chunks)
            if kind == "VG" and at[first] == number and roles[first] not in _FORMS
        ]
        return sorted(k for k in firsts if not (roles[k] in "EK" and letters[k] == "e"))

    def clause_of(self, verb: int) -> int | None:
        """The clause whose verb is this chunk; None for an auxiliary of a question."""
        at: int | None = self.clause_at[self.chunks[verb].head]
        for _ in range(DEEPEST_CLAUSE):
            if at is None or at < 0:
                return None
            if self.clauses[at].verb == verb:
                return at
            at = self.clauses[at].parent
        return None

    def subject_of(self, clause: int) -> int | None:
        """The chunk that is the subject of a clause: its own, or the one it shares or takes over.

        "Reed left and called her": "called" shares it; "Reed, speaking in Oslo, left": "speaking" takes it over.
        """
        for _ in range(MOST_STEPS):
            found = self.clauses[clause]
            if found.subject is not None:
                return found.subject
            if found.parent is None or found.kind not in ("coordinate", "participle", "infinitive", "adverbial"):
                return None
            clause = found.parent
        return None

    def antecedent(self, clause: int) -> int | None:
        """The noun phrase that a relative clause belongs to: the chunk in front of it, a comma aside."""
        token = self.clauses[clause].first
        chunk = self.chunk_at[token] - 1
        first = self.segment_of(chunk + 1).first_chunk
        if chunk >= first and self.role(chunk) == ",":
            chunk -= 1
        return chunk if chunk >= first and self.chunks[chunk].kind in ("NP", "TIME") else None

    def agent(self, clause: int) -> int | None:
        """The chunk after the "by" of a passive verb group: who did it."""
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
        for the firm,"; `relatives`: "Reed, who lives there,", "a letter written in May".  What "of" adds is always part
        of it.  For the verb of a clause that is a subject ("Closing the border was wrong"), the clause.
        """
        if self.chunks[chunk].kind == "VG":
            clause = self.clause_of(chunk)
            return self.clauses[clause][:2] if clause is not None else self.chunks[chunk][1:3]
        parts = Parts(prepositions, coordination, apposition, relatives)
        last = last_chunk(self, chunk, parts)
        if coordination:  # "Reed, Cole and Kell"
            last = max(last, last_chunk(self, conjuncts(self, chunk)[-1], parts))
        return self.chunks[chunk].first, self.chunks[last].last

    def conjuncts(self, chunk: int) -> list[int]:
        """The noun phrases that a chunk is joined with by commas and "and" or "or", itself first."""
        return conjuncts(self, chunk)

    def is_time(self, first: int, last: int) -> bool:
        """Is this range of tokens an adjunct of time: "on Friday", "last week"?"""
        at = self.chunk_at
        kinds = {self.chunks[at[k]].kind for k in range(first, last) if at[k] >= 0}
        return "TIME" in kinds and kinds <= {"TIME", "P", "ADV", "MARK"}


def _innermost(clauses: Sequence[Clause], size: int) -> list[int]:
    """For each token the innermost clause around it, in one sweep."""
    found = [-1] * size
    order = sorted(range(len(clauses)), key=lambda k: (clauses[k].first, -clauses[k].last, k))
    starts = [*(clauses[k].first for k in order), size]
    stack: list[int] = []
    at = 0
    for number, start in enumerate(starts):
        while stack and at < start:
            stop = min(clauses[stack[-1]].last, start)
            found[at:stop] = [stack[-1]] * max(0, stop - at)
            at = max(at, stop)
            if clauses[stack[-1]].last <= at:
                stack.pop()
        at = max(at, start)
        if number < len(order):
            stack.append(order[number])
    return found
