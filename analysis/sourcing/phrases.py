"""Cues that are not verbs: according to; his claim that; in a poll; X on Y in headlines."""

from __future__ import annotations

from analysis.sourcing.contents import clause_end, left_start
from analysis.sourcing.draft import Draft
from analysis.sourcing.view import BREAKS, DASHES, END_MARKS, POSSESSIVE, View, words


def read_phrases(view: View, low: int, last: int, drafts: list[Draft]) -> list[Draft]:
    out = []
    end = last
    while end > low and view.W[end - 1] in END_MARKS and not view.Q[end - 1]:
        end -= 1
    for k in range(low, end - 1):
        if view.L[k] == "according" and view.L[k + 1] == "to" and not view.Q[k]:
            draft = _according(view, k, low, end)
            if draft:
                out.append(draft)
    return out


def _according(view: View, k: int, low: int, end: int) -> Draft | None:
    W, L = view.W, view.L
    a = b = k + 2
    while b < end and not view.Q[b] and W[b] not in (",", ";", ":") and W[b] not in ("—", "–", "--"):
        b += 1
    if b == a:
        return None
    source_end = b
    if k > low + 2 and b + 1 < end and W[b] == "," and (L[b + 1] in ("a", "an", "the", "who", "which")):
        c = b + 1
        while c < end and W[c] not in (",", ";"):
            c += 1
        if c >= end:
            source_end = end
    content = []
    if k > low + 2:
        content.append((left_start(view, low, k), k))
        if source_end < end and W[source_end] == "," and W[k - 1] == "," and k - low < 8:
            content.append((source_end + 1, end))
    elif source_end + 1 < end:
        content.append((source_end + 1, end))
    content = [r for r in (view.trim(*r) for r in content) if r[1] > r[0]]
    return Draft([(a, source_end)], [(k, k + 2)], content, "according", "according to") if content else None
