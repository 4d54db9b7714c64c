"""The wheel: built without a warning, it holds the whole package, and reads an article where nothing else of it is."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BUILD = "import setuptools.build_meta as backend; print(backend.build_wheel('dist'))"


def run(*command, folder, **options):
    return subprocess.run([sys.executable, *command], cwd=folder, capture_output=True, text=True, check=True, **options)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy of what it is made of. Any warning is an error."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    shutil.copytree(ROOT / "analysis", source / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
    (source / "dist").mkdir()
    out = run("-W", "error", "-c", BUILD, folder=source).stdout
    return source / "dist" / out.splitlines()[-1]


def test_it_holds_every_file_of_the_package(wheel):
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "analysis").rglob("*") if path.is_file()}
    wanted = {name for name in files if "__pycache__" not in name}
    assert {
        name for name in zipfile.ZipFile(wheel).namelist() if not name.partition("/")[0].endswith("-info")
    } == wanted


def test_installed_elsewhere_it_reads_an_article(wheel, tmp_path):
    run("-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", "site", str(wheel), folder=tmp_path)
    (tmp_path / "vote.txt").write_text("The vote may be delayed, Ann Reed said.\n", "utf-8")
    alone = {"PYTHONPATH": str(tmp_path / "site"), "PYTHONUTF8": "1"}
    where = run("-S", "-c", "import analysis; print(analysis.__file__)", folder=tmp_path, env=alone).stdout
    assert Path(where.strip()).is_relative_to(tmp_path / "site")
    record = json.loads(run("-S", "-m", "analysis", "annotate", "vote.txt", folder=tmp_path, env=alone).stdout)
    assert [m["category"] for m in record["markers"]] == ["possibility"]
    assert [e["name"] for e in record["entities"]] == ["Ann Reed"]
    assert "<mark" in run("-S", "-m", "analysis", "read", "vote.txt", "-o", "-", folder=tmp_path, env=alone).stdout
