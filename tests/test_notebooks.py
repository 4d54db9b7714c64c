"""The stored notebooks: run in order, with outputs that nbval can compare and a reader can use.

nbval runs them again and compares their texts; but it passes a notebook without outputs, and never looks at
pictures. What it cannot see is checked here, without running anything.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from rebuild_notebooks import normalise, to_text

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))

MACHINE_PATH = re.compile(r"(?<![\w./-])(?:file:/*)?/(?:home|root|tmp|usr|opt|work|var|Users)/|\b[A-Z]:\\")
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")
PICTURE = re.compile(r"data:image/[a-z+]+;base64,[A-Za-z0-9+/=\s]+")
IMG = re.compile(r"<img\b[^>]*>")
UNCOMPARED = re.compile(r"NBVAL_|PYTEST_VALIDATE_")
UNCOMPARED_TAGS = {"raises-exception", "nbval-skip", "nbval-ignore-output", "nbval-raises-exception"}


def problems(notebook: NotebookNode) -> list[str]:
    """What is wrong with a stored notebook, in words; nothing if all is well."""
    return [*_order(notebook), *_cells(notebook), *_outputs(notebook), *_sections(notebook)]


def _code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _order(notebook: NotebookNode) -> Iterator[str]:
    counts = [cell.execution_count for cell in _code(notebook)]
    if counts != list(range(1, len(counts) + 1)):
        yield f"cells were not run in order from 1: {counts}"
    if not any(cell.outputs for cell in _code(notebook)):
        yield "no cell has an output"


def _cells(notebook: NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        where = f"{cell.id}: "
        if not cell.source.strip():
            yield where + "empty cell"
        if MACHINE_PATH.search(cell.source):
            yield where + "names a path of one machine"
        if cell.cell_type != "code":
            continue
        if UNCOMPARED.search(cell.source) or UNCOMPARED_TAGS & set(cell.metadata.get("tags", [])):
            yield where + "keeps its output from being compared"
        if cell.source.rstrip().endswith(";"):
            yield where + "hides its output with a semicolon"


def _outputs(notebook: NotebookNode) -> Iterator[str]:
    for cell in _code(notebook):
        where = f"{cell.id}: "
        for output in cell.outputs:
            if output.output_type == "error":
                yield where + f"stored an error, {output.ename}"
            if output.get("name") == "stderr":
                yield where + "wrote to stderr"
            data = output.get("data", {})
            if any(kind.startswith("image/") for kind in data):
                yield where + "shows a picture without words; use show(figure, alt)"
            text = PICTURE.sub("data:image", "\n".join(map(str, [output.get("text", ""), *data.values()])))
            if MACHINE_PATH.search(text):
                yield where + "puts out a path of one machine"
            if ADDRESS.search(text):
                yield where + "puts out an address in memory"
            for img in IMG.findall(text):
                if not re.search(r'\balt="[^"]{10,}"', img):
                    yield where + "shows an image without alternative text"
                if 'src="data:image' not in img:
                    yield where + "shows an image that is not in the notebook"


def _sections(notebook: NotebookNode) -> Iterator[str]:
    if not notebook.cells or not notebook.cells[0].source.startswith("# "):
        yield "does not open with its title"
    texts = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    last = re.split(r"^#+ ", texts, flags=re.MULTILINE)[-1]
    heading, _, body = last.partition("\n")
    if "cannot tell" not in heading.lower() or len(body.split()) < 20:
        yield "does not end with a section on what it cannot tell"
    elif notebook.cells[-1].cell_type != "markdown":
        yield "has code after the section on what it cannot tell"


# --- the notebooks of the project -------------------------------------------------------------------------


def test_there_is_a_notebook_for_each_question():
    numbers = [int(path.stem[:2]) for path in NOTEBOOKS if path.stem[2] == "-"]
    assert len(numbers) == len(NOTEBOOKS)
    assert len(set(numbers)) == len(numbers)
    assert set(range(6)) <= set(numbers)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_the_notebook_is_stored_as_it_should_be(path):
    assert problems(nbformat.read(path, as_version=4)) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_the_file_is_what_make_notebooks_writes(path):
    text = path.read_text(encoding="utf-8")
    assert text == to_text(normalise(nbformat.reads(text, as_version=4)))


# --- each check fails on what it is for -------------------------------------------------------------------


def good_notebook() -> NotebookNode:
    figure = '<img alt="Three bars: two short, one long." src="data:image/png;base64,aGVsbG8/opt/=">'
    cells = [
        new_markdown_cell("# Who speaks?"),
        new_code_cell(
            "1 + 1", execution_count=1, outputs=[new_output("execute_result", {"text/plain": "2"}, execution_count=1)]
        ),
        new_code_cell(
            "show(figure, alt)",
            execution_count=2,
            outputs=[new_output("display_data", {"text/html": figure, "text/plain": "bars: 1, 1, 3"})],
        ),
        new_markdown_cell("## What this cannot tell\n\n" + "It counts words, and words are not facts. " * 3),
    ]
    return normalise(new_notebook(cells=cells))


def stream(name: str, text: str) -> NotebookNode:
    return new_output("stream", name=name, text=text)


def html(text: str) -> NotebookNode:
    return new_output("display_data", {"text/html": text})


def test_a_good_notebook_has_no_problems():
    assert problems(good_notebook()) == []


@pytest.mark.parametrize(
    ("output", "problem"),
    [
        (stream("stderr", "a warning"), "cell-01: wrote to stderr"),
        (stream("stdout", "read /home/anna/article.txt"), "cell-01: puts out a path of one machine"),
        (stream("stdout", "<object at 0x7f3a5c0d1e80>"), "cell-01: puts out an address in memory"),
        (new_output("error", ename="KeyError", evalue="", traceback=[]), "cell-01: stored an error, KeyError"),
        (
            new_output("display_data", {"image/png": "aGVsbG8=", "text/plain": "<Figure>"}),
            "cell-01: shows a picture without words; use show(figure, alt)",
        ),
        (html('<img alt="" src="data:image/png;base64,aGVsbG8=">'), "cell-01: shows an image without alternative text"),
        (
            html('<img alt="Three bars of one length" src="bars.png">'),
            "cell-01: shows an image that is not in the notebook",
        ),
    ],
)
def test_outputs_that_are_refused(output, problem):
    notebook = good_notebook()
    notebook.cells[1].outputs = [output]
    assert problems(notebook) == [problem]


def test_stripped_outputs_are_refused():
    notebook = good_notebook()
    for cell in notebook.cells[1:3]:
        cell.outputs, cell.execution_count = [], None
    assert problems(notebook) == ["cells were not run in order from 1: [None, None]", "no cell has an output"]


def test_cells_run_out_of_order_are_refused():
    notebook = good_notebook()
    notebook.cells[1].execution_count = 3
    assert problems(notebook) == ["cells were not run in order from 1: [3, 2]"]


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("# NBVAL_IGNORE_OUTPUT\n1 + 1", "cell-01: keeps its output from being compared"),
        ("axes.plot(x);", "cell-01: hides its output with a semicolon"),
        ("read('/home/anna/article.txt')", "cell-01: names a path of one machine"),
        (" \n", "cell-01: empty cell"),
    ],
)
def test_sources_that_are_refused(source, problem):
    notebook = good_notebook()
    notebook.cells[1].source = source
    assert problems(notebook) == [problem]


def test_a_tag_that_keeps_nbval_away_is_refused():
    notebook = good_notebook()
    notebook.cells[1].metadata["tags"] = ["nbval-skip"]
    assert problems(notebook) == ["cell-01: keeps its output from being compared"]


def test_the_last_section_says_what_the_notebook_cannot_tell():
    notebook = good_notebook()
    notebook.cells[-1].source = "## Summary\n\nAll is well."
    assert problems(notebook) == ["does not end with a section on what it cannot tell"]


def test_normalising_takes_out_what_differs_between_machines():
    notebook = good_notebook()
    expected = to_text(notebook)
    notebook.metadata.language_info.version = "3.12.1"
    notebook.metadata.kernelspec.display_name = "my environment"
    notebook.cells[1].metadata["execution"] = {"iopub.execute_input": "2024-11-10T09:00:00Z"}
    notebook.cells[1].id = "3f2a9c41"
    assert to_text(notebook) != expected
    assert to_text(normalise(notebook)) == expected
