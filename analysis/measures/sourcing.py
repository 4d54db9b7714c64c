"""Sourcing in numbers: how many sources there are, how evenly they are heard, how many a reader could look up.

They are in one table, `sourcing_measures`; each row has its unit, count, denominator, interval and definition. The
article itself is read whole, so its own values are exact, given its marks; an interval says how far the value could
vary for *the kind of text that this one is a sample of* (see `analysis.measures.intervals`). The number of sources, and
how evenly they are heard, have no interval: other texts have other sources, and drawing from these says nothing about
them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import nan
from typing import Any, NamedTuple

import pandas as pd

from analysis.measures import Tables, is_named
from analysis.measures.evenness import effective_number, top_share
from analysis.measures.intervals import of_mean, share_interval
from analysis.measures.paths import is_open, is_second_hand, source_keys
from analysis.measures.whose import SOURCED, class_of, counted_sources, states
from analysis.text.vocabulary import UNNAMED_KINDS

WORDS, ATTRIBUTIONS, QUOTATIONS = "share of words", "share of attributions", "share of quotations"


class Measure(NamedTuple):
    """What a row of the table says: its unit, and its definition, which includes the denominator."""

    unit: str
    definition: str


MEASURES = {
    "reporter-words": Measure(
        WORDS, "the reporter's own words, outside the content of every attribution, of all words"
    ),
    "sourced-words": Measure(WORDS, "words that a source states, with a name or without one, of all words"),
    "nobody-words": Measure(WORDS, "words attributed to nobody (“is expected to”), of all words; without questions"),
    "asked-words": Measure(WORDS, "words that were asked and that nobody states, of all words"),
    "unsaid-words": Measure(
        WORDS, "words that a source declined to speak about or did not mention, of all words: they are nobody's"
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
        "claims attributed to nobody (“is expected to”), of all attributions except questions and refusals",
    ),
    "refusals": Measure(
        ATTRIBUTIONS,
        "attributions in which a source refuses to say something or does not mention it, of all attributions",
    ),
    "reasons-for-anonymity": Measure(
        ATTRIBUTIONS, "attributions that say why no name is given, of those to unnamed people or groups"
    ),
    "unattributed-quotations": Measure(
        QUOTATIONS,
        "quotations without a word in the content of an attribution, of all quotations (not counting one inside "
        "another); this includes titles and terms in quotation marks",
    ),
    "unattributed-quoted-words": Measure(
        WORDS,
        "words in quotation marks outside the content of every attribution, of all words in quotation marks; terms "
        "of a word or two matter little here",
    ),
    "sources": Measure(
        "sources",
        "different sources that state something: attributions to the same entity share one, unnamed sources are "
        "distinguished by their wording, within each article; the reporter, “no source named” and unresolved "
        "pronouns do not count",
    ),
    "silent-sources": Measure(
        "sources",
        "different sources that only declined, left something unmentioned, or asked: they do not count as sources",
    ),
    "sources-per-article": Measure(
        "sources per article",
        "different sources that state something in an article: the mean over all articles, including those without any",
    ),
    "effective-sources": Measure(
        "sources",
        "inverse Simpson concentration of the sources' statements: this many sources, each speaking equally often, "
        "would be as concentrated; 1 if one source makes them all, the number of sources if all make the same number",
    ),
    "effective-sources-words": Measure(
        "sources",
        "inverse Simpson concentration of the words of sources (innermost): this many sources, each with the same "
        "number of words, would be as concentrated",
    ),
    "top-source": Measure(ATTRIBUTIONS, "statements of the source that makes the most, of all statements of sources"),
    "top-source-words": Measure(WORDS, "words of the source that states the most, of all words that sources state"),
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
    """All measures of sourcing, one row each: pooled over the articles, or by "article", with doc_id as the first
    column.

    Columns: measure (a slug of MEASURES), value (a share runs from 0 to 1; NaN if there is nothing to divide by), unit,
    count, of, low, high (95%; NaN if there is no interval), interval (how it was computed, or why there is none),
    detail (who the top source is), definition. For shares, `value` is count over `of`; for numbers of sources, `count`
    is how many there are, and `of` the number of attributions, words or articles that they are counted in. Raises
    ValueError for another `by`.

    >>> from analysis import annotate, make_tables
    >>> text = "“It rained,” said Ann Reed. It was late, officials said. It is over, officials said."
    >>> t = make_tables(annotate(text))
    >>> m = sourcing_measures(t).set_index("measure")
    >>> m.loc[["sources", "effective-sources", "named-sources"], "value"].round(2).tolist()
    [2.0, 1.8, 0.33]
    """
    if by not in ("all", "article"):
        raise ValueError(f"by={by!r} is not a grouping; choose 'all' or 'article'")
    counted = _counted(t)
    if by == "all":
        return _table(_measure(counted), {})
    articles = _by_article(counted)
    found = [(doc_id, *row) for doc_id, one in articles.items() for row in _measure(one)]
    return _table([row[1:] for row in found], {"doc_id": [row[0] for row in found]})


def unattributed_quotations(t: Tables) -> pd.DataFrame:
    """The quotations without a word inside the content of an attribution, the longest first.

    A quotation inside another is not listed. Columns: doc_id, sentence_id, start, end, text, n_words.
    """
    q = t["quotations"]
    q = q[(q["depth"] == 0) & (q["n_attributed"] == 0)]
    q = q.sort_values(["n_words", "doc_id", "start"], ascending=[False, True, True])
    return q[["doc_id", "sentence_id", "start", "end", "text", "n_words"]].reset_index(drop=True)


def sourceless_claims(t: Tables) -> pd.DataFrame:
    """The attributions that state something on nobody's word, without questions and refusals.

    Columns: doc_id, attribution_id, sentence_id, cue_text, content_text.
    """
    a = t["attributions"]
    a = a[(a["source_kind"] == "none") & states(a)]
    return a[["doc_id", "attribution_id", "sentence_id", "cue_text", "content_text"]].reset_index(drop=True)


class _Attribution(NamedTuple):
    """What is counted of an attribution; `amount` is 1, `key` is its source if that counts, `who` its source in any
    case.
    """

    doc: str
    sentence: int
    amount: int
    key: str | None
    who: str | None
    voice: str
    source_kind: str
    stance: str
    said: bool
    named: bool
    second: bool
    open: bool
    reason: bool


class _Passage(NamedTuple):
    """What is counted of a passage; `amount` is its number of words."""

    doc: str
    sentence: int
    amount: int
    key: str | None
    whose: str
    second: bool


class _Quotation(NamedTuple):
    """What is counted of a quotation; `amount` is 1."""

    doc: str
    sentence: int
    amount: int
    n_words: int
    n_attributed: int


class _Counted(NamedTuple):
    """The rows of these articles that measures count. They are plain tuples: a table for each of many articles would
    take a hundred times as long.
    """

    docs: list[str]
    attributions: list[_Attribution]
    passages: list[_Passage]
    quotations: list[_Quotation]


def _counted(t: Tables) -> _Counted:
    a = t["attributions"]
    named = is_named(a)
    a = a.assign(
        key=counted_sources(a),
        who=source_keys(a),
        said=states(a),
        named=named,
        second=is_second_hand(a),
        whose=class_of(a, named),
        open=is_open(a),
        reason=a["anonymity"].notna(),
        amount=1,
    )
    p = t["passages"].merge(a[["doc_id", "attribution_id", "key", "second", "whose"]], how="left")
    p = p.assign(second=p["second"].eq(True), whose=p["whose"].fillna("reporter"))
    q = t["quotations"]
    q = q[q["depth"] == 0].assign(amount=1)
    return _Counted(
        t["articles"]["doc_id"].tolist(),
        _tuples(
            a.rename(columns={"doc_id": "doc", "sentence_id": "sentence"}),
            _Attribution,
        ),
        _tuples(p.rename(columns={"doc_id": "doc", "sentence_id": "sentence", "n_words": "amount"}), _Passage),
        _tuples(q.rename(columns={"doc_id": "doc", "sentence_id": "sentence"}), _Quotation),
    )


def _tuples(rows: pd.DataFrame, kind: type[Any]) -> list[Any]:
    """Rows as tuples of one kind; a missing value is None."""
    columns = [rows[name].astype(object).where(rows[name].notna(), None).tolist() for name in kind._fields]
    return list(map(kind._make, zip(*columns, strict=True)))


def _by_article(counted: _Counted) -> dict[str, _Counted]:
    out = {doc: _Counted([doc], [], [], []) for doc in counted.docs}
    for rows, place in ((counted.attributions, 1), (counted.passages, 2), (counted.quotations, 3)):
        for row in rows:
            out[row.doc][place].append(row)
    return out


def _table(rows: list[tuple], first: dict[str, list[str]]) -> pd.DataFrame:
    """Rows of `_measure` as the table, with unit and definition; `first` is the column before them."""
    table = pd.DataFrame(rows, columns=["measure", "value", "count", "of", "low", "high", "interval", "detail"])
    table["unit"] = [MEASURES[name].unit for name in table["measure"]]
    table["definition"] = [MEASURES[name].definition for name in table["measure"]]
    table = table[list(DTYPES)].astype(DTYPES)
    for name, values in first.items():
        table.insert(0, name, pd.Series(values, dtype="str"))
    return table


def _measure(of: _Counted) -> list[tuple]:
    """The rows of the table for one set of articles."""
    a, p, q = of.attributions, of.passages, of.quotations
    said, sourced = [r for r in a if r.said], [r for r in p if r.whose in SOURCED]
    nameless = [r for r in a if r.source_kind in UNNAMED_KINDS and not r.open]

    def share(name: str, rows: Sequence[Any], hits: Iterable[int]) -> tuple:
        return _share(name, of.docs, rows, list(hits))

    def words(name: str, rows: list[_Passage], which: Callable[[_Passage], bool]) -> tuple:
        return share(name, rows, (r.amount if which(r) else 0 for r in rows))

    return [
        words("reporter-words", p, lambda r: r.whose == "reporter"),
        words("sourced-words", p, lambda r: r.whose in SOURCED),
        words("nobody-words", p, lambda r: r.whose == "nobody"),
        words("asked-words", p, lambda r: r.whose == "asked"),
        words("unsaid-words", p, lambda r: r.whose == "unsaid"),
        words("named-words", sourced, lambda r: r.whose == "named"),
        share("named-sources", a, (r.named for r in a)),
        words("second-hand-words", sourced, lambda r: r.second),
        share("second-hand", a, (r.second for r in a)),
        share("sourceless-claims", said, (r.source_kind == "none" for r in said)),
        share("refusals", a, (r.stance == "refusal" for r in a)),
        share("reasons-for-anonymity", nameless, (r.reason for r in nameless)),
        share("unattributed-quotations", q, (r.n_attributed == 0 for r in q)),
        share(
            "unattributed-quoted-words",
            [r._replace(amount=r.n_words) for r in q],
            (r.n_words - r.n_attributed for r in q),
        ),
        *_numbers(of),
        _spread("effective-sources", effective_number, a, of),
        _spread("effective-sources-words", effective_number, p, of),
        _spread("top-source", top_share, a, of),
        _spread("top-source-words", top_share, p, of),
    ]


def _share(name: str, docs: list[str], rows: Sequence[Any], hits: list[int]) -> tuple:
    count, of = sum(hits), sum(r.amount for r in rows)
    unit = MEASURES[name].unit
    units = ((r.doc, r.sentence, hit, r.amount) for r, hit in zip(rows, hits, strict=True))
    interval = share_interval(docs, units, words=unit == WORDS, what=unit.removeprefix("share of "))
    return name, count / of if of else nan, count, of, *interval, None


def _numbers(of: _Counted) -> list[tuple]:
    """How many sources there are, in all and on average per article."""
    pairs = dict.fromkeys((r.doc, r.key) for r in of.attributions if r.key is not None)
    n, docs = len({key for _, key in pairs}), len(of.docs)
    speak = {r.who for r in of.attributions if r.said}
    silent: dict[str, list[_Attribution]] = {}
    for r in of.attributions:
        if r.who is not None and r.who not in speak:
            silent.setdefault(r.who, []).append(r)
    asked = {who for who, rows in silent.items() if any(r.stance == "question" for r in rows)}
    # Sources that ask come first.
    names = [silent[who][0].voice for who in sorted(silent, key=lambda who: who not in asked)]
    who = " | ".join(names[:3]) + (" | …" if len(names) > 3 else "")
    mean = len(pairs) / docs if docs else nan
    per = Counter(doc for doc, _ in pairs)
    return [
        ("sources", n, n, sum(r.key is not None for r in of.attributions), nan, nan, "none: a count", None),
        (
            "silent-sources", len(silent), len(silent), sum(map(len, silent.values())), nan, nan, "none: a count",
            who or None,
        ),
        (
            "sources-per-article", mean, len(pairs), docs, *of_mean([per[doc] for doc in of.docs], "articles"), None,
        ),
    ]  # fmt: skip


def _spread(name: str, statistic: Callable, rows: Sequence[_Attribution | _Passage], data: _Counted) -> tuple:
    """A measure of how evenly the sources are heard; if it is a share, with its own count."""
    totals: Counter[str] = Counter()
    for r in rows:
        if r.key is not None:
            totals[r.key] += r.amount
    of = totals.total()
    if not of:
        return name, nan, 0, 0, nan, nan, "none: there are no sources", None
    value = float(statistic(list(totals.values()))[0])
    most = max(totals.values())
    detail = None
    if statistic is top_share:
        names = {r.key: r.voice for r in data.attributions}
        top = [key for key, n in totals.items() if n == most]
        detail = " | ".join(names[key] for key in top[:3]) + (" | …" if len(top) > 3 else "")
    count = most if statistic is top_share else len(totals)
    return name, value, count, of, nan, nan, "none: other texts have other sources", detail
