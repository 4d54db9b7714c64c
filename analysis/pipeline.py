"""annotate: an article in, a Document with all its layers out; and its form as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from types import ModuleType
from typing import Any

from analysis.entities import AliasEntry, apply_aliases, describe_backend, find_entities
from analysis.entities.title_names import with_names_of_body
from analysis.grammar import grammar_record
from analysis.hedging import find_markers
from analysis.people import StatedSource, with_sources
from analysis.people.knowing import Facts, knowing
from analysis.sourcing import find_sources
from analysis.text.article import Article, check_is_no_name
from analysis.text.document import Document, Tokens
from analysis.text.language import Language, language_of
from analysis.text.segmentation import segment
from analysis.text.unseen import as_seen, placed

msgspec: ModuleType | None
try:
    import msgspec  # it knows the classes of records, and takes a quarter of the time
except ImportError:  # so that `annotate` runs on Python alone
    msgspec = None


def annotate(
    article: Article | str,
    *,
    backend: str = "rules",
    aliases: Sequence[AliasEntry] = (),
    sources: Sequence[StatedSource] = (),
    any_language: bool = False,
) -> Document:
    """Find who says what, what is hedged, and who and what is named.

    The layers build on each other: mentions and entities from the text, attributions with their sources from the text
    and the entities, markers with their holders from the text and the attributions, and last who the sources are.
    `aliases` is what a reader knows about names (see `analysis.entities.load_aliases`), `sources` what a newsroom knows
    about its sources (see `analysis.people.load_sources`). The article's title is read as a separate text
    (`Document.title`). A text is read as you see it (see `analysis.text.unseen`): a soft hyphen does not split a word,
    and every span points into the untouched text.

    The rules are for English. Paragraphs in another language get no sentences and no marks, unless `any_language` is
    True; `Document.language` says which language was found.

    >>> document = annotate("“It may rain,” Ann Reed said.")
    >>> [document.text[m.start:m.end] for m in document.markers]
    ['may']
    """
    if isinstance(article, str):
        check_is_no_name(article)
        article = Article(article)
    document = _read(article, backend, aliases, sources, any_language)
    title = _title(article, document.language)
    if title is None:
        return document
    return replace(document, title=with_names_of_body(_read(title, backend, (), (), any_language), document))


def _title(article: Article, language: Language) -> Article | None:
    """The title as a separate article; None if there is none, or nothing readable.

    A title is too short to show its language, so we assume the language of the text.
    """
    if not article.title or not article.title.strip() or "\0" in article.title:
        return None
    declared = article.language if language.english else language.code
    return Article(article.title, doc_id=article.doc_id, outlet=article.outlet, language=declared)


def _read(
    article: Article,
    backend: str,
    aliases: Sequence[AliasEntry],
    sources: Sequence[StatedSource],
    any_language: bool,
) -> Document:
    seen = as_seen(article.text)
    if seen is None or not seen.text.strip():
        return _annotate(article, backend, aliases, sources, any_language)
    as_read = replace(article, text=seen.text)
    return placed(_annotate(as_read, backend, aliases, sources, any_language), article, seen)


def _annotate(
    article: Article,
    backend: str,
    aliases: Sequence[AliasEntry],
    sources: Sequence[StatedSource],
    any_language: bool,
) -> Document:
    language = language_of(article.text, declared=article.language)
    document = segment(article) if any_language else _segmented(article, language)
    mentions, entities = find_entities(document, backend=backend)
    if aliases:
        mentions, entities = apply_aliases(mentions, entities, aliases, text=document.text, doc_id=document.doc_id)
    document = replace(
        document,
        mentions=mentions,
        entities=entities,
        aliases=tuple(aliases),
        stated=tuple(sources),
        backend=describe_backend(backend),
    )
    attributions, entities = find_sources(document)
    document = replace(document, attributions=attributions, entities=entities)
    document = with_sources(replace(document, markers=find_markers(document)))
    return replace(document, article=article, language=language)


def _segmented(article: Article, language: Language) -> Document:
    """The article with blanks in place of text that is not in English, so that nothing is found there and all other
    offsets stay the same.
    """
    if not language.foreign:
        return segment(article)
    if not language.english:
        return Document(article, (), (), (), Tokens((), (), (), (), b"", {}))
    text = article.text
    for start, end, _ in language.foreign:
        text = text[:start] + " " * (end - start) + text[end:]
    return segment(replace(article, text=text))


def annotate_all(articles: Iterable[Article], *, backend: str = "rules", any_language: bool = False) -> list[Document]:
    """Annotate several articles, in order."""
    return [annotate(article, backend=backend, any_language=any_language) for article in articles]


# ---------------------------------------------------------------- as JSON


def to_json(document: Document, *, grammar: bool = False) -> str:
    """A Document as one line of JSON, without a line end; spans are [start, end].

    Fields may be added over time, but none is removed. `title` has the same layers, with spans into its own text, and
    is null if the article has none. `knowing`, in each attribution, says how the article knows (see
    `analysis.people.knowing`). `grammar` adds the parts of speech and the clauses.
    """
    return "".join(json_pieces(document, grammar=grammar))


def json_pieces(document: Document, *, grammar: bool = False) -> Iterator[str]:
    """What `to_json` gives, in pieces: of a long text they are smaller than the whole, which is many times the text.

    >>> document = annotate("“It may rain,” Ann Reed said.")
    >>> "".join(json_pieces(document)) == to_json(document)
    True
    """
    record: dict[str, Any] = {
        "doc_id": document.doc_id,
        "sha256": document.article.sha256,
        "encoding": document.article.encoding,
        "repaired": document.article.repaired,
        "language": document.language.code,
        "not_english": [stretch[:2] for stretch in document.language.foreign],
        **_layers(document),
        "title": {"text": document.title.text, **_layers(document.title)} if document.title else None,
    }
    if grammar:
        record["grammar"] = grammar_record(document)
    yield from _pieces(record)


def _pieces(record: Mapping[str, Any]) -> Iterator[str]:
    """A record as JSON, its lists a thousand items at a time."""
    before = "{"
    for name, value in record.items():
        yield f'{before}"{name}":'
        before = ","
        if isinstance(value, dict):
            yield from _pieces(value)
        elif isinstance(value, str | int | None):
            yield _encoded(value)
        else:
            items, comma = iter(value), ""
            yield "["
            while batch := list(islice(items, 1000)):
                yield comma + _encoded(batch)[1:-1]
                comma = ","
            yield "]"
    yield "}"


def _encoded(value: Any) -> str:
    return _PLAIN(value) if msgspec is None else msgspec.json.encode(value).decode()


def _layers(document: Document) -> dict[str, Any]:
    facts = knowing(document)
    return {
        "sentences": (sentence[:2] for sentence in document.sentences),
        "attributions": ({**_fields(a), "knowing": _known(facts[a.id])} for a in document.attributions),
        "markers": document.markers,
        "mentions": document.mentions,
        "entities": document.entities,
        "sources": document.sources,
    }


def _known(facts: Facts) -> dict[str, Any]:
    return {**facts._asdict(), "closeness": facts.closeness.split(" | ")}


def to_record(document: Document) -> dict[str, Any]:
    """What `to_json` writes, as plain data: dictionaries, lists, text and numbers."""
    record: dict[str, Any] = json.loads(to_json(document))
    return record


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


# Records contain no cycles, and looking for them takes time.
_PLAIN = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_fields).encode
