"""Who told whom: the chains of sources, from the reporter outwards, drawn as a tree from left to right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from analysis.figures.amounts import count, num
from analysis.figures.layout import frame, plan_of, put_legend, say_nothing, styled
from analysis.figures.letters import high, wide, wrap
from analysis.figures.theme import GREY, INK, MUTED, PALETTE
from analysis.figures.wording import agree, capital, in_sentences, second_hand, source_line, the_article
from analysis.measures import Tables
from analysis.measures.paths import Link, source_paths
from analysis.measures.whose import counted_sources, states
from analysis.text.vocabulary import NO_SOURCE, NO_STATEMENT, REPORTER, SHOWN_KINDS, term

ONE_LINE = 0.27  # height of a row, in inches
NAME_ROOM = 1.6  # room for the names in the last column, in inches
WORDS_ROOM = 0.55  # with less room than this, in inches, quoting words are left out
DEEPEST = 6  # the most sources drawn in one chain


class NodeLook(NamedTuple):
    """A marker, its colour, and whether it is filled; sources that nobody can look up are hollow."""

    marker: str
    colour: str
    filled: bool


LOOKS = {kind: NodeLook(record.marker, PALETTE[record.colour], record.filled) for kind, record in SHOWN_KINDS.items()}
STATED, UNSAID = "stated", "only asked or refused"
EDGES: dict[str, Any] = {STATED: "solid", UNSAID: (0, (3, 2))}


@dataclass
class Node:
    """A source as one chain reaches it, with the number of its own statements (`n`) and the sources behind it."""

    link: Link
    depth: int
    n: int = 0
    cues: Counter = field(default_factory=Counter)
    stances: set[str] = field(default_factory=set)
    behind: dict[str, Node] = field(default_factory=dict)
    y: float = 0.0

    def all(self) -> Iterator[Node]:
        """This node and those behind it, in the order of the drawing."""
        yield self
        for node in self.behind.values():
            yield from node.all()


@styled
def plot_chains(t: Tables, ax: Axes | None = None, *, top: int = 30, source: str | bool | None = None) -> Axes:
    """A tree from left to right: the reporter, the sources that the article gives, and their sources.

    The words on a line are the quoting words, the most frequent first. A source that is reached in two ways appears
    twice. If there are more than `top` sources, those with the fewest attributions are counted together on their
    branch, so that the tree of many articles fits on a page.
    """
    root = _tree(t)
    n, many = len(t["attributions"]), len(t["articles"]) > 1
    ax = frame(
        ax,
        title=f"Through whom {'do these articles' if many else 'does this article'} know?",
        subtitle="",
        source=source_line(t) if source is None else source,
        height=0.0,
        stretch=False,
    )
    if not n:
        return say_nothing(ax, describe_chains(t))
    plan = plan_of(ax)
    if plan.deep:
        top = min(top, max(3, int(plan.deep / (1.6 * ONE_LINE * plan.zoom))))
    shown, left_out = _first(root, top)
    nodes = list(shown.all())
    layout = _layout(shown, plan.width, plan.zoom)
    plan.height = layout.height / plan.zoom + 0.1
    if plan.style.subtitle:
        plan.subtitle = _subtitle(t, n, left_out, layout)
    _draw_edges(ax, shown, layout)
    _draw_nodes(ax, nodes, layout, "These articles" if many else capital(REPORTER))
    ax.set_xlim(0, layout.width)
    ax.set_ylim(layout.height, 0)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    kinds = [kind for kind in SHOWN_KINDS if any(node.link.source_kind == kind for node in nodes)]
    dashed = any(_edge(node) != STATED for node in nodes[1:])
    put_legend(
        ax,
        [*(_sample(LOOKS[kind]) for kind in kinds), *[Line2D([], [], color=GREY, linestyle=EDGES[UNSAID])] * dashed],
        [capital(term(SHOWN_KINDS, kind).name) for kind in kinds] + [UNSAID] * dashed,
    )
    return ax


def _subtitle(t: Tables, n: int, left_out: int, layout: Layout) -> str:
    words = ", with the quoting words" if layout.room >= layout.zoom * WORDS_ROOM else ""
    notes = f"; the {count(left_out, 'source')} with the fewest are counted together" if left_out else ""
    if max(map(len, source_paths(t["attributions"]).values()), default=0) > DEEPEST:
        notes += f"; chains are cut off after {DEEPEST} sources"
    return f"The sources of sources{words}; number of attributions in brackets, n = {num(n)}{notes}"


def _tree(t: Tables) -> Node:
    """All chains as one tree. Sources that are the same entity become one node if they are reached in the same way."""
    root = Node(Link("", REPORTER, "reporter", ""), 0)
    paths, a = source_paths(t["attributions"]), t["attributions"]
    for doc, key, cue, stance in zip(a["doc_id"], a["attribution_id"], a["cue_text"], a["stance"], strict=True):
        node = root
        for link in paths[doc, key][:DEEPEST]:
            node = node.behind.setdefault(link.key, Node(link, node.depth + 1))
        if len(paths[doc, key]) > DEEPEST:
            continue
        node.n += 1
        node.stances.add(stance)
        if isinstance(cue, str):
            node.cues[" ".join(cue.split()).lower()] += 1
    return root


def _first(root: Node, top: int) -> tuple[Node, int]:
    """The tree with the `top` sources that have the most attributions, their own and those behind them; and how many
    are left out.

    Those left out become one "other" on their branch; a single one is kept, since it takes no more room.
    """
    everything = list(root.all())[1:]
    if len(everything) <= top + 1:
        return root, 0
    size = {id(node): sum(inner.n for inner in node.all()) for node in everything}
    waiting = list(root.behind.values())
    kept: set[int] = set()
    while waiting and len(kept) < top:
        best = max(waiting, key=lambda node: size[id(node)])  # of equals, the first
        waiting.remove(best)
        kept.add(id(best))
        waiting += best.behind.values()
    shown = _pruned(root, kept)
    return shown, len(everything) - sum(node.link.key != "others" for node in list(shown.all())[1:])


def _pruned(node: Node, kept: set[int]) -> Node:
    rest = [inner for child in node.behind.values() if id(child) not in kept for inner in child.all()]
    if len(rest) == 1:
        kept, rest = kept | {id(rest[0])}, []
    behind = {key: _pruned(child, kept) for key, child in node.behind.items() if id(child) in kept}
    if rest:
        others = Link("others", count(len(rest), "other source"), "other", "")
        behind["others"] = Node(others, node.depth + 1, n=sum(inner.n for inner in rest))
    return replace(node, behind=behind)


class Layout(NamedTuple):
    """Where things are drawn, in inches from the top left: each depth is a `step` further right, each node is a row."""

    width: float
    height: float
    step: float
    zoom: float

    def x(self, node: Node) -> float:
        return 0.08 + node.depth * self.step

    def name(self, node: Node) -> list[str]:
        """The node's name with its number of attributions, in lines that fit the rest of its row."""
        counted = f" ({num(node.n)})" if node.n else ""
        return wrap(capital(node.link.voice) + counted, self.width - self.x(node) - 0.14)

    def cue(self, node: Node) -> str:
        """As many of the quoting words as fit on the line to the node; none if hardly any fit."""
        if self.room < self.zoom * WORDS_ROOM:
            return ""
        cues = [cue for cue, _ in node.cues.most_common()]
        for k in range(len(cues), 0, -1):
            text = ", ".join(cues[:k]) + (f" and {len(cues) - k} more" if k < len(cues) else "")
            if wide(text, "small") <= self.room:
                return text
        return ""

    @property
    def room(self) -> float:
        """How many inches of words fit on a line to a node."""
        return self.step - 0.2


def _layout(root: Node, width: float, zoom: float) -> Layout:
    """Give each node its row, in the order of the tree, and each depth as much room as it can have beside the names."""
    depth = max(node.depth for node in root.all())
    step = min(1.45 * zoom, max(0.4, (width - NAME_ROOM * zoom) / max(1, depth)), width / (depth + 1.5))
    layout = Layout(width, 0.0, step, zoom)
    at = 0.0
    for node in root.all():
        height = max(ONE_LINE * zoom, high(len(layout.name(node))) + 0.08)
        node.y, at = at + height / 2, at + height
    return layout._replace(height=max(at, 3 * ONE_LINE * zoom))


def _edge(node: Node) -> str:
    return UNSAID if node.stances <= set(NO_STATEMENT) and node.stances and not node.behind else STATED


def _draw_edges(ax: Axes, root: Node, layout: Layout) -> None:
    """Down from a marker, then across to the marker of each source behind it, with the quoting words on the line."""
    lines: dict[str, list] = {name: [] for name in EDGES}
    for node in root.all():
        for child in node.behind.values():
            lines[_edge(child)].append([(layout.x(node), child.y), (layout.x(child), child.y)])
            ax.annotate(
                layout.cue(child),
                (layout.x(node), child.y),
                xytext=(4, 1.5),
                textcoords="offset points",
                va="bottom",
                ha="left",
                fontsize="small",
                color=MUTED,
            )
        if node.behind:
            ax.vlines(layout.x(node), node.y, [*node.behind.values()][-1].y, color=GREY, linewidth=0.9, zorder=1)
    for name, style in EDGES.items():
        if lines[name]:
            ax.add_collection(
                LineCollection(lines[name], colors=GREY, linestyles=[style], linewidth=0.9, label=name, zorder=1)
            )


def _draw_nodes(ax: Axes, nodes: list[Node], layout: Layout, who: str) -> None:
    for kind in ["reporter", *LOOKS, "other"]:
        here = [node for node in nodes if node.link.source_kind == kind]
        look = LOOKS.get(kind, NodeLook("o", INK, True))
        if here:
            ax.scatter(
                [layout.x(node) for node in here],
                [node.y for node in here],
                s=34,
                marker=look.marker,
                color=look.colour if look.filled else "white",
                edgecolor=look.colour,
                linewidth=1.3,
                zorder=3,
                label=term(SHOWN_KINDS, kind).name,
            )
    for node in nodes:
        ax.annotate(
            "\n".join(layout.name(node)) if node.depth else who,
            (layout.x(node), node.y),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            ha="left",
            linespacing=1.0,
        )


def _sample(look: NodeLook) -> Line2D:
    return Line2D(
        [],
        [],
        linestyle="",
        marker=look.marker,
        color=look.colour,
        markersize=5.5,
        markeredgewidth=1.3,
        markerfacecolor=look.colour if look.filled else "white",
    )


def describe_chains(t: Tables) -> str:
    """Describe in words what `plot_chains` shows."""
    root = _tree(t)
    if not root.behind:
        return (
            f"No attributions were found in {in_sentences(t)}: {the_article(t)} {agree(t, 'gives', 'give')} no source."
        )
    a = t["attributions"]
    counted, said = counted_sources(a), states(a)
    gives = f"{the_article(t)} {agree(t, 'rests', 'rest')} on"
    text = f"{capital(gives)} {count(counted.nunique(), 'source')}, in {count(int(counted.notna().sum()), 'statement')}"
    for kind, words in (("open", "of a pronoun that was not resolved"), ("none", f"with {NO_SOURCE}")):
        more = int((said & (a["source_kind"] == kind)).sum())
        text += f", and {count(more, 'more statement')} {words}" if more else ""
    silent = int((~said).sum())
    text += f"; {count(silent, 'attribution')} {'states' if silent == 1 else 'state'} nothing" if silent else ""
    text += " (asked, declined or left unmentioned)." if silent else "."
    behind = second_hand(t)
    if not behind:
        return text + " None is heard through another."
    longest = max(source_paths(t["attributions"]).values(), key=len)
    return f"{text} {behind} The longest chain: " + " ← ".join([REPORTER, *(link.voice for link in longest)]) + "."
