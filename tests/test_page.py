"""The page that reads an article in the browser, from a file and with no network: in Chromium, one tab for all tests.

The page is built from the parts that `make page` fetched; where they are missing, these tests are skipped and say so.
The number of invented articles that it has to mark as CPython does is PAGE_ARTICLES.
"""

import base64
import csv
import http.server
import io
import json
import os
import socket
import threading
import time
from importlib.resources import files
from pathlib import Path

import pytest
from browser import CHROMIUM, REQUIRED, module, needs_browser, wait_for

import build_page
from analysis import annotate, load_articles, read_article
from analysis.annotation import annotate_corrected
from analysis.pipeline import to_json
from analysis.teaching.invented import invented_articles
from analysis.text.article import Article

pytestmark = [
    needs_browser,
    pytest.mark.skipif(bool(build_page.missing()) and not REQUIRED, reason=build_page.missing()),
]
ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds/000_ae027953efdecbb4.txt"
TEACHING = ROOT / "seeds/teaching"
ARTICLES = int(os.environ.get("PAGE_ARTICLES", "40"))

# What docs/page.md tells a web server to send.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' blob:; worker-src blob:; "
    "style-src 'self' 'unsafe-inline'; img-src data:; connect-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "max-age=31536000",
}

# What goes wrong in the page is kept from its first line on.
WATCH = """
  window.failures = [];
  addEventListener("error", (event) => failures.push(String(event.message)), true);
  addEventListener("unhandledrejection", (event) => failures.push(String(event.reason)));
  addEventListener("securitypolicyviolation", (event) => failures.push("blocked: " + event.blockedURI));
"""


class Listener:
    """A proxy that answers nothing and keeps what it is asked: whatever would leave the page comes here.

    Chromium itself opens connections ahead of time, and looks for its search engine; no page asked it to.
    """

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"
        self.came = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                asked = connection.recv(200).split(b"\r")[0]
                if asked and b"www.google.com:443" not in asked:
                    self.came.append(asked)


class Page:
    """The page in a tab."""

    def __init__(self, tab):
        self.tab = tab

    def js(self, code, **given):
        """What a piece of script returns, or promises; `given` are names that it can use."""
        names = "".join(f"const {name} = {json.dumps(value)};" for name, value in given.items())
        answer = self.tab.call(
            "Runtime.evaluate", expression=f"(async () => {{{names}{code}}})()", returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, expression, seconds=150):
        """Wait until an expression holds; what the page says is in the error if it never does."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.js(f"return Boolean({expression})"):
                return
            time.sleep(0.02)
        pytest.fail(f"{expression}: never; the page says {self.said()}")

    def said(self):
        """What it is doing, and the problem it shows."""
        return self.js("return [at('status').textContent, at('problem').textContent]")

    def idle(self):
        """Wait until it has done what it was asked for."""
        self.wait("!document.body.classList.contains('busy')", 240)

    def paste(self, text, **fields):
        """Paste a text and read it; the articles from before are forgotten."""
        self.js(
            """for (const key of page.articles.keys()) await python.ask("close", {key});
            page.articles.clear(); page.current = page.beside = null; await draw(); say("");
            for (const [id, value] of Object.entries({title: "", outlet: "", published: "", ...fields, text})) {
              at(id).value = value;
            }
            at("enter").requestSubmit();""",
            text=text,
            fields=fields,
        )
        self.idle()

    def open_files(self, *paths):
        """Choose files, as with the button."""
        root = self.tab.call("DOM.getDocument")["root"]["nodeId"]
        node = self.tab.call("DOM.querySelector", nodeId=root, selector="#file")["nodeId"]
        self.tab.call("DOM.setFileInputFiles", nodeId=node, files=[str(path) for path in paths])
        self.js("await new Promise((done) => setTimeout(done, 50))")
        self.idle()

    def text(self):
        """The text of the article that is shown."""
        return self.js("return document.querySelector('.opened .text').textContent")

    def save(self, what):
        """The file that is saved: its name and its text."""
        return self.js("return python.ask('save', {key: page.current, what})", what=what)

    def size(self, width, height):
        """Give the window another size."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.tab.call("Emulation.setDeviceMetricsOverride", **metrics)

    def look(self, **features):
        """Ask for dark colours, forced colours or print."""
        features = {
            "prefers-reduced-motion": "reduce",
            **features,
        }  # else a test clicks where something was a moment ago
        named = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.tab.call("Emulation.setEmulatedMedia", features=named)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The page as a file."""
    path = tmp_path_factory.mktemp("page") / "close-reading.html"
    path.write_text(build_page.one_file(), "utf-8")
    return path


def opened_in(tab, address):
    """The page at an address, ready to read."""
    tab.call("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
    tab.call("Page.navigate", url=address)
    page = Page(tab)
    page.wait("document.body?.dataset.ready || document.getElementById('problem')?.textContent", 300)
    assert page.js("return at('problem').textContent") == ""
    return page


@pytest.fixture(scope="module")
def tab_and_listener(built):
    listener = Listener()
    with CHROMIUM.tab((1366, 768), proxyServer=listener.address, proxyBypassList="<-loopback>") as tab:
        yield opened_in(tab, built.as_uri()), listener
        assert tab.requests
        assert {address.partition(":")[0] for address in tab.requests} <= {"file", "blob", "data"}
    listener.socket.close()
    assert listener.came == []  # no request left the page, whatever was done with it


@pytest.fixture
def page(tab_and_listener):
    """The page, as it stands after the other tests; nothing may fail in it."""
    page, listener = tab_and_listener
    page.size(1366, 768)
    page.look()
    yield page
    assert page.js("return failures.splice(0)") == []
    assert listener.came == []


# ---------------------------------------------------------------- the same marks


def test_it_starts_and_marks_a_first_article(page):
    ready = int(page.js("return document.body.dataset.ready")) / 1000
    start = time.monotonic()
    page.paste(SEED.read_text("utf-8"))
    first = time.monotonic() - start
    print(f"\nready in {ready:.1f} s, the source article in {first:.1f} s")
    assert page.text() == SEED.read_text("utf-8")
    assert first < 20  # on a busy machine


def records(page, articles):
    """What the page's Python marks in articles, as data."""
    given = [{"text": a.text, "name": f"{a.doc_id}.txt"} for a in articles]
    found = []
    for at in range(0, len(given), 20):
        found += page.js(
            """const out = [];
            for (const each of given) {
              const {key} = (await python.ask("open_text", each)).opened[0];
              out.push(await python.ask("record", {key}));
              await python.ask("close", {key});
            }
            return out;""",
            given=given[at : at + 20],
        )
    return [json.loads(record) for record in found]


def test_its_marks_are_those_of_cpython(page):
    articles = [read_article(SEED), *load_articles(TEACHING), *invented_articles(ARTICLES, seed=19)]
    start = time.monotonic()
    found = records(page, articles)
    print(f"\n{len(articles)} articles in {time.monotonic() - start:.1f} s")
    assert len(found) == len(articles) >= 8 + ARTICLES
    for article, record in zip(articles, found, strict=True):
        own = Article(article.text, doc_id=article.doc_id)
        assert record == json.loads(to_json(annotate(own))), article.doc_id


def test_the_examples_are_read_as_the_commands_read_them(page):
    names = page.js("return [...at('example').options].map((option) => option.value).filter(Boolean)")
    assert names == [SEED.name, *(path.name for path in sorted(TEACHING.glob("[0-9]*.md")))]
    for name in names:
        page.js("at('example').value = name; at('example').dispatchEvent(new Event('change'))", name=name)
        page.idle()
        article = read_article(SEED if name == SEED.name else TEACHING / name)
        assert page.text() == article.text
        if article.title:
            assert page.js("return document.querySelector('.opened h2').textContent") == article.title
        record = json.loads(page.js("return python.ask('record', {key: page.current})"))
        assert record == json.loads(to_json(annotate(article)))


# ---------------------------------------------------------------- what comes in


PAGE = """<!DOCTYPE html><html><head><title>Bridge to close | The Invented Post</title>
<meta property="og:site_name" content="The Invented Post">
<meta property="article:published_time" content="2031-02-03T10:00:00Z">
<script>document.title = "stolen"; window.stolen = true;</script></head>
<body><nav><a href="/">Home</a> <a>Sport</a></nav>
<img src="https://example.org/spy.png" onerror="window.stolen = true">
<article><h1>Bridge to close</h1>PARAGRAPHS</article><footer>Cookies</footer></body></html>"""
SENTENCE = "The old bridge may close in June, Ann Reed, the engineer of Tarn County, said on Monday. "


def word_file(path):
    """A Word file with two paragraphs."""
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for text in ("“The bridge may close,” Ann Reed said.", "It is 80 years old, she added."):
        document.add_paragraph(text)
    document.save(path)
    return path


def test_each_kind_of_file_is_opened(page, tmp_path):
    page.open_files(word_file(tmp_path / "bridge.docx"))
    assert page.text() == "“The bridge may close,” Ann Reed said.\n\nIt is 80 years old, she added."
    web = tmp_path / "bridge.html"
    web.write_text(PAGE.replace("PARAGRAPHS", f"<p>{SENTENCE * 4}</p>" * 4), "utf-8")
    page.open_files(web)
    assert page.text() == "\n\n".join([(SENTENCE * 4).strip()] * 4)
    about = page.js("return document.querySelector('.opened .about').textContent")
    assert about == "The Invented Post · 2031-02-03 · not given: author · bridge"
    assert page.js("return window.stolen") is None
    # newer versions of Chromium say that they did not run the handler of the picture, the document being inert
    assert set(page.js("return failures.splice(0)")) <= {"blocked: inline"}
    table = tmp_path / "two.csv"
    table.write_text('doc_id,title,text\na,Rain,"It may rain, Ann Reed said."\nb,Snow,It will snow.\n', "utf-8")
    page.open_files(table)
    assert page.text() == "It may rain, Ann Reed said."
    assert "Snow" in page.js("return [...document.querySelectorAll('#list button')].map((b) => b.textContent)")
    note = tmp_path / "note.md"
    note.write_bytes("---\ntitle: Café closes\noutlet: The Invented Post\n---\nThe café may close.\r\nSoon.".encode())
    page.open_files(note)
    assert page.text() == read_article(note).text == "The café may close.\r\nSoon."
    assert page.js("return document.querySelector('.opened h2').textContent") == "Café closes"


def test_what_cannot_be_read_is_said_in_a_sentence(page, tmp_path):
    page.paste("It may rain.")
    for name, content, said in (
        ("a.pdf", b"%PDF-1.7", "cannot be opened here: this page reads .txt"),
        ("a.docx", b"nothing", "cannot be read as a Word file"),
        ("a.txt", b"", "the file is empty"),
        ("a.csv", b"name,size\nx,1\n", "no column for the text"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        page.open_files(path)
        assert said in page.said()[1], name
        assert "/files" not in page.said()[1]
        assert page.text() == "It may rain."  # what was there is still there
    page.js("at('text').value = ' '; at('enter').requestSubmit()")
    assert page.said()[1] == "Paste an article into the box first."


def test_a_text_that_is_not_english_is_told(page):
    german = (
        "Die Brücke über den Fluss wird nach Angaben der Stadt im Juni gesperrt, weil sie repariert werden muss. " * 3
    )
    page.paste(german)
    notice = "const n = document.querySelector('.opened .notice'); return n.hidden ? '' : n.textContent"
    assert page.js(notice).startswith("Not in English: ")
    page.paste(SENTENCE * 3)
    assert page.js(notice) == ""


HOSTILE = (
    '<script>window.stolen = true</script><img src=x onerror="window.stolen = true"> said </mark></article> '
    "“\u202eevil & &amp; רוח 𝄞” Ann Reed <b>said</b>. ]]> {{x}} <!-- ' \" ` ${alert(1)}"
)


def test_hostile_text_is_text(page):
    page.paste(HOSTILE, title="</h2><script>window.stolen = true</script>", outlet="<img src=x onerror=alert(1)>")
    assert page.text() == HOSTILE
    assert (
        page.js("return document.querySelector('.opened h2').textContent")
        == "</h2><script>window.stolen = true</script>"
    )
    assert page.js("return window.stolen") is None
    saved = page.save("page")["text"]
    assert "<script>window.stolen" not in saved
    page.paste(f"“{'x' * 900} רוח \u202e it may rain {'wet ' * 200}” Ann Reed said. {HOSTILE}")
    page.js("for (const details of document.querySelectorAll('.opened details')) details.open = true;")
    page.js("document.querySelector('.opened .text .cue').click()")
    for width in (360, 1366):
        page.size(width, 768)
        assert overflow(page) <= 0, width
        assert barriers(page) == [], width
    line = ("<b>x</b>\u202e" + "x" * 991) * 1_000
    page.paste(line)
    assert page.js("return document.querySelector('.opened .text').textContent.length") == len(line) == 1_000_000
    assert page.js("return document.querySelectorAll('.opened b').length") == 0


# ---------------------------------------------------------------- what is shown


def test_filters_reasons_and_voices_work(page):
    page.paste(SEED.read_text("utf-8"))
    shown = """
      const $ = (selector) => document.querySelector(".opened " + selector);
      const box = () => getComputedStyle($(".text mark.c-probability")).backgroundColor;
      const seen = {on: box()};
      $(".f-c-probability").click();
      seen.off = box();
      $(".f-c-probability").click();
      const voice = [...document.querySelectorAll(".voices button")].find((b) => b.textContent.startsWith("Dmitry"));
      voice.click();
      seen.lit = document.querySelectorAll(".opened .tag.start.on").length;
      voice.click();
      $(".text .tag.c-expectation").click();
      seen.why = $(".why").textContent.includes("expected");
      return seen;"""
    seen = page.js(shown)
    assert (seen["on"], seen["off"]) == ("rgb(255, 241, 184)", "rgba(0, 0, 0, 0)")
    assert (seen["lit"], seen["why"]) == (2, True)


def test_the_views_say_who_speaks_and_what_is_named(page):
    page.paste("It may rain, Ann Reed said. Snow is likely. Ann Reed, citing a report, said that it would be late.")
    tables = page.js(
        """return Object.fromEntries([...document.querySelectorAll(".panels details")].map((details) =>
          [details.querySelector("summary").textContent, [...details.querySelectorAll("tbody tr")].map((row) =>
            [...row.cells].map((cell) => cell.textContent))]));"""
    )
    names = tables["Names: how often, and where"]
    assert [row[:3] for row in names] == [["Ann Reed", "person", "2"]]
    assert names[0][4] == "1, 3"
    (likely,) = (
        row for row in tables["How likely is “likely”? What readers take such words to mean"] if row[0] == "likely"
    )
    assert likely[1:3] == ["1", "75%"]  # the median of 5,174 readers
    assert [row[2] for row in tables["Words in context"]][:2] == ["may", "likely"]
    assert {row[0] for row in tables["Who speaks where"]} >= {"the reporter", "Ann Reed"}
    page.js(
        """const form = document.querySelector("form.kwic");
        form.elements.words.value = "rain";
        form.requestSubmit();"""
    )
    page.idle()
    rows = page.js(
        "return [...document.querySelectorAll('.lines tbody tr')].map((r) => [...r.cells].map((c) => c.textContent))"
    )
    assert [row[1:4] for row in rows] == [
        ["It may", "rain", ", Ann Reed said. Snow is likely. Ann Reed, citing a report, …"]
    ]


def test_two_articles_stand_side_by_side(page):
    page.paste("It may rain, Ann Reed said.", title="Rain")
    page.js(
        "at('title').value = 'Snow'; at('text').value = 'It will snow. Ann Reed is sure.'; at('enter').requestSubmit()"
    )
    page.idle()
    page.js(
        """const box = at("beside"); box.value = [...box.options].find((o) => o.textContent === "Rain").value;
        box.dispatchEvent(new Event("change"));"""
    )
    page.idle()
    assert page.js("return [...document.querySelectorAll('.opened h2')].map((h) => h.textContent)") == ["Snow", "Rain"]
    cells = "return [...document.querySelectorAll('#compared tr')].map((r) => [...r.cells].map((c) => c.textContent))"
    rows = {name: values for name, *values in page.js(cells)}
    assert rows["words"] == ["7", "6"]
    assert rows["possibility"] == ["0", "1"]
    assert rows["names in both, and how often"] == ["Ann Reed 1", "Ann Reed 1"]
    tops = page.js("return [...document.querySelectorAll('.opened')].map((o) => o.getBoundingClientRect().top)")
    assert tops[0] == tops[1]


def test_what_changed_and_what_is_copied(page):
    last = "Nobody could say on Monday how long the repairs to the old piers of the bridge take."
    page.paste(f"The bridge may close, Ann Reed said. {last}", title="Old")
    page.js(
        "at('title').value = 'New'; at('text').value = given; at('enter').requestSubmit()",
        given=f"The bridge will close, Ann Reed said. {last}",
    )
    page.idle()
    page.js("const b = at('beside'); b.selectedIndex = 1; b.dispatchEvent(new Event('change'));")
    page.idle()
    assert page.js("return document.querySelectorAll('.pair').length") == 0  # until it is asked for
    page.js("for (const d of document.querySelectorAll('.two-texts')) d.open = true;")
    page.wait("document.querySelectorAll('.pair').length === 2")
    page.idle()
    cells = "return [...document.querySelectorAll('.pair')[n].querySelectorAll('tbody tr')].map((r) => "
    cells += "[...r.cells].slice(1, 4).map((c) => c.textContent))"
    assert ["hedge lost", "may", "missing"] in page.js(cells, n=0)
    assert [row[1:] for row in page.js(cells, n=1)] == [[last[:-1], last[:-1]]]
    found = page.js("""
      const row = document.querySelector(".pair tr.k-hedge-lost");
      const label = document.querySelector(".pair .no.k-hedge-lost");
      const link = row.querySelector("a"), to = document.getElementById(link.hash.slice(1));
      row.dispatchEvent(new PointerEvent("pointerover", {bubbles: true}));
      const lit = document.querySelector(".pair .mark.lit").textContent;
      document.querySelector(".f-hedge-lost").click();
      return [document.getElementById(label.hash.slice(1)) === row, to.closest(".old") !== null, lit,
        getComputedStyle(row).display];""")
    assert found == [True, True, "may", "none"]
    page.size(360, 640)
    page.look(prefers_color_scheme="dark")
    assert overflow(page) <= 0
    assert barriers(page) == []
    page.js("document.querySelector('.order button').click()")
    page.wait("document.querySelector('.pair tr.k-hedge-gained')")
    page.idle()


def test_two_texts_are_compared_again_after_a_correction_and_their_lists_are_saved(page, tmp_path):
    page.paste("The bridge may close, Ann Reed said.", title="Old")
    page.js("at('title').value = 'New'; at('text').value = 'The bridge will close, Ann Reed said.'")
    page.js("at('enter').requestSubmit()")
    page.idle()
    page.js("const b = at('beside'); b.selectedIndex = 1; b.dispatchEvent(new Event('change'));")
    page.idle()
    page.js("document.querySelector('.two-texts').open = true;")
    page.wait("document.querySelector('.pair tr.k-hedge-lost')")
    page.idle()
    possibility = """return [...document.querySelectorAll("#compared tr")]
      .filter((row) => row.cells[0].textContent === "possibility")
      .map((row) => [...row.cells].map((c) => c.textContent))"""
    assert page.js(possibility) == [["possibility", "0", "1"]]
    page.js("document.querySelectorAll('button.correct')[1].click()")  # the old text is the one beside
    click_on(page, ".opened:nth-child(2) .text mark.c-possibility")
    press(page, "Remove this mark")
    page.wait("document.querySelector('.pair tr.k-reworded')")  # it is open still, without being opened again
    page.idle()
    assert page.js("return document.querySelectorAll('.pair tr.k-hedge-lost').length") == 0
    assert page.js(possibility) == []
    page.tab.call("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    page.js("[...document.querySelectorAll('.two-texts button')].find((b) => b.textContent.startsWith('Save')).click()")
    (path,) = wait_for("the file", lambda: list(tmp_path.glob("*-changed.csv")))
    wait_for("its rows", lambda: path.read_text("utf-8"))
    kinds = [row["kind"] for row in csv.DictReader(io.StringIO(path.read_text("utf-8")))]
    assert kinds == ["headline-changed", "reworded"]


def test_twenty_thousand_words_leave_the_page_responsive(page):
    text = "\n\n".join(a.text for a in invented_articles(82, seed=3))
    assert len(text.split()) > 20_000
    page.js(
        """window.gaps = []; let last = performance.now();
        window.timer = setInterval(() => { const now = performance.now(); gaps.push(now - last); last = now; }, 20);"""
    )
    start = time.monotonic()
    page.paste(text)
    longest = page.js("clearInterval(timer); return Math.max(...gaps)")
    print(f"\n20,000 words in {time.monotonic() - start:.1f} s; the page was busy for {longest / 1000:.1f} s at most")
    assert page.text() == text
    assert longest < 15_000  # on a machine that does eight other things; a second otherwise


# ---------------------------------------------------------------- corrections


TEXT = "𝄞 The bridge may close, Ann Reed said. Lake View is expected to open. It was built in 1950."


def select(page, words):
    """Select words of the text with the mouse, as it were."""
    page.js(
        """const text = document.querySelector(".opened .text");
        const at = text.textContent.indexOf(words);
        const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        for (let node = walker.nextNode(), seen = 0; node; seen += node.length, node = walker.nextNode()) {
          if (at >= seen && at < seen + node.length) range.setStart(node, at - seen);
          const end = at + words.length - seen;
          if (end > 0 && end <= node.length) range.setEnd(node, end);
        }
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        text.dispatchEvent(new MouseEvent("mouseup", {bubbles: true}));
        await new Promise((done) => setTimeout(done, 20));""",
        words=words,
    )


def click_on(page, selector):
    page.js("getSelection().removeAllRanges(); document.querySelector(selector).click();", selector=selector)
    page.idle()


def press(page, name):
    page.js(
        """const buttons = [...document.querySelectorAll(".correcting button, .changes button")];
        const button = buttons.find((b) => b.textContent === name);
        if (!button || button.disabled) throw new Error(`no button ${name}`);
        button.click();""",
        name=name,
    )
    page.idle()


def changes(page):
    return page.js("return [...document.querySelectorAll('.changes li')].map((li) => li.textContent)")


def counts(page):
    """The counts of the legend."""
    rows = page.js(
        "return [...document.querySelectorAll('.filters label')].map((l) => l.innerText.trim().split(/\\s+(?=\\d+$)/))"
    )
    return {name.replace("\n", " "): int(n) for name, n in rows}


def test_marks_are_corrected_by_click_undone_saved_and_loaded(page, tmp_path):
    page.paste(TEXT, title="Bridge")
    assert counts(page)["possibility"] == 1
    voices = counts(page)["voices"]
    page.js("document.querySelector('button.correct').click()")
    click_on(page, ".text mark.c-possibility")
    press(page, "Remove this mark")
    assert changes(page) == ["removed: hedge: may"]
    assert "possibility" not in counts(page)
    click_on(page, ".text mark.c-expectation")
    page.js(
        """const select = document.querySelector(".here select"); select.value = "belief";
        select.dispatchEvent(new Event("change"));"""
    )
    page.idle()
    assert changes(page)[-1] == "changed: hedge, belief: expected"
    assert page.js("return document.querySelector('.text mark.c-belief').classList.contains('by-person')")
    select(page, "built")
    page.js("const s = document.querySelector('.adding select'); s.value = 'booster ';")
    press(page, "Mark")
    assert counts(page)["booster"] == 1
    for words, part in (
        ("Lake View", "Who says it …"),
        ("is expected", "The words that report it …"),
        ("to open", "What is said …"),
    ):
        select(page, words)
        press(page, part)
    press(page, "Add who says what")
    assert counts(page)["voices"] == voices + 1
    assert len(changes(page)) == 6
    press(page, "Undo")
    assert counts(page)["voices"] == voices
    assert len(changes(page)) == 3

    # What is saved is what the commands read beside the text, and makes of it the same marks.
    text, corrections = page.save("text"), page.save("corrections")
    assert corrections["name"] == text["name"].replace(".txt", ".corrections.csv")
    (tmp_path / text["name"]).write_text(text["text"], "utf-8")
    (tmp_path / corrections["name"]).write_text(corrections["text"], "utf-8")
    article = read_article(tmp_path / text["name"])
    assert (article.text, article.title) == (TEXT, "Bridge")
    record = json.loads(page.js("return python.ask('record', {key: page.current})"))
    own = json.loads(to_json(annotate_corrected(article)))
    assert record == own
    assert [(m["category"], m["corrected"]) for m in own["markers"]] == [("belief", True), ("booster", True)]
    rows = list(csv.DictReader(io.StringIO(corrections["text"])))
    assert [(row["action"], row["words"]) for row in rows] == [
        ("remove", "may"),
        ("relabel", "expected"),
        ("add", "built"),
    ]

    # The same file, loaded into a fresh copy of the article.
    page.paste(TEXT)
    assert counts(page)["possibility"] == 1
    page.open_files(tmp_path / corrections["name"])
    page.wait("document.querySelectorAll('.changes li').length === 3")
    assert "possibility" not in counts(page)
    page.js("document.querySelector('button.correct').click()")
    press(page, "Undo")
    assert changes(page) == []
    (tmp_path / "bad.corrections.csv").write_text("action,layer,start,end,words\nremove,hedge,0,1,never\n", "utf-8")
    page.open_files(tmp_path / "bad.corrections.csv")
    page.wait("at('problem').textContent")
    assert "column 'words'" in page.said()[1]
    assert changes(page) == []


def test_a_click_finds_the_mark_whatever_stands_before_it(page):
    page.paste(TEXT)
    page.js("document.querySelector('button.correct').click()")
    for selector, words in ((".text mark.c-expectation", "expected"), (".text .name.g-person", "Ann Reed")):
        click_on(page, selector)
        assert words in page.js("return [...document.querySelectorAll('.here q')].map((q) => q.textContent)")
    box = page.js(
        """const mark = document.querySelector(".text mark.c-expectation");
        mark.scrollIntoView({block: "center", behavior: "instant"});
        const {x, y, width, height} = mark.getBoundingClientRect();
        return [x + width / 2, y + height / 2];"""
    )
    for kind in ("mousePressed", "mouseReleased"):
        page.tab.call("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)
    page.idle()
    page.wait("document.querySelector('.here q')?.textContent === 'expected'")


def test_a_saved_page_shows_the_same_and_runs_nothing_of_the_article(page, tmp_path):
    page.paste(HOSTILE + "\n\n" + TEXT)
    page.js("document.querySelector('button.correct').click()")
    click_on(page, ".text mark.c-possibility")
    press(page, "Remove this mark")
    marks = """document.querySelector(".text").innerHTML
      .replaceAll(/t\\d+-| by-person| here(?=")| tabindex="-?\\d"/g, "").replaceAll(' class=""', "")"""
    shown = page.js(f"return {marks}")
    saved = page.save("page")
    path = tmp_path / saved["name"]
    path.write_text(saved["text"], "utf-8")
    with CHROMIUM.tab((1366, 768)) as tab:
        tab.call("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        tab.call("Page.navigate", url=path.as_uri())
        ready = "document.readyState === 'complete' && Boolean(document.querySelector('.text'))"
        wait_for("the saved page", lambda: tab.run(ready))
        assert tab.run("document.querySelector('.text').textContent") == HOSTILE + "\n\n" + TEXT
        assert tab.run(marks) == shown
        assert tab.run("[window.stolen, failures]") == [None, []]


def test_tables_are_saved_with_their_rows_and_no_formula(page):
    page.paste("=SUM(A1) may be 3 days late, Ann Reed said.", title="=1+1")
    markers = list(csv.DictReader(io.StringIO(page.save("markers")["text"])))
    assert [(row["text"], row["category"], row["voice"]) for row in markers] == [("may", "possibility", "Ann Reed")]
    (sentence,) = csv.DictReader(io.StringIO(page.save("sentences")["text"]))
    assert sentence["text"] == "'=SUM(A1) may be 3 days late, Ann Reed said."
    for what in ("attributions", "sources", "mentions", "numbers"):
        assert list(csv.DictReader(io.StringIO(page.save(what)["text"])))
    assert json.loads(page.save("json")["text"])["markers"][0]["category"] == "possibility"


# ---------------------------------------------------------------- for everybody


AXE = """
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.map((v) => v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map((n) => n.html).join(" | "));
"""


def barriers(page):
    """What axe-core finds wrong with the page as it stands."""
    if not page.js("return Boolean(window.axe)"):
        script = files(module("axe_core_python")).joinpath("axe.min.js").read_text("utf-8")
        page.tab.call("Runtime.evaluate", expression=script)
    return page.js(AXE)


def overflow(page):
    """How far the page is wider than its window."""
    return page.js("return document.documentElement.scrollWidth - innerWidth")


def test_no_barriers_in_any_state_and_nothing_overflows(page):
    page.js("page.articles.clear(); page.current = page.beside = null; await draw();")
    assert barriers(page) == []
    page.size(360, 640)
    assert overflow(page) <= 0
    page.paste(f"{TEXT} “It is likely,” Omar Diallo said.", title="A report")
    page.js("for (const details of document.querySelectorAll('.opened details')) details.open = true;")
    page.js("document.querySelector('button.correct').click()")
    click_on(page, ".text mark")
    for width in (360, 683, 1366):  # a phone; a small laptop at 200%; the same at 100%
        page.size(width, 768)
        assert overflow(page) <= 0, width
        assert barriers(page) == [], width
    for look in ({"prefers_color_scheme": "dark"}, {"forced_colors": "active"}):
        page.look(**look)
        assert barriers(page) == [], look
    page.look()
    page.js(
        "at('title').value = 'Another'; at('text').value = 'It may rain, Ann Reed said.'; at('enter').requestSubmit()"
    )
    page.idle()
    page.js("const b = at('beside'); b.selectedIndex = 1; b.dispatchEvent(new Event('change'));")
    page.idle()
    page.js("for (const d of document.querySelectorAll('.two-texts')) d.open = true;")
    page.wait("document.querySelectorAll('.pair').length === 2")
    page.idle()
    assert barriers(page) == []
    page.size(360, 640)
    assert overflow(page) <= 0


def keys(page, *names):
    """Press keys, as a person without a mouse does."""
    codes = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowRight": 39, "ArrowDown": 40, " ": 32, "z": 90}
    for name in names:
        key = name.removeprefix("Shift+").removeprefix("Control+")
        modifiers = 8 * name.startswith("Shift+") + 2 * name.startswith("Control+")
        given = {"key": key, "code": key, "windowsVirtualKeyCode": codes[key], "modifiers": modifiers}
        typed = {"Enter": {"text": "\r"}, " ": {"text": " "}}.get(key, {})
        page.tab.call("Input.dispatchKeyEvent", type="keyDown", **given, **typed)
        page.tab.call("Input.dispatchKeyEvent", type="keyUp", **given)


def tab_to(page, what, key="Tab", most=60):
    """Press Tab until the focus is on what an expression finds true of it."""
    for _ in range(most):
        keys(page, key)
        if page.js(f"const on = document.activeElement; return Boolean({what})"):
            return
    pytest.fail(f"Tab does not lead to {what}")


def test_a_mark_is_read_and_corrected_without_a_mouse(page):
    page.js("page.articles.clear(); page.current = page.beside = null; await draw(); document.activeElement.blur();")
    tab_to(page, "on.id === 'text'")
    page.js("at('text').value = ''")
    page.tab.call("Input.insertText", text=TEXT)
    tab_to(page, "on.classList.contains('main')")
    keys(page, "Enter")
    page.wait("document.activeElement.matches('.opened h2')")
    tab_to(page, "on.closest('.text')")
    keys(page, "ArrowRight")
    first = page.js("return document.activeElement.hash")
    keys(page, "Enter")
    page.wait("!document.querySelector('.why').hidden")
    keys(page, "Escape")
    assert page.js("return document.querySelector('.why').hidden")
    assert page.js("return document.activeElement.hash") == first  # the focus is where it was
    tab_to(page, "on.classList.contains('correct')", "Shift+Tab")
    keys(page, "Enter")
    tab_to(page, "on.closest('.text')")
    for _ in range(40):
        if page.js("return document.activeElement.matches('.tag.c-possibility')"):
            break
        keys(page, "ArrowRight")
    keys(page, "Enter")
    page.wait("document.querySelector('.here button')")
    page.idle()
    tab_to(
        page,
        "on.textContent === 'Remove this mark' && on.closest('fieldset').querySelector('q').textContent === 'may'",
        "Shift+Tab",
    )
    keys(page, "Enter")
    page.wait("document.querySelector('.changes li')")
    page.idle()
    assert changes(page) == ["removed: hedge: may"]

    # The mark is gone: the focus is at the nearest that is left, and Undo is one step back.
    where = """const on = document.activeElement;
      return [on.closest(".text") !== null, lengthBefore(document.querySelector(".opened .text"), on)]"""
    inside, at = page.js(where)
    assert inside
    assert abs(at - TEXT.index("may")) <= len("The bridge ")  # where the passage begins
    assert page.js("return document.querySelector('.last').innerText") == "Removed: hedge: “may”. Undo"
    keys(page, "Shift+Tab")
    assert page.js("return document.activeElement.textContent") == "Undo"
    keys(page, "Enter")
    page.wait("!document.querySelector('.changes li')")
    page.idle()
    assert page.js("return document.activeElement.matches('.tag.c-possibility')")

    # A mark that is changed keeps the focus; Ctrl+Z undoes.
    keys(page, "Enter")
    page.wait("document.querySelector('.here select')")
    page.idle()
    tab_to(page, "on.matches('.here select') && on.value === 'possibility'", "Shift+Tab")
    page.js("document.activeElement.value = 'belief'; document.activeElement.dispatchEvent(new Event('change'))")
    page.wait("document.querySelector('.changes li')")
    page.idle()
    assert page.js("return document.activeElement.matches('.text .tag.c-belief')")
    keys(page, "Control+z")
    page.wait("!document.querySelector('.changes li')")
    page.idle()
    assert page.js("return document.activeElement.matches('.text .tag.c-possibility')")

    # Words are typed and marked.
    tab_to(page, "on.matches('.pick input')", "Shift+Tab")
    page.tab.call("Input.insertText", text="built")
    keys(page, "Enter")
    page.wait("!document.querySelector('.adding button:not([disabled])').disabled")
    page.js("document.querySelector('.adding select').value = 'booster '")
    tab_to(page, "on.textContent === 'Mark'")
    keys(page, "Enter")
    page.wait("document.querySelector('.changes li')")
    page.idle()
    assert changes(page) == ["added: booster: built"]
    assert page.js("return document.activeElement.matches('.text .tag.c-booster')")


def test_on_paper_there_are_the_text_its_marks_and_a_line_that_explains_them(page):
    page.paste(TEXT, title="Bridge")
    page.js("document.querySelector('button.correct').click()")
    page.js("document.querySelector('.text .tag.c-possibility').click()")
    page.idle()
    page.tab.call("Emulation.setEmulatedMedia", media="print")
    seen = page.js(
        """const shown = (selector) => [...document.querySelectorAll(selector)].some((e) => e.getClientRects().length);
        return Object.fromEntries([".opened .text", ".opened h2", ".legend", "#enter", "#status", ".tools", ".side",
          ".why", ".correcting", "footer"].map((selector) => [selector, shown(selector)]));"""
    )
    assert [name for name, is_shown in seen.items() if is_shown] == [".opened .text", ".opened h2", ".legend"]
    assert page.js("return document.querySelector('.opened .legend').textContent").strip()
    page.tab.call("Emulation.setEmulatedMedia", media="")
    PdfReader = pytest.importorskip("pypdf").PdfReader
    printed = base64.b64decode(page.tab.call("Page.printToPDF")["data"])
    words = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(printed)).pages)
    assert "Bridge" in words
    assert "Read it closely" not in words


def test_a_file_that_is_saved_arrives(page, tmp_path):
    page.paste(TEXT, title="Bridge")
    page.tab.call("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    page.js(
        """const box = document.querySelector(".opened .tools select"); box.value = "markers";
        box.dispatchEvent(new Event("change"));"""
    )
    (path,) = wait_for("the file", lambda: list(tmp_path.glob("*-markers.csv")))
    wait_for("its rows", lambda: path.read_text("utf-8"))
    assert [row["text"] for row in csv.DictReader(io.StringIO(path.read_text("utf-8")))] == ["may", "expected"]


# ---------------------------------------------------------------- on a web server


@pytest.fixture
def server(tmp_path):
    """The site on a web server that only knows files; the paths that were asked for."""
    folder = tmp_path / "site"
    build_page.write_site(folder)
    asked = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(folder))

        def end_headers(self):
            for name, value in HEADERS.items():
                self.send_header(name, value)
            super().end_headers()

        def log_message(self, *_):
            asked.append(self.path)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/", asked, folder
        running.shutdown()


def test_the_site_reads_with_the_headers_that_are_documented_and_loads_nothing_twice(server):
    address, asked, folder = server
    with CHROMIUM.tab((1366, 768)) as tab:
        page = opened_in(tab, address)
        page.paste(SEED.read_text("utf-8"))
        assert page.text() == SEED.read_text("utf-8")
        assert {name for name in asked if name != "/favicon.ico"} == {
            "/",
            *(f"/{path.relative_to(folder).as_posix()}" for path in needed(folder)),
        }
        assert page.js("return failures") == []
        asked.clear()
        page = opened_in(tab, address)
        assert not [name for name in asked if "/parts/" in name]


def needed(folder):
    """The files of the site that an article that is pasted needs: all but the readers of Word files and web pages."""
    later = ("mammoth", "readability")
    return [
        path
        for path in folder.rglob("*")
        if path.suffix in (".part", ".js", ".css") and not path.name.startswith(later)
    ]


def test_the_headers_are_those_of_the_documentation():
    told = (ROOT / "docs/page.md").read_text("utf-8")
    for name, value in HEADERS.items():
        assert f"{name}: {value}" in told


def test_a_folder_of_somebody_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("Mine.", "utf-8")
    with pytest.raises(SystemExit, match="were not made by this command"):
        build_page.write_site(tmp_path)
    assert (tmp_path / "thesis.txt").read_text("utf-8") == "Mine."
