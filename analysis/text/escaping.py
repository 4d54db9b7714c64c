r"""Text stays text: every value that comes from an article goes through here on its way into HTML or Markdown.

Jupyter shows HTML and Markdown, and in both its MathJax shows anything between two dollar signs, or after a backslash,
as a formula. The class of our HTML says that it contains none; in Markdown, each such sign is in a separate element,
away from the other.
"""

from __future__ import annotations

import re
from html import escape, unescape

# On the outermost element of everything shown in a notebook: "this contains no formulas", by the old and the new name.
NO_FORMULAS = 'class="tex2jax_ignore mathjax_ignore"'

_ENTITY = r"&#[0-9]{1,7};"
# Characters that would become markup, a link, a picture or a formula; an entity that escape_markdown made stays.
_MARKUP = re.compile(rf"(?P<made>{_ENTITY}|<span>{_ENTITY}</span>)|[<>&\[\]$\\@~]|:(?=//)|(?<=[Ww]{{3}})\.")
_EMPHASIS = re.compile(r"[*_`]")
# Characters that open a heading, a list, a line under a heading, or a table, at the start of a line.
_OPENING = re.compile(r"^(?:[#+=|-]|[0-9]{1,9}(?P<end>[.)]))")
_FORMULA = frozenset("$\\")


def escape_html(text: str) -> str:
    """Text for HTML, even inside an attribute. A carriage return is written as a reference, since parsers would turn it
    into a line feed.

    >>> escape_html('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return escape(text).replace("\r", "&#13;")


def escape_markdown(text: str) -> str:
    r"""Text for a line of Markdown in a notebook, where it appears unchanged, with single spaces.

    >>> escape_markdown("$5 *or* more")
    '<span>&#36;</span>5 &#42;or&#42; more'
    """
    return _EMPHASIS.sub(_written, only_emphasis(text, made=False))


def only_emphasis(markdown: str, *, made: bool = True) -> str:
    """Markdown on one line in which only `*`, `_`, backticks and the output of `escape_markdown` have a meaning.

    With made=False, anything that looks like output of `escape_markdown` is text too.
    """
    line = " ".join(markdown.split())
    line = _MARKUP.sub(lambda m: m[0] if made and m["made"] else "".join(map(_sign, m[0])), line)
    opening = _OPENING.match(line)
    if opening:
        at = opening.end() - 1
        line = line[:at] + _reference(line[at]) + line[at + 1 :]
    return line


def readable(markdown: str) -> str:
    """Markdown from `only_emphasis` as a person would type it, to show as plain text."""
    return unescape(re.sub(r"</?span>", "", markdown))


def _written(match: re.Match[str]) -> str:
    return _reference(match[0])


def _sign(c: str) -> str:
    if c in _FORMULA:
        return f"<span>{_reference(c)}</span>"
    return c if c.isalnum() else _reference(c)


def _reference(c: str) -> str:
    return f"&#{ord(c)};"
