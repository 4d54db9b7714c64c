"""Who is named together: pairs of entities that share sentences."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import exp, lgamma, nan

import pandas as pd

from analysis.measures import Tables
from analysis.measures.entities import frequency, make_table, name_mentions

MOST_ENTITIES = 100  # entities that form pairs, whose number grows with the square
DTYPES = {
    "entity_a": "str",
    "entity_b": "str",
    "name_a": "str",
    "name_b": "str",
    "n": "int64",
    "n_a": "int64",
    "n_b": "int64",
    "n_sentences": "int64",
    "expected": "float64",
    "p": "float64",
    "reason": "str",
}


def co_occurrence(t: Tables, *, top: int = MOST_ENTITIES) -> pd.DataFrame:
    """Pairs of entities that are named in the same sentence, those that share most sentences first.

    `n` counts the sentences that name both, `n_a` and `n_b` those that name one of them, `n_sentences` all sentences of
    the articles; twice in a sentence counts once. `expected` is n_a * n_b / n_sentences: how many they would share if
    names fell into sentences by chance. `p` is Fisher's exact test, one-sided: the chance of sharing `n` sentences or
    more in that case. It is exact however few sentences there are, whereas pointwise mutual information ranks pairs
    that meet once above all others (Pedersen 1996, Fishing for exactness). But it treats sentences as independent,
    which those of an article are not, and is not corrected for the number of pairs: use it to sort, not as proof.

    For pairs that share only one sentence it is NaN, and `reason` says so. Only the `top` entities named most often
    form pairs. Columns: entity_a, entity_b, name_a, name_b (a is the one named more often), n, n_a, n_b, n_sentences,
    expected, p, reason.

    >>> from analysis import annotate, make_tables
    >>> pairs = co_occurrence(make_tables(annotate("Norway met Sweden. Norway left. Sweden left Norway.")))
    >>> pairs[["name_a", "name_b", "n", "n_a", "n_b", "expected"]].values.tolist()
    [['Norway', 'Sweden', 2, 3, 2, 2.0]]
    """
    e, n_sentences = frequency(t).head(top), len(t["sentences"])
    rank = {key: at for at, key in enumerate(e["entity_id"])}
    names = e["name"].tolist()
    m = name_mentions(t)
    m = m.assign(rank=m["entity_id"].map(rank)).dropna(subset="rank").astype({"rank": "int64"})
    pairs: Counter[tuple[int, int]] = Counter()
    alone: Counter[int] = Counter()
    for _, ranks in m.groupby(["doc_id", "sentence_id"], sort=False)["rank"]:
        here = sorted(set(ranks))
        alone.update(here)
        pairs.update(combinations(here, 2))
    order = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    keys = e["entity_id"].tolist()
    return make_table(
        [
            (
                keys[a],
                keys[b],
                names[a],
                names[b],
                n,
                alone[a],
                alone[b],
                n_sentences,
                alone[a] * alone[b] / n_sentences,
                fisher(n, alone[a], alone[b], n_sentences) if n > 1 else nan,
                None if n > 1 else "one sentence is not a pattern",
            )
            for (a, b), n in order
        ],
        DTYPES,
    )


def fisher(n: int, n_a: int, n_b: int, of: int) -> float:
    """Fisher's exact test, one-sided: the chance of `n` or more in common if n_a and n_b are drawn from `of`.

    Source: Fisher 1922; the upper tail of the hypergeometric distribution.

    >>> round(fisher(3, 3, 3, 6), 4)        # one draw of three in 20
    0.05
    """
    low, high = max(n, n_a + n_b - of, 0), min(n_a, n_b)
    whole = _log_choose(of, n_b)
    chances = (exp(_log_choose(n_a, k) + _log_choose(of - n_a, n_b - k) - whole) for k in range(low, high + 1))
    return min(1.0, sum(chances))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def matrix(pairs: pd.DataFrame) -> pd.DataFrame:
    """Pairs as a square table of shared sentences, with names along both sides; 0 if two never meet, and on the
    diagonal.

    >>> from analysis import annotate, make_tables
    >>> matrix(co_occurrence(make_tables(annotate("Norway met Sweden.")))).values.tolist()
    [[0, 1], [1, 0]]
    """
    names = dict(zip([*pairs["entity_a"], *pairs["entity_b"]], [*pairs["name_a"], *pairs["name_b"]], strict=True))
    out = pd.DataFrame(0, index=list(names), columns=list(names), dtype="int64")
    for a, b, n in zip(pairs["entity_a"], pairs["entity_b"], pairs["n"], strict=True):
        out.loc[a, b] = out.loc[b, a] = n
    return out.set_axis(names.values(), axis=0).set_axis(names.values(), axis=1)


DEFINITIONS = {
    "named together": "Sentences that name both of two entities. Expected: the number if names fell into sentences "
    "by chance; p (Fisher's exact test) is the probability of as many or more in that case. Use it to sort, not as "
    "proof: the sentences of an article are related.",
}
