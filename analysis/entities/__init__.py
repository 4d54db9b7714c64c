"""Entities: who and what the text is about, with aliases merged."""

from analysis.document import Document, Entity, Mention


def find_entities(document: Document, *, backend: str = "rules") -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    return (), ()
