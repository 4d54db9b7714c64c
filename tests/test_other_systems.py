"""What Windows lacks, taken away here: the parts that ask the system still do their work."""

import builtins
import os

import pytest

from analysis.inputs import web
from analysis.measures import pronunciation
from analysis.outputs import write_whole


def test_a_file_is_replaced_without_what_only_linux_has(monkeypatch, tmp_path):
    monkeypatch.delattr(os, "fchmod")
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    moved = []
    real = os.replace

    def replace(source, target):
        """As on Windows: a file that is open cannot be moved."""
        assert str(source) not in {os.path.realpath(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd")}
        moved.append(target)
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    place = tmp_path / "a.txt"
    for words in (b"It may rain.", b"It rained."):
        write_whole(place, words)
        assert place.read_bytes() == words
    assert len(moved) == 2
    assert os.listdir(tmp_path) == ["a.txt"]


def test_the_dictionary_is_kept_where_accounts_have_no_numbers(monkeypatch, tmp_path):
    if os.getuid() != 0:
        pytest.skip("a folder belongs to account 0 only where this is it")
    monkeypatch.delattr(os, "getuid")
    pronunciation._make_private(tmp_path / "private")
    assert [path.name[-2:] for path in pronunciation._cache_folders()][-1] == "-0"


def test_a_page_is_read_where_a_process_cannot_be_bounded(monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name == "resource":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    web._bound(1)  # else this process would end after a second
