"""Rows for the tables that the page saves, as CSV that is safe to open in a spreadsheet.

The columns have the names of those in the tables that the commands write. These tables have fewer of them, except
numbers, changes and copied passages, which have all.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from analysis.comparing import Copied, Versions
from analysis.comparing.rows import CHANGES, PASSAGES, change_rows, passage_rows
from analysis.numbers.rows import NUMBERS, number_rows
from analysis.reading.sentence_rows import matrix_rows, sure_label
from analysis.reading.source_rows import source_rows
from analysis.sourcing.voices import chains, span_text, through, voices
from analysis.text.article import Article, ArticleError
from analysis.text.document import Document
from analysis.text.vocabulary import REPORTER

RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would read such a cell as a formula
Row = Mapping[str, Any]


def attribution_rows(d: Document) -> Iterator[Row]:
    """Who is said to say what, one row per attribution."""
    voice, chain = voices(d), chains(d)
    for a in d.attributions:
        yield {
            "attribution_id": a.id,
            "doc_id": d.doc_id,
            "kind": a.kind,
            "source_text": span_text(d, a.source),
            "source_kind": voice[a.id].kind,
            "voice": voice[a.id].name,
            "cue_text": span_text(d, a.cue),
            "stance": a.stance,
            "content_text": span_text(d, a.content),
            "chain": " → ".join(each.name for each in through(chain[a.id], voice)),
            "rule_id": a.rule_id,
            "corrected": a.corrected,
        }


def marker_rows(d: Document) -> Iterator[Row]:
    """Hedges, boosters and bounds, one row each."""
    voice = voices(d)
    for m in d.markers:
        yield {
            "doc_id": d.doc_id,
            "start": m.start,
            "end": m.end,
            "text": d.text[m.start : m.end],
            "category": m.category,
            "strength": m.strength,
            "voice": voice[m.attribution].name if m.attribution in voice else REPORTER,
            "sentence_id": d.sentence_index(m.start) + 1,
            "rule_id": m.rule_id,
            "corrected": m.corrected,
        }


def mention_rows(d: Document) -> Iterator[Row]:
    """Names, dates and numbers, one row per place."""
    names = {e.id: e.name for e in d.entities}
    for m in d.mentions:
        yield {
            "doc_id": d.doc_id,
            "entity_id": m.entity,
            "name": names.get(m.entity, ""),
            "start": m.start,
            "end": m.end,
            "text": d.text[m.start : m.end],
            "label": m.label,
            "sentence_id": d.sentence_index(m.start) + 1,
            "corrected": m.corrected,
        }


def _source_rows(d: Document) -> Iterator[Row]:
    """Who speaks, one row per source."""
    for row in source_rows(d):
        yield {
            "doc_id": d.doc_id,
            "source_id": row.id,
            "name": row.source.name,
            "titles": " | ".join(row.titles),
            "source_kind": row.source.kind,
            "named": row.named,
            "role_class": row.source.role_class,
            "sentence_id": row.sentence,
            "n_attributions": row.n_attributions,
            "n_words": row.n_words,
            "n_quoted_words": row.n_quoted,
            "via": " | ".join(row.via),
            "anonymity": " | ".join(row.anonymity),
        }


def _sentence_rows(d: Document) -> Iterator[Row]:
    """Sentence by sentence: who says it, how sure, about whom."""
    for row in matrix_rows(d):
        yield {
            "doc_id": d.doc_id,
            "sentence_id": row.sentence,
            "n_words": row.n_words,
            "said_by": " | ".join(f"{name} ({n})" for name, n in row.said),
            "how_sure": " | ".join(sure_label(*item) for item in row.sure),
            "about": " | ".join(row.about),
            "text": row.text,
        }


def _number_rows(d: Document) -> Iterator[Row]:
    """Every number, and who gives it."""
    return (dict(zip(NUMBERS, row, strict=True)) for row in number_rows(d))


TABLES: dict[str, Callable[[Document], Iterable[Row]]] = {
    "attributions": attribution_rows,
    "sources": _source_rows,
    "markers": marker_rows,
    "mentions": mention_rows,
    "numbers": _number_rows,
    "sentences": _sentence_rows,
}


def to_csv(document: Document, name: str) -> str:
    """A table as CSV. Raises ArticleError for a name that is not in TABLES.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.

    >>> from analysis import annotate
    >>> print(to_csv(annotate("It may rain."), "markers").splitlines()[1])
    article,3,6,may,possibility,0.9,the reporter,1,HEDGE.MODAL.MAY,False
    """
    if name not in TABLES:
        raise ArticleError(f"{name!r} is not a table; choose one of {', '.join(TABLES)}")
    return _as_csv(list(TABLES[name](document)))


def pair_to_csv(found: Versions | Copied) -> str:
    """The changes from one text to another, or the copied passages, as CSV with all columns of their tables."""
    columns, rows = (CHANGES, change_rows(found)) if isinstance(found, Versions) else (PASSAGES, passage_rows(found))
    return _as_csv([dict(zip(columns, row, strict=True)) for row in rows], columns)


def _as_csv(rows: list[Row], columns: Iterable[str] = ()) -> str:
    out = io.StringIO()
    heads = list(columns) or list(rows[0] if rows else ())
    if heads:
        writer = csv.writer(
            out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC if _returns(rows) else csv.QUOTE_MINIMAL
        )
        writer.writerow(heads)
        writer.writerows([_safe(cell) for cell in row.values()] for row in rows)
    return out.getvalue()


def _returns(rows: list[Row]) -> bool:
    """Otherwise a lone carriage return would be left unquoted, and the text after it would begin a new row."""
    return any("\r" in cell for row in rows for cell in row.values() if isinstance(cell, str))


def _safe(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell


def with_front_matter(article: Article) -> str:
    """An article as the text of a file that the commands read back unchanged: its metadata, then its untouched text.

    >>> print(with_front_matter(Article("It may rain.", title="Rain: when?")))
    ---
    title: "Rain: when?"
    ---
    It may rain.
    """
    known = {
        name: value
        for name in ("title", "outlet", "byline", "published", "url", "licence")
        if (value := getattr(article, name))
    }
    if not known and not article.text.startswith("---"):
        return article.text
    known = known or {"note": "the text begins under the next line"}  # otherwise it would be taken for metadata
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in known.items()]
    return f"---\n{''.join(lines)}---\n{article.text}"
