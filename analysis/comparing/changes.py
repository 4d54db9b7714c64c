"""What changed from one version of a text to the next."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from analysis.comparing import details
from analysis.comparing.alignment import Match, align, moved
from analysis.comparing.records import KINDS, Change
from analysis.comparing.sources import Heard, Told, given, one_sided, statements
from analysis.comparing.wording import Kept, kept
from analysis.comparing.words import Words, one_line
from analysis.text.document import Document, Span

_Pair = tuple[set[int], set[int]]


class Versions(NamedTuple):
    """Two versions side by side: `changes` in the order of the new text, `kept` the sentences that stay."""

    old: Document
    new: Document
    changes: tuple[Change, ...]
    kept: tuple[Kept, ...]

    def of_kind(self, *kinds: str) -> tuple[Change, ...]:
        """The changes of these kinds. Raises ValueError for an unknown kind."""
        wrong = [kind for kind in kinds if kind not in KINDS]
        if wrong:
            raise ValueError(f"{wrong[0]!r} is not a kind of change; choose from {', '.join(KINDS)}")
        return tuple(change for change in self.changes if change.kind in kinds)


def compare_versions(old: Document, new: Document) -> Versions:
    """What changed from the old version of a text to the new one; both are annotated documents.

    Each change has the words and spans on both sides and says why it is noted; none says why the text was changed, or
    whether it became better. Whatever stays word for word is not compared further.

    >>> from analysis import annotate
    >>> found = compare_versions(annotate("It is safe, Ann Reed said."), annotate("It is safe, Ann Reed claimed."))
    >>> [(change.kind, change.old_words, change.new_words) for change in found.changes]
    [('cue-changed', 'said', 'claimed')]
    """
    return _Comparison(old, new).versions()


class _Comparison:
    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = Words(old), Words(new)
        self.heard = Heard(self.old), Heard(self.new)
        self.layers = details.Layers(self.old), details.Layers(self.new)
        laid = (kept(match, self.old, self.new) for match in align(self.old, self.new))
        self.kept = [group for group in laid if group.is_one]
        self.matches = [group.match for group in self.kept]
        self.changes: list[Change] = []

    def versions(self) -> Versions:
        self._headline()
        self._notes()
        explained: tuple[set[Span], set[Span]] = (set(), set())
        for group in self.kept:
            for told in () if group.untouched else self._in_group(group):
                for known, spans in zip(explained, (told.old, told.new), strict=True):
                    if told.kind.startswith(("source-", "claim-")):
                        known.update(spans)
        self._given(explained)
        self._passages()
        self._moved()
        order = {kind: number for number, kind in enumerate(KINDS)}
        self.changes.sort(key=lambda c: (self._at(c), order[c.kind]))
        return Versions(self.old.document, self.new.document, tuple(self.changes), tuple(self.kept))

    # -- sentences that stay

    def _in_group(self, group: Kept) -> Iterator[Told]:
        """The changes inside sentences that stay; each explains its words, so no words are noted twice."""
        known: _Pair = (set(), set())
        found: list[Told] = []

        def note(more: Iterable[Told]) -> None:
            more = list(more)
            found.extend(more)
            for told in more:
                for tokens, words, spans in zip(known, (self.old, self.new), (told.old, told.new), strict=True):
                    tokens.update(k for span in spans for k in words.tokens_in(span))

        note(statements(group, *self.heard))
        note(details.quotations(group, *self.layers))
        if not group.is_same:
            for ask in ASKED:
                note(ask(group, *self.layers, known))
            if not found:
                reason = "The wording has changed, but nothing else that the rules check."
                found.append(Told("reworded", (group.old.span,), (group.new.span,), reason))
        self.changes += [self._change(told, group.old.span, group.new.span) for told in found]
        yield from found

    def _change(self, told: Told, old_place: Span | None, new_place: Span | None) -> Change:
        return Change(
            told.kind,
            _whole(told.old),
            _whole(told.new),
            _words(self.old.document, told.old),
            _words(self.new.document, told.new),
            old_place,
            new_place,
            told.reason,
        )

    # -- the whole text

    def _given(self, explained: tuple[set[Span], set[Span]]) -> None:
        same = [group for group in self.kept if group.is_same]
        stay = {k for g in same for k in g.match.old}, {k for g in same for k in g.match.new}
        for told in given(*self.heard, explained, stay):
            old, new = (
                words.sentences_span([words.document.sentence_index(spans[0].start)]) if spans else None
                for words, spans in ((self.old, told.old), (self.new, told.new))
            )
            self.changes.append(self._change(told, old, new))

    def _passages(self) -> None:
        for kind, words, side in (("passage-dropped", self.old, 0), ("passage-added", self.new, 1)):
            matched = {k for match in self.matches for k in match[side]}
            for run in _runs([k for k in words.body if k not in matched], words):
                span = words.sentences_span(run)
                n = "This sentence has" if len(run) == 1 else f"These {len(run)} sentences have"
                other = "new" if side == 0 else "old"
                reason = f"{n} no counterpart in the {other} version."
                told = one_sided(kind, (span,), "old" if side == 0 else "new", reason)
                self.changes.append(self._change(told, span if side == 0 else None, None if side == 0 else span))

    def _moved(self) -> None:
        sizes = [sum(len(g.old.at) for g in (group,)) for group in self.kept]
        directions = moved(self.matches, sizes)
        run: list[int] = []
        for k in [*range(len(self.matches)), None]:
            if run and (k is None or not self._goes_on(run[-1], k, directions)):
                self._move(run, directions[run[0]])
                run = []
            if k is not None and k in directions:
                run.append(k)

    def _goes_on(self, last: int, k: int, directions: dict[int, str]) -> bool:
        """Did the next sentences move along with these?"""
        a, b = self.matches[last], self.matches[k]
        together = b.old[0] == a.old[-1] + 1 and b.new[0] == a.new[-1] + 1
        return k == last + 1 and together and directions.get(k) == directions[last]

    def _move(self, run: list[int], kind: str) -> None:
        old = self.old.sentences_span([s for k in run for s in self.matches[k].old])
        new = self.new.sentences_span([s for k in run for s in self.matches[k].new])
        places = [
            words.document.sentences[words.document.sentence_index(span.start)].paragraph + 1
            for words, span in ((self.old, old), (self.new, new))
        ]
        reason = f"The passage has moved {_way(kind, *places)}; most of the text keeps its order."
        self.changes.append(self._change(Told(kind, (old,), (new,), reason), old, new))

    # -- what surrounds it

    def _headline(self) -> None:
        was, now = (_title(words) for words in (self.old, self.new))
        if _plain(was[0]) == _plain(now[0]) or not (was[0] or now[0]):
            return
        reason = "The headline is different." if was[0] and now[0] else "Only one of the versions has a headline."
        self.changes.append(Change("headline-changed", was[1], now[1], was[0], now[0], was[1], now[1], reason))

    def _notes(self) -> None:
        ours, theirs = (
            [Span(*words.document.paragraphs[k][:2]) for k in words.notes] for words in (self.old, self.new)
        )
        texts = [one_line(self.old.document.text[slice(*s)]) for s in ours]
        others = [one_line(self.new.document.text[slice(*s)]) for s in theirs]
        left = [s for s, text in zip(ours, texts, strict=True) if text not in others]
        fresh = [s for s, text in zip(theirs, others, strict=True) if text not in texts]
        for k in range(max(len(left), len(fresh))):
            old, new = left[k : k + 1], fresh[k : k + 1]
            what = "changed" if old and new else "new" if new else "gone"
            told = Told("correction-note", tuple(old), tuple(new), f"A note about the text itself is {what}.")
            self.changes.append(self._change(told, _whole(told.old), _whole(told.new)))

    def _at(self, change: Change) -> tuple[int, int]:
        """Where a change is listed: in the order of the new text; dropped words follow the kept ones before them."""
        span = change.new or change.new_place
        if span is not None:
            return (span.start, 1)
        before = change.old or change.old_place
        if before is None:
            return (-1, 0)
        at = bisect_left(self.kept, before.start, key=lambda group: group.old.span.start)
        return (self.kept[at - 1].new.span.end if at else 0, 0)


ASKED: tuple[Callable[[Kept, details.Layers, details.Layers, _Pair], Iterator[Told]], ...] = (
    details.certainty,
    details.negation,
    details.values,
    details.words,
)


def _way(kind: str, old: int, new: int) -> str:
    """Where a passage moved, by the numbers of its paragraphs, unless new text above it moved these the other way.

    >>> _way("moved-up", 5, 2), _way("moved-up", 3, 5)
    ('from paragraph 5 to paragraph 2', 'ahead of text that it used to follow (paragraph 3 before, paragraph 5 now)')
    """
    if old == new:
        return "within its paragraph"
    if (new < old) == (kind == "moved-up"):
        return f"from paragraph {old} to paragraph {new}"
    past = "ahead of text that it used to follow" if kind == "moved-up" else "after text that used to follow it"
    return f"{past} (paragraph {old} before, paragraph {new} now)"


def _whole(spans: Sequence[Span]) -> Span | None:
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None


def _words(document: Document, spans: Sequence[Span]) -> str:
    return " … ".join(one_line(document.text[s.start : s.end]) for s in spans)


def _plain(title: str) -> list[str]:
    return title.casefold().split()


def _title(words: Words) -> tuple[str, Span | None]:
    """The heading that opens the text, with its place; without one, the known title of the article."""
    if words.title is not None and not words.document.article.title:
        span = Span(*words.document.paragraphs[words.title][:2])
        return one_line(words.document.text[span.start : span.end]), span
    return one_line(words.document.article.title or ""), None


def _runs(sentences: list[int], words: Words) -> Iterator[list[int]]:
    """Sentences that follow one another in a paragraph."""
    run: list[int] = []
    found = words.document.sentences
    for k in sentences:
        if run and (k != run[-1] + 1 or found[k].paragraph != found[run[-1]].paragraph):
            yield run
            run = []
        run.append(k)
    if run:
        yield run


__all__ = ["Match", "Versions", "compare_versions"]
