"""Text documents of LibreOffice and other programs (.odt): their paragraphs with all changes accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from analysis.inputs.metadata import metadata_of
from analysis.inputs.options import Blob, ReadOptions
from analysis.inputs.pages import file_article, read_whole
from analysis.inputs.xml_trees import find, local, parse_xml, words
from analysis.inputs.zips import check_zip
from analysis.text.article import Article, ArticleError
from analysis.text.zips import BROKEN

LINES = frozenset(("p", "h"))
SIGNS = {"tab": "\t", "line-break": "\n"}
# Deleted text, notes, comments, and descriptions of drawings for people who cannot see them.
UNREAD = frozenset("tracked-changes note annotation annotation-end forms sequence-decls desc title ruby-text".split())


def read_odt(blob: Blob, options: ReadOptions) -> Iterator[Article]:
    """The paragraphs of a document and of its tables, one per line; title, author and date come from its properties."""
    raw = read_whole(blob, options.limits.file_bytes)
    members = {member.filename: member for member in check_zip(io.BytesIO(raw), blob.name, options)}
    wanted = [name for name in ("content.xml", "meta.xml") if name in members]
    written = sum(members[name].file_size for name in wanted)
    if written > options.limits.word_bytes:
        most = options.limits.word_bytes // 1_000_000
        raise ArticleError(
            f"a document of {written // 1_000_000:,} MB without its pictures, but at most {most:,} MB are read: save "
            "its text as .txt",
            file=blob.name,
        )
    if "content.xml" not in members:
        raise ArticleError(
            "not a document that can be read (no content.xml in it); open it in its program and save its text as .txt",
            file=blob.name,
        )
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = {name: archive.read(name) for name in wanted}
    except BROKEN as error:
        raise ArticleError(f"damaged ({error}); save it again in its program", file=blob.name) from error
    if b"encryption-data" in raw and b"manifest:encryption-data" in _manifest(raw):
        raise ArticleError("the document needs a password; save it without one", file=blob.name)
    root, _ = parse_xml(parts["content.xml"], file=f"{blob.name}/content.xml")
    body = find(root, "body")
    lines = _lines(body if body is not None else root)
    record = _properties(parts.get("meta.xml"), blob)
    yield file_article(blob, raw, "\n".join(lines), "utf-8", metadata_of(record, where=blob.name), options)


def _manifest(raw: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive, archive.open("META-INF/manifest.xml") as stream:
            return stream.read(1_000_000)
    except (*BROKEN, KeyError):
        return b""


def _properties(raw: bytes | None, blob: Blob) -> dict[str, str]:
    if raw is None:
        return {}
    root, _ = parse_xml(raw, file=f"{blob.name}/meta.xml")
    return {"title": words(find(root, "title")), "byline": words(find(root, "initial-creator"))}


def _lines(body: Any) -> list[str]:
    """The paragraphs in the order of the file; one inside another (in a frame) is a separate line, before it."""
    lines: list[str] = []
    parts: list[list[str]] = []  # the paragraphs that are open
    stack = [(body, True)]
    while stack:  # no recursion: elements can be nested to any depth
        element, opens = stack.pop()
        name = local(element)
        if not opens:
            if name in LINES:
                lines.append("".join(parts.pop()))
            if parts and element.tail:
                parts[-1].append(" ".join(element.tail.split("\n")))
            continue
        stack.append((element, False))
        if not name or name in UNREAD:
            continue
        if name in LINES:
            parts.append([])
        if parts and name in SIGNS:
            parts[-1].append(SIGNS[name])
        elif parts and name == "s":
            parts[-1].append(" " * min(_count(element), 100))
        if parts and element.text:
            parts[-1].append(" ".join(element.text.split("\n")))
        stack += [(child, True) for child in reversed(element)]
    return lines


def _count(element: Any) -> int:
    """How many spaces an element stands for."""
    number = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "c"), "1")
    return int(number) if number.isdecimal() and len(number) < 4 else 1
