"""Run the notebooks again, from an empty kernel, and store their outputs (`make notebooks`).

Two runs on one machine write the same bytes: no times, no versions, no new ids.  A notebook in which
a cell fails is left as it was.

    python tools/rebuild_notebooks.py [NOTEBOOK ...]
"""

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
SECONDS_PER_CELL = 120
# Whether the source is folded; tags; which cells of an exercise are graded. The rest is the editor's affair.
CELL_METADATA = ("jupyter", "tags", "nbgrader")
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def normalise(notebook: NotebookNode) -> NotebookNode:
    """Return a copy without what changes from run to run or from machine to machine."""
    notebook = nbformat.from_dict(notebook)
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        kept = {key: value for key, value in cell.metadata.items() if key in CELL_METADATA}
        cell.metadata = nbformat.from_dict(kept)
    return notebook


def to_text(notebook: NotebookNode) -> str:
    """The one way in which a notebook is written to its file."""
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


def run(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Run every cell in order in a fresh kernel that works in `folder`; return the notebook with its outputs.

    Raises nbclient's CellExecutionError, CellTimeoutError or DeadKernelError.
    """
    notebook = normalise(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=SECONDS_PER_CELL,
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
        # The kernel listens on this machine only, and would warn on every start that it does not encrypt.
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
    ).execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = merge_streams(cell.outputs)
    return normalise(notebook)


def merge_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join what a cell printed in one go: in how many messages it arrives is a matter of timing."""
    merged: list[NotebookNode] = []
    for output in outputs:
        if merged and output.output_type == "stream" and merged[-1].get("name") == output.name:
            merged[-1].text += output.text
        else:
            merged.append(output)
    return merged


def rebuild(path: Path) -> bool:
    """Run one notebook and store it. False if a cell failed; the file is then left as it was."""
    print(f"{path.name} ... ", end="", flush=True)
    before = path.read_text(encoding="utf-8")
    try:
        after = to_text(run(nbformat.reads(before, as_version=4), path.parent))
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        print(f"failed; the file is left as it was.\n\n{error}", flush=True)
        return False
    if after != before:
        path.write_text(after, encoding="utf-8")
    print("the same as before" if after == before else "stored")
    return True


def main() -> None:
    """Rebuild the notebooks named on the command line, or all."""
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # the kernel's debugger would warn on every start
    every = [*sorted(FOLDER.glob("*.ipynb")), *sorted(FOLDER.glob("workshop/**/*.ipynb"))]
    paths = [Path(name).resolve() for name in sys.argv[1:]] or every
    if not paths:
        sys.exit(f"There is no notebook in {FOLDER}.")
    done = [rebuild(path) for path in paths]
    sys.exit(0 if all(done) else 1)


if __name__ == "__main__":
    main()
