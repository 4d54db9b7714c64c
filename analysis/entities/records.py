"""What is handed from stage to stage while names are found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.text.document import Mention, Tokens

ALIKE = 40  # how many names with one word in common are looked at: keeps the time in line with the text
Hint = tuple[str, str]  # (label, rule id) of a name whose kind is settled where it stands


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
    """A candidate: tokens first to last, its words, and its place."""

    first: int
    last: int
    words: tuple[str, ...]
    hint: Hint | None
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
    labels: dict[str, Hint] = field(default_factory=dict)
    inside: Counter[str] = field(default_factory=Counter)
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
    sex: str = ""  # of a person, where a title has told it
    id: str = ""  # of the entity, when all are found

    def add(self, index: int, form: str) -> None:
        self.places.append(index)
        self.forms[form] = self.forms.get(form, 0) + 1


class Merging:
    """The mentions of a text while they are being grouped, one group per entity.

    `forms` are the mentions as written, `reasons` why each is in its group; `titles` gives, by the start of a mention,
    the title before it.
    """

    def __init__(self, text: str, mentions: Sequence[Mention | Place], titles: Mapping[int, str]) -> None:
        self.text, self.mentions, self.titles = text, mentions, titles
        self.forms = [" ".join(text[m.start : m.end].split()) for m in mentions]
        self.groups: list[Group] = []
        self.reasons = [""] * len(mentions)
        self._owners: dict[int, Group] = {}

    def title_of(self, index: int) -> str:
        return self.titles.get(self.mentions[index].start, "")

    def group_of(self, index: int) -> Group:
        return self._owners[index]

    def new_group(self, label: str, name: str, words: tuple[str, ...]) -> Group:
        group = Group(label, name, words)
        self.groups.append(group)
        return group

    def give(self, index: int, group: Group, why: str) -> None:
        """Put a mention into a group."""
        self._owners[index], self.reasons[index] = group, why
        group.add(index, self.forms[index])

    def absorb(self, index: int, other: int, why: str) -> None:
        """Put the whole group of mention `other` into that of mention `index`."""
        self.absorb_group(self._owners[index], self._owners[other], why)

    def absorb_group(self, target: Group, group: Group, why: str) -> None:
        if target is group:
            return
        for index in group.places:
            self._owners[index] = target
            self.reasons[index] = self.reasons[index] or why
        target.places = sorted(target.places + group.places)
        for form, n in group.forms.items():
            target.forms[form] = target.forms.get(form, 0) + n
        group.places = []
