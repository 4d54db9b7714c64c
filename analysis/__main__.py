"""`python -m analysis`: the command line."""

import signal
import sys

from analysis.stopping import stopped_at_once

if __name__ == "__main__":
    signal.signal(signal.SIGINT, stopped_at_once)  # while what is needed is being loaded, and nothing is done yet
    from analysis.cli import main

    sys.exit(main())
