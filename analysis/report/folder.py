"""The folder of a report: which files are written into it, which of the files already there are ours, and how they are
written.

The manifest of an earlier report has the hash of each of its figures and tables: a file with that hash is that report's
and may be replaced; a file that a person has changed or put there may not.
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

from analysis.inputs.files import SEPARATE, find_article
from analysis.outputs import Output, Refused, Replacement, check_outputs, is_page, json_object, write_whole
from analysis.report.drawings import FIGURES
from analysis.report.frames import TABLES
from analysis.report.manifest import sha256

MANIFEST = "manifest.json"
COMING = ".manifest.json"  # the manifest of the report that is being written
INSTEAD = "name another folder with --out"
OWN_FILES = re.compile(
    r"(?:(?:figures|tables)/[a-z_]+\.(?:svg|png|pdf|csv|parquet)|texts/(?:[0-9]{4,7}\.html|reading\.(?:css|js))|"
    r"data/[a-z]+\.js|report\.(?:pdf|docx)|tables\.xlsx)\Z"
)
FOLDERS = ("figures", "tables", "texts", "data")


class Files:
    """The files of a report, kept compressed until they are written, with the hash of each."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.hashes: dict[str, str] = {}
        self._packed: dict[str, bytes] = {}
        self.add(files)

    def add(self, files: Mapping[str, bytes]) -> None:
        """Add files by their paths in the folder."""
        for name, content in files.items():
            self.hashes[name] = sha256(content)
            self._packed[name] = zlib.compress(content, 1)

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __getitem__(self, name: str) -> bytes:
        return zlib.decompress(self._packed[name])

    def folders(self) -> list[str]:
        """The folders that the files are in."""
        return [folder for folder in FOLDERS if any(name.startswith(f"{folder}/") for name in self)]


def report_files() -> list[str]:
    """The files that a report may have, by their paths in its folder."""
    suffixes = (".svg", ".png", ".pdf", ".csv", "_narrow.svg")
    figures = [f"figures/{figure.name}{suffix}" for figure in FIGURES for suffix in suffixes]
    tables = [f"tables/{name}.{suffix}" for name in TABLES for suffix in ("csv", "parquet")]
    return ["index.html", MANIFEST, *figures, *tables, "report.pdf", "report.docx", "tables.xlsx"]


def _numbered_files(out: Path) -> list[str]:
    """The files in the folder whose names depend on what a report is about."""
    names = (path.relative_to(out).as_posix() for folder in ("texts", "data") for path in (out / folder).glob("*"))
    return [name for name in names if OWN_FILES.match(name)]


def check_folder(out: str | Path, inputs: Iterable[str | Path] = ()) -> None:
    """Raises Refused if a report in the folder `out` would overwrite something that is not an earlier report's, or
    would hide articles in it from anyone who reads the folder above.
    """
    if str(out) == "":
        raise Refused(f"the folder to write into has no name; {INSTEAD}")
    out = Path(out)
    known = _known_files(out)
    own = {
        "index.html": is_page,
        MANIFEST: lambda path: _is_manifest(json_object(path)),
    }
    check_outputs(
        (
            Output(out / name, own.get(name, partial(_is_known, name=name, known=known)), named=False, instead=INSTEAD)
            for name in (*report_files(), *_numbered_files(out))
        ),
        inputs,
    )
    if not _is_there(out / SEPARATE):
        others = {out / name for name in (*known, "index.html")}
        article = find_article(out, but=others)
        if article is not None:
            raise Refused(
                f"{out} contains articles ({article.name}), which a report would hide or overwrite; {INSTEAD}"
            )


def _is_there(path: Path) -> bool:
    return os.path.lexists(path)


def _is_manifest(content: dict) -> bool:
    return {"analysis", "articles", "files"} <= content.keys()


def _known_files(out: Path) -> dict[str, set[str]]:
    """The files of earlier reports in this folder, with the hashes that they may have.

    There are two manifests if a report was stopped while it was being written over another.
    """
    known: dict[str, set[str]] = {}
    for name in (MANIFEST, COMING):
        content = json_object(out / name)
        files = content.get("files") if _is_manifest(content) else None
        for file, digest in files.items() if isinstance(files, dict) else ():
            if OWN_FILES.match(file) and isinstance(digest, str):
                known.setdefault(file, set()).add(digest)
    return known


def _is_known(path: Path, *, name: str, known: dict[str, set[str]]) -> bool:
    digests = known.get(name)
    return digests is not None and hashlib.sha256(path.read_bytes()).hexdigest() in digests


def write_files(out: Path, files: Files) -> None:
    """Put the files of a report into its folder, and delete those of an earlier report that this one does not have.

    All are written before the first takes its place, except the pages of single articles: there may be more of them
    than files that can be open.
    """
    check_folder(out)
    out.mkdir(parents=True, exist_ok=True)
    for folder in files.folders():
        (out / folder).mkdir(exist_ok=True)
    known = _known_files(out)
    with ExitStack() as stack:
        single = [name for name in files if name.startswith("texts/")]
        waiting = [_written(stack, out / name, files[name]) for name in set(files) - {MANIFEST, *single}]
        write_whole(out / COMING, files[MANIFEST])
        for name in single:
            write_whole(out / name, files[name])
        for replacement in waiting:
            replacement.commit()
    for name in known.keys() - set(files):
        if (out / name).is_file() and _is_known(out / name, name=name, known=known):
            (out / name).unlink()
    for folder in set(FOLDERS) - set(files.folders()):
        with suppress(OSError):  # something else is in it
            (out / folder).rmdir()
    write_whole(out / MANIFEST, files[MANIFEST])
    (out / COMING).unlink()
    (out / SEPARATE).touch()  # so that a report inside a folder of articles is not read as an article


def _written(stack: ExitStack, path: Path, content: bytes) -> Replacement:
    replacement = Replacement(path)
    stack.callback(replacement.discard)  # leaves a file alone that has taken its place
    replacement.write(content)
    return replacement
