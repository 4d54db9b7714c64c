"""What is not ours is listed with its licence, and no file claims one that its source does not state."""

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
NOTICE = (ROOT / "NOTICE.md").read_text("utf-8")
DATA = ROOT / "analysis/resources/data"
ROWS = {
    name: row
    for row in re.findall(r"^\| (`.*) \|$", NOTICE, re.MULTILINE)
    for name in re.findall(r"`([\w.]+)`", row.split("|")[0])
}


def head(path):
    """The comment at the top of a file."""
    return re.match(r"(?:#.*\n)*", path.read_text("utf-8"))[0]


def test_every_table_of_data_has_a_row():
    assert set(ROWS) == {path.name for path in DATA.iterdir()} - {"LICENSES.txt"}


def test_the_rows_name_what_the_files_name():
    for path in DATA.glob("*.t*"):
        for name, version in re.findall(r"^#   (\w+) ([\d.]+) \(", head(path), re.MULTILINE):
            assert f"{name} {version}" in NOTICE, (path.name, name)


def test_the_survey_without_a_licence_is_said_to_have_none_and_only_summed_up():
    lines = (DATA / "probability_words.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if "\tzonination-2015\t" in line]
    assert "It states no licence" in head(DATA / "probability_words.tsv")
    assert "none stated" in ROWS["probability_words.tsv"]
    assert len({row[0] for row in rows}) == len(rows)  # one row of figures a term, no answers
    assert {row[2] for row in rows} == {"46"}
    works = tomllib.loads((DATA / "bibliography.toml").read_text("utf-8"))["work"]
    (work,) = (work for work in works if work["key"] == "zonination-2015")
    assert "states no licence" in work["place"]


def test_each_program_in_the_page_has_a_row_with_its_licence():
    for package in tomllib.loads((ROOT / "tools/page_parts.toml").read_text("utf-8"))["package"]:
        name = package["name"].rpartition("/")[2]
        (row,) = (line for line in NOTICE.splitlines() if line.startswith("| ") and name in line.lower())
        assert package["licence"] in row


def test_the_project_states_one_licence_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert project["license"] == citation["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")
    assert all((ROOT / name).is_file() for name in project["license-files"])
    assert not [line for line in project["classifiers"] if line.startswith("License")]  # the expression says it
