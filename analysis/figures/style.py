"""The house style: sizes, colours with a second channel, the frame around every figure, and how it is saved.

Figures are made without pyplot, so that nothing is registered anywhere and importing this has no effect.
"""

from __future__ import annotations

import io
import re
import textwrap
import warnings
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import wraps
from itertools import pairwise
from math import isnan
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.text.vocabulary import LABEL_GROUPS

# Okabe and Ito 2008, Color Universal Design: told apart with all common kinds of colour blindness.
BLUE, ORANGE, GREEN, VERMILLION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
PURPLE, SKY, YELLOW, GREY, INK, PALE = "#CC79A7", "#56B4E9", "#F0E442", "#8C8C8C", "#222222", "#E3E3E3"
PALETTE = {  # the colours that records of the vocabulary name
    "blue": BLUE,
    "orange": ORANGE,
    "green": GREEN,
    "vermillion": VERMILLION,
    "purple": PURPLE,
    "grey": GREY,
}

WIDTHS = {"one": 3.5, "two": 7.0}  # inches: one and two columns of a page
SIZE, TITLE_SIZE, SMALL = 8.5, 11.0, 7.5


class Look(NamedTuple):
    """How a group is drawn: a colour, and the channels that still work without it."""

    colour: str
    hatch: str
    marker: str


REPORTER_LOOK = Look(GREY, "", "o")
SOURCE_LOOK = Look(BLUE, "////", "D")
NOBODY_LOOK = Look(ORANGE, "xxxx", "X")  # words that are attributed, but to nobody
GROUP_LOOKS = {name: Look(PALETTE[group.colour], group.hatch, group.marker) for name, group in LABEL_GROUPS.items()}

STYLE: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": SIZE,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.6,
    "axes.labelsize": SIZE,
    "axes.titlesize": TITLE_SIZE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": PALE,
    "grid.linewidth": 0.6,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": SIZE,
    "ytick.labelsize": SIZE,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "xtick.major.width": 0.6,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": SIZE,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.hashsalt": "analysis",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "text.usetex": False,
    "text.parse_math": False,
}
# What XML cannot hold. An article may, in a name; the drawn letters are shapes, but they are said in comments too.
_UNWRITABLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]")
DEFAULTS = {key: value for key, value in matplotlib.rcParamsDefault.items() if not key.startswith(("backend", "_"))}
METADATA: dict[str, dict[str, None]] = {  # nothing in a file that changes from one run to the next
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None, "ModDate": None},
}


def house_style() -> AbstractContextManager:
    """The house style while it lasts, whatever the reader's own settings are; those come back after it."""
    stack = ExitStack()
    stack.enter_context(matplotlib.rc_context({**DEFAULTS, **STYLE}))
    stack.enter_context(warnings.catch_warnings())
    # DejaVu Sans has no emoji and no Chinese: a box in the picture, the name itself in the table and description
    warnings.filterwarnings("ignore", message="Glyph .* missing from font")
    return stack


def styled(draw: Callable[..., Axes]) -> Callable[..., Axes]:
    """Make a drawing function draw in the house style."""

    @wraps(draw)
    def inside(*args: Any, **options: Any) -> Axes:
        with house_style():
            return draw(*args, **options)

    return inside


def frame(
    ax: Axes | None,
    *,
    title: str,
    subtitle: str,
    source: str | None,
    height: float,
    width: str = "two",
    legend: Sequence[str] = (),
) -> Axes:
    """Axes with a question as title, a line that says unit and n, and a source line under it.

    `height` is that of the plot itself in inches, `width` "one" or "two" columns. `legend` are the labels that
    `put_legend` will need room for. Given an `ax`, only its title is set, and the caller's figure is left as it is.
    Raises ValueError for an unknown width.
    """
    if width not in WIDTHS:
        raise ValueError(f"width={width!r}; allowed are {', '.join(map(repr, WIDTHS))}")
    if ax is not None:
        ax.set_title(f"{title}\n{subtitle}", loc="left", fontsize=SIZE)
        return ax
    inches = WIDTHS[width]
    head = textwrap.wrap(title, int(inches * 10.2))
    lines = textwrap.wrap(subtitle, int(inches * 15))
    foot = textwrap.wrap(f"Source: {source}", int(inches * 17)) if source else []
    rows = -(-len(legend) // _legend_columns(legend, inches)) if legend else 0
    above = 0.13 + 0.19 * len(head) + 0.16 * len(lines)
    top = above + (0.07 + 0.18 * rows if rows else 0) + 0.06
    bottom = 0.08 + (0.06 + 0.135 * len(foot) if foot else 0)
    total = top + height + bottom
    figure = Figure(figsize=(inches, total), layout="constrained")
    figure.get_layout_engine().set(
        rect=(0.01, bottom / total, 0.98, (total - top - bottom) / total), w_pad=0.02, h_pad=0.02
    )
    left = 0.1 / inches
    figure.text(
        left,
        1 - 0.09 / total,
        "\n".join(head),
        va="top",
        ha="left",
        fontsize=TITLE_SIZE,
        fontweight="bold",
        linespacing=1.15,
    )
    figure.text(
        left,
        1 - (0.13 + 0.19 * len(head)) / total,
        "\n".join(lines),
        va="top",
        ha="left",
        fontsize=SIZE,
        color="#555555",
        linespacing=1.2,
    )
    if foot:
        figure.text(
            left,
            0.07 / total,
            "\n".join(foot),
            va="bottom",
            ha="left",
            fontsize=SMALL,
            color="#666666",
            linespacing=1.15,
        )
    axes = figure.add_subplot()
    axes.legend_at = (left, 1 - (above + 0.06) / total)  # type: ignore[attr-defined]
    return axes


def put_legend(ax: Axes, handles: list, labels: Sequence[str]) -> None:
    """A legend between the subtitle and the plot, where it covers no data."""
    at = getattr(ax, "legend_at", None)
    if at is None:
        ax.legend(handles, labels, loc="best", ncols=1)
        return
    legend = ax.figure.legend(
        handles,
        labels,
        loc="upper left",
        bbox_to_anchor=at,
        borderpad=0,
        borderaxespad=0,
        ncols=_legend_columns(labels, ax.figure.get_size_inches()[0]),
        handlelength=1.6,
        columnspacing=1.4,
        labelspacing=0.35,
    )
    legend.set_in_layout(False)


def _legend_columns(labels: Sequence[str], inches: float) -> int:
    """How many columns of a legend fit: handle, gaps and about 0.066 inches a character."""
    for columns in range(len(labels), 1, -1):
        rows, longer = divmod(len(labels), columns)  # the first `longer` columns take one more
        ends = [k * rows + min(k, longer) for k in range(columns + 1)]
        widths = [max(map(len, labels[a:b])) for a, b in pairwise(ends)]
        if sum(0.45 + 0.066 * width for width in widths) <= inches - 0.2:
            return columns
    return 1


def say_nothing(ax: Axes, sentence: str) -> Axes:
    """An honest figure for what is not there: the sentence instead of bars."""
    ax.set_axis_off()
    ax.text(
        0.5,
        0.5,
        "\n".join(textwrap.wrap(sentence, 60)),
        transform=ax.transAxes,
        ha="center",
        va="center",
        fontsize=SIZE + 1,
        color="#555555",
    )
    return ax


def short(name: str, width: int = 30) -> str:
    """A name for an axis: on at most two lines of `width` characters, cut with "…" if it is longer.

    >>> short("Office for the Coordination of Invented Affairs in the Northern Islands", 26)
    'Office for the\\nCoordination of Invented…'
    """
    lines = textwrap.wrap(" ".join(name.split()), width)
    if len(lines) <= 2:
        return "\n".join(lines)
    return "\n".join((lines[0], textwrap.shorten(" ".join(lines[1:]), width, placeholder="…")))


def percent(share: float) -> str:
    """A share in 0 to 1 as a percentage, "–" where it is not computable.

    >>> percent(0.125), percent(float("nan")), percent(0.001)
    ('12%', '–', '0.1%')
    """
    if isnan(share):
        return "–"
    return f"{share:.1%}" if 0 < share < 0.01 else f"{share:.0%}"


def count(n: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> count(1, "hedge"), count(1200, "word")
    ('1 hedge', '1,200 words')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def save_figure(
    figure: Figure | Axes, path_stem: str | Path, formats: tuple[str, ...] = ("svg", "png", "pdf")
) -> list[Path]:
    """Write a figure as PATH_STEM.svg and so on; the bytes are the same each time. PNG has 300 dots an inch.

    Raises ValueError for a format that is not svg, png or pdf.
    """
    wrong = [f for f in formats if f not in METADATA]
    if wrong:
        raise ValueError(f"format {wrong[0]!r}; allowed are {', '.join(METADATA)}")
    paths = [Path(f"{path_stem}.{suffix}") for suffix in formats]
    for path, suffix in zip(paths, formats, strict=True):
        path.write_bytes(figure_bytes(figure, suffix))
    return paths


def figure_bytes(figure: Figure | Axes, suffix: str, *, dpi: int = 300) -> bytes:
    """A figure as the bytes of an svg, png or pdf file."""
    out = io.BytesIO()
    with house_style():
        figure_of(figure).savefig(out, format=suffix, dpi=dpi, metadata=METADATA[suffix])
    return _UNWRITABLE.sub("", out.getvalue().decode()).encode() if suffix == "svg" else out.getvalue()


def figure_of(figure: Figure | Axes) -> Figure:
    """The figure itself, given it or one of its axes."""
    return figure.get_figure(root=True) if isinstance(figure, Axes) else figure
