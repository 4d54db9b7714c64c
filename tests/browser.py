"""Pages in a real browser, where one is installed."""

import html
import json
import re
import subprocess
from importlib.resources import files

import pytest

from analysis.report.exports import find_browser

BROWSER = find_browser()
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--dump-dom",
    "--virtual-time-budget=5000",
)

needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed (apt-get install chromium)")

# Runs in the page, after its own script; what it returns, or promises, comes back as JSON. Errors and blocked requests
# are kept, and so is what is written to the console as an error or a warning.
FRAME = """<script>EXTRA</script><script>
const failures = [];
addEventListener("error", (event) => failures.push(String(event.message)), true);
addEventListener("unhandledrejection", (event) => failures.push(String(event.reason)));
addEventListener("securitypolicyviolation", (event) => failures.push("blocked: " + event.blockedURI));
for (const level of ["error", "warn"]) console[level] = (...words) => failures.push(words.join(" "));
addEventListener("load", async () => {
  const $ = (selector) => document.querySelector(selector);
  const requests = performance.getEntriesByType("resource").map((entry) => entry.name)
    .filter((name) => !name.startsWith("data:"));
  let result = null;
  try { result = await (async () => { SCRIPT })(); } catch (error) { failures.push(String(error)); }
  const out = document.createElement("pre");
  out.id = "result";
  out.textContent = JSON.stringify({result, failures, requests});
  document.body.append(out);
});
</script>"""

AXE = """
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.map((v) => v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map((n) => n.html).join(" | "));
"""


def run(page, script, tmp_path, *, extra="", options=()):
    """What `script` returns in a page (HTML), which must load and run without an error or a request."""
    path = tmp_path / "page.html"
    frame = FRAME.replace("SCRIPT", script).replace("EXTRA", extra.replace("</script", "<\\/script"))
    path.write_text(page.replace("<head>", "<head>" + frame, 1), "utf-8")
    command = [BROWSER, *OPTIONS, *options, f"--user-data-dir={tmp_path / 'profile'}", path.as_uri()]
    try:
        dom = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=90).stdout
    except subprocess.TimeoutExpired:
        pytest.skip("Chromium does not answer here")
    found = re.search(r'<pre id="result">(.*?)</pre>', dom, re.DOTALL)
    if not found:
        pytest.skip("Chromium does not run here")
    answer = json.loads(html.unescape(found[1]))
    assert answer["failures"] == [], answer["failures"]
    assert answer["requests"] == [], answer["requests"]
    return answer["result"]


def barriers(page, tmp_path, *, options=()):
    """What axe-core finds wrong with a page for people who do not see it or do not use a mouse."""
    script = files(pytest.importorskip("axe_core_python")).joinpath("axe.min.js").read_text("utf-8")
    return run(page, AXE, tmp_path, extra=script, options=options)
