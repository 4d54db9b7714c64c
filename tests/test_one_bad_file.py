"""One bad file never costs another: it is reported, with exit code 1, and the rest is done."""

import json
import os
from pathlib import Path

import pytest

from analysis.cli import main
from analysis.inputs.loading import iter_articles

RAIN = "It may rain, said Ann Reed.\n"
DEEP = "x=" + "[" * 5_000
COMMANDS = ("annotate", "corpus", "report", "read")


def run(*arguments):
    return main([str(a) for a in arguments])


def done(command, out):
    """The ids of the articles that a command has done."""
    if command == "annotate":
        return [json.loads(line)["doc_id"] for line in out.read_text("utf-8").splitlines()]
    if command == "read":
        return ["good"] if "may rain" in out.read_text("utf-8") else []
    if command == "report":
        return [a["doc_id"] for a in json.loads((out / "manifest.json").read_text("utf-8"))["articles"]]
    import pandas as pd

    return pd.read_parquet(out / "articles")["doc_id"].tolist()


def call(command, out, *inputs):
    return run(command, *inputs, *((out, "--jobs", "1") if command == "corpus" else ("-o", out)))


pytestmark = pytest.mark.usefixtures("quick_reports")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/good.txt").write_text(RAIN, "utf-8")
    return tmp_path / "in"


def test_a_name_as_long_as_names_may_be(folder, tmp_path, capsys):
    long = "x" * 245
    (folder / f"{long}.txt").write_text(RAIN, "utf-8")
    for command in COMMANDS[:3]:
        assert call(command, tmp_path / command, folder) == 0
        assert done(command, tmp_path / command) == ["good", long]
        assert "error: " not in capsys.readouterr().err


@pytest.mark.parametrize(
    "content",
    ["action,layer\nadd,nonsense\n", "nothing\n", 'action,layer\n"' + "x" * 200_000, "\udcff"],
    ids=["a wrong row", "no columns", "a quotation mark left open", "not UTF-8"],
)
def test_bad_corrections_cost_nobody_else_anything(content, folder, tmp_path, capsys):
    (folder / "good.corrections.csv").write_bytes(content.encode("utf-8", "surrogateescape"))
    (folder / "other.txt").write_text(RAIN, "utf-8")
    assert call("report", tmp_path / "out", folder) == 1
    assert done("report", tmp_path / "out") == ["good", "other"]
    err = capsys.readouterr().err
    assert err.count("error: ") == 1
    assert "good.corrections.csv" in err
    assert "The article is shown without its corrections" in err
    assert call("read", tmp_path / "page.html", folder / "good.txt") == 1
    assert done("read", tmp_path / "page.html") == ["good"]


@pytest.mark.parametrize("command", COMMANDS)
def test_bad_aliases_are_told_once_and_their_articles_go_without(command, folder, tmp_path, capsys):
    (folder / "aliases.toml").write_text(DEEP, "utf-8")
    if command != "read":
        (folder / "other.txt").write_text(RAIN, "utf-8")
    source = folder / "good.txt" if command == "read" else folder
    assert call(command, tmp_path / "out", source) == 1
    assert done(command, tmp_path / "out")[0] == "good"
    err = capsys.readouterr().err
    if command == "corpus":
        err = (tmp_path / "out/errors.jsonl").read_text("utf-8")
    assert err.count("lists or tables are nested too deeply") == 1
    assert "Traceback" not in err


@pytest.mark.parametrize("command", COMMANDS[:3])
def test_a_path_longer_than_paths_may_be(command, folder, tmp_path, capsys):
    assert call(command, tmp_path / "out", "y" * 5_000, folder) == 1
    assert done(command, tmp_path / "out") == ["good"]
    err = capsys.readouterr().err
    if command == "corpus":
        err = (tmp_path / "out/errors.jsonl").read_text("utf-8")
    assert "cannot be opened (File name too long)" in err


@pytest.mark.parametrize("name", ["aliases.toml", "good.corrections.csv", "errors.jsonl", "b.txt", "manifest.json"])
@pytest.mark.parametrize("command", COMMANDS[:3])
def test_a_pipe_that_is_called_like_a_file_blocks_nothing(command, name, folder, tmp_path, capsys):
    os.mkfifo(folder / name)
    assert call(command, tmp_path / "out", folder) == 0
    assert done(command, tmp_path / "out") == ["good"]


def test_a_pipe_where_side_files_are_written_blocks_nothing(folder, tmp_path, capsys):
    (tmp_path / "out").mkdir()
    for name in ("errors.jsonl", "manifest.json"):
        os.mkfifo(tmp_path / "out" / name)
    assert run("annotate", folder, "-o", tmp_path / "out/marks.jsonl") == 2
    assert run("report", folder, "-o", tmp_path / "out") == 2
    assert run("corpus", folder, tmp_path / "out") == 2
    assert capsys.readouterr().err.count("exists and is not a file") == 3


def test_an_empty_argument_is_not_the_current_folder(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    assert [item.reason.split(";")[0] for item in iter_articles("")] == ["an input without a name"]
    for command in COMMANDS[:3]:
        assert call(command, tmp_path / command, "", folder / "good.txt") == 1
        assert done(command, tmp_path / command) == ["good"]
    for arguments in (
        ("annotate", folder / "good.txt", "-o", ""),
        ("annotate", folder / "good.txt", "-o", tmp_path / "a", "--errors", ""),
        ("read", folder / "good.txt", "-o", ""),
        ("report", folder / "good.txt", "-o", ""),
        ("corpus", folder / "good.txt", ""),
    ):
        assert run(*arguments) == 2
    assert [path.name for path in Path(folder).iterdir()] == ["good.txt"]


def test_an_article_that_the_rules_stumble_over_costs_the_report_nothing_else(folder, tmp_path, monkeypatch, capsys):
    (folder / "bad.txt").write_text(RAIN, "utf-8")
    from analysis.pipeline import annotate

    def stumble(article, **options):
        if article.doc_id == "bad":
            raise IndexError("no such sentence")
        return annotate(article, **options)

    monkeypatch.setattr("analysis.annotation.corrections.annotate", stumble)
    assert call("report", tmp_path / "out", folder) == 1
    assert done("report", tmp_path / "out") == ["good"]
    assert "could not be annotated (IndexError: no such sentence)" in capsys.readouterr().err
