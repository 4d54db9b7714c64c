"""The documentation: it builds without a warning and without a network, every link leads somewhere, and no barrier."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

import pytest
from browser import AXE, CHROMIUM, needs_browser, wait_for

import analysis
import build_docs
from analysis import figures
from analysis.rules import FOLDER
from analysis.tables.columns import described_tables

ROOT = Path(__file__).resolve().parents[1]
# Loaded by every Python that is started: whoever asks for a network is refused.
NO_NETWORK = """
import socket
def refused(*_, **__):
    raise OSError("the documentation asked for a network")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refused
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built where there is no network."""
    folder = tmp_path_factory.mktemp("docs")
    (folder / "sitecustomize.py").write_text(NO_NETWORK, "utf-8")
    paths = os.pathsep.join([str(folder), str(ROOT)])
    command = [sys.executable, str(ROOT / "tools/build_docs.py"), str(folder / "manual")]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stderr == ""
    return folder / "manual"


class Page(HTMLParser):
    """The links, anchors and words of a page."""

    def __init__(self, path):
        super().__init__()
        self.links, self.loaded, self.ids, self.words = [], [], set(), ""
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids.add(attributes.get("id"))
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        elif tag == "link" and attributes.get("rel") in ("stylesheet", "icon"):
            self.loaded.append(attributes["href"])
        self.loaded += [attributes["src"]] if "src" in attributes else []

    def handle_data(self, data):
        self.words += data


@pytest.fixture(scope="module")
def pages(site):
    return {path.relative_to(site).as_posix(): Page(path) for path in site.rglob("*.html")}


def test_every_link_and_anchor_leads_somewhere(site, pages):
    wrong = []
    for name, page in pages.items():
        for link in page.links + page.loaded:
            if re.match(r"https?:|mailto:", link):
                continue
            place, _, anchor = link.partition("#")
            target = (site / name).parent.joinpath(unquote(place.partition("?")[0])).resolve() if place else site / name
            if not target.is_file():
                wrong.append((name, link))
            elif anchor and target.suffix == ".html":
                found = pages[target.relative_to(site.resolve()).as_posix()] if place else page
                if unquote(anchor) not in found.ids:
                    wrong.append((name, link))
    assert wrong == []


def test_a_page_loads_nothing_from_elsewhere(site, pages):
    assert [(name, it) for name, page in pages.items() for it in page.loaded if "//" in it] == []
    styles = "".join(path.read_text("utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^)\s]*", styles) == []


def test_every_rule_is_there_with_its_meaning(pages):
    for stem, rules in build_docs.rule_files().items():
        page = pages[f"reference/rules/{stem}.html"]
        for rule in rules:
            assert build_docs.anchor(rule["id"]) in page.ids
            assert rule["gloss"].strip()[:60] in page.words
    assert len(build_docs.rule_files()) == len(list(FOLDER.glob("*.toml")))


def test_a_measured_rule_has_its_precision_and_no_other_has_one(pages):
    """From results.json by hand: "according to" was right in 319 of 427 on PolNeAR."""
    corpus = json.loads((ROOT / "benchmarks/results.json").read_text("utf-8"))["PolNeAR, training part"]
    told = corpus["rules"]["CUE.ACCORDING"]
    share = f"{100 * told['right'] / told['predicted']:.0f} %"
    assert f"right in {told['right']} of {told['predicted']} ({share}" in pages["reference/rules/cues_other.html"].words
    assert "right in" not in pages["reference/rules/tagging.html"].words
    assert "not by itself" in pages["reference/rules/tagging.html"].words


def test_every_table_command_and_public_name_is_there(pages):
    assert set(described_tables()) <= set(pages["reference/tables.html"].words.split())
    commands = pages["reference/commands.html"].words
    for name in ("annotate", "corpus", "read", "report", "versions", "copies", "export", "import", "agree", "lab"):
        assert f"usage: python -m analysis {name} " in commands
    public = set(analysis.__all__) - {"__version__"}
    assert {name for names in build_docs.PUBLIC.values() for name in names.split()} == public
    assert {f"analysis.{name}" for name in public} <= pages["reference/python.html"].ids
    plots = {name for name in vars(figures) if name.startswith("plot_")}
    assert {name.rpartition(".")[2] for name in pages["reference/figures.html"].ids if name} >= plots


def test_the_three_tutorials_and_how_to_cite_are_there(pages):
    assert {f"docs/tutorials/{name}.html" for name in ("reading", "reporting", "teaching")} <= set(pages)
    assert analysis.__version__ in pages["cite.html"].words
    assert "four in ten" in pages["limits.html"].words
    assert "one person against another" in pages["accuracy.html"].words


def test_each_snippet_of_python_in_the_tutorials_is_python():
    for path in (*(ROOT / "docs/tutorials").glob("*.md"), ROOT / "docs/how-to.md"):
        for code in re.findall(r"```python\n(.*?)```", path.read_text("utf-8"), re.DOTALL):
            compile(code, str(path), "exec")


def test_the_lines_of_python_of_the_tutorials_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    text = (ROOT / "seeds/teaching/1-agency-report.md").read_text("utf-8")
    for name in ("my-article.txt", "articles/monday.txt", "articles/tuesday.txt"):
        (tmp_path / name).write_text(text.replace("crack", name), "utf-8")
    for stem, many in (("reading", 1), ("reporting", 2)):
        codes = re.findall(r"```python\n(.*?)```", (ROOT / f"docs/tutorials/{stem}.md").read_text("utf-8"), re.DOTALL)
        assert len(codes) == many
        for code in codes:
            exec(compile(code.replace("sample(30,", "sample(10,"), stem, "exec"), {})
    assert (tmp_path / "voices.svg").is_file()


def test_the_wheel_to_install_has_the_version_of_this_package():
    told = (ROOT / "docs/other-machines.md").read_text("utf-8")
    assert set(re.findall(r"close_reading_news-([\d.]+)-py3", told)) == {analysis.__version__}


def test_a_folder_with_files_of_somebody_is_not_replaced(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(SystemExit, match="holds files that were not made by this command"):
        build_docs.build(tmp_path)
    assert (tmp_path / "mine.txt").is_file()


LOOKED_AT = (
    "index", "docs/tutorials/reading", "docs/how-to", "docs/gallery", "reference/tables", "reference/rules/index",
    "reference/rules/hedges_modals", "reference/python", "reference/annotate", "accuracy", "NOTICE", "search",
)  # fmt: skip


@needs_browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_barrier_on_these_pages(site, theme):
    script = files(pytest.importorskip("axe_core_python")).joinpath("axe.min.js").read_text("utf-8")
    wrong = []
    size, names = {"light": ((1280, 900), LOOKED_AT), "dark": ((360, 740), LOOKED_AT[:5])}[theme]
    with CHROMIUM.tab(size) as tab:
        tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
        for name in names:
            address = (site / f"{name}.html").as_uri()
            tab.call("Page.navigate", url=address)
            wait_for(
                "a page",
                lambda address=address: tab.run(f"document.readyState === 'complete' && location.href === '{address}'"),
            )
            tab.run(script + ";true")
            wrong += [f"{name}: {told}" for told in tab.run(f"(async () => {{ {AXE} }})()")]
            wide = tab.run("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            wrong += [f"{name}: {wide} pixels too wide"] if wide > 0 else []
        outside = [url for url in tab.requests if not url.startswith(("file:", "data:"))]
    assert wrong == []
    assert outside == []


@needs_browser
def test_the_list_of_rules_can_be_narrowed(site):
    with CHROMIUM.tab((1000, 800)) as tab:
        tab.call("Page.navigate", url=(site / "reference/rules/index.html").as_uri())
        wait_for("the list", lambda: tab.run("document.getElementById('rule-count')?.textContent"))
        tab.run(
            "const field = document.getElementById('rule-filter'); field.value = 'HEDGE.modal may-well';"
            "field.dispatchEvent(new Event('input'))"
        )
        shown = tab.run(
            "[...document.querySelectorAll('table.rules tbody tr')].filter((row) => !row.hidden)"
            ".map((row) => row.cells[0].textContent)"
        )
        assert shown == ["HEDGE.MODAL.MAY-WELL"]
        assert re.fullmatch(r"1 of \d+ rules", tab.run("document.getElementById('rule-count').textContent"))


@pytest.mark.parametrize(
    "place",
    [
        "README.md",
        "analysis/resources/app/page.html",
        "analysis/resources/page/report.html",
        "notebooks/00-start-here.ipynb",
    ],
)
def test_people_learn_of_it_where_they_are(place):
    assert "make docs" in (ROOT / place).read_text("utf-8")
