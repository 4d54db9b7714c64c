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
OPEN = "unresolved pronouns"


class Family(NamedTuple):
    """What the categories of markers of one family have in common.

    `gloss` says what they do to a claim.  `border` and `tint` are how a mark is boxed in the reading view (CSS), on a
    light page; `dark_border` and `dark_tint` on a dark one.
    """

    name: str
    plural: str
    gloss: str
    border: str
    tint: str
    dark_border: str
    dark_tint: str


FAMILIES = {
    "hedge": Family(
        "hedge",
        "hedges",
        "Weakens a claim, or the grounds for it.",
        "1px solid #8A6D00",
        "#FFF1B8",
        "1px solid #C9A227",
        "#3A3009",
    ),
    "booster": Family(
        "booster",
        "boosters",
        "Strengthens a claim.",
        "2px solid #1A1A1A",
        "#FFFFFF",
        "2px solid #E8E5DE",
        "#0E0E0D",
    ),
    "bound": Family(
        "bound",
        "bounds",
        "Sets an exact upper or lower limit to a figure.",
        "1px dashed #5A5A5A",
        "#FFFFFF",
        "1px dashed #B0ACA3",
        "#0E0E0D",
    ),
}


class Category(NamedTuple):
    """A category of markers: everything that follows from it is said here and nowhere else.

    `name` and `gloss` are as for Term.  `family` is a key of FAMILIES: only hedges are counted as hedges, and each
    other family is shown and counted separately.  `of_claim` is False where what it weakens is not the claim itself,
    and `epistemic` where it does not say how sure a claim is: such hedges are shown next to the others, not added in.
    """

    name: str
    gloss: str
    family: str = "hedge"
    of_claim: bool = True
    epistemic: bool = True


CATEGORIES = {
    "possibility": Category("possibility", "Something may or may not be so: may, might, could, perhaps."),
    "probability": Category("probability", "The text calls something more or less likely: likely, probably, unlikely."),
    "appearance": Category("appearance", "A conclusion from signs rather than a fact: appears to, seems, suggests."),
    "expectation": Category("expectation", "A forecast: is expected to, is poised to."),
    "belief": Category(
        "belief", "Somebody's opinion, though the text often does not say whose: is thought to, is considered."
    ),
    "hearsay": Category("hearsay", "Known only from what others say: reportedly, alleged, is rumoured to."),
    "vague-source": Category(
        "vague source",
        "A claim or an opinion whose owner the text does not identify: critics say, many believe, widely seen as.",
        of_claim=False,
        epistemic=False,
    ),
    "condition": Category("condition", "True only if something else is: if, unless, would (with if)."),
    "question": Category("open question", "Left open: whether, unclear, remains to be seen, could not be verified."),
    "approximation": Category("approximation", "Not exact: about 200, nearly, often, largely.", epistemic=False),
    "booster": Category("booster", "Strengthens a claim instead of weakening it: clearly, certainly.", "booster"),
    "bound": Category(
        "bound", "An exact limit, not a rounded figure: more than 200, at least, up to. It is not a hedge.", "bound"
    ),
}
HEDGES = tuple(slug for slug, category in CATEGORIES.items() if category.family == "hedge")
# The hedges that say how sure a claim is: what a rate of hedges counts. The others are shown next to them.
EPISTEMIC = tuple(slug for slug in HEDGES if CATEGORIES[slug].epistemic)
EPISTEMIC_NAMES = ", ".join(CATEGORIES[slug].name for slug in EPISTEMIC)
BESIDE = tuple(slug for slug, category in CATEGORIES.items() if slug not in EPISTEMIC and category.family != "booster")


class SourceKind(NamedTuple):
    """A kind of source: everything that follows from it is said here and nowhere else.

    `name` and `gloss` are as for Term.  `named` says whether a reader could look up a source of this kind: True, False,
    or None where only one with a name can be.  `how` is how the article knows what such a source says,
    where no other source comes between (a key of `analysis.measures.knowing.HOW`).  `is_body` is True where "it" or
    "the company" may mean one.  `marker`, `colour` (a name in `analysis.figures.theme.PALETTE`) and `filled` are
    how figures draw it.
    """

    name: str
    gloss: str
    named: bool | None
    how: str
    marker: str
    colour: str
    filled: bool = True
    is_body: bool = False


SOURCE_KINDS = {
    "person": SourceKind("named person", "Somebody with a name, whom you could ask.", True, "first-hand", "o", "blue"),
    "unnamed-person": SourceKind(
        "unnamed person",
        "One person, or a few, without a name: an official, two residents.",
        False,
        "unnamed",
        "o",
        "blue",
        filled=False,
    ),
    "organisation": SourceKind(
        "organisation",
        "A company, charity, party, research body or other organisation.",
        True,
        "first-hand",
        "s",
        "orange",
        is_body=True,
    ),
    "government": SourceKind(
        "government",
        "A state, a ministry, a court, the police, or their seat (the Kremlin).",
        None,
        "first-hand",
        "^",
        "green",
        is_body=True,
    ),
    "outlet": SourceKind(
        "news outlet",
        "A newspaper, agency or broadcaster, which passes on news from others.",
        True,
        "second-hand",
        "D",
        "purple",
        is_body=True,
    ),
    "document": SourceKind(
        "document",
        "Something written: a decree, a report, a study, a statement.",
        None,
        "document",
        "v",
        "vermillion",
        is_body=True,
    ),
    "event": SourceKind(
        "event",
        "An occasion given as the source: a summit, a hearing.",
        None,
        "document",
        "p",
        "vermillion",
        filled=False,
    ),
    "collective": SourceKind(
        "unnamed group",
        "Several people without names: critics, experts, sources.",
        False,
        "unnamed",
        "s",
        "orange",
        filled=False,
    ),
    "none": SourceKind(
        NO_SOURCE,
        "The article reports the words, but does not say whose they are.",
        False,
        "no-source",
        "X",
        "grey",
    ),
}

# What the tables, figures and pages show: the kind is unknown where a pronoun was not traced to anyone.
SHOWN_KINDS = {
    **SOURCE_KINDS,
    "open": SourceKind(
        "unresolved pronoun",
        "He, she, they: the rules could not tell who is meant. The article may well name the source.",
        False,
        "open",
        "o",
        "grey",
        filled=False,
    ),
}
NAMED_KINDS = tuple(kind for kind, record in SOURCE_KINDS.items() if record.named)
NEVER_NAMED = tuple(kind for kind, record in SOURCE_KINDS.items() if record.named is False)
UNNAMED_KINDS = tuple(kind for kind, record in SOURCE_KINDS.items() if record.how == "unnamed")
BODIES = tuple(kind for kind, record in SOURCE_KINDS.items() if record.is_body)


class Stance(NamedTuple):
    """What a cue does to what it reports. `name` and `gloss` are as for Term; `states` is False where the source
    states nothing."""

    name: str
    gloss: str
    states: bool = True


# How a source was traced to the person or body it refers to.
LINKS = {
    "named": Term("by name", "The source itself contains the name."),
    "pronoun": Term("by pronoun", "He, she or it: the last person or body, named or quoted, that the word fits."),
    "role": Term("by role", "The person to whom the text gives this role: the governor is Governor Holm."),
    "description": Term("by description", "The person named just before, if the words fit: the suspect."),
    "body": Term("by kind of body", "The only earlier organisation that the noun fits: the council, the company."),
    "issuer": Term("by issuer", "A document speaks for whoever issued it: the statement, a complaint from the agency."),
    "open": Term("open", "More than one person or body fits, so the rules leave the source open."),
}

# What a source is in the story, by the words that the text uses of them and never by a name.
ROLE_CLASSES = {
    "politician": Term(
        "politician", "Holds, seeks or once held an elected or political office: minister, senator, mayor."
    ),
    "official": Term(
        "official", "Serves the state or an international body: civil servant, regulator, diplomat, soldier."
    ),
    "police-court": Term("police and courts", "Police, prosecutors, courts, judges, and lawyers in a case."),
    "spokesperson": Term("spokesperson", "Has the job of speaking for somebody else: spokeswoman, press secretary."),
    "expert": Term("expert", "A study, a post or a profession makes them an expert here: professor, analyst, doctor."),
    "business": Term("business", "Speaks as an owner, a manager or a company: chief executive, founder, retailer."),
    "civil-society": Term("civil society", "A union, charity, church or campaign, or somebody who speaks for one."),
    "witness": Term("witness", "Saw it, lives or works there, is affected by it or related to somebody who is."),
    "culture-sport": Term("culture and sport", "Plays, coaches, writes, sings or acts: striker, novelist, actor."),
    "journalist": Term("journalist", "Reports or edits the news, or is a news outlet."),
    "open": Term(
        "open", "The text does not say what they are, or says two things that the rules cannot choose between."
    ),
}

# How the text refers to a person: by pronouns, titles and kin words; nothing is inferred from a name.
REFERENCES = {
    "she": Term("she", "The text calls the person she, Ms, mother or the like."),
    "he": Term("he", "The text calls the person he, Mr, father or the like."),
    "they": Term("they", "The text calls this one person they, or Mx."),
    "mixed": Term("mixed", "The text uses more than one of these for the same person."),
    "not told": Term("not stated", "The text uses none of these, or the source is not one person."),
}

# How the text says that a source would know. Most sources have none of these.
JUSTIFICATIONS = {
    "saw": Term("saw it", "Saw, heard or lived through what they describe."),
    "lives-or-works-there": Term(
        "lives or works there", "Lives or works at the place, or in the body, that they speak about."
    ),
    "holds-office": Term("holds the office", "Decides on the matter, or is responsible for it."),
    "studied": Term("studied it", "Researched or investigated it."),
    "holds-document": Term("holds the document", "Read, holds or published a document that says so."),
    "was-told": Term("was told", "Was told by somebody else."),
    "said-to-know": Term("is said to know", "The text says that they know, but not how: familiar with the matter."),
}

# How close a source was to what it describes, by the words of the text.
CLOSENESS = {
    **JUSTIFICATIONS,
    "role-only": Term("only a role given", "The text says what they are, but not how they would know."),
    "not-told": Term("nothing given", "The text says neither what they are nor how they would know."),
}

# How the words of a source reached the article, by the words of the text.
CONTACTS = {
    "told-us": Term("told this outlet", "Told the article's own outlet: told us, told the Post (in the Post)."),
    "in-public": Term(
        "in public", "Said to many people: told reporters, in a speech, in court, on social media. It may be staged."
    ),
    "through-outlet": Term(
        "through another outlet", "Another news outlet had it first: told Reuters, Reuters reported."
    ),
    "in-document": Term("in a document", "In writing: in a statement, a letter, a report."),
    "open": Term(
        "told an outlet, perhaps this one",
        "Told the Post, but we do not know whether the article is in the Post.",
    ),
    "not-told": Term("cannot tell", "The article does not say how it got the words: said, according to."),
}

# How the text identifies a source.
IDENTIFIED = {
    "name": Term("by name", "With a name that a reader can look up."),
    "role": Term("by role", "By their role, without a name: a spokeswoman, police, two doctors."),
    "affiliation": Term("by place or body", "Only by where they live or belong: people in the village."),
    "not-at-all": Term("not at all", "No name, role or place: critics, a source, a report."),
    "open": Term("cannot tell", "A pronoun that could not be traced; the article may well name the source."),
}

# What follows from contact and links: the one definition of first and second hand.
HANDS = {
    "first": Term(
        "at first hand",
        "According to the text, no other source or news outlet comes between the article and the speaker. It need "
        "not be true, and the reporter need not have been there.",
    ),
    "second": Term(
        "at second hand",
        "Another source, or another news outlet, comes between the article and the speaker.",
    ),
    "open": Term(
        "cannot tell",
        "The text gives no source, a pronoun could not be traced, or the source told an outlet that may be this one.",
    ),
}

STANCES = {
    "neutral": Stance("neutral", "The verb only says that something was said: said, told, according to."),
    "doubtful": Stance("doubtful", "The verb keeps a distance: claimed, alleged."),
    "endorsing": Stance("endorsing", "The verb presents the content as true: pointed out, revealed, admitted."),
    "emotive": Stance("emotive", "The verb describes how it was said: lamented, boasted, blasted."),
    "denial": Stance("denial", "The source says that it is not so: denied, rejected the claim."),
    "refusal": Stance(
        "refusal", "The source did not say something: declined to comment, has not mentioned.", states=False
    ),
    "promise": Stance("promise", "The speaker commits to an act: vowed, pledged, threatened."),
    "question": Stance("question", "The source asked something, and stated nothing: asked, wondered.", states=False),
}
NO_STATEMENT = tuple(stance for stance, record in STANCES.items() if not record.states)

KINDS = {
    "direct": Term("direct", "All of the content is in quotation marks."),
    "mixed": Term("mixed", "Part of the content is in quotation marks."),
    "indirect": Term("indirect", "The content is in the reporter's words."),
}


class LabelGroup(NamedTuple):
    """Labels that are drawn alike: `line` underlines them in the reading view (CSS); figures draw them with `colour`
    (a name in `analysis.figures.theme.PALETTE`), `hatch` and `marker`."""

    line: str
    colour: str
    hatch: str
    marker: str


LABEL_GROUPS = {
    "person": LabelGroup("2px solid #0072B2", "blue", "", "o"),
    "group or organisation": LabelGroup("3px double #9A6200", "orange", "////", "s"),
    "place": LabelGroup("2px dashed #00785A", "green", "||||", "^"),
    "other name": LabelGroup("2px dotted #A0558A", "purple", "xxxx", "D"),
    "number or date": LabelGroup("1px dotted #767676", "grey", "----", "v"),
}


class Label(NamedTuple):
    """A label of names or values: everything that follows from it is said here and nowhere else.

    `name` and `gloss` are as for Term.  `group` is a key of LABEL_GROUPS.  `by_hand` is the label with which a person
    marks one (None for a value, which nobody marks), and `speaks_as` the kind of source that such a name is, where
    nothing else is known (None where it is not one).
    """

    name: str
    gloss: str
    group: str
    by_hand: str | None = None
    speaks_as: str | None = None


_BODY, _OTHER, _VALUE = "group or organisation", "other name", "number or date"
LABELS = {
    "PERSON": Label("person", "A person, by name.", "person", "person", "person"),
    "NORP": Label(
        "people or group",
        "A nationality, religion or political group: North Korean, Catholic.",
        _BODY,
        "group",
        "collective",
    ),
    "ORG": Label(
        "organisation", "A company, ministry, party, outlet or other body.", _BODY, "organisation", "organisation"
    ),
    "GPE": Label("country, city or state", "A place with a government.", "place", "place", "government"),
    "LOC": Label(
        "place", "A place without a government: a sea, a region, a continent.", "place", "place", "government"
    ),
    "FAC": Label(
        "building or site", "Something built: an airport, a bridge, a base.", "place", "place", "organisation"
    ),
    "EVENT": Label("event", "An event with a name: a war, a summit, a storm.", _OTHER, "other", "event"),
    "PRODUCT": Label("product", "A thing with a name: a vehicle, a weapon, a programme.", _OTHER, "other"),
    "WORK_OF_ART": Label("work", "The title of a book, a film or a song.", _OTHER, "other", "document"),
    "LAW": Label("law or treaty", "A law, treaty or other binding text with a name.", _OTHER, "other", "document"),
    "LANGUAGE": Label("language", "A language, by name.", _OTHER, "other"),
    "DATE": Label("date", "A date, a year or a period of days or longer.", _VALUE),
    "TIME": Label("time", "A time of day or a period of less than a day.", _VALUE),
    "MONEY": Label("money", "An amount of money, with its unit.", _VALUE),
    "PERCENT": Label("percentage", "A percentage.", _VALUE),
    "QUANTITY": Label("quantity", "A measurement of length, weight, area and so on.", _VALUE),
    "ORDINAL": Label("ordinal", "A position in a sequence: first, 19th.", _VALUE),
    "CARDINAL": Label("number", "Any other number.", _VALUE),
}

# The label that a name gets which a person marked. "Other" names (works, events, laws, products) need one too.
FROM_HAND = {"person": "PERSON", "organisation": "ORG", "place": "GPE", "group": "NORP", "other": "PRODUCT"}

# Labels of expressions that are values, not names: they are marked, but not counted among who and what is named.
VALUES = frozenset(label for label, record in LABELS.items() if record.by_hand is None)


def group_of(label: str) -> str:
    """The group that a label is drawn with.

    >>> group_of("GPE")
    'place'
    """
    return LABELS[label].group if label in LABELS else _OTHER


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


# ---------------------------------------------------------------- numbers

NUMBER_KINDS = {
    "count": Term("count", "How many of something there are: 43 people, dozens of homes."),
    "share": Term("share", "A part of a whole, in per cent: 62 percent, two thirds, one in ten."),
    "amount": Term("amount", "How much: money, a measure, a length of time."),
    "rank": Term("rank", "A position in a ranking: third-largest, came second."),
    "date": Term("date of effect", "When something begins, ends or falls due."),
}
BOUNDS = {
    "exact": Term("as given", "No word qualifies the number."),
    "about": Term("about", "The number is approximate: about, nearly, some, an estimated."),
    "at-least": Term("this or more", "The number is a lower limit: at least, more than."),
    "at-most": Term("this or less", "The number is an upper limit: up to, fewer than."),
    "range": Term("range", "The value lies between two numbers."),
}


# ---------------------------------------------------------------- headline and body

HEADLINE_DIFFERENCES = {
    "source-left-out": Term("source left out", "The body gives a source; the title does not."),
    "hedge-left-out": Term(
        "hedge left out", "The body leaves it open, or gives an approximate figure; the title does not."
    ),
    "number-changed": Term("different number", "The title and the sentence that supports it give different numbers."),
    "negation-changed": Term("negation differs", "One of the two says “not”, and the other does not."),
    "quotation-shortened": Term(
        "quotation shortened", "The title quotes only part of the sentence that the body quotes."
    ),
    "quotation-altered": Term("quotation differs", "The title and the body quote different words."),
    "question-unanswered": Term(
        "question left open",
        "The title asks a question, and the rules find no answer in the sentences that share its words.",
    ),
    "nothing-found": Term(
        "not found in the body", "No sentence of the body shares enough words, names or numbers with the title."
    ),
}
