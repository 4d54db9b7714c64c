"""The tables of a report as files: those of the articles, and the measures that the figures are drawn from."""

from __future__ import annotations

import csv

import pandas as pd

from analysis import measures
from analysis.measures import comparison, entities, hedging, knowing, sourcing, speaking, together
from analysis.tables.sentence_matrix import sentence_matrix
from analysis.text.document import Document

RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would read such a cell as a formula


def report_tables(documents: list[Document], t: measures.Tables, readability: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables, and the measures that the figures are drawn from."""
    frames = {
        **t,
        "readability": readability,
        "words_by_voice": measures.words_by_voice(t),
        "source_kinds": measures.source_kinds(t),
        "shares": measures.shares(t),
        "sourcing": sourcing.sourcing_measures(t),
        "sourcing_by_article": sourcing.sourcing_measures(t, by="article"),
        "sources": knowing.source_sheet(t),
        "how_known": knowing.how_known(t),
        "how_known_by_sentence": knowing.how_by_sentence(t),
        "hedge_rates_by_category": measures.hedge_rates(t, by="category"),
        "hedge_rates_by_voice": measures.hedge_rates(t, by="voice"),
        "hedge_rates_by_article": measures.hedge_rates(t, by="article"),
        "hedge_rates_by_part": hedging.hedging_rates(t, by="part"),
        "hedge_rates_by_voice_and_category": hedging.hedging_rates(t, by=("voice", "category")),
        "hedges_and_boosters": hedging.hedges_and_boosters(t, by="voice"),
        "hedging": hedging.hedging_measures(t),
        "probability_words": hedging.probability_words(t),
        "entity_frequency": entities.frequency(t),
        "first_appearance": entities.first_appearance(t),
        "dispersion": entities.dispersion(t),
        "by_country": entities.by_country(t),
        "who_acts": entities.who_acts(t),
        "co_occurrence": together.co_occurrence(t),
        "speakers_and_topics": speaking.speakers_and_topics(t),
    }
    frames["sentence_matrix"] = sentence_matrix(documents)
    if len(documents) > 1:
        frames |= {
            "comparison": comparison.compare(t),
            "sources_compared": comparison.sources_compared(t),
            "names_compared": comparison.names_compared(t),
        }
    return frames


def to_csv(frame: pd.DataFrame) -> str:
    """A table as CSV that is safe to open in a spreadsheet: text that would be a formula gets an apostrophe before it.

    Floats are rounded to six significant digits; what is missing is an empty cell.
    """
    safe = frame.copy()
    strings = safe.columns[safe.dtypes == "str"]
    for column in strings:
        risky = safe[column].str.startswith(RISKY).fillna(False).astype(bool)
        safe[column] = safe[column].mask(risky, "'" + safe[column])
    # pandas leaves a lone carriage return unquoted, and what follows it would open a row
    returns = any(safe[column].str.contains("\r", regex=False).any() for column in strings)
    quoting = csv.QUOTE_NONNUMERIC if returns else csv.QUOTE_MINIMAL
    return safe.to_csv(
        index=False, lineterminator="\n", quoting=quoting, float_format="%.6g", date_format="%Y-%m-%dT%H:%M:%S"
    )
