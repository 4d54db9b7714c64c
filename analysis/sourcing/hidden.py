"""Stage 2: templates whose source is not named, or is named only as what a report rests on."""

from __future__ import annotations

from analysis.sourcing.adjuncts import DAY_NOUNS, skip_adjuncts
from analysis.sourcing.ahead import opens_clause
from analysis.sourcing.contents import clause_end, left_start, look_right
from analysis.sourcing.cues import cue_table
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.groups import Group
from analysis.sourcing.sentence import Sentence, any_rule
from analysis.sourcing.sources import MONTHS, is_adjunct, left_source
from analysis.sourcing.view import (
    AUXILIARY,
    DASHES,
    DETERMINER,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    SUBJECT,
    TIME,
    View,
    words,
)

# Verbs whose passive is no report: "was written by men".
_NOT_REPORTED = frozenset("write add continue maintain confirm encourage".split())
# Participles that need a clause: "it is claimed that", "is claimed to be", and not "was claimed as".
_SAID_OF = frozenset("claimed argued hoped acknowledged".split())
# What ends the phrase behind "by".
_AFTER_AGENT = frozenset("that for as who to in on after at when with and while because during".split())


def passive(sentence: Sentence, group: Group, later) -> bool:
    """The order the treaty is expected to ...; the plan was criticised by the council."""
    view = sentence.view
    if not group.passive:
        return False
    if view.L[group.first] == "being" and view.L[group.first - 1] in cue_table():
        return True  # "recalled being told by a colleague"
    k, end = group.last, sentence.end
    subject = left_source(view, group.first, sentence.low)
    for j in range(k, min(end, k + 2)):
        if view.L[j] == "by" and j + 1 < end:
            source = agent(view, j + 1, end)
            if source and subject and any_rule(group):
                content = [subject]
                if _pronoun(view, subject) or group.cue.lemma in _NOT_REPORTED:
                    return True
                rest = source[1]
                if rest < end and view.L[rest] in ("for", "of", "as", "to", "why", "whether", "about", "that"):
                    content.append((rest, clause_end(view, rest, end, later)))  # "accused by the firm of theft"
                sentence.add(source, (group.first, group.last), content, "passive-by", group, any_rule(group))
            return True
    verb = view.L[group.verb]
    if verb in _SAID_OF and not (view.L[k] == "that" or (view.L[k] == "to" and view.W[k + 1][0].islower())):
        return True
    if verb in ("told", "asked", "informed", "reminded"):
        right = look_right(view, group, end)
        if verb == "asked" and right.start < end and right.mark not in ("none", "pp") and view.L[right.start] != "by":
            stop = clause_end(view, right.start, end, later)
            if view.W[min(stop, end - 1)] != ",":
                comma = next((j for j in range(right.start, stop) if view.W[j] == "," and not view.Q[j]), stop)
                stop = comma
            sentence.add(None, (group.first, right.cue_end), [(right.start, stop)], "passive", group, any_rule(group))
        return True
    if verb not in words()["passive"] or k >= end:
        return True
    starts_name = view.K[k] in (DETERMINER, SUBJECT, POSSESSIVE) or view.W[k][0].isupper()
    bare = view.L[group.first - 1] == "it" and starts_name
    if (
        view.L[k] in ("to", "as", "that")
        or (verb in ("considered", "deemed", "thought", "believed") and view.K[k] != PREPOSITION)
        or (bare and opens_clause(view, k, end))  # "it is understood the minister will go"
    ):
        stop = clause_end(view, k, end, later, aside=bool(subject) and view.L[subject[0]] == "whose")
        content = [(k, stop)]
        if (subject and _pronoun(view, subject)) or view.L[group.first - 1] == "what":
            return True
        if subject and view.L[subject[0]] not in ("it", "there"):
            content.insert(0, subject)
        rule = any_rule(group)
        sentence.add(None, (group.first, k), content, "passive", group, rule)
    return True


def agent(view: View, a: int, end: int) -> Range | None:
    """The phrase behind "by": who did it."""
    b = a
    if view.K[a] == TIME or view.L[a] in _DATES or _names_time(view, a, end):
        return None  # "if no plan is agreed by April": when, and not who
    while b < end and not view.Q[b] and view.W[b] not in (",", ";", ":", "(") and view.W[b] not in DASHES:
        if b > a and (view.L[b] in _AFTER_AGENT or view.K[b] == AUXILIARY):
            break
        if view.L[b] == "of" and view.L[b + 1].endswith("ing"):
            break
        b += 1
    return (a, b) if b > a and not view.L[a].endswith("ing") else None


def _pronoun(view: View, subject: Range) -> bool:
    """Is a subject a relative pronoun alone: "who", and not "whose plan"?"""
    return view.K[subject[0]] == RELATIVE and subject[1] - subject[0] == 1


def _names_time(view: View, a: int, end: int) -> bool:
    """ "by 2050", "by 5 May", "by next week", "by the end of the year", "by the summer"."""
    if view.W[a].isdigit():
        return len(view.W[a]) == 4 or view.L[a + 1] in _DATES or view.L[a + 1] in ("p.m.", "a.m.", "pm", "am", ":")
    k = a + 1 if view.K[a] == DETERMINER or view.L[a] in ("next", "last", "early", "late", "mid") else a
    return k < end and (view.L[k] in DAY_NOUNS or view.L[k] in ("end", "start", "time", "deadline"))


_DATES = MONTHS - {"march", "may"}  # which are verbs as often


def first_reported(sentence: Sentence, group: Group, later) -> bool:
    """The order the plan, first reported by the Gazette, ...; the plan was first reported by the Gazette."""
    own = group.cue.takes.get("first")
    view, k, n = sentence.view, group.first, group.last
    if own is None or "first" not in view.L[max(k - 1, sentence.low) : group.verb] or view.L[n] != "by":
        return False
    source = agent(view, n + 1, sentence.end)
    start = k - 1 if view.L[k - 1] == "first" else k
    thing = left_source(view, start - 1 if view.W[start - 1] == "," else start, sentence.low)
    if source is None or thing is None:
        return False
    sentence.add(source, (start, n), [thing], "first", group, own)
    sentence.subject = None
    return True


def hearing(sentence: Sentence, group: Group, later) -> bool:
    """The order the court heard that ...; the inquest was told ...: who said it there is not named."""
    own = group.cue.takes.get("hearing")
    if own is None or group.ing or group.infinitive or (group.cue.recipient and not group.passive):
        return False
    view = sentence.view
    place = left_source(view, group.first, sentence.low)
    if place is None or not any(view.L[k] in group.cue.subjects for k in range(*place)):
        return False
    k = skip_adjuncts(view, group.last, sentence.end)
    before = place[0] - 1
    if k >= sentence.end and before > sentence.low and view.W[before] == ",":  # "..., the court heard."
        content = (left_start(view, sentence.left_of(before), before), before)
        draft = sentence.add(None, (group.first, group.last), [content], "postposed-hearing", group, own)
        draft.edge = place[0]  # "..., a court heard": the place is no part of what was said
        return True
    if k >= sentence.end or view.Q[k]:
        return False
    bare = view.K[k] in (DETERMINER, SUBJECT, POSSESSIVE) or view.W[k][0].isupper() or view.L[k].endswith("s")
    if view.L[k] not in ("that", "how", "why") and not (bare and opens_clause(view, k, sentence.end)):
        return False
    content = (k, clause_end(view, k, sentence.end, later))
    sentence.add(None, (group.first, group.last), [content], "hearing", group, own)
    return True


def seem(sentence: Sentence, group: Group, later) -> bool:
    """The mayor seemed to be late."""
    if "seem" not in group.cue.takes:
        return False
    view, k, end = sentence.view, group.last, sentence.end
    if group.ing or group.infinitive or k >= end or (view.Q[k] and view.W[k] == ""):
        return True
    if view.W[k] == "," and k + 1 < end and "though" in view.L[k + 1 : k + 2]:
        k += 3
    adjective = "appear" not in group.cue.lemma and view.K[k] in ("", "V", DETERMINER) and view.W[k][0].islower()
    if k >= end or not (
        view.L[k] in ("to", "that", "like", "as") or adjective or view.L[group.first - 1 : group.first] == ["it"]
    ):
        return True
    subject = left_source(view, group.first, sentence.low)
    if (subject and _pronoun(view, subject)) or view.L[group.first - 1] == "what":
        return True
    content = [(k, clause_end(view, k, end, later, noun=view.L[k] != "that"))]
    if subject and view.L[subject[0]] not in ("it", "there"):
        content.insert(0, subject)
    elif subject is None:
        return True
    sentence.add(
        None, (group.first, k if k == group.last else group.last), content, "seem", group, group.cue.takes["seem"]
    )
    return True


def asked(sentence: Sentence, group: Group, later) -> bool:
    """Asked about the vote, she said ...; when asked whether ..."""
    view = sentence.view
    if view.L[group.verb] != "asked" or not (
        group.plain or (view.L[group.first] == "being" and group.first == group.verb - 1)
    ):
        return False
    k = group.first
    opens = (
        k == sentence.low
        or not any(view.W[j][0].isalnum() for j in range(sentence.low, k))  # a bullet
        or not group.plain
        or view.L[k - 1] in ("when", "if")
        or (view.W[k - 1] in (",", "—") and view.W[k][0].islower() and _passive_aside(view, k))
    )
    if not opens:
        return False
    right = look_right(view, group, sentence.end)
    start = right.start
    if start >= sentence.end:
        return True
    if view.L[group.last] == "by":
        return _asked_by(sentence, group)
    if any(view.W[j] == "," for j in range(group.last, start)):
        start = group.last  # "Asked about that Thursday, she said": the day is no adjunct before the content
    stop = clause_end(view, start, sentence.end, [], front=True)
    stop = next((j for j in range(start, stop) if view.W[j] == "," and not view.Q[j]), stop)
    sentence.add(None, (k, min(right.cue_end, start)), [(start, stop)], "asked", group, group.cue.takes["wh"])
    sentence.floor = stop
    return True


def _asked_by(sentence: Sentence, group: Group) -> bool:
    """Asked by the coroner, Jean Hall, whether it was late, he said no: a question whose owner is named."""
    view, a = sentence.view, group.last + 1
    k = next((k for k in range(a, min(sentence.end, a + 16)) if view.L[k] in _ASKS or view.Q[k]), None)
    if k is None or view.Q[k] or k == a:
        return True
    stop = next((j for j in range(k, sentence.end) if view.W[j] == "," and not view.Q[j]), sentence.end)
    who = view.trim(a, next((j for j in range(a + 1, k) if view.K[j] == TIME or is_adjunct(view, j)), k))
    sentence.add(who, (group.first, group.last), [(k, stop)], "asked", group, group.cue.takes["wh"])
    sentence.subject, sentence.floor = None, stop
    return True


_ASKS = frozenset("whether if why how what who when where about".split())


def _passive_aside(view: View, k: int) -> bool:
    return k + 1 < view.n and view.L[k + 1] in ("about", "whether", "if", "why", "how", "by")


def basis(sentence: Sentence, group: Group, later) -> bool:
    """..., reported Reuters, citing a decree: what the report before it rests on."""
    if "basis" not in group.cue.takes or not group.ing or not group.plain:
        return False
    view, k, n = sentence.view, group.first, group.last
    if k - 1 <= sentence.low or view.W[k - 1] != "," or n >= sentence.end or view.Q[n]:
        return False
    stop = _basis_end(sentence, n)
    if stop == n:
        return False
    if view.W[stop] == "," and later and later[0].first == stop + 1 and not later[0].ing and not later[0].infinitive:
        sentence.waiting.append((group, stop))
        return True
    outer = next(
        (d for d in reversed(sentence.drafts) if d.source and not d.basis_of and _before(d, k)),
        None,
    )
    if outer is None or view.K[outer.source[0][0]] == RELATIVE:
        return False
    reach = max(b for _, b in outer.source + outer.cue + outer.content if b <= k)
    if reach < k - 1 and skip_adjuncts(view, reach, k + 1) < k - 1:
        return False
    _rest_on(sentence, group, outer, stop)
    sentence.floor = max(stop, sentence.floor)
    return True


def _rest_on(sentence: Sentence, group: Group, outer: Draft, stop: int) -> None:
    """Add the attribution that says what `outer` rests on: the words between the cue and `stop`."""
    span = (group.last, stop)
    draft = sentence.add(span, (group.first, group.last), list(outer.content), "basis", group, group.cue.takes["basis"])
    draft.basis_of = outer


def early_basis(sentence: Sentence) -> None:
    """Reuters, citing a decree, reported that ...: the bases named ahead of the report that rests on them."""
    for group, stop in sentence.waiting:
        outer = next((d for d in sentence.drafts if d.source and d.cue[0][0] == stop + 1 and not d.basis_of), None)
        if outer is not None:
            subject = sentence.subject
            _rest_on(sentence, group, outer, stop)
            sentence.subject = subject


def _basis_end(sentence: Sentence, n: int) -> int:
    """Where the phrase that opens at n ends: what is cited."""
    view = sentence.view
    while (
        n < sentence.end
        and not view.Q[n]
        and view.W[n] not in (",", ";", ":", "—", "–", "--", "(")
        and view.L[n] != "that"
    ):
        n += 1
    return n


def _before(draft: Draft, k: int) -> bool:
    """Does a report stand before k, or around an aside that starts there: "Reuters reported, citing X, that ..."?"""
    if max(b for _, b in draft.source + draft.cue) > k:
        return False
    return all(b <= k or (a > k and draft.template == "right-that") for a, b in draft.content)
