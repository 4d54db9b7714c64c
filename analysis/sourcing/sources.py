"""Stage 3: the source phrase, left of the cue (its subject) or right of it ("..., said Ann Reed")."""

from __future__ import annotations

from analysis.sourcing.cues import BASE, PAST, THIRD, cue_table
from analysis.sourcing.view import (
    ADVERB,
    AUXILIARY,
    BREAKS,
    CONJUNCTION,
    DASHES,
    DETERMINER,
    END_MARKS,
    OBJECT,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    SUBJECT,
    TIME,
    View,
    words,
)

Range = tuple[int, int]
_INSIDE_NAME = frozenset(("&", "'", "’", "$", "%", "/", "#", "-", "‑", ".", "“", "”", '"'))  # marks: of a title
MONTHS = frozenset("january february march april may june july august september october november december".split())
_REACH = 60  # tokens a source phrase may be long: keeps the time linear


def left_source(view: View, end: int, low: int) -> Range | None:
    """The subject whose verb group starts at `end`: pronoun, relative pronoun, or noun phrase with its apposition."""
    end = _before_adjunct(view, end, low)
    j = end - 1
    if j < low:
        return None
    mark = view.W[j]
    if view.Q[j] and j > low and view.W[j - 1] == "," and not mark[0].isalnum():
        return _over_aside(view, j, low, ",")  # "Mr Reed, who calls it “a farce,” said"
    if mark == "," or mark in DASHES or mark in ")]":
        return _over_aside(view, j, low)
    if view.K[j] == RELATIVE or view.K[j] == SUBJECT:
        return j, j + 1
    phrase = noun_phrase_left(view, end, low)
    if phrase is not None and phrase[0] > low and view.L[phrase[0] - 1] == "whose":
        return phrase[0] - 1, phrase[1]  # "the coroner, whose clerk said"
    return phrase


def _before_adjunct(view: View, end: int, low: int) -> int:
    """Step left over "on Friday", "later", "last week" between subject and verb."""
    L, K = view.L, view.K
    while end > low + 1:
        k = end - 1
        if (
            K[k] == TIME
            or view.lower_adverb(k)
            or L[k] in ("himself", "herself", "themselves", "itself", "too", "both", "all", "each")
        ):
            if k > low and L[k] in ("all", "both", "each") and K[k - 1] in (PREPOSITION, ""):
                return end
            end = k
            if end > low + 1 and L[end - 1] in ("on", "late", "early", "last", "this"):
                end -= 1
        elif (
            L[k] in ("week", "month", "year", "morning", "night", "evening", "afternoon")
            and k > low + 1
            and L[k - 1] in ("last", "this", "that")
        ):
            end = k - 1
            if end > low + 1 and L[end - 1] in ("earlier", "late", "later"):
                end -= 1
        elif L[k].isdigit() and len(L[k]) == 4 and k > low + 1 and L[k - 1] in ("in", "since"):
            end = k - 1
        elif L[k] == "time" and k > low + 2 and L[k - 2 : k] == ["at", "the"]:
            end = k - 2
        else:
            break
    return end


def _over_aside(view: View, close: int, low: int, mark: str = "") -> Range | None:
    """Subject before an aside that closes at `close`: "Mr Reed, a lawyer, said", "the firm (ABC) said"."""
    W = view.W
    mark = mark or W[close]
    opening = {")": "(", "]": "["}.get(mark, mark)
    floor = max(low, close - _REACH)
    best = None
    k = close
    for _ in range(5):  # an aside may hold commas of its own
        k -= 1
        while k >= floor and (W[k] != opening or view.Q[k]):
            k -= 1
        if k <= low or k < floor:
            break
        head = None if view.Q[k - 1] else noun_phrase_left(view, k, low)
        if mark != ",":
            return None if head is None else (head[0], close + 1)
        if head is None:
            continue
        if head[0] > low and view.L[head[0] - 1] == "whose" and all(W[j][0].isupper() for j in range(k + 1, close)):
            return head[0] - 1, close  # "a lawyer, whose clerk, Ann Reed, said"
        if _identifies(view, k + 1) and _opens_subject(view, head):
            return head[0], close
        best = best or head
    return best


def _identifies(view: View, k: int) -> bool:
    """Does an aside that starts at k say who the source is (an apposition), and not when or where?"""
    low = view.L[k]
    return (
        low in words()["apposition"]
        or view.W[k][0].isdigit()
        or (view.W[k][0].isupper() and view.K[k] not in (TIME, PREPOSITION, CONJUNCTION))
    )


def _opens_subject(view: View, span: Range) -> bool:
    """Does a phrase look like a whole subject: it opens with a name or a determiner, and is no number or place?"""
    k = span[0]
    return (view.W[k][0].isupper() and view.K[k] != TIME) or view.K[k] in (DETERMINER, SUBJECT, POSSESSIVE)


def noun_phrase_left(view: View, end: int, low: int) -> Range | None:
    """The noun phrase that ends just before `end`, back to a clause boundary."""
    L, K, W, Q = view.L, view.K, view.W, view.Q
    floor = max(low, end - _REACH)
    k = end - 1
    while k >= floor:
        kind = K[k]
        if Q[k]:
            if not _short_quote_before(view, k, floor):
                break
            k -= 1
            continue
        if not (W[k][0].isalnum() or W[k][0] in "@#$'’"):
            if W[k] in _INSIDE_NAME and not view.is_dash(k):
                k -= 1
                continue
            if W[k] == ")":
                opening = k
                while opening > max(floor, k - 10) and W[opening] != "(":
                    opening -= 1
                if W[opening] == "(":
                    k = opening - 1
                    continue
            break
        if kind == SUBJECT and (L[k] != "i" or W[k] == "I"):
            k -= 1
            break
        if kind == RELATIVE:
            if (
                L[k] == "that"
                and k > floor
                and (K[k - 1] == PREPOSITION or (k == end - 2 and not _nounish(view, k - 1)))
            ):
                k -= 1  # "of that report": a determiner
                continue
            if k > floor and k < end - 2 and _nounish(view, k - 1) and (L[k] != "that" or _opens_relative(view, k + 1)):
                k -= 1  # "voters who backed her said": the antecedent is the head
                continue
            break
        if (kind == CONJUNCTION and L[k] not in ("and", "or", "than")) or L[k] == "what":
            break
        if L[k] in ("and", "or") and not (k > floor and _joins_subject(view, k, floor)):
            break
        obstacle = (
            (kind == AUXILIARY and W[k][0].islower() and L[k] != "'s")
            or (k < end - 1 and _finite(view, k, floor))
            or (k == end - 1 and kind == "" and _participle_after_aux(view, k, floor))
        )
        if obstacle:
            relative = _relative_before(view, k, floor)
            if relative is None:
                break
            k = relative - 1
            continue
        k -= 1
    return _trim_left(view, k + 1, end)


def _opens_relative(view: View, k: int) -> bool:
    """Does a verb stand at k, behind "that": "the figures that show the loss"?"""
    return _verb_at(view, k) or (view.L[k] in cue_table() and view.K[k + 1] in (DETERMINER, POSSESSIVE))


def _verb_at(view: View, k: int) -> bool:
    low = view.L[k]
    return view.K[k] == AUXILIARY or (
        view.W[k][0].islower()
        and (low in words()["finite"] or low.endswith("ed") or (low in cue_table() and low not in words()["noun_like"]))
    )


def _participle_after_aux(view: View, k: int, floor: int) -> bool:
    return k > floor and view.K[k - 1] == AUXILIARY and view.L[k - 1] != "'s"


def _relative_before(view: View, k: int, floor: int) -> int | None:
    """The relative pronoun of the clause whose verb is at k: "the officials whose laws have been struck down"."""
    for j in range(k - 1, max(floor, k - 8), -1):
        if view.W[j] in BREAKS or view.K[j] == CONJUNCTION or view.Q[j]:
            return None
        if view.K[j] == RELATIVE:
            return j if j > floor and _nounish(view, j - 1) and view.K[j - 1] == "" else None
    return None


def _short_quote_before(view: View, k: int, floor: int) -> bool:
    """Is the quoted token k at the end of a nickname or a scare quote, and not of a quotation proper?"""
    if k >= 1 and not view.W[k][0].isalnum() and view.W[k - 1] in (",", ".", "?", "!"):
        return False
    j = k
    while j > floor and view.Q[j] and k - j < 7:
        j -= 1
    return k - j < 7


def _nounish(view: View, k: int) -> bool:
    return view.W[k][0].isalnum() and view.K[k] in ("", DETERMINER) and not view.Q[k]


def _finite(view: View, k: int, floor: int) -> bool:
    """Is the open-class word k, left of a subject, the verb of another clause?"""
    L, K, W = view.L, view.K, view.W
    if not W[k][0].islower() or k < floor or K[k]:
        return False
    low = L[k]
    before = k - 1
    if k > floor and (
        K[before] in (DETERMINER, POSSESSIVE, PREPOSITION)
        or L[before] in ("'s", "-")
        or (view.lower_adverb(before) and not K[before])
    ):
        return False
    if _reduced_relative(view, k, floor):
        return False
    if low in words()["finite"] or low in ("said", "says"):
        return True
    cue = cue_table().get(low)
    third = cue is not None and THIRD in cue.forms and BASE not in cue.forms and low not in words()["noun_like"]
    if third and K[k + 1] != PREPOSITION:
        return True  # "polling suggests most voters believe", and not "advocates in the town said"
    if not (
        (low.endswith("ed") and len(low) > 4)
        or (cue is not None and PAST in cue.forms and low not in words()["noun_like"])
    ):
        return False
    if K[k + 1 : k + 2] in ([DETERMINER], [POSSESSIVE], [OBJECT]):
        return True
    return k > floor and (W[before][0].isupper() or K[before] in (SUBJECT, AUXILIARY, RELATIVE))


def _reduced_relative(view: View, k: int, floor: int) -> bool:
    """Is k a participle that says more of the noun before it: "a letter sent to the council", "emails seen by"?"""
    low, before = view.L[k], k - 1
    if view.K[k + 1] != PREPOSITION or view.Q[before] or k <= floor or view.K[before]:
        return False
    if not (low.endswith("ed") or low in words()["participle"]):
        return False
    if view.L[k + 1] == "by":
        return True
    if view.W[before][0].islower():
        return low in words()["participle"]
    # "Figures released on Monday": the capital is the sentence's, and nothing stands before it
    plural = view.L[before].endswith("s") or view.L[before] in _MASS
    return plural and (before == 0 or view.W[before - 1] in END_MARKS)


_MASS = frozenset("footage video film data evidence research material audio imagery polling".split())


def _joins_subject(view: View, k: int, floor: int) -> bool:
    """Does "and" at k join two nouns of one subject ("Google and Yahoo said"), with no verb before it?"""
    if not _nounish(view, k - 1) and view.W[k - 1] != ")":
        return False
    j = k - 1
    while j >= floor and view.W[j] not in (",", ";", ":", "—", "–", "--") and view.K[j] != CONJUNCTION:
        low = view.L[j]
        if (view.K[j] in (AUXILIARY, SUBJECT) and low != "'s") or view.Q[j]:
            return False
        if view.W[j][0].islower() and (
            low.endswith("ed") or low in words()["finite"] or (low in cue_table() and low not in words()["noun_like"])
        ):
            return False
        j -= 1
    return True


def _trim_left(view: View, a: int, b: int) -> Range | None:
    """Take off what opens a clause: "But", "Meanwhile", a fronted "In Iowa" without comma; and trailing adverbs."""
    L, K, W = view.L, view.K, view.W
    front = words()["front"]
    while a < b and (
        K[a] == CONJUNCTION
        or (L[a] in ("to", "out", "up", "off", "back") and b - a > 1)
        or (not W[a][0].isalnum() and W[a][0] not in "@#$\"“‘'")
        or (W[a] == '"' and '"' not in W[a + 1 : b])  # of a quotation before it
        or (K[a] == TIME and b - a > 1)
        or (view.lower_adverb(a) and b - a > 1)
        or L[a] in ("once", "even", "however", "then", "still")
        or (L[a].endswith("ly") and W[a][0].isupper() and b - a > 1 and K[a + 1] in (DETERMINER, POSSESSIVE))
    ):
        a += 1
    if a < b and L[a] in front and b - a > 1:
        k = b - 1
        while k > a and K[k] not in (DETERMINER, POSSESSIVE, SUBJECT) and K[k] != PREPOSITION:
            k -= 1
        if k > a and K[k] in (DETERMINER, POSSESSIVE, SUBJECT):
            a = k
        else:
            k = b - 1
            while k > a and (W[k][0].isupper() or W[k] in (".", "'s", "’s", "-")):
                k -= 1
            a = k + 1 if k + 1 < b else a
    while b > a and (
        view.lower_adverb(b - 1)
        or (
            b - a > 1
            and L[b - 1] in ("both", "all", "each", "himself", "herself", "themselves", "itself", "today", "too")
        )
    ):
        b -= 1
    if b <= a or (
        b - a == 1 and (K[a] in (TIME, PREPOSITION, ADVERB, AUXILIARY) or (not W[a][0].isalnum() and W[a][0] != "@"))
    ):
        return None
    return a, b


def right_source(view: View, start: int, stop: int) -> Range | None:
    """The source after an inverted cue: "said Ann Reed, a spokeswoman for the firm, in a statement"."""
    L, K, W, Q = view.L, view.K, view.W, view.Q
    own = words()
    if start >= stop:
        return None
    if K[start] == SUBJECT:
        return start, start + 1
    k = start
    relative = False  # inside ", who ...": it runs to the next comma
    stop = min(stop, start + _REACH)
    while k < stop:
        word = W[k]
        if Q[k] and not (k in view.quote_at and view.quotes[view.quote_at[k]][1] - k <= 5 and k > start):
            break
        if word in (";", ":", "?", "!") or (word in DASHES and word != "-") or (word == "." and not Q[k]):
            break
        if word == "," and k + 1 < stop:
            n = k + 1
            if (
                Q[n]
                or L[n].endswith("ing")
                or (K[n] in (CONJUNCTION, PREPOSITION, SUBJECT, TIME) and L[n] not in ("of",))
                or L[n] in ("according", "citing")
            ):
                break
            relative = L[n] in ("who", "whose")
            if W[n][0].islower() and K[n] not in (DETERMINER, POSSESSIVE, RELATIVE) and L[n] not in own["apposition"]:
                break
        elif k > start and not relative and _adjunct_starts(view, k, start):
            break
        k += 1
    b = k
    if k < stop and Q[k]:  # "said a man who called it “a shame”": not part of the source
        b = next((j for j in range(start + 1, k) if L[j] == "who"), k)
    while b > start and (W[b - 1] in (",", ".", "(") or K[b - 1] == TIME):
        b -= 1
    return (start, b) if b > start else None


def _adjunct_starts(view: View, k: int, start: int) -> bool:
    """Does an adjunct of the cue start at k: "said Ann Reed in a statement", "wrote Ann Reed on Friday"?"""
    low = view.L[k]
    if low not in words()["adjunct"]:
        return view.K[k] == TIME or low == "that"
    if low in ("of", "from", "for", "with", "to", "at", "in", "on", "about"):
        return (
            is_adjunct(view, k)
            or (low == "to" and k > start and view.W[k - 1][0].isupper())
            or (low == "on" and view.W[k - 1][0].isupper() and view.K[k - 1] == "")
        )
    return True


def is_adjunct(view: View, k: int) -> bool:
    """A time or medium phrase at k: "on Friday", "in an interview", "at a rally", "in March", "on Twitter"."""
    L, K, W = view.L, view.K, view.W
    n = view.n
    if k >= n or L[k] not in ("in", "on", "at", "during", "via", "from", "through"):
        return False
    medium = words()["medium"]
    for j in range(k + 1, min(n, k + 8)):
        if L[j] == "." and W[j + 1][0].isupper():
            return False  # the sentence ends
        if (
            L[j] in medium
            or K[j] == TIME
            or (L[j].isdigit() and len(L[j]) == 4)
            or (L[j] in MONTHS and view.W[j][0].isupper())
        ):
            return True
        if not (view.W[j][0].isalnum() or view.W[j] in ("'s", "’s", "-", ".")) or (
            K[j] in (SUBJECT, AUXILIARY, RELATIVE, CONJUNCTION) and L[j] not in ("'s", "'")
        ):
            return False
    return False
