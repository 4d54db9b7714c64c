"""Measures over the tables: the numbers that a report may state, each with its definition and its denominator.

All take the dict that `analysis.make_tables` returns. "Not computable" (nothing to divide by) is NaN, never 0.

Every number has the same interval everywhere (95%; see `analysis.measures.intervals` for shares and
`analysis.measures.counts` for rates). The article itself is read whole, so nothing is uncertain about its own share,
given its marks; the interval says how far the share could vary for *the kind of text that this one is a sample of*.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import nan

import pandas as pd

from analysis.measures.counts import design_effect
from analysis.measures.intervals import ENOUGH, of_share, share_interval
from analysis.measures.intervals import wilson as wilson
from analysis.measures.paths import is_open, is_second_hand
from analysis.measures.whose import SOURCED, WHOSE, class_of, with_voices
from analysis.text.vocabulary import (
    EPISTEMIC,
    EPISTEMIC_NAMES,
    FAMILIES,
    NEVER_NAMED,
    REPORTER,
    SHOWN_KINDS,
)

Tables = dict[str, pd.DataFrame]


def _share(count: int, of: int) -> float:
    return count / of if of else nan


def n_words(t: Tables) -> int:
    """Words in all the articles: tokens that begin with a letter or digit, headings included."""
    return int(t["articles"]["n_words"].sum())


def words_by_voice(t: Tables) -> pd.DataFrame:
    """Whose words the text is made of: the reporter, the sources by words, then the words that no source states.

    Definition: each word belongs to the innermost attribution whose content it is in, or else to the reporter. If the
    attribution states something, the words are its source's. Words that were asked, and words that a source declines to
    say or does not mention, are nobody's and have separate rows (source_kind "asked", "unsaid"). So a source that only
    declined has no row here; it is in `knowing.source_sheet`. Denominator of `share`: all words of the articles. Voices
    are pooled over articles by entity, or else by name; pronouns that were not resolved share one row (source_kind
    "open"). Columns: voice, source_kind, source_entity, n_words, share, n_attributions, n_hedges, n_boosters, n_bounds.
    """
    a = t["attributions"]
    m = t["markers"]
    m = m[m["is_hedge"] | ~m["negated"]]
    voices = with_voices(a[["doc_id", "attribution_id"]], a)
    names = pd.concat([_THE_REPORTER[: len(t["articles"])], voices[["key", "voice", "source_kind", "source_entity"]]])
    rows = names.drop_duplicates("key").set_index("key")
    rows["n_words"] = with_voices(t["passages"], a).groupby("key")["n_words"].sum()
    rows["n_attributions"] = voices["key"].value_counts()
    marks = with_voices(m, a)
    for name in FAMILIES:
        rows[f"n_{FAMILIES[name].plural}"] = marks.loc[marks["family"] == name, "key"].value_counts()
    numbers = rows.columns[rows.columns.str.startswith("n_")]
    rows[numbers] = rows[numbers].fillna(0).astype("int64")
    total = n_words(t)
    rows.insert(4, "share", (rows["n_words"] / total).astype("float64") if total else nan)
    place = rows["source_kind"].map({"reporter": 0, "none": 2, "asked": 3, "unsaid": 4}).fillna(1)
    order = ["place", "n_words", "n_attributions", "voice"]
    rows = rows.assign(place=place).sort_values(order, ascending=[True, False, False, True])
    return rows.drop(columns="place").reset_index(drop=True).astype({"source_entity": "str"})


_THE_REPORTER = pd.DataFrame(
    {"key": [f"{REPORTER} reporter"], "voice": [REPORTER], "source_kind": ["reporter"], "source_entity": [None]},
    dtype="str",
)


def passages_by_class(t: Tables) -> pd.DataFrame:
    """The passages table with `whose`, the class of `whose.WHOSE` of the words of each passage."""
    a = t["attributions"]
    classes = a[["doc_id", "attribution_id"]].assign(whose=class_of(a, is_named(a)))
    p = t["passages"].merge(classes, on=["doc_id", "attribution_id"], how="left")
    return p.assign(whose=p["whose"].fillna("reporter"))


def words_by_class(t: Tables) -> pd.DataFrame:
    """The words by whose they are: the classes of `whose.WHOSE`, which do not overlap and add up to all words.

    Denominator of `share`: all words of the articles.  Columns: whose, name, n_words, share, n_attributions, gloss.

    >>> from analysis import annotate, make_tables
    >>> w = words_by_class(make_tables(annotate("It rained, Ann Reed said. Tom Cole declined to comment on it.")))
    >>> w.loc[w["n_words"] > 0, ["whose", "n_words"]].values.tolist()
    [['reporter', 6], ['named', 2], ['unsaid', 4]]
    """
    a = t["attributions"]
    words = passages_by_class(t).groupby("whose")["n_words"].sum()
    counts, total = class_of(a, is_named(a)).value_counts(), n_words(t)
    made = [
        (slug, term.name, int(words.get(slug, 0)), _share(int(words.get(slug, 0)), total), int(counts.get(slug, 0)))
        for slug, term in WHOSE.items()
    ]
    rows = pd.DataFrame(made, columns=["whose", "name", "n_words", "share", "n_attributions"])
    rows["gloss"] = [term.gloss for term in WHOSE.values()]
    return rows.astype({"whose": "str", "name": "str", "gloss": "str"})


def source_kinds(t: Tables) -> pd.DataFrame:
    """How many attributions rest on each kind of source.

    Denominator of `share`: all attributions, second-hand ones included. One row per kind of the closed vocabulary, and
    one for pronouns that were not resolved ("open"), even if there are none. Columns: source_kind, n, share, low, high
    (95%).
    """
    a = t["attributions"].assign(amount=1)
    docs, of, made = t["articles"]["doc_id"].tolist(), len(a), []
    for kind in SHOWN_KINDS:
        hits = (a["source_kind"] == kind).astype("int64")
        interval = of_share(docs, a, hits, words=False, what="attributions")
        made.append((kind, int(hits.sum()), _share(int(hits.sum()), of), interval.low, interval.high))
    columns = {"source_kind": "str", "n": "int64", "share": "float64", "low": "float64", "high": "float64"}
    return pd.DataFrame(made, columns=list(columns)).astype(columns)


def is_named(attributions: pd.DataFrame) -> pd.Series:
    """Could a reader look up the source?

    True if the text gives it a name (see `analysis.people.knowing`: not "officials", "police", "state media", "the
    team"); False for unnamed people and groups, for pronouns that were not resolved, and if no source is given.
    """
    named = attributions["identified"] == "name"
    return (named & ~attributions["source_kind"].isin(NEVER_NAMED) & ~is_open(attributions)).astype("bool")


def shares(t: Tables) -> pd.DataFrame:
    """The shares of attributions, words and sentences that a report prints, one per row.

    Columns: measure (a slug), count, of, share, low, high (95%; see `analysis.measures.intervals`), definition (in
    words, including what it is a share of), interval (how it was made, or why there is none).
    """
    return _shares_table([row for _, row in _shares(t, by_article=False)])


def shares_by_article(t: Tables) -> pd.DataFrame:
    """The same shares for each article separately: the columns of `shares` with doc_id before them, one row per article
    and measure, measure by measure.
    """
    found = list(_shares(t, by_article=True))
    table = _shares_table([row for _, row in found])
    table.insert(0, "doc_id", pd.Series([doc for doc, _ in found], dtype="str"))
    return table


def _shares(t: Tables, *, by_article: bool) -> Iterator[tuple[str, tuple]]:
    """The rows of `shares`, each with its article, or without one if all are pooled."""
    a = t["attributions"]
    docs = t["articles"]["doc_id"].tolist()
    parts = {
        "words": passages_by_class(t).assign(amount=lambda p: p["n_words"]),
        "attributions": a.assign(amount=1),
        "sentences": with_hedges(t).query("paragraph_kind == 'body'").assign(amount=1),
        "hedges": t["markers"][t["markers"]["category"].isin(EPISTEMIC)].assign(amount=1),
    }
    hits = {
        "sourced-words": parts["words"]["whose"].isin(SOURCED),
        "attributed-words": parts["words"]["whose"] != "reporter",
        "named-sources": is_named(a),
        "no-source": a["source_kind"] == "none",
        "second-hand": is_second_hand(a),
        "quoted": a["kind"].isin(["direct", "mixed"]),
        "hedged-sentences": parts["sentences"]["n_epistemic"] > 0,
        "reporter-hedges": parts["hedges"]["attribution_id"].isna(),
    }
    for measure, (what, definition) in SHARES.items():
        rows = parts[what]
        amounts = rows["amount"].where(hits[measure], 0)
        units = list(zip(rows["doc_id"], rows["sentence_id"], amounts, rows["amount"], strict=True))
        groups = {"": units}
        if by_article:
            groups = {doc: [] for doc in docs}
            for unit in units:
                groups[unit[0]].append(unit)
        for doc, mine in groups.items():
            count, of = sum(int(hit) for _, _, hit, _ in mine), sum(int(amount) for *_, amount in mine)
            interval = share_interval([doc] if by_article else docs, mine, words=what == "words", what=what)
            share = _share(count, of)
            yield doc, (measure, count, of, share, interval.low, interval.high, definition, interval.how)


def _shares_table(rows: list[tuple]) -> pd.DataFrame:
    columns = ["measure", "count", "of", "share", "low", "high", "definition", "interval"]
    dtypes = dict(zip(columns, ("str", "int64", "int64", "float64", "float64", "float64", "str", "str"), strict=True))
    return pd.DataFrame(rows, columns=columns).astype(dtypes)


SHARES = {
    "sourced-words": ("words", "words that a source states, with a name or without one, of all words"),
    "attributed-words": (
        "words",
        "words that are not the reporter's own: those of sources, those attributed to nobody, and those that were "
        "asked, declined or left unmentioned, of all words",
    ),
    "named-sources": (
        "attributions",
        "attributions whose source a reader could look up (a named person, organisation or outlet, or a government, "
        "document or event with a name), of all attributions",
    ),
    "no-source": ("attributions", "attributions that name nobody (“is expected to”), of all attributions"),
    "second-hand": (
        "attributions",
        "attributions that reach the article through another source or news outlet (“Reuters reported that he "
        "said”), of all attributions",
    ),
    "quoted": (
        "attributions",
        "attributions with words in quotation marks, in full or in part, of all attributions",
    ),
    "hedged-sentences": (
        "sentences",
        f"sentences with at least one epistemic hedge ({EPISTEMIC_NAMES}), of all body sentences (no headings or "
        "bylines)",
    ),
    "reporter-hedges": ("hedges", "epistemic hedges in the reporter's own words, of all epistemic hedges"),
}


def with_hedges(t: Tables) -> pd.DataFrame:
    """The sentences table with `n_epistemic`: how many of the sentence's hedges say how sure a claim is."""
    marks = t["markers"][t["markers"]["category"].isin(EPISTEMIC)]
    found = marks.groupby(["doc_id", "sentence_id"]).size().rename("n_epistemic").reset_index()
    rows = t["sentences"].merge(found, on=["doc_id", "sentence_id"], how="left")
    return rows.assign(n_epistemic=rows["n_epistemic"].fillna(0).astype("int64"))


def hedging_effect(t: Tables) -> float:
    """How much more epistemic hedges vary between articles than by chance (a variance, at least 1); 1 for fewer than
    ten articles, because within an article they fall independently (see `analysis.measures.counts`).
    """
    articles = t["articles"]
    if len(articles) < ENOUGH:
        return 1.0
    found = t["markers"].loc[t["markers"]["category"].isin(EPISTEMIC), "doc_id"].value_counts()
    return design_effect([int(found.get(doc, 0)) for doc in articles["doc_id"]], articles["n_words"].tolist())


def hedge_rates(t: Tables, *, by: str = "category") -> pd.DataFrame:
    """Hedges per 1,000 words, by "category", "voice" or "article": `hedging.hedging_rates` for a table.

    Denominators: for a category, all words of the articles; for a voice, its own words (see `words_by_voice`); for an
    article, its words. By category, each has a row, including boosters (those not negated) and bounds. By voice and
    article, `n` counts the epistemic hedges, which `categories` names; approximations, vague sources and bounds have
    separate columns and are not added. Columns: the group, n, n_words, per_1000, low, high; by category also n_reporter
    (in the reporter's own words) and n_sources (in the content of an attribution); by voice and article
    n_approximation, n_vague_source, n_bound, categories. Raises ValueError for another `by`.
    """
    from analysis.measures.hedging import hedge_table

    if by not in ("category", "voice", "article"):
        raise ValueError(f"by={by!r} is not a grouping; choose 'category', 'voice' or 'article'")
    return hedge_table(t, by)


def entity_frequency(t: Tables, *, values: bool = False) -> pd.DataFrame:
    """Entities by how often they are named, the most frequent first; aliases are counted together.

    Dates, amounts and other values are left out, unless `values` is True. Denominators: the mentions of the listed
    entities for `share`, all words for `per_1000`. Columns: those of the entities table, then share, per_1000.
    """
    e = t["entities"]
    e = e if values else e[e["is_name"]]
    e = e.reset_index(drop=True)
    total, words = int(e["n_mentions"].sum()), n_words(t)
    e["share"] = pd.Series([_share(n, total) for n in e["n_mentions"]], dtype="float64")
    e["per_1000"] = pd.Series([1000 * _share(n, words) for n in e["n_mentions"]], dtype="float64")
    return e


# Definitions of the measures for readers; the report prints them.
DEFINITIONS = {
    "word": "A token that begins with a letter or a digit. Punctuation and the clitic ’s do not count. Headings do.",
    "whose words": "Each word is counted once, by the innermost attribution whose content includes it: as the "
    "reporter's own if there is none, as a source's if that source states something (when Reuters reports what "
    "Peskov said, the words are Peskov's), and otherwise as nobody's: attributed to nobody, asked, declined or left "
    "unmentioned. Share: of all words.",
    "sources": "Those who state something, including denials. Attributions to the same entity share a source; "
    "sources without a name are distinguished by their wording, within each article. The reporter, nobody and "
    "unresolved pronouns do not count as sources. Those who only declined or only asked are listed separately.",
    "kinds of source": "Attributions by the kind of their source. Share: of all attributions, including those at "
    "second hand.",
    "hedges per 1,000 words": f"Epistemic hedges, those that say how sure a claim is ({EPISTEMIC_NAMES}), divided by "
    "words, times 1,000. By category: each alone, of all words. By voice: of that voice's own words. Approximations, "
    "vague sources, bounds and boosters are shown separately and not added in; no single number says how certain a "
    "text is as a whole. The interval is that of a Poisson count (Garwood 1936): hedges are events, not shares of "
    "words. "
    "With ten articles or more, the interval of each category is widened by how much the articles differ in it.",
    "mentions": "Places where an entity is named, under any of its names. Pronouns, dates, amounts and other values "
    "are not counted.",
    "interval": "Each number has one, at 95%. It says how far the share could vary in other texts of this kind; the "
    "article's own share is exact, given its marks. With ten articles or more, the sample is a sample of articles, "
    "because statements in one article are related: such intervals are often half as wide again as if each "
    "attribution had been drawn separately. With fewer, each attribution, quotation or sentence counts as a separate "
    "draw, and for shares of words, each sentence does. The method is Wilson's score interval for the number of "
    "independent draws that these are worth. With fewer than ten sentences or articles, a share of words has no "
    "interval.",
    "difference": "We say that two values differ only where an exact test finds a difference. The counts are divided "
    "by how much more texts vary than chance would make them, and the test is corrected for every pair that could "
    "have been picked, at a level that leaves 5% for all the statements of a report together. Overlapping intervals "
    "are not used as a test.",
}
