"""Renew requirements.lock and environment.yml from the bounds in pyproject.toml (`make lock`).

The extra "spacy" is left out, because it is large and most people do not need it.

This needs only the standard library and the program `uv`, so that it runs before any environment exists.
Versions that still satisfy the bounds are kept; `--upgrade` takes the newest ones instead.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
ENVIRONMENT = ROOT / "environment.yml"
NOT_LOCKED = ("spacy",)

LOCK_HEADER = """\
# Exact versions, with hashes, of all that pyproject.toml asks for (every extra but spacy), for Python 3.11
# and newer.
# Do not edit: `make lock` renews this file and environment.yml; `make lock UPGRADE=1` takes newer versions.
# Install: pip install --no-deps --require-hashes -r requirements.lock, then the project: pip install --no-deps -e .
# (The file is complete, so pip has nothing to resolve; before 23.3 it resolves extras wrongly.)
"""

ENVIRONMENT_HEADER = """\
# The environment for conda and for Binder. Python and pip come from conda-forge; pip installs everything else
# in the versions of requirements.lock. conda gives the whole pip section to one run of pip, and pip refuses
# `-e .` in a run that checks hashes, so the pins here have no hashes; tests/test_setup.py compares the two
# files. Do not edit the pins: `make lock` renews them.
#
#     conda env create -f environment.yml && conda activate close-reading-news
name: close-reading-news
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python=3.12
  - pip
  - pip:
      - -e .
"""


def compile_lock(uv: str, *, upgrade: bool) -> None:
    """Let `uv` resolve the bounds once for every platform and Python version, into requirements.lock."""
    command = [uv, "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes"]
    command += [f"--extra={extra}" for extra in locked_extras()]
    # One version per package wherever possible: stored notebook outputs must not depend on the Python in use.
    command += ["--fork-strategy", "fewest", "--no-header", "--quiet", "--output-file", LOCK.name]
    if upgrade:
        command.append("--upgrade")
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    LOCK.write_text(LOCK_HEADER + LOCK.read_text(encoding="utf-8"), encoding="utf-8")


def locked_extras() -> list[str]:
    """The extras of pyproject.toml whose packages are in the lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [extra for extra in project["optional-dependencies"] if extra not in NOT_LOCKED]


def pins(lock_text: str) -> list[str]:
    r"""Return the requirement lines of a lock without their hashes, in order.

    >>> pins("# a comment\nidna==3.20 \\\n    --hash=sha256:00\n    # via httpx\n")
    ['idna==3.20']
    """
    lines = (line for line in lock_text.splitlines() if line and line[0] not in "# ")
    return [line.removesuffix("\\").strip() for line in lines]


def main() -> None:
    """Read the command line and write both files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions within the bounds")
    options = parser.parse_args()
    uv = shutil.which(os.environ.get("UV", "uv"))
    if uv is None:
        sys.exit("There is no program uv here. Install it (pip install uv) or name it: make lock UV=path/uv")
    compile_lock(uv, upgrade=options.upgrade)
    lines = [f"      - {pin}\n" for pin in pins(LOCK.read_text(encoding="utf-8"))]
    ENVIRONMENT.write_text(ENVIRONMENT_HEADER + "".join(lines), encoding="utf-8")
    print(f"Wrote {LOCK.name} and {ENVIRONMENT.name}: {len(lines)} packages.")


if __name__ == "__main__":
    main()
