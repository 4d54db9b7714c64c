"""Pages in a real browser, where one is installed: one Chromium for all tests of a process, a tab for each page.

Where there is none, or it does not start, these tests are skipped; with REQUIRE_BROWSER in the environment they fail.
"""

import importlib
import itertools
import json
import os
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from importlib.resources import files
from pathlib import Path

import pytest

from analysis.report.exports import find_browser

WITHOUT = bool(os.environ.get("WITHOUT_BROWSER"))  # where the pages were looked at already
REQUIRED = bool(os.environ.get("REQUIRE_BROWSER")) and not WITHOUT
BROWSER = None if WITHOUT else find_browser()
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=IsolateSandboxedIframes",  # a frame that is sealed off can be looked into from its page
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
)
SIZE = (800, 600)

needs_browser = pytest.mark.skipif(
    BROWSER is None and not REQUIRED, reason="no Chromium is installed (apt-get install chromium)"
)


def lacking(what):
    """Skip a test, or fail it where a browser is required."""
    return pytest.fail(what) if REQUIRED else pytest.skip(what)


def module(name):
    """A module that the tests of pages need."""
    return importlib.import_module(name) if REQUIRED else pytest.importorskip(name)


@contextmanager
def program(command, folder, **environment):
    """A program while it is needed."""
    with open(folder / f"{Path(command[0]).name}.log", "wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env=os.environ | environment)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(what, look, seconds=150):
    """What `look` gives, once it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    return pytest.fail(f"{what}: nothing came in {seconds} seconds")


def started(what, process, look):
    """What `look` gives, once a program that was started answers."""
    found = wait_for(what, lambda: "ended" if process.poll() is not None else look())
    return lacking(f"{what} does not start here") if found == "ended" else found


class Connection:
    """Calls to Chromium, or to one of its tabs, by its debugging protocol."""

    def __init__(self, address):
        websocket = module("websocket")
        self._socket = websocket.create_connection(address, timeout=90)
        self._numbers = itertools.count(1)
        self.requests = []

    def call(self, method, **parameters):
        """What a call returns; the addresses that are asked for meanwhile are added to `requests`."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("method") == "Network.requestWillBeSent":
                self.requests.append(message["params"]["request"]["url"])
            if message.get("id") == number:
                return message.get("result", {})

    def run(self, script):
        """The value of a script in the page."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return found.get("result", {}).get("value")

    def close(self):
        self._socket.close()


class Chromium:
    """A browser that is started when its first tab is opened, and ended by `end`."""

    def __init__(self):
        self._stack, self._connection, self._address = ExitStack(), None, ""

    def _start(self):
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        if BROWSER is None:
            lacking("no Chromium is installed")
        command = [BROWSER, *OPTIONS, f"--user-data-dir={folder / 'profile'}", "about:blank"]
        process = self._stack.enter_context(program(command, folder))
        active = folder / "profile/DevToolsActivePort"
        started("Chromium", process, lambda: active.exists() and "\n" in active.read_text())
        port, path = active.read_text().split("\n")[:2]
        self._address = f"ws://127.0.0.1:{port}"
        self._connection = Connection(self._address + path)
        self._stack.callback(self._connection.close)

    @contextmanager
    def tab(self, size=SIZE, **context):
        """A tab of this width and height, which knows nothing of what others stored.

        `context` are further parameters of Target.createBrowserContext, such as the proxy that it has to use.
        """
        if self._connection is None:
            self._start()
        call = self._connection.call
        context = call("Target.createBrowserContext", **context)["browserContextId"]
        target = call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        tab = Connection(f"{self._address}/devtools/page/{target}")
        try:
            for method in ("Network.enable", "Page.enable", "Runtime.enable"):
                tab.call(method)
            width, height = size
            metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
            tab.call("Emulation.setDeviceMetricsOverride", **metrics)
            yield tab
        finally:
            tab.close()
            call("Target.disposeBrowserContext", browserContextId=context)

    def end(self):
        """End it, if it was started."""
        self._stack.close()
        self._connection = None


CHROMIUM = Chromium()

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


def run(page, script, tmp_path, *, extra="", size=SIZE, media=None):
    """What `script` returns in a page (HTML), which must load and run without an error or a request.

    `media` are features as a style sheet asks for them, such as {"forced-colors": "active"}; "type" is the medium.
    """
    path = tmp_path / "page.html"
    frame = FRAME.replace("SCRIPT", script).replace("EXTRA", extra.replace("</script", "<\\/script"))
    path.write_text(page.replace("<head>", "<head>" + frame, 1), "utf-8")
    features = [{"name": name, "value": value} for name, value in (media or {}).items() if name != "type"]
    with CHROMIUM.tab(size) as tab:
        tab.call("Emulation.setEmulatedMedia", media=(media or {}).get("type", ""), features=features)
        tab.call("Page.navigate", url=path.as_uri())
        found = wait_for("the page", lambda: tab.run("document.getElementById('result')?.textContent"), 90)
    answer = json.loads(found)
    assert answer["failures"] == [], answer["failures"]
    assert answer["requests"] == [], answer["requests"]
    return answer["result"]


def barriers(page, tmp_path, *, size=SIZE, media=None, first=""):
    """What axe-core finds wrong with a page for people who do not see it or use no mouse, after the script `first`."""
    script = files(module("axe_core_python")).joinpath("axe.min.js").read_text("utf-8")
    return run(page, first + AXE, tmp_path, extra=script, size=size, media=media)
