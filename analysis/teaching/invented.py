"""Invented news, as much as you want, for trying things out when real articles may not be passed on. Places, people and
events are made up.

The outlets differ by design, so you can compare the tables with what was put in: `OUTLETS` gives the share of
paragraphs that hedge and the share whose source is named.

>>> first, second = invented_articles(2, seed=7)
>>> first.doc_id, first.outlet in OUTLETS, first.text == next(invented_articles(1, seed=7)).text
('invented-000000', True, True)
"""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from analysis.text.article import Article


class Habits(NamedTuple):
    """How an outlet writes: shares of its paragraphs, from 0 to 1."""

    hedged: float  # the claim is hedged
    named: float  # the source of a report has a name


OUTLETS = {
    "The Invented Post": Habits(hedged=0.25, named=0.80),
    "Harbour Gazette": Habits(hedged=0.45, named=0.60),
    "The Daily Lantern": Habits(hedged=0.70, named=0.25),
}
MONTHS = 12
FIRST_DAY = datetime.date(2031, 1, 1)
GIVEN = ("Ann", "Omar", "Ana", "Peter", "Maria", "Lars", "Grace", "Ivan", "Ruth", "Samuel", "Nadia", "Hugo")
FAMILY = ("Reed", "Diallo", "Silva", "Novak", "Tanaka", "Holm", "Okoro", "Petrov", "Levy", "Brandt", "Haddad", "Moreau")
ROLES = ("Mayor", "Minister", "Professor", "Senator", "Judge", "Governor")
BODIES = (
    "Harbour Council",
    "Transport Ministry",
    "Lakeside Bank",
    "Northern Water Board",
    "Teachers Union",
    "Tarn University",
    "Borel Holdings",
    "Civic Forum Party",
)
COUNTRIES = ("Norway", "Kenya", "Portugal", "Japan", "Canada", "Poland", "Ghana", "Chile")
TOPICS = ("harbour", "bridge", "school budget", "water price", "rail line", "housing plan", "clinic", "market hall")
VERBS = ("said", "told reporters", "added", "announced", "argued", "warned")
PLAIN = (
    "the {topic} will cost {n} million crowns",
    "the {topic} is finished",
    "the council has approved the {topic}",
    "work on the {topic} began in {country}",
    "{n} people work on the {topic}",
)
HEDGED = (
    "the {topic} may cost more than planned",
    "the {topic} could be delayed by {n} weeks",
    "work on the {topic} will probably stop",
    "it is unlikely that the {topic} opens this year",
    "the {topic} is expected to be sold to a firm in {country}",
    "the {topic} seems to be in trouble",
)
UNNAMED = ("an official", "a spokesman", "a person familiar with the matter", "officials", "sources")


def invented_articles(count: int, *, seed: int = 0, paragraphs: int = 12) -> Iterator[Article]:
    """Yield `count` articles of about 25 words a paragraph; the same seed gives the same articles.

    In "The Daily Lantern", the `hedged` share rises by half from the first month to the last; elsewhere it stays the
    same.
    """
    for number in range(count):
        yield _article(number, random.Random(f"{seed} {number}"), paragraphs)


def hedged_share(outlet: str, month: int) -> float:
    """The share of paragraphs that hedge, by design, in a month counted from 0."""
    share = OUTLETS[outlet].hedged
    return min(1.0, share * (1 + 0.5 * month / (MONTHS - 1)) / 1.25) if outlet == "The Daily Lantern" else share


def _article(number: int, rng: random.Random, paragraphs: int) -> Article:
    outlet = rng.choice(list(OUTLETS))
    day = FIRST_DAY + datetime.timedelta(days=rng.randrange(365))
    people = [
        (rng.choice(ROLES), f"{given} {family}")
        for given, family in zip(rng.sample(GIVEN, 3), rng.sample(FAMILY, 3), strict=True)
    ]
    bodies, topic = rng.sample(BODIES, 2), rng.choice(TOPICS)
    share = hedged_share(outlet, day.month - 1)
    lines = [_paragraph(rng, outlet, share, people, bodies, topic) for _ in range(paragraphs)]
    title = f"{topic.capitalize()} divides {bodies[0]}"
    return Article(
        "\n".join([title, *lines]),
        doc_id=f"invented-{number:06d}",
        title=title,
        outlet=outlet,
        published=day.isoformat(),
        licence="CC0",
    )


def _paragraph(rng: random.Random, outlet: str, share: float, people: list, bodies: list[str], topic: str) -> str:
    claim = rng.choice(HEDGED if rng.random() < share else PLAIN).format(
        topic=topic, n=rng.randrange(13, 400), country=rng.choice(COUNTRIES)
    )
    if rng.random() < OUTLETS[outlet].named:
        role, name = rng.choice(people)
        source = rng.choice(
            (f"{role} {name}", f"{role} {name} of the {bodies[0]}", name.split()[1], f"the {bodies[1]}")
        )
    else:
        source = rng.choice(UNNAMED)
    verb, body = rng.choice(VERBS), rng.choice(bodies)
    form = rng.randrange(3)
    if form == 0:
        report = f"“{_capital(claim)},” {source} {verb}."
    elif form == 1:
        report = f"{_capital(source)} said that {claim}."
    else:
        report = f"According to {source}, {claim}."
    return f"{report} The {body} met on {rng.choice(('Monday', 'Tuesday', 'Friday'))} in {rng.choice(COUNTRIES)}."


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def write_invented(path: str | Path, n: int, *, seed: int) -> None:
    """Write invented articles as JSON lines, with doc_id, text, title, outlet and published, as commands read them."""
    with Path(path).open("w", encoding="utf-8") as file:
        for a in invented_articles(n, seed=seed):
            row = {"doc_id": a.doc_id, "text": a.text, "title": a.title, "outlet": a.outlet, "published": a.published}
            file.write(json.dumps(row) + "\n")
