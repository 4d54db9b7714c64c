"""The tables of a report as files: those of the articles, and the measures that the figures show."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import partial

import pandas as pd

from analysis import measures
from analysis.comparing import copies_among
from analysis.comparing.tables import copies_table, passages_table
from analysis.measures import comparison, entities, hedging, knowing, numbers, people, sourcing, speaking, together
from analysis.report.gathering import Articles
from analysis.tables import SCHEMAS

RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would read such a cell as a formula


# The measures that the figures show, each worked out from the tables of the articles.
MEASURES: dict[str, Callable[[measures.Tables], pd.DataFrame]] = {
    "words_by_voice": measures.words_by_voice,
    "source_kinds": measures.source_kinds,
    "words_by_class": measures.words_by_class,
    "shares": measures.shares,
    "sourcing": sourcing.sourcing_measures,
    "sourcing_by_article": partial(sourcing.sourcing_measures, by="article"),
    "source_sheet": people.source_sheet,
    "who_speaks": people.who_speaks,
    "who_speaks_by_reference": partial(people.who_speaks, by="reference"),
    "first_heard": people.first_heard,
    "named_not_heard": people.named_not_heard,
    "how_known": knowing.how_known,
    "how_known_by_sentence": knowing.how_by_sentence,
    "hedge_rates_by_category": partial(measures.hedge_rates, by="category"),
    "hedge_rates_by_voice": partial(measures.hedge_rates, by="voice"),
    "hedge_rates_by_article": partial(measures.hedge_rates, by="article"),
    "hedge_rates_by_part": partial(hedging.hedging_rates, by="part"),
    "hedge_rates_by_voice_and_category": partial(hedging.hedging_rates, by=("voice", "category")),
    "hedges_and_boosters": partial(hedging.hedges_and_boosters, by="voice"),
    "hedging": hedging.hedging_measures,
    "probability_words": hedging.probability_words,
    "entity_frequency": entities.frequency,
    "first_appearance": entities.first_appearance,
    "dispersion": entities.dispersion,
    "by_country": entities.by_country,
    "who_acts": entities.who_acts,
    "co_occurrence": together.co_occurrence,
    "speakers_and_topics": speaking.speakers_and_topics,
    "who_gives_numbers": numbers.who_gives_numbers,
    "number_measures": numbers.number_measures,
    "headline_measures": numbers.headline_measures,
}
# For several articles only.
COMPARED: dict[str, Callable[[measures.Tables], pd.DataFrame]] = {
    "comparison": comparison.compare,
    "differences": comparison.differing,
    "sources_compared": comparison.sources_compared,
    "names_compared": comparison.names_compared,
    "classes_compared": comparison.classes_compared,
    "who_speaks_by_outlet": partial(people.who_speaks, over="outlet"),
    "who_speaks_by_month": partial(people.who_speaks, over="month"),
    "references_by_outlet": partial(people.who_speaks, by="reference", over="outlet"),
    "references_by_month": partial(people.who_speaks, by="reference", over="month"),
}
COPIES = ("copies", "copied_passages")  # for several articles: what one has from another
# All tables that a report may have.
TABLES = (*SCHEMAS, "readability", *MEASURES, "sentence_matrix", *COMPARED, *COPIES)


def table_group(name: str) -> str:
    """What a table belongs to, for the index of the Excel file."""
    if name in COPIES:
        return "passages that articles share"
    if name in COMPARED:
        return "articles side by side"
    return "measures" if name in MEASURES else "what was marked"


def report_tables(articles: Articles) -> dict[str, pd.DataFrame]:
    """The tables, and the measures that the figures show."""
    t = articles.tables
    frames = {**t, "readability": articles.readability, **{name: make(t) for name, make in MEASURES.items()}}
    frames["sentence_matrix"] = articles.matrix
    if len(articles.texts) > 1:
        frames |= {name: make(t) for name, make in COMPARED.items()}
        shared = copies_among(articles.compared)
        frames |= {"copies": copies_table(shared), "copied_passages": passages_table(shared)}
    return frames


def to_csv(frame: pd.DataFrame) -> str:
    """A table as CSV that is safe to open in a spreadsheet: text that would be a formula, even in the name of a column,
    gets an apostrophe before it.

    Floats are rounded to six significant digits; a missing value is an empty cell.
    """
    safe = frame.copy()
    names = [f"'{name}" if str(name).startswith(RISKY) else str(name) for name in frame.columns]
    strings = safe.columns[safe.dtypes == "str"]
    for column in strings:
        risky = safe[column].str.startswith(RISKY).fillna(False).astype(bool)
        safe[column] = safe[column].mask(risky, "'" + safe[column])
    # pandas leaves a lone carriage return unquoted, and the text after it would begin a new row
    returns = any("\r" in name for name in names)
    returns = returns or any(safe[column].str.contains("\r", regex=False).any() for column in strings)
    quoting = csv.QUOTE_NONNUMERIC if returns else csv.QUOTE_MINIMAL
    return safe.to_csv(
        header=names,
        index=False,
        lineterminator="\n",
        quoting=quoting,
        float_format="%.6g",
        date_format="%Y-%m-%dT%H:%M:%S",
    )
