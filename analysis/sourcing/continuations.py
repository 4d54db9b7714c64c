"""Quotations that no cue of their sentence reports: continued, introduced by a colon, signed, labelled, headlines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from analysis.sourcing.cues import rule
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.subjects import subject_at
from analysis.sourcing.view import DASHES, PREPOSITION, SUBJECT, View, words
from analysis.text.document import Sentence

_SIGNS = ("―", "—", "–", "--", "-")  # before a signature
_LONGEST_LABEL, _LONGEST_SIGNATURE = 8, 8  # tokens
_SHORTEST_INTRODUCED = 4  # words of a quotation after a colon


@dataclass(slots=True)
class Stretch:
    """A sentence as the readings below see it: its tokens, what was found there by cues, its quotations."""

    view: View
    first: int
    last: int
    paragraph: int
    opens_paragraph: bool
    drafts: list[Draft]
    quotes: list[Range]

    @property
    def words(self) -> int:
        return self.view.count_words(self.first, self.last)

    @property
    def quoted_words(self) -> int:
        return sum(self.view.count_words(a, b) for a, b in self.quotes)

    @property
    def all_quoted(self) -> bool:
        return bool(self.quotes) and self.quoted_words == self.words > 0

    @property
    def ends_in_colon(self) -> bool:
        last = self.last - 1
        return self.view.W[last] == ":" and not self.view.Q[last] and self.last - self.first > 2


class Continuation:
    """Carries the last speaker from sentence to sentence."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.last: Draft | None = None  # the last speaker
        self.made: list[Draft] = []  # found in the last sentence
        self._paragraph = -1
        self._pending: list[Range] = []  # open quotation of earlier paragraphs that has no speaker yet
        self._open = False  # the last paragraph's quotation was left open
        self._labels: dict[str, int] | None = None

    def sentence(self, sentence: Sentence, here: list[Draft], quotes: list[Range]) -> None:
        """Read a sentence as the first of the readings that fits: `here` was found there by cues."""
        opens = sentence.paragraph != self._paragraph
        stretch = Stretch(self.view, sentence.first_token, sentence.last_token, sentence.paragraph, opens, here, quotes)
        self._paragraph = sentence.paragraph
        self.made = []
        for reading in _READINGS:
            if reading(self, stretch):
                break
        if quotes:
            self._open = self.view.quote_at[quotes[-1][0]] in self.view.open_quotes
        elif opens:
            self._open = False

    def _speaks(self, draft: Draft) -> bool:
        self.made.append(draft)
        self.last = draft
        return True

    def _attributed(self, stretch: Stretch) -> bool:
        """The last one quoted, else the last one to say something, speaks on; not one whose words another reports."""
        if not stretch.drafts:
            return False
        view, before = self.view, self.last
        outer = _outermost(stretch.drafts)
        quoted = [d for d in outer if any(view.Q[x] or view.Q[y - 1] for x, y in d.content)]
        self.last = (quoted or outer)[-1]
        if self.last.template == "asked":  # "Asked about it, she laughed. “No.”": not the one who asked
            self.last = None
        if self._pending and quoted and view.Q[quoted[0].content[0][0]]:
            quoted[0].content[:0] = self._pending
            self._pending = []
        self._release(before)
        return True

    def _release(self, speaker: Draft | None) -> None:
        """Nobody was named for the pending quotations: they continue the last speaker's."""
        if self._pending and speaker is not None:
            speaker.content += self._pending
        self._pending = []

    def _continued_alone(self, stretch: Stretch) -> bool:
        """A sentence that is all quotation; one left open may have its speaker in the quotation's next paragraph."""
        if not stretch.all_quoted:
            return False
        a, b, opens = stretch.first, stretch.last, stretch.opens_paragraph
        unclosed = self.view.quote_at.get(a) in self.view.open_quotes
        if self._pending or (unclosed and opens and not self._open):
            self._pending.append((a, b))
        elif self.last is not None and (not opens or self._open or self.last.introduces or stretch.words >= 3):
            self.last.content.append((a, b))
        return True

    def _continued(self, stretch: Stretch) -> bool:
        """A sentence of the same paragraph that opens with a quotation, and is half quotation."""
        quotes = stretch.quotes
        if self.last is None or stretch.opens_paragraph or not quotes or quotes[0][0] > stretch.first + 1:
            return False
        if stretch.quoted_words < 0.5 * stretch.words:
            return False
        alone = len(quotes) == 1 and _put(self.view, quotes[0][1], stretch.last)
        self.last.content.append(quotes[0] if alone else (stretch.first, stretch.last))
        return True

    def _narration(self, stretch: Stretch) -> bool:
        """The reporter speaks: whoever spoke before does no more."""
        if stretch.words <= stretch.quoted_words + 3:
            return False
        self._release(self.last)
        if self.last is not None and not self.last.introduces:
            self.last = None
        return True

    def _introduced(self, stretch: Stretch) -> bool:
        """He put it this way: “...”"""
        view = self.view
        k = stretch.quotes[-1][0] if stretch.quotes else 0
        if (
            k - 1 <= stretch.first
            or view.W[k - 1] != ":"
            or view.count_words(*stretch.quotes[-1]) < _SHORTEST_INTRODUCED
        ):
            return False
        return self._before_colon(_after_dash(view, stretch.first, k), k - 1, [(k, stretch.last)])

    def _introduces(self, stretch: Stretch) -> bool:
        """A sentence that ends in a colon introduces the quotations that follow."""
        if stretch.ends_in_colon:
            self._before_colon(stretch.first, stretch.last - 1, [])
        return stretch.ends_in_colon

    def _before_colon(self, start: int, colon: int, content: list[Range]) -> bool:
        source = subject_at(self.view, start, colon)
        if source is None:
            return False
        cue = (min(source[1], colon), colon + 1)
        return self._speaks(Draft([source], [cue], content, "colon", ":", rule("CUE.COLON"), introduces=True))

    def _label(self, stretch: Stretch) -> bool:
        """A speaker's name and a colon, in a transcript or a headline."""
        view, colon = self.view, self._label_end(stretch)
        if colon is None:
            return False
        a = _after_dash(view, stretch.first, colon)
        k = next((j for j in range(a + 1, colon) if view.L[j] in words()["ends_label_name"]), colon)
        if view.Q[colon + 1]:
            last = stretch.last
        elif view.W[colon + 1][0].isdigit() or view.W[colon + 1][0].isupper():
            last = view.document.paragraphs[stretch.paragraph].last_token if self._is_speaker(a, k, stretch) else colon
        else:
            return False
        label = Draft([(a, k)], [(colon, colon + 1)], [(colon + 1, last)], "label", ":", rule("CUE.COLON"))
        return last > colon and self._may_label(a, k) and self._speaks(label)

    def _label_end(self, stretch: Stretch) -> int | None:
        """The colon after the first words of a paragraph, unless those are a cue that was read already."""
        W, a, b = self.view.W, stretch.first, stretch.last
        if not stretch.opens_paragraph or ":" not in W[a : min(b, a + _LONGEST_LABEL)]:
            return None
        colon = next(k for k in range(a, b) if W[k] == ":" or self.view.Q[k])
        cue_there = any(d.at < a + 5 and W[a] == W[d.at] for d in stretch.drafts)
        return colon if W[colon] == ":" and a < colon < b - 1 and not cue_there else None

    def _may_label(self, a: int, k: int) -> bool:
        """Up to four tokens that are written as a name is."""
        view, not_label = self.view, words()["not_label"]
        named = all(view.W[j][0].isupper() or view.W[j] in (".", "-", "'s", "(", ")", "’s") for j in range(a, k))
        return named and k - a <= 4 and view.L[a] not in not_label and view.L[k - 1] not in not_label

    def _is_speaker(self, a: int, k: int, stretch: Stretch) -> bool:
        """Is a label without quotation a speaker: it labels several paragraphs, or the text reports its words?"""
        view = self.view
        if any(view.K[a:k]):
            return False
        if view.L[k - 1] in words()["label_noun"]:
            return stretch.paragraph < 2
        if self._labels is None:
            self._labels = _labels(view)
        label = view.text[view.starts[a] : view.ends[k - 1]]
        if self._labels.get(label, 0) > 1 or (label.isupper() and max(self._labels.values(), default=0) > 1):
            return True
        return stretch.paragraph < 2 and k - a <= 3 and view.W[k + 1 :].count(view.W[k - 1]) > 1

    def _heading(self, stretch: Stretch) -> bool:
        heading = self.view.document.paragraphs[stretch.paragraph].kind == "heading"
        return heading and (self._headline(stretch) or self._tail(stretch))

    def _headline(self, stretch: Stretch) -> bool:
        """‘Never again’: Ortega on the late vote."""
        view, quotes, b = self.view, stretch.quotes, stretch.last
        sign = quotes[0][1] if quotes and quotes[0][0] == stretch.first else b
        if view.W[sign] not in (":", "—", "–") or sign >= b:
            return False
        k = first = sign + 1
        while k < min(b, first + _LONGEST_LABEL) and view.W[k][0].isupper() and view.K[k] == "":
            k += 1
        if k == first or (k < b and view.K[k] != PREPOSITION and view.W[k][0].isalnum()):
            return False
        self.made.append(Draft([(first, k)], [(sign, first)], [quotes[0]], "headline", ":", rule("CUE.HEADLINE")))
        return True

    def _tail(self, stretch: Stretch) -> bool:
        """Carmaker in talks to sell plants - sources"""
        view, a, b = self.view, stretch.first, stretch.last
        k = next((j for j in range(b - 2, max(a, b - 5), -1) if view.W[j] in DASHES and not view.Q[j]), None)
        if k is None or view.L[b - 1] not in words()["label_noun"] or view.ends[k - 1] == view.starts[k]:
            return False
        self.made.append(Draft([(k + 1, b)], [(k, k + 1)], [(a, k)], "headline", "-", rule("CUE.HEADLINE")))
        return True

    def _signature(self, stretch: Stretch) -> bool:
        """“...” ― Ann Reed: words that are signed, in one sentence or two."""
        view, a, b = self.view, stretch.first, stretch.last
        low = max(a, b - _LONGEST_SIGNATURE)
        k = next((j for j in range(b - 1, low - 1, -1) if view.W[j] in _SIGNS and not view.Q[j]), 0)
        if k == 0 or not view.Q[k - 1] or k + 1 >= b or not self._is_signature(k + 1, b):
            return False
        start = a
        if k == a:
            start = next(q for q, end in reversed(view.quotes[: bisect_right(view.quotes, (k, k))]) if end == k)
            if self.last is not None and self.last.content and self.last.content[-1][1] == k:
                self.last.content.pop()
        signed = Draft([view.trim(k + 1, b)], [(k, k + 1)], [(start, k)], "signature", "—", rule("CUE.SIGNATURE"))
        self.made.append(signed)
        self.last = None
        return True

    def _is_signature(self, a: int, b: int) -> bool:
        """Is it a name, with or without what the person is after a comma: "Tom Holt, mayor of Leeds"?"""
        view = self.view
        end = next((k for k in range(a, b) if view.W[k] == ","), b)
        return end > a and all((view.W[k][0].isupper() and not view.K[k]) or view.W[k] == "." for k in range(a, end))


# The readings of a sentence, in the order in which they are tried. (Kept by an object, its own methods would keep it,
# and the whole view, from being freed when it is done.)
_READINGS: tuple[Callable[[Continuation, Stretch], bool], ...] = (
    Continuation._label,
    Continuation._attributed,
    Continuation._heading,
    Continuation._signature,
    Continuation._continued_alone,
    Continuation._continued,
    Continuation._introduced,
    Continuation._introduces,
    Continuation._narration,
)


def _outermost(drafts: list[Draft]) -> list[Draft]:
    """Those that no other reports: of "Reed said her party had predicted it", the first."""
    ranges = sorted((a, b, k) for k, draft in enumerate(drafts) for a, b in draft.content)
    inside, far, next_far, done = set[int](), (0, -1), 0, 0  # how far contents reach so far: of which, and of others
    for at, k in sorted((draft.at, k) for k, draft in enumerate(drafts)):
        while done < len(ranges) and ranges[done][0] <= at:
            _, end, owner = ranges[done]
            if owner == far[1]:
                far = max(far, (end, owner))
            elif end > far[0]:
                far, next_far = (end, owner), far[0]
            else:
                next_far = max(next_far, end)
            done += 1
        if (far[0] if far[1] != k else next_far) > at:
            inside.add(k)
    return [draft for k, draft in enumerate(drafts) if k not in inside] or drafts


def _labels(view: View) -> dict[str, int]:
    """How many paragraphs each "Name:" opens."""
    out: dict[str, int] = {}
    for paragraph in view.document.paragraphs:
        a = paragraph.first_token
        k = next((j for j in range(a, min(paragraph.last_token, a + 6)) if view.W[j] == ":"), a)
        if k > a:
            name = view.text[view.starts[a] : view.ends[k - 1]]
            out[name] = out.get(name, 0) + 1
    return out


def _put(view: View, k: int, b: int) -> bool:
    """Do the writer's words follow a quotation at k: “We'll take it,” he grinned; “Oak,” is how he puts it?"""
    return k + 1 < b and view.W[k - 2] in (",", "?", "!") and (view.K[k] == SUBJECT or view.L[k] in ("is", "was"))


def _after_dash(view: View, a: int, k: int) -> int:
    """ "VOTE IS LATE - Ann Reed: “...”": the speaker comes after the dash."""
    return next((j + 1 for j in range(k - 1, a, -1) if view.W[j] in DASHES), a)
