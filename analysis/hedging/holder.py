"""Whose a marker is: the source whose words it is in, or the reporter."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from analysis.text.document import Attribution, Span

REPORTER = (None, None)
DEEPEST = 50  # attributions in one another
CROSSING = 32  # open contents that are looked at where some cross


def holders(spans: Sequence[Span], attributions: Sequence[Attribution]) -> list[tuple[str | None, Span | None]]:
    """For each span, in the order of the text, the id of the innermost attribution whose content it is in, and that
    stretch of content; (None, None) is the reporter's own voice.

    A marker in a cue phrase ("hasn't clearly mentioned", "is expected") belongs
    to whoever reports: the reporter, or the source around it.  The innermost content is the shortest; of two
    attributions with the same content ("Reuters reported, citing a decree") it is the one that rests on the other.

    >>> a = Attribution("a1", "indirect", (), (Span(20, 24),), (Span(0, 18),))
    >>> holders([Span(4, 7), Span(25, 30)], [a])
    [('a1', Span(start=0, end=18)), (None, None)]
    """
    if not attributions:
        return [REPORTER] * len(spans)
    depth = _depths(attributions)
    contents = sorted((s.start, s.end, s.start - s.end, depth[a.id], a.id) for a in attributions for s in a.content)
    out: list[tuple[str | None, Span | None]] = []
    open_: list[tuple[int, int, int, str]] = []  # (length, -depth, end, id): the shortest first
    k = 0
    for start, end in spans:
        while k < len(contents) and contents[k][0] <= start:
            _, stop, minus_length, deep, key = contents[k]
            heapq.heappush(open_, (-minus_length, -deep, stop, key))
            k += 1
        while open_ and open_[0][2] <= start:
            heapq.heappop(open_)
        out.append(_innermost(open_, end))
    return out


def _innermost(open_: list[tuple[int, int, int, str]], end: int) -> tuple[str | None, Span | None]:
    holding = (
        open_[:1] if open_ and open_[0][2] >= end else [item for item in open_[:CROSSING] if item[2] >= end]
    )  # contents that cross: rare
    if not holding:
        return REPORTER
    length, _, stop, key = min(holding)
    return key, Span(stop - length, stop)


def _depths(attributions: Sequence[Attribution]) -> dict[str, int]:
    """How many parents each attribution has (a circle counts as none further)."""
    parents = {a.id: a.parent for a in attributions}
    depths: dict[str, int] = {}
    for attribution in parents:
        chain: list[str] = []  # from the attribution up, to one whose depth is known
        key: str | None = attribution
        while key is not None and key not in depths and key not in chain and len(chain) < DEEPEST:
            chain.append(key)
            key = parents.get(key)
        above = depths.get(key, -1) if key is not None else -1
        for deep, link in enumerate(reversed(chain), above + 1):
            depths[link] = deep
    return depths
