"""Two texts of one story in figures: how much of each paragraph is copied, and what changed between two versions."""

from __future__ import annotations

from collections import Counter

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis import __version__
from analysis.comparing import FINDINGS, KINDS, Copied, Versions
from analysis.figures.amounts import count, num, percent
from analysis.figures.layout import frame, name_rows, put_legend, say_nothing, styled
from analysis.figures.looks import NOBODY_LOOK, SOURCE_LOOK
from analysis.figures.sources import ROW, label_bars
from analysis.figures.theme import BLUE, PALE
from analysis.figures.wording import capital, listed
from analysis.reading.page import title_of
from analysis.text.document import Document

OWN = ("as-own", "source-left-out")  # findings whose passages are in the reporter's own voice here
LOOKS = {  # face and hatch of the words of a paragraph
    "copied, in the reporter's own voice": (NOBODY_LOOK.colour, NOBODY_LOOK.hatch),
    "copied, with a source": (SOURCE_LOOK.colour, SOURCE_LOOK.hatch),
    "not copied": (PALE, ""),
}


@styled
def plot_copied(found: Copied, ax: Axes | None = None, *, source: str | bool | None = None) -> Axes:
    """Bars: the words of each paragraph, by whether the other text has them too, and whose they are here."""
    rows = _paragraphs(found)
    ax = frame(
        ax,
        title="Where are the other text's words, and whose are they here?",
        subtitle=f"Words of each paragraph; passages of {found.least} words or more; "
        f"n = {count(found.n_words, 'word')}, {count(len(found.passages), 'passage')}",
        source=_source(found.text, found.of) if source is None else source,
        height=0.27 * max(2, len(rows)) + 0.35,
    )
    if not found.passages:
        return say_nothing(ax, describe_copied(found))
    left = [0] * len(rows)
    for place, (label, (face, hatch)) in enumerate(LOOKS.items()):
        words = [row[place] for row in rows]
        ax.barh(
            range(len(rows)),
            words,
            left=left,
            height=0.7,
            color=face,
            hatch=hatch,
            edgecolor="white",
            linewidth=0,
            label=label,
        )
        left = [a + b for a, b in zip(left, words, strict=True)]
    name_rows(ax, [f"paragraph {number}" for number in range(1, len(rows) + 1)])
    ax.set_xlabel("words")
    put_legend(
        ax, [Patch(facecolor=f, hatch=h, edgecolor="white", linewidth=0) for f, h in LOOKS.values()], list(LOOKS)
    )
    return ax


def describe_copied(found: Copied) -> str:
    """Describe in words what `plot_copied` shows."""
    if not found.passages:
        return f"No passage of {found.least} words or more appears in both texts."
    own = sum(row[0] for row in _paragraphs(found))
    findings = Counter(p.finding for p in found.passages)
    parts = [f"{FINDINGS[slug].name} ({findings[slug]})" for slug in FINDINGS if findings[slug]]
    return (
        f"{num(found.n_copied)} of {count(found.n_words, 'word')} ({percent(found.share)}) are in "
        f"{count(len(found.passages), 'passage')} that also appear in the other text: {listed(parts)}. "
        f"{num(own)} of these words are in the reporter's own voice here, {num(found.n_quoted)} are in quotation "
        "marks. The words do not show who copied from whom."
    )


def _paragraphs(found: Copied) -> list[tuple[int, int, int]]:
    """The words of each paragraph: copied in the reporter's own voice, copied and given to a source, not copied."""
    document = found.text
    own, given = Counter[int](), Counter[int]()
    for p in found.passages:
        paragraph = document.sentences[document.sentence_index(p.here.start)].paragraph
        (own if p.finding in OWN else given)[paragraph] += p.n_same
    words = [
        sum(word[0].isalnum() for word in document.tokens.words[p.first_token : p.last_token])
        for p in document.paragraphs
    ]
    return [(own[k], given[k], max(0, n - own[k] - given[k])) for k, n in enumerate(words)]


@styled
def plot_changes(found: Versions, ax: Axes | None = None, *, source: str | bool | None = None) -> Axes:
    """Bars: the changes from one version to the next, by kind."""
    rows = _kinds(found)
    ax = frame(
        ax,
        title="What changed from one version to the next?",
        subtitle=f"Changes by kind; n = {count(len(found.changes), 'change')} in a text of "
        f"{count(len(found.new.sentences), 'sentence')}",
        source=_source(found.new, found.old) if source is None else source,
        height=ROW * max(2, len(rows)) + 0.35,
    )
    if not rows:
        return say_nothing(ax, describe_changes(found))
    numbers = [n for _, n in rows]
    ax.barh(range(len(rows)), numbers, height=0.66, color=BLUE, label="changes")
    name_rows(ax, [capital(KINDS[kind].name) for kind, _ in rows])
    label_bars(ax, numbers, [str(n) for n in numbers])
    ax.set_xlabel("changes")
    ax.xaxis.get_major_locator().set_params(integer=True)
    return ax


def describe_changes(found: Versions) -> str:
    """Describe in words what `plot_changes` shows."""
    rows = _kinds(found)
    if not rows:
        return "Nothing that the rules check has changed between the versions."
    parts = [f"{KINDS[kind].name} ({n})" for kind, n in rows]
    return f"{count(len(found.changes), 'change')}: {listed(parts)}. The words do not show why."


def _kinds(found: Versions) -> list[tuple[str, int]]:
    counts = Counter(change.kind for change in found.changes)
    return [(kind, counts[kind]) for kind in KINDS if counts[kind]]


def _source(text: Document, other: Document) -> str:
    return f"{title_of(text)}; compared with {title_of(other)}; marked by the rules of analysis {__version__}"
