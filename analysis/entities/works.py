"""Titles of works: short quotations in which every word that matters has a capital."""

from __future__ import annotations

from analysis.document import Document, Tokens
from analysis.entities.records import Name

SMALL = frozenset("a an the and or but of in on at for to by from with as is vs v de la".split())


def titles_of_works(document: Document, names: list[Name]) -> list[Name]:
    """Short quotations where every word that matters has a capital are titles: “The Lonely Harbour”."""
    tokens, out = document.tokens, []
    for quotation in document.quotations:
        if not quotation.closed or quotation.end - quotation.start > 80:
            continue
        first, last = document.token_index(quotation.start) + 1, document.token_index(quotation.end - 1)
        while last > first and not tokens.words[last - 1][0].isalnum():
            last -= 1
        if 1 < last - first < 10 and _is_title(tokens, first, last):
            start, end = tokens.starts[first], tokens.ends[last - 1]
            out.append(Name(first, last, start, end, "WORK_OF_ART", "NAME.WORK.QUOTED"))
    if not out:
        return names
    covered = {k for n in out for k in range(n.first, n.last)}
    inside = {n.first: n for n in names if n.first in covered}
    whole = [n for n in out if not ((m := inside.get(n.first)) and (m.first, m.last) == (n.first, n.last) and m.label in
                                    ("PERSON", "GPE", "NORP", "EVENT"))]
    covered = {k for n in whole for k in range(n.first, n.last)}
    return sorted([n for n in names if n.first not in covered and n.last - 1 not in covered] + whole)


def _is_title(tokens: Tokens, first: int, last: int) -> bool:
    words, lowers = tokens.words, tokens.lowers
    if not words[first][0].isupper() or not words[last - 1][0].isupper():
        return False
    big = 0
    for k in range(first, last):
        if words[k][0].isupper():
            big += lowers[k] not in SMALL
        elif lowers[k] not in SMALL and lowers[k] not in ("'s", ",", ":", "&"):
            return False
    return big > 1 and not all(w.isupper() for w in words[first:last])
