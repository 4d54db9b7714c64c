"""The exercises: complete and in step with their answers, stored as they should be, and graded as they say."""

from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from test_notebooks import problems

from analysis.teaching.exercises import load_exercises
from build_exercises import answers_path, notebook_of
from rebuild_notebooks import normalise, to_text

FOLDER = Path(__file__).resolve().parent.parent / "notebooks/workshop"
EXERCISES = sorted(FOLDER.glob("*.ipynb"))
NOTEBOOKS = [*EXERCISES, *sorted(FOLDER.glob("answers/*.ipynb"))]
NARROW = 20  # letters of a file's name that JupyterLab's side bar shows as it opens

each_exercise = pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


def answers_of(path):
    return read(FOLDER / f"answers/{path.stem[:2]}-answers.ipynb")


def grading(cell):
    return cell.metadata["nbgrader"]


def test_there_is_an_exercise_for_each_topic_and_answers_to_each():
    assert [path.stem[:3] for path in EXERCISES] == [f"{n:02d}-" for n in range(1, 11)]
    assert [path.stem for path in NOTEBOOKS[10:]] == [f"{n:02d}-answers" for n in range(1, 11)]


def test_names_can_be_read_in_a_narrow_list():
    assert max(len(path.name) for path in NOTEBOOKS) <= NARROW


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_the_notebook_is_stored_as_it_should_be(path):
    assert problems(read(path)) == []
    text = path.read_text("utf-8")
    assert text == to_text(normalise(nbformat.reads(text, as_version=4)))


@each_exercise
def test_exercise_and_answers_differ_in_the_answers_only(path):
    tasks, answers = read(path).cells, answers_of(path).cells
    assert len(tasks) == len(answers)
    assert answers[0].source == tasks[0].source.replace("# ", "# Answers: ", 1)
    for task, answer in zip(tasks[1:], answers[1:], strict=True):
        assert task.metadata == answer.metadata
        if grading(task)["solution"]:
            assert task.source.startswith("# your answer\n")
            assert answer.source.startswith("# your answer\n### BEGIN SOLUTION\n")
            assert answer.source.endswith("\n### END SOLUTION")
            assert task.source not in answer.source
        else:
            assert task.source == answer.source


@pytest.mark.parametrize("exercise", load_exercises(), ids=lambda exercise: exercise.id)
def test_the_notebooks_are_what_the_exercise_says(exercise):
    for path, answers in ((FOLDER / f"{exercise.id}.ipynb", False), (answers_path(exercise), True)):
        made, stored = notebook_of(exercise, answers=answers), read(path)
        assert [(c.source, c.metadata) for c in stored.cells] == [(c.source, c.metadata) for c in made.cells]


@each_exercise
def test_a_learner_is_not_shown_the_key(path):
    """No cell but one with an answer of its own repeats what the solution says."""
    cells = read(path).cells
    shown = "\n".join(cell.source for cell in cells)
    solved = [cell.source for cell in answers_of(path).cells if grading(cell)["solution"]]
    for source in solved:
        lines = source.split("### BEGIN SOLUTION\n")[1].split("\n### END")[0].splitlines()
        key = [line for line in lines if ": " in line or "[" in line.replace("= []", "")]
        assert not [line for line in key if line in shown]
    assert "key =" not in shown


@each_exercise
def test_the_head_says_what_a_teacher_needs(path):
    head = read(path).cells[0].source
    for word in ("**You will be able to:**", "**Level:**", "**Time:**", "minutes", "invented"):
        assert word in head
    text = "\n".join(cell.source for cell in read(path).cells)
    assert "<details><summary>Hint 1</summary>" in text
    assert "## Talk about it" in text


@each_exercise
def test_cells_are_graded_as_nbgrader_expects(path):
    cells = read(path).cells
    ids = [grading(cell)["grade_id"] for cell in cells]
    assert len(set(ids)) == len(ids)
    for cell in cells:
        data = grading(cell)
        assert data["schema_version"] == 3
        assert data["locked"] is not data["solution"]
        assert ("points" in data) is data["grade"]
        assert not (data["grade"] and data["solution"])
    for cell, after in pairwise(cells):  # every answer is checked right below it
        assert grading(after)["grade"] is grading(cell)["solution"]


@each_exercise
def test_what_is_handed_out_is_coached_and_the_answers_pass(path):
    for cell in read(path).cells:
        if grading(cell)["grade"]:
            words, points = (output for output in cell.outputs)
            assert points.data["text/plain"] == "0"
            assert any(w in words.text for w in ("yet", "Not answered", "Not rewritten"))
    for cell in answers_of(path).cells:
        if grading(cell)["grade"]:
            words, points = (output for output in cell.outputs)
            assert points.data["text/plain"] == str(grading(cell)["points"])
            assert not any(w in words.text for w in ("again", "yet", "does not have"))


def test_nothing_leaves_the_machine(monkeypatch):
    """What the notebook on one's own article calls works with every way out shut."""
    import socket

    from analysis import annotate, make_tables, read, readability_table

    def shut(*_, **__):
        raise AssertionError("something asked for the network")

    monkeypatch.setattr(socket, "socket", shut)
    monkeypatch.setattr(socket, "create_connection", shut)
    document = annotate("The pool may stay closed, the council said. Ann Reed did not reply.")
    assert read(document)._repr_html_()
    assert len(make_tables(document)["markers"]) == 1
    assert not readability_table(document).empty
