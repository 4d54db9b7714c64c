"""The core imports the standard library only: it starts fast and runs wherever Python runs, in a browser too."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "analysis"
CORE = ("text", "rules", "grammar", "sourcing", "hedging", "entities", "people", "numbers", "headline", "reading")
CORE = (*CORE, "pipeline.py", "app")
# What a module takes where it is installed, and does without where it is not.
OPTIONAL = {"entities/backends.py": {"spacy"}, "pipeline.py": {"msgspec"}, "reading/__init__.py": {"IPython"}}
MODULES = sorted(path for name in CORE for path in ((ROOT / name).rglob("*.py") if "." not in name else [ROOT / name]))


def imported(path):
    """The packages that a module imports, at its head or inside its functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_core_needs_the_standard_library_only(path):
    ours = {"analysis"} | OPTIONAL.get(path.relative_to(ROOT).as_posix(), set())
    assert {name for name in imported(path) if name not in sys.stdlib_module_names} <= ours


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_in_the_package_needs_the_tests(path):
    assert "tests/" not in path.read_text("utf-8")
    assert "tests" not in set(imported(path))
