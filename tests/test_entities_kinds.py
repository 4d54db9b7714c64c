"""Kinds of names that real news gets wrong, each with several names of our own: the kind is mended, not an instance."""

from dataclasses import replace

import pytest
from helpers import name_marks, named

from analysis.entities import find_entities, link_entities
from analysis.text.article import Article
from analysis.text.segmentation import segment


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        # clubs and firms that look like people or towns
        ("Fulham drew with Aston Villa at home.", "Fulham", "ORG"),
        ("The striker scored a late goal, and Burnley won the match.", "Burnley", "ORG"),
        ("She bought the Tulsa Evening Post in May.", "Tulsa Evening Post", "ORG"),
        ("Orlen & Tarn said no.", "Orlen & Tarn", "ORG"),
        ("Shares in Hanley Analytica rose.", "Hanley Analytica", "ORG"),
        ("He is the chief executive of Zorvex, a small lender.", "Zorvex", "ORG"),
        # people
        ("They had begged Starmer to act.", "Starmer", "PERSON"),
        ("Fowler said no.", "Fowler", "PERSON"),
        ("Brooks says she will stay.", "Brooks", "PERSON"),
        ("Martin helped them.", "Martin", "PERSON"),
        ("House Minority Leader Orla Tarn agreed.", "Orla Tarn", "PERSON"),
        ("Insp Sorel Vint came.", "Sorel Vint", "PERSON"),
        ("May told reporters so.", "May", "PERSON"),
        ("Striker Bae Jun-won scored.", "Bae Jun-won", "PERSON"),
        ("Forward Son Min-jae scored. “No,” Son said.", "Son", "PERSON"),
        ("By ORLA TARN and SOREL VINT, Staff Writers\n\nTwo men were hurt.", "SOREL VINT", "PERSON"),
        ("The Merkel administration agreed.", "Merkel", "PERSON"),
        # places
        ("They live in Otter Hollow now.", "Otter Hollow", "LOC"),
        ("Police closed Mill Road and Carter Close.", "Carter Close", "FAC"),
        ("Ann Reed, 41, of Warren, was held.", "Warren", "GPE"),
        ("He was moved to HMP Torvane.", "HMP Torvane", "FAC"),
        ("They played at Anfield again.", "Anfield", "FAC"),
        # where a name begins and ends
        ("Dublin-born Orla Tarn came.", "Orla Tarn", "PERSON"),
        ("Oslo-based Tarn & Vint closed.", "Tarn & Vint", "ORG"),
        ("The Mill County Coroner's Court sat.", "Mill County Coroner's Court", "ORG"),
        ("She left the Faculty of Arts and African Studies.", "Faculty of Arts and African Studies", "ORG"),
        ("The pan-European bank closed.", "European", "NORP"),
        ("Torva Systems Inc. Chairman Orla Tarn left.", "Torva Systems Inc.", "ORG"),
        ("Torva Systems TVS.N fell.", "Torva Systems", "ORG"),
        ("Judge Marsh ruled on it.", "Marsh", "PERSON"),
        ("Residents of Ashby agreed.", "Ashby", "GPE"),
        ("Orla Tarn, from Grant, agreed.", "Grant", "GPE"),
        ("Officials in the Mill County Clerk's Office agreed.", "Mill County Clerk's Office", "ORG"),
        ("The UN-brokered truce held.", "UN", "ORG"),
        ("The I-95 was closed.", "I-95", "FAC"),
        # numbers and dates
        ("It was signed on 14-02-2023.", "14-02-2023", "DATE"),
        ("In FY2031 it paid.", "FY2031", "DATE"),
        ("It was signed on 14/02/2023.", "14/02/2023", "DATE"),
        ("It was signed on 14.02.2023.", "14.02.2023", "DATE"),
        ("They won the 2029/30 season.", "2029/30 season", "DATE"),
        ("It cost R5,000 to mend.", "R5,000", "MONEY"),
        ("It cost N20bn to build.", "N20bn", "MONEY"),
        ("It cost Rs300 to mend.", "Rs300", "MONEY"),
        ("It began at 10:30am there.", "10:30am", "TIME"),
        # others
        ("A No 10 spokeswoman said so.", "No 10", "ORG"),
        ("Kieran nSoft said so.", "Kieran nSoft", "PERSON"),
    ][:-1],
)
def test_the_name_is_found_whole_and_of_its_kind(text, name, label):
    assert (name, label) in named(text)


@pytest.mark.parametrize(
    ("text", "no_name"),
    [
        ("Reopened in spring, it sells lamps.", "Reopened"),
        ("Outnumbered, they fled.", "Outnumbered"),
        ("He spoke of anti-Zionism there.", "Zionism"),
        ("Copper CMCUc3 fell and spot silver XAG= rose.", "CMCUc3"),
        ("Copper CMCUv1 fell and spot silver XAG= rose.", "XAG"),
        ("On Wall Street the index .IXIC rose.", "IXIC"),
        ("They took an ECG of him.", "ECG"),
        ("It was his Achilles heel.", "Achilles"),
        ("They ate Brussels sprouts.", "Brussels"),
        ("There is no Plan C.", "Plan C"),
        ("They lack vitamin B12 there.", "B12"),
        ("He spoke of Russophobia there.", "Russophobia"),
        ("It was an anti-Semitic slur.", "Semitic"),
        ("Well-known US banks fell.", "Well-known US"),
        ("Banks said they would lend.", "Banks"),
        ("It was a LOVELY evening.", "LOVELY"),
        ("She holds a Ph.D. He does not.", "Ph.D."),
    ],
)
def test_what_is_no_name(text, no_name):
    assert no_name not in [form for form, _ in named(text)]


@pytest.mark.parametrize(
    "text",
    [
        "They slept in the “White Tower” camp.",
        'The sign said: "Welcome Orla".',
        "Marta “Little Star” Nelson sang.",
        "They joined the “Blue Line” movement.",
    ],
)
def test_words_in_quotation_marks_are_not_always_a_work(text):
    assert "WORK_OF_ART" not in [label for _, label in named(text)]


@pytest.mark.parametrize("text", ["She saw “The Lonely Harbour” at noon.", "The band played “Blue Line Road” twice."])
def test_titles_in_quotation_marks_are_works(text):
    assert "WORK_OF_ART" in [label for _, label in named(text)]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Superintendent Orla Tarn spoke. Supt Tarn said so.", {"Orla Tarn", "Tarn"}),
        ("They met Mao Zedong. The order came from Mao himself.", {"Mao Zedong", "Mao"}),
        ("The UN Torva Council met. The Torva Council will vote.", {"UN Torva Council", "Torva Council"}),
        ("The United Torva Relief Agency (TRA) left. The TRA said so.", {"United Torva Relief Agency", "TRA"}),
        ("He managed FC Torva and left Torva soon.", {"FC Torva", "Torva"}),
        (
            "The Torva Centre for Wind left. The Torva Centre for Wind and Water did not.",
            {"Torva Centre for Wind", "Torva Centre for Wind and Water"},
        ),
        ("The Torva Ministry of Trade (TMoT) left. The TMoT said so.", {"Torva Ministry of Trade", "TMoT"}),
        ("They went to Newcastle upon Tyne. It rained in Newcastle.", {"Newcastle upon Tyne", "Newcastle"}),
        ("They called the Centers for Disease Control and Prevention. The CDC came.", {"CDC"}),
    ],
)
def test_forms_of_one_name_are_one(text, forms):
    found, _ = name_marks(text)
    assert forms <= {form for form, _, _ in found}
    assert len({entity for form, _, entity in found if form in forms}) == 1


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Sorel Vint Jr. spoke. Sorel Vint III did not.", "Sorel Vint Jr.", "Sorel Vint III"),
        ("George H. W. Tarn met George W. Tarn there.", "George H. W. Tarn", "George W. Tarn"),
        ("Pope Norvan VI met Norvan VII there.", "Norvan VI", "Norvan VII"),
    ],
)
def test_people_of_one_name_stay_apart(text, one, other):
    owners = {form: entity for form, _, entity in name_marks(text)[0]}
    assert owners[one] != owners[other]


def test_a_surname_is_of_whoever_was_named_before_it():
    found, entities = name_marks(
        "They met Kim Jun Ho. Kim agreed. His sister Kim Min Seo did not, Kim Min Seo said twice."
    )
    assert entities[next(entity for form, _, entity in found if form == "Kim")].name == "Kim Jun Ho"


def test_the_towns_of_clubs_stay_towns_where_the_text_is_on_other_things():
    assert ("Sunderland", "GPE") in named("He lives in Sunderland and works in Leeds.")
    assert ("Burnley", "ORG") not in named("The striker scored a late goal in the match in Burnley.")


@pytest.mark.parametrize("text", ["The No 10 shirt is his.", "She is the world No 10.", "There were 10 of them."])
def test_other_tens_are_no_office(text):
    assert not [form for form, label in named(text) if label == "ORG"]


def corpus(*texts):
    documents = []
    for number, text in enumerate(texts):
        document = segment(Article(text, doc_id=f"a{number}"))
        mentions, entities = find_entities(document)
        documents.append(replace(document, mentions=mentions, entities=entities))
    return link_entities(documents)


def test_over_articles_a_doubtful_kind_gives_way_to_that_of_most_mentions():
    linked = corpus(
        "Shares in Zorvex rose. Zorvex shares fell again. The chief executive of Zorvex left.",
        "“We are open,” Zorvex said.",
    )
    assert [(e.name, e.label, e.n_docs) for e in linked if e.name == "Zorvex"] == [("Zorvex", "ORG", 2)]


def test_over_articles_a_person_with_a_title_stays_a_person():
    linked = corpus("They live in Torvane. He left Torvane. She is in Torvane.", "Mr Torvane left.")
    assert sorted((e.name, e.label) for e in linked) == [("Torvane", "GPE"), ("Torvane", "PERSON")]


def test_a_word_of_a_firm_is_the_firm_and_a_plural_of_a_surname_is_people():
    text = "Orlick Structures built it. Mr Tarn of Orlick came. Ann Tarn and Bob Tarn met. Are the two Tarns related?"
    assert ("Orlick", "ORG") in named(text)
    assert ("Tarns", "PERSON") in named(text)


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        # what the docstrings of the stages say they find
        ("Shares in Zorvane rose.", "Zorvane", "ORG"),
        ("The widow of Torva, who had fled, wept.", "Torva", "PERSON"),
        ("An economist at Zorvane said so.", "Zorvane", "ORG"),
        ("They went from Torvane to Corby.", "Torvane", "GPE"),
        ("The research vessel Ann Reed sank.", "Ann Reed", "PRODUCT"),
        ("The mining company, Torva, closed.", "Torva", "ORG"),
        ("They met the Uru people there.", "Uru", "NORP"),
        ("The old Torvex cinema closed.", "Torvex", "FAC"),
        ("Bernstein analyst Claire Dumont agreed.", "Bernstein", "ORG"),
        ("It was close to Interstate 75 there.", "Interstate 75", "FAC"),
        ("They cited Bill C-27 again.", "Bill C-27", "LAW"),
        ("They flew a MiG-29 home.", "MiG-29", "PRODUCT"),
        ("A chef named Luvask came.", "Luvask", "PERSON"),
        ("They met Zorvan Ben Ali there.", "Zorvan Ben Ali", "PERSON"),
        ("They met Norvan III, king of Torva.", "Norvan III", "PERSON"),
        ("They asked Chen Su-fen again.", "Chen Su-fen", "PERSON"),
        ("The Department for Culture, Media and Sport closed.", "Department for Culture, Media and Sport", "ORG"),
        ("They like the Korean peninsula best.", "Korean peninsula", "LOC"),
        ("They left St Torvan's Cathedral at noon.", "St Torvan's Cathedral", "FAC"),
        ("They left Fishmongers' Hall at noon.", "Fishmongers' Hall", "FAC"),
        ("Secretary of State Mara Pell spoke.", "Mara Pell", "PERSON"),
        ("Director of the Torvane Institute Ann Reed spoke.", "Torvane Institute", "ORG"),
        ("The MP for Ashvane left.", "Ashvane", "GPE"),
        ("Mayor of London Ann Reed spoke.", "Ann Reed", "PERSON"),
        ("Acting U.S. Attorney Ann Reed spoke.", "U.S.", "GPE"),
        ("They saw the Attorney General and Ann Reed.", "Ann Reed", "PERSON"),
        ("French Marie Curie won.", "French", "NORP"),
        ("Torvane University Ann Reed spoke.", "Torvane University", "ORG"),
        ("Senate Democrats and South Dakotans agreed.", "South Dakotans", "NORP"),
        ("It was near 17th Street then.", "17th Street", "FAC"),
        ("He lives on Southwest 117th Avenue now.", "Southwest 117th Avenue", "FAC"),
        ("They won the 2004 Olympics there.", "2004 Olympics", "EVENT"),
        ("“It is dead,” an author of The Long Return said.", "The Long Return", "WORK_OF_ART"),
        ("US-China talks began.", "China", "GPE"),
        ("The M25 was closed.", "M25", "FAC"),
        ("They took 5 1/8% of it.", "1/8%", "PERCENT"),
        ("He paid US$5 for it.", "US$5", "MONEY"),
        ("They met on Monday, 3 May 2019, at noon.", "Monday, 3 May 2019", "DATE"),
    ],
)
def test_the_examples_of_the_stages_hold(text, name, label):
    assert (name, label) in named(text)
