"""Build analysis/resources/measured/: what the rules give, and what a person gave, on the annotated texts.

trust.csv holds the headline numbers: the page prints both next to each, to show how far a reader can trust it.
contact.csv counts, for each attribution of a person, the contact that the person chose and the one that the rules gave.
The texts are those of `seeds/` with a key by hand; the authors of the rules know them, so the rules do worse on texts
that nobody has seen.

    python tools/build_trust.py [--check]

With --check nothing is written; the exit code is 1 if a file differs from what the rules and keys give now.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis import annotate, make_tables, read_article, segment
from analysis.annotation import key_contacts, key_to_document
from analysis.measures.trust import CONTACT, FILE, NOT_FOUND
from analysis.people.knowing import knowing
from analysis.report.page_rows import headline
from analysis.text.document import Attribution, Document, Span

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def pairs() -> list[tuple[Path, Document, Document]]:
    """The annotated texts: the key, the text as the rules mark it, as a person did."""
    found = []
    for key in sorted([*SEEDS.glob("keys/*.toml"), *SEEDS.glob("teaching/keys/*.toml")]):
        (text,) = key.parent.parent.glob(f"{key.stem}.*")
        article = read_article(text)
        found.append((key, annotate(article), key_to_document(key, segment(article))))
    return found


def build() -> str:
    """The file as text: one row per measure and text, with counts and totals of both."""
    rows = []
    for key, by_rules, by_hand in pairs():
        name = key.stem
        rules, people = (headline(make_tables(d)) for d in (by_rules, by_hand))
        for measure, (count, of) in rules.items():
            rows.append((measure, name, count, of, *people[measure]))
    columns = ["measure", "text", "rules_count", "rules_of", "people_count", "people_of"]
    return pd.DataFrame(rows, columns=columns).sort_values(["measure", "text"]).to_csv(index=False, lineterminator="\n")


def build_contact() -> str:
    """The contacts as text: how many attributions of a person, by what the person and what the rules chose."""
    rows = []
    for key, by_rules, by_hand in pairs():
        chosen, given = key_contacts(key), knowing(by_rules)
        same = matched(by_hand.attributions, by_rules.attributions)
        rows += [
            (key.stem, chosen[a.id], given[same[a.id]].contact if a.id in same else NOT_FOUND)
            for a in by_hand.attributions
        ]
    counted = pd.DataFrame(rows, columns=["text", "people", "rules"]).value_counts(sort=False).rename("n")
    return counted.reset_index().sort_values(["text", "people", "rules"]).to_csv(index=False, lineterminator="\n")


def matched(mine: Iterable[Attribution], theirs: Iterable[Attribution]) -> dict[str, str]:
    """The attributions of two readings that are the same one, by id: their cues overlap, or contents where one has no
    cue; of several, those that share the most characters of source, cue and content."""
    pairs = []
    for a in mine:
        for b in theirs:
            parts = [(_shared(getattr(a, part), getattr(b, part))) for part in ("cue", "source", "content")]
            if parts[0] if a.cue and b.cue else parts[2]:
                pairs.append((sum(parts), a.id, b.id))
    same: dict[str, str] = {}
    for _, a_id, b_id in sorted(pairs, reverse=True):
        if a_id not in same and b_id not in same.values():
            same[a_id] = b_id
    return same


def _shared(mine: Iterable[Span], theirs: Iterable[Span]) -> int:
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in mine for b in theirs)


def main(arguments: list[str]) -> int:
    files = {FILE: build(), CONTACT: build_contact()}
    if "--check" in arguments:
        return int(any(not file.exists() or file.read_text("utf-8") != text for file, text in files.items()))
    FILE.parent.mkdir(exist_ok=True)
    for file, text in files.items():
        file.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
