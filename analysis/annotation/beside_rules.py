"""What only a person, or only the rules, marked in an article: the tables that the notebooks show."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.annotation.keys import read_key
from analysis.notebook import hand_and_rules

Tables = Mapping[str, pd.DataFrame]
NOBODY = "(nobody)"


def marks_of_one_only(key: str | Path, t: Tables) -> pd.DataFrame:
    """One row per attribution, hedge, booster or bound that only the key (a TOML file) or only the rules have.

    `t` is what `make_tables` returns for the article. Columns: sentence, mark, words, cue or category, marked by.
    Raises GoldKeyError for a key that is not TOML.
    """
    hand = read_key(key)
    columns = ["sentence", "mark", "words", "cue or category"]
    attributions = hand_and_rules(
        [
            (g["sentence"], "attribution", " … ".join(g["source"]) or NOBODY, " … ".join(g["cue"]))
            for g in hand["attribution"]
        ],
        [
            (r.sentence_id, "attribution", r.source_text, r.cue_text)
            for r in t["attributions"].fillna(NOBODY).itertuples()
        ],
        columns=columns,
    )
    markers = hand_and_rules(
        [(g["sentence"], "hedge or booster", g["text"].partition("#")[0], g["category"]) for g in hand["marker"]],
        [(m.sentence_id, "hedge or booster", m.text, m.category) for m in t["markers"].itertuples()],
        columns=columns,
    )
    return pd.concat([attributions, markers], ignore_index=True)


def made_by_each(key: str | Path, t: Tables) -> str:
    """A sentence on how many marks the person and the rules made, and how many only one of them made."""
    hand = read_key(key)
    return (
        f"By hand: {len(hand['attribution'])} attributions, {len(hand['marker'])} hedges, boosters and bounds. "
        f"By the rules: {len(t['attributions'])} and {len(t['markers'])}. "
        f"Marks that only one of them made: **{len(marks_of_one_only(key, t))}**."
    )


def sources_of_one_only(key: str | Path, t: Tables) -> pd.DataFrame:
    """One row per attribution that only the key or only the rules have, with the kind of its source and whom it came
    through.

    Columns: sentence, source, cue, kind of source, through, marked by. Raises GoldKeyError for a key that is not TOML.
    """
    hand, a = read_key(key)["attribution"], t["attributions"]
    sources = {g["key"]: " … ".join(g["source"]) for g in hand}
    words = dict(zip(a["attribution_id"], a["source_text"], strict=True))
    return hand_and_rules(
        [
            (
                g["sentence"],
                sources[g["key"]] or NOBODY,
                " … ".join(g["cue"]),
                g["source_kind"],
                sources.get(g.get("parent"), ""),
            )
            for g in hand
        ],
        [
            (r.sentence_id, r.source_text, r.cue_text, r.source_kind, words.get(r.parent, ""))
            for r in a.fillna({"source_text": NOBODY}).itertuples()
        ],
        columns=["sentence", "source", "cue", "kind of source", "through"],
    )
