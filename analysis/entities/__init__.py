"""Entities: who and what the text is about, with aliases merged.

>>> from analysis.text.article import Article
>>> from analysis.text.segmentation import segment
>>> mentions, entities = find_entities(segment(Article("Ann Reed met French officials. Reed left France in May.")))
>>> [(e.name, e.label, e.count, e.aliases) for e in entities]
[('Ann Reed', 'PERSON', 2, ('Reed',)), ('French', 'NORP', 1, ()), ('France', 'GPE', 1, ()), ('May', 'DATE', 1, ())]
"""

from __future__ import annotations

from analysis.entities import tables
from analysis.entities.aliases import AliasEntry, AliasError, apply_aliases, load_aliases
from analysis.entities.backends import BackendError, describe_backend, pipeline_name, spacy_mentions
from analysis.entities.linking import CorpusEntity, by_country, link_entities
from analysis.entities.merge import merge
from analysis.entities.names import find_names
from analysis.entities.records import Place
from analysis.entities.values import find_values
from analysis.text.document import Document, Entity, Mention

__all__ = [
    "AliasEntry",
    "AliasError",
    "BackendError",
    "CorpusEntity",
    "apply_aliases",
    "by_country",
    "describe_backend",
    "find_entities",
    "gloss",
    "link_entities",
    "load_aliases",
]


def find_entities(document: Document, *, backend: str = "rules") -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Find what the text names and merge the forms of each name.

    Returns mentions in the order of the text, without overlaps, each with the id of its entity and the rules behind it;
    and entities in the order of their first mention. Expressions of time and number are mentions too, with one entity
    per wording.

    `backend` is "rules", or "spacy:NAME" to take the mentions from a spaCy pipeline and merge them here.
    Raises BackendError where it is neither, or is not installed.
    """
    pipeline = pipeline_name(backend)
    found = _mentions(document) if pipeline is None else spacy_mentions(document, pipeline)
    return merge(document.text, *found)


def gloss(rule_id: str) -> str:
    """What a mention's rule_id says, for a reader.

    >>> gloss("NAME.PERSON.INITIAL")
    'Initials come before or within the name.'
    """
    first, *rest = rule_id.split("+")
    rule = tables.rules().get(first)
    reasons = tables.alias_rules()
    texts = [rule.gloss] if rule else ["Found by the spaCy pipeline."] if first.startswith("SPACY.") else []
    return " ".join(texts + [reasons[reason].gloss for reason in rest if reason in reasons])


def _mentions(document: Document) -> tuple[list[Place], dict[int, str]]:
    tables.load()
    tokens = document.tokens
    values = list(find_values(document))
    inside = {k for first, last, label in values if label in ("DATE", "MONEY") for k in range(first, last)}
    names = [n for n in find_names(document) if n.last - n.first > 1 or n.first not in inside]  # in May; US$5
    taken = bytearray(len(tokens) + 1)
    found, until = [], 0
    for first, last, start, end, label, rule_id in names:
        if start >= until:
            until = end
            taken[first:last] = b"\1" * (last - first)
            found.append(Place(start, end, label, rule_id, first))
    for first, last, label in values:
        if not any(taken[first:last]):
            found.append(Place(tokens.starts[first], tokens.ends[last - 1], label, f"VALUE.{label}", first))
    found.sort()
    titles = tables.words("NAME.PERSON.TITLE")
    before = {
        place.start: tokens.lowers[place.first - 1]
        for place in found
        if place.label == "PERSON" and place.first and tokens.lowers[place.first - 1] in titles
    }
    return found, before
