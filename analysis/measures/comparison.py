"""Several articles side by side: rates with their intervals, which of them differ by more than chance, and who is
quoted where.

All take the dict that `analysis.make_tables` returns. A difference between two articles is a difference between two
texts: the intervals say how far each value could vary in other texts of its kind, and `differing` says which
differences are more than chance, by an exact test.
"""

from __future__ import annotations

import pandas as pd

from analysis import measures
from analysis.measures import Tables, people
from analysis.measures.differences import Count, of_rates, of_shares
from analysis.measures.whose import counted_sources
from analysis.text.vocabulary import EPISTEMIC_NAMES, ROLE_CLASSES

COLUMNS = {
    "doc_id": "str",
    "measure": "str",
    "count": "int64",
    "of": "int64",
    "value": "float64",
    "low": "float64",
    "high": "float64",
    "unit": "str",
    "definition": "str",
}
HEDGES = f"epistemic hedges ({EPISTEMIC_NAMES}), per 1,000 words; other marks are not included"
# How much more a count varies between articles of one kind than independent events would, as a variance; used if there
# are too few articles to measure it. Measured on 200 articles of American news (PolNeAR, training part), rounded up.
EFFECTS = {
    "named-sources": 3.0,
    "no-source": 1.5,
    "second-hand": 1.5,
    "quoted": 2.5,
    "hedged-sentences": 5.5,
    "reporter-hedges": 3.5,
    "hedge-rate": 4.0,
}
DIFFERENCES = {
    "measure": "str",
    "lowest": "str",
    "low_value": "float64",
    "highest": "str",
    "high_value": "float64",
    "p": "float64",
    "differs": "bool",
}


def one_article(t: Tables, doc_id: str) -> Tables:
    """The tables of one article among several.  Raises ValueError for a doc_id that is not among them."""
    if doc_id not in set(t["articles"]["doc_id"]):
        raise ValueError(
            f"doc_id {doc_id!r} is not among these articles; choose one of "
            f"{', '.join(map(repr, t['articles']['doc_id']))}"
        )
    mine = {
        name: frame[frame["doc_id"] == doc_id].reset_index(drop=True) for name, frame in t.items() if "doc_id" in frame
    }
    counts = mine["mentions"]["entity_id"].value_counts()
    entities = t["entities"][t["entities"]["entity_id"].isin(counts.index)].reset_index(drop=True)
    entities["n_mentions"] = entities["entity_id"].map(counts).astype("int64")
    entities["n_docs"] = 1
    return {name: mine.get(name, entities) for name in t}


def compare(t: Tables) -> pd.DataFrame:
    """The shares of `measures.shares` and the hedges per 1,000 words, for each article.

    One row per measure and article, measure by measure. Columns: doc_id, measure, count, of, value, low, high (95%; NaN
    if the measure has no interval), unit ("share" or "per 1,000 words"), definition.
    """
    found = measures.shares_by_article(t).rename(columns={"share": "value"}).assign(unit="share")
    rates = measures.hedge_rates(t, by="article").rename(columns={"n": "count", "n_words": "of", "per_1000": "value"})
    rates = rates.assign(measure="hedge-rate", unit="per 1,000 words", definition=HEDGES)
    return pd.concat([found[list(COLUMNS)], rates[list(COLUMNS)]], ignore_index=True).astype(COLUMNS)


def differing(t: Tables) -> pd.DataFrame:
    """The lowest and the highest article in each measure of `compare`, and whether they differ by more than chance.

    One row per measure that counts separate things (words depend on one another, so no exact test is valid for a share
    of words). `p` is from an exact test (`analysis.measures.differences`), with the counts divided by EFFECTS, and
    corrected for every pair of articles and every measure; `differs` uses a level that leaves 5% for a whole report.
    Columns: those of DIFFERENCES.
    """
    return tested(compare(t))


def tested(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `differing`, from those of `compare`, which must have measure, doc_id, count and of."""
    made = []
    rows = rows[rows["measure"].isin(list(EFFECTS))]
    for measure, mine in rows.groupby("measure", sort=False):
        counts = [Count(doc, int(n), int(of)) for doc, n, of in mine[["doc_id", "count", "of"]].itertuples(index=False)]
        test = of_rates if measure == "hedge-rate" else of_shares
        found = test(counts, effect=EFFECTS[str(measure)], measures=len(EFFECTS))
        if found:
            low, high = found.lowest, found.highest
            made.append((measure, low.name, low.n / low.of, high.name, high.n / high.of, found.p, found.found))
    return _frame(made, DIFFERENCES)


def sources_compared(t: Tables) -> pd.DataFrame:
    """Who is quoted or reported in which article; those in the most articles first, then by attributions.

    It has only sources that count (`whose.counted_sources`), since one that only declined to speak is not quoted, and
    only those that a reader could look up (`measures.is_named`), since "officials" in two articles need not be the
    same. Columns: source, source_kind, n_docs, n_attributions, then a column for each article, "in DOC_ID", with the
    attributions there.
    """
    a = t["attributions"]
    a = a[measures.is_named(a) & counted_sources(a).notna()]
    key = a["source_entity"].fillna(a["voice"].str.casefold())  # "Norland’s decree" in two articles is the same source
    return _across(t, a.assign(key=key, n=1), {"voice": "source", "source_kind": "source_kind"}, "n_attributions")


def names_compared(t: Tables) -> pd.DataFrame:
    """Which names occur in which article; those in the most articles first, then by mentions.

    Dates, amounts and other values are left out. Columns: name, label_name, n_docs, n_mentions, then a column for each
    article, "in DOC_ID", with the mentions there.
    """
    e = t["entities"][t["entities"]["is_name"]]
    counts = t["mentions"].groupby(["entity_id", "doc_id"], sort=False).size().rename("n").reset_index()
    rows = counts.merge(e[["entity_id", "name", "label_name"]], on="entity_id")
    return _across(t, rows.assign(key=rows["entity_id"]), {"name": "name", "label_name": "label_name"}, "n_mentions")


def classes_compared(t: Tables) -> pd.DataFrame:
    """Which classes of sources are heard in which article; those in the most articles first, then by sources.

    Columns: role_class, name, n_docs, n_sources, then a column for each article, "in DOC_ID", with the sources of the
    class that are heard there (see `analysis.measures.people.heard`).
    """
    rows = people.heard(t).assign(n=1)
    rows = rows.assign(key=rows["role_class"], name=[ROLE_CLASSES[slug].name for slug in rows["role_class"]])
    return _across(t, rows, {"role_class": "role_class", "name": "name"}, "n_sources")


def _across(t: Tables, rows: pd.DataFrame, labels: dict[str, str], total: str) -> pd.DataFrame:
    """Rows with key, doc_id and n, turned into one row per key and one column of counts per article."""
    docs = list(t["articles"]["doc_id"])
    wide = rows.pivot_table(index="key", columns="doc_id", values="n", aggfunc="sum", fill_value=0, sort=False)
    wide = wide.reindex(columns=docs, fill_value=0).astype("int64").rename(columns=in_article)
    first = rows.drop_duplicates("key").set_index("key")
    out = first[list(labels)].rename(columns=labels).reindex(wide.index)
    out["n_docs"] = (wide > 0).sum(axis=1).astype("int64")
    out[total] = wide.sum(axis=1).astype("int64")
    out = out.join(wide).reset_index(drop=True)
    name = next(iter(labels.values()))
    return out.sort_values(["n_docs", total, name], ascending=[False, False, True]).reset_index(drop=True)


def in_article(doc_id: str) -> str:
    """The column of an article in the tables across articles."""
    return f"in {doc_id}"


def _frame(rows: list[tuple], columns: dict[str, str]) -> pd.DataFrame:
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pd.DataFrame(
        {
            name: pd.Series(list(column), dtype=dtype)
            for (name, dtype), column in zip(columns.items(), values, strict=True)
        }
    )
