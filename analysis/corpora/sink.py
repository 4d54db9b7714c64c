"""The folder that `corpus` writes into: whose it is, that only one run at a time writes there, and which parts are
done.

    SINK/.corpus      tells that the folder is a sink, and is locked by the run that writes
    SINK/.separate    keeps its tables from being read as articles with the folder above

A folder without `.corpus` may hold a sink of an earlier version, or a data set of someone's own with parts of the same
names: a part is an earlier run's only if the file that says it is done is there too.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from analysis.inputs.files import SEPARATE, find_article
from analysis.outputs import Output, Refused, check_outputs, is_errors, json_object

try:
    import fcntl
except ImportError:  # not on Windows, where two runs into the same sink are not noticed
    fcntl = None

MARK = ".corpus"
MARK_CONTENT = b"A folder of tables that `python -m analysis corpus` writes; locked while a run does.\n"
PART = re.compile(r"part-(\d{5,})\.(?:parquet|json)")
INSTEAD = "name another folder"
_held: set[int] = set()


def written_names() -> list[str]:
    """The contents of a sink: folders with parts in them, and files."""
    from analysis.tables import SCHEMAS

    return [*SCHEMAS, "signatures", "done", "errors.jsonl", "manifest.json", "near_duplicates.parquet"]


def part_name(number: int) -> str:
    """The name of a part's files, without their ending."""
    return f"part-{number:05d}"


def check_sink(sink: str | Path, source: Iterable[str | Path]) -> None:
    """Raises Refused if a run from `source` into `sink` would read what it writes, or overwrite something that is not
    an earlier run's.
    """
    if str(sink) == "":
        raise Refused("the folder to write into has no name; give one")
    sink, source = Path(sink), list(source)
    for path in map(Path, source):
        if os.path.isdir(path) and sink.resolve().is_relative_to(path.resolve()):
            raise Refused(f"{sink} is inside {path}, whose articles are being read; name a folder outside it")
        if any(path.resolve().is_relative_to((sink / name).resolve()) for name in written_names()):
            raise Refused(f"writing to {sink} would overwrite {path}; {INSTEAD}")
    parts = list(_parts(sink))
    marked = _is_marked(sink)
    check_outputs(_outputs(sink, [] if marked else parts, marked), source)


def _outputs(sink: Path, parts: list[Path], marked: bool) -> Iterator[Output]:
    yield Output(sink / MARK, lambda path: marked, False, INSTEAD)
    yield Output(sink / "errors.jsonl", is_errors, False, INSTEAD)
    yield Output(sink / "manifest.json", _is_manifest, False, INSTEAD)
    yield Output(sink / "near_duplicates.parquet", lambda path: marked or _is_manifest(sink / "manifest.json"), False)
    for path in parts:
        yield Output(path, partial(_is_done_part, sink=sink), False, INSTEAD)


def _parts(sink: Path) -> Iterator[Path]:
    """The files in the folders of a sink that have names of parts."""
    for name in written_names():
        yield from (path for path in (sink / name).glob("part-*") if PART.fullmatch(path.name))


def _is_marked(sink: Path) -> bool:
    try:
        return (sink / MARK).is_file() and (sink / MARK).read_bytes() == MARK_CONTENT
    except OSError:
        return False


def _is_manifest(path: Path) -> bool:
    return {"made_by", "parts", "rows"} <= json_object(path).keys()


def _is_done_part(path: Path, *, sink: Path) -> bool:
    return {"made_from", "rows", "errors"} <= json_object(sink / "done" / f"{path.stem}.json").keys()


@contextmanager
def held(sink: Path) -> Iterator[None]:
    """Create the folder, and keep other runs from writing into it meanwhile. Raises Refused if one already does."""
    sink.mkdir(parents=True, exist_ok=True)
    number = os.open(sink / MARK, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _lock(number, sink)
        _held.add(number)
        if os.fstat(number).st_size == 0:
            os.write(number, MARK_CONTENT)
        _set_apart(sink)
        yield
    finally:
        _held.discard(number)
        os.close(number)


def _set_apart(sink: Path) -> None:
    """Keep the tables from being read with the folder above, but never an article next to them."""
    if not os.path.lexists(sink / SEPARATE) and find_article(sink, but=_tables(sink)) is None:
        (sink / SEPARATE).touch()


def _tables(sink: Path) -> Iterator[Path]:
    yield from _parts(sink)
    yield sink / "near_duplicates.parquet"


def _lock(number: int, sink: Path) -> None:
    if fcntl is None:
        return
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Refused(f"another run is writing into {sink}; wait until it finishes, or {INSTEAD}") from error
    except OSError:  # a file system without locks
        return


def _let_go() -> None:
    """In a process of the pool: the lock belongs to its parent alone, and ends with it."""
    for number in _held:
        os.close(number)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


def is_done(sink: Path, number: int, digest: str) -> bool:
    """Does this part already exist, made from the same input?"""
    done = json_object(sink / "done" / f"{part_name(number)}.json")
    rows = done.get("rows")
    return (
        done.get("made_from") == digest
        and isinstance(rows, dict)
        and all((sink / name / f"{part_name(number)}.parquet").exists() for name in rows)
    )


def done_part(sink: Path, number: int) -> dict:
    """What a part was made from, its numbers of rows and its errors."""
    return json.loads((sink / "done" / f"{part_name(number)}.json").read_text("utf-8"))


def remove_stale(sink: Path, count: int) -> None:
    """Remove the parts left by a longer input, and files that an interruption left unfinished."""
    for path in (path for name in written_names() for path in (sink / name).glob("*")):
        match = PART.fullmatch(path.name)
        if (match and int(match[1]) >= count) or (path.name.startswith(".part-") and path.suffix == ".unfinished"):
            path.unlink()
