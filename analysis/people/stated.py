"""What a newsroom knows about its sources: sources.csv next to the articles, which has the last word.

It is a table that opens in any spreadsheet, with one row per person or body::

    name,pronouns,role_class,desk
    Ann Reed,she/her,expert,science
    Robin Vale,they/them,,

`name` is as the articles have it, or one of its other forms.  `pronouns` is what people said of themselves,
`role_class` what they are in the story; either may be empty, and is then left to the rules.  `article`, where it is
given, is the doc_id of the one article that the row is for.  All other columns are the newsroom's own and go along with
the source.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.people.role_words import people_words
from analysis.text.article import ArticleError
from analysis.text.document import Source
from analysis.text.vocabulary import REFERENCES, ROLE_CLASSES

COLUMNS = ("name", "pronouns", "role_class", "article")
ARTICLES = ("text", "content", "body")  # columns of a table of articles, which this is not
FORMS = ("she", "he", "they")


class SourcesError(ArticleError):
    """A sources.csv that cannot be used: names file and line, what is wrong, and what is allowed."""


@dataclass(frozen=True, slots=True)
class StatedSource:
    """One row. `reference` and `role_class` are None if the row leaves them to the rules; `own` are the newsroom's own
    columns, with their values."""

    name: str
    reference: str | None = None
    role_class: str | None = None
    article: str | None = None
    own: tuple[tuple[str, str], ...] = ()
    where: str = ""


def load_sources(path: str | Path) -> tuple[StatedSource, ...]:
    """Read a sources.csv, with commas, semicolons or tabs. Raises SourcesError for the first row that is wrong."""
    path = Path(path)
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise SourcesError(f"cannot be read ({error.strerror})", file=str(path)) from error
    except UnicodeDecodeError as error:
        raise SourcesError(f"not text in UTF-8 ({error}); save it as CSV UTF-8", file=str(path)) from error
    rows: list[StatedSource] = []
    lines: dict[tuple[str, str | None], int] = {}
    for line, cells in _rows(text, path):
        row = _stated(cells, path, line)
        key = _folded(row.name), row.article
        if key in lines:
            raise SourcesError(
                f"{row.name!r} already has a row, in line {lines[key]}; keep one", file=str(path), row=line
            )
        lines[key] = line
        rows.append(row)
    return tuple(rows)


def _rows(text: str, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, column -> cell) of each row that is not empty."""
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        columns = [name.strip() for name in next(reader, [])]
        _check_columns(columns, path)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(columns):
                reason = f"{len(cells)} cells, but {len(columns)} columns; put a cell with a comma in quotation marks"
                raise SourcesError(reason, file=str(path), row=reader.line_num)
            yield reader.line_num, dict(zip(columns, (cell.strip() for cell in cells), strict=False))
    except csv.Error as error:
        raise SourcesError(f"not a table in CSV ({error})", file=str(path), row=reader.line_num) from error


def _check_columns(columns: Sequence[str], path: Path) -> None:
    articles = [name for name in columns if name.lower() in ARTICLES]
    twice = sorted({name for name in columns if columns.count(name) > 1})
    problem = None
    if "name" not in columns:
        problem = f"no column 'name'; write the columns {', '.join(COLUMNS)}, of which only name is required"
    elif articles:
        problem = f"a column {articles[0]!r}, as in a table of articles; give that table another name"
    elif twice:
        problem = f"two columns are called {twice[0]!r}; give each a different name"
    if problem:
        raise SourcesError(problem, file=str(path), row=1)


def _stated(cells: Mapping[str, str], path: Path, line: int) -> StatedSource:
    def fail(problem: str) -> SourcesError:
        return SourcesError(problem, file=str(path), row=line)

    if not cells.get("name"):
        raise fail("name is empty; write the name as in the articles")
    role_class = cells.get("role_class", "")
    if role_class and role_class not in ROLE_CLASSES:
        raise fail(f"role_class is {role_class!r}; choose one of {', '.join(ROLE_CLASSES)}, or leave the cell empty")
    pronouns = cells.get("pronouns", "")
    reference = _reference(pronouns)
    if pronouns and reference is None:
        allowed = ("she/her", "he/him", "they/them", "she/they", *REFERENCES)
        raise fail(f"pronouns is {pronouns!r}; choose one of {', '.join(allowed)}, or leave the cell empty")
    own = tuple((name, cell) for name, cell in cells.items() if name and name not in COLUMNS)
    where = f"{path}:{line}"
    return StatedSource(cells["name"], reference, role_class or None, cells.get("article") or None, own, where)


def _reference(pronouns: str) -> str | None:
    """The reference that pronouns mean: "she/her" is she, "she/they" mixed; None for other words.

    >>> _reference("She/her"), _reference("he / they"), _reference("not told"), _reference("nobody")
    ('she', 'mixed', 'not told', None)
    """
    words = [word.strip().lower() for word in pronouns.split("/")]
    if len(words) == 1 and words[0] in REFERENCES:
        return words[0]
    forms = [next((form for form in FORMS if word in people_words()[f"pronoun_{form}"]), None) for word in words]
    if None in forms:
        return None
    return forms[0] if len(set(forms)) == 1 else "mixed"


def apply_stated(
    sources: Iterable[Source], stated: Sequence[StatedSource], forms: Mapping[str | None, Sequence[str]], doc_id: str
) -> tuple[Source, ...]:
    """The sources with what the rows for this article say of them; `forms` are the other forms of an entity's name.

    A row is for the source of its name; where there is none, for the only one that has it among its forms.
    """
    sources = list(sources)
    names: dict[str, list[int]] = {}
    others: dict[str, list[int]] = {}
    for k, source in enumerate(sources):
        names.setdefault(_folded(source.name), []).append(k)
        for form in forms.get(source.entity, ()):
            others.setdefault(_folded(form), []).append(k)
    rows = sorted((row for row in stated if row.article in (None, doc_id)), key=lambda row: row.article is not None)
    for row in rows:
        key = _folded(row.name)
        fitting = names.get(key) or (others[key] if len(others.get(key, ())) == 1 else [])
        for k in fitting:
            sources[k] = _with(sources[k], row)
    return tuple(sources)


def _with(source: Source, row: StatedSource) -> Source:
    if row.reference is not None:
        source = replace(source, reference=row.reference, reference_evidence=())
    if row.role_class is not None:
        source = replace(source, role_class=row.role_class, role_evidence=None)
    given = [name for name in ("reference", "role_class") if getattr(row, name) is not None]
    return replace(source, stated=tuple(dict.fromkeys((*source.stated, *given))), own=row.own or source.own)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
