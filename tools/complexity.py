"""Say how complex the functions of the package are, and fail if one is too complex (part of `make lint`).

Radon counts the ways through a function, including boolean operators. None may have more than MOST.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from radon.complexity import cc_visit

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("analysis", "benchmarks", "tools")
MOST = 20


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """The functions and methods of a file, and how complex each is."""
    for block in cc_visit(path.read_text(encoding="utf-8")):
        if block.letter != "C":  # a class is measured by its methods
            yield block.fullname, block.complexity


def main() -> int:
    """Print what was found; 1 if a function is too complex."""
    measured, problems = [], []
    for path in (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))):
        place = path.relative_to(ROOT).as_posix()
        found = list(functions(path))
        measured += [complexity for _, complexity in found if place.startswith("analysis/")]
        problems += [f"{place}: {name} has {n}; {MOST} at most" for name, n in found if n > MOST]
    print("\n".join(problems), file=sys.stderr, end="\n" if problems else "")
    print(f"Complexity of {len(measured):,} functions: {sum(measured) / len(measured):.1f} on average.")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
