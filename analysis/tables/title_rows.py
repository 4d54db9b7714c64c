"""The rows of the tables about titles, and of those about headline and body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analysis.headline import compare_title
from analysis.sourcing.voices import is_word, span_text, voices
from analysis.text.document import Document
from analysis.text.vocabulary import VALUES, family

CUT = 300  # a difference repeats so many characters of a passage
TITLES = {
    "doc_id": "str",
    "text": "str",
    "n_words": "int64",
    "n_attributions": "int64",
    "n_hedges": "int64",
    "n_names": "int64",
    "n_carriers": "int64",
    "carriers": "str",
    "share": "float64",
    "n_differences": "int64",
    "differs": "str",
}
TITLE_MARKS = {
    "doc_id": "str",
    "layer": "str",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "what": "str",
    "entity_id": "str",
    "in_body": "bool",
    "rule_id": "str",
}
HEADLINE_DIFFERENCES = {
    "doc_id": "str",
    "difference": "str",
    "sentence_id": "Int64",
    "title_text": "str",
    "body_text": "str",
    "note": "str",
}


def title_row(d: Document) -> tuple:
    """The title of a document, in the columns of TITLES."""
    title = d.title or d
    found = compare_title(d)
    carriers = found.carriers if found else ()
    differs = [difference.kind for difference in found.differences] if found else []
    return (
        d.doc_id,
        title.text,
        sum(map(is_word, title.tokens.words)),
        len(title.attributions),
        sum(family(m.category) == "hedge" and not m.negated for m in title.markers),
        len({m.entity for m in title.mentions if m.label not in VALUES}),
        len(carriers),
        "; ".join(str(carrier.sentence + 1) for carrier in carriers) or None,
        carriers[0].share if carriers else None,
        len(differs),
        "; ".join(differs) or None,
    )


def mark_rows(d: Document, keys: Mapping[str | None, str]) -> Iterator[tuple]:
    """The marks of a title, in the columns of TITLE_MARKS; `keys` are the entity_ids of the body's entities."""
    title = d.title or d
    names = {e.id: keys.get(e.id, f"{e.label}:{e.name}") for e in title.entities}
    known = voices(title)
    for a in title.attributions:
        for start, end in a.content:
            entity = names.get(a.source_entity or "")
            yield (
                d.doc_id, "attribution", start, end, title.text[start:end], known[a.id].name, entity,
                a.source_entity in keys, a.rule_id,
            )  # fmt: skip
    for m in title.markers:
        yield d.doc_id, "marker", m.start, m.end, title.text[m.start : m.end], m.category, None, False, m.rule_id
    for n in title.mentions:
        yield (
            d.doc_id, "mention", n.start, n.end, title.text[n.start : n.end], n.label, names.get(n.entity),
            n.entity in keys, n.rule_id,
        )  # fmt: skip


def difference_rows(d: Document) -> Iterator[tuple]:
    """How the title differs from the sentences that carry it, in the columns of HEADLINE_DIFFERENCES."""
    found = compare_title(d)
    for difference in found.differences if found else ():
        where = d.sentence_index(difference.body[0].start) + 1 if difference.body else None
        title = span_text(d.title or d, difference.title, CUT) or None
        yield (
            d.doc_id,
            difference.kind,
            where,
            title,
            span_text(d, difference.body, CUT) or None,
            difference.note or None,
        )
