"""The command line: what it prints, writes and returns, with good and with bad input."""

import io
import json
import os
import re
import subprocess
import sys

import pytest

from analysis.cli import main


@pytest.fixture
def articles(tmp_path):
    (tmp_path / "rain.txt").write_text("“It may rain,” Ann Reed said.", "utf-8")
    (tmp_path / "sun.md").write_text("---\ntitle: Sun\n---\nThe sun shone on Norland.", "utf-8")
    return tmp_path


def run(*arguments):
    return main([str(a) for a in arguments])


@pytest.mark.parametrize("command", [(), ("annotate",), ("read",), ("report",)])
def test_help_tells_what_to_do(command, capsys):
    with pytest.raises(SystemExit) as exit_:
        main([*command, "--help"])
    out = capsys.readouterr().out
    assert exit_.value.code == 0
    assert "usage: python -m analysis" in out
    for word in ("annotate", "read", "report") if not command else (f"python -m analysis {command[0]} ", "examples:"):
        assert word in out


def test_a_wrong_call_is_exit_2(capsys):
    with pytest.raises(SystemExit) as exit_:
        main(["annotate", "--jobs", "0", "x"])
    assert exit_.value.code == 2
    assert "'0' is not a whole number of at least 1" in capsys.readouterr().err


def test_annotate_writes_a_line_for_each_article_in_order(articles, tmp_path):
    assert run("annotate", articles / "sun.md", articles / "rain.txt", "-o", tmp_path / "out.jsonl") == 0
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [record["doc_id"] for record in records] == ["sun", "rain"]
    assert set(records[0]) >= {"sha256", "sentences", "attributions", "markers", "mentions", "entities"}


def test_annotate_in_two_processes_gives_the_same(articles, capsys):
    assert run("annotate", articles) == 0
    one = capsys.readouterr().out
    assert run("annotate", articles, "--jobs", "2") == 0
    assert capsys.readouterr().out == one


def test_bad_inputs_are_named_and_the_good_ones_done(articles, tmp_path, capsys):
    (articles / "bad.txt").write_bytes(b"caf\xe9")
    assert run("annotate", articles, articles / "nowhere.txt") == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["doc_id"] for line in out.splitlines()] == ["rain", "sun"]
    first, second = err.splitlines()
    assert first.startswith(f"error: {articles / 'bad.txt'}:1: byte 3 (0xe9) is not UTF-8")
    assert second.startswith(f"error: {articles / 'nowhere.txt'}: no such file or folder")


def test_read_writes_a_page(articles, tmp_path, capsys):
    assert run("read", articles / "sun.md", "-o", tmp_path / "page.html") == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "page.html")
    assert "<h1>Sun</h1>" in (tmp_path / "page.html").read_text("utf-8")


def test_read_writes_beside_the_article_and_says_so(articles, monkeypatch, capsys):
    assert run("read", articles / "rain.txt") == 0
    page = articles / "rain.txt.html"
    assert capsys.readouterr().out == f"the page: {page}\n"
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert run("read", articles / "rain.txt") == 0  # its own page is written again
    assert run("annotate", articles) == 0  # and is no article
    assert len(capsys.readouterr().out.splitlines()) == 1 + 2
    assert run("read", articles / "rain.txt", "-o", "-") == 0
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")
    page.write_text("<p>Somebody else’s.</p>", "utf-8")
    assert run("read", articles / "rain.txt") == 2
    assert "would be overwritten; name another file with -o" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"It may rain.")))
    assert run("read", "-") == 0
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")


def test_read_shows_one_article(articles, capsys):
    assert run("read", articles) == 1
    assert "this is a folder, but a page shows one article; give one of its files" in capsys.readouterr().err
    assert run("read", articles / "nowhere.txt") == 1


@pytest.mark.usefixtures("quick_reports")
def test_report_prints_where_it_is_goes_on_after_a_bad_input_and_takes_no_doc_id_twice(articles, tmp_path, capsys):
    (articles / "empty.txt").write_bytes(b"")
    rain = articles / "rain.txt"
    assert run("report", articles / "empty.txt", rain, rain, "-o", tmp_path / "r") == 1
    out, err = capsys.readouterr()
    assert out.strip() == str(tmp_path / "r/index.html")
    assert "empty.txt: the file is empty" in err
    assert "doc_id 'rain' was already read" in err
    manifest = json.loads((tmp_path / "r/manifest.json").read_text("utf-8"))
    assert [article["doc_id"] for article in manifest["articles"]] == ["rain"]


def test_no_command_overwrites_an_article(articles, capsys):
    rain = articles / "rain.txt"
    (articles / "more.jsonl").write_text('{"text": "One."}\n', "utf-8")
    (articles / "index.html").write_text("<p>It may rain.</p>", "utf-8")
    before = {path.name: path.read_bytes() for path in articles.iterdir()}
    for call in (
        ("read", rain, "-o", rain),
        ("annotate", articles, "-o", articles / "more.jsonl"),
        ("annotate", rain, "-o", rain),
        ("report", articles, "-o", articles),
        ("report", articles / "index.html", "-o", articles),
    ):
        assert run(*call) == 2
        assert "overwritten; name another f" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in articles.iterdir()} == before


def test_annotate_does_not_read_what_it_writes(articles, capsys):
    for _ in range(2):  # the second time the file is there already
        assert run("annotate", articles, "-o", articles / "marks.jsonl") == 0
        assert len((articles / "marks.jsonl").read_text("utf-8").splitlines()) == 2
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("quick_reports")
def test_report_keeps_other_articles_of_the_same_id(tmp_path, capsys):
    for name in ("one", "two"):
        (tmp_path / f"{name}.csv").write_text(f"id,text\n1,It may rain in {name}.\n", "utf-8")
    assert run("report", tmp_path / "one.csv", tmp_path / "two.csv", "-o", tmp_path / "r") == 0
    assert "two.csv:2: doc_id '1' already exists (from " in capsys.readouterr().err
    manifest = json.loads((tmp_path / "r/manifest.json").read_text("utf-8"))
    assert [article["doc_id"] for article in manifest["articles"]] == ["1", "1#2"]


@pytest.mark.parametrize("command", ["annotate", "corpus", "read", "report"])
@pytest.mark.parametrize(
    ("backend", "reason"),
    [("none", "choose 'rules' or 'spacy:NAME'"), ("spacy:/no/such/pipeline", "pip install|spacy download")],
)
def test_a_backend_that_cannot_be_used_is_a_wrong_call(command, backend, reason, articles, tmp_path, capsys):
    sink = [tmp_path / "sink"] if command == "corpus" else []
    assert run(command, articles / "rain.txt", *sink, "--backend", backend) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("error: ")) == ("", 1)
    assert re.search(reason, err)
    assert not (tmp_path / "sink").exists()


def test_output_is_utf8_whatever_the_terminal_is_set_to(articles):
    for command in (["annotate"], ["read", "-o", "-"]):
        done = subprocess.run(
            [sys.executable, "-m", "analysis", *command, str(articles / "rain.txt")],
            capture_output=True,
            env=os.environ | {"PYTHONIOENCODING": "ascii"},
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert len(done.stdout.decode("utf-8")) > 100


def test_standard_input_that_is_closed(articles):
    done = subprocess.run(
        f"'{sys.executable}' -m analysis annotate - '{articles / 'rain.txt'}' <&-",
        shell=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout.count("\n")) == (1, 1)
    assert done.stderr == "error: stdin: nothing is connected to standard input; give a file or a folder\n"


def test_report_without_any_article_writes_nothing(tmp_path, capsys):
    assert run("report", tmp_path / "nowhere", "--out", tmp_path / "report") == 1
    assert not (tmp_path / "report").exists()
    assert capsys.readouterr().out == ""


def test_a_place_that_cannot_be_written_is_named(articles, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    for arguments in (
        ("annotate", articles, "-o", tmp_path / "no/out"),
        ("read", articles / "rain.txt", "-o", tmp_path / "no/page.html"),
        ("report", articles, "-o", tmp_path / "file"),
    ):
        assert run(*arguments) == 1
        assert str(arguments[-1]) in capsys.readouterr().err


def test_a_full_disk_names_what_was_being_written(articles, capsys):
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    assert run("annotate", articles, "-o", "/dev/full") == 1
    assert capsys.readouterr().err == (
        "error: /dev/full: No space left on device; free some space on the disk, and run the command again\n"
    )


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("annotate",), "run the command again\n"),
        (("corpus", "sink"), "run it again, and it continues where it stopped\n"),
    ],
)
def test_stopped_by_hand(articles, tmp_path, monkeypatch, capsys, arguments, advice):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.inputs.loading.read_sources", interrupted)
    monkeypatch.chdir(tmp_path.parent)
    command, *sink = arguments
    assert run(command, articles, *(tmp_path.parent / name for name in sink)) == 130
    err = capsys.readouterr().err
    assert err.startswith("stopped: ")
    assert err.endswith(advice)


def test_help_is_quick_and_loads_no_big_package():
    code = (
        "import sys, analysis.cli as c\ntry: c.main(['--help'])\nexcept SystemExit: pass\n"
        "print({'pandas', 'matplotlib', 'jinja2'} & set(sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.endswith("set()\n")
