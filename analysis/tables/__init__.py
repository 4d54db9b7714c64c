"""The layers of documents as tidy pandas tables with fixed dtypes, one row per thing.

Keys: ``doc_id`` names the article, (``doc_id``, ``attribution_id``) an attribution, (``doc_id``, ``sentence_id``) a
sentence, ``entity_id`` an entity in all the articles ("PERSON:Dmitry Peskov").  Sentences and paragraphs are
numbered from 1, as a reader counts.  ``start`` and ``end`` are half-open character offsets into the untouched
article text.  What is not known is missing (NaN, <NA>, NaT), never 0 or an empty string.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, groupby
from itertools import chain as joined

import pandas as pd

import analysis.frames  # noqa: F401 (no formulas in tables)
from analysis.entities.linking import shared_names
from analysis.grammar.roles import mention_roles
from analysis.people.knowing import knowing
from analysis.reading.glosses import rule_gloss, strength_construct, strength_ground
from analysis.reading.source_rows import SourceRow, evidence_words, source_rows
from analysis.sourcing.voices import (
    LONGEST_NAME,
    THE_OPEN,
    THE_REPORTER,
    chains,
    is_word,
    span_text,
    through,
    token_voices,
    voices,
)
from analysis.tables.number_rows import NUMBERS, number_rows
from analysis.tables.title_rows import HEADLINE_DIFFERENCES, TITLE_MARKS, TITLES, difference_rows, mark_rows, title_row
from analysis.text.document import Document, Span
from analysis.text.vocabulary import FAMILIES, LABELS, REPORTER, VALUES, family, term

OFTEN = 4  # times the article that the passages of one column may come to before they are cut
CUT = 200  # characters that are left of each then
SCHEMAS: dict[str, dict[str, str]] = {
    "articles": {
        "doc_id": "str",
        "title": "str",
        "outlet": "str",
        "byline": "str",
        "published": "datetime64[us]",
        "url": "str",
        "licence": "str",
        "language": "str",
        "sha256": "str",
        "n_words": "int64",
        "n_sentences": "int64",
        "n_paragraphs": "int64",
    },
    "sentences": {
        "doc_id": "str",
        "sentence_id": "int64",
        "paragraph": "int64",
        "paragraph_kind": "str",
        "start": "int64",
        "end": "int64",
        "text": "str",
        "n_words": "int64",
        "n_hedges": "int64",
        "n_boosters": "int64",
        "n_bounds": "int64",
    },
    "attributions": {
        "attribution_id": "str",
        "doc_id": "str",
        "sentence_id": "int64",
        "start": "int64",
        "kind": "str",
        "voice": "str",
        "source_text": "str",
        "source_kind": "str",
        "source_entity": "str",
        "cue_text": "str",
        "cue_lemma": "str",
        "stance": "str",
        "content_text": "str",
        "n_words": "int64",
        "parent": "str",
        "depth": "int64",
        "chain": "str",
        "channel": "str",
        "basis": "str",
        "role": "str",
        "titles": "str",
        "source_link": "str",
        "source_id": "str",
        "anonymity": "str",
        "template": "str",
        "rule_id": "str",
        "gloss": "str",
        "corrected": "bool",
        "contact": "str",
        "links": "int64",
        "closeness": "str",
        "identified": "str",
        "hand": "str",
    },
    "roles": {
        "attribution_id": "str",
        "doc_id": "str",
        "role": "str",
        "part": "int64",
        "start": "int64",
        "end": "int64",
        "text": "str",
    },
    "passages": {
        "doc_id": "str",
        "sentence_id": "int64",
        "start": "int64",
        "end": "int64",
        "text": "str",
        "n_words": "int64",
        "voice": "str",
        "source_kind": "str",
        "attribution_id": "str",
        "depth": "int64",
    },
    "quotations": {
        "doc_id": "str",
        "sentence_id": "int64",
        "start": "int64",
        "end": "int64",
        "text": "str",
        "n_words": "int64",
        "n_attributed": "int64",
        "voice": "str",
        "attribution_id": "str",
        "depth": "int64",
        "mark": "str",
        "closed": "bool",
    },
    "voices": {
        "doc_id": "str",
        "voice": "str",
        "source_kind": "str",
        "source_entity": "str",
        "n_words": "int64",
        "n_attributions": "int64",
        "n_hedges": "int64",
        "n_boosters": "int64",
        "n_bounds": "int64",
    },
    "sources": {
        "doc_id": "str",
        "source_id": "str",
        "name": "str",
        "titles": "str",
        "source_kind": "str",
        "named": "bool",
        "role_class": "str",
        "role_words": "str",
        "reference": "str",
        "reference_words": "str",
        "source_entity": "str",
        "heard": "str",
        "sentence_id": "int64",
        "first_word": "int64",
        "start": "int64",
        "n_attributions": "int64",
        "n_statements": "int64",
        "n_words": "int64",
        "n_quoted_words": "int64",
        "first_hand": "int64",
        "second_hand": "int64",
        "via": "str",
        "justification": "str",
        "justification_words": "str",
        "anonymity": "str",
        "stated": "str",
        "own": "str",
    },
    "markers": {
        "doc_id": "str",
        "start": "int64",
        "end": "int64",
        "text": "str",
        "category": "str",
        "family": "str",
        "is_hedge": "bool",
        "strength": "float64",
        "voice": "str",
        "attribution_id": "str",
        "by_whom": "bool",
        "negated": "bool",
        "scope_text": "str",
        "ground": "str",
        "construct": "str",
        "sentence_id": "int64",
        "rule_id": "str",
        "gloss": "str",
        "corrected": "bool",
    },
    "mentions": {
        "doc_id": "str",
        "entity_id": "str",
        "start": "int64",
        "end": "int64",
        "text": "str",
        "label": "str",
        "form": "str",
        "sentence_id": "int64",
        "rule_id": "str",
        "corrected": "bool",
        "grammar": "str",
    },
    "entities": {
        "entity_id": "str",
        "name": "str",
        "label": "str",
        "label_name": "str",
        "is_name": "bool",
        "titles": "str",
        "n_mentions": "int64",
        "n_docs": "int64",
        "aliases": "str",
        "related": "str",
        "country": "str",
    },
    "numbers": NUMBERS,
    "titles": TITLES,
    "title_marks": TITLE_MARKS,
    "headline_differences": HEADLINE_DIFFERENCES,
}


def make_tables(documents: Document | Iterable[Document]) -> dict[str, pd.DataFrame]:
    """All tables by name: articles, sentences, attributions, roles, passages, quotations, voices, sources, markers,
    mentions, entities, numbers, titles, title_marks, headline_differences.

    `documents` is one Document or several with doc_ids of their own.  Raises ValueError where two have the same.
    """
    documents = _several(documents)
    return {name: make(documents) for name, make in MAKERS.items()}


def articles(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per article: its metadata (as given, never guessed) and its size.

    `published` is in UTC where the article gives a time zone.  `language` is a code: "en" where a part of the text is
    in English, else that of its language, which has no marks.  `n_words` counts the tokens that begin with a
    letter or digit, headings included.
    """
    return _frame(
        "articles",
        (
            (
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
            for d in _several(documents)
        ),
    )


def sentences(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per sentence, in the order of the text; `paragraph_kind` is body, heading or byline.

    `n_hedges`, `n_boosters` and `n_bounds` count the markers that start in the sentence.
    """
    rows = []
    for d in _several(documents):
        marked = Counter((d.sentence_index(m.start), family(m.category)) for m in d.markers if not m.negated)
        rows += [
            (
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
            for k, s in enumerate(d.sentences)
        ]
    return _frame("sentences", rows)


def attributions(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per attribution: who is said to say what, and through whom.

    `voice` is the source's entity by name, else its words; `source_entity` an entity_id; `source_kind` is "open" for a
    pronoun that was not resolved.  `n_words` are the words of its content, those of sources inside it included.
    `depth` is 0 for a source that the reporter gives, 1 for one inside another source's words, and so on; `chain` names
    the voices from the outermost in.  As written in the text, where it is: `channel` (through whom it came), `basis`
    (what it rests on), `role` (of the source, here), `titles` (all that the article gives it, here or elsewhere),
    `anonymity` (the reason given for leaving out a name).  `source_link` is how the source was traced to whom it stands
    for (a key of vocabulary.LINKS), `source_id` its row in the table of sources.  `corrected`, here and in the tables
    of markers and mentions: a person's correction made or changed it.  How the article knows (see
    `analysis.people.knowing`): `contact`, `links`, `closeness`, `identified`, and `hand`, which is derived from the
    first two.
    """
    rows = []
    documents = _several(documents)
    keys = _entity_keys(documents)
    for d in documents:
        voice, chain, key, counts = voices(d), chains(d), keys[d.doc_id], _counts(d)
        described = {place: (row.id, _short(row.titles)) for row in source_rows(d) for place in row.source.attributions}
        facts = knowing(d)
        source, content, *more = (_Texts(d) for _ in range(6))
        rows += [
            (
                a.id,
                d.doc_id,
                d.sentence_index(_start(a)) + 1,
                _start(a),
                a.kind,
                voice[a.id].name,
                source(a.source),
                voice[a.id].kind,
                key.get(a.source_entity),
                span_text(d, a.cue) or None,
                a.cue_lemma or None,
                a.stance,
                content(a.content),
                sum(counts[d.token_index(e)] - counts[d.token_index(s)] for s, e in a.content),
                a.parent,
                len(chain[a.id]) - 1,
                _chain([passing.name for passing in through(chain[a.id], voice)]),
                *(words(spans) for words, spans in zip(more[:3], (a.channel, a.basis, a.role), strict=True)),
                described.get(place, (None, None))[1],
                a.source_link or None,
                described.get(place, (None, None))[0],
                more[3](a.anonymity),
                a.template or None,
                a.rule_id or None,
                rule_gloss(a.rule_id),
                a.corrected,
                *facts[a.id],
            )
            for place, a in enumerate(d.attributions)
        ]
    return _frame("attributions", rows)


def roles(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per span of an attribution: `role` is source, cue or content, `part` its number from 1."""
    rows = []
    for d in _several(documents):
        words = {role: _Texts(d) for role in ("source", "cue", "content")}
        rows += [
            (a.id, d.doc_id, role, part, start, end, words[role].as_written(start, end))
            for a in d.attributions
            for role, spans in (("source", a.source), ("cue", a.cue), ("content", a.content))
            for part, (start, end) in enumerate(spans, 1)
        ]
    return _frame("roles", rows)


def passages(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per passage: a stretch of one voice within one sentence, in the order of the text.

    A word belongs to the innermost source whose content it stands in, as in the voices table, so that the words of
    the passages add up to those of the article.  `source_kind` is "reporter" and `attribution_id` missing where
    they are the reporter's own; `depth` is that of the attribution (0 for the reporter).
    """
    rows = []
    for d in _several(documents):
        voice, chain, owner = voices(d), chains(d), token_voices(d)
        for k, s in enumerate(d.sentences, 1):
            for key, run in groupby(range(s.first_token, s.last_token), key=owner.__getitem__):
                first, *rest = run
                last = rest[-1] if rest else first
                n = _n_words(d, first, last + 1)
                start, end = d.tokens.starts[first], d.tokens.ends[last]
                if n:
                    who = voice[key] if key else THE_REPORTER
                    rows.append(
                        (
                            d.doc_id,
                            k,
                            start,
                            end,
                            d.text[start:end],
                            n,
                            who.name,
                            who.kind,
                            key,
                            len(chain[key]) - 1 if key else 0,
                        )
                    )
    return _frame("passages", rows)


def quotations(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per stretch in quotation marks, the marks included; `depth` 1 is a quotation inside another.

    `n_attributed` are those of its words that stand in the content of an attribution, `voice` and `attribution_id`
    whose most of these are (missing where there are none).
    """
    rows = []
    for d in _several(documents):
        voice, owner = voices(d), token_voices(d)
        for q in d.quotations:
            at = range(d.token_index(q.start), d.token_index(q.end - 1) + 1)
            words = [k for k in at if is_word(d.tokens.words[k])]
            whose = Counter(owner[k] for k in words if owner[k])
            most = whose.most_common(1)[0][0] if whose else None
            rows.append(
                (
                    d.doc_id,
                    d.sentence_index(q.start) + 1,
                    q.start,
                    q.end,
                    d.text[q.start : q.end],
                    len(words),
                    whose.total(),
                    voice[most].name if most else None,
                    most,
                    q.depth,
                    q.mark,
                    q.closed,
                )
            )
    return _frame("quotations", rows)


def voices_table(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per article and voice: the reporter first, then the sources by words.

    A word belongs to the innermost source whose content it stands in: what Reuters says that Peskov said is
    Peskov's. Words in nobody's content are the reporter's, quoting words ("Reuters reported") among them.
    `source_kind` is "reporter" for the reporter and "open" for pronouns that were not resolved, which are one row.
    `n_hedges`, `n_boosters` and `n_bounds` go by the attribution of each marker; negated boosters are not counted.
    """
    rows = []
    documents = _several(documents)
    keys = _entity_keys(documents)
    for d in documents:
        rows += _voice_rows(d, keys[d.doc_id])
    return _frame("voices", rows)


def _voice_rows(d: Document, keys: Mapping[str | None, str]) -> list[tuple]:
    voice = voices(d)
    known = {v.key: v for v in (THE_REPORTER, *voice.values())}
    if THE_OPEN.key in known:
        known[THE_OPEN.key] = THE_OPEN
    words: Counter[str] = Counter()
    for word, key in zip(d.tokens.words, token_voices(d), strict=True):
        words[voice[key].key if key else THE_REPORTER.key] += is_word(word)
    owner = [voice.get(m.attribution, THE_REPORTER).key if m.attribution else THE_REPORTER.key for m in d.markers]
    marked = Counter((key, family(m.category)) for m, key in zip(d.markers, owner, strict=True) if not m.negated)
    counts = Counter(v.key for v in voice.values())
    order = sorted(known.values(), key=lambda v: (v is not THE_REPORTER, -words[v.key], v.name))
    return [
        (
            *(d.doc_id, v.name, v.kind, keys.get(v.entity), words[v.key], counts[v.key]),
            *(marked[v.key, name] for name in FAMILIES),
        )
        for v in order
    ]


def sources(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per article and source, in the order in which they are first heard: who speaks, and how they would know.

    Columns, apart from those that the other tables have too:

    - `name` as the text has it; `titles` all that it gives the source, " | " between them; `named` whether a reader
      could look the source up;
    - `role_class` (a key of vocabulary.ROLE_CLASSES) and `role_words`, which it rests on; `reference` (a key of
      vocabulary.REFERENCES) and `reference_words`;
    - `heard`: "speaks" where it states something, else "asks" or "declines": only who speaks is counted as heard;
      `sentence_id`, `first_word` (from 1) and `start`: where it is first heard;
    - `n_attributions`, of which `n_statements` state something; `first_hand` and `second_hand`: how many reach the
      reporter directly and through others, whom `via` names;
    - `n_words`: what it states, as the innermost source, in words; `n_quoted_words`: those of them in quotation marks;
    - `justification`: the keys of vocabulary.JUSTIFICATIONS that hold, `justification_words` what they rest on, both
      missing where the text does not say how the source would know; `anonymity`: why its name is left out, as written;
    - `stated`: which of role_class and reference a sources.csv beside the article gives, in place of the rules; `own`:
      the newsroom's own columns of that row ("desk: science | since: 2019").

    The reporter, sources that are not named at all and pronouns that were not traced have no row.
    """
    documents = _several(documents)
    keys = _entity_keys(documents)
    return _frame("sources", (_source_row(d, row, keys[d.doc_id]) for d in documents for row in source_rows(d)))


def _source_row(d: Document, row: SourceRow, keys: Mapping[str | None, str]) -> tuple:
    who = row.source
    role = (who.role_evidence,) if who.role_evidence else ()
    return (
        d.doc_id,
        row.id,
        who.name,
        _joined(row.titles),
        who.kind,
        row.named,
        who.role_class,
        _joined(evidence_words(d, role)),
        who.reference,
        _joined(evidence_words(d, who.reference_evidence)),
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
        _joined(row.via),
        _joined(dict.fromkeys(e.kind for e in who.justification)),
        _joined(evidence_words(d, who.justification)),
        _joined(row.anonymity),
        _joined(who.stated),
        _joined(f"{name}: {cell}" for name, cell in who.own if cell),
    )


def markers(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per hedge, booster or bound (its `family`). `voice` is whose it is: "the reporter", or a source.

    `strength` runs from 0 (sure) to 1 (least sure); `by_whom` marks a hedge whose holder is hidden ("is expected
    to"); `scope_text` is what it weakens or strengthens (" … " where the marker itself stands), `ground` what its
    strength rests on, `construct` what it measures ("the chance of an event" or "the certainty of a finding", two
    scales that do not compare); `negated` marks a booster that a negation takes back ("has not clearly said").
    `is_hedge` is True for the family of hedges only.
    """
    rows = []
    for d in _several(documents):
        voice, scope = voices(d), _Texts(d)
        rows += [
            (
                d.doc_id,
                m.start,
                m.end,
                d.text[m.start : m.end],
                m.category,
                family(m.category),
                family(m.category) == "hedge",
                m.strength,
                voice[m.attribution].name if m.attribution in voice else REPORTER,
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
            for m in d.markers
        ]
    return _frame("markers", rows)


def mentions(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per mention. `form` is "name" where it reads as the entity's name, "alias" where it does not.

    `grammar` is the part it plays in its clause where rules can tell: agent, passive-subject or passive-agent, else
    other (see `analysis.grammar.roles`).
    """
    rows = []
    documents = _several(documents)
    keys_of = _entity_keys(documents)
    for d in documents:
        keys, names = keys_of[d.doc_id], {e.id: e.name for e in d.entities}
        rows += [
            (
                d.doc_id,
                keys.get(m.entity),
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
            for m, role in zip(d.mentions, mention_roles(d), strict=True)
            for text in (d.text[m.start : m.end],)
        ]
    return _frame("mentions", rows)


def entities(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per entity, the most often mentioned first; entities of several articles are one where they share
    name and label, case and accents aside. Where only the words around a name speak for its label, the label that
    the name has most often in all the articles holds.

    `aliases` are the name forms in use and `titles` the roles that the articles give it, " | " between them. `related`
    is the entity_id of what it belongs to without being it (North Korean: North Korea). `is_name` is False for dates,
    amounts and other values.
    """
    merged: dict[str, dict] = {}
    documents = _several(documents)
    keys_of, shared = _entity_keys(documents), shared_names(documents)
    for d in documents:
        keys = keys_of[d.doc_id]
        for e in d.entities:
            label, name = shared.get((d.doc_id, e.id), (e.label, e.name))
            row = merged.setdefault(
                keys[e.id],
                {"name": name, "label": label, "n": 0, "docs": 0, "related": None, "country": None}
                | {"aliases": {}, "titles": {}},
            )
            if e.name != name:
                row["aliases"][e.name] = None
            row["n"] += e.count
            row["docs"] += 1
            row["aliases"].update(dict.fromkeys(e.aliases))
            for words in (span_text(d, (title,)) for title in e.titles):
                row["titles"].setdefault(words.casefold(), words)
            row["related"] = row["related"] or keys.get(e.related)
            row["country"] = row["country"] or e.country
    order = sorted(merged.items(), key=lambda item: (-item[1]["n"], item[0]))
    return _frame(
        "entities",
        (
            (
                key,
                row["name"],
                row["label"],
                term(LABELS, row["label"]).name,
                row["label"] not in VALUES,
                _joined(row["titles"].values()),
                row["n"],
                row["docs"],
                _joined(row["aliases"]),
                row["related"],
                row["country"],
            )
            for key, row in order
        ),
    )


def numbers(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per number: a count, share, amount, rank or date of effect (see `analysis.numbers`).

    `value` is in `unit` (shares in per cent; missing for "dozens" and for dates), `high` the upper end of a range.
    `kind` is a key of vocabulary.NUMBER_KINDS, `bound` of BOUNDS, `bound_words` what says so.  `counts` is the head
    noun of what is counted.  `voice` is whose number it is, as in the attributions table, also where no word of saying
    gives it ("put the number at"); `chain` through whom it came.  `unverified` are the words that say that it could
    not be checked, `disputed` those who say that it is not so.  `same` are the number_ids of other mentions of the
    quantity; `agrees` is "yes" where all of these agree with it, "no" where one does not.
    """
    return _frame("numbers", (row for d in _several(documents) for row in number_rows(d)))


def titles(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per title: its marks in short, the sentences of the body that carry it, and how it differs from them.

    `carriers` are sentence_ids, the best first, with "; " between them; `share` is how much of the title's names,
    numbers and words the best one shares; `differs` are keys of vocabulary.HEADLINE_DIFFERENCES.  No number of another
    table counts a title.
    """
    return _frame("titles", (title_row(d) for d in _several(documents) if d.title))


def title_marks(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per mark in a title, with offsets into the title: attributions, markers, mentions (`layer`).

    `what` is the voice of an attribution, the category of a marker, the label of a mention; `entity_id` is that of the
    entities table where the body names it too (`in_body`).
    """
    documents = _several(documents)
    keys = _entity_keys(documents)
    return _frame("title_marks", (row for d in documents if d.title for row in mark_rows(d, keys[d.doc_id])))


def headline_differences(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row per difference between a title and the sentences that carry it, with the words on both sides."""
    return _frame("headline_differences", (row for d in _several(documents) if d.title for row in difference_rows(d)))


MAKERS: dict[str, Callable[..., pd.DataFrame]] = {
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
    "entities": entities,
    "numbers": numbers,
    "titles": titles,
    "title_marks": title_marks,
    "headline_differences": headline_differences,
}


def _several(documents: Document | Iterable[Document]) -> list[Document]:
    documents = [documents] if isinstance(documents, Document) else list(documents)
    twice = [key for key, n in Counter(d.doc_id for d in documents).items() if n > 1]
    if twice:
        raise ValueError(f"doc_id {twice[0]!r} is used by more than one document; give each its own")
    return documents


def _frame(name: str, rows: Iterable[tuple]) -> pd.DataFrame:
    """Rows as a table with the columns and dtypes of its schema, also when there are none."""
    schema = SCHEMAS[name]
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pd.DataFrame(
        {
            column: pd.Series(list(values), dtype=dtype)
            for (column, dtype), values in zip(schema.items(), columns, strict=True)
        }
    )


def _n_words(d: Document, first: int, last: int) -> int:
    return sum(map(is_word, d.tokens.words[first:last]))


class _Texts:
    """The words of passages for a column: whole, until it holds OFTEN times the article, then the first of each.

    Passages of an ordinary article are shorter than it, all together. Those of a hostile one lie inside each other.
    """

    def __init__(self, d: Document) -> None:
        self._document, self._left = d, OFTEN * len(d.text)

    def __call__(self, spans: tuple[Span, ...]) -> str | None:
        length = sum(end - start for start, end in spans)
        whole = length <= max(self._left, CUT)
        self._left -= length if whole else 0
        return span_text(self._document, spans, None if whole else CUT) or None

    def as_written(self, start: int, end: int) -> str:
        """The same of one passage, its white space left as it is."""
        whole = end - start <= max(self._left, CUT)
        self._left -= end - start if whole else 0
        return self._document.text[start:end] if whole else self._document.text[start : start + CUT] + " …"


def _counts(d: Document) -> list[int]:
    """How many words come before each token, and before the end: those from one token to another are a difference."""
    return list(accumulate(map(is_word, d.tokens.words), initial=0))


def _chain(names: list[str]) -> str:
    joined_names = " → ".join(names)
    if len(joined_names) > 4 * LONGEST_NAME:
        joined_names = " → ".join(name if len(name) <= 40 else f"{name[:39]}…" for name in names)
    return joined_names


def _start(a) -> int:
    return min((start for start, _ in joined(a.source, a.cue, a.content)), default=0)


def _entity_keys(documents: Sequence[Document]) -> dict[str, dict[str | None, str]]:
    """By article, its ids of entities -> ids that hold in all articles; a second one with the same name gets "#2"."""
    shared = shared_names(documents)
    out: dict[str, dict[str | None, str]] = {}
    for d in documents:
        keys = out.setdefault(d.doc_id, {})
        seen: Counter[str] = Counter()
        for e in d.entities:
            key = ":".join(shared.get((d.doc_id, e.id), (e.label, e.name)))
            seen[key] += 1
            keys[e.id] = key if seen[key] == 1 else f"{key}#{seen[key]}"
    return out


def _joined(texts: Iterable[str]) -> str | None:
    """Several texts in one cell; None where there are none."""
    return " | ".join(texts) or None


def _short(texts: Sequence[str]) -> str | None:
    """The same for a cell that many rows repeat: cut, as those of a hostile article would else fill the table."""
    joined_texts = _joined(texts)
    return joined_texts if joined_texts is None or len(joined_texts) <= CUT else joined_texts[:CUT] + " …"


def _time(published: str | None) -> datetime.datetime | None:
    if published is None:
        return None
    time = datetime.datetime.fromisoformat(published)
    return time.astimezone(datetime.UTC).replace(tzinfo=None) if time.tzinfo else time
