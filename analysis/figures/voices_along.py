"""Whose words, where: the article as a strip of words, a lane for each voice, voices inside others below them."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import Patch, Rectangle

from analysis.figures.amounts import count, num, percent
from analysis.figures.layout import frame, name_rows, plan_of, put_legend, say_nothing, styled
from analysis.figures.theme import BLUE, GREY, ORANGE, PALE
from analysis.figures.wording import capital, in_sentences, listed, second_hand, source_line
from analysis.measures import Tables
from analysis.measures.knowing import passages_known
from analysis.measures.paths import Link, source_paths
from analysis.measures.whose import counted_sources
from analysis.text.vocabulary import NO_STATEMENT

HALF = 0.34  # half the height of a lane
TICKS = 16  # sentence numbers along the bottom

Lane = tuple[str, ...]  # the sources from the reporter inwards: () is the reporter's own lane
OTHERS: Lane = ("",)


class Stretch(NamedTuple):
    """Words `start` to `end` (half-open, from 0) of the article, which a lane speaks or passes on."""

    start: int
    end: int
    lane: Lane
    look: str


# How a stretch is drawn: face, edge, hatch. None of them depends on colour alone.
LOOKS = {
    "the reporter's own": (GREY, GREY, ""),
    "a source's": (BLUE, BLUE, ""),
    "inside the words of the source above": ("white", BLUE, "////"),
    "passed on": (PALE, PALE, ""),
    "asked or refused, not stated": ("white", BLUE, "...."),
    "attributed to nobody": ("white", ORANGE, "xxxx"),
}
REPORTER, FIRST, SECOND, PASSED, UNSAID, NOBODY = LOOKS


@styled
def plot_voices_along(t: Tables, ax: Axes | None = None, *, top: int = 12, source: str | bool | None = None) -> Axes:
    """A strip of the article by words, with a lane for each voice; voices that a source passes on are indented below
    it.

    The `top` lanes with most words are drawn one by one, the others together. Raises ValueError for a table of more
    than one article.
    """
    _one_article(t)
    stretches = _stretches(t)
    lanes, stretches = _lanes(stretches, top)
    names = _names(t, lanes)
    n = len(t["attributions"])
    legend = [look for look in LOOKS if any(s.look == look for s in stretches)]
    ax = frame(
        ax,
        title="Who speaks where in this article?",
        subtitle=f"Each voice's words, from the first to the last; n = {count(_words(t), 'word')} in "
        f"{in_sentences(t)}, {count(n, 'attribution')}",
        source=source_line(t) if source is None else source,
        height=0.3 * len(names) + 0.5,
        stretch=False,
    )
    if not n:
        return say_nothing(ax, describe_voices_along(t))
    row = {lane: at for at, lane in enumerate(lanes)}
    for s in stretches:  # the nesting: a line from each stretch inside another up to the source it comes through
        if len(s.lane) > 1 and s.look != PASSED:
            top_row = row[s.lane[:1]]
            ax.add_patch(
                Rectangle(
                    (s.start, top_row - HALF),
                    s.end - s.start,
                    row[s.lane] - top_row + HALF,
                    facecolor=PALE,
                    linewidth=0,
                    zorder=1,
                )
            )
    for look in legend:
        face, edge, hatch = LOOKS[look]
        boxes = [
            [
                (s.start, row[s.lane] - HALF),
                (s.end, row[s.lane] - HALF),
                (s.end, row[s.lane] + HALF),
                (s.start, row[s.lane] + HALF),
            ]
            for s in stretches
            if s.look == look
        ]
        ax.add_collection(
            PolyCollection(
                boxes,
                facecolor=face,
                edgecolor=edge,
                hatch=hatch,
                label=look,
                linewidth=0 if look == PASSED else 0.7,
                zorder=2 if look == PASSED else 3,
            )
        )
    name_rows(ax, names)
    _sentence_axis(ax, t)
    put_legend(
        ax,
        [
            Patch(facecolor=face, edgecolor=edge, hatch=hatch, linewidth=0.7)
            for face, edge, hatch in (LOOKS[look] for look in legend)
        ],
        legend,
    )
    return ax


def _one_article(t: Tables) -> None:
    if len(t["articles"]) > 1:
        raise ValueError("this figure shows one article; give the tables of one: make_tables(document)")


def _words(t: Tables) -> int:
    return int(t["passages"]["n_words"].sum())


def _stretches(t: Tables) -> list[Stretch]:
    """The passages as stretches of words, and those that outer sources pass on; neighbours of one kind are joined."""
    paths = source_paths(t["attributions"])
    found: list[Stretch] = []
    at = 0
    for p in passages_known(t).sort_values("start").itertuples(index=False):
        path = paths.get((p.doc_id, p.attribution_id), ())
        lane = tuple(link.key for link in path)
        found.append(Stretch(at, at + p.n_words, lane, _look(path, p.how)))
        found += [Stretch(at, at + p.n_words, lane[:k], PASSED) for k in range(1, len(lane))]
        at += p.n_words
    joined: list[Stretch] = []
    for s in sorted(found, key=lambda s: (s.lane, s.look, s.start)):
        last = joined[-1] if joined else None
        if last and (last.lane, last.look, last.end) == (s.lane, s.look, s.start):
            joined[-1] = last._replace(end=s.end)
        else:
            joined.append(s)
    return sorted(joined)


def _look(path: tuple[Link, ...], how: str) -> str:
    if not path:
        return REPORTER
    if how in NO_STATEMENT:
        return UNSAID
    if path[-1].source_kind == "none":
        return NOBODY
    return SECOND if len(path) > 1 else FIRST


def _lanes(stretches: list[Stretch], top: int) -> tuple[list[Lane], list[Stretch]]:
    """The lanes from top to bottom: the reporter, then the sources in order, each with those inside it below; all but
    the `top` with most words (including what they pass on) share the last lane.
    """
    words: dict[Lane, int] = defaultdict(int)
    first: dict[Lane, int] = {}
    for s in stretches:
        words[s.lane] += s.end - s.start
        first.setdefault(s.lane, s.start)
    sources = sorted((lane for lane in words if lane), key=lambda lane: (-words[lane], len(lane), first[lane]))
    kept = sources if len(sources) <= top + 1 else sources[:top]
    lanes = [(), *sorted(kept, key=lambda lane: [(first[lane[:k]], lane[:k]) for k in range(1, len(lane) + 1)])]
    if len(kept) < len(sources):
        lanes.append(OTHERS)
        stretches = [
            s if s.lane in lanes else s._replace(lane=OTHERS) for s in stretches if s.lane in lanes or s.look != PASSED
        ]
    return lanes, stretches


def _names(t: Tables, lanes: list[Lane]) -> list[str]:
    names = {link.key: link.voice for path in source_paths(t["attributions"]).values() for link in path}
    everyone = {tuple(link.key for link in path) for path in source_paths(t["attributions"]).values()}
    labels = []
    for lane in lanes:
        name = (
            "The reporter"
            if not lane
            else f"{len(everyone - set(lanes))} other sources"
            if lane == OTHERS
            else capital(names[lane[-1]])
        )
        mark = "↳" * (len(lane) - 1) + " " if len(lane) > 1 else ""
        labels.append(mark + name)
    return labels


def _sentence_axis(ax: Axes, t: Tables) -> None:
    """Write sentence numbers where sentences begin, and draw thin lines between paragraphs."""
    sentences = t["sentences"]
    starts = [0, *sentences["n_words"].cumsum()]
    room = plan_of(ax).width / plan_of(ax).zoom  # in inches, for letters of our own size
    most = max(2, int(TICKS * room / 7))
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**9) if len(sentences) / step <= most)
    least = starts[-1] / max(2, 4.2 * room)  # numbers closer than this would touch
    shown: list[tuple[float, int]] = []
    for number, start in enumerate(starts[:-1], 1):
        if (number == 1 or number % every == 0) and (not shown or start - shown[-1][0] >= least):
            shown.append((start, number))
    ax.set_xticks([start for start, _ in shown], [str(number) for _, number in shown], ha="left")
    paragraphs = sentences["paragraph"].tolist()
    breaks = [starts[k] for k in range(1, len(paragraphs)) if paragraphs[k] != paragraphs[k - 1]]
    if len(breaks) <= 40:
        for at in breaks:
            ax.axvline(at, color=PALE, linewidth=0.6, zorder=0)
    ax.set_xlim(0, starts[-1])
    ax.set_xlabel(
        "sentence; the width of each is its number of words"
        + (" (thin lines: paragraphs)" if not plan_of(ax).narrow else "")
    )


def describe_voices_along(t: Tables) -> str:
    """Describe in words what `plot_voices_along` shows."""
    _one_article(t)
    total = _words(t)
    if not len(t["attributions"]):
        return f"No attributions were found in {in_sentences(t)}: all {count(total, 'word')} are the reporter's own."
    p = t["passages"].sort_values("start")
    mine = p["attribution_id"].isna()
    own = int(p.loc[mine, "n_words"].sum())
    counted = t["attributions"].assign(key=counted_sources(t["attributions"]))[["doc_id", "attribution_id", "key"]]
    heard = p.merge(counted, on=["doc_id", "attribution_id"]).dropna(subset="key").drop_duplicates("key")
    text = f"Of {count(total, 'word')}, {num(own)} ({percent(own / total)}) are the reporter's own."
    if len(heard):
        order = listed([f"{r.voice} (sentence {r.sentence_id})" for r in heard.head(4).itertuples(index=False)])
        more = f", and {count(len(heard) - 4, 'more source')} after that" if len(heard) > 4 else ""
        text += f" Sources in the order in which they are first heard: {order}{more}."
    return f"{text} {second_hand(t)}".rstrip()
