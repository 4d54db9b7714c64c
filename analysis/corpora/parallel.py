"""Work on batches in other processes or on a cluster, with results in order and little of the input in memory.

Only a window of batches is in progress at a time, so memory does not grow with the input. A worker that dies (out of
memory, a crash in a library) loses nothing: its batch is tried again, one item at a time, and only an item that kills a
worker twice is given up.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
TRIES = 2  # tries of a single item before it is given up
LOOK = 0.5  # seconds between two checks by a process that its parent is alive
RETRIES = 3  # tries by Dask of a batch whose worker was lost


class Workers(Protocol):
    """The place where batches are worked on. `lost` are the exceptions that the death of a worker raises."""

    lost: tuple[type[BaseException], ...]

    def size(self) -> int:
        """How many batches run at once."""

    def submit(self, work: Callable[..., Any], batch: list[Any]) -> Future:
        """Start work on a batch."""

    def renew(self) -> bool:
        """Get ready again after a loss. True if batches in progress were lost too and must be submitted again."""

    def close(self) -> None:
        """Stop."""


def _start(initializer: Callable[[], None] | None, parent: int | None) -> None:
    """What a process of the pool does first.

    It leaves Ctrl-C to its parent, which stops it, and ends by itself once the parent is gone: a parent that was killed
    cannot stop anything, and a process that lives on would hold its pipes open, so anything that waits for them would
    wait for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent or os.getppid(),), daemon=True).start()
    if initializer is not None:
        initializer()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)


class Processes:
    """Processes on this machine; each calls `initializer` when it starts. None of them outlives this process."""

    lost = (BrokenProcessPool,)

    def __init__(self, jobs: int, *, initializer: Callable[[], None] | None = None) -> None:
        self._jobs, self._initializer = jobs, initializer
        self._others = set(multiprocessing.active_children())
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        # Forking is fastest, and safe only with a single thread, as on the command line.
        methods = multiprocessing.get_all_start_methods()
        alone = threading.active_count() == 1 and sys.platform == "linux"
        method = "fork" if alone else "forkserver" if "forkserver" in methods else "spawn"
        # Otherwise the parent is a server, which ends with this process.
        parent = os.getpid() if method == "fork" else None
        return ProcessPoolExecutor(
            self._jobs,
            multiprocessing.get_context(method),
            initializer=_start,
            initargs=(self._initializer, parent),
        )

    def size(self) -> int:
        return self._jobs

    def submit(self, work: Callable[..., Any], batch: list[Any]) -> Future:
        try:
            return self._pool.submit(work, batch)
        except (
            BrokenProcessPool
        ) as error:  # it broke before this batch arrived: treat it as if it had broken afterwards
            future: Future = Future()
            future.set_exception(error)
            return future

    def renew(self) -> bool:
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = self._new_pool()
        return True

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - self._others:  # whatever they are doing
            process.kill()  # it may have only just started, and still be stopped in this process's own way


class Here:
    """This process: each batch is worked on when it arrives."""

    lost = ()

    def size(self) -> int:
        return 0  # none in progress except the requested one

    def submit(self, work: Callable[..., Any], batch: list[Any]) -> Future:
        future: Future = Future()
        future.set_result(work(batch))
        return future

    def renew(self) -> bool:
        return False

    def close(self) -> None:
        pass


class Cluster:
    """A Dask cluster, through the caller's distributed.Client, which stays open."""

    def __init__(self, client: Any) -> None:
        from distributed import KilledWorker

        self.lost = (KilledWorker,)
        self._client = client

    def size(self) -> int:
        return max(1, sum(self._client.nthreads().values()))

    def submit(self, work: Callable[..., Any], batch: list[Any]) -> Future:
        # The batch is sent with its task, so the scheduler can give it to another worker when one is lost.
        return self._client.submit(work, batch, pure=False, retries=RETRIES)

    def renew(self) -> bool:
        return False

    def close(self) -> None:
        pass


def in_order(
    work: Callable[[list[Item]], list[Result]],
    batches: Iterable[list[Item]],
    workers: Workers,
    given_up: Callable[[Item], Result],
) -> Iterator[list[Result]]:
    """Yield ``work(batch)`` for each batch, in order; `given_up` makes the result of an item that kills its worker.

    `work` returns one result per item and must be picklable. Exceptions of `work` itself are raised here.
    """
    pending: deque[tuple[list[Item], Future]] = deque()
    for batch in batches:
        pending.append((batch, workers.submit(work, batch)))
        if len(pending) > 2 * workers.size():
            yield _first(work, pending, workers, given_up)
    while pending:
        yield _first(work, pending, workers, given_up)


def _first(work: Callable, pending: deque, workers: Workers, given_up: Callable) -> list:
    batch, future = pending.popleft()
    try:
        return future.result()
    except workers.lost:
        again = workers.renew()
    results = [_alone(work, item, workers, given_up) for item in batch]
    if again:
        for k, (other, lost) in enumerate(pending):
            lost.cancel()
            pending[k] = (other, workers.submit(work, other))
    return results


def _alone(work: Callable, item: Item, workers: Workers, given_up: Callable[[Item], Result]) -> Result:
    for _ in range(TRIES):
        try:
            return workers.submit(work, [item]).result()[0]
        except workers.lost:
            workers.renew()
    return given_up(item)
