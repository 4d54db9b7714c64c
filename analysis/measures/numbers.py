"""Measures of numbers: who gives them, how they are given, and what the text says about them."""

from __future__ import annotations

import pandas as pd

from analysis.measures import Tables
from analysis.measures.intervals import of_share
from analysis.text.vocabulary import HEADLINE_DIFFERENCES, REPORTER, SHOWN_KINDS

DEFINITIONS = {
    "sourced": "numbers that a source gives, of all numbers",
    "second-hand": "numbers that reach the article through another source, of those that a source gives",
    "loosened": "approximate numbers (about, nearly, a range), of all except ranks and dates",
    "limits": "numbers given as a limit (at least, up to), of all except ranks and dates",
    "counted": "numbers for which the text makes plain what they count, of all",
    "unverified": "numbers that the text says could not be checked, of those that a source gives",
    "disputed": "numbers that somebody says are wrong, of all",
    "repeated": "numbers with another mention of the same quantity, of all",
    "agreeing": "numbers whose other mentions all agree with them, of those that have one",
}
COLUMNS = {
    "count": "int64",
    "of": "int64",
    "share": "float64",
    "low": "float64",
    "high": "float64",
    "interval": "str",
    "definition": "str",
}


def who_gives_numbers(t: Tables) -> pd.DataFrame:
    """Numbers by the kind of source that gives them: the reporter first, then the kinds with most numbers.

    Denominator: all numbers.  Columns: source_kind (a key of vocabulary.SHOWN_KINDS, or "reporter"), name, count, of,
    share, low, high (95%; NaN where there is no interval), interval, definition.

    >>> from analysis import annotate, make_tables
    >>> rows = who_gives_numbers(make_tables(annotate("Police said 43 people came. They brought 12 dogs.")))
    >>> rows[["source_kind", "count"]].values.tolist()
    [['reporter', 1], ['government', 1]]
    """
    n = t["numbers"]
    counts = n["source_kind"].value_counts()
    kinds = ["reporter", *sorted((k for k in counts.index if k != "reporter"), key=lambda k: (-counts[k], k))]
    return _frame(
        [
            (kind, _name(kind), *_share(t, n, n["source_kind"] == kind, f"numbers given by: {_name(kind)}, of all"))
            for kind in kinds
        ],
        {"source_kind": "str", "name": "str", **COLUMNS},
    )


def _name(kind: str) -> str:
    return REPORTER if kind == "reporter" else SHOWN_KINDS[kind].name


def number_measures(t: Tables) -> pd.DataFrame:
    """How numbers are given, one row per key of DEFINITIONS.

    Columns: measure, count, of, share, low, high (95%; NaN where there is no interval), interval, definition.
    """
    n = t["numbers"]
    sourced = n["chain"].notna()
    sized = ~n["kind"].isin(["rank", "date"])
    every = pd.Series(True, index=n.index)
    rows: dict[str, tuple[pd.Series, pd.Series]] = {
        "sourced": (every, sourced),
        "second-hand": (sourced, n["chain"].str.contains(" → ", regex=False).fillna(False).astype(bool)),
        "loosened": (sized, n["bound"].isin(["about", "range"])),
        "limits": (sized, n["bound"].isin(["at-least", "at-most"])),
        "counted": (every, n["counts"].notna()),
        "unverified": (sourced, n["unverified"].notna()),
        "disputed": (every, n["disputed"].notna()),
        "repeated": (every, n["same"].notna()),
        "agreeing": (n["same"].notna(), n["agrees"] == "yes"),
    }
    return _frame(
        [(name, *_share(t, n[of], hits[of], DEFINITIONS[name])) for name, (of, hits) in rows.items()],
        {"measure": "str", **COLUMNS},
    )


def headline_measures(t: Tables) -> pd.DataFrame:
    """How titles differ from the sentences that carry them, one row per key of vocabulary.HEADLINE_DIFFERENCES.

    Denominator: the articles with a title.  Columns: difference, name, count, of, share, low, high (95%; NaN where
    there is no interval), interval, definition.
    """
    titles = t["titles"]
    found = set(zip(t["headline_differences"]["doc_id"], t["headline_differences"]["difference"], strict=True))
    rows = titles[["doc_id"]].assign(sentence_id=1)
    return _frame(
        [
            (
                kind,
                known.name,
                *_share(t, rows, _with(rows, found, kind), known.gloss, "titles"),
            )
            for kind, known in HEADLINE_DIFFERENCES.items()
        ],
        {"difference": "str", "name": "str", **COLUMNS},
    )


def _with(rows: pd.DataFrame, found: set[tuple[str, str]], kind: str) -> pd.Series:
    """Which of these articles have this difference."""
    return rows["doc_id"].isin([doc_id for doc_id, difference in found if difference == kind])


def _share(t: Tables, rows: pd.DataFrame, hits: pd.Series, definition: str, what: str = "numbers") -> tuple:
    amounts = rows[["doc_id", "sentence_id"]].assign(amount=1)
    count, of = int(hits.sum()), len(rows)
    interval = of_share(t["articles"]["doc_id"].tolist(), amounts, hits.astype(int), words=False, what=what)
    return count, of, count / of if of else float("nan"), interval.low, interval.high, interval.how, definition


def _frame(rows: list[tuple], schema: dict[str, str]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=dtype)
            for (name, dtype), values in zip(schema.items(), columns, strict=True)
        }
    )
