"""One record for each source: its attributions brought together, then what the text tells of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.people.classes import role_class_of
from analysis.people.justification import find_justifications
from analysis.people.reference import References, reference_of
from analysis.people.roles import Roles
from analysis.people.stated import apply_stated
from analysis.sourcing.voices import Voice, voices
from analysis.text.document import Attribution, Document, Entity, Evidence, Source, Span

NOBODY = ("none", "open")  # kinds of voice that are no source: nobody is named, or a pronoun was not traced

# Justifications beside an attribution: a source may have thousands of both, and none in an article has as many.
MOST_BESIDE = 20


def describe_sources(document: Document) -> tuple[Source, ...]:
    """The sources of an annotated document, in the order in which they are first heard.

    Attributions whose source is not named, or is a pronoun that was not traced, belong to no source.  What a newsroom
    states (`document.stated`, see `load_sources`) takes the place of what the rules found.

    >>> from analysis import annotate
    >>> document = annotate("“It was late,” said Ann Reed, a lawyer. Police declined to comment. Reed wept, she said.")
    >>> [(source.name, source.kind, source.attributions) for source in document.sources]
    [('Ann Reed', 'person', (0, 2)), ('Police', 'government', (1,))]
    """
    entities = {entity.id: entity for entity in document.entities}
    voice_of = voices(document)
    roles, references = Roles(document), References(document, voice_of, document.entities)
    found = tuple(
        _source(document, roles, references, voice, places, entities.get(voice.entity or ""))
        for voice, places in heard(document, voice_of)
    )
    known = find_justifications(document, found)
    found = tuple(replace(s, justification=mine) if mine else s for s, mine in zip(found, known, strict=True))
    if not document.stated:
        return found
    forms: dict[str | None, Sequence[str]] = {entity.id: entity.aliases for entity in document.entities}
    return apply_stated(found, document.stated, forms, document.doc_id)


def with_sources(document: Document) -> Document:
    """The document with its sources and, at each attribution, the words that say how its source would know."""
    return with_justifications(replace(document, sources=describe_sources(document)))


def with_justifications(document: Document) -> Document:
    """The document with what its sources' justifications are beside each of their attributions.

    What one statement rests on ("citing a letter") counts for that one alone.  Of what holds for all that a source
    says, the first MOST_BESIDE are given, and the first of each further kind; the source has all of them.
    """
    rests_on = {b.cue[0].start: b.parent for b in document.attributions if b.parent and b.cue}
    spans: dict[str, tuple[Span, ...]] = {}
    for source in document.sources:
        # attribution -> what it alone rests on, with its place in the order
        own: dict[str, list[tuple[int, Span]]] = {}
        general: list[tuple[int, Span]] = []
        kinds: set[str] = set()
        for place, e in enumerate(source.justification):
            only = rests_on.get(e.start)
            if only is not None:
                own.setdefault(only, []).append((place, Span(e.start, e.end)))
            elif len(general) < MOST_BESIDE or e.kind not in kinds:
                general.append((place, Span(e.start, e.end)))
                kinds.add(e.kind)
        shared = tuple([span for _, span in general])  # one tuple for all: a source may have thousands of attributions
        for place in source.attributions:
            key = document.attributions[place].id
            spans[key] = tuple([span for _, span in sorted(general + own[key])]) if key in own else shared
    attributions = tuple(
        a if a.justification == spans.get(a.id, ()) else replace(a, justification=spans.get(a.id, ()))
        for a in document.attributions
    )
    return replace(document, attributions=attributions)


def heard(document: Document, known: Mapping[str, Voice] | None = None) -> list[tuple[Voice, list[int]]]:
    """Each voice that is a source, with the places of its attributions, in the order in which they are first heard.

    `known` is `voices(document)`, where the caller has it.
    """
    found: dict[str, tuple[Voice, list[int]]] = {}
    known = voices(document) if known is None else known
    for place, attribution in enumerate(document.attributions):
        voice = known[attribution.id]
        if voice.kind not in NOBODY:
            found.setdefault(voice.key, (voice, []))[1].append(place)
    return list(found.values())


def _source(
    document: Document,
    roles: Roles,
    references: References,
    voice: Voice,
    places: Sequence[int],
    entity: Entity | None,
) -> Source:
    titles = tuple(Evidence(start, end, "title", "PERSON.TITLE") for start, end in entity.titles) if entity else ()
    kind = _kind(places, document.attributions)
    role_class, role_evidence = role_class_of(roles.of(voice, kind, places, titles))
    person = kind in ("person", "unnamed-person")
    reference, signs = reference_of(references.signs.get(voice.key, ()) if person else ())
    return Source(voice.name, kind, voice.entity, tuple(places), titles, role_class, role_evidence, reference, signs)


def _kind(places: Sequence[int], attributions: Sequence[Attribution]) -> str:
    """The kind of a source: a statement that represents its issuer says nothing about what the issuer is."""
    kinds = [attributions[place].source_kind for place in places if attributions[place].source_link != "issuer"]
    return kinds[0] if kinds else attributions[places[0]].source_kind
