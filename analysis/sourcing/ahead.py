"""Stage 2: templates with the cue ahead of its content: Ann Reed said (that) ...; ..., saying ..."""

from __future__ import annotations

from analysis.sourcing.adjuncts import skip_adjuncts
from analysis.sourcing.contents import Right, clause_end, look_right
from analysis.sourcing.draft import Range
from analysis.sourcing.groups import Group
from analysis.sourcing.sentence import Sentence, is_front
from analysis.sourcing.source_kinds import role_kind
from analysis.sourcing.sources import is_adjunct, noun_phrase_left
from analysis.sourcing.subjects import first_subject, main_clause_subject, main_subject, subject_of
from analysis.sourcing.view import (
    AUXILIARY,
    BREAKS,
    CONJUNCTION,
    DASHES,
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

# Before an -ing form that shares the subject of its clause.
_LINKS = frozenset(
    "by while when after before in and without for of than as to from on about with upon despite besides".split()
)


def right_content(sentence: Sentence, group: Group, later) -> bool:
    """The order Ann Reed said (that) ...; Ann Reed said: “...”"""
    view = sentence.view
    right = look_right(view, group, sentence.end)
    rule, span, cue_end = accept(sentence, group, right, later)
    if rule is None and right.mark == "as":
        return _what_as(sentence, group, right, later)
    if rule is None:
        return False
    if group.infinitive:
        return False
    source = subject_of(sentence, group)
    if source is None or (view.L[source[0]] in words()["first_person"] and rule.id in _OWN_MIND):
        return False
    gap = source[0] - 1
    span = _to_dash(view, gap if gap >= sentence.low else -1, span)
    content = [span]
    asks_what = gap >= sentence.low and view.L[gap] == "what"
    if asks_what and view.L[span[0]] == "that" and group.cue.lemma in ("write", "say"):
        return False  # "what they wrote in a note that was lost"
    if (
        gap >= sentence.low
        and (view.K[gap] == RELATIVE or view.L[gap] == "what")
        and (_verb_first(view, span[0]) or (view.L[gap] == "which" and view.L[span[0]].endswith("ed")))
        and right.mark == "bare"
    ):
        content = [(gap, gap + 1), (span[0], _aside_end(view, span))]  # "the plan, which she says is late, ..."
    elif right.mark == "bare" and _verb_first(view, span[0]) and _may_be_participle(view, group):
        return False  # "repairs recommended in May were dropped"
    sentence.add(
        source, (group.first, cue_end), content, f"right-{right.mark.partition(':')[0]}", group, rule, right.channel
    )
    if view.K[source[0]] != RELATIVE:
        sentence.floor = span[1]
    return True


def _to_dash(view: View, before: int, span: Range) -> Range:
    """What is said inside an aside between dashes ends with it: "It was cold - aides said it was late - and dark"."""
    if before < 0 or not view.is_dash(before):
        return span
    return span[0], next((k for k in range(*span) if view.is_dash(k) and not view.Q[k]), span[1])


def _what_as(sentence: Sentence, group: Group, right: Right, later) -> bool:
    """ "... despite what opponents described as “overwhelming” anger": how the source calls the thing."""
    view, rule = sentence.view, group.cue.takes.get("noun")
    source = subject_of(sentence, group) if rule is not None and right.start == group.last else None
    if source is None or source[0] <= sentence.low or view.L[source[0] - 1] != "what":
        return False
    start = right.start + 1
    stop = clause_end(view, start, sentence.end, later, noun=True, relative=True)
    stop -= view.K[stop - 1] == RELATIVE
    sentence.add(source, (group.first, start), [(start, stop)], "right-as", group, rule)
    sentence.floor = stop
    return True


_OWN_MIND = frozenset(("CUE.THINK", "CUE.EXPECT", "CUE.WANT", "CUE.WANT.NOUN", "CUE.HOPE-FOR"))  # "I think": the writer


def _may_be_participle(view: View, group: Group) -> bool:
    return group.plain and view.L[group.verb].endswith("ed") and view.W[group.verb - 1][0].islower()


def _verb_first(view: View, k: int) -> bool:
    return view.K[k] == AUXILIARY or view.L[k] in words()["finite"]


def _aside_end(view: View, span: Range) -> int:
    return next((k for k in range(*span) if view.W[k] == "," and not view.Q[k]), span[1])


def accept(sentence: Sentence, group: Group, right: Right, later, *, aside: bool = False):
    """(rule, content range, end of cue) if what stands right of the cue is a complement it takes.

    `aside`: the cue opens an aside, and the clause around it may go on.
    """
    view = sentence.view
    takes, mark = group.cue.takes, right.mark
    nothing = (None, None, group.last)
    if mark == "none" or (right.start >= sentence.end and mark != "quote"):
        return nothing
    rule, noun = None, False
    if mark.startswith("prep:"):
        rule, noun = group.cue.preps[mark[5:]], True
    elif mark == "that":
        rule = takes.get("that")
    elif mark in ("quote", "colon"):
        rule = takes.get("quote") or takes.get("that") or takes.get("noun")
        if rule is None and mark == "quote":
            rule = takes.get("bare")
    elif mark in ("wh", "to", "ing"):
        rule = takes.get(mark)
        if mark == "ing" and rule and view.L[right.start] not in group.cue.heads:
            rule = None
        if rule is None and mark in ("ing", "wh") and "noun" in takes and view.L[right.start] != "which":
            rule, noun = takes["noun"], True
        if rule is None and mark == "ing":
            rule = takes.get("bare")
    elif mark == "bare":
        rule = takes.get("bare")
        if rule is not None and rule.fields.get("subjects"):
            if not _is_evidence(sentence, group) and not (group.ing and view.L[group.first - 1] in group.cue.subjects):
                rule = None
            elif not opens_clause(view, right.start, sentence.end):
                noun = True
        elif rule is not None and rule.fields.get("clause"):
            rule = rule if _plain_clause(view, right.start, sentence.end) else None
        elif (
            rule is not None
            and rule.id not in ("CUE.SAY", "CUE.TELL")
            and not opens_clause(view, right.start, sentence.end)
        ):
            rule = None
        if rule is None and "noun" in takes and not takes["noun"].fields.get("subjects"):
            rule, noun = takes["noun"], True
    if rule is None or (rule.id == "CUE.CLAIM" and mark == "bare" and _amount(view, right.start)):
        return nothing
    last_word = right.start + 1 >= sentence.end or view.W[right.start + 1] in BREAKS
    if mark == "bare" and view.L[right.start] in _NOTHING and last_word:
        return nothing
    if mark == "bare" and right.channel and view.W[group.last][0].islower() and right.start + 1 >= sentence.end:
        return nothing  # "tells a different story"
    if rule.id in ("CUE.THINK", "CUE.EXPECT") and modal(view, group):
        return nothing
    if noun and rule.fields.get("infinitive") and not _foreseen(view, right.start, sentence.end):
        return nothing  # "expects a child"
    if noun and (
        modal(view, group)
        or (right.start + 1 >= sentence.end and not _denied(view, group, right.start))
        or (view.L[right.start] == "it" and skip_adjuncts(view, right.start + 1, sentence.end) >= sentence.end)
    ):
        return nothing
    last = sentence.last if mark in ("quote", "colon") else sentence.end
    before = group.first - 1
    if noun and not group.ing and before > sentence.low and view.K[before] == RELATIVE and view.W[before - 1] != ",":
        return nothing  # "a group that supports the law": what it is, not what it said
    if noun and rule.id == "CUE.CALL" and _only_named(view, right.start, sentence.end):
        return nothing
    relative = before >= sentence.low and view.K[before] == RELATIVE
    stop = clause_end(
        view,
        right.start,
        last,
        later,
        noun=noun,
        participle=group.ing,
        relative=relative,
        aside=aside or (relative and before > sentence.low and view.W[before - 1] == ","),
        front=is_front(sentence, group),
    )
    if relative and view.W[before - 1] != "," and _opens_sentence(sentence, before):
        stop = _main_verb(view, right.start, stop, later, clause=not noun and mark != "to")
    if mark == "to":  # an infinitive does not go on behind a dash
        stop = next((k for k in range(right.start, stop) if view.is_dash(k) and not view.Q[k]), stop)
    cue_end = right.cue_end
    if mark == "ing" and rule.fields.get("heads"):
        cue_end, k = right.start + 1, right.start + 1
        if k + 1 < stop and view.K[k] == PREPOSITION:
            cue_end = k = k + 1
        return rule, (k, stop), cue_end
    return rule, (right.start, stop), cue_end


_FIGURES = frozenset("$ £ € ¥ % percent percentage".split())


def _amount(view: View, k: int) -> bool:
    """Does an amount of money stand at k: "claimed almost £40,000 in benefits"?"""
    return any(view.W[j] in _CURRENCIES and view.L[k:j] in _ABOUT for j in range(k, k + 3))


_CURRENCIES = frozenset("$ £ € ¥".split())
_ABOUT = ([], ["a"], ["about"], ["around"], ["almost"], ["nearly"], ["over"], ["more", "than"], ["up", "to"])


def _opens_sentence(sentence: Sentence, pronoun: int) -> bool:
    """Does the sentence open with the noun phrase that the relative pronoun stands for?"""
    view = sentence.view
    phrase = noun_phrase_left(view, pronoun, sentence.low)
    return phrase is not None and not any(
        view.W[k][0].isalnum() and view.K[k] != CONJUNCTION for k in range(sentence.low, phrase[0])
    )


def _main_verb(view: View, a: int, b: int, later, *, clause: bool) -> int:
    """Where the verb of the sentence stands behind its subject, whose relative clause says something: "The people who
    say they saw it were late", "the figures that show the loss suggest that"; b where none is found."""
    starts = {g.first: g for g in later if not g.ing and not g.infinitive}
    verbs = 0 if clause else 1  # a clause has a verb of its own
    for k in range(a, b):
        if view.W[k] in BREAKS or view.K[k] in (RELATIVE, CONJUNCTION) or (view.L[k] == "that" and k > a):
            return b
        auxiliary = view.K[k] == AUXILIARY and view.L[k] != "'s"
        group = starts.get(k)
        if view.Q[k] or not (auxiliary or group or (k > a and view.L[k] in words()["finite"])):
            continue
        if view.K[k - 1] == AUXILIARY or view.lower_adverb(k - 1) or view.L[k - 1] in ("to", "be", "been"):
            continue
        wrong = group is not None and group.plain and "base" in group.cue.forms and "past" not in group.cue.forms
        if view.K[k - 1] != SUBJECT:
            verbs += 1
            if verbs > 1 or (wrong and not view.K[k - 1] and (view.L[k - 1][-1] != "s" or view.L[k - 1][-2:] == "ss")):
                return k  # a plural verb behind a singular: it belongs to the subject of the sentence
        else:
            verbs = max(verbs, 1)
    return b


def _only_named(view: View, k: int, end: int) -> bool:
    """Is there a name alone, or one thing alone: "a band called Harbour", "called a strike", "called off the vote"?"""
    near = range(k + 1, min(end, k + 12))
    stop = next((j for j in near if view.W[j] in BREAKS or view.K[j] in (TIME, RELATIVE)), end)
    behind = next((j for j in range(k + 1, stop) if view.K[j] == PREPOSITION), stop)
    whole = stop >= end or view.W[stop] in BREAKS or view.K[stop] == TIME
    whole, stop = (whole, stop) if behind == stop else (is_adjunct(view, behind) or view.L[behind] == "to", behind)
    rest = range(k + 1 if view.K[k] in (DETERMINER, POSSESSIVE) else k, stop)
    if view.Q[k] or any(view.Q[j] for j in rest) or view.K[k] in (OBJECT, SUBJECT):
        return False
    names = all(view.W[j][0].isupper() or view.L[j] in ("'s", "&", ".") for j in rest)
    return names or (whole and len(rest) <= 1)


def _denied(view: View, group: Group, k: int) -> bool:
    """ "denies murder": the one word that says what of; and not "denied bail", which was not given."""
    bare = view.K[k] == "" and view.W[k][0].isalpha()
    return (group.cue.lemma == "deny" and (bare or view.L[k] == "this") and view.L[k] not in _NOT_GIVEN) or (
        bare and group.cue.lemma in ("call for", "rule out")  # "called for calm"
    )


_NOT_GIVEN = frozenset("bail entry access parole asylum permission leave service treatment visas".split())
# Said, and nothing told: "says nothing", "said so".
_NOTHING = frozenset("nothing so much more little otherwise online".split())


def _foreseen(view: View, k: int, end: int) -> bool:
    """Is the noun phrase at k a forecast: "expects prices to fall", "expects revenue of $3 billion"?"""
    for j in range(k, min(end, k + 12)):
        if view.W[j] in BREAKS or view.K[j] in (AUXILIARY, RELATIVE) or view.Q[j]:
            return False
        if view.W[j] in _FIGURES:
            return True
        if view.L[j] == "to" and j > k:
            return view.W[j + 1][0].islower() and view.K[j + 1] in ("", AUXILIARY)
    return False


def _is_evidence(sentence: Sentence, group: Group) -> bool:
    """Is the subject a study, a poll, a record (or "that", "which" right behind one)?"""
    source = subject_of(sentence, group)
    if source is None:
        return False
    a, b = source
    if sentence.view.K[a] == RELATIVE:
        a, b = max(sentence.low, a - 8), a
    return any(sentence.view.L[k] in group.cue.subjects for k in range(a, b))


def modal(view: View, group: Group) -> bool:
    """ "can call for": what may be, not what was said."""
    return any(
        view.L[k] in ("can", "could", "may", "might", "must", "should", "cannot")
        for k in range(group.first, group.verb)
    )


def _plain_clause(view: View, k: int, end: int) -> bool:
    """Does a subject of a few words with its auxiliary stand at k: "added the dividend was safe"?"""
    if view.K[k] == SUBJECT:
        return view.L[k] not in ("it", "you") or view.K[k + 1] == AUXILIARY
    for j in range(k + 1, min(end, k + 6)):
        if view.K[j] == AUXILIARY and view.L[j] != "'s":
            return view.K[k] in (DETERMINER, POSSESSIVE) or view.W[k][0].isupper()
        if view.K[j] or view.Q[j] or not (view.W[j][0].isalnum() or view.L[j] == "'s"):
            return False
    return False


def _third_person(view: View, k: int) -> bool:
    """Is k a verb that no list has, told by its ending and its neighbours: "the work needs a plan"?"""
    low, before = view.L[k], view.L[k - 1]
    if not low.endswith("s") or low.endswith(("ss", "us", "is")) or view.K[k] or not view.W[k][0].islower():
        return False
    noun = view.W[k - 1][0].isalpha() and not view.K[k - 1] and not before.endswith("s") and not view.Q[k]
    return noun and view.K[k + 1] in (DETERMINER, POSSESSIVE, OBJECT)


def opens_clause(view: View, k: int, end: int) -> bool:
    """Is there a verb after k, so that what stands there is a clause and not a noun phrase alone?"""
    limit = min(end, k + 25)
    finite = words()["finite"]
    pronoun = view.L[k] in ("he", "she", "they", "we", "i")
    if pronoun and k + 1 < end and view.W[k + 1][0].islower() and not view.K[k + 1]:
        return True  # "suggested she marry"
    aside = False
    for j in range(k, limit):
        if view.W[j] == ",":  # "confirmed the closures, which will cost jobs": the verb is the aside's
            aside = not aside and view.K[j + 1] == RELATIVE and view.L[j + 1] != "that"
        if aside:
            continue
        if (
            (view.K[j] == AUXILIARY and view.L[j] != "'s")
            or view.L[j] in finite
            or (
                view.W[j][0].islower()
                and (view.L[j].endswith("ed") and j > k and view.K[j - 1] not in (DETERMINER, POSSESSIVE, PREPOSITION))
            )
        ):
            return True
        if j > k + 1 and _third_person(view, j):
            return True
        if view.W[j] == "," and view.L[j + 1] in ("and", "but"):
            return False  # "is considering fines, and a bill would raise them"
        if view.W[j] in (";", "—") or view.L[j] in ("when", "after", "as", "while", "because", "but"):
            return False  # "confirmed the date but would not give a reason"
    return False


_OPENERS = (DETERMINER, POSSESSIVE)


def _paper_before(sentence: Sentence, group: Group) -> Range | None:
    """The paper that says it: "a memo, dated 3 May, warning that"; "a report published on Monday, showing that"."""
    view, close = sentence.view, group.first - 1
    if close <= sentence.low or view.W[close] != "," or view.Q[close]:
        return None
    for k in range(close - 1, max(sentence.low, close - 14), -1):
        said_of = view.W[k][0].islower() and (view.L[k].endswith("ed") or view.L[k] in words()["participle"])
        clause = view.K[k] in (AUXILIARY, RELATIVE, CONJUNCTION, SUBJECT) and view.W[k][0].islower()
        if view.Q[k] or clause:
            return None
        if not said_of:
            continue
        comma = view.W[k - 1] == ","
        head = k - 2 if comma else k - 1
        if head < sentence.low or role_kind(view.L[head]) != "document":
            return None
        opener = next((j for j in range(head, max(sentence.low, head - 6) - 1, -1) if view.K[j] in _OPENERS), None)
        paper = noun_phrase_left(view, head + 1, sentence.low) if opener is None else (opener, head + 1)
        if paper is None:
            return None
        opens = not any(view.W[j][0].isalnum() for j in range(sentence.low, paper[0]))
        if comma:
            return paper
        return (paper[0], close) if opens or "CUE.FIND" in {own.id for own in group.cue.takes.values()} else None
    return None


def participle(sentence: Sentence, group: Group, later) -> bool:
    """The order ..., saying it was late: a second statement of the one who spoke or acted before."""
    view = sentence.view
    if not group.ing:
        return False
    k = group.first
    right = look_right(view, group, sentence.end)
    paper = _paper_before(sentence, group)
    rule, span, cue_end = accept(sentence, group, right, later, aside=paper is not None)
    source = None
    if paper is not None:
        source = paper
    elif k == sentence.low or view.W[k - 1] in BREAKS or view.W[k - 1] in DASHES or view.Q[k - 1]:
        source = sentence.subject or first_subject(sentence, k)
        if k == sentence.low or k == sentence.low + 1:
            source = main_subject(sentence, k)
    elif view.L[k - 1] in _LINKS:
        if view.L[k - 1] in ("of", "for", "from", "about", "to", "without", "on", "with", "in"):
            return True
        source = sentence.subject or first_subject(sentence, k)
        if view.L[k - 1] in ("while", "when", "after", "before", "by", "in") and k - 1 == sentence.low:
            source = main_subject(sentence, k)
    else:
        source = noun_phrase_left(view, k, sentence.low)
        if source is None or rule is None:
            return True
        if (
            rule is group.cue.takes.get("noun")
            and right.mark == "bare"
            and not (rule.fields.get("subjects") and any(view.L[j] in group.cue.subjects for j in range(*source)))
        ):
            return True  # "a decree outlining the law": a description
        if (
            source[0] > sentence.low
            and any(view.L[j] in words()["medium"] for j in range(*source))
            and view.K[source[0] - 1] != PREPOSITION
        ):
            source = main_clause_subject(sentence, source) or source
    if rule is None or (rule.id == "CUE.SUPPORT" and group.cue.lemma == "support"):
        return True  # "..., supporting growth"
    sentence.add(source, (group.first, cue_end), [span], "participle", group, rule, right.channel)
    sentence.floor = span[1]
    return True
