"""The articles of a report with their marks: on its page if they are few, otherwise each on a separate page."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from analysis.reading import asset, reading_html, reading_section
from analysis.reading.page import about, reading_style, title_of
from analysis.report.manifest import article_entry
from analysis.text.document import Document
from analysis.text.escaping import escape_html

INSIDE = 20  # up to so many articles, the page of the report holds their texts
FOLDER = "texts"
# For pages with a style and a script in files next to them; "file:" is how a browser names a folder on a disk.
BESIDE = (
    "default-src 'none'; img-src data: 'self' file:; style-src 'unsafe-inline' 'self' file:; "
    "script-src 'unsafe-inline' 'self' file:"
)


class Text(NamedTuple):
    """What the page of a report needs from an article. `section` is the reading view and `plain` the one for Word, both
    compressed, since most are needed only when they are written; `entry` is the article's entry in the manifest. The
    ids of its marks begin with `prefix`."""

    doc_id: str
    prefix: str
    title: str
    about: str
    entry: dict[str, Any]
    backend: str
    section: bytes
    plain: bytes

    def html(self) -> str:
        return zlib.decompress(self.section).decode()

    def word(self) -> str:
        return zlib.decompress(self.plain).decode()


def text_of(document: Document, number: int, *, word: bool = False) -> Text:
    """The text of an article; its ids begin with its `number`, and `word` adds the text for a Word file."""
    prefix = f"r{number}-"
    section = reading_section(document, prefix=prefix, level=3)
    return Text(
        document.doc_id,
        prefix,
        title_of(document),
        about(document),
        article_entry(document),
        document.backend,
        zlib.compress(section.encode(), 1),
        zlib.compress(_word_text(document).encode() if word else b"", 1),
    )


def _word_text(document: Document) -> str:
    """The text with its labels in the line; line ends become elements, which a Word file keeps."""
    return re.sub(r">[^<]*", lambda m: m[0].replace("\n", "<br>"), reading_html(document))


class Places:
    """The places of the articles of a report: the number of each, and links to its sentences and marks."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self._numbers = {text.doc_id: number for number, text in enumerate(texts, 1)}
        self._prefixes = {text.doc_id: text.prefix for text in texts}
        self.inside = len(texts) <= INSIDE

    def number(self, doc_id: str) -> int:
        return self._numbers[doc_id]

    def href(self, doc_id: str, anchor: str) -> str:
        """A link to a mark or sentence, such as "a3" or "s12"."""
        return self.base(doc_id) + anchor

    def base(self, doc_id: str) -> str:
        """The beginning of the links to an article's marks."""
        return f"{'' if self.inside else page_name(self.number(doc_id))}#{self._prefixes[doc_id]}"


def page_name(number: int) -> str:
    """The file of an article's separate page, in the folder of the report."""
    return f"{FOLDER}/{number:04}.html"


def text_pages(texts: Sequence[Text]) -> Iterator[tuple[str, bytes]]:
    """The files of the texts that the page does not hold, each with its name."""
    if len(texts) > INSIDE:
        yield f"{FOLDER}/reading.css", (asset("page.css") + reading_style() + asset("report.css")).encode()
        yield f"{FOLDER}/reading.js", asset("reading.js").encode()
        for number, text in enumerate(texts, 1):
            yield page_name(number), _page(text, number, len(texts)).encode()


def _page(text: Text, number: int, last: int) -> str:
    title = escape_html(text.title)
    beside = [
        f'<a href="{n:04}.html">{words}</a>'
        for n, words in ((number - 1, "← previous article"), (number + 1, "next article →"))
        if 1 <= n <= last
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{BESIDE}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}: read closely</title>\n"
        '<link rel="stylesheet" href="reading.css">\n</head>\n<body>\n'
        f'<a class="skip" href="#{text.prefix}text">Skip to the text</a>\n<main>\n'
        '<header class="head"><nav aria-label="Articles"><a href="../index.html">The report</a> '
        f"{' '.join(beside)}</nav>\n"
        f"<h1>{number}. {title}</h1>\n"
        f'<p class="about">{escape_html(text.about)}</p></header>\n{text.html()}</main>\n'
        '<script src="reading.js"></script>\n</body>\n</html>\n'
    )
