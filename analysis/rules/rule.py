"""What a rule is, and the error that says what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.rules.language import Context, Pattern


class RuleError(ValueError):
    """A rule cannot be used; the message names file, line and rule id, what is wrong, and what is allowed."""


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule. `fields` are the values that only this kind of rule has (category, strength, stance ...)."""

    id: str
    gloss: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    source: str
    where: str
    patterns: tuple[Pattern, ...] = ()
    not_when: tuple[Context, ...] = ()
    only_when: tuple[Context, ...] = ()
    fields: Mapping[str, Any] = None  # type: ignore[assignment]

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]
