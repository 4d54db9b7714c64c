"""The figures of a report: which it has, in what order, and how each is drawn and written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from tqdm import tqdm

from analysis import figures, measures
from analysis.figures.theme import narrow_width
from analysis.report.frames import to_csv


class Figure(NamedTuple):
    """A figure of the report: its file name, its section, the functions that draw and describe it, and its data."""

    name: str
    section: str
    plot: Callable[..., Axes]
    describe: Callable[..., str]
    data: str = "tables"


FIGURES = (
    Figure("compared", "comparison", figures.plot_compared, figures.describe_compared, "several tables"),
    Figure(
        "sources_compared",
        "comparison",
        figures.plot_sources_compared,
        figures.describe_sources_compared,
        "several tables",
    ),
    Figure(
        "names_compared", "comparison", figures.plot_names_compared, figures.describe_names_compared, "several tables"
    ),
    Figure("voices", "sourcing", figures.plot_voices, figures.describe_voices),
    Figure("voices_along", "sourcing", figures.plot_voices_along, figures.describe_voices_along, "one tables"),
    Figure("chains", "sourcing", figures.plot_chains, figures.describe_chains),
    Figure("knowing", "sourcing", figures.plot_knowing, figures.describe_knowing),
    Figure("contact", "sourcing", figures.plot_contact, figures.describe_contact),
    Figure("source_kinds", "sourcing", figures.plot_source_kinds, figures.describe_source_kinds),
    Figure("who_speaks", "people", figures.plot_who_speaks, figures.describe_who_speaks),
    Figure("first_heard", "people", figures.plot_first_heard, figures.describe_first_heard),
    Figure("numbers", "numbers", figures.plot_numbers, figures.describe_numbers),
    Figure("hedges_along", "hedging", figures.plot_hedges_along, figures.describe_hedges_along),
    Figure("hedge_categories", "hedging", figures.plot_hedge_categories, figures.describe_hedge_categories),
    Figure("hedge_voices", "hedging", figures.plot_hedge_voices, figures.describe_hedge_voices),
    Figure("hedge_parts", "hedging", figures.plot_hedge_parts, figures.describe_hedge_parts),
    Figure("probability_ruler", "hedging", figures.plot_probability_ruler, figures.describe_probability_ruler),
    Figure("entities", "entities", figures.plot_entities, figures.describe_entities),
    Figure("entities_along", "entities", figures.plot_entities_along, figures.describe_entities_along),
    Figure("speakers_topics", "entities", figures.plot_speakers_topics, figures.describe_speakers_topics),
    Figure("together", "entities", figures.plot_together, figures.describe_together),
    Figure("readability", "readability", figures.plot_readability, figures.describe_readability_spread, "readability"),
    Figure(
        "readability_by_paragraph",
        "readability",
        figures.plot_readability_by_paragraph,
        figures.describe_readability_by_paragraph,
        "one readability",
    ),
)


def figures_for(articles: int) -> list[Figure]:
    """The figures of a report: those along the text for a single article only, comparisons for several only."""
    return [figure for figure in FIGURES if not figure.data.startswith("one " if articles > 1 else "several ")]


class Drawn(NamedTuple):
    """A figure that was drawn: its title, its description, its files, and an SVG for narrow screens.

    If there was nothing to draw, the description says so, and there are no files.
    """

    figure: Figure
    title: str
    text: str
    files: dict[str, bytes]
    narrow: bytes


def draw(
    wanted: Sequence[Figure], t: measures.Tables, readability: pd.DataFrame, suffixes: Sequence[str], progress: bool
) -> list[Drawn]:
    """Draw these figures from the tables, each as a file for every suffix; `progress` shows a bar on a terminal."""
    drawn = []
    for figure in tqdm(wanted, "figures", disable=None if progress else True):  # None: on a terminal only
        data = t if figure.data.endswith("tables") else readability
        ax = figure.plot(data)
        title = figures.question_of(ax)
        if figures.nothing_in(ax):
            drawn.append(Drawn(figure, title, figure.describe(data), {}, b""))
            continue
        files = {f"figures/{figure.name}.{suffix}": figures.figure_bytes(ax, suffix) for suffix in suffixes}
        files[f"figures/{figure.name}.csv"] = to_csv(figures.figure_data(ax)).encode()
        narrow = figures.figure_bytes(figure.plot(data, width=narrow_width()), "svg")
        drawn.append(Drawn(figure, title, figure.describe(data), files, narrow))
    return drawn
