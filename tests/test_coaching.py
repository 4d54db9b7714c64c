"""Coaching: a wrong answer gets a hint where to look again, a right one passes, and nothing is given away."""

from pathlib import Path

import pytest

from analysis import Article, segment
from analysis.annotation import marks_of, write_marked
from analysis.teaching.coaching import (
    certainty,
    choices,
    copied,
    excerpt,
    key_of,
    marking,
    paragraph,
    people,
    rewriting,
)

SET = Path(__file__).parents[1] / "seeds/teaching"


@pytest.fixture(scope="module")
def agency():
    return key_of(SET / "1-agency-report.md")


def marked(document, first, last, **words):
    text = excerpt(document, first, last)
    for layer, these in words.items():
        for word in these:
            assert word in text
            text = text.replace(word, f"[{layer} {word}]")
    return text


def test_a_right_marking_passes(agency):
    assert paragraph(agency, 4).startswith("The 140-metre")
    answer = marked(agency, 4, 8, hedge=["roughly", "expected", "could", " may ", "usually"])
    feedback = marking(agency, answer, "hedge", first=4, last=8)
    assert str(feedback) == "You found all 5 hedges."
    assert feedback.passed
    assert feedback.points(5) == 5


def test_a_marking_with_gaps_is_told_the_paragraph_and_not_the_word(agency):
    feedback = marking(agency, marked(agency, 4, 8, hedge=["roughly", "expected", "could"]), "hedge", first=4, last=8)
    assert str(feedback) == "You marked 3 of the 5 hedges.\nLook again at paragraphs 7 and 8."
    assert not feedback.passed
    assert feedback.points(5) == 3
    assert "usually" not in str(feedback)


def test_a_mark_that_the_key_lacks_is_asked_for_its_reason(agency):
    answer = marked(agency, 5, 5, hedge=["expected", "could", "May"])
    feedback = marking(agency, answer, "hedge", first=5, last=5)
    assert "You found all 2 hedges.\nThe key does not have “May” (paragraph 5): would the sentence" in str(feedback)
    assert "bring it to the discussion" in str(feedback)
    assert not feedback.passed
    assert feedback.points(4) == 3


def test_an_unmarked_text_is_told_how_to_begin(agency):
    feedback = marking(agency, excerpt(agency, 5, 6), "source", first=5, last=6)
    assert str(feedback).startswith("Nothing marked yet. There are 3 sources to find. Write [source before and ] after")
    assert feedback.points(3) == 0


def test_one_mark_is_one_mark(agency):
    """Paragraph 6 has one source."""
    one = excerpt(agency, 6)
    assert str(marking(agency, one, "source", first=6, last=6)) == (
        "Nothing marked yet. There is one source to find. Write [source before and ] after it."
    )
    found = one.replace("a council spokeswoman", "[source a council spokeswoman]")
    assert str(marking(agency, found, "source", first=6, last=6)) == "You found the one source."
    missed = one.replace("Tobias Varrow", "[source Tobias Varrow]")
    assert str(marking(agency, missed, "source", first=6, last=6)).startswith("The one source is not found yet.\n")


def test_marks_of_another_layer_are_noticed(agency):
    feedback = marking(agency, excerpt(agency, 5).replace("expected", "[hedge expected]"), "source", first=5, last=5)
    assert str(feedback).startswith("You marked hedges; here we look for sources. Write [source before")


def test_marks_that_cannot_be_read_are_explained(agency):
    feedback = marking(agency, excerpt(agency, 5).replace("expected", "[hegde expected]"), "hedge", first=5, last=5)
    assert "could not be read. In line 1, column 15: 'hegde' is not a layer; did you mean [hedge" in str(feedback)
    feedback = marking(agency, excerpt(agency, 5).replace("expected", "likely"), "hedge", first=5, last=5)
    assert "marks may be added, words may not be changed" in str(feedback)


def test_every_mark_of_a_key_passes_its_own_check():
    for path in sorted(SET.glob("[1-7]*.md")):
        key = key_of(path)
        for layer in ("hedge", "booster", "name", "cue"):
            marks = marks_of(key, layers=[layer])
            assert marking(key, write_marked(key.text, marks), layer).passed, (path.stem, layer)


KEY = {"a": "first-hand", "b": "second-hand", "c": ("Teale", "Quist")}
HINTS = {"b": "Who was told by whom?"}
ALLOWED = ("first-hand", "second-hand")


def test_choices():
    assert choices({"a": " First-hand", "b": "second-hand", "c": ["Quist", "Teale"]}, KEY).passed
    feedback = choices({"a": "first-hand", "b": "first-hand", "c": None}, KEY, hints=HINTS)
    assert str(feedback) == "1 of 3 right. Not answered yet: c.\nb: think again. Who was told by whom?"
    assert feedback.points(3) == 0  # one right, one wrong guess: half a point, rounded to even
    feedback = choices({"a": "hearsay", "b": ...}, {"a": "first-hand", "b": "second-hand"}, allowed=ALLOWED)
    assert "a: 'hearsay' isn't an option; choose one of 'first-hand', 'second-hand'." in str(feedback)
    assert "Not answered yet: b." in str(feedback)


def test_people_in_the_story_and_who_of_them_speaks(agency):
    assert people(agency) == {
        "Inga Varrow": (1, 1),
        "Tobias Varrow": (1, 0),
        "Jonas Teale": (1, 2),
        "Amara Quist": (1, 2),
    }


def test_rewriting():
    before = "The ferry may run in Ellerquay from 10 March."
    surer = "The ferry will certainly run in Ellerquay from 10 March."
    assert rewriting(before, surer, "surer").passed
    assert "“certainly”" in str(rewriting(before, surer, "surer"))
    assert not rewriting(before, surer, "less sure").passed
    assert "Perhaps you are right" in str(rewriting(before, surer, "less sure"))
    assert rewriting(surer, before, "less sure").passed
    assert "“Ellerquay” is gone" in str(rewriting(before, "The ferry runs from 10 March.", "surer"))
    assert str(rewriting(before, before, "surer")).startswith("Not rewritten yet")
    with pytest.raises(ValueError, match="surer"):
        rewriting(before, surer, "louder")
    assert certainty("It may rain.") == (["may"], [])


def test_copied_words_are_found_paragraph_by_paragraph():
    report, release = key_of(SET / "3-copied-report.md"), key_of(SET / "2-press-release.md")
    shares = copied(report, release)
    assert [s > 0.5 for s in shares] == [False, True, False, True, True, False, True, True, False, False]
    assert shares[9] == 0.0
    assert copied(segment(Article("None of it.")), release) == [0.0]
