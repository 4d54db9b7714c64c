"""Stage 5: quotations that no cue of their sentence reports: continued, introduced by a colon, signed, transcripts."""

from __future__ import annotations

from bisect import bisect_right

from analysis.sourcing.cues import rule
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.subjects import subject_at
from analysis.sourcing.view import DASHES, PREPOSITION, SUBJECT, View, words
from analysis.text.document import Sentence


class Continuation:
    """Carries the last speaker from sentence to sentence."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.last: Draft | None = None
        self.paragraph = -1
        self.made: list[Draft] = []
        self.pending: list[Range] = []  # open quotation of earlier paragraphs that has no speaker yet
        self.labels: dict[str, int] | None = None
        self.open = False  # the last paragraph's quotation was left open

    def sentence(self, sentence: Sentence, here: list[Draft], quotes: list[Range]) -> None:
        view = self.view
        self.made = []
        a, b = sentence.first_token, sentence.last_token
        first = sentence.paragraph != self.paragraph
        if first:
            self.paragraph = sentence.paragraph
        total = view.count_words(a, b) if quotes or not here else 1
        inside = sum([view.count_words(*q) for q in quotes])
        starts_quoted = bool(quotes) and quotes[0][0] <= a + 1
        before = self.last
        if first and not any(d.at < a + 5 and view.W[a] == view.W[d.at] for d in here) and self._label(sentence, a, b):
            pass
        elif here:
            quoted = [d for d in here if any(view.Q[x] or view.Q[y - 1] for x, y in d.content)]
            self.last = quoted[-1] if quoted else here[-1]
            if self.last.template == "asked":  # "Asked about it, she laughed. “No.”": not the one who asked
                self.last = None
            if self.pending and quoted and view.Q[quoted[0].content[0][0]]:
                quoted[0].content[:0] = self.pending
                self.pending = []
            self._release(before)
        elif (self._is_heading(sentence) and (self._headline(a, b, quotes) or self._tail(a, b))) or (
            (quotes or (a and view.Q[a - 1])) and self._signed(a, b)
        ):
            pass
        elif quotes and inside == total and total:
            self._bare(a, b, first, total)
        elif starts_quoted and inside >= 0.5 * total and self.last is not None and not first:
            self.last.content.append(quotes[0] if len(quotes) == 1 and _put(view, quotes[0][1], b) else (a, b))
        elif quotes and self._colon(a, b, quotes[-1]):
            pass
        elif view.W[b - 1] == ":" and not view.Q[b - 1] and b - a > 2:
            self._opens(a, b)
        elif total > inside + 3:
            self._release(before)
            if not (self.last is not None and self.last.introduces):
                self.last = None
        if quotes:
            index = view.quote_at[quotes[-1][0]]
            self.open = index in view.open_quotes
        elif first:
            self.open = False

    def _is_heading(self, sentence: Sentence) -> bool:
        return self.view.document.paragraphs[sentence.paragraph].kind == "heading"

    def _release(self, speaker: Draft | None) -> None:
        """Nobody was named for the pending quotations: they continue the last speaker's."""
        if self.pending and speaker is not None:
            speaker.content += self.pending
        self.pending = []

    def _bare(self, a: int, b: int, first: bool, total: int) -> None:
        """A sentence that is all quotation."""
        unclosed = self.view.quote_at.get(a) in self.view.open_quotes
        if self.pending or (unclosed and first and not self.open):
            self.pending.append((a, b))  # the speaker of the quotation's next paragraph may be named there
        elif self.last is not None and (not first or self.open or self.last.introduces or total >= 3):
            self.last.content.append((a, b))

    def _colon(self, a: int, b: int, quote: Range) -> bool:
        """He put it this way: “...”"""
        view = self.view
        k = quote[0]
        if k - 1 <= a or view.W[k - 1] != ":" or view.count_words(*quote) < 4:
            return False
        source = subject_at(view, _after_dash(view, a, k), k - 1)
        if source is None:
            return False
        cue = (min(source[1], k - 1), k)
        draft = Draft([source], [cue], [(k, b)], "colon", ":", rule("CUE.COLON"))
        draft.introduces = True
        self.made.append(draft)
        self.last = draft
        return True

    def _opens(self, a: int, b: int) -> None:
        """A sentence that ends in a colon introduces the quotations that follow."""
        source = subject_at(self.view, a, b - 1)
        if source is None:
            return
        draft = Draft([source], [(min(source[1], b - 1), b)], [], "colon", ":", rule("CUE.COLON"))
        draft.introduces = True
        self.made.append(draft)
        self.last = draft

    def _label(self, sentence: Sentence, a: int, b: int) -> bool:
        """NAME: what the person says, in a transcript or a headline."""
        view = self.view
        k = a
        limit = min(b, a + 8)
        if ":" not in view.W[a:limit]:
            return False
        while k < limit and view.W[k] != ":" and not view.Q[k]:
            k += 1
        if k >= limit or view.W[k] != ":" or k == a or k + 1 >= b:
            return False
        a = _after_dash(view, a, k)
        k, colon = next((j for j in range(a + 1, k) if view.L[j] in ("to", "on", "at", "in")), k), k
        if k > a and not all(
            view.W[j][0].isupper() or view.W[j] in (".", "-", "'s", "(", ")", "’s") for j in range(a, k)
        ):
            return False
        if not (view.W[colon + 1][0].isupper() or view.Q[colon + 1] or view.W[colon + 1][0].isdigit()):
            return False
        quote = view.Q[colon + 1]
        if k - a > 4 or view.L[a] in words()["not_label"] or view.L[k - 1] in words()["not_label"]:
            return False
        paragraph = view.document.paragraphs[sentence.paragraph]
        last = b if quote else paragraph.last_token
        if not quote and not self._is_speaker(a, k, sentence):
            return False
        draft = Draft([(a, k)], [(colon, colon + 1)], [(colon + 1, last)], "label", ":", rule("CUE.COLON"))
        self.made.append(draft)
        self.last = draft
        return True

    def _is_speaker(self, a: int, k: int, sentence: Sentence) -> bool:
        """Is a label without quotation a speaker: it labels several paragraphs, or the text reports its words?"""
        view = self.view
        if any(view.K[j] for j in range(a, k)):
            return False
        if view.L[k - 1] in words()["label_noun"]:
            return sentence.paragraph < 2
        if self.labels is None:
            self.labels = _labels(view)
        name = view.W[k - 1]
        label = view.text[view.starts[a] : view.ends[k - 1]]
        if self.labels.get(label, 0) > 1 or (label.isupper() and any(n > 1 for n in self.labels.values())):
            return True
        return sentence.paragraph < 2 and k - a <= 3 and view.W[k + 1 :].count(name) > 1

    def _headline(self, a: int, b: int, quotes: list[Range]) -> bool:
        """‘Never again’: Ortega on the late vote."""
        view = self.view
        if not quotes or quotes[0][0] != a or view.W[quotes[0][1] : quotes[0][1] + 1] not in ([":"], ["—"], ["–"]):
            return False
        k = first = quotes[0][1] + 1
        while k < b and k < first + 8 and view.W[k][0].isupper() and view.K[k] == "":
            k += 1
        if k == first or (k < b and view.K[k] != PREPOSITION and view.W[k][0].isalnum()):
            return False
        self.made.append(Draft([(first, k)], [(first - 1, first)], [quotes[0]], "headline", ":", rule("CUE.HEADLINE")))
        return True

    def _tail(self, a: int, b: int) -> bool:
        """Carmaker in talks to sell plants - sources"""
        view = self.view
        k = next((j for j in range(b - 2, max(a, b - 5), -1) if view.W[j] in DASHES and not view.Q[j]), None)
        if k is None or view.L[b - 1] not in words()["label_noun"] or view.ends[k - 1] == view.starts[k]:
            return False
        self.made.append(Draft([(k + 1, b)], [(k, k + 1)], [(a, k)], "headline", "-", rule("CUE.HEADLINE")))
        return True

    def _signed(self, a: int, b: int) -> bool:
        """“...” ― Ann Reed: words that are signed."""
        view = self.view
        k = next(
            (j for j in range(b - 1, max(a, b - 8) - 1, -1) if view.W[j] in ("―", "—", "–", "--") and not view.Q[j]),
            None,
        )
        if (
            k is None
            or k == 0
            or not view.Q[k - 1]
            or k + 1 >= b
            or not all((view.W[j][0].isupper() and view.K[j] == "") or view.W[j] in (".", ",") for j in range(k + 1, b))
        ):
            return False
        start = a
        if k == a:  # the quotation is a sentence of its own
            start = next(q for q, end in reversed(view.quotes[: bisect_right(view.quotes, (k, k))]) if end == k)
            if self.last is not None and self.last.content and self.last.content[-1][1] == k:
                self.last.content.pop()
        self.made.append(
            Draft([view.trim(k + 1, b)], [(k, k + 1)], [(start, k)], "signature", "—", rule("CUE.SIGNATURE"))
        )
        self.last = None
        return True


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
    """ "VOTE IS LATE - Ann Reed: “...”": the speaker stands behind the dash."""
    return next((j + 1 for j in range(k - 1, a, -1) if view.W[j] in DASHES), a)
