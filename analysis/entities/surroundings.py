"""What a name is a name of: evidence from the words that stand around it."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.entities import tables
from analysis.entities.evidence import Evidence
from analysis.entities.runs import CLITICS
from analysis.text.datelines import DASHES, dateline_end
from analysis.text.document import Tokens

TITLE_ONLY = frozenset("mr mr. mrs mrs. ms ms. miss dr dr. sir dame lord lady senator president minister judge".split())
LANGUAGES = frozenset(
    """English French German Spanish Italian Portuguese Russian Chinese Japanese Korean Arabic
Turkish Greek Dutch Swedish Danish Norwegian Finnish Polish Czech Hungarian Romanian Bulgarian Serbian Croatian
Ukrainian Persian Thai Vietnamese Indonesian Malay Hindi Bengali Punjabi Tamil Marathi Icelandic Estonian
Latvian Lithuanian Irish Welsh Gaelic Catalan Basque Hebrew Somali Zulu Xhosa Yoruba Igbo Hausa Kurdish Tibetan
Mongolian Nepali Burmese Filipino Albanian Armenian Georgian""".split()
)
SPOKEN = frozenset(
    """speak speaks spoke speaking spoken like some learn learned learning learnt taught teach
teaches teaching fluent understand understands translated native standard modern ancient old""".split()
)
FUNCTION = frozenset(
    """and or but is was are were as to at for the with from on by in that which because when
while if so than then has have can not also since during after before of a who""".split()
)
OF_LANGUAGES = frozenset(
    (
        ("widely", "spoken"),
        ("the", "official"),
        ("the", "language"),
        ("the", "main"),
        ("the", "dominant"),
        ("an", "official"),
    )
)
WORK_NOUNS = frozenset(
    """film movie novel album song book game show series play poem single musical opera
documentary painting magazine titled entitled sitcom drama memoir symphony ballet autobiography""".split()
)
MADE_NOUNS = frozenset(
    """ship vessel submarine aircraft missile phone app software drug vaccine rocket
satellite tanker yacht ferry frigate destroyer virus smartphone tablet browser spacecraft""".split()
)
FIRM_AFTER = frozenset(
    """party newspaper magazine broadcaster airline company agency website watchdog coalition
militia""".split()
)
PEOPLES_AFTER = frozenset("people peoples tribe tribes tribesmen tribespeople ethnic".split())
LAND_AFTER = frozenset(
    """mountains mountain river valley lake island islands peninsula desert hills coast sea
gulf bay canyon gorge waterfall volcano glacier plateau reef forest lagoon reservoir""".split()
)
RULERS = frozenset("president minister premier chancellor leader mayor governor king queen".split())
OF_PEOPLE = frozenset("own life death lawyer face hand eyes".split())
PLACE_AFTER = frozenset(
    """town village district province region county city suburb neighbourhood neighborhood
prefecture""".split()
)
MADE_AFTER = frozenset(
    """vehicle vehicles car cars aircraft jet jets missile missiles submarine submarines
helicopter helicopters rifle rifles phone phones smartphone smartphones software app vaccine vaccines drug drugs
tank tanks drone drones""".split()
)
PLACE_BEFORE = {
    "in": 2.0,
    "near": 2.4,
    "from": 0.8,
    "at": 0.8,
    "to": 0.6,
    "outside": 1.4,
    "across": 1.2,
    "into": 0.5,
    "toward": 0.8,
    "towards": 0.6,
    "around": 0.6,
    "throughout": 1.6,
    "inside": 0.8,
    "via": 0.6,
    "visiting": 1.0,
    "visited": 0.8,
    "of": 0.2,
    "within": 1.0,
    "through": 0.4,
    "over": 0.2,
}
PLACE_NOUNS = frozenset(
    """city town village capital province district region state country county island port
municipality suburb neighbourhood neighborhood area republic territory camp hamlet settlement enclave""".split()
)
BUILT_AFTER = frozenset(
    """cinema theatre theater hotel pub stadium station arena mosque synagogue cathedral chapel
airport bridge dam tunnel barracks airbase museum plaza nightclub prison jail palace shipyard refinery mine mines
quarry pit colliery""".split()
)
VESSELS = frozenset(
    """ship vessel submarine tanker yacht ferry frigate destroyer trawler freighter icebreaker
schooner corvette cruiser""".split()
)
# What is held of a firm: shares in it, a stake in it.
HOLDINGS = frozenset("shares stake stakes stock holding investment investments investors".split())
KIN = frozenset(
    """wife husband widow widower son daughter father mother brother sister parents cousin nephew niece
uncle aunt grandson granddaughter grandfather grandmother""".split()
)
# What is done to a body and hardly to a person.
FOUNDED = frozenset("founded co-founded cofounded acquired acquires acquire chairs chaired heads headed".split())
# Behind these a name is no subject of the verb that follows: an analyst at Erste said.
NO_SUBJECT = frozenset("of at in from for near outside under inside".split())
# Words that name nothing but a firm by what it makes or does: "carmaker Velora".
MAKERS = frozenset(
    """carmaker automaker drugmaker chipmaker planemaker truckmaker brewer insurer lender broadcaster
retailer housebuilder shipbuilder publisher developer conglomerate supermarket carrier utility miner airline startup
start-up""".split()
)
FIRM_NOUNS = frozenset(
    """company firm group agency organisation organization party bank network charity
newspaper magazine broadcaster website startup start-up maker manufacturer retailer airline think-tank watchdog
union university institute nonprofit subsidiary band team club operator producer giant""".split()
)
# Those who speak for a firm, between its name and their own.
DESKS = frozenset(
    """analyst economist strategist spokesman spokeswoman spokesperson ceo chairman chairwoman chair cfo
executive director lawyer""".split()
)
BODY_BEFORE = frozenset(
    """shares ceo chairman founder spokesman spokeswoman spokesperson member members
employees unit subsidiary headquarters shareholders users chief executive directors""".split()
)
BODY_AFTER = frozenset(
    """shares employees spokesman spokeswoman spokesperson officials executives stock
chairman ceo subsidiary users headquarters members shareholders customers staff activists supporters leaders
fighters militants""".split()
)


def contextual(tokens: Tokens, first: int, last: int, start: int, end: int) -> list[Evidence]:
    """Evidence from the words next to tokens first to last, in the sentence start to end."""
    lowers, words = tokens.lowers, tokens.words
    out: list[Evidence] = []
    long = last - first > 1
    before = lowers[first - 1] if first > start else ""
    before2 = lowers[first - 2] if first - 1 > start else ""
    after = lowers[last] if last < end else ""
    if before in TITLE_ONLY and words[first - 1][0].isupper():
        out.append(("PERSON", 6.0, "NAME.PERSON.TITLE"))
    elif before == "in" and before2 in HOLDINGS:
        out.append(("ORG", 2.0, "NAME.ORG.CONTEXT"))  # shares in Zorvane
    elif before in PLACE_BEFORE:
        weight = PLACE_BEFORE[before] * (0.6 if long else 1)
        if before == "of" and before2 in PLACE_NOUNS:
            weight = 3.0
        elif (
            before == "of"
            and before2 in KIN
            and (not after[:1].isalpha() or after in FUNCTION or after in tables.words("NAME.PERSON.SPEECH"))
        ):
            weight = 0
            out.append(("PERSON", 2.5, "NAME.PERSON.APPOSITION"))
        elif (
            before == "of"
            and long
            and first - 2 > start
            and words[first - 2][0].isupper()
            and words[first - 3][0].isupper()
            and lowers[first - 2] not in tables.common()
        ):
            out.append(("ORG", 1.5, "NAME.ORG.CONTEXT"))  # Ann Reed of Zorvane Vint
        elif before == "of" and before2 in BODY_BEFORE:
            out.append(("ORG", 2.0, "NAME.ORG.CONTEXT"))
        elif before == "at" and (before2 in DESKS or before2.removesuffix("s") in tables.words("NAME.PERSON.ROLE")):
            weight = 0  # an economist at Zorvane
            out.append(("ORG", 2.0, "NAME.ORG.CONTEXT"))
        elif before == "from" and after == "to" and last + 1 < end and words[last + 1][0].isupper():
            weight = 2.4  # from Torvane to Corby
        elif before == "to" and first - 3 >= start and lowers[first - 3] == "from" and words[first - 2][0].isupper():
            weight = 2.4
        if before in ("from", "at", "to") and before2 in ("told", "letter", "shares", "according", "thanks"):
            weight = 0
        out.append(("GPE", weight, "NAME.GPE.CONTEXT"))
    elif before == "the" or before in ("this", "that"):
        out.append(("PERSON", -2.5, ""))
        out.append(("GPE", -0.8, ""))
        out.append(("ORG", 0.8, "NAME.ORG.UNKNOWN"))
    elif before in tables.words("NAME.PERSON.ROLE") and words[first - 1].islower():
        out.append(("PERSON", 3.0, "NAME.PERSON.ROLE"))
    elif before in ("by", "with", "and", "told", "asked", "against") and not long:
        out.append(("PERSON", 0.3, "NAME.PERSON.SPEECH"))
    elif before in WORK_NOUNS:
        out.append(("WORK_OF_ART", 2.0, "NAME.WORK.QUOTED"))
    elif before in VESSELS:
        out.append(("PRODUCT", 6.0, "NAME.PRODUCT.MODEL"))  # the research vessel Ann Reed
    elif before in MADE_NOUNS:
        out.append(("PRODUCT", 2.0, "NAME.PRODUCT.MODEL"))
    elif before in FOUNDED and (not after[:1].isalpha() or after in FUNCTION or after in ("last", "this")):
        out.append(("ORG", 2.0, "NAME.ORG.CONTEXT"))
    elif before in MAKERS:
        out.append(("ORG", 3.0, "NAME.ORG.CONTEXT"))
    elif before in FIRM_NOUNS:
        out.append(("ORG", 2.4, "NAME.ORG.CONTEXT"))
    elif before == "," and first - 2 > start and after in (",", ".", ")", "who", "which", ""):
        out += _apposed(lowers, first - 2, start)
    if first == start and (after in (",", "(") or after in DASHES) and dateline_end(words, start, end) > last:
        out.append(("GPE", 6.0, "NAME.GPE.DATELINE"))
    if words[first] in LANGUAGES and not long and _is_language(lowers, first, last, start, end):
        out.append(("LANGUAGE", 7.0, "NAME.LANGUAGE.CONTEXT"))
    if after in ("language", "languages", "dialect") or (after == "-" and lowers[last + 1 : last + 2] == ["language"]):
        out.append(("LANGUAGE", 4.0, "NAME.LANGUAGE.CONTEXT"))
    elif after in PEOPLES_AFTER and not long:
        out.append(("NORP", 3.0, "NAME.NORP.PEOPLE"))  # the Uru people
    elif after in LAND_AFTER:
        out.append(("LOC", 2.5, "NAME.LOC.HEAD"))
    elif after in PLACE_AFTER and before != "a" and not (long and before == "the"):
        out.append(("GPE", 3.0 if long or before not in PLACE_BEFORE else 6.0, "NAME.GPE.CONTEXT"))
    elif after in FIRM_AFTER and before not in ("a", "an"):
        out.append(("ORG", 2.0, "NAME.ORG.CONTEXT"))
    elif after in MADE_AFTER:
        out.append(("PRODUCT", 2.0, "NAME.PRODUCT.MODEL"))
    if after == "et" and lowers[last + 1 : last + 2] in (["al"], ["al."]):
        out.append(("PERSON", 4.0, "NAME.PERSON.SURNAME"))
    speaks = before in ("said", "says", "asked", "added") and after in (",", ".", ":", "")
    subject = before not in NO_SUBJECT
    called = subject or (before == "of" and not words[first - 2][0].isupper())  # the death of Torva, who
    if subject and (speaks or after in tables.words("NAME.PERSON.SPEECH")):
        out.append(("PERSON", 1.2, "NAME.PERSON.SPEECH"))
    elif after in BODY_AFTER:
        out.append(("ORG", 1.2, "NAME.ORG.CONTEXT"))
    elif after in DESKS and last + 1 < end and words[last + 1][0].isupper():
        out.append(("ORG", 2.4, "NAME.ORG.CONTEXT"))  # Bernstein analyst Claire Dumont
    elif after in BUILT_AFTER and lowers[last - 1] not in ("tv", "radio", "television"):
        out.append(("FAC", 2.4, "NAME.FAC.HEAD"))  # the old Rex cinema
    elif called and after in ("who", "himself", "herself"):
        out.append(("PERSON", 2.5, "NAME.PERSON.WHO"))
    elif after in CLITICS:
        follow = lowers[last + 1] if last + 1 < end else ""
        if follow in RULERS:
            out.append(("GPE", 1.0, "NAME.GPE.CONTEXT"))
        elif (
            last + 2 < end
            and words[last + 1] in tables.given_names()
            and words[last + 2][0].isupper()
            and words[last + 1] not in tables.known()[0]
        ):
            out.append(("ORG", 2.0, "NAME.ORG.CONTEXT"))  # Bernstein's Claire Dumont
        elif follow in OF_PEOPLE or follow in tables.words("NAME.PERSON.ROLE"):
            out.append(("PERSON", 0.8, "NAME.PERSON.APPOSITION"))
    elif after in (",", "(") and last + 2 < end:
        out += [
            e
            for e in _behind_comma(tokens, last + 1, end, long)
            if (subject or e[2] != "NAME.PERSON.SPEECH") and (called or e[2] != "NAME.PERSON.WHO")
        ]
    return out


def _apposed(lowers: Sequence[str], k: int, start: int) -> list[Evidence]:
    """Evidence from the noun at k that the name explains: "the mining company, Torva," "its director, Ann Reed,"."""
    opening = lowers[max(start, k - 4) : k]
    if "the" not in opening and "its" not in opening and "his" not in opening and "'s" not in opening:
        return []
    if lowers[k] in WORK_NOUNS and lowers[k] not in ("show", "game", "play", "single"):
        return [("WORK_OF_ART", 3.0, "NAME.WORK.CALLED")]  # his first opera, Torva, was
    if lowers[k] in FIRM_NOUNS or lowers[k] in MAKERS:
        return [("ORG", 3.0, "NAME.ORG.CONTEXT")]
    if lowers[k] in PLACE_NOUNS:
        return [("GPE", 2.5, "NAME.GPE.CONTEXT")]
    if lowers[k] in tables.words("NAME.PERSON.ROLE"):
        return [("PERSON", 2.5, "NAME.PERSON.APPOSITION")]
    return []


def _is_language(lowers: Sequence[str], first: int, last: int, start: int, end: int) -> bool:
    """Is English, French ... the language here? Spoken, written or translated, and not said of a thing behind it."""
    before = lowers[first - 1] if first > start else ""
    after = lowers[last] if last < end else "."
    if after in ("language", "translation", "grammar", "vocabulary", "lessons", "subtitles", "speakers", "dictionary"):
        return True
    if after == ":" and before in ("(", ";"):
        return True
    if after in ("is", "was") and tuple(lowers[last + 1 : last + 3]) in OF_LANGUAGES:
        return True  # English is widely spoken
    if (after[0].isalpha() and after not in FUNCTION) or after[0] in "-–":
        return False
    inside = before in ("in", "into") and first - 1 > start and lowers[first - 2] not in ("living", "interest", "faith")
    return before in SPOKEN or inside


def _behind_comma(tokens: Tokens, k: int, end: int, long: bool) -> list[Evidence]:
    lowers, words = tokens.lowers, tokens.words
    low = lowers[k]
    follow = lowers[k + 1] if k + 1 < end else ""
    if low in tables.words("NAME.PERSON.SPEECH"):
        return [("PERSON", 1.2, "NAME.PERSON.SPEECH")]
    if low.isdigit() and len(low) == 4 and low[:2] in ("19", "20") and not long and follow in (")", ";", ":", ","):
        return [("PERSON", 1.2, "NAME.PERSON.SURNAME")]  # as cited: Reed (2011)
    if low == "who" or low == "whose":
        return [("PERSON", 2.5 if low == "who" else 0.8, "NAME.PERSON.WHO")]
    if low.isdigit() and 1 < len(low) < 4 and follow in (",", ")", "."):
        return [("PERSON", 3.5 if len(low) == 2 else 1.0, "NAME.PERSON.AGE")]
    if low in ("where",):
        return [("GPE", 1.5, "NAME.GPE.CONTEXT")]
    place = tables.known()[0].get(words[k], ("",))[0] == "GPE"
    if place and (follow in (",", ".", ")", ";", "") or follow[0].isdigit()):
        return [("GPE", 3.0 if not long else 1.0, "NAME.GPE.CONTEXT")]
    for i in range(k, min(k + 7, end)):
        word = lowers[i]
        if not word[0].isalpha():
            break
        if word in ("and", "is", "was", "said", "says", "but", "when", "which", "with", "in"):
            break
        if word in PLACE_NOUNS and lowers[i - 1] != ",":
            return [("GPE", 2.2, "NAME.GPE.CONTEXT")]
        if word in FIRM_NOUNS:
            return [("ORG", 2.0, "NAME.ORG.CONTEXT")]
        if word in WORK_NOUNS and low in ("a", "an", "his", "her", "their") and lowers[i - 1] not in ("of", "to"):
            return [("WORK_OF_ART", 3.0, "NAME.WORK.CALLED")]  # Torva, her first album
        if word in tables.words("NAME.PERSON.ROLE") or word in ("member", "man", "woman", "chief", "head"):
            return [("PERSON", 2.0, "NAME.PERSON.APPOSITION")]
        if word == "of" or (word == "'s"):
            break
    return []
