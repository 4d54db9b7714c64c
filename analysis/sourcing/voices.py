"""Voices: whose words each part of the text is, worked out from the attributions and their chains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from analysis.rules import classes
from analysis.sourcing.source_kinds import own_words
from analysis.text.document import Attribution, Document, Span
from analysis.text.vocabulary import NO_SOURCE, OPEN, REPORTER


class Voice(NamedTuple):
    """One who speaks: `key` is the same for all of their passages, `name` is the name shown.

    `kind` is the source kind, "reporter" for the words that are attributed to nobody, "open" for the words of
    pronouns that were not resolved: these share one voice, since nobody can say whether they are the same.
    """

    key: str
    name: str
    kind: str
    entity: str | None = None


THE_REPORTER = Voice("reporter", REPORTER, "reporter")


THE_OPEN = Voice("open", OPEN, "open")


LONGEST_NAME = 300  # characters of a voice that is shown by its words
_LONGEST_DESCRIPTION = 60  # characters of "the charity"
_MOST = 20  # voices that are looked at
LONGEST_CHAIN = 12  # attributions; those of real articles have up to four


def span_text(document: Document, spans: tuple[Span, ...], most: int | None = None) -> str:
    """The words of some spans on one line, with single spaces; gaps appear as " … ".

    Longer texts are cut after `most` characters, which "…" shows.
    """
    if most is not None and sum(end - start for start, end in spans) > most:
        return span_text(document, tuple(_beginning(spans, most))) + " …"
    return " … ".join(" ".join(document.text[start:end].split()) for start, end in spans)


def _beginning(spans: tuple[Span, ...], most: int) -> Iterator[Span]:
    for start, end in spans:
        if most <= 0:
            return
        yield Span(start, min(end, start + most))
        most -= end - start


def voices(document: Document) -> dict[str, Voice]:
    """Attribution id -> the voice of its source.

    Attributions share a voice if their sources resolve to one entity or read the same, or if the later one can only
    mean the earlier ("the authority" for "the port authority", "he" for "a spokesman"). The name is the entity's, or
    else the source's own words where it is first heard; "no source named" if there is none; "it (not resolved)" for a
    pronoun that was not traced to anything.
    """
    names = {entity.id: entity.name for entity in document.entities}
    out: dict[str, Voice] = {}
    unnamed = _Unnamed()
    for a in document.attributions:
        words = span_text(document, a.source, LONGEST_NAME)
        if a.source_entity in names:
            out[a.id] = Voice(f"entity {a.source_entity}", names[a.source_entity], a.source_kind, a.source_entity)
        elif words.casefold() in own_words()["unresolved"]:
            personal = words.casefold() in own_words()["he"] | own_words()["she"]
            last = unnamed.last if personal and a.source_kind == "unnamed-person" else None
            out[a.id] = last or Voice("open", f"{words} (not resolved)", "open")
        else:
            out[a.id] = unnamed.voice(words, a) if words else Voice("none", NO_SOURCE, "none")
        if a.source_entity in names and a.source_kind == "person":
            unnamed.last = None
    return out


class _Unnamed:
    """The sources without a name that were heard so far, by the noun that stands for them."""

    def __init__(self) -> None:
        self.known: dict[str, Voice] = {}
        self.by_noun: dict[str, list[tuple[set[str], Voice]]] = {}
        self.last: Voice | None = None  # the last single person to speak, whom "he" may stand for

    def voice(self, words: str, a: Attribution) -> Voice:
        """The voice of a source by its words: that of the only one before for which they can stand, or a new one."""
        low = words.casefold()
        key = low.removeprefix("the ")
        noun, modifiers = _noun(low)
        found = self.known.get(key) or self._meant(low, noun, modifiers, a.source_kind)
        if found is None:
            found = Voice(f"words {key}", words, a.source_kind)
            self.by_noun.setdefault(noun, []).append((modifiers, found))
        self.known[key] = found
        if a.source_kind in ("person", "unnamed-person"):
            self.last = found if a.source_kind == "unnamed-person" else None
        return found

    def _meant(self, low: str, noun: str, modifiers: set[str], kind: str) -> Voice | None:
        """The one that "the charity" refers to; None if more than one charity was heard, or none."""
        if not low.startswith("the ") or not low.endswith(noun) or len(low) > _LONGEST_DESCRIPTION:
            return None
        fitting = {voice for known, voice in self.by_noun.get(noun, ())[-_MOST:] if modifiers <= known}
        voice = next(iter(fitting)) if len(fitting) == 1 else None
        return voice if voice and voice.kind == kind else None


def _noun(low: str) -> tuple[str, set[str]]:
    """The head noun of a source phrase in lower case, and the words before it: "a spokesman for the firm"."""
    before: list[str] = []
    for word in low.replace(",", " , ").split():
        if before and (word in classes()["preposition"] or not word[0].isalnum() or word in ("who", "which", "that")):
            break
        before.append(word)
    return (before[-1], set(before[:-1]) - {"the", "a", "an"}) if before else ("", set())


def chains(document: Document) -> dict[str, tuple[Attribution, ...]]:
    """Attribution id -> the attributions that its content comes through, the outermost first, itself last.

    A parent that is missing, or that leads back, ends the chain; so does the twelfth from its end.
    """
    by_id = {a.id: a for a in document.attributions}
    out: dict[str, tuple[Attribution, ...]] = {}
    for a in document.attributions:
        above = out.get(a.parent or "", ())
        if a.parent not in by_id:
            out[a.id] = (a,)
        elif above and a not in above:
            out[a.id] = (*above[1 - LONGEST_CHAIN :], a)
        else:  # the parent comes later in the text, or a circle closes here
            out[a.id] = _followed(a, by_id)
    return out


def through(chain: Sequence[Attribution], known: Mapping[str, Voice]) -> list[Voice]:
    """The voices of a chain, the outermost first; one that gives its own words ("she said she hoped") appears once."""
    found = [known[a.id] for a in chain]
    return [voice for k, voice in enumerate(found) if not k or voice.key != found[k - 1].key]


def _followed(a: Attribution, by_id: dict[str, Attribution]) -> tuple[Attribution, ...]:
    chain, seen, parent = [a], {a.id}, a.parent
    while parent in by_id and parent not in seen and len(chain) < LONGEST_CHAIN:
        seen.add(parent)
        chain.append(by_id[parent])
        parent = by_id[parent].parent
    return tuple(reversed(chain))


def innermost(document: Document) -> Iterator[tuple[int, int, str | None]]:
    """Yield (start, end, attribution id): the whole text cut into stretches of one voice each.

    Where contents overlap, the words belong to the one furthest down its chain, then to the one that starts
    last, then to the shorter: what Reuters says that Peskov said is Peskov's. None is the reporter.
    """
    depth = {key: len(chain) for key, chain in chains(document).items()}
    spans = sorted(
        (start, end, a.id, order)
        for order, a in enumerate(document.attributions)
        for start, end in a.content
        if start < end
    )
    edges = sorted({0, len(document.text), *(s for s, *_ in spans), *(e for _, e, *_ in spans)})
    heap: list[tuple[int, int, int, int, str]] = []
    at = 0
    for start, end in pairwise(edges):
        while at < len(spans) and spans[at][0] == start:
            first, last, key, order = spans[at]
            heappush(heap, (-depth[key], -first, last, order, key))
            at += 1
        while heap and heap[0][2] <= start:
            heappop(heap)
        yield start, end, heap[0][4] if heap else None


def token_voices(document: Document) -> list[str | None]:
    """For each token, the id of the (innermost) attribution that it belongs to, None for the reporter's own words."""
    out: list[str | None] = []
    starts = document.tokens.starts
    for _, end, key in innermost(document):
        at = len(out)
        while at < len(starts) and starts[at] < end:
            out.append(key)
            at += 1
    return out


def is_word(token: str) -> bool:
    """Words are the tokens that begin with a letter or a digit; punctuation and clitics ('s) do not count."""
    return token[0].isalnum()
