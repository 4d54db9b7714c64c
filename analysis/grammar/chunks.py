"""Chunks: the phrases of a sentence that do not hold one another, found in one pass over the roles of its words.

- ``NP``: a noun phrase up to its head; pronouns and relative pronouns too;
- ``TIME``: a noun phrase that says when: "last week";
- ``VG``: a verb group;
- ``P``: a preposition; the noun phrase it governs is the next chunk;
- ``ADV``: adverbs; ``ADJ``: an adjective without a noun;
- ``QUOTE``: a quotation seen from outside; ``PAREN``: what is in brackets;
- ``MARK``: a subordinator, a conjunction, a mark of punctuation: one word each.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Chunk(NamedTuple):
    """A phrase: the half-open range of its tokens, and the token that is its head."""

    kind: str
    first: int
    last: int
    head: int


_BETWEEN = "(?:i?F(?=[~r]?[eEVd]))?[~r]{0,3}(?:A(?=[~rBVGHhbeEKdg]))?[~r]{0,2}"
_MODIFIERS = r"(?:r{0,2}[jusegEKdL](?:,?cr?j|,r?j)?){0,8}"
_BARE = r"(?:,?cr?j)?(?:[egK](?=[nNX]))?(?:r?[jus]{1,2}(?:,?cr?j)?(?:[egK](?=[nNX]))?){0,6}"  # without a determiner
_OTHER = r"(?<=N)(?=p{1,3}(?:'[nNj]{1,3})?r?[dEzwhmk])"  # "remarks | Cole made": another phrase begins
# No name goes on with a time or an occasion: "the party convention | Ann Reed said".
_NOUN = rf"(?:(?!{_OTHER})(?:[nNXxuF]|(?<![FX])p|j(?=p)|(?<=p)j(?=[nNX])|(?<=Fu),(?=u)))"
_OWNED = rf"(?:'{_MODIFIERS}{_NOUN}{{1,12}}){{0,4}}"
_HEAD = rf"{_NOUN}{{1,12}}{_OWNED}"
_DETERMINED = rf"(?:r?[tvA]){{0,2}}{_MODIFIERS}{_HEAD}"

# Each begins with the roles that its first word may have, so that the others are passed over fast.
_PATTERNS = (
    ("NP", rf"[nNXpxF]{_NOUN}{{0,11}}{_OWNED}"),
    ("NP", rf"[rjt]M(?:r?[tvA]{_DETERMINED}|r?[jus]{_BARE}{_HEAD}|{_HEAD})"),  # "more than 20"
    ("NP", rf"iL(?:r?[tvA]{_DETERMINED}|r?[jus]{_BARE}{_HEAD}|{_HEAD})"),  # "at least 20"
    ("NP", rf"[tvA]{_DETERMINED}"),
    ("NP", r"[tvA][tvA]{0,2}r?[je](?![nNXpxu])"),  # "the poor"
    ("NP", r"[tvA][tvA]{0,2}"),
    ("NP", r"[oODR]"),
    ("NP", rf"[jsu]{_BARE}{_HEAD}"),
    ("NP", rf"u{_NOUN}{{0,11}}{_OWNED}"),
    ("NP", rf"(?<!F)r(?:[tvA]{_DETERMINED}|[jus]{_BARE}{_HEAD}|u{_OWNED})"),
    ("VG", r"[bzdEKeg]"),
    ("VG", rf"[mwhkBVGH](?:{_BETWEEN}[BVGHhbeEKdg]){{0,5}}~?"),
    ("VG", rf"T[~r]{{0,3}}[bBhk](?:{_BETWEEN}[VGBbeEKdg]){{0,4}}~?"),
    ("P", r"[iMI][iMI]{0,2}"),
    ("ADV", r"[r~][r~]{0,5}"),
    ("ADJ", r"[jsL][jsL]{0,30}"),
    ("QUOTE", "Q"),
    ("PAREN", "S"),
)
_CHUNK = re.compile("|".join(f"{pattern}()" for _, pattern in _PATTERNS) + "|.", re.S)
_DATE = re.compile("u?Fu(?:,u)?")
_KINDS = ("MARK", *(kind for kind, _ in _PATTERNS))
# The sign of a chunk in the outline of its sentence, by kind and the role of its first word.
_SIGNS = {"TIME": "F", "P": "P", "ADV": "r", "ADJ": "j", "QUOTE": "Q", "PAREN": "S"}
_VERBS = {**dict.fromkeys("mwhkzd", "v"), **dict.fromkeys("gGH", "g"), **dict.fromkeys("eV", "e"), "B": "b"}


def chunk(roles: str) -> tuple[list[tuple[str, int, int, int]], str]:
    """The chunks of a run of roles: kind, half-open range of characters and head; and their signs in the outline."""
    found, signs = [], []
    for match in _CHUNK.finditer(roles):
        start, end = match.span()
        kind = _KINDS[match.lastindex or 0]
        role, head = roles[start], end - 1
        if kind == "NP":
            last = roles[head]
            if last == "F" or (last == "u" and _DATE.fullmatch(roles, start, end) is not None):
                kind, sign = "TIME", "F"
            else:
                sign = role if role in "RD" else "n"
        elif kind == "MARK":
            sign = role
        elif kind == "VG":
            sign = _VERBS.get(role, role)
            if roles[head] == "~" and head > start:
                head -= 1
        else:
            sign = _SIGNS[kind]
        found.append((kind, start, end, head))
        signs.append(sign)
    return found, "".join(signs)
