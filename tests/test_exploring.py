"""What a notebook shows of an article, and the paste-and-read page on a folder of them."""

import json

import nbformat
import pytest
from browser import REQUIRED, needs_browser, run
from helpers import make_document
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

import build_page
from analysis import explore, read
from analysis.exploring import PAGE, SHOWN, with_articles
from analysis.outputs import PAGE_START, Refused
from analysis.reading import asset
from analysis.text.article import Article, ArticleError

TEXT = "It may cost $5 million, up from $4 million, Ann Reed said. </script><script>alert(1)</script> &amp; \r\n\u2028"
# Stands for the page that `make page` builds: what its script is given becomes its text, after a worker passed it on.
FAKE = f"""{PAGE_START}'none'; script-src 'unsafe-inline' blob:; worker-src blob:">
<title>Paste and read</title>
</head>
<body>
<pre></pre>
<script>
{asset("articles.js")}
const code = new Blob(["onmessage = (event) => postMessage(event.data)"], {{ type: "text/javascript" }});
const worker = new Worker(URL.createObjectURL(code));
worker.onmessage = (event) => {{ document.querySelector("pre").textContent = event.data; }};
worker.postMessage(JSON.stringify(articlesGiven()));
</script>
</body>
</html>
"""
GIVEN = [{"name": "fares", "title": "Fares", "outlet": "", "date": "2026-03-01", "text": TEXT}]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to work in, with a folder of two articles in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news/a.txt").write_text("It may rain.", "utf-8")
    (tmp_path / "news/b.md").write_text("---\ntitle: Snow\noutlet: The Quay Post\n---\n\nSnow is likely.", "utf-8")
    return tmp_path


def test_without_the_page_one_sentence_says_how_to_make_it(folder):
    shown = explore("news")
    assert repr(shown) == (
        "close-reading.html, which shows 2 articles of news, has not been built here: "
        "run `make page` in the project’s folder, then `make lab`."
    )
    assert repr(shown) in shown._repr_html_()
    assert "<iframe" not in shown._repr_html_()
    assert not (folder / SHOWN).exists()


def test_the_articles_of_the_folder_are_in_the_page(folder):
    (folder / PAGE).write_text(FAKE, "utf-8")
    for _ in range(2):  # its own page may be replaced
        shown = explore("news")
    assert repr(shown) == f"2 articles of news; the page is {SHOWN}, next to this notebook."
    assert f'src="{SHOWN}"' in shown._repr_html_()
    block = (folder / SHOWN).read_text("utf-8").partition('id="articles-given">')[2].partition("</script>")[0]
    assert json.loads(block) == [
        {"name": "a", "title": "", "outlet": "", "date": "", "text": "It may rain."},
        {"name": "b", "title": "Snow", "outlet": "The Quay Post", "date": "", "text": "\nSnow is likely."},
    ]


def test_a_file_of_somebody_else_is_not_replaced(folder):
    (folder / PAGE).write_text(FAKE, "utf-8")
    (folder / SHOWN).write_text("<p>mine</p>", "utf-8")
    with pytest.raises(Refused, match="would be overwritten"):
        explore("news")
    assert (folder / SHOWN).read_text("utf-8") == "<p>mine</p>"


def test_a_folder_that_is_not_there_is_named(folder):
    with pytest.raises(ArticleError, match="nowhere"):
        explore("nowhere")


@needs_browser
def test_no_text_ends_the_block_and_its_characters_come_through(tmp_path):
    article = Article(TEXT, doc_id="fares", title="Fares", published="2026-03-01")
    found = run(
        with_articles(f"<head></head><script>{asset('articles.js')}</script>", [article]),
        "return articlesGiven()",
        tmp_path,
    )
    assert found == GIVEN
    assert run(f"<head></head><script>{asset('articles.js')}</script>", "return articlesGiven()", tmp_path) == []


def test_a_wrong_file_name_gives_one_sentence_and_no_traceback(tmp_path):
    cell = nbformat.v4.new_code_cell('from analysis import read_article\n\nread_article("my-artcle.txt")')
    notebook = nbformat.v4.new_notebook(cells=[cell])
    client = NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}})
    with pytest.raises(CellExecutionError):
        client.execute()
    (output,) = notebook.cells[0].outputs
    assert output.output_type == "error"
    (line,) = output.traceback
    assert line.startswith("my-artcle.txt: ")
    assert "\n" not in line


DOCUMENT = make_document(
    "Fares may rise to $5 million, up from $4 million, Ann Reed said.",
    attributions=[{"source": "Ann Reed", "cue": "said", "content": "Fares may rise to $5 million, up from $4 million"}],
    markers=[{"words": "may", "category": "possibility", "attribution": "a1"}],
    mentions=[("Ann Reed", "PERSON", "e1"), ("$5 million", "MONEY", "e2"), ("$4 million", "MONEY", "e3")],
    title="From $4 to $5",
    doc_id="fares",
)

IN_NOTEBOOK = """
  const [plain, explored] = [...document.querySelectorAll(".jp-OutputArea-output")];
  const fragment = plain.querySelector(".close-reading-plain") || plain;
  const words = [...fragment.querySelectorAll("div")].find((div) => div.style.whiteSpace === "pre-wrap");
  const mark = words.querySelector("mark");
  return {
    frames: document.querySelectorAll("iframe").length,
    formulas: document.querySelectorAll(".jp-OutputArea-output mjx-container").length,
    shown: words.getClientRects().length > 0,
    price: words.textContent.includes("$5 million, up from $4 million"),
    colour: getComputedStyle(words).color,
    mark: [getComputedStyle(mark).color, getComputedStyle(mark).backgroundColor],
    said: explored.textContent.includes("next to this notebook"),
  };
"""
IN_FRAME = """
  const given = document.querySelector("pre");
  if (given) return JSON.parse(given.textContent);
  const text = document.querySelector(".text");
  text.querySelector(".cue").click();
  return {
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    paper: getComputedStyle(document.body).backgroundColor,
    text: text.textContent,
    why: document.querySelector(".why").hidden,
    save: document.querySelector(".save a").href.slice(0, 5),
    alone: window.origin,
  };
"""


@needs_browser
def test_a_trusted_notebook_shows_the_page_and_another_the_fragment_in_the_theme_of_jupyterlab(tmp_path, monkeypatch):
    from lab import open_notebook

    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    (tmp_path / "site/a.txt").write_text("It rained.", "utf-8")
    (tmp_path / "site" / PAGE).write_text(FAKE, "utf-8")
    explored = explore("a.txt")
    page = with_articles(FAKE, [Article(TEXT, doc_id="fares", title="Fares", published="2026-03-01")])
    cells = [[{"text/html": shown._repr_html_()}] for shown in (read(DOCUMENT), explored)]
    found = open_notebook(cells, tmp_path, IN_NOTEBOOK, theme="Dark", files={SHOWN: page}, frames=IN_FRAME)
    (plain, frames), outside = found[False]
    assert (frames, outside) == ([], [])
    assert (plain["frames"], plain["formulas"], plain["shown"], plain["price"]) == (0, 0, True, True)
    assert plain["colour"] == "rgb(255, 255, 255)"  # the words have the colour of the theme
    assert plain["mark"] == ["rgb(26, 26, 26)", "rgb(255, 241, 184)"]
    assert plain["said"]
    (whole, (view, given)), outside = found[True]
    assert outside == []
    assert (whole["frames"], whole["formulas"], whole["shown"]) == (2, 0, False)
    assert view == {
        "dark": True,
        "paper": "rgb(24, 23, 21)",
        "text": DOCUMENT.text,
        "why": False,
        "save": "blob:",
        "alone": "null",
    }
    assert given == GIVEN


READ_IN_FRAME = """
  const look = () => document.querySelectorAll(".opened .text").length && !document.body.classList.contains("busy");
  return new Promise((done) => {
    const end = Date.now() + 80000;
    const timer = setInterval(() => {
      if (!look() && Date.now() < end) return;
      clearInterval(timer);
      const words = (selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent.trim());
      done({
        problem: words("#problem")[0], titles: words("#list button"), text: words(".opened .text")[0],
        hedges: words(".opened .text mark"), paper: getComputedStyle(document.body).backgroundColor,
        formulas: document.querySelectorAll("mjx-container").length, alone: window.origin,
      });
    }, 50);
  });
"""


@needs_browser
@pytest.mark.skipif(bool(build_page.missing()) and not REQUIRED, reason=build_page.missing())
def test_the_page_itself_reads_the_articles_of_a_folder_in_jupyterlab(folder, tmp_path):
    from lab import open_notebook

    fares = "Fares may rise to $5 million, up from $4 million, Ann Reed said."
    (folder / "news/a.txt").write_text(fares, "utf-8")
    (folder / PAGE).write_text(build_page.one_file(), "utf-8")
    explored = explore("news")
    page = (folder / SHOWN).read_text("utf-8")
    script = "return document.querySelectorAll('iframe').length"
    cells = [[{"text/html": explored._repr_html_()}]]
    found = open_notebook(cells, tmp_path, script, files={SHOWN: page}, frames=READ_IN_FRAME)
    assert found[False] == ((0, []), [])  # a sentence alone
    (frames, (read_there,)), outside = found[True]
    assert (frames, outside) == (1, [])
    assert read_there == {
        "problem": "",
        "titles": ["“Fares may rise to $5 million, up from …”", "Snow"],
        "text": fares,
        "hedges": ["may"],
        "paper": "rgb(255, 254, 251)",  # the colours of a light theme
        "formulas": 0,
        "alone": "null",
    }
