"""Reporting cues as data: the rule files, and every form of every verb in them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from analysis.rules import WORDS, Rule, RuleError, load_rules
from analysis.text.document import STANCES

FILES = ("cues_say.toml", "cues_mind.toml", "cues_other.toml")
TAKES = ("that", "bare", "clause", "quote", "wh", "to", "noun", "as", "ing", "seem", "basis", "hearing", "first")
BASE, THIRD, PAST, PARTICIPLE, ING = "base", "third", "past", "participle", "ing"


@dataclass(frozen=True, slots=True, eq=False)
class CueWord:
    """What a verb form can do as a cue: the union over the rules that list its verb.

    `takes` maps each complement ("that", "quote" ...) to the rule that allows it; `preps` each preposition.
    """

    lemma: str
    forms: frozenset[str]
    takes: Mapping[str, Rule]
    preps: Mapping[str, Rule]
    phrases: tuple[tuple[tuple[str, ...], CueWord], ...]
    subjects: frozenset[str]
    heads: frozenset[str]
    invert: bool
    recipient: bool
    plain: bool


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of all cue files. Raises RuleError where one is wrong."""
    out: list[Rule] = []
    for name in FILES:
        out += load_rules(
            name,
            required=("stance",),
            allowed={"stance": STANCES},
            optional=(
                "verbs",
                "phrases",
                "takes",
                "preps",
                "invert",
                "recipient",
                "each",
                "subjects",
                "heads",
                "words",
                "nouns",
                "marks",
                "plain",
                "loose",
                "names",
                "one_word",
                "infinitive",
                "adjectives",
            ),
        )
    for rule in out:
        wrong = set(rule.fields.get("takes", ())) - set(TAKES)
        if wrong:
            raise RuleError(f"{rule.where}: takes {', '.join(sorted(wrong))}; choose from {', '.join(TAKES)}")
        if not any(rule.fields.get(name) for name in ("verbs", "phrases", "words", "nouns", "marks", "adjectives")):
            raise RuleError(f"{rule.where}: it lists no cues; give verbs, phrases, words, nouns, adjectives or marks")
    return tuple(out)


def verbs_of(rule: Rule) -> list[str]:
    """The verbs and phrases of a rule, in the base form."""
    return [*rule.fields.get("verbs", "").split(), *rule.fields.get("phrases", ())]


def rule(rule_id: str) -> Rule:
    """The rule with this id."""
    return _by_id()[rule_id]


@cache
def _by_id() -> Mapping[str, Rule]:
    return {rule.id: rule for rule in rules()}


@cache
def nouns() -> Mapping[str, tuple[Rule, ...]]:
    """Noun of saying -> its rules."""
    table: dict[str, tuple[Rule, ...]] = {}
    for own in rules():
        for word in own.fields.get("nouns", "").split():
            table[word] = (*table.get(word, ()), own)
    return table


@cache
def adjectives() -> Mapping[str, Rule]:
    """Adjective of a state of mind -> its rule."""
    return {word: own for own in rules() for word in own.fields.get("adjectives", "").split()}


@cache
def irregular() -> Mapping[str, list[list[str]]]:
    with (WORDS / "verb_forms.toml").open("rb") as file:
        table = tomllib.load(file)["forms"]
    return {verb: [form.split("|") for form in forms.split()] for verb, forms in table.items()}


def inflect(verb: str) -> Iterator[tuple[str, str]]:
    """(form, which form) of a verb.

    >>> [form for form, _ in inflect("deny")]
    ['deny', 'denies', 'denied', 'denied', 'denying']
    """
    yield verb, BASE
    kinds = (THIRD, PAST, PARTICIPLE, ING)
    if verb in irregular():
        forms = irregular()[verb]
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        forms = [[verb[:-1] + "ies"], [verb[:-1] + "ied"], [verb[:-1] + "ied"], [verb + "ing"]]
    elif verb.endswith("e"):
        forms = [[verb + "s"], [verb + "d"], [verb + "d"], [verb[:-1] + "ing"]]
    else:
        third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
        forms = [[third], [verb + "ed"], [verb + "ed"], [verb + "ing"]]
    for kind, spellings in zip(kinds, forms, strict=True):
        for form in spellings:
            yield form, kind


@cache
def cue_table() -> Mapping[str, CueWord]:
    """Word form -> CueWord, for every form of every verb (and of the first word of every phrase)."""
    single: dict[str, list[Rule]] = {}
    multi: dict[str, dict[tuple[str, ...], list[Rule]]] = {}
    for rule in rules():
        for verb in rule.fields.get("verbs", "").split():
            single.setdefault(verb, []).append(rule)
        for phrase in rule.fields.get("phrases", ()):
            head, *rest = phrase.split()
            multi.setdefault(head, {}).setdefault(tuple(rest), []).append(rule)
    table: dict[str, CueWord] = {}
    for verb in sorted(set(single) | set(multi)):
        kinds: dict[str, set[str]] = {}
        for form, kind in inflect(verb):
            kinds.setdefault(form, set()).add(kind)
        for form, which in kinds.items():
            phrases = tuple(
                (rest, _cue(f"{verb} {' '.join(rest)}", which, own, ()))
                for rest, own in sorted(multi.get(verb, {}).items(), key=lambda x: -len(x[0]))
            )
            table[form] = _cue(verb, which, single.get(verb, []), phrases)
    return table


@cache
def cue_forms() -> frozenset[str]:
    """Every word form in `cue_table`."""
    return frozenset(cue_table())


def _cue(lemma: str, forms: set[str], own: list[Rule], phrases: tuple[tuple[tuple[str, ...], CueWord], ...]) -> CueWord:
    takes: dict[str, Rule] = {}
    preps: dict[str, Rule] = {}
    for rule in own:
        for kind in rule.fields.get("takes", ()):
            takes.setdefault(kind, rule)
        for prep in rule.fields.get("preps", "").split():
            preps.setdefault(prep, rule)
    subjects = {w for rule in own for w in rule.fields.get("subjects", "").split()}
    heads = {w for rule in own for w in rule.fields.get("heads", "").split()}
    return CueWord(
        lemma,
        frozenset(forms),
        takes,
        preps,
        phrases,
        frozenset(subjects),
        frozenset(heads),
        *(any(rule.fields.get(name) for rule in own) for name in ("invert", "recipient", "plain")),
    )
