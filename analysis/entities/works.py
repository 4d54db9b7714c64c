"""Titles of works: short quotations in which every word that matters has a capital, and titles with their year."""

from __future__ import annotations

from bisect import bisect_right

from analysis.entities.records import Name
from analysis.text.document import Document, Tokens

SMALL = frozenset("a an the and or but of in on at for to by from with over under into as is vs v de la".split())
WORK_NOUNS = frozenset(
    """film films movie movies novel novels novella album albums song songs book books
series play plays musical opera documentary documentaries painting sitcom drama dramas comedy comedies thriller
thrillers western feature features titled entitled story stories poem poems""".split()
)

# The words for a work, and those who make it, behind which a title stands: the author of The Return.
CALLED = WORK_NOUNS - {"play", "plays", "western", "feature", "features", "story", "stories"} | frozenset(
    """memoir memoirs autobiography symphony ballet bestseller sequel prequel remake adaptation podcast
    anthology""".split()
)
READ = frozenset(
    """called read reads reading reread borrowed wrote directed staged seen saw
watched watching""".split()
)
MAKERS = frozenset("author writer creator star".split())
DETERMINERS = frozenset("the a an this that no every each some any".split())
TIES = frozenset("of the a an and".split())


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
    whole = [
        n
        for n in out
        if not (
            (m := inside.get(n.first))
            and (m.first, m.last) == (n.first, n.last)
            and m.label in ("PERSON", "GPE", "NORP", "EVENT")
        )
    ]
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


# ---------------------------------------------------------------- titles behind the word for what they are


def works_called(tokens: Tokens, sentences: list[tuple[int, int]], names: list[Name]) -> list[Name]:
    """Titles that begin with an article, with a capital inside a sentence: her novel The Return of the Tide, A Single
    Man. "The" stands before other names too, so there a word for a work must stand before it.

    `sentences` are the first and last tokens of the sentences of running text, in order.
    """
    words, lowers = tokens.words, tokens.lowers
    firsts = [first for first, _ in sentences]
    known = {n.first: n for n in names if n.label == "ORG" and n.rule_id != "NAME.ORG.UNKNOWN"}
    out = []
    for article in ("The", "A", "An"):
        for k in _places(tokens, article):
            at = bisect_right(firsts, k) - 1
            if at < 0 or not firsts[at] < k < sentences[at][1] - 1:
                continue
            before = lowers[k - 1]
            if (
                not (before == "," or words[k - 1].islower())
                or before in DETERMINERS
                or not (words[k + 1][0].isupper() and words[k + 1].isalpha())
                or k + 1 in known
                or k in known
            ):
                continue
            cue = (
                before in READ
                or any(lowers[i] in CALLED for i in range(max(firsts[at], k - 2), k))
                or (before == "of" and lowers[k - 2] in MAKERS)
            )
            last = _title_end(tokens, k, sentences[at][1])
            if last - k > 1 and (cue or (article != "The" and _is_cased(words, k + 1, last))):
                out.append(Name(k, last, tokens.starts[k], tokens.ends[last - 1], "WORK_OF_ART", "NAME.WORK.CALLED"))
    if not out:
        return names
    covered = {k for n in out for k in range(n.first, n.last)}
    return sorted([n for n in names if n.first not in covered and n.last - 1 not in covered] + out)


def _is_cased(words: list[str], first: int, last: int) -> bool:
    """Are all the words written as in a title, and none in capitals only (A LEVEL, A Single Man)?"""
    return last - first > 1 and not any(w.isupper() for w in words[first:last])


def _title_end(tokens: Tokens, first: int, end: int) -> int:
    """Behind the last word of the title that begins at `first`: words with capitals, small words between them."""
    words, lowers = tokens.words, tokens.lowers
    last = k = first + 1
    while k < min(end, first + 12):
        if words[k][0].isupper():
            last = k + 1
        elif lowers[k] not in ("'s", "’s") and not (
            lowers[k] in TIES and k + 1 < end and (words[k + 1][0].isupper() or words[k + 1] in ("the", "a", "an"))
        ):
            break
        k += 1
    return last


# ---------------------------------------------------------------- titles with their year


def works_with_year(tokens: Tokens, names: list[Name]) -> list[Name]:
    """Titles that a year in brackets follows: the film Lanterns over the Harbour (1958), The Return (1960)."""
    words = tokens.words
    starts = [
        k for k in _places(tokens, "(") if 1 < k < len(words) - 2 and _is_year(words[k + 1]) and words[k + 2] == ")"
    ]
    if not starts:
        return names
    ends = {n.last: n for n in names}
    out, last_work = [], -1
    for bracket in starts:
        first = _title_before(tokens, bracket, ends)
        if first is None:
            continue
        listed = (
            last_work >= 0
            and first - last_work < 4
            and all(words[k] in (",", "and", "or", "&") for k in range(last_work, first))
        )
        if listed or any(tokens.lowers[k] in WORK_NOUNS for k in range(max(0, first - 3), first)):
            out.append(
                Name(first, bracket, tokens.starts[first], tokens.ends[bracket - 1], "WORK_OF_ART", "NAME.WORK.YEAR")
            )
            last_work = bracket + 3
    covered = {k for n in out for k in range(n.first, n.last)}
    return sorted([n for n in names if n.first not in covered and n.last - 1 not in covered] + out)


def _places(tokens: Tokens, word: str) -> list[int]:
    """Where the word stands, written so."""
    return [k for k in tokens.index.get(word.lower(), ()) if tokens.words[k] == word]


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("18", "19", "20")


def _title_before(tokens: Tokens, bracket: int, ends: dict[int, Name]) -> int | None:
    """Where the title begins that ends before the bracket: at the last word that is no part of one, or behind a name
    that a small word ties to it (Ann Reed in The Return)."""
    words, lowers = tokens.words, tokens.lowers
    first, k = None, bracket - 1
    while k >= 0 and bracket - k < 12:
        if words[k][0].isupper() and lowers[k] not in WORK_NOUNS:
            named = ends.get(k + 1)
            if (
                named
                and named.label in ("PERSON", "GPE", "LOC")
                and words[k + 1].islower()
                and words[k + 1] not in ("of", "the", "and")
            ):
                break  # Ann Reed in
            first = k
        elif not (words[k] in SMALL or words[k] in ("'s", "’s", ":", "&", "!") or words[k].isdigit()) or (
            words[k] in ("'s", "’s") and k in ends and ends[k].label == "PERSON"
        ):
            break
        k -= 1
    return first if first is None or words[bracket - 1][0].isalnum() else None
