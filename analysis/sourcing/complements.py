"""The part to the right of a cue: how a content opens there, and whether the verb takes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from analysis.rules import Rule, classes
from analysis.sourcing.adjuncts import adjunct_end, is_counted, opens_that
from analysis.sourcing.candidates import Cue
from analysis.sourcing.contents import content_end, later_cues
from analysis.sourcing.draft import Range
from analysis.sourcing.sentence import Sentence
from analysis.sourcing.subjects import subject_of
from analysis.sourcing.view import DASHES, View, words


class Complement(NamedTuple):
    """A content right of its cue, and the rule by which the verb takes it. `cue_end`: words that the cue takes in."""

    rule: Rule
    content: Range
    cue_end: int | None = None


def opening(view: View, k: int, end: int) -> tuple[str, int]:
    """How a content opens at k, and where.

    The names are those of `ACCEPT`, and "as"; "" where none opens. Commas and colons before it are
    passed over.
    """
    start, colon = k, False
    while k < end and not view.Q[k] and (view.W[k] in (",", ":", "...", "…") or view.is_dash(k)):
        colon = colon or view.W[k] == ":"
        k += 1
    if k >= end:
        return "", k
    if view.Q[k]:
        return "quotation", k
    if colon:
        return "colon", k
    stray = k == start + 1 and view.W[start] == "," and view.L[k] == "that"  # "She added, that it was late"
    if k > start and not (stray and opens_that(view, k, end)):
        return "", k
    return _opening_word(view, k, end), k


def _opening_word(view: View, k: int, end: int) -> str:
    low = view.L[k]
    if low == "that":
        return "that" if opens_that(view, k, end) else "thing"
    if low in words()["question"] and k + 1 < end:
        return "question"
    if view.roles[k] == "T" or _opens_infinitive(view, k, end):
        return "infinitive"
    if low == "as":
        return "as"
    if view.in_finite_verb(k) and view.letters[k] != "g":
        return ""  # "which the mayor says | is dead"
    return "clause" if opens_clause(view, k, end) else _opening_phrase(view, k)


def _opening_phrase(view: View, k: int) -> str:
    """How a content opens that is not a clause, by its first phrase."""
    kind = view.chunk_kind(k)
    if kind == "VG" and view.letters[k] == "g":
        return "gerund"
    if kind in ("NP", "ADJ", "TIME"):
        return "thing"
    if view.L[k] in words()["opens_content"]:
        return "clause"
    chunks, number = view.grammar.chunks, view.chunk_at[k]
    if kind == "ADV" and number + 1 < len(chunks) and chunks[number + 1].kind == "NP":
        return "thing"
    return "other" if view.W[k][0].isalnum() and view.letters[k] != "c" else ""


def _opens_infinitive(view: View, k: int, end: int) -> bool:
    """ "to publicly detail", "to “end” it", "not to go"."""
    if view.L[k] == "not":
        k += 1
    if view.L[k] != "to":
        return False
    k += 1
    while k < end and (view.letters[k] == "r" or not view.W[k][0].isalnum()):
        k += 1
    return k < end and (view.letters[k] == "b" or (view.roles[k] in "bBhk"))


def opens_clause(view: View, k: int, end: int) -> bool:
    """Does a finite clause begin at k?"""
    grammar = view.grammar
    number = view.clause_at[k]
    while number >= 0:
        clause = grammar.clauses[number]
        if clause.first != k:
            break
        if clause.finite and clause.verb is not None and clause.subject is not None:
            return grammar.chunks[clause.verb].first < end
        number = -1 if clause.parent is None else clause.parent
    return _has_verb_of_its_own(view, k, end)


def _has_verb_of_its_own(view: View, k: int, end: int) -> bool:
    """Is there a finite verb after the phrase at k, before any mark or opener: "doing it gives her a chance"?"""
    number = view.chunk_at[k]
    if number < 0 or not (view.grammar.chunks[number].kind == "NP" or view.letters[k] == "g"):
        return False
    aside = False
    for at, (kind, first, _, _) in enumerate(view.grammar.chunks[number + 1 : number + 16], number + 1):
        if first >= end:
            return False
        if view.W[first] == "," or view.is_dash(first):  # "argued the pipeline, which is long, would fail"
            aside = not aside
            continue
        if aside:
            continue
        if kind == "MARK" or view.L[first] in words()["relative"]:
            return False
        if kind == "VG" and view.grammar.verb_group(at).finite:
            return True
        if view.W[first - 1] == ",":
            return False
    return False


# ---------------------------------------------------------------- does the verb take it?


Accept = Callable[[Sentence, Cue, int], Complement | None]
ACCEPT: dict[str, Accept] = {}  # how a content opens -> whether, and how far, the verb takes it


def _opened_by(name: str) -> Callable[[Accept], Accept]:
    def enter(accept: Accept) -> Accept:
        ACCEPT[name] = accept
        return accept

    return enter


@_opened_by("that")
def that_clause(s: Sentence, cue: Cue, k: int) -> Complement | None:
    return _clause(s, cue, k, cue.word.takes.get("that"))


@_opened_by("quotation")
def quotation(s: Sentence, cue: Cue, k: int) -> Complement | None:
    takes = cue.word.takes
    return _quoted(s, cue, k, takes.get("quote") or takes.get("that") or takes.get("noun") or takes.get("bare"))


@_opened_by("colon")
def colon(s: Sentence, cue: Cue, k: int) -> Complement | None:
    takes = cue.word.takes
    return _quoted(s, cue, k, takes.get("quote") or takes.get("that") or takes.get("noun"))


def _quoted(s: Sentence, cue: Cue, k: int, rule: Rule | None) -> Complement | None:
    """A content that may reach over the marks at the end of the sentence."""
    if rule is None:
        return None
    return Complement(rule, (k, content_end(s, cue, k, s.last, thing=False)))


@_opened_by("question")
def question(s: Sentence, cue: Cue, k: int) -> Complement | None:
    rule = cue.word.takes.get("wh")
    if rule is not None:
        return _clause(s, cue, k, rule)
    return thing(s, cue, k) if s.view.L[k] != "which" else None


@_opened_by("infinitive")
def infinitive(s: Sentence, cue: Cue, k: int) -> Complement | None:
    rule = cue.word.takes.get("to")
    if rule is None and k > cue.last and cue.word.lemma in words()["tells"]:
        rule = cue.word.takes.get("that")  # "warned jurors not to speak"
    if rule is None:
        return None
    stop = content_end(s, cue, k, s.end, thing=False)
    dash = next((j for j in range(k, stop) if s.view.is_dash(j) and not s.view.Q[j]), stop)
    return Complement(rule, (k, dash))


@_opened_by("gerund")
def gerund(s: Sentence, cue: Cue, k: int) -> Complement | None:
    """ "avoided commenting on the treaty": the -ing form belongs to the cue; "denied taking the money"."""
    rule, view = cue.word.takes.get("ing"), s.view
    if rule is None:
        return thing(s, cue, k)
    if not cue.word.heads:
        return _clause(s, cue, k, rule)
    if view.L[k] not in cue.word.heads:
        return None
    start = k + 1
    if start + 1 < s.end and view.letters[start] == "i":
        start += 1
    stop = content_end(s, cue, k, s.end, thing=False)
    return Complement(rule, (start, stop), start)


@_opened_by("clause")
def clause(s: Sentence, cue: Cue, k: int) -> Complement | None:
    rule = cue.word.takes.get("bare")
    if rule is None or (rule.fields.get("subjects") and not is_evidence(s, cue)):
        rule = cue.word.takes.get("clause") if _is_plain_clause(s.view, cue, k) else None
    return thing(s, cue, k) if rule is None else _clause(s, cue, k, rule)


def _is_plain_clause(view: View, cue: Cue, k: int) -> bool:
    """ "added the dividend was safe": a clause; not "added the votes he had", "can find the help it was promised"."""
    if any(view.roles[j] == "m" for j in range(cue.first, cue.verb)):
        return False
    number = view.clause_at[k]
    verb = view.grammar.clauses[number].verb if number >= 0 and view.grammar.clauses[number].first == k else None
    if verb is None:
        return False
    if view.L[k] in words()["subject"]:
        return True
    group = view.grammar.verb_group(verb)
    return bool(group.auxiliaries) or view.letters[group.main] == "a" or view.L[group.main] in classes()["have"]


def _clause(s: Sentence, cue: Cue, k: int, rule: Rule | None) -> Complement | None:
    if rule is None:
        return None
    return Complement(rule, (k, content_end(s, cue, k, s.end, thing=False)))


@_opened_by("thing")
def thing(s: Sentence, cue: Cue, k: int) -> Complement | None:
    """ "criticised the mayor's plan": what is spoken of, as a noun phrase."""
    rule, bare = cue.word.takes.get("noun"), cue.word.takes.get("bare")
    if bare is not None and bare.fields.get("loose"):
        return _clause(s, cue, k, bare)  # "said no", "says taxing it helps"
    if rule is None and "that" in cue.word.takes and _is_quoted_phrase(s.view, k):
        rule = cue.word.takes.get("quote")
    if rule is None:
        rule = bare
        if rule is None or not (is_evidence(s, cue) and rule.fields.get("subjects")):
            return None
    elif rule.fields.get("subjects") and not is_evidence(s, cue):
        return None
    if not _is_spoken_of(s, cue, k, rule):
        return None
    return _words_after(s, cue, k, rule) or Complement(rule, (k, content_end(s, cue, k, s.end, thing=True)))


def _is_quoted_phrase(view: View, k: int) -> bool:
    """Does a noun phrase open with the source's own words: "noted the “senseless” deaths"?"""
    return view.letters[k] == "t" and any(
        view.Q[j] and j in view.quote_at and view.W[j + 1][0].islower() for j in (k + 1, k + 2)
    )


def _words_after(s: Sentence, cue: Cue, k: int, rule: Rule) -> Complement | None:
    """The quotation that follows what is spoken of: "praised the crew: “...”", "said of the crew, “...”"."""
    view = s.view
    opening = next((j for j in range(k + 1, min(s.last, k + 25)) if view.Q[j]), s.last)
    if opening + 1 >= s.last or view.W[opening - 1] not in (":", ",") or not view.W[opening + 1][:1].isupper():
        return None
    if view.W[opening - 1] == "," and cue.word.lemma not in words()["says_of"]:
        return None
    if opening in view.quote_at and view.W[view.quotes[view.quote_at[opening]][1] - 2] == ",":
        return None  # "defends the plan: “It works,” she says": it has a cue of its own
    if view.grammar.has_finite_verb(k, opening) or any(k < other.first < opening for other in later_cues(s.cues, cue)):
        return None
    return Complement(rule, (opening, content_end(s, cue, opening, s.last, thing=False)))


@_opened_by("other")
def other(s: Sentence, cue: Cue, k: int) -> Complement | None:
    """What only a plain verb of saying leaves no doubt about: "said no matter what he did, ..."."""
    bare = cue.word.takes.get("bare")
    return _clause(s, cue, k, bare) if bare is not None and bare.fields.get("loose") else None


def preposition(s: Sentence, cue: Cue, k: int) -> Complement | None:
    rule = cue.word.preps.get(s.view.L[k])
    adjunct = s.view.L[k] != "of" and adjunct_end(s.view, k, s.end) > k  # "warned of a hard winter"
    if rule is None or s.view.Q[k] or adjunct or is_counted(s.view, k) or k + 1 >= s.end:
        return None
    if cue.modal or not _is_spoken_of(s, cue, k + 1, rule):
        return None
    return _words_after(s, cue, k + 1, rule) or Complement(
        rule, (k + 1, content_end(s, cue, k + 1, s.end, thing=True)), k + 1
    )


def is_evidence(s: Sentence, cue: Cue) -> bool:
    """Is the subject a study, a poll, a record (or "that", "which" directly after one)?"""
    source = subject_of(s, cue)
    source = cue.antecedent or source
    if source is None:
        return False
    return any(s.view.L[k] in cue.word.subjects for k in range(*source))


def _is_spoken_of(s: Sentence, cue: Cue, k: int, rule: Rule) -> bool:
    """Is a noun phrase something that was spoken of? Not "expects a child", "can call for", "a group that supports"."""
    view = s.view
    if cue.modal or (rule.fields.get("infinitive") and not _is_forecast(view, k, s.end)):
        return False
    alone = k + 1 >= s.end or (view.W[k + 1] in (".", ",", ";") and k + 1 >= s.end)
    if alone and not rule.fields.get("one_word"):
        return False
    if rule.fields.get("names") and not _has_name_for(s, k):
        return False  # "a band called Harbour", "called a strike"
    if view.L[k] == "it" and adjunct_end(view, k + 1, s.end) >= s.end - 1:
        return False
    before = cue.first - 1
    restrictive = before > s.low and view.L[before] in words()["relative"] and view.W[before - 1] != ","
    return not (restrictive and cue.form == "finite")


def _has_name_for(s: Sentence, k: int) -> bool:
    """Is a thing given a name, or a quality: "called the law a mistake", "called it wrong", "called “a farce”"?"""
    view, grammar = s.view, s.view.grammar
    number = view.chunk_at[k]
    stop = grammar.phrase(number, apposition=False, relatives=False)[1] if number >= 0 else k
    following = view.chunk_at[stop] if stop < s.end else -1
    quoted = any(view.document.tokens.quoted[j] for j in range(k, min(s.end, k + 24)))
    return (
        quoted
        or view.L[k] in ("for", "on")
        or (following >= 0 and grammar.chunks[following].kind in ("NP", "ADJ", "QUOTE"))
    )


def _is_forecast(view: View, k: int, end: int) -> bool:
    """ "expects prices to fall", "expects revenue of $3 billion"."""
    for j in range(k, min(end, k + 12)):
        if view.roles[j] == "T" and j > k:
            return True
        if view.Q[j] or view.W[j] in (",", ";") or view.W[j] in DASHES or view.letters[j] in "zda":
            return False
        if view.W[j] in words()["unit_of_forecast"]:
            return True
    return False
