"""What a title leaves out or changes, compared with the sentences that carry it; with the words on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from analysis.grammar import Grammar, grammar_of
from analysis.headline.claims import Hit, Item, names_source, stem
from analysis.numbers import Number
from analysis.numbers.same import agree
from analysis.sourcing.voices import chains, is_word, token_voices, voices
from analysis.text.document import Document, Marker, Quotation, Span
from analysis.text.vocabulary import CATEGORIES, NO_STATEMENT
from analysis.text.word_lists import word_lists

_NEAR = 3  # how many tokens before a word may negate it
_TELLING = 3  # a quotation with so many words is also looked for beyond the sentences that carry the title
_ALTERED = 0.6  # the share of a quotation's words that one in the body must have to be the same
_LONGEST = 200  # how many words of a quotation are compared


class Difference(NamedTuple):
    """`kind` is a key of vocabulary.HEADLINE_DIFFERENCES, `title` the words of the title that it is about (none if
    something is left out), `body` those of the body; `note` says in words what differs.
    """

    kind: str
    title: tuple[Span, ...]
    body: tuple[Span, ...]
    note: str


class Compared:
    """A title and the sentences that carry it, with what is needed of them more than once."""

    def __init__(
        self,
        document: Document,
        items: list[Item],
        carriers: list[tuple[int, list[Hit]]],
        own: tuple[Number, ...],
        numbers: tuple[Number, ...],
    ) -> None:
        self.body, self.items, self.carriers, self.own, self.numbers = document, items, carriers, own, numbers
        self.title: Document = document.title or document
        self.words = word_lists("headline")
        self.owner, self.voices = token_voices(document), voices(document)
        self.chains = chains(document)

    @cached_property
    def grammar(self) -> Grammar:
        return grammar_of(self.body)

    @property
    def asks(self) -> bool:
        return self.title.text.rstrip().rstrip("”’\"'").endswith("?")

    def sentence(self, k: int) -> Span:
        return Span(*self.body.sentences[k][:2])


def differences(c: Compared) -> Iterator[Difference]:
    """All differences, in a fixed order."""
    if c.asks:
        yield from _question(c)
    else:
        yield from _source(c)
        yield from _hedge(c)
        yield from _negation(c)
    yield from _number(c)
    yield from _quotation(c)


# ---------------------------------------------------------------- source, hedge


def _source(c: Compared) -> Iterator[Difference]:
    """The body attributes it to somebody, and the title does not."""
    if c.title.quotations or any(names_source(a) for a in c.title.attributions):
        return
    found = []
    for _, hits in c.carriers:
        key = _whose(c, hits)
        if key is None:
            return
        a = c.chains[key][0]
        spans = (*a.source, *a.cue)
        tokens = {c.body.token_index(s) for s, _ in spans} | {
            k for s, e in spans for k in range(c.body.token_index(s), c.body.token_index(e - 1) + 1)
        }
        if any(hit.token in tokens for hit in hits):
            return  # the title has the source, or the word for saying
        found.append((c.voices[a.id].name, (*a.source, *a.cue)))
    name, body = found[0]
    yield Difference("source-left-out", (), body, f"the body gives a source for this: {name}")


def _whose(c: Compared, hits: list[Hit]) -> str | None:
    """The outermost attribution that most of the shared words are in; None if as many are the reporter's."""
    counts: dict[str, int] = {}
    for hit in hits:
        key = c.owner[hit.token]
        outer = c.chains[key][0] if key else None
        if outer and names_source(outer) and outer.stance not in NO_STATEMENT:
            counts[outer.id] = counts.get(outer.id, 0) + 1
    if not counts:
        return None
    best = max(counts, key=lambda key: counts[key])
    return best if 2 * counts[best] > len(hits) else None


def _hedge(c: Compared) -> Iterator[Difference]:
    """The body hedges it, and the title does not."""
    if any(CATEGORIES[m.category].family == "hedge" for m in c.title.markers):
        return
    found: list[Marker] = []
    for sentence, hits in c.carriers:
        marker = _hedge_of(c, sentence, hits)
        if marker is None:
            return
        found.append(marker)
    spans = tuple(Span(m.start, m.end) for m in found[:1])
    yield Difference("hedge-left-out", (), spans, f"in the body: {_words(c.body, spans)}")


def _hedge_of(c: Compared, sentence: int, hits: list[Hit]) -> Marker | None:
    """The first hedge of a sentence that weakens a verb or an adjective that it shares with the title."""
    start, end = c.sentence(sentence)
    words = [hit.token for hit in hits if c.items[hit.item].kind != "name"]
    places = [c.body.tokens.starts[k] for k in words if c.grammar.tags[k] in ("VERB", "ADJ")]
    planned = any(low in c.words["planned"] for low in c.title.tokens.lowers)
    for m in c.body.markers:
        if not start <= m.start < end or CATEGORIES[m.category].family != "hedge" or m.negated:
            continue
        if m.category == "vague-source" or (m.category == "expectation" and planned):
            continue
        if m.category == "approximation":
            if _loosens_shared_number(c, m, hits):
                return m
            continue
        if any(s <= place < e for s, e in m.scope for place in places):
            return m
    return None


def _loosens_shared_number(c: Compared, m: Marker, hits: list[Hit]) -> bool:
    shared = {c.body.tokens.starts[hit.token] for hit in hits if c.items[hit.item].kind == "number"}
    return any(n.start in shared and n.bound_words and n.bound_words.start == m.start for n in c.numbers)


# ---------------------------------------------------------------- number, negation


def _number(c: Compared) -> Iterator[Difference]:
    """A number in the title that the body gives differently."""
    sentences = [c.sentence(k) for k, _ in c.carriers]
    for n in c.own:
        if n.kind in ("rank", "date") or n.value is None or (n.kind == "amount" and n.unit == ""):
            continue
        alike = [b for b in c.numbers if b.kind == n.kind and b.unit == n.unit and b.value is not None]
        if any(agree(n, b) for b in alike):
            continue
        noun = _noun(c.title, n)
        here = [b for b in alike if any(s <= b.start < e for s, e in sentences) and _noun(c.body, b) == noun]
        if len(here) == 1 and noun:
            (b,) = here
            title, body = (Span(n.start, n.end),), (Span(b.start, b.end),)
            note = f"the title has {_words(c.title, title)}, the body {_words(c.body, body)}"
            yield Difference("number-changed", title, body, note)


def _noun(document: Document, n: Number) -> str:
    return stem(document.text[n.counts.start : n.counts.end].lower()) if n.counts else ""


def _negation(c: Compared) -> Iterator[Difference]:
    """Only one of the two negates it."""
    found: list[tuple[Span, Span, bool]] = []
    for _, hits in c.carriers:
        changed = next(filter(None, (_changed(c, hit) for hit in hits)), None)
        if changed is None:
            return
        found.append(changed)
    title, body, in_title = found[0]
    where = "the title negates it, the body does not" if in_title else "the body negates it, the title does not"
    yield Difference("negation-changed", (title,), (body,), where)


def _changed(c: Compared, hit: Hit) -> tuple[Span, Span, bool] | None:
    """A verb that one of title and body negates: both words, and whether the title does."""
    item = c.items[hit.item]
    if item.kind != "word" or c.grammar.tags[hit.token] not in ("VERB", "AUX"):
        return None
    chunk = c.grammar.chunk_at[hit.token]
    group = c.grammar.verb_group(chunk) if chunk >= 0 and c.grammar.chunks[chunk].kind == "VG" else None
    if group is None or group.main != hit.token or grammar_of(c.title).tags[item.token] not in ("VERB", "AUX"):
        return None
    lows = c.title.tokens.lowers
    before = lows[max(0, item.token - _NEAR) : item.token]
    in_title = any(low in c.words["negation"] or low.endswith("n't") for low in before)
    near = c.body.tokens.lowers[max(0, hit.token - _NEAR) : hit.token]
    in_body = group.negated or any(low in c.words["negation"] or low.endswith("n't") for low in near)
    if in_title == in_body or _denies_subject(c, hit.token):
        return None
    t, b = c.title.tokens, c.body.tokens
    return (
        Span(t.starts[item.token], t.ends[item.token]),
        Span(b.starts[c.grammar.chunks[chunk].first], b.ends[hit.token]),
        in_title,
    )


def _denies_subject(c: Compared, token: int) -> bool:
    """Is the negation in the subject: "Nobody knew"?"""
    clause = c.grammar.clause_at[token]
    subject = c.grammar.subject_of(clause) if clause >= 0 else None
    return subject is not None and c.grammar.lowers[c.grammar.chunks[subject].first] in c.words["negation"]


# ---------------------------------------------------------------- quotation


def _quotation(c: Compared) -> Iterator[Difference]:
    """Words in quotation marks where the body's quotation has more words, or different ones."""
    for q in c.title.quotations:
        words = _quoted(c.title, q)
        if q.depth or not 2 <= len(words) <= _LONGEST:
            continue
        found = _nearest(c, words)
        if found is None:
            continue
        span, whole, exact = found
        carried = any(c.sentence(k).start <= span.start < c.sentence(k).end for k, _ in c.carriers)
        if len(words) < _TELLING and not carried:
            continue  # two words may be quoted anywhere
        if not exact:
            yield Difference("quotation-altered", (Span(q.start, q.end),), (span,), "the body quotes different words")
        elif len(whole) - (whole[0] in ("the", "a", "an")) > len(words):
            note = f"the title quotes {len(words)} of {len(whole)} words"
            yield Difference("quotation-shortened", (Span(q.start, q.end),), (span,), note)


def _quoted(document: Document, q: Quotation) -> list[str]:
    first, last = document.token_index(q.start), document.token_index(q.end - 1) + 1
    words = zip(document.tokens.words[first:last], document.tokens.lowers[first:last], strict=True)
    return [low for word, low in words if _counts(word, low)]


def _counts(word: str, low: str) -> bool:
    """Words and clitics, no marks."""
    return is_word(word) or (low.startswith("'") and len(low) > 1)


def _nearest(c: Compared, words: list[str]) -> tuple[Span, list[str], bool] | None:
    """The sentence of a quotation that has these words: its place, its words, and whether it has them unchanged."""
    best: tuple[float, Span, list[str]] | None = None
    for q in c.body.quotations:
        if q.depth:
            continue
        for span, whole in _sentences(c.body, q):
            if _holds(whole, words):
                return span, whole, True
            share = _shared(whole, words)
            if share >= _ALTERED and (best is None or share > best[0]):
                best = (share, span, whole)
    if best is None or _is_verbatim(c.body, words):
        return None
    return best[1], best[2], False


def _sentences(document: Document, q: Quotation) -> Iterator[tuple[Span, list[str]]]:
    """A quotation split at the ends of its sentences, each with its words."""
    tokens = document.tokens
    first, last = document.token_index(q.start), document.token_index(q.end - 1) + 1
    words: list[str] = []
    start = first
    for k in range(first, last):
        if _counts(tokens.words[k], tokens.lowers[k]):
            words.append(tokens.lowers[k])
        if tokens.lowers[k] in (".", "?", "!") or k == last - 1:
            if words:
                yield Span(tokens.starts[start], tokens.ends[k]), words[:_LONGEST]
            words, start = [], k + 1


def _holds(whole: list[str], words: list[str]) -> bool:
    size = len(words)
    return any(whole[k : k + size] == words for k in range(len(whole) - size + 1))


def _shared(whole: list[str], words: list[str]) -> float:
    """The share of the words that a quotation has, in this order."""
    at = found = 0
    for word in words:
        if word in whole[at:]:
            at = whole.index(word, at) + 1
            found += 1
    return found / len(words)


def _is_verbatim(document: Document, words: list[str]) -> bool:
    """Does the body have the words outside quotation marks?"""
    lowers = document.tokens.lowers
    return any(list(lowers[k : k + len(words)]) == words for k in document.tokens.index.get(words[0], ()))


# ---------------------------------------------------------------- question


def _question(c: Compared) -> Iterator[Difference]:
    """The title asks a question that no sentence with its words answers."""
    why = "why" in c.title.tokens.lowers[:2]
    for sentence, hits in c.carriers:
        if _answers(c, sentence, hits, why):
            return
    spans = (c.sentence(c.carriers[0][0]),)
    yield Difference("question-unanswered", (), spans, "the rules find no answer in the sentences that share its words")


def _answers(c: Compared, sentence: int, hits: list[Hit], why: bool) -> bool:
    s = c.body.sentences[sentence]
    lows = c.body.tokens.lowers[s.first_token : s.last_token]
    if "?" in lows[-2:]:
        return False
    if any(s.start <= m.start < s.end and m.category == "question" for m in c.body.markers):
        return False
    if why:
        return not c.words["reason"].isdisjoint(lows)
    if c.title.tokens.lowers[0] in c.words["asks_whether"]:
        return any(c.grammar.tags[hit.token] in ("VERB", "ADJ") for hit in hits)
    groups = [c.grammar.chunk_at[hit.token] for hit in hits if c.grammar.tags[hit.token] in ("VERB", "AUX")]
    negated = [c.grammar.verb_group(g).negated for g in groups if g >= 0 and c.grammar.chunks[g].kind == "VG"]
    return not negated or not all(negated)


def _words(document: Document, spans: tuple[Span, ...]) -> str:
    return " … ".join(f"“{' '.join(document.text[start:end].split())}”" for start, end in spans)
