"""How does the article know this? For each statement, passage and sentence: on whose word it rests.

The answer comes from the text. It shows what the article says about its sources, not whether they are right.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.measures import Tables, is_named
from analysis.measures.paths import is_open, source_paths
from analysis.text.vocabulary import (
    CLOSENESS,
    CONTACTS,
    HANDS,
    IDENTIFIED,
    NO_STATEMENT,
    REPORTER,
    SHOWN_KINDS,
    UNNAMED_KINDS,
    Term,
)

# The first that fits applies; the words are for a legend and for readers who ask what it means.
HOW = {
    "reporter": Term(
        "the reporter's own word",
        "The article says so itself and gives no source: the reporter may have seen it, known it, or taken it from "
        "somewhere without saying so.",
    ),
    "refusal": Term("refused or not said", "What a source did not say: it declined to comment, or did not mention it."),
    "question": Term("asked", "A question or a request, which states nothing in itself."),
    "second-hand": Term(
        "at second hand",
        "Another source or another news outlet comes between: Reuters reported that he said so, he told the Post.",
    ),
    "no-source": Term(
        "no source given", "The article reports it, but does not say who said it: it is expected, it is said."
    ),
    "open": Term(
        "an unresolved pronoun",
        "The rules could not tell whom a pronoun refers to; the article may well name the source.",
    ),
    "unnamed": Term("unnamed person or group", "A source that you cannot look up: an official, critics, residents."),
    "document": Term(
        "document or occasion", "A text or an event: a decree, a report, a summit. Ask whether you can find it."
    ),
    "first-hand": Term(
        "a named source", "A named person, organisation or government says so, with nobody else in between."
    ),
}

# The facts behind it, as in the table of attributions.
FACTS = {"contact": "str", "links": "int64", "closeness": "str", "identified": "str", "hand": "str"}

TERMS: dict[str, Mapping[str, Term]] = {
    "contact": CONTACTS,
    "closeness": CLOSENESS,
    "identified": IDENTIFIED,
    "hand": HANDS,
}


def in_terms(value: str, terms: Mapping[str, Term]) -> str:
    """The slugs of a fact in words; several are separated by " | ".

    >>> in_terms("saw | was-told", CLOSENESS)
    'saw it, was told'
    """
    return ", ".join(terms[slug].name for slug in value.split(" | "))


def how_known(t: Tables) -> pd.DataFrame:
    """One row per attribution: how the article knows its content.

    `how` is the first of HOW that fits: refusal (the source did not say it), question (it was asked), second-hand
    (`hand` is "second"), no-source, open (a pronoun that was not resolved), unnamed (a person or group without a name),
    document (or an event), first-hand. `named` says whether a reader could look up the source itself (see
    `measures.is_named`), `via` lists the sources that it came through, the nearest to the reporter first. As written in
    the text, `basis` is what it rests on and `channel` to whom or where it was said; `in_words` says all of that for a
    reader. `how` puts several facts into one word; the facts also have separate columns: `contact`, `links`,
    `closeness`, `identified`, `hand` (see `analysis.people.knowing`) and `reason`, why a name is left out. Columns:
    doc_id, attribution_id, sentence_id, how, voice, named, via, basis, channel, in_words, contact, links, closeness,
    identified, hand, reason.

    >>> from analysis import annotate, make_tables
    >>> rows = how_known(make_tables(annotate("Ann Reed said that it was late, reported Reuters.")))
    >>> sorted(zip(rows["how"], rows["in_words"]))
    [('second-hand', 'Ann Reed, through Reuters'), ('second-hand', 'Reuters')]
    >>> how_known(make_tables(annotate("Ann Reed denied taking the money.")))["in_words"].tolist()
    ['Ann Reed (says it is not so)']
    """
    a = t["attributions"]
    known = [
        {k: v if isinstance(v, str) or not pd.isna(v) else None for k, v in row.items()} for row in a.to_dict("records")
    ]
    by_id = {(row["doc_id"], row["attribution_id"]): row for row in known}
    paths = source_paths(a)
    rows = []
    for row, named, unresolved in zip(known, is_named(a), is_open(a), strict=True):
        via = [link.voice for link in paths[row["doc_id"], row["attribution_id"]][:-1]]
        parent = by_id.get((row["doc_id"], row["parent"]))
        cited = parent is not None and parent["basis"] is not None and parent["basis"] == row["source_text"]
        basis = row["basis"] or (row["source_text"] if cited else None)
        rows.append(
            (
                row["doc_id"],
                row["attribution_id"],
                row["sentence_id"],
                _how(row, unresolved, named=bool(named)),
                row["voice"],
                bool(named),
                " → ".join(via) or None,
                basis,
                row["channel"],
                _in_words(row, via, cited, unresolved),
                *(row[name] for name in FACTS),
                row["anonymity"],
            )
        )
    return _frame(
        rows,
        {
            "doc_id": "str",
            "attribution_id": "str",
            "sentence_id": "int64",
            "how": "str",
            "voice": "str",
            "named": "bool",
            "via": "str",
            "basis": "str",
            "channel": "str",
            "in_words": "str",
            **FACTS,
            "reason": "str",
        },
    )


def _how(row: dict[Hashable, Any], unresolved: bool, *, named: bool) -> str:
    if row["stance"] in NO_STATEMENT:
        return row["stance"]
    if row["hand"] == "second":
        return "second-hand"
    kind = "open" if unresolved and row["source_kind"] != "none" else row["source_kind"]
    how = SHOWN_KINDS[kind].how
    needs_name = how == "first-hand" and SHOWN_KINDS[kind].named is None  # "officials said"
    return "unnamed" if needs_name and not named else how


def _in_words(row: dict[Hashable, Any], via: list[str], cited: bool, unresolved: bool) -> str:
    words = row["voice"]
    if row["source_kind"] in UNNAMED_KINDS and not unresolved:
        words += ", unnamed" + (f" ({row['anonymity']})" if row["anonymity"] else "")
    if row["stance"] in NO_STATEMENT and row["cue_text"]:
        words += f" ({row['cue_text']})"
    if row["stance"] == "denial":
        words += " (says it is not so)"
    if row["channel"]:
        words += f", to {row['channel']}" if row["cue_lemma"] == "tell" else f", {row['channel']}"
    if via and cited:
        words += f", cited by {via[-1]}" + (f", through {', through '.join(via[-2::-1])}" if len(via) > 1 else "")
    elif via:
        words += f", through {', through '.join(reversed(via))}"
    return words + (f", citing {row['basis']}" if row["basis"] else "")


def passages_known(t: Tables) -> pd.DataFrame:
    """The passages table (stretches of one voice within a sentence), with how the article knows each.

    Columns: doc_id, sentence_id, start, end, text, n_words, voice, attribution_id, how, in_words. For the reporter's
    own passages, `how` is "reporter"; for nested sources, it is that of the innermost.
    """
    p = t["passages"]
    known = how_known(t)[["doc_id", "attribution_id", "how", "in_words"]]
    rows = p[["doc_id", "sentence_id", "start", "end", "text", "n_words", "voice", "attribution_id"]].merge(
        known, on=["doc_id", "attribution_id"], how="left"
    )
    own = rows["attribution_id"].isna()
    rows["how"] = rows["how"].mask(own, "reporter").astype("str")
    rows["in_words"] = rows["in_words"].mask(own, REPORTER).astype("str")
    return rows


def how_by_sentence(t: Tables) -> pd.DataFrame:
    """One row per sentence, for the sentence matrix: how the article knows what it says.

    `how` and `in_words` are those of the attribution with most of the sentence's attributed words (the first, if
    several have as many). They are "reporter" only if no word is in any: "said Ann Reed" is not a statement by the
    reporter. Nor is "Ann Reed said" one by the outlet that passes it on, so in a chain the innermost counts; and
    statements come before questions and refusals. `others` names the other attributions in the order of the text.
    `n_attributed` counts the words inside the content of an attribution, of `n_words`. Columns: doc_id, sentence_id,
    how, in_words, others, n_attributed, n_words.

    >>> from analysis import annotate, make_tables
    >>> how_by_sentence(make_tables(annotate("It rained. It was late, officials said.")))["how"].tolist()
    ['reporter', 'unnamed']
    """
    p = passages_known(t)
    found: dict[tuple, dict[str, Any]] = {}
    for row in p[p["attribution_id"].notna()].itertuples(index=False):
        here = found.setdefault((row.doc_id, row.sentence_id), {})
        here[row.attribution_id] = (row.how, row.in_words, here.get(row.attribution_id, (0, 0, 0))[2] + row.n_words)
    parents = dict(
        zip(
            zip(t["attributions"]["doc_id"], t["attributions"]["attribution_id"], strict=True),
            t["attributions"]["parent"],
            strict=True,
        )
    )
    rows = []
    for s in t["sentences"].itertuples(index=False):
        here = found.get((s.doc_id, s.sentence_id), {})
        outer = {parents[s.doc_id, key] for key in here}
        inner = [entry for key, entry in here.items() if key not in outer] or list(here.values())
        how, words, _ = max(
            inner, key=lambda entry: (entry[0] not in NO_STATEMENT, entry[2]), default=("reporter", REPORTER, 0)
        )  # max returns the first of equals
        others = list(dict.fromkeys(entry[1] for entry in inner if entry[1] != words))
        rows.append(
            (
                s.doc_id,
                s.sentence_id,
                how,
                words,
                "; ".join(others) or None,
                sum(entry[2] for entry in here.values()),
                s.n_words,
            )
        )
    return _frame(
        rows,
        {
            "doc_id": "str",
            "sentence_id": "int64",
            "how": "str",
            "in_words": "str",
            "others": "str",
            "n_attributed": "int64",
            "n_words": "int64",
        },
    )


def words_by_how(t: Tables) -> pd.DataFrame:
    """How many words the article knows in each way, one row per entry of HOW, even if there are none.

    Denominator of `share`: all words of the articles; each word counts once, for the innermost source.
    Columns: how, name, n_words, share, n_attributions, gloss.
    """
    words = passages_known(t).groupby("how")["n_words"].sum()
    counts = how_known(t)["how"].value_counts()
    total = int(t["passages"]["n_words"].sum())
    return _by_term("how", HOW, words, counts, total)


def words_by_contact(t: Tables) -> pd.DataFrame:
    """How many of the words that a source states reached the article in each way, one row per entry of CONTACTS.

    Denominator of `share`: all words that a source states or for which nobody is named, without the reporter's own and
    without what was only asked or refused. Each word counts once, for the innermost source. Columns: contact, name,
    n_words, share, n_attributions, gloss.

    >>> from analysis import annotate, make_tables
    >>> rows = words_by_contact(make_tables(annotate("Ann Reed told us that it was late."))).set_index("contact")
    >>> int(rows.loc["told-us", "n_words"]), int(rows.loc["not-told", "n_words"])
    (4, 0)
    """
    known = how_known(t)
    stated = known.loc[~known["how"].isin(NO_STATEMENT), ["doc_id", "attribution_id", "contact"]]
    words = t["passages"].merge(stated, on=["doc_id", "attribution_id"]).groupby("contact")["n_words"].sum()
    counts, total = stated["contact"].value_counts(), int(words.sum())
    return _by_term("contact", CONTACTS, words, counts, total)


def _by_term(column: str, terms: Mapping[str, Any], words: pd.Series, counts: pd.Series, total: int) -> pd.DataFrame:
    """Words and attributions of each term, one row per term in order; share of `total` words."""
    rows = [
        (
            slug,
            term.name,
            int(words.get(slug, 0)),
            words.get(slug, 0) / total if total else float("nan"),
            int(counts.get(slug, 0)),
            term.gloss,
        )
        for slug, term in terms.items()
    ]
    dtypes = {"name": "str", "n_words": "int64", "share": "float64", "n_attributions": "int64", "gloss": "str"}
    return _frame(rows, {column: "str"} | dtypes)


def _frame(rows: list[tuple], schema: dict[str, str]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=dtype)
            for (name, dtype), values in zip(schema.items(), columns, strict=True)
        }
    )
