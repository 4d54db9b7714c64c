"""What a report needs from its articles, taken one article at a time, so that only one has to be in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from analysis.annotation.corrections import corrected
from analysis.comparing.copies import MOST
from analysis.inputs.sidecars import Known
from analysis.measures.readability import readability_table
from analysis.report.texts import Text, text_of
from analysis.tables import Part, join_parts, make_part
from analysis.tables.sentence_matrix import sentence_matrix
from analysis.text.article import Article, ArticleError
from analysis.text.document import Document


class Gathered(NamedTuple):
    """What a report needs from some of its articles. `compared` are the first of the report, which are compared passage
    by passage.
    """

    part: Part
    readability: pd.DataFrame
    matrix: pd.DataFrame
    texts: list[Text]
    compared: list[Document]


class Numbered(NamedTuple):
    """An article as it was read, with its place among all articles of the command."""

    number: int
    known: Known | ArticleError

    @property
    def article(self) -> Article | None:
        return self.known.article if isinstance(self.known, Known) else None


class GatheredBatch(NamedTuple):
    """The result for some articles: what a report needs from them, the errors, and why others are left out."""

    gathered: Gathered
    errors: list[ArticleError]
    left_out: list[str]
    n_articles: int

    @classmethod
    def of_error(cls, error: ArticleError) -> GatheredBatch:
        return cls(gather([]), [error], [], 1)


def gather_batch(
    batch: Sequence[Numbered], *, backend: str = "rules", any_language: bool = False, word: bool = False
) -> list[GatheredBatch]:
    """Annotate some articles and take from them what a report needs; returns a list of one, for `corpora.parallel`."""
    documents: list[Document] = []
    numbers: list[int] = []
    errors: list[ArticleError] = []
    left_out: list[str] = []
    for number, known in batch:
        for found in corrected(known, backend=backend, any_language=any_language):
            if isinstance(found, ArticleError):
                errors.append(found)
            elif found.language.english or any_language:
                documents.append(found)
                numbers.append(number)
            else:
                left_out.append(
                    f"{found.doc_id}: not in English ({found.language.name}), and a report counts only English; "
                    "--any-language includes it"
                )
    return [GatheredBatch(gather(documents, numbers=numbers, word=word), errors, left_out, len(batch))]


class Articles(NamedTuple):
    """The same for all articles of a report, with their tables."""

    tables: dict[str, pd.DataFrame]
    readability: pd.DataFrame
    matrix: pd.DataFrame
    texts: list[Text]
    compared: list[Document]


def gather(documents: Sequence[Document], *, numbers: Sequence[int] = (), word: bool = False) -> Gathered:
    """What a report needs from these documents. `numbers` are their places among all articles (from 1), and `word` says
    whether a Word file will be written.
    """
    numbered = list(zip(numbers or range(1, len(documents) + 1), documents, strict=True))
    return Gathered(
        make_part(documents),
        readability_table(documents),
        sentence_matrix(documents),
        [text_of(document, number, word=word) for number, document in numbered],
        [document for number, document in numbered if number <= MOST],
    )


def join(parts: Iterable[Gathered]) -> Articles:
    """All articles of a report. Raises ValueError if there are none, or if two have the same doc_id."""
    parts = list(parts)
    texts = [text for part in parts for text in part.texts]
    if not texts:
        raise ValueError("a report needs at least one document and got none; give one or more")
    return Articles(
        join_parts([part.part for part in parts]),
        pd.concat([part.readability for part in parts], ignore_index=True),
        pd.concat([part.matrix for part in parts], ignore_index=True),
        texts,
        [document for part in parts for document in part.compared],
    )
