"""Who gets to speak: sources, attributions and words by role class, and when each class is first heard."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from analysis.figures.amounts import count, num, percent
from analysis.figures.layout import frame, name_rows, put_legend, say_nothing, styled
from analysis.figures.theme import BLUE, GREEN, INK, ORANGE, PALE
from analysis.figures.wording import agree, capital, in_sentences, listed, source_line, the_article
from analysis.measures import Tables
from analysis.measures.people import first_heard, named_not_heard, who_speaks
from analysis.text.vocabulary import REFERENCES, ROLE_CLASSES

MOST = 5  # how many names a sentence gives
SHIFTS = {"sources": -0.26, "attributions": 0.0, "words": 0.26}  # the three bars of a class
HIGH = 0.23  # the height of a bar, where a class takes 1
# Face, edge and hatch; the bar of sources is people, then bodies.
LOOKS = {
    "people": (BLUE, BLUE, ""),
    "bodies, groups, documents": ("white", BLUE, "////"),
    "attributions": (ORANGE, "white", "...."),
    "words": (GREEN, GREEN, ""),
}


class Share(NamedTuple):
    """What a class has of a basis: the count, its share, and how much of the count belongs to people."""

    count: int
    share: float
    people: int
    of: int


def _by_class(t: Tables) -> dict[str, dict[str, Share]]:
    """What each class has of each basis: the classes that are heard, those with most words first, "open" last."""
    rows = who_speaks(t)
    found: dict[str, dict[str, Share]] = {}
    for group, basis, n, share, people, of in rows[["group", "basis", "count", "share", "n_people", "of"]].itertuples(
        index=False, name=None
    ):
        found.setdefault(group, {})[basis] = Share(n, share, people, of)
    shown = [group for group, mine in found.items() if mine["sources"].count]
    shown.sort(key=lambda group: (group == "open", -found[group]["words"].count, -found[group]["sources"].count))
    return {group: found[group] for group in shown}


@styled
def plot_who_speaks(t: Tables, ax: Axes | None = None, *, source: str | bool | None = None) -> Axes:
    """Three bars per class: its shares of the sources, of the attributions and of the words.

    The bar of sources is divided into people and bodies.  `analysis.measures.people.who_speaks` has the intervals.
    """
    found = _by_class(t)
    size = next(iter(found.values()), {})
    ax = frame(
        ax,
        title=f"Who gets to speak in {the_article(t)}?",
        subtitle="Sources, attributions and words by what the text says the source is"
        + (f"; n = {listed([count(size[basis].of, basis[:-1]) for basis in SHIFTS])}" if size else ""),
        source=source_line(t) if source is None else source,
        height=0.56 * max(2, len(found)) + 0.35,
    )
    if not found:
        return say_nothing(ax, describe_who_speaks(t))
    longest = _draw_bars(ax, found)
    _write_values(ax, found)
    name_rows(ax, [_name(group) for group in found])
    ax.set_xlim(0, longest * 1.05)
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    put_legend(ax, [_sample(*look) for look in LOOKS.values()], list(LOOKS))
    return ax


def _write_values(ax: Axes, found: dict[str, dict[str, Share]]) -> None:
    """Write the count and the share after each bar."""
    for line, mine in enumerate(found.values()):
        for basis, shift in SHIFTS.items():
            n, share = mine[basis].count, mine[basis].share
            label = f"{num(n)} ({percent(share)})" if n else "none"
            place = (share if n else 0, line + shift)
            ax.annotate(label, place, xytext=(3, 0), textcoords="offset points", va="center", fontsize="small")


def _name(group: str) -> str:
    return capital("in no class" if group == "open" else ROLE_CLASSES[group].name)


def _draw_bars(ax: Axes, found: dict[str, dict[str, Share]]) -> float:
    """Draw the three bars of each class; return how long the longest is."""
    people = [mine["sources"].people / mine["sources"].of for mine in found.values()]
    shares = {basis: [mine[basis].share for mine in found.values()] for basis in SHIFTS}
    bodies = [share - part for share, part in zip(shares["sources"], people, strict=True)]
    _bars(ax, "people", "sources", people)
    _bars(ax, "bodies, groups, documents", "sources", bodies, people)
    _bars(ax, "attributions", "attributions", shares["attributions"])
    _bars(ax, "words", "words", shares["words"])
    return max(share for values in shares.values() for share in values if share == share)


def _sample(face: str, edge: str, hatch: str) -> Patch:
    return Patch(facecolor=face, edgecolor=edge, hatch=hatch, linewidth=0.6)


def _bars(ax: Axes, name: str, basis: str, values: list[float], left: list[float] | float = 0) -> None:
    face, edge, hatch = LOOKS[name]
    at = [line + SHIFTS[basis] for line in range(len(values))]
    values = [0 if value != value else value for value in values]  # nobody has words if only questions were asked
    ax.barh(at, values, HIGH, left, facecolor=face, edgecolor=edge, hatch=hatch, linewidth=0.6, label=name)


def describe_who_speaks(t: Tables) -> str:
    """Describe in words what `plot_who_speaks` shows."""
    found = _by_class(t)
    if not found:
        return f"No source is heard in {in_sentences(t)}."
    n, people = (sum(mine[basis].count for mine in found.values()) for basis in ("sources", "people"))
    once = ", each counted once in an article" if len(t["articles"]) > 1 else ""
    told = [f"{ROLE_CLASSES[group].name} ({_of_class(mine)})" for group, mine in found.items() if group != "open"]
    text = f"{capital(count(n, 'source'))} {'is' if n == 1 else 'are'} heard ({_people(people, n)}{once})"
    text += f". By what the text says they are: {listed(told)}." if told else "."
    if "open" in found:
        text += (
            " In no class, because the text does not say what they are, or because they are documents: "
            f"{_of_class(found['open'])}."
        )
    return text


def _people(people: int, n: int) -> str:
    bodies = n - people
    return listed(
        [
            *([count(people, "person", "people")] if people else []),
            *([count(bodies, "body, group or document", "bodies, groups and documents")] if bodies else []),
        ]
    )


def _of_class(mine: dict[str, Share]) -> str:
    parts = [count(mine[basis].count, basis[:-1]) for basis in SHIFTS]
    return ", ".join([*parts, percent(mine["words"].share)])


@styled
def plot_first_heard(t: Tables, ax: Axes | None = None, *, source: str | bool | None = None) -> Axes:
    """Points: how far into the article each class is first heard; for several articles, each and the median."""
    rows, order = _first(t)
    one = len(t["articles"]) == 1
    ax = frame(
        ax,
        title=f"When is each kind of speaker first heard in {the_article(t)}?",
        subtitle="How far into the article, by its words"
        + ("" if one else "; each dot is an article, the line is their median")
        + f"; n = {count(int(rows['n_sources'].sum()), 'source')} in {count(len(t['articles']), 'article')}",
        source=source_line(t) if source is None else source,
        height=0.36 * max(2, len(order)) + 0.45,
        stretch=False,
    )
    if not order:
        return say_nothing(ax, describe_first_heard(t))
    for line, group in enumerate(order):
        mine = rows[rows["role_class"] == group]
        ax.axhline(line, color=PALE, linewidth=0.6, zorder=0)
        ax.scatter(
            mine["position"],
            [line] * len(mine),
            s=34 if one else 20,
            color=BLUE,
            alpha=1 if one else 0.35,
            linewidth=0,
            label=ROLE_CLASSES[group].name,
            zorder=2,
        )
        if one:
            name, at = str(mine["source"].iloc[0]), float(mine["position"].iloc[0])
            text = " ".join(name.split())
            ahead = at < 0.55
            ax.annotate(
                text,
                (at, line),
                xytext=(6 if ahead else -6, 0),
                textcoords="offset points",
                ha="left" if ahead else "right",
                va="center",
                bbox={"facecolor": "white", "linewidth": 0, "pad": 1},
            )
        else:
            ax.plot([mine["position"].median()] * 2, [line - 0.3, line + 0.3], color=INK, linewidth=2, label="median")
    name_rows(ax, [_line_name(rows, group, one) for group in order])
    ax.set_xlim(-0.02, 1.02)
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel("share of the words that come before")
    return ax


def _line_name(rows: pd.DataFrame, group: str, one: bool) -> str:
    name = _name(group)
    return name if one else f"{name} ({int((rows['role_class'] == group).sum())})"


def _first(t: Tables) -> tuple[pd.DataFrame, list[str]]:
    """The rows of `first_heard`, and the classes in the order of their medians, "open" last."""
    rows = first_heard(t)
    middle = rows.groupby("role_class")["position"].median().to_dict()
    return rows, sorted(middle, key=lambda group: (group == "open", middle[group]))


def describe_first_heard(t: Tables) -> str:
    """Describe in words what `plot_first_heard` shows."""
    rows, order = _first(t)
    if not order:
        return f"No source is heard in {in_sentences(t)}."
    parts = []
    for group in order:
        mine = rows[rows["role_class"] == group]
        name = ROLE_CLASSES[group].name if group != "open" else "a source in no class"
        if len(t["articles"]) == 1:
            first = mine.iloc[0]
            parts.append(f"{name} at word {num(first['word'])} ({first['source']})")
        else:
            parts.append(f"{name} after {percent(mine['position'].median())} (in {count(len(mine), 'article')})")
    if len(t["articles"]) == 1:
        return f"First heard, of {count(int(rows['n_words'].iloc[0]), 'word')}: {listed(parts)}."
    return (
        "How far into an article each is first heard, as a share of its words (median of the articles in which such "
        f"a source speaks): {listed(parts)}."
    )


def describe_references(t: Tables) -> str:
    """How the text refers to the people who are heard, in a sentence that gives their number and their words.

    >>> from analysis import annotate, make_tables
    >>> describe_references(make_tables(annotate("It rained.")))
    'No person is heard in 1 sentence.'
    """
    rows = who_speaks(t, by="reference")
    people = rows[(rows["basis"] == "people") & (rows["count"] > 0)]
    if not len(people):
        return f"No person is heard in {in_sentences(t)}."
    words = rows[rows["basis"] == "words"].set_index("group")["share"]
    n = int(people["count"].sum())
    parts = [
        f"{REFERENCES[group].name} {num(k)} ({percent(words[group])} of their words)"
        for group, k in zip(people["group"], people["count"], strict=True)
    ]
    once = "" if len(t["articles"]) == 1 else ", each counted once in an article"
    return f"How the text refers to the {count(n, 'person', 'people')} heard{once}: {listed(parts)}."


def describe_named_not_heard(t: Tables) -> str:
    """Say in words who is named but not heard.

    >>> from analysis import annotate, make_tables
    >>> describe_named_not_heard(make_tables(annotate("Ann Reed met Ida Holm in Norway. Reed said that she was ill.")))
    'Of 2 people who are named, 1 is not heard: Ida Holm (named once).'
    """
    silent = named_not_heard(t)
    mentions = t["mentions"][t["mentions"]["label"] == "PERSON"]
    n = len(mentions[["doc_id", "entity_id"]].drop_duplicates())
    where = "" if len(t["articles"]) == 1 else " (each counted once in an article)"
    if not n:
        return f"No person is named in {in_sentences(t)}."
    if not len(silent):
        return f"{'The one person' if n == 1 else f'All {num(n)} people'} who {_is(n)} named{where} {_is(n)} heard."
    by_name = silent.groupby("entity_id", sort=False).agg(
        name=("name", "first"), mentions=("n_mentions", "sum"), docs=("doc_id", "nunique")
    )
    most = by_name.sort_values(["docs", "mentions"], ascending=False, kind="stable").head(MOST)
    names = [
        f"{name} ({'in ' + count(docs, 'article') if docs > 1 else 'named ' + _times(mentions)})"
        for name, mentions, docs in most.itertuples(index=False, name=None)
    ]
    rest = len(by_name) - len(names)
    text = (
        f"Of {count(n, 'person', 'people')} who {_is(n)} named{where}, {num(len(silent))} {_is(len(silent))} not "
        f"heard: {listed([*names, *([f'{num(rest)} more'] if rest else [])])}."
    )
    declined = int(silent["declined"].sum())
    if declined:
        told = agree(t, "article tells", "articles tell")
        text += f" {num(declined)} of them would not say something, as the {told}."
    return text


def _is(n: int) -> str:
    return "is" if n == 1 else "are"


def _times(n: int) -> str:
    return "once" if n == 1 else f"{num(n)} times"
