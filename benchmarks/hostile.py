"""Hostile texts: seconds and memory of annotate, the tables and the page, by generator and size.

    python benchmarks/hostile.py [--sizes 50 100 200] [--only quotation said] [--works annotate tables page]

Each generator repeats something that invites a rule to look far, to nest, or to say the same again and again. Each work
on each text has a process of its own. Printed are processor seconds, as many as a quiet core would take (see
`slowness`), the memory that the process takes for it at the most, seconds a MB, the exponent of growth from the
smallest to the largest size (1 is in line with the text), and for the page its bytes a character, or "cut" where it
says what it leaves out. A row that misses a limit is measured again, and the lowest seconds count; if it still does, it
ends in what it misses, and the command ends with 1.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from analysis.teaching.invented import invented_articles

if TYPE_CHECKING:
    from analysis.text.article import Article
    from analysis.text.document import Document

WORKS = ("annotate", "tables", "page")
GROWTH = 1.1  # the most that time may grow: with the text to the power of this
SECONDS = 5.0  # a MB of text
PAGE = 60  # bytes a character, where nothing is left out
SHORT = 0.5  # seconds: less says nothing of growth
AGAIN = 3  # times that a row that misses a limit is measured; the lowest seconds count
QUIET = 4.2  # seconds a MB that annotating ordinary articles took on a quiet core of the machine of RESULTS.md
ORDINARY = 12  # articles that tell how slow the core is now
SECONDS_AT_MOST = 120  # a text that takes longer is given up

# What is repeated; "{n}" is the number of the repetition.
UNITS = {
    "said": "said ",
    "said comma": "said, ",
    "he said": "he said ",
    "he said that": "he said that ",
    "said that": "said that ",
    "name said": "Ann Reed said ",
    "name said that": "Ann Reed said that ",
    "new name said": "Ann Reed{n} said it may rain. ",
    "according to": "according to ",
    "according to name": "according to Reuters ",
    "person who said": "according to a person who said according to Reuters ",
    "people who say": "people who say people who say ",
    "reported citing": "reported Reuters, citing a decree, ",
    "as said": "as Ann Reed said, ",
    "told that": "told reporters that ",
    "claim that": "his claim that the claim that ",
    "said of": "said of the ministry of the ministry of ",
    "colon": "Reed: ",
    "dash": "― Reed ",
    "dashes": "— ",
    "open quotation": "“",
    "open and words": "“it ",
    "close quotation": "”",
    "straight marks": '"',
    "straight and words": '"it may" ',
    "single marks": "'it' ",
    "curly singles": "‘it ",
    "mixed marks": '“‘"it ',
    "apostrophes": "o'clock's ",
    "brackets": "(",
    "brackets and words": "(it may ",
    "square brackets": "[it] ",
    "may": "may ",
    "may not": "may not ",
    "could have": "could have been ",
    "if": "if ",
    "if would": "if it would ",
    "whether": "whether or not ",
    "about": "about ",
    "about number": "about 200 ",
    "some critics": "some critics say ",
    "many believe": "many believe that ",
    "unclear": "unclear whether ",
    "likely": "likely unlikely ",
    "expected to": "expected to be expected to ",
    "not clearly": "has not clearly ",
    "more than": "more than at least ",
    "capitals": "Reed ",
    "new capitals": "Reed{n} ",
    "capitals of": "Bank of the ",
    "capitals and": "Bank and Reed of ",
    "title and name": "Minister Ann Reed ",
    "titles": "President Minister Secretary ",
    "initials": "A. B. ",
    "acronyms": "HC (HC) ",
    "long name with acronym": "Harbour Council (HC) ",
    "particles": "van der al- ",
    "hyphens": "Anti-Reed-",
    "possessives": "Reed's Bank's ",
    "the company": "the company the governor ",
    "he she": "he she it they ",
    "who": "who which that ",
    "commas": ", ",
    "comma words": "a, ",
    "comma names": "Reed, Bank, ",
    "and": "and Reed and ",
    "semicolons": "it; ",
    "stops": ". ",
    "ellipses": "… ... ",
    "sentences": "It. ",
    "newlines": "\n",
    "headings": "Reed\n",
    "new headlines": "Ann Reed{n} left it.\nHarbour Council Backs Reed{n} Plan\n",
    "bylines": "By Ann Reed\n",
    "datelines": "MOSCOW (Reuters) - ",
    "carriage returns": "It may\r\n",
    "spaces": "          ",
    "numbers": "1,000,000.5 ",
    "money": "$5 million £3bn ",
    "dates": "3 May 2019, Monday ",
    "percent": "5 per cent % ",
    "years": "2019-20 ",
    "one letter": "a",
    "letters": "ab ",
    "combining": "e\u0301 ",
    "astral": "😀 ",
    "right to left": "רוח ‮ ",
    "tags": "<b>&amp; ",
    "by whom": "is said to be expected by ",
    "news": "“It may rain,” Ann Reed told Reuters. Reed, who leads the Harbour Council (HC), said 200 could leave.\n",
}
# What is opened again and again, and closed as often after that: a unit, and what closes it.
NESTED = {
    "nested quotations": ("“it ", "”"),
    "nested quotations with speakers": ("Ann Reed said “it may ", "”"),
    "nested brackets": ("(it may ", ")"),
    "nested guillemets": ("«it ", "»"),
}
NAMES = [*UNITS, *NESTED]


def make_text(name: str, size: int) -> str:
    """A text of about `size` characters."""
    if name in NESTED:
        opening, closing = NESTED[name]
        times = size // (len(opening) + len(closing))
        return opening * times + closing * times
    unit = UNITS[name]
    if "{n}" not in unit:
        return (unit * (size // len(unit) + 1))[:size]
    parts, length, n = [], 0, 0
    while length < size:
        parts.append(unit.replace("{n}", letters(n)))
        length += len(parts[-1])
        n += 1
    return "".join(parts)


def letters(n: int) -> str:
    """A number as small letters, so that it makes a new name."""
    out = ""
    while True:
        n, digit = divmod(n, 26)
        out += chr(97 + digit)
        if not n:
            return out


# ---------------------------------------------------------------- in the process of its own


def measure(name: str, size: int, works: Sequence[str]) -> dict[str, dict | None]:
    """Each work on one text: processor seconds, MB, and the size of the page; None for what takes too long or dies."""
    from analysis.pipeline import annotate
    from analysis.text.article import Article, ArticleError

    try:
        article = Article(make_text(name, size))
    except ArticleError:  # white space alone
        return {work: {"seconds": 0.0, "memory": 0.0, "size": 0, "cut": False} for work in works}
    slow = slowness()
    found = {"annotate": forked(lambda: _annotate(article), slow)} if "annotate" in works else {}
    rest = [work for work in works if work != "annotate"]
    document = annotate(article, any_language=True) if rest and found.get("annotate", {}) is not None else None
    do = {"tables": _tables, "page": _page}
    return found | {work: document and forked(lambda work=work: do[work](document), slow) for work in rest}


def slowness() -> float:
    """How many times slower than on a quiet core this core is now, by annotating ordinary articles.

    Processor time is not the same on a core whose caches others fill.
    """
    articles = list(invented_articles(ORDINARY, paragraphs=30))
    start = time.process_time()
    for article in articles:
        _annotate(article)
    seconds = time.process_time() - start
    return max(1.0, seconds / sum(len(article.text) for article in articles) * 1e6 / QUIET)


def load() -> None:
    """What all works share: rules are read, packages are loaded, as the commands do it."""
    from analysis.corpora.batch import collect_seldom
    from analysis.pipeline import annotate

    small = annotate("It may rain, Ann Reed said.")
    _tables(small)
    _page(small)
    collect_seldom()


def forked(do: Callable[[], object], slow: float) -> dict | None:
    """What a work takes, in a process that has all that comes before it; None where it takes too long or dies."""
    return alone(lambda: _taken(do, slow))


def alone(do: Callable[[], dict]) -> dict | None:
    """What is returned in a process of its own; None where that takes too long or dies."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_AT_MOST, SECONDS_AT_MOST + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            os.write(writing, json.dumps(do()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        found = pipe.read()
    os.waitpid(process, 0)
    return json.loads(found) if found else None


def _taken(do: Callable[[], object], slow: float) -> dict:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    made = do()
    return {
        "seconds": (time.process_time() - start) / slow,
        "memory": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024,
        "size": len(made.encode()) if isinstance(made, str) else 0,
        "cut": isinstance(made, str) and "not shown here" in made,
    }


def _annotate(article: Article) -> object:
    """As the command does it: the line in blocks."""
    from analysis.corpora.batch import in_blocks
    from analysis.pipeline import annotate, json_pieces

    return list(in_blocks(json_pieces(annotate(article, any_language=True))))


def _tables(document: Document) -> object:
    from analysis.tables import make_tables

    return make_tables(document)


def _page(document: Document) -> str:
    from analysis.reading import reading_page

    return reading_page(document)


# ---------------------------------------------------------------- the table


def misses(work: str, sizes: list[int], found: list[dict | None]) -> list[str]:
    """Which limits a row misses."""
    if None in found:
        return [f"over {SECONDS_AT_MOST} s"]
    last, out = found[-1], []
    if last["seconds"] > max(SHORT, SECONDS * sizes[-1] / 1e6):
        out.append("seconds")
    if growth(sizes, found) > GROWTH and last["seconds"] > SHORT:
        out.append("growth")
    # what a page of its own needs whatever is in it, its style and script, is not counted
    if work == "page" and not last["cut"] and last["size"] - found_empty() > PAGE * sizes[-1]:
        out.append("page")
    return out


def found_empty() -> int:
    """Bytes of the page of one sentence."""
    from analysis import annotate, reading_page

    return len(reading_page(annotate("It rained.")).encode())


def growth(sizes: list[int], found: list[dict]) -> float:
    """The exponent by which time grows from the smallest to the largest size."""
    first, last = max(found[0]["seconds"], 0.01), max(found[-1]["seconds"], 0.01)
    return math.log(last / first) / math.log(sizes[-1] / sizes[0]) if len(sizes) > 1 else 1.0


def row(work: str, name: str, sizes: list[int], found: list[dict | None]) -> tuple[str, bool]:
    """One row of the table, and whether it is within the limits."""
    cells = [" / ".join("–" if f is None else f"{f['seconds']:.2f}" for f in found)]
    cells.append(" / ".join("–" if f is None else f"{f['memory']:.0f}" for f in found))
    last = found[-1]
    if last is None:
        cells += ["–", "–", ""]
    else:
        page = "cut" if last["cut"] else f"{last['size'] / sizes[-1]:.0f}"
        cells += [
            f"{last['seconds'] / sizes[-1] * 1e6:.1f}",
            f"{growth(sizes, found):.2f}",
            page if work == "page" else "",
        ]
    missed = misses(work, sizes, found)
    return f"| {work} | {name} | {' | '.join(cells)} | {', '.join(missed)} |", not missed


def rows(names: Sequence[str], sizes: list[int], works: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The rows of each generator, measured one after the other."""
    for name in names:
        found = _measured(name, sizes, works)
        for _ in range(AGAIN - 1):
            again = [work for work in works if misses(work, sizes, found[work])]
            if again:
                second = _measured(name, sizes, again)
                found |= {
                    work: [_lower(*pair) for pair in zip(found[work], second[work], strict=True)] for work in again
                }
        for work in works:
            yield row(work, name, sizes, found[work])


def _measured(name: str, sizes: list[int], works: Sequence[str]) -> dict[str, list[dict | None]]:
    found = [alone(lambda size=size: measure(name, size, works)) or dict.fromkeys(works) for size in sizes]
    return {work: [f[work] for f in found] for work in works}


def _lower(one: dict | None, other: dict | None) -> dict | None:
    return min((f for f in (one, other) if f is not None), key=lambda f: f["seconds"], default=None)


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[50, 100, 200], metavar="KB", help="thousand characters"
    )
    parser.add_argument("--only", nargs="+", choices=NAMES, metavar="NAME", default=NAMES, help="generators")
    parser.add_argument("--works", nargs="+", choices=WORKS, default=list(WORKS))
    options = parser.parse_args()
    print("| work | generator | seconds | MB | seconds a MB | growth | page, bytes a character | misses |")
    print("|---|---|---|---|---:|---:|---:|---|")
    load()
    good = []
    for line, within in rows(options.only, [1000 * size for size in options.sizes], options.works):
        print(line, flush=True)
        good.append(within)
    print(f"\n{sum(good)} of {len(good)} rows within the limits")
    sys.exit(not all(good))


if __name__ == "__main__":
    main()
