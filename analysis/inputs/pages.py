"""Files of text: plain text and Markdown, HTML pages, Word files. Each contains one article, or many if a news database
exported it.

Text and Markdown are kept to the character. From HTML and Word files, the article's text is extracted once, here; all
offsets then count in this text. The file's own SHA-256 is kept as well.
"""

from __future__ import annotations

import hashlib
import io
import warnings

from analysis.inputs import encodings
from analysis.inputs.damage import looked_over, metadata_looked_over
from analysis.inputs.dates import tell_of_top
from analysis.inputs.exports import Export, find_export, find_export_in_page, names_only_a_database
from analysis.inputs.metadata import FRONT_MATTER_KEYS, metadata_of, split_front_matter
from analysis.inputs.options import Blob, Items, ReadOptions
from analysis.inputs.several import KIND as SEVERAL
from analysis.inputs.several import as_export, looks_like_several, split_at
from analysis.inputs.web import crowded, extract_article
from analysis.inputs.zips import check_zip
from analysis.text.article import Article, ArticleError, ArticleNote, ArticleWarning


def read_whole(blob: Blob, limit: int) -> bytes:
    """All bytes of a blob. Raises ArticleError for an empty one, and for more than `limit` bytes."""
    with blob.open() as stream:
        raw = stream.read(min(limit, blob.size) + 1)  # read() reserves memory for all that is requested
        if blob.size < len(raw) <= limit:
            raw += stream.read(limit + 1 - len(raw))
    if len(raw) > limit:
        raise ArticleError(f"more than {limit // 1_000_000:,} MB in one file; split it into articles", file=blob.name)
    if not raw:
        raise ArticleError("the file is empty; give an article with words", file=blob.name)
    return raw


def check_length(text: str, file: str, options: ReadOptions, row: int | None = None) -> str:
    """The text itself. Raises ArticleError if it is longer than an article may be."""
    limit = options.limits.article_chars
    if len(text) > limit:
        raise ArticleError(
            f"the text has {len(text):,} characters, but an article may have at most {limit:,}; split it",
            file=file,
            row=row,
        )
    return text


def file_article(
    blob: Blob, raw: bytes, text: str, encoding: str, metadata: dict, options: ReadOptions, *, keep: bool = False
) -> Article:
    """The article of a file; with `keep` its text stays the same to the character (see `damage.looked_over`)."""
    check_length(text, blob.name, options)
    if encoding not in ("utf-8", "ascii") and not encodings.marked_encoding(raw):
        encodings.tell_of_guess(encoding, file=blob.name)
    whole = looked_over(text, file=blob.name, options=options, keep=keep)
    return Article(
        whole.text,
        doc_id=blob.doc_id,
        path=blob.name,
        encoding=encoding,
        file_sha256=hashlib.sha256(raw).hexdigest(),
        repaired=whole.repaired,
        **metadata_looked_over(metadata, where=blob.name, options=options),
    )


def exported(blob: Blob, raw: bytes, export: Export, encoding: str, options: ReadOptions) -> Items:
    """The articles of an export of a news database, numbered in order if there are several.

    One without a text becomes an error in its place. A note says what was recognised. Raises ArticleError if there is
    no article in it.
    """
    number = len(export.pieces)
    if not number:
        raise ArticleError(
            f"an export from {export.kind} without an article in it; export it again with the full documents",
            file=blob.name,
        )
    _tell_of_export(export, blob)
    if encoding not in ("utf-8", "ascii") and not encodings.marked_encoding(raw):
        encodings.tell_of_guess(encoding, file=blob.name)
    digest = hashlib.sha256(raw).hexdigest()
    for row, (text, record) in enumerate(export.pieces, 1):
        where = f"{blob.name}:{row}" if number > 1 else blob.name
        doc_id = f"{blob.doc_id}-{row}" if number > 1 else blob.doc_id
        try:
            if not text.strip():
                title = record.get("title", "without a title")
                raise ArticleError(
                    f"no text of this article in the export ({title}); export it in full", file=blob.name
                )
            metadata = metadata_looked_over(metadata_of(record, where=where), where=where, options=options)
            check_length(text, blob.name, options)
            whole = looked_over(text, file=where, options=options, keep=True)
            yield Article(
                whole.text,
                doc_id=doc_id,
                path=where,
                encoding=encoding,
                file_sha256=digest,
                repaired=whole.repaired,
                **metadata,
            )
        except ArticleError as error:
            yield ArticleError(error.reason, file=blob.name, row=row if number > 1 else None)


def _tell_of_export(export: Export, blob: Blob) -> None:
    number = len(export.pieces)
    found = "1 article" if number == 1 else f"{number:,} articles"
    what = SEVERAL if export.kind == SEVERAL else f"an export from {export.kind}"
    warnings.warn(f"{blob.name}: {what}: {found}", ArticleNote, stacklevel=3)
    if export.stated is not None and export.stated != number:
        warnings.warn(
            f"{blob.name}: it says that it has {export.stated:,} documents, but {number:,} were found; check whether "
            "one is missing, or two were joined",
            ArticleWarning,
            stacklevel=3,
        )


def articles_in(
    blob: Blob,
    raw: bytes,
    text: str,
    encoding: str,
    metadata: dict[str, str],
    options: ReadOptions,
    *,
    keep: bool = False,
) -> Items:
    """The articles in the text of a file: those of an export of a news database, or otherwise one, with its metadata.

    With `keep`, the text of a single one stays the same to the character (see `damage.looked_over`).
    """
    if export := _parted(text, blob, options) or find_export(text):
        yield from exported(blob, raw, export, encoding, options)
        return
    if name := names_only_a_database(text):
        raise ArticleError(
            f"an export from {name} without an article in it; export it again with the full documents", file=blob.name
        )
    if options.split is None and (sign := looks_like_several(text)):
        warnings.warn(
            f"{blob.name}: read as one article, but it looks like several ({sign}); if so, name the line between them "
            "with --split",
            ArticleWarning,
            stacklevel=3,
        )
    if "published" not in metadata:
        tell_of_top(text, file=blob.name)
    yield file_article(blob, raw, text, encoding, metadata, options, keep=keep)


def _parted(text: str, blob: Blob, options: ReadOptions) -> Export | None:
    """The articles between the lines that the reader gave; None if there is no such line."""
    if options.split is None:
        return None
    parts = split_at(text, options.split)
    if len(parts) > 1:
        return as_export(parts)
    warnings.warn(
        f"{blob.name}: no line is {options.split!r} or matches it as a pattern; read without --split",
        ArticleWarning,
        stacklevel=4,
    )
    return None


def read_text(blob: Blob, options: ReadOptions) -> Items:
    """A .txt or .md file, with front matter if it has some."""
    raw = read_whole(blob, options.limits.file_bytes)
    encodings.check_is_text(raw, file=blob.name)
    text, encoding = encodings.decode(raw, file=blob.name)
    metadata, text = split_front_matter(text, where=blob.name, most=options.limits.front_matter_chars)
    yield from articles_in(blob, raw, text, encoding, metadata, options, keep=True)


# ---------------------------------------------------------------- HTML


def read_html(blob: Blob, options: ReadOptions) -> Items:
    """The article of a saved HTML page, found by trafilatura (Barbaresi 2021), and what the page says about itself; or
    the articles of a page that a news database exported.

    Nothing is fetched and nothing is run: pictures, scripts, styles and frames are ignored. The date comes from the
    page's metadata or markup, or from the lines under the headline. A page without an article is an error; one that
    seems to contain only its beginning gets a warning.
    """
    raw = read_whole(blob, options.limits.page_bytes)
    page, encoding = encodings.decode(raw, file=blob.name, declared=encodings.declared_encoding(raw))
    if export := find_export_in_page(page):
        yield from exported(blob, raw, export, encoding, options)
        return
    if page.count("<") > 2 * options.limits.page_elements:
        raise ArticleError(
            f"a page of more than {options.limits.page_elements:,} elements; save only the article", file=blob.name
        )
    if crowded(page, options.limits.element_attributes):
        raise ArticleError(
            f"an element with more than {options.limits.element_attributes:,} attributes; save the article alone",
            file=blob.name,
        )
    found = extract_article(page, file=blob.name, seconds=options.limits.seconds(len(raw), page=True)) or {}
    text = found.get("text")
    if not text or not text.strip():
        raise ArticleError(
            found.get("wall") or "no article text found in this page; save the text as .txt", file=blob.name
        )
    if found["told"]:
        warnings.warn(f"{blob.name}: {found['told']}", ArticleWarning, stacklevel=2)
    record = {name: found.get(name) for name in FRONT_MATTER_KEYS} | {"language": encodings.declared_language(page)}
    yield file_article(blob, raw, text, encoding, metadata_of(record, where=blob.name), options)


# ---------------------------------------------------------------- Word


def read_docx(blob: Blob, options: ReadOptions) -> Items:
    """The paragraphs of a Word file and of its tables, one per line, with all changes accepted; title and author come
    from its properties.
    """
    from docx import Document

    raw = read_whole(blob, options.limits.file_bytes)
    members = check_zip(io.BytesIO(raw), blob.name, options)
    written = sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
    limit = min(options.limits.word_bytes, options.limits.file_bytes)
    if written > limit:  # pictures are ignored, however large
        most = limit // 1_000_000
        raise ArticleError(
            f"a Word file of {written // 1_000_000:,} MB without its pictures, but at most {most:,} MB are read: "
            "save its text as .txt",
            file=blob.name,
        )
    try:
        document = Document(io.BytesIO(raw))
        lines = _word_lines(document.element.body)
        properties = document.core_properties
        record = {"title": properties.title, "byline": properties.author}
    except Exception as error:  # a damaged file fails in many ways, deep in the library
        raise damaged(blob, "a Word file (.docx)", error) from error
    yield from articles_in(blob, raw, "\n".join(lines), "utf-8", metadata_of(record, where=blob.name), options)


_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_SIGNS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
# Deleted text, and text that is repeated for older programs.
_WORD_UNREAD = {
    f"{_WORD}del",
    f"{_WORD}moveFrom",
    f"{_WORD}pPr",
    f"{_WORD}rPr",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}


def _word_lines(body) -> list[str]:
    """The paragraphs in the order of the file, wherever they are: in a table, a control, a text box, a change.

    A paragraph inside another (in a text box) is a separate line, before the one that it is anchored in.
    """
    lines: list[str] = []
    parts: list[list[str]] = []  # the paragraphs that are open
    stack = [(body, True)]
    while stack:  # no recursion: elements can be nested to any depth
        element, opens = stack.pop()
        paragraph = element.tag == f"{_WORD}p"
        if not opens:
            lines.append("".join(parts.pop()))
            continue
        if element.tag in _WORD_UNREAD:
            continue
        if paragraph:
            parts.append([])
            stack.append((element, False))
        elif parts and element.tag == f"{_WORD}t":
            parts[-1].append(element.text or "")
        elif parts and element.tag in _WORD_SIGNS:
            parts[-1].append(_WORD_SIGNS[element.tag])
        stack += [(child, True) for child in reversed(element)]
    return lines


def damaged(blob: Blob, kind: str, error: Exception) -> ArticleError:
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return ArticleError(
        f"cannot be read as {kind}: {reason}; open it in its program and save its text as .txt", file=blob.name
    )
