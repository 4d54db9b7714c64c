"""How groups are drawn: a colour, and channels that still work without it."""

from __future__ import annotations

from typing import NamedTuple

from analysis.figures.theme import BLUE, GREY, ORANGE, PALETTE
from analysis.text.vocabulary import LABEL_GROUPS


class Look(NamedTuple):
    """How a group is drawn: a colour, and the channels that still work without it."""

    colour: str
    hatch: str
    marker: str


REPORTER_LOOK = Look(GREY, "", "o")
SOURCE_LOOK = Look(BLUE, "////", "D")
NOBODY_LOOK = Look(ORANGE, "xxxx", "X")  # words that are attributed, but to nobody
GROUP_LOOKS = {name: Look(PALETTE[group.colour], group.hatch, group.marker) for name, group in LABEL_GROUPS.items()}
