"""The source of a cue: its subject on the left, or the noun phrase after an inverted cue on the right."""

from __future__ import annotations

from analysis.sourcing.adjuncts import adjunct_end, names_medium
from analysis.sourcing.candidates import NOT_ASKED, Cue
from analysis.sourcing.draft import Range
from analysis.sourcing.sentence import Sentence
from analysis.sourcing.source_kinds import is_person_word
from analysis.sourcing.view import RELATIVE, View, words

_MOST_BEFORE = 40  # chunks before a cue that are looked through for its subject: keeps the time linear
_LONGEST_ITEM = 12  # tokens of one of the infinitives in a list
_LONGEST_PHRASE = 60  # tokens of a noun phrase that are looked through for an adjunct


def subject_of(sentence: Sentence, cue: Cue) -> Range | None:
    """Who does what the cue says: its own subject, or the one that it shares with the verb before it."""
    if cue.subject == NOT_ASKED:
        cue.subject = _subject(sentence, cue)
    return cue.subject


def _subject(sentence: Sentence, cue: Cue) -> Range | None:
    view, grammar = sentence.view, sentence.view.grammar
    comment = _of_comment(sentence, cue)
    if comment is not None:
        return comment
    number = grammar.clause_of(cue.chunk)
    if number is None:
        return None
    clause = grammar.clauses[number]
    if clause.subject is not None:
        own = grammar.chunks[clause.subject]
        if own.first < sentence.low < cue.first:  # the grammar reads the dateline with it
            return tidy(view, sentence.low, cue.first)
        if own.first >= cue.first:
            return None
        if own.last == own.first + 1 and view.L[own.first] in words()["relative"]:
            cue.antecedent = _before_relative(sentence, own.first)
            return own.first, own.last
        if _is_listed_infinitive(view, cue, own.last):
            return None
        return tidy(view, own.first, cue.first)
    if clause.kind == "coordinate" and _shares_speaker(sentence, cue):
        return sentence.subject
    return _shared(sentence, number, cue.first) or (_before(sentence, cue) if cue.form == "finite" else None)


def _is_listed_infinitive(view: View, cue: Cue, subject_end: int) -> bool:
    """ "to reduce spending, dismiss staff and close it": a base form after a comma, which parts no subject from it."""
    listed = view.W[cue.first - 1] == "," and subject_end == cue.first - 1
    behind_to = "T" in view.roles[max(0, subject_end - _LONGEST_ITEM) : subject_end]
    return listed and behind_to and cue.plain and view.letters[cue.verb] == "b"


def absolute_subject(view: View, cue: Cue) -> Range | None:
    """The noun phrase between a preposition and a participle: "with the mayor saying", "despite Torva claiming"."""
    chunks, number = view.grammar.chunks, cue.chunk
    if number < 2 or chunks[number - 1].kind != "NP" or chunks[number - 1].last != cue.first:
        return None
    opens = chunks[number - 2].kind == "P" and view.L[chunks[number - 2].first] in words()["absolute"]
    return tidy(view, chunks[number - 1].first, cue.first) if opens else None


def _before(sentence: Sentence, cue: Cue) -> Range | None:
    """Where the grammar leaves the subject open: the noun phrase on the left, back to a mark or a verb."""
    view, grammar = sentence.view, sentence.view.grammar
    found, number = None, cue.chunk - 1 if grammar.chunks[cue.chunk].kind == "VG" else cue.chunk
    low = max(0, number - _MOST_BEFORE)
    while number >= low and grammar.chunks[number].first >= sentence.low:
        kind, first, _, _ = grammar.chunks[number]
        reduced = kind == "VG" and not grammar.verb_group(number).auxiliaries and found is None
        if kind == "NP":
            found = first
        elif kind not in ("P", "ADV", "TIME") and not reduced:
            break
        number -= 1
    return tidy(view, found, cue.first) if found is not None and found < cue.first else None


def _before_relative(sentence: Sentence, pronoun: int) -> Range | None:
    """The noun phrase that a relative pronoun refers to: "the head of the union, who said"."""
    view, grammar = sentence.view, sentence.view.grammar
    last = pronoun - 1 if view.W[pronoun - 1] == "," or view.is_dash(pronoun - 1) else pronoun
    number = view.chunk_at[last - 1] if last > sentence.low else -1
    if number < 0 or grammar.chunks[number].kind != "NP" or grammar.chunks[number].last != last:
        return None
    first = _phrase_start(view, number)
    return (first, last) if first >= sentence.low else None


def _phrase_start(view: View, number: int) -> int:
    """Where the noun phrase begins that ends with this chunk: "the head of the union"."""
    chunks = view.grammar.chunks
    while number >= 2 and chunks[number - 1].kind == "P" and chunks[number - 2].kind == "NP":
        if view.L[chunks[number - 2].head] in words()["frame_noun"]:  # "in the wake of | a poll showing"
            break
        number -= 2
    return chunks[number].first


def _of_comment(sentence: Sentence, cue: Cue) -> Range | None:
    """The subject of a comment clause, which begins at a comma or a quotation: "The trouble, Ms Bigbee said, is"."""
    view, grammar = sentence.view, sentence.view.grammar
    last = cue.chunk - 1
    while last >= 0 and grammar.chunks[last].kind == "ADV":
        last -= 1
    number = last
    while number >= 2 and grammar.chunks[number].kind == "NP" and grammar.chunks[number - 1].kind == "P":
        number -= 2
    if number < 0 or grammar.chunks[number].kind != "NP" or grammar.chunks[last].last != _before_adverbs(view, cue):
        return None
    first = grammar.chunks[number].first
    if cue.form != "finite" or not _follows_mark(sentence, first) or grammar.chunks[last].last <= first:
        return None
    if number == last and _is_place_of_subject(view, cue, number):
        return None
    return tidy(view, first, cue.first)


def _is_place_of_subject(view: View, cue: Cue, number: int) -> bool:
    """Does a name after a comma only say where: "Ann Reed of Kelby, Kentucky | says she will go"?"""
    grammar, own = view.grammar, view.grammar.clause_of(cue.chunk)
    subject = None if own is None or grammar.clauses[own].verb != cue.chunk else grammar.clauses[own].subject
    state = view.W[grammar.chunks[number].last - 1].endswith(".")  # "in San Bernardino, Calif., showed,"
    if subject is None or subject >= number - 3 or (view.W[min(cue.last, view.n - 1)] in (",", ".") and not state):
        return False
    kinds = [grammar.chunks[k].kind for k in range(number - 3, number)]
    names = view.letters[grammar.chunks[number].head] == view.letters[grammar.chunks[number - 2].head] == "p"
    return kinds == ["P", "NP", "MARK"] and names and view.L[grammar.chunks[number - 3].first] in ("of", "from", "in")


def _follows_mark(sentence: Sentence, k: int) -> bool:
    """Does a comma, a dash or a quotation come before k, or the dash of a dateline?"""
    view, before = sentence.view, k - 1
    if before <= sentence.low:
        return k == sentence.low > 0 and view.is_dash(before)
    return bool(view.Q[before]) or view.W[before] == "," or view.is_dash(before)


def _before_adverbs(view: View, cue: Cue) -> int:
    """Where the adverbs directly before a cue begin: "Reed | later said"."""
    number = cue.chunk - 1
    first = cue.first
    while number >= 0 and view.grammar.chunks[number].kind == "ADV" and view.grammar.chunks[number].last == first:
        first, number = view.grammar.chunks[number].first, number - 1
    return first


def _shares_speaker(sentence: Sentence, cue: Cue) -> bool:
    """Does a second verb go on with who spoke before it: "said it was late and called for a vote"?"""
    return sentence.subject is not None and bool(sentence.drafts) and sentence.drafts[-1].cue[0][1] <= cue.first


def _shared(sentence: Sentence, number: int, before: int) -> Range | None:
    """The subject of the clause above that a clause takes over, up to the verb there."""
    view, grammar = sentence.view, sentence.view.grammar
    for _ in range(8):
        clause = grammar.clauses[number]
        if clause.subject is not None:
            own = grammar.chunks[clause.subject]
            stop = grammar.chunks[clause.verb].first if clause.verb is not None else own.last
            if own.first < sentence.low:
                return None
            stop = min(stop, before) if own.first < before else stop
            return tidy(view, own.first, stop) if stop > own.first else (own.first, own.last)
        base = clause.verb is not None and view.letters[grammar.chunks[clause.verb].first] == "b"
        if clause.parent is None or (clause.kind == "content" and not base):  # "asked for help but said"
            return None
        number = clause.parent
    return None


def tidy(view: View, first: int, last: int) -> Range | None:
    """The subject that starts at `first`, up to its verb at `last`, without what stands between them: adverbs, "on
    Friday", an aside that says when, the comma that closes an aside."""
    if first in view.name_start:
        first = view.name_start[first]
        first -= view.L[first - 1] == "the"
    if first > 0 and view.L[first - 1] == "whose":
        first -= 1
    first = _named_before(view, first)
    dashes = [k for k in range(first + 1, last) if view.is_dash(k) and not view.Q[k]]
    if len(dashes) == 1 and dashes[0] < last - 1:  # "it was late — Mr Reed says"
        first = dashes[0] + 1
    last = _without_adverbs(view, first, last)
    if last > first + 1 and _closes_aside(view, last - 1):
        opening = _opening_of_aside(view, first, last - 1)
        if opening is not None and _says_when(view, opening + 1, last - 1):
            return first, _without_adverbs(view, first, opening)
        if view.W[last - 1] != ")":
            last -= 1
    if last == first + 1 and view.letters[first] == "t" and view.L[first] in words()["article"]:
        return None  # "the accused"
    if view.letters[last - 1] == "c":
        return None  # "Good luck and hope to see you"
    return (first, last) if last > first else None


def _named_before(view: View, first: int) -> int:
    """Where the name begins that an apposition at `first` says more of: "as | Ann Reed, a former minister, put it"."""
    own = view.chunk_at[first]
    says_who = own >= 0 and (view.letters[first] == "t" or is_person_word(view.L[view.grammar.chunks[own].head]))
    number = view.chunk_at[first - 2] if first > 2 and view.W[first - 1] == "," and says_who else -1
    if number < 1 or view.letters[first - 2] != "p":
        return first
    name, before = view.grammar.chunks[number], view.grammar.chunks[number - 1]
    framed = name.kind == "NP" and before.kind == "P" and view.L[before.first : before.last] == ["as"]
    return name.first if framed else first


def _closes_aside(view: View, k: int) -> bool:
    """Is the token at k a comma, a dash or a bracket at which an aside may end?"""
    return (view.W[k] in (",", ")") or view.is_dash(k)) and not view.Q[k]


def _opening_of_aside(view: View, first: int, close: int) -> int | None:
    """The mark after `first` at which the aside opens that closes at `close`."""
    mark = "(" if view.W[close] == ")" else view.W[close]
    return next((j for j in range(close - 1, first, -1) if view.W[j] == mark and not view.Q[j]), None)


def _says_when(view: View, k: int, end: int) -> bool:
    """Does an aside say when something was said, or what it rests on, and nothing of who says it?"""
    if view.L[k] in words()["cites"] or (
        view.L[k] == "for" and view.L[end - 1] in ("example", "instance", "one", "part")
    ):
        return True
    while k < end:
        at = adjunct_end(view, k, end)
        if at == k and view.letters[k] in "r":
            at = k + 1
        if at == k:
            return False
        k = at
    return True


def _without_adverbs(view: View, first: int, last: int) -> int:
    """Where the noun phrase first:last ends when adverbs and days at its end are taken off."""
    if last > first + 2 and view.L[last - 2 : last] == ["all", "but"]:  # "he all but accused"
        last -= 2
    while last > first + 1 and not view.Q[last - 1]:
        before = _before_last_adverb(view, first, last)
        if before == last:
            break
        last = before
    return last


def _before_last_adverb(view: View, first: int, last: int) -> int:
    """Where an adverb or a day begins with which the noun phrase first:last ends; else `last`."""
    grammar, number = view.grammar, view.chunk_at[last - 1]
    if number < 0:
        return last
    chunk = grammar.chunks[number]
    if chunk.kind == "TIME" and chunk.first > first:
        return _before_day(view, first, number)
    if chunk.kind == "ADV":
        return max(first + 1, chunk.first)
    if (view.L[last - 1] in words()["floating"] or _is_auxiliary(view, number)) and last - 1 > first:
        return last - 1  # also "Police had | last month charged"
    if _is_year(view, number, first):
        return chunk.first - 1
    return grammar.chunks[number - 1].first if _medium_at_end(view, first, last, number) else last


def _before_day(view: View, first: int, number: int) -> int:
    """Where the day of this chunk begins, with its preposition; past it, where a participle has it: "a report
    published Friday"."""
    chunk, before = view.grammar.chunks[number], view.grammar.chunks[number - 1]
    if before.kind == "VG" and before.first > first and _participle(view, number - 1):
        return chunk.last
    if before.kind == "P" and before.last == chunk.first and before.first > first:
        return before.first
    return max(first + 1, chunk.first)


def _is_auxiliary(view: View, number: int) -> bool:
    """Is a chunk an auxiliary that a time parts from its verb?"""
    chunk = view.grammar.chunks[number]
    return chunk.kind == "VG" and view.grammar.lemma(number) in ("have", "be")


def _is_year(view: View, number: int, first: int) -> bool:
    """ "The firm in 2009 | agreed"."""
    chunk, before = view.grammar.chunks[number], view.grammar.chunks[number - 1]
    word = view.W[chunk.first]
    year = chunk.last == chunk.first + 1 and len(word) == 4 and word.isdigit()
    return year and before.kind == "P" and before.first > first and view.L[before.first] == "in"


def _medium_at_end(view: View, first: int, last: int, number: int) -> bool:
    """ "The council in a statement said"."""
    chunk, before = view.grammar.chunks[number], view.grammar.chunks[number - 1]
    if chunk.kind != "NP" or chunk.last != last or before.kind != "P" or before.first <= first:
        return False
    return view.L[before.first] == "in" and view.letters[chunk.first] == "t" and names_medium(view, number)


def antecedent(sentence: Sentence, cue: Cue) -> Range | None:
    """The noun phrase directly before a participle: "a letter warning that", "officials briefed on the plan"."""
    view, grammar = sentence.view, sentence.view.grammar
    number = view.chunk_at[cue.first - 1] if cue.first > sentence.low else -1
    if number < 0 or grammar.chunks[number].kind not in ("NP", "TIME") or grammar.chunks[number].last != cue.first:
        return None
    if grammar.chunks[number].kind == "TIME" and grammar.chunks[number - 1].kind == "NP":  # "emails that night showing"
        number -= 1
    last = grammar.chunks[number].last
    first = _phrase_start(view, _made_by(view, number))
    return (first, last) if first >= sentence.low else None


def _made_by(view: View, number: int) -> int:
    """The thing that the one in chunk `number` made: "a motion brought by Ann Reed calling for a vote"."""
    chunks = view.grammar.chunks
    if number < 3 or view.L[chunks[number - 1].first] != "by" or not _participle(view, number - 2):
        return number
    return number - 3 if chunks[number - 3].kind == "NP" else number


def source_behind(view: View, start: int, stop: int) -> Range | None:
    """The source after an inverted cue: "said Ann Reed, a spokeswoman for the firm, in a statement"."""
    grammar = view.grammar
    if start >= stop:
        return None
    number = view.chunk_at[start]
    if number < 0 or not (grammar.chunks[number].kind in ("NP", "QUOTE", "TIME") or _participle(view, number)):
        return None
    if grammar.chunks[number].kind in ("TIME", "VG"):  # "reads a Wednesday editorial", "said retired General Reed"
        number += 1
        if number >= len(grammar.chunks) or grammar.chunks[number].kind != "NP":
            return None
    if view.L[start] in words()["subject"]:
        return start, start + 1
    if view.L[start] in words()["answer"] and grammar.chunks[number].last == start + 1:
        return None
    last = _trimmed(view, start, min(stop, _with_apposition(view, number, stop)))
    while last < stop and last in view.name_start:  # "The Committee | to Protect Journalists"
        last += 1
    return (start, last) if last > start else None


def _trimmed(view: View, start: int, last: int) -> int:
    """Where a source ends, without what it speaks of ("senators | about the bill", "accused by nurses | of adopting"),
    marks and times; a relative clause stays whole ("the report, which is due next month")."""
    relative = next((k for k in range(start + 1, last) if view.K[k] == RELATIVE), last)
    topic = (
        k
        for k in range(start + 1, relative)
        if view.L[k] in words()["topic_preposition"] or (view.L[k] == "of" and view.letters[k + 1] == "g")
    )
    last = next(topic, last)
    while last > start and (
        view.W[last - 1] in (",", ".", "(") or (relative >= last and view.chunk_kind(last - 1) == "TIME")
    ):
        last -= 1
    return last


def _participle(view: View, number: int) -> bool:
    """A verb group of one participle, which may come before a name: "retired General Reed", "leading nurses"."""
    chunk = view.grammar.chunks[number]
    if chunk.kind != "VG" or chunk.last != chunk.first + 1:
        return False
    return view.grammar.verb_group(number).form == "participle" or view.L[chunk.first] in words()["quality_of_person"]


def _with_apposition(view: View, number: int, stop: int) -> int:
    """Where the noun phrase ends with all that says who it is."""
    grammar = view.grammar
    last = min(grammar.phrase(number, apposition=False)[1], stop)
    last = _before_adjunct(view, grammar.chunks[number].last, last)
    last = _office_behind(view, last, stop)
    for _ in range(4):
        if last + 1 >= stop or view.W[last] not in (",", "(") or view.Q[last]:
            break
        following = view.chunk_at[last + 1]
        aside = _relative_clause(view, last + 1, stop)
        if aside:
            last = aside
            continue
        if view.chunk_kind(last + 1) != "NP" or not says_who(view, last + 1):
            break
        end = grammar.phrase(following, apposition=False)[1]
        end = _before_adjunct(view, grammar.chunks[following].last, end)
        if end < stop and view.W[end] == ")":
            end += 1
        if end < stop and view.chunk_kind(end) == "VG" and view.L[last + 1] not in words()["relative"]:
            break  # the clause goes on: "..., said Ann Reed, the vote was late"
        if end <= last + 1:
            break
        last = end
    return last


def _office_behind(view: View, last: int, stop: int) -> int:
    """Past an office that no comma parts from the name: "said Nigel Edwards | the chief executive of Kelby"."""
    if last >= stop or view.letters[last - 1] != "p" or view.L[last] not in words()["article"]:
        return last
    number = view.chunk_at[last]
    if view.chunk_kind(last) != "NP" or not is_person_word(view.L[view.grammar.chunks[number].head]):
        return last
    return min(stop, view.grammar.phrase(number, apposition=False)[1])


def _relative_clause(view: View, k: int, stop: int) -> int:
    """Where the relative clause ends that opens at k: ", whose plan failed"; 0 for none."""
    number = view.clause_at[k]
    if view.L[k] not in words()["relative"] or number < 0:
        return 0
    clause = view.grammar.clauses[number]
    return min(stop, clause.last) if clause.kind == "relative" and clause.first == k and not view.Q[k] else 0


def says_who(view: View, k: int) -> bool:
    """Does what comes after a comma at k say who somebody is, and not what they say?"""
    return view.L[k] not in words()["subject"] and not view.Q[k] and view.letters[k] != "s"  # "$234 million"


def _before_adjunct(view: View, first: int, last: int) -> int:
    """The end of a noun phrase before the first adjunct of the cue in it: "Ann Reed | in a statement"."""
    for k in range(first, min(last, first + _LONGEST_PHRASE)):
        if view.W[k] == ",":
            return last
        if view.letters[k] in "iq" and (view.L[k] in words()["when_or_as"] or adjunct_end(view, k, last) > k):
            return k
    return last


def subject_at(view: View, k: int, before: int) -> Range | None:
    """The noun phrase that starts at k, up to its verb."""
    grammar = view.grammar
    number = view.chunk_at[k] if k < before else -1
    if number < 0 or grammar.chunks[number].kind != "NP":
        return None
    segment = grammar.segment_of(number)
    for clause in grammar.clauses[segment.first_clause : segment.last_clause]:
        if clause.subject == number and clause.verb is not None:
            return tidy(view, k, min(before, grammar.chunks[clause.verb].first))
    return k, min(before, grammar.phrase(number)[1])
