"""Files that commands write: they replace only their own files, and are written whole or not at all.

Before anything is read, `check_outputs` looks at every file that a command will write. An existing file may be replaced
if it is empty, or if its content shows that the same command wrote it; an input never is, whatever its content. Files
are identified by what they are on the disk (device and number), so a link or another spelling of a name hides nothing.

Then each is written next to its place and moved there at the end (`Replacement`): a reader finds the old file or the
new one, never half of one, and other links to the old file do not change.
"""

from __future__ import annotations

import io
import json
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

HEAD = 20_000  # how many bytes of a file are examined to see whose it is
TAIL = 2_000
# Files that a reader keeps next to articles under these names are read with them; no command writes such a file.
SIDE_FILES = ("aliases.toml", ".separate")
SIDE_ENDINGS = (".corrections.csv",)


class Refused(ValueError):
    """A call would overwrite something; nothing was read or written."""


class Output(NamedTuple):
    """A file that will be written. `ours` says whether an earlier run wrote the existing content; `named` is False for
    a file that you did not name but that accompanies one that you did; `instead` says what to do about a refusal.
    """

    path: str | Path
    ours: Callable[[Path], bool]
    named: bool = True
    instead: str = "name another file"


def check_outputs(outputs: Iterable[Output], inputs: Iterable[str | Path] = ()) -> None:
    """Raises Refused if a file that will be written is an input, or exists and is not an earlier run's."""
    read = {key for name in inputs if (key := file_key(name)) is not None}
    written: set[Path] = set()
    for output in outputs:
        problem = _problem(output, read)
        place = Path(os.path.realpath(output.path))
        if problem is None and place in written:
            problem = "would be written twice"
        if problem:
            raise Refused(f"{output.path or 'the output'} {problem}; {output.instead}")
        written.add(place)


def file_key(name: str | Path) -> tuple[int, int] | None:
    """What a file is on the disk, whatever its name; "-" is standard input. None for anything that is not a file."""
    try:
        state = os.fstat(sys.stdin.fileno()) if str(name) == "-" else os.stat(name)
    except (
        OSError,
        ValueError,
        AttributeError,
    ):  # it does not exist; or standard input is closed, or belongs to a test
        return None
    return (state.st_dev, state.st_ino) if stat.S_ISREG(state.st_mode) else None


def _problem(output: Output, read: set[tuple[int, int]]) -> str | None:
    """Why this file must not be written, as the rest of a sentence; None if it may."""
    if str(output.path) == "":
        return "has no name"
    path = Path(output.path)
    name = path.name
    if name in SIDE_FILES or name.endswith(SIDE_ENDINGS):
        return "is a file that you keep next to articles, and would be overwritten"
    try:
        state = os.stat(path)
    except (OSError, ValueError):
        return None  # it does not exist; anything in the way is reported when it is opened
    if not stat.S_ISREG(state.st_mode):
        return None if output.named else "exists and is not a file"
    if (state.st_dev, state.st_ino) in read:
        return "is also an input and would be overwritten"
    try:
        if state.st_size == 0 or output.ours(path):
            return None
    except OSError as error:
        return f"cannot be checked ({error.strerror})"
    return "was not written by this command and would be overwritten"


# ---------------------------------------------------------------- whose a file is

_MARKS = re.compile(rb'\{"doc_id":"(?:[^"\\]|\\.)*","sha256":"[0-9a-f]{64}","encoding":')
_MARKS_END = re.compile(rb',"duplicate_of":(?:null|"(?:[^"\\]|\\.)*")\}\n\Z')
_ERRORS = re.compile(rb'\{"file": (?:null|"(?:[^"\\]|\\.)*"), "row": (?:null|[0-9]+), "reason": "')
# The first bytes of every page that this package writes; a page saved from a site does not begin like this.
PAGE_START = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="default-src '
)


def is_marks(path: Path) -> bool:
    """Does this file contain the lines of `annotate`, from beginning to end?"""
    start, end = _both_ends(path)
    return _MARKS.match(start) is not None and _MARKS_END.search(end) is not None


def is_errors(path: Path) -> bool:
    """Does this file contain lines that report errors?"""
    start, end = _both_ends(path)
    return _ERRORS.match(start) is not None and end.endswith(b'"}\n')


def is_page(path: Path) -> bool:
    """Is this a page that `read` or `report` wrote?"""
    return _both_ends(path)[0].startswith(PAGE_START.encode())


def starts_with(path: Path, head: str) -> bool:
    """Does a file begin with these characters, the column names of a table that a command writes?"""
    return _both_ends(path)[0].startswith(head.encode())


def json_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file; an empty one if there is no such file, or if it contains something else."""
    try:
        content = json.loads(path.read_text("utf-8")) if path.is_file() else None
    except (OSError, ValueError, RecursionError):
        content = None
    return content if isinstance(content, dict) else {}


def _both_ends(path: Path) -> tuple[bytes, bytes]:
    with open(path, "rb") as file:
        start = file.read(HEAD)
        file.seek(max(0, os.fstat(file.fileno()).st_size - TAIL))
        return start, file.read(TAIL)


# ---------------------------------------------------------------- writing


class Replacement:
    """A file that takes its place when the `with` block ends; if the block fails, the old file stays.

    If the block is stopped (Ctrl-C, TERM) and there was no file before, the complete lines so far take the place. On
    Linux, the file has no name until then, so even a killed process leaves nothing behind.

    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp(), "a.txt")
    >>> with Replacement(place) as file:
    ...     _ = file.write(b"It may rain.")
    >>> place.read_bytes()
    b'It may rain.'
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._place = Path(os.path.realpath(path))  # a link remains a link; its target is replaced
        self._name: Path | None = None
        with told_as(self.path):
            self._before = _state(self._place)
            self._direct = self._before is not None and not stat.S_ISREG(self._before.st_mode)
            self.file: BinaryIO = open(self.path, "wb") if self._direct else self._unfinished()  # noqa: SIM115

    def _unfinished(self) -> BinaryIO:
        flags = getattr(os, "O_TMPFILE", None)
        if flags is not None and os.path.isdir("/proc/self/fd"):
            with suppress(
                OSError
            ):  # not on every file system; if the error is a different one, the next line raises it
                return os.fdopen(os.open(self._place.parent, flags | os.O_RDWR, 0o666), "w+b")
        self._name = self._spare_name()
        return open(self._name, "w+b")

    def _spare_name(self) -> Path:
        name = self._place.name.encode()[:200].decode(errors="ignore")  # names have a maximum length
        return self._place.with_name(f".{name}.{os.getpid()}.unfinished")

    def __enter__(self) -> BinaryIO:
        return self.file

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.commit()
        elif issubclass(kind, KeyboardInterrupt) and self._before is None and not self._direct:
            self._keep_lines()
            self.commit()
        else:
            self.discard()

    def write(self, content: bytes) -> None:
        """Write into the file, all the way to the disk's buffers."""
        with told_as(self.path):
            self.file.write(content)
            self.file.flush()

    def _keep_lines(self) -> None:
        """Cut the file after its last complete line."""
        self.file.flush()
        end = self.file.seek(0, io.SEEK_END)
        while end:
            start = max(0, end - io.DEFAULT_BUFFER_SIZE)
            self.file.seek(start)
            found = self.file.read(end - start).rfind(b"\n")
            if found >= 0:
                end = start + found + 1
                break
            end = start
        self.file.truncate(end)

    def commit(self) -> None:
        """Put the file in its place."""
        with told_as(self.path):
            if self._direct:
                self.file.close()
                return
            try:
                self._put()
            except BaseException:
                self.discard()
                raise

    def _put(self) -> None:
        self.file.flush()
        os.fsync(self.file.fileno())
        if self._before is not None and hasattr(
            os, "fchmod"
        ):  # on Windows, a file inherits its permissions from its folder
            os.fchmod(self.file.fileno(), stat.S_IMODE(self._before.st_mode))
        if self._name is None:
            self._name = self._spare_name()
            self._name.unlink(missing_ok=True)
            # by its number, since it has no name; to follow that link, the call needs a folder, any folder
            os.link(f"/proc/self/fd/{self.file.fileno()}", self._name, src_dir_fd=self.file.fileno())
        self.file.close()  # first, because Windows cannot move an open file
        os.replace(self._name, self._place)
        self._name = None

    def discard(self) -> None:
        """Keep the old file."""
        with suppress(OSError):  # the disk is full, and the buffer still holds data
            self.file.close()
        if self._name is not None:
            self._name.unlink(missing_ok=True)


def _state(path: Path) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


@contextmanager
def told_as(path: Path, *, anyway: bool = True) -> Iterator[None]:
    """Give an error of the system the name of the file that was being written; with `anyway`, even if it has another
    name, such as that of the unfinished file.
    """
    try:
        yield
    except OSError as error:
        if anyway or error.filename is None:
            error.filename = str(path)
        raise


def write_whole(path: str | Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file whole or not at all; `content` may come in pieces."""
    replacement = Replacement(path)
    with told_as(replacement.path, anyway=False), replacement as file:
        file.writelines([content] if isinstance(content, bytes) else content)
