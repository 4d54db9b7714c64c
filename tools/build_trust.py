"""Build analysis/resources/measured/trust.csv: what the rules give, and what a person gave, on the annotated texts.

The page prints both beside each headline number, so that a reader sees how far it can be trusted.  The texts are those
of `seeds/` with a key by hand; the authors of the rules know them, so that texts nobody has seen fare worse.

    python tools/build_trust.py [--check]

With --check nothing is written; the exit code is 1 where the file is not what the rules and keys give now.
"""

import sys
from pathlib import Path

import pandas as pd

from analysis import annotate, make_tables, read_article, segment
from analysis.annotation import key_to_document
from analysis.measures.trust import FILE
from analysis.report.page_rows import headline
from analysis.text.document import Document

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def pairs() -> list[tuple[str, Document, Document]]:
    """The annotated texts: name, as the rules mark it, as a person did."""
    found = []
    for key in sorted([*SEEDS.glob("keys/*.toml"), *SEEDS.glob("teaching/keys/*.toml")]):
        (text,) = key.parent.parent.glob(f"{key.stem}.*")
        article = read_article(text)
        found.append((key.stem, annotate(article), key_to_document(key, segment(article))))
    return found


def build() -> str:
    """The file as text: one row per measure and text, with counts and totals of both."""
    rows = []
    for name, by_rules, by_hand in pairs():
        rules, people = (headline(make_tables(d)) for d in (by_rules, by_hand))
        for measure, (count, of) in rules.items():
            rows.append((measure, name, count, of, *people[measure]))
    columns = ["measure", "text", "rules_count", "rules_of", "people_count", "people_of"]
    return pd.DataFrame(rows, columns=columns).sort_values(["measure", "text"]).to_csv(index=False, lineterminator="\n")


def main(arguments: list[str]) -> int:
    text = build()
    if "--check" in arguments:
        return int(not FILE.exists() or FILE.read_text("utf-8") != text)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
