"""Reading a rule file, or refusing it with place and reason if it is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from analysis.rules.language import FOLDER, compile_context, compile_pattern
from analysis.rules.rule import Rule, RuleError

REQUIRED = ("id", "gloss", "examples", "counter_examples", "source")
_PLACE = re.compile(r"""^[ \t]*(?:id[ \t]*=[ \t]*["']([^"'\n]*)["']|\[\[rule\]\])""", re.M)
_ID = re.compile(r"[A-Z][A-Z0-9]*(?:[.-][A-Z0-9]+)+\Z")


def load_rules(
    path: str | Path,
    *,
    required: Sequence[str] = (),
    allowed: Mapping[str, Sequence[object]] | None = None,
    optional: Sequence[str] = (),
) -> tuple[Rule, ...]:
    """Read and check a rule file. A bare name is looked up in the package's lexicons.

    `required` and `optional` name the fields that this kind of rule has beyond the common ones; `allowed` gives
    the values that a field may take.  Raises RuleError for the first rule that is wrong.
    """
    path = Path(path)
    path = path if path.parent != Path() or path.exists() else FOLDER / path
    text = path.read_text("utf-8")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{path.name}: not valid TOML: {error}") from error
    rules: list[Rule] = []
    seen: set[str] = set()
    known = {*REQUIRED, "pattern", "not_when", "only_when", *required, *optional}
    ids, heads = _lines_of(text)
    for number, table in enumerate(data.get("rule", []), 1):
        line = ids.get(str(table.get("id"))) or (heads[number - 1] if number <= len(heads) else 1)
        where = f"{path.name}:{line}: rule {table.get('id', f'number {number}')}"
        _check(table, where, known=known, required=(*REQUIRED, *required), allowed=allowed or {}, seen=seen)
        seen.add(table["id"])
        rules.append(_rule(table, where, (*required, *optional)))
    if not rules:
        raise RuleError(f"{path.name}: no [[rule]] in it; write at least one")
    return tuple(rules)


def _lines_of(text: str) -> tuple[dict[str, int], list[int]]:
    """The line of each rule's id (the first, if it is used twice), and of each [[rule]] head, in one pass."""
    ids: dict[str, int] = {}
    heads: list[int] = []
    line, at = 1, 0
    for match in _PLACE.finditer(text):
        line, at = line + text.count("\n", at, match.start()), match.start()
        if match[1] is None:
            heads.append(line)
        else:
            ids.setdefault(match[1], line)
    return ids, heads


def _check(
    table: dict[str, Any],
    where: str,
    *,
    known: Set[str],
    required: Sequence[str],
    allowed: Mapping[str, Sequence[object]],
    seen: Set[str],
) -> None:
    missing = [name for name in required if not table.get(name) and table.get(name) != 0]
    if missing:
        raise RuleError(f"{where}: {', '.join(missing)} is missing; every rule has {', '.join(required)}")
    strange = sorted(set(table) - known)
    if strange:
        raise RuleError(f"{where}: unknown field {', '.join(strange)}; known are {', '.join(sorted(known))}")
    if not _ID.match(table["id"]):
        raise RuleError(f"{where}: an id has groups of capitals separated by full stops, such as HEDGE.MODAL.MAY")
    if table["id"] in seen:
        raise RuleError(f"{where}: the id is used twice; give each rule its own")
    for name in ("examples", "counter_examples", "not_when", "only_when"):
        if not isinstance(table.get(name, []), list) or not all(isinstance(x, str) for x in table.get(name, [])):
            raise RuleError(f"{where}: {name} must be a list of strings")
    for name, values in allowed.items():
        if name in table and table[name] not in values:
            raise RuleError(f"{where}: {name} is {table[name]!r}; choose one of {', '.join(map(str, values))}")


def _rule(table: dict[str, Any], where: str, names: Sequence[str]) -> Rule:
    patterns = table.get("pattern", [])
    try:
        return Rule(
            id=table["id"],
            gloss=table["gloss"],
            source=table["source"],
            where=where,
            examples=tuple(table["examples"]),
            counter_examples=tuple(table["counter_examples"]),
            patterns=tuple(map(compile_pattern, [patterns] if isinstance(patterns, str) else patterns)),
            not_when=tuple(map(compile_context, table.get("not_when", ()))),
            only_when=tuple(map(compile_context, table.get("only_when", ()))),
            fields={name: table[name] for name in names if name in table},
        )
    except ValueError as error:
        raise RuleError(f"{where}: {error}") from error
