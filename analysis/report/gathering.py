"""What a report needs of its articles, taken from one after the other, so that no more than one has to be in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from analysis.comparing.copies import MOST
from analysis.measures.readability import readability_table
from analysis.report.texts import Text, text_of
from analysis.tables import Part, join_parts, make_part
from analysis.tables.sentence_matrix import sentence_matrix
from analysis.text.document import Document


class Gathered(NamedTuple):
    """What a report needs of some of its articles.  `compared` are those that are compared passage by passage: the
    first of the report."""

    part: Part
    readability: pd.DataFrame
    matrix: pd.DataFrame
    texts: list[Text]
    compared: list[Document]


class Articles(NamedTuple):
    """The same of all articles of a report, with their tables."""

    tables: dict[str, pd.DataFrame]
    readability: pd.DataFrame
    matrix: pd.DataFrame
    texts: list[Text]
    compared: list[Document]


def gather(documents: Sequence[Document], *, first: int = 1, word: bool = False) -> Gathered:
    """What a report needs of these documents; `first` is the number of the first of them in the report, and `word` says
    that a Word file will be made of it."""
    return Gathered(
        make_part(documents),
        readability_table(documents),
        sentence_matrix(documents),
        [text_of(document, number, word=word) for number, document in enumerate(documents, first)],
        [document for number, document in enumerate(documents, first) if number <= MOST],
    )


def join(parts: Iterable[Gathered]) -> Articles:
    """All articles of a report.  Raises ValueError where there are none, or two have one doc_id."""
    parts = list(parts)
    texts = [text for part in parts for text in part.texts]
    if not texts:
        raise ValueError("there are no documents to report on; give at least one")
    return Articles(
        join_parts([part.part for part in parts]),
        pd.concat([part.readability for part in parts], ignore_index=True),
        pd.concat([part.matrix for part in parts], ignore_index=True),
        texts,
        [document for part in parts for document in part.compared],
    )
