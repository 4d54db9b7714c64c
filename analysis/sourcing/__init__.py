"""Sourcing: who is said to say what, and how the article knows."""

from analysis.document import Attribution, Document
from analysis.sourcing.article import find_attributions

__all__ = ["Attribution", "Document", "find_attributions"]
