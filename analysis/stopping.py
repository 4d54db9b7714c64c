"""How a command is stopped: by Ctrl-C, or by TERM or HUP from timeout, systemd or a scheduler.

The first signal raises an exception, so that files being written are finished or thrown away, and other processes are
stopped; a second one ends the process immediately.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Stopped(KeyboardInterrupt):
    """A command was told to stop; `code` is what it returns: 128 plus the number of the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


def stopped_at_once(number: int, *_: object) -> None:
    """End the process before it has done anything."""
    os.write(2, b"stopped: nothing was done yet\n")
    os._exit(128 + number)


@contextmanager
def stoppable() -> Iterator[None]:
    """Raise Stopped in this block if the process is told to stop; only the main thread can receive this."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]  # as nohup requires
    before = {number: signal.signal(number, _stop) for number in asked}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, *_: object) -> None:
    for other in SIGNALS:
        if signal.getsignal(other) is _stop:
            signal.signal(other, signal.SIG_DFL)
    raise Stopped(number)
