"""Who is named together: entities in a column, and an arc between each two that share sentences."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from analysis.figures.amounts import count, num
from analysis.figures.layout import frame, name_rows, put_legend, say_nothing, styled
from analysis.figures.looks import GROUP_LOOKS
from analysis.figures.theme import GREY, INK
from analysis.figures.wording import agree, in_sentences, listed, source_line, the_article
from analysis.measures import Tables
from analysis.measures.entities import name_mentions
from analysis.measures.together import co_occurrence
from analysis.text.vocabulary import group_of

STEP = 0.34  # height of a row, in inches
THICK, THIN = 7.0, 0.8  # in points: the thickest arc, and the arc of one sentence
MORE = 1.6  # points that each further sentence adds, unless the arc gets too thick


@styled
def plot_together(t: Tables, ax: Axes | None = None, *, top: int = 12, source: str | bool | None = None) -> Axes:
    """An arc diagram: the `top` entities that share a sentence with another, in the order of their first mention.

    An arc joins two that are named in one sentence. The more sentences they share, the thicker it is; from two
    sentences on, it carries their number. `analysis.measures.together.co_occurrence` gives the same as a table.
    """
    pairs = co_occurrence(t)
    nodes = _nodes(t, pairs, top)
    shown = pairs[pairs["entity_a"].isin(nodes["entity_id"]) & pairs["entity_b"].isin(nodes["entity_id"])]
    most = int(shown["n"].max()) if len(shown) else 1
    groups = [g for g in GROUP_LOOKS if g in set(nodes["group"])]
    steps = sorted({1, most})
    legend = [*groups, *(count(n, "sentence") for n in steps)]
    left_out = pairs["entity_a"].nunique() and len(set(pairs["entity_a"]) | set(pairs["entity_b"])) - len(nodes)
    ax = frame(
        ax,
        title=f"Who and what {agree(t, 'does', 'do')} {the_article(t)} name together?",
        subtitle=f"Sentences that name both; n = {count(len(shown), 'pair')} of "
        f"{count(len(nodes), 'entity', 'entities')} in {in_sentences(t)}"
        + (f", {left_out} more not shown" if left_out > 0 else ""),
        source=source_line(t) if source is None else source,
        height=STEP * max(3, len(nodes)) + 0.1,
        stretch=False,
    )
    if shown.empty:
        return say_nothing(ax, describe_together(t))
    row = {key: at for at, key in enumerate(nodes["entity_id"])}
    for pair in list(shown.itertuples(name="Pair", index=False))[::-1]:  # the thickest last, so that it is on top
        _arc(ax, pair, *sorted((row[pair.entity_a], row[pair.entity_b])), len(nodes), most)
    for group in groups:
        look, here = GROUP_LOOKS[group], nodes[nodes["group"] == group]
        ax.scatter(
            [0] * len(here),
            [row[key] for key in here["entity_id"]],
            s=46,
            marker=look.marker,
            zorder=4,
            color=look.colour,
            edgecolor="white",
            linewidth=0.8,
            label=group,
            clip_on=False,
        )
    name_rows(ax, list(nodes["name"]))
    ax.set_xlim(-0.03, 1.04)
    ax.set_xticks([])
    ax.spines[:].set_visible(False)
    put_legend(
        ax,
        [
            *(
                Line2D([], [], linestyle="", marker=GROUP_LOOKS[g].marker, color=GROUP_LOOKS[g].colour, markersize=6)
                for g in groups
            ),
            *(Line2D([], [], color=_colour(n), linewidth=_thickness(n, most)) for n in steps),
        ],
        legend,
    )
    return ax


def _nodes(t: Tables, pairs: pd.DataFrame, top: int) -> pd.DataFrame:
    """The `top` entities that belong to a pair, in the order of their first mention."""
    sharing = set(pairs["entity_a"]) | set(pairs["entity_b"])
    m = name_mentions(t)
    m = m[m["entity_id"].isin(sharing)]
    first = m.drop_duplicates("entity_id")[["entity_id", "name"]]
    label = dict(zip(t["entities"]["entity_id"], t["entities"]["label"], strict=True))
    sizes = m["entity_id"].value_counts()
    first = first.assign(n=first["entity_id"].map(sizes), place=range(len(first)))
    kept = first.sort_values("n", ascending=False, kind="stable").head(top).sort_values("place")
    return kept.assign(group=[group_of(label[key]) for key in kept["entity_id"]])


def _thickness(n: int, most: int) -> float:
    return THIN + (n - 1) * min(MORE, (THICK - THIN) / max(1, most - 1))


def _colour(n: int) -> str:
    return GREY if n == 1 else INK


def _arc(ax: Axes, pair, upper: int, lower: int, rows: int, most: int) -> None:
    """A curve to the right from one row to the other; the further apart, the wider."""
    reach = 4 / 3 * (0.12 + 0.88 * ((lower - upper) / max(1, rows - 1)) ** 0.8)  # a cubic goes 3/4 of the way
    path = Path(
        [(0, upper), (reach, upper), (reach, lower), (0, lower)], [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
    )
    ax.add_patch(
        PathPatch(
            path,
            facecolor="none",
            edgecolor=_colour(pair.n),
            linewidth=_thickness(pair.n, most),
            alpha=0.55 if pair.n == 1 else 0.75,
            zorder=1 if pair.n == 1 else 2,
            capstyle="butt",
            label=f"{pair.name_a} and {pair.name_b}: {count(pair.n, 'sentence')}",
        )
    )
    if pair.n > 1:
        ax.annotate(
            f"{pair.n}",
            (0.75 * reach, (upper + lower) / 2),
            ha="center",
            va="center",
            fontsize="small",
            zorder=3,
            bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"},
        )


def describe_together(t: Tables) -> str:
    """Describe in words what `plot_together` shows."""
    pairs = co_occurrence(t)
    if not t["entities"]["is_name"].any():
        return f"No names were found in {in_sentences(t)}."
    if pairs.empty:
        return f"No sentence of {num(len(t['sentences']))} names two entities."
    sharing = len(set(pairs["entity_a"]) | set(pairs["entity_b"]))
    text = f"{count(sharing, 'entity', 'entities')} share a sentence with another, in {count(len(pairs), 'pair')}."
    often = pairs[pairs["n"] > 1]
    if often.empty:
        return text + " No pair shares more than one sentence."
    first = listed(
        [
            f"{r.name_a} and {r.name_b} ({r.n} of {in_sentences(t)})"
            if k == 0
            else f"{r.name_a} and {r.name_b} ({r.n})"
            for k, r in enumerate(often.head(3).itertuples(name="Pair", index=False))
        ]
    )
    return (
        text
        + f" Most often: {first}. {count(len(pairs) - len(often), 'pair')} "
        + ("shares" if len(pairs) - len(often) == 1 else "share")
        + " one sentence only."
    )
