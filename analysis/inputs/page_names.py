"""Names of people in bylines, without their roles, and names of outlets, without addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.inputs.page_words import patterns, plain, words

MOST = 10  # the most authors of one article
_SPLIT = re.compile(r"\s*(?:[;,|•·/\n]|\s[-–—]\s|\s(?:and|with|&)\s)\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"\S*@\S+|https?:\S+|\([^)]{0,80}\)|<[^>]{0,200}>")
_ELSEWHERE = re.compile(r"\s+(?:for|in|at|on|from|via)\s+.*$", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"^(?:[^\W\d_]\.?)+(?:[-’'.][^\W\d_]+\.?)*$")
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)+/?$|^https?:", re.IGNORECASE)


def authors_in(text: str, houses: Iterable[str] = ()) -> list[str]:
    """The people named in a byline, in order. `houses` are names of outlets and agencies, which are not people.

    >>> authors_in("By Jane Roe, Senior Reporter")
    ['Jane Roe']
    >>> authors_in("ANN O'DAY and Ben van der Roy, The Invented Post", ["The Invented Post"])
    ["Ann O'Day", 'Ben van der Roy']
    """
    known = {plain(house).removeprefix("the ") for house in houses if house}
    found: list[str] = []
    for at, part in enumerate(_SPLIT.split(_ADDRESS.sub(" ", _without_by(text[:1000])))):
        name = _name(_without_by(part), known, first=at == 0)
        if name and name.lower() not in (each.lower() for each in found):
            found.append(name)
    return found[:MOST]


def _without_by(text: str) -> str:
    text = " ".join(text.split()) if "\n" not in text else text.strip()
    match = patterns("by").match(text)
    return text[match.end() :] if match else text


def _name(part: str, houses: set[str], *, first: bool) -> str | None:
    part = _ELSEWHERE.sub("", part.strip(" .:,")).strip()
    slug = plain(part)
    if not slug or slug.replace(" ", "-") in words("nobody") or slug.removeprefix("the ") in houses:
        return None
    tokens = _without_house(_without_role(part.split(), first), houses, first)
    if not 2 <= len(tokens) <= 5 or not all(map(_is_part, tokens)):
        return None
    if not (tokens[0][0].isupper() and tokens[-1][0].isupper()):
        return None
    name = " ".join(tokens)
    return re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), name) if name.isupper() else name


def _is_part(token: str) -> bool:
    return bool(_WORD.match(token)) and (
        token[0].isupper() or token.lower() in words("name_links") or token[1:2].isupper()
    )


def _without_role(tokens: list[str], first: bool) -> list[str]:
    """ "Political Editor Jane Roe" and "Jane Roe Political Editor" give Jane Roe; "Political Editor" gives nobody."""
    ends = [at for at, token in enumerate(tokens) if token.lower().strip(".") in words("role_ends")]
    if not ends:
        return tokens
    if len(tokens) - ends[-1] > 2:
        return tokens[ends[-1] + 1 :]
    return tokens[:2] if first and len(tokens) > 2 and ends[-1] >= 2 else []


def _without_house(tokens: list[str], houses: set[str], first: bool) -> list[str]:
    shouted = [token for token in tokens if token.isupper() and len(token) > 1]
    if 2 <= len(shouted) < len(tokens) and tokens[: len(shouted)] == shouted:
        return shouted  # "VERA SOLT Invented News Agency"
    for n in range(2, len(tokens)):
        if plain(" ".join(tokens[n:])).removeprefix("the ") in houses:
            return tokens[:n]
    if tokens and tokens[-1].lower() in words("house_ends"):
        return tokens[:2] if first and len(tokens) > 3 else []
    return tokens


def is_host(name: str) -> bool:
    """Is this an address rather than a name?

    >>> is_host("www.example.org"), is_host("The Invented Post")
    (True, False)
    """
    return bool(_HOST.match(name.strip()))


def outlet_of(candidates: Iterable[str], *, not_these: Iterable[str] = ()) -> str | None:
    """The first candidate that is a name, in its best spelling; addresses, handles and headlines are not names.

    >>> outlet_of(["invented.example", "@invented", "the Invented Post", "The Invented Post"])
    'The Invented Post'
    """
    refused = {plain(each) for each in not_these if each}
    names = [" ".join(each.split()) for each in candidates if each]
    usable = [each for each in names if _is_outlet(each, refused)]
    if not usable:
        return None
    best = usable[0]
    same = [each for each in usable if plain(each) == plain(best)]
    best = max(same, key=lambda each: sum(part[0].isupper() for part in each.split()))
    return best if re.search(r"[A-Z]", best.split()[0]) else best[0].upper() + best[1:]


def _is_outlet(name: str, refused: set[str]) -> bool:
    slug = plain(name)
    return bool(
        slug
        and not is_host(name)
        and not name.startswith("@")
        and len(name) <= 80
        and slug not in refused
        and slug not in words("not_sites")
        and slug.replace(" ", "-") not in words("nobody")
    )
