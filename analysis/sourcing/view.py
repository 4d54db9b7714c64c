"""A document as the stages see it: its token lists, a class for each token, its quotations as token ranges."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import cache
from itertools import accumulate, repeat
from operator import and_

from analysis.grammar import grammar_of
from analysis.rules import classes, word_lists
from analysis.sourcing.content_ends import ends_of
from analysis.text.document import Document, Quotation

# One letter for each class of word; where a word is in several classes the first one here counts.
SUBJECT, RELATIVE, AUXILIARY, POSSESSIVE, DETERMINER, CONJUNCTION, PREPOSITION, ADVERB, TIME, OBJECT = "SRAPDCIVTO"
END_MARKS = frozenset((".", "?", "!", "…", "...", "?!", "!?"))
_PADDING = (".",) * 6
BREAKS = frozenset((",", ";", ":", "—", "–", "--", "(", ")", "[", "]", "…", "...", "|", "•", "/", "‒", "―"))
DASHES = frozenset(("—", "–", "--", "―", "-"))


@cache
def words() -> Mapping[str, frozenset[str]]:
    """The word lists of sourcing.toml, by name."""
    return word_lists("sourcing")


@cache
def word_classes() -> Mapping[str, str]:
    """Lower-case word -> its class."""
    general, own = classes(), words()
    table: dict[str, str] = {}
    for code, names in (
        (SUBJECT, own["subject"]),
        (RELATIVE, own["relative"]),
        (AUXILIARY, general["be"] | general["have"] | general["do"] | general["modal"] | own["negative"]),
        (POSSESSIVE, general["possessive"]),
        (CONJUNCTION, own["conjunction"]),
        (DETERMINER, general["determiner"] | own["number"]),
        (PREPOSITION, general["preposition"]),
        (ADVERB, own["adverb"]),
        (TIME, general["weekday"] | own["time"]),
        (OBJECT, general["object"]),
    ):
        for word in names:
            table.setdefault(word, code)
    return table


def _titles(document: Document) -> frozenset[Quotation]:
    """The quotations that are the title of a work and nothing more: “The Old Harbour”."""
    works = {(m.start, m.end) for m in document.mentions if m.label == "WORK_OF_ART"}
    return frozenset(q for q in document.quotations if q.mark == "double" and (q.start + 1, q.end - 1) in works)


def _inside_names(document: Document, letters: Sequence[str]) -> dict[int, int]:
    """Token of a body's name that holds a verb, or begins as one does, -> its first token: "Committee to Protect
    Journalists", "Planned Parenthood"."""
    starts, found = document.tokens.starts, {}
    for m in document.mentions:
        if m.label != "ORG":
            continue
        first = bisect_left(starts, m.start)
        if " to " in document.text[m.start : m.end] or letters[first] in "de":
            last = bisect_left(starts, m.end)
            found.update(dict.fromkeys(range(first + 1, last), first))
    return found


def counted(flags: Iterable[int]) -> Sequence[int]:
    """How many flags before each token, and in all, are set."""
    return array("I", accumulate(flags, initial=0))


def _padded(places: Sequence[int]) -> Sequence[int]:
    """Places in a list, and none for each full stop after the last token."""
    nothing = [-1] * len(_PADDING)
    return places + array("i", nothing) if isinstance(places, array) else [*places, *nothing]


class View:
    """Parallel lists over the tokens of a document.

    `L` lower case, `W` as written, `K` class letters ("" for an open-class word), `Q` 1 inside quotation
    marks; `quotes` the outermost quotations as half-open token ranges, `quote_at[k]` the index of the one
    that starts at token k. The title of a work in quotation marks (`titles`) is not a quotation.
    """

    __slots__ = (
        "K",
        "L",
        "Q",
        "W",
        "adjuncts",
        "chunk_at",
        "clause_at",
        "content_ends",
        "document",
        "ends",
        "grammar",
        "letters",
        "n",
        "name_start",
        "open_quotes",
        "quote_at",
        "quoted_before",
        "quotes",
        "roles",
        "starts",
        "text",
        "titles",
        "words_before",
    )

    def __init__(self, document: Document) -> None:
        tokens = document.tokens
        self.document = document
        grammar = self.grammar = grammar_of(document)
        self.letters, self.roles = grammar.letters + "".join(_PADDING), grammar.roles + "".join(_PADDING)
        self.chunk_at, self.clause_at = _padded(grammar.chunk_at), _padded(grammar.clause_at)
        self.adjuncts: dict[int, tuple[int, int]] = {}  # those read so far, see `adjuncts.adjunct_end`
        self.text = document.text
        self.n = len(tokens)
        # Full stops after the last token (and so, by index -1, before the first): neighbours can always be asked.
        self.L, self.W = [*tokens.lowers, *_PADDING], [*tokens.words, *_PADDING]
        for k in tokens.find(word_lists("roles")["acronym"]):  # the WHO, the US: names, and no pronouns
            if len(self.W[k]) > 1 and self.W[k].isupper() and not (self.W[k + 1].isupper() and len(self.W[k + 1]) > 1):
                self.L[k] = self.W[k]
        self.starts, self.ends = tokens.starts, tokens.ends
        self.titles = _titles(document)
        self.name_start = _inside_names(document, grammar.letters)
        self.Q = tokens.quoted + bytes(len(_PADDING))
        if self.titles:
            self.Q = self._without_titles()
        self.K = list(map(word_classes().get, self.L, repeat("")))
        words = bytearray(b"\1") * self.n + bytes(len(_PADDING))
        for k in tokens.find([word for word in tokens.index if not word[0].isalnum()]):
            words[k] = 0
        self.words_before = counted(words)
        self.quoted_before = counted(map(and_, words, self.Q))
        self._read_quotations(0)
        self.content_ends = ends_of(document, self.Q)

    def _without_titles(self) -> bytes:
        flags = bytearray(self.Q)
        for quotation in self.titles:
            if quotation.depth == 0:
                first, last = bisect_left(self.starts, quotation.start), bisect_left(self.starts, quotation.end)
                flags[first:last] = bytes(last - first)
        return bytes(flags)

    def _read_quotations(self, depth: int) -> None:
        self.quotes: list[tuple[int, int]] = []
        self.quote_at: dict[int, int] = {}
        self.open_quotes: set[int] = set()
        for quotation in self.document.quotations:
            if quotation.depth == depth and quotation not in self.titles:
                first = bisect_left(self.starts, quotation.start)
                last = bisect_left(self.starts, quotation.end, first)
                if last > first:
                    self.quote_at[first] = len(self.quotes)
                    if not quotation.closed:
                        self.open_quotes.add(len(self.quotes))
                    self.quotes.append((first, last))

    def inside(self) -> View:
        """The document as it looks from inside its quotations: only those within another count as quotations."""
        inner = copy(self)
        inner._read_quotations(1)
        flags = bytearray(len(self.Q))
        for a, b in inner.quotes:
            flags[a:b] = bytes((1,)) * (b - a)
        inner.Q = bytes(flags)
        inner.quoted_before = counted(map(and_, (word[0].isalnum() for word in self.W), inner.Q))
        return inner

    def kind(self, content: list[tuple[int, int]]) -> str:
        """ "direct" if nine tenths of the content's words are in quotation marks, "mixed" if some are."""
        words = sum(self.count_words(a, b) for a, b in content)
        quoted = sum(self.count_quoted(a, b) for a, b in content)
        return "direct" if words and quoted >= 0.9 * words else "mixed" if quoted else "indirect"

    def is_title(self, a: int, b: int) -> bool:
        """Is a:b a headline in title case: at least four words, two thirds of them with a capital?"""
        count = self.count_words(a, b)
        return 4 <= count <= 24 and 3 * sum(1 for k in range(a, b) if self.W[k][0].isupper()) >= 2 * count

    def is_headline(self, a: int, b: int) -> bool:
        """Is the sentence a:b on its own, without a full stop, like a headline?"""
        return 3 <= self.count_words(a, b) <= 16 and (b >= self.n or self.W[b] not in END_MARKS)

    def is_title_quote(self, k: int) -> bool:
        """Is the quotation at k the name of a book or a show: a few words, all with a capital?"""
        if k not in self.quote_at:
            return False
        inside = [j for j in range(k, self.quotes[self.quote_at[k]][1]) if self.W[j][0].isalnum()]
        return 0 < len(inside) <= 6 and all(self.W[j][0].isupper() or self.K[j] for j in inside)

    def length_of_quotation(self, k: int) -> int:
        """The tokens of the quotation that begins at k; 0 where none does."""
        number = self.quote_at.get(k)
        return 0 if number is None else self.quotes[number][1] - k

    def in_finite_verb(self, k: int) -> bool:
        """Is the token at k in a finite verb group?"""
        number = self.chunk_at[k]
        return number >= 0 and self.grammar.chunks[number].kind == "VG" and self.grammar.verb_group(number).finite

    def chunk_kind(self, k: int) -> str:
        """The kind of the chunk that the token at k is in; "" for none."""
        return self.grammar.chunks[self.chunk_at[k]].kind if self.chunk_at[k] >= 0 else ""

    def is_dash(self, k: int) -> bool:
        """Is there a dash at k, or a hyphen used as one, with a space on either side?"""
        if self.W[k] != "-":
            return self.W[k] in DASHES
        return 0 < k < self.n - 1 and self.ends[k - 1] < self.starts[k] and self.ends[k] < self.starts[k + 1]

    def places(self, word: str, a: int, b: int) -> Sequence[int]:
        """The tokens of the range a:b that are this word (in lower case) or mark, in order."""
        found = self.document.tokens.index.get(word)
        return found[bisect_left(found, a) : bisect_left(found, b)] if found else ()

    def count_words(self, a: int, b: int) -> int:
        """Words (tokens that open with a letter or a digit) in the range a:b."""
        return self.words_before[b] - self.words_before[a] if b > a else 0

    def count_quoted(self, a: int, b: int) -> int:
        """Words of the range a:b that are inside quotation marks."""
        return self.quoted_before[b] - self.quoted_before[a] if b > a else 0

    def trim(self, a: int, b: int) -> tuple[int, int]:
        """The range a:b without breaks at its edges (a quotation's own marks stay)."""
        while a < b and not self.Q[a] and (self.W[a] in BREAKS or self.W[a] in END_MARKS):
            a += 1
        while b > a and not self.Q[b - 1] and (self.W[b - 1] in BREAKS or self.W[b - 1] in END_MARKS):
            if self.W[b - 1] in ")]" and self._opens(a, b - 1):
                break
            b -= 1
        return a, b

    def _opens(self, a: int, b: int) -> bool:
        return any(self.W[k] in "([" for k in range(max(a, b - 12), b))
