"""From a run of capitalised words to the names in it: titles taken off, nations and posts split from people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.entities import tables
from analysis.entities.runs import DETERMINERS, LAND, Run
from analysis.text.document import Tokens

# Words that open a sentence or a headline and belong to no name behind them.
OPENERS = frozenset(
    """the a an this that these those my your his her its our their he she it we they you who
what which where when why how if as at by for from in into of off on onto out over to under up with within
without about above across after against along amid among around because before behind below beneath beside
besides between beyond despite down during except inside like near outside past per since through throughout
toward towards till until unlike upon via and or but nor so yet also although though while whereas whether
however moreover meanwhile furthermore nevertheless nonetheless therefore thus hence otherwise instead then
there here now today yesterday tomorrow tonight once again still even only just not never ever always often
sometimes usually perhaps maybe indeed despite both either neither each every all any some many most much more
few several other others another such same no none one two three four five six seven eight nine ten former
current late then-president ex new young according is are was were be been being has have had do does did will
would can could may might shall should must let get got please see read watch say says said hey hi hello oh ah
please later earlier soon recently currently finally eventually initially originally previously additionally
similarly last next following formerly fellow local dear why veteran ousted incoming outgoing acting""".split()
)

# Words that go with a title before it: Foreign Minister, Deputy Prime Minister, Vice President.
MODIFIERS = frozenset(
    """prime vice deputy foreign finance interior defence defense health education justice
trade energy environment agriculture home labour labor transport culture tourism sports information
communications economy planning development police chief executive managing assistant associate senior first
former acting interim general lieutenant major brigadier rear air field staff press national security state
attorney supreme court federal district county house senate majority minority opposition party shadow state's ex
presidential special high lord lady grand crown junior executive news head co founding human rights chairman
cabinet external internal affairs climate housing welfare economic affairs military army navy political legal
medical technical team assistant parliamentary under right honourable honorable hon""".split()
)
FORCES = frozenset("army navy police".split())
# Titles that are as often names, or the head of a longer name.
NOT_TITLES = frozenset(
    """general private officer speaker count major chief father brother sister judge justice
king queen prince princess lord lady director editor manager secretary governor sultan marshal pope bishop
cardinal dean sheriff comrade deputy saint detective uncle aunt coach star captain""".split()
)
SURNAMES_TOO = frozenset("major king judge bishop pope marshal prince lord dean cardinal justice sheriff star".split())
ALWAYS_TITLES = frozenset(
    """mr mr. mrs mrs. ms ms. mx mx. dr dr. sen. rep. gov. prof. prof sir dame hon. gen.
lt. lt col. col maj. capt. sgt. cpl. adm. president minister chancellor premier rev. fr. ayatollah monsignor""".split()
)
# Offices that are held for a place.
SITTING = frozenset("mp mep mla senator congressman congresswoman councillor mayor governor bishop archbishop".split())
# Letters behind a person's name
POSTNOMINALS = frozenset(
    """PhD Ph.D Ph.D. MD M.D. M.D MSc BSc MA BA FRS DBE OBE MBE CBE KBE QC KC MP MEP MBA
Esq Esq. DDS RN CPA RA FBA""".split()
)
PLURALS = frozenset(
    """presidents ministers senators premiers messrs messrs. governors secretaries chancellors
drs""".split()
)


@cache
def titles() -> frozenset[str]:
    return tables.words("NAME.PERSON.TITLE") | PLURALS


def is_title(low: str) -> bool:
    """A title, or one with a hyphen before it: Lt-General, Director-General."""
    if low in titles():
        return True
    left, mark, right = low.rpartition("-")
    return (
        bool(mark)
        and right in titles()
        and (left in MODIFIERS or left in titles() or left in ("lt", "maj", "under", "co"))
    )


class Piece(NamedTuple):
    """Tokens first to last as one candidate. `hint` is (label, rule id) where the run itself decides."""

    first: int
    last: int
    hint: tuple[str, str] | None


@cache
def heads() -> dict[str, tuple[str, str]]:
    """Word for a kind of thing -> (label, rule id); where a word is of two kinds, the first that has it."""
    out: dict[str, tuple[str, str]] = {}
    for rule_id in (
        "NAME.ORG.FORM",
        "NAME.LAW.HEAD",
        "NAME.LOC.HEAD",
        "NAME.ORG.HEAD",
        "NAME.FAC.HEAD",
        "NAME.GPE.HEAD",
        "NAME.EVENT.HEAD",
        "NAME.WORK.HEAD",
    ):
        for word in tables.words(rule_id):
            out.setdefault(word, (tables.rules()[rule_id]["label"], rule_id))
    return out


def split(run: Run, tokens: Tokens, opens: bool) -> list[Piece]:
    """The names in a run. `opens` says that the run opens a sentence (its capital says nothing)."""
    first, last = run.first, run.last
    while (last - first > 2 and tokens.words[last - 1] in POSTNOMINALS) or (
        last - first == 2 and tokens.words[last - 1] in POSTNOMINALS and tokens.words[first] in tables.given_names()
    ):
        last -= 1
        if tokens.words[last - 1] == ",":
            last -= 1
    lowers = tokens.lowers
    while first < last and lowers[first] in (OPENERS if opens else DETERMINERS):
        if any(a == first for a, _, _ in run.atoms) or _is_called(tokens, first, last):
            break
        first += 1
        if first < last and lowers[first] in ("of", "for", "and", "the", "'s", "&", ","):
            first += 1
    if first >= last:
        return []
    if last - first == 1:
        return _one(first, lowers, tokens.words)
    atoms = tuple([(a - first, b - first, known) for a, b, known in run.atoms])
    names = _names_in(tuple(tokens.words[first:last]), tuple(lowers[first:last]), atoms)
    return [Piece(piece.first + first, piece.last + first, piece.hint) for piece in names]


class Words(NamedTuple):
    """The words of a run, as the tokens of a text have them: as written, and in lower case."""

    words: tuple[str, ...]
    lowers: tuple[str, ...]


@lru_cache(maxsize=tables.REMEMBERED)
def _names_in(words: tuple[str, ...], lowers: tuple[str, ...], atoms) -> list[Piece]:
    """The names among the words of a run, told by these words alone: remembered, since names come again."""
    n = len(words)
    return _titles(0, n, Run(0, n, atoms, False), Words(words, lowers))


def _is_called(tokens: Tokens, k: int, last: int) -> bool:
    """Is May or Will a given name here? Before another name, but not in a question: Will Reed come?"""
    if (
        k + 1 >= last
        or tokens.lowers[k] not in ("may", "will")
        or tokens.lowers[k + 1] in tables.common()
        or tokens.words[k + 1] in tables.known()[0]
    ):
        return False
    for word in tokens.words[k + 1 : k + 40]:
        if word in (".", "?", "!"):
            return word == "."
    return True


def _titles(first: int, last: int, run: Run, tokens: Words) -> list[Piece]:
    lowers, words = tokens.lowers, tokens.words
    inside = {k for a, b, _ in run.atoms for k in range(a, b)}
    if lowers[first].startswith("universi") and lowers[first] != "university":
        return [Piece(first, last, None)]  # Universidad Mayor de San Torvan
    for k in range(first, last - 2):
        if not (lowers[k] in MODIFIERS or is_title(lowers[k]) or words[k] in tables.known()[0] or k in inside):
            break
        if is_title(lowers[k]) and lowers[k + 1] in ("of", "for"):
            # Secretary of State, Minister for Health: no name, unless what follows is one
            return _before_title(first, k, run, tokens) + _office(k + 2, last, run, tokens)
    head = heads().get(lowers[last - 1])
    if (
        head
        and not head[1].startswith("NAME.WORK")
        and not is_title(lowers[last - 1])
        and words[first] not in tables.given_names()
    ):
        sure = any(
            k not in inside
            and (
                lowers[k] in ALWAYS_TITLES
                or (k > first and is_title(lowers[k]) and _is_bearer(k + 1, last, inside, words))
            )
            for k in range(first, last - 2)
        )
        if not sure:
            return _nation(first, last, run, tokens)
    given_first = (
        words[first] in tables.given_names()
        and not is_title(lowers[first])
        and first not in inside
        and (_is_called_so(words[first]) or (last - first == 2 and lowers[first + 1] in SURNAMES_TOO))
    )
    at = -1
    for k in range(first, last):
        if k in inside or not is_title(lowers[k]):
            continue
        if (
            k > first
            and lowers[k] in NOT_TITLES
            and words[k - 1] in tables.given_names()
            and not is_title(lowers[k - 1])
            and (_is_called_so(words[k - 1]) or (k + 1 == last and lowers[k] in SURNAMES_TOO))
        ):
            continue  # John Major
        if not given_first or (lowers[k] in ALWAYS_TITLES and k < last - 1):
            at = k
    if at < 0:
        return _nation(first, last, run, tokens)
    if at + 1 < last and lowers[at + 1] == "'s":
        return _nation(first, last, run, tokens)  # King's College
    if at + 1 < last and lowers[at + 1] in ("of", "for", "and", "&", ","):
        return _before_title(first, at, run, tokens) + _office(at + 1, last, run, tokens)
    if (
        at + 1 == last
        and at > first
        and lowers[at] == "general"
        and lowers[at - 1] in ("attorney", "secretary", "director", "surgeon")
    ):
        return _before_title(first, at - 1, run, tokens)
    person = [Piece(at + 1, last, ("PERSON", "NAME.PERSON.TITLE"))] if at + 1 < last else []
    if person:
        low = lowers[at + 1]
        label = heads().get(lowers[last - 1])
        plain = (
            low in tables.common()
            and words[at + 1] not in tables.given_names()
            and (words[at + 1] not in tables.surnames() or tables.common()[low] < 8000)
        )
        named = at > first and _is_bearer(at + 1, last, inside, words)
        strange = (
            at + 3 == last
            and not label
            and lowers[last - 1] not in tables.common()
            and words[last - 1] not in tables.known()[0]
            and words[last - 1].isalpha()
        )  # Bishop Method Torvane
        if lowers[at] in NOT_TITLES and (label or plain) and not named and not strange:
            return _nation(first, last, run, tokens)  # General Motors, Prince Edward Island
        if all(k in inside for k in range(at + 1, last)) or (words[at + 1] in tables.known()[0] and last - at == 2):
            known = tables.known()[0].get(words[at + 1])
            if known is None or known[0] not in ("GPE", "PERSON") or lowers[at] not in ALWAYS_TITLES:
                person = [Piece(at + 1, last, None)]
    return _before_title(first, at, run, tokens) + person


def _is_bearer(k: int, last: int, inside: set[int], words: Sequence[str]) -> bool:
    """Are the last two words, from k on, who bears the title before them? The title stands behind a known name (White
    House Chief Orlen Reed), or they are a given name and a surname."""
    return last - k == 2 and (k - 2 in inside or (_is_called_so(words[k]) and words[last - 1] in tables.surnames()))


def _one(k: int, lowers: Sequence[str], words: Sequence[str]) -> list[Piece]:
    office = lowers[k] not in NOT_TITLES and (lowers[k] in MODIFIERS or is_title(lowers[k]))
    return [] if office and words[k] not in tables.known()[0] else [Piece(k, k + 1, None)]


def _before_title(first: int, at: int, run: Run, tokens: Words) -> list[Piece]:
    """What stands before a title: the nation, the body or the place of the post, without the words of the post."""
    lowers, words = tokens.lowers, tokens.words
    spans = {a: (b, known) for a, b, known in run.atoms}
    while at > first and (lowers[at - 1] in MODIFIERS or is_title(lowers[at - 1]) or lowers[at - 1] in ("and", "&")):
        if any(a < at <= b and b - a > 1 for a, (b, _) in spans.items()):
            break
        at -= 1
    if at <= first:
        return []
    return _nation(first, at, run, tokens) if at - first > 1 else _one(first, lowers, words)


def _office(at: int, last: int, run: Run, tokens: Words) -> list[Piece]:
    """Behind "Secretary of": the field of the office is passed over, a place or a person is kept."""
    lowers, words = tokens.lowers, tokens.words
    rank = tables.common()
    k = at + (at < last and lowers[at] == "the")
    at = k
    body = _body_of_office(at, last, run, tokens)
    if body:
        return body
    while (
        k < last
        and (lowers[k] in rank or not words[k][0].isalpha())
        and words[k] not in tables.known()[0]
        and not any(a == k for a, _, _ in run.atoms)
    ):
        if words[k] in tables.given_names() and lowers[k] not in ("state",):
            break
        k += 1
    if k >= last:
        return []
    if (
        tables.known()[0].get(words[k], ("",))[0] == "GPE"
        and k + 1 < last
        and not _is_called_so(words[k])
        and not any(a == k for a, _, _ in run.atoms)
    ):
        return [Piece(k, k + 1, None), *_nation(k + 1, last, run, tokens)]  # Mayor of London Ann Reed
    if k == at and last - k == 1 and lowers[at - 2 : at - 1] and lowers[at - 2] in SITTING:
        return [Piece(k, last, ("GPE", "NAME.GPE.CONTEXT"))]  # the MP for Ashvane
    if (
        k == at + 1
        or (words[k] in tables.known()[0] and not _is_called_so(words[k]))
        or any(a == k for a, _, _ in run.atoms)
    ):
        return _nation(k, last, run, tokens)
    return [Piece(k, last, ("PERSON", "NAME.PERSON.TITLE"))]


def _body_of_office(at: int, last: int, run: Run, tokens: Words) -> list[Piece]:
    """Director of the Torvane Institute Ann Reed: the body that the office is of, if it is one, and the person."""
    lowers, words = tokens.lowers, tokens.words
    for k in range(at, last):
        if lowers[k] == "for" and k + 1 < last and lowers[k + 1] == "the":
            return _body_of_office(k + 2, last, run, tokens)  # Secretary of State for the Home Department
        if lowers[k] in ("of", "for", "and") or words[k] in tables.given_names():
            return []
        more = k + 1 < last and lowers[k + 1] in ("of", "for", "on")
        if heads().get(lowers[k], ("",))[0] in ("ORG", "FAC") and not is_title(lowers[k]) and (more or k > at):
            end = next(
                (
                    i
                    for i in range(k + 1 + 2 * more, last - 1)
                    if words[i] in tables.given_names() and lowers[i - 1] not in ("of", "for", "and", "on", "the")
                ),
                last,
            )
            person = [Piece(end, last, ("PERSON", "NAME.PERSON.TITLE"))] if end < last else []
            return _nation(at, end, run, tokens) + person
    return []


def _nation(first: int, last: int, run: Run, tokens: Words) -> list[Piece]:
    """Split a nation from the person behind it (French Marie Curie), and keep what is one name together."""
    lowers, words = tokens.lowers, tokens.words
    if first >= last:
        return []
    if last - first == 1:
        return _one(first, lowers, words)
    spans = {a: (b, known) for a, b, known in run.atoms if a >= first and b <= last}
    single = tables.known()[0]
    if first in spans:
        end, known = spans[first]
        if end == last:
            return [Piece(first, last, (known.label, known.rule_id))]
    else:
        end, known = first + 1, None
    label = known.label if known else single.get(words[first], ("", ""))[0]
    if (
        label == "NORP"
        and (words[end] in tables.given_names() or (end in spans and spans[end][1].label != "NORP"))
        and lowers[last - 1] not in heads()
    ):
        return [Piece(first, end, (label, known.rule_id) if known else None), *_nation(end, last, run, tokens)]
    if (
        label == "GPE"
        and words[end] in tables.given_names()
        and last - end > 1
        and lowers[end] not in tables.common()
        and lowers[last - 1] not in heads()
        and words[first] not in tables.given_names()
    ):
        return [Piece(first, end, (label, known.rule_id) if known else None), Piece(end, last, None)]
    if label == "GPE" and last - end == 1 and single.get(words[end], ("",))[0] == "NORP":
        return [Piece(first, end, None), Piece(end, last, None)]  # California Democrat
    if last - end == 1 and lowers[end] in LAND:
        return [Piece(first, last, ("LOC", "NAME.LOC.HEAD"))] if label else []
    if (
        label == "NORP"
        and end < last
        and lowers[last - 1] not in FORCES
        and all(lowers[k] in MODIFIERS for k in range(end, last))
    ):
        return [Piece(first, end, (label, known.rule_id) if known else None)]
    for k in range(last - 3, last - 1):
        if (
            k > first + 1
            and _begins_person(k, last, tokens)
            and heads().get(lowers[k - 1], ("",))[0] == "ORG"
            and not any(a < k < b for a, b, _ in run.atoms)
        ):
            return [Piece(first, k, None), Piece(k, last, None)]  # Torvane University Ann Reed
    return [Piece(first, last, None)]


def _is_called_so(word: str) -> bool:
    """A given name, and no well-known place: Ann, not London."""
    if word not in tables.given_names() or word in tables.american_states():
        return False
    known = tables.known()[0].get(word)
    return known is None or (known[1] == "NAME.GPE.CITY" and tables.city_size().get(word, 20) < 3)


def _begins_person(k: int, last: int, tokens: Words) -> bool:
    """Do the last words, from k on, look like a person in full?"""
    words, lowers = tokens.words, tokens.lowers
    return (
        _is_called_so(words[k])
        and lowers[k] not in tables.common()
        and (words[last - 1] in tables.surnames() or lowers[last - 1] not in tables.common())
        and lowers[last - 1] not in heads()
    )


def compound(word: str) -> tuple[str, str]:
    """The names in a word with a hyphen; the second is empty where there is none.

    >>> compound("Paris-based"), compound("US-China"), compound("Jean-Paul"), compound("T-shirts")
    (('Paris', ''), ('US', 'China'), ('Jean-Paul', ''), ('', ''))
    """
    left, _, right = word.partition("-")
    last = right.rpartition("-")[2]
    single = tables.known()[0]
    if left in ("R", "D", "I") and right in single:
        return "", right  # a senator's party and state: R-Iowa
    if right.islower() and last in tables.common():
        return (left, "") if len(left) > 2 or (left.isupper() and len(left) == 2) else ("", "")
    if left in single and right in single and word not in single and word not in tables.given_names():
        return left, right
    return word, ""
