"""XML in the style of PARC 3 (Pareti 2016): NAME.xml with a line for each word, next to NAME.txt with the text.

    <WORD gorn="0,3" text="said" pos="VERB" ByteCount="9,13" sentenceWord="3" word="3">
      <attribution id="a1"><attributionRole roleValue="cue"/></attribution>

It contains only attributions: source, cue and content of each, by words. As in PARC, "Nested" in the id shows an
attribution inside another. There is one constituent per sentence, and no tree. ByteCount counts bytes of UTF-8, as its
name says; in PARC, whose text is ASCII, these are characters.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from analysis.exchange.files import needed, parsed_xml, read_text, with_stems
from analysis.exchange.layers import attribution_names
from analysis.exchange.model import ExchangeError, MarkedText, Relation, TextMark
from analysis.exchange.pieces import words_of, xml_text
from analysis.grammar import grammar_record
from analysis.text.article import Article
from analysis.text.document import Span
from analysis.text.segmentation import segment

SUFFIX = ".xml"
ROLES = ("source", "cue", "content")
NESTED = "_Nested"


def write(texts: Iterable[MarkedText]) -> Iterator[tuple[str, bytes]]:
    """The files for these texts: name and content."""
    etree = needed("lxml", "lxml.etree", "exchange")
    for stem, marked in with_stems(texts):
        yield f"{stem}.txt", marked.text.encode()
        tree = etree.tostring(_root(etree, marked), xml_declaration=True, encoding="UTF-8", pretty_print=True)
        yield f"{stem}{SUFFIX}", tree


def _root(etree: Any, marked: MarkedText) -> Any:
    words, to_byte = words_of(marked), _bytes(marked.text)
    tags = {(start, end): tag for start, end, tag in grammar_record(segment(Article(marked.text)))["tokens"]}
    on_word = _on_words(marked)
    root = etree.Element("root")
    for number, sentence in enumerate(words.sentences):
        wrapper = etree.SubElement(root, "SENTENCE")
        constituent = etree.SubElement(wrapper, "S", gorn=str(number))
        for place, k in enumerate(range(*sentence)):
            start, end = words.words[k]
            word = etree.SubElement(
                constituent,
                "WORD",
                gorn=f"{number},{place}",
                text=xml_text(marked.text[start:end])[0],
                pos=tags.get((start, end), "X"),
                ByteCount=f"{to_byte[start]},{to_byte[end]}",
                sentenceWord=str(place),
                word=str(k),
            )
            for name, roles in on_word.get(k, {}).items():
                attribution = etree.SubElement(word, "attribution", id=name)
                for role in roles:
                    etree.SubElement(attribution, "attributionRole", roleValue=role)
    return root


def _on_words(marked: MarkedText) -> dict[int, dict[str, list[str]]]:
    """For each word, the attributions that it is in, and its roles in each."""
    words = words_of(marked)
    names = attribution_names(marked)
    parents = {r.head for r in marked.relations if r.label == "parent"}
    nested = {names[mark.id] for mark in marked.marks if mark.id in parents and mark.id in names}
    found: dict[int, dict[str, list[str]]] = {}
    for mark in marked.marks:
        if mark.layer not in ROLES or mark.id not in names:
            continue
        name = names[mark.id]
        shown = xml_text(name + NESTED if name in nested else name)[0]
        for k in (k for span in mark.spans for k in words.of(span)):
            roles = found.setdefault(k, {}).setdefault(shown, [])
            roles += [mark.layer] if mark.layer not in roles else []
    return found


def _bytes(text: str) -> list[int]:
    """The bytes before each character, and before the end."""
    return [0, *accumulate(len(c.encode("utf-8", "surrogatepass")) for c in text)]


# ---------------------------------------------------------------- reading


def read(path: Path) -> Iterator[MarkedText]:
    """The text with its attributions. Without a NAME.txt, ByteCount gives the spaces between words."""
    words = [_word(element, path) for element in parsed_xml(path).iter("WORD", "word")]
    if not words:
        raise ExchangeError("has no WORD with text and ByteCount; give a file like those of PARC", file=str(path))
    beside = path.with_suffix(".txt")
    text = read_text(beside, mark=True) if beside.is_file() else _rebuilt(words)
    to_byte = _bytes(text)
    found: dict[tuple[str, str], list[Span]] = {}
    for row, (_, start, end, roles) in zip((w[0][1] for w in words), words, strict=True):
        if end > to_byte[-1]:
            raise ExchangeError(f"ByteCount {end} is beyond the end of the text", file=str(path), row=row)
        span = Span(bisect_left(to_byte, start), bisect_left(to_byte, end))
        for key in roles:
            found.setdefault(key, []).append(span)
    marks, relations = [], []
    for name in dict.fromkeys(name for name, _ in found):
        plain = name.removesuffix(NESTED)
        parts = [role for role in ("cue", "content", "source") if (name, role) in found]
        marks += [TextMark(f"{plain}.{role}", role, "", tuple(found[name, role])) for role in parts]
        relations += [Relation(role, f"{plain}.{parts[0]}", f"{plain}.{role}") for role in parts[1:]]
    yield MarkedText(path.stem, text, tuple(marks), tuple(relations))


Word = tuple[tuple[str, int | None], int, int, list[tuple[str, str]]]


def _word(element: Any, path: Path) -> Word:
    """Text and line, begin and end in bytes, and its attributions with roles."""
    row = element.sourceline
    start, _, end = (element.get("ByteCount") or element.get("bytecount") or "").partition(",")
    if not (start.isdecimal() and end.isdecimal() and int(start) <= int(end)):
        raise ExchangeError('a WORD needs ByteCount="begin,end"', file=str(path), row=row)
    roles = [
        (attribution.get("id") or "a", role.get("roleValue") or "")
        for attribution in element.iter("attribution")
        for role in attribution.iter("attributionRole")
    ]
    return (element.get("text") or "", row), int(start), int(end), [r for r in roles if r[1] in ROLES]


def _rebuilt(words: list[Word]) -> str:
    out: list[str] = []
    length = 0
    for (form, _), start, _, _ in words:
        out += [" " * (start - length), form]
        length = max(length, start) + len(form.encode())
    return "".join(out)
