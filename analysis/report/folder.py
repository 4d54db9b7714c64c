"""The folder of a report: which files are written into it, whose those are that lie there, and writing them.

The manifest of an earlier report has the hash of each of its figures and tables: a file that has it is that report's,
and may be replaced; one that a person changed since, or put there, is not.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from analysis.inputs.files import SEPARATE, find_article
from analysis.outputs import Output, Refused, Replacement, check_outputs, is_page, json_object, write_whole
from analysis.report.drawings import FIGURES
from analysis.report.frames import TABLES

MANIFEST = "manifest.json"
COMING = ".manifest.json"  # the manifest of the report that is being written
INSTEAD = "name another folder with --out"
OWN_FILES = re.compile(
    r"(?:(?:figures|tables)/[a-z_]+\.(?:svg|png|pdf|csv|parquet)|report\.(?:pdf|docx)|tables\.xlsx)\Z"
)


def report_files() -> list[str]:
    """The files that a report may have, by their paths in its folder."""
    figures = [f"figures/{figure.name}.{suffix}" for figure in FIGURES for suffix in ("svg", "png", "pdf", "csv")]
    tables = [f"tables/{name}.{suffix}" for name in TABLES for suffix in ("csv", "parquet")]
    return ["index.html", MANIFEST, *figures, *tables, "report.pdf", "report.docx", "tables.xlsx"]


def check_folder(out: str | Path, inputs: Iterable[str | Path] = ()) -> None:
    """Raises Refused where a report in the folder `out` would write over something that is not an earlier report's, or
    would hide articles that lie there from those who read the folder above."""
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
            for name in report_files()
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

    Two manifests tell of a report that was being written over another when it was stopped.
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


def write_files(out: Path, files: dict[str, bytes]) -> None:
    """Put the files of a report into its folder; those of an earlier one that this one has not are taken away.

    All are written before the first takes its place.
    """
    check_folder(out)
    for folder in ("figures", "tables"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    known = _known_files(out)
    with ExitStack() as stack:
        waiting = [_written(stack, out / name, content) for name, content in files.items() if name != MANIFEST]
        write_whole(out / COMING, files[MANIFEST])
        for replacement in waiting:
            replacement.commit()
    for name in known.keys() - files.keys():
        if (out / name).is_file() and _is_known(out / name, name=name, known=known):
            (out / name).unlink()
    write_whole(out / MANIFEST, files[MANIFEST])
    (out / COMING).unlink()
    (out / SEPARATE).touch()  # so that a report inside a folder of articles is not read as articles


def _written(stack: ExitStack, path: Path, content: bytes) -> Replacement:
    replacement = Replacement(path)
    stack.callback(replacement.discard)  # does nothing to one that has taken its place
    replacement.write(content)
    return replacement
