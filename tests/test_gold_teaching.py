"""The keys of the teaching set fit their texts: every passage is found, every label known, every count right.

Nothing here runs a rule: the keys were written first, and the machine is measured against them elsewhere.
"""

from pathlib import Path

import pytest

from analysis import load_articles, read_article, segment
from analysis.annotation import GoldKeyError, key_to_document

ROOT = Path(__file__).parents[1]
KEYS = sorted((ROOT / "seeds/teaching/keys").glob("*.toml"))
NAMES = [path.stem for path in KEYS]


@pytest.fixture(params=KEYS, ids=NAMES)
def pair(request):
    document = segment(read_article(ROOT / f"seeds/teaching/{request.param.stem}.md"))
    return document, key_to_document(request.param, document)


def test_every_text_has_its_key():
    texts = load_articles(ROOT / "seeds/teaching")
    assert [a.doc_id for a in texts] == NAMES
    assert len(NAMES) == 7


def test_texts_are_labelled_as_invented():
    for article in load_articles(ROOT / "seeds/teaching"):
        assert article.outlet.endswith("(invented)"), article.doc_id
        assert article.licence == "CC0"
        assert article.url is None
        assert "note: Invented for teaching." in Path(article.path).read_text("utf-8")
        assert 250 <= len(article.text.split()) <= 500, article.doc_id


def test_every_passage_is_found(pair):
    document, gold = pair
    assert gold.text == document.text
    assert gold.attributions
    assert gold.markers
    assert gold.mentions
    for a in gold.attributions:
        assert a.content
        assert a.source or a.source_kind == "none"
        assert a.cue or a.kind == "direct"  # only a quotation can stand without a cue


def test_kind_says_how_much_is_quoted(pair):
    document, gold = pair
    for a in gold.attributions:
        pieces = [document.text[s:e] for s, e in a.content]
        whole = all(p[0] == "“" and p[-1] == "”" for p in pieces)
        assert a.kind == ("direct" if whole else "mixed" if any("“" in p for p in pieces) else "indirect"), a.id


def test_hedges_belong_where_they_stand(pair):
    """Whose a marker is: the innermost attribution whose content holds it, or the one whose cue it is ("thinks")."""
    document, gold = pair
    for m in gold.markers:
        around = [a for a in gold.attributions if any(s <= m.start and m.end <= e for s, e in a.content)]
        inner = {a.id for a in around} - {a.parent for a in around}
        if m.category == "belief":
            inner |= {a.id for a in gold.attributions if (m.start, m.end) in a.cue}
        assert {m.attribution} == (inner or {None}), document.text[m.start : m.end]


def test_children_stand_in_their_parents_content(pair):
    _, gold = pair
    by_id = {a.id: a for a in gold.attributions}
    for a in gold.attributions:
        if a.parent:
            assert any(s <= a.content[0].start < e for s, e in by_id[a.parent].content), a.id


def test_text_1_has_the_claims_without_a_source_that_the_guide_names():
    """That no one was hurt; length, age and place of the bridge; the way round; the meeting; the storm."""
    document = segment(read_article(ROOT / "seeds/teaching/1-agency-report.md"))
    gold = key_to_document(ROOT / "seeds/teaching/keys/1-agency-report.toml", document)
    told = {document.sentence_index(start) + 1 for a in gold.attributions for start, _ in a.content}
    bare = [document.text[s.start : s.end] for n, s in enumerate(document.sentences, 1) if n not in told]
    assert [words.split()[0] + " " + words.split()[1] for words in bare] == [
        "No one",
        "The 140-metre",
        "It links",
        "Walkers and",
        "The council",
        "It is",
    ]


def test_chains_have_the_links_that_the_text_names():
    """The inspectors' note came through the council; one unnamed person told the Post, which is not the outlet read."""
    document = segment(read_article(ROOT / "seeds/teaching/6-explainer.md"))
    gold = {a.id: a for a in key_to_document(ROOT / "seeds/teaching/keys/6-explainer.toml", document).attributions}
    assert gold["inspectors"].parent == "published"
    assert [document.text[s:e] for s, e in gold["published"].source] == ["the council"]
    assert [document.text[s:e] for s, e in gold["unnamed"].channel] == ["the Post"]


def test_a_key_that_does_not_fit_says_where(tmp_path):
    document = segment(read_article(ROOT / "seeds/teaching/1-agency-report.md"))
    row = '[[marker]]\nsentence = {}\ntext = "{}"\ncategory = "{}"\n'
    bad = {
        row.format(8, "vaguely", "approximation"): r"marker 'vaguely' in sentence 8: sentence 8 does not contain",
        row.format(99, "may", "possibility"): "sentence 99 does not exist; the text has 19",
        row.format(8, "roughly", "rounding"): "'rounding' is not one of possibility",
        "sentences = 18": "counts 18 sentences, the text has 19",
        "sentences =": "not valid TOML",
    }
    for text, message in bad.items():
        (tmp_path / "k.toml").write_text(text, "utf-8")
        with pytest.raises(GoldKeyError, match=message):
            key_to_document(tmp_path / "k.toml", document)


def test_the_key_of_the_source_article_reads_the_same_way():
    name = "000_ae027953efdecbb4"
    gold = key_to_document(ROOT / f"seeds/keys/{name}.toml", segment(read_article(ROOT / f"seeds/{name}.txt")))
    assert len(gold.attributions) == 12
    assert [gold.text[m.start : m.end] for m in gold.markers if m.category == "booster"] == [
        "clearly",
        "Unambiguous",
        "truly",
        "unambiguous",
    ]
