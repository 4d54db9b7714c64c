"""The sheet of sources: who speaks in an article, in what role, and how they would know; as rows and as a table on a
page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from analysis.people.knowing import knowing
from analysis.reading.bounds import first_place
from analysis.reading.hues import hue_class
from analysis.reading.notes import Notes, cut
from analysis.sourcing.voices import Voice, chains, is_word, span_text, token_voices, voices
from analysis.text.document import Attribution, Document, Evidence, Source, Span
from analysis.text.escaping import escape_html
from analysis.text.vocabulary import JUSTIFICATIONS, NO_STATEMENT, REFERENCES, ROLE_CLASSES, SOURCE_KINDS, term

HEADS = {  # the columns of the sheet, and which of them are numbers
    "source": "",
    "kind": "",
    "class": "",
    "referred to as": "",
    "first heard in sentence": ' class="num"',
    "attributions": ' class="num"',
    "words": ' class="num"',
    "words in quotation marks": ' class="num"',
    "first or second hand": "",
    "how it would know": "",
    "why it has no name": "",
}
FEWEST, SHORT = 200, 200  # rows that the sheet on a page may have, plus one per so many characters
LONG = 200  # characters in a cell
OPEN = 40  # up to so many sources, the sheet on a page starts open
PEOPLE = ("person", "unnamed-person")  # the kinds of source that are a single person
SPEAKS, ASKS, DECLINES = "speaks", "asks", "declines"  # what a source does; only one that speaks is heard


class SourceRow(NamedTuple):
    """One source of an article; sources are numbered from 1 in the order in which they are first heard.

    `voice` is what its passages have in common (see `analysis.sourcing.voices`). `start`, `sentence` and `word` (both
    from 1) say where it is first heard, or first given if it never says anything. `n_words` counts its own words, as
    the innermost source, and `n_quoted` those in quotation marks; neither includes what it asked or declined to say.
    `named` says whether a reader could look it up. `first_hand` and `second_hand` count its `n_attributions` by their
    hand (see `analysis.people.knowing`; that of the rest is open), `n_statements` those that state something. `via`
    names the sources that it is heard through ("Reuters → TASS"), `titles` all the roles that the text gives it,
    `anonymity` the reasons given for leaving out its name. `heard` is "speaks" if it states something, otherwise "asks"
    or "declines".
    """

    number: int
    source: Source
    voice: Voice
    sentence: int
    word: int
    start: int
    n_words: int
    n_quoted: int
    named: bool
    n_attributions: int
    first_hand: int
    second_hand: int
    n_statements: int
    heard: str
    via: tuple[str, ...]
    titles: tuple[str, ...]
    anonymity: tuple[str, ...]

    @property
    def id(self) -> str:
        return f"s{self.number}"


def source_rows(document: Document) -> list[SourceRow]:
    """One row per source of an annotated document, in the order in which they are first heard.

    >>> from analysis import annotate
    >>> rows = source_rows(annotate("“It was late,” Ann Reed, a lawyer, said. Police declined to comment."))
    >>> [(row.id, row.source.name, row.n_words, row.heard) for row in rows]
    [('s1', 'Ann Reed', 3, 'speaks'), ('s2', 'Police', 0, 'declines')]
    """
    article = _Article(document)
    return [article.row(number, source) for number, source in enumerate(document.sources, 1)]


class _Article:
    """What the rows of all sources of a document need, worked out once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.voices, self.chains = voices(document), chains(document)
        self.words, self.quoted = _own_words(document)
        self.facts = knowing(document)
        self.before = list(accumulate(map(is_word, document.tokens.words), initial=0))

    def row(self, number: int, source: Source) -> SourceRow:
        mine = [self.document.attributions[place] for place in source.attributions]
        said = [a for a in mine if a.stance not in NO_STATEMENT]
        hands = [self.facts[a.id].hand for a in mine]
        paths = [path for a in mine if (path := _through([self.voices[b.id] for b in self.chains[a.id]]))]
        named = SOURCE_KINDS[source.kind].named is not False
        start = first_place((said or mine)[0])
        return SourceRow(
            number,
            source,
            self.voices[mine[0].id],
            self.document.sentence_index(start) + 1,
            self.before[self.document.token_index(start)] + 1,
            start,
            sum(self.words[a.id] for a in said),
            sum(self.quoted[a.id] for a in said),
            named and any(self.facts[a.id].identified == "name" for a in mine),
            len(mine),
            hands.count("first"),
            hands.count("second"),
            len(said),
            _does(mine),
            _each(" → ".join(path) for path in paths),
            evidence_words(self.document, source.titles),
            _each(span_text(self.document, a.anonymity) for a in mine if a.anonymity),
        )


def _own_words(document: Document) -> tuple[Counter[str | None], Counter[str | None]]:
    """For each attribution, the number of words that are its source's own, and of those in quotation marks."""
    words: Counter[str | None] = Counter()
    quoted: Counter[str | None] = Counter()
    tokens = document.tokens
    for word, inside, key in zip(tokens.words, tokens.quoted, token_voices(document), strict=True):
        if is_word(word):
            words[key] += 1
            quoted[key] += inside
    return words, quoted


def _does(attributions: Sequence[Attribution]) -> str:
    """The most that a source does: one that states something speaks, whatever else it declines to say."""
    stances = {a.stance for a in attributions}
    if stances - set(NO_STATEMENT):
        return SPEAKS
    return ASKS if "question" in stances else DECLINES


def _through(path: Sequence[Voice]) -> list[str]:
    """The voices that the last one of the path is heard through, the nearest to the reporter first, without itself."""
    out: list[Voice] = []
    for voice in path:
        if not out or out[-1].key != voice.key:
            out.append(voice)
    return [voice.name for voice in out[:-1]]


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts, each wording once, ignoring capitals."""
    found: dict[str, str] = {}
    for text in filter(None, texts):
        found.setdefault(text.casefold(), text)
    return tuple(found.values())


def evidence_words(document: Document, evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """The words of the text that a mark rests on, each wording once."""
    return _each(span_text(document, (Span(e.start, e.end),)) for e in evidence)


# ---------------------------------------------------------------- on a page


def sheet_table(document: Document, notes: Notes, *, prefix: str, name: str) -> str:
    """The rows as a <details> with a table; reading.js makes its columns sortable and lights up the words of a source.
    "" if there is none.

    `notes` are those of the page, which shows fewer marks of a hostile document; `prefix` begins its ids, `name` tells
    the tables of a page apart.
    """
    rows = source_rows(document)
    if not rows:
        return ""
    head = "".join(f'<th scope="col"{kind}>{name}</th>' for name, kind in HEADS.items())
    shown = rows[: FEWEST + len(document.text) // SHORT]
    body = "".join(_table_row(document, notes, row, prefix) for row in shown)
    more = f"<p>{len(rows) - len(shown):,} more sources are not shown here.</p>" if len(shown) < len(rows) else ""
    return (
        f'<details class="list sheet"{" open" * (len(rows) <= OPEN)}><summary>Sources: who speaks, in what role, and '
        f'how they would know <span class="n">{len(rows)}</span></summary>'
        "<p>Choose a source to highlight its words in the text.</p>"
        f'<div class="table" tabindex="0" role="region" aria-label="Sources: {escape_html(name)}">'
        f'<table class="sortable"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}</div></details>'
    )


def _table_row(document: Document, notes: Notes, row: SourceRow, prefix: str) -> str:
    """`data-sort` is what a column is sorted by if that is not its text."""
    who, person = row.source, row.source.kind in PEOPLE
    role = evidence_words(document, (who.role_evidence,) if who.role_evidence else ())
    calls = evidence_words(document, who.reference_evidence)
    known = _each(term(JUSTIFICATIONS, e.kind).name for e in who.justification)
    silent = "" if row.heard == SPEAKS else f' <span class="n">(only {row.heard})</span>'
    unnamed = "; ".join(row.anonymity) or "no reason given"
    cells = (
        f"<td>{escape_html(SOURCE_KINDS[who.kind].name)}</td>",
        _based(term(ROLE_CLASSES, who.role_class).name, role, stated="role_class" in who.stated),
        _based(term(REFERENCES, who.reference).name, calls, stated="reference" in who.stated)
        if person
        else "<td></td>",
        f'<td class="num"><a href="#{prefix}s{row.sentence}" aria-label="Sentence {row.sentence} in the text, where '
        f'{escape_html(cut(who.name))} is first heard">{row.sentence}</a></td>',
        f'<td class="num" data-sort="{row.n_attributions}">{row.n_attributions}{silent}</td>',
        f'<td class="num">{row.n_words}</td>',
        f'<td class="num">{row.n_quoted}</td>',
        f"<td>{escape_html(_hand(row))}</td>",
        _based("; ".join(known) or "nothing given", evidence_words(document, who.justification)),
        f"<td>{'' if row.named else escape_html(cut(unnamed, LONG))}</td>",
    )
    return f"<tr>{_name_cell(notes, row, prefix)}{''.join(cells)}</tr>"


def _name_cell(notes: Notes, row: SourceRow, prefix: str) -> str:
    """The name, as a button that lights up its words if the page shows them; below it the titles, and the newsroom's
    own columns.
    """
    own = (f"{column}: {cell}" for column, cell in row.source.own if cell)
    name, under = escape_html(cut(row.source.name, LONG)), escape_html(cut("; ".join((*row.titles, *own)), LONG))
    sort = f'data-sort="{escape_html(cut(row.source.name))}"'
    if row.voice.key in notes.colour:
        number = notes.colour[row.voice.key]
        name = (
            f'<button type="button" aria-pressed="false" class="{hue_class(notes, row.voice)}" '
            f'data-light="{prefix}v{number}">{name}</button>'
        )
    return f'<th scope="row" {sort}>{name}{_under(under)}</th>'


def _based(name: str, words: Sequence[str], *, stated: bool = False) -> str:
    """A cell with what the text says, and below it the words it rests on, or a note that it is from sources.csv."""
    under = "from sources.csv" if stated else escape_html(cut("; ".join(f"“{text}”" for text in words), LONG))
    return f"<td>{escape_html(name)}{_under(under)}</td>"


def _under(text: str) -> str:
    return f'<div class="n">{text}</div>' if text else ""


def _hand(row: SourceRow) -> str:
    if not row.second_hand:
        return "first hand" if row.first_hand else "open"
    hand = "first and second hand" if row.first_hand else "second hand"
    return cut(f"{hand}, through {', '.join(row.via)}" if row.via else hand, LONG)
