"""What rules rest on: works, and other kinds of ground, which the `source` of a rule names by key.

A `source` is a row of references, separated by "; ": a key of resources/data/bibliography.toml and, in brackets, what
was taken from the work: "quirk-1985 (direct speech); own-observation".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from analysis.rules.rule import RuleError

FILE = Path(__file__).parents[1] / "resources" / "data" / "bibliography.toml"
_REFERENCE = re.compile(r"([a-z0-9-]+)(?: \((.+)\))?\Z")


class Work(NamedTuple):
    """A work. `short` is how a text cites it; `year` is 0 if it is updated regularly.

    `checked`: author, year, title and place agreed with a source outside this project; `seen` says what was consulted
    if that was more or less than a record of the work.
    """

    key: str
    short: str
    author: str
    title: str
    place: str
    year: int = 0
    checked: bool = False
    seen: str = ""


class Kind(NamedTuple):
    """A ground that is not a work, such as our own observation on development data, and what it means."""

    key: str
    title: str
    means: str


class Reference(NamedTuple):
    """A work or a kind of ground, and what was taken from it ("" if nothing more is said)."""

    to: Work | Kind
    topic: str = ""


@cache
def bibliography() -> Mapping[str, Work | Kind]:
    """Every work and kind of ground by its key, in the order of the file.

    >>> bibliography()["pareti-2016"].title
    'PARC 3.0: A Corpus of Attribution Relations'
    """
    data = tomllib.loads(FILE.read_text("utf-8"))
    entries: list[Work | Kind] = [Kind(**table) for table in data["kind"]]
    entries += [Work(**table) for table in data["work"]]
    return {entry.key: entry for entry in entries}


def references(source: str) -> tuple[Reference, ...]:
    """What the `source` of a rule refers to. Raises RuleError for a key that the bibliography does not have.

    >>> [(r.to.key, r.topic) for r in references("quirk-1985 (direct speech); own-observation")]
    [('quirk-1985', 'direct speech'), ('own-observation', '')]
    """
    out = []
    for text in source.split("; "):
        match = _REFERENCE.match(text)
        entry = bibliography().get(match[1]) if match else None
        if match is None or entry is None:
            raise RuleError(
                f"source {text!r}: not a key in {FILE.name}; add the work there, or name another kind of source"
            )
        out.append(Reference(entry, match[2] or ""))
    return tuple(out)


def cited(source: str) -> str:
    """The `source` of a rule in words, for a reader. Raises RuleError for a key that the bibliography does not have.

    >>> cited("pareti-2016 (sources); own-observation")
    'Pareti 2016, PARC 3.0: A Corpus of Attribution Relations (sources); our own observation on development data'
    """
    return "; ".join(_words(reference) for reference in references(source))


def _words(reference: Reference) -> str:
    entry = reference.to
    if isinstance(entry, Kind):
        words = entry.title[0].lower() + entry.title[1:]
    elif entry.title.startswith(entry.short):  # a package, a standard: its name is its title
        words = entry.title
    else:
        words = f"{entry.short} {entry.year}, {entry.title}" if entry.year else f"{entry.short}, {entry.title}"
    return f"{words} ({reference.topic})" if reference.topic else words
