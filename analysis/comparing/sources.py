"""Who is given as a source in each version, and with which word for "said"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from analysis.comparing.wording import Kept, Side
from analysis.comparing.words import Words, function_words
from analysis.sourcing.voices import Voice, span_text, voices
from analysis.text.document import Attribution, Document, Span
from analysis.text.vocabulary import NO_STATEMENT, STANCES

ALIKE = 0.3  # share of the words of two statements from which they are the same
STAYS = 0.6  # share of a claim's words
LEAST = 3  # words of a claim
UNNAMED = ("unnamed-person", "collective")
NOBODY = ("none", "open")


class Told(NamedTuple):
    """A change that concerns sources: its kind, the spans on both sides, and why."""

    kind: str
    old: tuple[Span, ...]
    new: tuple[Span, ...]
    reason: str


def one_sided(kind: str, spans: tuple[Span, ...], side: str, reason: str) -> Told:
    """A change in only one version: `side` is "old" or "new"."""
    return Told(kind, spans, (), reason) if side == "old" else Told(kind, (), spans, reason)


class Heard:
    """The attributions of a document by the sentence they are in, and the voices behind them."""

    def __init__(self, words: Words) -> None:
        document = words.document
        self.words, self.document, self.voices = words, document, voices(document)
        body = set(words.body)
        self.by_sentence: dict[int, list[Attribution]] = defaultdict(list)
        for a in document.attributions:
            spans = a.cue or a.source or a.content
            if spans and (sentence := document.sentence_index(spans[0].start)) in body:
                self.by_sentence[sentence].append(a)

    def of(self, sentences: Iterable[int]) -> list[Attribution]:
        """The attributions of some sentences."""
        return [a for sentence in sentences for a in self.by_sentence.get(sentence, ())]

    def content(self, a: Attribution) -> set[int]:
        """The tokens of what an attribution reports."""
        return {k for span in a.content for k in self.words.tokens_in(span)}

    def by_voice(self) -> dict[str, tuple[Voice, list[Attribution]]]:
        """The sources that are somebody, with the statements they are given as a source for, in order.

        Those that a source names inside a quotation belong to that source and are left out.
        """
        out: dict[str, tuple[Voice, list[Attribution]]] = {}
        for sentence in self.words.body:
            for a in self.by_sentence.get(sentence, ()):
                voice = self.voices[a.id]
                cue = self.words.tokens_in((a.cue or a.source)[0]) if a.cue or a.source else ()
                if voice.kind not in NOBODY and not any(self.document.tokens.quoted[k] for k in cue):
                    out.setdefault(voice.key, (voice, []))[1].append(a)
        return out


def same_source(one: Voice, other: Voice) -> bool:
    """Can two voices be the same source, judging by their names? A surname is short for a name, initials for a body.

    >>> same_source(Voice("a", "Ann Reed", "person"), Voice("b", "Reed", "person"))
    True
    """
    if one.kind == "open" or other.kind == "open":
        return True
    a, b = _name(one.name), _name(other.name)
    if not a or not b:
        return a == b
    if a == b:
        return True
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    if len(few) == 1 and few[0] == "".join(word[0] for word in many if word[0].isalnum()):
        return True
    unnamed = one.kind in UNNAMED, other.kind in UNNAMED
    if unnamed[0] != unnamed[1]:
        return False
    heads = _head(few) == _head(many) if all(unnamed) else few[-1] in many
    return heads and set(few) <= set(many)


@lru_cache(maxsize=4096)
def _name(name: str) -> list[str]:
    low = name.casefold().replace("’", "'").replace("'s", "")
    return [w for w in low.replace(",", " , ").replace(".", "").split() if w == "," or w not in ("the", "a", "an")]


def _head(name: list[str]) -> str:
    """The head noun of a description: "a spokeswoman for the mill"."""
    head = ""
    for word in name:
        if head and (word == "," or word in function_words()):
            break
        head = word
    return head


def statements(group: Kept, old: Heard, new: Heard) -> Iterator[Told]:
    """What changed, in sentences that stay, in who says what and with which word."""
    ours, theirs = old.of(group.match.old), new.of(group.match.new)
    for a, b in _paired(group, old, new, ours, theirs):
        ours.remove(a)
        theirs.remove(b)
        if not group.is_same:
            yield from _compared(a, b, old, new)
    if group.is_same:
        return
    for a in ours:
        if a.source and _is_own_now(a, old, new, group.match.new, group.old):
            yield Told("claim-unattributed", a.source, (), _gone(a, old, "is no longer given as its source"))
    for b in theirs:
        if b.source and _is_own_now(b, new, old, group.match.old, group.new):
            yield Told("claim-attributed", (), b.source, _gone(b, new, "is now given as its source"))


def _gone(a: Attribution, heard: Heard, what: str) -> str:
    return f"The claim is in both versions; “{span_text(heard.document, a.source, 80)}” {what}."


def _paired(
    group: Kept, old: Heard, new: Heard, ours: list[Attribution], theirs: list[Attribution]
) -> list[tuple[Attribution, Attribution]]:
    """The statements that are the same in both versions, judging by the words that they report."""
    scored = []
    contents = [(b, new.content(b) & group.new.step.keys()) for b in theirs]
    for i, a in enumerate(ours):
        mine = old.content(a) & group.old.step.keys()
        there = {group.old.same[k] for k in mine if k in group.old.same}
        for j, (b, yours) in enumerate(contents):
            together = len(mine) + len(yours) - len(there & yours)
            alike = len(there & yours) / together if together else 0.0
            if alike < ALIKE and same_source(old.voices[a.id], new.voices[b.id]) and a.cue_lemma == b.cue_lemma:
                alike = ALIKE
            if alike >= ALIKE:
                scored.append((-alike, abs(i - j), i, j))
    if not scored and len(ours) == len(theirs) == 1:
        scored = [(0.0, 0, 0, 0)]
    out: dict[int, int] = {}
    for _, _, i, j in sorted(scored):
        if i not in out and j not in out.values():
            out[i] = j
    return [(ours[i], theirs[j]) for i, j in out.items()]


def _compared(a: Attribution, b: Attribution, old: Heard, new: Heard) -> Iterator[Told]:
    who, now = old.voices[a.id], new.voices[b.id]
    before, after = (span_text(d, s, 80) for d, s in ((old.document, a.source), (new.document, b.source)))
    if a.source and b.source:
        if not same_source(who, now):
            kind = "source-replaced"
            if who.kind in UNNAMED and now.kind == "person" and now.entity:
                kind = "source-named"
            elif who.kind == "person" and who.entity and now.kind in UNNAMED:
                kind = "source-anonymous"
            reason = f"The statement came from “{before}”; it now comes from “{after}”."
            yield Told(kind, a.source, b.source, reason)
    elif a.source:
        yield Told("claim-unattributed", a.source, (), _gone(a, old, "is no longer given as its source"))
    elif b.source:
        yield Told("claim-attributed", (), b.source, _gone(b, new, "is now given as its source"))
    if a.cue and b.cue and a.cue_lemma != b.cue_lemma and a.source and b.source:
        yield Told("cue-changed", a.cue, b.cue, _cue_reason(a, b, old.document, new.document))


def _cue_reason(a: Attribution, b: Attribution, old: Document, new: Document) -> str:
    was, now = span_text(old, a.cue, 60), span_text(new, b.cue, 60)
    if a.stance == b.stance:
        return f"“{was}” is now “{now}”; the rules take both to be {a.stance}."
    return f"“{was}” ({a.stance}) is now “{now}” ({b.stance}). {b.stance.capitalize()}: {STANCES[b.stance].gloss}"


def _is_own_now(a: Attribution, heard: Heard, other: Heard, there: tuple[int, ...], side: Side) -> bool:
    """Do the words of a statement stay, without a source in the other version?"""
    mine = heard.content(a) & side.step.keys()
    stay = [side.same[k] for k in mine if k in side.same]
    if len(stay) < max(LEAST, STAYS * len(mine)):
        return False
    theirs = {k for b in other.of(there) for k in other.content(b)}
    return sum(k in theirs for k in stay) * 2 < len(stay)


def given(
    old: Heard, new: Heard, explained: tuple[set[Span], set[Span]], same: tuple[set[int], set[int]]
) -> list[Told]:
    """The sources in one version only, if no change of a statement explains them.

    `explained` are the spans of sources in such changes, `same` the sentences that stay word for word: a source in one
    of them is a source in both versions.
    """
    before, after = old.by_voice(), new.by_voice()
    out = []
    for kind, ours, theirs, heard, known, stay in (
        ("source-dropped", before, after, old, explained[0], same[0]),
        ("source-added", after, before, new, explained[1], same[1]),
    ):
        others = [voice for voice, _ in theirs.values()]
        for voice, mine in ours.values():
            if any(same_source(voice, other) for other in others):
                continue
            if any(span in known for a in mine for span in a.source) or any(_sentence(heard, a) in stay for a in mine):
                continue
            first = mine[0]
            where = "old" if kind == "source-dropped" else "new"
            n = len(mine)
            times = "once" if n == 1 else f"{n} times"
            reason = f"“{voice.name}” is given as a source {times} in the {where} version and never in the other."
            if all(a.stance in NO_STATEMENT for a in mine):
                reason = f"“{voice.name}” is asked, or declines to say something, only in the {where} version."
            out.append(one_sided(kind, first.source, where, reason))
    return out


def _sentence(heard: Heard, a: Attribution) -> int:
    return heard.document.sentence_index((a.cue or a.source)[0].start)
