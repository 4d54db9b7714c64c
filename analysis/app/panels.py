"""The views under the text of the page: tables with small drawings in them (SVG), every text escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from analysis.hedging.markers import rules
from analysis.hedging.probability import Reading, reading, scales
from analysis.numbers import Number, find_numbers
from analysis.numbers.in_words import said_of_number
from analysis.reading.context_lines import found_lines, marked_lines
from analysis.reading.notes import Notes, cut
from analysis.reading.page import group_slug, title_of
from analysis.reading.source_rows import SPEAKS, source_rows
from analysis.sourcing.voices import chains, innermost, is_word, span_text, through, token_voices, voices
from analysis.text.document import Document, Span
from analysis.text.escaping import escape_html
from analysis.text.vocabulary import (
    BOUNDS,
    CATEGORIES,
    EPISTEMIC,
    HEDGES,
    LABELS,
    NUMBER_KINDS,
    REPORTER,
    VALUES,
    term,
)

ROWS = 60  # of a table
NUMBERS = 500  # in their table
LINES = 300  # of a concordance
WIDTH = 60  # characters on each side of a keyword
CATEGORY_NAMES = frozenset(category.name for category in CATEGORIES.values())
SCALES = {"kent-1964": "Kent 1964", "icd-203": "ICD 203", "uk-phia": "UK PHIA", "ipcc-2010": "IPCC 2010"}


def panels(document: Document, *, prefix: str) -> str:
    """All of them, each a <details> that is left out where there is nothing to show."""
    made = (
        ("Who speaks where", who_speaks_where(document, prefix=prefix)),
        ("Through whom the article knows it", chain_list(document)),
        ("How often each name appears, and where", names_by_place(document, prefix=prefix)),
        ("Every number, and who gives it", numbers_given(document, prefix=prefix)),
        ("What chance readers hear in its words of probability", ruler(document, prefix=prefix)),
        ("Words in their context", _concordance_form(document, prefix=prefix)),
        ("How long its words and sentences are", lengths(document)),
    )
    return "".join(
        f'<details class="list panel"><summary>{escape_html(title)}</summary>{body}</details>'
        for title, body in made
        if body
    )


class Words(NamedTuple):
    """How many words an article has, and whose they are."""

    all: int
    by_voice: Counter[str | None]  # the key of the voice; None is the reporter


def words_of(document: Document) -> Words:
    """The words of an article, counted as the tables count them: tokens that begin with a letter or a digit."""
    voice = voices(document)
    counted: Counter[str | None] = Counter()
    for word, key in zip(document.tokens.words, token_voices(document), strict=True):
        if is_word(word):
            counted[voice[key].key if key else None] += 1
    return Words(counted.total(), counted)


# ---------------------------------------------------------------- at a glance


def glance(document: Document) -> str:
    """Three short answers above the text: who says it, how sure, about whom."""
    words = words_of(document)
    speak = [row for row in source_rows(document) if row.heard == SPEAKS]
    hedges = Counter(m.category for m in document.markers if m.category in HEDGES)
    names = sorted((e for e in document.entities if e.label not in VALUES), key=lambda e: -e.count)[:3]
    theirs = sum(row.n_words for row in speak)
    named = sum(row.named for row in speak)
    said = _n(len(speak), "source") + f" ({named} with a name)" * bool(speak)
    if words.all:
        said += f"; {100 * theirs / words.all:.0f}% of the words are theirs"
    sure = _n(sum(hedges[slug] for slug in EPISTEMIC), "hedge")
    for before, slugs in ((": ", EPISTEMIC), ("; beside them ", [slug for slug in HEDGES if slug not in EPISTEMIC])):
        each = [f"{CATEGORIES[slug].name} {n}" for slug, n in hedges.most_common() if slug in slugs]
        sure += f"{before}{', '.join(each[:3])}" * bool(each) + " …" * (len(each) > 3)
    about = ", ".join(f"{cut(e.name, 40)} {e.count}" for e in names) or "no names"
    rows = (("Who says it?", said), ("How sure is it?", sure), ("About whom?", about))
    return "".join(f"<div><dt>{name}</dt><dd>{escape_html(text)}</dd></div>" for name, text in rows)


def _n(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


# ---------------------------------------------------------------- drawings


def strip(marks: Iterable[tuple[int, int]], length: int, *, said: str, ink: str = "") -> str:
    """Where something stands in a text of `length` characters: a line for the text, with marks on it.

    `ink` is the voice whose colour they have, as the reading view has it in `data-voice`.
    """
    rects = "".join(
        f'<rect x="{200 * start / length:.2f}" y="1" width="{max(200 * (end - start) / length, 1.4):.2f}" height="12"/>'
        for start, end in marks
    )
    head = f'<svg class="strip" viewBox="0 0 200 14" preserveAspectRatio="none" data-ink="{ink}"'
    return f'{head} role="img" aria-label="{escape_html(said)}"><line x1="0" y1="7" x2="200" y2="7"/>{rects}</svg>'


def _range(r: Reading) -> str:
    """What readers heard: thin, at least nine in ten of them; thick, at least half; the diamond is the median."""
    said = (
        f"median {r.median:.0f} per cent; at least half of {r.n:,} readers from {r.q25:.0f} to {r.q75:.0f}, "
        f"at least nine in ten from {r.p05:.0f} to {r.p95:.0f}"
    )
    x = [2 * value for value in (r.p05, r.p95, r.q25, r.q75, r.median)]
    grid = "".join(f'<line class="grid" x1="{at}" y1="0" x2="{at}" y2="18"/>' for at in (0, 50, 100, 150, 200))
    return (
        f'<svg class="range" viewBox="-6 0 212 18" role="img" aria-label="{escape_html(said)}">{grid}'
        f'<line class="most" x1="{x[0]:g}" y1="9" x2="{x[1]:g}" y2="9"/>'
        f'<rect class="half" x="{x[2]:g}" y="5" width="{max(x[3] - x[2], 1):g}" height="8"/>'
        f'<path class="median" d="M{x[4]:g} 3l5 6l-5 6l-5 -6z"/></svg>'
    )


def table(
    name: str, heads: Mapping[str, str], rows: Iterable[Sequence[str]], more: str = "", *, sorts: bool = True
) -> str:
    """A table of the page; `heads` are the names of the columns with their class, cells are HTML.

    Where it `sorts`, the script of the reading view makes buttons of its heads.
    """
    head = "".join(f'<th scope="col"{_class(kind)}>{label}</th>' for label, kind in heads.items())
    kinds = list(heads.values())
    body = "".join(
        f'<tr><th scope="row"{_class(kinds[0])}>{first}</th>'
        + "".join(f"<td{_class(kind)}>{cell}</td>" for cell, kind in zip(rest, kinds[1:], strict=True))
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f'<div class="table" tabindex="0" role="region" aria-label="{escape_html(name)}">'
        f"<table{_class('sortable' if sorts else '')}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f"{more}</div>"
    )


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


# ---------------------------------------------------------------- sourcing


def who_speaks_where(document: Document, *, prefix: str) -> str:
    """A row a voice: its words, their share, and where in the text they stand, to be drawn in its colour there."""
    if not document.attributions:
        return ""
    notes, words = Notes(document), words_of(document)
    stretches: dict[str | None, list[tuple[int, int]]] = {}
    for start, end, key in innermost(document):
        stretches.setdefault(notes.voices[key].key if key else None, []).append((start, end))
    voice = {v.key: v for v in notes.voices.values()}
    rows = []
    for key, n in words.by_voice.most_common(ROWS):
        name = REPORTER if key is None else voice[key].name
        ink = "" if key is None else f"{prefix}v{notes.colour[key]}"
        share = 100 * n / words.all
        said = f"{cut(name, 60)}: {_n(len(stretches[key]), 'stretch').replace('stretchs', 'stretches')} of the text"
        line = strip(stretches[key], len(document.text), said=said, ink=ink)
        rows.append((escape_html(cut(name, 80)), str(n), f"{share:.0f}%", line))
    heads = {"voice": "", "words": "num", "share": "num", "from the beginning of the text to its end": "drawn"}
    return table(f"Who speaks where, {document.doc_id}", heads, rows)


def chain_list(document: Document) -> str:
    """From the reporter to the sources, and from them to theirs, as lists inside lists."""
    if not document.attributions:
        return ""
    voice = voices(document)
    tree: dict[str, Any] = {}
    paths = Counter(tuple(cut(v.name, 80) for v in through(chain, voice)) for chain in chains(document).values())
    for path in paths:
        node = tree
        for name in path:
            node = node.setdefault(name, {})
    return f'<ul class="chains"><li>{REPORTER}{_branches(tree, paths, ())}</li></ul>'


def _branches(tree: Mapping[str, Any], times: Mapping[tuple[str, ...], int], above: tuple[str, ...]) -> str:
    if not tree:
        return ""
    items = []
    for name, below in tree.items():
        path = (*above, name)
        count = f' <span class="n">{times[path]}</span>' if times.get(path) else ""
        items.append(f"<li>{escape_html(name)}{count}{_branches(below, times, path)}</li>")
    return f"<ul>{''.join(items)}</ul>"


# ---------------------------------------------------------------- names


def names_by_place(document: Document, *, prefix: str) -> str:
    """A row a name: how often it stands in the text, in which forms, and where."""
    places: dict[str, list[tuple[int, int]]] = {}
    for m in document.mentions:
        places.setdefault(m.entity, []).append((m.start, m.end))
    found = sorted((e for e in document.entities if e.label not in VALUES), key=lambda e: (-e.count, e.name))
    if not found:
        return ""
    rows = []
    for e in found[:ROWS]:
        where = places.get(e.id, [])
        sentences = list(dict.fromkeys(document.sentence_index(start) + 1 for start, _ in where))
        links = ", ".join(_to_sentence(n, prefix) for n in sentences[:20]) + (" …" if len(sentences) > 20 else "")
        forms = ", ".join(cut(form, 40) for form in e.aliases[:6])
        name = f'<span class="name g-{group_slug(e.label)}">{escape_html(cut(e.name, 80))}</span>'
        if forms:
            name += f' <div class="n">also {escape_html(forms)}</div>'
        line = strip(where, len(document.text), said=f"{cut(e.name, 60)}: in sentences {_listed(sentences)}")
        rows.append((name, LABELS[e.label].name, str(e.count), line, links))
    heads = {
        "name": "",
        "kind": "",
        "times": "num",
        "from the beginning of the text to its end": "drawn",
        "sentences": "",
    }
    more = f"<p>{len(found) - ROWS:,} more names are not shown here.</p>" if len(found) > ROWS else ""
    return table(f"Names, {document.doc_id}", heads, rows, more)


def numbers_given(document: Document, *, prefix: str) -> str:
    """A row a number: what it counts, how exact it is, whose it is, and what else the text says of it."""
    found = find_numbers(document)
    words = {n.id: document.text[n.start : n.end] for n in found}
    rows = [
        (
            escape_html(cut(words[n.id], 60)),
            escape_html(term(NUMBER_KINDS, n.kind).name),
            escape_html(cut(_words(document, n.counts), 40)),
            escape_html(term(BOUNDS, n.bound).name),
            escape_html(cut(" → ".join(n.chain) or n.voice, 80)),
            escape_html(cut("; ".join(_said(document, n, words)), 200)),
            _to_sentence(document.sentence_index(n.start) + 1, prefix),
        )
        for n in found[:NUMBERS]
    ]
    if not rows:
        return ""
    more = f"<p>The first {NUMBERS} of {len(found):,}.</p>" if len(found) > NUMBERS else ""
    heads = {
        "number": "",
        "kind": "",
        "of what": "",
        "how exact": "",
        "whose": "",
        "what else is said": "",
        "sentence": "",
    }
    careful = (
        "<p>What a number counts, and which mentions are of one quantity, is noted only where the text makes it plain. "
        "None of this says whether a number is right.</p>"
    )
    return careful + table(f"Numbers, {document.doc_id}", heads, rows, more)


def _said(document: Document, n: Number, words: Mapping[str, str]) -> Iterator[str]:
    """What else the text says of a number, in words."""
    return said_of_number(
        change=_words(document, *n.change),
        basis=_words(document, *n.basis),
        unverified=_words(document, n.unverified),
        disputed="; ".join(dict.fromkeys(dispute.voice for dispute in n.disputed)),
        same=(words.get(same.number, "") for same in n.same),
        agrees=all(same.agrees for same in n.same),
    )


def _words(document: Document, *spans: Span | None) -> str:
    return span_text(document, tuple(span for span in spans if span))


def _to_sentence(number: int, prefix: str) -> str:
    return f'<a class="to" href="#{prefix}s{number}" aria-label="Sentence {number} in the text">{number}</a>'


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:20])) + (" and more" if len(numbers) > 20 else "")


# ---------------------------------------------------------------- hedges


class Heard(NamedTuple):
    """A word of probability in a text: the term that a survey or a scale asked about, and where it stands."""

    term: str
    forms: tuple[str, ...]
    sentences: tuple[int, ...]
    reading: Reading | None


def heard(document: Document) -> list[Heard]:
    """The words of probability that a survey or a scale has put a number on, from the surest down.

    >>> from analysis import annotate
    >>> [(h.term, h.reading.median) for h in heard(annotate("Snow is likely."))]
    [('likely', 75.0)]
    """
    terms = {rule.id: rule.fields["term"] for rule in rules() if rule.fields.get("term")}
    found: dict[str, list[Span]] = {}
    for m in document.markers:
        if m.rule_id in terms:
            found.setdefault(terms[m.rule_id], []).append(Span(m.start, m.end))
    out = []
    for name, spans in found.items():
        forms = tuple(dict.fromkeys(document.text[s:e].lower() for s, e in spans))
        out.append(Heard(name, forms, tuple(document.sentence_index(s) + 1 for s, _ in spans), reading(name)))
    return sorted(out, key=lambda h: (-h.reading.median if h.reading else 1, h.term))


def ruler(document: Document, *, prefix: str) -> str:
    """A row a word of probability: what chance readers take it to mean, and what the published scales say."""
    found = heard(document)
    if not found:
        return ""
    rows = []
    for h in found[:ROWS]:
        median = f"{h.reading.median:.0f}%" if h.reading else "not asked"
        drawn = _range(h.reading) if h.reading else ""
        steps = "; ".join(
            f"{SCALES[s.scale]} {s.low:g}–{s.high:g}%" for s in scales() if s.term == h.term and s.scale in SCALES
        )
        where = ", ".join(_to_sentence(n, prefix) for n in dict.fromkeys(h.sentences))
        rows.append((escape_html(", ".join(h.forms)), str(len(h.sentences)), median, drawn, escape_html(steps), where))
    heads = {
        "word": "",
        "times": "num",
        "median reader": "num",
        "0 to 100 per cent": "drawn",
        "in published scales": "",
        "sentences": "",
    }
    surveys = {h.reading.survey: h.reading.n for h in found if h.reading}
    asked = " and ".join(f"{name.split('-')[0].capitalize()} ({n:,} readers)" for name, n in surveys.items())
    told = (
        "<p>The thick bar holds at least half of the readers, the line at least nine in ten, the diamond the median. "
        f"Survey: {escape_html(asked)}. It says how readers differ, not what the writer meant.</p>"
        if surveys
        else ""
    )
    return table(f"Words of probability, {document.doc_id}", heads, rows) + told


def concordance(document: Document, *, words: str, prefix: str) -> str:
    """The lines of some words, or of every marker where none is given."""
    wanted = {word.lower() for word in words.split()}
    lines = list(found_lines(document, wanted, WIDTH) if wanted else marked_lines(document, WIDTH))
    if not lines:
        if wanted:
            return f"<p>“{escape_html(cut(words, 60))}” is not in this text.</p>"
        return "<p>There are no hedges, boosters or bounds in this text.</p>"
    rows = []
    for line in lines[:LINES]:
        kind = term(CATEGORIES, line.category).name if line.category else "not marked"
        if line.negated:
            kind += ", negated"
        rows.append(
            (
                _to_sentence(line.sentence, prefix),
                escape_html(line.left),
                f"<mark>{escape_html(line.keyword)}</mark>",
                escape_html(line.right),
                escape_html(kind),
                escape_html(cut(line.voice, 60)),
            )
        )
    heads = {"no.": "num", "before": "before", "keyword": "key", "after": "after", "kind": "", "whose": ""}
    more = f"<p>{len(lines) - LINES:,} more lines are not shown here.</p>" if len(lines) > LINES else ""
    return table(f"In context, {document.doc_id}", heads, rows, more)


def _concordance_form(document: Document, *, prefix: str) -> str:
    return (
        f'<form class="kwic"><label for="{prefix}kwic">Words to look for (none: every hedge, booster and bound)'
        "</label> "
        f'<input id="{prefix}kwic" name="words" autocomplete="off" maxlength="200"> <button>Show</button></form>'
        f'<div class="lines">{concordance(document, words="", prefix=prefix)}</div>'
    )


# ---------------------------------------------------------------- readability


class Lengths(NamedTuple):
    """What the two formulas that need no dictionary are made of, without the headings."""

    sentences: int
    words: int
    characters: int  # letters and digits

    @property
    def coleman_liau(self) -> float:
        """Coleman and Liau 1975, in school grades of the United States."""
        return 5.88 * self.characters / self.words - 29.6 * self.sentences / self.words - 15.8

    @property
    def automated(self) -> float:
        """Automated readability index, Senter and Smith 1967, in the same grades."""
        return 4.71 * self.characters / self.words + 0.5 * self.words / self.sentences - 21.43


def lengths_of(document: Document) -> Lengths:
    """Sentences, words, and letters and digits of the article; headings are left out, as they are no sentences."""
    body = [s for s in document.sentences if document.paragraphs[s.paragraph].kind != "heading"]
    words = [
        document.text[document.tokens.starts[t] : document.tokens.ends[t]]
        for s in body
        for t in range(s.first_token, s.last_token)
        if is_word(document.tokens.words[t])
    ]
    return Lengths(len(body), len(words), sum(sum(map(str.isalnum, word)) for word in words))


def lengths(document: Document) -> str:
    """How long sentences and words are, and what the formulas say that need no dictionary."""
    found = lengths_of(document)
    if found.words < 100:
        return ""
    rows = [
        ("sentences", str(found.sentences)),
        ("words", f"{found.words:,}"),
        ("words a sentence", f"{found.words / found.sentences:.1f}"),
        ("letters and digits a word", f"{found.characters / found.words:.1f}"),
        ("Coleman–Liau index, US school grade", f"{found.coleman_liau:.1f}"),
        ("Automated readability index, US school grade", f"{found.automated:.1f}"),
    ]
    told = (
        "<p>Headings are left out. These two formulas need no dictionary of syllables; the notebooks have more, and "
        "show why they disagree.</p>"
    )
    heads = {"of the text": "", "value": "num"}
    return table(f"Lengths, {document.doc_id}", heads, [(escape_html(a), b) for a, b in rows], sorts=False) + told


# ---------------------------------------------------------------- two side by side


def compared(first: Document, second: Document) -> str:
    """Two articles in counts, a row a question, and the names that both have."""
    made = [dict(_facts(d)) for d in (first, second)]
    rows = [
        (escape_html(name), *(escape_html(facts[name]) for facts in made))
        for name in made[0]
        if name not in CATEGORY_NAMES or any(facts[name] != "0" for facts in made)
    ]
    both = _names(first).keys() & _names(second).keys()
    shared = sorted(both, key=lambda name: -(_names(first)[name] + _names(second)[name]))[:20]
    rows.append(
        (
            "names that are in both, and how often",
            *(
                escape_html(", ".join(f"{cut(n, 40)} {_names(d)[n]}" for n in shared) or "none")
                for d in (first, second)
            ),
        )
    )
    heads = {"": "", **{f"{n}. {escape_html(cut(title_of(d), 60))}": "" for n, d in enumerate((first, second), 1)}}
    return f"<details open><summary>In counts</summary>{table('Side by side', heads, rows, sorts=False)}</details>"


def _names(document: Document) -> dict[str, int]:
    return {e.name: e.count for e in document.entities if e.label not in VALUES}


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    words = words_of(document)
    speak = [row for row in source_rows(document) if row.heard == SPEAKS]
    yield "words", f"{words.all:,}"
    theirs = sum(row.n_words for row in speak)
    yield "words of its sources", f"{theirs:,}" + (f" ({100 * theirs / words.all:.0f}%)" if words.all else "")
    yield "sources that say something", str(len(speak))
    yield "of them with a name", str(sum(row.named for row in speak))
    yield (
        "who says most",
        ", ".join(
            f"{cut(row.source.name, 40)} {row.n_words}" for row in sorted(speak, key=lambda row: -row.n_words)[:3]
        )
        or "nobody but the reporter",
    )
    counted = Counter(m.category for m in document.markers)
    yield "hedges that say how sure it is", str(sum(counted[slug] for slug in EPISTEMIC))
    for slug in CATEGORIES:
        yield CATEGORIES[slug].name, str(counted[slug])
