"""Which articles of many share passages, word for word or nearly, and which of the two is dated first.

Near duplicates (`analysis.corpora.duplicates`) share most of their text; here a paragraph is enough. Of each article's
sequences of six words, we keep the smallest hash in every eight in a row ("winnowing"; Schleimer, Wilkerson and Aiken
2003): two articles that share 13 words in a row share one of these. Such pairs are then compared word by word. The
texts are in a temporary file on the disk; memory holds about 1 kB per article.
"""

from __future__ import annotations

import argparse
import re
import sqlite3
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from analysis.comparing.runs import chained, shared_runs
from analysis.corpora.duplicates import THRESHOLD
from analysis.outputs import Output, check_outputs, starts_with, write_whole
from analysis.text.article import Article, ArticleError

SEQUENCE = 6  # words
WINDOW = 8  # one of so many sequences in a row is kept
WITH = 20  # the most articles with a sequence that others with it are compared with, by date
SEED, GAP = 4, 3  # in passages: words in a row that are the same, and words between them
PASSAGE = 8  # the fewest words of a passage that are the same
LEAST = 20  # the fewest words that two articles share
CHUNK = 200_000  # sequences at a time
COLUMNS = {
    "doc_id": "str",
    "other": "str",
    "published": "str",
    "other_published": "str",
    "outlet": "str",
    "other_outlet": "str",
    "first": "str",
    "n_passages": "int64",
    "n_shared": "int64",
    "share": "float64",
    "share_other": "float64",
    "near_duplicate": "bool",
    "longest": "str",
}
_WORD = re.compile(r"\w+")
_SCHEMA = """
    CREATE TABLE texts (number INTEGER PRIMARY KEY, doc_id TEXT, published TEXT, outlet TEXT, text TEXT);
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;
"""


class Shared(NamedTuple):
    """Two articles that share passages; `doc_id` was read before `other`.

    `first` is the doc_id of the one with the earlier date, None if a date is unknown or both are the same: it says
    which was dated first, not who wrote the words. `n_shared` counts the words in passages, `share` is their share of
    the words of `doc_id`, `share_other` of those of `other`; both are 0.8 or more for a `near_duplicate`. `longest` is
    the longest passage, as worded in `doc_id`.
    """

    doc_id: str
    other: str
    published: str | None
    other_published: str | None
    outlet: str | None
    other_outlet: str | None
    first: str | None
    n_passages: int
    n_shared: int
    share: float
    share_other: float
    near_duplicate: bool
    longest: str


class _Text(NamedTuple):
    doc_id: str
    published: str | None
    outlet: str | None
    text: str
    words: Sequence[str]
    spans: Sequence[tuple[int, int]]


def shared_passages(articles: Iterable[Article], *, least: int = LEAST, progress: bool = False) -> Iterator[Shared]:
    """The pairs of articles that share at least `least` words in passages of eight or more, in the order they are read.

    An article is compared with the first twenty that have the same words, so that a notice that all articles carry does
    not make millions of pairs. With `progress`, a terminal shows a bar. Raises ValueError if `least` is below 1.

    >>> words = "The new ferry burns a third less fuel than the old one and carries forty cars more on each trip"
    >>> pairs = shared_passages([Article(words, doc_id="a"), Article("It is true. " + words, doc_id="b")], least=15)
    >>> [(pair.doc_id, pair.other, pair.n_shared, pair.share) for pair in pairs]
    [('a', 'b', 20, 1.0)]
    """
    from tqdm import tqdm

    if least < 1:
        raise ValueError(f"least={least!r} is not a number of words; give a whole number, at least 1")
    quiet = None if progress else True  # None: on a terminal only
    db = sqlite3.connect("", isolation_level=None)  # a temporary file that disappears when it is closed
    try:
        db.executescript(_SCHEMA)
        hashes, owners = array("L"), array("L")
        for number, article in enumerate(tqdm(articles, "reading", disable=quiet)):
            row = (number, article.doc_id, article.published, article.outlet, article.text)
            db.execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?)", row)
            for one in _kept_sequences(_WORD.findall(article.text.lower())):
                hashes.append(one)
                owners.append(number)
        pairs = _pairs(hashes, owners)
        read = lru_cache(maxsize=64)(lambda number: _read(db, number))
        for a, b in tqdm(pairs, "comparing", disable=quiet):
            found = _compare(read(a), read(b))
            if found is not None and found.n_shared >= least:
                yield found
    finally:
        db.close()


def _kept_sequences(words: Sequence[str]) -> list[int]:
    """The smallest hash in each row of WINDOW sequences of words, each once."""
    import numpy as np

    found = [zlib.crc32(" ".join(words[k : k + SEQUENCE]).encode()) for k in range(len(words) - SEQUENCE + 1)]
    if len(found) <= WINDOW:
        return [min(found)] if found else []
    rows = np.lib.stride_tricks.sliding_window_view(np.array(found, dtype=np.uint32), WINDOW)
    return np.unique(rows.min(axis=1)).tolist()


def _pairs(hashes: Sequence[int], owners: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs of articles that have a sequence in common, in order, none twice."""
    import numpy as np

    order = np.lexsort((np.frombuffer(owners, dtype=np.uint), np.frombuffer(hashes, dtype=np.uint)))
    keys = np.frombuffer(hashes, dtype=np.uint)[order]
    whose = np.frombuffer(owners, dtype=np.uint)[order]
    edges = np.flatnonzero(np.diff(keys, prepend=keys[:1] + 1)) if len(keys) else np.zeros(0, dtype=int)
    places = np.arange(len(keys)) - np.repeat(edges, np.diff(np.append(edges, len(keys))))
    known = np.zeros(0, dtype=np.uint64)
    for start in range(0, len(keys), CHUNK):
        here = np.arange(start, min(start + CHUNK, len(keys)))
        found = [known]
        for k in range(WITH):  # each with the k-th that has the same sequence
            later = here[places[here] > k]
            first = whose[later - places[later] + k].astype(np.uint64)
            found.append((first << np.uint64(32)) | whose[later].astype(np.uint64))
        known = np.unique(np.concatenate(found))
    return [(int(pair) >> 32, int(pair) & 0xFFFFFFFF) for pair in known]


def _read(db: sqlite3.Connection, number: int) -> _Text:
    doc_id, published, outlet, text = db.execute(
        "SELECT doc_id, published, outlet, text FROM texts WHERE number = ?", (number,)
    ).fetchone()
    found = list(_WORD.finditer(text))
    return _Text(doc_id, published, outlet, text, [m[0].lower() for m in found], [m.span() for m in found])


def _compare(a: _Text, b: _Text) -> Shared | None:
    chains = [
        chain
        for chain in chained(shared_runs(a.words, b.words, SEED), GAP)
        if sum(run.length for run in chain) >= PASSAGE
    ]
    if not chains:
        return None
    longest = max(chains, key=lambda chain: sum(run.length for run in chain))
    first, last = longest[0].here, longest[-1].here + longest[-1].length - 1
    here = {k for chain in chains for run in chain for k in range(run.here, run.here + run.length)}
    there = {k for chain in chains for run in chain for k in range(run.there, run.there + run.length)}
    share, other = len(here) / len(a.words), len(there) / len(b.words)
    days = (a.published or "")[:10], (b.published or "")[:10]
    dated = None if not all(days) or days[0] == days[1] else a.doc_id if days[0] < days[1] else b.doc_id
    return Shared(
        a.doc_id,
        b.doc_id,
        a.published,
        b.published,
        a.outlet,
        b.outlet,
        dated,
        len(chains),
        len(here),
        share,
        other,
        min(share, other) >= THRESHOLD,
        " ".join(a.text[a.spans[first][0] : a.spans[last][1]].split()),
    )


def shared_table(articles: Iterable[Article], *, least: int = LEAST, progress: bool = False) -> Any:
    """What `shared_passages` finds, as a table with one row per pair."""
    import pandas as pd

    rows = list(shared_passages(articles, least=least, progress=progress))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def run(arguments: argparse.Namespace, items: Iterable[Article | ArticleError]) -> int:
    """Write the table of articles that share passages; returns the exit code."""
    import csv
    import io

    if arguments.out is not None:
        check_outputs([Output(arguments.out, lambda path: starts_with(path, ",".join(COLUMNS)))], arguments.inputs)
    errors = 0

    def readable() -> Iterator[Article]:
        nonlocal errors
        for item in items:
            if isinstance(item, ArticleError):
                errors += 1
                print(f"error: {item}", file=sys.stderr)
            else:
                yield item

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for pair in shared_passages(readable(), least=arguments.least, progress=True):
        writer.writerow([_cell(value) for value in pair])
    if arguments.out is None:
        sys.stdout.write(out.getvalue())
    else:
        write_whole(arguments.out, out.getvalue().encode())
        print(arguments.out)
    return int(errors > 0)


def _cell(value: object) -> str:
    """A value for CSV; text that a spreadsheet would read as a formula gets an apostrophe before it."""
    if isinstance(value, float):
        return f"{value:.4g}"
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
