"""What is in a text although nobody sees it: soft hyphens, signs without width, separate accents, markup.

Rules read the text as a reader sees it, and every span then points into the untouched text. A text without any of this,
as nearly every text is, is read unchanged.
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, NamedTuple

from analysis.text.article import Article
from analysis.text.document import Document, Tokens

# Elements of HTML that occur in texts; those of the first kind begin or end a line.
BLOCKS = (
    "address|article|aside|blockquote|body|br|center|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|head|header|hr|html|"
    "li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
INLINE = (
    "a|abbr|audio|b|big|cite|code|del|em|embed|font|i|iframe|img|ins|link|mark|meta|noscript|picture|q|s|script|small|"
    "source|span|strike|strong|style|sub|sup|svg|time|u|video"
)
TAG = rf"</?(?P<name>{BLOCKS}|{INLINE})(?:[\s/][^<>]{{0,2000}})?>"
REFERENCE = r"&(?P<reference>#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z][A-Za-z0-9]{1,9});"
_WITHOUT_WIDTH = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_ACCENT = "\u0300-\u036f"
_LIGATURE = "\u2011\ufb00-\ufb06"  # and the hyphen at which no line ends
_ODD = re.compile(f"[{_WITHOUT_WIDTH}{_ACCENT}{_LIGATURE}]")
_PIECE = re.compile(
    rf"(?P<nothing>[{_WITHOUT_WIDTH}]+)|(?P<accented>.[{_ACCENT}][{_ACCENT}{_WITHOUT_WIDTH}]*)|(?P<ligature>[{_LIGATURE}])"
    rf"|{REFERENCE}|{TAG}",
    re.I | re.S,
)
_MARKUP = re.compile(f"{REFERENCE}|{TAG}", re.I)
_BLOCK = re.compile(BLOCKS, re.I)


class Seen(NamedTuple):
    """A text as it is seen; `starts` and `ends` say where in the untouched text each character begins and ends."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def as_seen(text: str) -> Seen | None:
    """The text as a reader sees it; None if that is the text itself.

    >>> seen = as_seen("It m\\u00aday &quot;rain&quot;.")
    >>> seen.text, seen.starts[3], seen.ends[5]
    ('It may "rain".', 3, 7)
    >>> as_seen("It may rain.") is None
    True
    """
    if not (not text.isascii() and _ODD.search(text)) and not has_markup(text):
        return None
    pieces: list[str] = []
    starts, ends = array("I"), array("I")
    done = 0
    for match in _PIECE.finditer(text):
        first, last = match.span()
        shown = _shown(match)
        if shown is None:
            continue
        pieces += [text[done:first], shown]
        starts.extend([*range(done, first), *[first] * len(shown)])
        ends.extend([*range(done + 1, first + 1), *[last] * len(shown)])
        done = last
    pieces.append(text[done:])
    starts.extend(range(done, len(text)))
    ends.extend(range(done + 1, len(text) + 1))
    return Seen("".join(pieces), starts, ends)


def has_markup(text: str) -> bool:
    """Does a text contain elements of HTML, or characters written by their names?

    >>> has_markup("Fish &amp; chips"), has_markup("if a < b and c > d: R&D; AT&T")
    (True, False)
    """
    if "<" not in text and "&" not in text:
        return False
    return any(_shown(match) is not None for match in _MARKUP.finditer(text))


def _shown(match: re.Match[str]) -> str | None:
    """What a reader sees of it; None if it is nothing of the kind, such as a name that HTML does not know."""
    if match["reference"]:
        shown = html.unescape(match[0])
        if _ODD.fullmatch(shown):  # &shy;
            return ""
        return None if shown == match[0] or shown == "\0" or "\ud800" <= shown <= "\udfff" else shown
    if match["name"]:
        return "\n" if _BLOCK.fullmatch(match["name"]) else ""
    groups = match.groupdict()
    if groups["accented"]:
        bare = re.sub(f"[{_WITHOUT_WIDTH}]", "", match[0])
        composed = unicodedata.normalize("NFC", bare)
        return composed[0] + re.sub(f"[{_ACCENT}]", "", composed[1:])
    if groups["ligature"]:
        return "-" if match[0] == "\u2011" else unicodedata.normalize("NFKC", match[0])
    return ""


def placed(document: Document, article: Article, seen: Seen) -> Document:
    """A document of the text as it is seen, with every span moved to where it is in the text of `article`."""

    def move(value: Any) -> Any:
        if isinstance(value, tuple):
            named = hasattr(value, "_fields")
            if named and hasattr(value, "start"):
                return value._replace(**moved(value.start, value.end))  # type: ignore[attr-defined]
            return type(value)(*map(move, value)) if named else tuple(map(move, value))
        if is_dataclass(value) and not isinstance(value, type):
            changed = {f.name: move(getattr(value, f.name)) for f in fields(value)}
            if "start" in changed:
                changed |= moved(changed["start"], changed["end"])
            return replace(value, **changed)
        return value

    def moved(start: int, end: int) -> dict[str, int]:
        first = seen.starts[start] if start < len(seen.starts) else len(article.text)
        return {"start": first, "end": seen.ends[end - 1] if end > start else first}

    tokens = document.tokens
    starts = [seen.starts[start] for start in tokens.starts]
    ends = [seen.ends[end - 1] for end in tokens.ends]
    return replace(
        document,
        article=article,
        tokens=Tokens(starts, ends, tokens.words, tokens.lowers, tokens.quoted, tokens.index),
        **{layer: move(getattr(document, layer)) for layer in _LAYERS},
    )


_LAYERS = [
    f.name
    for f in fields(Document)
    if f.name not in ("article", "tokens", "backend", "aliases", "stated", "corrections")
]
