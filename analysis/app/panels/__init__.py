"""The views under the text of the page, one per module; `drawing` has what they share. Every text is escaped."""

from __future__ import annotations

from analysis.app.panels.glance import glance
from analysis.app.panels.in_context import concordance, concordance_form
from analysis.app.panels.lengths import lengths
from analysis.app.panels.names import names_by_place
from analysis.app.panels.numbers import numbers_given
from analysis.app.panels.probability import ruler
from analysis.app.panels.side_by_side import compared
from analysis.app.panels.voices import chain_list, who_speaks_where
from analysis.text.document import Document
from analysis.text.escaping import escape_html

__all__ = ["compared", "concordance", "glance", "panels"]


def panels(document: Document, *, prefix: str) -> str:
    """All of them, each a <details> that is left out if it has nothing to show."""
    made = (
        ("Who speaks where", who_speaks_where(document, prefix=prefix)),
        ("How the article knows it: from whom, through whom", chain_list(document)),
        ("Names: how often, and where", names_by_place(document, prefix=prefix)),
        ("Every number, and who gives it", numbers_given(document, prefix=prefix)),
        ("How likely is “likely”? What readers take such words to mean", ruler(document, prefix=prefix)),
        ("Words in context", concordance_form(document, prefix=prefix)),
        ("Length of words and sentences", lengths(document)),
    )
    return "".join(
        f'<details class="list panel"><summary>{escape_html(title)}</summary>{body}</details>'
        for title, body in made
        if body
    )
