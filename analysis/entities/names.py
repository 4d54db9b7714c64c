"""Names in a document: which runs of capitals are names, of what kind, in two passes.

First the sentences where a capital means something; then the headlines, where it does not, with what the first
pass found (document-centred, after Mikheev 1999).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from analysis.entities import tables
from analysis.entities.candidates import behind_opening, candidates, opening_word
from analysis.entities.headlines import headline, names_of_text
from analysis.entities.kinds import name_kinds
from analysis.entities.name_filter import keep_names
from analysis.entities.records import Knowledge, Name
from analysis.entities.spans import is_capital
from analysis.entities.splitting import heads
from analysis.entities.tables import LISTS
from analysis.entities.works import titles_of_works, works_called, works_with_year
from analysis.text.document import Document, Tokens


def find_names(document: Document) -> list[Name]:
    """Every name of the document, in order. Where two overlap, the earlier is meant."""
    tokens = document.tokens
    words = tokens.words
    capitals = [
        k
        for k in [k for k, w in enumerate(words) if not w.islower()]
        if words[k][0].isupper() or (words[k][0].isalpha() and is_capital(words[k]))
    ]
    body, titled, bylines = _sentences(document, capitals)
    knowledge = Knowledge(tokens)
    _count_words(tokens, body, knowledge)
    found = [f for first, last, caps in body for f in candidates(tokens, first, last, caps, knowledge)]
    names = name_kinds(keep_names(found, tokens, knowledge), tokens, knowledge)
    names = _with_number_ten(tokens, names)
    names = works_with_year(tokens, titles_of_works(document, names))
    names = works_called(tokens, [(first, last) for first, last, _ in body], names)
    known = names_of_text(knowledge) if titled else {}
    for first, last, caps in titled:
        names += headline(tokens, first, last, caps, known, knowledge)
    for first, last, _ in bylines:
        names += _writers(tokens, first, last)
    return sorted(names)


def _with_number_ten(tokens: Tokens, names: list[Name]) -> list[Name]:
    """The names with No 10, the office of the British prime minister, but not a shirt or a rank."""
    found = [
        Name(k - 1, k + 1, tokens.starts[k - 1], tokens.ends[k], "ORG", "NAME.ORG.KNOWN")
        for k in tokens.index.get("10", ())
        if k and tokens.words[k - 1] in ("No", "No.", "Number") and _is_number_ten(tokens, k)
    ]
    return sorted(names + found) if found else names


def _is_number_ten(tokens: Tokens, k: int) -> bool:
    after = tokens.lowers[k + 1] if k + 1 < len(tokens) else "."
    before = tokens.lowers[k - 2] if k > 1 else ""
    return after in LISTS["of_number_ten"] or (before in LISTS["before_number_ten"] and not after.isalpha())


_Line = tuple[int, int, list[int]]  # a sentence: first token, last, its capitalised tokens


def _sentences(document: Document, capitals: Sequence[int]) -> tuple[list[_Line], list[_Line], list[_Line]]:
    """Sentences (first, last, capitals in it) of running text, of headlines where most words have capitals, and bylines
    in capitals only."""
    tokens = document.tokens
    body: list[_Line] = []
    titled: list[_Line] = []
    bylines: list[_Line] = []
    at = 0
    for sentence in document.sentences:
        first, last = sentence.first_token, sentence.last_token
        begin = at
        while at < len(capitals) and capitals[at] < last:
            at += 1
        if at == begin:
            continue
        caps = list(capitals[begin:at])
        kind = document.paragraphs[sentence.paragraph].kind
        if kind == "byline" and all(w.isupper() for w in tokens.words[first + 1 : first + 3]):
            bylines.append((first, last, caps))
            continue
        heading = kind != "body"
        (titled if _is_titled(tokens, first, last, caps, heading=heading) else body).append((first, last, caps))
    return body, titled, bylines


def _writers(tokens: Tokens, first: int, last: int) -> list[Name]:
    """The people of a byline in capitals: By ANN REED and ORLEN VINT, Staff Writers."""
    out: list[Name] = []
    start = first + 1
    for k in range(first + 1, last + 1):
        if k < last and tokens.words[k].isupper() and tokens.words[k][0].isalpha() and tokens.lowers[k] != "and":
            continue
        if k - start > 1:
            name = Name(start, k, tokens.starts[start], tokens.ends[k - 1], "PERSON", "NAME.PERSON.BYLINE")
            out.append(name)
        if k < last and tokens.words[k] == ",":
            break
        start = k + 1
    return out


def _is_titled(tokens: Tokens, first: int, last: int, capitals: Sequence[int], *, heading: bool) -> bool:
    """Do most words of the sentence have capitals that they would not have in running text?"""
    if last - first < 3 or len(capitals) < 2 - heading:
        return False
    enough = last - first if heading else max(1, len(capitals) // 2)  # so many words written small decide
    small = _count_small(tokens, first, last, enough)
    if small >= enough:
        return False
    words, n = tokens.words, len(capitals)
    plain = sum([_is_plain(words[k], tokens.lowers[k]) for k in capitals[capitals[0] == first :]])
    if heading and plain > small and (plain * 2 > n - 2 or (small == 0 and last - first > 3)):
        return True
    if _is_mostly_loud(words, capitals, small):
        return True
    return plain > 2 * small + 1 and (small == 0 or words[last - 1] not in (".", ",", ";"))


def _is_mostly_loud(words: Sequence[str], capitals: Sequence[int], small: int) -> bool:
    """Are most words in capitals only, and more than three?"""
    loud = sum([words[k].isupper() and len(words[k]) > 1 for k in capitals])
    return small < 2 and loud > max(3, len(capitals) // 2)


def _count_small(tokens: Tokens, first: int, last: int, enough: int) -> int:
    """How many words of the sentence, `enough` at most, are written small though a title would not write them so."""
    small = 0
    for k in range(first, last):
        low = tokens.lowers[k]
        if tokens.words[k].islower() and low[0].isalpha() and low not in LISTS["title_small_word"]:
            small += 1
            if small >= enough:
                break
    return small


@lru_cache(maxsize=tables.REMEMBERED)
def _is_plain(word: str, low: str) -> bool:
    """Is a word of a title a plain word, that has its capital from the title only?"""
    rank = tables.frequent().get(low, 10**9)
    if len(low) < 4 or rank >= 15_000 or not word[0].isupper() or low in heads():
        return False
    return rank < 3000 or word not in tables.given_names()


def _count_words(tokens: Tokens, body: Sequence[_Line], knowledge: Knowledge) -> None:
    words = tokens.words
    counted: list[str] = []
    for first, last, caps in body:
        opening = opening_word(tokens, first)
        inside = [k for k in caps if k != opening and not behind_opening(tokens, k)]
        counted += [words[k] for k in inside]
        knowledge.pairs.update([(words[k], words[k + 1]) for k in inside if k + 1 < last and words[k + 1][0].isupper()])
    knowledge.inside.update(counted)
