"""What was found in two texts as tidy tables with fixed dtypes, one row per change or passage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

import analysis.frames  # noqa: F401 (no formulas in tables)
from analysis.comparing.changes import Versions
from analysis.comparing.copies import Copied
from analysis.comparing.records import FINDINGS, KINDS
from analysis.text.document import Document, Span

_PLACE = {"start": "Int64", "end": "Int64", "sentence": "Int64", "paragraph": "Int64"}
CHANGES = {
    "old_id": "str",
    "new_id": "str",
    "change": "int64",
    "kind": "str",
    "name": "str",
    "old_words": "str",
    "new_words": "str",
    "reason": "str",
    **{f"{side}_{name}": dtype for side in ("old", "new") for name, dtype in _PLACE.items()},
}
PASSAGES = {
    "doc_id": "str",
    "of": "str",
    "passage": "int64",
    "finding": "str",
    "name": "str",
    "words": "str",
    "words_there": "str",
    "n_words": "int64",
    "n_same": "int64",
    "exact": "bool",
    "quoted": "bool",
    "quoted_there": "bool",
    "voice": "str",
    "voice_there": "str",
    **{f"{side}{name}": dtype for side in ("", "there_") for name, dtype in _PLACE.items()},
}
COPIES = {
    "doc_id": "str",
    "of": "str",
    "n_passages": "int64",
    "n_words": "int64",
    "n_copied": "int64",
    "share": "float64",
    "n_quoted": "int64",
    "n_own": "int64",
    "n_words_there": "int64",
    "n_copied_there": "int64",
    "share_there": "float64",
}


def changes_table(found: Versions | Iterable[Versions]) -> pd.DataFrame:
    """The changes of one pair of versions or of several, one row each, numbered from 1 in each pair.

    `old_start` to `old_end` are offsets into the old text, sentences and paragraphs count from 1; missing where a
    version has nothing there, or where it is the title.
    """
    pairs = [found] if isinstance(found, Versions) else found
    rows: list[list[Any]] = []
    for versions in pairs:
        for number, c in enumerate(versions.changes, 1):
            ids = versions.old.doc_id, versions.new.doc_id
            words = c.old_words or None, c.new_words or None
            places = [*_place(versions.old, c.old), *_place(versions.new, c.new)]
            rows.append([*ids, number, c.kind, KINDS[c.kind].name, *words, c.reason, *places])
    return _frame(rows, CHANGES)


def passages_table(found: Copied | Iterable[Copied]) -> pd.DataFrame:
    """Copied passages, one row each: `words` here, `words_there` in the other text, and whose they are in each."""
    rows: list[list[Any]] = []
    for copied in [found] if isinstance(found, Copied) else found:
        for number, p in enumerate(copied.passages, 1):
            row = [copied.text.doc_id, copied.of.doc_id, number, p.finding, FINDINGS[p.finding].name]
            row += [p.here_words, p.there_words, p.n_words, p.n_same, p.exact, p.quoted, p.quoted_there]
            rows.append([*row, p.voice, p.voice_there, *_place(copied.text, p.here), *_place(copied.of, p.there)])
    return _frame(rows, PASSAGES)


def copies_table(found: Copied | Iterable[Copied]) -> pd.DataFrame:
    """How much one text has from another, one row per pair.

    Of the `n_copied` words, `n_quoted` are in quotation marks and `n_own` in the reporter's own voice.  `share` is
    `n_copied` of `n_words`; NaN where a text has no words.
    """
    rows = [
        [
            c.text.doc_id,
            c.of.doc_id,
            len(c.passages),
            c.n_words,
            c.n_copied,
            c.share if c.n_words else None,
            c.n_quoted,
            c.n_own,
            c.n_words_there,
            c.n_copied_there,
            c.share_there if c.n_words_there else None,
        ]
        for c in ([found] if isinstance(found, Copied) else found)
    ]
    return _frame(rows, COPIES)


def _place(document: Document, span: Span | None) -> tuple[int | None, ...]:
    if span is None:
        return (None, None, None, None)
    sentence = document.sentence_index(span.start)
    return span.start, span.end, sentence + 1, document.sentences[sentence].paragraph + 1


def _frame(rows: list[list[Any]], dtypes: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)
