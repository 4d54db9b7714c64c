"""Paths: through which sources each statement reached the reporter, worked out from the attributions table."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd


class Link(NamedTuple):
    """One source on the way from the reporter to a statement; `key` tells sources apart ("none" if there is none)."""

    key: str
    voice: str
    source_kind: str
    attribution_id: str


def is_open(attributions: pd.DataFrame) -> pd.Series:
    """Is the source a pronoun that was not resolved ("they said")? If so, nobody can say who it is, or that it has no
    name.
    """
    return attributions["source_kind"] == "open"


def source_keys(attributions: pd.DataFrame) -> pd.Series:
    """What tells sources apart: the entity, or else the words of the source within one article; missing if there is no
    source or only a pronoun that was not resolved.

    "Officials" in two articles are two sources, since nothing says that they are the same people.
    """
    keys = _keys(attributions)
    return keys.mask((attributions["source_kind"] == "none") | is_open(attributions))


def _keys(a: pd.DataFrame) -> pd.Series:
    return a["source_entity"].fillna(a["doc_id"] + " " + a["voice"].str.casefold())


def source_paths(attributions: pd.DataFrame) -> dict[tuple[str, str], tuple[Link, ...]]:
    """(doc_id, attribution_id) -> the sources that its content comes through, the nearest to the reporter first,
    its own last.

    A source inside its own content ("Reed said she hoped that") appears once: nothing is passed on. A pronoun that was
    not resolved is not a link, since it may mean the source around it; nor is the article's own outlet. A parent that
    is missing, or that leads back, ends the path.
    """
    a = attributions
    links, parents, passed_over = {}, {}, set()
    for doc, key, parent, source, voice, kind, contact in zip(
        a["doc_id"], a["attribution_id"], a["parent"], _keys(a), a["voice"], a["source_kind"], a["contact"], strict=True
    ):
        links[doc, key] = Link("none" if kind == "none" else source, voice, kind, key)
        parents[doc, key] = parent
        if kind == "open" or (kind == "outlet" and contact == "told-us"):
            passed_over.add((doc, key))
    return {(doc, key): _path(doc, key, links, parents, passed_over) for doc, key in links}


def _path(
    doc: str,
    key: str,
    links: dict[tuple[str, str], Link],
    parents: dict[tuple[str, str], str | None],
    passed_over: set[tuple[str, str]],
) -> tuple[Link, ...]:
    found = [links[doc, key]]
    at, seen = parents[doc, key], {key}
    while (doc, at) in links and at not in seen and found[0].source_kind != "open":
        seen.add(at)
        if (doc, at) not in passed_over and found[-1].key != links[doc, at].key:
            found.append(links[doc, at])
        at = parents[doc, at]
    return tuple(reversed(found))


def is_second_hand(attributions: pd.DataFrame) -> pd.Series:
    """Is another source or news outlet between the article and the one who says it?

    This is `hand` == "second" (see `analysis.text.vocabulary.HANDS`); False if the text does not show it.

    >>> from analysis import annotate, make_tables
    >>> a = make_tables(annotate("Ann Reed said that it was late, reported Reuters."))["attributions"]
    >>> is_second_hand(a).tolist()
    [True, True]
    """
    return (attributions["hand"] == "second").astype("bool")
