"""Find the Pythons that pyproject.toml claims to support, for `make test-pythons`.

Prints the programs of those that are on this machine, one per line, without the one that runs this. The classifiers of
pyproject.toml say which are claimed; the error stream names those that are not here.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_CLASSIFIER = re.compile(r"Programming Language :: Python :: (3\.\d+)")


def claimed(classifiers: Iterable[str]) -> list[str]:
    """The versions of Python that classifiers name, in their order.

    >>> claimed(["Framework :: Jupyter", "Programming Language :: Python :: 3.11"])
    ['3.11']
    """
    return [match[1] for match in map(_CLASSIFIER.fullmatch, classifiers) if match]


def find(version: str) -> str | None:
    """A program that is Python `version` and can make environments; None if there is none."""
    return next((program for program in _candidates(version) if _answers(program, version)), None)


def _candidates(version: str) -> Iterator[str]:
    on_path = shutil.which(f"python{version}")
    if on_path:
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")  # only some of its versions are on the path
    yield from map(str, sorted(pyenv.glob(f"versions/{version}.*/bin/python{version}"), reverse=True))


def _answers(program: str, version: str) -> bool:
    """Does it run, is it this version, and does it have what `make setup` needs?"""
    ask = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"
    run = subprocess.run([program, "-c", ask], capture_output=True, text=True, check=False)
    return run.returncode == 0 and run.stdout.strip() == version


def main() -> None:
    """Print what was found."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    here = "{}.{}".format(*sys.version_info[:2])
    for version in claimed(project["classifiers"]):
        program = None if version == here else find(version)
        if program:
            print(program)
        elif version != here:
            print(f"Python {version} is not on this machine: not tested here.", file=sys.stderr)


if __name__ == "__main__":
    main()
