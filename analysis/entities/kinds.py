"""The kind of each name, from the evidence of all places where the text has it."""

from __future__ import annotations

import itertools
from collections import defaultdict

from analysis.entities import tables
from analysis.entities.evidence import FIRST_EVENT, Evidence, decide, is_prominent, lexical
from analysis.entities.records import Found, Knowledge, Name
from analysis.entities.surroundings import LANGUAGES, contextual
from analysis.entities.values import is_year
from analysis.text.document import Tokens

UNSURE = frozenset(("NAME.ORG.UNKNOWN", "NAME.ORG.ACRONYM", "NAME.PERSON.SHAPE"))
LISTED = frozenset(("GPE", "PERSON", "ORG", "LOC", "NORP"))
SPOKEN = ("LANGUAGE", "NAME.LANGUAGE.CONTEXT")
BETWEEN_LANGUAGES = frozenset(", and or but some also a little both not".split())
AFTER_LANGUAGES = frozenset(", . ; ) and or but fluently as well at in with to when".split())
FIRM_WORDS = frozenset(
    """motors systems technologies therapeutics pharmaceuticals holdings group inc inc. corp corp.
ltd ltd. plc llc airlines airways energy software labs foods brands motor""".split()
)
MAX_EVIDENCE = 3.0  # how much all mentions' surroundings together may add for one kind


def name_kinds(found: list[Found], tokens: Tokens, knowledge: Knowledge) -> list[Name]:
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
                    f.hint = (label, rule_id)  # holds for this place only: the French stay French
                    continue
                entry = around.setdefault(label, [0.0, 0.0, ""])
                if weight < 0:
                    entry[0] = max(entry[0] + weight, weight)  # the Cleveland team: said once is enough
                    continue
                entry[0] += weight
                if weight > entry[1]:
                    entry[1:] = [weight, rule_id]
            if f.hint and f.hint[0] != "LANGUAGE":
                around.setdefault(f.hint[0], [0.0, 0.0, ""])
                sure = 6.0 if f.hint[1] == "NAME.PERSON.TITLE" else 9.0  # 9: the whole is a known name
                around[f.hint[0]][:] = [sure, sure, f.hint[1]]
        own = list(lexical(words, lowers))
        if "PERSON" in around and around["PERSON"][1] == 6.0 and any(e[0] == "GPE" and e[1] >= 5 for e in own):
            around["PERSON"][:] = [2.0, 2.0, "NAME.PERSON.TITLE"]  # Mr Washington, and Washington
        for label, (total, best, rule_id) in around.items():
            most = best if best >= 6 else min(MAX_EVIDENCE, 2.5 * best) if best > 0 else 0.0
            own.append((label, max(-MAX_EVIDENCE, min(total, most)), rule_id))
        evidence[text] = own
    _defined(groups, evidence, tokens)
    decided = {text: decide(own) for text, own in evidence.items()}
    _parts_of_people(groups, decided)
    _parts_of_bodies(groups, decided)
    _side_by_side(found, groups, decided, tokens)
    out = []
    for text, members in groups.items():
        label, rule_id, _ = decided[text]
        knowledge.labels[text] = (label, rule_id)
        for f in members:
            if label == "EVENT" and f.first > f.sentence[0] and is_year(tokens.lowers[f.first - 1]):
                f.first -= 1  # the 2004 Olympics
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
    alone = {
        text
        for text, (label, _, weight) in decided.items()
        if label == "PERSON" and weight >= 2.5 and len(groups[text][0].words) == 1
    }
    for text, (_, rule_id, _) in decided.items():  # Mick Torvane, where Torvane alone is a person
        words = groups[text][0].words
        if rule_id == "NAME.ORG.UNKNOWN" and len(words) == 2 and words[1] in alone and words[0].isalpha():
            decided[text] = ("PERSON", "NAME.PERSON.PART", 2.5)
    for text, (label, *_) in decided.items():
        words = groups[text][0].words
        if label == "PERSON" and len(words) > 1:
            parts |= {tables.fold(words[0]), tables.fold(words[-1])}
    for text, (label, rule_id, _) in decided.items():
        plain = " ".join(map(str.capitalize, text.split())) if text.isupper() and len(text) > 3 else text
        if plain != text and plain in decided:  # NORTON, of Norton
            if rule_id == "NAME.GPE.DATELINE" and decided[plain][2] < 4:
                decided[plain] = decided[text]
            else:
                decided[text] = decided[plain]
        elif label != "PERSON" and len(groups[text][0].words) == 1 and tables.fold(text) in parts:
            if label in ("GPE", "NORP", "LOC") and is_prominent(text):
                continue
            decided[text] = ("PERSON", "NAME.PERSON.PART", 5.0)


def _parts_of_bodies(groups, decided: dict) -> None:
    """One strange word that is the first of a body's full name is that body, whatever it does (Torvane Systems ...
    Torvane said), and one that is the name of a storm is that storm."""
    firsts: dict[str, set[str]] = defaultdict(set)
    storms: set[str] = set()
    firms: set[str] = set()
    for text, (label, *_) in decided.items():
        words = groups[text][0].words
        if len(words) > 1:
            firsts[words[0]].add(label)
            if label == "ORG" and words[-1].lower() in FIRM_WORDS:
                firms.add(words[0])
            if len(words) == 2 and words[0].lower() in FIRST_EVENT:
                storms.add(words[1])
    for text, (label, rule_id, weight) in decided.items():
        if (
            label == "PERSON"
            and weight < 3.5
            and firsts.get(text) == {"ORG"}
            and rule_id != "NAME.PERSON.TITLE"
            and text not in tables.given_names()
            and text not in tables.surnames()
        ):
            decided[text] = ("ORG", "NAME.KNOWN.TEXT", 3.0)
        elif rule_id == "NAME.GPE.CITY" and text in firms and not is_prominent(text):
            decided[text] = ("ORG", "NAME.KNOWN.TEXT", 3.0)  # Novara, of Novara Motors
        elif text in storms and label in ("PERSON", "ORG") and "PERSON" not in firsts.get(text, ()):
            decided[text] = ("EVENT", "NAME.KNOWN.TEXT", 3.0)  # Ian, of Hurricane Ian


def _side_by_side(found: list[Found], groups, decided: dict, tokens: Tokens) -> None:
    """A name without evidence of its own takes the kind of the name it is listed with: in Kisumu, Zorvik and Nakuru."""
    for before, after in itertools.pairwise(found):
        gap = tokens.words[before.last : after.first]
        spoken = before.hint == SPOKEN or after.hint == SPOKEN
        if (
            spoken
            and before.text in LANGUAGES
            and after.text in LANGUAGES
            and before.sentence == after.sentence
            and len(gap) < 4
            and set(gap) <= BETWEEN_LANGUAGES
            and (tokens.words[after.last : after.last + 1] or ["."])[0] in AFTER_LANGUAGES
        ):
            before.hint = after.hint = SPOKEN  # German and French, some Italian
        if gap not in ([","], ["and"], [",", "and"], ["or"], ["/"]) or before.sentence != after.sentence:
            continue
        if gap == [","] and tokens.words[after.last : after.last + 1] not in ([","], ["and"], ["or"]):
            continue  # In Seoul, Samsung rose
        for weak, strong in ((before, after), (after, before)):
            _label, rule_id, weight = decided[weak.text]
            other, _, sure = decided[strong.text]
            unsure = weight < 1.5 if rule_id in UNSURE else weight < 1
            sound = sure >= 2.5 and other in LISTED and decided[strong.text][1] not in UNSURE
            if (other == "LANGUAGE" and weak.text in LANGUAGES) or (
                unsure and sound and len(weak.words) <= len(strong.words) + 1
            ):
                decided[weak.text] = (other, "NAME.KNOWN.LIST", 2.0)
