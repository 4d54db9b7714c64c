"""Hedging in numbers: how many hedges, in what category, whose, in which part of the article, and compared with what.

`hedging_rates` counts by category, voice, part or article, or by two of these; `hedges_and_boosters` compares the two;
`hedging_measures` is the table that a report prints; `probability_words` lists the words for which surveys and scales
have a number.

Each function says what it counts. Categories have little in common except the name ("about 200", "it is unclear
whether"), so none of these numbers says "how certain" a text is. If hedges of several categories are counted together,
they are the epistemic ones, which say how sure a claim is (possibility, probability, appearance, expectation, belief,
hearsay, condition, question), and the column `categories` names them; approximations, vague sources and bounds are
counted separately and never added. A negated booster ("has not clearly said") strengthens nothing; it is counted
separately.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import nan
from typing import NamedTuple

import pandas as pd

from analysis.hedging.markers import rules
from analysis.hedging.probability import Reading, reading
from analysis.measures import SHARES, Tables, n_words, with_hedges, words_by_voice
from analysis.measures.counts import Z95, design_effect, dispersion, rate
from analysis.measures.intervals import ENOUGH as ENOUGH_ARTICLES
from analysis.measures.intervals import clustered, of_share, t95, wilson
from analysis.measures.whose import voice_keys, with_voices
from analysis.text.vocabulary import BESIDE, CATEGORIES, EPISTEMIC, EPISTEMIC_NAMES, HEDGES, family

BY = ("category", "voice", "part", "article")
# The parts of an article in reading order; together they contain all of its sentences.
PARTS = {
    "headings": "the title and the headings between paragraphs, if there are any",
    "byline": "the line that names the author, if it comes first in the text",
    "lead": "the first paragraph of the body",
    "body": "the body without its first paragraph",
}


def sentence_parts(t: Tables) -> pd.Series:
    """The part of the article (a key of PARTS) that each row of the sentences table is in.

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

    By "category", each has a row (including bounds, and boosters that are not negated). Otherwise the hedges of
    `categories` are counted together (None: the epistemic ones), and the column `categories` names them; boosters and
    bounds can only be counted alone. A hedge counts for the voice that it belongs to.

    Denominators: the words of the group (for a voice, those of which it is the innermost source), and its sentences
    (for a voice, those with a word or a hedge of its own). Intervals (95%): `low` and `high` are those of a Poisson
    count (see `analysis.measures.counts`), `share_low` and `share_high` Wilson's; each is by articles if the group has
    ten or more. A value with nothing to divide by is NaN.

    Columns: the groups (by voice also source_kind), n, n_words, per_1000, low, high, n_hedged, n_sentences, share,
    share_low, share_high, n_by_whom (holder hidden: "is expected to"), categories.
    Raises ValueError for another `by`, an unknown category, or boosters or bounds among hedges.

    >>> from analysis import annotate, make_tables
    >>> t = make_tables(annotate("It may rain. It is likely to rain. We went home, and it rained."))
    >>> hedging_rates(t, by="part")[["part", "n", "n_words", "n_hedged", "n_sentences"]].iloc[2:3].values.tolist()
    [['lead', 2, 14, 2, 3]]
    """
    return _rates(t, by, categories)


def _rates(
    t: Tables, by: str | Sequence[str], categories: Iterable[str] | None = None, beside: Sequence[str] = ()
) -> pd.DataFrame:
    """The table of `hedging_rates`, with the number of hedges in the categories `beside` it."""
    by = [by] if isinstance(by, str) else list(by)
    if not by or len(set(by)) < len(by) or not set(by) <= set(BY):
        raise ValueError(f"by={by!r} is not a grouping; choose one or more different ones of {', '.join(BY)}")
    wanted = _wanted(categories, each="category" in by)
    dims = [name for name in by if name != "category"]
    everything = _marks(t)
    marks = everything[everything["category"].isin(wanted)]
    words, voices = _exposure(t), _voices(t) if "voice" in by else None
    seen = _sentences(t, words, marks, dims)
    if "category" in by:
        rows = pd.DataFrame(
            [(*group, c) for group in _groups(t, dims, voices) for c in wanted],
            columns=pd.Index([*dims, "category"], dtype="str"),
        )[by]
        keys = by
    else:
        rows, keys = pd.DataFrame(_groups(t, dims, voices), columns=pd.Index(dims, dtype="str")), dims
    hedged = marks.drop_duplicates([*keys, "doc_id", "sentence_id"])
    rows["n"] = _counted(rows, keys, marks)
    rows["n_words"] = _counted(rows, dims, words, "n_words")
    made = [
        rate(n, of, dispersion=effect, z=z)
        for n, of, (effect, z) in zip(rows["n"], rows["n_words"], _effects(rows, keys, dims, marks, words), strict=True)
    ]
    rows[["per_1000", "low", "high"]] = pd.DataFrame(made, columns=range(3), index=rows.index, dtype="float64")
    rows["n_hedged"] = _counted(rows, keys, hedged)
    rows["n_sentences"] = _counted(rows, dims, seen)
    rows[["share", "share_low", "share_high"]] = _shares(rows, keys, dims, hedged, seen)
    rows["n_by_whom"] = _counted(rows, keys, marks[marks["by_whom"]])
    rows["categories"] = rows["category"] if "category" in by else _named(wanted)
    rows["categories"] = rows["categories"].astype("str")
    for slug in beside:
        rows[_beside(slug)] = _counted(rows, keys, everything[everything["category"] == slug])
    return _with_names(rows, voices)


def hedges_and_boosters(t: Tables, *, by: str = "voice", categories: Iterable[str] | None = None) -> pd.DataFrame:
    """Hedged (epistemic hedges, or those of `categories`) against boosted, by "voice", "part" or "article".

    `share` is the share of hedges among hedges and boosters (Wilson, 95%), `ratio` the number of hedges per booster,
    with the interval that follows from it (given how many there are in all, two Poisson counts split as a binomial:
    Przyborowski and Wilenski 1940, Homogeneity of results in testing samples from Poisson series); infinite if there is
    no booster. `difference` is hedges minus boosters per 1,000 words. Negated boosters are in neither. Columns: the
    group (by voice also source_kind), n_hedges, n_boosters, n_negated, n_words, share, low, high, ratio, ratio_low,
    ratio_high, difference, categories. Raises ValueError like `hedging_rates`.
    """
    if by not in BY[1:]:
        raise ValueError(f"by={by!r} is not a grouping; choose one of {', '.join(BY[1:])}")
    wanted = _wanted(categories, each=False)
    if any(family(c) != "hedge" for c in wanted):
        raise ValueError(f"categories={wanted!r}: this compares hedges with boosters; give categories of hedges only")
    marks, voices = _marks(t, negated=True), _voices(t) if by == "voice" else None
    rows = pd.DataFrame(_groups(t, [by], voices), columns=pd.Index([by], dtype="str"))
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
    return _with_names(rows.drop(columns="both"), voices)


class Measure(NamedTuple):
    """What a row of `hedging_measures` says: its unit, and its definition, which includes the denominator."""

    unit: str
    definition: str


PER_1000 = "per 1,000 words"
MEASURES = {
    "epistemic-hedges": Measure(PER_1000, f"epistemic hedges ({EPISTEMIC_NAMES}), of all words, headings included"),
    **{
        f"{slug}-rate": Measure(PER_1000, f"hedges of the category {CATEGORIES[slug].name}, of all words")
        for slug in ("approximation", "vague-source")
    },
    "bounds": Measure(PER_1000, "exact limits (“more than 200”, “at least”), which are not hedges, of all words"),
    "boosters": Measure(PER_1000, "boosters that are not negated, of all words"),
    "hedged-sentences": Measure("share of sentences", SHARES["hedged-sentences"][1]),
    "hedged-lead": Measure(
        "share of sentences", "sentences with at least one epistemic hedge, of the sentences of first paragraphs"
    ),
    "reporter-hedges": Measure("share of hedges", SHARES["reporter-hedges"][1]),
    "by-whom": Measure(
        "share of hedges",
        "epistemic hedges whose holder is hidden (“is expected to”: by whom?), of all epistemic hedges",
    ),
    "hedges-against-boosters": Measure(
        "share of markers", "epistemic hedges, of epistemic hedges and boosters together (negated boosters in neither)"
    ),
    "negated-boosters": Measure(
        "share of boosters", "boosters under a negation (“has not clearly said”), of all boosters"
    ),
    "dispersion": Measure(
        "variance over mean",
        "how much more epistemic hedges vary between sentences (with ten articles or more: between articles) than "
        "they would by chance; 1 is chance",
    ),
    "hedges": Measure(
        PER_1000,
        "hedges of all ten categories added up, of all words: these are different things, so the sum does not "
        "measure how unsure a text is; kept for comparison with older reports",
    ),
    "hedges-but-approximation": Measure(
        PER_1000, "the same without approximations, of all words; kept for comparison with older reports"
    ),
}
OLDER = ("hedges", "hedges-but-approximation")  # in the table, but shown nowhere
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
    """The measures of hedging over all the articles, one row each.

    Columns: measure (a slug of MEASURES), value (a share runs from 0 to 1; NaN if there is nothing to divide by), unit,
    count, of, low, high (95%), interval (how it was computed), definition.

    >>> from analysis import annotate, make_tables
    >>> m = hedging_measures(make_tables(annotate("It may rain. It clearly rained."))).set_index("measure")
    >>> m.loc[["epistemic-hedges", "hedged-sentences"], ["count", "of"]].values.tolist()
    [[1, 6], [1, 2]]
    """
    marks, s = _marks(t, negated=True).assign(amount=1), with_hedges(t).assign(amount=1)
    hedges = marks[marks["category"].isin(EPISTEMIC)]
    boosters = marks[marks["category"] == "booster"]
    firm = boosters[~boosters["negated"]]
    body, lead = s[s["paragraph_kind"] == "body"], s[sentence_parts(t) == "lead"]
    made = [
        _rate_measure(t, name, marks[marks["category"].isin(categories) & ~marks["negated"]])
        for name, categories in RATES.items()
    ]
    made += [
        _share_measure(t, name, rows, which)
        for name, rows, which in (
            ("hedged-sentences", body, body["n_epistemic"] > 0),
            ("hedged-lead", lead, lead["n_epistemic"] > 0),
            ("reporter-hedges", hedges, hedges["attribution_id"].isna()),
            ("by-whom", hedges, hedges["by_whom"]),
            ("hedges-against-boosters", pd.concat([hedges, firm]), pd.concat([hedges, firm])["is_hedge"]),
            ("negated-boosters", boosters, boosters["negated"]),
        )
    ]
    units = s if len(t["articles"]) < ENOUGH_ARTICLES else s.groupby("doc_id")[["n_epistemic", "n_words"]].sum()
    spread = dispersion(units["n_epistemic"].tolist(), units["n_words"].tolist())
    made.append(("dispersion", spread, len(hedges), len(units), nan, nan, "none: a ratio of variances"))
    table = pd.DataFrame(made, columns=["measure", "value", "count", "of", "low", "high", "interval"])
    table = table.set_index("measure").loc[list(MEASURES)].reset_index()
    table["unit"] = [MEASURES[name].unit for name in table["measure"]]
    table["definition"] = [MEASURES[name].definition for name in table["measure"]]
    return table[list(DTYPES)].astype(DTYPES)


RATES = {
    "epistemic-hedges": EPISTEMIC,
    "approximation-rate": ("approximation",),
    "vague-source-rate": ("vague-source",),
    "boosters": ("booster",),
    "bounds": ("bound",),
    "hedges": HEDGES,
    "hedges-but-approximation": tuple(c for c in HEDGES if c != "approximation"),
}


def _rate_measure(t: Tables, name: str, marks: pd.DataFrame) -> tuple:
    """A row of `hedging_measures`: these markers per 1,000 words."""
    articles, of = t["articles"], n_words(t)
    found = marks.groupby("doc_id").size()
    effect, z = _effect(
        [int(found.get(doc, 0)) for doc in articles["doc_id"]], articles["n_words"].astype(int).tolist()
    )
    value, low, high = rate(len(marks), of, dispersion=effect, z=z)
    how = "Poisson" if effect == 1 else f"Poisson, variance times {effect:.1f} for differences between articles"
    return name, value, len(marks), of, low, high, how if of else "none: there are no words"


def _share_measure(t: Tables, name: str, rows: pd.DataFrame, which: pd.Series) -> tuple:
    """A row of `hedging_measures`: how many of these rows meet a condition."""
    hits = rows["amount"].where(which, 0)
    count, of = int(hits.sum()), len(rows)
    what = MEASURES[name].unit.removeprefix("share of ")
    low, high, how = of_share(t["articles"]["doc_id"].tolist(), rows, hits, words=False, what=what)
    return name, count / of if of else nan, count, of, low, high, how


def hedge_table(t: Tables, by: str) -> pd.DataFrame:
    """The table of `measures.hedge_rates`."""
    rows = _rates(t, by, beside=() if by == "category" else BESIDE)
    if by == "category":
        own = _marks(t)
        mine = own["attribution_id"].isna()
        rows["n_reporter"] = _counted(rows, ["category"], own[mine])
        rows["n_sources"] = _counted(rows, ["category"], own[~mine])
        return rows[["category", "n", "n_words", "n_reporter", "n_sources", "per_1000", "low", "high"]]
    rows = rows.rename(columns={"article": "doc_id"})
    group = ["voice", "source_kind"] if by == "voice" else ["doc_id"]
    return rows[[*group, "n", "n_words", "per_1000", "low", "high", *map(_beside, BESIDE), "categories"]]


def _beside(slug: str) -> str:
    """The column that counts hedges of a category separately."""
    return f"n_{slug.replace('-', '_')}"


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
    """The words of probability in the text for which a survey or a scale has a number, from the surest down.

    `term` is the form in the survey or scale ("may happen" for "may"), `forms` how it is written in the text, the most
    frequent first; `median`, quartiles (q25, q75), 5th and 95th percentile are in per cent, over `n_readers`. They say
    what readers take these very words to mean, never what the writer meant; a term that no survey asked about has an
    empty `survey`, no readers and NaN, and comes last. With many equal answers, more than half of the readers are
    between q25 and q75. Columns: those of PROBABILITY_DTYPES; `sentences` are their numbers ("2, 7"), with doc_id if
    there are several articles.

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
        return CATEGORIES if each else EPISTEMIC
    given = (categories,) if isinstance(categories, str) else tuple(categories)
    unknown = [c for c in given if c not in CATEGORIES]
    if unknown or not given:
        raise ValueError(f"categories={given!r}: choose one or more of {', '.join(CATEGORIES)}")
    others = [c for c in given if family(c) != "hedge"]
    if not each and others and len(given) > 1:
        raise ValueError(
            f"categories={given!r}; a {others[0]} is not a hedge: count {others[0]!r} alone, or by category"
        )
    return tuple(c for c in CATEGORIES if c in given)


def _named(categories: Sequence[str]) -> str:
    return ", ".join(categories)


def _marks(t: Tables, *, negated: bool = False) -> pd.DataFrame:
    """The markers with their groups; negated ones only on request."""
    m = t["markers"]
    m = m if negated else m[m["is_hedge"] | ~m["negated"]]
    return _with_groups(t, m)


def _exposure(t: Tables) -> pd.DataFrame:
    """The words of the text by sentence, voice and part."""
    return _with_groups(t, t["passages"])


def _with_groups(t: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Add voice (its key), part and article to rows that have doc_id, sentence_id and attribution_id."""
    rows = with_voices(rows, t["attributions"])
    rows["voice"] = rows["key"]
    where = t["sentences"][["doc_id", "sentence_id"]].assign(part=sentence_parts(t))
    return rows.merge(where, on=["doc_id", "sentence_id"], how="left").assign(article=rows["doc_id"].to_numpy())


def _sentences(t: Tables, words: pd.DataFrame, marks: pd.DataFrame, dims: list[str]) -> pd.DataFrame:
    """The sentences of each group, one row each; for voices, one for each voice with a word or a marker in the
    sentence.
    """
    if "voice" in dims:
        columns = ["voice", "part", "article", "doc_id", "sentence_id"]
        return pd.concat([words[columns], marks[columns]]).drop_duplicates(columns)
    return t["sentences"].assign(part=sentence_parts(t), article=t["sentences"]["doc_id"])


def _groups(t: Tables, dims: list[str], voices: pd.DataFrame | None) -> list[tuple]:
    """Every group, even those with nothing in them; `voices` if they are among the groups."""
    ranges = {
        "voice": lambda: [] if voices is None else voices["key"].tolist(),
        "part": lambda: list(PARTS),
        "article": lambda: t["articles"]["doc_id"].tolist(),
    }
    groups: list[tuple] = [()]
    for name in dims:
        values = ranges[name]()
        groups = [(*group, value) for group in groups for value in values]
    return groups


def _voices(t: Tables) -> pd.DataFrame:
    """The voices as in `words_by_voice`, with their keys."""
    rows = words_by_voice(t)
    return rows.assign(key=voice_keys(rows))


def _effect(counts: Sequence[int], words: Sequence[int]) -> tuple[float, float]:
    """How much an interval is widened because texts differ, and its quantile: (1, z) for fewer than ten."""
    texts = sum(of > 0 for of in words)
    if texts < ENOUGH_ARTICLES:
        return 1.0, Z95
    return design_effect(counts, words), t95(texts - 1)


def _effects(
    rows: pd.DataFrame, keys: list[str], dims: list[str], marks: pd.DataFrame, words: pd.DataFrame
) -> list[tuple[float, float]]:
    """For each row of the result, the design effect of its own counts over the articles, and the quantile."""
    if words["article"].nunique() < ENOUGH_ARTICLES or "article" in dims:
        return [(1.0, Z95)] * len(rows)
    exposure = _by_article(words, dims, words["n_words"])
    counts = _by_article(marks, keys, pd.Series(1, index=marks.index))
    found = []
    for row in rows.to_dict("records"):
        of = exposure.get(tuple(row[d] for d in dims), {})
        n = counts.get(tuple(row[k] for k in keys), {})
        found.append(_effect([n.get(doc, 0) for doc in of], list(of.values())))
    return found


def _by_article(rows: pd.DataFrame, keys: list[str], amounts: pd.Series) -> dict[tuple, dict[str, int]]:
    """Group -> article -> amount."""
    out: dict[tuple, dict[str, int]] = {}
    columns = [rows[k] for k in keys]
    for *key, doc, amount in zip(*columns, rows["article"], amounts, strict=True):
        mine = out.setdefault(tuple(key), {})
        mine[doc] = mine.get(doc, 0) + int(amount)
    return out


def _shares(
    rows: pd.DataFrame, keys: list[str], dims: list[str], hedged: pd.DataFrame, seen: pd.DataFrame
) -> pd.DataFrame:
    """Share, low and high of the sentences of each group that are hedged, by articles if it has ten or more."""
    sizes = _by_article(seen, dims, pd.Series(1, index=seen.index))
    hits = _by_article(hedged, keys, pd.Series(1, index=hedged.index))
    made = []
    for row in rows.to_dict("records"):
        of, n = sizes.get(tuple(row[d] for d in dims), {}), hits.get(tuple(row[k] for k in keys), {})
        count, total = row["n_hedged"], row["n_sentences"]
        if len(of) < ENOUGH_ARTICLES:
            interval = wilson(count, total)
        else:
            interval = clustered([n.get(doc, 0) for doc in of], list(of.values()))
        made.append((count / total if total else nan, *interval))
    return pd.DataFrame(made, columns=range(3), index=rows.index, dtype="float64")


def _counted(rows: pd.DataFrame, keys: list[str], found: pd.DataFrame, amount: str | None = None) -> pd.Series:
    """For each row of the result, how many rows (or how much of `amount`) of `found` belong to it."""
    if not keys:
        total = int(found[amount].sum()) if amount else len(found)
        return pd.Series([total] * len(rows), dtype="int64")
    groups = found.groupby(keys)
    sums = (groups[amount].sum() if amount else groups.size()).to_dict()
    wanted = rows[keys].itertuples(index=False, name=None) if len(keys) > 1 else rows[keys[0]]
    return pd.Series([int(sums.get(key, 0)) for key in wanted], dtype="int64")


def _with_names(rows: pd.DataFrame, voices: pd.DataFrame | None) -> pd.DataFrame:
    """Give voices the names that a reader knows, instead of keys."""
    if voices is None:
        return rows
    known = voices.set_index("key")
    rows.insert(rows.columns.get_loc("voice") + 1, "source_kind", rows["voice"].map(known["source_kind"]).astype("str"))
    rows["voice"] = rows["voice"].map(known["voice"]).astype("str")
    return rows


def _add_share(rows: pd.DataFrame, count: str, of: str, names: tuple[str, str, str]) -> None:
    made = [(n / total if total else nan, *wilson(n, total)) for n, total in zip(rows[count], rows[of], strict=True)]
    for place, name in enumerate(names):
        rows[name] = pd.Series([row[place] for row in made], dtype="float64")
