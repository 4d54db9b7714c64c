"""What one text has from another, word for word or nearly, and whose words they are there and here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from analysis.comparing.records import FINDINGS, Passage
from analysis.comparing.runs import Run, chained, extended, shared_runs
from analysis.comparing.sources import same_source
from analysis.comparing.words import Words, function_words, one_line
from analysis.sourcing.voices import THE_REPORTER, Voice, token_voices, voices
from analysis.text.document import Document, Span

MOST = 20  # up to so many articles, every pair is compared
LEAST = 6  # words in a row, or nearly in a row
SEED = 3  # words in each run of a passage that are the same
GAP = 3  # words between two such runs
SAME = 0.7  # of the words of a passage
WEIGHT = 9  # of a passage: see _is_passage
NOBODY = (THE_REPORTER.kind, "none")  # nobody but the writer says "is expected to"
# Words, and words that say something: a smaller part of a passage in another sentence is left out.
PIECE, PIECE_TELLING = (5, 2)


class Copied(NamedTuple):
    """The passages that `text` has from `of`, in its order; and how many words each text has, and how many are copied.

    Of the copied words here, `n_quoted` are in quotation marks and `n_own` in the reporter's own voice.
    """

    text: Document
    of: Document
    passages: tuple[Passage, ...]
    least: int
    n_words: int
    n_copied: int
    n_quoted: int
    n_own: int
    n_words_there: int
    n_copied_there: int

    @property
    def share(self) -> float:
        """The share of this text's words that are in copied passages; 0.0 if it has no words."""
        return self.n_copied / self.n_words if self.n_words else 0.0

    @property
    def share_there(self) -> float:
        """The share of the other text's words that are in copied passages; 0.0 if it has no words."""
        return self.n_copied_there / self.n_words_there if self.n_words_there else 0.0

    def found(self, *findings: str) -> tuple[Passage, ...]:
        """The passages with these findings. Raises ValueError for an unknown finding."""
        wrong = [finding for finding in findings if finding not in FINDINGS]
        if wrong:
            raise ValueError(f"{wrong[0]!r} is not a finding; choose from {', '.join(FINDINGS)}")
        return tuple(p for p in self.passages if p.finding in findings)


def copied(text: Document, *, of: Document, least: int = LEAST) -> Copied:
    """Which passages of an annotated text appear in another, word for word or nearly, and whose words they are.

    A passage has at least `least` words that are the same, in runs of three or more with at most three other words
    between runs; enough of them must be something other than names, numbers, words of saying or small words. It is cut
    at the ends of sentences and of quotations. Capitals, punctuation and the shape of quotation marks do not count.
    This cannot show who copied from whom, or whether both copied from a third text. Raises ValueError if `least` is
    below 1.

    >>> from analysis import annotate
    >>> release = annotate("The new ferry burns a third less fuel than the old one.")
    >>> report = annotate("The new ferry burns a third less fuel than the old one, the Courier learned.")
    >>> [(p.here_words, p.exact) for p in copied(report, of=release).passages]
    [('The new ferry burns a third less fuel than the old one', True)]
    """
    here, there = _Text(text), _Text(of)
    runs = shared_runs(here.words.lows, there.words.lows, min(SEED, least))
    passages: list[Passage] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for chain in _dense(chained(runs, GAP)):
        if not _is_passage(chain, here, least):
            continue
        for piece in _pieces(extended(chain, here.words.lows, there.words.lows), here):
            passages.append(_passage(piece, here, there))
            taken[0].update(range(piece[0].here, piece[-1].here + piece[-1].length))
            taken[1].update(range(piece[0].there, piece[-1].there + piece[-1].length))
    return Copied(
        text,
        of,
        tuple(passages),
        least,
        len(here.words.lows),
        len(taken[0]),
        sum(here.parts[k][1] for k in taken[0]),
        sum(here.voice(k).kind in NOBODY for k in taken[0]),
        len(there.words.lows),
        len(taken[1]),
    )


def copies_among(documents: Sequence[Document], *, most: int = MOST) -> list[Copied]:
    """What each article has from every article that is dated before it, or given before it if the dates do not decide.

    There is one `Copied` for each pair that shares a passage. If there are more than `most` articles, only the first
    are compared, since the number of pairs grows with the square; `analysis.corpora.shared` is for many.
    """
    found = []
    for first, second in combinations(documents[:most], 2):
        days = first.article.published, second.article.published
        of, text = (second, first) if days[0] and days[1] and days[1] < days[0] else (first, second)
        shared = copied(text, of=of)
        if shared.passages:
            found.append(shared)
    return found


class _Text:
    """A document as words, and whose each word is."""

    def __init__(self, document: Document) -> None:
        self.document, self.words = document, Words(document)

    @cached_property
    def _voices(self) -> dict[str, Voice]:
        return voices(self.document)

    @cached_property
    def _by_token(self) -> list[str | None]:
        return token_voices(self.document)

    @cached_property
    def untelling(self) -> set[int]:
        """The tokens of names, numbers, sources and words of saying."""
        d = self.document
        names = {k for m in d.mentions for k in self.words.tokens_in(Span(m.start, m.end))}
        return names | self.saying

    @cached_property
    def saying(self) -> set[int]:
        """The tokens of sources and words of saying."""
        spans = [span for a in self.document.attributions if a.source for span in (*a.cue, *a.source)]
        return {k for span in spans for k in self.words.tokens_in(span)}

    @cached_property
    def parts(self) -> list[tuple[int, int]]:
        """For each word, its sentence and whether it is in quotation marks (1 or 0)."""
        quoted = self.document.tokens.quoted
        out: list[tuple[int, int]] = []
        sentence = -1
        for first, last in self.words.ranges:
            sentence += not self._goes_on(first)
            out += [(sentence, quoted[k]) for k in self.words.token[first:last]]
        return out

    def _goes_on(self, word: int) -> bool:
        """Does a sentence that begins at a word continue the line before (no full stop there, and no blank line)?"""
        if word in (0, len(self.words.token)):
            return False
        starts, ends = self.document.tokens.starts, self.document.tokens.ends
        before, here = self.words.token[word - 1], self.words.token[word]
        return self.document.text[ends[before] : starts[here]].strip(" \t\r") == "\n"

    def tells(self, word: int) -> bool:
        """Is a word something other than a small word, a name, a number, a source or a word of saying?"""
        return self.words.token[word] not in self.untelling and self.words.lows[word] not in function_words()

    def voice(self, word: int) -> Voice:
        """Whose a word is."""
        return self._of(self._by_token[self.words.token[word]])

    def _of(self, key: str | None) -> Voice:
        return self._voices[key] if key is not None else THE_REPORTER

    def main_voice(self, first: int, last: int) -> Voice:
        """The voice of most words of a range."""
        keys = Counter(self._by_token[k] for k in self.words.token[first:last])
        return self._of(keys.most_common(1)[0][0])

    def quoted(self, first: int, last: int) -> bool:
        """Are most words of a range in quotation marks?"""
        return sum(quoted for _, quoted in self.parts[first:last]) * 2 > last - first

    def span(self, first: int, last: int) -> Span:
        """The words of a range as a span, with the quotation marks directly around them."""
        span = self.words.span(self.words.token[first], self.words.token[last - 1])
        for q in self.document.quotations:
            if q.start < span.start <= q.start + 2 and q.closed:
                span = Span(q.start, span.end)
            if span.end < q.end <= span.end + 2 and q.start >= span.start:
                span = Span(span.start, q.end)
        return span


def _dense(chains: Iterable[list[Run]]) -> Iterator[list[Run]]:
    """Chains in which most words are the same; other chains are split into their runs."""
    for chain in chains:
        same = sum(run.length for run in chain)
        first, last = chain[0], chain[-1]
        reach = max(last.here + last.length - first.here, last.there + last.length - first.there)
        if same >= SAME * reach:
            yield chain
        else:
            yield from ([run] for run in chain)


def _is_passage(chain: list[Run], here: _Text, least: int) -> bool:
    """Are enough words the same, and do they say enough?

    Names, numbers, sources and words of saying count 0, small words 1, and other words 2. So "said at a press
    conference on Monday that" is not a passage, but "the lift has been out of order since" is.
    """
    same = sum(run.length for run in chain)
    if same < least:
        return False
    weight = 0
    for run in chain:
        for k in range(run.here, run.here + run.length):
            if here.words.token[k] not in here.untelling:
                weight += 1 + (here.words.lows[k] not in function_words())
    return weight >= WEIGHT


def _pieces(chain: list[Run], here: _Text) -> Iterator[list[Run]]:
    """A chain, cut wherever a sentence or a quotation begins or ends here, so that each piece has one voice.

    If the end of a passage has only names, sources and small words, it is left out.
    """
    piece: list[Run] = []
    for run in _cut(chain, here):
        if piece and here.parts[run.here] != here.parts[piece[0].here]:
            yield from _kept(piece, here)
            piece = []
        piece.append(run)
    yield from _kept(piece, here)


def _kept(piece: list[Run], here: _Text) -> Iterator[list[Run]]:
    """A piece without "the council said" at its ends, if enough of it is left."""
    piece = list(piece)
    while piece and here.words.token[piece[0].here] in here.saying:
        run = piece.pop(0)
        if run.length > 1:
            piece.insert(0, Run(run.here + 1, run.there + 1, run.length - 1))
    while piece and here.words.token[piece[-1].here + piece[-1].length - 1] in here.saying:
        run = piece.pop()
        if run.length > 1:
            piece.append(Run(run.here, run.there, run.length - 1))
    words = [k for run in piece for k in range(run.here, run.here + run.length)]
    telling = sum(
        here.words.lows[k] not in function_words() for k in words if here.words.token[k] not in here.untelling
    )
    if len(words) >= PIECE and telling >= PIECE_TELLING:
        yield piece


def _cut(chain: list[Run], here: _Text) -> Iterator[Run]:
    """The runs of a chain, each within one sentence and either inside or outside quotation marks."""
    for run in chain:
        first = run.here
        for k in range(run.here + 1, run.here + run.length + 1):
            if k == run.here + run.length or here.parts[k] != here.parts[first]:
                yield Run(first, run.there + first - run.here, k - first)
                first = k


def _passage(piece: list[Run], here: _Text, there: _Text) -> Passage:
    ours = piece[0].here, piece[-1].here + piece[-1].length
    theirs = piece[0].there, piece[-1].there + piece[-1].length
    n, same = ours[1] - ours[0], sum(run.length for run in piece)
    spans = here.span(*ours), there.span(*theirs)
    voice, voice_there = here.main_voice(*ours), there.main_voice(*theirs)
    return Passage(
        *spans,
        one_line(here.document.text[slice(*spans[0])]),
        one_line(there.document.text[slice(*spans[1])]),
        n,
        same,
        same == n == theirs[1] - theirs[0],
        here.quoted(*ours),
        there.quoted(*theirs),
        voice.name,
        voice_there.name,
        _finding(voice, voice_there),
    )


def _finding(voice: Voice, voice_there: Voice) -> str:
    own, own_there = voice.kind in NOBODY, voice_there.kind in NOBODY
    if own:
        return "as-own" if own_there else "source-left-out"
    if own_there:
        return "credited"
    if "open" in (voice.kind, voice_there.kind):
        return "open"
    return "same-source" if same_source(voice, voice_there) else "other-source"


__all__ = ["LEAST", "MOST", "Copied", "copied", "copies_among"]
