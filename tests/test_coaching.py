"""Coaching: a wrong answer gets a hint where to look again, a right one passes, and nothing is given away."""

from pathlib import Path

import pytest

from analysis import Article, segment
from analysis.annotation import marks_of, write_marked
from analysis.teaching.coaching import (
    certainty,
    check,
    choices,
    copied,
    excerpt,
    key_of,
    marking,
    paragraph,
    people,
    rewriting,
)
from analysis.teaching.exercises import ExerciseError, load_exercise, load_exercises

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


def test_what_is_said_fits_a_cell(agency):
    feedback = marking(agency, f"[source {excerpt(agency, 7)}]", "source", first=7, last=7)
    assert max(map(len, str(feedback).splitlines())) <= 88
    assert " ".join(str(feedback).split()) == " ".join(feedback.message.split())


def test_a_right_marking_passes(agency):
    assert paragraph(agency, 4).startswith("The 140-metre")
    answer = marked(agency, 4, 8, hedge=["roughly", "expected", "could", " may ", "usually"])
    feedback = marking(agency, answer, "hedge", first=4, last=8)
    assert feedback.message == "You found all 5 hedges."
    assert feedback.passed
    assert feedback.points(5) == 5


def test_a_marking_with_gaps_is_told_the_paragraph_and_not_the_word(agency):
    feedback = marking(agency, marked(agency, 4, 8, hedge=["roughly", "expected", "could"]), "hedge", first=4, last=8)
    assert feedback.message == "You marked 3 of the 5 hedges.\nLook again at paragraphs 4 and 5 of this passage."
    assert not feedback.passed
    assert feedback.points(5) == 3
    assert "usually" not in feedback.message


def test_a_mark_that_the_key_lacks_is_asked_for_its_reason(agency):
    answer = marked(agency, 5, 5, hedge=["expected", "could", "May"])
    feedback = marking(agency, answer, "hedge", first=5, last=5)
    assert "You found all 2 hedges.\nThe key does not have “May” in paragraph 1: would the sentence" in feedback.message
    assert "bring it to the discussion" in feedback.message
    assert not feedback.passed
    assert feedback.points(4) == 3


def test_an_unmarked_text_is_told_how_to_begin(agency):
    feedback = marking(agency, excerpt(agency, 5, 6), "source", first=5, last=6)
    assert str(feedback).startswith("Nothing marked yet. There are 3 sources to find. Write [source before and ] after")
    assert feedback.points(3) == 0


def test_one_mark_is_one_mark(agency):
    """Paragraph 6 has one source."""
    one = excerpt(agency, 6)
    assert marking(agency, one, "source", first=6, last=6).message == (
        "Nothing marked yet. There is one source to find. Write [source before and ] after it."
    )
    found = one.replace("a council spokeswoman", "[source a council spokeswoman]")
    assert str(marking(agency, found, "source", first=6, last=6)) == "You found the one source."
    missed = one.replace("Tobias Varrow", "[source Tobias Varrow]")
    assert str(marking(agency, missed, "source", first=6, last=6)).startswith("The one source is not found yet.\n")


def test_a_mark_that_takes_the_word_of_saying_too_is_not_right(agency):
    """The source of “The council did not immediately respond to ...” is “The council”."""
    too_long = "[source The council did not immediately respond] to"
    answer = excerpt(agency, 7).replace("The council did not immediately respond to", too_long)
    feedback = marking(agency, answer, "source", first=7, last=7)
    assert feedback.message == (
        "You marked 0 of the 3 sources.\nLook again at paragraph 1 of this passage.\n"
        "“The council did not immediately respond” in paragraph 1 is too long. "
        "Where does the source begin, and where does it end?"
    )
    assert (feedback.found, feedback.doubtful, feedback.passed) == (0, 0, False)
    short = excerpt(agency, 7).replace("The council did not", "[source The council did] not")
    assert "“The council did” in paragraph 1 is too long" in marking(agency, short, "source", first=7, last=7).message


@pytest.mark.parametrize("layer", ["source", "hedge", "cue"])
def test_marking_everything_finds_nothing(agency, layer):
    feedback = marking(agency, f"[{layer} {excerpt(agency, 7)}]", layer, first=7, last=7)
    assert feedback.found == 0
    assert "is too long" in feedback.message


def test_a_word_or_two_beyond_a_hedge_is_talked_about_and_not_graded(agency):
    found = excerpt(agency, 5).replace("is expected to", "[hedge is expected to]")
    assert marking(agency, found, "hedge", first=5, last=5).found == 1
    run_on = excerpt(agency, 5).replace("is expected to reopen in", "[hedge is expected to reopen in]")
    assert marking(agency, run_on, "hedge", first=5, last=5).found == 0


def test_part_of_a_long_source_is_enough(agency):
    name = excerpt(agency, 5).replace("Pellowick Structures", "[source Pellowick Structures]")
    assert marking(agency, name, "source", first=5, last=5).found == 1


def test_what_a_learner_hears_has_no_jargon(agency):
    """A space that is missing, a word that is misspelt, a mark that is left open."""
    for wrong, told in (
        ("[sourcehe]", "put a space after [source, before the words that it marks"),
        ("[sorce he]", "did you mean [source ...]?"),
        ("[source he", "this source is never closed; put a ] after its last word"),
    ):
        feedback = marking(agency, excerpt(agency, 7).replace(" he said", f" {wrong} said"), "source", first=7, last=7)
        assert told in feedback.message
        assert "layer" not in feedback.message


def test_a_missing_space_before_a_name_or_another_word(agency):
    for words in ("Jonas Teale", "members"):
        wrong = excerpt(agency, 7).replace(words, f"[source{words}]")
        assert "put a space after [source, before" in marking(agency, wrong, "source", first=7, last=7).message


def test_marks_of_another_layer_are_noticed(agency):
    feedback = marking(agency, excerpt(agency, 5).replace("expected", "[hedge expected]"), "source", first=5, last=5)
    assert str(feedback).startswith("You marked hedges; here we look for sources. Write [source before")


def test_marks_that_cannot_be_read_are_explained(agency):
    feedback = marking(agency, excerpt(agency, 5).replace("expected", "[hegde expected]"), "hedge", first=5, last=5)
    assert "could not be read. In line 1, column 15: nothing can be marked with [hegde; did you mean [hedge" in (
        feedback.message
    )
    feedback = marking(agency, excerpt(agency, 5).replace("expected", "likely"), "hedge", first=5, last=5)
    assert "you may add marks, but not change words" in feedback.message


def test_every_mark_of_a_key_passes_its_own_check():
    for path in sorted(SET.glob("[1-7]*.md")):
        key = key_of(path)
        for layer in ("hedge", "booster", "name", "cue", "source"):
            marks = marks_of(key, layers=[layer])
            assert marking(key, write_marked(key.text, marks), layer).passed, (path.stem, layer)


KEY = {"a": "first-hand", "b": "second-hand", "c": ("Teale", "Quist")}
HINTS = {"b": "Who was told by whom?"}
ALLOWED = ("first-hand", "second-hand")


def test_choices():
    assert choices({"a": " First-hand", "b": "second-hand", "c": ["Quist", "Teale"]}, KEY).passed
    feedback = choices({"a": "first-hand", "b": "first-hand", "c": None}, KEY, hints=HINTS)
    assert feedback.message == "1 of 3 right. Not answered yet: c.\nb: think again. Who was told by whom?"
    assert feedback.points(3) == 0  # one right, one wrong guess: half a point, rounded to even
    feedback = choices({"a": "hearsay", "b": ...}, {"a": "first-hand", "b": "second-hand"}, allowed=ALLOWED)
    assert "a: 'hearsay' isn't an option; choose one of 'first-hand', 'second-hand'." in feedback.message
    assert "Not answered yet: b." in feedback.message


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


def test_a_word_that_may_not_be_used_is_pointed_out():
    before = "Hangers last for 20 years."
    feedback = rewriting(before, "Hangers might last for 20 years.", "less sure", without=["may", "might"])
    assert feedback.message == "Try it without “might”."
    assert not feedback.passed


def test_every_exercise_is_coached_by_its_key():
    for exercise in load_exercises():
        for task in exercise.tasks:
            if task.kind == "choose":
                assert check(exercise.id, task.task, {item.id: item.key for item in task.items}).passed
                assert check(exercise.id, task.task, {}).found == 0


def test_picking():
    assert check("06-release", "copied", [2, 4, 5, 7, 8]).passed
    assert check("06-release", "copied", []).found == 0
    feedback = check("06-release", "copied", [2, 4, 5, 7, 9])
    assert feedback.message == "8 of 10 right.\nparagraph 8: think again.\nparagraph 9: think again."
    assert "11 cannot be picked; pick from 1, 2, 3" in str(check("06-release", "copied", [2, 4, 5, 7, 8, 11]))


def test_the_keys_of_the_exercises_agree_with_the_hand_keys_of_the_texts():
    live = people(key_of("7-live-blog"))
    named, speaks = (load_exercise("05-who-speaks").task(name) for name in ("named", "speaks"))
    assert {item.id: item.key for item in named.items} == {item.id: live[item.id][0] for item in named.items}
    assert {item.id: item.key == "yes" for item in speaks.items} == {i.id: live[i.id][1] > 0 for i in speaks.items}
    shares = copied(key_of("3-copied-report"), key_of("2-press-release"))
    picked = load_exercise("06-release").task("copied").items
    assert {item.id: item.key for item in picked} == {n: share > 0.5 for n, share in enumerate(shares, 1)}
    classes = {source.name: source.role_class for source in key_of("1-agency-report").sources}
    asked = load_exercise("09-who-asked").task("classes").items
    assert {item.id: item.key for item in asked} == {item.id: classes[item.id] for item in asked}


def test_an_unknown_text_or_exercise_is_one_sentence():
    with pytest.raises(FileNotFoundError, match=r"no teaching text '9-none'; choose one of 1-agency-report, "):
        key_of("9-none")
    with pytest.raises(FileNotFoundError, match="'none' is not an exercise; choose one of 01-sources, "):
        check("none", "a", "")
    with pytest.raises(KeyError, match="no task 'nothing'; it has sources, kinds"):
        check("01-sources", "nothing", "")


HEAD = 'id = "x"\ntitle = "t"\nable = "a"\nlevel = "l"\nminutes = 5\nreads = "r"\n'
TASK = '[[part]]\ntask = "a"\nkind = "choose"\ntitle = "t"\nanswer = "a"\n'
BAD = {
    "[[part": "x.toml: not valid TOML",
    HEAD: r"x.toml: no \[\[part\]\] found",
    'id = "x"\n[[part]]\ntext = "t"\n': "x.toml: title, able, level, minutes, reads is missing",
    HEAD + "colour = 1\n[[part]]\ntext = 't'\n": "x.toml: 'colour' is not known here; write one of id, title",
    HEAD + "[[part]]\ntext = 't'\ncode = 'c'\n": "x.toml, part 1: a part with text holds nothing else",
    HEAD + "[[part]]\nask = 'a'\n": "x.toml, part 1: a part has text, code or task; this one has ask",
    HEAD + TASK: "x.toml, part 1: a task to choose needs items",
    HEAD + TASK.replace("choose", "guess"): "x.toml, part 1: kind is 'guess'; write one of choose, pick, mark, rewrite",
    HEAD + TASK + "options = ['b']\nitems = [{id = 'i', key = 'c'}]\n": "the key of 'i' is not one of the options",
    HEAD + TASK + "options = 'b'\nitems = []\n": "options must be a list",
    HEAD
    + TASK
    + "options = []\nitems = [1]\n": "x.toml, part 1, item 1: write a table with id, key, text, hint, options, skill",
    HEAD.replace("5", "'5'") + TASK: "x.toml: minutes must be a whole number",
    HEAD + 2 * (TASK + "options = ['b']\nitems = [{id = 'i', key = 'b'}]\n"): "x.toml: two tasks are called a",
}


@pytest.mark.parametrize("text", BAD)
def test_an_exercise_that_is_wrong_says_where(text, tmp_path):
    (tmp_path / "x.toml").write_text(text, "utf-8")
    with pytest.raises(ExerciseError, match=BAD[text]):
        load_exercise(tmp_path / "x.toml")


def test_copied_words_are_found_paragraph_by_paragraph():
    report, release = key_of(SET / "3-copied-report.md"), key_of(SET / "2-press-release.md")
    shares = copied(report, release)
    assert [s > 0.5 for s in shares] == [False, True, False, True, True, False, True, True, False, False]
    assert shares[9] == 0.0
    assert copied(segment(Article("None of it.")), release) == [0.0]
