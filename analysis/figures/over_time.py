"""A share month by month, group by group, with the share that was put in, if it is known."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from analysis.figures.amounts import percent
from analysis.figures.layout import frame, put_legend, styled
from analysis.figures.theme import BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILLION

LOOKS = ((BLUE, "o"), (VERMILLION, "s"), (GREEN, "D"), (ORANGE, "^"), (PURPLE, "v"), (GREY, "P"))


@styled
def plot_by_month(
    rows: pd.DataFrame,
    ax: Axes | None = None,
    *,
    title: str,
    subtitle: str,
    put_in: Callable[[str, int], float] | None = None,
    source: str | bool | None = None,
) -> Axes:
    """Points with 95% intervals, joined: a share by month for up to six groups.

    `rows` has the columns group, month (1 to 12), share, low and high. If articles were made with a known share,
    `put_in` gives that share by group and month (counted from 0); it is drawn dashed. Raises ValueError for more than
    six groups.
    """
    groups = list(dict.fromkeys(rows["group"]))
    if len(groups) > len(LOOKS):
        raise ValueError(f"{len(groups)} groups; a figure has room for {len(LOOKS)}")
    ax = frame(ax, title=title, subtitle=subtitle, source=source, height=2.9, stretch=False)
    months = sorted(set(rows["month"]))
    handles = []
    for group, (colour, marker) in zip(groups, LOOKS, strict=False):
        mine = rows[rows["group"] == group]
        ax.vlines(mine["month"], mine["low"], mine["high"], color=colour, linewidth=1, label=group)
        handles += ax.plot(
            mine["month"], mine["share"], marker=marker, color=colour, linewidth=1, markersize=4, label=group
        )
        if put_in:
            ax.plot(
                months,
                [put_in(group, month - 1) for month in months],
                color=colour,
                linestyle="--",
                linewidth=1,
                label=f"{group}, put in",
            )
    if put_in:
        handles.append(Line2D([], [], color=GREY, linestyle="--", linewidth=1))
    ax.set_xlabel("month")
    ax.set_xticks(months)
    ax.set_ylim(0, 1)
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    put_legend(ax, handles, [*groups, *(["put in"] if put_in else [])])
    return ax


def describe_by_month(rows: pd.DataFrame) -> str:
    """Describe in words what `plot_by_month` shows.

    >>> describe_by_month(pd.DataFrame({"group": ["A", "A"], "month": [1, 12], "share": [0.25, 0.5]}))
    'Share by month. A: 25% in month 1, 50% in month 12.'
    """
    parts = []
    for group, mine in rows.groupby("group", sort=False):
        first, last = mine.loc[mine["month"].idxmin()], mine.loc[mine["month"].idxmax()]
        parts.append(
            f"{group}: {percent(first['share'])} in month {first['month']}, "
            f"{percent(last['share'])} in month {last['month']}."
        )
    return f"Share by month. {' '.join(parts)}"
