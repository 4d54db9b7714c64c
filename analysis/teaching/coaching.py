"""Coaching for the workshop: given an answer, it says what is right and where to look again, without giving the answer
away. The keys are one careful reading (seeds/teaching/keys).

So the coach asks for the reason behind an answer that differs from the key, and calls it wrong only if the question has
one answer.

>>> feedback = choices({"a": "first-hand", "b": None}, {"a": "first-hand", "b": "second-hand"})
>>> print(feedback)
1 of 2 right. Not answered yet: b.
>>> feedback.points(4)
2
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.annotation import Mark, MarkError, key_to_document, marks_of, read_marked
from analysis.comparing.runs import shared_runs
from analysis.inputs.loading import read_article
from analysis.pipeline import annotate
from analysis.teaching.exercises import FOLDER, Task, load_exercise
from analysis.text.article import Article
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
WIDTH = 88  # the width of a line below a cell
BEYOND = 2  # how many words a mark may have beyond those of the key
WHY = {
    "hedge": "would the sentence be surer without it?",
    "booster": "does it make a claim surer, or only a thing bigger?",
    "bound": "does it set an exact limit to a figure, or loosen it?",
    "source": "is this the person who says it, or somebody it is about?",
    "cue": "does this word say that somebody said, wrote, asked or refused something?",
    "content": "is this what the source says, from its first word to its last?",
    "name": "is this a name, and all of it?",
}


@dataclass(frozen=True)
class Feedback:
    """What a learner hears: `found` of `wanted` are right, `doubtful` answers are not in the key, and the words for
    this.
    """

    found: int
    wanted: int
    doubtful: int
    message: str

    @property
    def passed(self) -> bool:
        """Everything was found, and nothing that the key does not have."""
        return self.found == self.wanted and not self.doubtful

    def points(self, most: int) -> int:
        """Points for this answer, out of `most`: the share that is right minus that of guesses, never below 0."""
        if not self.wanted:
            return most if self.passed else 0
        return max(0, round(most * (self.found - self.doubtful / 2) / self.wanted))

    def __str__(self) -> str:
        return "\n".join(textwrap.fill(line, WIDTH) for line in self.message.splitlines())


def _texts() -> Path:
    """The folder of articles, with the teaching texts in it: in the project, installed, or around the notebook."""
    project, installed = Path(__file__).resolve().parents[2], Path(sys.prefix) / "share/close-reading-news"
    here = Path.cwd()
    places = (project, installed, here, *here.parents)
    return next((place / "seeds" for place in places if (place / "seeds/teaching").is_dir()), project / "seeds")


def text_path(name: str | Path) -> Path:
    """The file of a text: a path as it is, or the name of one of the project's teaching texts.

    >>> text_path("1-agency-report").name
    '1-agency-report.md'

    Raises FileNotFoundError, with the names of all texts, if none has this name.
    """
    if Path(name).suffix:
        return Path(name)
    texts = _texts()
    found = sorted(texts.glob(f"*/{name}.md")) or sorted(texts.glob(f"*/*/{name}.md"))
    if not found:
        names = ", ".join(sorted(path.stem for path in texts.glob("teaching/[0-9]*.md")))
        raise FileNotFoundError(
            f"{texts} has no teaching text {str(name)!r}; choose one of {names}, or give a path that ends in .md"
        )
    return found[0]


def article_of(name: str | Path) -> Article:
    """A teaching text by its name ("1-agency-report"), or the text in a file."""
    return read_article(text_path(name))


def key_of(name: str | Path) -> Document:
    """A text with its hand annotation, which is in the folder `keys` next to it.

    `name`: a path, or the name of a teaching text, such as "1-agency-report".  Raises FileNotFoundError.
    """
    path = text_path(name)
    return key_to_document(path.parent / "keys" / f"{path.stem}.toml", segment(read_article(path)))


def paragraph(document: Document, number: int) -> str:
    """The text of a paragraph, counted from 1."""
    p = document.paragraphs[number - 1]
    return document.text[p.start : p.end]


def excerpt(document: Document, first: int, last: int | None = None) -> str:
    """The unchanged text from paragraph `first` to `last` (from 1, both included)."""
    return document.text[document.paragraphs[first - 1].start : document.paragraphs[(last or first) - 1].end]


# ---------------------------------------------------------------- the exercises


def check(exercise: str, task: str, answer: Any) -> Feedback:
    """Coach an answer to a task of one of the exercises, whose keys are in analysis/resources/exercises.

    `answer` is what the notebook asks for: a marked text, a dict with an answer for each question, a list of what was
    picked, or a sentence that was rewritten.  Raises FileNotFoundError for an unknown exercise, KeyError for a task.

    >>> print(check("07-surer", "surer", "The ferry in Ellerquay will run from Monday."))
    Marked before: “may”. Marked now: nothing.
    The rules see it too: the sentence is surer now.
    """
    one = load_exercise(exercise).task(task)
    if one.kind == "mark":
        return marking(key_of(one.text_of), answer, one.layer, first=one.first, last=one.last)
    if one.kind == "rewrite":
        return rewriting(one.before, answer, one.direction, without=one.without)
    if one.kind == "pick":
        return _picking(one, answer)
    key = {item.id: item.key for item in one.items}
    return choices(answer, key, hints={item.id: item.hint for item in one.items}, allowed=one.options)


def classmate(name: str) -> str:
    """What an invented classmate, "ada" or "ben", marked in exercise 8.

    >>> classmate("ben").count("[hedge")
    5
    """
    return (FOLDER / f"08-{name}.txt").read_text("utf-8")


def _picking(task: Task, picked: Iterable[Any]) -> Feedback:
    """Coach a list of what was picked: each thing that could be picked counts as one answer."""
    picked = list(picked or [])
    names = {item.id: item.text or str(item.id) for item in task.items}
    feedback = choices(
        {name: id_ in picked if picked else None for id_, name in names.items()},
        {names[item.id]: item.key for item in task.items},
        hints={names[item.id]: item.hint for item in task.items},
    )
    unknown = [p for p in picked if p not in names]
    if not unknown:
        return feedback
    told = f"{', '.join(map(repr, unknown))} cannot be picked; pick from {', '.join(map(repr, names))}."
    return Feedback(feedback.found, feedback.wanted, feedback.doubtful + len(unknown), f"{feedback}\n{told}")


# ---------------------------------------------------------------- marking


@dataclass
class _Sorted:
    """The marks compared with the key: found, too long, and not in the key."""

    hit: list[Mark] = field(default_factory=list)
    too_long: list[Mark] = field(default_factory=list)
    extra: list[Mark] = field(default_factory=list)


def marking(document: Document, marked: str, layer: str, *, first: int = 1, last: int | None = None) -> Feedback:
    """Coach a learner who marked one layer, with brackets, in the paragraphs `first` to `last` of the key `document`.

    A mark counts as found if it shares a character with a mark in the key and has at most two words beyond it; a mark
    for a source must not include the word of saying. How much of a long passage it covers is for discussion, not for
    grading. Paragraphs count from the first of the passage, the only ones that a learner sees. If the marks cannot be
    read, the coach says why, with line and column, and counts none as found.
    """
    last = last or len(document.paragraphs)
    start, end = document.paragraphs[first - 1].start, document.paragraphs[last - 1].end
    wanted = [m for m in marks_of(document, layers=[layer]) if start <= m.start and m.end <= end]
    try:
        marks = read_marked(marked.strip("\n"), excerpt(document, first, last))
    except MarkError as error:
        return Feedback(0, len(wanted), 0, f"Your marks could not be read. In {error}.")
    given = [m._replace(start=m.start + start, end=m.end + start) for m in marks if m.layer == layer]
    other = sorted({m.layer for m in marks} - {layer})
    if other and not given:
        message = (
            f"You marked {' and '.join(PLURAL[o] for o in other)}; here we look for {PLURAL[layer]}. "
            f"Write [{layer} before and ] after each one."
        )
        return Feedback(0, len(wanted), 0, message)
    found = _sort(document, wanted, given)
    missed = [m for m in wanted if m not in found.hit]
    lines = [_count(layer, len(found.hit), len(wanted), bool(given))]
    if missed and given:
        lines.append(f"Look again at {_paragraphs(document, missed, first)} of this passage.")
    lines += [
        f"{_quoted(document, m, first)} is too long. Where does the {SINGULAR[layer]} begin, and where does it end?"
        for m in found.too_long
    ]
    lines += [f"The key does not have {_quoted(document, m, first)}: {WHY[layer]}" for m in found.extra]
    if found.extra:
        lines.append("If you have a good reason, keep your mark and bring it to the discussion.")
    return Feedback(len(found.hit), len(wanted), len(found.extra), "\n".join(lines))


def _quoted(document: Document, mark: Mark, first: int) -> str:
    words = document.text[mark.start : mark.end]
    return f"“{words if len(words) < 80 else words[:77] + ' …'}” in {_paragraphs(document, [mark], first)}"


def _sort(document: Document, wanted: Sequence[Mark], given: Iterable[Mark]) -> _Sorted:
    """Each given mark, with the mark in the key that it shares most with."""
    out = _Sorted()
    for mark in given:
        touched = [m for m in wanted if mark.start < m.end and m.start < mark.end]
        fits = [m for m in touched if not _too_long(document, mark, m)]
        out.hit += [m for m in fits if m not in out.hit]
        if not touched:
            out.extra.append(mark)
        elif not fits:
            out.too_long.append(mark)
    return out


def _too_long(document: Document, mark: Mark, wanted: Mark) -> bool:
    """Whether a mark has more than a few words beyond those of the key or, for a source, a word of saying."""
    outside = [(mark.start, min(wanted.start, mark.end)), (max(wanted.end, mark.start), mark.end)]
    beyond = sum(len(document.text[start:end].split()) for start, end in outside if start < end)
    if beyond > BEYOND:
        return True
    cues = marks_of(document, layers=["cue"]) if mark.layer == "source" and beyond else []
    return any(start < cue.end and cue.start < end for cue in cues for start, end in outside)


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


def _paragraphs(document: Document, marks: Iterable[Mark], first: int) -> str:
    """Where the marks are, by paragraphs of the passage, which begins with the paragraph `first` of the text."""
    numbers = sorted({document.sentences[document.sentence_index(m.start)].paragraph + 2 - first for m in marks})
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
    """Coach answers to named questions. None, "" or ... means "not answered yet".

    `hints`: a question to think about, for each name. `allowed`: the possible answers; for any other answer, the coach
    shows this list. Capitals and white space do not matter.
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
    """For each person named in the text: how often they are named, and how many of the attributions are theirs.

    A person who is a source only as "she" or "he" speaks too. One who only asks or declines does not speak.
    """
    spoken = [a.source_entity for a in document.attributions if a.stance not in NO_STATEMENT]
    return {
        e.name: (e.count, spoken.count(e.id) + (spoken.count(e.name) if e.name != e.id else 0))
        for e in document.entities
        if e.label == "PERSON"
    }


# ---------------------------------------------------------------- rewriting


def certainty(sentence: str) -> tuple[list[str], list[str]]:
    """The hedges and boosters that the rules find in a sentence, as words."""
    document = annotate(sentence)
    boosters = [m for m in document.markers if family(m.category) == "booster" and not m.negated]
    hedges = [m for m in document.markers if family(m.category) == "hedge"]
    return [sentence[m.start : m.end] for m in hedges], [sentence[m.start : m.end] for m in boosters]


def rewriting(before: str, after: str, direction: str, *, without: Sequence[str] = ()) -> Feedback:
    """Coach a sentence rewritten to be "surer" or "less sure", by the marks that the rules find before and after.

    Surer means fewer hedges or more boosters, without the opposite; less sure is the reverse. The names and numbers
    must stay, since a sentence about something else is not a rewrite; the words in `without` may not be used. Raises
    ValueError for another direction.
    """
    if direction not in ("surer", "less sure"):
        raise ValueError(f'{direction!r} is not a direction: write "surer" or "less sure"')
    if not after.strip() or after.strip() == before.strip():
        return Feedback(0, 1, 0, f"Not rewritten yet. Make it {direction}, and keep what it is about.")
    barred = [w for w in without if w in re.findall(r"\w+", after.lower())]
    if barred:
        return Feedback(0, 1, 1, f"Try it without {_list(barred)}.")
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
    """For each paragraph of `text`, the share of its words in runs of at least `run` words that `other` has too.

    Word runs ("shingles", Broder 1997) find copied wording however the sentences were moved; they do not show who
    copied from whom; `analysis.comparing.copied` says more. 0.0 for a paragraph without words.

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
