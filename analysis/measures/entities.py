"""Entities in numbers: how often, where first, how evenly along the text, of which country, and who acts.

All take the dict that `analysis.make_tables` gives.  Dates, amounts and other values are left out throughout, and so
are pronouns, which are not mentions.  "Not computable" is NaN, never 0, and a column `reason` says why.
"""

from __future__ import annotations

from collections import defaultdict
from math import nan

import pandas as pd

from analysis.entities.linking import by_country as group_by_country
from analysis.grammar.roles import AGENT, BY, OTHER, PATIENT
from analysis.measures import Tables, entity_frequency
from analysis.text.document import Entity

PARTS = 10  # equal parts of an article
ENOUGH_MENTIONS = 5  # with fewer mentions, a value of dispersion would say more about chance than about the text
ORDERS = {"mentions": ["n_mentions", "n_docs"], "articles": ["n_docs", "n_mentions"]}


def name_mentions(t: Tables) -> pd.DataFrame:
    """The mentions of names, in the order of the articles and of their text, with the entity's `name`.

    Columns: those of the mentions table, then name.
    """
    names = t["entities"].loc[t["entities"]["is_name"], ["entity_id", "name"]]
    order = {doc: at for at, doc in enumerate(t["articles"]["doc_id"])}
    m = t["mentions"].merge(names, on="entity_id")
    m = m.assign(at=m["doc_id"].map(order)).sort_values(["at", "start"], kind="stable")
    return m.drop(columns="at").reset_index(drop=True)


def frequency(t: Tables, *, by: str = "mentions") -> pd.DataFrame:
    """Entities by how often they are named, with aliases counted together; ties are in the order of first mention.

    Denominators: all mentions of names for `share`, all words for `per_1000`, all articles for `share_docs`. `by`
    "mentions" or "articles" gives the order. Columns: those of the entities table (n_mentions, n_docs ...), then share,
    per_1000, share_docs. Raises ValueError for another `by`.

    >>> from analysis import annotate, make_tables
    >>> f = frequency(make_tables(annotate("Norway and Sweden met. Sweden left.")))
    >>> f[["name", "n_mentions", "share_docs"]].values.tolist()
    [['Sweden', 2, 1.0], ['Norway', 1, 1.0]]
    """
    if by not in ORDERS:
        raise ValueError(f"by={by!r} is not an order; choose {' or '.join(map(repr, ORDERS))}")
    rows = entity_frequency(t)
    first = {key: at for at, key in reversed(list(enumerate(name_mentions(t)["entity_id"])))}
    rows["first"] = rows["entity_id"].map(first).fillna(len(first)).astype("int64")
    rows = rows.sort_values([*ORDERS[by], "first"], ascending=[False, False, True], kind="stable")
    n_docs = len(t["articles"])
    rows["share_docs"] = (rows["n_docs"] / n_docs).astype("float64") if n_docs else nan
    return rows.drop(columns="first").reset_index(drop=True)


def first_appearance(t: Tables) -> pd.DataFrame:
    """Where each entity is first named: one row per article and entity, the earliest first.

    `share` is how far into the article that is: the characters from the start of its first sentence to the mention,
    of all characters up to the end of its last sentence; 0 is the very beginning.  Early names are those that an
    article opens with ("inverted pyramid"): a choice of the writer, not a measure of importance.
    Columns: doc_id, entity_id, name, sentence_id, share, text (the form used there).

    >>> from analysis import annotate, make_tables
    >>> f = first_appearance(make_tables(annotate("It was wet. Norway left.")))
    >>> f[["name", "sentence_id", "share"]].values.tolist()
    [['Norway', 2, 0.5]]
    """
    m = name_mentions(t).drop_duplicates(["doc_id", "entity_id"])
    m = m.assign(share=_along(m, t))
    return m[["doc_id", "entity_id", "name", "sentence_id", "share", "text"]].reset_index(drop=True)


def dispersion(t: Tables, *, over: str = "tenths") -> pd.DataFrame:
    """How evenly an entity's mentions are spread: Gries' DP, 0 for evenly, near 1 for all in one place.

    DP is half the sum of |observed - expected| over the parts: observed is the share of the entity's mentions in a
    part, expected the share of the text that the part makes up. Source: Gries 2008, Dispersions and adjusted
    frequencies in corpora. We use it rather than Juilland's D because it works with parts of unequal size.

    `over` "tenths" gives one row per article and entity; the parts are ten equal stretches of the article (in
    characters). We use tenths rather than paragraphs because the number of paragraphs, and with it DP, differs between
    articles. `over` "articles" gives one row per entity; the parts are the articles, weighted by their words.

    Fewer mentions than parts cannot be spread evenly, so read `dp` against `lowest`, the smallest DP that so many
    mentions could have in tenths (NaN for articles). With fewer than five mentions, or only one article, DP is NaN and
    `reason` says why. Columns: doc_id (tenths only), entity_id, name, n_mentions, parts (parts with a mention), dp,
    lowest, reason. Raises ValueError for another `over`.
    """
    if over not in ("tenths", "articles"):
        raise ValueError(f"over={over!r} is not an axis; choose 'tenths' or 'articles'")
    m = name_mentions(t)
    if over == "tenths":
        m["part"] = [min(PARTS - 1, int(PARTS * x)) for x in _along(m, t)]
        size = dict.fromkeys(range(PARTS), 1 / PARTS)
        groups = m.groupby(["doc_id", "entity_id", "name"], sort=False)
    else:
        m["part"] = m["doc_id"]
        words = t["articles"].set_index("doc_id")["n_words"]
        size = {} if not words.sum() else (words / words.sum()).to_dict()
        groups = m.groupby(["entity_id", "name"], sort=False)
    rows = [(*key, *_dispersion(part.tolist(), size, over)) for key, part in groups["part"]]
    dtypes = {
        "doc_id": "str",
        "entity_id": "str",
        "name": "str",
        "n_mentions": "int64",
        "parts": "int64",
        "dp": "float64",
        "lowest": "float64",
        "reason": "str",
    }
    if over == "articles":
        del dtypes["doc_id"]
    out = make_table(rows, dtypes)
    return out.sort_values("n_mentions", ascending=False, kind="stable").reset_index(drop=True)


def gries_dp(counts: list[int], sizes: list[float]) -> float:
    """Gries' DP of counts in parts that make up the shares `sizes` of the whole; NaN if there are no counts.

    >>> gries_dp([5, 5], [0.5, 0.5]), gries_dp([0, 4], [0.75, 0.25])
    (0.0, 0.75)
    """
    total = sum(counts)
    if not total:
        return nan
    return min(1.0, sum(abs(n / total - size) for n, size in zip(counts, sizes, strict=True)) / 2)


def lowest_dp(n: int, parts: int) -> float:
    """The smallest DP that `n` mentions can have in `parts` equal parts: 0 only if they divide evenly.

    >>> lowest_dp(5, 10), lowest_dp(10, 10)
    (0.5, 0.0)
    """
    left = n % parts
    return left * (parts - left) / (parts * n) if n else nan


def _dispersion(parts: list, size: dict, over: str) -> tuple:
    n, used = len(parts), len(set(parts))
    lowest = lowest_dp(n, PARTS) if over == "tenths" else nan
    if len(size) < 2:
        return n, used, nan, lowest, "there is only one article"
    if n < ENOUGH_MENTIONS:
        return n, used, nan, lowest, f"named {n} time{'s' * (n > 1)}; {ENOUGH_MENTIONS} are needed"
    counts = pd.Series(parts).value_counts()
    return n, used, gries_dp([int(counts.get(part, 0)) for part in size], list(size.values())), lowest, None


def _along(m: pd.DataFrame, t: Tables) -> list[float]:
    """The places of mentions in their article, from 0 to 1 by characters between its first and last sentence."""
    s = t["sentences"].groupby("doc_id")
    start, end = s["start"].min().to_dict(), s["end"].max().to_dict()
    return [(at - start[d]) / max(1, end[d] - start[d]) for d, at in zip(m["doc_id"], m["start"], strict=True)]


def by_country(t: Tables) -> pd.DataFrame:
    """Countries by how often they are named in any way: the country, its people, its cities and regions.

    This is a view of the entities, by what the package's tables know about each. Nothing is merged: Moscow is not
    Russia. A place of unknown country is left out. Denominator of `share`: all mentions of names. Columns: country,
    n_mentions, share, n_own (as the country itself), n_people (demonyms), n_places (cities, regions and other places in
    it), names (separated by " | ").

    >>> from analysis import annotate, make_tables
    >>> c = by_country(make_tables(annotate("Oslo spoke. Norwegian officials left Norway.")))
    >>> c[["country", "n_mentions", "n_own", "n_people", "n_places"]].values.tolist()
    [['Norway', 3, 1, 1, 1]]
    """
    e = frequency(t)
    total = int(e["n_mentions"].sum())
    entities = [
        Entity(
            r.entity_id, r.name, r.label, (), r.n_mentions, country=r.country if isinstance(r.country, str) else None
        )
        for r in e.itertuples(name="Row", index=False)
    ]
    rows = []
    for country, members in group_by_country(entities).items():
        n: dict[str, int] = defaultdict(int)
        for x in members:
            n["own" if x.name == country else "people" if x.label == "NORP" else "places"] += x.count
        n_all = sum(n.values())
        rows.append(
            (country, n_all, n_all / total, n["own"], n["people"], n["places"], " | ".join(x.name for x in members))
        )
    return make_table(
        rows,
        {
            "country": "str",
            "n_mentions": "int64",
            "share": "float64",
            "n_own": "int64",
            "n_people": "int64",
            "n_places": "int64",
            "names": "str",
        },
    )


def who_acts(t: Tables) -> pd.DataFrame:
    """Who does something, and who has something done to them: the parts that names play in their clauses.

    `n_agent` are mentions as the subject of an active verb, `n_passive_agent` those after "by", `n_passive_subject`
    those as the subject of a passive, `n_other` all that the rules could not determine (see `analysis.grammar.roles`),
    including objects of verbs. `share_acting` is the share of agents of both kinds among the mentions with a known
    part; NaN if there are fewer than five such mentions, and `reason` says so. Entities with the most known parts come
    first. Columns: entity_id, name, label_name, n_mentions, n_agent, n_passive_agent, n_passive_subject, n_other,
    share_acting, reason.

    >>> from analysis import annotate, make_tables
    >>> w = who_acts(make_tables(annotate("Norway closed the border. Norway was fined by Sweden.")))
    >>> w[["name", "n_agent", "n_passive_agent", "n_passive_subject"]].values.tolist()
    [['Norway', 1, 0, 1], ['Sweden', 0, 1, 0]]
    """
    m, e = name_mentions(t), frequency(t)
    counts = m.groupby(["entity_id", "grammar"]).size().to_dict()
    rows = []
    for key, name, label, n in zip(e["entity_id"], e["name"], e["label_name"], e["n_mentions"], strict=True):
        agent, by, patient, other = (counts.get((key, role), 0) for role in (AGENT, BY, PATIENT, OTHER))
        told = agent + by + patient
        enough = told >= ENOUGH_MENTIONS
        rows.append(
            (
                key,
                name,
                label,
                n,
                agent,
                by,
                patient,
                other,
                (agent + by) / told if enough else nan,
                None if enough else f"{told} known part{'s' * (told != 1)}; {ENOUGH_MENTIONS} are needed",
            )
        )
    out = make_table(
        rows,
        {
            "entity_id": "str",
            "name": "str",
            "label_name": "str",
            "n_mentions": "int64",
            "n_agent": "int64",
            "n_passive_agent": "int64",
            "n_passive_subject": "int64",
            "n_other": "int64",
            "share_acting": "float64",
            "reason": "str",
        },
    )
    told = out["n_agent"] + out["n_passive_agent"] + out["n_passive_subject"]
    return out.iloc[told.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def make_table(rows: list[tuple], dtypes: dict[str, str]) -> pd.DataFrame:
    """Rows as a table with fixed columns and dtypes, even if there are none."""
    columns = list(zip(*rows, strict=True)) or [()] * len(dtypes)
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=dtype)
            for (name, dtype), values in zip(dtypes.items(), columns, strict=True)
        }
    )


# Definitions for readers, in addition to those of analysis.measures.
DEFINITIONS = {
    "first appearance": "How far into the article an entity is first named, in characters: 0% is the beginning.",
    "dispersion (Gries' DP)": "Half the sum of the differences between the share of an entity's mentions in each tenth "
    "of the article and a tenth: 0 if they are evenly spread, near 1 if all are in one place. With fewer than ten "
    "mentions it cannot reach 0, and with fewer than five it is not given.",
    "who acts": "Mentions as the subject of an active verb, after “by”, and as the subject of a passive, if the "
    "rules can tell. Share: of the mentions whose part the rules can tell.",
}
