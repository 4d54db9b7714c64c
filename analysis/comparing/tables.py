"""The findings in two texts as tidy tables with fixed dtypes, one row per change or passage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

import analysis.frames  # noqa: F401 (no formulas in tables)
from analysis.comparing.changes import Versions
from analysis.comparing.copies import Copied
from analysis.comparing.rows import CHANGES, PASSAGES, change_rows, passage_rows

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

    `old_start` to `old_end` are offsets into the old text, sentences and paragraphs count from 1; missing if a version
    has nothing there, or for the title.
    """
    return _frame(change_rows(found), CHANGES)


def passages_table(found: Copied | Iterable[Copied]) -> pd.DataFrame:
    """Copied passages, one row each: `words` here, `words_there` in the other text, and whose they are in each."""
    return _frame(passage_rows(found), PASSAGES)


def copies_table(found: Copied | Iterable[Copied]) -> pd.DataFrame:
    """How much one text has from another, one row per pair.

    Of the `n_copied` words, `n_quoted` are in quotation marks and `n_own` in the reporter's own voice. `share` is
    `n_copied` of `n_words`; NaN if a text has no words.
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


def _frame(rows: Iterable[list[Any]], dtypes: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(dtypes)).astype(dtypes)
