"""Write the notebooks of the workshop from the exercises in analysis/resources/exercises (part of `make notebooks`).

Each exercise becomes two notebooks: notebooks/workshop/ID.ipynb to work in, and answers/NN-answers.ipynb with the
answers. The first has no keys, neither in the cell below a question nor in any other. Cells that have not changed keep
their stored outputs; tools/rebuild_notebooks.py runs the cells.

    python tools/build_exercises.py
"""

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.annotation import marks_of, write_marked
from analysis.teaching.coaching import excerpt, key_of
from analysis.teaching.exercises import REWRITING_POINTS, Exercise, Task, load_exercises
from rebuild_notebooks import FOLDER, normalise, to_text

WORKSHOP = FOLDER / "workshop"
WIDTH = 88  # of a line of code
OPENING = (
    "Run a cell with Shift+Enter. Cells that say *your answer* are yours to change; run the cell below each to hear "
    "how you are doing, as often as you like. The texts are invented."
)


def answers_path(exercise: Exercise) -> Path:
    """Where the answers to an exercise are: a short name, in a separate folder."""
    return WORKSHOP / "answers" / f"{exercise.id[:2]}-answers.ipynb"


def notebook_of(exercise: Exercise, *, answers: bool, release: bool = False) -> NotebookNode:
    """The notebook to work in, or the one with the answers.

    `release`: with the answers in the form that nbgrader takes out when it makes the notebook for learners: below what
    they start from.
    """
    title = f"# {'Answers: ' if answers and not release else ''}{exercise.title}"
    head = (
        f"{title}\n\n**You will be able to:** {exercise.able}.  \n**Level:** {exercise.level}  \n"
        f"**Time:** {exercise.minutes} minutes  \n**You read:** {exercise.reads}\n\n{OPENING}"
    )
    cells = [new_markdown_cell(head)]
    number = 0
    for kind, what in exercise.parts:
        if kind == "task":
            number += 1
            cells += _task_cells(exercise, what, number, answers=answers, release=release)
        else:
            cells.append(new_markdown_cell(what) if kind == "text" else new_code_cell(what))
    for k, cell in enumerate(cells):
        cell.metadata.setdefault("nbgrader", _grading(f"{exercise.id}-{k:02d}"))
    return normalise(new_notebook(cells=cells))


def _grading(grade_id: str, **how: Any) -> dict[str, Any]:
    """What nbgrader needs to know about a cell."""
    plain = {
        "grade": False,
        "grade_id": grade_id,
        "locked": True,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    return plain | how


def _task_cells(exercise: Exercise, task: Task, number: int, *, answers: bool, release: bool) -> Iterator[NotebookNode]:
    """The question, the cell for the answer, and the cell that coaches."""
    hints = "\n".join(f"<details><summary>Hint {n}</summary>{hint}</details>" for n, hint in enumerate(task.hints, 1))
    ask = [f"## Task {number}: {task.title}", task.ask, hints]
    yield new_markdown_cell("\n\n".join(part.strip("\n") for part in ask if part))
    if task.kind == "choose" and all(item.text for item in task.items):
        yield new_markdown_cell("\n".join(f"- **{item.id}** {item.text}" for item in task.items))
    begin, end = "### BEGIN SOLUTION\n", "\n### END SOLUTION"
    start, solved = _answer(task, solved=False), _answer(task, solved=True)
    source = start
    if answers:
        source = f"{start}\n{begin}{solved}{end}" if release else f"{begin}{solved}{end}"
    name = f"{exercise.id}-{task.task}"
    answer = new_code_cell(f"# your answer\n{source}")
    answer.metadata["nbgrader"] = _grading(name, locked=False, solution=True)
    yield answer
    most = points(task)
    call = f'coaching.check("{exercise.id}", "{task.task}", {task.answer})'
    coach = new_code_cell(f"feedback = {call}\nprint(feedback)\nfeedback.points({most})")
    coach.metadata["nbgrader"] = _grading(f"{name}-check", grade=True, points=most)
    yield coach


def points(task: Task) -> int:
    """How many points a task gives at most: one for each answer; two for a sentence that is rewritten."""
    if task.kind == "rewrite":
        return REWRITING_POINTS
    return len(wanted(task)) if task.kind == "mark" else len(task.items)


def wanted(task: Task) -> list:
    """The marks that the key of a marking task has in its paragraphs, at their places in the text."""
    document = key_of(task.text_of)
    start, end = document.paragraphs[task.first - 1].start, document.paragraphs[task.last - 1].end
    return [m for m in marks_of(document, layers=[task.layer]) if start <= m.start and m.end <= end]


def _answer(task: Task, *, solved: bool) -> str:
    """The code of an answer: what learners start from, or the solution."""
    if task.kind == "mark":
        return f'{task.answer} = """\n{_marked(task, solved=solved)}\n"""'
    if task.kind == "rewrite":
        return f"before = {_quoted(task.before)}\n{task.answer} = {_quoted(task.after if solved else task.before)}"
    if task.kind == "pick":
        return f"{task.answer} = {[item.id for item in task.items if item.key] if solved else []}"
    rows = [f"{_quoted(item.id)}: {_quoted(item.key) if solved else None}" for item in task.items]
    line = f"{task.answer} = {{{', '.join(rows)}}}"
    return line if len(line) <= WIDTH else "\n".join([f"{task.answer} = {{", *(f"    {row}," for row in rows), "}"])


def _quoted(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) and not set('"\\') & set(value) else repr(value)


def _marked(task: Task, *, solved: bool) -> str:
    """The paragraphs of a marking task, with or without the marks of the key, in lines that fit a cell."""
    document = key_of(task.text_of)
    text, start = excerpt(document, task.first, task.last), document.paragraphs[task.first - 1].start
    marks = [m._replace(start=m.start - start, end=m.end - start, label="", group="") for m in wanted(task)]
    return "\n\n".join(
        textwrap.fill(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False)
        for paragraph in write_marked(text, marks if solved else []).split("\n\n")
    )


def keep_outputs(notebook: NotebookNode, path: Path) -> NotebookNode:
    """The notebook with the outputs stored at `path`, if all its sources are the same as there."""
    if path.exists():
        stored = nbformat.read(path, as_version=4)
        if [c.source for c in stored.cells] == [c.source for c in notebook.cells]:
            for cell, old in zip(notebook.cells, stored.cells, strict=True):
                if cell.cell_type == "code":
                    cell.outputs, cell.execution_count = old.outputs, old.execution_count
    return notebook


def main() -> None:
    """Write both notebooks of every exercise."""
    (WORKSHOP / "answers").mkdir(parents=True, exist_ok=True)
    for exercise in load_exercises():
        for path, answers in ((WORKSHOP / f"{exercise.id}.ipynb", False), (answers_path(exercise), True)):
            notebook = keep_outputs(notebook_of(exercise, answers=answers), path)
            path.write_text(to_text(notebook), encoding="utf-8")


if __name__ == "__main__":
    main()
