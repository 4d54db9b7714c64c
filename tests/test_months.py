"""Months that are also verbs."""

import pytest

from analysis import annotate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The vote may be delayed.", []),
        ("They march on the town.", []),
        ("The vote was held in March.", [("March", "DATE")]),
        ("It opened on 3 March 2021.", [("3 March 2021", "DATE")]),
    ],
)
def test_only_a_capital_makes_a_month(text, expected):
    document = annotate(text)
    assert [(document.text[m.start : m.end], m.label) for m in document.mentions] == expected
