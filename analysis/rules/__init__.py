r"""Rules as data: the small language they are written in, their loader, and a fast index over them.

A rule file is TOML with one ``[[rule]]`` table for each rule::

    [[rule]]
    id = "HEDGE.PROBABILITY.LIKELY"
    category = "probability"
    pattern = "<be> <adverb>? {likely} to|that"
    not_when = ["_ to|that be|have ..3 story"]
    gloss = "What a reader should know and ask."
    examples = ["The vote is {likely} to be delayed."]
    counter_examples = ["They were of a likely age."]
    source = "kent-1964"

Every rule needs `id`, `gloss`, `examples`, `counter_examples` and `source`; a file that lacks one, or has an unknown
field, is refused with file, line and rule. `source` names works by their keys in the bibliography (see
`analysis.rules.bibliography`). The other fields of a rule depend on its file; the comment at the top of each file in
resources/rules describes them.

**Patterns** run over lower-cased tokens (typographic apostrophes count as straight ones):

========== ==================================================================================
``word``    the token itself; ``a|b|<name>`` is any one of several
``<name>``  one token of a class: of classes.toml, or number, capital, adverb, past, ing, plural, superlative, word, any
``x?``      x, or nothing
``..3``     up to three tokens of any kind
``^``       the start of the sentence, or of a sentence in a quotation (quotation marks aside)
``{...}``   the part that is marked (without braces, the whole match); at least one plain word must be in it
========== ==================================================================================

`pattern` may be a list.  A match stays within its sentence.

**Exceptions** are antipatterns that accompany the pattern. None of the contexts in `not_when` may apply, and one of
those in `only_when` must. A context is a pattern in which ``_`` means the marked part, or one of: ``@first`` (it opens
the sentence), ``@capitalised`` (it has a capital inside the sentence), ``@quoted`` (it is inside quotation marks),
``@with if|unless`` (the sentence has one of these words outside it, at most 60 tokens away).

Two files have a language of their own: orders.toml (analysis/sourcing/orders.py; its antipatterns are `not_order`) and
tagging.toml (analysis/grammar/tagging.py).
"""

from analysis.rules.bibliography import Kind, Reference, Work, bibliography, cited, references
from analysis.rules.examples import parse_marked
from analysis.rules.language import (
    FOLDER,
    NUMBER_WORDS,
    TESTS,
    Context,
    Element,
    Pattern,
    classes,
    compile_context,
    compile_pattern,
)
from analysis.rules.matching import REACH, Contexts, Index, Match, longest
from analysis.rules.rule import Rule, RuleError
from analysis.rules.rule_files import REQUIRED, load_rules
from analysis.text.word_lists import WORDS, word_lists

__all__ = [
    "FOLDER",
    "NUMBER_WORDS",
    "REACH",
    "REQUIRED",
    "TESTS",
    "WORDS",
    "Context",
    "Contexts",
    "Element",
    "Index",
    "Kind",
    "Match",
    "Pattern",
    "Reference",
    "Rule",
    "RuleError",
    "Work",
    "bibliography",
    "cited",
    "classes",
    "compile_context",
    "compile_pattern",
    "load_rules",
    "longest",
    "parse_marked",
    "references",
    "word_lists",
]
