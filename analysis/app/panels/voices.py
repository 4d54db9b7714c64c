"""Who speaks where, and from whom and through whom the article knows things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from analysis.app.panels.drawing import ROWS, many, strip, table
from analysis.reading.notes import Notes, cut
from analysis.sourcing.voices import chains, innermost, is_word, through, token_voices, voices
from analysis.text.document import Document
from analysis.text.escaping import escape_html
from analysis.text.vocabulary import REPORTER


class Words(NamedTuple):
    """How many words an article has, and whose they are."""

    all: int
    by_voice: Counter[str | None]  # the key of the voice; None is the reporter


def words_of(document: Document) -> Words:
    """The words of an article, counted as in the tables: tokens that begin with a letter or a digit."""
    voice = voices(document)
    counted: Counter[str | None] = Counter()
    for word, key in zip(document.tokens.words, token_voices(document), strict=True):
        if is_word(word):
            counted[voice[key].key if key else None] += 1
    return Words(counted.total(), counted)


def who_speaks_where(document: Document, *, prefix: str) -> str:
    """One row per voice: its words, their share, and where they are in the text, drawn in its colour there."""
    if not document.attributions:
        return ""
    notes, words = Notes(document), words_of(document)
    stretches: dict[str | None, list[tuple[int, int]]] = {}
    for start, end, key in innermost(document):
        stretches.setdefault(notes.voices[key].key if key else None, []).append((start, end))
    voice = {v.key: v for v in notes.voices.values()}
    rows = []
    for key, n in words.by_voice.most_common(ROWS):
        name = REPORTER if key is None else voice[key].name
        ink = "" if key is None else f"{prefix}v{notes.colour[key]}"
        share = 100 * n / words.all
        said = f"{cut(name, 60)}: {many(len(stretches[key]), 'stretch').replace('stretchs', 'stretches')} of the text"
        line = strip(stretches[key], len(document.text), said=said, ink=ink)
        rows.append((escape_html(cut(name, 80)), str(n), f"{share:.0f}%", line))
    heads = {"voice": "", "words": "num", "share": "num", "where in the text": "drawn"}
    return table(f"Who speaks where, {document.doc_id}", heads, rows)


def chain_list(document: Document) -> str:
    """From the reporter to the sources, and from them to theirs, as lists inside lists."""
    if not document.attributions:
        return ""
    voice = voices(document)
    tree: dict[str, Any] = {}
    paths = Counter(tuple(cut(v.name, 80) for v in through(chain, voice)) for chain in chains(document).values())
    for path in paths:
        node = tree
        for name in path:
            node = node.setdefault(name, {})
    return f'<ul class="chains"><li>{REPORTER}{_branches(tree, paths, ())}</li></ul>'


def _branches(tree: Mapping[str, Any], times: Mapping[tuple[str, ...], int], above: tuple[str, ...]) -> str:
    if not tree:
        return ""
    items = []
    for name, below in tree.items():
        path = (*above, name)
        count = f' <span class="n">{times[path]}</span>' if times.get(path) else ""
        items.append(f"<li>{escape_html(name)}{count}{_branches(below, times, path)}</li>")
    return f"<ul>{''.join(items)}</ul>"
