"""The text of the article on a saved page: what trafilatura finds, what it leaves out inside that, and nothing else.

trafilatura (Barbaresi 2021) finds where the article is. It leaves out some cross-heads, lists, embedded posts and
displayed statements. These are put back if they are between its paragraphs and have the same structure. Lines that are
not text of the article are removed, because of what they say (resources/inputs/pages.toml) or because they are only a
link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from analysis.inputs.exports.records import is_date_line
from analysis.inputs.page_names import authors_in
from analysis.inputs.page_tree import HEADINGS, POST, Counts
from analysis.inputs.page_words import holds, is_whole, opens_with, patterns, plain, words

UNREAD = ("script", "style", "noscript", "head", "template", "title")
HEAD_BLOCKS = 10  # the top, where a byline, a date or a repeated headline may be
TAIL_BLOCKS = 4
LABEL = 3  # words
PARAGRAPH = 15  # the fewest words of the first paragraph
GRAM = 6  # a block is found in trafilatura's text by so many words in a row
ENDS = re.compile(r"[.!?…:;][\"”’')\]]*$")
_SPACE = re.compile(r"[^\S\n]+")


@dataclass
class Block:
    """A stretch of text between the borders of blocks."""

    text: str
    element: HtmlElement
    linked: int  # characters in links
    after: str  # after the last link, to the end
    before: str  # and before the first
    found: bool = False

    @property
    def heading(self) -> bool:
        return self.element.tag in HEADINGS

    @property
    def post(self) -> bool:
        return POST in self.element.attrib or any(POST in parent.attrib for parent in self.element.iterancestors())


def blocks_of(tree: HtmlElement) -> list[Block]:
    """The blocks of a page in order. Two line breaks separate blocks, one separates lines."""
    blocks: list[Block] = []
    pieces: list[tuple[str, bool]] = []
    links = unread = 0
    body = tree.find("body")
    root = tree if body is None else body
    open_blocks, blocks_named = [root], words("blocks")
    for event, element in iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        starts = event == "start"
        if tag in blocks_named:
            blocks += _flush(pieces, open_blocks[-1])
            open_blocks.append(element) if starts else open_blocks.pop()
        links += (1 if starts else -1) if tag == "a" else 0
        unread += (1 if starts else -1) if tag in UNREAD else 0
        if starts and tag == "br":
            pieces.append(("\n", False))
        text = element.text if starts and tag else (None if starts else element.tail)
        if text and not unread and (starts or element is not root):
            pieces.append((re.sub(r"\s+", " ", text), links > 0))
    return [*blocks, *_flush(pieces, root)]


def _flush(pieces: list[tuple[str, bool]], element: HtmlElement) -> Iterator[Block]:
    part: list[tuple[str, bool]] = []
    for at, (text, linked) in enumerate(pieces):
        part.append((text, linked))
        ends = text == "\n" and at + 1 < len(pieces) and _next_is_break(pieces, at + 1)
        if ends:
            yield from _block(part, element)
            part = []
    yield from _block(part, element)
    pieces.clear()


def _next_is_break(pieces: list[tuple[str, bool]], at: int) -> bool:
    while at < len(pieces) and pieces[at][0] == " ":
        at += 1
    return at < len(pieces) and pieces[at][0] == "\n"


def _block(pieces: list[tuple[str, bool]], element: HtmlElement) -> Iterator[Block]:
    text = "\n".join(
        line.strip() for line in _SPACE.sub(" ", "".join(piece for piece, _ in pieces)).split("\n")
    ).strip()
    if not re.search(r"\w", text):
        return
    flags = [linked for _, linked in pieces]
    first = flags.index(True) if True in flags else len(pieces)
    last = len(flags) - flags[::-1].index(True) if True in flags else 0
    yield Block(
        text,
        element,
        linked=sum(len(piece.strip()) for piece, linked in pieces if linked),
        before="".join(piece for piece, _ in pieces[:first]).strip(),
        after="".join(piece for piece, _ in pieces[last:]).strip(),
    )


# ---------------------------------------------------------------- where the article is


def article_lines(tree: HtmlElement, *, headlines: list[str], authors: list[str]) -> list[str]:
    """The lines of the article in a tree without furniture; none if trafilatura finds no article.

    `headlines` are the forms of the headline, which is not a line of the text, `authors` the names in the byline.
    """
    from trafilatura import bare_extraction

    found = bare_extraction(deepcopy(tree), include_comments=False, include_tables=False, with_metadata=False)
    if not found or not found.text or not found.text.strip():
        return []
    blocks = _aligned(blocks_of(tree), found.text)
    if blocks is None:
        return [line for line in _plain_lines(found.text) if not _is_aside(line)]
    return _cleaned(
        blocks, {plain(each) for each in (*headlines, *authors, " and ".join(authors), ", ".join(authors))}, authors
    )


def _plain_lines(text: str) -> list[str]:
    lines = (re.sub(r"^(?:-|\d+\.) ", "", " ".join(line.split())) for line in text.splitlines())
    return [line for line in lines if line]


def _aligned(blocks: list[Block], text: str) -> list[Block] | None:
    """The blocks that trafilatura found, and those between them that belong there; None if none can be matched."""
    lines = {plain(line) for line in _plain_lines(text)}
    read = plain(text).split()
    grams = {tuple(read[at : at + GRAM]) for at in range(len(read) - GRAM + 1)}
    for block in blocks:
        own = plain(block.text).split()
        mine = [tuple(own[at : at + GRAM]) for at in range(len(own) - GRAM + 1)]
        known = sum(gram in grams for gram in mine)
        block.found = " ".join(own) in lines or (len(mine) > 3 and known >= 0.7 * len(mine))
    matched = sum(len(plain(block.text).split()) for block in blocks if block.found)
    if matched < 0.7 * len(read):
        return None
    return _with_gaps(blocks)


def _with_gaps(blocks: list[Block]) -> list[Block]:
    """Blocks between the found ones that have the same structure: cross-heads, items, statements, posts."""
    long = [at for at, block in enumerate(blocks) if block.found and len(block.text) > 60 and not _is_link(block)]
    if not long:
        return [block for block in blocks if block.found]
    root = _common([blocks[at].element for at in long])
    shapes = {_shape(blocks[at].element, root) for at in long}
    parents: set[HtmlElement] = set()
    for at in long:
        parents.update(_up_to(blocks[at].element, root)[1:])
    sizes = Counts.of(root).words
    first, last = long[0], long[-1]
    kept = []
    for at, block in enumerate(blocks):
        inside = first < at < last
        near = first < at <= last + 3
        if (
            block.found
            or (near and block.post and _within(block.element, root))
            or (inside and _fits(block, root, shapes, parents, sizes))
        ):
            kept.append(block)
    return kept


def _fits(block: Block, root: HtmlElement, shapes: set, parents: set, sizes: dict) -> bool:
    """Does this block have the structure of those found, or is it alone in its box among them?"""
    element = block.element
    if not _within(element, root) or _is_link(block):
        return False
    if _shape(element, root) in shapes or (element.tag == "p" and element.getparent() in parents):
        return True
    set_apart = (
        block.heading or element.tag == "blockquote" or any(e.tag == "blockquote" for e in element.iterancestors())
    )
    holder = element.getparent() if element.tag == "li" and not block.linked else element
    while set_apart and holder is not root and sizes[holder.getparent()] == sizes[holder]:
        holder = holder.getparent()
    beside = holder is root or holder.getparent() in parents
    return beside and (set_apart or element.tag == "li")


def _within(element: HtmlElement, root: HtmlElement) -> bool:
    return element is root or any(parent is root for parent in element.iterancestors())


def _up_to(element: HtmlElement, root: HtmlElement) -> list[HtmlElement]:
    """An element and those around it, up to the root."""
    path = [element]
    while path[-1] is not root and path[-1].getparent() is not None:
        path.append(path[-1].getparent())
    return path


def _shape(element: HtmlElement, root: HtmlElement) -> tuple[tuple[str, str], ...]:
    """Tags and classes from an element up to the root, without numbers: these are the same for all paragraphs of an
    article.
    """
    path = _up_to(element, root)[:-1]
    return tuple((each.tag, re.sub(r"\d+", "", each.get("class", ""))) for each in path)


def _common(elements: list[HtmlElement]) -> HtmlElement:
    """The innermost element that contains all of these without being one of them."""
    path = list(elements[0].iterancestors()) or [elements[0]]
    depth = {element: at for at, element in enumerate(path)}
    lowest = 0
    for element in elements[1:]:
        at = element.getparent()
        while at is not None and at not in depth:
            at = at.getparent()
        lowest = max(lowest, depth.get(at, len(path) - 1))
    return path[lowest]


# ---------------------------------------------------------------- what is not text


def _cleaned(blocks: list[Block], titles: set[str], authors: list[str]) -> list[str]:
    kept: list[Block] = []
    seen: set[str] = set()
    start = _first_paragraph(blocks)
    blocks = [block for at, block in enumerate(blocks) if at >= start or not _is_label(block)]
    start = _first_paragraph(blocks)
    for at, block in enumerate(blocks):
        head = at < min(start + 1, HEAD_BLOCKS) or at < 3
        lines = [
            line
            for line in block.text.split("\n")
            if block.post or not _is_no_text(line, block, titles if head else None)
        ]
        own = plain(" ".join(lines))
        if not own or (own in seen and len(own.split()) > 6) or (not block.post and _is_link(block)):
            continue
        seen.add(own)
        kept.append(replace(block, text="\n".join(lines)))
    return [block.text for block in _without_tail(_without_bare_heads(kept), authors)]


def _first_paragraph(blocks: list[Block]) -> int:
    return next((at for at, block in enumerate(blocks) if len(block.text.split()) >= PARAGRAPH), 0)


def _is_label(block: Block) -> bool:
    """A few words without a full stop: before the first paragraph they lead nowhere."""
    return len(block.text.split()) <= LABEL and not ENDS.search(block.text) and not block.post


def _is_no_text(line: str, block: Block, titles: set[str] | None) -> bool:
    """Is this a line of furniture? `titles` are those of the page, if the line is at the top of the article."""
    n = len(line.split())
    if titles is not None and (plain(line) in titles or is_whole("heads", line) or is_date_line(line)):
        return True
    if titles is not None and n <= 20 and patterns("by").match(line) and not ENDS.search(line) and authors_in(line):
        return True
    return _is_aside(line) or (block.linked > 0 and n <= 40 and holds("linked_asides", line) and "“" not in line)


def _is_aside(line: str) -> bool:
    n = len(line.split())
    return (
        is_whole("labels", line)
        or (n <= 60 and opens_with("asides", line))
        or (n <= 40 and opens_with("captions", line))
    )


def _is_link(block: Block) -> bool:
    """Only a link, or a label and a link: the headline of another article."""
    n = len(block.text)
    if not block.linked or n > 200:
        return False
    if block.linked >= 0.9 * (n - n // 20) and (block.text.endswith("?") or not ENDS.search(block.text)):
        return True
    if "\n" in block.text and block.linked >= 0.6 * n and not ENDS.search(block.text):
        return True
    label = block.before.rstrip(":").strip(" [(")
    labelled = block.before.endswith((":", "|", "–", "—")) and len(label.split()) <= 3
    return (labelled or is_whole("labels", label)) and bool(label or labelled) and not re.search(r"\w", block.after)


def _without_bare_heads(blocks: list[Block]) -> list[Block]:
    """The lines without cross-heads at the end, which lead nowhere."""
    while blocks and blocks[-1].heading:
        blocks = blocks[:-1]
    return blocks


def _without_tail(blocks: list[Block], authors: list[str]) -> list[Block]:
    """The lines without what the page says about the writer after the article."""
    for at in range(len(blocks) - 1, max(len(blocks) - 1 - TAIL_BLOCKS, 0), -1):
        text = blocks[at].text
        about = any(text.startswith(author) for author in authors) and not re.search('[“”"]', text)
        if about and re.search(r"\b(?:is|was|covers|reports|writes|has|joined|works)\b|@", text):
            blocks = blocks[:at] + blocks[at + 1 :]
    return blocks
