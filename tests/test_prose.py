"""The check of prose: what it finds, and what it leaves alone."""

import tomllib

import pytest

import prose

HOUSE = tomllib.loads(prose.HOUSE.read_text("utf-8"))


def said(text):
    return [what for _, what in prose.unidiomatic([("a.md", 1, text)], HOUSE)]


@pytest.mark.parametrize(
    ("text", "write"),
    [
        ("The part is made anew.", "“again”"),
        ("Mend what can be mended.", "“fix”"),
        ("The name stands in the sentence.", "“be” or “appear”"),
        ("Put a bracket behind the word.", "“after”"),
        ("It is a set of its own.", "“a separate …”"),
        ("All rows but for the first.", "“except”"),
        ("Two errors are told here.", "“report” or “say”"),
        ("A new rule wants an id.", "“needs”"),
        ("It takes 5 seconds a MB.", "“per”"),
        ("See the head of each file.", "“the top of”"),
        ("Run every test but these.", "“except”"),
        ("The rules look for no reports there.", "“not”"),
        ("It is an added bonus.", "bonus"),  # a check of proselint's own
    ],
)
def test_a_translated_turn_is_found_with_what_to_write(text, write):
    assert any(write in what for what in said(text)), said(text)


@pytest.mark.parametrize(
    "text",
    [
        "The tables are next to the page.",
        "She stands by it, and stands up for others.",
        "Ask what “the name stands in the text” means.",  # words between quotation marks are somebody else's
        "Put a circle around every hedge.",
        "Who is behind it?",
        "Read 150 words a minute.",
        "She is at the head of the queue.",
        "Every reader has tests, but few run them.",
    ],
)
def test_good_english_passes(text):
    assert said(text) == []


def test_each_problem_has_the_place_of_its_text():
    lines = [("a.md", 3, "All is well here."), ("b.md", 7, "It is made anew."), ("c.md", 9, "The color is red.")]
    assert [(lines[at][:2]) for at, _ in prose.unidiomatic(lines, HOUSE)] == [("b.md", 7)]
    assert [(lines[at][:2], what) for at, what in prose.misspelt(lines)] == [(("c.md", 9), "“color”: write colour")]


def test_code_is_no_prose():
    text = "# A title\n\nSome words `color=anew` [here](http://anew.example).\n\n```\nanew\n```\n\n- one\n- two\n"
    assert list(prose.markdown(text)) == [
        (1, "# A title"),
        (3, "Some words X [here]."),
        (9, "- one"),
        (10, "- two"),
    ]


def test_strings_and_public_docstrings_of_a_module_are_prose():
    text = (
        'def annotate(x):\n    """Find who says what.\n\n    More."""\n    print(f"{x} is read again")\n'
        'def _mine():\n    """Not shown."""\n    return re.compile("(?:anew) it")\n'
    )
    assert sorted(prose.python(text)) == [(1, "Find who says what."), (5, "X is read again")]
