"""Keyword in context: every marker, or any word, in the middle of its line, with the lines one under another.

You read a concordance by sorting it: sorted by what follows, the uses of a word fall into groups ("may be", "may not";
"about 200", "about the treaty"). Source: Luhn 1960, Key word-in-context index for technical literature; Sinclair 1991,
Corpus, Concordance, Collocation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pandas as pd

from analysis.notebook import CELL, NO_ROWS, NO_VALUE
from analysis.reading.context_lines import found_lines, marked_lines
from analysis.text.document import CATEGORIES, Document
from analysis.text.escaping import NO_FORMULAS, escape_html
from analysis.text.vocabulary import CATEGORIES as NAMES
from analysis.text.vocabulary import term

COLUMNS = {
    "left": "str",
    "keyword": "str",
    "right": "str",
    "category": "str",
    "voice": "str",
    "negated": "bool",
    "sentence": "int64",
    "doc_id": "str",
    "start": "int64",
    "end": "int64",
    "rule_id": "str",
}
SORTS = ("text", "left", "keyword", "right", "category", "voice")


def keyword_in_context(
    documents: Document | Iterable[Document],
    *,
    category: str | Iterable[str] | None = None,
    words: str | Iterable[str] | None = None,
    voice: str | None = None,
    by: str = "text",
    width: int = 60,
) -> pd.DataFrame:
    """One row per hedge, booster or bound; with `words`, one per place where one of them occurs, marked or not.

    `category` and `voice` (as the tables name it, or "the reporter") keep only the rows with that value. `words` are
    single words, in upper or lower case: an unmarked place has no category and no rule_id, and shows what the rules
    left alone ("in May"). `by` sorts: "text" in the order of the text, "right" by what follows, "left" by what comes
    before (the nearest word first), "keyword", "category" (in the order of the categories, unmarked last) or "voice".
    `left` and `right` have up to `width` characters of the same paragraph, cut at words, with single spaces. Columns:
    those of COLUMNS; `start` and `end` are offsets into the article's text. Raises ValueError for an unknown category
    or order, a width below 1, or words with white space in them.

    >>> from analysis import annotate
    >>> rows = keyword_in_context(annotate("The vote may be delayed. It was held in May."), words="may")
    >>> rows[["left", "keyword", "right"]].iloc[0].tolist(), rows["category"].fillna("unmarked").tolist()
    (['The vote', 'may', 'be delayed. It was held in May.'], ['possibility', 'unmarked'])
    """
    documents = [documents] if isinstance(documents, Document) else list(documents)
    categories, wanted = _several(category), _several(words)
    unknown = [c for c in categories or () if c not in CATEGORIES]
    if unknown:
        raise ValueError(f"category={unknown[0]!r} is not a category; choose from {', '.join(CATEGORIES)}")
    if by not in SORTS:
        raise ValueError(f"by={by!r} is not an order; choose one of {', '.join(SORTS)}")
    if width < 1:
        raise ValueError(f"width={width} is too small; give at least 1 character of context")
    spaced = [word for word in wanted or () if len(word.split()) != 1]
    if spaced:
        raise ValueError(f"words={spaced[0]!r} contains white space; give single words")
    rows = [
        row
        for d in documents
        for row in (marked_lines(d, width) if wanted is None else found_lines(d, {w.lower() for w in wanted}, width))
    ]
    table = pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=dtype)
            for (name, dtype), values in zip(
                COLUMNS.items(), list(zip(*rows, strict=True)) or [()] * len(COLUMNS), strict=True
            )
        }
    )
    if categories is not None:
        table = table[table["category"].isin(categories)]
    if voice is not None:
        table = table[table["voice"] == voice]
    return _ordered(table, by)


class Concordance:
    """Lines of a concordance: HTML with the keywords one under another, and the same cells as text."""

    def __init__(self, rows: pd.DataFrame, caption: str) -> None:
        self.rows, self.caption = rows, caption
        self.several = rows["doc_id"].nunique() > 1

    def _cells(self) -> Iterator[tuple[str, str, str, str, str, str]]:
        for r in self.rows.itertuples():
            kind = term(NAMES, r.category).name if isinstance(r.category, str) else "not marked"
            where = f"{r.doc_id} {r.sentence}" if self.several else str(r.sentence)
            yield (
                where,
                r.left,
                r.keyword,
                r.right,
                kind + (", negated" if r.negated else ""),
                r.voice if isinstance(r.voice, str) else NO_VALUE,
            )

    def _repr_html_(self) -> str:
        heads = ("sentence", "before", "keyword", "after", "category", "whose")
        aligns = ("right", "right", "center", "left", "left", "left")
        head = "".join(
            f'<th scope="col" style="{CELL}; text-align: {align}; font-weight: 600">{name}</th>'
            for name, align in zip(heads, aligns, strict=True)
        )
        body = "".join(f"<tr>{_row(cells, aligns)}</tr>" for cells in self._cells())
        body = body or f'<tr><td colspan="6" style="{CELL}; text-align: left">{NO_ROWS}</td></tr>'
        return (
            f'<table {NO_FORMULAS} style="border-collapse: collapse; table-layout: auto; margin: 8px 0; '
            f'font-size: 14px; border: none"><caption style="caption-side: top; text-align: left; padding: 4px 10px; '
            f'font-weight: 600; color: inherit">{escape_html(self.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def __repr__(self) -> str:
        lines = [
            f"{where} | {_joined(left, f'[{keyword}]', right)} | {kind} | {whose}"
            for where, left, keyword, right, kind, whose in self._cells()
        ]
        return "\n".join([self.caption, "sentence | in context | category | whose", *(lines or [NO_ROWS])])


def concordance(rows: pd.DataFrame, *, caption: str) -> Concordance:
    """Show the rows of `keyword_in_context` in their order, with each keyword in the middle of its line.

    The HTML needs no style sheet and no script, so it survives an untrusted notebook; a screen reader reads each row
    from the sentence's number on. The doc_id is shown if there are several articles.

    >>> from analysis import annotate
    >>> concordance(keyword_in_context(annotate("The vote may be delayed.")), caption="Hedges")
    Hedges
    sentence | in context | category | whose
    1 | The vote [may] be delayed. | possibility | the reporter
    """
    return Concordance(rows, caption)


def _row(cells: tuple[str, ...], aligns: tuple[str, ...]) -> str:
    where, *rest = cells
    out = [f'<th scope="row" style="{CELL}; text-align: right; font-weight: 400">{escape_html(where)}</th>']
    for k, (text, align) in enumerate(zip(rest, aligns[1:], strict=True)):
        inner = f'<mark style="padding: 0 2px">{escape_html(text)}</mark>' if k == 1 else escape_html(text)
        out.append(f'<td style="{CELL}; text-align: {align}">{inner}</td>')
    return "".join(out)


def _joined(left: str, keyword: str, right: str) -> str:
    """A line spaced as in the text: no space before a comma or after an opening bracket."""
    before = "" if not left or left[-1] in "([“‘" else " "
    return f"{left}{before}{keyword}{'' if not right or right[0] in '.,;:!?)]”’' else ' '}{right}"


def _several(given: str | Iterable[str] | None) -> list[str] | None:
    return None if given is None else [given] if isinstance(given, str) else list(given)


def _ordered(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """The rows sorted, and ties in the order of the text."""
    keys: dict[str, Callable[[pd.Series], pd.Series]] = {
        "left": lambda c: c.map(lambda text: [w.casefold() for w in reversed(text.split())]),
        "right": lambda c: c.map(lambda text: text.casefold().split()),
        "keyword": lambda c: c.str.casefold(),
        "voice": lambda c: c.str.casefold(),
        "category": lambda c: c.map({name: k for k, name in enumerate(CATEGORIES)}).fillna(len(CATEGORIES)),
    }
    if by == "text" or rows.empty:
        return rows.reset_index(drop=True)
    order = keys[by](rows[by])
    return rows.iloc[sorted(range(len(rows)), key=order.tolist().__getitem__)].reset_index(drop=True)
