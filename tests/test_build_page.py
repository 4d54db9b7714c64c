"""What the page is made of: its parts as they are pinned, the same bytes each time, and nothing else."""

import base64
import hashlib
import io
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from browser import REQUIRED

import build_page

ROOT = Path(__file__).parents[1]
needs_parts = pytest.mark.skipif(bool(build_page.missing()) and not REQUIRED, reason=build_page.missing())


def archive(content=b"x"):
    """An archive as npm makes them, with one file."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        member = tarfile.TarInfo("package/index.js")
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    return out.getvalue()


@pytest.fixture
def one_package(tmp_path, monkeypatch):
    """A package that is pinned, with the bytes that npm would give."""
    raw = archive()
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(raw).digest()).decode()
    package = build_page.Package("@a/b", "1.0.0", integrity, "MIT", "", "", {"b.js": "index.js"})
    monkeypatch.setattr(build_page, "KEPT", tmp_path)
    monkeypatch.setattr(build_page, "packages", lambda: [package])
    monkeypatch.setattr(build_page, "_node", lambda command: [sys.executable, "-c", "pass"])
    return package, raw


def npm_that_gives(raw, monkeypatch, package):
    """Let npm write these bytes."""

    def run(*_, **__):
        package.archive.write_bytes(raw)
        return subprocess.CompletedProcess([], 0)

    monkeypatch.setattr(build_page.subprocess, "run", run)


def test_what_npm_gives_is_kept_if_it_is_what_was_pinned(one_package, monkeypatch):
    package, raw = one_package
    assert build_page.missing() == "the page's parts are not in build/page/ yet (@a/b): run `make page`"
    npm_that_gives(raw, monkeypatch, package)
    build_page.fetch()
    assert build_page.missing() == ""
    assert package.archive.name == "a-b-1.0.0.tgz"
    assert package.read("index.js") == b"x"
    monkeypatch.setattr(build_page.subprocess, "run", None)  # a second time nothing is fetched
    build_page.fetch()


def test_anything_else_is_refused_and_deleted(one_package, monkeypatch):
    package, _ = one_package
    npm_that_gives(archive(b"something else"), monkeypatch, package)
    with pytest.raises(build_page.PartsError, match="is not what tools/page_parts"):
        build_page.fetch()
    assert not package.archive.exists()


def test_without_npm_and_its_wheel_the_reason_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(build_page, "KEPT", tmp_path)
    monkeypatch.setattr(build_page.shutil, "which", lambda _: None)
    monkeypatch.setattr(build_page.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1))
    assert build_page.main([str(tmp_path / "page.html")]) == 1
    told = "The page was not built: it needs Python for browsers, and neither npm nor its wheel is available here.\n"
    assert capsys.readouterr().err == told
    assert not (tmp_path / "page.html").exists()


def test_it_holds_the_core_and_its_licences_and_no_package_that_it_does_not_need():
    names = {name for name, _ in build_page.our_files()}
    assert {"analysis/pipeline.py", "analysis/app/session.py", "analysis/resources/rules/hedges_modals.toml"} <= names
    assert "yaml/__init__.py" in names
    assert not [name for name in names if name.startswith(("analysis/figures", "analysis/tables", "analysis/report"))]
    archives = [build_page.zipped(build_page.our_files()) for _ in range(2)]
    assert archives[0] == archives[1]
    assert set(zipfile.ZipFile(io.BytesIO(archives[0])).namelist()) == names


def test_scripts_hold_no_way_to_run_text():
    scripts = {path.name: path.read_text("utf-8") for path in build_page.SOURCES.glob("*.js")}
    assert set(scripts) == {*build_page.SCRIPTS, "worker.js"}
    for name, script in scripts.items():
        assert not re.search(r"eval\(|new Function|document\.write|insertAdjacentHTML|outerHTML\s*=", script), name
        assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie|sendBeacon", script), name
    # HTML comes from Python, where every text is escaped, and is read in one place, into a document that runs nothing
    together = "".join(scripts.values())
    assert "innerHTML" not in together
    assert sorted(set(re.findall(r"nodesOf\((.*?)\)[;,)\]]", together))) == [
        'await python.ask("concordance", { key: this.key, words }',
        'await python.ask("pair", asked(what',
        "counts",
        "shown.glance",
        "shown.panels",
        "shown.reading",
    ]


@needs_parts
def test_two_runs_write_the_same_page_and_its_policy_allows_its_own_scripts_alone():
    page = build_page.one_file()
    assert page == build_page.one_file()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert "connect-src" not in rules
    assert "unsafe-inline" not in rules["script-src"]
    assert "'unsafe-eval'" not in rules["script-src"]
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.S)
    assert build_page.digest(script) in rules["script-src"]
    for package in build_page.packages():
        assert f"{package.name} {package.version}" in page
        assert package.licence in page
    assert len(page) < 13_500_000


@needs_parts
def test_modules_are_compiled_once_by_the_python_of_the_page():
    (python,) = (package for package in build_page.packages() if package.name == "pyodide")
    names = set(zipfile.ZipFile(io.BytesIO(build_page.parts()["ours.zip"])).namelist())
    assert {"analysis/pipeline.pyc", "yaml/__init__.pyc", "analysis/resources/rules/hedges_modals.toml"} <= names
    assert not [name for name in names if name.endswith(".py")]
    broken = build_page.zipped([("broken.py", b"if:")])
    with pytest.raises(build_page.PartsError, match=r"node cannot compile broken\.zip"):
        build_page.compiled("broken.zip", broken, python)
