"""The trust shown with each headline number is what the rules and the keys give now."""

import build_trust
from analysis.measures.trust import FILE, trust


def test_the_file_is_what_the_tool_makes():
    assert FILE.read_text("utf-8") == build_trust.build(), "run python tools/build_trust.py"


def test_an_unknown_measure_has_none():
    assert trust("no such measure") is None
