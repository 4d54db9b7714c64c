"""Chunks: the phrases of a sentence that do not hold one another, found in one pass over the roles of its words.

- ``NP``: a noun phrase up to its head; pronouns and relative pronouns too;
- ``TIME``: a noun phrase that says when: "last week";
- ``VG``: a verb group;
- ``P``: a preposition; the noun phrase it governs is the next chunk;
- ``ADV``: adverbs; ``ADJ``: an adjective without a noun;
- ``QUOTE``: a quotation seen from outside; ``PAREN``: what stands in brackets;
- ``MARK``: a subordinator, a conjunction, a mark of punctuation: one word each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Chunk(NamedTuple):
    """A phrase: the half-open range of its tokens, and the token that is its head."""

    kind: str
    first: int
    last: int
    head: int


_BETWEEN = "[~r]{0,3}(?:A(?=[~rBVGHhbeEKdg]))?[~r]{0,2}"
_MODIFIERS = r"(?:r{0,2}[jusegEKdL](?:,?cr?j)?){0,8}"
_NOUNS = r"(?:[nNpxuF]|j(?=p)|(?<=p)j(?=[nN])|(?<=Fu),(?=u)){1,12}"
_CHUNK = re.compile(
    rf"(?P<VG>T[~r]{{0,3}}[bBhk](?:{_BETWEEN}[VGBbeEKdg]){{0,4}}~?"
    rf"|[mwhkBVGH](?:{_BETWEEN}[BVGHhbeEKdg]){{0,5}}~?|[bzdEKeg])"
    rf"|(?P<NP>(?:[rjt]M|iL)?(?:r?[tvA]){{1,3}}{_MODIFIERS}{_NOUNS}(?:'{_MODIFIERS}{_NOUNS}){{0,4}}"
    rf"|(?:[rjt]M|iL)?(?:r?[jus]{{1,2}}(?:,?cr?j)?(?:[egK](?=[nN]))?){{0,6}}{_NOUNS}(?:'{_MODIFIERS}{_NOUNS}){{0,4}}"
    r"|[tvA]{1,3}r?[je](?![nNpxu])|[tvA]{1,3}|A?[oODR])"
    r"|(?P<P>[iMI]{1,3})|(?P<ADV>[r~]{1,6})|(?P<ADJ>[jsL]+)|(?P<QUOTE>Q)|(?P<PAREN>S)|(?P<MARK>.)",
    re.S,
)
_DATE = re.compile("u?Fu(?:,u)?")
_KINDS = ("MARK", *sorted(_CHUNK.groupindex, key=_CHUNK.groupindex.__getitem__))
_NP = _KINDS.index("NP")


def chunk(roles: str) -> Iterator[tuple[str, int, int]]:
    """The chunks of a run of roles: kind, and the half-open range of characters."""
    for match in _CHUNK.finditer(roles):
        start, end = match.span()
        number = match.lastindex or 0
        if number == _NP and (
            roles[end - 1] == "F" or (roles[end - 1] == "u" and _DATE.fullmatch(roles, start, end) is not None)
        ):
            yield "TIME", start, end
        else:
            yield _KINDS[number], start, end
