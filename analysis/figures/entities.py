"""Entities in figures: how often each is named, and where in the text."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.figures.amounts import count, percent
from analysis.figures.layout import frame, name_rows, put_legend, say_nothing, styled
from analysis.figures.looks import GROUP_LOOKS
from analysis.figures.sources import ROW, label_bars, patch
from analysis.figures.wording import agree, in_sentences, listed, source_line, the_article
from analysis.measures import Tables
from analysis.measures.entities import frequency
from analysis.text.vocabulary import group_of


@styled
def plot_entities(t: Tables, ax: Axes | None = None, *, top: int = 12, source: str | bool | None = None) -> Axes:
    """Bars: the `top` entities by number of mentions; all names of an entity are counted together."""
    everything = frequency(t)
    rows = everything.head(top)
    n = int(everything["n_mentions"].sum())
    groups = [g for g in GROUP_LOOKS if g in set(map(group_of, rows["label"]))]
    ax = frame(
        ax,
        title=f"Who and what {agree(t, 'does', 'do')} {the_article(t)} name most often?",
        subtitle=f"Mentions by entity, under all its names, without pronouns; n = "
        f"{count(n, 'mention')} of {count(len(everything), 'entity', 'entities')}"
        + (f", the first {top} shown" if len(everything) > top else ""),
        source=source_line(t) if source is None else source,
        height=ROW * max(2, len(rows)) + 0.35,
    )
    if rows.empty:
        return say_nothing(ax, describe_entities(t))
    looks = [GROUP_LOOKS[group_of(label)] for label in rows["label"]]
    bars = ax.barh(
        range(len(rows)),
        rows["n_mentions"],
        height=0.66,
        color=[k.colour for k in looks],
        edgecolor="white",
        linewidth=0,
        label="mentions",
    )
    for bar, look in zip(bars, looks, strict=True):
        bar.set_hatch(look.hatch)
    name_rows(ax, list(rows["name"]))
    label_bars(
        ax,
        rows["n_mentions"],
        [f"{n} ({percent(s)})" for n, s in zip(rows["n_mentions"], rows["share"], strict=True)],
    )
    ax.set_xlabel("mentions")
    ax.xaxis.get_major_locator().set_params(integer=True)
    put_legend(ax, [patch(GROUP_LOOKS[g]) for g in groups], groups)
    return ax


def describe_entities(t: Tables) -> str:
    """Describe in words what `plot_entities` shows."""
    rows = frequency(t)
    if rows.empty:
        return f"No names were found in {in_sentences(t)}."
    n = int(rows["n_mentions"].sum())
    first = listed([f"{r.name} ({r.n_mentions})" for r in _most(rows).itertuples(name="Row", index=False)])
    once = int((rows["n_mentions"] == 1).sum())
    return (
        f"{count(len(rows), 'entity', 'entities')} {'is' if len(rows) == 1 else 'are'} named {count(n, 'time')}. "
        f"Most often: {first}. {count(once, 'entity', 'entities')} {'is' if once == 1 else 'are'} named only once."
    )


def _most(rows: pd.DataFrame, about: int = 4) -> pd.DataFrame:
    """About the first four. Of those named equally often, all are included or none, unless that leaves nobody."""
    n = rows["n_mentions"]
    last = n.iloc[min(about, len(n)) - 1]
    with_ties, without = rows[n >= last], rows[n > last]
    return with_ties if len(with_ties) <= about + 2 else without if len(without) else rows.head(about)


@styled
def plot_entities_along(t: Tables, ax: Axes | None = None, *, top: int = 10, source: str | bool | None = None) -> Axes:
    """Points: where in the text each of the `top` entities is named; hollow if by a name other than its main one.

    Several articles are laid over each other, by position in per cent of their sentences.
    """
    rows = frequency(t).head(top)
    m = t["mentions"]
    m = m[m["entity_id"].isin(rows["entity_id"])]
    one = len(t["articles"]) == 1
    groups = [g for g in GROUP_LOOKS if g in set(map(group_of, rows["label"]))]
    legend = [*groups, "hollow: by another name"] if (m["form"] == "alias").any() else groups
    ax = frame(
        ax,
        title=f"Where in {the_article(t)} is each of them named?",
        subtitle=f"Mentions by sentence; n = {count(len(m), 'mention')} of the "
        f"{count(len(rows), 'entity', 'entities')} named most often",
        source=source_line(t) if source is None else source,
        height=0.3 * max(2, len(rows)) + 0.5,
    )
    if rows.empty:
        return say_nothing(ax, describe_entities_along(t))
    last = t["sentences"].groupby("doc_id")["sentence_id"].max()
    place = (
        _spread(m, t["sentences"])
        if one
        else [100 * (s - 0.5) / last[d] for s, d in zip(m["sentence_id"], m["doc_id"], strict=True)]
    )
    row_of = {key: at for at, key in enumerate(rows["entity_id"])}
    label_of = dict(zip(rows["entity_id"], rows["label"], strict=True))
    m = m.assign(x=place, y=m["entity_id"].map(row_of), group=m["entity_id"].map(label_of).map(group_of))
    for group, look in GROUP_LOOKS.items():
        for form in ("name", "alias"):
            part = m[(m["group"] == group) & (m["form"] == form)]
            if len(part):
                ax.scatter(
                    part["x"],
                    part["y"],
                    s=30,
                    marker=look.marker,
                    linewidth=1.3,
                    zorder=3,
                    color=look.colour if form == "name" else "white",
                    edgecolor=look.colour,
                    label=f"{group}, {form}",
                )
    ax.grid(axis="y")
    name_rows(ax, list(rows["name"]))
    if one:
        ax.set_xlim(0.4, max(5, int(last.max())) + 0.6)
        ax.xaxis.get_major_locator().set_params(integer=True)
        ax.set_xlabel(f"sentence (1 to {int(last.max())})")
    else:
        ax.set_xlim(0, 100)
        ax.set_xlabel("position in the article (% of its sentences)")
    put_legend(ax, _samples(groups, len(legend) > len(groups)), legend)
    return ax


def _spread(m: pd.DataFrame, sentences: pd.DataFrame) -> list[float]:
    """The place of a mention on the sentence axis: its sentence, and how far into it (within ± 0.4)."""
    starts = dict(zip(sentences["sentence_id"], sentences["start"], strict=True))
    ends = dict(zip(sentences["sentence_id"], sentences["end"], strict=True))
    return [
        s - 0.4 + 0.8 * (at - starts[s]) / max(1, ends[s] - starts[s])
        for s, at in zip(m["sentence_id"], m["start"], strict=True)
    ]


def _samples(groups: list[str], hollow: bool) -> list[Line2D]:
    samples = [
        Line2D([], [], linestyle="", marker=GROUP_LOOKS[g].marker, color=GROUP_LOOKS[g].colour, markersize=5.5)
        for g in groups
    ]
    if hollow:
        samples.append(
            Line2D(
                [],
                [],
                linestyle="",
                marker="o",
                markerfacecolor="white",
                markeredgecolor="#444444",
                markeredgewidth=1.3,
                markersize=5.5,
            )
        )
    return samples


def describe_entities_along(t: Tables) -> str:
    """Describe in words what `plot_entities_along` shows."""
    rows = frequency(t)
    if rows.empty:
        return f"No names were found in {in_sentences(t)}."
    m = t["mentions"]
    if len(t["articles"]) > 1:
        docs = listed(
            [f"{r.name} in {count(r.n_docs, 'article')}" for r in rows.head(3).itertuples(name="Row", index=False)]
        )
        return f"The entities named most often, by the articles that name them: {docs}."
    parts = []
    for r in rows.head(3).itertuples(name="Row", index=False):
        where = sorted(set(m.loc[m["entity_id"] == r.entity_id, "sentence_id"]))
        span = f"sentence {where[0]}" if len(where) == 1 else f"{len(where)} sentences from {where[0]} to {where[-1]}"
        parts.append(f"{r.name} in {span}")
    return f"Of {in_sentences(t)}: {listed(parts)}."
