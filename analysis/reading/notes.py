"""What a reader learns about each mark: what it is, whose it is, and which rule made it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from analysis.people.knowing import knowing
from analysis.reading.glosses import notes_of, rule_gloss, strength_construct, strength_ground
from analysis.sourcing.voices import Voice, chains, span_text, through, voices
from analysis.text.document import Attribution, Document, Marker, Span
from analysis.text.language import not_english
from analysis.text.vocabulary import (
    CATEGORIES,
    CLOSENESS,
    CONTACTS,
    FAMILIES,
    HANDS,
    KINDS,
    LABELS,
    LINKS,
    REPORTER,
    SHOWN_KINDS,
    STANCES,
    Term,
    family,
    term,
)

_PLURALS = [look.plural for look in FAMILIES.values()]
MARKERS = f"{', '.join(_PLURALS[:-1])} and {_PLURALS[-1]}".capitalize()  # the heading of a list of markers

MOST = 2_000  # a note repeats so many characters of a passage
WHOLE = 200  # characters of a name if there is room for it


class Note(NamedTuple):
    """One mark, explained: `title` is what it is, `words` the passage, `facts` are (name, value) pairs."""

    key: str
    title: str
    words: str
    facts: tuple[tuple[str, str], ...]


class Notes:
    """Labels and explanations for the marks of one document, worked out once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.voices = voices(document)
        self.chains = chains(document)
        self.known = knowing(document)
        self.number = {a.id: number for number, a in enumerate(document.attributions, 1)}
        self.entity = {e.id: e for e in document.entities}
        order = dict.fromkeys(v.key for v in self.voices.values())
        self.colour = {key: number for number, key in enumerate(order)}

    def voice(self, a: Attribution) -> Voice:
        return self.voices[a.id]

    def voice_label(self, a: Attribution, width: int = 40) -> str:
        """ "2 Dmitry Peskov, via Reuters", with each name cut to `width` characters."""
        inner_first = [voice.name for voice in reversed(through(self.chains[a.id], self.voices))]
        return f"{self.number[a.id]} " + ", via ".join(cut(name, width) for name in inner_first[:3])

    def marker_label(self, m: Marker) -> str:
        """ "possibility"; "booster, negated"; "expectation, by whom?"."""
        extra = ", negated" if m.negated else ", by whom?" if m.by_whom else ""
        return term(CATEGORIES, m.category).name + extra

    def holder(self, m: Marker) -> str:
        return self.voices[m.attribution].name if m.attribution in self.voices else REPORTER

    def attribution(self, a: Attribution) -> Note:
        kind, source = term(KINDS, a.kind), term(SHOWN_KINDS, self.voice(a).kind)
        stance, voice = term(STANCES, a.stance), self.voice(a)
        words = self.words(a.source)
        facts = [("source", f"{words or 'none given'} ({source.name}). {source.gloss}")]
        link = term(LINKS, a.source_link)
        if a.source_link == "open":
            facts.append(("who that is", f"{link.name}. {link.gloss}"))
        elif a.source_entity in self.entity and voice.name != words:
            facts.append(("who that is", f"{voice.name} ({link.name}). {link.gloss}" if link.name else voice.name))
        facts.append(("cue", f"{self.words(a.cue) or 'none'} ({stance.name}). {stance.gloss}"))
        facts.append(("content", f"{kind.name}: {kind.gloss}"))
        facts += [
            (name, self.words(spans))
            for name, spans in (
                ("role", a.role),
                ("came through", a.channel),
                ("rests on", a.basis),
                ("why no name", a.anonymity),
            )
            if spans
        ]
        passing = through(self.chains[a.id], self.voices)
        if len(passing) > 1:
            chain = " → ".join(cut(voice.name, 100) for voice in passing)
            facts.append(("inside", f"It is inside the words of others: {chain}."))
        facts += self._known(a)
        return _note(a.id, self.voice_label(a, WHOLE), self.words(a.content), facts, [a.rule_id])

    def _known(self, a: Attribution) -> list[tuple[str, str]]:
        """How the article knows it, if the text says so: contact, closeness, and what is at second hand."""
        known = self.known[a.id]
        facts = []
        if known.contact != "not-told":
            facts.append(("how it got here", _in_full(CONTACTS, known.contact)))
        if a.justification:
            close = "; ".join(_in_full(CLOSENESS, kind) for kind in known.closeness.split(" | "))
            facts.append(("how the source would know", f"{close} (“{self.words(a.justification)}”)"))
        if known.hand == "second":
            facts.append(("hand", _in_full(HANDS, known.hand)))
        return facts

    def marker(self, number: int, m: Marker) -> Note:
        """`number` counts the markers of the document from 1."""
        category = term(CATEGORIES, m.category)
        holder = self.holder(m)
        if m.by_whom:
            holder += "; the text does not say whose view this is"
        facts = [("what it is", f"{category.name}. {category.gloss}"), ("whose", holder)]
        if m.negated:
            facts.append(("negated", "It is negated, so it does not strengthen the claim here."))
        if family(m.category) == "hedge":
            ground, construct = strength_ground(m.rule_id), strength_construct(m.rule_id)
            facts.append(
                (
                    "how unsure",
                    f"{m.strength:g} on a scale from 0 (sure) to 1 (least sure)"
                    + (f" for {construct}" if construct else "")
                    + (f", from {ground}" if ground else ""),
                )
            )
        if m.scope:
            facts.append(("about", self.words(m.scope)))
        return _note(f"m{number}", self.marker_label(m), self.document.text[m.start : m.end], facts, [m.rule_id])

    def words(self, spans: tuple[Span, ...]) -> str:
        """The words of a passage on one line, or only the first of them."""
        return span_text(self.document, spans, MOST)

    def attributions(self) -> list[Note]:
        return [self.attribution(a) for a in self.document.attributions]

    def markers(self) -> list[Note]:
        return [self.marker(number, m) for number, m in enumerate(self.document.markers, 1)]

    def entities(self) -> list[Note]:
        """One note per entity that is mentioned, in the order of the document's entities."""
        rules: dict[str, dict[str, None]] = {}
        for m in self.document.mentions:
            rules.setdefault(m.entity, {})[m.rule_id] = None
        out = []
        for e in self.document.entities:
            label = term(LABELS, e.label)
            facts = [("what it is", f"{label.name}. {label.gloss}"), ("named", f"{e.count} time{'s' * (e.count != 1)}")]
            others = [alias for alias in e.aliases if alias != e.name]
            if others:
                facts.append(("also as", ", ".join(others)))
            if e.titles:
                facts.append(("titles", "; ".join(span_text(self.document, (title,)) for title in e.titles)))
            if e.related in self.entity:
                facts.append(("belongs to", self.entity[e.related].name))
            if e.country:
                facts.append(("country", e.country))
            out.append(_note(e.id, e.name, "", facts, rules.get(e.id, ())))
        return out


def _in_full(terms: Mapping[str, Term], slug: str) -> str:
    return f"{terms[slug].name}. {terms[slug].gloss}"


def _note(key: str, title: str, words: str, facts: list[tuple[str, str]], rule_ids: Iterable[str]) -> Note:
    """A note whose first fact is the rule's gloss, and whose last is the rule."""
    why, rules = [], []
    for rule_id in filter(None, rule_ids):
        gloss, sources = rule_gloss(rule_id), "; ".join(note.source for note in notes_of(rule_id) if note.source)
        why += [("why", gloss)] if gloss else []
        rules.append(("rule", f"{rule_id} (after {sources})" if sources else rule_id))
    return Note(key, title, words, (*why, *facts, *rules))


def language_note(document: Document) -> str | None:
    """The sentence above a text that is not, or not all, in English; None for one in English."""
    foreign = document.language.foreign
    marked = any(s.start < f.end and f.start < s.end for f in foreign[:1] for s in document.sentences)
    said = not_english(document.text, document.language, marked=marked, hint=False)
    return f"{said[:1].upper()}{said[1:]}." if said else None


def cut(name: str, width: int = 40) -> str:
    """A name short enough for a label inside the text."""
    return name if len(name) <= width else name[: width - 1].rstrip() + "…"
