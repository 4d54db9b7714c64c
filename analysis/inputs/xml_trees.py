"""XML read safely, and its paragraphs: no entity is expanded, nothing is fetched, no DTD is loaded."""

from __future__ import annotations

import html
import re
import warnings
from typing import Any

from analysis.inputs import encodings
from analysis.text.article import ArticleError, ArticleWarning

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{2,40})[\"']")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,400}\?>")
_ENTITY = re.compile(r"<!ENTITY", re.I)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_OWN = ("amp", "lt", "gt", "quot", "apos")  # the names that XML itself knows
_INDENTED = re.compile(r"\n(?=[ \t]{2,}\S)")
_FLUSH = re.compile(r"\n(?=\S)")
BREAKS = frozenset(
    "p hl1 hl2 li ul ol dl dt dd div block blockquote bq h h1 h2 h3 h4 h5 h6 tr table section article body pre fn q "
    "list-item".split()
)


def parse_xml(raw: bytes, *, file: str) -> tuple[Any, str]:
    """The root of an XML file, from lxml, and the file's encoding.

    A file that is not well-formed is read up to the error, with a warning. Raises ArticleError for a file that defines
    entities, which can expand to far more than an article, and for one that is not XML at all.
    """
    from lxml import etree

    declared = _DECLARED.search(raw[:400])
    text, encoding = encodings.decode(
        raw, file=file, declared=declared[1].decode("ascii").lower() if declared else None
    )
    if _ENTITY.search(text):
        raise ArticleError(
            "it defines entities, which can expand to far more than an article, or to another file; not read: save "
            "it without them",
            file=file,
        )
    text = _DECLARATION.sub("", text.replace("\0", ""), count=1)
    text = _NAMED.sub(lambda match: match[0] if match[1] in _OWN else html.unescape(match[0]), text)
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    data = text.encode("utf-8", "replace")
    try:
        return etree.fromstring(data, etree.XMLParser(encoding="utf-8", **safe)), encoding
    except etree.XMLSyntaxError as error:
        reason = " ".join(str(error.msg).split())[:200]
        root = etree.fromstring(data, etree.XMLParser(encoding="utf-8", recover=True, **safe)) if data.strip() else None
        if root is None:
            raise ArticleError(f"not XML ({reason}); save its text as .txt", file=file) from error
        warnings.warn(
            f"{file}: not well-formed ({reason}); read as far as it goes: check that the article is complete, or get "
            f"it again",
            ArticleWarning,
            stacklevel=3,
        )
        return root, encoding


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for anything else, such as a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def find(element: Any, *path: str) -> Any | None:
    """The first element inside another that these local names lead to, at whatever depth each is."""
    for name in path:
        element = next((e for e in element.iter() if local(e) == name), None) if element is not None else None
    return element


def words(element: Any | None, *, skip: frozenset[str] = frozenset()) -> str:
    """All of the text in an element, on one line."""
    return " ".join(lines_of(element, skip=skip)) if element is not None else ""


def lines_of(root: Any, *, skip: frozenset[str] = frozenset(), breaks: frozenset[str] = BREAKS) -> list[str]:
    """The text in an element, one line per paragraph; elements named in `skip` are left out.

    A `br` ends a line if a sentence ends before it, and is a space elsewhere. If a news wire writes a whole report as
    one paragraph and marks its paragraphs by indented lines, these are used.
    """
    pieces: list[str] = []

    def add(text: str | None) -> None:
        if text:
            if _INDENTED.search(text) and _FLUSH.search(text):
                text = _INDENTED.sub("\n\n", text)
            pieces.append(text)

    stack: list[tuple[Any, bool]] = [(root, True)]
    while stack:  # no recursion: elements can be nested to any depth
        element, opens = stack.pop()
        name = local(element)
        left_out = not name or name in skip
        if opens:
            if name in breaks:
                pieces.append("\n\n")
            elif name == "br":
                pieces.append("\v")
            stack.append((element, False))
            if not left_out:
                add(element.text)
                stack += [(child, True) for child in reversed(element)]
        else:
            if name in breaks:
                pieces.append("\n\n")
            if element is not root:
                add(element.tail)
    text = re.sub(r"[ \t]*\v(?=\s*\v)", "\n\n", "".join(pieces))
    text = re.sub(r"(?<=[.!?:”\"’)])[ \t]*\v", "\n\n", text).replace("\v", " ")
    return [line for line in (" ".join(part.split()) for part in re.split(r"\n\s*\n", text)) if line]
