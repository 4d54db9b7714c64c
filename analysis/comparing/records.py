"""What can change from one version of a text to the next, and the record of one change."""

from __future__ import annotations

from typing import NamedTuple

from analysis.text.document import Span


class ChangeKind(NamedTuple):
    """A kind of change: `name` and `gloss` are for readers, `group` is for the filter."""

    name: str
    gloss: str
    group: str


GROUPS = {
    "sources": "Sources",
    "wording": "Words of saying, quotations",
    "certainty": "Hedges, boosters, bounds, negation",
    "facts": "Numbers, dates, names",
    "text": "Passages added or dropped",
    "order": "Order",
    "frame": "Headline and notes",
    "other": "Other words",
}

KINDS = {
    "source-added": ChangeKind("source added", "Somebody is a source in the new version only.", "sources"),
    "source-dropped": ChangeKind("source dropped", "Somebody is a source in the old version only.", "sources"),
    "source-named": ChangeKind(
        "source named", "The statement stays; its source had no name, but now has one.", "sources"
    ),
    "source-anonymous": ChangeKind(
        "source made anonymous", "The statement stays; its source had a name, but no longer does.", "sources"
    ),
    "source-replaced": ChangeKind(
        "another source", "The statement stays, but comes from a different source.", "sources"
    ),
    "claim-unattributed": ChangeKind(
        "source of a claim gone",
        "The claim stays, but is now in the reporter's own voice; it used to have a source.",
        "sources",
    ),
    "claim-attributed": ChangeKind(
        "claim given a source",
        "The claim stays; it was in the reporter's own voice, and now has a source.",
        "sources",
    ),
    "cue-changed": ChangeKind(
        "word of saying changed", "The statement stays, with a different word for “said”.", "wording"
    ),
    "quotation-altered": ChangeKind(
        "quotation altered", "Words between the quotation marks are different, new or gone.", "wording"
    ),
    "marks-dropped": ChangeKind(
        "quotation marks dropped", "The words stay, but are no longer in quotation marks.", "wording"
    ),
    "marks-added": ChangeKind("quotation marks added", "The words stay, and are now in quotation marks.", "wording"),
    "hedge-gained": ChangeKind("hedge gained", "The sentence stays, but gains a hedge.", "certainty"),
    "hedge-lost": ChangeKind("hedge lost", "The sentence stays, but loses a hedge.", "certainty"),
    "hedge-stronger": ChangeKind("hedge stronger", "A different hedge, which makes the claim less sure.", "certainty"),
    "hedge-weaker": ChangeKind("hedge weaker", "A different hedge, which makes the claim surer.", "certainty"),
    "booster-gained": ChangeKind("booster gained", "The sentence stays, but gains a booster.", "certainty"),
    "booster-lost": ChangeKind("booster lost", "The sentence stays, but loses a booster.", "certainty"),
    "bound-gained": ChangeKind("bound gained", "The sentence stays, but a figure gains a limit.", "certainty"),
    "bound-lost": ChangeKind("bound lost", "The sentence stays, but a figure loses its limit.", "certainty"),
    "negation-gained": ChangeKind(
        "negation gained", "The sentence stays, but gains “not” or a similar word.", "certainty"
    ),
    "negation-lost": ChangeKind("negation lost", "The sentence stays, but loses “not” or a similar word.", "certainty"),
    "number-changed": ChangeKind("number changed", "The sentence stays, with a different number.", "facts"),
    "date-changed": ChangeKind("date changed", "The sentence stays, with a different date or time.", "facts"),
    "name-changed": ChangeKind("name changed", "The sentence stays, with a different name.", "facts"),
    "passage-added": ChangeKind("passage added", "Nothing in the old version matches these sentences.", "text"),
    "passage-dropped": ChangeKind("passage dropped", "Nothing in the new version matches these sentences.", "text"),
    "words-added": ChangeKind("words added", "The sentence stays, longer by four words or more.", "text"),
    "words-dropped": ChangeKind("words dropped", "The sentence stays, shorter by four words or more.", "text"),
    "moved-up": ChangeKind("moved up", "The passage has moved nearer to the beginning.", "order"),
    "moved-down": ChangeKind("moved down", "The passage has moved nearer to the end.", "order"),
    "headline-changed": ChangeKind(
        "headline changed", "The title, or the heading at the start of the text, is different.", "frame"
    ),
    "correction-note": ChangeKind(
        "correction note", "A note that the text was corrected or updated is new, changed or gone.", "frame"
    ),
    "reworded": ChangeKind("other words", "The sentence stays in other words; none of the above changed.", "other"),
}


class Change(NamedTuple):
    """One change from the old version to the new: `kind` is a key of KINDS.

    `old` and `new` are the spans it concerns, None if a version has nothing there (or for the title, which is not part
    of the text); `old_words` and `new_words` are their words. `old_place` and `new_place` are the sentences that
    contain it, or would contain it, None if a version has no such sentence. `reason` says why it is noted.
    """

    kind: str
    old: Span | None
    new: Span | None
    old_words: str
    new_words: str
    old_place: Span | None
    new_place: Span | None
    reason: str

    @property
    def group(self) -> str:
        """The group for the filter: a key of GROUPS."""
        return KINDS[self.kind].group


class Finding(NamedTuple):
    """Whose words a copied passage is, in the other text and in this one. `name` and `gloss` are for readers."""

    name: str
    gloss: str


FINDINGS = {
    "as-own": Finding(
        "as the writer's own",
        "Both texts say it in the reporter's own voice, without a source.",
    ),
    "source-left-out": Finding(
        "source left out", "The other text gives a source for it; here it is in the reporter's own voice."
    ),
    "credited": Finding("given to a source", "The other text says it in its own voice; here it has a source."),
    "same-source": Finding("same source", "Both texts give the same source."),
    "open": Finding("cannot tell", "In one of the texts, the source is a pronoun that could not be traced."),
    "other-source": Finding("another source", "The two texts give different sources."),
}


class Passage(NamedTuple):
    """Words of one text that appear in another: `here` and `there` are their spans.

    `n_words` counts the words here, `n_same` those that are the same; `exact` is True if all are. `quoted` says whether
    they are in quotation marks here, `quoted_there` whether they are in the other text. `voice` and `voice_there` say
    whose words they are ("the reporter" for a text's own). `finding` is a key of FINDINGS.
    """

    here: Span
    there: Span
    here_words: str
    there_words: str
    n_words: int
    n_same: int
    exact: bool
    quoted: bool
    quoted_there: bool
    voice: str
    voice_there: str
    finding: str
