"""Readability: what the classic formulas say about an article and each of its paragraphs.

textstat counts the words, syllables, letters and difficult words. The sentences are those of the Document, because
textstat takes every full stop for the end of a sentence ("U.S.", "2.5") and drops sentences of one or two words. It
does not accept a sentence count, so the published formulas are here and are applied to its counts; the tests compare
them with textstat's own scores on a text whose sentences both count alike.

Two formulas count hard words, and textstat does not count them as their authors did: Gunning leaves out names and verbs
in -ed and -es; Dale and Chall count names, numbers and regular forms as easy. We give both readings, and say whose each
is, so that you can tell where formulas disagree and where programs do.

Headings are left out: they are not sentences, and would pass for very short ones.

How far to trust a number: each formula was fitted to passages of a hundred words or more, using school grades in the
United States from the 1940s to the 1970s. A paragraph of news has 30 to 60 words, so one more long word moves a score
by a grade: compare such scores within an article, but do not quote them. With fewer than MIN_WORDS words, there is no
score.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import nan, sqrt
from typing import NamedTuple

import pandas as pd

import analysis.frames  # noqa: F401 (no formulas in tables)
from analysis.measures.pronunciation import counter
from analysis.text.document import Document
from analysis.text.vocabulary import VALUES

MIN_WORDS = 30  # one three-syllable word in 30 moves Gunning fog by 40 / 30 = 1.3 grades
SMOG_SENTENCES = 30  # "10 consecutive sentences near the beginning, 10 in the middle and 10 near the end"
LONGEST = 40  # the longest word that is checked for the short words it may be made of, in letters
WORDS_PER_MINUTE = 238  # silent reading of English non-fiction, mean of 190 studies; most adults: 175 to 300


class Counts(NamedTuple):
    """The counts that the formulas use. They add up: those of an article are the sums over its paragraphs.

    `polysyllables`: words of three or more syllables; `difficult`: words not on Dale and Chall's list of easy ones, as
    textstat reads the list; `complex`: difficult words of three or more syllables; `letters` include digits;
    `characters`: all except white space; `strings`: stretches between white space; `difficult_own` and `complex_own`:
    difficult and complex words by the rules of the authors (see `unfamiliar`, `hard_for_gunning`).
    """

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    polysyllables: int = 0
    difficult: int = 0
    complex: int = 0
    letters: int = 0
    characters: int = 0
    strings: int = 0
    difficult_own: int = 0
    complex_own: int = 0


@dataclass(frozen=True)
class Metric:
    """A formula over Counts: its name, what it measures, where it comes from, and what to beware of."""

    name: str
    label: str
    unit: str
    definition: str
    source: str
    caution: str
    formula: Callable[[Counts], float]
    min_words: int = MIN_WORDS
    min_sentences: int = 1
    reading_of: str = ""  # the metric that this is another reading of


def _dale_chall(counts: Counts, difficult: int) -> float:
    percentage = 100 * difficult / counts.words
    score = 0.1579 * percentage + 0.0496 * counts.words / counts.sentences
    return score + 3.6365 if percentage > 5 else score


_METRICS = (
    Metric(
        "flesch_reading_ease",
        "Flesch reading ease",
        "0-100 score",
        "206.835 - 1.015 (words / sentences) - 84.6 (syllables / words). Higher is easier.",
        "Flesch 1948, A new readability yardstick, Journal of Applied Psychology 32",
        "Very hard or easy texts fall outside the range. A number in figures counts as one syllable.",
        lambda c: 206.835 - 1.015 * c.words / c.sentences - 84.6 * c.syllables / c.words,
    ),
    Metric(
        "flesch_kincaid_grade",
        "Flesch–Kincaid grade",
        "US school grade",
        "0.39 (words / sentences) + 11.8 (syllables / words) - 15.59.",
        "Kincaid, Fishburne, Rogers and Chissom 1975, Derivation of new readability formulas, "
        "Naval Technical Training Command report 8-75",
        "Fitted to technical manuals read by Navy personnel. A number in figures counts as one syllable.",
        lambda c: 0.39 * c.words / c.sentences + 11.8 * c.syllables / c.words - 15.59,
    ),
    Metric(
        "gunning_fog_own",
        "Gunning fog, by Gunning's rule",
        "US school grade",
        "0.4 (words / sentences + 100 complex words / words); complex: three or more syllables, without names, verbs "
        "that are that long only because of -ed or -es, and compounds of short easy words.",
        "Gunning 1952, The Technique of Clear Writing",
        "Capitals and the marked names decide which words are names.",
        lambda c: 0.4 * (c.words / c.sentences + 100 * c.complex_own / c.words),
    ),
    Metric(
        "gunning_fog",
        "Gunning fog, textstat's version",
        "US school grade",
        "0.4 (words / sentences + 100 complex words / words); "
        "complex: three or more syllables and not on Dale and Chall's list of easy words.",
        "textstat 0.7; the formula is Gunning's (1952)",
        "Gunning leaves out names; textstat counts long names as complex, so news scores higher.",
        lambda c: 0.4 * (c.words / c.sentences + 100 * c.complex / c.words),
        reading_of="gunning_fog_own",
    ),
    Metric(
        "smog_index",
        "SMOG grade",
        "US school grade",
        "1.043 √(30 polysyllables / sentences) + 3.1291; polysyllables: words of three or more syllables.",
        "McLaughlin 1969, SMOG grading: a new readability formula, Journal of Reading 12",
        "Fitted to samples of 30 sentences, so not given for shorter texts. Standard error: 1.5 grades.",
        lambda c: 1.043 * sqrt(30 * c.polysyllables / c.sentences) + 3.1291,
        min_sentences=SMOG_SENTENCES,
    ),
    Metric(
        "coleman_liau_index",
        "Coleman–Liau index",
        "US school grade",
        "0.0588 (letters per 100 words) - 0.296 (sentences per 100 words) - 15.8.",
        "Coleman and Liau 1975, A computer readability formula, Journal of Applied Psychology 60",
        "textstat rounds the first coefficient to 0.058, which gives about 0.4 of a grade less.",
        lambda c: 0.0588 * 100 * c.letters / c.words - 0.296 * 100 * c.sentences / c.words - 15.8,
    ),
    Metric(
        "automated_readability_index",
        "Automated readability index",
        "US school grade",
        "4.71 (characters / words) + 0.5 (words / sentences) - 21.43; punctuation counts as characters.",
        "Smith and Senter 1967, Automated readability index, US Air Force report AMRL-TR-66-220",
        "Long names and quotation marks raise it.",
        lambda c: 4.71 * c.characters / c.strings + 0.5 * c.words / c.sentences - 21.43,
    ),
    Metric(
        "dale_chall_own",
        "Dale–Chall score, by their rules",
        "Dale–Chall scale",
        "0.1579 (% difficult words) + 0.0496 (words / sentences), and 3.6365 if over 5% are difficult; difficult: not "
        "on the list of 3,000 words that four in five children of grade 4 know; names, numbers and regular forms of a "
        "word on the list (-s, -es, -ies, -d, -ed, -ied, -ing, -er, -est, 's) are easy.",
        "Dale and Chall 1948, A formula for predicting readability, Educational Research Bulletin 27",
        "Below 5: grade 4; 10 or more: graduates.  Capitals and the marked names decide which words are names.",
        lambda c: _dale_chall(c, c.difficult_own),
    ),
    Metric(
        "dale_chall_score",
        "Dale–Chall score, textstat's version",
        "Dale–Chall scale",
        "0.1579 (% difficult words) + 0.0496 (words / sentences), and 3.6365 if over 5% are difficult; "
        "difficult: not on the list of 3,000 words that four in five children of grade 4 know.",
        "textstat 0.7; the formula is that of Dale and Chall (1948)",
        "Dale and Chall count names, numbers and regular forms of easy words as easy, textstat as difficult, so news "
        "scores higher: compare it, do not quote it.",
        lambda c: _dale_chall(c, c.difficult),
        reading_of="dale_chall_own",
    ),
    Metric(
        "reading_time",
        "Reading time",
        "minutes",
        f"words / {WORDS_PER_MINUTE}, the mean rate of adults who read English non-fiction silently.",
        "Brysbaert 2019, How many words do we read per minute?, Journal of Memory and Language 109",
        "Most adults read 175 to 300 words a minute. textstat's own reading time (14.69 ms per character, "
        "after Demberg and Keller 2008) is not used: it works out at about 750.",
        lambda c: c.words / WORDS_PER_MINUTE,
        min_words=1,
    ),
)
METRICS: dict[str, Metric] = {metric.name: metric for metric in _METRICS}

_TABLE_DTYPES = {
    "doc_id": "str",
    "scope": "str",
    "paragraph": "Int64",
    "metric": "str",
    "unit": "str",
    "value": "float64",
    "n_words": "int64",
    "n_sentences": "int64",
    "reason": "str",
}

# Characters that textstat misreads, replaced in a copy that is only used for counting: quotation marks that it would
# keep as part of a word, typographic apostrophes that it would drop, dashes without spaces that it would remove.
_QUOTE = re.compile(r"(?<!\w)['‘’ʼ]|['‘’ʼ](?!\w)")
_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "—": " ", "–": " ", "―": " "})


# A place where a sentence may begin, so a capital there does not make a name.
_OPENS = re.compile(r"(?:^|[.!?:]|\n)[\s\"“”(\[*]*(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# Endings of regular forms, and what they replace: "tries" is a form of "try", "stopped" of "stop".
_ENDINGS = (
    ("'s", ""), ("’s", ""), ("s", ""), ("es", ""), ("ies", "y"), ("d", ""), ("ed", ""), ("ied", "y"), ("ing", ""),
    ("ing", "e"), ("er", ""), ("r", ""), ("ier", "y"), ("est", ""), ("st", ""), ("iest", "y"),
)  # fmt: skip


def count(text: str, n_sentences: int, names: frozenset[str] = frozenset()) -> Counts:
    """Count a stretch of text that has `n_sentences` sentences; `names` are words known to be names, in lower case.

    >>> count("The minister hasn’t resigned—yet.", 1)[:4]
    (1, 5, 9, 1)
    """
    copy = _QUOTE.sub("", text).translate(_PLAIN)
    textstat = counter()
    words = list(_words(copy, names))
    return Counts(
        sentences=n_sentences,
        words=textstat.lexicon_count(copy),
        syllables=textstat.syllable_count(copy),
        polysyllables=textstat.polysyllabcount(copy),
        difficult=textstat.difficult_words(copy, syllable_threshold=0, unique=False),
        complex=textstat.difficult_words(copy, syllable_threshold=3, unique=False),
        letters=textstat.letter_count(copy),
        characters=textstat.char_count(copy),
        strings=textstat.lexicon_count(copy, removepunct=False),
        difficult_own=sum(unfamiliar(word) for word, name in words if not name),
        complex_own=sum(hard_for_gunning(word) for word, name in words if not name),
    )


def _words(text: str, names: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """The words in lower case, and whether each is a name: a known one, or a word with a capital inside a sentence."""
    opening = {m.end() for m in _OPENS.finditer(text)}
    for m in _WORD.finditer(text):
        word = m[0]
        low = word.lower()
        capital = word[0].isupper() and m.start() not in opening and word != "I"
        yield low, capital or low.removesuffix("'s") in names


@lru_cache(maxsize=50_000)
def unfamiliar(word: str) -> bool:
    """Is a word (in lower case, not a name) difficult by Dale and Chall's rules: not on their list, not a number, and
    not a regular form of a word on the list?

    >>> [unfamiliar(word) for word in ("boats", "tried", "stopped", "1948", "provision")]
    [False, False, False, False, True]
    """
    if any(c.isdigit() for c in word):
        return False
    return not any(_on_the_list(stem) for stem in (word, *_stems(word)))


def _stems(word: str) -> Iterator[str]:
    for ending, stands_for in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            yield stem + stands_for
            if ending[0] in "ei" and stem[-1] == stem[-2:-1]:
                yield stem[:-1]  # "stopped", "bigger"


def _on_the_list(word: str) -> bool:
    return not counter().difficult_words_list(word, syllable_threshold=0)


@lru_cache(maxsize=50_000)
def hard_for_gunning(word: str) -> bool:
    """Is a word (in lower case, not a name) complex by Gunning's rule: does it have three syllables or more, other than
    because of -ed or -es or as a compound of short words?

    >>> [hard_for_gunning(word) for word in ("mutual", "created", "trespasses", "bookkeeper", "well-known", "boat")]
    [True, False, False, False, False, False]
    """
    syllables = counter().syllable_count
    if any(c.isdigit() for c in word) or syllables(word) < 3:
        return False
    stem = word.removesuffix("ed").removesuffix("es")
    if stem != word and min(syllables(stem), syllables(stem + "e")) < 3:
        return False
    return not _of_short_words(word)


def _of_short_words(word: str) -> bool:
    """ "bookkeeper", "well-known": parts of one or two syllables, on the list of easy words or forms of one."""
    if len(word) > LONGEST:
        return False
    splits = [word.split("-")] if "-" in word else [[word[:k], word[k:]] for k in range(3, len(word) - 2)]
    return any(
        all(part and counter().syllable_count(part) < 3 and not unfamiliar(part) for part in parts) for parts in splits
    )


def score(metric: Metric, counts: Counts) -> tuple[float, str]:
    """The value of a metric and "", or NaN and the reason."""
    if not counts.words or not counts.sentences:
        return nan, "there are no words to count"
    if counts.words < metric.min_words:
        return nan, f"needs {metric.min_words} words; this text has {counts.words}"
    if counts.sentences < metric.min_sentences:
        return nan, f"needs {metric.min_sentences} sentences; this text has {counts.sentences}"
    return metric.formula(counts), ""


def readability_table(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per article and metric (scope "article"), then one per body paragraph and metric ("paragraph").

    Columns: doc_id, scope, paragraph (its number in the document from 1, including headings; <NA> for an article),
    metric (a key of METRICS), unit, value (NaN if there is none), n_words and n_sentences (the counts, without
    headings), reason ("" or why the value is NaN).
    """
    documents = [documents] if isinstance(documents, Document) else documents
    rows = [row for document in documents for row in _rows(document)]
    return pd.DataFrame(rows, columns=list(_TABLE_DTYPES)).astype(_TABLE_DTYPES)


def _rows(document: Document) -> Iterator[tuple]:
    paragraphs = _paragraph_counts(document)
    total = Counts(*map(sum, zip(Counts(), *paragraphs.values(), strict=True)))
    scopes = [("article", None, total), *(("paragraph", index + 1, c) for index, c in paragraphs.items())]
    for scope, number, counts in scopes:
        for metric in METRICS.values():
            value, reason = score(metric, counts)
            yield (
                document.doc_id,
                scope,
                number,
                metric.name,
                metric.unit,
                value,
                counts.words,
                counts.sentences,
                reason,
            )


def _paragraph_counts(document: Document) -> dict[int, Counts]:
    """Counts of each body paragraph, by its index."""
    n_sentences = [0] * len(document.paragraphs)
    for sentence in document.sentences:
        if any(map(str.isalnum, document.text[sentence.start : sentence.end])):
            n_sentences[sentence.paragraph] += 1
    names = frozenset(
        word.lower()
        for m in document.mentions
        if m.label not in VALUES
        for word in _WORD.findall(document.text[m.start : m.end])
        if word[0].isupper()
    )
    return {
        index: count(document.text[paragraph.start : paragraph.end], n_sentences[index], names)
        for index, paragraph in enumerate(document.paragraphs)
        if paragraph.kind == "body"
    }


def metrics_table() -> pd.DataFrame:
    """METRICS as a table: one row per metric, with label, unit, definition, source and caution."""
    columns = ["name", "label", "unit", "definition", "source", "caution"]
    rows = [[getattr(metric, column) for column in columns] for metric in METRICS.values()]
    return pd.DataFrame(rows, columns=columns, dtype="str").rename(columns={"name": "metric"})


def describe_readability(table: pd.DataFrame) -> str:
    """Say in words what the article rows of a readability table show."""
    rows = table[table["scope"] == "article"]
    n_articles = rows["doc_id"].nunique()
    if not n_articles:
        return "There is no article to measure."
    sizes = rows.drop_duplicates("doc_id")
    head = f"{sizes['n_words'].sum():,} words in {sizes['n_sentences'].sum():,} sentences."
    if n_articles > 1:
        head = f"{n_articles} articles, {head} The values are medians, with the lowest and the highest."
    lines = [_describe_metric(metric, rows[rows["metric"] == name]) for name, metric in METRICS.items()]
    tail = (
        "The formulas measure the length of words and sentences. They cannot tell what a text means, how well it "
        "explains, or who reads it."
    )
    return "\n".join([head, *lines, tail])


def _describe_metric(metric: Metric, rows: pd.DataFrame) -> str:
    values, missing = rows["value"].dropna(), rows[rows["value"].isna()]
    if values.empty and len(rows) == 1:
        return f"{metric.label}: not computed, {missing['reason'].iloc[0]}."
    if values.empty:
        return f"{metric.label}: not computed for any of them (too short)."
    text = f"{metric.label}: {values.median():.1f}"
    if len(rows) > 1:
        text += f" ({values.min():.1f} to {values.max():.1f})"
    if len(missing):
        short = "the one that is" if len(missing) == 1 else f"the {len(missing)} that are"
        text += f", without {short} too short"
    return f"{text} ({metric.unit})."
