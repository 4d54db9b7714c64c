"""From a text to paragraphs, quotations, tokens and sentences: spans only, the text is never changed.

Every step is one pass over the text (or over its tokens), so the time grows in line with the length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate, chain, pairwise

from analysis.text.article import Article
from analysis.text.document import Document, Paragraph, Quotation, Sentence, Span, Tokens

# ---------------------------------------------------------------- closed lists

# Abbreviations whose full stop is part of the word. Titles stand before a name and never end a sentence.
TITLES = frozenset(
    """mr mrs ms mx dr prof gen sen rep gov lt col capt cpt sgt cpl pvt maj cmdr adm rev hon pres
messrs supt insp det atty amb sec mme fr sr sra""".split()
)
# These are read as abbreviations only with a capital: months, American states, kinds of street and place.
CAPITALISED = frozenset(
    """jan feb mar apr aug sept sep oct nov dec ala ariz ark calif colo conn del fla ga ill
ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo st ave blvd rd mt
ft no nos ph ltda bros univ""".split()
)
ANY_CASE = frozenset("""inc corp co ltd llc plc jr etc vs approx dept est al cf viz seq""".split())
NUMBER_FOLLOWS = frozenset(("no", "nos", "pp", "fig", "art", "para"))

# Words that open a sentence far more often than they open a name: after "U.S." or "etc." they end one.
OPENERS = frozenset(
    """the a an he she it they we i you his her its their our my this that these those there
here in on at for from by with to as if when while after before since until during under over but and so yet or
nor also however meanwhile still then now what who why how where which some many most all both each no not one
two three according although because despite among earlier later last next once only even such other another
more about""".split()
)

# Verbs that follow a quotation that ends in "?" or "!": "Why?" he asked.
SAYING = frozenset(
    """said says wrote writes added adds asked asks told noted argued explained continued tweeted
replied responded recalled declared insisted claimed warned concluded announced reported observed remarked
stated read reads agreed admitted joked quipped shouted cried exclaimed wondered demanded countered posted
chanted yelled""".split()
)

TERMINAL = frozenset((".", "?", "!", "…", "...", "?!", "!?", "。"))
ENDINGS = frozenset(".?!…。”\"'’»〞)]")
_BRACKETS = frozenset(")]")

# ---------------------------------------------------------------- paragraphs

_LINE = re.compile(r"\S(?:[^\n\r\u2028\u2029]*\S)?")  # without the white space around it
_BLANK = re.compile(r"\n[^\S\n]*\n\s*|\u2029")
_BYLINE = re.compile(r"[Bb][Yy] [^\W\d_]")
_SPEAKER = re.compile(r"(?:[A-Z][A-Z.'’-]+ ?){1,4}:|[QA]:|[^\W_]+:")
HEADING_WORDS = 18


def paragraph_spans(text: str) -> list[Span]:
    """Paragraphs, without the white space around them: lines, or blocks between blank lines where lines are
    broken at a fixed width (most lines then go on in lower case)."""
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


def _kind(text: str, span: Span, words: list[str], sentences: int, *, first: bool, last: bool) -> str:
    """Is this paragraph, with its `words`, a heading, a byline, or body? See Paragraph."""
    line = text[span.start : span.end]
    if line[0] == "#" and "\n" not in line:
        return "heading"
    if first and _BYLINE.match(line) and _count_words(words) <= 8:
        return "byline"
    end = line.rstrip("”\"'’)]»")
    if last or sentences > 1 or not end or end[-1] in ".!…:;,—–-" or line[0] in '-–—•*“"«' or line[0].islower():
        return "body"
    if not 0 < _count_words(words) <= HEADING_WORDS or _SPEAKER.match(line):
        return "body"
    if end[-1] == "?":
        question = end == line and line.split(None, 1)[0].lower() not in ("but", "and", "so", "or")
        return "heading" if question else "body"
    return "heading"


def _count_words(words: list[str]) -> int:
    """How many of these tokens are words: up to one more than a heading may have."""
    count = 0
    for word in words:
        count += word[0].isalnum()
        if count > HEADING_WORDS:
            break
    return count


# ---------------------------------------------------------------- quotations

_MARK = re.compile(r"[“”„«»〝〞\"‘’']")
_MARK_OR_DOUBLED = re.compile(rf"''|``|{_MARK.pattern}")  # takes twice the time, and few texts have such
_NOT_OPENING = re.compile(r"['’‘](?:\d0s|em|tis|twas|til|cause|cos|n)\b", re.I)


def quotations(text: str, paragraphs: list[Span]) -> list[Quotation]:
    """Stretches in quotation marks, marks included, outer before inner, in the order of the text.

    Curly marks pair by shape, straight ones by what stands on either side, doubled ones (`` and '') count as
    one mark.  A double quotation that its paragraph leaves open runs to the paragraph's end, as in quotations
    of several paragraphs.  A single mark opens only before a word and must be closed in its paragraph; an
    apostrophe is not a mark.
    """
    out = []
    pattern = _MARK_OR_DOUBLED if "''" in text or "``" in text else _MARK
    marks = [m.span() for m in pattern.finditer(text)]
    k = 0
    for paragraph in paragraphs:
        first = k
        while k < len(marks) and marks[k][0] < paragraph.end:
            k += 1
        if k > first:
            out += _paragraph_quotations(text, paragraph, marks[first:k])
    return out


def _paragraph_quotations(text: str, paragraph: Span, marks: list) -> list[Quotation]:
    doubles = _double(text, paragraph, [m for m in marks if text[m[0] : m[1]] not in ("‘", "’", "'")])
    singles = _single(text, paragraph, [m for m in marks if text[m[0] : m[1]] in ("‘", "’", "'")], doubles)
    out, ends = [], []
    for start, end, mark, closed in sorted(doubles + singles, key=lambda q: (q[0], -q[1])):
        while ends and ends[-1] <= start:
            ends.pop()
        if ends and end > ends[-1]:  # crosses the end of the quotation around it
            continue
        out.append(Quotation(start, end, mark, len(ends), closed))
        ends.append(end)
    return out


def _double(text: str, paragraph: Span, marks: list) -> list[tuple[int, int, str, bool]]:
    shapes = [text[a:b] for a, b in marks]
    nests = shapes.count("“") == shapes.count("”") > 0  # “a “b” c”: only where all are paired
    out, open_at = [], []
    for (start, end), shape in zip(marks, shapes, strict=True):
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        if shape == "“" and open_at and text[open_at[-1]] == "„":
            out.append((open_at.pop(), end, "double", True))  # „so“ in German
        elif shape in "“„«〝``":
            if not open_at or nests:
                open_at.append(start)
        elif shape in "”»〞":
            if open_at:
                out.append((open_at.pop(), end, "double", True))
        elif not open_at:  # straight: does it hang on the end of a word?
            if not (before.isalnum() or before in ".,!?") or after.isalnum():
                open_at.append(start)
        elif not (before.isspace() and after.isalnum()):
            out.append((open_at.pop(), end, "double", True))
    if open_at:  # left open: to the end of the paragraph
        out.append((open_at[0], paragraph.end, "double", False))
    return out


def _single(text: str, paragraph: Span, marks: list, doubles: list) -> list[tuple[int, int, str, bool]]:
    if not marks:
        return []
    edges = sorted(chain.from_iterable((s, e) for s, e, *_ in doubles))
    out, opened, spare = [], None, None  # spare: "workers’ " may close, if nothing better comes
    for start, end in marks:
        mark = text[start]
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        opens = mark != "’" and not before.isalnum() and before not in ".,!?;:’'" and after.isalpha()
        closes = mark != "‘" and not after.isalnum() and not before.isspace()
        if opens and not _NOT_OPENING.match(text, start):
            if opened is not None and spare is not None:
                out.append((opened, spare, "single", True))
            opened, spare = start, None
        elif opened is not None and closes:
            if (mark == "’") != (text[opened] == "‘"):
                continue
            if (bisect_left(edges, opened + 1) - bisect_left(edges, end)) % 2:
                opened = spare = None  # it would cross the edge of a double quotation
            elif before in "sS" and after == " " and text[end + 1 : end + 2].islower():
                spare = spare or end  # perhaps a plural possessive
            else:
                out.append((opened, end, "single", True))
                opened = spare = None
    if opened is not None and spare is not None:
        out.append((opened, spare, "single", True))
    return [q for q in out if q[1] - q[0] > 3]


# ---------------------------------------------------------------- tokens

_TOKEN = re.compile(
    r"([A-Za-z]+(?=[ ,\n])|[,“”;:()]|\.(?!\.)"  # most tokens, found fastest
    r"|[A-Za-z](?:\.[A-Za-z])+\b\.?"  # U.S., a.m., D.C
    r"|(?:https?://|www\.)[^\s<>\"”’)\]]*[^\s<>\"”’)\].,;:!?]"  # addresses
    r"|[@#]?[^\W_]+(?:(?:['’](?!(?:s|S|ll|LL|re|RE|ve|VE|d|D|m|M)\b)|[\-‐‑&@_]|\.(?=[a-z\d])|(?<=\d),(?=\d))[^\W_]+)*"
    r"|(?<=[^\W_])['’](?:s|S|ll|LL|re|RE|ve|VE|d|D|m|M)\b"  # clitics
    r"|''|``|--+|\.\.+|[?!]+|[^\w\s]|_)"
)


def tokenize(text: str, outer: list[Quotation]) -> Tokens:
    """Tokens of the text; `outer` are the outermost quotations, for the `quoted` flags."""
    pieces = _TOKEN.split(text)  # what stands between tokens, and tokens, by turns
    edges = list(accumulate(map(len, pieces)))
    words, starts, ends = _join_abbreviations(pieces[1::2], edges[:-1:2], edges[1::2])
    lowers = "\n".join(words).lower().replace("’", "'").split("\n") if words else []
    quoted = bytearray(len(words))
    for quotation in outer:
        a, b = bisect_left(starts, quotation.start), bisect_left(starts, quotation.end)
        quoted[a:b] = b"\1" * (b - a)
    index: defaultdict[str, list[int]] = defaultdict(list)
    for k, low in enumerate(lowers):
        index[low].append(k)
    return Tokens(starts, ends, words, lowers, bytes(quoted), dict(index))


def _join_abbreviations(words: list[str], starts: list[int], ends: list[int]) -> tuple[list, list, list]:
    """Join the full stop of "Mr.", "Sept." or "John F. Kennedy" to its word."""
    dots = [k for k, word in enumerate(words) if word == "."]
    joined = [k for k in dots if k and ends[k - 1] == starts[k] and _is_abbreviation(words, k)]
    if not joined:
        return words, starts, ends
    out: tuple[list, list, list] = ([], [], [])
    done = 0
    for k in joined:  # all before the word as it is; then the word with its full stop
        out[0].extend(words[done : k - 1])
        out[0].append(words[k - 1] + ".")
        out[1].extend(starts[done:k])
        out[2].extend(ends[done : k - 1])
        out[2].append(ends[k])
        done = k + 1
    for new, old in zip(out, (words, starts, ends), strict=True):
        new.extend(old[done:])
    return out


def _is_abbreviation(words: list[str], dot: int) -> bool:
    word = words[dot - 1]
    if len(word) > 6:
        return False
    follow = words[dot + 1][0] if dot + 1 < len(words) else ""
    low = word.lower()
    if low in NUMBER_FOLLOWS:
        return follow.isdigit()
    if low in TITLES:
        return word[0].isupper() and (follow.isupper() or follow in "“\"‘'")
    if low in CAPITALISED:
        return word[0].isupper() and word not in ("LA", "MO", "PA")
    if low in ANY_CASE:
        return low != "co" or word[0].isupper()
    return len(word) == 1 and word.isupper() and word != "I" and follow.isupper()


# ---------------------------------------------------------------- sentences


def _enders(tokens: Tokens, closing: set[int]) -> list[int]:
    """Indices of the tokens with which a sentence may end; `closing` are where outermost quotations end."""
    quoted, ends = tokens.quoted, tokens.ends
    return [
        k
        for k, word in enumerate(tokens.words[:-1])
        if word[-1] in ENDINGS and not (quoted[k] and quoted[k + 1] and ends[k] not in closing)
    ]


def _boundaries(tokens: Tokens, first: int, last: int, enders: list[int]) -> list[int]:
    """Token indices where a new sentence starts, in the paragraph of the tokens first to last.

    `enders` are the tokens with which a sentence may end, of the paragraph but for its last token.
    """
    words, lowers, quoted = tokens.words, tokens.lowers, tokens.quoted
    out = []
    for k in enders:
        word = words[k]
        if quoted[k]:
            if _quotation_ends_sentence(tokens, k, first, last):
                out.append(k + 1)
        elif word in TERMINAL or word[0] in ".?!":
            j = k + 1
            while j < last and words[j] in _BRACKETS:
                j += 1
            if j < last and not (k == first + 1 and words[first].isdigit()) and _may_open(words[j]):
                out.append(j)
        elif (
            word[-1] == "."
            and lowers[k][:-1] not in TITLES
            and len(word) > 2
            and words[k + 1][0].isupper()
            and lowers[k + 1] in OPENERS
        ):
            out.append(k + 1)  # "in the U.S. The"
    return out


def _may_open(word: str) -> bool:
    return not word[0].islower() and word[0] not in ",;:.?!)”’»%/&…"


def _quotation_ends_sentence(tokens: Tokens, k: int, first: int, last: int) -> bool:
    """The token k closes a quotation; does the sentence end with it?"""
    words = tokens.words
    j = k
    while j > max(first, k - 3) and words[j][0] in "”\"'’»〞)]":
        j -= 1
    mark = words[j]
    if j == k or mark[-1] not in ".?!…" or not (mark in TERMINAL or mark[0] in ".?!" or mark[-1] == "."):
        return False
    if not _may_open(words[k + 1]):
        return False
    if mark[-1] in "?!":  # "Why?" Mr Reed asked.
        for word in words[k + 1 : min(last, k + 8)]:
            if word.lower() in SAYING:
                return False
            if not word[0].isalnum():
                break
    return True


# ---------------------------------------------------------------- all together


def segment(article: Article) -> Document:
    """Split an article into paragraphs, quotations, tokens and sentences.

    A sentence never ends inside a quotation: a quotation of several sentences belongs whole to the sentence
    that reports it.  Headings and bylines are each one sentence.

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
    paragraphs, sentences = [], []
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
