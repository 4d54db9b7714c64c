"""XML of news: NITF, NewsML-G2, NewsML 1, RSS and Atom; each news item or entry is an article."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from analysis.inputs.dates import FileDates
from analysis.inputs.factiva_xml import read_xml as read_factiva
from analysis.inputs.markup import plain_text, without_sent
from analysis.inputs.options import Blob, Items, ReadOptions
from analysis.inputs.pages import read_html, read_whole
from analysis.inputs.rows import article_of
from analysis.inputs.xml_trees import find, lines_of, local, parse_xml, words
from analysis.text.article import ArticleError, ArticleWarning
from analysis.text.unseen import has_markup

# Parts of a body that are not its text: pictures with their captions, tables, notes, and remarks about the article.
NOT_TEXT = frozenset(
    "media media-reference media-caption media-producer figure table note nitf-table script style head abstract byttl "
    "body.end body.head".split()
)
_BY = re.compile(r"by\s+(?=\S)", re.I)


class Found(NamedTuple):
    """The content of one item: its text, its metadata by name, and whether the text is only a summary."""

    text: str
    record: dict[str, str]
    summary: bool = False


FACTIVA = (b"leadParagraph", b"tailParagraphs", b"accessionNo")  # elements that only its exports have


def read_xml(blob: Blob, options: ReadOptions) -> Items:
    """Articles from an XML file, by the name of its outermost element."""
    raw = read_whole(blob, options.limits.xml_bytes)
    root, encoding = parse_xml(raw, file=blob.name)
    kind = local(root)
    if kind == "html":
        yield from read_html(blob, options)
        return
    if kind not in KINDS and any(name in raw for name in FACTIVA):
        yield from read_factiva(blob, options)
        return
    if kind not in KINDS:
        raise ArticleError(
            f"an unknown kind of XML (its outermost element is <{kind}>); known are {', '.join(KINDS)}: save "
            "the text as .txt, or export it as .csv",
            file=blob.name,
        )
    items = list(KINDS[kind](root))
    if not items:
        raise ArticleError("no article in it; check that the file is complete, or get it again", file=blob.name)
    dates = FileDates(lambda: (item.record.get("published", "") for item in items))
    single, summaries = len(items) == 1, 0
    for number, item in enumerate(items, 1):
        own = replace(blob, doc_id=blob.doc_id)
        doc_id = blob.doc_id if single else None
        try:
            if not item.text.strip():
                raise ArticleError(
                    "no text in this item; it may be only a picture or a link", file=blob.name, row=number
                )
            yield article_of(item.record, item.text, doc_id, own, number, options, encoding, dates=dates)
            summaries += item.summary
        except ArticleError as error:
            yield error
    if summaries:
        warnings.warn(
            f"{blob.name}: {summaries:,} of {len(items):,} items have only a summary, which is read as the text; get "
            f"the whole articles if you need them",
            ArticleWarning,
            stacklevel=2,
        )


def _first(*values: str | None) -> str:
    return next((value for value in values if value), "")


def _attribute(root: Any, name: str, attribute: str) -> str:
    return next((e.get(attribute) for e in root.iter() if local(e) == name and e.get(attribute)), "")


def _byline(*elements: Any) -> str:
    parts = (words(e, skip=NOT_TEXT) for e in elements)
    return ", ".join(dict.fromkeys(_BY.sub("", part, count=1) if _BY.match(part) else part for part in parts if part))


# ---------------------------------------------------------------- NITF


def _nitf(root: Any) -> Iterator[Found]:
    head, body = find(root, "body.head"), find(root, "body.content")
    top = head if head is not None else root
    record = {
        "title": _first(words(find(top, "hl1")), words(find(root, "head", "title")), words(find(top, "hedline"))),
        "byline": _byline(*(e for e in top.iter() if local(e) == "byline")),
        "outlet": _first(
            words(find(top, "distributor")),
            _attribute(root, "pubdata", "name"),
            _attribute(root, "doc.copyright", "holder"),
            words(find(top, "rights.owner")),
        ),
        "published": _first(
            _attribute(root, "date.issue", "norm"),
            _attribute(root, "date.release", "norm"),
            _attribute(root, "pubdata", "date.publication"),
            _attribute(root, "story.date", "norm"),
        ),
    }
    yield Found("\n".join(lines_of(body, skip=NOT_TEXT)) if body is not None else "", record)


# ---------------------------------------------------------------- NewsML


def _newsml_g2(root: Any) -> Iterator[Found]:
    for item in root.iter():
        if local(item) == "newsItem":
            yield _news_item(item)


def _news_item(item: Any) -> Found:
    nitf = find(item, "nitf")
    inner = next(_nitf(nitf)).record if nitf is not None else {}
    meta = find(item, "contentMeta")
    top = meta if meta is not None else item
    headlines = [e for e in top.iter() if local(e) == "headline"]
    plain = [e for e in headlines if not e.get("role") or e.get("role", "").endswith(("main", "headline"))]
    record = {
        "title": _first(*(words(e) for e in plain or headlines), inner.get("title")),
        "byline": _first(_byline(*(e for e in top if local(e) == "by")), inner.get("byline"), _creators(top)),
        "outlet": _first(
            words(find(top, "creditline")).rstrip("–- "),
            _named(find(top, "infoSource")),
            _named(find(item, "itemMeta", "provider")),
            _named(find(item, "copyrightHolder")),
            inner.get("outlet"),
        ),
        "published": _first(
            *(words(find(item, name)) for name in ("firstCreated", "contentCreated", "versionCreated")),
            inner.get("published"),
        ),
        "url": next((e.get("href") for e in item.iter() if local(e) == "link" and e.get("rel") == "irel:seeItem"), ""),
    }
    return Found(_news_text(item), record)


def _creators(top: Any) -> str:
    """The people who wrote it, without a body that is given as its creator."""
    found = [e for e in top if local(e) in ("creator", "contributor")]
    return ", ".join(dict.fromkeys(words(find(e, "name")) for e in found if find(e, "name") is not None))


def _named(element: Any | None) -> str:
    if element is None:
        return ""
    return _first(words(find(element, "name")), element.get("literal"), element.get("qcode", "").rpartition(":")[2])


def _news_text(item: Any) -> str:
    for element in item.iter():
        if local(element) == "inlineXML":
            inner = find(element, "body.content")
            inner = find(element, "body") if inner is None else inner
            text = "\n".join(lines_of(element if inner is None else inner, skip=NOT_TEXT))
        elif local(element) == "inlineData":
            text = _inline("".join(element.itertext()))
        else:
            continue
        if text.strip():
            return text
    return ""


def _inline(text: str) -> str:
    """Text or HTML that is in an element as text; news wires mark paragraphs in it by indented lines."""
    if has_markup(text) and "\n" in text.strip() and len(re.findall(r"<p\b", text, re.I)) == 1:
        text = re.sub(r"</?p\b[^<>]*>", "", text)
    return plain_text(text) if has_markup(text) else "\n".join(_wired(text))


def _wired(text: str) -> Iterator[str]:
    split = r"\n(?=[ \t]{2,}\S)|\n\s*\n" if re.search(r"\n(?=\S)", text) else r"\n\s*\n"
    for part in re.split(split, text):
        line = " ".join(part.split())
        if line:
            yield line


def _newsml_1(root: Any) -> Iterator[Found]:
    for item in root.iter():
        if local(item) != "NewsItem":
            continue
        content = find(item, "DataContent")
        body = content if content is None or find(content, "body.content") is None else find(content, "body.content")
        party = find(item, "Provider", "Party")
        record = {
            "title": words(find(item, "NewsLines", "HeadLine")),
            "byline": _byline(*(e for e in item.iter() if local(e) == "ByLine")),
            "outlet": party.get("FormalName", "") if party is not None else words(find(item, "ProviderId")),
            "published": _first(words(find(item, "FirstCreated")), words(find(item, "ThisRevisionCreated"))),
        }
        yield Found("\n".join(lines_of(body, skip=NOT_TEXT)) if body is not None else "", record)


# ---------------------------------------------------------------- feeds


def _child(element: Any, *names: str) -> str:
    """The text of the first child that has one of these names and is not empty."""
    return next((text for n in names for e in element if local(e) == n and (text := "".join(e.itertext()).strip())), "")


def _rss(root: Any) -> Iterator[Found]:
    channel = find(root, "channel")
    outlet = _child(channel, "title") if channel is not None else ""
    for item in root.iter():
        if local(item) != "item":
            continue
        whole, short = _child(item, "encoded", "fulltext", "body"), _child(item, "description", "summary")
        record = {
            "title": plain_text(_child(item, "title")),
            "byline": _child(item, "creator", "author"),
            "outlet": _first(_child(item, "source"), outlet),
            "published": _child(item, "pubDate", "date", "published"),
            "url": _child(item, "link", "origLink"),
            "licence": _child(item, "license", "rights"),
        }
        yield Found(_html(whole or short), record, summary=not whole)


def _atom(root: Any) -> Iterator[Found]:
    for entry in root.iter():
        if local(entry) == "entry":
            yield _entry(entry, root)


def _entry(entry: Any, feed: Any) -> Found:
    parts = {local(e): e for e in reversed(list(entry)) if local(e)}
    content = parts.get("content")
    whole = "" if content is None or content.get("src") else _atom_text(content)
    summary = "" if whole or "summary" not in parts else _atom_text(parts["summary"])
    authors = [e for e in entry if local(e) == "author"] or [e for e in feed if local(e) == "author"]
    links = [e for e in entry if local(e) == "link" and e.get("rel", "alternate") == "alternate"]
    record = {
        "title": plain_text(words(parts.get("title"))),
        "byline": ", ".join(filter(None, (_child(e, "name") for e in authors))),
        "outlet": _first(_child(parts.get("source", ()), "title"), _child(feed, "title")),
        "published": _first(_child(entry, "published", "issued"), _child(entry, "updated", "modified")),
        "url": links[0].get("href", "") if links else "",
        "licence": _child(entry, "rights"),
    }
    return Found(whole or summary, record, summary=not whole)


def _atom_text(element: Any) -> str:
    if element.get("type") == "xhtml":
        return "\n".join(lines_of(element))
    return _html("".join(element.itertext()))


def _html(text: str) -> str:
    lines = plain_text(text) if has_markup(text) else "\n".join(filter(None, map(str.strip, text.splitlines())))
    return without_sent(lines)


KINDS: dict[str, Callable[[Any], Iterator[Found]]] = {
    "nitf": _nitf,
    "newsItem": _newsml_g2,
    "newsMessage": _newsml_g2,
    "NewsML": _newsml_1,
    "rss": _rss,
    "RDF": _rss,
    "feed": _atom,
}
