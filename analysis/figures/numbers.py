"""Who gives the numbers? The numbers in the text by the kind of source that gives them."""

from __future__ import annotations

from matplotlib.axes import Axes

from analysis.figures.amounts import count, num, percent
from analysis.figures.layout import frame, name_rows, say_nothing, styled
from analysis.figures.looks import REPORTER_LOOK, SOURCE_LOOK
from analysis.figures.sources import ROW, label_bars
from analysis.figures.wording import capital, in_sentences, listed, source_line, the_article
from analysis.measures import Tables
from analysis.measures.numbers import number_measures, who_gives_numbers


@styled
def plot_numbers(t: Tables, ax: Axes | None = None, *, source: str | bool | None = None) -> Axes:
    """Bars: counts, shares, amounts, ranks and dates of effect by who gives them; the reporter comes first."""
    rows, total = who_gives_numbers(t), len(t["numbers"])
    ax = frame(
        ax,
        title=f"Who gives the numbers in {the_article(t)}?",
        subtitle=f"Counts, shares, amounts, ranks and dates of effect by kind of source; n = {count(total, 'number')}",
        source=source_line(t) if source is None else source,
        height=ROW * max(2, len(rows)) + 0.35,
    )
    if total == 0:
        return say_nothing(ax, describe_numbers(t))
    bars = ax.barh(range(len(rows)), rows["count"], height=0.66, linewidth=0, label="numbers")
    for bar, kind in zip(bars, rows["source_kind"], strict=True):
        look = REPORTER_LOOK if kind == "reporter" else SOURCE_LOOK
        bar.set(facecolor=look.colour, hatch=look.hatch, edgecolor="white")
    name_rows(ax, [capital(name) for name in rows["name"]])
    shares = zip(rows["count"], rows["share"], strict=True)
    label_bars(ax, rows["count"], [f"{num(n)} ({percent(share)})" for n, share in shares])
    ax.set_xlabel("numbers")
    ax.xaxis.get_major_locator().set_params(integer=True)
    return ax


def describe_numbers(t: Tables) -> str:
    """Describe in words what `plot_numbers` shows."""
    total = len(t["numbers"])
    if not total:
        return f"No numbers were found in {in_sentences(t)}."
    rows = who_gives_numbers(t)
    rows = rows[rows["count"] > 0].sort_values("count", ascending=False, kind="stable")
    parts = listed(
        [
            f"{name} {num(n)} ({percent(share)})"
            for name, n, share in zip(rows["name"], rows["count"], rows["share"], strict=True)
        ]
    )
    more = number_measures(t).set_index("measure")["count"]
    said = [
        f"{count(int(more[name]), 'of them is', 'of them are')} {words}"
        for name, words in (
            ("loosened", "given as approximate"),
            ("limits", "given as a limit"),
            ("disputed", "disputed"),
        )
        if more[name]
    ]
    ending = f" {capital(listed(said))}." if said else ""
    return f"Of {count(total, 'number')}, by who gives them: {parts}.{ending}"
