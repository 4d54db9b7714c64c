"""Whose words they are where the cue has no subject beside it: what a participle or a second verb inherits."""

from __future__ import annotations

from analysis.sourcing.adjuncts import DAY_NOUNS
from analysis.sourcing.cues import cue_table
from analysis.sourcing.draft import Range
from analysis.sourcing.groups import Group
from analysis.sourcing.sentence import Sentence
from analysis.sourcing.sources import left_source, noun_phrase_left
from analysis.sourcing.view import (
    ADVERB,
    AUXILIARY,
    BREAKS,
    CONJUNCTION,
    DETERMINER,
    OBJECT,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    SUBJECT,
    TIME,
    View,
    words,
)


def subject_of(sentence: Sentence, group: Group) -> Range | None:
    """The subject of a verb group, remembered until the sentence has another attribution: several templates ask."""
    if sentence.asked is not group:
        sentence.asked, sentence.answer = group, _subject_of(sentence, group)
    return sentence.answer


def _subject_of(sentence: Sentence, group: Group) -> Range | None:
    view = sentence.view
    k = group.first
    low = sentence.low if view.W[k - 1] == "," else _content_around(sentence, k)
    outer = view.L[k - 1] == "and" and view.W[k - 2] == ","  # "will argue that it is late, and will accuse"
    if k > low > sentence.low and view.L[k - 1] in ("and", "but", "or") and not outer:
        return subject_at(view, low, k) or sentence.subject
    if k > sentence.low and view.L[k - 1] in ("and", "but", "or"):
        return sentence.subject or _who_speaks(view, first_subject(sentence, k), k)
    source = left_source(view, k, low)
    if source is None and k > sentence.low and view.W[k - 1] == ",":
        return sentence.subject
    return source


def _who_speaks(view: View, subject: Range | None, before: int) -> Range | None:
    """The subject, or where it is a thing of the market that cannot speak, the one behind "after": "Shares fell after
    the firm cut its forecast and said ..."."""
    if subject is None or words()["market"].isdisjoint((view.L[subject[0]], view.L[subject[1] - 1])):
        return subject
    k = next((j for j in range(before - 1, subject[1], -1) if view.L[j] in ("after", "as", "when")), None)
    other = None if k is None else subject_at(view, k + 1, before)
    if other is None:
        return subject
    a, b = other
    return a, next((j - 1 for j in range(a + 2, b) if view.K[j] in (DETERMINER, POSSESSIVE)), b)  # its verb: cut its


def _content_around(sentence: Sentence, k: int) -> int:
    """Where the content ahead of k begins that k stands in, behind its "that"; else where the sentence begins."""
    low = sentence.low
    for draft in sentence.drafts:
        a, b = draft.content[-1] if draft.content else (k, k)
        if a < k < b and draft.cue[0][0] < a:
            low = max(low, a + 1 if sentence.view.L[a] == "that" else a)
    return low


def first_subject(sentence: Sentence, before: int) -> Range | None:
    """The subject of the sentence's first clause: what a participle at its end inherits."""
    view = sentence.view
    L, K, W = view.L, view.K, view.W
    k = sentence.low
    while k < before and (
        (K[k] == CONJUNCTION and L[k] not in words()["front"]) or (not W[k][0].isalnum() and not view.Q[k])
    ):
        k += 1
    if L[k] == "asked" or (L[k].endswith("ing") and W[k][0].isupper()):
        main = main_subject(sentence, k)  # "Asked about it, Ann Reed laughed and said"
        if main is not None and main[0] < before:
            return main
    k = _past_day(view, k, before)
    for _ in range(3):
        if k < before and (
            L[k] in ("where", "which", "who", "whose")
            or ((L[k] in words()["front"] or K[k] == PREPOSITION) and not W[k + 1][0].isdigit())
            or _time_lead(view, k, before)
        ):
            start = k
            while k < before and W[k] != ",":
                if K[k] == SUBJECT and L[start] not in _CLAUSE_OPENERS:
                    return k, k + 1
                if K[k] == AUXILIARY and k > start and L[k] != "'s" and L[start] not in _CLAUSE_OPENERS:
                    return noun_phrase_left(view, k, start)
                k += 1
            k += 1
    return subject_at(view, k, before)


_CLAUSE_OPENERS = frozenset(
    "when while as although though if because since after before once until where which who whose".split()
)


def _past_day(view: View, k: int, before: int) -> int:
    """Past "Last week", "On Monday" where no comma parts it from the subject: "Last week the minister promised"."""
    j = k + 1
    if view.L[k] not in ("last", "this", "next", "on", "earlier", "late") or j + 1 >= before:
        return k
    if view.L[j] in ("this", "last", "the"):
        j += 1
    day = view.L[j] in DAY_NOUNS or view.K[j] == TIME
    return j + 1 if day and view.K[j + 1] in (DETERMINER, SUBJECT, POSSESSIVE) else k


def _time_lead(view: View, k: int, before: int) -> bool:
    """ "Hours later, ...", "Last week, ...": a short adverbial and a comma."""
    for j in range(k, min(before, k + 5)):
        if view.W[j] == ",":
            return any(
                view.K[i] in (TIME, ADVERB)
                or view.L[i] in ("ago", "week", "year", "month", "night", "morning", "day")
                or view.lower_adverb(i)
                or view.L[i].endswith("ly")
                for i in range(k, j)
            )
    return False


def subject_at(view: View, k: int, before: int) -> Range | None:
    """The noun phrase that starts at k, up to its verb."""
    L, K, W = view.L, view.K, view.W
    a = k
    if a < before and K[a] == SUBJECT:
        return a, a + 1
    limit = min(before, a + 30)
    while k < limit and not view.Q[k]:
        low = L[k]
        if (
            (W[k] in BREAKS and W[k] not in ("-", "/"))
            or (K[k] in (AUXILIARY, RELATIVE) and low != "'s")
            or (k > a and _verbal(view, k))
        ):
            break
        k += 1
    while k > a and (view.lower_adverb(k - 1) or K[k - 1] in (PREPOSITION, CONJUNCTION)):
        k -= 1
    if k < limit and W[k] == "," and K[a] in (DETERMINER, POSSESSIVE):  # "her counterpart, Ann Reed, disagreed"
        name = k + 1
        while name < limit and W[name][0].isupper() and not K[name]:
            name += 1
        if name > k + 2 and W[name] == ",":
            k = name
    return (a, k) if k > a and W[a][0].isalnum() and K[a] != PREPOSITION else None


def _verbal(view: View, k: int) -> bool:
    low = view.L[k]
    if not view.W[k][0].islower() or view.K[k - 1] in (DETERMINER, POSSESSIVE, PREPOSITION):
        return False
    if low in words()["one_form"]:  # "the firm cut its forecast", "a man set fire to a barn"
        return view.K[k + 1] in (DETERMINER, POSSESSIVE, OBJECT) or view.L[k + 1] in _PARTICLES
    return low.endswith("ed") or low in words()["finite"] or (low in cue_table() and low not in words()["noun_like"])


_PARTICLES = frozenset("fire off out up down away aside back forward to".split())


def main_subject(sentence: Sentence, k: int) -> Range | None:
    """The subject after a fronted participle clause: "Speaking in Rome, Ann Reed ..."."""
    view = sentence.view
    for j in range(k, min(sentence.end, k + 60)):
        if view.W[j] == "," and not view.Q[j] and j + 1 < sentence.end and not view.Q[j + 1]:
            return subject_at(view, j + 1, sentence.end)
    return None


def main_clause_subject(sentence: Sentence, medium: Range) -> Range | None:
    """ "The firm sent a letter saying": the one who speaks in the letter is the subject of the verb before it."""
    view = sentence.view
    k = medium[0] - 1
    while k > sentence.low and (
        view.lower_adverb(k) or view.K[k] in (AUXILIARY, DETERMINER) or view.L[k] in ("out", "up", "off", "forth")
    ):
        k -= 1
    if view.K[k] or not view.W[k][0].islower():
        return None
    return _subject_of_verb(sentence, k)


def _subject_of_verb(sentence: Sentence, k: int) -> Range | None:
    view = sentence.view
    while k > sentence.low and (view.lower_adverb(k - 1) or (view.K[k - 1] == AUXILIARY and view.L[k - 1] != "'s")):
        k -= 1
    if k > sentence.low and view.L[k - 1] in ("and", "but"):
        return sentence.subject or first_subject(sentence, k)
    return left_source(view, k, sentence.low)
