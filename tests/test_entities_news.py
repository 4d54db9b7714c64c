"""Kinds of names that news gets wrong, each with names of our own: what the part of a name in its sentence tells, where
a name begins and ends, and which forms are one."""

import pytest
from helpers import name_marks, named

# ---------------------------------------------------------------- what a name does says what it is


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        # a name that nothing explains is a body only where it acts as one
        ("Zorvane sued them in May.", "Zorvane", "ORG"),
        ("The deal between Zorvane and them failed.", "Zorvane", "ORG"),
        ("They read Zorvane's reply.", "Zorvane", "ORG"),
        ("They praised Zorvane again.", "Zorvane", "PRODUCT"),
        ("They wrote it for the Mirror Line.", "Mirror Line", "PRODUCT"),
        ("A dusky Zorvex slug was found.", "Zorvex", "PRODUCT"),
        ("Few are left, according to Zorvane.", "Zorvane", "ORG"),
        ("The anti-Zorvane marches went on.", "Zorvane", "ORG"),
        # "called" and the noun before it
        ("They made a film called Zorvane.", "Zorvane", "WORK_OF_ART"),
        ("They live in a town called Zorvane.", "Zorvane", "GPE"),
        ("She runs a firm called Zorvane.", "Zorvane", "ORG"),
        # a surname that no bare noun could be
        ("Brown agreed.", "Brown", "PERSON"),
        ("Walker was late.", "Walker", "PERSON"),
        ("Cook has left the team.", "Cook", "PERSON"),
        ("Green won the vote.", "Green", "PERSON"),
        ("Khan told reporters so.", "Khan", "PERSON"),
        ("Zorvan resigned on Friday.", "Zorvan", "PERSON"),
        ("Haaveland said no.", "Haaveland", "PERSON"),
        ("Park Jun-ho scored.", "Park Jun-ho", "PERSON"),
        # a verb behind a title
        ("Minister Blames Ann Reed", "Ann Reed", "PERSON"),
        ("Prosecutors Accused Ann Reed.", "Ann Reed", "PERSON"),
        ("Police arrested Zorvan overnight.", "Zorvan", "PERSON"),
        # in a place, and at the head of a firm
        ("He lives in Darwin.", "Darwin", "GPE"),
        ("They trust in Darwin.", "Darwin", "PERSON"),
        ("She served in Congress.", "Congress", "ORG"),
        ("They camped in nearby Zorvik.", "Zorvik", "GPE"),
        ("Bob Tarn, CEO of Orlen Reed, left.", "Orlen Reed", "ORG"),
        ("Oslo-based Zorvane is small.", "Zorvane", "ORG"),
        ("The Zorvik Police Department came to Zorvik.", "Zorvik", "GPE"),
        ("He likes Everton.", "Everton", "ORG"),
        ("Zorvia's ambassador to Britain left.", "Zorvia", "GPE"),
        ("They walked from downtown Victoria Park, and they met in Victoria Park.", "Victoria Park", "LOC"),
        ("Zorlan Damvang, an official from the port of Torva, spoke.", "Zorlan Damvang", "PERSON"),
        ("They live in Zorlan. Muslim Zorlan is calm.", "Zorlan", "GPE"),
        ("In findings published on Monday in Zorvane One, they agreed.", "Zorvane One", "ORG"),
        ("He died in a Frederick, Maryland home.", "Frederick", "GPE"),
        ("The RTA met. Rta Al Torva left the RTA.", "RTA", "ORG"),
        ("As it hit Lorvia, Zorvane, the service for wind, agreed.", "Zorvane", "PRODUCT"),
    ],
)
def test_the_part_a_name_plays_tells_its_kind(text, name, label):
    assert (name, label) in named(text)


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("They live in Little Hallam.", "Little Hallam", "GPE"),
        ("Great Hallam voted.", "Great Hallam", "GPE"),
        ("Lower Hallam was flooded.", "Lower Hallam", "GPE"),
        ("It rained in County Torvay.", "County Torvay", "GPE"),
        ("It made landfall in Elbow Cay.", "Elbow Cay", "LOC"),
        ("They sailed on the Torvan sea.", "Torvan sea", "LOC"),
        ("The Torvane mine closed.", "Torvane mine", "LOC"),
        ("The Nevada Test and Training Range is closed.", "Nevada Test and Training Range", "LOC"),
        ("They used U.S. Route 2 then.", "U.S. Route 2", "FAC"),
        ("They drove up the A64 and the A64 again.", "A64", "FAC"),
        ("It was at St Orlen's Park.", "St Orlen's Park", "LOC"),
        ("He was jailed at Reed Correctional Facility.", "Reed Correctional Facility", "FAC"),
        ("He moved to Torvane, NJ, in May.", "NJ", "GPE"),
        ("General Motors-backed Zorvane grew.", "General Motors", "ORG"),
        ("New York-based Zorvane grew.", "New York", "GPE"),
        ("Oxford-trained, she left.", "Oxford", "GPE"),
        ("Children's Hospital of Torvane closed.", "Children's Hospital of Torvane", "FAC"),
        (
            "The School of World Relations and Pacific Studies closed.",
            "School of World Relations and Pacific Studies",
            "ORG",
        ),
        ("She chairs Parliamentarians for Torva Action.", "Parliamentarians for Torva Action", "ORG"),
        ("Acting U.S. Attorney for the District of Lorvia Joan Levin spoke.", "Joan Levin", "PERSON"),
        ("Acting U.S. Attorney for the District of Lorvia Joan Levin spoke.", "Lorvia", "GPE"),
        ("South Carolina Governor Orla Tarn spoke.", "Orla Tarn", "PERSON"),
        ("Prime Minister Hun Sen spoke.", "Hun Sen", "PERSON"),
        ("The Rt Hon Orla Tarn MP spoke.", "Orla Tarn", "PERSON"),
        ("Bishop Emeritus Orlen Tarn spoke.", "Orlen Tarn", "PERSON"),
        ("JD Reed spoke.", "JD Reed", "PERSON"),
        ("UC Davis said so.", "UC Davis", "ORG"),
        ("Pan-African talks began.", "African", "NORP"),
        ("Republican state senators agreed.", "Republican", "NORP"),
        ("The Long Range Search and Tracking (LRST) desk met.", "Long Range Search and Tracking", "ORG"),
        ("The charity Sea-Ear said so. They asked Sea-Ear again.", "Sea-Ear", "ORG"),
        ("Orlen dela Vint spoke.", "Orlen dela Vint", "PERSON"),
        ("About 5000 U.S. troops came.", "U.S.", "GPE"),
        ("May he rest In Peace in Oslo.", "Oslo", "GPE"),
    ],
)
def test_where_a_name_begins_and_ends(text, name, label):
    assert (name, label) in named(text)


@pytest.mark.parametrize(
    ("text", "no_name"),
    [
        ("Normalcy returned.", "Normalcy"),
        ("Wispy clouds rose.", "Wispy"),
        ("The guardrail broke. “Guardrails can only take so much,” he said.", "Guardrails"),
        ("Olive oil is dear.", "Olive"),
        ("They built a Geofence.", "Geofence"),
        ("Spokespeople for both firms declined.", "Spokespeople"),
        ("May he rest In Peace now.", "In Peace"),
        ("The sign said You Know.", "You Know"),
        ("He rose to speak of the Unification of the sites.", "Unification"),
        ("He was an Officer there, and an Officer here.", "Officer"),
        ("Former First Minister Orla Tarn spoke.", "First"),
        ("How to Stop Procrastinating at Work\n\nFew are procrastinating now.", "Procrastinating"),
        ("Rice was cheap.", "Rice"),
        ("Suboptimal use is common.", "Suboptimal"),
        ("It was an M-16 rifle, they said of the M-16.", "M-16"),
    ],
)
def test_what_is_no_name(text, no_name):
    assert no_name not in [form for form, _ in named(text)]


@pytest.mark.parametrize("text", ["“Merry Christmas,” she said.", "They met. “Hello Orla Tarn!” It rained."])
def test_what_is_called_out_is_no_work(text):
    assert "WORK_OF_ART" not in [label for _, label in named(text)]


def test_a_plain_word_is_a_name_where_the_text_never_writes_it_small():
    text = "A deal with Cruise was near. They met Cruise in May. The Onion wrote of it, and they like the Onion."
    assert [form for form, _ in named(text) if form in ("Cruise", "Onion")] == ["Cruise", "Cruise", "Onion", "Onion"]
    assert "Phase" not in [form for form, _ in named("They began Phase 1. They ended Phase 2.")]


# ---------------------------------------------------------------- which forms are one


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("The Bank of Torva met. The Bank said no.", {"Bank of Torva", "Bank"}),
        ("The Bank of England met. BoE officials said no.", {"Bank of England", "BoE"}),
        (
            "Wolverhampton Wanderers won the match. Wolverhampton play again.",
            {"Wolverhampton Wanderers", "Wolverhampton"},
        ),
        ("Leeds United lost the match. Leeds were poor.", {"Leeds United", "Leeds"}),
        ("Tottenham Hotspur won. Spurs are top. Tottenham play on.", {"Tottenham Hotspur", "Spurs", "Tottenham"}),
        ("Hurricane Torva came. Storm Torva went. Torva was strong.", {"Hurricane Torva", "Storm Torva", "Torva"}),
        ("MV Namva Torva sank. Namva Torva was late.", {"MV Namva Torva", "Namva Torva"}),
        ("Pierre Charles Torva built it. Peter Charles Torva left.", {"Pierre Charles Torva", "Peter Charles Torva"}),
        (
            "They went to Michigan State University. Michigan State won.",
            {"Michigan State University", "Michigan State"},
        ),
        (
            "The Torva Digital Humanities Club met. Digital Humanities (DH) grew. They like DH.",
            {"Digital Humanities", "DH"},
        ),
        ("The National League for Torva (NLT) won. NLT members met.", {"National League for Torva", "NLT"}),
        ("It fell on the New York Stock Exchange. NYSE shares rose.", {"New York Stock Exchange", "NYSE"}),
        ("Torvane Borough Council met. Torvane Council agreed.", {"Torvane Borough Council", "Torvane Council"}),
    ],
)
def test_forms_of_one_name_are_one(text, forms):
    found, _ = name_marks(text)
    assert forms <= {form for form, _, _ in found}
    assert len({entity for form, _, entity in found if form in forms}) == 1


def test_father_and_son_keep_their_own_short_forms():
    text = (
        "George Torva Jr. spoke. His father, George Torva Sr., left. Torva Jr. agreed. Torva Sr. did not. Torva wept."
    )
    found, entities = name_marks(text)
    owners = {form: entities[entity].name for form, _, entity in found}
    assert owners["Torva Jr."] == owners["Torva"] == "George Torva Jr."
    assert owners["Torva Sr"] == "George Torva Sr"


def test_a_town_with_two_clubs_is_neither():
    assert ("Manchester", "GPE") in named("Manchester City beat Manchester United in the match. Manchester is wet.")
