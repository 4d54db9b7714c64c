"""The sentence matrix: for each sentence who says it, by what chain, how sure, and about whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from analysis.document import Document
from analysis.terms import CATEGORIES, REPORTER, VALUES, term
from analysis.voices import chains, is_word, token_voices, voices

SCHEMA = {
    "doc_id": "str", "sentence_id": "int64", "paragraph_kind": "str", "n_words": "int64", "n_reporter": "int64",
    "said_by": "str", "how_sure": "str", "about": "str", "text": "str"}


def sentence_matrix(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per sentence, in the order of the text; sentences count from 1.

    `said_by`: each voice by its chain ("Reuters → Ann Reed") with the number of its words in the sentence, most first;
    `n_reporter` of the `n_words` are the reporter's.  `how_sure`: each hedge and booster with its category.  `about`:
    the names in the sentence, dates and amounts left out.  Missing where there is none.

    >>> from analysis import annotate
    >>> sentence_matrix(annotate("The vote may be delayed, Ann Reed said.")).loc[0, ["said_by", "how_sure"]].tolist()
    ['Ann Reed 5; the reporter 3', 'may (possibility)']
    """
    documents = [documents] if isinstance(documents, Document) else documents
    rows = [row for document in documents for row in _rows(document)]
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    return pd.DataFrame({name: pd.Series(list(values), dtype=dtype)
                         for (name, dtype), values in zip(SCHEMA.items(), columns, strict=True)})


def _rows(d: Document) -> list[tuple]:
    voice, owner = voices(d), token_voices(d)
    label = {key: " → ".join(voice[a.id].name for a in chain) for key, chain in chains(d).items()}
    names = {e.id: e.name for e in d.entities}
    sure: dict[int, list[str]] = {}
    for m in d.markers:
        extra = ", negated" if m.negated else ", by whom?" if m.by_whom else ""
        sure.setdefault(d.sentence_index(m.start), []).append(
            f"{d.text[m.start:m.end]} ({term(CATEGORIES, m.category).name}{extra})")
    about: dict[int, dict[str, None]] = {}
    for m in d.mentions:
        if m.label not in VALUES:
            about.setdefault(d.sentence_index(m.start), {})[names.get(m.entity, d.text[m.start:m.end])] = None
    out = []
    for k, s in enumerate(d.sentences):
        said = Counter(label.get(owner[t], REPORTER) for t in range(s.first_token, s.last_token)
                       if is_word(d.tokens.words[t]))
        out.append((d.doc_id, k + 1, d.paragraphs[s.paragraph].kind, said.total(), said[REPORTER],
                    "; ".join(f"{name} {n}" for name, n in said.most_common()) or None,
                    "; ".join(sure.get(k, ())) or None, ", ".join(about.get(k, ())) or None, d.text[s.start:s.end]))
    return out
