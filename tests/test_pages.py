"""Saved pages: what is text and what is furniture, and what a page says of itself. All pages are invented."""

import io
import json
import warnings

import bench_pages
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.inputs.options import Blob, ReadOptions
from analysis.inputs.page_names import authors_in, is_host, outlet_of
from analysis.inputs.pages import read_html
from analysis.inputs.web import extract_here
from analysis.text.article import ArticleError, clean_line

LEAD = "The ferry to Tarn Island may stop running from November, its operator said on Tuesday, after talks broke down."
MORE = (
    "Corrin Line, which has carried passengers since 1961, told the harbour board that the slipway was no longer safe."
)
LAST = "“We would rather stop than have an accident,” said Ida Marlow, who has run the line for the last eleven years."
STORY = f"{LEAD}\n{MORE}\n{LAST}"


def read(page):
    raw = page.encode()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        blob = Blob("a.html", "a", ".html", len(raw), lambda: io.BytesIO(raw))
        article = next(iter(read_html(blob, ReadOptions())))
    return article, [str(each.message) for each in told]


def data(**fields):
    """What a page says of itself to machines."""
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def page(inside, head="", before="", after=""):
    """A page with the story's first two paragraphs, something, and its last."""
    return (
        f"<html><head><title>Ferry may stop | The Ennis Echo</title>{head}</head><body>{before}<article>"
        f"<h1>Ferry may stop</h1><p>{LEAD}</p><p>{MORE}</p>{inside}<p>{LAST}</p></article>{after}</body></html>"
    )


# ---------------------------------------------------------------- the bench


@pytest.fixture(scope="module")
def bench():
    everything = list(bench_pages.pages())
    return {part: bench_pages.score([p for p in everything if p.held_out is part]) for part in (False, True)}


@pytest.mark.parametrize("held_out", [False, True])
def test_words_of_the_bench(bench, held_out):
    total = bench[held_out]
    assert total.right / total.read >= 0.97
    assert total.right / total.wanted >= 0.97
    assert total.stubs_told == total.stubs > 0


@pytest.mark.parametrize("name", bench_pages.FIELDS)
def test_facts_of_the_bench(bench, name):
    found = bench[False].fields[name] + bench[True].fields[name]
    assert len(found) >= 30
    assert sum(found) / len(found) >= 0.95


def test_how_the_bench_counts():
    """Five words are read, four of them the story's, which has six; a line that may be left out counts neither way."""
    one = bench_pages.Page("a", "", "It may rain.\nThe vote fails.", ("By Ann Reed",), {}, False, False)
    assert bench_pages.compare("By Ann Reed\nIt may rain. Share\nThe", one) == (
        5,
        4,
        6,
        ["too much: share", "missing:  vote fails"],
    )


# ---------------------------------------------------------------- what is no text


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="newsletter-box"><h3>The Echo in your inbox</h3><p>All our stories at seven. Every day.</p></div>',
        '<aside><h2>Related</h2><p><a href="/x">Harbour board sells its tug</a></p></aside>',
        '<p><strong>READ MORE: <a href="/x">Harbour board sells its tug after forty years</a></strong></p>',
        '<p><a href="/x">Harbour board sells its tug after forty years</a></p>',
        "<p><b>More:</b> <a href='/x'>Here's what we know about the harbour</a></p>",
        '<h4>Don\'t Miss</h4><ul><li><a href="/x">Gull steals wig</a></li><li><a href="/y">Man, 90, rows</a></li></ul>',
        '<figure><img src="a.jpg"><figcaption>The slipway at noon. Photo: Hal Brooke</figcaption></figure>',
        '<div class="pic"><img src="a.jpg"><div>The slipway at noon</div></div>',
        "<p>The slipway at noon. (Photo: Hal Brooke/The Echo)</p>",
        '<div role="complementary"><p>You may like our tide tables, which are printed every spring.</p></div>',
        '<p>Sign up for <a href="/n">our newsletter</a> to read about the coast.</p>',
        "<p>Advertisement</p>",
        '<section id="comments"><p>Use a helicopter, I say. They have had ten years to think of it.</p></section>',
        '<p aria-hidden="true">“We would rather stop”</p>',
        "<p>© 2024 The Ennis Echo. All rights reserved.</p>",
    ],
)
def test_furniture_inside_an_article_is_left_out(furniture):
    assert read(page(furniture))[0].text == STORY


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<p>No one was hurt.</p>", "No one was hurt."),
        ("<h3>Club statement</h3><blockquote><p>The club will say no more.</p></blockquote>", None),
        (
            "<p>Photos from the island showed people on the beach.</p>",
            "Photos from the island showed people on the beach.",
        ),
        ("<p>The report was published by the board on Monday.</p>", "The report was published by the board on Monday."),
        ("<p>Read more books and you will find the money, one placard said.</p>", None),
        ("<p>By Friday the water had risen by a foot.</p>", "By Friday the water had risen by a foot."),
        ('<p>The <a href="/x">survey of the piles that was paid for in 2019</a> found cracks.</p>', None),
        ("<ul><li>The piles are cracked.</li><li>Repairs were put off twice.</li></ul>", None),
        ("<p>Support for the plan is low, a member of the board told us.</p>", None),
        (
            '<p class="share-of-text">Islanders own a share of the ferry, and many of them said on Friday that '
            "they would rather sell it to the county than see it rot at the quay.</p>",
            None,
        ),
    ],
)
def test_text_that_looks_like_furniture_is_kept(inside, text):
    found = read(page(inside))[0].text
    assert found.startswith(f"{LEAD}\n{MORE}\n")
    assert found.endswith(f"\n{LAST}")
    middle = found[len(LEAD) + len(MORE) + 2 : -len(LAST) - 1]
    assert (
        middle == text
        if text
        else bench_pages.words_of(middle) == bench_pages.words_of(bench_pages.re.sub("<[^>]*>", " ", inside))
    )


def test_a_post_and_a_tooltip():
    post = (
        '<div class="embed-box"><blockquote class="twitter-tweet"><p>See you all on Friday.</p>— Peg (@peg) May 7'
        "</blockquote></div><p>It may be a <span class='tip'>drought order"
        "<span role='tooltip'>An order of a court.</span></span>, she said.</p>"
    )
    assert read(page(post))[0].text == (
        f"{LEAD}\n{MORE}\nSee you all on Friday.\n— Peg (@peg) May 7\nIt may be a drought order, she said.\n{LAST}"
    )


def test_a_page_that_loads_the_next_article():
    next_one = f"<p>{MORE.replace('Line', 'Bus')}</p><p>{LEAD.replace('ferry', 'bus')}</p>"
    after = f"<article><h1>Buses may stop</h1>{next_one}</article>"
    assert read(page("", after=after))[0].text == STORY


def test_a_long_thread_of_comments_is_no_article():
    after = "".join(
        f"<p>I have said so {n} times, and nobody on that board of ours has listened to me yet.</p>" for n in range(60)
    )
    assert read(page("", after=f'<div class="comments-area">{after}</div>'))[0].text == STORY


def test_names_of_boxes_do_not_hide_an_article():
    """Classes of a post name its subject: a story about cookies and comments is no box of either."""
    whole = page("").replace("<article>", '<article class="post hentry tag-cookies category-comment">')
    assert read(whole)[0].text == STORY
    whole = (
        page("")
        .replace("<article>", '<article><div class="sponsored promo">')
        .replace("</article>", "</div></article>")
    )
    assert read(whole)[0].text == STORY


# ---------------------------------------------------------------- what the page says of itself


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Roe, Senior Reporter", ["Jane Roe"]),
        ("Words: Joss Reed | Pictures editor", ["Joss Reed"]),
        ("VERA SOLT Redwater News Agency", ["Vera Solt"]),
        ("By Kim Ostler and Jordan Valois, ICN", ["Kim Ostler", "Jordan Valois"]),
        ("Political Editor Ann O’Day; Ben van der Roy", ["Ann O’Day", "Ben van der Roy"]),
        ("By Bex Crowe For Tarn Online", ["Bex Crowe"]),
        ("admin", []),
        ("Staff Writer", []),
        ("Reuters", []),
        ("https://example.org/people/7", []),
        ("", []),
    ],
)
def test_authors_without_their_roles(line, names):
    assert authors_in(line, ["ICN"]) == names


def test_an_address_or_a_handle_is_no_outlet():
    assert outlet_of(["www.example.org", "@echo", "The Ennis Echo"]) == "The Ennis Echo"
    assert outlet_of(["ennisecho.example"]) is None
    assert outlet_of(["Ferry may stop"], not_these=["Ferry may stop"]) is None
    assert is_host("https://www.example.org/")
    assert not is_host("St. Ennis")


def test_facts_are_found_where_pages_have_them():
    article, told = read(page("", before='<a href="/"><img alt="The Ennis Echo"></a>'))
    assert (article.title, article.outlet, article.byline, told) == ("Ferry may stop", "The Ennis Echo", None, [])
    head = data(author=[{"name": "Ida Wren"}, {"name": "Al Fox"}])
    assert read(page("", head=head))[0].byline == "Ida Wren, Al Fox"
    byline = page("").replace(
        "</h1>", '</h1><p class="byline">By <a rel="author">Ida Wren</a>, Harbour Correspondent</p>'
    )
    assert read(byline)[0].byline == "Ida Wren"
    byline = page("").replace("</h1>", "</h1><p>By Ida Wren, Harbour Correspondent</p><p>7 May 2024</p>")
    article = read(byline)[0]
    assert (article.byline, article.published, article.text) == ("Ida Wren", "2024-05-07", STORY)


def test_an_agency_is_not_the_outlet_of_a_paper_that_carries_its_copy():
    agency = {"name": "Redwater News Agency"}
    head = '<link rel="canonical" href="https://agency.example/1">'
    head += data(headline="Ferry may stop", publisher=agency, provider=agency)
    article = read(page("", head=head, before='<a href="/" class="logo">The Ennis Echo</a>'))[0]
    assert article.outlet == "The Ennis Echo"


def test_a_site_name_is_no_part_of_the_title():
    head = '<meta property="og:title" content="Ferry may stop - The Ennis Echo">'
    head += '<meta property="og:site_name" content="The Ennis Echo">'
    assert read(page("", head=head).replace("<h1>Ferry may stop</h1>", ""))[0].title == "Ferry may stop"


# ---------------------------------------------------------------- pages without an article


def test_the_beginning_of_an_article_is_told():
    gate = '<div class="gate"><p>To continue reading, subscribe</p><p>Already a subscriber? Log in</p></div>'
    article, told = read(page("", after=gate))
    assert article.text == STORY
    assert len(told) == 1
    assert told[0].startswith("a.html: this page has only 59 words and says that the rest is for subscribers")


def test_what_a_page_only_has_in_its_data_is_read():
    whole = " ".join(["The ferry may stop, and nobody on the island knows when it will start again."] * 20)
    assert read(page("", head=data(headline="x", articleBody=whole)))[0].text == whole


@pytest.mark.parametrize(
    ("wall", "reason"),
    [
        (
            "<h1>Before you continue</h1><p>We use cookies and personal data. If you click Accept all, our partners "
            "will store and/or access information on a device, too.</p><button>Reject all</button>",
            "asks for consent",
        ),
        (
            "<p>Please enable JavaScript to view this page. Checking your browser before you go on.</p>",
            "asks for scripts",
        ),
    ],
)
def test_a_wall_is_no_article(wall, reason):
    with pytest.raises(ArticleError, match=reason):
        read(f"<html><head><title>x</title></head><body>{wall}</body></html>")


# ---------------------------------------------------------------- any page


TAGS = [
    "p",
    "div",
    "a href='/'",
    "blockquote class='twitter-tweet'",
    "h1",
    "h2",
    "ul",
    "li",
    "br",
    "figure",
    "table",
    "td",
]
TAGS += [
    "span class='tooltip'",
    "aside",
    "article",
    "div class='byline'",
    "div id='comments'",
    "img",
    "script",
    "time",
    "nav",
]
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag.split()[0]}>" for tag in TAGS]),
    st.sampled_from(
        [LEAD, MORE, "By Jane Roe", "7 May 2024", "Read more", "© 2024 X", "&#0;", "&nbsp;", "<!--", "-->", "<![CDATA["]
    ),
    st.text(max_size=12),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40), st.text(max_size=30))
def test_any_page_is_read_or_refused(pieces, data):
    whole = f"<script type='application/ld+json'>{data}</script>{''.join(pieces)}"
    whole = whole.encode("utf-8", "replace").decode().replace("\0", "")
    try:
        article, _ = read(whole)
    except ArticleError:
        return
    for value in (article.title, article.outlet, article.byline):
        assert value is None or value == clean_line(value)
    known = set(bench_pages.words_of(bench_pages.html.unescape(bench_pages.re.sub("<[^>]*>", " ", whole))))
    assert known or not article.text.strip()


def test_a_short_article_about_privacy_is_no_wall():
    inside = (
        "<p>The law asks for transparency. A legitimate interest is not enough to share personal data with partners, "
        "the regulator said, and the use of cookies has to be agreed to.</p>"
        "<p>It may fine those who make people solve a CAPTCHA first.</p>"
    )
    article, told = read(page(inside))
    assert "a CAPTCHA first" in article.text
    assert told == []


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        ('<aside class="pullquote"><p>The board regrets the cracks and will meet islanders.</p></aside>', True),
        ('<div class="pull-quote">would rather stop than have an accident</div>', False),
    ],
)
def test_what_is_pulled_out_of_the_text_is_not_read_twice(box, kept):
    found = read(page(box))[0].text
    pulled = "The board regrets the cracks and will meet islanders.\n" if kept else ""
    assert found == STORY.replace(LAST, pulled + LAST)


SAID = "<p>The vote may be delayed, the council said on Monday, and the bridge will stay closed until then.</p>" * 3


@pytest.mark.parametrize(
    ("above", "byline"),
    [
        ("<p>Ana Silva and Ben Roy</p><p>Wed 5 May 2021 10.12 BST</p>", "Ana Silva, Ben Roy"),
        ("<div>Submitted by <span>Ana Silva</span> on Wed, 05/05/2021 - 10:12</div>", "Ana Silva"),
        ("<font>By ANA SILVA<br>Courier Staff Writer</font>", "Ana Silva"),
    ],
)
def test_writers_and_days_in_lines_of_other_systems(above, byline):
    title = "Harbour vote is delayed again"
    page = f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1>{above}{SAID}"
    found = extract_here(page)
    assert ", ".join(found["byline"]) == byline
    assert found["text"].splitlines()[0].startswith("The vote may be")
