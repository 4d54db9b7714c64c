"""What kind of source a word means, by the rules of sources.toml: a role, a body, a document, a known name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from analysis.rules import Rule, load_rules, word_lists
from analysis.text.document import SOURCE_KINDS

KIND_OF_LABEL = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "government",
    "NORP": "collective",
    "EVENT": "event",
    "LAW": "document",
    "WORK_OF_ART": "document",
    "FAC": "organisation",
    "LOC": "government",
}


@cache
def own_words() -> Mapping[str, frozenset[str]]:
    """The word lists of people.toml, by name."""
    return word_lists("people")


@cache
def kind_rules() -> tuple[Rule, ...]:
    return load_rules(
        "sources.toml",
        required=("source_kind",),
        allowed={"source_kind": SOURCE_KINDS},
        optional=("words", "pairs", "names", "suffixes", "titles"),
    )


@cache
def kind_table(field: str) -> Mapping[str, str]:
    """Word -> kind, over the rules that have it in `field`; an earlier rule wins."""
    table: dict[str, str] = {}
    for rule in kind_rules():
        words = rule.fields.get(field, ())
        for word in words.split() if isinstance(words, str) else words:
            table.setdefault(word, rule["source_kind"])
    return table


@cache
def _roles_and_bodies() -> Mapping[str, str]:
    """Word -> kind: those of the rules, and nouns for one person that say what they do."""
    people = frozenset[str]().union(*word_lists("role_nouns").values())
    return dict.fromkeys(people, "unnamed-person") | dict(kind_table("words"))


def role_kind(word: str) -> str | None:
    """The kind of source that a role or a body in lower case is; the plural of a role is a collective.

    >>> role_kind("minister"), role_kind("ministers"), role_kind("ministry"), role_kind("river")
    ('unnamed-person', 'collective', 'government', None)
    """
    kind = _roles_and_bodies().get(word)
    return kind if kind is not None or word[-1:] not in ("n", "s") else _kind_of_plural(word)


def _kind_of_plural(word: str) -> str | None:
    table = _roles_and_bodies()
    for ending, single in (("men", "man"), ("women", "woman"), ("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and table.get(word.removesuffix(ending) + single) == "unnamed-person":
            return "collective"
    return None


def is_person_word(word: str) -> bool:
    """Does a word in lower case mean one person, or come before a name: "minister", "mr."?"""
    return role_kind(word) == "unnamed-person" or is_title(word)


def is_title(word: str) -> bool:
    """Does a word in lower case come before a name as a title: "mr.", "gen", "minister"?"""
    return word.removesuffix(".") in kind_table("titles")
