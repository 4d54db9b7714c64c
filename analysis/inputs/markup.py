"""HTML inside a cell, a feed or a mail, as plain text: one paragraph per line, nothing fetched, nothing run."""

from __future__ import annotations

import html
import re

from analysis.inputs.page_words import is_whole
from analysis.text.unseen import BLOCKS, REFERENCE, TAG

_ANY = re.compile(TAG, re.I)
_BLOCK = re.compile(BLOCKS, re.I)
_PARAGRAPHS = re.compile(r"<(?:p|br|div|li)\b", re.I)
_BLANK = re.compile(r"\n[^\S\n]*(?:\n\s*)+")
_FIRST = re.compile(f"{REFERENCE}|{TAG}", re.I)
# What a mail shows only in lists of mails: an element that is not displayed and contains no other element.
_UNSEEN = re.compile(r"<(div|span|p|td)\b[^<>]{0,500}display:\s*none[^<>]{0,500}>[^<]*+</\1>", re.I)
_HIDDEN = (
    "script",
    "style",
    "head",
    "title",
    "figcaption",
    "noscript",
    "button",
)  # elements whose content nobody reads


def plain_text(text: str) -> str:
    """The text of a piece of HTML: elements that begin a line do so, all others leave no trace.

    If paragraphs are marked as such, a single line end is a space, as in a browser.

    >>> plain_text("<p>It <b>may</b>\\nrain.</p><p>Fish &amp; chips</p>")
    'It may rain.\\nFish & chips'
    """
    text = _without_hidden(_UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    if _PARAGRAPHS.search(text):
        text = "\n\n".join(part.replace("\n", " ") for part in _BLANK.split(text))
    text = _ANY.sub(lambda match: "\n" if _BLOCK.fullmatch(match["name"]) else "", text)
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    return "\n".join(line for line in lines if line)


def without_sent(text: str) -> str:
    """The lines of a mail or a feed, without those that are about its sender.

    >>> without_sent("View this email in your browser\\nIt may rain.\\nUnsubscribe")
    'It may rain.'
    """
    return "\n".join(line for line in text.split("\n") if not is_whole("sent", line))


def first_markup(text: str) -> tuple[int, str]:
    """Where the markup in a text begins, if it has any, and its first piece."""
    match = _FIRST.search(text)
    return (match.start(), match[0]) if match else (0, "")


def _without_hidden(text: str) -> str:
    """The text without comments and without the contents of scripts, styles and heads; one left open ends with the
    text.
    """
    for begin, end in (("<!--", "-->"), *((f"<{name}", f"</{name}>") for name in _HIDDEN)):
        low = text.lower()
        pieces, done = [], 0
        while (start := low.find(begin, done)) >= 0:
            if begin[1] != "!" and low[start + len(begin) : start + len(begin) + 1].isalnum():  # <header>
                pieces.append(text[done : start + len(begin)])
                done = start + len(begin)
                continue
            pieces.append(text[done:start])
            stop = low.find(end, start)
            done = len(text) if stop < 0 else stop + len(end)
        text = "".join([*pieces, text[done:]])
    return text
