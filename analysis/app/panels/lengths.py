"""How long words and sentences are, and the formulas of readability that need no dictionary."""

from __future__ import annotations

from typing import NamedTuple

from analysis.app.panels.drawing import table
from analysis.sourcing.voices import is_word
from analysis.text.document import Document
from analysis.text.escaping import escape_html


class Lengths(NamedTuple):
    """The counts for the two formulas that need no dictionary, without the headings."""

    sentences: int
    words: int
    characters: int  # letters and digits

    @property
    def coleman_liau(self) -> float:
        """Coleman and Liau 1975, in school grades of the United States."""
        return 5.88 * self.characters / self.words - 29.6 * self.sentences / self.words - 15.8

    @property
    def automated(self) -> float:
        """Automated readability index, Senter and Smith 1967, in the same grades."""
        return 4.71 * self.characters / self.words + 0.5 * self.words / self.sentences - 21.43


def lengths_of(document: Document) -> Lengths:
    """Sentences, words, and letters and digits of the article, without headings, which are not sentences."""
    body = [s for s in document.sentences if document.paragraphs[s.paragraph].kind != "heading"]
    words = [
        document.text[document.tokens.starts[t] : document.tokens.ends[t]]
        for s in body
        for t in range(s.first_token, s.last_token)
        if is_word(document.tokens.words[t])
    ]
    return Lengths(len(body), len(words), sum(sum(map(str.isalnum, word)) for word in words))


def lengths(document: Document) -> str:
    """How long sentences and words are, and the results of the formulas that need no dictionary."""
    found = lengths_of(document)
    if found.words < 100:
        return ""
    rows = [
        ("sentences", str(found.sentences)),
        ("words", f"{found.words:,}"),
        ("words per sentence", f"{found.words / found.sentences:.1f}"),
        ("letters and digits per word", f"{found.characters / found.words:.1f}"),
        ("Coleman–Liau index, US school grade", f"{found.coleman_liau:.1f}"),
        ("Automated readability index, US school grade", f"{found.automated:.1f}"),
    ]
    told = (
        "<p>Headings are left out. These two formulas need no dictionary of syllables; the notebooks have more "
        "formulas, and show why they disagree.</p>"
    )
    heads = {"of the text": "", "value": "num"}
    return table(f"Lengths, {document.doc_id}", heads, [(escape_html(a), b) for a, b in rows], sorts=False) + told
