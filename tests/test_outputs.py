"""Nothing lost: no command writes over anything that is not its own; what it writes is there whole or not at all."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.cli import main
from analysis.corpora.sink import held
from analysis.outputs import Output, Refused, Replacement, check_outputs, is_marks, write_whole

RAIN = "It may rain, said Ann Reed.\n"
ROW = json.dumps({"text": RAIN}) + "\n"
USERS = '{"note": "mine"}\n'


def run(*arguments):
    return main([str(a) for a in arguments])


def contents(folder):
    """What each file holds, links followed, by its path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def make(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return contents(folder)


# Each would have lost what is named at the end, with exit code 0 or 1.
LOSSES = {
    "errors.jsonl is the input": ({"errors.jsonl": ROW}, "annotate errors.jsonl -o out.jsonl"),
    "someone's errors.jsonl lies there": ({"a.txt": RAIN, "errors.jsonl": USERS}, "annotate a.txt -o out.jsonl"),
    "errors are to go to an article": ({"a.txt": RAIN, "b.txt": RAIN}, "annotate a.txt -o out.jsonl --errors b.txt"),
    "both outputs are one file": ({"a.txt": RAIN}, "annotate a.txt -o out.jsonl --errors out.jsonl"),
    "the output is another article": ({"a.txt": RAIN, "b.txt": RAIN}, "annotate a.txt -o b.txt"),
    "the output is a file of another program": ({"a.txt": RAIN, "o.jsonl": USERS}, "annotate a.txt -o o.jsonl"),
    "the output is what a reader knows of names": (
        {"d/a.txt": RAIN, "d/aliases.toml": '[[rename]]\nname="A"\nto="B"\n'},
        "annotate d -o d/aliases.toml",
    ),
    "the output would be read as aliases": ({"d/a.txt": RAIN}, "annotate d -o d/aliases.toml"),
    "the output would be read as corrections": ({"d/a.txt": RAIN}, "annotate d -o d/a.corrections.csv"),
    "the page is an article": ({"a.txt": RAIN, "b.html": "<p>Saved.</p>"}, "read a.txt -o b.html"),
    "a table of the report is the input": (
        {"x/tables/articles.csv": f'text\n"{RAIN}"\n'},
        "report x/tables/articles.csv -o x",
    ),
    "a table of the report is someone's": ({"a.txt": RAIN, "x/tables/articles.csv": "n\n1\n"}, "report a.txt -o x"),
    "the page of the report is a saved page": (
        {"e/a.txt": RAIN, "e/index.html": "<p>Saved.</p>"},
        "report e/a.txt -o e",
    ),
    "the report would hide an article": ({"f/g/a.txt": RAIN, "f/e/b.txt": RAIN}, "report f/e/b.txt -o f/e"),
    "the report would hide an article it does not read": ({"a.txt": RAIN, "f/e/b.txt": RAIN}, "report a.txt -o f/e"),
    "someone's manifest": ({"a.txt": RAIN, "x/manifest.json": USERS}, "report a.txt -o x"),
    "someone's errors.jsonl in the sink": ({"a.txt": RAIN, "s/errors.jsonl": USERS}, "corpus a.txt s"),
    "a data set with parts of the same names": (
        {"a.txt": RAIN, "s/articles/part-00000.parquet": "PAR1"},
        "corpus a.txt s",
    ),
    "a part that would be taken for one of a longer run": (
        {"a.txt": RAIN, "s/mentions/part-00007.parquet": "PAR1"},
        "corpus a.txt s",
    ),
    "an output without a name": ({"a.txt": RAIN}, "annotate a.txt -o EMPTY"),
}


@pytest.mark.parametrize("what", LOSSES)
def test_a_call_that_would_lose_something_is_refused_and_touches_nothing(what, tmp_path, monkeypatch, capsys):
    files, call = LOSSES[what]
    before = make(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    assert run(*("" if word == "EMPTY" else word for word in call.split())) == 2
    err = capsys.readouterr().err
    assert err.startswith("error: ")
    assert err.count("\n") == 1
    assert "; name another" in err
    assert contents(tmp_path) == before


def test_the_output_is_standard_input(tmp_path):
    (tmp_path / "s.txt").write_text(RAIN, "utf-8")
    done = subprocess.run(
        f"'{sys.executable}' -m analysis annotate - -o s.txt < s.txt",
        shell=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, "s.txt is also an input and would be overwritten" in done.stderr) == (2, True)
    assert contents(tmp_path) == {"s.txt": RAIN.encode()}


@pytest.mark.parametrize("link", ["hardlink", "symlink"])
def test_links_hide_nothing(link, tmp_path):
    make(tmp_path, {"g/a.txt": RAIN})
    out = tmp_path / "out.jsonl"
    if link == "hardlink":
        os.link(tmp_path / "g/a.txt", out)
    else:
        out.symlink_to(tmp_path / "g/a.txt")
    for source in ("g", "g/a.txt"):
        assert run("annotate", tmp_path / source, "-o", out) == 2
    assert (tmp_path / "g/a.txt").read_text("utf-8") == RAIN


def test_what_a_command_wrote_it_replaces(tmp_path):
    make(tmp_path, {"a.txt": RAIN, "bad.txt": ""})
    calls = (
        (1, "annotate", tmp_path / "a.txt", tmp_path / "bad.txt", "-o", tmp_path / "out.jsonl"),
        (0, "read", tmp_path / "a.txt", "-o", tmp_path / "page.html"),
        (1, "corpus", tmp_path / "a.txt", tmp_path / "bad.txt", tmp_path / "sink", "--jobs", "1"),
    )
    first = None
    for _ in range(2):
        for code, *call in calls:
            assert run(*call) == code
        first = first or contents(tmp_path)
        assert contents(tmp_path) == first
    assert not [name for name in first if "unfinished" in name]


def test_marks_that_were_given_more_fields_are_no_longer_ours(tmp_path):
    make(tmp_path, {"a.txt": RAIN})
    assert run("annotate", tmp_path / "a.txt", "-o", tmp_path / "out.jsonl") == 0
    assert is_marks(tmp_path / "out.jsonl")
    record = json.loads((tmp_path / "out.jsonl").read_text("utf-8")) | {"text": RAIN}
    (tmp_path / "out.jsonl").write_text(json.dumps(record, separators=(",", ":")) + "\n", "utf-8")
    assert not is_marks(tmp_path / "out.jsonl")
    assert run("annotate", tmp_path / "a.txt", "-o", tmp_path / "out.jsonl") == 2


def test_a_table_that_a_person_changed_stops_the_next_report(tmp_path, capsys):
    make(tmp_path, {"a.txt": RAIN})
    report = ("report", tmp_path / "a.txt", "-o", tmp_path / "r", "--figures", "voices")
    assert run(*report) == 0
    first = contents(tmp_path / "r")
    table = tmp_path / "r/tables/sources.csv"
    table.write_text(table.read_text("utf-8") + "my own row\n", "utf-8")
    changed = contents(tmp_path / "r")
    assert run(*report) == 2
    assert f"{table} was not written by this command" in capsys.readouterr().err
    assert contents(tmp_path / "r") == changed
    table.unlink()
    # as a run leaves it that was killed while its files took their places: the next one knows them
    (tmp_path / "r/manifest.json").rename(tmp_path / "r/.manifest.json")
    assert run(*report) == 0
    assert contents(tmp_path / "r") == first


def test_a_report_and_a_sink_are_not_read_with_the_folder_above(tmp_path):
    make(tmp_path, {"f/a.txt": RAIN, "b.txt": RAIN})
    assert run("corpus", tmp_path / "b.txt", tmp_path / "f/sink", "--jobs", "1") == 0
    assert run("annotate", tmp_path / "f", "-o", tmp_path / "out.jsonl") == 0
    assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == 1


def test_a_sink_beside_an_article_does_not_hide_it(tmp_path):
    make(tmp_path, {"f/e/b.txt": RAIN})
    assert run("corpus", tmp_path / "f/e/b.txt", tmp_path / "f/e", "--jobs", "1") == 0
    assert not (tmp_path / "f/e/.separate").exists()


def test_two_runs_into_one_sink_are_told(tmp_path, capsys):
    make(tmp_path, {"a.txt": RAIN})
    with held(tmp_path / "sink"):
        assert run("corpus", tmp_path / "a.txt", tmp_path / "sink", "--jobs", "1") == 2
        assert "another run is writing into" in capsys.readouterr().err
        assert not (tmp_path / "sink/done").exists()
    assert run("corpus", tmp_path / "a.txt", tmp_path / "sink", "--jobs", "1") == 0


# ---------------------------------------------------------------- whole or not at all


def write_and_fail(path, content, error):
    with Replacement(path) as file:
        file.write(content)
        raise error


def test_a_failure_leaves_what_was_there_and_nothing_else(tmp_path):
    (tmp_path / "a.txt").write_text("Old.", "utf-8")
    with pytest.raises(ValueError, match="no more"):
        write_and_fail(tmp_path / "a.txt", b"Half", ValueError("no more"))
    assert contents(tmp_path) == {"a.txt": b"Old."}


@pytest.mark.parametrize(("before", "after"), [(None, b"One.\nTwo.\n"), (b"Old.\n", b"Old.\n")])
def test_a_stop_keeps_whole_lines_where_nothing_was_before(before, after, tmp_path):
    if before:
        (tmp_path / "a.txt").write_bytes(before)
    with pytest.raises(KeyboardInterrupt):
        write_and_fail(tmp_path / "a.txt", b"One.\nTwo.\nThre", KeyboardInterrupt())
    assert contents(tmp_path) == {"a.txt": after}


def test_a_file_takes_its_place_at_the_end_with_its_mode_and_leaves_links_alone(tmp_path):
    old = tmp_path / "old.txt"
    old.write_text("Old.", "utf-8")
    old.chmod(0o640)
    os.link(old, tmp_path / "other.txt")
    (tmp_path / "link.txt").symlink_to("old.txt")
    with Replacement(tmp_path / "link.txt") as file:
        file.write(b"New.")
        file.flush()
        assert old.read_text("utf-8") == "Old."
    assert contents(tmp_path) == {"old.txt": b"New.", "link.txt": b"New.", "other.txt": b"Old."}
    assert (tmp_path / "link.txt").is_symlink()
    assert old.stat().st_mode & 0o777 == 0o640


def test_where_files_cannot_be_nameless_the_same_holds(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    write_whole(tmp_path / "a.txt", [b"One ", b"two."])
    with pytest.raises(ValueError, match="no more"):
        write_and_fail(tmp_path / "b.txt", b"Half", ValueError("no more"))
    assert contents(tmp_path) == {"a.txt": b"One two."}


def test_a_name_as_long_as_the_system_allows(tmp_path):
    write_whole(tmp_path / ("ü" * 127), b"New.")
    assert contents(tmp_path) == {"ü" * 127: b"New."}


def test_a_pipe_is_written_to_directly_where_it_was_named(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    check_outputs([Output(tmp_path / "pipe", is_marks)])
    with pytest.raises(Refused, match="exists and is not a file"):
        check_outputs([Output(tmp_path / "pipe", is_marks, named=False)])
    read = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    write_whole(tmp_path / "pipe", b"Through.")
    reader.join(10)
    assert read == [b"Through."]


# ---------------------------------------------------------------- any tree of files

NAMES = [
    "a.txt", "b.md", "c.jsonl", "d.csv", "aliases.toml", "a.corrections.csv", "errors.jsonl", "index.html",
    "manifest.json", "out.jsonl", "page.html", ".separate", "tables/articles.csv", "figures/voices.svg",
    "articles/part-00000.parquet", "done/part-00000.json", ".corpus",
]  # fmt: skip
FOLDERS = ["", "d/", "d/e/", "s/"]
PLACES = [folder + name for folder in FOLDERS for name in NAMES]
CONTENTS = [
    RAIN,
    ROW,
    f'text\n"{RAIN}"\n',
    USERS,
    "",
    "<p>Saved.</p>",
    "action,layer\n",
    '[[rename]]\nname="A"\nto="B"\n',
]
TREES = st.dictionaries(st.sampled_from(PLACES), st.sampled_from(CONTENTS), min_size=1, max_size=8)
LINKS = st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES), st.booleans()), max_size=3)
INPUTS = st.lists(st.sampled_from([*PLACES, "d", "d/e", "s", "."]), min_size=1, max_size=2)
TARGETS = st.sampled_from([*PLACES, "d", "s", "new", "d/new.jsonl", "."])
CALLS = st.tuples(st.sampled_from(["annotate", "read", "corpus", "report"]), INPUTS, TARGETS, st.none() | TARGETS)


def command(kind, inputs, out, errors):
    if kind == "corpus":
        return ["corpus", *inputs, out, "--jobs", "1"]
    more = ["--errors", errors] if errors and kind == "annotate" else []
    return [kind, *(inputs[:1] if kind == "read" else inputs), "-o", out, *more]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TREES, LINKS, st.lists(CALLS, min_size=1, max_size=3))
def test_no_byte_that_was_there_before_is_lost(quick_reports, tmp_path_factory, tree, links, calls):
    """Whatever lies there, each file is the same after a command, but what an earlier command of the same run wrote."""
    folder = tmp_path_factory.mktemp("tree")
    make(folder, tree)
    for source, link, hard in links:
        if (folder / source).is_file() and not os.path.lexists(folder / link):
            (folder / link).parent.mkdir(parents=True, exist_ok=True)
            (os.link if hard else os.symlink)(folder / source, folder / link)
    users = {name: content for name, content in contents(folder).items() if content}
    here = os.getcwd()
    os.chdir(folder)
    try:
        for kind, inputs, out, errors in calls:
            call = command(kind, inputs, out, errors)
            code = main(call)
            now = contents(folder)
            assert {name: now.get(name) for name in users} == users, call
            assert code in (0, 1, 2)
            assert not [name for name in now if "unfinished" in name], call
    finally:
        os.chdir(here)
