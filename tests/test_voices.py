"""Whose words each part of the text is."""

from dataclasses import replace

from helpers import make_document
from hypothesis import given
from hypothesis import strategies as st

from analysis import annotate, figures, measures
from analysis.figures import describe_voices
from analysis.measures.sourcing import sourcing_measures
from analysis.reading import reading_page
from analysis.reading.notes import Notes
from analysis.sourcing.voices import chains, innermost, span_text, token_voices, voices
from analysis.tables import make_tables
from analysis.text.article import Article
from analysis.text.document import Attribution, Span
from analysis.text.segmentation import segment


def test_a_source_within_a_source_has_the_last_word():
    d = make_document(
        "Ann said that Bob said that it rained hard.",
        attributions=[
            {"source": "Ann", "cue": "said", "content": "that Bob said that it rained hard"},
            {"source": "Bob", "cue": "said#2", "content": "that it rained", "parent": "a1"},
        ],
    )
    assert [(d.text[a:b], key) for a, b, key in innermost(d)] == [
        ("Ann said ", None),
        ("that Bob said ", "a1"),
        ("that it rained", "a2"),
        (" hard", "a1"),
        (".", None),
    ]


def test_without_a_chain_the_one_that_starts_last_has_the_words():
    d = make_document("One two three four.", attributions=[{"content": "One two three"}, {"content": "two three four"}])
    assert token_voices(d) == ["a1", "a2", "a2", "a2", None]


def test_sources_that_read_the_same_or_resolve_to_one_entity_are_one_voice():
    d = make_document(
        "A, the  mayor said. B, The mayor said. Reed said. He said.",
        mentions=[("Reed", "PERSON", "e1")],
        names={"e1": "Ann Reed"},
        attributions=[
            {"source": "the  mayor"},
            {"source": "The mayor"},
            {"source": "Reed", "source_entity": "e1"},
            {"source": "He", "source_entity": "e1"},
            {},
        ],
    )
    keys = {key: voice.key for key, voice in voices(d).items()}
    assert keys["a1"] == keys["a2"] != keys["a3"] == keys["a4"]
    assert [v.name for v in voices(d).values()] == ["the mayor", "the mayor", "Ann Reed", "Ann Reed", "no source named"]


def test_a_pronoun_that_is_not_resolved_is_not_taken_for_a_name():
    d = make_document(
        "It said so. She said no. It said maybe. Reed said yes.",
        attributions=[
            {"source": "It", "content": "so", "source_kind": "organisation"},
            {"source": "She", "content": "no", "source_kind": "person"},
            {"source": "It#2", "content": "maybe", "source_kind": "document"},
            {"source": "Reed", "content": "yes", "source_kind": "person"},
        ],
    )
    assert [v.name for v in voices(d).values()] == [
        "It (not resolved)",
        "She (not resolved)",
        "It (not resolved)",
        "Reed",
    ]
    rows = make_tables(d)["voices"]
    assert list(zip(rows["voice"], rows["source_kind"], rows["n_words"], rows["n_attributions"], strict=True)) == [
        ("the reporter", "reporter", 8, 0),
        ("unresolved pronouns", "open", 3, 3),
        ("Reed", "person", 1, 1),
    ]
    said = describe_voices(make_tables(d))
    assert "4 (33%) are those of 1 source: Reed (1), and 3 of pronouns that were not resolved." in said


def test_a_chain_ends_where_a_parent_is_missing_or_leads_back():
    d = make_document("One.", attributions=[{"parent": "a2"}, {"parent": "a1"}, {"parent": "a9"}, {"parent": "a3"}])
    assert {key: [a.id for a in chain] for key, chain in chains(d).items()} == {
        "a1": ["a2", "a1"],
        "a2": ["a1", "a2"],
        "a3": ["a3"],
        "a4": ["a3", "a4"],
    }


def test_span_text_is_on_one_line():
    d = make_document("One\ntwo  three four.", attributions=[{"content": ["One\ntwo", "four"]}])
    assert span_text(d, d.attributions[0].content) == "One two … four"


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda p: Span(min(p), max(p))), max_size=3)


@given(st.lists(SPANS, max_size=6), st.text("ab .“”\n", min_size=1, max_size=40).filter(str.strip))
def test_the_text_is_cut_without_gap_or_overlap_for_any_contents(contents, text):
    inside = [[Span(min(s, len(text)), min(e, len(text))) for s, e in spans] for spans in contents]
    document = replace(
        segment(Article(text)),
        attributions=tuple(
            Attribution(f"a{k}", "indirect", (), (), tuple(spans), parent=f"a{k - 1}") for k, spans in enumerate(inside)
        ),
    )
    pieces = list(innermost(document))
    assert "".join(text[a:b] for a, b, _ in pieces) == text
    assert all(a < b for a, b, _ in pieces)
    for start, end, key in pieces:
        holders = [k for k, spans in enumerate(inside) if any(s <= start and end <= e for s, e in spans if s < e)]
        assert key == (f"a{holders[-1]}" if holders else None)  # the last is the deepest in the chain
    assert len(token_voices(document)) == len(document.tokens)


def test_an_unresolved_pronoun_is_the_same_in_every_table_figure_and_page():
    d = make_document(
        "He said so. Some said no. Ann Reed said yes.",
        attributions=[
            {"source": "He", "cue": "said", "content": "so", "source_kind": "unnamed-person"},
            {"source": "Some", "cue": "said#2", "content": "no", "source_kind": "collective"},
            {"source": "Ann Reed", "cue": "said#3", "content": "yes", "source_kind": "person"},
        ],
    )
    t = make_tables(d)
    for name in ("attributions", "passages"):
        assert {("He (not resolved)", "open"), ("Some", "collective"), ("Ann Reed", "person")} <= set(
            zip(t[name]["voice"], t[name]["source_kind"], strict=True)
        )
    counts = measures.source_kinds(t).set_index("source_kind")["n"]
    assert (counts["open"], counts["unnamed-person"], counts["collective"], counts.sum()) == (1, 0, 1, 3)
    assert "unresolved pronoun (1)" in figures.describe_source_kinds(t)
    assert figures.describe_chains(t).startswith(
        "This article rests on 2 sources, in 2 statements, and 1 more statement of a pronoun that was not resolved."
    )
    assert "an unresolved pronoun (1 word, " in figures.describe_knowing(t)
    page = reading_page(d)
    assert "He (unresolved pronoun)" in page
    assert "unnamed person" not in page
    assert sourcing_measures(t).set_index("measure").loc["reasons-for-anonymity", "of"] == 1  # "Some" alone


def test_chains_of_parents_before_and_behind_and_in_a_circle():
    d = make_document(
        "A said B said C said D said it rained",
        attributions=[
            {"source": "A", "cue": "said", "content": "it rained", "parent": "a3"},  # its parent comes later
            {"source": "B", "cue": "said#2", "content": "it rained", "parent": "a1"},
            {"source": "C", "cue": "said#3", "content": "it rained", "parent": "a2"},  # and closes a circle
            {"source": "D", "cue": "said#4", "content": "it rained", "parent": "nowhere"},
        ],
    )
    assert {key: [a.id for a in chain] for key, chain in chains(d).items()} == {
        "a1": ["a2", "a3", "a1"],
        "a2": ["a3", "a1", "a2"],
        "a3": ["a1", "a2", "a3"],
        "a4": ["a4"],
    }


def test_one_who_gives_their_own_words_is_not_heard_through_themselves():
    d = annotate("Lena Holm said that she expected to lose the shop.")
    assert [a.parent for a in d.attributions] == [None, "a1"]
    assert make_tables(d)["attributions"]["chain"].tolist() == ["Lena Holm", "Lena Holm"]
    assert "via" not in Notes(d).voice_label(d.attributions[1])
    assert "Lena Holm → Lena Holm" not in reading_page(d)
