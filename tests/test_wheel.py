"""The wheel: built without a warning, it holds the whole package, and reads an article where nothing else of it is."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

import analysis

ROOT = Path(__file__).parents[1]
BUILD = "import setuptools.build_meta as backend; print(backend.build_wheel('dist'))"


def run(*command, folder, **options):
    return subprocess.run([sys.executable, *command], cwd=folder, capture_output=True, text=True, check=True, **options)


OURS = tuple("pyproject.toml README.md LICENSE NOTICE.md analysis docs/workshop notebooks seeds tools".split())
SHARED = "close_reading_news-{}.data/data/share/close-reading-news/"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy of what it is made of. Any warning is an error."""
    source = tmp_path_factory.mktemp("source")
    for name in OURS:
        (source / name).parent.mkdir(exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source / name)
    (source / "dist").mkdir()
    out = run("-W", "error", "-c", BUILD, folder=source).stdout
    return source / "dist" / out.splitlines()[-1]


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder with the wheel in `site/`, and the environment in which nothing else of it is found."""
    folder = tmp_path_factory.mktemp("installed")
    run("-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", "site", str(wheel), folder=folder)
    return folder, {**os.environ, "PYTHONPATH": str(folder / "site"), "PYTHONUTF8": "1"}


def files_in(folder):
    """The files of a folder of the project, by their path in it."""
    found = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {
        path.relative_to(ROOT).as_posix() for path in found if not {"__pycache__", ".ipynb_checkpoints"} & {*path.parts}
    }


def test_it_holds_every_file_of_the_package_and_what_comes_with_it(wheel):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    shared = SHARED.format(analysis.__version__)
    assert {name for name in names if not name.startswith(shared)} == files_in("analysis")
    with_it = {name for folder in ("notebooks", "seeds", "docs/workshop") for name in files_in(folder)}
    programs = {f"tools/{name}" for name in ("build_page.py", "build_workshop.py", "compile.mjs", "page_parts.toml")}
    assert {name.removeprefix(shared) for name in names if name.startswith(shared)} == (
        with_it - {"notebooks/conftest.py"} | programs | {"LICENSE", "NOTICE.md"}
    )


def test_installed_elsewhere_it_reads_an_article(installed, tmp_path):
    folder, _ = installed
    (tmp_path / "vote.txt").write_text("The vote may be delayed, Ann Reed said.\n", "utf-8")
    alone = {"PYTHONPATH": str(folder / "site"), "PYTHONUTF8": "1"}
    where = run("-S", "-c", "import analysis; print(analysis.__file__)", folder=tmp_path, env=alone).stdout
    assert Path(where.strip()).is_relative_to(folder / "site")
    record = json.loads(run("-S", "-m", "analysis", "annotate", "vote.txt", folder=tmp_path, env=alone).stdout)
    assert [m["category"] for m in record["markers"]] == ["possibility"]
    assert [e["name"] for e in record["entities"]] == ["Ann Reed"]
    assert "<mark" in run("-S", "-m", "analysis", "read", "vote.txt", "-o", "-", folder=tmp_path, env=alone).stdout


def test_installed_elsewhere_it_has_a_command_of_its_own(installed, tmp_path):
    folder, environment = installed
    told = run(str(folder / "site/bin/close-reading"), "--version", folder=tmp_path, env=environment).stdout
    assert told == f"close-reading {analysis.__version__}\n"


def test_installed_elsewhere_it_copies_its_notebooks_which_run(installed, tmp_path):
    folder, environment = installed
    code = "from analysis.materials import copy_notebooks; print(copy_notebooks('here'))"
    assert run("-c", code, folder=tmp_path, env=environment).stdout.strip() == str(Path("here/work"))
    work = tmp_path / "here/work"
    assert {path.name for path in work.glob("*.ipynb")} == {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    notebook = nbformat.read(work / "04-entities.ipynb", as_version=4)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert "../seeds/" in code
    first = "import analysis; print(analysis.__file__); from analysis import read_article\n"
    first += "print(read_article('../seeds/teaching/1-agency-report.md').title)"
    where, title = run("-c", first, folder=work, env=environment).stdout.splitlines()
    assert Path(where).is_relative_to(folder / "site")
    assert title


def test_installed_elsewhere_it_makes_the_handouts(installed, tmp_path):
    folder, environment = installed
    offline = {**environment, "PATH": "", "PIP_NO_INDEX": "1", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    out = run("-m", "analysis", "workshop", "-o", "handouts", folder=tmp_path, env=offline).stdout
    assert f"The workshop: {tmp_path / 'handouts/index.html'}" in out
    assert "Ellerquay" in (tmp_path / "handouts/index.html").read_text("utf-8")
    assert not list((folder / "site/share").rglob("build"))  # nothing is written beside what is installed
