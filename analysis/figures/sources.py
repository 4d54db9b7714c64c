"""Sourcing in figures: whose words the text is made of, and what kinds of source it rests on."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis import measures
from analysis.figures.amounts import count, num, percent
from analysis.figures.layout import frame, name_rows, put_legend, say_nothing, styled
from analysis.figures.looks import NOBODY_LOOK, REPORTER_LOOK, SOURCE_LOOK, Look
from analysis.figures.wording import agree, capital, in_sentences, listed, source_line, the_article
from analysis.measures import Tables
from analysis.measures.paths import is_second_hand
from analysis.measures.whose import ASKS, DECLINES, SOURCED, counted_sources, sources_heard
from analysis.text.vocabulary import SHOWN_KINDS, term

ROW = 0.33  # height of a bar, in inches
UNSTATED_LOOK = Look("#9DB8CC", "o", "s")
VOICE_LOOKS = {"reporter": REPORTER_LOOK, "none": NOBODY_LOOK, "asked": UNSTATED_LOOK, "unsaid": UNSTATED_LOOK}
LEGEND = {
    "reporter's own": REPORTER_LOOK,
    "a source's": SOURCE_LOOK,
    "attributed to nobody": NOBODY_LOOK,
    "asked or left unsaid: nobody's words": UNSTATED_LOOK,
}


def _voice_rows(t: Tables, top: int) -> pd.DataFrame:
    """The reporter, the `top` sources with the most words, the others in one row, and what nobody states."""
    rows = measures.words_by_voice(t)[["voice", "source_kind", "n_words", "share", "n_attributions"]]
    rows = rows[(rows["n_words"] > 0) | (rows["source_kind"] == "reporter")]
    sources = rows[~rows["source_kind"].isin(list(VOICE_LOOKS))]
    rest = sources.iloc[top:]
    if len(rest) < 2:
        return rows
    other = pd.DataFrame(
        {
            "voice": [f"{len(rest)} others"],
            "source_kind": ["other"],
            "n_words": [rest["n_words"].sum()],
            "share": [rest["share"].sum()],
            "n_attributions": [rest["n_attributions"].sum()],
        }
    )
    foot = rows[rows["source_kind"].isin(list(VOICE_LOOKS)[1:])]
    return pd.concat([rows.iloc[:1], sources.iloc[:top], other, foot], ignore_index=True)


@styled
def plot_voices(t: Tables, ax: Axes | None = None, *, top: int = 10, source: str | bool | None = None) -> Axes:
    """Bars: the words of each voice, the reporter first. `t` is what `analysis.make_tables` returns."""
    rows, total = _voice_rows(t, top), measures.n_words(t)
    n = len(t["attributions"])
    looks = [VOICE_LOOKS.get(kind, SOURCE_LOOK) for kind in rows["source_kind"]]
    legend = {name: k for name, k in LEGEND.items() if k in looks}
    ax = frame(
        ax,
        title=f"Whose words {agree(t, 'is', 'are')} {the_article(t)} made of?",
        subtitle=f"Words by whose they are; each counts once, for the innermost source; n = {count(total, 'word')}, "
        f"{count(n, 'attribution')}",
        source=source_line(t) if source is None else source,
        height=ROW * max(2, len(rows)) + 0.35,
    )
    if total == 0 or n == 0:
        return say_nothing(ax, describe_voices(t))
    bars = ax.barh(
        range(len(rows)),
        rows["n_words"],
        height=0.66,
        color=[k.colour for k in looks],
        edgecolor="white",
        linewidth=0,
        label="words",
    )
    for bar, look in zip(bars, looks, strict=True):
        bar.set_hatch(look.hatch)
    name_rows(ax, [capital(v) for v in rows["voice"]])
    label_bars(
        ax,
        rows["n_words"],
        [f"{num(n)} ({percent(share)})" for n, share in zip(rows["n_words"], rows["share"], strict=True)],
    )
    ax.set_xlabel("words")
    put_legend(ax, [patch(k) for k in legend.values()], list(legend))
    return ax


def describe_voices(t: Tables) -> str:
    """Describe in words what `plot_voices` shows: each word in one class, and each source that states something."""
    total = measures.n_words(t)
    if not len(t["attributions"]):
        return f"No attributions were found in {in_sentences(t)}: all {count(total, 'word')} are the reporter's own."
    by_class = measures.words_by_class(t).set_index("whose")
    words, share = by_class["n_words"], by_class["share"]
    sourced = int(words[list(SOURCED)].sum())
    parts = [f"{num(words['reporter'])} ({percent(share['reporter'])}) are the reporter's own"]
    parts.append(f"{num(sourced)} ({percent(sourced / total)}) {_by_sources(t, words)}" if sourced else "no source's")
    parts += [f"{num(words[slug])} ({percent(share[slug])}) {said}" for slug, said in UNSTATED.items() if words[slug]]
    return f"Of {count(total, 'word')}, {'; '.join(parts)}.{_not_heard(t)}"


UNSTATED = {
    "nobody": "are attributed to nobody",
    "asked": "were asked, not stated",
    "unsaid": "were declined or left unmentioned",
}


def _by_sources(t: Tables, words: pd.Series) -> str:
    """ "are those of 6 sources, most of them Reed's (26) …", with the words of pronouns that were not resolved."""
    n = counted_sources(t["attributions"]).nunique()
    rows = measures.words_by_voice(t)
    others = rows[~rows["source_kind"].isin([*VOICE_LOOKS, "open"]) & (rows["n_words"] > 0)]
    first = listed([f"{r.voice} ({num(r.n_words)})" for r in others.head(3).itertuples()])
    text = f"are those of {count(n, 'source')}" if len(others) else "are those of pronouns that were not resolved"
    text += f", most of them from {first}" if len(others) > 3 else f": {first}" if first else ""
    passing = n - len(others)
    if len(others) and passing:
        text += f" ({passing} {'passes' if passing == 1 else 'pass'} on only what others say)"
    pronouns = int(words["open"])
    return text + (f", and {num(pronouns)} of pronouns that were not resolved" if pronouns and len(others) else "")


def _not_heard(t: Tables) -> str:
    """A sentence on who only declined or asked something; empty if nobody did."""
    rows = sources_heard(t["attributions"])
    text = ""
    for heard, said in ((DECLINES, "declined or left something unmentioned"), (ASKS, "asked")):
        names = rows.loc[rows["heard"] == heard, "voice"]
        more = [count(len(names) - 3, "more", "more")] if len(names) > 3 else []
        text += (
            f" Not counted as heard, because they only {said}: {listed([*names.head(3), *more])}." if len(names) else ""
        )
    return text


@styled
def plot_source_kinds(t: Tables, ax: Axes | None = None, *, source: str | bool | None = None) -> Axes:
    """Bars: attributions by the kind of their source; those at second hand are hatched."""
    a = t["attributions"]
    rows = measures.source_kinds(t)
    rows = rows[rows["n"] > 0].sort_values(["n", "source_kind"], ascending=[False, True])
    second = a[is_second_hand(a)]["source_kind"].value_counts()
    later = [int(second.get(kind, 0)) for kind in rows["source_kind"]]
    direct = [n - k for n, k in zip(rows["n"], later, strict=True)]
    nobody = any(n for n, kind in zip(direct, rows["source_kind"], strict=True) if kind == "none")
    legend = ["given by the reporter", "at second hand: through another source or outlet"]
    legend += ["names nobody"] * nobody
    ax = frame(
        ax,
        title=f"What kinds of source {agree(t, 'does', 'do')} {the_article(t)} rely on?",
        subtitle=f"Attributions by kind of source; n = {count(len(a), 'attribution')}",
        source=source_line(t) if source is None else source,
        height=ROW * max(2, len(rows)) + 0.35,
    )
    if not len(a):
        return say_nothing(ax, describe_source_kinds(t))
    bars = ax.barh(range(len(rows)), direct, height=0.66, color=SOURCE_LOOK.colour, label="first hand")
    for bar, kind in zip(bars, rows["source_kind"], strict=True):
        if kind == "none":
            bar.set(facecolor=NOBODY_LOOK.colour, hatch=NOBODY_LOOK.hatch, edgecolor="white", linewidth=0)
    ax.barh(
        range(len(rows)),
        later,
        left=direct,
        height=0.66,
        color="white",
        edgecolor=SOURCE_LOOK.colour,
        hatch="////",
        linewidth=0.8,
        label="second hand",
    )
    name_rows(ax, [capital(term(SHOWN_KINDS, kind).name) for kind in rows["source_kind"]])
    label_bars(ax, rows["n"], [f"{n} ({percent(s)})" for n, s in zip(rows["n"], rows["share"], strict=True)])
    ax.set_xlabel("attributions")
    ax.xaxis.get_major_locator().set_params(integer=True)
    second_hand = Patch(facecolor="white", hatch="////", edgecolor=SOURCE_LOOK.colour, linewidth=0.8)
    put_legend(ax, [Patch(facecolor=SOURCE_LOOK.colour), second_hand, patch(NOBODY_LOOK)][: len(legend)], legend)
    return ax


def _reach(n: int) -> str:
    return "none reaches" if not n else f"{n} reaches" if n == 1 else f"{n} reach"


def describe_source_kinds(t: Tables) -> str:
    """Describe in words what `plot_source_kinds` shows."""
    a = t["attributions"]
    if not len(a):
        return f"No attributions were found in {in_sentences(t)}."
    rows = measures.source_kinds(t)
    rows = rows[rows["n"] > 0].sort_values(["n", "source_kind"], ascending=[False, True])
    kinds = listed([f"{term(SHOWN_KINDS, r.source_kind).name} ({r.n})" for r in rows.itertuples()])
    s = measures.shares(t).set_index("measure")
    named, later, none = s.loc["named-sources"], s.loc["second-hand"], s.loc["no-source"]
    return (
        f"The {count(len(a), 'attribution')} by kind of source: {kinds}. In {named['count']} of them, a reader could "
        f"look up the source; {_reach(later['count'])} the article through another source or outlet, and "
        + (
            f"{none['count']} {'names' if none['count'] == 1 else 'name'} nobody."
            if none["count"]
            else "all give a source."
        )
    )


def patch(look: Look) -> Patch:
    """The sample of a look in a legend."""
    return Patch(facecolor=look.colour, hatch=look.hatch, edgecolor="white", linewidth=0)


def label_bars(ax: Axes, values, labels: list[str]) -> None:
    """Write each bar's value after it, with room for the longest."""
    for at, (value, label) in enumerate(zip(values, labels, strict=True)):
        ax.annotate(label, (value, at), xytext=(4, 0), textcoords="offset points", va="center")
    ax.set_xlim(0, max(1, max(values)) * 1.05)
