r"""CoNLL-U: NAME.conllu, one line per word, with the marks in the column MISC.

    1  It  it ...  Content=B-m3-indirect
    2  may ...     Content=I-m3-indirect|Hedge=B-m4-possibility

A word that begins a piece of a mark has B, one that continues it has I; commas separate marks of the same layer on one
word. Comments before the first sentence hold relations (`# relation_1 = content m1 m3`) and everything else that is
known about marks and text, as JSON. The part of speech comes from the grammar; there is no tree, so HEAD and DEPREL are
empty.

White space is in SpaceAfter, SpacesBefore and SpacesAfter, as UDPipe writes it (\s, \t, \r, \n, \p, \\), and other
white space as \u and four digits, so the text comes back to the character. The format has no offsets.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from analysis.exchange.files import needed, read_text, with_stems
from analysis.exchange.model import LAYERS, ExchangeError, MarkedText, Relation, TextMark
from analysis.exchange.pieces import Words, words_of
from analysis.grammar import grammar_record
from analysis.text.article import Article
from analysis.text.document import Span
from analysis.text.segmentation import segment

SUFFIX = ".conllu"
COLUMNS = {layer.capitalize(): layer for layer in LAYERS}
_SPACES = {" ": "\\s", "\t": "\\t", "\r": "\\r", "\n": "\\n", "|": "\\p", "\\": "\\\\"}
_SPACES_BACK = {code: c for c, code in _SPACES.items()}
_CODE = re.compile(r"\\u[0-9a-f]{4}|\\.", re.DOTALL)
_ON_WORD = re.compile(r"([BI])-([^-,]+)-([^,]*)")


def write(texts: Iterable[MarkedText]) -> Iterator[tuple[str, bytes]]:
    """The files for these texts: name and content."""
    for stem, marked in with_stems(texts):
        yield f"{stem}{SUFFIX}", _file(marked, stem).encode()


def _file(marked: MarkedText, stem: str) -> str:
    words = words_of(marked)
    tags = {(start, end): tag for start, end, tag in grammar_record(segment(Article(marked.text)))["tokens"]}
    numbers = {mark.id: f"m{number}" for number, mark in enumerate(marked.marks, 1)}
    on_word = _on_words(marked, words, numbers)
    out = [f"# newdoc id = {stem}\n", f"# about = {json.dumps({'doc_id': marked.doc_id, **marked.about})}\n"]
    out += [f"# mark_{numbers[m.id]} = {json.dumps({'id': m.id, **m.details})}\n" for m in marked.marks]
    for number, r in enumerate(marked.relations, 1):
        if r.head in numbers and r.child in numbers:
            out.append(f"# relation_{number} = {quote(r.label)} {numbers[r.head]} {numbers[r.child]}\n")
    for number, sentence in enumerate(words.sentences, 1):
        whole = "".join(
            marked.text[words.words[k].start : words.words[k].end]
            + (" " if k + 1 < sentence.end and _gap(marked.text, words, k) else "")
            for k in range(*sentence)
        )
        out.append(f"# sent_id = {stem}-{number}\n# text = {whole}\n")
        for place, k in enumerate(range(*sentence), 1):
            start, end = words.words[k]
            misc = "|".join((*on_word[k], *_spaces(marked.text, words, k))) or "_"
            tag = tags.get((start, end), "X")
            out.append(f"{place}\t{marked.text[start:end]}\t_\t{tag}\t_\t_\t_\t_\t_\t{misc}\n")
        out.append("\n")
    return "".join(out)


def _on_words(marked: MarkedText, words: Words, numbers: dict[str, str]) -> list[list[str]]:
    """For each word the marks on it, in the form of MISC."""
    found: list[dict[str, list[str]]] = [{} for _ in words.words]
    for mark in marked.marks:
        for span in mark.spans:
            for place, k in enumerate(words.of(span)):
                value = f"{'I' if place else 'B'}-{numbers[mark.id]}-{quote(mark.label, safe='_')}"
                found[k].setdefault(mark.layer.capitalize(), []).append(value)
    return [[f"{layer}={','.join(values)}" for layer, values in sorted(some.items())] for some in found]


def _gap(text: str, words: Words, k: int) -> str:
    """The white space after a word."""
    end = words.words[k + 1].start if k + 1 < len(words.words) else len(text)
    return text[words.words[k].end : end]


def _spaces(text: str, words: Words, k: int) -> list[str]:
    gap, before = _gap(text, words, k), text[: words.words[0].start] if k == 0 else ""
    out = [f"SpacesBefore={_coded(before)}"] if before else []
    if not gap:
        return [*out, "SpaceAfter=No"]
    return out if gap == " " else [*out, f"SpacesAfter={_coded(gap)}"]


def _coded(spaces: str) -> str:
    return "".join(_SPACES.get(c, f"\\u{ord(c):04x}") for c in spaces)


def _decoded(code: str) -> str:
    return _CODE.sub(
        lambda m: chr(int(m[0][2:], 16)) if m[0].startswith("\\u") and len(m[0]) == 6 else _SPACES_BACK.get(m[0], m[0]),
        code,
    )


# ---------------------------------------------------------------- reading


def read(path: Path) -> Iterator[MarkedText]:
    """The text of a file with its marks, by the library conllu. Raises ExchangeError for a file that it cannot read."""
    library = needed("conllu", "conllu", "exchange")
    content = read_text(path)
    try:
        sentences = list(library.parse_incr(io.StringIO(content, newline="\n")))
    except Exception as error:  # whatever conllu raises for files that are not CoNLL-U
        raise ExchangeError(f"cannot be read as CoNLL-U ({str(error)[:200]})", file=str(path)) from error
    if not sentences:
        raise ExchangeError(
            "contains no sentence; give a CoNLL-U file, with ten columns separated by tabs", file=str(path)
        )
    text: list[str] = []
    length = 0
    found: dict[str, tuple[str, str, list[Span]]] = {}
    for sentence in sentences:
        for token in sentence:
            if not isinstance(token["id"], int):
                continue
            misc = token["misc"] or {}
            before, after = (_decoded(misc.get(name) or "") for name in ("SpacesBefore", "SpacesAfter"))
            start = length + len(before)
            end = start + len(token["form"])
            if not after and misc.get("SpaceAfter") != "No":
                after = " "
            text += [before, token["form"], after]
            length = end + len(after)
            _note(found, misc, Span(start, end))
    yield _marked("".join(text), found, [s.metadata for s in sentences], path)


def _note(found: dict[str, tuple[str, str, list[Span]]], misc: dict[str, Any], word: Span) -> None:
    for column, layer in COLUMNS.items():
        for begins, mark, label in _ON_WORD.findall(misc.get(column) or ""):
            spans = found.setdefault(mark, (layer, unquote(label), []))[2]
            if begins == "I" and spans:
                spans[-1] = Span(spans[-1].start, word.end)
            else:
                spans.append(word)


def _marked(
    text: str, found: dict[str, tuple[str, str, list[Span]]], metadata: list[dict[str, Any]], path: Path
) -> MarkedText:
    comments = {key: value for some in metadata for key, value in some.items() if value}
    about = _object(comments.get("about"))
    marks, ids = [], {}
    for mark, (layer, label, spans) in found.items():
        details = _object(comments.get(f"mark_{mark}"))
        ids[mark] = str(details.pop("id", mark))
        marks.append(TextMark(ids[mark], layer, label, tuple(spans), details))
    relations = []
    for key, value in comments.items():
        parts = value.split(" ") if key.startswith("relation_") else []
        if len(parts) == 3 and parts[1] in ids and parts[2] in ids:
            relations.append(Relation(unquote(parts[0]), ids[parts[1]], ids[parts[2]]))
    doc_id = str(about.pop("doc_id", comments.get("newdoc id", path.stem)))
    return MarkedText(doc_id, text, tuple(marks), tuple(relations), about)


def _object(text: str | None) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
