"""Hedging: how sure the text claims to be, and who is unsure."""

from analysis.hedging.markers import find_markers, rules, unsure
from analysis.hedging.probability import Ground, Reading, Step, grounds, reading, readings, scales, strength_of

__all__ = [
    "Ground",
    "Reading",
    "Step",
    "find_markers",
    "grounds",
    "reading",
    "readings",
    "rules",
    "scales",
    "strength_of",
    "unsure",
]
