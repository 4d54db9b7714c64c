"""Several articles in figures: measures with their intervals side by side, and who or what appears in which article."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator, PercentFormatter

from analysis.figures.amounts import count, num, percent
from analysis.figures.layout import frame, name_rows, plan_of, put_legend, say_nothing, styled
from analysis.figures.theme import BLUE, GREEN, GREY, INK, ORANGE, PALE, PURPLE, SKY, VERMILLION
from analysis.figures.wording import listed, source_line
from analysis.measures import Tables, comparison

ROW = 0.29
LOOKS = (
    (BLUE, "o"),
    (ORANGE, "s"),
    (GREEN, "^"),
    (VERMILLION, "D"),
    (PURPLE, "v"),
    (SKY, "P"),
    (INK, "X"),
    (GREY, "<"),
)
NAMES = {
    "sourced-words": "words of sources",
    "named-sources": "sources that readers could look up",
    "no-source": "attributed to nobody",
    "second-hand": "at second hand",
    "quoted": "with quoted words",
    "hedged-sentences": "sentences with an epistemic hedge",
    "reporter-hedges": "epistemic hedges that are the reporter's",
}
MOST = 12  # a dot table has room for so many articles


def article_names(t: Tables) -> list[str]:
    """ "1 Treaty signed": each article by its number and title, or by its doc_id if it has no title."""
    return [
        f"{number} " + " ".join((a.title if isinstance(a.title, str) else a.doc_id).split())
        for number, a in enumerate(t["articles"].itertuples(), 1)
    ]


@styled
def plot_compared(t: Tables, ax: Axes | None = None, *, source: str | bool | None = None) -> Axes:
    """Points with intervals: each share, article by article; with nine articles or more, dots without names."""
    rows = comparison.compare(t)
    rows = rows[rows["measure"].isin(NAMES) & (rows["of"] > 0)]
    docs, kinds = list(t["articles"]["doc_id"]), [k for k in NAMES if k in set(rows["measure"])]
    few = len(docs) <= len(LOOKS)
    legend = article_names(t) if few else ["an article"]
    ax = frame(
        ax,
        title="How do the articles differ in what they are based on?",
        subtitle="Shares, each of a different total"
        + ", with 95% intervals where there is one" * few
        + f"; n = {count(len(docs), 'article')}",
        source=source_line(t) if source is None else source,
        stretch=False,
        height=max(2, len(kinds)) * (0.12 * (len(docs) if few else 2) + 0.2) + 0.35,
    )
    if not len(rows):
        return say_nothing(ax, describe_compared(t))
    handles = []
    for number, doc_id in enumerate(docs):
        colour, marker = LOOKS[number] if few else (GREY, "o")
        mine = rows[rows["doc_id"] == doc_id]
        shift = (number - (len(docs) - 1) / 2) * 0.62 / max(1, len(docs) - 1) if few else 0
        at = [kinds.index(k) + shift for k in mine["measure"]]
        bounds = [(y, low, high) for y, low, high in zip(at, mine["low"], mine["high"], strict=True) if low == low]
        if few and bounds:
            ax.hlines(*zip(*bounds, strict=True), color=colour, linewidth=1.2, label=legend[number])
        handles.append(
            ax.scatter(
                mine["value"],
                at,
                s=26,
                color=colour,
                marker=marker,
                edgecolor="white",
                zorder=3,
                linewidth=0.5,
                label=legend[number] if few else "an article",
            )
        )
    for line in range(1, len(kinds)):
        ax.axhline(line - 0.5, color=PALE, linewidth=0.8)
    name_rows(ax, [NAMES[k] for k in kinds])
    ax.set_xlim(-0.02, 1.02)
    ax.xaxis.set_major_locator(MultipleLocator(0.25))
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    put_legend(ax, handles if few else handles[:1], legend)
    return ax


def describe_compared(t: Tables) -> str:
    """Describe in words what `plot_compared` shows: where the articles differ most, and where by more than chance."""
    rows = comparison.compare(t)
    rows = rows[rows["measure"].isin(NAMES) & (rows["of"] > 0)]
    spread = []
    for measure, mine in rows.groupby("measure", sort=False):
        mine = mine.sort_values("value")
        low, high = mine.iloc[0], mine.iloc[-1]
        spread.append((high["value"] - low["value"], measure, low, high))
    if len(t["articles"]) < 2 or not spread:
        return f"There is nothing to compare in {count(len(t['articles']), 'article')}."
    number = {doc_id: n for n, doc_id in enumerate(t["articles"]["doc_id"], 1)}
    spread.sort(key=lambda item: -item[0])
    parts = [
        f"{NAMES[measure]} ({percent(low['value'])} in article {number[low['doc_id']]}, "
        f"{percent(high['value'])} in article {number[high['doc_id']]})"
        for _, measure, low, high in spread[:2]
    ]
    found = comparison.tested(comparison.compare(t))
    more = [
        f"{NAMES.get(r.measure, 'hedges per 1,000 words')} (articles {number[r.lowest]} and {number[r.highest]})"
        for r in found[found["differs"]].itertuples()
    ]
    test = f"exact tests of lowest against highest, corrected for {len(found)} measures and every pair of articles"
    return f"The {count(len(number), 'article')} are furthest apart in {listed(parts)}. " + (
        f"More than chance, by {test}: {listed(more)}."
        if more
        else f"None of the differences is greater than chance would produce between similar texts ({test}); "
        "that does not prove that the articles are alike."
    )


@styled
def plot_sources_compared(
    t: Tables, ax: Axes | None = None, *, top: int = 15, source: str | bool | None = None
) -> Axes:
    """A table of dots: which article quotes or reports which named source, with the number of attributions."""
    return _dots(
        t,
        comparison.sources_compared(t),
        ax,
        top,
        source,
        "Who is quoted or reported in which article?",
        "Attributions to named sources",
        "named source",
        describe_sources_compared,
    )


def describe_sources_compared(t: Tables) -> str:
    """Describe in words what `plot_sources_compared` shows."""
    rows = comparison.sources_compared(t)
    return _describe(t, rows, "source", "named source", "quoted or reported")


@styled
def plot_names_compared(t: Tables, ax: Axes | None = None, *, top: int = 15, source: str | bool | None = None) -> Axes:
    """A table of dots: which article has which name, with the number of mentions."""
    return _dots(
        t,
        comparison.names_compared(t),
        ax,
        top,
        source,
        "Who and what do the articles share?",
        "Mentions",
        "name",
        describe_names_compared,
    )


def describe_names_compared(t: Tables) -> str:
    """Describe in words what `plot_names_compared` shows."""
    return _describe(t, comparison.names_compared(t), "name", "name", "named")


def _dots(
    t: Tables,
    rows: pd.DataFrame,
    ax: Axes | None,
    top: int,
    source: str | None,
    title: str,
    unit: str,
    noun: str,
    describe,
) -> Axes:
    docs = [comparison.in_article(doc_id) for doc_id in t["articles"]["doc_id"]]
    shown, total = rows.head(top), len(rows)
    more = f"; the first {top} of {num(total)} {noun}s" if total > top else ""
    ax = frame(
        ax,
        title=title,
        subtitle=f"{unit}, by article; n = {count(total, noun)} in "
        f"{count(len(docs), 'article')}{more}. Filled: in more than one article",
        source=source_line(t) if source is None else source,
        height=ROW * max(2, len(shown)) + 0.5,
        stretch=False,
    )
    if not total or len(docs) > MOST:
        return say_nothing(
            ax, describe(t) + (f" {len(docs)} articles do not fit into a figure: see the table." if total else "")
        )
    points = [
        (x, y, int(n)) for y, row in enumerate(shown[docs].itertuples(index=False)) for x, n in enumerate(row) if n
    ]
    x, y, _ = zip(*points, strict=True)
    ax.scatter(
        x,
        y,
        s=190,
        color=[BLUE if shown["n_docs"].iloc[k] > 1 else "white" for k in y],
        edgecolor=BLUE,
        label=unit.lower(),
    )
    for at, line, value in points:
        ax.annotate(
            f"{num(value)}",
            (at, line),
            ha="center",
            va="center",
            fontsize="small",
            color="white" if shown["n_docs"].iloc[line] > 1 else INK,
        )
    for line in range(len(shown)):
        ax.axhline(line, color=PALE, linewidth=0.6, zorder=0)
    name_rows(ax, list(shown.iloc[:, 0]))
    ax.set_xlim(-0.6, len(docs) - 0.4)
    ax.set_xticks(
        range(len(docs)),
        [f"article {k}" if len(docs) < 6 and not plan_of(ax).narrow else str(k) for k in range(1, len(docs) + 1)],
    )
    ax.xaxis.tick_top()
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="x", length=0)
    return ax


def _describe(t: Tables, rows: pd.DataFrame, column: str, noun: str, done: str) -> str:
    docs = list(t["articles"]["doc_id"])
    if not len(rows):
        return f"No {noun} was found in {count(len(docs), 'article')}."
    both = rows[rows["n_docs"] > 1]
    verb = "is" if len(both) == 1 else "are"
    text = f"Of {count(len(rows), noun)}, {len(both)} {verb} {done} in more than one article"
    text += f": {_first(both[column])}." if len(both) else "."
    if len(docs) <= 4:
        for number, doc_id in enumerate(docs, 1):
            only = rows[(rows["n_docs"] == 1) & (rows[comparison.in_article(doc_id)] > 0)]
            text += f" Only in article {number}: {_first(only[column]) if len(only) else 'none'}."
    return text


def _first(names: pd.Series, most: int = 5) -> str:
    rest = len(names) - most
    return listed([*names.head(most), *([f"{rest} more"] if rest > 0 else [])])
