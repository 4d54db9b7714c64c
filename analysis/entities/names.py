"""Names in a document: which runs of capitals are names, of what kind, in two passes.

First the sentences where a capital means something; then the headlines, where it does not, with what the first
pass found (document-centred, after Mikheev 1999).
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass

from analysis.document import Document, Tokens
from analysis.entities import tables
from analysis.entities.evidence import LANGUAGES, NOT_BODIES, Evidence, contextual, decide, is_prominent, lexical
from analysis.entities.headlines import Knowledge, Name, headline
from analysis.entities.pieces import NOT_TITLES, compound, heads, split
from analysis.entities.runs import NEVER, find_runs, is_capital
from analysis.entities.values import is_year

SMALL = frozenset("a an the and or but of in on at for to by from with as is vs v de la".split())
NOT_NAMES = frozenset("""god internet web earth mr sir madam state government bill act party company king queen
church bible chapter figure table section part appendix note notes article page photo video image images source
credit caption read subscribe newsletter advertisement editor's""".split())
# Bodies that some texts name by the plain word: the Government, the House.
BODIES = frozenset("government house court party army navy convention assembly council ministry".split())
# Endings of plain English words, which names hardly have.
DERIVED = ("ly", "ness", "ment", "ments", "tion", "tions", "sion", "ity", "ism", "isms", "ology", "phobia", "able", "ible",
           "ful", "less", "ously", "ingly")
UNSURE = frozenset(("NAME.ORG.UNKNOWN", "NAME.ORG.ACRONYM", "NAME.PERSON.SHAPE"))
# Behind these a capital says as little as at the start of a sentence.
OPENING = frozenset(("“", '"', "‘", "'", ":", ";", "•", "``", "?", "!", ".", "(", "[", "–", "—", "-", "--", "*", "…", "...", "·", "|",
                     "/", ">", "→", "#"))
MAX_EVIDENCE = 3.0          # how much all mentions' surroundings together may add for one kind


@dataclass
class Found:
    """A candidate: tokens first to last, its words, and where it stands."""

    first: int
    last: int
    words: tuple[str, ...]
    hint: tuple[str, str] | None
    opens: bool
    sentence: tuple[int, int]
    start: int
    end: int
    tail: str = ""              # what a compound goes on with: "based" in Paris-based
    text: str = ""


def find_names(document: Document) -> list[Name]:
    """Every name of the document, in order, none overlapping."""
    tokens = document.tokens
    capitals = [k for k, w in enumerate(tokens.words) if w[0].isupper() or (not w.islower() and is_capital(w))]
    body, titled = _sentences(document, capitals)
    knowledge = Knowledge()
    _count_words(tokens, body, knowledge)
    found = [f for first, last, caps in body for f in _candidates(tokens, first, last, caps, knowledge)]
    tails = _tails(found, tokens)
    found = [f for f in found if _is_name(f, tokens, knowledge) or _is_short_form(f, tails)]
    names = _type(found, tokens, knowledge)
    names = _titles_of_works(document, names)
    for first, last, caps in titled:
        names += headline(tokens, first, last, caps, knowledge)
    names.sort()
    return names


def _sentences(document: Document, capitals: list[int]) -> tuple[list, list]:
    """Sentences (first, last, capitals in it) of running text, and of headlines where most words have capitals."""
    tokens = document.tokens
    body, titled = [], []
    at = 0
    for sentence in document.sentences:
        first, last = sentence.first_token, sentence.last_token
        begin = at
        while at < len(capitals) and capitals[at] < last:
            at += 1
        if at == begin:
            continue
        caps = capitals[begin:at]
        rank = tables.common()
        # Plain words that would be written small: those of a sentence must mostly be
        small = big = 0
        for k in range(first, last):
            low, word = tokens.lowers[k], tokens.words[k]
            if word.islower():
                small += low not in SMALL and low[0].isalpha()
            elif len(low) > 3 and word[0].isupper() and rank.get(low, 10**9) < 15_000 \
                    and (rank[low] < 3000 or word not in tables.given_names()):
                big += k > first and low not in heads()
        upper = sum(tokens.words[k].isupper() and len(tokens.words[k]) > 1 for k in caps)
        heading = document.paragraphs[sentence.paragraph].kind != "body"
        plain = tokens.words[last - 1] == "."
        if last - first > 2 and (
                (big > 2 * small + 1 and not (plain and small)) or (upper * 2 > len(caps) and upper > 3 and small < 2)
                or (heading and big > small and (big * 2 > len(caps) - 2 or (small == 0 and last - first > 3)))):
            titled.append((first, last, caps))
        else:
            body.append((first, last, caps))
    return body, titled


def _count_words(tokens: Tokens, body: list, knowledge: Knowledge) -> None:
    knowledge.lower.update(w for w in tokens.words if w.islower())
    for first, _, caps in body:
        opening = _opening(tokens, first)
        for k in caps:
            if k != opening and not _behind_opening(tokens, k):
                knowledge.inside[tokens.words[k]] += 1


def _opening(tokens: Tokens, first: int) -> int:
    """The first word of a sentence, behind opening marks."""
    k = first
    while k < len(tokens) - 1 and not tokens.words[k][0].isalnum():
        k += 1
    return k


def _behind_opening(tokens: Tokens, k: int) -> bool:
    before = tokens.words[k - 1]
    if before in ('"', "'", "''"):
        return bool(tokens.quoted[k])               # else the mark closes: “...," Major said
    return before in OPENING


def _candidates(tokens: Tokens, first: int, last: int, caps: list[int], knowledge: Knowledge) -> list[Found]:
    out = []
    opening = _opening(tokens, first)
    for run in find_runs(tokens, first, last, caps):
        opens = run.first == opening or _behind_opening(tokens, run.first)
        run_first = _strip_opening(tokens, run, knowledge) if opens else run.first
        if run_first >= run.last:
            continue
        opening_word = run.first                     # behind "The", a capital says something again
        if run_first != run.first:
            run = run._replace(first=run_first)
        for piece in split(run, tokens, opens):
            a, b = piece.first, piece.last
            while b > a and not tokens.words[b - 1][0].isalnum() and tokens.words[b - 1] not in (".",):
                b -= 1
            if b > a:
                out += _found(tokens, a, b, piece.hint, opens and a == opening_word, (first, last))
    return out


def _found(tokens: Tokens, a: int, b: int, hint, opens: bool, sentence: tuple[int, int]) -> list[Found]:
    """The candidate, without the plain part of a compound: Paris-based, and US-China as two."""
    start, end = tokens.starts[a], tokens.ends[b - 1]
    words = tuple(tokens.words[a:b])
    tail = ""
    if words[0] == "The" and len(words) > 1 and hint and hint[0] == "ORG":
        a, words, start = a + 1, words[1:], tokens.starts[a + 1]          # The Guardian, without its article
    if "-" in words[-1][1:]:
        left, right = compound(words[-1])
        if right and not left:
            return [Found(a, b, (right,), hint, False, sentence, end - len(right), end)] if b - a == 1 else []
        if right and b - a == 1:
            return [Found(a, b, (left,), hint, opens, sentence, start, start + len(left)),
                    Found(a, b, (right,), hint, False, sentence, end - len(right), end)]
        if left and left != words[-1]:
            tail = words[-1].rpartition("-")[2]
            words, end = (*words[:-1], left), tokens.starts[b - 1] + len(left)
        elif not left:                                       # T-shirts
            words, b = words[:-1], b - 1
            end = tokens.ends[b - 1] if words else start
    return [Found(a, b, words, hint, opens, sentence, start, end, tail)] if words else []


def _strip_opening(tokens: Tokens, run, knowledge: Knowledge) -> int:
    """Where a run that opens a sentence begins, without a word that has its capital only from the place."""
    k = run.first
    word, low = tokens.words[k], tokens.lowers[k]
    if any(a == k for a, _, _ in run.atoms) or low not in tables.common():
        return k
    if run.last - k == 1:
        return k
    if knowledge.inside[word] and not knowledge.lower[low]:
        return k
    if word in tables.given_names() or word in tables.known()[0]:
        return k
    nxt = tokens.words[k + 1]
    kinds = heads()
    if tokens.lowers[run.last - 1] in kinds and not low.endswith(("ing", "ly", "ed")) \
            and not (low.endswith("s") and not low.endswith("ss")):
        return k
    if nxt in ("of", "for", "on", "&") and low in kinds:
        return k
    if low in tables.words("NAME.PERSON.TITLE") or low in tables.words("NAME.PERSON.PARTICLE"):
        return k
    return k + 1 if is_capital(nxt) else k + 2


def _is_name(found: Found, tokens: Tokens, knowledge: Knowledge) -> bool:
    """Is the candidate a name at all, or a plain word with a capital?"""
    if found.hint:
        return len(found.words) > 1 or tokens.lowers[found.first] not in NEVER
    rank = tables.common()
    if len(found.words) > 1:
        lows = tokens.lowers[found.first:found.last]
        if any(low not in rank or w in tables.known()[0] for low, w in zip(lows, found.words, strict=True) if w[0].isalpha()):
            return True
        return True
    word = found.words[0]
    low = word.lower()
    if low in tables.words("NAME.ORG.FORM") or (word.endswith("s") and word[:-1] in NOT_BODIES) \
            or (word not in tables.known()[0] and _is_derived(word, low, rank, opens=found.opens)):
        return False
    if word.isupper() and found.first and tokens.words[found.first - 1][0].isdigit():
        return False                                        # 250 MXN
    if low in NEVER or len(word) < 2 or word in NOT_BODIES or (word.upper() == word and not word.isalpha() \
            and len(word) < 3):
        return False
    known = word in tables.known()[0]
    if low in BODIES and not found.opens:
        return tokens.lowers[found.first - 1] == "the" and not knowledge.lower[low]
    if found.opens and low in rank and not word.isupper():
        if word in tables.given_names() and (rank[low] > 4000 or knowledge.inside[word]):
            return True
        if known and (rank[low] > 5000 or (not knowledge.lower[low] and _sure(word, low))):
            return True
        return knowledge.inside[word] > 0 and not knowledge.lower[low] and _plain(word, low, known, rank)
    if low in rank and not word.isupper():
        return _plain(word, low, known, rank) and knowledge.lower[low] < 2 + knowledge.inside[word]
    return True


def _is_derived(word: str, low: str, rank, *, opens: bool) -> bool:
    """A plain word that the list lacks: made of plain words (Sub-Inspector), or at the start of a sentence with the
    ending of one (Swarming, Openness)."""
    if word in tables.given_names() or word in tables.surnames():
        return False
    if "-" in low:
        return all(part in rank or len(part) < 3 for part in low.split("-"))
    if not opens or low in rank:
        return False
    if low.endswith(DERIVED):
        return True
    stem = low.removesuffix("s").removesuffix("er").removesuffix("ing").removesuffix("ed")
    return len(stem) > 2 and stem != low and any(s in rank for s in (stem, stem + "e", stem[:-1]))


def _sure(word: str, low: str) -> bool:
    """A known name that a capital makes sure of even at the start of a sentence: French, Turkey, Democrats."""
    label, rule_id = tables.known()[0][word]
    return rule_id in ("NAME.NORP.NATION", "NAME.NORP.DEMONYM") or (label == "NORP" and low.endswith("s")) \
        or (label == "GPE" and word in tables.country_of_code().values())


def _tails(found: list[Found], tokens: Tokens) -> dict[str, dict[str, int]]:
    """Last words of bodies named in full (and where first): the Belvane Institute, the Boston Larks."""
    tails: dict[str, dict[str, int]] = defaultdict(dict)
    single = tables.known()[0]
    for f in found:
        if len(f.words) > 1 and f.words[0] in tables.given_names() and tokens.lowers[f.last - 1] in NOT_TITLES:
            tails[f.words[-1]].setdefault(" ".join(f.words), f.first)          # John Major; Major
        if len(f.words) > 1 and not f.hint:
            body = heads().get(tokens.lowers[f.last - 1], ("",))[0] in ("ORG", "FAC")
            if (body and "of" not in f.words) or (not body and single.get(f.words[0], ("",))[0] == "GPE"):
                tails[f.words[-1]].setdefault(" ".join(f.words), f.first)
    return tails


def _is_short_form(found: Found, tails: dict[str, dict[str, int]]) -> bool:
    """Is this the main word of one body that the text has named in full before: the Institute, the Larks?"""
    if len(found.words) > 1 or found.opens or found.words[0] not in tails:
        return False
    full = tails[found.words[0]]
    return len(full) == 1 and min(full.values()) < found.first


def _plain(word: str, low: str, known: bool, rank) -> bool:
    """May this common word, with a capital inside a sentence, be a name?"""
    if known:
        return True
    if low in heads() or low in NOT_NAMES or low in tables.words("NAME.PERSON.ROLE") or low in tables.words("NAME.PERSON.TITLE"):
        return False
    if word in tables.given_names() or word in tables.surnames():
        return True
    return rank[low] > 12000


# ---------------------------------------------------------------- titles of works

def _titles_of_works(document: Document, names: list[Name]) -> list[Name]:
    """Short quotations where every word that matters has a capital are titles: “The Lonely Harbour”."""
    tokens, out = document.tokens, []
    for quotation in document.quotations:
        if not quotation.closed or quotation.end - quotation.start > 80:
            continue
        first, last = document.token_index(quotation.start) + 1, document.token_index(quotation.end - 1)
        while last > first and not tokens.words[last - 1][0].isalnum():
            last -= 1
        if 1 < last - first < 10 and _is_title(tokens, first, last):
            out.append(Name(first, last, tokens.starts[first], tokens.ends[last - 1], "WORK_OF_ART", "NAME.WORK.QUOTED"))
    if not out:
        return names
    covered = {k for n in out for k in range(n.first, n.last)}
    inside = {n.first: n for n in names if n.first in covered}
    whole = [n for n in out if not ((m := inside.get(n.first)) and (m.first, m.last) == (n.first, n.last) and m.label in
                                    ("PERSON", "GPE", "NORP", "EVENT"))]
    covered = {k for n in whole for k in range(n.first, n.last)}
    return sorted([n for n in names if n.first not in covered and n.last - 1 not in covered] + whole)


def _is_title(tokens: Tokens, first: int, last: int) -> bool:
    words, lowers = tokens.words, tokens.lowers
    if not words[first][0].isupper() or not words[last - 1][0].isupper():
        return False
    big = 0
    for k in range(first, last):
        if words[k][0].isupper():
            big += lowers[k] not in SMALL
        elif lowers[k] not in SMALL and lowers[k] not in ("'s", ",", ":", "&"):
            return False
    return big > 1 and not all(w.isupper() for w in words[first:last])


# ---------------------------------------------------------------- kinds

def _type(found: list[Found], tokens: Tokens, knowledge: Knowledge) -> list[Name]:
    """Give every candidate its kind, from the evidence of all places of the same name."""
    groups: dict[str, list[Found]] = defaultdict(list)
    for f in found:
        f.text = " ".join(f.words).replace("’", "'")
        groups[f.text].append(f)
    evidence: dict[str, list[Evidence]] = {}
    for text, members in groups.items():
        words = members[0].words
        lowers = tuple(w.lower().replace("’", "'") for w in words)
        around: dict[str, list] = {}
        for f in members[:20]:
            if f.tail:
                nearby = [("GPE", 3.0, "NAME.GPE.CONTEXT")] if f.tail in ("based", "born", "wide") else []
            else:
                nearby = contextual(tokens, f.first, f.last, *f.sentence)
            for label, weight, rule_id in nearby:
                if label == "LANGUAGE" and text in LANGUAGES:
                    f.hint = (label, rule_id)                    # holds for this place only: the French stay French
                    continue
                entry = around.setdefault(label, [0.0, 0.0, ""])
                if weight < 0:
                    entry[0] = max(entry[0] + weight, weight)          # the Cleveland team: said once is enough
                    continue
                entry[0] += weight
                if weight > entry[1]:
                    entry[1:] = [weight, rule_id]
            if f.hint and f.hint[0] != "LANGUAGE":
                around.setdefault(f.hint[0], [0.0, 0.0, ""])
                sure = 6.0 if f.hint[1] == "NAME.PERSON.TITLE" else 9.0           # 9: the whole is a known name
                around[f.hint[0]][:] = [sure, sure, f.hint[1]]
        own = list(lexical(words, lowers))
        if "PERSON" in around and around["PERSON"][1] == 6.0 and any(e[0] == "GPE" and e[1] >= 5 for e in own):
            around["PERSON"][:] = [2.0, 2.0, "NAME.PERSON.TITLE"]          # Mr Washington, and Washington
        for label, (total, best, rule_id) in around.items():
            most = best if best >= 6 else min(MAX_EVIDENCE, 2.5 * best) if best > 0 else 0.0
            own.append((label, max(-MAX_EVIDENCE, min(total, most)), rule_id))
        evidence[text] = own
    _defined(groups, evidence, tokens)
    decided = {text: decide(own) for text, own in evidence.items()}
    _parts_of_people(groups, decided)
    _side_by_side(found, groups, decided, tokens)
    out = []
    for text, members in groups.items():
        label, rule_id, _ = decided[text]
        knowledge.labels[text] = (label, rule_id)
        for f in members:
            if label == "EVENT" and f.first > f.sentence[0] and is_year(tokens.lowers[f.first - 1]):
                f.first -= 1                                       # the 2004 Olympics
                f.start = tokens.starts[f.first]
            if f.hint and f.hint[0] in ("PERSON", "LANGUAGE") and label != f.hint[0]:
                out.append(Name(f.first, f.last, f.start, f.end, *f.hint))
            else:
                out.append(Name(f.first, f.last, f.start, f.end, label, rule_id))
    return out


def _defined(groups, evidence, tokens: Tokens) -> None:
    """Full Name (FN): the short form is of the kind of the full one."""
    ends = {f.last: text for text, members in groups.items() for f in members}
    for text, members in groups.items():
        if len(members[0].words) > 1 or not text.isupper():
            continue
        for f in members:
            if f.first >= 2 and tokens.words[f.first - 1] == "(" and f.first - 1 in ends:
                full = ends[f.first - 1]
                if initials_match(text, groups[full][0].words):
                    label, _, _ = decide(evidence[full])
                    label = label if label not in ("PERSON",) else "ORG"
                    evidence[text].append((label, 6.0, "NAME.ORG.DEFINED"))
                    evidence[full].append((label, 4.0, "NAME.ORG.DEFINED"))


def initials_match(short: str, words: tuple[str, ...]) -> bool:
    """Is `short` made of the first letters of the words (small words may be left out)?

    >>> initials_match("ORF", ("Observer", "Research", "Foundation"))
    True
    """
    letters = [c for c in short.lower() if c.isalpha()]
    every = [part[0].lower() for w in words for part in w.split("-") if part and part[0].isalpha()]
    big = [part[0].lower() for w in words for part in w.split("-") if part and part[0].isupper()]
    return letters in (every, big)


def _parts_of_people(groups, decided: dict) -> None:
    """One word that is part of the full name of a person in the text names that person too."""
    parts: set[str] = set()
    for text, (label, *_) in decided.items():
        words = groups[text][0].words
        if label == "PERSON" and len(words) > 1:
            parts |= {tables.fold(words[0]), tables.fold(words[-1])}
    for text, (label, _, weight) in decided.items():
        plain = text.capitalize()
        if len(text) > 3 and text.isupper() and plain in decided:           # NORTON, of Norton
            decided[text] = decided[plain]
        elif label != "PERSON" and len(groups[text][0].words) == 1 and tables.fold(text) in parts:
            if label in ("GPE", "NORP", "LOC") and is_prominent(text):
                continue
            decided[text] = ("PERSON", "NAME.PERSON.PART", 5.0)


def _side_by_side(found: list[Found], groups, decided: dict, tokens: Tokens) -> None:
    """A name without evidence of its own takes the kind of the name it is listed with: in Kisumu, Zorvik and Nakuru."""
    for before, after in itertools.pairwise(found):
        gap = tokens.words[before.last:after.first]
        if gap not in ([","], ["and"], [",", "and"], ["or"], ["/"]) or before.sentence != after.sentence:
            continue
        if gap == [","] and tokens.words[after.last:after.last + 1] not in ([","], ["and"], ["or"]):
            continue                                                           # In Seoul, Samsung rose
        for weak, strong in ((before, after), (after, before)):
            _label, rule_id, weight = decided[weak.text]
            other, _, sure = decided[strong.text]
            if (other == "LANGUAGE" and weak.text in LANGUAGES) or ((weight < 1.5 if rule_id in UNSURE else weight < 1) and sure >= 2.5 and other in ("GPE", "PERSON", "ORG", "LOC", "NORP") \
                    and decided[strong.text][1] not in UNSURE and len(weak.words) <= len(strong.words) + 1):
                decided[weak.text] = (other, "NAME.KNOWN.LIST", 2.0)
