"""From a text to paragraphs, quotations, tokens and sentences. These are only spans; the text is never changed.

Every step is one pass over the text (or over its tokens), so the time grows linearly with the length.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import MutableSequence, Sequence
from itertools import accumulate, chain, pairwise
from sys import intern
from typing import NamedTuple

from analysis.text.article import Article
from analysis.text.document import Document, Paragraph, Quotation, Sentence, Span, Tokens
from analysis.text.word_lists import word_lists

_WORDS = word_lists("segmentation")
_TITLES, _TERMINAL = _WORDS["title"], _WORDS["terminal"]
_ENDINGS = frozenset(".?!…。”\"'’»〞)]")
_BRACKETS = frozenset(")]")

# ---------------------------------------------------------------- paragraphs

_LINE = re.compile(r"\S(?:[^\n\r\u2028\u2029]*\S)?")  # without the white space around it
_BLANK = re.compile(r"\n[^\S\n]*\n\s*|\u2029")
_BYLINE = re.compile(r"[Bb][Yy] [^\W\d_]")
_SPEAKER = re.compile(r"(?:[A-Z][A-Z.'’-]+ ?){1,4}:|[QA]:|[^\W_]+:")
HEADING_WORDS = 18


def paragraph_spans(text: str) -> list[Span]:
    """Paragraphs, without the white space around them: lines, or blocks between blank lines if lines are broken at a
    fixed width (then most lines continue in lower case).
    """
    lines = [Span(*m.span()) for m in _LINE.finditer(text)]
    if not any(text[start].islower() for start, _ in lines):
        return lines
    blocks = _blocks(text)
    return blocks if 1 < len(blocks) < len(lines) and _is_wrapped(text, lines, blocks) else lines


def _blocks(text: str) -> list[Span]:
    edges = [0, *chain.from_iterable(m.span() for m in _BLANK.finditer(text)), len(text)]
    out = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        piece = text[start:end]
        left = piece.lstrip()
        if left:
            out.append(Span(end - len(left), start + len(piece.rstrip())))
    return out


def _is_wrapped(text: str, lines: list[Span], blocks: list[Span]) -> bool:
    inner = len(lines) - len(blocks)  # lines that do not open a block
    heads = {block.start for block in blocks}
    lower = sum(text[line.start].islower() for line in lines if line.start not in heads)
    return inner >= 2 and lower >= 0.4 * inner


def _kind(text: str, span: Span, words: Sequence[str], sentences: int, *, first: bool, last: bool) -> str:
    """Is this paragraph, with its `words`, a heading, a byline, or body? See Paragraph."""
    line = text[span.start : span.end]
    if line[0] == "#" and "\n" not in line:
        return "heading"
    if first and _BYLINE.match(line) and _count_words(words) <= 8:
        return "byline"
    if last or sentences > 1 or line[0] in '-–—•*“"«' or line[0].islower() or _SPEAKER.match(line):
        return "body"
    return "heading" if _ends_as_heading(line) and 0 < _count_words(words) <= HEADING_WORDS else "body"


def _ends_as_heading(line: str) -> bool:
    """Does the line end without a full stop, or as a question that continues nothing before it?"""
    end = line.rstrip("”\"'’)]»")
    if not end or end[-1] in ".!…:;,—–-":
        return False
    return end[-1] != "?" or (end == line and line.split(None, 1)[0].lower() not in ("but", "and", "so", "or"))


def _count_words(words: Sequence[str]) -> int:
    """How many of these tokens are words, counted up to one more than a heading may have."""
    count = 0
    for word in words:
        count += word[0].isalnum()
        if count > HEADING_WORDS:
            break
    return count


# ---------------------------------------------------------------- quotations

_SINGLE_MARKS = ("‘", "’", "'")
DEEPEST = 8  # the deepest nesting of quotations; those further in, which no article has, are not counted
_MARK = re.compile(r"[“”„«»〝〞\"‘’']")
_MARK_OR_DOUBLED = re.compile(rf"''|``|’’|‘‘|{_MARK.pattern}")  # takes twice the time, and few texts have such
_INWARD, _OUTWARD = re.compile(r"(?<!\w)»(?=\w)"), re.compile(r"(?<!\w)«(?=\w)")
# The words that report a quotation whose end somebody forgot: “We had no choice, said Ana Reyes.
_OPEN_REPORT = re.compile(rf",(?=\s(?:{'|'.join(sorted(_WORDS['saying']))})\s(?:[A-Z]|the\s|a\s))")
_TURNED = {"»": "«", "«": "»"}
_NOT_OPENING = re.compile(r"['’‘](?:\d0s|em|tis|twas|til|cause|cos|n)\b", re.I)


def quotations(text: str, paragraphs: list[Span]) -> list[Quotation]:
    """Stretches in quotation marks, including the marks, outer before inner, in the order of the text.

    Curly marks pair by shape, straight ones by the characters on either side; doubled ones (`` and '') count as one
    mark. Marks that point inwards (»so«) pair if the text has none that point outwards. A double quotation that its
    paragraph leaves open extends to the end of the paragraph, as in quotations of several paragraphs. A single mark
    opens only before a word and must be closed in its paragraph, unless it is curly and the next paragraph begins with
    one; an apostrophe is not a mark.
    """
    out = []
    doubled = any(mark in text for mark in ("''", "``", "’’", "‘‘"))
    pattern = _MARK_OR_DOUBLED if doubled else _MARK
    inward = "»" in text and _INWARD.search(text) is not None and _OUTWARD.search(text) is None
    marks = [m.span() for m in pattern.finditer(text)]
    k = 0
    for paragraph in paragraphs:
        first = k
        while k < len(marks) and marks[k][0] < paragraph.end:
            k += 1
        if k > first:
            out += _paragraph_quotations(text, paragraph, marks[first:k], inward=inward)
    return out


class _Mark(NamedTuple):
    """A quotation mark at start to end, with the characters on either side (spaces at the edge of the paragraph)."""

    start: int
    end: int
    shape: str
    before: str
    after: str


_Marked = tuple[int, int, str, bool]  # start, end, mark, closed


def _paragraph_quotations(
    text: str, paragraph: Span, spans: Sequence[tuple[int, int]], *, inward: bool
) -> list[Quotation]:
    marks = [
        _Mark(
            start,
            end,
            _TURNED.get(text[start:end], text[start:end]) if inward else text[start:end],
            text[start - 1] if start > paragraph.start else " ",
            text[end] if end < paragraph.end else " ",
        )
        for start, end in spans
    ]
    doubles = _double(text, paragraph, [m for m in marks if m.shape not in _SINGLE_MARKS])
    singles = _single(text, paragraph, [m for m in marks if m.shape in _SINGLE_MARKS], doubles)
    out: list[Quotation] = []
    ends: list[int] = []
    for start, end, mark, closed in sorted(doubles + singles, key=lambda q: (q[0], -q[1])):
        while ends and ends[-1] <= start:
            ends.pop()
        crosses = bool(ends) and end > ends[-1]  # the end of the quotation around it
        if crosses or len(ends) == DEEPEST:
            continue
        out.append(Quotation(start, end, mark, len(ends), closed))
        ends.append(end)
    return out


def _double(text: str, paragraph: Span, marks: Sequence[_Mark]) -> list[_Marked]:
    shapes = [mark.shape for mark in marks]
    nests = shapes.count("“") == shapes.count("”") > 0  # “a “b” c”: only where all are paired
    out: list[_Marked] = []
    opened: list[_Mark] = []
    for mark in marks:
        if _double_opens(mark, opened[-1].shape if opened else ""):
            if not opened or nests:
                opened.append(mark)
        elif opened and not (mark.shape == '"' and mark.before.isspace() and mark.after.isalnum()):
            out.append((opened.pop().start, mark.end, "double", True))
    if opened:  # left open: to the end of the paragraph
        start = opened[0].start
        out.append((start, _end_of_open(text, paragraph, start), "double", False))
    return out


def _end_of_open(text: str, paragraph: Span, start: int) -> int:
    """The end of a quotation that its paragraph leaves open: the paragraph's end, if the next one continues with a
    mark, or before the words that report it.
    """
    if text[paragraph.end : paragraph.end + 9].lstrip()[:1] in tuple('“"„«'):
        return paragraph.end
    report = _OPEN_REPORT.search(text, start, paragraph.end)
    return report.start() if report else paragraph.end


def _double_opens(mark: _Mark, opened: str) -> bool:
    """Does the mark open a quotation, judging by its shape or, if it is straight, because it does not follow a word
    directly?
    """
    if mark.shape == "“":
        return opened != "„"  # „so“ in German
    if mark.shape in ("„", "«", "〝", "``", "‘‘"):
        return True
    if mark.shape in ("”", "»", "〞", "’’") or opened:
        return False
    return mark.after.isalnum() or not (mark.before.isalnum() or mark.before in ".,!?")


def _single(text: str, paragraph: Span, marks: Sequence[_Mark], doubles: Sequence[_Marked]) -> list[_Marked]:
    edges = sorted(chain.from_iterable((start, end) for start, end, *_ in doubles))
    out: list[_Marked] = []
    is_open = False
    opened = spare = 0  # where a mark is open; where "workers’ " may close it, if nothing better comes (0: nowhere)
    for mark in marks:
        if _single_opens(text, mark):
            if spare:
                out.append((opened, spare, "single", True))
            is_open, opened, spare = True, mark.start, 0
        elif is_open and _single_closes(mark, text[opened]):
            crosses = (bisect_left(edges, opened + 1) - bisect_left(edges, mark.end)) % 2  # a double one's edge
            if not crosses and _may_be_possessive(text, mark):
                spare = spare or mark.end
                continue
            if not crosses:
                out.append((opened, mark.end, "single", True))
            is_open, spare = False, 0
    if is_open and text[opened] == "‘" and text[paragraph.end : paragraph.end + 9].lstrip()[:1] == "‘":
        out.append((opened, paragraph.end, "single", False))  # the next paragraph continues with a mark
    elif spare:
        out.append((opened, spare, "single", True))
    return [q for q in out if q[1] - q[0] > 3]


def _may_be_possessive(text: str, mark: _Mark) -> bool:
    """The workers' union."""
    return mark.before in "sS" and mark.after == " " and text[mark.end + 1 : mark.end + 2].islower()


def _single_opens(text: str, mark: _Mark) -> bool:
    """Before a word, not after one, and not an apostrophe: ’90s, ’em."""
    if mark.shape == "’" or mark.before.isalnum() or mark.before in ".,!?;:’'" or not mark.after.isalpha():
        return False
    return not _NOT_OPENING.match(text, mark.start)


def _single_closes(mark: _Mark, opened: str) -> bool:
    """After a word and before none, in the shape that closes the open mark."""
    if mark.shape == "‘" or mark.after.isalnum() or mark.before.isspace():
        return False
    return (mark.shape == "’") == (opened == "‘")


# ---------------------------------------------------------------- tokens

_TOKEN = re.compile(
    r"([A-Za-z]+(?=[ ,\n])|[,“”;:()]|\.(?!\.)"  # most tokens, found fastest
    r"|[A-Za-z](?:\.[A-Za-z])+\b\.?"  # U.S., a.m., D.C
    r"|[RDI]-[A-Z](?:\.[A-Z])+\b\.?"  # Ann Reed, R-S.D.
    r"|(?:Ph|LL|Ed|Psy|Pharm|Th|Sc)\.[DBM]\b\.?|[BMD]\.(?:Sc|Phil|Ed|Eng|Litt|Mus|Com|Tech|Arch)\b\.?"  # Ph.D., M.Sc.
    r"|(?:https?://|www\.)[^\s<>\"”’)\]]*[^\s<>\"”’)\].,;:!?]"  # addresses
    r"|[@#]?[^\W_]+(?:(?:['’](?!(?:s|S|ll|LL|re|RE|ve|VE|d|D|m|M)\b)|[\-‐‑&@_]"
    r"|\.(?=[a-z\d])|(?<=\d)(?:,(?=\d)|:(?=\d\d(?!\d))))[^\W_]+)*"
    r"|(?<=[^\W_])['’](?:s|S|ll|LL|re|RE|ve|VE|d|D|m|M)\b"  # clitics
    r"|''|``|’’|‘‘|--+|\.\.+|[?!]+|[^\w\s]|_)"
)


# With more tokens or characters than these, memory is saved.
MANY, LONG = 50_000, 1_000_000
_FEW = 8  # numbers that would take no less memory in an array

_INVISIBLE_CHARACTERS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLE = re.compile(f"[{_INVISIBLE_CHARACTERS}]")


def tokenize(text: str, outer: list[Quotation]) -> Tokens:
    """Tokens of the text; `outer` are the outermost quotations, for the `quoted` flags.

    Characters that nobody sees (soft hyphens and the like) do not split words, and words are given without them.
    """
    visible = _INVISIBLE.sub("", text) if any(c in text for c in _INVISIBLE_CHARACTERS) else text
    words, starts, ends = _join_abbreviations(*(_split(visible) if len(visible) < LONG else _split_long(visible)))
    if len(visible) < len(text):
        places = array("I", [k for k, c in enumerate(text) if c not in _INVISIBLE_CHARACTERS])
        starts, ends = [places[start] for start in starts], [places[end - 1] + 1 for end in ends]
    lowers = _lowers(words)
    quoted = bytearray(len(words))
    for quotation in outer:
        a, b = bisect_left(starts, quotation.start), bisect_left(starts, quotation.end)
        quoted[a:b] = b"\1" * (b - a)
    index: defaultdict[str, list[int]] = defaultdict(list)
    for k, low in enumerate(lowers):
        index[low].append(k)
    tokens = Tokens(starts, ends, words, lowers, bytes(quoted), dict(index))
    return tokens if len(words) < MANY else _compact(tokens)


_Parts = tuple[list[str], MutableSequence[int], MutableSequence[int]]  # words, where they start, where they end


def _split(text: str) -> _Parts:
    pieces = _TOKEN.split(text)  # alternately the text between tokens, and tokens
    edges = list(accumulate(map(len, pieces)))
    return pieces[1::2], edges[:-1:2], edges[1::2]


def _split_long(text: str) -> _Parts:
    """The same, some lines at a time: no token crosses the end of a line or depends on what comes after it."""
    parts: _Parts = ([], array("I"), array("I"))
    at = 0
    while at < len(text):
        end = text.find("\n", at + LONG // 4) + 1 or len(text)
        words, starts, ends = _split(text[at:end])
        parts[0].extend(map(intern, words))
        parts[1].extend([at + start for start in starts])
        parts[2].extend([at + stop for stop in ends])
        at = end
    return parts


def _lowers(words: list[str]) -> list[str]:
    """Each word in lower case, with straight apostrophes; among many, a word that recurs is stored once."""
    if len(words) < MANY:
        return "\n".join(words).lower().replace("’", "'").split("\n") if words else []
    lower = {word: word.lower().replace("’", "'") for word in set(words)}
    return [lower[word] for word in words]


def _compact(tokens: Tokens) -> Tokens:
    """The same tokens in a third of the memory: each word is stored once, and numbers without an object each (a little
    slower).
    """
    return Tokens(
        array("I", tokens.starts),
        array("I", tokens.ends),
        list(map(intern, tokens.words)),
        list(map(intern, tokens.lowers)),
        tokens.quoted,
        {intern(word): array("I", places) if len(places) > _FEW else places for word, places in tokens.index.items()},
    )


def _join_abbreviations(words: list[str], starts: MutableSequence[int], ends: MutableSequence[int]) -> _Parts:
    """Join the full stop of "Mr.", "Sept." or "John F. Kennedy" to its word."""
    dots = [k for k, word in enumerate(words) if word == "."]
    joined = [k for k in dots if k and ends[k - 1] == starts[k] and _is_abbreviation(words, k)]
    if not joined:
        return words, starts, ends
    out: _Parts = ([], starts[:0], ends[:0])
    done = 0
    for k in joined:  # everything before the word unchanged; then the word with its full stop
        out[0].extend([*words[done : k - 1], words[k - 1] + "."])
        out[1].extend(starts[done:k])
        out[2].extend(ends[done : k - 1])
        out[2].append(ends[k])
        done = k + 1
    out[0].extend(words[done:])
    out[1].extend(starts[done:])
    out[2].extend(ends[done:])
    return out


_PARTY_AND_STATE = re.compile(r"[RDI]-[A-Z][a-z]{1,5}")  # Ann Reed, R-Fla.


def _is_abbreviation(words: list[str], dot: int) -> bool:
    word = words[dot - 1]
    follow = words[dot + 1][0] if dot + 1 < len(words) else ""
    if word[1:2] == "-" and _PARTY_AND_STATE.fullmatch(word):
        return follow in ",)" or follow.islower()
    if len(word) > 6:
        return False
    low = word.lower()
    if low in _WORDS["before_number"]:
        return follow.isdigit()
    if low in _TITLES:
        particle = dot + 1 < len(words) and words[dot + 1] in _WORDS["name_particle"]  # "Mr. de Vos"
        return word[0].isupper() and (follow.isupper() or follow in "“\"‘'" or particle)
    if low in _WORDS["capitalised_abbreviation"]:
        return word[0].isupper() and word not in ("LA", "MO", "PA")
    if low in _WORDS["abbreviation"]:
        return low != "co" or word[0].isupper()
    return len(word) == 1 and word.isupper() and word != "I" and follow.isupper() and not _is_lettered(words, dot)


def _is_lettered(words: Sequence[str], dot: int) -> bool:
    """Is the letter before the full stop a name in itself, which ends a sentence: plan B, vitamin C, a grade of A?"""
    before = words[dot - 2] if dot > 1 else ""
    if before.lower() in _WORDS["lettered_noun"]:
        return True
    return before.islower() and len(words[dot + 1]) > 1 and words[dot + 1].lower() in _WORDS["sentence_opener"]


# ---------------------------------------------------------------- sentences


def _enders(tokens: Tokens, closing: set[int]) -> list[int]:
    """Indices of the tokens with which a sentence may end; `closing` are where outermost quotations end."""
    quoted, ends = tokens.quoted, tokens.ends
    return [
        k
        for k, word in enumerate(tokens.words[:-1])
        if word[-1] in _ENDINGS and not (quoted[k] and quoted[k + 1] and ends[k] not in closing)
    ]


def _boundaries(tokens: Tokens, first: int, last: int, enders: Sequence[int]) -> list[int]:
    """Token indices where a new sentence starts, in the paragraph of the tokens first to last.

    `enders` are the tokens with which a sentence may end, without the paragraph's last token.
    """
    words, quoted = tokens.words, tokens.quoted
    out = []
    for k in enders:
        if quoted[k]:
            if _quotation_ends_sentence(tokens, k, first, last):
                out.append(k + 1)
        elif words[k] in _TERMINAL or words[k][0] in ".?!":
            start = _behind_brackets(words, k + 1, last)
            numbered = k == first + 1 and words[first].isdigit()  # 1. The council
            if start < last and not numbered and not _is_ticker_dot(tokens, k) and _may_open(tokens, start):
                out.append(start)
        elif _abbreviation_ends_sentence(tokens, k):
            out.append(k + 1)
    return out


def _behind_brackets(words: Sequence[str], k: int, last: int) -> int:
    while k < last and words[k] in _BRACKETS:
        k += 1
    return k


def _abbreviation_ends_sentence(tokens: Tokens, k: int) -> bool:
    """In the U.S. The council met."""
    word, low = tokens.words[k], tokens.lowers[k]
    if word[-1] != "." or len(word) < 3 or low[:-1] in _TITLES:
        return False
    if word[1] == "-" and tokens.quoted[k + 1]:  # “It is time,” said John Thune, R-S.D. “We agree.”
        return True
    return tokens.words[k + 1][0].isupper() and tokens.lowers[k + 1] in _WORDS["sentence_opener"]


def _is_ticker_dot(tokens: Tokens, k: int) -> bool:
    """Does the full stop belong to the code of a share or an index: .DJI, TRV.N?"""
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    if words[k] != "." or ends[k] != starts[k + 1] or not words[k + 1].isupper():
        return False
    if k == 0 or ends[k - 1] < starts[k]:
        return True
    return words[k - 1].isupper() and len(words[k - 1]) > 1 and len(words[k + 1]) < 3


def _may_open(tokens: Tokens, k: int) -> bool:
    """Can a sentence begin with the token k?"""
    word = tokens.words[k]
    if tokens.quoted[k] and not tokens.quoted[k - 1]:  # the mark of a quotation, whatever its shape
        return True
    if word[0].islower():
        return word.isalpha() and any(c.isupper() for c in word[1:3])  # eBay, xAI
    return word[0] not in ",;:.?!)”’»%/&…"


def _quotation_ends_sentence(tokens: Tokens, k: int, first: int, last: int) -> bool:
    """The token k closes a quotation; does the sentence end with it?"""
    words = tokens.words
    j = k
    while j > max(first, k - 3) and words[j][0] in "”\"'’»〞)]":
        j -= 1
    mark = words[j]
    if j == k or mark[-1] not in ".?!…" or not (mark in _TERMINAL or mark[0] in ".?!" or mark[-1] == "."):
        return False
    if not _may_open(tokens, k + 1):
        return False
    if mark[-1] in "?!":  # "Why?" Mr Reed asked.
        for word in words[k + 1 : min(last, k + 8)]:
            if word.lower() in _WORDS["saying"]:
                return False
            if not word[0].isalnum():
                break
    return True


# ---------------------------------------------------------------- all together


def segment(article: Article) -> Document:
    """Split an article into paragraphs, quotations, tokens and sentences.

    A sentence never ends inside a quotation: a whole quotation of several sentences belongs to the sentence that
    reports it. Headings and bylines are each one sentence.

    >>> from analysis.text.article import Article
    >>> document = segment(Article("Mr. Reed met the U.S. envoy. “Is it over? We hope so,” he said."))
    >>> [document.text[s.start:s.end] for s in document.sentences]
    ['Mr. Reed met the U.S. envoy.', '“Is it over? We hope so,” he said.']
    """
    text = article.text
    spans = paragraph_spans(text)
    quoted = quotations(text, spans)
    outer = [q for q in quoted if q.depth == 0]
    tokens = tokenize(text, outer)
    enders = _enders(tokens, {q.end for q in outer})
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    token = 0
    for index, span in enumerate(spans):
        first = token
        token = bisect_left(tokens.starts, span.end, first)
        if token == first:
            continue
        inside = enders[bisect_left(enders, first) : bisect_left(enders, token - 1)]
        cuts = [first, *_boundaries(tokens, first, token, inside), token]
        words = tokens.words[first : min(token, first + 60)]
        kind = _kind(text, span, words, len(cuts) - 1, first=index < 3, last=index == len(spans) - 1)
        for a, b in pairwise(cuts):
            sentences.append(Sentence(tokens.starts[a], tokens.ends[b - 1], len(paragraphs), a, b))
        paragraphs.append(Paragraph(span.start, span.end, kind, first, token))
    return Document(article, tuple(paragraphs), tuple(sentences), tuple(quoted), tokens)
