"""Continuous integration must not pass because nothing was looked at in a browser."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOOKS = """
from browser import CHROMIUM, needs_browser


@needs_browser
def test_it():
    with CHROMIUM.tab():
        pass
"""


def outcome(folder, **environment):
    """How a test in a browser ends on a machine with a Chromium that does not start."""
    broken = folder / "chromium"
    broken.write_text("#!/bin/sh\necho 'no display' >&2\nexit 1\n", "utf-8")
    broken.chmod(0o755)
    given = {name: value for name, value in os.environ.items() if name not in ("REQUIRE_BROWSER", "WITHOUT_BROWSER")}
    given |= {"PATH": f"{folder}:{os.environ['PATH']}", **environment}
    given["PYTHONPATH"] = f"{ROOT / 'tests'}:{ROOT}"
    (folder / "test_looks.py").write_text(LOOKS, "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "-rs", "test_looks.py"]
    done = subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, timeout=120)
    return done.stdout


@pytest.mark.skipif(os.name == "nt", reason="the broken browser is a shell script")
def test_a_chromium_that_does_not_start_skips_tests_and_fails_them_where_it_is_required(tmp_path):
    for environment, ending in (({}, "1 skipped"), ({"REQUIRE_BROWSER": "1"}, "1 failed")):
        said = outcome(tmp_path, **environment)
        assert ending in said, environment
        assert "Chromium does not start here" in said


def test_integration_requires_a_browser_and_the_page_where_chromium_is_installed():
    script = (ROOT / ".ci/run").read_text("utf-8")
    assert "if command -v $browsers >/dev/null; then export REQUIRE_BROWSER=1; fi" in script
    assert script.index("REQUIRE_BROWSER=1") < script.index("make page") < script.index("make coverage")
