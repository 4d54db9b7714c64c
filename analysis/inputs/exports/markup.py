"""The lines of an HTML page, each with the kind of element that it is in. Nothing is fetched or run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from analysis.inputs.exports.records import as_unbroken

# Elements that end a line; all others are inside one.
BLOCKS = frozenset(
    "address article aside blockquote body br caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead tr ul".split()
)
UNREAD = frozenset("button embed head iframe noscript object script select style svg template textarea".split())
CELLS = frozenset(("td", "th"))  # separated by a tab


class Line(NamedTuple):
    """A line of text, "" between separate elements; `kind` is what `kind_of` says about the nearest element."""

    kind: str
    text: str


def html_lines(page: str, kind_of: Callable[[str, str], str | None] | None = None) -> list[Line]:
    """The lines of a page in order; `kind_of` gets name and class of each element and returns its kind, or None.

    >>> for line in html_lines("<p>A <b>vote</b><br>is late.</p><p class=x>It rains.", lambda name, cls: cls or None):
    ...     print(line)
    Line(kind='', text='A vote')
    Line(kind='', text='is late.')
    Line(kind='', text='')
    Line(kind='x', text='It rains.')
    """
    lines, kinds, parts = [], [""], list[str]()

    def flush(*, apart: bool) -> None:
        cells = (" ".join(cell.split()) for cell in "".join(parts).split("\t"))
        text = "\t".join(cell for cell in cells if cell)
        parts.clear()
        if text:
            lines.append(Line(kinds[-1], text))
        if apart and lines and lines[-1].text:
            lines.append(Line("", ""))

    stack: list[tuple[Any, str | None]] = [(_root(page), None)]
    closing: list[bool] = []  # for each open element: does a line end with it?
    while stack:  # no recursion: elements can be nested to any depth
        element, name = stack.pop()
        if name is not None:  # its end
            if closing.pop():
                flush(apart=name != "br")
            elif name in CELLS:
                parts.append("\t")
            kinds.pop()
        elif isinstance(element.tag, str) and element.tag not in UNREAD:  # its beginning; comments have no name
            kind = kind_of(element.tag, element.get("class", "")) if kind_of else None
            closing.append(kind is not None or element.tag in BLOCKS)
            if closing[-1]:
                flush(apart=element.tag != "br")
            kinds.append(kind or kinds[-1])
            parts.append(_plain(element.text))
            stack.append((element, element.tag))
            stack += [(child, None) for child in reversed(element)]
            continue
        parts.append(_plain(element.tail))
    flush(apart=False)
    return lines[:-1] if lines and not lines[-1].text else lines


def _root(page: str) -> Any:
    import lxml.html

    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True)
    return lxml.html.document_fromstring(page.encode("utf-8", "replace") or b"<p>", parser=parser)


def _plain(text: str | None) -> str:
    return text.replace("\t", " ") if text else ""


def as_text(lines: list[Line]) -> str:
    """The lines as a text that is not taken to be broken to fit a page, even if all lines are short."""
    return as_unbroken("\n".join(line.text for line in lines))
