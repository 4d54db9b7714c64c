"""Which Pythons the tests run on: those that pyproject.toml claims, where the machine has them."""

import sys

import pythons

HERE = "{}.{}".format(*sys.version_info[:2])


def fake(folder, name, says):
    """A program of this name that answers every question with these words."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{says}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def test_only_programs_that_are_the_version_they_are_called_count(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    fake(tmp_path / "bin", "python3.7", "echo not found >&2; exit 127")  # the shim of a version that is switched off
    assert pythons.find("3.7") is None
    fake(tmp_path / "pyenv/versions/3.7.1/bin", "python3.7", "echo 3.6")
    assert pythons.find("3.7") is None
    right = fake(tmp_path / "pyenv/versions/3.7.9/bin", "python3.7", "echo 3.7")
    assert pythons.find("3.7") == right
    assert pythons.find("3.8") is None


def test_this_python_is_claimed_and_not_run_twice(capsys, monkeypatch):
    monkeypatch.setattr(pythons, "find", lambda version: f"/bin/python{version}" if version == "3.12" else None)
    monkeypatch.setattr(pythons, "claimed", lambda _: ["3.12", HERE] if HERE != "3.12" else [HERE])
    pythons.main()
    assert capsys.readouterr().out == ("/bin/python3.12\n" if HERE != "3.12" else "")


def test_a_python_that_is_not_here_is_named(capsys, monkeypatch):
    monkeypatch.setattr(pythons, "find", lambda version: None)
    monkeypatch.setattr(pythons, "claimed", lambda _: [HERE, "3.99"])
    pythons.main()
    assert capsys.readouterr() == ("", "Python 3.99 is not on this machine: not tested here.\n")
