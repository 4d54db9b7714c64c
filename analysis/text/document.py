"""The data model: a text that never changes, and standoff layers of spans.

Every layer points into ``article.text`` with half-open character offsets.  A layer is a tuple of small
frozen records, so a Document can be shared, compared and kept.  Terms follow PARC and PolNeAR for
attributions (source, cue, content), OntoNotes for the labels of mentions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, make_dataclass
from functools import cache
from typing import Any, NamedTuple, TypeVar

from analysis.text import vocabulary
from analysis.text.article import Article
from analysis.text.language import IN_ENGLISH, Language

T = TypeVar("T")

KINDS = tuple(vocabulary.KINDS)
SOURCE_KINDS = tuple(vocabulary.SOURCE_KINDS)
STANCES = tuple(vocabulary.STANCES)
CATEGORIES = tuple(vocabulary.CATEGORIES)
LABELS = tuple(vocabulary.LABELS)


class Span(NamedTuple):
    """A stretch of the text: ``text[start:end]``."""

    start: int
    end: int


class Paragraph(NamedTuple):
    """A paragraph without the white space around it.

    `kind` is "heading" for a line that is a title or a separate question, otherwise "body".
    `first_token` to `last_token` (half-open) are its tokens.
    """

    start: int
    end: int
    kind: str
    first_token: int
    last_token: int


class Sentence(NamedTuple):
    """A sentence; `paragraph` is the index of its paragraph, the tokens are half-open."""

    start: int
    end: int
    paragraph: int
    first_token: int
    last_token: int


class Quotation(NamedTuple):
    """A stretch in quotation marks, including the marks.

    `mark` is "double" or "single"; `depth` is 0 for an outermost quotation, 1 for one inside another; `closed` is False
    if the text has no closing mark and the quotation extends to the end of its paragraph.
    """

    start: int
    end: int
    mark: str
    depth: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text as parallel lists, so that rules can run over them fast.

    `lowers` is each token in lower case with typographic apostrophes made straight; `quoted` is 1 for a token inside an
    outermost quotation (including its marks), otherwise 0; `index` gives the tokens of each word, as in `lowers`, in
    order. "hasn't" is one token; the clitics 's, 'll, 're, 've, 'd and 'm are separate tokens; so are "U.S." and "Mr."
    with their full stops.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    words: Sequence[str]
    lowers: Sequence[str]
    quoted: bytes
    index: Mapping[str, Sequence[int]]
    known: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)  # what was worked out from them

    def __len__(self) -> int:
        return len(self.starts)

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process: without `known`, which has the tests of this process's rules."""
        return Tokens, (self.starts, self.ends, self.words, self.lowers, self.quoted, self.index)

    def find(self, words: Iterable[str]) -> list[int]:
        """The tokens that are one of `words` (as in `lowers`), in order.

        A set of words may be large: the cost is one look at each word of the text, or of the set.
        """
        index = self.index
        large = isinstance(words, frozenset) and len(words) > len(index)
        known = frozenset(words).intersection(index) if large else index.keys() & words
        return sorted([k for word in known for k in index[word]])

    def has_each(self, needs: frozenset[frozenset[str]]) -> bool:
        """Does the text have a word from each of these sets (as in `lowers`)? The answer is kept."""
        found: bool | None = self.known.get(needs)
        if found is None:
            words = self.index.keys()
            found = self.known[needs] = not any(words.isdisjoint(need) for need in needs)
        return found


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to say what: source, cue and content (PARC; Pareti 2016), each of one or more spans.

    `source` is empty if the text names none. `parent` is the id of the attribution whose content includes this one, or
    on which it rests; following parents gives the chain. `source_entity` is the id of the entity that the source
    resolves to, None if it is open. `rule_id` names the rule of the cue, `template` the order of the parts. As written
    in the text: `channel` through whom or what it came ("told Reuters"), `basis` what the statement rests on ("citing a
    decree"), `role` of the source, `anonymity` the reason given for leaving out a name. `source_link` says how the
    source was traced to its entity, or that more than one fits (see vocabulary.LINKS). `justification` are the words,
    anywhere in the text, that say how the source would know: the first twenty, and the first of each further kind
    (`Source` has all of them). `corrected` is True if a person's correction made or changed it.
    """

    id: str
    kind: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    cue_lemma: str = ""
    source_kind: str = "none"
    source_entity: str | None = None
    stance: str = "neutral"
    parent: str | None = None
    rule_id: str = ""
    template: str = ""
    channel: tuple[Span, ...] = ()
    basis: tuple[Span, ...] = ()
    role: tuple[Span, ...] = ()
    anonymity: tuple[Span, ...] = ()
    source_link: str = ""
    corrected: bool = False
    justification: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Marker:
    """A hedge, a booster or a bound (see `analysis.text.vocabulary`). `strength` runs from 0 (sure) to 1 (least sure).

    `attribution` is the id of the attribution whose content includes the marker, so that its source hedges; None in the
    reporter's own voice. `by_whom` is True if a hedge has a hidden holder ("is expected to"). `negated` is True for a
    booster under negation ("hasn't clearly said"), which then does not strengthen anything. `corrected`: as for
    Attribution.
    """

    start: int
    end: int
    category: str
    strength: float
    rule_id: str
    scope: tuple[Span, ...] = ()
    attribution: str | None = None
    by_whom: bool = False
    negated: bool = False
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text names something. `entity` is the id of what it names.

    `corrected`: as for Attribution.
    """

    start: int
    end: int
    label: str
    entity: str
    rule_id: str = ""
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """What mentions share: a name, the name forms used (aliases), and how often (count of mentions).

    `related` is the id of an entity that this one belongs to without being the same: a demonym's country. `country` is
    the country of a city or demonym, if the tables know it. `titles` are the roles that the text gives a person, each
    wording once.
    """

    id: str
    name: str
    label: str
    aliases: tuple[str, ...]
    count: int
    related: str | None = None
    country: str | None = None
    titles: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of the text and what it shows: `kind` says what, `rule` is the id of the rule behind it."""

    start: int
    end: int
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class Source:
    """Who is given as the source of one or more attributions: what the text says about them, and where.

    `name` is as in the text; for a source without a name, it is the words used instead ("a spokesperson", "police").
    `kind` is as for Attribution, `entity` the id of the entity, None if it has none. `attributions` are places in the
    list of attributions, in the order of the text. `titles` are the roles that the text gives. `role_class` is a key of
    vocabulary.ROLE_CLASSES and rests on `role_evidence` (None for "open"), `reference` one of vocabulary.REFERENCES; it
    applies only to people. `justification` are the words that say how the source would know. `stated` names the fields
    that come from a newsroom's sources.csv instead of the rules, `own` are the other columns of its row.
    """

    name: str
    kind: str
    entity: str | None = None
    attributions: tuple[int, ...] = ()
    titles: tuple[Evidence, ...] = ()
    role_class: str = "open"
    role_evidence: Evidence | None = None
    reference: str = "not told"
    reference_evidence: tuple[Evidence, ...] = ()
    justification: tuple[Evidence, ...] = ()
    stated: tuple[str, ...] = ()
    own: tuple[tuple[str, str], ...] = ()


@cache
def quick(kind: type[T]) -> type[T]:
    """Makes records of a frozen class of this module quickly: called like the class, it returns the same records.

    A frozen class checks each field that its constructor sets, which takes four times as long as all other work. This
    one sets the fields of an open twin, which then becomes a record of the class.

    >>> quick(Mention)(0, 5, "PERSON", "e1") == Mention(0, 5, "PERSON", "e1")
    True
    """

    def close(record: Any) -> None:
        record.__class__ = kind

    return make_dataclass(
        kind.__name__,
        [(f.name, f.type, field(default=f.default)) for f in fields(kind)],  # type: ignore[arg-type]
        namespace={"__doc__": kind.__doc__, "__post_init__": close},
        slots=True,
        eq=False,
        repr=False,
        match_args=False,
    )


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its layers. `segment` adds the first ones, `annotate` all.

    `title` is the article's title, read as a separate text: its spans point into it, and an entity that it shares with
    the body has the same id there. None if the article has none.
    """

    article: Article
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    tokens: Tokens
    attributions: tuple[Attribution, ...] = ()
    markers: tuple[Marker, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    sources: tuple[Source, ...] = ()
    backend: str = "rules"
    aliases: tuple[Any, ...] = ()  # analysis.entities.AliasEntry, if a reader's were applied
    stated: tuple[Any, ...] = ()  # analysis.people.StatedSource, if a newsroom's sources.csv was applied
    corrections: tuple[Any, ...] = ()  # analysis.annotation.Correction, if a person's were applied
    title: Document | None = None
    language: Language = IN_ENGLISH  # text that is not in English has no sentences, except on request

    @property
    def text(self) -> str:
        return self.article.text

    @property
    def doc_id(self) -> str:
        return self.article.doc_id

    def sentence_index(self, offset: int) -> int:
        """Index of the sentence that holds `offset`, or of the last one before it (at least 0)."""
        return max(0, bisect_right(self.sentences, offset, key=lambda s: s.start) - 1)

    def token_index(self, offset: int) -> int:
        """Index of the first token that ends after `offset`."""
        return bisect_right(self.tokens.ends, offset)
