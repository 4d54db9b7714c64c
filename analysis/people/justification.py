"""How the text says that a source would know: saw it, lives there, holds the office, studied it, read it, was told.

The rules of justification.toml find the words; the grammar shows whose they are (`Owners`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from analysis.grammar import grammar_of
from analysis.people.owners import Owners
from analysis.rules import Index, Match, Rule, classes, load_rules
from analysis.sourcing.source_kinds import role_kind
from analysis.text.document import Attribution, Document, Evidence, Source
from analysis.text.vocabulary import JUSTIFICATIONS

STANDS = ("verb", "noun", "modifier", "basis")
_MOST_WORDS = 60  # tokens of a passage that says how a source would know
_MOST_CLAUSES = 12  # clauses of a sentence that are looked at
_CONDITIONAL = ("if", "unless", "whether")
_ONE_SOURCE = 3  # sources that one passage may tell of: those whose titles name the same body


@cache
def rules() -> tuple[Rule, ...]:
    """The rules that say how a source would know."""
    return load_rules(
        "justification.toml",
        required=("justification", "stands"),
        optional=("clause", "passive", "place", "bodies", "basis"),
        allowed={"justification": tuple(JUSTIFICATIONS), "stands": STANDS},
    )


@cache
def _index() -> Index:
    return Index([rule for rule in rules() if rule["stands"] != "basis"])


def find_justifications(document: Document, sources: Sequence[Source]) -> tuple[tuple[Evidence, ...], ...]:
    """For each source the passages that say how it would know, in the order of the text; () where nothing is given.

    >>> from analysis import annotate
    >>> document = annotate("Ann Reed, who saw the van crash, said it did not brake. Jan Orlov said it was late.")
    >>> for source in document.sources:
    ...     print(source.name, [(e.kind, document.text[e.start:e.end]) for e in source.justification])
    Ann Reed [('saw', 'who saw the van crash')]
    Jan Orlov []
    """
    if not sources:
        return ()
    found: list[dict[tuple[int, int], Evidence]] = [{} for _ in sources]
    reader = _Reader(document, sources)
    for place, evidence in [*reader.by_pattern(), *reader.by_basis()]:
        found[place].setdefault((evidence.start, evidence.end), evidence)
    for one, other in reader.owners.twins():
        found[one] |= found[other]
        found[other] |= found[one]
    return tuple(tuple(sorted(mine.values(), key=lambda e: (e.start, e.end))) for mine in found)


class _Reader:
    """The matches of the rules in one document, and whose words they are."""

    def __init__(self, document: Document, sources: Sequence[Source]) -> None:
        self.document, self.tokens = document, document.tokens
        self.grammar = grammar_of(document)
        self.sources = sources
        self.owners = Owners(document, sources, self.grammar)

    def by_pattern(self) -> Iterator[tuple[int, Evidence]]:
        """The sources that a match of a rule tells of, with the passage."""
        ranges = [(s.first_token, s.last_token) for s in self.document.sentences]
        read = {"verb": self._verb, "noun": self._noun, "modifier": self._modifier}
        for match in _index().matches(self.tokens, ranges):
            owners, first, last = read[match.rule["stands"]](match)
            for place in owners[:_ONE_SOURCE]:
                yield place, self._evidence(match.rule, first, last)

    def by_basis(self) -> Iterator[tuple[int, Evidence]]:
        """ "citing internal documents": what an attribution rests on."""
        outers = {a.id: a for a in self.document.attributions if a.basis and a.id in self.owners.place_of}
        for basis in self.document.attributions:
            outer = outers.get(basis.parent or "")
            if outer is not None and basis.cue and outer.basis == basis.source:
                passage = self._basis(basis)
                if passage is not None:
                    yield self.owners.place_of[outer.id], passage

    def _basis(self, basis: Attribution) -> Evidence | None:
        """The verb and what the attribution rests on, by the first rule that fits."""
        cue = basis.cue[0]
        words = set(self.tokens.lowers[self._token(cue.start) : self._token(cue.end)])
        spans = [*basis.cue, *basis.source]
        start, end = min(s.start for s in spans), max(s.end for s in spans)
        for rule in rules():
            fits = rule["stands"] == "basis" and basis.source_kind in rule["basis"]
            if fits and self._is_known(basis) and any(pattern.anchor.words & words for pattern in rule.patterns):
                return Evidence(start, end, rule["justification"], rule.id)
        return None

    def _is_known(self, basis: Attribution) -> bool:
        """Is it somebody by name, or a noun that says what it is: "two managers", "a letter", and not "low growth"?"""
        chunk = self.owners.first_noun(basis.source[0])
        word = self.grammar.word(chunk) if chunk is not None else ""
        named = basis.source_entity is not None and word not in classes()["pronoun"] | classes()["object"]
        return named or role_kind(word) is not None

    def _token(self, offset: int) -> int:
        return bisect_left(self.tokens.starts, offset)

    def _evidence(self, rule: Rule, first: int, last: int) -> Evidence:
        lowers = self.tokens.lowers
        last = self._before_cue(first, min(last, first + _MOST_WORDS))
        while last > first + 1 and not lowers[last - 1][0].isalnum():
            last -= 1
        while first < last - 1 and not lowers[first][0].isalnum():
            first += 1
        return Evidence(self.tokens.starts[first], self.tokens.ends[last - 1], rule["justification"], rule.id)

    def _before_cue(self, first: int, last: int) -> int:
        """The end of a passage, before the reporting verb that a comma sets off: "who built it, | first said"."""
        for k in range(first + 1, last):
            if k in self.owners.cues and "," in self.tokens.words[max(first, k - 2) : k]:
                return k
        return last

    # -- where a match stands

    def _verb(self, match: Match) -> tuple[Sequence[int], int, int]:
        """A verb whose subject is a source: the clause."""
        nothing: tuple[Sequence[int], int, int] = ((), match.first, match.last)
        grammar, rule = self.grammar, match.rule
        verb = grammar.chunk_at[match.first]
        number = grammar.clause_of(verb) if verb >= 0 and grammar.chunks[verb].kind == "VG" else None
        if number is None or not self._states(verb, number, rule):
            return nothing
        clause = grammar.clauses[number]
        if rule.fields.get("place") and not self._of_story(match.last, clause.last):
            return nothing
        subject = self.owners.subject(number)
        if subject is None:
            return nothing
        owners = self.owners.of(subject, bodies="bodies" in rule.fields)
        return owners, self._start(number), self._end(number)

    def _start(self, number: int) -> int:
        """Where a clause begins: at its relative pronoun, its subject, or after the word that opens it."""
        clause = self.grammar.clauses[number]
        if clause.kind == "relative":
            return clause.first
        if clause.subject is not None:
            return self.grammar.chunks[clause.subject].first
        return clause.first if clause.opener is None else max(clause.first, clause.opener + 1)

    def _end(self, number: int) -> int:
        """Where a clause ends, or where another subject takes over: "I heard a bang | and the windows shook"."""
        clauses = self.grammar.clauses
        end = clauses[number].last
        for later in clauses[number + 1 : number + 1 + _MOST_CLAUSES]:
            if later.first >= end:
                break
            if later.parent == number and later.kind == "coordinate" and later.subject is not None:
                return later.first
        return end

    def _states(self, verb: int, number: int, rule: Rule) -> bool:
        """Is it said that this was so: not denied, not only possible, not under a condition?"""
        group, clause = self.grammar.verb_group(verb), self.grammar.clauses[number]
        opener = self.tokens.lowers[clause.opener] if clause.opener is not None else ""
        kinds = rule.fields.get("clause")
        return not (
            group.negated
            or group.modal
            or group.passive != bool(rule.fields.get("passive"))
            or group.form == "infinitive"
            or opener in _CONDITIONAL
            or (kinds is not None and clause.kind not in kinds)
        )

    def _of_story(self, first: int, end: int) -> bool:
        """Is the place after a preposition part of the story: "the mill", or a name that also occurs elsewhere?"""
        chunk = self._object(first)
        if chunk is None or self.grammar.chunks[chunk].first >= end:
            return False
        _, a, b, _ = self.grammar.chunks[chunk]
        return self.tokens.lowers[a] in classes()["definite"] or self.owners.named_elsewhere(a, b)

    def _noun(self, match: Match) -> tuple[Sequence[int], int, int]:
        """The head of what names the source, or of what is put to it."""
        grammar = self.grammar
        chunk = grammar.chunk_at[match.first]
        if chunk < 0 or grammar.chunks[chunk].kind != "NP":
            return (), match.first, match.last
        head = grammar.chunks[chunk].head
        owners = self.owners.of(chunk)
        named = self.owners.name_in(chunk)
        if head >= match.last and not named:  # "the witness account"
            return (), match.first, match.last
        far = "place" in match.rule.fields and not self._of_story(match.last, len(self.tokens))
        if named or far:
            return () if far else owners, match.first, match.last
        return (
            owners,
            match.first,
            max(match.last, grammar.phrase(chunk, coordination=False, apposition=False, relatives=False)[1]),
        )

    def _modifier(self, match: Match) -> tuple[Sequence[int], int, int]:
        """The phrase directly after the head: "familiar with the matter"."""
        grammar = self.grammar
        before = self.owners.before(match.first)
        if before is None:
            return (), match.first, match.last
        chunk, end = self._object(match.last), match.last
        if chunk is None:
            chunk = self._object(match.last - 1)
        if chunk is not None:
            end = max(end, grammar.phrase(chunk, apposition=False, relatives=False)[1])
        return self.owners.of(before, bodies="bodies" in match.rule.fields), match.first, end

    def _object(self, token: int) -> int | None:
        """The noun phrase that a token is in, or that the preposition there governs."""
        grammar = self.grammar
        chunk = grammar.chunk_at[token] if token < len(self.tokens) else -1
        if chunk >= 0 and grammar.chunks[chunk].kind == "P" and chunk + 1 < len(grammar.chunks):
            chunk += 1
        return chunk if chunk >= 0 and grammar.chunks[chunk].kind in ("NP", "TIME") else None
