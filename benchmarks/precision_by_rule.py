"""How often each rule of sourcing is right, on a corpus annotated by people.

    python benchmarks/precision_by_rule.py GOLD.jsonl [--limit N] [--min N] [--by rule|template|both]

GOLD.jsonl holds one article a line in the layout of PolNeAR (Newell et al. 2018) as JSON:
{"doc_id", "text", "attributions": [{"source": [[s, e]], "cue": [[s, e]], "content": [[s, e]]}], "discard": [[s, e]]}.

An attribution is right where a gold attribution of its own has a content that shares at least half of the words
(Jaccard) and the same head of the source, or neither has a source.  Only outermost attributions are judged, since
such gold marks no others, and none in stretches that the annotators discarded.  Printed for each rule: how many
attributions it made, the share with the content right, the share with content and source right.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from analysis.sourcing import find_attributions
from analysis.text.article import Article
from analysis.text.segmentation import segment

WORD = re.compile(r"[^\W_]+(?:[’'.\-‐‑][^\W_]+)*")
STOP = frozenset(
    """of in on at from for with by to who which that whose whom during under over near about as including
like inside within against among outside after before since and or""".split()
)
QUANTITY = frozenset("one some many most several all both few none".split())


def word_set(starts: list[tuple[int, int]], spans) -> frozenset[int]:
    """Indices of the words that overlap any of the spans."""
    return frozenset(k for k, (a, b) in enumerate(starts) if any(a < e and s < b for s, e in spans))


def head(text: str, places: list[tuple[int, int]], source: frozenset[int]) -> int | None:
    """The head of a source: the last word before a comma, bracket, dash, preposition or relative pronoun."""
    found = None
    for k in sorted(source):
        if found is not None:
            gap = text[places[k - 1][1] : places[k][0]]
            word, before = (text[slice(*places[j])].lower() for j in (k, k - 1))
            if found != k - 1 or re.search(r"[,;:()\[\]—–\n“\"]|--", gap) or (word in STOP and before not in QUANTITY):
                break
        found = k
    return found


def judge(article: dict) -> list[tuple[str, str, bool, bool]]:
    """(rule, template, content right, source right too) of each outermost attribution found in an article."""
    text = article["text"]
    places = [m.span() for m in WORD.finditer(text)]
    gold = [
        (word_set(places, a["content"]), head(text, places, word_set(places, a["source"])))
        for a in article["attributions"]
    ]
    discarded = word_set(places, article.get("discard", []))
    found = []
    for a in find_attributions(segment(Article(text))):
        content = word_set(places, a.content)
        if a.parent is None and content and len(content & discarded) * 2 < len(content):
            found.append((a, content, head(text, places, word_set(places, a.source))))
    pairs = sorted(
        (
            (len(c & g) / len(c | g), i, j)
            for i, (_, c, _) in enumerate(found)
            for j, (g, _) in enumerate(gold)
            if 2 * len(c & g) >= len(c | g)
        ),
        reverse=True,
    )
    match: dict[int, int] = {}
    for _, i, j in pairs:
        if i not in match and j not in match.values():
            match[i] = j
    return [
        (a.rule_id, a.template, i in match, i in match and gold[match[i]][1] == h) for i, (a, _, h) in enumerate(found)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="the corpus, one article a line")
    parser.add_argument("--limit", type=int, help="read the first N articles only")
    parser.add_argument("--min", type=int, default=5, help="leave out rules with fewer attributions (default 5)")
    parser.add_argument("--by", choices=("rule", "template", "both"), default="rule")
    arguments = parser.parse_args()
    if not arguments.gold.is_file():
        parser.error(f"{arguments.gold}: no such file; README.md beside this script tells where the corpora come from")
    counts: Counter = Counter()
    opener = gzip.open if arguments.gold.suffix == ".gz" else open
    with opener(arguments.gold, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if arguments.limit is not None and number >= arguments.limit:
                break
            for rule, template, content, both in judge(json.loads(line)):
                key = {"rule": rule, "template": template, "both": f"{rule} {template}"}[arguments.by]
                for name in (key, "all"):
                    counts.update({(name, "n"): 1, (name, "content"): content, (name, "both"): both})
    print(f"{'':44}{'n':>6} {'content':>8} {'and source':>11}")
    for name in sorted({key for key, _ in counts}, key=lambda key: -counts[key, "n"]):
        n = counts[name, "n"]
        if n >= arguments.min:
            print(f"{name:44}{n:6} {counts[name, 'content'] / n:8.2f} {counts[name, 'both'] / n:11.2f}")


if __name__ == "__main__":
    main()
