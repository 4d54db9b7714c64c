"""Cues that are no verbs: "according to" and its like, and nouns of saying ("his claim that")."""

from __future__ import annotations

from functools import cache

from analysis.rules import Rule
from analysis.sourcing.contents import left_start
from analysis.sourcing.cues import adjectives, cue_table, nouns, rule
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.sources import left_source
from analysis.sourcing.view import (
    ADVERB,
    AUXILIARY,
    CONJUNCTION,
    DETERMINER,
    END_MARKS,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    SUBJECT,
    TIME,
    View,
    words,
)

_LONGEST = 14  # words between "according to" and the end of a bare source phrase without a comma


@cache
def _openings() -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for opening in rule("CUE.ACCORDING")["words"]:
        first, *rest = opening.split()
        table.setdefault(first, []).append(tuple(rest))
    return table


@cache
def _places() -> frozenset[str]:
    return frozenset((*_openings(), *nouns(), *adjectives()))


def phrase_places(view: View) -> list[int]:
    """Tokens outside quotations where such a cue may start, in order."""
    quoted = view.Q
    return [k for k in view.document.tokens.find(_places()) if not quoted[k]]


def read_phrases(view: View, low: int, last: int, places: list[int], drafts: list[Draft]) -> list[Draft]:
    """The attributions of a sentence whose cue is one of these."""
    end = last
    while end > low and view.W[end - 1] in END_MARKS and not view.Q[end - 1]:
        end -= 1
    out = []
    for k in places:
        word = view.L[k]
        for rest in _openings().get(word, ()):
            if tuple(view.L[k + 1 : k + 1 + len(rest)]) == rest:
                draft = _according(view, k, k + 1 + len(rest), low, end, drafts)
                if draft:
                    out.append(draft)
        if word in adjectives():
            draft = _adjective(view, k, adjectives()[word], low, _content_end(k, end, drafts))
            if draft:
                out.append(draft)
        if word not in nouns() or any(a <= k < b for d in drafts for a, b in d.cue):
            continue  # "the suit claims that": a verb here
        for own in nouns()[word]:
            draft = _noun(view, k, own, low, _content_end(k, end, drafts))
            if draft and any(draft.content[0][0] == a for d in drafts for a, _ in d.content):
                break  # "said in a statement that": the verb has it
            if draft:
                out.append(draft)
                break
    return out


def _content_end(k: int, end: int, drafts: list[Draft]) -> int:
    """Where the content that k stands in ends, else the sentence: what is said inside it does not reach further."""
    return min((b for d in drafts for a, b in d.content if a <= k < b <= end), default=end)


# ---------------------------------------------------------------- according to


def _according(view: View, k: int, a: int, low: int, end: int, drafts: list[Draft]) -> Draft | None:
    W, L = view.W, view.L
    b = a
    while b < end and not view.Q[b] and W[b] not in (",", ";", ":", "(", ")") and W[b] not in ("—", "–", "--", "-"):
        b += 1
    if b == a or view.L[a].endswith("ing"):
        return None
    opens = not any(W[j][0].isalnum() or view.Q[j] for j in range(low, k)) or (
        k - low <= 2 and view.K[low] == CONJUNCTION
    )
    stop = b
    if (
        b + 1 < end
        and W[b] == ","
        and (L[b + 1] in ("a", "an", "the", "who", "which") or (opens is False and L[b + 1] == "based"))
    ):
        c = b + 1
        while c < end and not view.Q[c] and W[c] not in (",", ";"):
            c += 1
        clause = any(view.K[j] == AUXILIARY and L[j] != "'s" for j in range(b + 1, c)) and L[b + 1] not in (
            "who",
            "which",
        )
        if (c >= end if not opens else c < end and W[c] == ",") and not clause:
            stop = c
    content: list[Range] = []
    if opens:
        content.append((stop + 1, _before_others(view, stop + 1, end, drafts)))
    else:
        start = left_start(view, low, k)
        front = W[k - 1] == "," and stop < end and W[stop] == "," and L[stop + 1 : stop + 2] != ["and"]
        if W[k - 1] == "," and L[k - 2] in ("and", "but") and stop + 2 < end and W[stop] == ",":
            content.append((stop + 1, end))  # "won two games and, according to two players, lost their support"
        elif (front and view.L[start] in ("while", "if", "although", "because", "when")) or (front and k - start < 9):
            content.append((start, k))
            content.append((stop + 1, end))
        else:
            content.append((_clause_before(view, start, k), k))
    content = [r for r in (view.trim(*r) for r in content) if r[1] > r[0]]
    if not content:
        return None
    return Draft([(a, stop)], [(k, a)], content, "according", " ".join(L[k:a]), rule("CUE.ACCORDING"))


def _before_others(view: View, start: int, end: int, drafts: list[Draft]) -> int:
    """Where the content behind "According to X," ends: before ", though critics say"."""
    for a in sorted(draft.source[0][0] for draft in drafts if draft.source):
        if start + 2 < a < end and view.W[a - 2] == "," and view.L[a - 1] in _CONTRASTS:
            return a - 2
    return end


_CONTRASTS = frozenset("but while though although whereas".split())


def _clause_before(view: View, start: int, k: int) -> int:
    """The content left of "according to" starts after a semicolon, or after ", and" with a new subject."""
    for j in range(k - 1, start, -1):
        if view.Q[j]:
            continue
        if view.W[j] == ";":
            return j + 1
        if view.W[j] == "," and view.L[j + 1] in ("and", "but") and view.K[j + 2] == SUBJECT and k - j > 4:
            return j + 2
    return start


# ---------------------------------------------------------------- is convinced that


def _adjective(view: View, k: int, own: Rule, low: int, end: int) -> Draft | None:
    """Ms Ortega is convinced that the vote was late."""
    L, K = view.L, view.K
    n, first = k + 1, k
    if n + 1 >= end or view.Q[n]:
        return None
    while (
        first > low
        and (K[first - 1] in (AUXILIARY, ADVERB) or view.lower_adverb(first - 1) or L[first - 1] in _DEGREE)
        and not view.Q[first - 1]
    ):
        first -= 1
    if not any(L[j] in words()["be"] or L[j] in _LINKING for j in range(first, k)):
        return None
    if L[n] in own.fields.get("takes", ()):
        cue_end = start = n
    elif L[n] in own.fields.get("preps", "").split():
        cue_end = start = n + 1
    else:
        return None
    source = left_source(view, first, low)
    if source is None or L[source[0]] in words()["first_person"] or L[source[0]] in ("it", "there"):
        return None
    stop = _noun_content_end(view, start, end, clause=False) if start > n else end
    content = view.trim(start, stop)
    if content[1] <= content[0]:
        return None
    return Draft([source], [(first, cue_end)], [content], "adjective", L[k], own, own["stance"])


_DEGREE = frozenset("very more most less so too as quite deeply increasingly".split())
_LINKING = frozenset("became become becomes remains remained remain feels felt seems seemed".split())


# ---------------------------------------------------------------- his claim that


def _noun(view: View, k: int, own: Rule, low: int, end: int) -> Draft | None:
    L, K = view.L, view.K
    n = k + 1
    if n + 1 >= end or view.Q[n]:
        return None
    while n < end - 1 and K[n] == TIME:
        n += 1
    takes = own.fields.get("takes", ())
    preps = own.fields.get("preps", "").split()
    if L[n] == "that" and "that" in takes:
        if _verb(view, n + 1) or (view.lower_adverb(n + 1) and _verb(view, n + 2)):
            return None  # a relative clause: "the assurance that earned her a smile"
        cue_end, start, mark = k + 1, n, "that"
    elif L[n] == "to" and "to" in takes and n == k + 1:
        cue_end, start, mark = k + 1, n, "to"
    elif L[n] in preps and n == k + 1:
        cue_end, start, mark = n + 1, n + 1, "of"
    else:
        return None
    source, first = _owner(view, k, low)
    verb = _verb_before(view, source[0] if source and view.K[source[0]] == POSSESSIVE else first, low)
    if L[k].endswith("ing") and source is None:
        return None  # ", warning that": a participle
    if verb is not None and mark == "to":
        return None  # "kept his promise to": what was done, not what was said
    if verb is not None and (source is None or view.K[source[0]] == POSSESSIVE) and mark == "that":
        if "noun" in getattr(cue_table().get(L[_main_verb(view, verb)]), "takes", ()):
            return None  # "rejected the idea that": the verb is the cue
        subject = left_source(view, verb, low)
        if subject and K[subject[0]] != RELATIVE:
            source, first = subject, verb  # "she repeated her claim that": she is the one who says it
    if source is None:
        return None  # nobody's: "concerns that" tells nothing of who has them
    stop = _noun_content_end(view, start, end, clause=mark == "that", to=mark == "to")
    content = view.trim(start, stop)
    if content[1] <= content[0]:
        return None
    return Draft([source] if source else [], [(first, cue_end)], [content], "noun-" + mark, L[k], own, own["stance"])


def _verb_before(view: View, k: int, low: int) -> int | None:
    """The start of the verb group just before the noun phrase that starts at k, None where there is none."""
    j = k - 1
    if j > low and view.K[j] == DETERMINER:
        j -= 1
    if j > low and view.K[j] == PREPOSITION and view.L[j] not in ("of", "with"):
        j -= 1
    if j <= low or view.Q[j] or not view.W[j][0].islower() or view.K[j]:
        return None
    low_word = view.L[j]
    if not (
        low_word.endswith("ed")
        or low_word in words()["finite"]
        or (low_word in cue_table() and low_word not in words()["noun_like"])
    ):
        return None
    if low_word.endswith("ing"):
        return None
    while (
        j > low
        and ((view.K[j - 1] == AUXILIARY and view.L[j - 1] != "'s") or view.lower_adverb(j - 1))
        and not view.Q[j - 1]
    ):
        j -= 1
    return j


def _main_verb(view: View, first: int) -> int:
    k = first
    while view.K[k] or view.lower_adverb(k):
        k += 1
    return k


def _verb(view: View, k: int) -> bool:
    low = view.L[k]
    return view.K[k] == AUXILIARY or (
        view.W[k][0].islower() and not view.K[k] and (low.endswith("ed") or low in words()["finite"])
    )


def _owner(view: View, k: int, low: int) -> tuple[Range | None, int]:
    """(whose it is, where the cue starts): "his old claim", "Ms Ortega's claim"."""
    first = k
    while (
        first > low
        and k - first < 3
        and view.K[first - 1] == ""
        and view.W[first - 1][0].islower()
        and not view.Q[first - 1]
        and view.W[first - 1][0].isalnum()
        and view.L[first - 1] != "'s"
    ):
        first -= 1
    if first == low:
        return None, k
    before = first - 1
    if view.K[before] == POSSESSIVE:
        return (before, before + 1), first
    if view.L[before] == "'s" or (view.L[before] == "'" and view.L[before - 1].endswith("s")):
        owner = _possessor(view, before, low)
        return (owner, before + 1) if owner < before else None, first
    return None, k


def _possessor(view: View, before: int, low: int) -> int:
    """Where the owner before "'s" starts: a name, or the words back to a determiner ("the old mayor's")."""
    k = before
    while k > low and view.W[k - 1][0].isupper() and view.K[k - 1] == "":
        k -= 1
    for j in range(k - 1, max(low - 1, k - 5), -1):
        if view.K[j] in (DETERMINER, POSSESSIVE):
            return j
        if view.K[j] or not view.W[j][0].isalpha() or view.L[j].endswith("ed"):
            break
    return k


def _noun_content_end(view: View, start: int, end: int, *, clause: bool, to: bool = False) -> int:
    """A noun's content ends at the main verb, a comma or a conjunction; a that-clause has a verb of its own."""
    verbs = 0
    allowed = 1 if clause else 0
    for j in range(start + 1, min(end, start + 50)):
        if view.Q[j]:
            continue
        if view.W[j] in (";", ":", "—", "–", "--", ")") or (view.W[j] == "," and (not clause or verbs)):
            return j
        if (
            view.L[j] in ("and", "but")
            and j + 1 < end
            and "past" in getattr(cue_table().get(view.L[j + 1]), "forms", ())
            and verbs
        ):
            return j
        if (
            view.K[j] == AUXILIARY
            and view.L[j] not in ("'s", "be", "been", "being")
            and view.K[j - 1] != AUXILIARY
            and view.L[j - 1] != "to"
            and not view.lower_adverb(j - 1)
        ):
            verbs += 1
            if verbs > allowed and view.K[j - 1] != SUBJECT and view.K[j - 1] != RELATIVE:
                return j
        if (
            not clause
            and j > start + 1
            and (
                (view.K[j] == CONJUNCTION and view.L[j] not in ("and", "or", "than"))
                or (view.K[j] == RELATIVE and not to)
            )
        ):
            return j
        if to and view.L[j] in words()["finite"]:
            return j
        if (
            not clause
            and not to
            and j > start + 2
            and view.L[j] in ("in", "at", "on", "during", "with", "by", "as", "was", "from")
        ):
            return j
    return min(end, start + 50)
