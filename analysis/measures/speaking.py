"""Who speaks and who is spoken about: entities as sources and as topics."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from heapq import heappop, heappush
from itertools import pairwise

import pandas as pd

from analysis.measures import Tables
from analysis.measures.entities import frequency, make_table, name_mentions
from analysis.measures.whose import ASKS, SPEAKS, states

REFUSES, NEVER = "refuses", "never"
# The place of a mention, as seen from the entity that it names.
OWN_SOURCE, OTHER_SOURCE, OWN_CONTENT, OTHER_CONTENT, REPORTER = (
    "own source",
    "other source",
    "own content",
    "other content",
    "reporter",
)
DTYPES = {
    "entity_id": "str",
    "name": "str",
    "label": "str",
    "label_name": "str",
    "heard": "str",
    "n_attributions": "int64",
    "n_refusals": "int64",
    "n_words": "int64",
    "share_words": "float64",
    "n_mentions": "int64",
    "n_own_source": "int64",
    "n_other_source": "int64",
    "n_own_content": "int64",
    "n_other_content": "int64",
    "n_reporter": "int64",
    "n_about": "int64",
    "share_about": "float64",
    "n_questions": "int64",
}


def speakers_and_topics(t: Tables) -> pd.DataFrame:
    """For each entity, how much it says and how much is said about it; entities that are talked about but never speak
    become visible. As a source:

    `n_attributions` counts the attributions to this entity, `n_refusals` those that report a silence ("declined to
    comment") and `n_questions` those that only ask; `n_words` is the number of words that it states (as in
    `measures.words_by_voice`), `share_words` their share of all such words of named entities. `heard` is "speaks" (it
    states something: one of the sources of `whose.counted_sources`), "asks" (only that), "refuses" (only that) or
    "never".

    As a topic: each of its `n_mentions` is in one place: in a source phrase of its own (n_own_source), in another's
    (n_other_source: "Kremlin spokesman Dmitry Peskov" for the Kremlin), in what it says itself (n_own_content), in what
    others say (n_other_content, even if no source is named), or in the reporter's words (n_reporter). `n_about` counts
    the mentions outside its own source phrases, `share_about` is their share of all its mentions; NaN if it has none
    (for example, a source that was only a pronoun). Pronouns are not mentions, but do count as sources if they were
    resolved.

    Sources that are not entities (officials, critics) are not included: see `measures.words_by_voice`.

    >>> from analysis import annotate, make_tables
    >>> s = speakers_and_topics(make_tables(annotate("“Sweden is late,” said Ann Reed. Sweden left.")))
    >>> s[["name", "heard", "n_words", "n_about", "n_other_content", "n_reporter"]].values.tolist()
    [['Sweden', 'never', 0, 2, 1, 1], ['Ann Reed', 'speaks', 3, 0, 0, 0]]
    """
    e, m, a = frequency(t), name_mentions(t), t["attributions"]
    places = Counter(zip(m["entity_id"], mention_places(m, t), strict=True))
    cited = Counter(a["source_entity"].dropna())
    said, asks = states(a), a["stance"] == "question"
    asked = Counter(a.loc[asks, "source_entity"].dropna())
    refused = Counter(a.loc[~said & ~asks, "source_entity"].dropna())
    words = _own_words(t)
    total = sum(words.get(key, 0) for key in e["entity_id"])
    rows = []
    for key, name, label, label_name, n in e[["entity_id", "name", "label", "label_name", "n_mentions"]].itertuples(
        name=None, index=False
    ):
        own, *rest = (places[key, place] for place in (OWN_SOURCE, OTHER_SOURCE, OWN_CONTENT, OTHER_CONTENT, REPORTER))
        said = int(words.get(key, 0))
        rows.append(
            (
                key,
                name,
                label,
                label_name,
                _heard(cited[key], refused[key], asked[key]),
                cited[key],
                refused[key],
                said,
                said / total if total else float("nan"),
                n,
                own,
                *rest,
                sum(rest),
                sum(rest) / n if n else float("nan"),
                asked[key],
            )
        )
    return make_table(rows, DTYPES)


def _heard(cited: int, refused: int, asked: int) -> str:
    """What an entity does, given how often it is a source and how often it only declines or asks."""
    if cited > refused + asked:
        return SPEAKS
    return ASKS if asked else REFUSES if refused else NEVER


def _own_words(t: Tables) -> dict[str, int]:
    """Entity -> the words that it states; what it asks or does not say is nobody's."""
    a = t["attributions"]
    said = a.loc[states(a), ["doc_id", "attribution_id", "source_entity"]]
    p = t["passages"].merge(said, on=["doc_id", "attribution_id"])
    return p.groupby("source_entity")["n_words"].sum().to_dict()


def mention_places(m: pd.DataFrame, t: Tables) -> list[str]:
    """The place of each mention as seen from its entity: one of the five places of `speakers_and_topics`.

    `m` are rows of the mentions table. A source phrase counts before the content that it is in; of nested contents, the
    innermost counts (the one furthest down its chain, then the one that starts last).
    """
    a, roles = t["attributions"], t["roles"]
    facts = {
        (d, key): (depth, source if isinstance(source, str) else None)
        for d, key, depth, source in zip(a["doc_id"], a["attribution_id"], a["depth"], a["source_entity"], strict=True)
    }
    spans: dict[tuple[str, str], list[tuple]] = {}
    for d, key, role, start, end in zip(
        roles["doc_id"], roles["attribution_id"], roles["role"], roles["start"], roles["end"], strict=True
    ):
        if start < end and (d, key) in facts:
            spans.setdefault((d, role), []).append((start, end, *facts[d, key]))
    innermost = {where: _Innermost(found) for where, found in spans.items()}
    by_source: dict[tuple[str, str | None], list[tuple]] = {}
    for (d, role), found in spans.items():
        for span in found if role == "source" else ():
            by_source.setdefault((d, span[3]), []).append(span)
    own_sources = {who: _Innermost(found) for who, found in by_source.items()}
    out = []
    nowhere = _Innermost([])
    for d, entity, start in zip(m["doc_id"], m["entity_id"], m["start"], strict=True):
        source = innermost.get((d, "source"), nowhere).at(start)
        content = innermost.get((d, "content"), nowhere).at(start)
        if own_sources.get((d, entity), nowhere).at(start):
            out.append(OWN_SOURCE)
        elif source:
            out.append(OTHER_SOURCE)
        elif content:
            out.append(OWN_CONTENT if content[3] == entity else OTHER_CONTENT)
        else:
            out.append(REPORTER)
    return out


class _Innermost:
    """Spans with their depth and source, from which you get the innermost at a place; takes n log n for n spans."""

    def __init__(self, spans: list[tuple]) -> None:
        spans = sorted(spans, key=lambda s: (s[0], s[1], s[2]))
        self.edges = sorted({edge for start, end, *_ in spans for edge in (start, end)})
        self.found: list[tuple | None] = []
        heap: list[tuple] = []
        at = 0
        for edge, _ in pairwise(self.edges):
            while at < len(spans) and spans[at][0] == edge:
                start, end, depth, _ = spans[at]
                heappush(heap, (-depth, -start, end, at))
                at += 1
            while heap and heap[0][2] <= edge:
                heappop(heap)
            self.found.append(spans[heap[0][3]] if heap else None)

    def at(self, offset: int) -> tuple | None:
        k = bisect_right(self.edges, offset) - 1
        return self.found[k] if 0 <= k < len(self.found) else None


DEFINITIONS = {
    "speakers and topics": "For each entity, the words that it states and its attributions, compared with the places "
    "that name it outside the phrases that give it as a source. Share: of all its mentions.",
}
