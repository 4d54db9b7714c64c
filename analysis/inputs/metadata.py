"""Metadata: the YAML front matter of a text, and the fields of a record, as the fields of an article."""

from __future__ import annotations

import datetime
import re
import warnings

from analysis.text.article import ArticleError, ArticleWarning, clean_line, unwritable

FRONT_MATTER_KEYS = ("title", "outlet", "byline", "published", "url", "licence", "language")
SPELLINGS = {"license": "licence", "date": "published", "author": "byline", "source": "outlet", "headline": "title"}
SPELLINGS |= {"lang": "language"}

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.S | re.M)


def split_front_matter(text: str, *, where: str = "text", most: int = 200_000) -> tuple[dict[str, str], str]:
    """Split a leading YAML block (between two ``---`` lines) from the text that follows it.

    Only the keys of FRONT_MATTER_KEYS are used; others are left alone.  Every value is read as text, so
    nothing in the block can make an object.  Raises ArticleError for a block that is not valid YAML, or that has more
    than `most` characters.

    >>> split_front_matter("---\\ntitle: A vote\\n---\\nThe vote may be delayed.")
    ({'title': 'A vote'}, 'The vote may be delayed.')
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    if len(match[1]) > most:
        raise ArticleError(
            f"front matter of {len(match[1]):,} characters, and metadata have at most {most:,}; write the article's "
            "fields only, or take the --- lines out",
            file=where,
            row=1,
        )
    import yaml  # only for the articles that need it

    try:
        block = yaml.load(match[1], Loader=yaml.BaseLoader)  # BaseLoader: text, lists and mappings only
    except RecursionError as error:
        raise ArticleError(
            "lists or mappings inside each other too deeply in the front matter; write the article's "
            "fields only, or take the --- lines out",
            file=where,
            row=1,
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise ArticleError(
            f"the front matter is not valid YAML ({getattr(error, 'problem', error)}); put a value with a colon in "
            "quotation marks, or take the --- lines out",
            file=where,
            row=line,
        ) from error
    if not isinstance(block, dict):  # a rule between two lines, not metadata
        return {}, text
    return metadata_of(block, where=where), text[match.end() :]


def metadata_of(record: dict, *, where: str) -> dict[str, str]:
    """The known metadata in a mapping, as text; warns of a date that is not one, and of what cannot be text.

    >>> metadata_of({"author": ["Ana Silva", "Ben Roy"], "headline": 1984}, where="a.jsonl:1")
    {'byline': 'Ana Silva, Ben Roy', 'title': '1984'}
    """
    metadata = {}
    for key, value in record.items():
        name = SPELLINGS.get(str(key).lower(), str(key).lower())
        if name in FRONT_MATTER_KEYS and name not in metadata:
            if name == "byline" and isinstance(value, list) and all(isinstance(part, str) for part in value):
                value = ", ".join(value)
            text = _plain(value)
            if text is None:
                _left_out(f"{where}: {key} is not text")
            elif problem := unwritable(text):
                _left_out(f"{where}: {key}: {problem}")
            elif text:
                metadata[name] = text
    if "published" in metadata and not _is_date(metadata["published"]):
        _left_out(f"{where}: published {metadata['published']!r} is not an ISO date such as 2024-11-10")
        del metadata["published"]
    return metadata


def _plain(value: object) -> str | None:
    """A value of metadata as text ("" for none); None for what is not text, such as a list or an object."""
    if isinstance(value, str):
        return clean_line(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return "" if value is None else None


def _left_out(problem: str) -> None:
    warnings.warn(f"{problem}; left out", ArticleWarning, stacklevel=3)


def _is_date(value: str) -> bool:
    try:
        time = datetime.datetime.fromisoformat(value)
        if time.tzinfo:
            time.astimezone(datetime.UTC)  # the tables hold times in UTC, of the years 1 to 9999
    except (ValueError, OverflowError):
        return False
    return True
