"""The sentence matrix: for each sentence, who says it, by what chain, how sure, and about whom."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.reading.sentence_rows import matrix_rows, sure_label
from analysis.text.document import Document
from analysis.text.vocabulary import REPORTER

SCHEMA = {
    "doc_id": "str",
    "sentence_id": "int64",
    "paragraph_kind": "str",
    "n_words": "int64",
    "n_reporter": "int64",
    "said_by": "str",
    "how_sure": "str",
    "about": "str",
    "text": "str",
}


def sentence_matrix(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per sentence, in the order of the text; sentences count from 1.

    `said_by`: each voice by its chain ("Reuters → Ann Reed") with the number of its words in the sentence, the most
    first; `n_reporter` of the `n_words` are the reporter's. `how_sure`: each marker with its category. `about`: the
    names in the sentence, without dates and amounts. Missing if there is none.

    >>> from analysis import annotate
    >>> sentence_matrix(annotate("The vote may be delayed, Ann Reed said.")).loc[0, ["said_by", "how_sure"]].tolist()
    ['Ann Reed 5; the reporter 3', 'may (possibility)']
    """
    documents = [documents] if isinstance(documents, Document) else documents
    rows = [row for document in documents for row in _rows(document)]
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=dtype)
            for (name, dtype), values in zip(SCHEMA.items(), columns, strict=True)
        }
    )


def _rows(d: Document) -> list[tuple]:
    out = []
    for row, s in zip(matrix_rows(d), d.sentences, strict=True):
        out.append(
            (
                d.doc_id,
                row.sentence,
                d.paragraphs[s.paragraph].kind,
                row.n_words,
                dict(row.said).get(REPORTER, 0),
                "; ".join(f"{name} {n}" for name, n in row.said) or None,
                "; ".join(sure_label(*item) for item in row.sure) or None,
                ", ".join(row.about) or None,
                row.text,
            )
        )
    return out
