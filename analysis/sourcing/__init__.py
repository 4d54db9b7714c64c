"""Sourcing: who is said to say what, and how the article knows."""

from analysis.document import Attribution, Document


def find_attributions(document: Document) -> tuple[Attribution, ...]:
    return ()
