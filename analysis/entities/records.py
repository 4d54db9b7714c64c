"""What is handed from stage to stage while names are found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.text.document import Tokens


class Name(NamedTuple):
    """A place in the text that names something: tokens first to last, characters start to end (a name may be
    part of a token with a hyphen: Paris-based)."""

    first: int
    last: int
    start: int
    end: int
    label: str
    rule_id: str


class Place(NamedTuple):
    """A name or a value to be: characters start to end, the token that it begins at."""

    start: int
    end: int
    label: str
    rule_id: str
    first: int


@dataclass(slots=True)
class Found:
    """A candidate: tokens first to last, its words, and where it stands."""

    first: int
    last: int
    words: tuple[str, ...]
    hint: tuple[str, str] | None
    opens: bool
    sentence: tuple[int, int]
    start: int
    end: int
    tail: str = ""  # what a compound goes on with: "based" in Paris-based
    text: str = ""


@dataclass
class Knowledge:
    """What the text shows about its names: `inside` how often a word has a capital inside a sentence, `pairs` which
    words with capitals follow each other."""

    tokens: Tokens
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    inside: Counter = field(default_factory=Counter)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    _small: dict[str, int] = field(default_factory=dict)

    def small(self, low: str) -> int:
        """How often the text has a word in small letters: counted when first asked, since few words are asked for."""
        count = self._small.get(low)
        if count is None:
            words = self.tokens.words
            count = self._small[low] = sum([words[k] == low for k in self.tokens.index.get(low, ())])
        return count


@dataclass(slots=True, eq=False)
class Group:
    """The mentions of one entity while it is being put together."""

    label: str
    name: str
    words: tuple[str, ...]
    places: list[int] = field(default_factory=list)  # indices of mentions
    forms: dict[str, int] = field(default_factory=dict)  # surface form -> mentions
    country: str | None = None
    sex: str = ""  # of a person, where a title has told it
    id: str = ""  # of the entity, when all are found

    def add(self, index: int, form: str) -> None:
        self.places.append(index)
        self.forms[form] = self.forms.get(form, 0) + 1
