"""`agree`: several people's marks, in any format, compared with each other and with the rules.

Texts belong together if they are the same to the character. Scores count all texts; kappa and alpha are for the people
only, word by word, so they say nothing about who is right.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.annotation.compare import KINDS, Comparison, agreement_over, compare_annotations, disagreements_html
from analysis.annotation.marks import LAYERS, Mark, marks_of, marks_of_text
from analysis.corpora.batch import Errors
from analysis.exchange.formats import read_texts
from analysis.exchange.model import ExchangeError
from analysis.outputs import PAGE_START, Output, check_outputs, is_page, write_whole
from analysis.pipeline import annotate
from analysis.reading.page import asset
from analysis.text.article import Article, ArticleError
from analysis.text.document import Document
from analysis.text.escaping import escape_html

RULES = "the rules"
POLICY = "'none'; style-src 'unsafe-inline'"
BEYOND_CHANCE = "Agreement beyond chance, word by word"
HOW_SCORES = (
    "Precision is the share of the first person’s marks that the second also has; recall is the share of the second’s "
    "that the first also has. “Exact” counts the same words; “overlap” counts any words in common, and is left out "
    "where it is the same. “Other label” counts the same words with different labels. Neither is assumed to be right."
)
HOW_AGREED = (
    "1 is full agreement, 0 is what chance alone would give. Most words have no mark, so observed agreement is usually "
    "high: look at kappa (of two people) or alpha (of all). Labels do not count here."
)


class Text(NamedTuple):
    """A text with the rules' document, and the marks of the people who marked it, by their names."""

    document: Document
    people: dict[str, list[Mark]]


def run(arguments: argparse.Namespace) -> int:
    """Compare as the command line says; returns 1 if something could not be read, otherwise 0."""
    people = named(arguments.people)
    if arguments.out is not None:
        check_outputs([Output(arguments.out, is_page)], people.values())
    errors = Errors(None)
    texts = read_people(people, errors, backend=arguments.backend)
    if not layers_of(texts):
        print("error: nobody's marks could be read", file=sys.stderr)
        return 1
    scores, agreed = scores_of(texts), agreement_of(texts)
    for title, frame, how in (("Marks in common", scores, HOW_SCORES), (BEYOND_CHANCE, agreed, HOW_AGREED)):
        if not frame.empty:
            print(f"{title}\n{frame.to_string(index=False, na_rep='–', float_format='{:z.2f}'.format)}\n{how}\n")
    if arguments.out is not None:
        write_whole(arguments.out, page(texts, scores, agreed).encode())
        print(arguments.out)
    return int(errors.count > 0)


def named(given: Iterable[str]) -> dict[str, str]:
    """The paths by name: "Ada=marks.xmi" gives a name, otherwise it is the file's; each name is used once.

    >>> named(["Ada=a/marks.xmi", "ben.tsv", "c/ben.tsv"])
    {'Ada': 'a/marks.xmi', 'ben': 'ben.tsv', 'ben 2': 'c/ben.tsv'}
    """
    out: dict[str, str] = {}
    for item in given:
        name, equals, path = item.partition("=")
        if not equals or not name or "/" in name:
            name, path = Path(item).stem, item
        base, number = name, 2
        while name in out or name == RULES:
            name, number = f"{base} {number}", number + 1
        out[name] = path
    return out


def read_people(people: Mapping[str, str], errors: Errors, *, backend: str = "rules") -> list[Text]:
    """The texts that people marked, in the order in which they first appear. A file that names several people (Label
    Studio, Prodigy) gives each of them.
    """
    texts: dict[str, Text] = {}
    for name, path in people.items():
        try:
            found = list(read_texts(path))
        except ExchangeError as error:
            found = [error]
        several = len({m.by for m in found if not isinstance(m, ArticleError)}) > 1
        for marked in found:
            if isinstance(marked, ArticleError):
                errors.add(marked)
                continue
            marks, problems = marks_of_text(marked, file=path)
            for problem in problems:
                errors.add(problem)
            if marked.text not in texts:
                try:
                    document = annotate(Article(marked.text, doc_id=marked.doc_id), backend=backend)
                except ArticleError as error:
                    errors.add(ExchangeError(f"{marked.doc_id}: {error.reason}", file=path))
                    continue
                texts[marked.text] = Text(document, {})
            who = f"{name} ({marked.by})" if several and marked.by else name
            texts[marked.text].people.setdefault(who, []).extend(marks)
    for text in texts.values():
        missing = sorted({n for other in texts.values() for n in other.people} - text.people.keys())
        if missing:
            print(f"warning: {text.document.doc_id} was not marked by {', '.join(missing)}", file=sys.stderr)
    return list(texts.values())


def layers_of(texts: Iterable[Text]) -> list[str]:
    """The layers in which anybody marked anything: somebody who was asked for hedges has missed no names."""
    marked = {m.layer for text in texts for marks in text.people.values() for m in marks}
    return [layer for layer in LAYERS if layer in marked]


def compared(text: Text, layers: list[str]) -> dict[tuple[str, str], Comparison]:
    """Each person against the rules, and against the others; the first of a pair takes the machine's place."""
    mine = marks_of(text.document)
    out = {
        (RULES, name): compare_annotations(text.document, marks, against=mine, layers=layers)
        for name, marks in text.people.items()
    }
    for a, b in combinations(text.people, 2):
        out[a, b] = compare_annotations(text.document, text.people[b], against=text.people[a], layers=layers)
    return out


def scores_of(texts: Iterable[Text]) -> pd.DataFrame:
    """One row for each pair, layer and way of matching, over all texts; overlap only if it differs.

    Precision is the share of one side's marks that the other has too, recall the reverse.
    """
    texts = list(texts)
    layers = layers_of(texts)
    frames = []
    for text in texts:
        for (of, against), comparison in compared(text, layers).items():
            other = comparison.scores["layer"].map(lambda layer, found=comparison: _other_labels(found, layer))
            frames.append(comparison.scores.assign(read_as=of, against=against, other=other))
    every = pd.concat(frames, ignore_index=True)
    keys = ["read_as", "against", "layer", "match"]
    counts = every.groupby(keys, sort=False)[["machine", "person", "both", "other"]].sum().reset_index()
    counts = counts[~counts.duplicated(subset=[*keys[:3], "both"])]
    nan = float("nan")
    counts["precision"] = [b / m if m else nan for m, b in zip(counts.machine, counts.both, strict=True)]
    counts["recall"] = [b / p if p else nan for p, b in zip(counts.person, counts.both, strict=True)]
    counts["f1"] = [
        2 * b / (m + p) if m and p else nan for m, p, b in zip(counts.machine, counts.person, counts.both, strict=True)
    ]
    names = {"read_as": "first", "against": "second", "machine": "marks of first", "person": "marks of second"}
    order = [*keys, "machine", "person", "both", "precision", "recall", "f1", "other"]
    return counts[order].rename(columns=names | {"f1": "F1", "other": "other label"})


def _other_labels(comparison: Comparison, layer: str) -> int:
    rows = comparison.disagreements
    return int(((rows["layer"] == layer) & (rows["kind"] == KINDS[3])).sum())


def agreement_of(texts: Iterable[Text]) -> pd.DataFrame:
    """Kappa of each pair of people and alpha of all, by layer, over the texts that all of them marked."""
    texts = list(texts)
    everyone = {name for text in texts for name in text.people}
    shared = [(t.document, t.people) for t in texts if t.people.keys() == everyone]
    if len(everyone) < 2 or not shared:
        return pd.DataFrame(columns=["layer", "people", "words", "observed", "kappa", "alpha"])
    order = list(shared[0][1])
    pairs = [(document, {name: people[name] for name in order}) for document, people in shared]
    rows = []
    for layer in layers_of(texts):
        found = agreement_over(pairs, layer=layer)
        *of_pairs, of_all = found.itertuples()
        if len(order) == 2:  # the alpha of two people is shown with their kappa
            rows += [(layer, p.people, p.cases, p.observed, p.value, of_all.value) for p in of_pairs]
        else:
            nan = float("nan")
            rows += [(layer, p.people, p.cases, p.observed, p.value, nan) for p in of_pairs]
            rows += [(layer, of_all.people, of_all.cases, of_all.observed, nan, of_all.value)]
    return pd.DataFrame(rows, columns=["layer", "people", "words", "observed", "kappa", "alpha"])


# ---------------------------------------------------------------- the page


def page(texts: Iterable[Text], scores: pd.DataFrame, agreed: pd.DataFrame) -> str:
    """The tables, and every disagreement with its sentence, as a page that needs nothing else."""
    texts = list(texts)
    layers = layers_of(texts)
    parts = [_table("Marks in common", scores), f"<p>{HOW_SCORES}</p>"]
    if not agreed.empty:
        parts += [_table(BEYOND_CHANCE, agreed), f"<p>{HOW_AGREED}</p>"]
    links = []
    for number, text in enumerate(texts, 1):
        links.append(f'<a href="#text-{number}">{escape_html(text.document.doc_id)}</a>')
        parts.append(f'<h2 id="text-{number}">Disagreements in {escape_html(text.document.doc_id)}</h2>')
        for (of, against), comparison in compared(text, layers).items():
            title = f"{of} and {against}"
            table = disagreements_html(comparison, names=(of, against))
            region = _region(f"{text.document.doc_id}: {title}", table, kind="table apart")
            parts.append(f"<h3>{escape_html(title)}</h3>\n{region}")
    people = ", ".join(dict.fromkeys(name for text in texts for name in text.people))
    body = "\n".join(parts)
    return (
        f'{PAGE_START}{POLICY}">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Where people agree</title>\n<style>\n{asset('page.css')}{asset('agree.css')}</style>\n"
        "</head>\n<body>\n<main>\n"
        f'<header class="head"><p class="kicker">Marks compared</p><h1>Where people agree</h1>'
        f'<p class="about">{escape_html(people)}, and {RULES}</p>'
        f'<p class="about">Every disagreement, with its sentence: {", ".join(links)}</p></header>\n'
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def _table(title: str, frame: pd.DataFrame) -> str:
    kinds = ["" if frame[column].dtype.kind not in "if" else ' class="num"' for column in frame.columns]
    head = "".join(
        f'<th scope="col"{kind}>{escape_html(str(column))}</th>'
        for column, kind in zip(frame.columns, kinds, strict=True)
    )
    rows = []
    for row in frame.itertuples(index=False):
        cells = []
        for value, kind in zip(row, kinds, strict=True):
            shown = ("–" if value != value else f"{value:z.2f}") if isinstance(value, float) else str(value)
            cells.append(f"<td{kind}>{escape_html(shown)}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<h2>{escape_html(title)}</h2>\n" + _region(
        title, f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _region(name: str, table: str, *, kind: str = "table") -> str:
    """A table that can be scrolled, even with the keyboard."""
    return f'<div class="{kind}" role="region" aria-label="{escape_html(name)}" tabindex="0">{table}</div>'
