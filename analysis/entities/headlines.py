"""Names in headlines, where every word has a capital: those that the text or the tables know, and clear cases.

What the body of the text shows about its names (Knowledge) decides first (document-centred, after Mikheev 1999).
"""

from __future__ import annotations

from analysis.entities import tables
from analysis.entities.evidence import NOT_BODIES, decide, lexical
from analysis.entities.pieces import compound, heads
from analysis.entities.records import Knowledge, Name
from analysis.entities.runs import NEVER, SMALL
from analysis.text.document import Tokens


def headline(tokens: Tokens, first: int, last: int, caps: list[int], knowledge: Knowledge) -> list[Name]:
    """Names in a line where every word has a capital: those the text or the tables know, and clear people."""
    out: list[Name] = []
    folded = {}
    surnames = {text.split()[-1] for text, (label, _) in knowledge.labels.items() if label == "PERSON"}
    parts_of_people = {w: ("PERSON", "NAME.PERSON.PART") for w in surnames if w.lower() not in tables.common()}
    for text, kind in {**parts_of_people, **knowledge.labels}.items():
        if kind[1] == "NAME.ORG.UNKNOWN" and text.lower() in tables.common():
            continue
        folded.setdefault(tables.fold(text).split()[0], []).append((tuple(tables.fold(text).split()), kind))
    single, longer = tables.known()
    k = first
    lows = tokens.lowers
    shout = all(tokens.words[c].isupper() for c in caps)
    while k < last:
        word = tokens.words[k]
        best = None
        for parts, kind in folded.get(tables.fold(word), ()):
            if (
                k + len(parts) <= last
                and (best is None or len(parts) > best[0])
                and all(tables.fold(tokens.words[k + i]) == p for i, p in enumerate(parts))
            ):
                best = (len(parts), kind[0], kind[1] if kind[1] == "NAME.PERSON.PART" else "NAME.KNOWN.TEXT")
        if (best is None or best[0] == 1) and word[0].isupper() and not shout:
            best = _headed(tokens, k, last) or best
        if best is None and word[0].isupper() and lows[k] not in NEVER:
            best = _known_in_headline(tokens, k, last, single, longer, shout)
            if best is None and not shout:
                best = _strange_in_headline(tokens, k, last)
        if best:
            out.append(Name(k, k + best[0], tokens.starts[k], tokens.ends[k + best[0] - 1], best[1], best[2]))
            k += best[0]
        else:
            k += 1
    return out


def _headed(tokens: Tokens, k: int, last: int):
    """Zorvik University, University of Zorvik: a word for a kind of thing with one that is no plain word."""
    words, lowers, rank, single = tokens.words, tokens.lowers, tables.common(), tables.known()[0]

    def strange(i: int) -> bool:
        return (
            i < last
            and words[i][0].isupper()
            and lowers[i] not in NEVER
            and (lowers[i] not in rank or words[i] in single)
        )

    if lowers[k] in heads() and k + 2 < last and lowers[k + 1] == "of" and strange(k + 2):
        n = 3 + (strange(k + 3) and lowers[k + 3] not in heads())
        return n, *heads()[lowers[k]]
    if not strange(k) or compound(words[k]) != (words[k], ""):
        return None
    for m in range(1, 5):
        if k + m >= last or not words[k + m][0].isupper() or lowers[k + m] in NEVER or lowers[k + m] in SMALL or m > 3:
            return None
        if lowers[k + m] in heads() and lowers[k + m] in rank:
            label, rule_id = heads()[lowers[k + m]]
            return (m + 1, label, rule_id) if not rule_id.startswith(("NAME.WORK", "NAME.LAW")) else None
    return None


def _strange_in_headline(tokens: Tokens, k: int, last: int):
    """A run that opens with a word that is no plain word: with what follows up to a word for a kind of thing."""
    words, lowers, rank = tokens.words, tokens.lowers, tables.common()
    if lowers[k] in rank or "'" in lowers[k] or not words[k][0].isalpha() or compound(words[k]) != (words[k], ""):
        return None
    n = 1
    while (
        k + n < last
        and n < 5
        and words[k + n][0].isupper()
        and lowers[k + n] not in rank
        and lowers[k + n] not in NEVER
        and words[k + n][0].isalpha()
    ):
        n += 1
    for m in range(n, n + 3):
        if k + m < last and words[k + m][0].isupper() and lowers[k + m] in heads() and lowers[k + m] in rank:
            n = m + 1
            break
        if k + m >= last or not words[k + m][0].isupper():
            break
    if n == 1 and (len(words[k]) == 1 or words[k] in NOT_BODIES or words[k].isupper()):
        return None
    form = tuple(words[k : k + n])
    label, rule_id, _ = decide(lexical(form, tuple(lowers[k : k + n])))
    return n, label, rule_id


def _known_in_headline(tokens: Tokens, k: int, last: int, single, longer, shout: bool):
    words = tokens.words
    form = words[k].capitalize() if shout else words[k]
    for known in longer.get(form, ()):
        n = len(known.words)
        if k + n <= last and all(tables.fold(words[k + i]) == tables.fold(w) for i, w in enumerate(known.words)):
            return n, known.label, known.rule_id
    low = tokens.lowers[k]
    rank = tables.common()
    if (words[k] in single or form in single) and rank.get(low, 10**9) > 2500:
        label, rule_id = single.get(words[k]) or single[form]
        if not (form in tables.given_names() and k + 1 < last and words[k + 1][0].isupper()):
            return 1, label, rule_id
    follows = words[k + 1].capitalize() if shout and k + 1 < last else words[k + 1] if k + 1 < last else ""
    if (
        form in tables.given_names()
        and follows[:1].isupper()
        and (low not in rank or (rank[low] > 1500 and follows in tables.surnames() and follows not in single))
    ):
        n = 1
        while (
            n < 4
            and k + n < last
            and words[k + n][0].isupper()
            and words[k + n][0].isalpha()
            and (
                tokens.lowers[k + n] not in rank
                or (n == 1 and follows in tables.surnames() and rank[tokens.lowers[k + n]] > 1500)
            )
        ):
            n += 1
        if n > 1:
            return n, "PERSON", "NAME.PERSON.GIVEN"
    if (
        not shout
        and words[k].isupper()
        and len(words[k]) > 1
        and words[k].isalpha()
        and words[k] not in NOT_BODIES
        and low not in rank
    ):
        return 1, "ORG", "NAME.ORG.ACRONYM"
    return None
