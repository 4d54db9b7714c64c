"""The probability ruler: what readers take the words of probability in a text to mean, beside the published scales."""

from __future__ import annotations

import textwrap
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from analysis.figures.style import GREY, INK, PALE, SKY, YELLOW, count, frame, put_legend, say_nothing, short, styled
from analysis.figures.wording import capital, in_sentences, listed, source_line, the_article
from analysis.hedging.probability import scales
from analysis.measures import Tables
from analysis.measures.hedging import probability_words

SCALES = {"kent-1964": "Kent 1964", "icd-203": "ICD 203", "uk-phia": "UK PHIA", "ipcc-2010": "IPCC 2010"}
SURVEYS = {"kucharski-2026": "Kucharski 2026", "zonination-2015": "Zonination 2015"}
ROW, LINE, PAD, GAP = 0.46, 0.105, 0.08, 0.12  # inches: a word's row, a line of a box, its margins, between scales
SCALE_SIZE, LETTER = 6.5, 0.056  # points of the words in boxes, inches a letter of them takes
RULER = {"two": 5.1, "one": 2.0}  # inches from 0 to 100
LEGEND = (
    "median reader",
    "at least half of the readers",
    "at least nine readers in ten",
    "a scale's range for a word of the text",
)
# One term in two forms: a scale has the adjective, a text the adverb; "may happen" is how a survey asks for "may".
SAME = (("almost certainly", "almost certain"), ("probably", "probable"), (" happen", ""), ("chances ", ""))


class Range(NamedTuple):
    """The terms of a scale that are meant for the same range, in per cent: likely and probable."""

    scale: str
    terms: tuple[str, ...]
    low: float
    high: float

    @property
    def name(self) -> str:
        return " / ".join(self.terms)


def ranges(scale: str) -> list[Range]:
    """The ranges of a published scale in its order, each with all its terms.

    >>> [r.name for r in ranges("uk-phia")][2]
    'likely / probable'
    """
    terms: dict[tuple[float, float], list[str]] = {}
    for step in scales():
        if step.scale == scale:
            terms.setdefault((step.low, step.high), []).append(step.term)
    return [Range(scale, tuple(names), low, high) for (low, high), names in terms.items()]


class Box(NamedTuple):
    """A range of a scale as it is drawn: in a lane (from 0), with its words "inside", or to its "left" or "right"."""

    step: Range
    lane: int
    words: str
    side: str


@styled
def plot_probability_ruler(t: Tables, ax: Axes | None = None, *, width: str = "two", source: str | None = None) -> Axes:
    """Each word of probability in the text at the median of a survey of readers; four published scales below.

    Thick: at least half of the readers, from the lower to the upper quartile; thin: at least 90% of them.  Ranges of
    a scale that are meant for a word that occurs are coloured and bold.  A row has only words that a survey has asked
    for, each with what it found for these very words (see `probability_words`).
    """
    found = probability_words(t)
    inches = RULER.get(width, RULER["two"])
    lanes = {scale: _boxes(ranges(scale), inches / 100) for scale in SCALES}
    used = {_plain(term) for term in found["term"]}
    words = found[found["n_readers"] > 0]
    height = ROW * len(words) + sum(_height(boxes) + GAP for boxes in lanes.values()) if len(found) else 0.9
    n = int(words["n"].sum())
    surveys = listed([SURVEYS[name] for name in SURVEYS if (words["survey"] == name).any()])
    ax = frame(
        ax,
        title=f"What chance do readers hear in the words of {the_article(t)}?",
        subtitle=f"Words of probability in the text, and the chance that readers understand by them; n = "
        f"{count(n, 'place')}" + (f". Survey: {surveys}" if surveys else ""),
        source=source or source_line(t),
        height=height,
        width=width,
        legend=LEGEND if len(found) else (),
    )
    if found.empty:
        return say_nothing(ax, describe_probability_ruler(t))
    ticks = _draw_words(ax, words, many=len(t["articles"]) > 1, narrow=width == "one")
    ax.axhline(ROW * len(words) + GAP / 2, color=GREY, linewidth=0.6)
    top = ROW * len(words) + GAP
    for scale, boxes in lanes.items():
        ticks[top + _lane_heights(boxes)[0] / 2] = SCALES[scale]
        _draw_scale(ax, boxes, top, inches / 100, used)
        top += _height(boxes) + GAP
    ax.set_yticks(list(ticks), list(ticks.values()))
    ax.set_ylim(height, 0)
    ax.set_xlim(0, 100)
    ax.set_xticks(range(0, 101, 10 if width == "two" else 25))
    ax.grid(axis="x")
    ax.set_xlabel("chance in per cent")
    put_legend(
        ax,
        [
            Line2D([], [], color=INK, marker="D", markersize=5, linestyle=""),
            Patch(facecolor=SKY),
            Line2D([], [], color=INK, linewidth=1),
            Patch(facecolor=YELLOW, edgecolor=INK),
        ],
        LEGEND,
    )
    return ax


def describe_probability_ruler(t: Tables) -> str:
    """What `plot_probability_ruler` shows, in words."""
    found = probability_words(t)
    if found.empty:
        return f"No word of probability with a number from a survey or a scale was found in {in_sentences(t)}."
    words, others = found[found["n_readers"] > 0], found[found["n_readers"] == 0]
    said = []
    if len(words):
        each = [
            f"“{_form(r)}” {r.median:.0f} ({r.n} in the text; at least half of {r.n_readers:,} readers say "
            f"{_span(r.q25, r.q75, ' to ')}, at least nine in ten {_span(r.p05, r.p95, ' to ')}; {_in_scales(r.term)})"
            for r in words.itertuples()
        ]
        places = capital(count(int(words["n"].sum()), "place"))
        said.append(
            f"{places} with a word of probability that readers were asked about. The chance that the median reader "
            f"understands, in per cent: {listed(each)}. This shows how readers differ, not what the writer meant."
        )
    if len(others):
        each = [f"“{r.term}” ({r.n} in the text; {_in_scales(r.term)})" for r in others.itertuples()]
        said.append(f"No survey here asked readers about {listed(each)}.")
    return " ".join(said)


def _span(low: float, high: float, to: str) -> str:
    """A range in per cent; one number where both ends are the same."""
    return f"{low:.0f}{to}{high:.0f}" if f"{low:.0f}" != f"{high:.0f}" else f"{low:.0f}"


def _in_scales(term: str) -> str:
    """What the scales mean by a term, in per cent."""
    steps = [f"{SCALES[s.scale]} {s.low:.0f} to {s.high:.0f}" for s in scales() if _plain(s.term) == _plain(term)]
    return listed(steps) if steps else "in no scale"


def _form(row) -> str:
    """The word as a reader of the text knows it: "may" where the survey asked for "may happen".

    Only a part of a longer term is marked ("unlikely" in "highly unlikely"): then it is the term.
    """
    form = row.forms.split(" | ")[0]
    return row.term if (form in row.term or row.term in form) and not row.term.endswith(" happen") else form


def _plain(term: str) -> str:
    for written, same in SAME:
        term = term.replace(written, same)
    return term


def _draw_words(ax: Axes, words, *, many: bool, narrow: bool) -> dict[float, str]:
    """The readings, one row a word; gives the names of the rows by their place."""
    ticks = {}
    at = [ROW * (k + 0.66) for k in range(len(words))]
    ax.hlines(at, words["p05"], words["p95"], color=INK, linewidth=1, label="at least nine readers in ten", zorder=3)
    ax.barh(
        at,
        words["q75"] - words["q25"],
        left=words["q25"],
        height=0.14,
        color=SKY,
        label="at least half of the readers",
        zorder=4,
    )
    ax.scatter(words["median"], at, s=24, marker="D", color=INK, label="median reader", zorder=5)
    for y, r in zip(at, words.itertuples(), strict=True):
        ticks[y] = _place_of(r, many=many, narrow=narrow)
        asked = f"“{r.term}”: " if r.term != _form(r) and not narrow else ""
        text = f"{asked}{r.median:.0f}; at least half say {_span(r.q25, r.q75, '–')}; n = {r.n_readers:,}"
        room = len(text) * 0.062 * 100 / (RULER["one"] if narrow else RULER["two"])
        ax.text(
            min(max(0.5, r.median - room / 2), max(0.5, 99.5 - room)),
            y - 0.13,
            text,
            ha="left",
            va="bottom",
            fontsize=7,
            zorder=6,
        )
    return ticks


def _place_of(row, *, many: bool, narrow: bool) -> str:
    """A word with how often and where it stands, on two lines (three where the figure is narrow)."""
    wide = 12 if narrow else 21
    name = short(_form(row) + (f" ×{row.n}" if row.n > 1 else ""), wide)
    if many:
        return name
    numbers = row.sentences.split(", ")
    where = ("s. " if narrow else "sentence " if len(numbers) == 1 else "sentences ") + ", ".join(numbers)
    return f"{name}\n{where if len(where) <= wide else where[:wide].rpartition(',')[0] + ' …'}"


def _boxes(steps: list[Range], inch: float) -> list[Box]:
    """Steps packed into lanes so that neither boxes nor their words meet; `inch` is what one per cent takes."""
    wanted = []
    for step in steps:
        span = _span(step.low, step.high, "–")
        room = int((step.high - step.low) * inch / LETTER)
        lines = textwrap.wrap(step.name, max(1, room), break_long_words=False)
        inside = len(lines) <= 3 and max(map(len, [*lines, span])) <= room
        words = "\n".join([*lines, span]) if inside else f"{step.name} {span}"
        low, high = float(step.low), float(step.high)
        if not inside:  # the words stand beside, towards the middle
            beside = (len(words) + 2) * LETTER / inch
            right = low + high <= 100 and (high + beside <= 100 or beside > low)
            low, high = (low, high + beside) if right else (low - beside, high)
        wanted.append((not inside, step.low - step.high, step.low, step, words, low, high, not inside and right))
    lanes: list[list[tuple[float, float]]] = []
    boxes = []
    for beside, _, _, step, words, low, high, right in sorted(wanted, key=lambda w: w[:3]):
        free = (k for k, taken in enumerate(lanes) if all(high <= a + 1e-9 or low >= b - 1e-9 for a, b in taken))
        lane = next(free, len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((low, high))
        boxes.append(Box(step, lane, words, "inside" if not beside else "right" if right else "left"))
    return boxes


def _lane_heights(boxes: list[Box]) -> list[float]:
    lanes = range(max(box.lane for box in boxes) + 1)
    return [PAD + LINE * max(box.words.count("\n") + 1 for box in boxes if box.lane == k) for k in lanes]


def _height(boxes: list[Box]) -> float:
    return sum(_lane_heights(boxes))


def _draw_scale(ax: Axes, boxes: list[Box], top: float, inch: float, used: set[str]) -> None:
    """One scale: a box for each of its words, those that the text uses coloured, outlined and bold."""
    heights = _lane_heights(boxes)
    for box in boxes:
        step = box.step
        mine = any(_plain(term) in used for term in step.terms)
        y = top + sum(heights[: box.lane]) + heights[box.lane] / 2
        wide = max(step.high - step.low, 0.8)  # a point of a scale has to be seen
        low = min(step.low, 100 - wide)
        tall = heights[box.lane] - 0.03
        ax.add_patch(
            Rectangle(
                (low, y - tall / 2),
                wide,
                tall,
                facecolor=YELLOW if mine else PALE,
                zorder=3 + mine,
                edgecolor=INK if mine else "white",
                linewidth=0.8,
                gid=f"{step.scale}: {step.name}",
            )
        )
        x, shift, ha = {
            "inside": ((step.low + step.high) / 2, 0, "center"),
            "right": (low + wide, 3, "left"),
            "left": (low, -3, "right"),
        }[box.side]
        ax.annotate(
            box.words,
            (x, y),
            xytext=(shift, 0),
            textcoords="offset points",
            va="center",
            ha=ha,
            linespacing=0.95,
            fontsize=SCALE_SIZE,
            zorder=6,
            fontweight="bold" if mine else "normal",
        )
