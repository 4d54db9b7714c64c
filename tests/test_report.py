"""The report: all its files, safe and self-contained, and the same bytes each time."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from helpers import ROOT, gold_document, make_document

from analysis.report import figures_for, to_csv, write_report
from analysis.tables import SCHEMAS

# Of one article all but the ruler: the hand annotation has no word of probability that a rule found.
DRAWN = [figure.name for figure in figures_for(1) if figure.name != "probability_ruler"]


class Page(HTMLParser):
    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.words = [], []
        self.feed(html)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("report") / "new" / "folder"
    assert write_report(gold_document(), out) == out / "index.html"
    return out


@pytest.fixture(scope="module")
def page(folder):
    return Page((folder / "index.html").read_text("utf-8"))


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_folder_has_page_figures_tables_and_manifest(folder):
    files = set(contents(folder))
    assert {"index.html", "manifest.json"} < files
    assert {f"figures/{name}.{suffix}" for name in DRAWN for suffix in ("svg", "png", "csv")} < files
    names = (
        *SCHEMAS,
        "readability",
        "shares",
        "words_by_voice",
        "sourcing",
        "sources",
        "how_known",
        "how_known_by_sentence",
    )
    assert {f"tables/{name}.csv" for name in names} < files


def test_a_second_run_gives_the_same_bytes(folder, tmp_path):
    for name in ("one", "two"):
        write_report([gold_document()], tmp_path / name, figures=("voices", "readability_by_paragraph"))
    again = contents(tmp_path / "one")
    assert again == contents(tmp_path / "two")
    before = contents(folder)
    changed = {name for name, content in again.items() if before[name] != content}
    assert changed == {"index.html", "manifest.json"}  # the page and the manifest tell of all figures


def test_the_page_needs_no_other_file(page, folder):
    """It shows nothing from elsewhere; what can be taken from it leads to files of the report that are there."""
    for tag, attributes in page.tags:
        for name in ("src", "srcset", "action", "data"):
            assert attributes.get(name, "#").startswith(("#", "data:image/svg+xml;base64,")), (tag, attributes)
    assert not {"link", "iframe", "object"} & {tag for tag, _ in page.tags}
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {a["href"] for tag, a in page.tags if "href" in a}
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    taken = {link for link in links if not link.startswith("#")}
    assert taken <= set(contents(folder))
    assert {f"figures/{name}.{suffix}" for name in DRAWN for suffix in ("svg", "png", "csv")} < taken
    assert {"tables/attributions.csv", "tables/markers.csv", "tables/entity_frequency.csv"} < taken


def test_every_figure_has_a_text_and_a_caption(page):
    images = [attributes for tag, attributes in page.tags if tag == "img"]
    assert len(images) == len(DRAWN)
    assert all(image["alt"].startswith("Chart: ") and "?" in image["alt"] for image in images)
    assert [int(n) for n in re.findall(r"Figure (\d+)\.", page.text)] == list(range(1, len(DRAWN) + 1))


def test_the_summary_is_computed_from_the_data(page):
    for sentence in (
        "27% 93 of 343 words, by 6 sources",
        "Of 343 words, 181 (53%) are the reporter's own; 93 (27%) are those of 6 sources",
        "In 8 of them, a reader could look up the source; 4 reach the article through another source or outlet",
        "5 epistemic hedges, possibility (2), probability (1), expectation (1) and open question (1): 2 in the "
        "reporter's own words and 3 in nobody's words",
        "epistemic hedges per 1,000 words 14.6 5 hedges in 343 words",
        "67% 8 of 12 attributions",
        "15 entities are named 33 times. Most often: Russia (7), North Korea (5)",
    ):
        assert sentence in page.text


def test_the_page_says_measures_method_limits_and_versions(page, folder):
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert "The rules miss forms they do not know" in page.text
    assert "Wilson's score interval" in page.text
    assert "Overlapping intervals are not used as a test." in page.text
    assert manifest["articles"][0]["sha256"] in page.text
    assert f"pandas {manifest['packages']['pandas']}" in page.text


def test_the_manifest_tells_how_it_was_made_and_nothing_of_when_or_where(folder):
    text = (folder / "manifest.json").read_text("utf-8")
    manifest = json.loads(text)
    (article,) = manifest["articles"]
    assert article["doc_id"] == "000_ae027953efdecbb4"
    assert (article["attributions"], article["markers"], article["entities"]) == (12, 10, 15)
    assert manifest["backend"] == ["rules"]
    assert all(entry["sha256"] for entry in manifest["rules"].values())
    assert {name for name in contents(folder) if "/" in name} == set(manifest["files"])
    for everything in contents(folder).values():
        assert str(folder.parent.parent).encode() not in everything
        assert str(ROOT).encode() not in everything


def test_tables_read_back_as_they_are(folder):
    a = pd.read_csv(folder / "tables/attributions.csv")
    assert a["voice"].tolist()[:3] == ["Reuters", "a decree published on Saturday", "the summit"]
    assert pd.isna(a["parent"][0])
    sentences = pd.read_csv(folder / "tables/sentences.csv")
    text = gold_document().text
    assert [text[s:e] for s, e in zip(sentences["start"], sentences["end"], strict=True)] == sentences["text"].tolist()


def test_cells_that_a_spreadsheet_would_run_are_made_text():
    frame = pd.DataFrame(
        {
            "text": pd.Series(["=1+1", "+x", "-x", "@x", "\tx", "plain", None, 'a,"b"\nc'], dtype="str"),
            "n": [-1, 2, 3, 4, 5, 6, 7, 8],
            "share": [0.1234567, float("nan"), 1, 2, 3, 4, 5, 6],
        }
    )
    rows = list(csv.DictReader(io.StringIO(to_csv(frame))))
    assert [row["text"] for row in rows] == ["'=1+1", "'+x", "'-x", "'@x", "'\tx", "plain", "", 'a,"b"\nc']
    assert (rows[0]["n"], rows[0]["share"], rows[1]["share"]) == ("-1", "0.123457", "")


@pytest.mark.usefixtures("few_figures")
def test_several_articles_with_hostile_names_and_without_marks(tmp_path):
    hostile = make_document(
        "=HYPERLINK(1) said <script>x</script> may. $x^2$",
        doc_id='-"><img src=x onerror=y>',
        title="<script>alert(1)</script>",
        mentions=[("=HYPERLINK(1)", "ORG", "e1")],
        attributions=[
            {"source": "=HYPERLINK(1)", "cue": "said", "source_entity": "e1", "content": "<script>x</script> may"}
        ],
    )
    write_report([hostile, make_document("It rained.", doc_id="rain", title="Rain")], tmp_path)
    page = Page((tmp_path / "index.html").read_text("utf-8"))
    assert "2 articles, read closely" in page.text
    assert "Nothing was marked in this text." in page.text
    scripts = [attributes.get("type", "its own") for tag, attributes in page.tags if tag == "script"]
    assert sorted(set(scripts)) == ["application/json", "its own"]
    assert scripts.count("its own") == 1
    assert not any("onerror" in attributes for _, attributes in page.tags)
    assert "ORG:=HYPERLINK(1),'=HYPERLINK(1),ORG" in (tmp_path / "tables/entities.csv").read_text("utf-8")
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.usefixtures("few_figures")
def test_an_article_without_marks_then_files_of_the_earlier_report_go_and_others_stay(tmp_path):
    write_report(make_document("It rained.", doc_id="a"), tmp_path)
    assert "No attributions were found in 1 sentence" in Page((tmp_path / "index.html").read_text("utf-8")).text
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "figures").mkdir(exist_ok=True)  # where nothing could be drawn there is no such folder
    (tmp_path / "figures/mine.svg").write_text("mine")
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    manifest["files"] |= {"../outside.csv": "", "figures/../notes.txt": ""}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path.parent / "outside.csv").write_text("mine")
    write_report([make_document("It rained.", doc_id="a"), make_document("It rained.", doc_id="b")], tmp_path)
    assert not (tmp_path / "figures/readability_by_paragraph.svg").exists()  # for a single article only
    for kept in ("notes.txt", "figures/mine.svg", "../outside.csv"):
        assert (tmp_path / kept).read_text() == "mine"


def test_the_figures_asked_for_are_drawn_alone(tmp_path):
    page = Page(write_report(gold_document(), tmp_path, figures=("chains", "compared")).read_text("utf-8"))
    assert {path.stem for path in (tmp_path / "figures").iterdir()} == {"chains"}  # nothing to compare one article with
    assert [attributes["alt"] for tag, attributes in page.tags if tag == "img"] == [
        "Chart: Through whom does this article know? The text next to it says what it shows."
    ]


def test_bad_calls_say_what_is_wrong(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="a report needs at least one document"):
        write_report([], tmp_path)
    with pytest.raises(ValueError, match="'voice' is not a figure; choose from compared, sources_compared, "):
        write_report(make_document("It rained."), tmp_path, figures=["voice"])
    with pytest.raises(NotADirectoryError, match="give a folder to write the report into"):
        write_report(make_document("It rained."), tmp_path / "file")


def test_what_could_not_be_drawn_is_a_sentence(tmp_path):
    write_report(make_document("It rained. We went home.", doc_id="none"), tmp_path)
    page = Page((tmp_path / "index.html").read_text("utf-8"))
    assert "figure" not in {tag for tag, _ in page.tags}
    assert page.text.count("No epistemic hedges were found in 2 sentences.") <= 2  # in short, and in its section
    assert not list(tmp_path.glob("figures/*"))


def test_figures_in_the_style_of_a_house(tmp_path):
    (tmp_path / "house.toml").write_text('font = "serif"\ntitle = false\n', "utf-8")
    options = {"figures": ("voices",), "style": tmp_path / "house.toml", "width": "16 cm"}
    write_report(gold_document(), tmp_path / "report", **options)
    svg = (tmp_path / "report/figures/voices.svg").read_text("utf-8")
    assert float(re.search(r'width="([\d.]+)pt"', svg)[1]) == pytest.approx(16 / 2.54 * 72, abs=0.1)
    assert "DejaVuSerif" in svg
    assert "Whose words is" not in svg
    manifest = json.loads((tmp_path / "report/manifest.json").read_text("utf-8"))
    assert manifest["style"] == {"width": pytest.approx(6.299, abs=0.001), "font": ["serif"], "title": False}
    alts = [a["alt"] for tag, a in Page((tmp_path / "report/index.html").read_text("utf-8")).tags if tag == "img"]
    assert alts[0].startswith("Chart: Whose words is this article made of?")  # said, though not shown
