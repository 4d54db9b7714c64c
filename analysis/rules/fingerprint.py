"""The fingerprint of the rules: which files, in which state, marked a text."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "resources"


class RuleFile(NamedTuple):
    """A file that decides what is marked, with its number of rules (0 for plain tables of words) and its SHA-256."""

    name: str
    n_rules: int
    sha256: str


class Fingerprint(NamedTuple):
    """`sha256` is that of the lines "NAME SHA256" of all the files: change a rule, and it changes."""

    sha256: str
    files: tuple[RuleFile, ...]


def fingerprint(folder: str | Path = FOLDER) -> Fingerprint:
    """The files of data/, rules/ and words/ in `folder` (the package's own by default), in the order of their names.

    >>> len(fingerprint().sha256), fingerprint().files[0].name
    (64, 'data/cities.tsv')
    """
    folder = Path(folder)
    paths = sorted(
        path
        for pattern in ("data/*.tsv", "data/*.txt", "rules/*.toml", "words/*.toml")
        for path in folder.glob(pattern)
        if path.name != "LICENSES.txt"
    )
    files = tuple(_file(path, path.relative_to(folder).as_posix()) for path in paths)
    whole = "".join(f"{file.name} {file.sha256}\n" for file in files)
    return Fingerprint(hashlib.sha256(whole.encode()).hexdigest(), files)


def _file(path: Path, name: str) -> RuleFile:
    raw = path.read_bytes()
    n_rules = len(tomllib.loads(raw.decode("utf-8")).get("rule", ())) if path.suffix == ".toml" else 0
    return RuleFile(name, n_rules, hashlib.sha256(raw).hexdigest())
