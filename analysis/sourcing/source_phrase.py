"""A source phrase: its head word, the name in it, the kind by its own words, the role it gives."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from analysis.rules import word_lists
from analysis.sourcing.draft import Range
from analysis.sourcing.source_kinds import (
    KIND_OF_LABEL,
    is_person_word,
    is_title,
    kind_table,
    own_words,
    role_kind,
)
from analysis.sourcing.view import (
    AUXILIARY,
    CONJUNCTION,
    DETERMINER,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    TIME,
    View,
    words,
)
from analysis.text.document import Mention
from analysis.text.vocabulary import BODIES, UNNAMED_KINDS

_INSIDE_NAMES = "-&.'’$#@“”\"%"  # signs that do not end a phrase
_LEADS = (DETERMINER, POSSESSIVE)


@dataclass(slots=True)
class Phrase:
    """The tokens `first` to `last` (half-open) of a source, its head word, the mention that names it, and the one that
    stands just before its head ("Torva officials")."""

    view: View
    first: int
    last: int
    head: int
    mention: Mention | None = None
    body: Mention | None = None

    @property
    def word(self) -> str:
        """The head word in lower case, without a full stop."""
        return self.view.L[self.head].removesuffix(".")

    @property
    def is_name(self) -> bool:
        """Is the head written as a name is, and not only because the sentence starts there?"""
        view, head = self.view, self.head
        alone = head > self.first or not view.W[self.first][0].islower()
        if view.W[head][0].isupper() and not view.K[head] and alone:
            return True
        mention = self.mention  # "eBay"
        return mention is not None and mention.start == view.starts[head] and any(c.isupper() for c in view.W[head])

    @property
    def led(self) -> bool:
        """Does a determiner or a possessive open it?"""
        return self.view.K[self.first] in _LEADS

    @property
    def takes_apposition(self) -> bool:
        """Is it a noun of one whom a name after it may name: "the mayor", "Norland's mayor", "Council leader"?

        Not so "the authors, Jan Orlov and Ann Reed"; but "one of the authors, Jan Orlov".
        """
        L = self.view.L
        if role_kind(self.word) == "collective" and L[self.first] != "one":
            return False
        owned = not {"'s", "'"}.isdisjoint(L[self.first : self.head])
        one = role_kind(self.word) == "unnamed-person" and not _is_plural(self.word)
        return (
            self.led or owned or one or L[self.first - 1] == "whose" or L[self.first] in own_words()["one_of_several"]
        )

    @property
    def apposed(self) -> bool:
        """Does the name come after the head: "the mayor, Tom Okafor"?"""
        return self.mention is not None and self.mention.start > self.view.starts[self.head]

    @property
    def several(self) -> bool:
        """Is it about several by its first words: "some", "more than", "one in 10"?"""
        L, a = self.view.L, self.first
        share = L[a + 1] == "in" and self.view.W[a + 2][0].isdigit()
        return L[a] in own_words()["several"] or share or L[a : a + 2] == ["more", "than"]


def head_of(view: View, source: Range) -> int:
    """The head word of a source phrase: the last word of its first chunk ("a spokesman for the firm")."""
    a, b = source
    head = a
    for k in range(a, b):
        if not view.W[k][0].isalnum():
            if k == a or view.W[k][0] in _INSIDE_NAMES:
                continue
            break
        if k > a and view.K[k] == CONJUNCTION and view.letters[k - 1] == view.letters[k + 1] == "j":
            continue  # "legal and religious groups"
        if k > a and (_opens_phrase(view, k) or _is_participle(view, k) or (k + 1 < b and _takes_phrase(view, k))):
            break
        if view.L[k] != "'s":
            head = k
    return head


def _opens_phrase(view: View, k: int) -> bool:
    """Is k the first word after a chunk: "of", "who", "has", "on Monday", or the age in ", 54"?"""
    kind, low = view.K[k], view.L[k]
    if kind in (PREPOSITION, RELATIVE, CONJUNCTION):
        return not (low == "of" and view.L[k - 1] in own_words()["before_of"])
    if view.W[k][0].isupper() and is_title(view.L[k - 1]):  # "Mrs May", "Mr Friday"
        return False
    return (kind == AUXILIARY and low != "'s") or kind == TIME or (view.W[k][0].isdigit() and view.W[k - 1] == ",")


def _is_participle(view: View, k: int) -> bool:
    """Does a participle in -ed come after the noun: "a firm owned by the state"?"""
    word, before = view.W[k], view.W[k - 1]
    behind = before[0].islower() or view.K[k + 1] == PREPOSITION
    return word.endswith("ed") and word[0].islower() and behind and not view.K[k] and not view.K[k - 1]


def _takes_phrase(view: View, k: int) -> bool:
    """Does k come after the noun with a preposition: "sent to", "close to", "relatives waiting at"?"""
    if view.K[k + 1] != PREPOSITION or view.K[k - 1] == DETERMINER:
        return False
    if view.L[k] in words()["participle"] or view.L[k] in own_words()["behind_noun"]:
        return True
    return view.W[k].endswith("ing") and view.W[k][0].islower() and role_kind(view.L[k - 1]) is not None


def is_written_as_name(view: View, k: int) -> bool:
    """Is a word written as a name, and a pronoun in capitals only ("the WHO", "the US"), in a text that is not?"""
    word, after = view.W[k], view.W[k + 1]
    shouted = after.isupper() and len(after) > 1
    return word.isupper() and not shouted if view.K[k] else word[0].isupper()


def is_body_of_role(view: View, head: int, last: int) -> bool:
    """Does a body with "of" or "for" come before a role: "a Department of Health source"?"""
    body = view.L[head + 1] in ("of", "for") and view.W[head][0].isupper() and view.W[last - 1][0].islower()
    role = role_kind(view.L[last - 1]) == "unnamed-person" and not view.K[last - 2]
    return body and role and last - head > 2


def is_titled_name(view: View, source: Range, head: int, name: int) -> bool:
    """Does the name that starts at token `name` belong to the title or the body that `head` is the first word of?

    So in "Secretary of State Ann Reed", "chief of staff Ann Reed" and "Bank of Norland governor Ann Reed", and not in
    "lawyers for actor Ann Reed", "the wife of Ann Reed", "a letter from Norland lawyer Ann Reed".
    """
    if name <= head + 2 or view.K[name - 1]:
        return False
    if is_person_word(view.L[name - 1]) or view.L[name - 1].endswith(tuple(own_words()["profession_endings"])):
        return _is_body_before_role(view, head, name - 1)
    led = view.K[source[0]] in _LEADS and not (view.W[head][0].isupper() and view.L[source[0]] == "the")
    return not led and view.L[head + 1] in own_words()["field_of_office"] and _is_field(view, head, name - 1)


def _is_field(view: View, head: int, last: int) -> bool:
    """Is the word at `last` the field of the office at `head`: "staff", "transport", "State"?"""
    lower = view.W[last][0].islower()
    titled = is_person_word(view.L[head]) and (lower or view.W[head][0].isupper())
    return not is_person_word(view.L[last]) and (titled or (lower and role_kind(view.L[head]) is None))


def _is_body_before_role(view: View, head: int, role: int) -> bool:
    """Do the words from `head` to a role name one body, or two: "United and Republic of Ireland midfielder"; and not
    "Congress and President Ann Reed"?"""
    if not view.W[head][0].isupper() or is_person_word(view.L[head]):  # "author and chemist", "trade and art minister"
        kind = role_kind(view.L[head])
        return view.L[head + 1] == "and" and kind in (None, "unnamed-person") and not _is_plural(view.L[head])
    if role_kind(view.L[head]) in ("collective", "document") or view.L[head + 1] not in own_words()["joins_body"]:
        return False
    ands = next((k for k in range(head + 1, role) if view.L[k] == "and"), role)
    coordinated = ands < role and role_kind(view.L[ands - 1]) is None
    return not coordinated or (role > ands + 1 and view.W[role - 1][0].isupper())


def kind_of(phrase: Phrase) -> str:
    """The kind of source by the phrase alone: what the first test that knows it says."""
    return (
        _by_known_words(phrase)
        or _by_name(phrase)
        or _by_role(phrase)
        or _by_capitals(phrase)
        or _PRONOUN_KINDS.get(phrase.word)
        or _by_form(phrase)
    )


_PRONOUN_KINDS = {"it": "organisation", "who": "unnamed-person"} | dict.fromkeys(("which", "that", "this"), "document")


def _by_known_words(phrase: Phrase) -> str | None:
    """A name that the rules know, a pair of words, or a body whose name was taken for something else ("the mining
    company, Torva")."""
    view, head, word = phrase.view, phrase.head, phrase.word
    if word in kind_table("names") and is_written_as_name(view, head):
        return kind_table("names")[word]
    before = view.L[head - 1 - (view.L[head - 1] == "'s")]
    pair = kind_table("pairs").get(f"{before} {word}") if head > phrase.first else None
    body = kind_table("words").get(word)
    return pair or (body if phrase.apposed and body in BODIES else None) or _by_noun_before_name(phrase)


def _by_noun_before_name(phrase: Phrase) -> str | None:
    """ "News agency Torva", "the newspaper Torva": an outlet, whatever the name was taken for."""
    view = phrase.view
    name = bisect_left(view.starts, phrase.mention.start) if phrase.mention else phrase.head
    if not phrase.is_name or name <= phrase.first or view.W[name - 1][0].isupper():
        return None
    noun = view.L[name - 1]
    kind = kind_table("pairs").get(f"{view.L[name - 2]} {noun}") or kind_table("words").get(noun)
    return "outlet" if kind == "outlet" else None


def _by_name(phrase: Phrase) -> str | None:
    """What the entity layer took the name for, but for words that tell more: a suffix, a title, an office."""
    mention, word = phrase.mention, phrase.word
    if mention and mention.label == "PERSON":
        return "person"
    first = phrase.head == phrase.first
    if not phrase.is_name or (first and role_kind(word) == "collective"):
        return None
    if _is_described_as_person(phrase) or _title_inside(phrase):
        return "person"
    if word in kind_table("suffixes") and (not first or (mention and mention.label == "ORG")):
        return kind_table("suffixes")[word]
    if phrase.led and is_person_word(word):
        return "unnamed-person"  # "the Health Secretary"
    return _by_label(word, mention.label) if mention else None


def _is_described_as_person(phrase: Phrase) -> bool:
    """Does the apposition after a name say that it is a person: "Baslan Damang, an official from the port"?"""
    view = phrase.view
    comma = phrase.mention and phrase.head + 2 < phrase.last and view.W[phrase.head + 1] == ","
    behind = _role_behind(phrase) if comma else None
    return behind is not None and view.K[behind[0]] == DETERMINER and is_person_word(view.L[head_of(view, behind)])


def _by_label(word: str, label: str) -> str | None:
    known = kind_table("words").get(word)
    return known if label in KIND_OF_LABEL and known in _SURER_THAN_LABEL else KIND_OF_LABEL.get(label)


_SURER_THAN_LABEL = ("government", "outlet", "document", "event")


def _title_inside(phrase: Phrase) -> bool:
    """Do a role and two words of a name make up a mention: "Prosecutor Helen Marsh", whatever it was taken for?"""
    view, k = phrase.view, phrase.head
    if phrase.mention is None or role_kind(phrase.word):
        return False
    while k > 0 and view.starts[k - 1] >= phrase.mention.start:
        k -= 1
        if role_kind(view.L[k]) == "unnamed-person":
            return phrase.head - k in (2, 3)
        if view.K[k] or not view.W[k][0].isupper():
            return False
    return False


def _by_role(phrase: Phrase) -> str | None:
    """What the head word is known as, unless it ends a name ("Mary Walker")."""
    view, word = phrase.view, phrase.word
    if word.endswith("-year-old"):
        return "unnamed-person"
    if word in ("agency", "service") and _names_outlet(phrase):
        return "outlet"
    own = role_kind(word)
    if own == "government" and _is_plural(word) and _is_company(phrase):
        own = "collective"  # "Torva officials"
    if view.W[phrase.head][0].isdigit() or (phrase.several and own not in ("document", "outlet", "government")):
        own = "collective"
    before = phrase.head - 1
    ends_name = phrase.is_name and before >= phrase.first and view.W[before][0].isupper()
    if ends_name and view.K[before] == DETERMINER:  # "The MPs" at the start of a sentence
        return own
    return None if ends_name and own in UNNAMED_KINDS else own


def _names_outlet(phrase: Phrase) -> bool:
    """ "The Interfax agency": does the name of an outlet come before the head?"""
    view, names = phrase.view, kind_table("names")
    return any(names.get(view.L[k]) == "outlet" and view.W[k][0].isupper() for k in range(phrase.first, phrase.head))


def _is_company(phrase: Phrase) -> bool:
    body = Phrase(phrase.view, phrase.first, phrase.head, phrase.head - 1, phrase.body)
    return phrase.body is not None and kind_of(body) == "organisation"


def _by_capitals(phrase: Phrase) -> str | None:
    """A name that nothing is known of; "Walkers" at the start of a sentence are people."""
    if not phrase.is_name:
        return None
    if phrase.mention is None and phrase.head == phrase.first and _is_plural(phrase.word):
        return "collective"
    view = phrase.view
    titled = is_title(view.L[phrase.first]) or view.K[phrase.first] != DETERMINER
    behind = view.L[phrase.head + 1] == "for" and view.W[phrase.head + 2][0].isupper()  # "Transport for London"
    return "person" if titled and not behind else "organisation"


def _by_form(phrase: Phrase) -> str:
    """A noun that nothing is known of: somebody by its ending ("the kayaker"), else most likely a text ("the log")."""
    word = phrase.word
    if phrase.view.L[phrase.first] in own_words()["pointing"]:  # "those surveyed"
        return "collective"
    if not phrase.led and not phrase.view.W[phrase.head].islower():
        return "collective" if _is_plural(word) else "person"
    if not _is_somebody(word.removesuffix("s")):
        return "document"
    return "collective" if _is_plural(word) else "unnamed-person"


def _is_somebody(word: str) -> bool:
    """Is a word a pronoun for somebody, or a noun that ends as those for people do?"""
    own = own_words()
    if word in own["somebody"]:
        return True
    return word.endswith(tuple(own["person_endings"])) and word not in own["no_person"]


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith("ss")


def role_of(phrase: Phrase, kind: str) -> Range | None:
    """The role or title as written, where the source is a person or stands for one."""
    view, a, b = phrase.view, phrase.first, phrase.last
    if kind == "unnamed-person":
        return view.trim(a, b) if view.W[a][0].isalpha() and view.K[a] != RELATIVE else None
    if kind != "person":
        return None
    if phrase.apposed:  # "his lawyer, Ann Reed"
        return a, next((k for k in range(phrase.head, b) if view.W[k] == ","), b)
    behind = _role_behind(phrase)
    if behind is not None and view.K[behind[0]] == RELATIVE:  # "Councillor Reed, who voted for it"
        tells = view.L[behind[0] + 1] in own_words()["role_verb"]
        return _role_before(phrase) or (behind if tells else None)
    return behind or _role_before(phrase)


def _role_behind(phrase: Phrase) -> Range | None:
    """The apposition after a name, and not where somebody is of ("Gareth Pryce, 44, of Mill Lane", "R-Iowa") or what
    that is ("Doug Lark of Torva, a firm in Leeds")."""
    view, b = phrase.view, phrase.last
    commas = (k + 1 for k in range(phrase.head, b - 1) if view.W[k] == "," and not view.W[k + 1][0].isdigit())
    office = phrase.head + 1  # "Nigel Edwards the chief executive"
    start = office if office < b and view.L[office] in ("the", "a", "an") else next(commas, None)
    if start is None or view.K[start] == PREPOSITION or view.L[start][:2] in ("r-", "d-", "i-"):
        return None
    place = view.L[phrase.head + 1] in ("of", "from", "in") and all(view.letters[k] == "p" for k in range(start, b))
    if place and not any(is_person_word(view.L[k]) for k in range(start, b)):
        return None  # "Stacy Baker of Columbia, South Carolina"
    return None if role_kind(view.L[head_of(view, (start, b))]) in BODIES else view.trim(start, b)


def _role_before(phrase: Phrase) -> Range | None:
    """The words before a name, where one of them is a role: "Kremlin spokesman", "mayor of Leeds", "lead author Dr"."""
    view, head = phrase.view, phrase.head
    name = bisect_left(view.starts, phrase.mention.start) if phrase.mention else head
    if name <= phrase.first:  # the entity layer took the title for a part of the name
        name = head
    particles = word_lists("segmentation")["name_particle"]  # "Mr. de Vos"
    while name > phrase.first and (view.L[name - 1].removesuffix(".") in own_words()["honorific"] | particles):
        name -= 1
    roles = [k for k in range(phrase.first, name) if is_person_word(view.L[k]) and len(view.L[k]) > 2]
    if not roles:
        return None
    return phrase.first, name if phrase.mention and name < head else roles[-1] + 1
