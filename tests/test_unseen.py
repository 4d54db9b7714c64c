"""What nobody sees in a text parts no word, and offsets count the untouched text."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import annotate, to_record
from analysis.text.article import Article
from analysis.text.unseen import as_seen, has_markup

NEWS = (
    "“The vote may be delayed, perhaps not,” Ann Müller told Reuters. Müller, who leads the Harbour Council (HC), said "
    "about 200 people could leave.\nAccording to the HC, the vote is expected to pass."
)
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e"


def marks(text):
    """The words of every mark: of reports, hedges and names."""
    document = annotate(text)
    roles = [
        [text[s.start : s.end] for s in getattr(a, role)]
        for a in document.attributions
        for role in ("source", "cue", "content")
    ]
    names = [(e.name, e.label, e.count) for e in document.entities]
    return roles, [text[m.start : m.end] for m in document.markers], names


@pytest.mark.parametrize(
    ("text", "hedges", "names"),
    [
        ("The vote m\u00aday be de\u00adlayed, Ann R\u00adeed said.", ["m\u00aday"], ["Ann Reed"]),
        ("It is un\u200blike\u200bly, Ann\u200b Reed said.", ["un\u200blike\u200bly"], ["Ann Reed"]),
        ("Rain is possi\u2060ble, Ann Mu\u0308ller said.", ["possi\u2060ble"], ["Ann Müller"]),
        ("It may rain, o\ufb03cials in A\u030ahus said.", ["may"], ["Åhus"]),
        ("It <b>may</b> rain, Ann&nbsp;Reed said.", ["may"], ["Ann Reed"]),
        ("The storm m&shy;ight pass, Ann Reed said.", ["m&shy;ight"], ["Ann Reed"]),
    ],
)
def test_words_names_cues_and_hedges_are_found_in_the_untouched_text(text, hedges, names):
    roles, found, entities = marks(text)
    assert (found, [name for name, *_ in entities]) == (hedges, names)
    assert roles[1] == ["said"]


def test_quotation_marks_written_by_name_are_quotation_marks():
    text = "&quot;It may rain,&quot; Ann Reed said.<br>&#8220;It did,&#8221; Tom Cole said."
    document = annotate(text)
    assert [text[q.start : q.end] for q in document.quotations] == ["&quot;It may rain,&quot;", "&#8220;It did,&#8221;"]
    assert [a.kind for a in document.attributions] == ["direct", "direct"]
    assert [text[s.start : s.end] for s in document.sentences][1] == "&#8220;It did,&#8221; Tom Cole said."


def test_signs_that_are_no_markup_stay():
    for text in ("If a < b and c > d, R&D pays.", "Prices <10 and >5 & more; AT&T;", "<Ann Reed> said &co; it."):
        assert not has_markup(text)
        assert as_seen(text) is None


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(NEWS)), st.sampled_from(UNSEEN)), max_size=30))
def test_unseen_signs_change_no_mark(places):
    text = NEWS
    for place, sign in sorted(places, reverse=True):
        text = text[:place] + sign + text[place:]

    def bare(value):
        return [bare(v) for v in value] if isinstance(value, list) else re.sub(f"[{UNSEEN}]", "", value)

    roles, hedges, names = marks(text)
    wanted = marks(NEWS)
    assert (bare(roles), bare(hedges), names) == wanted


def test_accents_of_their_own_change_no_mark():
    roles, _, names = marks(unicodedata.normalize("NFD", NEWS))
    assert names == marks(NEWS)[2]
    assert [unicodedata.normalize("NFC", "".join(parts)) for parts in roles] == ["".join(p) for p in marks(NEWS)[0]]


MARKUP = "&amp; &#0; &#xd800; &#x10ffff; &zwj; &lt; <p> </b <br/> & < >".split()
WORDS = ["“", "”", " ", "\n", "Ann Reed", " said ", "may", "."]
PIECES = st.sampled_from([*UNSEEN, *MARKUP, *WORDS, "\u0301", "e\u0301", "\ufb01", "\U0001f469\u200d\U0001f692"])


@settings(max_examples=150)
@given(st.lists(PIECES, min_size=1, max_size=30).map("".join))
def test_any_of_it_gives_offsets_in_the_untouched_text(text):
    if not text.strip():
        return
    seen = as_seen(text)
    if seen is not None:
        assert len(seen.text) == len(seen.starts) == len(seen.ends)
        assert list(seen.starts) == sorted(seen.starts)
        assert all(0 <= a < b <= len(text) for a, b in zip(seen.starts, seen.ends, strict=True))
    article = Article(text)
    record = to_record(annotate(article))
    assert record["sha256"] == article.sha256
    spans = [*record["sentences"], *((m["start"], m["end"]) for m in record["markers"] + record["mentions"])]
    spans += [span for a in record["attributions"] for role in ("source", "cue", "content") for span in a[role]]
    assert all(0 <= start < end <= len(text) for start, end in spans)
