"""What a name is a name of: evidence from its own words, and how all evidence is added up.

Each piece of evidence is (label, weight, rule id).  The label with the most weight wins, and the mention keeps
the rule that gave it the most: so a reader can ask why.  Evidence of all mentions of one name counts together
(one sense per discourse: Gale, Church and Yarowsky 1992).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from analysis.entities import tables
from analysis.entities.pieces import heads
from analysis.entities.runs import PARTS, is_number

Evidence = tuple[str, float, str]

REGNAL = frozenset("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI".split())
# Capitals that are no organisations.
NOT_BODIES = frozenset(
    """TV DNA RNA AIDS HIV GDP CEO CFO USD EUR GBP AM PM IT ID OK PHD DVD GPS PR UV AI FAQ
VAT CV HQ AD BC PDF URL HTML SMS LED LGBT LGBTQ LGBTQ+ LGBTI SUV ATM RSVP ICU MRI PC CD VIP MP MPS GCSE IQ PTSD
ADHD SARS MERS DIY PPE FM CCTV CO2 NGO NGOS II III IV VI VII VIII IX XI XII USB HD UHD RAM CPU GPU VR AR API
FAQS ETA BST EST PST PDT EDT GMT UTC GHG SDG SDGS R&D B2B MSC BSC BA MA MBA JD MD DJ UFO ER A&E EV EVS SIM PIN
QR PCR IVF STD BMI KM MPH MW GW KW ISBN DOI PS""".split()
)

CENTRES = frozenset("center centre".split())
BUILT = frozenset(
    """trade convention medical shopping sports conference civic cultural community arts visitor
leisure detention town city garden performing events exhibition aquatic tennis""".split()
)
# Given names too, but more often the first word of a place.
ARTICLES_ALONE = frozenset("el los las la".split())
ARTICLES = frozenset("al el la le les los las san santa de da".split())
PARTS_OF_TOWNS = frozenset("greater inner outer downtown central old new upper lower mainland metropolitan".split())
FIRM_ENDS = (
    "tics",
    "mics",
    "nics",
    "ware",
    "soft",
    "tech",
    "systems",
    "works",
    "structures",
    "therapeutics",
    "sciences",
    "ventures",
    "pharma",
    "media",
    "telecom",
    "minerals",
    "metals",
    "motors",
    "aerospace",
)
# How surnames begin and end in many languages.
FAMILY_STARTS = ("al-", "el-", "ben-", "bin-", "o'")
FAMILY_ENDS = (
    "ov",
    "ova",
    "enko",
    "sky",
    "ski",
    "vich",
    "ić",
    "dze",
    "shvili",
    "yan",
    "son",
    "sen",
    "ez",
    "oglu",
    "ev",
    "eva",
    "opoulos",
    "idis",
    "akis",
    "escu",
    "wicz",
    "czyk",
    "mann",
    "sson",
    "quist",
    "etti",
    "ucci",
)
FIRST_LOC = frozenset(
    """lake mount mt mt. cape loch river isle wadi jabal jebel gunung bukit monte sierra serra cerro
volcán isla ilha île islas costa playa punta cabo bahía baía salar laguna lago
lac río nevado""".split()
)
FIRST_FAC = frozenset("fort camp hotel raf gate château chateau palazzo villa".split())
FIRST_GPE = frozenset(
    """saint st st. san santa são sao new port puerto porto ciudad ayn ain kafr deir beit kota villa
vila pueblo sankt nizhny novy veliky kampung kampong""".split()
)
TOWN_FIRST = frozenset("puerto ciudad porto ayn ain kafr deir beit kota pueblo kampung kampong".split())
STRANGE_FIRST = (FIRST_LOC | frozenset("ayn ain kafr deir beit kota kampung kampong".split())) - frozenset(
    "lake cape loch river isle".split()
)
FIRST_EVENT = frozenset("hurricane typhoon cyclone tropical operation storm".split())
FIRST_ORG = frozenset(
    """air banco banque université universidad universidade universität fc ac afc rc sc cd real
sporting dynamo bank association ministerio instituto grupo groupe club fundación fondation partido parti
construcciones société sociedad compagnie compañía groupe gruppo sindicato confederación federación federazione
asociación associação associazione ministère ministero comité comisión conselho consejo conseil agencia agence
policía cadena""".split()
)
SHIPS = frozenset("uss hms hmas ins mv ss rms hmcs usns km kmp".split())
OF_PLACES = frozenset(
    """city town village county province state municipality district region port republic
kingdom emirate duchy principality commonwealth isle island sultanate""".split()
)


def is_coined(word: str) -> bool:
    """A word with a capital inside, as firms have: AeroSystems, not McAllister."""
    return (
        word[1:2].islower()
        and not word[1:].islower()
        and word.isalpha()
        and not word.startswith(("Mc", "Mac", "De", "Di", "Du", "La", "Le", "Fitz", "Van", "Ben"))
    )


def lexical(words: tuple[str, ...], lowers: tuple[str, ...]) -> tuple[Evidence, ...]:
    """Evidence from the words of the name itself."""
    return _single(words[0], lowers[0]) if len(words) == 1 else _longer(words, lowers)


def is_prominent(word: str) -> bool:
    """Is it a place or people so well known that it is seldom a surname: a country, a large city?"""
    known = tables.known()[0].get(word)
    if known is None or known[0] not in ("GPE", "LOC", "NORP"):
        return False
    if word in tables.american_states():
        return True
    if known[1] == "NAME.GPE.CITY":
        return tables.city_size().get(word, 20) >= 3
    return known[1] != "NAME.GPE.REGION"


@lru_cache(maxsize=20_000)
def _single(word: str, low: str) -> tuple[Evidence, ...]:
    out: list[Evidence] = []
    known = tables.known()[0].get(word)
    if not known and word.isupper() and len(word) > 3:
        known = tables.known()[0].get(word.capitalize())
    given, family = word in tables.given_names(), word in tables.surnames()
    ease = 1.0
    if known:
        label, rule_id = known
        weight = 6.0
        if label in ("GPE", "LOC"):
            ease = 0.5
        if word in tables.american_states():
            pass
        elif rule_id == "NAME.GPE.CITY":
            size = tables.city_size().get(word, 20)
            weight = 5.0 if size >= 10 or not (given or family) else 3.0 if size >= 3 else 1.5
        elif rule_id == "NAME.GPE.REGION":
            weight = 3.0 if not (given or family) else 1.8
        elif low in tables.common():
            weight = 3.0
        out.append((label, weight, rule_id))
    elif word.isupper() and len(word) > 1 and word not in NOT_BODIES and word.isascii():
        out.append(("ORG", 2.5, "NAME.ORG.ACRONYM"))
    elif low.endswith(("ists", "ites", "ians", "ese")) and low not in tables.common() and not (given or family):
        out.append(("NORP", 2.0, "NAME.NORP.SUFFIX"))
    elif low.endswith(("ist", "ian")) and low not in tables.common() and not (given or family) and len(low) > 6:
        out.append(("NORP", 1.2, "NAME.NORP.SUFFIX"))
    elif is_coined(word) and not (given or family):
        out.append(("ORG", 2.0, "NAME.ORG.COINED"))
    if word[0] in "AMI" and word[1:].lstrip("-").isdigit() and len(word) < 6 and not known:
        out.append(("FAC", 4.0, "NAME.FAC.HEAD"))  # the M25, I-95
    elif "-" in word and any(c.isdigit() for c in word) and not known:
        out.append(("PRODUCT", 3.0, "NAME.PRODUCT.MODEL"))  # F-16, MiG-29
    if given:
        out.append(("PERSON", 2.2 * ease, "NAME.PERSON.GIVEN"))
    if family:
        out.append(("PERSON", 1.6 * ease, "NAME.PERSON.SURNAME"))
    if not known and (
        low.startswith(FAMILY_STARTS)
        or (low.endswith(FAMILY_ENDS) and low[1:2] != "-")
        or (low[:2] == "mc" and word[2:3].isupper())
    ):
        out.append(("PERSON", 1.0, "NAME.PERSON.SURNAME"))
    if (
        low.endswith(("stan", "burg", "burgh", "ville", "shire", "grad", "abad", "pur", "town", "land", "polis"))
        and not (given or family or known)
        and low not in tables.common()
    ):
        out.append(("GPE", 1.5, "NAME.GPE.HEAD"))
    return tuple(out)


@lru_cache(maxsize=20_000)
def _longer(words: tuple[str, ...], lowers: tuple[str, ...]) -> tuple[Evidence, ...]:
    out: list[Evidence] = []
    first, last = lowers[0], lowers[-1]
    body = _head(lowers)
    given = (
        words[0] in tables.given_names()
        and first not in STRANGE_FIRST
        and (first not in ARTICLES or words[-1] in tables.surnames())
    )
    rank = tables.common()
    if (
        not body
        and lowers[-1] not in rank
        and tables.known()[0].get(words[-1], ("",))[0] == "GPE"
        and tables.known()[0].get(words[0], ("",))[0] == "NORP"
    ):
        out.append(("GPE", 4.0, "NAME.GPE.KNOWN"))  # Nazi Germany
    if body:
        label, rule_id = body
        weight = 5.0
        rest = [w for w in words[:-1] if w[0].isalpha()]
        if given and label != "ORG" and len(words) == 2 and words[-1] in tables.surnames():
            weight = 2.0  # Michael Street
        elif given and len(words) == 2 and words[-1] in tables.surnames() and rest[0].lower() not in rank:
            weight = 2.5
        out.append((label, weight, rule_id))
    if first in FIRST_LOC:
        out.append(("LOC", 4.0, "NAME.LOC.HEAD"))
    elif first in FIRST_EVENT:
        out.append(("EVENT", 4.0, "NAME.EVENT.HEAD"))
    elif first in FIRST_FAC and not body:
        out.append(("FAC", 2.5, "NAME.FAC.HEAD"))
    elif first in SHIPS:
        out.append(("PRODUCT", 4.0, "NAME.PRODUCT.MODEL"))
    elif first in FIRST_ORG and not given:
        out.append(("ORG", 4.0, "NAME.ORG.HEAD"))
    elif first in FIRST_GPE and len(words) < 4 and not body:
        out.append(("GPE", 4.0 if first in TOWN_FIRST else 2.6, "NAME.GPE.HEAD"))
    elif first in ARTICLES_ALONE and not body:
        out.append(("GPE", 1.2, "NAME.GPE.HEAD"))
    elif first in tables.words("NAME.LOC.DIRECTION") and not body and _is_place(words[1:]):
        out.append(("LOC", 4.0, "NAME.LOC.DIRECTION"))
    elif first == "bill" and any(c.isdigit() for c in last) and len(words) == 2:
        out.append(("LAW", 8.0, "NAME.LAW.HEAD"))  # Bill C-27
    elif first == "cc" and lowers[1].startswith("by"):
        out.append(("LAW", 6.0, "NAME.LAW.KNOWN"))  # CC BY 4.0
    elif first in PARTS and is_number(last):
        out.append(("WORK_OF_ART", 6.0, "NAME.WORK.PART"))
    elif words[-1][0].isdigit() and first in tables.words("NAME.PRODUCT.MODEL"):
        out.append(("PRODUCT", 4.0, "NAME.PRODUCT.MODEL"))
    if lowers[1] == "of" and first in OF_PLACES and _is_place(words[2:]):
        out.append(("GPE", 6.0, "NAME.GPE.HEAD"))
    firm = not body and last.endswith(FIRM_ENDS) and words[-1] not in tables.surnames()
    out += _person(words, lowers, given, bool(body) or firm)
    if firm:
        out.append(("ORG", 4.5, "NAME.ORG.HEAD"))  # Morgan Analytics, Orlen Biotech
    if not body:
        known = tables.known()[0]
        if given and lowers[-1] in rank and known.get(words[0], ("",))[0] == "GPE" and last.endswith("s"):
            out.append(("ORG", 2.0, "NAME.ORG.CONTEXT"))  # the Boston Larks
        kind, rule_id = known.get(words[-1], ("", ""))
        if kind == "EVENT":
            out.append((kind, 3.0, rule_id))
        elif kind == "GPE" and heads().get(lowers[-2], ("",))[0] == "ORG" and len(words) > 2:
            out.append(("ORG", 4.0, "NAME.ORG.HEAD"))  # Torvane College London
        elif kind in ("ORG", "GPE", "LOC") and not given:
            club = kind == "GPE" and lowers[0] not in PARTS_OF_TOWNS and lowers[0] not in rank
            if kind == "ORG" or is_prominent(words[-1]):
                out.append(("ORG", 1.2, "NAME.ORG.CONTEXT") if club else (kind, 0.8, rule_id))  # Borussia Dortmund
        if known.get(words[0], ("",))[0] == "ORG" and not given:
            out.append(("ORG", 2.5, "NAME.ORG.KNOWN"))  # Samsung Electronics
        if any(w.isupper() and len(w) > 1 and w.isalpha() and w not in REGNAL for w in words) and not all(
            w.isupper() for w in words
        ):
            out.append(("ORG", 1.5, "NAME.ORG.ACRONYM"))
        plain = sum(low in rank for low in lowers)
        if plain and not given:
            out.append(("ORG", 0.9 if plain < len(words) else 1.4, "NAME.ORG.UNKNOWN"))
    return tuple(out)


def _is_place(words: Sequence[str]) -> bool:
    name = " ".join(words)
    single, longer = tables.known()
    if len(words) == 1:
        return name in single and single[name][0] in ("GPE", "LOC")
    return any(k.words == tuple(words) and k.label in ("GPE", "LOC") for k in longer.get(words[0], ()))


def _head(lowers: tuple[str, ...]) -> tuple[str, str] | None:
    """The word that says what kind of thing it is: the last one, or the one before of, for, and the like."""
    kinds = heads()
    inner = [
        kinds[lowers[k - 1]]
        for k in range(1, len(lowers))
        if lowers[k] in ("of", "for", "on", "de", "del", "da", "do", "des")
        and lowers[k - 1] in kinds
        and (k > 1 or lowers[k] in ("of", "for", "on"))
    ]
    if inner:
        return next((kind for kind in inner if kind[0] == "ORG"), inner[0])  # House of Delegates Committee on Tax
    if lowers[-1] in CENTRES and (lowers[-2] in BUILT or lowers[-2] not in tables.common()):
        return "FAC", "NAME.FAC.HEAD"
    if lowers[-1] in kinds:
        return kinds[lowers[-1]]
    if lowers[-1].isdigit() and lowers[-2] in kinds:
        return kinds[lowers[-2]]
    if lowers[-1].endswith("s") and lowers[-1][:-1] in kinds:
        return kinds[lowers[-1][:-1]]
    return None


def _person(words: tuple[str, ...], lowers: tuple[str, ...], given: bool, body: bool) -> list[Evidence]:
    out: list[Evidence] = []
    n = len(words)
    rank, known = tables.common(), tables.known()[0]
    if n > 6 or any(w in ("&", "of", "for", "and", "'s", "’s") for w in words):
        return out
    if given:
        last = words[-1]
        sure = last in tables.surnames() or (lowers[-1] not in rank and last not in known)
        weight = 4.0 if sure else 1.4 if last in known or body else 2.0
        if words[0] in known and (lowers[0] in rank or known[words[0]][0] == "GPE"):
            weight -= 1
        out.append(("PERSON", weight, "NAME.PERSON.GIVEN"))
    elif words[-1] in tables.surnames() and lowers[-1] not in rank and not body:
        out.append(("PERSON", 1.6 if lowers[0] not in rank else 0.6, "NAME.PERSON.SURNAME"))
    if (
        not given
        and not body
        and n == 2
        and words[0] in tables.surnames()
        and lowers[0] not in known
        and lowers[1] not in rank
        and words[1] not in known
        and words[1].replace("-", "").isalpha()
    ):
        out.append(("PERSON", 1.4, "NAME.PERSON.SURNAME"))  # family name first: Chen Su-fen
    if all(len(w) == 2 and w[1] == "." for w in words):
        return out
    if not body and any(len(w) == 2 and w[1] == "." for w in words[:-1]):
        out.append(("PERSON", 3.5, "NAME.PERSON.INITIAL"))
    if any(w in tables.words("NAME.PERSON.PARTICLE") for w in words[1:-1]) or lowers[-1].startswith(("al-", "el-")):
        out.append(("PERSON", 1.5, "NAME.PERSON.PARTICLE"))
    if (
        n > 2
        and not given
        and not body
        and lowers[-1] in rank
        and (words[-1] in tables.given_names() or words[-1] in tables.surnames())
        and not any(low in rank or w in known for low, w in zip(lowers[:-1], words[:-1], strict=True))
    ):
        out.append(("PERSON", 1.4, "NAME.PERSON.SURNAME"))  # Zorvan Wazik Joy
    if 1 < n < 4 and words[-1] in REGNAL and not body and (given or rank.get(lowers[-2], 10**9) > 8000):
        out.append(("PERSON", 5.0, "NAME.PERSON.SHAPE"))  # Norvan III
    if lowers[-1] in ("jr", "jr.", "sr", "sr."):
        out.append(("PERSON", 5.0, "NAME.PERSON.SHAPE"))
    if (
        n in (2, 3, 4)
        and not body
        and lowers[0] not in ARTICLES_ALONE
        and all(w[0].isalpha() and not (w.isupper() and len(w) > 1) for w in words)
        and not any(
            low in rank or is_prominent(w) or known.get(w, ("GPE",))[0] != "GPE"
            for low, w in zip(lowers, words, strict=True)
        )
    ):
        out.append(("PERSON", 1.8 if n < 4 else 1.2, "NAME.PERSON.SHAPE"))
    return out


def decide(evidence: Sequence[Evidence]) -> tuple[str, str, float]:
    """(label, rule id, weight) of the kind with the most weight; an unknown name is taken for an organisation.

    >>> decide([("PERSON", 2.2, "NAME.PERSON.GIVEN"), ("GPE", 2.0, "NAME.GPE.CONTEXT"), ("GPE", 1.0, "NAME.GPE.CITY")])
    ('GPE', 'NAME.GPE.CONTEXT', 3.0)
    """
    total: dict[str, float] = {}
    best: dict[str, tuple[float, str]] = {}
    for label, weight, rule_id in evidence:
        total[label] = total.get(label, 0) + weight
        if weight > best.get(label, (0, ""))[0]:
            best[label] = (weight, rule_id)
    if not best:
        return "ORG", "NAME.ORG.UNKNOWN", 0.0
    label = max(best, key=lambda name: total[name])
    if total[label] <= 0:
        return "ORG", "NAME.ORG.UNKNOWN", 0.0
    return label, best[label][1], total[label]
