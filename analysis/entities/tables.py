"""The tables that names are looked up in, each read once, when first needed."""

from __future__ import annotations

import gc
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from analysis.rules import Rule, load_rules, word_lists

DATA = Path(__file__).parents[1] / "resources" / "data"
LISTS = word_lists("entities")
REMEMBERED = 20_000  # words or names whose answers are remembered: they come again and again, in large tables


class Known(NamedTuple):
    """A name that is known by itself: its words, its kind, the rule that says so."""

    words: tuple[str, ...]
    label: str
    rule_id: str


@lru_cache(maxsize=REMEMBERED)
def fold(text: str) -> str:
    """Lower case, straight apostrophes, no accents: for comparing names, never for offsets.

    >>> fold("Côte d’Ivoire")
    "cote d'ivoire"
    """
    text = text.replace("’", "'").lower()
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _lines(name: str) -> list[str]:
    text = (DATA / name).read_bytes().decode().replace("\r\n", "\n")
    return text[text.index("\n", text.rindex("#   ")) + 1 :].rstrip("\n").split("\n")  # below the head


@cache
def _places(name: str) -> tuple[tuple[str, ...], ...]:
    """The columns of a table of places: names, country codes, and for cities their sizes."""
    lines = _lines(name)
    width = lines[0].count("\t") + 1
    cells = "\t".join(lines).split("\t")  # at once: a list for each line takes five times as long
    if len(cells) != width * len(lines):
        raise ValueError(f"{name}: a line has more or fewer columns than the first, {width}; build the table again")
    return tuple(tuple(cells[column::width]) for column in range(width))


def name_words(name: str) -> tuple[str, ...]:
    """A name as the tokens of a text would have it.

    >>> name_words("People's Daily"), name_words("Washington, D.C.")
    (('People', "'s", 'Daily'), ('Washington', ',', 'D.C.'))
    """
    return tuple(
        name.replace("'s ", " 's ").replace(",", " ,").removesuffix("'s").split()
        + (["'s"] if name.endswith("'s") else [])
    )


# ---------------------------------------------------------------- rules


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule of entities.toml and known_names.toml by id. Its gloss explains a mention's rule_id."""
    loaded = (
        *load_rules("entities.toml", required=("label",), optional=("words", "weights", "rank")),
        *load_rules("known_names.toml", required=("label",), optional=("words",)),
    )
    return {rule.id: rule for rule in loaded}


@cache
def alias_rules() -> Mapping[str, Rule]:
    """Every rule of aliases.toml by id: the reasons for merges, with a gloss for each."""
    return {rule.id: rule for rule in load_rules("aliases.toml", required=("label",), optional=("words",))}


@cache
def words(rule_id: str) -> frozenset[str]:
    """The words that a rule looks for, in lower case."""
    return frozenset(rules()[rule_id]["words"].split())


@cache
def weights(rule_id: str) -> Mapping[str, float]:
    """The words that a rule looks for, each with how much it says."""
    found: Mapping[str, float] = rules()[rule_id]["weights"]
    return found


# ---------------------------------------------------------------- words and people


@cache
def frequent() -> Mapping[str, int]:
    """Frequent words of English texts by their rank, 0 the most frequent; names are among them."""
    words = _lines("common_words.txt")
    return dict(zip(words, range(len(words)), strict=True))


@cache
def common() -> Mapping[str, int]:
    """Common English words by their rank among the frequent ones: those that are not names."""
    return {word: rank for word, rank in frequent().items() if word not in LISTS["name_not_word"]}


@cache
def occupations() -> frozenset[str]:
    """Nouns for what one person does: economist, campaigner; not for what somebody is to others, as Son."""
    return frozenset[str]().union(*(words for name, words in word_lists("role_nouns").items() if name != "witness"))


@cache
def given_names() -> frozenset[str]:
    """Given names as written, and without accents."""
    short = (name.capitalize() for name in short_given())
    return frozenset((*_lines("given_names.txt"), *short, "Will", "Mahatma"))


@cache
def surnames() -> frozenset[str]:
    return frozenset((*_lines("surnames.txt"), *LISTS["more_surnames"], "Close"))


@cache
def short_given() -> Mapping[str, frozenset[str]]:
    """Short form of a given name (in lower case) -> the full names that it may mean: chris -> christopher, ..."""
    entries = alias_rules()["ALIAS.GIVEN-FORM"]["words"].split(";")
    return {short: frozenset(full.split()) for short, _, full in (entry.strip().partition(" = ") for entry in entries)}


# ---------------------------------------------------------------- places and other known names


@cache
def _countries() -> tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], ...]:
    rows = []
    for line in _lines("countries.tsv"):
        name, code, capital, official, demonyms = line.split("\t")
        rows.append(
            (name, code, capital, tuple(filter(None, official.split("|"))), tuple(filter(None, demonyms.split("|"))))
        )
    return tuple(rows)


@cache
def country_of_code() -> Mapping[str, str]:
    """ISO 3166 code -> name of the country, as the tables give it."""
    return {code: name for name, code, *_ in _countries()}


def _entries(rule_id: str) -> list[list[str]]:
    """The names of a rule of known_names.toml, each with its other forms."""
    entries = (" ".join(entry.split()) for entry in rules()[rule_id]["words"].split(";"))
    return [[form.strip() for form in entry.split(" = ")] for entry in entries if entry.strip()]


@cache
def _known_rules() -> tuple[str, ...]:
    """The rules of known_names.toml that list names; that of nations lists countries."""
    known = load_rules("known_names.toml", required=("label",), optional=("words",))
    return tuple(rule.id for rule in known if rule.id != "NAME.NORP.NATION")


@cache
def canonical() -> Mapping[str, str]:
    """Form of a name (folded, without full stops and "the") -> the name that it is a form of."""
    out: dict[str, str] = {}
    for name, _, _, official, _ in _countries():
        out.update((key(form), name) for form in (name, *official))
    for rule_id in _known_rules():
        for forms in _entries(rule_id):
            for form in forms:
                out.setdefault(key(form), forms[0])
    for _, demonyms in nations():
        for demonym in demonyms:
            out.setdefault(key(demonym), _singular(demonym, demonyms))
    return out


def _singular(form: str, forms: Sequence[str]) -> str:
    """Britons -> Briton where the list has both; else the form itself."""
    return form[:-1] if form.endswith("s") and form[:-1] in forms else form


@lru_cache(maxsize=REMEMBERED)
def key(name: str) -> str:
    """What two forms of one name have in common.

    >>> key("the U.S."), key("US"), key("São Paulo")
    ('us', 'us', 'sao paulo')
    """
    name = fold(name)
    if "." in name:
        name = name.replace(". ", " ").replace(".", "")
    return name.removeprefix("the ") or name


@cache
def nations() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Countries with the words for their people, plurals among them."""
    out: dict[str, list[str]] = {}
    entries = (" ".join(entry.split()).partition(": ") for entry in rules()["NAME.NORP.NATION"]["words"].split(";"))
    for country, _, forms in entries:
        out.setdefault(country, []).extend(form.strip() for form in forms.split(","))
    for country, _, _, _, demonyms in _countries():
        if country not in out:
            out[country] = list(demonyms)
    for listed in out.values():
        one = [form for form in listed if form.endswith(("an", "i", "er", "ot", "ish man"))]
        listed += [form + "s" for form in one if form + "s" not in listed]
    return tuple((country, tuple(forms)) for country, forms in out.items())


@cache
def country_of_demonym() -> Mapping[str, str]:
    """Russian, Russians -> Russia; what is of two countries (Dominican) is left out."""
    out: dict[str, str] = {}
    shared: set[str] = set()
    for country, forms in nations():
        for form in forms:
            if form in out:
                shared.add(form)
            out[form] = country
    return {form: country for form, country in out.items() if form not in shared or form == "Congolese"}


@cache
def country_of_place() -> Mapping[str, str | None]:
    """City, state or province (in lower case) -> its country, None where it could be one of several."""
    codes = country_of_code()
    out: dict[str, str | None] = {}
    for table in ("regions.tsv", "cities.tsv"):
        names, places = _places(table)[:2]
        out.update(zip("\t".join(names).lower().split("\t"), (codes.get(place) for place in places), strict=True))
    out.update((name.lower(), "United States") for name in american_states())
    for name, _, capital, *_ in _countries():
        if capital and fold(capital) != fold(name):
            out[fold(capital)] = name
    for form, place in canonical().items():
        if fold(place) in out:
            out.setdefault(form, out[fold(place)])
    return out


@cache
def american_states() -> frozenset[str]:
    names, codes = _places("regions.tsv")
    return frozenset(name for name, code in zip(names, codes, strict=True) if code == "US")


@cache
def city_size() -> Mapping[str, int]:
    """City -> its people, in hundreds of thousands."""
    names, _, sizes = _places("cities.tsv")
    return dict(zip(names, map(int, sizes), strict=True))


@cache
def known() -> tuple[Mapping[str, tuple[str, str]], Mapping[str, Sequence[Known]]]:
    """Names of one word -> (label, rule id); first word of longer names -> those names, the longest first."""
    single: dict[str, tuple[str, str]] = {}
    long: dict[tuple[str, ...], Known] = {}

    def add(name: str, kind: tuple[str, str]) -> None:
        if " " not in name and "'" not in name:
            single[name] = kind
            return
        parts = tuple(name.split()) if "'" not in name and "," not in name else name_words(name)
        if len(parts) == 1:
            single[name] = kind
        else:
            long[parts] = Known(parts, *kind)

    for table, rule_id in (("regions.tsv", "NAME.GPE.REGION"), ("cities.tsv", "NAME.GPE.CITY")):
        names, kind = _places(table)[0], ("GPE", rule_id)
        single.update(dict.fromkeys(names, kind))
        for name in names:
            if " " in name or "'" in name:
                add(name, kind)
    for form, kind in _listed_names():
        add(form, kind)
    longer: dict[str, list[Known]] = {}
    for known_name in sorted(long.values(), key=lambda known: len(known.words), reverse=True):
        longer.setdefault(known_name.words[0], []).append(known_name)
    return single, longer


def _listed_names() -> Iterator[tuple[str, tuple[str, str]]]:
    """Countries, capitals, words for peoples, and the names of known_names.toml, each with its kind."""
    for name, _, capital, official, _ in _countries():
        for form in (name, *official):
            yield form, ("GPE", "NAME.GPE.COUNTRY")
        if len(capital) > 3:
            yield capital.removeprefix("The "), ("GPE", "NAME.GPE.CITY")
    by_hand = {entry.partition(":")[0].strip() for entry in rules()["NAME.NORP.NATION"]["words"].split(";")}
    for country, forms in nations():
        for form in forms:
            yield form, ("NORP", "NAME.NORP.NATION" if country in by_hand else "NAME.NORP.DEMONYM")
    for rule_id in _known_rules():
        for names in _entries(rule_id):
            for form in names:
                yield form, (rules()[rule_id]["label"], rule_id)


@cache
def known_from(first: str) -> Mapping[str, Sequence[Known]]:
    """The known names of several words that begin with `first` by their second word, the longest first."""
    out: dict[str, list[Known]] = {}
    for name in known()[1].get(first, ()):
        out.setdefault(name.words[1], []).append(name)
    return out


@cache
def load() -> None:
    """Read every table now, so that the first article is not slower than the rest.

    Meanwhile Python does not look for circular garbage: the tables are many objects, and no circles.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        for table in (
            rules,
            common,
            given_names,
            surnames,
            canonical,
            country_of_demonym,
            country_of_place,
            city_size,
            known,
        ):
            table()
    finally:
        if was_on:
            gc.enable()
