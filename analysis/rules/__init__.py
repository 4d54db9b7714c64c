r"""Rules as data: the small language they are written in, their loader, and a fast index over them.

A rule file is TOML with one ``[[rule]]`` table each::

    [[rule]]
    id = "HEDGE.PROBABILITY.LIKELY"
    category = "probability"
    pattern = "<be> <adverb>? {likely} to|that"
    not_when = ["_ to|that be|have ..3 story"]
    gloss = "What a reader should know and ask."
    examples = ["The vote is {likely} to be delayed."]
    counter_examples = ["They were of a likely age."]
    source = "Kent 1964, Words of Estimative Probability"

**Patterns** run over lower-cased tokens (typographic apostrophes count as straight ones):

========== ==================================================================================
``word``    the token itself; ``a|b|<name>`` one of several
``<name>``  one token of a class: of classes.toml, or number, capital, adverb, past, ing, plural, superlative, word, any
``x?``      may be missing
``..3``     up to three tokens of any kind
``^``       the start of the sentence, or of a sentence in a quotation (quotation marks aside)
``{...}``   the part that is marked; without braces the whole match is. It holds a plain word.
========== ==================================================================================

`pattern` may be a list.  A match stays within its sentence.

**Contexts**: `not_when` (none may hold) and `only_when` (one must hold) are patterns in which ``_`` stands for
the marked part, or one of: ``@first`` (it opens the sentence), ``@capitalised`` (a capital inside the sentence),
``@quoted`` (inside quotation marks), ``@with if|unless`` (the sentence has such a word outside it, no
more than 60 tokens away).
"""

from analysis.rules.examples import parse_marked
from analysis.rules.language import (
    FOLDER,
    NUMBER_WORDS,
    TESTS,
    WORDS,
    Context,
    Element,
    Pattern,
    classes,
    compile_context,
    compile_pattern,
)
from analysis.rules.loading import REQUIRED, load_rules
from analysis.rules.matching import REACH, Index, Match, longest
from analysis.rules.rules import LexiconError, Rule
from analysis.text.word_lists import word_lists

__all__ = [
    "FOLDER",
    "NUMBER_WORDS",
    "REACH",
    "REQUIRED",
    "TESTS",
    "WORDS",
    "Context",
    "Element",
    "Index",
    "LexiconError",
    "Match",
    "Pattern",
    "Rule",
    "classes",
    "compile_context",
    "compile_pattern",
    "load_rules",
    "longest",
    "parse_marked",
    "word_lists",
]
