"""Sourcing: who is said to say what, and how the article knows.

`find_attributions(document)` gives the attributions of a segmented document. Each names its source, cue and content as
spans into the text, and the attribution that it is inside of or rests on. The method, stage by stage:

1. **Cues.** The grammar layer gives the verb groups; those whose main verb is in the table of cues (`cues`, from
   resources/rules/cues_*.toml) are candidates, as finite, participle, passive or infinitive (`candidates`).
2. **Orders.** Each cue is matched against the orders of source, cue and content in resources/rules/orders.toml; the
   first order that fits decides (`orders`, its elements in `elements`, `reports` for the whole sentence).
3. **Contents.** The verb decides what a content may open with (`complements`). It runs to the end of its clause,
   as the grammar layer reads clauses, unless another cue, a semicolon or a rule of resources/rules/content_ends.toml
   ends it earlier (`contents`).
4. **Sources.** The subject of the cue's clause, or the noun phrase after an inverted cue (`subjects`).
5. **No verb.** "According to", nouns and adjectives (`phrases`); quotations that continue, are signed, labelled or
   introduced by a colon (`continuations`); reports inside a quotation (`nested`). Acts that use a verb of denying are
   dropped (`denials`).
6. **Chains.** An attribution in another's content, or on which another rests, gets that one as `parent` (`chains`).
7. **Who.** Kind of source, role and titles, and the person or body that "he", "the governor" or "the statement" refers
   to, only if a single one fits (`identities`, `antecedents`, `descriptions`, `titles`; reasons: vocabulary.LINKS).

Terms and conventions follow PARC (Pareti 2016) and PolNeAR (Newell and others 2018).

>>> from analysis.text.article import Article
>>> from analysis.text.segmentation import segment
>>> found = find_attributions(segment(Article("The vote may be delayed, Ann Reed said, citing a memo.")))
>>> [(a.cue_lemma, a.template, a.parent) for a in found]
[('say', 'postposed-clause', None), ('cite', 'basis', 'a1')]
"""

from analysis.sourcing.article import find_attributions, find_sources
from analysis.text.document import Attribution, Document

__all__ = ["Attribution", "Document", "find_attributions", "find_sources"]
