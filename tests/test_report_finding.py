"""What a reader finds in a report and takes from it: the search in a browser, many articles, the report on paper."""

import csv
import json
import re
import unicodedata

import pandas as pd
import pytest
from browser import CHROMIUM, barriers, needs_browser, run, wait_for
from helpers import make_document

from analysis import annotate
from analysis.cli import main
from analysis.figures.amounts import percent
from analysis.report import write_report
from analysis.report.exports import find_browser
from analysis.report.texts import INSIDE
from analysis.text.article import Article
from analysis.text.vocabulary import CATEGORIES

HOSTILE = "<img src=x onerror=alert(1)>"
FEW = ("voices",)
MANY = INSIDE + 2

needs_pdf = pytest.mark.skipif(find_browser() is None, reason="no Chromium is installed (apt-get install chromium)")


def article(number, more=""):
    text = (
        f"The bridge may stay shut, Ann Reed, a police officer, said on day {number}. "
        "Café owners are unlikely to reopen.\n\n"
        f"“We lost {number} tables,” said Tom Cole. {more}"
    )
    return Article(text, doc_id=f"day-{number}", title=f"Day {number}", outlet="The Invented Post")


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """Three articles: the page holds everything."""
    out = tmp_path_factory.mktemp("few")
    documents = [annotate(article(n)) for n in (1, 2)] + [annotate(article(3, f"It may be {HOSTILE} here."))]
    write_report(documents, out, figures=FEW)
    return out


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """More articles than the page holds."""
    out = tmp_path_factory.mktemp("many")
    write_report([annotate(article(n)) for n in range(1, MANY + 1)], out, figures=FEW)
    return out


ASK = """
  const ask = (id, value) => {
    const field = document.getElementById("find-" + id);
    field.value = value;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    return new Promise((done) => setTimeout(done, 400));
  };
  const rows = () => Array.from(document.querySelectorAll("#find tbody tr"), (row) =>
    Array.from(row.cells, (cell) => cell.textContent));
  const said = () => document.querySelector("#find [role=status]").textContent;
"""


@needs_browser
def test_words_are_found_in_their_context_whatever_their_case_and_accents(few, tmp_path):
    page = (few / "index.html").read_text("utf-8")
    script = """
      await ask("words", "CAFE owners");
      const found = [said(), rows(), document.querySelector("#find tbody a").getAttribute("href")];
      await ask("words", "afe");                                   // not in the middle of a word
      return [...found, said()];
    """
    told, rows, href, nothing = run(page, ASK + script, tmp_path)
    assert told == "3 places in 3 of 3 articles."
    assert rows[0] == ["1", "2", "", "Café owners", " are unlikely to reopen."]
    assert href == "#r1-s2"
    assert f'id="{href[1:]}"' in page
    assert nothing.startswith("Nothing was found: no sentences")


@needs_browser
def test_filters_hold_together_and_hostile_text_stays_text(few, tmp_path):
    script = f"""
      await ask("lens", "markers");
      await ask("category", "possibility");
      const all = rows().map((row) => row[3]);
      await ask("article", "3. Day 3");
      const third = rows().map((row) => row.slice(1, 5));
      await ask("source", "ann");
      const ann = rows().map((row) => row[3]);
      await ask("source", ""); await ask("category", ""); await ask("lens", "sentences");
      await ask("words", {json.dumps(HOSTILE[:8])});
      return [all, third, ann, rows(), document.querySelectorAll("img[onerror]").length];
    """
    page = (few / "index.html").read_text("utf-8")
    marks, third, ann, hostile, images = run(page, ASK + script, tmp_path)
    assert marks == ["may", "may", "may", "may"]  # one in each article, and one beside the hostile text
    assert third == [
        ["1", "The bridge", "may", "stay shut, Ann Reed, a police officer, said on day 3."],
        ["4", "It", "may", f"be {HOSTILE} here."],
    ]
    assert ann == ["may"]
    assert hostile == [["3", "4", "It may be ", "<img src", "=x onerror=alert(1)> here."]]
    assert images == 0


@needs_browser
def test_lines_are_sorted_by_what_follows_and_saved_as_a_safe_table(few, tmp_path):
    script = """
      await ask("lens", "attributions");
      const who = rows().map((row) => row[2]);
      await ask("lens", "sentences");
      await ask("words", "said");
      await ask("sort", "after");
      const after = rows().map((row) => row[4]);
      let saved = null;
      URL.createObjectURL = (blob) => { saved = blob; return "#"; };
      document.querySelector("#find [data-do=save]").click();
      return [who, after, await saved.text()];
    """
    who, after, saved = run((few / "index.html").read_text("utf-8"), ASK + script, tmp_path)
    assert who == ["Ann Reed", "Tom Cole"] * 3
    assert after == [" on day 1.", " on day 2.", " on day 3.", " Tom Cole.", " Tom Cole.", " Tom Cole."]
    rows = list(csv.reader(saved.splitlines()))
    assert rows[0] == ["article", "sentence", "before", "words", "after"]
    assert [row[3] for row in rows[1:]] == ["said"] * 6


@needs_browser
@pytest.mark.parametrize("media", [{}, {"prefers-color-scheme": "dark"}, {"forced-colors": "active"}])
def test_the_page_has_no_barriers(few, tmp_path, media):
    page = (few / "index.html").read_text("utf-8")
    first = ASK + 'await ask("words", "may");'
    assert barriers(page, tmp_path, size=(1280, 900), media=media, first=first) == []


def test_of_many_articles_each_has_a_page_and_all_links_lead_somewhere(many):
    index = (many / "index.html").read_text("utf-8")
    pages = sorted(path.name for path in (many / "texts").glob("*.html"))
    assert pages == [f"{n:04}.html" for n in range(1, MANY + 1)]
    assert 'class="text"' not in index
    targets = {}
    for link in set(re.findall(r'href="(texts/[^"]*)"', index)):
        file, _, anchor = link.partition("#")
        targets.setdefault(file, (many / file).read_text("utf-8"))
        assert not anchor or f'id="{anchor}"' in targets[file], link
    assert len(targets) == MANY
    second = (many / "texts/0002.html").read_text("utf-8")
    assert {"../index.html", "0001.html", "0003.html"} <= set(re.findall(r'href="([^"#]+)"', second))
    assert "<style" not in second
    assert "Café owners" in second
    manifest = json.loads((many / "manifest.json").read_text("utf-8"))
    assert {"texts/0001.html", "texts/reading.css"} <= set(manifest["files"])


def test_a_smaller_report_takes_the_pages_of_a_larger_one_away(tmp_path):
    documents = [make_document("It rained.", doc_id=str(n)) for n in range(MANY)]
    write_report(documents, tmp_path, figures=FEW)
    assert (tmp_path / "texts/0001.html").exists()
    (tmp_path / "texts/mine.html").write_text("mine")
    write_report(documents[:2], tmp_path, figures=FEW)
    assert [path.name for path in (tmp_path / "texts").iterdir()] == ["mine.html"]


@pytest.mark.usefixtures("quick_reports")
def test_more_processes_write_the_same_bytes(tmp_path):
    """Twenty articles, in two batches, with one that is left out among them."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(20):
        (folder / f"{n:02}.txt").write_text(f"Ann Reed said {n} times that it may rain.", "utf-8")
    (folder / "05.txt").write_text("Der Bürgermeister sagte am Montag, dass die Brücke gesperrt bleibt. " * 5, "utf-8")
    for jobs in ("1", "2"):
        assert main(["report", str(folder), "--out", str(tmp_path / jobs), "--jobs", jobs]) == 1  # one is left out
    one, two = (
        {
            path.relative_to(tmp_path / jobs): path.read_bytes()
            for path in (tmp_path / jobs).rglob("*")
            if path.is_file()
        }
        for jobs in ("1", "2")
    )
    assert one == two
    assert pd.read_csv(tmp_path / "2/tables/articles.csv", dtype="str")["doc_id"].tolist() == [
        f"{n:02}" for n in range(20) if n != 5
    ]


@needs_browser
def test_what_lies_beside_the_page_is_found_from_a_disk(many, monkeypatch, tmp_path):
    """The page of a report whose rows are in data/, opened as a file: the search loads them, a text has its style."""
    monkeypatch.setattr("analysis.report.index_page.GIVEN", 1000)
    write_report([annotate(article(n)) for n in range(1, MANY + 1)], tmp_path, figures=FEW)
    assert "data/sentences.js" in json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]
    with CHROMIUM.tab((1280, 900)) as tab:
        tab.call("Page.navigate", url=(tmp_path / "index.html").as_uri())
        wait_for("the page", lambda: tab.run("Boolean(document.querySelector('#find') && !find.hidden)"))
        tab.run("{const w = document.getElementById('find-words'); w.focus(); w.value = 'Café'; "
                "w.dispatchEvent(new Event('input', {bubbles: true}))}")  # fmt: skip
        wait_for("the rows", lambda: tab.run("document.querySelectorAll('#find tbody tr').length") == MANY)
        assert tab.run("document.querySelector('#find tbody a').getAttribute('href')") == "texts/0001.html#r1-s2"
        tab.call("Page.navigate", url=(tmp_path / "texts/0002.html").as_uri())
        wait_for("the text", lambda: tab.run("Boolean(document.querySelector('.reading.live'))"))
        assert tab.run("getComputedStyle(document.querySelector('.voice')).borderBottomWidth") == "2px"


@needs_pdf
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_pdf_holds_every_number_of_its_tables_and_the_texts(tmp_path, paper):
    pypdf = pytest.importorskip("pypdf")
    documents = [annotate(article(n, "It may rain, officials said." * (n % 3))) for n in range(1, 9)]
    write_report(documents, tmp_path, formats=("html", "pdf"), figures=FEW, paper=paper)
    pages = pypdf.PdfReader(tmp_path / "report.pdf").pages
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == ([595, 842] if paper == "a4" else [612, 792])
    words = packed("".join(page.extract_text() for page in pages))

    def holds(*cells):
        return packed("".join(cells)) in words

    def rows(name):
        return pd.read_csv(tmp_path / f"tables/{name}.csv").to_dict("records")

    for doc_id, mine in pd.read_csv(tmp_path / "tables/comparison.csv").groupby("doc_id"):
        cells = []
        for row in mine.to_dict("records"):
            show = percent if row["unit"] == "share" else "{:.1f}".format
            interval = [show(row["low"]), "to", show(row["high"])] if row["low"] == row["low"] else []
            cells += [show(row["value"]) if row["value"] == row["value"] else "–", *interval]
        assert holds(*cells), (doc_id, cells)
    for row in rows("attributions"):
        assert holds(row["attribution_id"], row["voice"]), row["attribution_id"]
    for row in rows("markers"):
        assert holds(str(row["sentence_id"]), row["text"], CATEGORIES[row["category"]].name), row
    for row in rows("entity_frequency"):
        assert holds(row["name"], row["label_name"], str(row["n_mentions"]), percent(row["share"])), row["name"]
    for n in range(1, 9):  # what is folded on the screen is open
        assert holds(f"“We lost {n} tables,”")


def packed(text):
    """Without white space, and with the letters of ligatures."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
