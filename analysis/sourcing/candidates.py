"""Cues in a text: verb groups whose main verb is in the table of cues."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.grammar import VerbGroup
from analysis.rules import classes
from analysis.sourcing.adjuncts import opens_that
from analysis.sourcing.cues import BASE, PAST, THIRD, CueWord, cue_forms, cue_table
from analysis.sourcing.draft import Range
from analysis.sourcing.view import View, words

FORMS = ("finite", "participle", "passive", "infinitive")
_LONGEST_ASIDE = 8  # chunks
NOT_ASKED: Range = (-1, -1)


@dataclass(slots=True, eq=False)
class Cue:
    """A verb group that may report: tokens `first` to `last` (half-open), its main verb at `verb`.

    `form`: finite, participle ("saying"), passive (also "a man accused of"), infinitive ("to say", with no verb that
    governs it). `chunk` is the verb group whose clause it is in.
    """

    word: CueWord
    chunk: int
    first: int
    verb: int
    last: int
    form: str
    alone: bool = True  # no auxiliary comes before the verb
    modal: bool = False
    negated: bool = False
    reduced: bool = False  # a participle that says more of the noun before it: "a man accused of"
    subject: Range | None = NOT_ASKED  # who does it, once asked for
    antecedent: Range | None = None  # the noun phrase that its subject stands for: "a report that says"

    @property
    def plain(self) -> bool:
        """Is it one word, without an auxiliary?"""
        return self.alone


def candidates(view: View) -> list[int]:
    """Tokens outside quotations that are a form of a reporting verb, in order."""
    quoted = view.Q
    return [k for k in view.document.tokens.find(cue_forms()) if not quoted[k]]


def find_cue(view: View, k: int, low: int, *, title: bool = False) -> Cue | None:
    """The cue at the candidate k, not reaching left of `low`; None if the grammar finds no main verb there.

    `title`: the sentence is a headline with capitals on most words.
    """
    grammar, word = view.grammar, cue_table()[view.L[k]]
    number = view.chunk_at[k]
    if number < 0 or grammar.chunks[number].kind != "VG":
        found = _in_headline(view, k, low, word, number) if title else _after_plural(view, k, low, word, number)
        return found or _before_quotation(view, k, low, word, number)
    group = grammar.verb_group(number)
    if group.main != k and (k not in group.auxiliaries or view.L[k] in words()["be"] or view.letters[k] == "a"):
        return None
    cue = Cue(
        word,
        number,
        max(low, grammar.chunks[number].first),
        k,
        k + 1,
        _form(view, group),
        not group.auxiliaries,
        False,
        group.negated,
    )
    cue.modal = not words()["modal_of_possibility"].isdisjoint(view.L[cue.first : k])
    cue.reduced = group.form == "participle"
    if cue.reduced and cue.plain and ("seem" in word.takes or _is_inverted(view, cue)):
        cue.reduced, cue.form = False, "finite"
    _join_auxiliary(view, cue, low)
    _join_governor(view, cue, low)
    _take_phrase(view, cue)
    _take_adverbs(view, cue, low)
    return cue


def _form(view: View, group: VerbGroup) -> str:
    if group.form == "infinitive":
        return "infinitive"
    if group.passive and not (group.auxiliaries and view.L[group.auxiliaries[-1]] == "'s"):
        return "passive"  # and not "he's said", which is "has said"
    return "participle" if group.form == "ing" else "finite"


def _in_headline(view: View, k: int, low: int, word: CueWord, number: int) -> Cue | None:
    """A capitalised form in a headline that is a verb: "Pollster Says Prices Will Fall"."""
    if view.L[k] in words()["noun_like"] and view.L[k] not in words()["title_verb"]:
        return None
    if k <= low or number < 0 or not (THIRD in word.forms or PAST in word.forms) or not view.W[k - 1][0].isupper():
        return None
    first = k
    while first > low + 1 and view.L[first - 1] in words()["in_headline"]:
        first -= 1  # "Reed Just | Announced", "Reed Is Now | Calling"
    return Cue(word, number, first, k, k + 1, "finite", subject=view.trim(low, first))


def _after_plural(view: View, k: int, low: int, word: CueWord, number: int) -> Cue | None:
    """A base form that looks like a noun, after a plural and before a that-clause or quotation: "Voters fear “..."."""
    if k <= low or BASE not in word.forms or view.letters[k - 1] != "N" or not view.W[k][0].islower():
        return None
    if not (view.Q[k + 1] and k + 1 in view.quote_at) and not opens_that(view, k + 1, view.n):
        return None
    return Cue(word, number, k, k, k + 1, "finite")


def _before_quotation(view: View, k: int, low: int, word: CueWord, number: int) -> Cue | None:
    """A form that looks like a plural, after a singular and before a whole quotation: "The study reports “..."."""
    if k <= low or THIRD not in word.forms or view.letters[k - 1] not in "np" or not view.W[k][0].islower():
        return None
    opens = k + 1 in view.quote_at and view.length_of_quotation(k + 1) > 5 and view.W[k + 2][0].isupper()
    return Cue(word, number, k, k, k + 1, "finite", subject=view.trim(low, k)) if opens else None


def _is_inverted(view: View, cue: Cue) -> bool:
    """A past form after a comma or a quotation and before a name or a determiner: "..., reported Reuters"."""
    after_mark = view.Q[cue.first - 1] or view.W[cue.first - 1] == ","
    return cue.word.invert and PAST in cue.word.forms and bool(after_mark) and view.letters[cue.last] in "pt"


def _join_auxiliary(view: View, cue: Cue, low: int) -> None:
    """Include an auxiliary that a word separates from its verb: "have long criticised"."""
    grammar = view.grammar
    aside = _before_aside(view, cue, low)
    if aside is None and (cue.chunk < 2 or grammar.chunks[cue.chunk - 1].kind not in ("ADJ", "ADV")):
        return
    chunk = grammar.chunks[cue.chunk - 2 if aside is None else aside]
    if (
        chunk.kind != "VG"
        or chunk.first < low
        or (aside is None and chunk.last + 2 < cue.first)
        or view.letters[chunk.last - 1] not in "az"
    ):
        return
    if view.L[chunk.last - 1] in classes()["have"] or not cue.plain:
        number = cue.chunk - 2 if aside is None else aside
        cue.first, cue.chunk, cue.form, cue.alone = chunk.first, number, "finite", False


def _before_aside(view: View, cue: Cue, low: int) -> int | None:
    """The chunk before an aside between two commas: "has | , in a statement, called on"."""
    chunks = view.grammar.chunks
    if cue.chunk < 4 or view.W[chunks[cue.chunk - 1].first] != ",":
        return None
    for number in range(cue.chunk - 2, max(0, cue.chunk - _LONGEST_ASIDE), -1):
        kind, first, _, _ = chunks[number]
        if first < low or kind == "VG":
            return None
        if view.W[first] == ",":
            return number - 1
    return None


def _join_governor(view: View, cue: Cue, low: int) -> None:
    """Include the verb that governs the cue: "went on to say", "is expected to tell", "began tweeting"."""
    grammar, number = view.grammar, cue.chunk - 1
    name = "governor" if cue.form == "infinitive" else "begun" if cue.form == "participle" else None
    if name is None or number < 0:
        return
    if name == "governor" and view.L[grammar.chunks[number].first] == "on":
        number -= 1
    chunk = grammar.chunks[number]
    if chunk.kind != "VG" or chunk.first < low or chunk.last + 1 < cue.first or view.Q[chunk.first]:
        return
    group = grammar.verb_group(number)
    known = words()["governor"] | words()["be"] if name == "governor" else words()["begun"]
    if view.L[group.main] in known and group.form in ("finite", "infinitive"):
        cue.first, cue.chunk, cue.alone = chunk.first, number, False
        cue.form = group.form
        cue.negated = cue.negated or group.negated


def _take_phrase(view: View, cue: Cue) -> None:
    """Take the longest phrase of the verb here: "called" + "for"."""
    grammar, L = view.grammar, view.L
    for rest, word in cue.word.phrases:
        last = cue.last + len(rest)
        if last <= view.n and tuple(L[cue.last : last]) == rest and not any(view.Q[cue.last : last]):
            after = view.chunk_at[last] if last < view.n else -1
            if after >= 0 and grammar.chunks[after].kind == "TIME":
                continue  # "insisted on Thursday that"
            cue.word, cue.last = word, last
            return


def _take_adverbs(view: View, cue: Cue, low: int) -> None:
    """Include the adverbs directly before the verb: "also said", "now expects"."""
    grammar, number = view.grammar, cue.chunk - 1
    while number >= 0 and grammar.chunks[number].kind == "ADV" and grammar.chunks[number].last == cue.first:
        first = grammar.chunks[number].first
        aside = view.W[first - 1] == "," and view.L[first] not in words()["between"]
        if first <= low or aside or not view.W[first][0].islower() or view.L[first] in words()["time"]:
            return
        cue.first, number = first, number - 1
    before = cue.first - 1
    between = before > low and view.L[before] in words()["between"] and view.W[before][0].islower()
    if between and view.letters[before - 1] in "pnNoaedz":  # not "and both vowed"
        cue.first = before  # "once described"


def is_base(cue: Cue) -> bool:
    """Is the form the base form alone ("say"), which has a plural before it or after it?"""
    return BASE in cue.word.forms and PAST not in cue.word.forms
