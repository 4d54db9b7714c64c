"""What comes with the package besides its Python code: notebooks, articles, handouts, and the programs that build
pages.

In a copy of the project, they are in its folders. An installed package has them under `share/close-reading-news/` in
the same layout, so relative paths work in both.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from analysis.outputs import Refused

PACKAGE = "close-reading-news"
FIRST = "notebooks/00-start-here.ipynb"
PAGE = "close-reading.html"
COPIES = "work"


def materials() -> Path:
    """The folder with `notebooks/`, `seeds/`, `docs/workshop/` and `tools/`.

    Raises Refused if the package came without them.

    >>> (materials() / "seeds/teaching/1-agency-report.md").is_file()
    True
    """
    project = _project()
    if project is not None:
        return project
    try:
        installed = [path for path in files(PACKAGE) or () if path.as_posix().endswith(FIRST)]
    except PackageNotFoundError:
        installed = []
    beside = Path(__file__).resolve().parents[1] / "share" / PACKAGE / FIRST  # where `pip install --target` puts it
    for found in (*(Path(str(path.locate())).resolve() for path in installed), beside):
        if found.is_file():
            return found.parents[1]
    raise Refused(
        "the notebooks and articles are missing: this copy of the package came without them; install it with pip or "
        f"pipx ({PACKAGE}), or run the command in a copy of the project"
    )


def _project() -> Path | None:
    """The folder of the project if the package runs from a copy of it; None if it is installed."""
    folder = Path(__file__).resolve().parents[1]
    return folder if (folder / "pyproject.toml").is_file() and (folder / FIRST).is_file() else None


def copy_notebooks(home: str | os.PathLike[str]) -> Path:
    """Copy the notebooks to `home/work/`, and the articles that they read to `home/seeds/`; returns the first folder.

    The articles to choose from are also in `home/work/articles/`, where JupyterLab shows them. The answers to the
    exercises are not copied, and the notebooks come without their outputs: learners work in these copies, and predict
    before they look.

    Existing files stay as they are, so nothing that anybody wrote is lost.
    """
    home, origin = Path(home), materials()
    for source, target in ((origin / "notebooks", home / COPIES), (origin / "seeds", home / "seeds")):
        for path in sorted(source.rglob("*")):
            copy = target / path.relative_to(source)
            if path.is_file() and path.suffix != ".py" and not _stays(path) and not copy.exists():
                copy.parent.mkdir(parents=True, exist_ok=True)
                if path.suffix == ".ipynb":
                    copy.write_text(without_outputs(path.read_text("utf-8")), "utf-8")
                else:
                    shutil.copyfile(path, copy)
    shelf = home / COPIES / "articles"
    shelf.mkdir(parents=True, exist_ok=True)
    for path in (*(origin / "seeds").glob("*.txt"), *(origin / "seeds/teaching").glob("[0-9]*.md")):
        if not (shelf / path.name).exists():
            shutil.copyfile(path, shelf / path.name)
    for page in (origin / PAGE, home / PAGE):
        if page.is_file():
            shutil.copyfile(page, home / COPIES / PAGE)
            break
    return home / COPIES


def without_outputs(notebook: str) -> str:
    """A notebook (JSON) as if no cell had been run yet.

    >>> cell = {"cell_type": "code", "outputs": [{}], "execution_count": 3, "source": "1 + 1"}
    >>> json.loads(without_outputs(json.dumps({"cells": [cell]})))["cells"][0]["outputs"]
    []
    """
    content = json.loads(notebook)
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _stays(path: Path) -> bool:
    return any(part in ("__pycache__", ".ipynb_checkpoints", "answers") for part in path.parts)


def run_lab(arguments: argparse.Namespace) -> int:
    """`lab`: open JupyterLab on copies of the notebooks."""
    home = Path(arguments.folder or _project() or "close-reading")
    folder = copy_notebooks(home)
    print(
        f"Your copies are in {folder} and are never overwritten; delete one there to get a fresh copy. "
        f"Articles to choose from are in {folder / 'articles'}.",
        flush=True,
    )
    lab = [sys.executable, "-m", "jupyter", "lab", f"--ServerApp.root_dir={folder.resolve()}"]
    lab.append(f"--LabApp.default_url=/lab/tree/{Path(FIRST).name}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        lab.append("--allow-root")
    if arguments.no_browser:
        lab.append("--no-browser")
    return subprocess.run([*lab, *arguments.jupyter]).returncode


def run_workshop(arguments: argparse.Namespace) -> int:
    """`workshop`: write the folder with the handouts."""
    out = Path(arguments.out or "workshop")
    code = _tool("build_workshop.py", str(out))
    if code == 0:
        print(f"The workshop: {out.resolve() / 'index.html'}")
    return code


def run_page(arguments: argparse.Namespace) -> int:
    """`page`: build the page that needs nothing else."""
    return _tool("build_page.py", *(["--site"] if arguments.site else []), *([arguments.out] if arguments.out else []))


def _tool(name: str, *arguments: str) -> int:
    return subprocess.run([sys.executable, str(materials() / "tools" / name), *arguments]).returncode
