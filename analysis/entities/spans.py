"""Where names may be: runs of capitalised words, with the small words inside names.

Runs are found token by token, and each token is examined a bounded number of times, so the time grows linearly with the
text. What a run is a name of is decided later (evidence.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from analysis.entities import tables
from analysis.entities.tables import LISTS
from analysis.text.document import Tokens

MAX_WORDS = 14  # no name is longer; bounds the work on text that is all capitals
NUMBERED = LISTS["text_part"] | LISTS["numbered_room"] | LISTS["licence"] | LISTS["numbered"]
# Kinds of names that hold "and": the Food and Drug Administration, the Food and Drink Festival.
JOINED_HEADS = ("NAME.ORG.HEAD", "NAME.LAW.HEAD", "NAME.EVENT.HEAD")
_PLACES = ("NAME.FAC.HEAD", "NAME.LOC.HEAD")
_NEVER, _SMALL, _PREFIXES, _LAND = (LISTS[name] for name in ("never_in_name", "small_word", "prefix", "part_of_land"))

_REFUSED = _NEVER | LISTS["never_first"]
_NEVER_FIRST, _ENDS_NAME = LISTS["never_first"], LISTS["ends_name"]
_FUTURE = re.compile("[A-Z]{2,4}[cv][0-9]|[A-Z]{4}[0-9]")  # the contract for some month: CLc1, LCOc1, CMCU3

Atom = tuple[int, int, tables.Known]


class Run(NamedTuple):
    """Tokens first to last (half-open). `atoms` are known names of several words inside: (first, last, Known);
    `joined` is True where small words hold it together."""

    first: int
    last: int
    atoms: tuple[Atom, ...]
    joined: bool


def is_capital(word: str) -> bool:
    """Does the word look like part of a name? A capital first, or after a lower-case prefix (al-Sisi, iPhone).

    >>> [w for w in ("Oslo", "al-Sisi", "iPhone", "mid-May", "well-known", "d'Estaing") if is_capital(w)]
    ['Oslo', 'al-Sisi', 'iPhone', "d'Estaing"]
    """
    if word[0].isupper():
        return True
    if word.islower() or not word[0].isalpha():
        return False
    prefix, mark, rest = word.partition("-")
    if mark:
        short = len(prefix) < 4 and prefix not in ("mid", "co", "re", "e")
        return (short or prefix in _PREFIXES) and rest[:1].isupper()
    prefix, mark, rest = word.replace("’", "'").partition("'")
    if mark:
        return rest[:1].isupper()
    if word in tables.known()[0]:
        return True
    return len(word) > 3 and word.isalpha() and not word[1:].isupper() and any(c.isupper() for c in word)


def is_number(low: str) -> bool:
    """A short number, or the number of a part of a part: 2, 370, 7.2."""
    return len(low) < 6 and low[0].isdigit() and low.replace(".", "", 1).isdigit()


def find_runs(tokens: Tokens, first: int, last: int, capitals: Sequence[int]) -> Iterator[Run]:
    """The runs among the tokens first to last of one sentence; `capitals` are its capitalised tokens in order."""
    words, lowers = tokens.words, tokens.lowers
    longer, joiners = tables.known()[1], _joiners()
    at = first
    for k in capitals:
        word = words[k]
        # Most words are let through by their shape: asked here, since every capital is.
        doubtful = lowers[k] in _REFUSED or word.isupper() or not word[-1].isalpha() or lowers[k][-2:] == "'t"
        if k < at or (doubtful and _opens_no_run(tokens, k, first)):
            continue
        # One word, as most runs are; what has a prefix (anti-Torvane) is one too.
        alone = k + 1 == last or (words[k + 1].islower() and word not in longer and lowers[k + 1] not in joiners)
        run = Run(k, k + 1, (), False) if alone or _has_prefix(word) else _grown(tokens, k, last)
        yield run
        at = run.last


def _opens_no_run(tokens: Tokens, k: int, first: int) -> bool:
    """Can no name begin with the capitalised word at k, in the sentence that begins at `first`?"""
    word, low = tokens.words[k], tokens.lowers[k]
    if low in _NEVER or low.endswith("n't"):
        return True
    if low in _NEVER_FIRST and k > first and word not in tables.known()[1]:
        return True  # May he rest In Peace
    return (word.isupper() or word[-1].isdigit()) and (is_ticker(tokens, k) or _is_small_in_capitals(word, low))


@cache
def _joiners() -> frozenset[str]:
    """Words in lower case over which a run may go on."""
    return frozenset(_STEPS) | _LAND | tables.words("NAME.PERSON.PARTICLE")


def _is_small_in_capitals(word: str, low: str) -> bool:
    """IN, among words in capitals; but WHO is a name."""
    return low in _SMALL and len(word) > 1 and word not in tables.known()[0]


def _has_prefix(word: str) -> bool:
    if "-" not in word:
        return False
    prefix = word.partition("-")[0]
    return not prefix.isupper() and prefix.lower() in _PREFIXES


def _grown(tokens: Tokens, k: int, last: int) -> Run:
    """The run that begins at k, grown word by word."""
    words, lowers = tokens.words, tokens.lowers
    longer = tables.known()[1]
    j, joined = k, False
    atoms: list[Atom] = []
    while j < last and j - k < MAX_WORDS:
        atom = _known_at(words, lowers, j, last) if words[j] in longer or words[j].isupper() else None
        if atom:
            atoms.append((j, j + len(atom.words), atom))
            j += len(atom.words)
            if _without_compound_end(words[j - 1]) != words[j - 1]:
                break  # General Motors-backed
        elif j == k or _goes_on(words[j], lowers[j]):
            j += 1
            if j < last and _ends_here(tokens, words[j], lowers[j - 1], j):
                break
        elif _ends_run(words, lowers, k, j, last):
            j += 1
            break
        else:
            step = _step_over(Joint(tokens, k, j, last, joined))
            joined = joined or step > 0
            j += step
            if not step or _ends_caption(lowers, j):
                break
    return Run(k, j, tuple(atoms), joined)


def _ends_caption(lowers: Sequence[str], j: int) -> bool:
    """Does a number end the name before j: Figure 2, without the caption after it?"""
    return lowers[j - 2] in LISTS["text_part"] and is_number(lowers[j - 1])


def _goes_on(word: str, low: str) -> bool:
    """Does a run go on over this word, by its capital alone?"""
    return (
        is_capital(word)
        and low not in _NEVER
        and low not in _SMALL
        and low not in LISTS["never_inside_name"]
        and (word[0].isupper() or word.partition("-")[0] not in _PREFIXES)
    )


def _ends_here(tokens: Tokens, follow: str, low: str, k: int) -> bool:
    """Does no name go on over the word `follow` at k, after `low`: Oslo-born Ann Reed, Torva Ltd. Chairman, Reed
    US$300?"""
    if "-" in low and low.rpartition("-")[2] in LISTS["compound_end"]:
        return True
    if low in _ENDS_NAME:
        return tokens.lowers[k] not in LISTS["form_after_comma"] and follow != ","
    if not (follow.isupper() or follow[-1].isdigit()):
        return False
    money = tokens.words[k + 1 : k + 2] == ["$"] and tokens.ends[k] == tokens.starts[k + 1]
    return money or is_ticker(tokens, k)


def is_ticker(tokens: Tokens, k: int) -> bool:
    """The code of a share, an index or a price: .DJI, TRV.N, XAU=, CLc1."""
    word = tokens.words[k]
    if word[-1].isdigit() and _FUTURE.fullmatch(word):
        return True
    return word.isupper() and (_hangs_on_mark(tokens, k) or _takes_mark(tokens, k))


def _hangs_on_mark(tokens: Tokens, k: int) -> bool:
    """.DJI, US10YT=RR: is there a mark directly before the word that ends nothing?"""
    mark = tokens.words[k - 1] if k and tokens.ends[k - 1] == tokens.starts[k] else ""
    if mark != ".":
        return mark == "="
    return k == 1 or tokens.ends[k - 2] < tokens.starts[k - 1] or tokens.words[k - 2].isupper()


def _takes_mark(tokens: Tokens, k: int) -> bool:
    """XAU=, TRV.N: is there a mark directly after the word, with a letter or two for the exchange?"""
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    if k + 1 == len(words) or ends[k] < starts[k + 1]:
        return False
    after = words[k + 2] if k + 2 < len(words) and ends[k + 1] == starts[k + 2] else ""
    return words[k + 1] == "=" or (words[k + 1] == "." and after.isupper() and len(after) < 3)


def _ends_run(words: Sequence[str], lowers: Sequence[str], k: int, j: int, last: int) -> bool:
    """Is the word at j the last of the run from k: the Korean peninsula; Norvan I, king of Torva?"""
    if words[j] == "I":
        return (
            j - k < 4
            and words[j - 1] in tables.given_names()
            and (j + 1 == last or words[j + 1] in LISTS["behind_ruler"])
        )
    return lowers[j] in _LAND and j - k < 3


def _known_at(words: Sequence[str], lowers: Sequence[str], k: int, last: int) -> tables.Known | None:
    """The longest known name of several words at k, even in capitals: KUALA LUMPUR."""
    if k + 1 >= last:
        return None
    word, longer = words[k], tables.known()[1]
    if word.isupper() and len(word) > 2:
        for name in longer.get(word.capitalize(), ()):
            if tuple(words[k : k + len(name.words)]) == tuple(w.upper() for w in name.words):
                return name if k + len(name.words) <= last else None
    if word not in longer:
        return None
    second = "'s" if lowers[k + 1] == "'s" else _without_compound_end(words[k + 1])
    for name in tables.known_from(word).get(second, ()):
        if k + len(name.words) <= last and _is_written_at(words, lowers, k, name.words):
            return name
    return None


def _is_written_at(words: Sequence[str], lowers: Sequence[str], k: int, name: Sequence[str]) -> bool:
    """Are the words of the name at k, with any apostrophe?"""
    end = k + len(name) - 1
    return all(words[i] == w or (w == "'s" and lowers[i] == w) for i, w in enumerate(name[:-1], k)) and (
        name[-1] in (words[end], lowers[end] if name[-1] == "'s" else _without_compound_end(words[end]))
    )


def _without_compound_end(word: str) -> str:
    """York, of New York-based."""
    if "-" not in word:
        return word
    left, _, end = word.partition("-")
    return left if end in LISTS["compound_end"] else word


# ---------------------------------------------------------------- small words inside names


class Joint(NamedTuple):
    """The small word at j, after the run that began at `start`; `joined` says that the run contains another one."""

    tokens: Tokens
    start: int
    j: int
    last: int
    joined: bool

    @property
    def before(self) -> str:
        return self.tokens.lowers[self.j - 1]

    @property
    def after(self) -> str:
        """The word after the small word, as written."""
        return self.tokens.words[self.j + 1]


def _step_over(joint: Joint) -> int:
    """How many tokens from j on (small words, a number) the run goes on over, so that a name goes on; or 0."""
    tokens, j = joint.tokens, joint.j
    low = tokens.lowers[j]
    if low[0].isdigit():
        return int(joint.before in NUMBERED and is_number(low))
    if j + 1 >= joint.last:
        return 0
    step = _STEPS.get(low)
    if step:
        return step(joint)
    return _over_particles(joint) if low in tables.words("NAME.PERSON.PARTICLE") and tokens.words[j].islower() else 0


@cache
def _takes(preposition: str) -> frozenset[str]:
    """Words that the preposition ties to what follows."""
    heads = LISTS[f"takes_{preposition}"]
    if preposition != "of":
        return heads
    heads = heads.union(*(tables.words(rule_id) for rule_id in ("NAME.ORG.HEAD", "NAME.LAW.HEAD", "NAME.GPE.HEAD")))
    return heads - LISTS["never_takes_of"]


def _over_preposition(joint: Joint) -> int:
    """Bank of Torva, Minister for Health, Treaty on the Sea."""
    tokens, j, low = joint.tokens, joint.j, joint.tokens.lowers[joint.j]
    if joint.before not in _takes(low):
        office = joint.before in tables.words("NAME.PERSON.TITLE") and tokens.words[j - 1][0].isupper()
        if low == "on" or not (office or (joint.joined and joint.before in tables.common())):
            return 0
    skip = 2 if tokens.lowers[j + 1] in ("the", "la", "los", "san") and j + 2 < joint.last else 1
    return skip if is_capital(tokens.words[j + skip]) and tokens.lowers[j + skip] not in _NEVER else 0


def _over_ampersand(joint: Joint) -> int:
    """Torvane & Vint, but not authors with their year: Reed & Vint, 2011."""
    words, j = joint.tokens.words, joint.j
    year = next((w for w in words[j + 2 : min(j + 4, joint.last)] if w not in (",", "(", "[")), "")
    cited = year.isdigit() and (len(year) == 4 or words[j + 2] == "[") and j - joint.start == 1
    return int(is_capital(joint.after) and not cited)


def _over_and(joint: Joint) -> int:
    return int(is_capital(joint.after) and _and_holds(joint))


def _over_possessive(joint: Joint) -> int:
    """St Torvan's Day, the World's Fair, Northgate Magistrate's Court, the Mill Road Residents' Group."""
    j, before, after = joint.j, joint.before, joint.after
    low, follow = joint.tokens.lowers[j], joint.tokens.lowers[j + 1]
    if before in LISTS["owner_in_name"] and is_capital(after) and follow not in _NEVER:
        return 1
    if not after[0].isupper():
        return 0
    if j == joint.start + 1:
        return int(low == "'" and follow in tables.words("NAME.FAC.HEAD"))  # Fishmongers' Hall
    body = follow in tables.words("NAME.ORG.HEAD")
    if body and (before in LISTS["office_holder"] or before in tables.words("NAME.PERSON.TITLE")):
        return 1
    if j - joint.start == 2 and joint.tokens.lowers[joint.start] in ("st", "st."):
        return int(body or follow in tables.words("NAME.FAC.HEAD") or follow in tables.words("NAME.LOC.HEAD"))
    return int(low == "'" and _is_of_members(before, follow))


def _is_of_members(before: str, follow: str) -> bool:
    """The Mill Road Residents' Group, the Glaziers' Guild."""
    if before in LISTS["members"]:
        return follow in tables.words("NAME.ORG.HEAD")
    return before in tables.common() and follow in LISTS["members_body"]


def _over_the(joint: Joint) -> int:
    """Torva the Great."""
    return int(joint.tokens.lowers[joint.j + 1] in LISTS["byname"] and joint.after[0].isupper())


def _over_comma(joint: Joint) -> int:
    """Torva Systems, Inc.; the Department for Culture, Media and Sport."""
    if not joint.after[0].isupper():
        return 0
    legal = joint.tokens.lowers[joint.j + 1] in LISTS["form_after_comma"]
    return int(legal or (joint.joined and _list_holds(joint)))


def _over_particles(joint: Joint) -> int:
    """Torva van der Vint."""
    particles = tables.words("NAME.PERSON.PARTICLE")
    words, lowers, j = joint.tokens.words, joint.tokens.lowers, joint.j
    lone = j - 1 == joint.start
    plain = lowers[j - 1] in tables.common() and lowers[j - 1] not in particles
    if words[j - 1] == "I" or (lone and plain and words[j - 1] not in tables.given_names()):
        return 0
    if lowers[j] in LISTS["particle_or_word"] and words[j - 1] in tables.known()[0]:
        return 0
    step = 1
    while step < 3 and j + step < joint.last and lowers[j + step] in particles and words[j + step].islower():
        step += 1
    return step if j + step < joint.last and words[j + step][0].isupper() and lowers[j + step] not in _NEVER else 0


_STEPS: Mapping[str, Callable[[Joint], int]] = {
    **dict.fromkeys(("of", "for", "on"), _over_preposition),
    "&": _over_ampersand,
    "and": _over_and,
    "'s": _over_possessive,
    "'": lambda joint: _over_possessive(joint) if joint.before.endswith("s") else 0,
    "the": _over_the,
    ",": _over_comma,
}


def _and_holds(joint: Joint) -> bool:
    """Is "and" inside a single name? "Department of Health and Human Services", "Food and Drug Administration"."""
    words, lowers, j = joint.tokens.words, joint.tokens.lowers, joint.j
    rank, before, after = tables.common(), joint.before, lowers[j + 1]
    if _has_initials_behind(joint) or _is_body_of_two_places(joint):
        return True
    if before not in rank or after in LISTS["never_after_and"]:
        return False
    opens = lowers[joint.start + (lowers[joint.start] == "the")]
    if joint.joined and opens in LISTS["office_with_list"] and _goes_on_plainly(joint):
        return True  # School of International Relations and Pacific Studies
    if joint.joined and not (_is_listed(words[j + 1]) or words[j - 1] in tables.known()[0]):
        return True
    if after not in rank or before in _takes("of") or j - joint.start > 4:
        return False
    return all(map(_is_plain_or_known, words[joint.start : j])) and _ends_as_body(joint)


def _has_initials_behind(joint: Joint) -> bool:
    """Long Range Search and Tracking (LRST): does a bracket contain the initials of all, including the word after
    "and"?
    """
    words, j = joint.tokens.words, joint.j
    if words[j + 2 : j + 3] != ["("]:
        return False
    first = joint.start + (joint.tokens.lowers[joint.start] == "the")
    initials = "".join(word[0] for word in (*words[first:j], words[j + 1]) if word[0].isupper())
    return len(initials) > 2 and words[j + 3 : j + 4] == [initials]


def _is_body_of_two_places(joint: Joint) -> bool:
    """Dorset and Wiltshire Fire Service: one body for two places, the first of which is no person's name."""
    words, lowers, j = joint.tokens.words, joint.tokens.lowers, joint.j
    first = joint.start + (lowers[joint.start] == "the")
    place = words[first:j]
    if len(place) != 1 or not (place[0] in tables.known()[0] or not _may_be_person(place[0])):
        return False
    end = j + 1
    while end < joint.last and end - j < 4 and words[end][0].isupper() and lowers[end] not in LISTS["serves_places"]:
        end += 1
    return j + 1 < end < joint.last and words[end][0].isupper() and lowers[end] in LISTS["serves_places"]


def _may_be_person(word: str) -> bool:
    return word in tables.given_names() or word in tables.surnames() or word.lower() in tables.common()


def _is_plain_or_known(word: str) -> bool:
    """Of U.S. Food and Drug Administration: each word before "and"."""
    return word.lower() in tables.common() or word in tables.known()[0] or word.isupper()


def _is_listed(word: str) -> bool:
    return word in tables.given_names() or word in tables.known()[0]


def _goes_on_plainly(joint: Joint) -> bool:
    """Does a plain word with a capital come after the first one after "and", as the head of it: Pacific Studies?"""
    k = joint.j + 2
    words, lowers = joint.tokens.words, joint.tokens.lowers
    return k < joint.last and words[k][0].isupper() and lowers[k] in tables.common() and words[k - 1][0].isupper()


def _ends_as_body(joint: Joint) -> bool:
    """Do plain words with capitals follow "and", the last of which says what kind of body it is?"""
    words, lowers, j = joint.tokens.words, joint.tokens.lowers, joint.j
    end = j + 1
    while end < joint.last and end - j < 6 and words[end][0].isupper() and lowers[end] in tables.common():
        end += 1
    kinds = JOINED_HEADS if joint.before in _heads_of_places() else (*JOINED_HEADS, *_PLACES)
    return end - j > 2 and any(lowers[end - 1] in tables.words(rule_id) for rule_id in kinds)


@cache
def _heads_of_places() -> frozenset[str]:
    """Words for places: Mill Road and Main Street are two, the Tarn Test and Training Range is one."""
    return frozenset().union(*(tables.words(rule_id) for rule_id in _PLACES))


def _list_holds(joint: Joint) -> bool:
    """Is the comma in the name of an office for several things: Department for Culture, Media and Sport? All of them
    are plain words, and "and" comes before the last."""
    words, lowers, j = joint.tokens.words, joint.tokens.lowers, joint.j
    if LISTS["office_with_list"].isdisjoint(lowers[joint.start : j - 1]) or lowers[j - 1] not in tables.common():
        return False

    def is_plain(k: int) -> bool:
        return words[k][0].isupper() and lowers[k] in tables.common() and words[k] not in tables.given_names()

    for k in range(j, min(j + 12, joint.last - 1)):
        if lowers[k] == "and":
            return is_plain(k + 1)
        if words[k] != "," and not is_plain(k):
            return False
    return False
