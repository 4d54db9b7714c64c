"""What every column of every table means, from resources/tables/columns.toml; for the documentation and for exports."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

FILE = "resources/tables/columns.toml"
SHARED = "columns"  # the section that applies to every table
FOR_EACH_ARTICLE = "in "  # how the names of columns begin that each article has one of


class Meaning(NamedTuple):
    """What a column means; `unit` is "" if it holds no numbers."""

    unit: str
    words: str


def table_row(table: str) -> str:
    """What one row of a table is, in a sentence.

    Raises KeyError for a table without a description.

    >>> table_row("sentences")
    'One row for each sentence, in the order of the text.'
    """
    words: str = _sections()[table]["row"]
    return words


def column_meaning(table: str, column: str) -> Meaning:
    """What a column of a table means, and its unit.

    Raises KeyError for a table or column without a description.

    >>> column_meaning("markers", "strength")
    Meaning(unit='0 (sure) to 1 (least sure)', words='How much it weakens the claim.')
    >>> column_meaning("names_compared", "in my-article").words
    'How many there are in this article.'
    """
    sections = _sections()
    name = f"{FOR_EACH_ARTICLE}*" if column.startswith(FOR_EACH_ARTICLE) else column
    found = sections[table].get(name) or sections[SHARED].get(name)
    if found is None:
        raise KeyError(f"the column {column!r} of the table {table!r} has no meaning in {FILE}")
    return Meaning("", found) if isinstance(found, str) else Meaning(*found)


def described_tables() -> list[str]:
    """The tables with a description, in the order of the file."""
    return [name for name in _sections() if name != SHARED]


@cache
def _sections() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("analysis").joinpath(FILE).read_text("utf-8"))
