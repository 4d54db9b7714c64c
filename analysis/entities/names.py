"""Names in a document: which runs of capitals are names, of what kind, in two passes.

First the sentences where a capital means something; then the headlines, where it does not, with what the first
pass found (document-centred, after Mikheev 1999).
"""

from __future__ import annotations

from analysis.document import Document, Tokens
from analysis.entities import tables
from analysis.entities.candidates import behind_opening, candidates, opening_word
from analysis.entities.headlines import headline
from analysis.entities.kinds import name_kinds
from analysis.entities.pieces import heads
from analysis.entities.plain import keep_names
from analysis.entities.records import Knowledge, Name
from analysis.entities.runs import is_capital
from analysis.entities.works import SMALL, titles_of_works, works_with_year


def find_names(document: Document) -> list[Name]:
    """Every name of the document, in order. Where two overlap, the earlier is meant."""
    tokens = document.tokens
    capitals = [k for k, w in enumerate(tokens.words) if w[0].isupper() or (not w.islower() and is_capital(w))]
    body, titled = _sentences(document, capitals)
    knowledge = Knowledge()
    _count_words(tokens, body, knowledge)
    found = [f for first, last, caps in body for f in candidates(tokens, first, last, caps, knowledge)]
    names = name_kinds(keep_names(found, tokens, knowledge), tokens, knowledge)
    names = works_with_year(tokens, titles_of_works(document, names))
    for first, last, caps in titled:
        names += headline(tokens, first, last, caps, knowledge)
    return sorted(names)


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
        plain = tokens.words[last - 1] in (".", ",", ";")
        if last - first > 2 and (
                (big > 2 * small + 1 and not (plain and small)) or (upper * 2 > len(caps) and upper > 3 and small < 2)
                or (heading and big > small and (big * 2 > len(caps) - 2 or (small == 0 and last - first > 3)))):
            titled.append((first, last, caps))
        else:
            body.append((first, last, caps))
    return body, titled


def _count_words(tokens: Tokens, body: list, knowledge: Knowledge) -> None:
    knowledge.lower.update(w for w in tokens.words if w.islower())
    for first, last, caps in body:
        opening = opening_word(tokens, first)
        for k in caps:
            if k != opening and not behind_opening(tokens, k):
                knowledge.inside[tokens.words[k]] += 1
                if k + 1 < last and tokens.words[k + 1][0].isupper():
                    knowledge.pairs.add((tokens.words[k], tokens.words[k + 1]))
