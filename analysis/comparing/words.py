"""A document as words in sentences, by which two texts are compared."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache

from analysis.text.document import Document, Span
from analysis.text.word_lists import word_lists

_SIGNS = frozenset("$€£¥%")
LONGEST_NOTE = 120  # words
_BEFORE_COLON = 6  # tokens


@cache
def function_words() -> frozenset[str]:
    """Words that say too little to tell two sentences apart."""
    return word_lists("comparing")["function"]


class Words:
    """The words of a document: tokens of letters and digits, and signs of currency and percentage.

    Punctuation, capitals and the shape of quotation marks do not count.

    `token` gives the token of each word, `lows` the word itself; `ranges` the words of each sentence (half-open).
    `title` and `notes` are the paragraphs with the opening heading and with notes of correction; their sentences are
    not in `body`.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        tokens = document.tokens
        self.token = [k for k, word in enumerate(tokens.lowers) if word[0].isalnum() or word[0] in _SIGNS]
        self.lows = [tokens.lowers[k] for k in self.token]
        self.ranges = [
            (bisect_left(self.token, s.first_token), bisect_left(self.token, s.last_token)) for s in document.sentences
        ]
        self.title = _title_paragraph(document)
        self.notes = [k for k in _with_note_words(document) if k != self.title and _is_note(document, k)]
        apart = {*self.notes, self.title}
        self.body = [
            k
            for k, s in enumerate(document.sentences)
            if s.paragraph not in apart and self.ranges[k][0] < self.ranges[k][1]
        ]

    def key(self, sentence: int) -> tuple[str, ...]:
        """The words of a sentence."""
        first, last = self.ranges[sentence]
        return tuple(self.lows[first:last])

    def tells(self, token: int) -> bool:
        """Does a word say something without being a name: is it in lower case, and not a small word?"""
        tokens = self.document.tokens
        return tokens.words[token][0].islower() and tokens.lowers[token] not in function_words()

    def tokens_in(self, span: Span) -> range:
        """The tokens in a span."""
        tokens = self.document.tokens
        return range(self.document.token_index(span.start), bisect_left(tokens.starts, span.end))

    def span(self, first: int, last: int) -> Span:
        """From the token `first` to the token `last`, inclusive."""
        return Span(self.document.tokens.starts[first], self.document.tokens.ends[last])

    def sentences_span(self, sentences: tuple[int, ...] | list[int]) -> Span:
        """From the first of these sentences to the last."""
        found = self.document.sentences
        return Span(found[min(sentences)].start, found[max(sentences)].end)


def one_line(text: str) -> str:
    """A passage with single spaces."""
    return " ".join(text.split())


def _title_paragraph(document: Document) -> int | None:
    return 0 if document.paragraphs and document.paragraphs[0].kind == "heading" else None


def _with_note_words(document: Document) -> list[int]:
    """The paragraphs that contain a word typical of a note."""
    lists = word_lists("comparing")
    starts = [p.first_token for p in document.paragraphs]
    tokens = document.tokens.find(lists["note_word"] | lists["note_opening"])
    return sorted({bisect_right(starts, k) - 1 for k in tokens})


def _is_note(document: Document, number: int) -> bool:
    """Does a paragraph say that the text was corrected, clarified or updated?"""
    p = document.paragraphs[number]
    if p.last_token - p.first_token > LONGEST_NOTE:
        return False
    lows = document.tokens.lowers[p.first_token : p.last_token]
    lists = word_lists("comparing")
    opening = lows[:_BEFORE_COLON]
    if lows and lows[0] in lists["note_opening"] and (":" in opening or len(lows) == 1):
        return True
    text = " ".join(document.text[p.start : p.end].lower().replace("’", "'").split())
    return any(phrase in text for phrase in lists["note_phrase"])
