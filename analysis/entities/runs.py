"""Where names may stand: runs of capitalised words, with the small words that names hold inside.

Runs are found token by token, each token looked at a bounded number of times, so the time grows in line with
the text.  What a run is a name of is decided later (evidence.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from analysis.entities import tables
from analysis.text.document import Tokens

MAX_WORDS = 14  # no name is longer; bounds the work on text that is all capitals

DETERMINERS = frozenset("the a an this that these those my your his her its our their".split())
# Words that "of" ties to what follows: University of, Bank of, Gulf of, Act of ...
OF_TOO = frozenset(
    """house court gulf bay bank order knights sons daughters friends university faculty isle
cape port strait straits sea state states people's duchy principality commonwealth sultanate museum battle siege
treaty declaration bill prince princess duke earl statue temple palace tower tomb school voice chief line rock
bridge heart journal history book games art wealth origin song lord king leaves tale portrait valley city town
union arts feast game gospel pyramid pyramids library hall festival carnival fair cathedral basilica
book day night institute department ministry office centre center society league church doctors""".split()
)
FOR_HEADS = frozenset(
    """centre center centers institute foundation agency campaign council committee
association society organization organisation alliance movement party fund office programme program ministry
department commission union coalition group school network academy citizens americans students doctors mothers
workers people united conference authority partnership initiative board citizens college service bureau home
court prize award plan forum""".split()
)
ON_HEADS = frozenset(
    """treaty convention commission committee conference council agreement protocol report
summit institute subcommittee declaration act war law regulation accord office covenant resolution""".split()
)
AND_BLOCK = frozenset("mr mrs ms dr president minister".split())
SAINTLY = frozenset(
    """st st. saint king queen prince trinity christ martin george women men people children
workers mothers veterans farmers nurses girls boys players teachers world lloyd land year alzheimer
parkinson""".split()
)
# Whose group, union or association it is: the Mill Road Residents' Group.
MEMBERS = frozenset(
    """residents tenants owners parents pupils drivers doctors dentists lawyers journalists miners
builders traders merchants employers publishers retailers consumers passengers patients survivors victims writers
artists musicians actors directors""".split()
)
OF_MEMBERS = frozenset("association union federation guild league alliance society".split())  # of whoever they are
# Parts of a text that are called by a number: Figure 2, Table 3.1.
PARTS = frozenset("figure fig fig. table chapter appendix volume vol. annex exhibit box equation".split())
# Offices whose names list what they are for: the Department for Culture, Media and Sport.
OFFICES = frozenset(
    """ministry department committee subcommittee directorate school faculty college institute bureau
office agency centre center academy""".split()
)
ROOMS = frozenset("building room gate terminal pier platform".split())
LICENCES = frozenset("by by-sa by-nc by-nc-sa by-nd by-nc-nd attribution attribution-sharealike".split())
NUMBERED = (
    PARTS
    | ROOMS
    | LICENCES
    | frozenset(
        """article section formula apollo boeing
airbus euro cop route highway resolution proposition channel radio covid iphone windows galaxy expo agenda vision
operation unit bill decree league super division area group class type schedule title rule directive regulation
mission voyager interstate""".split()
    )
)
FORMS_AFTER_COMMA = frozenset("inc. inc llc ltd ltd. corp. corp plc jr. jr sr. sr s.a. co. l.l.c. iii".split())
# Capitalised words that are never (part of) a name here.
NEVER = frozenset(
    """i i'm i'll i'd i've ok okay yes no oh hi hello dear thanks am pm a.m. p.m. bc ad ce bce aka
monday tuesday wednesday thursday friday saturday sunday january february april june july august september
october november december jan. feb. mar. apr. aug. sept. sep. oct. nov. dec. mon. tue. wed. thu. fri. tues.
thurs. mondays tuesdays wednesdays thursdays fridays saturdays sundays am. pm. gmt utc est phd ph.d ph.d. b.a
b.a. m.a m.a. m.d m.d. p.s p.s. mom dad mum daddy mummy""".split()
)
BYNAMES = frozenset("great elder younger terrible conqueror magnificent baptist first second third wise bald".split())
# Lower-case words that end the name of a part of the land behind a nation: the Korean peninsula.
LAND = frozenset("peninsula subcontinent archipelago isthmus plateau".split())
# Words that a run does not take in by their capital alone (SALLY AND KAREN).
SMALL = frozenset(
    """and or but nor of for on in at by to from with the a an is are was were be been has have
had will would can could if when that this these those than then as not you your we our it its he his him she
her they their them my me i so who what why how where there here do does did into over under about after
before""".split()
)
# Before a name with a hyphen: anti-Torvane, pro-Russian.
PREFIXES = frozenset("anti pro non pre post ex neo un".split())
# Kinds of names that hold "and": the Food and Drug Administration, the Food and Drink Festival.
JOINED_HEADS = ("NAME.ORG.HEAD", "NAME.LAW.HEAD", "NAME.EVENT.HEAD")
CLITICS = frozenset("'s 'll 're 've 'd 'm".split())


class Run(NamedTuple):
    """Tokens first to last (half-open). `atoms` are known names of several words inside: (first, last, Known);
    `joined` is True where small words hold it together."""

    first: int
    last: int
    atoms: tuple[tuple[int, int, tables.Known], ...]
    joined: bool


def is_capital(word: str) -> bool:
    """Does the word look like part of a name? A capital first, or behind a lower-case prefix (al-Sisi, iPhone).

    >>> [w for w in ("Oslo", "al-Sisi", "iPhone", "mid-May", "well-known", "d'Estaing") if is_capital(w)]
    ['Oslo', 'al-Sisi', 'iPhone', "d'Estaing"]
    """
    if word[0].isupper():
        return True
    if word.islower() or not word[0].isalpha():
        return False
    prefix, mark, rest = word.partition("-")
    if mark and prefix in PREFIXES:
        return rest[:1].isupper()
    if mark:
        return len(prefix) < 4 and prefix not in ("mid", "co", "re", "e") and rest[:1].isupper()
    prefix, mark, rest = word.replace("’", "'").partition("'")
    if mark:
        return rest[:1].isupper()
    return len(word) > 3 and word.isalpha() and not word[1:].isupper() and any(c.isupper() for c in word)


def is_number(low: str) -> bool:
    """A short number, or the number of a part of a part: 2, 370, 7.2."""
    return len(low) < 6 and low[0].isdigit() and low.replace(".", "", 1).isdigit()


@cache
def _of_heads() -> frozenset[str]:
    heads = OF_TOO
    for rule_id in ("NAME.ORG.HEAD", "NAME.LAW.HEAD", "NAME.GPE.HEAD"):
        heads |= tables.words(rule_id)
    return heads - frozenset("times post star mirror mail front review watch chapter".split())


@cache
def _joiners() -> frozenset[str]:
    """Words in lower case over which a run may go on."""
    return frozenset(("of", "for", "on", "and", "the", "'s")) | LAND | tables.words("NAME.PERSON.PARTICLE")


def find_runs(tokens: Tokens, first: int, last: int, capitals: Sequence[int]) -> Iterator[Run]:
    """The runs among the tokens first to last of one sentence; `capitals` are its capitalised tokens in order."""
    words, lowers = tokens.words, tokens.lowers
    (_, longer), joiners = tables.known(), _joiners()
    at = first
    for k in capitals:
        if k < at or lowers[k] in NEVER or lowers[k].endswith("n't"):
            continue
        if words[k][0] in "anpeu" and words[k].partition("-")[0] in PREFIXES:
            yield Run(k, k + 1, (), False)  # anti-Torvane, whatever follows
            at = k + 1
            continue
        if k + 1 == last or (words[k + 1].islower() and words[k] not in longer and lowers[k + 1] not in joiners):
            yield Run(k, k + 1, (), False)  # one word, as most runs are
            at = k + 1
            continue
        j, atoms, joined = k, [], False
        while j < last and j - k < MAX_WORDS:
            atom = _known_at(words, lowers, j, last) if words[j] in longer or words[j].isupper() else None
            if atom:
                atoms.append((j, j + len(atom.words), atom))
                j += len(atom.words)
            elif j == k or (
                is_capital(words[j])
                and lowers[j] not in NEVER
                and lowers[j] not in SMALL
                and (words[j][0].isupper() or words[j].partition("-")[0] not in PREFIXES)
            ):
                j += 1
            elif words[j] == "I" and _is_first(words, k, j, last):
                j += 1
                break  # Norvan I, of a ruler
            elif lowers[j] in LAND and j - k < 3:
                j += 1
                break
            else:
                step = _join(tokens, k, j, last, atoms, joined)
                if not step:
                    break
                joined = True
                j += step
                if lowers[j - 2] in PARTS and step == 1 and is_number(lowers[j - 1]):
                    break  # Figure 2, without the caption behind it
        yield Run(k, j, tuple(atoms), joined)
        at = j


def _is_first(words: Sequence[str], k: int, j: int, last: int) -> bool:
    """Is I the number of a ruler here? Behind a name, and before a comma or "of": Norvan I, king of Torva."""
    return (
        j - k < 4
        and words[j - 1] in tables.given_names()
        and (j + 1 == last or words[j + 1] in (",", "of", ".", ")", "(", "'s", "’s"))
    )


def _known_at(words: Sequence[str], lowers: Sequence[str], k: int, last: int) -> tables.Known | None:
    """The longest known name of several words that stands at k."""
    if k + 1 >= last:
        return None
    word, longer = words[k], tables.known()[1]
    if word.isupper() and len(word) > 2:  # KUALA LUMPUR
        for name in longer.get(word.capitalize(), ()):
            n = len(name.words)
            if k + n <= last and all(words[k + i] == w.upper() for i, w in enumerate(name.words)):
                return name
    if word not in longer:
        return None
    second = "'s" if lowers[k + 1] == "'s" else words[k + 1]
    for name in tables.known_from(word).get(second, ()):
        n = len(name.words)
        if k + n <= last and all(
            words[k + i] == w or (w == "'s" and lowers[k + i] == "'s") for i, w in enumerate(name.words)
        ):
            return name
    return None


def _join(tokens: Tokens, start: int, j: int, last: int, atoms, joined: bool) -> int:
    """How many tokens from j on (small words) the run goes on over, so that a capitalised word follows; or 0."""
    words, lowers = tokens.words, tokens.lowers
    low, before = lowers[j], lowers[j - 1]
    if low[0].isdigit():
        return int(before in NUMBERED and is_number(low))
    if j + 1 >= last:
        return 0
    after = words[j + 1]
    if low in ("of", "for", "on"):
        heads = _of_heads() if low == "of" else FOR_HEADS if low == "for" else ON_HEADS
        office = low != "on" and before in tables.words("NAME.PERSON.TITLE") and words[j - 1][0].isupper()
        if not (before in heads or office or (joined and low != "on" and before in tables.common())):
            return 0
        skip = 2 if lowers[j + 1] in ("the", "la", "los", "san") and j + 2 < last else 1
        return skip if is_capital(words[j + skip]) and lowers[j + skip] not in NEVER else 0
    if low == "&":
        year = next((w for w in words[j + 2 : min(j + 4, last)] if w not in (",", "(", "[")), "")
        cited = year.isdigit() and (len(year) == 4 or words[j + 2] == "[") and j - start == 1
        return 1 if is_capital(after) and not cited else 0  # not Reed & Vint, 2011
    if low == "and":
        return 1 if is_capital(after) and _and_holds(tokens, start, j, last, joined) else 0
    if low == "'s" or (low in ("'", "’") and before.endswith("s")):
        if before in SAINTLY and is_capital(after) and lowers[j + 1] not in NEVER:
            return 1
        if (
            j - start == 2
            and lowers[start] in ("st", "st.")
            and after[0].isupper()
            and (lowers[j + 1] in tables.words("NAME.FAC.HEAD") or lowers[j + 1] in tables.words("NAME.ORG.HEAD"))
        ):
            return 1  # St Torvan's Cathedral
        if low == "'s" or j == start + 1 or not after[0].isupper():
            return 0
        members = before in MEMBERS and lowers[j + 1] in tables.words("NAME.ORG.HEAD")
        return int(members or (before in tables.common() and lowers[j + 1] in OF_MEMBERS))
    if low == "the":
        return 1 if lowers[j + 1] in BYNAMES and after[0].isupper() else 0
    if low == ",":
        if not words[j + 1][0].isupper():
            return 0
        return int(lowers[j + 1] in FORMS_AFTER_COMMA or (joined and _list_holds(tokens, start, j, last)))
    if low in tables.words("NAME.PERSON.PARTICLE") and words[j].islower():
        return _particles(tokens, start, j, last, atoms)
    return 0


def _and_holds(tokens: Tokens, start: int, j: int, last: int, joined: bool) -> bool:
    """Does "and" stand inside one name? "Department of Health and Human Services", "Food and Drug Administration"."""
    lowers, rank = tokens.lowers, tables.common()
    before, after = lowers[j - 1], lowers[j + 1]
    if before not in rank or after in AND_BLOCK:
        return False
    single = tables.known()[0]
    if (
        joined
        and tokens.words[j + 1] not in tables.given_names()
        and tokens.words[j + 1] not in single
        and tokens.words[j - 1] not in single
    ):
        return True
    if after not in rank or before in _of_heads():
        return False
    if j - start > 4 or any(
        lowers[k] not in rank and tokens.words[k] not in single and not tokens.words[k].isupper()
        for k in range(start, j)
    ):  # U.S. Food and Drug Administration
        return False
    end = j + 1
    while end < last and end - j < 6 and tokens.words[end][0].isupper() and lowers[end] in rank:
        end += 1
    return end - j > 2 and any(lowers[end - 1] in tables.words(rule_id) for rule_id in JOINED_HEADS)


def _list_holds(tokens: Tokens, start: int, j: int, last: int) -> bool:
    """Does the comma at j stand in the name of an office for several things: Department for Culture, Media and Sport?
    All of them are plain words, and "and" stands before the last."""
    lowers, words, rank = tokens.lowers, tokens.words, tables.common()
    if OFFICES.isdisjoint(lowers[start : j - 1]) or lowers[j - 1] not in rank:
        return False
    for k in range(j, min(j + 12, last - 1)):
        if lowers[k] == "and":
            return words[k + 1][0].isupper() and lowers[k + 1] in rank and words[k + 1] not in tables.given_names()
        if words[k] != "," and not (
            words[k][0].isupper() and lowers[k] in rank and words[k] not in tables.given_names()
        ):
            return False
    return False


def _particles(tokens: Tokens, start: int, j: int, last: int, atoms) -> int:
    particles = tables.words("NAME.PERSON.PARTICLE")
    words, lowers = tokens.words, tokens.lowers
    if words[j - 1] == "I" or (
        j - 1 == start
        and lowers[j - 1] in tables.common()
        and lowers[j - 1] not in particles
        and words[j - 1] not in tables.given_names()
    ):
        return 0
    if lowers[j] in ("y", "e", "a", "do", "st", "la", "le") and words[j - 1] in tables.known()[0]:
        return 0
    step = 1
    while step < 3 and j + step < last and lowers[j + step] in particles and words[j + step].islower():
        step += 1
    return step if j + step < last and words[j + step][0].isupper() and lowers[j + step] not in NEVER else 0
