"""Words and the classes they can belong to, from the word table; words that it lacks are judged by their endings.

A class is one letter inside this package: Universal POS, and for verbs their form, for nouns their number.

======  ==============  ======  ==============  ======  ==============
letter  class           letter  class           letter  class
======  ==============  ======  ==============  ======  ==============
``n``   noun            ``j``   adjective       ``t``   determiner
``N``   plural noun     ``r``   adverb          ``o``   pronoun
``p``   name            ``i``   preposition     ``u``   number
``b``   base form       ``q``   subordinator    ``T``   particle
``z``   third person    ``c``   conjunction     ``y``   interjection
``d``   past            ``a``   auxiliary       ``s``   symbol
``e``   participle      ``x``   other           ``.``   punctuation
``g``   -ing form       ``f``   participle, but none that stands without an auxiliary ("moved", "said")
======  ==============  ======  ==============  ======  ==============
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import NamedTuple

from analysis.rules import FOLDER, WORDS, classes, word_lists

DATA = FOLDER.parent / "data"

CLASSES = {
    "noun": "n",
    "plural": "N",
    "name": "p",
    "base": "b",
    "third": "z",
    "past": "d",
    "participle": "e",
    "ing": "g",
    "adjective": "j",
    "adverb": "r",
    "preposition": "i",
    "subordinator": "q",
    "conjunction": "c",
    "auxiliary": "a",
    "determiner": "t",
    "pronoun": "o",
    "number": "u",
    "particle": "T",
    "interjection": "y",
    "symbol": "s",
    "other": "x",
    "punctuation": ".",
}
UPOS = {
    "n": "NOUN",
    "N": "NOUN",
    "p": "PROPN",
    "b": "VERB",
    "z": "VERB",
    "d": "VERB",
    "e": "VERB",
    "g": "VERB",
    "j": "ADJ",
    "r": "ADV",
    "i": "ADP",
    "q": "SCONJ",
    "c": "CCONJ",
    "a": "AUX",
    "t": "DET",
    "o": "PRON",
    "u": "NUM",
    "T": "PART",
    "y": "INTJ",
    "s": "SYM",
    "x": "X",
    ".": "PUNCT",
}
VERBS = frozenset("bzdeg")
_BE = frozenset(("is", "are", "was", "were", "be"))
SYMBOLS = frozenset("$£€¥%+=<>°#&*/\\^~|@§©®™")


class Form(NamedTuple):
    """A word as written: the classes it can have, the most frequent first, and whether it has a capital."""

    low: str
    classes: str
    capital: bool


@cache
def word_table() -> dict[str, str]:
    """The classes of each word of the table, the most frequent first."""
    pieces = (DATA / "word_tags.tsv").read_text("utf-8").partition("\n\n")[2].split()
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


@cache
def irregular_verbs() -> dict[str, str]:
    """The base form of each irregular form of a verb, from words/verbs.toml."""
    with (WORDS / "verbs.toml").open("rb") as file:
        table = tomllib.load(file)["irregular"]
    return {form: base for base, forms in table.items() for form in forms.split()}


@cache
def endings() -> dict[str, str]:
    """The classes of unknown words by how they end, from words/endings.toml."""
    return {word: name for name, words in word_lists("endings").items() if name != "verb_prefix" for word in words}


def form(word: str) -> Form:
    """The classes of a word as written, as if it stood inside a sentence."""
    low = word.lower().replace("’", "'")
    capital = word[0].isupper()
    if not word[0].isalpha():
        return Form(low, _without_letter(word), False)
    known = word_table().get(low)
    if not capital or len(word) == 1:
        return Form(low, known or guess(low), capital)
    if word.isupper() and low in word_lists("roles")["acronym"]:
        return Form(low, "p", True)
    return Form(low, with_capital(known), True) if known else Form(low, "pnj" if low[-1] != "s" else "pN", True)


def is_finite_verb(low: str) -> bool:
    """Is the word, in lower case, first of all a form of a verb that has its own subject?

    >>> [word for word in ("sued", "sues", "has", "was", "suing", "report") if is_finite_verb(word)]
    ['sued', 'sues', 'has']
    """
    classes = word_table().get(low, "n")
    return low not in _BE and (classes[0] in "zda" or (classes[0] in "ef" and "d" in classes))


def is_personal(low: str) -> bool:
    """Is the word, in lower case, a pronoun, a particle or a subordinator, which no name begins or ends with?

    >>> [word for word in ("me", "to", "us", "onion", "over") if is_personal(word)]
    ['me', 'to', 'us']
    """
    return word_table().get(low, "n")[0] in "oTq"


def is_plain_word(low: str) -> bool:
    """Has the table the word, in lower case, and never as a name?

    >>> is_plain_word("normalcy"), is_plain_word("zorvane")
    (True, False)
    """
    return "p" not in word_table().get(low, "p")


def is_adjective(low: str) -> bool:
    """Is the word, in lower case, an adjective before all else: one that is not the subject of a verb?

    >>> is_adjective("brown"), is_adjective("stone")
    (True, False)
    """
    return word_table().get(low, "n")[0] == "j"


def is_noun(low: str) -> bool:
    """Is the word, in lower case, a noun before all else, by the table or its ending?

    >>> [word for word in ("onion", "onions", "you", ".") if is_noun(word)]
    ['onion', 'onions']
    """
    return low[:1].isalpha() and (word_table().get(low) or guess(low))[0] in "nN"


def first_form(word: str) -> Form:
    """The classes of a word with which a sentence begins, where a capital says nothing."""
    low = word.lower().replace("’", "'")
    known = word_table().get(low)
    if not word[0].isupper() or not known:
        return form(word)
    return Form(low, known if "p" in known or known[0] not in "nNjgbe" else known + "p", True)


def with_capital(known: str) -> str:
    """The classes of a known word with a capital: a name, unless it is an adjective or a function word."""
    if (
        known[0] in "nNbgzade"
        or (known[0] == "y" and len(known) > 1)
        or (known[0] == "r" and ("n" in known or "p" in known))
    ):
        return "p" + known.replace("p", "")
    if known[0] in "jr":
        return known if "p" in known else known[0] + "p" + known[1:]
    return known


def guess(low: str) -> str:
    """The classes of a word that the table lacks, by its ending.

    >>> guess("unfriended"), guess("gloopily")
    ('de', 'r')
    """
    if "-" in low:
        return _hyphenated(low)
    known = endings()
    for length in range(min(5, len(low) - 2), 0, -1):
        found = known.get(low[-length:])
        if found:
            return found
    return "njb"


@cache
def _roles() -> dict[str, list[tuple[str, str]]]:
    """For each word with its own part in phrases: its roles, with the classes for which each applies."""
    known, own = classes(), word_lists("roles")
    lists = (
        ("B", "ab", {"be"}),
        ("V", "a", {"been"}),
        ("G", "a", {"being"}),
        ("H", "ag", {"having"}),
        ("v", "o", {"her"}),
        ("D", "o", {"that"}),
        ("M", "iq", {"than"}),
        ("m", "a", known["modal"]),
        ("w", "azbd", own["be_finite"]),
        ("h", "a", known["have"]),
        ("k", "a", known["do"]),
        ("t", "o", known["possessive"] - {"her", "whose"}),
        ("O", "o", (known["object"] | own["us_clitic"]) - {"you", "her", "it"}),
        ("t", "j", own["quantifier"]),
        ("A", "tcor", own["predeterminer"]),
        ("L", "j", own["superlative"]),
        ("R", "ot", own["wh_pronoun"]),
        ("W", "rq", own["wh_adverb"]),
        ("~", "Tr", own["not"]),
        ("'", "T", own["possessive_clitic"]),
        ("I", "iq", own["preposition_or_subordinator"]),
        ("I", "i", own["rarely_preposition"]),
        ("F", "nN", own["time_noun"]),
        ("X", "n", own["occasion"]),
        ("j", "n", {"deputy"}),  # "Norland's deputy national director"
        ("F", "p", known["month"] | known["weekday"]),
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for role, letters, words in lists:
        for word in words:
            found.setdefault(word, []).append((role, letters))
    return found


PUNCTUATION = {",": ",", ";": ";", ":": ":", "(": "(", ")": ")", "[": "[", "]": "]"}
DASHES = frozenset("-–—―") | {"--", "---"}
QUOTES = frozenset("“”‘’'\"«»„〝〞") | {"''", "``"}
HIDDEN = QUOTES - {"'", "’"}  # marks that rules of tagging do not see; an apostrophe may be a possessive


def role_of(low: str, letter: str, possible: str, settled: bool) -> str:
    """The part that a word plays in phrases, as one letter: its class, or one of `_roles`.

    A form that is past or participle and not `settled` by a rule is "E" (rather past) or "K" (rather participle).
    """
    if letter == ".":
        return PUNCTUATION.get(low) or ("-" if low in DASHES else '"' if low in QUOTES else ".")
    for role, letters in _roles().get(low, ()):
        if letter in letters:
            return role
    if not settled and letter in "de" and "d" in possible and "e" in possible:  # "f" is none without an auxiliary
        return "E" if letter == "d" else "K"
    return letter


def _hyphenated(low: str) -> str:
    lead, _, last = low.rpartition("-")
    known = word_table().get(last) or (guess(last) if last.isalpha() else "u")
    if lead in word_lists("endings")["verb_prefix"]:
        return known  # "re-elected"
    if known[0] in "eg" or "e" in known[:2]:
        return "j"
    return "jn" if known[0] in "nujbr" else known


def _without_letter(word: str) -> str:
    known = word_table().get(word.lower().replace("’", "'"))
    if known:
        return known
    if word[0].isdigit():
        if word[-1].isdigit() or not word[-1].isalpha():
            return "u"
        if word[-2:] in ("st", "nd", "rd", "th"):
            return "j"
        return "N" if word[-1] == "s" and word[:-1].isdigit() else "u"
    if word[0] in SYMBOLS:
        return "s" if len(word) == 1 else "x"
    if word[0] in "'’" and len(word) > 1 and word[1].isalpha():
        return "n"
    return "." if not any(c.isalnum() for c in word) else "x"
