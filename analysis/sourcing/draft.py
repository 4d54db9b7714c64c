"""What the stages pass on: attributions as token ranges, before they get offsets, parents and identities."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.rules import Rule

Range = tuple[int, int]


@dataclass(slots=True, eq=False)
class Draft:
    """An attribution in the making; all ranges are half-open token ranges."""

    source: list[Range]
    cue: list[Range]
    content: list[Range]
    template: str
    lemma: str
    rule: Rule | None = None
    stance: str = "neutral"
    channel: Range | None = None
    basis_of: Draft | None = None  # the attribution that rests on this one
    parent: Draft | None = None
    edge: int | None = None  # where its words begin, where that is not the source: "..., a court heard"
    nested: bool = False  # read inside a quotation that is the content of another
    kind: str | None = None  # direct, mixed or indirect, if the content alone does not show it
    introduces: bool = False  # its words end in a colon, so that the quotations that follow are its content

    @property
    def at(self) -> int:
        ranges = self.cue or self.content or self.source
        return ranges[0][0] if len(ranges) == 1 else min(a for a, _ in ranges)

    @property
    def length(self) -> int:
        return sum(b - a for a, b in self.content)
