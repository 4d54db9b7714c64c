"""The course in the programs that it is made for: nbgrader, and others' readers of Moodle XML and QTI.

`make test-course` installs them in an environment of their own; without them these tests are skipped.
"""

import csv
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

ROOT = Path(__file__).resolve().parents[1]
NAME = "01-sources"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    pytest.importorskip("mistune")
    import build_course

    out = tmp_path_factory.mktemp("course") / "course"
    build_course.build(out)
    return out


def nbgrader(folder, *command):
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader starts alembic
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PATH": programs}
    run = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    return run.stdout + run.stderr


def test_nbgrader_validates_releases_and_grades(course, tmp_path):
    pytest.importorskip("nbgrader")
    folder = shutil.copytree(course / "nbgrader", tmp_path / "nbgrader")
    solved = folder / f"source/{NAME}/{NAME}.ipynb"
    assert "Success! Your notebook passes all the tests." in nbgrader(folder, "validate", str(solved))
    nbgrader(folder, "generate_assignment", NAME, "--create")
    released = folder / f"release/{NAME}/{NAME}.ipynb"
    text = released.read_text("utf-8")
    assert "SOLUTION" not in text
    assert "Partial credit" in nbgrader(folder, "validate", str(released))
    partly = text.replace(" she said.", " [source she] said.").replace(
        'reporters\\": None', 'reporters\\": \\"person\\"'
    )
    for who, what in (("all", solved.read_text("utf-8")), ("none", text), ("two", partly)):
        (folder / f"submitted/{who}/{NAME}").mkdir(parents=True)
        (folder / f"submitted/{who}/{NAME}/{NAME}.ipynb").write_text(what, "utf-8")
    nbgrader(folder, "autograde", NAME, "--create")
    nbgrader(folder, "export", "--to", "grades.csv")
    with open(folder / "grades.csv", encoding="utf-8") as file:
        grades = {row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in csv.DictReader(file)}
    assert grades == {"all": (13, 13), "none": (0, 13), "two": (2, 13)}  # one source and one kind


def test_another_reader_of_moodle_xml_finds_the_questions_and_keys(course):
    parser = pytest.importorskip("moodle_xml_parser.parser")
    found = parser.parse_string((course / "moodle.xml").read_text("utf-8"))
    assert len(found["multichoice"]) == 96
    assert "Hanna Mace" in str(found)


def test_another_reader_of_qti_takes_every_item_of_the_package(course, tmp_path):
    qti_convert = pytest.importorskip("qti_convert")
    with zipfile.ZipFile(course / "qti.zip") as package:
        items = [package.read(name).decode() for name in package.namelist() if name.startswith("items/")]
    for item in items:
        converted = qti_convert.upgrade_item(item)
        text = getattr(converted, "xml", converted)
        assert "qti-assessment-item" in str(text)
