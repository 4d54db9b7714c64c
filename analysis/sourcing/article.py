"""The stages in order, over a whole article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from analysis.sourcing.anonymity import find_reasons, not_reasons
from analysis.sourcing.candidates import candidates
from analysis.sourcing.chains import link
from analysis.sourcing.continuations import Continuation
from analysis.sourcing.denials import without_acts
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.identities import Identifier
from analysis.sourcing.nested import read_nested
from analysis.sourcing.phrases import phrase_places, read_phrases
from analysis.sourcing.reports import read_sentence
from analysis.sourcing.view import View
from analysis.text.datelines import DASHES, dateline_end
from analysis.text.document import Attribution, Document, Entity, Span, quick

LONGEST = 400  # tokens of a sentence outside quotations that are read together
MOST_CUES, FEWEST_WORDS = 20, 5  # a sentence of more cues than that, with fewer words to each, is no language


def find_attributions(document: Document) -> tuple[Attribution, ...]:
    """Who is said to say what in a segmented document, in the order of the text.

    An attribution whose cue is in another's content, or on which another rests ("citing a decree"), has that one as
    `parent`. Content includes a leading "that" and its quotation marks; a cue includes its auxiliaries and the
    preposition that links it to its content.

    >>> from analysis.text.segmentation import segment
    >>> from analysis.text.article import Article
    >>> document = segment(Article("“It was late,” said Ann Reed, a lawyer. The council declined to comment."))
    >>> for a in find_attributions(document):
    ...     print(a.id, a.kind, a.source_kind, a.stance, [document.text[s:e] for s, e in a.source])
    a1 direct person neutral ['Ann Reed, a lawyer']
    a2 indirect government refusal ['The council']
    """
    return find_sources(document)[0]


def find_sources(document: Document) -> tuple[tuple[Attribution, ...], tuple[Entity, ...]]:
    """The attributions of a document (see `find_attributions`), and its entities with the titles that the text gives
    them.
    """
    view = View(document)
    drafts = _drafts(view)
    drafts = link(view, without_acts(view, [d for d in drafts if d.content and not _nobody(view, d)]))
    identifier = Identifier(view, document)
    attributions = _attributions(view, identifier, read_nested(view, drafts))
    titles = {entity: _spans(view, ranges) for entity, ranges in identifier.titles.items()}
    entities = [replace(e, titles=titles[e.id]) if e.id in titles else e for e in document.entities]
    return attributions, tuple(entities)


def _nobody(view: View, draft: Draft) -> bool:
    """Is the source nobody, so that nothing was said ("Nobody told them why"), and nothing refused either?"""
    return draft.stance != "refusal" and bool(draft.source) and view.L[draft.source[0][0]] in ("nobody", "none")


def _drafts(view: View) -> list[Draft]:
    """Stages 1 to 5, sentence by sentence."""
    found, places = candidates(view), phrase_places(view)
    drafts: list[Draft] = []
    cue = place = quote = 0
    flow = Continuation(view)
    marks = not (DASHES | {"("}).isdisjoint(view.document.tokens.index)  # without one of these, there is no dateline
    for sentence in view.document.sentences:
        a, b = sentence.first_token, sentence.last_token
        if marks:
            a = dateline_end(view.W, a, b)
        first = cue
        while cue < len(found) and found[cue] < b:
            cue += 1
        own = found[first:cue]
        first = place
        while place < len(places) and places[place] < b:
            place += 1
        here = _read(view, a, b, own, places[first:place]) if own or place > first else []
        first = quote
        while quote < len(view.quotes) and view.quotes[quote][0] < b:
            quote += 1
        flow.sentence(sentence, here, view.quotes[first:quote])
        drafts += here
        drafts += flow.made
    return drafts


def _read(view: View, a: int, b: int, cues: list[int], places: list[int]) -> list[Draft]:
    """Stages 1 to 4 for the sentence a:b; a text without full stops is read in pieces, to keep the time linear."""
    count = len(cues) + len(places)
    if count > MOST_CUES and count * FEWEST_WORDS > b - a:  # "said said said"
        return []
    if b - a <= LONGEST:
        return _read_piece(view, a, b, cues, places)
    here: list[Draft] = []
    for low, high in _pieces(view, a, b):
        here += _read_piece(
            view,
            low,
            high,
            cues[bisect_left(cues, low) : bisect_left(cues, high)],
            places[bisect_left(places, low) : bisect_left(places, high)],
        )
    return here


def _read_piece(view: View, low: int, high: int, cues: list[int], places: list[int]) -> list[Draft]:
    drafts = read_sentence(view, low, high, cues) if cues else []
    return drafts + read_phrases(view, low, high, places, drafts) if places else drafts


def _pieces(view: View, a: int, b: int) -> Iterator[Range]:
    """The range a:b in pieces of about LONGEST tokens, quotations not counted and never split."""
    low = a
    while view.n and b - low > LONGEST:
        k, size = low, 0
        while k < b and size < LONGEST:
            quote = view.quote_at.get(k)
            k = k + 1 if quote is None else max(k + 1, view.quotes[quote][1])
            size += 1
        if k >= b:
            break
        yield low, k
        low = k
    yield low, b


def _attributions(view: View, identifier: Identifier, drafts: list[Draft]) -> tuple[Attribution, ...]:
    """Drafts as records with offsets into the text, numbered in the order of the text."""
    judged = [(draft, identifier.judge(draft)) for draft in drafts]
    reasons = find_reasons(view, [draft for draft, who in judged if who.nameless and draft.source])
    judged = not_reasons(judged, reasons.values())
    numbers = {id(draft): f"a{number}" for number, (draft, _) in enumerate(judged, 1)}
    basis = {id(d.basis_of): d for d, _ in judged if d.basis_of is not None}
    attribution = quick(Attribution)
    out = []
    for draft, who in judged:
        rests_on = basis.get(id(draft))
        anonymity = reasons.get(id(draft))
        content = _without(draft.content, anonymity)
        out.append(
            attribution(
                id=numbers[id(draft)],
                kind=draft.kind or view.kind(content),
                source=_spans(view, draft.source),
                cue=_spans(view, draft.cue),
                content=_spans(view, content),
                cue_lemma=draft.lemma,
                source_kind=who.kind,
                source_entity=who.entity,
                stance=draft.stance,
                parent=numbers.get(id(draft.parent)) if draft.parent else None,
                rule_id=draft.rule.id if draft.rule else "CUE.NONE",
                template=draft.template,
                channel=_span(view, draft.channel),
                basis=_spans(view, rests_on.source) if rests_on else (),
                role=_span(view, who.role),
                source_link=who.link,
                anonymity=_span(view, anonymity),
            )
        )
    return tuple(out)


def _span(view: View, place: Range | None) -> tuple[Span, ...]:
    return _spans(view, [place]) if place else ()


def _spans(view: View, ranges: list[Range]) -> tuple[Span, ...]:
    return tuple([Span(view.starts[a], view.ends[b - 1]) for a, b in ranges if b > a])


def _without(content: list[Range], anonymity: Range | None) -> list[Range]:
    """The content without a part that only says why the source is not named ("told the paper, who asked not to be")."""
    if anonymity is None:
        return content
    first, last = anonymity
    return [(a, b) for a, b in content if b <= first or last <= a] or content
