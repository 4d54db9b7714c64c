"""The set-up without make: it says how far it is, and what is wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

import set_up

PIP = [
    "Collecting charset-normalizer==3.4.9",
    "  Using cached idna-3.20-py3-none-any.whl (70 kB)",
    "Requirement already satisfied: six==1.17.0 in somewhere",
    "Processing /an/index/zipp-3.23.0-py3-none-any.whl (from -r requirements.lock (line 9))",
    "Ignoring pywin32: markers 'sys_platform == \"win32\"' don't match your environment",
    "Installing collected packages: idna",
]


def test_on_a_terminal_every_package_is_named():
    assert list(set_up.progress(PIP, 4, terminal=True)) == [
        "  1 of 4: charset-normalizer",
        "  2 of 4: six",
        "  3 of 4: zipp",
        "  4 of 4: pywin32",
        "  installing them (the longest part) ...",
    ]


def test_the_project_itself_is_not_counted():
    assert list(set_up.progress(["Processing /home/ada/close-reading"], 0, terminal=True)) == []


def test_in_a_log_a_few_lines_are_enough():
    lines = [f"Collecting p{n}==1" for n in range(1, 61)]
    assert list(set_up.progress(lines, 60, terminal=False)) == ["  25 of 60: p25", "  50 of 60: p50", "  60 of 60: p60"]


def test_every_package_of_the_lock_is_counted():
    text = set_up.LOCK.read_text("utf-8")
    assert set_up.count(text) == len([line for line in text.splitlines() if line[:1].isalnum()])


def test_the_python_of_an_environment_is_found_on_each_system():
    assert set_up.python_in(Path("env"), "posix") == Path("env/bin/python")
    assert set_up.python_in(Path("env"), "nt") == Path("env/Scripts/python.exe")


def test_a_failure_ends_with_the_words_of_pip(capsys):
    with pytest.raises(SystemExit) as stopped:
        set_up.install(Path(sys.executable), "--no-index", "--find-links", "nowhere", "no-such-package-at-all")
    assert "no-such-package-at-all" in stopped.value.code
    assert stopped.value.code.endswith("Run the command again.")


def test_a_wrong_call_says_how_to_call_it():
    done = subprocess.run([sys.executable, set_up.__file__, "--help"], capture_output=True, text=True)
    assert done.returncode == 1
    assert "python tools/set_up.py [FOLDER]" in done.stderr
