"""The colours of voices, taken in turn: for a light page, for a dark one, and for notebooks, whose background is
unknown.
"""

from __future__ import annotations

from typing import NamedTuple

from analysis.reading.notes import Notes
from analysis.sourcing.voices import Voice


class Hue(NamedTuple):
    """`ink` is for words and lines, `tint` for the background of words, each for light and for dark pages. `line` is
    visible on any background.
    """

    ink: str
    tint: str
    dark_ink: str
    dark_tint: str
    line: str

    @property
    def wash(self) -> str:
        """`line`, so faint that words in the page's own colour are readable on it, whatever the background."""
        red, green, blue = (int(self.line[at : at + 2], 16) for at in (1, 3, 5))
        return f"rgba({red}, {green}, {blue}, 0.16)"


HUES = (
    Hue("#00629B", "#E6F1F8", "#85C4EF", "#12293A", "#0072B2"),
    Hue("#006B50", "#E3F3ED", "#6FCDAC", "#0F2E26", "#00785A"),
    Hue("#A04300", "#FBEDE3", "#F2A878", "#3A2214", "#B85400"),
    Hue("#86416B", "#F6EAF2", "#DFA5C7", "#36202E", "#A0558A"),
    Hue("#6F5200", "#FAF2DC", "#DDBB66", "#332A10", "#8A6800"),
    Hue("#4A4A9E", "#ECECF8", "#B5B5F2", "#26263F", "#6A6AC8"),
    Hue("#A31D45", "#FAE9ED", "#F49BB0", "#3B1A24", "#C43A62"),
    Hue("#00606F", "#E2F2F4", "#7AC8D6", "#0E2C32", "#007C90"),
    Hue("#4D5C00", "#F1F4DF", "#C2CF70", "#292E10", "#657800"),
)
NOBODY = Hue("#565656", "#EEEEEC", "#B8B5AE", "#2C2B28", "#767676")


def hue_of_voice(notes: Notes, voice: Voice) -> Hue:
    """The colours of a voice; grey if no source is named."""
    return NOBODY if voice.kind == "none" else HUES[notes.colour[voice.key] % len(HUES)]


def hue_class(notes: Notes, voice: Voice) -> str:
    """The class that gives the elements of a voice their colours on a page: "h0", "h1", ... or "hn"."""
    return "hn" if voice.kind == "none" else f"h{notes.colour[voice.key] % len(HUES)}"


def hue_style(*, dark: bool = False) -> str:
    """The style sheet of the classes, for light pages or for dark ones."""
    named = [*((f"h{number}", hue) for number, hue in enumerate(HUES)), ("sample", HUES[0]), ("hn", NOBODY)]
    return "".join(
        f".{name} {{ --ink: {hue.dark_ink if dark else hue.ink}; --tint: {hue.dark_tint if dark else hue.tint}; }}\n"
        for name, hue in named
    )
