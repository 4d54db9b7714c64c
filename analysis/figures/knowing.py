"""How does the article know this? Its words by where it got them, and by how they reached it."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.amounts import count, num, percent
from analysis.figures.layout import frame, name_rows, say_nothing, styled
from analysis.figures.sources import ROW, label_bars
from analysis.figures.theme import BLUE, GREY, ORANGE
from analysis.figures.wording import capital, in_sentences, listed, source_line, the_article
from analysis.measures import Tables
from analysis.measures.knowing import words_by_contact, words_by_how
from analysis.measures.trust import contact_trust

# Face, edge and hatch by how the words are known: the same as in the figure of who speaks where.
LOOKS = {
    "reporter": (GREY, GREY, ""),
    "first-hand": (BLUE, BLUE, ""),
    "document": (BLUE, BLUE, ""),
    "unnamed": (ORANGE, ORANGE, ""),
    "open": ("white", GREY, "----"),
    "no-source": ("white", ORANGE, "xxxx"),
    "second-hand": ("white", BLUE, "////"),
    "question": ("white", BLUE, "...."),
    "refusal": ("white", BLUE, "...."),
}

# The same by how the words came to the article.
CONTACT_LOOKS = {
    "told-us": (BLUE, BLUE, ""),
    "in-public": (BLUE, BLUE, "...."),
    "in-document": ("white", BLUE, "...."),
    "through-outlet": ("white", BLUE, "////"),
    "open": ("white", GREY, "----"),
    "not-told": (GREY, GREY, ""),
}


@styled
def plot_knowing(t: Tables, ax: Axes | None = None, *, source: str | bool | None = None) -> Axes:
    """Bars: words by how the article knows what they say, from what is easiest to check to what nobody states.

    Each word counts for its innermost source, as in `plot_voices`.
    """
    rows = words_by_how(t).set_index("how").loc[list(LOOKS)].reset_index()
    rows = rows[(rows["n_words"] > 0) | (rows["how"] == "reporter")]
    total, n = int(rows["n_words"].sum()), len(t["attributions"])
    ax = frame(
        ax,
        title=f"How {'does' if len(t['articles']) == 1 else 'do'} {the_article(t)} know this?",
        subtitle=f"Words by where the text says it got them; n = {count(total, 'word')}, {count(n, 'attribution')}",
        source=source_line(t) if source is None else source,
        height=ROW * max(2, len(rows)) + 0.35,
    )
    if total == 0 or n == 0:
        return say_nothing(ax, describe_knowing(t))
    return _bars(ax, rows, [LOOKS[how] for how in rows["how"]])


def describe_knowing(t: Tables) -> str:
    """Describe in words what `plot_knowing` shows."""
    rows = words_by_how(t)
    total = int(rows["n_words"].sum())
    if not len(t["attributions"]):
        return f"No attributions were found in {in_sentences(t)}: all {count(total, 'word')} are the reporter's own."
    return f"Of {count(total, 'word')}, by how the text says it got them: {_parts(rows)}."


@styled
def plot_contact(t: Tables, ax: Axes | None = None, *, source: str | bool | None = None) -> Axes:
    """Bars: the words that sources state by how they reached the article, with unstated ways last.

    Each word counts for its innermost source; the reporter's own words, and what was asked or refused, are left out.
    """
    rows = words_by_contact(t).set_index("contact").loc[list(CONTACT_LOOKS)].reset_index()
    rows = rows[(rows["n_words"] > 0) | (rows["contact"] == "not-told")]
    total, n = int(rows["n_words"].sum()), int(words_by_contact(t)["n_attributions"].sum())
    ax = frame(
        ax,
        title=f"How did the words of sources reach {the_article(t)}?",
        subtitle=f"By what the text says about it; n = {count(total, 'word')}, {count(n, 'attribution')}",
        source=source_line(t) if source is None else source,
        height=ROW * max(2, len(rows)) + 0.35,
    )
    if total == 0:
        return say_nothing(ax, describe_contact(t))
    return _bars(ax, rows, [CONTACT_LOOKS[contact] for contact in rows["contact"]])


def describe_contact(t: Tables) -> str:
    """Describe in words what `plot_contact` shows, and how far to trust it."""
    rows = words_by_contact(t)
    total = int(rows["n_words"].sum())
    if total == 0:
        return f"No words of sources are reported in {in_sentences(t)}."
    known = contact_trust()
    return (
        f"Of {count(total, 'word')} of sources, by how they reached {the_article(t)}: {_parts(rows)}. On texts that a "
        f"person annotated, the rules found {known.found} of {count(known.n, 'attribution')} and for {known.alike} "
        "of them gave the same contact as the person."
    )


def _bars(ax: Axes, rows: pd.DataFrame, looks: list[tuple[str, str, str]]) -> Axes:
    bars = ax.barh(range(len(rows)), rows["n_words"], height=0.66, linewidth=0.7, label="words")
    for bar, (face, edge, hatch) in zip(bars, looks, strict=True):
        bar.set(facecolor=face, edgecolor=edge, hatch=hatch)
    name_rows(ax, [capital(name) for name in rows["name"]])
    shares = zip(rows["n_words"], rows["share"], strict=True)
    label_bars(ax, rows["n_words"], [f"{num(words)} ({percent(share)})" for words, share in shares])
    ax.set_xlabel("words")
    return ax


def _parts(rows: pd.DataFrame) -> str:
    """The rows that have words, those with most first: "told this outlet (4 words, 100%)"."""
    rows = rows[rows["n_words"] > 0].sort_values("n_words", ascending=False, kind="stable")
    return listed(
        [
            f"{row.name} ({count(row.n_words, 'word')}, {percent(row.share)})"
            for row in rows.itertuples(index=False, name="Row")
        ]
    )
