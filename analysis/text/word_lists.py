"""Word lists: the files of resources/words, each a table of named lists, one list per concept."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parents[1] / "resources" / "words"


@cache
def word_lists(name: str) -> Mapping[str, frozenset[str]]:
    """The lists of resources/words/NAME.toml by name, each a set.

    A list written as text contains words, separated by white space (one per line, or a short group that belongs
    together); one written as an array contains phrases. Tables inside the file are left out.

    >>> "must" in word_lists("classes")["modal"]
    True
    """
    with (WORDS / f"{name}.toml").open("rb") as file:
        table = tomllib.load(file)
    return {
        key: frozenset(value.split() if isinstance(value, str) else value)
        for key, value in table.items()
        if isinstance(value, str | list)
    }
