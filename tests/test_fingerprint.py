"""The fingerprint changes with every change of a rule or word table, and with nothing else."""

import shutil

import pytest

from analysis.rules.fingerprint import FOLDER, fingerprint

PACKAGE = fingerprint()


@pytest.fixture
def copy(tmp_path):
    for name in ("data", "rules", "words"):
        shutil.copytree(FOLDER / name, tmp_path / name)
    return tmp_path


def test_a_copy_has_the_same_fingerprint(copy):
    assert fingerprint(copy) == PACKAGE


@pytest.mark.parametrize("name", [file.name for file in PACKAGE.files])
def test_one_more_byte_in_any_file_changes_it(copy, name):
    with (copy / name).open("ab") as file:
        file.write(b"\n")
    changed = fingerprint(copy)
    assert changed.sha256 != PACKAGE.sha256
    assert {new.name for new, old in zip(changed.files, PACKAGE.files, strict=True) if new != old} == {name}


def test_a_renamed_file_changes_it(copy):
    (copy / "rules/boosters.toml").rename(copy / "rules/boosters_2.toml")
    assert fingerprint(copy).sha256 != PACKAGE.sha256


def test_other_files_do_not_count(copy):
    (copy / "data/LICENSES.txt").write_text("changed")
    (copy / "rules/notes.md").write_text("notes")
    assert fingerprint(copy) == PACKAGE


def test_rules_are_counted(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/a.toml").write_text('[[rule]]\nid = "A.B"\n[[rule]]\nid = "A.C"\n')
    (tmp_path / "rules/b.toml").write_text('words = "a b"\n')
    assert [(file.name, file.n_rules) for file in fingerprint(tmp_path).files] == [
        ("rules/a.toml", 2),
        ("rules/b.toml", 0),
    ]
