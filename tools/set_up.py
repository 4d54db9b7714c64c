"""Set up the environment of this project in .venv, on any system. `make setup` runs this; without make, you do.

    python tools/set_up.py [FOLDER]        (FOLDER: where the environment goes; default .venv in the project's folder)

You need Python 3.11 or newer, with pip and venv.  The versions come from requirements.lock, each checked against
its hash.  A second run changes nothing that is there already.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
OLDEST = (3, 11)
# What pip says when it takes up the next line of the lock; "Processing" and a path where the index is a folder.
TAKEN_UP = re.compile(
    r"^(?:Collecting|Processing|Ignoring|Requirement already satisfied:) (?:\S*/)?([\w.]+(?:-[A-Za-z][\w.]*)*)"
)
EVERY = 25  # packages from one line to the next where nobody watches a terminal


def problem(version=sys.version_info, has_venv=None):
    """Why this Python cannot set up the project, and what to do; "" if it can.

    >>> problem((3, 9, 2), has_venv=True)
    'You need Python 3.11 or newer, but this is 3.9. Install a newer one, and run this program with it.'
    >>> problem((3, 12, 1), has_venv=True)
    ''
    """
    if tuple(version[:2]) < OLDEST:
        return (
            f"You need Python 3.11 or newer, but this is {version[0]}.{version[1]}. "
            "Install a newer one, and run this program with it."
        )
    if not (_has_venv() if has_venv is None else has_venv):
        return "This Python lacks the module venv or ensurepip. On Debian and Ubuntu: apt install python3-venv"
    return ""


def _has_venv():
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return False
    return True


def python_in(environment, system=os.name):
    """The Python of an environment: systems put it in different places."""
    return environment / ("Scripts/python.exe" if system == "nt" else "bin/python")


def count(lock):
    r"""How many packages a lock pins.

    >>> count("# comment\nidna==3.20 \\\n    --hash=sha256:00\nsix==1.17 ; python_version < '3.12' \\\n")
    2
    """
    return len(re.findall(r"^[A-Za-z0-9][^\s=]*==", lock, re.MULTILINE))


def progress(lines, total, *, terminal):
    """What to show, line by line of pip's output: how many packages of how many, and the latest.

    >>> list(progress(["Collecting idna==3.20", "  Using cached idna", "Installing collected packages: idna"], 1,
    ...               terminal=True))
    ['  1 of 1: idna', '  installing them (the longest part) ...']
    """
    taken = 0
    for line in lines:
        found = TAKEN_UP.match(line)
        if found and total:
            taken += 1
            if terminal or taken % EVERY == 0 or taken == total:
                yield f"  {taken} of {total}: {found[1]}"
        elif line.startswith("Installing collected packages"):
            yield "  installing them (the longest part) ..."


def install(python, *arguments, total=0):
    """Run pip and show its progress; if it fails, end the program with pip's own words."""
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off", *arguments]
    terminal = sys.stdout.isatty()
    kept = []
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as pip:

        def heard():
            for line in pip.stdout:
                kept.append(line)
                yield line

        for message in progress(heard(), total, terminal=terminal):
            print(f"\r{message:<60}" if terminal else message, end="" if terminal else "\n", flush=True)
    if terminal and total:
        print()
    if pip.returncode:
        sys.exit("".join(kept[-15:]) + "\nThe set-up stopped. The last lines of pip are above. Run the command again.")


def main(arguments):
    """Make the environment, or bring it up to the lock."""
    if arguments[1:] or (arguments and arguments[0].startswith("-")):
        sys.exit(__doc__)
    told = problem()
    if told:
        sys.exit(told)
    environment = Path(arguments[0]).resolve() if arguments else ROOT / ".venv"
    python = python_in(environment)
    total = count(LOCK.read_text("utf-8"))
    print(f"Setting up {environment.name} with {total} packages; the first time this takes one to five minutes.")
    if not python.exists():
        print("1 of 3: an empty environment", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    print("2 of 3: the packages of requirements.lock", flush=True)
    install(python, "--no-deps", "--require-hashes", "-r", str(LOCK), total=total)
    print("3 of 3: this project, and the fonts of its figures", flush=True)
    install(python, "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    news = ["labextension", "disable", "--level=sys_prefix", "@jupyterlab/apputils-extension:announcements"]
    subprocess.run([str(python), "-m", "jupyter", *news], check=True, **quiet)
    subprocess.run([str(python), "-c", "import matplotlib.font_manager"], check=True, **quiet)


if __name__ == "__main__":
    main(sys.argv[1:])
