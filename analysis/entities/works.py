"""Titles of works: short quotations in which every word that matters has a capital, and titles with their year."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from analysis.entities import tables
from analysis.entities.name_filter import is_recent_year
from analysis.entities.records import Name
from analysis.entities.tables import LISTS
from analysis.text.document import Document, Tokens

_CALLED = (LISTS["dated_work_noun"] - LISTS["uncalled_work_noun"]) | LISTS["called_work_noun"]
_MAKERS = frozenset(("author", "writer", "creator", "star"))  # of a work: the author of The Return
_TIES = frozenset(("of", "the", "a", "an", "and"))
_POSSESSIVE = ("'s", "’s")


def titles_of_works(document: Document, names: list[Name]) -> list[Name]:
    """Short quotations where every word that matters has a capital are titles: “The Lonely Harbour”."""
    tokens = document.tokens
    named = {n.first: n for n in names}
    out: list[Name] = []
    for quotation in document.quotations:
        if not quotation.closed or quotation.end - quotation.start > 80:
            continue
        first, last = document.token_index(quotation.start) + 1, document.token_index(quotation.end - 1)
        while last > first and not tokens.words[last - 1][0].isalnum():
            last -= 1
        if (
            1 < last - first < 10
            and _is_title(tokens, first, last)
            and not _is_named(named.get(first), last)
            and not _is_other_than_work(tokens, first - 1, document.token_index(quotation.end - 1) + 1)
        ):
            out.append(_work(tokens, first, last, "NAME.WORK.QUOTED"))
    return _with_works(names, out)


def _work(tokens: Tokens, first: int, last: int, rule_id: str) -> Name:
    return Name(first, last, tokens.starts[first], tokens.ends[last - 1], "WORK_OF_ART", rule_id)


def _with_works(names: list[Name], works: Sequence[Name]) -> list[Name]:
    """The names with the works, without those that a work covers."""
    if not works:
        return names
    covered = {k for n in works for k in range(n.first, n.last)}
    return sorted([*(n for n in names if n.first not in covered and n.last - 1 not in covered), *works])


def _is_other_than_work(tokens: Tokens, opening: int, end: int) -> bool:
    """Do the words around the quotation say that it is not a title: the "Red House" compound, Ann "Big Sis" Reed, he
    said: "Welcome Juan"? `opening` is its first mark, `end` the token after the last."""
    before = tokens.words[opening - 1] if opening else ""
    after = tokens.words[end] if end < len(tokens) else ""
    low = tokens.lowers[opening - 1]
    if _is_spoken(tokens, opening, end):
        return True
    if before == ":" or low in LISTS["says_words"] or (low in LISTS["quoted_thing"] and low not in _CALLED):
        return True
    if before[:1].isupper() and after[:1].isupper() and tokens.lowers[opening - 1] not in _CALLED:
        return before in tables.given_names() or after in tables.surnames()
    return tokens.lowers[end] in LISTS["quoted_thing"] if after else False


def _is_spoken(tokens: Tokens, opening: int, end: int) -> bool:
    """Do the words between the marks mean only themselves: “Merry Christmas,” she said; “Hello Orla!”?"""
    stop = tokens.words[end - 2]
    if stop in (",", "!", "?") and not tables.words("NAME.PERSON.SPEECH").isdisjoint(tokens.lowers[end : end + 4]):
        return True
    return stop in (".", "!", "?") and (opening == 0 or tokens.words[opening - 1] in (".", "!", "?", "”"))


def _is_named(name: Name | None, last: int) -> bool:
    """Is the whole quotation a name already: “Ann Reed”?"""
    return name is not None and name.last == last and name.label in ("PERSON", "GPE", "NORP", "EVENT")


def _is_title(tokens: Tokens, first: int, last: int) -> bool:
    """Is every word that matters written with a capital, and at least two of them, but not all in capitals only?"""
    words, lowers = tokens.words, tokens.lowers
    if not words[first][0].isupper() or not words[last - 1][0].isupper():
        return False
    big = 0
    for k in range(first, last):
        small = lowers[k] in LISTS["title_small_word"]
        if words[k][0].isupper():
            big += not small
        elif not small and lowers[k] not in ("'s", ",", ":", "&"):
            return False
    return big > 1 and not all(w.isupper() for w in words[first:last])


# ---------------------------------------------------------------- titles after the word for what they are


def works_called(tokens: Tokens, sentences: Sequence[tuple[int, int]], names: list[Name]) -> list[Name]:
    """Titles that begin with an article, with a capital inside a sentence: her novel The Return of the Tide, A Single
    Man. "The" comes before other names too, so there a word for a work must come before it.

    `sentences` are the first and last tokens of the sentences of running text, in order.
    """
    firsts = [first for first, _ in sentences]
    known = {n.first for n in names if n.label == "ORG" and n.rule_id != "NAME.ORG.UNKNOWN"}
    out: list[Name] = []
    for article in ("The", "A", "An"):
        for k in _places(tokens, article):
            at = bisect_right(firsts, k) - 1
            if at < 0 or not firsts[at] < k < sentences[at][1] - 1 or k in known or k + 1 in known:
                continue
            last = _title_end(tokens, k, sentences[at][1])
            if last - k > 1 and _may_open_title(tokens, k) and _is_called(tokens, firsts[at], k, last):
                out.append(_work(tokens, k, last, "NAME.WORK.CALLED"))
    return _with_works(names, out)


def _may_open_title(tokens: Tokens, k: int) -> bool:
    """Can the article at k open a title: after a small word, and before a word with a capital?"""
    before, after = tokens.words[k - 1], tokens.words[k + 1]
    if tokens.lowers[k - 1] in LISTS["not_before_title"] or not (before == "," or before.islower()):
        return False
    return after[0].isupper() and after.isalpha()


def _is_called(tokens: Tokens, start: int, k: int, last: int) -> bool:
    """Does the text say that a work is meant, or is the article one that nothing but a title begins with?"""
    lowers, before = tokens.lowers, tokens.lowers[k - 1]
    if before in LISTS["work_verb"] or (before == "of" and lowers[k - 2] in _MAKERS):
        return True
    if any(lowers[i] in _CALLED for i in range(max(start, k - 2), k)):
        return True
    follow = tokens.words[k + 1 : last]
    return tokens.words[k] != "The" and len(follow) > 1 and not any(w.isupper() for w in follow)


def _title_end(tokens: Tokens, first: int, end: int) -> int:
    """After the last word of the title that begins at `first`: words with capitals, small words between them."""
    words, lowers = tokens.words, tokens.lowers
    last = k = first + 1
    while k < min(end, first + 12):
        if words[k][0].isupper():
            last = k + 1
        elif lowers[k] != "'s" and not (
            lowers[k] in _TIES and k + 1 < end and (words[k + 1][0].isupper() or words[k + 1] in ("the", "a", "an"))
        ):
            break
        k += 1
    return last


# ---------------------------------------------------------------- titles with their year


def works_with_year(tokens: Tokens, names: list[Name]) -> list[Name]:
    """Titles that a year in brackets follows: the film Lanterns over the Harbour (1958), The Return (1960)."""
    words = tokens.words
    out: list[Name] = []
    last_work = -10  # after the last title with its year
    ends: dict[int, Name] = {}
    for bracket in _places(tokens, "("):
        dated = 1 < bracket < len(words) - 2 and is_recent_year(words[bracket + 1]) and words[bracket + 2] == ")"
        if not dated:
            continue
        ends = ends or {n.last: n for n in names}
        first = _title_before(tokens, bracket, ends)
        if first is None:
            continue
        between = words[last_work:first] if first - last_work < 4 else ["."]
        listed = all(word in (",", "and", "or", "&") for word in between)
        if listed or any(tokens.lowers[k] in LISTS["dated_work_noun"] for k in range(max(0, first - 3), first)):
            out.append(_work(tokens, first, bracket, "NAME.WORK.YEAR"))
            last_work = bracket + 3
    return _with_works(names, out)


def _places(tokens: Tokens, word: str) -> list[int]:
    """Where the word stands, written so."""
    return [k for k in tokens.index.get(word.lower(), ()) if tokens.words[k] == word]


def _title_before(tokens: Tokens, bracket: int, ends: Mapping[int, Name]) -> int | None:
    """Where the title begins that ends before the bracket: at the last word that is not part of one, or after a name
    that a small word ties to it (Ann Reed in The Return)."""
    words, lowers = tokens.words, tokens.lowers
    if not words[bracket - 1][0].isalnum():
        return None
    first = None
    for k in range(bracket - 1, max(-1, bracket - 12), -1):
        if words[k][0].isupper() and lowers[k] not in LISTS["dated_work_noun"]:
            if _ties_to_title(ends.get(k + 1), words[k + 1]):
                break
            first = k
        elif not _is_inside_title(words[k]) or (words[k] in _POSSESSIVE and _is_owner(ends.get(k))):
            break
    return first


def _ties_to_title(name: Name | None, follow: str) -> bool:
    """Ann Reed in The Return."""
    tie = follow.islower() and follow not in ("of", "the", "and")
    return tie and name is not None and name.label in ("PERSON", "GPE", "LOC")


def _is_inside_title(word: str) -> bool:
    return word in LISTS["title_small_word"] or word in _POSSESSIVE or word in (":", "&", "!") or word.isdigit()


def _is_owner(name: Name | None) -> bool:
    return name is not None and name.label == "PERSON"
