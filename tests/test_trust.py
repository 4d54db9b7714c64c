"""The trust shown with each headline number is what the rules and the keys give now."""

import re
from pathlib import Path

import pytest

import build_trust
from analysis.annotation import GoldKeyError, key_contacts, key_to_document
from analysis.measures.trust import CONTACT, FILE, contact_trust, trust
from analysis.text.article import Article
from analysis.text.document import Attribution, Span
from analysis.text.segmentation import segment
from analysis.text.vocabulary import CONTACTS


def test_the_file_is_what_the_tool_makes():
    assert FILE.read_text("utf-8") == build_trust.build(), "run python tools/build_trust.py"
    assert CONTACT.read_text("utf-8") == build_trust.build_contact(), "run python tools/build_trust.py"


def test_an_unknown_measure_has_none():
    assert trust("no such measure") is None


# ---------------------------------------------------------------- how the words came to the article

SEEDS = Path(__file__).parent.parent / "seeds"
KEYS = sorted([*SEEDS.glob("keys/*.toml"), *SEEDS.glob("teaching/keys/*.toml")])


def test_every_attribution_of_our_keys_has_a_contact():
    assert len(KEYS) == 8
    for path in KEYS:
        rows = re.findall(r"^\[\[attribution\]\]$", path.read_text("utf-8"), re.M)
        assert len(key_contacts(path)) == len(rows), path.name
        assert set(key_contacts(path).values()) <= set(CONTACTS), path.name


def test_a_contact_that_does_not_exist_is_refused(tmp_path):
    row = (
        '[[attribution]]\nkey = "a"\nsentence = 1\nkind = "indirect"\nsource = ["Ann Reed"]\ncue = ["said"]\n'
        'content = ["it rained"]\nsource_kind = "person"\nstance = "neutral"\ncontact = "by-phone"\n'
    )
    (tmp_path / "k.toml").write_text(row, "utf-8")
    with pytest.raises(GoldKeyError, match="attribution 'a': 'by-phone' is not one of told-us, in-public"):
        key_to_document(tmp_path / "k.toml", segment(Article("Ann Reed said it rained.")))


def test_two_readings_of_one_statement_are_matched_by_its_cue():
    """One cue, two sources ("citing a letter and a report"): the one that shares more words is the same."""

    def read(name, source, cue=((10, 16),), content=((20, 40),)):
        return Attribution(name, "indirect", (Span(*source),), *(tuple(Span(*s) for s in p) for p in (cue, content)))

    mine = [read("letter", (0, 5)), read("report", (50, 60)), read("elsewhere", (0, 5), ((90, 95),))]
    theirs = [read("a1", (50, 58)), read("a2", (1, 5)), read("a3", (0, 5), ((70, 75),), ((80, 85),))]
    assert build_trust.matched(mine, theirs) == {"letter": "a2", "report": "a1"}


def test_the_page_on_people_says_how_far_contact_can_be_trusted():
    c = contact_trust()
    text = " ".join((Path(__file__).parent.parent / "docs/people.md").read_text("utf-8").split())
    assert f"decided the contact of {c.n} attributions. The rules find {c.found} of these and give the same" in text
    assert f"the same contact for {c.alike}. For {c.claimed} they give a value other than `not-told`, and for" in text
    assert f"and for {c.told_alike} of these the person gives the same one." in text
    assert f"for {c.told} of the {c.found}, the text shows the contact" in text
