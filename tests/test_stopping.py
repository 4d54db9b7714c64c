"""Stopped, killed, out of room: no process is left, nothing half-written is, and the user reads what happened."""

import errno
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
import stopping

from analysis.cli import main
from analysis.corpora.duplicates import Seen

ROOT = Path(__file__).parents[1]
RAIN = "It may rain, said Ann Reed.\n"


@pytest.fixture(scope="module", autouse=True)
def quick_reports():
    """The report that is stopped draws a few figures of its nineteen."""
    with pytest.MonkeyPatch.context() as patch:
        command = (*stopping.COMMANDS["report"], "--figures", "voices,entities")
        patch.setitem(stopping.COMMANDS, "report", command)
        yield


@pytest.fixture(scope="module", params=list(stopping.COMMANDS))
def stoppable(request, tmp_path_factory):
    """A command, what it writes when nobody stops it, and its seconds."""
    folder = tmp_path_factory.mktemp(request.param)
    stopping.make_inputs(folder)
    return request.param, *stopping.whole(request.param, folder)


@pytest.mark.parametrize("number", stopping.SIGNALS, ids=lambda number: number.name)
@pytest.mark.parametrize("share", [0.1, 0.8])
def test_a_command_that_is_stopped_leaves_no_process_and_nothing_half_written(stoppable, number, share, tmp_path):
    command, reference, seconds = stoppable
    stopping.make_inputs(tmp_path)
    assert stopping.trial(command, number, share * seconds, tmp_path, reference) == []


def call(*arguments, cwd, **options):
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | options.pop("env", {})
    command = [*options.pop("before", ()), sys.executable, "-m", "analysis", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, **options)


def wait_for_output(process, folder):
    """Wait until a process has written something into a folder, where that file may have no name yet."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        for open_file in Path(f"/proc/{process.pid}/fd").iterdir():
            with suppress(OSError):
                path = Path(os.readlink(open_file))
                if path.parent == folder and path.name != "in.jsonl" and open_file.stat().st_size:
                    return
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="what a process has open is read from /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_exit_code_tells_the_signal(number, tmp_path):
    stopping.make_inputs(tmp_path, 2_000)
    process = stopping.start("annotate", tmp_path)
    wait_for_output(process, tmp_path)
    process.send_signal(number)
    output, _ = process.communicate(timeout=10)
    assert process.returncode == 128 + number
    assert output.decode() == "stopped: the output is incomplete; run the command again\n"
    assert (tmp_path / "out.jsonl").read_bytes().endswith(b"}\n")  # what was done so far


@pytest.mark.skipif(sys.platform != "linux", reason="what a process has open is read from /proc")
def test_a_stop_leaves_an_earlier_output_as_it_was(tmp_path):
    stopping.make_inputs(tmp_path, 2_000)
    (tmp_path / "in.jsonl").rename(tmp_path / "all.jsonl")
    (tmp_path / "in.jsonl").write_text('{"text": "It may rain."}\n')
    assert call(*stopping.COMMANDS["annotate"], cwd=tmp_path).returncode == 0
    before = (tmp_path / "out.jsonl").read_bytes()
    (tmp_path / "all.jsonl").replace(tmp_path / "in.jsonl")
    process = stopping.start("annotate", tmp_path)
    wait_for_output(process, tmp_path)
    process.terminate()
    process.communicate(timeout=10)
    assert (tmp_path / "out.jsonl").read_bytes() == before


def test_a_stop_while_all_is_being_loaded_has_no_traceback():
    code = (
        "import runpy, signal\n"
        "install = signal.signal\n"
        "def installed(*arguments):\n"
        "    install(*arguments)\n"
        "    signal.signal = install\n"
        "    print(1, flush=True)\n"
        "signal.signal = installed\n"
        "runpy.run_module('analysis', run_name='__main__')\n"
    )
    codes = []
    for wait in (0, 0.02, 0.04, 0.08, 0.12, 0.2, 0.3):
        process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        process.stdout.readline()  # the command is there, and begins to load the rest
        time.sleep(wait)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=10)
        codes.append(process.returncode)
        done = b"usage: " in err  # it was called without a command, and then only Python was still closing down
        assert process.returncode in ((2, -signal.SIGINT) if done else (130,))
        assert b"Traceback" not in err
    assert codes[0] == 130


# ---------------------------------------------------------------- out of room


@pytest.fixture
def full_disk(monkeypatch):
    """The system says that the disk is full when a file is to be put into its place."""

    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("analysis.outputs.os.fsync", full)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("annotate", "a.txt", "-o", "out.jsonl"), "out.jsonl"),
        (("read", "a.txt", "-o", "page.html"), "page.html"),
        (("corpus", "a.txt", "sink", "--jobs", "1"), "sink/articles/part-00000.parquet"),
    ],
)
def test_a_full_disk_is_told_as_what_it_is(arguments, named, full_disk, tmp_path, monkeypatch, capsys):
    (tmp_path / "a.txt").write_text(RAIN, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(list(arguments)) == 1
    advice = "free some space on the disk, and run the command again"
    assert capsys.readouterr().err == f"error: {named}: No space left on device; {advice}\n"
    assert not [p for p in tmp_path.rglob("*") if "unfinished" in p.name or p.name == named]


def test_standard_output_that_is_full(tmp_path):
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    (tmp_path / "a.txt").write_text(RAIN, "utf-8")
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "analysis", "annotate", str(tmp_path / "a.txt")]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert done.returncode == 1
    assert done.stderr.startswith("error: standard output: No space left on device; free some space")
    assert done.stderr.count("\n") == 1


def test_a_full_temporary_folder_is_an_error_of_the_system():
    seen = Seen()
    seen._db.execute("PRAGMA max_page_count = 1")
    with pytest.raises(OSError, match="full") as told:
        [seen.own_name(f"{number}" * 100) for number in range(10_000)]
    assert told.value.errno == errno.ENOSPC
    seen.close()


# ---------------------------------------------------------------- no home


@pytest.mark.parametrize("home", [None, "/proc", "/dev/null"], ids=["none", "cannot be written", "is a file"])
def test_no_home_is_no_trouble(home, tmp_path):
    (tmp_path / "a.txt").write_text(RAIN, "utf-8")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | ({"HOME": home} if home else {})
    command = [sys.executable, "-m", "analysis", "report", "a.txt", "-o", "report", "--figures", "voices"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
