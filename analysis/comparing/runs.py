"""Runs of words that two texts share, found through sequences of a few words ("shingles"; Broder 1997).

Time and memory grow with the length of the texts, even if the same words are repeated: each sequence is looked for in
only a few places.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

PLACES = 6  # how many places of a sequence in the other text are tried
BEYOND = 2  # words that must be the same beyond a different word at the end of a passage


class Run(NamedTuple):
    """`length` words that are the same: from `here` in one text, from `there` in the other."""

    here: int
    there: int
    length: int


def shared_runs(ours: Sequence[str], theirs: Sequence[str], least: int) -> list[Run]:
    """The longest runs of `least` words or more of `ours` that `theirs` has too, in order; they may overlap.

    Every word of ours in a sequence of `least` words of theirs is in one of them. Raises ValueError if `least` is below
    1.

    >>> shared_runs("we saw a big red bus".split(), "they saw a big red car".split(), 3)
    [Run(here=1, there=1, length=4)]
    """
    if least < 1:
        raise ValueError(f"least={least!r} is not a number of words; give a whole number, at least 1")
    index: dict[tuple[str, ...], list[int]] = {}
    for j in range(len(theirs) - least + 1):
        places = index.setdefault(tuple(theirs[j : j + least]), [])
        if len(places) < PLACES:
            places.append(j)
    out: list[Run] = []
    i = 0
    while i <= len(ours) - least:
        found = index.get(tuple(ours[i : i + least]))
        if not found:
            i += 1
            continue
        after = out[-1].there + out[-1].length if out else -1
        length, _, j = max((_length(ours, theirs, i, j), -abs(j - after), j) for j in found)
        if not out or i + length > out[-1].here + out[-1].length:
            out.append(Run(i, j, length))
        i += max(1, length - least + 1)
    return out


def _length(ours: Sequence[str], theirs: Sequence[str], i: int, j: int) -> int:
    """How many words from here on are the same."""
    most = min(len(ours) - i, len(theirs) - j)
    step = 64
    done = 0
    while done < most and ours[i + done : i + done + step] == theirs[j + done : j + done + step]:
        done += step
    done = min(done, most)
    while done < most and ours[i + done] == theirs[j + done]:
        done += 1
    return done


def chained(runs: Sequence[Run], gap: int) -> list[list[Run]]:
    """Runs that follow each other in both texts with at most `gap` words between them, joined.

    If two overlap, the words belong to the first.
    """
    out: list[list[Run]] = []
    for run in runs:
        last = out[-1][-1] if out else None
        if last is not None:
            over = last.here + last.length - run.here
            if over > 0:  # the words before belong to the last run
                run = Run(run.here + over, run.there + over, run.length - over)
                if run.length < BEYOND:
                    continue
            between = run.here - last.here - last.length, run.there - last.there - last.length
            if 0 <= between[0] <= gap and 0 <= between[1] <= gap:
                out[-1].append(run)
                continue
        out.append([run])
    return out


def extended(chain: Sequence[Run], ours: Sequence[str], theirs: Sequence[str]) -> list[Run]:
    """A chain, extended at its ends past a single different word: "more than 900 homes", "more than 700 homes"."""
    out = list(chain)
    while True:
        i, j = out[0].here - 2, out[0].there - 2
        same = _back(ours, theirs, i, j)
        if same < BEYOND:
            break
        out.insert(0, Run(i - same + 1, j - same + 1, same))
    while True:
        i, j = out[-1].here + out[-1].length + 1, out[-1].there + out[-1].length + 1
        same = _length(ours, theirs, i, j) if i < len(ours) and j < len(theirs) else 0
        if same < BEYOND:
            return out
        out.append(Run(i, j, same))


def _back(ours: Sequence[str], theirs: Sequence[str], i: int, j: int) -> int:
    """How many words up to here, read backwards, are the same."""
    done = 0
    while done <= min(i, j) and ours[i - done] == theirs[j - done]:
        done += 1
    return done
