"""Speed of comparing two texts: 1,000 pairs of about 600 words, and pairs made to be slow.

The time of `annotate` is measured apart: whoever compares versions has annotated them for other uses too.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable

from analysis.comparing import compare_versions, copied
from analysis.pipeline import annotate
from analysis.teaching.invented import invented_articles
from analysis.text.document import Document

WORDS = 600
DIFFERENT = 40  # pairs that differ; each is compared many times
SIZES = (250_000, 500_000, 1_000_000)  # characters of a hostile text
SWAPS = {"said": "claimed", "may": "will", "two": "three", "Monday": "Friday", "the": "this"}


def long_text(source: random.Random, articles: list[str]) -> str:
    """Invented paragraphs, about 600 words of them."""
    out: list[str] = []
    while sum(len(p.split()) for p in out) < WORDS:
        out += [p for p in source.choice(articles).split("\n\n") if p]
    return "\n\n".join(out)


def next_version(source: random.Random, text: str) -> str:
    """A text with paragraphs moved and dropped, and a tenth of its sentences changed."""
    paragraphs = text.split("\n\n")
    paragraphs.insert(source.randrange(len(paragraphs)), paragraphs.pop(source.randrange(len(paragraphs))))
    del paragraphs[source.randrange(len(paragraphs))]
    words = " \n\n ".join(paragraphs).split(" ")
    return " ".join(SWAPS.get(w, w) if source.random() < 0.1 else w for w in words if source.random() > 0.003)


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor that some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def pairs_of_600() -> None:
    """1,000 pairs of 600 words."""
    source = random.Random(1)
    articles = [article.text for article in invented_articles(200)]
    documents: list[tuple[Document, Document]] = []
    texts = [(text := long_text(source, articles), next_version(source, text)) for _ in range(DIFFERENT)]
    seconds = timed(lambda: documents.extend((annotate(a), annotate(b)) for a, b in texts))
    n = sum(len(a.text.split()) + len(b.text.split()) for a, b in documents) / 2 / DIFFERENT
    print(f"annotate: {1000 * seconds / DIFFERENT:.1f} s for 1,000 pairs of {n:.0f} words")
    for name, work in (
        ("compare_versions", lambda a, b: compare_versions(a, b)),
        ("copied", lambda a, b: copied(b, of=a)),
    ):
        seconds = timed(lambda work=work: [work(a, b) for _ in range(1000 // DIFFERENT) for a, b in documents])
        print(f"{name}: {seconds:.1f} s for 1,000 pairs of {n:.0f} words")
    found = sum(len(compare_versions(a, b).changes) for a, b in documents) / DIFFERENT
    print(f"changes in a pair: {found:.1f}")


def hostile() -> None:
    """Pairs of texts in which words repeat, at 250 kB, 500 kB and 1 MB."""
    for name, one, other in (
        ("all the same word", "word ", "word "),
        ("all the same word, one more", "word ", "word  "),
        ("the same sentence", "Ann Reed said it may rain. ", "Ann Reed said it may rain. "),
        ("sentences that are nearly the same", "Ann Reed said it may rain here. ", "Ann Reed said it will rain now. "),
        ("two words in turn", "big red ", "red big big "),
        ("paragraphs of one word", "rain\n\n", "snow\n\nrain\n\n"),
    ):
        rows = []
        for size in SIZES:
            # some of these are not English, and would have nothing to compare
            a, b = (annotate(text * (size // len(text)), any_language=True) for text in (one, other))
            rows.append((timed(lambda a=a, b=b: compare_versions(a, b)), timed(lambda a=a, b=b: copied(b, of=a))))
        shown = ", ".join(f"{v:.2f} and {c:.2f} s" for v, c in rows)
        print(f"versions and copies of pairs of 250 kB, 500 kB and 1 MB, {name}: {shown}", flush=True)


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hostile", action="store_true", help="pairs made to be slow instead")
    if parser.parse_args().hostile:
        hostile()
    else:
        pairs_of_600()
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
