"""Tables of the page, and the small drawings in them (SVG)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from analysis.hedging.probability import Reading
from analysis.text.escaping import escape_html

ROWS = 60  # the most rows of a table


def strip(marks: Iterable[tuple[int, int]], length: int, *, said: str, ink: str = "") -> str:
    """Where something is in a text of `length` characters: a line for the text, with marks on it.

    `ink` is the voice whose colour they have, as in the reading view's `data-voice`.
    """
    rects = "".join(
        f'<rect x="{200 * start / length:.2f}" y="1" width="{max(200 * (end - start) / length, 1.4):.2f}" height="12"/>'
        for start, end in marks
    )
    head = f'<svg class="strip" viewBox="0 0 200 14" preserveAspectRatio="none" data-ink="{ink}"'
    return f'{head} role="img" aria-label="{escape_html(said)}"><line x1="0" y1="7" x2="200" y2="7"/>{rects}</svg>'


def heard_range(r: Reading) -> str:
    """What readers take a word to mean: thin, at least nine in ten of them; thick, at least half; the diamond is the
    median.
    """
    said = (
        f"median {r.median:.0f} per cent; at least half of {r.n:,} readers from {r.q25:.0f} to {r.q75:.0f}, "
        f"at least nine in ten from {r.p05:.0f} to {r.p95:.0f}"
    )
    x = [2 * value for value in (r.p05, r.p95, r.q25, r.q75, r.median)]
    grid = "".join(f'<line class="grid" x1="{at}" y1="0" x2="{at}" y2="18"/>' for at in (0, 50, 100, 150, 200))
    return (
        f'<svg class="range" viewBox="-6 0 212 18" role="img" aria-label="{escape_html(said)}">{grid}'
        f'<line class="most" x1="{x[0]:g}" y1="9" x2="{x[1]:g}" y2="9"/>'
        f'<rect class="half" x="{x[2]:g}" y="5" width="{max(x[3] - x[2], 1):g}" height="8"/>'
        f'<path class="median" d="M{x[4]:g} 3l5 6l-5 6l-5 -6z"/></svg>'
    )


def table(
    name: str, heads: Mapping[str, str], rows: Iterable[Sequence[str]], more: str = "", *, sorts: bool = True
) -> str:
    """A table of the page; `heads` are the names of the columns with their class, cells are HTML.

    If it `sorts`, the script of the reading view turns its heads into buttons.
    """
    head = "".join(f'<th scope="col"{_class(kind)}>{label}</th>' for label, kind in heads.items())
    kinds = list(heads.values())
    body = "".join(
        f'<tr><th scope="row"{_class(kinds[0])}>{first}</th>'
        + "".join(f"<td{_class(kind)}>{cell}</td>" for cell, kind in zip(rest, kinds[1:], strict=True))
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f'<div class="table" tabindex="0" role="region" aria-label="{escape_html(name)}">'
        f"<table{_class('sortable' if sorts else '')}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f"{more}</div>"
    )


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def to_sentence(number: int, prefix: str) -> str:
    """A link to a sentence in the text."""
    return f'<a class="to" href="#{prefix}s{number}" aria-label="Sentence {number} in the text">{number}</a>'


def many(n: int, noun: str) -> str:
    """A number with its noun.

    >>> many(1, "hedge"), many(1_200, "hedge")
    ('1 hedge', '1,200 hedges')
    """
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
