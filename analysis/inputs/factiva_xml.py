"""XML as Factiva exports it: records of articles. Entities, document types and addresses in the file are never
followed.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from analysis.inputs import encodings
from analysis.inputs.exports import Export, Piece
from analysis.inputs.exports.records import author_of, find_date, language_of, record_of
from analysis.inputs.options import Blob, Items, ReadOptions
from analysis.inputs.pages import exported, read_whole
from analysis.text.article import ArticleError

KIND = "Factiva (XML)"
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{2,40})["']""")


def read_xml(blob: Blob, options: ReadOptions) -> Items:
    """The articles of an XML file by Factiva. Raises ArticleError for XML of another kind."""
    raw = read_whole(blob, options.limits.page_bytes)
    declared = _DECLARED.search(raw[:200])
    text, encoding = encodings.decode(raw, file=blob.name, declared=declared[1].decode() if declared else None)
    export = find_factiva_xml(text, file=blob.name)
    if export is None:
        raise ArticleError("an unknown kind of XML; save the articles as text or as a page", file=blob.name)
    yield from exported(blob, raw, export, encoding, options)


def find_factiva_xml(text: str, *, file: str = "text") -> Export | None:
    """The articles of XML by Factiva; None for other XML. Raises ArticleError for anything that is not XML.

    >>> export = find_factiva_xml("<article><headline>A vote</headline><sourceName>The Invented Post</sourceName>"
    ...     "<leadParagraph><paragraph>It may be <hlt>late</hlt>.</paragraph></leadParagraph></article>")
    >>> export.pieces[0].text, export.pieces[0].record["outlet"]
    ('It may be late.', 'The Invented Post')
    """
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.I):
        if "leadParagraph" not in text and "tailParagraphs" not in text:
            return None
        raise ArticleError(
            "XML that declares a document type, which no export does; not read: export the file again", file=file
        )
    try:
        root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (ElementTree.ParseError, ValueError) as error:
        raise ArticleError(f"incomplete XML ({error}); export the file again", file=file) from error
    for element in root.iter():  # only the names: a file may or may not have a namespace
        element.tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "!"
    articles = [a for a in root.iter("article") if a.find("headline") is not None and _texts(a) is not None]
    return Export(KIND, [_piece(article) for article in articles]) if articles else None


def _texts(article: ElementTree.Element) -> list[ElementTree.Element] | None:
    """The elements that contain a text; None for another kind of article."""
    return [part for part in article if part.tag in ("leadParagraph", "tailParagraphs")] or (
        [] if article.find("accessionNo") is not None else None
    )


def _words(element: ElementTree.Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _piece(article: ElementTree.Element) -> Piece:
    paragraphs = [_words(p) for part in _texts(article) or () for p in (part.findall("paragraph") or [part])]
    return Piece(
        "\n".join(paragraph for paragraph in paragraphs if paragraph),
        record_of(
            title=_words(article.find("headline")),
            outlet=_words(article.find("sourceName")),
            byline=author_of(_words(article.find("byline"))),
            published=find_date(_words(article.find("publicationDate"))),
            language=language_of(_words(article.find("baseLanguage"))),
            url=_words(article.find("webUrl")) or None,
        ),
    )
