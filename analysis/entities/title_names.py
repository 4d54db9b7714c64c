"""The names of a title, tied to those of its body: what is the same has the same id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from analysis.entities.tables import common
from analysis.text.document import Attribution, Document, Entity, Mention, Source, Span
from analysis.text.vocabulary import VALUES

RULE = "TITLE.BODY"  # the rule_id of a mention that is found because the body names it so
_SPOKEN = 20  # words of a name that is looked up


def with_names_of_body(title: Document, body: Document) -> Document:
    """The title with each of its entities under the id, name and label of the body's where they are the same.

    The same are: a name or alias that the body has too and for one entity only, and the last word of one person's name
    ("Reed" for "Ann Reed").  Names of the body that were not found in the title, which tells little of them, are
    mentions too.  What the body does not name has an id of its own: "t1", "t2" ...
    """
    known = {e.id: e for e in body.entities}
    names = _Names(body)
    same = {e.id: found for e in title.entities if (found := _same(e, names))}
    new = {e.id: f"t{n}" for n, e in enumerate((e for e in title.entities if e.id not in same), 1)}
    ids = {**same, **new}
    mentions = [_moved(m, ids, known) for m in title.mentions]
    mentions = sorted([*mentions, *_more(title, body, mentions)], key=lambda m: m.start)
    named = {Span(m.start, m.end): m.entity for m in mentions}
    attributions = tuple(_attributed(a, ids, named) for a in title.attributions)
    return replace(
        title,
        mentions=tuple(mentions),
        entities=_entities(title, mentions, ids, known),
        attributions=attributions,
        sources=tuple(_named(s, attributions, known) for s in title.sources),
    )


class _Names:
    """The forms of the body's names, each with the entities that have it."""

    def __init__(self, body: Document) -> None:
        self.forms: dict[str, set[str]] = {}
        self.people: dict[str, set[str]] = {}
        self.value = {e.id: e.label in VALUES for e in body.entities}
        for e in body.entities:
            for form in (e.name, *e.aliases):
                self.forms.setdefault(form.casefold(), set()).add(e.id)
            if e.label == "PERSON":
                self.people.setdefault(e.name.casefold().rpartition(" ")[2], set()).add(e.id)


def _same(entity: Entity, names: _Names) -> str | None:
    is_value = entity.label in VALUES
    forms = [form.casefold() for form in (entity.name, *entity.aliases)]
    found = {e for form in forms for e in names.forms.get(form, ()) if names.value[e] == is_value}
    if not found and not is_value and " " not in entity.name:
        found = names.people.get(forms[0], set())
    return next(iter(found)) if len(found) == 1 else None


def _moved(mention: Mention, ids: Mapping[str, str], known: Mapping[str, Entity]) -> Mention:
    entity = ids.get(mention.entity, mention.entity)
    return replace(mention, entity=entity, label=known[entity].label if entity in known else mention.label)


def _more(title: Document, body: Document, mentions: list[Mention]) -> Iterator[Mention]:
    """The body's names that occur in the title and are not mentions yet.

    A single common word ("Brand") is one only where the title does not write every word with a capital.
    """
    forms: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    tokens = title.tokens
    taken = bytearray(len(tokens))
    for m in mentions:
        first, last = title.token_index(m.start), title.token_index(m.end - 1) + 1
        taken[first:last] = b"\1" * (last - first)
    capitals = _in_capitals(title, taken)
    for e in body.entities:
        if e.label not in VALUES:
            for form in (e.name, *e.aliases):
                words = tuple(form.split())
                if 0 < len(words) <= _SPOKEN and (len(words) > 1 or _is_telling(form, capitals)):
                    forms.setdefault(words, set()).add((e.id, e.label))
    longest: dict[str, int] = {}
    for words in forms:
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    k = 0
    while k < len(tokens):
        for size in range(min(longest.get(tokens.words[k], 0), len(tokens) - k), 0, -1):
            found = forms.get(tuple(tokens.words[k : k + size]), set())
            if len(found) == 1 and not any(taken[k : k + size]):
                ((entity, label),) = found
                yield Mention(tokens.starts[k], tokens.ends[k + size - 1], label, entity, RULE)
                k += size - 1
                break
        k += 1


def _in_capitals(title: Document, named: bytearray) -> bool:
    """Does a title write most of its longer words, apart from names, with a capital?"""
    words = zip(title.tokens.words[1:], named[1:], strict=True)
    long = [word for word, name in words if len(word) > 3 and not name]
    return 2 * sum(word[0].isupper() for word in long) > len(long)


def _is_telling(form: str, capitals: bool) -> bool:
    """Does a single word name something wherever it stands in the title?"""
    return form[0].isupper() and (form.lower() not in common() or not capitals)


def _entities(
    title: Document, mentions: list[Mention], ids: Mapping[str, str], known: Mapping[str, Entity]
) -> tuple[Entity, ...]:
    """The entities in the order of their first mention; counts, aliases and titles are those of the title."""
    own = {ids[e.id]: e for e in title.entities}
    places: dict[str, list[Mention]] = {}
    for m in mentions:
        places.setdefault(m.entity, []).append(m)
    out = []
    for key, here in places.items():
        base = known.get(key) or own[key]
        forms = dict.fromkeys(title.text[m.start : m.end] for m in here)
        related = base.related if key in known else ids.get(base.related or "")
        titles = own[key].titles if key in own else ()
        aliases = tuple(form for form in forms if form != base.name)
        out.append(replace(base, id=key, aliases=aliases, count=len(here), related=related, titles=titles))
    return tuple(out)


def _attributed(a: Attribution, ids: Mapping[str, str], named: Mapping[Span, str]) -> Attribution:
    entity = ids.get(a.source_entity or "", a.source_entity) or next((named[s] for s in a.source if s in named), None)
    return a if entity == a.source_entity else replace(a, source_entity=entity)


def _named(source: Source, attributions: tuple[Attribution, ...], known: Mapping[str, Entity]) -> Source:
    entity = next((e for place in source.attributions if (e := attributions[place].source_entity)), None)
    body = known.get(entity or "")
    return replace(source, entity=entity, name=body.name if body else source.name)
