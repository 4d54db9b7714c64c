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
        ("A booster is strong, but it is no hedge.", "“is not a …”"),
        ("The value; missing where there is none.", "“if there is”"),
        ("All forms, with “ | ” between them.", "“separated by”"),
        ("Nobody answered, as the article tells.", "“say”"),
        ("It takes 5 seconds a MB.", "“per”"),
        ("See the head of each file.", "“the top of”"),
        ("Run every test but these.", "“except”"),
        ("The rules look for no reports there.", "“not”"),
        ("There is no format 'x'; allowed are a and b.", "“choose one of …”"),
        ("An option that there is not is refused.", "“unknown …”"),
        ("Each cue is held against the orders.", "“match”"),
        ("The table has one line a word.", "“one row per …”"),
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
        "There is no source, and it is no longer news.",
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


def test_the_texts_of_rules_columns_and_exercises_are_prose():
    rule = (
        'words = "no prose at all"\n[[rule]]\nid = "A.B"\ngloss = "Says \\"so\\" once."\nexamples = ["Not this one."]\n'
    )
    assert list(prose.glosses(rule)) == [(4, 'Says "so" once.')]
    columns = '[columns]\nend = ["characters, from 0", "Where it ends."]\n"in *" = "Per article."\n'
    assert list(prose.glosses(columns)) == [(2, "characters, from 0"), (2, "Where it ends."), (3, "Per article.")]
    exercise = "[[part]]\ntext = '''\n## Talk\n\n- Who says so?\n'''\nhints = [\n  \"Look twice.\",\n]\n"
    assert list(prose.glosses(exercise)) == [(3, "## Talk"), (5, "- Who says so?"), (8, "Look twice.")]


def test_the_descriptions_of_a_schema_are_prose():
    schema = '{\n  "title": "X",\n  "description": "Says \\"so\\".",\n  "type": "object"\n}'
    assert list(prose.descriptions(schema)) == [(3, 'Says "so".')]
