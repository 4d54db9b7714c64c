"""Zips of articles: members are read in the order of their names, as streams, and never written to the disk."""

from __future__ import annotations

import struct
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import IO

from analysis.inputs.choosing import is_article_file, is_passed_over, tell_passed_over
from analysis.inputs.formats import stem_of
from analysis.inputs.options import Blob, ReadOptions
from analysis.inputs.zips import check_zip, member_problem, unpacked_problem
from analysis.text.article import ArticleError, one_line
from analysis.text.zips import BROKEN


def members(blob: Blob, options: ReadOptions) -> Iterator[Blob | ArticleError]:
    """The members of a zip that are article files; read each before you ask for the next.

    A refused member is a separate error: names that lead out of the archive, links, encrypted members, zips inside it,
    and members that unpack to far more than text does. Raises ArticleError if the whole zip is refused, because of too
    many members or too much data in all.
    """
    with blob.open() as stream:
        infos = check_zip(stream, blob.name, options)
        stems = Counter(_stem(info.filename) for info in infos if is_article_file(PurePosixPath(info.filename)))
        count, others = 0, list[PurePosixPath]()
        with zipfile.ZipFile(stream) as archive:
            for info in sorted(infos, key=lambda info: PurePosixPath(info.filename).parts):
                path = PurePosixPath(info.filename)
                name = f"{blob.name}/{one_line(info.filename)}"
                folder = info.filename.endswith("/")  # a name may be empty, which is_dir does not expect
                chosen = not folder and is_article_file(path)
                problem = member_problem(info) or (unpacked_problem(info, options) if chosen else None)
                if problem:
                    count += 1
                    yield ArticleError(problem, file=name)
                elif chosen:
                    count += 1
                    # a.txt next to a.md: the suffix tells them apart
                    inside = _stem(info.filename) if stems[_stem(info.filename)] == 1 else path.as_posix()
                    # zipfile returns no more than the size that the directory states, and checks the sum at the end.
                    opened, suffix = partial(_opened, archive, info), path.suffix.lower()
                    yield Blob(name, f"{blob.doc_id}/{one_line(inside)}", suffix, info.file_size, opened, broken=BROKEN)
                elif not folder and is_passed_over(path):
                    others.append(path)
        tell_passed_over(others, file=blob.name)
    if not count:
        yield ArticleError("no article in this zip", file=blob.name)


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    """A member as a stream. Raises BadZipFile even for a header that zipfile does not expect."""
    try:
        return archive.open(info)
    except (UnicodeError, LookupError, struct.error) as error:
        raise zipfile.BadZipFile(f"Bad header of a member: {error}") from error


def _stem(name: str) -> str:
    path = PurePosixPath(name)
    return path.with_name(stem_of(path)).as_posix() if path.name else name
