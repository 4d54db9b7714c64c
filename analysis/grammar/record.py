"""The grammar of a document as plain data: what `annotate --with grammar` writes."""

from __future__ import annotations

from typing import Any

from analysis.grammar.building import grammar_of
from analysis.grammar.clauses import Clause
from analysis.grammar.grammar import Grammar
from analysis.rules import word_lists
from analysis.text.document import Document


def _start(grammar: Grammar, clause: Clause) -> int:
    """Where a clause begins in Universal Dependencies: after "what" or "how" that is not its subject, since there the
    clause depends on that word ("what they said", a free relative)."""
    if (
        clause.subject is None
        or clause.opener is None
        or grammar.lowers[clause.opener] not in word_lists("roles")["free"]
    ):
        return clause.first
    subject = grammar.chunks[clause.subject]
    return subject.first if subject.first > clause.opener else clause.first


def grammar_record(document: Document) -> dict[str, Any]:
    """Tokens with their Universal POS tags, and the finite clauses: offsets of characters, the end not included.

    ``{"tokens": [[start, end, "UPOS"]], "clauses": [{"start", "end", "verb": [start, end], "subject": ...}]}``;
    `verb` is the verb group, `subject` the whole noun phrase, None where the clause has none of its own.
    """
    grammar = grammar_of(document)
    starts, ends = document.tokens.starts, document.tokens.ends

    def span(first: int, last: int) -> tuple[int, int]:
        return starts[first], ends[last - 1]

    clauses = []
    for clause in grammar.clauses:
        if clause.verb is None or not clause.finite:
            continue
        subject = None
        if clause.subject is not None:
            subject = span(*grammar.phrase(clause.subject, apposition=False, relatives=False))
        verb = grammar.chunks[clause.verb]
        start, end = span(_start(grammar, clause), clause.last)
        clauses.append({"start": start, "end": end, "verb": span(verb.first, verb.last), "subject": subject})
    return {"tokens": list(zip(starts, ends, grammar.tags, strict=True)), "clauses": clauses}
