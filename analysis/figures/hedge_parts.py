"""Hedging by the part of the article: are the headline and the first paragraph as hedged as the rest?"""

from __future__ import annotations

from matplotlib.axes import Axes

from analysis.figures.amounts import count, num, percent
from analysis.figures.layout import frame, name_rows, plan_of, put_legend, say_nothing, styled
from analysis.figures.wording import in_sentences, listed, said_of, source_line, the_article
from analysis.measures import Tables, hedging_effect
from analysis.measures.differences import Count, of_rates
from analysis.measures.hedging import hedges_and_boosters, hedging_rates

NAMES = {"headings": "Headings", "byline": "Byline", "lead": "Lead\n(first paragraph)", "body": "Rest of the body"}
HEDGED, BOOSTED = "#444444", "#009E73"


@styled
def plot_hedge_parts(t: Tables, ax: Axes | None = None, *, source: str | bool | None = None) -> Axes:
    """Points with 95% intervals: hedges and boosters per 1,000 words in each part of the article that has words.

    After each point: how many there are, and how many sentences of the part contain one.
    """
    rows = hedging_rates(t, by="part")
    firm = hedging_rates(t, by="part", categories="booster")
    have = rows["n_words"] > 0
    rows, firm = rows[have], firm[have]
    n, strong = int(rows["n"].sum()), int(firm["n"].sum())
    legend = ("hedges", "boosters")
    many = len(t["articles"]) > 1
    ax = frame(
        ax,
        title=f"Where {'do' if many else 'does'} {the_article(t)} hedge: in headings, lead or body?",
        subtitle=f"Epistemic hedges and boosters per 1,000 words of each part, with 95% intervals; n = "
        f"{count(n, 'hedge')}, {count(strong, 'booster')} in {in_sentences(t)}",
        source=source_line(t) if source is None else source,
        height=0.62 * max(2, len(rows)) + 0.35,
    )
    if n + strong == 0:
        return say_nothing(ax, describe_hedge_parts(t))
    points = []
    for table, shift, colour, marker, name in (
        (rows, -0.17, HEDGED, "o", legend[0]),
        (firm, 0.17, BOOSTED, "^", legend[1]),
    ):
        at = [k + shift for k in range(len(table))]
        ax.hlines(at, table["low"], table["high"], color=colour, linewidth=2, label=name)
        points.append(ax.scatter(table["per_1000"], at, s=42, marker=marker, color=colour, zorder=3, label=name))
        for y, r in zip(at, table.itertuples(), strict=True):
            text = f"{r.n} in {count(r.n_words, 'word')}; {r.n_hedged} of {count(r.n_sentences, 'sentence')}"
            ax.annotate(
                text if not plan_of(ax).narrow else f"{r.n} in {num(r.n_words)}",
                (r.high, y),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
            )
    name_rows(ax, [NAMES[part] for part in rows["part"]])
    ax.set_xlim(0, max(rows["high"].max(), firm["high"].max()) * 1.05)
    ax.set_xlabel("per 1,000 words")
    put_legend(ax, points, legend)
    return ax


def describe_hedge_parts(t: Tables) -> str:
    """Describe in words what `plot_hedge_parts` shows."""
    rows = hedging_rates(t, by="part")
    both = hedges_and_boosters(t, by="part").set_index("part")
    rows = rows[rows["n_words"] > 0]
    if not both[["n_hedges", "n_boosters"]].to_numpy().sum():
        return f"No epistemic hedges and no boosters were found in {in_sentences(t)}."
    each = [
        f"{NAMES[r.part].partition(chr(10))[0].lower()} {num(r.per_1000, 1)} ({r.n} in {count(r.n_words, 'word')}; 95% "
        f"interval {num(r.low, 1)} to {num(r.high, 1)}; {percent(r.share)} of "
        f"{count(r.n_sentences, 'sentence')}; {count(both.loc[r.part, 'n_boosters'], 'booster')})"
        for r in rows.itertuples()
    ]
    counts = [Count(NAMES[r.part].partition("\n")[0].lower(), r.n, r.n_words) for r in rows.itertuples()]
    apart = said_of(of_rates(counts, effect=hedging_effect(t)), "hedges")
    return f"Epistemic hedges per 1,000 words by part of the article: {listed(each)}. {apart}".rstrip()
