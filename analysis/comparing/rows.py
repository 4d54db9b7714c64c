"""The findings in two texts as rows, in the columns of the tables in `tables`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

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


def change_rows(found: Versions | Iterable[Versions]) -> Iterator[list[Any]]:
    """The changes of one pair of versions or of several, in the columns of CHANGES, numbered from 1 in each pair."""
    for versions in [found] if isinstance(found, Versions) else found:
        for number, c in enumerate(versions.changes, 1):
            ids = versions.old.doc_id, versions.new.doc_id
            words = c.old_words or None, c.new_words or None
            places = [*_place(versions.old, c.old), *_place(versions.new, c.new)]
            yield [*ids, number, c.kind, KINDS[c.kind].name, *words, c.reason, *places]


def passage_rows(found: Copied | Iterable[Copied]) -> Iterator[list[Any]]:
    """Copied passages, in the columns of PASSAGES."""
    for copied in [found] if isinstance(found, Copied) else found:
        for number, p in enumerate(copied.passages, 1):
            row = [copied.text.doc_id, copied.of.doc_id, number, p.finding, FINDINGS[p.finding].name]
            row += [p.here_words, p.there_words, p.n_words, p.n_same, p.exact, p.quoted, p.quoted_there]
            yield [*row, p.voice, p.voice_there, *_place(copied.text, p.here), *_place(copied.of, p.there)]


def _place(document: Document, span: Span | None) -> tuple[int | None, ...]:
    if span is None:
        return (None, None, None, None)
    sentence = document.sentence_index(span.start)
    return span.start, span.end, sentence + 1, document.sentences[sentence].paragraph + 1
