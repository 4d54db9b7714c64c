"""Candidates: where a sentence may name something, and whether the capital may only be due to the place."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.entities import tables
from analysis.entities.records import Found, Hint, Knowledge
from analysis.entities.spans import NUMBERED, Run, find_runs, is_capital, is_number
from analysis.entities.splitting import compound, heads, is_family_first, is_title, split
from analysis.entities.tables import LISTS
from analysis.entities.word_evidence import is_coined
from analysis.text.document import Tokens

_A_FIRM: Hint = ("ORG", "NAME.ORG.CONTEXT")
_TRADES = tuple(LISTS["trade_ending"])
# Plain words that begin a name: Lake Torvane, Cyclone Torva, Fort Torvane.
_FIRST = LISTS["land_first"] | LISTS["event_first"] | LISTS["building_first"] | LISTS["tells_villages_apart"] | {"air"}
_FIRST_ALWAYS = (LISTS["land_first"] | LISTS["event_first"] | frozenset(("fort",))) - frozenset(
    ("operation", "storm", "tropical")
)


def opening_word(tokens: Tokens, first: int) -> int:
    """The first word of a sentence, after opening marks."""
    k, words = first, tokens.words
    while not words[k][0].isalnum() and k < len(words) - 1:
        k += 1
    return k


def behind_opening(tokens: Tokens, k: int) -> bool:
    """Is there a mark before k after which a capital says as little as at the start of a sentence?"""
    before = tokens.words[k - 1]
    if before in ('"', "'", "''"):
        return bool(tokens.quoted[k])  # else the mark closes: “...," Major said
    return before in LISTS["opening_mark"]


def candidates(tokens: Tokens, first: int, last: int, capitals: Sequence[int], knowledge: Knowledge) -> list[Found]:
    """The candidates in the tokens first to last of one sentence, in order."""
    out: list[Found] = []
    opening = opening_word(tokens, first)
    for run in find_runs(tokens, first, last, capitals):
        opens = run.first == opening or behind_opening(tokens, run.first)
        start = _name_start(tokens, run, knowledge) if opens else run.first
        if start >= run.last:
            continue
        opens = opens and start == run.first  # after "The", a capital says something again
        if start != run.first:
            run = run._replace(first=start)
        for piece in split(run, tokens, opens):
            end = piece.last
            if not tokens.words[end - 1][0].isalnum():
                end = _without_marks(tokens, run, piece.first, end)
            if end > piece.first:
                out += _found(tokens, piece.first, end, piece.hint, opens and piece.first == start, (first, last))
    return out


def _without_marks(tokens: Tokens, run: Run, first: int, last: int) -> int:
    """The end of a candidate without marks after it; but Moody's, a known name, keeps its end."""
    while last > first and not tokens.words[last - 1][0].isalnum() and tokens.words[last - 1] != ".":
        if any(end == last and known.words[-1] == "'s" for _, end, known in run.atoms):
            break
        last -= 1
    return last


# ---------------------------------------------------------------- words with a hyphen


def _found(tokens: Tokens, a: int, b: int, hint: Hint | None, opens: bool, sentence: tuple[int, int]) -> list[Found]:
    """The candidate in tokens a to b, without the plain part of a compound: Paris-based, and US-China as two."""
    words = tuple(tokens.words[a:b])
    start, end = tokens.starts[a], tokens.ends[b - 1]
    prefix, _, named = words[0].partition("-")
    maker = _hint_of_maker(words) if opens and not hint else None
    if maker:
        return _found(tokens, a + 1, b, maker, False, sentence)
    if named and not prefix.isupper() and prefix.lower() in LISTS["prefix"]:  # anti-Torvane: Torvane
        if named.lower() in LISTS["plain_behind_prefix"]:
            return []
        return [Found(a, b, (named,), hint, False, sentence, end - len(named), end, prefix)]
    if named and prefix.isupper() and prefix.lower() in LISTS["headline_label"]:  # EXCLUSIVE-Carmaker Torva
        words, start = (named, *words[1:]), tokens.ends[a] - len(named)
        if len(words) > 1 and (named.lower() in tables.common() or named.lower() in LISTS["maker"]):
            return _found(tokens, a + 1, b, hint or _hint_of_maker(words), False, sentence)
    return _split_compound(tokens, _without_article(tokens, Found(a, b, words, hint, opens, sentence, start, end)))


def _without_article(tokens: Tokens, found: Found) -> Found:
    """The Guardian, a body, without its article."""
    if found.words[0] == "The" and len(found.words) > 1 and found.hint and found.hint[0] == "ORG":
        found.first, found.words, found.start = found.first + 1, found.words[1:], tokens.starts[found.first + 1]
    return found


def _hint_of_maker(words: Sequence[str]) -> Hint | None:
    """Carmaker Torva: a firm, by the word before its name for what it makes."""
    if len(words) == 1 or words[0].lower() not in LISTS["maker"] or words[1] in tables.given_names():
        return None
    return None if words[1].lower() in heads() else _A_FIRM


def _split_compound(tokens: Tokens, whole: Found) -> list[Found]:
    """The names in a candidate whose last word has a hyphen."""
    a, b, words, hint, sentence = whole.first, whole.last, whole.words, whole.hint, whole.sentence
    if "-" not in words[-1][1:] or (len(words) > 1 and _is_given(words[-2], words[-1])):
        return [whole]
    left, right = compound(words[-1])
    last = Found(a, b, (right,), hint, False, sentence, whole.end - len(right), whole.end)
    if right and not left:
        return [last] if b - a == 1 else []
    if right and b - a == 1:
        end = whole.start + len(left)
        return [Found(a, b, (left,), hint, whole.opens, sentence, whole.start, end), last]
    if left == words[-1]:
        return [whole]
    if left:  # Torvane-based
        whole.words, whole.end = (*words[:-1], left), tokens.starts[b - 1] + len(left)
        whole.tail = words[-1].rpartition("-")[2]
        return [whole]
    if len(words) == 1:
        return []  # T-shirts
    whole.words, whole.last, whole.end = words[:-1], b - 1, tokens.ends[b - 2]
    return [whole]


def _is_given(family: str, given: str) -> bool:
    """A given name of two syllables after the family name: Lee Jae-dong, Chen Su-fen."""
    left, _, right = given.partition("-")
    short = len(left) < 6 and len(right) < 6 and right.isalpha() and right.islower()
    if not short or right in LISTS["compound_end"] or left in tables.known()[0]:
        return False
    return family.lower() in LISTS["family_first"] or (
        family in tables.surnames() and left.lower() not in tables.common()
    )


# ---------------------------------------------------------------- runs that open a sentence


def _name_start(tokens: Tokens, run: Run, knowledge: Knowledge) -> int:
    """Where a run that opens a sentence begins, without a word that has its capital only from the place."""
    k = run.first
    word, low = tokens.words[k], tokens.lowers[k]
    if any(a == k for a, _, _ in run.atoms):
        return k
    if low not in tables.common():
        return k + (_is_trade_of(tokens, run) or _is_deed(word, run))
    if run.last - k == 1 or _is_known_by_text(tokens, run, knowledge):
        return k
    if word in tables.given_names() or word in tables.known()[0] or _begins_name(tokens, run):
        return k
    if _is_coined_in_two(tokens, run, knowledge):
        return k
    return k + 1 if is_capital(tokens.words[k + 1]) else k + 2


def _is_trade_of(tokens: Tokens, run: Run) -> bool:
    """Hydrologist Ann Reed."""
    k = run.first
    return (
        run.last - k > 2
        and _is_trade(tokens.words[k], tokens.lowers[k])
        and tokens.words[k + 1] in tables.given_names()
    )


def _is_deed(word: str, run: Run) -> bool:
    """Proroguing Parliament, Well-known US banks."""
    if run.last - run.first == 1 or _is_listed(word):
        return False
    plain = "-" in word and all(part in tables.common() for part in word.lower().split("-"))
    return plain or (word.endswith("ing") and len(word) > 6)


def _is_known_by_text(tokens: Tokens, run: Run, knowledge: Knowledge) -> bool:
    """Does the text show elsewhere, or an age after it, that the first word belongs to the name: Ivy Torvane, 74?"""
    k = run.first
    word, follow = tokens.words[k], tokens.words[k + 1]
    if (word, follow) in knowledge.pairs or (knowledge.inside[word] and not knowledge.small(tokens.lowers[k])):
        return True
    return (
        run.last - k == 2
        and run.last + 1 < len(tokens)
        and tokens.words[run.last] == ","
        and tokens.lowers[k + 1] not in tables.common()
        and _is_age(tokens.words[run.last + 1])
    )


def _begins_name(tokens: Tokens, run: Run) -> bool:
    """Is the plain word that opens the run a word that names begin with: Lake Torvane, Article 5, Bank of Torva?"""
    k = run.first
    low, follow = tokens.lowers[k], tokens.words[k + 1]
    if low in _FIRST_ALWAYS or (low in _FIRST and tokens.lowers[k + 1] not in tables.common()):
        return True
    if (low in NUMBERED and is_number(follow)) or (is_coined(follow) and _may_begin_firm(low)):
        return True  # Spirit AeroSystems
    if tokens.lowers[run.last - 1] in heads() and not _is_inflected(low):
        return True
    if follow == "&" or (follow in ("of", "for", "on") and low in heads()):
        return True  # Barker & Stone, Bank of Torva
    if tokens.lowers[k + 1] == "'s" and low in LISTS["owner_in_name"]:
        return run.last - k > 2  # Children's Hospital
    return _begins_person(low, tokens.words[k : run.last])


def _begins_person(low: str, words: Sequence[str]) -> bool:
    """Is the plain word a title, a particle, or a family's name before a given one: Park Jun-ho?"""
    titled = low in tables.words("NAME.PERSON.TITLE") or low in tables.words("NAME.PERSON.PARTICLE")
    return titled or is_family_first(words)


def _is_inflected(low: str) -> bool:
    """A plural, or a form of a verb, or an adverb, by its ending."""
    return low.endswith(("ing", "ly", "ed")) or (low.endswith("s") and not low.endswith("ss"))


def _is_coined_in_two(tokens: Tokens, run: Run, knowledge: Knowledge) -> bool:
    """Frontier Structures: two plain words, both with capitals, the second never written small."""
    k = run.first + 1
    word, low = tokens.words[k], tokens.lowers[k]
    return (
        low in tables.common()
        and word[0].isupper()
        and word[1:].islower()
        and _may_begin_firm(tokens.lowers[run.first])
        and run.last < len(tokens)
        and tokens.words[run.last].islower()
        and not (low in heads() and tokens.lowers[k + 1] in ("of", "for", "on"))
        and not _is_listed(word)
        and not is_title(low)
        and knowledge.small(low) == 0
    )


def _is_listed(word: str) -> bool:
    return word in tables.known()[0] or word in tables.given_names() or word in tables.surnames()


def _is_trade(word: str, low: str) -> bool:
    """Does the word look like one for a trade, and like no name: Hydrologist Ann Reed?"""
    return low.endswith(_TRADES) and len(low) > 6 and not _is_listed(word)


def _is_age(word: str) -> bool:
    return word.isdigit() and len(word) == 2


def _may_begin_firm(low: str) -> bool:
    """May a plain word begin the name of a firm at the start of a sentence? Not an adverb, a verb, an office."""
    return (
        low not in LISTS["sentence_opener"]
        and low not in LISTS["small_word"]
        and not low.endswith(("ly", "ing", "ed"))
        and low not in tables.words("NAME.PERSON.ROLE")
        and not is_title(low)
    )
