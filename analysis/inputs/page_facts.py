"""What a saved page says about itself: headline, authors, outlet, date, address, licence.

Pages say it several times, and not always consistently: in JSON-LD, in `meta`, in microdata, in the line under the
headline. Data for machines come first. Anything that is not a person, or not a name, is skipped. If nothing else
decides, what readers see does.
"""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

from analysis.inputs.dates import date_in_line, ways_to_read
from analysis.inputs.exports.records import is_byline, is_date_line
from analysis.inputs.page_names import authors_in, is_host, outlet_of
from analysis.inputs.page_tree import names_of
from analysis.inputs.page_words import is_whole, months, patterns, plain, words

NODES = 5_000  # how many pieces of JSON-LD are examined
PERSONS = 50  # the longest list of authors
LINES = 10  # the most inner elements of an element that is a line or a few
NEAR = 400  # how many elements after the headline are searched for a byline
LONG_BYLINE = 160  # characters: a longer line is not a byline
PARAGRAPH = 20  # words of the article's first paragraph, where the search ends
AUTHOR_META = frozenset(
    "author authors article:author byl citation_author creator dc.creator dc:creator dcterms.creator parsely-author "
    "sailthru.author vr:author rbauthors og:article:author cxenseparse:author".split()
)
SITE_META = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "citation_journal_title",
)
LATE_SITE_META = ("copyright", "apple-mobile-web-app-title", "al:android:app_name", "al:ios:app_name")
_BAR = re.compile(r"\s+[|–—·•»:/-]\s+|\s*\|\s*|: ")
_MONTH, _TH = r"[A-Z][a-z]{2,8}", r"(?:st|nd|rd|th)?"
_DAY = re.compile(
    rf"(?P<d>\d{{1,2}}){_TH} (?P<m>{_MONTH})\.?,? (?P<y>\d{{4}})|"
    rf"(?P<M>{_MONTH})\.? (?P<D>\d{{1,2}}){_TH},? (?P<Y>\d{{4}})"
)


@dataclass
class Facts:
    """The facts found.

    `headlines` are all forms of the title, `headline_element` is where readers see it; `free` is False if the page says
    that it is not free to read; `body` is the article in the page's own data.
    """

    title: str | None = None
    headlines: list[str] = field(default_factory=list)
    headline_element: HtmlElement | None = None
    authors: list[str] = field(default_factory=list)
    outlet: str | None = None
    date: str | None = None
    url: str | None = None
    licence: str | None = None
    free: bool = True
    body: str = ""


def facts_of(tree: HtmlElement) -> Facts:
    """The facts of a page, from its tree with all its furniture."""
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(tree, date_config={"extensive_search": False, "original_date": True})
    meta, nodes = _meta(tree), list(_nodes(tree))
    article = _article_node(nodes)
    facts = Facts(date=found.date, url=found.url, licence=found.license)
    facts.free = str(article.get("isAccessibleForFree", "")).lower() != "false"
    body = article.get("articleBody")
    facts.body = "\n".join(_lines_of(body)) if isinstance(body, str) else ""
    page_title = " ".join((tree.findtext(".//title") or "").split())
    told = [_text(article.get("headline")), *meta.get("og:title", ()), *meta.get("twitter:title", ()), page_title]
    told = [each for each in told if each]
    facts.headline_element = _headline(tree, told)
    seen = _line(facts.headline_element)
    sites = [*_sites(meta, article, nodes)]
    facts.headlines = [each for each in (seen, *told) if each]
    facts.title = _title(told, seen, [*sites, *_home_links(tree)]) or found.title
    facts.outlet = _outlet(tree, sites, page_title, facts.title) or found.sitename
    houses = [*sites, *([facts.outlet] if facts.outlet else []), *_organisations(nodes)]
    near = list(_near(tree, facts.headline_element))
    facts.authors = _authors(article, nodes, meta, near, houses)
    facts.date = _guessed_from(facts.date, tree, near, meta) or facts.date or _date_in(near)
    return facts


# ---------------------------------------------------------------- data for machines


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    """Contents of `meta`, by name, property or itemprop, in lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = " ".join((element.get("content") or "").split())
        if content:
            found.setdefault(name.strip().lower(), []).append(content)
    for label, value in zip(found.get("twitter:label1", ()), found.get("twitter:data1", ()), strict=False):
        if "by" in label.lower().split():
            found.setdefault("author", []).append(value)
    return found


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, outer ones first, whatever contains them."""
    left = NODES
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            heap = [json.loads(re.sub(r",\s*([}\]])", r"\1", script.text.strip().rstrip(";")), strict=False)]
        except (ValueError, RecursionError):
            continue
        for each in heap:  # grows while it is read
            if isinstance(each, dict):
                yield each
            heap += (each.values() if isinstance(each, dict) else each) if isinstance(each, dict | list) else ()
            left -= 1
            if left <= 0:
                return


def _types(node: dict[str, Any]) -> str:
    return str(node.get("@type", "")).lower()


def _article_node(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    for kind in ("article", "blogposting", "reportage", "posting"):
        for node in nodes:
            if kind in _types(node) and (node.get("headline") or node.get("datePublished") or node.get("author")):
                return node
    return {}


def _text(value: object) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    return " ".join(re.sub(r"<[^>]{0,200}>", "", value).split()) if isinstance(value, str) else ""


def _lines_of(body: str) -> Iterator[str]:
    body = re.sub(r"<(?:/p|br ?/?)>", "\n", html.unescape(body))
    for line in re.sub(r"<[^>]{0,500}>", "", body).splitlines():
        if line.strip():
            yield " ".join(line.split())


def _each(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _persons(value: object, nodes: list[dict[str, Any]]) -> Iterator[str]:
    """The names of people in an `author`, which may be a text, an object, a reference to one, or a list of these."""
    known = {node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str) and len(node) > 1}
    for each in _each(value)[:PERSONS]:
        if isinstance(each, dict) and set(each) == {"@id"}:
            each = known.get(str(each["@id"]), {})
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict) and "organization" not in _types(each):
            name = " ".join(_text(each.get(part)) for part in ("givenName", "familyName")).strip()
            yield from (_text(one) for one in _each(each.get("name")) or [name])


def _organisations(nodes: list[dict[str, Any]]) -> list[str]:
    return [_text(node.get("name")) for node in nodes if "organization" in _types(node)]


def _sites(meta: dict[str, list[str]], article: dict[str, Any], nodes: list[dict[str, Any]]) -> Iterator[str]:
    """Names of the site, the most telling first, without an agency that provides the text."""
    agencies = {plain(_text(each.get("name"))) for each in _each(article.get("provider")) if isinstance(each, dict)}
    publishers = [
        _text(each.get("name")) if isinstance(each, dict) else _text(each) for each in _each(article.get("publisher"))
    ]
    late = [_text(node.get("name")) for node in nodes if "website" in _types(node)]
    for name in (
        *meta.get(SITE_META[0], ()),
        *publishers,
        *late,
        *(one for key in SITE_META[1:] for one in meta.get(key, ())),
    ):
        if name and plain(name) not in agencies and plain(name).replace(" ", "-") not in words("agencies"):
            yield name


# ---------------------------------------------------------------- what readers see


def _line(element: HtmlElement | None) -> str:
    if element is None:
        return ""
    if len(element) > LINES or element.find("br") is None:
        return " ".join(element.text_content().split())
    copy = deepcopy(element)
    for each in copy.iter("br"):
        each.tail = f" {each.tail or ''}"
    return " ".join(copy.text_content().split())


def _headline(tree: HtmlElement, told: list[str]) -> HtmlElement | None:
    """The heading that agrees with the page's data; otherwise the only h1 of several words."""
    slugs = [f" {plain(each)} " for each in told]
    best, length = None, 0
    for element in tree.iter("h1", "h2", "h3"):
        line = plain(_line(element))
        if (
            len(line) > length
            and len(line.split()) > 2
            and any(slug.startswith(f" {line} ") or slug.endswith(f" {line} ") for slug in slugs)
        ):
            best, length = element, len(line)
    if best is not None:
        return best
    for element in tree.iter("b", "strong", "font", "p", "div", "td"):  # a page without headings
        line = plain(_line(element)) if len(element) == 0 else ""
        if len(line.split()) > 3 and any(line in slug for slug in slugs):
            return element
    firsts = [element for element in tree.iter("h1") if len(_line(element).split()) > 2]
    return firsts[0] if firsts else None


def _title(told: list[str], seen: str, sites: list[str]) -> str | None:
    """The headline as readers see it, if the page's data agree; otherwise that of the data, without the site's name."""
    own = plain(seen)
    if own and (not told or any(f" {own} " in f" {plain(each)} " for each in told)):
        return seen
    if not told:
        return None
    title = told[0]
    slugs = {plain(site) for site in sites if site}
    for _ in range(3):
        parts = list(_BAR.finditer(title))
        if parts and plain(title[parts[-1].end() :]) in slugs:
            title = title[: parts[-1].start()]
        elif parts and plain(title[: parts[0].start()]) in slugs:
            title = title[parts[0].end() :]
    return title


def _beside_title(page_title: str, title: str | None) -> Iterator[str]:
    """What the page's title has besides the headline: sections and the site's name, which is first or last."""
    if not title or plain(page_title) == plain(title):
        return
    at = page_title.lower().find(title.lower())
    if at < 0:
        return
    before, after = page_title[:at], page_title[at + len(title) :]
    for rest in (after, before):
        parts = [part.strip(" |–—·•»:/-") for part in _BAR.split(rest)]
        yield from reversed([part for part in parts if part])


def _home_links(tree: HtmlElement) -> list[str]:
    """Names that a page gives to the link to its front page, or to its logo."""
    found = []
    for element in tree.iter("a", "span", "p", "div", "h1", "img", "td"):
        names = {"logo", "brand", "site-title", "masthead"} & names_of(element) if element.tag != "a" else set()
        home = element.tag == "a" and (
            element.get("rel") == "home" or re.fullmatch(r"(?:https?://[^/]+)?/?", element.get("href", "-"))
        )
        if not home and not names:
            continue
        inner = [element, *element.iter("img")][:3]
        texts = [
            _line(element),
            element.get("title", ""),
            element.get("aria-label", ""),
            *(each.get("alt", "") for each in inner),
        ]
        found += [
            re.sub(r"(?i)\W*\b(?:home ?page|logo|home)\b\W*", "", text).strip() for text in texts if 0 < len(text) <= 60
        ]
        if len(found) > 40:
            break
    return [each for each in found if len(each.split()) <= 6 and each]


def _outlet(tree: HtmlElement, sites: list[str], page_title: str, title: str | None) -> str | None:
    beside = list(_beside_title(page_title, title))
    home = _home_links(tree)
    named = [each for each in home if re.search(r"[A-Z]", each)]
    both = [each for each in beside if plain(each) in {plain(one) for one in named}]
    return outlet_of([*_trimmed(sites, beside), *both, *beside, *named, *_rights(tree)], not_these=[title or ""])


def _trimmed(sites: list[str], beside: list[str]) -> Iterator[str]:
    """Names without their slogans: "The Post | News from the coast"."""
    for site in sites:
        parts = [part for part in re.split(r"\s+[|–—-]\s+", site) if part]
        known = [part for part in parts if plain(part) in {plain(each) for each in beside}]
        yield (known or parts or [site])[0]


_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}(?:\s*[-–]\s*\d{4})?,?\s*)?(?:by\s+)?"
    r"([A-Z][\w’'&. -]{2,50}?)(?:[.,|]| all rights|$)",
    re.IGNORECASE,
)


def _rights(tree: HtmlElement) -> Iterator[str]:
    """The holder of the rights in the foot of a page."""
    for element in list(tree.iter("footer", "p", "small", "div", "font", "td"))[-60:]:
        if match := _RIGHTS.search(_line(element)[:200]):
            yield match[1].strip()


def _near(tree: HtmlElement, headline: HtmlElement | None) -> Iterator[HtmlElement]:
    """The elements between the headline and the article's first paragraph."""
    started = headline is None
    left = NEAR
    body = tree.find("body")
    inside = set() if headline is None else set(headline.iter())
    for element in (tree if body is None else body).iter():
        if element is headline:
            started = True
            continue
        if not started or element in inside or not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        own = len((element.text or "").split())
        if (
            element.tag in ("p", "div")
            and own >= PARAGRAPH
            and not names_of(element) & {"caption", "summary", "description"}
        ):
            return
        yield element
        left -= 1
        if left <= 0:
            return


def _authors(
    article: dict, nodes: list[dict], meta: dict[str, list[str]], near: list[HtmlElement], houses: list[str]
) -> list[str]:
    structured = _people([*_persons(article.get("author"), nodes)], houses) or _people(
        [*_persons(article.get("creator"), nodes)], houses
    )
    said = _people((one for key, values in meta.items() if key in AUTHOR_META for one in values), houses)
    seen = _seen_authors(near, houses)
    best = structured or said or seen
    if not best:
        return _people(_signed(near[0].getroottree().getroot()) if near else (), houses)
    lower = [each.lower() for each in seen]
    return seen if len(seen) > len(best) and all(each.lower() in lower for each in best) else best


def _people(texts: Iterable[str], houses: list[str]) -> list[str]:
    found = [name for text in texts if not is_host(text) for name in authors_in(text, houses)]
    return list({name.lower(): name for name in reversed(found)}.values())[::-1]


def _seen_authors(near: list[HtmlElement], houses: list[str]) -> list[str]:
    """The names under the headline: marked as authors, in a byline, after "By", or next to the date."""
    found: dict[str, list[str]] = {"marked": [], "byline": [], "opened": []}
    hidden: set[HtmlElement] = set()
    for element in near:
        line = _line(element)
        if element in hidden or not line or len(line) > LONG_BYLINE:
            continue
        names = names_of(element)
        if element.tag in ("figure", "figcaption") or names & words("not_bylines"):
            hidden.update(element.iter())
        elif "author" in element.get("rel", "").split() or "author" in element.get("itemprop", "").split():
            found["marked"].append(_inner_name(element))
        elif names & words("bylines"):
            found["byline"].append("\n".join(element.itertext()))
        elif patterns("by").match(line) and len(element) < 6:
            found["opened"].append(line)
    marked = _people(found["marked"], houses)
    everyone = _people([*found["marked"], *found["byline"]], houses)
    best = everyone if len(everyone) > len(marked) else marked
    return best or _people(found["opened"], houses) or _people(_beside_date(near), houses)


def _signed(tree: HtmlElement) -> Iterator[str]:
    """A line elsewhere that says who posted or wrote the article; comments have such lines too."""
    hidden: set[HtmlElement] = set()
    for element in tree.iter("div", "section", "p", "span", "li", "ol"):
        if element in hidden:
            continue
        if names_of(element) & words("apart"):
            hidden.update(element.iter())
        elif re.match(
            r"(?:posted|written|reported|submitted) by:?(?: |$)", (element.text or "").strip(), re.IGNORECASE
        ):
            yield _line(element)[:LONG_BYLINE]
            return


def _beside_date(near: list[HtmlElement]) -> Iterator[str]:
    """The words directly before a date, on its line or on the one above."""
    previous = ""
    for element in near:
        line = _line(element)
        parts = re.split(r"\s+[/·|•–—-]\s+", line) if len(line) <= LONG_BYLINE else []
        if len(parts) == 2 and _DAY.search(parts[1]):
            yield parts[0].strip()
        elif len(parts) == 1 and is_date_line(line) and len(previous.split()) > 1 and is_byline(previous):
            yield previous
        previous = line if line and len(element) == 0 else previous


def _inner_name(element: HtmlElement) -> str:
    inner = [each for each in element.iter() if each.get("itemprop") == "name"]
    return _line(inner[0]) if inner else _line(element)


def _date_in(near: list[HtmlElement]) -> str | None:
    """A day under the headline, if the page gives no other date; in numbers only if none is written out."""
    lines = [" ".join((line or "").split()) for element in near for line in (element.text, element.tail)]
    for line in lines:
        match = _DAY.search(line) if len(line) < 40 or is_whole("heads", line) else None
        if match and (day := _day(match)):
            return day
    return next(filter(None, map(date_in_line, lines)), None)


def _guessed_from(
    day: str | None, tree: HtmlElement, near: list[HtmlElement], meta: dict[str, list[str]]
) -> str | None:
    """If a day was guessed from a date in numbers, such as 03/04/2024: the day that the page gives elsewhere, or
    otherwise the date as shown. None if nothing was guessed.
    """
    shown = (" ".join((line or "").split()) for element in near for line in (element.text, element.tail))
    said = (value for values in meta.values() for value in values)
    value = next(
        (value for line in (*shown, *said) if (value := date_in_line(line)) and day in ways_to_read(value)), None
    )
    if value is None:
        return None
    texts = [text for element in tree.iter() if isinstance(element.tag, str) for text in element.attrib.values()]
    texts += [script.text or "" for script in tree.iter("script")]
    written = [way for way in ways_to_read(value) if any(map(_written(way).search, texts))]
    return written[0] if len(written) == 1 else value


def _written(day: str) -> re.Pattern[str]:
    """The ways in which data and addresses write a day: 2024-03-04, 20240304, 2024/3/4."""
    year, month, number = day.split("-")
    return re.compile(rf"(?<!\d){year}[-/]?0?{int(month)}[-/]?0?{int(number)}(?!\d)")


def _day(match: re.Match[str]) -> str | None:
    name = (match["m"] or match["M"]).lower()[:3]
    if name not in months():
        return None
    try:
        year, day = int(match["y"] or match["Y"]), int(match["d"] or match["D"])
        return datetime.date(year, months().index(name) + 1, day).isoformat()
    except ValueError:  # 31 June
        return None
