"""Whose words these are, and who counts as a source: one definition of each, for tables, pages, figures and notebooks.

**A word** falls into one class (WHOSE), by the innermost attribution whose content it is in: the reporter's own; a
source's (with a name, without one, or a pronoun that was not resolved); nobody's ("is expected to"); asked; declined or
left unmentioned. What somebody was asked, or did not say, is a topic: nobody's words.

**A source** counts as heard if at least one attribution says that it stated something (`counted_sources`), itself or
through another; a denial counts too. Sources that are the same entity are one source, in all the articles; those
without an entity are told apart by their words, within each article. The reporter, "no source named" and pronouns that
were not resolved are not sources. Sources that only declined or only asked are listed separately (`sources_heard`), and
are never a top source.
"""

from __future__ import annotations

import pandas as pd

from analysis.measures.paths import is_open, source_keys
from analysis.text.vocabulary import NO_SOURCE, NO_STATEMENT, OPEN, REPORTER, Term

WHOSE = {
    "reporter": Term("the reporter's own", "Outside the content of every attribution: the article says so itself."),
    "named": Term("of named sources", "Stated by a source that a reader could look up."),
    "unnamed": Term("of sources without a name", "Stated by somebody or something identified only by role or kind."),
    "open": Term("of unresolved pronouns", "Stated by “he” or “they”; the rules could not tell by whom."),
    "nobody": Term("attributed to nobody", "Reported, but the article does not say who said it."),
    "asked": Term("asked, not stated", "What was asked: nobody states it."),
    "unsaid": Term(
        "declined or left unmentioned", "What a source declined to speak about or did not mention: nobody's words."
    ),
}
SOURCED = ("named", "unnamed", "open")  # the words of sources
# The classes of words that neither a source nor the reporter states, as separate voices.
ASKED, LEFT_UNSAID = "what was asked", "what was declined or left unmentioned"
NOBODYS = {"nobody": ("none", NO_SOURCE), "asked": ("asked", ASKED), "unsaid": ("unsaid", LEFT_UNSAID)}
SPEAKS, ASKS, DECLINES = "speaks", "asks", "declines"


def states(attributions: pd.DataFrame) -> pd.Series:
    """Does the attribution report a statement? A denial is a statement; a question or a refusal is not."""
    return ~attributions["stance"].isin(NO_STATEMENT)


def counted_sources(attributions: pd.DataFrame) -> pd.Series:
    """The source that each attribution counts for, as a key that is the same for all attributions to that source.

    Missing if nobody is named, if the pronoun was not resolved, or if nothing is stated. So the number of sources in
    any set of attributions is `counted_sources(a).nunique()`: this is the only definition.

    >>> from analysis import annotate, make_tables
    >>> a = make_tables(annotate("It rained, Ann Reed said. Tom Cole declined to comment."))["attributions"]
    >>> counted_sources(a).nunique(), a["source_text"].nunique()
    (1, 2)
    """
    return source_keys(attributions).where(states(attributions))


def class_of(attributions: pd.DataFrame, named: pd.Series) -> pd.Series:
    """The class of WHOSE of the words of each attribution; `named` is what `measures.is_named` gives for them."""
    found = named.map({True: "named", False: "unnamed"}).astype("str")
    found = found.mask(is_open(attributions), "open")
    found = found.mask(attributions["source_kind"] == "none", "nobody")
    found = found.mask(attributions["stance"] == "question", "asked")
    return found.mask(~states(attributions) & (attributions["stance"] != "question"), "unsaid")


def with_voices(rows: pd.DataFrame, attributions: pd.DataFrame) -> pd.DataFrame:
    """Rows with doc_id and attribution_id, and whose they are: voice, source_kind, source_entity, and `key`.

    `key` is the same for all rows of one voice, in all articles. Everything that was asked is one voice, everything
    that was declined or left unmentioned is another, and pronouns that were not resolved are a third; their source_kind
    is "asked", "unsaid" or "open". It is "reporter" if there is no attribution.
    """
    a = attributions
    owners = a[["doc_id", "attribution_id", "voice", "source_kind", "source_entity"]].assign(
        whose=class_of(a, pd.Series(True, index=a.index))  # with or without a name: the same voice
    )
    out = rows.drop(columns=["voice", "source_kind", "source_entity"], errors="ignore")
    out = out.merge(owners, on=["doc_id", "attribution_id"], how="left")
    own = out["whose"].isna()
    kind, voice = out["source_kind"].mask(own, "reporter"), out["voice"].mask(own, REPORTER)
    voice = voice.mask(out["whose"] == "open", OPEN)
    for slug, (its_kind, its_name) in NOBODYS.items():
        mine = out["whose"] == slug
        kind, voice = kind.mask(mine, its_kind), voice.mask(mine, its_name)
        out["source_entity"] = out["source_entity"].mask(mine)
    out["voice"], out["source_kind"] = voice.astype("str"), kind.astype("str")
    return out.assign(key=voice_keys(out)).drop(columns="whose")


def voice_keys(rows: pd.DataFrame) -> pd.Series:
    """The key that all rows of one voice share, in all articles: its entity, or else its name.

    `rows` have voice, source_kind and source_entity. The reporter, and nobody, differ from a source of that name: a
    source may also be called "the reporter".
    """
    apart = rows["source_kind"].where(rows["source_kind"].isin(["reporter", "asked", "unsaid"]), "")
    return rows["source_entity"].fillna(rows["voice"].str.casefold() + " " + apart.astype("str"))


def sources_heard(attributions: pd.DataFrame) -> pd.DataFrame:
    """One row per source with a key (`paths.source_keys`), and whether it is heard; those that are heard come first.

    `heard` is "speaks" (it states something: these are the sources that are counted), "asks" or "declines" (only
    that).  Columns: key, voice, source_kind, heard, n_statements, n_questions, n_refusals, n_docs.

    >>> from analysis import annotate, make_tables
    >>> a = make_tables(annotate("It rained, Ann Reed said. Tom Cole declined to comment."))["attributions"]
    >>> sources_heard(a)[["voice", "heard"]].values.tolist()
    [['Ann Reed', 'speaks'], ['Tom Cole', 'declines']]
    """
    a = attributions.assign(key=source_keys(attributions), said=states(attributions))
    a = a[a["key"].notna()].assign(asked=lambda r: ~r["said"] & (r["stance"] == "question"))
    rows = (
        a.groupby("key", sort=False)
        .agg(
            voice=("voice", "first"),
            source_kind=("source_kind", "first"),
            n_statements=("said", "sum"),
            n_questions=("asked", "sum"),
            n=("said", "size"),
            n_docs=("doc_id", "nunique"),
        )
        .reset_index()
    )
    rows["n_refusals"] = rows["n"] - rows["n_statements"] - rows["n_questions"]
    heard = [
        SPEAKS if said else ASKS if asked else DECLINES
        for said, asked in zip(rows["n_statements"], rows["n_questions"], strict=True)
    ]
    rows["heard"] = pd.Series(heard, dtype="str")
    rows = rows[["key", "voice", "source_kind", "heard", "n_statements", "n_questions", "n_refusals", "n_docs"]]
    return pd.concat([rows[rows["heard"] == name] for name in (SPEAKS, ASKS, DECLINES)], ignore_index=True)
