"""Which articles were seen before: the same text, or nearly the same. Nothing is dropped; duplicates are only reported.

The same text has the same SHA-256. Texts that are nearly the same share most of their sequences of five words. The
share among all sequences of both texts (the Jaccard index; Broder 1997) is estimated by MinHash, with the library
datasketch, and pairs are found through bands of the signatures. Everything is kept in a temporary file on the disk, so
memory use stays small even with millions of articles.
"""

from __future__ import annotations

import errno
import re
import sqlite3
import tempfile
from collections.abc import Sequence
from typing import Any, Self

SHINGLE = 5  # words in a sequence
PERMUTATIONS = 128  # numbers in a signature; the estimate is accurate to about 0.04
BANDS = 32  # of four numbers each: two texts that share 0.8 meet in one of them with a chance of 99.99 per cent
THRESHOLD = 0.8
SCHEMA = """
    CREATE TABLE texts (digest BLOB PRIMARY KEY, doc_id TEXT) WITHOUT ROWID;
    CREATE TABLE bands (band BLOB PRIMARY KEY, number INTEGER) WITHOUT ROWID;
    CREATE TABLE names (name TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
    CREATE TABLE articles (number INTEGER PRIMARY KEY, doc_id TEXT, signature BLOB);
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;
"""

_WORD = re.compile(r"\w+")


def signature(text: str) -> bytes:
    """The MinHash signature of a text: PERMUTATIONS numbers of 32 bits.

    Case and punctuation do not count. Texts of fewer than SHINGLE words count as one sequence.
    """
    import numpy as np
    from datasketch import MinHash

    words = _WORD.findall(text.lower())
    shingles = {" ".join(words[k : k + SHINGLE]) for k in range(max(1, len(words) - SHINGLE + 1))}
    minhash = MinHash(num_perm=PERMUTATIONS, seed=1)
    minhash.update_batch([shingle.encode() for shingle in sorted(shingles)])
    return minhash.hashvalues.astype(np.dtype("<u4")).tobytes()


def similarity(one: bytes, other: bytes) -> float:
    """The Jaccard index of the texts of two signatures, as an estimate from 0 to 1."""
    a, b = memoryview(one).cast("I"), memoryview(other).cast("I")
    return sum(x == y for x, y in zip(a, b, strict=True)) / len(a)


class Seen:
    """The articles so far, in order: a database on the disk, to be closed after use.

    >>> with Seen() as seen:
    ...     [seen.same("a", "00ff"), seen.same("b", "11ee"), seen.same("c", "00ff")]
    [None, None, 'a']
    """

    def __init__(self, *, threshold: float = THRESHOLD) -> None:
        self.threshold = threshold
        self._db = sqlite3.connect("", isolation_level=None)  # a temporary file that disappears when it is closed
        self._db.executescript(SCHEMA)
        self._number = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def same(self, doc_id: str, sha256: str) -> str | None:
        """The doc_id of the first article with this text (None if this is the first)."""
        digest = bytes.fromhex(sha256)[:16]
        first = self._execute("SELECT doc_id FROM texts WHERE digest = ?", (digest,)).fetchone()
        if first is None:
            self._execute("INSERT INTO texts VALUES (?, ?)", (digest, doc_id))
        return first and first[0]

    def own_name(self, name: str) -> str:
        """The name itself if it is new, otherwise with the first of "#2", "#3" ... that makes it new.

        >>> with Seen() as seen:
        ...     [seen.own_name(name) for name in ("a", "a#2", "a", "b", "a")]
        ['a', 'a#2', 'a#3', 'b', 'a#4']
        """
        own, number = name, self._number_of(name)
        while number and self._number_of(own):
            number += 1
            own = f"{name}#{number}"
        if number:  # where to continue next time, so a name of a million articles is not counted from 2 each time
            self._execute("UPDATE names SET number = ? WHERE name = ?", (number, name))
        self._execute("INSERT INTO names VALUES (?, 1)", (own,))
        return own

    def _number_of(self, name: str) -> int | None:
        found = self._execute("SELECT number FROM names WHERE name = ?", (name,)).fetchone()
        return found and found[0]

    def near(self, doc_id: str, signed: bytes) -> tuple[str, float] | None:
        """The first article at least as similar as the threshold, and how similar; None if there is none."""
        keys = _bands(signed)
        marks = ",".join("?" * len(keys))
        found = self._execute(f"SELECT DISTINCT number FROM bands WHERE band IN ({marks}) ORDER BY number", keys)
        for (number,) in found.fetchall():
            first, other = self._execute(
                "SELECT doc_id, signature FROM articles WHERE number = ?", (number,)
            ).fetchone()
            share = similarity(signed, other)
            if share >= self.threshold:
                return first, share
        self._number += 1
        self._execute("INSERT INTO articles VALUES (?, ?, ?)", (self._number, doc_id, signed))
        for key in keys:
            self._execute("INSERT OR IGNORE INTO bands VALUES (?, ?)", (key, self._number))
        return None

    def _execute(self, statement: str, values: Sequence[Any]) -> sqlite3.Cursor:
        """Raises OSError if the temporary file cannot be written, as for any other file."""
        try:
            return self._db.execute(statement, values)
        except sqlite3.OperationalError as error:
            number = errno.ENOSPC if "full" in str(error) else errno.EIO
            raise OSError(number, str(error), tempfile.gettempdir()) from error

    def close(self) -> None:
        """Remove the temporary file."""
        self._db.close()


def _bands(signed: bytes) -> Sequence[bytes]:
    width = len(signed) // BANDS
    return [bytes([band]) + signed[band * width : (band + 1) * width] for band in range(BANDS)]
