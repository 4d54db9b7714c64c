"""The layers of documents as tidy pandas tables with fixed dtypes, one row per thing.

Keys: ``doc_id`` names the article, (``doc_id``, ``attribution_id``) an attribution, (``doc_id``, ``sentence_id``) a
sentence, ``entity_id`` an entity in all the articles ("PERSON:Dmitry Peskov").  Sentences and paragraphs are
numbered from 1, as a reader counts.  ``start`` and ``end`` are half-open character offsets into the untouched
article text.  What is not known is missing (NaN, <NA>, NaT), never 0 or an empty string.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

import analysis.frames  # noqa: F401 (no formulas in tables)
from analysis.entities.linking import Names, names_of, shared_names
from analysis.numbers.rows import NUMBERS
from analysis.sourcing.voices import span_text
from analysis.tables.rows import ROWS, ArticleFacts, in_one_cell
from analysis.tables.title_rows import HEADLINE_DIFFERENCES, TITLE_MARKS, TITLES
from analysis.text.document import Document
from analysis.text.vocabulary import LABELS, VALUES, term

SCHEMAS: dict[str, dict[str, str]] = {
    "articles": {
        "doc_id": "str",
        "title": "str",
        "outlet": "str",
        "byline": "str",
        "published": "datetime64[us]",
        "url": "str",
        "licence": "str",
        "language": "str",
        "sha256": "str",
        "n_words": "int64",
        "n_sentences": "int64",
        "n_paragraphs": "int64",
    },
    "sentences": {
        "doc_id": "str",
        "sentence_id": "int64",
        "paragraph": "int64",
        "paragraph_kind": "str",
        "start": "int64",
        "end": "int64",
        "text": "str",
        "n_words": "int64",
        "n_hedges": "int64",
        "n_boosters": "int64",
        "n_bounds": "int64",
    },
    "attributions": {
        "attribution_id": "str",
        "doc_id": "str",
        "sentence_id": "int64",
        "start": "int64",
        "kind": "str",
        "voice": "str",
        "source_text": "str",
        "source_kind": "str",
        "source_entity": "str",
        "cue_text": "str",
        "cue_lemma": "str",
        "stance": "str",
        "content_text": "str",
        "n_words": "int64",
        "parent": "str",
        "depth": "int64",
        "chain": "str",
        "channel": "str",
        "basis": "str",
        "role": "str",
        "titles": "str",
        "source_link": "str",
        "source_id": "str",
        "anonymity": "str",
        "template": "str",
        "rule_id": "str",
        "gloss": "str",
        "corrected": "bool",
        "contact": "str",
        "links": "int64",
        "closeness": "str",
        "identified": "str",
        "hand": "str",
    },
    "roles": {
        "attribution_id": "str",
        "doc_id": "str",
        "role": "str",
        "part": "int64",
        "start": "int64",
        "end": "int64",
        "text": "str",
    },
    "passages": {
        "doc_id": "str",
        "sentence_id": "int64",
        "start": "int64",
        "end": "int64",
        "text": "str",
        "n_words": "int64",
        "voice": "str",
        "source_kind": "str",
        "attribution_id": "str",
        "depth": "int64",
    },
    "quotations": {
        "doc_id": "str",
        "sentence_id": "int64",
        "start": "int64",
        "end": "int64",
        "text": "str",
        "n_words": "int64",
        "n_attributed": "int64",
        "voice": "str",
        "attribution_id": "str",
        "depth": "int64",
        "mark": "str",
        "closed": "bool",
    },
    "voices": {
        "doc_id": "str",
        "voice": "str",
        "source_kind": "str",
        "source_entity": "str",
        "n_words": "int64",
        "n_attributions": "int64",
        "n_hedges": "int64",
        "n_boosters": "int64",
        "n_bounds": "int64",
    },
    "sources": {
        "doc_id": "str",
        "source_id": "str",
        "name": "str",
        "titles": "str",
        "source_kind": "str",
        "named": "bool",
        "role_class": "str",
        "role_words": "str",
        "reference": "str",
        "reference_words": "str",
        "source_entity": "str",
        "heard": "str",
        "sentence_id": "int64",
        "first_word": "int64",
        "start": "int64",
        "n_attributions": "int64",
        "n_statements": "int64",
        "n_words": "int64",
        "n_quoted_words": "int64",
        "first_hand": "int64",
        "second_hand": "int64",
        "via": "str",
        "justification": "str",
        "justification_words": "str",
        "anonymity": "str",
        "stated": "str",
        "own": "str",
    },
    "markers": {
        "doc_id": "str",
        "start": "int64",
        "end": "int64",
        "text": "str",
        "category": "str",
        "family": "str",
        "is_hedge": "bool",
        "strength": "float64",
        "voice": "str",
        "attribution_id": "str",
        "by_whom": "bool",
        "negated": "bool",
        "scope_text": "str",
        "ground": "str",
        "construct": "str",
        "sentence_id": "int64",
        "rule_id": "str",
        "gloss": "str",
        "corrected": "bool",
    },
    "mentions": {
        "doc_id": "str",
        "entity_id": "str",
        "start": "int64",
        "end": "int64",
        "text": "str",
        "label": "str",
        "form": "str",
        "sentence_id": "int64",
        "rule_id": "str",
        "corrected": "bool",
        "grammar": "str",
    },
    "entities": {
        "entity_id": "str",
        "name": "str",
        "label": "str",
        "label_name": "str",
        "is_name": "bool",
        "titles": "str",
        "n_mentions": "int64",
        "n_docs": "int64",
        "aliases": "str",
        "related": "str",
        "country": "str",
    },
    "numbers": NUMBERS,
    "titles": TITLES,
    "title_marks": TITLE_MARKS,
    "headline_differences": HEADLINE_DIFFERENCES,
}


# The columns with ids of entities: these are an article's own until the names of all articles are known.
ENTITY_KEYS = {
    "attributions": "source_entity",
    "voices": "source_entity",
    "sources": "source_entity",
    "mentions": "entity_id",
    "title_marks": "entity_id",
}


class Part(NamedTuple):
    """The tables of some of the articles, with each article's own ids of entities, and the names of these.

    `titles` are the roles that an article gives an entity, by doc_id and entity id.
    """

    frames: dict[str, pd.DataFrame]
    names: list[Names]
    titles: dict[tuple[str, str], list[str]]


def make_tables(documents: Document | Iterable[Document]) -> dict[str, pd.DataFrame]:
    """All tables by name: articles, sentences, attributions, roles, passages, quotations, voices, sources, markers,
    mentions, entities, numbers, titles, title_marks, headline_differences.

    `documents` is one Document, or several with different doc_ids. Raises ValueError if two have the same. The
    functions of `analysis.tables.rows`, and `entities`, say what the columns are.
    """
    return join_parts([make_part([documents] if isinstance(documents, Document) else documents)])


def make_part(documents: Iterable[Document]) -> Part:
    """The tables of these articles, built one article at a time; `join_parts` joins them with others."""
    rows: dict[str, list[tuple]] = {name: [] for name in ROWS}
    names: list[Names] = []
    titles: dict[tuple[str, str], list[str]] = {}
    for d in documents:
        facts = ArticleFacts(d, {e.id: e.id for e in d.entities})
        for name, make in ROWS.items():
            rows[name] += make(facts)
        names.append(names_of(d))
        titles |= {(d.doc_id, e.id): [span_text(d, (t,)) for t in e.titles] for e in d.entities if e.titles}
    return Part({name: _frame(name, rows.pop(name)) for name in ROWS}, names, titles)


def join_parts(parts: Sequence[Part]) -> dict[str, pd.DataFrame]:
    """The tables of all the articles, in the order of the parts. Raises ValueError if two have the same doc_id."""
    names = [article for part in parts for article in part.names]
    twice = [key for key, n in Counter(article.doc_id for article in names).items() if n > 1]
    if twice:
        raise ValueError(f"doc_id {twice[0]!r} is used by more than one document; give each a different one")
    shared = shared_names(names)
    keys = _entity_keys(names, shared)
    out = {}
    for name in SCHEMAS:
        if name == "entities":
            titles = {place: words for part in parts for place, words in part.titles.items()}
            out[name] = _frame(name, entities(names, keys, shared, titles))
            continue
        frames = [part.frames[name] for part in parts]
        table = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
        column = ENTITY_KEYS.get(name)
        if column:
            own = zip(table["doc_id"], table[column], strict=True)
            table[column] = pd.Series([keys.get(place, place[1]) for place in own], dtype="str")
        out[name] = table
    return out


def entities(
    articles: Iterable[Names],
    keys: Mapping[tuple[str, str], str],
    shared: Mapping[tuple[str, str], tuple[str, str]],
    titles: Mapping[tuple[str, str], Iterable[str]],
) -> Iterator[tuple]:
    """One row per entity, the most often mentioned first; entities of several articles are the same if they share name
    and label, ignoring case and accents. If only the words around a name support its label, it gets the label that the
    name has most often in all the articles.

    `aliases` are the name forms in use and `titles` the roles that the articles give it, separated by " | ". `related`
    is the entity_id of what it belongs to without being the same (North Korean: North Korea). `is_name` is False for
    dates, amounts and other values.
    """
    merged: dict[str, dict] = {}
    for article in articles:
        for e in article.entities:
            place = article.doc_id, e.id
            label, name = shared.get(place, (e.label, e.name))
            row = merged.setdefault(
                keys[place],
                {"name": name, "label": label, "n": 0, "docs": 0, "related": None, "country": None}
                | {"aliases": {}, "titles": {}},
            )
            if e.name != name:
                row["aliases"][e.name] = None
            row["n"] += e.count
            row["docs"] += 1
            row["aliases"].update(dict.fromkeys(e.aliases))
            for words in titles.get(place, ()):
                row["titles"].setdefault(words.casefold(), words)
            row["related"] = row["related"] or keys.get((article.doc_id, e.related or ""))
            row["country"] = row["country"] or e.country
    for key, row in sorted(merged.items(), key=lambda item: (-item[1]["n"], item[0])):
        yield (
            key,
            row["name"],
            row["label"],
            term(LABELS, row["label"]).name,
            row["label"] not in VALUES,
            in_one_cell(row["titles"].values()),
            row["n"],
            row["docs"],
            in_one_cell(row["aliases"]),
            row["related"],
            row["country"],
        )


def _entity_keys(
    articles: Iterable[Names], shared: Mapping[tuple[str, str], tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """(doc_id, id of an entity) -> its id across all articles; a second one with the same name gets "#2"."""
    keys: dict[tuple[str, str], str] = {}
    for article in articles:
        seen: Counter[str] = Counter()
        for e in article.entities:
            key = ":".join(shared.get((article.doc_id, e.id), (e.label, e.name)))
            seen[key] += 1
            keys[article.doc_id, e.id] = key if seen[key] == 1 else f"{key}#{seen[key]}"
    return keys


def _frame(name: str, rows: Iterable[tuple]) -> pd.DataFrame:
    """Rows as a table with the columns and dtypes of its schema, even if there are none."""
    schema = SCHEMAS[name]
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pd.DataFrame(
        {
            column: pd.Series(list(values), dtype=dtype)
            for (column, dtype), values in zip(schema.items(), columns, strict=True)
        }
    )
