"""The bibliography: every source of a rule is in it, everything in it is used, and its page is current."""

import re
import tomllib

import pytest

import build_bibliography
from analysis.reading.glosses import rule_notes
from analysis.rules import FOLDER, Kind, RuleError, Work, bibliography, cited, references

SOURCES = [
    (rule["id"], rule["source"])
    for path in sorted(FOLDER.glob("*.toml"))
    for rule in tomllib.loads(path.read_text("utf-8"))["rule"]
]


def test_every_source_of_a_rule_is_a_key_of_the_bibliography():
    assert len(SOURCES) > 300
    for rule_id, source in SOURCES:
        try:
            references(source)
        except RuleError as error:
            pytest.fail(f"{rule_id}: {error}")


def test_no_source_names_a_section_that_nobody_looked_up():
    """Numbers such as 16.31 or "clause 9" may come back only with a note of what was seen."""
    for rule_id, source in SOURCES:
        assert not re.search(r"\d+\.\d+|clause \d|section \d", source), rule_id


def test_the_page_lists_what_rules_use():
    used = {reference.to.key for _, source in SOURCES for reference in references(source)}
    assert set(re.findall(r"^\| `(.+?)` ", build_bibliography.page(), re.M)) == used


def test_each_work_says_what_it_is():
    for work in bibliography().values():
        if isinstance(work, Work):
            assert all((work.author, work.title, work.place, work.short)), work.key
            assert work.year == 0 or 1900 < work.year < 2030, work.key
            assert work.checked or not work.seen or "not" in work.seen or "only" in work.seen, work.key
        else:
            assert isinstance(work, Kind), work.key
            assert work.means.endswith("."), work.key


def test_a_source_that_is_no_key_is_refused_with_what_to_do():
    with pytest.raises(RuleError, match=r"'Quirk et al. 1985, 14.28': not a key in bibliography\.toml; add the work"):
        references("pareti-2016; Quirk et al. 1985, 14.28")


def test_a_reader_is_told_the_work_and_not_its_key():
    assert cited("ganter-2009; common-usage").endswith("; common usage")
    assert rule_notes()["CUE.POINT-OUT"].source.startswith(
        "Hooper 1975, On Assertive Predicates (point out is an assert"
    )
    assert rule_notes()["CUE.HEARING"].source == (
        "our own observation on development data (the form in which newspapers report a court or an inquiry)"
    )


def test_the_page_is_current():
    assert build_bibliography.PAGE.read_text("utf-8") == build_bibliography.page(), "run `make bibliography`"
