"""The rows of each table, article by article.

Every function takes an `ArticleFacts`, which works out once what several tables need from an article, and returns that
article's rows in the order of the text, as tuples in the order of the table's columns.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, groupby
from itertools import chain as joined

from analysis.grammar.roles import mention_roles
from analysis.numbers.rows import number_rows
from analysis.people.knowing import Facts, knowing
from analysis.reading.glosses import rule_gloss, strength_construct, strength_ground
from analysis.reading.source_rows import SourceRow, evidence_words, source_rows
from analysis.sourcing.voices import (
    LONGEST_NAME,
    THE_OPEN,
    THE_REPORTER,
    Voice,
    chains,
    is_word,
    span_text,
    through,
    token_voices,
    voices,
)
from analysis.tables.title_rows import difference_rows, mark_rows, title_row
from analysis.text.document import Attribution, Document, Span
from analysis.text.vocabulary import FAMILIES, REPORTER, family

OFTEN = 4  # the passages of one column may be so many times as long as the article before they are cut
CUT = 200  # the characters that each keeps in that case


class ArticleFacts:
    """What the rows of several tables need from an article, worked out once.

    `keys` turns its own ids of entities into those in the tables.
    """

    def __init__(self, document: Document, keys: Mapping[str | None, str]) -> None:
        self.document, self.keys = document, keys

    @cached_property
    def voices(self) -> dict[str, Voice]:
        return voices(self.document)

    @cached_property
    def chains(self) -> dict[str, tuple[Attribution, ...]]:
        return chains(self.document)

    @cached_property
    def owners(self) -> list[str | None]:
        return token_voices(self.document)

    @cached_property
    def knowing(self) -> dict[str, Facts]:
        return knowing(self.document)

    @cached_property
    def sources(self) -> list[SourceRow]:
        return source_rows(self.document)


def articles(of: ArticleFacts) -> Iterator[tuple]:
    """One row per article: its metadata (as given, never guessed) and its size.

    `published` is in UTC if the article gives a time zone. `language` is a code: "en" if a part of the text is in
    English, otherwise that of its language, which gets no marks. `n_words` counts the tokens that begin with a letter
    or digit, headings included.
    """
    d = of.document
    yield (
        d.doc_id,
        d.article.title,
        d.article.outlet,
        d.article.byline,
        _time(d.article.published),
        d.article.url,
        d.article.licence,
        d.language.code,
        d.article.sha256,
        _n_words(d, 0, len(d.tokens)),
        len(d.sentences),
        len(d.paragraphs),
    )


def sentences(of: ArticleFacts) -> Iterator[tuple]:
    """One row per sentence, in the order of the text; `paragraph_kind` is body, heading or byline.

    `n_hedges`, `n_boosters` and `n_bounds` count the markers that start in the sentence.
    """
    d = of.document
    marked = Counter((d.sentence_index(m.start), family(m.category)) for m in d.markers if not m.negated)
    for k, s in enumerate(d.sentences):
        yield (
            d.doc_id,
            k + 1,
            s.paragraph + 1,
            d.paragraphs[s.paragraph].kind,
            s.start,
            s.end,
            d.text[s.start : s.end],
            _n_words(d, s.first_token, s.last_token),
            *(marked[k, name] for name in FAMILIES),
        )


def attributions(of: ArticleFacts) -> Iterator[tuple]:
    """One row per attribution: who is said to say what, and through whom.

    `voice` is the name of the source's entity, or else the source's words; `source_entity` an entity_id; `source_kind`
    is "open" for a pronoun that was not resolved. `n_words` counts the words of its content, including those of sources
    inside it. `depth` is 0 for a source that the reporter gives, 1 for one inside another source's words, and so on;
    `chain` names the voices from the outermost in. As written in the text, if it is there: `channel` (through whom it
    came), `basis` (what it rests on), `role` (of the source, here), `titles` (all that the article gives it, here or
    elsewhere), `anonymity` (the reason given for leaving out a name). `source_link` is how the source was traced to the
    person or body it refers to (a key of vocabulary.LINKS), `source_id` its row in the table of sources. `corrected`,
    here and in the tables of markers and mentions, says that a person's correction made or changed it. How the article
    knows (see `analysis.people.knowing`): `contact`, `links`, `closeness`, `identified`, and `hand`, which is derived
    from the first two.
    """
    d, counts = of.document, _counts(of.document)
    described = {place: (row.id, _short(row.titles)) for row in of.sources for place in row.source.attributions}
    source, content, *more = (_Texts(d) for _ in range(6))
    for place, a in enumerate(d.attributions):
        voice, chain = of.voices[a.id], of.chains[a.id]
        yield (
            a.id,
            d.doc_id,
            d.sentence_index(_start(a)) + 1,
            _start(a),
            a.kind,
            voice.name,
            source(a.source),
            voice.kind,
            of.keys.get(a.source_entity),
            span_text(d, a.cue) or None,
            a.cue_lemma or None,
            a.stance,
            content(a.content),
            sum(counts[d.token_index(e)] - counts[d.token_index(s)] for s, e in a.content),
            a.parent,
            len(chain) - 1,
            _chain([passing.name for passing in through(chain, of.voices)]),
            *(words(spans) for words, spans in zip(more[:3], (a.channel, a.basis, a.role), strict=True)),
            described.get(place, (None, None))[1],
            a.source_link or None,
            described.get(place, (None, None))[0],
            more[3](a.anonymity),
            a.template or None,
            a.rule_id or None,
            rule_gloss(a.rule_id),
            a.corrected,
            *of.knowing[a.id],
        )


def roles(of: ArticleFacts) -> Iterator[tuple]:
    """One row per span of an attribution: `role` is source, cue or content, `part` its number from 1."""
    d = of.document
    words = {role: _Texts(d) for role in ("source", "cue", "content")}
    for a in d.attributions:
        for role, spans in (("source", a.source), ("cue", a.cue), ("content", a.content)):
            for part, (start, end) in enumerate(spans, 1):
                yield a.id, d.doc_id, role, part, start, end, words[role].as_written(start, end)


def passages(of: ArticleFacts) -> Iterator[tuple]:
    """One row per passage: a stretch of one voice within one sentence, in the order of the text.

    A word belongs to the innermost source whose content it is in, as in the voices table, so the words of the passages
    add up to those of the article. If they are the reporter's own, `source_kind` is "reporter" and `attribution_id` is
    missing; `depth` is that of the attribution (0 for the reporter).
    """
    d = of.document
    for k, s in enumerate(d.sentences, 1):
        for key, run in groupby(range(s.first_token, s.last_token), key=of.owners.__getitem__):
            first, *rest = run
            last = rest[-1] if rest else first
            n = _n_words(d, first, last + 1)
            start, end = d.tokens.starts[first], d.tokens.ends[last]
            if n:
                who = of.voices[key] if key else THE_REPORTER
                depth = len(of.chains[key]) - 1 if key else 0
                yield d.doc_id, k, start, end, d.text[start:end], n, who.name, who.kind, key, depth


def quotations(of: ArticleFacts) -> Iterator[tuple]:
    """One row per stretch in quotation marks, including the marks; `depth` 1 is a quotation inside another.

    `n_attributed` counts its words inside the content of an attribution; `voice` and `attribution_id` say whose most of
    these are (missing if there are none).
    """
    d = of.document
    for q in d.quotations:
        at = range(d.token_index(q.start), d.token_index(q.end - 1) + 1)
        words = [k for k in at if is_word(d.tokens.words[k])]
        whose = Counter(of.owners[k] for k in words if of.owners[k])
        most = whose.most_common(1)[0][0] if whose else None
        yield (
            d.doc_id,
            d.sentence_index(q.start) + 1,
            q.start,
            q.end,
            d.text[q.start : q.end],
            len(words),
            whose.total(),
            of.voices[most].name if most else None,
            most,
            q.depth,
            q.mark,
            q.closed,
        )


def voices_table(of: ArticleFacts) -> Iterator[tuple]:
    """One row per article and voice: the reporter first, then the sources by words.

    A word belongs to the innermost source whose content it is in: what Reuters says that Peskov said is Peskov's. Words
    in nobody's content are the reporter's, including quoting words ("Reuters reported"). `source_kind` is "reporter"
    for the reporter and "open" for pronouns that were not resolved, which share one row. `n_hedges`, `n_boosters` and
    `n_bounds` follow the attribution of each marker; negated boosters are not counted.
    """
    d, voice = of.document, of.voices
    known = {v.key: v for v in (THE_REPORTER, *voice.values())}
    if THE_OPEN.key in known:
        known[THE_OPEN.key] = THE_OPEN
    words: Counter[str] = Counter()
    for word, key in zip(d.tokens.words, of.owners, strict=True):
        words[voice[key].key if key else THE_REPORTER.key] += is_word(word)
    owner = [voice.get(m.attribution, THE_REPORTER).key if m.attribution else THE_REPORTER.key for m in d.markers]
    marked = Counter((key, family(m.category)) for m, key in zip(d.markers, owner, strict=True) if not m.negated)
    counts = Counter(v.key for v in voice.values())
    for v in sorted(known.values(), key=lambda v: (v is not THE_REPORTER, -words[v.key], v.name)):
        yield (
            *(d.doc_id, v.name, v.kind, of.keys.get(v.entity), words[v.key], counts[v.key]),
            *(marked[v.key, name] for name in FAMILIES),
        )


def sources(of: ArticleFacts) -> Iterator[tuple]:
    """One row per article and source, in the order in which they are first heard: who speaks, and how they would know.

    Columns that the other tables do not have:

    - `name` as in the text; `titles` all the roles that it gives the source, separated by " | "; `named` whether a
      reader could look the source up;
    - `role_class` (a key of vocabulary.ROLE_CLASSES) and `role_words`, the words it rests on; `reference` (a key of
      vocabulary.REFERENCES) and `reference_words`;
    - `heard`: "speaks" if it states something, otherwise "asks" or "declines" (only sources that speak count as heard);
      `sentence_id`, `first_word` (from 1) and `start`: where it is first heard;
    - `n_attributions`, of which `n_statements` state something; `first_hand` and `second_hand`: how many reach the
      reporter directly and through others, whom `via` names;
    - `n_words`: what it states, as the innermost source, in words; `n_quoted_words`: those of them in quotation marks;
    - `justification`: the keys of vocabulary.JUSTIFICATIONS that apply, `justification_words` the words they rest on;
      both are missing if the text does not say how the source would know; `anonymity`: why its name is left out, as
      written;
    - `stated`: which of role_class and reference come from a sources.csv next to the article instead of the rules;
      `own`: the newsroom's own columns of that row ("desk: science | since: 2019").

    The reporter, sources that are not named at all, and pronouns that were not traced have no row.
    """
    for row in of.sources:
        yield _source_row(of.document, row, of.keys)


def _source_row(d: Document, row: SourceRow, keys: Mapping[str | None, str]) -> tuple:
    who = row.source
    role = (who.role_evidence,) if who.role_evidence else ()
    return (
        d.doc_id,
        row.id,
        who.name,
        in_one_cell(row.titles),
        who.kind,
        row.named,
        who.role_class,
        in_one_cell(evidence_words(d, role)),
        who.reference,
        in_one_cell(evidence_words(d, who.reference_evidence)),
        keys.get(who.entity),
        row.heard,
        row.sentence,
        row.word,
        row.start,
        row.n_attributions,
        row.n_statements,
        row.n_words,
        row.n_quoted,
        row.first_hand,
        row.second_hand,
        in_one_cell(row.via),
        in_one_cell(dict.fromkeys(e.kind for e in who.justification)),
        in_one_cell(evidence_words(d, who.justification)),
        in_one_cell(row.anonymity),
        in_one_cell(who.stated),
        in_one_cell(f"{name}: {cell}" for name, cell in who.own if cell),
    )


def markers(of: ArticleFacts) -> Iterator[tuple]:
    """One row per hedge, booster or bound (its `family`). `voice` is whose it is: "the reporter", or a source.

    `strength` runs from 0 (sure) to 1 (least sure); `by_whom` marks a hedge whose holder is hidden ("is expected to");
    `scope_text` is what it weakens or strengthens (" … " in place of the marker itself), `ground` what its strength
    rests on, `construct` what it measures ("the chance of an event" or "the certainty of a finding", two scales that
    cannot be compared); `negated` marks a booster that a negation takes back ("has not clearly said"). `is_hedge` is
    True for the family of hedges only.
    """
    d, scope = of.document, _Texts(of.document)
    for m in d.markers:
        yield (
            d.doc_id,
            m.start,
            m.end,
            d.text[m.start : m.end],
            m.category,
            family(m.category),
            family(m.category) == "hedge",
            m.strength,
            of.voices[m.attribution].name if m.attribution in of.voices else REPORTER,
            m.attribution,
            m.by_whom,
            m.negated,
            scope(m.scope),
            strength_ground(m.rule_id),
            strength_construct(m.rule_id),
            d.sentence_index(m.start) + 1,
            m.rule_id or None,
            rule_gloss(m.rule_id),
            m.corrected,
        )


def mentions(of: ArticleFacts) -> Iterator[tuple]:
    """One row per mention. `form` is "name" if it reads as the entity's name, "alias" if it does not.

    `grammar` is the part it plays in its clause if rules can tell: agent, passive-subject or passive-agent, otherwise
    other (see `analysis.grammar.roles`).
    """
    d, names = of.document, {e.id: e.name for e in of.document.entities}
    for m, role in zip(d.mentions, mention_roles(d), strict=True):
        text = d.text[m.start : m.end]
        yield (
            d.doc_id,
            of.keys.get(m.entity),
            m.start,
            m.end,
            text,
            m.label,
            "name" if " ".join(text.split()).casefold() == names.get(m.entity, "").casefold() else "alias",
            d.sentence_index(m.start) + 1,
            m.rule_id or None,
            m.corrected,
            role,
        )


def numbers(of: ArticleFacts) -> Iterator[tuple]:
    """One row per number: a count, share, amount, rank or date of effect (see `analysis.numbers`).

    `value` is in `unit` (shares in per cent; missing for "dozens" and for dates), `high` the upper end of a range.
    `kind` is a key of vocabulary.NUMBER_KINDS, `bound` of BOUNDS, `bound_words` the words that say so. `counts` is the
    head noun of what is counted. `voice` is whose number it is, as in the attributions table, even if no word of saying
    gives it ("put the number at"); `chain` is through whom it came. `unverified` holds the words that say that it could
    not be checked, `disputed` names those who say that it is wrong. `same` are the number_ids of other mentions of the
    quantity; `agrees` is "yes" if all of these agree with it, "no" if one does not.
    """
    yield from number_rows(of.document)


def titles(of: ArticleFacts) -> Iterator[tuple]:
    """One row per title: its marks in short, the sentences of the body that carry it, and how it differs from them.

    `carriers` are sentence_ids, the best first, separated by "; "; `share` is how much of the title's names, numbers
    and words the best one shares; `differs` are keys of vocabulary.HEADLINE_DIFFERENCES. No number of another table
    counts a title.
    """
    if of.document.title:
        yield title_row(of.document)


def title_marks(of: ArticleFacts) -> Iterator[tuple]:
    """One row per mark in a title, with offsets into the title: attributions, markers, mentions (`layer`).

    `what` is the voice of an attribution, the category of a marker, the label of a mention; `entity_id` is that of the
    entities table if the body names it too (`in_body`).
    """
    if of.document.title:
        yield from mark_rows(of.document, of.keys)


def headline_differences(of: ArticleFacts) -> Iterator[tuple]:
    """One row per difference between a title and the sentences that carry it, with the words on both sides."""
    if of.document.title:
        yield from difference_rows(of.document)


# The tables whose rows come from one article at a time, in the order of the report.
ROWS: dict[str, Callable[[ArticleFacts], Iterator[tuple]]] = {
    "articles": articles,
    "sentences": sentences,
    "attributions": attributions,
    "roles": roles,
    "passages": passages,
    "quotations": quotations,
    "voices": voices_table,
    "sources": sources,
    "markers": markers,
    "mentions": mentions,
    "numbers": numbers,
    "titles": titles,
    "title_marks": title_marks,
    "headline_differences": headline_differences,
}


def _n_words(d: Document, first: int, last: int) -> int:
    return sum(map(is_word, d.tokens.words[first:last]))


class _Texts:
    """The words of passages for a column: whole, until the column is OFTEN times as long as the article, then only the
    first of each.

    Together, the passages of an ordinary article are shorter than the article. Those of a hostile one are nested.
    """

    def __init__(self, d: Document) -> None:
        self._document, self._left = d, OFTEN * len(d.text)

    def __call__(self, spans: tuple[Span, ...]) -> str | None:
        length = sum(end - start for start, end in spans)
        whole = length <= max(self._left, CUT)
        self._left -= length if whole else 0
        return span_text(self._document, spans, None if whole else CUT) or None

    def as_written(self, start: int, end: int) -> str:
        """The same for one passage, with its white space unchanged."""
        whole = end - start <= max(self._left, CUT)
        self._left -= end - start if whole else 0
        return self._document.text[start:end] if whole else self._document.text[start : start + CUT] + " …"


def _counts(d: Document) -> list[int]:
    """How many words come before each token, and before the end; the words between two tokens are the difference."""
    return list(accumulate(map(is_word, d.tokens.words), initial=0))


def _chain(names: list[str]) -> str:
    joined_names = " → ".join(names)
    if len(joined_names) > 4 * LONGEST_NAME:
        joined_names = " → ".join(name if len(name) <= 40 else f"{name[:39]}…" for name in names)
    return joined_names


def _start(a) -> int:
    return min((start for start, _ in joined(a.source, a.cue, a.content)), default=0)


def in_one_cell(texts: Iterable[str]) -> str | None:
    """Several texts in one cell; None if there are none."""
    return " | ".join(texts) or None


def _short(texts: Sequence[str]) -> str | None:
    """The same for a cell that many rows repeat: cut, because those of a hostile article would otherwise fill the
    table.
    """
    joined_texts = in_one_cell(texts)
    return joined_texts if joined_texts is None or len(joined_texts) <= CUT else joined_texts[:CUT] + " …"


def _time(published: str | None) -> datetime.datetime | None:
    if published is None:
        return None
    time = datetime.datetime.fromisoformat(published)
    return time.astimezone(datetime.UTC).replace(tzinfo=None) if time.tzinfo else time
