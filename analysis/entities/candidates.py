"""Candidates: where a sentence may name something, each with whether its capital only comes from the place."""

from __future__ import annotations

from analysis.entities import tables
from analysis.entities.evidence import FIRST_EVENT, FIRST_FAC, FIRST_LOC, is_coined
from analysis.entities.pieces import OPENERS, compound, heads, is_title, split
from analysis.entities.records import Found, Knowledge
from analysis.entities.runs import NUMBERED, PREFIXES, SMALL, find_runs, is_capital, is_number
from analysis.entities.surroundings import MAKERS
from analysis.text.document import Tokens

# Behind these a capital says as little as at the start of a sentence.
OPENING = frozenset(
    (
        "“",
        '"',
        "‘",
        "'",
        ":",
        ";",
        "•",
        "``",
        "?",
        "!",
        ".",
        "(",
        "[",
        "]",
        "–",
        "—",
        "-",
        "--",
        "*",
        "…",
        "...",
        "·",
        "|",
        "/",
        ">",
        "→",
        "#",
    )
)

# What a news service puts before a headline: EXCLUSIVE-Carmaker Torva in talks.
LABELS = frozenset(
    """exclusive update breaking analysis focus insight explainer factbox corrected refile
timeline""".split()
)
FIRM = ("ORG", "NAME.ORG.CONTEXT")
BEHIND_HYPHEN = frozenset("based born led run made wide style owned like bound held era built only".split())
# Plain words that begin a name: Lake Torvane, Cyclone Torva, Fort Torvane.
FIRST = FIRST_LOC | FIRST_EVENT | FIRST_FAC | frozenset(("air",))
NO_PLAIN_WORD = (FIRST_LOC | FIRST_EVENT | frozenset(("fort",))) - frozenset(("operation", "storm", "tropical"))


def opening_word(tokens: Tokens, first: int) -> int:
    """The first word of a sentence, behind opening marks."""
    k, words = first, tokens.words
    while not words[k][0].isalnum() and k < len(words) - 1:
        k += 1
    return k


def behind_opening(tokens: Tokens, k: int) -> bool:
    before = tokens.words[k - 1]
    if before in ('"', "'", "''"):
        return bool(tokens.quoted[k])  # else the mark closes: “...," Major said
    return before in OPENING


def candidates(tokens: Tokens, first: int, last: int, caps: list[int], knowledge: Knowledge) -> list[Found]:
    out = []
    opening = opening_word(tokens, first)
    for run in find_runs(tokens, first, last, caps):
        opens = run.first == opening or behind_opening(tokens, run.first)
        run_first = _strip_opening(tokens, run, knowledge) if opens else run.first
        if run_first >= run.last:
            continue
        unstripped = run.first  # behind "The", a capital says something again
        if run_first != run.first:
            run = run._replace(first=run_first)
        for piece in split(run, tokens, opens and run.first == unstripped):
            a, b = piece.first, piece.last
            while (
                b > a
                and not tokens.words[b - 1][0].isalnum()
                and tokens.words[b - 1] not in (".",)
                and not any(end == b and known.words[-1] == "'s" for _, end, known in run.atoms)
            ):
                b -= 1  # but Moody's, a known name, keeps its end
            if b > a:
                out += _found(tokens, a, b, piece.hint, opens and a == unstripped, (first, last))
    return out


def _found(tokens: Tokens, a: int, b: int, hint, opens: bool, sentence: tuple[int, int]) -> list[Found]:
    """The candidate, without the plain part of a compound: Paris-based, and US-China as two."""
    start, end = tokens.starts[a], tokens.ends[b - 1]
    words = tuple(tokens.words[a:b])
    tail = ""
    prefix, _, named = words[0].partition("-") if "-" in words[0] else ("", "", "")
    if named and prefix in PREFIXES:  # anti-Torvane: Torvane
        return [Found(a, b, (named,), hint, False, sentence, end - len(named), end, prefix)]
    if named and prefix.isupper() and prefix.lower() in LABELS:  # EXCLUSIVE-Carmaker Torva
        if len(words) > 1 and (named.lower() in tables.common() or named.lower() in MAKERS):
            return _found(tokens, a + 1, b, hint or (FIRM if named.lower() in MAKERS else None), False, sentence)
        words, start = (named, *words[1:]), tokens.ends[a] - len(named)
    if opens and not hint and len(words) > 1 and words[0].lower() in MAKERS and words[1].lower() not in heads():
        return _found(tokens, a + 1, b, FIRM, False, sentence)  # Carmaker Torva said
    if words[0] == "The" and len(words) > 1 and hint and hint[0] == "ORG":
        a, words, start = a + 1, words[1:], tokens.starts[a + 1]  # The Guardian, without its article
    if "-" in words[-1][1:] and not (len(words) > 1 and _is_given(*words[-2:])):
        left, right = compound(words[-1])
        if right and not left:
            return [Found(a, b, (right,), hint, False, sentence, end - len(right), end)] if b - a == 1 else []
        if right and b - a == 1:
            return [
                Found(a, b, (left,), hint, opens, sentence, start, start + len(left)),
                Found(a, b, (right,), hint, False, sentence, end - len(right), end),
            ]
        if left and left != words[-1]:
            tail = words[-1].rpartition("-")[2]
            words, end = (*words[:-1], left), tokens.starts[b - 1] + len(left)
        elif not left:  # T-shirts
            words, b = words[:-1], b - 1
            end = tokens.ends[b - 1] if words else start
    return [Found(a, b, words, hint, opens, sentence, start, end, tail)] if words else []


def _is_given(family: str, given: str) -> bool:
    """A given name of two syllables behind the family's: Lee Jae-dong, Chen Su-fen."""
    left, _, right = given.partition("-")
    return (
        family in tables.surnames()
        and len(left) < 6
        and len(right) < 6
        and right.isalpha()
        and right.islower()
        and right not in BEHIND_HYPHEN
        and left not in tables.known()[0]
        and left.lower() not in tables.common()
    )


def _is_trade(word: str, low: str) -> bool:
    """Does the word look like one for a trade, and like no name: Hydrologist Ann Reed?"""
    return (
        low.endswith(("ist", "teacher", "worker", "man", "woman", "grapher", "ologer"))
        and len(low) > 6
        and word not in tables.given_names()
        and word not in tables.surnames()
        and word not in tables.known()[0]
    )


def _is_age(word: str) -> bool:
    return word.isdigit() and len(word) == 2


def _may_name(low: str) -> bool:
    """May a plain word begin the name of a firm at the start of a sentence? Not an adverb, a verb, an office."""
    return (
        low not in OPENERS
        and low not in SMALL
        and not low.endswith(("ly", "ing", "ed"))
        and low not in tables.words("NAME.PERSON.ROLE")
        and not is_title(low)
    )


def _strip_opening(tokens: Tokens, run, knowledge: Knowledge) -> int:
    """Where a run that opens a sentence begins, without a word that has its capital only from the place."""
    k = run.first
    word, low = tokens.words[k], tokens.lowers[k]
    if any(a == k for a, _, _ in run.atoms):
        return k
    if low not in tables.common():
        return k + 1 if run.last - k > 2 and _is_trade(word, low) and tokens.words[k + 1] in tables.given_names() else k
    if run.last - k == 1:
        return k
    if knowledge.inside[word] and not knowledge.small(low):
        return k
    if word in tables.given_names() or word in tables.known()[0]:
        return k
    nxt = tokens.words[k + 1]
    if (
        run.last - k == 2
        and run.last + 1 < len(tokens)
        and tokens.words[run.last] == ","
        and tokens.lowers[k + 1] not in tables.common()
        and _is_age(tokens.words[run.last + 1])
    ):
        return k  # Ivy Torvane, 74
    if (word, nxt) in knowledge.pairs or (is_coined(nxt) and _may_name(low)):
        return k  # the text has it whole elsewhere; Spirit AeroSystems
    if (low in FIRST and (low in NO_PLAIN_WORD or tokens.lowers[k + 1] not in tables.common())) or (
        low in NUMBERED and is_number(nxt)
    ):
        return k
    kinds = heads()
    if (
        tokens.lowers[run.last - 1] in kinds
        and not low.endswith(("ing", "ly", "ed"))
        and not (low.endswith("s") and not low.endswith("ss"))
    ):
        return k
    if nxt in ("of", "for", "on", "&") and low in kinds:
        return k
    if low in tables.words("NAME.PERSON.TITLE") or low in tables.words("NAME.PERSON.PARTICLE"):
        return k
    if (
        tokens.lowers[k + 1] in tables.common()
        and nxt[0].isupper()
        and nxt[1:].islower()
        and _may_name(low)
        and run.last < len(tokens)
        and tokens.words[run.last].islower()
        and not (tokens.lowers[k + 1] in kinds and tokens.lowers[k + 2] in ("of", "for", "on"))
        and nxt not in tables.known()[0]
        and nxt not in tables.given_names()
        and nxt not in tables.surnames()
        and not is_title(tokens.lowers[k + 1])
        and knowledge.small(tokens.lowers[k + 1]) == 0
    ):
        return k  # Frontier Structures: two plain words, both with capitals
    return k + 1 if is_capital(nxt) else k + 2
