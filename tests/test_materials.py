"""What comes beside the package: the copies of the notebooks, and the commands that make what `make` makes."""

import json
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from analysis import materials
from analysis.cli import main
from analysis.outputs import Refused

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def started(monkeypatch):
    """The commands that would be started, instead of starting them."""
    calls = []

    def run(command, **_):
        calls.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(materials.subprocess, "run", run)
    return calls


def test_the_copies_are_whole_and_find_the_articles_they_read(tmp_path):
    work = materials.copy_notebooks(tmp_path)
    assert work == tmp_path / "work"
    copied = {path.relative_to(work).as_posix() for path in work.rglob("*.ipynb")}
    ours = {path.relative_to(ROOT / "notebooks").as_posix() for path in (ROOT / "notebooks").rglob("*.ipynb")}
    answers = {name for name in ours if "answers" in name}
    assert len(answers) == 10  # which learners are not given
    assert copied == ours - answers
    assert not list(work.rglob("*.py"))  # settings of the tests
    notebook = json.loads((work / "01-one-article.ipynb").read_text("utf-8"))
    assert "../seeds/000_ae027953efdecbb4.txt" in "".join("".join(cell["source"]) for cell in notebook["cells"])
    assert (work / "../seeds/000_ae027953efdecbb4.txt").is_file()
    assert (work / "workshop/../../seeds/teaching/1-agency-report.md").is_file()
    shelf = {path.name for path in (work / "articles").iterdir()}  # what JupyterLab shows, without keys and answers
    assert {"000_ae027953efdecbb4.txt", "1-agency-report.md", "7-live-blog.md"} < shelf
    assert "README.md" not in shelf


def test_the_copies_come_without_outputs_so_that_predictions_come_first(tmp_path):
    work = materials.copy_notebooks(tmp_path)
    for path in work.rglob("*.ipynb"):
        ours = json.loads((ROOT / "notebooks" / path.relative_to(work)).read_text("utf-8"))
        copy = json.loads(path.read_text("utf-8"))
        code = [cell for cell in copy["cells"] if cell["cell_type"] == "code"]
        assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
        assert [cell["source"] for cell in copy["cells"]] == [cell["source"] for cell in ours["cells"]]


def test_a_copy_that_somebody_wrote_in_is_kept(tmp_path):
    mine = tmp_path / "work/01-one-article.ipynb"
    mine.parent.mkdir()
    mine.write_text("mine", "utf-8")
    materials.copy_notebooks(tmp_path)
    assert mine.read_text("utf-8") == "mine"
    assert (tmp_path / "work/02-sourcing.ipynb").is_file()


def test_lab_opens_the_copies(started, tmp_path, capsys):
    assert main(["lab", "--folder", str(tmp_path), "--no-browser", "--", "--port=8899"]) == 0
    ((python, *command),) = started
    assert python == sys.executable
    assert command[:4] == ["-m", "jupyter", "lab", f"--ServerApp.root_dir={tmp_path / 'work'}"]
    assert command[-2:] == ["--no-browser", "--port=8899"]
    assert "--LabApp.default_url=/lab/tree/00-start-here.ipynb" in command
    assert "are never overwritten" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("call", "program", "arguments"),
    [
        (["workshop", "-o", "there"], "build_workshop.py", ["there"]),
        (["workshop"], "build_workshop.py", ["workshop"]),
        (["page"], "build_page.py", []),
        (["page", "--site", "-o", "public"], "build_page.py", ["--site", "public"]),
    ],
)
def test_what_make_makes_is_made_without_it(call, program, arguments, started):
    assert main(call) == 0
    assert started == [[sys.executable, str(ROOT / "tools" / program), *arguments]]


def test_a_package_without_its_notebooks_says_so(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(materials, "_project", lambda: None)
    monkeypatch.setattr(materials, "files", lambda _: None)
    with pytest.raises(Refused, match="install it with pip or pipx"):
        materials.run_page(Namespace(site=False, out=None))
    assert main(["lab", "--folder", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("error: the notebooks and articles are missing")


def test_help_calls_the_command_as_it_was_called(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["/somewhere/bin/close-reading"])
    with pytest.raises(SystemExit):
        main(["lab", "--help"])
    told = capsys.readouterr().out
    assert "usage: close-reading lab" in told
    assert "  close-reading lab --folder my-reading" in told
    assert "python -m analysis" not in told
