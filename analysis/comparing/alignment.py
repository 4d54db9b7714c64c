"""Which sentences of two versions are the same, nearly the same, split or joined; and which moved.

Sentences with the same words are matched first: those that occur once in each text, then their neighbours, then
repeated ones in order (after the "patience" and "histogram" methods of version control). The rest are matched by the
words that two sentences share, the best pair first, or by seven words in a row. Last, the parts of a sentence that was
split, or of two that were joined, are brought together. We use neither `difflib` nor rapidfuzz for this step: they
compare characters or lists, in time that grows with the square of a text if words repeat, and know nothing of
sentences.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from analysis.comparing.words import Words, function_words

ENOUGH = 0.5  # share of common words, from 0 to 1, from which two sentences count as the same
NEIGHBOUR = 0.1  # added if the sentence before matches too; the same for the one after
LEAST = 0.25  # below this, neighbours do not help
PART = 0.6  # share of a sentence's words in another: it was split off
RUN, TELLING = 7, 3  # words in a row that make two sentences the same, and how many of them must say something
FEW = 3  # fewer words do not make a part
ALL_PAIRS = 10_000  # up to so many pairs of sentences, all are compared
COMMON = 20  # with many sentences, a word in more than this finds no candidates


class Match(NamedTuple):
    """Sentences of the old text that became sentences of the new one: one to one, split, or joined."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def align(old: Words, new: Words) -> list[Match]:
    """The sentences that stay, in the order of the old text; the others were dropped or added."""
    a = {k: old.key(k) for k in old.body}
    b = {k: new.key(k) for k in new.body}
    pairs = _equal(list(a.items()), list(b.items()))
    taken = set(pairs.values())
    bags = ({k: _bag(a[k]) for k in a if k not in pairs}, {k: _bag(b[k]) for k in b if k not in taken})
    for i, j in _near(*bags, pairs):
        pairs[i] = j
    taken = set(pairs.values())
    left = {k: key for k, key in a.items() if k not in pairs}
    pairs |= _with_run(left, {k: b[k] for k in b if k not in taken}, old)
    return _with_parts(a, b, pairs)


def _equal(a: list[tuple[int, tuple[str, ...]]], b: list[tuple[int, tuple[str, ...]]]) -> dict[int, int]:
    """Old sentence -> new sentence of the same words."""
    where_a, where_b = _places(a), _places(b)
    found: dict[int, int] = {-1: -1, len(a): len(b)}  # the beginnings and the ends, as places in the lists
    taken = {-1, len(b)}
    for key, places in where_a.items():
        if len(places) == 1 and len(where_b.get(key, ())) == 1:
            found[places[0]] = where_b[key][0]
            taken.add(where_b[key][0])
    for step in (1, -1):
        for i, j in list(found.items()):
            i, j = i + step, j + step
            while 0 <= i < len(a) and 0 <= j < len(b) and i not in found and j not in taken and a[i][1] == b[j][1]:
                found[i] = j
                taken.add(j)
                i, j = i + step, j + step
    for key, places in where_a.items():
        left = [i for i in places if i not in found]
        for i, j in zip(left, (j for j in where_b.get(key, ()) if j not in taken), strict=False):
            found[i] = j
    return {a[i][0]: b[j][0] for i, j in found.items() if 0 <= i < len(a)}


def _places(keys: list[tuple[int, tuple[str, ...]]]) -> dict[tuple[str, ...], list[int]]:
    out: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, (_, key) in enumerate(keys):
        out[key].append(place)
    return out


def _bag(key: Iterable[str]) -> Counter[str]:
    """The words of a sentence that say something; all of its words if these are few."""
    small = function_words()
    content = Counter([w for w in key if w not in small])
    return content if content.total() >= FEW else Counter(key)


def _near(a: dict[int, Counter[str]], b: dict[int, Counter[str]], equal: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Pairs of sentences that share most of their words, the best first; no sentence is used twice."""
    sizes = {j: bag.total() for j, bag in b.items()}
    having: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for j, bag in b.items():
        for word, n in bag.items():
            having[word].append((j, n))
    most = COMMON if len(a) * len(b) > ALL_PAIRS else len(b)
    scored = []
    for i, bag in a.items():
        size = bag.total()
        for j, shared in _shared(bag, having, most).items():
            likeness = _likeness(shared, size, sizes[j])
            if likeness < LEAST:
                continue
            likeness += NEIGHBOUR * (equal.get(i - 1, -1) == j - 1) + NEIGHBOUR * (equal.get(i + 1) == j + 1)
            if likeness >= ENOUGH:
                scored.append((-likeness, abs(i - j), i, j))
    done_a: set[int] = set()
    done_b: set[int] = set()
    for _, _, i, j in sorted(scored):
        if i not in done_a and j not in done_b:
            done_a.add(i)
            done_b.add(j)
            yield i, j


def _with_run(a: dict[int, tuple[str, ...]], b: dict[int, tuple[str, ...]], old: Words) -> dict[int, int]:
    """Pairs of sentences that have RUN words in a row in common, of which TELLING are not names or small words: the
    core stays, and the rest is reworded.
    """
    where: dict[tuple[str, ...], int] = {}
    for j, key in b.items():
        for k in range(len(key) - RUN + 1):
            where.setdefault(key[k : k + RUN], j)
    out: dict[int, int] = {}
    taken: set[int] = set()
    for i, key in a.items():
        found = ((k, where.get(key[k : k + RUN])) for k in range(len(key) - RUN + 1))
        at = old.ranges[i][0]
        first = next(
            (j for k, j in found if j is not None and j not in taken and _tells(old, at + k, at + k + RUN)), None
        )
        if first is not None:
            out[i] = first
            taken.add(first)
    return out


def _tells(words: Words, first: int, last: int) -> bool:
    return sum(words.tells(token) for token in words.token[first:last]) >= TELLING


def _shared(bag: Counter[str], having: dict[str, list[tuple[int, int]]], most: int) -> dict[int, int]:
    """New sentence -> how many words it shares with an old one; words of more than `most` sentences are left out."""
    shared: dict[int, int] = defaultdict(int)
    for word, n in bag.items():
        places = having.get(word, ())
        if len(places) <= most:
            for j, m in places:
                shared[j] += n if n < m else m
    return shared


def _likeness(shared: int, one: int, other: int) -> float:
    """How much of two sentences is the same, from 0 to 1, by the words they share and the words of each.

    A sentence inside a longer one counts three quarters.
    """
    inside = 0.75 * shared / min(one, other) if min(one, other) > FEW else 0.0
    return max(2 * shared / (one + other), inside)


def _with_parts(a: dict[int, tuple[str, ...]], b: dict[int, tuple[str, ...]], pairs: dict[int, int]) -> list[Match]:
    """The matches, with sentences that were split off or joined to a neighbour."""
    back = {j: i for i, j in pairs.items()}
    more_new: dict[int, list[int]] = {i: [j] for i, j in pairs.items()}
    more_old: dict[int, list[int]] = {i: [i] for i in pairs}
    for j in b:
        if j not in back:
            whole = _whole_of(b[j], [back.get(j - 1), back.get(j + 1)], a, b, pairs)
            if whole is not None:
                more_new[whole].append(j)
    for i in a:
        if i not in pairs:
            whole = _whole_of(a[i], [pairs.get(i - 1), pairs.get(i + 1)], b, a, back)
            if whole is not None:
                more_old[back[whole]].append(i)
    return [Match(tuple(sorted(more_old[i])), tuple(sorted(more_new[i]))) for i in sorted(pairs)]


def _whole_of(
    key: tuple[str, ...],
    near: list[int | None],
    theirs: dict[int, tuple[str, ...]],
    ours: dict[int, tuple[str, ...]],
    pairs: dict[int, int],
) -> int | None:
    """The sentence of the other text that contains this one, in addition to its own counterpart."""
    part = _bag(key)
    for whole in near:
        if whole is None or theirs[whole] == ours[pairs[whole]]:
            continue
        left = Counter(theirs[whole]) - Counter(ours[pairs[whole]])
        shared = sum(min(n, left[w]) for w, n in part.items())
        if shared >= FEW - 1 and shared >= PART * part.total():
            return whole
    return None


def moved(matches: list[Match], sizes: list[int]) -> dict[int, str]:
    """Place in `matches` -> "moved-up" or "moved-down", for those that left the order of the others.

    As much of the text as possible (by `sizes`) counts as staying: the heaviest rising sequence.
    """
    order = sorted(range(len(matches)), key=lambda k: matches[k].new)
    rank = {k: place for place, k in enumerate(order)}
    # The heaviest sequence that ends at this rank or before.
    tree: list[tuple[int, int]] = [(0, -1)] * (len(matches) + 1)
    before: list[int] = []
    for k in range(len(matches)):
        best = max(_prefix(tree, rank[k]))
        before.append(best[1])
        at, mine = rank[k] + 1, (best[0] + sizes[k], k)
        while at < len(tree):
            tree[at] = max(tree[at], mine)
            at += at & -at
    staying = set()
    k = max(_prefix(tree, len(matches)))[1]
    while k >= 0:
        staying.add(k)
        k = before[k]
    out: dict[int, str] = {}
    passed, stays_before = 0, {}
    for k in order:
        stays_before[k] = passed
        passed += k in staying
    passed = 0
    for k in range(len(matches)):
        if k in staying:
            passed += 1
        else:
            out[k] = "moved-up" if stays_before[k] < passed else "moved-down"
    return out


def _prefix(tree: list[tuple[int, int]], at: int) -> Iterator[tuple[int, int]]:
    yield tree[0]
    while at > 0:
        yield tree[at]
        at -= at & -at
