"""Zips of articles: members are read in the order of their names, as streams, and never written to the disk."""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO

from analysis.inputs.options import Blob, ReadOptions
from analysis.text.article import Article, ArticleError

# What a damaged zip makes the library raise while members are read (a RuntimeError is a wrong password) ...
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError)
UNOPENED = (*BROKEN, ValueError, OSError)  # ... and while its directory is


def read_zip(blob: Blob, options: ReadOptions) -> Iterator[Article | ArticleError]:
    """The articles of a zip's members; a member that is refused is an error of its own.

    Refused: names that lead out of the archive, links, encrypted members, zips inside it, what unpacks to far
    more than text does. The whole zip is refused for too many members or too much in all.
    """
    from analysis.inputs.files import is_article_file, other_kind, tell_passed_over

    with blob.open() as stream:
        members = check_zip(stream, blob.name, options)
        stems = Counter(_stem(m.filename) for m in members if is_article_file(PurePosixPath(m.filename)))
        count, others = 0, Counter[str]()
        with zipfile.ZipFile(stream) as archive:
            for info in sorted(members, key=lambda member: PurePosixPath(member.filename).parts):
                path = PurePosixPath(info.filename)
                name = f"{blob.name}/{info.filename}"
                problem = _member_problem(info)
                if problem:
                    count += 1
                    yield ArticleError(problem, file=name)
                elif not info.is_dir() and is_article_file(path):
                    count += 1
                    # a.txt beside a.md: the suffix tells them apart
                    inside = _stem(info.filename) if stems[_stem(info.filename)] == 1 else path.as_posix()
                    member = Blob(
                        name,
                        f"{blob.doc_id}/{inside}",
                        path.suffix.lower(),
                        info.file_size,
                        partial(archive.open, info),
                        broken=BROKEN,
                    )
                    yield from _read_member(member, info, options)
                elif not info.is_dir() and (kind := other_kind(path)) is not None:
                    others[kind] += 1
        tell_passed_over(others, file=blob.name)
    if not count:
        yield ArticleError("no article in this zip", file=blob.name)


def check_zip(stream: BinaryIO, name: str, options: ReadOptions) -> list[zipfile.ZipInfo]:
    """The members of a zip (or Word file), looked over before any is unpacked. Raises ArticleError."""
    limits = options.limits
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
    except UNOPENED as error:
        raise ArticleError(f"not a zip that can be opened ({error}); make it anew", file=name) from error
    if len(members) > limits.archive_members:
        raise ArticleError(
            f"a zip of {len(members):,} members; {limits.archive_members:,} at most: split it", file=name
        )
    total, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if total > limits.archive_bytes:
        raise ArticleError(
            f"it unpacks to {total // 1_000_000:,} MB; {limits.archive_bytes // 1_000_000:,} MB at most: split it",
            file=name,
        )
    if total > limits.ratio_from and total > limits.archive_ratio * packed:
        raise ArticleError(
            f"it unpacks to {total // max(1, packed):,} times its size, which text never does; "
            "not opened: if you trust it, save its text as .txt",
            file=name,
        )
    return members


def _member_problem(info: zipfile.ZipInfo) -> str | None:
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    if not parts or parts[0] == "/" or ".." in parts or ":" in parts[0]:
        return "a name that leads out of the zip; not read: make the zip with plain names"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link; not followed: put the file itself into the zip"
    if info.flag_bits & 1:
        return "an encrypted member; make the zip without a password"
    if PurePosixPath(info.filename).suffix.lower() == ".zip":
        return "a zip inside a zip; not opened: unpack it first"
    return None


def _stem(name: str) -> str:
    return PurePosixPath(name).with_suffix("").as_posix() if PurePosixPath(name).name else name


def _read_member(member: Blob, info: zipfile.ZipInfo, options: ReadOptions) -> Iterator[Article | ArticleError]:
    from analysis.inputs.files import read_blob

    limits = options.limits
    if info.file_size > limits.ratio_from and info.file_size > limits.archive_ratio * info.compress_size:
        yield ArticleError(
            f"it unpacks to {info.file_size // max(1, info.compress_size):,} times its size, which "
            "text never does; not opened: if you trust it, save its text as .txt",
            file=member.name,
        )
        return
    # zipfile gives no more than the size that the directory states, and checks the sum at the end.
    yield from read_blob(member, options)
