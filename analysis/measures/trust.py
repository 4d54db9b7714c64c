"""How far you can trust the headline numbers: what the rules give and what a person gave on the same texts.

`trust` and `contact_trust` read small files that `tools/build_trust.py` makes from the annotated texts in `seeds/`;
nothing in them is typed by hand, and a test makes them again. `judged` reads what a reader counted in 60 free news
articles (Wikinews 2019, drawn at random), and what the rules gave before we fixed the errors found there: this is how
the rules do on unseen texts.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

FILE = Path(__file__).resolve().parent.parent / "resources" / "measured" / "trust.csv"
JUDGED = FILE.with_name("judged.csv")
CONTACT = FILE.with_name("contact.csv")
NOT_FOUND = "not-found"  # in contact.csv: the rules have no such attribution
N_JUDGED = 60  # articles


class Trust(NamedTuple):
    """A measure over the annotated texts, by the rules and by a person: pooled, and for the text in which they are
    furthest apart.

    Values are shares (0 to 1), rates per 1,000 words, or means per text; `text` is the one with the widest gap.
    """

    n_texts: int
    rules: float
    people: float
    text: str
    text_rules: float
    text_people: float


@cache
def trust(measure: str) -> Trust | None:
    """What is known about a headline measure (a key of `analysis.report.page_rows.headline`); None if nothing is.

    >>> found = trust("sourced-words")
    >>> found.n_texts, abs(found.rules - found.people) < 0.1
    (8, True)
    """
    rows = pd.read_csv(FILE)
    rows = rows[rows["measure"] == measure]
    if rows.empty:
        return None
    rules, people = rows["rules_count"] / rows["rules_of"], rows["people_count"] / rows["people_of"]
    widest = (rules - people).abs().idxmax()
    totals = rows[["rules_count", "rules_of", "people_count", "people_of"]].sum()
    return Trust(
        len(rows),
        float(totals["rules_count"] / totals["rules_of"]),
        float(totals["people_count"] / totals["people_of"]),
        str(rows.loc[widest, "text"]),
        float(rules[widest]),
        float(people[widest]),
    )


class Judged(NamedTuple):
    """A share of the attributions in the judged articles (0 to 1): by the rules, and by the reader."""

    rules: float
    people: float


@cache
def judged(measure: str) -> Judged | None:
    """What a reader counted on free news articles: a key of `measures.SHARES`, "denials" or "refusals".

    None if nothing was counted.

    >>> found = judged("named-sources")
    >>> round(100 * found.rules), round(100 * found.people)
    (66, 73)
    """
    rows = pd.read_csv(JUDGED).set_index("measure")
    if measure not in rows.index:
        return None
    row = rows.loc[measure]
    return Judged(float(row["rules_count"] / row["rules_of"]), float(row["people_count"] / row["people_of"]))


class ContactTrust(NamedTuple):
    """How the words reached the article, by the rules and by a person, over the attributions of the annotated texts.

    `n` counts the person's attributions, `found` those that the rules found too, and `alike` those of them with the
    same contact. `told` counts the found ones for which the person saw the text say it, `told_alike` those of them for
    which the rules saw the same; `claimed` counts the found ones for which the rules say more than "cannot tell".
    """

    n: int
    found: int
    alike: int
    told: int
    told_alike: int
    claimed: int


@cache
def contact_trust() -> ContactTrust:
    """How far the contact of an attribution can be trusted.

    >>> found = contact_trust()
    >>> found.n >= found.found >= found.alike >= found.told_alike
    True
    """
    rows = pd.read_csv(CONTACT)
    both = rows[rows["rules"] != NOT_FOUND]
    alike, told = both["rules"] == both["people"], both["people"] != "not-told"
    return ContactTrust(
        *(
            int(part["n"].sum())
            for part in (rows, both, both[alike], both[told], both[told & alike], both[both["rules"] != "not-told"])
        )
    )
