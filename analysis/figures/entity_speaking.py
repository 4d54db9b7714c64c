"""Who speaks and who is spoken about: to the left a bar for what an entity says, to the right one for its mentions."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures.amounts import count
from analysis.figures.layout import frame, name_rows, plan_of, put_legend, say_nothing, styled
from analysis.figures.sources import ROW
from analysis.figures.theme import BLUE, GREEN, GREY, ORANGE
from analysis.figures.wording import capital, in_sentences, listed, source_line, the_article
from analysis.measures import Tables
from analysis.measures.speaking import NEVER, REFUSES, speakers_and_topics
from analysis.measures.whose import ASKS, SPEAKS, counted_sources


class Part(NamedTuple):
    """A part of a bar: the columns it adds up, its side, and how it is drawn."""

    name: str
    columns: tuple[str, ...]
    side: int
    colour: str
    hatch: str
    filled: bool


PARTS = (
    Part("says something", ("n_said",), -1, BLUE, "////", True),
    Part("asks", ("n_questions",), -1, BLUE, "....", False),
    Part("declines to say", ("n_refusals",), -1, BLUE, "", False),
    Part("named in the reporter's words", ("n_reporter",), 1, GREY, "", True),
    Part("in what others say", ("n_other_content",), 1, ORANGE, "xxxx", True),
    Part("in its own words, or next to a source", ("n_own_content", "n_other_source"), 1, GREEN, "", False),
)


def _rows(t: Tables) -> pd.DataFrame:
    rows = speakers_and_topics(t)
    rows = rows.assign(n_said=rows["n_attributions"] - rows["n_refusals"] - rows["n_questions"])
    return rows[rows["n_attributions"] + rows["n_about"] > 0]


@styled
def plot_speakers_topics(t: Tables, ax: Axes | None = None, *, top: int = 12, source: str | bool | None = None) -> Axes:
    """Two-sided bars: to the left the attributions to an entity, to the right the places where it is spoken about.

    The figure shows the `top` entities with most of both together, from those who are mostly spoken about to those who
    mostly speak. Mentions in an entity's own source phrases are on neither side: there the entity is named as the
    speaker.
    """
    everything = _rows(t)
    rows = everything.assign(
        both=everything["n_attributions"] + everything["n_about"],
        lead=everything["n_attributions"] - everything["n_about"],
    )
    rows = rows.sort_values("both", ascending=False, kind="stable").head(top)
    rows = rows.sort_values("lead", kind="stable")
    parts = [part for part in PARTS if rows[list(part.columns)].to_numpy().sum()]
    n_said, n_about = int(everything["n_attributions"].sum()), int(everything["n_about"].sum())
    ax = frame(
        ax,
        title=f"Who speaks in {the_article(t)}, and who is spoken about?",
        subtitle=f"Attributions to an entity (left) and mentions of it elsewhere (right); n = "
        f"{count(n_said, 'attribution')}, {count(n_about, 'mention')} of "
        f"{count(len(everything), 'entity', 'entities')}"
        + (f", {len(rows)} shown" if len(everything) > len(rows) else ""),
        source=source_line(t) if source is None else source,
        height=ROW * max(2, len(rows)) + 0.4,
    )
    if rows.empty:
        return say_nothing(ax, describe_speakers_topics(t))
    ends = {-1: pd.Series(0, index=rows.index), 1: pd.Series(0, index=rows.index)}
    for part in parts:
        values = part.side * rows[list(part.columns)].sum(axis=1)
        there = [at for at, value in enumerate(values) if value]
        ax.barh(
            there,
            values.iloc[there],
            left=ends[part.side].iloc[there],
            height=0.66,
            label=part.name,
            hatch=part.hatch,
            color=part.colour if part.filled else "white",
            edgecolor="white" if part.filled else part.colour,
            linewidth=0 if part.filled else 1.1,
        )
        ends[part.side] = ends[part.side] + values
    name_rows(ax, list(rows["name"]))
    _numbers(ax, ends)
    ax.set_xlabel(
        "left: attributions to it as a source; right: mentions elsewhere"
        if not plan_of(ax).narrow
        else "left: as a source; right: elsewhere"
    )
    put_legend(ax, [_sample(part) for part in parts], [part.name for part in parts])
    return ax


def _numbers(ax: Axes, ends: dict[int, pd.Series]) -> None:
    """The line in the middle, each side's total after its bar, and an axis without minus signs."""
    ax.axvline(0, color="#444444", linewidth=0.8)
    for side, totals in ends.items():
        for at, value in enumerate(totals):
            ax.annotate(
                f"{abs(value)}",
                (value, at),
                xytext=(4 * side, 0),
                textcoords="offset points",
                va="center",
                ha="left" if side > 0 else "right",
            )
    left, right = (max(1, int(abs(ends[side]).max())) for side in (-1, 1))
    margin = 0.09 * (left + right)
    ax.set_xlim(-left - margin, right + margin)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):,.0f}"))


def _sample(part: Part) -> Patch:
    return Patch(
        facecolor=part.colour if part.filled else "white",
        hatch=part.hatch,
        edgecolor="white" if part.filled else part.colour,
        linewidth=0 if part.filled else 1.1,
    )


def describe_speakers_topics(t: Tables) -> str:
    """Describe in words what `plot_speakers_topics` shows."""
    rows = _rows(t)
    if rows.empty:
        return f"No names were found in {in_sentences(t)}."
    speak, never = rows[rows["heard"] == SPEAKS], rows[rows["heard"] == NEVER]
    refuse = rows[rows["heard"] == REFUSES]
    total = count(len(rows), "entity", "entities")
    text = f"Of {total} that {'is' if len(rows) == 1 else 'are'} named or heard in {the_article(t)}, "
    text += f"{len(speak) or 'none'} {'speak' if len(speak) > 1 else 'speaks'}"
    others = counted_sources(t["attributions"]).nunique() - len(speak)
    if others > 0:
        text += f" (of {count(others + len(speak), 'source')}: {count(others, 'other has', 'others have')} no name)"
    first = speak.sort_values("n_said", ascending=False, kind="stable").head(4)
    text += ": " + listed([f"{r.name} ({r.n_said})" for r in _each(first)]) if len(first) else ""
    text += f", and {len(speak) - 4} more." if len(speak) > 4 else "."
    asking = rows[rows["heard"] == ASKS]
    if len(asking):
        text += f" Only asking: {listed(asking['name'].head(4).tolist())}."
    if len(refuse):
        text += f" Only declining to say: {listed(refuse['name'].head(4).tolist())}."
    often = never[never["n_about"] > 1].sort_values("n_about", ascending=False, kind="stable").head(5)
    if len(often):
        most = listed([f"{r.name} ({r.n_about})" for r in _each(often)])
        text += f" Spoken about most without speaking: {most}."
    elif len(never):
        text += " " + capital(count(len(never), "entity is", "entities are")) + " named once and not heard."
    return text


def _each(rows: pd.DataFrame):
    return rows.itertuples(name="Row", index=False)
