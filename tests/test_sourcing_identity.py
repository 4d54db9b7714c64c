"""Whose words they are: kinds, pronouns, roles and reasons for anonymity, with the names of the document."""

import pytest

from analysis import annotate


def sources(text):
    """(source as written, kind, name of the entity) of every attribution."""
    document = annotate(text)
    names = {e.id: e.name for e in document.entities}
    return [
        ("|".join(text[s:e] for s, e in a.source), a.source_kind, names.get(a.source_entity))
        for a in document.attributions
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ann Reed met Mark Cole on Monday. He said the wall was safe.", [("He", "person", "Mark Cole")]),
        ("Ann Reed met Mark Cole on Monday. She said the wall was safe.", [("She", "person", "Ann Reed")]),
        ("Ms. Ortega met Mr. Weber in Leeds. He said the wall was safe.", [("He", "person", "Weber")]),
        (
            "“It was late,” said Ann Reed. “We waited,” she added.",
            [("Ann Reed", "person", "Ann Reed"), ("she", "person", "Ann Reed")],
        ),
        ("The wall fell on Monday. He said it was safe.", [("He", "person", None)]),
        (
            "Mr Cole fell. Mr Cole's spokesman denied the theft. He said it was a lie.",
            [("Mr Cole's spokesman", "unnamed-person", None), ("He", "unnamed-person", None)],
        ),
        (
            "A spokeswoman denied the theft. Mark Cole left. He said it was a lie.",
            [("A spokeswoman", "unnamed-person", None), ("He", "person", "Mark Cole")],
        ),
        (
            "Mark Cole hailed the vote. Asked about Alan Weber, he said it was late. “It will end,” he said.",
            [
                ("Mark Cole", "person", "Mark Cole"),
                ("", "none", None),
                ("he", "person", "Mark Cole"),
                ("he", "person", "Mark Cole"),
            ],
        ),
    ],
)
def test_pronouns(text, wanted):
    assert sources(text) == wanted


def test_the_spokesman_is_the_last_one_with_that_role():
    text = "“It is ours,” said council spokesman Mark Cole. The spokesman added that it would stay open."
    assert [name for _, _, name in sources(text)] == ["Mark Cole", "Mark Cole"]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Reuters", "outlet"),
        ("The New York Times", "outlet"),
        ("France", "government"),
        ("The White House", "government"),
        ("The foreign ministry", "government"),
        ("A police officer", "unnamed-person"),
        ("The report", "document"),
        ("Two in three voters", "collective"),
        ("41 percent", "collective"),
        ("Voters", "collective"),
        ("A spokeswoman for the ministry", "unnamed-person"),
        ("Prime Minister Ann Reed", "person"),
        ("The Harbour Foundation", "organisation"),
        ("The company", "organisation"),
        ("A draft seen by the Post", "document"),
    ],
)
def test_kinds(source, kind):
    found = sources(f"{source} said the wall was safe.")
    assert [(s, k) for s, k, _ in found] == [(source, kind)]


def test_a_role_with_its_name_in_apposition():
    assert sources("The mayor, Mark Cole, said it was late.") == [("The mayor, Mark Cole", "person", "Mark Cole")]
    assert sources("The lender, Orlen Bank, said it was late.") == [
        ("The lender, Orlen Bank", "organisation", "Orlen Bank")
    ]


def test_a_name_in_apposition_behind_its_party():
    assert sources("The area's MP, Labour's Dawn Pritchard, said it was late.") == [
        ("The area's MP, Labour's Dawn Pritchard", "person", "Dawn Pritchard")
    ]


def test_a_name_in_apposition_behind_its_title():
    assert sources("The coroner, Mrs Jean Holloway, said it was late.") == [
        ("The coroner, Mrs Jean Holloway", "person", "Jean Holloway")
    ]


def spans(text, name):
    return ["|".join(text[s:e] for s, e in getattr(a, name)) for a in annotate(text).attributions]


def test_role_as_written():
    text = "“It is late,” said Ann Reed, a lawyer in Leeds. Council leader Mark Cole said it was not."
    assert spans(text, "role") == ["a lawyer in Leeds", "Council leader"]


def test_reason_for_anonymity():
    text = "“It will be sold,” said an official, speaking on condition of anonymity because the talks are private."
    assert spans(text, "anonymity") == ["speaking on condition of anonymity because the talks are private"]


def test_the_reason_for_anonymity_is_no_content():
    text = "The wall may fall, two people told Reuters, who asked not to be named because the talks are private."
    assert spans(text, "content") == ["The wall may fall"]
    assert spans(text, "anonymity") == ["who asked not to be named because the talks are private"]


def test_channel():
    assert spans("Ann Reed told Reuters the wall was safe.", "channel") == ["Reuters"]


@pytest.mark.parametrize(
    ("text", "wanted", "role"),
    [
        (
            "His lawyer, Priya Raman, said it was late.",
            ("His lawyer, Priya Raman", "person", "Priya Raman"),
            "His lawyer",
        ),
        (
            "Chief of staff Owen Pratt said it was late.",
            ("Chief of staff Owen Pratt", "person", "Owen Pratt"),
            "Chief of staff",
        ),
        (
            "“It is late,” says chief meteorologist Andy Shaw.",
            ("chief meteorologist Andy Shaw", "person", "Andy Shaw"),
            "chief meteorologist",
        ),
        (
            "The letter went to the coroner, whose clerk, Lena Ortiz, said it was late.",
            ("whose clerk, Lena Ortiz", "person", "Lena Ortiz"),
            "clerk",
        ),
        (
            "Gareth Pryce, 44, of Mill Lane, said it was late.",
            ("Gareth Pryce, 44, of Mill Lane", "person", "Gareth Pryce"),
            "",
        ),
    ],
)
def test_where_the_role_stands(text, wanted, role):
    assert sources(text) == [wanted]
    assert spans(text, "role") == [role]


def test_a_role_and_two_words_are_a_person_whatever_the_name_was_taken_for():
    found = sources("“It was late,” said Senate Minority Leader Tom Gage. Prosecutor Helen Marsh said it was not.")
    assert [kind for _, kind, _ in found] == ["person", "person"]


def test_an_age_stands_for_the_last_speaker():
    assert sources("Iain Roy said it was late. The 63-year-old said he would go.") == [
        ("Iain Roy", "person", "Iain Roy"),
        ("The 63-year-old", "person", "Iain Roy"),
    ]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Ministers", "collective"),
        ("Walkers", "collective"),
        ("Relatives waiting at the pier", "collective"),
        ("A 63-year-old", "unnamed-person"),
        ("The Interfax agency", "outlet"),
        ("Local radio", "outlet"),
        ("The meteorologist", "unnamed-person"),
    ],
)
def test_more_kinds(source, kind):
    assert [(s, k) for s, k, _ in sources(f"{source} said the wall was safe.")] == [(source, kind)]


def test_a_name_behind_the_field_of_an_office():
    assert sources("Cabinet member for transport Mark Cole said it was late.") == [
        ("Cabinet member for transport Mark Cole", "person", "Mark Cole")
    ]
    assert sources("A spokesman for Mark Cole said it was late.")[0][1] == "unnamed-person"


def test_a_name_in_apposition_to_a_subject_that_a_participle_inherits():
    assert sources("Her Labour counterpart, Tom Cole, disagreed, arguing that it was late.") == [
        ("Her Labour counterpart, Tom Cole", "person", "Tom Cole")
    ]
