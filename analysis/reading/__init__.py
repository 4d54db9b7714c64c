"""The reading view: an article's own text with its voices, hedges and names marked, and for every mark the reason.

`read` gives what a notebook shows, `reading_page` a separate page, `reading_section` a part of one.
"""

from __future__ import annotations

from analysis.reading.frame import reading_frame
from analysis.reading.glosses import RuleNote, rule_gloss, rule_notes
from analysis.reading.inline import reading_html
from analysis.reading.notes import Note, Notes, cut, language_note
from analysis.reading.page import asset, reading_page, reading_section
from analysis.text.article import Article
from analysis.text.document import Document
from analysis.text.vocabulary import VALUES

__all__ = [
    "Reading",
    "RuleNote",
    "asset",
    "read",
    "reading_html",
    "reading_page",
    "reading_section",
    "rule_gloss",
    "rule_notes",
]

LINES = 60  # how many marks the plain text lists


class Reading:
    """A document as a notebook shows it: its page in a frame, or the marked text if the notebook is not trusted; and a
    list of its marks as plain text.
    """

    def __init__(self, document: Document) -> None:
        self.document = document

    def _repr_html_(self) -> str:
        return reading_frame(self.document)

    def __repr__(self) -> str:
        d, notes = self.document, Notes(self.document)
        names = [e for e in d.entities if e.label not in VALUES]
        head = (
            f"{d.doc_id}: {_count(len(d.attributions), 'attribution')}, {_count(len(d.markers), 'marker')} (hedges, "
            f"boosters, bounds), {_count(sum(e.count for e in names), 'mention')} of {_count(len(names), 'name')}"
        )
        lines = [_line("voice", note) for note in notes.attributions()]
        lines += [_line("marker", note) for note in notes.markers()]
        lines += [f"name    {e.name} ({e.label}) {e.count}" for e in names]
        more = [f"and {len(lines) - LINES} more"] if len(lines) > LINES else []
        said = language_note(d)
        return "\n".join([head, *([f"{d.doc_id}: {said}"] if said else []), *lines[:LINES], *more])


def read(document: Document | Article | str) -> Reading:
    """Show an annotated document in a notebook; an article or a text is annotated first.

    >>> from analysis.reading import read
    >>> read("It may rain.").document.doc_id
    'article'
    """
    if isinstance(document, Document):
        return Reading(document)
    from analysis.pipeline import annotate

    return Reading(annotate(document))


def _line(kind: str, note: Note) -> str:
    return f"{kind:<7} {note.title}: {cut(note.words, 80)}"


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
