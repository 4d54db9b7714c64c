"""Views over entities: the same name in several articles, and everything that belongs to a country."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analysis.entities import tables
from analysis.entities.merge import kind_of
from analysis.entities.merge_people import given_fits, person_words
from analysis.entities.tables import LISTS
from analysis.text.document import Document, Entity
from analysis.text.vocabulary import VALUES

# Kinds that only the words around a name speak for, or nothing.
_BY_SURROUNDINGS = LISTS["rule_of_surroundings"]
_Item = tuple[str, Entity]  # an entity with the doc_id of its article


@dataclass(frozen=True, slots=True)
class CorpusEntity:
    """One entity of a set of articles. `members` are its (doc_id, entity id), in the order of the articles."""

    name: str
    label: str
    aliases: tuple[str, ...]
    count: int
    members: tuple[tuple[str, str], ...]

    @property
    def n_docs(self) -> int:
        """In how many articles it is named."""
        return len({doc_id for doc_id, _ in self.members})


def link_entities(documents: Sequence[Document]) -> tuple[CorpusEntity, ...]:
    """Merge the entities of several articles, the most often named first.

    Two entities are one if they are of one kind and share a known name, a full name, or a form of two words or
    more; people also if their full names differ by a middle name or an initial; an acronym if it is short for
    one name only in all the articles.  A bare surname is not enough: who is meant in another article is not known.
    Where one name is of several kinds, one that only its surroundings speak for gives way to the kind of most mentions.
    Expressions of time and number are left out.
    """
    items = [(d.doc_id, e) for d in documents for e in d.entities if e.label not in VALUES]
    parent = list(range(len(items)))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    def join(a: int, b: int) -> None:
        a, b = sorted((root(a), root(b)))
        parent[b] = a

    by_name: dict[tuple[str, ...], int] = {}
    for k, (_, entity) in enumerate(items):
        for slot in _slots(entity):
            join(k, by_name.setdefault(slot, k))
    _join_people(items, join)
    _join_acronyms(items, join, root)
    shared = shared_names([names_of(document) for document in documents])
    for k, (doc_id, entity) in enumerate(items):
        join(k, by_name.setdefault(("kind", *shared[doc_id, entity.id]), k))
    groups: dict[int, list[int]] = defaultdict(list)
    for k in range(len(items)):
        groups[root(k)].append(k)
    out = [_entity([items[k] for k in members]) for members in groups.values()]
    return tuple(sorted(out, key=lambda e: -e.count))


def _slots(entity: Entity) -> list[tuple[str, ...]]:
    """What this entity can be recognised by in another article."""
    forms = [entity.name, *(a for a in entity.aliases if len(a.split()) > 1)]
    if entity.label == "PERSON":
        return [("PERSON", *person_words(form)) for form in forms if len(form.split()) > 1 or form == entity.name]
    return [(kind_of(entity.label), tables.key(form)) for form in forms]


def _join_people(items: Sequence[_Item], join: Callable[[int, int], None]) -> None:
    by_last: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    for k, (_, entity) in enumerate(items):
        words = person_words(entity.name)
        if entity.label != "PERSON" or len(words) < 2:
            continue
        for other, form in by_last[words[-1]]:
            short, long = sorted((words, form), key=len)
            if len(short) == 2 and len(long) > 2 and given_fits(short[0], long[0]):
                join(k, other)
        if len(by_last[words[-1]]) < 200:  # keeps the time in line with the size of the corpus
            by_last[words[-1]].append((k, words))


def _join_acronyms(items: Sequence[_Item], join: Callable[[int, int], None], root: Callable[[int], int]) -> None:
    full: dict[str, set[int]] = defaultdict(set)
    lone: dict[str, list[int]] = defaultdict(list)
    for k, (_, entity) in enumerate(items):
        for form in entity.aliases:
            if form.isupper() and len(form.split()) == 1 and len(entity.name.split()) > 1:
                full[tables.key(form)].add(k)
        if entity.name.isupper() and len(entity.name.split()) == 1:
            lone[tables.key(entity.name)].append(k)
    for key, places in lone.items():
        if len({root(k) for k in full.get(key, ())}) == 1:
            for k in places:
                join(k, next(iter(full[key])))


class Names(NamedTuple):
    """What `shared_names` asks of an article: its entities, and the rules that made the mentions of each."""

    doc_id: str
    entities: tuple[Entity, ...]
    rules: dict[str, set[str]]


def names_of(document: Document) -> Names:
    """The names of an article, without its text."""
    rules: dict[str, set[str]] = defaultdict(set)
    for mention in document.mentions:
        rules[mention.entity].add(mention.rule_id.partition("+")[0])
    return Names(document.doc_id, document.entities, dict(rules))


def shared_names(articles: Sequence[Names]) -> dict[tuple[str, str], tuple[str, str]]:
    """(label, name) of each entity of a name, by article and entity, as all the articles together have it.

    Names that differ in case or accents only are one, under the form of most mentions.  Where one name is of several
    kinds, one that only its surroundings speak for gives way to the kind of most mentions.
    """
    named: dict[str, list[tuple[Names, Entity]]] = defaultdict(list)
    for article in articles:
        for entity in article.entities:
            if entity.label not in VALUES:
                named[tables.key(entity.name)].append((article, entity))
    alone = len(articles) < 2
    out: dict[tuple[str, str], tuple[str, str]] = {}
    for items in named.values():
        labels, names = Counter[str](), Counter[tuple[str, str]]()
        for _, entity in items:
            labels[entity.label] += entity.count
            names[entity.label, entity.name] += entity.count
        most = {kind: name for (kind, name), _ in reversed(names.most_common())}
        for article, entity in items:
            label = _shared_label(entity, labels, set() if alone else article.rules.get(entity.id, set()))
            out[article.doc_id, entity.id] = label, most[label]
    return out


def _shared_label(entity: Entity, labels: Counter[str], rules: set[str]) -> str:
    """The kind of an entity, or that of most mentions of its name where only its surroundings speak for its own."""
    most, n = labels.most_common(1)[0]
    doubtful = bool(rules) and rules <= _BY_SURROUNDINGS
    return most if doubtful and 2 * n > labels.total() else entity.label


def _entity(members: Sequence[_Item]) -> CorpusEntity:
    names: dict[str, int] = {}
    labels: dict[str, int] = {}
    for _, entity in members:
        names[entity.name] = names.get(entity.name, 0) + entity.count
        labels[entity.label] = labels.get(entity.label, 0) + entity.count
    name = max(names, key=lambda n: (len(n.split()) > 1, names[n]))
    forms = dict.fromkeys(form for _, e in members for form in (e.name, *e.aliases) if form != name)
    return CorpusEntity(
        name,
        max(labels, key=lambda lab: labels[lab]),
        tuple(forms),
        sum(e.count for _, e in members),
        tuple((doc_id, e.id) for doc_id, e in members),
    )


def by_country(entities: Sequence[Entity]) -> dict[str, tuple[Entity, ...]]:
    """Country -> the entities that belong to it: itself, its people and what is theirs, its cities and regions.

    A view: nothing is merged, and Moscow is not Russia.  Countries with the most mentions come first.

    >>> places = [Entity("e1", "Moscow", "GPE", (), 2, country="Russia"),
    ...           Entity("e2", "Oslo", "GPE", (), 1, country="Norway")]
    >>> {country: [e.name for e in members] for country, members in by_country(places).items()}
    {'Russia': ['Moscow'], 'Norway': ['Oslo']}
    """
    groups: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        if entity.country:
            groups[entity.country].append(entity)
    order = sorted(groups, key=lambda c: -sum(e.count for e in groups[c]))
    return {country: tuple(groups[country]) for country in order}
