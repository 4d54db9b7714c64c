"""Is a candidate a name, or a plain word with a capital?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from analysis.entities import tables
from analysis.entities.evidence import NOT_BODIES
from analysis.entities.pieces import NOT_TITLES, heads
from analysis.entities.records import Found, Knowledge
from analysis.entities.runs import NEVER
from analysis.entities.surroundings import FUNCTION
from analysis.text.datelines import dateline_end
from analysis.text.document import Tokens

NOT_NAMES = frozenset(
    """god internet web earth mr sir madam state government bill act party company king queen
church bible chapter figure table section part appendix note notes article page photo video image images source
credit caption read subscribe newsletter advertisement editor's""".split()
)
# Bodies that some texts name by the plain word: the Government, the House.
BODIES = frozenset("government house court party army navy convention assembly council ministry".split())
BEFORE_CITED = frozenset("( ; , & and see".split())
IN_CITED = frozenset(", & and et al al. . e.g. see cf.".split())
NOT_AUTHORS = frozenset(
    """may march spring summer autumn fall winter photo image source figure table chapter volume
released published founded""".split()
)
COMPASS = frozenset("north south east northeast northwest southeast southwest".split())
# Letters behind a name that the tokens split: Ph. D.
DEGREES = frozenset(
    tuple(pair.split("+"))
    for pair in """Ph.+D M.+Sc B.+Sc M.+D B.+A M.+A J.+D LL.+B LL.+M D.+Phil
M.+Phil M.+Ed B.+Ed""".split()
)
# What a command is followed by, and the subject of a sentence hardly ever.
AFTER_COMMANDS = frozenset("the a an it them this these those that your my each all".split())
# Endings of plain English words, which names hardly have.
DERIVED = (
    "ly",
    "ness",
    "ment",
    "ments",
    "tion",
    "tions",
    "sion",
    "ity",
    "ism",
    "isms",
    "ology",
    "phobia",
    "able",
    "ible",
    "ful",
    "less",
    "ously",
    "ingly",
)


def keep_names(found: Sequence[Found], tokens: Tokens, knowledge: Knowledge) -> list[Found]:
    """The candidates that are names."""
    tails, people = _tails(found, tokens), _people(found, tokens)
    for f in found:
        if len(f.words) == 1 and is_cited(tokens, f):
            f.hint = ("PERSON", "NAME.PERSON.CITED")
    spelt = _spelt_out(found, tokens) | _counted(found, tokens)
    return [
        f
        for f in found
        if f.words[0] not in spelt
        and (_is_name(f, tokens, knowledge) or _is_short_form(f, tails) or _is_person(f, people, tokens, knowledge))
    ]


def is_cited(tokens: Tokens, found: Found) -> bool:
    """Is the word the author of a work that is cited with its year: (Reed & Vint, 2011; Laws, 2016)?"""
    words, word = tokens.words, found.words[0]
    before = words[found.first - 1]
    pair = before == "&" or words[found.last : found.last + 1] == ["&"]
    if not pair and before not in BEFORE_CITED:
        return False
    if not word.isalpha() or word.isupper() or word in tables.known()[0] or word.lower() in NOT_AUTHORS:
        return False
    k = found.last
    while k < len(words) and k - found.last < 14 and (words[k] in IN_CITED or words[k][0].isupper()):
        k += 1
    year = words[k].rstrip("abc") if k < len(words) and (k > found.last or pair) else ""
    if len(year) != 4 or not year.isdigit() or year[:2] not in ("18", "19", "20"):
        return False
    k = found.first - 1
    while (
        k > 0
        and found.first - k < 14
        and words[k] not in ("(", ";")
        and (words[k] in IN_CITED or words[k][0].isupper())
    ):
        k -= 1
    return pair or words[k] in ("(", ";")


def _spelt_out(found: Sequence[Found], tokens: Tokens) -> set[str]:
    """Short forms that the text spells out in small letters, so no names: ground reaction force (GRF)."""
    out: set[str] = set()
    words = tokens.words
    for f in found:
        short = f.words[0]
        if len(f.words) > 1 or not short.isupper() or len(short) < 2 or short in tables.known()[0]:
            continue
        letters = short.lower()
        if f.first > len(letters) and words[f.first - 1] in ("(", "["):
            if _initials(words[max(0, f.first - 1 - len(letters)) : f.first - 1]).endswith(letters):
                out |= {short, short + "s"}
        elif words[f.last : f.last + 1] in (["("], ["["]) and _initials(
            words[f.last + 1 : f.last + 1 + len(letters)]
        ).startswith(letters):
            out |= {short, short + "s"}
    return out


def _counted(found: Sequence[Found], tokens: Tokens) -> set[str]:
    """Short forms that are counted like things: an FDI of, two CFLs. What is one of many is no name."""
    out: set[str] = set()
    for f in found:
        word = f.words[0]
        if len(f.words) > 1 or f.first == f.sentence[0]:
            continue
        if word[-1] == "s" and len(word) > 3 and word[:-1].isupper():
            out |= {word[:-1], word}
        elif word.isupper() and tokens.lowers[f.first - 1] in ("a", "an"):
            after = tokens.words[f.last] if f.last < f.sentence[1] else "."
            if after in FUNCTION or (not after[0].isalpha() and after not in ("-", "(", "’s", "'s", "&")):
                out.add(word)
    known = tables.known()[0]
    return {word for word in out if word not in known}


def _initials(words: Sequence[str]) -> str:
    """First letters, of the parts of words with a hyphen too; a word with a capital gives none that fits."""
    return "".join(part[0] if w.islower() else "/" for w in words for part in w.split("-") if part)


def _is_name(found: Found, tokens: Tokens, knowledge: Knowledge) -> bool:
    """Is the candidate a name at all, or a plain word with a capital?"""
    if found.hint:
        return len(found.words) > 1 or tokens.lowers[found.first] not in NEVER
    rank = tables.common()
    if len(found.words) > 1:
        return found.words not in DEGREES and not _is_shouted(found.words, rank)
    word = found.words[0]
    low = word.lower()
    if word.isupper() and _is_dateline(tokens, found):
        return True
    if tokens.lowers[found.last : found.last + 1] == ["'s"] and tokens.words[found.last + 1 : found.last + 2] in (
        ["disease"],
        ["syndrome"],
    ):
        return False
    if (
        low in tables.words("NAME.ORG.FORM")
        or (word.endswith("s") and word[:-1].isupper() and len(word) > 2 and word not in tables.known()[0])
        or (word not in tables.known()[0] and _is_derived(word, low, rank, opens=found.opens))
    ):
        return False
    if word.isupper() and found.first and tokens.words[found.first - 1][0].isdigit():
        return False  # 250 MXN
    if (
        word.isupper()
        and low in rank
        and word not in tables.known()[0]
        and tokens.words[found.first - 1] != "("
        and (rank[low] < 1000 or _is_shouting(tokens, found, rank))
    ):
        return False
    if _is_road(word):
        return tokens.lowers[found.first - 1] == "the" or word[1] == "-"
    if (
        low in NEVER
        or len(word) < 2
        or word in NOT_BODIES
        or (word.upper() == word and not word.isalpha() and len(word) < 3)
    ):
        return False
    known = word in tables.known()[0]
    if low in COMPASS and known:
        return not found.opens and tokens.lowers[found.first - 1] == "the"  # the North, not North of it
    if low in BODIES and not found.opens:
        return tokens.lowers[found.first - 1] == "the" and not knowledge.small(low)
    if found.opens and low in rank and not word.isupper():
        if word in tables.given_names() and (rank[low] > 4000 or knowledge.inside[word]):
            return True
        if known and (rank[low] > 5000 or (not knowledge.small(low) and _sure(word, low))):
            return True
        return knowledge.inside[word] > 0 and not knowledge.small(low) and _plain(word, low, known, rank)
    if low in rank and not word.isupper():
        return _plain(word, low, known, rank) and knowledge.small(low) < 2 + knowledge.inside[word]
    return known or not found.opens or not _is_strange(found, low, tokens, knowledge)


def _is_strange(found: Found, low: str, tokens: Tokens, knowledge: Knowledge) -> bool:
    """A word that no list has, with its capital only from the place: it stands in small letters elsewhere, it commands
    (Puree the tomatoes), or it is a cry (Owww!)."""
    word = found.words[0]
    if knowledge.inside[word] or word in tables.given_names() or word in tables.surnames():
        return False
    after = tokens.lowers[found.last] if found.last < found.sentence[1] else ""
    cry = after == "!" and found.first <= found.sentence[0] + 1
    drawn = any(a == b == c for a, b, c in zip(low, low[1:], low[2:], strict=False))
    return bool(knowledge.small(low)) or after in AFTER_COMMANDS or cry or drawn


def _is_road(word: str) -> bool:
    """A road by its number: the M25, I-95."""
    return word[0] in "AMI" and word.lstrip("AMI-").isdigit() and word[1:2] in "-123456789" and len(word) < 6


def _is_shouted(words: tuple[str, ...], rank) -> bool:
    """Plain words in capitals only: DO NOT ENTER."""
    return (
        all(w.isupper() and w.lower() in rank for w in words)
        and words[-1].lower() not in heads()
        and not any(w.capitalize() in tables.given_names() or w in tables.known()[0] for w in words)
    )


def _is_shouting(tokens: Tokens, found: Found, rank) -> bool:
    """Does a plain word in capitals stand beside another: A SMALL LAMP?"""
    first, last = found.sentence
    return any(
        first <= k < last
        and tokens.words[k].isupper()
        and len(tokens.words[k]) > 1
        and tokens.lowers[k] in rank
        and tokens.words[k] not in tables.known()[0]
        for k in (found.first - 1, found.last)
    )


def _is_dateline(tokens: Tokens, found: Found) -> bool:
    """Is the word the place of a dateline: PARIS — The council met?"""
    first, last = found.sentence
    return found.first == first and dateline_end(tokens.words, first, last) > found.last


def _is_derived(word: str, low: str, rank, *, opens: bool) -> bool:
    """A plain word that the list lacks: made of plain words (Sub-Inspector), or at the start of a sentence with the
    ending of one (Swarming, Openness)."""
    if word in tables.given_names() or word in tables.surnames():
        return False
    if "-" in low:
        left, _, right = word.rpartition("-")
        if len(left) > 3 and right in tables.given_names():
            return False  # Saint-Jean
        return all(part in rank or len(part) < 3 for part in low.split("-"))
    if not opens or low in rank:
        return False
    if (
        low.endswith(DERIVED)
        or low.removesuffix("s") in tables.words("NAME.PERSON.ROLE")
        or low.removesuffix("s") in tables.words("NAME.PERSON.TITLE")
    ):
        return True
    stem = low.removesuffix("s").removesuffix("er").removesuffix("ing").removesuffix("ed")
    return len(stem) > 2 and stem != low and any(s in rank for s in (stem, stem + "e", stem[:-1]))


def _sure(word: str, low: str) -> bool:
    """A known name that a capital makes sure of even at the start of a sentence: French, Turkey, Democrats."""
    label, rule_id = tables.known()[0][word]
    return (
        rule_id in ("NAME.NORP.NATION", "NAME.NORP.DEMONYM")
        or (label == "NORP" and low.endswith("s"))
        or (label == "GPE" and word in tables.country_of_code().values())
    )


def _tails(found: list[Found], tokens: Tokens) -> dict[str, dict[str, int]]:
    """Last words of bodies named in full (and where first): the Belvane Institute, the Boston Larks."""
    tails: dict[str, dict[str, int]] = defaultdict(dict)
    single = tables.known()[0]
    for f in found:
        if len(f.words) > 1 and f.words[0] in tables.given_names() and tokens.lowers[f.last - 1] in NOT_TITLES:
            tails[f.words[-1]].setdefault(" ".join(f.words), f.first)  # John Major; Major
        if len(f.words) > 1 and not f.hint:
            body = heads().get(tokens.lowers[f.last - 1], ("",))[0] in ("ORG", "FAC")
            if (body and "of" not in f.words) or (not body and single.get(f.words[0], ("",))[0] == "GPE"):
                tails[f.words[-1]].setdefault(" ".join(f.words), f.first)
    return tails


def _is_short_form(found: Found, tails: dict[str, dict[str, int]]) -> bool:
    """Is this the main word of one body that the text has named in full before: the Institute, the Larks?"""
    if len(found.words) > 1 or found.opens or found.words[0] not in tails:
        return False
    full = tails[found.words[0]]
    return len(full) == 1 and min(full.values()) < found.first


def _people(found: Sequence[Found], tokens: Tokens) -> dict[str, int]:
    """Plain words that are the last name of somebody named in full or with a title, and where first: Ann Hammer."""
    out: dict[str, int] = {}
    rank = tables.common()
    for f in found:
        if len(f.words) == 1 and not f.hint:
            continue
        last = f.words[-1]
        low = last.lower()
        if low not in rank or not last.isalpha() or last.isupper():
            continue
        titled = bool(f.hint) and f.hint[1] == "NAME.PERSON.TITLE"
        if titled or (
            1 < len(f.words) < 4
            and f.words[0] in tables.given_names()
            and (last in tables.surnames() or low not in heads())
            and not any(w.lower() in rank and w not in tables.given_names() for w in f.words[:-1])
        ):
            out.setdefault(last, f.first)
    return out


def _is_person(found: Found, people: dict[str, int], tokens: Tokens, knowledge: Knowledge) -> bool:
    """Is this plain word, with a capital, the last name of somebody named before? At the start of a sentence, only
    where the text never writes it small, or where it speaks."""
    word = found.words[0]
    if len(found.words) > 1 or people.get(word, found.first) >= found.first:
        return False
    after = tokens.lowers[found.last] if found.last < found.sentence[1] else ""
    if after in tables.words("NAME.PERSON.SPEECH"):
        return True
    return not knowledge.small(word.lower()) or not found.opens


def _plain(word: str, low: str, known: bool, rank) -> bool:
    """May this common word, with a capital inside a sentence, be a name?"""
    if known:
        return True
    if (
        low in heads()
        or low in NOT_NAMES
        or low in tables.words("NAME.PERSON.ROLE")
        or low in tables.words("NAME.PERSON.TITLE")
    ):
        return False
    if word in tables.given_names() or word in tables.surnames():
        return True
    return rank[low] > 12000
