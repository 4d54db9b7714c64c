"""Hedging in numbers: how many hedges, of what category, whose, in which part of the article, and against what.

`hedging_rates` counts by category, voice, part or article, or two of these; `hedges_and_boosters` sets the two
against each other; `hedging_measures` is the table a report prints; `probability_words` lists the words that surveys
and scales put a number on.

What is counted is always said.  Categories have little in common but the name ("about 200", "it is unclear whether"),
so none of these numbers is "how certain" a text is: where hedges of several categories are counted together, the
column `categories` names them, and boosters and bounds are never among them.  A booster under a negation ("has not
clearly said") strengthens nothing; it is counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import nan
from typing import NamedTuple

import pandas as pd

from analysis.hedging.markers import rules
from analysis.hedging.probability import Reading, reading
from analysis.measures import ENOUGH_ARTICLES, Tables, n_words, voice_keys, widening, wilson, words_by_voice
from analysis.measures.counts import dispersion, rate
from analysis.text.vocabulary import CATEGORIES, FAMILIES, HEDGES, OPEN, REPORTER, family

BY = ("category", "voice", "part", "article")
# The parts of an article, in the order in which they are read; together they are all of its sentences.
PARTS = {
    "headings": "the title and the headings between paragraphs, where the text has them",
    "byline": "the line that names the author, where it opens the text",
    "lead": "the first paragraph of the body",
    "body": "the body without its first paragraph",
}


def sentence_parts(t: Tables) -> pd.Series:
    """The part of its article (a key of PARTS) that each row of the sentences table stands in.

    >>> from analysis import annotate, make_tables
    >>> sentence_parts(make_tables(annotate("Rain falls\\n\\nIt rained. It may go on.\\n\\nWe go home."))).tolist()
    ['headings', 'lead', 'lead', 'body']
    """
    s = t["sentences"]
    body = s[s["paragraph_kind"] == "body"]
    first = s["doc_id"].map(body.groupby("doc_id")["paragraph"].min())
    part = s["paragraph_kind"].map({"heading": "headings", "byline": "byline"})
    return part.fillna((s["paragraph"] == first).map({True: "lead", False: "body"})).astype("str")


def hedging_rates(
    t: Tables, *, by: str | Sequence[str] = "category", categories: Iterable[str] | None = None
) -> pd.DataFrame:
    """Hedges per 1,000 words and the share of sentences with one, by one or two of BY.

    By "category" each has a row (boosters, those not negated, and bounds among them); else the hedges of `categories`
    are counted together (None: all ten), and the column `categories` names them; boosters and bounds can only be
    counted alone.
    A hedge counts for the voice whose it is.

    Denominators: the words of the group (for a voice those of which it is the innermost source), and its sentences
    (for a voice those with a word or a hedge of its own).  Intervals, 95%: `low` and `high` are those of a Poisson
    count (see `analysis.measures.counts`), `share_low` and `share_high` Wilson's.  Nothing to divide by is NaN.

    Columns: the groups (by voice also source_kind), n, n_words, per_1000, low, high, n_hedged, n_sentences, share,
    share_low, share_high, n_by_whom (holder hidden: "is expected to"), categories.
    Raises ValueError for another `by`, an unknown category, or boosters or bounds among hedges.

    >>> from analysis import annotate, make_tables
    >>> t = make_tables(annotate("It may rain. It is likely to rain. We went home, and it rained."))
    >>> hedging_rates(t, by="part")[["part", "n", "n_words", "n_hedged", "n_sentences"]].iloc[2:3].values.tolist()
    [['lead', 2, 14, 2, 3]]
    """
    by = [by] if isinstance(by, str) else list(by)
    if not by or len(set(by)) < len(by) or not set(by) <= set(BY):
        raise ValueError(f"by={by!r}; allowed are one or more different ones of {', '.join(BY)}")
    wanted = _wanted(categories, each="category" in by)
    dims = [name for name in by if name != "category"]
    marks = _marks(t)
    marks = marks[marks["category"].isin(wanted)]
    words = _exposure(t)
    seen = _sentences(t, words, marks, dims)
    if "category" in by:
        rows = pd.DataFrame(
            [(*group, c) for group in _groups(t, dims) for c in wanted],
            columns=pd.Index([*dims, "category"], dtype="str"),
        )[by]
        keys = by
    else:
        rows, keys = pd.DataFrame(_groups(t, dims), columns=pd.Index(dims, dtype="str")), dims
    hedged = marks.drop_duplicates([*keys, "doc_id", "sentence_id"])
    rows["n"] = _counted(rows, keys, marks)
    rows["n_words"] = _counted(rows, dims, words, "n_words")
    wider = 1.0 if "article" in by else widening(t)
    made = [rate(n, of, dispersion=wider) for n, of in zip(rows["n"], rows["n_words"], strict=True)]
    rows[["per_1000", "low", "high"]] = pd.DataFrame(made, columns=range(3), index=rows.index, dtype="float64")
    rows["n_hedged"] = _counted(rows, keys, hedged)
    rows["n_sentences"] = _counted(rows, dims, seen)
    _add_share(rows, "n_hedged", "n_sentences", ("share", "share_low", "share_high"))
    rows["n_by_whom"] = _counted(rows, keys, marks[marks["by_whom"]])
    rows["categories"] = rows["category"] if "category" in by else _named(wanted)
    rows["categories"] = rows["categories"].astype("str")
    return _with_names(t, rows)


def hedges_and_boosters(t: Tables, *, by: str = "voice", categories: Iterable[str] | None = None) -> pd.DataFrame:
    """Hedged against boosted, by "voice", "part" or "article".

    `share` is that of hedges among hedges and boosters (Wilson, 95%), `ratio` hedges for each booster, with the
    interval that follows from it (given how many there are in all, two Poisson counts split as a binomial:
    Przyborowski and Wilenski 1940, Homogeneity of results in testing samples from Poisson series); infinite where
    there is no booster.  `difference` is hedges less boosters per 1,000 words.  Negated boosters are in neither.
    Columns: the group (by voice also source_kind), n_hedges, n_boosters, n_negated, n_words, share, low, high,
    ratio, ratio_low, ratio_high, difference, categories.  Raises ValueError as `hedging_rates`.
    """
    if by not in BY[1:]:
        raise ValueError(f"by={by!r}; allowed are {', '.join(BY[1:])}")
    wanted = _wanted(categories, each=False)
    if any(family(c) != "hedge" for c in wanted):
        raise ValueError(f"categories={wanted!r}; here hedges are set against boosters; give categories of hedges only")
    marks = _marks(t, negated=True)
    rows = pd.DataFrame(_groups(t, [by]), columns=pd.Index([by], dtype="str"))
    boosters = marks[marks["category"] == "booster"]
    rows["n_hedges"] = _counted(rows, [by], marks[marks["category"].isin(wanted)])
    rows["n_boosters"] = _counted(rows, [by], boosters[~boosters["negated"]])
    rows["n_negated"] = _counted(rows, [by], boosters[boosters["negated"]])
    rows["n_words"] = _counted(rows, [by], _exposure(t), "n_words")
    rows["both"] = rows["n_hedges"] + rows["n_boosters"]
    _add_share(rows, "n_hedges", "both", ("share", "low", "high"))
    for name, share in (("ratio", "share"), ("ratio_low", "low"), ("ratio_high", "high")):
        rows[name] = pd.Series(
            [s / (1 - s) if s < 1 else (s if s != s else float("inf")) for s in rows[share]], dtype="float64"
        )
    rows["difference"] = pd.Series(
        [
            1000 * (h - b) / of if of else nan
            for h, b, of in zip(rows["n_hedges"], rows["n_boosters"], rows["n_words"], strict=True)
        ],
        dtype="float64",
    )
    rows["categories"] = pd.Series([_named(wanted)] * len(rows), dtype="str")
    return _with_names(t, rows.drop(columns="both"))


class Measure(NamedTuple):
    """What a row of `hedging_measures` says: unit and definition, with the denominator in it."""

    unit: str
    definition: str


PER_1000 = "per 1,000 words"
MEASURES = {
    "hedges": Measure(PER_1000, "hedges of all ten categories, of all words, headings included"),
    "hedges-but-approximation": Measure(
        PER_1000, "hedges of all categories but approximation, so without “about 200” and “often”, of all words"
    ),
    "boosters": Measure(PER_1000, "boosters that no negation takes back, of all words"),
    "bounds": Measure(PER_1000, "exact limits (“more than 200”, “at least”), which are not hedges, of all words"),
    "hedged-sentences": Measure(
        "share of sentences",
        "sentences with at least one hedge of any category, of all body sentences (no headings or bylines)",
    ),
    "hedged-lead": Measure(
        "share of sentences", "sentences with at least one hedge of any category, of the sentences of first paragraphs"
    ),
    "reporter-hedges": Measure("share of hedges", "hedges in the reporter's own words, of all hedges"),
    "by-whom": Measure("share of hedges", "hedges whose holder is hidden (“is expected to”: by whom?), of all hedges"),
    "hedges-against-boosters": Measure(
        "share of markers", "hedges, of hedges and boosters together (negated boosters in neither)"
    ),
    "negated-boosters": Measure(
        "share of boosters", "boosters under a negation (“has not clearly said”), of all boosters"
    ),
    "dispersion": Measure(
        "variance over mean",
        "how much more hedges vary between sentences (from ten articles on: "
        "between articles) than they would by chance; 1 is chance",
    ),
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
    "definition": "str",
}


def hedging_measures(t: Tables) -> pd.DataFrame:
    """The measures of hedging over all the articles, a row each.

    Columns: measure (a slug of MEASURES), value (a share runs from 0 to 1; NaN where there is nothing to divide by),
    unit, count, of, low, high (95%), interval (how it was made), definition.

    >>> from analysis import annotate, make_tables
    >>> m = hedging_measures(make_tables(annotate("It may rain. It clearly rained."))).set_index("measure")
    >>> m.loc[["hedges", "hedged-sentences"], ["count", "of"]].values.tolist()
    [[1, 6], [1, 2]]
    """
    marks, s = _marks(t, negated=True), t["sentences"]
    hedges, boosters, bounds = (marks[marks["family"] == name] for name in FAMILIES)
    firm = boosters[~boosters["negated"]]
    words, wider = n_words(t), widening(t)
    body, lead = s[s["paragraph_kind"] == "body"], s[sentence_parts(t) == "lead"]
    how = "Poisson" if wider == 1 else f"Poisson, widened {wider:.1f} times for how much articles differ"
    made = [
        (name, *_per_1000(len(rows), words, wider), how)
        for name, rows in (
            ("hedges", hedges),
            ("hedges-but-approximation", hedges[hedges["category"] != "approximation"]),
            ("boosters", firm),
            ("bounds", bounds),
        )
    ]
    made += [
        (name, *_of(n, of), "Wilson" if of else "none: there is nothing to take a share of")
        for name, n, of in (
            ("hedged-sentences", int((body["n_hedges"] > 0).sum()), len(body)),
            ("hedged-lead", int((lead["n_hedges"] > 0).sum()), len(lead)),
            ("reporter-hedges", int(hedges["attribution_id"].isna().sum()), len(hedges)),
            ("by-whom", int(hedges["by_whom"].sum()), len(hedges)),
            ("hedges-against-boosters", len(hedges), len(hedges) + len(firm)),
            ("negated-boosters", len(boosters) - len(firm), len(boosters)),
        )
    ]
    units = s if len(t["articles"]) < ENOUGH_ARTICLES else s.groupby("doc_id")[["n_hedges", "n_words"]].sum()
    spread = dispersion(units["n_hedges"].tolist(), units["n_words"].tolist())
    made.append(("dispersion", spread, len(hedges), len(units), nan, nan, "none: a ratio of variances"))
    table = pd.DataFrame(made, columns=["measure", "value", "count", "of", "low", "high", "interval"])
    table["unit"] = [MEASURES[name].unit for name in table["measure"]]
    table["definition"] = [MEASURES[name].definition for name in table["measure"]]
    return table[list(DTYPES)].astype(DTYPES)


PROBABILITY_DTYPES = {
    "term": "str",
    "n": "int64",
    "forms": "str",
    "sentences": "str",
    "n_reporter": "int64",
    "n_sources": "int64",
    "survey": "str",
    "n_readers": "int64",
    "median": "float64",
    "q25": "float64",
    "q75": "float64",
    "p05": "float64",
    "p95": "float64",
}


def probability_words(t: Tables) -> pd.DataFrame:
    """The words of probability that occur and that a survey or a scale has put a number on, from the surest down.

    `term` is how the survey or scale has it ("may happen" for "may"), `forms` how it is written in the text, the most
    frequent first; `median`, quartiles (q25, q75), 5th and 95th percentile are in per cent, over `n_readers`.  They
    say what readers take these very words to mean, never what the writer meant; a term that no survey asked for has
    an empty `survey`, no readers and NaN, and stands last.  With many equal answers, more than half of the readers
    lie from q25 to q75.
    Columns: those of PROBABILITY_DTYPES; `sentences` are their numbers ("2, 7"), with doc_id where there are several
    articles.

    >>> from analysis import annotate, make_tables
    >>> p = probability_words(make_tables(annotate("Snow is likely. Rain is more likely than not.")))
    >>> p[["term", "median", "n_readers"]].values.tolist()
    [['likely', 75.0, 5174], ['more likely than not', nan, 0]]
    """
    terms = {rule.id: rule.fields["term"] for rule in rules() if rule.fields.get("term")}
    m = t["markers"]
    m = m.assign(term=m["rule_id"].map(terms)).dropna(subset="term")
    several = len(t["articles"]) > 1
    made = []
    for name, rows in m.groupby("term", sort=False):
        r = reading(name) or Reading(name, "", 0, nan, nan, nan, nan, nan)
        where = [
            f"{doc} {k}" if several else str(k) for doc, k in zip(rows["doc_id"], rows["sentence_id"], strict=True)
        ]
        forms = [word for word, _ in Counter(rows["text"].str.lower()).most_common()]
        own = int(rows["attribution_id"].isna().sum())
        made.append(
            (
                name,
                len(rows),
                " | ".join(forms),
                ", ".join(dict.fromkeys(where)),
                own,
                len(rows) - own,
                r.survey,
                r.n,
                r.median,
                r.q25,
                r.q75,
                r.p05,
                r.p95,
            )
        )
    made.sort(key=lambda row: (row[7] == 0, *(-x if x == x else 0 for x in row[8:11]), row[0]))
    columns = list(zip(*made, strict=True)) or [()] * len(PROBABILITY_DTYPES)
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=dtype)
            for (name, dtype), values in zip(PROBABILITY_DTYPES.items(), columns, strict=True)
        }
    )


# --- the rows that are counted, and what they are counted over ------------------------------------------------


def _wanted(categories: Iterable[str] | None, *, each: bool) -> tuple[str, ...]:
    if categories is None:
        return CATEGORIES if each else HEDGES
    given = (categories,) if isinstance(categories, str) else tuple(categories)
    unknown = [c for c in given if c not in CATEGORIES]
    if unknown or not given:
        raise ValueError(f"categories={given!r}; allowed are {', '.join(CATEGORIES)}")
    others = [c for c in given if family(c) != "hedge"]
    if not each and others and len(given) > 1:
        raise ValueError(
            f"categories={given!r}; a {others[0]} is not a hedge: count {others[0]!r} alone, or by category"
        )
    return tuple(c for c in CATEGORIES if c in given)


def _named(categories: Sequence[str]) -> str:
    return "all hedges" if tuple(categories) == HEDGES else ", ".join(categories)


def _marks(t: Tables, *, negated: bool = False) -> pd.DataFrame:
    """The markers with their groups: those that a negation takes back only where asked for."""
    m = t["markers"]
    m = m if negated else m[m["is_hedge"] | ~m["negated"]]
    return _with_groups(t, m.drop(columns="voice"))


def _exposure(t: Tables) -> pd.DataFrame:
    """The words of the text by sentence, voice and part."""
    return _with_groups(t, t["passages"].drop(columns=["voice", "source_kind"]))


def _with_groups(t: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Add voice (its key), part and article to rows that have doc_id, sentence_id and attribution_id."""
    owners = t["attributions"][["doc_id", "attribution_id", "voice", "source_kind", "source_entity"]]
    rows = rows.merge(owners, on=["doc_id", "attribution_id"], how="left")
    own = rows["attribution_id"].isna() | rows["voice"].isna()
    pronoun = rows["source_kind"] == "open"
    rows["voice"] = rows["voice"].mask(pronoun, OPEN)  # one voice in the voices table
    rows["voice"] = voice_keys(
        rows.assign(voice=rows["voice"].mask(own, REPORTER), source_kind=rows["source_kind"].mask(own, "reporter"))
    )
    where = t["sentences"][["doc_id", "sentence_id"]].assign(part=sentence_parts(t))
    return rows.merge(where, on=["doc_id", "sentence_id"], how="left").assign(article=rows["doc_id"].to_numpy())


def _sentences(t: Tables, words: pd.DataFrame, marks: pd.DataFrame, dims: list[str]) -> pd.DataFrame:
    """The sentences of each group: one row each, and for voices one for each that has a word or a marker in it."""
    if "voice" in dims:
        columns = ["voice", "part", "article", "doc_id", "sentence_id"]
        return pd.concat([words[columns], marks[columns]]).drop_duplicates(columns)
    return t["sentences"].assign(part=sentence_parts(t), article=t["sentences"]["doc_id"])


def _groups(t: Tables, dims: list[str]) -> list[tuple]:
    """Every group, also those with nothing in them."""
    ranges = {
        "voice": lambda: _voices(t)["key"].tolist(),
        "part": lambda: list(PARTS),
        "article": lambda: t["articles"]["doc_id"].tolist(),
    }
    groups: list[tuple] = [()]
    for name in dims:
        values = ranges[name]()
        groups = [(*group, value) for group in groups for value in values]
    return groups


def _voices(t: Tables) -> pd.DataFrame:
    """The voices as `words_by_voice` has them, with their keys."""
    rows = words_by_voice(t)
    return rows.assign(key=voice_keys(rows))


def _counted(rows: pd.DataFrame, keys: list[str], found: pd.DataFrame, amount: str | None = None) -> pd.Series:
    """For each row of the result how many rows (or how much of `amount`) of `found` belong to it."""
    if not keys:
        total = int(found[amount].sum()) if amount else len(found)
        return pd.Series([total] * len(rows), dtype="int64")
    groups = found.groupby(keys)
    sums = (groups[amount].sum() if amount else groups.size()).to_dict()
    wanted = rows[keys].itertuples(index=False, name=None) if len(keys) > 1 else rows[keys[0]]
    return pd.Series([int(sums.get(key, 0)) for key in wanted], dtype="int64")


def _with_names(t: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Give voices the names a reader knows, instead of keys."""
    if "voice" not in rows:
        return rows
    known = _voices(t).set_index("key")
    rows.insert(rows.columns.get_loc("voice") + 1, "source_kind", rows["voice"].map(known["source_kind"]).astype("str"))
    rows["voice"] = rows["voice"].map(known["voice"]).astype("str")
    return rows


def _add_share(rows: pd.DataFrame, count: str, of: str, names: tuple[str, str, str]) -> None:
    made = [(n / total if total else nan, *wilson(n, total)) for n, total in zip(rows[count], rows[of], strict=True)]
    for place, name in enumerate(names):
        rows[name] = pd.Series([row[place] for row in made], dtype="float64")


def _per_1000(n: int, words: int, wider: float) -> tuple[float, int, int, float, float]:
    value, low, high = rate(n, words, dispersion=wider)
    return value, n, words, low, high


def _of(n: int, of: int) -> tuple[float, int, int, float, float]:
    low, high = wilson(n, of)
    return (n / of if of else nan), n, of, low, high
