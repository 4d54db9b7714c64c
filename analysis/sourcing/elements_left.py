"""The elements of an order to the left of the cue."""

from __future__ import annotations

from analysis.sourcing.adjuncts import skip_adjuncts
from analysis.sourcing.candidates import Cue
from analysis.sourcing.contents import left_start
from analysis.sourcing.draft import Draft
from analysis.sourcing.elements import Parts, Step, is_loose, may_follow, named
from analysis.sourcing.sentence import Sentence, is_lone_relative
from analysis.sourcing.speakers import speaker
from analysis.sourcing.subjects import antecedent, source_behind, subject_of
from analysis.sourcing.view import View, words

LEFT: dict[str, Step] = {}
_NEAR = 8  # clauses after a subject that are looked through: keeps the time linear


@named(LEFT, "source")
def source_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The subject of the cue, directly before it."""
    subject = subject_of(s, cue)
    if subject is None or subject[0] >= cue.first:
        return None
    parts.source = subject
    return subject[0]


@named(LEFT, "topic")
def topic_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The subject of a passive: part of what is said ("the treaty is expected to")."""
    subject = (antecedent(s, cue) if cue.reduced else None) or subject_of(s, cue)
    if subject is None:
        return None
    view = s.view
    comma = next((j for j in range(subject[0], k) if view.W[j] == ","), k) if parts.cue_first is not None else k
    subject = (subject[0], min(subject[1], comma))
    if is_lone_relative(view, subject) or view.L[cue.first - 1] == "what":
        return None
    if view.L[subject[0]] not in words()["empty_subject"]:
        parts.content.insert(0, subject)
    return subject[0]


@named(LEFT, "addressee")
def addressee_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The subject of "was asked": no part of what was said."""
    subject = subject_of(s, cue)
    return subject[0] if subject is not None else None


@named(LEFT, "place")
def place_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The court, the inquest: where something was heard."""
    subject = subject_of(s, cue)
    if subject is None or not any(s.view.L[j] in cue.word.subjects for j in range(*subject)):
        return None
    parts.place = subject
    return subject[0]


@named(LEFT, "speaker")
def speaker_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """Whose words a participle gives: the one who spoke or acted before, or the paper directly before it."""
    parts.source = speaker(s, cue)
    return k if parts.source is not None else None


@named(LEFT, "first")
def first_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """ "first" in the verb group itself: "first reported", "was first reported"."""
    start = cue.first - 1 if s.view.L[cue.first - 1] == "first" else cue.first
    if "first" not in s.view.L[start : cue.verb]:
        return None
    parts.cue_first, parts.rule = start, cue.word.takes["first"]
    return start


@named(LEFT, ",")
def comma_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    j = k - 1
    if j <= s.low or s.view.Q[j] or not (s.view.W[j] == "," or s.view.is_dash(j)):
        return None
    return j


@named(LEFT, "^")
def start_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """Nothing but a conjunction or a mark comes before k."""
    first = next((j for j in range(s.low, k) if s.view.W[j][0].isalnum() and s.view.L[j] not in words()["lead_in"]), k)
    return k if first >= k else None


def word_left(wanted: frozenset[str]) -> Step:
    def step(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
        return k - 1 if k > s.low and s.view.L[k - 1] in wanted and not s.view.Q[k - 1] else None

    return step


@named(LEFT, "quotation")
def quotation_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """A content that ends in a quotation."""
    view, before = s.view, k - 1
    if before <= s.low or not (
        view.Q[before] or ((view.W[before] == "," or view.is_dash(before)) and view.Q[before - 1])
    ):
        return None
    start = _quote_start(s, left_start(view, s.left_of(k), k), k)
    if not view.count_words(start, k):
        start = left_start(view, s.low, k)  # around the report before it: "X said it was “late”, reported Y"
    if view.L[start] in words()["when_clause"] and {"that", "bare"}.isdisjoint(cue.word.takes):
        return None  # "After “The Old Harbour,” she reacted"
    parts.content.append((start, k))
    return start


def _quote_start(s: Sentence, start: int, high: int) -> int:
    """The quotation itself, where a sentence or a colon ends before it, or another content reaches over it."""
    view, q = s.view, high - 1
    while q > start and not view.Q[q]:
        q -= 1
    while q > start and view.Q[q] and q not in view.quote_at:
        q -= 1
    if q > start and q in view.quote_at and (s.floor > high or view.W[q - 1] in (".", "?", "!", ":")):
        return q
    if q > start and q in view.quote_at and view.is_dash(q - 1):
        return q
    return start


@named(LEFT, "whole-quotation")
def whole_quotation_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """A content that begins with a quotation and ends in one."""
    start = quotation_left(s, cue, k, parts)
    return start if start is not None and s.view.Q[start] else None


@named(LEFT, "clause")
def clause_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """A statement without quotation marks, from where the last attribution ends."""
    view = s.view
    if not (may_follow(cue) or "hearing" in cue.word.takes) or view.Q[k - 1]:
        return None
    start = _statement_start(s, k)
    if not view.grammar.has_finite_verb(start, k) and not _needs_no_verb(s, cue, start, k):
        return None
    if _is_subject_with_aside(view, cue, start):
        return None
    parts.content.append((start, k))
    return start


def _is_subject_with_aside(view: View, cue: Cue, start: int) -> bool:
    """Is what comes before only the subject of the cue and asides: "The group, a body that acts for firms, says"?"""
    grammar = view.grammar
    number = grammar.clause_of(cue.chunk)
    if number is None or view.W[cue.first - 1] != ",":
        return False
    own = grammar.clauses[number]
    if own.subject is None or grammar.chunks[own.subject].first < start or own.verb != cue.chunk:
        return False
    verbs = [
        clause.kind
        for clause in grammar.clauses[number + 1 : number + _NEAR]
        if clause.verb is not None and own.subject < clause.verb < cue.chunk
    ]
    return bool(verbs) and all(kind in ("relative", "participle") for kind in verbs)


def _statement_start(s: Sentence, k: int) -> int:
    """Where a statement before k begins: after the last attribution, or around it where nothing else is left."""
    start = left_start(s.view, s.left_of(k), k)
    return start if start < k else left_start(s.view, s.low, k)


def _needs_no_verb(s: Sentence, cue: Cue, start: int, k: int) -> bool:
    """ "Sorry, Ms Reed said": a plain verb of saying at the end leaves no doubt; nor does a headline."""
    return (is_loose(cue) and s.view.grammar.chunks[cue.chunk].kind == "VG") or s.view.is_headline(s.low, s.end)


@named(LEFT, "part")
def part_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The first part of a statement into which its source is put: "The keepers, said Mauer, have to wait"."""
    view = s.view
    relative = parts.source is not None and is_lone_relative(view, parts.source)
    if not may_follow(cue) or view.Q[k - 1] or relative:
        return None
    start = left_start(view, s.left_of(k), k)
    if not view.count_words(start, k) or view.L[start] == "as":
        return None
    parts.content.append((start, k))
    return start


@named(LEFT, "conjunction")
def conjunction_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """ "But, she said, it was late": nothing is left of the source but a conjunction."""
    view = s.view
    start = left_start(view, s.left_of(k), k)
    return start if start == k and k > s.low and not {"bare", "clause"}.isdisjoint(cue.word.takes) else None


@named(LEFT, "report")
def report_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The report before a comma, which rests on what the cue names: "..., reported Reuters, citing a decree"."""
    view = s.view
    outer = next((d for d in reversed(s.drafts) if d.source and not d.basis_of and _stands_before(d, cue.first)), None)
    if outer is None or view.L[outer.source[0][0]] in words()["relative"]:
        return None
    reach = max(
        b for _, b in [*outer.source, *outer.cue, *outer.content, *filter(None, [outer.channel])] if b <= cue.first
    )
    if reach < k and skip_adjuncts(view, reach, k + 1) < k:
        return None
    parts.outer = outer
    return reach


def _stands_before(draft: Draft, k: int) -> bool:
    """Does a report come before k, or around an aside that starts there: "Reuters reported, citing X, that ..."?"""
    if max(b for _, b in draft.source + draft.cue) > k:
        return False
    return all(b <= k or (a > k and draft.template == "right-that") for a, b in draft.content)


@named(LEFT, "quoted-speaker")
def quoted_speaker_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The one whose words are passed on: "State media quoted | the general | as saying"."""
    stop = k - 1 if s.view.W[k - 1] == "," else k
    if stop < k:  # "quoted Ann Reed, chief of the agency, as saying"
        k = next((j for j in range(stop - 1, max(s.low, stop - 12), -1) if s.view.W[j] == ","), stop)
    grammar, number = s.view.grammar, s.view.chunk_at[k - 1]
    while number >= 2 and grammar.chunks[number].kind == "NP" and grammar.chunks[number - 1].kind == "P":
        number -= 2
    if number < 0 or grammar.chunks[number].kind != "NP" or grammar.chunks[number].first < s.low:
        return None
    parts.source = (grammar.chunks[number].first, stop)
    return parts.source[0]


@named(LEFT, "quoting")
def quoting_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The verb by which another passes the words on."""
    parts.quoting = next((c for c in s.cues if c.last == k and c.word.lemma in words()["quoting"]), None)
    return None if parts.quoting is None else parts.quoting.first


@named(LEFT, "was-quoted")
def was_quoted_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """ "The general was quoted (by state media) as saying"."""
    view = s.view
    other = next((c for c in reversed(s.cues) if c.last <= k and c.word.lemma in words()["quoting"]), None)
    if other is None or other.form != "passive":
        return None
    by = view.L[other.last] == "by" and source_behind(view, other.last + 1, k)
    if by:
        parts.quoting, parts.passer = other, by
    at = by[1] if by else other.last
    if skip_adjuncts(view, at, k) != k:
        return None
    parts.source = subject_of(s, other)
    if parts.source is None:
        return None
    if not by:
        parts.cue_first, parts.quoted_end = other.first, other.last
    return parts.source[0]
