"""How the text refers to a person: by pronouns, titles and kin words, never by what a first name suggests.

A pronoun counts for a person only if nobody else can be meant: there is one person in its sentence or, if there is
none, in the sentence before. Inside what somebody is reported to have said ("Ann Reed said he was armed"), the
sentences before must not contain anybody else either. Quotations are skipped.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from analysis.people.role_words import people_words
from analysis.rules import classes
from analysis.sourcing.source_kinds import own_words, role_kind
from analysis.sourcing.voices import Voice
from analysis.text.document import Document, Entity, Evidence

NOT_TOLD, MIXED = "not told", "mixed"
FORMS = ("she", "he", "they")
_SOMEBODY = "?"  # a person who is not a source that is known
_AFTER_STATEMENT = 12  # tokens after "non-binary" in which "they" is the person


class Sign(NamedTuple):
    """A word that shows a reference. `sure` if nobody else can be meant, whatever came before."""

    evidence: Evidence
    sure: bool


class _Event(NamedTuple):
    """A person in the text, or a pronoun (`form`), from `start` to `end`."""

    start: int
    end: int
    key: str
    form: str = ""


def reference_of(signs: Iterable[Sign]) -> tuple[str, tuple[Evidence, ...]]:
    """The reference that signs show, and those that show it; more than one counts as mixed only where both are sure."""
    signs = sorted(set(signs), key=lambda sign: (sign.evidence.start, sign.evidence.kind))
    sure = {sign.evidence.kind for sign in signs if sign.sure}
    forms = sure or {sign.evidence.kind for sign in signs}
    if not forms or (len(forms) > 1 and not sure):
        return NOT_TOLD, ()
    evidence = tuple(sign.evidence for sign in signs if sign.evidence.kind in forms)
    return (MIXED if len(forms) > 1 else next(iter(forms))), evidence


def form_of_noun(noun: str) -> str:
    """The reference that a noun for a person shows: "spokeswoman", "father"; "" where it may be anybody.

    >>> form_of_noun("spokeswoman"), form_of_noun("son"), form_of_noun("chairman"), form_of_noun("person")
    ('she', 'he', '', '')
    """
    lists = people_words()
    if noun in lists["of_anybody"]:
        return ""
    if noun in lists["noun_she"] or noun.endswith(tuple(lists["ending_she"])):
        return "she"
    told = noun in lists["noun_he"] or noun in lists["word_he"] or noun.endswith(tuple(lists["ending_he"]))
    return "he" if told else ""


class References:
    """The signs of reference of all the people of one document, by the key of their voice."""

    def __init__(self, document: Document, voices: Mapping[str, Voice], entities: Iterable[Entity]) -> None:
        self.document, self.tokens = document, document.tokens
        self.signs: dict[str, list[Sign]] = {}
        self.sure: dict[str, set[str]] = {}  # the forms of which a sign is sure
        self.titles = {f"entity {e.id}": e.titles for e in entities if e.label == "PERSON"}
        self.contents = _merged(span for a in document.attributions for span in a.content)
        self.linked = {
            a.source[0].start: f"entity {a.source_entity}"
            for a in document.attributions
            if a.source_link == "pronoun" and a.source_entity and a.source
        }
        self.sources = [
            (a.source[0].start, a.source[0].end, voices[a.id])
            for a in document.attributions
            if a.source and a.source_kind == "unnamed-person" and voices[a.id].kind != "open"
        ]
        self._read_titles()
        self._read_statements()
        self._read_pronouns()

    def _add(self, key: str, start: int, end: int, form: str, rule: str, *, sure: bool) -> None:
        self.signs.setdefault(key, []).append(Sign(Evidence(start, end, form, rule), sure))
        if sure:
            self.sure.setdefault(key, set()).add(form)

    # ------------------------------------------------------------ titles and kin words

    def _read_titles(self) -> None:
        tokens = self.tokens
        for mention in self.document.mentions:
            k = bisect_left(tokens.starts, mention.start) - 1
            if mention.label == "PERSON" and k >= 0 and not tokens.quoted[k]:
                form = _form_of(tokens.lowers[k].removesuffix("."), "title")
                if form and tokens.lowers[k - 1 : k] != ["and"]:  # "Mr and Mrs Orr"
                    self._add(
                        f"entity {mention.entity}", tokens.starts[k], tokens.ends[k], form, "REFERENCE.TITLE", sure=True
                    )
        for key, spans in self.titles.items():
            for start, end in spans:
                self._read_noun(key, start, end)
        for start, end, voice in self.sources:
            self._read_noun(voice.key, start, end)

    def _read_noun(self, key: str, start: int, end: int) -> None:
        """The head of a role: "a spokeswoman for the firm", "his mother"; not "his wife's lawyer"."""
        tokens = self.tokens
        k = bisect_left(tokens.starts, self._chunk(start, end)[1]) - 1
        if start <= tokens.starts[k] and not tokens.quoted[k]:
            form = form_of_noun(tokens.lowers[k])
            if form:
                self._add(key, tokens.starts[k], tokens.ends[k], form, "REFERENCE.NOUN", sure=True)

    # ------------------------------------------------------------ they, where the text says so

    def _read_statements(self) -> None:
        """They, only where the text says so: "who uses they/them pronouns"; "who is non-binary, said they"."""
        tokens = self.tokens
        for k in tokens.find({"they", *people_words()["says_they"], "they/them"}):
            if tokens.quoted[k]:
                continue
            low = tokens.lowers[k]
            if low in people_words()["says_they"]:
                self._read_they(k)
            elif low == "they/them" or tokens.words[k + 1 : k + 3] == ["/", "them"]:
                last = k if low == "they/them" else k + 2
                last += tokens.lowers[last + 1 : last + 2] == ["pronouns"]
                self._add(
                    self._named_before(k), tokens.starts[k], tokens.ends[last], "they", "REFERENCE.STATED", sure=True
                )

    def _read_they(self, k: int) -> None:
        tokens = self.tokens
        for j in range(k + 1, min(len(tokens), k + _AFTER_STATEMENT)):
            if tokens.lowers[j] in people_words()["pronoun_they"] and not tokens.quoted[j]:
                self._add(
                    self._named_before(k), tokens.starts[j], tokens.ends[j], "they", "REFERENCE.STATED", sure=True
                )

    def _named_before(self, k: int) -> str:
        """The last person named before token k."""
        i = bisect_left(self.document.mentions, self.tokens.starts[k], key=lambda m: m.start)
        near = reversed(self.document.mentions[max(0, i - 8) : i])
        return next((f"entity {m.entity}" for m in near if m.label == "PERSON"), "")

    # ------------------------------------------------------------ he and she

    def _read_pronouns(self) -> None:
        here: set[str] = set()
        before: tuple[set[str], set[str]] = (set(), set())
        now = -1
        for event in self._events():
            sentence = self.document.sentence_index(event.start)
            if sentence != now:
                gap = sentence - now
                before = (here, before[0]) if gap == 1 else (set(), here) if gap == 2 else (set(), set())
                here, now = set(), sentence
            if not event.form:
                here.add(event.key)
                continue
            here.add(self._resolved(event, here, before) or _SOMEBODY)

    def _resolved(self, event: _Event, here: set[str], before: tuple[set[str], set[str]]) -> str | None:
        """The person that a pronoun refers to; None if more than one can be meant. Notes the sign."""
        told = _inside(self.contents, event.start)
        around = before[0] | before[1]
        near = here or before[0] or before[1]
        key = next(iter(near)) if len(near) == 1 else None
        sure = bool(here) and not told
        if key is None or key == _SOMEBODY or (not sure and told and around - {key}):
            key, sure = self._as_linked(event, here | before[0]), False
        if self.linked.get(event.start, key) != key:
            return None  # "Speaking to Ann Reed, he said"
        if key is None or (not sure and self.sure.get(key, set()) - {event.form}):
            return None
        self._add(key, event.start, event.end, event.form, "REFERENCE.PRONOUN", sure=sure)
        return key

    def _as_linked(self, event: _Event, near: set[str]) -> str | None:
        """The person whom a source was traced to, where nobody else is named near."""
        key = self.linked.get(event.start)
        return key if key and {k for k in near if k.startswith("entity")} <= {key} else None

    def _events(self) -> list[_Event]:
        """People and pronouns outside quotations, in the order of the text."""
        tokens, document = self.tokens, self.document
        people = [_Event(m.start, m.end, f"entity {m.entity}") for m in document.mentions if m.label == "PERSON"]
        people += [_Event(start, end, voice.key) for start, end, voice in self.sources]
        titles = [span for spans in self.titles.values() for span in spans]
        known = _merged([(e.start, e.end) for e in people] + [self._chunk(start, end) for start, end in titles])
        others = (_Event(tokens.starts[k], tokens.ends[k], _SOMEBODY) for k in self._other_people())
        people += [e for e in others if not _inside(known, e.start)]
        pronouns = self._pronouns(_merged(titles))
        events = sorted(people + pronouns)
        return [e for e in events if not tokens.quoted[bisect_left(tokens.starts, e.start)]]

    def _chunk(self, start: int, end: int) -> tuple[int, int]:
        """A title without the words after its noun: "brother" of "brother of the singer"."""
        tokens = self.tokens
        first, last = bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)
        stop = next((k for k in range(first + 1, last) if _ends_chunk(tokens.lowers[k])), last)
        return start, tokens.ends[max(first, stop - 1)]

    def _pronouns(self, titles: Sequence[tuple[int, int]]) -> list[_Event]:
        """He and she, except those inside a title: in "Ann Reed, his wife" he is another."""
        tokens = self.tokens
        return [
            _Event(tokens.starts[k], tokens.ends[k], "", form)
            for form in ("she", "he")
            for k in tokens.find(people_words()[f"pronoun_{form}"])
            if not _inside(titles, tokens.starts[k])
        ]

    def _other_people(self) -> list[int]:
        """The tokens that refer to a person by a noun, and "one of the victims"."""
        pronouns = own_words()["unresolved"] | {"everyone", "someone"}
        lists, tokens = people_words(), self.tokens
        people = lists["noun_she"] | lists["noun_he"] | lists["word_he"]
        nouns = [w for w in tokens.index if w not in pronouns and (w in people or role_kind(w) == "unnamed-person")]
        return tokens.find(nouns) + [k for k in tokens.find({"one"}) if tokens.lowers[k + 1 : k + 2] == ["of"]]


def _form_of(word: str, table: str) -> str:
    return next((form for form in FORMS if word in people_words()[f"{table}_{form}"]), "")


def _ends_chunk(word: str) -> bool:
    if word in ("'s", "-"):
        return False
    return not word[0].isalnum() or word in classes()["preposition"] or word in people_words()["opens_clause"]


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap as one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def _inside(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    i = bisect_right(spans, (offset, 1 << 60)) - 1
    return i >= 0 and offset < spans[i][1]
