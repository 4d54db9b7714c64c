"""Sourcing: who is said to say what, and how the article knows."""

from analysis.sourcing.article import find_attributions, find_sources
from analysis.text.document import Attribution, Document

__all__ = ["Attribution", "Document", "find_attributions", "find_sources"]
