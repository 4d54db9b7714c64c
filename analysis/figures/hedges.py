"""Hedging in figures: where, in what category, and whose."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes

from analysis import measures
from analysis.figures.amounts import count, num, percent
from analysis.figures.layout import frame, name_rows, put_legend, say_nothing, styled
from analysis.figures.looks import NOBODY_LOOK, REPORTER_LOOK, SOURCE_LOOK
from analysis.figures.sources import ROW, VOICE_LOOKS
from analysis.figures.theme import GREY
from analysis.figures.wording import agree, capital, in_sentences, listed, said_of, source_line, the_article
from analysis.measures import Tables, differences
from analysis.measures.whose import states
from analysis.text.vocabulary import CATEGORIES, EPISTEMIC, FAMILIES, family, term

WHOSE = {
    "reporter": ("reporter's own", REPORTER_LOOK),
    "source": ("in the words of a source", SOURCE_LOOK),
    "nobody": ("in nobody's words", NOBODY_LOOK),
}
FEW = 50  # a voice with fewer words has no rate drawn: one hedge would already make 20 per 1,000


def _marks(t: Tables):
    """The markers that count: hedges, bounds, and boosters that are not negated."""
    m = t["markers"]
    a = t["attributions"]
    nobody = a.loc[(a["source_kind"] == "none") | ~states(a), ["doc_id", "attribution_id"]]
    pairs = set(nobody.itertuples(index=False, name=None))
    m = m[m["is_hedge"] | ~m["negated"]]
    return m.assign(
        whose=[
            "reporter" if pd.isna(key) else "nobody" if (doc, key) in pairs else "source"
            for doc, key in zip(m["doc_id"], m["attribution_id"], strict=True)
        ]
    )


def _beside(m) -> str:
    """The markers that are not added to the epistemic hedges: "1 approximation and 3 boosters", or "no booster"."""
    n = m["category"].value_counts()
    return listed([count(int(n[slug]), *BESIDE_NAMES[slug]) for slug in BESIDE_NAMES if n.get(slug)]) or "no booster"


BESIDE_NAMES = {
    "approximation": ("approximation", "approximations"),
    "vague-source": ("vague source", "vague sources"),
    "bound": ("bound", "bounds"),
    "booster": ("booster", "boosters"),
}


def _by_category(hedges) -> str:
    """ "possibility (2), probability (1)": the categories by name, the most frequent first."""
    n = hedges["category"].value_counts()
    found = sorted((slug for slug in EPISTEMIC if n.get(slug)), key=lambda slug: -n[slug])
    return listed([f"{term(CATEGORIES, slug).name} ({n[slug]})" for slug in found])


def _whose(m) -> dict:
    """The groups of WHOSE that occur, and always the reporter and the sources, so that neither seems to be missing."""
    return {key: value for key, value in WHOSE.items() if key != "nobody" or (m["whose"] == key).any()}


@styled
def plot_hedges_along(t: Tables, ax: Axes | None = None, *, source: str | bool | None = None) -> Axes:
    """Points: each hedge, booster and bound by sentence and category; filled if the reporter's, hollow if a source's, a
    cross if in nobody's words (attributed to nobody, asked or left unsaid).

    Several articles are laid over each other, by position in per cent of their sentences.
    """
    m, sentences = _marks(t), t["sentences"]
    used, whose = [c for c in CATEGORIES if (m["category"] == c).any()], _whose(m)
    names = [name for name, _ in whose.values()]
    ax = frame(
        ax,
        title=f"Where {agree(t, 'is', 'are')} {the_article(t)} unsure, and who is?",
        subtitle=f"Hedges and other markers by sentence; n = "
        f"{count(int(m['category'].isin(EPISTEMIC).sum()), 'epistemic hedge')}; not included {_beside(m)}; in "
        f"{in_sentences(t)}",
        source=source_line(t) if source is None else source,
        height=0.34 * max(2, len(used)) + 0.5,
    )
    if m.empty:
        return say_nothing(ax, describe_hedges_along(t))
    one = len(t["articles"]) == 1
    last = sentences.groupby("doc_id")["sentence_id"].max()
    stacked: Counter = Counter()
    for key, (name, look) in whose.items():
        part = m[m["whose"] == key]
        xs = [r.sentence_id if one else 100 * (r.sentence_id - 0.5) / last[r.doc_id] for r in part.itertuples()]
        ys = []
        for x, category in zip(xs, part["category"], strict=True):
            ys.append(used.index(category) + 0.2 * stacked[round(x), category])  # several in a sentence: stacked
            stacked[round(x), category] += 1
        dark = "#444444" if key == "reporter" else look.colour
        ax.scatter(
            xs,
            ys,
            s=50 if key == "nobody" else 34,
            marker=look.marker,
            label=name,
            zorder=3,
            color="white" if key == "source" else dark,
            edgecolor=dark,
            linewidth=0 if key == "nobody" else 1.5,
        )
    ax.grid(axis="y")
    name_rows(ax, [capital(term(CATEGORIES, c).name) for c in used])
    if one:
        ax.set_xlim(0.4, max(5, int(last.max())) + 0.6)
        ax.xaxis.get_major_locator().set_params(integer=True)
        ax.set_xlabel(f"sentence (1 to {int(last.max())})")
    else:
        ax.set_xlim(0, 100)
        ax.set_xlabel("position in the article (% of its sentences)")
    put_legend(ax, ax.collections, names)
    return ax


def describe_hedges_along(t: Tables) -> str:
    """Describe in words what `plot_hedges_along` shows."""
    m = _marks(t)
    hedges = m[m["category"].isin(EPISTEMIC)]
    if hedges.empty:
        return f"No epistemic hedges were found in {in_sentences(t)}" + (
            f"; not included: {_beside(m)}." if len(m) else "."
        )
    where = measures.shares(t).set_index("measure").loc["hedged-sentences"]
    found = {
        words: int((hedges["whose"] == key).sum())
        for key, words in (
            ("reporter", "in the reporter's own words"),
            ("source", "in the words of sources"),
            ("nobody", "in nobody's words (attributed to nobody, asked or left unsaid)"),
        )
    }
    parts = [f"{n} {words}" for words, n in found.items() if n]
    whose = "all " + parts[0].partition(" ")[2] if len(parts) == 1 else listed(parts)
    return (
        f"{capital(count(len(hedges), 'epistemic hedge'))}, {_by_category(hedges)}: {whose}. {where['count']} of "
        f"{count(int(where['of']), 'body sentence')} ({percent(where['share'])}) "
        f"{'contains' if where['count'] == 1 else 'contain'} at least one. Not included: {_beside(m)}."
    )


@styled
def plot_hedge_categories(t: Tables, ax: Axes | None = None, *, source: str | bool | None = None) -> Axes:
    """Stacked bars: hedges by category and by whose they are; below them, separately, approximations and vague "
    "sources, boosters and bounds."""
    rows = measures.hedge_rates(t, by="category")
    rows, m = rows[rows["n"] > 0], _marks(t)
    rows = rows.assign(group=[GROUPS.index(_group(c)) for c in rows["category"]]).sort_values("group", kind="stable")
    whose = _whose(m)
    names = [name for name, _ in whose.values()]
    n, words = int(rows.loc[rows["category"].isin(EPISTEMIC), "n"].sum()), measures.n_words(t)
    ax = frame(
        ax,
        title=f"In what ways {agree(t, 'does', 'do')} {the_article(t)} hedge?",
        subtitle=f"Hedges by category, with their rate per 1,000 words; n = {count(n, 'epistemic hedge')} in "
        f"{count(words, 'word')}. Below the line: markers that do not say how sure a claim is.",
        source=source_line(t) if source is None else source,
        height=ROW * max(2, len(rows)) + 0.45,
    )
    if rows.empty:
        return say_nothing(ax, describe_hedge_categories(t))
    families = rows["group"].tolist()
    at = [k + 0.35 * (f - families[0]) for k, f in enumerate(families)]  # a gap between groups
    left = [0] * len(rows)
    for key, (name, look) in whose.items():
        found = m.loc[m["whose"] == key, "category"].value_counts()
        wide = [int(found.get(c, 0)) for c in rows["category"]]
        ax.barh(
            at,
            wide,
            left=left,
            height=0.66,
            color=look.colour,
            hatch=look.hatch,
            edgecolor="white",
            linewidth=0,
            label=name,
        )
        left = [a + b for a, b in zip(left, wide, strict=True)]
    for (above, one), (y, other) in pairwise(zip(at, families, strict=True)):
        if one != other:
            ax.axhline((y + above) / 2, color=GREY, linewidth=0.6, linestyle=(0, (4, 3)))
    ax.set_yticks(at, [capital(term(CATEGORIES, c).name) for c in rows["category"]])
    ax.set_ylim(at[-1] + 0.55, -0.55)
    labels = [f"{n} ({num(rate, 1)} per 1,000)" for n, rate in zip(rows["n"], rows["per_1000"], strict=True)]
    for y, n, label in zip(at, rows["n"], labels, strict=True):
        ax.annotate(label, (n, y), xytext=(4, 0), textcoords="offset points", va="center")
    ax.set_xlim(0, rows["n"].max() * 1.05)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set_xlabel("markers")
    put_legend(ax, ax.containers, names)
    return ax


GROUPS = ("epistemic", "hedge", *list(FAMILIES)[1:])


def _group(category: str) -> str:
    return "epistemic" if category in EPISTEMIC else family(category)


def describe_hedge_categories(t: Tables) -> str:
    """Describe in words what `plot_hedge_categories` shows."""
    m, words = _marks(t), measures.n_words(t)
    hedges = m[m["category"].isin(EPISTEMIC)]
    if hedges.empty:
        return f"No epistemic hedges were found in {in_sentences(t)}" + (
            f"; not included: {_beside(m)}." if len(m) else "."
        )
    return (
        f"{count(len(hedges), 'epistemic hedge')} in {count(words, 'word')}, or {num(1000 * len(hedges) / words, 1)} "
        f"per 1,000 words: {_by_category(hedges)}. Not included: {_beside(m)}."
    )


@styled
def plot_hedge_voices(t: Tables, ax: Axes | None = None, *, top: int = 8, source: str | bool | None = None) -> Axes:
    """Points with 95% intervals: hedges per 1,000 words of each voice that has at least FEW words."""
    rows = measures.hedge_rates(t, by="voice")
    total = int(rows["n"].sum())
    rows = rows[rows["n_words"] >= FEW].head(top + 1)
    ax = frame(
        ax,
        title="Who hedges more: the reporter or the sources?",
        subtitle=f"Epistemic hedges per 1,000 words of each voice with at least {FEW} words, with 95% intervals; "
        f"n = {count(total, 'hedge')}",
        source=source_line(t) if source is None else source,
        height=0.36 * max(2, len(rows)) + 0.35,
    )
    if rows.empty or total == 0:
        return say_nothing(ax, describe_hedge_voices(t))
    for at, r in enumerate(rows.itertuples()):
        look = VOICE_LOOKS.get(r.source_kind, SOURCE_LOOK)
        ax.hlines(at, r.low, r.high, color=look.colour, linewidth=2)
        ax.scatter([r.per_1000], [at], s=42, marker=look.marker, color=look.colour, zorder=3)
        ax.annotate(
            f"{r.n} in {num(r.n_words)} words", (r.high, at), xytext=(5, 0), textcoords="offset points", va="center"
        )
    name_rows(ax, [capital(v) for v in rows["voice"]])
    ax.set_xlim(0, max(1.0, rows["high"].max()) * 1.05)
    ax.set_xlabel("hedges per 1,000 words")
    return ax


def describe_hedge_voices(t: Tables) -> str:
    """Describe in words what `plot_hedge_voices` shows."""
    rows = measures.hedge_rates(t, by="voice")
    if not rows["n"].sum():
        return f"No epistemic hedges were found in {in_sentences(t)}."
    enough = rows[rows["n_words"] >= FEW]
    if enough.empty:
        return f"No voice has {FEW} words or more, which a rate needs."
    each = listed(
        [
            f"{r.voice} {num(r.per_1000, 1)} ({r.n} in {num(r.n_words)}; 95% interval {num(r.low, 1)} to "
            f"{num(r.high, 1)})"
            for r in enough.head(4).itertuples()
        ]
    )
    if len(enough) < 2:
        return f"Epistemic hedges per 1,000 words of a voice: {each}. No other voice has {FEW} words or more."
    found = differences.of_rates(_counts(enough), effect=measures.hedging_effect(t))
    return f"Epistemic hedges per 1,000 words of a voice: {each}. {said_of(found, 'hedges')}"


def _counts(rows: pd.DataFrame) -> list[differences.Count]:
    return [differences.Count(r.voice, r.n, r.n_words) for r in rows.itertuples()]
