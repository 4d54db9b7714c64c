"""Coaching for the workshop: an answer in, what is right and where to look again out. It never gives the answer away.

The keys are one careful reading (seeds/teaching/keys). So an answer that differs from the key is asked for its reason,
and called wrong only where the question has one answer.

>>> feedback = choices({"a": "first-hand", "b": None}, {"a": "first-hand", "b": "second-hand"})
>>> print(feedback)
1 of 2 right. Not answered yet: b.
>>> feedback.points(4)
2
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.annotation import Mark, MarkError, key_to_document, marks_of, read_marked
from analysis.comparing.runs import shared_runs
from analysis.inputs.loading import read_article
from analysis.pipeline import annotate
from analysis.text.document import Document
from analysis.text.segmentation import segment
from analysis.text.vocabulary import NO_STATEMENT, family

PLURAL = {
    "source": "sources",
    "cue": "cue words",
    "content": "contents",
    "hedge": "hedges",
    "booster": "boosters",
    "bound": "bounds",
    "name": "names",
}
SINGULAR = {layer: "cue word" if layer == "cue" else layer for layer in PLURAL}
WHY = {
    "hedge": "would the sentence be surer without it?",
    "booster": "does it make a claim surer, or only a thing bigger?",
    "bound": "does it set an exact limit to a figure, or loosen it?",
    "source": "is this the one who says it, or somebody it is about?",
    "cue": "does this word tell that somebody said, wrote, asked or refused something?",
    "content": "is this what the source says, from its first word to its last?",
    "name": "is this a name, and all of it?",
}


@dataclass(frozen=True)
class Feedback:
    """What to tell a learner: `found` of `wanted` right, `doubtful` answers that are not in the key, and the words."""

    found: int
    wanted: int
    doubtful: int
    message: str

    @property
    def passed(self) -> bool:
        """Everything found and nothing that the key does not have."""
        return self.found == self.wanted and not self.doubtful

    def points(self, most: int) -> int:
        """Points for this answer, out of `most`: the share that is right, less the share of guesses, never below 0."""
        if not self.wanted:
            return most if self.passed else 0
        return max(0, round(most * (self.found - self.doubtful / 2) / self.wanted))

    def __str__(self) -> str:
        return self.message


def key_of(path: str | Path) -> Document:
    """A text with its hand annotation, which lies in the folder `keys` beside it (as in seeds/teaching)."""
    path = Path(path)
    return key_to_document(path.parent / "keys" / f"{path.stem}.toml", segment(read_article(path)))


def paragraph(document: Document, number: int) -> str:
    """The text of a paragraph, counted from 1 as in the feedback."""
    p = document.paragraphs[number - 1]
    return document.text[p.start : p.end]


def excerpt(document: Document, first: int, last: int | None = None) -> str:
    """The text from paragraph `first` to `last` (from 1, both included), as it stands."""
    return document.text[document.paragraphs[first - 1].start : document.paragraphs[(last or first) - 1].end]


# ---------------------------------------------------------------- marking


def marking(document: Document, marked: str, layer: str, *, first: int = 1, last: int | None = None) -> Feedback:
    """Coach a learner who marked one layer, with brackets, in the paragraphs `first` to `last` of the key `document`.

    A mark counts as found where it shares a character with one of the key: how far it reaches is talked about, not
    graded.
    A text that cannot be read is explained, with its line and column, and passes no mark.
    """
    last = last or len(document.paragraphs)
    start = document.paragraphs[first - 1].start
    wanted = [
        m for m in marks_of(document, layers=[layer]) if start <= m.start and m.end <= document.paragraphs[last - 1].end
    ]
    try:
        marks = read_marked(marked.strip("\n"), excerpt(document, first, last))
    except MarkError as error:
        return Feedback(0, len(wanted), 0, f"Your marks could not be read. In {error}.")
    given = [m._replace(start=m.start + start, end=m.end + start) for m in marks if m.layer == layer]
    other = sorted({m.layer for m in marks} - {layer})
    if other and not given:
        return Feedback(
            0,
            len(wanted),
            0,
            f"You marked {' and '.join(PLURAL[o] for o in other)}; here we look for "
            f"{PLURAL[layer]}. Write [{layer} before and ] after each one.",
        )
    hit, extra = _split(wanted, given)
    missed = [m for m in wanted if m not in hit]
    lines = [_count(layer, len(hit), len(wanted), bool(given))]
    if missed and given:
        lines.append(f"Look again at {_paragraphs(document, missed)}.")
    lines += [
        f"The key does not have “{document.text[m.start : m.end]}” ({_paragraphs(document, [m])}): {WHY[layer]}"
        for m in extra
    ]
    if extra:
        lines.append("If you have a good reason, keep your mark and bring it to the discussion.")
    return Feedback(len(hit), len(wanted), len(extra), "\n".join(lines))


def _split(wanted: list[Mark], given: list[Mark]) -> tuple[list[Mark], list[Mark]]:
    """The marks of the key that were found, and the given ones that touch none of them."""

    def touches(a: Mark, b: Mark) -> bool:
        return a.start < b.end and b.start < a.end

    hit = [m for m in wanted if any(touches(m, g) for g in given)]
    return hit, [g for g in given if not any(touches(m, g) for m in wanted)]


def _count(layer: str, found: int, wanted: int, any_given: bool) -> str:
    one = wanted == 1
    if not any_given:
        to_find = f"is one {SINGULAR[layer]}" if one else f"are {wanted} {PLURAL[layer]}"
        each = "it" if one else "each one"
        return f"Nothing marked yet. There {to_find} to find. Write [{layer} before and ] after {each}."
    if found == wanted:
        return f"You found the one {SINGULAR[layer]}." if one else f"You found all {wanted} {PLURAL[layer]}."
    return (
        f"You marked {found} of the {wanted} {PLURAL[layer]}."
        if not one
        else f"The one {SINGULAR[layer]} is not found yet."
    )


def _paragraphs(document: Document, marks: Iterable[Mark]) -> str:
    numbers = sorted({document.sentences[document.sentence_index(m.start)].paragraph + 1 for m in marks})
    names = [str(n) for n in numbers]
    if len(names) == 1:
        return f"paragraph {names[0]}"
    return f"paragraphs {', '.join(names[:-1])} and {names[-1]}"


# ---------------------------------------------------------------- choosing


def choices(
    answers: Mapping[str, Any],
    key: Mapping[str, Any],
    *,
    hints: Mapping[str, str] | None = None,
    allowed: Iterable[Any] = (),
) -> Feedback:
    """Coach answers to named questions. None, "" or ... is "not answered yet".

    `hints`: a question to think about, for each name.  `allowed`: what may be answered; anything else is pointed out
    with the list.  Capitals and white space do not matter.
    """
    allowed = [_plain(a) for a in allowed]
    asked = {name: _plain(answers.get(name)) for name in key}
    missing = [n for n in key if asked[n] in (None, "", ...)]
    odd = [n for n in key if n not in missing and allowed and asked[n] not in allowed]
    right = [n for n in key if n not in missing and asked[n] == _plain(key[n])]
    wrong = [n for n in key if n not in (*missing, *odd, *right)]
    lines = [f"All {len(key)} right." if len(right) == len(key) else f"{len(right)} of {len(key)} right."]
    if missing:
        lines[0] += f" Not answered yet: {', '.join(missing)}."
    lines += [f"{n}: {answers[n]!r} isn't an option; choose one of {', '.join(map(repr, allowed))}." for n in odd]
    lines += [f"{n}: think again. {(hints or {}).get(n, '')}".rstrip() for n in wrong]
    return Feedback(len(right), len(key), len(wrong) + len(odd), "\n".join(lines))


def _plain(answer: Any) -> Any:
    if isinstance(answer, str):
        return " ".join(answer.lower().split())
    return sorted(answer) if isinstance(answer, list | tuple | set) else answer


# ---------------------------------------------------------------- who is in the story, and who speaks


def people(document: Document) -> dict[str, tuple[int, int]]:
    """For each person named in the text: how often named, and how many of the attributions are theirs.

    A person who is a source only as "she" or "he" speaks too.  Who only asks or declines does not speak.
    """
    spoken = [a.source_entity for a in document.attributions if a.stance not in NO_STATEMENT]
    return {
        e.name: (e.count, spoken.count(e.id) + (spoken.count(e.name) if e.name != e.id else 0))
        for e in document.entities
        if e.label == "PERSON"
    }


# ---------------------------------------------------------------- rewriting


def certainty(sentence: str) -> tuple[list[str], list[str]]:
    """The hedges and the boosters that the rules find in a sentence, as words."""
    document = annotate(sentence)
    boosters = [m for m in document.markers if family(m.category) == "booster" and not m.negated]
    hedges = [m for m in document.markers if family(m.category) == "hedge"]
    return [sentence[m.start : m.end] for m in hedges], [sentence[m.start : m.end] for m in boosters]


def rewriting(before: str, after: str, direction: str) -> Feedback:
    """Coach a sentence rewritten to be "surer" or "less sure", by the marks that the rules find before and after.

    Surer: fewer hedges or more boosters, and not the other way round; less sure: the reverse.  The names and numbers
    must stay, since a sentence about something else is not a rewrite.  Raises ValueError for another direction.
    """
    if direction not in ("surer", "less sure"):
        raise ValueError(f'{direction!r}: write "surer" or "less sure"')
    if not after.strip() or after.strip() == before.strip():
        return Feedback(0, 1, 0, f"Not rewritten yet. Make it {direction}, and keep what it is about.")
    lost = [w for w in _anchors(before) if w not in after]
    (hedges, boosters), (new_hedges, new_boosters) = certainty(before), certainty(after)
    change = (len(hedges) - len(new_hedges)) + (len(new_boosters) - len(boosters))
    moved = change > 0 if direction == "surer" else change < 0
    seen = f"Marked before: {_list(hedges + boosters)}. Marked now: {_list(new_hedges + new_boosters)}."
    if lost:
        return Feedback(0, 1, 1, f"{seen}\nKeep what the sentence is about: {_list(lost)} is gone.")
    if moved:
        return Feedback(1, 1, 0, f"{seen}\nThe rules see it too: the sentence is {direction} now.")
    return Feedback(
        0,
        1,
        1,
        f"{seen}\nThe rules do not see that it is {direction}. Perhaps you are right and they "
        "lack the word: say which word does it. Or try one from the list.",
    )


def _anchors(sentence: str) -> list[str]:
    """The names and numbers of a sentence."""
    document = annotate(sentence)
    names = [sentence[m.start : m.end] for m in marks_of(document, layers=["name"])]
    return list(dict.fromkeys(names + [w for w in document.tokens.words if any(c.isdigit() for c in w)]))


def _list(words: Iterable[str]) -> str:
    return ", ".join(f"“{w}”" for w in words) or "nothing"


# ---------------------------------------------------------------- copied words


def copied(text: Document, other: Document, *, run: int = 6) -> list[float]:
    """For each paragraph of `text`, the share of its words in runs of `run` words or more that `other` has too.

    Word runs ("shingles", Broder 1997) find copied wording, however the sentences were moved; they do not tell who
    copied from whom; `analysis.comparing.copied` says more.  0.0 for a paragraph without words.

    >>> a, b = (annotate(t) for t in ("We saw one big red old bus.", "“We saw one big red bus.”"))
    >>> copied(a, b, run=5)
    [0.7142857142857143]
    """

    theirs = _words(other, 0, len(other.tokens))
    shares = []
    for p in text.paragraphs:
        ours = _words(text, p.first_token, p.last_token)
        taken = {k for here, _, length in shared_runs(ours, theirs, run) for k in range(here, here + length)}
        shares.append(len(taken) / len(ours) if ours else 0.0)
    return shares


def _words(document: Document, first: int, last: int) -> list[str]:
    return [w for w in document.tokens.lowers[first:last] if w[0].isalnum()]
