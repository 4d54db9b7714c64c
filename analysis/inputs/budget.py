"""A time budget for one file, so that no file, however small, can tie up the machine.

Limits count what a file holds, but a library may still take very long over little. The budget is in processor seconds
of this process, so a busy machine or a slow disk never causes a refusal.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from analysis.text.article import ArticleError

AGAIN = 0.2  # seconds after which a library that catches everything is interrupted again


class _OutOfTime(BaseException):
    """The budget is spent. Not an Exception, so that a library that carries on after any Exception still stops."""


@contextmanager
def time_budget(seconds: float, *, file: str) -> Iterator[None]:
    """Raises ArticleError in a block that takes longer.

    It relies on a signal, which only the main thread of a program can receive; other threads have no budget.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
    try:
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)
    except _OutOfTime:
        raise ArticleError(
            f"reading it took more than {seconds:.0f} seconds of processor time, which no article needs; not read: "
            "save its text as .txt",
            file=file,
        ) from None
