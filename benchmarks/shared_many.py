"""Time and memory of `shared_passages` over many invented articles, a tenth of which copy a paragraph of another."""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from dataclasses import replace

from analysis.corpora.shared import shared_passages
from analysis.text.article import Article

SYLLABLES = "ka lo mi ter san vel dor ine rau pos gil ham ber nu tos wen lar fi od".split()


def articles(count: int) -> Iterator[Article]:
    """Articles of 400 made-up words in ten paragraphs; every tenth has a paragraph of the one nine before."""
    source = random.Random(1)
    words = ["".join(source.choices(SYLLABLES, k=3)) for _ in range(20_000)]
    earlier: list[list[str]] = []
    for number in range(count):
        paragraphs = [" ".join(source.choices(words, k=40)) + "." for _ in range(10)]
        if number % 10 == 9:
            paragraphs[3] = earlier[-9][2]
        earlier = [*earlier[-9:], paragraphs]
        article = Article("\n\n".join(paragraphs), doc_id=f"a{number}")
        yield replace(article, published=f"2031-{number % 12 + 1:02}-01")


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=20_000)
    count = parser.parse_args().count
    start = time.process_time()
    found = sum(1 for _ in shared_passages(articles(count), progress=True))
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count:,} articles of 400 words: {found:,} pairs, {seconds:.0f} s, {memory:.0f} MB at most")


if __name__ == "__main__":
    main()
