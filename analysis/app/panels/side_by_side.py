"""Two articles in counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from analysis.app.panels.drawing import table
from analysis.app.panels.voices import words_of
from analysis.reading.notes import cut
from analysis.reading.page import title_of
from analysis.reading.source_rows import SPEAKS, source_rows
from analysis.text.document import Document
from analysis.text.escaping import escape_html
from analysis.text.vocabulary import CATEGORIES, EPISTEMIC, VALUES

CATEGORY_NAMES = frozenset(category.name for category in CATEGORIES.values())


def compared(first: Document, second: Document) -> str:
    """Two articles in counts, one row per question, and the names that both have."""
    made = [dict(_facts(d)) for d in (first, second)]
    rows = [
        (escape_html(name), *(escape_html(facts[name]) for facts in made))
        for name in made[0]
        if name not in CATEGORY_NAMES or any(facts[name] != "0" for facts in made)
    ]
    both = _names(first).keys() & _names(second).keys()
    shared = sorted(both, key=lambda name: -(_names(first)[name] + _names(second)[name]))[:20]
    rows.append(
        (
            "names in both, and how often",
            *(
                escape_html(", ".join(f"{cut(n, 40)} {_names(d)[n]}" for n in shared) or "none")
                for d in (first, second)
            ),
        )
    )
    heads = {"": "", **{f"{n}. {escape_html(cut(title_of(d), 60))}": "" for n, d in enumerate((first, second), 1)}}
    return f"<details open><summary>In numbers</summary>{table('Side by side', heads, rows, sorts=False)}</details>"


def _names(document: Document) -> dict[str, int]:
    return {e.name: e.count for e in document.entities if e.label not in VALUES}


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    words = words_of(document)
    speak = [row for row in source_rows(document) if row.heard == SPEAKS]
    yield "words", f"{words.all:,}"
    theirs = sum(row.n_words for row in speak)
    yield "words from its sources", f"{theirs:,}" + (f" ({100 * theirs / words.all:.0f}%)" if words.all else "")
    yield "sources that say something", str(len(speak))
    yield "of these, named", str(sum(row.named for row in speak))
    yield (
        "who says most",
        ", ".join(
            f"{cut(row.source.name, 40)} {row.n_words}" for row in sorted(speak, key=lambda row: -row.n_words)[:3]
        )
        or "nobody but the reporter",
    )
    counted = Counter(m.category for m in document.markers)
    yield "hedges that say how sure a claim is", str(sum(counted[slug] for slug in EPISTEMIC))
    for slug in CATEGORIES:
        yield CATEGORIES[slug].name, str(counted[slug])
