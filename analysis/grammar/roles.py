"""The part a name plays in its clause: who acts, who is acted upon.

"Norland closed the border" and "Norland was closed to visitors" both name Norland, but in the first it acts. A name has
a role if it is the head of the subject of a clause, or of the phrase after "by" in a passive; "other" means all the
rest, which is most names. So compare roles with each other, never with all mentions.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from analysis.grammar.building import grammar_of
from analysis.grammar.grammar import Grammar
from analysis.rules import word_lists
from analysis.text.document import Document, Mention

AGENT, PATIENT, BY, OTHER = "agent", "passive-subject", "passive-agent", "other"
ROLES = (AGENT, PATIENT, BY, OTHER)

# Labels of what can act; dates, amounts, works and languages are always "other".
ACTORS = frozenset(("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "LAW"))


class Words(NamedTuple):
    """The lists of grammar.toml that tell deeds from states."""

    linking: frozenset[str]  # verbs whose subject does nothing, in their base form
    state: frozenset[str]  # participles that describe a state after "be"
    adjective: frozenset[str]  # -ing forms that are adjectives after "be"
    not_passive: frozenset[str]  # participles after which "by" is not of the passive


@cache
def words() -> Words:
    """Read the word lists once."""
    lists = word_lists("grammar")
    return Words(lists["linking"], lists["state"], lists["no_ing"], lists["not_passive_by"])


def mention_roles(document: Document) -> tuple[str, ...]:
    """The role of each mention of the document, in the same order: one of ROLES.

    - "agent": subject of an active verb of doing or saying ("Reed signed", "said Reed"); not of be, seem, become;
    - "passive-subject": subject of a passive ("Reed was elected");
    - "passive-agent": after "by" and a participle ("signed by Reed");
    - "other": anything else, and whatever the rules cannot tell.

    Terms: Quirk et al. 1985, A Comprehensive Grammar of the English Language, 3.63-3.78 (voice).

    >>> from analysis import annotate
    >>> document = annotate("Norland signed the treaty. Ann Reed was elected by Norland. The leader of Norland left.")
    >>> mention_roles(document)
    ('agent', 'passive-subject', 'passive-agent', 'other')
    """
    if not document.mentions:
        return ()
    grammar = grammar_of(document)
    by_chunk = chunk_roles(grammar)
    return tuple(_mention_role(document, grammar, by_chunk, mention) for mention in document.mentions)


def chunk_roles(grammar: Grammar) -> dict[int, str]:
    """The roles of noun phrases that have one, by chunk; those joined by "and" share it."""
    found: dict[int, str] = {}
    for k, clause in enumerate(grammar.clauses):
        if clause.verb is None:
            continue
        if clause.subject is not None and clause.finite:
            _give(grammar, clause.subject, predicate(grammar, clause.verb), found)
        agent = grammar.agent(k)
        if agent is not None and grammar.lowers[grammar.verb_group(clause.verb).main] not in words().not_passive:
            _give(grammar, agent, BY, found)
    return found


def predicate(grammar: Grammar, verb: int) -> str:
    """The role that a verb group gives to its subject; OTHER if it neither acts nor is acted upon."""
    group, lists = grammar.verb_group(verb), words()
    main, lemma = grammar.lowers[group.main], grammar.lemma(verb)
    if lemma == "have" and not group.auxiliaries:  # "has to leave", "has to be told"
        behind = grammar.around(verb)[1]
        to_do = (
            behind is not None
            and grammar.chunks[behind].kind == "VG"
            and grammar.verb_group(behind).form == "infinitive"
        )
        return predicate(grammar, behind) if to_do and behind is not None else OTHER
    if group.passive:
        return OTHER if main in lists.state or main.startswith("un") else PATIENT
    return OTHER if lemma in lists.linking or (group.auxiliaries and main in lists.adjective) else AGENT


def _give(grammar: Grammar, chunk: int, role: str, found: dict[int, str]) -> None:
    """Give a noun phrase, and those joined with it, a role; the first clause decides."""
    if chunk not in found:
        for joined in grammar.conjuncts(chunk):
            found.setdefault(joined, role)


def _mention_role(document: Document, grammar: Grammar, by_chunk: dict[int, str], mention: Mention) -> str:
    """The role of the noun phrase whose head a mention is."""
    first = document.token_index(mention.start)
    last = document.token_index(max(mention.start, mention.end - 1))
    if mention.label not in ACTORS or last >= len(grammar.roles):
        return OTHER
    chunk = grammar.chunk_at[last]
    if chunk < 0 or grammar.chunks[chunk].kind != "NP" or not first <= grammar.chunks[chunk].head <= last:
        return OTHER
    return by_chunk.get(chunk, OTHER)
