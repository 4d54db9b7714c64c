"""How often do the intervals contain the true value, and how often does a report state a difference that is not real?

Articles are drawn from a population whose true values are known, with as much variation between articles as was
measured on news (design effects of 1.5 to 5.5, see `analysis.measures.comparison.EFFECTS`): shares from a
beta-binomial, rates from a gamma-Poisson distribution.  Each kind of interval should contain the true value in 93 to
97% of the runs (exact ones of a handful of events contain it more often), and at most 5% of whole reports should state
a difference.

    python benchmarks/benchmark_intervals.py [--runs 2000] [--write]

With --write the table goes to benchmarks/INTERVALS.md.
"""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.comparison import EFFECTS, tested
from analysis.measures.counts import Z95, design_effect, rate
from analysis.measures.differences import Count, of_rates
from analysis.measures.intervals import clustered, of_mean, t95, wilson

SEED = 20
WORDS = 600  # of an article, in the mean
PER_ARTICLE = {  # rows of an article, in the mean, and the true share, about as measured
    "named-sources": (15, 0.7),
    "no-source": (15, 0.04),
    "second-hand": (15, 0.09),
    "quoted": (15, 0.42),
    "hedged-sentences": (30, 0.14),
    "reporter-hedges": (6, 0.44),
}
HEDGES_PER_WORD = 0.0094
Interval = tuple[float, float]


class Kind(NamedTuple):
    """A kind of interval: what is drawn, its true value, and a run."""

    name: str
    true: float
    run: Callable[[np.random.Generator], Interval]


def sizes(rng: np.random.Generator, mean: float, k: int) -> np.ndarray:
    """How many rows or words each of k articles has: as unequal as news (a log-normal with a sigma of a half)."""
    return np.maximum(1, rng.lognormal(np.log(mean) - 0.125, 0.5, k).round()).astype(int)


def shares(
    rng: np.random.Generator, measure: str, k: int, effect: float | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Hits and rows of k articles: beta-binomial, with the design effect that was measured."""
    mean, true = PER_ARTICLE[measure]
    of = sizes(rng, mean, k)
    effect = EFFECTS[measure] if effect is None else effect
    within = (effect - 1) / (mean * 1.28 - 1)  # 1.28: the mean size as rows see it
    a = (1 - within) / within
    return rng.binomial(of, rng.beta(true * a, (1 - true) * a, k)), of


def rates(rng: np.random.Generator, per_word: float, effect: float, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Events and words of k articles: gamma-Poisson, with the design effect that was measured."""
    words = sizes(rng, WORDS, k)
    expected = per_word * WORDS * 1.28
    shape = expected / (effect - 1)
    return rng.poisson(per_word * words * rng.gamma(shape, 1 / shape, k)), words


def _clustered_share(measure: str, k: int) -> Callable[[np.random.Generator], Interval]:
    return lambda rng: clustered(*(x.tolist() for x in shares(rng, measure, k)))


def _widened_rate(per_word: float, effect: float, k: int) -> Callable[[np.random.Generator], Interval]:
    def run(rng: np.random.Generator) -> Interval:
        n, words = (x.tolist() for x in rates(rng, per_word, effect, k))
        found = design_effect(n, words)
        return rate(sum(n), sum(words), dispersion=found, z=t95(k - 1))[1:]

    return run


def _words_by_sentences(k: int) -> Callable[[np.random.Generator], Interval]:
    """A share of words in one article: most sentences are all a source's or not at all, some in part."""

    def run(rng: np.random.Generator) -> Interval:
        of = sizes(rng, 22, k)
        return clustered(rng.binomial(of, rng.beta(0.25, 0.37, k)).tolist(), of.tolist())

    return run


def _wilson(mean: int, true: float) -> Callable[[np.random.Generator], Interval]:
    """Attributions of one article; how many there are differs, so that no single number's luck is measured."""

    def run(rng: np.random.Generator) -> Interval:
        n = int(sizes(rng, mean, 1)[0])
        return wilson(int(rng.binomial(n, true)), n)

    return run


def _poisson(words: int) -> Callable[[np.random.Generator], Interval]:
    return lambda rng: rate(int(rng.poisson(HEDGES_PER_WORD * words)), words, z=Z95)[1:]


def _mean(k: int) -> Callable[[np.random.Generator], Interval]:
    return lambda rng: of_mean(rng.negative_binomial(4, 4 / 10, k).tolist(), "articles")[:2]


def kinds() -> Iterator[Kind]:
    """Every kind of interval that a report prints."""
    for k in (10, 20, 40, 171):
        for measure in ("named-sources", "quoted", "hedged-sentences"):
            yield Kind(f"{measure}, {k} articles", PER_ARTICLE[measure][1], _clustered_share(measure, k))
        yield Kind(f"hedge-rate, {k} articles", 1000 * HEDGES_PER_WORD, _widened_rate(HEDGES_PER_WORD, 3.7, k))
        yield Kind(f"one category's rate, {k} articles", 2.1, _widened_rate(0.0021, 2.7, k))
        yield Kind(f"sources-per-article, {k} articles", 6.0, _mean(k))
    for k in (15, 40):
        yield Kind(f"sourced-words, one article of {k} sentences", 0.25 / 0.62, _words_by_sentences(k))
    for n in (12, 30):
        yield Kind(f"named-sources, one article of about {n} attributions", 0.7, _wilson(n, 0.7))
    for words in (343, 2000):
        yield Kind(f"hedge-rate, one article of {words} words", 1000 * HEDGES_PER_WORD, _poisson(words))


def coverage(kind: Kind, runs: int) -> tuple[float, float]:
    """In which share of the runs the interval contains the true value, and its mean width."""
    rng = np.random.default_rng(SEED)
    found = np.array([kind.run(rng) for _ in range(runs)])
    return float(((found[:, 0] <= kind.true) & (kind.true <= found[:, 1])).mean()), float(np.ptp(found, axis=1).mean())


def states_a_difference(rng: np.random.Generator, k: int) -> bool:
    """A report on k articles of one kind: does any of its sentences state a difference?"""
    rows = []
    for measure in PER_ARTICLE:
        hits, of = shares(rng, measure, k)
        rows += [(measure, str(n), *pair) for n, pair in enumerate(zip(hits, of, strict=True))]
    hedges, words = rates(rng, HEDGES_PER_WORD, 3.7, k)
    rows += [("hedge-rate", str(n), *pair) for n, pair in enumerate(zip(hedges, words, strict=True))]
    compared = k > 1 and tested(pd.DataFrame(rows, columns=["measure", "doc_id", "count", "of"]))["differs"].any()
    # the voices with enough words, and the parts: the words of the articles cut up, at each article's own rate
    own = hedges / words
    effect = design_effect(hedges.tolist(), words.tolist()) if k >= 10 else 1.0
    return bool(compared) or any(_groups_differ(rng, own, words, cut, effect) for cut in ((0.5, 0.3, 0.2), (0.1, 0.9)))


def _groups_differ(rng: np.random.Generator, own: np.ndarray, words: np.ndarray, cut: tuple, effect: float) -> bool:
    groups = []
    for number, part in enumerate(cut):
        mine = np.maximum(1, (words * part).astype(int))
        groups.append(Count(str(number), int(rng.poisson(own * mine).sum()), int(mine.sum())))
    found = of_rates(groups, effect=effect)
    return found is not None and found.found


def false_reports(k: int, runs: int) -> float:
    """In which share of reports on k articles without a difference one is stated."""
    rng = np.random.default_rng(SEED)
    return sum(states_a_difference(rng, k) for _ in range(runs)) / runs


def report(runs: int) -> str:
    """Both tables, as Markdown."""
    lines = [
        "# Do intervals and statements of difference keep what they promise?",
        "",
        f"Simulated by `benchmarks/benchmark_intervals.py`, {runs:,} runs each, seed {SEED}: the articles come "
        "from populations that vary as much between articles as we measured in news.",
        "",
        "| interval (95%) | contains the true value | mean width |",
        "|---|---|---|",
    ]
    for kind in kinds():
        held, width = coverage(kind, runs)
        lines.append(f"| {kind.name} | {held:.1%} | {width:.3g} |")
    lines += ["", "| report without any real difference | states one |", "|---|---|"]
    for k in (1, 2, 4, 8, 12):
        lines.append(f"| on {k} article{'s' * (k > 1)} | {false_reports(k, runs):.1%} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--write", action="store_true", help="write benchmarks/INTERVALS.md")
    options = parser.parse_args()
    text = report(options.runs)
    if options.write:
        (Path(__file__).parent / "INTERVALS.md").write_text(text, "utf-8")
    print(text, end="")
