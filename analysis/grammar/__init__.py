"""Grammar: the class of each word, the chunks and clauses of a document, and the parts that names play in them.

Ask `grammar_of(document)`; it is worked out once for each document.  The stages, a module each:

1. `words`: the classes a word can have, from a table (resources/data/word_tags.tsv) or, for other words, its ending.
2. `tagging`: the class it has in its place.  The table's most frequent one holds unless a rule of
   resources/rules/tagging.toml chooses another by the words around it; the first rule that fits decides.
3. `chunks`: phrases that do not hold one another (noun phrases, verb groups, prepositions ...), in one pass.
4. `outline`, `clauses`: one sign for each chunk, and one pass over the signs with a stack of open clauses, which says
   which verb has which subject and where its clause begins and ends.
5. `building`: the stages over whole sentences, with each quotation and each bracket read as a text of its own.

`grammar` and `phrases` answer the questions that other packages ask, `roles` says who acts and who is acted upon, and
`record` writes what `annotate --with grammar` gives.  How often each stage is right: benchmarks/RESULTS.md.

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
from analysis.grammar.words import is_adjective, is_finite_verb, is_noun, is_personal, is_plain_word

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
    "is_adjective",
    "is_finite_verb",
    "is_noun",
    "is_personal",
    "is_plain_word",
]
