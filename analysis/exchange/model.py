"""What every format represents in its own way: a text, marks on it, and relations between the marks.

Offsets count characters (code points) of the untouched text, half-open, whatever the format counts in. A mark has one
or more pieces. They are in order, neither begin nor end with white space, and have more than white space between them;
otherwise they are one piece. So a mark comes back the same from a format that joins the lines of a text, or that knows
only words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from analysis.text.article import ArticleError
from analysis.text.document import Span

# Layers of marks: the parts of an attribution, one of which its relations start from; markers with their scope; names.
PARTS = ("cue", "source", "content", "channel", "basis", "role", "anonymity", "justification")
MARKERS = ("hedge", "booster", "bound")
LAYERS = (*PARTS, *MARKERS, "scope", "name")
# Relations, from the mark where they start to the other: a cue to its source and content and to the cue of the
# attribution that it is inside of (parent); a marker to the words it weakens and to the cue of the attribution whose it
# is (holder).
RELATIONS = (*PARTS[1:], "parent", "scope", "holder")


class ExchangeError(ArticleError):
    """A file cannot be read, or a mark in it cannot be used. The message says what is allowed."""


@dataclass(frozen=True)
class TextMark:
    """A mark: its layer, its label (empty if there is none), its pieces, and everything else that is known about it."""

    id: str
    layer: str
    label: str
    spans: tuple[Span, ...]
    details: Mapping[str, Any] = field(default_factory=dict)


class Relation(NamedTuple):
    """A relation from one mark to another, by their ids."""

    label: str
    head: str
    child: str


@dataclass(frozen=True)
class MarkedText:
    """A text with marks. `about` is what is known about the whole text, in the form of JSON: its entities, its
    encoding.

    `by` names who marked it, if a file says so.
    """

    doc_id: str
    text: str = field(repr=False)
    marks: tuple[TextMark, ...] = ()
    relations: tuple[Relation, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""


def tidy_spans(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """The pieces of a mark, as the top of this module describes; none for a mark of white space alone.

    >>> tidy_spans("It may well rain.", [(7, 11), (3, 7), (12, 16)])
    (Span(start=3, end=16),)
    """
    out: list[Span] = []
    for start, end in sorted(spans):
        words = text[start:end]
        start, end = end - len(words.lstrip()), start + len(words.rstrip())
        if start >= end:
            continue
        if out and not text[out[-1].end : start].strip():
            out[-1] = Span(out[-1].start, max(end, out[-1].end))
        else:
            out.append(Span(start, end))
    return tuple(out)


def to_text(details: Mapping[str, Any]) -> str:
    """Details as one line of ASCII text, for formats that have one place for them; empty for none."""
    return json.dumps(details, sort_keys=True, separators=(",", ":")) if details else ""


def from_text(text: str | None) -> dict[str, Any]:
    """The details that `to_text` wrote. Anything that somebody else wrote in that place is kept as a note.

    >>> from_text('{"rule_id":"HEDGE.MODAL.MAY"}'), from_text("not sure")
    ({'rule_id': 'HEDGE.MODAL.MAY'}, {'note': 'not sure'})
    """
    if not text or not text.strip():
        return {}
    try:
        details = json.loads(text)
    except (ValueError, RecursionError):
        details = None
    return details if isinstance(details, dict) else {"note": text}


def label_of(mark: TextMark) -> str:
    """Layer and label in one word, for formats with one place for both ("hedge:possibility")."""
    return f"{mark.layer}:{mark.label}" if mark.label else mark.layer


def split_label(label: str) -> tuple[str, str]:
    """Layer and label from a word that `label_of` made."""
    layer, _, label = label.partition(":")
    return layer.strip().lower(), label.strip()
