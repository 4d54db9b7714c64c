"""spaCy: marks.spacy, a DocBin with one Doc per text.

Each layer is a group of spans (``doc.spans["hedge"]``), the label is the span's label, and pieces of one mark have the
same span id. Names are also the entities (``doc.ents``), unless they overlap. Relations and details, for which spaCy
has no place, are in ``doc.user_data["marks"]``. Words are split where a mark begins or ends inside them. Offsets count
characters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from analysis.exchange.files import needed, read_bytes
from analysis.exchange.model import LAYERS, ExchangeError, MarkedText, Relation, TextMark
from analysis.exchange.pieces import words_of
from analysis.text.document import Span

SUFFIX = ".spacy"
KEY = "marks"


def write(texts: Iterable[MarkedText]) -> Iterator[tuple[str, bytes]]:
    """The file for these texts: name and content."""
    needed("spaCy", "spacy", "spacy")
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    docs = DocBin(store_user_data=True)
    for marked in texts:
        docs.add(_doc(marked, vocab))
    yield "marks.spacy", docs.to_bytes()


def _doc(marked: MarkedText, vocab: Any) -> Any:
    from spacy.tokens import Doc, SpanGroup
    from spacy.tokens import Span as DocSpan
    from spacy.util import filter_spans

    words = words_of(marked)
    forms, spaces, first = _tokens(marked.text, words.words)
    starts = {first[sentence.start] for sentence in words.sentences}
    doc = Doc(vocab, words=forms, spaces=spaces, sent_starts=[k in starts or k == 0 for k in range(len(forms))])
    groups: dict[str, list[Any]] = {layer: [] for layer in LAYERS}
    for mark in marked.marks:
        for span in mark.spans:
            touched = words.of(span)
            start, end = first[touched.start], first[touched.stop - 1] + 1
            groups.setdefault(mark.layer, []).append(DocSpan(doc, start, end, label=mark.label, span_id=mark.id))
    for layer, spans in groups.items():
        if spans:
            doc.spans[layer] = SpanGroup(doc, name=layer, spans=spans)
    doc.set_ents(filter_spans(DocSpan(doc, s.start, s.end, label=s.label) for s in groups["name"] if s.label))
    doc.user_data[KEY] = {
        "doc_id": marked.doc_id,
        "about": dict(marked.about),
        "details": {mark.id: dict(mark.details) for mark in marked.marks if mark.details},
        "order": [mark.id for mark in marked.marks],
        "relations": [list(relation) for relation in marked.relations],
    }
    return doc


def _tokens(text: str, words: Iterable[Span]) -> tuple[list[str], list[bool], list[int]]:
    """Forms, and whether a space follows each, which together give the text again; and for each word its token."""
    forms: list[str] = []
    spaces: list[bool] = []
    first: list[int] = []
    at = 0
    for start, end in words:
        gap = text[at:start]
        if forms and gap.startswith(" "):
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            forms.append(gap)
            spaces.append(False)
        first.append(len(forms))
        forms.append(text[start:end])
        spaces.append(False)
        at = end
    gap = text[at:]
    if forms and gap.startswith(" "):
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        forms.append(gap)
        spaces.append(False)
    return forms, spaces, first


# ---------------------------------------------------------------- reading


def read(path: Path) -> Iterator[MarkedText]:
    """Each Doc of a DocBin with its groups of spans; its entities are names if it has no group "name"."""
    needed("spaCy", "spacy", "spacy")
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    content = read_bytes(path)
    try:
        docs = list(DocBin().from_bytes(content).get_docs(Vocab()))
    except Exception as error:  # whatever spaCy raises for bytes that are not a DocBin
        raise ExchangeError(f"is not a DocBin of spaCy ({type(error).__name__})", file=str(path)) from error
    for number, doc in enumerate(docs, 1):
        # Lists, which come back as tuples, are lists again.
        known = json.loads(json.dumps(doc.user_data.get(KEY) or {}))
        yield _marked(doc, known if isinstance(known, dict) else {}, f"{path.stem}-{number}")


def _marked(doc: Any, known: dict[str, Any], name: str) -> MarkedText:
    details = known.get("details") or {}
    found: dict[str, TextMark] = {}
    groups = {layer: list(spans) for layer, spans in doc.spans.items()}
    groups.setdefault("name", list(doc.ents))
    for layer, spans in groups.items():
        for number, span in enumerate(spans, 1):
            mark = span.id_ or f"{layer}-{number}"
            place = Span(span.start_char, span.end_char)
            before = found[mark].spans if mark in found else ()
            found[mark] = TextMark(mark, layer, span.label_, (*before, place), details.get(mark) or {})
    order = {mark: k for k, mark in enumerate(known.get("order") or ())}
    marks = tuple(sorted(found.values(), key=lambda m: order.get(m.id, len(order))))
    relations = tuple(Relation(*relation) for relation in known.get("relations") or ())
    doc_id = str(known.get("doc_id") or name)
    return MarkedText(doc_id, doc.text, marks, relations, known.get("about") or {})
