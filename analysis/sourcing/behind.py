"""Stage 2: templates with the cue behind its content or inside it: “...,” said Ann Reed; ..., Ann Reed said."""

from __future__ import annotations

from analysis.sourcing.adjuncts import adjunct_only, on_condition, skip_adjuncts
from analysis.sourcing.asides import as_aside
from analysis.sourcing.contents import clause_end, left_start, look_right, starts_verb
from analysis.sourcing.cues import BASE, PAST, THIRD, cue_table
from analysis.sourcing.draft import Range
from analysis.sourcing.groups import Group
from analysis.sourcing.sentence import Sentence
from analysis.sourcing.sources import left_source, right_source
from analysis.sourcing.subjects import subject_of
from analysis.sourcing.view import (
    AUXILIARY,
    CONJUNCTION,
    DASHES,
    DETERMINER,
    POSSESSIVE,
    RELATIVE,
    SUBJECT,
    View,
    words,
)

# What opens an adjunct, an aside or a clause of the writer behind the source.
_NEW_CLAUSE = frozenset(
    """who which whose in on at during after before when while as according citing with from and but
    a an the his her""".split()
)

_WHOLE = frozenset(("bare", "quote", "that"))  # complements that are whole clauses or quotations


def inverted(sentence: Sentence, group: Group, later) -> bool:
    """The order “...,” said Ann Reed."""
    view = sentence.view
    k = group.first
    n = group.last
    plural = BASE in group.cue.forms and n < sentence.end and view.L[n] in words()["determiner_subject"]
    if not (group.cue.invert and group.plain and (PAST in group.cue.forms or THIRD in group.cue.forms or plural)):
        return False
    if k <= sentence.low:
        return _said_first(sentence, group)
    before = k - 1
    if not (view.Q[before] or view.W[before] == "," or view.W[before] in DASHES) or group.last >= sentence.end:
        return False
    n = group.last
    quoted = bool(view.Q[before]) or (before > sentence.low and bool(view.Q[before - 1]))
    if view.Q[n] or not (
        view.W[n][0].isupper()
        or view.K[n] in (DETERMINER, SUBJECT, POSSESSIVE)
        or _bare_plural(view, n)
        or (quoted and view.K[n] == "" and view.W[n][0].isalpha() and not view.lower_adverb(n))
    ):
        return False
    if view.L[n] == "that" or view.K[n] == RELATIVE or (n + 1 >= sentence.end and view.L[n] in cue_table()):
        return False  # "..., emails show": a noun and its verb
    if (
        not view.Q[before]
        and not view.Q[before - 1]
        and left_source(view, k, sentence.floor)
        and _long_gap(view, before, sentence.low)
    ):
        return False
    if not quoted and _only_subject(sentence, k):
        return False
    start = sentence.left_of(k)
    least = 3 if view.L[start] == "what" else 4
    if not quoted and not (view.count_words(start, k) >= least and _holds_verb(view, start, k)):
        return False  # "Her aunt, Ann Reed, recalls a quiet child": a subject, no clause
    source = right_source(view, n, sentence.last)
    if source is None or (not quoted and not _clean_source(sentence, source)):
        return False
    if quoted and _is_clause(view, source):
        return False  # "Mr Reed, citing “the cold,” said the vote could be late"
    content: list[Range] = [(_quote_start(sentence, left_start(view, sentence.left_of(k), k), k), k)]
    rest = source[1]
    rest = _after_source(view, rest, sentence.end)
    comma = rest < sentence.last and view.W[rest] in (",", ":", ";", "—", "–", "--", ".")
    while rest < sentence.last and not view.Q[rest] and view.W[rest] in (",", ":", ";", "—", "–", "--", "."):
        rest += 1
    if rest < sentence.last and (view.Q[rest] or (comma and _continues(view, rest))):
        content.append((rest, clause_end(view, rest, sentence.last if view.Q[rest] else sentence.end, later)))
    elif quoted:
        more = _later_quotation(view, rest, sentence.last)
        if more:
            content.append((more, sentence.last))
    rule = group.cue.takes.get("quote") or group.cue.takes.get("bare")
    sentence.add(source, (group.first, group.last), content, "inverted", group, rule)
    sentence.floor = source[1]
    return True


def _is_clause(view: View, source: Range) -> bool:
    """Is there a verb in what would be the source, ahead of a comma or a relative pronoun?"""
    for k in range(source[0] + 1, source[1]):
        if view.W[k] in (",", "(") or view.K[k] == RELATIVE or view.Q[k]:
            return False
        if view.K[k] == AUXILIARY and view.W[k][0].islower() and view.L[k] != "'s":
            return True
    return False


def _only_subject(sentence: Sentence, k: int) -> bool:
    """ "Ann Reed, who was late, said walls of this kind last": what stands left of the cue is its subject."""
    view = sentence.view
    low = left_start(view, sentence.left_of(k), k)
    subject = left_source(view, k, low)
    if subject is None or subject[0] > low:
        return False
    return not any(view.W[j] == "," and not view.Q[j] and starts_verb(view, j + 1) for j in range(subject[0], k - 1))


def _holds_verb(view: View, a: int, b: int) -> bool:
    """Is there a verb in a:b, so that it can be a statement?"""
    finite = words()["finite"]
    return any(
        (view.K[k] == AUXILIARY and view.L[k] != "'s")
        or (view.L[k] == "'s" and view.K[k - 1] == SUBJECT)
        or (view.W[k][0].islower() and (view.L[k].endswith(("ed", "s")) or view.L[k] in finite))
        for k in range(a, b)
    )


def _long_gap(view: View, before: int, low: int) -> bool:
    """ "“...,” a man, who was late, said the vote ...": the comma closes an aside of a subject on the left."""
    return any(view.Q[j] for j in range(max(low, before - 30), before))


def _bare_plural(view: View, n: int) -> bool:
    return (
        view.W[n][0].isalpha()
        and view.K[n] == ""
        and (view.L[n].endswith("s") or (n + 1 < view.n and view.W[n + 1][0].isupper()))
    )


def _after_source(view: View, k: int, end: int) -> int:
    j = k
    if j < end and view.W[j] == "," and not view.Q[j]:
        j2 = skip_adjuncts(view, j + 1, end)
        if j2 > j + 1:
            return j2
    return skip_adjuncts(view, j, end) if j < end else j


def _continues(view: View, k: int) -> bool:
    """Does the content go on at k, after the source: "..., said Ann Reed, because it was late"?"""
    low = view.L[k]
    return view.W[k][0].islower() and not low.endswith("ing") and low not in _NEW_CLAUSE


def _clean_source(sentence: Sentence, source: Range) -> bool:
    """Is what follows an inverted cue without quotation a noun phrase up to a break, and not a clause?"""
    view = sentence.view
    a, b = source
    comma = next((k for k in range(a, b) if view.W[k] == "," or view.L[k] == "who"), b)
    if comma < b and comma - a <= 8 and all(view.W[k][0].isupper() or view.W[k] in (".", "-") for k in range(a, comma)):
        return True
    lower = sum(1 for k in range(a, comma) if view.W[k][0].islower())
    if any(view.K[k] in (AUXILIARY, SUBJECT) and view.L[k] != "'s" for k in range(a + 1, comma)) or lower > 8:
        return False
    return b >= sentence.end or view.W[b] in (",", ".", ";", "—") or view.Q[b] or adjunct_only(view, b, sentence.end)


def _said_first(sentence: Sentence, group: Group) -> bool:
    """Said Ann Reed: “...”"""
    view = sentence.view
    n = group.last
    if n >= sentence.end or view.Q[n] or not (view.W[n][0].isupper() or view.K[n] in (DETERMINER, SUBJECT, POSSESSIVE)):
        return False
    source = right_source(view, n, sentence.end)
    if source is None or source[1] >= sentence.end:
        return False
    k = source[1]
    while k < sentence.end and not view.Q[k] and view.W[k] not in (":", ","):
        k += 1
    if k >= sentence.end or not (view.Q[k] or view.W[k] == ":" or view.Q[k + 1]):
        return False
    sentence.add(
        source,
        (group.first, group.last),
        [(k, sentence.last)],
        "said-first",
        group,
        group.cue.takes.get("quote") or group.cue.takes.get("bare"),
    )
    sentence.floor = sentence.last
    return True


def left_content(sentence: Sentence, group: Group, later) -> bool:
    """The order “...,” Ann Reed said; and the vote, Ann Reed said, was late."""
    view = sentence.view
    if group.infinitive or _WHOLE.isdisjoint(group.cue.takes):
        return False
    source = subject_of(sentence, group)
    if source is None or source[0] >= group.first:
        return False
    if view.L[group.first - 1] in ("and", "but", "or") and not adjunct_only(view, group.last, sentence.end):
        return False  # "..., but said it was late": the words left of the subject are another verb's
    source = _from_quotation(sentence, source)
    s0 = source[0]
    if s0 - 1 <= sentence.low or view.K[s0] == RELATIVE:
        return False
    before = s0 - 1
    if view.L[before] == "as" and before > sentence.low and (view.W[before - 1] == "," or view.W[before - 1] in DASHES):
        return as_aside(sentence, group, source, before, later)
    if not (view.W[before] == "," or view.Q[before] or view.W[before] in DASHES):
        return False
    quoted = bool(view.Q[before] or (before > sentence.low and view.Q[before - 1]))
    start = left_start(view, sentence.left_of(s0), s0)
    if quoted:
        start = _quote_start(sentence, start, s0, overrun=sentence.floor > s0)
    words_left = view.count_words(start, s0)
    if not words_left:
        return _after_conjunction(sentence, group, source, later)
    first = view.L[start]
    right = look_right(view, group, sentence.end)
    k = right.cue_end if right.mark.startswith("prep") else group.last
    if right.channel:
        k = right.channel[1]
    k = skip_adjuncts(view, k, sentence.end)
    condition = view.W[k] == "," and on_condition(view, k + 1)
    at_end = k >= sentence.end or condition or adjunct_only(view, k, sentence.end)
    at_end = at_end or _participle_follows(view, k, later)
    paren = k < sentence.end and (view.W[k] in (",", ";") or view.W[k] in DASHES) and not view.Q[k]
    front = first in words()["front"] and not view.Q[start]
    kind = None
    if quoted and (view.Q[start] or at_end or (paren and not front) or (k < sentence.end and view.Q[k] and not front)):
        kind = "quote"
    elif not _may_follow(view, group):
        return False
    elif at_end and (first != "as" or _as_role(view, start, s0)) and not (front and not _has_verb(view, start, before)):
        kind = "clause"
    elif paren and first != "as" and k == (right.channel[1] if right.channel else group.last) and right.mark != "quote":
        kind = "parenthesis"
    if kind is None:
        return False
    content: list[Range] = [(start, s0)]
    rest = k
    comma = rest < sentence.last and view.W[rest] in (",", ":", ";", "—", "–", "--") and not view.Q[rest]
    while rest < sentence.last and not view.Q[rest] and view.W[rest] in (",", ":", ";", "—", "–", "--", "."):
        rest += 1
    if rest < sentence.last and not (at_end and not view.Q[rest]):
        if k > group.last and _is_title(view, rest):
            pass  # "she wrote in a memoir, “Crust”"
        elif view.Q[rest]:
            content.append((rest, sentence.last))
        elif comma and ((kind == "parenthesis" and not view.L[rest].endswith("ing")) or _continues(view, rest)):
            content.append((rest, clause_end(view, rest, sentence.end, later)))
    if quoted and len(content) == 1:
        more = _later_quotation(view, max(rest, group.last), sentence.last)
        if more:
            content.append((more, sentence.last))
    rule = group.cue.takes.get("quote") or group.cue.takes.get("bare") or group.cue.takes["that"]
    sentence.add(source, (group.first, group.last), content, "postposed-" + kind, group, rule, right.channel)
    sentence.floor = content[-1][1] if len(content) > 1 else max(k, group.last)
    return True


def _as_role(view: View, a: int, b: int) -> bool:
    """ "As a woman, ...": a role in front of the clause, and no clause of its own."""
    comma = next((k for k in range(a, min(b, a + 8)) if view.W[k] == ","), a)
    return view.K[a + 1] == DETERMINER and comma > a and comma < b - 3 and not _holds_verb(view, a + 2, comma)


def _is_title(view: View, k: int) -> bool:
    """Is the quotation at k the name of a book or a show: a few words, all with a capital?"""
    if k not in view.quote_at:
        return False
    inside = [j for j in range(k, view.quotes[view.quote_at[k]][1]) if view.W[j][0].isalnum()]
    return 0 < len(inside) <= 6 and all(view.W[j][0].isupper() or view.K[j] for j in inside)


def _participle_follows(view: View, k: int, later) -> bool:
    """Does another report of the same source follow: "Reuters reported on Monday, citing two officials"?"""
    return view.W[k] == "," and bool(later) and later[0].first == k + 1 and later[0].ing and later[0].plain


def _quote_start(sentence: Sentence, start: int, high: int, *, overrun: bool = False) -> int:
    """The start of the content left of a source: the quotation itself where a sentence or a colon ends before it."""
    view = sentence.view
    q = high - 1
    while q > start and not view.Q[q]:
        q -= 1
    while q > start and view.Q[q] and q not in view.quote_at:
        q -= 1
    if q > start and q in view.quote_at and (overrun or view.W[q - 1] in (".", "?", "!", ":", "—")):
        return q
    return start


def _from_quotation(sentence: Sentence, source: Range) -> Range:
    """ "“...,” another friend, Ann Reed, said": the source starts where the quotation ends."""
    view = sentence.view
    k = source[0] - 1
    if k <= sentence.low or view.Q[k] or view.W[k] not in (",", "and"):
        return source
    while k > max(sentence.low, source[0] - 16) and not view.Q[k]:
        if (
            (view.K[k] in (AUXILIARY, SUBJECT, CONJUNCTION) and view.L[k] not in ("'s", "and"))
            or view.L[k] in words()["finite"]
            or view.W[k] in (";", ":")
            or (view.W[k][0].islower() and view.L[k] in cue_table() and view.L[k] not in words()["noun_like"])
        ):
            return source
        k -= 1
    if not view.Q[k] or view.W[k - 1] not in (",", ".", "?", "!", "-") or view.W[k][0].isalnum():
        return source
    a = k + 1
    while a < source[0] and not view.W[a][0].isalnum():
        a += 1
    if a >= source[0] or view.K[a] not in (DETERMINER, POSSESSIVE, "") or view.L[a].endswith("ing"):
        return source
    return a, source[1]


def _after_conjunction(sentence: Sentence, group: Group, source: Range, later) -> bool:
    """The content goes on behind a lone conjunction: "But, she said, it was late"."""
    view, k = sentence.view, group.last
    if (
        view.W[source[0] - 1] != ","
        or k + 2 >= sentence.end
        or view.W[k] != ","
        or view.Q[k]
        or "bare" not in group.cue.takes
    ):
        return False
    sentence.add(
        source,
        (group.first, k),
        [(k + 1, clause_end(view, k + 1, sentence.last, later))],
        "postposed-parenthesis",
        group,
        group.cue.takes["bare"],
    )
    sentence.floor = sentence.end
    return True


def _may_follow(view: View, group: Group) -> bool:
    """May the cue stand behind or inside its content without quotation marks ("..., records show")?"""
    takes = group.cue.takes
    return (
        ("bare" in takes or "that" in takes)
        and group.cue.lemma != "ask"
        and (
            group.cue.invert
            or group.cue.recipient
            or group.cue.lemma in words()["aside"]
            or "CUE.FIND" in {r.id for r in takes.values()}
        )
    )


def _later_quotation(view: View, k: int, last: int) -> int | None:
    """The start of a quotation of a few words after k that follows the end of a clause."""
    for j in range(k, last):
        if j in view.quote_at and view.quotes[view.quote_at[j]][1] - j > 5:
            before = j - 2 if view.Q[j - 1] and not view.W[j - 1][0].isalnum() else j - 1
            return j if view.W[before][-1] in ".:,?!" else None
    return None


def _has_verb(view: View, a: int, b: int) -> bool:
    return any(view.K[k] == AUXILIARY or view.L[k].endswith("ed") for k in range(a, b)) and any(
        view.W[k] == "," for k in range(a, b)
    )
