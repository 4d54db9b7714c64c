"""Who gets to speak: sources by role class, and by how the text refers to them.

A source counts once in each article in which it is heard, that is, in which it states something; a source that only
asked or declined to comment is not heard. Nothing is inferred from names: what an article does not say about a source
is "open" or "not told", and counts as that.

The docstring of `analysis.measures.intervals` explains the intervals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import nan
from typing import Any, NamedTuple

import pandas as pd

from analysis.measures import Tables
from analysis.measures.intervals import of_share
from analysis.measures.whose import ASKS, DECLINES, SPEAKS, states
from analysis.reading.source_rows import PEOPLE
from analysis.text.vocabulary import REFERENCES, ROLE_CLASSES, Term

GROUPS: dict[str, dict[str, Term]] = {"role_class": ROLE_CLASSES, "reference": REFERENCES}
NOT_GIVEN = "not given"
OVER = ("article", "outlet", "month")


class Basis(NamedTuple):
    """What is counted: `name` for an axis, and its definition, which is also the denominator."""

    name: str
    definition: str


BASES = {
    "sources": Basis(
        "sources",
        "sources that state something, people and bodies, each once per article, without those that only asked or "
        "declined",
    ),
    "people": Basis("people", "people who state something, named or not, each once per article"),
    "attributions": Basis("attributions", "attributions in which a source states something: no questions, no refusals"),
    "words": Basis("words", "words that sources state, each counted for the innermost source"),
    "first-third": Basis(
        "words in the first third",
        "words that sources state in the first third of an article",
    ),
}
DTYPES = {
    "group": "str",
    "name": "str",
    "basis": "str",
    "count": "int64",
    "n_people": "int64",
    "of": "int64",
    "share": "float64",
    "low": "float64",
    "high": "float64",
    "interval": "str",
    "definition": "str",
}


SUMS = ("n_attributions", "n_statements", "n_words", "n_quoted_words", "first_hand", "second_hand")
SHEET = {
    **dict.fromkeys(("name", "titles", "source_kind"), "str"),
    "named": "bool",
    **dict.fromkeys(("role_class", "reference"), "str"),
    "heard": "str",
    "n_docs": "int64",
    **dict.fromkeys(SUMS, "int64"),
    **dict.fromkeys(("via", "justification", "anonymity"), "str"),
}


def heard(t: Tables) -> pd.DataFrame:
    """The sources that are heard, one row per article and source: the sources table without those that only asked or
    declined.

    `is_person` is True for a single person, named or not.
    """
    s = t["sources"]
    return s[s["heard"] == SPEAKS].assign(is_person=s["source_kind"].isin(PEOPLE)).reset_index(drop=True)


def who_speaks(t: Tables, *, by: str = "role_class", over: str | None = None) -> pd.DataFrame:
    """Shares of sources, people, attributions, words and words in the first third, by "role_class" or "reference".

    One row per basis (a key of BASES, which says what is counted and out of what) and group, even if there is none. By
    reference, only people are counted, on every basis. Columns: group (a key of vocabulary.ROLE_CLASSES or REFERENCES),
    name, basis, count, n_people (how much of the count belongs to people), of, share, low, high (95%; NaN if there is
    no interval), interval (how it was computed, or why there is none), definition. With `over` "article" (by doc_id),
    "outlet" or "month" ("2019-03"), the same for each, named in the first column; an outlet or month that an article
    does not give is "not given". Raises ValueError for another `by` or `over`.

    >>> from analysis import annotate, make_tables
    >>> rows = who_speaks(make_tables(annotate("“It was late,” said Ann Reed. She left.")), by="reference")
    >>> rows[(rows["basis"] == "words") & (rows["of"] > 0)]["count"].sum()
    np.int64(3)
    """
    if by not in GROUPS:
        raise ValueError(f"by={by!r} is not a grouping; choose one of {', '.join(map(repr, GROUPS))}")
    if over is not None and over not in OVER:
        raise ValueError(f"over={over!r} is not a unit; choose one of {', '.join(map(repr, OVER))}")
    counted = _counted(t)
    if over is None:
        return _frame(_rows(counted, t["articles"]["doc_id"].tolist(), by), DTYPES)
    where = _where(t, over)
    rows = [
        (place, *row)
        for place in (where if over == "article" else sorted(set(where), key=lambda name: (name == NOT_GIVEN, name)))
        for row in _rows(counted, where.index[where == place].tolist(), by)
    ]
    return _frame(rows, {over: "str", **DTYPES})


def _where(t: Tables, over: str) -> pd.Series:
    """The article itself, its outlet or its month, by doc_id."""
    a = t["articles"].set_index("doc_id")
    if over == "article":
        return pd.Series(a.index, index=a.index)
    found = a["outlet"] if over == "outlet" else a["published"].dt.strftime("%Y-%m").astype("str")
    return found.fillna(NOT_GIVEN)


def _counted(t: Tables) -> pd.DataFrame:
    """What is counted on each basis, one row each: its amount, its groups, and the sentence it is in."""
    s = heard(t)
    known = s[["doc_id", "source_id", "role_class", "reference", "is_person"]]
    a = t["attributions"][["doc_id", "attribution_id", "source_id", "sentence_id", "stance"]]
    a = a[states(a)].merge(known, on=["doc_id", "source_id"])
    words = _thirds(t["passages"]).drop(columns=["voice", "source_kind", "depth"])
    words = words.merge(a.drop(columns=["sentence_id", "stance"]), on=["doc_id", "attribution_id"])
    parts = {
        "sources": s.assign(amount=1),
        "people": s[s["is_person"]].assign(amount=1),
        "attributions": a.assign(amount=1),
        "words": words.assign(amount=words["n_words"]),
        "first-third": words.assign(amount=words["n_first"]),
    }
    columns = ["basis", "doc_id", "sentence_id", "role_class", "reference", "is_person", "amount"]
    return pd.concat([part.assign(basis=basis)[columns] for basis, part in parts.items()], ignore_index=True)


def _thirds(passages: pd.DataFrame) -> pd.DataFrame:
    """The passages, with `n_first`: how many of their words are among the first third of those of their article."""
    p = passages.sort_values(["doc_id", "start"], kind="stable")
    by = p.groupby("doc_id")["n_words"]
    left = by.transform("sum") / 3 - (by.cumsum() - p["n_words"])  # words of the first third that are still to come
    return p.assign(n_first=left.round().clip(lower=0).astype("int64").clip(upper=p["n_words"]))


def _rows(counted: pd.DataFrame, docs: list[str], by: str) -> Iterator[tuple]:
    mine = counted[counted["doc_id"].isin(docs)]
    if by == "reference":
        mine = mine[mine["is_person"] & (mine["basis"] != "sources")]
    for basis in BASES if by == "role_class" else [name for name in BASES if name != "sources"]:
        rows = mine[mine["basis"] == basis]
        of = int(rows["amount"].sum())
        for group, term in GROUPS[by].items():
            hits = rows["amount"].where(rows[by] == group, 0)
            count, people = int(hits.sum()), int(hits[rows["is_person"]].sum())
            share = count / of if of else nan
            interval = of_share(docs, rows, hits, words="words" in BASES[basis].name, what=BASES[basis].name)
            yield group, term.name, basis, count, people, of, share, *interval, BASES[basis].definition


def first_heard(t: Tables) -> pd.DataFrame:
    """Where each class is first heard in each article: one row per article and role class that is heard in it.

    `word` is the number of the first word of the class's first attribution (from 1), and `position` its place as a
    share of the article's words, from 0 (the first word) to below 1; `source` is who is heard there, `n_sources` how
    many sources of the class are heard in the article. Columns: doc_id, role_class, name, source, word, n_words,
    position, n_sources.
    """
    s = heard(t)
    sizes = dict(zip(t["articles"]["doc_id"], t["articles"]["n_words"], strict=True))
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for doc_id, slug, word, name in zip(s["doc_id"], s["role_class"], s["first_word"], s["name"], strict=True):
        found.setdefault((doc_id, slug), []).append((word, name))
    rows = []
    for doc_id, n in sizes.items():
        for slug, term in ROLE_CLASSES.items():
            mine = found.get((doc_id, slug))
            if mine:
                word, name = min(mine, key=lambda pair: pair[0])
                rows.append((doc_id, slug, term.name, name, word, n, (word - 1) / n, len(mine)))
    return _frame(
        rows,
        {
            **dict.fromkeys(("doc_id", "role_class", "name", "source"), "str"),
            **dict.fromkeys(("word", "n_words"), "int64"),
            "position": "float64",
            "n_sources": "int64",
        },
    )


def named_not_heard(t: Tables) -> pd.DataFrame:
    """The people whom an article names but does not quote or report: one row per article and person, the most often
    named first.

    `n_mentions` counts the places that name the person in the article, `titles` are the roles that the articles give,
    `declined` is True if the article says that the person would not say something; `n_heard` says in how many of the
    other articles the person is heard. Columns: doc_id, entity_id, name, titles, n_mentions, declined, n_heard.

    >>> from analysis import annotate, make_tables
    >>> rows = named_not_heard(make_tables(annotate("Ann Reed met Ida Holm in Norway. Reed said that she was ill.")))
    >>> rows["name"].tolist()
    ['Ida Holm']
    """
    e = t["entities"].set_index("entity_id")
    m = t["mentions"]
    counts = m[m["entity_id"].isin(e.index[e["label"] == "PERSON"])].groupby(["doc_id", "entity_id"], sort=False).size()
    s = t["sources"]
    known = {(doc, key): does for doc, key, does in zip(s["doc_id"], s["source_entity"], s["heard"], strict=True)}
    n_heard = heard(t).groupby("source_entity")["doc_id"].nunique()
    rows: list[tuple[Any, ...]] = [
        (
            doc,
            key,
            e.loc[key, "name"],
            e.loc[key, "titles"],
            int(n),
            known.get((doc, key)) == DECLINES,
            int(n_heard.get(key, 0)),
        )
        for (doc, key), n in counts.items()
        if known.get((doc, key)) != SPEAKS
    ]
    order = {doc: at for at, doc in enumerate(t["articles"]["doc_id"])}
    rows.sort(key=lambda row: (order[row[0]], -row[4], row[2]))
    return _frame(
        rows,
        {
            **dict.fromkeys(("doc_id", "entity_id", "name", "titles"), "str"),
            "n_mentions": "int64",
            "declined": "bool",
            "n_heard": "int64",
        },
    )


def source_sheet(t: Tables) -> pd.DataFrame:
    """One row per source across all the articles, those with most words first; those who are not heard come last.

    A source in several articles is the same if it resolves to the same entity; sources without an entity are told apart
    by their words, within each article. Values that differ between articles are separated by " | ", the most frequent
    first. Columns: name, titles, source_kind, named, role_class, reference, heard, n_docs, n_attributions,
    n_statements, n_words, n_quoted_words, first_hand, second_hand, via, justification, anonymity.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for row in t["sources"].to_dict("records"):
        own = f"{row['doc_id']} {row['source_id']}"
        found.setdefault(row["source_entity"] if isinstance(row["source_entity"], str) else own, []).append(row)
    rows = [_over_articles(mine) for mine in found.values()]
    names = list(SHEET)
    heard_at, words_at, n_at = (names.index(column) for column in ("heard", "n_words", "n_attributions"))
    rows.sort(key=lambda row: (row[heard_at] != SPEAKS, -row[words_at], -row[n_at], row[0]))
    return _frame(rows, SHEET)


def _over_articles(mine: list[dict[str, Any]]) -> tuple[Any, ...]:
    """A row of the sheet, from the rows of one source in several articles."""
    does = {row["heard"] for row in mine}
    return (
        mine[0]["name"],
        _pooled(mine, "titles"),
        Counter(row["source_kind"] for row in mine).most_common(1)[0][0],
        any(row["named"] for row in mine),
        _pooled(mine, "role_class", but="open") or "open",
        _pooled(mine, "reference", but="not told") or "not told",
        next(name for name in (SPEAKS, ASKS, DECLINES) if name in does),
        len({row["doc_id"] for row in mine}),
        *(sum(row[column] for row in mine) for column in SUMS),
        *(_pooled(mine, column) for column in ("via", "justification", "anonymity")),
    )


def _pooled(rows: list[dict[str, Any]], column: str, *, but: str = "") -> str | None:
    """The contents of several articles' cells, each wording once, the most frequent first, without `but`."""
    cells = (row[column] for row in rows)
    words = Counter(word for cell in cells if isinstance(cell, str) and cell != but for word in cell.split(" | "))
    return " | ".join(word for word, _ in words.most_common()) or None


def _frame(rows: Any, schema: dict[str, str]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=dtype)
            for (name, dtype), values in zip(schema.items(), columns, strict=True)
        }
    )


DEFINITIONS = {
    "who speaks": "Sources, people, attributions and words by the role class of the source, and by how the text "
    "refers to people. A source counts once in each article in which it states something; sources that "
    "only asked or "
    "declined do not count. The classes rest on the words of the article, never on a name; if it gives none, the "
    "class is open.",
    "named, not heard": "People whom an article names but who state nothing in it. The article may not say whether "
    "they were asked.",
}
