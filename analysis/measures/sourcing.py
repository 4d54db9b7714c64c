"""Sourcing in numbers: how many sources, how evenly they are heard, how many could be looked up.

One table, `sourcing_measures`, each row with its unit, count, denominator, interval and definition.  The article
itself is read whole, so its own values are exact, given its marks; an interval says how far the value would go for
*the kind of text this one is a sample of* (see `analysis.measures.intervals`).  How many sources there are, and how
evenly they are heard, has none: other texts have other sources, and drawing from these says nothing of them.
"""

from __future__ import annotations

from collections.abc import Callable
from math import nan
from typing import NamedTuple

import pandas as pd

from analysis.measures import Tables, is_named
from analysis.measures.evenness import effective_number, top_share
from analysis.measures.intervals import of_mean, of_share
from analysis.measures.paths import is_open, is_second_hand
from analysis.measures.whose import SOURCED, SPEAKS, class_of, counted_sources, sources_heard, states
from analysis.text.vocabulary import UNNAMED_KINDS

WORDS, ATTRIBUTIONS, QUOTATIONS = "share of words", "share of attributions", "share of quotations"


class Measure(NamedTuple):
    """What a row of the table says: unit and definition, with the denominator in it."""

    unit: str
    definition: str


MEASURES = {
    "reporter-words": Measure(
        WORDS, "words that are the reporter's own, in the content of no attribution, of all words"
    ),
    "sourced-words": Measure(WORDS, "words that a source states, with a name or without one, of all words"),
    "nobody-words": Measure(
        WORDS, "words reported on nobody's word (“is expected to”), of all words; what was asked is not among them"
    ),
    "asked-words": Measure(WORDS, "words of what was asked, which nobody states, of all words"),
    "unsaid-words": Measure(
        WORDS, "words of what a source declined to speak of or did not mention, of all words: they are nobody's"
    ),
    "named-words": Measure(WORDS, "words of sources that a reader could look up, of all words that sources state"),
    "named-sources": Measure(
        ATTRIBUTIONS,
        "attributions whose source a reader could look up (a named person, organisation or outlet, or a "
        "government, document or event with a name), of all attributions",
    ),
    "second-hand-words": Measure(
        WORDS, "words that reach the article through another source or outlet, of all words that sources state"
    ),
    "second-hand": Measure(
        ATTRIBUTIONS,
        "attributions that reach the article through another source or news outlet (“Reuters reported”), of "
        "all attributions",
    ),
    "sourceless-claims": Measure(
        ATTRIBUTIONS,
        "claims reported on nobody's word (“is expected to”), of all attributions but questions and refusals",
    ),
    "refusals": Measure(
        ATTRIBUTIONS,
        "attributions in which a source refuses to say something or does not mention it, of all attributions",
    ),
    "reasons-for-anonymity": Measure(
        ATTRIBUTIONS, "attributions that say why the name is left out, of those to unnamed people or groups"
    ),
    "unattributed-quotations": Measure(
        QUOTATIONS,
        "quotations of which no word stands in the content of an attribution, of all quotations (one "
        "inside another not counted); titles and terms in quotation marks are among them",
    ),
    "unattributed-quoted-words": Measure(
        WORDS,
        "words in quotation marks that stand in the content of no attribution, of all words in quotation marks; "
        "terms of a word or two weigh little here",
    ),
    "sources": Measure(
        "sources",
        "different sources that state something: those of one entity are one, an unnamed source is told apart by its "
        "words, in each article; the reporter, “no source named” and pronouns that were not resolved are none",
    ),
    "silent-sources": Measure(
        "sources", "different sources that only declined, left something unmentioned, or asked: not among the sources"
    ),
    "sources-per-article": Measure(
        "sources per article",
        "different sources that state something in an article, the mean over all articles, those without any included",
    ),
    "effective-sources": Measure(
        "sources",
        "inverse Simpson concentration of the statements of sources: so many sources heard equally often "
        "would be as concentrated; 1 where one has all, the number of sources where all have the same",
    ),
    "effective-sources-words": Measure(
        "sources",
        "inverse Simpson concentration of the words of sources (innermost): so many sources with equally "
        "many words would be as concentrated",
    ),
    "top-source": Measure(ATTRIBUTIONS, "statements of the source with most of them, of all statements of sources"),
    "top-source-words": Measure(WORDS, "words of the source with most of them, of all words that sources state"),
}
DTYPES = {
    "measure": "str",
    "value": "float64",
    "unit": "str",
    "count": "int64",
    "of": "int64",
    "low": "float64",
    "high": "float64",
    "interval": "str",
    "detail": "str",
    "definition": "str",
}


def sourcing_measures(t: Tables, *, by: str = "all") -> pd.DataFrame:
    """All measures of sourcing, a row each: pooled over the articles, or `by` "article", with doc_id before it.

    Columns: measure (a slug of MEASURES), value (a share runs from 0 to 1; NaN where there is nothing to divide by),
    unit, count, of, low, high (95%; NaN where there is no interval), interval (how it was made, or why there is none),
    detail (who the top source is), definition.  For shares `value` is count over `of`; for numbers of sources
    `count` is how many there are and `of` over how many attributions, words or articles they are counted.
    Raises ValueError for another `by`.

    >>> from analysis import annotate, make_tables
    >>> text = "“It rained,” said Ann Reed. It was late, officials said. It is over, officials said."
    >>> t = make_tables(annotate(text))
    >>> m = sourcing_measures(t).set_index("measure")
    >>> m.loc[["sources", "effective-sources", "named-sources"], "value"].round(2).tolist()
    [2.0, 1.8, 0.33]
    """
    if by == "all":
        return _measure(t)
    if by != "article":
        raise ValueError(f"by={by!r}; allowed are 'all' and 'article'")
    names = ("attributions", "passages", "quotations")
    parts = {name: dict(list(t[name].groupby("doc_id"))) for name in names}
    made = []
    for doc_id, row in zip(t["articles"]["doc_id"], range(len(t["articles"])), strict=True):
        one = {name: parts[name].get(doc_id, t[name].iloc[:0]) for name in names}
        made.append(_measure({"articles": t["articles"].iloc[[row]], **one}))
        made[-1].insert(0, "doc_id", pd.Series([doc_id] * len(made[-1]), dtype="str"))
    return (
        pd.concat(made, ignore_index=True)
        if made
        else pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in {"doc_id": "str", **DTYPES}.items()})
    )


def unattributed_quotations(t: Tables) -> pd.DataFrame:
    """The quotations of which no word stands in the content of an attribution, the longest first.

    One inside another is not listed.  Columns: doc_id, sentence_id, start, end, text, n_words.
    """
    q = t["quotations"]
    q = q[(q["depth"] == 0) & (q["n_attributed"] == 0)]
    q = q.sort_values(["n_words", "doc_id", "start"], ascending=[False, True, True])
    return q[["doc_id", "sentence_id", "start", "end", "text", "n_words"]].reset_index(drop=True)


def sourceless_claims(t: Tables) -> pd.DataFrame:
    """The attributions that state something on nobody's word: neither questions nor refusals.

    Columns: doc_id, attribution_id, sentence_id, cue_text, content_text.
    """
    a = t["attributions"]
    a = a[(a["source_kind"] == "none") & states(a)]
    return a[["doc_id", "attribution_id", "sentence_id", "cue_text", "content_text"]].reset_index(drop=True)


def _measure(t: Tables) -> pd.DataFrame:
    """The table of one set of articles."""
    data = _Data(t)
    a, p, q = data.a, data.p, data.q
    quoted = q[q["depth"] == 0]
    said, sourced = states(a), p["whose"].isin(SOURCED)
    rows = [
        data.of_words("reporter-words", p, p["whose"] == "reporter"),
        data.of_words("sourced-words", p, sourced),
        *(data.of_words(f"{name}-words", p, p["whose"] == name) for name in ("nobody", "asked", "unsaid")),
        data.of_words("named-words", p[sourced], p["whose"] == "named"),
        data.of_rows("named-sources", a, a["named"]),
        data.of_words("second-hand-words", p[sourced], p["second"]),
        data.of_rows("second-hand", a, a["second"]),
        data.of_rows("sourceless-claims", a[said], a["source_kind"] == "none"),
        data.of_rows("refusals", a, a["stance"] == "refusal"),
        data.of_rows(
            "reasons-for-anonymity", a[a["source_kind"].isin(UNNAMED_KINDS) & ~is_open(a)], a["anonymity"].notna()
        ),
        data.of_rows("unattributed-quotations", quoted, q["n_attributed"] == 0),
        data.of_quoted("unattributed-quoted-words", quoted),
        *data.numbers(),
        data.spread("effective-sources", effective_number, words=False),
        data.spread("effective-sources-words", effective_number, words=True),
        data.spread("top-source", top_share, words=False),
        data.spread("top-source-words", top_share, words=True),
    ]
    table = pd.DataFrame(rows, columns=["measure", "value", "count", "of", "low", "high", "interval", "detail"])
    table["unit"] = [MEASURES[name].unit for name in table["measure"]]
    table["definition"] = [MEASURES[name].definition for name in table["measure"]]
    return table[list(DTYPES)].astype(DTYPES)


class _Data:
    """The rows that measures count, with what they are drawn by: articles or sentences, numbered."""

    def __init__(self, t: Tables) -> None:
        self.docs = t["articles"]["doc_id"].tolist()
        a = t["attributions"]
        named = is_named(a)
        self.a = a.assign(
            key=counted_sources(a), named=named, second=is_second_hand(a), whose=class_of(a, named), amount=1
        )
        known = self.a[["doc_id", "attribution_id", "key", "second", "whose"]]
        p = t["passages"].merge(known, on=["doc_id", "attribution_id"], how="left")
        self.p = p.assign(second=p["second"].eq(True), whose=p["whose"].fillna("reporter"), amount=p["n_words"])
        self.q = t["quotations"].assign(amount=1)

    def of_words(self, name: str, rows: pd.DataFrame, which: pd.Series) -> tuple:
        return self._share(name, rows, rows["amount"].where(which.reindex(rows.index), 0), words=True)

    def of_rows(self, name: str, rows: pd.DataFrame, which: pd.Series) -> tuple:
        return self._share(name, rows, rows["amount"].where(which.reindex(rows.index), 0), words=False)

    def of_quoted(self, name: str, quoted: pd.DataFrame) -> tuple:
        rows = quoted.assign(amount=quoted["n_words"])
        return self._share(name, rows, quoted["n_words"] - quoted["n_attributed"], words=True)

    def _share(self, name: str, rows: pd.DataFrame, hits: pd.Series, *, words: bool) -> tuple:
        count, of = int(hits.sum()), int(rows["amount"].sum())
        what = MEASURES[name].unit.removeprefix("share of ")
        return (
            name,
            count / of if of else nan,
            count,
            of,
            *of_share(self.docs, rows, hits, words=words, what=what),
            None,
        )

    def numbers(self) -> list[tuple]:
        """How many sources there are, in all and in the mean of the articles."""
        pairs = self.a[self.a["key"].notna()].drop_duplicates(["doc_id", "key"])
        n, docs = int(pairs["key"].nunique()), len(self.docs)
        everyone = sources_heard(self.a)
        silent = everyone[everyone["heard"] != SPEAKS]
        who = " | ".join(silent["voice"].head(3)) + (" | …" if len(silent) > 3 else "")
        n_silent, n_rows = len(silent), int(silent[["n_questions", "n_refusals"]].sum().sum())
        total = [
            ("sources", n, n, int(self.a["key"].notna().sum()), nan, nan, "none: a count", None),
            ("silent-sources", n_silent, n_silent, n_rows, nan, nan, "none: a count", who or None),
        ]
        per = pairs["doc_id"].value_counts().reindex(self.docs, fill_value=0).tolist()
        mean = len(pairs) / docs if docs else nan
        return [*total, ("sources-per-article", mean, len(pairs), docs, *of_mean(per, "articles"), None)]

    def spread(self, name: str, statistic: Callable, *, words: bool) -> tuple:
        """A measure of how evenly the sources are heard, with the share's own count where it is one."""
        rows = self.p if words else self.a
        rows = rows[rows["key"].notna()]
        totals = rows.groupby("key", sort=False)["amount"].sum()
        of = int(totals.sum())
        if not of:
            return name, nan, 0, 0, nan, nan, "none: there are no sources", None
        value = float(statistic(totals.to_numpy())[0])
        top = totals[totals == totals.max()].index
        detail = None
        if statistic is top_share:
            names = dict(zip(self.a["key"], self.a["voice"], strict=True))
            detail = " | ".join(names[key] for key in top[:3]) + (" | …" if len(top) > 3 else "")
        count = int(totals.max()) if statistic is top_share else len(totals)
        return name, value, count, of, nan, nan, "none: other texts have other sources", detail
