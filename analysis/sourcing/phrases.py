"""Cues that are not verbs: "according to" and its like, nouns of saying ("his claim that"), adjectives ("is sure")."""

from __future__ import annotations

from functools import cache

from analysis.rules import Rule, classes
from analysis.sourcing.adjuncts import adjunct_end
from analysis.sourcing.contents import left_start
from analysis.sourcing.cues import adjectives, cue_table, nouns, rule
from analysis.sourcing.draft import Draft, Range
from analysis.sourcing.source_kinds import is_person_word
from analysis.sourcing.subjects import source_behind, tidy
from analysis.sourcing.view import END_MARKS, View, words


@cache
def _openings() -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for opening in rule("CUE.ACCORDING")["words"]:
        first, *rest = opening.split()
        table.setdefault(first, []).append(tuple(rest))
    return table


@cache
def _framed() -> frozenset[tuple[str, str]]:
    """ "in ... view": the words around the owner of a view."""
    return frozenset((first, last) for first, last in (frame.split(" ... ") for frame in rule("CUE.VIEW")["words"]))


@cache
def _places() -> frozenset[str]:
    return frozenset((*_openings(), *(last for _, last in _framed()), *nouns(), *adjectives()))


def phrase_places(view: View) -> list[int]:
    """Tokens outside quotations where such a cue may start, in order."""
    quoted = view.Q
    return [k for k in view.document.tokens.find(_places()) if not quoted[k]]


def read_phrases(view: View, low: int, last: int, places: list[int], drafts: list[Draft]) -> list[Draft]:
    """The attributions of a sentence whose cue is one of these."""
    end = last
    while end > low and view.W[end - 1] in END_MARKS and not view.Q[end - 1]:
        end -= 1
    out: list[Draft] = []
    cues = {k for d in drafts for a, b in d.cue for k in range(a, b)}
    for k in places:
        out += filter(None, (_according(view, k, a, low, end, drafts) for a in _openings_at(view, k)))
        out += filter(None, [_in_ones_view(view, k, low, end, drafts)])
        word = view.L[k]
        taken = k in cues  # "the suit claims that": a verb here
        if word in adjectives() and not taken:
            out += filter(None, [_adjective(view, k, adjectives()[word], low, _content_around(k, end, drafts))])
        if word in nouns() and not taken:
            out += filter(None, [_noun_of_saying(view, k, low, end, drafts)])
    return out


def _openings_at(view: View, k: int) -> list[int]:
    """Where the source of each opening that stands at k starts."""
    return [
        k + 1 + len(rest) for rest in _openings().get(view.L[k], ()) if tuple(view.L[k + 1 : k + 1 + len(rest)]) == rest
    ]


def _content_around(k: int, end: int, drafts: list[Draft]) -> int:
    """The end of the content that k is in, or of the sentence: what is said inside it does not reach further."""
    return min((b for d in drafts for a, b in d.content if a <= k < b <= end), default=end)


# ---------------------------------------------------------------- according to


def _according(view: View, k: int, a: int, low: int, end: int, drafts: list[Draft]) -> Draft | None:
    """The statement after "according to X" at the start of a sentence, otherwise the one before it."""
    source = source_behind(view, a, end)
    if source is None or view.letters[a] == "g":
        return None
    opens = all(view.L[j] in words()["lead_in"] or not (view.W[j][0].isalnum() or view.Q[j]) for j in range(low, k))
    opens = opens or (view.L[k - 1] == "that" and view.letters[k - 1] == "q")  # "said that according to X, it was"
    if opens:
        source = (a, _source_end(view, a, end, source))
    stop = source[1]
    content = _behind(view, stop, end, drafts) if opens else _before(view, k, stop, low, end)
    content = [r for r in (view.trim(*r) for r in content) if r[1] > r[0]]
    if not content:
        return None
    return Draft([source], [(k, a)], content, "according", " ".join(view.L[k:a]), rule("CUE.ACCORDING"))


def _in_ones_view(view: View, k: int, low: int, end: int, drafts: list[Draft]) -> Draft | None:
    """ "In his view, the plan is dead", "the plan is dead, in Mr Reed's view": the owner stands inside the cue."""
    if view.grammar.chunks[view.chunk_at[k]].kind != "NP":
        return None
    source, _ = _owner(view, k, low)
    if source is None or view.L[source[0]] in words()["first_person"] or (source[0] <= low and view.Q[low]):
        return None
    first = source[0] - 1
    if first < low or (view.L[first], view.L[k]) not in _framed() or view.W[k + 1] not in (",", *END_MARKS):
        return None
    opens = not any(view.W[j][0].isalnum() for j in range(low, first))
    if not opens and view.W[first - 1] != ",":
        return None
    found = _behind(view, k + 1, end, drafts) if opens else _before(view, first, k + 1, low, end)
    content = [r for r in (view.trim(*r) for r in found) if r[1] > r[0]]
    if not content:
        return None
    cue = [(first, source[0]), (source[1], k + 1)]
    return Draft([source], cue, content, "according", f"{view.L[first]} {view.L[k]}", rule("CUE.VIEW"))


def _source_end(view: View, a: int, end: int, source: Range) -> int:
    """Where the source ends that opens a sentence: at the first comma, or at the second, after an apposition.

    "According to a survey published in May by the union, | most shops close", "According to Ann Reed, a lawyer, |".
    Without a comma, or where a clause begins before one, it is `source`.
    """
    near = view.grammar.chunks[view.chunk_at[a]].last
    commas = [j for j in view.places(",", near, end) if not view.Q[j] and not _in_brackets(view, a, j)][:2]
    if not commas or _clause_before(view, near, commas[0], end):
        return source[1]
    first, second = commas[0], commas[-1]
    if second == first or not _is_apposition(view, first + 1, second) or second + 2 >= end:
        return first
    goes_on = view.letters[second + 1] not in "cu" and view.grammar.has_finite_verb(second + 1, end)
    return second if goes_on else first


def _in_brackets(view: View, a: int, k: int) -> bool:
    return view.W[a:k].count("(") > view.W[a:k].count(")")


def _clause_before(view: View, near: int, comma: int, end: int) -> bool:
    """Does what is said begin without a comma: "According to Reed the vote was late, and the port closed"?"""
    if not view.grammar.has_finite_verb(near, comma) or view.L[near] in words()["relative"]:
        return False
    after = comma + 1
    opens = after < end and view.letters[after] != "c" and view.L[after] not in words()["relative"]
    return not (opens and view.grammar.has_finite_verb(after, end))


def _is_apposition(view: View, k: int, last: int) -> bool:
    """Do the words between two commas say who somebody is: "a lawyer", "who lives there", "Ann Reed"?"""
    if view.L[k] in words()["relative"]:
        return True
    number = view.chunk_at[k]
    if number < 0 or view.grammar.chunks[number].kind != "NP" or view.grammar.has_finite_verb(k, last):
        return False
    owned = "'s" in view.L[k:last] and is_person_word(view.L[last - 1])  # "Norland's former envoy"
    return view.letters[k] == "t" or owned or all(view.letters[j] == "p" for j in range(k, last))


def _behind(view: View, stop: int, end: int, drafts: list[Draft]) -> list[Range]:
    """What follows the source: up to a report that is set against it, ", though critics say"."""
    for a in sorted(draft.source[0][0] for draft in drafts if draft.source):
        if stop + 2 < a < end and view.W[a - 2] == "," and view.L[a - 1] in words()["joins_report"] - {"and"}:
            return [(stop, a - 2)]
    return [(stop, end)]


def _before(view: View, k: int, stop: int, low: int, end: int) -> list[Range]:
    """What comes before it; both sides, where it stands between commas near the start of a statement."""
    start = left_start(view, low, k)
    inside = view.W[k - 1] == "," and stop < end and view.W[stop] == ","
    if inside and view.L[k - 2] in words()["joins_clauses"]:
        return [(stop + 1, end)]  # "won two games and, according to two players, lost their support"
    if inside and view.L[stop + 1] != "and" and not view.grammar.has_finite_verb(start, k):
        return [(start, k), (stop + 1, end)]
    if inside and view.L[k - 2] in classes()["be"] and not view.grammar.has_finite_verb(stop + 1, end):
        return [(start, k), (stop + 1, end)]  # "One child was, according to the council, among the dead"
    if inside and view.L[start] in words()["when_clause"]:
        return [(start, k), (stop + 1, end)]
    return [(_clause_start(view, start, k), k)]


def _clause_start(view: View, start: int, k: int) -> int:
    """Where the last clause before k starts: after a semicolon, or after ", and" with a subject of its own."""
    semicolon = next((j for j in reversed(view.places(";", start + 1, k)) if not view.Q[j]), start - 1)
    for j in reversed(view.places(",", max(start, semicolon) + 1, k - 4)):
        joins = view.L[j + 1] in words()["joins_clauses"] and view.L[j + 2] in words()["subject"]
        if joins and not view.Q[j]:
            return j + 2
    return semicolon + 1


# ---------------------------------------------------------------- is convinced that


def _adjective(view: View, k: int, own: Rule, low: int, end: int) -> Draft | None:
    """Ms Ortega is convinced that the vote was late."""
    n, grammar = k + 1, view.grammar
    if n + 1 >= end or view.Q[n]:
        return None
    verb = next(
        (
            c
            for c in (view.chunk_at[k], view.chunk_at[k] - 1, view.chunk_at[k] - 2)
            if c >= 0 and grammar.chunks[c].kind == "VG"
        ),
        None,
    )
    if verb is None or not grammar.verb_group(verb).finite or not _links(view, verb):
        return None
    if view.L[n] in own.fields.get("takes", ()):
        start = n
    elif view.L[n] in own.fields.get("preps", "").split():
        start = n + 1
    else:
        return None
    source = _subject(view, verb, low)
    if source is None or view.L[source[0]] in words()["first_person"] | words()["empty_subject"]:
        return None
    stop = _noun_content_end(view, start, end, clause=False) if start > n else end
    content = view.trim(start, stop)
    if content[1] <= content[0]:
        return None
    return Draft([source], [(grammar.chunks[verb].first, start)], [content], "adjective", view.L[k], own, own["stance"])


def _links(view: View, verb: int) -> bool:
    low = view.L[view.grammar.verb_group(verb).main]
    return low in words()["be"] or low in words()["linking"] or low in adjectives()


def _subject(view: View, verb: int, low: int) -> Range | None:
    """The subject of the clause whose verb is this chunk."""
    grammar = view.grammar
    number = grammar.clause_of(verb)
    subject = None if number is None else grammar.subject_of(number)
    if subject is None or grammar.chunks[subject].first < low:
        return None
    first = grammar.chunks[subject].first
    own = number is not None and grammar.clauses[number].subject == subject
    return tidy(view, first, grammar.chunks[verb].first) if own else grammar.phrase(subject)


# ---------------------------------------------------------------- his claim that


def _noun_of_saying(view: View, k: int, low: int, end: int, drafts: list[Draft]) -> Draft | None:
    for own in nouns()[view.L[k]]:
        draft = _noun(view, k, own, low, _content_around(k, end, drafts))
        if draft and any(draft.content[0][0] == a for d in drafts for a, _ in d.content):
            return None  # "said in a statement that": the verb has it
        if draft:
            return draft
    return None


def _noun(view: View, k: int, own: Rule, low: int, end: int) -> Draft | None:
    """His claim that the vote was late; Ms Ortega's criticism of the plan."""
    opened = _noun_complement(view, k, own, end)
    if opened is None or view.grammar.chunks[view.chunk_at[k]].kind not in ("NP", "P"):
        return None
    mark, cue_end, start = opened
    source, first = _owner(view, k, low)
    verb = _verb_before(view, source[0] if source else first, low)
    if verb is not None and (source is None or view.L[source[0]] in classes()["possessive"]):
        if mark == "to":
            return None  # "kept his promise to": what was done, not what was said
        if mark == "that" and _is_cue(view, verb):
            return None  # "rejected the idea that": the verb is the cue
        subject = _subject(view, verb, low) if mark == "that" else None
        if subject and view.L[subject[0]] not in words()["relative"]:
            source, first = subject, view.grammar.chunks[verb].first  # "she repeated her claim that"
    if source is None:
        return None  # "concerns that": it is not said who has them
    content = view.trim(start, _noun_content_end(view, start, end, clause=mark == "that", to=mark == "to"))
    if content[1] <= content[0]:
        return None
    return Draft([source], [(first, cue_end)], [content], "noun-" + mark, view.L[k], own, own["stance"])


def _verb_before(view: View, k: int, low: int) -> int | None:
    """The verb group directly before the phrase at k, if it does not begin left of `low`."""
    verb = view.chunk_at[k] - 1
    if verb < 0 or view.grammar.chunks[verb].kind != "VG" or view.grammar.chunks[verb].first < low:
        return None
    return verb


def _is_cue(view: View, verb: int) -> bool:
    """Does the verb take what is spoken of as its object: "rejected", "repeated"?"""
    word = cue_table().get(view.L[view.grammar.verb_group(verb).main])
    return word is not None and "noun" in word.takes


def _noun_complement(view: View, k: int, own: Rule, end: int) -> tuple[str, int, int] | None:
    """(how what follows the noun opens, end of the cue, start of the content)."""
    n = k + 1
    while n < end - 1 and adjunct_end(view, n, n + 1) > n:
        n += 1
    if n + 1 >= end or view.Q[n]:
        return None
    takes = own.fields.get("takes", ())
    if view.L[n] == "that" and "that" in takes:
        return None if view.letters[n] != "q" else ("that", k + 1, n)
    if n != k + 1:
        return None
    if "that" in takes and view.L[n] in classes()["be"] and view.L[n + 1] == "that" and view.letters[n + 1] == "q":
        return "that", n + 1, n + 1  # "her claim is that it was late"
    if view.L[n] == "to" and "to" in takes and view.roles[n] == "T":
        return "to", n, n
    if view.L[n] in own.fields.get("preps", "").split():
        return "of", n + 1, n + 1
    return None


def _owner(view: View, k: int, low: int) -> tuple[Range | None, int]:
    """(whose it is, where the cue starts): "his old claim", "Ms Ortega's claim"."""
    grammar = view.grammar
    chunk = grammar.chunks[view.chunk_at[k]]
    first = max(low, chunk.first)
    mark = next((j for j in range(k - 1, first - 1, -1) if view.L[j] in ("'s", "'")), None)
    if mark is not None and mark > first:
        return (first, mark + 1), mark + 1
    if view.L[first] in classes()["possessive"] and first < k:
        return (first, first + 1), first + 1
    return None, first


def _noun_content_end(view: View, start: int, end: int, *, clause: bool, to: bool = False) -> int:
    """A noun's content ends with its clause, else at the verb, a comma or another preposition."""
    grammar = view.grammar
    if clause or to:
        number = view.clause_at[start]
        inner = grammar.clauses[number].last if number >= 0 and grammar.clauses[number].first == start else end
        return min(inner, end)
    number = view.chunk_at[start]
    if number < 0:
        return end
    return min(end, grammar.phrase(number, coordination=True, apposition=False, relatives=False)[1])
