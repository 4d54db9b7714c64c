"""Paths: through which sources each statement reached the reporter, worked out from the attributions table."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd


class Link(NamedTuple):
    """One source on the way from the reporter to a statement; `key` tells sources apart, "none" where there is none."""

    key: str
    voice: str
    source_kind: str
    attribution_id: str


def is_open(attributions: pd.DataFrame) -> pd.Series:
    """Is the source a pronoun that was not resolved ("they said")? Then nobody can say who it is, or that it has no
    name."""
    return attributions["source_kind"] == "open"


def source_keys(attributions: pd.DataFrame) -> pd.Series:
    """What tells sources apart: the entity, else the words of the source within one article; missing where there is
    none, or only a pronoun that was not resolved.

    "Officials" of two articles are two sources, since nothing says that they are the same people.
    """
    keys = _keys(attributions)
    return keys.mask((attributions["source_kind"] == "none") | is_open(attributions))


def _keys(a: pd.DataFrame) -> pd.Series:
    return a["source_entity"].fillna(a["doc_id"] + " " + a["voice"].str.casefold())


def source_paths(attributions: pd.DataFrame) -> dict[tuple[str, str], tuple[Link, ...]]:
    """(doc_id, attribution_id) -> the sources that its content comes through, the nearest to the reporter first,
    its own last.

    A source inside its own content ("Reed said she hoped that") stands there once: nothing is passed on.  A parent
    that is missing, or that leads back, ends the path.
    """
    a = attributions
    links, parents = {}, {}
    for doc, key, parent, source, voice, kind in zip(
        a["doc_id"], a["attribution_id"], a["parent"], _keys(a), a["voice"], a["source_kind"], strict=True
    ):
        links[doc, key] = Link("none" if kind == "none" else source, voice, kind, key)
        parents[doc, key] = parent
    paths = {}
    for doc, key in links:
        found: list[Link] = []
        at, seen = key, set()
        while (doc, at) in links and at not in seen:
            seen.add(at)
            if not found or found[-1].key != links[doc, at].key:
                found.append(links[doc, at])
            at = parents[doc, at]
        paths[doc, key] = tuple(reversed(found))
    return paths


def is_second_hand(attributions: pd.DataFrame) -> pd.Series:
    """Does the content reach the reader through another source than its own?

    >>> from analysis import annotate, make_tables
    >>> a = make_tables(annotate("Ann Reed said that it was late, reported Reuters."))["attributions"]
    >>> is_second_hand(a)[a["voice"] == "Ann Reed"].tolist()
    [True]
    """
    paths = source_paths(attributions)
    pairs = zip(attributions["doc_id"], attributions["attribution_id"], strict=True)
    return pd.Series([len(paths[pair]) > 1 for pair in pairs], index=attributions.index, dtype="bool")
