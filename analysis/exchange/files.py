"""Files of the formats: their names, their JSON and XML, and what is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from analysis.exchange.model import ExchangeError, MarkedText

MOST = 200_000_000  # the most bytes of a file that is read
INSTALL = ".venv/bin/pip install"
_UNSAFE = re.compile(r"[^\w.-]+|^\.+", re.ASCII)


def needed(package: str, module: str, extra: str) -> ModuleType:
    """A library that a format needs. If it is missing, raises ExchangeError, which says what to install."""
    try:
        return import_module(module)
    except ImportError as error:
        wanted = f'{INSTALL} -e ".[{extra}]"'
        raise ExchangeError(f"this format needs {package}, which is not installed here; run {wanted}") from error


def with_stems(texts: Iterable[MarkedText]) -> Iterator[tuple[str, MarkedText]]:
    """Each text with a name for its file: its id, if every system accepts that as a name; no two are alike."""
    used: set[str] = set()
    for marked in texts:
        base = _UNSAFE.sub("_", marked.doc_id)[:120].strip(". ") or "text"
        name, number = base, 2
        while name.lower() in used:
            name, number = f"{base}-{number}", number + 1
        used.add(name.lower())
        yield name, marked


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises ExchangeError for one that cannot be read, or is too large."""
    try:
        if path.stat().st_size > MOST:
            raise ExchangeError(f"has more than {MOST // 1_000_000} MB; export fewer texts", file=str(path))
        return path.read_bytes()
    except OSError as error:
        raise ExchangeError(f"cannot be opened ({error.strerror})", file=str(path)) from error


def read_text(path: Path, *, mark: bool = False) -> str:
    """The text of a file, to the character. A byte order mark is part of it only if offsets count it (`mark`)."""
    content = read_bytes(path)
    try:
        return (content if mark else content.removeprefix(b"\xef\xbb\xbf")).decode()
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise ExchangeError("this is not UTF-8; save the file as UTF-8", file=str(path), row=row) from error


def to_json(value: Any) -> bytes:
    """JSON in UTF-8, indented; a character that a terminal or a reader would take for a line end is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return (re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", text) + "\n").encode()


def from_json(path: Path, text: str | None = None, *, row: int | None = None) -> Any:
    """The content of a JSON file (or of a line of one). Raises ExchangeError with the line."""
    content = read_text(path) if text is None else text
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        raise ExchangeError(f"not valid JSON ({error.msg})", file=str(path), row=row or error.lineno) from error
    except RecursionError as error:
        raise ExchangeError("JSON that is nested too deeply", file=str(path), row=row) from error


def checked_xml(path: Path) -> bytes:
    """The bytes of an XML file. Raises ExchangeError for one that declares a document type: with its own entities, a
    small file can expand to a huge one, or load others.
    """
    content = read_bytes(path)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ExchangeError(
            "declares a document type or is not UTF-8; save it as UTF-8 without a document type", file=str(path)
        )
    return content


def parsed_xml(path: Path) -> Any:
    """The root of an XML file. Raises ExchangeError, with the line, if it is not XML."""
    etree = needed("lxml", "lxml.etree", "exchange")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        return etree.fromstring(checked_xml(path), parser)
    except etree.XMLSyntaxError as error:
        raise ExchangeError(f"not valid XML ({error.msg})", file=str(path), row=error.lineno) from error
