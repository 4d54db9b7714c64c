"""What a reader knows about names: aliases.toml next to the articles.

Rules make mistakes that a reader sees at once.  The file says what is right, and is applied after the rules::

    [[merge]]                       # these are one
    into = "Observer Research Foundation"
    names = ["ORF", "the Foundation"]

    [[split]]                       # these forms are not that entity, but one of their own
    name = "Clinton"
    forms = ["Hillary Clinton", "Mrs Clinton"]
    to = "Hillary Clinton"

    [[rename]]                      # show it under this name
    name = "Burma"
    to = "Myanmar"

    [[retype]]                      # it is of another kind
    name = "Zorvane"
    label = "GPE"

Every entry may have `article = "doc_id"` to hold for one article only.  A name is an entity's name or one of
its forms, as written in the article.  Entries are applied in the order of the file, kind by kind as above.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.text.article import ArticleError
from analysis.text.document import LABELS, Entity, Mention

FIELDS = {
    "merge": ("into", "names"),
    "split": ("name", "forms", "to"),
    "rename": ("name", "to"),
    "retype": ("name", "label"),
}
LISTS = frozenset(("names", "forms"))


class AliasError(ArticleError):
    """An aliases.toml that cannot be used: names file and entry, what is wrong, and what is allowed."""


@dataclass(frozen=True, slots=True)
class AliasEntry:
    """One entry. `names` are what it is looked up by, `to` the name or label that it leads to."""

    kind: str
    names: tuple[str, ...]
    to: str
    forms: tuple[str, ...] = ()
    article: str | None = None
    where: str = ""


def load_aliases(path: str | Path) -> tuple[AliasEntry, ...]:
    """Read an aliases.toml. Raises AliasError for the first entry that is wrong."""
    path = Path(path)
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise AliasError(f"{path}: cannot be read ({error.strerror}); give the path of an aliases.toml") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AliasError(f"{path}: not valid TOML in UTF-8: {error}") from error
    except RecursionError as error:
        raise AliasError(f"{path}: lists or tables are nested too deeply; write only entries") from error
    strange = sorted(set(data) - set(FIELDS))
    if strange:
        raise AliasError(
            f"{path}: unknown kind of entry {', '.join(strange)}; choose from "
            f"{', '.join(f'[[{kind}]]' for kind in FIELDS)}"
        )
    out = []
    for kind in FIELDS:
        entries = data.get(kind, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise AliasError(f"{path}: write [[{kind}]] with double brackets, once for each entry")
        out += [_entry(kind, entry, f"{path}: [[{kind}]] number {n}") for n, entry in enumerate(entries, 1)]
    return tuple(out)


def _entry(kind: str, entry: dict[str, Any], where: str) -> AliasEntry:
    fields = FIELDS[kind]
    missing = [name for name in fields if not entry.get(name)]
    if missing:
        raise AliasError(f"{where}: {', '.join(missing)} is missing; it has {', '.join(fields)}")
    strange = sorted(set(entry) - {*fields, "article"})
    if strange:
        raise AliasError(f"{where}: unknown field {', '.join(strange)}; choose from {', '.join((*fields, 'article'))}")
    for name, value in entry.items():
        good = (
            isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
            if name in LISTS
            else isinstance(value, str)
        )
        if not good:
            kind_of_value = "a list of strings" if name in LISTS else "a string"
            raise AliasError(f"{where}: {name} is {value!r}; it must be {kind_of_value}")
    if kind == "retype" and entry["label"] not in LABELS:
        raise AliasError(f"{where}: label is {entry['label']!r}; choose one of {', '.join(LABELS)}")
    names = tuple(entry["names"]) if kind == "merge" else (entry["name"],)
    to = entry[{"merge": "into", "split": "to", "rename": "to", "retype": "label"}[kind]]
    return AliasEntry(kind, names, to, tuple(entry.get("forms", ())), entry.get("article"), where)


def apply_aliases(
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    entries: Sequence[AliasEntry],
    *,
    text: str,
    doc_id: str = "",
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Mentions and entities as the reader has corrected them; ids, names, counts and forms are computed again.

    A corrected mention's rule_id ends in "+READER.MERGE" and the like.  An entry that finds nothing in this
    article changes nothing.
    """
    forms = [" ".join(text[m.start : m.end].split()) for m in mentions]
    state = _State([m.entity for m in mentions], {e.id: e for e in entities}, forms, {})
    for entry in entries:
        if entry.article in (None, doc_id):
            _APPLY[entry.kind](state, entry)
    return _rebuilt(mentions, state)


@dataclass
class _State:
    """Which entity each mention is of, the entities by id, each mention's form, and what was done to a mention."""

    owner: list[str]
    entities: dict[str, Entity]
    forms: list[str]
    done: dict[int, str]

    def named(self, name: str) -> list[str]:
        """Ids of the entities with this name, or otherwise of those with this form."""
        exact = [i for i, e in self.entities.items() if e.name == name]
        return exact or list(dict.fromkeys(self.owner[k] for k, form in enumerate(self.forms) if form == name))

    def move(self, places: Sequence[int], to: str, why: str) -> None:
        for k in places:
            self.owner[k], self.done[k] = to, why


def _merge(state: _State, c: AliasEntry) -> None:
    targets = state.named(c.to)
    sources = [i for name in c.names for i in state.named(name)]
    if not targets and not sources:
        return
    target = targets[0] if targets else sources[0]
    for source in {*sources, *targets[1:]} - {target}:
        state.move([k for k, owner in enumerate(state.owner) if owner == source], target, "READER.MERGE")
        del state.entities[source]
        for i, entity in state.entities.items():
            if entity.related == source:
                state.entities[i] = replace(entity, related=target)
    state.entities[target] = replace(state.entities[target], name=c.to)


def _split(state: _State, c: AliasEntry) -> None:
    for source in state.named(c.names[0]):
        places = [k for k, owner in enumerate(state.owner) if owner == source and state.forms[k] in c.forms]
        if places:
            new = f"{source}/{len(state.entities)}"
            state.entities[new] = replace(state.entities[source], id=new, name=c.to)
            state.move(places, new, "READER.SPLIT")


def _rename(state: _State, c: AliasEntry) -> None:
    for i in state.named(c.names[0]):
        state.entities[i] = replace(state.entities[i], name=c.to)


def _retype(state: _State, c: AliasEntry) -> None:
    for i in state.named(c.names[0]):
        state.entities[i] = replace(state.entities[i], label=c.to)
        state.move([k for k, owner in enumerate(state.owner) if owner == i], i, "READER.RETYPE")


_APPLY = {"merge": _merge, "split": _split, "rename": _rename, "retype": _retype}


def _rebuilt(mentions: Sequence[Mention], state: _State) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    order = {old: f"e{n}" for n, old in enumerate(dict.fromkeys(state.owner), 1)}
    out = []
    for k, mention in enumerate(mentions):
        why = state.done.get(k)
        label = state.entities[state.owner[k]].label if why == "READER.RETYPE" else mention.label
        out.append(
            replace(
                mention,
                entity=order[state.owner[k]],
                label=label,
                rule_id=f"{mention.rule_id}+{why}" if why else mention.rule_id,
            )
        )
    entities = []
    forms_of: dict[str, dict[str, None]] = {old: {} for old in order}
    counts = Counter(state.owner)
    for owner, form in zip(state.owner, state.forms, strict=True):
        forms_of[owner][form] = None
    for old, new in order.items():
        entity, forms = state.entities[old], forms_of[old]
        entities.append(
            replace(
                entity,
                id=new,
                aliases=tuple(f for f in forms if f != entity.name),
                count=counts[old],
                related=order.get(entity.related or ""),
            )
        )
    return tuple(out), tuple(entities)
