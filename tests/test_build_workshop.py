"""The workshop folder: whole, readable without a network, true to the texts, and easy to read."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from browser import CHROMIUM, barriers, needs_browser, wait_for

import build_workshop
from analysis import load_articles
from analysis.teaching.exercises import load_exercises, load_forms

VOID = {"meta", "br", "input", "hr", "link", "img"}


class Page(HTMLParser):
    """What the checks need of a page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.ids, self.stack, self.skip = [], [], [], [], 0
        self.sheet, self.lang, self.headings = "", None, []
        self.feed(html)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        self.links += [v for k, v in attributes.items() if k in ("href", "src")]
        self.ids += [attributes["id"]] if "id" in attributes else []
        if tag == "html":
            self.lang = attributes.get("lang")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.stack.append((tag, attributes.get("class", "")))

    def handle_endtag(self, tag):
        assert self.stack.pop()[0] == tag

    def handle_data(self, data):
        classes = [c for _, c in self.stack]
        if "sheet" in classes and "no" not in classes and "label" not in classes:
            self.sheet += data


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("workshop") / "workshop"
    build_workshop.build(out)
    return out


def test_the_folder_has_its_pages_and_every_link_leads_to_one(folder):
    pages = {path: Page(path.read_text("utf-8")) for path in folder.rglob("*.html")}
    # prose and index, two in large print, slides, the test with its key; four for each text, three for the others
    assert len(pages) == 12 + 2 + 2 + 3 + 4 * 7 + 3 * 9
    for path, page in pages.items():
        for link in page.links:
            target, _, fragment = link.partition("#")
            goal = (path.parent / target).resolve() if target else path
            assert goal.is_file(), (path.name, link)
            assert not fragment or fragment in pages[goal if target else path].ids, (path.name, link)


def test_the_page_that_reads_articles_is_on_the_index_and_in_the_guide(folder, tmp_path):
    assert not any("close-reading" in path.read_text("utf-8") for path in folder.glob("*.html"))
    build_workshop.build(tmp_path / "workshop", close_reading="<!DOCTYPE html><title>The page</title>")
    assert (tmp_path / "workshop/close-reading.html").read_text("utf-8") == "<!DOCTYPE html><title>The page</title>"
    for name in ("index", "facilitators-guide"):
        page = Page((tmp_path / f"workshop/{name}.html").read_text("utf-8"))
        assert page.links.count("close-reading.html") == 1


def test_every_page_can_be_read_by_anybody(folder):
    for path in folder.rglob("*.html"):
        html = path.read_text("utf-8")
        page = Page(html)
        tags = [tag for tag, _ in page.tags]
        assert page.lang == "en"
        assert tags.count("main") == tags.count("h1") == tags.count("title") == 1, path.name
        assert all(b - a <= 1 for a, b in pairwise(page.headings)), path.name
        assert all("scope" in attributes for tag, attributes in page.tags if tag == "th")
        assert len(page.ids) == len(set(page.ids))
        assert "Content-Security-Policy" in html
        assert not re.search(r"https?://|//cdn|@import|url\(", html), path.name


def test_worksheets_hold_the_whole_text_and_the_unmarked_ones_no_mark(folder):
    for article in load_articles(build_workshop.TEXTS):
        plain = (folder / f"worksheets/{article.doc_id}.html").read_text("utf-8")
        marked = (folder / f"worksheets/{article.doc_id}-marked.html").read_text("utf-8")
        assert "".join(Page(plain).sheet.split()) == "".join(article.text.split())
        assert "".join(Page(marked).sheet.split()) == "".join(article.text.split())
        assert "<mark" not in plain
        assert "Your tasks" in plain
        assert marked.count("<mark") > 5
        assert "do not exist" in plain
        assert "do not exist" in marked


def test_the_guide_tells_what_was_measured(folder):
    html = (folder / "facilitators-guide.html").read_text("utf-8")
    assert "{{" not in html
    rows = [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", html, re.S)]
    measured = [row for row in rows if len(row) == 8]
    assert [tuple(row[:2]) for row in measured[:2]] == [("source", "exact"), ("source", "overlap")]
    assert len(measured) == 2 * 14  # two ways of matching for each of the seven layers, for both sets of texts
    assert [row[3] for row in measured[14:] if row[1] == "exact"] == ["43", "47", "50", "30", "3", "4", "44"]
    hedges = next(row for row in measured if row[:2] == ["hedge", "exact"])
    assert hedges[3] == "77"  # in the keys
    assert len([row for row in rows if len(row) == 4 and row[0].startswith("Text ")]) == 7
    assert ["340", "2.3 minutes"] in [row[1:] for row in rows]  # text 1: 340 words at 150 a minute
    assert "150 words a minute" in html
    assert "have not timed it in a classroom" in html


def test_the_plans_fill_their_minutes():
    guide = (build_workshop.SOURCE / "facilitators-guide.md").read_text("utf-8")
    for minutes in (45, 90):
        plan = guide.split(f"## Plan for {minutes} minutes")[1].split("\n## ")[0]
        spans = [tuple(map(int, span)) for span in re.findall(r"^\| (\d+)–(\d+) \|", plan, re.M)]
        assert spans[0][0] == 0
        assert spans[-1][1] == minutes
        assert all(a[1] == b[0] for a, b in pairwise(spans))


def test_the_plans_leave_time_to_read_and_to_talk():
    """The minutes that a row gives to reading hold its texts at 150 words a minute, and more is left to talk."""
    guide = (build_workshop.SOURCE / "facilitators-guide.md").read_text("utf-8")
    words = {a.doc_id[0]: len(a.text.split()) for a in load_articles(build_workshop.TEXTS)}
    rows = re.findall(r"^\| (\d+)–(\d+) \| .+ \| (.+?) \| (.+?) \|$", guide, re.M)
    assert len(rows) == 7 + 9
    for start, end, material, reading in rows:
        texts = re.findall(r"\d", material) if material.startswith("text") else []
        each = [words[n] / build_workshop.ALOUD for n in texts]
        needed = max(each, default=0) if " or " in material else sum(each)
        assert needed <= (0 if reading == "–" else float(reading)) <= (int(end) - int(start)) / 2, (start, end)


def test_both_plans_and_the_checklist_leave_the_page():
    guide = (build_workshop.SOURCE / "facilitators-guide.md").read_text("utf-8")
    for minutes in (45, 90):
        assert "Leave the page" in guide.split(f"## Plan for {minutes} minutes")[1].split("\n## ")[0]
    assert "What do others say" in (build_workshop.SOURCE / "checklist.md").read_text("utf-8")


def test_the_guide_quotes_the_texts_as_they_are():
    """What is read out in "Leave the page" stands in the texts."""
    part = (build_workshop.SOURCE / "facilitators-guide.md").read_text("utf-8").split("## Leave the page")[1]
    texts = " ".join(a.text for a in load_articles(build_workshop.TEXTS))
    quoted = [q for q in re.findall(r"“([^”]{20,})”", part.split("\n## ")[0]) if not q.startswith("Lateral")]
    assert len(quoted) == 2
    for words in quoted:
        assert words.replace("‘", "“").replace("’.", "”.").replace("’ in", "” in") in texts.replace("\n", " "), words


def test_the_word_list_is_in_order_and_explains_each_word_once():
    rows = re.findall(
        r"^\| \*\*(.+?)\*\* \| (.+?) \| (.+?) \|$", (build_workshop.SOURCE / "words.md").read_text("utf-8"), re.M
    )
    words = [row[0].lower() for row in rows]
    assert len(words) >= 30
    assert words == sorted(set(words))
    for _, meaning, example in rows:
        assert len(meaning.split()) <= 12
        assert len(example.split()) <= 12


def test_large_print_is_large_and_holds_the_same_words(folder):
    for article in load_articles(build_workshop.TEXTS):
        html = (folder / f"worksheets/{article.doc_id}-large.html").read_text("utf-8")
        assert "<body class=large>" in html
        assert "font-size: 18pt" in html
        assert "".join(Page(html).sheet.split()) == "".join(article.text.split())


def test_handouts_for_participants_are_easy_to_read():
    levels = build_workshop.reading_levels(build_workshop.handouts()).set_index("handout")
    for name in ("Checklist", "How to mark a text", "Who could have been asked?", "Tasks of the worksheets"):
        assert levels.loc[name, "words"] > 100
        assert levels.loc[name, "flesch_kincaid_grade"] < 6, name
    assert levels.loc["Facilitator’s guide", "flesch_reading_ease"] > 60


def test_two_runs_write_the_same_bytes_and_foreign_files_are_left_alone(folder, tmp_path):
    before = {path.name: path.read_bytes() for path in folder.rglob("*.html")}
    build_workshop.build(folder)
    assert {path.name: path.read_bytes() for path in folder.rglob("*.html")} == before
    (tmp_path / "thesis.txt").write_text("Mine.", "utf-8")
    with pytest.raises(SystemExit, match="were not made by this command"):
        build_workshop.build(tmp_path)
    assert (tmp_path / "thesis.txt").read_text("utf-8") == "Mine."


@needs_browser
@pytest.mark.parametrize(
    "page",
    [
        "index",
        "facilitators-guide",
        "curriculum",
        "slides-45",
        "test-form-a",
        "worksheets/accident-1-alert-marked",
        "checklist",
        "marking",
        "words-large",
        "rubric",
        "who-could-have-been-asked",
        "who-could-have-been-asked-answers",
        "worksheets/4-scoop",
        "worksheets/4-scoop-large",
        "worksheets/4-scoop-marked",
        "texts/4-scoop",
    ],
)
def test_no_barriers_on_each_kind_of_page(folder, tmp_path, page):
    assert barriers((folder / f"{page}.html").read_text("utf-8"), tmp_path) == []


@needs_browser
@pytest.mark.parametrize(
    "page",
    [
        "index",
        "facilitators-guide",
        "words-large",
        "who-could-have-been-asked",
        "curriculum",
        "slides-90",
        "your-own-set",
    ],
)
def test_pages_fit_a_phone(folder, page):
    with CHROMIUM.tab((360, 640)) as tab:
        tab.call("Page.navigate", url=(folder / f"{page}.html").as_uri())
        wait_for(page, lambda: tab.run("document.readyState") == "complete")
        assert tab.run("document.documentElement.scrollWidth") <= 360


def test_cells_carry_the_heading_of_their_column():
    html = build_workshop.to_html("| a | b |\n|---|---|\n| 1 | 2 |")
    assert '<td data-label="a">1</td>' in html
    assert '<td data-label="b">2</td>' in html
    assert "data-label" not in html.split("</thead>")[0]


def test_slides_follow_the_plans():
    for minutes, count in ((45, 9), (90, 14)):
        markdown = build_workshop.source_of(f"slides-{minutes}")
        assert build_workshop.slides(markdown).count('<section class="slide">') == count
        assert "Leave the page" in markdown
        assert max(len(part.split()) for part in markdown.split("---")) <= 45  # a slide is read from the back of a room


def test_the_test_to_print_has_every_question_and_no_key(folder):
    for form in load_forms():
        html = (folder / f"test-{form.id}.html").read_text("utf-8")
        assert html.count('<li class="task">') == 12
        assert html.count("<ul class") == 12
    key = (folder / "test-key.html").read_text("utf-8")
    assert '<td data-label="form A">Mara Finn</td>' in key
    assert '<td data-label="form B">Hanna Mace</td>' in key


def test_twelve_questions_cover_what_the_outcomes_say():
    curriculum = build_workshop.source_of("curriculum")
    named = re.findall(r"^\| L\d+ \| .* \| (.+?) \|$", curriculum, re.M)
    assert sorted(int(n) for row in named for n in re.findall(r"\d+", row)) == list(range(1, 13))


def test_every_exercise_and_notebook_is_in_the_map_of_frameworks():
    curriculum = build_workshop.source_of("curriculum")
    for exercise in load_exercises():
        assert re.search(rf"^\| {int(exercise.id[:2])} {re.escape(exercise.title[:10])}", curriculum, re.M), exercise.id
    for path in (build_workshop.ROOT / "notebooks").glob("*.ipynb"):
        assert f"| {path.stem.replace('-', ' ')} |" in curriculum, path.stem


def test_a_set_of_your_own(tmp_path):
    """What docs/workshop/your-own-set.md shows works as it stands there."""
    guide = build_workshop.source_of("your-own-set")
    text, key = re.findall(r"^```\n(.*?)^```", guide, re.M | re.S)[:2]
    (tmp_path / "mine/keys").mkdir(parents=True)
    (tmp_path / "mine/.separate").touch()
    (tmp_path / "mine/1-alert.md").write_text(text, "utf-8")
    (tmp_path / "mine/keys/1-alert.toml").write_text(key, "utf-8")
    made = build_workshop.build_set(tmp_path / "out", tmp_path / "mine")
    assert {path.relative_to(tmp_path / "out").as_posix() for path in made} == {
        build_workshop.STAMP, "index.html", "compared.html", "worksheets/1-alert.html",
        "worksheets/1-alert-marked.html", "texts/1-alert.html",
    }  # fmt: skip
    marked = (tmp_path / "out/worksheets/1-alert-marked.html").read_text("utf-8")
    assert '<span class="source">the council</span>' in marked
    assert '<mark class="hedge">may</mark>' in marked
    compared = (tmp_path / "out/compared.html").read_text("utf-8")
    assert "2 disagreements." in compared  # the cue of the key is "declined to say", that of the rules "declined"
    assert "hedge:" not in compared
    (tmp_path / "mine/1-alert.md").write_text(text.replace("may stay closed", "may perhaps stay closed"), "utf-8")
    with pytest.raises(
        SystemExit, match=r"keys/1-alert\.toml: attribution 'council'.*does not contain 'The hall may stay"
    ):
        build_workshop.build_set(tmp_path / "out", tmp_path / "mine")
    key = key.replace("The hall may stay", "The hall may perhaps stay")
    (tmp_path / "mine/keys/1-alert.toml").write_text(key, "utf-8")
    build_workshop.build_set(tmp_path / "out", tmp_path / "mine")  # its own folder is replaced
    compared = (tmp_path / "out/compared.html").read_text("utf-8")
    assert "3 disagreements." in compared
    assert "perhaps <small>possibility</small>" in compared
    (tmp_path / "mine/2-report.md").write_text(text, "utf-8")
    with pytest.raises(SystemExit, match=r"2-report\.md has no key; write .*keys/2-report\.toml, or move the text"):
        build_workshop.build_set(tmp_path / "out", tmp_path / "mine")
    (tmp_path / "mine/2-report.md").unlink()
    with pytest.raises(SystemExit, match="holds files that were not made by this command"):
        build_workshop.build_set(tmp_path / "mine", tmp_path / "mine")


def test_the_events_are_invented_and_each_text_has_its_key():
    texts = [a for name in build_workshop.EVENT_TITLES for a in load_articles(build_workshop.EVENTS / name)]
    assert len(texts) == 9
    assert all("do not exist" in path.read_text("utf-8") for path in build_workshop.EVENTS.glob("*/*.md"))
    by_id = {article.doc_id: build_workshop.key_of(article.path) for article in texts}
    denial = by_id["transfer-2-denial"]
    assert [denial.text[s:e] for a in denial.attributions for s, e in a.cue] == [
        "denied", "told", "did not say", "said", "have repeatedly said",
    ]  # fmt: skip
    correction = by_id["accident-3-correction"]
    assert [correction.text[m.start : m.end] for m in correction.markers] == ["seems", "Perhaps", "likely"]
