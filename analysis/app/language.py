"""Is a text English? The rules read nothing else, and mark nonsense where it is not."""

from __future__ import annotations

from functools import cache
from itertools import islice
from pathlib import Path

from analysis.sourcing.voices import is_word
from analysis.text.document import Document

_WORDS = Path(__file__).parents[1] / "resources" / "data" / "common_words.txt"
COMMONEST = 100  # words of English that make up half of its running text
LEAST = 0.2  # their share in a text: 0.35 to 0.55 in English news, under 0.15 in German, French or Spanish
FEWEST = 20  # words below which nothing can be told
SAMPLE = 5_000


@cache
def _commonest() -> frozenset[str]:
    lines = (line.strip() for line in _WORDS.read_text("utf-8").splitlines() if not line.startswith("#"))
    return frozenset(islice(lines, COMMONEST))


def not_english(document: Document) -> str:
    """A sentence where the text does not look like English; "" where it does, or is too short to tell.

    >>> from analysis import segment, Article
    >>> not_english(segment(Article("It may rain.")))
    ''
    """
    words = list(islice((w for w in document.tokens.lowers if is_word(w) and w[0].isalpha()), SAMPLE))
    if len(words) < FEWEST:
        return ""
    share = sum(word in _commonest() for word in words) / len(words)
    if share >= LEAST:
        return ""
    return "This does not look like English. The rules know English only, so most marks below are likely to be wrong."
