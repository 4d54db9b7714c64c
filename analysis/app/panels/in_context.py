"""Words in their context: those that you look for, or every marker."""

from __future__ import annotations

from analysis.app.panels.drawing import table, to_sentence
from analysis.reading.context_lines import found_lines, marked_lines
from analysis.reading.notes import cut
from analysis.text.document import Document
from analysis.text.escaping import escape_html
from analysis.text.vocabulary import CATEGORIES, term

LINES = 300  # the most lines of a concordance
WIDTH = 60  # characters on each side of a keyword


def concordance(document: Document, *, words: str, prefix: str) -> str:
    """The lines of some words, or of every marker if none are given."""
    wanted = {word.lower() for word in words.split()}
    lines = list(found_lines(document, wanted, WIDTH) if wanted else marked_lines(document, WIDTH))
    if not lines:
        if wanted:
            return f"<p>“{escape_html(cut(words, 60))}” is not in this text.</p>"
        return "<p>There are no hedges, boosters or bounds in this text.</p>"
    rows = []
    for line in lines[:LINES]:
        kind = term(CATEGORIES, line.category).name if line.category else "not marked"
        if line.negated:
            kind += ", negated"
        rows.append(
            (
                to_sentence(line.sentence, prefix),
                escape_html(line.left),
                f"<mark>{escape_html(line.keyword)}</mark>",
                escape_html(line.right),
                escape_html(kind),
                escape_html(cut(line.voice, 60)),
            )
        )
    heads = {"no.": "num", "before": "before", "keyword": "key", "after": "after", "kind": "", "whose": ""}
    more = f"<p>{len(lines) - LINES:,} more lines are not shown here.</p>" if len(lines) > LINES else ""
    return table(f"In context, {document.doc_id}", heads, rows, more)


def concordance_form(document: Document, *, prefix: str) -> str:
    """The field for the words to look for, and below it the lines of every marker."""
    return (
        f'<form class="kwic"><label for="{prefix}kwic">Find words (leave empty for every hedge, booster and bound)'
        "</label> "
        f'<input id="{prefix}kwic" name="words" autocomplete="off" maxlength="200"> <button>Show</button></form>'
        f'<div class="lines">{concordance(document, words="", prefix=prefix)}</div>'
    )
