"""Articles: a text that is never changed, what is known about it, and how it is read from files.

>>> article = Article("The vote may be delayed.", doc_id="example", outlet="The Invented Post")
>>> article.text[9:12]
'may'
>>> article.sha256[:12]
'043fb52acf1d'
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

TEXT_SUFFIXES = (".txt", ".md")
LINE_SUFFIXES = (".jsonl", ".ndjson")
# Files that stand beside articles in a folder and are not articles themselves.
NOT_ARTICLES = frozenset({"readme", "license", "licence", "provenance", "changelog", "notice"})
# A folder that holds a file of this name is a set of its own: read when it is named, not with the folder above it.
SEPARATE = ".separate"
FRONT_MATTER_KEYS = ("title", "outlet", "byline", "published", "url", "licence")
SPELLINGS = {"license": "licence", "date": "published", "author": "byline", "source": "outlet", "headline": "title"}

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_SURROGATE = re.compile("[\ud800-\udfff]")


class ArticleError(ValueError):
    """An input that cannot be used. The message names the place, the reason, and what to do next."""


class ArticleWarning(UserWarning):
    """An input that was left out, or read with something missing."""


@dataclass(frozen=True)
class Article:
    """One text with its metadata.

    `text` is kept exactly as given: every offset in this package counts its characters (Python code
    points), half-open, so that ``text[start:end]`` is the marked passage.  `published` is an ISO 8601 date
    or time, as text.  What is not known is None; nothing is guessed.

    Raises ArticleError for a text that is empty or blank, or that holds NUL or unpaired surrogates.
    """

    text: str = field(repr=False)
    doc_id: str = "article"
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    url: str | None = None
    licence: str | None = None
    path: str | None = None
    file_sha256: str | None = None

    def __post_init__(self) -> None:
        where = self.path or self.doc_id
        if not isinstance(self.text, str):
            raise ArticleError(f"{where}: the text is {type(self.text).__name__}, not str; give decoded text")
        if not self.text.strip():
            raise ArticleError(f"{where}: there is no text in it; give an article with words")
        if "\0" in self.text:
            at = self.text.index("\0")
            raise ArticleError(f"{where}: NUL character at offset {at}; save the article as plain UTF-8 text")
        bad = _SURROGATE.search(self.text)
        if bad:
            raise ArticleError(f"{where}: unpaired surrogate at offset {bad.start()}; save the article as UTF-8")

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal: the text that all offsets count in."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def load_articles(source: str | Path | Iterable[str | Path]) -> list[Article]:
    """Read every article of a file, a folder (with its subfolders), or several of them.

    Files: ``.txt`` and ``.md`` (UTF-8; optional YAML front matter between ``---`` lines), ``.jsonl`` (one
    object a line with at least "text").  Folders are read in the order of their paths; hidden files and
    README, LICENCE and PROVENANCE files are not articles; a subfolder with a file ``.separate`` is a set of its own,
    read only when it is named itself.

    A bad file or line is left out with an ArticleWarning that names it, and the others are still read.
    Raises ArticleError if nothing could be read at all, with every reason.
    """
    articles, errors = [], []
    for item in iter_articles(source):
        if isinstance(item, ArticleError):
            errors.append(item)
        else:
            articles.append(item)
    if not articles:
        raise ArticleError("\n".join(str(e) for e in errors) or f"{source}: nothing to read")
    for error in errors:
        warnings.warn(str(error), ArticleWarning, stacklevel=2)
    return articles


def iter_articles(source: str | Path | Iterable[str | Path]) -> Iterator[Article | ArticleError]:
    """Yield each article in order, and in its place an ArticleError for what could not be read."""
    sources = [source] if isinstance(source, str | Path) else list(source)
    for path in map(Path, sources):
        if path.is_dir():
            yield from _read_folder(path)
        elif not path.exists():
            yield ArticleError(f"{path}: no such file or folder; check the spelling, or give another path")
        else:
            yield from _read_file(path, path.stem)


def _read_folder(folder: Path) -> Iterator[Article | ArticleError]:
    apart = {p.parent for p in folder.rglob(SEPARATE)} - {folder}
    files = [p for p in sorted(folder.rglob("*")) if _is_article(p.relative_to(folder)) and p.is_file()
             and apart.isdisjoint(p.parents)]
    if not files:
        yield ArticleError(f"{folder}: no article in this folder; put .txt, .md or .jsonl files in it")
    stems = [p.relative_to(folder).with_suffix("").as_posix() for p in files]
    for path, stem in zip(files, stems, strict=True):
        # a.txt beside a.md: the suffix tells them apart
        yield from _read_file(path, stem if stems.count(stem) == 1 else path.relative_to(folder).as_posix())


def _is_article(path: Path) -> bool:
    hidden = any(part.startswith((".", "_")) for part in path.parts)
    known = path.suffix.lower() in TEXT_SUFFIXES + LINE_SUFFIXES
    return known and not hidden and path.stem.lower() not in NOT_ARTICLES


def _read_file(path: Path, doc_id: str) -> Iterator[Article | ArticleError]:
    if path.suffix.lower() in LINE_SUFFIXES:
        yield from _read_lines(path)
        return
    try:
        yield read_article(path, doc_id=doc_id)
    except ArticleError as error:
        yield error


def read_article(path: str | Path, *, doc_id: str | None = None) -> Article:
    """Read one ``.txt`` or ``.md`` file. Raises ArticleError with the file, and the place in it."""
    path = Path(path)
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise ArticleError(f"{path}: files that can be read are {', '.join(TEXT_SUFFIXES + LINE_SUFFIXES)}")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ArticleError(f"{path}: cannot be opened ({error.strerror}); check that it is a readable file") from error
    text = _decode(raw, path)
    metadata, text = split_front_matter(text, where=str(path))
    return Article(text, doc_id=doc_id or path.stem, path=path.as_posix(),
                   file_sha256=hashlib.sha256(raw).hexdigest(), **metadata)


def _decode(raw: bytes, path: Path) -> str:
    if not raw:
        raise ArticleError(f"{path}: the file is empty; give an article with words")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ArticleError(f"{path}: the file is UTF-16; save it as UTF-8")
    try:
        return raw.decode("utf-8-sig")      # a byte order mark is not part of the text
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ArticleError(
            f"{path}:{line}: byte {error.start} (0x{raw[error.start]:02x}) is not UTF-8; save the file as UTF-8"
        ) from error


def split_front_matter(text: str, *, where: str = "text") -> tuple[dict[str, str], str]:
    """Split a leading YAML block (between two ``---`` lines) from the text that follows it.

    Only the keys of FRONT_MATTER_KEYS are used; others are left alone.  Every value is read as text, so
    nothing in the block can make an object.  Raises ArticleError for a block that is not valid YAML.

    >>> split_front_matter("---\\ntitle: A vote\\n---\\nThe vote may be delayed.")
    ({'title': 'A vote'}, 'The vote may be delayed.')
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    import yaml  # only for the articles that need it

    try:
        block = yaml.load(match[1], Loader=yaml.BaseLoader)  # BaseLoader: text, lists and mappings only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise ArticleError(
            f"{where}:{line}: the front matter is not valid YAML ({getattr(error, 'problem', error)}); "
            f"put a value with a colon in quotation marks, or take the --- lines out"
        ) from error
    if not isinstance(block, dict):         # a rule between two lines, not metadata
        return {}, text
    return metadata_of(block, where=where), text[match.end():]


def metadata_of(record: dict, *, where: str) -> dict[str, str]:
    """The known metadata in a mapping, as text; warns of a date that is not one."""
    metadata = {}
    for key, value in record.items():
        name = SPELLINGS.get(str(key).lower(), str(key).lower())
        if name in FRONT_MATTER_KEYS and isinstance(value, str) and value.strip():
            metadata.setdefault(name, value.strip())
    if "published" in metadata and not _is_date(metadata["published"]):
        warnings.warn(f"{where}: published {metadata['published']!r} is not an ISO date such as 2024-11-10; "
                      "left out", ArticleWarning, stacklevel=2)
        del metadata["published"]
    return metadata


def _is_date(value: str) -> bool:
    try:
        datetime.datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _read_lines(path: Path) -> Iterator[Article | ArticleError]:
    """Articles from JSON lines: {"doc_id", "text", and any of FRONT_MATTER_KEYS}."""
    empty = True
    with path.open("rb") as lines:
        for number, raw in enumerate(lines, 1):
            if not raw.strip():
                continue
            empty = False
            try:
                yield _read_line(raw, path, number)
            except ArticleError as error:
                yield error
    if empty:
        yield ArticleError(f"{path}: the file is empty; put one JSON object with \"text\" on each line")


def _read_line(raw: bytes, path: Path, number: int) -> Article:
    where = f"{path}:{number}"
    try:
        record = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"{where}: not a JSON object ({error}); write one object a line") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise ArticleError(f'{where}: an object with "text" (a string) is wanted; add it, or leave the line out')
    doc_id = record.get("doc_id", f"{path.stem}-{number}")
    if not isinstance(doc_id, str | int):
        raise ArticleError(f'{where}: "doc_id" is {type(doc_id).__name__}; give a string')
    return Article(record["text"], doc_id=str(doc_id), path=where, **metadata_of(record, where=where))
