"""A figure as data: what was drawn, one row per bar, point and range, to draw it again or hear it read."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.container import BarContainer
from matplotlib.figure import Figure

from analysis.figures.saving import figure_of
from analysis.figures.show import _names, _place

SCHEMA = {"panel": "int64", "what": "str", "series": "str", "x": "str", "y": "str", "x_end": "str", "y_end": "str"}


def figure_data(figure: Figure | Axes) -> pd.DataFrame:
    """What a figure shows, as a table that is read from the drawing; empty if the figure had nothing to show.

    `panel` counts the axes from 1, `what` is "bar", "point", "line" (its points in order), "range" or "stretch"; `x`
    and `y` are positions, or the name on the axis if it has names. Everything except points and lines extends to
    `x_end`, `y_end`.
    """
    rows = [(number, *row) for number, ax in enumerate(figure_of(figure).axes, 1) if ax.axison for row in _rows(ax)]
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=dtype)
            for (name, dtype), values in zip(SCHEMA.items(), columns, strict=True)
        }
    )


def _rows(ax: Axes) -> Iterator[tuple]:
    x, y = _names(ax.xaxis), _names(ax.yaxis)
    for container in (k for k in ax.containers if isinstance(k, BarContainer)):
        for bar in container.patches:
            left, low = bar.get_x(), bar.get_y()
            right, high = left + bar.get_width(), low + bar.get_height()
            if container.orientation == "horizontal":
                at = _place((low + high) / 2, y)
                yield "bar", _series(container), _place(left, x), at, _place(right, x), at
            else:
                at = _place((left + right) / 2, x)
                yield "bar", _series(container), at, _place(low, y), at, _place(high, y)
    for line in (k for k in ax.get_lines() if k.get_transform() == ax.transData):  # not the rules across the plot
        for a, b in line.get_xydata():
            yield "line", _series(line), _place(float(a), x), _place(float(b), y), None, None
    for collection in ax.collections:
        if isinstance(collection, PathCollection):
            for a, b in collection.get_offsets():
                yield "point", _series(collection), _place(float(a), x), _place(float(b), y), None, None
        elif isinstance(collection, LineCollection):
            for (a, b), (c, d) in collection.get_segments():
                yield (
                    "range",
                    _series(collection),
                    _place(float(a), x),
                    _place(float(b), y),
                    _place(float(c), x),
                    _place(float(d), y),
                )
        elif isinstance(collection, PolyCollection):
            for box in (path.get_extents() for path in collection.get_paths()):
                at = _place((box.y0 + box.y1) / 2, y)
                yield "stretch", _series(collection), _place(box.x0, x), at, _place(box.x1, x), at


def _series(artist) -> str | None:
    label = str(artist.get_label())
    return None if label.startswith("_") else label
