"""A notebook in JupyterLab in Chromium: what the page asks the network for, and what a script finds in it."""

from __future__ import annotations

import itertools
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

import nbformat
import pytest
from browser import BROWSER

LAB = (
    "--no-browser",
    "--IdentityProvider.token=",
    "--ServerApp.open_browser=False",
    "--ServerApp.port_retries=0",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=",
)
CHROMIUM = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
    "--window-size=1280,6000",  # so that no output waits outside the window to be drawn
)


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


def wait_for(what, look, seconds=60):
    """What `look` gives, once it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    return pytest.skip(f"{what} does not start here")


def answers(address):
    try:
        return urllib.request.urlopen(address, timeout=5).read()
    except OSError:
        return None


class Tab:
    """A tab of Chromium, driven by its debugging protocol; `requests` are the addresses that it asked for."""

    def __init__(self, address):
        import websocket

        self._socket = websocket.create_connection(address, timeout=60)
        self._numbers = itertools.count(1)
        self.requests = []
        for method in ("Network.enable", "Page.enable", "Runtime.enable"):
            self.call(method)

    def call(self, method, **parameters):
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("method") == "Network.requestWillBeSent":
                self.requests.append(message["params"]["request"]["url"])
            if message.get("id") == number:
                return message.get("result", {})

    def run(self, script):
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return found.get("result", {}).get("value")

    def close(self):
        self._socket.close()


# A formula of the notebook's own: when it is set, formulas are being looked for.
CONTROL = nbformat.v4.new_markdown_cell("Control: $x^2$")


def open_notebook(cells, tmp_path, script):
    """What `script` returns when a notebook's outputs are shown, and the addresses outside that were asked for.

    Once for a notebook that is not trusted, once for one that is: {False: (result, addresses), True: ...}.  `cells` are
    lists of outputs, each a dict of media types.
    """
    root, home = tmp_path / "root", tmp_path / "home"
    root.mkdir()
    home.mkdir()
    notebook = nbformat.v4.new_notebook(cells=[CONTROL])
    for outputs in cells:
        shown = [nbformat.v4.new_output("display_data", data=data) for data in outputs]
        notebook.cells.append(nbformat.v4.new_code_cell("", outputs=shown, execution_count=1))
    names = {False: "untrusted.ipynb", True: "trusted.ipynb"}
    for trusted, name in names.items():
        notebook.metadata["title"] = name  # so that the trust in one is not trust in the other
        for cell in notebook.cells:
            cell.metadata["trusted"] = trusted
        nbformat.write(notebook, root / name)
    folders = {f"JUPYTER_{kind}_DIR": str(home / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    trust = [sys.executable, "-m", "jupyter", "trust", str(root / names[True])]
    subprocess.run(trust, env=os.environ | folders, check=True, capture_output=True, timeout=60)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with ExitStack() as stack:
        lab = [sys.executable, "-m", "jupyter", "lab", *LAB, f"--port={port}", f"--ServerApp.root_dir={root}"]
        if os.geteuid() == 0:
            lab.append("--allow-root")
        stack.enter_context(program(lab, home, **folders))
        browser = [BROWSER, *CHROMIUM, f"--user-data-dir={tmp_path / 'profile'}", "about:blank"]
        stack.enter_context(program(browser, home))
        server = f"http://127.0.0.1:{port}"
        wait_for("JupyterLab", lambda: answers(f"{server}/api"))
        active = tmp_path / "profile/DevToolsActivePort"
        debugging = wait_for("Chromium", lambda: active.exists() and active.read_text().split("\n")[0])
        return {trusted: _shown(name, cells, script, server, debugging) for trusted, name in names.items()}


def _shown(name, cells, script, server, debugging):
    """What `script` returns in a new tab with this notebook, and what the tab asked for outside."""
    with ExitStack() as stack:
        new = urllib.request.Request(f"http://127.0.0.1:{debugging}/json/new?about:blank", method="PUT")
        tab = Tab(json.loads(urllib.request.urlopen(new, timeout=30).read())["webSocketDebuggerUrl"])
        stack.callback(tab.close)
        tab.call("Page.navigate", url=f"{server}/lab/tree/{name}?reset")
        shown = f"document.querySelectorAll('.jp-OutputArea-output').length >= {sum(map(len, cells))}"
        wait_for("the notebook", lambda: tab.run(f"!!document.querySelector('mjx-container') && {shown}"))
        time.sleep(2)  # what would still be fetched or set
        result = tab.run(f"(() => {{ {script} }})()")
        outside = [url for url in tab.requests if not url.startswith((server, "data:", "blob:", "about:", "chrome"))]
        return result, outside
