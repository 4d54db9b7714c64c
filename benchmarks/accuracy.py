"""How accurate: the package's marks against human annotation, with 95 per cent intervals.

    python benchmarks/accuracy.py attribution polnear.jsonl.gz
    python benchmarks/accuracy.py hedging szeged.jsonl.gz --kind szeged
    python benchmarks/accuracy.py hedging weasel.jsonl.gz --kind weasel
    python benchmarks/accuracy.py hedging certainty.jsonl.gz --kind ratings
    python benchmarks/accuracy.py entities gum.jsonl.gz
    python benchmarks/accuracy.py grammar gum.jsonl.gz

README.md beside this file tells where the corpora come from and what the lines hold. `--json FILE` adds all counts,
by measure and by rule, to FILE, from which `notebooks/09-how-far-to-trust-it` is made; no text of a corpus is in it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from scoring import Counts, attribution, entities, grammar, hedging, interval, prf

from analysis.grammar import grammar_record
from analysis.pipeline import annotate, to_record
from analysis.text.article import Article
from analysis.text.segmentation import segment


def read(path: Path, limit: int | None) -> Iterator[dict]:
    """The lines of a corpus, packed by gzip or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit is None or number < limit:
                yield json.loads(line)


def counts_of(task: str, kind: str, gold: dict) -> Counts:
    """Annotate one line of a corpus and count what is right."""
    if task == "grammar":
        return grammar.score(gold, grammar_record(segment(Article(gold["text"]))))
    document = annotate(Article(gold["text"]), any_language=True)
    record = to_record(document)
    if task == "attribution":
        return attribution.score(gold, record, [q[:2] for q in document.quotations if q.depth == 0])
    if task == "entities":
        return entities.score(gold, record)
    if kind == "ratings":
        return Counter({("pair", hedging.rated(gold, record)): 1})
    return hedging.score(gold, record, kind)


def by_document(task: str, kind: str, rows: Iterator[dict]) -> list[Counts]:
    """The counts of each document: sentences of one document belong together when documents are resampled."""
    documents: dict[str, Counts] = {}
    for number, gold in enumerate(rows):
        if gold["text"].strip():
            key = str(number) if kind == "ratings" else gold["doc_id"]
            documents.setdefault(key, Counter()).update(counts_of(task, kind, gold))
    return list(documents.values())


def table(documents: list[Counts]) -> Iterator[str]:
    """The lines of a Markdown table: one measure a line."""
    total = sum(documents, Counter())
    yield "| measure | precision | recall | F1 | 95 % interval | gold |"
    yield "|---|---:|---:|---:|---:|---:|"
    for measure in sorted({key[0] for key in total if len(key) == 2 and key[1] == "predicted"}):
        p, r, f = (100 * value for value in prf(total, measure))
        low, high = (100 * x for x in interval(documents, lambda drawn, m=measure: prf(_sum(drawn, m), m)[2]))
        yield f"| {measure} | {p:.1f} | {r:.1f} | {f:.1f} | {low:.1f} to {high:.1f} | {total[measure, 'gold']:,} |"
    for measure in sorted({key[0] for key in total if len(key) == 2 and str(key[0]).startswith("recall")}):
        right, gold = total[measure, "right"], total[measure, "gold"]
        yield f"| {measure} | | {100 * right / gold:.1f} | | | {gold:,} |"
    if total["top five", "documents"]:

        def share(drawn: list[Counts]) -> float:
            n = sum(d["top five", "documents"] for d in drawn)
            return 100 * sum(d["top five", "share"] for d in drawn) / n if n else 0.0

        low, high = interval(documents, share)
        yield (
            f"| top five (share) | | {share(documents):.1f} | | {low:.1f} to {high:.1f} | "
            f"{total['top five', 'documents']:,} |"
        )
    if any(key[0] == "pair" for key in total):
        pairs = [key[1] for document in documents for key in document]
        low, high = interval(pairs, hedging.spearman)
        value = hedging.spearman(pairs)
        yield f"| Spearman with ratings | | {value:.3f} | | {low:.3f} to {high:.3f} | {len(pairs):,} |"


def _sum(drawn: list[Counts], measure: str) -> Counts:
    return Counter({(measure, part): sum(d[measure, part] for d in drawn) for part in ("right", "predicted", "gold")})


def store(path: Path, name: str, task: str, documents: list[Counts]) -> None:
    """Add the counts to a JSON file: {corpus: {"task", "documents", "measures", "rules"}}."""
    total = sum(documents, Counter())
    measures: dict[str, dict[str, float]] = {}
    rules: dict[str, dict[str, int]] = {}
    for key, value in sorted(total.items(), key=str):
        if key[0] == "rule":
            rules.setdefault(key[1], {"predicted": 0, "right": 0})[key[2]] = value
        elif key[0] != "pair":
            measures.setdefault(key[0], {})[key[1]] = round(value, 3)
    for measure in (m for m in measures if "predicted" in measures[m]):
        measures[measure]["f1_interval"] = [
            round(x, 4) for x in interval(documents, lambda drawn, m=measure: prf(_sum(drawn, m), m)[2])
        ]
    pairs = [key[1] for document in documents for key in document if key[0] == "pair"]
    if pairs:
        measures["rank correlation with ratings"] = {
            "value": round(hedging.spearman(pairs), 4),
            "interval": [round(x, 4) for x in interval(pairs, hedging.spearman)],
        }
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    known[name] = {"task": task, "documents": len(documents), "measures": measures, "rules": rules}
    path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf-8")


def main() -> None:
    """Read the command line, score, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=("attribution", "hedging", "entities", "grammar"))
    parser.add_argument("gold", type=Path, help="a corpus as JSON lines, packed by gzip or not")
    parser.add_argument("--kind", choices=tuple(hedging.ALSO), default="szeged", help="what a hedging corpus marks")
    parser.add_argument("--name", help="what to call the corpus (default: its file's name)")
    parser.add_argument("--limit", type=int, help="the first N lines only")
    parser.add_argument("--json", type=Path, help="add the counts to this file")
    options = parser.parse_args()
    if not options.gold.is_file():
        parser.error(f"{options.gold}: no such file; README.md beside this script tells where the corpora come from")
    start = time.perf_counter()
    kind = options.kind if options.task == "hedging" else ""
    documents = by_document(options.task, kind, read(options.gold, options.limit))
    name = options.name or options.gold.name.split(".")[0]
    print(f"{name}: {len(documents):,} documents, annotated and scored in {time.perf_counter() - start:.0f} s\n")
    print("\n".join(table(documents)))
    if options.json:
        store(options.json, name, options.task, documents)


if __name__ == "__main__":
    main()
