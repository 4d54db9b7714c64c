"""The probability ruler: what readers take the words of probability in a text to mean, above the published scales."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from analysis.figures.amounts import count, num
from analysis.figures.layout import NAMES, Plan, frame, name_rows, plan_of, put_legend, say_nothing, styled
from analysis.figures.letters import high, wide, wrap
from analysis.figures.theme import GREY, INK, PALE, SKY, YELLOW
from analysis.figures.wording import capital, in_sentences, listed, source_line, the_article
from analysis.hedging.probability import scales
from analysis.measures import Tables
from analysis.measures.hedging import probability_words

SCALES = {"kent-1964": "Kent 1964", "icd-203": "ICD 203", "uk-phia": "UK PHIA", "ipcc-2010": "IPCC 2010"}
SURVEYS = {"kucharski-2026": "Kucharski 2026", "zonination-2015": "Zonination 2015"}
ROW, PAD, GAP = 0.46, 0.05, 0.12  # in inches: the row of a word, the margins of a box, the space between scales
BOXES = "x-small"  # size of the letters in boxes
LEGEND = (
    "median reader",
    "at least half of the readers",
    "at least nine readers in ten",
    "a scale's range for a word of the text",
)
# One term in two forms: a scale has the adjective, a text the adverb; a survey asks about "may" as "may happen".
SAME = (("almost certainly", "almost certain"), ("probably", "probable"), (" happen", ""), ("chances ", ""))


class Range(NamedTuple):
    """The terms that a scale uses for the same range, in per cent: likely and probable."""

    scale: str
    terms: tuple[str, ...]
    low: float
    high: float

    @property
    def name(self) -> str:
        return " / ".join(self.terms)


def ranges(scale: str) -> list[Range]:
    """The ranges of a published scale in its own order, each with all its terms.

    >>> [r.name for r in ranges("uk-phia")][2]
    'likely / probable'
    """
    terms: dict[tuple[float, float], list[str]] = {}
    for step in scales():
        if step.scale == scale:
            terms.setdefault((step.low, step.high), []).append(step.term)
    return [Range(scale, tuple(names), low, high) for (low, high), names in terms.items()]


class Box(NamedTuple):
    """A range of a scale as drawn: in a lane (from 0), with its words "inside", or to its "left" or "right"."""

    step: Range
    lane: int
    words: str
    side: str


@styled
def plot_probability_ruler(t: Tables, ax: Axes | None = None, *, source: str | bool | None = None) -> Axes:
    """Each word of probability in the text, at the median of a survey of readers, with four published scales below.

    Thick: at least half of the readers, from the lower to the upper quartile; thin: at least 90% of them. If a scale
    has a range for a word that occurs, the range is coloured and bold. Rows show only words that a survey asked about,
    with its findings for exactly these words (see `probability_words`).
    """
    found = probability_words(t)
    used = {_plain(term) for term in found["term"]}
    words = found[found["n_readers"] > 0]
    n = int(words["n"].sum())
    surveys = listed([SURVEYS[name] for name in SURVEYS if (words["survey"] == name).any()])
    ax = frame(
        ax,
        title=f"What chance do readers hear in the words of {the_article(t)}?",
        subtitle=f"Words of probability in the text, and the chance that readers take them to mean; n = "
        f"{count(n, 'place')}" + (f". Survey: {surveys}" if surveys else ""),
        source=source_line(t) if source is None else source,
        height=0.0,
        stretch=False,
    )
    if found.empty:
        return say_nothing(ax, describe_probability_ruler(t))
    plan = plan_of(ax)
    places = [_place_of(row, many=len(t["articles"]) > 1, plan=plan) for row in words.itertuples()]
    names = max(wide(line) for place in [*places, *SCALES.values()] for line in place.split("\n"))
    ruler = Ruler(max(0.3, plan.width - names - 0.35 * plan.zoom), plan.zoom)
    lanes = {scale: ruler.boxes(ranges(scale)) for scale in SCALES}
    above = ruler.row * len(words)
    height = above + sum(sum(ruler.lanes(boxes)) + ruler.gap for boxes in lanes.values())
    plan.height = height / plan.zoom + 0.45
    ruler.draw_words(ax, words)
    ticks = {ruler.row * (k + 0.66): place for k, place in enumerate(places)}
    ax.axhline(above + ruler.gap / 2, color=GREY, linewidth=0.6)
    top = above + ruler.gap
    for scale, boxes in lanes.items():
        ticks[top + ruler.lanes(boxes)[0] / 2] = SCALES[scale]
        ruler.draw_scale(ax, boxes, top, used)
        top += sum(ruler.lanes(boxes)) + ruler.gap
    name_rows(ax, list(ticks.values()), list(ticks))
    ax.set_ylim(height, 0)
    ax.set_xlim(0, 100)
    ax.set_xticks(range(0, 101, 25 if plan.narrow else 10))
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
    """Describe in words what `plot_probability_ruler` shows."""
    found = probability_words(t)
    if found.empty:
        return f"No word of probability with a number from a survey or a scale was found in {in_sentences(t)}."
    words, others = found[found["n_readers"] > 0], found[found["n_readers"] == 0]
    said = []
    if len(words):
        each = [
            f"“{_form(r)}” {r.median:.0f} ({r.n} in the text; at least half of {num(r.n_readers)} readers say "
            f"{_span(r.q25, r.q75, ' to ')}, at least nine in ten {_span(r.p05, r.p95, ' to ')}; {_in_scales(r.term)})"
            for r in words.itertuples()
        ]
        places = capital(count(int(words["n"].sum()), "place"))
        said.append(
            f"{places} with a word of probability that readers were asked about. The chance that the median reader "
            f"takes them to mean, in per cent: {listed(each)}. This shows how readers differ, not what the writer "
            "meant."
        )
    if len(others):
        each = [f"“{r.term}” ({r.n} in the text; {_in_scales(r.term)})" for r in others.itertuples()]
        said.append(f"No survey here asked readers about {listed(each)}.")
    return " ".join(said)


def _span(low: float, high: float, to: str) -> str:
    """A range in per cent; one number if both ends are the same."""
    return f"{low:.0f}{to}{high:.0f}" if f"{low:.0f}" != f"{high:.0f}" else f"{low:.0f}"


def _in_scales(term: str) -> str:
    """What the scales mean by a term, in per cent."""
    steps = [f"{SCALES[s.scale]} {s.low:.0f} to {s.high:.0f}" for s in scales() if _plain(s.term) == _plain(term)]
    return listed(steps) if steps else "in no scale"


def _form(row) -> str:
    """The word as a reader of the text knows it: "may" if the survey asked about "may happen".

    If only a part of a longer term is marked ("unlikely" in "highly unlikely"), it is the whole term.
    """
    form = row.forms.split(" | ")[0]
    return row.term if (form in row.term or row.term in form) and not row.term.endswith(" happen") else form


def _plain(term: str) -> str:
    for written, same in SAME:
        term = term.replace(written, same)
    return term


def _place_of(row, *, many: bool, plan: Plan) -> str:
    """A word with how often and where it occurs, in lines that leave room for the ruler."""
    room = NAMES * plan.width - 0.1
    name = "\n".join(wrap(_form(row) + (f" ×{row.n}" if row.n > 1 else ""), room))
    if many:
        return name
    numbers = row.sentences.split(", ")
    where = ("s. " if plan.narrow else "sentence " if len(numbers) == 1 else "sentences ") + ", ".join(numbers)
    return f"{name}\n" + "\n".join(wrap(where, room))


@dataclass(frozen=True)
class Ruler:
    """The ruler as drawn: its length in inches from 0 to 100, and the size of its letters."""

    inches: float
    zoom: float

    @property
    def row(self) -> float:
        return ROW * self.zoom

    @property
    def gap(self) -> float:
        return GAP * self.zoom

    def draw_words(self, ax: Axes, words) -> None:
        """The readings, one row per word."""
        at = [self.row * (k + 0.66) for k in range(len(words))]
        ax.hlines(
            at, words["p05"], words["p95"], color=INK, linewidth=1, label="at least nine readers in ten", zorder=3
        )
        ax.barh(
            at,
            words["q75"] - words["q25"],
            left=words["q25"],
            height=0.14 * self.zoom,
            color=SKY,
            label="at least half of the readers",
            zorder=4,
        )
        ax.scatter(words["median"], at, s=24, marker="D", color=INK, label="median reader", zorder=5)
        for y, r in zip(at, words.itertuples(), strict=True):
            text = self._said(r)
            room = wide(text, "small") * 100 / self.inches
            ax.text(
                min(max(0.5, r.median - room / 2), max(0.5, 99.5 - room)),
                y - 0.13 * self.zoom,
                text,
                ha="left",
                va="bottom",
                fontsize="small",
                zorder=6,
            )

    def _said(self, r) -> str:
        """What readers say about a word, in as much detail as there is room for."""
        asked = f"“{r.term}”: " if r.term != _form(r) else ""
        says = f"{r.median:.0f}; at least half say {_span(r.q25, r.q75, '–')}"
        fuller = [f"{asked}{says}; n = {num(r.n_readers)}", f"{says}; n = {num(r.n_readers)}", says]
        return next((text for text in fuller if wide(text, "small") <= self.inches), f"{r.median:.0f}")

    def boxes(self, steps: list[Range]) -> list[Box]:
        """Steps packed into lanes so that neither boxes nor their words meet."""
        lanes: list[list[tuple[float, float]]] = []
        boxes = []
        placed = [(self._placed(step), step) for step in steps]
        for (words, side, low, high_), step in sorted(
            placed, key=lambda p: (p[0][1] != "inside", p[1].low - p[1].high, p[1].low)
        ):
            free = (k for k, taken in enumerate(lanes) if all(high_ <= a + 1e-9 or low >= b - 1e-9 for a, b in taken))
            lane = next(free, len(lanes))
            if lane == len(lanes):
                lanes.append([])
            lanes[lane].append((low, high_))
            boxes.append(Box(step, lane, words, side))
        return boxes

    def _placed(self, step: Range) -> tuple[str, str, float, float]:
        """The words of a step, their place, and the range that the step and its words take up."""
        inch = self.inches / 100  # of one per cent
        span, low, high_ = _span(step.low, step.high, "–"), float(step.low), float(step.high)
        room = (high_ - low) * inch - 0.04
        if max(wide(word, BOXES, "bold") for word in [*step.name.split(), span]) <= room:
            lines = wrap(step.name, room, BOXES, "bold")
            if len(lines) <= 3:
                return "\n".join([*lines, span]), "inside", low, high_
        words = f"{step.name} {span}"  # next to it, towards the middle
        beside = self._beside(words)
        right = low + high_ <= 100 and (high_ + beside <= 100 or beside > low)
        if beside > (100 - high_ if right else low):  # there is no room next to it either
            words = "\n".join(wrap(words, max(100 - high_ if right else low, 20) * inch - 0.1, BOXES, "bold"))
            beside = self._beside(words)
        return (words, "right", low, high_ + beside) if right else (words, "left", low - beside, high_)

    def _beside(self, words: str) -> float:
        """How many per cent of the ruler the words next to a box take."""
        return (max(wide(line, BOXES, "bold") for line in words.split("\n")) + 0.1) * 100 / self.inches

    def lanes(self, boxes: list[Box]) -> list[float]:
        """How high each lane is, in inches."""
        numbers = range(max(box.lane for box in boxes) + 1)
        return [
            PAD * self.zoom + high(max(box.words.count("\n") + 1 for box in boxes if box.lane == k), BOXES)
            for k in numbers
        ]

    def draw_scale(self, ax: Axes, boxes: list[Box], top: float, used: set[str]) -> None:
        """One scale: a box for each of its words; those that the text uses are coloured, outlined and bold."""
        heights = self.lanes(boxes)
        for box in boxes:
            step = box.step
            mine = any(_plain(term) in used for term in step.terms)
            y = top + sum(heights[: box.lane]) + heights[box.lane] / 2
            long = max(step.high - step.low, 0.8)  # a range of a single point has to be visible too
            low = min(step.low, 100 - long)
            tall = heights[box.lane] - 0.03
            ax.add_patch(
                Rectangle(
                    (low, y - tall / 2),
                    long,
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
                "right": (low + long, 3, "left"),
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
                fontsize=BOXES,
                zorder=6,
                fontweight="bold" if mine else "normal",
            )
