"""The rows of the tables on the page: numbers as text, cut to what a reader needs; the files have everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from analysis import measures
from analysis.figures.amounts import count, percent
from analysis.figures.comparison import NAMES
from analysis.measures import comparison, entities, knowing, numbers, people, sourcing
from analysis.measures.readability import METRICS
from analysis.measures.trust import N_JUDGED, judged, trust
from analysis.measures.whose import SOURCED, counted_sources
from analysis.numbers.in_words import said_of_number
from analysis.report.texts import Places, Text
from analysis.text.vocabulary import (
    BOUNDS,
    CATEGORIES,
    EPISTEMIC,
    EPISTEMIC_NAMES,
    JUSTIFICATIONS,
    NUMBER_KINDS,
    REFERENCES,
    REPORTER,
    ROLE_CLASSES,
    SHOWN_KINDS,
    term,
)

# The names of the columns of the comparison; their definitions are below them.
SHORT_NAMES = {
    **NAMES,
    "attributed-words": "words that are not the reporter's",
    "hedge-rate": "epistemic hedges per 1,000 words",
}


def headline(t: measures.Tables) -> dict[str, tuple[int, int]]:
    """The numbers at the top of the page as count and total; `tools/build_trust.py` works them out for annotated texts.

    sourced-words and named-sources are shares, hedge-rate is per word, sources and names are per article.
    """
    s = measures.shares(t).set_index("measure")
    hedges = int(t["markers"]["category"].isin(EPISTEMIC).sum())
    n_articles = len(t["articles"])
    return {
        "sourced-words": (int(s.loc["sourced-words", "count"]), int(s.loc["sourced-words", "of"])),
        "named-sources": (int(s.loc["named-sources", "count"]), int(s.loc["named-sources", "of"])),
        "hedge-rate": (hedges, measures.n_words(t)),
        "sources": (int(counted_sources(t["attributions"]).nunique()), n_articles),
        "names": (len(measures.entity_frequency(t)), n_articles),
    }


def key_numbers(t: measures.Tables) -> list[tuple[str, str, str, str]]:
    """The four numbers at the top of the page: value, what it is, out of what, and how far you can trust it."""
    found = headline(t)
    (words, total), (named, of), (hedges, _) = (found[k] for k in ("sourced-words", "named-sources", "hedge-rate"))
    n, names = found["sources"][0], found["names"][0]
    mentions = int(measures.entity_frequency(t)["n_mentions"].sum())
    return [
        (
            percent(words / total if total else float("nan")),
            "of the words are stated by a source",
            f"{words:,} of {total:,} words, by {count(n, 'source')}",
            trusted("sourced-words"),
        ),
        (
            percent(named / of if of else float("nan")),
            "of the attributions name a source that you could look up",
            f"{named} of {count(of, 'attribution')}",
            trusted("named-sources"),
        ),
        (
            f"{1000 * hedges / total:.1f}" if total else "–",
            "epistemic hedges per 1,000 words",
            f"{count(hedges, 'hedge')} in {count(total, 'word')} that say how sure a claim is: {EPISTEMIC_NAMES}",
            trusted("hedge-rate"),
        ),
        (
            f"{names:,}",
            "people, places, organisations and other names",
            f"named {count(mentions, 'time')}",
            trusted("names"),
        ),
    ]


def trusted(measure: str) -> str:
    """A sentence on what the rules gave and what a person gave on the annotated texts."""
    known = trust(measure)
    if known is None:
        return ""
    show = {"hedge-rate": lambda v: f"{1000 * v:.1f}", "names": lambda v: f"{v:.1f}"}.get(measure, percent)
    each = " a text" if measure == "names" else ""
    read = judged(measure)
    free = (
        f" On {N_JUDGED} free news articles that a reader judged, {show(read.rules)} and {show(read.people)}."
        if read
        else ""
    )
    return (
        f"On {known.n_texts} texts that a person annotated, the rules give {show(known.rules)}{each} and the person "
        f"{show(known.people)}; at their furthest apart, {show(known.text_rules)} and {show(known.text_people)}."
        f"{free}"
    )


def article_rows(t: measures.Tables, texts: Sequence[Text], places: Places) -> list[dict[str, Any]]:
    """One row per article: its words, how many of them sources state, and its hedges."""
    rates = measures.hedge_rates(t, by="article").set_index("doc_id")
    n = t["attributions"].groupby("doc_id").size()
    p = measures.passages_by_class(t)
    words = p[p["whose"].isin(SOURCED)].groupby("doc_id")["n_words"].sum()
    return [
        {
            "no": number,
            "doc_id": a.doc_id,
            "title": texts[number - 1].title,
            "href": places.href(a.doc_id, "text"),
            "words": a.n_words,
            "attributions": int(n.get(a.doc_id, 0)),
            "sourced": percent(words.get(a.doc_id, 0) / a.n_words if a.n_words else float("nan")),
            "hedges": int(rates.loc[a.doc_id, "n"]),
            "rate": _decimal(rates.loc[a.doc_id, "per_1000"]),
        }
        for number, a in enumerate(t["articles"].itertuples(), 1)
    ]


def compared_rows(t: measures.Tables) -> list[dict[str, Any]]:
    """One row per measure: the value of each article, with its interval where there is one."""
    rows = []
    for measure, mine in comparison.compare(t).groupby("measure", sort=False):
        show = percent if mine["unit"].iloc[0] == "share" else _decimal
        cells = [
            (show(m.value), f"{show(m.low)} to {show(m.high)}" if m.low == m.low else "") for m in mine.itertuples()
        ]
        definition = mine["definition"].iloc[0]
        rows.append(
            {"name": SHORT_NAMES[str(measure)], "definition": definition[:1].upper() + definition[1:], "cells": cells}
        )
    return rows


def attribution_rows(t: measures.Tables, places: Places) -> list[dict[str, Any]]:
    """One row per attribution, with a link to its place."""
    return [
        {
            "href": places.href(a.doc_id, a.attribution_id),
            "id": a.attribution_id,
            "no": places.number(a.doc_id),
            "voice": a.voice,
            "kind": term(SHOWN_KINDS, a.source_kind).name,
            "cue": _text(a.cue_text),
            "content": _cut(_text(a.content_text), 160),
            "form": a.kind,
            "through": _text(via),
        }
        for a, via in zip(t["attributions"].itertuples(), knowing.how_known(t)["via"], strict=True)
    ]


def source_rows(t: measures.Tables, places: Places) -> list[dict[str, Any]]:
    """One row per source of each article, with a link to where it is first heard; those with most words come first."""
    rows = t["sources"].sort_values(["n_words", "n_attributions"], ascending=False, kind="stable")
    return [
        {
            "href": places.href(s.doc_id, f"s{s.sentence_id}"),
            "no": places.number(s.doc_id),
            "name": _cut(s.name, 80),
            "titles": _cut("; ".join(_text(s.titles).split(" | ")), 120),
            "kind": term(SHOWN_KINDS, s.source_kind).name,
            "role": term(ROLE_CLASSES, s.role_class).name,
            "reference": term(REFERENCES, s.reference).name if s.source_kind in people.PEOPLE else "",
            "sentence": s.sentence_id,
            "n": s.n_attributions,
            "words": s.n_words,
            "quoted": s.n_quoted_words,
            "hand": _hand(s.first_hand, s.second_hand, _text(s.via)),
            "known": "; ".join(term(JUSTIFICATIONS, slug).name for slug in _parts(s.justification)) or "nothing given",
            "unnamed": "" if s.named else _cut("; ".join(_parts(s.anonymity)), 120) or "no reason given",
        }
        for s in rows.itertuples(index=False, name="Sheet")
    ]


def _hand(first: int, second: int, via: str) -> str:
    if not second:
        return "first"
    return _cut(f"{'both' if first else 'second'}, through {via.replace(' | ', ', ')}", 80)


def _parts(cell: Any) -> list[str]:
    return _text(cell).split(" | ") if _text(cell) else []


def speaking_rows(t: measures.Tables) -> list[dict[str, Any]]:
    """One row per class, and per way of referring to people: its share on each basis, with its interval."""
    rows = []
    for by, heading in (("role_class", "class"), ("reference", "referred to as")):
        found = people.who_speaks(t, by=by)
        bases = {
            basis: mine.set_index("group")
            for basis, mine in found.groupby("basis", sort=False)
            if by == "role_class" or basis != "sources"
        }
        for group in dict.fromkeys(found["group"]):
            if any(mine.loc[group, "count"] for mine in bases.values()):
                cells = {basis: _share_cell(mine.loc[group]) for basis, mine in bases.items()}
                name = next(iter(bases.values())).loc[group, "name"]
                rows.append({"by": heading, "name": name, "cells": [cells.get(b, ("", "", "")) for b in people.BASES]})
    return rows


def _share_cell(row: pd.Series) -> tuple[str, str, str]:
    """The count with its share, the interval, and the value that the cell is sorted by."""
    interval = f"{percent(row['low'])} to {percent(row['high'])}" if row["low"] == row["low"] else ""
    share = row["share"] if row["share"] == row["share"] else 0
    return f"{row['count']:,} ({percent(row['share'])})", interval, f"{share:.6f}"


def silent_rows(t: measures.Tables) -> list[dict[str, Any]]:
    """One row per person and article that names the person but does not quote or report them; the most often named come
    first.
    """
    number = {doc_id: n for n, doc_id in enumerate(t["articles"]["doc_id"], 1)}
    rows = people.named_not_heard(t).sort_values("n_mentions", ascending=False, kind="stable")
    return [
        {
            "no": number[r.doc_id],
            "name": r.name,
            "titles": _cut("; ".join(_parts(r.titles)), 120),
            "n": r.n_mentions,
            "declined": "declined to comment" if r.declined else "",
            "elsewhere": r.n_heard,
        }
        for r in rows.itertuples(index=False, name="Silent")
    ]


def marker_rows(t: measures.Tables, places: Places) -> list[dict[str, Any]]:
    """One row per hedge, booster or bound, with a link to its place."""
    number: Counter[str] = Counter()
    rows = []
    for m in t["markers"].itertuples():
        number[m.doc_id] += 1
        anchor = f"m{number[m.doc_id]}"
        note = "negated" if m.negated else "the text does not say by whom" if m.by_whom else ""
        rows.append(
            {
                "href": places.href(m.doc_id, anchor),
                "anchor": anchor,
                "text": m.text,
                "no": places.number(m.doc_id),
                "category": term(CATEGORIES, m.category).name + (f", {note}" if note else ""),
                "note": note,
                "strength": f"{m.strength:g}" if m.is_hedge else "–",
                "construct": m.construct if isinstance(m.construct, str) else "–",
                "voice": m.voice,
                "own": m.voice == REPORTER,
                "sentence": m.sentence_id,
            }
        )
    return rows


def number_rows(t: measures.Tables, places: Places) -> list[dict[str, Any]]:
    """One row per number, with a link to its sentence."""
    words = {
        (n.doc_id, n.number_id): n.text for n in t["numbers"][["doc_id", "number_id", "text"]].itertuples(index=False)
    }
    return [
        {
            "href": places.href(n.doc_id, f"s{n.sentence_id}"),
            "no": places.number(n.doc_id),
            "text": n.text,
            "sentence": n.sentence_id,
            "kind": term(NUMBER_KINDS, n.kind).name,
            "counts": _text(n.counts),
            "bound": term(BOUNDS, n.bound).name,
            "voice": _text(n.chain) or n.voice,
            "more": "; ".join(_said_of_number(n, words)),
        }
        for n in t["numbers"].itertuples()
    ]


def _said_of_number(n: Any, words: dict[tuple[str, str], str]) -> Iterator[str]:
    """What else the text says about a number, in words."""
    return said_of_number(
        change=_text(n.change),
        basis=_text(n.basis),
        unverified=_text(n.unverified),
        disputed=_text(n.disputed),
        same=(words.get((n.doc_id, key), "") for key in _text(n.same).split("; ")),
        agrees=n.agrees == "yes",
    )


def headline_rows(t: measures.Tables) -> list[dict[str, str]]:
    """One row per kind of difference between title and body; no rows if fewer than two articles have a title."""
    rows = numbers.headline_measures(t).rename(columns={"count": "n"})
    if len(t["titles"]) < 2:
        return []
    return [
        {
            "name": h.name,
            "count": f"{h.n:,} of {h.of:,}",
            "share": percent(h.share),
            "interval": f"{percent(h.low)} to {percent(h.high)}" if h.low == h.low else "–",
        }
        for h in rows.itertuples()
    ]


def entity_rows(t: measures.Tables) -> list[dict[str, Any]]:
    """One row per entity with a name, the most frequent first."""
    return [
        {
            "name": e.name,
            "label": e.label_name,
            "n": e.n_mentions,
            "docs": e.n_docs,
            "share": percent(e.share),
            "aliases": ", ".join(a for a in _text(e.aliases).split(" | ") if a != e.name),
        }
        for e in entities.frequency(t).itertuples()
    ]


def shared_rows(passages: pd.DataFrame, t: measures.Tables, places: Places) -> list[dict[str, str]]:
    """Passages that two articles share, the longest first: the words, both articles, whose words they are in each."""
    titles = dict(zip(t["articles"]["doc_id"], t["articles"]["title"], strict=True))
    order = passages.sort_values("n_words", ascending=False, kind="stable")
    return [
        {
            "words": _cut(p.words, 300),
            "text": titles[p.doc_id] if isinstance(titles[p.doc_id], str) else p.doc_id,
            "of": titles[p.of] if isinstance(titles[p.of], str) else p.of,
            "link": places.href(p.doc_id, f"s{p.sentence}"),
            "n_words": f"{p.n_words:,}",
            "how": ("word for word" if p.exact else "nearly") + (", quoted" if p.quoted else ""),
            "voice": p.voice,
            "voice_there": p.voice_there,
            "finding": p.name,
        }
        for p in order.itertuples(index=False)
    ]


def readability_rows(table: pd.DataFrame, several: bool) -> list[dict[str, str]]:
    """One row per metric: the article's value, or why it has none; for several articles, the median and the range."""
    rows = []
    for name, metric in METRICS.items():
        mine = table[(table["scope"] == "article") & (table["metric"] == name)]
        values = mine["value"].dropna()
        value = _decimal(values.median())
        note = "" if several or len(values) else mine["reason"].iloc[0]
        if several and len(values):
            note = f"median of {len(values)}; {values.min():.1f} to {values.max():.1f}"
        rows.append(
            {
                "label": metric.label,
                "value": value,
                "unit": metric.unit,
                "note": note,
                "definition": metric.definition,
                "caution": metric.caution,
            }
        )
    return rows


def share_rows(t: measures.Tables) -> list[dict[str, str]]:
    """One row per share, with its interval."""
    return [
        {
            "definition": s.definition[:1].upper() + s.definition[1:],
            "count": f"{s.count_:,} of {s.of:,}",
            "share": percent(s.share),
            "interval": f"{percent(s.low)} to {percent(s.high)}" if s.low == s.low else "–",
            "judged": f"{percent(read.rules)} / {percent(read.people)}" if (read := judged(s.measure)) else "",
        }
        for s in measures.shares(t).rename(columns={"count": "count_"}).itertuples()
    ]


def sourcing_rows(t: measures.Tables) -> list[dict[str, str]]:
    """The measures of sourcing that are not among the shares."""
    known = set(measures.shares(t)["measure"])
    rows = []
    for m in sourcing.sourcing_measures(t).rename(columns={"count": "count_"}).itertuples():
        share = m.unit.startswith("share")
        show = percent if share else _decimal
        rows.append(
            {
                "definition": m.definition[:1].upper() + m.definition[1:],
                "value": show(m.value),
                "count": f"{m.count_:,} of {m.of:,}" if share else "",
                "interval": f"{show(m.low)} to {show(m.high)}" if m.low == m.low else "–",
                "how": m.interval,
                "measure": m.measure,
            }
        )
    return [row for row in rows if row["measure"] not in known]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _decimal(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:.1f}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rsplit(" ", 1)[0] + " …"
