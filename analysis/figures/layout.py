"""The frame around every figure, and how everything written in it is made to fit: measured, never cut.

A drawing function says what it needs (`frame`, `name_rows`, `put_legend`) and draws; then `fit` measures every text in
the font in use and gives it room. A figure of our own grows as high as it has to. Axes that a caller passes keep their
place in the caller's figure: there the letters shrink until everything fits.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from itertools import pairwise
from typing import Any
from weakref import WeakKeyDictionary

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import to_hex, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import AutoLocator, FixedLocator, FuncFormatter, MaxNLocator, PercentFormatter, ScalarFormatter
from matplotlib.transforms import Bbox

from analysis.figures.amounts import num, percent
from analysis.figures.letters import high, points, wide, wrap
from analysis.figures.theme import MUTED, OPTIONS, SIZE, Style, in_force, recoloured, resolved, style

EDGE = 0.1  # inches left free at the sides of a figure
NAMES = 0.4  # the largest share of the width that the names of the rows may take
VALUES = 0.5  # the largest share of the plot's width that the text after a bar or point may take
HANDLE, GAP = 1.6, 1.4  # in a legend, in sizes of its letters: a sample, and the room between columns
TOO_SMALL = 4.0  # letters of fewer points cannot be read
ROUNDS = 14
SETTLED = 0.96  # what letters that the caller's settings draw too wide shrink by, again and again until they fit
ROUNDED = 0.93  # in the caller's figure, letters may be drawn wider than measured: few dots round them up


@dataclass
class Plan:
    """The texts around the axes, and the style they are drawn in."""

    style: Style
    title: str
    subtitle: str
    source: str
    height: float  # inches of the plot, for letters of our own size
    own: bool  # whether the figure is ours
    width: float  # inches available from side to side
    deep: float  # inches available from top to bottom in axes that a caller passes; 0: as many as it takes
    stretch: bool = True  # whether the x axis may be extended, to make room for what is written
    legend: tuple[list[Any], list[str]] | None = None
    names: dict[float, str] = field(default_factory=dict)  # of the rows, whole
    nothing: str = ""  # the sentence instead of a figure
    question: str = ""  # the title, even if it is not shown

    @property
    def zoom(self) -> float:
        """How large letters are, compared with our own."""
        return self.style.size / SIZE

    @property
    def narrow(self) -> bool:
        """Whether there is room for short words only."""
        return self.width / self.zoom < 4.6


_LEAST_SENTENCE = 2.5  # points: of the sentence in axes that are too small
_PLANS: WeakKeyDictionary[Axes, Plan] = WeakKeyDictionary()
_STYLES: WeakKeyDictionary[Figure, Style] = WeakKeyDictionary()


def plan_of(ax: Axes) -> Plan:
    """What `frame` planned for these axes."""
    return _PLANS[ax]


def style_of(figure: Figure | Axes) -> Style:
    """The style that a figure was drawn in; for a figure of the reader's own, the current style."""
    figure = figure.get_figure(root=True) if isinstance(figure, Axes) else figure
    return _STYLES.get(figure) or resolved()


def question_of(ax: Axes) -> str:
    """The question that a figure answers: its title, even if the title is left out."""
    return _PLANS[ax].question


def nothing_in(figure: Figure | Axes) -> str:
    """The sentence that a figure shows instead of a drawing; empty if something is drawn.

    >>> from analysis import annotate, figures, make_tables
    >>> nothing_in(figures.plot_entities(make_tables(annotate("It may rain."))))
    'No names were found in 1 sentence.'
    """
    axes = [figure] if isinstance(figure, Axes) else figure.axes
    sentences = [_PLANS[ax].nothing if ax in _PLANS else "" for ax in axes]
    return " ".join(sentences) if sentences and all(sentences) else ""


def names_of(axis: Axis) -> dict[float, str]:
    """The full names of the rows on a y axis, by position; none if `name_rows` did not give them."""
    plan = _PLANS.get(axis.axes)
    return {at: " ".join(name.split()) for at, name in plan.names.items()} if plan and axis is axis.axes.yaxis else {}


def styled(draw: Callable[..., Axes]) -> Callable[..., Axes]:
    """Make a drawing function take the options of `analysis.figures.style`, and make what it draws fit."""

    signature = inspect.signature(draw)
    more = [name for name in OPTIONS if name not in signature.parameters]

    @wraps(draw)
    def inside(*args: Any, **options: Any) -> Axes:
        ours = {name: options.pop(name) for name in more if name in options}
        with style(**ours):
            made = resolved()
            with in_force(made):
                ax = draw(*args, **options)
                if ax in _PLANS:
                    fit(ax)
            if ax in _PLANS and not _PLANS[ax].own:
                _settle(ax)
            return ax

    kind = inspect.Parameter.KEYWORD_ONLY
    parameters = [*signature.parameters.values(), *(inspect.Parameter(name, kind, default=None) for name in more)]
    inside.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return inside


def frame(
    ax: Axes | None,
    *,
    title: str,
    subtitle: str,
    source: str | bool | None,
    height: float,
    stretch: bool = True,
) -> Axes:
    """Axes with a question as their title, a line that gives the unit and n, and a source line under them.

    `height` is that of the plot itself in inches, at our own size of letters; it grows if names need more. With
    `stretch` False, the x axis is not extended. If you pass an `ax`, it gets the title and subtitle, and the rest of
    your figure stays as it is.
    """
    made = resolved()
    source = f"Source: {source}" if source and made.source else ""
    own = ax is None
    if ax is None:
        ax = Figure(figsize=(made.width, 3)).add_subplot()
        _STYLES[ax.figure] = made
        room = made.width, 0.0
    else:
        _dress(ax)
        slot = _slot(ax)
        room = slot.width / ax.figure.dpi, slot.height / ax.figure.dpi
    _PLANS[ax] = Plan(
        made,
        title if made.title else "",
        subtitle if made.subtitle else "",
        source,
        height,
        own,
        room[0] - 2 * EDGE * own,
        room[1],
        stretch,
        question=title,
    )
    return ax


def name_rows(ax: Axes, names: Sequence[str], at: Sequence[float] | None = None) -> None:
    """Names down the y axis, the first at the top; `at` gives their places (by default 0, 1, 2 ...)."""
    places = list(range(len(names))) if at is None else list(at)
    _PLANS[ax].names = {float(place): name for place, name in zip(places, names, strict=True)}
    ax.set_yticks(places, list(names))
    if at is None:
        ax.set_ylim(len(names) - 0.45, -0.55)


def put_legend(ax: Axes, handles: list, labels: Sequence[str]) -> None:
    """A legend between the subtitle and the plot, where it covers no data."""
    _PLANS[ax].legend = list(handles), list(labels)


def say_nothing(ax: Axes, sentence: str) -> Axes:
    """An honest figure for what is not there: a sentence instead of bars."""
    ax.set_axis_off()
    plan = _PLANS[ax]
    plan.nothing, plan.subtitle, plan.legend = sentence, "", None
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.text(0, 1, sentence, transform=ax.transAxes, ha="left", va="top", color=MUTED)
    return ax


# --- making it fit ----------------------------------------------------------------------------------------------


def fit(ax: Axes) -> None:
    """Give every text the room it takes: break lines, let rows and axes grow, move what is drawn."""
    plan = _PLANS[ax]
    for axis in (ax.xaxis, ax.yaxis):
        _write_numbers(axis)
    for text in ax.texts:
        text.set_in_layout(False)  # they get their room from where the axis ends
    (_fit_figure if plan.own else _fit_given)(ax, plan)
    _recolour(ax if not plan.own else ax.figure, plan.style)


def _write_numbers(axis: Axis) -> None:
    """Write tick labels as the style writes numbers."""
    formatter = axis.get_major_formatter()
    if isinstance(formatter, PercentFormatter):
        axis.set_major_formatter(FuncFormatter(lambda value, _: percent(round(value, 6))))
    elif isinstance(formatter, ScalarFormatter):
        made = resolved()

        def written(value: float, _: object) -> str:
            with style(numbers=made.numbers):  # ticks are written when the figure is drawn, which may be much later
                shown = f"{value:.6g}"
                return num(value, len(shown.partition(".")[2]) if "e" not in shown else 0).replace("-", "−")

        axis.set_major_formatter(FuncFormatter(written))


def _fit_figure(ax: Axes, plan: Plan) -> None:
    """Put title, subtitle, legend, plot and source from top to bottom, in a figure as high as they need."""
    figure = ax.figure
    width = plan.style.width
    head = wrap(plan.title, plan.width, "large", "bold") if plan.title else []
    lines = wrap(plan.subtitle, plan.width) if plan.subtitle else []
    foot = wrap(plan.source, plan.width, "small") if plan.source else []
    above = 0.09 + bool(head) * (high(len(head), "large") + 0.04) + bool(lines) * high(len(lines))
    legend = _legend(ax, plan, figure.legend) if plan.legend else None
    below = 0.08 + bool(foot) * (high(len(foot), "small") + 0.06)
    if plan.nothing:
        ax.texts[0].set_text(_lines(plan.nothing, plan.width))
        plot = high(ax.texts[0].get_text().count("\n") + 1) + 0.08
    else:
        plot = plan.height * plan.zoom
    for _ in range(4):
        top = above + (legend_height(legend) + 0.08 if legend else 0.0) + 0.06
        total = top + plot + below
        figure.set_size_inches(width, total)
        if legend:
            legend.set_bbox_to_anchor((EDGE / width, 1 - (above + 0.05) / total), transform=figure.transFigure)
        slot = Bbox.from_bounds(EDGE, below, width - 2 * EDGE, plot)
        grow = _arrange(ax, plan, Bbox(slot.get_points() * figure.dpi))
        if grow <= 1.01:
            break
        plot += (grow - 1) * ax.get_window_extent().height / figure.dpi
    figure.texts.clear()
    at = EDGE / width
    if head:
        _write(figure, at, 1 - 0.09 / total, head, "top", size="large", weight="bold")
    if lines:
        _write(figure, at, 1 - (above - high(len(lines))) / total, lines, "top", color=MUTED)
    if foot:
        _write(figure, at, 0.07 / total, foot, "bottom", size="small", color=MUTED)


def _write(figure: Figure, x: float, y: float, lines: list[str], va: str, **look: Any) -> None:
    figure.text(x, y, "\n".join(lines), ha="left", va=va, linespacing=1.15, in_layout=False, **look)


def _legend(ax: Axes, plan: Plan, make: Callable[..., Any], **place: Any) -> Any:
    """A legend with as many columns as fit; its labels are broken if even one column is too wide."""
    handles, labels = plan.legend or ([], [])
    size = points("medium") / 72
    room = plan.width - (HANDLE + 0.8) * size
    labels = ["\n".join(wrap(label, room)) for label in labels]
    legend = make(
        handles,
        labels,
        loc="upper left",
        borderpad=0,
        borderaxespad=0,
        ncols=_columns(labels, plan.width, size),
        handlelength=HANDLE,
        columnspacing=GAP,
        labelspacing=0.35,
        **place,
    )
    legend.set_in_layout(False)
    return legend


def legend_height(legend: Any) -> float:
    """The inches that a legend takes from top to bottom."""
    return float(legend.get_window_extent().height) / legend.get_figure(root=True).dpi


def _columns(labels: Sequence[str], room: float, size: float) -> int:
    """How many columns of a legend fit."""
    widths = [max(wide(line) for line in label.split("\n")) for label in labels]
    for columns in range(len(labels), 1, -1):
        rows, longer = divmod(len(labels), columns)  # the first `longer` columns have one more
        ends = [k * rows + min(k, longer) for k in range(columns + 1)]
        if sum((HANDLE + 0.8 + GAP) * size + max(widths[a:b]) for a, b in pairwise(ends)) - GAP * size <= room:
            return columns
    return 1


def _arrange(ax: Axes, plan: Plan, slot: Bbox) -> float:
    """Put the axes with all that belongs to them into a slot (pixels); return how much higher they would have to be."""
    if plan.nothing:
        _place(ax, slot)
        ax.texts[0].set_text(_lines(plan.nothing, ROUNDED * slot.width / ax.figure.dpi))
        return 1.0
    inches = slot.width / ax.figure.dpi
    if plan.names:
        ax.set_yticks(list(plan.names), [_lines(name, NAMES * inches) for name in plan.names.values()])
    _break_axis_labels(ax, slot)
    _within(ax, slot)
    _break_axis_labels(ax, ax.get_window_extent())
    _thin_ticks(ax)
    _break_texts(ax, plan)
    for _ in range(4):  # a longer axis may have other numbers, which take other room
        moved = plan.stretch and _stretch(ax, slot)
        _within(ax, slot)
        if not moved:
            break
    _break_axis_labels(ax, ax.get_window_extent())
    return _too_close(ax, plan)


def _lines(name: str, room: float) -> str:
    """A name in lines that fit; line breaks that it has are kept."""
    return "\n".join(line for part in name.split("\n") for line in wrap(part, room))


def _place(ax: Axes, box: Bbox) -> None:
    width, height = ax.figure.bbox.size
    ax.set_position((box.x0 / width, box.y0 / height, max(box.width, 1) / width, max(box.height, 1) / height))


def _within(ax: Axes, slot: Bbox) -> None:
    """Place the axes so that they and their labels fill the slot and stay inside it."""
    _place(ax, slot)
    box = slot
    for _ in range(3):
        found = ax.get_tightbbox()
        box = Bbox.from_extents(
            min(slot.x0 + max(0, box.x0 - found.x0), slot.x1 - 0.2 * slot.width),
            min(slot.y0 + max(0, box.y0 - found.y0), slot.y1 - 0.2 * slot.height),
            max(slot.x1 - max(0, found.x1 - box.x1), slot.x0 + 0.5 * slot.width),
            max(slot.y1 - max(0, found.y1 - box.y1), slot.y0 + 0.2 * slot.height),
        )
        _place(ax, box)


def _break_axis_labels(ax: Axes, box: Bbox) -> None:
    """Break the axes' own labels if they are longer than a box (pixels) is wide or high."""
    for label, room in ((ax.xaxis.label, box.width), (ax.yaxis.label, box.height)):
        whole = getattr(label, "whole", None) or label.get_text()
        label.whole = whole
        if whole:
            label.set_text("\n".join(wrap(whole, room / ax.figure.dpi, label.get_fontsize())))


def _thin_ticks(ax: Axes) -> None:
    """Leave out numbers on the x axis that would touch."""
    locator = ax.xaxis.get_major_locator()
    if isinstance(locator, FixedLocator) or not isinstance(locator, MaxNLocator | AutoLocator):
        return
    for most in (8, 6, 4, 3, 2, 1):
        boxes = [label.get_window_extent() for label in ax.get_xticklabels() if label.get_text()]
        gap = 0.6 * points() / 72 * ax.figure.dpi
        if all(b.x0 - a.x1 >= gap for a, b in pairwise(sorted(boxes, key=lambda box: box.x0))):
            return
        locator.set_params(nbins=most)


def _break_texts(ax: Axes, plan: Plan) -> None:
    """Break texts in the plot that are wider than the room they can have."""
    box, dpi = ax.get_window_extent(), ax.figure.dpi
    for text in ax.texts:
        whole = getattr(text, "whole", None) or text.get_text()
        text.whole = whole
        if "\n" in whole:
            continue
        found = text.get_window_extent()
        if plan.stretch:
            room = VALUES * box.width
        else:
            left = text.get_ha() == "left"
            room = box.x1 - found.x0 if left else found.x1 - box.x0 if text.get_ha() == "right" else box.width
        text.set_text("\n".join(wrap(whole, max(room, 0.15 * box.width) / dpi, text.get_fontsize())))


def _stretch(ax: Axes, slot: Bbox) -> bool:
    """Extend the x axis until the texts next to bars and points are inside; return whether it had to be."""
    for k in range(4):
        box, (low, high_) = ax.get_window_extent(), ax.get_xlim()
        right, left = slot.x1, box.x0
        ends = low, high_
        for text in ax.texts:
            found = text.get_window_extent()
            x = getattr(text, "xy", text.get_position())[0]
            at = box.x0 + (x - low) / (high_ - low) * box.width
            beyond, before = found.x1 - at, at - found.x0
            room = max(right - box.x0 - beyond, 0.1 * box.width)
            if found.x1 > right + 0.5 and x > low:
                ends = ends[0], max(ends[1], low + (x - low) * box.width / room)
            if found.x0 < left - 0.5 and x < high_:
                share = min(before / box.width, 0.9)
                ends = min(ends[0], (x - share * high_) / (1 - share)), ends[1]
        if ends == (low, high_):
            return k > 0
        ax.set_xlim(*ends)
    return True


def _too_close(ax: Axes, plan: Plan) -> float:
    """How much higher the plot would have to be to keep the names of its rows, and broken texts, apart."""
    gap = 0.25 * points() / 72 * ax.figure.dpi
    need = 1.0
    if plan.deep and not plan.names and not plan.stretch:  # a drawing with rows of its own
        need = plan.height * points() / SIZE * ax.figure.dpi / ax.get_window_extent().height
    labels = [label for label in ax.get_yticklabels() if label.get_text()] if ax.axison else []
    broken = [text for text in ax.texts if "\n" in text.get_text() and "\n" not in text.whole]
    for group, free in ((labels if plan.names else [], gap), (ax.texts, gap * bool(broken))):
        boxes = sorted((text.get_window_extent() for text in group), key=lambda box: -box.y1)
        for a, b in pairwise(boxes):
            apart = (a.y0 + a.y1 - b.y0 - b.y1) / 2
            if apart > 1 and (a.x0 < b.x1 and b.x0 < a.x1):
                need = max(need, ((a.height + b.height) / 2 + free) / apart)
        if boxes:
            need = max(need, max(box.height for box in boxes) / ax.get_window_extent().height)
    return need


# --- axes that a caller passes ---------------------------------------------------------------------------------------


def _dress(ax: Axes) -> None:
    """Give axes that already exist the look of the current style."""
    rc = matplotlib.rcParams
    ax.set_facecolor(rc["axes.facecolor"])
    for side, spine in ax.spines.items():
        spine.set(visible=rc[f"axes.spines.{side}"], color=rc["axes.edgecolor"], linewidth=rc["axes.linewidth"])
    for which in ("x", "y"):
        ax.tick_params(
            axis=which,
            labelsize=points(),
            labelfontfamily=rc["font.family"],
            labelcolor=rc[f"{which}tick.color"],
            color=rc[f"{which}tick.color"],
            length=rc[f"{which}tick.major.size"],
            width=rc[f"{which}tick.major.width"],
            grid_color=rc["grid.color"],
            grid_linewidth=rc["grid.linewidth"],
        )
    for text in (ax.xaxis.label, ax.yaxis.label, ax._left_title):  # type: ignore[attr-defined]
        text.set(family=rc["font.family"], size=points(), color=rc["text.color"])


def _slot(ax: Axes) -> Bbox:
    """The part of the caller's figure for these axes and their labels, in pixels: up to halfway to the next."""
    figure = ax.figure
    width, height = figure.bbox.size
    edge = 0.04 * figure.dpi
    spec = ax.get_subplotspec()
    if spec is None:
        if len(figure.axes) == 1:
            return Bbox.from_extents(edge, edge, width - edge, height - edge)
        return Bbox(ax.get_position(original=True).get_points() * [width, height])
    bottoms, tops, lefts, rights = spec.get_gridspec().get_grid_positions(figure)
    rows, columns = spec.rowspan, spec.colspan
    first, last, top, bottom = columns.start, columns.stop - 1, rows.start, rows.stop - 1
    return Bbox.from_extents(
        edge if first == 0 else (rights[first - 1] + lefts[first]) / 2 * width + edge,
        edge if bottom == len(bottoms) - 1 else (bottoms[bottom] + tops[bottom + 1]) / 2 * height + edge,
        width - edge if last == len(rights) - 1 else (rights[last] + lefts[last + 1]) / 2 * width - edge,
        height - edge if top == 0 else (bottoms[top - 1] + tops[top]) / 2 * height - edge,
    )


def _fit_given(ax: Axes, plan: Plan) -> None:
    """Make everything fit into the place of these axes, with smaller letters if necessary."""
    slot, size = _slot(ax), points()
    for _ in range(ROUNDS):
        under, title = _head(ax, plan, slot)
        grow = _arrange(ax, plan, under)
        _put_title(ax, slot, title)
        if grow <= 1.05 and _inside(ax, slot):
            _shrink(ax, plan, ROUNDED)
            legend = ax.get_legend()
            for text in [ax._left_title, *(legend.get_texts() if legend else [])]:  # type: ignore[attr-defined]
                text.set_fontsize(points())
            return
        smaller = max(0.8, min(0.95, 1 / grow))
        if points() * smaller < TOO_SMALL:
            break
        _shrink(ax, plan, smaller)
    _give_up(ax, plan, slot, size)


def _settle(ax: Axes) -> None:
    """Make letters smaller if the caller's settings draw them wider: hinting rounds low letters up to whole dots."""
    slot, legend = _slot(ax), ax.get_legend()
    around = (ax.xaxis.label, ax.yaxis.label, ax._left_title)  # type: ignore[attr-defined]
    texts = (*ax.texts, *around, *(legend.get_texts() if legend else []))
    labels = (*ax.get_xticklabels(), *ax.get_yticklabels())
    size = max((label.get_fontsize() for label in labels), default=0.0)
    for _ in range(ROUNDS):
        if _inside(ax, slot):
            return
        size *= SETTLED
        ax.tick_params(labelsize=size)
        for text in texts:
            text.set_fontsize(max(_LEAST_SENTENCE, SETTLED * text.get_fontsize()))


def _shrink(ax: Axes, plan: Plan, share: float) -> None:
    plan.style = replace(plan.style, size=plan.style.size * share)
    matplotlib.rcParams["font.size"] = plan.style.size  # used to measure letters until `styled` is done
    ax.tick_params(labelsize=points())
    for text in (*ax.texts, ax.xaxis.label, ax.yaxis.label):
        text.set_fontsize(text.get_fontsize() * share)


def _head(ax: Axes, plan: Plan, slot: Bbox) -> tuple[Bbox, list[str]]:
    """Put the legend where it belongs; return the rest of the slot below, and the lines of the title."""
    if ax.get_legend():
        ax.get_legend().remove()
    ax.set_title("", loc="left")
    dpi = ax.figure.dpi
    lines = [line for text in (plan.title, plan.subtitle) if text for line in wrap(text, slot.width / dpi)]
    top = slot.y1 - (high(len(lines)) + 0.06) * dpi * bool(lines)
    if plan.legend:
        at = ax.figure.transFigure.inverted().transform((slot.x0, top))
        legend = _legend(ax, plan, ax.legend, bbox_to_anchor=tuple(at), bbox_transform=ax.figure.transFigure)
        top -= (legend_height(legend) + 0.06) * dpi
    return Bbox.from_extents(slot.x0, slot.y0, slot.x1, max(top, slot.y0 + 1)), lines


def _put_title(ax: Axes, slot: Bbox, lines: list[str]) -> None:
    """Put the title at the top left of the slot."""
    box = ax.get_window_extent()
    x, y = (slot.x0 - box.x0) / box.width, (slot.y1 - box.y0) / box.height
    ax.set_title("\n".join(lines), loc="left", x=x, y=y, va="top", pad=0, fontsize=points(), linespacing=1.15)


def _inside(ax: Axes, slot: Bbox) -> bool:
    found = ax.get_tightbbox()
    box = ax.get_window_extent()
    texts = [text.get_window_extent() for text in ax.texts]
    boxes = [found, *texts]
    return (
        box.width >= 0.25 * slot.width
        and box.height >= 0.25 * slot.height
        and all(
            b.x0 >= slot.x0 - 2 and b.x1 <= slot.x1 + 2 and b.y0 >= slot.y0 - 2 and b.y1 <= slot.y1 + 2 for b in boxes
        )
    )


def _give_up(ax: Axes, plan: Plan, slot: Bbox, size: float) -> None:
    """Write one sentence in axes that are too small."""
    dpi = ax.figure.dpi
    sentence = (
        f"These axes of {slot.width / dpi:.1f} × {slot.height / dpi:.1f} inches are too small for this figure: give "
        f"it larger ones, or none (without ax it creates its own)."
    )
    ax.clear()
    matplotlib.rcParams["font.size"] = size
    plan.legend, plan.names = None, {}
    say_nothing(ax, sentence)
    _place(ax, slot)
    text = ax.texts[0]
    text.set_text(_lines(sentence, plan.width))
    while text.get_window_extent().height > slot.height and text.get_fontsize() > _LEAST_SENTENCE:
        text.set_fontsize(0.95 * text.get_fontsize())


# --- colours ----------------------------------------------------------------------------------------------------


def _recolour(artist: Any, made: Style) -> None:
    """Replace our colours by those of the style. Axes, ticks and backgrounds have theirs from the settings."""
    new = recoloured(made)
    if not new:
        return
    axes = artist.axes if isinstance(artist, Figure) else [artist]
    done = {id(artist), id(artist.patch), *map(id, axes)}
    for ax in axes:
        done |= {id(item) for part in (ax.patch, ax.xaxis, ax.yaxis, *ax.spines.values()) for item in part.findobj()}
    written = to_hex(matplotlib.rcParams["text.color"])
    for item in artist.findobj():
        if id(item) in done or (isinstance(item, Text) and to_hex(item.get_color()) == written):
            continue
        for name in ("facecolor", "edgecolor", "color", "markerfacecolor", "markeredgecolor"):
            get, put = getattr(item, f"get_{name}", None), getattr(item, f"set_{name}", None)
            if get is not None and put is not None and not (name == "color" and hasattr(item, "get_facecolor")):
                _exchange(get(), put, new)


def _exchange(colour: Any, put: Callable[[Any], None], new: dict[str, str]) -> None:
    if isinstance(colour, str) and colour in ("none", "auto"):
        return
    try:
        rows = to_rgba_array(colour)
    except (TypeError, ValueError):
        return
    found = [new.get(to_hex(row)) for row in rows]
    if not any(found):
        return
    changed = np.array(
        [[*to_rgba_array(hex_)[0][:3], row[3]] if hex_ else row for row, hex_ in zip(rows, found, strict=True)]
    )
    put(changed if len(changed) > 1 else tuple(changed[0]))
