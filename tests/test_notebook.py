"""What notebooks show: nothing cut, nothing unescaped, nothing that differs between runs."""

import pandas as pd
import pytest

from analysis import annotate
from analysis.notebook import hand_and_rules, in_context, say, table

FRAME = pd.DataFrame(
    {
        "voice": pd.Series(["the <reporter>", "a very long name " * 20, None], dtype="str"),
        "n": [1200, 3, 0],
        "share": [0.5, 0.125, float("nan")],
        "hidden": [True, False, True],
    }
)


def test_text_holds_every_cell_in_full():
    shown = table(FRAME, {"voice": "Voice", "n": "words", "share": "share", "hidden": "by whom?"}, caption="Who?")
    assert repr(shown).splitlines() == [
        "Who?",
        "Voice | words | share | by whom?",
        "the <reporter> | 1,200 | 0.50 | yes",
        " | ".join([("a very long name " * 20).strip(), "3", "0.12", "no"]),
        "– | 0 | – | yes",
    ]


def test_html_says_what_it_shows_and_which_cells_are_heads():
    html = table(FRAME, {"voice": "Voice", "n": "words"}, caption="Who & what?")._repr_html_()
    assert "Who &amp; what?</caption>" in html
    assert html.count('<th scope="col"') == 2
    assert html.count('<th scope="row"') == 3
    assert html.count("<td") == 3
    assert "the &lt;reporter&gt;" in html
    assert ">1,200</td>" in html
    assert "text-align: right" in html
    assert html.startswith(
        '<table class="tex2jax_ignore mathjax_ignore" style='
    )  # no formulas; it stays when untrusted
    for lost_when_untrusted in ("<style", "id="):
        assert lost_when_untrusted not in html


def test_an_empty_table_says_so():
    shown = table(FRAME.head(0), ["voice", "n"], caption="Hedges")
    assert repr(shown) == "Hedges\nvoice | n\n(none)"
    assert '<td colspan="2"' in shown._repr_html_()


def test_integers_that_may_be_missing():
    frame = pd.DataFrame({"paragraph": pd.array([1, None], dtype="Int64")})
    assert repr(table(frame, caption="P")) == "P\nparagraph\n1\n–"


def test_an_unknown_column_is_named():
    with pytest.raises(KeyError, match="'word' is not a column of the table; choose from voice, n, share, hidden"):
        table(FRAME, ["word"], caption="x")


def test_sentences_are_paragraphs_of_markdown():
    assert say("One.", "Two.")._repr_markdown_() == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("words", "width", "expected"),
    [
        ("slip", 40, "Vote may [slip]"),
        ("vote", 40, "Ann Reed said the [vote] was late."),
        ("vote", 8, "… the [vote] was …"),
        ("late.", 4, "… [late.]"),
    ],
)
def test_context_stays_in_the_paragraph_and_cuts_at_words(words, width, expected):
    document = annotate("Vote may slip\nAnn Reed said the vote was late.\nIt rained.")
    start = document.text.index(words)
    assert in_context(document, start, start + len(words), width=width) == expected


def test_marks_are_compared_with_how_often_they_occur():
    hand = [(1, "may"), (15, "could"), (15, "could"), (16, "")]
    rules = [(1, "may"), (15, "could"), (2, "about")]
    rows = hand_and_rules(hand, rules, columns=["sentence", "words"])
    assert rows.values.tolist() == [
        [2, "about", "the rules only"],
        [15, "could", "the person only"],
        [16, "", "the person only"],
    ]
    assert hand_and_rules(hand, hand, columns=["sentence", "words"]).empty
