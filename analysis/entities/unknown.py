"""Names that nothing explains: of an organisation if they act as somebody does, otherwise of a thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.entities import tables
from analysis.entities.evidence import Evidence
from analysis.entities.records import Found
from analysis.entities.tables import LISTS
from analysis.grammar import is_adjective, is_finite_verb, is_noun
from analysis.text.document import Tokens

_THING: Evidence = ("PRODUCT", 0.0, "NAME.PRODUCT.UNKNOWN")


def take_for_things(groups: Mapping[str, Sequence[Found]], decided: dict[str, Evidence], tokens: Tokens) -> None:
    """Take names for things that nothing explains and that never act: the Mirror Line was late."""
    parts = {word for text, (label, *_) in decided.items() if label == "ORG" for word in text.split()[:-1]}
    dropped = []
    for text, (_, weight, rule_id) in decided.items():
        if rule_id != "NAME.ORG.UNKNOWN" or weight >= 2.5 or text in parts:
            continue
        if not any(_acts(f, tokens) for f in groups[text]):
            if all(_opens_phrase(f, tokens) for f in groups[text]):
                dropped.append(text)
            decided[text] = _THING
    for text in dropped:
        del decided[text], groups[text]


def _opens_phrase(found: Found, tokens: Tokens) -> bool:
    """Suboptimal use is common: one word at the start of a sentence, and a plain noun or its adjective after it."""
    after = tokens.words[found.last] if found.last < found.sentence[1] else "."
    if len(found.words) > 1 or found.first > found.sentence[0] or not after.islower():
        return False
    return is_noun(after) or is_adjective(after)


def _acts(found: Found, tokens: Tokens) -> bool:
    """Does somebody act here, or own, or stand where somebody is done something with: Zorvane sued, with Zorvane?"""
    first, last = found.first, found.last
    after = tokens.lowers[last] if last < found.sentence[1] else ""
    before = tokens.lowers[first - 1] if first > found.sentence[0] else ""
    if before == "the":
        plain = all(word.lower() in tables.common() for word in found.words)
        if len(found.words) == 1 or not plain:
            return True  # the Altoona Curve, the Centre
    if before == "to":
        return tokens.lowers[first - 2] == "according"
    met = before in LISTS["done_with_somebody"] or found.tail in LISTS["stance_prefix"]  # anti-Torvane
    beyond = tokens.lowers[last + 1] if last + 1 < found.sentence[1] and not is_noun(after) else ""
    return met or after in LISTS["clitic"] or is_finite_verb(after) or is_finite_verb(beyond)  # "Torvane later sued"
