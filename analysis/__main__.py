"""`python -m analysis`, or `close-reading` if the package is installed: the command line."""

import os
import signal
import sys

from analysis.stopping import stopped_at_once


def _end(code: int) -> None:
    """End with this code. After a stop, end at once: everything worth keeping is written, and threads that hand work to
    processes which are gone would wait for them.
    """
    if code >= 128:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            try:
                stream.flush()
            except (OSError, ValueError):
                continue
        os._exit(code)
    sys.exit(code)


def run() -> None:
    """Run the command of the command line, and end with its code."""
    signal.signal(signal.SIGINT, stopped_at_once)  # while modules are being loaded, and nothing has been done yet
    from analysis.cli import main

    _end(main())


if __name__ == "__main__":
    run()
