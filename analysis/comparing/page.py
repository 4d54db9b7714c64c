"""Two texts side by side: changes or copied passages are marked in both and listed with their reasons, with filters.

`versions_page` is a separate page; `changed_section` and `copied_section` are for a page with its style and script.

Without scripts, the page has everything except the highlighting of both places at once: labels lead to the list, and
the list to the places. Labels are generated content, so you copy only the articles' text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from analysis.comparing.changes import Versions
from analysis.comparing.copies import Copied
from analysis.comparing.records import FINDINGS, GROUPS, KINDS, Change, ChangeKind, Passage
from analysis.reading.page import POLICY, about, asset, title_of
from analysis.text.document import Document, Span
from analysis.text.escaping import escape_html

MOST = 2_000  # changes that a page shows
CAREFUL = (
    "This page says what changed, never why. Changing a text is part of reporting: nothing here says that one "
    "version is better, or that a change was meant to achieve something. The rules miss some changes, and note some "
    "that a reader would not."
)

COPIES_CAREFUL = (
    "This page says which words both texts share, and whose they are in each. It cannot show who copied from whom, "
    "or whether both took the words from a third text. Reusing words is often agreed and done openly, and quotations "
    "are meant to be repeated."
)

OWN_HERE = ("as-own", "source-left-out")  # of FINDINGS: the later text gives no source


class View(NamedTuple):
    """What two texts are compared for: the kinds and their groups, the wording, and the names of the columns."""

    kinds: Mapping[str, ChangeKind]
    groups: Mapping[str, str]
    one: str
    many: str
    nothing: str
    careful: str
    heads: tuple[str, str]
    title: str
    key: tuple[tuple[str, str], ...]  # how a mark looks, and what that means


CHANGED = View(
    KINDS,
    GROUPS,
    "change",
    "changes",
    "Nothing that the rules check has changed.",
    CAREFUL,
    ("old version", "new version"),
    "The changes, and the reason for each",
    (
        ("gone", "in the old version only"),
        ("fresh", "in the new version only"),
        ("other", "in both, and different"),
        ("shift", "moved"),
    ),
)
COPIED = View(
    {key: ChangeKind(finding.name, finding.gloss, "copied") for key, finding in FINDINGS.items()},
    {"copied": "Whose words they are"},
    "passage",
    "passages",
    "No passage of six words or more appears in both texts.",
    COPIES_CAREFUL,
    ("earlier text", "later text"),
    "The passages, and whose words they are",
    (("other", "in the reporter’s own voice in the later text"), ("fresh", "with a source in the later text")),
)


def versions_page(found: Versions | Sequence[Versions]) -> str:
    """Two versions, or several in a row, as a complete HTML page that needs nothing else.

    Raises ValueError if there is no pair.
    """
    pairs = [found] if isinstance(found, Versions) else list(found)
    if not pairs:
        raise ValueError("a comparison needs two versions; give at least two texts")
    title = title_of(pairs[-1].new)
    sections = "".join(_section(versions, number, len(pairs)) for number, versions in enumerate(pairs, 1))
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape_html(title)}: what changed</title>\n"
            f"<style>\n{asset('page.css')}{versions_style()}</style>\n"
            '</head>\n<body>\n<a class="skip" href="#p1-texts">Skip to the texts</a>\n<main>\n'
            f'<header class="head"><p class="kicker">What changed from one version to the next</p>'
            f'<h1>{escape_html(title)}</h1><p class="about">{escape_html(CAREFUL)}</p></header>\n',
            sections,
            f"</main>\n<script>\n{asset('versions.js')}</script>\n</body>\n</html>\n",
        )
    )


def versions_style() -> str:
    """The style sheet of the page: versions.css, and the filters of all kinds."""
    rules = []
    for kind in (*KINDS, *FINDINGS):
        off = f".pair:has(.f-{kind}:not(:checked))"
        rules.append(f"{off} :is(tr, .no).k-{kind} {{ display: none; }}")
        rules.append(f"{off} .mark.k-{kind} {{ background: none; border-bottom-color: transparent; }}")
    return asset("versions.css").replace("/* filters of kinds */\n", "\n".join(rules) + "\n")


def _section(versions: Versions, number: int, of: int) -> str:
    """One pair of versions of several."""
    head = f"<h2>From version {number} to version {number + 1}</h2>\n" if of > 1 else ""
    names = ("Old version", "New version") if of == 1 else (f"Version {number}", f"Version {number + 1}")
    return _pair((versions.old, versions.new), versions.changes, CHANGED, names, f"p{number}-", head)


def changed_section(versions: Versions, *, prefix: str) -> str:
    """Two versions side by side: filters, both texts, the changes and their reasons; ids begin with `prefix`."""
    careful = f'<p class="careful">{escape_html(CAREFUL)}</p>\n'
    names = ("Old version", "New version")
    return _pair((versions.old, versions.new), versions.changes, CHANGED, names, prefix, careful)


def copied_section(found: Copied, *, prefix: str) -> str:
    """Two texts side by side, with the passages that both have; ids begin with `prefix`."""
    shares = (
        f"Of {found.n_words:,} words of the later text, {found.n_copied:,} ({100 * found.share:.0f}%) are in such "
        f"passages: {found.n_quoted:,} of them in quotation marks, {found.n_own:,} in the reporter’s own voice."
    )
    careful = f'<p class="careful">{escape_html(COPIES_CAREFUL)}</p>\n<p class="careful">{shares}</p>\n'
    passages = [_as_change(passage) for passage in found.passages]
    return _pair((found.of, found.text), passages, COPIED, ("Earlier text", "Later text"), prefix, careful)


def _as_change(p: Passage) -> Change:
    """A passage as a row of the list."""
    how = "Word for word" if p.exact else f"{p.n_same} of {p.n_words} words are the same"
    marks = {
        (True, True): " In quotation marks in both.",
        (True, False): " In quotation marks in the later text only.",
        (False, True): " In quotation marks in the earlier text only.",
    }.get((p.quoted, p.quoted_there), "")
    reason = f"{FINDINGS[p.finding].gloss} {how}. Earlier: {p.voice_there}; later: {p.voice}.{marks}"
    return Change(p.finding, p.there, p.here, p.there_words, p.here_words, None, None, reason)


def _pair(
    texts: tuple[Document, Document],
    found: Sequence[Change],
    view: View,
    names: tuple[str, str],
    prefix: str,
    head: str,
) -> str:
    """The filters, both texts, and the list of what was found."""
    changes = found[:MOST]
    cut = "" if len(changes) == len(found) else f" The page shows the first {MOST:,}."
    sides = "".join(
        _text(document, name, side, changes, view, prefix)
        for document, name, side in zip(texts, names, ("old", "new"), strict=True)
    )
    return "".join(
        (
            f'<section class="pair" aria-label="From {names[0].lower()} to {names[1].lower()}: {view.many}">\n{head}',
            f'<p class="sum">{escape_html(_count(found, view) + cut)} <span class="kinds-on-paper">'
            f"{escape_html(_kinds(found, view))}</span></p>\n{_filters(changes, view)}",
            f'<div class="texts" id="{prefix}texts">{sides}</div>\n',
            _list(changes, view, prefix),
            "</section>\n",
        )
    )


def _count(found: Sequence[Change], view: View) -> str:
    n = len(found)
    return view.nothing if not n else f"{n:,} {view.one if n == 1 else view.many}."


def _kinds(found: Sequence[Change], view: View) -> str:
    """How many there are of each kind, for paper, where no filter says so."""
    counts = Counter(change.kind for change in found)
    return "; ".join(f"{kind.name}: {counts[key]}" for key, kind in view.kinds.items() if counts[key])


def _filters(changes: Sequence[Change], view: View) -> str:
    counts = Counter(change.kind for change in changes)
    boxes = []
    for group, name in view.groups.items():
        kinds = [kind for kind in view.kinds if counts[kind] and view.kinds[kind].group == group]
        if not kinds:
            continue
        rows = "".join(
            f'<label title="{escape_html(view.kinds[kind].gloss)}"><input type="checkbox" class="f-{kind}" checked> '
            f'{escape_html(view.kinds[kind].name)} <span class="n">{counts[kind]}</span></label>'
            for kind in kinds
        )
        boxes.append(f"<fieldset><legend>{escape_html(name)}</legend>{rows}</fieldset>")
    if not boxes:
        return ""
    looks = " ".join(f'<span class="mark {look}">{said}</span>' for look, said in view.key)
    legend = f'<p class="key">{looks}</p>'
    return (
        f'<details class="filters" open><summary>Show these {view.many}</summary>'
        f'<div class="kinds">{"".join(boxes)}</div></details>\n{legend}\n'
    )


def _text(document: Document, name: str, side: str, changes: Sequence[Change], view: View, prefix: str) -> str:
    heading = title_of(document) if document.article.title else ""
    title = f'<p class="title">{_title(heading, side, changes, prefix)}</p>' if heading else ""
    marked = "".join(_marked(document, side, changes, view, prefix))
    return (
        f'<article class="text {side}" aria-label="{escape_html(name)}"><p class="which">{escape_html(name)} '
        f'<span class="n">{escape_html(about(document))}</span></p>{title}'
        f'<div class="words" dir="auto">{marked}</div></article>\n'
    )


def _title(heading: str, side: str, changes: Sequence[Change], prefix: str) -> str:
    for number, change in enumerate(changes, 1):
        if change.kind == "headline-changed" and getattr(change, side) is None and getattr(change, f"{side}_words"):
            label = _label(number, change, side, CHANGED, prefix)
            return f'{label}<span class="mark {_look(change)} k-headline-changed">{escape_html(heading)}</span>'
    return escape_html(heading)


def _look(change: Change) -> str:
    """How a change is marked: words in one version only, different words, moved words; for copies, whose they are."""
    if change.kind in FINDINGS:
        return "other" if change.kind in OWN_HERE else "fresh"
    if change.kind.startswith("moved"):
        return "shift"
    if not change.old_words:
        return "fresh"
    return "other" if change.new_words else "gone"


def _label(number: int, change: Change, side: str, view: View, prefix: str) -> str:
    spoken = f"{view.one.capitalize()} {number}, {view.kinds[change.kind].name}: why?"
    return (
        f'<a class="no k-{change.kind}" id="{prefix}{side}{number}" href="#{prefix}c{number}" data-label="{number}" '
        f'data-change="{prefix}{number}" aria-label="{escape_html(spoken)}"></a>'
    )


def _marked(document: Document, side: str, changes: Sequence[Change], view: View, prefix: str) -> Iterator[str]:
    """The text with its changes marked; if several overlap, the innermost decides the look."""
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
            yield _label(spans[k][1], spans[k][2], side, view, prefix)
        at = cut


def _piece(
    words: str, around: list[tuple[Span, int, Change]], inner: tuple[Span, int, Change] | None, prefix: str
) -> str:
    if inner is None:
        return escape_html(words)
    numbers = " ".join(f"{prefix}{number}" for _, number, _ in around)
    return f'<span class="mark {_look(inner[2])} k-{inner[2].kind}" data-in="{numbers}">{escape_html(words)}</span>'


def _list(changes: Sequence[Change], view: View, prefix: str) -> str:
    if not changes:
        return ""
    rows = "".join(_row(number, change, view, prefix) for number, change in enumerate(changes, 1))
    return (
        f'<h2 id="{prefix}list">{view.title}</h2>\n'
        f'<div class="table" tabindex="0" role="region" aria-labelledby="{prefix}list">'
        '<table class="differences"><thead><tr><th scope="col">no.</th><th scope="col">what</th>'
        f'<th scope="col">{view.heads[0]}</th><th scope="col">{view.heads[1]}</th>'
        '<th scope="col">reason</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>\n"
    )


def _row(number: int, change: Change, view: View, prefix: str) -> str:
    kind = view.kinds[change.kind]
    return (
        f'<tr id="{prefix}c{number}" class="k-{change.kind}" data-change="{prefix}{number}">'
        f'<th scope="row">{number}</th>'
        f"<td>{escape_html(kind.name)}</td>"
        f'<td data-head="{view.heads[0]}">{_cell(number, change, "old", prefix)}</td>'
        f'<td data-head="{view.heads[1]}">{_cell(number, change, "new", prefix)}</td>'
        f'<td class="reason">{escape_html(change.reason)}</td></tr>'
    )


def _cell(number: int, change: Change, side: str, prefix: str) -> str:
    words, span = getattr(change, f"{side}_words"), getattr(change, side)
    if not words:
        return '<span class="n">missing</span>'
    shown = words if len(words) <= 400 else words[:399].rstrip() + "…"
    if span is None and change.kind != "headline-changed":
        return escape_html(shown)
    return f'<a href="#{prefix}{side}{number}">{escape_html(shown)}</a>'
