"""The examples of a rule, in which braces mark what it finds; they serve as tests."""

from __future__ import annotations

import re

from analysis.text.document import Span


def parse_marked(example: str) -> tuple[str, list[Span]]:
    """Take the braces out of an example.

    >>> parse_marked("The vote {may} be delayed.")
    ('The vote may be delayed.', [Span(start=9, end=12)])
    """
    text, spans, start = "", [], None
    for piece in re.split(r"([{}])", example):
        if piece == "{" and start is None:
            start = len(text)
        elif piece == "}" and start is not None:
            spans.append(Span(start, len(text)))
            start = None
        elif piece in ("{", "}"):
            raise ValueError(f"{example!r}: braces come in pairs and do not nest")
        else:
            text += piece
    if start is not None:
        raise ValueError(f"{example!r}: a brace is not closed")
    return text, spans
