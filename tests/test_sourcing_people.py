"""Who the sources are: heads of source phrases, kinds, titles, and whom a description or a pronoun stands for."""

import re
import tomllib
from pathlib import Path

import pytest

from analysis import annotate, make_tables
from analysis.measures import is_named
from analysis.reading.notes import Notes
from analysis.sourcing.source_phrase import head_of
from analysis.sourcing.view import View
from analysis.text.article import Article
from analysis.text.segmentation import segment
from analysis.text.vocabulary import LINKS


def last(text):
    """(source, kind, name of its entity, link) of the last attribution."""
    document = annotate(text)
    names = {e.id: e.name for e in document.entities}
    a = document.attributions[-1]
    source = " ".join(text[s:e] for s, e in a.source)
    return source, a.source_kind, names.get(a.source_entity), a.source_link


@pytest.mark.parametrize(
    ("phrase", "head"),
    [
        ("a spokesman for the firm", "spokesman"),
        ("sources close to the talks", "sources"),
        ("relatives waiting at the pier", "relatives"),
        ("a firm owned by the state", "firm"),
        ("a letter sent to the council", "letter"),
        ("some of the residents", "residents"),
        ("the mayor , 54", "mayor"),
        ("the council 's lawyer", "lawyer"),
        ("the mayor on Monday", "mayor"),
        ("the clerk who left", "clerk"),
    ],
)
def test_the_head_of_a_source(phrase, head):
    view = View(segment(Article(phrase)))
    assert view.W[head_of(view, (0, view.n))] == head


@pytest.mark.parametrize(
    ("source", "kind", "name"),
    [
        ("Secretary of State Mara Lind", "person", "Mara Lind"),
        ("Minister for Sport Mara Lind", "person", "Mara Lind"),
        ("Bank of Norland governor Mara Lind", "person", "Mara Lind"),
        ("Leeds United and Republic of Norland striker Mara Lind", "person", "Mara Lind"),
        ("The mayor of Leeds, Mara Lind,", "person", "Mara Lind"),
        ("The head of the port authority, Mara Lind,", "person", "Mara Lind"),
        ("A lawyer for Massey Stores, Mara Lind,", "person", "Mara Lind"),
        ("Study author and chemist Mara Lind", "person", "Mara Lind"),
        ("Norland trade and industry minister Mara Lind", "person", "Mara Lind"),
        ("The authors, Mara Lind and Jan Orlov,", "collective", None),
        ("One of the authors, Mara Lind,", "person", "Mara Lind"),
        ("The lawyer for the victim, Mara Lind,", "unnamed-person", None),  # either may be meant
        ("Lawyers for actor Mara Lind", "collective", None),
        ("Supporters of President Mara Lind", "collective", None),
        ("The brother of Mayor Mara Lind", "unnamed-person", None),
        ("A spokesperson for Massey Stores", "unnamed-person", None),
        ("Spokespeople for the two banks", "collective", None),
    ],
)
def test_a_name_behind_a_title(source, kind, name):
    assert last(f"{source} said it was late.")[1:3] == (kind, name)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Officials", "government"),
        ("Two senior police officers", "government"),
        ("Customs officers", "government"),
        ("Investigators", "government"),
        ("Union officials", "collective"),
        ("Massey Stores officials", "collective"),
        ("Estate agents", "collective"),
        ("The prime minister's office", "government"),
        ("The law office", "organisation"),
        ("No. 10", "government"),
        ("The UK", "government"),
        ("The EU's executive", "government"),
        ("Blood tests", "document"),
        ("A note on the door", "document"),
        ("The explanatory notes of the bill", "document"),
        ("The Dale News Leader", "outlet"),
        ("The newspaper Torva Tidende", "outlet"),
        ("The crew", "collective"),
        ("The palace", "government"),
        ("The journal Torva", "outlet"),
        ("This", "document"),
        ("The Health Secretary", "unnamed-person"),
        ("The Crown Prince", "unnamed-person"),
    ],
)
def test_kinds(source, kind):
    assert last(f"{source} said the wall was safe.")[:2] == (source, kind)


@pytest.mark.parametrize(
    ("text", "name", "link"),
    [
        ("Sen. Maud Lark voted no. The senator said the bill was late.", "Maud Lark", "role"),
        ("Mara Holt, the founder of Tidemark, left. The Tidemark founder said it was time.", "Mara Holt", "role"),
        ("Vice President Ana Ruiz met President Jon Berg. The president said it went well.", "Jon Berg", "role"),
        ("The suspect, Karl Menzies, stood up. The suspect said he was cold.", "Karl Menzies", "role"),
        ("Sen. Ana Ruiz met Sen. Jon Berg. Then Ruiz spoke. The senator said it was late.", "Ana Ruiz", "role"),
        ("Ivo Brandt, 41, left. The 41-year-old said he was glad.", "Ivo Brandt", "description"),
        (
            "Ivo Brandt, 41, and Karl Menzies, 30, left. The 30-year-old said it was late.",
            "Karl Menzies",
            "description",
        ),
        ("Ivo Brandt left Lisk Rovers. The striker said he was glad.", "Ivo Brandt", "description"),
        ("Ray Moss and Carl Hays were held. Both men said the barge was theirs.", "Ray Moss", "description"),
        ("Torva Mining shut its pit. The firm said prices were low.", "Torva Mining", "body"),
        ("Torva, a mining company, shut its pit. The company said prices were low.", "Torva", "body"),
        ("The Department of Works shut the bridge. The department said why.", "Department of Works", "body"),
        ("Massey Stores issued a statement. The statement said sales fell.", "Massey Stores", "issuer"),
        ("A letter from the Harbour Board came. The letter said the quay was shut.", "Harbour Board", "issuer"),
        ("In a statement, the Harbour Board said it was late. The statement said no more.", "Harbour Board", "issuer"),
        ("Gov. Jo Orwin praised Judge Rita Salazar. “It was hard,” she said.", "Rita Salazar", "pronoun"),
        ("The bank spoke. Torva Mining broke off its talks. It said it was late.", "Torva Mining", "pronoun"),
        ("Ann Reed left. Her party fell out with Eva Lark; she said it was late.", "Ann Reed", "pronoun"),
        ("Karl Bruun left. Speaking to Ivo Brandt, he said it was late.", "Karl Bruun", "pronoun"),
        ("Speaking to Ivo Brandt, Karl Bruun sighed. He said it was late.", "Karl Bruun", "pronoun"),
        (
            "A post by Ann Reed on Torva said it. In a Torva post by Eva Lark, she said it was late.",
            "Eva Lark",
            "pronoun",
        ),
    ],
)
def test_what_a_description_stands_for(text, name, link):
    assert last(text)[2:] == (name, link)
    assert link in LINKS


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("President Ana Ruiz met President Jon Berg. The president said the talks were good.", "open"),
        ("Torva Mining sued Massey Stores. The company said prices were low.", "open"),
        ("Ivo Brandt and Karl Menzies left. The 30-year-old said it was late.", "open"),
        ("Ana Ruiz was mayor. The governor said it was late.", ""),
        ("Mayor Ana Ruiz left. The other mayor said it was late.", ""),
        ("A suspect fled. Karl Menzies saw him. The suspect said he was cold.", ""),
        ("Karl Menzies left. The man said it was late.", ""),
        ("Leeds Council met. The Norland council said it was late.", ""),
        ("On Twitter, the government promised more. The government said it was late.", ""),
        ("A firm in Leeds sued Torva Mining. The firm said prices were low.", ""),
        ("Bruno Cole locked up his daughters. One of the daughters fled. She said it was late.", ""),
    ],
)
def test_a_description_that_stays_open(text, link):
    assert last(text)[2:] == (None, link)


def test_one_voice_in_every_form():
    text = (
        "Gov. Eric Holm shut the dam. The governor said it was old. “We waited,” he added. Mr Holm said he was sorry."
    )
    document = annotate(text)
    assert {a.source_entity for a in document.attributions} == {document.entities[0].id}
    assert [text[s:e] for a in document.attributions for s, e in a.role] == ["The governor", "Gov.", "Gov."]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Kremlin spokesman Jan Orlov left.", ["Kremlin spokesman"]),
        (
            "Norland Department of Health information officer Jan Orlov left.",
            ["Norland Department of Health information officer"],
        ),
        ("Secretary of State Jan Orlov left.", ["Secretary of State"]),
        ("Jan Orlov, 54, a former judge, left.", ["a former judge"]),
        ("Jan Orlov, president of Hall & Sons, left.", ["president of Hall & Sons"]),
        ("Jan Orlov, Leeds Department of Health spokesman, left.", ["Leeds Department of Health spokesman"]),
        ("Jan Orlov, who is a nurse, left.", ["a nurse"]),
        ("Jan Orlov of Leeds University, a chemist, left.", ["a chemist"]),
        ("Jan Orlov is the head of the port.", ["the head of the port"]),
        ("Her colleague, Professor Jan Orlov, left.", ["Her colleague", "Professor"]),
        ("They hoped to defeat President Jan Orlov.", ["President"]),
        ("Mr Jan Orlov left.", []),
        ("Jan Orlov, of Mill Lane, left.", []),
        ("Jan Orlov, Mr Cole and Eva Lark left.", []),
        ("A lawyer for the firm, and Jan Orlov, left.", []),
    ],
)
def test_titles(text, titles):
    document = annotate(text)
    orlov = next(e for e in document.entities if "Orlov" in e.name)
    assert [text[s:e] for s, e in orlov.titles] == titles


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        ("Ann Reed denied taking the money.", ["denial"]),
        ("The firm denied any fault.", ["denial"]),
        ("The mayor rejected the accusation.", ["denial"]),
        ("The mayor rejected the new law.", ["neutral"]),
        ("The court dismissed the charges.", ["neutral"]),
        ("She did not deny that the report exists.", ["refusal"]),
        ("The council denied funding to the port.", []),
        ("The court denied them bail.", []),
    ],
)
def test_denials(text, stances):
    assert [a.stance for a in annotate(text).attributions] == stances


def test_signatures_with_a_role():
    text = (
        "The agency left.\n\n“It is a sad day.” -Commissioner Jeff Stark\n\n“It is late.”\n— Tom Holt, mayor of Leeds"
    )
    document = annotate(text)
    assert [text[s:e] for a in document.attributions[-2:] for s, e in a.source] == [
        "Commissioner Jeff Stark",
        "Tom Holt, mayor of Leeds",
    ]


def test_a_note_tells_how_a_source_was_traced_and_its_titles():
    document = annotate("Gov. Eric Holm shut the dam. The governor said it was old.")
    notes = Notes(document)
    (attribution,), (entity, *_) = notes.attributions(), notes.entities()
    assert dict(attribution.facts)["who that is"].startswith("Eric Holm (by role).")
    assert dict(entity.facts)["titles"] == "Gov."
    document = annotate("President Ana Ruiz met President Jon Berg. The president said it was late.")
    assert dict(Notes(document).attributions()[0].facts)["who that is"].startswith("open.")


GOLD = tomllib.loads((Path(__file__).parent / "gold" / "people_links.toml").read_text(encoding="utf-8"))["passage"]


def resolved(passage):
    """(name that the source in brackets was traced to, how); (None, "") where it stays open."""
    start = passage["text"].index("[")
    document = annotate(re.sub(r"[][]", "", passage["text"]))
    names = {e.id: e.name for e in document.entities}
    here = (a for a in document.attributions if a.source and a.source[0].start == start)
    return next(((names.get(a.source_entity), a.source_link) for a in here), (None, ""))


def test_links_against_passages_read_by_hand():
    """Written before the rules were run: of each kind of link nine in ten are right, and nine in ten of what is open
    stays so."""
    found = [(*resolved(passage), passage.get("who")) for passage in GOLD]
    assert len(GOLD) >= 80
    assert sum(who is None for *_, who in found) >= 30
    for kind in LINKS:
        made = [name == who for name, link, who in found if name and link == kind]
        print(f"links {kind}: {sum(made)} of {len(made)} right")
        assert sum(made) >= 0.9 * len(made) - (len(made) < 10), kind
    made = [name == who for name, _, who in found if name]
    assert sum(made) / len(made) >= 0.9
    assert sum(name is None for name, _, who in found if who is None) / sum(who is None for *_, who in found) >= 0.9
    assert sum(name == who for name, _, who in found if who) / sum(who is not None for *_, who in found) >= 0.9


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("A Republican, Mark Amato, said it was late.", "person", "Mark Amato"),
        ("Study co-author and geochemist Seth Jonas said it was hot.", "person", "Seth Jonas"),
        ("Member of Parliament (MP) Yvette Corder of the Labour Party said it was late.", "person", "Yvette Corder"),
        (
            "According to Ravenhill's first selectman, Chris Kerrick, there were ten on board.",
            "person",
            "Chris Kerrick",
        ),
        ("Another author, applied chemistry professor Ann Reed, said that it was late.", "person", "Ann Reed"),
        (
            "The delegate to the House of Commons, Aumua Amato, told the press that it was late.",
            "person",
            "Aumua Amato",
        ),
        ("A lawyer for the victim, Ann Reed, said it was late.", "unnamed-person", None),
        ("The attacker said that he was sorry.", "unnamed-person", None),
        ("The kayaker said that it was cold.", "unnamed-person", None),
        ("The summary said that the vote was lawful.", "document", None),
        ("The appendix says that the test failed.", "document", None),
        ("The diocese said that the roof was unsafe.", "organisation", None),
        ("Two hypotheses suggest that the ice melted.", "document", None),
        ("Northline further said that it was late.", "organisation", "Northline"),
    ],
)
def test_a_source_with_a_name_has_it_and_what_is_nobody_is_no_person(text, kind, name):
    document = annotate(text)
    (found,) = document.attributions[:1]
    names = {entity.id: entity.name for entity in document.entities}
    assert (found.source_kind, names.get(found.source_entity)) == (kind, name)


@pytest.mark.parametrize("source", ["State media", "Police", "The team", "Multiple news outlets"])
def test_who_has_no_name_cannot_be_looked_up(source):
    a = make_tables(annotate(f"{source} said that it was late."))["attributions"]
    assert a["source_entity"].isna().all()
    assert not is_named(a).any()


@pytest.mark.parametrize("source", ["The Harbour Trust", "Ann Reed", "The Leeds Gazette"])
def test_who_has_a_name_can_be_looked_up(source):
    assert is_named(make_tables(annotate(f"{source} said that it was late."))["attributions"]).all()
