"""The elements of an order: what stands left and right of a cue, each a small function.

An element of LEFT is asked at the token behind it and answers with its own first token; one of RIGHT is asked at
the token where it would begin and answers with the token behind it.  None: it does not stand there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from analysis.rules import Rule
from analysis.sourcing import complements
from analysis.sourcing.adjuncts import adjunct_only, on_condition, skip_adjuncts
from analysis.sourcing.candidates import Cue, is_base
from analysis.sourcing.complements import Complement, opening
from analysis.sourcing.contents import content_end, left_start
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.recipients import past_recipient
from analysis.sourcing.sentence import Sentence
from analysis.sourcing.source_kinds import role_kind
from analysis.sourcing.subjects import antecedent, source_behind, subject_of, tidy
from analysis.sourcing.view import View, words


@dataclass(slots=True)
class Parts:
    """The parts of an attribution, as the elements of an order fill them."""

    cue: Cue
    source: Range | None = None
    content: list[Range] = field(default_factory=list)
    channel: Range | None = None
    cue_end: int = 0
    rule: Rule | None = None
    outer: Draft | None = None  # the report that rests on this one
    place: Range | None = None  # "the court heard": where it was said
    mark: str = ""  # how the content opens
    quoting: Cue | None = None  # the verb by which another passes the words on: "quoted the general as saying"
    passer: Range | None = None  # who does, behind "by"
    cue_first: int | None = None  # where the cue begins, where that is not the verb
    quoted_end: int | None = None  # where "was quoted" ends, which words part from "as saying"

    def __post_init__(self) -> None:
        self.cue_end = self.cue.last


Step = Callable[[Sentence, Cue, int, Parts], int | None]


# ---------------------------------------------------------------- left of the cue


def source_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The subject of the cue, right before it."""
    subject = subject_of(s, cue)
    if subject is None or subject[0] >= cue.first:
        return None
    parts.source = subject
    return subject[0]


def topic_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The subject of a passive: part of what is said ("the treaty is expected to")."""
    subject = (antecedent(s, cue) if cue.reduced else None) or subject_of(s, cue)
    if subject is None:
        return None
    view = s.view
    comma = next((j for j in range(subject[0], k) if view.W[j] == ","), k) if parts.cue_first is not None else k
    subject = (subject[0], min(subject[1], comma))
    if (view.L[subject[0]] in words()["relative"] and subject[1] - subject[0] == 1) or view.L[cue.first - 1] == "what":
        return None
    if view.L[subject[0]] not in words()["empty_subject"]:
        parts.content.insert(0, subject)
    return subject[0]


def addressee_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The subject of "was asked": no part of what was said."""
    subject = subject_of(s, cue)
    return subject[0] if subject is not None else None


def place_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The court, the inquest: where something was heard."""
    subject = subject_of(s, cue)
    if subject is None or not any(s.view.L[j] in cue.word.subjects for j in range(*subject)):
        return None
    parts.place = subject
    return subject[0]


def speaker_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """Whose words a participle gives: the one who spoke or acted before, or the paper right before it."""
    parts.source = _speaker(s, cue)
    return k if parts.source is not None else None


def description_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """ "a decree outlining the law": what the paper is about, and no statement of its own."""
    near = antecedent(s, cue)
    if near is None or near != parts.source:
        return None
    return k if opening(s.view, k, s.end)[0] == "thing" and not complements.is_evidence(s, cue) else None


def _speaker(s: Sentence, cue: Cue) -> Range | None:
    view = s.view
    near = antecedent(s, cue)
    if near is None:
        return _paper(s, cue) or _clause_speaker(s, cue)
    if any(view.L[j] in words()["medium"] for j in range(*near)):
        who = subject_of(s, cue)
        if who is not None and who != near and view.L[near[0] - 1] not in words()["of_content"] and who[0] < near[0]:
            return who  # "The firm sent a letter saying"
    return near


def _paper(s: Sentence, cue: Cue) -> Range | None:
    """The paper of which an aside says more: "a memo, dated 3 May, warning that", "a report out on Monday, showing"."""
    view, grammar = s.view, s.view.grammar
    if view.W[cue.first - 1] != ",":
        return None
    number = view.chunk_at[cue.first - 2]
    while (
        number > 0
        and grammar.chunks[number].kind in ("NP", "P", "TIME", "ADV")
        and grammar.chunks[number].first > s.low
    ):
        number -= 1
    if grammar.chunks[number].kind != "VG" or grammar.verb_group(number).auxiliaries:
        return None
    stop = grammar.chunks[number].first
    comma = view.W[stop - 1] == ","
    head = view.chunk_at[stop - 2 if comma else stop - 1]
    if head < 0 or grammar.chunks[head].kind != "NP" or role_kind(view.L[grammar.chunks[head].head]) != "document":
        return None
    first = max(s.low, grammar.chunks[head].first)
    return (first, stop - 1) if comma else (first, cue.first - 1)


def _clause_speaker(s: Sentence, cue: Cue) -> Range | None:
    view, before = s.view, s.view.L[cue.first - 1] if cue.first > s.low else ""
    if cue.first <= s.low + 1:
        return _main_subject(s, cue)
    if before in words()["governs_gerund"]:
        return None
    own = _main_clause_subject(s, cue) or subject_of(s, cue)
    if s.subject is not None and (view.W[cue.first - 1] in (",", "—", "–", "-", "--") or view.Q[cue.first - 1]):
        return s.subject
    return own or s.subject


def _main_clause_subject(s: Sentence, cue: Cue) -> Range | None:
    """The subject of the sentence, which a participle behind a comma takes over: "Voters left after it, saying"."""
    grammar = s.view.grammar
    main = grammar.clauses[grammar.segment_of(cue.chunk).first_clause]
    if s.view.W[cue.first - 1] != "," or main.subject is None or main.verb is None:
        return None
    first, stop = grammar.chunks[main.subject].first, grammar.chunks[main.verb].first
    return tidy(s.view, max(first, s.low), stop) if s.low < stop < cue.first and stop > first else None


def _main_subject(s: Sentence, cue: Cue) -> Range | None:
    """The subject behind a participle that opens the sentence: "Conceding it, Ann Reed ..."."""
    grammar = s.view.grammar
    number = grammar.clauses[grammar.segment_of(cue.chunk).first_clause].subject
    if number is None or grammar.chunks[number].first < cue.last:
        return None
    return grammar.phrase(number, relatives=False)


def first_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """ "first" in the verb group itself: "first reported", "was first reported"."""
    start = cue.first - 1 if s.view.L[cue.first - 1] == "first" else cue.first
    if "first" not in s.view.L[start : cue.verb]:
        return None
    parts.cue_first, parts.rule = start, cue.word.takes["first"]
    return start


def comma_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    j = k - 1
    if j <= s.low or s.view.Q[j] or not (s.view.W[j] == "," or s.view.is_dash(j)):
        return None
    return j


def start_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """Nothing but a conjunction or a mark stands before k."""
    first = next((j for j in range(s.low, k) if s.view.W[j][0].isalnum() and s.view.L[j] not in words()["lead_in"]), k)
    return k if first >= k else None


def word_left(wanted: frozenset[str]) -> Step:
    def step(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
        return k - 1 if k > s.low and s.view.L[k - 1] in wanted and not s.view.Q[k - 1] else None

    return step


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
    parts.content.append((start, k))
    return start


def _quote_start(s: Sentence, start: int, high: int) -> int:
    """The quotation itself, where a sentence or a colon ends before it, or another content reaches over it."""
    view, q = s.view, high - 1
    while q > start and not view.Q[q]:
        q -= 1
    while q > start and view.Q[q] and q not in view.quote_at:
        q -= 1
    if q > start and q in view.quote_at and (s.floor > high or view.W[q - 1] in (".", "?", "!", ":", "—")):
        return q
    return start


def whole_quotation_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """A content that begins with a quotation and ends in one."""
    start = quotation_left(s, cue, k, parts)
    return start if start is not None and s.view.Q[start] else None


def clause_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """A statement without quotation marks, from where the last attribution ends."""
    view = s.view
    if not (may_follow(cue) or "hearing" in cue.word.takes) or view.Q[k - 1]:
        return None
    start = _statement_start(s, k)
    if not view.grammar.has_finite_verb(start, k) and not _needs_no_verb(s, cue, start, k):
        return None
    parts.content.append((start, k))
    return start


def _statement_start(s: Sentence, k: int) -> int:
    """Where a statement before k begins: behind the last attribution, or around it where nothing else is left."""
    start = left_start(s.view, s.left_of(k), k)
    return start if start < k else left_start(s.view, s.low, k)


def _needs_no_verb(s: Sentence, cue: Cue, start: int, k: int) -> bool:
    """ "Sorry, Ms Reed said": a plain verb of saying at the end leaves no doubt; nor does a headline."""
    return (is_loose(cue) and s.view.grammar.chunks[cue.chunk].kind == "VG") or s.view.is_headline(s.low, s.end)


def part_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The first part of a statement into which its source is put: "The keepers, said Mauer, have to wait"."""
    view = s.view
    if not may_follow(cue) or view.Q[k - 1]:
        return None
    start = left_start(view, s.left_of(k), k)
    if not view.count_words(start, k) or view.L[start] == "as":
        return None
    parts.content.append((start, k))
    return start


def conjunction_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """ "But, she said, it was late": nothing is left of the source but a conjunction."""
    view = s.view
    start = left_start(view, s.left_of(k), k)
    return start if start == k and k > s.low and "bare" in cue.word.takes else None


def may_follow(cue: Cue) -> bool:
    """May the cue stand behind its content without quotation marks ("..., records show")?"""
    takes = cue.word.takes
    return (
        ("bare" in takes or "that" in takes)
        and cue.word.lemma != "ask"
        and (
            cue.word.invert
            or cue.word.recipient
            or cue.word.lemma in words()["aside"]
            or any(rule.fields.get("subjects") for rule in takes.values())
        )
    )


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
    """Does a report stand before k, or around an aside that starts there: "Reuters reported, citing X, that ..."?"""
    if max(b for _, b in draft.source + draft.cue) > k:
        return False
    return all(b <= k or (a > k and draft.template == "right-that") for a, b in draft.content)


# ---------------------------------------------------------------- right of the cue


def told_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    past = past_recipient(s.view, cue, k, s.end)
    if past <= k:
        return None
    parts.channel = (k + 1 if s.view.L[k] == "to" else k, past)
    return past


def when_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """Past adjuncts, "said, however,", "said only that", "said, twice, that"."""
    view = s.view
    if view.W[k] == "," and k + 2 < s.end and view.W[k + 2] == "," and view.L[k + 1] in words()["linking_adverb"]:
        k += 3
    k = skip_adjuncts(view, k, s.end)
    if _adverb_before_content(view, k, s.end):
        k += 1
        if k == cue.last + 1 and view.L[k] == "that":
            parts.cue_end = k  # "said privately that"
    if k < s.end and view.W[k] == "," and not view.Q[k]:
        close = next((j for j in range(k + 1, min(s.end - 1, k + 12)) if view.W[j] == "," and not view.Q[j]), None)
        if close is not None and view.L[close + 1] == "that":
            return close + 1
    return _colon_before_quotation(view, cue, k, s.end)


def _adverb_before_content(view: View, k: int, end: int) -> bool:
    if k + 2 >= end or view.letters[k] != "r":
        return False
    return view.L[k + 1] == "that" or (view.W[k + 1] in (",", ":") and bool(view.Q[k + 2])) or bool(view.Q[k + 1])


def _colon_before_quotation(view: View, cue: Cue, k: int, end: int) -> int:
    """The colon where a few words without a clause part it from the cue: "remembers it differently: “...”"."""
    if "quote" not in cue.word.takes or cue.word.lemma == "ask":
        return k
    for j in range(k, min(end - 1, k + 8)):
        if view.W[j] == ":" and j + 1 in view.quote_at:
            return j
        if view.Q[j] or view.W[j] == "," or view.is_dash(j) or view.letters[j] in "qcazdT":
            break
    return k


def _take(name: str, accept: Callable[[Sentence, Cue, int], Complement | None]) -> Step:
    """The element for a content that opens in one way."""

    def step(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
        found, start = opening(s.view, k, s.last if s.view.Q[min(k, s.last - 1)] else s.end)
        if found != name:
            return None
        complement = accept(s, cue, start)
        if complement is None or complement.content[1] <= complement.content[0]:
            return None
        parts.rule, parts.mark = complement.rule, name
        first, last = complement.content
        if parts.source and s.view.is_dash(parts.source[0] - 1):  # an aside between dashes ends with it
            last = next((j for j in range(first, last) if s.view.is_dash(j) and not s.view.Q[j]), last)
        parts.content.append((first, last))
        parts.cue_end = complement.cue_end or parts.cue_end
        return last

    return step


_ACCEPT = {
    "that": complements.that_clause,
    "quotation": complements.quotation,
    "colon": complements.colon,
    "question": complements.question,
    "infinitive": complements.infinitive,
    "gerund": complements.gerund,
    "clause": complements.clause,
    "thing": complements.thing,
    "other": complements.other,
}
_STEPS = {name: _take(name, accept) for name, accept in _ACCEPT.items()}


def complement_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """Any content that the verb takes."""
    told = told_right(s, cue, k, parts)
    at = when_right(s, cue, told or k, parts)
    for step in _STEPS.values():
        stop = step(s, cue, at if at is not None else k, parts)
        if stop is not None:
            return stop
    return preposition_right(s, cue, k, parts)


def preposition_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    complement = complements.preposition(s, cue, k) if k < s.end else None
    if complement is None:
        return None
    parts.rule, parts.mark = complement.rule, "prep"
    parts.content.append(complement.content)
    parts.cue_end = complement.cue_end or parts.cue_end
    return complement.content[1]


def source_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The noun phrase behind an inverted cue or "by": "said Ann Reed, a lawyer"."""
    if k >= s.end or s.view.Q[k]:
        return None
    source = source_behind(s.view, k, s.last)
    if source is None:
        return None
    parts.source = source
    return source[1]


def inverted_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The source right behind a verb of saying that may stand before it."""
    view, grammar = s.view, s.view.grammar
    if not (cue.word.invert and cue.plain) or (is_base(cue) and view.letters[min(k, view.n - 1)] not in "Noptu"):
        return None
    at = source_right(s, cue, k, parts)
    quoted = _after_quotation(s, cue)
    if at is None or (not quoted and not is_loose(cue) and _has_own_subject(s, cue)):
        return None
    following = view.chunk_at[at] if at < s.end else -1
    goes_on = following >= 0 and grammar.chunks[following].kind == "VG" and grammar.verb_group(following).finite
    if goes_on and not (quoted and "," in view.W[k:at]):
        return None  # "..., said the vote was late": the subject of a clause
    return at


def is_loose(cue: Cue) -> bool:
    """Is it a plain verb of saying, which anything it says may follow?"""
    return any(rule.fields.get("loose") for rule in cue.word.takes.values())


def _after_quotation(s: Sentence, cue: Cue) -> bool:
    before = cue.first - 1
    return before > s.low and bool(s.view.Q[before] or s.view.Q[before - 1])


def _has_own_subject(s: Sentence, cue: Cue) -> bool:
    """Does the grammar give the verb a subject on its left: "Mr Reed, a lawyer, projected confidence"?"""
    grammar = s.view.grammar
    number = grammar.clause_of(cue.chunk)
    subject = None if number is None else grammar.clauses[number].subject
    return subject is not None and grammar.chunks[subject].first < cue.first


def name_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """A name behind a cue that stands inside a statement: "The keepers, said Mauer, have to wait"."""
    view = s.view
    if not (cue.word.invert and cue.plain) or view.letters[k] != "p":
        return None
    return source_right(s, cue, k, parts)


def end_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """Nothing but adjuncts, or another report of the same source, up to the end of the sentence."""
    view = s.view
    if k >= s.end or adjunct_only(view, k, s.end) or (view.W[k] == "," and on_condition(view, k + 1)):
        return k
    return k if view.W[k] == "," and view.letters[k + 1] == "g" else None


def gap_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The rest of a clause whose subject is a relative word before the source: "the plan, which she says is late"."""
    grammar = s.view.grammar
    number = s.view.chunk_at[k] if k < s.end else -1
    if number < 0 or grammar.chunks[number].kind != "VG" or not grammar.verb_group(number).finite or s.view.Q[k]:
        return None
    pronoun = parts.source[0] - 1 if parts.source else -1
    if pronoun >= s.low and s.view.L[pronoun] in words()["relative"] | {"what"}:
        parts.content.append((pronoun, pronoun + 1))
    stop = next((j for j in range(k, s.end) if s.view.W[j] == "," and not s.view.Q[j]), s.end)
    parts.rule = cue.word.takes.get("bare") or cue.word.takes.get("that")
    parts.content.append((k, min(stop, content_end(s, cue, k, s.end, thing=False))))
    return parts.content[-1][1]


# ---------------------------------------------------------------- quoted by another


def quoted_speaker_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The one whose words are passed on: "State media quoted | the general | as saying"."""
    grammar, number = s.view.grammar, s.view.chunk_at[k - 1]
    while number >= 2 and grammar.chunks[number].kind == "NP" and grammar.chunks[number - 1].kind == "P":
        number -= 2
    if number < 0 or grammar.chunks[number].kind != "NP" or grammar.chunks[number].first < s.low:
        return None
    parts.source = (grammar.chunks[number].first, k)
    return parts.source[0]


def quoting_left(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The verb by which another passes the words on."""
    parts.quoting = next((c for c in s.cues if c.last == k and c.word.lemma in words()["quoting"]), None)
    return None if parts.quoting is None else parts.quoting.first


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


def passer_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """ "..., the minister was quoted as saying by the agency"."""
    if s.view.L[k] != "by" or parts.cue_first is None:
        return None
    by = source_behind(s.view, k + 1, s.end)
    if by is None:
        return None
    parts.quoting = next(c for c in s.cues if c.first == parts.cue_first)
    parts.passer, parts.cue_first = by, None
    return by[1]


def comma_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    view = s.view
    if k >= s.last or view.Q[k] or not (view.W[k] in (",", ";") or view.is_dash(k)):
        return None
    return k + 1


def rest_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The content goes on behind the source: with a quotation, or with what cannot be the writer's."""
    view, at = s.view, k
    comma = at < s.last and not view.Q[at] and view.W[at] in (",", ":", ";", "—", "–", "--", ".")
    comma = comma or (at > 0 and view.W[at - 1] == "," and not view.Q[at - 1])
    while at < s.last and not view.Q[at] and view.W[at] in (",", ":", ";", "—", "–", "--", "."):
        at += 1
    if at >= s.last:
        return None
    later = _later_quotation(view, max(at, cue.last), s.last) if not view.Q[at] else None
    if later is not None and parts.content and view.Q[parts.content[0][0]]:
        parts.content.append((later, s.last))
        return s.last
    if view.Q[at]:
        if view.is_title_quote(at) and (k > cue.last or view.letters[at - 1] == "i"):
            return None
        parts.content.append((at, s.last))
        return s.last
    if at >= s.end or not comma or not _goes_on(view, at):
        return None
    parts.content.append((at, content_end(s, cue, at, s.end, thing=False)))
    return parts.content[-1][1]


def _later_quotation(view: View, k: int, last: int) -> int | None:
    """The start of a quotation of a few words after k that follows the end of a clause."""
    for j in range(k, last):
        if j in view.quote_at and view.quotes[view.quote_at[j]][1] - j > 5 and not view.is_title_quote(j):
            before = j - 2 if view.Q[j - 1] and not view.W[j - 1][0].isalnum() else j - 1
            return j if view.W[before][-1] in ".:,?!" else None
    return None


def about_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """Whom or what it was said of: "he said of the mayor, “...”"."""
    view, grammar = s.view, s.view.grammar
    number = view.chunk_at[k] + 1 if k < s.end else 0
    if k >= s.end or view.L[k] not in cue.word.preps or view.Q[k] or grammar.chunks[number].kind != "NP":
        return None
    return min(s.end, grammar.phrase(number, apposition=False)[1])


def _goes_on(view: View, k: int) -> bool:
    """Can what follows the source be more of the content: "..., said Ann Reed, because it was late"?"""
    return view.W[k][0].islower() and view.letters[k] != "g" and view.L[k] not in words()["new_clause"]


def clause_rest_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The content goes on behind the comma after the source."""
    view = s.view
    if k >= s.end or view.Q[k] or view.letters[k] == "g":
        return None
    parts.content.append((k, content_end(s, cue, k, s.end, thing=False)))
    return parts.content[-1][1]


def quotation_rest_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    if k >= s.last or not s.view.Q[k]:
        return None
    parts.content.append((k, s.last))
    return s.last


def basis_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """What a report rests on, up to the next mark."""
    view, n = s.view, k
    while (
        n < s.end
        and not view.Q[n]
        and view.W[n] not in (",", ";", ":", "(")
        and not view.is_dash(n)
        and view.L[n] != "that"
    ):
        n += 1
    if n == k or view.Q[k]:
        return None
    parts.source, parts.rule = (k, n), cue.word.takes["basis"]
    return n


def judgement_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """What a passive without an owner says: "is expected to promote trade", "is considered a risk"."""
    view = s.view
    if k >= s.end or view.L[cue.verb] not in words()["passive"]:
        return None
    found, _ = opening(view, k, s.end)
    infinitive = found == "infinitive" or found == "that"
    if not infinitive and view.L[cue.verb] in words()["passive_of_clause"]:
        return None
    impersonal = found == "clause" and view.L[cue.first - 1] == "it"
    considered = view.L[cue.verb] in words()["passive_of_opinion"] and found in ("thing", "quotation", "")
    if not (infinitive or found == "as" or impersonal or (considered and view.letters[k] not in "ir")):
        return None
    parts.rule = any_rule(cue)
    parts.content.append((k, content_end(s, cue, k, s.end, thing=False)))
    return parts.content[-1][1]


def impression_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """What something seems to be: "seemed to be late", "looks like rain"."""
    view = s.view
    if view.W[k] == "," and view.L[k + 1] == "though":
        k += 3
    if k >= s.end:
        return None
    impersonal = view.L[cue.first - 1] == "it"
    adjective = "appear" not in cue.word.lemma and view.letters[k] in "jreu" and view.W[k][0].islower()
    if not (view.L[k] in words()["opens_impression"] or adjective or impersonal):
        return None
    parts.rule = cue.word.takes["seem"]
    parts.content.append((k, content_end(s, cue, k, s.end, thing=view.L[k] != "that")))
    return parts.content[-1][1]


def heard_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """What was heard in court, as a clause."""
    found, at = opening(s.view, k, s.end)
    if found not in ("that", "question", "clause") or (
        s.view.L[at] not in words()["opens_heard"] and found == "question"
    ):
        return None
    parts.rule = cue.word.takes["hearing"]
    parts.content.append((at, content_end(s, cue, at, s.end, thing=False)))
    return parts.content[-1][1]


def asked_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """What was asked, up to the comma: "Asked about the vote, she said"."""
    view = s.view
    start = when_right(s, cue, k, parts) or k
    if start >= s.end or any(view.W[j] == "," for j in range(cue.last, start)):
        start = k
    if view.L[start] == "by":
        return None
    while start < s.last and not view.Q[start] and view.W[start] in (",", ":"):
        start += 1
    if view.Q[start] and start < s.last:
        parts.rule = cue.word.takes.get("quote") or any_rule(cue)
        parts.content.append((start, content_end(s, cue, start, s.last, thing=False)))
        return parts.content[-1][1]
    if start >= s.end or view.letters[start] == ".":
        return None
    stop = next((j for j in range(start, s.end) if view.W[j] == "," and not view.Q[j]), s.end)
    parts.rule = cue.word.takes.get("wh") or any_rule(cue)
    parts.content.append((start, stop))
    return stop


def asker_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """Asked by whom, up to the question: "by the coroner, Jean Hall,"."""
    view = s.view
    at = next((j for j in range(k, min(s.end, k + 16)) if view.L[j] in words()["opens_question"] or view.Q[j]), None)
    if at is None or at == k or view.Q[at]:
        return None
    day = next((j for j in range(k + 1, at) if skip_adjuncts(view, j, at) > j), at)
    parts.source = view.trim(k, day)
    return at


def any_rule(cue: Cue) -> Rule | None:
    """A rule of the verb, for orders in which its complements do not matter."""
    takes = cue.word.takes
    for kind in ("bare", "that", "noun", "quote", "to", "wh"):
        if kind in takes:
            return takes[kind]
    return next(iter((*takes.values(), *cue.word.preps.values())), None)


def of_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """ "accused by the firm of theft": what it is about."""
    if k >= s.end or s.view.L[k] not in words()["of_charge"]:
        return None
    parts.content.append((k, content_end(s, cue, k, s.end, thing=False)))
    return parts.content[-1][1]


def word_right(wanted: frozenset[str]) -> Step:
    def step(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
        return k + 1 if k < s.end and s.view.L[k] in wanted and not s.view.Q[k] else None

    return step


LEFT: dict[str, Step] = {
    "source": source_left,
    "topic": topic_left,
    "first": first_left,
    "place": place_left,
    "addressee": addressee_left,
    "speaker": speaker_left,
    "report": report_left,
    "quotation": quotation_left,
    "whole-quotation": whole_quotation_left,
    "clause": clause_left,
    "part": part_left,
    "conjunction": conjunction_left,
    "quoted-speaker": quoted_speaker_left,
    "quoting": quoting_left,
    "was-quoted": was_quoted_left,
    ",": comma_left,
    "^": start_left,
}
RIGHT: dict[str, Step] = {
    **_STEPS,
    "complement": complement_right,
    "description": description_right,
    "preposition": preposition_right,
    "told": told_right,
    "when": when_right,
    "source": source_right,
    "inverted-source": inverted_right,
    "name": name_right,
    "end": end_right,
    "rest": rest_right,
    "gap": gap_right,
    "passer": passer_right,
    "about": about_right,
    "clause-rest": clause_rest_right,
    "quotation-rest": quotation_rest_right,
    "basis": basis_right,
    "of-phrase": of_right,
    "judgement": judgement_right,
    "impression": impression_right,
    "asked": asked_right,
    "heard": heard_right,
    "asker": asker_right,
    ",": comma_right,
}
