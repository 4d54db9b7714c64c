"""The elements of an order to the right of the cue."""

from __future__ import annotations

from analysis.sourcing import complements
from analysis.sourcing.adjuncts import adjunct_only, on_condition, skip_adjuncts
from analysis.sourcing.candidates import Cue, is_base
from analysis.sourcing.complements import ACCEPT, Accept, opening
from analysis.sourcing.contents import content_end, later_cues
from analysis.sourcing.cues import nouns
from analysis.sourcing.elements import Parts, Step, any_rule, is_loose, named
from analysis.sourcing.recipients import past_recipient
from analysis.sourcing.sentence import Sentence
from analysis.sourcing.source_kinds import role_kind
from analysis.sourcing.subjects import absolute_subject, antecedent, source_behind
from analysis.sourcing.view import View, words

RIGHT: dict[str, Step] = {}
_BEFORE_REST = frozenset((",", ":", ";", "—", "–", "--", "."))  # marks that may separate a content from its rest


def opening_at(s: Sentence, k: int) -> tuple[str, int]:
    """How a content opens at k, and where it then begins: found out once, for many orders."""
    known = s.openings.get(k)
    if known is None:
        known = s.openings[k] = opening(s.view, k, s.last if s.view.Q[min(k, s.last - 1)] else s.end)
    return known


def _content_step(name: str, accept: Accept) -> Step:
    """The element for a content that opens in one way."""

    def step(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
        found, start = opening_at(s, k)
        if found != name:
            return None
        if name == "that" and start > cue.last and _is_of_noun(s.view, start):
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


def _is_of_noun(view: View, k: int) -> bool:
    """Is the clause at k the content of a noun: "agreed to a settlement over claims that it lied"? Not "said in a
    statement that", "told reporters in an email that"."""
    number = view.chunk_at[k - 1]
    if view.L[k - 1] not in nouns() or number < 1:
        return False
    before = view.grammar.chunks[number - 1]
    return before.kind == "P" and view.L[before.first] not in ("in", "by", "through", "via")


for _name, _accept in ACCEPT.items():
    RIGHT[_name] = _content_step(_name, _accept)


@named(RIGHT, "description")
def description_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """ "a decree outlining the law": what the paper is about, and no statement of its own."""
    near = antecedent(s, cue)
    if near is None or near != parts.source or absolute_subject(s.view, cue):
        return None
    return k if opening(s.view, k, s.end)[0] == "thing" and not complements.is_evidence(s, cue) else None


@named(RIGHT, "told")
def told_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    past = s.recipients.get((cue.first, k))
    if past is None:
        past = s.recipients[cue.first, k] = past_recipient(s.view, cue, k, s.end)
    if past <= k:
        return None
    parts.channel = (k + 1 if s.view.L[k] == "to" else k, past)
    return past


@named(RIGHT, "when")
def when_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """Past adjuncts, "said, however,", "said only that", "said, twice, that"."""
    known = s.whens.get((cue.first, k))
    if known is None:
        known = s.whens[cue.first, k] = _past_adjuncts(s, cue, k)
    past, cue_end = known
    if cue_end:
        parts.cue_end = cue_end
    return past


def _past_adjuncts(s: Sentence, cue: Cue, k: int) -> tuple[int, int]:
    """Where what follows the adjuncts begins, and where the cue ends with them (0: where it ended before)."""
    view, cue_end = s.view, 0
    k = _past_linking_adverb(view, k, s.end)
    k = skip_adjuncts(view, k, s.end)
    if _adverb_before_content(view, k, s.end):
        k += 1
        if k == cue.last + 1 and view.L[k] == "that":
            cue_end = k  # "said privately that"
    if k < s.end and view.W[k] == "," and not view.Q[k]:
        close = next((j for j in range(k + 1, min(s.end - 1, k + 12)) if view.W[j] == "," and not view.Q[j]), None)
        if close is not None and (view.L[close + 1] == "that" or _is_aside(view, k, close, s.end)):
            return close + 1, cue_end
    return _colon_before_quotation(view, cue, k, s.end), cue_end


def _is_aside(view: View, comma: int, close: int, end: int) -> bool:
    """Is there a prepositional phrase between two commas, and a clause after: ", despite the rain, the vote"?"""
    return view.letters[comma + 1] == "i" and complements.opens_clause(view, close + 1, end)


def _past_linking_adverb(view: View, k: int, end: int) -> int:
    """Past ", however,"."""
    linking = view.W[k] == "," and k + 2 < end and view.W[k + 2] == "," and view.L[k + 1] in words()["linking_adverb"]
    return k + 3 if linking else k


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


@named(RIGHT, "complement")
def complement_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """Any content that the verb takes."""
    told = told_right(s, cue, k, parts)
    at = when_right(s, cue, told or k, parts)
    for name in ACCEPT:
        stop = RIGHT[name](s, cue, at if at is not None else k, parts)
        if stop is not None:
            return stop
    return preposition_right(s, cue, k, parts)


@named(RIGHT, "preposition")
def preposition_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    complement = complements.preposition(s, cue, k) if k < s.end else None
    if complement is None:
        return None
    parts.rule, parts.mark = complement.rule, "prep"
    parts.content.append(complement.content)
    parts.cue_end = complement.cue_end or parts.cue_end
    return complement.content[1]


@named(RIGHT, "source")
def source_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The noun phrase after an inverted cue or "by": "said Ann Reed, a lawyer"."""
    if k >= s.end or s.view.Q[k]:
        return None
    source = source_behind(s.view, k, s.last)
    if source is None:
        return None
    parts.source = source
    return source[1]


@named(RIGHT, "inverted-source")
def inverted_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The source directly after a verb of saying that may come before it."""
    view = s.view
    if not (cue.word.invert and cue.plain) or (is_base(cue) and view.letters[min(k, view.n - 1)] not in "Noptu"):
        return None
    at = source_right(s, cue, k, parts)
    quoted = _after_quotation(s, cue)
    if at is None or (not quoted and not is_loose(cue) and _has_own_subject(s, cue)):
        return None
    verb = at + 1 if at < s.end and view.Q[at] and not view.W[at][0].isalnum() else at  # "said the “plan” was dead"
    if verb < s.end and view.chunk_kind(verb) == "TIME":  # "said the visit last Friday would"
        verb = view.grammar.chunks[view.chunk_at[verb]].last
    if verb < s.end and view.in_finite_verb(verb) and not (quoted and "," in view.W[k:at]):
        return None  # "..., said the vote was late": the subject of a clause
    return at


def _after_quotation(s: Sentence, cue: Cue) -> bool:
    """Does a quotation come directly before the cue, which is not part of its subject: "The “experts” said"?"""
    before = cue.first - 1
    if before <= s.low or not (s.view.Q[before] or s.view.Q[before - 1]):
        return False
    return not (s.view.chunk_kind(before - 1) == "NP" and _has_own_subject(s, cue) and s.view.Q[before])


def _has_own_subject(s: Sentence, cue: Cue) -> bool:
    """Does the grammar give the verb a subject on its left: "Mr Reed, a lawyer, projected confidence"?"""
    grammar = s.view.grammar
    number = grammar.clause_of(cue.chunk)
    subject = None if number is None else grammar.clauses[number].subject
    return subject is not None and grammar.chunks[subject].first < cue.first


@named(RIGHT, "name")
def name_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """A name after a cue that is inside a statement: "The keepers, said Mauer, have to wait"."""
    view = s.view
    known = view.letters[k] == "p" or (view.letters[k] == "t" and _is_document(view, k))
    if not (cue.word.invert and cue.plain) or not known:
        return None
    return source_right(s, cue, k, parts)


def _is_document(view: View, k: int) -> bool:
    """Is it a paper or an outlet: ", says the study, it rises"?"""
    number = view.chunk_at[k]
    return view.chunk_kind(k) == "NP" and role_kind(view.L[view.grammar.chunks[number].head]) in ("document", "outlet")


@named(RIGHT, "end")
def end_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """Nothing but adjuncts, or another report of the same source, up to the end of the sentence."""
    view = s.view
    if k >= s.end or adjunct_only(view, k, s.end) or (view.W[k] == "," and on_condition(view, k + 1)):
        return k
    after = _past_place(view, k)
    return k if after < s.end and view.W[after] == "," and view.letters[after + 1] == "g" else None


def _past_place(view: View, k: int) -> int:
    """Past "in Paris" at k; k where there is none."""
    number = view.chunk_at[k]
    if view.chunk_kind(k) != "P" or view.L[k] not in ("in", "at", "from") or number + 1 >= len(view.grammar.chunks):
        return k
    place = view.grammar.chunks[number + 1]
    return place.last if place.kind == "NP" and view.letters[place.head] == "p" else k


@named(RIGHT, "remark")
def remark_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """What the writer calls it: "officials said on Tuesday, a decision that drew protests". Not a new clause."""
    view, grammar = s.view, s.view.grammar
    number = view.chunk_at[k] if k < s.end and not view.Q[k] else -1
    if number < 0 or view.L[k] not in ("a", "an") or grammar.chunks[number].kind != "NP":
        return None
    segment = grammar.segment_of(number)
    clauses = grammar.clauses[segment.first_clause : segment.last_clause]
    return None if any(clause.subject == number for clause in clauses) else k


@named(RIGHT, "gap")
def gap_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The rest of a clause whose subject is a relative word before the source: "the plan, which she says is late"."""
    if k >= s.end or s.view.Q[k] or not s.view.in_finite_verb(k):
        return None
    pronoun = parts.source[0] - 1 if parts.source else -1
    if pronoun >= s.low and s.view.L[pronoun] in words()["relative"] | {"what"}:
        parts.content.append((pronoun, pronoun + 1))
    stop = next((j for j in range(k, s.end) if s.view.W[j] == "," and not s.view.Q[j]), s.end)
    parts.rule = cue.word.takes.get("bare") or cue.word.takes.get("that")
    parts.content.append((k, min(stop, content_end(s, cue, k, s.end, thing=False))))
    return parts.content[-1][1]


@named(RIGHT, "noun-gap")
def noun_gap_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The rest of a clause whose subject is the noun directly before the source: "the notes he says are secret"."""
    view = s.view
    number = view.chunk_at[parts.source[0] - 1] if parts.source and parts.source[0] > s.low else -1
    auxiliary = k < s.end and view.letters[k] in "za"
    if number < 0 or view.grammar.chunks[number].kind != "NP" or not auxiliary:
        return None
    noun = view.grammar.chunks[number]
    stop = gap_right(s, cue, k, parts)
    if stop is not None:
        parts.content.insert(0, (noun.first, noun.last))
    return stop


@named(RIGHT, "passer")
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


@named(RIGHT, ",")
def comma_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    view = s.view
    if k >= s.last or view.Q[k] or not (view.W[k] in (",", ";") or view.is_dash(k)):
        return None
    return k + 1


@named(RIGHT, "rest")
def rest_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The content goes on after the source: with a quotation, or with what cannot be the writer's."""
    view, at = s.view, k
    while at < s.last and not view.Q[at] and view.W[at] in _BEFORE_REST:
        at += 1
    if at >= s.last:
        return None
    quotation = _quotation_of_rest(s, cue, k, at, parts)
    if quotation is not None:
        parts.content.append((quotation, s.last))
        return s.last
    parted = at > k or (k > 0 and view.W[k - 1] == "," and not view.Q[k - 1])
    if view.Q[at] or at >= s.end or not parted or not _goes_on(view, at, s.end):
        return None
    parts.content.append((at, content_end(s, cue, at, s.end, thing=False)))
    return parts.content[-1][1]


def _quotation_of_rest(s: Sentence, cue: Cue, k: int, at: int, parts: Parts) -> int | None:
    """Where the quotation begins that the content goes on with: at once, or later, where it began with one."""
    view = s.view
    if view.Q[at]:
        is_name = view.is_title_quote(at) and (k > cue.last or view.letters[at - 1] == "i")
        return None if is_name else at
    if parts.content and view.Q[parts.content[0][0]]:
        later = _later_quotation(view, max(at, cue.last), s.last)
        return None if later is not None and _has_own_cue(s, cue, later) else later
    return None


def _has_own_cue(s: Sentence, cue: Cue, k: int) -> bool:
    """Does another cue take the quotation at k: "he said, adding: “...”"?"""
    others = (other for other in later_cues(s.cues, cue) if cue.last <= other.first < k)
    return any("quote" in other.word.takes and other.form != "infinitive" for other in others)


def _later_quotation(view: View, k: int, last: int) -> int | None:
    """The start of a quotation of a few words after k that follows the end of a clause."""
    for j in range(k, last):
        if view.length_of_quotation(j) > 5 and not view.is_title_quote(j):
            before = j - 2 if view.Q[j - 1] and not view.W[j - 1][0].isalnum() else j - 1
            return j if view.W[before][-1] in ".:,?!" else None
    return None


@named(RIGHT, "about")
def about_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """Whom or what it was said of: "he said of the mayor, “...”"."""
    view, grammar = s.view, s.view.grammar
    number = view.chunk_at[k] + 1 if k < s.end else 0
    if k >= s.end or view.L[k] not in cue.word.preps or view.Q[k] or grammar.chunks[number].kind != "NP":
        return None
    return min(s.end, grammar.phrase(number, apposition=False)[1])


def _goes_on(view: View, k: int, end: int) -> bool:
    """Can what follows the source be more of the content: "..., said Ann Reed, because it was late"?"""
    if view.letters[k] in "nN" and not view.grammar.has_finite_verb(k, end):  # "shouted Reed, shorthand for a fight"
        return False
    return view.W[k][0].islower() and view.letters[k] != "g" and view.L[k] not in words()["new_clause"]


@named(RIGHT, "clause-rest")
def clause_rest_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The content goes on after the comma after the source."""
    view = s.view
    if k >= s.end or view.Q[k] or (view.letters[k] == "g" and not complements.opens_clause(view, k, s.end)):
        return None
    parts.content.append((k, content_end(s, cue, k, s.end, thing=False)))
    return parts.content[-1][1]


@named(RIGHT, "quotation-rest")
def quotation_rest_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    if k >= s.last or not s.view.Q[k]:
        return None
    parts.content.append((k, s.last))
    return s.last


@named(RIGHT, "basis")
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


@named(RIGHT, "judgement")
def judgement_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """What a passive without an owner says: "is expected to promote trade", "is considered a risk"."""
    view = s.view
    owned = parts.source is not None and k < s.end and view.L[k] == "as"  # "hailed by campaigners as a victory"
    if k >= s.end or view.W[k] == "," or (view.L[cue.verb] not in words()["passive"] and not owned):
        return None
    found, _ = opening(view, k, s.end)
    infinitive = found == "infinitive" or found == "that"
    impersonal = found == "clause" and view.L[cue.first - 1] == "it"
    if not (infinitive or impersonal) and view.L[cue.verb] in words()["passive_of_clause"]:
        return None
    if cue.reduced and view.L[cue.verb] in words()["passive_whole"]:
        return None
    considered = view.L[cue.verb] in words()["passive_of_opinion"] and found in ("thing", "quotation", "")
    if not (infinitive or found == "as" or impersonal or (considered and view.letters[k] not in "ir")):
        return None
    parts.rule = any_rule(cue)
    parts.content.append((k, content_end(s, cue, k, s.end, thing=False)))
    return parts.content[-1][1]


@named(RIGHT, "impression")
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


@named(RIGHT, "heard")
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


@named(RIGHT, "asked")
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
    return _question_asked(s, cue, start, parts)


def _question_asked(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """The question at k: a quotation, or up to the comma."""
    view = s.view
    if view.Q[k] and k < s.last:
        parts.rule = cue.word.takes.get("quote") or any_rule(cue)
        parts.content.append((k, content_end(s, cue, k, s.last, thing=False)))
        return parts.content[-1][1]
    if k >= s.end or view.letters[k] == ".":
        return None
    stop = next((j for j in range(k, s.end) if _ends_question(view, j)), s.end)
    parts.rule = cue.word.takes.get("wh") or any_rule(cue)
    parts.content.append((k, stop))
    return stop


def _ends_question(view: View, k: int) -> bool:
    """Is k a comma, or after one with which a quotation closes: "Asked if it was “late,” | she said"?"""
    if view.W[k] == "," and not view.Q[k]:
        return True
    return view.W[k - 2] == "," and bool(view.Q[k - 1]) and not view.Q[k] and not view.W[k - 1][0].isalnum()


@named(RIGHT, "asker")
def asker_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """Asked by whom, up to the question: "by the coroner, Jean Hall,"."""
    view = s.view
    at = next((j for j in range(k, min(s.end, k + 16)) if view.L[j] in words()["opens_question"] or view.Q[j]), None)
    if at is None or at == k or view.Q[at]:
        return None
    day = next((j for j in range(k + 1, at) if skip_adjuncts(view, j, at) > j), at)
    parts.source = view.trim(k, day)
    return at


@named(RIGHT, "of-phrase")
def of_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """ "accused by the firm of theft": what it is about."""
    if k >= s.end or s.view.L[k] not in words()["of_charge"]:
        return None
    parts.content.append((k, content_end(s, cue, k, s.end, thing=False)))
    return parts.content[-1][1]


@named(RIGHT, "charge")
def charge_right(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
    """ "accused of theft by the firm": what it is about, before who says so."""
    if k + 1 >= s.end or s.view.L[k] not in words()["of_charge"]:
        return None
    number = s.view.chunk_at[k + 1]
    if number < 0 or s.view.grammar.chunks[number].kind != "NP":
        return None
    last = s.view.grammar.chunks[number].last
    parts.content.append((k, last))
    return last


def word_right(wanted: frozenset[str]) -> Step:
    def step(s: Sentence, cue: Cue, k: int, parts: Parts) -> int | None:
        return k + 1 if k < s.end and s.view.L[k] in wanted and not s.view.Q[k] else None

    return step
