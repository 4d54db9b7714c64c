"""Measures over the tables: what a report may state in numbers, each with its definition and its denominator.

All take the dict that `analysis.make_tables` gives.  "Not computable" (nothing to divide by) is NaN, never 0.

Shares come with Wilson's interval at 95%.  The article itself is read whole, so there is nothing uncertain about
its own share; the interval says how far the share would go for *the kind of text this one is a sample of*, if each
attribution (or word) were an independent draw.  They are not quite independent, so it is rather too narrow.
"""

from __future__ import annotations

from math import nan, sqrt

import pandas as pd

from analysis.measures.counts import Z95, dispersion, rate
from analysis.measures.paths import is_open, is_second_hand
from analysis.text.document import CATEGORIES
from analysis.text.vocabulary import NEVER_NAMED, SHOWN_KINDS

Tables = dict[str, pd.DataFrame]
ENOUGH_ARTICLES = 10  # from here on an interval takes in how much articles differ


def wilson(count: int, of: int, *, z: float = Z95) -> tuple[float, float]:
    """Wilson's score interval for a share, as (low, high) in 0 to 1; (nan, nan) where `of` is 0.

    Source: Wilson 1927, Probable inference, the law of succession, and statistical inference.

    >>> low, high = wilson(3, 10)
    >>> round(low, 3), round(high, 3)
    (0.108, 0.603)
    """
    if of <= 0:
        return nan, nan
    share = count / of
    centre = share + z * z / (2 * of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    low = (centre - half) / scale if count else 0.0  # exact at the ends, where rounding would leave 1e-17
    return low, (centre + half) / scale if count < of else 1.0


def _share(count: int, of: int) -> float:
    return count / of if of else nan


def n_words(t: Tables) -> int:
    """Words in all the articles: tokens that begin with a letter or digit, headings included."""
    return int(t["articles"]["n_words"].sum())


def voice_keys(rows: pd.DataFrame) -> pd.Series:
    """What is the same for all the rows of one voice, in all articles: its entity, else its name.

    `rows` have voice, source_kind and source_entity.
    """
    own = (rows["source_kind"] == "reporter").astype("str")  # a source may be called "the reporter", too
    return rows["source_entity"].fillna(rows["voice"].str.casefold() + " " + own)


def words_by_voice(t: Tables) -> pd.DataFrame:
    """Whose words the text is made of, the reporter first, then by words.

    Definition: each word belongs to the innermost source whose content it stands in, else to the reporter.
    Denominator of `share`: all words of the articles.  Voices are pooled over articles by entity, else by name;
    pronouns that were not resolved are one row (source_kind "open").
    Columns: voice, source_kind, source_entity, n_words, share, n_attributions, n_hedges, n_boosters, n_bounds.
    """
    rows = t["voices"].assign(key=voice_keys(t["voices"]))
    pooled = (
        rows.groupby("key", sort=False)
        .agg(
            voice=("voice", "first"),
            source_kind=("source_kind", "first"),
            source_entity=("source_entity", "first"),
            n_words=("n_words", "sum"),
            n_attributions=("n_attributions", "sum"),
            n_hedges=("n_hedges", "sum"),
            n_boosters=("n_boosters", "sum"),
            n_bounds=("n_bounds", "sum"),
        )
        .reset_index(drop=True)
    )
    total = n_words(t)
    pooled.insert(4, "share", (pooled["n_words"] / total).astype("float64") if total else nan)
    pooled["reporter"] = pooled["source_kind"] == "reporter"
    pooled = pooled.sort_values(
        ["reporter", "n_words", "n_attributions", "voice"], ascending=[False, False, False, True]
    )
    return pooled.drop(columns="reporter").reset_index(drop=True)


def source_kinds(t: Tables) -> pd.DataFrame:
    """How many attributions rest on each kind of source.

    Denominator of `share`: all attributions, second-hand ones included.  One row per kind of the closed
    vocabulary, and one for pronouns that were not resolved ("open"), also where there is none.
    Columns: source_kind, n, share, low, high (Wilson, 95%).
    """
    counts = t["attributions"]["source_kind"].value_counts()
    of = len(t["attributions"])
    rows = [(kind, int(counts.get(kind, 0))) for kind in SHOWN_KINDS]
    return pd.DataFrame(
        {
            "source_kind": pd.Series([kind for kind, _ in rows], dtype="str"),
            "n": pd.Series([n for _, n in rows], dtype="int64"),
            "share": [_share(n, of) for _, n in rows],
            "low": [wilson(n, of)[0] for _, n in rows],
            "high": [wilson(n, of)[1] for _, n in rows],
        }
    )


def is_named(attributions: pd.DataFrame) -> pd.Series:
    """Is the source one that a reader could look up?

    True where the text gives it a name (see `analysis.people.knowing`: not "officials", "police", "state media", "the
    team"); False for unnamed people and groups, for
    pronouns that were not resolved, and where no source is given.
    """
    named = attributions["identified"] == "name"
    return (named & ~attributions["source_kind"].isin(NEVER_NAMED) & ~is_open(attributions)).astype("bool")


def shares(t: Tables) -> pd.DataFrame:
    """Shares of attributions, words and sentences that a report prints, one a row.

    Columns: measure (a slug), count, of, share, low, high (Wilson, 95%), definition (in words, with what it is a
    share of).  A share of words has none here: the words of a sentence stand or fall together, so that they are no
    draws of their own; `sourcing_measures` draws sentences instead.
    """
    a, body = t["attributions"], t["sentences"].query("paragraph_kind == 'body'")
    words = t["voices"]
    reporter = int(words.loc[words["source_kind"] == "reporter", "n_words"].sum())
    total = int(words["n_words"].sum())
    hedges = t["markers"].query("is_hedge")
    rows = [
        (
            "attributed-words",
            total - reporter,
            total,
            "words that stand in the content of an attribution, of all words",
        ),
        (
            "named-sources",
            int(is_named(a).sum()),
            len(a),
            "attributions whose source a reader could look up (a named person, organisation or outlet, or a "
            "government, document or event with a name), of all attributions",
        ),
        (
            "no-source",
            int((a["source_kind"] == "none").sum()),
            len(a),
            "attributions that name nobody (“is expected to”), of all attributions",
        ),
        (
            "second-hand",
            int(is_second_hand(a).sum()),
            len(a),
            "attributions that reach the article through another source or news outlet (“Reuters reported”), of all "
            "attributions",
        ),
        (
            "quoted",
            int(a["kind"].isin(["direct", "mixed"]).sum()),
            len(a),
            "attributions with words in quotation marks, in full or in part, of all attributions",
        ),
        (
            "hedged-sentences",
            int((body["n_hedges"] > 0).sum()),
            len(body),
            "sentences with at least one hedge of any category, of all body sentences (no headings or bylines)",
        ),
        (
            "reporter-hedges",
            int(hedges["attribution_id"].isna().sum()),
            len(hedges),
            "hedges in the reporter's own words, of all hedges",
        ),
    ]
    return pd.DataFrame(
        {
            "measure": pd.Series([r[0] for r in rows], dtype="str"),
            "count": pd.Series([r[1] for r in rows], dtype="int64"),
            "of": pd.Series([r[2] for r in rows], dtype="int64"),
            "share": [_share(r[1], r[2]) for r in rows],
            "low": [nan if r[0].endswith("-words") else wilson(r[1], r[2])[0] for r in rows],
            "high": [nan if r[0].endswith("-words") else wilson(r[1], r[2])[1] for r in rows],
            "definition": pd.Series([r[3] for r in rows], dtype="str"),
        }
    )


def hedge_rates(t: Tables, *, by: str = "category") -> pd.DataFrame:
    """Hedges per 1,000 words, by "category", "voice" or "article".

    Denominators: for a category all words of the articles; for a voice the words that are its own (see
    `words_by_voice`); for an article its words.  Boosters (those not negated) and bounds are rows of their own by
    category, and are not among the hedges of a voice or article.  The interval is that of a Poisson count (see
    `analysis.measures.counts`), widened by how much articles differ where there are ten or more.
    Columns: the group, n, n_words, per_1000, low, high; by category also n_reporter and n_sources (whose they
    are).  Raises ValueError for another `by`.
    """
    if by == "category":
        return _by_category(t)
    if by == "voice":
        rows = words_by_voice(t)[["voice", "source_kind", "n_hedges", "n_words"]]
        return _rates(rows.rename(columns={"n_hedges": "n"}), widening(t))
    if by == "article":
        return _rates(_hedges_by_article(t), 1.0)
    raise ValueError(f"by={by!r}; allowed are 'category', 'voice' and 'article'")


def _by_category(t: Tables) -> pd.DataFrame:
    m = t["markers"]
    m = m[m["is_hedge"] | ~m["negated"]]
    mine = m["attribution_id"].isna()
    own, others = m.loc[mine, "category"].value_counts(), m.loc[~mine, "category"].value_counts()
    rows = pd.DataFrame(
        {
            "category": pd.Series(list(CATEGORIES), dtype="str"),
            "n_reporter": pd.Series([int(own.get(c, 0)) for c in CATEGORIES], dtype="int64"),
            "n_sources": pd.Series([int(others.get(c, 0)) for c in CATEGORIES], dtype="int64"),
        }
    )
    rows.insert(1, "n", rows["n_reporter"] + rows["n_sources"])
    rows.insert(2, "n_words", n_words(t))
    return _rates(rows, widening(t))


def _hedges_by_article(t: Tables) -> pd.DataFrame:
    counts = t["markers"].query("is_hedge").groupby("doc_id").size()
    rows = t["articles"][["doc_id", "n_words"]].copy()
    rows.insert(1, "n", rows["doc_id"].map(counts).fillna(0).astype("int64"))
    return rows


def widening(t: Tables) -> float:
    """By how much hedges vary more between articles than by chance (at least 1); 1 for fewer than ten articles."""
    if len(t["articles"]) < ENOUGH_ARTICLES:
        return 1.0
    rows = _hedges_by_article(t)
    found = dispersion(rows["n"].tolist(), rows["n_words"].tolist())
    return max(1.0, found) if found == found else 1.0


def _rates(rows: pd.DataFrame, wider: float) -> pd.DataFrame:
    """Add per_1000 with its interval to a table with n and n_words."""
    rows = rows.reset_index(drop=True)
    made = [rate(n, of, dispersion=wider) for n, of in zip(rows["n"], rows["n_words"], strict=True)]
    for place, name in enumerate(("per_1000", "low", "high")):
        rows[name] = pd.Series([row[place] for row in made], dtype="float64")
    return rows


def entity_frequency(t: Tables, *, values: bool = False) -> pd.DataFrame:
    """Entities by how often they are named, the most frequent first, aliases counted together.

    Dates, amounts and other values are left out unless `values`.  Denominators: `share` is of the mentions of the
    entities listed, `per_1000` of all words.  Columns: those of the entities table, then share, per_1000.
    """
    e = t["entities"]
    e = e if values else e[e["is_name"]]
    e = e.reset_index(drop=True)
    total, words = int(e["n_mentions"].sum()), n_words(t)
    e["share"] = pd.Series([_share(n, total) for n in e["n_mentions"]], dtype="float64")
    e["per_1000"] = pd.Series([1000 * _share(n, words) for n in e["n_mentions"]], dtype="float64")
    return e


# Definitions of the measures, for people: the report prints them.
DEFINITIONS = {
    "word": "A token that begins with a letter or a digit. Punctuation and the clitic ’s are not. Headings count.",
    "words by voice": "Each word belongs to the innermost source in whose content it stands, and to the reporter where "
    "it stands in nobody's. What Reuters says that Peskov said is Peskov's. Share: of all words.",
    "kinds of source": "Attributions by the kind of their source. Share: of all attributions, also at second hand.",
    "hedges per 1,000 words": "Hedges divided by words, times 1,000. By category: of all words. By voice: of that "
    "voice's own words. Categories are counted apart, boosters and bounds are not hedges, and no "
    "category stands for how certain a text is as a whole. The interval is that of a "
    "Poisson count (Garwood 1936): hedges are events, not shares of words.",
    "mentions": "Places where an entity is named, under any of its names. Pronouns are not counted. Dates, amounts and "
    "other values are left out.",
    "interval": "Wilson's score interval at 95%. It says how far a share could go in other texts of this kind if each "
    "attribution or word were drawn by itself; the article's own share is exact, given its marks.",
    "bootstrap": "Where words are counted, and from ten articles on, sentences (or articles) are drawn again and again "
    "from those there are, as many as there are, and the interval holds 95% of what comes out. With "
    "fewer than ten to draw from there is no interval.",
}
