"""Settings for the notebooks when they run as tests.

Several notebooks run at once, each in a kernel of its own. By default a kernel is told five free ports before it opens
them; another program can take one in between, and then the kernel is never heard. Here a kernel listens on files
instead, in a folder that no other kernel is given.
"""

import shutil
import tempfile
import weakref
from pathlib import Path

import nbval.kernel
from jupyter_client.manager import KernelManager


class KernelOnFiles(KernelManager):
    """A kernel manager whose kernel listens on sockets in a folder of its own.

    `ip` is where their names start; it has to be absolute, since the kernel works in the notebook's folder, and short,
    since the name of a socket has at most 107 characters.
    """

    def __init__(self, **options):
        folder = tempfile.mkdtemp(prefix="kernel-", dir="/tmp")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        super().__init__(transport="ipc", ip=str(Path(folder, "socket")), **options)


nbval.kernel.KernelManager = KernelOnFiles


def pytest_collectstart(collector):
    """Leave the page inside a frame out of what is compared: the same marks stand under it, and its style may change."""
    if hasattr(collector, "sanitize_patterns"):
        collector.sanitize_patterns[r'srcdoc="[^"]*"'] = "srcdoc"
