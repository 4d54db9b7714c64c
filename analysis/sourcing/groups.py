"""Stage 1: candidate cues. A dictionary look-up finds the words, their neighbours say whether they are verbs here."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.sourcing.cues import BASE, ING, PARTICIPLE, PAST, THIRD, Cue, cue_forms, cue_table
from analysis.sourcing.view import (
    ADVERB,
    AUXILIARY,
    BREAKS,
    CONJUNCTION,
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

_PARTICLES = frozenset("down up out off over back away aside".split())
# "letting voters know"
_CAUSATIVES = frozenset("let lets letting make makes made making help helps helped".split())


@dataclass(slots=True)
class Group:
    """A verb group that may report: tokens `first` to `last` (half-open), its main verb at `verb`."""

    first: int
    verb: int
    last: int
    cue: Cue
    passive: bool = False
    ing: bool = False  # a participle with no auxiliary: "saying"
    infinitive: bool = False  # "to say", with no governing verb
    ambiguous: bool = False  # the form is often a noun

    @property
    def plain(self) -> bool:
        return self.first == self.verb


def candidates(view: View) -> list[int]:
    """Tokens outside quotations that are a form of a reporting verb, in order."""
    quoted = view.Q
    return [k for k in view.document.tokens.find(cue_forms()) if not quoted[k]]


def verb_group(view: View, k: int, low: int, *, title: bool = False) -> Group | None:
    """The verb group around the candidate k, not reaching left of `low`; None where it is no verb.

    `title`: the sentence is a headline with capitals on most words.
    """
    L, K, W = view.L, view.K, view.W
    cue = cue_table()[L[k]]
    if f"{L[k]}_{L[k + 1]}" in words()["compound"] or (
        L[k] == "blame" and L[k - 1] == "to" and L[k - 2] in words()["be"]
    ):
        return None  # "a call centre"; "the rain was to blame"
    if _no_statement(view, k):
        return None
    if W[k][0].isupper() and k > low and not _after_break(view, k, low) and not (title and _title_verb(view, k, cue)):
        return None
    first = k
    while first > low and not view.Q[first - 1] and _extends(view, first - 1, first):
        first -= 1
    while first < k and (view.lower_adverb(first) or K[first] == TIME) and first > low and W[first - 1] == ",":
        first += 1  # ", reportedly said"
    infinitive = False
    if first > low and L[first - 1] == "to" and BASE in cue.forms:
        governed = _governor(view, first - 1, low)
        if governed is None:
            infinitive = True
            first -= 1
        else:
            first = governed
    begun = ING in cue.forms and first > low and L[first - 1] in words()["begun"] and not view.Q[first - 1]
    if begun:
        first -= 1
        while first > low and not view.Q[first - 1] and _extends(view, first - 1, first):
            first -= 1
    group = Group(first, k, k + 1, cue, infinitive=infinitive)
    aux = [L[j] for j in range(first, k) if K[j] == AUXILIARY]
    own = words()
    be = not own["be"].isdisjoint(aux)
    nearest = next((low for low in reversed(aux) if low not in own["negative"]), "") if aux else ""
    group.passive = nearest in own["be"] and PARTICIPLE in cue.forms and ING not in cue.forms
    if nearest == "'s" and group.passive:  # "he's said" is "has said"
        group.passive = False
    group.ing = ING in cue.forms and not be and not begun
    if begun:
        return group
    group.ambiguous = L[k] in own["noun_like"]
    if not aux and not infinitive and first == k and not _is_verb(view, group, low):
        return None
    if first < k and not aux and not infinitive and not group.ing and not _is_verb(view, group, low):
        return None
    return group


_STATED = (DETERMINER, SUBJECT, POSSESSIVE, RELATIVE)


def _no_statement(view: View, k: int) -> bool:
    """ "state laws", "state Senator Ann Reed", "the four states": a part of a country."""
    if view.L[k] not in ("state", "states") or view.Q[k + 1] or view.K[k + 1] in _STATED or view.L[k + 1] == ":":
        return False
    return view.L[k] == "state" or view.W[k + 1][0].isalnum()


def _title_verb(view: View, k: int, cue: Cue) -> bool:
    """Is a capitalised form in a headline a verb: "Pollster Says Prices Will Fall"?"""
    if view.L[k] in words()["noun_like"] and view.L[k] not in words()["title_verb"]:
        return False
    return (THIRD in cue.forms or PAST in cue.forms) and view.W[k - 1][0].isupper() and view.K[k - 1] == ""


def _after_break(view: View, k: int, low: int) -> bool:
    return view.Q[k - 1] or view.W[k - 1] in BREAKS or view.W[k - 1] in (".", "?", "!", "-", '"')


def _extends(view: View, j: int, first: int) -> bool:
    """May token j stand inside a verb group, left of the rest of it?"""
    kind = view.K[j]
    if kind == AUXILIARY:
        if view.L[j] == "'s":  # "he's said", not "Reed's said"
            return j > 0 and view.L[j - 1] in ("he", "she", "it", "who", "that", "there", "what")
        return not (view.W[j][0].isupper() and view.L[j] in ("may", "will"))
    if (
        view.L[j] in words()["between"]
        and j > 0
        and (view.K[j - 1] in (AUXILIARY, SUBJECT, RELATIVE) or view.L[j] == "then")
    ):
        return view.W[j][0].islower()
    if (view.L[j] == "no" and view.L[first] == "longer") or (view.L[j] == "once" and view.W[j] == "once"):
        return True
    if kind == ADVERB or (kind == TIME and view.L[j] in ("later", "recently", "earlier", "again", "publicly")):
        return view.W[j][0].islower()
    return view.lower_adverb(j)


def _governor(view: View, to: int, low: int) -> int | None:
    """The start of the group that governs "to" + verb ("went on to say", "is expected to say"), else None."""
    governors = words()["governor"]
    g = to - 1
    if g >= low and view.L[g] == "on":
        g -= 1
    if g < low or view.Q[g]:
        return None
    if view.L[g] in governors or view.L[g] in ("is", "are", "was", "were", "going", "about"):
        while g > low and not view.Q[g - 1] and _extends(view, g - 1, g):
            g -= 1
        return g
    return None


def _is_verb(view: View, group: Group, low: int) -> bool:
    """Is the bare form a finite verb or a participle here, and not a noun or an adjective?"""
    k = group.verb
    L, K, W = view.L, view.K, view.W
    p = group.first - 1
    forms = group.cue.forms
    if p < low:
        return not group.ambiguous or ING in forms or (k + 1 < view.n and K[k + 1] in (DETERMINER, SUBJECT))
    before, kind = L[p], K[p]
    if kind == POSSESSIVE or before == "'s" or before in ("a", "an", "the", "no", "its", "every", "much", "such", "'"):
        return False
    if kind == DETERMINER and before not in words()["determiner_subject"]:
        return False
    after = L[k + 1] if k + 1 < view.n else "."
    if (kind == SUBJECT and (THIRD in forms) == (before in ("he", "she", "it"))) or (PAST in forms and kind == SUBJECT):
        return True
    if kind == PREPOSITION and not group.ing:
        # "the plan he spoke of said": rare; "the man in charge said" has a noun before the verb
        return False
    if before in ("most", "more", "less", "least", "very", "so"):
        return False
    one = kind == "" and before[-1] != "s" and before not in _SHARES and p > low and L[p - 1] in ("a", "an")
    if one and BASE in forms and PAST not in forms:
        return False  # "in a research note that"
    if group.ambiguous:
        if after == "that" and k + 2 < view.n and K[k + 2] == AUXILIARY and BASE not in forms and PAST not in forms:
            return False  # "the states that have": a relative clause
        if after in ("of", "from", "by", "between", "among") or kind in (AUXILIARY, OBJECT) or before in _PARTICLES:
            return False  # "played down reports that"
        if K[k + 2] == PREPOSITION and (after.endswith("ed") or after in words()["participle"]):
            return False  # "a police report obtained by the newspaper"
        if THIRD in forms and PAST not in forms:  # "calls": singular subject, then an object
            opens = after in _OPENS_CLAUSE or view.Q[k + 1] or W[k + 1][0].isupper() or W[k + 1][0].isdigit()
            opens = opens or after == "out"  # "points out"
            if after == "," and not _determined(view, p, low):
                return False  # "citing internal documents, ..."
            if kind == DETERMINER and before not in _SINGULAR:
                return False  # "two reports"
            return (
                W[p][0].isupper()
                or kind in (SUBJECT, RELATIVE)
                or before in (",", ")", "and")
                or (view.Q[p] and (W[p][0].isalnum() or W[p - 1] in (",", ".", "?", "!")))
                or (before[-1:] != "s" and W[p][0].isalpha() and opens)
                or (before in group.cue.subjects and kind == "")  # "early analysis shows"
            ) and _object_follows(view, k)
        if BASE in forms and PAST not in forms:  # "claim": plural subject
            return (
                (kind in (SUBJECT, RELATIVE) and before not in ("he", "she", "it") and not _points(view, p))
                or (before in (",", ")") and p > low + 1)
                or (before.endswith("s") and W[p][0].isalpha())
                or (before in words()["determiner_subject"] and before not in _SINGULAR)
                or before in ("people", "and", "women", "men", "police")
                or _plural_subject(view, p, low)
            ) and _object_follows(view, k)
        return True
    if BASE in forms and PAST not in forms:
        if p > low and L[p - 1] in _CAUSATIVES:
            return False  # "letting voters know"
        if kind == CONJUNCTION and before not in ("and", "but", "or"):
            return False
        if before in cue_table() and before not in words()["noun_like"] and W[p][0].islower():
            return False  # "experts say recall efforts fail"
        return before not in ("he", "she", "it") and (W[p][0].islower() or W[p][0].isupper() or True)
    return True


def _points(view: View, p: int) -> bool:
    """Is the "that" at p a determiner ("called that report wrong") and no relative pronoun ("records that show")?"""
    return view.L[p] == "that" and not (view.L[p - 1].endswith("s") and view.K[p - 1] == "")


def _determined(view: View, p: int, low: int) -> bool:
    """Does the noun phrase that ends at p open as a singular must: with a determiner, a name, a pronoun?"""
    while p > low and not view.K[p] and view.W[p][0].islower():
        p -= 1
    opens = view.K[p] in (DETERMINER, POSSESSIVE, SUBJECT, RELATIVE) or view.L[p] in ("'s", "and")
    return opens or view.W[p][0].isupper()


def _plural_subject(view: View, p: int, low: int) -> bool:
    """Does a plural with a phrase behind it end at p, and open the clause: "Figures from the Bank of England"?"""
    L, K, W = view.L, view.K, view.W
    if K[p] == DETERMINER:
        return False  # "the people of this state"
    floor = max(low, p - 14)
    a = p
    while (
        a >= floor
        and not view.Q[a]
        and (K[a] in ("", PREPOSITION, DETERMINER, POSSESSIVE) and (W[a][0].isalnum() or W[a] in ("'s", "’s", "-")))
    ):
        a -= 1
    if a >= low and W[a] not in BREAKS and K[a] not in (CONJUNCTION, RELATIVE) and L[a] not in ("'s", "and"):
        return False
    first = next(
        (
            j
            for j in range(a + 2, p)
            if K[j] == PREPOSITION or L[j] in words()["participle"] or (L[j].endswith("ed") and K[j + 1] == PREPOSITION)
        ),
        None,
    )
    return first is not None and (L[first - 1] == "data" or (L[first - 1][-1] == "s" and L[first - 1][-2:] != "ss"))


_SHARES = frozenset("third quarter fifth tenth half majority minority few lot number handful couple".split())
_SINGULAR = frozenset("this that one another each either neither everyone everybody someone nobody anyone".split())
_OPENS_CLAUSE = frozenset(
    (
        "that",
        "the",
        "a",
        "an",
        "he",
        "she",
        "it",
        "they",
        "we",
        "his",
        "her",
        "its",
        "their",
        "how",
        "why",
        "what",
        "whether",
        "no",
        "many",
        "most",
        "some",
        "several",
        ":",
        ",",
    )
)


def _object_follows(view: View, k: int) -> bool:
    """Can what stands after k be the complement of a verb?"""
    if k + 1 >= view.n:
        return False
    kind, low = view.K[k + 1], view.L[k + 1]
    if view.W[k + 1] in (".", "?", "!", ";", ")"):
        return group_after_quote(view, k)
    if view.Q[k + 1] or low in _OPENS_CLAUSE or low in (":", "for", "on", "to", "about", "out"):
        return True
    return kind in (DETERMINER, SUBJECT, POSSESSIVE, RELATIVE, OBJECT) or (view.W[k + 1][0].isalnum() and kind == "")


def group_after_quote(view: View, k: int) -> bool:
    """ "..., Mr Reed notes.": is there a comma or a closing quotation within a few words left of k?"""
    return any(view.Q[j] or view.W[j] == "," for j in range(max(0, k - 6), k))
