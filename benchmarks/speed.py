"""How fast, how much memory, how it grows: `make bench`, or

    python benchmarks/speed.py [--articles 200] [--input FILE] [--peers] [--large 10000]

Everything is measured on the articles in seeds/ and on invented ones, which are denser in what is looked for (or on
the articles of FILE), in this process, against one pass of a bare regular expression for tokens over the same text: a
figure that means the same on any machine. Times are processor seconds, the best of several runs that take turns; whole
commands are timed by the clock.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import re
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path

from many_articles import timed, watched

from analysis.corpora.batch import collect_seldom
from analysis.inputs.loading import load_articles
from analysis.teaching.invented import invented_articles
from analysis.text.article import Article

BARE = re.compile(r"\w+|[^\w\s]")  # the bare token pass: words, and signs one by one
RUNS = 3


def best(work: Callable[[], object], runs: int = RUNS) -> float:
    """Processor seconds of the fastest of several runs."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def stages(articles: list[Article]) -> dict[str, Callable[[], object]]:
    """Each stage as work over all articles, the bare pass first."""
    from analysis.entities import find_entities
    from analysis.grammar import analyse
    from analysis.hedging import find_markers
    from analysis.pipeline import annotate, to_json
    from analysis.sourcing import find_attributions
    from analysis.text.segmentation import segment

    annotate(articles[0])  # rules are read once
    plain = [segment(a) for a in articles]
    named = [replace(d, mentions=m, entities=e) for d in plain for m, e in [find_entities(d, backend="rules")]]
    sourced = [replace(d, attributions=find_attributions(d)) for d in named]
    whole = [replace(d, markers=find_markers(d)) for d in sourced]
    return {
        "bare token pass": lambda: [BARE.findall(a.text) for a in articles],
        "segment": lambda: [segment(a) for a in articles],
        "grammar": lambda: [len(analyse(d).clauses) for d in plain],
        "entities": lambda: [find_entities(d, backend="rules") for d in plain],
        "sourcing": lambda: [find_attributions(d) for d in named],
        "hedging": lambda: [find_markers(d) for d in sourced],
        "JSON": lambda: [to_json(d) for d in whole],
        "annotate, all": lambda: [to_json(annotate(a)) for a in articles],
    }


def in_turns(works: dict[str, Callable[[], object]], rounds: int = 8) -> Iterator[tuple[str, float]]:
    """Processor seconds of the fastest run of each work. The works take turns, so that all meet the same machine:
    where other programs slow it for a while, each has rounds outside that while."""
    collect_seldom()  # what the benchmark itself keeps, a run of the command does not have to look through
    fastest = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            fastest[name] = min(fastest[name], best(work, 1))
    yield from fastest.items()


def peers(articles: list[Article]) -> Iterator[tuple[str, float]]:
    """Others that are installed: they do parts of the work only (tokens; names; quotations), and none of the hedging.
    spaCy's pipeline needs a model of one's own choice; its tokens do not."""
    if importlib.util.find_spec("spacy"):
        import spacy

        blank = spacy.blank("en")
        yield "spaCy, tokens alone", best(lambda: [blank(a.text) for a in articles])
        models = spacy.util.get_installed_models()
        if not models:
            return
        nlp = spacy.load(models[0])
        yield f"spaCy {models[0]}, all of its pipeline", best(lambda: [nlp(a.text) for a in articles], 1)
        if importlib.util.find_spec("textacy"):
            from textacy.extract import triples

            yield (
                "spaCy + textacy quotations",
                best(lambda: [list(triples.direct_quotations(nlp(a.text))) for a in articles], 1),
            )


def growth(article: Article) -> Iterator[tuple[int, int, float]]:
    """Copies of an article in one text (1, 10, 100, 1,000), characters, and seconds."""
    from analysis.pipeline import annotate

    for times in (1, 10, 100, 1000):
        large = Article("\n".join([article.text] * times))
        yield times, len(large.text), best(lambda large=large: annotate(large), RUNS if times < 1000 else 1)


def bundled_articles(times: int = 25) -> list[Article]:
    """The articles in seeds/, which people wrote, as often as makes a text long enough to time."""
    folder = Path(__file__).resolve().parents[1] / "seeds"
    teaching = sorted(folder.glob("teaching/[0-9]*.md"))
    return [article for path in (folder, *teaching) for article in load_articles(path)] * times


def print_stages(what: str, articles: list[Article], *, with_peers: bool) -> None:
    """The table of stages."""
    words = sum(len(a.text.split()) for a in articles)
    print(f"{what}: {len(articles):,} articles, {words:,} words\n")
    print("| stage | seconds | words a second | times the bare pass |\n|---|---:|---:|---:|")
    bare = 0.0
    for name, seconds in chain(in_turns(stages(articles)), peers(articles) if with_peers else ()):
        bare = bare or seconds
        print(f"| {name} | {seconds:.3f} | {words / seconds:,.0f} | {seconds / bare:.1f} |", flush=True)


def print_growth(article: Article) -> None:
    """The table of growth: a ratio near 10 in each row is growth in line with the length."""
    print("\n| copies in one text | characters | seconds | times the row before |\n|---:|---:|---:|---:|")
    before = None
    for times, chars, seconds in growth(article):
        print(f"| {times:,} | {chars:,} | {seconds:.4f} | {f'{seconds / before:.1f}' if before else ''} |", flush=True)
        before = seconds


def print_commands(articles: list[Article], large: int) -> None:
    """The table of whole commands: start-up on one article, one process against two on many."""
    print("\n| command | seconds by the clock | articles a second | memory of the largest process, MB |")
    print("|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count, jobs in ((1, 1), (large, 1), (large, 2)):
            source = folder / f"{count}.jsonl"
            if not source.exists():
                with source.open("w", encoding="utf-8") as file:
                    for number, article in zip(range(count), chain.from_iterable(repeat(articles)), strict=False):
                        file.write(json.dumps({"doc_id": f"{article.doc_id}-{number}", "text": article.text}) + "\n")
            arguments = ("annotate", str(source), "-o", str(folder / "out.jsonl"), "--jobs", str(jobs))
            seconds, memory = min(timed(*arguments) for _ in range(RUNS if count == 1 else 1))
            print(
                f"| annotate {count:,} {'article' if count == 1 else 'articles'} --jobs {jobs} | {seconds:.2f} | "
                f"{count / seconds:,.0f} | {memory:.0f} |",
                flush=True,
            )


# What a process is made to do with each text, for its memory.
WORKS = {
    "bare token pass": f"import re; work = re.compile({BARE.pattern!r}).findall",
    "annotate": "from analysis.pipeline import annotate, to_json; work = lambda text: to_json(annotate(text))",
    "spaCy, tokens alone": "import spacy; work = spacy.blank('en')",
    "spaCy, all of its pipeline": "import spacy; work = spacy.load(spacy.util.get_installed_models()[0])",
}


def print_memory(articles: list[Article], *, with_peers: bool) -> None:
    """The table of memory: each in a process of its own, article by article, what it makes thrown away."""
    works = list(WORKS)[:2]
    if with_peers and importlib.util.find_spec("spacy"):
        import spacy

        works = list(WORKS)[: 4 if spacy.util.get_installed_models() else 3]
    print("\n| one article after the other | memory of the process, MB |\n|---|---:|")
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "articles.jsonl"
        source.write_text("".join(json.dumps({"text": a.text}) + "\n" for a in articles), encoding="utf-8")
        again = f"    for line in open({str(source)!r}, encoding='utf-8'): work(json.loads(line)['text'])"
        for work in works:  # again and again for a second, so that its memory is seen
            _, memory = watched(
                "-c", f"{WORKS[work]}\nimport json, time\nend = time.time() + 1\nwhile time.time() < end:\n{again}"
            )
            print(f"| {work} | {memory:.0f} |", flush=True)


def main() -> None:
    """Read the command line and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=200, help="invented articles (default 200)")
    parser.add_argument("--input", help="articles of your own instead: a file or folder that `annotate` reads")
    parser.add_argument("--large", type=int, default=1000, help="articles for one process against two (default 1000)")
    parser.add_argument("--peers", action="store_true", help="also time spaCy and textacy, where they are installed")
    options = parser.parse_args()
    collect_seldom()  # as the command line does
    print(f"Python {platform.python_version()}, {platform.machine()}; load of the machine: {os.getloadavg()[0]:.1f}.\n")
    if options.input:
        articles = load_articles(options.input)
        print_stages("Your articles", articles, with_peers=options.peers)
    else:
        print_stages(
            "Prose that people wrote, the articles in seeds/ 25 times over",
            bundled_articles(),
            with_peers=options.peers,
        )
        articles = list(invented_articles(options.articles, paragraphs=30))
        print()
        print_stages(
            "Invented articles, with a name and a report in nearly every sentence", articles, with_peers=options.peers
        )
    print_growth(articles[0])
    print_commands(articles, options.large)
    print_memory(articles, with_peers=options.peers)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nmemory of this process at its highest: {memory:.0f} MB")


if __name__ == "__main__":
    main()
