"""Hedging: how sure the text claims to be, and who is unsure."""

from analysis.document import Document, Marker


def find_markers(document: Document) -> tuple[Marker, ...]:
    return ()
