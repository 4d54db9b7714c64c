"""What to read: paths, folders in the order of their paths, standard input; and which reader takes it."""

from __future__ import annotations

import io
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import partial
from pathlib import Path, PurePath
from typing import BinaryIO

from analysis.inputs import encodings
from analysis.inputs.archives import members
from analysis.inputs.budget import time_budget
from analysis.inputs.choosing import is_article_file, is_passed_over, tell_passed_over
from analysis.inputs.converters import way
from analysis.inputs.formats import OF_ONE_ARTICLE, PAGES, READABLE, READERS, ZIP, is_readable, stem_of
from analysis.inputs.languages import tell_of_language
from analysis.inputs.options import Blob, Items, ReadOptions
from analysis.inputs.packed import GZ, unpacked
from analysis.outputs import is_page
from analysis.text.article import Article, ArticleError, one_line

STDIN = "-"
NAMES = 10_000  # how many files of a folder are searched for a misspelt one
BLANK_LINES = 10_000  # how much of standard input is examined before it is taken for text
# A folder that contains a file of this name is a separate set: read if it is named, but not with the folder above.
SEPARATE = ".separate"


def read_sources(sources: Iterable[str | Path], options: ReadOptions | None = None) -> Items:
    """Yield each article of files, folders and standard input ("-"), in order, or an ArticleError if it fails."""
    options = options or ReadOptions()
    for source in sources:
        try:
            for item in _read_source(source, options):
                if isinstance(item, Article):
                    tell_of_language(item, options)
                yield item
        except ArticleError as error:
            yield error
        except OSError as error:  # a path that the system refuses even to check
            yield _not_opened(error, str(source))


def _read_source(source: str | Path, options: ReadOptions) -> Items:
    path = Path(source)
    if str(source) == "":  # otherwise it would mean the current folder
        yield ArticleError("an input without a name; give the path of a file or folder (. is the current folder)")
    elif str(source) == STDIN:
        yield from _read_standard_input(options)
    elif path.is_dir():
        yield from _read_folder(path, options)
    elif not (path.exists() or path.is_symlink()):
        yield ArticleError(not_there(str(source)), file=str(source))
    else:
        yield from read_blob(local_blob(path, stem_of(path)), options)


_ADDRESS = re.compile(r"(?:https?|ftp|file)://|www\.", re.I)


def not_there(name: str) -> str:
    """Why there is nothing to read at a path, and what to do."""
    if _ADDRESS.match(name):
        return (
            "this is a web address, and nothing is fetched from the network; open it in a browser, save the page, "
            "and give that file"
        )
    path = Path(name)
    try:
        near = get_close_matches(path.name, sorted(os.listdir(path.parent))[:NAMES], n=1, cutoff=0.75)
    except (OSError, ValueError):
        near = []
    if near:
        return f"no such file or folder; did you mean {near[0]}?"
    return "no such file or folder; check the spelling, or give another path"


def _not_opened(error: OSError, file: str) -> ArticleError:
    return ArticleError(f"cannot be opened ({error.strerror or error}); check that it is a readable file", file=file)


def local_blob(path: Path, doc_id: str) -> Blob:
    """A file on this machine, to be read as an article or as articles."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0  # opening it will show
    return Blob(
        one_line(path.as_posix()), one_line(doc_id), path.suffix.lower(), size, partial(open, path, "rb"), str(path)
    )


def read_blob(blob: Blob, options: ReadOptions) -> Items:
    """Yield the articles of one file, whatever its kind."""
    if not is_readable(PurePath(blob.name)) and blob.suffix not in READERS:
        reason = way(blob.name)
        yield ArticleError(
            f"not read: {reason}" if reason else f"files that can be read are {READABLE}", file=blob.name
        )
        return
    if blob.suffix == GZ:
        blob = unpacked(blob, options)
    try:
        if blob.suffix in OF_ONE_ARTICLE:
            with time_budget(options.limits.seconds(blob.size, page=blob.suffix in PAGES), file=blob.name):
                items = list(READERS[blob.suffix](blob, options))
            yield from items
        else:
            yield from _read_zip(blob, options) if blob.suffix == ZIP else READERS[blob.suffix](blob, options)
    except ArticleError as error:
        yield error
    except blob.broken as error:
        yield ArticleError(f"damaged in the zip ({error}); zip the files again", file=blob.name)
    except OSError as error:
        yield _not_opened(error, blob.name)
    except ImportError as error:
        yield ArticleError(
            f"{blob.suffix} files need {error.name}, which is not installed: run `make setup`, or "
            "pip install 'close-reading-news[inputs]'",
            file=blob.name,
        )
    except Exception as error:  # an error of ours or of a library must not end a run over many files
        reason = " ".join(str(error).split())[:200]
        yield ArticleError(
            f"could not be read ({type(error).__name__}: {reason}); please report it with the file", file=blob.name
        )


def _read_zip(blob: Blob, options: ReadOptions) -> Items:
    for member in members(blob, options):
        if isinstance(member, ArticleError):
            yield member
        else:
            yield from read_blob(member, options)


# ---------------------------------------------------------------- folders


def find_article(folder: Path, *, but: Iterable[Path] = ()) -> Path | None:
    """A file in this folder, or in one inside it, that would be read as an article; None if there is none.

    `but` are files that do not count.
    """
    left_out = {os.path.realpath(path) for path in but}
    for item in _walk(folder, []) if folder.is_dir() else ():
        if not isinstance(item, ArticleError) and os.path.realpath(item[0]) not in left_out:
            return item[0]
    return None


def _read_folder(folder: Path, options: ReadOptions) -> Items:
    empty, others = True, list[Path]()
    for item in _walk(folder, others):
        if options.leave_out and not isinstance(item, ArticleError) and os.path.realpath(item[0]) in options.leave_out:
            continue
        empty = False
        if isinstance(item, ArticleError):
            yield item
        else:
            yield from read_blob(local_blob(*item), options)
    if not _is_separate(folder):  # a separate set is put together with care: other files in it are there on purpose
        left_out = {path for path in others if os.path.realpath(folder / path) in options.leave_out}
        tell_passed_over((path for path in others if path not in left_out), file=str(folder))
    if empty:
        yield ArticleError(f"no article in this folder; add files of these kinds: {READABLE}", file=str(folder))


def _walk(folder: Path, others: list[Path]) -> Iterator[tuple[Path, str] | ArticleError]:
    """Files with their doc_ids, in the order of their paths, using little memory, to any depth of folders.

    Skipped files are added to `others`.
    """
    root = folder.resolve()
    open_folders = [_look_into(folder, root, Path(), others)]
    while open_folders:
        found = next(open_folders[-1], None)
        if found is None:
            open_folders.pop()
        elif isinstance(found, Path):
            open_folders.append(_look_into(folder, root, found, others))
        else:
            yield found


def _look_into(
    folder: Path, root: Path, inside: Path, others: list[Path]
) -> Iterator[tuple[Path, str] | ArticleError | Path]:
    """The contents of one folder, in the order of names: files with their doc_ids, and folders to look into next."""
    try:
        entries = sorted(os.scandir(folder / inside), key=lambda entry: entry.name)
    except OSError as error:
        yield ArticleError(f"the folder cannot be opened ({error.strerror})", file=str(folder / inside))
        return
    files = [e for e in entries if is_article_file(Path(e.name)) and _is_article(e)]
    stems = Counter(stem_of(Path(entry.name)) for entry in files)
    chosen = {entry.name for entry in files}
    for entry in entries:
        path = inside / entry.name
        if entry.is_symlink() and not entry.name.startswith((".", "_")) and (entry.name in chosen or _is_folder(entry)):
            problem = _link_problem(folder / path, root)
            if problem:
                yield ArticleError(problem, file=str(folder / path))
                continue
        if entry.name in chosen:  # a.txt next to a.md: the suffix tells them apart
            name = path.with_name(stem_of(path)) if stems[stem_of(path)] == 1 else path
            yield folder / path, name.as_posix()
        elif _is_folder(entry) and not entry.name.startswith((".", "_")) and not _is_separate(folder / path):
            yield path
        elif _is_left_aside(entry, path):
            others.append(path)


def _is_article(entry: os.DirEntry[str]) -> bool:
    return _is_file(entry) and not _is_own_page(entry)


def _is_file(entry: os.DirEntry[str]) -> bool:
    """A file, or a link that leads nowhere or in a circle: reading it shows what is wrong with it."""
    try:
        return entry.is_file() or (entry.is_symlink() and not entry.is_dir())
    except OSError:
        return True


def _is_own_page(entry: os.DirEntry[str]) -> bool:
    """A page that `read` wrote next to its article, or that `report` wrote: not an article."""
    try:
        return Path(entry.name).suffix.lower() in PAGES and is_page(Path(entry.path))
    except OSError:
        return False  # reading it shows what is wrong with it


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_left_aside(entry: os.DirEntry[str], path: Path) -> bool:
    """Should a warning mention it: an unread file, or a folder that is skipped because of its name?"""
    return is_passed_over(path) and (not _is_folder(entry) or entry.name.startswith("_"))


def _is_separate(folder: Path) -> bool:
    try:
        return (folder / SEPARATE).exists()
    except OSError:
        return False  # opening the folder will show


def _link_problem(link: Path, root: Path) -> str | None:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle, before Python 3.13
        reason = "it leads to itself" if isinstance(error, RuntimeError) else getattr(error, "strerror", error)
        return f"a link that leads to no file ({reason}); remove it, or put the file itself here"
    if not target.is_relative_to(root):
        return "a link to a place outside the folder; not followed: put the file itself here, or name it separately"
    if target.is_dir():
        return "a link to a folder; not followed, because it may lead in a circle"
    return None


# ---------------------------------------------------------------- standard input


def _read_standard_input(options: ReadOptions) -> Items:
    """JSON lines if the input opens with "{", otherwise one article of plain text."""
    if sys.stdin is None:
        raise ArticleError("nothing is connected to standard input; give a file or a folder", file="stdin")
    stream = sys.stdin.buffer
    lines = [stream.readline(options.limits.line_bytes + 1)]
    while lines[-1] and not lines[-1].strip() and len(lines) < BLANK_LINES:
        lines.append(stream.readline(options.limits.line_bytes + 1))
    head = b"".join(lines)
    mark = next((mark for mark in encodings.MARKS if head.startswith(mark)), b"")
    plain = head.removeprefix(mark)[:1000].replace(b"\0", b"")  # UTF-16 puts a zero next to each plain letter
    start = b"".join(plain.split())
    if start == b"[" or start.startswith(b"[{"):
        raise ArticleError(
            "it begins like a JSON array; write one object per line (jq -c '.[]' does that)", file="stdin"
        )
    suffix = ".jsonl" if start.startswith(b"{") else ".txt"
    blob = Blob("stdin", "stdin", suffix, 0, lambda: io.BufferedReader(_Joined(head, stream)), again=False)
    yield from read_blob(blob, options)


class _Joined(io.RawIOBase):
    """The part of a stream that was already read, then the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = io.BytesIO(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        data = self._head.read(len(buffer)) or self._rest.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)
