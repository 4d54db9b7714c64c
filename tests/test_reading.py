"""The reading view: the text stays what it is, marks nest as HTML must, and each says why it is there."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from helpers import gold_document, make_document
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading import read, reading_html, reading_page, reading_section, rule_gloss, rule_notes
from analysis.reading.page import framed_page
from analysis.text import vocabulary as terms
from analysis.text.article import Article
from analysis.text.document import (
    CATEGORIES,
    KINDS,
    LABELS,
    SOURCE_KINDS,
    STANCES,
    Attribution,
    Entity,
    Marker,
    Mention,
    Span,
)
from analysis.text.escaping import escape_html
from analysis.text.segmentation import segment

VOID = {"input", "meta", "br"}


class Reader(HTMLParser):
    """The text of one element (by class or style), and a check that all elements nest."""

    def __init__(self, inside, without=()):
        super().__init__(convert_charrefs=True)
        self.inside, self.without = inside, without
        self.open, self.text, self.tags, self.ids, self.errors = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag in ("a", "button") and any(t in ("a", "button") for t, _ in self.open):
            self.errors.append(f"{tag} inside a link or button")
        if tag not in VOID:
            self.open.append((tag, self.inside(tag, attributes)))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.errors.append(f"</{tag}> in {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data):
        if any(found for _, found in self.open) and not any(tag in self.without for tag, _ in self.open):
            self.text.append(data)


def parse(html, inside, without=()):
    reader = Reader(inside, without)
    reader.feed(html)
    reader.close()
    assert not reader.errors
    assert not reader.open
    assert len(reader.ids) == len(set(reader.ids))
    return reader


def page(document):
    return parse(reading_page(document), lambda tag, a: a.get("class") == "text")


def notebook(document):
    return parse(reading_html(document), lambda tag, a: "pre-wrap" in a.get("style", ""), without=("sup",))


def text_of(reader):
    return "".join(reader.text)


HOSTILE = (
    "<script>alert(1)</script> said </mark></article> & “x” &amp; may\r\nשלום ‮evil, 👩‍👩‍👧 e\u0301\u0302\n\n"
    "</script><!-- " + "w" * 10_000 + "\n \tend\u2028x\x0b"
)


def test_hostile_text_is_shown_as_text():
    d = make_document(
        HOSTILE,
        doc_id='"><script>',
        title="</title><script>",
        mentions=[("שלום ‮evil", "PERSON", "e1"), ("x", "ORG", "e2")],
        names={"e1": '"><b>'},
        attributions=[{"source": "<script>", "cue": "said", "content": ["</mark></article> & “x” &amp; may\r\nשלום"]}],
        markers=[
            {"words": "may", "category": "possibility", "attribution": "a1"},
            {"words": "may\r\nש", "category": "booster"},
        ],
    )
    assert text_of(page(d)) == HOSTILE
    assert text_of(notebook(d)) == HOSTILE
    assert [tag for tag, _ in page(d).tags].count("script") == 1  # the page's own
    assert "script" not in {tag for tag, _ in notebook(d).tags}
    assert "style" not in {tag for tag, _ in notebook(d).tags}


SPAN = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)
TEXTS = st.text(
    st.sampled_from("aB .,“”'<>&\"\r\n\tשe\u0301👩")
    | st.characters(exclude_characters="\0", exclude_categories=("Cs",)),
    min_size=1,
    max_size=60,
).filter(str.strip)


@given(
    TEXTS,
    st.lists(st.tuples(st.lists(SPAN, max_size=3), SPAN, SPAN), max_size=4),
    st.lists(SPAN, max_size=4),
    st.lists(SPAN, max_size=4),
)
def test_text_is_kept_and_html_nests_for_any_text_and_any_overlapping_spans(text, attributions, markers, mentions):
    def cut(span):
        return Span(*(min(at, len(text)) for at in span))

    d = replace(
        segment(Article(text)),
        attributions=tuple(
            Attribution(
                f"a{k}",
                "mixed",
                (cut(source),),
                (cut(cue),),
                tuple(map(cut, content)),
                parent=f"a{k - 1}" if k % 2 else None,
            )
            for k, (content, cue, source) in enumerate(attributions)
        ),
        markers=tuple(Marker(*cut(s), CATEGORIES[k], 0.5, "X.Y", attribution="a0") for k, s in enumerate(markers)),
        mentions=tuple(Mention(*cut(s), "ORG", f"e{k % 2}") for k, s in enumerate(mentions)),
        entities=(Entity("e0", "<b>", "ORG", (), 1),),
    )
    assert text_of(page(d)) == text
    assert text_of(notebook(d)) == text


def test_a_second_hand_source_stands_visibly_inside_the_first():
    d = make_document(
        "Reuters said that Ann said it may rain.",
        mentions=[("Reuters", "ORG", "e1")],
        attributions=[
            {"source": "Reuters", "cue": "said", "content": "that Ann said it may rain", "source_kind": "outlet"},
            {"source": "Ann", "cue": "said#2", "content": "it may rain", "parent": "a1", "source_kind": "person"},
        ],
        markers=[{"words": "may", "category": "possibility", "attribution": "a2"}],
    )
    labels = [a["data-label"] for _, a in page(d).tags if "data-label" in a]
    assert labels == ["1 Reuters", "2 Ann, via Reuters", "possibility", "2", "1"]
    html = reading_html(d)
    assert (
        html.index(">[1 Reuters</sup>")
        < html.index(">[2 Ann, via Reuters</sup>")
        < html.index(">2]</sup>")
        < html.index(">1]</sup>")
    )
    outer, inner = (a for _, a in page(d).tags if a.get("class", "").startswith("voice") and "data-note" in a)
    assert (outer["class"], inner["class"]) == ("voice h0", "voice far h1")
    assert (outer["data-note"], inner["data-note"]) == ("a1", "a2")


def test_every_part_of_a_mark_points_to_its_reason():
    d = make_document(
        "Ann Reed said it may rain. Orbis declined.",
        mentions=[("Ann Reed", "PERSON", "e1")],
        attributions=[
            {"source": "Ann Reed", "cue": "said", "content": "it may rain"},
            {"source": "Orbis", "cue": "declined", "content": [], "stance": "refusal"},
        ],
        markers=[{"words": "may", "category": "possibility", "attribution": "a1"}],
    )
    reader = parse(reading_section(d, prefix="p-"), lambda tag, a: False)
    marked = [(a["class"].split()[0], a["data-note"]) for _, a in reader.tags if "data-note" in a]
    assert sorted(set(marked)) == [
        ("c-possibility", "p-m1"),
        ("cue", "p-a1"),
        ("cue", "p-a2"),
        ("end", "p-a1"),
        ("name", "p-e1"),
        ("source", "p-a1"),
        ("source", "p-a2"),
        ("tag", "p-a1"),
        ("tag", "p-a2"),  # a label of its own, though it has no content
        ("tag", "p-m1"),
        ("voice", "p-a1"),
    ]
    assert {key for _, key in marked} <= set(reader.ids)


def test_a_long_name_is_cut_in_the_line_and_whole_in_its_label_title_and_reason():
    name = "the Standing Committee on Harbours, Ferries and Inland Waterways"
    d = make_document(
        f"It may rain, said {name}.", attributions=[{"source": name, "cue": "said", "content": "It may rain"}]
    )
    (tag,) = (a for _, a in page(d).tags if a.get("class", "").startswith("tag start"))
    assert tag["data-cut"] == "1 the Standing Committee on H…"
    assert tag["title"] == f"1 {name}"
    assert tag["aria-label"] == f"Voice 1 {name}: why?"
    assert f"<strong>1 {name}</strong>" in reading_page(d)


def test_a_link_is_never_inside_a_link():
    # the content starts in the middle of a name, and a hedge ends in it
    d = make_document(
        "The May Inn may open.",
        mentions=[("May Inn may", "ORG", "e1")],
        attributions=[{"source": "The", "content": "Inn may open"}],
        markers=[{"words": "Inn", "category": "possibility"}],
    )
    assert text_of(page(d)) == d.text
    assert [a["data-label"] for _, a in page(d).tags if "data-label" in a] == ["1 The", "possibility", "1"]


def test_every_link_of_the_page_leads_somewhere_in_it():
    reader = page(gold_document())
    targets = {a["href"] for tag, a in reader.tags if tag == "a"}
    assert targets
    assert all(target.startswith("#") and target[1:] in reader.ids for target in targets)


def test_ids_of_several_articles_on_a_page_do_not_clash():
    d = gold_document()
    html = reading_section(d, prefix="r1-") + reading_section(d, prefix="r2-")
    parse(html, lambda tag, a: False)


def test_the_page_asks_for_nothing_outside():
    html = reading_page(gold_document())
    assert "http://" not in html
    assert "https://" not in html
    assert "default-src &#x27;none&#x27;" in html or "default-src 'none'" in html


def test_each_mark_says_what_whose_and_why():
    rule = next(note for note in rule_notes().values() if note.gloss and note.id.startswith("HEDGE"))
    d = make_document(
        "Ann said it may rain. It is expected to last, not clearly.",
        attributions=[
            {"source": "Ann", "cue": "said", "content": "it may rain", "source_kind": "person", "stance": "doubtful"}
        ],
        markers=[
            {"words": "may", "category": "possibility", "attribution": "a1", "rule_id": rule.id, "strength": 0.7},
            {"words": "expected", "category": "expectation", "by_whom": True},
            {"words": "clearly", "category": "booster", "negated": True, "rule_id": "X.UNKNOWN"},
        ],
    )
    html = reading_page(d).replace("&#x27;", "'").replace("&quot;", '"')
    for fact in (
        rule.gloss,
        rule.id,
        rule.source,
        "0.7 on a scale from 0 (sure) to 1 (least sure)",
        "expectation, by whom?",
        "the text does not say whose view this is",
        "booster, negated",
        "X.UNKNOWN",
        terms.STANCES["doubtful"].gloss,
        terms.SOURCE_KINDS["person"].gloss,
    ):
        assert fact in html


def test_no_marks_are_said_to_be_none():
    d = make_document("It rained.")
    assert "Nothing was marked in this text." in reading_html(d)
    assert "Nothing was marked in this text." in reading_page(d)


def test_a_title_that_is_not_given_is_not_made_up():
    assert "<h1>“It rained.”</h1>" in reading_page(make_document("It rained."))
    assert "not given: outlet, author, date" in reading_page(make_document("It rained."))
    known = make_document(
        "It rained.", title="Rain & sun", outlet="Norland Post", byline="Ann Reed", published="2024-11-10"
    )
    assert "<h1>Rain &amp; sun</h1>" in reading_page(known)
    assert "Norland Post · Ann Reed · 2024-11-10" in reading_page(known)


def test_a_heading_is_the_title_where_none_is_given():
    body = "The vote was put off on Monday after two hours of talk, and nobody was glad of it at all."
    assert "<h1>Harbour vote delayed</h1>" in reading_page(segment(Article(f"Harbour vote delayed\n\n{body}")))


def test_read_shows_html_and_plain_text():
    shown = read(gold_document())
    html = shown._repr_html_()
    assert reading_html(gold_document()) in html  # where the notebook is not trusted
    assert escape_html(framed_page(gold_document())) in html
    lines = repr(shown).splitlines()
    assert (
        lines[0]
        == "000_ae027953efdecbb4: 12 attributions, 10 markers (hedges, boosters, bounds), 33 mentions of 15 names"
    )
    assert (
        "voice   10 Dmitry Peskov, via Reuters: that the treaty “implies truly strategic deep cooperation in all"
        in lines[10]
    )
    assert "marker  expectation, by whom?: expected" in lines
    assert "name    Russia (GPE) 7" in lines


def test_read_annotates_an_article_or_a_text():
    assert read(Article("It may rain.", doc_id="rain")).document.doc_id == "rain"
    assert read("It may rain.").document.text == "It may rain."


def test_rule_glosses():
    note = next(iter(rule_notes().values()))
    assert rule_gloss(note.id) == note.gloss
    assert rule_gloss(f"{note.id}+{note.id}") == f"{note.gloss} {note.gloss}"
    assert rule_gloss("NO.SUCH.RULE") is None
    assert rule_gloss("") is None


@pytest.mark.parametrize(
    ("names", "vocabulary"),
    [
        (terms.CATEGORIES, CATEGORIES),
        (terms.SOURCE_KINDS, SOURCE_KINDS),
        (terms.STANCES, STANCES),
        (terms.KINDS, KINDS),
        (terms.LABELS, LABELS),
    ],
)
def test_every_word_of_the_closed_vocabularies_has_a_term(names, vocabulary):
    assert set(names) == set(vocabulary)


def test_every_category_and_group_can_be_filtered():
    css = reading_page(make_document("It rained."))
    for name in (*(f"c-{c}" for c in CATEGORIES), *(f"g-{g.replace(' ', '-')}" for g in terms.LABEL_GROUPS)):
        assert f":has(.f-{name}:not(:checked))" in css
