"""What a reader can search and filter in a report: the rows of its tables, and the sentences of its articles.

Each is a `Lens`: columns of text or numbers, with one row per item. The page holds a few hundred kilobytes of them; the
rest is in scripts next to it, which the page loads when it needs them, even if it was opened from a disk.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from analysis import measures
from analysis.report import page_rows
from analysis.report.texts import Places, Text
from analysis.text.vocabulary import CATEGORIES, REPORTER, ROLE_CLASSES, SHOWN_KINDS, term

AROUND = 70  # the line of a mark shows so many characters before and after it
FOLDER = "data"
MOST_VALUES = 500  # the values that a filter offers; you can type any other
FILTERS = ("article", "source", "kind", "class", "category")


class Lens(NamedTuple):
    """A table to search: its name, what its rows are called, its file of all columns, and its columns.

    A column has a key, a heading, and a kind: "text", "number", "place" (where in an article: [article, id, shown]) or
    "many" (a list, to filter by, not shown). `found` are the columns that are searched for words.
    """

    name: str
    rows_are: str
    file: str
    columns: tuple[tuple[str, str, str], ...]
    found: tuple[str, ...]
    rows: list[list[Any]]


def make_lenses(t: measures.Tables, texts: Sequence[Text], places: Places) -> list[Lens]:
    """Everything that can be searched in a report, in the order of the menu."""
    return [
        _sentences(t, places),
        _attributions(t, places),
        _sources(t, places),
        _markers(t, places),
        _numbers(t, places),
        _entities(t),
        *([_articles(t, texts, places)] if len(texts) > 1 else []),
    ]


def filter_values(lenses: Sequence[Lens]) -> dict[str, list[str]]:
    """The values that rows have for each filter (except the articles), the most frequent first."""
    found: dict[str, Counter[str]] = {name: Counter() for name in FILTERS[1:]}
    for lens in lenses:
        if lens.name == "sentences":
            continue  # those of its passages are those of the attributions
        for place, (key, *_) in enumerate(lens.columns):
            if key in found:
                found[key].update(row[place] for row in lens.rows if row[place])
    return {name: [value for value, _ in values.most_common(MOST_VALUES)] for name, values in found.items()}


def data_of(lens: Lens) -> str:
    """A lens as JSON, without anything that a page could take for the end of a script."""
    content = {
        "name": lens.name,
        "rowsAre": lens.rows_are,
        "file": lens.file,
        "columns": [{"key": key, "head": head, "kind": kind} for key, head, kind in lens.columns],
        "found": lens.found,
        "rows": lens.rows,
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def script_of(lens: Lens) -> bytes:
    """The same as a separate script, which hands it to the page that loads it."""
    return f"reportData({json.dumps(lens.name)}, {data_of(lens)});\n".encode()


def file_of(lens: Lens) -> str:
    """The file of the script, in the folder of the report."""
    return f"{FOLDER}/{lens.name}.js"


def _sentences(t: measures.Tables, places: Places) -> Lens:
    classes = _classes(t)
    whose: dict[tuple[str, int], list[tuple[str, str, str]]] = defaultdict(list)
    owner = {(a.doc_id, a.attribution_id): a.source_id for a in t["attributions"].itertuples(index=False)}
    for p in t["passages"].itertuples(index=False):
        role = classes.get((p.doc_id, owner.get((p.doc_id, p.attribution_id))), "")
        whose[p.doc_id, p.sentence_id].append((p.voice, _kind(p.source_kind), role))
    marked: dict[tuple[str, int], list[str]] = defaultdict(list)
    for m in t["markers"].itertuples(index=False):
        marked[m.doc_id, m.sentence_id].append(term(CATEGORIES, m.category).name)
    rows = []
    for s in t["sentences"].itertuples(index=False):
        place = (s.doc_id, s.sentence_id)
        rows.append(
            [
                [places.number(s.doc_id), f"s{s.sentence_id}", s.sentence_id],
                " ".join(s.text.split()),
                *(list(dict.fromkeys(part for part in parts if part)) for parts in _columns(whose[place], 3)),
                list(dict.fromkeys(marked[place])),
            ]
        )
    columns = (
        ("article", "sentence", "place"),
        ("text", "text", "line"),
        ("source", "whose words", "many"),
        ("kind", "kind of source", "many"),
        ("class", "class of source", "many"),
        ("category", "category", "many"),
    )
    return Lens("sentences", "sentences", "sentence_matrix", columns, ("text",), rows)


def _attributions(t: measures.Tables, places: Places) -> Lens:
    classes = _classes(t)
    shown = page_rows.attribution_rows(t, places)
    rows = [
        [
            [places.number(a.doc_id), a.attribution_id, a.attribution_id],
            row["voice"],
            row["kind"],
            classes.get((a.doc_id, a.source_id), ""),
            row["cue"],
            row["content"],
            row["form"],
            row["through"],
        ]
        for a, row in zip(t["attributions"].itertuples(index=False), shown, strict=True)
    ]
    columns = (
        ("article", "no.", "place"),
        ("source", "who", "text"),
        ("kind", "kind of source", "text"),
        ("class", "class", "text"),
        ("cue", "cue", "text"),
        ("content", "what", "text"),
        ("form", "form", "text"),
        ("through", "through", "text"),
    )
    return Lens("attributions", "attributions", "attributions", columns, ("source", "cue", "content"), rows)


def _sources(t: measures.Tables, places: Places) -> Lens:
    rows = [
        [
            [row["no"], f"s{row['sentence']}", row["sentence"]],
            row["name"],
            row["titles"],
            row["kind"],
            row["role"],
            row["reference"],
            int(row["n"]),
            int(row["words"]),
            int(row["quoted"]),
            row["hand"],
            row["known"],
            row["unnamed"],
        ]
        for row in page_rows.source_rows(t, places)
    ]
    columns = (
        ("article", "sentence", "place"),
        ("source", "source", "text"),
        ("titles", "titles", "text"),
        ("kind", "kind", "text"),
        ("class", "class", "text"),
        ("reference", "referred to as", "text"),
        ("n", "attributions", "number"),
        ("words", "words", "number"),
        ("quoted", "quoted", "number"),
        ("hand", "hand", "text"),
        ("known", "how it would know", "text"),
        ("unnamed", "why it has no name", "text"),
    )
    return Lens("sources", "sources", "sources", columns, ("source", "titles"), rows)


def _markers(t: measures.Tables, places: Places) -> Lens:
    classes = _classes(t)
    of = {(a.doc_id, a.attribution_id): a for a in t["attributions"].itertuples(index=False)}
    sentences = {(s.doc_id, s.sentence_id): s for s in t["sentences"].itertuples(index=False)}
    rows = []
    for m, row in zip(t["markers"].itertuples(index=False), page_rows.marker_rows(t, places), strict=True):
        s, a = sentences[m.doc_id, m.sentence_id], of.get((m.doc_id, m.attribution_id))
        at = m.start - s.start
        rows.append(
            [
                [places.number(m.doc_id), row["anchor"], m.sentence_id],
                _before(s.text[:at]),
                m.text,
                _after(s.text[at + m.end - m.start :]),
                term(CATEGORIES, m.category).name,
                row["note"],
                m.voice,
                _kind(a.source_kind) if a else REPORTER,
                classes.get((m.doc_id, a.source_id), "") if a else "",
                row["strength"],
            ]
        )
    columns = (
        ("article", "sentence", "place"),
        ("before", "before", "before"),
        ("words", "words", "keyword"),
        ("after", "after", "after"),
        ("category", "category", "text"),
        ("note", "note", "text"),
        ("source", "whose", "text"),
        ("kind", "kind of source", "many"),
        ("class", "class of source", "many"),
        ("strength", "how unsure, 0 to 1", "number"),
    )
    return Lens("markers", "hedges, boosters and bounds", "markers", columns, ("before", "words", "after"), rows)


def _numbers(t: measures.Tables, places: Places) -> Lens:
    rows = [
        [
            [row["no"], f"s{row['sentence']}", row["sentence"]],
            row["text"],
            row["kind"],
            row["counts"],
            row["bound"],
            row["voice"],
            row["more"],
        ]
        for row in page_rows.number_rows(t, places)
    ]
    columns = (
        ("article", "sentence", "place"),
        ("text", "number", "text"),
        ("what", "kind of number", "text"),
        ("counts", "of what", "text"),
        ("bound", "given as", "text"),
        ("source", "by whom", "text"),
        ("more", "what else the text says", "text"),
    )
    return Lens("numbers", "numbers", "numbers", columns, ("text", "counts", "source"), rows)


def _entities(t: measures.Tables) -> Lens:
    number = {doc_id: n for n, doc_id in enumerate(t["articles"]["doc_id"], 1)}
    where: dict[str, list[int]] = defaultdict(list)
    for m in t["mentions"][["doc_id", "entity_id"]].drop_duplicates().itertuples(index=False):
        where[m.entity_id].append(number[m.doc_id])
    names = measures.entity_frequency(t)["entity_id"]
    rows = [
        [row["name"], row["label"], int(row["n"]), int(row["docs"]), row["aliases"], where[key]]
        for key, row in zip(names, page_rows.entity_rows(t), strict=True)
    ]
    columns = (
        ("name", "name", "text"),
        ("what", "kind of name", "text"),
        ("n", "mentions", "number"),
        ("docs", "articles", "number"),
        ("aliases", "also as", "text"),
        ("article", "articles", "many"),
    )
    return Lens("entities", "names", "entity_frequency", columns, ("name", "aliases"), rows)


def _articles(t: measures.Tables, texts: Sequence[Text], places: Places) -> Lens:
    rows = [
        [
            [row["no"], "text", row["title"]],
            row["doc_id"],
            int(row["words"]),
            int(row["attributions"]),
            row["sourced"],
            int(row["hedges"]),
            row["rate"],
        ]
        for row in page_rows.article_rows(t, texts, places)
    ]
    columns = (
        ("article", "title", "place"),
        ("doc_id", "file or id", "text"),
        ("words", "words", "number"),
        ("attributions", "attributions", "number"),
        ("sourced", "words of sources", "number"),
        ("hedges", "epistemic hedges", "number"),
        ("rate", "per 1,000 words", "number"),
    )
    return Lens("articles", "articles", "articles", columns, ("article", "doc_id"), rows)


def _classes(t: measures.Tables) -> dict[tuple[str, Any], str]:
    """The class of each source, by article and source id."""
    s = t["sources"]
    return {
        (doc_id, source_id): term(ROLE_CLASSES, role).name
        for doc_id, source_id, role in zip(s["doc_id"], s["source_id"], s["role_class"], strict=True)
    }


def _kind(slug: str) -> str:
    return REPORTER if slug == "reporter" else term(SHOWN_KINDS, slug).name


def _columns(rows: list[tuple], n: int) -> Iterable[tuple]:
    return zip(*rows, strict=True) if rows else [()] * n


def _before(text: str) -> str:
    """The last words before a mark, with single spaces."""
    words = " ".join(text.split())
    return words if len(words) <= AROUND else "… " + words[-AROUND:].partition(" ")[2]


def _after(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= AROUND else words[:AROUND].rpartition(" ")[0] + " …"
