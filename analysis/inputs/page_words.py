"""The names and words of the furniture on saved pages: the lists of resources/inputs/pages.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[1] / "resources" / "inputs" / "pages.toml"
LONGEST = 400  # how many characters of a line are matched against a pattern


@cache
def _table() -> dict[str, str | list[str]]:
    return tomllib.loads(FILE.read_text("utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """The list of this name, as a set.

    >>> "newsletter" in words("furniture")
    True
    """
    return frozenset(_table()[name].split())


def months() -> list[str]:
    """The first three letters of the months, in their order."""
    return _table()["months"]


@cache
def patterns(name: str, *, whole: bool = False) -> re.Pattern[str]:
    """The regular expressions of this name as one; `whole`: for a complete line."""
    either = "|".join(f"(?:{pattern})" for pattern in _table()[name])
    return re.compile(rf"(?:{either})\W*$" if whole else f"(?:{either})", re.IGNORECASE)


def opens_with(name: str, line: str) -> bool:
    """Does a line begin like one of this list?

    >>> opens_with("asides", "Sign up for our newsletter"), opens_with("asides", "She did not sign up for it.")
    (True, False)
    """
    return patterns(name).match(line[:LONGEST].replace("'", "’")) is not None


def is_whole(name: str, line: str) -> bool:
    """Is a complete line one of this list?

    >>> is_whole("labels", "Read more"), is_whole("labels", "Read more books, said the mayor.")
    (True, False)
    """
    return len(line) <= LONGEST and patterns(name, whole=True).match(line.replace("'", "’")) is not None


def holds(name: str, line: str) -> bool:
    """Does a line contain one of this list?

    >>> holds("linked_asides", "If you can, become a member.")
    True
    """
    return patterns(name).search(line[:LONGEST].replace("'", "’")) is not None


def plain(text: str) -> str:
    """A text in the form in which texts are compared: its words in lower case, without punctuation.

    >>> plain("“We can't,” she said.")
    'we can t she said'
    """
    return " ".join(re.findall(r"[^\W_]+", text.lower()))
