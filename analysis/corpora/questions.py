"""Questions to the tables of many articles: SQL over the Parquet files that `annotate_corpus` writes, with data frames
as results.

DuckDB reads the files in place, so none of them has to fit into memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import pandas as pd

from analysis.measures.counts import design_effect
from analysis.measures.counts import rate as per_1000
from analysis.measures.intervals import clustered, wilson
from analysis.text.vocabulary import EPISTEMIC, REPORTER, SHOWN_KINDS

EPISTEMIC_ONLY = f"category IN ({', '.join(repr(str(slug)) for slug in EPISTEMIC)})"
NAMED = ("person", "organisation", "government")
UNNAMED = ("unnamed-person", "collective")


class Archive:
    """The tables in a folder that `annotate_corpus` wrote. Close it after use, or use it in a `with` statement.

    `sql` takes any query; `articles`, `sentences`, `markers` and so on are the tables.
    """

    def __init__(self, folder: str | Path) -> None:
        import duckdb

        self.database = duckdb.connect()
        for path in sorted(Path(folder).iterdir()):
            if path.is_dir() and any(path.glob("*.parquet")):
                files = str(path / "*.parquet").replace("'", "''")
                self.database.sql(f"CREATE VIEW \"{path.name}\" AS SELECT * FROM read_parquet('{files}')")

    def sql(self, query: str) -> pd.DataFrame:
        """The result of a query. Raises duckdb.Error for an invalid one."""
        return self.database.sql(query).df()

    def close(self) -> None:
        """Close the files."""
        self.database.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def hedged_paragraphs(self, *, epistemic: bool = False) -> pd.DataFrame:
        """One row per body paragraph: outlet, month, doc_id, paragraph, and whether a hedge starts in it.

        With `epistemic`, only hedges in the categories that say how sure a claim is count.
        """
        which = EPISTEMIC_ONLY if epistemic else "is_hedge"
        return self.sql(f"""
            SELECT outlet, month(published) AS month, doc_id, paragraph, bool_or(category IS NOT NULL) AS hedged
            FROM sentences JOIN articles USING (doc_id)
            LEFT JOIN (SELECT doc_id, sentence_id, category FROM markers WHERE {which}) USING (doc_id, sentence_id)
            WHERE paragraph_kind = 'body'
            GROUP BY ALL ORDER BY ALL
        """)

    def named_sources(self) -> pd.DataFrame:
        """One row per attribution by the reporter: outlet, doc_id, and whether its source has a name."""
        return self.sql(f"""
            SELECT outlet, doc_id, source_kind IN {NAMED} AS named
            FROM attributions JOIN articles USING (doc_id)
            WHERE depth = 0
            ORDER BY ALL
        """)

    def spread_of_hedges(self) -> float:
        """How many times as much epistemic hedges vary between articles as they would by chance."""
        spread = self.sql(f"""
            SELECT n_words, coalesce(n, 0) AS n FROM articles LEFT JOIN (
                SELECT doc_id, count(*) AS n FROM markers WHERE {EPISTEMIC_ONLY} GROUP BY doc_id) USING (doc_id)
            ORDER BY doc_id
        """)
        return design_effect(spread["n"].tolist(), spread["n_words"].tolist())

    def hedges_by_voice(self) -> pd.DataFrame:
        """Epistemic hedges per 1,000 words of each kind of voice, with 95% intervals that allow for how articles
        differ: kind, name, n, words, rate, low, high."""
        voices = self.sql(f"""
            WITH hedges AS (
                SELECT coalesce(source_kind, 'reporter') AS kind, count(*) AS n
                FROM markers LEFT JOIN attributions USING (doc_id, attribution_id)
                WHERE {EPISTEMIC_ONLY} GROUP BY ALL)
            SELECT source_kind AS kind, coalesce(any_value(n), 0) AS n, sum(n_words)::BIGINT AS words
            FROM passages LEFT JOIN hedges ON source_kind = kind
            GROUP BY source_kind ORDER BY words DESC, kind
        """)
        voices["name"] = [REPORTER if kind == "reporter" else SHOWN_KINDS[kind].name for kind in voices["kind"]]
        return self._rates(voices)

    def hedges_with_and_without_a_name(self) -> pd.DataFrame:
        """The same for sources with and without a name: outlet, unnamed, n, words, rate, low, high."""
        return self._rates(
            self.sql(f"""
            WITH said AS (
                SELECT outlet, doc_id, attribution_id, source_kind IN {UNNAMED} AS unnamed
                FROM attributions JOIN articles USING (doc_id)
                WHERE source_kind IN {NAMED + UNNAMED}),
            words AS (SELECT outlet, unnamed, sum(n_words)::BIGINT AS words
                      FROM passages JOIN said USING (doc_id, attribution_id) GROUP BY ALL),
            hedges AS (SELECT outlet, unnamed, count(*) AS n FROM markers JOIN said USING (doc_id, attribution_id)
                       WHERE {EPISTEMIC_ONLY} GROUP BY ALL)
            SELECT outlet, unnamed, n, words FROM words JOIN hedges USING (outlet, unnamed) ORDER BY outlet, unnamed
        """)
        )

    def _rates(self, rows: pd.DataFrame) -> pd.DataFrame:
        wider = self.spread_of_hedges()
        pairs = zip(rows["n"], rows["words"], strict=True)
        rows[["rate", "low", "high"]] = [per_1000(n, words, dispersion=wider) for n, words in pairs]
        return rows

    def names_by_quarter(self, label: str = "ORG") -> pd.DataFrame:
        """Articles that name each entity of a kind, by quarter: name, quarter, n, of, share, low, high.

        `of` are the articles of the quarter, and the interval is Wilson's (95%).
        """
        rows = self.database.execute(
            """
            WITH named AS (
                SELECT name, quarter(published) AS quarter, count(DISTINCT doc_id) AS n
                FROM mentions JOIN articles USING (doc_id)
                JOIN (SELECT entity_id, any_value(name) AS name FROM entities GROUP BY ALL) USING (entity_id)
                WHERE label = ? GROUP BY ALL),
            everything AS (SELECT quarter(published) AS quarter, count(*) AS of FROM articles GROUP BY ALL)
            SELECT name, quarter, n, of, n / of AS share FROM named JOIN everything USING (quarter) ORDER BY ALL
            """,
            [label],
        ).df()
        rows[["low", "high"]] = [wilson(int(n), int(of)) for n, of in zip(rows["n"], rows["of"], strict=True)]
        return rows


def shares_by(rows: pd.DataFrame, by: str | Sequence[str], column: str) -> pd.DataFrame:
    """The share of rows for which a column is true, by group: n, of, share, and the 95% interval as low and high.

    The interval treats the article (doc_id) as the unit that was drawn, since rows from one article are alike.

    >>> rows = pd.DataFrame({"outlet": ["A"] * 4, "doc_id": list("wxyz"), "hedged": [True, False, False, False]})
    >>> shares_by(rows, "outlet", "hedged")[["outlet", "n", "of", "share"]].values.tolist()
    [['A', 1, 4, 0.25]]
    """
    groups = rows.groupby(by if isinstance(by, str) else list(by))
    counted = groups[column].agg(["sum", "count"]).rename(columns={"sum": "n", "count": "of"})
    counted["share"] = counted["n"] / counted["of"]
    by_article = [mine.groupby("doc_id")[column].agg(["sum", "count"]) for _, mine in groups]
    counted[["low", "high"]] = [clustered(mine["sum"].tolist(), mine["count"].tolist()) for mine in by_article]
    return counted.reset_index()


def quarters_side_by_side(rows: pd.DataFrame, *, top: int = 8) -> pd.DataFrame:
    """The names with most articles in the year, with one column per quarter ("12 (8%)").

    `rows` is what `Archive.names_by_quarter` returns.
    """
    cells = rows.assign(cell=[f"{r.n} ({r.share:.0%})" for r in rows.itertuples()])
    table = cells.pivot(index="name", columns="quarter", values="cell").fillna("0")
    table["year"] = rows.groupby("name")["n"].sum()
    return table.sort_values("year", ascending=False, kind="stable").head(top).reset_index()
