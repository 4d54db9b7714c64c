"""What the notebooks show besides figures: tables, computed sentences, marks in their context, a person against the
rules.

Each function returns an object that JupyterLab shows well, trusted or not. Its plain text holds everything that strict
nbval has to compare: nothing is cut.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from numbers import Integral, Real
from types import TracebackType
from typing import Any, NoReturn

import pandas as pd

import analysis.frames  # noqa: F401 (no formulas in tables)
from analysis.text.article import ArticleError
from analysis.text.document import Document
from analysis.text.escaping import NO_FORMULAS, escape_html, escape_markdown, only_emphasis, readable

EDGE = "1px solid rgba(128, 128, 128, 0.4)"
CELL = f"padding: 4px 10px; vertical-align: top; border-bottom: {EDGE}; overflow-wrap: break-word"
SHORT = 16  # characters that stay on one line, so that long cells do not squeeze short ones
NO_VALUE = "–"
NO_ROWS = "(none)"


class Nothing:
    """A stand-in for an article that was not read: whatever you do with it, it says that nothing was read.

    >>> from analysis import annotate
    >>> annotate(NOTHING)
    Traceback (most recent call last):
        ...
    analysis.text.article.ArticleError: nothing was read; run the cell that reads again, with a file that exists
    """

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_") and name != "_typ":  # JupyterLab looks for these on anything that it shows
            raise AttributeError(name)  # pandas checks "_typ" to see whether it is a table
        self._say()

    def _say(self, *_: object) -> NoReturn:
        raise ArticleError("nothing was read; run the cell that reads again, with a file that exists")

    __iter__ = __len__ = __getitem__ = __call__ = __add__ = __radd__ = __format__ = _say

    def __repr__(self) -> str:
        return "(nothing was read)"


NOTHING = Nothing()


def stand_in(result: Any) -> None:
    """Runs after a cell of a notebook that could not read: the names that it would have set become NOTHING, rather than
    being missing or keeping the article read before.

    `result` is what IPython passes after each cell.
    """
    failed = result.error_in_exec
    if isinstance(failed, ArticleError):
        space = sys.modules["IPython"].get_ipython().user_ns
        for name in names_from(result.info.raw_cell, _line(failed.__traceback__, space)):
            space[name] = NOTHING


def names_from(cell: str, line: int) -> Iterator[str]:
    """The names that the statements of a cell set, from the one on this line on.

    >>> list(names_from("x = 1\\na, (b, *c) = read(\\n  x)\\nfor d in a:\\n    e = d\\n%time", 3))
    ['a', 'b', 'c', 'd', 'e']
    """
    lines = ["" if text.lstrip().startswith(("%", "!")) else text for text in cell.splitlines()]
    try:
        statements = ast.parse("\n".join(lines)).body
    except SyntaxError:  # more of IPython's own
        return
    for statement in statements:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names = [statement.name]
        else:
            nodes = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
            names = [node.id for node in nodes if isinstance(node.ctx, ast.Store)]
        if (statement.end_lineno or 0) >= line:
            yield from dict.fromkeys(names)


def _line(trace: TracebackType | None, space: dict) -> int:
    """The line at which the cell failed."""
    while trace and trace.tb_frame.f_globals is not space:
        trace = trace.tb_next
    return trace.tb_lineno if trace else 1


if "IPython" in sys.modules and (_shell := sys.modules["IPython"].get_ipython()):
    _shell.events.register("post_run_cell", stand_in)


class Words:
    """Sentences written by code, so that no number in them is typed by hand."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = sentences

    def _repr_markdown_(self) -> str:
        return "\n\n".join(self.sentences)

    def __repr__(self) -> str:
        return readable(self._repr_markdown_())


def say(*sentences: str) -> Words:
    """Show computed sentences; each argument is a paragraph, or a quotation if it opens with "> ".

    Of Markdown, only **bold**, *italic* and `code` have a meaning; everything else is shown as it is, so that an
    article can bring no picture, link, HTML or formula onto the page. Pass text from an article through `plain`, so
    that its asterisks stay asterisks too.

    >>> say(f"The article has {2 + 2} sentences.", "> " + plain("It cost $5, up from $4 *."))
    The article has 4 sentences.
    <BLANKLINE>
    > It cost $5, up from $4 *.
    """
    return Words([_paragraph(sentence) for sentence in sentences])


def _paragraph(sentence: str) -> str:
    quoted = sentence.startswith("> ")
    return "> " * quoted + only_emphasis(sentence[2 * quoted :])


def plain(text: str) -> str:
    """Text from an article for use in `say`: every character as it is, on one line.

    >>> say(f"It is called {plain('*The Post*')}.")._repr_markdown_()
    'It is called &#42;The Post&#42;.'
    """
    return escape_markdown(text)


class Table:
    """A small table: HTML with a caption and header cells that say what they are for, and the same cells as text."""

    def __init__(
        self, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool]
    ) -> None:
        self.caption, self.heads, self.rows, self.numeric = caption, heads, rows, numeric

    def _repr_html_(self) -> str:
        aligns = ["right" if number else "left" for number in self.numeric]
        head = "".join(_cell("th", "col", align, text, "600") for align, text in zip(aligns, self.heads, strict=True))
        body = "".join(
            f"<tr>{_cell('th', 'row', aligns[0], row[0], '400')}"
            + "".join(_cell("td", "", align, text, "400") for align, text in zip(aligns[1:], row[1:], strict=True))
            + "</tr>"
            for row in self.rows
        )
        body = body or f'<tr><td colspan="{len(self.heads)}" style="{CELL}; text-align: left">{NO_ROWS}</td></tr>'
        return (
            f'<table {NO_FORMULAS} style="border-collapse: collapse; table-layout: auto; margin: 8px 0; '
            f'font-size: 14px; border: none"><caption style="caption-side: top; text-align: left; padding: 4px 10px; '
            f'font-weight: 600; white-space: nowrap; color: inherit">{escape_html(self.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def __repr__(self) -> str:
        return "\n".join([self.caption, *(" | ".join(row) for row in [self.heads, *(self.rows or [[NO_ROWS]])])])


def table(
    frame: pd.DataFrame, columns: Mapping[str, str] | Sequence[str] | None = None, *, caption: str, digits: int = 2
) -> Table:
    """Show some columns of a table in full: no text is cut and no row is left out.

    `columns` maps names to the headings that a reader sees (a list keeps the names; None takes all columns). Fractions
    have `digits` decimals; a missing value is "–"; True and False are yes and no. The first column is the head of its
    row. Raises KeyError, with the names of all columns, for a column that the table does not have.

    >>> table(pd.DataFrame({"n": [1], "share": [0.25]}), {"share": "share of words", "n": "hedges"}, caption="Hedges")
    Hedges
    share of words | hedges
    0.25 | 1
    """
    names = dict(columns) if isinstance(columns, Mapping) else {c: c for c in columns or frame.columns}
    unknown = [name for name in names if name not in frame.columns]
    if unknown:
        raise KeyError(f"{unknown[0]!r} is not a column of the table; choose from {', '.join(map(str, frame.columns))}")
    numeric = [pd.api.types.is_numeric_dtype(frame[c]) and not pd.api.types.is_bool_dtype(frame[c]) for c in names]
    rows = [[_text(value, digits) for value in row] for row in zip(*(frame[c] for c in names), strict=True)]
    return Table(caption, [str(head) for head in names.values()], rows, numeric)


def _cell(tag: str, scope: str, align: str, text: str, weight: str) -> str:
    scoped = f' scope="{scope}"' if scope else ""
    space = "nowrap" if len(text) <= SHORT else "normal"
    style = f"{CELL}; text-align: {align}; font-weight: {weight}; white-space: {space}"
    return f'<{tag}{scoped} style="{style}">{escape_html(text)}</{tag}>'


def _text(value: object, digits: int) -> str:
    if not isinstance(value, str) and pd.isna(value):
        return NO_VALUE
    if str(value) in ("True", "False"):
        return "yes" if value else "no"
    if isinstance(value, Integral):
        return f"{int(value):,}"
    return f"{float(value):,.{digits}f}" if isinstance(value, Real) else " ".join(str(value).split())


def in_context(document: Document, start: int, end: int, *, width: int = 60) -> str:
    """A passage in square brackets with up to `width` characters of its paragraph on either side, cut at words.

    >>> from analysis import annotate
    >>> in_context(annotate("After the storm the vote may be delayed."), 25, 28, width=12)
    '… the vote [may] be delayed.'
    """
    text = document.text
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    left, right = text[max(first, start - width) : start], text[end : min(last, end + width)]
    if start - width > first:
        left = "… " + left.partition(" ")[2]
    if end + width < last:
        right = right.rpartition(" ")[0] + " …"
    return f"{left}[{text[start:end]}]{right}"


def hand_and_rules(by_hand: Iterable[tuple], by_rules: Iterable[tuple], *, columns: Sequence[str]) -> pd.DataFrame:
    """What only a person or only the rules marked: one row each, with a last column "marked by".

    Marks are the same if all their parts are (numbers or strings); `columns` names the parts, and the rows are sorted
    by them. No rows means that both marked the same.

    >>> hand_and_rules([(3, "may")], [(3, "may"), (5, "could")], columns=["sentence", "words"]).values.tolist()
    [[5, 'could', 'the rules only']]
    """
    hand, rules = Counter(by_hand), Counter(by_rules)
    rows = [(*mark, "the person only") for mark in (hand - rules).elements()]
    rows += [(*mark, "the rules only") for mark in (rules - hand).elements()]
    return pd.DataFrame(sorted(rows), columns=[*columns, "marked by"])


def sentence_by_sentence(
    sentences: Iterable[str], rows_of: Callable[[str], Iterable[tuple]], columns: Sequence[str]
) -> pd.DataFrame:
    """The rows that a function finds in each of some sentences, one below another; a sentence with none has an empty
    row.

    >>> def hedges(sentence):
    ...     return [(word,) for word in sentence.split() if word == "may"]
    >>> sentence_by_sentence(["It may rain.", "It rained."], hedges, ["hedge"]).fillna("–").values.tolist()
    [['It may rain.', 'may'], ['It rained.', '–']]
    """
    none = (None,) * len(columns)
    rows = [(sentence, *row) for sentence in sentences for row in (list(rows_of(sentence)) or [none])]
    return pd.DataFrame(rows, columns=["sentence", *columns])


def shown_measures(rows: pd.DataFrame) -> pd.DataFrame:
    """Measures with three more columns in the form that people read: shown, "out of" and "95%".

    `rows` has value, unit, count, of, low, high and interval; a unit that begins with "share" is shown in per cent.
    """

    def written(value: float, unit: str) -> str:
        if not unit.startswith("share"):
            return f"{value:.3g}"
        return NO_VALUE if value != value else f"{value:.1%}" if 0 < value < 0.01 else f"{value:.0%}"

    each = list(rows.itertuples())
    return rows.assign(
        **{
            "shown": [written(r.value, r.unit) for r in each],
            "out of": [f"{n} of {of}" if unit.startswith("share") else "" for n, of, unit in _counts(rows)],
            "95%": [
                r.interval
                if r.interval.startswith("none")
                else f"{written(r.low, r.unit)} to {written(r.high, r.unit)} ({r.interval})"
                for r in each
            ],
        }
    )


def _counts(rows: pd.DataFrame) -> Iterator[tuple]:
    yield from zip(rows["count"], rows["of"], rows["unit"], strict=True)
