"""Readability in figures: what the formulas say about the article and its paragraphs, and how far they disagree."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis import __version__
from analysis.figures.amounts import count, num
from analysis.figures.layout import frame, name_rows, plan_of, put_legend, say_nothing, styled
from analysis.figures.theme import BLUE, GREY
from analysis.figures.wording import capital, listed
from analysis.measures.readability import METRICS

GRADE = "US school grade"  # the unit of the formulas that can be compared


def _grades(table: pd.DataFrame, scope: str) -> pd.DataFrame:
    rows = table[(table["scope"] == scope) & (table["unit"] == GRADE)]
    rows = rows[rows["value"].notna()]
    readings = [name for name, metric in METRICS.items() if metric.reading_of]
    return rows if scope == "article" else rows[~rows["metric"].isin(readings)]


def _source(table: pd.DataFrame) -> str:
    docs = table["doc_id"].unique()
    what = docs[0] if len(docs) == 1 else count(len(docs), "article")
    return f"{what}; counts by textstat, sentences by analysis {__version__}"


@styled
def plot_readability(table: pd.DataFrame, ax: Axes | None = None, *, source: str | bool | None = None) -> Axes:
    """Points: the school grade that each formula gives; for several articles the median, with the lowest and highest.

    `table` is what `analysis.readability_table` returns.
    """
    rows = _grades(table, "article")
    stats = rows.groupby("metric")["value"].agg(["median", "min", "max"])
    readings = stats.loc[[name for name in METRICS if name in stats.index and METRICS[name].reading_of]]
    stats = stats.loc[[name for name in METRICS if name in stats.index and not METRICS[name].reading_of]]
    stats = stats.sort_values("median")
    legend = ["by its author's rule", "the same formula in textstat's version"][: 1 + bool(len(readings))]
    ax = frame(
        ax,
        title="How many years of school do the formulas ask for, and do they agree?",
        subtitle=f"Grade by formula; n = {count(int(table['doc_id'].nunique()), 'article')}, {_words(table)}",
        source=_source(table) if source is None else source,
        height=0.32 * max(2, len(stats)) + 0.35,
    )
    if stats.empty:
        return say_nothing(ax, describe_readability_spread(table))
    at = range(len(stats))
    if (stats["max"] > stats["min"]).any():
        ax.hlines(at, stats["min"], stats["max"], color=GREY, linewidth=2)
    points = [ax.scatter(stats["median"], at, s=44, marker="o", color=BLUE, zorder=3, label=legend[0])]
    right = stats["max"].copy()
    if len(readings):
        of = [METRICS[name].reading_of for name in readings.index]
        rows_of = [stats.index.get_loc(name) for name in of]
        ax.hlines(rows_of, stats.loc[of, "median"], readings["median"], color=BLUE, linewidth=1, linestyle=":")
        points.append(
            ax.scatter(readings["median"], rows_of, s=40, marker="o", color="white", edgecolor=BLUE, label=legend[1])
        )
        for name, value in zip(of, readings["median"], strict=True):
            right[name] = max(right[name], value)
    for y, value, end in zip(at, stats["median"], right, strict=True):
        ax.annotate(f"{num(value, 1)}", (end, y), xytext=(7, 0), textcoords="offset points", va="center")
    ax.grid(axis="y")
    name_rows(ax, [METRICS[name].label.partition(",")[0] for name in stats.index])
    ax.set_xlim(min(0, stats["min"].min() - 1), max(16, right.max() + 2))
    put_legend(ax, points, legend)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set_xlabel("US school grade" + (" (12 = end of secondary school)" if not plan_of(ax).narrow else ""))
    return ax


def _words(table: pd.DataFrame) -> str:
    sizes = table[table["scope"] == "article"].drop_duplicates("doc_id")
    return f"{count(int(sizes['n_words'].sum()), 'word')} in {count(int(sizes['n_sentences'].sum()), 'sentence')}"


def describe_readability_spread(table: pd.DataFrame) -> str:
    """Describe in words what `plot_readability` shows."""
    everything = _grades(table, "article").groupby("metric")["value"].median()
    own = [m for m in everything.index if not METRICS[m].reading_of]
    medians = everything[own]
    missing = [
        METRICS[m].label
        for m in METRICS
        if METRICS[m].unit == GRADE and not METRICS[m].reading_of and m not in medians.index
    ]
    if medians.empty:
        return "No grade can be computed: the text is too short for the formulas."
    low, high = medians.idxmin(), medians.idxmax()
    text = (
        f"The formulas give grades from {num(medians[low], 1)} ({METRICS[low].label}) to {num(medians[high], 1)} "
        f"({METRICS[high].label}), {num(medians[high] - medians[low], 1)} apart."
    )
    if len(medians) == 1:
        text = f"{METRICS[low].label} gives grade {num(medians[low], 1)}."
    for name in everything.index.difference(own):
        by_author = everything[METRICS[name].reading_of]
        text += (
            f" It also matters how words are counted: in textstat's version, {METRICS[name].label.partition(',')[0]} "
            f"gives {num(everything[name], 1)}, which is {num(abs(everything[name] - by_author), 1)} away from the "
            f"{num(by_author, 1)} of its author's own rule."
        )
    if missing:
        text += f" {capital(listed(missing))} cannot be computed for so short a text."
    return text


@styled
def plot_readability_by_paragraph(
    table: pd.DataFrame, ax: Axes | None = None, *, source: str | bool | None = None
) -> Axes:
    """Points: the median grade of each paragraph that is long enough for a score, with the range of the formulas.

    Raises ValueError for a table of more than one article.
    """
    if table["doc_id"].nunique() > 1:
        raise ValueError("give the readability of one article: table[table['doc_id'] == ...]")
    rows = _grades(table, "paragraph")
    stats = rows.groupby("paragraph")["value"].agg(["median", "min", "max"])
    total = table.loc[table["scope"] == "paragraph", "paragraph"].nunique()
    ax = frame(
        ax,
        title="Which paragraphs are hardest?",
        subtitle=f"Median grade of the formulas, with their lowest and highest; n = {len(stats)} of "
        f"{count(int(total), 'body paragraph')} long enough for a score",
        source=_source(table) if source is None else source,
        height=1.9,
    )
    if stats.empty:
        return say_nothing(ax, describe_readability_by_paragraph(table))
    numbers = [int(k) for k in stats.index]
    ax.vlines(numbers, stats["min"], stats["max"], color=GREY, linewidth=2)
    ax.scatter(numbers, stats["median"], s=40, marker="o", color=BLUE, zorder=3)
    ax.grid(axis="y")
    every = [int(k) for k in table.loc[table["scope"] == "paragraph", "paragraph"].dropna()]
    ax.set_xlim(min(every) - 0.6, max(*every, min(every) + 3) + 0.6)
    ax.set_ylim(min(0, stats["min"].min() - 1), stats["max"].max() + 1.5)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set_xlabel("paragraph" + (" (headings count, but have no score)" if not plan_of(ax).narrow else ""))
    ax.set_ylabel("US school grade")
    return ax


def describe_readability_by_paragraph(table: pd.DataFrame) -> str:
    """Describe in words what `plot_readability_by_paragraph` shows."""
    rows = _grades(table, "paragraph")
    medians = rows.groupby("paragraph")["value"].median()
    if medians.empty:
        return "No paragraph is long enough for a score."
    if len(medians) == 1:
        return f"Only paragraph {medians.index[0]} is long enough for a score: grade {num(medians.iloc[0], 1)}."
    return (
        f"By the median of the formulas, paragraph {medians.idxmax()} is the hardest (grade {num(medians.max(), 1)}) "
        f"and paragraph {medians.idxmin()} the easiest (grade {num(medians.min(), 1)}), of {len(medians)} long enough "
        f"for a score. In so short a text, one long word changes a score by a grade."
    )
