"""UIMA CAS, as XMI (format `cas`) and as JSON (`cas-json`), written and read by dkpro-cassis; INCEpTION opens both.

    NAME.xmi        the text, its sentences and words, and the marks
    TypeSystem.xml  the layers, which an INCEpTION project can import as such

Marks are spans of the layer `webanno.custom.Mark` (features: layer, label, details), relations are of the layer
`webanno.custom.MarkLink`, from Governor to Dependent. A mark of several pieces becomes several marks, and the relation
"continues" links them to the first. What is known about the whole text is in a `webanno.custom.MarkedText`, one per
file.

Offsets in the files count 16-bit units, as Java does; cassis converts them. Characters that XML cannot hold are written
as U+FFFD and restored when the file is read.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from analysis.exchange.files import checked_xml, needed, read_text, with_stems
from analysis.exchange.model import ExchangeError, MarkedText, Relation, TextMark, from_text, to_text
from analysis.exchange.pieces import from_xml, in_pieces, joined, without, words_of, xml_text
from analysis.text.document import Span

SUFFIX, JSON_SUFFIX, TYPES = ".xmi", ".json", "TypeSystem.xml"
MARK, LINK, WHOLE = "webanno.custom.Mark", "webanno.custom.MarkLink", "webanno.custom.MarkedText"
SEGMENTATION = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
STRING, ANNOTATION = "uima.cas.String", "uima.tcas.Annotation"
LOST = "not_xml"


def _cassis() -> Any:
    return needed("dkpro-cassis", "cassis", "exchange")


def _types() -> Any:
    """The types of our layers, and those of DKPro Core for words, sentences and the title."""
    types = _cassis().TypeSystem()
    for name in ("Sentence", "Token"):
        types.create_type(f"{SEGMENTATION}.{name}", ANNOTATION)
    metadata = types.create_type(METADATA, "uima.tcas.DocumentAnnotation")
    for feature in ("documentTitle", "documentId"):
        types.create_feature(metadata, feature, STRING)
    mark = types.create_type(MARK, ANNOTATION)
    for feature in ("layer", "label", "details"):
        types.create_feature(mark, feature, STRING)
    link = types.create_type(LINK, ANNOTATION)
    for feature in ("Governor", "Dependent"):
        types.create_feature(link, feature, mark)
    types.create_feature(link, "label", STRING)
    types.create_feature(types.create_type(WHOLE, ANNOTATION), "details", STRING)
    return types


def write(texts: Iterable[MarkedText]) -> Iterator[tuple[str, bytes]]:
    """The files for these texts, as XMI: name and content."""
    types = _types()
    yield TYPES, types.to_xml().encode()
    for stem, marked in with_stems(texts):
        yield f"{stem}{SUFFIX}", _cas(types, marked).to_xmi().encode()


def write_json(texts: Iterable[MarkedText]) -> Iterator[tuple[str, bytes]]:
    """The files for these texts, as JSON: name and content."""
    types = _types()
    for stem, marked in with_stems(texts):
        yield f"{stem}{JSON_SUFFIX}", _cas(types, marked).to_json(pretty_print=True, ensure_ascii=True).encode()


def _cas(types: Any, marked: MarkedText) -> Any:
    text, lost = xml_text(marked.text)
    about = {"doc_id": marked.doc_id, **marked.about, **({LOST: lost} if lost else {})}
    words = words_of(marked)
    marked = in_pieces(marked)
    cas = _cassis().Cas(types)
    cas.sofa_string, cas.sofa_mime = text, "text/plain"
    add, of = cas.add, types.get_type
    title = xml_text(marked.doc_id)[0]
    add(of(METADATA)(begin=0, end=len(text), language="en", documentTitle=title, documentId=title))
    add(of(WHOLE)(begin=0, end=len(text), details=to_text(about)))
    for sentence in words.sentences:
        first, last = words.words[sentence.start], words.words[sentence.end - 1]
        add(of(f"{SEGMENTATION}.Sentence")(begin=first.start, end=last.end))
    for start, end in words.words:
        add(of(f"{SEGMENTATION}.Token")(begin=start, end=end))
    made = {}
    for mark in marked.marks:
        start, end = mark.spans[0]
        details = to_text({"id": mark.id, **mark.details})
        made[mark.id] = of(MARK)(begin=start, end=end, layer=mark.layer, label=mark.label or None, details=details)
        add(made[mark.id])
    for label, head, child in marked.relations:
        if head in made and child in made:
            start, end = marked_place(made[child])
            add(of(LINK)(begin=start, end=end, Governor=made[head], Dependent=made[child], label=label))
    return cas


def marked_place(mark: Any) -> tuple[int, int]:
    """The place of a relation: at the mark that it goes to, as in INCEpTION."""
    return mark.begin, mark.end


# ---------------------------------------------------------------- reading


def read(path: Path) -> Iterator[MarkedText]:
    """The text of an XMI file with its marks; its types are in TypeSystem.xml next to it, or are ours."""
    cassis, content = _cassis(), checked_xml(path)
    beside = path.parent / TYPES
    types_xml = checked_xml(beside) if beside.is_file() else None
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            types = cassis.load_typesystem(io.BytesIO(types_xml)) if types_xml is not None else _types()
            cas = cassis.load_cas_from_xmi(io.BytesIO(content), typesystem=types)
        except Exception as error:  # whatever cassis raises for a file that is not XMI
            raise ExchangeError(_not_readable(error, "XMI"), file=str(path)) from error
    _check_places(told, path)
    yield _marked(cas, path)


def read_json(path: Path) -> Iterator[MarkedText]:
    """The text of a CAS JSON file with its marks."""
    cassis, content = _cassis(), read_text(path)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            cas = cassis.load_cas_from_json(content)
        except Exception as error:  # whatever cassis raises for a file that is not CAS JSON
            raise ExchangeError(_not_readable(error, "UIMA CAS JSON"), file=str(path)) from error
    _check_places(told, path)
    yield _marked(cas, path)


def _not_readable(error: Exception, what: str) -> str:
    why = f"{type(error).__name__}: {str(error)[:200]}"
    return f"cannot be read as {what} ({why}); export it again, and put {TYPES} next to it"


def _check_places(told: list[warnings.WarningMessage], path: Path) -> None:
    for warning in told:
        if "offset" in str(warning.message):
            raise ExchangeError(f"an annotation is outside the text ({warning.message})", file=str(path))


def _marked(cas: Any, path: Path) -> MarkedText:
    known = {t.name for t in cas.typesystem.get_types()}
    if MARK not in known:
        raise ExchangeError(f"has no layer {MARK}; export a project with that layer", file=str(path))
    about: dict[str, Any] = {}
    for whole in cas.select(WHOLE) if WHOLE in known else ():
        about = from_text(whole.details)
    marks, ids = [], {}
    for number, fs in enumerate(cas.select(MARK), 1):
        details = from_text(fs.get("details"))
        name = str(details.pop("id", f"x{number}"))
        name = name if name not in {m.id for m in marks[-1:]} and name not in ids.values() else f"x{number}"
        ids[fs.xmiID] = name
        span = Span(fs.begin, fs.end)
        marks.append(TextMark(name, fs.get("layer") or "", fs.get("label") or "", (span,), details))
    relations = [
        Relation(fs.get("label") or "", ids[fs.Governor.xmiID], ids[fs.Dependent.xmiID])
        for fs in (cas.select(LINK) if LINK in known else ())
        if fs.Governor and fs.Dependent
    ]
    text = from_xml(cas.sofa_string or "", about.get(LOST, ()))
    doc_id = str(about.pop("doc_id", path.stem))
    return joined(MarkedText(doc_id, text, tuple(marks), tuple(relations), without(about, LOST)))
