"""The folder of an export: which of its files are ours, and writing it whole or not at all.

`export.json` lists the files with their SHA-256. A folder with anything else in it, or with a file that was changed
since (an annotator's work), is never overwritten. `.separate` keeps the folder from being read with the articles around
it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from analysis.inputs.files import SEPARATE
from analysis.outputs import Output, Refused, check_outputs, json_object

MANIFEST = "export.json"
INSTEAD = "name another folder with --out"


def check_folder(out: str | Path, inputs: Iterable[str | Path] = ()) -> None:
    """Raises Refused if an export into `out` would overwrite anything that an earlier export did not leave there."""
    if str(out) == "":
        raise Refused(f"the folder to write into has no name; {INSTEAD}")
    out = Path(out)
    if os.path.lexists(out) and not out.is_dir():
        raise Refused(f"{out} exists and is not a folder; {INSTEAD}")
    if not out.is_dir():
        return
    known = _known(out)
    for path in sorted(out.iterdir()):
        if path.name in (MANIFEST, SEPARATE) and (known or path.stat().st_size == 0):
            continue
        if path.name not in known:
            raise Refused(f"{out} contains {path.name}, which no export wrote; {INSTEAD}")
        if not path.is_file() or _digest(path.read_bytes()) != known[path.name]:
            raise Refused(f"{path} has changed since it was exported, and would be overwritten; {INSTEAD}")
    check_outputs((Output(out / name, lambda path: True, instead=INSTEAD) for name in known), inputs)


def _known(out: Path) -> dict[str, str]:
    content = json_object(out / MANIFEST)
    files = content.get("files") if content.get("export") else None
    return {str(name): str(digest) for name, digest in files.items()} if isinstance(files, dict) else {}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write_folder(out: str | Path, files: Iterable[tuple[str, bytes]], *, name: str) -> list[str]:
    """Write the files of an export of the format `name` into a folder; returns their names.

    They are written next to it and take its place once all are complete. Files of an earlier export are removed.
    """
    out = Path(out)
    old = _known(out) if out.is_dir() else {}
    coming = out.parent / f".{out.name[:100]}.{os.getpid()}.unfinished"
    out.parent.mkdir(parents=True, exist_ok=True)
    coming.mkdir()
    try:
        digests = dict(_written(coming, files))
        manifest = {"export": name, "files": digests}
        (coming / SEPARATE).touch()
        (coming / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", "utf-8")
        if not os.path.lexists(out):
            os.rename(coming, out)
            return list(digests)
        for gone in old.keys() - digests.keys():
            (out / gone).unlink(missing_ok=True)
        for path in (coming / MANIFEST, *(p for p in coming.iterdir() if p.name != MANIFEST)):
            os.replace(path, out / path.name)
        return list(digests)
    finally:
        shutil.rmtree(coming, ignore_errors=True)


def _written(folder: Path, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str]]:
    for name, content in files:
        (folder / name).write_bytes(content)
        yield name, _digest(content)
