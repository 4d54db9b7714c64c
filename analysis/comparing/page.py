"""Two versions side by side as a page of its own: what changed is marked in both, listed with its reason, and filtered.

Without script, the page has everything but the highlighting of both places at once: labels lead to the list, and the
list to the places.  Labels are generated content, so what is copied is the articles' text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from analysis.comparing.changes import Versions
from analysis.comparing.records import GROUPS, KINDS, Change
from analysis.reading.page import POLICY, about, asset, title_of
from analysis.text.document import Document, Span
from analysis.text.escaping import escape_html

MOST = 2_000  # changes that a page shows
CAREFUL = (
    "The page says what changed, and never why. Changing a text is part of reporting: nothing here says that a version "
    "is better, or that anybody meant something by a change. The rules miss changes, and note some that a reader "
    "would not."
)


def versions_page(found: Versions | Sequence[Versions]) -> str:
    """Two versions, or several in a row, as a complete HTML page that needs nothing else.

    Raises ValueError where there is no pair.
    """
    pairs = [found] if isinstance(found, Versions) else list(found)
    if not pairs:
        raise ValueError("there is no pair of versions; give two texts or more")
    title = title_of(pairs[-1].new)
    sections = "".join(_section(versions, number, len(pairs)) for number, versions in enumerate(pairs, 1))
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape_html(title)}: what changed</title>\n"
            f"<style>\n{asset('page.css')}{versions_style()}</style>\n"
            '</head>\n<body>\n<a class="skip" href="#texts-1">Skip to the texts</a>\n<main>\n'
            f'<header class="head"><p class="kicker">What changed from one version to the next</p>'
            f'<h1>{escape_html(title)}</h1><p class="about">{escape_html(CAREFUL)}</p></header>\n',
            sections,
            f"</main>\n<script>\n{asset('versions.js')}</script>\n</body>\n</html>\n",
        )
    )


def versions_style() -> str:
    """The style sheet of the page: versions.css, and the filters of all kinds."""
    rules = []
    for kind in KINDS:
        off = f".pair:has(.f-{kind}:not(:checked))"
        rules.append(f"{off} :is(tr, .no).k-{kind} {{ display: none; }}")
        rules.append(f"{off} .mark.k-{kind} {{ background: none; border-bottom-color: transparent; }}")
    return asset("versions.css").replace("/* filters of kinds */\n", "\n".join(rules) + "\n")


def _section(versions: Versions, number: int, of: int) -> str:
    """One pair of versions: filters, both texts, the list of changes."""
    prefix = f"p{number}-"
    changes = versions.changes[:MOST]
    head = f"<h2>From version {number} to version {number + 1}</h2>\n" if of > 1 else ""
    names = ("Old version", "New version") if of == 1 else (f"Version {number}", f"Version {number + 1}")
    cut = "" if len(changes) == len(versions.changes) else f" The page shows the first {MOST:,}."
    texts = "".join(
        _text(document, name, side, changes, prefix)
        for document, name, side in ((versions.old, names[0], "old"), (versions.new, names[1], "new"))
    )
    return "".join(
        (
            f'<section class="pair" aria-label="From {names[0].lower()} to {names[1].lower()}">\n{head}',
            f'<p class="sum">{escape_html(_count(versions) + cut)} <span class="kinds-on-paper">'
            f"{escape_html(_kinds(versions))}</span></p>\n{_filters(changes)}",
            f'<div class="texts" id="texts-{number}">{texts}</div>\n',
            _list(changes, prefix, number),
            "</section>\n",
        )
    )


def _count(versions: Versions) -> str:
    n = len(versions.changes)
    return "Nothing that the rules look at has changed." if not n else f"{n:,} {'change' if n == 1 else 'changes'}."


def _kinds(versions: Versions) -> str:
    """How many changes of each kind, where there is no filter to say it: on paper."""
    counts = Counter(change.kind for change in versions.changes)
    return "; ".join(f"{KINDS[kind].name}: {counts[kind]}" for kind in KINDS if counts[kind])


def _filters(changes: Sequence[Change]) -> str:
    counts = Counter(change.kind for change in changes)
    boxes = []
    for group, name in GROUPS.items():
        kinds = [kind for kind in KINDS if counts[kind] and KINDS[kind].group == group]
        if not kinds:
            continue
        rows = "".join(
            f'<label title="{escape_html(KINDS[kind].gloss)}"><input type="checkbox" class="f-{kind}" checked> '
            f'{escape_html(KINDS[kind].name)} <span class="n">{counts[kind]}</span></label>'
            for kind in kinds
        )
        boxes.append(f"<fieldset><legend>{escape_html(name)}</legend>{rows}</fieldset>")
    if not boxes:
        return ""
    legend = (
        '<p class="key"><span class="mark gone">in the old version only</span> '
        '<span class="mark fresh">in the new version only</span> '
        '<span class="mark other">in both, and different</span> <span class="mark shift">moved</span></p>'
    )
    return (
        f'<details class="filters" open><summary>Show these changes</summary>'
        f'<div class="kinds">{"".join(boxes)}</div></details>\n{legend}\n'
    )


def _text(document: Document, name: str, side: str, changes: Sequence[Change], prefix: str) -> str:
    heading = title_of(document) if document.article.title else ""
    title = f'<p class="title">{_title(heading, side, changes, prefix)}</p>' if heading else ""
    marked = "".join(_marked(document, side, changes, prefix))
    return (
        f'<article class="text {side}" aria-label="{escape_html(name)}"><p class="which">{escape_html(name)} '
        f'<span class="n">{escape_html(about(document))}</span></p>{title}'
        f'<div class="words" dir="auto">{marked}</div></article>\n'
    )


def _title(heading: str, side: str, changes: Sequence[Change], prefix: str) -> str:
    for number, change in enumerate(changes, 1):
        if change.kind == "headline-changed" and getattr(change, side) is None and getattr(change, f"{side}_words"):
            label = _label(number, change, side, prefix)
            return f'{label}<span class="mark {_look(change)} k-headline-changed">{escape_html(heading)}</span>'
    return escape_html(heading)


def _look(change: Change) -> str:
    """How a change is marked: what one version only has, what is different, what moved."""
    if change.kind.startswith("moved"):
        return "shift"
    if not change.old_words:
        return "fresh"
    return "other" if change.new_words else "gone"


def _label(number: int, change: Change, side: str, prefix: str) -> str:
    spoken = f"Change {number}, {KINDS[change.kind].name}: why?"
    return (
        f'<a class="no k-{change.kind}" id="{prefix}{side}{number}" href="#{prefix}c{number}" data-label="{number}" '
        f'data-change="{prefix}{number}" aria-label="{escape_html(spoken)}"></a>'
    )


def _marked(document: Document, side: str, changes: Sequence[Change], prefix: str) -> Iterator[str]:
    """The text with its changes marked; where several meet, the innermost gives the look."""
    spans: list[tuple[Span, int, Change]] = [
        (span, number, change)
        for number, change in enumerate(changes, 1)
        if (span := getattr(change, side)) is not None and span.start < span.end
    ]
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for k, (span, _, _) in enumerate(spans):
        opening.setdefault(span.start, []).append(k)
        closing.setdefault(span.end, []).append(k)
    around: dict[int, None] = {}
    text, at = document.text, 0
    for cut in sorted({*opening, *closing, len(text)}):
        if cut > at:
            inner = min(around, key=lambda k: spans[k][0].end - spans[k][0].start) if around else None
            yield _piece(text[at:cut], [spans[k] for k in around], None if inner is None else spans[inner], prefix)
        for k in closing.get(cut, ()):
            around.pop(k)
        for k in sorted(opening.get(cut, ()), key=lambda k: spans[k][0].start - spans[k][0].end):
            around[k] = None
            yield _label(spans[k][1], spans[k][2], side, prefix)
        at = cut


def _piece(
    words: str, around: list[tuple[Span, int, Change]], inner: tuple[Span, int, Change] | None, prefix: str
) -> str:
    if inner is None:
        return escape_html(words)
    numbers = " ".join(f"{prefix}{number}" for _, number, _ in around)
    return f'<span class="mark {_look(inner[2])} k-{inner[2].kind}" data-in="{numbers}">{escape_html(words)}</span>'


def _list(changes: Sequence[Change], prefix: str, pair: int) -> str:
    if not changes:
        return ""
    rows = "".join(_row(number, change, prefix) for number, change in enumerate(changes, 1))
    return (
        f'<h2 id="list-{pair}">The changes, and why each is noted</h2>\n'
        f'<div class="table" tabindex="0" role="region" aria-labelledby="list-{pair}">'
        '<table class="changes"><thead><tr><th scope="col">no.</th><th scope="col">what</th>'
        '<th scope="col">old version</th><th scope="col">new version</th>'
        '<th scope="col">why it is noted</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>\n"
    )


def _row(number: int, change: Change, prefix: str) -> str:
    kind = KINDS[change.kind]
    return (
        f'<tr id="{prefix}c{number}" class="k-{change.kind}" data-change="{prefix}{number}">'
        f'<th scope="row">{number}</th>'
        f"<td>{escape_html(kind.name)}</td>"
        f"<td>{_cell(number, change, 'old', prefix)}</td><td>{_cell(number, change, 'new', prefix)}</td>"
        f'<td class="why">{escape_html(change.reason)}</td></tr>'
    )


def _cell(number: int, change: Change, side: str, prefix: str) -> str:
    words, span = getattr(change, f"{side}_words"), getattr(change, side)
    if not words:
        return '<span class="n">not there</span>'
    shown = words if len(words) <= 400 else words[:399].rstrip() + "…"
    if span is None and change.kind != "headline-changed":
        return escape_html(shown)
    return f'<a href="#{prefix}{side}{number}">{escape_html(shown)}</a>'
