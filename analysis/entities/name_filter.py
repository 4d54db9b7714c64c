"""Is a candidate a name, or a plain word with a capital?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache

from analysis.entities import tables
from analysis.entities.records import Found, Knowledge
from analysis.entities.splitting import head_label, heads, is_family_first, is_title
from analysis.entities.tables import LISTS
from analysis.grammar import is_adjective, is_finite_verb, is_noun, is_personal, is_plain_word
from analysis.text.datelines import dateline_end
from analysis.text.document import Tokens

_STREETS = frozenset(word.capitalize() for word in LISTS["street"])
_THING_WORDS = frozenset(word for phrase in LISTS["named_thing"] for word in phrase.split())
_DEGREES = frozenset(tuple(pair.split()) for pair in LISTS["degree_in_two"])
_DERIVED = tuple(LISTS["derived_ending"])
_LATIN = tuple(LISTS["latin_ending"])
_PEOPLE = tuple(LISTS["people_ending"])
_RARE = 10**9  # the rank of a word that is not a common one


def keep_names(found: Sequence[Found], tokens: Tokens, knowledge: Knowledge) -> list[Found]:
    """The candidates that are names."""
    main_words, people = _main_words(found, tokens), _plain_surnames(found)
    for f in found:
        if len(f.words) == 1 and is_cited(tokens, f):
            f.hint = ("PERSON", "NAME.PERSON.CITED")
        elif f.words[0] in _STREETS and len(f.words) == 1:
            _take_in_number(f, tokens)
    short = _spelt_out(found, tokens) | _counted(found, tokens, knowledge)
    return [
        f
        for f in found
        if f.words[0] not in short
        and (
            _is_name(f, tokens, knowledge) or _is_short_form(f, main_words) or _is_person(f, people, tokens, knowledge)
        )
    ]


def _take_in_number(street: Found, tokens: Tokens) -> None:
    """17th Street, Southwest 117th Avenue: the number before the word, and the point of the compass before that."""
    words, first, least = tokens.words, street.first - 1, street.sentence[0]
    if first < least or words[first][-2:] not in ("st", "nd", "rd", "th") or not words[first][0].isdigit():
        return
    if first > least and (tokens.lowers[first - 1] in LISTS["compass"] or words[first - 1] in LISTS["compass_letters"]):
        first -= words[first - 1][0].isupper()
    street.words, street.first, street.start = tuple(words[first : street.last]), first, tokens.starts[first]
    street.hint = ("FAC", "NAME.FAC.HEAD")


# ---------------------------------------------------------------- citations


def is_cited(tokens: Tokens, found: Found) -> bool:
    """Is the word the author of a work that is cited with its year: (Reed & Vint, 2011; Laws, 2016)?"""
    words, word = tokens.words, found.words[0]
    before = words[found.first - 1]
    pair = before == "&" or words[found.last : found.last + 1] == ["&"]
    if not pair and before not in LISTS["before_cited"]:
        return False
    if not _may_be_author(word):
        return False
    end = found.last
    while end < len(words) and end - found.last < 14 and _is_cited_word(words[end]):
        end += 1
    dated = end < len(words) and (end > found.last or pair) and is_recent_year(words[end].rstrip("abc"))
    return dated and (pair or _opens_citation(words, found.first))


def _may_be_author(word: str) -> bool:
    if not word.isalpha() or word.isupper():
        return False
    return word not in tables.known()[0] and word.lower() not in LISTS["not_an_author"]


def _opens_citation(words: Sequence[str], first: int) -> bool:
    """Does a bracket or a semicolon open the citation that the author at `first` is in?"""
    k = first - 1
    while k > 0 and first - k < 14 and words[k] not in ("(", ";") and _is_cited_word(words[k]):
        k -= 1
    return words[k] in ("(", ";")


def _is_cited_word(word: str) -> bool:
    return word in LISTS["inside_citation"] or word[0].isupper()


def is_recent_year(word: str) -> bool:
    """A year that a work may be of: 1958, 2011."""
    return len(word) == 4 and word.isdigit() and word[:2] in ("18", "19", "20")


# ---------------------------------------------------------------- short forms that are not names


def _spelt_out(found: Sequence[Found], tokens: Tokens) -> set[str]:
    """Short forms that the text spells out in small letters, so no names: ground reaction force (GRF)."""
    out: set[str] = set()
    words, known = tokens.words, tables.known()[0]
    for f in found:
        short = f.words[0]
        if len(f.words) > 1 or short[1:].islower() or not _is_of_initials(short) or short in known:
            continue
        letters, n = short.lower(), len(short)
        before = words[f.first - 1] in ("(", "[") and f.first > n
        if (before and _initials(words[max(0, f.first - 1 - n) : f.first - 1]).endswith(letters)) or (
            not before
            and words[f.last : f.last + 1] in (["("], ["["])
            and _initials(words[f.last + 1 : f.last + 1 + n]).startswith(letters)
        ):
            out |= {short, short + "s"}
    return out


def _is_of_initials(word: str) -> bool:
    """GRF, CoM."""
    return len(word) > 1 and (word.isupper() or (len(word) < 5 and word[0].isupper() and word[-1].isupper()))


def _counted(found: Sequence[Found], tokens: Tokens, knowledge: Knowledge) -> set[str]:
    """Words that are counted like things: an FDI of, two CFLs, a Geofence. What is one of many is not a name."""
    out: set[str] = set()
    times: Counter[str] = Counter()
    for f in found:
        word = f.words[0]
        if len(f.words) > 1 or f.first == f.sentence[0]:
            continue
        if word[-1] == "s" and len(word) > 3 and word[:-1].isupper():
            out |= {word[:-1], word}
        elif _is_counted_at(tokens, f.first) and _stands_alone(f, tokens) and _may_be_counted(word):
            times[word] += 1
    out |= {word for word, n in times.items() if word.isupper() or n >= knowledge.inside[word]}
    known = tables.known()[0]
    return {word for word in out if word not in known}


def _is_counted_at(tokens: Tokens, k: int) -> bool:
    """Does an indefinite article or a number come before k: a Geofence, 3 Chasers?"""
    return tokens.lowers[k - 1] in ("a", "an") or (tokens.words[k - 1].isdigit() and len(tokens.words[k - 1]) < 4)


def _may_be_counted(word: str) -> bool:
    """An acronym, or a word that no list of names has: not a Rembrandt, an American."""
    return word.isupper() or (word[1:].islower() and not _is_listed(word) and not word.endswith(_PEOPLE))


def _stands_alone(found: Found, tokens: Tokens) -> bool:
    """Does no noun come after the word, nor anything of its own?"""
    after = tokens.words[found.last] if found.last < found.sentence[1] else "."
    return after in LISTS["function_word"] or (not after[0].isalpha() and after not in ("-", "(", "’s", "'s", "&"))


def _initials(words: Sequence[str]) -> str:
    """First letters, of the parts of words with a hyphen too; a word with a capital gives none that fits."""
    return "".join(part[0] if w.islower() else "/" for w in words for part in w.split("-") if part)


# ---------------------------------------------------------------- one word


def _is_name(found: Found, tokens: Tokens, knowledge: Knowledge) -> bool:
    """Is the candidate a name at all, or a plain word with a capital?"""
    if found.tail and found.words[0] in tables.known()[0]:
        return True  # Oxford-trained
    if found.hint:
        return len(found.words) > 1 or tokens.lowers[found.first] not in LISTS["never_in_name"]
    if tokens.lowers[found.last - 1] in _THING_WORDS and _is_named_thing(found, tokens):
        return False
    if len(found.words) > 1:
        plain = found.words in _DEGREES or _is_lettered(found.words) or _is_shouted(found.words)
        return not (plain or _is_of_sentence(found.words))
    return _is_name_alone(found, found.words[0], tokens, knowledge)


def _is_name_alone(found: Found, word: str, tokens: Tokens, knowledge: Knowledge) -> bool:
    """Is a single word a name?"""
    if word.isupper() and _is_dateline(tokens, found):
        return True
    if _is_road(word):
        return tokens.lowers[found.first - 1] == "the" or word[1] == "-"
    if (
        _is_part_of_term(found, tokens)
        or _is_plain_by_form(found, word, tokens)
        or _is_plain_capitals(found, word, tokens)
    ):
        return False
    if _says_nothing(word) or _is_species(found, tokens):
        return False
    return _is_name_by_use(found, word, tokens, knowledge)


def _is_named_thing(found: Found, tokens: Tokens) -> bool:
    """A good Samaritan, French fries: words that are called after somebody or somewhere, and are common nouns now."""
    lowers, first, last = tokens.lowers, found.first, found.last
    own = " ".join(lowers[first:last])
    return (
        own in LISTS["named_thing"]
        or " ".join((own, *lowers[last : last + 1])) in LISTS["named_thing"]
        or (first > found.sentence[0] and f"{lowers[first - 1]} {own}" in LISTS["named_thing"])
    )


def _is_species(found: Found, tokens: Tokens) -> bool:
    """Acropora millepora: a word in small letters that no list has comes after it, with the ending of Latin."""
    after = tokens.words[found.last] if found.last < found.sentence[1] else ""
    if not after.endswith(_LATIN) or not after.islower() or len(after) < 5:
        return False
    return not _is_listed(found.words[0]) and after not in tables.frequent() and not _has_plain_ending(after)


def _is_listed(word: str) -> bool:
    return word in tables.known()[0] or word in tables.given_names() or word in tables.surnames()


def _is_lettered(words: Sequence[str]) -> bool:
    """Plan B, Hepatitis C, Schedule IV."""
    if len(words) != 2:
        return False
    if words[0].lower() in LISTS["classed"]:
        return words[1].isdigit() or words[1] in LISTS["regnal_number"] or len(words[1]) == 1
    return len(words[1]) == 1 and words[1].isupper() and words[1] != "I" and words[0].lower() in tables.common()


@lru_cache(maxsize=tables.REMEMBERED)
def _is_of_sentence(words: tuple[str, ...]) -> bool:
    """Never Let Me, It Manipulates Us, Into Thinking: words of a sentence with capitals, as titles have them."""
    first, last = words[0], words[-1]
    return (first[1:].islower() and is_personal(first.lower()) and first not in tables.given_names()) or (
        last[1:].islower() and is_personal(last.lower()) and last not in tables.surnames()
    )


def _is_part_of_term(found: Found, tokens: Tokens) -> bool:
    """Parkinson's disease is not a name of Parkinson."""
    return tokens.lowers[found.last : found.last + 1] == ["'s"] and tokens.words[found.last + 1 : found.last + 2] in (
        ["disease"],
        ["syndrome"],
    )


def _is_plain_by_form(found: Found, word: str, tokens: Tokens) -> bool:
    """Does the word itself say that it is not a name: Ltd, NGOs, Openness?"""
    if word.lower() in tables.words("NAME.ORG.FORM"):
        return True
    if word in tables.known()[0]:
        return False
    plural = word.endswith("s") and word[:-1].isupper() and len(word) > 2
    if word[-1].isdigit() and "-" in word and sum(map(str.isdigit, word)) > 3:
        return True  # the number of a case: CV-2019-0012
    doctrine = word.endswith(("ism", "isms", "phobia")) and word not in tables.surnames() and len(word) > 5
    if "-" in word and _is_called_in_two(word, tokens):
        return False
    return plural or doctrine or _is_derived(word, word.lower(), opens=found.opens and not _says(found, tokens))


def _is_called_in_two(word: str, tokens: Tokens) -> bool:
    """Sea-Eye: both parts with capitals, more than once."""
    return all(part[:1].isupper() for part in word.split("-")) and len(tokens.index.get(word.lower(), ())) > 1


def _is_plain_capitals(found: Found, word: str, tokens: Tokens) -> bool:
    """Are the capitals a currency's (250 MXN), or loud (A SMALL LAMP)?"""
    if not word.isupper():
        return False
    before = tokens.words[found.first - 1]
    if found.first and before[0].isdigit() and word not in tables.known()[0]:
        return True
    rank = tables.common().get(word.lower(), _RARE)
    if rank == _RARE or word in tables.known()[0] or before == "(":
        return False
    follow = tokens.words[found.last] if found.last < len(tokens.words) else "."
    opening = found.opens and len(word) > 4 and follow.islower()  # "ANGRY residents met"
    return rank < 1000 or len(word) > 5 or opening or _is_shouting(tokens, found)


def _says_nothing(word: str) -> bool:
    """Days, months, letters and short forms that are never a name."""
    return (
        word.lower() in LISTS["never_in_name"]
        or len(word) < 2
        or word in LISTS["not_an_organisation"]
        or (word.upper() == word and not word.isalpha() and len(word) < 3 and word not in tables.known()[0])
        or (word[0] not in "AFIM" and word[1:].isdigit() and len(word) < 4 and word not in tables.known()[0])  # B12
    )


def _is_name_by_use(found: Found, word: str, tokens: Tokens, knowledge: Knowledge) -> bool:
    """Is a single word a name by how the text writes it: with a capital inside sentences, never small?"""
    low, known, opens = word.lower(), word in tables.known()[0], found.opens
    if low in LISTS["compass"] and known:
        return _has_article(found, tokens)  # the North, not North of it
    if low in _bodies() and _has_article(found, tokens):
        return knowledge.small(low) < knowledge.inside[word]  # the Army
    if low not in tables.common() or not word[1:].islower():  # MoD, BBC
        return known or not (_is_strange if opens else _is_plain_inside)(found, low, tokens, knowledge)
    if opens:
        return _is_name_at_start(found, tokens, known, knowledge) or _speaks(found, word, tokens, knowledge)
    if _may_name(word, low):
        return knowledge.small(low) < 2 + knowledge.inside[word]
    return knowledge.inside[word] > 1 and not knowledge.small(low) and _is_called_by_word(found, tokens)


@cache
def _bodies() -> frozenset[str]:
    """Plain words that may mean one body: the Army, the Government."""
    return LISTS["body_by_plain_word"] | {word for word, (label, _) in heads().items() if label == "ORG"}


def _has_article(found: Found, tokens: Tokens) -> bool:
    return not found.opens and tokens.lowers[found.first - 1] == "the"


def _is_plain_inside(found: Found, low: str, tokens: Tokens, knowledge: Knowledge) -> bool:
    """The Unification of the sites: a rare plain word, once with a capital inside a sentence."""
    word = found.words[0]
    return word[1:].islower() and is_plain_word(low) and knowledge.inside[word] < 2 and not _is_listed(word)


def _is_called_by_word(found: Found, tokens: Tokens) -> bool:
    """May a plain word be what somebody or something is called: the Onion, with Cruise; not an Officer, Phase 1, Pride
    and Prejudice?"""
    low, before = tokens.lowers[found.first], tokens.lowers[found.first - 1]
    after = tokens.words[found.last] if found.last < found.sentence[1] else "."
    if low in LISTS["plain_despite_capital"] or low in LISTS["small_word"] or is_title(low) or not is_noun(low):
        return False
    if low in tables.words("NAME.PERSON.ROLE") or before in LISTS["counting"] or after[0].isdigit() or after == "of":
        return False
    named = tokens.words[found.first - 1][0].isupper() and before != "the"  # The Lost Project
    if named or before[0].isdigit() or _is_tied(tokens, found.first - 1):
        return False
    return not (after in ("and", "&", "-") and tokens.words[found.last + 1][0].isupper())


def _is_tied(tokens: Tokens, k: int) -> bool:
    """Does the small word at k tie what follows to a name before it: Pride and Prejudice, Orla in the Morning?"""
    k -= tokens.lowers[k] == "the" and tokens.lowers[k - 1] in LISTS["never_first"]
    ties = tokens.lowers[k] in LISTS["never_first"] or tokens.lowers[k] in LISTS["ties_names"]
    return ties and tokens.words[k - 1][0].isupper()


def _has_noun_behind(found: Found, tokens: Tokens) -> bool:
    """Does a noun come directly after the word, so that it says of what kind that is: Olive oil, Grace period?"""
    after = tokens.words[found.last] if found.last < found.sentence[1] else "."
    return after == "&" or (after.islower() and is_noun(after) and after not in tables.words("NAME.PERSON.SPEECH"))


def _is_name_at_start(found: Found, tokens: Tokens, known: bool, knowledge: Knowledge) -> bool:
    """Is a common word a name where its capital may come from the place alone?"""
    word, low = found.words[0], found.words[0].lower()
    rank = tables.common()[low]
    if word in tables.given_names() and (rank > 4000 or knowledge.inside[word]) and not _has_noun_behind(found, tokens):
        return True
    if known and (
        (rank > 5000 and tables.known()[0][word][1] != "NAME.ORG.OUTLET")
        or (not knowledge.small(low) and _is_sure(word, low))
    ):
        return True
    return knowledge.inside[word] > 0 and not knowledge.small(low) and _may_name(word, low)


def _says(found: Found, tokens: Tokens) -> bool:
    """Does a single word, and no plural, do what only somebody does: Fowler said?"""
    after = tokens.lowers[found.last] if found.last < found.sentence[1] else ""
    return after in tables.words("NAME.PERSON.SPEECH") and not found.words[0].endswith(("s", "ment", "ism", "ing"))


def _speaks(found: Found, word: str, tokens: Tokens, knowledge: Knowledge) -> bool:
    """Is the common word somebody's name by what it does: Brown said no, Brooks says; not: Banks said they would?"""
    if knowledge.small(word.lower()) or not (word in tables.surnames() or word in tables.given_names()):
        return False
    after = tokens.lowers[found.last] if found.last < found.sentence[1] else ""
    if word.endswith("s") and not word.endswith("ss"):
        return after in LISTS["singular_verb"]
    if after in tables.words("NAME.PERSON.SPEECH") or after in LISTS["did_as_person"]:
        return True
    return (is_finite_verb(after) or after in ("is", "was")) and _is_no_subject(word.lower())


def _is_no_subject(low: str) -> bool:
    """Can the plain word not be a subject without a determiner: Brown agreed, Walker was late; but rice is cheap?"""
    return is_adjective(low) or (low not in LISTS["mass_noun"] and tables.common()[low] > 800)


def _may_name(word: str, low: str) -> bool:
    """May this common word, with a capital inside a sentence, be a name?"""
    if word in tables.known()[0]:
        return True
    if (
        low in heads()
        or low in LISTS["plain_despite_capital"]
        or low in tables.words("NAME.PERSON.ROLE")
        or low in tables.words("NAME.PERSON.TITLE")
    ):
        return False
    return (
        word in tables.given_names()
        or word in tables.surnames()
        or (tables.common()[low] > 12000 and not is_plain_word(low))
    )


def _is_sure(word: str, low: str) -> bool:
    """A known name that a capital makes sure of even at the start of a sentence: French, Turkey, Democrats."""
    label, rule_id = tables.known()[0][word]
    return (
        rule_id in ("NAME.NORP.NATION", "NAME.NORP.DEMONYM")
        or (label == "NORP" and (low.endswith("s") or tables.common()[low] > 1500))
        or (label == "GPE" and word in tables.country_of_code().values())
    )


def _is_strange(found: Found, low: str, tokens: Tokens, knowledge: Knowledge) -> bool:
    """A word that no list has, with its capital only from the place: it stands in small letters elsewhere, it commands
    (Puree the tomatoes), or it is a cry (Owww!)."""
    word = found.words[0]
    if knowledge.inside[word] or word in tables.given_names() or word in tables.surnames():
        return False
    after = tokens.lowers[found.last] if found.last < found.sentence[1] else ""
    cry = after == "!" and found.first <= found.sentence[0] + 1
    drawn = any(a == b == c for a, b, c in zip(low, low[1:], low[2:], strict=False))
    participle = low.endswith("ed") and after in LISTS["after_participle"]  # Underwhelmed by it, she left
    listed = word[1:].islower() and is_plain_word(low) and not _says(found, tokens)  # Plaudits flooded in
    small = knowledge.small(low) + knowledge.small(low.removesuffix("s")) > 0
    return any((small, after in LISTS["after_command"], cry, drawn, participle, listed))


def _is_road(word: str) -> bool:
    """A road by its number: the M25, I-95."""
    if word[0] not in "AMI":
        return False
    number = word[1:].removeprefix("-" if word[0] == "I" else "")
    return number.isdigit() and number[0] != "0" and len(word) < 6


def _is_shouted(words: tuple[str, ...]) -> bool:
    """Plain words in capitals only: DO NOT ENTER."""
    return (
        all(w.isupper() and w.lower() in tables.common() for w in words)
        and words[-1].lower() not in heads()
        and not any(w.capitalize() in tables.given_names() or w in tables.known()[0] for w in words)
    )


def _is_shouting(tokens: Tokens, found: Found) -> bool:
    """Is a plain word in capitals next to another: A SMALL LAMP?"""
    first, last = found.sentence
    return any(
        first <= k < last
        and tokens.words[k].isupper()
        and len(tokens.words[k]) > 1
        and tokens.lowers[k] in tables.common()
        and tokens.words[k] not in tables.known()[0]
        for k in (found.first - 1, found.last)
    )


def _is_dateline(tokens: Tokens, found: Found) -> bool:
    """Is the word the place of a dateline: PARIS — The council met?"""
    first, last = found.sentence
    return found.first == first and dateline_end(tokens.words, first, last) > found.last


def _is_derived(word: str, low: str, *, opens: bool) -> bool:
    """A plain word that the list lacks: made of plain words (Sub-Inspector), or at the start of a sentence with the
    ending of one (Swarming, Openness)."""
    if word in tables.given_names() or word in tables.surnames():
        return False
    if "-" in low:
        left, _, right = word.rpartition("-")
        saint = len(left) > 3 and right in tables.given_names()  # Saint-Jean
        return not saint and all(part in tables.common() or len(part) < 3 for part in low.split("-"))
    return opens and low not in tables.common() and _has_plain_ending(low)


def _has_plain_ending(low: str) -> bool:
    """Does the word end as plain words do, or is it a plain word except for its ending: Openness, Swarming, Farmers?"""
    one = low.removesuffix("s")
    for prefix in LISTS["plain_prefix"]:
        if low.startswith(prefix) and len(low) > len(prefix) + 3:
            one = one.removeprefix(prefix) if one.removeprefix(prefix) in tables.common() else one
    if (
        one in tables.common()
        or low.endswith(_DERIVED)
        or one in tables.words("NAME.PERSON.ROLE")
        or one in tables.words("NAME.PERSON.TITLE")
    ):
        return True
    stem = one.removesuffix("er").removesuffix("ing").removesuffix("ed")
    doubled = stem[:-1] if stem[-1:] == stem[-2:-1] else stem  # stopp, of stopping
    return len(stem) > 2 and stem != low and any(s in tables.common() for s in (stem, stem + "e", doubled))


# ---------------------------------------------------------------- words that the text has explained before


def _main_words(found: Sequence[Found], tokens: Tokens) -> dict[str, dict[str, int]]:
    """Last words of bodies named in full (and where first): the Belvane Institute, the Boston Larks; John Major."""
    out: dict[str, dict[str, int]] = defaultdict(dict)
    single = tables.known()[0]
    for f in found:
        if len(f.words) == 1:
            continue
        low = tokens.lowers[f.last - 1]
        titled = f.words[0] in tables.given_names() and low in LISTS["title_or_name"]
        body = head_label(low) in ("ORG", "FAC")
        team = not body and single.get(f.words[0], ("",))[0] == "GPE"
        if titled or (not f.hint and ((body and "of" not in f.words) or team)):
            out[f.words[-1]].setdefault(" ".join(f.words), f.first)
    return out


def _is_short_form(found: Found, main_words: dict[str, dict[str, int]]) -> bool:
    """Is this the main word of one body that the text has named in full before: the Institute, the Larks?"""
    if len(found.words) > 1 or found.opens or found.words[0] not in main_words:
        return False
    full = main_words[found.words[0]]
    return len(full) == 1 and min(full.values()) < found.first


def _plain_surnames(found: Sequence[Found]) -> dict[str, int]:
    """Plain words that are the last name of somebody named in full or with a title, and where first: Ann Hammer."""
    out: dict[str, int] = {}
    for f in found:
        if is_family_first(f.words):
            out.setdefault(f.words[0], f.first)
        last = f.words[-1]
        if last.lower() not in tables.common() or not last.isalpha() or last.isupper():
            continue
        if (f.hint is not None and f.hint[1] == "NAME.PERSON.TITLE") or _is_full_name(f.words):
            out.setdefault(last, f.first)
    return out


def _is_full_name(words: Sequence[str]) -> bool:
    """A given name, and a last word that is a surname or at least no word for a thing: Ann Hammer."""
    given = tables.given_names()
    return (
        1 < len(words) < 4
        and words[0] in given
        and (words[-1] in tables.surnames() or words[-1].lower() not in heads())
        and not any(w.lower() in tables.common() and w not in given for w in words[:-1])
    )


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
