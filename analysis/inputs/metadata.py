"""Metadata: the YAML front matter of a text, and the fields of a record, as the fields of an article."""

from __future__ import annotations

import html
import re
import warnings
from collections.abc import Iterator

from analysis.inputs.columns import FIELDS, fold
from analysis.inputs.dates import FileDates
from analysis.text.article import ArticleError, ArticleWarning, clean_line, unwritable

FRONT_MATTER_KEYS = ("title", "outlet", "byline", "published", "url", "licence", "language")
NOTHING = frozenset("nan none null nat n/a na #n/a undefined [removed] [deleted]".split())  # how tables write “missing”
NAMES_OF = ("name", "main", "original", "title", "label")  # the names of an object in APIs
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.S | re.M)


def split_front_matter(text: str, *, where: str = "text", most: int = 200_000) -> tuple[dict[str, str], str]:
    """Split a leading YAML block (between two ``---`` lines) from the text that follows it.

    Only the keys of FRONT_MATTER_KEYS are used; others are left alone. Every value is read as text, so nothing in the
    block can create an object. Raises ArticleError for a block that is not valid YAML, or that has more than `most`
    characters.

    >>> split_front_matter("---\\ntitle: A vote\\n---\\nThe vote may be delayed.")
    ({'title': 'A vote'}, 'The vote may be delayed.')
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    if len(match[1]) > most:
        raise ArticleError(
            f"front matter of {len(match[1]):,} characters, but at most {most:,} are allowed; write only the "
            f"article's fields, or remove the --- lines",
            file=where,
            row=1,
        )
    import yaml  # only for the articles that need it

    try:
        block = yaml.load(match[1], Loader=yaml.BaseLoader)  # BaseLoader: text, lists and mappings only
    except RecursionError as error:
        raise ArticleError(
            "lists or mappings are nested too deeply in the front matter; write only the article's fields, or remove "
            "the --- lines",
            file=where,
            row=1,
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise ArticleError(
            f"the front matter is not valid YAML ({getattr(error, 'problem', error)}); put a value with a colon in "
            f"quotation marks, or remove the --- lines",
            file=where,
            row=line,
        ) from error
    if not isinstance(block, dict):  # a horizontal rule, not metadata
        return {}, text
    return metadata_of(block, where=where), text[match.end() :]


def metadata_of(record: dict, *, where: str, dates: FileDates | None = None) -> dict[str, str]:
    """The known metadata in a mapping, as text; warns about a date that is not one, and about values that cannot be
    text.

    `analysis.inputs.columns` lists the names; of several for the same thing, the first that is not empty is used.
    `dates` knows the other dates of the file.

    >>> metadata_of({"authors": ["Ana Silva", "Ben Roy"], "headline": 1984}, where="a.jsonl:1")
    {'title': '1984', 'byline': 'Ana Silva, Ben Roy'}
    """
    given: dict[str, tuple[object, object]] = {}
    for key, value in record.items():
        given.setdefault(fold(key), (key, value))
    metadata: dict[str, str] = {}
    addresses: list[re.Match[str]] = []
    for field, names in FIELDS.items():
        for value in _values(field, [given[name] for name in names if name in given], where):
            if field == "outlet" and (address := _ADDRESS.fullmatch(value)):
                addresses.append(address)
                continue
            metadata[field] = value
            break
    for address in addresses:  # for an outlet: the article's, or that of its site
        metadata.setdefault(*(("url", address[0]) if address["path"] else ("outlet", address["host"])))
    if "published" in metadata:
        published = (dates or FileDates()).iso(metadata.pop("published"), where=where)
        if published:
            metadata["published"] = published
    return metadata


def _values(field: str, given: list[tuple[object, object]], where: str) -> Iterator[str]:
    """The value of a field, as text; warns about a value that cannot be text."""
    for key, value in given:
        text = _named(field, value)
        if text is None:
            _left_out(f"{where}: {key} is not text")
        elif problem := unwritable(text):
            _left_out(f"{where}: {key}: {problem}")
        elif text and text.lower() not in NOTHING:
            if field != "byline":
                yield text
            elif not text.isdigit():  # a number in the producer's own system
                yield _BY.sub("", text, count=1)


_ADDRESS = re.compile(r"https?://(?:www\.)?(?P<host>[^/\s?#]+)/?(?P<path>\S*)", re.IGNORECASE)
_BY = re.compile(r"by:? +(?=\w)", re.IGNORECASE)


def _named(field: str, value: object) -> str | None:
    """What a value names, as text ("" for nothing): the name of an object, the names in a list; None for anything that
    is not text.
    """
    if isinstance(value, dict):
        value = next((value[name] for name in NAMES_OF if isinstance(value.get(name), str)), value)
    if field == "byline":
        if isinstance(value, str) and _WRITTEN_LIST.fullmatch(value.strip()):
            value = [first or second for first, second in _IN_LIST.findall(value)]
        if isinstance(value, list):
            parts = [_named("", part) for part in value]
            return None if None in parts else ", ".join(part for part in parts if part)
    return _plain(value)


_WRITTEN_LIST = re.compile(r"\[\s*(?:(?:'[^']*'|\"[^\"]*\")\s*(?:,\s*)?)*\]")  # ['Ann Reed'], as Python writes it
_IN_LIST = re.compile(r"'([^']*)'|\"([^\"]*)\"")


def _plain(value: object) -> str | None:
    """A value of metadata as text ("" for none); None for anything that is not text, such as a list or an object."""
    if isinstance(value, str):
        return clean_line(html.unescape(value) if "&" in value else value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return "" if value != value else str(value)
    return "" if value is None else None


def _left_out(problem: str) -> None:
    warnings.warn(f"{problem}; left out", ArticleWarning, stacklevel=3)
