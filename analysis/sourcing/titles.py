"""Titles: the roles that the text gives a person, before the name, after it, and as the noun that a name explains."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache

from analysis.rules import WORDS
from analysis.sourcing.cues import cue_table
from analysis.sourcing.draft import Range
from analysis.sourcing.source_kinds import (
    is_person_word,
    is_title,
    own_words,
    role_kind,
)
from analysis.sourcing.source_phrase import head_of
from analysis.sourcing.view import (
    AUXILIARY,
    CONJUNCTION,
    DETERMINER,
    END_MARKS,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    View,
    words,
)
from analysis.text.document import Document

_LONGEST = 16  # tokens of a title
_LEADS = (DETERMINER, POSSESSIVE)


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    with (WORDS / "people.toml").open("rb") as file:
        return {name: table for name, table in tomllib.load(file).items() if isinstance(table, dict)}


def short_titles() -> Mapping[str, str]:
    """Short form -> the title: "gov" -> "governor"."""
    return _tables()["short_titles"]


@cache
def other_names() -> Mapping[str, tuple[str, ...]]:
    """Office -> what its holder is called too: "senator" -> "lawmaker"."""
    return {office: tuple(names.split()) for office, names in _tables()["also_called"].items()}


def find_titles(view: View, document: Document) -> dict[str, list[Range]]:
    """Entity -> the token ranges of the titles given to the person, each wording once, in the order of the text.

    >>> from analysis import annotate
    >>> document = annotate("The mayor of Leeds, Ann Reed, met Kremlin spokesman Jan Orlov, a former judge.")
    >>> [[document.text[s:e] for s, e in entity.titles] for entity in document.entities if entity.titles]
    [['The mayor of Leeds'], ['Kremlin spokesman', 'a former judge']]
    """
    found: dict[str, list[Range]] = {}
    seen: set[tuple[str, tuple[str, ...]]] = set()
    low = (
        0  # the end of the person before, whose words are not a title of this one, unless it is the mother of that one
    )
    for mention in (m for m in document.mentions if m.label == "PERSON"):
        first, last = bisect_left(view.starts, mention.start), bisect_left(view.starts, mention.end)
        for a, b in _titles(view, low, first, last):
            key = mention.entity, tuple(view.L[a:b])
            if key not in seen:
                seen.add(key)
                found.setdefault(mention.entity, []).append((a, b))
        low = last if view.K[first - 1] not in (PREPOSITION, POSSESSIVE) else low
    return found


def find_namesakes(view: View, document: Document) -> dict[tuple[str, str], set[str]]:
    """(title directly before a full name, surname) -> the people who have both: "Supt Ann Reed and Supt Jan Reed"."""
    found: dict[tuple[str, str], set[str]] = {}
    for mention in document.mentions:
        first, last = bisect_left(view.starts, mention.start), bisect_left(view.starts, mention.end)
        if mention.label == "PERSON" and last > first + 1:
            found.setdefault((title_before(view, first), view.L[last - 1]), set()).add(mention.entity)
    return found


def title_before(view: View, first: int) -> str:
    """The one-word title directly before the name at `first`, in full: "superintendent" for "Supt"; empty for none."""
    word = view.L[first - 1].removesuffix(".") if first else ""
    return short_titles().get(word, word) if is_person_word(word) or word in short_titles() else ""


def _titles(view: View, low: int, first: int, last: int) -> list[Range]:
    """The titles around the name first:last, none of which starts before `low`."""
    end = first
    while end > low and view.L[end - 1].removesuffix(".") in own_words()["honorific"]:
        end -= 1
    before = _before(view, low, end)
    start = before[0] if before else end
    noun = _noun_before(view, low, start, last) if view.W[start - 1] == "," and start > low + 1 else None
    return [title for title in (noun, before, _behind(view, last)) if title]


def _before(view: View, low: int, end: int) -> Range | None:
    """The title that ends at `end`, just before a name."""
    role = _role_before(view, end)
    if role is None or role < low:
        return None
    a = role
    while a > low and end - a < _LONGEST and _in_title(view, a - 1):
        a -= 1
    while a < role and (view.L[a] in own_words()["joins_title"] or view.L[a] == "'s"):
        a += 1
    return a, end


def _role_before(view: View, end: int) -> int | None:
    """The role word that ends before a name, or that has its field between: "Secretary of State", "chief of staff"."""
    if end == 0 or view.Q[end - 1] != view.Q[end] or not view.W[end - 1][0].isalpha():
        return None
    if _is_role(view, end - 1):
        return None if view.in_finite_verb(end - 1) else end - 1  # Prosecutors accused Ann Reed
    if view.K[end - 1]:
        return None  # "resigned as governor of Torva and Ann Reed was sworn in"
    for k in range(end - 2, max(-1, end - 9), -1):
        if view.L[k] in own_words()["field_of_office"]:
            if k > 0 and _is_role(view, k - 1) and view.W[k - 1][0].isupper() == view.W[end - 1][0].isupper():
                return k - 1
        elif not view.W[k][0].isalpha() or (view.K[k] and view.L[k] not in own_words()["joins_title"]):
            return None
    return None


def _is_role(view: View, k: int) -> bool:
    low = view.L[k].removesuffix(".")
    return view.W[k][0].isalpha() and is_person_word(low) and low not in own_words()["honorific"] and not view.K[k]


def _in_title(view: View, k: int) -> bool:
    """Does token k go with the title after it: part of a name, a modifier, or a word that joins names?"""
    word, low, before = view.W[k], view.L[k], view.W[k - 1] if k else "."
    if view.Q[k] != view.Q[k + 1]:
        return False
    if low in own_words()["joins_title"] or low == "'s":
        joined = low == "'s" or (view.W[k + 1][0].isupper() and not view.K[k - 1])
        return before[0].isupper() and joined
    if view.K[k] or (low in cue_table() and view.in_finite_verb(k)):  # "Said Red Devils manager Ann Reed"
        return False
    if word[0].isupper():
        return not low.endswith("ing") or before[0].isalpha()
    return _modifies(view, k)


def _modifies(view: View, k: int) -> bool:
    """Is a word in lower case a modifier of the role: "deputy", or a noun or adjective before a role in lower case?"""
    word, low = view.W[k], view.L[k]
    if low in own_words()["modifies_title"] or role_kind(low) == "unnamed-person":
        return True
    verb = low in cue_table() or low in words()["finite"] or low.endswith(("ed", "ing", "ly", "s"))
    return word.isalpha() and not verb and len(low) > 3 and view.W[k + 1][0].islower()


def _noun_before(view: View, low: int, start: int, last: int) -> Range | None:
    """The noun phrase before the comma at start - 1, where the name that ends at `last` is put to it."""
    comma = start - 1
    if view.W[last][0].isalnum() and view.K[last] != AUXILIARY:
        return None  # "led by an engineer, Ann Reed says"
    a = _start_before(view, comma)
    led = view.K[a] in _LEADS and a >= low
    owned = view.L[a + 1] == "'s" and view.W[a][0].isupper()  # "Norland's president, Ann Reed"
    if a == comma or not (owned or led or _opens_sentence(view, a, comma, last)):
        return None
    head = head_of(view, (a, comma))
    named = head == comma - 1 or not is_person_word(view.L[comma - 1])
    return (a, comma) if named and _is_role(view, head) else None


def _opens_sentence(view: View, a: int, comma: int, last: int) -> bool:
    """Is it a bare noun phrase that opens a sentence, with the name between commas: "Council leader, Ann Reed,"?"""
    opens = a == 0 or view.W[a - 1] in END_MARKS or "\n" in view.text[view.ends[a - 1] : view.starts[a]]
    return opens and view.W[last] == "," and not any(view.chunk_kind(k) == "VG" for k in range(a, comma))


def _start_before(view: View, comma: int) -> int:
    """Where the noun phrase before a comma starts: at its first determiner that no preposition comes before."""
    a = comma
    while a > 0 and comma - a < _LONGEST and not _closes(view, a - 1):
        a -= 1
        if view.K[a] in _LEADS and view.L[a - 1] not in own_words()["field_of_office"]:
            break
    return a


def _closes(view: View, k: int) -> bool:
    """Can token k be no part of a noun phrase that comes before a name?"""
    if (
        view.L[k] in own_words()["joins_title"]
        or view.L[k] == "'s"
        or view.K[k] in (DETERMINER, POSSESSIVE, PREPOSITION)
    ):
        return False
    noun = view.L[k] in words()["noun_like"] or (k > 0 and view.K[k - 1] in _LEADS)
    return bool(view.Q[k] or view.K[k] or not view.W[k][0].isalnum()) or (view.L[k] in cue_table() and not noun)


def _behind(view: View, last: int) -> Range | None:
    """The apposition after a name, past an age, or what the person "is" or "was"."""
    a = _start_behind(view, last)
    if a is None:
        return None
    end = min(view.n, a + _LONGEST)
    b = next((k for k in range(a, end) if _ends_apposition(view, k)), end)
    if a == b:
        return None
    ends = (head_of(view, (a, b)), b - 1)  # "mayor of Leeds", "Department of Health officer"
    role = any(_is_role(view, k) or view.L[k].endswith(tuple(own_words()["profession_endings"])) for k in ends)
    name = is_title(view.L[a]) and view.W[a + 1][0].isupper()  # "Ann Reed, Mr Cole and"
    cue_next = view.L[b] in cue_table() and view.W[b][0].isalpha()
    return view.trim(a, b) if role and not cue_next and not name else None


def _start_behind(view: View, last: int) -> int | None:
    """The first token of an apposition after the name that ends at `last`, or of what follows "is a"."""
    k = _past_place_and_age(view, last)
    if view.W[k] in (",", "(") and view.K[k + 1] == RELATIVE and view.L[k + 2] in ("is", "was"):
        k += 2
    if k == last and k + 1 < view.n and view.L[k] == "the" and view.Q[k] == view.Q[last - 1]:
        return k  # "Nigel Edwards the chief executive of Kelby"
    copula = view.L[k] in ("is", "was")
    if not (copula or view.W[k] in (",", "(")) or k + 1 >= view.n or view.Q[k + 1] != view.Q[last - 1]:
        return None
    opens = view.K[k + 1] == DETERMINER if copula else view.K[k + 1] not in (CONJUNCTION, PREPOSITION, AUXILIARY)
    return k + 1 if opens else None


def _past_place_and_age(view: View, k: int) -> int:
    """Past where a person is of, and the age: "Jan Orlov of Leeds University, a chemist", "Jan Orlov, 54, a judge"."""
    if view.L[k] in ("of", "from", "at") and view.W[k + 1][0].isupper():
        k = next((j for j in range(k + 1, k + 9) if not view.W[j][0].isupper() and view.L[j] != "of"), k)
    return k + 2 if view.W[k] == "," and view.W[k + 1][0].isdigit() and view.W[k + 2] == "," else k


def _ends_apposition(view: View, k: int) -> bool:
    word = view.W[k]
    reports = view.L[k] in cue_table() and word[0].islower() and view.L[k] not in words()["noun_like"]
    stop = not word[0].isalnum() and word not in ("-", "&", "'s", "’s", "’", "'")
    closed = view.K[k] in (RELATIVE, AUXILIARY) and view.L[k] != "'s"
    return stop or closed or reports or bool(view.Q[k]) or view.L[k] in ("but", "while", "when", "because", "as")
