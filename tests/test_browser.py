"""The reading view in a real browser, where one is installed: what is copied, what the keyboard does, what fails."""

import html
import json
import re
import shutil
import subprocess

import pytest
from helpers import gold_document, make_document

from analysis.reading import reading_page

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync", "--dump-dom", "--virtual-time-budget=2000")

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed (apt-get install chromium)")

# Runs in the page, after its own script; what it returns comes back as JSON. Errors and blocked requests are kept.
FRAME = """<script>
const failures = [];
addEventListener("error", (event) => failures.push(String(event.message)));
addEventListener("securitypolicyviolation", (event) => failures.push("blocked: " + event.blockedURI));
addEventListener("load", () => {
  const $ = (selector) => document.querySelector(selector);
  const result = (() => { SCRIPT })();
  const out = document.createElement("pre");
  out.id = "result";
  out.textContent = JSON.stringify({result, failures});
  document.body.append(out);
});
</script>"""


def run(document, script, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(reading_page(document).replace("<head>", "<head>" + FRAME.replace("SCRIPT", script), 1), "utf-8")
    command = [BROWSER, *OPTIONS, f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()]
    try:
        dom = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60).stdout
    except subprocess.TimeoutExpired:
        pytest.skip("Chromium does not answer here")
    found = re.search(r'<pre id="result">(.*?)</pre>', dom, re.DOTALL)
    if not found:
        pytest.skip("Chromium does not run here")
    answer = json.loads(html.unescape(found[1]))
    assert not answer["failures"]
    return answer["result"]


SELECT = """
  const range = document.createRange();
  range.selectNodeContents($(".text"));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return [getSelection().toString(), $(".text").textContent];
"""


@pytest.mark.parametrize("document", [gold_document(), make_document(
    "<b> said </mark> it may\r\nרוח ‮evil 👩‍👩‍👧 e\u0301 end.\n\nOne\nTwo",
    attributions=[{"source": "<b>", "cue": "said", "content": ["</mark> it may\r\nרוח ‮evil", "end.\n\nOne"]}],
    markers=[{"words": "may", "category": "possibility", "attribution": "a1"}])], ids=["seed", "hostile"])
def test_what_is_selected_and_copied_is_the_text_alone(document, tmp_path):
    assert run(document, SELECT, tmp_path) == [document.text, document.text]


USE = """
  const seen = {};
  const look = (selector) => getComputedStyle($(selector));
  seen.hedge = look(".text mark.c-probability").backgroundColor;
  $(".f-c-probability").click();
  seen.hedgeOff = look(".text mark.c-probability").backgroundColor;
  seen.tagOff = look(".text .tag.c-probability").display;
  seen.voice = look(".text .voice").backgroundColor;
  $(".f-voices").click();
  seen.voiceOff = look(".text .voice").backgroundColor;
  $(".f-voices").click();

  const button = [...document.querySelectorAll("button[data-light]")].find((b) => b.textContent.startsWith("Dmitry"));
  button.focus();
  button.click();
  seen.pressed = button.getAttribute("aria-pressed");
  seen.lit = [...document.querySelectorAll(".tag.start.on")].map((tag) => tag.dataset.label);
  button.click();
  seen.litAfter = document.querySelectorAll(".on").length;

  const tag = $(".text .tag.c-expectation");
  tag.click();
  seen.why = !$(".why").hidden && $(".why").textContent.includes("expected");
  tag.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}));
  seen.closed = $(".why").hidden;
  seen.focus = document.activeElement === tag;
  const controls = [...document.querySelectorAll(".text a, .side input, .side button")];
  seen.unreachable = controls.filter((control) => control.tabIndex < 0).length;
  return seen;
"""


def test_filters_voices_and_reasons_work(tmp_path):
    seen = run(gold_document(), USE, tmp_path)
    nothing = "rgba(0, 0, 0, 0)"
    assert seen["hedge"] == "rgb(255, 241, 184)"
    assert (seen["hedgeOff"], seen["tagOff"], seen["voiceOff"]) == (nothing, "none", nothing)
    assert seen["voice"] != nothing
    assert seen["pressed"] == "true"
    assert seen["lit"] == ["10 Dmitry Peskov, via Reuters", "12 Dmitry Peskov"]
    assert seen["litAfter"] == 0
    assert (seen["why"], seen["closed"], seen["focus"], seen["unreachable"]) == (True, True, True, 0)
