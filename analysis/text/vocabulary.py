"""The closed vocabularies in words: a short name and a gloss for a lay reader, for every slug and label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Term(NamedTuple):
    """`name` is for a legend or an axis, `gloss` for a reader who asks what it means."""

    name: str
    gloss: str


REPORTER = "the reporter"
NO_SOURCE = "no source named"
OPEN = "pronouns, not resolved"


class Family(NamedTuple):
    """What the categories of markers of one family have in common.

    `gloss` says what they do to a claim, `layer` is the word that a person marks one with by hand, and `border` and
    `tint` are how a mark is boxed in the reading view (CSS).
    """

    name: str
    plural: str
    gloss: str
    border: str
    tint: str


FAMILIES = {
    "hedge": Family("hedge", "hedges", "Weakens a claim, or the ground it stands on.", "1px solid #8A6D00", "#FFF1B8"),
    "booster": Family("booster", "boosters", "Strengthens a claim.", "2px solid #1A1A1A", "#FFFFFF"),
    "bound": Family("bound", "bounds", "Gives a figure an exact limit, on one side.", "1px dashed #5A5A5A", "#FFFFFF"),
}


class Category(NamedTuple):
    """A category of markers: everything that follows from it is said here and nowhere else.

    `name` and `gloss` are as for Term.  `family` is a key of FAMILIES: only hedges are counted as hedges, and each
    other family is shown and counted apart.  `of_claim` is False where what it weakens is not the claim itself.
    """

    name: str
    gloss: str
    family: str = "hedge"
    of_claim: bool = True


CATEGORIES = {
    "possibility": Category("possibility", "Something may or may not be so: may, might, could, perhaps."),
    "probability": Category("probability", "Something is called more or less likely: likely, probably, unlikely."),
    "appearance": Category("appearance", "A conclusion from signs rather than a fact: appears to, seems, suggests."),
    "expectation": Category("expectation", "A forecast: is expected to, is poised to."),
    "belief": Category("belief", "Somebody's opinion, often nobody in particular: is thought to, is considered."),
    "hearsay": Category("hearsay", "Known only from what others say: reportedly, alleged, is rumoured to."),
    "vague-source": Category(
        "vague source",
        "A claim or an opinion whose holder nobody can check: critics say, many believe, is said to, widely seen as.",
        of_claim=False,
    ),
    "condition": Category("condition", "True only if something else is: if, unless, would (with if)."),
    "question": Category("open question", "Left open: whether, unclear, remains to be seen, could not be verified."),
    "approximation": Category("approximation", "Not exact: about 200, nearly, often, largely."),
    "booster": Category("booster", "Strengthens a claim instead of weakening it: clearly, certainly.", "booster"),
    "bound": Category(
        "bound", "An exact limit, not a rounded figure: more than 200, at least, up to. It is no hedge.", "bound"
    ),
}
HEDGES = tuple(slug for slug, category in CATEGORIES.items() if category.family == "hedge")

SOURCE_KINDS = {
    "person": Term("named person", "Somebody with a name, who can be asked."),
    "unnamed-person": Term("unnamed person", "One person without a name: an official, a resident."),
    "organisation": Term("organisation", "A company, charity, party, research body or other organisation."),
    "government": Term("government", "A state, a ministry, a court, the police, or their seat (the Kremlin)."),
    "outlet": Term("news outlet", "A newspaper, agency or broadcaster: the news of others, passed on."),
    "document": Term("document", "Something written: a decree, a report, a study, a statement."),
    "event": Term("event", "An occasion that is given as the source: a summit, a hearing."),
    "collective": Term("unnamed group", "Several people without names: critics, experts, sources."),
    "none": Term(NO_SOURCE, "The words are reported, but by whom they were said is not told."),
}

# What the tables, figures and pages show: the kind is not known where a pronoun was not traced to whom it stands for.
SHOWN_KINDS = {
    **SOURCE_KINDS,
    "open": Term(
        "unresolved pronoun",
        "He, she, they: the rules could not tell for whom it stands. The article may well name the source.",
    ),
}

# How a source was traced to the person or body it stands for.
LINKS = {
    "named": Term("by name", "The name stands in the source itself."),
    "pronoun": Term("by pronoun", "He, she or it: the one named or quoted last whom the word fits."),
    "role": Term("by role", "The one in the text who is given this role: the governor is Governor Holm."),
    "description": Term("by description", "The one named just before, whom the words fit: the suspect."),
    "body": Term("by kind of body", "The one organisation before that the noun fits: the council, the company."),
    "issuer": Term("by issuer", "A document stands for whoever issued it: the statement, a complaint from the agency."),
    "open": Term("open", "More than one person or body fits, so the source is left open."),
}

STANCES = {
    "neutral": Term("neutral", "The verb only says that something was said: said, told, according to."),
    "doubtful": Term("doubtful", "The verb keeps a distance: claimed, alleged."),
    "endorsing": Term("endorsing", "The verb takes the content for true: pointed out, revealed, admitted."),
    "emotive": Term("emotive", "The verb tells how it was said: lamented, boasted, blasted."),
    "denial": Term("denial", "The source says that it is not so: denied, rejected the claim."),
    "refusal": Term("refusal", "Something was not said: declined to comment, has not mentioned."),
    "promise": Term("promise", "The speaker commits to an act: vowed, pledged, threatened."),
    "question": Term("question", "Something was asked, not said: asked, wondered."),
}

KINDS = {
    "direct": Term("direct", "All of the content is in quotation marks."),
    "mixed": Term("mixed", "Part of the content is in quotation marks."),
    "indirect": Term("indirect", "The content is in the reporter's words."),
}

LABELS = {
    "PERSON": Term("person", "A person, by name."),
    "NORP": Term("people or group", "A nationality, religion or political group: North Korean, Catholic."),
    "ORG": Term("organisation", "A company, ministry, party, outlet or other body."),
    "GPE": Term("country, city or state", "A place with a government."),
    "LOC": Term("place", "A place without a government: a sea, a region, a continent."),
    "FAC": Term("building or site", "Something built: an airport, a bridge, a base."),
    "EVENT": Term("event", "An event with a name: a war, a summit, a storm."),
    "PRODUCT": Term("product", "A thing with a name: a vehicle, a weapon, a programme."),
    "WORK_OF_ART": Term("work", "A title: of a book, a film, a song."),
    "LAW": Term("law or treaty", "A law, treaty or other binding text with a name."),
    "LANGUAGE": Term("language", "A language, by name."),
    "DATE": Term("date", "A date, a year or a period of days or longer."),
    "TIME": Term("time", "A time of the day or a period under a day."),
    "MONEY": Term("money", "An amount of money, with its unit."),
    "PERCENT": Term("percentage", "A percentage."),
    "QUANTITY": Term("quantity", "A measure: of length, weight, area and so on."),
    "ORDINAL": Term("ordinal", "A place in an order: first, 19th."),
    "CARDINAL": Term("number", "A number that is none of the others."),
}

# Labels of expressions that are values, not names: they are marked, but not counted among who and what is named.
VALUES = frozenset(("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"))

# The four ways in which names are drawn and underlined: each has a line style and a marker of its own.
LABEL_GROUPS = {
    "person": ("PERSON",),
    "group or organisation": ("ORG", "NORP"),
    "place": ("GPE", "LOC", "FAC"),
    "other name": ("EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE"),
    "number or date": tuple(sorted(VALUES)),
}
GROUP_OF_LABEL = {label: group for group, labels in LABEL_GROUPS.items() for label in labels}


def family(category: str) -> str:
    """The family of a category of markers: hedge, booster or bound. One that is not known counts as a hedge.

    >>> family("possibility"), family("booster"), family("bound")
    ('hedge', 'booster', 'bound')
    """
    return CATEGORIES[category].family if category in CATEGORIES else "hedge"


def weakens_claim(category: str) -> bool:
    """Does a marker of this category weaken the claim itself? A vague source weakens the sourcing, a bound nothing.

    >>> weakens_claim("possibility"), weakens_claim("vague-source"), weakens_claim("bound")
    (True, False, False)
    """
    return CATEGORIES[category].family == "hedge" and CATEGORIES[category].of_claim


def term(table: Mapping[str, Term] | Mapping[str, Category], slug: str) -> Term | Category:
    """The term for a slug; a slug that is not in the table stands for itself.

    >>> term(CATEGORIES, "vague-source").name
    'vague source'
    """
    return table.get(slug) or Term(slug.replace("-", " ").replace("_", " "), "")
