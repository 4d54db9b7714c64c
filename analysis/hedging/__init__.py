"""Hedging: how sure the text claims to be, and who is unsure."""

from analysis.hedging.markers import find_markers, rules

__all__ = ["find_markers", "rules"]
