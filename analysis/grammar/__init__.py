"""Grammar: classes of words, chunks and clauses of a document, and the parts that names play in its sentences.

Ask `grammar_of(document)`; it is computed once a document.  The stages, each a module: `words` (what classes a word
can have) and `tagging` (which it has in its place, by the rules of resources/rules/tagging.toml), `chunks` (phrases),
`outline` and `clauses` (which verb has which subject, and where its clause ends), `building` (sentences, with
quotations and brackets as texts of their own), `grammar` and `phrases` (the questions that others ask).

>>> from analysis.text.article import Article
>>> from analysis.text.segmentation import segment
>>> grammar = grammar_of(segment(Article("The plan failed, officials in Oslo said.")))
>>> [(c.kind, grammar.word(c.subject), grammar.lemma(c.verb)) for c in grammar.clauses]
[('main', 'officials', 'say'), ('content', 'plan', 'fail')]
"""

from analysis.grammar.building import analyse, grammar_of
from analysis.grammar.chunks import Chunk
from analysis.grammar.clauses import Clause, Segment
from analysis.grammar.grammar import Grammar, VerbGroup
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
