r"""Rules as data: the small language they are written in, their loader, and a fast index over them.

A rule file is TOML with one ``[[rule]]`` table each::

    [[rule]]
    id = "HEDGE.PROBABILITY.LIKELY"
    category = "probability"
    pattern = "<be> <adverb>? {likely} to|that"
    not_when = ["_ to|that be|have ..3 story"]
    gloss = "What a reader should know and ask."
    examples = ["The vote is {likely} to be delayed."]
    counter_examples = ["They were of a likely age."]
    source = "Kent 1964, Words of Estimative Probability"

**Patterns** run over lower-cased tokens (typographic apostrophes count as straight ones):

========== ==================================================================================
``word``    the token itself; ``a|b|<name>`` one of several
``<name>``  one token of a class: of classes.toml, or number, capital, adverb, past, ing, plural, superlative, word, any
``x?``      may be missing
``..3``     up to three tokens of any kind
``^``       the start of the sentence, or of a sentence in a quotation (quotation marks aside)
``{...}``   the part that is marked; without braces the whole match is. It holds a plain word.
========== ==================================================================================

`pattern` may be a list.  A match stays within its sentence.

**Contexts**: `not_when` (none may hold) and `only_when` (one must hold) are patterns in which ``_`` stands for
the marked part, or one of: ``@first`` (it opens the sentence), ``@capitalised`` (a capital inside the sentence),
``@quoted`` (inside quotation marks), ``@with if|unless`` (the sentence has such a word outside it, no
more than 60 tokens away).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from analysis.document import Span, Tokens

FOLDER = Path(__file__).with_name("lexicons")
REACH = 60      # tokens that a context looks to either side, so that the time stays linear in any text
REQUIRED = ("id", "gloss", "examples", "counter_examples", "source")
_PLACE = re.compile(r"""^[ \t]*(?:id[ \t]*=[ \t]*["']([^"'\n]*)["']|\[\[rule\]\])""", re.M)
_ID = re.compile(r"[A-Z][A-Z0-9]*(?:[.-][A-Z0-9]+)+\Z")


class LexiconError(ValueError):
    """A rule that cannot be used: names file, line and rule id, what is wrong, and what is allowed."""


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule. `fields` are the values that only its own kind of rule has (category, strength, stance ...)."""

    id: str
    gloss: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    source: str
    where: str
    patterns: tuple[Pattern, ...] = ()
    not_when: tuple[Context, ...] = ()
    only_when: tuple[Context, ...] = ()
    fields: Mapping[str, Any] = None  # type: ignore[assignment]

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]


class Match(NamedTuple):
    """A rule's marked part: the half-open token range first to last."""

    rule: Rule
    first: int
    last: int


# ---------------------------------------------------------------- patterns

NUMBER_WORDS = frozenset("""zero one two three four five six seven eight nine ten eleven twelve thirteen
fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
hundred hundreds thousand thousands million millions billion billions trillion trillions dozen dozens half""".split())

# Classes that a list of words cannot give: of the token as written and in lower case.
TESTS: dict[str, Callable[[str, str], bool]] = {
    "number": lambda word, low: word[0].isdigit() or low in NUMBER_WORDS,
    "capital": lambda word, low: word[0].isupper(),
    "adverb": lambda word, low: len(low) > 4 and low.endswith("ly"),
    "past": lambda word, low: len(low) > 3 and low.endswith("ed"),
    "ing": lambda word, low: len(low) > 4 and low.endswith("ing"),
    "plural": lambda word, low: len(low) > 3 and low[-1] == "s" and low[-2] not in "su'",
    "superlative": lambda word, low: len(low) > 5 and low.endswith("est"),
    "word": lambda word, low: word[0].isalnum(),
    "any": lambda word, low: True,
}


class Element(NamedTuple):
    """One place of a pattern: one of its words or what passes its test, or a gap of up to `gap` tokens.
    START is the start of the sentence."""

    words: frozenset[str] | None
    test: Callable[[str, str], bool] | None
    optional: bool
    gap: int


START = Element(None, None, False, -1)


class Pattern(NamedTuple):
    """A compiled pattern: `before` and `after` surround the marked part, `anchor` is the literal element in it."""

    before: tuple[Element, ...]
    left: tuple[Element, ...]
    anchor: Element
    right: tuple[Element, ...]
    after: tuple[Element, ...]
    text: str


class Context(NamedTuple):
    """A condition on a match: elements left and right of it, or a named test with its words."""

    left: tuple[Element, ...]
    right: tuple[Element, ...]
    test: str
    words: frozenset[str]


@cache
def classes() -> Mapping[str, frozenset[str]]:
    """The word classes of classes.toml, by name."""
    with (FOLDER / "classes.toml").open("rb") as file:
        return {name: frozenset(words.split()) for name, words in tomllib.load(file).items()}


def _element(text: str) -> Element:
    if text == "^":
        return START
    if text.startswith("..") and text[2:].isdigit():
        return Element(None, None, False, int(text[2:]))
    optional = text.endswith("?") and len(text) > 1
    words: set[str] = set()
    tests = []
    for part in (text.removesuffix("?") if optional else text).split("|"):
        name = part[1:-1] if part.startswith("<") and part.endswith(">") else None
        if name is None:
            words.add(part)
        elif name in TESTS:
            tests.append(TESTS[name])
        elif name in classes():
            words |= classes()[name]
        else:
            raise ValueError(f"unknown class <{name}>; known are {', '.join(sorted([*TESTS, *classes()]))}")
    if "" in words or any(w != w.lower() for w in words):
        raise ValueError(f"{text!r} has an empty or capitalised word; patterns are in lower case")
    return Element(frozenset(words) or None, _any_of(tests), optional, 0)


def _any_of(tests: Sequence[Callable[[str, str], bool]]) -> Callable[[str, str], bool] | None:
    if len(tests) < 2:
        return tests[0] if tests else None
    return lambda word, low: any(test(word, low) for test in tests)


def compile_pattern(text: str) -> Pattern:
    """Compile a pattern. Raises ValueError with what is wrong in it."""
    if text.count("{") != text.count("}") or text.count("{") > 1:
        raise ValueError(f"{text!r}: one pair of braces at the most")
    _check_start(text)
    if "{" not in text:
        text = "{" + text + "}"
    before, _, rest = text.partition("{")
    inner, _, after = rest.partition("}")
    parts = [[_element(t) for t in piece.split()] for piece in (before, inner, after)]
    literal = [k for k, e in enumerate(parts[1]) if e.words and not e.test and not e.optional]
    if not literal:
        raise ValueError(f"{text!r}: the marked part holds no plain word that must be there")
    # the rarest place to look for: the one with the fewest words
    at = min(literal, key=lambda k: (len(parts[1][k].words), k))
    return Pattern(tuple(parts[0]), tuple(parts[1][:at]), parts[1][at], tuple(parts[1][at + 1:]),
                   tuple(parts[2]), text)


def _check_start(text: str) -> None:
    if "^" in text.split()[1:]:
        raise ValueError(f"{text!r}: ^ is the start of the sentence; write it first")


def compile_context(text: str) -> Context:
    """Compile a context. Raises ValueError with what is wrong in it."""
    if text.startswith("@"):
        name, _, words = text[1:].partition(" ")
        if name not in ("first", "capitalised", "quoted", "with") or (name == "with") != bool(words):
            raise ValueError(f"{text!r}: known are @first, @capitalised, @quoted and @with a|b")
        return Context((), (), name, frozenset(words.split("|")))
    tokens = text.split()
    if tokens.count("_") != 1:
        raise ValueError(f"{text!r}: write _ once, where the marked part stands")
    _check_start(text)
    at = tokens.index("_")
    return Context(tuple(map(_element, tokens[:at])), tuple(map(_element, tokens[at + 1:])), "", frozenset())


# ---------------------------------------------------------------- matching

def _ends(elements: Sequence[Element], tokens: Tokens, at: int, limit: int) -> Iterator[int]:
    """Every index where `elements` can end when they start at `at` and stay before `limit`."""
    if not elements:
        yield at
        return
    element, rest = elements[0], elements[1:]
    if element.gap:
        for k in range(at, min(at + element.gap, limit) + 1):
            yield from _ends(rest, tokens, k, limit)
        return
    if at < limit and _fits(element, tokens, at):
        yield from _ends(rest, tokens, at + 1, limit)
    if element.optional:
        yield from _ends(rest, tokens, at, limit)


def _starts(elements: Sequence[Element], tokens: Tokens, at: int, limit: int) -> Iterator[int]:
    """Every index where `elements` can start when they end before `at` and stay from `limit` on."""
    if not elements:
        yield at
        return
    element, rest = elements[-1], elements[:-1]
    if element is START:
        if _opens(tokens, at, limit):
            yield from _starts(rest, tokens, at, limit)
        return
    if element.gap:
        for k in range(at, max(at - element.gap, limit) - 1, -1):
            yield from _starts(rest, tokens, k, limit)
        return
    if at > limit and _fits(element, tokens, at - 1):
        yield from _starts(rest, tokens, at - 1, limit)
    if element.optional:
        yield from _starts(rest, tokens, at, limit)


_QUOTES = frozenset(["“", '"', "``", "‘", "'", "(", "["])
_TERMINAL = frozenset([".", "?", "!", "…", "...", ":"])


def _opens(tokens: Tokens, first: int, start: int) -> bool:
    """Does the token `first` open its sentence, which starts at `start`, or a sentence in a quotation there?"""
    words, k = tokens.words, first - 1
    while k >= start and words[k] in _QUOTES and first - k < REACH:
        k -= 1
    if k < start or words[k] in _TERMINAL:
        return True
    return words[k] == "," and k < first - 1        # he said, “May I?”


def _fits(element: Element, tokens: Tokens, k: int) -> bool:
    if element.words is not None and tokens.lowers[k] in element.words:
        return True
    return element.test is not None and element.test(tokens.words[k], tokens.lowers[k])


def _holds(context: Context, tokens: Tokens, first: int, last: int, start: int, end: int) -> bool:
    """Does the context hold for the marked part first:last in the sentence start:end?"""
    if not context.test:
        return (any(True for _ in _starts(context.left, tokens, first, start))
                and any(True for _ in _ends(context.right, tokens, last, end)))
    if context.test == "quoted":
        return bool(tokens.quoted[first])
    if context.test == "with":
        lowers = tokens.lowers
        near = chain(range(max(start, first - REACH), first), range(last, min(end, last + REACH)))
        return any(lowers[k] in context.words for k in near)
    opens = _opens(tokens, first, start)
    return opens if context.test == "first" else tokens.words[first][0].isupper() and not opens


def _match(rule: Rule, pattern: Pattern, tokens: Tokens, at: int, start: int, end: int) -> Match | None:
    for first in _starts(pattern.left, tokens, at, start):
        if not any(True for _ in _starts(pattern.before, tokens, first, start)):
            continue
        for last in _ends(pattern.right, tokens, at + 1, end):
            if not any(True for _ in _ends(pattern.after, tokens, last, end)):
                continue
            # only_when first: it fails for most candidates of the rules that have it, which saves the rest
            if rule.only_when and not any(_holds(c, tokens, first, last, start, end) for c in rule.only_when):
                continue
            if any(_holds(c, tokens, first, last, start, end) for c in rule.not_when):
                continue
            return Match(rule, first, last)
    return None


class Index:
    """Rules by the words of their anchors, so that only the tokens that can start a match are looked at."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self.by_word: dict[str, list[tuple[Rule, Pattern]]] = {}
        for rule in rules:
            for pattern in rule.patterns:
                for word in sorted(pattern.anchor.words or ()):
                    self.by_word.setdefault(word, []).append((rule, pattern))

    def matches(self, tokens: Tokens, sentences: Sequence[tuple[int, int]]) -> list[Match]:
        """All matches, in the order of the text; they may overlap (see `longest`).

        `sentences` are half-open token ranges, in order.
        """
        by_word, out, at = self.by_word, [], 0
        for k, low in enumerate(tokens.lowers):
            if low in by_word:
                while at < len(sentences) and sentences[at][1] <= k:
                    at += 1
                if at == len(sentences):
                    break
                start, end = sentences[at]
                if k < start:
                    continue
                for rule, pattern in by_word[low]:
                    match = _match(rule, pattern, tokens, k, start, end)
                    if match:
                        out.append(match)
        return out


def longest(matches: Sequence[Match]) -> list[Match]:
    """The matches that are left when, of two that overlap, the longer one wins (then the earlier, then the
    earlier rule)."""
    out: list[Match] = []
    taken: set[int] = set()
    for match in sorted(matches, key=lambda m: (m.first - m.last, m.first)):
        places = range(match.first, match.last)
        if not any(k in taken for k in places):
            taken.update(places)
            out.append(match)
    return sorted(out, key=lambda m: m.first)


# ---------------------------------------------------------------- loading

def load_rules(path: str | Path, *, required: Sequence[str] = (), allowed: Mapping[str, Sequence] | None = None,
               optional: Sequence[str] = ()) -> tuple[Rule, ...]:
    """Read and check a rule file. A bare name is looked up in the package's lexicons.

    `required` and `optional` name the fields that this kind of rule has beyond the common ones; `allowed` gives
    the values that a field may take.  Raises LexiconError for the first rule that is wrong.
    """
    path = Path(path)
    path = path if path.parent != Path() or path.exists() else FOLDER / path
    text = path.read_text("utf-8")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path.name}: not valid TOML: {error}") from error
    rules, seen = [], set()
    known = {*REQUIRED, "pattern", "not_when", "only_when", *required, *optional}
    ids, heads = _lines_of(text)
    for number, table in enumerate(data.get("rule", []), 1):
        line = ids.get(str(table.get("id"))) or (heads[number - 1] if number <= len(heads) else 1)
        where = f"{path.name}:{line}: rule {table.get('id', f'number {number}')}"
        _check(table, where, known=known, required=(*REQUIRED, *required), allowed=allowed or {}, seen=seen)
        seen.add(table["id"])
        rules.append(_rule(table, where, (*required, *optional)))
    if not rules:
        raise LexiconError(f"{path.name}: no [[rule]] in it; write at least one")
    return tuple(rules)


def _lines_of(text: str) -> tuple[dict[str, int], list[int]]:
    """The line of each rule's id (the first, where it is used twice), and of each [[rule]] head. One pass."""
    ids: dict[str, int] = {}
    heads: list[int] = []
    line, at = 1, 0
    for match in _PLACE.finditer(text):
        line, at = line + text.count("\n", at, match.start()), match.start()
        if match[1] is None:
            heads.append(line)
        else:
            ids.setdefault(match[1], line)
    return ids, heads


def _check(table: dict, where: str, *, known, required, allowed, seen) -> None:
    missing = [name for name in required if not table.get(name) and table.get(name) != 0]
    if missing:
        raise LexiconError(f"{where}: {', '.join(missing)} is missing; every rule has {', '.join(required)}")
    strange = sorted(set(table) - known)
    if strange:
        raise LexiconError(f"{where}: unknown field {', '.join(strange)}; known are {', '.join(sorted(known))}")
    if not _ID.match(table["id"]):
        raise LexiconError(f"{where}: an id is capitals in groups with full stops, such as HEDGE.MODAL.MAY")
    if table["id"] in seen:
        raise LexiconError(f"{where}: the id is used twice; give each rule its own")
    for name in ("examples", "counter_examples", "not_when", "only_when"):
        if not isinstance(table.get(name, []), list) or not all(isinstance(x, str) for x in table.get(name, [])):
            raise LexiconError(f"{where}: {name} is a list of strings")
    for name, values in allowed.items():
        if name in table and table[name] not in values:
            raise LexiconError(f"{where}: {name} is {table[name]!r}; allowed are {', '.join(map(str, values))}")


def _rule(table: dict, where: str, names: Sequence[str]) -> Rule:
    patterns = table.get("pattern", [])
    try:
        return Rule(
            id=table["id"], gloss=table["gloss"], source=table["source"], where=where,
            examples=tuple(table["examples"]), counter_examples=tuple(table["counter_examples"]),
            patterns=tuple(map(compile_pattern, [patterns] if isinstance(patterns, str) else patterns)),
            not_when=tuple(map(compile_context, table.get("not_when", ()))),
            only_when=tuple(map(compile_context, table.get("only_when", ()))),
            fields={name: table[name] for name in names if name in table})
    except ValueError as error:
        raise LexiconError(f"{where}: {error}") from error


# ---------------------------------------------------------------- examples are tests

def parse_marked(example: str) -> tuple[str, list[Span]]:
    """Take the braces out of an example.

    >>> parse_marked("The vote {may} be delayed.")
    ('The vote may be delayed.', [Span(start=9, end=12)])
    """
    text, spans, start = "", [], None
    for piece in re.split(r"([{}])", example):
        if piece == "{" and start is None:
            start = len(text)
        elif piece == "}" and start is not None:
            spans.append(Span(start, len(text)))
            start = None
        elif piece in ("{", "}"):
            raise ValueError(f"{example!r}: braces come in pairs and do not nest")
        else:
            text += piece
    if start is not None:
        raise ValueError(f"{example!r}: a brace is not closed")
    return text, spans
