"""Pages that contain no article, or only its beginning: paywalls, consent walls, script walls."""

from __future__ import annotations

from lxml.html import HtmlElement

from analysis.inputs.page_words import patterns, plain

FEW = 300  # words: an article with as many is hardly just the beginning of one
VERY_FEW = 150  # words: with fewer, weaker signs of a paywall are enough
OF_SCRIPTS = 80  # words: a page that asks for scripts has no more
OF_WALL = 3  # so many different phrases of consent show that a short page asks for it
HIDDEN = 1.5  # the page's own data have so many times as many words as it shows

PAYWALL = (
    "this page has only {n} words and says that the rest is for subscribers: this may be the beginning of an "
    "article; open it with your subscription and save it again"
)
CONSENT = "this page asks for consent to cookies and contains no article; open it, answer, and save it again"
SCRIPT = (
    "this page asks for scripts or checks who is reading, and contains no article; open it in a browser, wait until "
    "you see the article, and save it again"
)


def wall_of(tree: HtmlElement, text: str) -> str | None:
    """Why a page with `text` as its article contains none; None if it may contain one."""
    n = len(text.split())
    if n > FEW:
        return None
    shown = _shown(tree)
    if n < OF_SCRIPTS and len(shown.split()) < FEW and patterns("scripts").search(shown):
        return SCRIPT
    said = {match[0].lower() for match in patterns("consents").finditer(text[:20_000])}
    everywhere = {match[0].lower() for match in patterns("consents").finditer(shown)}
    many = len(said) >= OF_WALL or (n < 30 and len(everywhere) >= OF_WALL)
    return CONSENT if many and patterns("consent_asks").search(shown) else None


def cut_off(tree: HtmlElement, text: str, *, free: bool, body: str) -> str | None:
    """Why a text may be only the beginning of an article; None if it seems whole."""
    n = len(text.split())
    if n < FEW and len(body.split()) > HIDDEN * n:
        return PAYWALL.format(n=n)
    if n >= FEW:
        return None
    shown = _shown(tree)
    weak = n < VERY_FEW and (not free or patterns("weak_paywalls").search(shown))
    return PAYWALL.format(n=n) if weak or patterns("paywalls").search(shown) else None


def _is_aside(element: HtmlElement) -> bool:
    return element.tag in ("nav", "header", "footer") or "hidden" in element.attrib


def _shown(tree: HtmlElement) -> str:
    """What a page shows, without its menus."""
    parts = []
    for element in tree.iter("p", "div", "h1", "h2", "h3", "h4", "span", "li", "strong", "button"):
        if element.text and not any(_is_aside(parent) for parent in (element, *element.iterancestors())):
            parts.append(" ".join(element.text.split())[:400])
        if len(parts) > 2_000:
            break
    return "\n".join(part for part in parts if plain(part)).replace("'", "’")[:100_000]
