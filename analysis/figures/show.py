"""Figures in a notebook: a picture with its description, and the facts in it as text that tests can compare."""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection, LineCollection, PathCollection, PolyCollection
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.ticker import FixedLocator
from matplotlib.transforms import Bbox

from analysis.figures.layout import names_of, nothing_in
from analysis.figures.saving import figure_bytes, figure_of
from analysis.text.escaping import NO_FORMULAS, escape_html


def show(figure: Figure | Axes, alt: str) -> None:
    """Display a figure in a notebook, with `alt` (its description in words) as alternative text and caption.

    The HTML holds the picture itself, so that it survives untrusted notebooks and exports; the plain text holds the
    figure's facts (see `figure_facts`), which strict nbval compares. The figure is closed after that. If there was
    nothing to draw, only the sentence that says so is shown.
    """
    from IPython.display import display

    if sentence := nothing_in(figure):
        display({"text/html": f"<p {NO_FORMULAS}>{escape_html(sentence)}</p>", "text/plain": sentence}, raw=True)
        return
    figure = figure_of(figure)
    display({"text/html": figure_html(figure, alt), "text/plain": figure_facts(figure)}, raw=True)
    if "matplotlib.pyplot" in sys.modules:  # a figure of the reader's own
        sys.modules["matplotlib.pyplot"].close(figure)


def figure_html(figure: Figure | Axes, alt: str) -> str:
    """A figure as one HTML element with the picture inside (PNG). It needs no style sheet and no script."""
    figure = figure_of(figure)
    image = base64.b64encode(figure_bytes(figure, "png", dpi=160)).decode()
    width = round(figure.get_size_inches()[0] * 100)
    alt = escape_html(" ".join(alt.split()))
    return (
        f'<figure {NO_FORMULAS} style="margin: 1em 0; max-width: {width}px"><img alt="{alt}" width="{width}" '
        f'style="max-width: 100%; height: auto" src="data:image/png;base64,{image}">'
        f'<figcaption style="margin-top: 6px">{alt}</figcaption></figure>'
    )


def svg_address(svg: bytes) -> str:
    """An SVG file as a data: address, for a page that needs no other file."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode()


def figure_facts(figure: Figure | Axes) -> str:
    """What a figure states, line by line: its texts, axes, and the value of each bar, point and line.

    It is read from what was drawn, not from the data, and is the same on every version of matplotlib.
    """
    figure = figure_of(figure)
    lines = [f"text: {_one_line(t.get_text())}" for t in figure.texts if t.get_text()]
    for legend in figure.legends:
        lines.append("legend: " + "; ".join(t.get_text() for t in legend.get_texts()))
    for ax in figure.axes:
        lines += _axes_facts(ax)
    return "\n".join(lines)


Named = dict[str, dict[float, str]]  # of each axis, "x" and "y": the names of its ticks, by their positions


def _axes_facts(ax: Axes) -> Iterator[str]:
    yield from _title_facts(ax)
    named = {"x": _names(ax.xaxis), "y": _names(ax.yaxis)}
    for container in ax.containers:
        if isinstance(container, BarContainer):
            yield from _bar_facts(container, named)
    for line in ax.get_lines():
        if line.get_transform() == ax.transData:  # not the rules across the plot
            yield f"line{_label(line)}: " + _points(line.get_xydata(), named)
    for collection in ax.collections:
        yield from _collection_facts(collection, named)
    for curve in ax.patches:
        if isinstance(curve, PathPatch) and _label(curve):
            yield f"curve: {_one_line(curve.get_label())}"
    yield from (f"label: {_one_line(text.get_text())}" for text in ax.texts if text.get_text())


def _title_facts(ax: Axes) -> Iterator[str]:
    texts = {
        "title": ax.get_title(loc="left") or ax.get_title(),
        "x axis": ax.get_xlabel(),
        "y axis": ax.get_ylabel(),
    }
    if ax.axison:
        yield from (f"{name}: {_one_line(text)}" for name, text in texts.items() if text)
    if ax.get_legend():
        yield "legend: " + "; ".join(text.get_text() for text in ax.get_legend().get_texts())


def _collection_facts(collection: Collection, named: Named) -> Iterator[str]:
    label = _label(collection)
    if isinstance(collection, PathCollection):
        yield f"points{label}: " + _points(collection.get_offsets(), named)
    elif isinstance(collection, LineCollection):
        yield f"ranges{label}: " + "; ".join(_points(ends, named, " to ") for ends in collection.get_segments())
    elif isinstance(collection, PolyCollection):
        boxes = (path.get_extents() for path in collection.get_paths())
        yield f"stretches{label}: " + "; ".join(_stretch(box, named) for box in boxes)


def _stretch(box: Bbox, named: Named) -> str:
    return f"{_place((box.y0 + box.y1) / 2, named['y'])} {_number(box.x0)} to {_number(box.x1)}"


def _label(artist: Artist) -> str:
    """A space and the label; empty for a label that matplotlib made up."""
    label = str(artist.get_label())
    return "" if label.startswith("_") else f" {label}"


def _bar_facts(bars: BarContainer, named: Named) -> Iterator[str]:
    level = bars.orientation == "horizontal"
    label = "" if str(bars.get_label()).startswith("_") else f" ({bars.get_label()})"
    for bar in bars.patches:
        at, value = (
            (bar.get_y() + bar.get_height() / 2, bar.get_width())
            if level
            else (bar.get_x() + bar.get_width() / 2, bar.get_height())
        )
        yield f"bar {_place(at, named['y' if level else 'x'])}{label}: {_number(value)}"


def _names(axis: Any) -> dict[float, str]:
    """Position -> name, for an axis whose ticks were given names."""
    if names := names_of(axis):
        return names
    if not isinstance(axis.get_major_locator(), FixedLocator):
        return {}
    places = axis.get_majorticklocs()
    return {
        float(at): _one_line(name)
        for at, name in zip(places, axis.get_major_formatter().format_ticks(places), strict=True)
    }


def _place(at: float, names: dict[float, str]) -> str:
    """A position as the name of the nearest tick, within half a step."""
    if names:
        nearest = min(names, key=lambda position: abs(position - at))
        if abs(nearest - at) <= 0.5:
            return names[nearest]
    return _number(at)


def _points(points: Iterable[tuple[float, float]], named: Named, between: str = "; ") -> str:
    return between.join(f"({_place(float(x), named['x'])}, {_place(float(y), named['y'])})" for x, y in points)


def _number(value: float) -> str:
    return f"{float(value):.5g}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
