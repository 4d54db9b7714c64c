"""Hostile texts: tables and pages in line with the text, and what a page leaves out is said on it."""

import re
import time

import fuzz
import hostile
import pytest
from helpers import make_document

from analysis import annotate, make_tables, reading_html, reading_page
from analysis.reading.bounds import DEEPEST, bounded
from analysis.sourcing.voices import LONGEST_CHAIN
from analysis.tables.rows import CUT
from analysis.text.segmentation import segment

SIZE = 8_000
EMPTY = len(reading_page(annotate("It rained.")).encode())


def characters(t):
    """Those of all texts in all tables."""
    return sum(int(t[name][column].str.len().sum()) for name in t for column in t[name].select_dtypes("str"))


@pytest.mark.parametrize("name", hostile.NAMES)
def test_a_hostile_text_costs_in_line_with_its_length(name):
    text = hostile.make_text(name, SIZE)
    if not text.strip():
        return
    document = annotate(text, any_language=True)
    start = time.process_time()
    tables, page, shown = make_tables(document), reading_page(document), reading_html(document)
    assert time.process_time() - start < 5  # for 8,000 characters, on a busy machine; it is a tenth of a second
    assert characters(tables) < 1_000 * SIZE  # a mark in each word has a gloss of some hundred characters each time
    limit = EMPTY + hostile.PAGE * len(text) + 400_000  # a short text may have more: such pages are small all the same
    for html in (page, shown):
        assert len(html.encode()) < limit or "not shown here" in html
        assert len(html.encode()) < 3_000_000


def test_nested_quotations_are_counted_to_a_depth_that_no_article_has():
    opening, closing = hostile.NESTED["nested quotations"]
    document = segment_of(opening * 3 + closing * 3)
    assert [q.depth for q in document.quotations] == [0, 1, 2]
    document = segment_of(opening * 3_000 + closing * 3_000)
    assert max(q.depth for q in document.quotations) == 7
    t = make_tables(document)
    assert t["quotations"]["text"].str.len().sum() < 8 * len(document.text)


def segment_of(text):
    from analysis.text.article import Article

    return segment(Article(text))


def nested(depth):
    """Attributions inside each other, each content holding all that follow it."""
    names = [f"N{hostile.letters(n)}x" for n in range(depth)]
    text = " ".join(f"{name} said{n}" for n, name in enumerate(names)) + " it rained"
    return make_document(
        text,
        attributions=[
            {
                "source": name,
                "cue": f"said{n}",
                "content": text[text.index(f"said{n} ") + len(f"said{n} ") :],
                "parent": f"a{n}" if n else None,
            }
            for n, name in enumerate(names)
        ],
    )


def test_contents_inside_each_other_fill_no_table():
    document = nested(400)
    t = make_tables(document)
    contents = t["attributions"]["content_text"]
    whole = len(document.text)
    assert contents.str.len().sum() < 4 * whole + 400 * (CUT + 3)
    assert contents[0] == document.text[document.attributions[0].content[0].start :]  # the first are whole
    assert contents.iloc[200].endswith(" …")
    assert t["attributions"]["n_words"].tolist() == [2 * (400 - n) for n in range(400)]  # and nothing else is cut
    assert t["attributions"]["depth"].max() == LONGEST_CHAIN - 1
    assert t["attributions"]["chain"].str.len().max() < 2_000


def test_few_contents_inside_each_other_are_kept_whole():
    document = nested(4)
    t = make_tables(document)
    for a, content in zip(document.attributions, t["attributions"]["content_text"], strict=True):
        assert content == document.text[a.content[0].start : a.content[0].end]
    assert t["attributions"]["depth"].tolist() == [0, 1, 2, 3]


def test_a_page_says_what_it_leaves_out_and_keeps_the_text():
    document = nested(2_500)
    for html in (reading_page(document), reading_html(document)):
        told = re.findall(r"<p[^>]*>([^<]*not shown[^<]*)</p>", html)
        assert len(told) == 2
        assert told[0].startswith("2,500 marks were found in this text, far more than a page can hold. The ")
        assert "onwards are not shown here; “annotate” and the tables have them all." in told[0]
        assert "passages inside several others are not shown in the text here" in told[1]
        assert "it rained" in html
        assert len(html) < 6_000_000


def test_what_is_shown_of_a_bounded_document_is_its_beginning():
    document = nested(2_500)
    kept, said = bounded(document)
    ids = [a.id for a in kept.attributions]
    assert ids == [a.id for a in document.attributions[: len(ids)]]
    assert f"The {2_500 - len(ids):,} from character" in said
    assert kept.text == document.text


def test_a_table_of_sentences_has_an_end():
    page = reading_page(annotate("It. " * 5_000))
    (told,) = re.findall(r"<p>([\d,]+) more sentences are not shown here.</p>", page)
    assert int(told.replace(",", "")) + page.count('aria-label="Sentence ') == 5_000 + page.count('"Sentence by')
    assert len(page.encode()) - EMPTY < hostile.PAGE * 20_000


def test_ordinary_pages_leave_nothing_out():
    for count in (1, DEEPEST["voice"]):
        assert "not shown here" not in reading_page(nested(count))


@pytest.mark.parametrize("reader", fuzz.TARGETS)
@pytest.mark.filterwarnings("ignore::analysis.text.article.ArticleWarning")
def test_each_reader_takes_mutated_bytes(reader, tmp_path):
    """Half a second of each target of benchmarks/fuzz.py, from another seed than the command's own."""
    fuzz.one_input(reader, fuzz.seeds(tmp_path)[reader], tmp_path)  # packages are loaded
    assert fuzz.at_random(reader, 0.5, 2, tmp_path) > 0
