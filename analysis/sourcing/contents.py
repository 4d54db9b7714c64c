"""Where a content ends right of its cue, and where one begins left of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from analysis.sourcing.adjuncts import adjunct_end, adjunct_only, names_medium
from analysis.sourcing.candidates import Cue
from analysis.sourcing.content_ends import CLAUSE, THING
from analysis.sourcing.sentence import Sentence
from analysis.sourcing.subjects import source_behind
from analysis.sourcing.view import DASHES, View, words

_DEEPEST = 12  # clauses inside one another that are looked through


def content_end(sentence: Sentence, cue: Cue, start: int, end: int, *, thing: bool) -> int:
    """Where a content that starts at `start` stops: at the end of the sentence, unless something ends it before."""
    view = sentence.view
    whole = _whole_quotation(view, start, end)
    if whole is not None:
        return whole
    stop = min(end, _outer_clause(sentence, cue, start, end))
    stop = min(stop, _other_cue(sentence, cue, start, stop, thing=thing))
    stop = min(
        stop,
        _closing_dash(sentence, cue, start, stop),
        _mark(sentence, start, stop, thing=thing),
        _next_clause(view, cue, start, stop, thing=thing),
    )
    if cue.form == "participle" or cue.antecedent is not None:
        stop = min(stop, _verb_behind_comma(view, start, stop))
    places = view.content_ends[THING if thing else CLAUSE]
    first = bisect_right(places, start)
    if first < len(places):
        stop = min(stop, places[first])
    return _thing_end(sentence, start, stop) if thing else stop


def _next_clause(view: View, cue: Cue, start: int, stop: int, *, thing: bool) -> int:
    """Where a clause begins that goes on with the cue's: "blamed the weather | but later admitted to a mistake".

    After a content that is a clause, only one that goes on with the clause around: ", saying it was late, | and left".
    """
    grammar = view.grammar
    number = grammar.clause_of(cue.chunk)
    if number is None:
        return stop
    clause = grammar.clauses[number]
    around = {number, clause.parent} if thing else {clause.parent} if clause.kind == "participle" else set()
    segment = grammar.segment_of(cue.chunk)
    for clause in grammar.clauses[max(number, segment.first_clause) + 1 : segment.last_clause]:
        if clause.first >= stop:
            break
        if clause.kind != "coordinate" or clause.parent not in around or clause.first <= start or view.Q[clause.first]:
            continue
        if _is_infinitive(view, cue, clause.verb):
            continue  # "accused him of refusing to listen or engage"
        if thing or clause.subject is None:
            return clause.first - 1 if view.W[clause.first - 1] == "," else clause.first
    return stop


def _is_infinitive(view: View, cue: Cue, verb: int | None) -> bool:
    """Is it a base form, so that it can't go on with a cue in the past: "and engage" after "accused"?"""
    base = verb is not None and view.letters[view.grammar.chunks[verb].first] == "b"
    return base and cue.form == "finite" and view.letters[cue.first] in "dz"


def _whole_quotation(view: View, start: int, end: int) -> int | None:
    """The end of a quotation that is a content by itself: what follows it is the writer's."""
    number = view.quote_at.get(start)
    if number is None:
        return None
    close = view.quotes[number][1]
    if close >= end:
        return None
    stopped = close - start > 3 and view.W[close - 2] in (",", ".", "?", "!") and not view.W[close - 1][0].isalnum()
    when = view.L[close] in words()["when_clause"] and not view.Q[close + 1]  # and not: “it is soft” because “...”
    if stopped or view.is_dash(close) or when:
        return close
    return None


def _closing_dash(sentence: Sentence, cue: Cue, start: int, stop: int) -> int:
    """The dash that ends an aside with the cue in it: "two — Reed, who says it is late, and Cole | — left"."""
    view = sentence.view

    def dashes(a: int, b: int) -> list[int]:
        return [k for dash in DASHES for k in view.places(dash, a, b) if not view.Q[k] and view.is_dash(k)]

    inside = len(dashes(sentence.low, cue.first)) % 2 == 1
    return min(dashes(start, stop), default=stop) if inside else stop


def _mark(sentence: Sentence, start: int, stop: int, *, thing: bool) -> int:
    """A semicolon, or a colon before a quotation, outside quotations; not where a clause is borne out by words of the
    same source up to the end: "said it was like a film: “...”"."""
    view = sentence.view
    stop = next((k for k in view.places(";", start + 1, stop) if not view.Q[k]), stop)
    colons = [k for k in view.places(":", start + 1, stop) if not view.Q[k]]
    other = _last_quoting(sentence) if thing and colons else -1  # "noted the risks: | Ms Reed remarked, “...”"
    colon = next((k for k in colons if view.Q[k + 1] or k < other), stop)
    if thing or colon + 1 not in view.quote_at:
        return colon
    closes = view.quotes[view.quote_at[colon + 1]][1] >= sentence.end
    return stop if closes else colon


def _last_quoting(sentence: Sentence) -> int:
    """Where the last cue with a quotation right behind it begins; -1 for none."""
    view = sentence.view
    for cue in reversed(sentence.cues):
        k = cue.last
        if k + 1 < sentence.last and (view.Q[k] or (view.W[k] == "," and view.Q[k + 1])):
            return cue.first
    return -1


def _verb_behind_comma(view: View, start: int, stop: int) -> int:
    """An aside ends at the verb of the clause around it: "a report, showing it is late, | was read out"."""
    commas = view.places(",", start + 1, stop - 1)
    return next((k for k in commas if not view.Q[k] and _opens_finite(view, k + 1)), stop)


def _opens_finite(view: View, k: int) -> bool:
    """Does a finite verb group begin at k?"""
    return view.in_finite_verb(k) and view.grammar.chunks[view.chunk_at[k]].first == k


def _outer_clause(sentence: Sentence, cue: Cue, start: int, end: int) -> int:
    """Where the clause around the cue's goes on: "Voters who say it was late | stayed", "While he denied it, | she"."""
    view, grammar = sentence.view, sentence.view.grammar
    number = grammar.clause_of(cue.chunk)
    if number is None:
        return end
    stop = end
    for _ in range(_DEEPEST):
        clause = grammar.clauses[number]
        above = clause.parent
        if clause.kind == "main" or above is None:
            return stop
        if clause.kind in ("relative", "adverbial", "participle") and start < clause.last < stop:
            verb = grammar.clauses[above].verb
            goes_on = verb is not None and grammar.chunks[verb].first >= clause.last
            if goes_on or (clause.kind == "adverbial" and view.W[clause.last] == ","):
                stop = clause.last
        number = above
    return stop


def _other_cue(sentence: Sentence, cue: Cue, start: int, stop: int, *, thing: bool) -> int:
    """Where another report begins that is not part of what this one says."""
    for other in later_cues(sentence.cues, cue):
        k = other.first
        if k <= start or k >= stop:
            continue
        at = _new_report(sentence, cue, other, start, thing=thing)
        if at is not None and at > start:
            return at
    return stop


def later_cues(cues: Sequence[Cue], cue: Cue) -> Sequence[Cue]:
    at = cues.index(cue)
    return cues[at + 1 : at + 8]


def _new_report(sentence: Sentence, cue: Cue, other: Cue, start: int, *, thing: bool) -> int | None:
    """Where the report of another cue begins, if it is coordinate with this content: at its comma or conjunction."""
    view, k = sentence.view, other.first
    if other.form == "participle":
        return _participle_report(view, cue, other, start)
    before = view.L[k - 1]
    if (
        before in words()["joins_clauses"]
        and other.form != "infinitive"
        and k - 1 > start
        and _resumes(view, cue, other, thing=thing)
    ):
        return k - 2 if view.W[k - 2] == "," else k - 1
    if other.form != "finite" or not other.word.takes:
        return None
    if _closes_sentence(sentence, other):
        return k - 1
    return _with_own_subject(sentence, other, start)


def _closes_sentence(sentence: Sentence, other: Cue) -> bool:
    """ "..., reported Reuters.": an inverted report at the end takes in all that comes before it."""
    view = sentence.view
    if not (other.word.invert and other.plain and view.W[other.first - 1] == "," and view.letters[other.last] in "pt"):
        return False
    source = source_behind(view, other.last, sentence.end)
    return source is not None and adjunct_only(view, source[1], sentence.end)


def _participle_report(view: View, cue: Cue, other: Cue, start: int) -> int | None:
    k = other.first
    if cue.form == "participle" and view.L[k - 1] == "and" and view.L[other.last] == "that" and k - 1 > start:
        return k - 1  # "warning that it may fail | and implying that it will"
    if not (other.word.invert or "noun" in other.word.takes):
        return None
    if view.W[k - 1] == "," or view.is_dash(k - 1):
        return k - 1
    if view.L[k - 1] in words()["time"] and view.W[k - 2] == "," and k - 2 > start:
        return k - 2  # ", recently telling"
    if view.Q[k - 1] and view.W[k - 2] == "," and not view.W[k - 1][0].isalnum():
        return k  # "... “too late,” adding that"
    if view.L[k - 1] in words()["joins_clauses"] and view.W[k - 2] == "," and k - 2 > start:
        return k - 2
    return None


def _with_own_subject(sentence: Sentence, other: Cue, start: int) -> int | None:
    """ ", while the league condemned", "and the navy said": another source, joined to this report."""
    view, grammar = sentence.view, sentence.view.grammar
    number = grammar.clause_of(other.chunk)
    if number is None:
        return None
    clause = grammar.clauses[number]
    if clause.subject is None:
        return None
    first = grammar.chunks[clause.subject].first
    opener = first - 1
    if opener > start and view.is_dash(opener) and view.L[other.last] == "that" and not view.Q[opener]:
        return opener  # "said she was sad — the actress also pointed out that"
    if opener <= start or view.Q[opener] or view.L[opener] not in words()["joins_report"]:
        return None
    comma = view.W[opener - 1] == ","
    if not comma and not (view.L[opener] == "and" and other.word.invert):
        return None
    return opener - 1 if comma else opener


def _resumes(view: View, cue: Cue, other: Cue, *, thing: bool) -> bool:
    """ "said it was late and called for a vote": a second finite cue that shares the subject, not the content's."""
    if not other.plain:
        return thing or (view.L[other.first - 1] == "but" and view.L[other.first] in words()["auxiliary_of_contrast"])
    forms = other.word.forms
    if other.word.invert and "base" in forms and cue.plain and "base" in cue.word.forms:
        return True  # "fear that it was late and warn that it will rain"
    if not thing and not other.word.invert and "noun" not in other.word.takes:
        return False  # "said it was late and thought it cold"
    if not thing and other.word.lemma in words()["of_finding"]:
        return False  # "said they reached the hut and found a boy"
    return "past" in forms or "third" in forms or (thing and "base" in forms and other.word.invert)


def _thing_end(sentence: Sentence, start: int, stop: int) -> int:
    """A thing ends at the last dash, after a quotation with a comma, and before what tells how or when it was said."""
    view = sentence.view
    for k in range(start + 1, stop):
        if view.Q[k]:
            if _closes_term(view, k, stop):
                return k + 1
        elif view.is_dash(k) and not any(view.is_dash(j) for j in range(k + 1, stop)):
            return k
        if k > start + 1 and _tells_medium(view, k, stop) and not _infinitive_behind(view, k, stop):
            return k
        if k > start + 1 and _tells_day(view, k, stop):
            return k - 1 if view.L[k - 1] == "on" else k
    return stop


def _infinitive_behind(view: View, k: int, stop: int) -> bool:
    """Does what is asked for come after the medium at k: "urged senators | in a post on X | to act"?"""
    behind = adjunct_end(view, k, stop)
    return any(view.roles[j] == "T" for j in range(behind, min(stop - 1, behind + 4)) if not view.Q[j])


def _closes_term(view: View, k: int, stop: int) -> bool:
    """Does a quotation inside a thing end at k with a comma: "called it “unwise,” and left"?"""
    return not view.Q[k + 1] and view.W[k - 1] == "," and k + 1 < stop and not view.W[k][0].isalnum()


def _tells_medium(view: View, k: int, stop: int) -> bool:
    """Does it say at k how something was said: "in a statement", "through a spokesman"?"""
    return view.letters[k] == "i" and adjunct_end(view, k, stop) > k and _is_medium(view, k)


def _tells_day(view: View, k: int, stop: int) -> bool:
    """Does a day at k say when it was said: "praised the plan on Friday"? Not "until Friday", "on Friday in Leeds"."""
    number = view.chunk_at[k]
    if number < 0 or view.L[k] not in words()["day"] or view.L[k - 1] in words()["until"]:
        return False
    kind, first, after, _ = view.grammar.chunks[number]
    if kind != "TIME" or first != k or (k + 1 < stop and view.Q[after]):
        return False
    return after >= stop or view.letters[after] != "i"


def _is_medium(view: View, k: int) -> bool:
    """ "in a statement", "through a spokesman": how it was said."""
    number = view.chunk_at[k] + 1
    return names_medium(view, number) and view.letters[view.grammar.chunks[number].first] in "to"


def left_start(view: View, low: int, high: int) -> int:
    """Where a content left of the cue starts: after "But" and the like."""
    k = low
    while (
        k < high
        and not view.Q[k]
        and (view.L[k] in words()["lead_in"] or (not view.W[k][0].isalnum() and view.W[k] not in ("$", "@", "#")))
    ):
        k += 1
    return k
