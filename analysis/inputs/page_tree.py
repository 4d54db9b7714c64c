"""The tree of a saved page without its furniture: menus, boxes, captions, comments, and anything else that is not the
article.

The page itself shows what is furniture: by elements (`nav`), roles, properties of schema.org, and the names that
content systems give to their boxes, all listed in resources/inputs/pages.toml. Anything that contains much of the
page's text, or its headline, stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from analysis.inputs.page_words import plain, words

NAMED = ("class", "id", "data-component", "data-component-name", "data-testid", "data-name", "data-spacefinder-role")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
POST = "data-post"  # marks a former post of a social network
KEPT = ("html", "body", "main", "head", "title", "meta", "link")
INLINE = ("span", "a", "b", "strong", "em", "i")
BOXES = ("div", "section", "table", "span")
MOST = 0.3  # share of a page's words: an element with more is not furniture
CAPTION_WORDS = 40  # the most words in a box with a picture
POSTED = frozenset(("hentry", "type-post", "status-publish"))
PARAGRAPH = 15  # words, few of them in links: text
PROSE = 120  # words in paragraphs: an element with more is not a box next to the article
LONG_NAME = 300  # how many characters of an attribute are examined
PULLED = frozenset(("pullquote", "pull-quote"))
GRAM = 4  # words in a row
QUOTE = ("blockquote", "q", "table", "pre")
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SHORT = 4  # letters; so short a word must be alone between hyphens, or random names would contain it


def names_of(element: HtmlElement) -> set[str]:
    """The words in an element's names, and neighbouring pairs: "article__readMore" has read, more, read-more."""
    found: set[str] = set()
    if POSTED & set(element.get("class", "").split()):  # its classes say what the article is about
        return found
    for attribute in NAMED:
        for name in element.get(attribute, "")[:LONG_NAME].split():
            found.update(piece for piece in re.split(r"[^a-z]+", name.lower()) if piece)
            parts = [part.lower() for part in _PARTS.findall(name)]
            found.update(part for part in parts if len(part) > _SHORT)
            found.update("-".join(parts[at : at + n]) for n in (2, 3) for at in range(len(parts) - n + 1))
    label = re.findall(r"[a-z]+", element.get("aria-label", "")[:LONG_NAME].lower())
    if len(label) <= 3:
        found.update(label)
    return found


@dataclass
class Counts:
    """Words, words of links, and pictures inside each element of a tree, counted once."""

    elements: list[HtmlElement]
    words: dict[HtmlElement, int] = field(default_factory=dict)
    linked: dict[HtmlElement, int] = field(default_factory=dict)
    pictures: dict[HtmlElement, int] = field(default_factory=dict)
    quotes: dict[HtmlElement, int] = field(default_factory=dict)
    prose: dict[HtmlElement, int] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: HtmlElement) -> Counts:
        """The counts of a tree. Elements are counted from the last to the first, so that each is visited once."""
        counts = cls(list(tree.iter()))
        for element in reversed(counts.elements):
            counts._count(element)
        return counts

    def _count(self, element: HtmlElement) -> None:
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "noscript", "template", "head"):
            n = linked = pictures = quotes = prose = 0
        else:
            children = list(element)
            n = len((element.text or "").split())
            n += sum(self.words[child] + len((child.tail or "").split()) for child in children)
            linked = n if element.tag == "a" else sum(self.linked[child] for child in children)
            pictures = (element.tag in ("img", "amp-img", "picture", "video")) + sum(self.pictures[c] for c in children)
            quotes = (element.tag in QUOTE) + sum(self.quotes[child] for child in children)
            prose = sum(self.prose[child] for child in children)
            if element.tag == "p":
                prose = n if n >= PARAGRAPH and linked < n / 2 else 0
        self.prose[element] = prose
        self.words[element], self.linked[element] = n, linked
        self.pictures[element], self.quotes[element] = pictures, quotes


def prune(tree: HtmlElement, headline: HtmlElement | None, *, by_name: bool = True) -> None:
    """Take the furniture out of a tree. `headline` is the element of the page's headline, if it is known; without
    `by_name`, the names of boxes are ignored.
    """
    counts = Counts.of(tree)
    _free_posts(counts)
    _free_statements(counts)
    above = set() if headline is None else {headline, *headline.iterancestors()}
    _one_article(counts, above)
    gone: set[HtmlElement] = set()
    for element in counts.elements:
        if element in gone or element.getparent() is None:
            continue
        if not isinstance(element.tag, str) or _is_furniture(element, counts, above, by_name):
            gone.update(element.iter())
            if isinstance(element.tag, str):
                element.drop_tree()
            else:
                _drop_comment(element)


def _drop_comment(comment: HtmlElement) -> None:
    parent, before, tail = comment.getparent(), comment.getprevious(), comment.tail or ""
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(comment)


def _free_posts(counts: Counts) -> None:
    """Turn posts of social networks into quotations, without the names that page readers take for furniture."""
    for post in counts.elements:
        if post.tag in ("blockquote", "div", "figure") and words("posts") & set(post.get("class", "").split()):
            _set_apart(post, counts)
            post.set(POST, "")


def _set_apart(quote: HtmlElement, counts: Counts) -> None:
    """Turn an element into a quotation, and remove its names and those of boxes that contain nothing else."""
    element = quote
    while element is not None and element.tag not in KEPT and counts.words[element] == counts.words[quote]:
        for attribute in (*NAMED, "aria-label", "hidden", "placeholder"):
            element.attrib.pop(attribute, None)
        element.tag = "div"
        element = element.getparent()
    quote.tag = "blockquote"
    counts.quotes.update(dict.fromkeys((quote, *quote.iterancestors()), 1))


def _free_statements(counts: Counts) -> None:
    """Keep as text anything that is displayed like a quotation from the text but occurs nowhere else on the page."""
    named = [
        element
        for element in counts.elements
        if isinstance(element.tag, str) and 0 < counts.words[element] <= PROSE and names_of(element) & PULLED
    ]
    if not named:
        return
    grams = _all_grams(counts.elements)
    for element in named:
        own = _all_grams(element.iter())
        again = sum(grams[gram] > n for gram, n in own.items())
        if own and again < len(own) / 2 and "aria-hidden" not in element.attrib and element.getparent() is not None:
            _set_apart(element, counts)


def _all_grams(elements: Iterable[HtmlElement]) -> Counter[tuple[str, ...]]:
    """How often runs of words occur in these elements: in paragraphs and items, and in the text of boxes itself."""
    found: Counter[tuple[str, ...]] = Counter()
    for element in elements:
        if element.tag in ("p", "li"):
            found.update(_grams(plain(element.text_content()).split()))
        elif element.tag in ("div", "blockquote") and element.text:
            found.update(_grams(plain(element.text).split()))
    return found


def _grams(line: list[str]) -> list[tuple[str, ...]]:
    return [tuple(line[at : at + GRAM]) for at in range(len(line) - GRAM + 1)]


def _one_article(counts: Counts, above: set[HtmlElement]) -> None:
    """On a page that loads one article after another, keep the one with the page's headline."""
    articles = [element for element in counts.elements if element.tag == "article"]
    if not any(article in above for article in articles):
        return
    for article in articles:
        inside = any(parent in above and parent.tag == "article" for parent in article.iterancestors())
        if article not in above and not inside and next(article.iter("h1"), None) is not None:
            article.set("class", "comments")  # taken out whole, however long


def _is_furniture(element: HtmlElement, counts: Counts, above: set[HtmlElement], by_name: bool) -> bool:
    if element in above or element.tag in KEPT or POST in element.attrib:
        return False
    n, everything = counts.words[element], counts.words[counts.elements[0]]
    names = names_of(element)
    if names & words("apart") and element.tag != "p":
        return n < 0.9 * everything
    if element.get("role") in ("dialog", "alertdialog"):
        return n < 0.8 * everything
    if n > MOST * everything:
        return False
    if _hidden(element):
        return True
    if counts.prose[element] > PROSE:
        return False
    return _by_kind(element, counts) or (by_name and _by_name(element, counts, names))


def _by_kind(element: HtmlElement, counts: Counts) -> bool:
    return (
        element.tag in words("elements")
        or element.get("role", "") in words("roles")
        or bool(set(element.get("itemprop", "").split()) & words("properties"))
        or (element.tag in ("header", "footer") and counts.quotes[element] == 0)
        or _is_picture(element, counts)
    )


def _by_name(element: HtmlElement, counts: Counts, names: set[str]) -> bool:
    listed = words("inline_furniture") if element.tag in INLINE else words("furniture")
    return (
        (bool(names & listed) and not _looks_like_text(element, counts, names))
        or (bool(names & words("media")) and counts.words[element] <= CAPTION_WORDS and element.tag in BOXES)
        or ("tooltip" in names and not _has_tooltip(element))
        or _is_links(element, counts, names)
    )


def _hidden(element: HtmlElement) -> bool:
    return (
        "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _has_tooltip(element: HtmlElement) -> bool:
    """Is this the word that a tooltip explains, and not the tooltip?"""
    inside = [each for each in list(element.iter())[1:20] if isinstance(each.tag, str)]
    inner = any(
        each.get("role") == "tooltip" or any(name[:7] == "tooltip" for name in names_of(each)) for each in inside
    )
    return inner or any(
        len(value) > 10 for name, value in element.attrib.items() if name == "title" or name[:5] == "data-"
    )


def _looks_like_text(element: HtmlElement, counts: Counts, names: set[str]) -> bool:
    """A long paragraph that is not a link is text, whatever its name ("share-paragraph")."""
    long = counts.words[element] > 25 and counts.linked[element] < 5
    return element.tag == "p" and long and not names & {"caption", "credit", "bio", "copyright", "legend"}


def _is_picture(element: HtmlElement, counts: Counts) -> bool:
    """A figure, or a box with a picture and some words, its caption."""
    if counts.quotes[element] > (element.tag == "table"):
        return False
    if element.tag == "figure":
        return counts.words[element] <= 2 * CAPTION_WORDS
    return element.tag in BOXES and counts.pictures[element] > 0 and 0 < counts.words[element] <= CAPTION_WORDS


def _is_links(element: HtmlElement, counts: Counts, names: set[str]) -> bool:
    """A list of links, or a box that says that it is one."""
    n, linked = counts.words[element], counts.linked[element]
    if not linked:
        return False
    if element.tag in ("ul", "ol", "dl"):
        return linked >= 0.8 * n
    return element.tag in BOXES and bool(names & words("if_linked")) and linked >= 0.5 * n
