"""Grammar: classes of words, chunks and clauses of a document, and the parts that names play in its sentences."""

from analysis.grammar.building import analyse, grammar_of
from analysis.grammar.chunks import Chunk
from analysis.grammar.clauses import Clause
from analysis.grammar.grammar import Grammar, Segment, VerbGroup
from analysis.grammar.record import grammar_record
from analysis.grammar.verbs import base_form

__all__ = [
    "Chunk",
    "Clause",
    "Grammar",
    "Segment",
    "VerbGroup",
    "analyse",
    "base_form",
    "grammar_of",
    "grammar_record",
]
