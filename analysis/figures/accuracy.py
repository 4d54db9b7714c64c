"""How far to trust the marks: how the rules compare with people's annotations, by kind of report and rule by rule."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from analysis.figures.amounts import count, num, percent
from analysis.figures.layout import frame, name_rows, put_legend, say_nothing, styled
from analysis.figures.theme import BLUE, GREEN, ORANGE, VERMILLION

MEASURED = "benchmarks/results.json"
KINDS = {
    "direct": "Direct: all in quotation marks",
    "mixed": "Mixed: partly in quotation marks",
    "indirect": "Indirect: no quotation marks",
}
LOOKS = {"who said what": (BLUE, "o"), "hedges": (VERMILLION, "s"), "names": (GREEN, "^")}
LEGEND = ["precision: of the marks, the share that is right", "recall: of what people marked, the share that is found"]


def _reports(measured: pd.DataFrame) -> pd.DataFrame:
    return measured.set_index("measure").loc[[f"who said what, {kind}" for kind in KINDS]]


@styled
def plot_kinds_of_report(measured: pd.DataFrame, ax: Axes | None = None, *, source: str | bool | None = None) -> Axes:
    """Bars: precision and recall of who said what, by kind of report.

    `measured` is what `analysis.measures.accuracy.scores` returns.
    """
    rows = _reports(measured)
    ax = frame(
        ax,
        title="Who said what: how far can each kind of report be trusted?",
        subtitle=f"PolNeAR, political news; n = {count(int(rows['gold'].sum()), 'report')} that people marked",
        source=MEASURED if source is None else source,
        height=1.9,
    )
    handles = []
    for offset, column, colour, hatch in ((-0.2, "precision", BLUE, ""), (0.2, "recall", ORANGE, "////")):
        at = [k + offset for k in range(len(KINDS))]
        bars = ax.barh(
            at, rows[column], height=0.36, color=colour, hatch=hatch, edgecolor="white", linewidth=0, label=column
        )
        handles.append(bars)
        for place, value in zip(at, rows[column], strict=True):
            ax.annotate(percent(value), (value, place), xytext=(4, 0), textcoords="offset points", va="center")
    name_rows(ax, list(KINDS.values()))
    ax.set_xlim(0, 1.02)
    ax.set_xlabel("share")
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    put_legend(ax, handles, LEGEND)
    return ax


def describe_kinds_of_report(measured: pd.DataFrame) -> str:
    """Describe in words what `plot_kinds_of_report` shows."""
    parts = [
        f"{kind.capitalize()}: precision {percent(r.precision)}, recall {percent(r.recall)}."
        for kind, r in zip(KINDS, _reports(measured).itertuples(), strict=True)
    ]
    return f"Precision and recall of who said what, by kind of report. {' '.join(parts)}"


def _at_work(marks: pd.DataFrame) -> pd.DataFrame:
    """One row per measured rule, with the words that it marked; the least precise comes first."""
    groups = marks.dropna(subset="rule").groupby(["task", "rule", "precision", "low", "high"], sort=False)
    rows = groups.agg(n=("words", "size"), words=("words", lambda words: " · ".join(dict.fromkeys(words))))
    return rows.reset_index().sort_values("precision", kind="stable").reset_index(drop=True)


@styled
def plot_rules_at_work(marks: pd.DataFrame, ax: Axes | None = None, *, source: str | bool | None = None) -> Axes:
    """Points with 95% intervals: how often each rule that marked something here was right on annotated text.

    `marks` is what `analysis.measures.accuracy.marks_with_precision` returns.
    """
    rows = _at_work(marks)
    ax = frame(
        ax,
        title="How often are the rules behind these marks right?",
        subtitle="Precision of each rule on annotated text, with 95% intervals, and the words that it marked here; "
        f"n = {count(int(rows['n'].sum()), 'mark')} by {count(len(rows), 'rule')}",
        source=MEASURED if source is None else source,
        height=0.24 * max(2, len(rows)) + 0.4,
        stretch=False,
    )
    if rows.empty:
        return say_nothing(ax, describe_rules_at_work(marks))
    handles, names = [], []
    for task, (colour, marker) in LOOKS.items():
        mine = rows[rows["task"] == task]
        if len(mine):
            ax.hlines(mine.index, mine["low"], mine["high"], color=colour, linewidth=1.5, label=task)
            points = ax.scatter(mine["precision"], mine.index, color=colour, marker=marker, s=26, zorder=3, label=task)
            handles.append(points)
            names.append(task)
    name_rows(ax, [_few(r.words) + (f" ({num(r.n)})" if r.n > 1 else "") for r in rows.itertuples()])
    ax.set_xlim(0, 1.02)
    ax.set_xlabel("share of the rule's marks that people made as well")
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    put_legend(ax, handles, names)
    return ax


def _few(words: str, most: int = 4) -> str:
    """The first of the words that a rule marked, and how many more there are."""
    each = words.split(" · ")
    return " · ".join(each[:most]) + (f" and {len(each) - most} more" if len(each) > most else "")


def describe_rules_at_work(marks: pd.DataFrame) -> str:
    """Describe in words what `plot_rules_at_work` shows."""
    rows = _at_work(marks)
    if rows.empty:
        return "None of the rules behind these marks has been measured."
    lowest = ", ".join(f"{_few(r.words)} ({r.rule}, {percent(r.precision)})" for r in rows.head(3).itertuples())
    highest = ", ".join(f"{_few(r.words)} ({percent(r.precision)})" for r in rows.tail(3).itertuples())
    return f"Rules by how often they were right. Lowest: {lowest}. Highest: {highest}."
