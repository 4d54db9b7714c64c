"""Every column of every table has a meaning, and every column of numbers a unit."""

from pathlib import Path

import pandas as pd
import pytest

from analysis import annotate_all, load_articles
from analysis.report.frames import TABLES, report_tables
from analysis.report.gathering import gather, join
from analysis.tables import SCHEMAS
from analysis.tables.columns import FILE, _sections, column_meaning, described_tables, table_row

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def frames():
    """All tables that a report may have."""
    documents = annotate_all(load_articles(ROOT / "seeds/teaching"))
    return report_tables(join([gather(documents)]))


def test_every_table_is_described_and_no_other(frames):
    assert set(described_tables()) == set(TABLES) == set(frames)


def test_every_column_has_a_meaning_and_every_number_a_unit(frames):
    wrong = []
    for table, frame in frames.items():
        assert table_row(table).endswith(".")
        for column in frame.columns:
            unit, words = column_meaning(table, column)
            number = pd.api.types.is_numeric_dtype(frame[column]) and not pd.api.types.is_bool_dtype(frame[column])
            empty = frame[column].isna().all() or table == "by_country"
            if not words.endswith(".") or (bool(unit) != number and not empty):
                wrong.append((table, column, str(frame[column].dtype), unit))
    assert wrong == []


def test_no_column_is_described_that_no_table_has(frames):
    columns = {name: set(frame.columns) for name, frame in frames.items()}
    every = {name for names in columns.values() for name in names} | {"in *"}
    told = _sections()
    assert set(told["columns"]) - every == set()
    extra = {t: set(told[t]) - columns[t] - {"row"} for t in columns}
    assert {table: names for table, names in extra.items() if names} == {}


def test_a_column_that_is_not_described_is_refused():
    with pytest.raises(KeyError, match="'colour' of the table 'markers' has no meaning in " + FILE):
        column_meaning("markers", "colour")


def test_the_text_of_schemas_is_enough_for_an_empty_table():
    assert all(column_meaning(table, column).words for table, schema in SCHEMAS.items() for column in schema)
