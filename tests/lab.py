"""A notebook in JupyterLab in Chromium: what the page asks the network for, and what a script finds in it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
from browser import CHROMIUM, program, started, wait_for

LAB = (
    "--no-browser",
    "--IdentityProvider.token=",
    "--ServerApp.open_browser=False",
    "--ServerApp.port_retries=0",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=",
)
WINDOW = (1280, 6000)  # so that no output waits outside the window to be drawn


def answers(address):
    try:
        return urllib.request.urlopen(address, timeout=5).read()
    except OSError:
        return None


# A formula of the notebook's own: when it is set, formulas are being looked for.
CONTROL = nbformat.v4.new_markdown_cell("Control: $x^2$")


def open_notebook(cells, tmp_path, script, *, theme="Light", files=None, frames=""):
    """What `script` returns when a notebook's outputs are shown, and the addresses outside that were asked for.

    Once for a notebook that is not trusted, once for one that is: {False: (result, addresses), True: ...}.  `cells` are
    lists of outputs, each a dict of media types; `files` (name -> text) lie beside the notebook.  With `frames`,
    another script, the result is a pair: what `script` returns, and a list of what that one returns in each frame.
    """
    root, home = tmp_path / "root", tmp_path / "home"
    root.mkdir()
    home.mkdir()
    for name, text in (files or {}).items():
        (root / name).write_text(text, "utf-8")
    settings = home / "CONFIG/lab/user-settings/@jupyterlab/apputils-extension"
    settings.mkdir(parents=True)
    (settings / "themes.jupyterlab-settings").write_text(json.dumps({"theme": f"JupyterLab {theme}"}), "utf-8")
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
    lab = [sys.executable, "-m", "jupyter", "lab", *LAB, f"--port={port}", f"--ServerApp.root_dir={root}"]
    if os.geteuid() == 0:
        lab.append("--allow-root")
    with program(lab, home, **folders) as process:
        server = f"http://127.0.0.1:{port}"
        started("JupyterLab", process, lambda: answers(f"{server}/api"))
        return {trusted: _shown(name, cells, script, server, frames) for trusted, name in names.items()}


def _shown(name, cells, script, server, frames):
    """What the scripts return in a tab with this notebook and in its frames, and what the tab asked for outside."""
    with CHROMIUM.tab(WINDOW) as tab:
        tab.call("Page.navigate", url=f"{server}/lab/tree/{name}?reset")
        shown = f"document.querySelectorAll('.jp-OutputArea-output').length >= {sum(map(len, cells))}"
        wait_for("the notebook", lambda: tab.run(f"!!document.querySelector('mjx-container') && {shown}"))
        time.sleep(2)  # what would still be fetched or set
        result = tab.run(f"(() => {{ {script} }})()")
        if frames:
            result = result, [_in_frame(tab, frame["frame"]["id"], frames) for frame in _frames(tab)]
        outside = [url for url in tab.requests if not url.startswith((server, "data:", "blob:", "about:", "chrome"))]
        return result, outside


def _frames(tab):
    return tab.call("Page.getFrameTree")["frameTree"].get("childFrames", [])


def _in_frame(tab, frame, script):
    """What `script` returns in a frame, which the notebook itself cannot look into."""
    world = tab.call("Page.createIsolatedWorld", frameId=frame)["executionContextId"]
    found = tab.call(
        "Runtime.evaluate",
        expression=f"(() => {{ {script} }})()",
        contextId=world,
        returnByValue=True,
        awaitPromise=True,
    )
    return found.get("result", {}).get("value")
