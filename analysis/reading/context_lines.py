"""Keyword in context, line by line: a marker or a word, with what comes before and after it in its paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analysis.sourcing.voices import token_voices, voices
from analysis.text.document import Document
from analysis.text.vocabulary import REPORTER


class Line(NamedTuple):
    """One line; `category` is None for a word outside all markers, `voice` says whose word it is; sentences count from
    1, `start` and `end` are the keyword's place in the text.
    """

    left: str
    keyword: str
    right: str
    category: str | None
    voice: str
    negated: bool
    sentence: int
    doc_id: str
    start: int
    end: int
    rule_id: str | None


def marked_lines(d: Document, width: int) -> Iterator[Line]:
    """One line per marker, in the order of the text.

    >>> from analysis import annotate
    >>> [line[:3] for line in marked_lines(annotate("The vote may be delayed."), 60)]
    [('The vote', 'may', 'be delayed.')]
    """
    voice = voices(d)
    for m in d.markers:
        whose = voice[m.attribution].name if m.attribution in voice else REPORTER
        yield _line(d, m.start, m.end, width, m.category, whose, m.negated, m.rule_id or None)


def found_lines(d: Document, wanted: set[str], width: int) -> Iterator[Line]:
    """The places of some words, with the marker that each is in, if any."""
    voice, owners = voices(d), token_voices(d)
    tokens, markers, at, seen = d.tokens, d.markers, 0, -1
    for k in tokens.find(wanted):
        while at < len(markers) and markers[at].end <= tokens.starts[k]:
            at += 1
        if at < len(markers) and markers[at].start <= tokens.starts[k]:
            if seen == at:  # a second word in the same marker
                continue
            m, seen = markers[at], at
            whose = voice[m.attribution].name if m.attribution in voice else REPORTER
            yield _line(d, m.start, m.end, width, m.category, whose, m.negated, m.rule_id or None)
        else:
            whose = voice[owners[k]].name if owners[k] else REPORTER
            yield _line(d, tokens.starts[k], tokens.ends[k], width, None, whose, False, None)


def _line(
    d: Document, start: int, end: int, width: int, category: str | None, voice: str, negated: bool, rule_id: str | None
) -> Line:
    sentence = d.sentence_index(start)
    paragraph = d.paragraphs[d.sentences[sentence].paragraph] if d.sentences else None
    first, last = (paragraph.start, paragraph.end) if paragraph else (0, len(d.text))
    left, right = d.text[max(first, start - width) : start], d.text[end : min(last, end + width)]
    if start - width > first:
        left = "… " + (left if d.text[start - width - 1].isspace() else left.partition(" ")[2])
    if end + width < last:
        right = (right if d.text[end + width].isspace() else right.rpartition(" ")[0]) + " …"
    return Line(
        " ".join(left.split()),
        " ".join(d.text[start:end].split()),
        " ".join(right.split()),
        category,
        voice,
        negated,
        sentence + 1,
        d.doc_id,
        start,
        end,
        rule_id,
    )
