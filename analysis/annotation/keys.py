"""Hand-made keys (TOML): passages by sentence and words, resolved to a Document with the hand annotation as layers.

A person's marks and those of the rules are in the same classes, so both can be compared and shown alike.
seeds/teaching/keys/README.md explains how a passage is written, and which decisions the keys of the teaching set
follow.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from analysis.people import heard, with_justifications
from analysis.sourcing.voices import Voice
from analysis.text.document import (
    CATEGORIES,
    KINDS,
    LABELS,
    SOURCE_KINDS,
    STANCES,
    Attribution,
    Document,
    Entity,
    Evidence,
    Marker,
    Mention,
    Source,
    Span,
)
from analysis.text.vocabulary import CONTACTS, JUSTIFICATIONS, REFERENCES, ROLE_CLASSES

HAND = "HAND"  # the rule_id of a person's annotations
GAP = " ... "


class GoldKeyError(ValueError):
    """A key does not fit its text. The message names the file, the table and the row."""


def read_key(path: str | Path) -> dict[str, Any]:
    """The content of a key. Raises GoldKeyError for a file that is not valid TOML."""
    try:
        return tomllib.loads(Path(path).read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GoldKeyError(f"{path}: not valid TOML ({error})") from error


def key_to_document(path: str | Path, document: Document) -> Document:
    """The document with the layers of the key at `path` instead of its own.

    `document` needs only sentences (`segment(article)`). Every passage must be in the sentence that the key names,
    every label must be in the closed vocabularies, and the counts of the entities must match their mentions. Raises
    GoldKeyError with file, table, row and reason otherwise.
    """
    key = read_key(path)
    check = _Checker(path, document)
    if "sentences" in key and key["sentences"] != len(document.sentences):
        raise GoldKeyError(
            f"{path}: the key counts {key['sentences']} sentences, the text has "
            f"{len(document.sentences)}; number its passages again"
        )
    attributions = _attributions(key.get("attribution", ()), check)
    markers = tuple(_marker(row, check, attributions) for row in key.get("marker", ()))
    entities, mentions = _entities(key, check)
    document = replace(
        document, attributions=attributions, markers=markers, mentions=mentions, entities=entities, backend="hand"
    )
    return with_justifications(replace(document, sources=_sources(key.get("source", ()), document, check)))


def key_contacts(path: str | Path) -> dict[str, str]:
    """Attribution -> how its words reached the article, as a person decided (a key of `vocabulary.CONTACTS`).

    Attributions without `contact` are left out.  `key_to_document` checks the values.  Raises GoldKeyError for a file
    that is not valid TOML.
    """
    return {row["key"]: row["contact"] for row in read_key(path).get("attribution", ()) if "contact" in row}


class _Checker:
    """Finds passages and checks labels for one key; errors name the row."""

    def __init__(self, path: str | Path, document: Document) -> None:
        self.path, self.document = path, document

    def fail(self, where: str, message: str) -> GoldKeyError:
        return GoldKeyError(f"{self.path}: {where}: {message}")

    def label(self, where: str, value: str, allowed: tuple[str, ...]) -> str:
        if value not in allowed:
            raise self.fail(where, f"{value!r} is not one of {', '.join(allowed)}")
        return value

    def spans(self, where: str, sentence: int, pieces: list) -> tuple[Span, ...]:
        return tuple(
            self.span(where, piece.get("sentence", sentence), piece["words"])
            if isinstance(piece, dict)
            else self.span(where, sentence, piece)
            for piece in pieces
        )

    def span(self, where: str, sentence: int, words: str) -> Span:
        if not 1 <= sentence <= len(self.document.sentences):
            raise self.fail(where, f"sentence {sentence} does not exist; the text has {len(self.document.sentences)}")
        start, end = self.document.sentences[sentence - 1][:2]
        first, gap, last = words.partition(GAP)
        first, _, nth = first.partition("#")
        found = find_words(self.document.text, first, start, end, nth=int(nth or 1))
        if found and gap:
            tail = find_words(self.document.text, last, found.end, end)
            found = Span(found.start, tail.end) if tail else None
        if not found:
            raise self.fail(
                where, f"sentence {sentence} does not contain {words!r}; it reads {self.document.text[start:end]!r}"
            )
        return found


def find_words(text: str, words: str, start: int, end: int, *, nth: int = 1) -> Span | None:
    """The nth place of `words` in ``text[start:end]`` as whole words, or None.

    >>> find_words("Both others; other days", "other", 0, 23)
    Span(start=13, end=18)
    """
    places = _places(text, words, start, end) if words else iter(())
    return next(islice(places, nth - 1, None), None)


def _places(text: str, words: str, start: int, end: int) -> Iterator[Span]:
    at = text.find(words, start, end)
    while at >= 0:
        stop = at + len(words)
        inside_left = at > start and words[0].isalnum() and text[at - 1].isalnum()
        inside_right = stop < end and words[-1].isalnum() and text[stop].isalnum()
        if not (inside_left or inside_right):
            yield Span(at, stop)
        at = text.find(words, at + 1, end)


def _attributions(rows, check: _Checker) -> tuple[Attribution, ...]:
    out, known = [], set()
    for row in rows:
        where = f"attribution {row.get('key')!r}"
        if row["key"] in known:
            raise check.fail(where, "two attributions have this key; give each a different one")
        known.add(row["key"])
        source, cue, content = (check.spans(where, row["sentence"], row[role]) for role in ("source", "cue", "content"))
        out.append(
            Attribution(
                row["key"],
                check.label(where, row["kind"], KINDS),
                source,
                cue,
                content,
                source_kind=check.label(where, row["source_kind"], SOURCE_KINDS),
                source_entity=row.get("source_entity"),
                stance=check.label(where, row["stance"], STANCES),
                parent=row.get("parent"),
                rule_id=HAND,
                channel=check.spans(where, row["sentence"], row.get("channel", [])),
            )
        )
        if "contact" in row:
            check.label(where, row["contact"], tuple(CONTACTS))
        if bool(source) == (row["source_kind"] == "none"):
            raise check.fail(where, 'source_kind must be "none" if, and only if, source is empty')
    for a in out:
        if a.parent is not None and a.parent not in known:
            raise check.fail(f"attribution {a.id!r}", f"its parent {a.parent!r} is not an attribution of this key")
    return tuple(out)


def _marker(row: dict, check: _Checker, attributions: tuple[Attribution, ...]) -> Marker:
    where = f"marker {row['text']!r} in sentence {row['sentence']}"
    start, end = check.span(where, row["sentence"], row["text"])
    owner = row.get("attribution")
    if owner is not None and owner not in {a.id for a in attributions}:
        raise check.fail(where, f"its attribution {owner!r} is not in this key")
    return Marker(
        start,
        end,
        check.label(where, row["category"], CATEGORIES),
        float("nan"),
        HAND,
        attribution=owner,
        by_whom=row.get("by_whom", False),
        negated=row.get("negated", False),
    )


def _entities(key: dict, check: _Checker) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    entities = tuple(
        Entity(
            row["name"],
            row["name"],
            check.label(f"entity {row['name']!r}", row["label"], LABELS),
            tuple(row.get("aliases", ())),
            row["count"],
            related=row.get("related"),
            country=row.get("country"),
        )
        for row in key.get("entity", ())
    )
    mentions = []
    for sentence, rows in key.get("mentions", {}).items():
        for words, label, *entity in rows:
            where = f"mention {words!r} in sentence {sentence}"
            span = check.span(where, int(sentence), words)
            mentions.append(Mention(*span, check.label(where, label, LABELS), entity[0] if entity else "", HAND))
    mentions.sort(key=lambda m: m.start)
    for e in entities:
        forms = [check.document.text[m.start : m.end] for m in mentions if m.entity == e.name]
        if len(forms) != e.count:
            raise check.fail(f"entity {e.name!r}", f"its count is {e.count}, its mentions are {len(forms)}")
        unknown = set(forms) - {e.name, *e.aliases}
        if unknown:
            raise check.fail(
                f"entity {e.name!r}", f"{sorted(unknown)} is among its mentions but not one of its aliases"
            )
    lost = {m.entity for m in mentions if m.entity} - {e.name for e in entities}
    if lost:
        raise check.fail("mentions", f"no entity is called {', '.join(sorted(lost))}")
    return entities, tuple(mentions)


def _sources(rows, document: Document, check: _Checker) -> tuple[Source, ...]:
    """The sources that are heard in the key, with what its [[source]] tables say about them."""
    by_name = {row["name"]: row for row in rows}
    voices = heard(document)
    lost = by_name.keys() - {voice.name for voice, _ in voices}
    if lost:
        raise check.fail("source", f"no source is called {', '.join(sorted(lost))}")
    return tuple(_source(voice, places, by_name.get(voice.name, {}), check) for voice, places in voices)


def _source(voice: Voice, places: list[int], row: dict, check: _Checker) -> Source:
    where = f"source {voice.name!r}"
    role_class = check.label(where, row.get("role_class", "open"), tuple(ROLE_CLASSES))
    rests_on = _evidence([row["rests_on"]] if "rests_on" in row else [], role_class, where, check)
    if bool(rests_on) == (role_class == "open"):
        raise check.fail(where, 'give rests_on if, and only if, role_class is not "open"')
    reference = check.label(where, row.get("reference", "not told"), tuple(REFERENCES))
    return Source(
        voice.name,
        voice.kind,
        voice.entity,
        tuple(places),
        _evidence(row.get("titles", []), "title", where, check),
        role_class,
        rests_on[0] if rests_on else None,
        reference,
        _evidence(row.get("referred_to", []), reference, where, check),
        tuple(_justification(piece, where, check) for piece in row.get("justification", ())),
    )


def _justification(piece: dict, where: str, check: _Checker) -> Evidence:
    """{kind, sentence, words}: how the source would know."""
    kind = check.label(where, piece["kind"], tuple(JUSTIFICATIONS))
    return Evidence(*check.span(where, piece["sentence"], piece["words"]), kind, HAND)


def _evidence(pieces: list, kind: str, where: str, check: _Checker) -> tuple[Evidence, ...]:
    return tuple(Evidence(start, end, kind, HAND) for start, end in check.spans(where, 0, pieces))
