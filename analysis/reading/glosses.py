"""What a rule id means, looked up in all rule files, so that every mark can say why it is there."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from analysis.hedging.probability import grounds
from analysis.rules import FOLDER, cited


class RuleNote(NamedTuple):
    """What a reader learns about a rule: its gloss, the works it draws on, in words, and the file it is in."""

    id: str
    gloss: str
    source: str
    file: str
    strength_source: str = ""


# What marks that a person made show instead of a rule.
BY_HAND = {
    "CORRECTION": "A person added or changed this mark by hand; no rule is behind it.",
    "HAND": "A person annotated this while reading; no rule is behind it.",
}


@cache
def rule_notes() -> Mapping[str, RuleNote]:
    """Rule id -> its note, from every rule file of the package in file order, and for marks made by hand."""
    notes = {rule_id: RuleNote(rule_id, gloss, "", "") for rule_id, gloss in BY_HAND.items()}
    for path in sorted(FOLDER.glob("*.toml")):
        rules = tomllib.loads(path.read_text("utf-8")).get("rule", [])
        for rule in rules if isinstance(rules, list) else []:
            if isinstance(rule, dict) and "id" in rule:
                notes[rule["id"]] = RuleNote(
                    rule["id"],
                    rule.get("gloss", ""),
                    cited(rule["source"]) if rule.get("source") else "",
                    path.name,
                    rule.get("strength_source", ""),
                )
    return notes


def notes_of(rule_id: str) -> tuple[RuleNote, ...]:
    """The notes of a mark's rule, or of the several rules that made it together ("NAME.PERSON.PART+ALIAS.SURNAME")."""
    notes = rule_notes()
    return tuple(notes[part] for part in rule_id.split("+") if part in notes)


def rule_gloss(rule_id: str) -> str | None:
    """The gloss of a rule, written for a reader; None for an id that no rule file has."""
    return " ".join(note.gloss for note in notes_of(rule_id) if note.gloss) or None


def strength_ground(rule_id: str) -> str | None:
    """What the strength of a hedge rests on, in words; None if no rule is behind it.

    >>> strength_ground("HEDGE.MODAL.MAY")[:86]
    'ratings (may, might): how certain people rated sentences with such words (Pei and Jurg'
    """
    found = _ground(rule_id)
    return f"{found[0]} ({found[1]}): {grounds()[found[0]].words}" if found else None


def strength_construct(rule_id: str) -> str | None:
    """What the strength of a hedge measures: the chance of an event or the certainty of a finding.

    None if it measures neither (a definition, our judgement) or if no rule is behind it.

    >>> strength_construct("HEDGE.MODAL.MAY"), strength_construct("HEDGE.PROBABILITY.LIKELY")
    ('the certainty of a finding', 'the chance of an event')
    """
    found = _ground(rule_id)
    return grounds()[found[0]].construct or None if found else None


def _ground(rule_id: str) -> tuple[str, str] | None:
    """The ground of a rule's strength, and what it names: ("ratings", "may, might")."""
    for note in notes_of(rule_id):
        kind, _, of = note.strength_source.partition(": ")
        if kind in grounds():
            return kind, of
    return None
