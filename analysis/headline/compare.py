"""The sentences that carry a title, and how the title differs from them."""

from __future__ import annotations

from typing import NamedTuple

from analysis.grammar import grammar_of
from analysis.headline.claims import Hit, Item, hits_of, items_of
from analysis.headline.differences import Compared, Difference, differences
from analysis.numbers import find_numbers
from analysis.text.document import Document

LONGEST = 1_000  # the most characters of a title; anything longer is not a title, and comparing it would take long
_CARRIES = 0.5  # the share of a title's weight that a sentence must have
_NEAREST = 0.34  # the same, if no sentence has as much
_ABSENT = 0.3  # below this share of a title's weight, the whole body does not carry it
_MOST = 5  # the most sentences that are given


class Carrier(NamedTuple):
    """A sentence of the body (from 0) that carries the title, the words it shares with it, and how much of the
    title that is."""

    sentence: int
    shared: tuple[str, ...]
    share: float


class Headline(NamedTuple):
    """How the body compares with its title: the sentences that carry it, the best first, and the differences."""

    carriers: tuple[Carrier, ...]
    differences: tuple[Difference, ...]


def compare_title(document: Document) -> Headline | None:
    """Compare the title with the body; None if there is no title, if it is too long, or if it has nothing to look for.

    >>> from analysis import annotate
    >>> from analysis.text.article import Article
    >>> article = Article("The bridge may close, Ann Reed said. It rained.", title="Bridge closes")
    >>> found = compare_title(annotate(article))
    >>> [c.sentence for c in found.carriers], [d.kind for d in found.differences]
    ([0], ['source-left-out', 'hedge-left-out'])
    """
    title = document.title
    if title is None or len(title.text) > LONGEST:
        return None
    layers = (title, document.attributions, document.markers, document.mentions, document.entities)
    kept = document.tokens.known.get(compare_title)  # two tables and the page need it
    if kept is None or any(old is not new for old, new in zip(kept[0], layers, strict=True)):
        kept = document.tokens.known[compare_title] = layers, _compare(document, title)
    found: Headline | None = kept[1]
    return found


def _compare(document: Document, title: Document) -> Headline | None:
    own = find_numbers(title)
    numbers = find_numbers(document) if own else ()
    named = frozenset(entity.id for entity in document.entities)
    items = items_of(title, grammar_of(title), own, named)
    if not items:
        return None
    hits = hits_of(items, document, numbers, own)
    carriers = _carriers(items, hits)
    covered = {hit.item for here in hits for hit in here}
    total = sum(item.weight for item in items)
    compared = Compared(document, items, [(c.sentence, hits[c.sentence]) for c in carriers], own, numbers)
    if not carriers:
        absent = sum(items[k].weight for k in covered) < _ABSENT * total
        return Headline((), (Difference("nothing-found", (), (), ""),) if absent else ())
    return Headline(carriers, tuple(differences(compared)))


def _carriers(items: list[Item], hits: list[list[Hit]]) -> tuple[Carrier, ...]:
    total = sum(item.weight for item in items)
    only_names = all(item.kind == "name" for item in items)
    telling = [only_names or any(items[hit.item].kind != "name" for hit in here) for here in hits]
    shares = [
        sum(items[hit.item].weight for hit in here) / total if tells else 0.0
        for here, tells in zip(hits, telling, strict=True)
    ]
    best = max(shares, default=0.0)
    if best < _NEAREST:
        return ()
    least = max(_CARRIES, 0.8 * best) if best >= _CARRIES else best
    order = sorted((k for k, share in enumerate(shares) if share >= least), key=lambda k: (-shares[k], k))
    return tuple(
        Carrier(k, tuple(items[hit.item].words for hit in hits[k]), round(shares[k], 2)) for k in order[:_MOST]
    )
