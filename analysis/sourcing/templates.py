"""Stage 2: which order of source, cue and content a sentence has, told by its punctuation."""

from __future__ import annotations

from analysis.lexicon import classes
from analysis.sourcing.contents import Right, adjunct_only, clause_end, left_start, look_right, skip_adjuncts
from analysis.sourcing.cues import BASE, PAST, THIRD, cue_table
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.groups import Group, verb_group
from analysis.sourcing.sources import left_source, noun_phrase_left, right_source
from analysis.sourcing.view import (ADVERB, AUXILIARY, BREAKS, CONJUNCTION, DASHES, DETERMINER, END_MARKS, POSSESSIVE,
                                    PREPOSITION, RELATIVE, SUBJECT, TIME, View, words)


class Sentence:
    """One sentence being read: its token range without final punctuation, its verb groups, its drafts so far."""

    __slots__ = ("view", "low", "end", "last", "groups", "drafts", "subject", "floor", "nested")

    def __init__(self, view: View, low: int, last: int, candidates: list[int]) -> None:
        self.view = view
        self.low, self.last = low, last
        end = last
        while end > low and (view.W[end - 1] in END_MARKS or view.W[end - 1] == ")" and view.W[end - 2] in END_MARKS) and not view.Q[end - 1]:
            end -= 1
        self.end = end
        self.groups = [g for g in (verb_group(view, k, low) for k in candidates) if g]
        self.drafts: list[Draft] = []
        self.subject: Range | None = None
        self.floor = low
        self.nested = False

    def left_of(self, k: int) -> int:
        """Where a content left of k may start: after the attribution before it, or around it."""
        return self.floor if self.floor < k else self.low

    def add(self, source, cue, content, template, group: Group, rule, channel=None) -> Draft:
        view = self.view
        ranges = [view.trim(*r) for r in content]
        draft = Draft([source] if source else [], [cue], [r for r in ranges if r[1] > r[0]], template,
                      group.cue.lemma, rule, _stance(view, group, rule), channel)
        self.nested = any(a <= cue[0] < b for d in self.drafts for a, b in d.content)
        if source and not self.nested and view.K[source[0]] != RELATIVE and not _is_front(self, group):
            self.subject = source
        self.drafts.append(draft)
        return draft


def _stance(view: View, group: Group, rule) -> str:
    """The rule's stance; a verb of saying with "not" is a refusal: "has not mentioned", "did not respond"."""
    negative = any(view.L[k] in _NEGATIVE for k in range(group.first, group.verb))
    if negative and group.cue.lemma.split()[0] in words()["silent"]:
        return "refusal"
    return rule["stance"] if rule else "neutral"


_NEGATIVE = classes()["negation"]


def read_sentence(view: View, low: int, last: int, candidates: list[int]) -> list[Draft]:
    """The attributions that the verbs of a sentence make."""
    sentence = Sentence(view, low, last, candidates)
    for index, group in enumerate(sentence.groups):
        later = sentence.groups[index + 1:index + 8]
        _phrases(sentence, group)
        if group.cue.plain and (not group.plain or group.ing):
            continue
        for template in (_basis, _seem, _asked, _inverted, _passive, _participle, _left_content, _as_front, _right_content):
            if template(sentence, group, later):
                break
    return sentence.drafts


def _phrases(sentence: Sentence, group: Group) -> None:
    """Take the longest phrase of the verb that stands here: "called" + "for"."""
    L = sentence.view.L
    for rest, cue in group.cue.phrases:
        last = group.last + len(rest)
        if last <= sentence.end and tuple(L[group.last:last]) == rest and not any(sentence.view.Q[group.last:last]):
            group.cue, group.last = cue, last
            return


# ---------------------------------------------------------------- "...," said Ann Reed

def _inverted(sentence: Sentence, group: Group, later) -> bool:
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
    quoted = bool(view.Q[before]) or before > sentence.low and bool(view.Q[before - 1])
    if view.Q[n] or not (view.W[n][0].isupper() or view.K[n] in (DETERMINER, SUBJECT, POSSESSIVE) or _bare_plural(view, n)
                         or quoted and view.K[n] == "" and view.W[n][0].isalpha() and not view.lower_adverb(n)):
        return False
    if view.L[n] == "that" or view.K[n] == RELATIVE:
        return False
    if not view.Q[before] and not view.Q[before - 1] and left_source(view, k, sentence.floor) and _long_gap(view, before, sentence.low):
        return False
    if not quoted and view.count_words(sentence.left_of(k), k) < 4:
        return False
    source = right_source(view, n, sentence.last)
    if source is None or not quoted and not _clean_source(sentence, source):
        return False
    content: list[Range] = [(_quote_start(sentence, left_start(view, sentence.left_of(k), k), k), k)]
    rest = source[1]
    rest = _after_source(view, rest, sentence.end)
    comma = rest < sentence.last and view.W[rest] in (",", ":", ";", "—", "–", "--", ".")
    while rest < sentence.last and not view.Q[rest] and view.W[rest] in (",", ":", ";", "—", "–", "--", "."):
        rest += 1
    if rest < sentence.last and (view.Q[rest] or comma and _continues(view, rest)):
        content.append((rest, clause_end(view, rest, sentence.last if view.Q[rest] else sentence.end, later)))
    elif quoted:
        more = _later_quotation(view, rest, sentence.last)
        if more:
            content.append((more, sentence.last))
    rule = group.cue.takes.get("quote") or group.cue.takes.get("bare")
    sentence.add(source, (group.first, group.last), content, "inverted", group, rule)
    sentence.floor = source[1]
    return True


def _long_gap(view: View, before: int, low: int) -> bool:
    """"“...,” a man, who was late, said the vote ...": the comma closes an aside of a subject on the left."""
    return any(view.Q[j] for j in range(max(low, before - 30), before))


def _bare_plural(view: View, n: int) -> bool:
    return view.W[n][0].isalpha() and view.K[n] == "" and (view.L[n].endswith("s") or n + 1 < view.n and view.W[n + 1][0].isupper())


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
    return view.W[k][0].islower() and not low.endswith("ing") and low not in (
        "who", "which", "in", "on", "at", "during", "after", "when", "while", "as", "according", "a", "an", "the", "with", "and", "but", "before", "whose", "citing", "from", "his", "her")


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
    sentence.add(source, (group.first, group.last), [(k, sentence.last)], "said-first", group,
                 group.cue.takes.get("quote") or group.cue.takes.get("bare"))
    sentence.floor = sentence.last
    return True


# ---------------------------------------------------------------- is expected to; was criticised by

_PASSIVE = frozenset("""expected considered known reported believed seen described thought said alleged rumoured rumored understood
estimated projected predicted viewed regarded deemed suspected feared supposed assumed perceived portrayed presumed poised""".split())


def _passive(sentence: Sentence, group: Group, later) -> bool:
    view = sentence.view
    if not group.passive:
        return False
    k, end = group.last, sentence.end
    subject = left_source(view, group.first, sentence.low)
    for j in range(k, min(end, k + 2)):
        if view.L[j] == "by" and j + 1 < end:
            source = _agent(view, j + 1, end)
            if source and subject and _any_rule(group):
                content = [subject]
                if view.K[subject[0]] == RELATIVE:
                    return True
                sentence.add(source, (group.first, group.last), content, "passive-by", group, _any_rule(group))
            return True
    verb = view.L[group.verb]
    if verb in ("told", "asked", "informed", "reminded"):
        right = look_right(view, group, end)
        if verb == "asked" and right.start < end and right.mark not in ("none", "pp") and view.L[right.start] != "by":
            stop = clause_end(view, right.start, end, later)
            if view.W[min(stop, end - 1)] != ",":
                comma = next((j for j in range(right.start, stop) if view.W[j] == "," and not view.Q[j]), stop)
                stop = comma
            sentence.add(None, (group.first, right.cue_end), [(right.start, stop)], "passive", group, _any_rule(group))
        return True
    if verb not in _PASSIVE or k >= end:
        return True
    if view.L[k] in ("to", "as", "that") or verb in ("considered", "deemed", "thought", "believed") and view.K[k] != PREPOSITION:
        stop = clause_end(view, k, end, later)
        content = [(k, stop)]
        if subject and view.K[subject[0]] == RELATIVE or view.L[group.first - 1] == "what":
            return True
        if subject and view.L[subject[0]] not in ("it", "there"):
            content.insert(0, subject)
        rule = _any_rule(group)
        sentence.add(None, (group.first, k), content, "passive", group, rule)
    return True


def _any_rule(group: Group):
    takes = group.cue.takes
    for kind in ("bare", "that", "noun", "quote", "to", "wh"):
        if kind in takes:
            return takes[kind]
    return next(iter(group.cue.preps.values()), None)


def _agent(view: View, a: int, end: int) -> Range | None:
    b = a
    while b < end and not view.Q[b] and view.W[b] not in (",", ";", ":", "(") and view.W[b] not in DASHES and not (
            b > a and (view.L[b] in ("that", "for", "as", "who", "to", "in", "on", "after", "at", "when", "with", "and", "while", "because", "during") or view.K[b] in (AUXILIARY,))):
        b += 1
    return (a, b) if b > a and not view.L[a].endswith("ing") else None


def _basis(sentence: Sentence, group: Group, later) -> bool:
    """..., reported Reuters, citing a decree: what the report before it rests on."""
    if "basis" not in group.cue.takes or not group.ing or not group.plain:
        return False
    view, k, n = sentence.view, group.first, group.last
    if k - 1 <= sentence.low or view.W[k - 1] != "," or n >= sentence.end or view.Q[n]:
        return False
    outer = next((d for d in reversed(sentence.drafts) if d.source and not d.basis_of and max(
        b for _, b in d.source + d.cue + d.content) <= k), None)
    if outer is None or view.K[outer.source[0][0]] == RELATIVE:
        return False
    reach = max(b for _, b in outer.source + outer.cue + outer.content)
    if reach < k - 1 and skip_adjuncts(view, reach, k) < k - 1:
        return False
    stop = n
    while stop < sentence.end and not view.Q[stop] and view.W[stop] not in (",", ";", ":", "—", "–", "--", "(") and view.L[stop] != "that":
        stop += 1
    if stop == n:
        return False
    draft = sentence.add((n, stop), (k, n), list(outer.content), "basis", group, group.cue.takes["basis"])
    draft.basis_of = outer
    sentence.floor = stop
    return True


def _seem(sentence: Sentence, group: Group, later) -> bool:
    """The mayor seemed to be late."""
    if "seem" not in group.cue.takes:
        return False
    view, k, end = sentence.view, group.last, sentence.end
    if group.ing or group.infinitive or k >= end or view.Q[k] and view.W[k] == "":
        return True
    if view.W[k] == "," and k + 1 < end and "though" in view.L[k + 1:k + 2]:
        k += 3
    adjective = "appear" not in group.cue.lemma and view.K[k] in ("", "V", DETERMINER) and view.W[k][0].islower()
    if k >= end or not (view.L[k] in ("to", "that", "like", "as") or adjective or view.L[group.first - 1:group.first] == ["it"]):
        return True
    subject = left_source(view, group.first, sentence.low)
    if subject and view.K[subject[0]] == RELATIVE or view.L[group.first - 1] == "what":
        return True
    content = [(k, clause_end(view, k, end, later))]
    if subject and view.L[subject[0]] not in ("it", "there"):
        content.insert(0, subject)
    elif subject is None:
        return True
    sentence.add(None, (group.first, k if k == group.last else group.last), content, "seem", group, group.cue.takes["seem"])
    return True


def _asked(sentence: Sentence, group: Group, later) -> bool:
    """Asked about the vote, she said ...; when asked whether ..."""
    view = sentence.view
    if view.L[group.verb] != "asked" or not (group.plain or view.L[group.first] == "being" and group.first == group.verb - 1):
        return False
    k = group.first
    opens = k == sentence.low or not group.plain or view.L[k - 1] in ("when", "if") or view.W[k - 1] in (",", "—") and view.W[k][0].islower() and _passive_aside(view, k)
    if not opens:
        return False
    right = look_right(view, group, sentence.end)
    if right.start >= sentence.end:
        return True
    stop = clause_end(view, right.start, sentence.end, [], front=True)
    stop = next((j for j in range(right.start, stop) if view.W[j] == "," and not view.Q[j]), stop)
    sentence.add(None, (k, right.cue_end), [(right.start, stop)], "asked", group, group.cue.takes["wh"])
    sentence.floor = stop
    return True


def _passive_aside(view: View, k: int) -> bool:
    return k + 1 < view.n and view.L[k + 1] in ("about", "whether", "if", "why", "how", "by")


def _as_front(sentence: Sentence, group: Group, later) -> bool:
    """As Ann Reed noted, the vote was late."""
    view = sentence.view
    if view.L[sentence.low] != "as" and not (view.L[sentence.low] in ("but", "and") and view.L[sentence.low + 1] == "as"):
        return False
    if not ({"bare", "that"} & set(group.cue.takes)) or group.first > sentence.low + 14:
        return False
    source = left_source(view, group.first, sentence.low)
    if source is None or view.L[source[0] - 1] != "as":
        return False
    right = look_right(view, group, sentence.end)
    k = right.channel[1] if right.channel else group.last
    k = skip_adjuncts(view, k, sentence.end)
    if k + 2 >= sentence.end or view.W[k] != "," or view.Q[k]:
        return False
    rule = group.cue.takes.get("bare") or group.cue.takes["that"]
    sentence.add(source, (group.first, group.last), [(k + 1, clause_end(view, k + 1, sentence.last, later))], "as-front", group, rule)
    sentence.floor = sentence.end
    return True


# ---------------------------------------------------------------- , saying ...

def _participle(sentence: Sentence, group: Group, later) -> bool:
    view = sentence.view
    if not group.ing:
        return False
    k = group.first
    right = look_right(view, group, sentence.end)
    rule, span, cue_end = _accept(sentence, group, right, later)
    source = None
    if k == sentence.low or view.W[k - 1] in BREAKS or view.Q[k - 1]:
        source = sentence.subject or first_subject(sentence, k)
        if k > sentence.low and view.W[k - 1] in (",", "—", "–", "--"):
            source = _near_subject(sentence, k) or source
        if k == sentence.low or k == sentence.low + 1:
            source = _main_subject(sentence, k)
    elif view.L[k - 1] in ("by", "while", "when", "after", "before", "in", "and", "without", "for", "of", "than", "as", "to", "from", "on", "about", "with"):
        if view.L[k - 1] in ("of", "for", "from", "about", "to", "without", "on", "with", "in"):
            return True
        source = sentence.subject or first_subject(sentence, k)
        if view.L[k - 1] in ("while", "when", "after", "before", "by", "in") and k - 1 == sentence.low:
            source = _main_subject(sentence, k)
    else:
        source = noun_phrase_left(view, k, sentence.low)
        if source is None or rule is None or ("noun" in group.cue.takes and rule is group.cue.takes["noun"] and right.mark == "bare"):
            return True
        if source[0] > sentence.low and any(view.L[j] in words()["medium"] for j in range(*source)) and view.K[source[0] - 1] != PREPOSITION:
            source = _main_clause_subject(sentence, source) or source
    if rule is None:
        return _trailing(sentence, group, right, source)
    sentence.add(source, (group.first, cue_end), [span], "participle", group, rule, right.channel)
    sentence.floor = span[1]
    return True


def _main_clause_subject(sentence: Sentence, medium: Range) -> Range | None:
    """"The firm sent a letter saying": the one who speaks in the letter is the subject of the verb before it."""
    view = sentence.view
    k = medium[0] - 1
    while k > sentence.low and (view.lower_adverb(k) or view.K[k] in (AUXILIARY, DETERMINER)):
        k -= 1
    if view.K[k] or not view.W[k][0].islower():
        return None
    return _subject_of_verb(sentence, k)


def _subject_of_verb(sentence: Sentence, k: int) -> Range | None:
    view = sentence.view
    while k > sentence.low and (view.lower_adverb(k - 1) or view.K[k - 1] == AUXILIARY and view.L[k - 1] != "'s"):
        k -= 1
    if k > sentence.low and view.L[k - 1] in ("and", "but"):
        return sentence.subject or first_subject(sentence, k)
    return left_source(view, k, sentence.low)


def _near_subject(sentence: Sentence, k: int) -> Range | None:
    """"... and the firm fell back, saying": the subject of the last clause, where it opens with ", and"."""
    return None


def _trailing(sentence: Sentence, group: Group, right: Right, source) -> bool:
    return True


def first_subject(sentence: Sentence, before: int) -> Range | None:
    """The subject of the sentence's first clause: what a participle at its end inherits."""
    view = sentence.view
    L, K, W = view.L, view.K, view.W
    k = sentence.low
    while k < before and (K[k] == CONJUNCTION or not W[k][0].isalnum() and not view.Q[k]):
        k += 1
    for _ in range(3):
        if k < before and (L[k] in ("where", "which", "who", "whose") or (L[k] in words()["front"] or K[k] == PREPOSITION) and not W[k + 1][0].isdigit()
                           or _time_lead(view, k, before)):
            start = k
            while k < before and W[k] != ",":
                if K[k] == SUBJECT and L[start] not in _CLAUSE_OPENERS:
                    return k, k + 1
                if K[k] == AUXILIARY and k > start and L[k] != "'s" and L[start] not in _CLAUSE_OPENERS:
                    return noun_phrase_left(view, k, start)
                k += 1
            k += 1
    return subject_at(view, k, before)


_CLAUSE_OPENERS = frozenset("when while as although though if because since after before once until where which who whose".split())


def _time_lead(view: View, k: int, before: int) -> bool:
    """"Hours later, ...", "Last week, ...": a short adverbial and a comma."""
    for j in range(k, min(before, k + 5)):
        if view.W[j] == ",":
            return any(view.K[i] in (TIME, ADVERB) or view.L[i] in ("ago", "week", "year", "month", "night", "morning", "day") or view.lower_adverb(i)
                       or view.L[i].endswith("ly") for i in range(k, j))
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
        if W[k] in BREAKS and W[k] not in ("-", "/") or K[k] in (AUXILIARY, RELATIVE) and low != "'s" or k > a and _verbal(view, k):
            break
        k += 1
    while k > a and (view.lower_adverb(k - 1) or K[k - 1] in (PREPOSITION, CONJUNCTION)):
        k -= 1
    return (a, k) if k > a and W[a][0].isalnum() and K[a] != PREPOSITION else None


def _verbal(view: View, k: int) -> bool:
    low = view.L[k]
    if not view.W[k][0].islower() or view.K[k - 1] in (DETERMINER, POSSESSIVE, PREPOSITION):
        return False
    return low.endswith("ed") or low in words()["finite"] or low in cue_table() and low not in words()["noun_like"]


def _main_subject(sentence: Sentence, k: int) -> Range | None:
    """The subject after a fronted participle clause: "Speaking in Rome, Ann Reed ..."."""
    view = sentence.view
    for j in range(k, min(sentence.end, k + 60)):
        if view.W[j] == "," and not view.Q[j] and j + 1 < sentence.end and not view.Q[j + 1]:
            return subject_at(view, j + 1, sentence.end)
    return None


# ---------------------------------------------------------------- "...," Ann Reed said

def _left_content(sentence: Sentence, group: Group, later) -> bool:
    view = sentence.view
    if group.infinitive or not ({"bare", "quote", "that"} & set(group.cue.takes)):
        return False
    source = _subject_of(sentence, group)
    if source is None or source[0] >= group.first:
        return False
    source = _from_quotation(sentence, source)
    s0 = source[0]
    if s0 - 1 <= sentence.low or view.K[s0] == RELATIVE:
        return False
    before = s0 - 1
    if view.L[before] == "as" and before > sentence.low and (view.W[before - 1] == "," or view.W[before - 1] in DASHES):
        return _as_aside(sentence, group, source, before, later)
    if not (view.W[before] == "," or view.Q[before] or view.W[before] in DASHES):
        return False
    quoted = bool(view.Q[before] or before > sentence.low and view.Q[before - 1])
    start = left_start(view, sentence.left_of(s0), s0)
    if quoted:
        start = _quote_start(sentence, start, s0, overrun=sentence.floor > s0)
    words_left = view.count_words(start, s0)
    if not words_left:
        return False
    first = view.L[start]
    right = look_right(view, group, sentence.end)
    k = right.cue_end if right.mark.startswith("prep") else group.last
    if right.channel:
        k = right.channel[1]
    k = skip_adjuncts(view, k, sentence.end)
    at_end = k >= sentence.end or adjunct_only(view, k, sentence.end)
    paren = k < sentence.end and (view.W[k] in (",", ";") or view.W[k] in DASHES) and not view.Q[k]
    front = first in words()["front"] and not view.Q[start]
    kind = None
    if quoted and (view.Q[start] or at_end or paren and not front or k < sentence.end and view.Q[k] and not front):
        kind = "quote"
    elif not _may_follow(view, group):
        return False
    elif at_end and first != "as" and not (front and not _has_verb(view, start, before)):
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
        if view.Q[rest]:
            content.append((rest, sentence.last))
        elif comma and (kind == "parenthesis" and not view.L[rest].endswith("ing") or _continues(view, rest)):
            content.append((rest, clause_end(view, rest, sentence.end, later)))
    if quoted and len(content) == 1:
        more = _later_quotation(view, max(rest, group.last), sentence.last)
        if more:
            content.append((more, sentence.last))
    rule = group.cue.takes.get("quote") or group.cue.takes.get("bare") or group.cue.takes["that"]
    sentence.add(source, (group.first, group.last), content, "postposed-" + kind, group, rule, right.channel)
    sentence.floor = content[-1][1] if len(content) > 1 else max(k, group.last)
    return True


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
    """"“...,” another friend, Ann Reed, said": the source starts where the quotation ends."""
    view = sentence.view
    k = source[0] - 1
    if k <= sentence.low or view.Q[k] or view.W[k] not in (",", "and"):
        return source
    while k > max(sentence.low, source[0] - 16) and not view.Q[k]:
        if view.K[k] in (AUXILIARY, SUBJECT, CONJUNCTION) and view.L[k] not in ("'s", "and") or view.L[k] in words()["finite"] \
                or view.W[k] in (";", ":") or view.W[k][0].islower() and view.L[k] in cue_table() and view.L[k] not in words()["noun_like"]:
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


def _may_follow(view: View, group: Group) -> bool:
    """May the cue stand behind or inside its content without quotation marks ("..., records show")?"""
    takes = group.cue.takes
    return ("bare" in takes or "that" in takes) and (group.cue.invert or group.cue.recipient or "CUE.FIND" in {r.id for r in takes.values()})


def _later_quotation(view: View, k: int, last: int) -> int | None:
    """The start of a quotation of a few words after k that follows the end of a clause."""
    for j in range(k, last):
        if j in view.quote_at and view.quotes[view.quote_at[j]][1] - j > 5:
            before = j - 2 if view.Q[j - 1] and not view.W[j - 1][0].isalnum() else j - 1
            return j if view.W[before][-1] in ".:,?!" else None
    return None


def _has_verb(view: View, a: int, b: int) -> bool:
    return any(view.K[k] == AUXILIARY or view.L[k].endswith("ed") for k in range(a, b)) and any(
        view.W[k] == "," for k in range(a, b))


def _as_aside(sentence: Sentence, group: Group, source: Range, before: int, later) -> bool:
    """"The vote, as Ann Reed pointed out, was late.\""""
    view = sentence.view
    k = skip_adjuncts(view, group.last, sentence.end)
    at_end = k >= sentence.end or adjunct_only(view, k, sentence.end)
    if not (at_end or (view.W[k] == "," or view.W[k] in DASHES) and not view.Q[k]):
        return False
    content: list[Range] = [(left_start(view, sentence.floor, before), before - 1)]
    if not at_end:
        content.append((k + 1, clause_end(view, k + 1, sentence.end, later)))
    rule = group.cue.takes.get("bare") or group.cue.takes.get("that") or group.cue.takes["quote"]
    sentence.add(source, (group.first, group.last), content, "as-aside", group, rule)
    return True


# ---------------------------------------------------------------- Ann Reed said (that) ...

def _subject_of(sentence: Sentence, group: Group) -> Range | None:
    view = sentence.view
    k = group.first
    if k > sentence.low and view.L[k - 1] in ("and", "but", "or"):
        return sentence.subject or first_subject(sentence, k)
    source = left_source(view, k, sentence.low)
    if source is None and k > sentence.low and view.W[k - 1] == ",":
        return sentence.subject
    return source


def _accept(sentence: Sentence, group: Group, right: Right, later):
    """(rule, content range, end of cue) if what stands right of the cue is a complement it takes."""
    view = sentence.view
    takes, mark = group.cue.takes, right.mark
    nothing = (None, None, group.last)
    if mark == "none" or right.start >= sentence.end and mark != "quote":
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
    elif mark in ("wh", "to", "ing", "as"):
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
            if not _is_evidence(sentence, group):
                rule = None
            elif not _opens_clause(view, right.start, sentence.end):
                noun = True
        elif rule is not None and rule.id not in ("CUE.SAY", "CUE.TELL") and not _opens_clause(view, right.start, sentence.end):
            rule = None
        if rule is None and "noun" in takes and not takes["noun"].fields.get("subjects"):
            rule, noun = takes["noun"], True
    if rule is None:
        return nothing
    if rule.id == "CUE.THINK" and modal(view, group):
        return nothing
    if noun and (modal(view, group) or right.start + 1 >= sentence.end or view.L[right.start] == "it"
                 and skip_adjuncts(view, right.start + 1, sentence.end) >= sentence.end):
        return nothing
    last = sentence.last if mark in ("quote", "colon") else sentence.end
    before = group.first - 1
    relative = before >= sentence.low and view.K[before] == RELATIVE
    stop = clause_end(view, right.start, last, later, noun=noun, participle=group.ing, relative=relative,
                      aside=relative and before > sentence.low and view.W[before - 1] == ",", front=_is_front(sentence, group))
    cue_end = right.cue_end
    if mark == "ing" and rule.fields.get("heads"):
        cue_end, k = right.start + 1, right.start + 1
        if k + 1 < stop and view.K[k] == PREPOSITION:
            cue_end = k = k + 1
        return rule, (k, stop), cue_end
    return rule, (right.start, stop), cue_end


def _is_front(sentence: Sentence, group: Group) -> bool:
    """Does the cue stand in a clause that opens the sentence: "While he denied it, ...", "Conceding it, ..."?"""
    view = sentence.view
    k = sentence.low
    if view.L[k] in ("but", "and", "yet", "even", "ever"):
        k += 1
    if k > group.first or any(view.W[j] == "," and not view.Q[j] for j in range(k, group.first)):
        return False
    return view.L[k] in _FRONT and view.L[k + 1] != "for" or k == group.first and group.ing


def _is_evidence(sentence: Sentence, group: Group) -> bool:
    """Is the subject a study, a poll, a record (or "that", "which" right behind one)?"""
    source = _subject_of(sentence, group)
    if source is None:
        return False
    a, b = source
    if sentence.view.K[a] == RELATIVE:
        a, b = max(sentence.low, a - 8), a
    return any(sentence.view.L[k] in group.cue.subjects for k in range(a, b))


_FRONT = frozenset("while when as although though if because since after before once whenever".split())


def modal(view: View, group: Group) -> bool:
    """"can call for": what may be, not what was said."""
    return any(view.L[k] in ("can", "could", "may", "might", "must", "should", "cannot") for k in range(group.first, group.verb))


def _opens_clause(view: View, k: int, end: int) -> bool:
    """Is there a verb after k, so that what stands there is a clause and not a noun phrase alone?"""
    limit = min(end, k + 25)
    finite = words()["finite"]
    for j in range(k, limit):
        if view.K[j] == AUXILIARY and view.L[j] != "'s" or view.L[j] in finite or view.W[j][0].islower() and (
                view.L[j].endswith("ed") and j > k and view.K[j - 1] not in (DETERMINER, POSSESSIVE, PREPOSITION)):
            return True
        if view.W[j] in (";", "—") or view.L[j] in ("when", "after", "as", "while", "because"):
            return False
    return False


def _verb_first(view: View, k: int) -> bool:
    return view.K[k] == AUXILIARY or view.L[k] in words()["finite"]


def _aside_end(view: View, span: Range) -> int:
    return next((k for k in range(*span) if view.W[k] == "," and not view.Q[k]), span[1])


_OWN_MIND = frozenset(("CUE.THINK", "CUE.WANT", "CUE.WANT.NOUN", "CUE.HOPE-FOR"))     # "I think": the writer


def _right_content(sentence: Sentence, group: Group, later) -> bool:
    view = sentence.view
    right = look_right(view, group, sentence.end)
    rule, span, cue_end = _accept(sentence, group, right, later)
    if rule is None:
        return False
    if group.infinitive:
        return False
    source = _subject_of(sentence, group)
    if source is None or view.L[source[0]] in words()["first_person"] and rule.id in _OWN_MIND:
        return False
    content = [span]
    gap = source[0] - 1
    if gap >= sentence.low and (view.K[gap] == RELATIVE or view.L[gap] == "what") and _verb_first(view, span[0]) and right.mark == "bare":
        content = [(gap, gap + 1), (span[0], _aside_end(view, span))]     # "the plan, which she says is late, ..."
    sentence.add(source, (group.first, cue_end), content, f"right-{right.mark.partition(':')[0]}", group, rule, right.channel)
    if view.K[source[0]] != RELATIVE:
        sentence.floor = span[1]
    return True
