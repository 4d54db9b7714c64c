"""Numbers, against passages read by hand (tests/gold/numbers.toml).

found         a predicted and a gold number have the same words at the same place; by kind, both of that kind
value         of these, value, unit and upper end are right
bound         of these, the bound (exact, about, at-least, at-most, range)
counted       the head noun of what is counted: predicted where one is told, gold where one is given
voice         of the numbers found, whose it is, and through whom (the same words, or one name within the other:
              "Harbour Trust" and "a poll by the Harbour Trust")
change        the words of a change ("doubled to")
unverified    that it could not be checked
disputed      by whom
second        pairs of mentions of one quantity, with whether they agree
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from analysis.numbers import Number, find_numbers
from analysis.sourcing.voices import span_text
from analysis.text.document import Document
from analysis.text.vocabulary import NUMBER_KINDS, REPORTER
from scoring import Counts, add


def places(text: str, words: list[str]) -> list[int]:
    """Where each of some passages begins, in order; a passage that is there twice is found twice."""
    out, at = [], 0
    for part in words:
        at = text.index(part, at)
        out.append(at)
        at += len(part)
    return out


def score(gold: dict[str, Any], document: Document) -> Counts:
    """The counts of one passage."""
    counts: Counts = Counter()
    wanted = gold["numbers"]
    starts = places(document.text, [w["words"] for w in wanted])
    found = find_numbers(document)
    by_place = {(n.start, n.end): n for n in found}
    pairs = [(w, by_place.get((at, at + len(w["words"])))) for w, at in zip(wanted, starts, strict=True)]
    hits = [(w, n) for w, n in pairs if n is not None]
    add(counts, "found", right=len(hits), predicted=len(found), gold=len(wanted))
    for kind in NUMBER_KINDS:
        right = sum(w["kind"] == n.kind == kind for w, n in hits)
        predicted, of = sum(n.kind == kind for n in found), sum(w["kind"] == kind for w in wanted)
        add(counts, f"found, {kind}", right=right, predicted=predicted, gold=of)
    for measure, told in TOLD.items():
        for w, n in hits:
            mine, right = told(document, w, n)
            add(
                counts,
                measure,
                right=int(right == mine and right != ""),
                predicted=int(mine != ""),
                gold=int(right != ""),
            )
    mine = _pairs_found(document, found)
    add(counts, "second", right=len(mine & _pairs_gold(gold)), predicted=len(mine), gold=len(_pairs_gold(gold)))
    return counts


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ")


def _value(_: Document, w: dict[str, Any], n: Number) -> tuple[str, str]:
    shown = [str(round(float(x), 1)) if x is not None else "none" for x in (n.value, n.high)]
    given = [str(round(float(w[key]), 1)) if key in w else "none" for key in ("value", "high")]
    return f"{shown} {n.unit}", f"{given} {w.get('unit', '')}"


def _bound(_: Document, w: dict[str, Any], n: Number) -> tuple[str, str]:
    return n.bound, w.get("bound", "exact")


def _counted(document: Document, w: dict[str, Any], n: Number) -> tuple[str, str]:
    return span_text(document, (n.counts,)).lower() if n.counts else "", w.get("counts", "").lower()


def _voice(_: Document, w: dict[str, Any], n: Number) -> tuple[str, str]:
    chain = [_plain(name) for name in w.get("chain", w.get("voice", REPORTER)).split(" → ")]
    mine = [_plain(name) for name in n.chain or (REPORTER,)]
    if len(mine) == len(chain) and all(a in b or b in a for a, b in zip(mine, chain, strict=True)):
        mine = chain
    return " → ".join(mine), " → ".join(chain)


def _change(document: Document, w: dict[str, Any], n: Number) -> tuple[str, str]:
    return span_text(document, n.change).replace(" … ", " ").lower(), w.get("change", "").lower()


def _unverified(_: Document, w: dict[str, Any], n: Number) -> tuple[str, str]:
    return "yes" if n.unverified else "", "yes" if w.get("unverified") else ""


def _disputed(_: Document, w: dict[str, Any], n: Number) -> tuple[str, str]:
    return ", ".join(_plain(d.voice) for d in n.disputed), _plain(w.get("disputed", ""))


TOLD = {
    "value": _value,
    "bound": _bound,
    "counted": _counted,
    "voice": _voice,
    "change": _change,
    "unverified": _unverified,
    "disputed": _disputed,
}


def _pairs_found(document: Document, found: tuple[Number, ...]) -> set[tuple[frozenset[str], bool]]:
    words = {n.id: document.text[n.start : n.end] for n in found}
    return {(frozenset((words[n.id], words[s.number])), s.agrees) for n in found for s in n.same}


def _pairs_gold(gold: dict[str, Any]) -> set[tuple[frozenset[str], bool]]:
    return {(frozenset((first, second)), agrees) for first, second, agrees in gold.get("pairs", [])}
