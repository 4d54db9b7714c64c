"""The checks of a zip (or a Word file, which is one) before anything in it is unpacked."""

from __future__ import annotations

import stat
import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

from analysis.inputs.options import ReadOptions
from analysis.text.article import ArticleError
from analysis.text.zips import UNOPENED

HEADER = 30  # the fewest bytes before a member's name


def check_zip(stream: BinaryIO, name: str, options: ReadOptions) -> list[zipfile.ZipInfo]:
    """The members of a zip (or Word file), checked before any is unpacked. Raises ArticleError."""
    limits = options.limits
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
    except UNOPENED as error:
        raise ArticleError(f"not a zip that can be opened ({error}); zip the files again", file=name) from error
    if len(members) > limits.archive_members:
        raise ArticleError(
            f"a zip of {len(members):,} members, but at most {limits.archive_members:,} are read: split it", file=name
        )
    if _overlap(members):
        raise ArticleError("overlapping members, which no normal zip has; not opened: zip the files again", file=name)
    total, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if total > limits.archive_bytes:
        raise ArticleError(
            f"it unpacks to {total // 1_000_000:,} MB, but at most {limits.archive_bytes // 1_000_000:,} MB are "
            "read: split it",
            file=name,
        )
    if total > limits.ratio_from and total > limits.archive_ratio * packed:
        raise ArticleError(
            f"it unpacks to {total // max(1, packed):,} times its size, which text never does; "
            "not opened: if you trust it, save its text as .txt",
            file=name,
        )
    return members


def _overlap(members: list[zipfile.ZipInfo]) -> bool:
    """Do two members share bytes of the file? That way, a small file can hold any amount of text."""
    end = 0
    for member in sorted(members, key=lambda m: m.header_offset):
        if member.header_offset < end:
            return True
        # the two places that list a member may write its name differently, so we do not rely on its length
        end = member.header_offset + HEADER + member.compress_size
    return False


def member_problem(info: zipfile.ZipInfo) -> str | None:
    """Why a member is refused because of its name or kind; None if it is not."""
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    if not parts:
        return "a member without a name; not read: zip the files again"
    if parts[0] == "/" or ".." in parts or ":" in parts[0]:
        return "a name that leads out of the zip; not read: zip the files under plain names"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link; not followed: put the file itself into the zip"
    if info.flag_bits & 1:
        return "an encrypted member; zip the files without a password"
    if PurePosixPath(info.filename).suffix.lower() == ".zip":
        return "a zip inside a zip; not opened: unpack it first"
    return None


def unpacked_problem(info: zipfile.ZipInfo, options: ReadOptions) -> str | None:
    """Why an article in a zip is refused because of its size; None if it is not."""
    limits = options.limits
    if info.file_size <= limits.ratio_from or info.file_size <= limits.archive_ratio * info.compress_size:
        return None
    return (
        f"it unpacks to {info.file_size // max(1, info.compress_size):,} times its size, which text never does; "
        "not opened: if you trust it, save its text as .txt"
    )
