"""How often the rules were right on texts that people had marked: the measurements of `benchmarks/` as tables.

Each function takes the contents of `benchmarks/results.json`, by corpus.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.measures.intervals import wilson

Results = Mapping[str, Mapping[str, Any]]
Tables = Mapping[str, pd.DataFrame]

FEW = 20  # with fewer marks, little can be said about a rule
WHAT = {"attribution": "who said what", "entities": "names", "hedging": "hedges"}
MAIN = {"attribution": ("who said what, all",), "entities": ("names",), "hedging": ("cue", "sentence")}
SAME = {"sentence": "sentences with a hedge", "cue": "hedge cues", "typed": "names with their kind"}


def _share(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def scores(results: Results) -> pd.DataFrame:
    """One row per corpus and comparison: precision, recall, the 95% interval of F1, and how many marks people made.

    >>> counts = {"predicted": 8, "right": 6, "gold": 12, "f1_interval": [0.4, 0.8]}
    >>> found = scores({"News": {"task": "hedging", "measures": {"cue": counts}}})
    >>> found[["precision", "recall", "gold"]].values.tolist()
    [[0.75, 0.5, 12.0]]
    """
    rows = [
        (
            result["task"],
            corpus,
            measure,
            _share(counts["right"], counts["predicted"]),
            _share(counts["right"], counts["gold"]),
            *counts["f1_interval"],
            int(counts["gold"]),
        )
        for corpus, result in results.items()
        for measure, counts in result["measures"].items()
        if "predicted" in counts
    ]
    return pd.DataFrame(rows, columns=["task", "corpus", "measure", "precision", "recall", "low", "high", "gold"])


def by_rule(results: Results) -> pd.DataFrame:
    """One row per rule and corpus with at least 20 marks: precision with Wilson's 95% interval, and the rule's own
    recall: the share of everything people marked that this rule found.
    """
    rows = []
    for corpus, result in results.items():
        measures = result["measures"]
        gold = next((measures[name]["gold"] for name in MAIN[result["task"]] if name in measures), None)
        for rule, counts in result["rules"].items():
            right, marks = counts["right"], counts["predicted"]
            if marks >= FEW:
                low, high = wilson(right, marks)
                rows.append((WHAT[result["task"]], corpus, rule, int(marks), right / marks, low, high, right / gold))
    columns = ["task", "corpus", "rule", "marks", "precision", "low", "high", "recall"]
    return pd.DataFrame(rows, columns=columns)


def beside_unseen(measured: pd.DataFrame, apart: Mapping[str, Any], developed: Mapping[str, Any]) -> pd.DataFrame:
    """F1 in per cent on texts kept apart, next to F1 on texts of the same family that the rules were developed on.

    `measured` is what `scores` returns; the other two are the tables of `benchmarks/elsewhere.toml`.
    """
    before = {(_family(corpus), what): f1 for what, corpus, _, _, f1, _ in developed["rows"]}
    for r in measured.itertuples():
        f1 = 200 * r.precision * r.recall / (r.precision + r.recall)
        before[_family(r.corpus), SAME.get(r.measure, r.measure)] = f1
    rows = [
        (what, corpus, before.get((_family(corpus), what), float("nan")), float(f1), other)
        for what, corpus, _, _, f1, other in apart["rows"]
    ]
    return pd.DataFrame(rows, columns=["what", "corpus", "developed", "apart", "comparison"])


def _family(corpus: str) -> str:
    """PolNeAR, Szeged, GUM ...; the articles from the web are a family too."""
    return "web" if "articles" in corpus else corpus.split()[0].rstrip(",")


def marks_with_precision(t: Tables, rules: pd.DataFrame) -> pd.DataFrame:
    """One row per mark in some articles, with the precision of its rule if that was measured.

    `rules` is what `by_rule` returns; if a rule was measured on several corpora, the largest counts.
    """
    made = [
        t["attributions"].assign(task="who said what", words=t["attributions"]["cue_text"]),
        t["markers"].assign(task="hedges", words=t["markers"]["text"]),
        t["mentions"].assign(task="names", words=t["mentions"]["text"]),
    ]
    marks = pd.concat(made)[["task", "words", "rule_id"]]
    largest = rules.sort_values("marks").drop_duplicates(["task", "rule"], keep="last")
    return marks.merge(largest, how="left", left_on=["task", "rule_id"], right_on=["task", "rule"])
