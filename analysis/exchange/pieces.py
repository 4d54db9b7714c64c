"""Help for formats that cannot represent a mark fully: pieces, words, other ways to count, characters XML lacks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from analysis.exchange.model import MarkedText, Relation, TextMark
from analysis.text.article import Article
from analysis.text.document import Document, Span
from analysis.text.segmentation import segment

CONTINUES = (
    "continues"  # the relation from a later piece of a mark to its first, in formats whose marks have a single piece
)


# ---------------------------------------------------------------- marks of one piece


def in_pieces(marked: MarkedText) -> MarkedText:
    """The same text with one mark per piece; relations belong to the first piece, which the others continue.

    >>> mark = TextMark("a1.content", "content", "", (Span(0, 2), Span(5, 7)))
    >>> [(m.id, m.spans) for m in in_pieces(MarkedText("d", "It, too, is.", (mark,))).marks]
    [('a1.content', (Span(start=0, end=2),)), ('a1.content+2', (Span(start=5, end=7),))]
    """
    marks: list[TextMark] = []
    relations = list(marked.relations)
    for mark in marked.marks:
        marks.append(replace(mark, spans=mark.spans[:1]))
        for number, span in enumerate(mark.spans[1:], 2):
            marks.append(TextMark(f"{mark.id}+{number}", mark.layer, mark.label, (span,)))
            relations.append(Relation(CONTINUES, f"{mark.id}+{number}", mark.id))
    return replace(marked, marks=tuple(marks), relations=tuple(relations))


def joined(marked: MarkedText) -> MarkedText:
    """The marks that `in_pieces` split, joined again."""
    first = {r.head: r.child for r in marked.relations if r.label == CONTINUES}

    def head(mark: str) -> str:
        seen: set[str] = set()
        while mark in first and mark not in seen:
            seen.add(mark)
            mark = first[mark]
        return mark

    spans: dict[str, list[Span]] = {}
    for mark in marked.marks:
        spans.setdefault(head(mark.id), []).extend(mark.spans)
    marks = tuple(
        replace(mark, spans=tuple(sorted(spans[mark.id]))) for mark in marked.marks if head(mark.id) == mark.id
    )
    relations = tuple(
        r._replace(head=head(r.head), child=head(r.child)) for r in marked.relations if r.label != CONTINUES
    )
    return replace(marked, marks=marks, relations=relations)


# ---------------------------------------------------------------- words and sentences


class Words(NamedTuple):
    """The words of a text in order, and for each sentence its range of words (half-open)."""

    words: tuple[Span, ...]
    sentences: tuple[Span, ...]

    def of(self, span: tuple[int, int]) -> range:
        """The words that a span touches."""
        first = bisect_right(self.words, span[0], key=lambda w: w.end)
        return range(first, max(first, bisect_left(self.words, span[1], key=lambda w: w.start)))


def words_of(marked: MarkedText) -> Words:
    """The words of a text, split where a mark begins or ends inside one; everything except white space is in a word.

    >>> words_of(MarkedText("d", "It may rain.", (TextMark("m1", "hedge", "", (Span(4, 6),)),))).words[1:3]
    (Span(start=3, end=4), Span(start=4, end=6))
    """
    document = _segmented(marked.text)
    text, tokens = marked.text, document.tokens
    cuts = {*tokens.starts, *tokens.ends, *(s.start for s in document.sentences)}
    cuts |= {place for mark in marked.marks for span in mark.spans for place in span}
    ordered = sorted(cuts)
    words = []
    for found in re.finditer(r"\S+", text):
        start, end = found.span()
        places = [start, *ordered[bisect_right(ordered, start) : bisect_left(ordered, end)], end]
        words += [Span(a, b) for a, b in pairwise(places)]
    starts = [0, *(bisect_left(words, s.start, key=lambda w: w.start) for s in document.sentences[1:]), len(words)]
    sentences = tuple(Span(a, b) for a, b in pairwise(starts) if a < b)
    return Words(tuple(words), sentences)


def _segmented(text: str) -> Document:
    return segment(Article(text))


# ---------------------------------------------------------------- other ways to count


class Utf16:
    """Offsets in 16-bit units, as in Java and JavaScript: a character beyond U+FFFF has two.

    >>> units = Utf16("😊 it")
    >>> units.out(2), units.back(3), units.back(1)
    (3, 2, 0)
    """

    def __init__(self, text: str) -> None:
        self._plain = text.isascii() or max(text) <= "\uffff"
        self._length = len(text)
        self._units = [] if self._plain else [0, *accumulate(2 if c > "\uffff" else 1 for c in text)]

    def out(self, offset: int) -> int:
        """The 16-bit units before a character."""
        return offset if self._plain else self._units[offset]

    def back(self, units: int) -> int:
        """The character at, or around, a 16-bit unit. Raises IndexError beyond the text."""
        if not 0 <= units <= (self._length if self._plain else self._units[-1]):
            raise IndexError(units)
        return units if self._plain else bisect_right(self._units, units) - 1


# ---------------------------------------------------------------- what XML cannot hold

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> tuple[str, list[list[int]]]:
    r"""The text with U+FFFD for each character that XML cannot hold, and these characters with their places.

    >>> xml_text("a\x01b")
    ('a\ufffdb', [[1, 1]])
    """
    lost = [[found.start(), ord(found[0])] for found in _NOT_XML.finditer(text)]
    return (_NOT_XML.sub("\ufffd", text), lost) if lost else (text, [])


def from_xml(text: str, lost: Iterable[Sequence[int]]) -> str:
    r"""The text with these characters restored, if the stand-in is still there.

    >>> from_xml("a\ufffdb", [[1, 1]])
    'a\x01b'
    """
    letters: list[str] | None = None
    for at, code in lost:
        if 0 <= at < len(text) and text[at] == "\ufffd" and 0 < code < 0x110000:
            letters = letters or list(text)
            letters[at] = chr(code)
    return "".join(letters) if letters else text


def without(about: Mapping[str, object], name: str) -> dict[str, object]:
    """What is known about a text, without these characters."""
    return {key: value for key, value in about.items() if key != name}
