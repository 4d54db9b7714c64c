"""annotate: an article in, a Document with all its layers out; and its form as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from analysis.article import Article
from analysis.document import Attribution, Document, Entity, Marker, Mention
from analysis.entities import AliasEntry, apply_aliases, describe_backend, find_entities
from analysis.hedging import find_markers
from analysis.segmentation import segment
from analysis.sourcing import find_attributions


def annotate(article: Article | str, *, backend: str = "rules", aliases: Sequence[AliasEntry] = ()) -> Document:
    """Find who says what, what is hedged, and who and what is named.

    The layers build on each other: mentions and entities from the text, attributions with their sources
    from the text and the entities, markers with their holders from the text and the attributions.  `aliases` is what
    a reader knows of names (see `analysis.entities.load_aliases`).

    >>> document = annotate("“It may rain,” Ann Reed said.")
    >>> [document.text[m.start:m.end] for m in document.markers]
    ['may']
    """
    document = segment(Article(article) if isinstance(article, str) else article)
    mentions, entities = find_entities(document, backend=backend)
    if aliases:
        mentions, entities = apply_aliases(mentions, entities, aliases, text=document.text, doc_id=document.doc_id)
    document = replace(document, mentions=mentions, entities=entities, aliases=tuple(aliases),
                       backend=describe_backend(backend))
    document = replace(document, attributions=find_attributions(document))
    return replace(document, markers=find_markers(document))


def annotate_all(articles: Iterable[Article], *, backend: str = "rules") -> list[Document]:
    """Annotate several articles, in order."""
    return [annotate(article, backend=backend) for article in articles]


# ---------------------------------------------------------------- as JSON

def to_json(document: Document) -> str:
    """A Document as one line of JSON, without the end of the line: `to_record` as text."""
    return _ENCODE(to_record(document))


# A record holds no circles, and looking for them takes an eighth of the time.
_ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def to_record(document: Document) -> dict[str, Any]:
    """A Document as plain data, for one line of JSON (spans as [start, end]).

    Fields may be added over time, none is removed.
    """
    return {
        "doc_id": document.doc_id,
        "sha256": document.article.sha256,
        "encoding": document.article.encoding,
        "sentences": [[s.start, s.end] for s in document.sentences],
        "attributions": list(map(_attribution, document.attributions)),
        "markers": list(map(_marker, document.markers)),
        "mentions": list(map(_mention, document.mentions)),
        "entities": list(map(_entity, document.entities)),
    }


# Field by field, all that the classes have: a loop over their names takes twice the time, dataclasses.asdict, which
# copies deeply, more than the rules. A tuple becomes a list in JSON.

def _attribution(a: Attribution) -> dict[str, Any]:
    return {"id": a.id, "kind": a.kind, "source": a.source, "cue": a.cue, "content": a.content,
            "cue_lemma": a.cue_lemma, "source_kind": a.source_kind, "source_entity": a.source_entity,
            "stance": a.stance, "parent": a.parent, "rule_id": a.rule_id, "template": a.template,
            "channel": a.channel, "basis": a.basis, "role": a.role, "anonymity": a.anonymity,
            "corrected": a.corrected}


def _marker(m: Marker) -> dict[str, Any]:
    return {"start": m.start, "end": m.end, "category": m.category, "strength": m.strength, "rule_id": m.rule_id,
            "scope": m.scope, "attribution": m.attribution, "by_whom": m.by_whom, "negated": m.negated,
            "corrected": m.corrected}


def _mention(m: Mention) -> dict[str, Any]:
    return {"start": m.start, "end": m.end, "label": m.label, "entity": m.entity, "rule_id": m.rule_id,
            "corrected": m.corrected}


def _entity(e: Entity) -> dict[str, Any]:
    return {"id": e.id, "name": e.name, "label": e.label, "aliases": e.aliases, "count": e.count,
            "related": e.related, "country": e.country}
