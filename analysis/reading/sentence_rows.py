"""Sentence by sentence: who says it, by what chain, how sure, and about whom; as rows, and as a table on a page."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from analysis.reading.notes import cut
from analysis.sourcing.voices import chains, is_word, through, token_voices, voices
from analysis.text.document import Document, Marker
from analysis.text.escaping import escape_html
from analysis.text.vocabulary import CATEGORIES, REPORTER, VALUES, term

# Rows that a table may have, plus one per so many characters; sentences in real articles are longer.
FEWEST, SHORT = (500, 40)
OPEN = 40  # up to so many sentences, the table on a page starts open


UNSTATED = {"refusal": " (not said)", "question": " (asked)"}  # sources whose words are nobody's: they are only a topic


class Row(NamedTuple):
    """One sentence. `said` counts its words by voice, the most first; a voice at second hand appears by its chain.
    `sure` are its hedges and boosters with their words, `about` the names in it, without dates and amounts.
    """

    sentence: int
    said: tuple[tuple[str, int], ...]
    sure: tuple[tuple[str, Marker], ...]
    about: tuple[str, ...]
    text: str

    @property
    def n_words(self) -> int:
        return sum(n for _, n in self.said)


def matrix_rows(d: Document) -> list[Row]:
    """One row per sentence, in the order of the text; sentences count from 1."""
    voice, owner = voices(d), token_voices(d)
    label = {
        key: " → ".join(cut(passing.name, 100) for passing in through(chain, voice))
        + UNSTATED.get(chain[-1].stance, "")
        for key, chain in chains(d).items()
    }
    names = {e.id: e.name for e in d.entities}
    sure: dict[int, list[tuple[str, Marker]]] = {}
    for m in d.markers:
        sure.setdefault(d.sentence_index(m.start), []).append((d.text[m.start : m.end], m))
    about: dict[int, dict[str, None]] = {}
    for m in d.mentions:
        if m.label not in VALUES:
            about.setdefault(d.sentence_index(m.start), {})[names.get(m.entity, d.text[m.start : m.end])] = None
    rows = []
    for k, s in enumerate(d.sentences):
        said = Counter(
            label.get(owner[t], REPORTER) for t in range(s.first_token, s.last_token) if is_word(d.tokens.words[t])
        )
        rows.append(
            Row(
                k + 1,
                tuple(said.most_common()),
                tuple(sure.get(k, ())),
                tuple(about.get(k, ())),
                d.text[s.start : s.end],
            )
        )
    return rows


def sure_label(words: str, m: Marker) -> str:
    """ "may (possibility)"; "clearly (booster, negated)"; "expected (expectation, by whom?)"."""
    extra = ", negated" if m.negated else ", by whom?" if m.by_whom else ""
    return f"{words} ({term(CATEGORIES, m.category).name}{extra})"


def matrix_table(document: Document, *, prefix: str, name: str) -> str:
    """The rows as a <details> with a table; reading.js makes its columns sortable. "" if there is no sentence.

    `prefix` begins the page's ids, `name` tells the tables of a page apart.
    """
    rows = matrix_rows(document)
    if not rows:
        return ""
    head = "".join(
        f'<th scope="col"{kind}>{name}</th>'
        for name, kind in (
            ("no.", ' class="num"'),
            ("words", ' class="num"'),
            ("who says it, words of each", ""),
            ("how sure", ""),
            ("about whom", ""),
            ("sentence", ""),
        )
    )
    shown = rows[: FEWEST + len(document.text) // SHORT]
    body = "".join(_table_row(row, prefix) for row in shown)
    more = f"<p>{len(rows) - len(shown):,} more sentences are not shown here.</p>" if len(shown) < len(rows) else ""
    return (
        f'<details class="list matrix"{" open" * (len(rows) <= OPEN)}><summary>Sentence by sentence: who says it, '
        f'how sure, about whom <span class="n">{len(rows)}</span></summary>'
        f'<div class="table" tabindex="0" role="region" aria-label="Sentence by sentence: {escape_html(name)}">'
        '<table class="sortable">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}</div></details>"
    )


def _table_row(row: Row, prefix: str) -> str:
    """`data-sort` is what a column is sorted by if that is not its text: the number of hedges or of names."""
    said = _lines(f'{escape_html(name)} <span class="n">{n}</span>' for name, n in row.said)
    sure = _lines(escape_html(sure_label(*item)) for item in row.sure)
    about = escape_html(", ".join(row.about))
    return (
        f'<tr><th scope="row" class="num"><a href="#{prefix}s{row.sentence}" '
        f'aria-label="Sentence {row.sentence} in the text">{row.sentence}</a></th>'
        f'<td class="num">{row.n_words}</td><td>{said}</td><td data-sort="{len(row.sure)}">{sure}</td>'
        f'<td data-sort="{len(row.about)}">{about}</td><td class="wide" dir="auto">{escape_html(row.text)}</td></tr>'
    )


def _lines(items) -> str:
    return "".join(f"<div>{item}</div>" for item in items)
